"""The program that sets the quotas of ClusterQueues from what tenants' work has cost since the first of the month.

A CronJob runs it with the standard library alone, so it imports nothing else but the modules of `queue_budgets`.

If Prometheus does not answer, or did not measure, each queue is taken to spend the price of its whole quota. It stops
when its budget would be used up, if need be after minutes; until `BLIND_HOURS` nothing else changes, and from then on
its quota shrinks with the estimate. Without measurements no quota is raised, and no queue that stopped starts again.
"""

import json
import sys
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from math import isfinite
from pathlib import Path
from typing import Any

from falaj.components.core.tenancy.spend_quota import Month, Quota, Seen, decide, month_at, reached
from falaj.components.kubernetes.queues.api_server import ApiServer, own_api_server
from falaj.components.kubernetes.queues.controlled_queue import FORCED_ANNOTATION, Tenant
from falaj.components.kubernetes.queues.month_spend import (
    INTERVAL_MINUTES,
    MetricsUnavailable,
    Prometheus,
    Spend,
    estimated,
    last_spend,
    measured,
)
from falaj.facts.labels import SPEND_ANNOTATION

QUEUES = "/apis/kueue.x-k8s.io/v1beta2/clusterqueues"
MANAGER = "falaj-queue-budgets"
BLIND_HOURS = 6.0


class Cluster(ApiServer):
    """The API server of the cluster, with what the program reads and writes there."""

    def get(self, tenant: str) -> dict[str, Any]:
        """Returns a tenant's ClusterQueue."""
        return self.call("GET", f"{QUEUES}/{tenant}")

    def patch(self, tenant: str, patch: Mapping[str, Any]) -> None:
        """Changes fields of a tenant's ClusterQueue."""
        self.call("PATCH", f"{QUEUES}/{tenant}?fieldManager={MANAGER}", patch)

    def notify(self, namespace: str, reason: str, message: str, now: datetime) -> None:
        """Creates an event about the tenant's LocalQueue."""
        moment = now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        queue = {
            "apiVersion": "kueue.x-k8s.io/v1beta2",
            "kind": "LocalQueue",
            "name": "default",
            "namespace": namespace,
        }
        event = {
            "metadata": {"generateName": "queue-budget-", "namespace": namespace},
            "involvedObject": queue,
            "reason": reason,
            "message": message,
            "type": "Warning",
            "source": {"component": MANAGER},
            "firstTimestamp": moment,
            "lastTimestamp": moment,
            "count": 1,
        }
        self.call("POST", f"/api/v1/namespaces/{namespace}/events", event)


@dataclass(frozen=True)
class Reading:
    """A tenant's queue and its spend, as a run of the program reads them."""

    tenant: Tenant
    queue: Mapping[str, Any]
    spend: Spend

    @property
    def seen(self) -> Seen:
        """What the decision is based on."""
        waiting = self.queue.get("status", {}).get("pendingWorkloads", 0)
        return Seen(self.spend.most_aed, self.spend.ratio(self.tenant), self.tenant.running(self.queue), waiting)

    def spec(self, decided: Quota, now: datetime) -> dict[str, Any] | None:
        """Returns what changes in the spec of the ClusterQueue; None to leave it as it is."""
        if not self.spend.estimate:
            return self.tenant.spec(decided)
        if decided.stop == "None" and self.spend.hours(now) <= BLIND_HOURS:
            return None
        return self.tenant.spec(self.tenant.unraised(decided, self.queue))


def run(tenants: Mapping[str, Tenant], cluster: Cluster, prometheus: Prometheus, now: datetime) -> list[str]:
    """Sets the quota of each tenant. Returns what failed, with the names of the tenants; it concerns no other.

    A deployment deletes this program after it made queues static, so a run may meet queues that the stack owns again.
    """
    month, problems = month_at(now), list[str]()
    readings, written = dict[str, Reading](), dict[str, Reading]()
    for name, tenant in tenants.items():
        with _noted(name, problems):
            queue = cluster.get(name)
            if FORCED_ANNOTATION not in queue["metadata"].get("annotations", {}):
                readings[name] = _read(name, tenant, queue, prometheus, month, problems)
    for name, quota in _decided(readings, month).items():
        with _noted(name, problems):
            _write(name, readings[name], quota, cluster, now)
            written[name] = readings[name]
    for name, reading in written.items():
        with _noted(name, problems):
            _notify(name, reading, cluster, now)
    return problems


@contextmanager
def _noted(name: str, problems: list[str]) -> Generator[None, None, None]:
    try:
        yield
    except Exception as error:
        problems.append(f"{name}: {type(error).__name__}: {error}")


def _read(
    name: str, tenant: Tenant, queue: Mapping[str, Any], prometheus: Prometheus, month: Month, problems: list[str]
) -> Reading:
    last = last_spend(queue, month)
    try:
        spend = measured(tenant, last, tenant.running(queue), prometheus, month.now)
    except MetricsUnavailable as error:
        problems.append(f"{name}: {error}")
        spend = estimated(tenant, last, queue, month.now)
    reading = Reading(tenant, queue, spend)
    if not isfinite(reading.seen.spent_aed * reading.seen.price_ratio):
        raise ValueError(f"the annotation {SPEND_ANNOTATION} has a spend that is no amount: {last.text}")
    return reading


def _decided(readings: Mapping[str, Reading], month: Month) -> dict[str, Quota]:
    budgets = {name: reading.tenant.budget for name, reading in readings.items()}
    seen = {name: reading.seen for name, reading in readings.items()}
    return decide(budgets, seen, month, INTERVAL_MINUTES / 60)


def _write(name: str, reading: Reading, quota: Quota, cluster: Cluster, now: datetime) -> None:
    spec = reading.spec(quota, now)
    cluster.patch(name, _annotated(reading.spend) | ({} if spec is None else {"spec": spec}))


def _notify(name: str, reading: Reading, cluster: Cluster, now: datetime) -> None:
    """Notifies the tenant once of each threshold. An event that was refused is created by a later run."""
    budget, spend = reading.tenant.budget, reading.spend
    percent = reached(budget, spend.most_aed)
    if percent <= spend.notified:
        return
    cost = f"{'may have' if spend.estimate else 'has'} cost {spend.most_aed:.0f} of {budget.aed_per_month:.0f} AED"
    cluster.notify(reading.tenant.namespace, "BudgetReached", f"Queued work {cost} this month ({percent} %)", now)
    cluster.patch(name, _annotated(replace(spend, notified=percent)))


def _annotated(spend: Spend) -> dict[str, Any]:
    return {"metadata": {"annotations": {SPEND_ANNOTATION: spend.text}}}


def main(configuration: str, account: str) -> int:
    """Runs once, with the path of the configuration and the folder of the service account."""
    settings = json.loads(Path(configuration).read_text())
    tenants = {name: Tenant.of(row) for name, row in settings["tenants"].items()}
    cluster = Cluster(*own_api_server(account))
    problems = run(tenants, cluster, Prometheus(settings["prometheus"]), datetime.now(UTC))
    print("\n".join(problems) or "quotas are set", file=sys.stderr if problems else sys.stdout)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
