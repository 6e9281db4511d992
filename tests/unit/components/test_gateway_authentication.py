"""Authentication at the gateway: what Istio lets through to which host."""

from typing import Any

import pytest

from falaj.components.core.validation.args import BadArguments
from falaj.components.kubernetes.serving.gateway import Gateway
from tests.unit.components.mocks import Recording
from tests.unit.components.samples import recorded
from tests.unit.components.serving_samples import GATEWAY

ALLOWED = "kubernetes:security.istio.io/v1:AuthorizationPolicy"
TOKENS = "kubernetes:security.istio.io/v1:RequestAuthentication"
ISSUER = "https://login.example.ae/realms/platform"
JWT: dict[str, Any] = {"issuer": ISSUER, "audiences": ["retail-models"]}
RETAIL: dict[str, Any] = {"hosts": ["assistant.models.example.ae"], "authentication": JWT}
OPEN: dict[str, Any] = {"hosts": ["open.models.example.ae"], "authentication": {"method": "none"}}
BY_HEADER = {"fromHeaders": [{"name": "Authorization", "prefix": "Bearer "}]}
"""Without it, Envoy also takes tokens from the parameter `access_token` of the address (istio.io, JWTRule)."""
TARGET = [{"group": "gateway.networking.k8s.io", "kind": "Gateway", "name": "uae"}]


def gateway(**changed: Any) -> Recording:
    return recorded(Gateway, {**GATEWAY, **changed})


def policies(of: Recording) -> dict[str, Any]:
    return {item.inputs["metadata"]["name"]: item.inputs["spec"] for item in of.of(ALLOWED)}


def test_without_tenants_every_request_is_refused() -> None:
    # An ALLOW policy without rules matches no request, and makes Istio refuse those that no other allows.
    assert policies(gateway()) == {"closed": {"targetRefs": TARGET, "action": "ALLOW"}}
    assert not gateway().of(TOKENS)


def test_a_tenants_hosts_need_a_token_of_its_issuer_for_its_audience() -> None:
    of = gateway(tenants={"retail": RETAIL})
    assert policies(of)["tenant-retail"] == {
        "targetRefs": TARGET,
        "action": "ALLOW",
        "rules": [
            {
                "from": [{"source": {"requestPrincipals": [f"{ISSUER}/*"]}}],
                "to": [{"operation": {"hosts": ["assistant.models.example.ae", "assistant.models.example.ae:443"]}}],
                "when": [{"key": "request.auth.audiences", "values": ["retail-models"]}],
            }
        ],
    }
    tokens = of.one(TOKENS).inputs
    assert tokens["spec"] == {
        "targetRefs": TARGET,
        "jwtRules": [{"issuer": ISSUER, "audiences": ["retail-models"], **BY_HEADER}],
    }
    assert tokens["metadata"]["namespace"] == "falaj-gateway"


def test_tenants_of_one_issuer_share_its_rule_and_not_their_hosts() -> None:
    keys = "https://login.example.ae/keys"
    shops = {"hosts": ["*.shops.example.ae"], "authentication": {**JWT, "audiences": ["shops"], "jwks_uri": keys}}
    retail = {**RETAIL, "authentication": {**JWT, "jwks_uri": keys}}
    of = gateway(tenants={"retail": retail, "shops": shops, "open": OPEN})
    [rule] = of.one(TOKENS).inputs["spec"]["jwtRules"]
    assert rule == {"issuer": ISSUER, "audiences": ["retail-models", "shops"], "jwksUri": keys, **BY_HEADER}
    audiences = {name: spec["rules"][0]["when"][0]["values"] for name, spec in policies(of).items() if "tenant-" in name
                 and "when" in spec["rules"][0]}  # fmt: skip
    assert audiences == {"tenant-retail": ["retail-models"], "tenant-shops": ["shops"]}


def test_only_who_says_so_needs_no_token() -> None:
    [rule] = policies(gateway(tenants={"open": OPEN}))["tenant-open"]["rules"]
    assert rule == {"to": [{"operation": {"hosts": ["open.models.example.ae", "open.models.example.ae:443"]}}]}


def test_the_gateway_comes_after_its_policies() -> None:
    of = gateway(tenants={"retail": RETAIL})
    depended = set(of.one("kubernetes:gateway.networking.k8s.io/v1:Gateway").depends_on)
    assert {item.urn for item in (*of.of(ALLOWED), *of.of(TOKENS))} <= depended


def test_another_controller_has_no_policies_and_no_tokens() -> None:
    of = gateway(gateway_class="nginx", tenants={"open": OPEN})
    assert not of.of(ALLOWED) + of.of(TOKENS) + of.of("kubernetes:networking.istio.io/v1alpha3:EnvoyFilter")
    message = r"tenants\.retail\.authentication\.method: .*only the gateway class istio"
    with pytest.raises(BadArguments, match=message):
        gateway(gateway_class="nginx", tenants={"retail": RETAIL})


@pytest.mark.parametrize(
    ("authentication", "message"),
    [
        ({}, r"authentication\.issuer: .*method: none"),
        ({"issuer": ISSUER}, r"authentication\.audiences: .*add the audience"),
        ({"issuer": "http://login.example.ae", "audiences": ["a"]}, r"authentication\.issuer: .*https://"),
        ({**JWT, "method": "none"}, r"authentication\.issuer: .*because `method` is none"),
        ({"method": "key"}, r"authentication\.method: "),
    ],
)
def test_incomplete_authentication_is_refused(authentication: dict[str, Any], message: str) -> None:
    with pytest.raises(BadArguments, match=message):
        gateway(tenants={"retail": {**RETAIL, "authentication": authentication}})


def test_an_issuer_has_one_address_of_keys() -> None:
    other = {**RETAIL, "hosts": ["b.models.example.ae"]}
    other["authentication"] = {**JWT, "jwks_uri": "https://login.example.ae/keys"}
    with pytest.raises(BadArguments, match=r"tenants\.shops\.authentication\.jwks_uri: .*same"):
        gateway(tenants={"retail": RETAIL, "shops": other})
