"""IAM policy of the AWS Load Balancer Controller for Network Load Balancers. Pure.

The actions are those of kubernetes-sigs/aws-load-balancer-controller v3.5.0, docs/install/iam_policy.json (2026-08-17),
without those of Application Load Balancers (rules, web ACLs, certificates, user pools) and of Shield. Unlike upstream's
policy it is limited to one cluster, by the tag that the controller puts on everything it creates.
"""

from falaj.components.aws.identity.iam_policies import Condition, Statement, document

CLUSTER_TAG = "elbv2.k8s.aws/cluster"
"""Tag of the controller's load balancers, target groups and security groups; its value is the cluster's name."""

_DESCRIBE = (
    *(
        f"ec2:Describe{what}"
        for what in (
            "AccountAttributes",
            "Addresses",
            "AvailabilityZones",
            "Instances",
            "InternetGateways",
            "NetworkInterfaces",
            "RouteTables",
            "SecurityGroups",
            "Subnets",
            "Tags",
            "VpcPeeringConnections",
            "Vpcs",
        )
    ),
    "ec2:GetSecurityGroupsForVpc",
    *(
        f"elasticloadbalancing:Describe{what}"
        for what in (
            "CapacityReservation",
            "ListenerAttributes",
            "Listeners",
            "LoadBalancerAttributes",
            "LoadBalancers",
            "Rules",
            "SSLPolicies",
            "Tags",
            "TargetGroupAttributes",
            "TargetGroups",
            "TargetHealth",
        )
    ),
)

_MANAGE = (
    "AddTags",
    "DeleteLoadBalancer",
    "DeleteTargetGroup",
    "ModifyListenerAttributes",
    "ModifyLoadBalancerAttributes",
    "ModifyTargetGroup",
    "ModifyTargetGroupAttributes",
    "RemoveTags",
    "SetIpAddressType",
    "SetSecurityGroups",
    "SetSubnets",
)
_LISTEN = (
    "AddListenerCertificates",
    "AddTags",
    "CreateListener",
    "DeleteListener",
    "ModifyListener",
    "RemoveListenerCertificates",
    "RemoveTags",
)
"""Listeners get their tags after they are created, so no tag limits these."""


def load_balancer_policy(account: str, region: str, cluster: str) -> str:
    """Returns the policy: describe, and manage Network Load Balancers, target groups and security groups of one
    cluster."""
    service = {"StringEquals": {"iam:AWSServiceName": "elasticloadbalancing.amazonaws.com"}}
    in_region = {"StringEquals": {"aws:RequestedRegion": region}}
    return document(
        Statement("LinkService", ("iam:CreateServiceLinkedRole",), conditions=service),
        Statement("Look", _DESCRIBE, conditions=in_region),
        *_security_groups(f"arn:aws:ec2:{region}:{account}", cluster),
        *_balancers(f"arn:aws:elasticloadbalancing:{region}:{account}", cluster),
    )


def _security_groups(prefix: str, cluster: str) -> list[Statement]:
    groups = f"{prefix}:security-group/*"
    rules = ("ec2:AuthorizeSecurityGroupIngress", "ec2:RevokeSecurityGroupIngress")
    new = {f"aws:RequestTag/{CLUSTER_TAG}": cluster, "ec2:CreateAction": "CreateSecurityGroup"}
    changes = ("ec2:CreateTags", "ec2:DeleteTags", "ec2:DeleteSecurityGroup")
    return [
        # Also on the cluster's security group, which lets the load balancers in.
        Statement("SetRules", rules, (groups,)),
        Statement("CreateGroups", ("ec2:CreateSecurityGroup",), (groups, f"{prefix}:vpc/*")),
        Statement("TagNewGroups", ("ec2:CreateTags",), (groups,), conditions={"StringEquals": new}),
        Statement("ManageGroups", changes, (groups,), conditions=_owned_by(cluster)),
    ]


def _balancers(prefix: str, cluster: str) -> list[Statement]:
    balancers, targets = f"{prefix}:loadbalancer/net/*/*", f"{prefix}:targetgroup/*/*"
    listeners = f"{prefix}:listener/net/*/*/*"
    requested = {f"aws:RequestTag/{CLUSTER_TAG}": cluster}
    new = {**requested, "elasticloadbalancing:CreateAction": ["CreateTargetGroup", "CreateLoadBalancer"]}
    return [
        Statement(
            "Create",
            _actions("CreateLoadBalancer", "CreateTargetGroup"),
            (balancers, targets),
            conditions={"StringEquals": requested},
        ),
        Statement("TagNew", _actions("AddTags"), (balancers, targets), conditions={"StringEquals": new}),
        Statement("Manage", _actions(*_MANAGE), (balancers, targets, listeners), conditions=_owned_by(cluster)),
        Statement("Listen", _actions(*_LISTEN), (balancers, listeners)),
        Statement("Register", _actions("RegisterTargets", "DeregisterTargets"), (targets,)),
    ]


def _owned_by(cluster: str) -> Condition:
    return {"StringEquals": {f"aws:ResourceTag/{CLUSTER_TAG}": cluster}}


def _actions(*names: str) -> tuple[str, ...]:
    return tuple(f"elasticloadbalancing:{name}" for name in names)
