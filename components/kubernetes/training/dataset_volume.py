"""Volume through which the runs of a namespace read datasets from a site's file system."""

import pulumi
from pulumi_kubernetes.core.v1 import PersistentVolume, PersistentVolumeClaim

from falaj.components.core.training.datasets import CLAIM, CLAIM_GIB, DatasetFileSystem
from falaj.components.core.validation.args import Args, Input
from falaj.components.core.validation.inputs import map_inputs
from falaj.components.core.validation.quantities import gibibytes
from falaj.components.core.validation.tags import CostTags, with_tags


class DatasetVolumeArgs(Args):
    """Volume of one namespace."""

    namespace: Input[str]
    """Namespace of the runs."""
    files: DatasetFileSystem
    """The file system."""
    tags: CostTags
    """The mandatory cost tags, applied as labels."""


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
        files, labels = args.files, with_tags(args.tags)
        handle = pulumi.Output.concat(files.file_system_id, "-", args.namespace)
        volume = PersistentVolume(
            f"{name}-volume",
            # A generated name would differ between a saved plan and its update.
            metadata={"name": map_inputs(lambda namespace: f"{CLAIM}-{namespace}", args.namespace), "labels": labels},
            spec={
                "capacity": {"storage": map_inputs(gibibytes, files.gib)},
                "access_modes": ["ReadWriteMany"],
                "persistent_volume_reclaim_policy": "Retain",
                # No class: the claim is bound to this volume, and nothing is provisioned.
                "storage_class_name": "",
                "claim_ref": {"namespace": args.namespace, "name": CLAIM},
                "csi": {
                    "driver": files.driver,
                    "volume_handle": handle,
                    "volume_attributes": files.attributes,
                },
            },
            # Its source is immutable, and the name is taken until it is gone.
            opts=pulumi.ResourceOptions(parent=self, delete_before_replace=True),
        )
        claim = PersistentVolumeClaim(
            f"{name}-claim",
            metadata={"name": CLAIM, "namespace": args.namespace, "labels": labels},
            spec={
                "access_modes": ["ReadWriteMany"],
                "storage_class_name": "",
                "volume_name": volume.metadata.name,
                "resources": {"requests": {"storage": gibibytes(CLAIM_GIB)}},
            },
            opts=pulumi.ResourceOptions(parent=self),
        )
        self.claim_name = claim.metadata.name
        self.register_outputs({"claim_name": self.claim_name})
