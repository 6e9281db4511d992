"""Definitions of EKS add-ons: names, IAM policies and configuration. Pure."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Annotated

from pydantic import AfterValidator

from falaj.components.core.network.zones import ZONE_ID_LABEL
from falaj.components.core.node_pools.profiles import TRAITS
from falaj.components.core.validation.args import Input
from falaj.components.core.validation.enums import Profile
from falaj.components.core.validation.problems import Problem, refuse_if
from falaj.components.core.validation.raw import as_mapping
from falaj.components.core.validation.text_forms import TextForm
from falaj.facts.system_pods import USUAL, pods_of


class OptionalAddon(Enum):
    """EKS add-ons that are installed only on request."""

    EFS = "aws-efs-csi-driver"
    """Mounts EFS file systems in pods."""
    FSX = "aws-fsx-csi-driver"
    """Mounts FSx for Lustre file systems in pods."""
    SNAPSHOTS = "snapshot-controller"
    """Creates and deletes snapshots of volumes."""


@dataclass(frozen=True)
class AddonSpec:
    """Definition of an EKS add-on. `name` is its name in EKS, and `configuration` follows its configuration schema.

    An add-on that calls AWS APIs has a `service_account` in `kube-system`. It gets an IAM role through EKS Pod Identity
    with the AWS-managed `policy` and, if it `creates_volumes`, permission to use the disk key.
    """

    name: str
    service_account: str | None = None
    policy: str | None = None
    creates_volumes: bool = False
    configuration: Mapping[str, object] | None = None

    def configuration_values(
        self,
        tags: Mapping[str, str],
        more: Mapping[str, Mapping[str, object]] | None = None,
        replicas: int = USUAL,
    ) -> str | None:
        """Returns the configuration as JSON, or None if it is empty. An add-on that creates volumes is configured to
        put the cost tags on them. `more` is merged into the sections of the configuration. `replicas` other than EKS's
        default are set where the add-on has a setting for them."""
        volume_tags = {"controller": {"extraVolumeTags": dict(tags)}} if self.creates_volumes else {}
        values: dict[str, object] = {**(self.configuration or {}), **volume_tags}
        for path in (pods.replicas_at for pods in pods_of(self.name) if pods.is_scaled and replicas != USUAL):
            section, _, key = path.rpartition(".")
            values |= {section: {**as_mapping(values.get(section)), key: replicas}} if section else {key: replicas}
        for section, settings in (more or {}).items():
            values[section] = {**as_mapping(values.get(section)), **settings}
        return json.dumps(values, sort_keys=True) if values else None


VPC_CNI = "vpc-cni"


def custom_networking(subnets: Mapping[str, str], security_group: str) -> dict[str, dict[str, object]]:
    """Returns the configuration with which pods get addresses of other subnets than their node: `subnets` by zone ID,
    with the security group of the nodes (amazon-vpc-cni-k8s, charts/aws-vpc-cni, 2026-08: an ENIConfig per zone)."""
    by_zone = {zone: {"id": subnet, "securityGroups": [security_group]} for zone, subnet in subnets.items()}
    return {
        "env": {
            "AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG": "true",
            "ENI_CONFIG_LABEL_DEF": ZONE_ID_LABEL,
        },
        "eniConfig": {"create": True, "subnets": by_zone},
    }


_TOLERATIONS = [{"key": taint.key, "operator": "Exists"} for taint in TRAITS[Profile.SYSTEM].taints]

BEFORE_NODES = (
    AddonSpec("eks-pod-identity-agent"),
    AddonSpec(
        VPC_CNI,
        "aws-node",
        "AmazonEKS_CNI_Policy",
        configuration={
            "enableNetworkPolicy": "true",
            # Assigns /28 prefixes (16 addresses) and keeps one spare: more pods per node and fewer calls to EC2.
            "env": {"ENABLE_PREFIX_DELEGATION": "true", "WARM_PREFIX_TARGET": "1"},
        },
    ),
    AddonSpec("kube-proxy"),
)
"""Add-ons that a node needs to become ready. EKS reports them as healthy even without nodes."""

ON_NODES = (
    AddonSpec("coredns"),
    AddonSpec(
        "aws-ebs-csi-driver", "ebs-csi-controller-sa", "service-role/AmazonEBSCSIDriverPolicy", creates_volumes=True
    ),
    # The add-on has no tolerations by default, and the cluster may have only nodes of profile `system`.
    AddonSpec("metrics-server", configuration={"tolerations": _TOLERATIONS}),
    # Detects failed GPUs and disks, so that a node group repairs itself by replacing the node.
    AddonSpec("eks-node-monitoring-agent"),
)
"""Add-ons that need a node: without one, their creation times out."""

OPTIONAL = {
    OptionalAddon.EFS: AddonSpec(
        "aws-efs-csi-driver", "efs-csi-controller-sa", "service-role/AmazonEFSCSIDriverPolicy"
    ),
    # No IAM role: the stack creates the file systems, and mounting one calls no AWS API.
    OptionalAddon.FSX: AddonSpec("aws-fsx-csi-driver"),
    OptionalAddon.SNAPSHOTS: AddonSpec("snapshot-controller"),
}


def storage_addons(shared_files: bool, scratch: bool) -> list[OptionalAddon]:
    """Returns the optional add-ons that a site with shared files, or with a Lustre file system, needs."""
    required = {OptionalAddon.EFS: shared_files, OptionalAddon.FSX: scratch}
    return [addon for addon, is_required in required.items() if is_required]


NAMES = tuple(kind.name for kind in (*BEFORE_NODES, *ON_NODES, *OPTIONAL.values()))


def _check_names(versions: Mapping[str, Input[str]]) -> Mapping[str, Input[str]]:
    unknown = [name for name in versions if name not in NAMES]
    refuse_if(Problem(name, str(versions[name]), ", ".join(NAMES), "name one of these add-ons") for name in unknown)
    return versions


AddonVersion = Annotated[
    str, TextForm(r"^v[0-9]+\.[0-9]+\.[0-9]+-eksbuild\.[0-9]+$", "a version of an EKS add-on", "v1.20.2-eksbuild.1")
]
AddonVersions = Annotated[Mapping[str, Input[AddonVersion]], AfterValidator(_check_names)]
"""Name of an EKS add-on -> pinned version, such as `v1.20.2-eksbuild.1`."""
