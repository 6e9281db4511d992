"""What kinds of volumes a cluster's claims can ask for."""

from collections.abc import Mapping
from typing import NotRequired, TypedDict

import pulumi
from pulumi_kubernetes.meta.v1 import ObjectMetaPatchArgs
from pulumi_kubernetes.storage.v1 import StorageClass, StorageClassPatch

from falaj.components.azure.storage.storage_account import has_three_zones
from falaj.components.core.node_pools.profiles import TRAITS, ProfileTraits
from falaj.components.core.validation.args import Checked, Passed
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
"""The class that AKS marks so in every new cluster; its disks are not under our key."""


class SharedShare(TypedDict):
    """A share of `SharedFiles` that claims can ask for."""

    resource_group_name: pulumi.Input[str]
    """Resource group of the storage account."""
    account_name: pulumi.Input[str]
    """The storage account."""
    share_name: pulumi.Input[str]
    """The share in it."""


class StorageClassesArgs(TypedDict):
    """Arguments of a `StorageClasses`."""

    region: str
    """A region of Azure in the UAE."""
    disk_key: pulumi.Input[str]
    """Id of the disk encryption set that volumes use: `disk_key` of the cluster."""
    default: NotRequired[Profile]
    """The profile whose class a claim gets that names none; `batch` if absent."""
    shared_files: NotRequired[SharedShare]
    """The share behind the class `falaj-shared`: all its claims see the same files. No such class if absent."""
    tags: Mapping[str, str]
    """The mandatory cost tags, put on each disk."""


class _Share(Checked):
    resource_group_name: Passed[str]
    account_name: Passed[str]
    share_name: Passed[str]


class _Checked(Checked):
    region: AzureRegion
    disk_key: Passed[str]
    default: Profile = Profile.BATCH
    shared_files: _Share | None = None
    tags: CostTags


class StorageClasses(pulumi.ComponentResource):
    """A class of encrypted disks for each profile, `falaj-<profile>`, and one of shared files.

    Needs the provider of the cluster. Parameters of a class never change: a change makes a new class of the same name,
    and the volumes there are stay as they were made.
    """

    class_names: pulumi.Output[Mapping[str, str]]
    """Name of each class, by profile, and by `shared` where there is one."""
    default_class: pulumi.Output[str]
    """Name of the class that a claim gets which names none."""

    def __init__(self, name: str, args: StorageClassesArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        settings = _Checked.of(name, args)
        super().__init__("falaj:azure:StorageClasses", name, {}, opts)
        child = pulumi.ResourceOptions(parent=self)
        names = {profile.value: _disks(name, settings, profile, child).metadata.name for profile in Profile}
        if settings.shared_files is not None:
            names["shared"] = _files(name, settings.shared_files, child).metadata.name
        _unmark(name, child)
        self.class_names = pulumi.Output.all(**names)
        self.default_class = pulumi.Output.from_input(class_name(settings.default))
        self.register_outputs({"class_names": self.class_names, "default_class": self.default_class})


def _disks(name: str, settings: _Checked, profile: Profile, opts: pulumi.ResourceOptions) -> StorageClass:
    parameters = {
        **_speed(settings.region, TRAITS[profile]),
        "diskEncryptionSetID": settings.disk_key,
        # Nobody takes a disk out by an address with a signature.
        "networkAccessPolicy": "DenyAll",
        "publicNetworkAccess": "Disabled",
        "tags": ",".join(f"{key}={value}" for key, value in settings.tags.items()),
    }
    return volume_class(name, profile, settings.default, Driver("disk.csi.azure.com", parameters), opts)


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


def _files(name: str, share: _Share, opts: pulumi.ResourceOptions) -> StorageClass:
    parameters = {
        "protocol": "nfs",
        "encryptInTransit": "true",
        "resourceGroup": share.resource_group_name,
        "storageAccount": share.account_name,
        "shareName": share.share_name,
        # The driver would open the whole share to everyone, and as root, who is nobody there.
        "mountPermissions": "0",
    }
    return shared_class(
        name, Driver("file.csi.azure.com", parameters), ["nconnect=4", "noresvport", "actimeo=30"], opts
    )


def _unmark(name: str, opts: pulumi.ResourceOptions) -> None:
    """Takes the default mark off the class that AKS makes: of two defaults Kubernetes takes the newer one."""
    StorageClassPatch(
        f"{name}-born-default",
        metadata=ObjectMetaPatchArgs(
            name=BORN_DEFAULT,
            # AKS has set the mark, so that taking it over has to be forced.
            annotations={DEFAULT_MARK: "false", "pulumi.com/patchForce": "true"},
        ),
        opts=opts,
    )
