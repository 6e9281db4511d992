"""Months in which Prometheus is silent while work always waits, and the controller runs every ten minutes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest

from falaj.components.core.tenancy.spend_quota import DUBAI
from falaj.components.kubernetes.queues.budget_controller import Cluster, run
from falaj.components.kubernetes.queues.controlled_queue import Tenant
from falaj.components.kubernetes.queues.month_spend import MetricsUnavailable, Prometheus

PRICE, BUDGET, GPUS = 6.4, 20_000.0, 32
STEP = timedelta(minutes=10)
STEP_HOURS = STEP / timedelta(hours=1)


def at(days: float, month: int = 11) -> datetime:
    return datetime(2026, month, 1, tzinfo=DUBAI) + timedelta(days=days)


def tenant(stops: str, hours: float) -> Tenant:
    unit = {"cpu": 12, "memory_gib": 48, "gpus": 1}
    flavor = {"name": "spot", "aed_per_unit_hour": PRICE, "max_units": GPUS, "paid_units": 0, "percent": 100}
    return Tenant.of(
        {
            "namespace": "tenant-retail",
            "aed_per_month": BUDGET,
            "hours_per_month": hours,
            "stops": stops,
            "room": None,
            "static_flavors": [],
            "flavors": [flavor | {"may_borrow": True, "unit": unit}],
        }
    )


@dataclass
class Outage:
    """A silence of Prometheus. `records`: whether it goes on recording meanwhile."""

    since: datetime
    until: datetime
    records: bool = False


@dataclass
class Months(Cluster, Prometheus):
    """A cluster with one queue whose work takes all the quota that it is given, and its Prometheus."""

    now: datetime
    outage: Outage
    running: int = 0
    costs: dict[datetime, float] = field(default_factory=dict[datetime, float])
    stops: list[tuple[datetime, str]] = field(default_factory=list[tuple[datetime, str]])
    queue: dict[str, Any] = field(default_factory=dict[str, Any])

    def __post_init__(self) -> None:
        rows = [{"name": "nvidia.com/gpu", "nominalQuota": "4", "borrowingLimit": "0"}]
        groups = [{"coveredResources": ["nvidia.com/gpu"], "flavors": [{"name": "spot", "resources": rows}]}]
        self.queue = {"metadata": {}, "spec": {"resourceGroups": groups, "stopPolicy": "None"}, "status": {}}

    def get(self, tenant: str) -> dict[str, Any]:
        usage = {"name": "spot", "resources": [{"name": "nvidia.com/gpu", "total": str(self.running)}]}
        return self.queue | {"status": {"pendingWorkloads": 1, "flavorsReservation": [usage]}}

    def patch(self, tenant: str, patch: Mapping[str, Any]) -> None:
        self.queue["metadata"].setdefault("annotations", {}).update(patch["metadata"]["annotations"])
        self.queue["spec"] |= patch.get("spec", {})

    def notify(self, namespace: str, reason: str, message: str, now: datetime) -> None:
        pass

    def spend(self, namespace: str, since: datetime, now: datetime) -> tuple[float, float]:
        if self.outage.since <= now < self.outage.until:
            raise MetricsUnavailable("silent")
        steps = round((now - since) / STEP)
        moments = [now - STEP * step for step in range(1, steps + 1)]
        recorded = [self.costs.get(moment, 0.0) for moment in moments if self._is_recorded(moment)]
        return sum(recorded), len(recorded) * STEP_HOURS

    def _is_recorded(self, moment: datetime) -> bool:
        return self.outage.records or not self.outage.since <= moment < self.outage.until

    def live(self, budgeted: Tenant, until: datetime) -> None:
        """Runs the controller until a moment."""
        while self.now < until:
            self._work()
            self.now += STEP
            run({"retail": budgeted}, self, self, self.now)
            stop = self.queue["spec"]["stopPolicy"]
            if not self.stops or self.stops[-1][1] != stop:
                self.stops.append((self.now, stop))

    def _work(self) -> None:
        rows = self.queue["spec"]["resourceGroups"][0]["flavors"][0]["resources"]
        [quota] = [row for row in rows if row["name"] == "nvidia.com/gpu"]
        started = min(int(quota["nominalQuota"]) + int(quota["borrowingLimit"]), GPUS)
        stop = self.queue["spec"]["stopPolicy"]
        self.running = {"None": started, "Hold": self.running, "HoldAndDrain": 0}[stop]
        self.costs[self.now] = self.running * PRICE * STEP_HOURS

    def spent(self, since: datetime, until: datetime) -> float:
        """Real cost between two moments as a share of the budget."""
        return sum(cost for moment, cost in self.costs.items() if since <= moment < until) / BUDGET

    def restarts(self, outage: Outage) -> list[str]:
        """Stop policies that followed a stricter one during an outage."""
        steps = zip(self.stops, self.stops[1:], strict=False)
        order = ("None", "Hold", "HoldAndDrain")
        return [
            after
            for (_, before), (moment, after) in steps
            if outage.since < moment < outage.until and order.index(after) < order.index(before)
        ]

    def units(self, moment: datetime) -> float:
        """GPUs that ran at a moment."""
        return self.costs[moment] / STEP_HOURS / PRICE


@pytest.mark.parametrize("stops", ["HoldAndDrain", "Hold"])
@pytest.mark.parametrize(("hours", "silent_from"), [(20, 1 / 24), (200, 1), (730, 2)])
def test_a_silence_to_the_end_of_the_month_stops_the_queue_once_and_within_its_budget(
    stops: str, hours: float, silent_from: float
) -> None:
    outage = Outage(at(silent_from), at(30))
    months = Months(at(0), outage)
    months.live(tenant(stops, hours), at(30) - STEP)
    assert months.spent(at(0), at(30)) <= 1.05
    assert not months.restarts(outage)
    assert months.stops[-1][1] == "HoldAndDrain"
    most = months.units(outage.since)
    assert all(months.units(moment) <= most for moment in months.costs if moment > outage.since)


@pytest.mark.parametrize("stops", ["HoldAndDrain", "Hold"])
@pytest.mark.parametrize(("records", "silent_hours"), [(True, 200), (False, 200), (False, 5)])
def test_a_month_with_a_silence_costs_its_budget(stops: str, records: bool, silent_hours: float) -> None:
    """Whether the metrics of these hours are found afterwards or are lost."""
    outage = Outage(at(2), at(2) + timedelta(hours=silent_hours), records)
    months = Months(at(0), outage)
    months.live(tenant(stops, 200), at(30) - STEP)
    assert 0.97 <= months.spent(at(0), at(30)) <= 1.055
    assert not months.restarts(outage)


def test_an_outage_over_the_turn_of_the_month_counts_in_the_new_month() -> None:
    outage = Outage(at(29), at(35))
    months = Months(at(20), outage)
    months.live(tenant("HoldAndDrain", 200), at(60))
    assert 0.97 <= months.spent(at(30), at(61)) <= 1.05
    assert not months.restarts(outage)
