"""What served models cost that share GPUs, or have fewer replicas at night, and how late requests are, for
docs/simulation.md.

`python -m tests.project.served_hours philly:0 gavel:1` simulates `prod-uae` with the choices of `CHOICES`; for each
month of jobs it divides the bill by the static on-demand peak of today's settings. The settings have no hours for
replicas: KEDA's trigger `cron` would keep them (keda.sh, scalers). It takes about a minute of one core, and a month of
jobs up to 20 seconds more.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any, NamedTuple
from unittest.mock import patch

from falaj.components.reference.markdown import table
from falaj.simulation.advice.choices import Path
from falaj.simulation.advice.setting_changes import accepted
from falaj.simulation.bounds import static_on_demand
from falaj.simulation.experiments import split
from falaj.simulation.from_settings import platform
from falaj.simulation.jobs import simulate_jobs
from falaj.simulation.outcome import Outcome
from falaj.simulation.platform_model import Platform
from falaj.simulation.serving import simulate_requests, simulation
from falaj.simulation.serving.autoscaler import SYNC_SECONDS
from falaj.simulation.serving.service import Service
from falaj.simulation.work import Work
from tests.project.bill_gap import month as month_of_jobs
from tests.project.default_figures import STACK, today
from tests.project.default_months import month_of_requests
from tests.project.default_rows import ASSISTANT, INTENTS
from tests.project.served_machines import CODE, CONVERSATIONS, TOKENLESS
from tests.unit.settings.stacks import raw

SERVICE, MORE_CODE = "assistant", 3.1e6
"""The service whose replicas have hours; requests for code in the month that today's settings do not keep up with."""


SHARED: Mapping[Path, object] = {
    ("sites", "azuae", "pools", "gpu", "sharing"): {"time_slices": 2},
    (*ASSISTANT, "gpu"): {"count": 1, "time_sliced": True},
    (*INTENTS, "gpu"): {"count": 1, "time_sliced": True},
    (*ASSISTANT, "cpu"): 20,
}
"""Settings by which `intents-a` is on a GPU of `assistant`, of which a machine has the vCPUs for one replica only."""


class Least(NamedTuple):
    """Least replicas of a service by the hour in Dubai."""

    day: int
    night: int
    shares: bool = False
    """Whether GPUs are shared."""
    hours: tuple[float, float] = (6.5, 20.0)
    """Hours on weekdays from which to which it is day: half an hour earlier than the offices, since a replica needs 13
    minutes to start."""

    def at(self, work: Work, seconds: float) -> int:
        """Returns the least replicas so many seconds after the start of a month."""
        time = work.start + timedelta(seconds=seconds)
        is_day = time.weekday() < 5 and self.hours[0] <= time.hour + time.minute / 60 < self.hours[1]
        return self.day if is_day else self.night


CHOICES: Mapping[str, Least] = {
    "today: 2": Least(2, 2),
    "2, at night 1": Least(2, 1),
    "3, at night 1": Least(3, 1),
    "3, at night 2": Least(3, 2),
    "4, at night 2": Least(4, 2),
    "shared GPUs, 2": Least(2, 2, shares=True),
    "shared GPUs, 2, at night 1": Least(2, 1, shares=True),
    "shared GPUs, 3, at night 1": Least(3, 1, shares=True),
    "shared GPUs, 3, at night 2": Least(3, 2, shares=True),
    "shared GPUs, 4, at night 2": Least(4, 2, shares=True),
}


class WithHours(Service):
    """A service with hours for its replicas."""

    def __init__(self, work: Work, least: Least, *given: Any) -> None:
        super().__init__(*given)
        self._work, self._hours = work, least

    def scale(self, sync: int) -> None:
        """Evaluates the autoscaler with the least replicas of the hour."""
        if self.model.name == SERVICE:
            self._scaler.least = self._hours.at(self._work, sync * SYNC_SECONDS)
        super().scale(sync)


def sharing() -> Platform:
    """Returns the platform of the shipped stack with shared GPUs. Raises `ValueError` if the check refuses that."""
    found = accepted(raw(STACK), SHARED)
    if found is None or found.changes != SHARED:
        raise ValueError("the check refuses shared GPUs")
    return platform(found.settings, STACK)


def served(least: Least, work: Work) -> Outcome:
    """Returns what the requests of a month cost."""
    of = sharing() if least.shares else today()
    services = (replace(each, min=least.night) if each.name == SERVICE else each for each in of.services)
    of = replace(of, services=tuple(services))
    with patch.object(simulation, "Service", partial(WithHours, work, least)):
        return simulate_requests(of, split(of, work, 0), 0)


def cells(name: str, least: Least, jobs: Mapping[str, tuple[float, float]]) -> Sequence[str]:
    """Returns the row of a choice: amounts in AED; of each month of jobs its bill by the static on-demand peak."""
    month = month_of_requests("conversation", CONVERSATIONS, 0, TOKENLESS)
    aed, system = served(least, month).aed, today().system_aed(month.length)
    code = [served(least, month_of_requests("code", n, 0, TOKENLESS)).answers[SERVICE] for n in (CODE, MORE_CODE)]
    late = [f"{each.late / each.requests:.2%}" for each in code]
    return name, f"{aed:,.0f}", *late, *(f"{(aed + system + cost) / static:.2f}" for cost, static in jobs.values())


def main(names: Sequence[str]) -> None:
    """Prints the table."""
    of, jobs = today(), dict[str, tuple[float, float]]()
    requests = month_of_requests("conversation", CONVERSATIONS, 0, TOKENLESS).requests
    for name in names:
        work = month_of_jobs(name)
        static = static_on_demand(of, split(of, replace(work, requests=requests), 0))
        jobs[name] = simulate_jobs(of, work, 0).aed, static
    rows = [cells(name, least, jobs) for name, least in CHOICES.items()]
    print(table((f"replicas of {SERVICE}", "AED", "late of 1.5 million", "late of 3.1 million", *jobs), rows))


if __name__ == "__main__":
    main(sys.argv[1:])
