"""The processes of a sandbox by their part, as the operating system lists them (Linux)."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

PARTS = {
    "provider": b"falaj.sandbox.clouds",
    "host": b"falaj.sandbox.language_host",
    "pack": b"pulumi.policy",
    "program": b"falaj.sandbox.program",
}
"""Part -> what its command line contains. The engine and the command are found by their programs."""


def processes(sandbox: Path) -> dict[str, list[int]]:
    """Returns the process ids of each part that works on the sandbox."""
    found: dict[str, list[int]] = {}
    for process, command in _commands(sandbox):
        for part, mark in PARTS.items():
            if mark in command or mark.replace(b".", b"/") in command:
                found.setdefault(part, []).append(process)
                break
        else:
            if Path(command.split(b"\0")[0].decode()).name == "pulumi":
                found.setdefault("engine", []).append(process)
    return found


def kill(targets: list[int]) -> None:
    """Ends processes at once; one that has ended is none."""
    for target in targets:
        try:
            os.kill(target, signal.SIGKILL)
        except ProcessLookupError:
            continue


def _commands(sandbox: Path) -> Iterator[tuple[int, bytes]]:
    mark = f"FALAJ_SANDBOX={sandbox}".encode()
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if mark in (process / "environ").read_bytes().split(b"\0"):
                yield int(process.name), (process / "cmdline").read_bytes()
        except OSError:
            continue
