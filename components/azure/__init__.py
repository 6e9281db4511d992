"""Components of Azure sites, in uaenorth and uaecentral."""

from components.azure.audit_log import AuditLog, AuditLogArgs
from components.azure.budget_alarm import BudgetAlarm, BudgetAlarmArgs
from components.azure.cluster import Cluster
from components.azure.cluster_args import ClusterArgs, SystemPoolSpec
from components.azure.cost_export import CostDataset, CostExport, CostExportArgs
from components.azure.finops import FinOps, FinOpsArgs
from components.azure.flow_logs import FlowLogs, FlowLogsArgs
from components.azure.key_store import KeyStore, KeyStoreArgs
from components.azure.maintenance import ChangeFreeze
from components.azure.network import Network, NetworkArgs
from components.azure.node_pool import NodePool, NodePoolArgs
from components.azure.node_provisioning import NodeProvisioning, NodeProvisioningArgs
from components.azure.provider import site_provider
from components.azure.registry import Registry, RegistryArgs
from components.azure.replica_access import ReplicaAccess, ReplicaAccessArgs
from components.azure.shared_files import SharedFiles, SharedFilesArgs
from components.azure.site import Site
from components.azure.sleep import Sleep, SleepArgs
from components.azure.storage_classes import SharedShare, StorageClasses, StorageClassesArgs
from components.azure.vault import Vault, VaultArgs
from components.azure.vault_access import VaultAccess, VaultAccessArgs
from components.azure.versions import without_old_versions
from components.core.specs import SiteArgs

__all__ = [
    "AuditLog",
    "AuditLogArgs",
    "BudgetAlarm",
    "BudgetAlarmArgs",
    "ChangeFreeze",
    "Cluster",
    "ClusterArgs",
    "CostDataset",
    "CostExport",
    "CostExportArgs",
    "FinOps",
    "FinOpsArgs",
    "FlowLogs",
    "FlowLogsArgs",
    "KeyStore",
    "KeyStoreArgs",
    "Network",
    "NetworkArgs",
    "NodePool",
    "NodePoolArgs",
    "NodeProvisioning",
    "NodeProvisioningArgs",
    "Registry",
    "RegistryArgs",
    "ReplicaAccess",
    "ReplicaAccessArgs",
    "SharedFiles",
    "SharedFilesArgs",
    "SharedShare",
    "Site",
    "SiteArgs",
    "Sleep",
    "SleepArgs",
    "StorageClasses",
    "StorageClassesArgs",
    "SystemPoolSpec",
    "Vault",
    "VaultAccess",
    "VaultAccessArgs",
    "VaultArgs",
    "site_provider",
    "without_old_versions",
]
