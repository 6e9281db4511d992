"""Settings of a stack as a frozen, validated object: the key `falaj:platform` of `Pulumi.<stack>.yaml`."""

from typing import Annotated

from pydantic import Field

from falaj.components.core.network.blocks import PublicBlock
from falaj.components.core.storage.private_line import PrivateLineSpec
from falaj.components.core.storage.replication import Direction
from falaj.components.core.validation.args import Choice, Spec, default
from falaj.components.core.validation.enums import Profile, Purpose
from falaj.components.core.validation.names import SiteName, TenantName
from falaj.components.core.validation.tags import StackTags
from falaj.components.core.validation.text_forms import TextForm
from falaj.components.settings.commitments import CommitmentSettings
from falaj.components.settings.money import CeilingsSettings, CurrencySettings, FinopsSettings
from falaj.components.settings.onprem import OnPremSettings
from falaj.components.settings.sites import SiteCloud, SiteSettings
from falaj.components.settings.tenants import TenantSettings

CONFIG_KEY = "platform"


class PrivateLineSettings(PrivateLineSpec):
    """Private line between the two clouds, such as ExpressRoute to Direct Connect."""

    s3_endpoint_id: Annotated[
        str, TextForm("^vpce-[0-9a-f]{8,17}$", "the id of a VPC endpoint", "vpce-0a1b2c3d4e5f60718")
    ]
    """ID of that endpoint, `vpce-...`. The vaults accept the copies through it."""


class ReplicationSettings(Spec):
    """Replication of vaults between two sites on different clouds, inside the country."""

    aws: SiteName
    """Name of the site on AWS."""
    azure: SiteName
    """Name of the site on Azure. The copy jobs run on its cluster."""
    flows: Annotated[dict[Purpose, Direction], Field(min_length=1)]
    """Direction of the copies by vault purpose, at least one: `to-azure` or `to-aws`. Both sites must have a vault for
    the purpose."""
    addresses: list[PublicBlock] = Field(default=[])
    """Public IP addresses of the firewall of the Azure site. Required if the site's egress is `firewall` and there is
    no `private_line`."""
    private_line: PrivateLineSettings | None = None
    """Private line to use instead of the internet. Required for data of classification `secret`. Default: none."""
    profile: Choice[Profile] = default(Profile.SYSTEM)
    """Workload profile of the on-demand nodes of the Azure site on which the copies run, which must not be reserved for
    a tenant. Default: `system`, which all sites have; another profile keeps copies away from the cluster's add-ons."""
    mib_per_second: Annotated[int, Field(ge=1, le=10000)] = 100
    """Maximum throughput in MiB per second for each purpose, 1 to 10000, because traffic out of a cloud is billed.
    Default: 100."""


class Settings(Spec):
    """Settings of a stack."""

    tags: StackTags
    """Mandatory cost tags, applied to every resource that supports tags."""
    currency: CurrencySettings = CurrencySettings()
    """Exchange rate between dirhams (AED) and US dollars. Default: the official peg."""
    sites: dict[SiteName, SiteSettings] = Field(default={})
    """Sites on clouds by name."""
    onprem: dict[SiteName, OnPremSettings] = Field(default={})
    """Sites on your own clusters by name. A stack needs at least one site, on a cloud or on premises."""
    tenants: dict[TenantName, TenantSettings] = Field(default={})
    """Tenants of the platform by name."""
    finops: dict[SiteCloud, FinopsSettings] = Field(default={})
    """FinOps settings of the whole account or subscription, by cloud: budget, anomalies, bill export. Set this in only
    one stack per account."""
    ceilings: CeilingsSettings = CeilingsSettings()
    """Maximum estimated cost of the stack per month. Default: none."""
    commitments: list[CommitmentSettings] = Field(default=[])
    """Reservations and savings plans that were bought for machines of the sites. Estimates and simulations count them:
    their price at all hours, and the hours on demand that they cover at nothing. Default: none."""
    replication: ReplicationSettings | None = None
    """Replication of vaults between a site on AWS and a site on Azure. Default: none."""
