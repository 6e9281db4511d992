"""Azure identities of the copy jobs that replicate vaults between the clouds: one for each purpose."""

from collections.abc import Mapping
from typing import ClassVar

import pulumi
from pulumi_azure_native import authorization
from pulumi_azure_native.managedidentity import FederatedIdentityCredential, UserAssignedIdentity
from pydantic import Field

from falaj.components.azure.common.args import ResourceGroupIdArgs
from falaj.components.azure.identity.blob_roles import grant_on_container, writer_role
from falaj.components.azure.identity.identities import user_assigned_identity
from falaj.components.azure.identity.propagation import RESOURCE_MANAGER_SECONDS, effective, once_effective
from falaj.components.core.site.azure_role_ids import Role
from falaj.components.core.storage.replication import AZURE_AUDIENCE, Direction, subject
from falaj.components.core.validation.args import Accepts, Choice, Input, Spec
from falaj.components.core.validation.enums import Purpose


class ContainerFlow(Spec):
    """A blob container that is the source or the target of a copy."""

    direction: Choice[Direction]
    """Direction of the copy: `to-azure` writes to the container, `to-aws` reads from it."""
    container_id: Input[str]
    """Id of the container."""


class ReplicaAccessArgs(ResourceGroupIdArgs):
    """Arguments of `ReplicaAccess`: copies between containers of the resource group and another cloud."""

    moved_keys: ClassVar[Mapping[str, str]] = {"issuer_url": "oidc_issuer_url"}

    oidc_issuer_url: Input[str]
    """OIDC issuer URL of the cluster that the copy jobs run in."""
    flows: Accepts[Mapping[Purpose, ContainerFlow], Mapping[Purpose, ContainerFlow] | Mapping[str, ContainerFlow]] = (
        Field(min_length=1)
    )
    """Containers to copy, by purpose: `checkpoints`, `models`, `datasets` or `artifacts`."""


class ReplicaAccess(pulumi.ComponentResource):
    """Creates a managed identity for each purpose, federated with one service account. Each has one role on one
    container, and no secret."""

    client_ids: pulumi.Output[Mapping[str, str]]
    """Client id of each identity, by purpose."""
    tenant_id: pulumi.Output[str]
    """Id of the Entra tenant of the identities."""

    def __init__(self, name: str, args: ReplicaAccessArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        args = ReplicaAccessArgs.of(name, args)
        super().__init__("falaj:azure:ReplicaAccess", name, {}, opts)
        child = pulumi.ResourceOptions(parent=self)
        identities = {purpose: _identity(f"{name}-{purpose.value}", purpose, args, child) for purpose in args.flows}
        roles = self._roles(name, args, identities)
        self.client_ids = pulumi.Output.all(
            **{
                purpose.value: once_effective(identity.client_id, [roles[purpose]])
                for purpose, identity in identities.items()
            }
        )
        self.tenant_id = next(iter(identities.values())).tenant_id
        self.register_outputs({"client_ids": self.client_ids, "tenant_id": self.tenant_id})

    def _roles(
        self, name: str, args: ReplicaAccessArgs, identities: Mapping[Purpose, UserAssignedIdentity]
    ) -> dict[Purpose, authorization.RoleAssignment]:
        child = pulumi.ResourceOptions(parent=self)
        writes = any(flow.direction is Direction.TO_AZURE for flow in args.flows.values())
        shared = writer_role(f"{name}-writer", args.resource_group_id, child) if writes else None
        writer_ready = [effective(shared.definition, RESOURCE_MANAGER_SECONDS)] if shared else []
        roles: dict[Purpose, authorization.RoleAssignment] = {}
        for purpose, flow in args.flows.items():
            writer = shared if flow.direction is Direction.TO_AZURE else None
            roles[purpose] = grant_on_container(
                f"{name}-{purpose.value}-{'writes' if writer else 'reads'}",
                writer.guid if writer else Role.STORAGE_BLOB_DATA_READER.value,
                identities[purpose].principal_id,
                flow.container_id,
                pulumi.ResourceOptions(parent=self, depends_on=writer_ready if writer else []),
            )
        return roles


def _identity(
    name: str, purpose: Purpose, args: ReplicaAccessArgs, opts: pulumi.ResourceOptions
) -> UserAssignedIdentity:
    identity = user_assigned_identity(f"{name}-identity", args, opts)
    FederatedIdentityCredential(
        f"{name}-pods",
        resource_group_name=args.resource_group_name,
        resource_name_=identity.name,
        federated_identity_credential_resource_name=f"replicate-{purpose.value}",
        issuer=args.oidc_issuer_url,
        subject=subject(purpose),
        audiences=[AZURE_AUDIENCE],
        opts=opts,
    )
    return identity
