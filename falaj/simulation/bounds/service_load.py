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

BLOCK = 1 << 18
"""Requests at a time: arrays of 50 million take longer to allocate than to fill."""


def replica_seconds(platform: Platform, work: Work) -> Mapping[str, "Numbers"]:
    """Returns for each service the seconds of replicas that the requests of each window of the month need.

    A replica serves as many requests as it has slots, and reads one prompt at a time. A request counts in the window in
    which it arrives, with what can be served of it by the end of the month.
    """
    windows = int(np.ceil(work.length / WINDOW_SECONDS))
    found: dict[str, Numbers] = {}
    for service, demand in demands(platform, work.requests):
        held, reading = np.zeros(windows), np.zeros(windows)
        for begin in range(0, len(demand.at), BLOCK):
            part = slice(begin, begin + BLOCK)
            left = np.maximum(work.length - demand.at[part], 0.0)
            window = np.minimum((demand.at[part] / WINDOW_SECONDS).astype(np.int64), windows - 1)
            read = np.zeros(1) if demand.read is None else demand.read[part]
            held += np.bincount(window, np.minimum(read + demand.hold[part], left), windows)
            reading += np.bincount(window, np.minimum(read, left), windows)
        found[service.name] = max(held / service.slots, reading, key=np.sum)
    return found
