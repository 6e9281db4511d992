"""What `falaj simulate --advise` finds of hours for `prod-uae`, for docs/simulation.md ("Hours that the search finds").

`python -m tests.project.advised_hours code:1.5e6:0 FILE=LOAD` searches the settings with a month of requests
(`PATTERN:REQUESTS:SEED`) and a month of jobs (`SAMPLE:SEED` or `FILE=LOAD`, as `tests.project.bill_gap`), and prints
the report of the command and the seconds of processor time. Of the settings, those are searched whose path begins with
`--only=PATH`; without it, those of `assistant` and of its pool. `--trials=N` and `--page=FILE` are as the command has
them; `--seeds=N` may be less than its 10. With `--later=HOURS` the requests of the days that the search does not see
come so many hours later.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from time import process_time

import numpy as np

from falaj.cli.common import out
from falaj.cli.simulate_advice import Advised, StackSource, laboratory_of, show_advice
from falaj.simulation.advice.advise import Effort, advise
from falaj.simulation.advice.attainable import attainable
from falaj.simulation.advice.held_out import split_days
from falaj.simulation.advice.limits import Limits
from falaj.simulation.advice.patch import patch
from falaj.simulation.experiments import split
from falaj.simulation.from_settings import platform
from falaj.simulation.month import simulate
from falaj.simulation.page import page
from falaj.simulation.traces.parts import request_rows
from falaj.simulation.work import Work
from tests.project.bill_gap import month as month_of_jobs
from tests.project.default_figures import STACK, today
from tests.project.default_months import WHOLE_TOKENLESS, month_of_requests
from tests.project.default_rows import ASSISTANT, GPU_POOL
from tests.unit.settings.stacks import ROOT, raw

FILE = f"Pulumi.{STACK}.yaml"
CONCERNED = (f"{'.'.join(GPU_POOL)}.", f"{'.'.join(ASSISTANT)}.")


def requests_of(name: str) -> Work:
    """Returns a month of requests by its name on the command line."""
    kind, amount, seed = name.split(":")
    return month_of_requests(kind, float(amount), int(seed), WHOLE_TOKENLESS)


def later(work: Work, hours: float) -> Work:
    """Returns the month whose requests of the days held out come so many hours later, in the day's turn."""
    parts, requests = split_days(work), work.requests
    if parts is None or requests is None or not hours:
        return work
    day, second = np.divmod(requests.at, 86_400.0)
    moved = np.isin(day, parts.held_out)
    at = np.where(moved, day * 86_400.0 + (second + hours * 3600) % 86_400.0, requests.at)
    return replace(work, requests=request_rows(requests, np.arange(len(at), dtype=np.int32), at))


def month(names: Sequence[str], hours: float) -> Work:
    """Returns a month of requests, and of jobs if there is a second name."""
    work = requests_of(names[0])
    if len(names) > 1:
        jobs = month_of_jobs(names[1])
        work = replace(work, jobs=jobs.jobs, sources=jobs.sources and (range(len(jobs.sources[0])), *jobs.sources))
    return later(work, hours)


def advised(work: Work, trials: int, seeds: int, only: tuple[str, ...]) -> Advised:
    """Returns the advice for the shipped stack."""
    text = (ROOT / FILE).read_text()
    lab = laboratory_of(StackSource(raw(STACK), text, FILE), attainable(work)[0], lambda of: platform(of, STACK))
    lab.choices = [choice for choice in lab.choices if choice.name.startswith(only)]
    advice = advise(lab, Limits(), Effort(trials, seeds, points=4))
    return Advised(advice, patch(text, FILE, advice.changes), 0)


def main(arguments: Sequence[str]) -> None:
    """Prints the report."""
    options: Mapping[str, str] = dict(each[2:].split("=", 1) for each in arguments if each.startswith("--"))
    work = month([each for each in arguments if not each.startswith("--")], float(options.get("later", 0)))
    only = (options["only"],) if "only" in options else CONCERNED
    found = advised(work, int(options.get("trials", 60)), int(options.get("seeds", 5)), only)
    show_advice(out, found)
    print(found.patch)
    print(f"{found.advice.simulated} months, {process_time():.0f} s of processor time")
    if "page" in options:
        of = today()
        Path(options["page"]).write_text(page(simulate(of, split(of, work, 0)), {}, found.advice, STACK))


if __name__ == "__main__":
    main(sys.argv[1:])
