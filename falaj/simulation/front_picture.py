"""Geometry of the picture of the front: bill against waiting, in percent of the field. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from falaj.simulation.advice.advice import Advice
from falaj.simulation.advice.robustness import Robust

MARGIN = 0.08
"""Space around the points, as a share of their extent."""

LEGEND = (
    ("good", "advice"),
    ("idle", "today"),
    ("main", "others of the front"),
    ("range", "95 % confidence interval"),
    ("stroke-limit", "limit of waiting"),
)
"""Tone -> its meaning."""


@dataclass(frozen=True)
class FrontPoint:
    """A point and its intervals, in percent from the left and from the top."""

    name: str
    tone: str
    x: float
    y: float
    left: float
    right: float
    low: float
    high: float


@dataclass(frozen=True)
class FrontPicture:
    """The front."""

    points: tuple[FrontPoint, ...]
    limit: float | None
    """Height of the limit of waiting; None if it is outside."""
    top: str
    """Minutes of the upper edge."""
    least: str
    """AED of the left edge."""
    most: str
    """AED of the right edge."""
    seeds: int
    says: str
    """Text alternative."""
    legend: tuple[tuple[str, str], ...] = LEGEND


def named_points(advice: Advice) -> dict[str, Robust]:
    """Returns today, the advice, and the other points of the front by number, from the cheapest."""
    others = [
        point for point in advice.front if point.selection not in (advice.today.selection, advice.chosen.selection)
    ]
    numbered = {str(number): point for number, point in enumerate(others, 1)}
    advised = {} if advice.chosen.selection == advice.today.selection else {"advice": advice.chosen}
    return {"today": advice.today, **advised, **numbered}


def front_picture(advice: Advice) -> FrontPicture:
    """Returns the picture of the advice's front."""
    points = named_points(advice)
    money = [edge for point in points.values() for edge in (point.aed.low, point.aed.high)]
    waits = [point.wait_seconds.high for point in points.values()]
    least, most = _extent(money)
    highest = max(*waits, advice.limits.wait_seconds, 60.0) * (1 + MARGIN)
    across, down = _scale(least, most), _scale(highest, -highest * MARGIN)
    return FrontPicture(
        points=tuple(_point(name, point, across, down) for name, point in points.items()),
        limit=down(advice.limits.wait_seconds),
        top=f"{highest / 60:,.0f}",
        least=f"{least:,.0f}",
        most=f"{most:,.0f}",
        seeds=advice.seeds,
        says="; ".join(_words(name, point) for name, point in points.items()),
    )


def _words(name: str, point: Robust) -> str:
    return f"{name}: AED {point.aed.mean:,.0f} a month, {point.wait_seconds.mean / 60:,.1f} minutes"


def _extent(values: Sequence[float]) -> tuple[float, float]:
    space = (max(values) - min(values)) * MARGIN or max(values) * MARGIN or 1.0
    return max(min(values) - space, 0.0), max(values) + space


def _scale(start: float, end: float) -> Callable[[float], float]:
    """Returns the function from a value to percent of the field, within it."""
    return lambda value: round(min(max((value - start) / (end - start), 0.0), 1.0) * 100, 2)


def _point(name: str, point: Robust, across: Callable[[float], float], down: Callable[[float], float]) -> FrontPoint:
    tone = {"today": "today", "advice": "chosen"}.get(name, "")
    aed, wait = point.aed, point.wait_seconds
    return FrontPoint(
        name,
        tone,
        across(aed.mean),
        down(wait.mean),
        across(aed.low),
        across(aed.high),
        down(wait.low),
        down(wait.high),
    )
