"""Lookups of networks that exist: VPCs, subnets, VPC endpoints. The inventory answers them."""

from __future__ import annotations

from ipaddress import IPv4Network

from falaj.sandbox.clouds.aws.account import ACCOUNT, region_of
from falaj.sandbox.clouds.aws.connections import BLOCK
from falaj.sandbox.clouds.spec import CloudError, InventoryItem, InvokeOperation
from falaj.sandbox.clouds.values import Json, Props, get_str

_VPC, _SUBNET, _ENDPOINT = "aws:ec2/vpc:Vpc", "aws:ec2/subnet:Subnet", "aws:ec2/vpcEndpoint:VpcEndpoint"


def vpc(op: InvokeOperation) -> Props:
    """Returns a VPC by its ID. Raises `CloudError` if it does not exist (terraform-provider-aws, data source
    aws_vpc)."""
    item = _lookup(op, _VPC, "EC2 VPC")
    blocks = [get_str(item.outputs, "cidrBlock")]
    blocks += [
        get_str(other.inputs, "cidrBlock")
        for other in op.state.find(BLOCK)
        if get_str(other.inputs, "vpcId") == item.id
    ]
    associations: list[Json] = [
        {"associationId": f"vpc-cidr-assoc-{index}", "cidrBlock": block, "state": "associated"}
        for index, block in enumerate(blocks)
    ]
    return {
        **_common(op, item),
        "cidrBlock": blocks[0],
        "cidrBlockAssociations": associations,
        "enableDnsSupport": item.outputs.get("enableDnsSupport") is not False,
        "enableDnsHostnames": item.outputs.get("enableDnsHostnames") is True,
        "mainRouteTableId": get_str(item.outputs, "mainRouteTableId"),
        "default": False,
    }


def subnet(op: InvokeOperation) -> Props:
    """Returns a subnet by its ID. Raises `CloudError` if it does not exist."""
    item = _lookup(op, _SUBNET, "EC2 Subnet")
    block = get_str(item.outputs, "cidrBlock")
    return {
        **_common(op, item),
        "availabilityZone": get_str(item.outputs, "availabilityZone"),
        "availabilityZoneId": get_str(item.outputs, "availabilityZoneId"),
        "availableIpAddressCount": IPv4Network(block).num_addresses - 5,
        "cidrBlock": block,
        "mapPublicIpOnLaunch": item.outputs.get("mapPublicIpOnLaunch") is True,
        "vpcId": get_str(item.inputs, "vpcId"),
    }


def vpc_endpoint(op: InvokeOperation) -> Props:
    """Returns a VPC endpoint by its ID, in the VPC and for the service that are named."""
    item = _lookup(op, _ENDPOINT, "EC2 VPC Endpoint")
    for name in ("vpcId", "serviceName"):
        if get_str(op.args, name) not in ("", get_str(item.inputs, name)):
            raise CloudError("no matching EC2 VPC Endpoint found")
    return {
        **_common(op, item),
        "vpcId": get_str(item.inputs, "vpcId"),
        "serviceName": get_str(item.inputs, "serviceName"),
        "vpcEndpointType": get_str(item.outputs, "vpcEndpointType"),
        "cidrBlocks": item.outputs.get("cidrBlocks"),
        "prefixListId": get_str(item.outputs, "prefixListId"),
    }


def _lookup(op: InvokeOperation, token: str, name: str) -> InventoryItem:
    region = region_of(op.args, op.config)
    item = op.state.by_id(token, get_str(op.args, "id"), f"{ACCOUNT}/{region}")
    if item is None:
        raise CloudError(f"no matching {name} found")
    return item


def _common(op: InvokeOperation, item: InventoryItem) -> Props:
    return {
        "id": item.id,
        "arn": get_str(item.outputs, "arn"),
        "ownerId": ACCOUNT,
        "region": region_of(op.args, op.config),
        "state": "available",
        "tags": item.outputs.get("tagsAll") or item.outputs.get("tags") or {},
    }


INVOKES = {
    "aws:ec2/getVpc:getVpc": vpc,
    "aws:ec2/getSubnet:getSubnet": subnet,
    "aws:ec2/getVpcEndpoint:getVpcEndpoint": vpc_endpoint,
}
