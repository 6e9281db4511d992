"""Identities on a site: access of tenants' pods to its vaults without stored credentials, and of deployers to its
cluster."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import pulumi

from falaj.components.core.validation.enums import Purpose
from falaj.components.settings.workloads import Use


@dataclass(frozen=True)
class AccessGrant:
    """Access to vaults that was granted to a workload."""

    resources: Sequence[pulumi.Resource] = ()
    """Resources that the workload must depend on."""
    client_id: pulumi.Output[str] | None = None
    """Client id of the workload's managed identity, which annotates its service account (Azure only)."""


class WorkloadIdentity(Protocol):
    """Grants service accounts access to the vaults of a site, and deployers access to its cluster."""

    @property
    def exported(self) -> object:
        """Output from which a tenant's own stack grants access; it contains no secret."""
        ...

    def grant_access(
        self, name: str, namespace: str, account: str, uses: Mapping[str, Use], tags: Mapping[str, str]
    ) -> AccessGrant:
        """Grants the pods of a service account access to the folders that they use; `uses` is by vault purpose."""
        ...

    def deployer_group(
        self, name: str, tenant: str, deployer: pulumi.Input[str], tags: Mapping[str, str]
    ) -> pulumi.Input[str]:
        """Lets who deploys a tenant's workloads sign in to the cluster, without any right on it; returns the Kubernetes
        group that it then has."""
        ...


class DeclaredWorkloadIdentity:
    """Vaults in an on-premises object store, whose operator grants access outside this stack."""

    @property
    def exported(self) -> object:
        """Empty: a tenant's stack cannot grant access to the store."""
        return {}

    def grant_access(
        self, name: str, namespace: str, account: str, uses: Mapping[str, Use], tags: Mapping[str, str]
    ) -> AccessGrant:
        """Returns an empty grant; no resource is created."""
        return AccessGrant()

    def deployer_group(
        self, name: str, tenant: str, deployer: pulumi.Input[str], tags: Mapping[str, str]
    ) -> pulumi.Input[str]:
        """Returns the deployer, which is a group of the cluster's identity provider."""
        return deployer


def written(uses: Mapping[str, Use]) -> list[Purpose]:
    """Returns the purposes that the workload writes to."""
    return [Purpose(purpose) for purpose, use in uses.items() if use.writes]
