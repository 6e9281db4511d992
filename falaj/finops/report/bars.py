"""Geometry of the charts: bars in percent of their width, with a text equivalent."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal

from falaj.finops.lines import Range
from falaj.finops.report.formatting import percent


@dataclass(frozen=True)
class BarSegment:
    """A piece of a bar: where it begins and how long it is, of a hundred; its tone is a class of the style sheet."""

    start: float
    length: float
    tone: str


@dataclass(frozen=True)
class Bar:
    """One bar, and what it says to those who do not see it. `mark` is a line across it, such as a limit."""

    parts: tuple[BarSegment, ...]
    says: str
    mark: float | None = None


def money_bar(span: Range, idle: Decimal, top: Decimal, unknown: bool) -> Bar:
    """The expected month, its idle part apart, and behind it the range from minimum to maximum."""
    at = _scale(top)
    busy = max(span.expected - idle, Decimal(0))
    parts = (
        BarSegment(at(span.min), at(span.max - span.min), "range"),
        BarSegment(0.0, at(busy), "main"),
        BarSegment(at(busy), at(span.expected - busy), "idle"),
    )
    share = percent(span.expected / top * 100) if top else "0 %"
    open_end = "; a price is missing" if unknown else ""
    return Bar(_seen(parts), f"expected at {share} of the greatest figure of this chart{open_end}")


def share_bar(pieces: Iterable[tuple[Decimal, str]], top: Decimal, label: str) -> Bar:
    """Pieces one after the other."""
    at = _scale(top)
    parts: list[BarSegment] = []
    done = Decimal(0)
    for value, tone in pieces:
        parts.append(BarSegment(at(done), at(value), tone))
        done += value
    share = percent(done / top * 100) if top else "0 %"
    return Bar(_seen(parts), f"{label}: {share} of the greatest figure of this chart")


def marked_bar(value: Decimal, mark: Decimal | None, top: Decimal, label: str) -> Bar:
    """One figure, and a mark at another where there is one."""
    at = _scale(top)
    return Bar(_seen((BarSegment(0.0, at(value), "main"),)), label, None if mark is None else at(mark))


def budget_bar(used: Range, limit: Decimal, unknown: bool) -> Bar:
    """How far the expected month, and all pools at maximum, go towards a limit; longer than the limit if above."""
    top = max(limit, min(used.max, limit * 2), min(used.expected, limit * 2)) * Decimal("1.02")
    at = _scale(top)
    tone = "over" if used.expected > limit else "main"
    parts = (
        BarSegment(at(used.min), at(min(used.max, top) - used.min), "range"),
        BarSegment(0.0, at(used.expected), tone),
    )
    used_percent, most = percent(used.expected / limit * 100), percent(used.max / limit * 100)
    open_end = " or more: a price is missing" if unknown else ""
    return Bar(_seen(parts), f"{used_percent} of the limit expected, {most} at the most{open_end}", at(limit))


def _scale(top: Decimal) -> Callable[[Decimal], float]:
    def at(value: Decimal) -> float:
        return 0.0 if top <= 0 else round(float(max(Decimal(0), min(value / top, Decimal(1))) * 100), 2)

    return at


def _seen(parts: Iterable[BarSegment]) -> tuple[BarSegment, ...]:
    return tuple(part for part in parts if part.length > 0)
