"""AWS in the UAE (me-central-1)."""

from falaj.extras import require

require(__name__, "aws")

from falaj.components.aws.cluster.addons import Addons, AddonsArgs
from falaj.components.aws.cluster.cluster import Cluster, ClusterArgs
from falaj.components.aws.cluster.load_balancer_controller import LoadBalancerController, LoadBalancerControllerArgs
from falaj.components.aws.identity.replica_access import BucketFlow, ReplicaAccess, ReplicaAccessArgs
from falaj.components.aws.identity.vault_access import VaultAccess, VaultAccessArgs, VaultGrant
from falaj.components.aws.money.budget_actions import BudgetStop, BudgetStopArgs
from falaj.components.aws.money.budget_alarm import BudgetAlarm, BudgetAlarmArgs
from falaj.components.aws.money.burn_rate import BurnRate, BurnRateArgs
from falaj.components.aws.money.cost_export import CostExport, CostExportArgs
from falaj.components.aws.money.finops import FinOps, FinOpsArgs
from falaj.components.aws.network.network import Network, NetworkArgs
from falaj.components.aws.nodes.cluster_autoscaler import ClusterAutoscaler, ClusterAutoscalerArgs
from falaj.components.aws.nodes.karpenter.karpenter import Karpenter, KarpenterArgs
from falaj.components.aws.nodes.node_pool import NodePool, NodePoolArgs
from falaj.components.aws.nodes.sleep import Sleep, SleepArgs, SleepingGroup
from falaj.components.aws.site.args import SiteArgs
from falaj.components.aws.site.provider import site_provider
from falaj.components.aws.site.site import Site
from falaj.components.aws.storage.backup import Backup, BackupArgs
from falaj.components.aws.storage.lustre import Scratch, ScratchArgs
from falaj.components.aws.storage.registry import Registry, RegistryArgs
from falaj.components.aws.storage.shared_files import SharedFiles, SharedFilesArgs
from falaj.components.aws.storage.storage_classes import StorageClasses, StorageClassesArgs
from falaj.components.aws.storage.vault import Vault, VaultArgs
from falaj.components.core.accounts.aws_accounts import AwsIamSpec
from falaj.components.core.money.budget_spec import BudgetSpec
from falaj.components.core.network.aws_network import (
    AwsNetworkSpec,
    ExistingNetworkSpec,
    PeeringSpec,
    TransitGatewaySpec,
)
from falaj.components.core.network.flow_logs import FlowLogDestination, FlowLogTraffic
from falaj.components.core.node_pools.aws_instance_requirements import InstanceRequirements, IntegerRange
from falaj.components.core.node_pools.aws_options import AwsPoolOptions
from falaj.components.core.node_pools.gpu_sharing import GpuSharingSpec
from falaj.components.core.node_pools.node_marks import TaintSpec
from falaj.components.core.node_pools.office_hours import OfficeHours
from falaj.components.core.node_pools.spec import NodePoolSpec
from falaj.components.core.site.aws_addons import ExtraAddonSpec
from falaj.components.core.site.aws_keys import ExistingKeysSpec
from falaj.components.core.site.aws_proxy import EksProxySpec
from falaj.components.core.site.aws_roles import ExistingRolesSpec
from falaj.components.core.site.cluster_access import NamespaceRole
from falaj.components.core.site.eks_addons import OptionalAddon
from falaj.components.core.site.specs import AwsSiteSpec, BudgetActionSpec, NetworkSpec, StorageSpec
from falaj.components.core.site.vault_readers import VaultReaders
from falaj.components.core.storage.replication import Direction
from falaj.components.core.storage.repositories import CachedRegistry
from falaj.components.core.validation.enums import (
    BudgetAction,
    Capacity,
    Egress,
    Endpoints,
    LogType,
    NodeAutoscaler,
    Profile,
    Purpose,
    SupportType,
    TaintEffect,
)

__all__ = [
    "Addons",
    "AddonsArgs",
    "AwsIamSpec",
    "AwsNetworkSpec",
    "AwsPoolOptions",
    "AwsSiteSpec",
    "Backup",
    "BackupArgs",
    "BucketFlow",
    "BudgetAction",
    "BudgetActionSpec",
    "BudgetAlarm",
    "BudgetAlarmArgs",
    "BudgetSpec",
    "BudgetStop",
    "BudgetStopArgs",
    "BurnRate",
    "BurnRateArgs",
    "CachedRegistry",
    "Capacity",
    "Cluster",
    "ClusterArgs",
    "ClusterAutoscaler",
    "ClusterAutoscalerArgs",
    "CostExport",
    "CostExportArgs",
    "Direction",
    "Egress",
    "EksProxySpec",
    "Endpoints",
    "ExistingKeysSpec",
    "ExistingNetworkSpec",
    "ExistingRolesSpec",
    "ExtraAddonSpec",
    "FinOps",
    "FinOpsArgs",
    "FlowLogDestination",
    "FlowLogTraffic",
    "GpuSharingSpec",
    "InstanceRequirements",
    "IntegerRange",
    "Karpenter",
    "KarpenterArgs",
    "LoadBalancerController",
    "LoadBalancerControllerArgs",
    "LogType",
    "NamespaceRole",
    "Network",
    "NetworkArgs",
    "NetworkSpec",
    "NodeAutoscaler",
    "NodePool",
    "NodePoolArgs",
    "NodePoolSpec",
    "OfficeHours",
    "OptionalAddon",
    "PeeringSpec",
    "Profile",
    "Purpose",
    "Registry",
    "RegistryArgs",
    "ReplicaAccess",
    "ReplicaAccessArgs",
    "Scratch",
    "ScratchArgs",
    "SharedFiles",
    "SharedFilesArgs",
    "Site",
    "SiteArgs",
    "Sleep",
    "SleepArgs",
    "SleepingGroup",
    "StorageClasses",
    "StorageClassesArgs",
    "StorageSpec",
    "SupportType",
    "TaintEffect",
    "TaintSpec",
    "TransitGatewaySpec",
    "Vault",
    "VaultAccess",
    "VaultAccessArgs",
    "VaultArgs",
    "VaultGrant",
    "VaultReaders",
    "site_provider",
]
