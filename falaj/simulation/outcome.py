"""What a simulated month costs and how long its work waits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

from falaj.finops.commitments import CommitmentMonth

EVERY_TENANT = "*"
"""Key of the waits of all tenants together (`Outcome.waits`)."""


class Cause(Enum):
    """What a machine's time was spent on."""

    WORK = "work"
    """Computation that counted."""
    LOST = "lost"
    """Computation since the last checkpoint before an interruption, checkpoints, and restarts."""
    STARTING = "starting"
    """Nodes that start, replicas that load, and capacity that waits for the rest of a gang."""
    IDLE = "idle"
    """Machines, or parts of machines, without work."""
    SYSTEM = "system"
    """Charges that do not follow the work."""
    COMMITMENT = "commitments"
    """The price of commitments less the on-demand price of the hours that they cover: negative if they save."""


@dataclass(frozen=True)
class Charge:
    """Money by tenant, profile and cause."""

    tenant: str | None
    """None for what no tenant's work caused."""
    profile: str
    cause: Cause
    aed: float


@dataclass(frozen=True)
class Waits:
    """Time from submission to the start of computation, in seconds, of the jobs that started in the month."""

    jobs: int
    p50: float
    p95: float
    max: float
    unfinished: int = 0
    """Jobs that had not ended at the end of the month."""


@dataclass(frozen=True)
class Answers:
    """Requests of a service."""

    requests: int
    late: int
    """Requests whose first token came later than the service promises."""
    p50: float
    """Seconds until the first token."""
    p95: float
    replica_hours: float


@dataclass(frozen=True)
class Hour:
    """Machines of one hour, on average, for the picture of the month. GPU machines are counted in GPUs."""

    used: float
    idle: float
    spot: float
    on_demand: float
    waiting: float
    """GPUs, or vCPUs, that waiting jobs ask for."""


@dataclass(frozen=True)
class Outcome:
    """A simulated month."""

    charges: Sequence[Charge]
    waits: Mapping[str, Waits] = field(default_factory=dict[str, Waits])
    """By tenant, and of all under `EVERY_TENANT`."""
    answers: Mapping[str, Answers] = field(default_factory=dict[str, Answers])
    """By service."""
    deadlines: int = 0
    deadlines_missed: int = 0
    interruptions: int = 0
    gpu_hours_paid: float = 0.0
    gpu_hours_used: float = 0.0
    node_hours: Mapping[str, float] = field(default_factory=dict[str, float])
    """By `PoolModel.key`, spot and on-demand apart: `awsuae/gpuspot spot`."""
    hours: Mapping[str, Sequence[Hour]] = field(default_factory=dict[str, Sequence[Hour]])
    """By `PoolModel.key`."""
    on_demand: Mapping[tuple[str, str], Sequence[tuple[float, float]]] = field(
        default_factory=dict[tuple[str, str], Sequence[tuple[float, float]]]
    )
    """Site and machine type -> begin and end, in seconds, of each machine that was paid on demand."""
    commitments: Sequence[CommitmentMonth] = ()
    """What each commitment costs and saves, in AED."""
    warnings: Sequence[str] = ()
    """What of the work could not be simulated as given, in a sentence each, for the report."""

    @property
    def aed(self) -> float:
        """The whole month in AED."""
        return sum(charge.aed for charge in self.charges)

    @property
    def gpu_utilisation(self) -> float | None:
        """Share of the paid GPU hours that computed something that counted; None without GPUs."""
        return self.gpu_hours_used / self.gpu_hours_paid if self.gpu_hours_paid else None
