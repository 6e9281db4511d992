"""Work whose size is known only after the update, which the estimate counts as if it were not stated."""

from collections.abc import Iterator, Mapping
from typing import Any

from falaj.finops.plan import UNKNOWN
from falaj.finops.pricing_context import PricingContext
from falaj.finops.work.pod_groups import form_of, name_of

_SCALERS = ("ScaledObject", "HTTPScaledObject", "HorizontalPodAutoscaler")
_SIZES = frozenset(
    (
        *("replicas", "minReplicas", "maxReplicas", "minReplicaCount", "maxReplicaCount", "idleReplicaCount"),
        *("min", "max"),
        *("parallelism", "completions", "numNodes", "numOfHosts", "size"),
        *("spec", "template", "containers", "initContainers", "resources", "requests", "limits", "overhead"),
        *("jobTemplate", "replicatedJobs", "leaderWorkerTemplate", "workerTemplate", "leaderTemplate"),
        *("headGroupSpec", "workerGroupSpecs", "rayClusterSpec", "rayClusterConfig", "predictor"),
    )
)
"""Properties that decide how many pods there are and what they request."""
_AMOUNTS = ("requests", "limits", "overhead")
"""Properties whose every value is an amount."""


def unknown_work(context: PricingContext) -> Iterator[str]:
    """Yields a sentence for each workload or autoscaler whose size is known only after the update."""
    for item in context.plan.resources:
        kind = item.type.rpartition(":")[2]
        is_scaler = item.type.startswith("kubernetes:") and kind in _SCALERS
        if not is_scaler and form_of(item.type) is None:
            continue
        if paths := sorted(_unknown({"spec": item.props.get("spec")}, "")):
            yield (
                f"site {context.site(item) or '(unknown)'}: {kind} {name_of(item.props, item.name)} has a size that is "
                f"known only after the update ({', '.join(paths)}): its pods may need more nodes than estimated"
            )


def _unknown(value: Any, path: str) -> Iterator[str]:
    """Yields the paths of unknown sizes below a value."""
    every = path.rpartition(".")[2] in _AMOUNTS
    for key, item in _items(value):
        below = f"{path}.{key}" if path else key
        if item is UNKNOWN:
            if every or key in _SIZES:
                yield below
        else:
            yield from _unknown(item, below)


def _items(value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, (dict, Mapping)):  # a dict is found at once
        yield from value.items()
    elif isinstance(value, list):
        yield from ((str(index), item) for index, item in enumerate(value))
