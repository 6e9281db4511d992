"""A second derivation of the bound: a linear program over hours, of divisible machines, solved as it is written."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from scipy.optimize import linprog

from falaj.simulation.bounds import clairvoyant
from falaj.simulation.platform_model import MachineType, Platform, PoolModel
from falaj.simulation.work import Work
from tests.thorough import many
from tests.unit.simulation.every_schedule import schedules, spot_machines
from tests.unit.simulation.small_months import HOURS, MONTHS, PLATFORMS

Offering = tuple[float, PoolModel, MachineType, bool]
"""AED per hour, pool, machine, whether it is on spot."""


class HourlyProgram:
    """The least AED of machines that can be bought in parts and by the hour, with jobs that run anywhere in parts, in
    any hour in which some schedule runs them.

    Variables: machines of each offering in each hour, then the part of an hour for which a job is on an offering.
    """

    def __init__(self, platform: Platform, work: Work) -> None:
        assert work.jobs is not None
        self.platform, self.work, jobs = platform, work, work.jobs
        self.needs = np.column_stack([np.ceil(jobs.gpus), jobs.cpu, jobs.memory_gib])
        self.offerings: list[Offering] = [
            (price, pool, machine, is_spot)
            for pool in platform.pools
            for machine in pool.machines
            for price, is_spot in ((machine.on_demand_aed, False), (machine.spot_aed, True))
            if price is not None
        ]
        starting = round(platform.runs.restart_seconds / 3600)
        choices = [schedules(work, index, None, starting) for index in range(len(jobs.submit))]
        self.hours = [sum(choice[0]) for choice in choices]
        self.parts = [
            (index, hour, offering)
            for index, choice in enumerate(choices)
            for hour in np.flatnonzero(np.any(choice, axis=0)).tolist()
            for offering in range(len(self.offerings))
            if jobs.interruptible[index] or not self.offerings[offering][3]
        ]
        self.bought = len(self.offerings) * HOURS

    def aed(self) -> float:
        """Returns the optimum."""
        above = [*self._capacity(), *self._pools(), *self._at_once()]
        equal = np.zeros((len(self.hours), self.bought + len(self.parts)))
        for place, (index, _, _) in enumerate(self.parts):
            equal[index, self.bought + place] = 1
        found = linprog(
            [*([offering[0] for offering in self.offerings] * HOURS), *np.zeros(len(self.parts))],
            A_ub=np.array([row for row, _ in above]),
            b_ub=[limit for _, limit in above],
            A_eq=equal,
            b_eq=self.hours,
        )
        assert found.status == 0, found.message
        return float(found.fun)

    def _capacity(self) -> Iterator[tuple[np.ndarray, float]]:
        """Jobs need no more of each resource than the machines have."""
        for hour, offering, resource in product(range(HOURS), range(len(self.offerings)), range(3)):
            machine = self.offerings[offering][2]
            row = np.zeros(self.bought + len(self.parts))
            row[hour * len(self.offerings) + offering] = -(machine.gpus, machine.cpu, machine.memory_gib)[resource]
            for place, (index, when, where) in enumerate(self.parts):
                if (when, where) == (hour, offering):
                    row[self.bought + place] = self.needs[index, resource]
            yield row, 0.0

    def _pools(self) -> Iterator[tuple[np.ndarray, float]]:
        """Pools keep their least machines, and markets have no more spot machines than they have."""
        for hour, pool in product(range(HOURS), self.platform.pools):
            own = [place for place, offering in enumerate(self.offerings) if offering[1] is pool]
            row = np.zeros(self.bought + len(self.parts))
            row[[hour * len(self.offerings) + place for place in own]] = -1
            yield row, -float(pool.min)
            if (spot := spot_machines(self.work, hour)) is not None:
                row = np.zeros(self.bought + len(self.parts))
                row[[hour * len(self.offerings) + place for place in own if self.offerings[place][3]]] = 1
                yield row, float(spot)

    def _at_once(self) -> Iterator[tuple[np.ndarray, float]]:
        """A job computes for an hour at most in each hour, on all offerings together."""
        for index, hour in product(range(len(self.hours)), range(HOURS)):
            row = np.zeros(self.bought + len(self.parts))
            row[[self.bought + place for place, part in enumerate(self.parts) if part[:2] == (index, hour)]] = 1
            yield row, 1.0


def _without_limits(platform: Platform, work: Work) -> tuple[Platform, Work]:
    """Without what takes hours of its own: kept machines, deadlines, spot capacity."""
    assert work.jobs is not None
    jobs = replace(work.jobs, deadline=np.full(len(work.jobs.submit), np.inf))
    pools = tuple(replace(pool, min=0) for pool in platform.pools)
    return replace(platform, pools=pools), replace(work, jobs=jobs, spot={})


@settings(max_examples=many(40), deadline=None, derandomize=True)
@given(platform=PLATFORMS, work=MONTHS)
def test_a_linear_program_over_hours_agrees(platform: Platform, work: Work) -> None:
    platform, work = _without_limits(platform, work)
    assert clairvoyant(platform, work).aed == pytest.approx(HourlyProgram(platform, work).aed(), abs=1e-6)


@settings(max_examples=many(40), deadline=None, derandomize=True)
@given(platform=PLATFORMS, work=MONTHS)
def test_with_hours_of_spot_capacity_it_is_higher(platform: Platform, work: Work) -> None:
    assert work.jobs is not None
    # Jobs that cannot be interrupted also count on whole machines.
    jobs = replace(work.jobs, interruptible=np.ones(len(work.jobs.submit), dtype=np.bool_))
    work = replace(work, jobs=jobs)
    assert clairvoyant(platform, work).aed <= HourlyProgram(platform, work).aed() + 1e-6
