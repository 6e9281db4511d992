"""The report as one self-contained HTML page with styles and charts, without scripts."""

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from falaj.finops.report.model import ChangeReport
from falaj.finops.report.sections import every_table
from falaj.finops.report.summary_rows import rows, verdict

_LEGEND = (("main", "expected"), ("idle", "idle"), ("range", "minimum to maximum"), ("over", "above a limit, refused"))
"""Tone of a bar segment -> its meaning."""


def page(report: ChangeReport) -> str:
    """Returns the whole page."""
    return (
        _templates()
        .get_template("page.html.j2")
        .render(
            report=report,
            verdict=verdict(report.summary),
            rows=tuple(rows(report.summary)),
            sections=every_table(report),
            legend=_LEGEND,
        )
    )


@cache
def _templates() -> Environment:
    return Environment(
        loader=PackageLoader("falaj.finops.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
