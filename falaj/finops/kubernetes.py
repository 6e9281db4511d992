"""Pricing of Kubernetes objects that start machines, load balancers or disks, and of on-premises nodes."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from falaj.facts.labels import AED_PER_HOUR_ANNOTATION, MACHINE_ANNOTATION, POOL_LABEL, PROFILE_LABEL
from falaj.facts.machine_names import family as family_of
from falaj.facts.machines import PriceKind, machines
from falaj.facts.prices import Capacity, UnitPrice, missing
from falaj.facts.regions import REGIONS, Cloud
from falaj.finops import aws
from falaj.finops.aws import MeterFunction
from falaj.finops.lines import Charge, fixed
from falaj.finops.plan import Planned
from falaj.finops.pools import PricedPool, charges, gp3, premium_disk
from falaj.finops.pricing_context import PricingContext
from falaj.finops.properties import get_dict, get_list, get_number, get_path, get_str, get_str_list
from falaj.finops.usage import pool_usage

_TYPE_KEYS = ("node.kubernetes.io/instance-type", "karpenter.azure.com/sku-name")
_FAMILY_KEYS = ("karpenter.k8s.aws/instance-family", "karpenter.azure.com/sku-family")
_CAPACITY_KEY = "karpenter.sh/capacity-type"
_NODE_CLASS = {
    "karpenter.k8s.aws": "kubernetes:karpenter.k8s.aws/v1:EC2NodeClass",
    "karpenter.azure.com": "kubernetes:karpenter.azure.com/v1beta1:AKSNodeClass",
}


def _node_pool(context: PricingContext, item: Planned) -> Iterable[Charge]:
    """Yields the charges of a Karpenter NodePool: its requirements select the instance types, its
    limits the maximum.
    """
    spec = get_dict(item.props, "spec", "template", "spec")
    labels = get_dict(item.props, "spec", "template", "metadata", "labels")
    requirements = _requirements(spec)
    name = get_str(labels, POOL_LABEL) or get_str(item.props, "metadata", "name", default=item.name)
    machine_types = _machine_types(context, item, requirements)
    yield from charges(
        context,
        item,
        PricedPool(
            name=name,
            profile=get_str(labels, PROFILE_LABEL),
            machines=machine_types,
            capacities=_capacities(requirements),
            min_nodes=context.warm.get((context.site(item), name), 0),
            max_nodes=_max_nodes(context, item, machine_types),
            disks=_disks(context, item, spec),
            running_hours=context.awake(item, name),
        ),
    )


def _requirements(spec: Mapping) -> Mapping[str, list[str]]:
    return {
        get_str(row, "key"): get_str_list(row, "values")
        for row in get_list(spec, "requirements")
        if get_str(row, "operator") == "In"
    }


def _machine_types(context: PricingContext, item: Planned, requirements: Mapping[str, list[str]]) -> list[str]:
    types = [name for key in _TYPE_KEYS for name in requirements.get(key, ())]
    if types:
        return types
    families = {family for key in _FAMILY_KEYS for family in requirements.get(key, ())}
    return [name for name in machines(context.region(item)) if family_of(name) in families]


def _capacities(requirements: Mapping[str, list[str]]) -> tuple[Capacity, ...]:
    """Returns the capacity types in Karpenter's order: spot first if both are allowed, on-demand by default."""
    allowed = requirements.get(_CAPACITY_KEY, [])
    if "spot" not in allowed:
        return ("on-demand",)
    return ("spot", "on-demand") if "on-demand" in allowed else ("spot",)


def _max_nodes(context: PricingContext, item: Planned, machine_types: list[str]) -> int | None:
    """Returns the NodePool's limit in machines; None if it has none."""
    limits = get_dict(item.props, "spec", "limits")
    if (nodes := get_path(limits, "nodes")) is not None:
        return int(get_number(nodes, 0))
    offered = machines(context.region(item))
    smallest = min((offered[kind].vcpu or 0 for kind in machine_types if kind in offered), default=0)
    if (cpus := get_path(limits, "cpu")) is None or not smallest:
        return None
    return int(get_number(cpus, 0) // smallest)


def _disks(context: PricingContext, item: Planned, spec: Mapping) -> tuple[Charge, ...]:
    reference = get_dict(spec, "nodeClassRef")
    kind = _NODE_CLASS.get(get_str(reference, "group"), "")
    node_class = next(
        (
            other
            for other in context.siblings(item, kind)
            if get_str(other.props, "metadata", "name") == get_str(reference, "name")
        ),
        None,
    )
    if kind.endswith("AKSNodeClass"):
        return (
            premium_disk(get_number(get_path(node_class.props if node_class else {}, "spec", "osDiskSizeGB"), 128)),
        )
    mappings = get_list(node_class.props, "spec", "blockDeviceMappings") if node_class else []
    disks = [disk for mapping in mappings for disk in aws.volume(get_dict(mapping, "ebs"))]
    return tuple(disks) or gp3(Decimal(20), Decimal(0), Decimal(0))


def _service(context: PricingContext, item: Planned) -> Iterable[Charge]:
    if get_str(item.props, "spec", "type") != "LoadBalancer" or context.is_own_cluster(item):
        return
    region = REGIONS.get(context.region(item))
    service, sku = ("load-balancer", "rules") if region and region.cloud is Cloud.AZURE else ("elb", "network")
    yield Charge(service, sku, fixed(context.hours), note="created by the cluster")


def _claim(context: PricingContext, item: Planned) -> Iterable[Charge]:
    size = get_number(get_path(item.props, "spec", "resources", "requests", "storage"), 0)
    region = REGIONS.get(context.region(item))
    if context.is_own_cluster(item):
        return
    if not size:
        yield Charge("volume", "claim", fixed(1), price=missing("GB-month", "the claim's size is not known"))
    elif region and region.cloud is Cloud.AZURE:
        yield premium_disk(size)
    else:
        yield from gp3(size, Decimal(0), Decimal(0))


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
        busy=pool_usage(context.usage, context.site(item), pool, profile)[0].utilisation,
        profile=profile,
    )


METERS: Mapping[str, MeterFunction] = {
    "kubernetes:core/v1:NodePatch": _node,
    "kubernetes:karpenter.sh/v1:NodePool": _node_pool,
    "kubernetes:core/v1:Service": _service,
    "kubernetes:core/v1:PersistentVolumeClaim": _claim,
}

FREE_API_GROUPS = (
    "core", "apps", "batch", "policy", "networking.k8s.io", "rbac.authorization.k8s.io", "storage.k8s.io",
    "scheduling.k8s.io", "autoscaling", "admissionregistration.k8s.io", "apiextensions.k8s.io",
    "apiregistration.k8s.io",
    "coordination.k8s.io", "node.k8s.io", "discovery.k8s.io", "gateway.networking.k8s.io", "resource.k8s.io",
    "helm.sh", "yaml", "kustomize", "kueue.x-k8s.io", "kubeflow.org", "trainer.kubeflow.org", "jobset.x-k8s.io",
    "keda.sh", "http.keda.sh", "monitoring.coreos.com", "snapshot.storage.k8s.io", "karpenter.k8s.aws",
    "karpenter.azure.com", "karpenter.sh", "eks.amazonaws.com", "nvidia.com", "ray.io", "serving.kserve.io",
)  # fmt: skip
"""API groups whose objects have no cost of their own: the machines are counted at the node pools, other usage in the
usage file.
"""
