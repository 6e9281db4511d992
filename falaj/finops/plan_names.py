"""Names of a plan that a usage file may have."""

from dataclasses import dataclass, field


@dataclass
class PlanNames:
    """Names for which the estimate of a plan read the usage file. Pools, vaults and workloads are pairs with a site;
    those of workloads are `namespace/name`.
    """

    sites: set[str] = field(default_factory=set[str])
    profiles: set[str] = field(default_factory=set[str])
    pools: set[tuple[str, str]] = field(default_factory=set[tuple[str, str]])
    vaults: set[tuple[str, str]] = field(default_factory=set[tuple[str, str]])
    workloads: set[tuple[str, str]] = field(default_factory=set[tuple[str, str]])
    tenants: set[str] = field(default_factory=set[str])
