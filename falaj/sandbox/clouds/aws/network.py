"""What the EC2 network API refuses, and answers that depend on other resources."""

from __future__ import annotations

from collections.abc import Mapping
from ipaddress import IPv4Network, ip_network

from falaj.facts.regions import REGIONS
from falaj.sandbox.clouds.aws.iam import has_statements
from falaj.sandbox.clouds.rows import Call, Resource
from falaj.sandbox.clouds.values import Props, at, each, text

_SUBNET = "aws:ec2/subnet:Subnet"
_NAT = "aws:ec2/natGateway:NatGateway"
_OTHER_ZONES = "abcdef"


def vpc_range(call: Call) -> str | None:
    """A VPC's block is a real IPv4 network between /16 and /28."""
    block = text(call.inputs, "cidrBlock")
    network = _network(block)
    if block and network is None:
        return f"InvalidParameterValue: Value ({block}) for parameter cidrBlock is invalid: not a valid CIDR block."
    if network is not None and not 16 <= network.prefixlen <= 28:
        return f"InvalidVpc.Range: The CIDR '{block}' is invalid."
    return None


def subnet_range(call: Call) -> str | None:
    """A subnet lies inside its VPC and overlaps no other subnet of it."""
    block = text(call.inputs, "cidrBlock")
    network = _network(block)
    vpc = call.world.by_handle(text(call.inputs, "vpcId"))
    if vpc is None or not block:
        return None
    outer = _network(text(vpc.outputs, "cidrBlock"))
    if network is None or not 16 <= network.prefixlen <= 28 or (outer and not network.subnet_of(outer)):
        return f"InvalidSubnet.Range: The CIDR '{block}' is invalid."
    for other in call.world.referring(vpc, _SUBNET):
        taken = _network(text(other.inputs, "cidrBlock"))
        if taken is not None and taken.overlaps(network) and (call.existing is None or other.key != call.existing.key):
            return f"InvalidSubnet.Conflict: The CIDR '{block}' conflicts with another subnet"
    return None


def subnet_zone(call: Call) -> str | None:
    """A zone must belong to the region."""
    zone, zones = text(call.inputs, "availabilityZone"), zones_of(call.facts["region"])
    if not zone or zone in zones:
        return None
    return (
        f"InvalidParameterValue: Value ({zone}) for parameter availabilityZone is invalid. Subnets can currently only "
        f"be created in the following availability zones: {', '.join(zones)}."
    )


def zones_of(region: str) -> tuple[str, ...]:
    """The zones of a region: the known ones in the UAE, else letters a to f, since other regions are not
    described here.
    """
    return REGIONS[region].zones if region in REGIONS else tuple(region + letter for letter in _OTHER_ZONES)


def subnet_outputs(call: Call) -> Props:
    """A subnet's answers; the zone is chosen when it was not asked for."""
    zones = zones_of(call.facts["region"])
    zone = text(call.inputs, "availabilityZone") or zones[int(call.facts["hex8"], 16) % len(zones)]
    return {
        "arn": "arn:aws:ec2:{region}:{account}:subnet/{id}".format_map(call.facts),
        "availabilityZone": zone,
        "availabilityZoneId": f"mec1-az{'abcdef'.find(zone[-1:]) + 1}",
        "ownerId": call.facts["account"],
        "privateDnsHostnameTypeOnLaunch": "ip-name",
        "ipv6CidrBlock": "",
        "ipv6CidrBlockAssociationId": "",
    }


def nat_outputs(call: Call) -> Props:
    """A NAT gateway's answers: the public address is the allocation's, the VPC its subnet's."""
    address = call.world.by_handle(text(call.inputs, "allocationId"))
    subnet = call.world.by_handle(text(call.inputs, "subnetId"))
    block = _network(text(subnet.inputs, "cidrBlock")) if subnet else None
    return {
        "connectivityType": "public",
        "availabilityMode": "zonal",
        "publicIp": at(address.outputs, "publicIp") if address else "",
        "associationId": f"eipassoc-{call.facts['hex17']}" if address else "",
        "networkInterfaceId": f"eni-{call.facts['hex17']}",
        "privateIp": str(block[int(call.facts["host"]) % (block.num_addresses - 5) + 4]) if block else "",
        "vpcId": at(subnet.inputs, "vpcId") if subnet else "",
    }


def nat_needs_address(call: Call) -> str | None:
    """A public NAT gateway needs an allocation that no other one has."""
    if text(call.inputs, "connectivityType") == "private" or call.existing is not None:
        return None
    address = call.world.by_handle(text(call.inputs, "allocationId"))
    if address is None:
        return "MissingParameter: The request must contain the parameter allocationId."
    if call.world.referring(address, _NAT):
        return f"Resource.AlreadyAssociated: Elastic IP address [{address.id}] is already associated"
    return None


def one_internet_gateway(call: Call) -> str | None:
    """A VPC has at most one internet gateway."""
    vpc = call.world.by_handle(text(call.inputs, "vpcId"))
    others = call.world.referring(vpc, call.token) if vpc and call.existing is None else []
    if vpc and others:
        return f"Resource.AlreadyAssociated: resource {others[0].id} is already attached to network {vpc.id}"
    return None


def gateway_has_addresses(call: Call) -> str | None:
    """An internet gateway stays while NAT gateways of its VPC hold public addresses."""
    vpc = text(call.inputs, "vpcId")
    if any(text(nat.outputs, "vpcId") == vpc and text(nat.outputs, "publicIp") for nat in call.world.find(_NAT)):
        return (
            f"DependencyViolation: Network {vpc} has some mapped public address(es). Please unmap those public "
            "address(es) before detaching the gateway."
        )
    return None


def endpoint_service(call: Call) -> str | None:
    """AWS's own services are reached through endpoints of their region; a gateway endpoint takes no subnets."""
    name, region = text(call.inputs, "serviceName"), call.facts["region"]
    own = text(call.inputs, "serviceRegion") or region
    if name.startswith("com.amazonaws.") and not name.startswith((f"com.amazonaws.{own}.", "com.amazonaws.vpce.")):
        return f"InvalidServiceName: The Vpc Endpoint Service '{name}' does not exist"
    if text(call.inputs, "vpcEndpointType") in {"", "Gateway"} and each(call.inputs, "subnetIds[*]"):
        return "InvalidParameter: SubnetIds are not supported for Gateway endpoints."
    return None


def endpoint_policy(call: Call) -> str | None:
    """An endpoint's policy is one JSON object with statements."""
    document = text(call.inputs, "policy")
    if document and not has_statements(document):
        return "InvalidPolicyDocument: The Policy document is not valid: invalid JSON or no Statement"
    return None


def one_private_name(call: Call) -> str | None:
    """A service has one private name in a VPC, so that a second endpoint of it cannot have private DNS."""
    if call.inputs.get("privateDnsEnabled") is not True or call.existing is not None:
        return None
    vpc, service = call.world.by_handle(text(call.inputs, "vpcId")), text(call.inputs, "serviceName")
    for other in call.world.referring(vpc, call.token) if vpc else []:
        if text(other.inputs, "serviceName") == service and other.inputs.get("privateDnsEnabled") is True:
            return (
                "InvalidParameter: private-dns-enabled cannot be set because there is already a conflicting DNS domain "
                f"for {service} in the VPC {text(call.inputs, 'vpcId')}"
            )
    return None


def one_association(call: Call) -> str | None:
    """A subnet is associated with one route table."""
    subnet = call.world.by_handle(text(call.inputs, "subnetId"))
    others = call.world.referring(subnet, call.token) if subnet and call.existing is None else []
    if others:
        return (
            "Resource.AlreadyAssociated: the specified association for route table "
            f"{text(call.inputs, 'routeTableId')} conflicts with an existing association"
        )
    return None


def one_route(call: Call) -> str | None:
    """One route a destination in a table."""
    table = call.world.by_handle(text(call.inputs, "routeTableId"))
    destination = text(call.inputs, "destinationCidrBlock")
    for other in call.world.referring(table, call.token) if table and call.existing is None else []:
        if destination and text(other.inputs, "destinationCidrBlock") == destination:
            return f"RouteAlreadyExists: The route identified by {destination} already exists."
    return None


_RULE_IDENTITY = (
    "securityGroupId", "ipProtocol", "fromPort", "toPort", "cidrIpv4", "cidrIpv6", "prefixListId",
    "referencedSecurityGroupId",
)  # fmt: skip


def one_rule(call: Call) -> str | None:
    """The same permission is given once."""
    group = call.world.by_handle(text(call.inputs, "securityGroupId"))
    wanted = _rule(call.inputs)
    for other in call.world.referring(group, call.token) if group and call.existing is None else []:
        if _rule(other.inputs) == wanted:
            return "InvalidPermission.Duplicate: the specified rule already exists"
    return None


def _rule(inputs: Props) -> tuple[object, ...]:
    return tuple(inputs.get(name) for name in _RULE_IDENTITY)


def one_group_name(call: Call) -> str | None:
    """A security group's name is unique in its VPC."""
    if call.existing is not None:
        return None
    vpc = text(call.inputs, "vpcId")
    if any(text(other.inputs, "vpcId") == vpc for other in call.world.find(call.token, call.scope, call.name)):
        return f"InvalidGroup.Duplicate: The security group '{call.name}' already exists for VPC '{vpc}'"
    return None


def group_is_referenced(call: Call) -> str | None:
    """A security group stays while a rule of another group names it."""
    group = call.existing
    for rule in call.world.referring(group) if group else []:
        if group and text(rule.inputs, "referencedSecurityGroupId") == group.id != text(rule.inputs, "securityGroupId"):
            return f"DependencyViolation: resource {group.id} has a dependent object"
    return None


def default_group_id(call: Call) -> str:
    """The id of the VPC's own default security group, which this resource adopts."""
    vpc = call.world.by_handle(text(call.inputs, "vpcId"))
    return text(vpc.outputs, "defaultSecurityGroupId") if vpc else f"sg-{call.facts['hex17']}"


def template_key(call: Call) -> str | None:
    """A key for a volume only makes sense on an encrypted one; EC2 says so only here."""
    for mapping in each(call.inputs, "blockDeviceMappings[*]"):
        if text(mapping, "ebs.kmsKeyId") and text(mapping, "ebs.encrypted") != "true":
            return "InvalidParameterDependency: The parameter KmsKeyId requires the parameter Encrypted to be set."
    return None


def new_template_version(call: Call, template: Resource) -> None:
    """Every update of a launch template makes a new version, and the default one when asked to."""
    if call.existing is None:
        return
    latest = template.outputs.get("latestVersion")
    version = int(latest) + 1 if isinstance(latest, int | float) else 1
    current = call.world.by_id(template.type, template.id, template.scope)
    changed: Mapping[str, object] = {"latestVersion": version}
    if call.inputs.get("updateDefaultVersion") is True:
        changed = {**changed, "defaultVersion": version}
    if current is not None:
        call.world.edit(current, {**current.outputs, **changed})  # type: ignore[dict-item]


def _network(block: str) -> IPv4Network | None:
    try:
        network = ip_network(block)
    except ValueError:
        return None
    return network if isinstance(network, IPv4Network) else None
