"""IAM policy of the AWS Load Balancer Controller for Network Load Balancers. Pure.

The actions are those of kubernetes-sigs/aws-load-balancer-controller v3.5.0, docs/install/iam_policy.json (2026-08-17),
without those of Application Load Balancers (rules, web ACLs, certificates, user pools) and of Shield. Unlike upstream's
policy it is limited to one cluster, by the tag that the controller puts on everything it creates.
"""

from falaj.components.aws.identity.iam_policies import Statement, document

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
    "DeleteLoadBalancer",
    "DeleteTargetGroup",
    "ModifyLoadBalancerAttributes",
    "ModifyListenerAttributes",
    "ModifyTargetGroup",
    "ModifyTargetGroupAttributes",
    "SetIpAddressType",
    "SetSecurityGroups",
    "SetSubnets",
)


def load_balancer_policy(account: str, region: str, cluster: str) -> str:
    """Returns the policy: describe, and manage Network Load Balancers, target groups and security groups of one
    cluster."""
    balancing = f"arn:aws:elasticloadbalancing:{region}:{account}"
    balancers, targets = f"{balancing}:loadbalancer/net/*/*", f"{balancing}:targetgroup/*/*"
    listeners, groups = f"{balancing}:listener/net/*/*/*", f"arn:aws:ec2:{region}:{account}:security-group/*"
    created = {"StringEquals": {f"aws:RequestTag/{CLUSTER_TAG}": cluster}}
    owned = {"StringEquals": {f"aws:ResourceTag/{CLUSTER_TAG}": cluster}}
    service = {"StringEquals": {"iam:AWSServiceName": "elasticloadbalancing.amazonaws.com"}}
    in_region = {"StringEquals": {"aws:RequestedRegion": region}}
    rules = ("ec2:AuthorizeSecurityGroupIngress", "ec2:RevokeSecurityGroupIngress")
    return document(
        Statement("LinkService", ("iam:CreateServiceLinkedRole",), conditions=service),
        Statement("Look", _DESCRIBE, conditions=in_region),
        # Also on the cluster's security group, which lets the load balancers in.
        Statement("SetRules", rules, (groups,)),
        Statement("CreateGroups", ("ec2:CreateSecurityGroup",), (groups, f"arn:aws:ec2:{region}:{account}:vpc/*")),
        Statement(
            "TagNewGroups",
            ("ec2:CreateTags",),
            (groups,),
            conditions={"StringEquals": {**created["StringEquals"], "ec2:CreateAction": "CreateSecurityGroup"}},
        ),
        Statement(
            "ManageGroups", ("ec2:CreateTags", "ec2:DeleteTags", "ec2:DeleteSecurityGroup"), (groups,), None, owned
        ),
        Statement(
            "Create",
            ("elasticloadbalancing:CreateLoadBalancer", "elasticloadbalancing:CreateTargetGroup"),
            (balancers, targets),
            conditions=created,
        ),
        Statement(
            "TagNew",
            ("elasticloadbalancing:AddTags",),
            (balancers, targets),
            conditions={
                "StringEquals": {
                    **created["StringEquals"],
                    "elasticloadbalancing:CreateAction": ["CreateTargetGroup", "CreateLoadBalancer"],
                }
            },
        ),
        Statement(
            "Manage",
            tuple(f"elasticloadbalancing:{action}" for action in (*_MANAGE, "AddTags", "RemoveTags")),
            (balancers, targets, listeners),
            conditions=owned,
        ),
        # Listeners get their tags after they are created, and targets none.
        Statement(
            "Listen",
            tuple(
                f"elasticloadbalancing:{action}"
                for action in (
                    "CreateListener",
                    "DeleteListener",
                    "ModifyListener",
                    "AddListenerCertificates",
                    "RemoveListenerCertificates",
                    "AddTags",
                    "RemoveTags",
                )
            ),
            (balancers, listeners),
        ),
        Statement(
            "Register",
            ("elasticloadbalancing:RegisterTargets", "elasticloadbalancing:DeregisterTargets"),
            (targets,),
        ),
    )
