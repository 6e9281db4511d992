"""Reads single machines, fleets and scale sets in the form of pools.

Property names checked against pulumi-aws 7.51.1 and pulumi-azure-native 3.29.0 on 2026-11-25 (a test repeats it). Not
checked: launch templates, because the group that uses them decides the capacity type; Azure Batch pools, whose scaling
formulas are programs.
"""

from collections.abc import Iterator

from ..engine.reading import MISSING, UNKNOWN, Plain, Resource, walk
from ..engine.rows import aws, azure
from ..readers.effective_tags import effective_tags
from .pools import PROFILE_KEYS, MachinePool, texts_at

CAPACITY_PATHS: dict[str, tuple[str, str]] = {
    **dict.fromkeys(aws("ec2/Instance"), ("instanceType", "instanceMarketOptions.marketType")),
    **dict.fromkeys(aws("ec2/Fleet"), (
        "launchTemplateConfigs[*].overrides[*].instanceType", "targetCapacitySpecification.defaultTargetCapacityType",
    )),
    **dict.fromkeys(aws("autoscaling/Group"), (
        "mixedInstancesPolicy?.launchTemplate.overrides[*].instanceType",
        "mixedInstancesPolicy?.instancesDistribution?.onDemandPercentageAboveBaseCapacity",
    )),
    **dict.fromkeys(azure("compute:VirtualMachine"), ("hardwareProfile.vmSize", "priority")),
    **dict.fromkeys(azure("compute:VirtualMachineScaleSet"), ("sku.name", "virtualMachineProfile.priority")),
}  # fmt: skip
"""Type -> paths of its machine type and of its capacity type (on demand if not set).

An Auto Scaling group sets the percentage of on-demand capacity instead of a capacity type.
"""
_MIXED_SIZES = "skuProfile?.vmSizes[*].name"
"""Path of the sizes of a scale set that mixes them, whose `sku.name` is `Mix` (MicrosoftDocs/azure-compute-docs 0c6223e
articles/virtual-machine-scale-sets/instance-mix-overview.md, read 2026-12-03)."""

_SPOT_VALUES = ("spot", "low", "0", "0.0")
"""Capacity types, and on-demand percentages, that mean spot. `low` is Azure's former name of spot for scale sets."""


def _is_spot(resource: Resource, path: str) -> bool | None:
    """Returns whether a resource uses spot capacity; None if that is not known, or if a launch template decides it."""
    capacity_type: Plain = next((value for _, value in walk(resource.props, path)), MISSING)
    if capacity_type is UNKNOWN or (capacity_type is MISSING and resource.get("launchTemplate") is not MISSING):
        return None
    return str(capacity_type).lower() in _SPOT_VALUES


def single_machines(resource: Resource) -> Iterator[MachinePool]:
    """Yields a resource of these types as a pool of one machine type. It does not scale, so it has no minimum."""
    if resource.type not in CAPACITY_PATHS:
        return
    machine_path, capacity_path = CAPACITY_PATHS[resource.type]
    tags = effective_tags(resource).values
    yield MachinePool(
        machines=texts_at(resource.props, _MIXED_SIZES) or texts_at(resource.props, machine_path),
        profile=next((profile for key in PROFILE_KEYS if isinstance(profile := tags.get(key), str)), ""),
        spot=_is_spot(resource, capacity_path),
        minimum=None,
        path=capacity_path,
    )
