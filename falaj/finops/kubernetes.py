"""Pricing of Kubernetes objects that start machines or load balancers, and of on-premises nodes."""

from collections.abc import Iterable, Mapping
from typing import Any

from falaj.facts.clouds import CLOUDS
from falaj.facts.labels import AED_PER_HOUR_ANNOTATION, MACHINE_ANNOTATION, POOL_LABEL, PROFILE_LABEL
from falaj.facts.machines import PriceKind, machines
from falaj.facts.prices import UnitPrice, missing
from falaj.facts.regions import REGIONS
from falaj.finops.balanced import GATEWAY, LATTICE, SERVICE
from falaj.finops.charts import RELEASE
from falaj.finops.free import without_model
from falaj.finops.ingress import INGRESS
from falaj.finops.karpenter_limits import limits, node_bounds, precedence, unknown_bounds
from falaj.finops.karpenter_types import Requirements, allowed_types, no_labels, requirements_of
from falaj.finops.lines import Charge, fixed
from falaj.finops.meters import ClusterMeters, KarpenterMeters, MeterFunction, PoolFunction, cluster_meters
from falaj.finops.plan import Planned
from falaj.finops.pools import pool_charges
from falaj.finops.priced_pool import PricedPool
from falaj.finops.pricing_context import PricingContext
from falaj.finops.properties import get_dict, get_list, get_number, get_path, get_str
from falaj.finops.queue_flavors import FLAVOR, NODE, flavor
from falaj.finops.work.apart import ZONES
from falaj.finops.work.placement import CAPACITY_KEY, one_value_each, taints

_KARPENTERS = tuple(karpenter for cloud in CLOUDS if (karpenter := cluster_meters(cloud).karpenter) is not None)


_UNKNOWN_CLOUD = "the region of its cluster is not known, or belongs to no registered cloud"


def _pools(context: PricingContext, item: Planned) -> Iterable[PricedPool]:
    """Yields the pool of a Karpenter NodePool: its requirements select the instance types, its limits the maximum."""
    spec = get_dict(item.props, "spec", "template", "spec")
    labels = get_dict(item.props, "spec", "template", "metadata", "labels")
    requirements = requirements_of(item.props)
    node_pool = get_str(item.props, "metadata", "name", default=item.name)
    name = get_str(labels, POOL_LABEL) or node_pool
    karpenter = _karpenter(context, item, get_str(spec, "nodeClassRef", "group"))
    node_class = _node_class(context, item, karpenter, get_str(spec, "nodeClassRef", "name"))
    of_type = karpenter.labels if karpenter is not None else no_labels
    type_keys = karpenter.type_keys if karpenter is not None else _TYPE_KEYS
    machine_types = allowed_types(context.region(item), requirements, type_keys, of_type)
    offered = machines(context.region(item))
    known = [offered[kind] for kind in machine_types if kind in offered]
    min_nodes, max_nodes = node_bounds(item.props, known, context.warm.get((context.site(item), name), 0))
    yield PricedPool(
        name=name,
        profile=get_str(labels, PROFILE_LABEL),
        machines=machine_types,
        capacities=requirements.capacities,
        min_nodes=min_nodes,
        max_nodes=max_nodes,
        limits=limits(item.props),
        precedence=precedence(item.props, item.name),
        zones=requirements.values(*ZONES) or (karpenter.zones(context, item) if karpenter is not None else ()),
        labels={
            **requirements.labels,
            CAPACITY_KEY: requirements.capacities,
            "karpenter.sh/nodepool": (node_pool,),
            **one_value_each(labels),
        },
        machine_labels=of_type,
        taints=taints(get_list(spec, "taints")),
        disks=_disks(context, karpenter, node_class),
        storage_gib=karpenter.storage_gib(node_class) if karpenter is not None and node_class else None,
        running_hours=context.awake(item, name),
        unknown=(*requirements.unknown, *unknown_bounds(item.props)),
        note=_not_read(requirements, karpenter, context.region(item)),
    )


_TYPE_KEYS = ("node.kubernetes.io/instance-type",)


def _not_read(requirements: Requirements, karpenter: KarpenterMeters | None, region: str) -> str:
    """Returns a sentence on the requirements that limit the types in a way that the catalogue does not state."""
    machine = next(iter(machines(region).values()), None)
    if karpenter is None or machine is None:
        return ""
    keys = requirements.not_read(karpenter.group, (*karpenter.labels(machine), *karpenter.type_keys))
    return f"the requirements on {', '.join(keys)} are not read: it may start fewer types" if keys else ""


def _disks(
    context: PricingContext, karpenter: KarpenterMeters | None, node_class: Mapping[str, Any]
) -> tuple[Charge, ...]:
    if karpenter is None:
        reason = "the API group of its node class belongs to no registered cloud"
        return (Charge("volume", "node", fixed(1), price=missing("GB-month", reason)),)
    return karpenter.disks(context, node_class)


def _node_class(
    context: PricingContext, item: Planned, karpenter: KarpenterMeters | None, name: str
) -> Mapping[str, Any]:
    """Returns the properties of a NodePool's node class; empty if the plan lacks it."""
    if karpenter is None:
        return {}
    return next(
        (
            other.props
            for other in context.siblings(item, karpenter.node_class)
            if get_str(other.props, "metadata", "name") == name
        ),
        {},
    )


def _karpenter(context: PricingContext, item: Planned, group: str) -> KarpenterMeters | None:
    """Returns the meters of the API group of a node class; of the cluster's cloud if no group is stated."""
    if not group:
        meters = _cluster_meters(context, item)
        return meters.karpenter if meters is not None else None
    return next((karpenter for karpenter in _KARPENTERS if karpenter.group == group), None)


def _cluster_meters(context: PricingContext, item: Planned) -> ClusterMeters | None:
    """Returns the meters of the cluster that an object is in; None if its region belongs to no registered cloud."""
    region = REGIONS.get(context.region(item))
    return cluster_meters(region.cloud) if region is not None else None


def _load_balancer(context: PricingContext, item: Planned) -> Iterable[Charge]:
    """Yields the charges of the load balancer that a Service, or the controller of a gateway or Ingress, requests."""
    group = context.balancers.ingresses.get(item.urn)
    if get_str(item.props, "spec", "gatewayClassName") == LATTICE:
        reason = "the price list does not have the services of VPC Lattice"
        yield Charge("vpc-lattice", "hour", fixed(context.hours), price=missing("hour", reason))
    if context.is_own_cluster(item) or not (group or item.urn in context.balancers.rules):
        return
    if (meters := _cluster_meters(context, item)) is None:
        yield Charge("load-balancer", "unknown", fixed(context.hours), price=missing("hour", _UNKNOWN_CLOUD))
    elif group is not None:
        yield from meters.ingress(context, item, group) if meters.ingress is not None else ()
    else:
        yield from meters.load_balancer(context, item)


ON_PREM_MACHINE = "own-machine"
"""The service name of machines that no cloud bills."""


def _node(context: PricingContext, item: Planned) -> Iterable[Charge]:
    """Yields the charge of an on-premises machine, whose hourly cost is an annotation of its node. It is paid all
    month; unused time counts as idle.
    """
    labels, annotations = get_dict(item.props, "metadata", "labels"), get_dict(item.props, "metadata", "annotations")
    pool, profile = get_str(labels, POOL_LABEL), get_str(labels, PROFILE_LABEL)
    if not pool:
        return
    aed = get_number(get_path(annotations, AED_PER_HOUR_ANNOTATION), 0)
    price = missing("hour", f"the node does not state its cost: annotation {AED_PER_HOUR_ANNOTATION}")
    if aed:
        as_of = context.rates.as_of.isoformat()
        price = UnitPrice(aed / context.rates.aed, "hour", PriceKind.AMORTISED, f"the stack: {aed} AED", as_of)
    yield Charge(
        ON_PREM_MACHINE,
        get_str(annotations, MACHINE_ANNOTATION, default=pool),
        fixed(context.hours),
        price=price,
        busy=context.utilisation(item, pool, profile),
        profile=profile,
    )


def _collector(context: PricingContext, item: Planned) -> Iterable[Charge]:
    """Yields what a collector of OpenTelemetry opens: its pods and volumes are counted elsewhere."""
    if get_path(item.props, "spec", "ingress", "type"):
        yield without_model(item.type, "the load balancer of its ingress is not in the plan")


POOLS: Mapping[str, PoolFunction] = {"kubernetes:karpenter.sh/v1:NodePool": _pools}

METERS: Mapping[str, MeterFunction] = {
    NODE: _node,
    "kubernetes:opentelemetry.io/v1beta1:OpenTelemetryCollector": _collector,
    FLAVOR: flavor,
    "kubernetes:karpenter.sh/v1:NodePool": pool_charges,
    SERVICE: _load_balancer,
    GATEWAY: _load_balancer,
    INGRESS: _load_balancer,
    RELEASE: _load_balancer,
}
