"""What the platform gives endpoint pickers: an account, a way to the API server, and what Istio and the gateway do."""

import pytest

from falaj.components.core.tenancy.deployer_role import READ, RULES, WRITE
from falaj.components.core.tenancy.tenancy import Tier
from falaj.components.core.validation.args import BadArguments
from falaj.components.kubernetes.cluster.foundation import Foundation
from falaj.components.kubernetes.cluster.gateway_api import GatewayApi
from falaj.components.kubernetes.serving.gateway import Gateway
from tests.samples import COST_TAGS
from tests.unit.components.kubernetes_samples import FOUNDATION, GATEWAY_API
from tests.unit.components.mocks import Recording
from tests.unit.components.samples import recorded
from tests.unit.components.serving_samples import GATEWAY
from tests.unit.components.test_endpoint_picker import GROUP, POLICY, named

RULE = "kubernetes:networking.istio.io/v1:DestinationRule"
ACCOUNT = "kubernetes:core/v1:ServiceAccount"
ROLE = "kubernetes:rbac.authorization.k8s.io/v1:Role"
BINDING = "kubernetes:rbac.authorization.k8s.io/v1:RoleBinding"
CRD = "kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition"
RELEASE = "kubernetes:helm.sh/v3:Release"


def space(**changed: object) -> Recording:
    limits = {"tier": Tier.ENTERPRISE, "cpu": 8, "memory_gib": 16, "gpus": 1, **changed}
    return recorded(Foundation, {**FOUNDATION, "tenants": {"retail": limits}})


def test_the_platform_gives_pickers_an_account_that_reads_pods_and_pools_of_the_namespace() -> None:
    made = space(endpoint_picker=True)
    account = named(made, ACCOUNT, "endpoint-picker")
    assert (account["metadata"]["namespace"], account["automountServiceAccountToken"]) == ("tenant-retail", False)
    assert named(made, ROLE, "endpoint-picker")["rules"] == [
        {"apiGroups": [""], "resources": ["pods"], "verbs": ["get", "list", "watch"]},
        {"apiGroups": [GROUP], "resources": ["inferencepools"], "verbs": ["get", "list", "watch"]},
    ]
    binding = named(made, BINDING, "endpoint-picker")
    assert binding["roleRef"] == {"apiGroup": "rbac.authorization.k8s.io", "kind": "Role", "name": "endpoint-picker"}
    assert binding["subjects"] == [{"kind": "ServiceAccount", "name": "endpoint-picker", "namespace": "tenant-retail"}]


def test_only_pickers_reach_api_servers_and_no_public_address() -> None:
    made = space(endpoint_picker=True)
    blocks = ("10.0.0.0/8", "100.64.0.0/10", "172.16.0.0/12", "192.168.0.0/16")
    assert named(made, POLICY, "endpoint-picker")["spec"] == {
        "podSelector": {"matchExpressions": [{"key": "falaj/endpoint-picker", "operator": "Exists"}]},
        "policyTypes": ["Egress"],
        "egress": [
            {
                "to": [{"ipBlock": {"cidr": block}} for block in blocks],
                "ports": [{"port": port, "protocol": "TCP"} for port in (443, 4443, 6443)],
            }
        ],
    }


def test_by_default_a_namespace_has_none_of_it() -> None:
    made = space()
    names = {item.inputs["metadata"]["name"] for token in (ACCOUNT, ROLE, BINDING, POLICY) for item in made.of(token)}
    assert "endpoint-picker" not in names
    with pytest.raises(BadArguments, match="false for tier smb"):
        space(tier=Tier.SMB, gpus=0, endpoint_picker=True)


def test_deployers_write_pools_and_have_no_right_on_roles() -> None:
    assert [rule.verbs for rule in RULES if rule.group == GROUP] == [WRITE]
    assert READ == ("get", "list", "watch")


def test_istio_serves_pools_only_where_they_are_turned_on() -> None:
    made = recorded(GatewayApi, {**GATEWAY_API, "inference_pools": True})
    assert made.one(CRD).inputs["metadata"]["name"] == "inferencepools.inference.networking.k8s.io"
    [on] = [item.inputs["values"] for item in made.of(RELEASE) if item.inputs["chart"] == "istiod"]
    assert on["env"] == {"ENABLE_GATEWAY_API_INFERENCE_EXTENSION": "true"}
    made = recorded(GatewayApi, GATEWAY_API)
    assert not made.of(CRD)
    [off] = [item.inputs["values"] for item in made.of(RELEASE) if item.inputs["chart"] == "istiod"]
    assert "env" not in off
    with pytest.raises(BadArguments, match="false without `controller`"):
        recorded(GatewayApi, {**GATEWAY_API, "controller": False, "inference_pools": True})


@pytest.mark.parametrize(("picks", "ports"), [(True, [443, 54321, 9002]), (False, [443])])
def test_the_gateway_calls_pickers_and_pools_by_verified_tls(picks: bool, ports: list[int]) -> None:
    tenant = {
        "hosts": ["sentiment.models.example.ae"],
        "authentication": {"issuer": "https://login.example.ae", "audiences": ["models"]},
        "endpoint_picker": picks,
    }
    made = recorded(Gateway, {**GATEWAY, "tenants": {"retail": tenant}, "tags": COST_TAGS})
    [rule] = [item.inputs["spec"] for item in made.of(RULE) if "tenant-retail" in item.inputs["spec"]["host"]]
    assert rule["host"] == "*.tenant-retail.svc.cluster.local"
    settings = rule["trafficPolicy"]["portLevelSettings"]
    assert [item["port"]["number"] for item in settings] == ports
    assert [item["port"]["number"] for item in settings if "outlierDetection" in item] == [9002] * picks
    assert all(item["outlierDetection"]["maxEjectionPercent"] == 100 for item in settings if len(item) > 2)
    for item in settings:
        assert item["tls"] == {
            "mode": "SIMPLE",
            "credentialName": "falaj-serving-tls",
            "sni": "serving.tenant-retail.svc",
            "subjectAltNames": ["serving.tenant-retail.svc"],
        }
