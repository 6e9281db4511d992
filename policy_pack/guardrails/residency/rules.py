"""Collects the guardrails of data residency."""

from ..engine.rows import Guardrail
from ..engine.settings import ResidencySettings
from .aws import aws_residency
from .azure import azure_residency
from .connectors import connector_residency
from .copies import copy_residency
from .destinations import destination_residency
from .endpoints import endpoint_residency
from .kubernetes import kubernetes_residency
from .services import service_residency
from .texts import text_residency


def residency_guardrails(settings: ResidencySettings, allowed_clusters: tuple[str, ...]) -> tuple[Guardrail, ...]:
    """Returns the guardrails, with the resources, services and clusters that the settings allow."""
    services = tuple(settings.global_services)
    return (
        text_residency(),
        endpoint_residency(settings.known, allowed_clusters),
        *aws_residency(services),
        *azure_residency(services),
        *kubernetes_residency(allowed_clusters),
        *copy_residency(settings.known),
        *service_residency(settings.known),
        *connector_residency(),
        *destination_residency(settings.known),
    )
