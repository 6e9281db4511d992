"""Authentication at gateways: the gateway, its policies, and routes to gateways of other stacks."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from guardrails.engine.enforcement import Enforcement
from guardrails.engine.exemptions import Exemption

from .exposure_cases import with_value, without_value
from .harness import TODAY, UNKNOWN, UNKNOWN_OBJECT, Given, Pack, Report

RULE = "FJ-EXP-331"
EDGE = {"name": "edge", "namespace": "gateways"}
TARGET = {"group": "gateway.networking.k8s.io", "kind": "Gateway", "name": "edge"}
SERVICE = {"group": "", "kind": "Service", "name": "claims"}
WAYPOINTS = {"group": "gateway.networking.k8s.io", "kind": "GatewayClass", "name": "istio-waypoint"}
TOKEN_RULE: dict[str, Any] = {
    "from": [{"source": {"requestPrincipals": ["https://login.example.ae/*"]}}],
    "to": [{"operation": {"hosts": ["claims.models.example.ae"]}}],
}
OPEN_RULE: dict[str, Any] = {"to": [{"operation": {"hosts": ["claims.models.example.ae"]}}]}


def gateway(gateway_class: str = "istio", **metadata: str) -> Given:
    props = {"kind": "Gateway", "metadata": {**EDGE, **metadata}, "spec": {"gatewayClassName": gateway_class}}
    return Given("kubernetes:gateway.networking.k8s.io/v1:Gateway", props, name="gateway")


def policy(spec: object, namespace: str = "gateways", name: str = "policy") -> Given:
    metadata = {"name": name, "namespace": namespace}
    props = {"kind": "AuthorizationPolicy", "metadata": metadata, "spec": spec}
    return Given("kubernetes:security.istio.io/v1:AuthorizationPolicy", props, name=name)


def allow(*rules: object, **spec: object) -> Given:
    return policy({"targetRefs": [TARGET], "action": "ALLOW", **({"rules": [*rules]} if rules else {}), **spec})


def route(parent: object, kind: str = "HTTPRoute") -> Given:
    props = {"kind": kind, "metadata": {"name": "claims", "namespace": "insurance"}, "spec": {"parentRefs": [parent]}}
    return Given(f"kubernetes:gateway.networking.k8s.io/v1:{kind}", props, name="route")


def enforcement(known: Mapping[str, str]) -> Enforcement:
    file = {"default": {"all": "mandatory"}, "kubernetes": {"authenticated_gateways": known}}
    return Enforcement.model_validate(file)


def findings(*plan: Given, known: Mapping[str, str] | None = None, exempt: tuple[Exemption, ...] = ()) -> list[Report]:
    pack = Pack(enforcement(known or {}), exempt)
    return [item for item in pack.evaluate_stack(*plan) if item.rule == RULE]


def is_refused(*plan: Given, known: Mapping[str, str] | None = None) -> bool:
    return any(item.mandatory for item in findings(*plan, known=known))


CLOSED = allow()
WITH_TOKEN = allow(TOKEN_RULE)
WITHOUT_TOKEN = policy({"action": "DENY", "targetRefs": [TARGET],
                        "rules": [{"from": [{"source": {"notRequestPrincipals": ["*"]}}]}]}, name="denies")  # fmt: skip


@pytest.mark.parametrize(
    "plan",
    [
        (CLOSED,),
        (WITH_TOKEN,),
        (allow({**OPEN_RULE, "when": [{"key": "request.auth.claims[group]", "values": ["models"]}]}),),
        (policy({"action": "ALLOW"}),),
        (policy({}, "istio-system"),),
        (policy({"selector": {"matchLabels": {"gateway.networking.k8s.io/gateway-name": "edge"}}}),),
        (policy({"targetRef": TARGET}),),
        (policy({"targetRefs": [{**WAYPOINTS, "name": "istio"}]}, "istio-system"),),
        (WITHOUT_TOKEN,),
        (WITHOUT_TOKEN, allow(OPEN_RULE)),
        (policy({"action": "CUSTOM", "provider": {"name": "oauth"}, "rules": [{}]}),),
    ],
)
def test_a_gateway_that_requires_tokens_passes(plan: tuple[Given, ...]) -> None:
    assert findings(gateway(), *plan) == []


@pytest.mark.parametrize(
    "plan",
    [
        (),
        (policy({"action": "ALLOW"}, "elsewhere"),),
        (policy({"targetRefs": [{**TARGET, "name": "other"}]}),),
        (policy({"selector": {"matchLabels": {"gateway.networking.k8s.io/gateway-name": "other"}}}),),
        (policy({"selector": {"matchLabels": {"app": "claims"}}}),),
        (policy({"targetRefs": [SERVICE]}),),
        (policy({"targetRefs": [WAYPOINTS]}, "istio-system"),),
        (policy({"action": "AUDIT", "targetRefs": [TARGET]}),),
        (policy({"action": "DENY", "targetRefs": [TARGET], "rules": [OPEN_RULE]}),),
        (policy({**WITHOUT_TOKEN.props["spec"], "rules": [{**OPEN_RULE,  # type: ignore[index]
                 "from": [{"source": {"notRequestPrincipals": ["*"]}}]}]}),),
        (policy({"action": "CUSTOM", "provider": {"name": "oauth"}, "rules": [OPEN_RULE]}),),
    ],
)  # fmt: skip
def test_a_gateway_that_lets_requests_through_is_refused(plan: tuple[Given, ...]) -> None:
    reports = findings(gateway(), *plan)
    assert [item.mandatory for item in reports] == [True]
    assert "lets every request through" in reports[0].text


@pytest.mark.parametrize(
    "rule",
    [
        {},
        OPEN_RULE,
        with_value(TOKEN_RULE, "from.0.source.requestPrincipals", []),
        without_value(TOKEN_RULE, "from.0.source.requestPrincipals"),
        {**TOKEN_RULE, "from": [*TOKEN_RULE["from"], {"source": {"ipBlocks": ["10.0.0.0/8"]}}]},
        {**OPEN_RULE, "when": [{"key": "request.headers[x-key]", "values": ["abc"]}]},
        {**OPEN_RULE, "when": [{"key": "request.auth.principal", "notValues": ["nobody"]}]},
    ],
)
def test_a_rule_that_allows_requests_without_a_token_is_refused(rule: object) -> None:
    assert is_refused(gateway(), allow(TOKEN_RULE, rule))
    assert is_refused(allow(TOKEN_RULE, rule)), "the gateway may be of another stack"


def test_a_policy_of_other_workloads_is_left_alone() -> None:
    assert findings(policy({"selector": {"matchLabels": {"app": "claims"}}, "rules": [OPEN_RULE]})) == []
    assert findings(gateway(), CLOSED, policy({"rules": [OPEN_RULE]}, "insurance", "of-pods")) == []


@pytest.mark.parametrize("spec", [{"targetRefs": [SERVICE]}, {"targetRef": TARGET}, {}])
def test_a_policy_of_a_waypoint_needs_no_token(spec: Mapping[str, object]) -> None:
    of_waypoint = policy({**spec, "rules": [OPEN_RULE]}, name="of-waypoint")
    assert findings(gateway("istio-waypoint"), of_waypoint) == []
    assert is_refused(gateway(), CLOSED, of_waypoint) is ("targetRefs" not in spec)
    other = policy({"targetRef": {**TARGET, "name": "other"}, "rules": [OPEN_RULE]}, name="of-other")
    assert is_refused(gateway("istio-waypoint"), other), "the gateway may be of another stack"


@pytest.mark.parametrize("gateway_class", ["nginx", "cilium"])
def test_a_gateway_of_another_controller_must_be_listed_by_its_name(gateway_class: str) -> None:
    how = "checks client certificates"
    assert is_refused(gateway(gateway_class), CLOSED)
    assert findings(gateway(gateway_class), known={"gateways/edge": how}) == []
    assert is_refused(gateway(gateway_class), known={"gateways/*": how})
    assert is_refused(gateway(), known={"gateways/edge": how}), "Istio's policies are in the plan"


POOL = {"group": "inference.networking.k8s.io", "kind": "InferencePool", "name": "claims"}


@pytest.mark.parametrize("backend", [{"name": "claims", "port": 443}, POOL], ids=["Service", "InferencePool"])
def test_what_a_route_leads_to_makes_no_difference(backend: object) -> None:
    led = route(EDGE)
    led = Given(led.type, with_value(led.props, "spec.rules", [{"backendRefs": [backend]}]), name=led.name)
    assert is_refused(led)
    assert not is_refused(led, known={"gateways/edge": "OAuth proxy"})
    assert is_refused(gateway(), allow(OPEN_RULE), led)
    assert not is_refused(gateway(), WITH_TOKEN, led)


@pytest.mark.parametrize("kind", ["HTTPRoute", "GRPCRoute"])
def test_a_route_needs_a_gateway_that_authenticates(kind: str) -> None:
    parent = {"name": "edge", "namespace": "gateways"}
    assert is_refused(route(parent, kind))
    assert is_refused(route({"name": "edge"}, kind), known={"gateways/*": "checks JWTs"})
    assert findings(route(parent, kind), known={"gateways/*": "checks JWTs"}) == []
    assert findings(route(parent, kind), gateway(), CLOSED) == []
    assert findings(route({"kind": "Service", "group": "", "name": "claims"}, kind)) == []


@pytest.mark.parametrize(
    "plan",
    [
        (gateway(UNKNOWN),),
        (gateway(), policy({"targetRefs": [TARGET], "action": UNKNOWN})),
        (allow(rules=UNKNOWN_OBJECT),),
        (allow({"from": [{"source": {"requestPrincipals": UNKNOWN}}]}),),
        (allow({"from": UNKNOWN}),),
        (allow({"when": UNKNOWN}),),
        (route({"name": UNKNOWN, "namespace": "gateways"}),),
    ],
)
def test_what_is_not_known_is_reported(plan: tuple[Given, ...]) -> None:
    reports = findings(*plan)
    assert len(reports) == 1
    assert "not known before deployment" in reports[0].text


def test_a_list_is_evaluated_like_its_items() -> None:
    listed = Given("kubernetes:core/v1:List", {"items": [gateway().props, CLOSED.props]}, name="all")
    assert findings(listed) == []
    assert is_refused(Given("kubernetes:core/v1:List", {"items": [gateway().props]}, name="all"))


def test_an_exempt_policy_is_let_through_until_its_day() -> None:
    def exemption(days: int) -> tuple[Exemption]:
        dates = {"created": TODAY - timedelta(days=30), "expires": TODAY + timedelta(days=days)}
        return (
            Exemption(rule=RULE, urn="*::policy", owner="team", ticket="SEC-1", reason="public service",
                      approved_by="ciso", **dates),
        )  # fmt: skip

    plan = (gateway(), allow(OPEN_RULE))
    assert not [item for item in findings(*plan, exempt=exemption(30)) if item.mandatory]
    assert [item for item in findings(*plan, exempt=exemption(-1)) if item.mandatory]


@pytest.mark.parametrize("key", ["*", "gateways", "*/edge", "gateways/", ""])
def test_the_list_names_a_namespace(key: str) -> None:
    with pytest.raises(ValueError, match="not a namespace and the name of a gateway"):
        enforcement({key: "checks JWTs itself"})
