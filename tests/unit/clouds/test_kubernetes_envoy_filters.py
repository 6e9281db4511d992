"""EnvoyFilters in the emulated cluster: refused as istiod does, and where Envoy would ignore what they say."""

import copy
from typing import Any

import pytest

from falaj.components.core.serving.authentication import GatewayTenantSpec
from falaj.components.core.serving.rate_limits import rate_limit_patches
from tests.unit.clouds.driver import Driver
from tests.unit.clouds.kubernetes_objects import Open, kubeconfig, refusal

TYPE = "kubernetes:networking.istio.io/v1alpha3:EnvoyFilter"
OPEN = GatewayTenantSpec.model_validate({"hosts": ["open.models.example.ae"], "authentication": {"method": "none"}})


@pytest.fixture
def k8s(open_cloud: Open) -> Driver:
    return open_cloud("kubernetes", kubeconfig=kubeconfig(charts=["base"]))


def envoy_filter(path: str = "", value: Any = None) -> dict[str, Any]:
    """Returns the filter of the gateways, with the value at a path of its patch changed; None removes it."""
    [patch] = copy.deepcopy(rate_limit_patches(600, {"open": OPEN}))
    *parents, last = path.split("/") if path else [""]
    target: Any = patch
    for step in parents:
        target = target[int(step)] if isinstance(target, list) else target[step]
    if path and value is None:
        del target[last]
    elif path:
        target[last] = value
    return {
        "apiVersion": "networking.istio.io/v1alpha3",
        "kind": "EnvoyFilter",
        "metadata": {"name": "limit", "namespace": "default"},
        "spec": {"configPatches": [patch]},
    }


def test_the_limit_of_the_gateways_is_accepted(k8s: Driver) -> None:
    assert k8s.create(TYPE, "limit", **envoy_filter())


CONFIG = "patch/value/typed_config"


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        ("applyTo", None, "missing applyTo"),
        ("patch/operation", None, "missing patch operation"),
        ("patch/value", None, "missing patch value"),
        ("applyTo", "NETWORK_FILTER", "subfilter match can be used with applyTo HTTP_FILTER only"),
        ("match/listener/filterChain/filter/name", "envoy.filters.network.tcp_proxy", "requires filter match with"),
        (f"{CONFIG}/@type", "type.googleapis.com/envoy.config.filter.http.rate_limit.v2.RateLimit", "type unknown"),
        (f"{CONFIG}/filter_enforce", {}, "typed_config.filter_enforce: "),
        (f"{CONFIG}/token_bucket/fill_interval", 60, "token_bucket.fill_interval"),
        (f"{CONFIG}/filter_enabled/default_value/denominator", "PERCENT", "default_value.denominator"),
        (f"{CONFIG}/rate_limits/0/actions/0/metadata/key", "sub", "metadata.key: "),
    ],
)
def test_a_filter_that_does_something_else_is_refused(k8s: Driver, path: str, value: Any, message: str) -> None:
    assert message in refusal(k8s, TYPE, **envoy_filter(path, value))


def test_filters_of_other_types_are_not_judged(k8s: Driver) -> None:
    other = {"@type": "type.googleapis.com/envoy.extensions.filters.http.lua.v3.Lua", "anything": 1}
    assert k8s.create(TYPE, "limit", **envoy_filter(CONFIG, other))
