"""An estimate in AED by a policy of exchange rates: the rate of today, the average of this month, or a hedge."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from falaj.facts.prices import Prices
from falaj.finops.estimate import Estimate, estimate
from falaj.finops.lines import ONPREM, total
from falaj.finops.money import Rates
from falaj.finops.plan import Plan
from falaj.finops.showback.exchange import Exchange, FxPolicy
from falaj.finops.usage_model import Usage


def estimate_at(plan: Plan, usage: Usage, prices: Prices, rates: Rates, exchange: Exchange, today: date) -> Estimate:
    """Returns the estimate of a plan at the rate of the policy; `stated` leaves `rates` as they are. A hedge covers its
    USD of the month's expected cloud cost, and the rest is at the rate of today. Raises `BadInput`.
    """
    if exchange.policy is FxPolicy.STATED:
        return estimate(plan, usage, prices, rates)
    result = estimate(plan, usage, prices, _at(rates, exchange, today))
    if exchange.hedge is None:
        return result
    usd = total(line for line in result.lines if line.cloud != ONPREM).expected
    share = min(exchange.hedge.usd_a_month / usd, Decimal(1)) if usd else Decimal(1)
    shares: Mapping[tuple[int, int], Decimal] = {(today.year, today.month): share}
    return estimate(plan, usage, prices, _at(rates, replace(exchange, hedged_share=shares), today))


def _at(rates: Rates, exchange: Exchange, today: date) -> Rates:
    figure = exchange.figure(today)
    source = f"{figure.policy.value} rate, {figure.source}"
    if exchange.hedge is not None:
        source += f", hedged {exchange.hedge.usd_a_month:f} USD a month at {exchange.hedge.rate}"
    return replace(rates, aed_per_usd=figure.rate, as_of=figure.day, source=source)
