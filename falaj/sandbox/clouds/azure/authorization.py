"""Azure RBAC in the emulated subscription: the operations of a request, compared with the identity's role."""

from __future__ import annotations

from dataclasses import dataclass

from falaj.facts.azure_permissions import allows, azure_operations, azure_types
from falaj.rights.azure_conditions import ASSIGNMENTS, evaluate
from falaj.sandbox.clouds.authorization import Authorization, Rights
from falaj.sandbox.clouds.spec import Operation
from falaj.sandbox.clouds.values import Props, get_str

_INVOKES = {
    "azure-native:containerservice:listManagedClusterUserCredentials": (
        "Microsoft.ContainerService/managedClusters/listClusterUserCredential/action"
    ),
}
"""Function of the provider -> the operation that it needs."""


@dataclass(frozen=True)
class _Rbac:
    rights: Rights

    def denial(self, operation: str, op: Operation, outputs: Props) -> str | None:
        """Returns Azure's message for the first operation that no role allows, or None."""
        if op.token not in azure_types():
            return f"AuthorizationFailed: the operations of {op.token} are not in falaj/facts/data/permissions"
        needed = azure_operations(op.token, operation)
        denied = (name for name in needed if not (self._allowed(name) and self._meets_conditions(name, op)))
        return next((_message(name, op.variables["id"]) for name in denied), None)

    def _meets_conditions(self, action: str, op: Operation) -> bool:
        """Returns whether the conditions hold for what a role assignment would be, or is."""
        if not action.startswith(f"{ASSIGNMENTS}/") or action.endswith("/read"):
            return True
        attributes = {
            f"{source}:{attribute}": value
            for source, inputs in (("Request", op.inputs), ("Resource", op.existing.inputs if op.existing else {}))
            for attribute, value in (
                ("RoleDefinitionId", get_str(inputs, "roleDefinitionId").rpartition("/")[2]),
                ("PrincipalType", get_str(inputs, "principalType")),
            )
        }
        return all(evaluate(condition, action, attributes) for condition in self.rights.conditions)

    def invoke_denial(self, token: str, arguments: Props, config: Props) -> str | None:
        """Returns Azure's message if a function is denied, or None."""
        needed = _INVOKES.get(token)
        if needed is None or self._allowed(needed):
            return None
        return _message(needed, str(arguments.get("resourceName", "")))

    def _allowed(self, operation: str) -> bool:
        roles = self.rights.documents
        return roles is None or any(allows(operation, role["Actions"], role["NotActions"]) for role in roles)


def _message(operation: str, scope: str) -> str:
    return (
        "AuthorizationFailed: The client 'falaj' with object id '00000000-0000-0000-0000-000000000000' does not have "
        f"authorization to perform action '{operation}' over scope '{scope}' or the scope is invalid."
    )


def authorization(rights: Rights) -> Authorization:
    """Returns the authorization of the emulated subscription."""
    return _Rbac(rights)
