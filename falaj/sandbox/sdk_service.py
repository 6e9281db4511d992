"""The part of a language host that makes SDKs of plug-ins: generates, links and packs them.

`pulumi package add` generates an SDK into the folder `sdks` of a project, links it (a line in `requirements.txt`) and
installs the project's dependencies. The programs of the sandbox run in the environment of `falaj`, which stays as it
is: linked SDKs are installed into the sandbox, where `PYTHONPATH` finds them.
"""

import contextlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import grpc
from pulumi.runtime.proto import language_pb2, language_pb2_grpc

PLUGIN_FILE = "pulumi-plugin.json"
"""The file in an SDK's Python package that names its plug-in and version."""


class SdkService(language_pb2_grpc.LanguageRuntimeServicer):
    """Makes SDKs. `language`: the one for which a host runs programs; linking and packing are for Python only."""

    language = "python"

    def GeneratePackage(self, request, context):
        from falaj.sandbox import sdk_generator  # not needed by the operations for which the engine starts a host

        try:
            return sdk_generator.generate(self.language, request, _log)
        except sdk_generator.GenerationFailed as error:
            context.abort(grpc.StatusCode.FAILED_PRECONDITION, f"no SDK for {self.language}: {error}")

    def Link(self, request, context):
        folder = Path(request.info.root_directory)
        if self.language != "python":
            paths = ", ".join(package.path for package in request.packages)
            return language_pb2.LinkResponse(import_instructions=f"Add these folders to the project: {paths}")
        imports = []
        with _or_abort(context):
            for package in request.packages:
                add_requirement(folder / "requirements.txt", package.path)
                imports.append(f"  import {import_name(folder / package.path)} as {package.package.name}\n")
        return language_pb2.LinkResponse(
            import_instructions="You can import the SDK in your Python code with:\n\n" + "".join(imports)
        )

    def Pack(self, request, context):
        if self.language != "python":
            context.abort(grpc.StatusCode.UNIMPLEMENTED, f"the sandbox packs no SDKs for {self.language}")
        with _or_abort(context):
            wheel = _wheel(request.package_directory, Path(request.destination_directory))
        return language_pb2.PackResponse(artifact_path=str(wheel))


class SdkFailed(Exception):
    """An SDK could not be linked or packed. The message is one sentence."""


def add_requirement(file: Path, path: str) -> None:
    """Adds the folder of an SDK to a requirements file, once, as Pulumi's pip toolchain does. Raises `SdkFailed`."""
    if not file.is_file():
        raise SdkFailed(f"{file} does not exist: create it, or install {path} with your package manager")
    lines = file.read_text().splitlines()
    if path not in lines:
        file.write_text("".join(f"{line}\n" for line in (*lines, path)))


def import_name(sdk: Path) -> str:
    """Returns the name of the Python package in the folder of an SDK. Raises `SdkFailed`."""
    if (package := _package(sdk)) is None:
        raise SdkFailed(f"{sdk}: no SDK for Python here; run `pulumi package add` again")
    return package.name


def linked_sdks(folder: Path) -> list[Path]:
    """Returns the Python packages of the SDKs that are linked in a project."""
    requirements = folder / "requirements.txt"
    lines = requirements.read_text().splitlines() if requirements.is_file() else []
    return [package for line in lines if (package := _package(folder / line.strip()))]


def installed_sdks() -> Path:
    """Returns the folder of the sandbox into which linked SDKs are installed."""
    return Path(os.environ["FALAJ_SANDBOX"]) / "sdks"


def install(package: Path, target: Path) -> None:
    """Copies an SDK into a folder, with the metadata by which it finds its own version.

    pip would need its build backend from an index. The format is PyPA's (Recording installed projects, core metadata).
    The SDK's dependencies are packages that every environment with `falaj` has.
    """
    version = json.loads((package / PLUGIN_FILE).read_text())["version"]
    for former in (target / package.name, *target.glob(f"{package.name}-*.dist-info")):
        shutil.rmtree(former, ignore_errors=True)
    shutil.copytree(package, target / package.name)
    metadata = target / f"{package.name}-{version}.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {package.name}\nVersion: {version}\n")


def _package(sdk: Path) -> Path | None:
    return next((file.parent for file in sorted(sdk.glob(f"*/{PLUGIN_FILE}"))), None)


def _wheel(sdk: str, target: Path) -> Path:
    """Builds the wheel of an SDK into a folder, with pip. Raises `SdkFailed`."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", folder, sdk]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise SdkFailed(f"pip could not build the wheel of {sdk}: {done.stderr.strip()}")
        [wheel] = Path(folder).glob("*.whl")
        target.mkdir(parents=True, exist_ok=True)
        return Path(shutil.copy(wheel, target))


@contextlib.contextmanager
def _or_abort(context: grpc.ServicerContext) -> Iterator[None]:
    try:
        yield
    except SdkFailed as error:
        context.abort(grpc.StatusCode.FAILED_PRECONDITION, str(error))


def _log(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
