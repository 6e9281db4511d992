"""The controller: what it reads, what it writes, and what it does if Prometheus does not answer."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import pytest

from falaj.components.core.tenancy.spend_quota import DUBAI, Quota
from falaj.components.kubernetes.queues.budget_controller import (
    BLIND_HOURS,
    Cluster,
    run,
)
from falaj.components.kubernetes.queues.controlled_queue import FORCED_ANNOTATION, Tenant
from falaj.components.kubernetes.queues.month_spend import MetricsUnavailable, Prometheus
from falaj.facts.labels import SPEND_ANNOTATION

ROW: dict[str, Any] = {
    "namespace": "tenant-retail",
    "aed_per_month": 7200,
    "hours_per_month": 720,
    "stops": "HoldAndDrain",
    "room": None,
    "static_flavors": [{"name": "services", "resources": [{"name": "cpu", "nominalQuota": "1"}]}],
    "flavors": [
        {
            "name": "spot",
            "aed_per_unit_hour": 2.0,
            "max_units": 32,
            "paid_units": 0,
            "percent": 100,
            "may_borrow": True,
            "unit": {"cpu": 12.0, "memory_gib": 48.0, "gpus": 1},
        }
    ],
}


class FakeCluster(Cluster):
    """ClusterQueues in memory."""

    def __init__(self, running: int = 0, waiting: int = 0) -> None:
        self.notified: list[tuple[str, str]] = []
        resources = [{"name": "cpu", "total": running * 12}, {"name": "nvidia.com/gpu", "total": str(running)}]
        self.queue: dict[str, Any] = {
            "metadata": {"name": "retail"},
            "spec": {},
            "status": {"flavorsReservation": [{"name": "spot", "resources": resources}], "pendingWorkloads": waiting},
        }

    def get(self, tenant: str) -> dict[str, Any]:
        assert tenant == "retail"
        return self.queue

    def patch(self, tenant: str, patch: Mapping[str, Any]) -> None:
        assert tenant == "retail"
        self.queue["metadata"] |= patch["metadata"]
        self.queue["spec"] |= patch.get("spec", {})

    def notify(self, namespace: str, reason: str, message: str, now: datetime) -> None:
        self.notified.append((namespace, message))

    @property
    def gpus(self) -> tuple[str, str, str]:
        """Stop policy, quota of GPUs and the limit of borrowing."""
        [group] = self.queue["spec"]["resourceGroups"]
        assert group["flavors"][1:] == ROW["static_flavors"]
        [row] = [row for row in group["flavors"][0]["resources"] if row["name"] == "nvidia.com/gpu"]
        return self.queue["spec"]["stopPolicy"], row["nominalQuota"], row["borrowingLimit"]

    @property
    def spend(self) -> dict[str, Any]:
        return json.loads(self.queue["metadata"]["annotations"][SPEND_ANNOTATION])


class FakePrometheus(Prometheus):
    """A Prometheus that has measured `hours` of each window, at `rate` AED per hour."""

    def __init__(self, rate: float = 0, coverage: float = 1, answers: bool = True) -> None:
        self.rate, self.coverage, self.answers = rate, coverage, answers
        self.windows: list[float] = []

    def spend(self, namespace: str, since: datetime, now: datetime) -> tuple[float, float]:
        assert namespace == "tenant-retail"
        if not self.answers:
            raise MetricsUnavailable("silent")
        hours = (now - since) / timedelta(hours=1) * self.coverage
        self.windows.append(hours)
        return self.rate * hours, hours


def turn(cluster: FakeCluster, prometheus: Prometheus, now: datetime, **changed: Any) -> list[str]:
    return run({"retail": Tenant.of(ROW | changed)}, cluster, prometheus, now)


def at(days: float) -> datetime:
    return datetime(2026, 11, 1, tzinfo=DUBAI) + timedelta(days=days)


def test_an_even_month_has_the_quota_of_an_even_budget() -> None:
    """7,200 AED in 720 hours are 10 AED per hour: 5 GPUs at 2 AED, and as many borrowed."""
    cluster = FakeCluster()
    assert turn(cluster, FakePrometheus(), at(0)) == []
    assert cluster.gpus == ("None", "5", "5")
    [group] = cluster.queue["spec"]["resourceGroups"]
    assert group["coveredResources"] == ["cpu", "memory", "nvidia.com/gpu"]
    assert group["flavors"][0]["resources"] == [
        {"name": "cpu", "nominalQuota": "60", "borrowingLimit": "60"},
        {"name": "memory", "nominalQuota": "240Gi", "borrowingLimit": "240Gi"},
        {"name": "nvidia.com/gpu", "nominalQuota": "5", "borrowingLimit": "5"},
    ]


def test_the_quota_falls_with_the_spend_and_stops_at_the_budget() -> None:
    cluster = FakeCluster()
    turn(cluster, FakePrometheus(), at(0))
    turn(cluster, FakePrometheus(rate=20), at(7.5))
    assert cluster.gpus[0] == "None"
    assert (cluster.spend["aed"], cluster.notified) == (3600, [("tenant-retail", cluster.notified[0][1])])
    assert "3600 of 7200 AED this month (50 %)" in cluster.notified[0][1]
    turn(cluster, FakePrometheus(rate=20), at(12.5))
    turn(cluster, FakePrometheus(rate=20), at(12.5) + timedelta(minutes=5))
    assert len(cluster.notified) == 2
    turn(cluster, FakePrometheus(rate=20), at(15))
    assert cluster.gpus == ("HoldAndDrain", "0", "0")
    assert cluster.spend["notified"] == 100
    turn(cluster, FakePrometheus(), at(29.9))
    assert cluster.gpus == ("HoldAndDrain", "0", "0")


def test_the_month_turns_in_dubai_and_the_budget_is_full_again() -> None:
    cluster = FakeCluster()
    turn(cluster, FakePrometheus(), at(0))
    turn(cluster, FakePrometheus(rate=20), at(16))
    prometheus = FakePrometheus()
    turn(cluster, prometheus, at(30) - timedelta(minutes=1))
    assert cluster.gpus[0] == "HoldAndDrain"
    turn(cluster, prometheus, at(30) + timedelta(minutes=4))
    assert cluster.gpus[0] == "None"
    assert cluster.spend | {"until": ""} == {
        "month": "2026-12",
        "until": "",
        "aed": 0,
        "expected_aed": 0,
        "notified": 0,
        "estimate": None,
    }
    assert prometheus.windows[-1] == pytest.approx(4 / 60)


def test_running_work_keeps_its_quota_and_may_finish_if_configured() -> None:
    cluster = FakeCluster(running=12)
    turn(cluster, FakePrometheus(), at(0))
    assert cluster.gpus[:2] == ("None", "12")
    cluster.queue["metadata"]["annotations"][SPEND_ANNOTATION] = json.dumps(cluster.spend | {"aed": 6700})
    turn(cluster, FakePrometheus(), at(0) + timedelta(minutes=5), stops="Hold")
    assert cluster.gpus[:2] == ("Hold", "12")


def test_without_an_answer_the_quota_stays_and_then_the_whole_quota_is_taken_as_spent() -> None:
    cluster, silent = FakeCluster(running=5), FakePrometheus(answers=False)
    turn(cluster, FakePrometheus(rate=10), at(5))
    before = json.dumps(cluster.queue["spec"])
    assert turn(cluster, silent, at(5) + timedelta(hours=BLIND_HOURS)) == ["retail: silent"]
    assert json.dumps(cluster.queue["spec"]) == before
    assert (cluster.spend["estimate"]["most_aed"], cluster.spend["estimate"]["running_aed"]) == (120, 60)
    assert turn(cluster, silent, at(25)) == ["retail: silent"]
    assert cluster.gpus[0] == "HoldAndDrain"
    assert cluster.spend["until"] == at(5).isoformat()
    turn(cluster, FakePrometheus(rate=1), at(25.1))
    assert cluster.gpus[0] == "None"
    assert cluster.spend["aed"] == pytest.approx(1200 + 20.1 * 24)


def test_a_budget_that_ends_within_minutes_stops_the_queue_in_the_first_hours_of_silence() -> None:
    """10 AED are left, and the whole quota is worth 20 AED per hour."""
    cluster, silent = FakeCluster(running=5), FakePrometheus(answers=False)
    turn(cluster, FakePrometheus(rate=10), at(5))
    cluster.queue["metadata"]["annotations"][SPEND_ANNOTATION] = json.dumps(
        cluster.spend | {"aed": 7190, "expected_aed": 7190}
    )
    stops: list[str] = []
    for minutes in range(5, 41, 5):
        turn(cluster, silent, at(5) + timedelta(minutes=minutes))
        stops.append(cluster.gpus[0])
    assert stops[0] == "None"
    assert stops.index("HoldAndDrain") == 5
    assert cluster.notified[-1][1].endswith("(100 %)")


def test_an_outage_over_the_turn_of_the_month_is_charged_to_the_new_month() -> None:
    """Metrics of an hour are left of the five days since the turn."""
    cluster = FakeCluster(running=5)
    turn(cluster, FakePrometheus(rate=10), at(29.9))
    turn(cluster, FakePrometheus(rate=10, coverage=1 / 120), at(35))
    assert cluster.spend["aed"] == pytest.approx(120 * 10, rel=0.03)


def test_hours_before_the_first_run_of_all_are_not_charged_if_they_were_not_measured() -> None:
    cluster, silent = FakeCluster(running=5), FakePrometheus(answers=False)
    cluster.queue["spec"] = Tenant.of(ROW).spec(Quota({"spot": 5}, {"spot": 5}))
    turn(cluster, silent, at(10))
    turn(cluster, silent, at(10) + timedelta(hours=1))
    assert cluster.gpus == ("None", "5", "5")
    turn(cluster, FakePrometheus(rate=10, coverage=0.001), at(10) + timedelta(hours=2))
    assert cluster.spend["aed"] == pytest.approx(10 * 2, rel=0.2)


def test_hours_that_were_not_measured_cost_what_runs() -> None:
    cluster = FakeCluster(running=5)
    turn(cluster, FakePrometheus(rate=10), at(5))
    turn(cluster, FakePrometheus(rate=10, coverage=0.5), at(6))
    assert cluster.spend["aed"] == pytest.approx(1200 + 240, rel=0.03)


def test_prices_that_are_really_paid_set_the_quota() -> None:
    """Work that costs a fifth of what was expected may use five times the GPUs."""
    cluster = FakeCluster(running=5)
    turn(cluster, FakePrometheus(rate=2), at(5))
    turn(cluster, FakePrometheus(rate=2), at(6))
    assert int(cluster.gpus[1]) >= 20


def test_a_job_that_is_larger_than_the_quota_starts_if_nothing_else_runs() -> None:
    cluster = FakeCluster(waiting=1)
    turn(cluster, FakePrometheus(), at(0))
    assert cluster.gpus[1] == "32"


def test_no_prices_are_not_a_cost_of_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    prometheus = Prometheus("http://prometheus.invalid")
    with pytest.raises(MetricsUnavailable, match=r"prometheus\.invalid"):
        prometheus.spend("tenant-retail", at(1), at(2))
    asked: list[str] = []

    def sample(query: str, _now: datetime) -> float:
        asked.append(query)
        return 0.0

    monkeypatch.setattr(prometheus, "_sample", sample)
    with pytest.raises(MetricsUnavailable, match="no prices of machines"):
        prometheus.spend("tenant-retail", at(1), at(2))
    assert asked == [
        'sum(sum_over_time(falaj:queued_work:aed_per_hour{namespace="tenant-retail",job=""}[86400s])) / 60',
        'max(count_over_time(falaj:spend:measured{job=""}[86400s])) / 60',
    ]


def test_a_queue_that_the_stack_has_made_static_is_left_alone() -> None:
    """The deployment deletes the program only after it has changed the queues."""
    cluster = FakeCluster()
    cluster.queue["metadata"]["annotations"] = {FORCED_ANNOTATION: "true"}
    assert turn(cluster, FakePrometheus(rate=100), at(29)) == []
    assert cluster.queue["spec"] == {}
    assert cluster.queue["metadata"]["annotations"] == {FORCED_ANNOTATION: "true"}


def test_prepaid_machines_keep_their_quota_in_silence_and_priced_ones_gain_none() -> None:
    [spot] = ROW["flavors"]
    prepaid = spot | {"name": "rack", "aed_per_unit_hour": 0.0, "paid_units": 8}
    tenant = Tenant.of(ROW | {"flavors": [spot, prepaid]})
    queue = {"spec": tenant.spec(Quota({"spot": 5, "rack": 4}, {"spot": 5, "rack": 0}))}
    decided = Quota({"spot": 9, "rack": 8}, {"spot": 9, "rack": 0})
    assert tenant.unraised(decided, queue) == Quota({"spot": 5, "rack": 8}, {"spot": 5, "rack": 0})
