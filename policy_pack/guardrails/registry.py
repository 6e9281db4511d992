"""The one list of guardrails."""

from .companions import COMPANIONS
from .encryption_aws import AWS_ENCRYPTION
from .encryption_azure import AZURE_ENCRYPTION
from .encryption_nodes import NODE_ENCRYPTION
from .enforcement import Enforcement
from .residency_aws import AWS_RESIDENCY
from .residency_azure import AZURE_RESIDENCY
from .residency_kubernetes import kubernetes_residency
from .rows import Guardrail
from .tags import TAGS
from .transit_aws import AWS_TRANSIT
from .transit_azure import AZURE_TRANSIT


def all_guardrails(settings: Enforcement) -> tuple[Guardrail, ...]:
    """Every guardrail, with what the settings allow by name."""
    return (
        *TAGS,
        *AWS_RESIDENCY,
        *AZURE_RESIDENCY,
        *kubernetes_residency(settings.kubernetes.allowed_clusters),
        *COMPANIONS,
        *AWS_ENCRYPTION,
        *AZURE_ENCRYPTION,
        *NODE_ENCRYPTION,
        *AWS_TRANSIT,
        *AZURE_TRANSIT,
    )


ALL: tuple[Guardrail, ...] = all_guardrails(Enforcement(default={}))
IDS: frozenset[str] = frozenset(guardrail.id for guardrail in ALL)
