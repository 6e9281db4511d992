"""What a run has computed after some time, with the checkpoints that it saves meanwhile. Pure; times are in seconds."""

from dataclasses import dataclass
from math import ceil, floor, isinf

ROUNDING = 1e-9
"""Share of an interval below which two times count as equal."""


@dataclass(frozen=True, slots=True)
class Computed:
    """Work of an attempt."""

    done: float
    """Seconds of computation."""
    kept: float
    """Of them, those that a checkpoint holds."""


def wall_seconds(work: float, interval: float, save: float) -> float:
    """Returns how long `work` seconds of computation take with a checkpoint of `save` seconds after each `interval`.

    The end of the work needs none.
    """
    if isinf(interval):
        return work
    return work + max(ceil(work / interval - ROUNDING) - 1, 0) * save


def computed(elapsed: float, work: float, interval: float, save: float) -> Computed:
    """Returns what `elapsed` seconds of an attempt that needs `work` seconds have computed.

    A checkpoint counts once it is saved completely. Without checkpoints (`interval` infinite) nothing is kept.
    """
    if isinf(interval):
        return Computed(min(elapsed, work), 0.0)
    saved = floor(elapsed / (interval + save) + ROUNDING)
    rest = max(elapsed - saved * (interval + save), 0.0)
    return Computed(min(saved * interval + min(rest, interval), work), min(saved * interval, work))
