"""A site's arguments as far as they are the same on every cloud; its parts check the rest themselves."""

from typing import Annotated, Any, Self

from pydantic import Field, model_validator

from components.core.problems import refusal
from components.core.specs import is_system
from components.core.tags import CostTags
from components.core.validated import Checked
from components.core.words import Egress, Purpose


class CheckedSite(Checked):
    """The validated form of `SiteArgs`."""

    region: str
    cidr: str
    zones: int
    egress: Egress = Egress.NAT_SINGLE
    kubernetes_version: str
    log_retention_days: int = 90
    public_access_cidrs: tuple[str, ...] = ()
    administrators: tuple[str, ...] = ()
    protect: bool = False
    pools: Annotated[dict[str, dict[str, Any]], Field(min_length=1)]
    vaults: tuple[Purpose, ...]
    budget: dict[str, Any]
    aed_per_usd: float
    tags: CostTags

    @model_validator(mode="after")
    def _is_a_site(self) -> Self:
        if not any(is_system(pool) for pool in self.pools.values()):
            raise refusal("at least one pool of profile system", "add a system pool", "pools", sorted(self.pools))
        if len(set(self.vaults)) != len(self.vaults):
            given = [purpose.value for purpose in self.vaults]
            raise refusal("each purpose once", "remove the repeated purpose", "vaults", given)
        return self

    @property
    def first_system_pool(self) -> str:
        """Name of the first pool of profile `system`, in the order they were written."""
        return next(name for name, pool in self.pools.items() if is_system(pool))
