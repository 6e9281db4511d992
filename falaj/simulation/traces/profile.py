"""How a day of work is spread over its hours, where a trace does not say. Suppositions, not measurements.

Offices of the UAE work from Monday to Friday (since January 2022). Requests and submissions follow their hours: a
plateau from 9 to 18, a smaller evening, a quiet night. The figures are rounded and stated in docs/traces.md, so that
who has better ones can give their own trace.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import numpy as np

from falaj.facts.calendar import is_weekend

if TYPE_CHECKING:
    from falaj.simulation.work import Numbers

HOURS: Sequence[float] = (
    *(0.20, 0.15, 0.10, 0.10, 0.10, 0.15, 0.25, 0.45),
    *(0.75, 0.95, 1.00, 1.00, 0.90, 0.90, 1.00, 1.00),
    *(0.95, 0.85, 0.65, 0.55, 0.50, 0.45, 0.35, 0.25),
)
"""Load of each hour of a working day in Dubai, relative to the busiest hour."""
WEEKEND = 0.4
"""Load of an hour on Saturday or Sunday, relative to the same hour of a working day."""


def hourly_load(start: datetime, hours: int) -> "Numbers":
    """Returns the load of each hour since `start`, which is in Dubai's time, relative to the busiest hour."""
    times = (start + timedelta(hours=hour) for hour in range(hours))
    return np.array([HOURS[time.hour] * (WEEKEND if is_weekend(time) else 1.0) for time in times])
