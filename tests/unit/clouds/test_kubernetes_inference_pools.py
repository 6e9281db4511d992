"""Routes to InferencePools that Istio would answer with errors, and pods without their service account."""

from typing import Any

import pytest

from falaj.components.core.serving.endpoint_picker import ISTIO_FLAG, picker_name, pool
from falaj.components.core.serving.inference_pools import POOL_CRD, POOL_CRD_ANNOTATIONS, pool_definition
from tests.unit.clouds.driver import Driver
from tests.unit.clouds.kubernetes_objects import (
    CRD,
    DEPLOYMENT,
    Open,
    deployment,
    kubeconfig,
    meta,
    namespace,
    refusal,
    release,
)

POOL = "kubernetes:inference.networking.k8s.io/v1:InferencePool"
ROUTE = "kubernetes:gateway.networking.k8s.io/v1:HTTPRoute"
SERVICE, ACCOUNT = "kubernetes:core/v1:Service", "kubernetes:core/v1:ServiceAccount"
RELEASE = "kubernetes:helm.sh/v3:Release"
PICKER = picker_name("assistant")


@pytest.fixture
def bare(open_cloud: Open) -> Driver:
    cluster = open_cloud("kubernetes", kubeconfig=kubeconfig(charts=["gateway-api-crds"]))
    for name in ("ml", "istio-system"):
        namespace(cluster, name)
    return cluster


@pytest.fixture
def k8s(bare: Driver) -> Driver:
    bare.create(CRD, "pools", metadata=meta(POOL_CRD, annotations=dict(POOL_CRD_ANNOTATIONS)), spec=pool_definition())
    return bare


def istiod(k8s: Driver, **values: Any) -> None:
    inputs = release(name="istiod", chart="istiod", version="1.31.0", namespace="istio-system", values=values)
    k8s.create(RELEASE, "istiod", **inputs)


def made_pool(**changes: Any) -> dict[str, Any]:
    spec = {**pool({"falaj/service": "assistant"}, PICKER), **changes}
    kind = {"apiVersion": "inference.networking.k8s.io/v1", "kind": "InferencePool"}
    return {**kind, "metadata": meta("assistant", namespace="ml"), "spec": spec}


def route() -> dict[str, Any]:
    backend = {"group": "inference.networking.k8s.io", "kind": "InferencePool", "name": "assistant"}
    kind = {"apiVersion": "gateway.networking.k8s.io/v1", "kind": "HTTPRoute"}
    return {**kind, "metadata": meta("assistant", namespace="ml"), "spec": {"rules": [{"backendRefs": [backend]}]}}


def served(k8s: Driver) -> None:
    port = {"name": "grpc-ext-proc", "port": 9002}
    k8s.create(SERVICE, "picker", metadata=meta(PICKER, namespace="ml"), spec={"ports": [port]})
    k8s.create(POOL, "assistant", **made_pool())


def test_pools_need_their_definition(bare: Driver) -> None:
    assert 'no matches for kind "InferencePool"' in refusal(bare, POOL, **made_pool())


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"targetPorts": []}, "spec.targetPorts"),
        ({"targetPorts": [{"number": 65_536}]}, "spec.targetPorts"),
        ({"targetPorts": [{"number": 0}]}, "spec.targetPorts"),
        ({"endpointPickerRef": {"port": {"number": 9002}}}, "spec.endpointPickerRef.name"),
        ({"appProtocol": "https"}, "spec.appProtocol"),
        ({"selectors": {}}, "spec.selectors"),
    ],
)
def test_a_pool_that_the_api_server_refuses(k8s: Driver, changes: dict[str, Any], path: str) -> None:
    assert path in refusal(k8s, POOL, **made_pool(**changes))


def numbers_in(schema: object) -> list[object]:
    """Returns the schemas of all properties `number`."""
    if isinstance(schema, list):
        return [found for item in schema for found in numbers_in(item)]
    if not isinstance(schema, dict):
        return []
    own = [value for key, value in schema.items() if key == "number"]
    return own + [found for value in schema.values() for found in numbers_in(value)]


def test_every_port_can_be_that_of_a_pool_or_its_picker() -> None:
    """Gateway API Inference Extension, InferencePool v1, PortNumber: 1 to 65535."""
    port = {"type": "integer", "format": "int32", "minimum": 1, "maximum": 65535}
    found = numbers_in(pool_definition())
    assert len(found) == 2
    assert found == [port, port]


@pytest.mark.parametrize("values", [{}, {"env": {ISTIO_FLAG: "false"}}, {"env": {"OTHER": "true"}}])
def test_istio_serves_no_pool_unless_it_is_told_to(k8s: Driver, values: dict[str, Any]) -> None:
    istiod(k8s, **values)
    served(k8s)
    assert f"InferencePool is not enabled. To enable, set {ISTIO_FLAG} to true" in refusal(k8s, ROUTE, **route())


def test_a_route_needs_its_pool_and_the_pool_its_picker(k8s: Driver) -> None:
    istiod(k8s, env={ISTIO_FLAG: "true"})
    assert "backend(assistant) not found" in refusal(k8s, ROUTE, **route())
    k8s.create(POOL, "assistant", **made_pool())
    assert f"Referenced ExtensionRef not found {PICKER}" in refusal(k8s, ROUTE, **route())


def test_a_route_to_a_pool_with_a_picker_is_accepted(k8s: Driver) -> None:
    istiod(k8s, env={ISTIO_FLAG: "true"})
    served(k8s)
    assert k8s.create(ROUTE, "assistant", **route())


def with_account(name: str, **metadata: Any) -> dict[str, Any]:
    inputs: Any = deployment()
    spec = {"containers": [{"name": "main", "image": "img"}], "serviceAccountName": name}
    template = {"metadata": {"labels": {"app": "serve"}}, "spec": spec}
    place = meta("serve", namespace="ml", **metadata)
    return {**inputs, "metadata": place, "spec": {**inputs["spec"], "template": template}}


def test_pods_without_their_account_never_get_ready(k8s: Driver) -> None:
    namespace(k8s, "other")
    k8s.create(ACCOUNT, "elsewhere", metadata=meta("endpoint-picker", namespace="other"))
    message = refusal(k8s, DEPLOYMENT, **with_account("endpoint-picker"))
    assert 'error looking up service account ml/endpoint-picker: serviceaccount "endpoint-picker" not found' in message
    k8s.create(ACCOUNT, "picker", metadata=meta("endpoint-picker", namespace="ml"))
    assert k8s.create(DEPLOYMENT, "serve", **with_account("endpoint-picker"))


@pytest.mark.parametrize(
    "inputs",
    [with_account("default"), with_account("x", annotations={"pulumi.com/skipAwait": "true"})],
)
def test_accounts_that_exist_and_pods_that_nothing_waits_for(k8s: Driver, inputs: dict[str, Any]) -> None:
    assert k8s.create(DEPLOYMENT, "serve", **inputs)
