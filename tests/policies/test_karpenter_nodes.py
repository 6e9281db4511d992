"""Karpenter node classes must encrypt the disks of their nodes."""

from typing import Any

import pytest

from tests.samples import COST_TAGS

from .harness import UNKNOWN, Given, Pack, blocking, rules

PACK = Pack()
AKS = "kubernetes:karpenter.azure.com/v1beta1:AKSNodeClass"
EC2 = "kubernetes:karpenter.k8s.aws/v1:EC2NodeClass"
CLUSTER = {"kubeconfig": '{"clusters": [{"cluster": {"server": "https://a.private.uaenorth.azmk8s.io:443"}}]}'}


def node_class(token: str, spec: dict[str, Any]) -> Given:
    tagged = {**spec, "tags": COST_TAGS}
    props = {"apiVersion": "x", "kind": "x", "metadata": {"name": "train"}, "spec": tagged}
    return Given(token, props, provider=CLUSTER)


def disk(**changes: object) -> dict[str, Any]:
    ebs = {"encrypted": True, "kmsKeyID": "arn:aws:kms:me-central-1:123456789012:key/k", **changes}
    return {"blockDeviceMappings": [{"deviceName": "/dev/xvda", "ebs": ebs}]}


@pytest.mark.parametrize(
    ("token", "spec"),
    [
        (AKS, {"security": {"encryptionAtHost": True}}),
        (EC2, disk()),
        (EC2, disk(kmsKeyID=UNKNOWN)),
        ("kubernetes:karpenter.sh/v1:NodePool", {"limits": {"nodes": "3"}}),
    ],
)
def test_node_classes_with_encryption_pass(token: str, spec: dict[str, Any]) -> None:
    assert rules(PACK.evaluate_resource(node_class(token, spec))) == set()


@pytest.mark.parametrize(
    ("token", "spec"),
    [
        (AKS, {}),
        (AKS, {"security": {"encryptionAtHost": False}}),
        # The spelling on Microsoft's documentation pages, which the CRD does not have.
        (AKS, {"security": {"encryptionatHost": True}}),
        (EC2, {}),
        (EC2, {"blockDeviceMappings": []}),
        (EC2, disk(encrypted=False)),
        (EC2, disk(kmsKeyID="alias/aws/ebs")),
        (EC2, {"blockDeviceMappings": [*disk()["blockDeviceMappings"], {"ebs": {"volumeSize": "1Gi"}}]}),
    ],
)
def test_node_classes_without_encryption_are_blocked(token: str, spec: dict[str, Any]) -> None:
    assert blocking(PACK.evaluate_resource(node_class(token, spec))) == {"FJ-ENC-302"}


def test_an_unknown_setting_is_reported_but_not_blocked() -> None:
    reports = PACK.evaluate_resource(node_class(AKS, {"security": {"encryptionAtHost": UNKNOWN}}))
    assert (rules(reports), blocking(reports)) == ({"FJ-ENC-302"}, set())
