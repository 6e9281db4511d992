"""Every field that settings share with a component's specification reaches the component's arguments."""

from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

import pulumi
import pytest
from pydantic import BaseModel

from falaj.components.build import cluster_addons, workloads
from falaj.components.build.cluster_addons import ClusterAddons
from falaj.components.build.cluster_parts import ClusterParts
from falaj.components.build.workload_identity import DeclaredWorkloadIdentity
from falaj.components.build.workloads import Workloads
from falaj.components.core.charts.prometheus import PrometheusSpec
from falaj.components.core.serving.endpoint_picker import Routing
from falaj.components.core.serving.experiments import SplitSpec
from falaj.components.core.serving.gateways import GatewayConfig, GatewaySpec
from falaj.components.core.serving.specs import ServingSpec
from falaj.components.core.tenancy.queue_specs import QueueBudget
from falaj.components.core.tenancy.tenancy import SpaceSpec
from falaj.components.core.training.tracking import TrackingSpec
from falaj.components.core.training.training_args import EfficiencySpec, RunSpec
from falaj.components.core.validation.enums import NodeAutoscaler
from falaj.components.settings.queue_arguments import queues
from falaj.components.settings.tenants import TenantSettings
from falaj.components.settings.workloads import ClusterSettings
from falaj.facts.regions import Cloud
from tests.samples import COST_TAGS
from tests.unit.components.mocks import build

EFFICIENCY = {
    "precision": "fp16",
    "gradient_checkpointing": True,
    "strategy": "fsdp",
    "checkpoint_interval_seconds": 60,
    "checkpoint_seconds": 7,
    "interruptions_per_hour": 0.5,
    "interruptions_with_notice": 0.25,
    "checkpoints_kept": 9,
    "base_model_uri": "vault://models/base",
    "learning": "transfer",
}
RUN = {
    "site": "dc1",
    "image": "registry.example/training:1.2.3",
    "architectures": ["arm64"],
    "pull_secrets": ["registry"],
    "environment": {"NCCL_DEBUG": "WARN"},
    "secrets": {"HF_TOKEN": {"secret": "hub", "key": "token"}},
    "form": "rayjob",
    "ray_version": "2.53.0",
    "retried_exit_codes": [1],
    "command": ["train"],
    "nodes": 3,
    "gpus": 2,
    "cpu": 8,
    "memory_gib": 32,
    "scratch_gib": 40,
    "profile": "batch",
    "pool": "gpu",
    "interruptible": False,
    "deadline_hours": 5,
    "retries": 7,
    "efficiency": EFFICIENCY,
    "parameters": {"rate": "0.1"},
}
TIMED = {
    "site": "dc1",
    "image": "registry.example/training:1.2.3",
    "cpu": 8,
    "memory_gib": 32,
    "deadline": "2026-12-24T08:00:00+04:00",
    "estimated_hours": 40,
}
SERVING = {
    "tier": "enterprise",
    "runtime": "vllm",
    "image": "registry.example/vllm:1.0.0",
    "command": ["serve"],
    "args": ["--fast"],
    "port": 9000,
    "probes": {"startup": "/started", "readiness": "/ready", "liveness": "/alive", "startup_seconds": 600},
    "shared_memory_gib": 3,
    "drain_seconds": 400,
    "architectures": ["arm64"],
    "model": {"uri": "vault://models/large", "gib": 16},
    "weights": "fp16",
    "cpu": 8,
    "memory_gib": 48,
    "gpu": {"count": 2},
    "nodes": 2,
    "min": 2,
    "max": 5,
    "office_hours": {"min": 3, "opens": "06:30"},
    "concurrency": 9,
    "load": {"follows": "tokens", "target": 8, "prometheus": "http://prometheus.monitoring:9090"},
    "interruptible": True,
    "pool": "gpu",
    "priority_class": "urgent",
    "environment": {"MODE": "fast"},
    "pull_secrets": ["registry"],
    "secrets": {"API_TOKEN": {"secret": "hub", "key": "token"}},
}
PICKED = {**SERVING, "routing": "endpoint-picker"}
TRIAL = {
    "site": "dc1",
    "host": "intents.models.example.ae",
    "weights": {"a": 90, "b": 10},
    "winner": "b",
    "starts": "2026-12-01T08:00:00+04:00",
    "ends": "2026-12-15T08:00:00+04:00",
    "measure": "p95 latency",
    "a": SERVING,
    "b": SERVING,
}
QUEUE = {
    "aed_per_month": 9000,
    "hours_per_month": 100,
    "pool_percent": {"gpu": 50},
    "borrows": "all",
    "quota_basis": "static",
    "at_limit": "finish",
}
HOSTS = ["*.shops.example.ae"]
SPACE = {
    "cpu": 7,
    "memory_gib": 9,
    "gpus": 3,
    "storage_gib": 11,
    "queue": QUEUE,
    "hosts": HOSTS,
    "endpoint_picker": True,
}
TENANT = TenantSettings.model_validate(
    {
        "tier": "enterprise",
        "runs": {"run": RUN, "timed": TIMED},
        "services": {"large": {"site": "dc1", "host": "large.models.example.ae", "serving": PICKED}},
        "experiments": {"intents": TRIAL},
        "tracking": {"site": "dc1", "database_gib": 77},
        "spaces": {"dc1": SPACE},
    }
)
SHARED = ClusterSettings.model_validate(
    {
        "gateway": {
            "gateway_class": "nginx",
            "domains": ["*.models.example.ae"],
            "certificate": "models-tls",
            "issuer": "bank-ca",
            "public": True,
            "requests_per_minute": 0,
            "encrypts_pods": False,
        },
        "observability": {
            "prometheus": "http://prometheus.watch:9090",
            "namespace": "watch",
            "rule_labels": {"release": "x"},
        },
        "installed": ["gateway-controller", "prometheus-operator"],
    }
)
LATER = {"model", "base_model_uri"}
"""Fields that hold a folder in the settings and a URL in the arguments."""


class Recorded(pulumi.ComponentResource):
    """Replaces a component, and records its arguments."""

    url = "http://tracking"

    def __init__(self, _name: str, args: Any, _opts: object = None) -> None:
        self.args = args


class Addons:
    resources = ()
    gateway = GatewaySpec(name="models", namespace="gateways")

    def queues_for(self, _tenant: str) -> bool:
        return True


CLUSTER: Any = SimpleNamespace(
    name="dc1",
    cloud=Cloud.ONPREM,
    region=None,
    cidr="10.60.0.0/16",
    version="1.36",
    node_autoscaler=NodeAutoscaler.KARPENTER,
    pools={},
    topology=(),
    shared=SHARED,
    vaults={"checkpoints": "s3://c", "models": "s3://m", "artifacts": "s3://a", "datasets": "s3://d"},
    identity=DeclaredWorkloadIdentity(),
    tags=COST_TAGS,
    encrypts_pods=False,
    store={"endpoint": "https://s3.dc1.example.ae", "secret": "vault-access"},
    image_mirror=None,
    datasets=None,
    shared_class=None,
    store_cidrs=None,
    endpoint_cidrs=None,
    prices={"vcpu": 1, "gib": 1},
    prometheus_namespace="watch",
    tags_of=lambda _tenant: COST_TAGS,
    after=lambda *_: None,
    waits_for=lambda *_: True,
)


@pytest.fixture(scope="module")
def made() -> Any:
    """Returns the arguments of a tenant's workloads on the cluster, by component."""
    components = ("TrainingRun", "InferenceService", "Experiment", "Tracking", "ModelPromotion")
    result: list[Workloads] = []
    addons: Any = Addons()
    with patch.multiple(workloads, **dict.fromkeys(components, Recorded)):
        build(lambda: result.append(Workloads(CLUSTER, addons, "retail", TENANT)))
    return result[0]


OTHERWISE_USED = {
    (ServingSpec, "cold_start"),
    (ServingSpec, "routing"),
    (RunSpec, "deadline"),
    (RunSpec, "estimated_hours"),
}
"""Fields that not all samples can have: they are for tier smb, for services, and for runs that may be interrupted."""


def arrives(base: type[BaseModel], settings: BaseModel, args: Any) -> None:
    """Checks that each field of `base` has a non-default value in the settings, and the same value in the arguments."""
    for name, field in base.model_fields.items():
        if (base, name) in OTHERWISE_USED:
            continue
        assert getattr(settings, name) != field.get_default(call_default_factory=True), name
        if name not in LATER | {"efficiency"}:
            given, arrived = getattr(settings, name), getattr(args, name)
            # The address of the tracking server is added to the variables.
            assert (given.items() <= arrived.items()) if name == "environment" else (given == arrived), name


def test_a_run(made: Any) -> None:
    settings, args = TENANT.runs["run"], made.runs["run"].args
    arrives(RunSpec, settings, args)
    arrives(EfficiencySpec, settings.efficiency, args.efficiency)
    assert isinstance(args.efficiency.base_model_uri, pulumi.Output)


def test_a_run_with_a_deadline(made: Any) -> None:
    args = made.runs["timed"].args
    assert (args.deadline, args.estimated_hours) == ("2026-12-24T08:00:00+04:00", 40)


def test_a_service(made: Any) -> None:
    args = made.services["large"].args
    arrives(ServingSpec, TENANT.services["large"].serving, args.serving)
    assert isinstance(args.serving.model.uri, pulumi.Output)
    assert args.serving.model.gib == 16
    assert args.serving.routing is Routing.ENDPOINT_PICKER
    assert args.monitor_labels == {"release": "x"}


def test_an_experiment(made: Any) -> None:
    settings, args = TENANT.experiments["intents"], made.experiments["intents"].args
    arrives(SplitSpec, settings, args)
    arrives(ServingSpec, settings.a, args.a)
    arrives(ServingSpec, settings.b, args.b)
    assert args.monitor_labels == {"release": "x"}


def test_a_tracking_server(made: Any) -> None:
    arrives(TrackingSpec, TENANT.tracking or TENANT, made.tracking.args)


def test_what_tenants_share() -> None:
    addons = ClusterAddons.__new__(ClusterAddons)
    addons.cluster, addons.aed_per_usd, addons.tenants = CLUSTER, 3.6725, {"retail": TENANT}
    addons.parts = ClusterParts.__new__(ClusterParts)
    addons.parts.gateway_api = addons.parts.cert_manager = addons.parts.prometheus = None
    addons.parts.serving_authority = None
    with patch.multiple(cluster_addons, **dict.fromkeys(("Foundation", "Gateway", "Observability"), Recorded)):
        gateway: Any = addons._gateway(SHARED.gateway)  # type: ignore[arg-type]
        observability: Any = addons._observability(SHARED.observability)  # type: ignore[arg-type]
        foundation: Any = addons._foundation()
    arrives(GatewayConfig, SHARED.gateway or SHARED, gateway.args)
    arrives(PrometheusSpec, SHARED.observability or SHARED, observability.args)
    space = TENANT.spaces["dc1"]
    tenant = foundation.args.tenants["retail"]
    arrives(SpaceSpec, space.model_copy(update={"hosts": tenant.hosts}), tenant)
    assert set(HOSTS) < set(tenant.hosts)  # with those of the services
    arrives(QueueBudget, space.queue or space, queues("dc1", {"retail": TENANT})["retail"])
