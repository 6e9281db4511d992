"""Collects the guardrails of cost."""

from collections.abc import Collection

from ..engine.rows import Guardrail
from ..engine.settings import CostSettings
from .buckets import BUCKETS
from .budget_alerts import BUDGET_ALERTS
from .budgets import budget_guardrails
from .ceilings import ceiling_guardrail
from .clusters import CLUSTERS
from .extended_support import EXTENDED_SUPPORT
from .fixed_numbers import FIXED_NUMBERS
from .idle import IDLE
from .interactive import INTERACTIVE
from .machines import machine_guardrails
from .scale import scale_guardrail
from .storage import STORAGE


def cost_guardrails(settings: CostSettings, privileged: Collection[str]) -> tuple[Guardrail, ...]:
    """Returns the guardrails, with the platform team's ceilings, machine types and exceptions. `privileged`: namespaces
    of agents of the nodes, which the settings of Kubernetes list."""
    return (
        *budget_guardrails(settings),
        ceiling_guardrail(settings),
        *BUDGET_ALERTS,
        *machine_guardrails(settings.machines, settings.on_demand),
        *STORAGE,
        *BUCKETS,
        *IDLE,
        *INTERACTIVE,
        *FIXED_NUMBERS,
        *CLUSTERS,
        *EXTENDED_SUPPORT,
        scale_guardrail(privileged),
    )
