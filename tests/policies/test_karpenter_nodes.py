"""Machines that Karpenter makes: their disks are encrypted, or the class that makes them is refused."""

from typing import Any

import pytest

from tests.samples import COST_TAGS

from .harness import UNKNOWN, Given, Pack, blocking, rules

PACK = Pack()
AKS = "kubernetes:karpenter.azure.com/v1beta1:AKSNodeClass"
EC2 = "kubernetes:karpenter.k8s.aws/v1:EC2NodeClass"
CLUSTER = {"kubeconfig": '{"clusters": [{"cluster": {"server": "https://a.private.uaenorth.azmk8s.io:443"}}]}'}


def given(token: str, spec: dict[str, Any]) -> Given:
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
def test_encrypted_machines_are_let_through(token: str, spec: dict[str, Any]) -> None:
    assert rules(PACK.evaluate_resource(given(token, spec))) == set()


@pytest.mark.parametrize(
    ("token", "spec"),
    [
        (AKS, {}),
        (AKS, {"security": {"encryptionAtHost": False}}),
        # As Microsoft's pages print it, which the CRD does not know.
        (AKS, {"security": {"encryptionatHost": True}}),
        (EC2, {}),
        (EC2, {"blockDeviceMappings": []}),
        (EC2, disk(encrypted=False)),
        (EC2, disk(kmsKeyID="alias/aws/ebs")),
        (EC2, {"blockDeviceMappings": [*disk()["blockDeviceMappings"], {"ebs": {"volumeSize": "1Gi"}}]}),
    ],
)
def test_others_are_stopped(token: str, spec: dict[str, Any]) -> None:
    assert blocking(PACK.evaluate_resource(given(token, spec))) == {"FJ-ENC-302"}


def test_a_class_that_is_not_known_yet_is_told() -> None:
    reports = PACK.evaluate_resource(given(AKS, {"security": {"encryptionAtHost": UNKNOWN}}))
    assert (rules(reports), blocking(reports)) == ({"FJ-ENC-302"}, set())
