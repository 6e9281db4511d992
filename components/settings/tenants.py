"""What a stack says of a tenant: its tier, its spaces and budgets, and its workloads."""

from pydantic import Field

from falaj.components.core.money.budget_spec import BudgetSpec
from falaj.components.core.tenancy.tenancy import BusinessUnit, Tier
from falaj.components.core.validation.names import SiteName
from falaj.components.settings.workloads import SpaceSettings, WorkSettings


class TenantWork(WorkSettings):
    """A business unit and its workloads."""

    tier: Tier
    """`smb` (CPU inference, scale to zero) or `enterprise` (GPU)."""
    business_unit: BusinessUnit | None = None
    """The business unit that pays for its workloads, in the form of the cost tag of that name; the platform's own if
    absent."""


class TenantSettings(TenantWork):
    """A tenant of the platform. Its workloads are declared here, or in a stack of its own (examples/tenant)."""

    spaces: dict[SiteName, SpaceSettings] = Field(default={})
    """Its quota by site; it runs only on these sites."""
    budgets: dict[SiteName, BudgetSpec] = Field(default={})
    """Money per month by site, for the pools that name this tenant."""
