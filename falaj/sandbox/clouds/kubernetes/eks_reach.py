"""Reach of an EKS cluster's API server from the machine that runs the deployment.

A private endpoint resolves to addresses of the VPC everywhere; packets arrive from elsewhere only if the subnets of the
control plane have a route back, and the cluster security group admits the address on port 443 (EKS User Guide, cluster
API server endpoint, "private only API server"; read 2026-11-26). Otherwise the connection times out.
"""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import IPv4Address, IPv4Network

from falaj.sandbox.clouds.spec import InventoryItem, Operation
from falaj.sandbox.clouds.values import Props, get_all, get_path, get_str
from falaj.sandbox.runner import Runner

_INGRESS = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"
_ROUTE, _ASSOCIATION = "aws:ec2/route:Route", "aws:ec2/routeTableAssociation:RouteTableAssociation"
_OUTSIDE_TARGETS = ("transitGatewayId", "vpcPeeringConnectionId", "gatewayId", "networkInterfaceId", "vpcEndpointId")
_INTERNET = IPv4Network("0.0.0.0/0")


def timeout(op: Operation, cluster: InventoryItem, runner: Runner) -> str | None:
    """Returns the error of a runner whose packets do not arrive (pulumi-kubernetes, provider.go: schema of the API
    server; the wording of such time-outs is in aws-load-balancer-controller#2991), or None."""
    if runner.inside or _public(cluster, runner) or _private(op, cluster, runner):
        return None
    endpoint = get_str(cluster.outputs, "endpoint")
    return (
        "configured Kubernetes cluster is unreachable: unable to load schema information from the API server: "
        f'Get "{endpoint}/openapi/v2?timeout=32s": dial tcp {_endpoint_address(op, cluster)}:443: i/o timeout'
    )


def _public(cluster: InventoryItem, runner: Runner) -> bool:
    if get_path(cluster.inputs, "vpcConfig.endpointPublicAccess") is False:
        return False
    blocks = [IPv4Network(str(block)) for block in get_all(cluster.inputs, "vpcConfig.publicAccessCidrs[*]")]
    if runner.address is None:
        return not blocks or _INTERNET in blocks
    return any(runner.address in block for block in blocks or [_INTERNET])


def _private(op: Operation, cluster: InventoryItem, runner: Runner) -> bool:
    """Returns whether the private endpoint answers the runner's address."""
    address = runner.address
    if address is None or get_path(cluster.inputs, "vpcConfig.endpointPrivateAccess") is not True:
        return False
    return _admitted(op, cluster, address) and all(
        _has_route_back(op, subnet, address) for subnet in _subnets(op, cluster)
    )


def _admitted(op: Operation, cluster: InventoryItem, address: IPv4Address) -> bool:
    """Returns whether a rule of the cluster security group admits HTTPS from the address."""
    group = get_str(cluster.outputs, "vpcConfig.clusterSecurityGroupId")
    return any(
        get_str(rule.inputs, "securityGroupId") == group and _admits_https(rule.inputs, address)
        for rule in op.state.find_in_any_cloud(_INGRESS)
    )


def _admits_https(rule: Props, address: IPv4Address) -> bool:
    block = get_str(rule, "cidrIpv4")
    if not block or address not in IPv4Network(block):
        return False
    first, last = rule.get("fromPort"), rule.get("toPort")
    has_ports = isinstance(first, int | float) and isinstance(last, int | float)
    return get_str(rule, "ipProtocol") == "-1" or (has_ports and first <= 443 <= last)  # type: ignore[operator]


def _has_route_back(op: Operation, subnet: InventoryItem, address: IPv4Address) -> bool:
    """Returns whether packets from the subnet reach the address: it is in the VPC, or a route leads to it."""
    vpc = next((vpc for vpc in _of_type(op, "aws:ec2/vpc:Vpc") if vpc.id == get_str(subnet.inputs, "vpcId")), None)
    if vpc is not None and address in IPv4Network(get_str(vpc.outputs, "cidrBlock")):
        return True
    tables = {
        get_str(association.inputs, "routeTableId")
        for association in _of_type(op, _ASSOCIATION)
        if get_str(association.inputs, "subnetId") == subnet.id
    } or {get_str(vpc.outputs, "mainRouteTableId") if vpc else ""}
    return any(
        get_str(route.inputs, "routeTableId") in tables
        and address in IPv4Network(get_str(route.inputs, "destinationCidrBlock") or "255.255.255.255/32")
        and any(get_str(route.inputs, target) for target in _OUTSIDE_TARGETS)
        for route in _of_type(op, _ROUTE)
    )


def _subnets(op: Operation, cluster: InventoryItem) -> list[InventoryItem]:
    ids = set(get_all(cluster.inputs, "vpcConfig.subnetIds[*]"))
    return [subnet for subnet in _of_type(op, "aws:ec2/subnet:Subnet") if subnet.id in ids]


def _endpoint_address(op: Operation, cluster: InventoryItem) -> str:
    """Returns an address of the private endpoint: one of the first subnet, after the five that AWS reserves."""
    blocks: Iterator[str] = (get_str(subnet.inputs, "cidrBlock") for subnet in _subnets(op, cluster))
    return str(IPv4Network(next(blocks, "10.0.0.0/28"))[5])


def _of_type(op: Operation, token: str) -> list[InventoryItem]:
    return op.state.find_in_any_cloud(token)
