"""Verdicts and replays as tables for people."""

from rich.console import Console
from rich.table import Column, Table

from falaj.finops.experiment.breakeven import BreakEven
from falaj.finops.experiment.verdict import Verdict


def show_verdict(out: Console, found: Verdict) -> None:
    """Costs, guards, break-even, and the one sentence last."""
    rules = found.rules
    table = _table(f"USD per {found.unit}", "cost", "from", "to", "requests", "windows")
    sides = ((rules.baseline, found.a, found.requests[0]), (rules.candidate, found.b, found.requests[1]))
    for name, cost, requests in sides:
        figures = (f"{figure:.4f}" for figure in (cost.value, cost.low, cost.high))
        table.add_row(name, *figures, f"{requests:,.0f}", str(cost.windows))
    out.print(table)
    table = _table("guard", rules.baseline, rules.candidate, "worse by at most", "allowed", "state", "of what")
    for one in found.guards:
        figures = (f"{figure:.4g}" for figure in (one.a, one.b, one.worse.high, one.allowed))
        table.add_row(one.name, *figures, one.state.value, one.what)
    out.print(table)
    if found.break_even is not None:
        span = found.break_even
        out.print(f"break-even: {span.why}{_bounds(span)}", highlight=False)
    out.print(f"The intervals hold at every look, with a chance of error of {float(rules.alpha):.0%}.", style="dim")
    out.print(found.sentence, style="bold", highlight=False)


def _bounds(span: BreakEven) -> str:
    if span.rate is None:
        return ""
    doubt = f"; in {span.missed:.0%} of them the lines do not cross" if span.missed else ""
    return f" (95 % of resamples: {span.low:.3g} to {span.high:.3g}{doubt})"


def _table(first: str, *others: str) -> Table:
    columns = [Column(name, justify="left" if name in ("state", "of what") else "right") for name in others]
    return Table(Column(first, overflow="fold"), *columns, box=None, pad_edge=False)
