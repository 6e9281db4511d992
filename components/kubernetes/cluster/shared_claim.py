"""Claim through which the workloads of a namespace mount a site's shared files."""

import pulumi
from pulumi_kubernetes.core.v1 import PersistentVolumeClaim

from falaj.components.core.storage.shared_files import CLAIM, CLAIM_GIB
from falaj.components.core.validation.args import Args, Input
from falaj.components.core.validation.names import Subdomain
from falaj.components.core.validation.quantities import gibibytes
from falaj.components.core.validation.set_once import set_once
from falaj.components.core.validation.tags import CostTags, with_tags


class SharedClaimArgs(Args):
    """Claim of one namespace."""

    namespace: Input[str]
    """Namespace of the workloads."""
    storage_class: Input[Subdomain]
    """Storage class of the shared files, such as `falaj-shared`."""
    tags: CostTags = set_once("tags")
    """The mandatory cost tags, applied as labels."""


class SharedClaim(pulumi.ComponentResource):
    """PersistentVolumeClaim of a site's shared files in a namespace.

    On AWS the claims of a namespace have a directory of their own; on Azure all claims have the same share. In both,
    workloads mount the folder with the name of their namespace only.
    """

    claim_name: pulumi.Output[str]
    """Name of the PersistentVolumeClaim."""

    def __init__(self, name: str, args: SharedClaimArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        args = SharedClaimArgs.of(name, args)
        super().__init__("falaj:kubernetes:SharedClaim", name, {}, opts)
        claim = PersistentVolumeClaim(
            f"{name}-claim",
            metadata={"name": CLAIM, "namespace": args.namespace, "labels": with_tags(args.tags)},
            spec={
                "access_modes": ["ReadWriteMany"],
                "storage_class_name": args.storage_class,
                "resources": {"requests": {"storage": gibibytes(CLAIM_GIB)}},
            },
            opts=pulumi.ResourceOptions(parent=self),
        )
        self.claim_name = claim.metadata.name
        self.register_outputs({"claim_name": self.claim_name})
