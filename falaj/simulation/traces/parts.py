"""What readers of traces share: the default start, names for what has none, and rows of jobs and requests."""

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

import numpy as np

from falaj.components.core.tenancy.spend_quota import DUBAI
from falaj.simulation.work import Jobs, Requests

if TYPE_CHECKING:
    from falaj.simulation.work import Indices, Numbers

START = datetime(2026, 11, 1, tzinfo=DUBAI)
"""Moment of second 0 of a trace whose times are seconds."""
NOBODY = ""
"""Name of the tenant or service where a trace has none."""
MOST = 200_000_000
"""Jobs or requests of a trace or a month at most: their columns take 40 bytes each."""


def job_rows(jobs: Jobs, rows: "Indices", submit: "Numbers") -> Jobs:
    """Returns rows of jobs at other times, in the order of these; deadlines move along."""
    chosen, submit = _in_order(rows, submit)
    return Jobs(
        submit,
        jobs.run[chosen],
        jobs.gpus[chosen],
        jobs.cpu[chosen],
        jobs.memory_gib[chosen],
        jobs.tenant[chosen],
        jobs.interruptible[chosen],
        jobs.deadline[chosen] - jobs.submit[chosen] + submit,
        jobs.tenants,
    )


def request_rows(requests: Requests, rows: "Indices", at: "Numbers") -> Requests:
    """Returns rows of requests at other times, in the order of these."""
    chosen, at = _in_order(rows, at)
    return replace(
        requests,
        at=at,
        prompt=requests.prompt[chosen],
        generated=requests.generated[chosen],
        seconds=requests.seconds[chosen],
        service=requests.service[chosen],
    )


def _in_order(rows: "Indices", times: "Numbers") -> "tuple[Indices | slice, Numbers]":
    """Returns rows in the order of their times, and the times. Rows that follow one another are a slice, which copies
    nothing: a month of 50 million requests has 2 GB.
    """
    if (times[1:] < times[:-1]).any():
        order = np.argsort(times, kind="stable")
        rows, times = rows[order], times[order]
    if len(rows) and (rows[1:] == rows[:-1] + 1).all():
        return slice(int(rows[0]), int(rows[-1]) + 1), times
    return rows, times
