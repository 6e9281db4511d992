"""Components of sites on Azure, in the regions uaenorth and uaecentral."""

from falaj.extras import require

require(__name__, "azure")

from falaj.components.azure.cluster.cluster import Cluster
from falaj.components.azure.cluster.cluster_args import ClusterArgs, SystemPoolSpec
from falaj.components.azure.cluster.maintenance import ChangeFreeze
from falaj.components.azure.common.api_versions import without_old_versions
from falaj.components.azure.identity.key_vault import KeyStore, KeyStoreArgs
from falaj.components.azure.identity.replica_access import ContainerFlow, ReplicaAccess, ReplicaAccessArgs
from falaj.components.azure.identity.vault_access import VaultAccess, VaultAccessArgs, VaultGrant
from falaj.components.azure.money.budget_alarm import BudgetAlarm, BudgetAlarmArgs
from falaj.components.azure.money.cost_export import CostExport, CostExportArgs
from falaj.components.azure.money.finops import FinOps, FinOpsArgs
from falaj.components.azure.monitoring.audit_log import AuditLog, AuditLogArgs
from falaj.components.azure.network.network import Network, NetworkArgs
from falaj.components.azure.nodes.node_pool import NodePool, NodePoolArgs
from falaj.components.azure.nodes.node_provisioning import NodeProvisioning, NodeProvisioningArgs
from falaj.components.azure.nodes.sleep import Sleep, SleepArgs
from falaj.components.azure.site.args import SiteArgs
from falaj.components.azure.site.provider import site_provider
from falaj.components.azure.site.site import Site
from falaj.components.azure.storage.flow_logs import FlowLogs, FlowLogsArgs
from falaj.components.azure.storage.registry import Registry, RegistryArgs
from falaj.components.azure.storage.shared_files import SharedFiles, SharedFilesArgs
from falaj.components.azure.storage.storage_classes import SharedShare, StorageClasses, StorageClassesArgs
from falaj.components.azure.storage.vault import Vault, VaultArgs
from falaj.components.core.money.budget_spec import BudgetSpec
from falaj.components.core.money.cost_datasets import CostDataset
from falaj.components.core.network.azure_flow_logs import AzureFlowLogsSpec
from falaj.components.core.network.azure_specs import (
    AzureNetworkSpec,
    DnsZones,
    ExistingSubnets,
    HubSpec,
    NatSpec,
    RouteSpec,
)
from falaj.components.core.node_pools.azure_enums import CpuManagerPolicy, OsDiskType, OsSku, TopologyManagerPolicy
from falaj.components.core.node_pools.azure_options import AzurePoolOptions, KubeletSpec
from falaj.components.core.node_pools.azure_upgrades import PoolUpgradeSpec
from falaj.components.core.node_pools.gpu_sharing import GpuSharingSpec
from falaj.components.core.node_pools.node_marks import TaintSpec
from falaj.components.core.node_pools.office_hours import OfficeHours
from falaj.components.core.node_pools.spec import NodePoolSpec
from falaj.components.core.site.aks_logs import ControlPlaneLog
from falaj.components.core.site.aks_options import AksProxySpec, ClusterIdentities, NamespaceGroup
from falaj.components.core.site.aks_upgrades import ClusterTier, NodeImageChannel, UpgradeChannel
from falaj.components.core.site.azure_keys import AzureKeysSpec
from falaj.components.core.site.azure_names import AzureNamesSpec
from falaj.components.core.site.azure_vault_readers import AzureVaultReaders, VaultEndpointSpec
from falaj.components.core.site.log_tables import LogTableSpec, TablePlan
from falaj.components.core.site.specs import AzureSiteSpec, NetworkSpec, StorageSpec
from falaj.components.core.storage.replication import Direction
from falaj.components.core.storage.repositories import CachedRegistry
from falaj.components.core.validation.enums import (
    Capacity,
    DeployerType,
    Egress,
    NodeAutoscaler,
    Profile,
    Purpose,
    SupportPlan,
    TaintEffect,
)
from falaj.facts.log_tables import LogTable

__all__ = [
    "AksProxySpec",
    "AuditLog",
    "AuditLogArgs",
    "AzureFlowLogsSpec",
    "AzureKeysSpec",
    "AzureNamesSpec",
    "AzureNetworkSpec",
    "AzurePoolOptions",
    "AzureSiteSpec",
    "AzureVaultReaders",
    "BudgetAlarm",
    "BudgetAlarmArgs",
    "BudgetSpec",
    "CachedRegistry",
    "Capacity",
    "ChangeFreeze",
    "Cluster",
    "ClusterArgs",
    "ClusterIdentities",
    "ClusterTier",
    "ContainerFlow",
    "ControlPlaneLog",
    "CostDataset",
    "CostExport",
    "CostExportArgs",
    "CpuManagerPolicy",
    "DeployerType",
    "Direction",
    "DnsZones",
    "Egress",
    "ExistingSubnets",
    "FinOps",
    "FinOpsArgs",
    "FlowLogs",
    "FlowLogsArgs",
    "GpuSharingSpec",
    "HubSpec",
    "KeyStore",
    "KeyStoreArgs",
    "KubeletSpec",
    "LogTable",
    "LogTableSpec",
    "NamespaceGroup",
    "NatSpec",
    "Network",
    "NetworkArgs",
    "NetworkSpec",
    "NodeAutoscaler",
    "NodeImageChannel",
    "NodePool",
    "NodePoolArgs",
    "NodePoolSpec",
    "NodeProvisioning",
    "NodeProvisioningArgs",
    "OfficeHours",
    "OsDiskType",
    "OsSku",
    "PoolUpgradeSpec",
    "Profile",
    "Purpose",
    "Registry",
    "RegistryArgs",
    "ReplicaAccess",
    "ReplicaAccessArgs",
    "RouteSpec",
    "SharedFiles",
    "SharedFilesArgs",
    "SharedShare",
    "Site",
    "SiteArgs",
    "Sleep",
    "SleepArgs",
    "StorageClasses",
    "StorageClassesArgs",
    "StorageSpec",
    "SupportPlan",
    "SystemPoolSpec",
    "TablePlan",
    "TaintEffect",
    "TaintSpec",
    "TopologyManagerPolicy",
    "UpgradeChannel",
    "Vault",
    "VaultAccess",
    "VaultAccessArgs",
    "VaultArgs",
    "VaultEndpointSpec",
    "VaultGrant",
    "site_provider",
    "without_old_versions",
]
