"""Who the pods are that copy vaults between the clouds, on Azure's side: one identity for each purpose."""

from collections.abc import Mapping
from typing import Annotated, TypedDict

import pulumi
from pulumi_azure_native.managedidentity import FederatedIdentityCredential, UserAssignedIdentity
from pydantic import Field

from falaj.components.azure.common.location import Placed
from falaj.components.azure.identity.blob_roles import DATA_READER, grant_on_container, writer_role
from falaj.components.core.storage.replication import AZURE_AUDIENCE, Direction, subject
from falaj.components.core.validation.args import Checked, Passed
from falaj.components.core.validation.enums import Purpose


class ContainerFlow(TypedDict):
    """One container that is copied from or to."""

    direction: Direction
    """`to-azure` writes the container, `to-aws` reads it."""
    container_id: pulumi.Input[str]
    """Id of the container."""


class ReplicaAccessArgs(TypedDict):
    """Arguments of a `ReplicaAccess`."""

    region: str
    """A region of Azure in the UAE."""
    resource_group_name: pulumi.Input[str]
    """Resource group of the identities; the accounts are in it too."""
    resource_group_id: pulumi.Input[str]
    """Id of that group."""
    issuer_url: pulumi.Input[str]
    """Issuer of the cluster's tokens."""
    flows: Mapping[str, ContainerFlow]
    """What is copied, by purpose: `checkpoints`, `models`, `datasets` or `artifacts`."""
    tags: Mapping[str, str]
    """The mandatory cost tags."""


class _Flow(Checked):
    direction: Direction
    container_id: Passed[str]


class _Checked(Placed):
    resource_group_id: Passed[str]
    issuer_url: Passed[str]
    flows: Annotated[dict[Purpose, _Flow], Field(min_length=1)]


class ReplicaAccess(pulumi.ComponentResource):
    """For each purpose an identity that one service account has, with one role on one container and no secret."""

    client_ids: pulumi.Output[Mapping[str, str]]
    """Client id of each identity by purpose."""
    tenant_id: pulumi.Output[str]
    """The Entra tenant that the identities are in."""

    def __init__(self, name: str, args: ReplicaAccessArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        settings = _Checked.of(name, args)
        super().__init__("falaj:azure:ReplicaAccess", name, {}, opts)
        child = pulumi.ResourceOptions(parent=self)
        identities = {
            purpose: _identity(f"{name}-{purpose.value}", purpose, settings, child) for purpose in settings.flows
        }
        grants = self._grants(name, settings, identities)
        self.client_ids = pulumi.Output.all(
            # Whoever has the client id has an identity that may do its work.
            **{
                purpose.value: pulumi.Output.all(identity.client_id, grants[purpose].id).apply(lambda made: made[0])
                for purpose, identity in identities.items()
            }
        )
        self.tenant_id = next(iter(identities.values())).tenant_id
        self.register_outputs({"client_ids": self.client_ids, "tenant_id": self.tenant_id})

    def _grants(
        self, name: str, settings: _Checked, identities: Mapping[Purpose, UserAssignedIdentity]
    ) -> dict[Purpose, pulumi.CustomResource]:
        child = pulumi.ResourceOptions(parent=self)
        writes = any(flow.direction is Direction.TO_AZURE for flow in settings.flows.values())
        writer = writer_role(f"{name}-writer", settings.resource_group_id, child) if writes else None
        made = {}
        for purpose, flow in settings.flows.items():
            target = writer if flow.direction is Direction.TO_AZURE else None
            made[purpose] = grant_on_container(
                f"{name}-{purpose.value}-{'writes' if target else 'reads'}",
                target[1] if target else DATA_READER,
                identities[purpose].principal_id,
                flow.container_id,
                pulumi.ResourceOptions(parent=self, depends_on=[target[0]] if target else []),
            )
        return made


def _identity(name: str, purpose: Purpose, settings: _Checked, opts: pulumi.ResourceOptions) -> UserAssignedIdentity:
    identity = UserAssignedIdentity(
        f"{name}-identity",
        location=settings.region,
        resource_group_name=settings.resource_group_name,
        tags=settings.tags,
        opts=opts,
    )
    FederatedIdentityCredential(
        f"{name}-pods",
        resource_group_name=settings.resource_group_name,
        resource_name_=identity.name,
        federated_identity_credential_resource_name=f"replicate-{purpose.value}",
        issuer=settings.issuer_url,
        subject=subject(purpose),
        audiences=[AZURE_AUDIENCE],
        opts=opts,
    )
    return identity
