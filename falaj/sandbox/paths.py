"""Paths of the project, its sandbox, and the caches outside the project."""

import os
from dataclasses import dataclass
from pathlib import Path

import platformdirs


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

    def stack_file(self, stack: str) -> Path:
        """Returns the settings file of a stack."""
        return self.project / f"Pulumi.{stack}.yaml"

    def stacks(self) -> list[str]:
        """Returns the names of all stacks that have a settings file."""
        return sorted(path.name.split(".")[1] for path in self.project.glob("Pulumi.*.yaml"))


def find_project(start: Path) -> Paths:
    """Finds the project that contains `start`. Its sandbox is `FALAJ_SANDBOX` if set. Raises `ProjectNotFound`."""
    shared = os.environ.get("FALAJ_SANDBOX")
    for folder in (start.resolve(), *start.resolve().parents):
        if (folder / "Pulumi.yaml").is_file():
            return Paths(folder, Path(shared).resolve() if shared else None)
    raise ProjectNotFound(f"{start}: no Pulumi.yaml here or above; change into the project, or name it with --project")


def cache() -> Path:
    """Returns the folder of cached builds. It may be deleted, but takes minutes to rebuild."""
    return Path(platformdirs.user_cache_dir("falaj"))
