"""Two variants of one service: who gets how much, from when to when, and what decides. Pure."""

from datetime import datetime
from enum import Enum
from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator

from falaj.components.core.validation.args import Checked
from falaj.components.core.validation.problems import refusal
from falaj.facts.labels import (
    EXPERIMENT_ENDS_ANNOTATION,
    EXPERIMENT_MEASURE_ANNOTATION,
    EXPERIMENT_STARTS_ANNOTATION,
    EXPERIMENT_WINNER_ANNOTATION,
)


class Variant(Enum):
    """One of the two: what runs today, and what may follow it."""

    A = "a"
    B = "b"


WHOLE = 100
"""What the weights of both come to: percent of the requests."""


def _moment(text: str) -> str:
    """A moment with its offset from UTC; a report over two clusters could not place another one."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        raise refusal("a moment such as 2026-12-01T08:00:00+04:00", "write date, time and offset from UTC")
    return text


Moment = Annotated[str, AfterValidator(_moment)]


class CheckedSplit(Checked):
    """How requests are shared out, and for how long."""

    weights: dict[Variant, Annotated[int, Field(ge=0, le=WHOLE)]] = Field(
        default_factory=lambda: {Variant.A: 50, Variant.B: 50}
    )
    winner: Variant | None = None
    starts: Moment
    ends: Moment
    measure: Annotated[str, Field(min_length=3, max_length=200)]

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        given = {variant.value: weight for variant, weight in self.weights.items()}
        if set(self.weights) != set(Variant) or sum(self.weights.values()) != WHOLE:
            raise refusal(f"a and b, which come to {WHOLE}", "correct the weights", "weights", given)
        if datetime.fromisoformat(self.ends) <= datetime.fromisoformat(self.starts):
            raise refusal(f"later than starts ({self.starts})", "correct the window", "ends", self.ends)
        return self

    def share(self, variant: Variant) -> int:
        """Percent of the requests that a variant gets: all of them if it has won."""
        if self.winner is not None:
            return WHOLE if variant is self.winner else 0
        return self.weights[variant]

    @property
    def annotations(self) -> dict[str, str]:
        """Window, measure and verdict, as the route carries them."""
        known = {
            EXPERIMENT_STARTS_ANNOTATION: self.starts,
            EXPERIMENT_ENDS_ANNOTATION: self.ends,
            EXPERIMENT_MEASURE_ANNOTATION: self.measure,
        }
        return known | ({EXPERIMENT_WINNER_ANNOTATION: self.winner.value} if self.winner else {})
