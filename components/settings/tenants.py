"""Settings of a tenant: tier, spaces, budgets and workloads."""

from pydantic import Field

from falaj.components.core.money.budget_spec import BudgetSpec
from falaj.components.core.serving.authentication import AuthenticationSpec
from falaj.components.core.tenancy.tenancy import BusinessUnit, Tier
from falaj.components.core.validation.names import SiteName
from falaj.components.settings.workloads import SpaceSettings, WorkSettings


class TenantWork(WorkSettings):
    """Tenant and its workloads."""

    tier: Tier
    """Tier of the tenant: `smb` (CPU inference, scale to zero) or `enterprise` (GPU)."""
    business_unit: BusinessUnit | None = None
    """Business unit that pays for the tenant's workloads, in the format of the cost tag `business-unit`. Default: that
    of the platform."""


class TenantSettings(TenantWork):
    """Tenant of the platform. Its workloads are declared here, or in the tenant's own stack (examples/tenant)."""

    spaces: dict[SiteName, SpaceSettings] = Field(default={})
    """Quota and queue by site. The tenant can run workloads only on these sites."""
    budgets: dict[SiteName, BudgetSpec] = Field(default={})
    """Monthly budget by site, for the pools that name this tenant."""
    authentication: AuthenticationSpec | None = None
    """How the gateways authenticate requests to the tenant's hosts, on all sites. Required if the tenant has a host
    on a site with a gateway; `{method: none}` lets every request through."""
