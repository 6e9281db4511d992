"""Numbers of replicas between which autoscalers keep a workload: those of KEDA, and HorizontalPodAutoscalers."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from falaj.finops.plan import Planned
from falaj.finops.pricing_context import PricingContext
from falaj.finops.properties import get_dict, get_number, get_path, get_str
from falaj.finops.work.cron_triggers import Schedule, schedule_of
from falaj.finops.work.pod_groups import namespace_of

Target = tuple[str, str, str, str]
"""Site, namespace, kind and name of the workload that is scaled, which is in the autoscaler's namespace."""


@dataclass(frozen=True, slots=True)
class Replicas:
    """The fewest and the most replicas that an autoscaler keeps, whether it changes a target that has none, and what
    its schedule starts."""

    least: int
    most: int
    starts: bool = True
    schedule: Schedule = field(default_factory=Schedule)


@dataclass(frozen=True, slots=True)
class _Bounds:
    """Where a kind of autoscaler has its bounds, as paths with dots, and their defaults. `idle` is the number without
    use, `off` the annotations that turn it off, `starts` whether it changes a target of 0 replicas."""

    least: str
    most: str
    default_least: int
    default_most: int
    idle: str = ""
    off: tuple[str, ...] = ()
    starts: bool = True


_PAUSED, _PAUSED_REPLICAS = "autoscaling.keda.sh/paused", "autoscaling.keda.sh/paused-replicas"
"""Annotations of a ScaledObject: it keeps the replicas that run, or that many (KEDA 2.21, Pausing autoscaling)."""
_SKIPPED = "httpscaledobject.keda.sh/skip-scaledobject-creation"

_KINDS: Mapping[str, _Bounds] = {
    # KEDA 2.21, ScaledObject specification (2026-11-27).
    "ScaledObject": _Bounds("minReplicaCount", "maxReplicaCount", 0, 100, "idleReplicaCount", (_PAUSED,)),
    # HTTP Add-on 0.15.0, which creates a ScaledObject with its annotations (operator/controllers/http; 2026-11-27).
    "HTTPScaledObject": _Bounds("replicas.min", "replicas.max", 0, 100, off=(_PAUSED, _SKIPPED)),
    # autoscaling/v2, HorizontalPodAutoscalerSpec (2026-11-27). `maxReplicas` is required. It is off while the target
    # has 0 replicas, unless its own minimum is 0 (pkg/controller/podautoscaler, condition ScalingDisabled).
    "HorizontalPodAutoscaler": _Bounds("minReplicas", "maxReplicas", 1, 1, starts=False),
}


def scaled(context: PricingContext) -> Mapping[Target, Replicas]:
    """Returns the bounds of every workload that an autoscaler of the plan scales."""
    found: dict[Target, Replicas] = {}
    for item in context.plan.resources:
        bounds = _KINDS.get(item.type.rpartition(":")[2]) if item.type.startswith("kubernetes:") else None
        if bounds is not None and (replicas := _replicas(item, bounds)) is not None:
            spec = get_dict(item.props, "spec")
            target = get_dict(spec, "scaleTargetRef")
            kind, name = get_str(target, "kind", default="Deployment"), get_str(target, "name")
            found[context.site(item), namespace_of(item.props), kind, name] = replicas
    return found


def _replicas(item: Planned, bounds: _Bounds) -> Replicas | None:
    """Returns the replicas of an autoscaler; None for one that is turned off, and changes nothing."""
    spec, annotations = get_dict(item.props, "spec"), get_dict(item.props, "metadata", "annotations")
    if (paused := get_path(annotations, _PAUSED_REPLICAS)) is not None:
        kept = int(get_number(paused, 0))
        return Replicas(kept, kept)
    if any(get_str(annotations, key).lower() == "true" for key in bounds.off):
        return None
    least = int(get_number(get_path(spec, *bounds.least.split(".")), bounds.default_least))
    most = int(get_number(get_path(spec, *bounds.most.split(".")), max(least, bounds.default_most)))
    when_active, most = least, max(least, most)
    if bounds.idle and (idle := get_path(spec, bounds.idle)) is not None:
        least = int(get_number(idle, least))
    schedule = schedule_of(spec, least, when_active, most)
    return Replicas(least, max(least, most), starts=bounds.starts or not least, schedule=schedule)
