"""Experiments: two variants of one service, the traffic split, the time window and the success criterion. Pure."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from enum import Enum
from typing import Annotated

from pydantic import AfterValidator, Field

from falaj.components.core.validation.args import Accepts, Choice, Spec, default
from falaj.components.core.validation.problems import Problem, refusal
from falaj.facts.labels import (
    EXPERIMENT_ENDS_ANNOTATION,
    EXPERIMENT_MEASURE_ANNOTATION,
    EXPERIMENT_STARTS_ANNOTATION,
    EXPERIMENT_WINNER_ANNOTATION,
)


class Variant(Enum):
    """One of the two variants: `a` is the current version, `b` the candidate."""

    A = "a"
    """The current version."""
    B = "b"
    """The candidate."""


TOTAL_WEIGHT = 100
"""Required sum of the weights, in percent of requests."""


def _with_utc_offset(text: str) -> str:
    """Rejects a timestamp without UTC offset, which a report over several clusters could not compare."""
    try:
        parsed = datetime.fromisoformat(text)
    except ValueError:
        parsed = None
    if parsed is None or parsed.tzinfo is None or not 2000 <= parsed.year < 2100:
        raise refusal(
            "a timestamp of this century such as 2026-12-01T08:00:00+04:00", "write date, time and offset from UTC"
        )
    return text


Moment = Annotated[str, AfterValidator(_with_utc_offset)]
"""An ISO 8601 timestamp with UTC offset."""

MOST_DAYS = 366
"""Longest time window of an experiment: a longer one is a year of which one digit is wrong, or a split for good."""

Weight = Annotated[int, Field(ge=0, le=TOTAL_WEIGHT)]
"""Percentage of requests, 0 to 100."""


class SplitSpec(Spec):
    """Traffic split between two variants, the time window of the experiment, and its success criterion."""

    weights: Accepts[Mapping[Variant, Weight], Mapping[Variant, Weight] | Mapping[str, Weight]] = default(
        {Variant.A: 50, Variant.B: 50}
    )
    """Percentage of requests by variant, `a` and `b`, which must add up to 100; 50 each if absent."""
    winner: Choice[Variant | None] = default(None)
    """Variant that receives all requests, `a` or `b`. The other variant keeps running: to roll back, remove
    `winner`."""
    starts: Moment
    """Start of the experiment's time window as ISO 8601 with UTC offset, such as `2026-12-01T08:00:00+04:00`."""
    ends: Moment
    """End of the experiment's time window, later than `starts`, as ISO 8601 with UTC offset."""
    measure: str = Field(min_length=3, max_length=200)
    """Success criterion in words, 3 to 200 characters, such as `p95 latency below 300 ms at least cost`."""

    def _problems(self) -> Iterator[Problem]:
        if set(self.weights) != set(Variant) or sum(self.weights.values()) != TOTAL_WEIGHT:
            given = {variant.value: weight for variant, weight in self.weights.items()}
            yield Problem(
                "weights",
                given,
                f"a and b, which add up to {TOTAL_WEIGHT}",
                f"choose two numbers that add up to {TOTAL_WEIGHT}",
            )
        if datetime.fromisoformat(self.ends) <= datetime.fromisoformat(self.starts):
            yield Problem("ends", self.ends, f"later than starts ({self.starts})", "end later, or start earlier")
        if datetime.fromisoformat(self.ends) - datetime.fromisoformat(self.starts) > timedelta(days=MOST_DAYS):
            yield Problem("ends", self.ends, f"at most {MOST_DAYS} days after starts ({self.starts})", "end earlier")

    def share(self, variant: Variant) -> int:
        """Returns the percentage of requests for a variant: by weight, or 100 or 0 if there is a winner."""
        if self.winner is not None:
            return TOTAL_WEIGHT if variant is self.winner else 0
        return self.weights[variant]

    @property
    def annotations(self) -> dict[str, str]:
        """Annotations of the route: time window, success criterion and winner."""
        window = {
            EXPERIMENT_STARTS_ANNOTATION: self.starts,
            EXPERIMENT_ENDS_ANNOTATION: self.ends,
            EXPERIMENT_MEASURE_ANNOTATION: self.measure,
        }
        return window | ({EXPERIMENT_WINNER_ANNOTATION: self.winner.value} if self.winner else {})
