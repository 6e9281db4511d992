"""A second derivation of the bound: a linear program over hours, of divisible machines, solved as it is written."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from scipy.optimize import linprog

from falaj.simulation.bounds import clairvoyant
from falaj.simulation.platform_model import Platform
from falaj.simulation.work import Work
from tests.unit.simulation.every_schedule import schedules, spot_machines
from tests.unit.simulation.small_months import HOURS, MONTHS, PLATFORMS


def divisible_aed(platform: Platform, work: Work) -> float:
    """Returns the least AED of machines that can be bought in parts and by the hour, with jobs that run anywhere in
    parts, in any hour in which some schedule runs them."""
    jobs = work.jobs
    assert jobs is not None
    offers = [
        (price, pool.key, machine, is_spot)
        for pool in platform.pools
        for machine in pool.machines
        for price, is_spot in ((machine.on_demand_aed, False), (machine.spot_aed, True))
        if price is not None
    ]
    starting = round(platform.runs.restart_seconds / 3600)
    choices = [schedules(work, index, None, starting) for index in range(len(jobs.submit))]
    parts = [
        (index, hour, offer)
        for index, choice in enumerate(choices)
        for hour in np.flatnonzero(np.any(choice, axis=0)).tolist()
        for offer in range(len(offers))
        if jobs.interruptible[index] or not offers[offer][3]
    ]
    bought = len(offers) * HOURS
    above: list[tuple[np.ndarray, float]] = []
    needs = np.column_stack([np.ceil(jobs.gpus), jobs.cpu, jobs.memory_gib])
    for hour in range(HOURS):
        for offer, (_, _, machine, _) in enumerate(offers):
            for resource, amount in enumerate((machine.gpus, machine.cpu, machine.memory_gib)):
                row = np.zeros(bought + len(parts))
                row[hour * len(offers) + offer] = -amount
                for place, (index, when, where) in enumerate(parts):
                    if (when, where) == (hour, offer):
                        row[bought + place] = needs[index, resource]
                above.append((row, 0.0))
        for pool in platform.pools:
            row = np.zeros(bought + len(parts))
            row[[hour * len(offers) + offer for offer, each in enumerate(offers) if each[1] == pool.key]] = -1
            above.append((row, -float(pool.min)))
            if (spot := spot_machines(work, hour)) is not None:
                row = np.zeros(bought + len(parts))
                own = [offer for offer, each in enumerate(offers) if each[1] == pool.key and each[3]]
                row[[hour * len(offers) + offer for offer in own]] = 1
                above.append((row, float(spot)))
    equal = np.zeros((len(choices), bought + len(parts)))
    for place, (index, _, _) in enumerate(parts):
        equal[index, bought + place] = 1
    found = linprog(
        [*([price for price, _, _, _ in offers] * HOURS), *np.zeros(len(parts))],
        A_ub=np.array([row for row, _ in above]),
        b_ub=[limit for _, limit in above],
        A_eq=equal,
        b_eq=[sum(choice[0]) for choice in choices],
        bounds=[(0, None)] * bought + [(0, 1)] * len(parts),
    )
    assert found.status == 0, found.message
    return float(found.fun)


def _without_limits(platform: Platform, work: Work) -> tuple[Platform, Work]:
    """Without what takes hours of its own: kept machines, deadlines, spot capacity."""
    assert work.jobs is not None
    jobs = replace(work.jobs, deadline=np.full(len(work.jobs.submit), np.inf))
    pools = tuple(replace(pool, min=0) for pool in platform.pools)
    return replace(platform, pools=pools), replace(work, jobs=jobs, spot={})


@settings(max_examples=40, deadline=None, derandomize=True)
@given(platform=PLATFORMS, work=MONTHS)
def test_a_linear_program_over_hours_agrees(platform: Platform, work: Work) -> None:
    platform, work = _without_limits(platform, work)
    assert clairvoyant(platform, work).aed == pytest.approx(divisible_aed(platform, work), abs=1e-6)


@settings(max_examples=40, deadline=None, derandomize=True)
@given(platform=PLATFORMS, work=MONTHS)
def test_with_hours_of_spot_capacity_it_is_higher(platform: Platform, work: Work) -> None:
    assert work.jobs is not None
    # Jobs that cannot be interrupted also count on whole machines.
    jobs = replace(work.jobs, interruptible=np.ones(len(work.jobs.submit), dtype=np.bool_))
    work = replace(work, jobs=jobs)
    assert clairvoyant(platform, work).aed <= divisible_aed(platform, work) + 1e-6
