"""Access of the pods of one Kubernetes service account to vaults, by workload identity."""

from collections.abc import Mapping, Sequence
from typing import Self

import pulumi
from pulumi_azure_native import authorization
from pulumi_azure_native.managedidentity import FederatedIdentityCredential, UserAssignedIdentity
from pydantic import Field, model_validator

from falaj.components.azure.common.args import ResourceGroupIdArgs
from falaj.components.azure.identity.blob_roles import DATA_READER, WriterRole, grant_on_container, writer_role
from falaj.components.azure.identity.identities import user_assigned_identity
from falaj.components.core.storage.replication import AZURE_AUDIENCE
from falaj.components.core.storage.vault_access import Folder
from falaj.components.core.validation.args import Accepts, Input, Spec, default
from falaj.components.core.validation.enums import Purpose
from falaj.components.core.validation.names import Label
from falaj.components.core.validation.problems import Problem, refuse_if

CREDENTIAL = "pods"
"""Name of the federated credential: an identity of ours has one."""


class VaultGrant(Spec):
    """Access to one vault, or to a folder of it."""

    container_id: Input[str]
    """Id of the container: `container_id` of a `Vault`."""
    folder: Folder | None = None
    """Folder below which the pods see blobs, such as `tenants/treasury`; the whole vault if absent."""


class VaultAccessArgs(ResourceGroupIdArgs):
    """Access of one Kubernetes service account to vaults, which are in the same resource group."""

    oidc_issuer_url: Input[str]
    """OIDC issuer of the cluster that the pods run in: an output of `Cluster`."""
    namespace: Input[Label]
    """Namespace of the pods."""
    service_account: Input[Label]
    """Service account of the pods. It need not exist yet."""
    vaults: Accepts[Mapping[Purpose, VaultGrant], Mapping[Purpose, VaultGrant] | Mapping[str, VaultGrant]] = Field(
        min_length=1
    )
    """What the pods read, by purpose: `datasets`, `checkpoints`, `models` or `artifacts`."""
    writes: Accepts[Sequence[Purpose], Sequence[Purpose | str]] = default(())
    """Purposes that the pods write to as well."""

    @model_validator(mode="after")
    def _writes_are_granted(self) -> Self:
        granted = ", ".join(sorted(purpose.value for purpose in self.vaults))
        refuse_if(
            Problem("writes", purpose.value, granted, "add the vault to `vaults`, or remove it here")
            for purpose in self.writes
            if purpose not in self.vaults
        )
        return self

    @property
    def subject(self) -> pulumi.Output[str]:
        """The `sub` of the service account's tokens."""
        return pulumi.Output.concat("system:serviceaccount:", self.namespace, ":", self.service_account)


class VaultAccess(pulumi.ComponentResource):
    """An identity for the pods of one service account, with a role on each container and no secret.

    Pods that write may delete a blob too, but neither a former version of it nor a container. A new role assignment
    takes up to ten minutes to hold everywhere (learn.microsoft.com, troubleshooting Azure RBAC). Pods need the label
    `azure.workload.identity/use`, and their service account `client_id` as annotation.
    """

    client_id: pulumi.Output[str]
    """Client id of the identity, available once its roles are assigned."""
    service_account: pulumi.Output[str]
    """The service account."""

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
        assigned = [credential.id, *(role.id for role in self._roles(name, args, identity))]
        self.client_id = pulumi.Output.all(identity.client_id, *assigned).apply(lambda outputs: outputs[0])
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
        self, name: str, purpose: Purpose, grant: VaultGrant, identity: UserAssignedIdentity, writer: WriterRole | None
    ) -> authorization.RoleAssignment:
        return grant_on_container(
            f"{name}-{purpose.value}-{'writes' if writer else 'reads'}",
            writer.guid if writer else DATA_READER,
            identity.principal_id,
            grant.container_id,
            pulumi.ResourceOptions(parent=self, depends_on=[writer.definition] if writer else []),
            grant.folder,
        )
