"""The provider functions that read one existing resource from the inventory by its id, such as `getSubnet`."""

from __future__ import annotations

from falaj.sandbox.clouds.azure.arm import ArmResourceType, arm_error, resource_group_of
from falaj.sandbox.clouds.spec import CloudError, InvokeOperation
from falaj.sandbox.clouds.values import Props


class Lookup:
    """The function that reads a resource of one type."""

    def __init__(self, resource_type: ArmResourceType) -> None:
        self.resource_type = resource_type

    def __call__(self, op: InvokeOperation) -> Props:
        """Returns the properties of the resource. Raises `CloudError` if it does not exist."""
        id_ = self.resource_type.path.fill(op.args)
        item = op.state.by_handle(id_.lower())
        if item is not None and item.type == self.resource_type.token:
            return {**item.inputs, **item.outputs, "id": item.id}
        named = id_.partition("/providers/")[2]
        raise CloudError(
            arm_error(
                404,
                "ResourceNotFound",
                f"The Resource '{named}' under resource group '{resource_group_of(id_)}' was not found. For more "
                "details please go to https://aka.ms/ARMResourceNotFoundFix",
            )
        )


READ_TYPES = (
    "keyvault:Key",
    "keyvault:ManagedHsm",
    "keyvault:Vault",
    "managedidentity:UserAssignedIdentity",
    "network:PublicIPAddress",
    "network:PublicIPPrefix",
    "network:Subnet",
    "network:VirtualNetwork",
    "operationalinsights:Workspace",
    "resources:ResourceGroup",
)
"""Types whose existing resources are read."""


def function_of(type_: str) -> str:
    """Returns the token of the function that reads a resource of a type."""
    module, kind = type_.split(":")
    return f"azure-native:{module}:get{kind}"
