"""Subnets of a site's network and their network security groups."""

from collections.abc import Sequence
from typing import TypedDict

import pulumi
from pulumi_azure_native import network

from falaj.components.azure.common.args import ResourceGroupArgs
from falaj.components.core.network.cidr import Layout

NFS_OVER_TLS = "2049"
"""TCP port of Azure Files for NFS, with and without TLS (AZNFS-mount, src/nfsv4mountscript.sh, CONNECT_PORT; 2026-11).
The mount comes from the node, not from a pod."""


class SubnetRoutes(TypedDict):
    """Routes of outbound traffic from the nodes' subnet."""

    nat_gateway: network.SubResourceArgs | None
    """NAT gateway of the subnet, if any."""
    route_table: network.RouteTableArgs | None
    """Custom route table of the subnet, if any."""


def subnets(
    name: str,
    args: ResourceGroupArgs,
    blocks: Layout,
    vnet: network.VirtualNetwork,
    routes: SubnetRoutes,
    opts: pulumi.ResourceOptions,
) -> dict[str, network.Subnet]:
    """Creates the subnets `nodes`, `control-plane` and `endpoints`; one of each, because they span all zones."""
    by_kind: dict[str, network.Subnet] = {}
    for kind, subnet in _inputs(name, args, blocks, vnet, routes, opts).items():
        subnet.subnet_name = kind
        # Create subnets one at a time: Azure refuses a change of a network while another is in progress.
        after_others = pulumi.ResourceOptions(parent=opts.parent, depends_on=list(by_kind.values()))
        by_kind[kind] = network.Subnet(f"{name}-{kind}", subnet, after_others)
    return by_kind


def _inputs(
    name: str,
    args: ResourceGroupArgs,
    blocks: Layout,
    vnet: network.VirtualNetwork,
    routes: SubnetRoutes,
    opts: pulumi.ResourceOptions,
) -> dict[str, network.SubnetInitArgs]:
    internal = _security_group(f"{name}-internal", args, [_DENY_INTERNET], opts)
    nfs = _rule("allow-nfs-from-nodes", 110, str(blocks.nodes[0]), NFS_OVER_TLS, allow=True)
    endpoint_rules = [_ALLOW_HTTPS_FROM_NETWORK, nfs, _DENY_OTHERS]
    endpoints = _security_group(f"{name}-private-endpoints", args, endpoint_rules, opts)
    return {
        "nodes": network.SubnetInitArgs(
            address_prefix=str(blocks.nodes[0]),
            network_security_group=network.NetworkSecurityGroupArgs(id=internal.id),
            **routes,
            **_common(args, vnet),
        ),
        "control-plane": network.SubnetInitArgs(
            address_prefix=str(blocks.control_plane[0]),
            network_security_group=network.NetworkSecurityGroupArgs(id=internal.id),
            delegations=[network.DelegationArgs(name="aks", service_name="Microsoft.ContainerService/managedClusters")],
            **_common(args, vnet),
        ),
        "endpoints": network.SubnetInitArgs(
            address_prefix=str(blocks.endpoints[0]),
            network_security_group=network.NetworkSecurityGroupArgs(id=endpoints.id),
            # Without this, network security groups do not apply to traffic to private endpoints.
            private_endpoint_network_policies=network.VirtualNetworkPrivateEndpointNetworkPolicies.ENABLED,
            **_common(args, vnet),
        ),
    }


class _CommonInputs(TypedDict):
    resource_group_name: pulumi.Input[str]
    virtual_network_name: pulumi.Input[str]
    default_outbound_access: bool


def _common(args: ResourceGroupArgs, vnet: network.VirtualNetwork) -> _CommonInputs:
    return {
        "resource_group_name": args.resource_group_name,
        "virtual_network_name": vnet.name,
        # Default outbound access uses a public address owned by Azure, and is being retired.
        "default_outbound_access": False,
    }


def _rule(name: str, priority: int, source: str, ports: str, allow: bool) -> network.SecurityRuleArgs:
    access = network.SecurityRuleAccess.ALLOW if allow else network.SecurityRuleAccess.DENY
    return network.SecurityRuleArgs(
        name=name,
        priority=priority,
        direction=network.SecurityRuleDirection.INBOUND,
        access=access,
        protocol=network.SecurityRuleProtocol.TCP if allow else network.SecurityRuleProtocol.ASTERISK,
        source_address_prefix=source,
        source_port_range="*",
        destination_address_prefix="*",
        destination_port_range=ports,
    )


_DENY_INTERNET = _rule("deny-internet", 4096, "Internet", "*", allow=False)
_ALLOW_HTTPS_FROM_NETWORK = _rule("allow-https-from-network", 100, "VirtualNetwork", "443", allow=True)
_DENY_OTHERS = _rule("deny-everything-else", 4096, "*", "*", allow=False)


def _security_group(
    name: str, args: ResourceGroupArgs, rules: Sequence[network.SecurityRuleArgs], opts: pulumi.ResourceOptions
) -> network.NetworkSecurityGroup:
    return network.NetworkSecurityGroup(
        name,
        location=args.region,
        resource_group_name=args.resource_group_name,
        security_rules=rules,
        tags=args.tags,
        opts=opts,
    )
