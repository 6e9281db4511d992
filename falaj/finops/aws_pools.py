"""Node groups of EKS, and the disks of machines on AWS."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import cache
from typing import Any

from falaj.facts.labels import POOL_LABEL, PROFILE_LABEL
from falaj.facts.machine_names import category, traits
from falaj.facts.machines import Machine
from falaj.facts.regions import zones_of
from falaj.finops.aws_autoscaler import is_scaled
from falaj.finops.aws_volumes import volume
from falaj.finops.karpenter_types import Labels, gpu_count, gpu_manufacturer, memory_mib
from falaj.finops.lines import Charge, fixed
from falaj.finops.plan import Planned
from falaj.finops.priced_pool import WINDOWS, PricedPool
from falaj.finops.pricing_context import PricingContext
from falaj.finops.properties import (
    get_dict,
    get_list,
    get_number,
    get_path,
    get_str,
    get_str_list,
    unknown_at,
)
from falaj.finops.work.placement import one_value_each, taints

_DEFAULT_NODE_TYPE = "t3.medium"
"""Instance type of an EKS node group that specifies none (EKS API, CreateNodegroup, instanceTypes)."""


def node_groups(context: PricingContext, item: Planned) -> Iterable[PricedPool]:
    """Yields the pool of a node group, unless its machines are prepaid."""
    capacity_type = get_str(item.props, "capacityType")
    if capacity_type == "CAPACITY_BLOCK":
        return
    labels = get_dict(item.props, "labels")
    name = get_str(labels, POOL_LABEL, default=item.name)
    template = next(iter(context.siblings(item, "aws:ec2/launchTemplate:LaunchTemplate")), None)
    types, unknown_types = _types(item, template)
    autoscaled = is_scaled(context, item)
    unknown_sizes = unknown_at(item.props, *_SIZES, *(() if autoscaled else (_DESIRED,)))
    least, most = _sizes(get_dict(item.props, "scalingConfig"), autoscaled)
    yield PricedPool(
        name=name,
        profile=get_str(labels, PROFILE_LABEL),
        machines=types,
        capacities=("spot",) if capacity_type == "SPOT" else ("on-demand",),
        min_nodes=least,
        max_nodes=None if unknown_sizes else most,
        in_order=capacity_type != "SPOT",
        labels=one_value_each(
            {
                # Labels that EKS sets (EKS User Guide, Managed node groups; read 2026-11-27).
                "eks.amazonaws.com/capacityType": capacity_type or "ON_DEMAND",
                "eks.amazonaws.com/nodegroup": get_str(item.props, "nodeGroupName", default=item.name),
                **labels,
            }
        ),
        zones=site_zones(context, item),
        taints=taints(get_list(item.props, "taints")),
        disks=(*(volumes := disks(template, item.props.get("diskSize"))), *address(context, _has_address(template))),
        storage_gib=storage_gib(volumes),
        licence=WINDOWS if get_str(item.props, "amiType").startswith("WINDOWS") else "",
        running_hours=context.awake(item, name),
        unknown=(*unknown_sizes, *unknown_types, *unknown_at(item.props, "capacityType")),
    )


def site_zones(context: PricingContext, item: Planned) -> Sequence[str]:
    """Returns the zones of the subnets of a resource's site, those of its region if the plan has no subnets."""
    site = context.site(item)
    found = {
        get_str(subnet.props, "availabilityZoneId") or get_str(subnet.props, "availabilityZone", default=subnet.urn)
        for subnet in context.plan.of_type("aws:ec2/subnet:Subnet")
        if context.site(subnet) == site
    }
    return sorted(found) or zones_of(context.region(item))


_SIZES, _DESIRED = ("scalingConfig.minSize", "scalingConfig.maxSize"), "scalingConfig.desiredSize"


def _sizes(scaling: Mapping[str, Any], autoscaled: bool) -> tuple[int, int]:
    """Returns the fewest and the most machines of a node group."""
    least = int(get_number(get_path(scaling, "minSize"), 0))
    desired = max(least, int(get_number(get_path(scaling, "desiredSize"), least)))
    most = int(get_number(get_path(scaling, "maxSize"), desired))
    return (least if autoscaled else min(desired, most)), most


def _types(item: Planned, template: Planned | None) -> tuple[list[str], tuple[str, ...]]:
    """Returns the instance types of a node group, and the properties that are known only after the update."""
    listed, unknown = get_str_list(item.props, "instanceTypes"), unknown_at(item.props, "instanceTypes")
    if listed or unknown:
        return listed, unknown
    of_template = template.props if template is not None else {}
    if unknown := unknown_at(of_template, "instanceType"):
        return [], unknown
    return [get_str(of_template, "instanceType", default=_DEFAULT_NODE_TYPE)], ()


@cache
def karpenter_labels(machine: Machine) -> Labels:
    """Returns the labels of a node that follow from its machine type (aws/karpenter-provider-aws,
    instancetype/types.go; read 2026-11-27). Their keys are those of requirements.
    """
    instance, _, size = machine.name.partition(".")
    has_gpus = machine.gpus > 0
    values = {
        "family": instance,
        "size": size,
        "category": category(machine.name),
        "generation": str(traits(machine.name).generation),
        "cpu": None if machine.vcpu is None else str(machine.vcpu),
        "memory": memory_mib(machine),
        "gpu-count": str(gpu_count(machine)) if has_gpus else None,
        "gpu-name": (machine.gpu_model or "").lower().replace(" ", "-") if has_gpus else None,
        "gpu-manufacturer": gpu_manufacturer(machine),
        "local-nvme": str(machine.local_nvme_gb) if machine.local_nvme_gb else None,
    }
    return {f"karpenter.k8s.aws/instance-{key}": value for key, value in values.items()}


def _has_address(template: Planned | None) -> bool:
    """Returns whether a launch template gives its machines a public address."""
    interfaces = get_list(template.props, "networkInterfaces") if template is not None else []
    return any(get_path(each, "associatePublicIpAddress") in (True, "true") for each in interfaces)


def address(context: PricingContext, has_address: bool) -> tuple[Charge, ...]:
    """Returns the public address of a machine for a full month, if it has one."""
    return (Charge("ec2", "public-ipv4", fixed(context.hours)),) if has_address else ()


def disks(template: Planned | None, size: object = None) -> tuple[Charge, ...]:
    """Returns the disks of one machine from its launch template, or a root disk of the stated or default size without
    one.
    """
    mappings = get_list(template.props, "blockDeviceMappings") if template is not None else []
    volumes: list[Charge] = []
    for mapping in mappings:
        volumes += volume(get_dict(mapping, "ebs"))
    return tuple(volumes) or volume({"volumeSize": size})


def storage_gib(volumes: Iterable[Charge]) -> Decimal | None:
    """Returns the size of a machine's largest volume, which holds the data of pods; None if it is unknown."""
    sizes = [None if each.price else each.quantity.max for each in volumes if "-" not in each.sku]
    return None if None in sizes else max((size for size in sizes if size is not None), default=None)
