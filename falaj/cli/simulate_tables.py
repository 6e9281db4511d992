"""Terminal tables of a simulated month."""

from typing import TYPE_CHECKING

from falaj.cli.console import Output
from falaj.finops.report.summary_rows import Row
from falaj.finops.report.terminal import show_rows, show_table

if TYPE_CHECKING:
    from falaj.simulation.comparisons import Comparisons
    from falaj.simulation.seeds import Seeds


def show(out: Output, stack: str, result: "Seeds", comparisons: "Comparisons") -> None:
    """Prints the summary, the warnings, and the tables of a month."""
    from falaj.simulation.page_tables import summary, tables

    out.print(f"{stack}: a simulated month", style="bold", highlight=False, markup=False)
    show_rows(out, [*summary(result.first, comparisons.aed, None), *_seeds(result)])
    for warning in result.first.warnings:
        out.print(f"warning: {warning}", style="yellow", highlight=False, markup=False)
    for table in tables(result.first, None):
        show_table(out, table)
    out.print(f"bound: {comparisons.how}", style="dim", highlight=False, markup=False)


def _seeds(result: "Seeds") -> list[Row]:
    """Returns the row of further months; none if there is one only."""
    count = len(result.months)
    if count == 1:
        return []
    aed, wait, worst = result.aed, result.wait_seconds, result.worst
    months = (
        f"95 % confidence {aed.low:,.0f} to {aed.high:,.0f}",
        f"p95 wait {wait.mean / 60:,.1f} min, {max(wait.low, 0) / 60:,.1f} to {wait.high / 60:,.1f}",
        f"worst month: AED {worst.aed:,.0f}, p95 wait {worst.wait_seconds / 60:,.1f} min, late requests "
        f"{worst.late_share:.2%}, deadlines missed {worst.deadlines_missed:,}",
    )
    return [Row(f"mean of {count} months", f"AED {aed.mean:,.0f}", "", months)]
