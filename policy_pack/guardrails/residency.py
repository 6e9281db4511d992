"""All guardrails of placement."""

from .choices import Residency
from .residency_aws import aws_residency
from .residency_azure import azure_residency
from .residency_destinations import destination_residency
from .residency_joins import joined_residency
from .residency_kubernetes import kubernetes_residency
from .residency_services import service_residency
from .rows import Guardrail


def residency(settings: Residency, allowed_clusters: tuple[str, ...]) -> tuple[Guardrail, ...]:
    """The guardrails, with the places, services and clusters that the settings allow by name."""
    services = tuple(settings.global_services)
    return (
        *aws_residency(services),
        *azure_residency(services),
        *kubernetes_residency(allowed_clusters),
        *joined_residency(settings.known),
        *service_residency(settings.known),
        destination_residency(settings.known),
    )
