"""Geometry of the picture of a month: machines of a pool by hour, and what waits for them. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from falaj.simulation.outcome import Hour

WEEK_HOURS = 168
"""Hours between two marks of the axis."""

LEGEND = (
    ("main", "at work"),
    ("idle", "idle, starting or lost"),
    ("stroke-demand", "on demand, of these"),
    ("over", "asked for by waiting jobs"),
)
"""Tone -> its meaning."""


@dataclass(frozen=True)
class Shape:
    """A shape of a strip; `tone` is a CSS class, `path` an SVG path."""

    tone: str
    path: str


@dataclass(frozen=True)
class Strip:
    """A chart over the month with its own scale, 100 high and as wide as the month has hours."""

    width: int
    top: str
    """Value of its upper edge."""
    unit: str
    size: str
    """CSS class of its height."""
    shapes: tuple[Shape, ...]
    says: str
    """Text alternative."""


@dataclass(frozen=True)
class Day:
    """A mark of the axis: the number of a day, and percent from the left."""

    number: int
    left: float


@dataclass(frozen=True)
class PoolPicture:
    """The strips of a pool."""

    name: str
    strips: tuple[Strip, ...]
    days: tuple[Day, ...]
    """Marks of the axis."""


def pool_pictures(hours: Mapping[str, Sequence[Hour]]) -> list[PoolPicture]:
    """Returns the pictures of all pools that had machines or waiting jobs."""
    return [_picture(key, each) for key, each in sorted(hours.items()) if any(map(_is_busy, each))]


def _is_busy(hour: Hour) -> bool:
    return hour.used + hour.idle + hour.waiting > 0


def _picture(key: str, hours: Sequence[Hour]) -> PoolPicture:
    strips = [_machines(key, hours)]
    if any(hour.waiting for hour in hours):
        strips.append(_waiting(key, hours))
    days = (Day(hour // 24 + 1, round(100 * hour / len(hours), 2)) for hour in range(0, len(hours), WEEK_HOURS))
    return PoolPicture(key, tuple(strips), tuple(days))


def _machines(key: str, hours: Sequence[Hour]) -> Strip:
    used, total = [hour.used for hour in hours], [hour.used + hour.idle for hour in hours]
    demand = [hour.on_demand for hour in hours]
    top = max(*total, *demand)
    shapes = [Shape("idle", area(total, top)), Shape("main", area(used, top))]
    if any(demand):
        shapes.append(Shape("stroke-demand", _line(demand, top)))
    share = sum(used) / sum(total) if sum(total) else 0.0
    says = f"{key}: up to {top:,.0f} GPUs or vCPUs, of which {share:.0%} are at work on average"
    return Strip(len(hours), f"{top:,.0f}", "GPUs, or vCPUs in pools without GPUs", "high", tuple(shapes), says)


def _waiting(key: str, hours: Sequence[Hour]) -> Strip:
    waiting = [hour.waiting for hour in hours]
    top = max(waiting)
    says = f"{key}: waiting jobs ask for up to {top:,.0f} GPUs or vCPUs"
    return Strip(
        len(hours), f"{top:,.0f}", "asked for by waiting jobs", "low", (Shape("over", area(waiting, top)),), says
    )


def area(values: Sequence[float], top: float) -> str:
    """Returns the path of steps under values, each as wide as 1, closed at the bottom."""
    return f"M0 100{_steps(values, top)}V100Z"


def _line(values: Sequence[float], top: float) -> str:
    return f"M0 {_y(values[0], top)}{_steps(values, top)}"


def _steps(values: Sequence[float], top: float) -> str:
    """Returns the path commands of steps; hours of the same height are one step."""
    heights = [_y(value, top) for value in values]
    ends = [index + 1 for index in range(len(heights)) if heights[index + 1 : index + 2] != heights[index : index + 1]]
    return "".join(f"V{heights[end - 1]}H{end}" for end in ends)


def _y(value: float, top: float) -> str:
    return f"{100 - 100 * value / top if top else 100:.1f}".removesuffix(".0")
