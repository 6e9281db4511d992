"""What EC2 and EKS say when a node group's launch template, placement group or reservation does not fit."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator
from typing import NamedTuple

from falaj.sandbox.clouds.spec import InventoryItem, Operation
from falaj.sandbox.clouds.values import Props, get_all, get_str

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


def said_once(op: Operation) -> str | None:
    """Disk size and instance types are said by the group or by its launch template, not by both."""
    template = _template(op)
    if template is None:
        return None
    if op.inputs.get("diskSize") is not None:
        return f"{_WRONG}Disk size must be specified within the launch template."
    if op.inputs.get("instanceTypes") and template.inputs.get("instanceType"):
        return f"{_WRONG}Instance types must be specified in either the launch template or the API, not both."
    if template.inputs.get("iamInstanceProfile"):
        return f"{_WRONG}The launch template may not specify an instance profile: it is made from the node role."
    return None


def user_data_is_in_parts(op: Operation) -> str | None:
    """EKS adds its own part to the user data, so that it must be a multi-part document."""
    template = _template(op)
    given = get_str(template.inputs, "userData") if template else ""
    try:
        read = base64.b64decode(given, validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        return f"{_WRONG}User data is not valid base64."
    if read and "multipart/mixed" not in read:
        return "Ec2LaunchTemplateInvalidConfiguration: User data was not in the MIME multipart format."
    return None


def market_fits(op: Operation) -> str | None:
    """A capacity block is named by group and template alike, and spot is the group's to say."""
    template = _template(op)
    market = get_str(template.inputs, "instanceMarketOptions.marketType") if template else ""
    asked = get_str(op.inputs, "capacityType")
    if market == "spot":
        return f"{_WRONG}Instance market options of type spot are not supported: use the capacity type SPOT."
    if (market == "capacity-block") != (asked == _BLOCK):
        return (
            f"{_WRONG}The capacity type {_BLOCK} and the market type capacity-block of the launch template go together."
        )
    if asked == _BLOCK and not (template and get_str(template.inputs, "instanceType")):
        return f"{_WRONG}A launch template for a capacity block must specify the instance type."
    return None


def has_subnets(op: Operation) -> str | None:
    """A node group needs a subnet."""
    return None if get_all(op.inputs, "subnetIds[*]") else f"{_WRONG}The subnet ID list must not be empty."


def placement_exists(op: Operation) -> str | None:
    """The placement group that the template names must exist, and a cluster of machines stands in one zone."""
    template = _template(op)
    name = get_str(template.inputs, "placement.groupName") if template else ""
    found = op.state.find(PLACEMENT, op.scope, name) if name else []
    if name and not found:
        return f"InvalidPlacementGroup.Unknown: The Placement Group '{name}' is unknown"
    clustered = any(get_str(group.inputs, "strategy") == "cluster" for group in found)
    if clustered and len(_zones(op)) > 1:
        return f"{_WRONG}A cluster placement group can't span multiple Availability Zones: '{name}'"
    return None


def reservation_fits(op: Operation) -> str | None:
    """The reservation that the template targets must exist, for the same machines, zone and market."""
    template = _template(op)
    target = "capacityReservationSpecification.capacityReservationTarget.capacityReservationId"
    id_ = get_str(template.inputs, target) if template else ""
    if not id_:
        return None
    reserved = _reserved(op, id_)
    if reserved is None:
        held = ", ".join(f"{known} ({held.machine} in {held.zone})" for known, held in BOUGHT.items())
        return (
            f"InvalidCapacityReservationId.NotFound: The capacity reservation ID '{id_}' does not exist. "
            f"The emulated account holds {held}."
        )
    if reserved.block != (get_str(op.inputs, "capacityType") == _BLOCK):
        kind = "a Capacity Block" if reserved.block else "an On-Demand Capacity Reservation"
        return f"{_WRONG}{id_} is {kind}: the capacity type of the node group does not fit."
    wrong = [name for name in _machines(op) if name != reserved.machine]
    if wrong:
        return f"{_WRONG}{id_} is a reservation of {reserved.machine}, not of {', '.join(wrong)}."
    elsewhere = _zones(op) - {reserved.zone}
    if elsewhere:
        return f"{_WRONG}{id_} is a reservation in {reserved.zone}, not in {', '.join(sorted(elsewhere))}."
    return None


GROUP_RULES = (has_subnets, said_once, user_data_is_in_parts, market_fits, placement_exists, reservation_fits)
"""What EKS asks of a node group and its template together."""


def groups_once(op: Operation) -> str | None:
    """Security groups are said by the interfaces or by the template, not by both."""
    own = [*get_all(op.inputs, "vpcSecurityGroupIds[*]"), *get_all(op.inputs, "securityGroupNames[*]")]
    if own and get_all(op.inputs, "networkInterfaces[*]"):
        return (
            "InvalidParameterCombination: Network interfaces and an instance-level security groups may not be "
            "specified on the same request"
        )
    return None


def placement_in_use(op: Operation) -> str | None:
    """A placement group stays while machines are started into it."""
    for template in op.state.find(TEMPLATE, op.scope):
        if get_str(template.inputs, "placement.groupName") == op.name and op.state.referrers(template, NODE_GROUP):
            return f"InvalidPlacementGroup.InUse: The placement group '{op.name}' is in use and may not be deleted."
    return None


def group_on_machines(op: Operation) -> str | None:
    """A security group stays while a node group's machines have interfaces in it."""
    for template in op.state.referrers(op.existing, TEMPLATE) if op.existing else []:
        if op.state.referrers(template, NODE_GROUP):
            return f"DependencyViolation: resource {op.variables['id']} has a dependent object"
    return None


def _template(op: Operation) -> InventoryItem | None:
    return op.state.by_handle(get_str(op.inputs, "launchTemplate.id"))


def _machines(op: Operation) -> Iterator[str]:
    template = _template(op)
    for where in (op.inputs, template.inputs if template else {}):
        named: Props = where
        yield from (str(name) for path in ("instanceType", "instanceTypes[*]") for name in get_all(named, path))


def _zones(op: Operation) -> set[str]:
    found = [op.state.by_handle(str(id_)) for id_ in get_all(op.inputs, "subnetIds[*]")]
    return {get_str(subnet.outputs, "availabilityZone") for subnet in found if subnet}


def _reserved(op: Operation, id_: str) -> Reserved | None:
    made = op.state.by_id(RESERVATION, id_, op.scope)
    if made is None:
        return BOUGHT.get(id_)
    return Reserved(get_str(made.inputs, "instanceType"), get_str(made.inputs, "availabilityZone"), False)
