"""What a stack says of a tenant: who it is, what its pools may cost, and what it runs."""

from typing import Annotated

from pydantic import Field, StringConstraints

from components.core.tenancy import Tier
from components.settings_money import BudgetSettings
from components.settings_types import SiteName
from components.settings_workloads import WorkloadsSettings
from falaj.facts.tags import COST_TAGS

_UNIT = next(tag for tag in COST_TAGS if tag.key == "business-unit")
BusinessUnit = Annotated[str, StringConstraints(pattern=f"^(?:{_UNIT.pattern})$")]


class TenantSettings(WorkloadsSettings):
    """A business unit on the platform."""

    tier: Tier
    """`smb` (CPU inference, scale to zero) or `enterprise` (GPU)."""
    business_unit: BusinessUnit | None = None
    """The business unit that pays for what it runs, as in the cost tag of that name; the platform's own if absent."""
    budgets: dict[SiteName, BudgetSettings] = Field(default={})
    """Money per month by site, for the pools that name this tenant."""
