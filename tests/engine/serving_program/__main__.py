"""Models that are served on a cluster of our components. CHANGE alters one thing."""

import os

from falaj.components.core.serving.experiments import Variant
from falaj.components.core.serving.gateways import GatewaySpec
from falaj.components.core.serving.specs import ServingSpec
from falaj.components.core.tenancy.tenancy import Tier
from falaj.components.kubernetes.cluster.foundation import Foundation
from falaj.components.kubernetes.cluster.gpu_operator import GpuOperator
from falaj.components.kubernetes.cluster.keda import Keda
from falaj.components.kubernetes.cluster.observability import Observability
from falaj.components.kubernetes.serving.experiment import Experiment, ExperimentArgs
from falaj.components.kubernetes.serving.gateway import Gateway
from falaj.components.kubernetes.serving.inference_service import InferenceService
from falaj.facts.regions import Cloud
from tests.engine.cluster_on_aws import CIDR, REGION, VERSION, cluster_on_aws
from tests.samples import COST_TAGS
from tests.unit.components.serving_samples import AWAKE, LARGE, POOLS, SLEEPING

SPACE = "tenant-retail"
change = os.environ.get("CHANGE", "")
there = cluster_on_aws()

foundation = Foundation(
    "base",
    {
        "tenants": {"retail": {"tier": Tier.ENTERPRISE, "cpu": 200, "memory_gib": 800, "gpus": 16}},
        "cloud": Cloud.AWS,
        "network_cidr": CIDR,
        "version": VERSION,
        "tags": COST_TAGS,
    },
    there.after(),
)
keda = Keda("keda", {"tags": COST_TAGS}, there.after(foundation))
gateway = Gateway(
    "models",
    {"gateway_class": "istio", "domains": ["*.models.example.ae"], "certificate": "models-tls", "tags": COST_TAGS},
    there.after(foundation),
)
GpuOperator("gpus", {"cloud": Cloud.AWS, "tags": COST_TAGS}, there.after(foundation))
Observability(
    "watched",
    {
        "prometheus": "http://prometheus.monitoring:9090",
        "region": REGION,
        "machines": ["m7g.large", "g5.12xlarge"],
        "aed_per_usd": 3.6725,
        "tags": COST_TAGS,
    },
    there.after(foundation),
)
way_in: GatewaySpec = {"name": "models", "namespace": "falaj-gateway"}
sleeping: ServingSpec = {**SLEEPING, "max": 8} if change == "more" else SLEEPING
if change == "awake":
    sleeping = {**AWAKE, "image": SLEEPING["image"], "model": SLEEPING["model"]}
for name, serving in {"sentiment": sleeping, "assistant": LARGE}.items():
    InferenceService(
        name,
        {
            "namespace": SPACE,
            "service": name,
            "tenant": "retail",
            "serving": serving,
            "region": REGION,
            "pools": POOLS,
            "gateway": way_in,
            "host": f"{name}.models.example.ae",
            "tags": COST_TAGS,
        },
        there.after(foundation, keda, gateway),
    )
trial: ExperimentArgs = {
    "namespace": SPACE,
    "service": "intents",
    "tenant": "retail",
    "a": AWAKE,
    "b": {**AWAKE, "image": "registry.example/falaj/onnx-server:1.1.0"},
    "weights": {"a": 50, "b": 50} if change == "half" else {"a": 90, "b": 10},
    "starts": "2026-12-01T08:00:00+04:00",
    "ends": "2026-12-15T08:00:00+04:00",
    "measure": "p95 latency below 300 ms at least cost",
    "gateway": way_in,
    "host": "intents.models.example.ae",
    "tags": COST_TAGS,
}
if change == "winner":
    trial["winner"] = Variant.B
Experiment("trial", trial, there.after(foundation, keda, gateway))
