"""A Python language host for the Pulumi engine, used only if the official `pulumi-language-python` is missing.

A Pulumi CLI that is built from its Go module has none. This host implements the engine's `LanguageRuntime` service. It
runs programs, policy packs and component plug-ins as child processes, each in the environment that its project names.
"""

import contextlib
import importlib.metadata
import json
import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import IO

import grpc
from google.protobuf import empty_pb2
from google.protobuf.json_format import MessageToDict
from pulumi.runtime.proto import language_pb2, language_pb2_grpc, plugin_pb2

from falaj.facts.loopback import protect_servers
from falaj.facts.parents import wait_for_end_of
from falaj.sandbox.program import run
from falaj.sandbox.python_environment import (
    PACK_NEEDS,
    PROGRAM_NEEDS,
    EnvironmentMissing,
    activated,
    plugin_interpreter,
    program_interpreter,
)
from falaj.sandbox.sdk_service import SdkService, install, installed_sdks, linked_sdks

SHOWN_TO_USER = run.SHOWN_TO_USER


class LanguageHost(SdkService):
    """The engine's language runtime for `runtime: python`."""

    def __init__(self, engine_address: str) -> None:
        self._engine = engine_address
        self._children: set[subprocess.Popen[bytes]] = set()

    def Handshake(self, request, context):
        self._engine = request.engine_address
        return language_pb2.LanguageHandshakeResponse()

    def GetPluginInfo(self, request, context):
        return plugin_pb2.PluginInfo(version=importlib.metadata.version("pulumi"))

    def GetRequiredPackages(self, request, context):
        # All plug-ins of the sandbox are on PATH; the engine starts those that a program uses.
        return language_pb2.GetRequiredPackagesResponse()

    def GetRequiredPlugins(self, request, context):
        return language_pb2.GetRequiredPluginsResponse()

    def GetProgramDependencies(self, request, context):
        return language_pb2.GetProgramDependenciesResponse(
            dependencies=[
                language_pb2.DependencyInfo(name=dist.name, version=dist.version)
                for dist in importlib.metadata.distributions()
            ]
        )

    def About(self, request, context):
        return language_pb2.AboutResponse(executable=sys.executable, version=sys.version.split()[0])

    def RuntimeOptionsPrompts(self, request, context):
        return language_pb2.RuntimeOptionsResponse()

    def InstallDependencies(self, request, context):
        sdks = linked_sdks(Path(request.info.program_directory))
        for sdk in sdks:
            install(sdk, installed_sdks())
        text = "The sandbox installs no packages: install them in the environment that the project names.\n"
        if sdks:
            text = f"Installed into the sandbox: {', '.join(sdk.name for sdk in sdks)}.\n"
        yield language_pb2.InstallDependenciesResponse(stdout=text.encode())

    def Cancel(self, request, context):
        self.stop_children()
        return empty_pb2.Empty()

    def Run(self, request, context):
        """Runs a program. `bail` tells the engine that the user has seen the error."""
        try:
            python = program_interpreter(*_folders(request.info), MessageToDict(request.info.options))
        except EnvironmentMissing as error:
            return language_pb2.RunResponse(error=str(error))
        environment = activated(python, os.environ) | {
            "PULUMI_CONFIG": json.dumps(dict(request.config)),
            "PULUMI_CONFIG_SECRET_KEYS": json.dumps(list(request.configSecretKeys)),
            "PYTHONPATH": os.pathsep.join(filter(None, (os.environ.get("PYTHONPATH"), str(installed_sdks())))),
        }
        command = [str(python), "-u", _RUNNER]
        command += ["--monitor", request.monitor_address, "--engine", self._engine]
        command += ["--project", request.project, "--stack", request.stack]
        command += ["--organization", request.organization, "--parallel", str(request.parallel)]
        command += ["--root", request.info.root_directory] + (["--preview"] if request.dryRun else [])
        command += ["--", _entry_point(request.info), *request.args]
        with self._child(command, cwd=request.pwd, env=environment) as child:
            status = child.wait()
        if status == 0:
            return language_pb2.RunResponse()
        if status == SHOWN_TO_USER:
            return language_pb2.RunResponse(bail=True)
        return language_pb2.RunResponse(error=f"the program ended with exit status {status}")

    def RunPlugin(self, request, context):
        """Runs a policy pack or a component plug-in, and streams its output."""
        program, is_pack = request.info.program_directory, request.kind == "analyzer"
        try:
            needs = PACK_NEEDS if is_pack else PROGRAM_NEEDS
            python = plugin_interpreter(_folders(request.info)[0], MessageToDict(request.info.options), needs)
        except EnvironmentMissing as error:
            yield language_pb2.RunPluginResponse(stderr=f"{error}\n".encode())
            yield language_pb2.RunPluginResponse(exitcode=1)
            return
        command = [str(python), "-u"]
        if is_pack:
            command += ["-m", "pulumi.policy", *request.args[:1], program, *request.args[1:]]
        else:
            command += [program, *request.args]
        environment = activated(python, dict(entry.split("=", 1) for entry in request.env) or os.environ)
        with self._child(command, cwd=request.pwd, env=environment, piped=True) as child:
            context.add_callback(child.terminate)
            yield from _stream(child)
            yield language_pb2.RunPluginResponse(exitcode=child.wait())

    def stop_children(self) -> None:
        """Kills all running child processes."""
        for child in list(self._children):
            with contextlib.suppress(ProcessLookupError):
                child.kill()

    @contextlib.contextmanager
    def _child(
        self, command: list[str], cwd: str, env: dict[str, str], piped: bool = False
    ) -> Iterator[subprocess.Popen[bytes]]:
        pipe = subprocess.PIPE if piped else None
        child = subprocess.Popen(command, cwd=cwd, env=env, stdout=pipe, stderr=pipe)
        self._children.add(child)
        try:
            yield child
        finally:
            self._children.discard(child)


def _stream(child: subprocess.Popen[bytes]) -> Iterator[language_pb2.RunPluginResponse]:
    """Yields lines of both outputs as they arrive: a plug-in's last output must precede the report of its failure."""
    lines: queue.SimpleQueue[language_pb2.RunPluginResponse | None] = queue.SimpleQueue()

    def read(source: IO[bytes], wrap: Callable[[bytes], language_pb2.RunPluginResponse]) -> None:
        for line in source:
            lines.put(wrap(line))
        lines.put(None)

    wraps = (
        (child.stderr, lambda line: language_pb2.RunPluginResponse(stderr=line)),
        (child.stdout, lambda line: language_pb2.RunPluginResponse(stdout=line)),
    )
    outputs = [(source, wrap) for source, wrap in wraps if source]
    for output in outputs:
        threading.Thread(target=read, args=output, daemon=True).start()
    open_outputs = len(outputs)
    while open_outputs:
        line = lines.get()
        if line is None:
            open_outputs -= 1
        else:
            yield line


_RUNNER = str(Path(run.__file__))


def _folders(info: language_pb2.ProgramInfo) -> tuple[Path, Path]:
    """Returns the folders of a project and of its program."""
    return Path(info.root_directory), Path(info.program_directory)


def _entry_point(info: language_pb2.ProgramInfo) -> str:
    return str(Path(info.program_directory) / info.entry_point)


def serve(engine_address: str, host_type: type[LanguageHost] = LanguageHost) -> None:
    """Serves the engine until it sends an interrupt. Prints the port first, as every plug-in does."""
    protect_servers()
    server = grpc.server(
        ThreadPoolExecutor(max_workers=16), options=[("grpc.max_receive_message_length", 400 * 1024 * 1024)]
    )
    host = host_type(engine_address)
    language_pb2_grpc.add_LanguageRuntimeServicer_to_server(host, server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    print(port, flush=True)

    def leave(_signal: int, _frame: object) -> None:
        # The engine waits seconds for a plug-in that does not exit, so skip an orderly shutdown.
        host.stop_children()
        os._exit(0)

    signal.signal(signal.SIGINT, leave)
    signal.signal(signal.SIGTERM, leave)
    wait_for_end_of(os.getppid())
    # A killed engine sends no signal, and the program would wait for it forever.
    leave(signal.SIGTERM, None)


if __name__ == "__main__":
    serve(next((a for a in sys.argv[1:] if not a.startswith("-")), ""))
