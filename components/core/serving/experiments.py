"""Experiments: two variants of one service, the traffic split, the window and the deciding measure. Pure."""

from collections.abc import Mapping
from datetime import datetime
from enum import Enum
from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator

from falaj.components.core.validation.args import Accepts, Choice, Spec, default
from falaj.components.core.validation.problems import Problem, refusal, refuse_if
from falaj.facts.labels import (
    EXPERIMENT_ENDS_ANNOTATION,
    EXPERIMENT_MEASURE_ANNOTATION,
    EXPERIMENT_STARTS_ANNOTATION,
    EXPERIMENT_WINNER_ANNOTATION,
)


class Variant(Enum):
    """One of the two variants: `a` runs today, `b` may replace it."""

    A = "a"
    B = "b"


WHOLE = 100
"""Sum of both weights, in percent of the requests."""


def _moment(text: str) -> str:
    """Refuses a moment without its offset from UTC: a report over two clusters could not compare it."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise refusal("a moment such as 2026-12-01T08:00:00+04:00", "write date, time and offset from UTC")
    return text


Moment = Annotated[str, AfterValidator(_moment)]
"""A moment in ISO 8601 with its offset from UTC."""

Weight = Annotated[int, Field(ge=0, le=WHOLE)]
"""Percent of the requests."""


class SplitSpec(Spec):
    """How requests are split between two variants, for how long, and what decides."""

    weights: Accepts[Mapping[Variant, Weight], Mapping[Variant, Weight] | Mapping[str, Weight]] = default(
        {Variant.A: 50, Variant.B: 50}
    )
    """Percent of the requests by variant, `a` and `b`; half each if absent."""
    winner: Choice[Variant | None] = default(None)
    """The variant that gets every request from now on. The other one keeps running: to roll back, remove `winner`."""
    starts: Moment
    """Start of the measured window, such as `2026-12-01T08:00:00+04:00`."""
    ends: Moment
    """End of the measured window."""
    measure: str = Field(min_length=3, max_length=200)
    """The measure that decides, in words: `p95 latency below 300 ms at least cost`."""

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        problems: list[Problem] = []
        if set(self.weights) != set(Variant) or sum(self.weights.values()) != WHOLE:
            given = {variant.value: weight for variant, weight in self.weights.items()}
            problems.append(
                Problem("weights", given, f"a and b, which come to {WHOLE}", f"choose two numbers that come to {WHOLE}")
            )
        if datetime.fromisoformat(self.ends) <= datetime.fromisoformat(self.starts):
            problems.append(
                Problem("ends", self.ends, f"later than starts ({self.starts})", "end later, or start earlier")
            )
        refuse_if(problems)
        return self

    def share(self, variant: Variant) -> int:
        """Percent of the requests that a variant gets; all of them if it has won."""
        if self.winner is not None:
            return WHOLE if variant is self.winner else 0
        return self.weights[variant]

    @property
    def annotations(self) -> dict[str, str]:
        """Annotations of the route: window, measure and verdict."""
        window = {
            EXPERIMENT_STARTS_ANNOTATION: self.starts,
            EXPERIMENT_ENDS_ANNOTATION: self.ends,
            EXPERIMENT_MEASURE_ANNOTATION: self.measure,
        }
        return window | ({EXPERIMENT_WINNER_ANNOTATION: self.winner.value} if self.winner else {})
