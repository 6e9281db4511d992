"""Program with workloads on a cluster: a restricted namespace, training on one machine and on two, models of both
tiers and on two machines, and an experiment between two models."""

import os
from pathlib import Path

import pulumi
from pulumi_kubernetes.core.v1 import PersistentVolume, PersistentVolumeClaim

from falaj.components.core.serving.experiment_args import ExperimentArgs
from falaj.components.core.serving.inference_args import InferenceServiceArgs
from falaj.components.core.tenancy.tenancy import TenantSpec, Tier
from falaj.components.core.tenancy.tenant_admission import AdmissionSpec
from falaj.components.core.training.training_args import TrainingRunArgs
from falaj.components.kubernetes.cluster.foundation import Foundation, FoundationArgs
from falaj.components.kubernetes.serving.experiment import Experiment
from falaj.components.kubernetes.serving.inference_service import InferenceService
from falaj.components.kubernetes.site.provider import site_kubernetes
from falaj.components.kubernetes.training.training_run import TrainingRun
from falaj.facts.regions import Cloud
from falaj.sandbox.lab.versions import MINOR
from tests.samples import COST_TAGS
from tests.unit.components.serving_samples import AWAKE, EXPERIMENT, GROUPED, LARGE, SERVICE
from tests.unit.components.training_sample import ARGS as RUN

site = pulumi.ComponentResource("tests:lab:Site", "site")
cluster = site_kubernetes("site", Path(os.environ["FALAJ_LAB_KUBECONFIG"]).read_text(), site)
foundation = Foundation(
    "base",
    FoundationArgs(
        tenants={
            "retail": TenantSpec(
                tier=Tier.ENTERPRISE,
                cpu=200,
                memory_gib=800,
                gpus=8,
                storage_gib=500,
                hosts=["*.models.example.ae"],
                endpoint_picker=True,
            )
        },
        admission=AdmissionSpec(
            gateway="models",
            gateway_namespace="falaj-gateway",
            callers=["falaj-gateway", "keda", "monitoring"],
            prometheus=["http://prometheus.monitoring:9090"],
        ),
        cloud=Cloud.AWS,
        network_cidr="10.30.0.0/16",
        kubernetes_version=MINOR,
        tags=COST_TAGS,
    ),
    pulumi.ResourceOptions(providers={"kubernetes": cluster}),
)
in_cluster = pulumi.ResourceOptions(providers={"kubernetes": cluster}, depends_on=[foundation])

volume = PersistentVolume(
    "models",
    metadata={"name": "lab-models"},
    spec={
        "capacity": {"storage": "20Gi"},
        "access_modes": ["ReadOnlyMany"],
        "storage_class_name": "",
        "csi": {"driver": "lab.falaj", "volume_handle": "models"},
    },
    opts=pulumi.ResourceOptions(provider=cluster, depends_on=[foundation]),
)
claim = PersistentVolumeClaim(
    "models",
    metadata={"name": "models", "namespace": "tenant-retail"},
    spec={
        "access_modes": ["ReadOnlyMany"],
        "resources": {"requests": {"storage": "20Gi"}},
        "storage_class_name": "",
        "volume_name": "lab-models",
    },
    opts=pulumi.ResourceOptions(provider=cluster, depends_on=[foundation, volume]),
)
with_models = pulumi.ResourceOptions(providers={"kubernetes": cluster}, depends_on=[foundation, claim])

run_args = {**RUN, "tenant": "retail"}
asleep = {**SERVICE, "service": "asleep", "host": "asleep.models.example.ae"}
picked = {**LARGE, "routing": "endpoint-picker"}
large = {**SERVICE, "service": "large", "serving": picked, "host": "large.models.example.ae"}
wide_serving = {**GROUPED, "gpu": {"count": 1}, "min": 2, "model": LARGE["model"]}
wide = {**SERVICE, "service": "wide", "serving": wide_serving, "host": "wide.models.example.ae"}
TrainingRun("one", TrainingRunArgs.of("one", run_args), in_cluster)
TrainingRun("several", TrainingRunArgs.of("several", {**run_args, "nodes": 2, "gpus": 1}), in_cluster)
InferenceService("asleep", InferenceServiceArgs.of("asleep", asleep), in_cluster)
InferenceService("large", InferenceServiceArgs.of("large", large), with_models)
InferenceService("wide", InferenceServiceArgs.of("wide", wide), with_models)
Experiment("better", ExperimentArgs.of("better", {**EXPERIMENT, "a": AWAKE}), with_models)
