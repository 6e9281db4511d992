"""A ready sandbox: engine, folders and stacks."""

import shutil
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from falaj.sandbox import checkpoints
from falaj.sandbox.engine_process import run_engine
from falaj.sandbox.engines_at_work import Engines
from falaj.sandbox.environment import prepare, sandbox_variables
from falaj.sandbox.existing_networks import declare_existing_networks
from falaj.sandbox.language_hosts import provide_language_host
from falaj.sandbox.paths import Paths
from falaj.sandbox.python_environment import EnvironmentMissing, program_interpreter
from falaj.sandbox.stack_config import is_encrypted_elsewhere, with_copy, write_copy
from falaj.sandbox.toolchain import Engine, find_engine

_CHANGING = ("up", "destroy", "refresh", "import")
"""Operations that change the clouds or a state."""


class UnknownStack(Exception):
    """A stack has no settings file. The message lists the stacks that have one."""


class EngineFailed(Exception):
    """The engine failed in an auxiliary operation of the sandbox."""


@dataclass(frozen=True)
class Session:
    """Runs the engine in the sandbox of a project."""

    paths: Paths
    engine: Engine
    environment: dict[str, str]
    repair: IO[str] | None = None
    """The lock that a repair of the sandbox holds alone (`Engines.exclusively`)."""

    @classmethod
    def open(cls, paths: Paths, log: Callable[[str], None]) -> "Session":
        """Finds or installs the engine and the language host of the program, and creates the sandbox.

        Raises `toolchain.EngineNotFound`.
        """
        engine = find_engine(log)
        prepare(paths, engine)
        provide_language_host(paths, engine, log)
        return cls(paths, engine, sandbox_variables(paths, engine))

    def pulumi(self, *arguments: str, quiet: bool = False) -> subprocess.CompletedProcess[str]:
        """Runs an engine command in the project. Its output goes to the terminal unless `quiet`.

        Raises `EnginesAtWork` for an operation that changes the clouds while they are repaired.
        """
        command = [str(self.engine.path), *with_copy(self.paths, arguments)]
        if self.repair is not None or arguments[0] not in _CHANGING:
            return run_engine(command, self.paths.project, self.environment, quiet, self.repair)
        with Engines(self.paths.sandbox).join() as lock:
            return run_engine(command, self.paths.project, self.environment, quiet, lock)

    def ensure_stack(self, stack: str) -> None:
        """Creates the stack in the sandbox's backend if necessary. Raises `UnknownStack`, `EngineFailed`."""
        if not self.paths.stack_file(stack).is_file():
            existing = ", ".join(self.paths.stacks()) or "none"
            raise UnknownStack(
                f"no stack {stack!r}: {self.paths.stack_file(stack)} is missing; there are: {existing}; "
                "write the file, empty if the stack has no settings"
            )
        declare_existing_networks(self.paths.stack_file(stack), self.paths.inventory)
        if self.checkpoint(stack).is_file():
            return
        elsewhere = is_encrypted_elsewhere(self.paths.stack_file(stack))
        init = ("stack", "init", stack, "--non-interactive")
        result = None if elsewhere else self.pulumi(*init, quiet=True)
        if result is None or "incorrect passphrase" in result.stderr:
            result = self.pulumi("--cwd", str(write_copy(self.paths, stack)), *init, quiet=True)
        if result.returncode != 0:
            raise EngineFailed(f"stack {stack} could not be created in the sandbox: {result.stderr.strip()}")

    def require_runtime(self) -> None:
        """Raises `EnvironmentMissing` if the engine has no host for the language of the program, or if the environment
        of a Python program does not exist or lacks the SDK."""
        project = self.paths.read_project()
        host = f"pulumi-language-{project.runtime}"
        if not shutil.which(host, path=self.environment["PATH"]):
            raise EnvironmentMissing(
                f"{project.path}: programs in {project.runtime} need {host}, which is neither beside the engine nor on "
                "PATH; install the Pulumi CLI, which brings it"
            )
        if project.runtime == "python":
            program_interpreter(self.paths.project, project.program_folder, project.options)

    def known_stacks(self) -> list[str]:
        """Returns the stacks in the sandbox's backend."""
        return sorted(path.stem for path in self._checkpoints().glob("*.json"))

    def repair_checkpoint(self, stack: str) -> bool:
        """Restores the previous state if the current one is incomplete, because the engine was killed while it wrote.

        Returns whether the state was restored. Raises `EngineFailed` if neither can be read.
        """
        try:
            return checkpoints.repair(self.checkpoint(stack))
        except checkpoints.DamagedState as error:
            raise EngineFailed(str(error)) from None

    def checkpoint(self, stack: str) -> Path:
        """Returns the file of a stack's state in the sandbox's backend."""
        return self._checkpoints() / f"{stack}.json"

    def _checkpoints(self) -> Path:
        return self.paths.state / ".pulumi" / "stacks" / self.paths.read_project().name


def operation(name: str, stack: str, *, pack: Path | None = None, extra: Sequence[str] = ()) -> list[str]:
    """Returns the arguments of a non-interactive engine operation, as in a pipeline."""
    arguments = [name, "--stack", stack, "--non-interactive", "--suppress-permalink=true"]
    if name != "preview" and "--preview-only" not in extra:  # the engine refuses the two together
        arguments.append("--yes")
    if pack is not None and name in ("preview", "up"):
        arguments += ["--policy-pack", str(pack)]
    return [*arguments, *extra]
