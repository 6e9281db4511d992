"""Routing by endpoint pickers: the pool, the picker's pod and what may reach it, and refusals."""

import json
from typing import Any

import pytest

from falaj.components.core.serving.endpoint_picker import Routing
from falaj.components.core.validation.args import BadArguments
from falaj.components.kubernetes.serving.experiment import Experiment
from tests.unit.components.mocks import Recording
from tests.unit.components.samples import recorded
from tests.unit.components.serving_samples import AWAKE, EXPERIMENT, GROUPED, LARGE, service

POOL = "kubernetes:inference.networking.k8s.io/v1:InferencePool"
ROUTE = "kubernetes:gateway.networking.k8s.io/v1:HTTPRoute"
DEPLOYMENT, SERVED = "kubernetes:apps/v1:Deployment", "kubernetes:core/v1:Service"
POLICY = "kubernetes:networking.k8s.io/v1:NetworkPolicy"
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
        "requests": {"cpu": "500m", "memory": "1024Mi"},
        "limits": {"memory": "1024Mi"},
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
