"""An estimate in AED by a policy of exchange rates: the rate of today, the average of this month, or a hedge."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

from falaj.finops.estimate import Estimate
from falaj.finops.lines import ONPREM, total
from falaj.finops.money import Rates
from falaj.finops.showback.exchange import Exchange, FxPolicy


def estimate_at(priced: Callable[[Rates], Estimate], rates: Rates, exchange: Exchange, today: date) -> Estimate:
    """Returns the estimate that `priced` makes at the rate of the policy; `stated` leaves `rates` as they are. A hedge
    covers its USD of the month's expected cloud cost, and the rest is at the rate of today. Raises `BadInput`.
    """
    if exchange.policy is FxPolicy.STATED:
        return priced(rates)
    result = priced(_at(rates, exchange, today))
    if exchange.hedge is None:
        return result
    usd = total(line for line in result.lines if line.cloud != ONPREM).expected
    share = min(exchange.hedge.usd_a_month / usd, Decimal(1)) if usd else Decimal(1)
    return priced(_at(rates, replace(exchange, hedged_share={(today.year, today.month): share}), today))


def _at(rates: Rates, exchange: Exchange, today: date) -> Rates:
    figure = exchange.figure(today)
    source = f"{figure.policy.value} rate, {figure.source}"
    if exchange.hedge is not None:
        source += f", hedged {exchange.hedge.usd_a_month:f} USD a month at {exchange.hedge.rate}"
    return replace(rates, aed_per_usd=figure.rate, as_of=figure.day, source=source)
