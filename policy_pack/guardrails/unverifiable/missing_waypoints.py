"""Policies of Istio for a service before which no waypoint stands.

A policy that names a service or an entry by `targetRefs` is enforced by its waypoint, and by nothing else; which one it
has says the label `istio.io/use-waypoint` of the service, and that of its namespace only where it has none: `none` is
no waypoint, and one that is for workloads takes no calls of services (istio/istio.io 05878b54 and 03ae9342
content/en/docs/ambient/usage/waypoint/index.md and l7-features/index.md; istio/istio 166ccb28
pilot/pkg/serviceregistry/ambient/waypoints.go; read 2026-12-02; that without the label a parent is not respected by a
message of istio/istio, and that policies with targetRefs are not evaluated then by a public program, both found as
strings, read 2026-12-02).
"""

from collections.abc import Iterator

from ..engine.plan import Plan
from ..engine.reading import MISSING, Resource
from ..engine.verdicts import Outcome, failed
from ..readers.kubernetes_objects import ObjectPart, objects
from ..readers.same_cluster import may_be_in_one_cluster, place_of

_POLICIES = ("AuthorizationPolicy", "RequestAuthentication")
_GROUP = "kubernetes:security.istio.io/"
_LABEL = "istio.io/use-waypoint"
_TRAFFIC = "istio.io/waypoint-for"
_WITHOUT = (MISSING, "", "none")
_NOT_OF_SERVICES = ("workload", "none")
_TARGETS = ("Service", "ServiceEntry")
_KINDS = (*_TARGETS, "Namespace", "Gateway")


def check_waypoints(resource: Resource, plan: Plan) -> Iterator[Outcome]:
    """Yields a failure for each service that a policy names, if neither it nor its namespace names a waypoint."""
    if not resource.type.startswith(_GROUP):
        return
    for policy in objects(resource, *_POLICIES):
        spec, place = policy.child("spec"), place_of(policy)
        for target in (spec.child("targetRef"), *spec.children("targetRefs")):
            key = f"{target.get('kind')}/{place}/{target.get('name')}"
            if target.get("kind") in _TARGETS and _is_without(key, place, resource, plan):
                path = target.path_to("name")
                text = f"{path} is a service without a waypoint, so that nothing enforces the policy: label it with"
                yield failed(f"{text} {_LABEL}", path)


def _is_without(key: str, place: object, resource: Resource, plan: Plan) -> bool:
    """Returns whether nothing enforces the policies of a service that the plan makes."""
    own = next(_named(key, resource, plan), None)
    if own is None:
        return False
    part = own if _label_of(own) is not MISSING else next(_named(f"Namespace/{place}", resource, plan), None)
    if part is None:
        return False
    if _label_of(part) in _WITHOUT:
        return True
    other = _label_of(part, f"{_LABEL}-namespace")
    waypoint = f"Gateway/{place if other is MISSING else other}/{_label_of(part)}"
    return any(_label_of(item, _TRAFFIC) in _NOT_OF_SERVICES for item in _named(waypoint, resource, plan))


def _label_of(item: ObjectPart, label: str = _LABEL) -> object:
    return item.child("metadata").child("labels").get(label)


def _named(key: str, resource: Resource, plan: Plan) -> Iterator[ObjectPart]:
    kind = key.partition("/")[0]
    for item in plan.by_key(_keys).get(key, ()):
        if may_be_in_one_cluster(resource, item):
            yield from (one for one in objects(item, kind) if _key(one, kind) == key)


def _keys(resource: Resource) -> Iterator[str]:
    for kind in _KINDS:
        yield from (_key(item, kind) for item in objects(resource, kind))


def _key(item: ObjectPart, kind: str) -> str:
    name = item.child("metadata").get("name")
    return f"{kind}/{name}" if kind == "Namespace" else f"{kind}/{place_of(item)}/{name}"
