"""No schedule is cheaper than the bound: all schedules of small months are tried."""

import pytest
from hypothesis import given, note, settings

from falaj.simulation.bounds import clairvoyant
from falaj.simulation.platform_model import Platform
from falaj.simulation.work import Work
from tests.unit.simulation.every_schedule import least_aed
from tests.unit.simulation.small_months import HOUR, MONTHS, PLATFORMS


@pytest.mark.parametrize("wait", [None, 0, 1])
@settings(max_examples=100, deadline=None, derandomize=True)
@given(platform=PLATFORMS, work=MONTHS)
def test_no_schedule_is_cheaper_than_the_bound(wait: int | None, platform: Platform, work: Work) -> None:
    bound = clairvoyant(platform, work, None if wait is None else wait * HOUR)
    least = least_aed(platform, work, wait)
    note(f"bound {bound.aed}, least {least}")
    assert bound.jobs_left_out == 0
    assert bound.aed <= least + 1e-6
