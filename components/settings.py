"""Everything a stack says: one key, `falaj:platform`, of `Pulumi.<stack>.yaml`, as a frozen and validated object.

This module is the only reader of `pulumi.Config`. Unknown keys are refused, and all problems are told at once.
"""

from decimal import Decimal
from ipaddress import IPv4Network
from typing import Annotated, Literal

import pulumi
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    model_validator,
)

from components.core.budgets import Address, FirstOfMonth
from components.core.pools import GpuPartition, Reservation
from components.core.problems import Problem, problems_of, refusal
from components.core.tags import tag_problems
from components.core.versions import KubernetesVersion
from components.core.words import Capacity, Egress, Profile, Purpose
from components.cross_checks import cross_problems
from falaj.facts.currency import PEG
from falaj.facts.regions import REGIONS, Cloud
from falaj.facts.tags import COST_TAGS

CONFIG_KEY = "platform"

SiteName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]{1,11}$")]
PoolName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]{1,11}$")]
"""AKS allows pool names of at most 12 lower-case letters and digits; the same names serve on every cloud."""

TenantName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,30}[a-z0-9]$")]
"""A business unit on the platform; legal as a tag, a label and a namespace."""

MOST_ALARMS = 5
"""Azure takes at most five notifications a budget (Microsoft.Consumption/budgets)."""

Percent = Annotated[int, Field(ge=1, le=1000)]


def _block(value: object) -> object:
    if not isinstance(value, str):
        raise refusal("an IPv4 block such as 10.20.0.0/16", "write the block in quotes")
    try:
        return IPv4Network(value)
    except ValueError:
        raise refusal("an IPv4 block whose host bits are zero, such as 10.20.0.0/16", "correct the block") from None


def _known_region(value: str) -> str:
    if value not in REGIONS:
        raise refusal(", ".join(sorted(REGIONS)), "choose a region in the UAE: data stays in the country")
    return value


Block = Annotated[IPv4Network, BeforeValidator(_block, json_schema_input_type=str)]
UaeRegion = Annotated[str, AfterValidator(_known_region), Field(json_schema_extra={"enum": [*sorted(REGIONS)]})]
CostTags = Annotated[
    dict[str, str],
    Field(
        json_schema_extra={
            "required": [tag.key for tag in COST_TAGS],
            "properties": {
                tag.key: {"type": "string", "pattern": f"^(?:{tag.pattern})$", "description": tag.meaning}
                for tag in COST_TAGS
            },
        }
    ),
]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class NetworkSettings(_Part):
    """A site's address block and its way out."""

    cidr: Block
    """IPv4 block of the site, /16 to /20; blocks of sites must not overlap."""
    zones: Annotated[int, Field(ge=1, le=3)] = 3
    """Zones that nodes are spread over. A region without zones (uaecentral) takes 1."""
    egress: Egress = Egress.NAT_SINGLE
    """`none` leaves only the private endpoints; `nat-single` is cheaper, `nat-per-zone` survives the loss of a zone."""


class PoolSettings(_Part):
    """A node pool: machines of one workload profile."""

    profile: Profile
    """What runs here; decides taints, labels and disk."""
    machines: Annotated[list[str], Field(min_length=1)]
    """Machine types, all offered in the region, of one architecture. AWS spot pools take several; Azure one."""
    capacity: Capacity = Capacity.ON_DEMAND
    """`spot` for work that may be interrupted, `on-demand` for the rest."""
    min: Annotated[int, Field(ge=0)] = 0
    """Nodes kept when nothing runs; 0 lets the pool sleep."""
    max: Annotated[int, Field(ge=1, le=1000)]
    """Nodes at most: the first brake on spending."""
    disk_gib: Annotated[int, Field(ge=30, le=16384)] | None = None
    """Root disk in GiB; by the profile if absent."""
    tenant: TenantName | None = None
    """The tenant that the pool is for and whose money it spends; shared by all if absent."""
    sleeps: bool = False
    """Whether it is taken to zero outside office hours (AWS)."""
    zone: str | None = None
    """The only zone of its machines, as the region names it; all of the site's if absent."""
    reservation: Reservation | None = None
    """Id of the capacity reservation, `cr-...`, of capacity `reserved` and `capacity-block` (AWS)."""
    interconnect: bool = False
    """Whether machines stand close together and speak through EFA, for training over several nodes (AWS)."""
    gpu_partition: GpuPartition | None = None
    """MIG profile that each GPU is split into, such as `MIG1g` (Azure: A100, H100 and H200)."""


class BudgetSettings(_Part):
    """Money per month for one site, and who hears when it runs out."""

    aed_per_month: Annotated[Decimal, Field(gt=0)]
    """Dirhams a month, without VAT."""
    actual_percent: Annotated[list[Percent], Field(min_length=1, max_length=5)] = [50, 80, 100]
    """Alarms at these percentages of what was spent."""
    forecast_percent: Annotated[list[Percent], Field(max_length=5)] = [100]
    """Alarms at these percentages of what the month is forecast to cost."""
    notify: Annotated[list[Address], Field(min_length=1)]
    """E-mail addresses of those told."""
    start: FirstOfMonth
    """First day of the first month that counts, `YYYY-MM-01`."""

    @model_validator(mode="after")
    def _few_enough(self) -> "BudgetSettings":
        if len(self.actual_percent) + len(self.forecast_percent) > MOST_ALARMS:
            raise refusal(f"at most {MOST_ALARMS} alarms, actual and forecast together", "leave some out")
        return self


class SitePlace(_Part):
    """Where a site is and what machines it has: all that checks across a stack look at."""

    cloud: Annotated[Cloud, Field(json_schema_extra={"enum": ["aws", "azure"]})]
    """`aws` or `azure`."""
    region: UaeRegion
    """A region of that cloud in the UAE."""
    network: NetworkSettings
    pools: Annotated[dict[PoolName, PoolSettings], Field(min_length=1)]
    """Node pools by name; at least one of profile `system`."""
    public_access_cidrs: list[Block] = []
    """Turns the private-only API server off for these blocks. Empty: private only."""
    administrators: list[str] = []
    """Who administers the cluster: ARNs of IAM roles on AWS, ids of Entra groups on Azure."""


class SiteSettings(SitePlace):
    """One place where a cluster runs."""

    kubernetes_version: KubernetesVersion
    """Kubernetes minor version, for example "1.34"."""
    vaults: list[Purpose] = [Purpose.DATASETS, Purpose.CHECKPOINTS, Purpose.MODELS]
    """Encrypted storage to make, by purpose."""
    budget: BudgetSettings
    log_retention_days: Literal[30, 90, 180, 365, 731] = 90
    """Days that audit logs are kept: 30, 90, 180, 365 or 731 (lengths that both clouds offer)."""
    protect: bool = False
    """Whether what holds data or keys refuses to be deleted."""


class CurrencySettings(_Part):
    """The rate at which dirhams are converted, and when it was read."""

    aed_per_usd: Annotated[Decimal, Field(gt=3, lt=5)] = PEG.aed_per_usd
    """Dirhams for one US dollar."""
    as_of: Annotated[str, StringConstraints(pattern=r"^20[0-9]{2}-[0-9]{2}-[0-9]{2}$")] = PEG.as_of.isoformat()
    """Day of the rate, `YYYY-MM-DD`."""


class Settings(_Part):
    """All that a stack says."""

    tags: CostTags
    """The mandatory cost tags, put on everything that takes tags."""
    currency: CurrencySettings = CurrencySettings()
    sites: Annotated[dict[SiteName, SiteSettings], Field(min_length=1)]
    """Sites by name."""

    @classmethod
    def of(cls, raw: object) -> "Settings":
        """Validate what a stack file says. Raises `SettingsRefused` with every problem found."""
        try:
            settings = cls.model_validate(raw)
            problems, sites = [], settings.sites
        except ValidationError as refused:
            # What is wrong in one place must not hide what is wrong elsewhere: look across what can be read.
            settings, problems, sites = None, problems_of(refused, CONFIG_KEY), _readable_sites(raw)
        tags = raw.get("tags") if isinstance(raw, dict) else None
        if isinstance(tags, dict) and all(isinstance(value, str) for value in tags.values()):
            problems += tag_problems(tags, f"{CONFIG_KEY}.tags")
        problems += cross_problems(sites, CONFIG_KEY)
        if problems or settings is None:
            raise SettingsRefused(problems)
        return settings


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
    raw = pulumi.Config("falaj").get_object(CONFIG_KEY)
    if raw is None:
        raise SettingsRefused(
            [
                Problem(
                    f"falaj:{CONFIG_KEY}",
                    None,
                    "the platform's settings",
                    "copy the key from Pulumi.dev.yaml",
                )
            ]
        )
    return Settings.of(raw)
