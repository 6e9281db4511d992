"""Kubernetes storage classes of a cluster on Azure."""

from collections.abc import Mapping

import pulumi
from pulumi_kubernetes.meta.v1 import ObjectMetaPatchArgs
from pulumi_kubernetes.storage.v1 import StorageClass, StorageClassPatch

from falaj.components.azure.storage.storage_account import has_three_zones
from falaj.components.core.node_pools.profiles import TRAITS, ProfileTraits
from falaj.components.core.validation.args import Args, Choice, Input, Spec, default
from falaj.components.core.validation.enums import Profile
from falaj.components.core.validation.regions import AzureRegion
from falaj.components.core.validation.tags import CostTags
from falaj.components.kubernetes.cluster.volume_classes import (
    DEFAULT_MARK,
    Driver,
    class_name,
    shared_class,
    volume_class,
)

BORN_DEFAULT = "default"
"""The default class of every new AKS cluster; its disks are not under the site's key."""


class SharedShare(Spec):
    """A share of `SharedFiles` that claims can ask for."""

    resource_group_name: Input[str]
    """Resource group of the storage account."""
    account_name: Input[str]
    """Name of the storage account."""
    share_name: Input[str]
    """Name of the share in it."""


class StorageClassesArgs(Args):
    """Kubernetes storage classes: one of disks for each workload profile, and one of shared files."""

    region: AzureRegion
    """A region of Azure in the UAE: `uaenorth` or `uaecentral`."""
    disk_key: Input[str]
    """Id of the disk encryption set that volumes use: `disk_key` of the cluster."""
    default: Choice[Profile] = default(Profile.BATCH)
    """The profile whose class is used for a claim that names none."""
    shared_files: SharedShare | None = None
    """The share behind the class `falaj-shared`: all its claims see the same files. No such class if absent."""
    tags: CostTags
    """The mandatory cost tags, put on each disk."""


class StorageClasses(pulumi.ComponentResource):
    """A class of encrypted disks for each profile, `falaj-<profile>`, and one of shared files.

    Needs the provider of the cluster. Parameters of a class are immutable: a change replaces the class by one of the
    same name, and volumes that exist stay as they were created.
    """

    class_names: pulumi.Output[Mapping[str, str]]
    """Name of each class, by profile, and by `shared` where there is one."""
    default_class: pulumi.Output[str]
    """Name of the class that is used for a claim that names none."""

    def __init__(self, name: str, args: StorageClassesArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        args = StorageClassesArgs.of(name, args)
        super().__init__("falaj:azure:StorageClasses", name, {}, opts)
        child = pulumi.ResourceOptions(parent=self)
        names = {profile.value: _disks(name, args, profile, child).metadata.name for profile in Profile}
        if args.shared_files is not None:
            names["shared"] = _files(name, args.shared_files, child).metadata.name
        _unmark(name, child)
        self.class_names = pulumi.Output.all(**names)
        self.default_class = pulumi.Output.from_input(class_name(args.default))
        self.register_outputs({"class_names": self.class_names, "default_class": self.default_class})


def _disks(name: str, args: StorageClassesArgs, profile: Profile, opts: pulumi.ResourceOptions) -> StorageClass:
    parameters = {
        **_speed(args.region, TRAITS[profile]),
        "diskEncryptionSetID": args.disk_key,
        # Nobody takes a disk out by an address with a signature.
        "networkAccessPolicy": "DenyAll",
        "publicNetworkAccess": "Disabled",
        "tags": ",".join(f"{key}={value}" for key, value in args.tags.items()),
    }
    return volume_class(name, profile, args.default, Driver("disk.csi.azure.com", parameters), opts)


def _speed(region: str, traits: ProfileTraits) -> dict[str, str]:
    """Premium SSD v2 where it is offered: operations and MB/s are bought apart from the size, the first 3,000 and 125
    are free. It takes zones, allows 500 operations a GiB, and knows no host cache. uaenorth has it in three zones,
    uaecentral has none (learn.microsoft.com, disks-premv2-regions and disks-types, read 2026-11-24): there the size
    decides the speed.
    """
    if not has_three_zones(region):
        return {"skuName": "Premium_LRS"}
    return {
        "skuName": "PremiumV2_LRS",
        "cachingMode": "None",
        "DiskIOPSReadWrite": str(traits.disk_iops),
        "DiskMBpsReadWrite": str(traits.disk_throughput_mbps),
    }


def _files(name: str, share: SharedShare, opts: pulumi.ResourceOptions) -> StorageClass:
    parameters = {
        "protocol": "nfs",
        "encryptInTransit": "true",
        "resourceGroup": share.resource_group_name,
        "storageAccount": share.account_name,
        "shareName": share.share_name,
        # By default the driver opens the share to everyone (0777), as root, which root squash refuses.
        "mountPermissions": "0",
    }
    return shared_class(
        name, Driver("file.csi.azure.com", parameters), ["nconnect=4", "noresvport", "actimeo=30"], opts
    )


def _unmark(name: str, opts: pulumi.ResourceOptions) -> None:
    """Takes the default mark off the class that AKS creates: of two defaults Kubernetes takes the newer one."""
    StorageClassPatch(
        f"{name}-born-default",
        metadata=ObjectMetaPatchArgs(
            name=BORN_DEFAULT,
            # AKS has set the mark, so that taking it over has to be forced.
            annotations={DEFAULT_MARK: "false", "pulumi.com/patchForce": "true"},
        ),
        opts=opts,
    )
