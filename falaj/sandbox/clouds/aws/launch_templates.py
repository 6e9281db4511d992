"""Validation by EC2 and EKS of launch templates, placement groups and capacity reservations of node groups."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator
from typing import NamedTuple

from falaj.sandbox.clouds.spec import InventoryItem, Operation
from falaj.sandbox.clouds.values import Props, get_all, get_str

TEMPLATE, NODE_GROUP = "aws:ec2/launchTemplate:LaunchTemplate", "aws:eks/nodeGroup:NodeGroup"
PLACEMENT_GROUP, RESERVATION = (
    "aws:ec2/placementGroup:PlacementGroup",
    "aws:ec2/capacityReservation:CapacityReservation",
)
MARKET_TYPES = ("spot", "capacity-block")
INTERFACE_TYPES = ("interface", "efa", "efa-only")
_BLOCK = "CAPACITY_BLOCK"
_INVALID = "InvalidParameterException: "


class CapacityReservation(NamedTuple):
    """Reserved instances of one type in one zone: a capacity block, or an on-demand reservation."""

    instance_type: str
    zone: str
    block: bool


_MAX_TYPES = 20
"""Instance types of a node group (EKS, CreateNodegroup, instanceTypes; botocore 2026-11)."""

PURCHASED = {
    "cr-0123456789abcdef0": CapacityReservation("p5en.48xlarge", "me-central-1a", True),
    "cr-0fedcba9876543210": CapacityReservation("g5.12xlarge", "me-central-1c", False),
}
"""Reservations of the emulated account. A stack cannot purchase a capacity block, so they exist beforehand."""


def settings_given_once(op: Operation) -> str | None:
    """Checks that disk size and instance types are set in the node group or in its launch template, not in both."""
    template = _template(op)
    if len(get_all(op.inputs, "instanceTypes[*]")) > _MAX_TYPES:
        return f"{_INVALID}You can specify 0-{_MAX_TYPES} instance types."
    if template is None:
        return None
    if op.inputs.get("diskSize") is not None:
        return f"{_INVALID}Disk size must be specified within the launch template."
    if op.inputs.get("instanceTypes") and template.inputs.get("instanceType"):
        return f"{_INVALID}Instance types must be specified in either the launch template or the API, not both."
    if template.inputs.get("iamInstanceProfile"):
        return f"{_INVALID}The launch template may not specify an instance profile: it is made from the node role."
    return None


def user_data_is_mime_multipart(op: Operation) -> str | None:
    """Checks that the user data is a MIME multipart document, because EKS appends a part to it."""
    template = _template(op)
    encoded = get_str(template.inputs, "userData") if template else ""
    try:
        user_data = base64.b64decode(encoded, validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        return f"{_INVALID}User data is not valid base64."
    if user_data and "multipart/mixed" not in user_data:
        return "Ec2LaunchTemplateInvalidConfiguration: User data was not in the MIME multipart format."
    return None


def market_type(op: Operation) -> str | None:
    """Checks that the node group and its template agree on a capacity block. Spot is set in the node group only."""
    template = _template(op)
    market = get_str(template.inputs, "instanceMarketOptions.marketType") if template else ""
    capacity_type = get_str(op.inputs, "capacityType")
    if market == "spot":
        return f"{_INVALID}Instance market options of type spot are not supported: use the capacity type SPOT."
    if (market == "capacity-block") != (capacity_type == _BLOCK):
        return (
            f"{_INVALID}The capacity type {_BLOCK} and the market type capacity-block "
            "of the launch template go together."
        )
    if capacity_type == _BLOCK and not (template and get_str(template.inputs, "instanceType")):
        return f"{_INVALID}A launch template for a capacity block must specify the instance type."
    return None


def has_subnets(op: Operation) -> str | None:
    """Checks that a node group has a subnet."""
    return None if get_all(op.inputs, "subnetIds[*]") else f"{_INVALID}The subnet ID list must not be empty."


def placement_group(op: Operation) -> str | None:
    """Checks that the placement group of the template exists, and a cluster placement group stays within one zone."""
    template = _template(op)
    name = get_str(template.inputs, "placement.groupName") if template else ""
    groups = op.state.find(PLACEMENT_GROUP, op.scope, name) if name else []
    if name and not groups:
        return f"InvalidPlacementGroup.Unknown: The Placement Group '{name}' is unknown"
    clustered = any(get_str(group.inputs, "strategy") == "cluster" for group in groups)
    if clustered and len(_zones(op)) > 1:
        return f"{_INVALID}A cluster placement group can't span multiple Availability Zones: '{name}'"
    return None


def capacity_reservation(op: Operation) -> str | None:
    """Checks that the targeted reservation exists and matches in instance type, zone and market."""
    template = _template(op)
    target = "capacityReservationSpecification.capacityReservationTarget.capacityReservationId"
    id_ = get_str(template.inputs, target) if template else ""
    if not id_:
        return None
    reservation = _find_reservation(op, id_)
    if reservation is None:
        held = ", ".join(
            f"{purchased_id} ({held.instance_type} in {held.zone})" for purchased_id, held in PURCHASED.items()
        )
        return (
            f"InvalidCapacityReservationId.NotFound: The capacity reservation ID '{id_}' does not exist. "
            f"The emulated account holds {held}."
        )
    if reservation.block != (get_str(op.inputs, "capacityType") == _BLOCK):
        kind = "a Capacity Block" if reservation.block else "an On-Demand Capacity Reservation"
        return f"{_INVALID}{id_} is {kind}: the capacity type of the node group does not fit."
    wrong = [name for name in _instance_types(op) if name != reservation.instance_type]
    if wrong:
        return f"{_INVALID}{id_} is a reservation of {reservation.instance_type}, not of {', '.join(wrong)}."
    elsewhere = _zones(op) - {reservation.zone}
    if elsewhere:
        return f"{_INVALID}{id_} is a reservation in {reservation.zone}, not in {', '.join(sorted(elsewhere))}."
    return None


NODE_GROUP_RULES = (
    has_subnets,
    settings_given_once,
    user_data_is_mime_multipart,
    market_type,
    placement_group,
    capacity_reservation,
)
"""The rules of EKS for a node group and its launch template."""


def security_groups_given_once(op: Operation) -> str | None:
    """Checks that security groups are set in the network interfaces or in the template, not in both."""
    template_groups = [*get_all(op.inputs, "vpcSecurityGroupIds[*]"), *get_all(op.inputs, "securityGroupNames[*]")]
    if template_groups and get_all(op.inputs, "networkInterfaces[*]"):
        return (
            "InvalidParameterCombination: Network interfaces and an instance-level security groups may not be "
            "specified on the same request"
        )
    return None


def placement_group_not_in_use(op: Operation) -> str | None:
    """Rejects the deletion of a placement group that a node group uses."""
    for template in op.state.find(TEMPLATE, op.scope):
        if get_str(template.inputs, "placement.groupName") == op.name and op.state.referrers(template, NODE_GROUP):
            return f"InvalidPlacementGroup.InUse: The placement group '{op.name}' is in use and may not be deleted."
    return None


def security_group_not_in_use(op: Operation) -> str | None:
    """Rejects the deletion of a security group that instances of a node group use."""
    for template in op.state.referrers(op.existing, TEMPLATE) if op.existing else []:
        if op.state.referrers(template, NODE_GROUP):
            return f"DependencyViolation: resource {op.variables['id']} has a dependent object"
    return None


def _template(op: Operation) -> InventoryItem | None:
    return op.state.by_handle(get_str(op.inputs, "launchTemplate.id"))


def _instance_types(op: Operation) -> Iterator[str]:
    template = _template(op)
    for source in (op.inputs, template.inputs if template else {}):
        properties: Props = source
        yield from (str(name) for path in ("instanceType", "instanceTypes[*]") for name in get_all(properties, path))


def _zones(op: Operation) -> set[str]:
    subnets = [op.state.by_handle(str(id_)) for id_ in get_all(op.inputs, "subnetIds[*]")]
    return {get_str(subnet.outputs, "availabilityZone") for subnet in subnets if subnet}


def _find_reservation(op: Operation, id_: str) -> CapacityReservation | None:
    item = op.state.by_id(RESERVATION, id_, op.scope)
    if item is None:
        return PURCHASED.get(id_)
    return CapacityReservation(get_str(item.inputs, "instanceType"), get_str(item.inputs, "availabilityZone"), False)
