"""AWS Load Balancer Controller: identity, permissions limited to one cluster, placement, and where it is installed."""

from typing import Any

import pytest

from falaj.components import aws
from tests.samples import COST_TAGS as TAGS
from tests.unit.components.aws_samples import BALANCERS, SITE
from tests.unit.components.mocks import ACCOUNT, Recording, document
from tests.unit.components.samples import recorded

RELEASE = "kubernetes:helm.sh/v3:Release"
TAG = "elbv2.k8s.aws/cluster"


def controller(**changed: Any) -> Recording:
    return recorded(aws.LoadBalancerController, {**BALANCERS, **changed})


def waits_for(recording: Recording, kind: str) -> set[str]:
    return {urn.rsplit("::", 1)[-1] for urn in recording.one(kind).depends_on}


def statements() -> dict[str, dict[str, Any]]:
    policy = document(controller().one("aws:iam/rolePolicy:RolePolicy").inputs["policy"])
    return {statement["Sid"]: statement for statement in policy["Statement"]}


def test_a_controller_is_a_release_with_an_identity() -> None:
    of = controller()
    assert of.names() == {
        (RELEASE, "uae-release"),
        ("aws:iam/role:Role", "uae-role"),
        ("aws:iam/rolePolicy:RolePolicy", "uae-balance"),
        ("aws:eks/podIdentityAssociation:PodIdentityAssociation", "uae-identity"),
    }
    assert waits_for(of, RELEASE) >= {"uae-identity"}
    assert waits_for(of, "aws:eks/podIdentityAssociation:PodIdentityAssociation") >= {"uae-balance"}
    identity = of.one("aws:eks/podIdentityAssociation:PodIdentityAssociation").inputs
    assert (identity["namespace"], identity["serviceAccount"]) == ("kube-system", "aws-load-balancer-controller")
    trust = document(of.one("aws:iam/role:Role").inputs["assumeRolePolicy"])["Statement"]
    assert [statement["Principal"] for statement in trust] == [{"Service": "pods.eks.amazonaws.com"}]


def test_the_chart_is_pinned_and_knows_its_network() -> None:
    release = controller().one(RELEASE).inputs
    assert (release["chart"], release["version"]) == ("aws-load-balancer-controller", "3.5.0")
    assert release["repositoryOpts"] == {"repo": "https://aws.github.io/eks-charts"}
    values = release["values"]
    # Pods cannot read instance metadata.
    assert (values["clusterName"], values["region"], values["vpcId"]) == ("uae", "me-central-1", "vpc-uae")
    assert values["keepTLSSecret"] is True
    assert values["serviceAccount"] == {"create": True, "name": "aws-load-balancer-controller"}
    assert values["defaultTags"] == TAGS
    assert values["nodeSelector"] == {"falaj/profile": "system"}
    assert values["tolerations"] == [{"key": "CriticalAddonsOnly", "operator": "Exists"}]
    assert values["controllerConfig"] == {"featureGates": {"ALBGatewayAPI": False, "NLBGatewayAPI": False}}


@pytest.mark.parametrize(
    ("changed", "chart", "image"),
    [
        ({}, "aws-load-balancer-controller", "public.ecr.aws/eks/aws-load-balancer-controller"),
        (
            {"chart_repository": "oci://r.example.ae/charts", "image_mirror": "r.example.ae/mirror"},
            "oci://r.example.ae/charts/aws-load-balancer-controller",
            "r.example.ae/mirror/eks/aws-load-balancer-controller",
        ),
    ],
)
def test_chart_and_image_come_from_the_mirror(changed: dict[str, Any], chart: str, image: str) -> None:
    release = controller(**changed).one(RELEASE).inputs
    assert (release["chart"], release["values"]["image"]["repository"]) == (chart, image)


def test_it_changes_only_what_carries_its_clusters_tag() -> None:
    free = {"LinkService", "Look", "SetRules", "CreateGroups", "Listen", "Register"}
    for sid, statement in statements().items():
        conditions = statement.get("Condition", {}).get("StringEquals", {})
        tags = {key for key in conditions if TAG in key}
        assert bool(tags) == (sid not in free), sid
        assert {conditions[key] for key in tags} <= {"uae"}
    assert {sid for sid, statement in statements().items() if statement["Resource"] == ["*"]} == {"LinkService", "Look"}


def test_it_only_reads_where_nothing_limits_it() -> None:
    look = statements()["Look"]
    assert all(action.split(":")[1].startswith(("Describe", "Get")) for action in look["Action"])
    assert look["Condition"] == {"StringEquals": {"aws:RequestedRegion": "me-central-1"}}
    assert statements()["LinkService"]["Condition"] == {
        "StringEquals": {"iam:AWSServiceName": "elasticloadbalancing.amazonaws.com"}
    }


def test_it_reaches_network_load_balancers_of_its_account_and_region_only() -> None:
    for sid, statement in statements().items():
        for resource in statement["Resource"]:
            if resource != "*":
                assert resource.split(":")[3:5] == ["me-central-1", ACCOUNT], sid
                assert "/app/" not in resource


@pytest.mark.parametrize("wanted", [False, True])
def test_a_site_has_it_only_if_it_is_wanted(wanted: bool) -> None:
    of = recorded(aws.Site, {**SITE, "load_balancer_controller": wanted})
    found = [resource for resource in of.resources if resource.typ == "falaj:aws:LoadBalancerController"]
    assert [resource.name for resource in found] == (["uae-balancers"] if wanted else [])
    if wanted:
        # Its webhook refuses services while it starts, also those of these charts.
        release = next(child for child in of.of(RELEASE) if child.inputs["chart"] == "aws-load-balancer-controller")
        charts = {child.urn for child in of.of(RELEASE) if child.inputs["name"] in ("karpenter", "cluster-autoscaler")}
        assert charts
        assert charts <= {*release.depends_on, *found[0].depends_on}
