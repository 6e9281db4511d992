"""EC2: networks, Elastic IP addresses, security groups, launch templates."""

from __future__ import annotations

from falaj.sandbox.clouds.aws import connections, flow_logs, launch_templates, vpc
from falaj.sandbox.clouds.aws.zones import with_zone_id
from falaj.sandbox.clouds.spec import Naming, ResourceType, UsedBy

_ARN = "arn:aws:ec2:{region}:{account}:"
_BUSY = "DependencyViolation: The {kind} '{{id}}' has dependencies and cannot be deleted. ({{user_type}} {{user}})"


def _busy(kind: str, *types: str) -> UsedBy:
    return UsedBy(types, _BUSY.format(kind=kind))


VPC, SUBNET = "aws:ec2/vpc:Vpc", "aws:ec2/subnet:Subnet"
ROUTE_TABLE, ASSOCIATION = "aws:ec2/routeTable:RouteTable", "aws:ec2/routeTableAssociation:RouteTableAssociation"
INTERNET_GATEWAY, NAT = "aws:ec2/internetGateway:InternetGateway", "aws:ec2/natGateway:NatGateway"
ENDPOINT, GROUP = "aws:ec2/vpcEndpoint:VpcEndpoint", "aws:ec2/securityGroup:SecurityGroup"
CLUSTER, NODE_GROUP = "aws:eks/cluster:Cluster", "aws:eks/nodeGroup:NodeGroup"
INSTANCE = "aws:ec2/instance:Instance"
FILE_SYSTEM_INTERFACES = ("aws:efs/mountTarget:MountTarget", "aws:fsx/lustreFileSystem:LustreFileSystem")

_NETWORKS = (
    ResourceType(
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
        replace_on_changes=("cidrBlock", "ipv4IpamPoolId", "region"),
        write_rules=(vpc.vpc_range,),
        used_by=(_busy("vpc", SUBNET, INTERNET_GATEWAY, GROUP, ENDPOINT, ROUTE_TABLE, NAT),),
        enums={"instanceTenancy": ("default", "dedicated")},
    ),
    ResourceType(
        SUBNET,
        id="subnet-{hex17}",
        outputs=vpc.subnet_outputs,
        normalise=with_zone_id,
        replace_on_changes=("vpcId", "cidrBlock", "availabilityZone", "availabilityZoneId", "region"),
        write_rules=(vpc.subnet_range, vpc.subnet_zone),
        used_by=(_busy("subnet", NAT, ENDPOINT, CLUSTER, NODE_GROUP, INSTANCE, *FILE_SYSTEM_INTERFACES),),
    ),
    ResourceType(
        INTERNET_GATEWAY,
        id="igw-{hex17}",
        outputs={"arn": _ARN + "internet-gateway/{id}"},
        replace_on_changes=("region",),
        write_rules=(vpc.one_internet_gateway_per_vpc,),
        delete_rules=(vpc.no_mapped_addresses,),
    ),
    ResourceType(
        NAT,
        id="nat-{hex17}",
        outputs=vpc.nat_outputs,
        replace_on_changes=("allocationId", "connectivityType", "subnetId", "privateIp", "region"),
        write_rules=(vpc.nat_address,),
    ),
    ResourceType(
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
        replace_on_changes=("domain", "region", "publicIpv4Pool"),
        used_by=(UsedBy((NAT, INSTANCE), "InvalidIPAddress.InUse: Address with allocation id [{id}] is in use."),),
    ),
    ResourceType(
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
        replace_on_changes=("vpcId", "serviceName", "vpcEndpointType", "region"),
        write_rules=(vpc.endpoint_service, vpc.endpoint_policy, vpc.private_dns_unique),
    ),
    ResourceType(
        "aws:ec2/flowLog:FlowLog",
        id="fl-{hex17}",
        outputs={"arn": _ARN + "vpc-flow-log/{id}", "logFormat": "${{version}} ${{account-id}} ${{interface-id}}"},
        replace_on_changes=(
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
        write_rules=(flow_logs.flow_log_role, flow_logs.flow_log_interval, flow_logs.flow_log_bucket),
    ),
)

_ROUTING = (
    ResourceType(
        ROUTE_TABLE,
        id="rtb-{hex17}",
        outputs={"arn": _ARN + "route-table/{id}", "propagatingVgws": [], "routes": []},
        replace_on_changes=("vpcId", "region"),
        used_by=(_busy("routeTable", ASSOCIATION),),
    ),
    ResourceType(
        ASSOCIATION,
        id="rtbassoc-{hex17}",
        replace_on_changes=("subnetId", "gatewayId", "region"),
        write_rules=(vpc.one_route_table_per_subnet,),
    ),
    ResourceType(
        "aws:ec2/route:Route",
        id="r-{routeTableId}{digits12}",
        outputs={"origin": "CreateRoute", "state": "active"},
        replace_on_changes=(
            "routeTableId",
            "destinationCidrBlock",
            "destinationIpv6CidrBlock",
            "destinationPrefixListId",
            "region",
        ),
        write_rules=(vpc.route_unique, connections.route_target_attached),
    ),
)


def _security_group_rule(token: str) -> ResourceType:
    return ResourceType(
        token,
        id="sgr-{hex17}",
        outputs={"arn": _ARN + "security-group-rule/{id}", "securityGroupRuleId": "{id}"},
        replace_on_changes=("securityGroupId", "region"),
        write_rules=(vpc.rule_unique,),
    )


_GROUPS = (
    ResourceType(
        GROUP,
        id="sg-{hex17}",
        naming=Naming("name"),
        outputs={"arn": _ARN + "security-group/{id}", "description": "Managed by Pulumi", "egress": [], "ingress": []},
        replace_on_changes=("name", "namePrefix", "description", "vpcId", "region"),
        write_rules=(vpc.group_name_unique,),
        used_by=(_busy("resource", ENDPOINT, CLUSTER, INSTANCE, *FILE_SYSTEM_INTERFACES),),
        delete_rules=(vpc.group_not_referenced, launch_templates.security_group_not_in_use),
    ),
    ResourceType(
        "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
        id=vpc.default_group_id,
        outputs={
            "arn": _ARN + "security-group/{id}",
            "name": "default",
            "description": "default VPC security group",
            "egress": [],
            "ingress": [],
        },
        replace_on_changes=("vpcId", "region"),
    ),
    _security_group_rule("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"),
    _security_group_rule("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule"),
)

_MACHINES = (
    ResourceType(
        "aws:ec2/launchTemplate:LaunchTemplate",
        id="lt-{hex17}",
        naming=Naming("name", max_length=125),
        outputs={
            "arn": _ARN + "launch-template/{id}",
            "latestVersion": 1,
            "defaultVersion": 1,
            "metadataOptions": {"httpEndpoint": "enabled", "httpTokens": "required", "httpPutResponseHopLimit": 2},
        },
        replace_on_changes=("name", "namePrefix", "region"),
        already_exists="InvalidLaunchTemplateName.AlreadyExistsException: Launch template name already in use.",
        changed_by_updates=("latestVersion",),
        write_rules=(vpc.volume_key, launch_templates.security_groups_given_once),
        after_write=vpc.increment_template_version,
        enums={
            "instanceMarketOptions.marketType": launch_templates.MARKET_TYPES,
            "networkInterfaces[*].interfaceType": launch_templates.INTERFACE_TYPES,
        },
    ),
    ResourceType(
        launch_templates.RESERVATION,
        id="cr-{hex17}",
        outputs={"arn": _ARN + "capacity-reservation/{id}", "ownerId": "{account}"},
        replace_on_changes=("instanceType", "instancePlatform", "availabilityZone", "tenancy", "region"),
        write_rules=(vpc.subnet_zone,),
        enums={"endDateType": ("unlimited", "limited"), "instanceMatchCriteria": ("open", "targeted")},
    ),
    ResourceType(
        launch_templates.PLACEMENT_GROUP,
        naming=Naming("name"),
        outputs={"arn": _ARN + "placement-group/{name}", "placementGroupId": "pg-{hex17}"},
        replace_on_changes=("name", "strategy", "partitionCount", "spreadLevel", "region"),
        already_exists="InvalidPlacementGroup.Duplicate: The Placement Group '{name}' already exists.",
        delete_rules=(launch_templates.placement_group_not_in_use,),
        enums={"strategy": ("cluster", "partition", "spread")},
    ),
)
RESOURCE_TYPES = (*_NETWORKS, *_ROUTING, *_GROUPS, *_MACHINES)
