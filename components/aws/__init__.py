"""AWS in the UAE (me-central-1)."""

from components.aws.addons import Addons, AddonsArgs
from components.aws.backup import Backup, BackupArgs
from components.aws.budget_actions import BudgetStop, BudgetStopArgs
from components.aws.budget_alarm import BudgetAlarm, BudgetAlarmArgs
from components.aws.burn_rate import BurnRate, BurnRateArgs
from components.aws.cluster import Cluster, ClusterArgs
from components.aws.cluster_autoscaler import ClusterAutoscaler, ClusterAutoscalerArgs
from components.aws.cost_export import CostExport, CostExportArgs
from components.aws.finops import FinOps, FinOpsArgs
from components.aws.karpenter import Karpenter, KarpenterArgs
from components.aws.network import Network, NetworkArgs
from components.aws.node_pool import NodePool, NodePoolArgs
from components.aws.provider import site_provider
from components.aws.registry import Registry, RegistryArgs
from components.aws.replica_access import ReplicaAccess, ReplicaAccessArgs
from components.aws.scratch import Scratch, ScratchArgs
from components.aws.shared_files import SharedFiles, SharedFilesArgs
from components.aws.site import Site, SiteArgs
from components.aws.sleep import Sleep, SleepArgs
from components.aws.storage_classes import StorageClasses, StorageClassesArgs
from components.aws.vault import Vault, VaultArgs
from components.aws.vault_access import VaultAccess, VaultAccessArgs

__all__ = [
    "Addons",
    "AddonsArgs",
    "Backup",
    "BackupArgs",
    "BudgetAlarm",
    "BudgetAlarmArgs",
    "BudgetStop",
    "BudgetStopArgs",
    "BurnRate",
    "BurnRateArgs",
    "Cluster",
    "ClusterArgs",
    "ClusterAutoscaler",
    "ClusterAutoscalerArgs",
    "CostExport",
    "CostExportArgs",
    "FinOps",
    "FinOpsArgs",
    "Karpenter",
    "KarpenterArgs",
    "Network",
    "NetworkArgs",
    "NodePool",
    "NodePoolArgs",
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
    "StorageClasses",
    "StorageClassesArgs",
    "Vault",
    "VaultAccess",
    "VaultAccessArgs",
    "VaultArgs",
    "site_provider",
]
