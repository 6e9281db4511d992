"""Kubernetes storage classes of a cluster on AWS."""

from collections.abc import Mapping

import pulumi
from pulumi_kubernetes.storage.v1 import StorageClass

from falaj.components.aws.storage.backup_tag import BACKUP_TAG
from falaj.components.aws.storage.shared_files import OWNER
from falaj.components.core.node_pools.profiles import TRAITS, ProfileTraits
from falaj.components.core.validation.args import Args, Choice, Input, default
from falaj.components.core.validation.enums import Profile
from falaj.components.core.validation.set_once import set_once
from falaj.components.core.validation.tags import CostTags
from falaj.components.kubernetes.cluster.volume_classes import Driver, class_name, shared_class, volume_class

BASELINE_IOPS, BASELINE_MBPS = 3000, 125
"""Baseline IOPS and throughput of every gp3 volume, included in its price (EBS User Guide, general purpose SSD
volumes)."""


TENANTS = "/tenants"
"""Directory of the file system in which each namespace with a claim of the class `falaj-shared` has one of its own."""


class StorageClassesArgs(Args):
    """Storage classes of a cluster."""

    disk_key: Input[str]
    """ARN of the KMS key for volumes: output `disk_key` of `Cluster`."""
    default: Choice[Profile] = default(Profile.BATCH)
    """Workload profile whose storage class is the cluster's default. Default: `batch`."""
    shared_file_system_id: Input[str] | None = None
    """ID of the EFS file system behind the class `falaj-shared`, which gives the claims of a namespace one directory of
    their own. Default: no such class is created."""
    backed_up_by: Input[str] | None = None
    """Output `mark` of the `Backup` that backs up the volumes. Default: no backup. A storage class is immutable, so set
    this even before a backup exists, to `<name of the backup>-<stack>` (in Python: `backup_mark`): a value that no
    backup selects has no effect."""
    tags: CostTags = set_once("tags")
    """Mandatory cost tags, as labels of the classes. Volumes get theirs from the CSI driver's add-on, see `Addons`."""


class StorageClasses(pulumi.ComponentResource):
    """Storage class of encrypted gp3 volumes for each profile, `falaj-<profile>`, and optionally one of shared files.

    The component needs the `kubernetes` provider of the cluster and the add-ons of the CSI drivers. Parameters of a
    class are immutable: a change replaces the class under the same name, and existing volumes keep their settings. So
    they have no cost tags: the driver's add-on has, as `controller.extraVolumeTags`, which it puts on all volumes
    (aws-ebs-csi-driver, its page on tagging, read 2026-11-26). The class `gp2` that EKS creates is left unchanged:
    since Kubernetes 1.30 it is not the default (EKS User Guide, versions).

    `Scratch` has no storage class: its volumes are created beforehand, one per file system. A class of the FSx driver
    would create a file system of at least 1.2 TiB for every claim.
    """

    class_names: pulumi.Output[Mapping[str, str]]
    """Name of each storage class by profile, and by `shared` if there is a class of shared files."""
    default_class: pulumi.Output[str]
    """Name of the default storage class."""

    def __init__(self, name: str, args: StorageClassesArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        args = StorageClassesArgs.of(name, args)
        super().__init__("falaj:aws:StorageClasses", name, {}, opts)
        child = pulumi.ResourceOptions(parent=self)
        names = {profile.value: _volume_class(name, args, profile, child).metadata.name for profile in Profile}
        if args.shared_file_system_id is not None:
            names["shared"] = _shared_class(name, args.shared_file_system_id, child).metadata.name
        self.class_names = pulumi.Output.all(**names)
        self.default_class = pulumi.Output.from_input(class_name(args.default))
        self.register_outputs({"class_names": self.class_names, "default_class": self.default_class})


def _volume_class(name: str, args: StorageClassesArgs, profile: Profile, opts: pulumi.ResourceOptions) -> StorageClass:
    parameters = {
        "type": "gp3",
        **_performance(TRAITS[profile]),
        "csi.storage.k8s.io/fstype": "ext4",
        "encrypted": "true",
        "kmsKeyId": args.disk_key,
        **_backup_tag(args),
    }
    return volume_class(name, profile, args.default, Driver("ebs.csi.aws.com", parameters), opts, args.tags)


def _performance(traits: ProfileTraits) -> dict[str, str]:
    """Returns IOPS and throughput if they are above the baseline. The baseline itself is left out: EBS refuses more
    than 500 provisioned IOPS per GiB, so a class that sets the baseline of 3,000 could not create a volume under 6
    GiB."""
    speeds = (("iops", traits.disk_iops, BASELINE_IOPS), ("throughput", traits.disk_throughput_mbps, BASELINE_MBPS))
    return {key: str(value) for key, value, baseline in speeds if value > baseline}


def _backup_tag(args: StorageClassesArgs) -> dict[str, pulumi.Input[str]]:
    """Returns the tag that selects volumes for backups, as a parameter of the EBS CSI driver (its docs/tagging.md)."""
    if args.backed_up_by is None:
        return {}
    return {"tagSpecification_1": pulumi.Output.concat(BACKUP_TAG, "=", args.backed_up_by)}


def _shared_class(name: str, file_system_id: pulumi.Input[str], opts: pulumi.ResourceOptions) -> StorageClass:
    parameters = {
        "provisioningMode": "efs-ap",
        "fileSystemId": file_system_id,
        # Every claim gets its own access point. Claims of a namespace have the same directory and the same user;
        # without `ensureUniqueDirectory` the driver appends an ID to each claim's directory (aws-efs-csi-driver
        # a4fc676, pkg/driver/controller.go, 2026-07).
        "basePath": TENANTS,
        "subPathPattern": "${.PVC.namespace}",
        "ensureUniqueDirectory": "false",
        "directoryPerms": "0750",
        "uid": str(OWNER),
        "gid": str(OWNER),
    }
    return shared_class(name, Driver("efs.csi.aws.com", parameters), ["tls", "iam"], opts)
