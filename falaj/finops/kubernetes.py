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

_TYPES = ("node.kubernetes.io/instance-type", "karpenter.azure.com/sku-name")
_FAMILIES = ("karpenter.k8s.aws/instance-family", "karpenter.azure.com/sku-family")
_CAPACITY = "karpenter.sh/capacity-type"
_NODE_CLASS = {
    "karpenter.k8s.aws": "kubernetes:karpenter.k8s.aws/v1:EC2NodeClass",
    "karpenter.azure.com": "kubernetes:karpenter.azure.com/v1beta1:AKSNodeClass",
}


def _node_pool(context: PricingContext, item: Planned) -> Iterable[Charge]:
    """A pool of Karpenter: its machines are in its requirements, its most in its limits."""
    spec = get_dict(item.props, "spec", "template", "spec")
    labels = get_dict(item.props, "spec", "template", "metadata", "labels")
    wanted = _requirements(spec)
    name = get_str(labels, POOL_LABEL) or get_str(item.props, "metadata", "name", default=item.name)
    kinds = _kinds(context, item, wanted)
    yield from charges(
        context,
        item,
        PricedPool(
            name=name,
            profile=get_str(labels, PROFILE_LABEL),
            machines=kinds,
            capacities=_capacities(wanted),
            least=context.warm.get((context.site(item), name), 0),
            most=_most(context, item, kinds),
            disks=_disks(context, item, spec),
            awake=context.awake(item, name),
        ),
    )


def _requirements(spec: Mapping) -> Mapping[str, list[str]]:
    return {
        get_str(row, "key"): get_str_list(row, "values")
        for row in get_list(spec, "requirements")
        if get_str(row, "operator") == "In"
    }


def _kinds(context: PricingContext, item: Planned, wanted: Mapping[str, list[str]]) -> list[str]:
    named = [name for key in _TYPES for name in wanted.get(key, ())]
    if named:
        return named
    families = {family for key in _FAMILIES for family in wanted.get(key, ())}
    return [name for name in machines(context.region(item)) if family_of(name) in families]


def _capacities(wanted: Mapping[str, list[str]]) -> tuple[Capacity, ...]:
    """Karpenter takes spot first where both are allowed; it starts on demand where nothing is said."""
    allowed = wanted.get(_CAPACITY, [])
    if "spot" not in allowed:
        return ("on-demand",)
    return ("spot", "on-demand") if "on-demand" in allowed else ("spot",)


def _most(context: PricingContext, item: Planned, kinds: list[str]) -> int | None:
    """The pool's limit in machines; None where it has none."""
    limits = get_dict(item.props, "spec", "limits")
    if (nodes := get_path(limits, "nodes")) is not None:
        return int(get_number(nodes, 0))
    offered = machines(context.region(item))
    smallest = min((offered[kind].vcpu or 0 for kind in kinds if kind in offered), default=0)
    if (cpus := get_path(limits, "cpu")) is None or not smallest:
        return None
    return int(get_number(cpus, 0) // smallest)


def _disks(context: PricingContext, item: Planned, spec: Mapping) -> tuple[Charge, ...]:
    reference = get_dict(spec, "nodeClassRef")
    kind = _NODE_CLASS.get(get_str(reference, "group"), "")
    result = next(
        (
            other
            for other in context.siblings(item, kind)
            if get_str(other.props, "metadata", "name") == get_str(reference, "name")
        ),
        None,
    )
    if kind.endswith("AKSNodeClass"):
        return (premium_disk(get_number(get_path(result.props if result else {}, "spec", "osDiskSizeGB"), 128)),)
    mappings = get_list(result.props, "spec", "blockDeviceMappings") if result else []
    found_disks = [disk for mapping in mappings for disk in aws.volume(get_dict(mapping, "ebs"))]
    return tuple(found_disks) or gp3(Decimal(20), Decimal(0), Decimal(0))


def _service(context: PricingContext, item: Planned) -> Iterable[Charge]:
    if get_str(item.props, "spec", "type") != "LoadBalancer" or context.is_own_cluster(item):
        return
    region = REGIONS.get(context.region(item))
    service, sku = ("load-balancer", "rules") if region and region.cloud is Cloud.AZURE else ("elb", "network")
    yield Charge(service, sku, fixed(context.hours), note="made by the cluster")


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


OWN_MACHINE = "own-machine"
"""The service of machines that no cloud bills."""


def _node(context: PricingContext, item: Planned) -> Iterable[Charge]:
    """A machine of one's own: its node says what an hour costs. It is paid all month, and what does no work is idle."""
    labels, notes = get_dict(item.props, "metadata", "labels"), get_dict(item.props, "metadata", "annotations")
    pool, profile = get_str(labels, POOL_LABEL), get_str(labels, PROFILE_LABEL)
    if not pool:
        return
    aed = get_number(get_path(notes, AED_PER_HOUR_ANNOTATION), 0)
    price = missing("hour", f"the node does not say its cost: annotation {AED_PER_HOUR_ANNOTATION}")
    if aed:
        today = context.rates.as_of.isoformat()
        price = UnitPrice(aed / context.rates.aed, "hour", PriceKind.AMORTISED, f"the stack: {aed} AED", today)
    yield Charge(
        OWN_MACHINE,
        get_str(notes, MACHINE_ANNOTATION, default=pool),
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

ON_NODES = (
    "core", "apps", "batch", "policy", "networking.k8s.io", "rbac.authorization.k8s.io", "storage.k8s.io",
    "scheduling.k8s.io", "autoscaling", "admissionregistration.k8s.io", "apiextensions.k8s.io",
    "apiregistration.k8s.io",
    "coordination.k8s.io", "node.k8s.io", "discovery.k8s.io", "gateway.networking.k8s.io", "resource.k8s.io",
    "helm.sh", "yaml", "kustomize", "kueue.x-k8s.io", "kubeflow.org", "trainer.kubeflow.org", "jobset.x-k8s.io",
    "keda.sh", "http.keda.sh", "monitoring.coreos.com", "snapshot.storage.k8s.io", "karpenter.k8s.aws",
    "karpenter.azure.com", "karpenter.sh", "eks.amazonaws.com", "nvidia.com", "ray.io", "serving.kserve.io",
)  # fmt: skip
"""API groups whose objects cost nothing themselves: what they run on is counted at the pools and in the usage file."""
