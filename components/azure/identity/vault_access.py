"""What the pods of one service account may do in vaults, and through which identity they get it."""

from collections.abc import Collection, Mapping, Sequence
from typing import Annotated, NotRequired, TypedDict

import pulumi
from pulumi_azure_native.managedidentity import FederatedIdentityCredential, UserAssignedIdentity
from pydantic import Field

from falaj.components.azure.common.location import Placed
from falaj.components.azure.identity.blob_roles import DATA_READER, grant_on_container, writer_role
from falaj.components.core.storage.replication import AZURE_AUDIENCE
from falaj.components.core.storage.vault_access import CheckedWorkload, Folder
from falaj.components.core.validation.args import Checked, Passed
from falaj.components.core.validation.enums import Purpose

CREDENTIAL = "pods"
"""Name of the credential: an identity of ours has one."""


class VaultGrant(TypedDict):
    """One vault, or a folder of one."""

    container_id: pulumi.Input[str]
    """Id of the container: `container_id` of a `Vault`."""
    folder: NotRequired[str]
    """Folder below which the pods see blobs, such as `tenants/treasury`; the whole vault if absent."""


class VaultAccessArgs(TypedDict):
    """Arguments of a `VaultAccess`."""

    region: str
    """A region of Azure in the UAE."""
    resource_group_name: pulumi.Input[str]
    """Resource group of the identity; the vaults are in it too."""
    resource_group_id: pulumi.Input[str]
    """Id of that group."""
    oidc_issuer_url: pulumi.Input[str]
    """Issuer of the tokens of the cluster that the pods run in."""
    namespace: str
    """Their namespace."""
    service_account: str
    """Their service account. It need not be there yet."""
    vaults: Mapping[str, VaultGrant]
    """What they read, by purpose: `datasets`, `checkpoints`, `models` or `artifacts`."""
    writes: NotRequired[Sequence[Purpose]]
    """Purposes that they write as well; none if absent."""
    tags: Mapping[str, str]
    """The mandatory cost tags."""


class _Grant(Checked):
    container_id: Passed[str]
    folder: Folder | None = None


class _Checked(Placed, CheckedWorkload):
    resource_group_id: Passed[str]
    oidc_issuer_url: Passed[str]
    vaults: Annotated[dict[Purpose, _Grant], Field(min_length=1)]

    @property
    def purposes(self) -> Collection[Purpose]:
        return self.vaults.keys()


class VaultAccess(pulumi.ComponentResource):
    """An identity for the pods of one service account, with a role on each container and no secret.

    Who writes may delete a blob too, but neither a former version of it nor a container. Azure takes up to ten
    minutes until a new grant holds everywhere (learn.microsoft.com, troubleshooting Azure RBAC). Pods need the label
    `azure.workload.identity/use` and their account `client_id` as annotation.
    """

    client_id: pulumi.Output[str]
    """Client id of the identity, once it may do its work."""
    service_account: pulumi.Output[str]
    """The service account."""

    def __init__(self, name: str, args: VaultAccessArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        settings = _Checked.of(name, args)
        super().__init__("falaj:azure:VaultAccess", name, {}, opts)
        child = pulumi.ResourceOptions(parent=self)
        identity = UserAssignedIdentity(
            f"{name}-identity",
            location=settings.region,
            resource_group_name=settings.resource_group_name,
            tags=settings.tags,
            opts=child,
        )
        credential = FederatedIdentityCredential(
            f"{name}-pods",
            resource_group_name=settings.resource_group_name,
            resource_name_=identity.name,
            federated_identity_credential_resource_name=CREDENTIAL,
            issuer=settings.oidc_issuer_url,
            subject=settings.subject,
            audiences=[AZURE_AUDIENCE],
            opts=child,
        )
        granted = [credential.id, *(grant.id for grant in self._grants(name, settings, identity))]
        self.client_id = pulumi.Output.all(identity.client_id, *granted).apply(lambda made: made[0])
        self.service_account = pulumi.Output.from_input(settings.service_account)
        self.register_outputs({"client_id": self.client_id, "service_account": self.service_account})

    def _grants(self, name: str, settings: _Checked, identity: UserAssignedIdentity) -> list[pulumi.CustomResource]:
        child = pulumi.ResourceOptions(parent=self)
        writer = writer_role(f"{name}-writer", settings.resource_group_id, child, True) if settings.writes else None
        made: list[pulumi.CustomResource] = []
        for purpose, grant in settings.vaults.items():
            role = writer if purpose in settings.writes else None
            made.append(
                grant_on_container(
                    f"{name}-{purpose.value}-{'writes' if role else 'reads'}",
                    role[1] if role else DATA_READER,
                    identity.principal_id,
                    grant.container_id,
                    pulumi.ResourceOptions(parent=self, depends_on=[role[0]] if role else []),
                    grant.folder,
                )
            )
        return made
