"""Traces in this project's own form: one table of jobs, or one of requests (docs/traces.md)."""

from collections.abc import Sequence
from difflib import get_close_matches
from math import inf, nan

import numpy as np

from falaj.finops.errors import BadInput
from falaj.simulation.traces.instants import moment
from falaj.simulation.traces.options import TraceOptions
from falaj.simulation.traces.parts import NOBODY, START
from falaj.simulation.traces.tables import Column, Kind, Table
from falaj.simulation.work import Jobs, Requests, Work

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
    submit, start = _times(table, SUBMIT)
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
    deadline = _deadlines(table, submit, start)
    jobs = Jobs(submit, run, gpus, cpu, memory, tenant, interruptible, deadline, tenants)
    return Work(moment(start) if start is not None else START, float(submit[-1]) + 1.0, jobs=jobs)


def read_requests(table: Table, options: TraceOptions) -> Work:
    """Returns the requests of a table. Raises `BadInput`."""
    _refuse_misspelt(table, REQUEST_COLUMNS)
    at, start = _times(table, AT)
    service, services = table.texts(SERVICE, NOBODY)
    requests = Requests(at, table.numbers(PROMPT), table.numbers(GENERATED), table.numbers(SECONDS), service, services)
    return Work(moment(start) if start is not None else START, float(at[-1]) + 1.0, requests=requests)


def _times(table: Table, column: Column) -> "tuple[np.ndarray, float | None]":
    """Returns the times since the start of the trace, and the start in seconds since 1970 if the times are dates."""
    dated = table.is_dated(column)
    times = table.moments(column, dated)
    table.require_ascending(column, times)
    if not dated:
        return times, None
    start = float(np.floor(times[0]))
    times -= start
    return times, start


def _deadlines(table: Table, submit: "np.ndarray", start: float | None) -> "np.ndarray":
    deadline = table.moments(DEADLINE, start is not None) - (start or 0.0)
    early = deadline <= submit
    if early.any():
        table.refuse(DEADLINE.name, int(np.argmax(early)), "after the job's submission")
    return deadline


def _or_per_gpu(table: Table, column: Column, gpus: "np.ndarray", per_gpu: float) -> "np.ndarray":
    """Returns a column; where it says nothing, an amount per GPU."""
    values = table.numbers(column)
    return np.where(np.isnan(values), gpus * per_gpu, values)


def _refuse_misspelt(table: Table, known: Sequence[str]) -> None:
    """Raises `BadInput` for a column that looks like another one. Further columns are not read."""
    free = [column for column in known if column not in table.types]
    for given in table.types:
        if given not in known and (meant := get_close_matches(given.lower(), free, 1, 0.8)):
            raise BadInput(table.file.label, f"has the column {given!r}; is {meant[0]!r} meant? Rename or remove it")
