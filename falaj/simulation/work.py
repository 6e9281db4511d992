"""A month of work: jobs, requests and spot capacity as columns of numbers. All times are seconds since its start."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]
    Indices = NDArray[np.int32]
    Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Jobs:
    """Jobs in the order of their submission; all columns have one length."""

    submit: "Numbers"
    run: "Numbers"
    """Seconds of computation on the GPUs, or vCPUs, that it asks for, without interruption."""
    gpus: "Numbers"
    """GPUs, a fraction allowed; 0 for jobs on processors."""
    cpu: "Numbers"
    memory_gib: "Numbers"
    tenant: "Indices"
    """Index into `tenants`."""
    interruptible: "Flags"
    """Whether it may run on spot machines and resumes from checkpoints."""
    deadline: "Numbers"
    """Time at which it must have ended; infinite without a deadline."""
    tenants: tuple[str, ...]


@dataclass(frozen=True)
class Requests:
    """Requests to served models in the order of their arrival."""

    at: "Numbers"
    prompt: "Numbers"
    """Tokens of the prompt; 0 for models without tokens."""
    generated: "Numbers"
    """Generated tokens; 0 for models without tokens."""
    seconds: "Numbers"
    """Measured seconds of service; NaN where the service's speed decides."""
    service: "Indices"
    """Index into `services`."""
    services: tuple[str, ...]


@dataclass(frozen=True)
class SpotCapacity:
    """Spot machines that a market offers over time: a step function per zone."""

    at: "Numbers"
    """Times of the steps, ascending, the first 0; a trace shorter than the month repeats."""
    machines: "NDArray[np.int32]"
    """Row per step, column per zone: machines that can be had and kept. Fewer than are in use are reclaimed."""
    length: float
    """Seconds after which the trace repeats."""


@dataclass(frozen=True)
class Work:
    """What a month brings."""

    start: datetime
    """Moment of second 0, with time zone."""
    length: float
    """Seconds of the month."""
    jobs: "Jobs | None" = None
    requests: "Requests | None" = None
    spot: Mapping[str, SpotCapacity] = field(default_factory=dict[str, SpotCapacity])
    """`PoolModel.key`, or `*` for all pools without their own -> capacity of spot machines (`spot_of`)."""
    sources: Sequence[Sequence[int]] = ()
    """For each trace that was fitted to the month, the day of the trace that each day of the month is taken from: equal
    numbers are the same day, or days from the same hours. Empty if every day is its own."""
    notes: Sequence[str] = ()
    """What was left out of a trace or supposed about it, in a sentence each, for the report."""

    @property
    def has_jobs(self) -> bool:
        """Whether there are jobs: without any, no queue matters."""
        return self.jobs is not None and len(self.jobs.submit) > 0

    def spot_of(self, key: str) -> SpotCapacity | None:
        """Returns the spot capacity of the pool with that key: its own trace, or that of all pools; None without."""
        return self.spot.get(key, self.spot.get("*"))
