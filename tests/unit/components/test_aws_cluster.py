"""EKS clusters: API access, encryption and logging."""

import json
from typing import Any

import pytest

from falaj.components import aws
from falaj.components.core.validation.args import BadArguments
from tests.unit.components.aws_samples import CLUSTER
from tests.unit.components.mocks import Recording, document
from tests.unit.components.samples import recorded

EKS = "aws:eks/cluster:Cluster"


def cluster(**changed: Any) -> Recording:
    return recorded(aws.Cluster, {**CLUSTER, **changed})


def test_a_cluster_has_exactly_these_children() -> None:
    assert cluster().names() == {
        (EKS, "uae-eks"),
        ("aws:iam/role:Role", "uae-role"),
        ("aws:iam/rolePolicyAttachment:RolePolicyAttachment", "uae-role-AmazonEKSClusterPolicy"),
        ("aws:iam/rolePolicy:RolePolicy", "uae-secrets-use"),
        ("aws:kms/key:Key", "uae-secrets-key"),
        ("aws:kms/alias:Alias", "uae-secrets-key-alias"),
        ("aws:kms/key:Key", "uae-disk-key"),
        ("aws:kms/alias:Alias", "uae-disk-key-alias"),
        ("aws:kms/key:Key", "uae-logs-key"),
        ("aws:kms/alias:Alias", "uae-logs-key-alias"),
        ("aws:cloudwatch/logGroup:LogGroup", "uae-logs"),
        ("aws:iam/role:Role", "uae-node"),
        ("aws:iam/rolePolicyAttachment:RolePolicyAttachment", "uae-node-AmazonEKSWorkerNodePolicy"),
        ("aws:iam/rolePolicyAttachment:RolePolicyAttachment", "uae-node-AmazonEC2ContainerRegistryPullOnly"),
        ("aws:eks/addon:Addon", "uae-eks-pod-identity-agent"),
        ("aws:eks/addon:Addon", "uae-vpc-cni"),
        ("aws:eks/addon:Addon", "uae-kube-proxy"),
        ("aws:iam/role:Role", "uae-vpc-cni-role"),
        ("aws:iam/rolePolicyAttachment:RolePolicyAttachment", "uae-vpc-cni-role-AmazonEKS_CNI_Policy"),
        ("aws:eks/accessEntry:AccessEntry", "uae-admin-admin"),
        ("aws:eks/accessPolicyAssociation:AccessPolicyAssociation", "uae-admin-admin-policy"),
        ("aws:eks/accessEntry:AccessEntry", "uae-deployer"),
        ("aws:eks/accessPolicyAssociation:AccessPolicyAssociation", "uae-deployer-policy"),
    }


def test_the_api_is_private_unless_offices_are_named() -> None:
    for args in ({}, {"public_access_cidrs": []}):
        reach = cluster(**args).one(EKS).inputs["vpcConfig"]
        assert (reach["endpointPrivateAccess"], reach["endpointPublicAccess"]) == (True, False)
        assert "publicAccessCidrs" not in reach


def test_only_named_offices_reach_the_api() -> None:
    reach = cluster(public_access_cidrs=["192.0.2.0/24"]).one(EKS).inputs["vpcConfig"]
    assert reach == {
        "subnetIds": ["subnet-a", "subnet-b"],
        "endpointPrivateAccess": True,
        "endpointPublicAccess": True,
        "publicAccessCidrs": ["192.0.2.0/24"],
    }


RULE = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"


def test_the_private_api_is_reached_from_nodes_and_from_blocks_that_are_named() -> None:
    assert cluster().of(RULE) == []
    recording = cluster(private_access_cidrs=["10.250.4.0/24"])
    rule = recording.one(RULE, "uae-api-from-10.250.4.0-24").inputs
    assert (rule["securityGroupId"], rule["cidrIpv4"]) == ("sg-uae-eks", "10.250.4.0/24")
    assert (rule["ipProtocol"], rule["fromPort"], rule["toPort"]) == ("tcp", 443, 443)
    assert recording.names() - cluster().names() == {(RULE, "uae-api-from-10.250.4.0-24")}


def test_access_is_by_entries_only_and_the_creator_has_none() -> None:
    recording = cluster()
    assert recording.one(EKS).inputs["accessConfig"] == {
        "authenticationMode": "API",
        "bootstrapClusterCreatorAdminPermissions": False,
    }


def test_secrets_are_encrypted_with_a_customer_managed_key() -> None:
    recording = cluster()
    encryption = recording.one(EKS).inputs["encryptionConfig"]
    key = "arn:aws:kms:me-central-1:123456789012:key/uae-secrets-key"
    assert encryption == {"provider": {"keyArn": key}, "resources": ["secrets"]}
    use = recording.one("aws:iam/rolePolicy:RolePolicy").inputs
    assert document(use["policy"])["Statement"][0]["Resource"] == [key]


def test_every_key_rotates_and_has_a_deletion_window() -> None:
    keys = cluster().of("aws:kms/key:Key")
    assert [(key.inputs["enableKeyRotation"], key.inputs["deletionWindowInDays"]) for key in keys] == [(True, 30)] * 3


def test_only_the_disk_key_is_open_to_ec2() -> None:
    policies = {key.name: document(key.inputs["policy"]) for key in cluster().of("aws:kms/key:Key")}
    assert {name: [s["Sid"] for s in policy["Statement"]] for name, policy in policies.items()} == {
        "uae-disk-key": ["AccountManages", "DisksThroughEc2"],
        "uae-secrets-key": ["AccountManages"],
        "uae-logs-key": ["AccountManages", "LogsEncrypt"],
    }


def test_all_logs_go_to_a_group_that_exists_before_the_cluster() -> None:
    recording = cluster(log_retention_days=731)
    eks, group = recording.one(EKS), recording.one("aws:cloudwatch/logGroup:LogGroup")
    assert set(eks.inputs["enabledClusterLogTypes"]) == {
        "api", "audit", "authenticator", "controllerManager", "scheduler",
    }  # fmt: skip
    assert group.inputs["name"] == f"/aws/eks/{eks.inputs['name']}/cluster"
    assert group.inputs["retentionInDays"] == 731
    assert group.inputs["kmsKeyId"].endswith("/uae-logs-key")
    assert group.urn in eks.depends_on


def test_the_cluster_waits_for_the_permissions_of_its_role() -> None:
    recording = cluster()
    waits = {urn.rsplit("::", 1)[-1] for urn in recording.one(EKS).depends_on}
    assert {"uae-role-AmazonEKSClusterPolicy", "uae-secrets-use"} <= waits


def test_version_and_add_ons_can_be_chosen() -> None:
    inputs = cluster(kubernetes_version="1.35").one(EKS).inputs
    assert inputs["version"] == "1.35"
    assert inputs["bootstrapSelfManagedAddons"] is False
    assert inputs["upgradePolicy"] == {"supportType": "STANDARD"}


def test_protect_covers_the_cluster_and_its_keys() -> None:
    held = {item.name for item in cluster(protect=True).resources if item.protect}
    assert held == {"uae-eks", "uae-secrets-key", "uae-disk-key"}
    assert cluster(protect=True).one(EKS).inputs["deletionProtection"] is True
    recording = cluster()
    assert not any(resource.protect for resource in recording.resources)
    assert recording.one(EKS).inputs["deletionProtection"] is False


def test_the_network_agent_has_its_permissions_through_pod_identity() -> None:
    recording = cluster()
    association = recording.one("aws:eks/addon:Addon", "uae-vpc-cni").inputs["podIdentityAssociations"]
    arn = "arn:aws:iam::123456789012:role/uae-vpc-cni-role"
    assert association == [{"roleArn": arn, "serviceAccount": "aws-node"}]
    trust = document(recording.one("aws:iam/role:Role", "uae-vpc-cni-role").inputs["assumeRolePolicy"])["Statement"][0]
    assert trust["Principal"] == {"Service": "pods.eks.amazonaws.com"}
    assert trust["Action"] == ["sts:AssumeRole", "sts:TagSession"]
    assert "podIdentityAssociations" not in recording.one("aws:eks/addon:Addon", "uae-kube-proxy").inputs
    # With the node's role, every pod of the node could change the network.
    node = {
        a.inputs["policyArn"]
        for a in recording.of("aws:iam/rolePolicyAttachment:RolePolicyAttachment")
        if "uae-node-" in a.name
    }
    assert not any("CNI" in arn for arn in node)


def test_roles_have_the_managed_policies_they_need_and_no_more() -> None:
    resources = cluster().of("aws:iam/rolePolicyAttachment:RolePolicyAttachment")
    assert {(a.inputs["role"].removesuffix("-1a2b3c4"), a.inputs["policyArn"]) for a in resources} == {
        ("uae-role", "arn:aws:iam::aws:policy/AmazonEKSClusterPolicy"),
        ("uae-node", "arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy"),
        ("uae-node", "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly"),
        ("uae-vpc-cni-role", "arn:aws:iam::aws:policy/AmazonEKS_CNI_Policy"),
    }


def test_the_kubeconfig_has_no_secret() -> None:
    recording = cluster()
    config = json.loads(recording.outputs[recording.one("falaj:aws:Cluster").urn]["kubeconfig"])
    [user] = config["users"]
    assert set(user["user"]) == {"exec"}
    assert [user["user"]["exec"]["command"], *user["user"]["exec"]["args"]] == [
        "aws", "eks", "get-token", "--cluster-name", "uae-test", "--region", "me-central-1", "--output", "json",
    ]  # fmt: skip
    [place] = config["clusters"]
    assert place["cluster"] == {
        "server": "https://uae-eks.gr7.me-central-1.eks.amazonaws.com",
        "certificate-authority-data": "Q0E=",
    }
    assert config["current-context"] == config["contexts"][0]["name"] == "uae-test"


def test_a_cluster_names_the_group_that_its_nodes_share() -> None:
    recording = cluster()
    assert recording.outputs[recording.one("falaj:aws:Cluster").urn]["security_group_id"] == "sg-uae-eks"


def test_traffic_may_leave_a_zone_that_fails() -> None:
    assert cluster().one(EKS).inputs["zonalShiftConfig"] == {"enabled": True}


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"public_access_cidrs": ["0.0.0.0/0"]}, r"public_access_cidrs\.0: \"0\.0\.0\.0/0\" is not allowed.*offices"),
        ({"private_access_cidrs": ["94.200.0.0/16"]}, r"private_access_cidrs\.0: .*not allowed; .*a private block"),
        ({"kubernetes_version": "1.36.2"}, r"kubernetes_version: \"1.36.2\" is not allowed"),
        ({"administrators": ["arn:aws:iam::123456789012:user/x"]}, r"administrators\.0: .* is not allowed"),
        ({"addon_versions": {"vpc-cni": "latest"}}, r"addon_versions\.vpc-cni: \"latest\" is not allowed"),
        (
            {"addon_versions": {"cni": "v1.2.3-eksbuild.1"}},
            r"addon_versions\.cni: .*not allowed; allowed: eks-pod-identity-agent, ",
        ),
        ({"log_retention_days": 100}, r"log_retention_days: 100 is not allowed"),
    ],
)
def test_unsafe_clusters_are_refused(changed: dict[str, Any], message: str) -> None:
    with pytest.raises(BadArguments, match=message):
        cluster(**changed)


def test_logs_of_the_control_plane_are_chosen_but_audit_stays() -> None:
    cluster = recorded(aws.Cluster, {**CLUSTER, "log_types": ["audit", "authenticator"]})
    assert cluster.one("aws:eks/cluster:Cluster").inputs["enabledClusterLogTypes"] == ["audit", "authenticator"]
    with pytest.raises(BadArguments, match=r"log_types: .*not allowed; allowed: audit and authenticator"):
        recorded(aws.Cluster, {**CLUSTER, "log_types": ["api"]})
