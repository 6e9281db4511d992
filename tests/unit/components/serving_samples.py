"""Valid arguments of the components that serve models; tests change single arguments."""

from typing import Any

from falaj.components.core.serving.scaling_specs import Load
from falaj.components.core.tenancy.tenancy import Tier
from falaj.components.core.validation.enums import Capacity, Profile
from falaj.components.kubernetes.serving.inference_service import InferenceService
from tests.samples import COST_TAGS as TAGS
from tests.unit.components.mocks import Recording
from tests.unit.components.samples import recorded

SLEEPING: Any = {
    "tier": Tier.SMB,
    "image": "registry.example/falaj/onnx-server:1.0.0",
    "architectures": ["amd64", "arm64"],
    "model": {"uri": "s3://uae-models/sentiment/v3", "gib": 0.5},
    "cpu": 2,
    "memory_gib": 2,
    "min": 0,
    "max": 6,
    "cold_start": {"first_answer_seconds": 180, "image_gib": 0.4, "load_seconds": 5},
    "interruptible": True,
}
AWAKE: Any = {
    "tier": Tier.SMB,
    "image": "registry.example/falaj/onnx-server:1.0.0",
    "model": {"claim": "models", "gib": 0.5},
    "cpu": 2,
    "memory_gib": 2,
    "min": 1,
    "max": 6,
}
LARGE: Any = {
    "tier": Tier.ENTERPRISE,
    "runtime": "vllm",
    "image": "registry.example/vllm/vllm-openai:v0.11.0",
    "model": {"claim": "models", "gib": 16},
    "cpu": 8,
    "memory_gib": 48,
    "gpu": {"count": 1},
    "min": 2,
    "max": 4,
    "load": {"follows": Load.QUEUE, "target": 8, "prometheus": "http://prometheus.monitoring:9090"},
}
GROUPED: Any = {
    **LARGE,
    "image": "registry.example/vllm/vllm-openai:v0.12.0",
    "model": {"uri": "s3://uae-models/sentiment/v3", "gib": 400},
    "gpu": {"count": 8},
    "nodes": 2,
    "min": 1,
    "max": 3,
}
"""A model on GPUs whose replicas run on two machines."""
POOLS: Any = {
    "system": {
        "profile": Profile.SYSTEM,
        "machines": ["m7g.large"],
        "capacity": Capacity.ON_DEMAND,
        "min": 2,
        "max": 4,
    },
    "x86": {
        "profile": Profile.INFERENCE_CPU,
        "machines": ["c7i.xlarge", "c7i.2xlarge"],
        "capacity": Capacity.ON_DEMAND,
        "min": 0,
        "max": 9,
    },
    "graviton": {
        "profile": Profile.INFERENCE_CPU,
        "machines": ["c6g.xlarge", "c6g.2xlarge"],
        "capacity": Capacity.ON_DEMAND,
        "min": 0,
        "max": 9,
    },
}
SERVICE: Any = {
    "namespace": "tenant-retail",
    "service": "sentiment",
    "tenant": "retail",
    "serving": SLEEPING,
    "region": "me-central-1",
    "pools": POOLS,
    "gateway": {"name": "models", "namespace": "falaj-gateway"},
    "host": "sentiment.models.example.ae",
    "prometheus_namespace": "monitoring",
    "tags": TAGS,
}
EXPERIMENT: Any = {
    "namespace": "tenant-retail",
    "service": "sentiment",
    "tenant": "retail",
    "a": AWAKE,
    "b": {**AWAKE, "image": "registry.example/falaj/onnx-server:1.1.0"},
    "weights": {"a": 90, "b": 10},
    "starts": "2026-12-01T08:00:00+04:00",
    "ends": "2026-12-15T08:00:00+04:00",
    "measure": "p95 latency below 300 ms at least cost",
    "gateway": {"name": "models", "namespace": "falaj-gateway"},
    "host": "sentiment.models.example.ae",
    "region": "me-central-1",
    "prometheus_namespace": "monitoring",
    "tags": TAGS,
}
GATEWAY: Any = {
    "gateway_class": "istio",
    "domains": ["*.models.example.ae"],
    "certificate": "models-tls",
    "issuer": "bank-ca",
    "tags": TAGS,
}


def service(serving: Any = SLEEPING, **changed: Any) -> Recording:
    """Returns what a service of this model registers, with changed arguments."""
    args = {**SERVICE, "serving": serving, **changed}
    return recorded(InferenceService, {key: value for key, value in args.items() if value is not None})
