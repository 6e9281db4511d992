"""Verdicts and replays as tables for people."""

from decimal import Decimal

from rich.console import Console
from rich.table import Column, Table

from falaj.finops.experiment.assumptions import VariantAssumptions
from falaj.finops.experiment.breakeven import BreakEven
from falaj.finops.experiment.forecast import Dominance, Forecast
from falaj.finops.experiment.verdict import ExperimentResult


def show_verdict(out: Console, result: ExperimentResult) -> None:
    """Costs, guards, break-even, and the one sentence last."""
    rules = result.rules
    table = _table(f"USD per {result.unit}", "cost", "from", "to", "requests", "windows")
    sides = ((rules.baseline, result.a, result.requests[0]), (rules.candidate, result.b, result.requests[1]))
    for name, cost, requests in sides:
        figures = (f"{figure:.4f}" for figure in (cost.value, cost.low, cost.high))
        table.add_row(name, *figures, f"{requests:,.0f}", str(cost.windows))
    out.print(table)
    table = _table("guard", rules.baseline, rules.candidate, "worse by at most", "allowed", "state", "of what")
    for one in result.guards:
        figures = (f"{figure:.4g}" for figure in (one.a, one.b, one.worse.high, one.allowed))
        table.add_row(one.name, *figures, one.state.value, one.what)
    out.print(table)
    if result.break_even is not None:
        span = result.break_even
        out.print(f"break-even: {span.why}{_bounds(span)}", highlight=False)
    out.print(f"The intervals hold at every look, with a chance of error of {float(rules.alpha):.0%}.", style="dim")
    out.print(result.sentence, style="bold", highlight=False)


def show_replay(out: Console, result: Forecast, aed_per_usd: Decimal) -> None:
    """What each variant would have done, what was taken for granted, and the one sentence last."""
    table = _table("variant", "AED per 1,000", "USD per 1,000", "p50 s", "p95 s", "p99 s", "replicas", "most", "busy")
    for name, one in result.results.items():
        money = (f"{one.usd_per_1000 * float(aed_per_usd):.4f}", f"{one.usd_per_1000:.4f}")
        times = (f"{seconds:.2f}" for seconds in (one.p50_s, one.p95_s, one.p99_s))
        table.add_row(name, *money, *times, f"{one.mean_replicas:.1f}", str(one.most_replicas), f"{one.busy:.0%}")
    out.print(table)
    for name, one in result.assumptions.variants.items():
        out.print(f"{one.kind} for {name}: {_speed(one)} ({one.source})", style="dim", highlight=False)
    baseline = next(iter(result.assumptions.variants))
    for name, one in result.cheaper.items():
        out.print(f"at steady rates: {_dominance(name, baseline, one)}", highlight=False)
    for name, meets in result.bursts.items():
        where = "nowhere near its rate" if meets is None else f"at {meets:.3g} requests a second on average"
        out.print(f"with the bursts of the trace: {name} costs what {baseline} does {where}", highlight=False)
    out.print(f"The trace has {result.rate:.2f} requests a second.", style="dim", highlight=False)
    out.print(result.sentence, style="bold", highlight=False)


def _speed(one: VariantAssumptions) -> str:
    return (
        f"{one.prefill_tokens_per_second} tokens a second in, {one.decode_tokens_per_second} out, "
        f"{one.slots} at once, USD {one.usd_per_hour} an hour, {one.start_seconds} s to start"
    )


def _dominance(name: str, baseline: str, one: Dominance) -> str:
    if one.first is None:
        return f"{name} is never cheaper than {baseline} up to {one.limit:.3g} requests a second"
    if one.always == 0:
        return f"{name} is cheaper than {baseline} at every rate up to {one.limit:.3g} requests a second"
    always = "" if one.always is None else f", and always from {one.always:.3g} on up to {one.limit:.3g}"
    return f"{name} is cheaper than {baseline} from {one.first:.3g} requests a second{always}"


def _bounds(span: BreakEven) -> str:
    if span.rate is None:
        return ""
    doubt = f"; in {span.missed:.0%} of them the lines do not cross" if span.missed else ""
    return f" (95 % of resamples: {span.low:.3g} to {span.high:.3g}{doubt})"


def _table(first: str, *others: str) -> Table:
    columns = [Column(name, justify="left" if name in ("state", "of what") else "right") for name in others]
    return Table(Column(first, overflow="fold"), *columns, box=None, pad_edge=False)
