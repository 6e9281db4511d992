"""Jobs that a reader collects one by one, in any order."""

from dataclasses import dataclass, field
from math import inf
from typing import NamedTuple

import numpy as np

from falaj.finops.errors import BadInput
from falaj.simulation.traces.instants import moment
from falaj.simulation.work import Jobs, Work


class Job(NamedTuple):
    """A job of a trace."""

    submit: float
    """Seconds since 1970."""
    run: float
    gpus: float
    cpu: float
    memory_gib: float
    tenant: str
    interruptible: bool
    deadline: float = inf
    """Seconds since 1970."""


@dataclass
class JobList:
    """Jobs, and how many entries of a trace are none because they have not computed."""

    jobs: list[Job] = field(default_factory=list[Job])
    left_out: int = 0

    def work(self, where: str, reason: str, end: float = 0.0) -> Work:
        """Returns the jobs in the order of submission, of a trace that ends with the last of them or at `end`, if that
        is later. `reason` says why the others were left out. Raises `BadInput` if there is none.
        """
        if not self.jobs:
            raise BadInput(where, f"has no jobs; {self.left_out} entries were left out: {reason}")
        columns = list(zip(*sorted(self.jobs, key=lambda job: job.submit), strict=True))
        submit, run, gpus, cpu, memory = (np.array(column, np.float64) for column in columns[:5])
        tenants = tuple(sorted(set(columns[5])))
        position = {tenant: index for index, tenant in enumerate(tenants)}
        tenant = np.array([position[each] for each in columns[5]], np.int32)
        start = float(np.floor(submit[0]))
        interruptible, deadline = np.array(columns[6], np.bool_), np.array(columns[7], np.float64)
        jobs = Jobs(submit - start, run, gpus, cpu, memory, tenant, interruptible, deadline - start, tenants)
        notes = (f"{self.left_out} entries of the trace were left out: {reason}.",) if self.left_out else ()
        length = max(float(jobs.submit[-1]) + 1.0, end - start)
        return Work(moment(start), length, jobs=jobs, notes=notes)
