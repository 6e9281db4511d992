"""What the module of a cloud's meters provides: the charges of its resources, and of what its clusters create."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from importlib import import_module
from typing import Any

from falaj.facts.clouds import CLOUDS, Cloud
from falaj.facts.machines import Machine
from falaj.finops.ingress import IngressGroup
from falaj.finops.karpenter_types import Labels
from falaj.finops.lines import ZERO, Basis, Charge, Range
from falaj.finops.plan import Planned
from falaj.finops.priced_pool import PricedPool
from falaj.finops.pricing_context import PricingContext
from falaj.finops.volume_classes import VolumeClass, VolumeDriver
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
    zones: Callable[[PricingContext, Planned], Sequence[str]]
    """Returns the zones in which a NodePool without a requirement on them starts nodes."""
    disks: Callable[[PricingContext, Mapping[str, Any]], tuple[Charge, ...]]
    """Returns the disks and public addresses of one machine from the properties of the node class, which are empty if
    it is unknown."""
    storage_gib: Callable[[Mapping[str, Any]], Decimal | None]
    """Returns the size of the disk that holds the data of a node's pods, None if it is unknown."""


@dataclass(frozen=True)
class ClusterMeters:
    """Charges of what the clusters of one cloud create for Kubernetes objects."""

    load_balancer: MeterFunction
    """Returns the charges of the load balancer of a Service or gateway."""
    drivers: Mapping[str, VolumeDriver] = field(default_factory=dict[str, VolumeDriver])
    """Provisioner of storage classes -> what its volumes cost."""
    classes: Callable[[PricingContext, str], Mapping[str, VolumeClass]] = lambda context, site: {}
    """Returns the storage classes that the cluster of a site comes with, by name."""
    ingress: Callable[[PricingContext, Planned, IngressGroup], Iterable[Charge]] | None = None
    """Returns the charges of the load balancer of a group of Ingresses, of which the resource is the first; None if the
    cloud registers no controller for them."""
    karpenter: KarpenterMeters | None = None
    """Meters of Karpenter's objects; None if Karpenter does not support the cloud."""
    pools: Mapping[str, PoolFunction] = field(default_factory=dict[str, PoolFunction])
    """Type token -> the node pools that a resource of that type has."""
    free_kinds: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    """API group of the cloud's controllers -> kinds that cost nothing."""
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
