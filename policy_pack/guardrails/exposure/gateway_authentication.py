"""Authentication of requests at gateways of the Gateway API.

A gateway is evaluated where it is created. A route to a gateway of another stack needs that gateway on a list. Of the
controllers, Istio's policies are read: without an ALLOW policy a gateway lets every request through, with one only
those that a rule of an ALLOW policy matches (istio.io, AuthorizationPolicy, read 2026-11-27). `envoy_gateways.py` reads
those of Envoy Gateway. Ingresses and gateways of Istio's own API are not evaluated.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase

from ..engine.families import exposure_rule
from ..engine.lazy_regex import lazy_regex
from ..engine.plan import Plan
from ..engine.reading import MISSING, UNKNOWN, Plain, Resource
from ..engine.rows import Guardrail, Severity
from ..engine.verdicts import Outcome, failed, passed, undetermined
from ..readers.kubernetes_objects import KUBERNETES_TYPES, ObjectPart, objects
from .envoy_gateways import asks_for_certificates, asks_for_identity

_ROUTES = ("HTTPRoute", "GRPCRoute", "TLSRoute", "TCPRoute", "UDPRoute")
_ISTIO_CLASSES = ("istio", "istio-remote")
WAYPOINT_CLASSES = ("istio-waypoint", "istio-agentgateway-waypoint")
"""Classes of proxies between workloads of Istio's ambient mode, which callers reach by mutual TLS only."""
_ROOT_NAMESPACE = "istio-system"
"""Namespace whose policies without a target apply to the whole mesh."""
_GATEWAY_LABEL = "gateway.networking.k8s.io/gateway-name"
"""Label of the pods of a gateway, with its name."""
_GATEWAY, _POLICY, _DENIAL = "Gateway", "AuthorizationPolicy", "denies without a token"
"""Kinds of objects, and the key of the policies that refuse requests without a token, in the index of the plan."""
_GROUPS = {_GATEWAY: "kubernetes:gateway.networking.k8s.io/", _POLICY: "kubernetes:security.istio.io/"}
"""Kind of objects -> beginning of their types: Istio's own API has gateways of the same kind."""
_HEALTH = lazy_regex(
    r"/(?:[\w.-]{1,40}/){0,4}(?:health(?:z|y|check)?|livez?|liveness|readyz?|readiness|startup|started|ping)"
)
"""Paths by which probes ask whether a program works, and which tell callers nothing else: Istio's own example leaves
out `/healthz` (istio.io, RequestAuthentication, "disable-jwt-for-healthz", found in public repositories on
2026-11-30)."""
_TOKEN_KEYS = "request.auth."  # noqa: S105  prefix of the conditions that only a valid token meets


@dataclass(frozen=True)
class _Policy:
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
        spec, namespace = self.item.child("spec"), _namespace(self.item)
        selector = spec.child("selector").child("matchLabels").data
        targets = _targets(spec)
        if any(_is_class_of(target, gateway) for target in targets):
            return True
        if not targets and not selector and namespace == _ROOT_NAMESPACE:
            return True
        if namespace is not UNKNOWN and _namespace(gateway) not in (UNKNOWN, namespace):
            return False
        if targets:
            return any(target.get("name") in (UNKNOWN, _name(gateway)) for target in _gateway_targets(spec))
        return not selector or selector.get(_GATEWAY_LABEL, MISSING) in (UNKNOWN, _name(gateway))

    def denies_without_token(self) -> bool:
        """Returns whether the policy refuses every request without a token, whatever others allow."""
        if self.action == "CUSTOM":
            return any(not rule.data for rule in self.rules)
        return self.action == "DENY" and any(
            rule.data.keys() <= {"from", "to"}
            and ("to" not in rule.data or any(map(_is_all_but_health, _operations(rule))))
            and any(source.child("source").data == {"notRequestPrincipals": ["*"]} for source in rule.children("from"))
            for rule in self.rules
        )


def _operations(rule: ObjectPart) -> list[Mapping[str, Plain]]:
    """Returns the operations of a rule, of which a request needs to be one."""
    return [item.child("operation").data for item in rule.children("to")]


def _is_all_but_health(operation: Mapping[str, Plain]) -> bool:
    """Returns whether an operation is every request but those of probes and of browsers that ask what they may send.
    One without fields is none that Istio accepts (istio/istio 86c9f01f
    pkg/config/validation/validation.go, `to.operation`, read 2026-12-01)."""
    paths, methods = operation.get("notPaths", []), operation.get("notMethods", [])
    is_small = isinstance(paths, list) and all(map(_is_health, paths)) and methods in ([], ["OPTIONS"])
    return is_small and bool(operation) and operation.keys() <= {"notPaths", "notMethods"}


def _is_of_health(operation: Mapping[str, Plain]) -> bool:
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


def _gateway_targets(spec: ObjectPart) -> list[ObjectPart]:
    return [target for target in _targets(spec) if target.get("kind") in (_GATEWAY, UNKNOWN)]


def _is_class_of(target: ObjectPart, gateway: ObjectPart) -> bool:
    gateway_class = gateway.child("spec").get("gatewayClassName")
    return target.get("kind") == "GatewayClass" and target.get("name") in (UNKNOWN, gateway_class)


def _name(item: ObjectPart) -> Plain:
    return item.child("metadata").get("name")


def _namespace(item: ObjectPart) -> Plain:
    namespace = item.child("metadata").get("namespace")
    return "default" if namespace is MISSING else namespace


def _mesh_keys(resource: Resource) -> Iterator[str]:
    """Yields under what the plan has gateways and policies, and those policies that close a gateway by themselves."""
    if any(_planned(resource, _GATEWAY)):
        yield _GATEWAY
    if policies := [_Policy(item) for item in _planned(resource, _POLICY)]:
        yield _POLICY
        if any(policy.denies_without_token() for policy in policies):
            yield _DENIAL


def _planned(resource: Resource, kind: str) -> Iterator[ObjectPart]:
    return objects(resource, kind) if resource.type.startswith((_GROUPS[kind], "kubernetes:core/v1:List")) else iter(())


def _policies(plan: Plan, key: str = _POLICY) -> list[_Policy]:
    return [_Policy(item) for resource in plan.by_key(_mesh_keys).get(key, ()) for item in _planned(resource, _POLICY)]


def _gateways(plan: Plan) -> list[ObjectPart]:
    return [item for resource in plan.by_key(_mesh_keys).get(_GATEWAY, ()) for item in _planned(resource, _GATEWAY)]


def _is_waypoint(gateway: ObjectPart) -> bool:
    return gateway.child("spec").get("gatewayClassName") in WAYPOINT_CLASSES


def _is_closed(gateway: ObjectPart, plan: Plan) -> bool:
    return asks_for_certificates(gateway, plan) or asks_for_identity(gateway, plan)


@dataclass(frozen=True)
class _GatewayCheck:
    """Evaluates gateways, routes and policies. `known`: `namespace/name` of a gateway that authenticates requests
    in a way that the plan does not show -> how. A pattern counts only for gateways of other stacks."""

    known: Mapping[str, str]

    def __call__(self, resource: Resource, plan: Plan) -> Iterator[Outcome]:
        for gateway in objects(resource, _GATEWAY):
            yield from self._judge_gateway(gateway, plan)
        for route in objects(resource, *_ROUTES):
            yield from self._judge_route(route, plan)
        for item in objects(resource, _POLICY):
            yield from _judge_policy(_Policy(item), plan)

    def _judge_gateway(self, gateway: ObjectPart, plan: Plan) -> Iterator[Outcome]:
        gateway_class = gateway.child("spec").get("gatewayClassName")
        path = gateway.child("spec").path_to("gatewayClassName")
        if gateway.is_patch or gateway_class is MISSING or gateway_class in WAYPOINT_CLASSES:
            return
        if gateway_class in _ISTIO_CLASSES:
            yield from _judge_policies_of(gateway, plan)
        elif f"{_namespace(gateway)}/{_name(gateway)}" in self.known or _is_closed(gateway, plan):
            yield passed()
        elif gateway_class is UNKNOWN:
            yield undetermined("its class is not known before deployment", path)
        else:
            yield failed(f"nothing shows that gateways of class {gateway_class} authenticate requests", path)

    def _judge_route(self, route: ObjectPart, plan: Plan) -> Iterator[Outcome]:
        """Judges the gateways of a route that other stacks create."""
        created = {(_namespace(gateway), _name(gateway)) for gateway in _gateways(plan)}
        for parent in route.child("spec").children("parentRefs"):
            namespace = parent.get("namespace")
            gateway = (_namespace(route) if namespace is MISSING else namespace, parent.get("name"))
            is_known = any(fnmatchcase("/".join(map(str, gateway)), pattern) for pattern in self.known)
            if parent.get("kind") not in (MISSING, _GATEWAY) or gateway in created or is_known:
                yield passed()
            elif UNKNOWN in gateway:
                yield undetermined(f"{parent.path} is not known before deployment", parent.path)
            else:
                text = f"{parent.path}: no gateway {gateway[0]}/{gateway[1]} in the stack or on the list"
                yield failed(f"{text} of those that authenticate requests", parent.path)


def _judge_policies_of(gateway: ObjectPart, plan: Plan) -> Iterator[Outcome]:
    closing = [
        policy for policy in _policies(plan)
        if policy.applies_to(gateway) and (policy.action in ("ALLOW", UNKNOWN) or policy.denies_without_token())
    ]  # fmt: skip
    if not closing:
        yield failed("no AuthorizationPolicy in the stack restricts it, so it lets every request through")
    elif all(policy.action is UNKNOWN for policy in closing):
        yield undetermined("whether its policies restrict it is not known before deployment")
    else:
        yield passed()


def _judge_policy(policy: _Policy, plan: Plan) -> Iterator[Outcome]:
    """Judges a policy that allows requests to a gateway; policies of waypoints and other workloads concern none."""
    reached = [gateway for gateway in _gateways(plan) if policy.applies_to(gateway)]
    gateways = [gateway for gateway in reached if not _is_waypoint(gateway)]
    if policy.action != "ALLOW":
        return
    names = [_name(gateway) for gateway in reached]
    names_others = any(target.get("name") not in names for target in _gateway_targets(policy.item.child("spec")))
    if not (gateways or names_others):
        yield from _judge_headers(policy)
        return
    others = _policies(plan, _DENIAL)
    if gateways and all(
        any(other.applies_to(gateway) and other.denies_without_token() for other in others) for gateway in gateways
    ):
        yield passed()
        return
    if policy.item.child("spec").get("rules") is UNKNOWN:
        yield undetermined("its rules are not known before deployment", "spec.rules")
    for rule in policy.rules:
        yield _judge_rule(rule)


def _judge_headers(policy: _Policy) -> Iterator[Outcome]:
    """Judges rules of a workload's policy that only a header of the request restricts, which every caller may send."""
    for rule in policy.rules:
        keys = [str(condition.get("key")) for condition in rule.children("when")]
        if keys and rule.get("from") is MISSING and all(key.startswith("request.headers[") for key in keys):
            yield failed(f"{rule.path} lets in whoever sends {', '.join(keys)}", rule.path)
        else:
            yield passed()


def _judge_rule(rule: ObjectPart) -> Outcome:
    sources = [item.child("source").get("requestPrincipals") for item in rule.children("from")]
    tokens = [
        condition.get("values") for condition in rule.children("when")
        if str(condition.get("key")).startswith(_TOKEN_KEYS)
    ]  # fmt: skip
    if (sources and all(_is_stated(principals) for principals in sources)) or any(map(_is_stated, tokens)):
        return passed()
    operations = _operations(rule)
    if operations and all(map(_is_of_health, operations)):
        return passed()
    if UNKNOWN in (rule.get("from"), rule.get("when"), *sources, *tokens):
        return undetermined(f"whether {rule.path} requires a token is not known before deployment", rule.path)
    return failed(f"{rule.path} allows requests without a token", rule.path)


def _is_stated(values: Plain) -> bool:
    return isinstance(values, list) and bool(values)


def gateway_guardrail(known: Mapping[str, str]) -> Guardrail:
    """Returns the guardrail of gateways. `known`: `namespace/name` of a gateway, or a pattern of gateways of other
    stacks -> how they authenticate."""
    return exposure_rule(
        331,
        Severity.HIGH,
        "Gateways authenticate requests",
        "whoever reaches an unauthenticated model uses its GPUs at the tenant's expense, and reads what it answers",
        "Give a tenant of Falaj `authentication` with issuer and audiences; in a program, restrict the gateway by "
        "Istio's AuthorizationPolicies whose rules require request principals, or by a ClientTrafficPolicy of Envoy "
        "Gateway with clientValidation or a SecurityPolicy of the gateway or of each route, with its GatewayClass in "
        "the stack. List a gateway that authenticates "
        "otherwise under kubernetes.authenticated_gateways in enforcement.yaml, with how",
        plan_predicate=_GatewayCheck(known),
        types=KUBERNETES_TYPES,
    )
