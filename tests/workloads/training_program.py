"""Runs the reference training program as a process, and reads its events."""

import json
import os
import signal
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from tests.forked.server import forking_python
from tests.workloads.environments import EXAMPLES

HERE = EXAMPLES / "training"
SMALL = {"steps": "40", "batch": "8", "width": "32", "length": "32", "deterministic": "1", "peer_wait_seconds": "1"}
LOADED = ("torch", "torch._dynamo", "torch.distributed.fsdp", "torch.distributed.checkpoint.state_dict", "fsspec")
ONE_THREAD = {"OMP_NUM_THREADS": "1"}
"""More threads would take CPU time from other tests."""


@cache
def warm(python: Path) -> Path:
    """Returns an interpreter that forks the program from a process with its libraries, which load for 4 s."""
    return forking_python(str(python), LOADED, ONE_THREAD)


@dataclass
class Program:
    """A run of the program on one machine, in a folder."""

    python: Path
    folder: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    parameters: Mapping[str, str] = field(default_factory=dict)

    @property
    def vault(self) -> Path:
        """Folder of the checkpoints."""
        return self.folder / "vault"

    def start(self, **environment: str) -> subprocess.Popen[str]:
        """Starts the program."""
        self.folder.mkdir(exist_ok=True)
        file = self.folder / "run.json"
        file.write_text(json.dumps({"parameters": {**SMALL, **self.parameters}}))
        variables = {
            "FALAJ_CONTRACT": str(file),
            "FALAJ_CHECKPOINT_URI": f"file://{self.vault}",
            "FALAJ_CHECKPOINT_INTERVAL_SECONDS": "0.01",
            "PYTHONPATH": str(HERE),
            "PYTHONDONTWRITEBYTECODE": "1",
            **ONE_THREAD,
        }
        return subprocess.Popen(
            [warm(self.python), "-m", "falaj_training"],
            env={**os.environ, **variables, **self.environment, **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(
        self, until: int | None = None, by: int = signal.SIGKILL, **environment: str
    ) -> tuple[int, list[dict[str, Any]]]:
        """Runs the program to its end, or until the signal `by` after step `until`; returns exit code and events."""
        with self.start(**environment) as process:
            events = []
            for event in read_events(process):
                events.append(event)
                if event["event"] == "step" and event["step"] == until:
                    process.send_signal(by)
            errors = process.stderr.read() if process.stderr else ""
        assert process.returncode is not None
        assert events or process.returncode, errors
        return process.returncode, events


def read_events(process: subprocess.Popen[str]) -> Iterator[dict[str, Any]]:
    """Yields the events that a process prints, one JSON line each."""
    assert process.stdout
    return (json.loads(line) for line in process.stdout)


def losses(events: list[dict[str, Any]]) -> dict[int, float]:
    """Returns step -> loss."""
    return {event["step"]: event["loss"] for event in events if event["event"] == "step"}
