"""Resource locks on what holds a site's data and keys."""

import pulumi
from pulumi_azure_native import authorization

from falaj.components.azure.site.args import SiteBuild
from falaj.components.azure.site.compute import Compute
from falaj.components.azure.site.storage import Storage

NOTES = "Holds data or keys. Set azure.locks of the site to false to remove the lock."


def data_locks(build: SiteBuild, compute: Compute, storage: Storage) -> None:
    """Creates a lock `CanNotDelete` on the Key Vault, each vault's account, the shared files and the registry.

    A lock also keeps child resources and role assignments of its scope from being deleted (learn.microsoft.com,
    lock-resources, 2026-11-26). Each one is created after everything in its component, so that it is deleted first.
    """
    locked: dict[str, tuple[pulumi.Resource, pulumi.Output[str]]] = {}
    if compute.keys is not None:
        locked["keys"] = (compute.keys, compute.keys.key_vault_id)
    for purpose, vault in storage.vaults.items():
        locked[purpose] = (vault, vault.container_id.apply(account_of))
    if storage.shared_files is not None:
        locked["files"] = (storage.shared_files, storage.shared_files.share_id.apply(account_of))
    if storage.registry is not None:
        locked["registry"] = (storage.registry, storage.registry.registry_id)
    for name, (component, scope) in locked.items():
        authorization.ManagementLockByScope(
            f"{build.name}-{name}-lock",
            scope=scope,
            lock_name="keep",
            level=authorization.LockLevel.CAN_NOT_DELETE,
            notes=NOTES,
            opts=pulumi.ResourceOptions(parent=build.site, depends_on=[component]),
        )


def account_of(service_id: str) -> str:
    """Returns the id of the storage account of a container or share: the first nine segments of its id."""
    return "/".join(service_id.split("/")[:9])
