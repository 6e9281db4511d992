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
from ..engine.plan import Plan
from ..engine.reading import MISSING, UNKNOWN, Plain, Resource
from ..engine.rows import Guardrail, Severity
from ..engine.verdicts import Outcome, failed, passed, undetermined
from ..readers.kubernetes_objects import KUBERNETES_TYPES, ObjectPart, objects
from .envoy_gateways import asks_for_certificates, asks_for_identity
from .istio_gateways import (
    DENIAL,
    GATEWAY,
    Policy,
    created_gateways,
    gateway_targets,
    gateways_near,
    is_of_health,
    name_of,
    namespace_of,
    operations_of,
    policies_near,
)

_ROUTES = ("HTTPRoute", "GRPCRoute", "TLSRoute", "TCPRoute", "UDPRoute")
_ISTIO_CLASSES = ("istio", "istio-remote")
WAYPOINT_CLASSES = ("istio-waypoint", "istio-agentgateway-waypoint")
"""Classes of proxies between workloads of Istio's ambient mode, which callers reach by mutual TLS only."""
_TOKEN_KEYS = "request.auth."  # noqa: S105  prefix of the conditions that only a valid token meets


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
        for gateway in objects(resource, GATEWAY):
            yield from self._judge_gateway(gateway, plan)
        for route in objects(resource, *_ROUTES):
            yield from self._judge_route(route, plan)
        for item in objects(resource, "AuthorizationPolicy"):
            yield from _judge_policy(Policy(item), plan)

    def _judge_gateway(self, gateway: ObjectPart, plan: Plan) -> Iterator[Outcome]:
        gateway_class = gateway.child("spec").get("gatewayClassName")
        path = gateway.child("spec").path_to("gatewayClassName")
        if gateway.is_patch or gateway_class is MISSING or gateway_class in WAYPOINT_CLASSES:
            return
        if gateway_class in _ISTIO_CLASSES:
            yield from _judge_policies_of(gateway, plan)
        elif f"{namespace_of(gateway)}/{name_of(gateway)}" in self.known or _is_closed(gateway, plan):
            yield passed()
        elif gateway_class is UNKNOWN:
            yield undetermined("its class is not known before deployment", path)
        else:
            yield failed(f"nothing shows that gateways of class {gateway_class} authenticate requests", path)

    def _judge_route(self, route: ObjectPart, plan: Plan) -> Iterator[Outcome]:
        """Judges the gateways of a route that other stacks create."""
        created = plan.once(created_gateways, GATEWAY)
        for parent in route.child("spec").children("parentRefs"):
            namespace = parent.get("namespace")
            gateway = (namespace_of(route) if namespace is MISSING else namespace, parent.get("name"))
            is_known = any(fnmatchcase("/".join(map(str, gateway)), pattern) for pattern in self.known)
            if parent.get("kind") not in (MISSING, GATEWAY) or gateway in created or is_known:
                yield passed()
            elif UNKNOWN in gateway:
                yield undetermined(f"{parent.path} is not known before deployment", parent.path)
            else:
                text = f"{parent.path}: no gateway {gateway[0]}/{gateway[1]} in the stack or on the list"
                yield failed(f"{text} of those that authenticate requests", parent.path)


def _judge_policies_of(gateway: ObjectPart, plan: Plan) -> Iterator[Outcome]:
    closing = [
        policy for policy in policies_near(gateway, plan)
        if policy.applies_to(gateway) and (policy.action in ("ALLOW", UNKNOWN) or policy.denies_without_token())
    ]  # fmt: skip
    if not closing:
        yield failed("no AuthorizationPolicy in the stack restricts it, so it lets every request through")
    elif all(policy.action is UNKNOWN for policy in closing):
        yield undetermined("whether its policies restrict it is not known before deployment")
    else:
        yield passed()


def _judge_policy(policy: Policy, plan: Plan) -> Iterator[Outcome]:
    """Judges a policy that allows requests to a gateway; policies of waypoints and other workloads concern none."""
    reached = [gateway for gateway in gateways_near(policy, plan) if policy.applies_to(gateway)]
    gateways = [gateway for gateway in reached if not _is_waypoint(gateway)]
    if policy.action != "ALLOW":
        return
    names = [name_of(gateway) for gateway in reached]
    names_others = any(target.get("name") not in names for target in gateway_targets(policy.item.child("spec")))
    if not (gateways or names_others):
        yield from _judge_headers(policy)
        return
    if gateways and all(
        any(other.applies_to(gateway) and other.denies_without_token()
            for other in policies_near(gateway, plan, DENIAL)) for gateway in gateways
    ):  # fmt: skip
        yield passed()
        return
    if policy.item.child("spec").get("rules") is UNKNOWN:
        yield undetermined("its rules are not known before deployment", "spec.rules")
    for rule in policy.rules:
        yield _judge_rule(rule)


def _judge_headers(policy: Policy) -> Iterator[Outcome]:
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
    operations = operations_of(rule)
    if operations and all(map(is_of_health, operations)):
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
