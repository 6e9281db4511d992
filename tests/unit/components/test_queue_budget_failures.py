"""What fails for one tenant does not keep the quotas of the others from following their spend."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from email.message import Message
from pathlib import Path
from typing import Any
from urllib.error import HTTPError

import pytest

from falaj.components.core.tenancy.spend_quota import Quota
from falaj.components.kubernetes.queues import budget_controller
from falaj.components.kubernetes.queues.budget_controller import run
from falaj.components.kubernetes.queues.controlled_queue import Tenant
from falaj.components.kubernetes.queues.month_spend import Prometheus
from falaj.facts.labels import SPEND_ANNOTATION
from tests.unit.components.test_queue_budget_controller import ROW, FakeCluster, FakePrometheus, at

NAMES = ("first", "broken", "last")


class Clusters(FakeCluster):
    """A ClusterQueue for each tenant; the API server refuses `refused` of the tenant `broken`."""

    def __init__(self, refused: str = "") -> None:
        super().__init__()
        self.refused = refused
        self.queues = {name: FakeCluster(running=5) for name in NAMES}
        for queue in self.queues.values():
            queue.queue["spec"] = Tenant.of(ROW).spec(Quota({"spot": 5}, {"spot": 5}))
        self.calls: list[str] = []

    def _call(self, kind: str, tenant: str) -> None:
        if (kind, tenant) == (self.refused, "broken"):
            raise HTTPError("https://api", 404, "Not Found", Message(), None)
        self.calls.append(kind)

    def get(self, tenant: str) -> dict[str, Any]:
        self._call("get", tenant)
        return self.queues[tenant].queue

    def patch(self, tenant: str, patch: Mapping[str, Any]) -> None:
        self._call("patch", tenant)
        self.queues[tenant].patch("retail", patch)

    def notify(self, namespace: str, reason: str, message: str, now: datetime) -> None:
        self._call("notify", namespace.removeprefix("tenant-"))
        super().notify(namespace, reason, message, now)


class OnePrometheus(FakePrometheus):
    """A Prometheus that says something else of the tenant `broken`."""

    def __init__(self, answer: tuple[float, float] | None = None, rate: float = 0) -> None:
        super().__init__(rate)
        self.answer = answer

    def spend(self, namespace: str, since: datetime, now: datetime) -> tuple[float, float]:
        if namespace == "tenant-broken" and self.answer is not None:
            return self.answer
        return super().spend("tenant-retail", since, now)


def turn(cluster: Clusters, prometheus: Prometheus, days: float = 20) -> list[str]:
    return run(
        {name: Tenant.of(ROW | {"namespace": f"tenant-{name}"}) for name in NAMES}, cluster, prometheus, at(days)
    )


def followed(cluster: Clusters) -> set[str]:
    """Tenants whose queue stopped, because their budget is used up."""
    return {name for name, queue in cluster.queues.items() if queue.gpus[0] != "None"}


@pytest.mark.parametrize("answer", [(float("nan"), 480), (float("inf"), 480), (-1e6, 480), (10, float("nan"))])
def test_a_spend_that_is_no_amount_is_not_known(answer: tuple[float, float]) -> None:
    cluster = Clusters()
    assert [line.split(":")[0] for line in turn(cluster, OnePrometheus(answer, rate=30))] == ["broken"]
    assert followed(cluster) == {"first", "last"}
    assert cluster.queues["broken"].gpus == ("None", "5", "5")
    assert cluster.queues["broken"].spend["aed"] == 0


@pytest.mark.parametrize("refused", ["get", "patch"])
def test_a_queue_that_cannot_be_read_or_written_is_named_and_the_others_follow(refused: str) -> None:
    cluster = Clusters(refused)
    assert turn(cluster, OnePrometheus(rate=30)) == ["broken: HTTPError: HTTP Error 404: Not Found"]
    assert followed(cluster) == {"first", "last"}


@pytest.mark.parametrize("text", ["no JSON", '{"month": "2026-11"}', '{"unknown": 1}', "[]"])
def test_an_annotation_that_somebody_has_changed_concerns_its_tenant_alone(text: str) -> None:
    cluster = Clusters()
    cluster.queues["broken"].queue["metadata"]["annotations"] = {SPEND_ANNOTATION: text}
    assert [line.split(":")[0] for line in turn(cluster, OnePrometheus(rate=30))] == ["broken"]
    assert followed(cluster) == {"first", "last"}


def test_a_spend_in_the_annotation_that_is_no_amount_concerns_its_tenant_alone() -> None:
    cluster = Clusters()
    spend = {"month": "2026-11", "until": at(19).isoformat(), "aed": float("nan")}
    cluster.queues["broken"].queue["metadata"]["annotations"] = {SPEND_ANNOTATION: json.dumps(spend)}
    assert [line.split(":")[0] for line in turn(cluster, OnePrometheus(rate=30))] == ["broken"]
    assert followed(cluster) == {"first", "last"}


def test_events_follow_all_quotas_and_one_that_is_refused_is_created_later() -> None:
    cluster = Clusters("notify")
    assert [line.split(":")[0] for line in turn(cluster, OnePrometheus(rate=30))] == ["broken"]
    assert followed(cluster) == {*NAMES}
    assert cluster.calls[:6] == ["get"] * 3 + ["patch"] * 3
    assert [namespace for namespace, _ in cluster.notified] == ["tenant-first", "tenant-last"]
    cluster.refused = ""
    for _ in range(2):
        assert turn(cluster, OnePrometheus()) == []
    assert [namespace for namespace, _ in cluster.notified] == ["tenant-first", "tenant-last", "tenant-broken"]


def test_a_prometheus_that_cannot_be_reached_is_asked_once_and_then_not_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Thirty seconds of each tenant would be more than a run of the program has."""
    asked: list[str] = []

    def urlopen(url: str, timeout: float) -> None:
        asked.append(url)
        raise TimeoutError("timed out")

    monkeypatch.setattr("urllib.request.urlopen", urlopen)
    lines = turn(Clusters(), Prometheus("http://prometheus.invalid"))
    assert lines == [f"{name}: Prometheus at http://prometheus.invalid: timed out" for name in NAMES]
    assert len(asked) == 1


def test_the_program_fails_with_the_names_of_all_that_failed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = tmp_path / "budgets.json"
    row = ROW | {"namespace": "tenant-first"}
    settings.write_text(json.dumps({"prometheus": "http://prometheus.invalid", "tenants": {"first": row, "last": row}}))

    def cluster(*_: object) -> Clusters:
        return Clusters()

    monkeypatch.setattr(budget_controller, "own_api_server", lambda account: ("", account))
    monkeypatch.setattr(budget_controller, "Cluster", cluster)
    assert budget_controller.main(str(settings), str(tmp_path)) == 1
    assert [line.split(":")[0] for line in capsys.readouterr().err.splitlines()] == ["first", "last"]
