"""Specification of a site, shared by stack files and the `Site` components of both clouds."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from pydantic import AfterValidator, Field, model_validator

from falaj.components.core.accounts.aws_accounts import AwsIamOptions
from falaj.components.core.charts.sources import ImageSource
from falaj.components.core.money.budget_spec import BudgetSpec
from falaj.components.core.network.addresses import PrivateAddress
from falaj.components.core.network.aws_network import AwsNetworkSpec
from falaj.components.core.network.azure_flow_logs import AzureFlowLogsSpec
from falaj.components.core.network.azure_ids import GroupId, WorkspaceId
from falaj.components.core.network.azure_specs import AzureNetworkSpec
from falaj.components.core.network.blocks import SiteBlock
from falaj.components.core.network.flow_logs import FlowLogOptions
from falaj.components.core.network.zones import with_zone_count
from falaj.components.core.node_pools.office_hours import OfficeHours
from falaj.components.core.node_pools.spec import NodePoolName, NodePoolSpec
from falaj.components.core.site.aws_addons import ExtraAddons
from falaj.components.core.site.aws_keys import ExistingKeysSpec
from falaj.components.core.site.aws_proxy import EksProxySpec
from falaj.components.core.site.aws_releases import (
    AMI_ALIAS,
    AUTOSCALER_VERSION,
    KARPENTER_VERSION,
    AmiAlias,
    AutoscalerVersion,
    KarpenterVersion,
)
from falaj.components.core.site.aws_roles import ExistingRolesSpec
from falaj.components.core.site.azure_keys import AzureKeysSpec
from falaj.components.core.site.azure_names import AzureNamesSpec
from falaj.components.core.site.azure_vault_readers import AzureVaultReaders
from falaj.components.core.site.cluster_options import AksOptions, EksOptions, PublicAccess
from falaj.components.core.site.log_tables import LogTables
from falaj.components.core.site.vault_readers import VaultReaders
from falaj.components.core.site.versions import KubernetesVersion
from falaj.components.core.storage.aws_backup_opt_in import BackupType
from falaj.components.core.storage.lustre_sizes import ScratchGib
from falaj.components.core.storage.repositories import CachedRegistry, Repository
from falaj.components.core.validation.args import Accepts, Choice, Input, Spec, default
from falaj.components.core.validation.enums import BudgetAction, Egress, Endpoints, NodeAutoscaler, Purpose
from falaj.components.core.validation.problems import refusal
from falaj.components.core.validation.regions import UaeRegion
from falaj.facts.clouds import CLOUDS, Cloud

ABSENT = "none"
"""Value of an output for a feature that a site does not have; an empty value could be mistaken for an unknown one."""

LOG_RETENTION_DAYS = (30, 90, 180, 365, 731)
"""Retention periods in days that both CloudWatch Logs and Log Analytics support."""


def _offered_by_both_clouds(days: int) -> int:
    if days not in LOG_RETENTION_DAYS:
        raise refusal(", ".join(map(str, LOG_RETENTION_DAYS)), "choose one of these")
    return days


LogRetentionDays = Annotated[
    int, AfterValidator(_offered_by_both_clouds), Field(json_schema_extra={"enum": [*LOG_RETENTION_DAYS]})
]


class NetworkSpec(ImageSource):
    """Address block and egress of a site."""

    cidr: Accepts[SiteBlock, SiteBlock | str]
    """IPv4 CIDR block of the site, /16 to /24 on AWS and to /20 on Azure. Blocks of sites must not overlap."""
    zones: int = Field(default=3, ge=1, le=3)
    """Number of availability zones for nodes, of those that are not lost. Must be 1 in a region without zones
    (uaecentral). Default: 3, or the number of `zone_ids`."""
    zone_ids: Sequence[str] = ()
    """IDs of the availability zones, such as `mec1-az1` (AWS; the names differ between accounts). Default: zones that
    are not lost, the least impaired first."""
    egress: Choice[Egress] = default(Egress.NAT_SINGLE)
    """Egress: `none` allows private endpoints only; `nat-single` uses one NAT gateway; `nat-per-zone` costs more and
    tolerates the loss of a zone (AWS); `firewall` routes all traffic to your firewall (Azure), or to the transit
    gateway `aws.network.transit_gateway` or the egress of an existing VPC (AWS)."""
    firewall_address: Accepts[Input[PrivateAddress] | None, Input[PrivateAddress | str] | None] = default()
    """Private IPv4 address of the firewall; required with egress `firewall` on Azure, unless the network's routes exist
    already (`azure.network.existing`)."""

    @model_validator(mode="before")
    @classmethod
    def _count_zone_ids(cls, given: Any) -> Any:
        return with_zone_count(given)


class StorageSpec(Spec):
    """Storage of a site in addition to its vaults."""

    shared_files: bool = False
    """Whether to create a file system that several nodes can mount, for served models (EFS, Azure Files)."""
    shared_files_gib: Input[Annotated[int, Field(ge=100, le=102400)]] = 1024
    """Size of the shared file system in GiB on Azure; EFS on AWS grows automatically."""
    registry: bool = False
    """Whether to create a private registry for images and models (ECR, ACR Premium)."""
    repositories: Sequence[Repository] = ("workloads", "models")
    """Repositories of the registry (AWS; on Azure they are created at the first push)."""
    cached_registries: Accepts[Sequence[CachedRegistry], Sequence[CachedRegistry | str]] = default(())
    """Public registries that the site's registry caches: `public.ecr.aws`, `registry.k8s.io` or `quay.io`. Images of
    workloads are pulled through it if their names begin with the address of the output `imageCaches`. Requires
    `registry`, and egress on AWS. Default: none."""


class BudgetActionSpec(Spec):
    """Automated cost control on the site's budget. It prevents Karpenter from starting machines; running ones are not
    stopped."""

    stops: Choice[BudgetAction] = default(BudgetAction.GPU_MACHINES)
    """Machines that can no longer be started: `gpu-machines`, `not-prod` (machines that are not tagged
    `environment: prod`) or `every-machine`."""
    percent: Input[Annotated[int, Field(ge=1, le=1000)]] = 100
    """Percentage of the budget at which the action is triggered, by actual cost."""
    automatic: bool = False
    """Whether the action is executed without approval; by default a person approves it in the AWS Budgets console."""


class AwsSiteSpec(EksOptions, ExtraAddons, FlowLogOptions, AwsIamOptions):
    """Site options on AWS."""

    endpoints: Choice[Endpoints] = default(Endpoints.FULL)
    """Private endpoints of the network: `full` (default), or `minimal`, only that for S3, where egress is not `none`.
    Interface endpoints are billed by hour and zone; without them their policies, which admit only the account's own
    identities, do not apply either."""
    network: AwsNetworkSpec = AwsNetworkSpec()
    """Connection to other networks: an existing VPC, a transit gateway, peerings, DNS, and addresses of pods."""
    keys: ExistingKeysSpec = ExistingKeysSpec()
    """KMS keys that exist, by use. Default: keys are created."""
    roles: ExistingRolesSpec = ExistingRolesSpec()
    """IAM roles that exist, by use. Default: roles are created."""
    proxy: EksProxySpec | None = None
    """Proxy and additional certificates of nodes, and proxy of the autoscalers. Default: none."""
    scratch_gib: ScratchGib | None = None
    """Size in GiB of an FSx for Lustre file system linked to the datasets vault, 1200 or a multiple of 2400; no file
    system if absent."""
    vault_access: Accepts[
        Mapping[Purpose, VaultReaders], Mapping[Purpose, VaultReaders] | Mapping[str, VaultReaders]
    ] = default({})
    """Access to vaults of confidential and secret data from other networks than the site's, by purpose: for people who
    deliver datasets, or a landing zone. Default: none."""
    backup: bool = False
    """Whether file systems and volumes are backed up daily, within the country."""
    backup_opt_in: Mapping[BackupType, bool] = Field(default={})
    """What the account has opted in to at AWS Backup in the region, by resource type: all that
    `aws backup describe-region-settings` lists. Only one stack of an account may set it. Default: whoever else manages
    the account decides; this site's backups do not depend on it."""
    budget_stop: BudgetActionSpec | None = None
    """Automated cost control on the site's budget, for sites with Karpenter pools; none if absent."""
    ami_alias: Input[AmiAlias] = AMI_ALIAS
    """Release of EKS's Amazon Linux 2023 AMIs for Karpenter's nodes, `al2023@v...`. A newer release replaces the nodes,
    within their disruption budgets. Managed node groups take EKS's newest release when they are created or upgraded."""
    karpenter_version: Input[KarpenterVersion] = KARPENTER_VERSION
    """Version of Karpenter's charts, `1.x.y`."""
    cluster_autoscaler_version: Input[AutoscalerVersion] = AUTOSCALER_VERSION
    """Version of Cluster Autoscaler's chart, `9.x.y`. Its image always has the cluster's minor version."""


class AzureSiteSpec(AksOptions):
    """Site options on Azure."""

    geo_redundant: bool = False
    """Whether vaults are geo-replicated to the other Azure region in the country."""
    hsm: bool = False
    """Whether keys are stored in hardware security modules (Key Vault Premium)."""
    logged_reads: Accepts[Sequence[Purpose], Sequence[Purpose | str]] = default(tuple(Purpose))
    """Vaults, by purpose, whose reads are logged, besides their writes and deletes. By default all. Training reads
    datasets and checkpoints many times, and each read is a record that is billed."""
    keys: AzureKeysSpec = AzureKeysSpec()
    """Keys that exist in a Key Vault or Managed HSM, by use. Default: keys are created."""
    network: AzureNetworkSpec = AzureNetworkSpec()
    """Hub, existing subnets, DNS, routes and NAT addresses of the site's network."""
    names: AzureNamesSpec = AzureNamesSpec()
    """Names of the site's Azure resources."""
    flow_logs: AzureFlowLogsSpec = AzureFlowLogsSpec()
    """Flow logs of the network, also of existing subnets' network."""
    resource_group_id: Input[GroupId] | None = None
    """Id of an existing resource group in the site's region; the site creates one if absent."""
    workspace_id: Input[WorkspaceId] | None = None
    """Id of an existing Log Analytics workspace for audit records, whose own retention applies; the site creates one if
    absent."""
    vault_access: Accepts[
        Mapping[Purpose, AzureVaultReaders], Mapping[Purpose, AzureVaultReaders] | Mapping[str, AzureVaultReaders]
    ] = default({})
    """Access to vaults from other networks than the site's, by purpose: for people who deliver datasets, or a landing
    zone. Default: none."""
    log_tables: LogTables = default({})
    """Plans and retention of the workspace's tables, by table: `AKSAudit`, `AKSAuditAdmin`, `AKSControlPlane`,
    `ContainerLogV2`, `StorageBlobLogs`, `StorageFileLogs`. Default: Analytics, with `log_retention_days`. Not with an
    existing workspace."""
    registry_replica: bool = False
    """Whether the private registry has a replica in the other Azure region in the country. uaecentral is open only to
    subscriptions that Azure has admitted. Requires `storage.registry`. Default: false."""
    locks: bool = False
    """Whether resource locks keep the Key Vault, the vaults, the shared files and the registry from being deleted, by
    anyone. Role assignments of a locked resource cannot be deleted either, so set it to false before you remove a
    workload or the site. The deploying identity needs `Microsoft.Authorization/locks/*`, which Owner and User Access
    Administrator have and Contributor has not. Default: false."""


class SiteBase(Spec):
    """Properties of a site that workloads depend on."""

    region: UaeRegion
    """Region of the site, in the UAE."""
    pools: Mapping[NodePoolName, NodePoolSpec] = Field(min_length=1)
    """Node pools by name, at least one of profile `system`."""
    vaults: Accepts[Sequence[Purpose], Sequence[Purpose | str]] = default(
        (Purpose.DATASETS, Purpose.CHECKPOINTS, Purpose.MODELS)
    )
    """Encrypted storage to create, by purpose: `datasets`, `checkpoints`, `models` and `artifacts`."""
    node_autoscaler: Accepts[NodeAutoscaler | None, NodeAutoscaler | str | None] = default()
    """Node autoscaler: `karpenter` (default on AWS; node auto-provisioning on Azure) or `cluster-autoscaler` (default
    on Azure)."""


class SitePlacement(SiteBase, PublicAccess):
    """Location, network and machines of a site, as validated across a stack."""

    network: NetworkSpec
    """Address block and egress of the site."""
    administrators: Sequence[Input[str]] = ()
    """Administrators of the cluster: ARNs of IAM roles on AWS, object IDs of Entra groups on Azure."""
    sleeps: bool = False
    """Whether the whole site is stopped outside office hours. Not allowed if the tag `environment` is `prod`."""
    storage: StorageSpec = StorageSpec()
    """Storage in addition to the vaults."""
    # One field per cloud with options of its own, with the cloud's name.
    aws: AwsSiteSpec | None = None
    """Options of sites on AWS."""
    azure: AzureSiteSpec | None = None
    """Options of sites on Azure."""

    @classmethod
    def option_fields(cls) -> list[Cloud]:
        """Returns the clouds that have options of their own."""
        return [cloud for cloud in CLOUDS if cloud.value in cls.model_fields]


class SiteSpec(SitePlacement):
    """A site: one location with a Kubernetes cluster."""

    kubernetes_version: KubernetesVersion
    """Kubernetes minor version, such as `1.36`."""
    budget: BudgetSpec
    """Monthly budget, and the recipients of its alerts."""
    office_hours: OfficeHours = OfficeHours()
    """Hours in which sleeping pools, or the sleeping site, run."""
    log_retention_days: Input[LogRetentionDays] = 90
    """Retention of audit logs in days: 30, 90, 180, 365 or 731."""
    protect: bool = False
    """Whether resources that contain data or keys are protected from deletion."""
