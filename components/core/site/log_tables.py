"""Plans and retention of the tables of a Log Analytics workspace. Pure."""

from collections.abc import Iterator, Mapping
from enum import Enum
from typing import Annotated

from pydantic import Field

from falaj.components.core.validation.args import Accepts, Choice, Input, Spec, default
from falaj.components.core.validation.problems import Problem
from falaj.facts.log_tables import (
    LONG_TERM_DAYS,
    LONGEST_ANALYTICS_DAYS,
    TOTAL_DAYS,
    LogTable,
    is_total_retention,
)


class TablePlan(Enum):
    """Plan of a table. The third one, Auxiliary, is for custom tables only (azure-monitor-docs logs-table-plans.md,
    2025-08-29)."""

    ANALYTICS = "analytics"
    """Full queries, alerts and interactive retention of at least 30 days."""
    BASIC = "basic"
    """Cheaper to ingest; queries of single tables only, which are charged, and no alerts."""


class LogTableSpec(Spec):
    """Plan and retention of a table."""

    plan: Choice[TablePlan] = default(TablePlan.ANALYTICS)
    """Plan: `analytics` (default), or `basic`, whose records can be queried for 30 days and are kept for the rest of
    the retention. It can be changed once a week."""
    total_days: Input[Annotated[int, Field(ge=30, le=LONG_TERM_DAYS[-1])]] | None = None
    """Days for which records are kept: 30 to 730, or 1095, 1460, 1826, 2191, 2556, 2922, 3288, 3653, 4018 or 4383. With
    plan `analytics` at least the workspace's retention. Default: the workspace's retention."""

    def _problems(self) -> Iterator[Problem]:
        if isinstance(self.total_days, int) and not is_total_retention(self.total_days):
            yield Problem("total_days", self.total_days, f"30 to {TOTAL_DAYS}", "choose one of these")


LogTables = Accepts[Mapping[LogTable, LogTableSpec], Mapping[LogTable, LogTableSpec] | Mapping[str, LogTableSpec]]
"""Tables with a plan or retention of their own."""


def retention_problems(tables: Mapping[LogTable, LogTableSpec], retention_days: object) -> Iterator[Problem]:
    """Yields the tables of plan Analytics that would be kept for less than the workspace's retention, which their total
    retention includes (azure-monitor-docs data-retention-configure.md, 2025-05-05)."""
    if not isinstance(retention_days, int):
        return
    least = min(retention_days, LONGEST_ANALYTICS_DAYS)
    for table, spec in tables.items():
        is_short = isinstance(spec.total_days, int) and spec.total_days < least
        if is_short and spec.plan is TablePlan.ANALYTICS:
            allowed = f"at least {least}, the workspace's `log_retention_days`, with plan analytics"
            yield Problem(
                f"log_tables.{table.value}.total_days", spec.total_days, allowed, "raise it, or use plan basic"
            )
