"""Approvals of private endpoints of Azure: an endpoint may be in anybody's network, also of another tenant.

Azure Private Link, "Manage private endpoint connections" (read 2026-11-27).
"""

from collections.abc import Iterator

from ..engine.families import exposure_rule
from ..engine.plan import Plan
from ..engine.reading import Resource, walk
from ..engine.rows import Guardrail, Severity, azure
from ..engine.verdicts import Outcome, passed, undetermined

_KIND = "PrivateEndpointConnection"
"""End of the type's name in each service."""
_PATHS = ("privateLinkServiceConnectionState", "properties?.privateLinkServiceConnectionState")
_ENDPOINTS = azure("network:PrivateEndpoint")


def _check_approval(resource: Resource) -> Iterator[Outcome]:
    for path in _PATHS if resource.type.endswith(_KIND) else ():
        for value_path, value in walk(resource.props, f"{path}?.status"):
            if str(value).lower() == "approved":
                yield undetermined(f"{value_path} lets in an endpoint that is not of this stack", value_path)


def _resolve_approval(resource: Resource, plan: Plan, outcome: Outcome) -> Outcome:
    """Approves the endpoints of the stack itself, on which a property depends."""
    keys = resource.dependencies
    is_own = any(item.type in _ENDPOINTS for key in keys for item in plan.dependencies_of(resource, key))
    return passed() if is_own else outcome


APPROVAL_EXPOSURE: tuple[Guardrail, ...] = (
    exposure_rule(209, Severity.HIGH, "Approved private endpoints of Azure are those of the stack",
                  "whoever owns the endpoint reaches the resource from a network of their own",
                  "Declare the PrivateEndpoint in the program, or approve it by hand after asking who owns it",
                  predicate=_check_approval, resolve=_resolve_approval, types=("azure-native:",)),
)  # fmt: skip
