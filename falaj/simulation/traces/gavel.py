"""Traces of Gavel's simulator (stanford-futuredata/gavel, scheduler/utils.py: `parse_trace`, commit 05786c3).

Lines of fields between tabs, without a header. Older traces have seven: job type, command, argument of steps, needs
data, steps, arrival, scale factor. Later ones have nine or ten: job type, command (working directory), argument of
steps, needs data, steps, scale factor, priority weight, SLO, arrival. The scale factor is the number of GPUs; lines
with 0 are left out, as there. A run time is the steps by the job type's throughput on a V100, which Gavel measured
(`simulation_throughputs.json`): that of its GPUs, or one GPU's times the GPUs where its own was not measured. The SLO
is the deadline as a multiple of the run time (scheduler.py).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import inf
from pathlib import Path
from typing import Any

from falaj.finops.errors import BadInput, shown
from falaj.simulation.traces.job_list import Job, JobList
from falaj.simulation.traces.json_values import mapping, number, read_json, read_lines
from falaj.simulation.traces.options import TraceOptions
from falaj.simulation.traces.parts import NOBODY, START
from falaj.simulation.work import Work

MACHINE = "v100"
FILE = "simulation_throughputs.json"
MOST_STEPS, MOST_SECONDS, MOST_GPUS = 1e15, 1e10, 10_000
LEFT_OUT = "their scale factor is 0"


@dataclass(frozen=True)
class Fields:
    """Positions of what is read in a line."""

    steps: int
    arrival: int
    gpus: int
    slo: int | None = None


LAYOUTS: Mapping[int, Fields] = {7: Fields(4, 5, 6), 9: Fields(4, 8, 5, 7), 10: Fields(5, 9, 6, 8)}
"""Number of fields of a line -> their positions."""


def read_trace(path: Path, options: TraceOptions) -> Work:
    """Returns the jobs of a trace. Raises `BadInput`."""
    speeds = _throughputs(options.throughputs or path.with_name(FILE))
    start, found = START.timestamp(), JobList()
    for index, line in enumerate(read_lines(path).splitlines(), start=1):
        if line.strip():
            _add(found, line, f"{path}: line {index}", speeds, start, options)
    return found.work(str(path), LEFT_OUT)


def _add(found: JobList, line: str, where: str, speeds: Mapping[str, Any], start: float, options: TraceOptions) -> None:
    values = line.split("\t")
    if (fields := LAYOUTS.get(len(values))) is None:
        raise BadInput(where, f"has {len(values)} fields between tabs; 7, 9 or 10 are expected")
    gpus = int(number(values[fields.gpus], f"{where}: scale factor", 0, MOST_GPUS))
    steps = number(values[fields.steps], f"{where}: steps", 0, MOST_STEPS)
    arrival = number(values[fields.arrival], f"{where}: arrival", 0, MOST_SECONDS)
    if gpus == 0:
        found.left_out += 1
        return
    run = max(steps / _speed(speeds, values[0], gpus, where), 1.0)
    slo = number(values[fields.slo], f"{where}: SLO", -inf, MOST_SECONDS) if fields.slo else 0.0
    deadline = start + arrival + slo * run if slo > 0 else inf
    cpu, memory = gpus * options.cpu_per_gpu, gpus * options.memory_gib_per_gpu
    found.jobs.append(Job(start + arrival, run, gpus, cpu, memory, NOBODY, options.interruptible, deadline))


def _throughputs(path: Path) -> Mapping[str, Any]:
    if not path.is_file():
        sentence = f"is not there; a trace of Gavel needs it for its run times: put Gavel's {FILE} beside the trace"
        raise BadInput(str(path), sentence)
    return mapping(mapping(read_json(path), str(path)).get(MACHINE), f"{path}: {MACHINE}")


def _speed(speeds: Mapping[str, Any], job_type: str, gpus: int, where: str) -> float:
    """Returns steps per second of a job."""
    for of, factor in ((gpus, 1), (1, gpus)):
        measured = speeds.get(f"('{job_type}', {of})")
        if isinstance(measured, dict):
            return number(measured.get("null"), f"{where}: throughput of {job_type!r}", 1e-9, 1e9) * factor
    raise BadInput(where, f"{shown(job_type)} is no job type of {FILE}")
