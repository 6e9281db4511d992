"""How the pods of a tenant get into the vaults of their site: by an identity of the cloud, without a key."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import pulumi

from falaj.components.core.validation.enums import Purpose
from falaj.components.settings.workloads import Use


@dataclass(frozen=True)
class AccessGrant:
    """Access of a workload to vaults: `parts` must exist before its pods, `client_id` is the annotation of its service
    account on Azure."""

    parts: Sequence[pulumi.Resource] = ()
    client_id: pulumi.Output[str] | None = None


class Doors(Protocol):
    """The vaults of a site, for those who may in."""

    @property
    def exported(self) -> object:
        """What the stack of a tenant needs to make the same; no secret is in it."""
        ...

    def grant_access(
        self, name: str, namespace: str, account: str, uses: Mapping[str, Use], tags: Mapping[str, str]
    ) -> AccessGrant:
        """Grant the pods of a service account access to the folders that they use, by purpose."""
        ...


class DeclaredDoors:
    """Vaults of a store of one's own: whoever runs it lets pods in."""

    @property
    def exported(self) -> object:
        """Nothing."""
        return {}

    def grant_access(
        self, name: str, namespace: str, account: str, uses: Mapping[str, Use], tags: Mapping[str, str]
    ) -> AccessGrant:
        """Nothing is made."""
        return AccessGrant()


@dataclass(frozen=True)
class AwsDoors:
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
        """Through an IAM role, by EKS Pod Identity."""
        from falaj.components.aws.identity.vault_access import VaultAccess, VaultAccessArgs, VaultGrant

        grants: dict[str, VaultGrant] = {}
        for purpose, use in uses.items():
            bucket, key = self.vaults[purpose]
            grants[purpose] = VaultGrant(bucket_name=bucket, bucket_key=key, folder=use.folder)
        access = VaultAccess(
            f"{name}-access",
            VaultAccessArgs(
                region=self.region,
                cluster_name=self.cluster_name,
                namespace=namespace,
                service_account=account,
                vaults=grants,
                writes=written(uses),
                tags=tags,
            ),
            pulumi.ResourceOptions(providers=[self.provider], depends_on=list(self.after)),
        )
        return AccessGrant([access])


@dataclass(frozen=True)
class AzureDoors:
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
        """Id of each container, and the resource group that they are in."""
        containers = {purpose: {"container": container} for purpose, container in self.vaults.items()}
        return {"group": {"name": self.group_name, "id": self.group_id}, "vaults": containers}

    def grant_access(
        self, name: str, namespace: str, account: str, uses: Mapping[str, Use], tags: Mapping[str, str]
    ) -> AccessGrant:
        """Through an identity that Entra gives for the cluster's token of the account."""
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
    """Purposes that are written as well."""
    return [Purpose(purpose) for purpose, use in uses.items() if use.writes]
