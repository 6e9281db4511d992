"""Options of a site on AWS reach its cluster, its network, its nodes and its vaults."""

import base64
from functools import cache
from typing import Any

import pytest

from falaj.components import aws
from falaj.components.core.validation.args import BadArguments
from tests.unit.components.aws_samples import SITE
from tests.unit.components.mocks import Recording
from tests.unit.components.samples import recorded

ROLES = {name: f"arn:aws:iam::123456789012:role/{name}" for name in ("deployer", "drift", "tenant")}
KEYS = {
    use: f"arn:aws:kms:me-central-1:111122223333:key/{index:08d}-12ab-34cd-56ef-1234567890ab"
    for index, use in enumerate(("disks", "secrets", "vaults", "logs"))
}
PROXY = "http://proxy.example.ae:3128"
OPTIONS: dict[str, Any] = {
    "deployer": ROLES["deployer"],
    "viewers": [ROLES["drift"]],
    "namespace_roles": [{"role": ROLES["tenant"], "namespaces": ["retail"]}],
    "keys": KEYS,
    "proxy": {"url": PROXY},
    "network": {
        "transit_gateway": {"id": "tgw-0123456789abcdef0", "routes": ["10.250.0.0/16"]},
        "pods_cidr": "100.64.0.0/16",
    },
    "private_access_cidrs": ["10.250.4.0/24"],
}


@cache
def site() -> Recording:
    network = {**SITE["network"], "egress": "firewall"}
    return recorded(aws.Site, {**SITE, "network": network, "aws": {**(SITE.get("aws") or {}), **OPTIONS}})


def principals() -> set[str]:
    return {entry.inputs["principalArn"] for entry in site().of("aws:eks/accessEntry:AccessEntry")}


def test_roles_get_access_entries() -> None:
    assert set(ROLES.values()) <= principals()


def test_keys_are_used_for_disks_secrets_vaults_and_logs() -> None:
    recording = site()
    templates = recording.of("aws:ec2/launchTemplate:LaunchTemplate")
    disks = {mapping["ebs"]["kmsKeyId"] for one in templates for mapping in one.inputs["blockDeviceMappings"]}
    assert disks == {KEYS["disks"]}
    groups = {group.name: group.inputs["kmsKeyId"] for group in recording.of("aws:cloudwatch/logGroup:LogGroup")}
    assert set(groups.values()) == {KEYS["logs"]}, groups
    buckets = recording.of("aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration")
    assert KEYS["vaults"] in str([bucket.inputs for bucket in buckets])


def test_nodes_and_autoscalers_use_the_proxy_and_reach_the_site_directly() -> None:
    recording = site()
    for template in recording.of("aws:ec2/launchTemplate:LaunchTemplate"):
        text = base64.b64decode(template.inputs["userData"]).decode()
        assert PROXY in text
        assert SITE["network"]["cidr"] in text
        assert "100.64.0.0/10" in text
    releases = {release.inputs["name"]: str(release.inputs.get("values")) for release in recording.of(
        "kubernetes:helm.sh/v3:Release"
    )}  # fmt: skip
    for name in ("karpenter", "cluster-autoscaler"):
        assert name not in releases or PROXY in releases[name]
    assert any(PROXY in values for values in releases.values())


def test_pods_have_addresses_of_their_own_and_the_hub_reaches_the_api() -> None:
    recording = site()
    cni = recording.one("aws:eks/addon:Addon", "uae-cluster-vpc-cni").inputs
    assert "uae-network-pods-a-id" in cni["configurationValues"]
    assert recording.of("aws:ec2transitgateway/vpcAttachment:VpcAttachment")
    rules = recording.of("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule")
    assert "10.250.4.0/24" in {rule.inputs["cidrIpv4"] for rule in rules if "cidrIpv4" in rule.inputs}


def test_roles_that_exist_are_used_and_not_changed() -> None:
    roles = {use: f"arn:aws:iam::123456789012:role/security/{use}" for use in ("cluster", "nodes", "karpenter_nodes")}
    options = {**(SITE.get("aws") or {}), "roles": roles}
    recording = recorded(aws.Site, {**SITE, "storage": {"registry": True}, "aws": options})
    assert recording.one("aws:eks/cluster:Cluster").inputs["roleArn"] == roles["cluster"]
    groups = recording.of("aws:eks/nodeGroup:NodeGroup")
    assert {group.inputs["nodeRoleArn"] for group in groups} == {roles["nodes"]}
    assert recording.one("aws:iam/instanceProfile:InstanceProfile").inputs["role"] == "karpenter_nodes"
    principals = [one.inputs["principalArn"] for one in recording.of("aws:eks/accessEntry:AccessEntry")]
    assert roles["karpenter_nodes"] in principals
    policy = next(one for one in recording.of("aws:iam/rolePolicy:RolePolicy") if one.name.endswith("-machines"))
    assert roles["karpenter_nodes"] in policy.inputs["policy"]
    changed = [one.inputs["role"] for one in recording.custom() if one.typ.startswith("aws:iam/rolePolic")]
    assert not {"cluster", "nodes", "karpenter_nodes"} & set(changed)


@pytest.mark.parametrize(("use", "same"), [("karpenter_nodes", "nodes"), ("cluster", "nodes")])
def test_one_role_has_one_use(use: str, same: str) -> None:
    role = "arn:aws:iam::123456789012:role/shared"
    options = {**(SITE.get("aws") or {}), "roles": {use: role, same: role}}
    with pytest.raises(BadArguments, match=rf"aws\.roles\.{use}: "):
        recorded(aws.Site, {**SITE, "aws": options})


@pytest.mark.parametrize(
    ("options", "path"),
    [
        ({"backup_opt_in": {"EBS": True, "EFS": True, "S3": True}}, r"aws\.backup_opt_in: .* only with aws\.backup"),
        ({"backup": True, "backup_opt_in": {"EBS": True, "EFS": True}}, r"aws\.backup_opt_in\.S3: .* true"),
        ({"addons": {"coredns": {}}}, r"aws\.addons\.coredns: "),
    ],
)
def test_impossible_options_are_refused(options: dict[str, Any], path: str) -> None:
    with pytest.raises(BadArguments, match=path):
        recorded(aws.Site, {**SITE, "aws": options})


def test_a_network_that_is_too_small_is_one_problem() -> None:
    network = {**SITE["network"], "cidr": "10.20.0.0/24", "zones": 2, "egress": "nat-single"}
    with pytest.raises(BadArguments, match=r"network\.cidr: .* a /23 or larger") as refused:
        recorded(aws.Site, {**SITE, "network": network})
    assert [problem.path for problem in refused.value.problems] == ["network.cidr"]
