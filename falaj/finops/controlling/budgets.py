"""Budget against actual against forecast of a month, by cost centre, business unit and project."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from operator import attrgetter
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from falaj.finops.controlling.charges import Charge
from falaj.finops.input_files import read_yaml
from falaj.finops.lines import ZERO
from falaj.finops.plausibility import MAX_AMOUNT
from falaj.finops.showback.anomalies import anomalous_days
from falaj.finops.showback.budget import ALL, BudgetForecast, budget_forecast
from falaj.finops.showback.exchange import Exchange
from falaj.finops.showback.forecast import forecast
from falaj.finops.showback.period import Period, days
from falaj.finops.usage import checked
from falaj.finops.usage_model import InputModel

DIMENSIONS = ("cost_centre", "business_unit", "project")
"""Fields of a charge by which budgets are held."""

Aed = Annotated[Decimal, Field(gt=0, le=MAX_AMOUNT, allow_inf_nan=False)]
EVERY_MONTH = "every month"


def _by_month(value: Any) -> Any:
    return value if isinstance(value, dict) else {EVERY_MONTH: value}


Month = Annotated[str, Field(pattern=rf"^(\d{{4}}-(0[1-9]|1[0-2])|{EVERY_MONTH})$")]
Amount = Annotated[dict[Month, Aed], BeforeValidator(_by_month)]
"""AED of every month, or of single months: `{2026-11: 60000}`. Without VAT."""


class BudgetFile(InputModel):
    """Budgets in AED a month by name, for each dimension."""

    version: Annotated[int, Field(ge=1, le=1)] = 1
    all: Amount | None = None
    cost_centre: dict[str, Amount] = Field(default_factory=dict)
    business_unit: dict[str, Amount] = Field(default_factory=dict)
    project: dict[str, Amount] = Field(default_factory=dict)


@dataclass(frozen=True)
class BudgetLine:
    """One name's month in AED without VAT. `budget` is None if it has none."""

    dimension: str
    name: str
    budget: Decimal | None
    budget_to_date: Decimal | None
    """The budget's share of the days with complete data."""
    actual: Decimal
    forecast: Decimal
    low: Decimal | None
    high: Decimal | None
    exceeded_on: date | None

    @property
    def variance(self) -> Decimal | None:
        """Actual cost less the budget to date: positive is over budget."""
        return None if self.budget_to_date is None else self.actual - self.budget_to_date

    @property
    def forecast_variance(self) -> Decimal | None:
        """Forecast of the month less the budget: positive is over budget."""
        return None if self.budget is None else self.forecast - self.budget

    @property
    def over(self) -> bool:
        """Whether the forecast exceeds the budget."""
        return self.forecast_variance is not None and self.forecast_variance > 0


@dataclass(frozen=True)
class BudgetReport:
    """All lines, the days that they cover, and the budgets without any charge."""

    month: date
    as_of: date
    complete: bool
    lines: tuple[BudgetLine, ...]
    unused: tuple[str, ...]


def read(path: Path) -> BudgetFile:
    """Reads a budget file. Raises `BadInput`."""
    return checked(BudgetFile, read_yaml(path), str(path))


def budget_report(charges: Sequence[Charge], month: Period, exchange: Exchange, budgets: BudgetFile) -> BudgetReport:
    """Returns budget, actual and forecast of every name with a budget or a charge. Raises `BadInput`."""
    whole = _Series.of(charges, lambda _: ALL, month, exchange)
    limits = _limits({} if budgets.all is None else {ALL: budgets.all}, month.first)
    lines = [_line(ALL, ALL, limits.get(ALL), whole.outlook(ALL, month))]
    unused: list[str] = []
    for dimension in DIMENSIONS:
        series = _Series.of(charges, attrgetter(dimension), month, exchange)
        limits = _limits(getattr(budgets, dimension), month.first)
        lines += [
            _line(dimension, name, limits.get(name), series.outlook(name, month))
            for name in sorted({*series.names(month), *limits})
        ]
        unused += [f"{dimension.replace('_', ' ')} {name}" for name in sorted(set(limits) - series.names(month))]
    return BudgetReport(month.first, month.as_of, month.complete, tuple(lines), tuple(unused))


class _Series:
    """Daily cost in AED without tax by name: of charges for one day, and the daily share of those for several."""

    def __init__(self) -> None:
        self._metered: dict[str, dict[date, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
        self._fixed: dict[str, dict[date, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
        self._first: date | None = None
        """The first day of the files: a name without charges on it had no cost then."""

    @classmethod
    def of(
        cls, charges: Iterable[Charge], name_of: Callable[[Charge], str], month: Period, exchange: Exchange
    ) -> "_Series":
        """Aggregates charges by the name that `name_of` returns."""
        result = cls()
        for charge in charges:
            if charge.tax or charge.starts > month.last:
                continue
            name, aed = name_of(charge), exchange.in_aed(charge)
            if charge.days > 1:
                for day in days(max(charge.starts, month.first), min(charge.ends, month.last)):
                    result._fixed[name][day] += aed / charge.days
            elif charge.starts <= month.as_of:
                result._metered[name][charge.starts] += aed
                result._first = min(result._first or charge.starts, charge.starts)
        return result

    def names(self, month: Period) -> set[str]:
        """Returns the names with a cost in the month."""
        metered = {name for name, daily in self._metered.items() if max(daily) >= month.first}
        return metered | set(self._fixed)

    def outlook(self, name: str, month: Period) -> BudgetForecast:
        """Returns actual cost and forecast of a name, as showback forecasts a business unit."""
        daily, fixed = self._metered.get(name, {}), self._fixed.get(name, {})
        history = {} if self._first is None or not daily else _complete(daily, self._first, month.as_of)
        anomalous = frozenset(found.day for found in anomalous_days(history) if not found.lasting)
        remaining = forecast(history, month.remaining_days, anomalous)
        actual = {day: cost for day, cost in daily.items() if day >= month.first}
        return budget_forecast(actual, fixed, remaining, month.as_of)


def _complete(daily: Mapping[date, Decimal], first: date, last: date) -> dict[date, float]:
    """Returns a series without gaps, for statistics."""
    return {day: float(daily.get(day, ZERO)) for day in days(first, last)}


def _limits(stated: Mapping[str, Amount], month: date) -> dict[str, Decimal]:
    """Returns the budgets that are stated for a month."""
    result: dict[str, Decimal] = {}
    for name, amount in stated.items():
        value = amount.get(f"{month:%Y-%m}", amount.get(EVERY_MONTH))
        if value is not None:
            result[name] = value
    return result


def _line(dimension: str, name: str, budget: Decimal | None, outlook: BudgetForecast) -> BudgetLine:
    first = outlook.as_of.replace(day=1)
    days_in_month = (first.replace(year=first.year + first.month // 12, month=first.month % 12 + 1) - first).days
    return BudgetLine(
        dimension=dimension,
        name=name,
        budget=budget,
        budget_to_date=None if budget is None else budget * outlook.as_of.day / days_in_month,
        actual=outlook.spent,
        forecast=outlook.expected,
        low=outlook.low,
        high=outlook.high,
        exceeded_on=None if budget is None else outlook.exceeded_on(budget),
    )
