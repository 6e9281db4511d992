"""Rights of meshes by which each service may call each other.

Consul: an intention of every source for every destination; an intention of one service is weighed before it, but each
new service is open (hashicorp/consul-k8s a507b1d1e, control-plane/api/v1alpha1/serviceintentions_types.go). Kuma: a
permission of the whole mesh for the whole mesh (kumahq/kuma 348b6528b, pkg/plugins/policies/meshtrafficpermission/api/
v1alpha1; AllowWithShadowDeny lets pass as well); read 2026-11-30. A service that all may call has its name in the
destination, and passes.
"""

from collections.abc import Iterator

from ..engine.kubernetes_lists import expand_list, kind_of
from ..engine.lazy_regex import lazy_regex
from ..engine.reading import MISSING, Resource
from ..engine.verdicts import Outcome, failed
from ..readers.kubernetes_objects import ObjectPart

_CONSUL, _KUMA = "kubernetes:consul.hashicorp.com/", "kubernetes:kuma.io/"
_EVERY_PATH = lazy_regex(r"\^?/?(?:\.[*+])?\$?")
_ALLOWS = ("allow", "allowwithshadowdeny")


def check_open_meshes(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure for each right of all services of a mesh on all others."""
    if not resource.type.startswith((_CONSUL, _KUMA)):
        return
    for item in expand_list(resource):
        spec = ObjectPart("", item.props).child("spec")
        if kind_of(item) == "ServiceIntentions" and spec.child("destination").get("name") == "*":
            yield from _check_sources(spec)
        elif kind_of(item) == "MeshTrafficPermission" and _is_of_all(spec):
            yield from _check_callers(spec)


def _check_sources(spec: ObjectPart) -> Iterator[Outcome]:
    for source in spec.children("sources"):
        permissions = [item for item in source.children("permissions") if _is_allowed(item.get("action"))]
        is_open = _is_allowed(source.get("action")) or any(map(_is_for_all, permissions))
        if source.get("name") == "*" and is_open:
            yield failed(f"{source.path} lets each service of the mesh call each other", source.path)


def _is_for_all(permission: ObjectPart) -> bool:
    """Returns whether a permission of Consul asks for no token, and is for every path and header."""
    http = permission.child("http")
    paths = [value for key in ("pathExact", "pathPrefix", "pathRegex") if (value := http.get(key)) is not MISSING]
    is_every_path = all(isinstance(path, str) and _EVERY_PATH.fullmatch(path) for path in paths)
    return is_every_path and not http.data.get("header") and permission.get("jwt") is MISSING


def _check_callers(spec: ObjectPart) -> Iterator[Outcome]:
    for rule in spec.children("from"):
        if _is_of_all(rule) and _is_allowed(rule.child("default").get("action")):
            yield failed(f"{rule.path} lets each service of the mesh call each other", rule.path)


def _is_of_all(part: ObjectPart) -> bool:
    """Returns whether what a policy of Kuma is for, or from, is the whole mesh: without a target it is too."""
    target = part.child("targetRef")
    return target.get("kind") in (MISSING, "Mesh") and not target.data.get("tags") and not target.data.get("labels")


def _is_allowed(action: object) -> bool:
    return isinstance(action, str) and action.strip().lower() in _ALLOWS
