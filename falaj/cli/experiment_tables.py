"""Terminal tables of experiment verdicts and trace replays."""

from decimal import Decimal

from rich.console import Console
from rich.table import Column, Table

from falaj.finops.experiment.assumptions import VariantAssumptions
from falaj.finops.experiment.breakeven import BreakEven
from falaj.finops.experiment.forecast import Dominance, Forecast
from falaj.finops.experiment.verdict import ExperimentResult


def show_verdict(out: Console, result: ExperimentResult) -> None:
    """Prints the decision first, then the costs, the guard metrics and the break-even rate."""
    rules = result.rules
    out.print(result.sentence, style="bold", highlight=False, markup=False)
    table = _table(f"USD per {result.unit}", "cost", "from", "to", "requests", "days")
    sides = ((rules.baseline, result.a, result.requests[0]), (rules.candidate, result.b, result.requests[1]))
    for name, cost, requests in sides:
        figures = (f"{figure:.4f}" for figure in (cost.value, cost.low, cost.high))
        table.add_row(name, *figures, f"{requests:,.0f}", str(cost.days))
    out.print(table)
    table = _table("guard", rules.baseline, rules.candidate, "worse by at most", "allowed", "state", "of what")
    for guard in result.guards:
        figures = (f"{figure:.4g}" for figure in (guard.a, guard.b, guard.worse.high, guard.allowed))
        table.add_row(guard.name, *figures, guard.state.value, guard.what)
    out.print(table)
    if result.break_even is not None:
        break_even = result.break_even
        out.print(f"break-even: {break_even.why}{_bounds(break_even)}", highlight=False)
    users = "" if result.users is None else " ({:,} and {:,})".format(*result.users)
    out.print(f"unit of randomisation: {rules.unit}{users}", style="dim", highlight=False)
    out.print(
        f"The confidence intervals are valid however often they are read; error probability {float(rules.alpha):.0%}.",
        style="dim",
    )


def show_replay(out: Console, result: Forecast, aed_per_usd: Decimal) -> None:
    """Prints the conclusion first, then the forecast of each variant and the assumptions."""
    out.print(result.sentence, style="bold", highlight=False, markup=False)
    table = _table("variant", "AED per 1,000", "USD per 1,000", "p50 s", "p95 s", "p99 s", "replicas", "most", "busy")
    for name, run in result.results.items():
        money = (f"{run.usd_per_1000 * float(aed_per_usd):.4f}", f"{run.usd_per_1000:.4f}")
        times = (f"{seconds:.2f}" for seconds in (run.p50_s, run.p95_s, run.p99_s))
        table.add_row(name, *money, *times, f"{run.mean_replicas:.1f}", str(run.most_replicas), f"{run.busy:.0%}")
    out.print(table)
    for name, variant in result.assumptions.variants.items():
        out.print(f"{variant.kind} for {name}: {_speed(variant)} ({variant.source})", style="dim", highlight=False)
    baseline = next(iter(result.assumptions.variants))
    for name, dominance in result.cheaper.items():
        out.print(f"at steady rates: {_dominance(name, baseline, dominance)}", highlight=False)
    for name, rate in result.bursts.items():
        cost = f"{name} costs as much as {baseline}"
        sentence = (
            f"no rate near the measured one at which {cost}"
            if rate is None
            else f"{cost} at {rate:.3g} requests a second on average"
        )
        out.print(f"with the bursts of the trace: {sentence}", highlight=False)
    out.print(f"The trace has {result.rate:.2f} requests a second.", style="dim", highlight=False)


def _speed(variant: VariantAssumptions) -> str:
    return (
        f"{variant.prefill_tokens_per_second} tokens a second in, {variant.decode_tokens_per_second} out, "
        f"{variant.slots} at once, USD {variant.usd_per_hour} an hour, {variant.start_seconds} s to start"
    )


def _dominance(name: str, baseline: str, dominance: Dominance) -> str:
    first, always, limit = dominance.first, dominance.always, dominance.limit
    if first is None:
        return f"{name} is never cheaper than {baseline} up to {limit:.3g} requests a second"
    if always == 0:
        return f"{name} is cheaper than {baseline} at every rate up to {limit:.3g} requests a second"
    onward = "" if always is None else f", and always from {always:.3g} on up to {limit:.3g}"
    return f"{name} is cheaper than {baseline} from {first:.3g} requests a second{onward}"


def _bounds(break_even: BreakEven) -> str:
    """Formats the interval of the break-even rate, or "" if there is no such rate."""
    if break_even.rate is None:
        return ""
    missed = f"; in {break_even.missed:.0%} of them the lines do not cross" if break_even.missed else ""
    return f" (95 % of resamples: {break_even.low:.3g} to {break_even.high:.3g}{missed})"


def _table(first: str, *others: str) -> Table:
    left = ("state", "of what")
    columns = [Column(name, justify="left" if name in left else "right", overflow="fold") for name in others]
    return Table(Column(first, overflow="fold"), *columns, box=None, pad_edge=False)
