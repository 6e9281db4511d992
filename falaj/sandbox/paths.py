"""Where things lie: the project, its sandbox, and the caches outside the tree."""

import os
from dataclasses import dataclass
from pathlib import Path

import platformdirs


class ProjectNotFound(Exception):
    """Not inside a Pulumi project; the message says how to get into one."""


@dataclass(frozen=True)
class Paths:
    """A project and the sandbox in it (`.falaj/`, not tracked by git)."""

    project: Path
    shared: Path | None = None
    """A sandbox that several projects share; the project's own if None."""

    @property
    def sandbox(self) -> Path:
        """Everything that the sandbox keeps; deleting it starts anew."""
        return self.shared or self.project / ".falaj"

    @property
    def bin(self) -> Path:
        """Stand-in plug-ins, found by the engine on PATH."""
        return self.sandbox / "bin"

    @property
    def state(self) -> Path:
        """The engine's `file://` backend."""
        return self.sandbox / "state"

    @property
    def home(self) -> Path:
        """The engine's own home, so that nothing of the user's is touched."""
        return self.sandbox / "home"

    @property
    def inventory(self) -> Path:
        """What exists in the emulated clouds."""
        return self.sandbox / "inventory.db"

    @property
    def evidence(self) -> Path:
        """What the guardrails said, a file a run."""
        return self.sandbox / "evidence"

    @property
    def lab(self) -> Path:
        """The laboratory's cluster, while it lives."""
        return self.sandbox / "lab"

    def stack_file(self, stack: str) -> Path:
        """The stack's settings."""
        return self.project / f"Pulumi.{stack}.yaml"

    def stacks(self) -> list[str]:
        """Names of all stacks that have a settings file."""
        return sorted(path.name.split(".")[1] for path in self.project.glob("Pulumi.*.yaml"))


def find_project(start: Path) -> Paths:
    """The project that `start` lies in, with the sandbox that `FALAJ_SANDBOX` names. Raises `ProjectNotFound`."""
    shared = os.environ.get("FALAJ_SANDBOX")
    for folder in (start.resolve(), *start.resolve().parents):
        if (folder / "Pulumi.yaml").is_file():
            return Paths(folder, Path(shared).resolve() if shared else None)
    raise ProjectNotFound(f"{start}: no Pulumi.yaml here or above; change into the project, or name it with --project")


def cache() -> Path:
    """Builds that outlive a checkout; safe to delete, slow to make again."""
    return Path(platformdirs.user_cache_dir("falaj"))
