"""Charges in AED, by a stated policy of exchange rates and the invoice currency.

`stated`: the last rate that was given for the month of the charge, or the peg. `day`: the last published rate up to the
day of the charge. `month-average`: the mean of the rates published in the month of the charge. `hedged`: the contract's
rate for the hedged part of a month's USD, the rate of the day for the rest.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Protocol

from falaj.facts.currency import PEG
from falaj.finops.errors import BadInput
from falaj.finops.lines import ZERO

MAX_AGE_DAYS = 7
"""A published rate is used for at most this long: longer than a weekend with public holidays."""


class FxPolicy(StrEnum):
    """How the exchange rate of a charge is determined."""

    STATED = "stated"
    DAY = "day"
    MONTH_AVERAGE = "month-average"
    HEDGED = "hedged"


class Convertible(Protocol):
    """A charge with what its conversion needs."""

    @property
    def currency(self) -> str: ...
    @property
    def cost(self) -> Decimal: ...
    @property
    def usd(self) -> Decimal | None: ...
    @property
    def starts(self) -> date: ...
    @property
    def tax(self) -> bool: ...


@dataclass(frozen=True)
class Hedge:
    """A forward contract: AED per USD, up to an amount of USD a month."""

    rate: Decimal
    usd_a_month: Decimal


@dataclass(frozen=True)
class FxRate:
    """The rate of a figure: AED per USD, the policy that determined it, its date, and its source."""

    policy: FxPolicy
    rate: Decimal
    day: date
    source: str

    def __str__(self) -> str:
        return f"{self.policy.value} rate, {self.rate:.6f} AED per USD of {self.day.isoformat()} ({self.source})"

    def fields(self) -> dict[str, str]:
        """Returns policy, rate, date and source as fields of an output."""
        rate, day = f"{self.rate:.6f}", self.day.isoformat()
        return {"fx_policy": self.policy.value, "fx_rate": rate, "fx_date": day, "fx_source": self.source}


@dataclass(frozen=True)
class Exchange:
    """`aed`: day -> AED per USD, the first day of validity of a stated rate, or the day on which it was published.
    `per_usd`: units of other currencies per USD.
    """

    aed: Mapping[date, Decimal] = field(default_factory=lambda: {PEG.as_of: PEG.aed_per_usd})
    per_usd: Mapping[str, Decimal] = field(default_factory=dict)
    policy: FxPolicy = FxPolicy.STATED
    source: str = PEG.source
    hedge: Hedge | None = None
    hedged_share: Mapping[tuple[int, int], Decimal] = field(default_factory=dict)
    """Year and month -> share of the month's USD that the hedge covers, 0 to 1."""

    @property
    def by_day(self) -> bool:
        """Whether the rate differs within a month."""
        return self.policy in (FxPolicy.DAY, FxPolicy.HEDGED)

    def rate(self, day: date) -> Decimal:
        """Returns AED per USD for a charge of a day. Raises `BadInput` if no rate is known for it."""
        return self.figure(day).rate

    def figure(self, day: date) -> FxRate:
        """Returns the rate of a charge of a day, with the date of the newest rate in it. Raises `BadInput`."""
        if self.policy is FxPolicy.STATED:
            days = [start for start in self.aed if (start.year, start.month) <= (day.year, day.month)]
            used = max(days) if days else min(self.aed)
            return FxRate(self.policy, self.aed[used], used, self.source)
        if self.policy is FxPolicy.MONTH_AVERAGE:
            return self._month_average(day)
        published = self._published(day)
        spot = self.aed[published]
        if self.policy is FxPolicy.HEDGED and self.hedge is not None:
            share = self.hedged_share.get((day.year, day.month), Decimal(1))
            spot = share * self.hedge.rate + (1 - share) * spot
        return FxRate(self.policy, spot, published, self.source)

    def _published(self, day: date) -> date:
        for age in range(MAX_AGE_DAYS + 1):
            if (published := day - timedelta(days=age)) in self.aed:
                return published
        raise BadInput(self.source, f"has no rate of {day.isoformat()} nor of the {MAX_AGE_DAYS} days before it")

    def _month_average(self, day: date) -> FxRate:
        if (day.year, day.month) not in self._months:
            raise BadInput(self.source, f"has no rate of {day:%Y-%m}")
        days = self._months[day.year, day.month]
        mean = sum((self.aed[published] for published in days), ZERO) / len(days)
        return FxRate(self.policy, mean, max(days), self.source)

    @cached_property
    def _months(self) -> dict[tuple[int, int], list[date]]:
        """Year and month -> days with a published rate."""
        result: dict[tuple[int, int], list[date]] = defaultdict(list)
        for day in self.aed:
            result[day.year, day.month].append(day)
        return result

    def covering(self, amounts: Callable[[], Iterable[Convertible]]) -> "Exchange":
        """Returns the exchange whose hedge covers the charges: tax and charges in AED are not hedged."""
        if self.hedge is None:
            return self
        usd: dict[tuple[int, int], Decimal] = defaultdict(Decimal)
        for amount in amounts():
            if amount.currency != "AED" and not amount.tax:
                usd[amount.starts.year, amount.starts.month] += self.in_usd(amount)
        limit = self.hedge.usd_a_month
        shares = {month: min(limit / total, Decimal(1)) for month, total in usd.items() if total > 0}
        return replace(self, hedged_share=shares)

    def in_usd(self, amount: Convertible) -> Decimal:
        """Returns the charge in USD, from the export or by the rates. Raises `BadInput` for an unknown currency."""
        if amount.usd is not None:
            return amount.usd
        if amount.currency == "USD":
            return amount.cost
        if amount.currency == "AED":
            return amount.cost / self.rate(amount.starts)
        return amount.cost / self._per_usd(amount.currency)

    def in_aed(self, amount: Convertible) -> Decimal:
        """Returns the charge in AED. A charge billed in AED is unchanged, as the provider has applied its rate."""
        return self.aed_of(amount.cost, amount.currency, amount.starts)

    def aed_of(self, amount: Decimal, currency: str, day: date) -> Decimal:
        """Returns an amount of a day in AED. Raises `BadInput` for an unknown currency."""
        if currency == "AED":
            return amount
        usd = amount if currency == "USD" else amount / self._per_usd(currency)
        return usd * self.rate(day)

    def _per_usd(self, currency: str) -> Decimal:
        if currency != currency.upper():
            known = f"{currency.upper()} in capitals" if currency else "a code"
            raise BadInput("BillingCurrency", f"{currency!r} is not a code of ISO 4217; correct the bill: {known}")
        if currency not in self.per_usd:
            raise BadInput(
                "currency",
                f"a bill is in {currency or 'no currency'}; give its units per USD: --invoice {currency}=0.92",
            )
        return self.per_usd[currency]
