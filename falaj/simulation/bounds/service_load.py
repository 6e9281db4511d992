"""How long requests keep the replicas of their services busy."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from falaj.simulation.platform_model import Platform
from falaj.simulation.serving.demand import demands
from falaj.simulation.work import Work

if TYPE_CHECKING:
    from falaj.simulation.work import Numbers

WINDOW_SECONDS = 300.0
"""Peaks shorter than this are levelled, which is in favour of a static fleet."""


def replica_seconds(platform: Platform, work: Work) -> Mapping[str, "Numbers"]:
    """Returns for each service the seconds of replicas that the requests of each window of the month need.

    A replica serves as many requests as it has slots, and reads one prompt at a time. A request counts in the window in
    which it arrives, with what can be served of it by the end of the month.
    """
    windows = int(np.ceil(work.length / WINDOW_SECONDS))
    found: dict[str, Numbers] = {}
    for service, demand in demands(platform, work.requests):
        left = np.maximum(work.length - demand.at, 0.0)
        window = np.minimum((demand.at / WINDOW_SECONDS).astype(np.int64), windows - 1)
        read = np.zeros(1) if demand.read is None else demand.read
        held: Numbers = np.bincount(window, np.minimum(read + demand.hold, left), windows) / service.slots
        reading: Numbers = np.bincount(window, np.minimum(read, left), windows).astype(np.float64)
        found[service.name] = max(held, reading, key=np.sum)
    return found
