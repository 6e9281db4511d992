"""Tier, automatic upgrades and names of clusters on Azure."""

from collections.abc import Iterator
from enum import Enum
from typing import Annotated, Self

from pydantic import model_validator

from falaj.components.core.network.azure_ids import NOT_IN_NAMES
from falaj.components.core.validation.args import Choice, Input, Spec, default
from falaj.components.core.validation.problems import Problem, refuse_if
from falaj.components.core.validation.text_forms import TextForm


class ClusterTier(Enum):
    """Pricing tier of an AKS cluster. Long-term support has the Premium tier."""

    FREE = "free"
    """No SLA, and no cost analysis by namespace."""
    STANDARD = "standard"
    """With a financially backed SLA."""


class UpgradeChannel(Enum):
    """Automatic upgrades of Kubernetes on AKS. The channels `stable` and `rapid` also change the minor version, which
    the stack states, and AKS does not go back."""

    PATCH = "patch"
    """To the newest patch version of the stack's minor version."""
    NONE = "none"
    """No automatic upgrades."""


class NodeImageChannel(Enum):
    """Automatic updates of the operating system of nodes on AKS (azure-aks-docs fb060ab,
    auto-upgrade-node-os-image.md)."""

    NODE_IMAGE = "node-image"
    """A new image every week, in the maintenance window."""
    SECURITY_PATCH = "security-patch"
    """An image with security patches only, in the maintenance window. AKS charges the storage of the image."""
    UNMANAGED = "unmanaged"
    """The updates of the operating system itself, every night."""
    NONE = "none"
    """No updates until a person makes them."""


NodeGroupName = Annotated[
    str,
    TextForm(
        rf"^[^{NOT_IN_NAMES}]{{0,79}}[^.{NOT_IN_NAMES}]$",
        "at most 80 letters, digits, `_`, `-`, `.` and brackets, last no dot",
        "rg-uae-nodes",
    ),
]
"""Name of a resource group."""

DnsPrefix = Annotated[
    str,
    TextForm(
        r"^[a-zA-Z0-9]([-a-zA-Z0-9]{0,52}[a-zA-Z0-9])?$",
        "at most 54 letters, digits and dashes, first and last no dash",
        "uae-prod",
    ),
]
"""First part of the name of an API server (AKS, dnsPrefix: 54 characters)."""


class AksUpgrades(Spec):
    """Tier and automatic upgrades of a cluster."""

    tier: Choice[ClusterTier] = default(ClusterTier.STANDARD)
    """Pricing tier: `standard` (default), or `free` without SLA and cost analysis. `support_plan: lts` has the Premium
    tier instead."""
    upgrade_channel: Choice[UpgradeChannel] = default(UpgradeChannel.PATCH)
    """Automatic upgrades of Kubernetes: `patch` (default) or `none`. A new minor version needs a new
    `kubernetes_version`."""
    node_image_channel: Choice[NodeImageChannel] = default(NodeImageChannel.NODE_IMAGE)
    """Automatic updates of the nodes' operating system: `node-image` (default), `security-patch`, `unmanaged` or
    `none`."""


class AksNames(Spec):
    """Names of what AKS creates itself."""

    node_resource_group: Input[NodeGroupName] | None = None
    """Name of the resource group that AKS creates for machines and disks; `MC_<group>_<cluster>_<region>` if absent. A
    change replaces the cluster."""
    dns_prefix: Input[DnsPrefix] | None = None
    """First part of the API server's name; the name of the cluster component if absent. A change replaces the
    cluster."""
    fqdn_subdomain: Input[DnsPrefix] | None = None
    """Whole name of the API server in its private DNS zone, instead of a prefix with a random part: for a zone of your
    own, or one that `network.dns_links` makes the site create. A change replaces the cluster."""

    @model_validator(mode="after")
    def _has_one_name(self) -> Self:
        refuse_if(self._name_problems())
        return self

    def _name_problems(self) -> Iterator[Problem]:
        if self.fqdn_subdomain is not None and self.dns_prefix is not None:
            yield Problem(
                "fqdn_subdomain", str(self.fqdn_subdomain), "nothing with dns_prefix", "remove one of the two"
            )


def subdomain_problems(names: AksNames, has_zone: bool, path: str) -> Iterator[Problem]:
    """Yields the problem of a name in a private DNS zone that AKS creates itself."""
    if names.fqdn_subdomain is not None and not has_zone:
        allowed = f"nothing unless {path} gives the API server a private DNS zone of yours"
        yield Problem("fqdn_subdomain", str(names.fqdn_subdomain), allowed, "remove it, or name the zone")
