"""Volume through which the runs of a namespace read datasets from a site's file system."""

import pulumi
from pulumi_kubernetes.core.v1 import PersistentVolume, PersistentVolumeClaim

from falaj.components.core.training.datasets import CLAIM, CLAIM_GIB, DatasetFileSystem
from falaj.components.core.validation.args import Args, Input
from falaj.components.core.validation.inputs import map_inputs
from falaj.components.core.validation.quantities import gibibytes
from falaj.components.core.validation.set_once import set_once
from falaj.components.core.validation.tags import CostTags, with_tags


class DatasetVolumeArgs(Args):
    """Volume of one namespace."""

    namespace: Input[str]
    """Namespace of the runs."""
    files: DatasetFileSystem
    """The file system."""
    creates_volume: bool = True
    """Whether to create the volume; false in a tenant's own stack, which has no rights outside its namespace."""
    creates_claim: bool = True
    """Whether to create the claim; false for a tenant whose own stack creates it."""
    tags: CostTags = set_once("tags")
    """The mandatory cost tags, applied as labels."""

    @property
    def volume_name(self) -> Input[str]:
        """Name of the volume, which is fixed: a generated one would differ between a saved plan and its update."""
        return map_inputs(lambda namespace: f"{CLAIM}-{namespace}", self.namespace)


class DatasetVolume(pulumi.ComponentResource):
    """Static PersistentVolume of an existing file system, and the claim that binds it in a namespace.

    Each namespace has a volume of its own: a volume binds one claim. Its handle is unique in the cluster, because the
    kubelet mounts a handle once per node; the driver finds the file system by the volume's attributes only
    (kubernetes-sigs/aws-fsx-csi-driver, pkg/driver/node.go, NodePublishVolume, read 2026-11-26). The driver supports
    ReadWriteOnce and ReadWriteMany (controller.go there); runs mount the volume read-only.
    """

    claim_name: pulumi.Output[str]
    """Name of the PersistentVolumeClaim."""

    def __init__(self, name: str, args: DatasetVolumeArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        args = DatasetVolumeArgs.of(name, args)
        super().__init__("falaj:kubernetes:DatasetVolume", name, {}, opts)
        child = pulumi.ResourceOptions(parent=self)
        volume = _volume(name, args, self) if args.creates_volume else None
        if args.creates_claim:
            _claim(name, args, args.volume_name if volume is None else volume.metadata.name, child)
        self.claim_name = pulumi.Output.from_input(CLAIM)
        self.register_outputs({"claim_name": self.claim_name})


def _volume(name: str, args: DatasetVolumeArgs, parent: pulumi.Resource) -> PersistentVolume:
    files = args.files
    return PersistentVolume(
        f"{name}-volume",
        metadata={"name": args.volume_name, "labels": with_tags(args.tags)},
        spec={
            "capacity": {"storage": map_inputs(gibibytes, files.gib)},
            "access_modes": ["ReadWriteMany"],
            "persistent_volume_reclaim_policy": "Retain",
            # No class: the claim is bound to this volume, and nothing is provisioned.
            "storage_class_name": "",
            "claim_ref": {"namespace": args.namespace, "name": CLAIM},
            "csi": {
                "driver": files.driver,
                "volume_handle": pulumi.Output.concat(files.file_system_id, "-", args.namespace),
                "volume_attributes": files.attributes,
            },
        },
        # Its source is immutable, and the name is taken until it is gone.
        opts=pulumi.ResourceOptions(parent=parent, delete_before_replace=True),
    )


def _claim(
    name: str, args: DatasetVolumeArgs, volume: pulumi.Input[str], opts: pulumi.ResourceOptions
) -> PersistentVolumeClaim:
    return PersistentVolumeClaim(
        f"{name}-claim",
        metadata={"name": CLAIM, "namespace": args.namespace, "labels": with_tags(args.tags)},
        spec={
            "access_modes": ["ReadWriteMany"],
            "storage_class_name": "",
            "volume_name": volume,
            "resources": {"requests": {"storage": gibibytes(CLAIM_GIB)}},
        },
        opts=opts,
    )
