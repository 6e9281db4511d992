"""Compares the figures of the laboratory with those of the simulation, by seed and over all seeds."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random
from statistics import mean, stdev

from tests.lab.validation.figures import Figures, Run, figures
from tests.lab.validation.records import Record
from tests.lab.validation.scenario import Job
from tests.lab.validation.simulated import simulated

DRAWS = 10
"""Simulations of a run. A quota, a node or a queue that is free a moment earlier changes what follows, so one
simulation says little about one run."""

JITTER_SECONDS = 0.1
"""By how much submission and run time of each job differ between them at most: less than the laboratory's delays do."""


@dataclass(frozen=True)
class Compared:
    """A figure."""

    name: str
    real: float
    simulated: float
    """Mean of the draws."""
    spread: float
    """Standard deviation of the draws."""

    @property
    def difference(self) -> float:
        """By which share the simulation is above the laboratory."""
        return self.simulated / self.real - 1 if self.real else 0.0


def simulations(record: Record, scenario: Sequence[Job]) -> list[Run]:
    """Returns the draws of a run, with the submission times and the delays that were measured."""
    submitted = {job.name: job.submitted for job in record.run.jobs}
    real = [replace(job, submit=submitted[job.name]) for job in scenario]
    return [simulated(_moved(real, Random(draw)), record.delays) for draw in range(DRAWS)]  # noqa: S311


def compared(records: Sequence[Record], draws: Mapping[int, Sequence[Run]]) -> list[Compared]:
    """Returns the figures of runs together, to three decimals. `draws`: simulations by seed, as many of each."""
    real = figures([record.run for record in records])
    drawn = [figures(runs) for runs in zip(*(draws[record.seed] for record in records), strict=True)]
    return [
        Compared(name, *(round(value, 3) for value in (of(real), mean(values), stdev(values))))
        for name, of, values in _columns([real, *drawn])
    ]


def _columns(found: Sequence[Figures]) -> Iterator[tuple[str, Callable[[Figures], float], list[float]]]:
    of: dict[str, Callable[[Figures], float]] = {
        f"node-hours, {kind}": lambda row, kind=kind: row.node_hours.get(kind, 0.0)
        for kind in sorted({kind for row in found for kind in row.node_hours})
    }
    of |= {
        "node-hours": lambda row: row.all_node_hours,
        "cost, AED": lambda row: row.aed,
        "wait p50, s": lambda row: row.wait_p50,
        "wait p95, s": lambda row: row.wait_p95,
        "evictions": lambda row: row.evictions,
    }
    for name, read in of.items():
        yield name, read, [read(row) for row in found[1:]]


def _moved(scenario: Sequence[Job], random: Random) -> list[Job]:
    def near(seconds: float) -> float:
        return max(seconds + random.uniform(-JITTER_SECONDS, JITTER_SECONDS), 0.0)

    moved = [replace(job, submit=near(job.submit), run=near(job.run)) for job in scenario]
    return sorted(moved, key=lambda job: job.submit)
