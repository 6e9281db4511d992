"""Storage classes of all clusters, independent of the CSI driver."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pulumi
from pulumi_kubernetes.meta.v1 import ObjectMetaArgs
from pulumi_kubernetes.storage.v1 import StorageClass

from falaj.components.core.storage.shared_files import CLAIM
from falaj.components.core.validation.enums import Profile

DEFAULT_MARK = "storageclass.kubernetes.io/is-default-class"
"""Annotation of the default storage class (Kubernetes)."""

SHARED_CLASS = CLAIM
"""Storage class of file systems that several nodes can mount."""


@dataclass(frozen=True)
class Driver:
    """The CSI driver that creates volumes, and its parameters."""

    provisioner: str
    parameters: Mapping[str, pulumi.Input[str]]


def class_name(profile: Profile) -> str:
    """Returns the name of a profile's storage class."""
    return f"falaj-{profile.value}"


def volume_class(
    name: str,
    profile: Profile,
    default: Profile,
    driver: Driver,
    opts: pulumi.ResourceOptions,
    labels: Mapping[str, str] | None = None,
) -> StorageClass:
    """Creates the storage class of a profile's volumes; that of profile `default` is the cluster's default class."""
    is_default = "true" if profile is default else "false"
    return StorageClass(
        f"{name}-{profile.value}",
        metadata=ObjectMetaArgs(name=class_name(profile), annotations={DEFAULT_MARK: is_default}, labels=labels),
        provisioner=driver.provisioner,
        parameters=driver.parameters,
        # A volume is in a single zone, which must be that of its first pod.
        volume_binding_mode="WaitForFirstConsumer",
        reclaim_policy="Delete",
        allow_volume_expansion=True,
        opts=opts,
    )


def shared_class(name: str, driver: Driver, mount_options: Sequence[str], opts: pulumi.ResourceOptions) -> StorageClass:
    """Creates the storage class of a site's shared files."""
    return StorageClass(
        f"{name}-shared",
        metadata=ObjectMetaArgs(name=SHARED_CLASS, annotations={DEFAULT_MARK: "false"}),
        provisioner=driver.provisioner,
        parameters=driver.parameters,
        # The files are retained when claims are deleted.
        reclaim_policy="Retain",
        volume_binding_mode="Immediate",
        allow_volume_expansion=False,
        mount_options=mount_options,
        opts=opts,
    )
