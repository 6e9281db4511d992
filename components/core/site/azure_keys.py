"""Keys that exist in a Key Vault or Managed HSM, such as those of a security team, by their use. Pure."""

from collections.abc import Iterator

import pulumi

from falaj.components.core.network.azure_ids import DiskKeyId, IdentityId, KeyId, VaultKeyId, is_hsm_key
from falaj.components.core.site.aks_options import ClusterIdentities
from falaj.components.core.validation.args import Input, Spec
from falaj.components.core.validation.problems import Problem

HSM_ALLOWED = (
    "a key of a Key Vault, or a Managed HSM key and an identity that its owner has allowed: the local roles of a "
    "Managed HSM are not assigned through Azure Resource Manager"
)


def identity_problems(field: str, key_id: object, identity_field: str, identity_id: object) -> Iterator[Problem]:
    """Yields the problem of a known key of a Managed HSM that no identity of its owner may use."""
    if isinstance(key_id, str) and is_hsm_key(key_id) and identity_id is None:
        yield Problem(field, key_id, HSM_ALLOWED, f"add `{identity_field}`")


def control_plane_problems(
    secrets_key: object, identity_id: object, identities: ClusterIdentities
) -> Iterator[Problem]:
    """Yields the problem of an existing key for secrets that the site does not grant, and no identity may use."""
    if secrets_key is not None and identity_id is not None and identities.control_plane is None:
        condition = "the owner grants the key of Kubernetes secrets: AKS uses it with the control plane's identity"
        yield Problem.missing("identities.control_plane", condition, "add that identity")


class AzureKeysSpec(Spec):
    """Customer-managed keys that exist in the site's region and tenant. A key is created for each use that is absent
    here; if none is absent, the site has no Key Vault of its own."""

    disks: Input[DiskKeyId] | None = None
    """Id of the key for disks of nodes and for volumes. A key of a Managed HSM has a version in its id."""
    secrets: Input[VaultKeyId] | None = None
    """Id of the key for Kubernetes secrets, in a Key Vault without public network access. A deployed cluster changes to
    another key only together with `secrets_key_version`."""
    vaults: Input[KeyId] | None = None
    """Id of the key for all vaults of the site."""
    files: Input[KeyId] | None = None
    """Id of the key for the shared files."""
    registry: Input[KeyId] | None = None
    """Id of the key for the registry."""
    logs: Input[KeyId] | None = None
    """Id of the key for flow logs and for the exported bill."""
    default: Input[VaultKeyId] | None = None
    """Id of the key for all uses that are absent here. None by default."""
    identity_id: Input[IdentityId] | None = None
    """Id of an existing identity that may use these keys (Key Vault Crypto Service Encryption User), for owners who
    grant access themselves, and for a Managed HSM. By default the site creates identities and grants each its key, for
    which the deploying identity needs Role Based Access Control Administrator on the keys."""
    endpoint: bool = True
    """Whether the site creates a private endpoint of the Key Vault of `secrets`. Set it to false where the site's
    network reaches the vault and resolves its name already."""

    def _problems(self) -> Iterator[Problem]:
        for use in ("disks", "vaults", "files", "registry", "logs"):
            yield from identity_problems(use, getattr(self, use), "identity_id", self.identity_id)
        if not self.endpoint and self.secrets_key is None:
            yield Problem("endpoint", False, "true unless `secrets` or `default` names a key", "remove it")
        if self.identity_id is not None and not self.is_used:
            allowed = "nothing unless a use names a key"
            yield Problem("identity_id", str(self.identity_id), allowed, "remove it, or name a key")

    @property
    def is_used(self) -> bool:
        """Whether any key exists."""
        uses = (self.disks, self.secrets, self.vaults, self.files, self.registry, self.logs, self.default)
        return any(key is not None for key in uses)

    @property
    def disks_key(self) -> pulumi.Input[str] | None:
        """Id of the existing key for disks, if any."""
        return self.default if self.disks is None else self.disks

    @property
    def secrets_key(self) -> pulumi.Input[str] | None:
        """Id of the existing key for Kubernetes secrets, if any."""
        return self.default if self.secrets is None else self.secrets

    @property
    def vaults_key(self) -> pulumi.Input[str] | None:
        """Id of the existing key for vaults, if any."""
        return self.default if self.vaults is None else self.vaults

    @property
    def files_key(self) -> pulumi.Input[str] | None:
        """Id of the existing key for shared files, if any."""
        return self.default if self.files is None else self.files

    @property
    def registry_key(self) -> pulumi.Input[str] | None:
        """Id of the existing key for the registry, if any."""
        return self.default if self.registry is None else self.registry

    @property
    def logs_key(self) -> pulumi.Input[str] | None:
        """Id of the existing key for flow logs and the exported bill, if any."""
        return self.default if self.logs is None else self.logs
