"""Components that run in Kubernetes clusters, the same on all clouds, and sites on existing clusters."""

from falaj.extras import require

require(__name__, "kubernetes")

from falaj.components.core.charts.observability_args import ObservabilityArgs, TenantLimits
from falaj.components.core.charts.prometheus import PrometheusSpec
from falaj.components.core.money.opencost_prices import HourlyPrices
from falaj.components.core.node_pools.aws_instance_requirements import InstanceRequirements, IntegerRange
from falaj.components.core.node_pools.azure_enums import CpuManagerPolicy, OsDiskType, OsSku, TopologyManagerPolicy
from falaj.components.core.node_pools.azure_options import KubeletSpec
from falaj.components.core.node_pools.azure_upgrades import PoolUpgradeSpec
from falaj.components.core.node_pools.fixed_pools import FixedPoolSpec
from falaj.components.core.node_pools.gpu_sharing import GpuSharingMode, GpuSharingSpec, SharedPoolSpec
from falaj.components.core.node_pools.node_marks import TaintSpec
from falaj.components.core.node_pools.own_machines import EnergySpec, OwnMachineCostSpec, OwnMachineSpec
from falaj.components.core.node_pools.spec import AwsPoolOptions, AzurePoolOptions, NodePoolSpec
from falaj.components.core.serving.authentication import AuthenticationSpec, GatewayTenantSpec
from falaj.components.core.serving.cold_start import ColdStartSpec
from falaj.components.core.serving.endpoint_picker import Routing
from falaj.components.core.serving.experiment_args import ExperimentArgs
from falaj.components.core.serving.experiments import Variant
from falaj.components.core.serving.gateways import GatewaySpec
from falaj.components.core.serving.gpu_specs import GpuSpec
from falaj.components.core.serving.inference_args import InferenceServiceArgs
from falaj.components.core.serving.promotion_args import ModelPromotionArgs
from falaj.components.core.serving.runtimes import RuntimeName
from falaj.components.core.serving.scaling_specs import Load, LoadSpec, OfficeReplicasSpec
from falaj.components.core.serving.server_specs import ProbesSpec
from falaj.components.core.serving.specs import ModelSpec, ServingSpec, Weights
from falaj.components.core.site.onprem_specs import BucketStoreSpec
from falaj.components.core.storage.replication import Direction
from falaj.components.core.storage.stores import StoreSpec
from falaj.components.core.tenancy.queue_specs import Borrowing, BudgetStop, PodTotals, QueueSpec, QuotaBasis
from falaj.components.core.tenancy.queueing_args import QueueingArgs
from falaj.components.core.tenancy.tenancy import SpaceSpec, TenantSpec, Tier
from falaj.components.core.tenancy.tenant_admission import AdmissionSpec
from falaj.components.core.training.contract import Learning, Precision, Strategy
from falaj.components.core.training.run_forms import RunForm
from falaj.components.core.training.tracking import DatabaseSpec
from falaj.components.core.training.training_args import EfficiencySpec, TrainingRunArgs
from falaj.components.core.validation.containers import SecretReference
from falaj.components.core.validation.enums import (
    AuthenticationMethod,
    Capacity,
    NodeAutoscaler,
    Profile,
    Purpose,
    TaintEffect,
)
from falaj.components.kubernetes.cluster.cert_manager import CertManager, CertManagerArgs
from falaj.components.kubernetes.cluster.foundation import Foundation, FoundationArgs
from falaj.components.kubernetes.cluster.gateway_api import GatewayApi, GatewayApiArgs
from falaj.components.kubernetes.cluster.gpu_operator import GpuOperator, GpuOperatorArgs
from falaj.components.kubernetes.cluster.keda import Keda, KedaArgs
from falaj.components.kubernetes.cluster.observability import Observability
from falaj.components.kubernetes.cluster.prometheus import Prometheus, PrometheusArgs
from falaj.components.kubernetes.cluster.serving_authority import ServingAuthority, ServingAuthorityArgs
from falaj.components.kubernetes.cluster.tenant_space import TenantSpace, TenantSpaceArgs
from falaj.components.kubernetes.copies.copy_job import Replicator
from falaj.components.kubernetes.copies.copy_pod import CopyFlow, ReplicatorArgs
from falaj.components.kubernetes.queues.queueing import Queueing
from falaj.components.kubernetes.serving.experiment import Experiment
from falaj.components.kubernetes.serving.gateway import Gateway, GatewayArgs
from falaj.components.kubernetes.serving.inference_service import InferenceService
from falaj.components.kubernetes.serving.model_promotion import ModelPromotion
from falaj.components.kubernetes.serving.multi_node_serving import MultiNodeServing, MultiNodeServingArgs
from falaj.components.kubernetes.site.args import ClusterConnectionSpec, ExistingSiteArgs
from falaj.components.kubernetes.site.provider import site_kubernetes
from falaj.components.kubernetes.site.site import Site
from falaj.components.kubernetes.sleep.pool_sleep import PoolSleep, PoolSleepArgs
from falaj.components.kubernetes.training.tracking import Tracking, TrackingArgs
from falaj.components.kubernetes.training.training_controllers import TrainingControllers, TrainingControllersArgs
from falaj.components.kubernetes.training.training_run import TrainingRun
from falaj.facts.regions import Cloud

__all__ = [
    "AdmissionSpec",
    "AuthenticationMethod",
    "AuthenticationSpec",
    "AwsPoolOptions",
    "AzurePoolOptions",
    "Borrowing",
    "BucketStoreSpec",
    "BudgetStop",
    "Capacity",
    "CertManager",
    "CertManagerArgs",
    "Cloud",
    "ClusterConnectionSpec",
    "ColdStartSpec",
    "CopyFlow",
    "CpuManagerPolicy",
    "DatabaseSpec",
    "Direction",
    "EfficiencySpec",
    "EnergySpec",
    "ExistingSiteArgs",
    "Experiment",
    "ExperimentArgs",
    "FixedPoolSpec",
    "Foundation",
    "FoundationArgs",
    "Gateway",
    "GatewayApi",
    "GatewayApiArgs",
    "GatewayArgs",
    "GatewaySpec",
    "GatewayTenantSpec",
    "GpuOperator",
    "GpuOperatorArgs",
    "GpuSharingMode",
    "GpuSharingSpec",
    "GpuSpec",
    "HourlyPrices",
    "InferenceService",
    "InferenceServiceArgs",
    "InstanceRequirements",
    "IntegerRange",
    "Keda",
    "KedaArgs",
    "KubeletSpec",
    "Learning",
    "Load",
    "LoadSpec",
    "ModelPromotion",
    "ModelPromotionArgs",
    "ModelSpec",
    "MultiNodeServing",
    "MultiNodeServingArgs",
    "NodeAutoscaler",
    "NodePoolSpec",
    "Observability",
    "ObservabilityArgs",
    "OfficeReplicasSpec",
    "OsDiskType",
    "OsSku",
    "OwnMachineCostSpec",
    "OwnMachineSpec",
    "PodTotals",
    "PoolSleep",
    "PoolSleepArgs",
    "PoolUpgradeSpec",
    "Precision",
    "ProbesSpec",
    "Profile",
    "Prometheus",
    "PrometheusArgs",
    "PrometheusSpec",
    "Purpose",
    "QueueSpec",
    "Queueing",
    "QueueingArgs",
    "QuotaBasis",
    "Replicator",
    "ReplicatorArgs",
    "Routing",
    "RunForm",
    "RuntimeName",
    "SecretReference",
    "ServingAuthority",
    "ServingAuthorityArgs",
    "ServingSpec",
    "SharedPoolSpec",
    "Site",
    "SpaceSpec",
    "StoreSpec",
    "Strategy",
    "TaintEffect",
    "TaintSpec",
    "TenantLimits",
    "TenantSpace",
    "TenantSpaceArgs",
    "TenantSpec",
    "Tier",
    "TopologyManagerPolicy",
    "Tracking",
    "TrackingArgs",
    "TrainingControllers",
    "TrainingControllersArgs",
    "TrainingRun",
    "TrainingRunArgs",
    "Variant",
    "Weights",
    "site_kubernetes",
]
