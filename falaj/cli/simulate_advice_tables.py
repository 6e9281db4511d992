"""Terminal tables of the advice."""

from typing import TYPE_CHECKING

from rich.table import Column, Table

from falaj.cli.console import Output, marked
from falaj.simulation.advice.choices import NOT_SETTABLE

if TYPE_CHECKING:
    from falaj.simulation.advice.advice import Advice, Effect
    from falaj.simulation.advice.limits import Measures
    from falaj.simulation.advice.robustness import Interval


def show(out: Output, advice: "Advice") -> None:
    """Prints the advice: the front, what each change is worth, the saving, and the risk."""
    from falaj.simulation.front_picture import named_points

    front = _table("settings", "AED a month", "95 %", "p95 wait, min", "worst wait", "worst late", "missed", "changes")
    for name, point in named_points(advice).items():
        changes = "; ".join(advice.labels[point.selection]) or "none"
        front.add_row(name, *_money(point.aed), *_figures(point.wait_seconds, point.worst), changes)
    out.print_table(front, prose="changes")
    if advice.effects:
        _effects(out, advice)
    if advice.remedies:
        _remedies(out, advice)
    for path, value in advice.raised.items():
        out.print(f"raised with them: {'.'.join(path)} to {value}", style="dim", highlight=False)
    _held_out(out, advice)
    _verdict(out, advice)
    out.print(f"not searched: {'; '.join(NOT_SETTABLE)}", style="dim", highlight=False)


def _table(first: str, *others: str) -> Table:
    prose = ("changes", "today", "advice")
    columns = [Column(name, justify="left" if name in prose else "right") for name in others]
    return Table(Column(first), *columns, box=None, pad_edge=False)


def _money(aed: "Interval") -> tuple[str, str]:
    return f"{aed.mean:,.0f}", f"±{aed.high - aed.mean:,.0f}"


def _figures(wait: "Interval", worst: "Measures") -> tuple[str, ...]:
    return (
        f"{wait.mean / 60:,.1f} ±{(wait.high - wait.mean) / 60:,.1f}",
        f"{worst.wait_seconds / 60:,.1f}",
        f"{worst.late_share:.2%}",
        f"{worst.deadlines_missed:,.0f}",
    )


def _effects(out: Output, advice: "Advice") -> None:
    table = _table("setting", "today", "advice", "saves AED", "95 %", "p95 wait without it, min", "needed")
    for effect in advice.effects:
        table.add_row(effect.setting, effect.before, effect.after, *_effect(effect))
    out.print()
    out.print_table(table)


def _remedies(out: Output, advice: "Advice") -> None:
    table = _table("helps alone", "today", "advice", "AED a month", "p95 wait, min")
    for each in advice.remedies:
        wait = f"{each.month.wait_seconds / 60:,.1f}"
        table.add_row(each.setting, each.before, each.after, f"{each.month.aed:,.0f}", wait)
    out.print()
    out.print_table(table)


def _effect(effect: "Effect") -> tuple[str, ...]:
    if effect.saving is None or effect.wait_without is None:
        return "-", "", "invalid", "yes"
    return (*_money(effect.saving), f"{effect.wait_without.mean / 60:,.1f}", "yes" if effect.is_needed else "no")


def _held_out(out: Output, advice: "Advice") -> None:
    from falaj.simulation.advice.held_out_words import NOT_HELD_OUT, checked_points, which_days

    check = advice.held_out
    if check is None:
        out.print(NOT_HELD_OUT, style="dim", highlight=False)
        return
    table = _table(
        "other days", "AED a month", "95 %", "p95 wait, min", "worst wait", "worst late", "missed", "changes"
    )
    for name, changes, point in checked_points(advice, check):
        table.add_row(name, *_money(point.aed), *_figures(point.wait_seconds, point.worst), changes)
    out.print()
    out.print_table(table, prose="changes")
    out.print(which_days(check), style="dim", highlight=False)


def _verdict(out: Output, advice: "Advice") -> None:
    if not advice.keeps_limits:
        out.print(
            marked("no settings", "bold red", " that were tried keep all limits; these come closest"), highlight=False
        )
    if not advice.effects:
        reason = " today's settings: none that was tried is cheaper within the limits"
        out.print(marked("keep", "bold green", reason), highlight=False)
        return
    saving, worst = advice.saving, advice.chosen.worst
    mends = advice.keeps_limits and not advice.today.keeps(advice.limits)
    if mends:
        out.print(marked("mends", "bold green", " limits that today's settings exceed"), highlight=False)
    verb, low, high = ("costs", -saving.high, -saving.low) if saving.mean < 0 else ("saves", saving.low, saving.high)
    sentence = (
        f" AED {abs(saving.mean):,.0f} a month (95 % confidence {low:,.0f} to {high:,.0f}, over "
        f"{advice.seeds} months); in the worst of them jobs wait {worst.wait_seconds / 60:,.1f} min (p95), "
        f"{worst.late_share:.2%} of a service's requests are late, and {worst.deadlines_missed:,.0f} deadlines missed"
    )
    if advice.held_out:
        other = advice.held_out.saving
        sentence += (
            f"; on days that the search did not see it saves {other.mean:,.0f} ({other.low:,.0f} to {other.high:,.0f})"
        )
    out.print(marked(verb, "bold green", sentence), highlight=False)
