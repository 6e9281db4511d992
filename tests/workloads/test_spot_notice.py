"""Work that the reference program loses with a spot machine, with the planned pod, node pool and environment.

The program runs as a process. It gets the signals at the time at which Karpenter and the kubelet would send them
(`tests/workloads/terminator.py`), and SIGKILL when the machine is gone.
"""

import math
import signal
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from falaj.components.core.site.rules import node_traits
from falaj.components.core.validation.enums import Capacity
from falaj.facts.regions import Cloud
from tests.unit.components.test_spot_notice import node_pool
from tests.unit.components.training_sample import job, variables
from tests.workloads.environments import required_python
from tests.workloads.terminator import Stop, stop
from tests.workloads.training_program import HERE, Program, read_events

pytestmark = pytest.mark.workloads

LOST_SECONDS = 30
"""Largest loss of work in seconds of GPU time with an announced interruption."""

LOCAL = ("FALAJ_CONTRACT", "FALAJ_DATASET_URI", "FALAJ_CHECKPOINT_URI", "FALAJ_SCRATCH", "FALAJ_PRECISION", "HOME")
"""Planned variables that only exist in a pod."""


@dataclass(frozen=True)
class Loss:
    """What an interruption of a program cost."""

    steps: int
    """Steps that were computed and are not in a checkpoint."""
    seconds: float
    """Seconds from the oldest of these steps, or from the signal, to the end of the process."""
    code: int


def interrupted(program: Program, stopped: Stop, after: int) -> Loss:
    """Runs the program, gives it notice after a number of steps, and returns what was lost."""
    times: dict[int, float] = {}
    saved, signalled = 0, math.inf
    with program.start() as process:
        for event in read_events(process):
            if event["event"] == "step":
                times[event["step"]] = time.monotonic()
            elif event["event"] == "checkpoint":
                saved = event["step"]
            if event == {**event, "event": "step", "step": after}:
                signalled = time.monotonic()
                process.send_signal(signal.SIGKILL if stopped.asked is None else signal.SIGTERM)
        ended = time.monotonic()
    lost = [step for step in times if step > saved]
    if stopped.asked is not None:
        assert ended - signalled < stopped.killed - stopped.asked, "it would have been killed"
    return Loss(len(lost), ended - min([signalled, *(times[step] for step in lost)]), process.returncode)


@pytest.fixture
def program(tmp_path: Path) -> Program:
    python = required_python("training", HERE / "requirements.txt")
    planned = {name: value for name, value in variables().items() if name.startswith("FALAJ_") and name not in LOCAL}
    return Program(python, tmp_path / "run", planned, {"steps": "100000"})


@pytest.mark.parametrize("capacity", [Capacity.SPOT, Capacity.SPOT_FIRST])
def test_an_announced_interruption_loses_no_step(program: Program, capacity: Capacity, record_property) -> None:
    assert float(program.environment["FALAJ_CHECKPOINT_INTERVAL_SECONDS"]) > 600, "no checkpoint falls into the test"
    notice = node_traits(Cloud.AWS).notice_seconds
    loss = interrupted(program, stop(job()["template"], node_pool(capacity), notice), after=30)
    record_property("seconds lost", round(loss.seconds, 2))
    assert loss.steps == 0
    assert loss.seconds <= LOST_SECONDS
    assert loss.code == 75


def test_an_interruption_without_notice_loses_at_most_one_interval(program: Program, record_property) -> None:
    interval = 0.5
    environment: Mapping[str, str] = {**program.environment, "FALAJ_CHECKPOINT_INTERVAL_SECONDS": str(interval)}
    often = Program(program.python, program.folder, environment, program.parameters)
    loss = interrupted(often, Stop(asked=None, killed=0, evicted=False), after=150)
    record_property("seconds lost", round(loss.seconds, 2))
    assert loss.seconds <= interval + 0.5, "one interval, one checkpoint and the end of the process"
    assert loss.code == -signal.SIGKILL
