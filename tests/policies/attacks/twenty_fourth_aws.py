"""Attacks on AWS by what names, tags and paths have in common, and by what a request creates (2026-12-02, twenty-fourth
set, written before any rule ran on it).

Properties by pulumi-aws 7.51.1. What a service does with them by its documentation, as known unless a date stands
beside it.
"""

from ..blind import ME, aws, document, policy, role, statement
from . import Attack

R = "me-central-1"
IDN = ("FJ-IDN-",)
TRUST = ("FJ-IDN-", "FJ-EXP-")
ACCOUNT = {"AWS": f"arn:aws:iam::{ME}:root"}
ORGANISATION = "o-a1b2c3d4e5"
OPENED = {"Bool": {"elasticfilesystem:AccessedViaMountTarget": "true"}}

ATTACKS = (
    Attack("an app reads each secret that a program of the platform made", IDN, (policy(statement(
        "secretsmanager:GetSecretValue", f"arn:aws:secretsmanager:{R}:{ME}:secret:*",
        {"StringEquals": {"aws:ResourceTag/managed-by": "pulumi"}})),),
        "critical", "the tag is on everything that Pulumi makes (Pulumi, AWS provider, defaultTags): each secret of "
        "the account has it"),
    Attack("an app reads the objects of each bucket of production", IDN, (policy(
        statement("s3:ListBucket", "arn:aws:s3:::*-prod-*"), statement("s3:GetObject", "arn:aws:s3:::*-prod-*/*")),),
        "critical", "a wildcard stands for any number of characters (Amazon S3, 'Policy resources'): what is fixed is "
        "the environment, which all buckets of the account have in their names"),
    Attack("an app reads each secret with prod in its name", IDN, (policy(statement(
        "secretsmanager:GetSecretValue", f"arn:aws:secretsmanager:{R}:{ME}:secret:*prod*")),),
        "critical", "in the account of production each name has it (AWS Secrets Manager, resource types)"),
    Attack("reports read each table of production", IDN, (policy(statement(
        ["dynamodb:Scan", "dynamodb:Query", "dynamodb:GetItem"], f"arn:aws:dynamodb:{R}:{ME}:table/*-production")),),
        "critical", "the environment ends the name of each table (Amazon DynamoDB, resource types)"),
    Attack("whoever signs in at all takes on the role of settlement", TRUST, (role(
        ACCOUNT, {"ArnLike": {
            "aws:PrincipalArn": f"arn:aws:iam::{ME}:role/aws-reserved/sso.amazonaws.com/*/AWSReservedSSO_*"}},
        name="settlement"),),
        "critical", "roles of every permission set have that path and the beginning (IAM Identity Center, 'Referencing "
        "permission sets in resource policies')"),
    Attack("each role that Pulumi made takes on the role of settlement", TRUST, (role(
        ACCOUNT, {"StringEquals": {"aws:PrincipalTag/managed-by": "pulumi"}}, name="settlement"),),
        "critical", "the tag is on each role of each stack (Pulumi, AWS provider, defaultTags)"),
    Attack("everybody of every account of the organisation takes on the role of settlement", TRUST, (role(
        {"AWS": "*"}, {"StringEquals": {"aws:PrincipalOrgID": ORGANISATION}}, name="settlement"),),
        "critical", "developers administer their own accounts of the organisation (IAM, aws:PrincipalOrgID)"),
    Attack("a pipeline gives each role that the console made to a program of its own", IDN, (policy(
        statement("lambda:CreateFunction", f"arn:aws:lambda:{R}:{ME}:function:deploy-*"),
        statement("iam:PassRole", f"arn:aws:iam::{ME}:role/service-role/*")),),
        "critical", "roles of services have that path (IAM, 'Create a role to delegate permissions to an AWS "
        "service'), whatever service or team they are of"),
    Attack("an app opens each group of the network if its rule has a tag", IDN, (policy(statement(
        ["ec2:AuthorizeSecurityGroupIngress", "ec2:AuthorizeSecurityGroupEgress"], "*",
        {"StringEquals": {"aws:RequestTag/team": "payments"}})),),
        "critical", "the tag is that of the new rule, which the caller writes; the group that it opens is any (Service "
        "Authorization Reference, Amazon EC2, AuthorizeSecurityGroupIngress)"),
    Attack("an app leads requests of each load balancer elsewhere if its rule has a tag", IDN, (policy(statement(
        ["elasticloadbalancing:CreateRule", "elasticloadbalancing:CreateListener"], "*",
        {"StringEquals": {"aws:RequestTag/team": "payments"}})),),
        "critical", "the tag is that of the new rule; the listener is any (Service Authorization Reference, Elastic "
        "Load Balancing V2, CreateRule)"),
    Attack("a program asks every agent as any user", IDN, (policy(statement(
        ["bedrock-agentcore:InvokeAgentRuntime", "bedrock-agentcore:InvokeAgentRuntimeForUser"],
        f"arn:aws:bedrock-agentcore:{R}:{ME}:runtime/*")),),
        "critical", "the header with the user's id is the caller's, and the agent gets the tokens of that user (Amazon "
        "Bedrock AgentCore, 'Invoke with a user id', InvokeAgentRuntimeForUser)"),
    Attack("everybody of the network has root's rights on the files", ("FJ-EXP-", "FJ-IDN-"), (
        aws("efs/FileSystemPolicy", {"fileSystemId": "fs-0123456789abcdef0", "policy": document({
            "Effect": "Allow", "Principal": {"AWS": "*"}, "Resource": "*", "Condition": OPENED, "Action": [
                "elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite",
                "elasticfilesystem:ClientRootAccess"]})}),),
        "major", "who reaches a mount target needs no identity and is root (Amazon EFS, 'Using IAM to control file "
        "system data access')"),
)  # fmt: skip
