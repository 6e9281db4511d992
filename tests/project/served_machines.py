"""What `assistant` costs on an L40S of AWS instead of an H100 of Azure, and how late its requests are, for
docs/simulation.md ("Served models on other machines").

`python -m tests.project.served_machines philly:0 gavel:0` simulates each of `CHOICES`: a month of conversations,
whose bill counts, and requests for code, which may be late, by day and by night; and for each month of jobs the bill by
the static on-demand peak. A replica takes a whole machine. A choice takes about a minute of one core, and a month of
jobs up to 20 seconds more.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace

from falaj.components.reference.markdown import table
from falaj.simulation.advice.choices import Path
from falaj.simulation.experiments import split
from falaj.simulation.platform_model import Platform
from falaj.simulation.serving import simulate_requests
from falaj.simulation.work import Work
from tests.project.bill_gap import month as month_of_jobs
from tests.project.default_figures import of_stack
from tests.project.default_months import CODE, CONVERSATIONS, WHOLE_TOKENLESS, month_of_requests
from tests.project.default_rows import ASSISTANT
from tests.project.served_hours import LATER_HOURS, later
from tests.project.whole_months import figures

SERVICE, POOL = ASSISTANT[:-1], "assistant"
"""The settings of the service, and the pool of its machines."""
LARGEST: Mapping[str, int] = {"cpu": 3, "memory_gib": 24}
"""The pod on a g6e.xlarge, which has 4 vCPU and 32 GiB."""


def on_l40s(least: int, by_hours: int | None, most: int, target: int) -> Mapping[Path, object]:
    """Returns the changes that serve `assistant` on g6e.xlarge: its replicas by night, in office hours and at most, and
    the tokens of prompts a second of each above which another one is added."""
    serving = {
        **LARGEST,
        "pool": POOL,
        "min": least,
        "max": most,
        "office_hours": {"min": by_hours, "opens": "07:30", "closes": "19:30"} if by_hours else None,
    }
    return {
        (*SERVICE, "site"): "awsuae",
        **{(*ASSISTANT, key): value for key, value in serving.items()},
        (*ASSISTANT, "load", "target"): target,
        ("sites", "awsuae", "pools", POOL): {
            "profile": "inference-gpu", "machines": ["g6e.xlarge"], "max": most + 2, "tenant": "retail-banking"
        },
    }  # fmt: skip


CHOICES: Mapping[str, Mapping[Path, object]] = {
    "H100: one, two in office hours; as shipped": {},
    "L40S: five at all times": on_l40s(5, None, 5, 512),
    "L40S: four, five in office hours, `max: 5`, target 512": on_l40s(4, 5, 5, 512),
    "L40S: two, four in office hours, `max: 6`, target 256": on_l40s(2, 4, 6, 256),
    "L40S: two, three in office hours, `max: 6`, target 256": on_l40s(2, 3, 6, 256),
    "L40S: two at all times, `max: 8`, target 512": on_l40s(2, None, 8, 512),
}


def cells(label: str, of: Platform, jobs: Mapping[str, Work]) -> Sequence[str]:
    """Returns the row of a choice: AED of the served models, late requests, and each month's bill by static."""
    conversations = month_of_requests("conversation", CONVERSATIONS, 0, WHOLE_TOKENLESS)
    code = month_of_requests("code", CODE, 0, WHOLE_TOKENLESS)
    row = [label, f"{simulate_requests(of, split(of, conversations, 0), 0).aed:,.0f}"]
    for hours in (0.0, LATER_HOURS):
        found = simulate_requests(of, split(of, later(code, hours), 0), 0)
        answers = found.answers["assistant"]
        row += [f"{found.aed:,.0f}", f"{answers.late / answers.requests:.2%}"]
    months = (figures(of, replace(work, requests=conversations.requests)) for work in jobs.values())
    return *row, *(f"{month.by_static:.2f}" for month in months)


def main(names: Sequence[str]) -> None:
    """Prints the table."""
    jobs = {name: month_of_jobs(name) for name in names}
    head = ("served models", "conversations, AED", "code, AED", "late", "code by night, AED", "late by night")
    print(table((*head, *names), [cells(label, of_stack(changes), jobs) for label, changes in CHOICES.items()]))


if __name__ == "__main__":
    main(sys.argv[1:])
