"""AWS in the UAE (me-central-1)."""

from falaj.extras import require

require(__name__, "aws")

from falaj.components.aws.cluster.addons import Addons, AddonsArgs
from falaj.components.aws.cluster.cluster import Cluster, ClusterArgs
from falaj.components.aws.identity.replica_access import ReplicaAccess, ReplicaAccessArgs
from falaj.components.aws.identity.vault_access import VaultAccess, VaultAccessArgs
from falaj.components.aws.money.budget_actions import BudgetStop, BudgetStopArgs
from falaj.components.aws.money.budget_alarm import BudgetAlarm, BudgetAlarmArgs
from falaj.components.aws.money.burn_rate import BurnRate, BurnRateArgs
from falaj.components.aws.money.cost_export import CostExport, CostExportArgs
from falaj.components.aws.money.finops import FinOps, FinOpsArgs
from falaj.components.aws.network.network import Network, NetworkArgs
from falaj.components.aws.nodes.cluster_autoscaler import ClusterAutoscaler, ClusterAutoscalerArgs
from falaj.components.aws.nodes.karpenter.karpenter import Karpenter, KarpenterArgs
from falaj.components.aws.nodes.node_pool import NodePool, NodePoolArgs
from falaj.components.aws.nodes.sleep import Sleep, SleepArgs
from falaj.components.aws.site.provider import site_provider
from falaj.components.aws.site.site import Site, SiteArgs
from falaj.components.aws.storage.backup import Backup, BackupArgs
from falaj.components.aws.storage.lustre import Scratch, ScratchArgs
from falaj.components.aws.storage.registry import Registry, RegistryArgs
from falaj.components.aws.storage.shared_files import SharedFiles, SharedFilesArgs
from falaj.components.aws.storage.storage_classes import StorageClasses, StorageClassesArgs
from falaj.components.aws.storage.vault import Vault, VaultArgs

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
