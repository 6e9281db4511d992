"""What lies between the bill of jobs and its lower bounds, by cause, for docs/defaults.md ("Jobs and their bound").

`python -m tests.project.bill_gap philly:1 gavel:1` simulates synthetic months of 5,000 GPU hours with these seeds on
`prod-uae`, and prints a row for each. `FILE=LOAD` replays a trace of jobs that docs/traces.md describes, with that
factor on the number of its jobs. A month takes up to 20 seconds of one core.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from falaj.components.reference.markdown import table
from falaj.simulation.bounds import clairvoyant, static_on_demand
from falaj.simulation.comparisons import WAIT_MINUTES
from falaj.simulation.jobs import simulate_jobs
from falaj.simulation.outcome import EVERY_TENANT, Cause
from falaj.simulation.traces import read_work, sample_work
from falaj.simulation.traces.options import TraceOptions
from falaj.simulation.traces.parts import START
from falaj.simulation.work import Work
from tests.project.default_figures import today
from tests.project.default_months import DEADLINES, INTERRUPTIBLE, TENANTS

GPU_HOURS = 5000.0
CAUSES = (Cause.WORK, Cause.STARTING, Cause.LOST, Cause.IDLE)
HEAD = (
    *("month", "bound", "whole pods", *(cause.value for cause in CAUSES), "bill"),
    *("by bound", "by whole pods", "by static on demand", "p95 wait, min"),
)


def month(name: str) -> Work:
    """Returns a month by its name on the command line: `SAMPLE:SEED` or `FILE=LOAD`. Raises `ValueError`."""
    file, is_trace, load = name.rpartition("=")
    if is_trace:
        return read_work(Path(file), options=TraceOptions(tenants=TENANTS, month=START, load=float(load)))
    kind, _, seed = name.partition(":")
    return sample_work(
        kind, int(seed), names=TENANTS, amount=GPU_HOURS, interruptible=INTERRUPTIBLE, deadlines=DEADLINES
    )


def cells(name: str, work: Work) -> Sequence[str]:
    """Returns the row of a month: amounts are in AED, of the machines of jobs alone."""
    outcome = simulate_jobs(today(), work, 0)
    parts = dict.fromkeys(Cause, 0.0)
    for charge in outcome.charges:
        parts[charge.cause] += charge.aed
    bounds = [
        clairvoyant(today(), work, WAIT_MINUTES * 60, whole_pods=whole_pods).parts["jobs"]
        for whole_pods in (False, True)
    ]
    static = static_on_demand(today(), work) - static_on_demand(today(), replace(work, jobs=None))
    amounts = (*bounds, *(parts[cause] for cause in CAUSES), outcome.aed)
    ratios = [outcome.aed / other for other in (*bounds, static)]
    wait = outcome.waits[EVERY_TENANT].p95 / 60
    label = Path(name.rpartition("=")[0]).name or name
    return label, *(f"{each:,.0f}" for each in amounts), *(f"{each:.2f}" for each in ratios), f"{wait:.0f}"


def main(names: Sequence[str]) -> None:
    """Prints the table."""
    print(table(HEAD, [cells(name, month(name)) for name in names]))


if __name__ == "__main__":
    main(sys.argv[1:])
