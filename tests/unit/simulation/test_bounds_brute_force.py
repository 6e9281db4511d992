"""No schedule is cheaper than the bound: all schedules of small months are tried."""

import pytest
from hypothesis import given, note, settings

from falaj.simulation.bounds import clairvoyant
from falaj.simulation.platform_model import Platform
from falaj.simulation.work import Work
from tests.unit.simulation.every_schedule import least_aed
from tests.unit.simulation.small_months import HOUR, MONTHS, PLATFORMS

GAPS = {None: (0.83, 0.25), 0: (0.97, 0.75), 1: (0.86, 0.25)}
"""Hours that a job may wait -> the bound by the least cost on average, and at least (docs/simulation-bound.md)."""


@pytest.mark.parametrize("wait", GAPS)
def test_no_schedule_is_cheaper_than_the_bound_and_few_are_far_above(wait: int | None) -> None:
    shares: list[float] = []

    @settings(max_examples=100, deadline=None, derandomize=True)
    @given(platform=PLATFORMS, work=MONTHS)
    def check(platform: Platform, work: Work) -> None:
        bound = clairvoyant(platform, work, None if wait is None else wait * HOUR)
        least = least_aed(platform, work, wait)
        note(f"bound {bound.aed}, least {least}")
        assert bound.jobs_left_out == 0
        assert bound.aed <= least + 1e-6
        if least:
            shares.append(bound.aed / least)

    check()
    mean, lowest = GAPS[wait]
    assert sum(shares) / len(shares) >= mean
    assert min(shares) >= lowest


@pytest.mark.parametrize("wait", [None, 0])
def test_no_schedule_of_whole_pods_is_cheaper_than_their_bound(wait: int | None) -> None:
    @settings(max_examples=20, deadline=None, derandomize=True)
    @given(platform=PLATFORMS, work=MONTHS)
    def check(platform: Platform, work: Work) -> None:
        bound = clairvoyant(platform, work, None if wait is None else wait * HOUR, whole_pods=True)
        assert bound.aed <= least_aed(platform, work, wait, whole_pods=True) + 1e-6

    check()
