"""Office hours that the search tries: those in which a trace's own load is high, and customary ones. In Dubai time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import combinations

import numpy as np

from falaj.components.core.node_pools.office_hours import EARLIEST_UTC
from falaj.components.core.tenancy.spend_quota import DUBAI
from falaj.facts.calendar import OFFICE_CLOSES, OFFICE_OPENS, is_weekend
from falaj.simulation.work import Work

STEP = 30
"""Minutes to which the hours of a load are rounded."""

STEPS = 24 * 60 // STEP
"""Steps of a day."""

LEAD = 1
"""Steps by which hours begin before the load does: a replica on a new machine takes a quarter of an hour to start."""

MARGIN = 2
"""Steps by which the wider hours begin earlier, and end later."""

LEAST_CONTRAST = 1.5
"""Mean load in the hours, by that of the others, from which a load has hours at all. Own choice."""


@dataclass(frozen=True, order=True)
class Window:
    """Hours of working days, `HH:MM`."""

    opens: str
    closes: str

    @property
    def setting(self) -> dict[str, str]:
        """Returns the hours as settings have them."""
        return {"opens": self.opens, "closes": self.closes}

    def __str__(self) -> str:
        return f"{self.opens} to {self.closes}"


CUSTOMARY = (Window(OFFICE_OPENS, OFFICE_CLOSES), Window("06:30", "20:00"), Window("06:00", "22:00"))
"""The default of settings, the hours of docs/simulation.md, and two shifts."""


@dataclass(frozen=True)
class Windows:
    """Hours to try."""

    services: Mapping[str, Sequence[Window]]
    """Service of the trace -> hours of its requests, the most promising first."""
    jobs: Sequence[Window]
    """Hours in which jobs are submitted. Each counts once: one that is large would decide alone."""

    def of(self, service: str) -> Sequence[Window]:
        """Returns the hours to try for a service, and for one without requests the customary ones."""
        return self.services.get(service, CUSTOMARY)


def windows(work: Work) -> Windows:
    """Returns the hours to try, by the loads of a month."""
    jobs, requests = work.jobs, work.requests
    services: dict[str, Sequence[Window]] = {}
    if requests is not None:
        for number, name in enumerate(requests.services):
            services[name] = _tried(load_of_day(work, requests.at[requests.service == number]))
    if jobs is None:
        return Windows(services, CUSTOMARY)
    return Windows(services, _tried(load_of_day(work, jobs.submit)))


def load_of_day(work: Work, times: np.ndarray) -> np.ndarray:
    """Returns how many times of working days are in each step of the day in Dubai."""
    start = work.start.astimezone(DUBAI)
    since_midnight = timedelta(hours=start.hour, minutes=start.minute, seconds=start.second).total_seconds()
    day, second = np.divmod(times + since_midnight, 86_400.0)
    rests = np.array([is_weekend(start + timedelta(days=each)) for each in range(int(day.max(initial=0)) + 1)])
    works = ~rests[day.astype(np.int64)]
    step = (second[works] // (STEP * 60)).astype(np.int64)
    return np.bincount(step, minlength=STEPS)


def _tried(load: np.ndarray) -> Sequence[Window]:
    found = fitted(load)
    if found is None:
        return CUSTOMARY
    opens, closes = found
    wider = _window(opens - LEAD - MARGIN, closes + MARGIN)
    return [*dict.fromkeys((_window(opens - LEAD, closes), wider, *CUSTOMARY))]


def fitted(load: np.ndarray) -> tuple[int, int] | None:
    """Returns the steps of the day from which to which a load is high: of all hours those that leave the smallest sum
    of squares around one mean within and one outside them. None if these means are hardly different."""
    total, sums = float(load.sum()), np.concatenate([[0.0], np.cumsum(load)])
    best, found = 0.0, None
    for first, end in combinations(range(EARLIEST_UTC // STEP, STEPS), 2):
        steps, inside = end - first, float(sums[end] - sums[first])
        within, outside = inside / steps, (total - inside) / (STEPS - steps)
        # What two means explain of the sum of squares around one.
        explained = (within - outside) ** 2 * steps * (STEPS - steps)
        if within > outside * LEAST_CONTRAST and explained > best:
            best, found = explained, (first, end)
    return found


def _window(first: int, end: int) -> Window:
    """Returns hours within those that settings allow."""
    return Window(_clock(max(first, EARLIEST_UTC // STEP)), _clock(min(end, STEPS - 1)))


def _clock(step: int) -> str:
    return f"{step * STEP // 60:02}:{step * STEP % 60:02}"
