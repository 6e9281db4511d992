"""Services, webhooks and load balancer parameters of a cluster."""

import pytest

from .exposure_cases import refused, reported


@pytest.mark.parametrize("name", ["localhost", "localhost.", "a.localhost", "127.0.0.1", "169.254.169.254"])
def test_no_service_leads_back_to_its_caller(name: str) -> None:
    token = "kubernetes:core/v1:Service"
    assert refused(token, {"spec": {"type": "ExternalName", "externalName": name}}) == {"FJ-EXP-321"}
    assert reported(token, {"spec": {"type": "ExternalName", "externalName": "models.bank.ae"}}) == set()


def test_doors_inside_a_cluster() -> None:
    binding = {"subjects": [{"kind": "Group", "name": "system:serviceaccounts:shop"}], "roleRef": {"name": "view"}}
    assert refused("kubernetes:rbac.authorization.k8s.io/v1:RoleBinding", binding) == {"FJ-IDN-303"}
    network = "kubernetes:networking.k8s.io/v1"
    everybody = {"spec": {"ingress": [{"from": [{"namespaceSelector": {}}]}]}}
    some = {"spec": {"ingress": [{"from": [{"namespaceSelector": {"matchLabels": {"team": "a"}}}]}]}}
    assert refused(f"{network}:NetworkPolicy", everybody) == {"FJ-EXP-324"}
    assert reported(f"{network}:NetworkPolicy", some) == set()
    assert refused(f"{network}:Ingress", {"spec": {"defaultBackend": {"service": {"name": "a"}}}}) == {"FJ-EXP-323"}
