"""Assignments of Azure Policy and rules of governance hold somewhere: they do not leave out the scope they are for.

Descriptions of notScopes of PolicyAssignment and of excludedScopes of GovernanceRule and StandardAssignment in
pulumi-azure-native 3.29.0, read 2026-11-29.
"""

from collections.abc import Iterator

from ..engine.reading import Resource, texts_in
from ..engine.rows import azure
from ..engine.verdicts import Outcome, failed, passed

SCOPED: dict[str, tuple[str, str]] = {
    **dict.fromkeys(azure("authorization:PolicyAssignment"), ("scope", "notScopes")),
    **dict.fromkeys(azure("security:GovernanceRule"), ("scope", "excludedScopes")),
    **dict.fromkeys(azure("security:StandardAssignment"), ("resourceId", "excludedScopes")),
}
"""Type -> property with its scope, and that of the scopes below it that are left out."""


def check_excluded_scopes(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure if the scope, or one above it, is left out."""
    name, key = SCOPED[resource.type]
    scope = resource.get(name)
    if not isinstance(scope, str):
        return
    own = _path(scope)
    left_out = [text for text in texts_in(resource.get(key)) if own.startswith(_path(text))]
    yield failed(f"{key} leaves out the whole scope", key) if left_out else passed()


def _path(scope: str) -> str:
    return f"{scope.strip().strip('/').lower()}/"
