"""Node pools of AKS, and what AKS runs in a cluster."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from falaj.facts.gpus import gpu
from falaj.facts.labels import POOL_LABEL, PROFILE_LABEL
from falaj.facts.machines import find
from falaj.finops.plan import Planned
from falaj.finops.pools import premium_disk
from falaj.finops.priced_pool import PricedPool
from falaj.finops.pricing_context import PricingContext
from falaj.finops.properties import get_dict, get_list, get_number, get_path, get_str, get_str_list
from falaj.finops.work.placement import MIG_CONFIG, Taint, one_value_each, taint_of
from falaj.finops.work.system_work import PROFILE, Parts


def cluster_pools(context: PricingContext, item: Planned) -> Iterable[PricedPool]:
    """Yields the pools that a cluster has in its own properties."""
    profiles = get_list(item.props, "agentPoolProfiles")
    return (_pool(context, item, props, str(index)) for index, props in enumerate(profiles))


def agent_pools(context: PricingContext, item: Planned) -> Iterable[PricedPool]:
    """Yields the pool of an agent pool."""
    yield _pool(context, item, item.props)


def _pool(context: PricingContext, item: Planned, props: Mapping[str, Any], identity: str = "") -> PricedPool:
    labels = get_dict(props, "nodeLabels")
    count = int(get_number(get_path(props, "count"), 1))
    scales = get_path(props, "enableAutoScaling") is True
    machine = get_str(props, "vmSize")
    system = get_str(props, "mode") == "System"
    spot = get_str(props, "scaleSetPriority") == "Spot"
    ephemeral = get_str(props, "osDiskType") == "Ephemeral"
    disk_gib = get_number(get_path(props, "osDiskSizeGB"), 128)
    return PricedPool(
        name=get_str(labels, POOL_LABEL) or get_str(props, "name") or get_str(props, "agentPoolName") or item.name,
        identity=identity,
        profile=get_str(labels, PROFILE_LABEL) or (PROFILE if system else ""),
        machines=[machine] if machine else [],
        capacities=("spot",) if spot else ("on-demand",),
        min_nodes=int(get_number(get_path(props, "minCount"), count)) if scales else count,
        max_nodes=int(get_number(get_path(props, "maxCount"), count)) if scales else count,
        spot_limit=spot_limit(props, "spotMaxPrice"),
        max_pods=int(get_number(get_path(props, "maxPods"), 0)) or None,
        labels=one_value_each(
            ({_SPOT_LABEL: "spot"} if spot else {}) | _partition(context.region(item), props) | dict(labels)
        ),
        taints=(*(taint_of(text) for text in get_str_list(props, "nodeTaints")), *((_SPOT_TAINT,) if spot else ())),
        disks=() if ephemeral else (premium_disk(disk_gib),),
        running_hours=context.awake(item),
        disks_billed_when_stopped=True,
    )


def spot_limit(props: Mapping[str, Any], *path: str) -> Decimal | None:
    """Returns the highest price per hour at which spot machines run; None for up to on demand, which is -1 and the
    default.
    """
    return get_number(get_path(props, *path), 0) or None


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
