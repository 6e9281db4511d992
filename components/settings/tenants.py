"""What a stack says of a tenant: who it is, what it may have, and what it runs."""

from pydantic import Field

from falaj.components.core.money.budget_spec import BudgetSpec
from falaj.components.core.tenancy.tenancy import BusinessUnit, Tier
from falaj.components.settings.types import SiteName
from falaj.components.settings.workloads import SpaceSettings, WorkSettings


class TenantWork(WorkSettings):
    """A business unit, and what it runs."""

    tier: Tier
    """`smb` (CPU inference, scale to zero) or `enterprise` (GPU)."""
    business_unit: BusinessUnit | None = None
    """The business unit that pays for what it runs, as in the cost tag of that name; the platform's own if absent."""


class TenantSettings(TenantWork):
    """A tenant of the platform. What it runs is here, or in a stack of its own (examples/tenant)."""

    spaces: dict[SiteName, SpaceSettings] = Field(default={})
    """Where it works, and the most that it may have there, by site."""
    budgets: dict[SiteName, BudgetSpec] = Field(default={})
    """Money per month by site, for the pools that name this tenant."""
