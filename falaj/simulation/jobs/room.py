"""What the jobs that wait in a queue are told of the room for them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from falaj.simulation.jobs.job import Three

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class Prospects(Protocol):
    """What jobs may ask of a pool, by its key."""

    def boxes(self, key: str, least: Three) -> Sequence[Three]:
        """Returns amounts that hold `least`: what asks for as much or more may be admitted only within one of them."""
        ...

    def may_be_admitted(self, key: str, asks: Three) -> bool:
        """Returns whether a job that asks for so much, which is within a box, may be admitted."""
        ...

    def evicting(self, key: str, asks: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Returns which columns of `asks` may be admitted, of those within a box."""
        ...
