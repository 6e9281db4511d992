"""IAM policy of Karpenter's controller: start and terminate machines of its own cluster only. Pure.

The actions are those that Karpenter 1.15 calls (its pkg/aws/sdk.go); the conditions are those of its CloudFormation
reference (website/content/en/v1.15/reference/cloudformation.md, read 2026-11-26), narrowed to one account. Actions that
would create instance profiles are left out, because the component creates the instance profile beforehand, and so is
`ec2:RebootInstances`, which only the feature gate `RebootForRepair` needs; the charts leave it off.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from falaj.components.aws.identity.iam_policies import Statement, document

NODE_POOL_TAG = "karpenter.sh/nodepool"

DESCRIBE_ACTIONS = (
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
"""Actions that EC2 cannot restrict to a resource (Service Authorization Reference, EC2)."""

CLUSTER_NAME_TAG = "eks:eks-cluster-name"

POST_LAUNCH_TAGS = (CLUSTER_NAME_TAG, "karpenter.sh/nodeclaim", "Name")
"""Tags that Karpenter puts on a machine after its launch (Karpenter's pkg/controllers/nodeclaim/tagging)."""

SPOT_ROLE = "role/aws-service-role/spot.amazonaws.com/AWSServiceRoleForEC2Spot"


@dataclass(frozen=True)
class ControllerScope:
    """Scope of the policy: the cluster, the role of its nodes, the interruption queue and the queue's KMS key."""

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
        """Returns the key of the tag that Karpenter puts on everything it creates."""
        return f"kubernetes.io/cluster/{self.cluster}"

    def ec2(self, *kinds: str) -> tuple[str, ...]:
        """Returns ARN patterns of all EC2 resources of these kinds in the account and region."""
        return tuple(f"arn:aws:ec2:{self.region}:{self.account}:{kind}/*" for kind in kinds)

    def tagged(self, tag_source: str) -> Mapping[str, Mapping[str, str]]:
        """Returns a condition on the tags of this cluster and of a node pool. `tag_source` is `aws:RequestTag` or
        `aws:ResourceTag`."""
        return {
            "StringEquals": {f"{tag_source}/{self.cluster_tag}": "owned"},
            "StringLike": {f"{tag_source}/{NODE_POOL_TAG}": "*"},
        }


def controller_policy(scope: ControllerScope, has_egress: bool, spot: bool) -> str:
    """Returns the policy document. `has_egress`: whether the network reaches the APIs of IAM, the price list and zonal
    shifts, for which it has no private endpoints. `spot`: whether a pool buys spot machines."""
    return document(
        *_machine_statements(scope),
        Statement("Look", DESCRIBE_ACTIONS, conditions={"StringEquals": {"aws:RequestedRegion": scope.region}}),
        Statement("ImageIds", ("ssm:GetParameter",), (f"arn:aws:ssm:{scope.region}::parameter/aws/service/*",)),
        Statement("FindApiServer", ("eks:DescribeCluster",), (scope.cluster_arn,)),
        Statement(
            "HearInterruptions",
            ("sqs:DeleteMessage", "sqs:GetQueueUrl", "sqs:ReceiveMessage"),
            (scope.queue_arn,),
        ),
        Statement(
            "ReadInterruptions",
            ("kms:Decrypt",),
            (scope.queue_key_arn,),
            conditions={"StringEquals": {"kms:ViaService": f"sqs.{scope.region}.amazonaws.com"}},
        ),
        *(_egress_statements(scope) if has_egress else ()),
        *((_spot_role_statement(scope),) if spot else ()),
    )


def _machine_statements(scope: ControllerScope) -> tuple[Statement, ...]:
    launch_actions = ("ec2:RunInstances", "ec2:CreateFleet")
    images = tuple(f"arn:aws:ec2:{scope.region}::{kind}/*" for kind in ("image", "snapshot"))
    created = scope.ec2("fleet", "instance", "launch-template", "network-interface", "spot-instances-request", "volume")
    owned, requested = scope.tagged("aws:ResourceTag"), scope.tagged("aws:RequestTag")
    cluster_name = {f"aws:RequestTag/{CLUSTER_NAME_TAG}": scope.cluster}
    requested = {**requested, "StringEquals": {**requested["StringEquals"], **cluster_name}}
    return (
        Statement("StartFrom", launch_actions, (*images, *scope.ec2("security-group", "subnet"))),
        Statement("StartFromOwnTemplates", launch_actions, scope.ec2("launch-template"), conditions=owned),
        Statement("Start", (*launch_actions, "ec2:CreateLaunchTemplate"), created, conditions=requested),
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
            scope.ec2("instance"),
            conditions={
                **owned,
                "StringEqualsIfExists": cluster_name,
                "ForAllValues:StringEquals": {"aws:TagKeys": POST_LAUNCH_TAGS},
            },
        ),
        Statement(
            "End",
            ("ec2:TerminateInstances", "ec2:DeleteLaunchTemplate"),
            scope.ec2("instance", "launch-template"),
            conditions=owned,
        ),
        Statement(
            "PassNodeRole",
            ("iam:PassRole",),
            (scope.node_role_arn,),
            conditions={"StringEquals": {"iam:PassedToService": "ec2.amazonaws.com"}},
        ),
    )


def _egress_statements(scope: ControllerScope) -> tuple[Statement, ...]:
    """Returns statements for APIs that are reachable with egress only. Before a node class is deleted, Karpenter looks
    for instance profiles that it might have created; without that permission the deletion never finishes (its
    pkg/controllers/nodeclass, cleanupManagedInstanceProfiles)."""
    return (
        # Listing supports no resource-level permissions: a statement with a narrower scope would grant nothing.
        Statement("ListProfiles", ("iam:ListInstanceProfiles",)),
        Statement("ReadProfiles", ("iam:GetInstanceProfile",), (f"arn:aws:iam::{scope.account}:instance-profile/*",)),
        Statement("Prices", ("pricing:GetProducts",)),
        Statement(
            "ZonalShifts",
            ("arc-zonal-shift:GetManagedResource",),
            # This condition identifies the resource (ARC Developer Guide, IAM for zonal shift).
            conditions={"StringEquals": {"arc-zonal-shift:ResourceIdentifier": scope.cluster_arn}},
        ),
    )


def _spot_role_statement(scope: ControllerScope) -> Statement:
    """Returns the permission to create the service-linked role that the first spot machine of an account needs."""
    return Statement(
        "FirstSpot",
        ("iam:CreateServiceLinkedRole",),
        (f"arn:aws:iam::{scope.account}:{SPOT_ROLE}",),
        conditions={"StringEquals": {"iam:AWSServiceName": "spot.amazonaws.com"}},
    )
