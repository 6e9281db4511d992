"""A simulated month, and the advice for it, as one self-contained HTML page with styles and pictures, without
scripts."""

from collections.abc import Mapping, Sequence
from functools import cache

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

from falaj.simulation.advice.advice import Advice
from falaj.simulation.front_picture import front_picture
from falaj.simulation.month_picture import LEGEND, pool_pictures
from falaj.simulation.outcome import Outcome
from falaj.simulation.page_tables import summary, tables


def page(
    outcome: Outcome,
    comparisons: Mapping[str, float | None],
    advice: Advice | None = None,
    stack: str = "",
    warnings: Sequence[str] = (),
) -> str:
    """Returns the whole page. `comparisons`: name of another month, such as `static on demand` -> its AED, None if it
    is unknown. `warnings`: what the simulation leaves out or supposes."""
    return (
        _templates()
        .get_template("simulation.html.j2")
        .render(
            title=f"{stack}: a simulated month" if stack else "A simulated month",
            rows=tuple(summary(outcome, comparisons, advice)),
            warnings=warnings,
            front=front_picture(advice) if advice else None,
            tables=tuple(tables(outcome, advice)),
            pools=pool_pictures(outcome.hours),
            legend=LEGEND,
        )
    )


@cache
def _templates() -> Environment:
    """Returns the templates: those of this page, and the tables and styles of the report."""
    return Environment(
        loader=ChoiceLoader([PackageLoader("falaj.simulation"), PackageLoader("falaj.finops.report")]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
