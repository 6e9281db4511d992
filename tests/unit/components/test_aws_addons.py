"""EKS add-ons: names, versions and permissions."""

from typing import Any

import pytest

from falaj.components import aws
from falaj.components.core.site.eks_addons import OptionalAddon
from falaj.components.core.validation.args import BadArguments
from tests.samples import COST_TAGS as TAGS
from tests.unit.components.aws_samples import ADDONS, CLUSTER
from tests.unit.components.mocks import Recording, document
from tests.unit.components.samples import recorded

ADDON = "aws:eks/addon:Addon"
USUAL = {"coredns", "aws-ebs-csi-driver", "metrics-server", "eks-node-monitoring-agent"}


def cluster(**changed: Any) -> Recording:
    return recorded(aws.Cluster, {**CLUSTER, **changed})


def addons(**changed: Any) -> Recording:
    return recorded(aws.Addons, {**ADDONS, **changed})


def names(seen: Recording) -> set[str]:
    return {addon.inputs["addonName"] for addon in seen.of(ADDON)}


def test_add_ons_that_need_nodes_are_a_separate_component() -> None:
    recording = addons()
    assert names(recording) == USUAL
    assert {addon.inputs["clusterName"] for addon in recording.of(ADDON)} == {"uae"}
    assert {role.name for role in recording.of("aws:iam/role:Role")} == {"uae-aws-ebs-csi-driver-role"}


def test_the_csi_driver_waits_for_its_permissions() -> None:
    recording = addons()
    driver = recording.one(ADDON, "uae-aws-ebs-csi-driver")
    identities = driver.inputs["podIdentityAssociations"]
    assert [identity["serviceAccount"] for identity in identities] == ["ebs-csi-controller-sa"]
    rights = {urn.rsplit("::", 1)[-1] for urn in driver.depends_on}
    assert {"uae-aws-ebs-csi-driver-role-AmazonEBSCSIDriverPolicy", "uae-aws-ebs-csi-driver-role-disk-key"} <= rights


def test_the_key_of_disks_is_granted_to_aws_only() -> None:
    [policy] = addons().of("aws:iam/rolePolicy:RolePolicy")
    grant, use = document(policy.inputs["policy"])["Statement"]
    assert grant["Resource"] == use["Resource"] == [ADDONS["disk_key"]]
    assert grant["Condition"] == {"Bool": {"kms:GrantIsForAWSResource": "true"}}
    assert set(grant["Action"]) == {"kms:CreateGrant", "kms:ListGrants", "kms:RevokeGrant"}
    assert not any("Grant" in action for action in use["Action"])


def test_optional_add_ons_are_added_on_request_and_replace_nothing() -> None:
    every = addons(optional=list(OptionalAddon))
    assert names(every) == USUAL | {"aws-efs-csi-driver", "aws-fsx-csi-driver", "snapshot-controller"}
    assert addons().names() <= every.names()
    for item in OptionalAddon:
        assert names(addons(optional=[item, item])) == USUAL | {item.value}
    policies = {a.inputs["policyArn"] for a in every.of("aws:iam/rolePolicyAttachment:RolePolicyAttachment")}
    assert policies == {
        "arn:aws:iam::aws:policy/service-role/AmazonEBSCSIDriverPolicy",
        "arn:aws:iam::aws:policy/service-role/AmazonEFSCSIDriverPolicy",
    }
    files = every.one(ADDON, "uae-aws-efs-csi-driver").inputs["podIdentityAssociations"]
    assert [identity["serviceAccount"] for identity in files] == ["efs-csi-controller-sa"]


def test_a_plan_shows_the_version_of_every_add_on() -> None:
    for resource in (cluster(), addons(optional=list(OptionalAddon))):
        assert {addon.inputs["addonVersion"] for addon in resource.of(ADDON)} == {"v1.2.3-eksbuild.4"}


def test_a_pinned_add_on_stays_and_the_others_follow_kubernetes() -> None:
    pins = {"coredns": "v1.11.4-eksbuild.2", "vpc-cni": "v1.20.0-eksbuild.1"}
    result = {
        addon.inputs["addonName"]: addon.inputs["addonVersion"]
        for resource in (cluster(addon_versions=pins), addons(addon_versions=pins))
        for addon in resource.of(ADDON)
    }
    assert {name for name, version in result.items() if version != "v1.2.3-eksbuild.4"} == set(pins)
    assert pins.items() <= result.items()


def test_pods_get_their_addresses_by_the_block_and_policies_between_them_count() -> None:
    agent = cluster().one(ADDON, "uae-vpc-cni").inputs["configurationValues"]
    assert document(agent) == {
        "enableNetworkPolicy": "true",
        "env": {"ENABLE_PREFIX_DELEGATION": "true", "WARM_PREFIX_TARGET": "1"},
    }


def test_disks_that_pods_ask_for_carry_the_cost_tags() -> None:
    values = document(addons().one(ADDON, "uae-aws-ebs-csi-driver").inputs["configurationValues"])
    assert values == {"controller": {"extraVolumeTags": TAGS}}
    assert "configurationValues" not in addons().one(ADDON, "uae-coredns").inputs


def test_metrics_are_served_where_only_system_nodes_run() -> None:
    values = document(addons().one(ADDON, "uae-metrics-server").inputs["configurationValues"])
    assert values == {"tolerations": [{"key": "CriticalAddonsOnly", "operator": "Exists"}]}


WATCHER = "amazon-cloudwatch-observability"
POLICY = "arn:aws:iam::aws:policy/CloudWatchAgentServerPolicy"


def test_an_add_on_of_the_stack_has_its_configuration_and_its_role() -> None:
    given = {"configuration": '{"agent": {}}', "service_account": "cloudwatch-agent", "policies": [POLICY]}
    recording = addons(addons={WATCHER: given, "kube-state-metrics": {"version": "v2.16.0-eksbuild.1"}})
    assert names(recording) == USUAL | {WATCHER, "kube-state-metrics"}
    watcher = recording.one(ADDON, f"uae-{WATCHER}")
    assert watcher.inputs["configurationValues"] == '{"agent": {}}'
    assert [one["serviceAccount"] for one in watcher.inputs["podIdentityAssociations"]] == ["cloudwatch-agent"]
    assert watcher.inputs["addonVersion"] == "v1.2.3-eksbuild.4"
    attached = recording.one("aws:iam/rolePolicyAttachment:RolePolicyAttachment", f"uae-{WATCHER}-role-1")
    assert attached.inputs["policyArn"] == POLICY
    assert attached.urn in watcher.depends_on
    assert recording.one(ADDON, "uae-kube-state-metrics").inputs["addonVersion"] == "v2.16.0-eksbuild.1"


@pytest.mark.parametrize(
    ("given", "path"),
    [
        ({"coredns": {}}, r"addons\.coredns: "),
        ({WATCHER: {"service_account": "agent"}}, rf"addons\.{WATCHER}\.policies: required"),
        ({WATCHER: {"policies": [POLICY]}}, rf"addons\.{WATCHER}\.service_account: required"),
        ({WATCHER: {"configuration": "agent: {}"}}, rf"addons\.{WATCHER}\.configuration: .* a JSON object"),
    ],
)
def test_impossible_add_ons_are_refused(given: dict[str, Any], path: str) -> None:
    with pytest.raises(BadArguments, match=path):
        addons(addons=given)
