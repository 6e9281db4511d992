"""A simulated month and its advice with everything that the page shows, and with ugly names."""

from __future__ import annotations

from functools import cache

from falaj.simulation.advice.advice import Advice, Effect, Remedy
from falaj.simulation.advice.limits import Limits, Measures
from falaj.simulation.advice.robustness import Interval, Robust
from falaj.simulation.outcome import Answers, Cause, Charge, Hour, Outcome, Waits
from falaj.simulation.page import page

UGLY = '<b>"n&amp;' + "n" * 120
"""A name with characters of HTML, longer than a line."""

COMPARISONS = {
    "static on-demand peak": 288_000.0,
    "static spot peak": None,
    "clairvoyant lower bound": 36_000.0,
    "clairvoyant lower bound, 15 min wait": 48_000.0,
}


def outcome() -> Outcome:
    """Returns a month with all causes, waiting, requests and pools."""
    busy = [
        Hour(8 + hour % 24, hour % 3, 6, 4 + hour % 24 + hour % 3 - 2, float(hour % 24 > 20)) for hour in range(744)
    ]
    return Outcome(
        charges=[Charge(tenant, "training", cause, 1000.0) for tenant in ("research", UGLY, None) for cause in Cause],
        waits={"*": Waits(620, 30, 840, 9000, 2), UGLY: Waits(620, 30, 840, 9000, 2)},
        answers={"assistant": Answers(1_200_345, 5_011, 0.3, 1.4, 1488), UGLY: Answers(0, 0, 0, 0, 0)},
        deadlines=10,
        deadlines_missed=1,
        gpu_hours_paid=8000,
        gpu_hours_used=6000,
        hours={"main/gpu": busy, "main/empty": [Hour(0, 0, 0, 0, 0)] * 744, f"main/{UGLY}": busy[:30]},
    )


def month(aed: float, wait_seconds: float) -> Measures:
    """Returns the figures of a month."""
    return Measures(aed, wait_seconds, 0.004, 5011, 0, 2)


def advice() -> Advice:
    """Returns advice with two changes, and two other points."""
    points = [
        Robust((number, 0), (month(aed, wait), month(aed * 1.1, wait * 1.2)))
        for number, (aed, wait) in enumerate([(97_000, 2800), (74_000, 600), (70_000, 1900), (81_000, 200)])
    ]
    sure = Interval(21_000, 18_000, 24_000)
    effects = (
        Effect("tenants.t.queue.hours_per_month", "quota hours", "730", "100", sure, Interval(2800, 2500, 3100), True),
        Effect(UGLY, "min", "1", "0", None, None, True),
    )
    return Advice(
        limits=Limits(),
        today=points[0],
        chosen=points[1],
        keeps_limits=True,
        front=(points[2], points[1], points[3]),
        effects=effects,
        remedies=(Remedy(UGLY, "machines", "a, b", "a", month(90_000, 600)),),
        labels={point.selection: (f"{UGLY}: {number}",) for number, point in enumerate(points)},
        changes={},
        raised={},
        trials=20,
        simulated=30,
        seeds=2,
    )


@cache
def rich_page() -> str:
    """Returns the page of all this."""
    return page(outcome(), COMPARISONS, advice(), UGLY, (f"{UGLY} is left out",))
