"""Stock images of model servers: a pod whose ports, paths or arguments the server never answers is refused."""

from typing import Any

import pytest

from falaj.sandbox.clouds.values import Json
from tests.unit.clouds.driver import Driver
from tests.unit.clouds.kubernetes_objects import DEPLOYMENT, Open, deployment, kubeconfig, refusal

VLLM = "registry.example.ae/vllm/vllm-openai:v0.11.0"
LLAMA = "registry.example.ae/ggml-org/llama.cpp:server-b10818"
TRITON = "nvcr.io/nvidia/tritonserver:25.09-py3"
ONNX = "registry.example.ae/falaj/onnx-server:1.0.0"
SERVE = ["vllm", "serve", "/models"]
NAMED: Json = {"name": "USER", "value": "server"}
USER: Json = [NAMED, {"name": "HOME", "value": "/tmp"}]  # noqa: S108


@pytest.fixture
def k8s(open_cloud: Open) -> Driver:
    return open_cloud("kubernetes", kubeconfig=kubeconfig())


def probe(path: str, port: Json = "http") -> Json:
    return {"httpGet": {"path": path, "port": port}}


def pods(image: str, path: str = "/health", port: int = 8000, **container: Json) -> dict[str, Any]:
    """Returns a Deployment of one container, with one port and a startup probe."""
    main: Json = {
        "name": "server",
        "image": image,
        "ports": [{"name": "http", "containerPort": port}],
        "startupProbe": probe(path),
        **container,
    }
    inputs = deployment()
    template: Json = {
        "metadata": {"labels": {"app": "serve"}},
        "spec": {"securityContext": {"runAsUser": 65532}, "containers": [main]},
    }
    return {**inputs, "spec": {**inputs["spec"], "template": template}}  # type: ignore[dict-item]


REFUSED: list[tuple[str, dict[str, Any], str]] = [
    ("no model", pods(VLLM, env=USER), "the server has no model"),
    ("other port", pods(VLLM, port=8080, command=SERVE, env=USER), "containerPort 8080 (http): nothing listens there"),
    (
        "other path",
        pods(VLLM, "/readyz", command=SERVE, env=USER),
        "Startup probe failed: HTTP probe failed with statuscode: 404 (/readyz)",
    ),
    (
        "probed elsewhere",
        pods(VLLM, command=SERVE, env=USER, livenessProbe=probe("/health", 9000)),
        'Liveness probe failed: Get "http://:9000/health"',
    ),
    ("no name", pods(VLLM, command=SERVE), "uid not found"),
    ("loopback", pods(VLLM, command=[*SERVE, "--host", "127.0.0.1"], env=USER), "listens on 127.0.0.1 only"),
    (
        "home",
        pods(VLLM, command=SERVE, env=[NAMED], securityContext={"readOnlyRootFilesystem": True}),
        "Read-only file system: '/root'",
    ),
    (
        "two of one",
        pods(
            VLLM, command=[*SERVE, "--tensor-parallel-size=2"], env=USER, resources={"limits": {"nvidia.com/gpu": "1"}}
        ),
        "World size (2) is larger",
    ),
    (
        "no shared memory",
        pods(VLLM, command=[*SERVE, "-tp", "2"], env=USER, resources={"limits": {"nvidia.com/gpu": "2"}}),
        "has 64 MiB",
    ),
    ("router", pods(LLAMA, port=8080), "the server has no model"),
    (
        "its metrics",
        pods(LLAMA, "/metrics", port=8080, args=["-m", "/m.gguf"]),
        "statuscode: 501 (/metrics wants --metrics)",
    ),
    (
        "its port",
        pods(LLAMA, port=8080, args=["-m", "/m.gguf"], env=[{"name": "LLAMA_ARG_PORT", "value": "9000"}]),
        "on 9000",
    ),
    ("entrypoint", pods(TRITON, "/v2/health/ready"), "is given nothing that starts tritonserver"),
    ("its repository", pods(TRITON, "/v2/health/ready", command=["tritonserver"]), "the server has no model"),
    (
        "metrics elsewhere",
        pods(TRITON, "/metrics", command=["tritonserver", "--model-repository=/m"]),
        "404 (/metrics)",
    ),
    ("reference", pods(ONNX, "/health", port=8080), "404 (/health)"),
    (
        "its weights",
        pods(ONNX, "/readyz", port=8080, env=[{"name": "FALAJ_WEIGHTS", "value": "bf16"}]),
        "FALAJ_WEIGHTS=bf16, but the server takes int8 or fp32",
    ),
    ("its variable", pods(ONNX, "/readyz", port=8080, env=[{"name": "FALAJ_PORT", "value": "8000"}]), "on 8000"),
]


@pytest.mark.parametrize(("inputs", "reason"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED])
def test_a_server_that_can_never_answer_is_refused(inputs: dict[str, Json], reason: str, k8s: Driver) -> None:
    message = refusal(k8s, DEPLOYMENT, **inputs)
    assert "timed out waiting to be Ready" in message
    assert reason in message


ACCEPTED: dict[str, dict[str, Any]] = {
    "vllm": pods(VLLM, command=SERVE, env=USER),
    "its entrypoint": pods(VLLM, args=["--model", "/models"], env=USER),
    "its port": pods(VLLM, port=9000, command=[*SERVE, "--port=9000"], env=USER),
    "two GPUs": pods(
        VLLM,
        command=[*SERVE, "--tensor-parallel-size", "2"],
        env=USER,
        resources={"limits": {"nvidia.com/gpu": "2"}},
        volumeMounts=[{"name": "shm", "mountPath": "/dev/shm"}],  # noqa: S108
    ),
    "home": pods(
        VLLM,
        command=SERVE,
        env=USER,
        securityContext={"readOnlyRootFilesystem": True},
        volumeMounts=[{"name": "scratch", "mountPath": "/tmp"}],  # noqa: S108
    ),
    "a shell of its own": pods(VLLM, "/ready", command=["/bin/sh", "-c", "exec serve-it"]),
    "llama": pods(LLAMA, port=8080, args=["-m", "/m.gguf"]),
    "its variables": pods(
        LLAMA,
        "/metrics",
        port=9000,
        args=["--metrics"],
        env=[{"name": "LLAMA_ARG_MODEL", "value": "/m.gguf"}, {"name": "LLAMA_ARG_PORT", "value": "9000"}],
    ),
    "triton": pods(TRITON, "/v2/health/ready", command=["tritonserver", "--model-repository=/m"]),
    "reference": pods(ONNX, "/readyz", port=8080),
    "unknown image": pods("registry.example.ae/own/vllm-openai:1.0", "/readyz", port=8080),
}


@pytest.mark.parametrize("name", ACCEPTED)
def test_a_server_that_is_asked_what_it_answers_is_created(name: str, k8s: Driver) -> None:
    k8s.create(DEPLOYMENT, "serve", **ACCEPTED[name])


def test_a_deployment_that_nobody_waits_for_is_refused_too(k8s: Driver) -> None:
    """Its pods would restart for ever, and `up` would say nothing."""
    inputs = pods(VLLM, env=USER)
    metadata = {"name": "serve", "annotations": {"pulumi.com/skipAwait": "true"}}
    assert "has no model" in refusal(k8s, DEPLOYMENT, **{**inputs, "metadata": metadata})
