"""Prometheus rules that record what was spent since the first of the month, and alerts at shares of a budget. Pure.

Prometheus keeps 15 days of metrics by default, so a month cannot be summed up: each evaluation adds to the figure of
the one before. Time in which nothing was measured costs what is measured after it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from falaj.components.core.charts.scraping import RECORDED
from falaj.components.core.tenancy.spend_quota import DUBAI, THRESHOLDS

KEPT = "1d"
"""How long the figure survives if nothing is recorded."""

_DUBAI_SECONDS = int(DUBAI.utcoffset(None).total_seconds())
_SEVERITIES: Mapping[int, str] = {50: "info", 80: "warning", 100: "warning"}


@dataclass(frozen=True)
class MonthlyBudgets:
    """Budgets of namespaces for one kind of cost."""

    kind: str
    """Word in the names of the series, such as `queue`."""
    alert: str
    """Name of the alerts."""
    subject: str
    """What costs money, for the summary."""
    cost: str
    """Series with the cost of each namespace in AED per hour."""
    measured: str
    """Expression that has a result, without labels, while the cost is measured."""
    aed_per_month: Mapping[str, Decimal]
    """Namespace -> AED per month."""

    @property
    def spend(self) -> str:
        """Series with what each namespace has spent since the first of the month, in AED."""
        return f"falaj:{self.kind}_spend:aed_of_month"

    @property
    def until(self) -> str:
        """Series with the time up to which the spend is known, in seconds."""
        return f"falaj:{self.kind}_spend:until_seconds"

    @property
    def budget(self) -> str:
        """Series with the budget of each namespace in AED per month."""
        return f"falaj:{self.kind}_budget:aed_per_month"

    def rules(self) -> Iterator[dict[str, Any]]:
        """Yields the recording rules. They follow the one of the cost in the same group."""
        for namespace, aed in self.aed_per_month.items():
            yield {"record": self.budget, "expr": f"vector({aed})", "labels": {"namespace": namespace}}
        yield {"record": self.spend, "expr": self._spend()}
        yield {"record": self.until, "expr": f"vector(time()) and on () {self.measured}"}

    def alerts(self) -> Iterator[dict[str, Any]]:
        """Yields one alert for each share of the budget, which fires until the next share is reached."""
        percent = f"100 * {self.spend}{{{RECORDED}}} / on (namespace) {self.budget}{{{RECORDED}}}"
        for low, high in zip(THRESHOLDS, (*THRESHOLDS[1:], None), strict=True):
            yield {
                "alert": self.alert,
                "expr": f"{percent} >= {low}" + ("" if high is None else f" < {high}"),
                "labels": {"severity": _SEVERITIES[low], "percent": str(low)},
                "annotations": {
                    "summary": f"{self.subject} {{{{ $labels.namespace }}}} has cost {{{{ $value | printf "
                    f'"%.0f" }}}} % of its budget of the month'
                },
            }

    def _spend(self) -> str:
        """Returns the figure of the evaluation before, if it is of this month, and the cost since then."""
        before = f"last_over_time({self.until}{{{RECORDED}}}[{KEPT}])"
        cost = f"{self.cost}{{{RECORDED}}}"
        is_this_month = f"month({before} + {_DUBAI_SECONDS}) == month(vector(time() + {_DUBAI_SECONDS}))"
        kept = f"(last_over_time({self.spend}{{{RECORDED}}}[{KEPT}]) and on () ({is_this_month}))"
        added = f"{cost} * on () group_left () ((time() - {before}) / 3600)"
        return f"({kept} + on (namespace) {added}) or {kept} or {cost} * 0"
