"""Attacks on the ceiling by licences of machines, which the price list has them without (2026-12-03).

Read on 2026-12-03: MicrosoftDocs/azure-compute-docs, "Azure Hybrid Benefit for Red Hat Enterprise Linux (RHEL) and SUSE
Linux Enterprise Server (SLES) virtual machines" (licence types by which an own image is paid by the hour). As known:
publishers and offers of images; "Windows with SQL Server Enterprise" as a platform of capacity reservations.
"""

from collections.abc import Mapping
from dataclasses import replace

from ..blind import TAGS, aws
from ..harness import Given
from ..idioms.aws_platform import BUDGET
from ..idioms.azure_platform import IDIOMS as PLATFORM
from ..idioms.second_azure import IDIOMS as SECOND
from . import Attack
from .cost_services import AWS, STACK

CEILING = ("FJ-COST-004",)
MACHINE, MACHINES = "azure-native:compute:VirtualMachine", "azure-native:compute:VirtualMachineScaleSet"
IMAGE = (
    "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/images/providers/Microsoft.Compute/galleries"
)


def image(publisher: str, offer: str, sku: str) -> dict[str, object]:
    """Returns an image of the marketplace."""
    return {"publisher": publisher, "offer": offer, "sku": sku, "version": "1.2.3"}


def _changed(model: object, reference: Mapping[str, object], more: Mapping[str, object]) -> dict[str, object]:
    """Returns the properties of machines with another image."""
    assert isinstance(model, dict)
    return {**model, **more, "storageProfile": {**model["storageProfile"], "imageReference": reference}}


def machine(reference: Mapping[str, object], **more: object) -> tuple[Given, ...]:
    """Returns a good plan with a machine of another image."""
    plan = next(idiom.plan for idiom in SECOND if any(given.type == MACHINE for given in idiom.plan))
    return tuple(replace(given, props=_changed(given.props, reference, more)) if given.type == MACHINE else given
                 for given in plan)  # fmt: skip


def machines(reference: Mapping[str, object], **more: object) -> tuple[Given, ...]:
    """Returns a good plan with a scale set of another image."""
    plan = next(idiom.plan for idiom in PLATFORM if any(given.type == MACHINES for given in idiom.plan))
    key = "virtualMachineProfile"
    return tuple(replace(given, props={**given.props, key: _changed(given.props[key], reference, more)})
                 if given.type == MACHINES else given for given in plan)  # fmt: skip


def attack(name: str, harm: str, plan: tuple[Given, ...]) -> Attack:
    """Returns an attack on the ceiling of a stack."""
    return Attack(name, CEILING, (STACK, *plan), "major", harm)


RED_HAT, SUSE = image("RedHat", "RHEL", "9-lvm-gen2"), image("suse", "sles-sap-15-sp6", "gen2")
SQL = image("MicrosoftSQLServer", "sql2022-ubuntupro2204", "enterprise_upro")
OWN = {"id": f"{IMAGE}/bank/images/app"}

ATTACKS = (
    attack("a machine has SQL Server Enterprise in its image", "274 dollars a month for each processor", machine(SQL)),
    attack("a machine has Red Hat in its image", "a subscription by the hour beside the machine", machine(RED_HAT)),
    attack("a machine has SUSE for SAP in its image", "a subscription by the hour beside the machine", machine(SUSE)),
    attack("machines of a scale set have SQL Server in their image", "a licence by the hour for each", machines(SQL)),
    attack("machines of a scale set have Red Hat in their image", "a subscription for each", machines(RED_HAT)),
    attack("a machine has Ubuntu Pro in its image", "a subscription by the hour for each processor", machine(
        image("Canonical", "ubuntu-24_04-lts", "ubuntu-pro"))),
    attack("a machine of an own image pays Red Hat by the hour", "a subscription by the hour", machine(
        OWN, licenseType="RHEL_BASE")),
    attack("machines of an own image pay SUSE for SAP by the hour", "a subscription by the hour", machines(
        OWN, licenseType="SLES_SAP")),
    attack("a licence of SUSE is brought for an image of Red Hat", "the image is paid by the hour", machine(
        RED_HAT, licenseType="SLES_BYOS")),
    attack("machines with SQL Server Enterprise are reserved on AWS", "a licence beside the machine", (AWS, BUDGET, aws(
        "ec2/CapacityReservation", {
            "instanceType": "m5.large", "instanceCount": 2, "availabilityZone": "me-central-1a", "tags": TAGS,
            "instancePlatform": "Windows with SQL Server Enterprise"}))),
)  # fmt: skip
