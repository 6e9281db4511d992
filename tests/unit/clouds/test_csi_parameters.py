"""Parameters of storage classes are those of the CSI driver that their class names."""

from collections.abc import Callable
from typing import Any

import pytest

from falaj.sandbox.clouds.kubernetes.csi_parameters import drivers
from falaj.sandbox.clouds.spec import CloudError
from tests.unit.clouds.driver import Driver
from tests.unit.clouds.kubernetes_objects import kubeconfig

CLASS = "kubernetes:storage.k8s.io/v1:StorageClass"
EBS, EFS, DISK, FILE = "ebs.csi.aws.com", "efs.csi.aws.com", "disk.csi.azure.com", "file.csi.azure.com"


@pytest.fixture
def k8s(open_cloud: Callable[..., Driver]) -> Driver:
    return open_cloud("kubernetes", kubeconfig=kubeconfig())


def make(k8s: Driver, provisioner: str, *parameters: str) -> None:
    made: dict[str, Any] = {"metadata": {"name": "a"}, "provisioner": provisioner}
    k8s.create(CLASS, "a", **made, parameters=dict.fromkeys(parameters, "1"))


@pytest.mark.parametrize(
    ("provisioner", "parameters"),
    [
        (EBS, ("TYPE", "kmsKeyId", "tagSpecification_1", "csi.storage.k8s.io/fstype", "fsType")),
        (EFS, ("provisioningMode", "ensureUniqueDirectory")),
        (DISK, ("SkuName", "DiskMBpsReadWrite", "device-setting/queue/scheduler")),
        (FILE, ("shareName", "ENCRYPTINTRANSIT")),
        ("nfs.example.com", ("anything",)),
    ],
)
def test_parameters_of_the_driver_are_accepted(k8s: Driver, provisioner: str, parameters: tuple[str, ...]) -> None:
    make(k8s, provisioner, *parameters)


@pytest.mark.parametrize(
    ("provisioner", "parameter"),
    [
        (EBS, "tagspecification_1"),
        (EBS, "kmsKeyArn"),
        (EFS, "ensureUniqueDirectories"),
        (EFS, "EnsureUniqueDirectory"),
        (DISK, "diskEncryptionSet"),
        (FILE, "encryptInFlight"),
        (FILE, "csi.storage.k8s.io/file-system"),
    ],
)
def test_another_parameter_is_refused(k8s: Driver, provisioner: str, parameter: str) -> None:
    with pytest.raises(CloudError, match=parameter):
        make(k8s, provisioner, parameter)


def test_each_driver_names_its_source() -> None:
    assert {driver.provisioner for driver in drivers()} == {EBS, EFS, DISK, FILE}
    assert all(driver.source and driver.parameters for driver in drivers())
