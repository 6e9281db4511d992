"""Rate limit of clients at the gateway: whom it counts, and that Envoy enforces it."""

import re
from typing import Any

import pytest

from falaj.components.core.validation.args import BadArguments
from falaj.components.kubernetes.serving.gateway import Gateway
from tests.unit.components.mocks import Recording
from tests.unit.components.samples import recorded
from tests.unit.components.serving_samples import GATEWAY
from tests.unit.components.test_gateway_authentication import OPEN, RETAIL, TARGET

FILTER = "kubernetes:networking.istio.io/v1alpha3:EnvoyFilter"
EVERYONE = {"default_value": {"numerator": 100, "denominator": "HUNDRED"}}


def gateway(**changed: Any) -> Recording:
    return recorded(Gateway, {**GATEWAY, "tenants": {"retail": RETAIL}, **changed})


def config(of: Recording) -> dict[str, Any]:
    [patch] = of.one(FILTER).inputs["spec"]["configPatches"]
    return patch["patch"]["value"]["typed_config"]


def bucket(tokens: int) -> dict[str, Any]:
    return {"max_tokens": tokens, "tokens_per_fill": tokens, "fill_interval": "60s"}


def claim(key: str, name: str) -> dict[str, Any]:
    path = [{"key": "payload"}, {"key": name}]
    metadata_key = {"key": "envoy.filters.http.jwt_authn", "path": path}
    return {"metadata": {"descriptor_key": key, "metadata_key": metadata_key, "source": "DYNAMIC"}}


def test_the_proxies_of_the_gateway_limit_clients_after_authentication() -> None:
    of = gateway()
    created = of.one(FILTER).inputs
    assert (created["metadata"]["name"], created["metadata"]["namespace"]) == ("client-limit", "falaj-gateway")
    assert created["spec"]["targetRefs"] == TARGET
    [patch] = created["spec"]["configPatches"]
    assert patch["patch"]["operation"] == "INSERT_BEFORE"
    assert patch["match"]["context"] == "GATEWAY"
    assert patch["match"]["listener"]["filterChain"]["filter"] == {
        "name": "envoy.filters.network.http_connection_manager",
        "subFilter": {"name": "envoy.filters.http.router"},
    }
    assert of.one(FILTER).urn in of.one("kubernetes:gateway.networking.k8s.io/v1:Gateway").depends_on


@pytest.mark.parametrize(("given", "tokens"), [({}, 600), ({"requests_per_minute": 90}, 90)])
def test_each_subject_of_an_issuer_has_a_bucket_of_its_own(given: dict[str, int], tokens: int) -> None:
    limited = config(gateway(**given))
    assert limited["rate_limits"] == [{"actions": [claim("issuer", "iss"), claim("subject", "sub")]}]
    entries = [{"key": "issuer"}, {"key": "subject"}]
    assert limited["descriptors"] == [{"entries": entries, "token_bucket": bucket(tokens)}]
    assert limited["token_bucket"] == bucket(tokens)
    assert limited["always_consume_default_token_bucket"] is False
    assert limited["filter_enabled"] == limited["filter_enforced"] == EVERYONE, "Envoy's default limits no request"
    assert limited["max_dynamic_descriptors"] == 10_000


@pytest.mark.parametrize(
    ("host", "counted", "others"),
    [
        ("open.models.example.ae", ["open.models.example.ae", "OPEN.models.example.ae:443"],
         ["open.models.example.ae.evil.example", "openXmodels.example.ae", "a.open.models.example.ae"]),
        ("*.open.example.ae", ["a.open.example.ae", "a.b.open.example.ae:443"],
         ["open.example.ae", "xopen.example.ae"]),
    ],
)  # fmt: skip
def test_clients_of_an_open_host_are_counted_by_address(host: str, counted: list[str], others: list[str]) -> None:
    limited = config(gateway(tenants={"retail": RETAIL, "open": {**OPEN, "hosts": [host]}}))
    named, address = limited["rate_limits"][1]["actions"]
    assert address == {"remote_address": {}}
    assert limited["descriptors"][1]["entries"] == [{"key": "host", "value": host}, {"key": "remote_address"}]
    match = named["header_value_match"]
    assert (match["descriptor_key"], match["descriptor_value"]) == ("host", host)
    [header] = match["headers"]
    pattern = re.compile(header["string_match"]["safe_regex"]["regex"])
    assert header["name"] == ":authority"
    assert [bool(pattern.fullmatch(name)) for name in (*counted, *others)] == [True, True] + [False] * len(others)
    assert len(limited["rate_limits"]) == len(limited["descriptors"]) == 2


def test_zero_turns_the_limit_off() -> None:
    assert not gateway(requests_per_minute=0).of(FILTER)
    with pytest.raises(BadArguments, match="requests_per_minute"):
        gateway(requests_per_minute=-1)


def test_a_limit_needs_a_controller_that_enforces_it() -> None:
    assert not gateway(gateway_class="nginx", tenants={}).of(FILTER)
    with pytest.raises(BadArguments, match=r"requests_per_minute: .*only gateways of class istio do this"):
        gateway(gateway_class="nginx", tenants={}, requests_per_minute=90)
