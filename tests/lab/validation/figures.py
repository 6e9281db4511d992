"""What a run of the scenario took: node-hours, cost and waits. Pure; times are in seconds of the laboratory."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np


class NodeLife(NamedTuple):
    """A machine from its request to its removal."""

    pool: str
    machine: str
    capacity: str
    """`spot` or `on-demand`."""
    created: float
    deleted: float
    aed_per_hour: float


class JobLife(NamedTuple):
    """A job; `started` is the first time that all its pods ran."""

    name: str
    tenant: str
    submitted: float
    admitted: float
    started: float
    finished: float


@dataclass(frozen=True)
class Run:
    """All jobs and machines of a scenario."""

    jobs: Sequence[JobLife]
    nodes: Sequence[NodeLife]
    evictions: int
    """Times that running or starting jobs were sent back to their queue."""

    @property
    def waits(self) -> list[float]:
        """Seconds from the submission to the start of each job."""
        return [job.started - job.submitted for job in self.jobs]


@dataclass(frozen=True)
class Figures:
    """The figures that are compared."""

    node_hours: Mapping[str, float]
    """By machine type and capacity type, such as `g5.12xlarge spot`."""
    aed: float
    """Cost of all machines."""
    wait_p50: float
    wait_p95: float
    evictions: int

    @property
    def all_node_hours(self) -> float:
        """Node-hours of all machines."""
        return sum(self.node_hours.values())


def figures(runs: Sequence[Run]) -> Figures:
    """Returns the figures of one or more runs together: sums, and of waits the means of the runs' percentiles."""
    hours: dict[str, float] = defaultdict(float)
    aed = 0.0
    for node in (node for run in runs for node in run.nodes):
        lived = (node.deleted - node.created) / 3600
        hours[f"{node.machine} {node.capacity}"] += lived
        aed += lived * node.aed_per_hour
    p50, p95 = (float(value) for value in np.mean([np.percentile(run.waits, [50, 95]) for run in runs], axis=0))
    return Figures(dict(sorted(hours.items())), aed, p50, p95, sum(run.evictions for run in runs))
