"""Cost tags of machines and disks that a cluster creates."""

from typing import Any

import pytest

from tests.samples import COST_TAGS as TAGS

from .harness import UNKNOWN, UNKNOWN_OBJECT, Given, Pack

PACK = Pack()
STORAGE = "kubernetes:storage.k8s.io/v1:StorageClass"
NUMBERED = {f"tagSpecification_{index}": f"{key}={value}" for index, (key, value) in enumerate(TAGS.items(), 1)}
JOINED = ", ".join(f"{key}={value}" for key, value in TAGS.items())
WITHOUT_FIRST = {key: value for key, value in NUMBERED.items() if key != "tagSpecification_1"}


def _report(token: str, props: dict[str, Any]) -> list[bool]:
    """Returns for each finding of the rule whether it blocks the deployment."""
    return [item.mandatory for item in PACK.evaluate_resource(Given(token, props)) if item.rule == "FJ-TAG-008"]


@pytest.mark.parametrize(
    "token", ["kubernetes:karpenter.k8s.aws/v1:EC2NodeClass", "kubernetes:karpenter.azure.com/v1beta1:AKSNodeClass"]
)
def test_a_node_class_tags_its_machines(token: str) -> None:
    assert _report(token, {"spec": {"tags": TAGS}}) == []
    assert _report(token, {"spec": {"tags": {**TAGS, "owner": UNKNOWN}}}) == []
    assert _report(token, {"spec": {"tags": {**TAGS, "owner": ""}}}) == [True]
    assert _report(token, {"spec": {}}) == [True]
    assert _report(token, {"spec": {"tags": UNKNOWN_OBJECT}}) == [False]
    assert _report("kubernetes:karpenter.sh/v1:NodePool", {"spec": {}}) == []


@pytest.mark.parametrize(
    ("provisioner", "parameters", "expected"),
    [
        ("ebs.csi.aws.com", NUMBERED, []),
        ("ebs.csi.aws.com", {**WITHOUT_FIRST, "tagSpecification_1": UNKNOWN}, [False]),
        ("ebs.csi.aws.com", WITHOUT_FIRST, [True]),
        ("ebs.csi.aws.com", {}, [True]),
        ("ebs.csi.aws.com", UNKNOWN_OBJECT, [False]),
        ("disk.csi.azure.com", {"tags": JOINED}, []),
        ("disk.csi.azure.com", {"tags": UNKNOWN}, [False]),
        ("disk.csi.azure.com", {"tags": "owner=me"}, [True]),
        ("disk.csi.azure.com", {}, [True]),
        ("file.csi.azure.com", {"storageAccount": UNKNOWN}, []),
        ("file.csi.azure.com", {"skuName": "Premium_ZRS"}, [True]),
        ("efs.csi.aws.com", {}, []),
        ("rancher.io/local-path", {}, []),
    ],
)
def test_a_storage_class_tags_its_disks(provisioner: str, parameters: Any, expected: list[bool]) -> None:
    assert _report(STORAGE, {"provisioner": provisioner, "parameters": parameters}) == expected
