"""Charges of machines on Azure, alone, in scale sets and in fleets: their hours, disks and licences."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from falaj.facts.prices import Capacity
from falaj.finops.azure_autoscale import AT_LEAST, is_unknown, most_by_rules, settings_of
from falaj.finops.azure_disks import PREMIUM, managed_disk
from falaj.finops.azure_licences import DECIDING as DECIDES_LICENCE
from falaj.finops.azure_licences import licence, unknown_licence
from falaj.finops.azure_pools import spot_limit
from falaj.finops.lines import Charge
from falaj.finops.plan import UNKNOWN, Planned
from falaj.finops.pools import charges, disk_of_unknown_size
from falaj.finops.priced_pool import PricedPool
from falaj.finops.pricing_context import PricingContext
from falaj.finops.properties import get_dict, get_list, get_number, get_path, get_str, unknown_at

DECIDING = ("hardwareProfile.vmSize", "priority", "billingProfile.maxPrice", "storageProfile.dataDisks",
            *DECIDES_LICENCE)  # fmt: skip
"""Properties that decide what a virtual machine costs, and have a default."""

DEFAULT_DISK_GIB = 128


def virtual_machine(context: PricingContext, item: Planned) -> Iterable[Charge]:
    """Yields the charges of a machine and its disks; those that it attaches are resources of their own."""
    machine = get_str(item.props, "hardwareProfile", "vmSize")
    spot = get_str(item.props, "priority") == "Spot"
    pool = PricedPool(
        name=item.name,
        profile="",
        machines=[machine] if machine else [],
        capacities=("spot",) if spot else ("on-demand",),
        min_nodes=1,
        max_nodes=1,
        spot_limit=spot_limit(item.props, "billingProfile", "maxPrice"),
        disks=_disks(get_dict(item.props, "storageProfile")),
        licence=licence(item.props),
    )
    yield from charges(context, item, pool)


def _disks(storage: Mapping[str, Any]) -> tuple[Charge, ...]:
    data = (get_dict(disk) for disk in get_list(storage, "dataDisks"))
    return (
        *_os_disk(get_dict(storage, "osDisk")),
        *(charge for disk in data if get_str(disk, "createOption") != "Attach" for charge in _disk(disk)),
    )


def _os_disk(disk: Mapping[str, Any]) -> tuple[Charge, ...]:
    """Returns the disk of the system; none for one on the host."""
    return () if get_str(disk, "diffDiskSettings", "option") == "Local" else _disk(disk)


def _disk(disk: Mapping[str, Any]) -> tuple[Charge, ...]:
    return sized_disk(get_str(disk, "managedDisk", "storageAccountType", default=PREMIUM), disk.get("diskSizeGB"))


def sized_disk(sku: str, size_gib: object) -> tuple[Charge, ...]:
    """Returns the charges of a disk of a size in GiB, which may be unknown; 128 by default."""
    if size_gib is UNKNOWN:
        return disk_of_unknown_size("disk", sku)
    return managed_disk(sku, get_number(size_gib, DEFAULT_DISK_GIB))


def scale_set(context: PricingContext, item: Planned) -> Iterable[Charge]:
    """Yields the charges of a scale set at its capacity."""
    model = get_dict(item.props, "virtualMachineProfile")
    sizes, in_order = _sizes(context, item)
    rules = settings_of(context, item)
    capacity = max(int(get_number(get_path(item.props, "sku", "capacity"), 0)), most_by_rules(rules, *AT_LEAST))
    later = ("the capacity of its autoscale setting",) if is_unknown(rules, *AT_LEAST) else ()
    yield from charges(
        context,
        item,
        PricedPool(
            name=item.name,
            profile="",
            machines=sizes,
            in_order=in_order,
            capacities=("spot",) if get_str(model, "priority") in ("Spot", "Low") else ("on-demand",),
            min_nodes=capacity,
            max_nodes=capacity,
            spot_limit=spot_limit(model, "billingProfile", "maxPrice"),
            disks=_disks(get_dict(model, "storageProfile")),
            licence=licence(model),
            unknown=(
                *unknown_at(item.props, "sku.name", "sku.capacity", "virtualMachineProfile.priority", *_OF_MIX),
                *unknown_licence(item, "virtualMachineProfile."),
                *later,
            ),
        ),
    )


_OF_MIX = ("skuProfile.vmSizes", "skuProfile.allocationStrategy")


def _sizes(context: PricingContext, item: Planned) -> tuple[Sequence[str], bool]:
    """Returns the sizes of a scale set, and whether the first is expected, otherwise the cheapest.

    A set that mixes sizes starts the cheapest, those with the lowest rank, or whichever Azure has, of which the dearest
    is expected (MicrosoftDocs/azure-compute-docs 0c6223e9 articles/virtual-machine-scale-sets/
    instance-mix-overview.md, read 2026-12-03).
    """
    mixed = [each for each in get_list(item.props, *_OF_MIX[0].split(".")) if get_str(each, "name")]
    if not mixed:
        size = get_str(item.props, "sku", "name")
        return [size] if size else [], False
    strategy = get_str(item.props, *_OF_MIX[1].split("."), default=_CHEAPEST).lower()
    if strategy == _BY_RANK:
        mixed.sort(key=lambda each: get_number(get_path(each, "rank"), 0))
    elif strategy != _CHEAPEST:
        mixed.sort(key=lambda each: _dearness(context, item, get_str(each, "name")), reverse=True)
    return [get_str(each, "name") for each in mixed], strategy != _CHEAPEST


def _dearness(context: PricingContext, item: Planned, size: str) -> Decimal:
    """Returns the price of a machine on demand in USD an hour, infinity if it is not known."""
    usd = context.prices.machine(context.region(item), size, "on-demand").usd
    return Decimal("Infinity") if usd is None else usd


_CHEAPEST, _BY_RANK = "lowestprice", "prioritized"


def fleet(context: PricingContext, item: Planned) -> Iterable[Charge]:
    """Yields the charges of an Azure Compute Fleet at the capacity of its two profiles."""
    sizes = [get_str(each, "name") for each in get_list(item.props, "vmSizesProfile")]
    model = get_dict(item.props, "computeProfile", "baseVirtualMachineProfile")
    capacities: tuple[tuple[str, Capacity], ...] = (
        ("regularPriorityProfile", "on-demand"),
        ("spotPriorityProfile", "spot"),
    )
    for profile, capacity in capacities:
        count = int(get_number(get_path(item.props, profile, "capacity"), 0))
        unknown = (
            *unknown_at(item.props, "vmSizesProfile", f"{profile}.capacity"),
            *unknown_licence(item, "computeProfile.baseVirtualMachineProfile."),
        )
        if not count and not unknown:
            continue
        pool = PricedPool(
            name=f"{item.name} {capacity}",
            profile="",
            machines=[size for size in sizes if size],
            capacities=(capacity,),
            min_nodes=count,
            max_nodes=count,
            identity=capacity,
            disks=_disks(get_dict(model, "storageProfile")),
            licence=licence(model),
            unknown=unknown,
        )
        yield from charges(context, item, pool)


def capacity_reservation(context: PricingContext, item: Planned) -> Iterable[Charge]:
    """Yields the charges of reserved machines, which cost the same whether they run or not."""
    size, count = get_str(item.props, "sku", "name"), int(get_number(get_path(item.props, "sku", "capacity"), 0))
    pool = PricedPool(
        name=item.name,
        profile="",
        machines=[size] if size else [],
        capacities=("on-demand",),
        min_nodes=count,
        max_nodes=count,
        unknown=unknown_at(item.props, "sku.name", "sku.capacity"),
    )
    yield from charges(context, item, pool)
