"""Services of charts whose type and annotations are two values beside each other: `serviceType`, `serviceAnnotations`.

A chart that has both puts the annotations on the Service of that type (vllm-project/production-stack a6c01db0,
helm/templates/service-router.yaml, read 2026-11-29). The chart of NGINX Gateway Fabric has no annotations there, and
patches the Service instead: a strategic merge unless a patch says otherwise (nginx/nginx-gateway-fabric 0181372d,
charts/nginx-gateway-fabric/values.yaml and pull request 3773; nginx/documentation pull request 968, read 2026-12-02).
"""

from collections.abc import Iterator, Mapping

from ..engine.lazy_regex import lazy_regex
from ..engine.reading import Plain

_TYPE = lazy_regex(r"(?P<service>\w{0,60}[sS]ervice)Type")
_BALANCER = "LoadBalancer"
_PATCHED = {"nginx-gateway-fabric": ("nginx", "service")}
"""Chart -> where its values have the service whose annotations are given as patches."""
_MERGES = ("StrategicMerge", "Merge")


def annotated_services(chart: str, values: Plain) -> Iterator[tuple[str, Plain]]:
    """Yields the load balancers in a program's values whose annotations the values have, as (path of the type,
    annotations): beside the type, or in patches of charts that patch."""
    yield from balancers(values, "values")
    section, keys = values, _PATCHED.get(chart, ())
    for key in keys:
        section = section.get(key) if isinstance(section, Mapping) else None
    if keys and isinstance(section, Mapping) and section.get("type") == _BALANCER:
        annotations = _merged_annotations(section.get("patches"))
        if annotations and not section.get("loadBalancerClass"):
            yield ".".join(("values", *keys, "type")), annotations


def _merged_annotations(patches: Plain) -> dict[str, Plain]:
    """Returns the annotations that patches merge into an object; none if a patch changes anything else."""
    merged: dict[str, Plain] = {}
    for patch in patches if isinstance(patches, list) else ():
        if not isinstance(patch, Mapping) or patch.get("type", "StrategicMerge") not in _MERGES:
            return {}
        value = patch.get("value")
        metadata = value.get("metadata") if isinstance(value, Mapping) and len(value) == 1 else None
        annotations = metadata.get("annotations") if isinstance(metadata, Mapping) and len(metadata) == 1 else None
        if not isinstance(annotations, Mapping):
            return {}
        merged |= annotations
    return merged


def balancers(values: Plain, path: str) -> Iterator[tuple[str, Plain]]:
    """Yields the load balancers in values that have annotations beside their type, as (path of the type,
    annotations)."""
    items = values.items() if isinstance(values, Mapping) else enumerate(values) if isinstance(values, list) else ()
    for key, item in items:
        is_index = isinstance(key, int)
        found = None if is_index else _TYPE.fullmatch(str(key))
        if found is not None and item == _BALANCER and isinstance(values, Mapping):
            annotations = values.get(f"{found['service']}Annotations")
            if annotations:
                yield f"{path}.{key}", annotations
        yield from balancers(item, f"{path}[{key}]" if is_index else f"{path}.{key}")
