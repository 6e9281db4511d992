"""What months of `prod-uae` cost whose work nobody had when its settings were chosen (docs/unseen-months.md).

`python -m tests.project.unseen_months ARRIVALS RUN_TIMES 0.02 [SPOT=SCALE ...]` simulates each month of `ARRIVALS` at
that load, once for each trace of spot capacity, or on machines that are always there: as shipped, and with a year's
reservation of the H100 that runs at all hours. A month takes some 20 seconds.

- ARRIVALS: CSV of `time`, `submit_gpu_job` and `submit_gpu_num`, the jobs and GPUs that were asked for in ten minutes,
  as S-Lab-System-Group/Lucid 9b9ba894 has it of Helios' cluster Venus (simulation/data/Venus/cluster_throughput.csv).
  Its list of jobs is not public any more, so each job's GPUs are drawn so that their sum is kept, 8 at most.
- RUN_TIMES: CSV of `runtime` in seconds, as alibaba/clusterdata has it of Philly (philly_runtime.csv); drawn from.
"""

from __future__ import annotations

import csv
import random
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from falaj.components.reference.markdown import table
from falaj.simulation.traces.options import TraceOptions
from falaj.simulation.traces.reading import read_spot, read_work
from falaj.simulation.work import SpotCapacity, Work
from tests.project.bill_gap import START
from tests.project.default_figures import of_stack
from tests.project.default_months import (
    CONVERSATIONS,
    DEADLINES,
    INTERRUPTIBLE,
    TENANTS,
    WHOLE_TOKENLESS,
    month_of_requests,
)
from tests.project.whole_months import HEAD, cells, figures

SIZES = (1, 2, 4, 8)
"""GPUs of a job: the largest machine of `prod-uae` has eight."""
SHORTEST, LONGEST = 10.0, 5 * 86400.0
"""Run times that are drawn, in seconds: jobs that failed at once say nothing of work."""
BOTH = ("bill", "by static", "by bound")
"""Columns that a reservation changes."""
RESERVED = {
    ("commitments",): [
        {
            "site": "azuae",
            "machine": "Standard_NC40ads_H100_v5",
            "count": 1,
            "option": "reserved_1y",
            "until": "2099-12-31",
        }
    ]
}
"""A year's reservation of the H100 that runs at all hours."""
SLACK = 2.0
"""A deadline is an hour and this many run times after the submission."""


def size(mean: float, draw: random.Random) -> int:
    """Returns one of the two sizes next to a mean, so that the mean is kept."""
    low = max(each for each in SIZES if each <= max(mean, SIZES[0]))
    high = min((each for each in SIZES if each >= mean), default=SIZES[-1])
    return high if high > low and draw.random() < (mean - low) / (high - low) else low


def jobs(rows: Sequence[dict[str, str]], run_times: Sequence[float], seed: str) -> Iterator[str]:
    """Yields the lines of a table of jobs (docs/traces.md) for the arrivals of a month."""
    draw = random.Random(seed)  # noqa: S311 - reproducible
    lines: list[tuple[datetime, str]] = []
    for row in rows:
        count, left = int(row["submit_gpu_job"]), int(row["submit_gpu_num"])
        for others in range(count - 1, -1, -1):
            gpus = size(left / (others + 1), draw)
            left = max(left - gpus, others)
            at = datetime.fromisoformat(f"{row['time']}+08:00") + timedelta(seconds=draw.uniform(0, 600))
            seconds = draw.choice(run_times)
            deadline = at + timedelta(hours=1, seconds=SLACK * seconds) if draw.random() < DEADLINES else ""
            tenant = draw.choices(list(TENANTS), list(TENANTS.values()))[0]
            may_stop = "true" if draw.random() < INTERRUPTIBLE else "false"
            lines.append((at, f"{at.isoformat()},{seconds:.0f},{gpus},{tenant},{may_stop},{deadline}"))
    yield "submit,run_seconds,gpus,tenant,interruptible,deadline"
    yield from (line for _, line in sorted(lines))


def months(arrivals: Path, run_times: Path, load: float) -> Iterator[tuple[str, Work]]:
    """Yields the months of the arrivals by their names. Raises `BadInput` if a table is malformed."""
    with run_times.open() as file:
        seconds = [value for row in csv.DictReader(file) if SHORTEST <= (value := float(row["runtime"])) <= LONGEST]
    with arrivals.open() as file:
        rows = list(csv.DictReader(file))
    requests = month_of_requests("conversation", CONVERSATIONS, 0, WHOLE_TOKENLESS).requests
    for name in sorted({row["time"][:7] for row in rows}):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "jobs.csv"
            path.write_text("\n".join(jobs([row for row in rows if row["time"][:7] == name], seconds, name)) + "\n")
            work = read_work(path, options=TraceOptions(month=START, load=load))
        yield name, replace(work, requests=requests)


def main(arguments: Sequence[str]) -> None:
    """Prints the table."""
    arrivals, run_times, load, *traces = arguments
    spots: dict[str, SpotCapacity | None] = {}
    for trace in traces:
        path, _, scale = trace.rpartition("=")
        spots[Path(path).stem] = read_spot(Path(path), scale=int(scale))
    rows = [
        row(name, label, replace(work, spot={"*": spot}) if spot else work)
        for name, work in months(Path(arrivals), Path(run_times), float(load))
        for label, spot in (spots or {"always there": None}).items()
    ]
    print(table((HEAD[0], "spot machines", *HEAD[2:], "late", *(f"{name}, reserved" for name in BOTH)), rows))


def row(name: str, label: str, work: Work) -> Sequence[str]:
    """Returns the row of a month: as shipped, and with a reservation of the H100, which changes the money only."""
    reserved = figures(of_stack(RESERVED), work)
    both = (f"{reserved.bill:,.0f}", f"{reserved.by_static:.2f}", f"{reserved.bill / reserved.bound:.2f}")
    return (*cells(name, label, figures(of_stack({}), work)), *both)


if __name__ == "__main__":
    main(sys.argv[1:])
