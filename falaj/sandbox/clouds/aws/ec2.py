"""EC2: networks, addresses, security groups, launch templates."""

from __future__ import annotations

from falaj.sandbox.clouds.aws import launching, network
from falaj.sandbox.clouds.rows import InUse, Naming, Row

_ARN = "arn:aws:ec2:{region}:{account}:"
_BUSY = "DependencyViolation: The {kind} '{{id}}' has dependencies and cannot be deleted. ({{user_type}} {{user}})"


def _busy(kind: str, *types: str) -> InUse:
    return InUse(types, _BUSY.format(kind=kind))


VPC, SUBNET = "aws:ec2/vpc:Vpc", "aws:ec2/subnet:Subnet"
ROUTE_TABLE, ASSOCIATION = "aws:ec2/routeTable:RouteTable", "aws:ec2/routeTableAssociation:RouteTableAssociation"
INTERNET_GATEWAY, NAT = "aws:ec2/internetGateway:InternetGateway", "aws:ec2/natGateway:NatGateway"
ENDPOINT, GROUP = "aws:ec2/vpcEndpoint:VpcEndpoint", "aws:ec2/securityGroup:SecurityGroup"
CLUSTER, NODE_GROUP = "aws:eks/cluster:Cluster", "aws:eks/nodeGroup:NodeGroup"
INSTANCE = "aws:ec2/instance:Instance"
FILE_DOORS = ("aws:efs/mountTarget:MountTarget", "aws:fsx/lustreFileSystem:LustreFileSystem")

_NETWORKS = (
    Row(
        VPC,
        id="vpc-{hex17}",
        outputs={
            "arn": _ARN + "vpc/{id}",
            "defaultNetworkAclId": "acl-{hex17}",
            "defaultRouteTableId": "rtb-{hex17}",
            "mainRouteTableId": "rtb-{hex17}",
            "defaultSecurityGroupId": "sg-{hex17}",
            "dhcpOptionsId": "dopt-{hex17}",
            "enableDnsSupport": True,
            "instanceTenancy": "default",
        },
        handles=("{defaultSecurityGroupId}", "{defaultRouteTableId}", "{defaultNetworkAclId}"),
        replace=("cidrBlock", "ipv4IpamPoolId", "region"),
        creating=(network.vpc_range,),
        in_use=(_busy("vpc", SUBNET, INTERNET_GATEWAY, GROUP, ENDPOINT, ROUTE_TABLE, NAT),),
        enums={"instanceTenancy": ("default", "dedicated")},
    ),
    Row(
        SUBNET,
        id="subnet-{hex17}",
        outputs=network.subnet_outputs,
        replace=("vpcId", "cidrBlock", "availabilityZone", "availabilityZoneId", "region"),
        creating=(network.subnet_range, network.subnet_zone),
        in_use=(_busy("subnet", NAT, ENDPOINT, CLUSTER, NODE_GROUP, INSTANCE, *FILE_DOORS),),
    ),
    Row(
        INTERNET_GATEWAY,
        id="igw-{hex17}",
        outputs={"arn": _ARN + "internet-gateway/{id}"},
        replace=("region",),
        creating=(network.one_internet_gateway,),
        deleting=(network.gateway_has_addresses,),
    ),
    Row(
        NAT,
        id="nat-{hex17}",
        outputs=network.nat_outputs,
        replace=("allocationId", "connectivityType", "subnetId", "privateIp", "region"),
        creating=(network.nat_needs_address,),
        enums={"connectivityType": ("private", "public")},
    ),
    Row(
        "aws:ec2/eip:Eip",
        id="eipalloc-{hex17}",
        outputs={
            "arn": _ARN + "elastic-ip/{id}",
            "allocationId": "{id}",
            "publicIp": "3.28.{host}.{host}",
            "publicDns": "ec2-3-28-{host}-{host}.{region}.compute.amazonaws.com",
            "domain": "vpc",
            "publicIpv4Pool": "amazon",
            "networkBorderGroup": "{region}",
        },
        replace=("domain", "region", "publicIpv4Pool"),
        in_use=(InUse((NAT, INSTANCE), "InvalidIPAddress.InUse: Address with allocation id [{id}] is in use."),),
        enums={"domain": ("vpc", "standard")},
    ),
    Row(
        ENDPOINT,
        id="vpce-{hex17}",
        outputs={
            "arn": _ARN + "vpc-endpoint/{id}",
            "state": "available",
            "vpcEndpointType": "Gateway",
            "policy": '{{"Statement":[{{"Action":"*","Effect":"Allow","Principal":"*","Resource":"*"}}]}}',
            "prefixListId": "pl-{hex8}",
            "cidrBlocks": ["3.28.{host}.0/24"],
            "ipAddressType": "ipv4",
            "serviceRegion": "{region}",
            "dnsEntries": [{"dnsName": "{id}.vpce.amazonaws.com", "hostedZoneId": "Z{hex17}"}],
        },
        replace=("vpcId", "serviceName", "vpcEndpointType", "region"),
        creating=(network.endpoint_service, network.endpoint_policy, network.one_private_name),
        enums={"vpcEndpointType": ("Gateway", "Interface", "GatewayLoadBalancer", "Resource", "ServiceNetwork")},
    ),
    Row(
        "aws:ec2/flowLog:FlowLog",
        id="fl-{hex17}",
        outputs={"arn": _ARN + "vpc-flow-log/{id}", "logFormat": "${{version}} ${{account-id}} ${{interface-id}}"},
        replace=(
            "vpcId",
            "subnetId",
            "eniId",
            "trafficType",
            "logDestination",
            "logDestinationType",
            "iamRoleArn",
            "maxAggregationInterval",
            "region",
        ),
        enums={
            "logDestinationType": ("cloud-watch-logs", "s3", "kinesis-data-firehose"),
            "trafficType": ("ACCEPT", "ALL", "REJECT"),
        },
    ),
)

_ROUTING = (
    Row(
        ROUTE_TABLE,
        id="rtb-{hex17}",
        outputs={"arn": _ARN + "route-table/{id}", "propagatingVgws": [], "routes": []},
        replace=("vpcId", "region"),
        in_use=(_busy("routeTable", ASSOCIATION),),
    ),
    Row(
        ASSOCIATION,
        id="rtbassoc-{hex17}",
        replace=("subnetId", "gatewayId", "region"),
        creating=(network.one_association,),
    ),
    Row(
        "aws:ec2/route:Route",
        id="r-{routeTableId}{digits12}",
        outputs={"origin": "CreateRoute", "state": "active"},
        replace=(
            "routeTableId",
            "destinationCidrBlock",
            "destinationIpv6CidrBlock",
            "destinationPrefixListId",
            "region",
        ),
        creating=(network.one_route,),
    ),
)

_RULE = {
    "outputs": {"arn": _ARN + "security-group-rule/{id}", "securityGroupRuleId": "{id}"},
    "replace": ("securityGroupId", "region"),
    "creating": (network.one_rule,),
}
_GROUPS = (
    Row(
        GROUP,
        id="sg-{hex17}",
        naming=Naming("name"),
        outputs={"arn": _ARN + "security-group/{id}", "description": "Managed by Pulumi", "egress": [], "ingress": []},
        replace=("name", "namePrefix", "description", "vpcId", "region"),
        creating=(network.one_group_name,),
        in_use=(_busy("resource", ENDPOINT, CLUSTER, INSTANCE, *FILE_DOORS),),
        deleting=(network.group_is_referenced, launching.group_on_machines),
    ),
    Row(
        "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
        id=network.default_group_id,
        outputs={
            "arn": _ARN + "security-group/{id}",
            "name": "default",
            "description": "default VPC security group",
            "egress": [],
            "ingress": [],
        },
        replace=("vpcId", "region"),
    ),
    Row("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", id="sgr-{hex17}", **_RULE),
    Row("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule", id="sgr-{hex17}", **_RULE),
)

_MACHINES = (
    Row(
        "aws:ec2/launchTemplate:LaunchTemplate",
        id="lt-{hex17}",
        naming=Naming("name", longest=125),
        outputs={
            "arn": _ARN + "launch-template/{id}",
            "latestVersion": 1,
            "defaultVersion": 1,
            "metadataOptions": {"httpEndpoint": "enabled", "httpTokens": "required", "httpPutResponseHopLimit": 2},
        },
        replace=("name", "namePrefix", "region"),
        taken="InvalidLaunchTemplateName.AlreadyExistsException: Launch template name already in use.",
        renewed=("latestVersion",),
        creating=(network.template_key, launching.groups_once),
        after=network.new_template_version,
        enums={
            "instanceMarketOptions.marketType": launching.MARKET_TYPES,
            "networkInterfaces[*].interfaceType": launching.INTERFACE_TYPES,
            "capacityReservationSpecification.capacityReservationPreference": (
                "open",
                "none",
                "capacity-reservations-only",
            ),
        },
    ),
    Row(
        launching.RESERVATION,
        id="cr-{hex17}",
        outputs={"arn": _ARN + "capacity-reservation/{id}", "ownerId": "{account}"},
        replace=("instanceType", "instancePlatform", "availabilityZone", "tenancy", "region"),
        creating=(network.subnet_zone,),
        enums={"endDateType": ("unlimited", "limited"), "instanceMatchCriteria": ("open", "targeted")},
    ),
    Row(
        launching.PLACEMENT,
        naming=Naming("name"),
        outputs={"arn": _ARN + "placement-group/{name}", "placementGroupId": "pg-{hex17}"},
        replace=("name", "strategy", "partitionCount", "spreadLevel", "region"),
        taken="InvalidPlacementGroup.Duplicate: The Placement Group '{name}' already exists.",
        deleting=(launching.placement_in_use,),
        enums={"strategy": ("cluster", "partition", "spread")},
    ),
)
ROWS = (*_NETWORKS, *_ROUTING, *_GROUPS, *_MACHINES)
