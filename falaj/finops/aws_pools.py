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
from falaj.finops.aws_scaling import schedules_of
from falaj.finops.aws_volumes import volume
from falaj.finops.karpenter_types import Labels, gpu_count, gpu_manufacturer, memory_mib
from falaj.finops.lines import Charge, fixed
from falaj.finops.plan import UNKNOWN, Planned
from falaj.finops.pools import disk_of_unknown_size
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

_TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate"
_DEFAULT_NODE_TYPE = "t3.medium"
"""Instance type of an EKS node group that specifies none (EKS API, CreateNodegroup, instanceTypes)."""


def node_groups(context: PricingContext, item: Planned) -> Iterable[PricedPool]:
    """Yields the pool of a node group, unless its machines are prepaid."""
    capacity_type = get_str(item.props, "capacityType")
    if capacity_type == "CAPACITY_BLOCK":
        return
    labels = get_dict(item.props, "labels")
    name = get_str(labels, POOL_LABEL, default=item.name)
    linked = [found for found in context.plan.sources(item, "launchTemplate") if found.type == _TEMPLATE]
    template = next(iter(linked or context.siblings(item, _TEMPLATE)), None)
    types, unknown_types = _types(item, template)
    autoscaled = is_scaled(context, item)
    unknown_sizes = unknown_at(item.props, *_SIZES, *(() if autoscaled else (_DESIRED,)))
    least, most = _sizes(context, item, autoscaled)
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


def _sizes(context: PricingContext, item: Planned, autoscaled: bool) -> tuple[int, int]:
    """Returns the fewest and the most machines of a node group. Scheduled actions of its Auto Scaling group may raise
    its sizes; the capacity that they start stays only where nothing else scales the group."""
    scaling = get_dict(item.props, "scalingConfig")
    stated = [(scaling, "desiredSize"), *((each, "desiredCapacity") for each in schedules_of(context, item))]
    least = max(int(get_number(get_path(each, "minSize"), 0)) for each, _ in stated)
    desired = max(least, *(int(get_number(get_path(each, key), least)) for each, key in stated))
    most = max(int(get_number(get_path(each, "maxSize"), 0)) for each, _ in stated) or desired
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
    return mapped(template.props if template is not None else {}) or volume({"volumeSize": size})


_ROOTS, _MAPPINGS = ("rootBlockDevice",), ("rootBlockDevices", "ebsBlockDevices", "blockDeviceMappings")


def mapped(props: Mapping[str, Any]) -> tuple[Charge, ...]:
    """Returns the volumes of one machine as launch templates (`blockDeviceMappings`), launch configurations, instances
    and specifications of fleets describe them (pulumi-aws 7.51.1)."""
    stated = [*(props.get(key) for key in _ROOTS), *(each for key in _MAPPINGS for each in get_list(props, key))]
    volumes = [each.get("ebs", each) if isinstance(each, Mapping) else each for each in stated]
    if unknown := (*unknown_at(props, *_ROOTS, *_MAPPINGS), *("its disks" for each in volumes if each is UNKNOWN)):
        return disk_of_unknown_size("ebs", "gp3", unknown[0])
    return tuple(charge for each in volumes if get_dict(each) for charge in volume(get_dict(each)))


def storage_gib(volumes: Iterable[Charge]) -> Decimal | None:
    """Returns the size of a machine's largest volume, which holds the data of pods; None if it is unknown."""
    sizes = [None if each.price else each.quantity.max for each in volumes if "-" not in each.sku]
    return None if None in sizes else max((size for size in sizes if size is not None), default=None)
