"""Checkpoint intervals: Young's and Daly's formulas against the model that they minimise, and the clouds' notice
periods.
"""

from math import isinf, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from falaj.components.core.site.rules import node_traits
from falaj.components.core.training.checkpointing import (
    FAILURES_PER_HOUR,
    MAX_INTERVAL_SECONDS,
    daly_interval,
    default_interruptions_per_hour,
    overhead,
    propose_interval,
)
from falaj.facts import clouds
from falaj.facts.clouds import Cloud

SAVES = st.floats(0.5, 600)
MEANS = st.floats(60, 1e7)
RATES = st.floats(0, 5)
CLOUDS = st.sampled_from(Cloud)


def test_by_hand() -> None:
    # sqrt(2 * 30 * 36000) = 1469.69; ratio 30/72000: times 1 + 0.02041/3 + 0.0000463 is 1479.76; less 30.
    assert daly_interval(30, 36_000) == pytest.approx(1449.76, abs=0.01)
    found = propose_interval(Cloud.AWS, 0.1, 1, 30)
    assert (found.seconds, found.on_notice) == (1450, True)
    assert found.overhead == pytest.approx(0.0510, abs=0.0005)


@given(save=SAVES, mean=MEANS)
def test_it_is_youngs_first_order_where_saving_is_cheap(save: float, mean: float) -> None:
    cheap = save / 1e6
    assert daly_interval(cheap, mean) == pytest.approx(sqrt(2 * cheap * mean), rel=0.01)


@given(save=SAVES, mean=MEANS, other=st.floats(0.01, 100))
def test_no_other_interval_is_worth_more_than_a_hundredth(save: float, mean: float, other: float) -> None:
    """Compares Daly's approximation with the complete model, in the range in which it is valid."""
    if save > mean / 2:
        return
    best = daly_interval(save, mean)
    assert overhead(best * other, save, mean) > overhead(best, save, mean) - 0.01 * (1 + overhead(best, save, mean))


@given(cloud=CLOUDS, rate=RATES, machines=st.integers(1, 512), save=SAVES, heard=st.floats(0, 1))
def test_a_proposal_is_usable(cloud: Cloud, rate: float, machines: int, save: float, heard: float) -> None:
    found = propose_interval(cloud, rate, machines, save, heard)
    assert 1 <= found.seconds <= MAX_INTERVAL_SECONDS
    assert found.seconds >= min(round(save), MAX_INTERVAL_SECONDS)
    assert found.overhead > 0


@given(cloud=CLOUDS, rate=st.floats(0.001, 5), machines=st.integers(1, 256), save=SAVES)
def test_more_losses_never_let_it_save_less_often(cloud: Cloud, rate: float, machines: int, save: float) -> None:
    one, more = propose_interval(cloud, rate, machines, save), propose_interval(cloud, rate, machines * 2, save)
    assert more.seconds <= one.seconds
    assert propose_interval(cloud, rate * 2, machines, save).seconds == more.seconds


@given(rate=st.floats(0.01, 2), save=SAVES, heard=st.floats(0.01, 1))
def test_notices_count_only_where_a_checkpoint_fits_in(rate: float, save: float, heard: float) -> None:
    for cloud in Cloud:
        without_notice, with_notice = (
            propose_interval(cloud, rate, 4, save),
            propose_interval(cloud, rate, 4, save, heard),
        )
        fits = save <= node_traits(cloud).grace_seconds and cloud is not Cloud.ONPREM
        assert without_notice.on_notice is with_notice.on_notice is fits
        assert with_notice.seconds >= without_notice.seconds if fits else with_notice == without_notice


def test_a_pod_is_given_less_than_the_cloud_gives() -> None:
    for cloud in clouds.CLOUDS:
        assert node_traits(cloud).grace_seconds < node_traits(cloud).notice_seconds
    assert [node_traits(cloud).grace_seconds for cloud in (Cloud.AWS, Cloud.AZURE)] == [100, 25]
    assert [node_traits(cloud).notice_seconds for cloud in Cloud] == [120, 30, 0]


def test_what_is_bought_on_demand_fails_too() -> None:
    assert default_interruptions_per_hour(interruptible=False) == FAILURES_PER_HOUR == pytest.approx(1.58e-4, rel=0.01)
    assert default_interruptions_per_hour(interruptible=True) > 100 * default_interruptions_per_hour(
        interruptible=False
    )
    # A run of 512 such machines loses one every half day: it saves within the hour, one machine alone never need.
    assert propose_interval(Cloud.AWS, FAILURES_PER_HOUR, 512, 30).seconds < MAX_INTERVAL_SECONDS
    assert propose_interval(Cloud.AWS, 0, 1, 30).seconds == MAX_INTERVAL_SECONDS


def test_a_run_that_gets_nowhere_costs_without_end() -> None:
    assert isinf(overhead(3600, 3600, 10))
    assert propose_interval(Cloud.AZURE, 60, 512, 600).overhead == float("inf")
