"""Kubernetes storage classes of a cluster on Azure."""

from collections.abc import Mapping, Sequence

import pulumi
from pulumi_kubernetes.meta.v1 import ObjectMetaPatchArgs
from pulumi_kubernetes.storage.v1 import StorageClass, StorageClassPatch

from falaj.components.azure.storage.storage_account import has_three_zones
from falaj.components.core.node_pools.profiles import TRAITS, ProfileTraits
from falaj.components.core.validation.args import Accepts, Args, Choice, Input, Spec, default
from falaj.components.core.validation.enums import Profile
from falaj.components.core.validation.regions import AzureRegion
from falaj.components.core.validation.set_once import set_once
from falaj.components.core.validation.tags import CostTags
from falaj.components.kubernetes.cluster.volume_classes import (
    DEFAULT_MARK,
    Driver,
    class_name,
    shared_class,
    volume_class,
)

AKS_DEFAULT_CLASS = "default"
"""Default storage class of every new AKS cluster; its disks are not encrypted with the site's key."""


class SharedShare(Spec):
    """A share of `SharedFiles` that volume claims can use."""

    resource_group_name: Input[str]
    """Name of the storage account's resource group."""
    account_name: Input[str]
    """Name of the storage account."""
    share_name: Input[str]
    """Name of the share in the storage account."""


class StorageClassesArgs(Args):
    """Arguments of `StorageClasses`: one class of disks for each workload profile, and one class of shared files."""

    region: AzureRegion = set_once("regions.azure")
    """Azure region in the UAE: `uaenorth` or `uaecentral`."""
    disk_key: Input[str]
    """Id of the disk encryption set of the volumes: output `disk_key` of `Cluster`."""
    regional_profiles: Accepts[Sequence[Profile], Sequence[Profile | str]] = default(())
    """Workload profiles with a pool whose nodes are in no zone. Their volumes are Premium SSD disks, because Premium
    SSD v2 attaches only to machines in a zone. None by default."""
    default: Choice[Profile] = default(Profile.BATCH)
    """Workload profile whose class is the cluster's default, for volume claims that name no class. Default `batch`."""
    shared_files: SharedShare | None = None
    """File share of the class `falaj-shared`; all claims of the class use the same files. If absent, there is no such
    class."""
    tags: CostTags = set_once("tags")
    """The mandatory cost tags, applied to each disk."""


class StorageClasses(pulumi.ComponentResource):
    """Creates a storage class of encrypted disks for each profile, `falaj-<profile>`, and one of shared files.

    Requires the Kubernetes provider of the cluster. The parameters of a storage class are immutable: a change replaces
    the class with one of the same name, and existing volumes are not changed.
    """

    class_names: pulumi.Output[Mapping[str, str]]
    """Name of each class by workload profile, and by `shared` if there is a class of shared files."""
    default_class: pulumi.Output[str]
    """Name of the cluster's default class."""

    def __init__(self, name: str, args: StorageClassesArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        args = StorageClassesArgs.of(name, args)
        super().__init__("falaj:azure:StorageClasses", name, {}, opts)
        child = pulumi.ResourceOptions(parent=self)
        names = {profile.value: _disks(name, args, profile, child).metadata.name for profile in Profile}
        if args.shared_files is not None:
            names["shared"] = _files(name, args.shared_files, child).metadata.name
        _remove_default_annotation(name, child)
        self.class_names = pulumi.Output.all(**names)
        self.default_class = pulumi.Output.from_input(class_name(args.default))
        self.register_outputs({"class_names": self.class_names, "default_class": self.default_class})


def _disks(name: str, args: StorageClassesArgs, profile: Profile, opts: pulumi.ResourceOptions) -> StorageClass:
    parameters = {
        **_disk_performance(args.region, TRAITS[profile], profile not in args.regional_profiles),
        "diskEncryptionSetID": args.disk_key,
        # Disables export of the disk through a shared access signature URL.
        "networkAccessPolicy": "DenyAll",
        "publicNetworkAccess": "Disabled",
        "tags": ",".join(f"{key}={value}" for key, value in args.tags.items()),
    }
    return volume_class(name, profile, args.default, Driver("disk.csi.azure.com", parameters), opts)


def _disk_performance(region: str, traits: ProfileTraits, has_zones: bool) -> dict[str, str]:
    """Returns the disk SKU and its performance: Premium SSD v2 where region and nodes have zones, otherwise Premium
    SSD.

    With Premium SSD v2, IOPS and throughput are provisioned separately from the size; 3,000 IOPS and 125 MB/s are free.
    It requires a region with zones and machines in one of them, allows 500 IOPS per GiB, and has no host caching.
    uaenorth offers it in three zones, uaecentral does not (learn.microsoft.com, disks-premv2-regions and disks-types,
    read 2026-11-24). The size of a Premium SSD disk determines its performance.
    """
    if not has_three_zones(region) or not has_zones:
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
        # Otherwise the driver adds a service endpoint to every subnet of the nodes' network, and fails because the
        # cluster's identity may not read them (azurefile-csi-driver 7b5ae18, controllerserver.go, 2026-08). AKS asks
        # for both (azure-aks-docs create-volume-azure-files.md, 2026-08).
        "networkEndpointType": "privateEndpoint",
        "server": pulumi.Output.concat(share.account_name, ".file.core.windows.net"),
        # Root owns the directory of a new share. The driver opens it to all users at the first mount, as root, and
        # leaves the owners of files alone (azurefile-csi-driver 003de68, nodeserver.go, 2026-08).
        "mountPermissions": "0777",
        "fsGroupChangePolicy": "None",
    }
    return shared_class(
        name, Driver("file.csi.azure.com", parameters), ["nconnect=4", "noresvport", "actimeo=30"], opts
    )


def _remove_default_annotation(name: str, opts: pulumi.ResourceOptions) -> None:
    """Removes the default annotation from AKS's class; of two default classes, Kubernetes uses the newer one."""
    StorageClassPatch(
        f"{name}-born-default",
        metadata=ObjectMetaPatchArgs(
            name=AKS_DEFAULT_CLASS,
            # AKS owns the annotation, so the patch has to force the conflict.
            annotations={DEFAULT_MARK: "false", "pulumi.com/patchForce": "true"},
        ),
        opts=opts,
    )
