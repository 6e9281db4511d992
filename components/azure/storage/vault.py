"""A vault on Azure: Blob storage for one purpose, with a customer-managed key."""

import pulumi
from pulumi_azure_native import storage
from pydantic import Field

from falaj.components.azure.common.args import StoredResourceArgs
from falaj.components.azure.storage.containers import blob_service, lifecycle_policy, private_container
from falaj.components.azure.storage.storage_account import (
    ALL_LOG_CATEGORIES,
    CHANGE_LOGS,
    AccountShape,
    encrypted_account,
    private_access,
    redundancy,
)
from falaj.components.azure.storage.tiers import tracks_access
from falaj.components.azure.storage.vault_readers import admit_readers
from falaj.components.core.site.azure_vault_readers import AzureVaultReaders
from falaj.components.core.storage.lifecycles import lifecycle
from falaj.components.core.validation.args import Choice
from falaj.components.core.validation.enums import Purpose


class VaultArgs(StoredResourceArgs):
    """Arguments of `Vault`, encrypted storage for one purpose."""

    purpose: Choice[Purpose]
    """Purpose of the stored data: `datasets`, `checkpoints`, `models` or `artifacts`. It determines the lifecycle
    tiers."""
    retention_days: int | None = Field(default=None, ge=1, le=36500)
    """Days after the last change at which blobs expire, 1 to 36500. If absent, the lifecycle of the purpose applies."""
    geo_redundant: bool = False
    """Whether Azure also replicates the account to the paired region, which is in the UAE. Default false. The replica
    can be read only after Azure or the owner fails the account over. Enabling it later updates the account in place;
    the initial replication takes additional time."""

    log_reads: bool = True
    """Whether reads are logged, besides writes and deletes. Default true."""
    readers: AzureVaultReaders | None = None
    """Access from networks other than that of the private endpoint. None by default."""


class Vault(pulumi.ComponentResource):
    """A storage account with a customer-managed key, blob versioning, a private endpoint, and lifecycle tiers. Access
    requires an Entra identity and TLS."""

    vault_name: pulumi.Output[str]
    """Name of the storage account."""
    uri: pulumi.Output[str]
    """URI of the container, `https://….blob.core.windows.net/<purpose>`."""
    container_id: pulumi.Output[str]
    """Id of the container, the scope of role assignments."""
    key_id: pulumi.Output[str]
    """URI of the vault's encryption key, without a version."""

    def __init__(self, name: str, args: VaultArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        args = VaultArgs.of(name, args)
        super().__init__("falaj:azure:Vault", name, {}, opts)
        child = pulumi.ResourceOptions(parent=self)
        shape = AccountShape(storage.Kind.STORAGE_V2, redundancy(args.region, args.geo_redundant), readers=args.readers)
        stored = encrypted_account(name, args, shape, child)
        container = private_container(name, args, stored.account, args.purpose.value, self)
        by_access = tracks_access(args.purpose)
        blobs = blob_service(f"{name}-versions", args, stored.account, child, versioned=True, tracks_access=by_access)
        tiers = lifecycle(args.purpose, args.retention_days)
        # Tiers by last read time require access tracking, which the blob service enables.
        after_blobs = pulumi.ResourceOptions(parent=self, depends_on=[blobs])
        lifecycle_policy(name, args, stored.account, tiers, by_access, after_blobs)
        private_access(name, args, stored.account, "blob", child, ALL_LOG_CATEGORIES if args.log_reads else CHANGE_LOGS)
        if args.readers is not None:
            admit_readers(name, args, args.readers, stored.account.id, container.id, self)
        self.vault_name = stored.account.name
        self.uri = pulumi.Output.concat(stored.account.primary_endpoints.blob, container.name)
        self.container_id = container.id
        self.key_id = stored.key.uri
        self.register_outputs({output: getattr(self, output) for output in Vault.__annotations__})
