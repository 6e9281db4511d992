"""A machine that runs the jobs of the workflows, with a checkout and the emulated clouds."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from falaj.sandbox.environment import SKIP_CHECKPOINTS, prepare, sandbox_variables
from falaj.sandbox.paths import Paths
from falaj.sandbox.session import Session
from falaj.sandbox.toolchain import Engine
from tests.engine.harness import Project, start_plugins_with
from tests.engine.warm import python_with_sdks
from tests.pipelines import steps
from tests.pipelines.local_tools import pin_local_tools
from tests.pipelines.repository import JobResult, Repository, clone
from tests.pipelines.steps import PIPELINES, Step


class Runner:
    """A runner of the workflows, with a checkout, and with the emulated clouds instead of accounts."""

    def __init__(self, folder: Path, engine: Engine, stack: str = "dev") -> None:
        self.stack = stack
        self.repository: Repository = clone(folder)
        # The emulated clusters ask for no token (test_sign_in.py runs the programs).
        pin_local_tools(self.repository, dict.fromkeys(("aws", "kubelogin"), Path("/bin/false")))
        paths = Paths(self.repository.folder)
        prepare(paths, engine)
        start_plugins_with(python_with_sdks(), paths)
        variables = sandbox_variables(paths, engine) | {SKIP_CHECKPOINTS: "true"}
        self.project = Project(Session(paths, engine, variables))
        self.folder = self.repository.runner / "falaj"

    def job(self, file: str, name: str, only: str = "", identity: Mapping[str, str] | None = None) -> JobResult:
        """Runs the commands of a workflow's job, or only its step named `only`; `identity` has the variables by which
        the emulated clouds know the caller."""
        job = steps.document(PIPELINES / "github" / file)["jobs"][name]
        selected = [step for step in job["steps"] if only in ("", step.get("name"))]
        return self.run(steps.github(selected, self.expressions()), identity or {})

    def run(self, commands: list[Step], identity: Mapping[str, str] = MappingProxyType({})) -> JobResult:
        assert commands
        sandbox = self.project.session.environment | self.repository.environment | self.path()
        return self.repository.run(commands, {**sandbox, **identity})

    def state(self) -> dict[Path, bytes]:
        """Returns every file of the engine's backend, with its content."""
        files = self.project.session.paths.state.rglob("*")
        return {file: file.read_bytes() for file in files if file.is_file()}

    def expressions(self) -> dict[str, str]:
        stack = {"inputs.stack || 'dev'": self.stack, "matrix.stack": self.stack}
        return stack | {"runner.temp": str(self.repository.runner)}

    def path(self) -> dict[str, str]:
        """Returns the sandbox's PATH, which takes precedence over the runner's."""
        return {"PATH": self.project.session.environment["PATH"]}
