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
    order = np.argsort(submit, kind="stable")
    rows, submit = rows[order], submit[order]
    return Jobs(
        submit,
        jobs.run[rows],
        jobs.gpus[rows],
        jobs.cpu[rows],
        jobs.memory_gib[rows],
        jobs.tenant[rows],
        jobs.interruptible[rows],
        jobs.deadline[rows] - jobs.submit[rows] + submit,
        jobs.tenants,
    )


def request_rows(requests: Requests, rows: "Indices", at: "Numbers") -> Requests:
    """Returns rows of requests at other times, in the order of these."""
    order = np.argsort(at, kind="stable")
    rows, at = rows[order], at[order]
    return replace(
        requests,
        at=at,
        prompt=requests.prompt[rows],
        generated=requests.generated[rows],
        seconds=requests.seconds[rows],
        service=requests.service[rows],
    )
