"""Unexpected values, deep nesting and large values never make a rule fail."""

from typing import Any

import pytest

from tests.policies.harness import UNKNOWN, Given, Pack, blocking, named, rules

PACK = Pack()


KEY = "arn:aws:kms:me-central-1:123456789012:key/11111111-2222-3333-4444-555555555555"


VOLUME = "aws:ebs/volume:Volume"


GROUP = "aws:ec2/securityGroup:SecurityGroup"


BUCKET_POLICY = "aws:s3/bucketPolicy:BucketPolicy"


POD = "kubernetes:core/v1:Pod"


ACCOUNT = "azure-native:storage:StorageAccount"


ENCRYPTED: dict[str, Any] = {"encrypted": True, "kmsKeyId": KEY}


def refused(token: str, props: dict[str, Any], rule: str, provider: dict[str, Any] | None = None) -> bool:
    blocked_by = blocking(PACK.evaluate_resource(Given(token, props, provider=provider)))
    assert "FJ-PACK-001" not in blocked_by
    return rule in blocked_by


TOKENS = (
    VOLUME, GROUP, BUCKET_POLICY, POD, ACCOUNT, "aws:iam/role:Role", "aws:iam/policy:Policy",
    "aws:ec2/instance:Instance", "kubernetes:apps/v1:Deployment", "azure-native:containerservice:ManagedCluster",
    "kubernetes:rbac.authorization.k8s.io/v1:ClusterRole", "azure-native:network:NetworkSecurityGroup",
)  # fmt: skip


KEYS = (
    "region", "location", "ingress", "policy", "spec", "metadata", "tags", "assumeRolePolicy", "encrypted", "kmsKeyId",
    "metadataOptions", "properties", "sku", "networkRuleSet", "agentPoolProfiles", "inlinePolicies", "rules", "labels",
    "securityRules",
)  # fmt: skip


@pytest.mark.parametrize("value", [None, "", [], {}, 0, -1.5, True, [None], {"a": None}, "{", [[]], UNKNOWN], ids=named)
def test_a_value_of_an_unexpected_type_does_not_make_a_rule_fail(value: object) -> None:
    for token in TOKENS:
        assert "FJ-PACK-001" not in rules(PACK.evaluate_resource(Given(token, dict.fromkeys(KEYS, value))))


def test_violations_in_deep_or_large_values_are_reported() -> None:
    deep: Any = {"region": "eu-west-1"}
    for _ in range(80):
        deep = {"below": deep}
    assert rules(PACK.evaluate_resource(Given(VOLUME, {**ENCRYPTED, "deep": deep}))) & {"FJ-RES-103"}
    padding = "x" * 10_000_000
    assert refused(VOLUME, {"description": padding, "encrypted": False}, "FJ-ENC-102")
    assert refused("aws:ec2/instance:Instance", {"userData": f"{padding}\nexport DB_PASSWORD=hunter2"}, "FJ-EXP-114")
