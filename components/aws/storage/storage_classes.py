"""Kubernetes storage classes of a cluster on AWS."""

from collections.abc import Mapping

import pulumi
from pulumi_kubernetes.storage.v1 import StorageClass

from falaj.components.aws.storage.backup_tag import BACKUP_TAG
from falaj.components.aws.storage.shared_files import MODELS, OWNER
from falaj.components.core.node_pools.profiles import TRAITS, ProfileTraits
from falaj.components.core.validation.args import Args, Choice, Input, default
from falaj.components.core.validation.enums import Profile
from falaj.components.core.validation.tags import CostTags
from falaj.components.kubernetes.cluster.volume_classes import Driver, class_name, shared_class, volume_class

FREE_IOPS, FREE_MBPS = 3000, 125
"""Baseline of every gp3 volume, included in its price (EBS User Guide, general purpose SSD volumes)."""


class StorageClassesArgs(Args):
    """The storage classes of a cluster."""

    disk_key: Input[str]
    """ARN of the KMS key of volumes: an output of `Cluster`."""
    default: Choice[Profile] = default(Profile.BATCH)
    """The profile whose class is the cluster's default."""
    shared_file_system_id: Input[str] | None = None
    """Id of the file system behind the class `falaj-shared`, all of whose claims see the same files. If absent there is
    no such class."""
    backed_up_by: Input[str] | None = None
    """The `mark` of the backup that copies the volumes; none if absent. A class never changes, so give it (as
    `backup_mark`) before there is a backup too: a mark that no backup selects has no effect."""
    tags: CostTags
    """The mandatory cost tags, put on each volume."""


class StorageClasses(pulumi.ComponentResource):
    """A class of encrypted gp3 volumes for each profile, `falaj-<profile>`, and optionally one of shared files.

    It needs the `kubernetes` provider of the cluster and the add-ons of the CSI drivers. Parameters of a class are
    immutable: a change replaces the class under the same name, and existing volumes keep their settings. The class
    `gp2` that EKS creates is left alone: since Kubernetes 1.30 it is not the default (EKS User Guide, versions).

    `Scratch` has no class: its volumes are created beforehand, one for each file system. A class of the FSx driver
    would create a file system of at least 1.2 TiB for every claim.
    """

    class_names: pulumi.Output[Mapping[str, str]]
    """Name of each class by profile, and by `shared` if there is one."""
    default_class: pulumi.Output[str]
    """Name of the class of claims that name none."""

    def __init__(self, name: str, args: StorageClassesArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        args = StorageClassesArgs.of(name, args)
        super().__init__("falaj:aws:StorageClasses", name, {}, opts)
        child = pulumi.ResourceOptions(parent=self)
        names = {profile.value: _volumes(name, args, profile, child).metadata.name for profile in Profile}
        if args.shared_file_system_id is not None:
            names["shared"] = _files(name, args.shared_file_system_id, child).metadata.name
        self.class_names = pulumi.Output.all(**names)
        self.default_class = pulumi.Output.from_input(class_name(args.default))
        self.register_outputs({"class_names": self.class_names, "default_class": self.default_class})


def _volumes(name: str, args: StorageClassesArgs, profile: Profile, opts: pulumi.ResourceOptions) -> StorageClass:
    parameters = {
        "type": "gp3",
        **_speed(TRAITS[profile]),
        "csi.storage.k8s.io/fstype": "ext4",
        "encrypted": "true",
        "kmsKeyId": args.disk_key,
        **_tags(args),
    }
    return volume_class(name, profile, args.default, Driver("ebs.csi.aws.com", parameters), opts)


def _speed(traits: ProfileTraits) -> dict[str, str]:
    """IOPS and throughput above the baseline. The baseline itself is left out: EBS refuses provisioned IOPS above 500 a
    GiB, so a class that names the baseline of 3,000 could not create a volume under 6 GiB."""
    speeds = (("iops", traits.disk_iops, FREE_IOPS), ("throughput", traits.disk_throughput_mbps, FREE_MBPS))
    return {key: str(value) for key, value, free in speeds if value > free}


def _tags(args: StorageClassesArgs) -> dict[str, pulumi.Input[str]]:
    """The tags as parameters of the EBS driver, one a tag (its docs/tagging.md)."""
    pairs: list[pulumi.Input[str]] = [f"{key}={value}" for key, value in args.tags.items()]
    if args.backed_up_by is not None:
        pairs.append(pulumi.Output.concat(BACKUP_TAG, "=", args.backed_up_by))
    return {f"tagSpecification_{number}": pair for number, pair in enumerate(pairs, start=1)}


def _files(name: str, file_system_id: pulumi.Input[str], opts: pulumi.ResourceOptions) -> StorageClass:
    parameters = {
        "provisioningMode": "efs-ap",
        "fileSystemId": file_system_id,
        # Every claim gets an access point of its own to the same directory, as the same user.
        "basePath": "/",
        "subPathPattern": MODELS,
        "ensureUniqueDirectories": "false",
        "directoryPerms": "0750",
        "uid": str(OWNER),
        "gid": str(OWNER),
    }
    return shared_class(name, Driver("efs.csi.aws.com", parameters), ["tls", "iam"], opts)
