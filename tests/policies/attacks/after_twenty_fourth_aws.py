"""More spellings of what the twenty-fourth set found on AWS: names, tags and paths in common, tags of requests, and
denials that deny nothing (2026-12-02).

Properties by pulumi-aws 7.51.1. What a service does with them by its documentation, as known unless a date stands
beside it.
"""

from ..blind import ME, TAGS, aws, document, k8s, meta, policy, role, statement
from . import Attack
from .twenty_fourth_aws import ACCOUNT, IDN, OPENED, TRUST, R
from .twenty_fourth_aws_b import ESC, control, denial

TAGGED = {"StringEquals": {"aws:RequestTag/team": "payments"}}
LAKE = {"catalogId": ME, "databaseName": "lake", "tableName": "payments", "type": "orphan_file_deletion"}


def reads(name: str, action: str, resource: str, condition: object = None) -> Attack:
    """Returns a policy that reads what many owners have."""
    return Attack(name, IDN, (policy(statement(action, resource, condition)),), "critical",
                  "what the name or the tag fixes, everything of the account has")  # fmt: skip


def optimizer(name: str, iceberg: object) -> Attack:
    """Returns a table whose orphans are deleted."""
    return Attack(name, ("FJ-ESC-115",), (aws("glue/CatalogTableOptimizer", {**LAKE, "configuration": {
        "enabled": True, "roleArn": f"arn:aws:iam::{ME}:role/lake-optimizer",
        "orphanFileDeletionConfiguration": {"icebergConfiguration": iceberg}}}),), "major",
        "files of other tables, or of jobs that still run, are in no metadata (AWS Glue, 'Deleting orphan "
        "files')")  # fmt: skip


ATTACKS = (
    reads("a job decrypts with each key that Terraform made", "kms:Decrypt", f"arn:aws:kms:{R}:{ME}:key/*",
          {"StringLike": {"aws:ResourceTag/IaC": "Terraform*"}}),
    reads("a job reads each secret that has the tag of its own tool", "secretsmanager:GetSecretValue", "*",
          {"StringEquals": {"secretsmanager:ResourceTag/created_by": "${aws:PrincipalTag/created_by}"}}),
    reads("a job receives the messages of each queue of production", "sqs:ReceiveMessage",
          f"arn:aws:sqs:{R}:{ME}:*-prd"),
    reads("a job reads each parameter of production", "ssm:GetParameter",
          f"arn:aws:ssm:{R}:{ME}:parameter/*/production/*"),
    reads("a job reads the objects of each bucket that is live", "s3:GetObject", "arn:aws:s3:::*.live/*"),
    reads("a job reads the objects of each bucket with the number of the account", "s3:GetObject",
          f"arn:aws:s3:::*-{ME}-{R}/*"),
    Attack("each role of the company takes on the role of settlement", TRUST, (role(
        ACCOUNT, {"StringEquals": {"aws:PrincipalTag/company": "bank"}}, name="settlement"),), "critical",
        "the tag is on each role of the account"),
    Attack("each role of Identity Center takes on the role of settlement", TRUST, (role(
        ACCOUNT, {"ArnLike": {"aws:PrincipalArn": f"arn:aws:iam::{ME}:role/aws-reserved/*"}}, name="settlement"),),
        "critical", "roles of every permission set have that path"),
    Attack("each role of Identity Center in a Region takes on the role of settlement", TRUST, (role(
        ACCOUNT, {"ArnLike": {"aws:PrincipalArn":
            f"arn:aws:iam::{ME}:role/aws-reserved/sso.amazonaws.com/{R}/*"}}, name="settlement"),), "critical",
        "roles of every permission set have that path"),
    Attack("each role with a name of Identity Center takes on the role of settlement", TRUST, (role(
        ACCOUNT, {"ArnLike": {"aws:PrincipalArn":
            f"arn:aws:iam::{ME}:role/aws-reserved/sso.amazonaws.com/{R}/AWSReservedSSO_*"}}, name="settlement"),),
        "critical", "roles of every permission set have that beginning"),
    Attack("each session of Identity Center takes on the role of settlement", TRUST, (role(
        ACCOUNT, {"ArnLike": {"aws:PrincipalArn": f"arn:aws:sts::{ME}:assumed-role/AWSReservedSSO_*/*"}},
        name="settlement"),), "critical", "roles of every permission set have that beginning"),
    Attack("each role that the console made takes on the role of settlement", TRUST, (role(
        ACCOUNT, {"ArnLike": {"aws:PrincipalArn": f"arn:aws:iam::{ME}:role/service-role/*"}}, name="settlement"),),
        "critical", "roles of every service have that path"),
    Attack("a pipeline passes each role of services to one service", IDN, (policy(statement(
        "iam:PassRole", f"arn:aws:iam::{ME}:role/service-role/*", {"StringEquals": {
            "iam:PassedToService": "lambda.amazonaws.com"}})),), "critical", "the service runs with whatever role it "
        "is given"),
    Attack("an app takes on each role of Identity Center", IDN, (policy(statement(
        "sts:AssumeRole", f"arn:aws:iam::{ME}:role/aws-reserved/sso.amazonaws.com/*")),), "critical",
        "roles of every permission set have that path, those of administrators too"),
    Attack("an app silences each alarm if its request has a tag", IDN, (policy(statement(
        "cloudwatch:PutMetricAlarm", "*", TAGGED)),), "critical", "tags of a request that changes an alarm are ignored "
        "(Amazon CloudWatch API, PutMetricAlarm, Tags)"),
    Attack("an app adds rules to each listener if they have a tag", IDN, (policy(statement(
        "elasticloadbalancing:CreateRule", f"arn:aws:elasticloadbalancing:{R}:{ME}:listener/app/*", TAGGED)),),
        "critical", "the tag is that of the new rule"),
    Attack("an app changes each rule of events if its request has a tag", IDN, (policy(statement(
        "events:Put*", "*", TAGGED)),), "critical", "tags of a request that changes a rule are ignored (Amazon "
        "EventBridge API, PutRule, Tags)"),
    Attack("a program talks to every agent as any user", IDN, (policy(statement(
        "bedrock-agentcore:InvokeAgentRuntimeWithWebSocketStreamForUser", "*")),), "critical",
        "the header with the user's id is the caller's"),
    Attack("everybody of the network may do with the files what a client may", ("FJ-EXP-112",), (
        aws("efs/FileSystemPolicy", {"fileSystemId": "fs-0123456789abcdef0", "policy": document({
            "Effect": "Allow", "Principal": "*", "Action": "elasticfilesystem:Client*", "Resource": "*",
            "Condition": OPENED})}),), "major", "root's rights are among what a client may"),
    Attack("the control of the organisation is not for storage", ESC, control(
        AllowedRegions=[R], ExemptedActions=["s3:*", "logs:GetQueryResults"]), "critical",
        "actions of the list are exempt (AWS Control Tower, 'Controls with parameters', read 2026-12-02)"),
    Attack("the control of the organisation is for no bucket", ESC, control(
        ExemptedResourceArns=["arn:aws:s3:::*"]), "critical",
        "resources of the list are exempt (AWS Control Catalog API, ControlParameter, read 2026-12-02)"),
    Attack("a denial of the organisation leaves out every resource", ESC, denial(Resource=[], NotResource="*"),
           "critical", "nobody is denied anything"),
    Attack("a denial of the organisation is for services of AWS", ESC, denial(
        Condition={"Bool": {"aws:PrincipalIsAWSService": "true"}}), "critical", "it limits no service of AWS"),
    Attack("a denial of the organisation is for whoever has no session", ESC, denial(
        Condition={"StringNotLike": {"aws:userid": "*:*"}}), "critical", "each session of a role has a name behind the "
        "colon"),
    Attack("a denial of the organisation is for whoever has no account", ESC, denial(
        Condition={"Null": {"aws:PrincipalAccount": "true"}}), "critical", "each identity has an account"),
    Attack("whoever writes in a channel is an administrator", ("FJ-ESC-115",), (
        aws("chatbot/SlackChannelConfiguration", {
            "configurationName": "ops", "slackChannelId": "C0123456789", "slackTeamId": "T0123456789", "tags": TAGS,
            "iamRoleArn": f"arn:aws:iam::{ME}:role/Administrator", "guardrailPolicyArns": [
                "arn:aws:iam::aws:policy/ReadOnlyAccess"]}),), "major", "members of the channel run commands with the "
        "role (Amazon Q Developer in chat applications, 'Understanding permissions')"),
    Attack("pods of a team change to the role of an administrator", ("FJ-ESC-115",), (
        aws("eks/PodIdentityAssociation", {
            "clusterName": "bank", "namespace": "team-a", "serviceAccount": "api", "tags": TAGS,
            "roleArn": f"arn:aws:iam::{ME}:role/api", "targetRoleArn": f"arn:aws:iam::{ME}:role/team/admin-role"}),),
        "critical", "pods have the target role (Amazon EKS API, CreatePodIdentityAssociation, targetRoleArn)"),
    Attack("users of a notebook are administrators of the account", ("FJ-ESC-115",), (
        aws("sagemaker/UserProfile", {
            "domainId": "d-abcdefghijkl", "userProfileName": "eve", "tags": TAGS,
            "userSettings": {"executionRole": f"arn:aws:iam::{ME}:role/AdministratorAccess"}}),),
        "critical", "the notebooks of the user have the role (Amazon SageMaker AI, UserSettings, ExecutionRole)"),
    Attack("pods are administrators of the account by an annotation", ("FJ-ESC-115",), (
        k8s("core/v1:ServiceAccount", {"metadata": meta("api", annotations={
            "eks.amazonaws.com/role-arn": f"arn:aws:iam::{ME}:role/aws-reserved/PowerUser"})}),),
        "critical", "pods of the service account have the role (aws/amazon-eks-pod-identity-webhook 3bf80a34, "
        "README.md)"),
    optimizer("orphans of one table are looked for in the bucket of all", {"location": "s3://bank-lake"}),
    optimizer("what a job wrote yesterday is deleted as an orphan", {
        "location": "s3://bank-lake/payments/", "orphanFileRetentionPeriodInDays": 1}),
)  # fmt: skip
