"""What served models cost that share GPUs or have slices of them, or have fewer replicas at night, and how late
requests are, for docs/simulation.md.

`python -m tests.project.served_hours philly:0 gavel:1` simulates `prod-uae` with the served models that it had until
2026-11-29 and the choices of `CHOICES`; for each month of jobs it divides the bill by the static on-demand peak of two
replicas at all times. It takes about a minute of one core, and a month of jobs up to 20 seconds more.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from falaj.components.reference.markdown import table
from falaj.simulation.advice.choices import Path
from falaj.simulation.advice.setting_changes import accepted
from falaj.simulation.bounds import static_on_demand
from falaj.simulation.experiments import split
from falaj.simulation.from_settings import platform
from falaj.simulation.jobs import simulate_jobs
from falaj.simulation.outcome import Outcome
from falaj.simulation.platform_model import Platform
from falaj.simulation.serving import simulate_requests
from falaj.simulation.traces.parts import request_rows
from falaj.simulation.work import Work
from tests.project.bill_gap import month as month_of_jobs
from tests.project.default_figures import STACK, former
from tests.project.default_months import CODE, CONVERSATIONS, WHOLE_TOKENLESS, month_of_requests
from tests.project.default_rows import ASSISTANT, FORMER, INTENTS
from tests.unit.settings.stacks import raw

SERVICE, MORE_CODE = "assistant", 3.1e6
"""The service whose replicas have hours; requests for code in the month that today's settings do not keep up with."""
LATER_HOURS = 10.0
"""Hours by which the load of the month comes later that tells what happens if it is not that of offices in Dubai: it is
then the largest from 18:00 to 4:00."""

SHARED: Mapping[Path, object] = {
    ("sites", "azuae", "pools", "gpu", "sharing"): {"time_slices": 2},
    (*ASSISTANT, "gpu"): {"count": 1, "time_sliced": True},
    (*INTENTS, "gpu"): {"count": 1, "time_sliced": True},
    (*ASSISTANT, "cpu"): 20,
}
"""Settings by which `intents-a` is on a GPU of `assistant`, of which a machine has the vCPUs for one replica only."""

SLICE = {"count": 1, "mig_profile": "3g.47gb"}
SLICED: Mapping[Path, object] = {
    ("sites", "azuae", "pools", "gpu", "azure", "gpu_partition"): "MIG3g",
    (*ASSISTANT, "gpu"): SLICE,
    (*INTENTS, "gpu"): SLICE,
    (*ASSISTANT, "max"): 8,
}
"""Settings by which each replica has one of the two isolated slices of a GPU. A slice of the next smaller profile has
the memory for the model, but for one long request beside it only."""

HOURS = {"opens": "06:30", "closes": "20:00"}
"""Half an hour earlier than the offices on, since a replica needs 13 minutes to start."""


class Least(NamedTuple):
    """Least replicas of the service by day, on weekdays in these hours in Dubai, and at other times."""

    day: int
    night: int
    gpus: Mapping[Path, object] = {}
    """Settings of how the GPUs are shared; none for whole ones."""

    def changes(self) -> Mapping[Path, object]:
        """Returns the settings for it."""
        office = {(*ASSISTANT, "office_hours"): {"min": self.day, **HOURS}} if self.day > self.night else {}
        return {(*ASSISTANT, "min"): self.night, **office, **self.gpus}


CHOICES: Mapping[str, Least] = {
    "2": Least(2, 2),
    "2, at night 1": Least(2, 1),
    "3, at night 1": Least(3, 1),
    "3, at night 2": Least(3, 2),
    "4, at night 2": Least(4, 2),
    "shared GPUs, 2": Least(2, 2, SHARED),
    "shared GPUs, 2, at night 1": Least(2, 1, SHARED),
    "shared GPUs, 3, at night 1": Least(3, 1, SHARED),
    "shared GPUs, 3, at night 2": Least(3, 2, SHARED),
    "shared GPUs, 4, at night 2": Least(4, 2, SHARED),
    **{
        f"slices, {day}" + (f", at night {night}" if night < day else ""): Least(day, night, SLICED)
        for day, night in ((2, 2), (3, 3), (5, 1), (5, 3), (7, 3))
    },
}


def with_replicas(least: Least) -> Platform:
    """Returns the platform of the shipped stack with these replicas, and with machines for the additional one that a
    rollout of a single replica needs. Raises `ValueError` if the check refuses them."""
    found = accepted(raw(STACK), {**FORMER, **least.changes()})
    if found is None or found.changes.keys() - FORMER.keys() - least.changes().keys():
        raise ValueError(f"the check refuses {least}")
    return platform(found.settings, STACK)


def served(least: Least, work: Work) -> Outcome:
    """Returns what the requests of a month cost."""
    of = with_replicas(least)
    return simulate_requests(of, split(of, work, 0), 0)


def later(work: Work, hours: float) -> Work:
    """Returns a month whose requests come so many hours later, in the day's turn: those of its end at its beginning."""
    requests = work.requests
    if requests is None:
        return work
    at = (requests.at + hours * 3600) % work.length
    return replace(work, requests=request_rows(requests, np.arange(len(at), dtype=np.int32), at))


def late_share(least: Least, work: Work) -> str:
    """Returns the share of the service's requests that are late."""
    answers = served(least, work).answers[SERVICE]
    return f"{answers.late / answers.requests:.2%}"


def cells(name: str, least: Least, jobs: Mapping[str, tuple[float, float]]) -> Sequence[str]:
    """Returns the row of a choice: amounts in AED; of each month of jobs its bill by the static on-demand peak."""
    month = month_of_requests("conversation", CONVERSATIONS, 0, WHOLE_TOKENLESS)
    aed, system = served(least, month).aed, former().system_aed(month.length)
    code, more = (month_of_requests("code", requests, 0, WHOLE_TOKENLESS) for requests in (CODE, MORE_CODE))
    late = [late_share(least, each) for each in (code, later(code, LATER_HOURS), more)]
    return name, f"{aed:,.0f}", *late, *(f"{(aed + system + cost) / static:.2f}" for cost, static in jobs.values())


def main(names: Sequence[str]) -> None:
    """Prints the table."""
    of, jobs = former(), dict[str, tuple[float, float]]()
    requests = month_of_requests("conversation", CONVERSATIONS, 0, WHOLE_TOKENLESS).requests
    for name in names:
        work = month_of_jobs(name)
        static = static_on_demand(of, split(of, replace(work, requests=requests), 0))
        jobs[name] = simulate_jobs(of, work, 0).aed, static
    rows = [cells(name, least, jobs) for name, least in CHOICES.items()]
    head = (f"replicas of {SERVICE}", "AED", "late of 1.5 million", "the same by night", "late of 3.1 million", *jobs)
    print(table(head, rows))


if __name__ == "__main__":
    main(sys.argv[1:])
