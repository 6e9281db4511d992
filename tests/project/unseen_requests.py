"""How late requests are that nobody had when the served models of `prod-uae` were chosen, and what they cost
(docs/unseen-months.md).

`python -m tests.project.unseen_requests ARRIVALS RUN_TIMES TRACE ...` replays each trace at the loads of `LOADS`, as it
is and ten hours later, beside months of jobs (`unseen_months`, which has the first two files). A trace is a file that
`falaj simulate --work` reads, or a folder of clients' statistics (`client_requests`): `FOLDER` or `FOLDER=3,17,60` for
some of them. A row takes up to half a minute.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from falaj.components.reference.markdown import table
from falaj.simulation.advice.choices import Path as Setting
from falaj.simulation.platform_model import ServiceModel
from falaj.simulation.traces.month import fitted
from falaj.simulation.traces.options import TraceOptions
from falaj.simulation.traces.parts import request_rows
from falaj.simulation.traces.reading import read_work
from falaj.simulation.work import Requests, Work
from tests.project.bill_gap import START
from tests.project.client_requests import STEP, read_clients, requests_of
from tests.project.default_figures import of_stack
from tests.project.default_months import CODE, CONVERSATIONS, WHOLE_TOKENLESS, month_of_requests, together
from tests.project.default_rows import BY_REQUESTS
from tests.project.served_hours import LATER_HOURS, later
from tests.project.unseen_months import months
from tests.project.whole_months import Figures, figures

ASSISTANT_NAME = "assistant"
LOADS = (0.5, 1.0, 2.0)
"""Seconds of a replica that a month's requests to `assistant` take, by those of `CODE` requests for code."""
JOBS, JOBS_LOAD = ("2020-06", "2020-09"), 0.02
"""Months of jobs beside them: that with the smallest static fleet, and that with the largest bill."""
CHOICES: Mapping[str, Mapping[Setting, object]] = {
    "as shipped": {},
    "requests a second": BY_REQUESTS,
}
FIRST_DAY = START.replace(day=2)
"""A Monday: statistics of clients do not say on which day they begin."""
HEAD = ("requests", "jobs", "load", "settings", "number", "late", "late by night", "bill", "by static", "by bound")


def seconds_of(requests: Requests, service: ServiceModel) -> float:
    """Returns the seconds of a replica that requests take, with all of its slots in use."""
    per_token = 1 / (service.tokens_per_second * service.slots)
    return float((requests.prompt / service.prompt_tokens_per_second + requests.generated * per_token).sum())


def month_of(trace: str, load: float, service: ServiceModel) -> Work:
    """Returns a month of requests of a trace that takes `load` times the seconds of `CODE` requests for code."""
    code = month_of_requests("code", CODE, 0, {}).requests
    assert code is not None
    folder, _, numbers = trace.partition("=")
    wanted = load * seconds_of(code, service)
    if not Path(folder).is_dir():
        once = read_work(Path(trace), options=TraceOptions(month=START, load=0.2, services={ASSISTANT_NAME: 1.0}))
        assert once.requests is not None
        factor = 0.2 * wanted / seconds_of(once.requests, service)
        return read_work(Path(trace), options=TraceOptions(month=START, load=factor, services={ASSISTANT_NAME: 1.0}))
    clients = read_clients(Path(folder), [int(each) for each in numbers.split(",") if each])
    length = len(clients[0].rates) * STEP
    factor, work = 1e4 / sum(float(client.rates.sum()) * STEP for client in clients), Work(FIRST_DAY, length)
    for _ in range(2):
        at, prompt, generated = requests_of(clients, factor, np.random.default_rng(0))
        unknown, nobody = np.full(len(at), np.nan), np.zeros(len(at), np.int32)
        found = Requests(at, prompt, generated, unknown, nobody, (ASSISTANT_NAME,))
        work = fitted(Work(FIRST_DAY, length, requests=found), TraceOptions(month=START))
        assert work.requests is not None
        factor *= wanted / seconds_of(work.requests, service)
    return work


def rows(trace: str, jobs: Mapping[str, Work]) -> Iterator[Sequence[str]]:
    """Yields the rows of a trace."""
    platforms = {label: of_stack(changes) for label, changes in CHOICES.items()}
    (service,) = (each for each in platforms["as shipped"].services if each.name == ASSISTANT_NAME)
    others = month_of_requests("conversation", CONVERSATIONS, 0, WHOLE_TOKENLESS).requests
    assert others is not None
    for load in LOADS:
        requests = month_of(trace, load, service).requests
        assert requests is not None
        every = together([requests, *_parts(others)])
        for name, month in jobs.items():
            for label, of in platforms.items():
                found = [figures(of, later(replace(month, requests=every), hours)) for hours in (0.0, LATER_HOURS)]
                yield trace, name, f"{load:g}", label, f"{len(requests.at):,}", *_cells(found)


def _parts(requests: Requests) -> Iterator[Requests]:
    """Yields the requests of each service but `assistant`."""
    for number, name in enumerate(requests.services):
        if name != ASSISTANT_NAME:
            rows = np.flatnonzero(requests.service == number).astype(np.int32)
            part = request_rows(requests, rows, requests.at[rows])
            yield replace(part, service=part.service * 0, services=(name,))


def _cells(found: Sequence[Figures]) -> Sequence[str]:
    """Returns the cells of a month by day and by night."""
    late = (f"{each.late:.2%}" for each in found)
    bills = " / ".join(f"{each.bill:,.0f}" for each in found)
    by_static = " / ".join(f"{each.by_static:.2f}" for each in found)
    return (*late, bills, by_static, " / ".join(f"{each.bill / each.bound:.2f}" for each in found))


def main(arguments: Sequence[str]) -> None:
    """Prints the table."""
    arrivals, run_times, *traces = arguments
    found = {name: work for name, work in months(Path(arrivals), Path(run_times), JOBS_LOAD) if name in JOBS}
    print(table(HEAD, [row for trace in traces for row in rows(trace, found)]))


if __name__ == "__main__":
    main(sys.argv[1:])
