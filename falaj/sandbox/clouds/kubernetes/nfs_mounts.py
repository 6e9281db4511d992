"""Claims of an NFS share of Azure Files: whether the driver binds them, nodes can mount it, and anyone can write.

The real cluster leaves such a claim pending, or binds it and its pods wait in ContainerCreating. Here the claim is
refused with the driver's message.
"""

from __future__ import annotations

from ipaddress import IPv4Network, ip_network

from falaj.sandbox.clouds.kubernetes.connection import cluster_key, managed_cluster
from falaj.sandbox.clouds.spec import InventoryItem, Operation
from falaj.sandbox.clouds.values import Json, get_all, get_path, get_str

CLAIM = "kubernetes:core/v1:PersistentVolumeClaim"
_CLASS = "kubernetes:storage.k8s.io/v1:StorageClass"
_ACCOUNT, _SHARE = "azure-native:storage:StorageAccount", "azure-native:storage:FileShare"
_ENDPOINT, _SUBNET = "azure-native:network:PrivateEndpoint", "azure-native:network:Subnet"
_SECURITY_GROUP = "azure-native:network:NetworkSecurityGroup"

NFS_PORT = 2049
"""TCP port of NFS, also over TLS (AZNFS-mount, src/nfsv4mountscript.sh, CONNECT_PORT, 2026-11)."""


def share_mounts(op: Operation) -> str | None:
    """Checks that the nodes reach the share of a claim, and that its files can be written."""
    classes = op.state.find(_CLASS, scope=cluster_key(op.config), name=get_str(op.inputs, "spec.storageClassName"))
    for item in classes:
        parameters = get_path(item.inputs, "parameters")
        if get_str(item.inputs, "provisioner") == "file.csi.azure.com" and get_str(parameters, "protocol") == "nfs":
            return _unprovisioned(parameters) or _unreachable(op, parameters) or _read_only(op, parameters)
    return None


def _unprovisioned(parameters: Json) -> str | None:
    """Unless the class names private endpoints, the driver adds a service endpoint to every subnet of the nodes'
    network, which the cluster's identity may not read (azurefile-csi-driver 7b5ae18, controllerserver.go and azure.go,
    updateSubnetServiceEndpoints, 2026-08; azure-aks-docs create-volume-azure-files.md)."""
    if get_str(parameters, "storageAccount") and get_str(parameters, "networkEndpointType") != "privateEndpoint":
        return (
            "failed to provision volume with StorageClass: rpc error: code = Internal desc = update service endpoints "
            "failed with error: failed to list the subnets of the nodes' network: AuthorizationFailed: the cluster's "
            "identity does not have authorization to perform action 'Microsoft.Network/virtualNetworks/subnets/read'"
        )
    return None


def _unreachable(op: Operation, parameters: Json) -> str | None:
    name = get_str(parameters, "storageAccount")
    account = next((item for item in op.state.find_in_any_cloud(_ACCOUNT) if item.name == name), None)
    nodes = _node_block(op)
    if account is None or nodes is None:
        return None
    groups = [group for endpoint in _endpoints(op, account) for group in [_security_group(op, endpoint)] if group]
    if all(_lets_in(group, nodes) for group in groups):
        return None
    return (
        f'MountVolume.MountDevice failed for volume "{op.name}": rpc error: code = Internal desc = mount with proxy '
        f"failed: {name}.file.core.windows.net: connection timed out on port {NFS_PORT} (network security group "
        f"{groups[0].name})"
    )


def _read_only(op: Operation, parameters: Json) -> str | None:
    """With root squash, the driver, which is root, can neither open the directory to others nor change its group
    (azurefile-csi-driver 003de68, nodeserver.go: chmodIfPermissionMismatch, SetVolumeOwnership, 2026-08)."""
    account, share = (get_str(parameters, key) for key in ("storageAccount", "shareName"))
    for item in op.state.find_in_any_cloud(_SHARE):
        is_it = (get_str(item.inputs, "accountName"), item.name) == (account, share)
        if is_it and get_str(item.inputs, "rootSquash") in ("RootSquash", "AllSquash"):
            return f'MountVolume.SetUp failed for volume "{op.name}": chmod {share}: operation not permitted'
    return None


def _node_block(op: Operation) -> IPv4Network | None:
    cluster = managed_cluster(op)
    ids = [str(id_).lower() for id_ in get_all(cluster.inputs if cluster else {}, "agentPoolProfiles[*].vnetSubnetID")]
    subnet = next((item for item in op.state.find_in_any_cloud(_SUBNET) if item.id.lower() in ids), None)
    network = ip_network(get_str(subnet.inputs, "addressPrefix")) if subnet else None
    return network if isinstance(network, IPv4Network) else None


def _endpoints(op: Operation, account: InventoryItem) -> list[InventoryItem]:
    path = "privateLinkServiceConnections[*].privateLinkServiceId"
    return [
        item
        for item in op.state.find_in_any_cloud(_ENDPOINT)
        if account.id.lower() in [str(target).lower() for target in get_all(item.inputs, path)]
    ]


def _security_group(op: Operation, endpoint: InventoryItem) -> InventoryItem | None:
    """Returns the network security group that applies to an endpoint; None if its subnet exempts endpoints."""
    wanted = get_str(endpoint.inputs, "subnet.id").lower()
    subnet = next((item for item in op.state.find_in_any_cloud(_SUBNET) if item.id.lower() == wanted), None)
    if subnet is None or get_str(subnet.inputs, "privateEndpointNetworkPolicies") not in (
        "Enabled",
        "NetworkSecurityGroupEnabled",
    ):
        return None
    group_id = get_str(subnet.inputs, "networkSecurityGroup.id").lower()
    return next((item for item in op.state.find_in_any_cloud(_SECURITY_GROUP) if item.id.lower() == group_id), None)


def _lets_in(group: InventoryItem, nodes: IPv4Network) -> bool:
    """Returns whether the first inbound rule for NFS from the nodes allows it; without one, a network's own traffic is
    allowed (Azure, default security rules)."""
    rules = [rule for rule in get_all(group.inputs, "securityRules[*]") if get_str(rule, "direction") == "Inbound"]
    for rule in sorted(rules, key=lambda rule: float(str(get_path(rule, "priority")))):
        if _applies(rule, nodes):
            return get_str(rule, "access") == "Allow"
    return True


def _applies(rule: Json, nodes: IPv4Network) -> bool:
    if get_str(rule, "protocol").lower() not in ("*", "tcp"):
        return False
    ports, sources = (
        [get_str(rule, single), *(str(item) for item in get_all(rule, f"{several}[*]"))]
        for single, several in (
            ("destinationPortRange", "destinationPortRanges"),
            ("sourceAddressPrefix", "sourceAddressPrefixes"),
        )
    )
    return any(_has_port(port) for port in ports) and any(_covers(source, nodes) for source in sources)


def _has_port(ports: str) -> bool:
    if ports == "*":
        return True
    first, _, last = ports.partition("-")
    return first.isdigit() and int(first) <= NFS_PORT <= int(last or first)


def _covers(source: str, nodes: IPv4Network) -> bool:
    if source in ("*", "VirtualNetwork"):
        return True
    network = ip_network(source) if source[:1].isdigit() else None
    return isinstance(network, IPv4Network) and nodes.subnet_of(network)
