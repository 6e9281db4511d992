"""Storage classes as every cluster of ours has them, whichever driver makes the volumes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pulumi
from pulumi_kubernetes.meta.v1 import ObjectMetaArgs
from pulumi_kubernetes.storage.v1 import StorageClass

from falaj.components.core.validation.enums import Profile

DEFAULT_MARK = "storageclass.kubernetes.io/is-default-class"
"""Annotation of the class that a claim gets which names none (Kubernetes)."""

SHARED_CLASS = "falaj-shared"


@dataclass(frozen=True)
class Driver:
    """The driver that makes volumes, and what it is told."""

    provisioner: str
    parameters: Mapping[str, pulumi.Input[str]]


def class_name(profile: Profile) -> str:
    """Name of the class of a profile's volumes."""
    return f"falaj-{profile.value}"


def volume_class(
    name: str, profile: Profile, default: Profile, driver: Driver, opts: pulumi.ResourceOptions
) -> StorageClass:
    """Volumes of one claim each, for pods of a profile; the class of `default` is that of claims which name none."""
    is_default = "true" if profile is default else "false"
    return StorageClass(
        f"{name}-{profile.value}",
        metadata=ObjectMetaArgs(name=class_name(profile), annotations={DEFAULT_MARK: is_default}),
        provisioner=driver.provisioner,
        parameters=driver.parameters,
        # A volume lies in one zone: where its first pod runs.
        volume_binding_mode="WaitForFirstConsumer",
        reclaim_policy="Delete",
        allow_volume_expansion=True,
        opts=opts,
    )


def shared_class(name: str, driver: Driver, mount_options: Sequence[str], opts: pulumi.ResourceOptions) -> StorageClass:
    """Volumes whose claims all see the same files."""
    return StorageClass(
        f"{name}-shared",
        metadata=ObjectMetaArgs(name=SHARED_CLASS, annotations={DEFAULT_MARK: "false"}),
        provisioner=driver.provisioner,
        parameters=driver.parameters,
        # The files outlive every claim on them.
        reclaim_policy="Retain",
        volume_binding_mode="Immediate",
        allow_volume_expansion=False,
        mount_options=mount_options,
        opts=opts,
    )
