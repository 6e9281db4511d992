"""Which role has created an emulated EKS cluster, if a provider has assumed one: the emulated AWS records it, and the
emulated API server then does not take a run for its deployer that has not assumed the role itself."""

from __future__ import annotations

from falaj.sandbox.clouds.spec import CloudState, InventoryItem


def record_creator(state: CloudState, cluster: InventoryItem, role: str) -> None:
    """Records the assumed role that creates a cluster."""
    state.remember(_key(cluster), role)


def assumed_creator(state: CloudState, cluster: InventoryItem) -> str | None:
    """Returns the assumed role that created a cluster; None if its creator had assumed none."""
    return state.recall(_key(cluster))


def _key(cluster: InventoryItem) -> str:
    return f"creator of {cluster.urn} {cluster.created_at}"
