"""Presets: what each building block needs passes, nothing else does, and the settings' own entries apply first."""

import json
from pathlib import Path
from typing import Any

import pytest
from guardrails.engine.enforcement import load_enforcement
from guardrails.engine.presets import presets, with_presets
from guardrails.engine.settings_files import SetupError
from guardrails.registry import IDS

from .harness import Given, Pack, rules

RELEASE = "kubernetes:helm.sh/v3:Release"
TAG, REQUEST = "aws:ResourceTag/elbv2.k8s.aws/cluster", "aws:RequestTag/elbv2.k8s.aws/cluster"
BALANCER = "arn:aws:elasticloadbalancing:*:*:loadbalancer/app/*/*"


def allow(*actions: str, resource: str = "*", **condition: dict[str, str]) -> dict[str, Any]:
    statement = {"Effect": "Allow", "Action": list(actions), "Resource": resource}
    return {**statement, "Condition": condition} if condition else statement


CONTROLLER = (
    allow("iam:CreateServiceLinkedRole",
          StringEquals={"iam:AWSServiceName": "elasticloadbalancing.amazonaws.com"}),
    allow("ec2:DescribeSubnets", "elasticloadbalancing:DescribeLoadBalancers"),
    allow("wafv2:AssociateWebACL", "wafv2:DisassociateWebACL", "shield:CreateProtection", "shield:DeleteProtection",
          "waf-regional:AssociateWebACL", "waf-regional:DisassociateWebACL", "acm:ListCertificates"),
    allow("ec2:AuthorizeSecurityGroupIngress", "ec2:RevokeSecurityGroupIngress"),
    allow("ec2:CreateSecurityGroup"),
    allow("ec2:CreateTags", resource="arn:aws:ec2:*:*:security-group/*",
          StringEquals={"ec2:CreateAction": "CreateSecurityGroup"}, Null={REQUEST: "false"}),
    allow("ec2:DeleteSecurityGroup", "ec2:AuthorizeSecurityGroupIngress", Null={TAG: "false"}),
    allow("elasticloadbalancing:CreateLoadBalancer", "elasticloadbalancing:CreateTargetGroup", Null={REQUEST: "false"}),
    allow("elasticloadbalancing:CreateListener", "elasticloadbalancing:DeleteListener",
          "elasticloadbalancing:CreateRule", "elasticloadbalancing:DeleteRule"),
    allow("elasticloadbalancing:AddTags", resource=BALANCER, Null={REQUEST: "true", TAG: "false"}),
    allow("elasticloadbalancing:ModifyLoadBalancerAttributes", "elasticloadbalancing:DeleteLoadBalancer",
          Null={TAG: "false"}),
    allow("elasticloadbalancing:SetWebAcl", "elasticloadbalancing:ModifyListener",
          "elasticloadbalancing:AddListenerCertificates", "elasticloadbalancing:ModifyRule"),
)  # fmt: skip
"""The shape of AWS Load Balancer Controller's policy (its docs/install/iam_policy.json, v3.5.0)."""
QUEUE = {
    "Statement": [
        {"Effect": "Allow", "Principal": {"Service": ["events.amazonaws.com", "sqs.amazonaws.com"]},
         "Action": "sqs:SendMessage", "Resource": "arn:aws:sqs:me-central-1:123456789012:karpenter"}
    ]
}  # fmt: skip


def pack(tmp_path: Path, *names: str, text: str = "") -> Pack:
    file = tmp_path / "enforcement.yaml"
    file.write_text(f"default: {{all: mandatory}}\npresets: {json.dumps(names)}\n{text}")
    return Pack(load_enforcement(file, IDS))


def found(pack: Pack, token: str, props: dict[str, Any], name: str = "it") -> set[str]:
    return rules(pack.evaluate_resource(Given(token, props, name=name)))


def policy(*statements: dict[str, Any]) -> dict[str, Any]:
    return {"policy": json.dumps({"Version": "2012-10-17", "Statement": list(statements)})}


def test_the_controllers_policy_passes_with_its_preset_only(tmp_path: Path) -> None:
    token = "aws:iam/policy:Policy"
    assert "FJ-IDN-109" in found(pack(tmp_path), token, policy(*CONTROLLER))
    allowed = pack(tmp_path, "alb-controller")
    assert "FJ-IDN-109" not in found(allowed, token, policy(*CONTROLLER))
    assert "FJ-IDN-109" in found(allowed, token, policy(allow("ec2:CreateSecurityGroup", "ec2:DeleteVolume")))
    assert "FJ-IDN-109" in found(allowed, token, policy(allow("elasticloadbalancing:*Listener")))
    assert "FJ-IDN-101" in found(allowed, token, policy(allow("elasticloadbalancing:*")))


def test_karpenters_queue_passes_with_its_preset_only(tmp_path: Path) -> None:
    token, props = "aws:sqs/queuePolicy:QueuePolicy", {"policy": json.dumps(QUEUE)}
    assert "FJ-EXP-130" in found(pack(tmp_path), token, props, "karpenter")
    assert "FJ-EXP-130" not in found(pack(tmp_path, "karpenter"), token, props, "uae-karpenter-queue")
    assert "FJ-EXP-130" not in found(pack(tmp_path, "karpenter"), token, props, "interruptions")
    props = {"policy": json.dumps(QUEUE).replace(":karpenter", ":orders")}
    assert "FJ-EXP-130" in found(pack(tmp_path, "karpenter"), token, props, "orders")


@pytest.mark.parametrize(
    ("preset", "chart"),
    [
        ("cert-manager", "oci://quay.io/jetstack/charts/cert-manager"),
        ("eks-blueprint", "oci://quay.io/jetstack/charts/cert-manager"),
        ("eks-blueprint", "https://charts.external-secrets.io/external-secrets-1.0.0.tgz"),
        ("gpu-operator", "https://helm.ngc.nvidia.com/nvidia/charts/gpu-operator-v25.3.0.tgz"),
    ],
)
def test_charts_of_a_preset_pass(tmp_path: Path, preset: str, chart: str) -> None:
    props = {"chart": chart, "version": "1.0.0"}
    assert "FJ-ESC-105" in found(pack(tmp_path), RELEASE, props)
    assert "FJ-ESC-105" not in found(pack(tmp_path, preset), RELEASE, props)
    assert "FJ-ESC-105" in found(pack(tmp_path, preset), RELEASE, {**props, "chart": "oci://quay.io/any/chart"})


@pytest.mark.parametrize(("preset", "provider"), [("awsx", "awsx"), ("pulumi-eks", "eks")])
def test_component_packages_of_a_preset_pass(tmp_path: Path, preset: str, provider: str) -> None:
    token = f"pulumi:providers:{provider}"
    assert "FJ-ESC-101" in found(pack(tmp_path), token, {})
    assert "FJ-ESC-101" not in found(pack(tmp_path, preset), token, {})
    assert "FJ-ESC-101" in found(pack(tmp_path, preset), f"{provider}:index:Anything", {})


def test_own_entries_apply_first_and_every_preset_is_valid(tmp_path: Path) -> None:
    own = "escape: {helm_sources: {'https://charts.jetstack.io': reviewed by security}}\n"
    every = pack(tmp_path, *presets(), text=own)
    assert every is not None
    merged = with_presets(
        {"presets": ["cert-manager"], "escape": {"helm_sources": {"https://charts.jetstack.io": "a"}}}
    )
    assert merged["escape"]["helm_sources"]["https://charts.jetstack.io"] == "a"
    assert "oci://quay.io/jetstack/charts" in merged["escape"]["helm_sources"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("presets: [helm]", "'helm' is not a preset; allowed are alb-controller"),
        ("presets: 7", "presets"),
        ("presets: [cert-manager]\nescape: {helm_sources: 'https://a.example'}", "escape.helm_sources: 'https://a"),
        (
            "presets: [cert-manager]\nescape: {helm_sources: ['https://a.example']}",
            r"escape.helm_sources: \['https://a",
        ),
        ("presets: [cert-manager]\nescape: 7", "escape: 7 is not allowed"),
        ("identity: {unrestricted_actions: {'ec2:*': needed by everyone}}", "is not one action"),
        ("exposure: {service_callers: {'*a*': needed by everyone}}", "matches too many names"),
        ("escape: {helm_sources: {'oci://*.azurecr.io': our own registry}}", "matches hosts of everyone"),
        ("escape: {helm_sources: {'https://*.s3.amazonaws.com/a': our own bucket}}", "matches hosts of everyone"),
        ("kubernetes: {namespaces: {kube-node-lease: nobody works there}}", "holds the leases of nodes"),
        ("kubernetes: {allowed_clusters: ['']}", "'' is not a cluster"),
        ("escape: {image_publishers: {quay.io: everything there}}", "such as quay.io/example"),
        ("identity: {cluster_roles: {'node-*': of the platform}}", "'node-*' is not the name of one ClusterRole"),
        (
            "residency: {known: {azurecr.io: our own registry, '-': our own bucket}}",
            "list the host's whole name; '-' is not the name of a bucket",
        ),
    ],
)
def test_wrong_settings_are_refused(tmp_path: Path, text: str, message: str) -> None:
    file = tmp_path / "enforcement.yaml"
    file.write_text(f"default: {{all: mandatory}}\n{text}\n")
    with pytest.raises(SetupError, match=message.replace("*", r"\*")):
        load_enforcement(file, IDS)
