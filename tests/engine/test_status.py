"""A command that takes longer than two seconds says within one on standard error what it is doing: to a pipe, and on a
terminal. The start of Python, which `falaj --version` needs too, is counted apart: it depends on what else runs."""

import os
import pty
import selectors
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.engine.conftest import MakeProject
from tests.engine.harness import ROOT
from tests.engine.test_output import PROGRAM

pytestmark = pytest.mark.engine

COMMANDS = {
    "bill": ["bill", "--stack", "dev"],
    "rights": ["rights", "--stack", "dev"],
    "preview --json": ["preview", "--stack", "dev", "--json"],
    "up --json": ["up", "--stack", "dev", "--no-pack", "--json"],
    "verdict": ["verdict", "--stack", "dev"],
    "recover": ["recover", "--stack", "dev"],
    "guardrails": ["guardrails"],
}
"""Command -> its arguments. What it prints comes at its end."""


@dataclass(frozen=True)
class Chunk:
    """What was read, after how many seconds, and from where."""

    second: float
    stream: str
    text: str


def recorded(folder: Path, arguments: list[str], terminal: bool = False) -> list[Chunk]:
    """Runs a command with its outputs connected to pipes, or both to one terminal."""
    inner, outer = pty.openpty() if terminal else (None, subprocess.PIPE)
    variables = os.environ | {"PYTHONPATH": str(ROOT), "TERM": "xterm"}
    started = time.monotonic()
    ran = subprocess.Popen(
        [sys.executable, "-m", "falaj", *arguments], cwd=folder, env=variables, stdout=outer, stderr=outer
    )
    if terminal:
        os.close(outer)
    streams = {inner: "terminal"} if inner else {ran.stdout.fileno(): "out", ran.stderr.fileno(): "err"}  # type: ignore[union-attr]
    chunks: list[Chunk] = []
    with selectors.DefaultSelector() as selector:
        for stream in streams:
            selector.register(stream, selectors.EVENT_READ)  # type: ignore[arg-type]
        while selector.get_map():
            for key, _ in selector.select():
                data = _read(key.fd)
                if data:
                    chunks.append(Chunk(time.monotonic() - started, streams[key.fd], data.decode(errors="replace")))
                else:
                    selector.unregister(key.fd)
    ran.communicate()
    if inner:
        os.close(inner)
    return [*chunks, Chunk(time.monotonic() - started, "end", "")]


def _read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 65536)
    except OSError:  # a terminal whose programs have ended
        return b""


def start_of_python(folder: Path) -> float:
    """Seconds that the command needs to start, at the moment."""
    return recorded(folder, ["--version"])[-1].second


@pytest.fixture(scope="module")
def folder(make_project: MakeProject) -> Path:
    return make_project(PROGRAM, "status").folder


@pytest.mark.parametrize("name", COMMANDS)
def test_a_pipe_hears_within_a_second(folder: Path, name: str) -> None:
    allowed = 1 + 2 * start_of_python(folder)
    chunks = recorded(folder, COMMANDS[name])
    if chunks[-1].second > 1 + allowed:
        assert (chunks[0].stream, chunks[0].second < allowed) == ("err", True), chunks[:3]
        assert "\x1b" not in chunks[0].text


def test_a_terminal_shows_how_long_it_takes_and_then_the_result_alone(folder: Path) -> None:
    allowed = 1 + 2 * start_of_python(folder)
    chunks = recorded(folder, COMMANDS["bill"], terminal=True)
    assert chunks[0].second < allowed
    text = "".join(chunk.text for chunk in chunks)
    assert "Previewing dev" in text
    assert "0:00:02" in text
    assert "\x1b[2K" in text.partition("AED")[0].rpartition("Previewing dev")[2]  # erased before the result
