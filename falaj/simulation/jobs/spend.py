"""The controller of budgets: `spend_quota.decide` itself, every five minutes for the queues of a site.

It knows the spend late: Prometheus records every minute what pods cost, and a run reads what it had before the last one
(docs/adr/0016). Pods on ready nodes are charged their largest share of the node, at its real price.
"""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import ceil, inf

from falaj.components.core.tenancy.spend_quota import (
    DRAIN,
    Quota,
    Seen,
    TenantBudget,
    decide,
    expected_aed_per_hour,
    month_at,
    price_ratio,
)
from falaj.simulation.jobs.admission import Admission
from falaj.simulation.jobs.clock import Clock
from falaj.simulation.jobs.cohort import ClusterQueue, plus, times
from falaj.simulation.jobs.job import Amounts, Job
from falaj.simulation.jobs.runs import Runs

INTERVAL_SECONDS = 300.0
"""Seconds between two decisions (components/kubernetes/queues/month_spend.py, `INTERVAL_MINUTES`)."""

LATE_RUNS = 2
"""Runs of the controller after which it knows a spend."""


@dataclass(slots=True)
class Meter:
    """What a tenant's work costs on a site, in AED."""

    aed_per_hour: float = 0.0
    aed: float = 0.0
    at: float = 0.0
    expected: float = 0.0
    """What its units were expected to cost."""
    known: deque[tuple[float, float]] = field(default_factory=lambda: deque([(0.0, 0.0)], LATE_RUNS + 1))
    """Cost and expected cost at the last runs of the controller."""
    before: tuple[float, float] = (0.0, 0.0)
    """The same at the start of the calendar month."""

    def change(self, aed_per_hour: float, now: float) -> None:
        """Charges more, or less, from now on."""
        self.read(now)
        self.aed_per_hour += aed_per_hour

    def read(self, now: float) -> float:
        """Returns the cost up to now."""
        self.aed += self.aed_per_hour * (now - self.at) / 3600
        self.at = now
        return self.aed


class Spend:
    """Meters of all tenants and sites."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._meters: dict[tuple[str, str], Meter] = {}

    def meter(self, site: str, tenant: str) -> Meter:
        """Returns the meter of a tenant on a site."""
        return self._meters.setdefault((site, tenant), Meter())

    def charged(self, job: Job, aed_per_hour: float) -> None:
        """Charges the tenant of a job more, or less, from now on."""
        self.meter(job.kind.site, job.kind.tenant).change(aed_per_hour, self._clock.now)


class BudgetController:
    """Sets the quotas of a site's queues that have a budget."""

    def __init__(
        self,
        site: str,
        budgets: Mapping[str, TenantBudget],
        units: Mapping[str, Amounts],
        admission: Admission,
        spend: Spend,
        runs: Runs,
        clock: Clock,
        start: datetime,
    ) -> None:
        self._budgets, self._units, self._admission = budgets, units, admission
        self._meters = {tenant: spend.meter(site, tenant) for tenant in budgets}
        self._runs, self._clock, self._start = runs, clock, start
        self._month = month_at(start).start
        clock.at(0.0, self._decide)

    def _decide(self) -> None:
        now = self._clock.now
        month = month_at(self._start + timedelta(seconds=now))
        if month.start != self._month:
            self._month = month.start
            for meter in self._meters.values():
                meter.before = (meter.read(now), meter.expected)
        seen = {tenant: self._seen(tenant, budget) for tenant, budget in self._budgets.items()}
        quotas = decide(self._budgets, seen, month, INTERVAL_SECONDS / 3600)
        changes = [self._apply(self._admission.cohort.queues[tenant], quota) for tenant, quota in quotas.items()]
        if any(changes):
            self._admission.cohort.count()
            self._admission.retry()
        self._clock.after(INTERVAL_SECONDS, self._decide)

    def _seen(self, tenant: str, budget: TenantBudget) -> Seen:
        meter, queue = self._meters[tenant], self._admission.cohort.queues[tenant]
        running = {flavor.name: ceil(self._used(queue, flavor.name)) for flavor in budget.flavors}
        meter.expected += expected_aed_per_hour(budget, running) * INTERVAL_SECONDS / 3600
        meter.known.append((meter.read(self._clock.now), meter.expected))
        aed, expected = (max(late - before, 0.0) for late, before in zip(meter.known[0], meter.before, strict=True))
        return Seen(aed, price_ratio(budget, aed, expected), running, self._admission.waiting(tenant))

    def _used(self, queue: ClusterQueue, key: str) -> float:
        gpus, cpu, _ = queue.usage[key]
        return gpus if self._units[key].gpus else cpu

    def _apply(self, queue: ClusterQueue, quota: Quota) -> bool:
        """Writes a quota. Returns whether it differs from the one before."""
        before = (queue.stop, dict(queue.nominal), dict(queue.limit))
        queue.stop = quota.stop
        for key, units in quota.units.items():
            queue.nominal[key] = times(self._units[key], units)
            borrowed = quota.borrow.get(key, inf)
            queue.limit[key] = plus(queue.nominal[key], times(self._units[key], borrowed))
        if quota.stop == DRAIN:
            for job in [*queue.admitted]:
                self._runs.evict(job)
        return before != (queue.stop, queue.nominal, queue.limit)
