"""Routing by endpoint pickers: the pool, the picker's pod and what may reach it, the platform's part, and refusals."""

import json
from typing import Any

import pytest

from falaj.components.core.serving.endpoint_picker import Routing
from falaj.components.core.tenancy.deployer_role import READ, RULES, WRITE
from falaj.components.core.tenancy.tenancy import Tier
from falaj.components.core.validation.args import BadArguments
from falaj.components.kubernetes.cluster.foundation import Foundation
from falaj.components.kubernetes.cluster.gateway_api import GatewayApi
from falaj.components.kubernetes.serving.experiment import Experiment
from falaj.components.kubernetes.serving.gateway import Gateway
from tests.samples import COST_TAGS
from tests.unit.components.kubernetes_samples import FOUNDATION, GATEWAY_API
from tests.unit.components.mocks import Recording
from tests.unit.components.samples import recorded
from tests.unit.components.serving_samples import AWAKE, EXPERIMENT, GATEWAY, GROUPED, LARGE, service

POOL = "kubernetes:inference.networking.k8s.io/v1:InferencePool"
ROUTE = "kubernetes:gateway.networking.k8s.io/v1:HTTPRoute"
RULE = "kubernetes:networking.istio.io/v1:DestinationRule"
DEPLOYMENT, SERVED = "kubernetes:apps/v1:Deployment", "kubernetes:core/v1:Service"
POLICY, ACCOUNT = "kubernetes:networking.k8s.io/v1:NetworkPolicy", "kubernetes:core/v1:ServiceAccount"
ROLE = "kubernetes:rbac.authorization.k8s.io/v1:Role"
BINDING = "kubernetes:rbac.authorization.k8s.io/v1:RoleBinding"
CRD = "kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition"
RELEASE = "kubernetes:helm.sh/v3:Release"
PICKED: Any = {**LARGE, "routing": Routing.ENDPOINT_PICKER}
LABEL = {"falaj/endpoint-picker": "sentiment"}
GROUP = "inference.networking.k8s.io"
"""API group of InferencePools."""


def picked(serving: Any = PICKED, **changed: Any) -> Recording:
    return service(serving, **{"pools": None, **changed})


def deployment(made: Recording) -> dict[str, Any]:
    return named(made, DEPLOYMENT, "sentiment-picker")


def named(made: Recording, token: str, name: str) -> dict[str, Any]:
    [found] = [item.inputs for item in made.of(token) if item.inputs["metadata"]["name"] == name]
    return found


def pod(made: Recording) -> dict[str, Any]:
    return deployment(made)["spec"]["template"]["spec"]


def container(made: Recording) -> dict[str, Any]:
    [found] = pod(made)["containers"]
    return found


def test_a_service_without_a_picker_has_the_same_objects_as_before() -> None:
    made = service(LARGE, pools=None)
    assert not made.of(POOL)
    assert [item.inputs["metadata"]["name"] for item in made.of(DEPLOYMENT)] == ["sentiment"]
    assert [item.inputs["metadata"]["name"] for item in made.of(POLICY)] == ["sentiment"]
    assert backend(made) == {"name": "sentiment", "port": 443, "weight": 100}


def backend(made: Recording) -> dict[str, Any]:
    [rule] = made.one(ROUTE).inputs["spec"]["rules"]
    assert rule["timeouts"] == {"request": "300s"}
    [found] = rule["backendRefs"]
    return found


def test_the_route_leads_to_the_pool_of_the_pods_that_accept_tls() -> None:
    made = picked()
    assert backend(made) == {"group": GROUP, "kind": "InferencePool", "name": "sentiment"}
    assert made.one(POOL).inputs["metadata"]["name"] == "sentiment"
    assert made.one(POOL).inputs["spec"] == {
        "selector": {"matchLabels": {"falaj/service": "sentiment"}},
        "targetPorts": [{"number": 8443}],
        "appProtocol": "http",
        "endpointPickerRef": {
            "group": "",
            "kind": "Service",
            "name": "sentiment-picker",
            "port": {"number": 9002},
            "failureMode": "FailOpen",
        },
    }
    # The Service of the model stays: pods of the namespace call it.
    assert named(made, SERVED, "sentiment")["spec"]["selector"] == {"falaj/service": "sentiment"}


def test_the_pool_of_replicas_on_several_machines_has_their_leaders() -> None:
    made = picked({**GROUPED, "routing": "endpoint-picker"})
    assert made.one(POOL).inputs["spec"]["selector"] == {
        "matchLabels": {"falaj/service": "sentiment", "leaderworkerset.sigs.k8s.io/worker-index": "0"}
    }


def test_the_picker_has_exactly_these_arguments() -> None:
    *args, config = container(picked())["args"]
    assert args == [
        "--pool-name=sentiment",
        "--pool-namespace=$(NAMESPACE)",
        "--grpc-port=9002",
        "--grpc-health-port=9003",
        "--cert-path=/tls",
        "--enable-cert-reload=true",
        "--secure-serving=true",
        "--metrics-endpoint-auth=false",
        "--enable-pprof=false",
        "--tracing=false",
        "--zap-encoder=json",
    ]
    name, _, text = config.partition("=")
    assert name == "--config-text"
    parsed = json.loads(text)
    assert [plugin["type"] for plugin in parsed["plugins"]] == [
        "queue-scorer",
        "kv-cache-utilization-scorer",
        "prefix-cache-scorer",
        "metrics-data-source",
        "core-metrics-extractor",
    ]
    assert parsed["plugins"][3]["parameters"] == {"scheme": "https", "path": "/metrics", "insecureSkipVerify": True}
    assert parsed["plugins"][4]["parameters"] == {"defaultEngine": "vllm"}
    [profile] = parsed["schedulingProfiles"]
    assert [(item["pluginRef"], item["weight"]) for item in profile["plugins"]] == [
        ("queue-scorer", 2),
        ("kv-cache-utilization-scorer", 2),
        ("prefix-cache-scorer", 3),
    ]
    [source] = parsed["dataLayer"]["sources"]
    assert source == {"pluginRef": "metrics-data-source", "extractors": [{"pluginRef": "core-metrics-extractor"}]}


def test_the_picker_is_confined_like_other_pods() -> None:
    made = picked(image_mirror="registry.example.ae/mirror")
    assert container(made)["image"] == "registry.example.ae/mirror/gateway-api-inference-extension/epp:v1.5.0"
    assert container(made)["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }
    assert container(made)["resources"] == {
        "requests": {"cpu": "1000m", "memory": "2048Mi"},
        "limits": {"memory": "2048Mi"},
    }
    described = pod(made)
    assert described["securityContext"] == {
        "runAsNonRoot": True,
        "runAsUser": 65532,
        "runAsGroup": 65532,
        "fsGroup": 65532,
        "seccompProfile": {"type": "RuntimeDefault"},
    }
    assert (described["serviceAccountName"], described["automountServiceAccountToken"]) == ("endpoint-picker", True)
    assert described["priorityClassName"] == "falaj-inference"
    assert described["volumes"] == [
        {"name": "tls", "secret": {"secretName": "falaj-serving-tls", "defaultMode": 0o440}}
    ]
    assert container(made)["volumeMounts"] == [{"name": "tls", "mountPath": "/tls", "readOnly": True}]


def test_the_picker_runs_on_the_machines_of_the_model_and_needs_no_gpu() -> None:
    made = picked({**PICKED, "pool": "large"})
    model = named(made, DEPLOYMENT, "sentiment")["spec"]["template"]["spec"]
    for key in ("nodeSelector", "tolerations", "affinity"):
        assert pod(made)[key] == model[key]
    assert model["nodeSelector"]["falaj/pool"] == "large"


def test_a_rollout_of_the_picker_ends_no_request() -> None:
    spec = deployment(picked())["spec"]
    assert spec["strategy"] == {"type": "RollingUpdate", "rollingUpdate": {"maxSurge": 1, "maxUnavailable": 0}}
    assert container(picked())["lifecycle"] == {"preStop": {"sleep": {"seconds": 305}}}
    assert pod(picked())["terminationGracePeriodSeconds"] == 335
    assert container(picked())["readinessProbe"] == {"grpc": {"port": 9003}, "periodSeconds": 5, "failureThreshold": 2}


def test_the_gateway_alone_reaches_the_picker_from_outside_the_namespace() -> None:
    made = picked()
    assert named(made, POLICY, "sentiment-picker")["spec"] == {
        "podSelector": {"matchLabels": LABEL},
        "policyTypes": ["Ingress"],
        "ingress": [
            {
                "from": [{"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "falaj-gateway"}}}],
                "ports": [{"port": 9002, "protocol": "TCP"}],
            }
        ],
    }
    [port] = named(made, SERVED, "sentiment-picker")["spec"]["ports"]
    assert port == {"name": "grpc-ext-proc", "port": 9002, "targetPort": "ext-proc", "appProtocol": "grpc"}
    assert named(made, SERVED, "sentiment-picker")["spec"]["selector"] == LABEL
    # Nothing of the model selects the picker's pods.
    assert deployment(made)["spec"]["template"]["metadata"]["labels"] == {**LABEL, "falaj/tenant": "retail"}


SMALL: Any = {**AWAKE, "routing": "endpoint-picker"}
TRITON: Any = {**PICKED, "runtime": "triton", "image": "registry.example/nvidia/tritonserver:25.08-py3"}


@pytest.mark.parametrize(
    ("serving", "changed", "message"),
    [
        (SMALL, {}, "even for tier smb"),
        (TRITON, {}, "even with runtime triton; the picker reads metrics of vllm"),
        (PICKED, {"host": None, "gateway": None}, "even without a `host` on a gateway"),
        (
            PICKED,
            {"gateway": {"name": "models", "namespace": "falaj-gateway", "encrypted": False}},
            "even without a `host` on a gateway of class istio that encrypts to the pods",
        ),
    ],
)
def test_refused(serving: Any, changed: dict[str, Any], message: str) -> None:
    with pytest.raises(BadArguments) as error:
        picked(serving, **changed)
    assert "serving.routing" in str(error.value)
    assert message in str(error.value)


def test_refused_in_an_experiment() -> None:
    variants = {"a": LARGE, "b": PICKED}
    with pytest.raises(BadArguments, match=r"b\.routing.*even in an experiment"):
        recorded(Experiment, {**EXPERIMENT, **variants})


def space(**changed: Any) -> Recording:
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
    for item in settings:
        assert item["tls"] == {
            "mode": "SIMPLE",
            "credentialName": "falaj-serving-tls",
            "sni": "serving.tenant-retail.svc",
            "subjectAltNames": ["serving.tenant-retail.svc"],
        }
