"""Simulates a run with a deadline on a series of spot availability, as in section 5 of "Can't Be Late" (NSDI 2024)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from falaj.components.core.training.deadline import DeadlineRun, Machine, Progress, choose_machine
from falaj.components.core.training.run_capacity import INTERVAL_SECONDS, Record, Seen, Terms, choose_capacity, count

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


@dataclass(frozen=True)
class Placed:
    """How a run went that the controller placed. Times are in seconds."""

    ended: float
    spot: float
    on_demand: float
    moves: int
    """Times that the run was moved to other machines than those on which it waited or computed."""


def simulate_placed(terms: Terms, start: datetime, available: Sequence[bool]) -> Placed:
    """Returns how a run goes that the controller sees every `INTERVAL_SECONDS`.

    `available` says for each interval whether there is a spot machine. A machine starts within an interval, and is lost
    without notice, with the work since the last checkpoint. After the last value there is no spot machine.
    """
    record, on, since, is_ready = Record(), Machine.NONE, start, False
    computed, index, moves = 0.0, 0, 0
    seconds = {Machine.SPOT: 0.0, Machine.ON_DEMAND: 0.0}
    restarting = 0.0
    while computed < terms.work_seconds:
        now = start + timedelta(seconds=index * INTERVAL_SECONDS)
        has_spot = index < len(available) and available[index]
        if on is Machine.SPOT and is_ready and not has_spot:
            is_ready, since, computed = False, now, max(computed - terms.checkpoint_seconds, 0.0)
        seen = Seen(start, on, since, is_ready)
        record = count(terms, record, seen, now)
        chosen = choose_capacity(terms, record, seen, now)
        if chosen is not on:
            moves += on is not Machine.NONE
            on, is_ready, since = chosen, False, now
        elif not is_ready and (has_spot or on is Machine.ON_DEMAND):
            is_ready, since, restarting = True, now, terms.restart_seconds
        if is_ready:
            used = min(INTERVAL_SECONDS, restarting + terms.work_seconds - computed)
            computed += max(used - restarting, 0.0)
            restarting = max(restarting - used, 0.0)
            seconds[on] += used
        index += 1
    return Placed(index * INTERVAL_SECONDS, seconds[Machine.SPOT], seconds[Machine.ON_DEMAND], moves)
