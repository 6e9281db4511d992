"""The one list of guardrails."""

from .cost import cost
from .encryption import ENCRYPTION
from .enforcement import Enforcement
from .escape import escapes
from .exposure import exposure
from .identity import IDENTITY
from .residency import residency
from .resilience import resilience
from .rows import Guardrail
from .tag_rules import tag_guardrails


def all_guardrails(settings: Enforcement) -> tuple[Guardrail, ...]:
    """Every guardrail, with what the settings allow by name."""
    return (
        *tag_guardrails(settings.tags),
        *residency(settings.residency, settings.kubernetes.allowed_clusters),
        *ENCRYPTION,
        *exposure(settings.kubernetes),
        *IDENTITY,
        *escapes(settings.escape),
        *cost(settings.cost),
        *resilience(settings.resilience),
    )


ALL: tuple[Guardrail, ...] = all_guardrails(Enforcement(default={}))
IDS: frozenset[str] = frozenset(guardrail.id for guardrail in ALL)
