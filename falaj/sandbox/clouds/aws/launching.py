"""What EC2 and EKS say when a node group's launch template, placement group or reservation does not fit."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator
from typing import NamedTuple

from falaj.sandbox.clouds.rows import Call, Resource
from falaj.sandbox.clouds.values import Props, each, text

TEMPLATE, NODE_GROUP = "aws:ec2/launchTemplate:LaunchTemplate", "aws:eks/nodeGroup:NodeGroup"
PLACEMENT, RESERVATION = "aws:ec2/placementGroup:PlacementGroup", "aws:ec2/capacityReservation:CapacityReservation"
MARKET_TYPES = ("spot", "capacity-block")
INTERFACE_TYPES = ("interface", "efa", "efa-only")
_BLOCK = "CAPACITY_BLOCK"
_WRONG = "InvalidParameterException: "


class Reserved(NamedTuple):
    """Machines that were reserved: of one type, in one zone, as a capacity block or on demand."""

    machine: str
    zone: str
    block: bool


BOUGHT = {
    "cr-0123456789abcdef0": Reserved("p5en.48xlarge", "me-central-1a", True),
    "cr-0fedcba9876543210": Reserved("g5.12xlarge", "me-central-1b", False),
}
"""Reservations that the emulated account bought before any stack: a capacity block cannot be bought by one."""


def said_once(call: Call) -> str | None:
    """Disk size and instance types are said by the group or by its launch template, not by both."""
    template = _template(call)
    if template is None:
        return None
    if call.inputs.get("diskSize") is not None:
        return f"{_WRONG}Disk size must be specified within the launch template."
    if call.inputs.get("instanceTypes") and template.inputs.get("instanceType"):
        return f"{_WRONG}Instance types must be specified in either the launch template or the API, not both."
    if template.inputs.get("iamInstanceProfile"):
        return f"{_WRONG}The launch template may not specify an instance profile: it is made from the node role."
    return None


def user_data_is_in_parts(call: Call) -> str | None:
    """EKS adds its own part to the user data, so that it must be a multi-part document."""
    template = _template(call)
    given = text(template.inputs, "userData") if template else ""
    try:
        read = base64.b64decode(given, validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        return f"{_WRONG}User data is not valid base64."
    if read and "multipart/mixed" not in read:
        return "Ec2LaunchTemplateInvalidConfiguration: User data was not in the MIME multipart format."
    return None


def market_fits(call: Call) -> str | None:
    """A capacity block is named by group and template alike, and spot is the group's to say."""
    template = _template(call)
    market = text(template.inputs, "instanceMarketOptions.marketType") if template else ""
    asked = text(call.inputs, "capacityType")
    if market == "spot":
        return f"{_WRONG}Instance market options of type spot are not supported: use the capacity type SPOT."
    if (market == "capacity-block") != (asked == _BLOCK):
        return (
            f"{_WRONG}The capacity type {_BLOCK} and the market type capacity-block of the launch template go together."
        )
    if asked == _BLOCK and not (template and text(template.inputs, "instanceType")):
        return f"{_WRONG}A launch template for a capacity block must specify the instance type."
    return None


def has_subnets(call: Call) -> str | None:
    """A node group needs a subnet."""
    return None if each(call.inputs, "subnetIds[*]") else f"{_WRONG}The subnet ID list must not be empty."


def placement_exists(call: Call) -> str | None:
    """The placement group that the template names must exist, and a cluster of machines stands in one zone."""
    template = _template(call)
    name = text(template.inputs, "placement.groupName") if template else ""
    found = call.world.find(PLACEMENT, call.scope, name) if name else []
    if name and not found:
        return f"InvalidPlacementGroup.Unknown: The Placement Group '{name}' is unknown"
    clustered = any(text(group.inputs, "strategy") == "cluster" for group in found)
    if clustered and len(_zones(call)) > 1:
        return f"{_WRONG}A cluster placement group can't span multiple Availability Zones: '{name}'"
    return None


def reservation_fits(call: Call) -> str | None:
    """The reservation that the template targets must exist, for the same machines, zone and market."""
    template = _template(call)
    target = "capacityReservationSpecification.capacityReservationTarget.capacityReservationId"
    id_ = text(template.inputs, target) if template else ""
    if not id_:
        return None
    reserved = _reserved(call, id_)
    if reserved is None:
        held = ", ".join(f"{known} ({held.machine} in {held.zone})" for known, held in BOUGHT.items())
        return (
            f"InvalidCapacityReservationId.NotFound: The capacity reservation ID '{id_}' does not exist. "
            f"The emulated account holds {held}."
        )
    if reserved.block != (text(call.inputs, "capacityType") == _BLOCK):
        kind = "a Capacity Block" if reserved.block else "an On-Demand Capacity Reservation"
        return f"{_WRONG}{id_} is {kind}: the capacity type of the node group does not fit."
    wrong = [name for name in _machines(call) if name != reserved.machine]
    if wrong:
        return f"{_WRONG}{id_} is a reservation of {reserved.machine}, not of {', '.join(wrong)}."
    elsewhere = _zones(call) - {reserved.zone}
    if elsewhere:
        return f"{_WRONG}{id_} is a reservation in {reserved.zone}, not in {', '.join(sorted(elsewhere))}."
    return None


GROUP_RULES = (has_subnets, said_once, user_data_is_in_parts, market_fits, placement_exists, reservation_fits)
"""What EKS asks of a node group and its template together."""


def groups_once(call: Call) -> str | None:
    """Security groups are said by the interfaces or by the template, not by both."""
    own = [*each(call.inputs, "vpcSecurityGroupIds[*]"), *each(call.inputs, "securityGroupNames[*]")]
    if own and each(call.inputs, "networkInterfaces[*]"):
        return (
            "InvalidParameterCombination: Network interfaces and an instance-level security groups may not be "
            "specified on the same request"
        )
    return None


def placement_in_use(call: Call) -> str | None:
    """A placement group stays while machines are started into it."""
    for template in call.world.find(TEMPLATE, call.scope):
        if text(template.inputs, "placement.groupName") == call.name and call.world.referring(template, NODE_GROUP):
            return f"InvalidPlacementGroup.InUse: The placement group '{call.name}' is in use and may not be deleted."
    return None


def group_on_machines(call: Call) -> str | None:
    """A security group stays while a node group's machines have interfaces in it."""
    for template in call.world.referring(call.existing, TEMPLATE) if call.existing else []:
        if call.world.referring(template, NODE_GROUP):
            return f"DependencyViolation: resource {call.facts['id']} has a dependent object"
    return None


def _template(call: Call) -> Resource | None:
    return call.world.by_handle(text(call.inputs, "launchTemplate.id"))


def _machines(call: Call) -> Iterator[str]:
    template = _template(call)
    for where in (call.inputs, template.inputs if template else {}):
        named: Props = where
        yield from (str(name) for path in ("instanceType", "instanceTypes[*]") for name in each(named, path))


def _zones(call: Call) -> set[str]:
    found = [call.world.by_handle(str(id_)) for id_ in each(call.inputs, "subnetIds[*]")]
    return {text(subnet.outputs, "availabilityZone") for subnet in found if subnet}


def _reserved(call: Call, id_: str) -> Reserved | None:
    made = call.world.by_id(RESERVATION, id_, call.scope)
    if made is None:
        return BOUGHT.get(id_)
    return Reserved(text(made.inputs, "instanceType"), text(made.inputs, "availabilityZone"), False)
