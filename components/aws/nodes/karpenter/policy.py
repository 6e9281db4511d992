"""What Karpenter's controller may do in AWS: make and end machines of its own cluster, and nothing else. Pure.

The actions are those that Karpenter 1.14 calls (its pkg/aws/sdk.go); the conditions are those of its CloudFormation
reference, narrowed to one account. What only serves instance profiles of its own making is left out: ours is made
beforehand.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from falaj.components.aws.identity.iam_policies import Statement, document

NODE_POOL_TAG = "karpenter.sh/nodepool"

LOOK = (
    "ec2:DescribeCapacityReservations",
    "ec2:DescribeImages",
    "ec2:DescribeInstances",
    "ec2:DescribeInstanceStatus",
    "ec2:DescribeInstanceTypeOfferings",
    "ec2:DescribeInstanceTypes",
    "ec2:DescribeLaunchTemplates",
    "ec2:DescribePlacementGroups",
    "ec2:DescribeSecurityGroups",
    "ec2:DescribeSpotPriceHistory",
    "ec2:DescribeSubnets",
)
"""Calls that EC2 cannot narrow to a resource (Service Authorization Reference, EC2)."""

LATER_TAGS = ("eks:eks-cluster-name", "karpenter.sh/nodeclaim", "Name")
"""Tags that a machine gets once it has a name (Karpenter's pkg/controllers/nodeclaim/tagging)."""

SPOT_ROLE = "role/aws-service-role/spot.amazonaws.com/AWSServiceRoleForEC2Spot"


@dataclass(frozen=True)
class Controller:
    """Whom the rights are for: one cluster of an account, the role of its nodes, the queue it reads and its key."""

    account: str
    region: str
    cluster: str
    node_role_arn: str
    queue_arn: str
    queue_key_arn: str

    @property
    def cluster_arn(self) -> str:
        return f"arn:aws:eks:{self.region}:{self.account}:cluster/{self.cluster}"

    @property
    def cluster_tag(self) -> str:
        """The tag that Karpenter puts on all it makes."""
        return f"kubernetes.io/cluster/{self.cluster}"

    def ec2(self, *kinds: str) -> tuple[str, ...]:
        """ARNs of everything of these kinds in the account and region."""
        return tuple(f"arn:aws:ec2:{self.region}:{self.account}:{kind}/*" for kind in kinds)

    def tagged(self, whose: str) -> Mapping[str, Mapping[str, str]]:
        """The condition that it is of this cluster and of a node pool: `aws:RequestTag` or `aws:ResourceTag`."""
        return {
            "StringEquals": {f"{whose}/{self.cluster_tag}": "owned"},
            "StringLike": {f"{whose}/{NODE_POOL_TAG}": "*"},
        }


def controller_policy(of: Controller, way_out: bool, spot: bool) -> str:
    """The policy. `way_out`: whether IAM, prices and zonal shifts can be reached at all, which have no private endpoint
    here; `spot`: whether some pool buys spot machines."""
    return document(
        *_machines(of),
        Statement("Look", LOOK, conditions={"StringEquals": {"aws:RequestedRegion": of.region}}),
        Statement("ImageIds", ("ssm:GetParameter",), (f"arn:aws:ssm:{of.region}::parameter/aws/service/*",)),
        Statement("FindApiServer", ("eks:DescribeCluster",), (of.cluster_arn,)),
        Statement(
            "HearInterruptions",
            ("sqs:DeleteMessage", "sqs:GetQueueUrl", "sqs:ReceiveMessage"),
            (of.queue_arn,),
        ),
        Statement(
            "ReadInterruptions",
            ("kms:Decrypt",),
            (of.queue_key_arn,),
            conditions={"StringEquals": {"kms:ViaService": f"sqs.{of.region}.amazonaws.com"}},
        ),
        *(_with_a_way_out(of) if way_out else ()),
        *((_first_spot(of),) if spot else ()),
    )


def _machines(of: Controller) -> tuple[Statement, ...]:
    start = ("ec2:RunInstances", "ec2:CreateFleet")
    images = tuple(f"arn:aws:ec2:{of.region}::{kind}/*" for kind in ("image", "snapshot"))
    made = of.ec2("fleet", "instance", "launch-template", "network-interface", "spot-instances-request", "volume")
    asked, owned = of.tagged("aws:RequestTag"), of.tagged("aws:ResourceTag")
    return (
        Statement("StartFrom", start, (*images, *of.ec2("security-group", "subnet"))),
        Statement("StartFromOwnTemplates", start, of.ec2("launch-template"), conditions=owned),
        Statement("Start", (*start, "ec2:CreateLaunchTemplate"), made, conditions=asked),
        Statement(
            "TagWhenMade",
            ("ec2:CreateTags",),
            made,
            conditions={
                **asked,
                "StringEquals": {
                    **asked["StringEquals"],
                    "ec2:CreateAction": ["RunInstances", "CreateFleet", "CreateLaunchTemplate"],
                },
            },
        ),
        Statement(
            "NameLater",
            ("ec2:CreateTags",),
            of.ec2("instance"),
            conditions={**owned, "ForAllValues:StringEquals": {"aws:TagKeys": LATER_TAGS}},
        ),
        Statement(
            "End",
            ("ec2:TerminateInstances", "ec2:DeleteLaunchTemplate"),
            of.ec2("instance", "launch-template"),
            conditions=owned,
        ),
        Statement(
            "PassNodeRole",
            ("iam:PassRole",),
            (of.node_role_arn,),
            conditions={"StringEquals": {"iam:PassedToService": "ec2.amazonaws.com"}},
        ),
    )


def _with_a_way_out(of: Controller) -> tuple[Statement, ...]:
    """Before a node class goes, Karpenter looks for profiles that it might have made: without that right it would wait
    for ever (its pkg/controllers/nodeclass, cleanupManagedInstanceProfiles)."""
    return (
        # Listing is of the account: IAM knows no resource for it, so that a scoped statement would grant nothing.
        Statement("ListProfiles", ("iam:ListInstanceProfiles",)),
        Statement("ReadProfiles", ("iam:GetInstanceProfile",), (f"arn:aws:iam::{of.account}:instance-profile/*",)),
        Statement("Prices", ("pricing:GetProducts",)),
        Statement(
            "ZonalShifts",
            ("arc-zonal-shift:GetManagedResource",),
            # Its resources are told by this condition (ARC Developer Guide, IAM for zonal shift).
            conditions={"StringEquals": {"arc-zonal-shift:ResourceIdentifier": of.cluster_arn}},
        ),
    )


def _first_spot(of: Controller) -> Statement:
    """The first spot machine of an account needs a role that EC2 makes for whoever may have it made."""
    return Statement(
        "FirstSpot",
        ("iam:CreateServiceLinkedRole",),
        (f"arn:aws:iam::{of.account}:{SPOT_ROLE}",),
        conditions={"StringEquals": {"iam:AWSServiceName": "spot.amazonaws.com"}},
    )
