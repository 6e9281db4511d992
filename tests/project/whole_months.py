"""What whole months of `prod-uae` cost by their static on-demand peak and their bound, and how late their requests are,
for docs/defaults.md ("Whole months").

`python -m tests.project.whole_months philly:0 gavel:1 TRACE=0.2` simulates each month with the settings of `CHOICES`,
then the requests for code of `SEEDS`, by day and by night. Months are those of `bill_gap`, with requests. A month takes
up to 10 seconds of one core for each choice, the requests for code two or three minutes together.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path as File
from time import process_time
from typing import NamedTuple

from falaj.components.reference.markdown import table
from falaj.simulation.advice.choices import Path
from falaj.simulation.bounds import clairvoyant, static_on_demand
from falaj.simulation.comparisons import WAIT_MINUTES
from falaj.simulation.experiments import split
from falaj.simulation.month import simulate
from falaj.simulation.outcome import EVERY_TENANT
from falaj.simulation.platform_model import Platform
from falaj.simulation.serving import simulate_requests
from falaj.simulation.work import Work
from tests.project.bill_gap import month as month_of_jobs
from tests.project.default_figures import of_stack
from tests.project.default_months import CODE, CONVERSATIONS, WHOLE_TOKENLESS, month_of_requests
from tests.project.default_rows import ASSISTANT, BY_QUEUE, BY_REQUESTS, FORMER, GPU_POOL, INTENTS
from tests.project.served_hours import LATER_HOURS, later

SEEDS = (0, 1, 2)

ALWAYS: Mapping[Path, object] = {(*ASSISTANT, "min"): 2, (*ASSISTANT, "office_hours"): None}
ON_H100: Mapping[Path, object] = {(*INTENTS, "pool"): "gpu", (*GPU_POOL, "max"): 7}

CHOICES: Mapping[str, Mapping[Path, object]] = {
    "before": FORMER,
    "`intents-a` on a third of an A10": ALWAYS,
    "hours of `assistant`": ON_H100,
    "both, until 2026-11-30": BY_QUEUE,
    "and requests a second, until 2026-12-01": BY_REQUESTS,
    "and tokens of prompts, as shipped": {},
}


class Figures(NamedTuple):
    """A month, in AED, minutes and shares."""

    bill: float
    static: float
    bound: float
    wait_minutes: float
    missed: int
    late: float
    """Of the service with the most."""

    @property
    def by_static(self) -> float:
        """The bill by the static on-demand peak of the same settings."""
        return self.bill / self.static


def whole(name: str) -> Work:
    """Returns a month of jobs, by its name on the command line, with the requests."""
    requests = month_of_requests("conversation", CONVERSATIONS, 0, WHOLE_TOKENLESS).requests
    return replace(month_of_jobs(name), requests=requests)


def figures(of: Platform, work: Work) -> Figures:
    """Returns the figures of a month."""
    outcome = simulate(of, work, 0)
    divided = split(of, work, 0)
    return Figures(
        outcome.aed,
        static_on_demand(of, divided),
        clairvoyant(of, divided, WAIT_MINUTES * 60).aed,
        outcome.waits[EVERY_TENANT].p95 / 60,
        outcome.deadlines_missed,
        max(each.late / each.requests for each in outcome.answers.values() if each.requests),
    )


def late_code(of: Platform, seed: int, hours: float = 0.0) -> float:
    """Returns the share of `CODE` requests for code that are late, if they come so many hours later."""
    work = later(month_of_requests("code", CODE, seed, WHOLE_TOKENLESS), hours)
    answers = simulate_requests(of, split(of, work, 0), 0).answers["assistant"]
    return answers.late / answers.requests


def cells(name: str, label: str, found: Figures) -> Sequence[str]:
    """Returns the row of a month."""
    month = File(name.rpartition("=")[0]).name or name
    amounts = (f"{each:,.0f}" for each in (found.bill, found.static, found.bound))
    ratios = (f"{found.by_static:.2f}", f"{found.bill / found.bound:.2f}")
    return month, label, *amounts, *ratios, f"{found.wait_minutes:.0f}", f"{found.missed}", f"{found.late:.2%}"


HEAD = ("month", "settings", "bill", "static on demand", "bound", "by static", "by bound", "p95 wait, min", "missed")


def main(names: Sequence[str]) -> None:
    """Prints the tables."""
    platforms = {label: of_stack(changes) for label, changes in CHOICES.items()}
    months = {name: whole(name) for name in names}
    rows = [cells(name, label, figures(of, work)) for name, work in months.items() for label, of in platforms.items()]
    print(table((*HEAD, "late"), rows))
    late = [
        (label, *(f"{late_code(of, seed, hours):.2%}" for hours in (0.0, LATER_HOURS) for seed in SEEDS))
        for label, of in platforms.items()
    ]
    columns = (f"late{by}, seed {seed}" for by in ("", " by night") for seed in SEEDS)
    print(table(("settings", *columns), late))
    print(f"{process_time():.0f} s of processor time")


if __name__ == "__main__":
    main(sys.argv[1:])
