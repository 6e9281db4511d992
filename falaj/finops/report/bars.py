"""Geometry of the bar charts in percent of the chart's width, with a text alternative for each bar."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal

from falaj.finops.lines import Range
from falaj.finops.report.formatting import percent


@dataclass(frozen=True)
class BarSegment:
    """A segment of a bar: start and length in percent of the chart's width; `tone` is a CSS class."""

    start: float
    length: float
    tone: str


@dataclass(frozen=True)
class Bar:
    """One bar and its text alternative. `mark` is the position of a line across it, such as a limit."""

    parts: tuple[BarSegment, ...]
    says: str
    mark: float | None = None


def money_bar(span: Range, idle: Decimal, top: Decimal, unknown: bool) -> Bar:
    """Returns a bar of the expected month: busy and idle cost, with the range from minimum to maximum behind."""
    position = _scale(top)
    busy = max(span.expected - idle, Decimal(0))
    segments = (
        BarSegment(position(span.min), position(span.max - span.min), "range"),
        BarSegment(0.0, position(busy), "main"),
        BarSegment(position(busy), position(span.expected - busy), "idle"),
    )
    share = percent(span.expected / top * 100) if top else "0 %"
    suffix = "; a price is missing" if unknown else ""
    return Bar(_visible(segments), f"expected at {share} of the largest value in this chart{suffix}")


def share_bar(values: Iterable[tuple[Decimal, str]], top: Decimal, label: str) -> Bar:
    """Returns a bar of consecutive segments."""
    position = _scale(top)
    segments: list[BarSegment] = []
    total = Decimal(0)
    for value, tone in values:
        segments.append(BarSegment(position(total), position(value), tone))
        total += value
    share = percent(total / top * 100) if top else "0 %"
    return Bar(_visible(segments), f"{label}: {share} of the largest value in this chart")


def marked_bar(value: Decimal, mark: Decimal | None, top: Decimal, label: str) -> Bar:
    """Returns a bar of one value, with a mark at another value if there is one."""
    position = _scale(top)
    return Bar(_visible((BarSegment(0.0, position(value), "main"),)), label, None if mark is None else position(mark))


def budget_bar(used: Range, limit: Decimal, unknown: bool) -> Bar:
    """Returns a bar of the expected month and of all pools at maximum against a limit, which it may exceed."""
    top = max(limit, min(used.max, limit * 2), min(used.expected, limit * 2)) * Decimal("1.02")
    position = _scale(top)
    tone = "over" if used.expected > limit else "main"
    segments = (
        BarSegment(position(used.min), position(min(used.max, top) - used.min), "range"),
        BarSegment(0.0, position(used.expected), tone),
    )
    expected_percent, max_percent = percent(used.expected / limit * 100), percent(used.max / limit * 100)
    suffix = " or more: a price is missing" if unknown else ""
    return Bar(
        _visible(segments),
        f"{expected_percent} of the limit expected, {max_percent} at maximum{suffix}",
        position(limit),
    )


def _scale(top: Decimal) -> Callable[[Decimal], float]:
    """Returns a function that converts a value to a position in percent of the chart's width."""

    def position(value: Decimal) -> float:
        return 0.0 if top <= 0 else round(float(max(Decimal(0), min(value / top, Decimal(1))) * 100), 2)

    return position


def _visible(segments: Iterable[BarSegment]) -> tuple[BarSegment, ...]:
    return tuple(segment for segment in segments if segment.length > 0)
