"""FJ-EXP-131: clients of tunnels, by their images and programs, in clusters, ECS, Batch and Azure."""

import json

import pytest
from guardrails.exposure.tunnels import _AMBIGUOUS, _CLIENTS

from .harness import Given, Pack, blocking

PACK = Pack()
REGISTRY = "123456789012.dkr.ecr.me-central-1.amazonaws.com"


def _blocked(token: str, props: dict[str, object]) -> bool:
    return "FJ-EXP-131" in blocking(PACK.evaluate_resource(Given(token, props)))


@pytest.mark.parametrize(
    ("container", "stopped"),
    [
        ({"image": "cloudflare/cloudflared:2026.10.0"}, True),
        ({"image": f"{REGISTRY}/mirror/cloudflared@sha256:{'a' * 64}"}, True),
        ({"image": "registry.example.ae:5000/ngrok/ngrok:3-alpine"}, True),
        ({"image": "ghcr.io/tailscale/tailscale"}, True),
        ({"image": "tailscale/k8s-operator:v1.80"}, True),
        ({"image": "snowdreamtech/frpc:0.61"}, True),
        ({"image": "ghcr.io/inlets/inlets-pro:0.9"}, True),
        ({"image": "openziti/zrok2:2.0"}, True),
        ({"image": f"{REGISTRY}/app:1", "command": ["pagekite.py", "80", "x.pagekite.me"]}, True),
        ({"image": f"{REGISTRY}/app:1", "command": ["/usr/local/bin/cloudflared", "tunnel", "run"]}, True),
        ({"image": "registry.example.ae/datastax/k8s-operator:1"}, False),
        ({"image": "registry.example.ae/cloudflared-docs:1"}, False),
        ({"image": "registry.example.ae/cloudflared/app:1"}, False),
        ({"image": "registry.example.ae/explore:1", "command": ["explore"]}, False),
        ({}, False),
    ],
)
def test_clients_in_pods(container: dict[str, object], stopped: bool) -> None:
    assert _blocked("kubernetes:core/v1:Pod", {"spec": {"containers": [{"name": "x", **container}]}}) is stopped


@pytest.mark.parametrize("image", ["cloudflare/cloudflared:1", "registry.example.ae/app:1"])
@pytest.mark.parametrize(
    ("token", "shape"),
    [
        ("aws:ecs/taskDefinition:TaskDefinition", lambda item: {"containerDefinitions": json.dumps([item])}),
        ("aws:batch/jobDefinition:JobDefinition", lambda item: {"containerProperties": json.dumps(item)}),
        ("azure-native:containerinstance:ContainerGroup", lambda item: {"containers": [item]}),
        ("azure-native:app:ContainerApp", lambda item: {"template": {"containers": [item]}}),
        ("azure-native:app:Job", lambda item: {"template": {"initContainers": [item]}}),
    ],
)
def test_clients_elsewhere(token: str, shape: object, image: str) -> None:
    props = shape({"name": "x", "image": image})  # type: ignore[operator]
    assert _blocked(token, props) is ("cloudflared" in image)


@pytest.mark.parametrize("name", _CLIENTS)
def test_every_client_is_recognised_by_its_image_and_its_program(name: str) -> None:
    image = f"{REGISTRY}/{_AMBIGUOUS.get(name, 'mirror')}/{name}:1"
    assert _blocked("kubernetes:core/v1:Pod", {"spec": {"containers": [{"name": "x", "image": image}]}})
    program = {"name": "x", "image": f"{REGISTRY}/app:1", "command": [f"/usr/bin/{name}", "run"]}
    assert _blocked("kubernetes:core/v1:Pod", {"spec": {"containers": [program]}}) is (name not in _AMBIGUOUS)
