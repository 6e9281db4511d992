"""What served models cost on other machines, and how late their requests are, for docs/defaults.md ("Proposals").

`python -m tests.project.served_machines philly:0 gavel:1` simulates the served models that `prod-uae` had until
2026-11-29 with the machines of `CHOICES`: the requests of a month once, and for each month of jobs the bill by the
static on-demand peak. A replica takes a whole machine. It takes about a minute of one core, and a month of jobs up to
20 seconds more.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from typing import NamedTuple

from falaj.components.reference.markdown import table
from falaj.components.settings.load import platform_settings
from falaj.facts.machines import find
from falaj.simulation.bounds import static_on_demand
from falaj.simulation.experiments import split
from falaj.simulation.jobs import simulate_jobs
from falaj.simulation.outcome import Outcome
from falaj.simulation.platform_model import Platform
from falaj.simulation.service_models import served_models
from falaj.simulation.service_speeds import estimated_speed
from falaj.simulation.serving import simulate_requests
from falaj.simulation.work import Work
from tests.project.bill_gap import month as month_of_jobs
from tests.project.default_figures import STACK, former
from tests.project.default_months import month_of_requests
from tests.unit.settings.stacks import raw

REGION, POOL = "me-central-1", "awsuae/gpu"
"""The region of the machines, and the pool whose other settings theirs have."""

TOKENLESS = {"intents": 300_000, "sentiment": 60_000}
"""Requests of a month to services whose models generate no tokens."""

CONVERSATIONS, CODE = 3e5, 1.5e6
"""Requests of the month whose bill counts, and of that whose requests for code may be late."""


class Moved(NamedTuple):
    """Where a service runs."""

    machine: str
    min: int
    max: int


INTENTS = {"intents-a": Moved("g6.xlarge", 1, 1)}
CHOICES: Mapping[str, Mapping[str, Moved]] = {
    "two H100, one for `intents-a`": {},
    "`intents-a` on `g6.xlarge`": INTENTS,
    **{
        f"and `assistant` on {n} `g6e.xlarge`": {**INTENTS, "assistant": Moved("g6e.xlarge", n, 2 * n)}
        for n in (4, 5, 6)
    },
}


def on_machines(of: Platform, moves: Mapping[str, Moved]) -> Platform:
    """Returns a platform with services on other machines, each in a pool of its own."""
    specs = {served.name: served.serving for served in served_models(platform_settings(raw(STACK)))}
    for name, to in moves.items():
        machine = next(each for pool in of.pools for each in pool.machines if each.name == to.machine)
        pool = replace(of.pool(POOL), name=f"served-{name}", machines=(machine,), max=to.max)
        speed = asdict(estimated_speed(specs[name], find(REGION, to.machine)))
        changes = {"pool": pool.key, "cpu": machine.cpu, "memory_gib": machine.memory_gib, "min": to.min, "max": to.max}
        services = (replace(each, **changes, **speed) if each.name == name else each for each in of.services)
        of = replace(of, pools=(*of.pools, pool), services=tuple(services))
    return of


def served(of: Platform, work: Work) -> Outcome:
    """Returns what the requests of a month cost."""
    return simulate_requests(of, split(of, work, 0), 0)


def cells(name: str, of: Platform, jobs: Mapping[str, tuple[Work, float]]) -> Sequence[str]:
    """Returns the row of a choice: amounts in AED; of each month of jobs its bill by the static on-demand peak."""
    month = month_of_requests("conversation", CONVERSATIONS, 0, TOKENLESS)
    aed = served(of, month).aed
    code = served(of, month_of_requests("code", CODE, 0, TOKENLESS)).answers["assistant"]
    system = of.system_aed(month.length)
    both = [(replace(work, requests=month.requests), cost) for work, cost in jobs.values()]
    ratios = [(aed + system + cost) / static_on_demand(of, split(of, work, 0)) for work, cost in both]
    return name, f"{aed:,.0f}", f"{code.late / code.requests:.2%}", *(f"{each:.2f}" for each in ratios)


def main(names: Sequence[str]) -> None:
    """Prints the table."""
    months = {name: month_of_jobs(name) for name in names}
    jobs = {name: (work, simulate_jobs(former(), work, 0).aed) for name, work in months.items()}
    rows = [cells(name, on_machines(former(), moves), jobs) for name, moves in CHOICES.items()]
    print(table(("served models", "AED", "late requests for code", *names), rows))


if __name__ == "__main__":
    main(sys.argv[1:])
