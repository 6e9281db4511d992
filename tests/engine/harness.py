"""Projects with a sandbox in a temporary folder, on which the engine tests run commands."""

import contextlib
import json
import re
import shutil
import sqlite3
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import yaml

from falaj.drift import Change, drift
from falaj.sandbox.clouds.inventory import Inventory
from falaj.sandbox.clouds.spec import InventoryItem
from falaj.sandbox.environment import SKIP_CHECKPOINTS, prepare, sandbox_variables
from falaj.sandbox.paths import Paths
from falaj.sandbox.previews import link_environment
from falaj.sandbox.session import Session, operation
from falaj.sandbox.toolchain import Engine
from tests.engine.warm import warm_python

ROOT = Path(__file__).parents[2]
KEY = "falaj:platform"
RULE = re.compile(r"\[(FJ-[A-Z]+-[A-Z0-9-]+)\]")


@dataclass(frozen=True)
class CommandResult:
    """Exit status and output of a command."""

    status: int
    output: str

    @property
    def rules(self) -> set[str]:
        """Ids of the guardrails that are reported in the output."""
        return set(RULE.findall(self.output))

    @property
    def steps(self) -> dict[str, set[str]]:
        """Steps of a `preview --json`: operation -> logical names of its resources."""
        names: dict[str, set[str]] = {}
        plan, _ = json.JSONDecoder().raw_decode(self.output)  # the engine writes more text after the JSON
        for step in plan["steps"]:
            names.setdefault(step["op"], set()).add(step["urn"].rsplit("::", 1)[-1])
        return names

    @property
    def changes(self) -> dict[str, int]:
        """Number of resources by operation, from the engine's summary: `{"create": 3, "unchanged": 1}`."""
        count = r"(\d+) (?:to )?(create|update|delete|replace|unchanged|created|updated|deleted|replaced)"
        summary = self.output.rpartition("Resources:")[2]
        return {op.removesuffix("d") if op != "unchanged" else op: int(n) for n, op in re.findall(count, summary)}


def open_project(paths: Paths, engine: Engine, checkpoints: bool = False) -> "Project":
    """Opens the project in a folder and creates its sandbox.

    By default, the engine writes the whole state after every step, which is three quarters of the deployment time of a
    large stack. Here it does so only with `checkpoints`, for tests that kill the engine. With `checkpoints`, programs
    and plugins are also started as new processes; otherwise they are forked from a process that has loaded the SDKs.
    """
    link_environment(paths.read_project(), None)
    prepare(paths, engine)
    if checkpoints:
        return Project(Session(paths, engine, sandbox_variables(paths, engine)))
    start_plugins_with(warm_python(), paths)
    return Project(Session(paths, engine, sandbox_variables(paths, engine) | {SKIP_CHECKPOINTS: "true"}))


def new_project(folder: Path, engine: Engine, program: Path | str, checkpoints: bool = False) -> "Project":
    """Makes a project with this project's components, policy pack and stacks, and a program, in an empty folder."""
    for linked in ("components", "policy_pack"):
        (folder / linked).symlink_to(ROOT / linked)
    for file in ROOT.glob("Pulumi*.yaml"):
        shutil.copy(file, folder)
    if isinstance(program, Path) and program.is_dir():
        shutil.copytree(program, folder, dirs_exist_ok=True)
    else:
        text = program.read_text() if isinstance(program, Path) else program
        (folder / "__main__.py").write_text(text)
    return open_project(Paths(folder), engine, checkpoints)


def start_plugins_with(python: Path, paths: Paths) -> None:
    """Lets a sandbox start its plug-ins, and these the programs, with another interpreter."""
    for script in paths.bin.iterdir():
        script.write_text(script.read_text().replace(sys.executable, str(python)))


@dataclass(frozen=True)
class Project:
    """A project and its sandbox."""

    session: Session

    @property
    def folder(self) -> Path:
        return self.session.paths.project

    def run(self, name: str, stack: str, *extra: str, pack: bool = False, planned: bool = False) -> CommandResult:
        """Runs an engine operation, by default without a preview before it, because a preview takes half of the time.

        With `planned`, the operation is previewed first, as in a pipeline.
        """
        self.session.ensure_stack(stack)
        folder = Path("policy_pack") if pack else None
        options = () if planned or name == "preview" else ("--skip-preview",)
        return self.pulumi(*operation(name, stack, pack=folder, extra=(*options, *extra)))

    def copy_state_from(self, other: "Project") -> None:
        """Copies the emulated clouds, the stacks' states and the evidence of another project."""
        source, target = other.session.paths, self.session.paths
        with (
            contextlib.closing(sqlite3.connect(source.inventory)) as source_inventory,
            contextlib.closing(sqlite3.connect(target.inventory)) as target_inventory,
        ):
            source_inventory.backup(target_inventory)
        for folder in ("state", "evidence"):
            shutil.copytree(source.sandbox / folder, target.sandbox / folder, dirs_exist_ok=True)

    def pulumi(self, *arguments: str) -> CommandResult:
        """Runs a `pulumi` command."""
        done = self.session.pulumi(*arguments, quiet=True)
        return CommandResult(done.returncode, done.stdout + done.stderr)

    def falaj(self, *arguments: str, seconds: float | None = None, forked: bool | None = None) -> CommandResult:
        """Runs a `falaj` command in this project. Raises `subprocess.TimeoutExpired` after `seconds`. `forked`: whether
        it is forked, as are the programs and plug-ins that it starts; by default if the project has no checkpoints."""
        is_forked = SKIP_CHECKPOINTS in self.session.environment if forked is None else forked
        falaj = [str(warm_python()), "-m", "falaj"] if is_forked else ["falaj"]
        done = subprocess.run(
            [*falaj, *arguments],
            cwd=self.folder,
            env=self.session.environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=seconds,
        )
        return CommandResult(done.returncode, done.stdout + done.stderr)

    def drift(self, stack: str) -> list[Change]:
        """Returns what a read-only refresh finds changed in the clouds, as the nightly job does."""
        return drift(self.pulumi("refresh", "--stack", stack, "--preview-only", "--json", "--non-interactive").output)

    def inventory(self) -> list[InventoryItem]:
        """Returns all resources in the emulated clouds."""
        ledger = Inventory(self.session.paths.inventory)
        with contextlib.closing(ledger), ledger.transaction() as transaction:
            return transaction.all_items()

    def state(self, stack: str) -> list[dict]:
        """Returns the resources of the stack's state, from the engine's checkpoint file."""
        name = self.session.paths.read_project().name
        checkpoint = self.session.paths.state / ".pulumi" / "stacks" / name / f"{stack}.json"
        latest = json.loads(checkpoint.read_text())["checkpoint"]["latest"]
        return (latest or {}).get("resources") or []

    def ids_in_state(self, stack: str) -> set[tuple[str, str]]:
        """Returns (type, id) of every cloud resource in the state."""
        return {
            (resource["type"], resource["id"])
            for resource in self.state(stack)
            if resource.get("custom") and not resource["type"].startswith("pulumi:")
        }

    def ids_in_clouds(self) -> set[tuple[str, str]]:
        """Returns (type, id) of every resource in the emulated clouds."""
        return {(resource.type, resource.id) for resource in self.inventory()}

    def sandbox_files(self) -> dict[str, bytes]:
        """Returns the content of every file of the sandbox, by file name.

        SQLite's write-ahead log, which may disappear at any time, is first written to the main file.
        """
        with contextlib.closing(sqlite3.connect(self.session.paths.inventory)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        contents = {}
        for file in self.session.paths.sandbox.rglob("*"):
            with contextlib.suppress(FileNotFoundError, IsADirectoryError):
                contents[file.name] = file.read_bytes()
        return contents

    def processes(self) -> list[str]:
        """Returns the command lines of the sandbox's processes (plugins, language host, program) of this project."""
        commands = []
        for process in Path("/proc").glob("[0-9]*"):
            try:
                environment = (process / "environ").read_bytes()
                command = (process / "cmdline").read_bytes()
            except OSError:
                continue
            if str(self.session.paths.sandbox).encode() in environment and b"falaj.sandbox" in command.replace(
                b"/", b"."
            ):
                commands.append(command.replace(b"\0", b" ").decode())
        return commands

    def edit(self, stack: str, path: str, value: object) -> None:
        """Replaces one value of the stack's settings; `...` removes it."""
        file = self.session.paths.stack_file(stack)
        text = yaml.safe_load(file.read_text())
        *parents, last = path.split(".")
        section = text["config"][KEY]
        for key in parents:
            section = section[key]
        if value is ...:
            del section[last]
        else:
            section[last] = value
        file.write_text(yaml.safe_dump(text))
