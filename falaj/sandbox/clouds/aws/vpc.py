"""Validation by the EC2 network API, and outputs that depend on other resources."""

from __future__ import annotations

from collections.abc import Mapping
from ipaddress import IPv4Network, ip_network

from falaj.sandbox.clouds.aws.connections import BLOCK
from falaj.sandbox.clouds.aws.iam import has_statements
from falaj.sandbox.clouds.aws.zones import usable_zones, zone_id_of, zones_of
from falaj.sandbox.clouds.spec import InventoryItem, Operation
from falaj.sandbox.clouds.values import Props, get_all, get_path, get_str

_SUBNET = "aws:ec2/subnet:Subnet"
_NAT = "aws:ec2/natGateway:NatGateway"


def vpc_range(op: Operation) -> str | None:
    """Checks that the CIDR block of a VPC is IPv4, from /16 to /28."""
    block = get_str(op.inputs, "cidrBlock")
    network = _network(block)
    if block and network is None:
        return f"InvalidParameterValue: Value ({block}) for parameter cidrBlock is invalid: not a valid CIDR block."
    if network is not None and not 16 <= network.prefixlen <= 28:
        return f"InvalidVpc.Range: The CIDR '{block}' is invalid."
    return None


def subnet_range(op: Operation) -> str | None:
    """Checks that the CIDR block of a subnet lies inside its VPC and overlaps no other subnet."""
    block = get_str(op.inputs, "cidrBlock")
    network = _network(block)
    vpc = op.state.by_handle(get_str(op.inputs, "vpcId"))
    if vpc is None or not block:
        return None
    outer = _network(get_str(vpc.outputs, "cidrBlock"))
    blocks = [outer] if outer else []
    blocks += [secondary for item in op.state.referrers(vpc, BLOCK) if (secondary := _cidr(item))]
    inside = not blocks or any(network.subnet_of(one) for one in blocks if network is not None)
    if network is None or not 16 <= network.prefixlen <= 28 or not inside:
        return f"InvalidSubnet.Range: The CIDR '{block}' is invalid."
    for other in op.state.referrers(vpc, _SUBNET):
        other_network = _network(get_str(other.inputs, "cidrBlock"))
        if (
            other_network is not None
            and other_network.overlaps(network)
            and (op.existing is None or other.key != op.existing.key)
        ):
            return f"InvalidSubnet.Conflict: The CIDR '{block}' conflicts with another subnet"
    return None


def subnet_zone(op: Operation) -> str | None:
    """Checks that the availability zone belongs to the region."""
    region = op.variables["region"]
    for parameter, zones in (
        ("availabilityZone", usable_zones(region)),
        ("availabilityZoneId", [zone_id_of(region, zone) for zone in usable_zones(region)]),
    ):
        zone = get_str(op.inputs, parameter)
        if zone and zone not in zones:
            return (
                f"InvalidParameterValue: Value ({zone}) for parameter {parameter} is invalid. Subnets can currently "
                f"only be created in the following availability zones: {', '.join(zones)}."
            )
    return None


def subnet_outputs(op: Operation) -> Props:
    """Returns the outputs of a subnet. If the availability zone is omitted, one is chosen by the resource's seed."""
    region, zone_id = op.variables["region"], get_str(op.inputs, "availabilityZoneId")
    by_id = {zone_id_of(region, zone): zone for zone in zones_of(region)}
    zones = usable_zones(region)
    zone = (
        get_str(op.inputs, "availabilityZone")
        or by_id.get(zone_id)
        or zones[int(op.variables["hex8"], 16) % len(zones)]
    )
    return {
        "arn": "arn:aws:ec2:{region}:{account}:subnet/{id}".format_map(op.variables),
        "availabilityZone": zone,
        "availabilityZoneId": zone_id_of(region, zone),
        "ownerId": op.variables["account"],
        "privateDnsHostnameTypeOnLaunch": "ip-name",
        "ipv6CidrBlock": "",
        "ipv6CidrBlockAssociationId": "",
    }


def nat_outputs(op: Operation) -> Props:
    """Returns the outputs of a NAT gateway: the public address of its allocation, the VPC of its subnet."""
    address = op.state.by_handle(get_str(op.inputs, "allocationId"))
    subnet = op.state.by_handle(get_str(op.inputs, "subnetId"))
    block = _network(get_str(subnet.inputs, "cidrBlock")) if subnet else None
    return {
        "connectivityType": "public",
        "availabilityMode": "zonal",
        "publicIp": get_path(address.outputs, "publicIp") if address else "",
        "associationId": f"eipassoc-{op.variables['hex17']}" if address else "",
        "networkInterfaceId": f"eni-{op.variables['hex17']}",
        "privateIp": str(block[int(op.variables["host"]) % (block.num_addresses - 5) + 4]) if block else "",
        "vpcId": get_path(subnet.inputs, "vpcId") if subnet else "",
    }


def nat_address(op: Operation) -> str | None:
    """Checks that a public NAT gateway has an Elastic IP address that no other NAT gateway uses."""
    if get_str(op.inputs, "connectivityType") == "private" or op.existing is not None:
        return None
    address = op.state.by_handle(get_str(op.inputs, "allocationId"))
    if address is None:
        return "MissingParameter: The request must contain the parameter allocationId."
    if op.state.referrers(address, _NAT):
        return f"Resource.AlreadyAssociated: Elastic IP address [{address.id}] is already associated"
    return None


def one_internet_gateway_per_vpc(op: Operation) -> str | None:
    """Checks that a VPC has at most one internet gateway."""
    vpc = op.state.by_handle(get_str(op.inputs, "vpcId"))
    others = op.state.referrers(vpc, op.token) if vpc and op.existing is None else []
    if vpc and others:
        return f"Resource.AlreadyAssociated: resource {others[0].id} is already attached to network {vpc.id}"
    return None


def no_mapped_addresses(op: Operation) -> str | None:
    """Rejects the deletion of an internet gateway while NAT gateways of its VPC have public addresses."""
    vpc = get_str(op.inputs, "vpcId")
    if any(get_str(nat.outputs, "vpcId") == vpc and get_str(nat.outputs, "publicIp") for nat in op.state.find(_NAT)):
        return (
            f"DependencyViolation: Network {vpc} has some mapped public address(es). Please unmap those public "
            "address(es) before detaching the gateway."
        )
    return None


def endpoint_service(op: Operation) -> str | None:
    """Checks that an endpoint of an AWS service is in its own region, and that a gateway endpoint has no subnets."""
    name, region = get_str(op.inputs, "serviceName"), op.variables["region"]
    service_region = get_str(op.inputs, "serviceRegion") or region
    if name.startswith("com.amazonaws.") and not name.startswith(
        (f"com.amazonaws.{service_region}.", "com.amazonaws.vpce.")
    ):
        return f"InvalidServiceName: The Vpc Endpoint Service '{name}' does not exist"
    if get_str(op.inputs, "vpcEndpointType") in {"", "Gateway"} and get_all(op.inputs, "subnetIds[*]"):
        return "InvalidParameter: SubnetIds are not supported for Gateway endpoints."
    return None


def endpoint_policy(op: Operation) -> str | None:
    """Checks that an endpoint policy is a JSON object with statements."""
    document = get_str(op.inputs, "policy")
    if document and not has_statements(document):
        return "InvalidPolicyDocument: The Policy document is not valid: invalid JSON or no Statement"
    return None


def private_dns_unique(op: Operation) -> str | None:
    """Checks that at most one endpoint of a service per VPC has private DNS."""
    if op.inputs.get("privateDnsEnabled") is not True or op.existing is not None:
        return None
    vpc, service = op.state.by_handle(get_str(op.inputs, "vpcId")), get_str(op.inputs, "serviceName")
    for other in op.state.referrers(vpc, op.token) if vpc else []:
        if get_str(other.inputs, "serviceName") == service and other.inputs.get("privateDnsEnabled") is True:
            return (
                "InvalidParameter: private-dns-enabled cannot be set because there is already a conflicting DNS domain "
                f"for {service} in the VPC {get_str(op.inputs, 'vpcId')}"
            )
    return None


def one_route_table_per_subnet(op: Operation) -> str | None:
    """Checks that a subnet is associated with one route table."""
    subnet = op.state.by_handle(get_str(op.inputs, "subnetId"))
    others = op.state.referrers(subnet, op.token) if subnet and op.existing is None else []
    if others:
        return (
            "Resource.AlreadyAssociated: the specified association for route table "
            f"{get_str(op.inputs, 'routeTableId')} conflicts with an existing association"
        )
    return None


def route_unique(op: Operation) -> str | None:
    """Checks that a route table has one route per destination."""
    table = op.state.by_handle(get_str(op.inputs, "routeTableId"))
    destination = get_str(op.inputs, "destinationCidrBlock")
    for other in op.state.referrers(table, op.token) if table and op.existing is None else []:
        if destination and get_str(other.inputs, "destinationCidrBlock") == destination:
            return f"RouteAlreadyExists: The route identified by {destination} already exists."
    return None


_RULE_IDENTITY = (
    "securityGroupId", "ipProtocol", "fromPort", "toPort", "cidrIpv4", "cidrIpv6", "prefixListId",
    "referencedSecurityGroupId",
)  # fmt: skip


def rule_unique(op: Operation) -> str | None:
    """Checks that a security group has each rule once."""
    group = op.state.by_handle(get_str(op.inputs, "securityGroupId"))
    identity = _rule(op.inputs)
    for other in op.state.referrers(group, op.token) if group and op.existing is None else []:
        if _rule(other.inputs) == identity:
            return "InvalidPermission.Duplicate: the specified rule already exists"
    return None


def _rule(inputs: Props) -> tuple[object, ...]:
    return tuple(inputs.get(name) for name in _RULE_IDENTITY)


def group_name_unique(op: Operation) -> str | None:
    """Checks that a security group's name is unique in its VPC."""
    if op.existing is not None:
        return None
    vpc = get_str(op.inputs, "vpcId")
    if any(get_str(other.inputs, "vpcId") == vpc for other in op.state.find(op.token, op.scope, op.name)):
        return f"InvalidGroup.Duplicate: The security group '{op.name}' already exists for VPC '{vpc}'"
    return None


def group_not_referenced(op: Operation) -> str | None:
    """Rejects the deletion of a security group that a rule of another group refers to."""
    group = op.existing
    for rule in op.state.referrers(group) if group else []:
        if group and get_str(rule.inputs, "referencedSecurityGroupId") == group.id != get_str(
            rule.inputs, "securityGroupId"
        ):
            return f"DependencyViolation: resource {group.id} has a dependent object"
    return None


def default_group_id(op: Operation) -> str:
    """Returns the id of the VPC's default security group, which this resource adopts."""
    vpc = op.state.by_handle(get_str(op.inputs, "vpcId"))
    return get_str(vpc.outputs, "defaultSecurityGroupId") if vpc else f"sg-{op.variables['hex17']}"


def volume_key(op: Operation) -> str | None:
    """Checks that a volume with a KMS key is encrypted. EC2 reports a violation at this point only."""
    for mapping in get_all(op.inputs, "blockDeviceMappings[*]"):
        if get_str(mapping, "ebs.kmsKeyId") and get_str(mapping, "ebs.encrypted") != "true":
            return "InvalidParameterDependency: The parameter KmsKeyId requires the parameter Encrypted to be set."
    return None


def increment_template_version(op: Operation, template: InventoryItem) -> None:
    """Adds a version to a launch template on each update, and makes it the default if requested."""
    if op.existing is None:
        return
    latest = template.outputs.get("latestVersion")
    version = int(latest) + 1 if isinstance(latest, int | float) else 1
    current = op.state.by_id(template.type, template.id, template.scope)
    changed: Mapping[str, object] = {"latestVersion": version}
    if op.inputs.get("updateDefaultVersion") is True:
        changed = {**changed, "defaultVersion": version}
    if current is not None:
        op.state.set_outputs(current, {**current.outputs, **changed})  # type: ignore[dict-item]


def _cidr(item: InventoryItem) -> IPv4Network | None:
    return _network(get_str(item.inputs, "cidrBlock"))


def _network(block: str) -> IPv4Network | None:
    try:
        network = ip_network(block)
    except ValueError:
        return None
    return network if isinstance(network, IPv4Network) else None
