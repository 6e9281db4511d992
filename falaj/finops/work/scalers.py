"""Numbers of replicas between which autoscalers keep a workload: KEDA's ScaledObjects and HorizontalPodAutoscalers."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from falaj.finops.pricing_context import PricingContext
from falaj.finops.properties import get_dict, get_number, get_path, get_str
from falaj.finops.work.pod_groups import namespace_of

Target = tuple[str, str, str, str]
"""Site, namespace, kind and name of the workload that is scaled, which is in the autoscaler's namespace."""


@dataclass(frozen=True, slots=True)
class Replicas:
    """The fewest and the most pods that an autoscaler keeps."""

    least: int
    most: int


@dataclass(frozen=True, slots=True)
class _Bounds:
    """Where a kind of autoscaler has its bounds, and their defaults. `idle` is the number without use."""

    least: str
    most: str
    default_least: int
    default_most: int
    idle: str = ""


_KINDS: Mapping[str, _Bounds] = {
    # KEDA 2.21, ScaledObject specification (2026-11-27).
    "ScaledObject": _Bounds("minReplicaCount", "maxReplicaCount", 0, 100, "idleReplicaCount"),
    # autoscaling/v2, HorizontalPodAutoscalerSpec (2026-11-27). `maxReplicas` is required.
    "HorizontalPodAutoscaler": _Bounds("minReplicas", "maxReplicas", 1, 1),
}


def scaled(context: PricingContext) -> Mapping[Target, Replicas]:
    """Returns the bounds of every workload that an autoscaler of the plan scales."""
    found: dict[Target, Replicas] = {}
    for item in context.plan.resources:
        bounds = _KINDS.get(item.type.rpartition(":")[2]) if item.type.startswith("kubernetes:") else None
        if bounds is not None:
            spec = get_dict(item.props, "spec")
            target = get_dict(spec, "scaleTargetRef")
            kind, name = get_str(target, "kind", default="Deployment"), get_str(target, "name")
            found[context.site(item), namespace_of(item.props), kind, name] = _replicas(spec, bounds)
    return found


def _replicas(spec: Mapping[str, Any], bounds: _Bounds) -> Replicas:
    least = int(get_number(get_path(spec, bounds.least), bounds.default_least))
    most = int(get_number(get_path(spec, bounds.most), max(least, bounds.default_most)))
    if bounds.idle and (idle := get_path(spec, bounds.idle)) is not None:
        least = int(get_number(idle, least))
    return Replicas(least, max(least, most))
