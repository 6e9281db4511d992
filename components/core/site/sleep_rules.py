"""Office hours in which a whole site can run, so that its cluster is stopped outside them. Pure."""

from collections.abc import Iterator

from falaj.components.core.node_pools.office_hours import OfficeHours, minutes
from falaj.components.core.validation.problems import Problem

SYSTEM_MARGIN_MINUTES = 30
"""Minutes by which nodes of profile `system` on AWS stop later and start earlier than the others, so that Karpenter and
the cluster's DNS still run while the others drain."""

SHORTEST_WINDOW_HOURS = 4
"""Minimum length of a maintenance window in hours (AKS, planned maintenance, 2026-11-24)."""

MINUTES_PER_DAY = 24 * 60


def eks_sleep_problems(hours: OfficeHours) -> Iterator[Problem]:
    """Yields the reasons why the nodes of a cluster on AWS cannot all be stopped outside office hours."""
    if minutes(hours.closes) + SYSTEM_MARGIN_MINUTES >= MINUTES_PER_DAY:
        yield Problem("closes", hours.closes, "before 23:30 if system nodes sleep too", "close earlier")


def aks_sleep_problems(hours: OfficeHours) -> Iterator[Problem]:
    """Yields the reasons why a cluster on Azure cannot be stopped outside office hours."""
    if hours_awake(hours) < SHORTEST_WINDOW_HOURS:
        allowed = f"at least {SHORTEST_WINDOW_HOURS} hours after opens ({hours.opens}), for the maintenance window"
        yield Problem("closes", hours.closes, allowed, "set a later time")


def hours_awake(awake: OfficeHours) -> int:
    """Returns the whole hours of a working day for which a cluster that is stopped outside office hours runs."""
    return (minutes(awake.closes) - minutes(awake.opens)) // 60
