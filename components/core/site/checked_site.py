"""A site's arguments as far as they are the same on every cloud; its parts check the rest themselves."""

from collections.abc import Sequence
from operator import attrgetter
from typing import Annotated, Any, ClassVar, Self

from pydantic import Field, model_validator

from falaj.components.core.money.budgets import FirstOfMonth
from falaj.components.core.node_pools.office_hours import OfficeHours
from falaj.components.core.site.specs import is_system
from falaj.components.core.validation.args import Checked, Passed
from falaj.components.core.validation.enums import Egress, NodeAutoscaler, Purpose
from falaj.components.core.validation.problems import refusal
from falaj.components.core.validation.tags import CostTags

ABSENT = "none"
"""What an output says of a part that a site does not have: an empty value would read as not known yet."""


class CheckedStorage(Checked):
    """The validated form of `StorageSpec`."""

    shared_files: bool = False
    shared_files_gib: Annotated[int, Field(ge=100)] = 1024
    registry: bool = False
    repositories: tuple[str, ...] = ()
    scratch_gib: Annotated[int, Field(ge=1200)] | None = None
    backup: bool = False
    geo_redundant: bool = False


class CheckedSite(Checked):
    """The validated form of `SiteArgs`."""

    foreign: ClassVar[tuple[str, ...]] = ()
    """Options that the cloud does not have: dotted paths."""

    region: str
    cidr: str
    zones: int
    egress: Egress = Egress.NAT_SINGLE
    kubernetes_version: str
    log_retention_days: int = 90
    public_access_cidrs: tuple[str, ...] = ()
    administrators: tuple[str, ...] = ()
    node_autoscaler: NodeAutoscaler | None = None
    firewall_address: str | None = None
    office_hours: OfficeHours = OfficeHours()
    sleeps: bool = False
    protect: bool = False
    pools: Annotated[dict[str, dict[str, Any]], Field(min_length=1)]
    vaults: tuple[Purpose, ...]
    vault_readers: dict[str, Sequence[Passed[str]]] = Field(default={})
    reader_addresses: tuple[Passed[str], ...] = ()
    reader_endpoints: tuple[Passed[str], ...] = ()
    storage: CheckedStorage = CheckedStorage()
    image_mirror: str | None = None
    private_access_cidrs: tuple[str, ...] = ()
    addon_versions: dict[str, str] = Field(default={})
    hsm: bool = False
    defender: bool = False
    keda: bool = True
    azure_policy: bool = False
    budget: dict[str, Any]
    budget_stop: dict[str, Any] | None = None
    tenant_budgets: dict[str, dict[str, Any]] = Field(default={})
    bill_from: FirstOfMonth | None = None
    alarm_topic: Passed[str] | None = None
    aed_per_usd: float
    tags: CostTags

    @model_validator(mode="after")
    def _is_a_site(self) -> Self:
        if not any(is_system(pool) for pool in self.pools.values()):
            raise refusal("at least one pool of profile system", "add a system pool", "pools", sorted(self.pools))
        if len(set(self.vaults)) != len(self.vaults):
            given = [purpose.value for purpose in self.vaults]
            raise refusal("each purpose once", "remove the repeated purpose", "vaults", given)
        for option in self.foreign:
            if given := attrgetter(option)(self):
                raise refusal("nothing: this cloud does not have it", "remove it", option, str(given))
        return self

    @property
    def first_system_pool(self) -> str:
        """Name of the first pool of profile `system`, in the order they were written."""
        return next(name for name, pool in self.pools.items() if is_system(pool))
