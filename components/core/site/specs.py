"""A site, declared once: for stack files and for the `Site` components of both clouds."""

from collections.abc import Mapping, Sequence
from ipaddress import IPv4Address
from typing import Annotated

from pydantic import AfterValidator, Field

from falaj.components.core.money.budget_spec import BudgetSpec
from falaj.components.core.money.budgets import FirstOfMonth
from falaj.components.core.network.blocks import Block
from falaj.components.core.node_pools.office_hours import OfficeHours
from falaj.components.core.node_pools.spec import NodePoolName, NodePoolSpec
from falaj.components.core.site.versions import KubernetesVersion
from falaj.components.core.validation.args import Accepts, Choice, Input, Spec, default
from falaj.components.core.validation.enums import BudgetAction, Egress, NodeAutoscaler, Purpose
from falaj.components.core.validation.problems import refusal
from falaj.components.core.validation.regions import UaeRegion
from falaj.components.core.validation.tags import CostTags

ABSENT = "none"
"""Value of an output for a part that a site does not have: an empty value would read as not known yet."""

LOG_RETENTION_DAYS = (30, 90, 180, 365, 731)
"""Lengths that both CloudWatch Logs and Log Analytics offer."""


def _offered_by_both_clouds(days: int) -> int:
    if days not in LOG_RETENTION_DAYS:
        raise refusal(", ".join(map(str, LOG_RETENTION_DAYS)), "choose one of these")
    return days


class NetworkSpec(Spec):
    """A site's address block and its egress."""

    cidr: Accepts[Block, Block | str]
    """IPv4 block of the site, /16 to /20; blocks of sites must not overlap."""
    zones: int = Field(default=3, ge=1, le=3)
    """Zones that nodes are spread over. A region without zones (uaecentral) takes 1."""
    egress: Choice[Egress] = default(Egress.NAT_SINGLE)
    """`none` leaves only the private endpoints; `nat-single` is cheaper, `nat-per-zone` survives the loss of a zone;
    `firewall` routes everything to a firewall of yours (Azure)."""
    firewall_address: Accepts[IPv4Address | None, IPv4Address | str | None] = default()
    """Private address of that firewall."""
    image_mirror: str | None = None
    """Registry and prefix of mirrored public images, `registry/prefix`, for a site without egress; each image is under
    its own path."""


class StorageSpec(Spec):
    """What a site has besides its vaults."""

    shared_files: bool = False
    """Whether there is a file system that many nodes mount, for models that are served (EFS, Azure Files)."""
    shared_files_gib: int = Field(default=1024, ge=100, le=102400)
    """Size of that file system in GiB on Azure; on AWS it grows by itself."""
    registry: bool = False
    """Whether there is a private registry of images and models (ECR, ACR Premium)."""
    repositories: Sequence[str] = ("workloads", "models")
    """Repositories in that registry (AWS; Azure creates them on the first push)."""


class BudgetActionSpec(Spec):
    """An automated cost control on the site's budget: nothing that runs is stopped, but what Karpenter starts next."""

    stops: Choice[BudgetAction] = default(BudgetAction.GPU_MACHINES)
    """`gpu-machines`, `not-prod` or `every-machine`."""
    percent: int = Field(default=100, ge=1, le=1000)
    """Percentage of the budget, actually spent, at which the action is proposed."""
    automatic: bool = False
    """Whether it is executed without approval; else a person approves it in the console of AWS Budgets."""


class AwsSiteSpec(Spec):
    """What only sites on AWS have."""

    scratch_gib: int | None = Field(default=None, ge=1200)
    """Size in GiB of an FSx for Lustre file system linked to the datasets vault, 1200 or a multiple of 2400; none if
    absent."""
    backup: bool = False
    """Whether file systems and volumes are backed up daily, inside the country."""
    budget_stop: BudgetActionSpec | None = None
    """Automated cost control on the site's budget; none if absent."""
    private_access_cidrs: Accepts[Sequence[Block], Sequence[Block | str]] = default(())
    """Private blocks besides the network, such as a pipeline's or a VPN's, from which the private API server is
    reached."""
    addon_versions: Mapping[str, str] = Field(default={})
    """Versions of EKS add-ons by name, where the default of the Kubernetes version is not wanted."""


class AzureSiteSpec(Spec):
    """What only sites on Azure have."""

    geo_redundant: bool = False
    """Whether Azure copies the vaults to the other region in the country."""
    hsm: bool = False
    """Whether keys are protected by hardware security modules (Key Vault Premium)."""
    defender: bool = False
    """Whether Microsoft Defender for Containers watches the cluster."""
    azure_policy: bool = False
    """Whether the cluster has the Azure Policy add-on."""


class SiteBase(Spec):
    """What a site offers to workloads."""

    region: UaeRegion
    """A region of the cloud in the UAE."""
    pools: Mapping[NodePoolName, NodePoolSpec] = Field(min_length=1)
    """Node pools by name, at least one of profile `system`."""
    vaults: Accepts[Sequence[Purpose], Sequence[Purpose | str]] = default(
        (Purpose.DATASETS, Purpose.CHECKPOINTS, Purpose.MODELS)
    )
    """Encrypted storage by purpose."""
    node_autoscaler: Accepts[NodeAutoscaler | None, NodeAutoscaler | str | None] = default()
    """What adds nodes: `karpenter` (the default on AWS) or `cluster-autoscaler` (the default on Azure)."""


class SitePlacement(SiteBase):
    """Where a site is and what machines it has: what checks across a stack look at."""

    network: NetworkSpec
    """The address block and the egress."""
    public_access_cidrs: Accepts[Sequence[Block], Sequence[Block | str]] = default(())
    """Blocks from which the API server may be reached besides the network. Empty: private only."""
    administrators: Sequence[str] = ()
    """Who administers the cluster: ARNs of IAM roles on AWS, ids of Entra groups on Azure."""
    sleeps: bool = False
    """Whether the whole site stops outside office hours; refused where the tag `environment` is `prod`."""
    storage: StorageSpec = StorageSpec()
    """Storage besides the vaults."""
    aws: AwsSiteSpec | None = None
    """What only sites on AWS have."""
    azure: AzureSiteSpec | None = None
    """What only sites on Azure have."""


class SiteSpec(SitePlacement):
    """One place where a cluster runs."""

    kubernetes_version: KubernetesVersion
    """Kubernetes minor version, such as `1.34`."""
    budget: BudgetSpec
    """Money per month, and who is told when it runs out."""
    office_hours: OfficeHours = OfficeHours()
    """Hours in which sleeping pools, or a sleeping site, run."""
    log_retention_days: Annotated[
        int, AfterValidator(_offered_by_both_clouds), Field(json_schema_extra={"enum": [*LOG_RETENTION_DAYS]})
    ] = 90
    """Days that audit logs are kept: 30, 90, 180, 365 or 731."""
    protect: bool = False
    """Whether what holds data or keys refuses to be deleted."""


class SiteContext(Spec):
    """What a site is told of the platform around it."""

    tags: CostTags
    """The mandatory cost tags, put on everything that takes tags."""
    aed_per_usd: float = Field(gt=0)
    """AED for one US dollar, at which budgets are converted."""
    tenant_budgets: Mapping[str, BudgetSpec] = Field(default={})
    """Money per month of tenants that have pools here, by tenant."""
    alarm_topic: Input[str] | None = None
    """Topic that budgets and alarms publish to: the account's own (`FinOps`); one a budget if absent."""
    vault_readers: Mapping[str, Sequence[Input[str]]] = Field(default={})
    """ARNs of roles that reach a confined vault from `reader_addresses` too, by purpose (AWS)."""
    reader_addresses: Sequence[Input[str]] = ()
    """Public addresses that these readers come from (AWS)."""
    reader_endpoints: Sequence[Input[str]] = ()
    """Ids of S3 endpoints that they come through, such as that of a private line (AWS)."""
    keda: bool = True
    """Whether AKS runs its own KEDA; false where the chart's is installed (Azure)."""
    bill_from: FirstOfMonth | None = None
    """First day of the month, `YYYY-MM-01`, from which the subscription's bill is exported to this site (Azure)."""
