"""Collects the guardrails of data residency."""

import ipaddress

from ..engine.rows import Guardrail
from ..engine.settings import ResidencySettings
from .accepted_connections import connection_residency
from .aws import aws_residency
from .azure import azure_residency
from .connectors import connector_residency
from .copies import copy_residency
from .destinations import destination_residency
from .endpoints import endpoint_residency, known_servers
from .kubernetes import kubernetes_residency
from .names import name_residency
from .services import service_residency
from .texts import text_residency
from .uploads import UPLOADS
from .vendor_words import VENDOR_WORDS


def residency_guardrails(
    settings: ResidencySettings, allowed_clusters: tuple[str, ...], sources: tuple[str, ...]
) -> tuple[Guardrail, ...]:
    """Returns the guardrails, with the resources, services and clusters that the settings allow. `sources` are hosts,
    buckets and repositories from which programs, charts and tokens come."""
    services = tuple(settings.global_services)
    known = tuple(map(_in_usual_form, settings.known))
    return (
        text_residency(),
        endpoint_residency(known, allowed_clusters, tuple(item for item in sources if "/" in item)),
        name_residency((*known, *known_servers(allowed_clusters), *sources)),
        *aws_residency(services),
        *azure_residency(services),
        *kubernetes_residency(allowed_clusters),
        *copy_residency(known),
        *service_residency(known),
        *connector_residency(),
        connection_residency(known),
        *destination_residency(known),
        *UPLOADS,
        *VENDOR_WORDS,
    )


def _in_usual_form(listed: str) -> str:
    """Returns an address in the form of RFC 5952, in which those of resources are read, and any other name as it is."""
    try:
        return str(ipaddress.ip_address(listed.strip("[]")))
    except ValueError:
        return listed
