"""IAM policy of Karpenter's controller: start and terminate machines of its own cluster, and nothing else. Pure.

The actions are those that Karpenter 1.14 calls (its pkg/aws/sdk.go); the conditions are those of its CloudFormation
reference, narrowed to one account. Actions on instance profiles that it would create are left out: ours exists
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
"""Tags that a machine gets after its launch (Karpenter's pkg/controllers/nodeclaim/tagging)."""

SPOT_ROLE = "role/aws-service-role/spot.amazonaws.com/AWSServiceRoleForEC2Spot"


@dataclass(frozen=True)
class Controller:
    """Scope of the policy: one cluster of an account, the role of its nodes, the queue it reads and the queue's key."""

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
        """The tag that Karpenter puts on everything it creates."""
        return f"kubernetes.io/cluster/{self.cluster}"

    def ec2(self, *kinds: str) -> tuple[str, ...]:
        """ARNs of everything of these kinds in the account and region."""
        return tuple(f"arn:aws:ec2:{self.region}:{self.account}:{kind}/*" for kind in kinds)

    def tagged(self, tag_source: str) -> Mapping[str, Mapping[str, str]]:
        """Condition on the tags of this cluster and of a node pool. `tag_source` is `aws:RequestTag` or
        `aws:ResourceTag`."""
        return {
            "StringEquals": {f"{tag_source}/{self.cluster_tag}": "owned"},
            "StringLike": {f"{tag_source}/{NODE_POOL_TAG}": "*"},
        }


def controller_policy(controller: Controller, has_egress: bool, spot: bool) -> str:
    """The policy document. `has_egress`: whether the network reaches IAM, the price list and zonal shifts, which
    have no private endpoint here. `spot`: whether a pool buys spot machines."""
    return document(
        *_machines(controller),
        Statement("Look", LOOK, conditions={"StringEquals": {"aws:RequestedRegion": controller.region}}),
        Statement("ImageIds", ("ssm:GetParameter",), (f"arn:aws:ssm:{controller.region}::parameter/aws/service/*",)),
        Statement("FindApiServer", ("eks:DescribeCluster",), (controller.cluster_arn,)),
        Statement(
            "HearInterruptions",
            ("sqs:DeleteMessage", "sqs:GetQueueUrl", "sqs:ReceiveMessage"),
            (controller.queue_arn,),
        ),
        Statement(
            "ReadInterruptions",
            ("kms:Decrypt",),
            (controller.queue_key_arn,),
            conditions={"StringEquals": {"kms:ViaService": f"sqs.{controller.region}.amazonaws.com"}},
        ),
        *(_with_egress(controller) if has_egress else ()),
        *((_first_spot(controller),) if spot else ()),
    )


def _machines(controller: Controller) -> tuple[Statement, ...]:
    start = ("ec2:RunInstances", "ec2:CreateFleet")
    images = tuple(f"arn:aws:ec2:{controller.region}::{kind}/*" for kind in ("image", "snapshot"))
    created = controller.ec2(
        "fleet", "instance", "launch-template", "network-interface", "spot-instances-request", "volume"
    )
    requested, owned = controller.tagged("aws:RequestTag"), controller.tagged("aws:ResourceTag")
    return (
        Statement("StartFrom", start, (*images, *controller.ec2("security-group", "subnet"))),
        Statement("StartFromOwnTemplates", start, controller.ec2("launch-template"), conditions=owned),
        Statement("Start", (*start, "ec2:CreateLaunchTemplate"), created, conditions=requested),
        Statement(
            "TagWhenMade",
            ("ec2:CreateTags",),
            created,
            conditions={
                **requested,
                "StringEquals": {
                    **requested["StringEquals"],
                    "ec2:CreateAction": ["RunInstances", "CreateFleet", "CreateLaunchTemplate"],
                },
            },
        ),
        Statement(
            "NameLater",
            ("ec2:CreateTags",),
            controller.ec2("instance"),
            conditions={**owned, "ForAllValues:StringEquals": {"aws:TagKeys": LATER_TAGS}},
        ),
        Statement(
            "End",
            ("ec2:TerminateInstances", "ec2:DeleteLaunchTemplate"),
            controller.ec2("instance", "launch-template"),
            conditions=owned,
        ),
        Statement(
            "PassNodeRole",
            ("iam:PassRole",),
            (controller.node_role_arn,),
            conditions={"StringEquals": {"iam:PassedToService": "ec2.amazonaws.com"}},
        ),
    )


def _with_egress(controller: Controller) -> tuple[Statement, ...]:
    """Before a node class is deleted, Karpenter looks for instance profiles that it might have created; without that
    permission the deletion never ends (its pkg/controllers/nodeclass, cleanupManagedInstanceProfiles)."""
    return (
        # IAM has no resource for listing: a statement with a narrower scope would grant nothing.
        Statement("ListProfiles", ("iam:ListInstanceProfiles",)),
        Statement(
            "ReadProfiles", ("iam:GetInstanceProfile",), (f"arn:aws:iam::{controller.account}:instance-profile/*",)
        ),
        Statement("Prices", ("pricing:GetProducts",)),
        Statement(
            "ZonalShifts",
            ("arc-zonal-shift:GetManagedResource",),
            # Its resources are named by this condition (ARC Developer Guide, IAM for zonal shift).
            conditions={"StringEquals": {"arc-zonal-shift:ResourceIdentifier": controller.cluster_arn}},
        ),
    )


def _first_spot(controller: Controller) -> Statement:
    """The first spot machine of an account needs a service-linked role, which the caller must be allowed to create."""
    return Statement(
        "FirstSpot",
        ("iam:CreateServiceLinkedRole",),
        (f"arn:aws:iam::{controller.account}:{SPOT_ROLE}",),
        conditions={"StringEquals": {"iam:AWSServiceName": "spot.amazonaws.com"}},
    )
