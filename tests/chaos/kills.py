"""One random death: which process, in which operation, when; then the documented commands, and what is left.

`.venv/bin/python -m tests.chaos --kills 300 --seed 7` makes many of them and prints the table.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass

from falaj.sandbox.session import operation
from tests.chaos.processes import kill, processes
from tests.engine.harness import Project, open_project

VICTIMS = ("command", "engine", "everything", "provider", "host", "program", "pack")
OPERATIONS = ("up", "destroy", "pulumi up")
"""`pulumi up` is what a user types in `falaj shell`: no command of ours is above the engine."""
NEEDS_PROGRAM = ("program", "pack", "host")
SECONDS = 300
"""Time for each command. What takes longer hangs."""


@dataclass(frozen=True)
class Kill:
    """What dies and when: once `progress` of the stack's resources are created, or deleted by a destroy."""

    seed: int
    stack: str
    operation: str
    victim: str
    progress: float
    latency_ms: int

    def __str__(self) -> str:
        return f"{self.seed}: {self.operation} {self.stack}, {self.victim} at {self.progress:.0%}"


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
    output: str

    @property
    def is_good(self) -> bool:
        return (self.recover, self.finish, self.orphans, self.lost, self.duplicates, self.left) == (0,) * 6


def drawn(seed: int, stacks: tuple[str, ...] = ("dev",), victim: str | None = None) -> Kill:
    """Returns the kill of a seed."""
    chance = random.Random(seed)  # noqa: S311 (no secret)
    stack, name, drawn_victim = chance.choice(stacks), chance.choice(OPERATIONS), chance.choice(VICTIMS)
    victim = victim or drawn_victim
    if name == "destroy" and victim in NEEDS_PROGRAM:
        name = "up"
    if name == "pulumi up" and victim == "command":
        name = "up"
    return Kill(seed, stack, name, victim, chance.uniform(0.0, 0.9), chance.choice((0, 50, 200)))


def suffered(killed: Kill, project: Project, resources: int) -> Aftermath:
    """Makes the kill in a project, with or without its stack deployed, and then runs the documented commands."""
    _start_and_kill(killed, project, resources)
    project = open_project(project.session.paths, project.session.engine, checkpoints=True)
    done = project.falaj("recover", "--stack", killed.stack, "--wait")
    name = "destroy" if killed.operation == "destroy" else "up"
    options = () if name == "destroy" else ("--no-pack",)
    finished = project.falaj(name, "--stack", killed.stack, *options)
    in_state, items = project.ids_in_state(killed.stack), project.inventory()
    in_clouds = {(item.type, item.id) for item in items}
    return Aftermath(
        killed, done.status, finished.status, "  imported" in done.output, len(in_clouds - in_state),
        len(in_state - in_clouds), len(items) - len({item.urn for item in items}),
        sum(map(len, processes(project.session.paths.sandbox).values())), done.output + finished.output,
    )  # fmt: skip


def _start_and_kill(killed: Kill, project: Project, resources: int) -> None:
    session = project.session
    environment = session.environment | {"FALAJ_CLOUD_LATENCY_MS": str(killed.latency_ms)}
    pack = session.paths.project / "policy_pack" if killed.victim == "pack" else None
    if killed.operation == "pulumi up":
        session.ensure_stack(killed.stack)
        command = [str(session.engine.path), *operation("up", killed.stack, pack=pack, extra=["--skip-preview"])]
    else:
        options = [] if killed.operation == "destroy" or pack else ["--no-pack"]
        command = ["falaj", killed.operation, "--stack", killed.stack, *options]
    with subprocess.Popen(
        command, cwd=project.folder, env=environment, start_new_session=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    ) as running:  # fmt: skip
        _wait(_moment(killed, project, resources), running)
        if running.poll() is None:
            _kill(killed, project, running.pid)
        running.wait(SECONDS)


def _moment(killed: Kill, project: Project, resources: int) -> Callable[[], bool]:
    if killed.operation == "destroy":
        return lambda: len(project.inventory()) <= resources * (1 - killed.progress)
    if killed.victim == "pack" or killed.progress < 0.1:
        # The pack has done its work before the first resource is made; others die while all of them start.
        return lambda: killed.victim in processes(project.session.paths.sandbox) or len(project.inventory()) > 0
    return lambda: len(project.inventory()) >= resources * killed.progress


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
        kill(alive.get(killed.victim, [])[:1])
