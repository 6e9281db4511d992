"""Good programs close to the attacks of the twenty-fourth set on AWS (2026-12-02)."""

import json

from ..attacks.twenty_fourth_aws_b import STANDARD, control
from ..blind import ME, TAGS, aws, document, policy, role, statement
from ..harness import Given
from . import Idiom, Settings
from .families import AWS_DOCS
from .sixteenth_aws import known

R = "me-central-1"
ACCOUNT = {"AWS": f"arn:aws:iam::{ME}:root"}
IAM = f"{AWS_DOCS}/IAM/latest/UserGuide"
TRUSTED: Settings = {"identity": {"trusted": {ME: "the bank's own account"}}}


def _denies(*statements: dict[str, object]) -> Given:
    """Returns a policy of the organisation."""
    return aws("organizations/Policy", {
        "name": "records", "type": "SERVICE_CONTROL_POLICY", "tags": TAGS, "content": json.dumps({
            "Version": "2012-10-17", "Statement": [{"Effect": "Deny", **item} for item in statements]})})  # fmt: skip


IDIOMS = (
    Idiom("a team reads the secrets of its own tag and of its own prefix", (policy(
        statement("secretsmanager:GetSecretValue", f"arn:aws:secretsmanager:{R}:{ME}:secret:*",
                  {"StringEquals": {"aws:ResourceTag/team": "payments"}}),
        statement("secretsmanager:GetSecretValue", f"arn:aws:secretsmanager:{R}:{ME}:secret:prod/payments/*"),
        statement("s3:GetObject", "arn:aws:s3:::*-prod-payments/*"),
        statement("dynamodb:Query", f"arn:aws:dynamodb:{R}:{ME}:table/payments-*-production")),),
        f"{IAM}/tutorial_attribute-based-access-control.html"),
    Idiom("administrators of the platform take on a role when they have signed in", (role(
        ACCOUNT, {"ArnLike": {"aws:PrincipalArn": (
            f"arn:aws:iam::{ME}:role/aws-reserved/sso.amazonaws.com/*AWSReservedSSO_PlatformAdmin_*")}}),),
        f"{AWS_DOCS}/singlesignon/latest/userguide/referencingpermissionsets.html"),
    Idiom("roles of one team take on its role", (role(
        ACCOUNT, {"StringEquals": {"aws:PrincipalTag/team": "payments"}}),),
        f"{IAM}/tutorial_attribute-based-access-control.html", TRUSTED),
    Idiom("a pipeline passes the roles of its own functions", (policy(statement(
        "iam:PassRole", f"arn:aws:iam::{ME}:role/service-role/payments-*",
        {"StringEquals": {"iam:PassedToService": "lambda.amazonaws.com"}})),),
        f"{IAM}/id_roles_use_passrole.html"),
    Idiom("a controller starts machines with a tag and opens the groups that have it", (policy(
        statement(["ec2:RunInstances", "ec2:CreateSecurityGroup"], "*", {
            "StringEquals": {"aws:RequestTag/team": "payments"}}),
        statement("ec2:AuthorizeSecurityGroupIngress", f"arn:aws:ec2:{R}:{ME}:security-group/*", {
            "StringEquals": {"aws:ResourceTag/team": "payments"}})),),
        f"{AWS_DOCS}/AWSEC2/latest/UserGuide/supported-iam-actions-tagging.html"),
    Idiom("a portal asks one agent for the user who signed in", (policy(statement(
        ["bedrock-agentcore:InvokeAgentRuntime", "bedrock-agentcore:InvokeAgentRuntimeForUser"],
        f"arn:aws:bedrock-agentcore:{R}:{ME}:runtime/help-abcdefghij*")),),
        f"{AWS_DOCS}/bedrock-agentcore/latest/devguide/runtime-oauth.html"),
    Idiom("programs of the network mount files, and one role has root's rights", (
        aws("efs/FileSystemPolicy", {"fileSystemId": "fs-0123456789abcdef0", "policy": document(
            {"Effect": "Allow", "Principal": {"AWS": f"arn:aws:iam::{ME}:role/files-admin"}, "Resource": "*",
             "Action": ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientRootAccess"],
             "Condition": {"Bool": {"elasticfilesystem:AccessedViaMountTarget": "true"}}},
            {"Effect": "Allow", "Principal": {"AWS": "*"}, "Resource": "*",
             "Action": ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"],
             "Condition": {"Bool": {"elasticfilesystem:AccessedViaMountTarget": "true"}}},
            {"Effect": "Deny", "Principal": "*", "Action": "*", "Resource": "*",
             "Condition": {"Bool": {"aws:SecureTransport": "false"}}})}),),
        f"{AWS_DOCS}/efs/latest/ug/iam-access-control-nfs-efs.html"),
    Idiom("a control of the organisation leaves the country open, and Control Tower itself", control(
        AllowedRegions=[R], ExemptedPrincipalArns=["arn:aws:iam::*:role/AWSControlTowerExecution"],
        ExemptedActions=["logs:GetQueryResults"]),
        f"{AWS_DOCS}/controltower/latest/controlreference/control-parameter-concepts.html"),
    Idiom("records of the organisation are ended by nobody but one role", (_denies(
        {"Action": ["cloudtrail:StopLogging", "guardduty:DeleteDetector"], "Resource": "*", "Condition": {
            "ArnNotLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/security-automation"}}},
        {"Action": ["cloudtrail:DeleteTrail", "s3:DeleteBucket"], "Resource": [
            "arn:aws:cloudtrail:*:*:trail/bank", "arn:aws:s3:::bank-audit-trail"]},
        {"NotAction": ["iam:*", "sts:*"], "Resource": "*", "Condition": {
            "StringNotEquals": {"aws:PrincipalTag/team": "${aws:ResourceTag/team}"},
            "Null": {"aws:ResourceTag/team": "false"}}},
        {"Action": "iam:CreateAccessKey", "Resource": "*", "Condition": {
            "StringEquals": {"aws:PrincipalType": "User"}}}),),
        f"{AWS_DOCS}/organizations/latest/userguide/orgs_manage_policies_scps_examples.html"),
    Idiom("orphans of a table are looked for where the table lies", (
        aws("glue/CatalogTableOptimizer", {
            "catalogId": ME, "databaseName": "lake", "tableName": "payments", "type": "orphan_file_deletion",
            "configuration": {
                "enabled": True, "roleArn": f"arn:aws:iam::{ME}:role/lake-optimizer",
                "orphanFileDeletionConfiguration": {"icebergConfiguration": {
                    "location": "s3://bank-lake/payments/", "orphanFileRetentionPeriodInDays": 7}}}}),),
        f"{AWS_DOCS}/glue/latest/dg/orphan-file-deletion.html",
        known("bank-lake")),
    Idiom("pods of the administration's portal have a role of their own", (
        aws("eks/PodIdentityAssociation", {
            "clusterName": "bank", "namespace": "portal", "serviceAccount": "admin-portal", "tags": TAGS,
            "roleArn": f"arn:aws:iam::{ME}:role/apps/admin-portal"}),),
        f"{AWS_DOCS}/eks/latest/userguide/pod-id-association.html"),
    Idiom("checks of the organisation allow groups to be open on two ports", (
        aws("securityhub/ConfigurationPolicy", {"name": "bank", "configurationPolicy": {
            "serviceEnabled": True, "enabledStandardArns": [STANDARD], "securityControlsConfiguration": {
                "disabledControlIdentifiers": [], "securityControlCustomParameters": [{
                    "securityControlId": "EC2.18", "parameters": [{
                        "name": "authorizedTcpPorts", "valueType": "CUSTOM", "intList": {"values": [80, 443]}}]}]}}}),),
        f"{AWS_DOCS}/securityhub/latest/userguide/custom-control-parameters.html"),
)  # fmt: skip
