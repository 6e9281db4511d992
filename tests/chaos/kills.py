"""One random death: which process, in which operation, when; then the documented commands, and what is left.

`.venv/bin/python -m tests.chaos --kills 300 --seed 7` makes many of them and prints the table.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from falaj.sandbox.session import operation
from tests.chaos.processes import kill, processes
from tests.engine.harness import CommandResult, Project, open_project

VICTIMS = ("command", "engine", "everything", "provider", "host", "program", "pack")
OPERATIONS = ("preview", "up", "pulumi up", "tour", "refresh", "recover", "destroy")
"""`pulumi up` is what a user types in `falaj shell`: no command of ours is above the engine. `tour` writes the state at
its end only, and a `recover` is killed while it imports what the state lacks."""
WITHOUT_PROGRAM = ("refresh", "recover", "destroy")
"""Operations on a stack that is deployed, for which the engine runs neither program nor pack."""
UNCOUNTED = ("preview", "refresh", "recover")
NEEDS_PROGRAM = ("program", "pack", "host")
FORGOTTEN = 3
"""Resources that the state of a stack lacks before a `recover`."""
SECONDS = 600
"""Time for each command, on a machine with much other work. What takes longer hangs."""
HUNG = 124
"""Exit status of a command that hangs, as `timeout` reports it."""


@dataclass(frozen=True)
class Kill:
    """What dies and when: once `progress` of the stack's resources are created, or deleted by a destroy, or of the time
    that the deployment took is over for an operation that makes and deletes none."""

    seed: int
    stack: str
    operation: str
    victim: str
    progress: float
    latency_ms: int
    beside: str | None = None
    """Another stack that is deployed in the same sandbox."""

    def __str__(self) -> str:
        beside = f" beside {self.beside}" if self.beside else ""
        return f"{self.seed}: {self.operation} {self.stack}{beside}, {self.victim} at {self.progress:.0%}"

    @property
    def is_on_deployed(self) -> bool:
        """Whether the stack is deployed before the operation."""
        return self.operation in WITHOUT_PROGRAM


@dataclass(frozen=True)
class Deployment:
    """A stack that was deployed without a kill: its project, and how long that took."""

    project: Project
    seconds: float


@dataclass(frozen=True)
class Aftermath:
    """What the documented commands made of it."""

    kill: Kill
    recover: int
    finish: int
    """Exit statuses of `falaj recover --wait` and of the operation after it."""
    adopted: bool
    orphans: int
    lost: int
    """Resources that no state has; resources of a state that the clouds do not have."""
    duplicates: int
    """Resources of one URN beyond the first."""
    left: int
    """Processes that still run."""
    hung: int
    """Commands that did not end in time: the killed operation itself, `recover` and the operation after it."""
    output: str

    @property
    def is_good(self) -> bool:
        found = (self.recover, self.finish, self.orphans, self.lost, self.duplicates, self.left, self.hung)
        return found == (0,) * len(found)


def drawn(seed: int, stacks: tuple[str, ...] = ("dev",), victim: str | None = None) -> Kill:
    """Returns the kill of a seed."""
    chance = random.Random(seed)  # noqa: S311 (no secret)
    stack, name, drawn_victim = chance.choice(stacks), chance.choice(OPERATIONS), chance.choice(VICTIMS)
    victim = victim or drawn_victim
    if name in WITHOUT_PROGRAM and victim in NEEDS_PROGRAM:
        name = chance.choice(("preview", "up"))
    if name == "pulumi up" and victim == "command":
        name = "up"
    others = [other for other in stacks if other != stack and name in ("up", "pulumi up", "preview")]
    beside = chance.choice([None, *others])
    return Kill(seed, stack, name, victim, chance.uniform(0.0, 0.9), chance.choice((0, 50, 200)), beside)


def suffered(killed: Kill, project: Project, deployed: Mapping[str, Deployment]) -> Aftermath:
    """Makes the kill in an empty project, and then runs the documented commands. `deployed`: stack -> deployment."""
    before = killed.stack if killed.is_on_deployed else killed.beside
    if before is not None:
        project.copy_state_from(deployed[before].project)
    if killed.operation == "recover":
        _forget(project, killed.stack)
    ended = _start_and_kill(killed, project, deployed[killed.stack])
    project = open_project(project.session.paths, project.session.engine, checkpoints=True)
    done = _run(project, "recover", "--stack", killed.stack, "--wait")
    name = "destroy" if killed.operation == "destroy" else "up"
    options = () if name == "destroy" else ("--no-pack",)
    finished = _run(project, name, "--stack", killed.stack, *options)
    items = project.inventory()
    rows = [row for stack in project.session.known_stacks() for row in project.state(stack) if row.get("custom")]
    # Counted, because two clusters may have a resource of one ID, of which a state knows one.
    in_states = Counter((row["type"], row["id"]) for row in rows)
    made = Counter((row["type"], row["id"]) for row in rows if not (row.get("external") or _is_provider(row)))
    in_clouds = Counter((item.type, item.id) for item in items)
    return Aftermath(
        killed, done.status, finished.status, "  imported" in done.output, (in_clouds - in_states).total(),
        (made - in_clouds).total(), len(items) - len({item.urn for item in items}),
        sum(map(len, processes(project.session.paths.sandbox).values())),
        (not ended) + [done.status, finished.status].count(HUNG), done.output + finished.output,
    )  # fmt: skip


def _is_provider(row: Mapping[str, Any]) -> bool:
    return str(row["type"]).startswith("pulumi:")


def _run(project: Project, *arguments: str) -> CommandResult:
    """Runs a command after the kill. It has checkpoints, but nobody dies in it any more: so its programs are forked,
    because loading the SDKs took most of its time."""
    try:
        return project.falaj(*arguments, seconds=SECONDS, forked=True)
    except subprocess.TimeoutExpired:
        return CommandResult(HUNG, f"{arguments[0]} hangs\n")


def _forget(project: Project, stack: str) -> None:
    """Takes resources from the end of the state, on which no other depends, as if their creates had been forgotten."""
    (file,) = project.session.paths.state.rglob(f"{stack}.json")
    content = json.loads(file.read_text())
    resources = content["checkpoint"]["latest"]["resources"]
    last = [row for row in reversed(resources) if row.get("custom") and not row["type"].startswith("pulumi:")]
    for row in last[:FORGOTTEN]:
        resources.remove(row)
    file.write_text(json.dumps(content))


def _start_and_kill(killed: Kill, project: Project, deployed: Deployment) -> bool:
    """Runs the operation and makes the kill. Returns whether the command ended after it."""
    session = project.session
    environment = session.environment | {"FALAJ_CLOUD_LATENCY_MS": str(killed.latency_ms)}
    pack = session.paths.project / "policy_pack" if killed.victim == "pack" else None
    if killed.operation == "pulumi up":
        session.ensure_stack(killed.stack)
        command = [str(session.engine.path), *operation("up", killed.stack, pack=pack, extra=["--skip-preview"])]
    else:
        options = ["--no-pack"] if killed.operation in ("preview", "up") and not pack else []
        command = ["falaj", killed.operation, "--stack", killed.stack, *options]
    with subprocess.Popen(
        command, cwd=project.folder, env=environment, start_new_session=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    ) as running:  # fmt: skip
        _wait(_moment(killed, project, deployed), running)
        if running.poll() is None:
            _kill(killed, project, running.pid)
        try:
            running.wait(SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(running.pid, signal.SIGKILL)
            return False
    return True


def _moment(killed: Kill, project: Project, deployed: Deployment) -> Callable[[], bool]:
    there, resources = len(project.inventory()), len(deployed.project.inventory())
    if killed.operation == "destroy":
        return lambda: len(project.inventory()) <= resources * (1 - killed.progress)
    if killed.operation in UNCOUNTED:
        end = time.monotonic() + killed.progress * deployed.seconds
        return lambda: time.monotonic() >= end
    if killed.victim == "pack" or killed.progress < 0.1:
        # The pack has done its work before the first resource is made; others die while all of them start.
        return lambda: killed.victim in processes(project.session.paths.sandbox) or len(project.inventory()) > there
    return lambda: len(project.inventory()) - there >= resources * killed.progress


def _wait(reached: Callable[[], bool], running: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + SECONDS
    while running.poll() is None and not reached() and time.monotonic() < end:
        time.sleep(0.02)


def _kill(killed: Kill, project: Project, command: int) -> None:
    alive = processes(project.session.paths.sandbox)
    if killed.victim == "everything":
        kill([command, *(process for group in alive.values() for process in group)])
    elif killed.victim == "command":
        os.kill(command, signal.SIGKILL)
    else:
        chance = random.Random(killed.seed)  # noqa: S311 (no secret)
        kill([chance.choice(alive[killed.victim])] if alive.get(killed.victim) else [])
