"""Machines that pay no licence beside their price, near the attacks by licences (2026-12-03)."""

from ..attacks.held_money_licences import OWN, image, machine, machines
from . import Idiom

SOURCE = "MicrosoftDocs/azure-compute-docs, articles on Azure Hybrid Benefit for Linux, read 2026-12-03"

IDIOMS = (
    Idiom("a machine of an image of Red Hat brings a subscription", machine(
        image("RedHat", "RHEL", "9-lvm-gen2"), licenseType="RHEL_BYOS"), SOURCE),
    Idiom("a machine of an image for own subscriptions of SUSE", machine(
        image("suse", "sles-15-sp6-byos", "gen2")), SOURCE),
    Idiom("machines of Ubuntu without a subscription", machines(
        image("Canonical", "ubuntu-24_04-lts", "server")), SOURCE),
    Idiom("machines of an own image without a licence type", machines(OWN), SOURCE),
)  # fmt: skip
