"""Messages that were false, or hard to understand, of programs that others publish (read 2026-11-30)."""

import pytest
from guardrails.readers.published_images import is_published

from .blind import ME, aws, k8s, meta, policy, role, statement
from .harness import UNKNOWN, Given, Pack

PACK = Pack()
GITHUB = "token.actions.githubusercontent.com"
FLOW_LOG = aws("ec2/FlowLog", {"vpcId": UNKNOWN, "logDestination": UNKNOWN, "logDestinationType": "s3"})
RESOLVER = aws("route53/ResolverRule", {
    "domainName": "corp.example.ae", "ruleType": "FORWARD", "targetIps": [{"ipv6": "2001:db8::36"}]})  # fmt: skip
FEDERATED = {"Federated": f"arn:aws:iam::{ME}:oidc-provider/{GITHUB}"}


@pytest.mark.parametrize(
    ("given", "rule", "text", "source"),
    [
        (role(FEDERATED, {"StringEquals": {f"{GITHUB}:sub": "repo:bank/apps:pull_request"}}), "FJ-IDN-105",
         f"too many subjects of an identity provider: {GITHUB}:sub may be 'repo:bank/apps:pull_request'",
         "terraform-aws-modules/terraform-aws-iam examples/iam-oidc-provider"),
        (role(FEDERATED, {"StringEquals": {f"{GITHUB}:aud": "sts.amazonaws.com"}}), "FJ-IDN-105",
         f"no condition fixes {GITHUB}:sub", "the same without a subject"),
        (policy(statement("organizations:EnableAWSServiceAccess")), "FJ-IDN-103", "gives power over other accounts",
         "aws-samples/aws-security-reference-architecture-examples"),
        (policy(statement("s3:PutBucketPolicy")), "FJ-IDN-104", "reaches, changes or deletes data",
         "aws-samples/aws-security-reference-architecture-examples"),
        (FLOW_LOG, "FJ-RES-106", "logDestination is not known before deployment",
         "aws-ia/terraform-aws-vpc modules/flow_logs"),
        (RESOLVER, "FJ-RES-112", "refers to '2001:db8::36'", "pulumi-aws 7.51.1, example of aws.route53.ResolverRule"),
        (aws("lambda/Function", {"runtime": "nodejs18.x"}), "FJ-ESC-115",
         "runtime must have another value: otherwise the function runs with holes",
         "aws-cloudformation/aws-cloudformation-templates, 40 functions"),
        (policy(statement("ec2:DeleteSnapshot", f"arn:aws:ec2:me-central-1:{ME}:snapshot/*")), "FJ-IDN-109",
         "changes or deletes every resource of a kind (ec2:DeleteSnapshot)", "widdix/aws-cf-templates ec2/al2-mutable"),
        (aws("route53/Zone", {"name": UNKNOWN}), "FJ-ESC-115",
         "name is not known before deployment, and with some values packages and programs come from",
         "widdix/aws-cf-templates vpc/zone-public.yaml"),
        (k8s("storage.k8s.io/v1:StorageClass", {"metadata": meta(), "provisioner": "blob.csi.azure.com",
                                                "parameters": {"protocol": "nfs"}}), "FJ-ENC-424",
         "parameters.protocol must be fuse2: shares of NFS have no TLS there",
         "kubernetes-sigs/blob-csi-driver deploy/example/storageclass-blob-nfs.yaml"),
        (aws("ec2/Instance", {"instanceType": "t2.small"}), "FJ-COST-101", "offered are t3.small, t4g.small",
         "aws-cloudformation/aws-cloudformation-templates, 14 machines"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_message(given: Given, rule: str, text: str, source: str) -> None:
    texts = [report.text for report in PACK.evaluate_plan(given) if report.rule == rule]
    assert any(text in item for item in texts), f"{source}: {texts}"


@pytest.mark.parametrize(("text", "is_so"), [
    ("registry.k8s.io/pause:3.10", True), ("--image=registry.k8s.io/pause:3.10", True),
    ("registry.k8s.io/a/../../evil/pause:3.10", False), ("registry.k8s.io/pause", False),
    ("evil.example/registry.k8s.io/pause:3.10", False), ("curl registry.k8s.io/pause:3.10", False),
])  # fmt: skip
def test_an_image_of_a_known_publisher_is_all_of_a_text(text: str, is_so: bool) -> None:
    assert is_published(text) is is_so
