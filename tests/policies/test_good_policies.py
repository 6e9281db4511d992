"""Policies of common controllers pass the rules on identities; what is left out of them is refused.

Actions and conditions of the policies that terraform-aws-modules/terraform-aws-iam@981121bc publishes for service
accounts (modules/iam-role-for-service-accounts, read 2026-11-27).
"""

import json
from typing import Any

import pytest
from guardrails.engine.enforcement import load_enforcement
from guardrails.registry import IDS

from tests.distribution import ROOT

from .harness import Given, Pack, rules

PACK = Pack(load_enforcement(ROOT / "policy_pack" / "enforcement.yaml", IDS))
ZONE = "arn:aws:route53:::hostedzone/Z0123456789"
SECRET = "arn:aws:secretsmanager:me-central-1:123456789012:secret:team-a/*"
CSI = {"aws:RequestTag/ebs.csi.aws.com/cluster": "true"}
OWNED = {"StringEquals": {"aws:ResourceTag/kubernetes.io/cluster/uae": "owned"}}


def allow(*actions: str, resource: str = "*", **condition: dict[str, str]) -> dict[str, Any]:
    statement = {"Effect": "Allow", "Action": list(actions), "Resource": resource}
    return {**statement, "Condition": condition} if condition else statement


POLICIES: dict[str, tuple[dict[str, Any], ...]] = {
    "cert-manager": (
        allow("route53:GetChange", resource="arn:aws:route53:::change/*"),
        allow("route53:ChangeResourceRecordSets", "route53:ListResourceRecordSets", resource=ZONE),
        allow("route53:ListHostedZonesByName"),
    ),
    "Cluster Autoscaler": (
        allow("autoscaling:DescribeAutoScalingGroups", "ec2:DescribeImages", "eks:DescribeNodegroup"),
        allow("autoscaling:SetDesiredCapacity", "autoscaling:TerminateInstanceInAutoScalingGroup", **OWNED),
    ),
    "EBS CSI driver": (
        allow("ec2:CreateVolume", resource="arn:aws:ec2:*:*:volume/*", StringLike=CSI),
        allow("ec2:DeleteVolume", resource="arn:aws:ec2:*:*:volume/*",
              StringLike={"ec2:ResourceTag/ebs.csi.aws.com/cluster": "true"}),
        allow("ec2:DescribeVolumes", "ec2:DescribeSnapshots", "ec2:DescribeInstances"),
    ),
    "ExternalDNS": (
        allow("route53:ChangeResourceRecordSets", resource=ZONE),
        allow("route53:ListHostedZones", "route53:ListResourceRecordSets", "route53:ListTagsForResources"),
    ),
    "External Secrets": (
        allow("secretsmanager:ListSecrets", "secretsmanager:BatchGetSecretValue"),
        allow("secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret", resource=SECRET),
    ),
    "Node Termination Handler": (
        allow("autoscaling:DescribeTags", "ec2:DescribeInstances"),
        allow("autoscaling:CompleteLifecycleAction", resource="arn:aws:autoscaling:*:*:autoScalingGroup:*:a/uae-*"),
    ),
    "Prometheus": (allow("aps:RemoteWrite", "aps:QueryMetrics", resource="arn:aws:aps:*:*:workspace/ws-1"),),
    "Mountpoint for S3": (
        allow("s3:ListBucket", resource="arn:aws:s3:::models-uae"),
        allow("s3:GetObject", "s3:PutObject", "s3:AbortMultipartUpload", resource="arn:aws:s3:::models-uae/*"),
    ),
}  # fmt: skip


def found(*statements: dict[str, Any]) -> set[str]:
    document = json.dumps({"Version": "2012-10-17", "Statement": statements})
    reports = PACK.evaluate_resource(Given("aws:iam/policy:Policy", {"policy": document}))
    return {rule for rule in rules(reports) if rule.startswith("FJ-IDN")}


@pytest.mark.parametrize("name", POLICIES)
def test_the_policy_of_a_controller_passes(name: str) -> None:
    assert found(*POLICIES[name]) == set()


def test_the_same_without_its_limits_is_refused() -> None:
    assert found(allow("autoscaling:SetDesiredCapacity")) == {"FJ-IDN-109"}
    assert found(allow("secretsmanager:GetSecretValue", "secretsmanager:BatchGetSecretValue")) == {"FJ-IDN-104"}
    assert found(allow("secretsmanager:BatchGet*", "secretsmanager:Get*")) == {"FJ-IDN-104"}
    assert found(allow("ec2:DeleteVolume")) == {"FJ-IDN-109"}
