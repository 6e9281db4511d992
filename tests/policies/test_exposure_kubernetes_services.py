"""External-name services, role bindings, network policies and ingresses that expose a cluster."""

import pytest

from .exposure_cases import refused, reported


@pytest.mark.parametrize("name", ["localhost", "localhost.", "a.localhost", "127.0.0.1", "169.254.169.254"])
def test_an_external_name_must_not_be_a_loopback_or_metadata_address(name: str) -> None:
    token = "kubernetes:core/v1:Service"
    assert refused(token, {"spec": {"type": "ExternalName", "externalName": name}}) == {"FJ-EXP-321"}
    assert reported(token, {"spec": {"type": "ExternalName", "externalName": "models.bank.ae"}}) == set()


def test_broad_access_inside_a_cluster_is_refused() -> None:
    binding = {"subjects": [{"kind": "Group", "name": "system:serviceaccounts:shop"}], "roleRef": {"name": "view"}}
    assert refused("kubernetes:rbac.authorization.k8s.io/v1:RoleBinding", binding) == {"FJ-IDN-303"}
    network = "kubernetes:networking.k8s.io/v1"
    any_namespace = {"spec": {"ingress": [{"from": [{"namespaceSelector": {}}]}]}}
    one_team = {"spec": {"ingress": [{"from": [{"namespaceSelector": {"matchLabels": {"team": "a"}}}]}]}}
    assert refused(f"{network}:NetworkPolicy", any_namespace) == {"FJ-EXP-324"}
    assert reported(f"{network}:NetworkPolicy", one_team) == set()
    assert refused(f"{network}:Ingress", {"spec": {"defaultBackend": {"service": {"name": "a"}}}}) == {"FJ-EXP-323"}
