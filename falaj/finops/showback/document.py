"""A showback report as JSON, with daily series. Amounts are text, rounded to the fils."""

from decimal import Decimal
from typing import Any

from falaj.finops.money import rounded
from falaj.finops.showback.budget import BudgetForecast, BurnDown
from falaj.finops.showback.effects import Effects
from falaj.finops.showback.forecast import CONFIDENCE
from falaj.finops.showback.report import BusinessUnit, ShowbackReport
from falaj.finops.showback.sums import CostTotals

FORMAT = "falaj-showback/1"

METHODS = {
    "anomalies": "robust STL with the week as season, remainder by median deviation",
    "forecast": f"least squares with trend and days of the week, {CONFIDENCE:.0%} interval by Student's t",
    "effects": "usage at the former price and rate, then price, then rate; they add up",
    "shared": "what has no business unit, and the units named as common",
}


def document(result: ShowbackReport) -> dict[str, Any]:
    """Everything, with the methods in words."""
    span = result.period
    return {
        "format": FORMAT,
        "month": f"{span.first:%Y-%m}",
        "as_of": span.as_of.isoformat(),
        "complete": span.complete,
        "currency": "AED",
        "rates": {day.isoformat(): str(rate) for day, rate in sorted(result.query.exchange.aed.items())},
        "total": _portion(result.total) | {"vat": _money(result.vat), "estimated": _money(result.estimated)},
        "shared_by": result.query.shared.by,
        "business_units": {name: _unit(unit) for name, unit in result.units.items()},
        **{
            f"{view}s": {name: _portion(portion) for name, portion in names.items()}
            for view, names in result.views.items()
        },
        "outlooks": {scope: _outlook(one) for scope, one in result.outlooks.items()},
        "budgets": [_burn(burn) for burn in result.burn_downs],
        "anomalies": [
            {
                "day": one.day.isoformat(),
                "business_unit": one.business_unit,
                "service": one.service,
                "cost": _money(Decimal(one.cost)),
                "expected": _money(Decimal(one.expected)),
                "score": round(one.score, 1),
            }
            for one in result.anomalies
        ],
        "effects": None if result.effects is None else {name: _effects(one) for name, one in result.effects.items()},
        "compared_with": None if result.effects is None else [day.isoformat() for day in span.before],
        "notes": list(result.notes),
        "methods": METHODS,
    }


def _unit(unit: BusinessUnit) -> dict[str, str]:
    shown = {"shared": _money(unit.shared), "total": _money(unit.total), "vat": _money(unit.vat)}
    return _portion(unit.own) | shown


def _portion(portion: CostTotals) -> dict[str, str]:
    return {
        "own": _money(portion.cost),
        "idle": _money(portion.idle),
        "used": _money(portion.used),
        "unmeasured": _money(portion.unmeasured),
    }


def _outlook(one: BudgetForecast) -> dict[str, Any]:
    return {
        "spent": _money(one.spent),
        "expected": _money(one.expected),
        "low": None if one.low is None else _money(one.low),
        "high": None if one.high is None else _money(one.high),
        "days": {day.isoformat(): _money(cost) for day, cost in sorted(one.by_day.items())},
    }


def _burn(burn: BurnDown) -> dict[str, Any]:
    exceeded_on = burn.budget_forecast.exceeded_on(burn.limit)
    return {
        "scope": burn.scope,
        "limit": _money(burn.limit),
        "spent": _money(burn.budget_forecast.spent),
        "percent": str(rounded(burn.percent)),
        "expected": _money(burn.budget_forecast.expected),
        "over": burn.over,
        "gone": None if exceeded_on is None else exceeded_on.isoformat(),
    }


def _effects(one: Effects) -> dict[str, str]:
    return {name: _money(getattr(one, name)) for name in ("before", "usage", "price", "rate", "after")}


def _money(amount: Decimal) -> str:
    return str(rounded(amount))
