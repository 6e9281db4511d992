"""What runs inside the clusters of the sites, the same on every cloud, and sites on clusters that are there already."""

from falaj.extras import require

require(__name__, "kubernetes")

from falaj.components.kubernetes.cluster.foundation import Foundation, FoundationArgs
from falaj.components.kubernetes.cluster.gpu_operator import GpuOperator, GpuOperatorArgs
from falaj.components.kubernetes.cluster.keda import Keda, KedaArgs
from falaj.components.kubernetes.cluster.observability import Observability, ObservabilityArgs
from falaj.components.kubernetes.cluster.tenant_space import TenantSpace, TenantSpaceArgs
from falaj.components.kubernetes.copies.copy_job import Replicator, ReplicatorArgs
from falaj.components.kubernetes.queues.queueing import Queueing, QueueingArgs
from falaj.components.kubernetes.serving.experiment import Experiment, ExperimentArgs
from falaj.components.kubernetes.serving.gateway import Gateway, GatewayArgs
from falaj.components.kubernetes.serving.inference_service import InferenceService, InferenceServiceArgs
from falaj.components.kubernetes.serving.model_promotion import ModelPromotion, ModelPromotionArgs
from falaj.components.kubernetes.site.args import ExistingSiteArgs
from falaj.components.kubernetes.site.provider import site_kubernetes
from falaj.components.kubernetes.site.site import Site
from falaj.components.kubernetes.sleep.pool_sleep import PoolSleep, PoolSleepArgs
from falaj.components.kubernetes.training.tracking import Tracking, TrackingArgs
from falaj.components.kubernetes.training.training_run import TrainingRun, TrainingRunArgs

__all__ = [
    "ExistingSiteArgs",
    "Experiment",
    "ExperimentArgs",
    "Foundation",
    "FoundationArgs",
    "Gateway",
    "GatewayArgs",
    "GpuOperator",
    "GpuOperatorArgs",
    "InferenceService",
    "InferenceServiceArgs",
    "Keda",
    "KedaArgs",
    "ModelPromotion",
    "ModelPromotionArgs",
    "Observability",
    "ObservabilityArgs",
    "PoolSleep",
    "PoolSleepArgs",
    "Queueing",
    "QueueingArgs",
    "Replicator",
    "ReplicatorArgs",
    "Site",
    "TenantSpace",
    "TenantSpaceArgs",
    "Tracking",
    "TrackingArgs",
    "TrainingRun",
    "TrainingRunArgs",
    "site_kubernetes",
]
