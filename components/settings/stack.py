"""Everything a stack says, as a frozen and validated object: one key, `falaj:platform`, of `Pulumi.<stack>.yaml`."""

from typing import Annotated

from pydantic import Field

from falaj.components.core.network.blocks import Block
from falaj.components.core.storage.replication import Direction
from falaj.components.core.validation.args import Spec
from falaj.components.core.validation.enums import Purpose
from falaj.components.core.validation.names import HttpsAddress, SiteName, TenantName
from falaj.components.core.validation.tags import CostTags
from falaj.components.core.validation.text_forms import TextForm
from falaj.components.settings.money import CeilingsSettings, CurrencySettings, FinopsSettings
from falaj.components.settings.onprem import OnPremSettings
from falaj.components.settings.sites import SiteSettings
from falaj.components.settings.tenants import TenantSettings
from falaj.facts.regions import Cloud

CONFIG_KEY = "platform"


class PrivateLineSettings(Spec):
    """A private line between the two clouds, such as ExpressRoute to Direct Connect."""

    circuit: Annotated[str, Field(min_length=1)]
    """How those who run it know it."""
    s3_endpoint: HttpsAddress
    """Address of the S3 interface endpoint at its end."""
    s3_endpoint_id: Annotated[
        str, TextForm("^vpce-[0-9a-f]{8,17}$", "the id of a VPC endpoint", "vpce-0a1b2c3d4e5f60718")
    ]
    """Id of that endpoint: the vaults let the copies in through it."""


class ReplicationSettings(Spec):
    """Copies of vaults between two sites of different clouds, inside the country."""

    aws: SiteName
    """The site on AWS."""
    azure: SiteName
    """The site on Azure, on whose cluster the copying runs."""
    flows: Annotated[dict[Purpose, Direction], Field(min_length=1)]
    """Which way each purpose is copied; both sites have a vault for it."""
    addresses: list[Block] = Field(default=[])
    """Public addresses of the firewall that the Azure site leaves through; needed where that is its way out."""
    private_line: PrivateLineSettings | None = None
    """The line between the clouds that is used in place of the internet; data of class `secret` needs one."""
    mib_per_second: Annotated[int, Field(ge=1, le=10000)] = 100
    """MiB a second at most, for each purpose: what leaves a cloud costs money."""


class Settings(Spec):
    """All that a stack says."""

    tags: CostTags
    """The mandatory cost tags, put on everything that takes tags."""
    currency: CurrencySettings = CurrencySettings()
    sites: dict[SiteName, SiteSettings] = Field(default={})
    """Sites on clouds by name."""
    onprem: dict[SiteName, OnPremSettings] = Field(default={})
    """Sites that are clusters of your own, by name; at least one site of either kind."""
    tenants: dict[TenantName, TenantSettings] = Field(default={})
    """Business units on the platform by name."""
    finops: dict[Cloud, FinopsSettings] = Field(default={})
    """The bill of each cloud's account as a whole: budget, anomalies, export. One stack an account has it."""
    ceilings: CeilingsSettings = CeilingsSettings()
    """What a month of the stack may be expected to cost."""
    replication: ReplicationSettings | None = None
