"""Attacks on AWS by variables in policies, by claims, by namespaces, and by approvals and copies that are none
(2026-12-02, twenty-sixth set, written before any rule ran on it).

Properties by pulumi-aws 7.51.1. What a service does with them by its documentation, as known unless a date stands
beside it.
"""

import json

from ..blind import ME, TAGS, aws, policy, statement
from . import Attack

R = "me-central-1"
IDN = ("FJ-IDN-",)
OPEN = ("FJ-ESC-", "FJ-EXP-", "FJ-IDN-")
APPROVED = {
    "schemaVersion": "0.3", "description": "Releases payments", "assumeRole": f"arn:aws:iam::{ME}:role/payments",
    "mainSteps": [
        {"name": "approve", "action": "aws:approve", "timeoutSeconds": 3600, "onFailure": "Continue", "inputs": {
            "NotificationArn": f"arn:aws:sns:{R}:{ME}:approvals", "Message": "Release the payments of today?",
            "MinRequiredApprovals": 2, "Approvers": [f"arn:aws:iam::{ME}:role/Controllers"]}},
        {"name": "release", "action": "aws:invokeLambdaFunction", "isEnd": True, "inputs": {
            "FunctionName": "release-payments", "InvocationType": "RequestResponse"}}],
}  # fmt: skip

ATTACKS = (
    Attack("a team reads the folder of each team whose name begins like its own", IDN, (policy(
        statement(["s3:GetObject", "s3:PutObject"], "arn:aws:s3:::bank-teams/${aws:PrincipalTag/team}*")),),
        "critical", "the asterisk goes on after the name: whoever is of pay reads payments/ and writes into it (IAM, "
        "'Policy variables'; the examples of IAM end the name with a slash, reference_policies_examples_s3_home-"
        "directory-console, read 2026-12-02)"),
    Attack("a tenant scans the rows of all tenants", IDN, (policy(statement(
        ["dynamodb:GetItem", "dynamodb:Query", "dynamodb:Scan"], f"arn:aws:dynamodb:{R}:{ME}:table/accounts",
        {"ForAllValues:StringEquals": {"dynamodb:LeadingKeys": ["${aws:PrincipalTag/tenant}"]}})),),
        "critical", "a scan returns all items regardless of the leading keys (Amazon DynamoDB, 'Using IAM policy "
        "conditions for fine-grained access control', read 2026-12-02)"),
    Attack("users of an application choose as whom they are permitted", OPEN, (
        aws("verifiedpermissions/IdentitySource", {
            "policyStoreId": "PSEXAMPLEabcdefg111111", "principalEntityType": "Bank::User", "configuration": {
                "openIdConnectConfiguration": {
                    "issuer": "https://login.dc1.example.ae/realms/bank", "tokenSelection": {"identityTokenOnly": {
                        "clientIds": ["portal"], "principalIdClaim": "preferred_username"}}}}}),),
        "critical", "the claim is the principal of each request (Amazon Verified Permissions, OpenIdConnectIdentity"
        "TokenConfiguration, read 2026-12-02), and no name by which a user wishes to be called is unique (OpenID "
        "Connect Core 1.0, 5.1 and 5.7)"),
    Attack("an assistant tells each customer what it remembers of the others", OPEN, (
        aws("bedrock/AgentcoreMemoryStrategy", {
            "memoryId": "customers-AbCdEf1234", "name": "preferences", "type": "USER_PREFERENCE",
            "description": "What customers like", "namespaceTemplates": ["/strategies/{memoryStrategyId}/"]}),),
        "critical", "memories of all are in one namespace, from which answers to each are made (Amazon Bedrock "
        "AgentCore, 'Memory organization', read 2026-12-02)"),
    Attack("payments that nobody approved are released", OPEN, (aws("ssm/Document", {
        "name": "release-payments", "documentType": "Automation", "documentFormat": "JSON", "tags": TAGS,
        "content": json.dumps(APPROVED)}),),
        "critical", "a refusal and a timeout are failures of the step, after which the next one runs (AWS Systems "
        "Manager, 'aws:approve' and 'Properties shared by all actions', onFailure)"),
    Attack("snapshots of the machines of the ledger leave out each disk with data", ("FJ-RSL-", "FJ-ESC-"), (
        aws("dlm/LifecyclePolicy", {
            "description": "Ledger", "executionRoleArn": f"arn:aws:iam::{ME}:role/dlm", "state": "ENABLED",
            "tags": TAGS, "policyDetails": {
                "resourceTypes": ["INSTANCE"], "targetTags": {"app": "ledger"},
                "parameters": {"excludeDataVolumeTags": {"environment": TAGS["environment"]}}, "schedules": [{
                    "name": "daily", "copyTags": True, "tagsToAdd": TAGS,
                    "createRule": {"interval": 24, "intervalUnit": "HOURS"},
                    "retainRule": {"interval": 35, "intervalUnit": "DAYS"}}]}}),),
        "critical", "data volumes with the tag are left out (Amazon Data Lifecycle Manager, Parameters, ExcludeData"
        "VolumeTags, read 2026-12-02), and each resource of the bank has the tags of cost"),
    Attack("a device sets the state of whichever device it names", OPEN, (aws("iot/TopicRule", {
        "name": "shadows", "enabled": True, "sql": "SELECT state FROM 'devices/+/state'",
        "sqlVersion": "2016-03-23", "tags": TAGS, "republishes": [{
            "roleArn": f"arn:aws:iam::{ME}:role/iot-rules", "qos": 1,
            "topic": "$$aws/things/${device}/shadow/update"}]}),),
        "critical", "the template is filled from the payload, and the rule's role publishes, not the device (AWS IoT "
        "Core, 'Substitution templates' and 'Republish', read 2026-12-02)"),
)  # fmt: skip
