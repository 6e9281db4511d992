"""The cluster autoscaler on AWS: permissions, placement and expander."""

from typing import Any

import pulumi
import pytest

from falaj.components import aws
from falaj.components.core.validation.args import BadArguments
from tests.samples import COST_TAGS as TAGS
from tests.unit.components.aws_samples import AUTOSCALER
from tests.unit.components.mocks import ACCOUNT, Recording, build, document
from tests.unit.components.samples import recorded

RELEASE = "kubernetes:helm.sh/v3:Release"
IDENTITY = "aws:eks/podIdentityAssociation:PodIdentityAssociation"


def autoscaler(**changed: Any) -> Recording:
    return recorded(aws.ClusterAutoscaler, {**AUTOSCALER, **changed})


def values(**changed: Any) -> dict[str, Any]:
    return autoscaler(**changed).one(RELEASE).inputs["values"]


def test_an_autoscaler_is_a_release_with_an_identity() -> None:
    assert autoscaler().names() == {
        (RELEASE, "uae-release"),
        ("aws:iam/role:Role", "uae-role"),
        ("aws:iam/rolePolicy:RolePolicy", "uae-scale"),
        ("aws:eks/podIdentityAssociation:PodIdentityAssociation", "uae-identity"),
    }


def test_the_chart_is_pinned() -> None:
    release = autoscaler().one(RELEASE).inputs
    assert (release["chart"], release["version"]) == ("cluster-autoscaler", "9.56.0")
    assert release["repositoryOpts"] == {"repo": "https://kubernetes.github.io/autoscaler"}
    assert (release["name"], release["namespace"]) == ("cluster-autoscaler", "kube-system")


def test_it_has_its_permissions_before_it_starts_and_only_its_service_account_has_them() -> None:
    recording = autoscaler()
    waits = {kind: {urn.rsplit("::", 1)[-1] for urn in recording.one(kind).depends_on} for kind in (RELEASE, IDENTITY)}
    assert "uae-identity" in waits[RELEASE]
    assert "uae-scale" in waits[IDENTITY]
    identity = recording.one(IDENTITY).inputs
    assert (identity["clusterName"], identity["namespace"]) == ("uae", "kube-system")
    account = recording.one(RELEASE).inputs["values"]["rbac"]["serviceAccount"]
    assert account == {"create": True, "name": identity["serviceAccount"]}
    assert identity["tags"] == TAGS
    trust = document(recording.one("aws:iam/role:Role").inputs["assumeRolePolicy"])["Statement"]
    assert [statement["Principal"] for statement in trust] == [{"Service": "pods.eks.amazonaws.com"}]


def test_it_changes_the_groups_of_its_cluster_and_nothing_else() -> None:
    policy = document(autoscaler().one("aws:iam/rolePolicy:RolePolicy").inputs["policy"])
    by_sid = {statement["Sid"]: statement for statement in policy["Statement"]}
    assert set(by_sid) == {"Look", "LookAtGroups", "SizeOwnGroups"}
    assert all(action.split(":")[1].startswith(("Describe", "Get")) for action in by_sid["Look"]["Action"])
    assert by_sid["Look"]["Condition"] == {"StringEquals": {"aws:RequestedRegion": "me-central-1"}}
    assert by_sid["LookAtGroups"]["Resource"] == [f"arn:aws:eks:me-central-1:{ACCOUNT}:nodegroup/uae/*"]
    size = by_sid["SizeOwnGroups"]
    assert set(size["Action"]) == {
        "autoscaling:SetDesiredCapacity",
        "autoscaling:TerminateInstanceInAutoScalingGroup",
    }
    assert size["Resource"] == [f"arn:aws:autoscaling:me-central-1:{ACCOUNT}:autoScalingGroup:*:autoScalingGroupName/*"]
    assert size["Condition"] == {"StringEquals": {"aws:ResourceTag/k8s.io/cluster-autoscaler/uae": "owned"}}


def test_it_runs_on_system_nodes_without_privileges() -> None:
    chart_values = values()
    assert chart_values["nodeSelector"] == {"falaj/profile": "system"}
    assert chart_values["tolerations"] == [{"key": "CriticalAddonsOnly", "operator": "Exists"}]
    assert chart_values["securityContext"]["runAsNonRoot"] is True
    assert chart_values["containerSecurityContext"] == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }


def test_it_looks_after_one_cluster_and_lets_nodes_with_scratch_space_go() -> None:
    chart_values = values()
    assert (chart_values["autoDiscovery"], chart_values["awsRegion"]) == ({"clusterName": "uae"}, "me-central-1")
    assert chart_values["extraArgs"] == {"skip-nodes-with-local-storage": "false", "expander": "least-waste"}
    assert "expanderPriorities" not in chart_values


def test_preferred_groups_are_tried_first() -> None:
    chart_values = values(prefer=["eks-spot-1", "eks-spot-2"])
    assert chart_values["extraArgs"]["expander"] == "priority,least-waste"
    assert chart_values["expanderPriorities"] == {"20": ["^eks-spot-1$", "^eks-spot-2$"], "10": [".*"]}


def test_preferred_groups_may_be_known_only_later() -> None:
    def program() -> None:
        later = pulumi.Output.from_input(["eks-spot-1"])
        aws.ClusterAutoscaler("uae", aws.ClusterAutoscalerArgs.of("uae", {**AUTOSCALER, "prefer": later}))

    recording = build(program)
    assert recording.one(RELEASE).inputs["values"]["expanderPriorities"]["20"] == ["^eks-spot-1$"]


@pytest.mark.parametrize(("version", "tag"), [("1.36", "v1.36.1"), ("1.33", "v1.33.6"), ("1.37", "v1.37.0")])
def test_its_version_is_that_of_kubernetes(version: str, tag: str) -> None:
    assert values(kubernetes_version=version)["image"] == {"tag": tag}


def test_its_image_may_lie_in_a_registry_inside() -> None:
    inside = "123456789012.dkr.ecr.me-central-1.amazonaws.com/autoscaling/cluster-autoscaler"
    assert values(image_repository=inside)["image"] == {"tag": "v1.36.1", "repository": inside}


def test_an_invalid_version_is_rejected() -> None:
    with pytest.raises(BadArguments, match=r"uae: kubernetes_version: \"latest\" is not allowed"):
        autoscaler(kubernetes_version="latest")
