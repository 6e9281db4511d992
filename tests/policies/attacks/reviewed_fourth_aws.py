"""What a review of the twenty-fourth set's rules found on AWS and on money: the same attacks in other spellings
(2026-12-02).

Properties by pulumi-aws 7.51.1 and pulumi-azure-native 3.29.0; the sources are those of the rules.
"""

from ..blind import ME, RG, TAGS, aws, az, crd, document, k8s, meta, policy, role, statement
from ..harness import Given
from ..idioms.azure_platform import AKS
from . import Attack
from .after_twenty_fourth_aws import TAGGED, reads
from .after_twenty_fourth_money import azure_budget
from .after_twenty_fourth_money_b import SWITCHED, started
from .cost_services import STACK
from .tenth_aws import R
from .twenty_first_money import flow
from .twenty_fourth_aws import ACCOUNT, OPENED, TRUST
from .twenty_fourth_aws_b import ESC, control, denial
from .twenty_fourth_money_b import EVALUATE
from .twenty_second_money_b import PIPELINE, SOURCE, stage

IDN, CALLED = ("FJ-IDN-",), ("FJ-COST-126",)
SECRETS = f"arn:aws:secretsmanager:{R}:{ME}:secret"
ADMINISTRATOR = f"arn:aws:iam::{ME}:instance-profile/Administrator"


def tagged(name: str, tag: str, value: str) -> Attack:
    """Returns a policy that reads each secret with a tag that everything has."""
    return reads(
        name, "secretsmanager:GetSecretValue", f"{SECRETS}:*", {"StringLike": {f"aws:ResourceTag/{tag}": value}}
    )


def pushed(pattern: str) -> tuple[Given, ...]:
    """Returns a pipeline that deploys each branch of a pattern."""
    return (started(pushes=[{"branches": {"includes": [pattern]}}]),)


def republishing(name: str, sql: str, **targets: object) -> Attack:
    """Returns a rule of devices that writes what it reads."""
    return Attack(name, CALLED, (aws("iot/TopicRule", {
        "name": "meters", "enabled": True, "sqlVersion": "2016-03-23", "sql": sql, "tags": TAGS, **targets}),),
        "major")  # fmt: skip


def machine(name: str, service: str, **parameters: object) -> Attack:
    """Returns a workflow that asks for machines."""
    return Attack(name, CALLED, (flow({"StartAt": "make", "States": {"make": {
        "Type": "Task", "End": True, "Resource": f"arn:aws:states:::aws-sdk:{service}", "Parameters": parameters}}}),),
        "critical")  # fmt: skip


def told_group(**more: object) -> tuple[Given, ...]:
    """Returns a budget of Azure and the group that it tells."""
    return (STACK, AKS, az("monitor:ActionGroup", {
        **RG, "actionGroupName": "costs", "groupShortName": "costs", "location": "Global", "enabled": True,
        "tags": TAGS, **more}, "group"), azure_budget(contactGroups=["costs"]))  # fmt: skip


TO_ROLE = {"roleArn": f"arn:aws:iam::{ME}:role/iot"}
ATTACKS = (
    tagged("a job reads each secret of the Region", "region", R),
    tagged("a job reads each secret of the account", "AccountId", ME),
    tagged("a job reads each secret that Pulumi made for the bank", "bank/managed-by", "pulumi"),
    tagged("a job reads each secret that any version of Terraform made", "provisioner", "terraform-v1*"),
    reads("a job reads each secret with Prod in its name", "secretsmanager:GetSecretValue", f"{SECRETS}:*-Prod-*"),
    reads("a job receives the messages of each queue in capitals", "sqs:ReceiveMessage",
          f"arn:aws:sqs:{R}:{ME}:*_PRODUCTION"),
    Attack("everybody of the network may do all with the files but one thing", ("FJ-EXP-112",), (
        aws("efs/FileSystemPolicy", {"fileSystemId": "fs-0123456789abcdef0", "policy": document({
            "Effect": "Allow", "Principal": {"AWS": "*"}, "NotAction": "elasticfilesystem:DescribeMountTargets",
            "Resource": "*", "Condition": OPENED})}),), "major", "root's rights are not what is left out"),
    Attack("a denial of the organisation leaves out what has any ARN", ESC, denial(
        Resource=[], NotResource=["arn:aws:*:*:*:*"]), "critical", "each resource has one"),
    Attack("a denial of the organisation of all outside the country is for those who are no role", ESC, denial(
        Action="*", Condition={"StringNotEquals": {"aws:PrincipalType": "AssumedRole", "aws:RequestedRegion": R}}),
        "critical", "people and programs have sessions of roles, which work abroad"),
    Attack("a denial of the organisation is for whoever is of none", ESC, denial(
        Condition={"StringNotLike": {"aws:PrincipalOrgID": "o-*"}}), "critical", "each identity that it is about is of "
        "the organisation"),
    Attack("a denial of the organisation is for whoever has no organisation", ESC, denial(
        Condition={"Null": {"aws:PrincipalOrgID": "true"}}), "critical", "each identity that it is about has one"),
    Attack("a denial of the organisation is for whoever does not sign", ESC, denial(
        Condition={"StringEquals": {"aws:PrincipalType": "Anonymous"}}), "critical", "it is about identities alone"),
    Attack("the control of the organisation is for no role of any partition", ESC, control(
        AllowedRegions=[R], ExemptedPrincipalArns=["arn:*:iam::*:role/*"]), "critical"),
    Attack("roles that the console made take on the role of settlement by one letter", TRUST, (role(
        ACCOUNT, {"ArnLike": {"aws:PrincipalArn": f"arn:aws:iam::{ME}:role/service-role/A*"}}, name="settlement"),),
        "critical", "roles of many services have that beginning"),
    Attack("an app opens each bucket by a point of access with a tag", IDN, (policy(statement(
        "s3:CreateAccessPoint", f"arn:aws:s3:{R}:{ME}:accesspoint/*", TAGGED)),), "critical",
        "the tag is that of the new point; the bucket is any"),
    Attack("machines of a template are administrators by the name of their profile", SWITCHED, (
        aws("ec2/LaunchTemplate", {"name": "api", "tags": TAGS, "iamInstanceProfile": {"name": "AdministratorRole"}}),),
        "critical"),
    Attack("machines of a template are administrators by the ARN of their profile", SWITCHED, (
        aws("ec2/LaunchTemplate", {"name": "api", "tags": TAGS, "iamInstanceProfile": {"arn": ADMINISTRATOR}}),),
        "critical"),
    Attack("nodes of a class are administrators of the account", SWITCHED, (
        crd("karpenter.k8s.aws/v1:EC2NodeClass", {"role": "Administrator"}),), "critical"),
    Attack("pods are administrators by the name of a role", SWITCHED, (
        k8s("core/v1:ServiceAccount", {"metadata": meta("api", annotations={
            "iam.amazonaws.com/role": "PowerUserRole"})}),), "critical"),
    *(Attack(f"whoever pushes a branch that is {pattern} deploys production", SWITCHED, pushed(pattern), "critical")
      for pattern in ("main*", "feat/*", "Feature/*", "{main,feature/*}", "{feature,fix}/**", "?*", "[a-z]*")),
    Attack("whoever pushes a branch that is not the main one deploys production", SWITCHED, (
        started(pushes=[{"branches": {"excludes": ["main"]}}]),), "critical"),
    Attack("whoever pushes any branch runs pulumi up, in one word", SWITCHED, (aws("codepipeline/Pipeline", {
        **PIPELINE, "stages": [SOURCE, EVALUATE, stage("PulumiUp", "platform")], "triggers": [{
            "providerType": "CodeStarSourceConnection", "gitConfiguration": {
                "sourceActionName": "Source", "pushes": [{"branches": {"includes": ["**"]}}]}}]}),), "critical"),
    republishing("a rule of devices writes to the topic of each message", "SELECT * FROM 'meters/+'",
                 republishes=[{**TO_ROLE, "topic": "${topic()}"}]),
    republishing("a rule of devices writes its errors where it reads", "SELECT * FROM 'meters/#'",
                 errorAction={"republish": {**TO_ROLE, "topic": "meters/errors"}}),
    machine("a workflow makes a group of nodes with eight GPUs each", "eks:createNodegroup", ClusterName="bank",
            NodegroupName="more", InstanceTypes=["p5.48xlarge"]),
    machine("a workflow makes a cluster of machines with eight GPUs each", "emr:runJobFlow", Name="more", Instances={
        "MasterInstanceType": "m7g.xlarge", "SlaveInstanceType": "p5.48xlarge"}),
    Attack("a budget of Azure tells a group that is switched off", ("FJ-COST-001",), told_group(
        enabled=False, emailReceivers=[{"name": "finops", "emailAddress": "finops@example.ae"}]), "major"),
    Attack("a budget of Azure tells a group of a mailbox that nobody reads", ("FJ-COST-001",), told_group(
        emailReceivers=[{"name": "finops", "emailAddress": "noreply@example.ae"}]), "major"),
)  # fmt: skip
