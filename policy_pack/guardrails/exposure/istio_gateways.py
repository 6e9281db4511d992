"""Istio's policies for gateways of the Gateway API, and what the plan has in the namespace of each: an index, so that
many of them take linear time."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ..engine.lazy_regex import lazy_regex
from ..engine.plan import Plan
from ..engine.reading import MISSING, UNKNOWN, Plain, Resource
from ..readers.kubernetes_objects import ObjectPart, objects

_ROOT_NAMESPACE = "istio-system"
"""Namespace whose policies without a target apply to the whole mesh."""
_GATEWAY_LABEL = "gateway.networking.k8s.io/gateway-name"
"""Label of the pods of a gateway, with its name."""
GATEWAY, _POLICY, DENIAL = "Gateway", "AuthorizationPolicy", "denies without a token"
"""Kinds of objects, and the key of the policies that refuse requests without a token, in the index of the plan."""
_ALL, _MANY = "in all namespaces", "of many namespaces"
"""Keys of the same index that are no namespaces: of every object of a kind, and of the policies that may apply to
gateways of other namespaces."""
_GROUPS = {GATEWAY: "kubernetes:gateway.networking.k8s.io/", _POLICY: "kubernetes:security.istio.io/"}
"""Kind of objects -> beginning of their types: Istio's own API has gateways of the same kind."""
_HEALTH = lazy_regex(
    r"/(?:[\w.-]{1,40}/){0,4}(?:health(?:z|y|check)?|livez?|liveness|readyz?|readiness|startup|started|ping)"
)
"""Paths by which probes ask whether a program works, and which tell callers nothing else: Istio's own example leaves
out `/healthz` (istio.io, RequestAuthentication, "disable-jwt-for-healthz", found in public repositories on
2026-11-30)."""


@dataclass(frozen=True)
class Policy:
    """An AuthorizationPolicy of the plan."""

    item: ObjectPart

    @property
    def action(self) -> Plain:
        action = self.item.child("spec").get("action")
        return "ALLOW" if action is MISSING else action

    @property
    def rules(self) -> list[ObjectPart]:
        return list(self.item.child("spec").children("rules"))

    def applies_to(self, gateway: ObjectPart) -> bool:
        """Returns whether the policy applies to a gateway; a name or namespace that is not known may be the
        gateway's."""
        spec, namespace = self.item.child("spec"), namespace_of(self.item)
        selector = spec.child("selector").child("matchLabels").data
        targets = _targets(spec)
        if any(_is_class_of(target, gateway) for target in targets):
            return True
        if not targets and not selector and namespace == _ROOT_NAMESPACE:
            return True
        if namespace is not UNKNOWN and namespace_of(gateway) not in (UNKNOWN, namespace):
            return False
        if targets:
            return any(target.get("name") in (UNKNOWN, name_of(gateway)) for target in gateway_targets(spec))
        return not selector or selector.get(_GATEWAY_LABEL, MISSING) in (UNKNOWN, name_of(gateway))

    @property
    def is_of_many_namespaces(self) -> bool:
        """Whether the policy may apply to gateways of other namespaces than its own."""
        is_of_class = any(target.get("kind") == "GatewayClass" for target in _targets(self.item.child("spec")))
        return is_of_class or namespace_of(self.item) in (UNKNOWN, _ROOT_NAMESPACE)

    def denies_without_token(self) -> bool:
        """Returns whether the policy refuses every request without a token, whatever others allow."""
        if self.action == "CUSTOM":
            return any(not rule.data for rule in self.rules)
        return self.action == "DENY" and any(
            rule.data.keys() <= {"from", "to"}
            and ("to" not in rule.data or any(map(_is_all_but_health, operations_of(rule))))
            and any(source.child("source").data == {"notRequestPrincipals": ["*"]} for source in rule.children("from"))
            for rule in self.rules
        )


def operations_of(rule: ObjectPart) -> list[Mapping[str, Plain]]:
    """Returns the operations of a rule, of which a request needs to be one."""
    return [item.child("operation").data for item in rule.children("to")]


def _is_all_but_health(operation: Mapping[str, Plain]) -> bool:
    """Returns whether an operation is every request but those of probes and of browsers that ask what they may send.
    One without fields is none that Istio accepts (istio/istio 86c9f01f
    pkg/config/validation/validation.go, `to.operation`, read 2026-12-01)."""
    paths, methods = operation.get("notPaths", []), operation.get("notMethods", [])
    is_small = isinstance(paths, list) and all(map(_is_health, paths)) and methods in ([], ["OPTIONS"])
    return is_small and bool(operation) and operation.keys() <= {"notPaths", "notMethods"}


def is_of_health(operation: Mapping[str, Plain]) -> bool:
    """Returns whether an operation is of probes alone, however its other fields limit it."""
    paths = operation.get("paths")
    return isinstance(paths, list) and bool(paths) and all(map(_is_health, paths))


def _is_health(path: Plain) -> bool:
    return isinstance(path, str) and _HEALTH.fullmatch(path) is not None


def _targets(spec: ObjectPart) -> list[ObjectPart]:
    """Returns what a policy is attached to: gateways, or services, entries and classes, whose waypoints enforce it
    (ambientmesh.io, "Authorization policy with waypoint proxies", read 2026-11-28)."""
    single = [spec.child("targetRef")] if spec.child("targetRef").data else []
    return [*single, *spec.children("targetRefs")]


def gateway_targets(spec: ObjectPart) -> list[ObjectPart]:
    """Returns the targets of a policy that are gateways, or may be."""
    return [target for target in _targets(spec) if target.get("kind") in (GATEWAY, UNKNOWN)]


def _is_class_of(target: ObjectPart, gateway: ObjectPart) -> bool:
    gateway_class = gateway.child("spec").get("gatewayClassName")
    return target.get("kind") == "GatewayClass" and target.get("name") in (UNKNOWN, gateway_class)


def name_of(item: ObjectPart) -> Plain:
    """Returns the name of an object."""
    return item.child("metadata").get("name")


def namespace_of(item: ObjectPart) -> Plain:
    """Returns the namespace of an object."""
    namespace = item.child("metadata").get("namespace")
    return "default" if namespace is MISSING else namespace


def _mesh_keys(resource: Resource) -> Iterator[str]:
    """Yields under what the plan has gateways and policies, and those policies that close a gateway by themselves: all,
    and those of each namespace."""
    for gateway in _planned(resource, GATEWAY):
        yield from (f"{GATEWAY} {_ALL}", f"{GATEWAY} {namespace_of(gateway)}")
    for policy in map(Policy, _planned(resource, _POLICY)):
        place = _MANY if policy.is_of_many_namespaces else namespace_of(policy.item)
        for kind in (_POLICY, DENIAL) if policy.denies_without_token() else (_POLICY,):
            yield from (f"{kind} {_ALL}", f"{kind} {place}")


def _planned(resource: Resource, kind: str) -> Iterator[ObjectPart]:
    return objects(resource, kind) if resource.type.startswith((_GROUPS[kind], "kubernetes:core/v1:List")) else iter(())


def _found(plan: Plan, kind: str, *places: Plain) -> Iterator[Resource]:
    index = plan.by_key(_mesh_keys)
    return (resource for place in places for resource in index.get(f"{kind} {place}", ()))


def policies_near(gateway: ObjectPart, plan: Plan, kind: str = _POLICY) -> list[Policy]:
    """Returns the policies that may apply to a gateway, and others; with DENIAL those that close it by themselves."""
    namespace = namespace_of(gateway)
    places = (_ALL,) if namespace is UNKNOWN else (namespace, _MANY)
    return [Policy(item) for resource in _found(plan, kind, *places) for item in _planned(resource, _POLICY)]


def gateways_near(policy: Policy, plan: Plan) -> list[ObjectPart]:
    """Returns the gateways to which a policy may apply, and others."""
    places = (_ALL,) if policy.is_of_many_namespaces else (namespace_of(policy.item), UNKNOWN)
    return [item for resource in _found(plan, GATEWAY, *places) for item in _planned(resource, GATEWAY)]


def created_gateways(plan: Plan, kind: str) -> frozenset[tuple[Plain, Plain]]:
    """Returns the namespaces and names of the gateways of a plan."""
    gateways = (item for resource in _found(plan, kind, _ALL) for item in _planned(resource, kind))
    return frozenset((namespace_of(gateway), name_of(gateway)) for gateway in gateways)
