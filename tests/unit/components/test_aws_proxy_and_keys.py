"""Sites on AWS behind a proxy, with certificates and KMS keys of their company."""

import base64
import email
import json
from typing import Any

import pytest

from falaj.components import aws
from falaj.components.core.validation.args import BadArguments
from tests.unit.components.aws_samples import CLUSTER, KARPENTER, NETWORK, POOL, VAULT
from tests.unit.components.samples import recorded

REGION = "me-central-1"
PEM = "-----BEGIN CERTIFICATE-----\nMIIBszCCAVmgAwIBAgIUQ==\n-----END CERTIFICATE-----\n"
PROXY = {"url": "http://proxy.example.ae:3128", "no_proxy": [".example.ae"], "certificates": PEM}
KEYS = {use: f"arn:aws:kms:{REGION}:111122223333:key/{i:08d}-12ab-34cd-56ef-1234567890ab" for i, use in enumerate(
    ("disks", "secrets", "vaults", "logs")
)}  # fmt: skip


def sections(user_data: str) -> dict[str, str]:
    """Returns the parts of a multipart document by content type."""
    document = email.message_from_string(user_data)
    assert document.get_content_type() == "multipart/mixed"
    return {part.get_content_type(): str(part.get_payload()) for part in document.walk() if not part.is_multipart()}


def check_node(user_data: str, local_disks: bool) -> None:
    parts = sections(user_data)
    instance = json.loads(parts["application/node.eks.aws"])["spec"]["instance"]
    variables = instance["environment"]["default"]
    assert variables["HTTPS_PROXY"] == variables["https_proxy"] == PROXY["url"]
    direct = variables["NO_PROXY"].split(",")
    for target in ("169.254.169.254", "169.254.170.23", f".eks.{REGION}.amazonaws.com", ".svc", ".example.ae"):
        assert target in direct
    assert ("localStorage" in instance) == local_disks
    script = parts["text/cloud-boothook"]
    assert script.startswith("#!/bin/bash\n")
    assert PEM.strip() in script
    assert "update-ca-trust" in script


def group_user_data(**changed: Any) -> str | None:
    template = recorded(aws.NodePool, {**POOL, **changed}).one("aws:ec2/launchTemplate:LaunchTemplate").inputs
    return base64.b64decode(template["userData"]).decode() if "userData" in template else None


def test_nodes_of_groups_use_the_proxy_and_trust_the_certificates() -> None:
    text = group_user_data(proxy=PROXY)
    assert text is not None
    check_node(text, local_disks=True)


def test_without_a_proxy_the_user_data_of_a_group_stays_as_it_was() -> None:
    plain = group_user_data()
    assert plain is not None
    assert "environment" not in plain
    assert plain == group_user_data(proxy=None)


def test_nodes_of_karpenter_do_so_too_and_so_does_the_controller() -> None:
    recording = recorded(aws.Karpenter, {**KARPENTER, "proxy": PROXY})
    for node_class in recording.of("kubernetes:karpenter.k8s.aws/v1:EC2NodeClass"):
        check_node(node_class.inputs["spec"]["userData"], local_disks=False)
    release = recording.one("kubernetes:helm.sh/v3:Release", "uae-release").inputs
    variables = {entry["name"]: entry["value"] for entry in release["values"]["controller"]["env"]}
    assert variables["AWS_REGION"] == REGION
    assert variables["HTTPS_PROXY"] == PROXY["url"]


def test_the_cluster_autoscaler_reaches_aws_through_the_proxy() -> None:
    args = {"region": REGION, "cluster_name": "uae", "kubernetes_version": "1.34", "tags": POOL["tags"]}
    values = recorded(aws.ClusterAutoscaler, {**args, "proxy": PROXY}).one("kubernetes:helm.sh/v3:Release").inputs
    assert values["values"]["extraEnv"]["https_proxy"] == PROXY["url"]
    plain = recorded(aws.ClusterAutoscaler, args).one("kubernetes:helm.sh/v3:Release").inputs
    assert "extraEnv" not in plain["values"]


def test_certificates_need_no_proxy() -> None:
    text = group_user_data(proxy={"certificates": PEM})
    assert text is not None
    assert set(sections(text)) == {"application/node.eks.aws", "text/cloud-boothook"}
    assert "environment" not in text


def test_existing_keys_are_used_and_no_others_are_created() -> None:
    cluster = recorded(aws.Cluster, {**CLUSTER, "keys": {use: KEYS[use] for use in ("disks", "secrets", "logs")}})
    assert cluster.of("aws:kms/key:Key") == []
    assert cluster.one("aws:eks/cluster:Cluster").inputs["encryptionConfig"]["provider"]["keyArn"] == KEYS["secrets"]
    assert cluster.one("aws:cloudwatch/logGroup:LogGroup").inputs["kmsKeyId"] == KEYS["logs"]
    assert cluster.outputs[cluster.one("falaj:aws:Cluster").urn]["disk_key"] == KEYS["disks"]
    assert KEYS["secrets"] in cluster.one("aws:iam/rolePolicy:RolePolicy", "uae-secrets-use").inputs["policy"]
    network = recorded(aws.Network, {**NETWORK, "log_key": KEYS["logs"]})
    assert network.of("aws:kms/key:Key") == []
    assert network.one("aws:cloudwatch/logGroup:LogGroup").inputs["kmsKeyId"] == KEYS["logs"]
    vault = recorded(aws.Vault, {**VAULT, "key": KEYS["vaults"]})
    assert vault.of("aws:kms/key:Key") == []
    assert vault.outputs[vault.one("falaj:aws:Vault").urn]["key_id"] == KEYS["vaults"]


@pytest.mark.parametrize(
    ("component", "args", "message"),
    [
        (aws.Vault, {**VAULT, "key": "alias/vaults"}, r"key: .* the ARN of a KMS key"),
        (aws.NodePool, {**POOL, "proxy": {"url": "proxy:3128"}}, r"proxy\.url: .* the address of a proxy"),
        (aws.NodePool, {**POOL, "proxy": {"certificates": "MIIB"}}, r"proxy\.certificates: .* in PEM form"),
        (aws.NodePool, {**POOL, "proxy": {"no_proxy": ["a b"]}}, r"proxy\.no_proxy\.0: .* a host, a domain"),
    ],
)
def test_values_of_another_form(component: Any, args: dict[str, Any], message: str) -> None:
    with pytest.raises(BadArguments, match=message):
        recorded(component, args)
