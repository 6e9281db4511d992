"""The servers in the pods of served models: how they are started, asked, measured and stopped."""

from typing import Any

import pytest

from tests.samples import COST_TAGS
from tests.unit.components.serving_samples import AWAKE, LARGE, service
from tests.unit.components.test_kubernetes_inference import DEPLOYMENT, MONITOR, OF_PODS, POLICY, ROUTE, pod, server


def test_metrics_on_a_port_of_their_own_are_open_too() -> None:
    triton = {**LARGE, "runtime": "triton", "image": "registry.example/nvidia/tritonserver:25.09-py3"}
    of = service(triton)
    assert server(of)["ports"] == [{"name": "http", "containerPort": 8000}, {"name": "metrics", "containerPort": 8002}]
    _, rule = of.one(POLICY).inputs["spec"]["ingress"]
    assert [port["port"] for port in rule["ports"]] == [8000, 8002]
    (read,) = of.one(MONITOR).inputs["spec"]["podMetricsEndpoints"]
    assert (read["port"], read["path"]) == ("metrics", "/metrics")


def test_prometheus_reads_the_pods_of_the_service_with_the_labels_that_scaling_asks_for() -> None:
    of = service(LARGE, monitor_labels={"release": "prometheus"})
    monitor = of.one(MONITOR).inputs
    assert monitor["metadata"]["labels"].items() >= {**COST_TAGS, **OF_PODS, "release": "prometheus"}.items()
    assert monitor["spec"]["selector"] == {"matchLabels": {"falaj/service": "sentiment"}}
    (read,) = monitor["spec"]["podMetricsEndpoints"]
    assert (read["port"], read["path"], read["interval"]) == ("http", "/metrics", "15s")
    labels = {relabeling["targetLabel"]: relabeling["replacement"] for relabeling in read["relabelings"]}
    assert labels == {"service": "sentiment", "tenant": "retail"}
    # Prometheus would otherwise read the pods twice, and the sum of waiting requests would be doubled.
    assert "annotations" not in of.one(DEPLOYMENT).inputs["spec"]["template"]["metadata"]


def test_shared_memory_is_a_volume_in_memory_within_the_limit_of_the_container() -> None:
    of = service({**LARGE, "gpu": {"count": 4}})
    (shared,) = [volume for volume in pod(of)["volumes"] if volume["name"] == "shm"]
    assert shared == {"name": "shm", "emptyDir": {"medium": "Memory", "sizeLimit": "8192Mi"}}
    assert server(of)["resources"]["limits"]["memory"] == "49152Mi"
    assert [volume["name"] for volume in pod(service())["volumes"]] == ["model", "scratch", "tls"]
    (scratch,) = [volume for volume in pod(of)["volumes"] if volume["name"] == "scratch"]
    assert scratch == {"name": "scratch", "emptyDir": {"sizeLimit": "10Gi"}}


def test_probes_ask_what_the_contract_says() -> None:
    result = server(service())
    paths = {probe: result[f"{probe}Probe"]["httpGet"]["path"] for probe in ("startup", "readiness", "liveness")}
    assert paths == {"startup": "/readyz", "readiness": "/readyz", "liveness": "/healthz"}
    environment = {variable["name"]: variable["value"] for variable in result["env"]}
    assert environment.items() >= {"FALAJ_MODEL": "/models", "FALAJ_THREADS": "2", "FALAJ_WEIGHTS": "int8"}.items()
    assert not {"command", "args"} & result.keys()


def test_a_stock_server_is_started_and_asked_as_its_runtime_says() -> None:
    result = server(service(LARGE, service="assistant"))
    assert result["command"] == ["vllm", "serve"]
    assert result["args"][:1] + result["args"][-4:] == [
        "/models",
        "--served-model-name",
        "assistant",
        "--tensor-parallel-size",
        "1",
    ]
    probes = {probe: result[f"{probe}Probe"] for probe in ("startup", "readiness", "liveness")}
    assert {probe["httpGet"]["path"] for probe in probes.values()} == {"/health"}
    assert probes["startup"]["failureThreshold"] * probes["startup"]["periodSeconds"] == 1800
    waited = server(service({**LARGE, "probes": {"startup_seconds": 600}}))["startupProbe"]
    assert waited["failureThreshold"] * waited["periodSeconds"] == 600


@pytest.mark.parametrize("serving", [LARGE, AWAKE], ids=["waits before sigterm", "drains after it"])
def test_a_server_that_hangs_is_not_left_running_for_its_requests(serving: Any) -> None:
    """The kubelet runs the stop hook before it restarts a container, for as long as the probe's own grace period. The
    API server refuses one of a readiness probe."""
    found = server(service(serving))
    grace = {name: probe.get("terminationGracePeriodSeconds") for name, probe in found.items() if "Probe" in name}
    assert grace == {"startupProbe": 30, "livenessProbe": 30, "readinessProbe": None}


def test_a_request_that_began_may_end_before_its_replica_does() -> None:
    def stop(serving: Any) -> tuple[int, int]:
        spec = pod(service(serving))
        return spec["containers"][0]["lifecycle"]["preStop"]["sleep"]["seconds"], spec["terminationGracePeriodSeconds"]

    (rule,) = service(LARGE).one(ROUTE).inputs["spec"]["rules"]
    timeout = int(rule["timeouts"]["request"].removesuffix("s"))
    assert stop(LARGE) == (timeout + 5, timeout + 35)
    assert stop(AWAKE) == (5, timeout + 35)
    assert stop({**AWAKE, "drain_seconds": 20}) == (5, 55)
