"""EKS add-ons as data: their names, IAM policies and configuration. Pure."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Annotated

from pydantic import AfterValidator

from falaj.components.core.node_pools.profiles import TRAITS
from falaj.components.core.validation.args import Input
from falaj.components.core.validation.enums import Profile
from falaj.components.core.validation.problems import Problem, refuse_if
from falaj.components.core.validation.text_forms import TextForm


class OptionalAddon(Enum):
    """Add-ons that are installed only where something needs them."""

    EFS = "aws-efs-csi-driver"
    """Mounts EFS file systems in pods."""
    FSX = "aws-fsx-csi-driver"
    """Mounts FSx for Lustre file systems in pods."""
    SNAPSHOTS = "snapshot-controller"
    """Snapshots of volumes."""


@dataclass(frozen=True)
class AddonSpec:
    """An add-on by EKS's name.

    One that calls AWS has a service account in `kube-system`, and a role by Pod Identity with an AWS-managed `policy`,
    and with use of the disk key if it `makes_disks`. `configuration` follows the add-on's own schema.
    """

    name: str
    service_account: str | None = None
    policy: str | None = None
    makes_disks: bool = False
    configuration: Mapping[str, object] | None = None

    def configuration_values(self, tags: Mapping[str, str]) -> str | None:
        """The configuration as JSON; None if empty. Volumes that pods claim are billed too, so they get the cost
        tags."""
        disks = {"controller": {"extraVolumeTags": dict(tags)}} if self.makes_disks else {}
        values = {**(self.configuration or {}), **disks}
        return json.dumps(values, sort_keys=True) if values else None


_TOLERATIONS = [{"key": taint.key, "operator": "Exists"} for taint in TRAITS[Profile.SYSTEM].taints]

BEFORE_NODES = (
    AddonSpec("eks-pod-identity-agent"),
    AddonSpec(
        "vpc-cni",
        "aws-node",
        "AmazonEKS_CNI_Policy",
        configuration={
            "enableNetworkPolicy": "true",
            # A block of 16 addresses at a time, and one in reserve: more pods per node and fewer calls to EC2.
            "env": {"ENABLE_PREFIX_DELEGATION": "true", "WARM_PREFIX_TARGET": "1"},
        },
    ),
    AddonSpec("kube-proxy"),
)
"""Agents that a node needs to become ready. Without nodes EKS reports them as healthy."""

ON_NODES = (
    AddonSpec("coredns"),
    AddonSpec("aws-ebs-csi-driver", "ebs-csi-controller-sa", "service-role/AmazonEBSCSIDriverPolicy", makes_disks=True),
    # It has no tolerations by default, and there may be only nodes of profile `system`.
    AddonSpec("metrics-server", configuration={"tolerations": _TOLERATIONS}),
    # Finds broken GPUs and disks, which a node group then repairs by replacing the node.
    AddonSpec("eks-node-monitoring-agent"),
)
"""Add-ons that need a node: without one their creation times out."""

OPTIONAL = {
    OptionalAddon.EFS: AddonSpec(
        "aws-efs-csi-driver", "efs-csi-controller-sa", "service-role/AmazonEFSCSIDriverPolicy"
    ),
    # Without a role: the stack creates the file systems, and mounting one calls no AWS API.
    OptionalAddon.FSX: AddonSpec("aws-fsx-csi-driver"),
    OptionalAddon.SNAPSHOTS: AddonSpec("snapshot-controller"),
}

NAMES = tuple(kind.name for kind in (*BEFORE_NODES, *ON_NODES, *OPTIONAL.values()))


def _of_known_addons(versions: Mapping[str, Input[str]]) -> Mapping[str, Input[str]]:
    unknown = [name for name in versions if name not in NAMES]
    refuse_if(Problem(name, str(versions[name]), ", ".join(NAMES), "name one of these add-ons") for name in unknown)
    return versions


AddonVersion = Annotated[
    str, TextForm(r"^v\d+\.\d+\.\d+-eksbuild\.\d+$", "a version of an EKS add-on", "v1.20.2-eksbuild.1")
]
AddonVersions = Annotated[Mapping[str, Input[AddonVersion]], AfterValidator(_of_known_addons)]
"""Add-on by EKS's name -> the version that stays installed, `v1.20.2-eksbuild.1`."""
