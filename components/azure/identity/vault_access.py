"""Access of the pods of one Kubernetes service account to vaults, through workload identity."""

from collections.abc import Iterable, Mapping, Sequence

import pulumi
from pulumi_azure_native import authorization
from pulumi_azure_native.managedidentity import FederatedIdentityCredential, UserAssignedIdentity
from pydantic import Field

from falaj.components.azure.common.args import ResourceGroupIdArgs
from falaj.components.azure.identity.blob_roles import grant_on_container, writer_role
from falaj.components.azure.identity.custom_roles import CustomRole
from falaj.components.azure.identity.identities import user_assigned_identity
from falaj.components.azure.identity.propagation import RESOURCE_MANAGER_SECONDS, effective, once_effective
from falaj.components.core.site.azure_role_ids import Role
from falaj.components.core.storage.replication import AZURE_AUDIENCE
from falaj.components.core.storage.vault_access import Folder, write_problems
from falaj.components.core.validation.args import Accepts, Input, Spec, default
from falaj.components.core.validation.enums import Purpose
from falaj.components.core.validation.names import Label
from falaj.components.core.validation.problems import Problem

CREDENTIAL = "pods"
"""Name of the federated credential; each identity has one."""


class VaultGrant(Spec):
    """Access to one vault, or to one folder in it."""

    container_id: Input[str]
    """Id of the vault's container: output `container_id` of `Vault`."""
    folder: Input[Folder] | None = None
    """Folder that the access is limited to, such as `tenants/treasury`; the whole vault if absent."""


class VaultAccessArgs(ResourceGroupIdArgs):
    """Arguments of `VaultAccess`: access of one Kubernetes service account to vaults in the same resource group."""

    oidc_issuer_url: Input[str]
    """OIDC issuer URL of the cluster that the pods run in: output `oidc_issuer_url` of `Cluster`."""
    namespace: Input[Label]
    """Kubernetes namespace of the pods."""
    service_account: Input[Label]
    """Kubernetes service account of the pods. It need not exist yet."""
    vaults: Accepts[Mapping[Purpose, VaultGrant], Mapping[Purpose, VaultGrant] | Mapping[str, VaultGrant]] = Field(
        min_length=1
    )
    """Vaults that the pods may read, by purpose: `datasets`, `checkpoints`, `models` or `artifacts`."""
    writes: Accepts[Sequence[Purpose], Sequence[Purpose | str]] = default(())
    """Purposes of `vaults` that the pods may also write to. None by default."""

    def _problems(self) -> Iterable[Problem]:
        return write_problems(self.writes, self.vaults)

    @property
    def subject(self) -> pulumi.Output[str]:
        """The `sub` claim of the service account's tokens."""
        return pulumi.Output.concat("system:serviceaccount:", self.namespace, ":", self.service_account)


class VaultAccess(pulumi.ComponentResource):
    """A managed identity for the pods of one service account, with a role on each vault's container and no secret.

    Pods with write access may also delete blobs, but neither previous versions nor containers. Pods need the label
    `azure.workload.identity/use`, and their service account needs `client_id` as an annotation.
    """

    client_id: pulumi.Output[str]
    """Client id of the identity, available once its role assignments have taken effect, five minutes after they are
    created."""
    service_account: pulumi.Output[str]
    """Name of the service account."""

    def __init__(self, name: str, args: VaultAccessArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        args = VaultAccessArgs.of(name, args)
        super().__init__("falaj:azure:VaultAccess", name, {}, opts)
        child = pulumi.ResourceOptions(parent=self)
        identity = user_assigned_identity(f"{name}-identity", args, child)
        credential = FederatedIdentityCredential(
            f"{name}-pods",
            resource_group_name=args.resource_group_name,
            resource_name_=identity.name,
            federated_identity_credential_resource_name=CREDENTIAL,
            issuer=args.oidc_issuer_url,
            subject=args.subject,
            audiences=[AZURE_AUDIENCE],
            opts=child,
        )
        roles = self._roles(name, args, identity)
        self.client_id = once_effective(identity.client_id, roles, [credential.id])
        self.service_account = pulumi.Output.from_input(args.service_account)
        self.register_outputs({"client_id": self.client_id, "service_account": self.service_account})

    def _roles(
        self, name: str, args: VaultAccessArgs, identity: UserAssignedIdentity
    ) -> list[authorization.RoleAssignment]:
        child = pulumi.ResourceOptions(parent=self)
        writer = writer_role(f"{name}-writer", args.resource_group_id, child, True) if args.writes else None
        return [
            self._role(name, purpose, grant, identity, writer if purpose in args.writes else None)
            for purpose, grant in args.vaults.items()
        ]

    def _role(
        self, name: str, purpose: Purpose, grant: VaultGrant, identity: UserAssignedIdentity, writer: CustomRole | None
    ) -> authorization.RoleAssignment:
        return grant_on_container(
            f"{name}-{purpose.value}-{'writes' if writer else 'reads'}",
            writer.guid if writer else Role.STORAGE_BLOB_DATA_READER.value,
            identity.principal_id,
            grant.container_id,
            pulumi.ResourceOptions(
                parent=self, depends_on=[effective(writer.definition, RESOURCE_MANAGER_SECONDS)] if writer else []
            ),
            grant.folder,
        )
