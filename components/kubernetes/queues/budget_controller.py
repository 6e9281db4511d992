"""The program that sets the quotas of ClusterQueues from what tenants' work has cost since the first of the month.

A CronJob runs it with the standard library alone, so it imports nothing else but `spend_quota`,
`api_server` and `labels`. It keeps
the month's spend in an annotation of each ClusterQueue, so it does not depend on how long Prometheus keeps its metrics.

If Prometheus does not answer, or did not measure, all queues keep their quota for `BLIND_HOURS`. From then on each
queue is taken to spend the price of its whole quota, so it stops no later than its budget would be used up.
"""

import json
import sys
import urllib.parse
import urllib.request
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from math import ceil, floor
from pathlib import Path
from typing import Any

from falaj.components.core.tenancy.spend_quota import (
    Month,
    PricedFlavor,
    Quota,
    Seen,
    TenantBudget,
    decide,
    expected_aed_per_hour,
    month_at,
    price_ratio,
    reached,
)
from falaj.components.kubernetes.queues.api_server import ApiServer, own_api_server
from falaj.facts.labels import SPEND_ANNOTATION

QUEUES = "/apis/kueue.x-k8s.io/v1beta2/clusterqueues"
MANAGER = "falaj-queue-budgets"
GPU = "nvidia.com/gpu"
INTERVAL_MINUTES = 5
BLIND_HOURS = 6.0
KEPT_DAYS = 14
"""Days of metrics that the first run of all asks for: less than Prometheus keeps by default."""
SUFFIXES = {"m": 0.001, "": 1, "k": 1000, "Ki": 2**10, "Mi": 2**20, "Gi": 2**30, "Ti": 2**40}


class MetricsUnavailable(Exception):
    """Raised if Prometheus does not answer, or did not measure."""


@dataclass(frozen=True)
class Spend:
    """A month's spend as the annotation keeps it."""

    month: str
    """Month in Dubai, `YYYY-MM`."""
    until: str
    """Moment up to which the spend is known, ISO 8601."""
    aed: float = 0.0
    expected_aed: float = 0.0
    """What the same work was expected to cost."""
    notified: int = 0
    """Highest threshold of which the tenant has been notified, in percent."""


@dataclass(frozen=True)
class Tenant:
    """A tenant's budget with what the controller needs to read and write its queue."""

    namespace: str
    budget: TenantBudget
    flavors: Sequence[Mapping[str, Any]]
    static_flavors: Sequence[Mapping[str, Any]]
    """Quotas of flavors that do not follow the spend, as the ClusterQueue has them."""

    @staticmethod
    def of(row: Mapping[str, Any]) -> "Tenant":
        """Returns the tenant of a row of the configuration."""
        keys = PricedFlavor.__dataclass_fields__.keys()
        flavors = [PricedFlavor(**{key: flavor[key] for key in keys}) for flavor in row["flavors"]]
        budget = TenantBudget(row["aed_per_month"], row["hours_per_month"], row["stops"], flavors, row["room"])
        return Tenant(row["namespace"], budget, row["flavors"], row["static_flavors"])

    def spec(self, quota: Quota) -> dict[str, Any]:
        """Returns the fields of the ClusterQueue's spec that follow the spend."""
        flavors = [{"name": flavor["name"], "resources": _resources(flavor, quota)} for flavor in self.flavors]
        group = {"coveredResources": ["cpu", "memory", GPU], "flavors": [*flavors, *self.static_flavors]}
        return {"stopPolicy": quota.stop, "resourceGroups": [group]}


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


class Prometheus:
    """The recorded cost of queued work (`spend_rules`)."""

    def __init__(self, address: str) -> None:
        self.address = address

    def spend(self, namespace: str, since: datetime, now: datetime) -> tuple[float, float]:
        """Returns what a tenant's work has cost in AED, and for how many hours it was measured.

        Series that rules record have no job; one with a job is a pod's.

        Raises `MetricsUnavailable`.
        """
        window = f"[{max(round((now - since).total_seconds()), 60)}s]"
        cost = f'falaj:queued_work:aed_per_hour{{namespace="{namespace}",job=""}}'
        aed = self._sample(f"sum(sum_over_time({cost}{window})) / 60", now)
        hours = self._sample(f'max(count_over_time(falaj:spend:measured{{job=""}}{window})) / 60', now)
        if not hours:
            raise MetricsUnavailable("Prometheus has recorded no prices of machines (falaj:spend:measured)")
        return aed, hours

    def _sample(self, query: str, now: datetime) -> float:
        parameters = urllib.parse.urlencode({"query": query, "time": now.timestamp()})
        try:
            with urllib.request.urlopen(f"{self.address}/api/v1/query?{parameters}", timeout=30) as answer:  # noqa: S310
                result = json.load(answer)["data"]["result"]
        except (OSError, ValueError, LookupError) as error:
            raise MetricsUnavailable(f"Prometheus at {self.address}: {error}") from error
        return float(result[0]["value"][1]) if result else 0.0


def run(tenants: Mapping[str, Tenant], cluster: Cluster, prometheus: Prometheus, now: datetime) -> list[str]:
    """Sets the quota of each tenant. Returns why the spend of some is not known."""
    month, unmeasured = month_at(now), list[str]()
    seen: dict[str, Seen] = {}
    spends: dict[str, Spend] = {}
    for name, tenant in tenants.items():
        queue = cluster.get(name)
        last = _last_spend(queue, month)
        running = _running(queue, tenant)
        try:
            spends[name] = spend = _measured(tenant, last, running, prometheus, now)
        except MetricsUnavailable as error:
            unmeasured.append(f"{name}: {error}")
            if _hours(last.until, now) <= BLIND_HOURS:
                continue
            spends[name] = last
            spend = replace(last, aed=last.aed + _most(queue, tenant, last) * _hours(last.until, now))
        ratio = price_ratio(tenant.budget, spends[name].aed, spends[name].expected_aed)
        seen[name] = Seen(spend.aed, ratio, running, queue.get("status", {}).get("pendingWorkloads", 0))
    budgets = {name: tenants[name].budget for name in seen}
    for name, quota in decide(budgets, seen, month, INTERVAL_MINUTES / 60).items():
        _write(name, tenants[name], quota, spends[name], seen[name].spent_aed, cluster, now)
    return unmeasured


def _write(
    name: str, tenant: Tenant, quota: Quota, spend: Spend, spent_aed: float, cluster: Cluster, now: datetime
) -> None:
    percent = reached(tenant.budget, spent_aed)
    if percent > spend.notified:
        message = (
            f"Queued work has cost {spent_aed:.0f} of {tenant.budget.aed_per_month:.0f} AED this month ({percent} %)"
        )
        cluster.notify(tenant.namespace, "BudgetReached", message, now)
    state = json.dumps(asdict(replace(spend, notified=max(percent, spend.notified))))
    cluster.patch(name, {"metadata": {"annotations": {SPEND_ANNOTATION: state}}, "spec": tenant.spec(quota)})


def _last_spend(queue: Mapping[str, Any], month: Month) -> Spend:
    """Returns the spend in the annotation; of a new month none since its start."""
    current = month.start.strftime("%Y-%m")
    text = queue["metadata"].get("annotations", {}).get(SPEND_ANNOTATION)
    if text is None:
        since = max(month.start, month.now - timedelta(days=KEPT_DAYS))
        return Spend(current, since.isoformat())
    spend = Spend(**json.loads(text))
    return spend if spend.month == current else Spend(current, month.start.isoformat())


def _measured(tenant: Tenant, last: Spend, running: Mapping[str, int], prometheus: Prometheus, now: datetime) -> Spend:
    """Returns the spend up to now. Hours that were not measured cost what the work costs that runs now."""
    hours = _hours(last.until, now)
    aed, covered = prometheus.spend(tenant.namespace, datetime.fromisoformat(last.until), now)
    expected = expected_aed_per_hour(tenant.budget, running)
    is_first = not last.aed and not last.expected_aed
    gap = 0.0 if is_first else max(hours - covered - 2 * INTERVAL_MINUTES / 60, 0.0)
    aed += gap * expected * price_ratio(tenant.budget, last.aed, last.expected_aed)
    return replace(
        last, until=now.isoformat(), aed=last.aed + aed, expected_aed=last.expected_aed + expected * min(hours, covered)
    )


def _most(queue: Mapping[str, Any], tenant: Tenant, last: Spend) -> float:
    """Returns the price of a queue's whole quota in AED per hour, with what it may borrow."""
    units = {
        flavor["name"]: sum(_number(row.get(key, "0")) for key in ("nominalQuota", "borrowingLimit"))
        for group in queue["spec"]["resourceGroups"]
        for flavor in group["flavors"]
        for row in flavor["resources"]
        if row["name"] == _counted(tenant, flavor["name"])
    }
    expected = expected_aed_per_hour(tenant.budget, {name: ceil(count) for name, count in units.items()})
    return expected * price_ratio(tenant.budget, last.aed, last.expected_aed)


def _running(queue: Mapping[str, Any], tenant: Tenant) -> dict[str, int]:
    """Returns the units in use by flavor."""
    return {
        usage["name"]: ceil(_number(row["total"]))
        for usage in queue.get("status", {}).get("flavorsReservation", ())
        for row in usage["resources"]
        if row["name"] == _counted(tenant, usage["name"])
    }


def _counted(tenant: Tenant, flavor: str) -> str:
    """Returns the resource whose amount is the number of units of a flavor."""
    return GPU if any(row["name"] == flavor and row["unit"]["gpus"] for row in tenant.flavors) else "cpu"


def _resources(flavor: Mapping[str, Any], quota: Quota) -> list[dict[str, str]]:
    own, borrowed = (_amounts(flavor, units[flavor["name"]]) for units in (quota.units, quota.borrow))
    return [{"name": key, "nominalQuota": own[key], "borrowingLimit": borrowed[key]} for key in own]


def _amounts(flavor: Mapping[str, Any], units: int) -> dict[str, str]:
    return {
        "cpu": str(floor(units * flavor["unit"]["cpu"])),
        "memory": f"{floor(units * flavor['unit']['memory_gib'])}Gi",
        GPU: str(units * flavor["unit"]["gpus"]),
    }


def _number(quantity: str | int) -> float:
    text = str(quantity)
    digits = text.rstrip("kmKMGTi")
    return float(digits) * SUFFIXES[text[len(digits) :]]


def _hours(since: str, now: datetime) -> float:
    return (now - datetime.fromisoformat(since)) / timedelta(hours=1)


def main(configuration: str, account: str) -> int:
    """Runs once, with the path of the configuration and the folder of the service account."""
    settings = json.loads(Path(configuration).read_text())
    tenants = {name: Tenant.of(row) for name, row in settings["tenants"].items()}
    cluster = Cluster(*own_api_server(account))
    unmeasured = run(tenants, cluster, Prometheus(settings["prometheus"]), datetime.now(UTC))
    print("\n".join(unmeasured) or "quotas are set", file=sys.stderr if unmeasured else sys.stdout)
    return 1 if unmeasured else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
