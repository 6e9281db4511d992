"""Program that serves models on a cluster. The environment variable CHANGE makes one change."""

import os

from falaj.components.core.charts.observability_args import ObservabilityArgs
from falaj.components.core.serving.experiment_args import ExperimentArgs
from falaj.components.core.serving.experiments import Variant
from falaj.components.core.serving.gateways import GatewaySpec
from falaj.components.core.serving.inference_args import InferenceServiceArgs
from falaj.components.core.serving.specs import ServingSpec
from falaj.components.core.tenancy.tenancy import TenantSpec, Tier
from falaj.components.kubernetes.cluster.cert_manager import CertManager, CertManagerArgs
from falaj.components.kubernetes.cluster.foundation import Foundation, FoundationArgs
from falaj.components.kubernetes.cluster.gateway_api import GatewayApi, GatewayApiArgs
from falaj.components.kubernetes.cluster.gpu_operator import GpuOperator, GpuOperatorArgs
from falaj.components.kubernetes.cluster.keda import Keda, KedaArgs
from falaj.components.kubernetes.cluster.observability import Observability
from falaj.components.kubernetes.cluster.prometheus import Prometheus, PrometheusArgs
from falaj.components.kubernetes.cluster.serving_authority import ServingAuthority, ServingAuthorityArgs
from falaj.components.kubernetes.serving.experiment import Experiment
from falaj.components.kubernetes.serving.gateway import Gateway, GatewayArgs
from falaj.components.kubernetes.serving.inference_service import InferenceService
from falaj.components.kubernetes.serving.multi_node_serving import MultiNodeServing, MultiNodeServingArgs
from falaj.facts.regions import Cloud
from tests.engine.cluster_on_aws import CIDR, REGION, VERSION, cluster_on_aws
from tests.samples import DEV_TAGS
from tests.unit.components.serving_samples import AWAKE, GROUPED, LARGE, POOLS, SLEEPING

SPACE = "tenant-retail"
change = os.environ.get("CHANGE", "")
on_aws = cluster_on_aws()

gateway_api = GatewayApi("gateway-api", GatewayApiArgs(inference_pools=True, tags=DEV_TAGS), on_aws.after())
certificates = CertManager("certificates", CertManagerArgs(tags=DEV_TAGS), on_aws.after(gateway_api))
authority = ServingAuthority("serving", ServingAuthorityArgs(tags=DEV_TAGS), on_aws.after(certificates))
foundation = Foundation(
    "base",
    FoundationArgs(
        tenants={"retail": TenantSpec(tier=Tier.ENTERPRISE, cpu=200, memory_gib=800, gpus=16, endpoint_picker=True)},
        cloud=Cloud.AWS,
        network_cidr=CIDR,
        kubernetes_version=VERSION,
        serving_tls=True,
        tags=DEV_TAGS,
    ),
    on_aws.after(authority),
)
keda = Keda("keda", KedaArgs(serving_tls=True, tags=DEV_TAGS), on_aws.after(foundation))
multi_node = MultiNodeServing("multi-node", MultiNodeServingArgs(tags=DEV_TAGS), on_aws.after(foundation))
prometheus = Prometheus("prometheus", PrometheusArgs(tags=DEV_TAGS), on_aws.after(foundation))
gateway = Gateway(
    "models",
    GatewayArgs(gateway_class="istio", domains=["*.models.example.ae"], certificate="models-tls", tags=DEV_TAGS),
    on_aws.after(foundation, gateway_api),
)
GpuOperator("gpus", GpuOperatorArgs(cloud=Cloud.AWS, tags=DEV_TAGS), on_aws.after(foundation))
Observability(
    "watched",
    ObservabilityArgs(
        prometheus="http://prometheus.monitoring:9090",
        region=REGION,
        machines=["m7g.large", "g5.12xlarge"],
        aed_per_usd=3.6725,
        tags=DEV_TAGS,
    ),
    on_aws.after(foundation, prometheus),
)
reference = GatewaySpec(name="models", namespace="falaj-gateway")
sleeping = {**SLEEPING, "max": 8} if change == "more" else SLEEPING
if change == "awake":
    sleeping = {**AWAKE, "image": SLEEPING["image"], "model": SLEEPING["model"]}
wide = {**GROUPED, "nodes": 3} if change == "wider" else GROUPED
picked = LARGE if change == "even" else {**LARGE, "routing": "endpoint-picker"}
large = {**LARGE, "min": 3, "max": 3, "load": None} if change == "fixed" else LARGE
for name, serving in {"sentiment": sleeping, "assistant": large, "wide": wide, "picked": picked}.items():
    InferenceService(
        name,
        InferenceServiceArgs(
            namespace=SPACE,
            service=name,
            tenant="retail",
            serving=ServingSpec.model_validate(serving),
            region=REGION,
            pools=POOLS,
            gateway=reference,
            host=f"{name}.models.example.ae",
            tags=DEV_TAGS,
        ),
        on_aws.after(foundation, keda, gateway, multi_node),
    )
experiment_args = ExperimentArgs(
    namespace=SPACE,
    service="intents",
    tenant="retail",
    a=ServingSpec.model_validate(AWAKE),
    b=ServingSpec.model_validate({**AWAKE, "image": "registry.example/falaj/onnx-server:1.1.0"}),
    weights={Variant.A: 50, Variant.B: 50} if change == "half" else {Variant.A: 90, Variant.B: 10},
    winner=Variant.B if change == "winner" else None,
    starts="2026-12-01T08:00:00+04:00",
    ends="2026-12-15T08:00:00+04:00",
    measure="p95 latency below 300 ms at least cost",
    gateway=reference,
    host="intents.models.example.ae",
    tags=DEV_TAGS,
)
Experiment("trial", experiment_args, on_aws.after(foundation, keda, gateway))
