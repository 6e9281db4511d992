"""Two variants of one service: who gets how much, from when to when, and what decides. Pure."""

from datetime import datetime
from enum import Enum
from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator

from falaj.components.core.validation.args import Checked
from falaj.components.core.validation.problems import refusal


class Variant(Enum):
    """One of the two: what runs today, and what may follow it."""

    A = "a"
    B = "b"


WHOLE = 100
"""What the weights of both come to: percent of the requests."""

EXPERIMENT_LABEL = "falaj/experiment"
STARTS, ENDS, MEASURE, WINNER = (f"falaj/experiment-{word}" for word in ("starts", "ends", "measure", "winner"))
"""Annotations of the route, from which a report knows the window and what was decided."""


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
        known = {STARTS: self.starts, ENDS: self.ends, MEASURE: self.measure}
        return known | ({WINNER: self.winner.value} if self.winner else {})
