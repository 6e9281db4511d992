"""What runs inside the clusters of the sites, the same on every cloud, and sites on clusters that are there already."""

from components.kubernetes.experiment import Experiment, ExperimentArgs
from components.kubernetes.foundation import Foundation, FoundationArgs
from components.kubernetes.gateway import Gateway, GatewayArgs
from components.kubernetes.gpu_operator import GpuOperator, GpuOperatorArgs
from components.kubernetes.inference_service import InferenceService, InferenceServiceArgs
from components.kubernetes.keda import Keda, KedaArgs
from components.kubernetes.model_promotion import ModelPromotion, ModelPromotionArgs
from components.kubernetes.observability import Observability, ObservabilityArgs
from components.kubernetes.pool_sleep import PoolSleep, PoolSleepArgs
from components.kubernetes.provider import site_kubernetes
from components.kubernetes.queueing import Queueing, QueueingArgs
from components.kubernetes.replicator import Replicator, ReplicatorArgs
from components.kubernetes.site import Site
from components.kubernetes.site_settings import ExistingSiteArgs
from components.kubernetes.tenant_space import TenantSpace, TenantSpaceArgs
from components.kubernetes.tracking import Tracking, TrackingArgs
from components.kubernetes.training_run import TrainingRun, TrainingRunArgs

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
