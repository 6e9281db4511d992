"""Arguments that several components of Azure share. Each component's own arguments inherit what they need."""

from collections.abc import Iterator

import pulumi

from falaj.components.core.network.azure_ids import IdentityId, KeyId
from falaj.components.core.site.azure_keys import identity_problems
from falaj.components.core.validation.args import Args, Input
from falaj.components.core.validation.names import globally_unique_name
from falaj.components.core.validation.problems import Problem
from falaj.components.core.validation.regions import AzureRegion
from falaj.components.core.validation.set_once import set_once
from falaj.components.core.validation.tags import CostTags


class ResourceGroupArgs(Args):
    """Where a component's resources are created, and their cost tags."""

    region: AzureRegion = set_once("regions.azure")
    """A region of Azure in the UAE: `uaenorth` or `uaecentral`."""
    resource_group_name: Input[str]
    """Name of the resource group that the resources are created in."""
    tags: CostTags = set_once("tags")
    """The mandatory cost tags, put on every resource that takes tags."""


class ResourceGroupIdArgs(ResourceGroupArgs):
    """A resource group by its id as well: it gives the subscription, and makes names globally unique."""

    resource_group_id: Input[str]
    """Id of that resource group."""

    def unique_name(self, name: str, limit: int) -> pulumi.Output[str]:
        """`name` with a hash of the resource group's id, at most `limit` characters: lower-case letters and digits."""
        group_id = pulumi.Output.from_input(self.resource_group_id)
        return group_id.apply(lambda seed: globally_unique_name(name, seed, limit))


class PrivateServiceArgs(ResourceGroupIdArgs):
    """A service without a public address: it is reached through a private endpoint, and its use is logged."""

    endpoint_subnet_id: Input[str]
    """Id of the subnet that its private endpoint is in."""
    dns_zone_id: Input[str]
    """Id of the network's private DNS zone for the service, an output of `Network`: `blob_zone_id` for Blob storage
    (`privatelink.blob.core.windows.net`), `file_zone_id` for Azure Files, `registry_zone_id` for a container registry,
    `key_zone_id` for a Key Vault."""
    workspace_id: Input[str]
    """Id of the Log Analytics workspace that its audit records are sent to."""


class KeyVaultArgs(ResourceGroupArgs):
    """The Key Vault that a component creates its customer-managed keys in."""

    key_vault_name: Input[str] | None = None
    """Name of that Key Vault, which is in the same resource group. Required unless every key exists."""
    hsm: bool = False
    """Whether new keys are created in a hardware security module, for which the Key Vault must be of the premium tier.
    Keys that exist stay as they are."""
    protect: bool = False
    """Whether the keys, and the resources that hold data under them, refuse to be deleted."""


class StoredResourceArgs(PrivateServiceArgs, KeyVaultArgs):
    """A service that stores data under a customer-managed key."""

    key_vault_uri: Input[str] | None = None
    """URI of the Key Vault, `https://….vault.azure.net/`. Required unless `key_id` is given."""
    key_id: Input[KeyId] | None = None
    """Id of an existing key in a Key Vault or Managed HSM, instead of one that is created. A preview looks it up."""
    key_identity_id: Input[IdentityId] | None = None
    """Id of an existing identity that may use `key_id`; required for a Managed HSM. If absent, an identity is created
    and granted the key."""

    def _problems(self) -> Iterator[Problem]:
        yield from identity_problems("key_id", self.key_id, "key_identity_id", self.key_identity_id)
        for field in ("key_vault_name", "key_vault_uri"):
            if self.key_id is None and getattr(self, field) is None:
                yield Problem.missing(field, "no `key_id` is given", "add it, or an existing key")
        if self.key_id is None and self.key_identity_id is not None:
            yield Problem("key_identity_id", str(self.key_identity_id), "nothing without `key_id`", "remove it")
