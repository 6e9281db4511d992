"""Plans with volumes that Kubernetes objects claim, for the tests."""

from collections.abc import Mapping
from typing import Any

from falaj.finops.estimate import Estimate
from falaj.finops.lines import Line
from tests.unit.finops.plans import AWS_NETWORK, TAGS, Row, plan, priced

AZURE_NETWORK: Row = ("azure-native:network:VirtualNetwork", "uae-network", {"location": "uaenorth", "tags": TAGS})
NETWORKS = {"aws": AWS_NETWORK, "azure": AZURE_NETWORK}
"""Cloud -> a free resource that determines the region of the site."""


def storage_class(
    name: str,
    provisioner: str,
    parameters: Mapping[str, Any] | None = None,
    default: bool = False,
    tags: Mapping[str, str] = TAGS,
) -> Row:
    mark = {"storageclass.kubernetes.io/is-default-class": "true" if default else "false"}
    props = {
        "metadata": {"name": name, "labels": tags, "annotations": mark},
        "provisioner": provisioner,
        "parameters": parameters or {},
    }
    return "kubernetes:storage.k8s.io/v1:StorageClass", f"uae-class-{name}", props


def ebs(name: str, **parameters: Any) -> Row:
    return storage_class(name, "ebs.csi.aws.com", parameters)


def azure_disk(name: str, **parameters: Any) -> Row:
    return storage_class(name, "disk.csi.azure.com", parameters)


def claim_spec(size: Any, storage_class_name: Any = None, **more: Any) -> dict[str, Any]:
    named = {} if storage_class_name is None else {"storageClassName": storage_class_name}
    return {"resources": {"requests": {"storage": size}}, **named, **more}


def claim(size: Any, storage_class_name: Any = None, name: str = "disk", **more: Any) -> Row:
    props = {"metadata": {"name": name, "labels": TAGS}, "spec": claim_spec(size, storage_class_name, **more)}
    return "kubernetes:core/v1:PersistentVolumeClaim", name, props


def bill(cloud: str, *rows: Row, usage: str = "") -> Estimate:
    return priced(plan(NETWORKS[cloud], *rows), usage)


def volumes(cloud: str, *rows: Row, usage: str = "") -> list[Line]:
    """Returns the lines of storage, without those of machines and clusters."""
    services = ("ebs", "efs", "fsx-lustre", "disk", "files", "blob", "volume")
    return [line for line in bill(cloud, *rows, usage=usage).lines if line.charge.service in services]
