"""Simulates a run with a deadline on a series of spot availability, as in section 5 of "Can't Be Late" (NSDI 2024)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from falaj.components.core.training.deadline import DeadlineRun, Machine, Progress, choose_machine

Policy = Callable[[DeadlineRun, Progress, bool], Machine]


@dataclass(frozen=True)
class Outcome:
    """How a run went. Times are in seconds."""

    ended: float
    spot: float
    on_demand: float
    changes: int

    def cost(self, spot_price: float) -> float:
        """Returns the cost relative to an hour of an on-demand machine; `spot_price` is a share of its price."""
        return (self.spot * spot_price + self.on_demand) / 3600


def greedy(run: DeadlineRun, now: Progress, has_spot: bool) -> Machine:
    """The baseline of the paper: spot while there is any, otherwise wait until only the safety net is left."""
    if now.done >= run.work:
        return Machine.NONE
    if now.on is Machine.SPOT and has_spot:
        return Machine.SPOT
    if run.deadline - now.elapsed < run.work - now.done + 2 * run.change + run.interval:
        return Machine.ON_DEMAND
    return Machine.SPOT if has_spot else Machine.NONE


def simulate(run: DeadlineRun, available: Sequence[bool], policy: Policy = choose_machine) -> Outcome:
    """Returns the outcome of a run; `available` says at each decision whether there is spot capacity.

    A machine that starts computes nothing for `run.change` seconds, and is paid for. After the last value there is no
    spot capacity.
    """
    now = Progress(elapsed=0, done=0, on=Machine.NONE)
    seconds = {Machine.SPOT: 0.0, Machine.ON_DEMAND: 0.0, Machine.NONE: 0.0}
    starting, changes, index = 0.0, 0, 0
    while now.done < run.work:
        has_spot = index < len(available) and available[index]
        on = Machine.NONE if now.on is Machine.SPOT and not has_spot else now.on
        chosen = policy(run, replace(now, on=on), has_spot)
        if chosen is not on and chosen is not Machine.NONE:
            starting, changes = run.change, changes + 1
        waited = min(starting, run.interval)
        computed = min(run.interval - waited, run.work - now.done) if chosen is not Machine.NONE else 0
        used = waited + computed if chosen is not Machine.NONE else run.interval
        starting -= waited if chosen is not Machine.NONE else 0
        seconds[chosen] += used
        now = Progress(now.elapsed + used, now.done + computed, chosen)
        index += 1
    return Outcome(now.elapsed, seconds[Machine.SPOT], seconds[Machine.ON_DEMAND], changes)
