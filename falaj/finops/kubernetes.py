"""Pricing of Kubernetes objects that start machines, load balancers or disks, and of on-premises nodes."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal

from falaj.facts.clouds import CLOUDS
from falaj.facts.labels import AED_PER_HOUR_ANNOTATION, MACHINE_ANNOTATION, POOL_LABEL, PROFILE_LABEL
from falaj.facts.machines import PriceKind, machines
from falaj.facts.prices import UnitPrice, missing
from falaj.facts.regions import REGIONS
from falaj.finops.balanced import GATEWAY, SERVICE, rules_of
from falaj.finops.karpenter_limits import node_bounds, precedence, unknown_bounds
from falaj.finops.karpenter_types import Requirements, allowed_types, no_labels, requirements_of
from falaj.finops.lines import Charge, fixed
from falaj.finops.meters import ClusterMeters, KarpenterMeters, MeterFunction, PoolFunction, cluster_meters
from falaj.finops.monitoring import CHART as PROMETHEUS_CHART
from falaj.finops.monitoring import RELEASE, chart_of
from falaj.finops.plan import Planned
from falaj.finops.pools import pool_charges
from falaj.finops.priced_pool import PricedPool
from falaj.finops.pricing_context import PricingContext
from falaj.finops.properties import get_dict, get_list, get_number, get_path, get_str, unknown_at, whole_gib
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
        precedence=precedence(item.props, item.name),
        labels={
            **requirements.labels,
            CAPACITY_KEY: requirements.capacities,
            "karpenter.sh/nodepool": (node_pool,),
            **one_value_each(labels),
        },
        machine_labels=of_type,
        taints=taints(get_list(spec, "taints")),
        disks=_disks(context, item, spec),
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


def _disks(context: PricingContext, item: Planned, spec: Mapping) -> tuple[Charge, ...]:
    reference = get_dict(spec, "nodeClassRef")
    karpenter = _karpenter(context, item, get_str(reference, "group"))
    if karpenter is None:
        reason = "the API group of its node class belongs to no registered cloud"
        return (Charge("volume", "node", fixed(1), price=missing("GB-month", reason)),)
    node_class = next(
        (
            other.props
            for other in context.siblings(item, karpenter.node_class)
            if get_str(other.props, "metadata", "name") == get_str(reference, "name")
        ),
        {},
    )
    return karpenter.disks(node_class)


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
    """Yields the charges of the load balancer that a Service, or the controller of a gateway, requests."""
    if context.is_own_cluster(item) or not rules_of(item):
        return
    if (meters := _cluster_meters(context, item)) is None:
        yield Charge("load-balancer", "unknown", fixed(context.hours), price=missing("hour", _UNKNOWN_CLOUD))
    else:
        yield from meters.load_balancer(context, item)


def _claim(context: PricingContext, item: Planned) -> Iterable[Charge]:
    size = whole_gib(get_path(item.props, "spec", "resources", "requests", "storage"))
    yield from _volume(context, item, size)


def _stateful_set(context: PricingContext, item: Planned) -> Iterable[Charge]:
    """Yields the volumes that each replica of a StatefulSet claims."""
    replicas = get_number(get_path(item.props, "spec", "replicas"), 1)
    unknown = unknown_at(item.props, "spec.replicas", "spec.volumeClaimTemplates")
    if unknown and ("spec.volumeClaimTemplates" in unknown or get_list(item.props, "spec", "volumeClaimTemplates")):
        reason = f"{unknown[0]} is known only after the update"
        yield Charge("volume", "claim", fixed(1), price=missing("GB-month", reason))
        return
    for claim in get_list(item.props, "spec", "volumeClaimTemplates"):
        size = whole_gib(get_path(claim, "spec", "resources", "requests", "storage"))
        for charge in _volume(context, item, size):
            yield replace(charge, quantity=charge.quantity.times(replicas), note="one volume for each replica")


_CLAIMS_OF_CHARTS: Mapping[str, tuple[str, ...]] = {
    PROMETHEUS_CHART: ("prometheus", "prometheusSpec", "storageSpec", "volumeClaimTemplate"),
}
"""Chart -> path of a volume claim in its values."""


def _release(context: PricingContext, item: Planned) -> Iterable[Charge]:
    """Yields the charge of the volume that a chart claims, by its values."""
    chart = chart_of(item)
    if chart in _CLAIMS_OF_CHARTS:
        claim = get_dict(item.props, "values", *_CLAIMS_OF_CHARTS[chart])
        size = whole_gib(get_path(claim, "spec", "resources", "requests", "storage"))
        note = f"claimed by the chart {chart}, whose pods are counted at the node pools"
        if claim:
            yield from (replace(charge, note=note) for charge in _volume(context, item, size))


def _volume(context: PricingContext, item: Planned, size: Decimal) -> Iterable[Charge]:
    if context.is_own_cluster(item):
        return
    if not size:
        yield Charge("volume", "claim", fixed(1), price=missing("GB-month", "the claim's size is not known"))
    elif (meters := _cluster_meters(context, item)) is None:
        yield Charge("volume", "claim", fixed(size), price=missing("GB-month", _UNKNOWN_CLOUD))
    else:
        yield from meters.volume(size)


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


POOLS: Mapping[str, PoolFunction] = {"kubernetes:karpenter.sh/v1:NodePool": _pools}

METERS: Mapping[str, MeterFunction] = {
    "kubernetes:core/v1:NodePatch": _node,
    "kubernetes:karpenter.sh/v1:NodePool": pool_charges,
    SERVICE: _load_balancer,
    GATEWAY: _load_balancer,
    RELEASE: _release,
    "kubernetes:core/v1:PersistentVolumeClaim": _claim,
    "kubernetes:apps/v1:StatefulSet": _stateful_set,
}

FREE_API_GROUPS = (
    "core", "apps", "batch", "policy", "networking.k8s.io", "rbac.authorization.k8s.io", "storage.k8s.io",
    "scheduling.k8s.io", "autoscaling", "admissionregistration.k8s.io", "apiextensions.k8s.io",
    "apiregistration.k8s.io",
    "coordination.k8s.io", "node.k8s.io", "discovery.k8s.io", "gateway.networking.k8s.io", "resource.k8s.io",
    "helm.sh", "yaml", "kustomize", "kueue.x-k8s.io", "kubeflow.org", "trainer.kubeflow.org", "jobset.x-k8s.io",
    "leaderworkerset.x-k8s.io", "inference.networking.k8s.io",
    "keda.sh", "http.keda.sh", "monitoring.coreos.com", "snapshot.storage.k8s.io", "karpenter.sh",
    "eks.amazonaws.com", "nvidia.com", "ray.io", "security.istio.io", "networking.istio.io", "cert-manager.io",
    "serving.kserve.io",
    *(karpenter.group for karpenter in _KARPENTERS),
)  # fmt: skip
"""API groups whose objects have no cost of their own: the machines are counted at the node pools, other usage in the
usage file.
"""
