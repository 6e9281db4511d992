"""The project file, `Pulumi.yaml`: what the sandbox needs to know about a project before the engine runs it.

Names and meaning of the keys: Pulumi's project file reference and sdk/v3 3.259.0, go/common/workspace (2026-11-28).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from falaj.facts import strict_yaml

FILE_NAMES = ("Pulumi.json", "Pulumi.yaml", "Pulumi.yml")
"""Names of a project file, in the order in which Pulumi looks for them."""

PACK_FILE = "PulumiPolicy.yaml"
"""Name of the file by which the engine knows the folder of a policy pack."""


class InvalidProject(Exception):
    """The project file cannot be used. The message is one sentence."""


@dataclass(frozen=True)
class ProjectFile:
    """A project file."""

    path: Path
    name: str
    runtime: str
    options: Mapping[str, Any] = field(default_factory=dict)
    """Options of the runtime, such as `virtualenv`."""
    stack_folder: Path = Path()
    """`stackConfigDir`: folder of the settings files of the stacks, relative to the project."""
    main: Path = Path()
    """Folder or file of the program, relative to the project."""

    @property
    def program_folder(self) -> Path:
        """The folder in which the program runs."""
        main = self.path.parent / self.main
        return main.parent if main.is_file() else main


def file_in(folder: Path) -> Path | None:
    """Returns the project file in a folder, None if it has none."""
    return next((folder / name for name in FILE_NAMES if (folder / name).is_file()), None)


def read_project(file: Path) -> ProjectFile:
    """Reads a project file. Raises `InvalidProject`."""
    content = _mapping(file)
    name = content.get("name")
    if not isinstance(name, str) or not name:
        raise InvalidProject(f"{file}: `name` is missing; write for example `name: my-platform`")
    runtime, options = _runtime(file, content)
    # Up to Pulumi 3.33 the folder of the settings files was called `config`.
    former = content.get("config")
    folder = content.get("stackConfigDir") or (former if isinstance(former, str) else "")
    main = Path(str(content.get("main") or ""))
    if not (file.parent / main).exists():
        raise InvalidProject(f"{file}: main: {main} does not exist; name the folder or file of the program")
    return ProjectFile(file, name, runtime, options, Path(str(folder)), main)


def read_pack(file: Path) -> ProjectFile:
    """Reads the `PulumiPolicy.yaml` of a policy pack; its name is that of its folder. Raises `InvalidProject`."""
    runtime, options = _runtime(file, _mapping(file))
    return ProjectFile(file, file.parent.name, runtime, options)


def _runtime(file: Path, content: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """Returns the name and the options of the runtime: `runtime: python`, or a mapping with both."""
    runtime, options = content.get("runtime"), {}
    if isinstance(runtime, dict):
        runtime, options = runtime.get("name"), runtime.get("options") or {}
    if not isinstance(runtime, str) or not runtime:
        raise InvalidProject(f"{file}: `runtime` is missing; write for example `runtime: python`")
    if not isinstance(options, dict):
        raise InvalidProject(f"{file}: runtime.options must be a mapping")
    return runtime, options


def read_stack_file(file: Path) -> dict[str, Any]:
    """Returns the content of a stack file; nothing for an empty one. Raises `InvalidProject`."""
    content = _content(file)
    if content is not None and not isinstance(content, dict):
        raise InvalidProject(f"{file}: must be a mapping with `config`")
    return content or {}


def _mapping(file: Path) -> dict[str, Any]:
    content = _content(file)
    if not isinstance(content, dict):
        raise InvalidProject(f"{file}: must be a mapping with `name` and `runtime`")
    return content


def _content(file: Path) -> Any:
    try:
        return strict_yaml.load(file)
    except OSError as error:
        raise InvalidProject(f"{file}: cannot be read ({error.strerror or error})") from None
    except yaml.YAMLError as error:
        raise InvalidProject(f"{file}: is not valid YAML: {strict_yaml.describe(error)}") from None
