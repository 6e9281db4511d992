"""A showback report as JSON, with daily series. Amounts are text, rounded to the fils."""

from datetime import date
from decimal import Decimal
from typing import Any

from falaj.finops.money import rounded
from falaj.finops.showback.budget import BudgetForecast, BurnDown
from falaj.finops.showback.effects import Effects
from falaj.finops.showback.exchange import Exchange
from falaj.finops.showback.forecast import CONFIDENCE
from falaj.finops.showback.report import BusinessUnit, ShowbackReport
from falaj.finops.showback.sums import CostTotals

FORMAT = "falaj-showback/1"

METHODS = {
    "anomalies": "single days: robust STL with the week as season, remainder by median deviation; lasting: likelihood "
    "ratio of a step, errors by a first-order autoregression",
    "forecast": f"regression on weekdays, turn of the month, trend and level with autoregressive errors, "
    f"{CONFIDENCE:.0%} interval by simulation",
    "effects": "usage at the former price and rate, then price, then rate; the effects add up to the change",
    "shared": "cost without a business unit, and of the units declared as common",
}


def document(result: ShowbackReport) -> dict[str, Any]:
    """Returns the whole report, with descriptions of its methods."""
    billing_period = result.period
    return {
        "format": FORMAT,
        "month": f"{billing_period.first:%Y-%m}",
        "as_of": billing_period.as_of.isoformat(),
        "complete": billing_period.complete,
        "currency": "AED",
        "rates": {day.isoformat(): str(rate) for day, rate in sorted(result.query.exchange.aed.items())},
        "fx": _fx(result.query.exchange, billing_period.as_of),
        "total": _cost_totals(result.total) | {"vat": _money(result.vat), "estimated": _money(result.estimated)},
        "shared_by": result.query.shared.by,
        "business_units": {name: _unit(unit) for name, unit in result.units.items()},
        **{
            f"{view}s": {name: _cost_totals(totals) for name, totals in names.items()}
            for view, names in result.views.items()
        },
        "outlooks": {scope: _budget_forecast(item) for scope, item in result.outlooks.items()},
        "budgets": [_burn_down(burn) for burn in result.burn_downs],
        "anomalies": [
            {
                "day": item.day.isoformat(),
                "business_unit": item.business_unit,
                "service": item.service,
                "cost": _money(Decimal(item.cost)),
                "expected": _money(Decimal(item.expected)),
                "score": round(item.score, 1),
                "lasting": item.lasting,
            }
            for item in result.anomalies
        ],
        "effects": None if result.effects is None else {name: _effects(item) for name, item in result.effects.items()},
        "untaxed": list(result.untaxed),
        "compared_with": None if result.effects is None else [day.isoformat() for day in billing_period.before],
        "notes": list(result.notes),
        "methods": METHODS,
    }


def _fx(exchange: Exchange, day: date) -> dict[str, Any]:
    """Returns the exchange rate of the last day with complete data, and the hedge if there is one."""
    hedge = exchange.hedge
    contract = None if hedge is None else {"rate": str(hedge.rate), "usd_a_month": str(hedge.usd_a_month)}
    return exchange.figure(day).fields() | {"hedge": contract}


def _unit(unit: BusinessUnit) -> dict[str, str]:
    amounts = {"shared": _money(unit.shared), "total": _money(unit.total), "vat": _money(unit.vat)}
    return _cost_totals(unit.own) | amounts


def _cost_totals(totals: CostTotals) -> dict[str, str]:
    return {
        "own": _money(totals.cost),
        "idle": _money(totals.idle),
        "used": _money(totals.used),
        "unmeasured": _money(totals.unmeasured),
    }


def _budget_forecast(forecast: BudgetForecast) -> dict[str, Any]:
    return {
        "spent": _money(forecast.spent),
        "expected": _money(forecast.expected),
        "low": None if forecast.low is None else _money(forecast.low),
        "high": None if forecast.high is None else _money(forecast.high),
        "days": {day.isoformat(): _money(cost) for day, cost in sorted(forecast.by_day.items())},
    }


def _burn_down(budget: BurnDown) -> dict[str, Any]:
    exceeded_on = budget.budget_forecast.exceeded_on(budget.limit)
    return {
        "scope": budget.scope,
        "limit": _money(budget.limit),
        "spent": _money(budget.budget_forecast.spent),
        "percent": str(rounded(budget.percent)),
        "expected": _money(budget.budget_forecast.expected),
        "over": budget.over,
        "gone": None if exceeded_on is None else exceeded_on.isoformat(),
    }


def _effects(effects: Effects) -> dict[str, str]:
    return {name: _money(getattr(effects, name)) for name in ("before", "usage", "price", "rate", "after")}


def _money(amount: Decimal) -> str:
    return str(rounded(amount))
