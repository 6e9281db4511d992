"""Approvals of private endpoints: whoever owns an approved endpoint reaches the service from a network of its own."""

from collections.abc import Iterator

from ..engine.families import exposure_rule
from ..engine.plan import Plan
from ..engine.reading import UNKNOWN, Resource, walk
from ..engine.rows import Guardrail, Severity, azure
from ..engine.verdicts import Outcome, failed, passed

_STATES = ("privateLinkServiceConnectionState?.status", "properties?.privateLinkServiceConnectionState?.status")
_ENDPOINT = azure("network:PrivateEndpoint")[0]


def _check_approval(resource: Resource, plan: Plan) -> Iterator[Outcome]:
    if "PrivateEndpointConnection" not in resource.type:
        return
    links = {urn for urns in resource.dependencies.values() for urn in urns}
    is_planned = any(plan.resources[urn].type == _ENDPOINT for urn in links if urn in plan.resources)
    for path, status in (item for pattern in _STATES for item in walk(resource.props, pattern)):
        is_approved = status is UNKNOWN or str(status).lower() == "approved"
        text = f"{path} approves a private endpoint that the stack does not create"
        yield failed(text, path) if is_approved and not is_planned else passed()


PRIVATE_ENDPOINTS: tuple[Guardrail, ...] = (
    exposure_rule(209, Severity.HIGH, "Private endpoints are approved only for endpoints of the stack",
                  "the owner of an approved endpoint reaches the service from a network that nobody here controls",
                  "Create the PrivateEndpoint in the same stack, or let the owner of the service approve it by hand",
                  plan_predicate=_check_approval, types=("azure-native:",)),
)  # fmt: skip
