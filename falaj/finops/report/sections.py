"""Which tables follow the summary, and in which order."""

from collections.abc import Iterable

from falaj.finops.report import compared, judged, savings, tables
from falaj.finops.report.model import ChangeReport
from falaj.finops.report.tables import Table


def every_table(report: ChangeReport) -> list[Table]:
    """Returns all tables: those of the page and of the estimate of a plan."""
    return _shown(
        (
            judged.rule_changes(report),
            judged.gate(report),
            tables.missing(report),
            compared.compared(report),
            compared.groups(report),
            judged.price_changes(report),
            judged.resource_changes(report),
            tables.totals(report),
            *tables.views(report),
            tables.budgets(report),
            tables.compliance(report),
            tables.dearest(report),
            savings.commitments(report),
            savings.savings(report),
            judged.concerns(report),
            judged.findings(report),
            tables.assumptions(report),
        )
    )


def tables_of_change(report: ChangeReport) -> list[Table]:
    """Returns the tables of a change in the terminal; the page and the comment have all."""
    return _shown(
        (
            judged.rule_changes(report),
            judged.gate(report),
            tables.missing(report),
            judged.price_changes(report),
            judged.resource_changes(report),
            compared.changed_groups(report),
            tables.totals(report),
            next(tables.views(report)),
            savings.commitments(report),
            savings.savings(report),
            judged.concerns(report),
            judged.findings(report),
        )
    )


def tables_of_month(report: ChangeReport) -> list[Table]:
    """Returns the tables of a deployed stack: cost thresholds, missing prices and the totals of the month."""
    return _shown((judged.gate(report), tables.missing(report), tables.totals(report)))


def _shown(found: Iterable[Table | None]) -> list[Table]:
    """Returns the tables with rows, and those whose note says why they have none."""
    return [table for table in found if table is not None and (table.rows or (table.note and table.words > 1))]
