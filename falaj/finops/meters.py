"""What the module of a cloud's meters provides: the charges of its resources, and of what its clusters create."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from importlib import import_module
from typing import Any

from falaj.facts.clouds import CLOUDS, Cloud
from falaj.facts.machines import Machine
from falaj.finops.karpenter_types import Labels
from falaj.finops.lines import ZERO, Basis, Charge, Range
from falaj.finops.plan import Planned
from falaj.finops.priced_pool import PricedPool
from falaj.finops.pricing_context import PricingContext
from falaj.finops.work.system_work import PartsFunction

MeterFunction = Callable[[PricingContext, Planned], Iterable[Charge]]
"""Returns the charges of a resource."""
PoolFunction = Callable[[PricingContext, Planned], Iterable[PricedPool]]
"""Returns the pools that a resource describes."""

USAGE = Basis.USAGE


@dataclass(frozen=True)
class KarpenterMeters:
    """How a cloud's provider of Karpenter names machines in a NodePool, and the disks of its node class."""

    group: str
    """API group of the node class."""
    node_class: str
    """Type token of the node class."""
    type_keys: tuple[str, ...]
    """Labels that name the machine type."""
    labels: Callable[[Machine], Labels]
    """Returns the other labels of a node that follow from its machine type. Their keys are those of requirements."""
    disks: Callable[[Mapping[str, Any]], tuple[Charge, ...]]
    """Returns the disks of one machine from the properties of the node class, which are empty if it is unknown."""


@dataclass(frozen=True)
class ClusterMeters:
    """Charges of what the clusters of one cloud create for Kubernetes objects."""

    load_balancer: MeterFunction
    """Returns the charges of the load balancer of a Service or gateway."""
    volume: Callable[[Decimal], tuple[Charge, ...]]
    """Returns the charges of a claimed volume of a size in GiB."""
    karpenter: KarpenterMeters | None = None
    """Meters of Karpenter's objects; None if Karpenter does not support the cloud."""
    pools: Mapping[str, PoolFunction] = field(default_factory=dict[str, PoolFunction])
    """Type token -> the node pools that a resource of that type has."""
    parts: Mapping[str, PartsFunction] = field(default_factory=dict[str, PartsFunction])
    """Type token -> what a resource of that type installs in its cluster."""
    deciding: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    """Type token -> properties that decide what a resource of that type costs, and have a default."""


@cache
def cluster_meters(cloud: Cloud) -> ClusterMeters:
    """Returns the cluster meters of a registered cloud; raises KeyError for an unregistered one."""
    meters = import_module(CLOUDS[cloud].meters).CLUSTER
    assert isinstance(meters, ClusterMeters)  # noqa: S101 - guaranteed by the registry
    return meters


def usage_range(amount: Decimal) -> Range:
    """Returns the range of a quantity of the usage file: its minimum is zero."""
    return Range(ZERO, amount, amount)
