"""A whole project in a folder of its own, with its sandbox: what the engine tests work on."""

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

from falaj.sandbox.clouds.inventory import Inventory
from falaj.sandbox.clouds.spec import InventoryItem
from falaj.sandbox.environment import SKIP_CHECKPOINTS, prepare, sandbox_variables
from falaj.sandbox.paths import Paths
from falaj.sandbox.session import Session, operation
from falaj.sandbox.toolchain import Engine
from tests.engine.warm import warm_python

ROOT = Path(__file__).parents[2]
KEY = "falaj:platform"
RULE = re.compile(r"\[(FJ-[A-Z]+-[A-Z0-9-]+)\]")


@dataclass(frozen=True)
class Ran:
    """What one engine command ended with."""

    status: int
    output: str

    @property
    def rules(self) -> set[str]:
        """Ids of the guardrails that spoke."""
        return set(RULE.findall(self.output))

    @property
    def steps(self) -> dict[str, set[str]]:
        """Of a `preview --json`: operation -> the logical names that it is planned for."""
        found: dict[str, set[str]] = {}
        plan, _ = json.JSONDecoder().raw_decode(self.output)  # the engine talks behind it
        for step in plan["steps"]:
            found.setdefault(step["op"], set()).add(step["urn"].rsplit("::", 1)[-1])
        return found

    @property
    def changes(self) -> dict[str, int]:
        """The engine's own count of what it did: `{"create": 3, "unchanged": 1}`."""
        words = r"(\d+) (?:to )?(create|update|delete|replace|unchanged|created|updated|deleted|replaced)"
        tail = self.output.rpartition("Resources:")[2]
        return {word.removesuffix("d") if word != "unchanged" else word: int(n) for n, word in re.findall(words, tail)}


def opened(paths: Paths, engine: Engine, checkpoints: bool = False) -> "Project":
    """The project in a folder, its sandbox made.

    The engine writes the whole state after every step, which is three quarters of the time that a large stack takes to
    come up; here it does so with `checkpoints` alone, for tests in which the engine is killed. There programs and
    plug-ins are processes of their own from the start, too: elsewhere they are forked from one that is loaded.
    """
    prepare(paths, engine)
    if checkpoints:
        return Project(Session(paths, engine, sandbox_variables(paths, engine)))
    for script in paths.bin.iterdir():
        script.write_text(script.read_text().replace(sys.executable, str(warm_python())))
    return Project(Session(paths, engine, sandbox_variables(paths, engine) | {SKIP_CHECKPOINTS: "true"}))


@dataclass(frozen=True)
class Project:
    """A project and the sandbox in it."""

    session: Session

    @property
    def folder(self) -> Path:
        return self.session.paths.project

    def run(self, name: str, stack: str, *extra: str, pack: bool = False, planned: bool = False) -> Ran:
        """One engine operation. It is planned before it is done, as a pipeline has it, where the test is about that:
        a plan is half of the time."""
        self.session.ensure_stack(stack)
        folder = Path("policy_pack") if pack else None
        at_once = () if planned or name == "preview" else ("--skip-preview",)
        return self.pulumi(*operation(name, stack, pack=folder, extra=(*at_once, *extra)))

    def take_over(self, other: "Project") -> None:
        """Have what another project has: its stacks' states, its clouds and what was judged."""
        theirs, own = other.session.paths, self.session.paths
        with (
            contextlib.closing(sqlite3.connect(theirs.inventory)) as source,
            contextlib.closing(sqlite3.connect(own.inventory)) as target,
        ):
            source.backup(target)
        for folder in ("state", "evidence"):
            shutil.copytree(theirs.sandbox / folder, own.sandbox / folder, dirs_exist_ok=True)

    def pulumi(self, *arguments: str) -> Ran:
        """Any engine command."""
        done = self.session.pulumi(*arguments, quiet=True)
        return Ran(done.returncode, done.stdout + done.stderr)

    def falaj(self, *arguments: str) -> Ran:
        """Our own command, in this project."""
        own = [str(warm_python()), "-m", "falaj"] if SKIP_CHECKPOINTS in self.session.environment else ["falaj"]
        done = subprocess.run(
            [*own, *arguments],
            cwd=self.folder,
            env=self.session.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        return Ran(done.returncode, done.stdout + done.stderr)

    def inventory(self) -> list[InventoryItem]:
        """Everything in the emulated clouds."""
        with Inventory(self.session.paths.inventory).transaction() as transaction:
            return transaction.all_items()

    def state(self, stack: str) -> list[dict]:
        """The resources of the stack's state, from the engine's own file."""
        name = yaml.safe_load((self.folder / "Pulumi.yaml").read_text())["name"]
        kept = self.session.paths.state / ".pulumi" / "stacks" / name / f"{stack}.json"
        latest = json.loads(kept.read_text())["checkpoint"]["latest"]
        return (latest or {}).get("resources") or []

    def ids_in_state(self, stack: str) -> set[tuple[str, str]]:
        """(type, id) of every cloud resource in the state."""
        return {
            (resource["type"], resource["id"])
            for resource in self.state(stack)
            if resource.get("custom") and not resource["type"].startswith("pulumi:")
        }

    def ids_in_clouds(self) -> set[tuple[str, str]]:
        """(type, id) of everything in the emulated clouds."""
        return {(resource.type, resource.id) for resource in self.inventory()}

    def kept_files(self) -> dict[str, bytes]:
        """Every file of the sandbox, once SQLite has written its log, which may go at any time, to the main file."""
        with contextlib.closing(sqlite3.connect(self.session.paths.inventory)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        found = {}
        for file in self.session.paths.sandbox.rglob("*"):
            with contextlib.suppress(FileNotFoundError, IsADirectoryError):
                found[file.name] = file.read_bytes()
        return found

    def processes(self) -> list[str]:
        """Command lines of processes of ours, plug-ins, language host and program, that still work for this project."""
        found = []
        for process in Path("/proc").glob("[0-9]*"):
            try:
                environment = (process / "environ").read_bytes()
                command = (process / "cmdline").read_bytes()
            except OSError:
                continue
            if str(self.session.paths.sandbox).encode() in environment and b"falaj.sandbox" in command:
                found.append(command.replace(b"\0", b" ").decode())
        return found

    def edit(self, stack: str, path: str, value: object) -> None:
        """Replace one value of the stack's settings (`...` removes it), as a reviewer would by hand."""
        file = self.session.paths.stack_file(stack)
        text = yaml.safe_load(file.read_text())
        *parents, last = path.split(".")
        part = text["config"][KEY]
        for step in parents:
            part = part[step]
        if value is ...:
            del part[last]
        else:
            part[last] = value
        file.write_text(yaml.safe_dump(text))
