"""Chooses spot or on-demand machines for a run that must end by a deadline. Pure.

The policy Uniform Progress of "Can't Be Late: Optimizing Spot Instance Savings under Deadlines" (Wu et al., NSDI 2024,
section 4), which needs no forecast of spot capacity:

- Taking risks: an idle run starts on a spot machine whenever there is one, and stays there until it is interrupted.
- Uniform progress: an idle run that is behind the straight line from start to deadline starts on an on-demand machine.
- Hysteresis: it stays there until it is ahead by two changes of machine.
- Safety net: once the time left is less than the work left, two changes and the time to the next decision, it runs on
  on-demand machines to its end.
"""

from dataclasses import dataclass
from enum import Enum


class Machine(Enum):
    """Capacity type of the machines on which a run computes."""

    NONE = "none"
    """The run waits for spot machines."""
    SPOT = "spot"
    ON_DEMAND = "on-demand"


@dataclass(frozen=True)
class DeadlineRun:
    """A run with a deadline; times are in seconds since its start."""

    work: float
    """Seconds of computation that the run needs."""
    deadline: float
    """Time at which it must have ended. Raises ValueError if the work does not fit even on on-demand machines."""
    change: float
    """Seconds from a change of machines, or the loss of one, until the run continues its computation."""
    interval: float
    """Seconds between two decisions. The paper assumes that they are made at any time."""

    def __post_init__(self) -> None:
        if self.deadline < self.work + self.change:
            raise ValueError(f"deadline: {self.deadline}; at least {self.work + self.change}: the work and its start")


@dataclass(frozen=True)
class Progress:
    """State of a run at a time."""

    elapsed: float
    """Seconds since its start."""
    done: float
    """Seconds of computation that are saved in a checkpoint, or still run."""
    on: Machine
    """Machines that it computes on now; `NONE` after it lost its spot machine."""


def choose_machine(run: DeadlineRun, now: Progress, has_spot: bool) -> Machine:
    """Returns the machines to compute on from now on. `has_spot`: whether a spot machine is available."""
    if now.done >= run.work:
        return Machine.NONE
    if now.on is Machine.SPOT and has_spot:
        return Machine.SPOT
    if _uses_safety_net(run, now):
        return Machine.ON_DEMAND
    ahead = 2 * run.change if now.on is Machine.ON_DEMAND else 0
    is_behind = now.done < _expected(run, now.elapsed + ahead)
    if now.on is Machine.ON_DEMAND and is_behind:
        return Machine.ON_DEMAND
    if has_spot:
        return Machine.SPOT
    return Machine.ON_DEMAND if is_behind else Machine.NONE


def _uses_safety_net(run: DeadlineRun, now: Progress) -> bool:
    return run.deadline - now.elapsed < run.work - now.done + 2 * run.change + run.interval


def _expected(run: DeadlineRun, elapsed: float) -> float:
    """Returns the seconds of computation that uniform progress would have done at a time."""
    return run.work * min(elapsed / run.deadline, 1)
