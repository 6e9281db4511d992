"""Workload identity: access of tenants' pods to the vaults of their site, without a stored key."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import pulumi

from falaj.components.core.validation.enums import Purpose
from falaj.components.settings.workloads import Use


@dataclass(frozen=True)
class AccessGrant:
    """Access that was granted to a workload."""

    resources: Sequence[pulumi.Resource] = ()
    """Resources that the workload must depend on."""
    client_id: pulumi.Output[str] | None = None
    """Client id of its managed identity, an annotation of its service account (Azure)."""


class WorkloadIdentity(Protocol):
    """The vaults of a site, and the mechanism by which service accounts get access to them."""

    @property
    def exported(self) -> object:
        """What a tenant's own stack needs to grant access; it contains no secret."""
        ...

    def grant_access(
        self, name: str, namespace: str, account: str, uses: Mapping[str, Use], tags: Mapping[str, str]
    ) -> AccessGrant:
        """Grant the pods of a service account access to the folders that they use, by purpose."""
        ...


class DeclaredWorkloadIdentity:
    """Vaults of a store of your own, whose operator grants access."""

    @property
    def exported(self) -> object:
        """None."""
        return {}

    def grant_access(
        self, name: str, namespace: str, account: str, uses: Mapping[str, Use], tags: Mapping[str, str]
    ) -> AccessGrant:
        """No resource is created."""
        return AccessGrant()


@dataclass(frozen=True)
class AwsWorkloadIdentity:
    """Vaults on AWS: name and key of each bucket by purpose."""

    region: str
    cluster_name: pulumi.Input[str]
    vaults: Mapping[str, tuple[pulumi.Input[str], pulumi.Input[str]]]
    provider: pulumi.ProviderResource
    after: Sequence[pulumi.Resource] = field(default=())

    @property
    def exported(self) -> object:
        """Name and key of each bucket."""
        return {"vaults": {purpose: {"bucket": bucket, "key": key} for purpose, (bucket, key) in self.vaults.items()}}

    def grant_access(
        self, name: str, namespace: str, account: str, uses: Mapping[str, Use], tags: Mapping[str, str]
    ) -> AccessGrant:
        """By a role that EKS Pod Identity associates with the service account."""
        from falaj.components.aws.identity.vault_access import VaultAccess, VaultGrant

        grants: dict[str, VaultGrant] = {}
        for purpose, use in uses.items():
            bucket, key = self.vaults[purpose]
            grant: VaultGrant = {"bucket_name": bucket, "bucket_key": key}
            grants[purpose] = {**grant, "folder": use.folder} if use.folder else grant
        access = VaultAccess(
            f"{name}-access",
            {
                "region": self.region,
                "cluster_name": self.cluster_name,
                "namespace": namespace,
                "service_account": account,
                "vaults": grants,
                "writes": written(uses),
                "tags": tags,
            },
            pulumi.ResourceOptions(providers=[self.provider], depends_on=list(self.after)),
        )
        return AccessGrant([access])


@dataclass(frozen=True)
class AzureWorkloadIdentity:
    """Vaults on Azure: id of each container by purpose."""

    region: str
    group_name: pulumi.Input[str]
    group_id: pulumi.Input[str]
    oidc_issuer_url: pulumi.Input[str]
    vaults: Mapping[str, pulumi.Input[str]]
    provider: pulumi.ProviderResource
    after: Sequence[pulumi.Resource] = field(default=())

    @property
    def exported(self) -> object:
        """Id of each container, and their resource group."""
        containers = {purpose: {"container": container} for purpose, container in self.vaults.items()}
        return {"group": {"name": self.group_name, "id": self.group_id}, "vaults": containers}

    def grant_access(
        self, name: str, namespace: str, account: str, uses: Mapping[str, Use], tags: Mapping[str, str]
    ) -> AccessGrant:
        """By a managed identity that trusts the service account's tokens of this cluster."""
        from falaj.components.azure.identity.vault_access import VaultAccess, VaultGrant

        grants: dict[str, VaultGrant] = {}
        for purpose, use in uses.items():
            grant: VaultGrant = {"container_id": self.vaults[purpose]}
            grants[purpose] = {**grant, "folder": use.folder} if use.folder else grant
        access = VaultAccess(
            f"{name}-access",
            {
                "region": self.region,
                "resource_group_name": self.group_name,
                "resource_group_id": self.group_id,
                "oidc_issuer_url": self.oidc_issuer_url,
                "namespace": namespace,
                "service_account": account,
                "vaults": grants,
                "writes": written(uses),
                "tags": tags,
            },
            pulumi.ResourceOptions(providers=[self.provider], depends_on=list(self.after)),
        )
        return AccessGrant([access], access.client_id)


def written(uses: Mapping[str, Use]) -> list[Purpose]:
    """Purposes that are written to."""
    return [Purpose(purpose) for purpose, use in uses.items() if use.writes]
