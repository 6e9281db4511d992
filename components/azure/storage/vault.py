"""A vault on Azure: Blob storage for one purpose, under a customer-managed key."""

import pulumi
from pulumi_azure_native import storage
from pydantic import Field

from falaj.components.azure.common.args import StoredResourceArgs
from falaj.components.azure.storage.containers import blob_service, lifecycle_policy, private_container
from falaj.components.azure.storage.storage_account import (
    AccountShape,
    encrypted_account,
    private_access,
    redundancy,
)
from falaj.components.azure.storage.tiers import tracks_access
from falaj.components.core.storage.lifecycles import lifecycle
from falaj.components.core.validation.args import Choice
from falaj.components.core.validation.enums import Purpose


class VaultArgs(StoredResourceArgs):
    """Encrypted storage for one purpose."""

    purpose: Choice[Purpose]
    """What it holds; decides the lifecycle tiers."""
    retention_days: int | None = Field(default=None, ge=1, le=36500)
    """Days after the last change when blobs expire; by the purpose if absent."""
    geo_redundant: bool = False
    """Whether Azure keeps a copy in the other region of the country, the pair of this one, besides those here. That
    copy is read only once Azure or the owner fails the account over. Turning it on later changes the account in
    place; the first copy takes as long as it takes."""


class Vault(pulumi.ComponentResource):
    """A storage account under its own key: versioned, reached privately by Entra identities over TLS, and tiered."""

    vault_name: pulumi.Output[str]
    """Name of the storage account."""
    uri: pulumi.Output[str]
    """Address of the container, `https://….blob.core.windows.net/<purpose>`."""
    container_id: pulumi.Output[str]
    """Id of the container, on which roles are granted."""
    key_id: pulumi.Output[str]
    """URI of the key, without a version."""

    def __init__(self, name: str, args: VaultArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        args = VaultArgs.of(name, args)
        super().__init__("falaj:azure:Vault", name, {}, opts)
        child = pulumi.ResourceOptions(parent=self)
        shape = AccountShape(storage.Kind.STORAGE_V2, redundancy(args.region, args.geo_redundant))
        stored = encrypted_account(name, args, shape, child)
        container = private_container(name, args, stored.account, args.purpose.value, self)
        by_access = tracks_access(args.purpose)
        blobs = blob_service(f"{name}-versions", args, stored.account, child, versioned=True, tracks_access=by_access)
        tiers = lifecycle(args.purpose, args.retention_days)
        # Tiers by the last read need access tracking to be on.
        after_blobs = pulumi.ResourceOptions(parent=self, depends_on=[blobs])
        lifecycle_policy(name, args, stored.account, tiers, by_access, after_blobs)
        private_access(name, args, stored.account, "blob", child)
        self.vault_name = stored.account.name
        self.uri = pulumi.Output.concat(stored.account.primary_endpoints.blob, container.name)
        self.container_id = container.id
        self.key_id = stored.key.key_uri
        self.register_outputs({output: getattr(self, output) for output in Vault.__annotations__})
