"""How a trace is fitted to a stack and to a month."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from math import inf, isfinite
from pathlib import Path

from falaj.finops.errors import BadInput, shown


@dataclass(frozen=True)
class TraceOptions:
    """What a trace does not say, and which part of it is replayed how."""

    tenants: Mapping[str, float] = field(default_factory=dict[str, float])
    """Tenants of the stack and their shares. Jobs of other tenants, or of none, are dealt out to them by these
    shares. Empty: the names of the trace."""
    services: Mapping[str, float] = field(default_factory=dict[str, float])
    """The same for requests: services of the stack and their shares."""
    renamed: Mapping[str, str] = field(default_factory=dict[str, str])
    """Name of a tenant or service in the trace -> its name in the stack."""
    load: float = 1.0
    """Factor of the number of jobs and requests: the copies of one come at other moments near it."""
    pace: float = 1.0
    """Factor of the speed at which they arrive. What they compute does not change."""
    skip: float = 0.0
    """Seconds of the trace that are left out at its beginning."""
    length: float | None = None
    """Seconds of the trace that are used; None for all."""
    month: datetime | None = None
    """First moment of the month to which the trace is fitted: cut if it is longer, repeated by days or hours if it
    is shorter. None replays it as it is."""
    seed: int = 0
    """Seed of every random choice."""
    interruptible: bool = True
    """Whether jobs may be interrupted."""
    cpu_per_gpu: float = 3.0
    """vCPUs of a job per GPU. 3 of the 4 vCPUs of the smallest machines with a GPU are left to pods."""
    memory_gib_per_gpu: float = 12.0
    """Memory of a job in GiB per GPU: 12 of the 16 GiB of these machines."""
    throughputs: Path | None = None
    """Gavel's `simulation_throughputs.json`; None for the file of that name beside the trace."""


LIMITS: Mapping[str, tuple[float, float]] = {
    "load": (1e-6, 1e4),
    "pace": (1e-6, 1e6),
    "skip": (0, 1e10),
    "length": (1, 1e10),
    "seed": (0, 2**63),
    "cpu_per_gpu": (0, 1e4),
    "memory_gib_per_gpu": (0, 1e5),
}
"""Option -> its least and greatest value."""


def check_options(options: TraceOptions) -> None:
    """Raises `BadInput` for an option that is out of its limits."""
    for name, (least, most) in LIMITS.items():
        value = getattr(options, name)
        if value is not None and not least <= value <= most:
            raise BadInput(name, f"{shown(value)} is not a number from {least:g} to {most:g}")
    for name, share in _shares(options):
        if not (isfinite(share) and 0 < share < inf):
            raise BadInput(name, f"{shown(share)} is not a share; give a number greater than 0")
    if options.month is not None and options.month.tzinfo is None:
        raise BadInput("month", f"{options.month.isoformat()} has no time zone; add one, such as +04:00")


def _shares(options: TraceOptions) -> Iterator[tuple[str, float]]:
    yield from options.tenants.items()
    yield from options.services.items()
