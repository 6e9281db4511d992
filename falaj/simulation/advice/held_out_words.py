"""What the terminal and the page say of the check on days that the search did not see. Pure."""

from collections.abc import Iterator, Sequence

from falaj.simulation.advice.advice import Advice, HeldOut
from falaj.simulation.advice.limits import Limits, excesses
from falaj.simulation.advice.robustness import Robust

NOT_HELD_OUT = (
    "no days were held out, and schedules are not searched: the trace has fewer than 14 different days, or a third of "
    "them would lack working days, days of the weekend, jobs or requests"
)


def days(numbers: Sequence[int]) -> str:
    """Returns days of the month as ranges that count from 1: `1 to 21, 23`."""
    ranges: list[list[int]] = []
    for day in numbers:
        if ranges and day == ranges[-1][-1] + 1:
            ranges[-1].append(day)
        else:
            ranges.append([day])
    return ", ".join(f"{each[0] + 1} to {each[-1] + 1}" if len(each) > 1 else f"{each[0] + 1}" for each in ranges)


def which_days(check: HeldOut) -> str:
    """Returns which days the search saw, and which it did not."""
    return f"searched on days {days(check.searched)} of the month, checked on days {days(check.days)}"


def checked_points(advice: Advice, check: HeldOut) -> Iterator[tuple[str, str, Robust]]:
    """Yields the name, the changes and the months of what was checked: today, the advice, and what was refused."""
    yield "today", "none", check.today
    if check.chosen.selection != check.today.selection:
        yield "advice", _changes(advice, check.chosen), check.chosen
    for point in check.refused:
        yield f"refused: {', '.join(exceeded(point, check.limits))}", _changes(advice, point), point


def exceeded(point: Robust, limits: Limits) -> list[str]:
    """Returns the limits that the mean month exceeds; `wait` also where only its confidence interval does."""
    names = [name for name, excess in excesses(point.mean, limits).items() if excess > 0]
    return names or ["wait"]


def _changes(advice: Advice, point: Robust) -> str:
    return "; ".join(advice.labels[point.selection]) or "none"
