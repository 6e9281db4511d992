"""Routes of tenants' namespaces to the proxy of KEDA's HTTP add-on: a grant for each."""

from typing import Any

import pulumi

from falaj.components.kubernetes import Keda, KedaArgs
from tests.samples import COST_TAGS
from tests.unit.components.mocks import Recording, build
from tests.unit.components.test_kubernetes_controllers import keda


def grants(recording: Recording) -> dict[str, dict[str, Any]]:
    """Returns the inputs of the grants, by the names of the resources."""
    return {item.name: item.inputs for item in recording.resources if item.typ.endswith(":ReferenceGrant")}


def test_each_namespace_has_its_own_grant_for_its_routes() -> None:
    namespaces = [f"tenant-{number}" for number in range(40)]  # more than the 16 that one grant can name
    everyone = grants(keda(route_namespaces=namespaces))
    assert list(everyone) == [f"uae-grant-{namespace}" for namespace in namespaces]
    service = {"group": "", "kind": "Service", "name": "keda-add-ons-http-interceptor-proxy"}
    for namespace, inputs in zip(namespaces, everyone.values(), strict=True):
        route = {"group": "gateway.networking.k8s.io", "kind": "HTTPRoute", "namespace": namespace}
        assert inputs["metadata"]["name"] == f"routes-of-{namespace}"
        assert inputs["spec"] == {"from": [route], "to": [service]}
    assert grants(keda(route_namespaces=namespaces[1:])) == {name: everyone[name] for name in list(everyone)[1:]}


def test_a_namespace_that_is_an_output_is_named_when_it_is_known() -> None:
    def program() -> None:
        later = [pulumi.Output.from_input(name) for name in ("tenant-a", "tenant-b")]
        Keda("uae", KedaArgs.of("uae", {"tags": COST_TAGS, "route_namespaces": [*later, "tenant-c", "tenant-c"]}))

    made = grants(build(program))
    assert list(made) == ["uae-grant-1", "uae-grant-2", "uae-grant-tenant-c"]
    names = [inputs["metadata"]["name"] for inputs in made.values()]
    assert names == ["routes-of-tenant-a", "routes-of-tenant-b", "routes-of-tenant-c"]
