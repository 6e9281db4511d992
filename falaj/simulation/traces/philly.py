"""Traces of Microsoft's Philly clusters: `cluster_job_log` of msr-fiddle/philly-traces (its README, commit 29a1b87).

A JSON list of jobs with `status`, `vc`, `jobid`, `submitted_time`, `user` and `attempts`; each attempt has
`start_time`, `end_time` and `detail`, the machines with their GPUs. Times have no zone and are read as UTC. A job's run
time is that of all its attempts; attempts without start or end, and jobs without any other, are left out. Its tenant is
`vc`.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from falaj.finops.errors import BadInput
from falaj.simulation.traces.instants import instant
from falaj.simulation.traces.job_list import Job, JobList
from falaj.simulation.traces.json_values import items, mapping, read_json, text
from falaj.simulation.traces.options import TraceOptions
from falaj.simulation.traces.parts import NOBODY, START
from falaj.simulation.traces.sample_facts import JOB_FACTS
from falaj.simulation.traces.tables import Column, Table
from falaj.simulation.work import Jobs, Work

LEFT_OUT = "no attempt has a start, an end and GPUs"
NONE = (None, "", "None")
"""How the log writes a time that was not recorded."""
DAYS = 137
"""Days of the trace: jobs were submitted from 2017-08-07 to 2017-12-22 (its README)."""


def read_log(path: Path, options: TraceOptions) -> Work:
    """Returns the jobs of a log. Raises `BadInput`."""
    entries = read_json(path)
    if not isinstance(entries, list):
        raise BadInput(str(path), "is not a list of jobs")
    found = JobList()
    for number, entry in enumerate(entries):
        where = f"{path}: [{number}]"
        job = mapping(entry, where)
        submit = instant(job.get("submitted_time"), f"{where}: submitted_time", needs_zone=False)
        run, gpus = _computed(items(job, "attempts", where), where)
        if run <= 0 or gpus == 0:
            found.left_out += 1
            continue
        cpu, memory = gpus * options.cpu_per_gpu, gpus * options.memory_gib_per_gpu
        found.jobs.append(Job(submit, run, gpus, cpu, memory, text(job, "vc", where), options.interruptible))
    return found.work(str(path), LEFT_OUT)


def _computed(attempts: Sequence[Any], where: str) -> tuple[float, int]:
    """Returns the seconds of all attempts, and the GPUs of the largest."""
    total, most = 0.0, 0
    for number, entry in enumerate(attempts):
        at = f"{where}.attempts[{number}]"
        attempt = mapping(entry, at)
        if attempt.get("start_time") in NONE or attempt.get("end_time") in NONE:
            continue
        start, end = (instant(attempt[key], f"{at}: {key}", needs_zone=False) for key in ("start_time", "end_time"))
        if end < start:
            raise BadInput(f"{at}: end_time", f"{attempt['end_time']} is before the start, {attempt['start_time']}")
        total += end - start
        most = max(most, sum(_gpus(machine, f"{at}.detail") for machine in items(attempt, "detail", at)))
    return total, most


def _gpus(machine: object, where: str) -> int:
    of: Mapping[str, Any] = mapping(machine, where)
    return len(items(of, "gpus", where))


RUNTIME = Column("runtime")


def read_runtimes(table: Table, options: TraceOptions) -> Work:
    """Returns jobs with the running times of a list, one column `runtime` in seconds. The list has no more: the jobs
    are submitted at random over the days of the trace, and have GPUs by shares of `sample_facts`. Raises `BadInput`.
    """
    run = table.numbers(RUNTIME)
    chance = np.random.default_rng(options.seed)
    left_out = int((run == 0).sum())
    run = chance.permutation(run[run > 0])
    if not len(run):
        raise BadInput(table.file.label, "has only jobs that ran for 0 seconds")
    count, length = len(run), DAYS * 86400.0
    sizes = JOB_FACTS["philly"].gpus
    shares = np.array(list(sizes.values()))
    gpus = chance.choice(np.array(list(sizes)), count, p=shares / shares.sum()).astype(np.float64)
    jobs = Jobs(
        np.sort(chance.uniform(0.0, length, count)),
        run,
        gpus,
        gpus * options.cpu_per_gpu,
        gpus * options.memory_gib_per_gpu,
        np.zeros(count, np.int32),
        np.full(count, options.interruptible),
        np.full(count, np.inf),
        (NOBODY,),
    )
    notes = ["The list has run times only: submission is uniform over 137 days, GPUs follow published shares."]
    if left_out:
        notes.append(f"{left_out} entries of the trace were left out: they ran for 0 seconds.")
    return Work(START, length, jobs=jobs, notes=notes)
