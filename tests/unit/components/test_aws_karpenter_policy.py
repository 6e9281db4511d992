"""AWS permissions of Karpenter's controller, statement by statement."""

import json
from typing import Any

import pytest

from falaj.components import aws
from falaj.components.aws.nodes.karpenter.policy import ControllerScope, controller_policy
from falaj.components.core.validation.enums import Capacity, Egress
from tests.unit.components.aws_samples import KARPENTER
from tests.unit.components.mocks import ACCOUNT, document
from tests.unit.components.samples import recorded

REGION = "me-central-1"
EC2 = f"arn:aws:ec2:{REGION}:{ACCOUNT}"
OWNED = {
    "StringEquals": {"aws:ResourceTag/kubernetes.io/cluster/uae": "owned"},
    "StringLike": {"aws:ResourceTag/karpenter.sh/nodepool": "*"},
}
ASKED = {
    "StringEquals": {"aws:RequestTag/kubernetes.io/cluster/uae": "owned", "aws:RequestTag/eks:eks-cluster-name": "uae"},
    "StringLike": {"aws:RequestTag/karpenter.sh/nodepool": "*"},
}
ALWAYS = {
    "StartFrom",
    "StartFromOwnTemplates",
    "Start",
    "TagWhenMade",
    "NameLater",
    "End",
    "PassNodeRole",
    "Look",
    "ImageIds",
    "FindApiServer",
    "HearInterruptions",
    "ReadInterruptions",
}
WITH_A_WAY_OUT = {"ListProfiles", "ReadProfiles", "Prices", "ZonalShifts"}


UPSTREAM: dict[str, str] = {
    "ec2": "RunInstances CreateFleet CreateLaunchTemplate CreateTags TerminateInstances RebootInstances "
    "DeleteLaunchTemplate DescribeCapacityReservations DescribeImages DescribeInstances DescribeInstanceStatus "
    "DescribeInstanceTypeOfferings DescribeInstanceTypes DescribeLaunchTemplates DescribePlacementGroups "
    "DescribeSecurityGroups DescribeSpotPriceHistory DescribeSubnets",
    "iam": "PassRole CreateInstanceProfile TagInstanceProfile AddRoleToInstanceProfile RemoveRoleFromInstanceProfile "
    "DeleteInstanceProfile ListInstanceProfiles GetInstanceProfile",
    "eks": "DescribeCluster",
    "sqs": "DeleteMessage GetQueueUrl ReceiveMessage",
    "arc-zonal-shift": "GetManagedResource",
    "ssm": "GetParameter",
    "pricing": "GetProducts",
}
"""The actions of the policies of Karpenter 1.15 (karpenter-provider-aws, website/content/en/v1.15/reference/
cloudformation.md, read 2026-11-26), by service."""
OMITTED = {
    "ec2:RebootInstances",  # only with the feature gate RebootForRepair, which the charts leave off
    # The component creates the instance profile.
    *(f"iam:{verb}InstanceProfile" for verb in ("Create", "Tag", "Delete", "AddRoleTo", "RemoveRoleFrom")),
}
ADDED = {
    "kms:Decrypt",  # the queue has a KMS key
    "iam:CreateServiceLinkedRole",  # the guide creates the role for spot machines by hand
}


def statements(**changed: Any) -> dict[str, dict[str, Any]]:
    recording = recorded(aws.Karpenter, {**KARPENTER, **changed})
    policy = document(recording.one("aws:iam/rolePolicy:RolePolicy", "uae-machines").inputs["policy"])
    return {statement["Sid"]: statement for statement in policy["Statement"]}


def on_demand() -> dict[str, Any]:
    return {"pools": {"train": {**KARPENTER["pools"]["train"], "capacity": Capacity.ON_DEMAND}}}


@pytest.mark.parametrize(
    ("changed", "more"),
    [
        ({}, WITH_A_WAY_OUT | {"FirstSpot"}),
        ({"egress": Egress.NONE}, {"FirstSpot"}),
        (on_demand(), WITH_A_WAY_OUT),
        ({"egress": Egress.NONE, **on_demand()}, set[str]()),
    ],
)
def test_permissions_are_those_that_are_needed(changed: dict[str, Any], more: set[str]) -> None:
    assert set(statements(**changed)) == ALWAYS | more


def test_the_actions_are_those_of_upstream() -> None:
    allowed = {action for statement in statements().values() for action in statement["Action"]}
    upstream = {f"{service}:{verb}" for service, verbs in UPSTREAM.items() for verb in verbs.split()}
    assert allowed == upstream - OMITTED | ADDED
    assert upstream >= OMITTED


def test_it_starts_only_what_it_tags_as_its_own() -> None:
    statements_by_sid = statements()
    start = statements_by_sid["Start"]
    assert start["Action"] == ["ec2:RunInstances", "ec2:CreateFleet", "ec2:CreateLaunchTemplate"]
    assert start["Condition"] == ASKED
    kinds = ("fleet", "instance", "launch-template", "network-interface", "spot-instances-request", "volume")
    assert start["Resource"] == statements_by_sid["TagWhenMade"]["Resource"] == [f"{EC2}:{kind}/*" for kind in kinds]
    tagging = statements_by_sid["TagWhenMade"]["Condition"]
    assert tagging["StringLike"] == ASKED["StringLike"]
    assert tagging["StringEquals"] == {
        **ASKED["StringEquals"],
        "ec2:CreateAction": ["RunInstances", "CreateFleet", "CreateLaunchTemplate"],
    }


def test_it_starts_from_images_and_from_what_the_account_has() -> None:
    statements_by_sid = statements()
    images = [f"arn:aws:ec2:{REGION}::image/*", f"arn:aws:ec2:{REGION}::snapshot/*"]
    assert statements_by_sid["StartFrom"]["Resource"] == [*images, f"{EC2}:security-group/*", f"{EC2}:subnet/*"]
    assert statements_by_sid["StartFromOwnTemplates"]["Resource"] == [f"{EC2}:launch-template/*"]
    assert statements_by_sid["StartFromOwnTemplates"]["Condition"] == OWNED


def test_it_ends_and_names_only_its_own() -> None:
    statements_by_sid = statements()
    assert statements_by_sid["End"]["Action"] == ["ec2:TerminateInstances", "ec2:DeleteLaunchTemplate"]
    assert statements_by_sid["End"]["Condition"] == OWNED
    names = {
        "StringEqualsIfExists": {"aws:RequestTag/eks:eks-cluster-name": "uae"},
        "ForAllValues:StringEquals": {"aws:TagKeys": ["eks:eks-cluster-name", "karpenter.sh/nodeclaim", "Name"]},
    }
    assert statements_by_sid["NameLater"]["Condition"] == {**OWNED, **names}
    assert statements_by_sid["NameLater"]["Resource"] == [f"{EC2}:instance/*"]


def test_it_gives_machines_the_role_of_its_nodes_and_no_other() -> None:
    statement = statements()["PassNodeRole"]
    assert statement["Resource"] == [f"arn:aws:iam::{ACCOUNT}:role/uae-node"]
    assert statement["Condition"] == {"StringEquals": {"iam:PassedToService": "ec2.amazonaws.com"}}


def test_it_reads_interruptions_from_one_queue() -> None:
    statements_by_sid = statements()
    assert statements_by_sid["HearInterruptions"]["Resource"][0].endswith(":queue/uae-interruptions")
    assert statements_by_sid["ReadInterruptions"]["Resource"] == [f"arn:aws:kms:{REGION}:{ACCOUNT}:key/uae-queue-key"]
    assert statements_by_sid["ReadInterruptions"]["Action"] == ["kms:Decrypt"]
    assert statements_by_sid["ReadInterruptions"]["Condition"] == {
        "StringEquals": {"kms:ViaService": f"sqs.{REGION}.amazonaws.com"}
    }


def test_everything_is_scoped() -> None:
    """Only read actions that AWS cannot restrict to resources are unrestricted, and those are limited to a region or
    one resource.
    """
    for sid, statement in statements().items():
        assert not any(action.endswith("*") for action in statement["Action"]), sid
        if statement["Resource"] == ["*"]:
            assert {action.split(":")[1][:3] for action in statement["Action"]} <= {"Des", "Get", "Lis"}, sid
            assert sid in ("ListProfiles", "Prices") or statement["Condition"], sid
    profiles = f"arn:aws:iam::{ACCOUNT}:instance-profile/*"
    assert statements()["ReadProfiles"]["Resource"] == [profiles]
    cluster = f"arn:aws:eks:{REGION}:{ACCOUNT}:cluster/uae"
    shifts = {"StringEquals": {"arc-zonal-shift:ResourceIdentifier": cluster}}
    assert statements()["ZonalShifts"]["Condition"] == shifts
    assert statements()["FindApiServer"]["Resource"] == [cluster]
    assert statements()["Look"]["Condition"] == {"StringEquals": {"aws:RequestedRegion": REGION}}
    spot = statements()["FirstSpot"]
    assert spot["Resource"][0].endswith("role/aws-service-role/spot.amazonaws.com/AWSServiceRoleForEC2Spot")
    assert spot["Condition"] == {"StringEquals": {"iam:AWSServiceName": "spot.amazonaws.com"}}


def test_the_longest_policy_fits_a_role() -> None:
    """IAM takes 10,240 characters of inline policies a role, without white space (IAM User Guide, quotas)."""
    of = ControllerScope(ACCOUNT, REGION, "c" * 100, "r" * 100, "q" * 120, "k" * 90)
    assert len(json.dumps(json.loads(controller_policy(of, True, True)), separators=(",", ":"))) < 10_240
