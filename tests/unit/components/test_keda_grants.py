"""Routes of tenants' namespaces to the proxy of KEDA's HTTP add-on: a grant for each."""

from typing import Any

from tests.unit.components.test_kubernetes_controllers import keda


def test_each_namespace_has_its_own_grant_for_its_routes() -> None:
    namespaces = [f"tenant-{number}" for number in range(40)]

    def grants(of: list[str]) -> dict[str, dict[str, Any]]:  # more than the 16 that one grant can name
        return {
            item.name: item.inputs
            for item in keda(route_namespaces=of).resources
            if item.typ.endswith(":ReferenceGrant")
        }

    everyone = grants(namespaces)
    assert list(everyone) == [f"uae-grant-{namespace}" for namespace in namespaces]
    service = {"group": "", "kind": "Service", "name": "keda-add-ons-http-interceptor-proxy"}
    for namespace, inputs in zip(namespaces, everyone.values(), strict=True):
        route = {"group": "gateway.networking.k8s.io", "kind": "HTTPRoute", "namespace": namespace}
        assert inputs["metadata"]["name"] == f"routes-of-{namespace}"
        assert inputs["spec"] == {"from": [route], "to": [service]}
    assert grants(namespaces[1:]) == {name: everyone[name] for name in list(everyone)[1:]}
