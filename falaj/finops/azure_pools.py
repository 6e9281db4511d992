"""Node pools of AKS, and what AKS runs in a cluster."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import cache
from typing import Any

from falaj.facts.gpus import gpu
from falaj.facts.labels import POOL_LABEL, PROFILE_LABEL
from falaj.facts.machine_names import accelerator, category, traits
from falaj.facts.machines import Machine, find
from falaj.facts.regions import zones_of
from falaj.finops.azure_disks import PREMIUM, managed_disk
from falaj.finops.karpenter_types import Labels, gpu_count, gpu_manufacturer, memory_mib
from falaj.finops.lines import Charge, fixed
from falaj.finops.plan import Planned
from falaj.finops.priced_pool import WINDOWS, PricedPool
from falaj.finops.pricing_context import PricingContext
from falaj.finops.properties import get_dict, get_list, get_number, get_path, get_str, get_str_list, unknown_at
from falaj.finops.work.placement import MIG_CONFIG, Taint, one_value_each, taint_of
from falaj.finops.work.system_work import PROFILE, Parts


def cluster_pools(context: PricingContext, item: Planned) -> Iterable[PricedPool]:
    """Yields the pools that a cluster has in its own properties."""
    profiles = get_list(item.props, "agentPoolProfiles")
    return (pool for index, props in enumerate(profiles) for pool in _pools(context, item, props, str(index)))


def agent_pools(context: PricingContext, item: Planned) -> Iterable[PricedPool]:
    """Yields the pool of an agent pool."""
    yield from _pools(context, item, item.props)


_MANUAL = "virtualMachinesProfile.scale.manual"
"""Sizes of a pool of single machines, each with its number, which no autoscaler changes (MicrosoftDocs/azure-aks-docs
0d92e239 articles/aks/virtual-machines-node-pools.md, read 2026-12-03)."""


def _pools(
    context: PricingContext, item: Planned, props: Mapping[str, Any], identity: str = ""
) -> Iterable[PricedPool]:
    """Yields the pool of these properties, once for each size of single machines."""
    manual = get_list(props, *_MANUAL.split("."))
    if not manual:
        yield _pool(context, item, props, identity)
    for index, each in enumerate(map(get_dict, manual)):
        sized = {"vmSize": each.get("size"), "count": each.get("count"), "enableAutoScaling": False}
        yield _pool(context, item, {**props, **sized}, f"{identity}manual{index}")


def _pool(context: PricingContext, item: Planned, props: Mapping[str, Any], identity: str = "") -> PricedPool:
    labels = get_dict(props, "nodeLabels")
    unknown = unknown_at(props, *_DECIDES_SIZE)
    least, most = _sizes(props, unknown)
    machine = get_str(props, "vmSize")
    system = get_str(props, "mode") == "System"
    spot = get_str(props, "scaleSetPriority") == "Spot"
    os_disk = _os_disk(context.region(item), props)
    return PricedPool(
        name=get_str(labels, POOL_LABEL) or get_str(props, "name") or get_str(props, "agentPoolName") or item.name,
        identity=identity,
        profile=get_str(labels, PROFILE_LABEL) or (PROFILE if system else ""),
        machines=[machine] if machine else [],
        capacities=("spot",) if spot else ("on-demand",),
        min_nodes=least,
        max_nodes=most,
        spot_limit=spot_limit(props, "spotMaxPrice"),
        max_pods=int(get_number(get_path(props, "maxPods"), 0)) or None,
        labels=one_value_each(_set_by_aks(item, props) | _partition(context.region(item), props) | dict(labels)),
        zones=get_str_list(props, "availabilityZones"),
        machine_labels=_accelerator,
        taints=(*(taint_of(text) for text in get_str_list(props, "nodeTaints")), *((_SPOT_TAINT,) if spot else ())),
        disks=(*os_disk, *_address(context, props)),
        storage_gib=get_number(get_path(props, "osDiskSizeGB"), 0) or None if os_disk and not unknown else None,
        licence=WINDOWS if get_str(props, "osType") == WINDOWS else "",
        running_hours=context.awake(item),
        disks_billed_when_stopped=True,
        unknown=unknown,
    )


_DEFAULT_OS_DISK_GIB = ((8, 128), (16, 256), (64, 512))
"""Below this number of vCPU, the default size of a managed OS disk in GiB (AKS, Storage concepts; 2026-11-27)."""
_LARGEST_OS_DISK_GIB = 1024
"""The default size of the others."""


def _os_disk(region: str, props: Mapping[str, Any]) -> tuple[Charge, ...]:
    """Returns the OS disk of a node; none for one on the host, which AKS takes where a VM size has room for it, unless
    managed disks are asked for (the same)."""
    kind, machine = get_str(props, "osDiskType"), find(region, get_str(props, "vmSize"))
    cpus = machine.vcpu if machine is not None and machine.vcpu else 0
    default = next((gib for above, gib in _DEFAULT_OS_DISK_GIB if cpus < above), _LARGEST_OS_DISK_GIB)
    size = get_number(get_path(props, "osDiskSizeGB"), 0) or Decimal(default)
    room = (machine.ephemeral_os_gib if machine is not None else None) or 0
    if kind == "Ephemeral" or (kind != "Managed" and size <= room):
        return ()
    return managed_disk(PREMIUM, size)


def _address(context: PricingContext, props: Mapping[str, Any]) -> tuple[Charge, ...]:
    """Returns the public address of a node, if the pool gives it one."""
    if get_path(props, "enableNodePublicIP") is not True:
        return ()
    return (Charge("public-ip", "standard", fixed(context.hours)),)


def region_zones(context: PricingContext, item: Planned) -> Sequence[str]:
    """Returns the zones of a resource's region."""
    return zones_of(context.region(item))


_COUNTS = ("count", "minCount", "maxCount")
_DECIDES_SIZE = (
    *_COUNTS, "enableAutoScaling", "vmSize", "scaleSetPriority", "spotMaxPrice", "osDiskType", "osDiskSizeGB",
    "maxPods", "gpuInstanceProfile", "enableNodePublicIP", "osType", _MANUAL,
)  # fmt: skip


def _sizes(props: Mapping[str, Any], unknown: Sequence[str]) -> tuple[int, int | None]:
    """Returns the fewest and the most machines: no machines and no limit where they are known only after the update."""
    count = int(get_number(get_path(props, "count"), 0 if "count" in unknown else 1))
    least, most = (int(get_number(get_path(props, key), 0 if key in unknown else count)) for key in _COUNTS[1:])
    if "enableAutoScaling" in unknown:
        return min(least, count), None
    if get_path(props, "enableAutoScaling") is not True:
        return count, None if "count" in unknown else count
    return least, None if "maxCount" in unknown else max(least, most)


def spot_limit(props: Mapping[str, Any], *path: str) -> Decimal | None:
    """Returns the highest price per hour at which spot machines run; None for up to on demand, which is -1 and the
    default.
    """
    return get_number(get_path(props, *path), 0) or None


def _set_by_aks(item: Planned, props: Mapping[str, Any]) -> dict[str, str]:
    """Returns the labels that AKS sets on all nodes of a pool (AKS, Use labels, reserved system labels; 2026-11-27)."""
    name = get_str(props, "name") or get_str(props, "agentPoolName") or item.name
    own = {
        "agentpool": name,
        "kubernetes.azure.com/agentpool": name,
        "kubernetes.azure.com/mode": get_str(props, "mode", default="User").lower(),
    }
    return own | ({_SPOT_LABEL: "spot"} if get_str(props, "scaleSetPriority") == "Spot" else {})


def _accelerator(machine: Machine) -> Labels:
    """Returns the labels of AKS on machines with GPUs."""
    return dict.fromkeys(("accelerator", "kubernetes.azure.com/accelerator"), gpu_manufacturer(machine))


@cache
def karpenter_labels(machine: Machine) -> Labels:
    """Returns the labels of a node that follow from its machine type (Azure/karpenter-provider-azure,
    instancetype/instancetype.go, with Azure/skewer, vmsize.go; read 2026-11-27). Their keys are those of requirements.
    """
    facts, memory = traits(machine.name), memory_mib(machine)
    cpus = None if machine.vcpu is None else str(machine.vcpu)
    version = f"_v{facts.generation}"
    values = {
        "family": category(machine.name),
        "series": facts.series + (version if machine.name.endswith(version) else ""),
        "version": str(facts.generation),
        "cpu": cpus,
        "memory": memory,
        "gpu-count": str(gpu_count(machine)),
        "gpu-name": (accelerator(machine.name) or machine.gpu_model) if machine.gpus else None,
        "gpu-manufacturer": gpu_manufacturer(machine),
    }
    own = {"kubernetes.azure.com/sku-cpu": cpus, "kubernetes.azure.com/sku-memory": memory}
    return own | {f"karpenter.azure.com/sku-{key}": value for key, value in values.items()}


_SPOT_LABEL = "kubernetes.azure.com/scalesetpriority"
_SPOT_TAINT = Taint(_SPOT_LABEL, "spot")
"""AKS adds this label and this taint to the nodes of every spot pool (AKS, spot node pools; read 2026-11-27)."""


def _partition(region: str, props: Mapping[str, Any]) -> dict[str, str]:
    """Returns the label of the MIG slices into which AKS partitions GPUs: `MIG1g` is the smallest profile with one
    compute slice (AKS, multi-instance GPU)."""
    compute = get_str(props, "gpuInstanceProfile").removeprefix("MIG")
    machine = find(region, get_str(props, "vmSize"))
    card = gpu(machine.gpu_model) if machine is not None and compute else None
    profile = next((name for name in (card.mig_profiles if card else ()) if name.startswith(f"{compute}.")), "")
    return {MIG_CONFIG: f"all-{profile}"} if profile else {}


def installed(item: Planned) -> Parts:
    """Yields what AKS runs in a cluster by its features."""
    features = {
        "aks": True,
        "aks-keda": get_path(item.props, "workloadAutoScalerProfile", "keda", "enabled"),
        "aks-policy": get_path(item.props, "addonProfiles", "azurepolicy", "enabled"),
        "aks-defender": get_path(item.props, "securityProfile", "defender", "securityMonitoring", "enabled"),
    }
    return ((part, {}) for part, is_enabled in features.items() if is_enabled is True)
