"""Services of charts whose type and annotations are two values beside each other: `serviceType`, `serviceAnnotations`.

A chart that has both puts the annotations on the Service of that type (vllm-project/production-stack a6c01db0,
helm/templates/service-router.yaml, read 2026-11-29).
"""

from collections.abc import Iterator, Mapping

from ..engine.lazy_regex import lazy_regex
from ..engine.reading import Plain

_TYPE = lazy_regex(r"(?P<service>\w{0,60}[sS]ervice)Type")
_BALANCER = "LoadBalancer"


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
