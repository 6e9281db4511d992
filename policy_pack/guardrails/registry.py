"""The one list of guardrails."""

from .cost.rules import cost
from .encryption.rules import ENCRYPTION
from .engine.enforcement import Enforcement
from .engine.rows import Guardrail
from .exposure.rules import exposure
from .identity.rules import IDENTITY
from .residency.rules import residency
from .resilience.rules import resilience
from .tags.rules import tag_guardrails
from .unverifiable.rules import escapes


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
