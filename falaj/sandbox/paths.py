"""Paths of the project, its sandbox, and the caches outside the project."""

import os
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from falaj.sandbox.project_file import InvalidProject, ProjectFile, file_in, read_project


class ProjectNotFound(Exception):
    """There is no Pulumi project here. The message explains how to select one."""


@dataclass(frozen=True)
class Paths:
    """A project and its sandbox (`.falaj/`, ignored by git)."""

    project: Path
    shared: Path | None = None
    """A sandbox that several projects share; None for the project's own."""

    @property
    def sandbox(self) -> Path:
        """The folder of the sandbox. Delete it to start afresh."""
        return self.shared or self.project / ".falaj"

    @property
    def bin(self) -> Path:
        """The programs of the plug-ins, which the engine's home links to."""
        return self.sandbox / "bin"

    @property
    def state(self) -> Path:
        """The engine's `file://` backend."""
        return self.sandbox / "state"

    @property
    def home(self) -> Path:
        """The engine's home, separate from the user's."""
        return self.sandbox / "home"

    @property
    def inventory(self) -> Path:
        """The inventory file of the emulated clouds."""
        return self.sandbox / "inventory.db"

    @property
    def waits(self) -> Path:
        """The file of what programs in the sandbox have waited for, instead of waiting."""
        return self.sandbox / "waits"

    @property
    def evidence(self) -> Path:
        """Evidence files of the guardrails, one per run."""
        return self.sandbox / "evidence"

    @property
    def lab(self) -> Path:
        """The folder of the laboratory's cluster."""
        return self.sandbox / "lab"

    def read_project(self) -> ProjectFile:
        """Reads the project file. Raises `InvalidProject`."""
        return read_project(file_in(self.project) or self.project / "Pulumi.yaml")

    def stack_file(self, stack: str) -> Path:
        """Returns the settings file of a stack."""
        folder, suffix = self._stack_files()
        return folder / f"Pulumi.{stack}{suffix}"

    def stacks(self) -> list[str]:
        """Returns the names of all stacks that have a settings file."""
        folder, suffix = self._stack_files()
        return sorted(
            path.name.removeprefix("Pulumi.").removesuffix(suffix) for path in folder.glob(f"Pulumi.*{suffix}")
        )

    def _stack_files(self) -> tuple[Path, str]:
        """Returns folder and suffix of the settings files of stacks."""
        file = file_in(self.project)
        if file is None:
            return self.project, ".yaml"
        return self.project / read_project(file).stack_folder, file.suffix


def find_project(start: Path) -> Paths:
    """Finds the project that contains `start`. Its sandbox is `FALAJ_SANDBOX` if set.

    Raises `ProjectNotFound`, and `InvalidProject` for a project file that cannot be used.
    """
    shared = os.environ.get("FALAJ_SANDBOX")
    for folder in (start.resolve(), *start.resolve().parents):
        if file := file_in(folder):
            read_project(file)
            return Paths(folder, _shared_sandbox(shared) if shared else None)
    raise ProjectNotFound(f"{start}: no Pulumi.yaml here or above; change into the project, or name it with --project")


def _shared_sandbox(named: str) -> Path:
    folder = Path(named).resolve()
    if folder.exists() and not folder.is_dir():
        raise InvalidProject(f"FALAJ_SANDBOX: {named} is no folder; name one, which is made if it is not there")
    return folder


def cache() -> Path:
    """Returns the folder of cached builds. It may be deleted, but takes minutes to rebuild."""
    return Path(platformdirs.user_cache_dir("falaj"))
