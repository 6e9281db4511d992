"""No schedule is cheaper than the bound: all schedules of small months are tried."""

from dataclasses import replace

import pytest
from hypothesis import given, note, settings
from hypothesis import strategies as st

from falaj.simulation.bounds import clairvoyant
from falaj.simulation.platform_model import CommittedMachines, MachineType, Platform
from falaj.simulation.work import Work
from tests.thorough import many
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


def committed(platform: Platform, which: int, count: int, share: float) -> Platform:
    """Returns a platform whose machine types have names of their own, with a commitment for one of them at a share of
    its price on demand."""
    types: list[MachineType] = []
    pools = []
    for pool in platform.pools:
        machines = [replace(each, name=f"machine-{len(types) + index}") for index, each in enumerate(pool.machines)]
        types += machines
        pools.append(replace(pool, machines=tuple(machines)))
    chosen = types[which % len(types)]
    price = chosen.on_demand_aed
    one = CommittedMachines("one", "site", chosen.name, count, price * share, price)
    return replace(platform, pools=tuple(pools), commitments=(one,))


@pytest.mark.parametrize("wait", [None, 0])
def test_no_schedule_with_commitments_is_cheaper_than_the_bound(wait: int | None) -> None:
    equal: list[bool] = []

    @settings(max_examples=many(60), deadline=None, derandomize=True)
    @given(
        platform=st.builds(
            committed, PLATFORMS, st.integers(0, 2), st.sampled_from([1, 1, 2]), st.sampled_from([0.4, 0.7, 1.0])
        ),
        work=MONTHS,
    )
    def check(platform: Platform, work: Work) -> None:
        bound = clairvoyant(platform, work, None if wait is None else wait * HOUR)
        least = least_aed(platform, work, wait)
        note(f"bound {bound.aed}, least {least}")
        assert bound.aed <= least + 1e-6
        equal.append(bound.aed >= least - 1e-6)

    check()
    assert sum(equal) >= 1
