"""A file system in front of a site's vault for datasets, and how training runs mount it. Pure."""

from collections.abc import Mapping

from falaj.components.core.validation.args import Input, Spec

FOLDER = "/datasets"
"""Path in a run's pod at which the datasets are mounted."""

CLAIM = "falaj-datasets"
"""Name of the PersistentVolumeClaim in each namespace that mounts them."""

CLAIM_GIB = 1
"""Size that the claim requests, which counts against the namespace's quota. The file system is paid for by the site, so
the claim requests the least."""


class DatasetFileSystem(Spec):
    """An existing file system with the objects of the vault for datasets, as its CSI driver mounts it."""

    driver: Input[str]
    """Name of the CSI driver."""
    file_system_id: Input[str]
    attributes: Input[Mapping[str, Input[str]]]
    """Attributes with which the driver mounts it."""
    gib: Input[int]
    """Size of the file system."""
    zone_id: Input[str]
    """ID of its availability zone: nodes in other zones reach it, at the cost of traffic between zones."""


def dataset_uri(path: str) -> str:
    """Returns the address of a dataset in the mounted file system."""
    return f"file://{FOLDER}/{path}".rstrip("/")
