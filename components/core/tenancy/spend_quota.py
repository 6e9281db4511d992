"""Quotas of tenants' queues for the rest of a month, from what their work has cost since its first day. Pure.

The controller in the cluster runs this file, and so does the simulation in the tests, so it imports nothing but the
standard library. What is left of a budget is divided by the hours for which it must last; each flavor may take all of
it, since all of them are charged to the same budget. Work that runs keeps its quota: a smaller quota only delays what
waits. When the budget is used up, the queue stops until the next month.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, timezone
from math import floor

DUBAI = timezone(timedelta(hours=4))
"""Asia/Dubai, which has no daylight saving time. Budgets are per month of this time zone."""

LEAST_HOURS = 1.0
"""Hours for which a quota must be paid at least: money for less is left to the work that runs."""

STARVED_HOURS = 24.0
"""A tenant whose work waits while none runs has a quota that its budget pays for this many hours, so that a job which
is larger than the quota of an even month can start."""

FINISH_HOURS = 24.0
"""Hours of running work for which money is kept back, where work may finish after the budget is used up."""

FINISH_PERCENT = 5.0
"""How far running work may exceed a budget to finish, as a percentage of the budget. Then it is evicted as well: what
runs longer than `FINISH_HOURS` would cost up to as much again as the budget."""

PRIOR_PERCENT = 2.0
"""Weight of the expected prices against the paid ones, as a percentage of the monthly budget."""

DRAIN = "HoldAndDrain"
"""Kueue's stop policy that evicts running work."""

THRESHOLDS = (50, 80, 100)
"""Percentages of a budget at which the tenant is notified."""


@dataclass(frozen=True)
class PricedFlavor:
    """A flavor and what a tenant may spend in it."""

    name: str
    aed_per_unit_hour: float
    """Expected price of a GPU, or of a vCPU in a pool without GPUs, in AED per hour; 0 for prepaid machines."""
    max_units: int
    """Units of the pool at its maximum size."""
    paid_units: int = 0
    """The tenant's quota of prepaid machines, which does not depend on spend."""
    percent: float = 100
    """Percentage of the budget that may be spent in the pool."""
    may_borrow: bool = False
    """Whether the tenant may use quota of this flavor that others leave idle, at its own cost."""
    unit: Mapping[str, float] = field(default_factory=dict[str, float])
    """Resources of a unit: vCPUs, memory in GiB, GPUs."""


@dataclass(frozen=True)
class TenantBudget:
    """The budget of a tenant's queue."""

    aed_per_month: float
    hours_per_month: float
    """Hours per month for which the full quota of an even month lasts; fewer hours give a larger quota."""
    stops: str
    """Kueue's stop policy when the budget is used up: `HoldAndDrain` evicts running work, `Hold` lets it finish for up
    to `FINISH_PERCENT` more."""
    flavors: Sequence[PricedFlavor]
    room: Mapping[str, float] | None = None
    """Resources that the tenant's ResourceQuota leaves to queued work; None if it has none. Pods of a job that is
    admitted beyond it would never start."""


@dataclass(frozen=True)
class Seen:
    """What the controller knows of a queue."""

    spent_aed: float
    """Cost of the tenant's queued work since the first of the month."""
    price_ratio: float = 1.0
    """Paid price divided by expected price."""
    running: Mapping[str, int] = field(default_factory=dict[str, int])
    """Units in use by flavor."""
    waiting: int = 0
    """Number of workloads that wait."""


@dataclass(frozen=True)
class Quota:
    """The quota of a queue until the next decision."""

    units: Mapping[str, int]
    borrow: Mapping[str, int]
    """Units by flavor that the tenant may borrow from others."""
    stop: str = "None"


@dataclass(frozen=True)
class Month:
    """A calendar month in Dubai and a moment in it."""

    start: datetime
    end: datetime
    now: datetime

    @property
    def hours(self) -> float:
        """Length in hours."""
        return (self.end - self.start) / timedelta(hours=1)

    @property
    def hours_left(self) -> float:
        """Hours until the next month."""
        return (self.end - self.now) / timedelta(hours=1)


def month_at(now: datetime) -> Month:
    """Returns the month in Dubai that contains a moment."""
    start = now.astimezone(DUBAI).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    return Month(start, (start + timedelta(days=32)).replace(day=1), now)


def price_ratio(budget: TenantBudget, paid_aed: float, expected_aed: float) -> float:
    """Returns what units really cost divided by what they were expected to cost, from the month's work so far."""
    prior = budget.aed_per_month * PRIOR_PERCENT / 100
    return (paid_aed + prior) / (expected_aed + prior)


def expected_aed_per_hour(budget: TenantBudget, units: Mapping[str, int]) -> float:
    """Returns the expected cost of units of each flavor in AED per hour."""
    return sum(units.get(flavor.name, 0) * flavor.aed_per_unit_hour for flavor in budget.flavors)


def reached(budget: TenantBudget, spent_aed: float) -> int:
    """Returns the highest of the thresholds that the spend has reached, in percent; 0 if none."""
    percent = 100 * spent_aed / budget.aed_per_month
    return max((threshold for threshold in THRESHOLDS if percent >= threshold), default=0)


def decide(
    budgets: Mapping[str, TenantBudget], seen: Mapping[str, Seen], month: Month, interval_hours: float
) -> dict[str, Quota]:
    """Returns the quota of each tenant until the next decision, `interval_hours` later.

    The quotas of a pool never add up to more than its maximum size, unless work already uses more.
    """
    wanted = {tenant: _quota(budget, seen[tenant], month, interval_hours) for tenant, budget in budgets.items()}
    for name, max_units in _pools(budgets):
        _fit(name, max_units, wanted, seen)
    return {
        tenant: _within_room(
            budgets[tenant],
            Quota(units, _borrowing(budgets[tenant], seen[tenant], units, stop, month), stop),
            seen[tenant].running,
        )
        for tenant, (units, stop) in wanted.items()
    }


def _quota(budget: TenantBudget, seen: Seen, month: Month, interval_hours: float) -> tuple[dict[str, int], str]:
    left = budget.aed_per_month - seen.spent_aed
    running = expected_aed_per_hour(budget, seen.running) * seen.price_ratio
    until_next = running * interval_hours
    is_over = left <= (until_next if budget.stops == DRAIN else running * FINISH_HOURS)
    is_beyond = left + budget.aed_per_month * FINISH_PERCENT / 100 <= until_next
    free = 0.0 if is_over else _aed_per_hour(budget, seen, month, left, running) - running
    units = {flavor.name: _units(flavor, seen, max(free, 0.0), left, month) for flavor in budget.flavors}
    return units, (DRAIN if is_beyond else budget.stops) if is_over else "None"


def _aed_per_hour(budget: TenantBudget, seen: Seen, month: Month, left: float, running: float) -> float:
    """Returns what the tenant may spend per hour."""
    hours = budget.hours_per_month * month.hours_left / month.hours
    if seen.waiting and not running:
        hours = min(hours, STARVED_HOURS)
    return left / max(hours, LEAST_HOURS)


def _units(flavor: PricedFlavor, seen: Seen, free: float, left: float, month: Month) -> int:
    if not flavor.aed_per_unit_hour:
        return flavor.paid_units
    used = seen.running.get(flavor.name, 0)
    price = flavor.aed_per_unit_hour * seen.price_ratio
    return max(used, min(used + floor(free * flavor.percent / 100 / price), flavor.max_units))


def _borrowing(budget: TenantBudget, seen: Seen, units: Mapping[str, int], stop: str, month: Month) -> dict[str, int]:
    """Returns the limits of borrowing: at most as much again as the quota, and no more than the budget pays for."""
    if stop != "None":
        return {flavor.name: 0 for flavor in budget.flavors}
    left = max(budget.aed_per_month - seen.spent_aed, 0.0)
    limits: dict[str, int] = {}
    for flavor in budget.flavors:
        price = flavor.aed_per_unit_hour * seen.price_ratio
        affordable = floor(left / max(min(STARVED_HOURS, month.hours_left), LEAST_HOURS) / price) if price else None
        most = flavor.max_units if affordable is None else min(units[flavor.name], affordable)
        limits[flavor.name] = most if flavor.may_borrow else 0
    return limits


def _pools(budgets: Mapping[str, TenantBudget]) -> Iterator[tuple[str, int]]:
    pools = {flavor.name: flavor for budget in budgets.values() for flavor in budget.flavors}
    return ((name, flavor.max_units) for name, flavor in pools.items() if flavor.aed_per_unit_hour)


def _fit(name: str, max_units: int, wanted: Mapping[str, tuple[dict[str, int], str]], seen: Mapping[str, Seen]) -> None:
    """Reduces what tenants may start in a pool, in proportion, to what the pool has left."""
    quotas = {tenant: units for tenant, (units, _) in wanted.items() if name in units}
    used = {tenant: seen[tenant].running.get(name, 0) for tenant in quotas}
    more = {tenant: units[name] - used[tenant] for tenant, units in quotas.items()}
    room = max(max_units - sum(used.values()), 0)
    if sum(more.values()) > room:
        for tenant, units in quotas.items():
            units[name] = used[tenant] + room * more[tenant] // sum(more.values())


def _within_room(budget: TenantBudget, quota: Quota, running: Mapping[str, int]) -> Quota:
    """Reduces a quota to the tenant's ResourceQuota: first what it may borrow, and never below what runs.

    Flavors with GPUs get what there is first: the room itself limits their GPUs, while processors alone could take all
    of its vCPUs, of which each GPU needs some. Among others, those that Kueue tries first are first.
    """
    if budget.room is None:
        return quota
    left = dict(budget.room)
    flavors = sorted(budget.flavors, key=lambda flavor: not flavor.unit.get("gpus"))
    used = {flavor.name: _take(left, flavor, running.get(flavor.name, 0), 0) for flavor in flavors}
    more = {flavor.name: quota.units[flavor.name] - used[flavor.name] for flavor in budget.flavors}
    own = {flavor.name: _take(left, flavor, 0, max(more[flavor.name], 0)) for flavor in flavors}
    borrow = {flavor.name: _take(left, flavor, 0, quota.borrow[flavor.name]) for flavor in flavors}
    units = {name: min(most, used[name] + own[name]) for name, most in quota.units.items()}
    return replace(quota, units=units, borrow=borrow)


def _take(left: dict[str, float], flavor: PricedFlavor, used: int, most: int) -> int:
    """Takes `used` units, and of up to `most` units as many as are left. Returns the units taken."""
    needs = {name: amount for name, amount in flavor.unit.items() if amount}
    fit = min((floor((left[name] - used * amount) / amount) for name, amount in needs.items()), default=most)
    units = used + max(min(most, fit), 0)
    for name, amount in needs.items():
        left[name] -= units * amount
    return units
