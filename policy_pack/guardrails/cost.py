"""All guardrails of cost."""

from .choices import Cost
from .cost_buckets import BUCKETS
from .cost_budgets import budget_guardrails
from .cost_clusters import CLUSTERS
from .cost_idle import IDLE
from .cost_machines import machine_guardrails
from .cost_storage import STORAGE
from .cost_warnings import WARNINGS
from .rows import Guardrail


def cost(settings: Cost) -> tuple[Guardrail, ...]:
    """The guardrails, with the platform team's ceilings and machines."""
    return (
        *budget_guardrails(settings.budgets_elsewhere, settings.ceilings),
        *WARNINGS,
        *machine_guardrails(settings.machines, settings.on_demand),
        *STORAGE,
        *BUCKETS,
        *IDLE,
        *CLUSTERS,
    )
