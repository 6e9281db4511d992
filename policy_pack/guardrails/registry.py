"""Collects the guardrails of all concerns."""

from collections.abc import Mapping
from types import MappingProxyType

from .cost.rules import cost_guardrails
from .encryption.rules import ENCRYPTION
from .engine.enforcement import Enforcement
from .engine.reviewed_programs import ReviewedProgram
from .engine.rows import Guardrail
from .exposure.rules import exposure_guardrails
from .identity.rules import identity_guardrails
from .residency.names import names_of_sources
from .residency.rules import residency_guardrails
from .resilience.rules import resilience_guardrails
from .tags.rules import tag_guardrails
from .unverifiable.images import ImageSources
from .unverifiable.reviewed_annotations import reviewed_annotation_guardrails
from .unverifiable.reviewed_programs import reviewed_program_guardrail
from .unverifiable.reviewed_types import reviewed_type_guardrail
from .unverifiable.rules import unverifiable_guardrails
from .unverifiable.switches import switch_guardrail


def all_guardrails(
    settings: Enforcement, reviewed: Mapping[str, ReviewedProgram] = MappingProxyType({})
) -> tuple[Guardrail, ...]:
    """Returns every guardrail, configured with the settings, such as the exceptions that they list, and with the
    reviews of programs by digest."""
    guardrails = (
        *tag_guardrails(settings.tags),
        *residency_guardrails(
            settings.residency,
            settings.kubernetes.allowed_clusters,
            names_of_sources(settings.escape, settings.identity),
        ),
        *ENCRYPTION,
        *exposure_guardrails(settings.kubernetes, settings.exposure, tuple(settings.identity.trusted)),
        *identity_guardrails(settings.identity, tuple(settings.residency.known), tuple(settings.kubernetes.namespaces)),
        *unverifiable_guardrails(
            settings.escape,
            ImageSources.of(settings.escape, settings.identity.trusted, settings.residency.known),
            tuple(settings.kubernetes.namespaces),
            tuple(settings.kubernetes.privileged_namespaces),
        ),
        *reviewed_annotation_guardrails(settings),
        reviewed_program_guardrail(settings, reviewed),
        *cost_guardrails(settings.cost, settings.kubernetes.privileged_namespaces),
        *resilience_guardrails(settings.resilience),
    )
    escape = settings.escape
    return (
        *guardrails,
        reviewed_type_guardrail(guardrails, escape.allowed_types),
        switch_guardrail(guardrails, escape.allowed_switches),
    )


ALL: tuple[Guardrail, ...] = all_guardrails(Enforcement(default={}))
"""Every guardrail with the default settings."""
IDS: frozenset[str] = frozenset(guardrail.id for guardrail in ALL)
