"""Waiting until a role assignment, or a custom role, has taken effect.

Azure confirms both before every service knows them. A Key Vault refuses an identity for one to five minutes after its
grant, and what is created meanwhile with one of its keys fails (Azure/bicep#16601: `KeyVaultAuthenticationFailure`;
pulumi/pulumi#16893; Azure/terraform-azurerm-avm-res-storage-storageaccount#391, all read 2026-11-26). azure-native does
not retry. docs/adr/0015-waiting-for-role-assignments.md says why this is a wait in the program.
"""

from collections.abc import Sequence

import pulumi
from pulumi_azure_native import authorization

from falaj.components.core.site.waiting import wait_until_effective

DATA_PLANE_SECONDS = 300
"""Time from a role assignment until keys and blobs can be used with it: five minutes (Azure/azure-sdk-for-net#17384;
learn.microsoft.com/azure/role-based-access-control/troubleshooting gives ten as the upper limit; read 2026-11-26)."""

RESOURCE_MANAGER_SECONDS = 60
"""Time from a role assignment, or a custom role, until Azure Resource Manager knows it: usually seconds. A role
assignment of a custom role that it does not know yet is refused with `RoleDefinitionDoesNotExist`."""

Granted = authorization.RoleAssignment | authorization.RoleDefinition


def effective(resource: Granted, seconds: int = DATA_PLANE_SECONDS) -> pulumi.Output[Granted]:
    """Returns the resource once it has taken effect, for `depends_on` of what needs it.

    An update waits only for what it creates or replaces; a preview never waits.
    """

    async def wait(known: Sequence[str | None]) -> None:
        identifier, created = known
        if not pulumi.runtime.is_dry_run():
            await wait_until_effective(identifier or "", created or "", seconds, announce)

    def announce(message: str) -> None:
        pulumi.log.info(message, resource, ephemeral=True)

    return pulumi.Output.all(resource.id, resource.created_on).apply(wait).apply(lambda _: resource)


def once_effective(
    value: pulumi.Input[str], resources: Sequence[authorization.RoleAssignment], other: Sequence[pulumi.Input[str]] = ()
) -> pulumi.Output[str]:
    """Returns a value, such as an identity's client id, once its role assignments are effective and `other` is known.

    In the preview of a create the value is unknown.
    """

    async def wait(known: Sequence[str]) -> str:
        if not pulumi.runtime.is_dry_run():
            for identifier, created in zip(known[1 : 1 + len(resources)], known[1 + len(resources) :], strict=False):
                await wait_until_effective(identifier, created or "", DATA_PLANE_SECONDS)
        return known[0]

    ids, times = [role.id for role in resources], [role.created_on for role in resources]
    return pulumi.Output.all(value, *ids, *times, *other).apply(wait)
