"""Karpenter's disruption budgets, and office hours in the schedule formats of both clouds."""

import re

import pytest

from falaj.components.core.node_pools.disruption import DISRUPTION, SLEEPERS_GRACE, budgets
from falaj.components.core.node_pools.node_traits import OWN_NODES
from falaj.components.core.node_pools.office_hours import EVERY_DAY, OfficeHours, cron
from falaj.components.core.serving.draining import grace_seconds
from falaj.components.core.serving.specs import ServingSpec
from falaj.components.core.site.rules import node_traits
from falaj.components.core.validation.enums import Profile
from falaj.components.kubernetes.training import tracking_pod
from falaj.facts.clouds import CLOUDS
from tests.unit.components.serving_samples import LARGE

DURATION = re.compile(r"([0-9]+(s|m|h))+")
"""The pattern in Karpenter's CRDs."""

LONGEST_DRAIN = ServingSpec.model_validate({**LARGE, "drain_seconds": 540})
"""A served model whose pods take the longest to stop."""


def test_every_profile_but_system_is_let_go_in_some_way() -> None:
    assert set(DISRUPTION) == set(Profile) - {Profile.SYSTEM}
    for disruption in DISRUPTION.values():
        assert all(DURATION.fullmatch(time) for time in (disruption.consolidate_after, disruption.grace_period))
        assert disruption.expire_after == "Never" or DURATION.fullmatch(disruption.expire_after)


def test_a_node_waits_longer_than_its_pods_so_that_they_are_evicted() -> None:
    """Karpenter 1.15 deletes a pod whose grace period ends after its node's (sigs.k8s.io/karpenter v1.15.0,
    pkg/controllers/node/termination/terminator: needsForceDelete). The condition DisruptionTarget, which only an
    eviction sets, is what keeps a drained machine from counting as a failure of a run.
    """
    minute, hour = 60, 3600
    of_nodes = (SLEEPERS_GRACE, *(disruption.grace_period for disruption in DISRUPTION.values()))
    seconds = [int(text[:-1]) * {"s": 1, "m": minute, "h": hour}[text[-1]] for text in of_nodes]
    of_runs = [node_traits(cloud).grace_seconds for cloud in CLOUDS]
    longest = max(*of_runs, OWN_NODES.grace_seconds, grace_seconds(LONGEST_DRAIN), tracking_pod.GRACE_SECONDS)
    assert min(seconds) > 2 * longest


def test_only_stateless_pods_are_moved_to_save() -> None:
    moved = {profile for profile, disruption in DISRUPTION.items() if disruption.policy != "WhenEmpty"}
    assert moved == {Profile.INFERENCE_CPU}
    assert DISRUPTION[Profile.TRAINING].expire_after == "Never"


def test_in_office_hours_only_empty_nodes_go() -> None:
    empty, usual, closed = budgets(OfficeHours())
    assert empty == {"nodes": "100%", "reasons": ["Empty"]}
    assert usual == {"nodes": "10%", "reasons": ["Underutilized", "Drifted"]}
    assert closed == {
        "nodes": "0",
        "reasons": ["Underutilized", "Drifted"],
        "schedule": "0 3 * * mon-fri",  # 07:00 in Dubai
        "duration": "12h0m",
    }


def test_office_hours_that_are_not_whole_are_kept_to_the_minute() -> None:
    closed = budgets(OfficeHours(opens="08:30", closes="17:15"))[2]
    assert (closed["schedule"], closed["duration"]) == ("30 4 * * mon-fri", "8h45m")


def test_sleepers_leave_before_the_system_nodes_do() -> None:
    assert SLEEPERS_GRACE == "20m"  # system nodes stop 30 minutes later


@pytest.mark.parametrize(
    ("clock", "after", "days", "expected"),
    [("19:00", 0, "mon-fri", "0 19 * * mon-fri"), ("19:00", 30, EVERY_DAY, "30 19 * * *"),
     ("07:00", -30, "1-5", "30 6 * * 1-5")],
)  # fmt: skip
def test_times_are_moved_and_repeated(clock: str, after: int, days: str, expected: str) -> None:
    assert cron(clock, after=after, days=days) == expected


def test_a_time_of_another_day_is_an_error() -> None:
    with pytest.raises(ValueError, match="not on the same day"):
        cron("23:45", after=30)
