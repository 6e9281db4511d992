"""The reference training program as a process, and what it says."""

import json
import os
import signal
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.workloads.environments import EXAMPLES

HERE = EXAMPLES / "training"
SMALL = {"steps": "40", "batch": "8", "width": "32", "length": "32", "deterministic": "1", "peer_wait_seconds": "1"}


@dataclass
class Program:
    """A run of it on one machine, in a folder of its own."""

    python: Path
    folder: Path
    told: Mapping[str, str] = field(default_factory=dict)
    parameters: Mapping[str, str] = field(default_factory=dict)

    @property
    def vault(self) -> Path:
        """Where its checkpoints are."""
        return self.folder / "vault"

    def start(self, **told: str) -> subprocess.Popen[str]:
        """One start of it."""
        self.folder.mkdir(exist_ok=True)
        file = self.folder / "run.json"
        file.write_text(json.dumps({"parameters": {**SMALL, **self.parameters}}))
        variables = {
            "FALAJ_CONTRACT": str(file),
            "FALAJ_CHECKPOINT_URI": f"file://{self.vault}",
            "FALAJ_CHECKPOINT_INTERVAL_SECONDS": "0.01",
            "PYTHONPATH": str(HERE),
            "PYTHONDONTWRITEBYTECODE": "1",
            "OMP_NUM_THREADS": "1",  # threads that wait for each other take processors from the other tests
        }
        return subprocess.Popen(
            [self.python, "-m", "falaj_training"],
            env={**os.environ, **variables, **self.told, **told},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, until: int | None = None, by: int = signal.SIGKILL, **told: str) -> tuple[int, list[dict[str, Any]]]:
        """Run to the end, or to a signal once step `until` was done: exit code, and what was said."""
        with self.start(**told) as process:
            said = []
            for one in says(process):
                said.append(one)
                if one["event"] == "step" and one["step"] == until:
                    process.send_signal(by)
            errors = process.stderr.read() if process.stderr else ""
        assert process.returncode is not None
        assert said or process.returncode, errors
        return process.returncode, said


def says(process: subprocess.Popen[str]) -> Iterator[dict[str, Any]]:
    """What a process says, line by line."""
    assert process.stdout
    return (json.loads(line) for line in process.stdout)


def losses(said: list[dict[str, Any]]) -> dict[int, float]:
    """Step -> loss."""
    return {one["step"]: one["loss"] for one in said if one["event"] == "step"}
