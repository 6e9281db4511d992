"""Versions of the APIs of Kubernetes: an object is the same in all of them, and the estimate reads one.

The fields that it reads have the same names in the earlier versions that clusters serve or have served (Kubernetes,
Deprecated API Migration Guide; Karpenter, v1 Migration; Gateway API, Versioning; read 2026-11-27).
"""

from dataclasses import replace

from falaj.facts.clouds import CLOUDS
from falaj.finops.meters import cluster_meters
from falaj.finops.plan import Plan

_KUBERNETES = "kubernetes:"


def _node_class_versions() -> dict[str, str]:
    karpenters = (cluster_meters(cloud).karpenter for cloud in CLOUDS)
    return dict(_split(each.node_class)[:2] for each in karpenters if each is not None)


def _split(kind: str) -> tuple[str, str, str]:
    """Returns the API group, the version and the kind of a type token of Kubernetes."""
    version, _, name = kind.removeprefix(_KUBERNETES).partition(":")
    group, _, version = version.partition("/")
    return group, version, name


_READ = {
    **dict.fromkeys(("apps", "batch", "networking.k8s.io", "storage.k8s.io", "snapshot.storage.k8s.io"), "v1"),
    **dict.fromkeys(("gateway.networking.k8s.io", "karpenter.sh"), "v1"),
    "kueue.x-k8s.io": "v1beta2",
    "opentelemetry.io": "v1beta1",
    **_node_class_versions(),
}
"""API group -> the version of its types in the estimate."""


def in_read_versions(plan: Plan) -> Plan:
    """Returns a plan whose objects have the types of the versions that the estimate reads."""
    kinds = {item.type: _read(item.type) for item in plan.resources}
    if all(kind == read for kind, read in kinds.items()):
        return plan
    return replace(plan, resources=tuple(replace(item, type=kinds[item.type]) for item in plan.resources))


def _read(kind: str) -> str:
    if not kind.startswith(_KUBERNETES):
        return kind
    group, version, name = _split(kind)
    return f"{_KUBERNETES}{group}/{_READ.get(group, version)}:{name}" if version else kind
