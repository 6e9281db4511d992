"""Traces in this project's own form: one table of jobs, or one of requests (docs/traces.md)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches
from math import inf, nan
from typing import TYPE_CHECKING

import numpy as np

from falaj.finops.errors import BadInput
from falaj.simulation.traces.instants import EARLIEST, moment
from falaj.simulation.traces.options import TraceOptions
from falaj.simulation.traces.parts import NOBODY, START
from falaj.simulation.traces.tables import Column, Kind, Table
from falaj.simulation.work import Jobs, Requests, Work

if TYPE_CHECKING:
    from falaj.simulation.work import Numbers

SUBMIT = Column("submit", Kind.MOMENT)
RUN = Column("run_seconds", is_above=True)
GPUS = Column("gpus", default=0.0)
CPU = Column("cpu", default=nan)
MEMORY = Column("memory_gib", default=nan)
INTERRUPTIBLE = Column("interruptible", Kind.FLAG, default=nan)
DEADLINE = Column("deadline", Kind.MOMENT, default=inf)
TENANT = "tenant"
JOB_COLUMNS = (*(column.name for column in (SUBMIT, RUN, GPUS, CPU, MEMORY)), TENANT, "interruptible", "deadline")

AT = Column("at", Kind.MOMENT)
PROMPT = Column("prompt_tokens", default=0.0)
GENERATED = Column("generated_tokens", default=0.0)
SECONDS = Column("seconds", default=nan)
SERVICE = "service"
REQUEST_COLUMNS = (*(column.name for column in (AT, PROMPT, GENERATED, SECONDS)), SERVICE)


def read_jobs(table: Table, options: TraceOptions) -> Work:
    """Returns the jobs of a table. Raises `BadInput`."""
    _refuse_misspelt(table, JOB_COLUMNS)
    times = _times(table, SUBMIT)
    submit = times.since_start
    run, gpus = table.numbers(RUN), table.numbers(GPUS)
    cpu = _or_per_gpu(table, CPU, gpus, options.cpu_per_gpu)
    memory = _or_per_gpu(table, MEMORY, gpus, options.memory_gib_per_gpu)
    idle = (gpus == 0) & (cpu == 0)
    if idle.any():
        given = [column.name for column in (CPU, GPUS) if column.name in table.types]
        table.require(given or [GPUS.name])
        table.refuse(
            given[0], int(np.argmax(idle)), "a number greater than 0, which a job without GPUs needs as its `cpu`"
        )
    interruptible = table.numbers(INTERRUPTIBLE)
    interruptible = np.where(np.isnan(interruptible), options.interruptible, interruptible).astype(np.bool_)
    tenant, tenants = table.texts(TENANT, NOBODY)
    deadline = _deadlines(table, times)
    jobs = Jobs(submit, run, gpus, cpu, memory, tenant, interruptible, deadline, tenants)
    return Work(times.first_moment, float(submit[-1]) + 1.0, jobs=jobs)


def read_requests(table: Table, options: TraceOptions) -> Work:
    """Returns the requests of a table. Raises `BadInput`."""
    _refuse_misspelt(table, REQUEST_COLUMNS)
    times = _times(table, AT)
    at = times.since_start
    service, services = table.texts(SERVICE, NOBODY)
    requests = Requests(at, table.numbers(PROMPT), table.numbers(GENERATED), table.numbers(SECONDS), service, services)
    return Work(times.first_moment, float(at[-1]) + 1.0, requests=requests)


@dataclass(frozen=True)
class Times:
    """When rows happen."""

    since_start: "Numbers"
    """Seconds since the start of the trace."""
    is_dated: bool
    """Whether the table has dates, as opposed to seconds."""
    start: float
    """Start of the trace in seconds since 1970; 0 if its seconds are none of these."""

    @property
    def first_moment(self) -> datetime:
        """The start; that of the default month if the trace does not say."""
        return moment(self.start) if self.start else START


def _times(table: Table, column: Column) -> Times:
    """Returns the times of a column. Seconds that would be in the years of measurements are seconds since 1970."""
    is_dated = table.is_dated(column)
    times = table.moments(column, is_dated)
    table.require_ascending(column, times)
    start = float(np.floor(times[0])) if times[0] >= EARLIEST else 0.0
    times -= start
    return Times(times, is_dated, start)


def _deadlines(table: Table, submit: Times) -> "Numbers":
    deadline = table.moments(DEADLINE, submit.is_dated) - submit.start
    early = deadline <= submit.since_start
    if early.any():
        table.refuse(DEADLINE.name, int(np.argmax(early)), "after the job's submission")
    return deadline


def _or_per_gpu(table: Table, column: Column, gpus: "Numbers", per_gpu: float) -> "Numbers":
    """Returns a column; where it says nothing, an amount per GPU."""
    values = table.numbers(column)
    return np.where(np.isnan(values), gpus * per_gpu, values)


def _refuse_misspelt(table: Table, known: Sequence[str]) -> None:
    """Raises `BadInput` for a column that looks like another one. Further columns are not read."""
    free = [column for column in known if column not in table.types]
    for given in table.types:
        if given not in known and (meant := get_close_matches(given.lower(), free, 1, 0.8)):
            raise BadInput(table.file.label, f"has the column {given!r}; is {meant[0]!r} meant? Rename or remove it")
