"""Reach of a private AKS cluster's API server from the machine that runs the deployment: its name, then its address.

AKS links the zone of the API server's name to the nodes' network only, whether it creates the zone or is given one
(azure-aks-docs private-clusters.md, hub and spoke with custom DNS, 2026-08-05). A public API server is reached from
everywhere: its authorized addresses are not emulated.
"""

from __future__ import annotations

from falaj.sandbox.clouds.kubernetes.connection import UNREACHABLE, managed_cluster, server
from falaj.sandbox.clouds.spec import CloudState, InventoryItem, Operation
from falaj.sandbox.clouds.values import get_all, get_path, get_str
from falaj.sandbox.runner import Runner, runner

_CLUSTER = "azure-native:containerservice:ManagedCluster"


def out_of_reach(op: Operation) -> str | None:
    """Returns the error if the run does not reach the API server of its AKS cluster, or None."""
    run = runner()
    cluster = None if run.inside else managed_cluster(op)
    if cluster is None or cluster.type != _CLUSTER:
        return None
    address = server(op.config)
    error = _error(op.state, cluster, address.removeprefix("https://").partition(":")[0], run)
    return f'{UNREACHABLE}Get "{address}/version": {error}' if error else None


def _error(state: CloudState, cluster: InventoryItem, host: str, run: Runner) -> str | None:
    # The kubernetes plug-in needs the networks of Azure only here, and they take long to import.
    from falaj.sandbox.clouds.azure.connectivity import connected, network_of, network_with, networks_of_zone, resolves

    access = get_path(cluster.inputs, "apiServerAccessProfile")
    if get_path(access, "enablePrivateCluster") is not True:
        return None
    subnets = get_all(cluster.inputs, "agentPoolProfiles[*].vnetSubnetID")
    home = network_of(str(subnets[0])) if subnets else ""
    here = network_with(state, str(run.address)) if run.address else None
    zone = get_str(access, "privateDNSZone")
    linked = {home} | (networks_of_zone(state, zone) if zone.startswith("/") else set())
    in_public_dns = (
        get_path(access, "enablePrivateClusterPublicFQDN") is True and get_str(cluster.outputs, "fqdn") == host
    )
    if not in_public_dns and (here is None or not resolves(state, here, linked)):
        return f"dial tcp: lookup {host}: no such host"
    if here is None or not connected(state, here, home):
        return f"dial tcp {host}:443: i/o timeout"
    return None
