"""What a tenant's queued work has cost since the first of the month: measured, or estimated while nothing measures it.

The spend is kept in an annotation of the ClusterQueue, so it does not depend on how long Prometheus keeps its metrics.
"""

import json
import urllib.parse
import urllib.request
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from math import isfinite
from typing import Any
from urllib.error import HTTPError

from falaj.components.core.tenancy.spend_quota import Month, price_ratio
from falaj.components.kubernetes.queues.controlled_queue import Tenant
from falaj.facts.labels import SPEND_ANNOTATION

INTERVAL_MINUTES = 5
KEPT_DAYS = 14
"""Days of metrics that the first run of all asks for: less than Prometheus keeps by default."""


class MetricsUnavailable(Exception):
    """Raised if Prometheus does not answer, or did not measure."""


@dataclass(frozen=True)
class Estimate:
    """What was seen of a queue while its spend was not known."""

    since: str
    """Moment from which the spend is estimated, ISO 8601."""
    until: str
    """Moment up to which it is estimated."""
    most_aed: float = 0.0
    """Price of its whole quota, with what it might borrow: its work cannot have cost more."""
    running_aed: float = 0.0
    """Price of the work that ran."""


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
    estimate: Estimate | None = None
    """Of the hours since, if the last runs did not learn what they cost."""

    @property
    def most_aed(self) -> float:
        """What the month may have cost at most."""
        return self.aed + (self.estimate.most_aed if self.estimate else 0.0)

    @property
    def text(self) -> str:
        """The annotation."""
        return json.dumps(asdict(self))

    def hours(self, now: datetime) -> float:
        """Returns the hours of which the spend is not known."""
        return _hours(self.until, now)

    def ratio(self, tenant: Tenant) -> float:
        """Returns the paid price divided by the expected one."""
        return price_ratio(tenant.budget, self.aed, self.expected_aed)


class Prometheus:
    """The recorded cost of queued work (`spend_rules`)."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.unreachable: MetricsUnavailable | None = None
        """Set once it cannot be reached: the time of a run does not suffice to wait for it for each tenant."""

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
        if self.unreachable:
            raise self.unreachable
        parameters = urllib.parse.urlencode({"query": query, "time": now.timestamp()})
        try:
            with urllib.request.urlopen(f"{self.address}/api/v1/query?{parameters}", timeout=30) as answer:  # noqa: S310
                result = json.load(answer)["data"]["result"]
        except (OSError, ValueError, LookupError) as error:
            unavailable = MetricsUnavailable(f"Prometheus at {self.address}: {error}")
            if isinstance(error, OSError) and not isinstance(error, HTTPError):
                self.unreachable = unavailable
            raise unavailable from error
        return float(result[0]["value"][1]) if result else 0.0


def last_spend(queue: Mapping[str, Any], month: Month) -> Spend:
    """Returns the spend in the annotation; of a new month none since its start.

    Before the controller's first run nothing is estimated: nobody saw what ran.
    """
    current = month.start.strftime("%Y-%m")
    text = queue["metadata"].get("annotations", {}).get(SPEND_ANNOTATION)
    if text is None:
        since, now = max(month.start, month.now - timedelta(days=KEPT_DAYS)), month.now.isoformat()
        return Spend(current, since.isoformat(), estimate=Estimate(now, now))
    row = json.loads(text)
    estimate = row.get("estimate") and Estimate(**row["estimate"])
    spend = Spend(**row | {"estimate": estimate})
    return spend if spend.month == current else Spend(current, month.start.isoformat())


def measured(tenant: Tenant, last: Spend, running: Mapping[str, int], prometheus: Prometheus, now: datetime) -> Spend:
    """Returns the spend up to now. Raises `MetricsUnavailable`.

    Hours that were not measured cost what ran in them, or what runs now if nobody saw them.
    """
    hours = last.hours(now)
    aed, covered = prometheus.spend(tenant.namespace, datetime.fromisoformat(last.until), now)
    if not (isfinite(aed) and isfinite(covered) and min(aed, covered) >= 0):
        raise MetricsUnavailable(f"Prometheus answers {aed} AED in {covered} hours, which is no amount")
    seen = _hours(last.estimate.since, now) if last.estimate else hours
    gap = min(max(hours - covered - 2 * INTERVAL_MINUTES / 60, 0.0), seen)
    aed += gap * _aed_per_hour(tenant, last, running)
    expected = tenant.price(running, 1) * min(hours, covered)
    return replace(
        last, until=now.isoformat(), aed=last.aed + aed, expected_aed=last.expected_aed + expected, estimate=None
    )


def estimated(tenant: Tenant, last: Spend, queue: Mapping[str, Any], now: datetime) -> Spend:
    """Returns the spend with an estimate up to now, at the quota and the running work that the queue has now."""
    before = last.estimate or Estimate(last.until, last.until)
    hours, ratio, quota = _hours(before.until, now), last.ratio(tenant), tenant.quota(queue)
    most = {name: units + quota.borrow.get(name, 0) for name, units in quota.units.items()}
    running = tenant.running(queue)
    estimate = replace(
        before,
        until=now.isoformat(),
        most_aed=before.most_aed + hours * tenant.price(most, ratio),
        running_aed=before.running_aed + hours * tenant.price(running, ratio),
    )
    return replace(last, estimate=estimate)


def _aed_per_hour(tenant: Tenant, last: Spend, running: Mapping[str, int]) -> float:
    """Returns the price of an hour that was not measured."""
    if last.estimate and (hours := _hours(last.estimate.since, datetime.fromisoformat(last.estimate.until))):
        return last.estimate.running_aed / hours
    return tenant.price(running, last.ratio(tenant))


def _hours(since: str, now: datetime) -> float:
    return (now - datetime.fromisoformat(since)) / timedelta(hours=1)
