"""The arguments of a served model may be outputs of other resources."""

from typing import Any

import pulumi
import pytest

from falaj.components.kubernetes import InferenceService, InferenceServiceArgs
from tests.unit.components.mocks import Recording, build
from tests.unit.components.serving_samples import LARGE, SERVICE, service
from tests.unit.components.test_kubernetes_inference import POLICY, ROUTE, SCALED, pod, server


def later() -> Recording:
    """Returns a service most of whose arguments are outputs."""

    def output(value: str) -> pulumi.Output[str]:
        return pulumi.Output.from_input(value)

    def program() -> None:
        serving = {
            **LARGE,
            "image": output("registry.example/vllm:1"),
            "model": {"claim": output("large"), "gib": 16},
            "priority_class": output("urgent"),
        }
        args: dict[str, Any] = {
            **SERVICE,
            "serving": serving,
            "namespace": output("tenant-later"),
            "host": output("later.example.ae"),
            "gateway": {"name": output("models"), "namespace": output("gateways")},
            "prometheus_namespace": output("watch"),
        }
        InferenceService("uae", InferenceServiceArgs.of("uae", args))

    return build(program)


def test_its_pods_receive_the_outputs() -> None:
    recording = later()
    assert {child.inputs["metadata"]["namespace"] for child in recording.custom()} == {"tenant-later"}
    assert pod(recording)["priorityClassName"] == "urgent"
    assert server(recording)["image"] == "registry.example/vllm:1"
    assert pod(recording)["volumes"][0]["persistentVolumeClaim"]["claimName"] == "large"


def test_its_route_its_policy_and_its_scaling_get_them() -> None:
    recording = later()
    route = recording.one(ROUTE).inputs["spec"]
    assert (route["hostnames"], route["parentRefs"]) == (
        ["later.example.ae"],
        [{"name": "models", "namespace": "gateways"}],
    )
    peers = [peer for rule in recording.one(POLICY).inputs["spec"]["ingress"] for peer in rule["from"]]
    names = [peer["namespaceSelector"]["matchLabels"]["kubernetes.io/metadata.name"] for peer in peers]
    assert names == ["gateways", "watch"]
    query = recording.one(SCALED).inputs["spec"]["triggers"][0]["metadata"]["query"]
    assert query == 'sum(vllm:num_requests_waiting{namespace="tenant-later",service="sentiment"})'
    [component] = [urn for urn in recording.outputs if urn.endswith("InferenceService::uae")]
    assert recording.outputs[component]["url"] == "https://later.example.ae"


@pytest.mark.parametrize(
    ("follows", "metric"), [("requests", "vllm:request_success_total"), ("prompts", "vllm:prompt_tokens_total")]
)
def test_replicas_that_follow_what_is_counted_have_one_trigger_of_its_rate(follows: str, metric: str) -> None:
    load: Any = {**LARGE["load"], "follows": follows, "target": 2}
    labels = '{namespace="tenant-retail",service="sentiment"}'
    metadata = {
        "serverAddress": "http://prometheus.monitoring:9090",
        "query": f"sum(rate({metric}{labels}[2m]))",
        "threshold": "2",
        "ignoreNullValues": "false",
    }
    (trigger,) = service({**LARGE, "load": load}).one(SCALED).inputs["spec"]["triggers"]
    assert trigger == {"type": "prometheus", "metricType": "AverageValue", "metadata": metadata}
