"""Money and time of the machines that served models use, by tenant and cause."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from falaj.simulation.outcome import Cause, Charge


@dataclass
class Served:
    """Ready replicas of a service over the month."""

    aed: float = 0.0
    """Price of their parts of machines."""
    seconds: float = 0.0
    """Replica-seconds."""


@dataclass
class Ledger:
    """What the machines of one pool cost and whom it is charged to."""

    profile: str
    owner: str | None
    """Tenant that the pool is reserved for, who is charged for its free parts."""
    paid: dict[tuple[str | None, Cause], float] = field(
        default_factory=lambda: defaultdict[tuple[str | None, Cause], float](float)
    )
    """AED by tenant and cause, without `served`."""
    served: dict[str, Served] = field(default_factory=lambda: defaultdict[str, Served](Served))
    """By service."""
    occupied_seconds: dict[str, float] = field(default_factory=lambda: defaultdict[str, float](float))
    """Service -> replica-seconds with a machine, from its request for one to the replica's end."""
    node_seconds: dict[bool, float] = field(default_factory=lambda: defaultdict[bool, float](float))
    """Whether on spot -> seconds of machines."""
    gpu_seconds: float = 0.0

    def charges(self, tenants: Mapping[str, str], busy: Mapping[str, float]) -> Iterator[Charge]:
        """Yields the charges. `tenants` and `busy` are by service: its tenant, and the busy share of its replicas.

        The busy share is that of the month, for all machines of a service alike.
        """
        paid = defaultdict[tuple[str | None, Cause], float](float, self.paid)
        for service, served in self.served.items():
            paid[tenants[service], Cause.WORK] += served.aed * busy[service]
            paid[tenants[service], Cause.IDLE] += served.aed * (1 - busy[service])
        for (tenant, cause), aed in sorted(paid.items(), key=lambda item: (item[0][0] or "", item[0][1].value)):
            if aed:
                yield Charge(tenant, self.profile, cause, aed)
