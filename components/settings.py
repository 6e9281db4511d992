"""Everything a stack says: one key, `falaj:platform`, of `Pulumi.<stack>.yaml`, as a frozen and validated object.

This module is the only reader of `pulumi.Config`. Unknown keys are refused, and all problems are told at once.
"""

from typing import Annotated

import pulumi
from pydantic import BaseModel, Field, ValidationError

from components.core.problems import Problem, problems_of
from components.core.replication import Direction
from components.core.tags import tag_problems
from components.core.words import Purpose
from components.cross_checks import cross_problems, owner_problems, replication_problems
from components.settings_money import CeilingsSettings, CurrencySettings, FinopsSettings
from components.settings_onprem import OnPremSettings
from components.settings_sites import PoolSettings, SitePlace, SiteSettings
from components.settings_tenants import TenantSettings
from components.settings_types import Block, CostTags, Part, SiteName, TenantName
from components.workload_checks import workload_problems
from falaj.facts.regions import Cloud

CONFIG_KEY = "platform"


class PrivateLineSettings(Part):
    """A private line between the two clouds, such as ExpressRoute to Direct Connect."""

    circuit: Annotated[str, Field(min_length=1)]
    """How those who run it know it."""
    s3_endpoint: Annotated[str, Field(pattern="^https://")]
    """Address of the S3 interface endpoint at its end."""
    s3_endpoint_id: Annotated[str, Field(pattern="^vpce-[0-9a-f]{8,17}$")]
    """Id of that endpoint: the vaults let the copies in through it."""


class ReplicationSettings(Part):
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


class Settings(Part):
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

    @classmethod
    def of(cls, raw: object) -> "Settings":
        """Validate what a stack file says. Raises `SettingsRefused` with every problem found."""
        try:
            settings = cls.model_validate(raw)
            problems, sites = [], settings.sites
        except ValidationError as refused:
            # What is wrong in one place must not hide what is wrong elsewhere: look across what can be read.
            settings, problems, sites = None, problems_of(refused, CONFIG_KEY), _readable_sites(raw)
        tags = _readable_tags(raw)
        problems += tag_problems(tags, f"{CONFIG_KEY}.tags") if tags is not None else []
        problems += cross_problems(sites, tags or {}, CONFIG_KEY)
        if settings is not None:
            problems += (*owner_problems(settings, CONFIG_KEY), *replication_problems(settings, CONFIG_KEY))
        if settings is not None and not problems:
            # Of a wrong site, half the work on it would be wrong too.
            problems += workload_problems(settings, CONFIG_KEY)
        if problems or settings is None:
            raise SettingsRefused(problems)
        return settings


def _readable_tags(raw: object) -> dict[str, str] | None:
    tags = raw.get("tags") if isinstance(raw, dict) else None
    readable = isinstance(tags, dict) and all(isinstance(value, str) for value in tags.values())
    return tags if readable else None


def _readable_sites(raw: object) -> dict[str, SitePlace]:
    """The sites of refused settings whose place can be read, each with the pools that can be."""
    sites = raw.get("sites") if isinstance(raw, dict) else None
    found: dict[str, SitePlace] = {}
    for name, site in sites.items() if isinstance(sites, dict) else ():
        if not isinstance(site, dict):
            continue
        place = {key: value for key, value in site.items() if key in SitePlace.model_fields}
        if isinstance(place.get("pools"), dict):
            place["pools"] = {key: pool for key, pool in place["pools"].items() if _is_valid(PoolSettings, pool)}
        if _is_valid(SitePlace, place):
            found[str(name)] = SitePlace.model_validate(place)
    return found


def _is_valid(model: type[BaseModel], value: object) -> bool:
    try:
        model.model_validate(value)
    except ValidationError:
        return False
    return True


class SettingsRefused(pulumi.RunError):
    """A stack file that cannot be deployed; `problems` has one entry for each thing to mend."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        count = f"{len(problems)} problem" + ("s" if len(problems) > 1 else "")
        super().__init__(f"{count} in the stack's settings:\n" + "\n".join(f"  - {p}" for p in problems))


def load() -> Settings:
    """The running stack's settings. Raises `SettingsRefused`; a missing key is one of the problems."""
    return Settings.of(read(CONFIG_KEY, "the platform's settings", "copy the key from Pulumi.dev.yaml"))


def read(key: str, what: str, fix: str) -> object:
    """What the running stack says under `falaj:<key>`; `SettingsRefused` where that, which is `what`, is missing."""
    raw = pulumi.Config("falaj").get_object(key)
    if raw is None:
        raise SettingsRefused([Problem(f"falaj:{key}", None, what, fix)])
    return raw
