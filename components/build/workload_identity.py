"""Workload identity: access of tenants' pods to the vaults of their site, without a stored key."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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


def written(uses: Mapping[str, Use]) -> list[Purpose]:
    """Purposes that are written to."""
    return [Purpose(purpose) for purpose, use in uses.items() if use.writes]
