"""Attacks on AWS by what callers choose, by paths that are rewritten, and by what services delete or refuse by
themselves (2026-12-02, twenty-fifth set, written before any rule ran on it).

Properties by pulumi-aws 7.51.1. What a service does with them by its documentation, as known unless a date stands
beside it.
"""

import json

from ..blind import IMAGE, KEY, ME, TAGS, aws, document
from ..harness import Given
from . import Attack

R = "me-central-1"
OPEN = ("FJ-ESC-", "FJ-EXP-", "FJ-IDN-")
LISTENER = f"arn:aws:elasticloadbalancing:{R}:{ME}:listener/app/portal/0123456789abcdef/0123456789abcdef"
TARGETS = f"arn:aws:elasticloadbalancing:{R}:{ME}:targetgroup/portal/0123456789abcdef"
POOL = f"arn:aws:cognito-idp:{R}:{ME}:userpool/{R}_AbCdEfGhI"
FORWARD = {"type": "forward", "order": 2, "targetGroupArn": TARGETS}
SIGN_IN = {"type": "authenticate-cognito", "order": 1, "authenticateCognito": {
    "userPoolArn": POOL, "userPoolClientId": "portal", "userPoolDomain": "bank-portal"}}  # fmt: skip
SQL = """import { util } from '@aws-appsync/utils';
import { createPgStatement, toJsonObject } from '@aws-appsync/utils/rds';
export function request(ctx) { return createPgStatement(ctx.args.query); }
export function response(ctx) { return toJsonObject(ctx.result)[0]; }
"""
VAULT = f"arn:aws:backup:{R}:{ME}:backup-vault:central"


def paths(priority: int, path: str, name: str, actions: object, **more: object) -> Given:
    """Returns a rule of a listener for one path."""
    return aws("lb/ListenerRule", {
        "listenerArn": LISTENER, "priority": priority, "actions": actions, "tags": TAGS,
        "conditions": [{"pathPattern": {"values": [path]}}], **more}, name)  # fmt: skip


def rewritten(regex: str, replacement: str) -> dict[str, object]:
    """Returns a rewrite of the path of a request."""
    return {"transforms": [{"type": "url-rewrite", "urlRewriteConfig": {
        "rewrite": {"regex": regex, "replace": replacement}}}]}  # fmt: skip


def network(*actions: object) -> Given:
    """Returns the policy of a network of three segments."""
    return aws("networkmanager/CoreNetworkPolicyAttachment", {
        "coreNetworkId": "core-network-0123456789abcdef0", "policyDocument": json.dumps({
            "version": "2021.12",
            "core-network-configuration": {"asn-ranges": ["64512-64555"], "edge-locations": [{"location": R}]},
            "segments": [{"name": name, "require-attachment-acceptance": True} for name in (
                "production", "development", "visitors")],
            "segment-actions": list(actions),
            "attachment-policies": [{
                "rule-number": 100, "conditions": [{"type": "tag-exists", "key": "segment"}],
                "action": {"association-method": "tag", "tag-value-of-key": "segment"}}]})})  # fmt: skip


def tuning(**parameters: str) -> Given:
    """Returns a search for hyperparameters whose program stands in its parameters."""
    return aws("sagemaker/HyperParameterTuningJob", {
        "name": "fraud", "tags": TAGS,
        "config": {"strategy": "Bayesian", "resourceLimits": {
            "maxNumberOfTrainingJobs": 4, "maxParallelTrainingJobs": 2, "maxRuntimeInSeconds": 3600}},
        "trainingJobDefinition": {
            "algorithmSpecification": {"trainingImage": IMAGE, "trainingInputMode": "File"},
            "roleArn": f"arn:aws:iam::{ME}:role/fraud-training", "enableNetworkIsolation": False,
            "enableInterContainerTrafficEncryption": True,
            "outputDataConfig": {"s3OutputPath": "s3://bank-models/fraud", "kmsKeyId": KEY},
            "resourceConfig": {"instanceType": "ml.m5.large", "instanceCount": 1, "volumeSizeInGb": 30,
                               "volumeKmsKeyId": KEY},
            "stoppingCondition": {"maxRuntimeInSeconds": 3600},
            "vpcConfig": {"securityGroupIds": ["sg-0123456789abcdef0"], "subnets": ["subnet-0123456789abcdef0"]},
            "staticHyperParameters": dict(parameters)}})  # fmt: skip


ATTACKS = (
    Attack("whoever asks the API writes the statement that its database runs", OPEN, (
        aws("appsync/Resolver", {
            "apiId": "abcdefghijklmnopqrstuvwxyz", "type": "Query", "field": "payments", "dataSource": "ledger",
            "kind": "UNIT", "code": SQL, "runtime": {"name": "APPSYNC_JS", "runtimeVersion": "1.0.0"}}),),
        "critical", "the text of the caller is the statement (AWS AppSync, 'JavaScript resolver function reference for "
        "Amazon RDS', createPgStatement): he reads and changes each table"),
    Attack("a path without sign-in leads to the pages of administrators", OPEN, (
        paths(10, "/admin/*", "admin", [SIGN_IN, FORWARD]),
        paths(20, "/public/*", "public", [{**FORWARD, "order": 1}], **rewritten("^/public/(.*)$", "/admin/$1"))),
        "critical", "a rewrite does not change which rule was chosen (Elastic Load Balancing, 'Transforms for listener "
        "rules', read 2026-12-02): targets get /admin/ from callers whom nobody asked"),
    Attack("each payment is deleted once it has been written", ("FJ-RSL-", "FJ-ESC-"), (
        aws("dynamodb/Table", {
            "name": "payments", "hashKey": "id", "billingMode": "PAY_PER_REQUEST", "deletionProtectionEnabled": True,
            "attributes": [{"name": "id", "type": "S"}], "pointInTimeRecovery": {"enabled": True},
            "onDemandThroughput": {"maxReadRequestUnits": 1000, "maxWriteRequestUnits": 1000},
            "serverSideEncryption": {"enabled": True, "kmsKeyArn": KEY}, "tags": TAGS,
            "ttl": {"enabled": True, "attributeName": "createdAt"}}),),
        "critical", "an item is deleted when the time in the attribute has passed, and that of its creation has "
        "(Amazon DynamoDB, 'Using time to live')"),
    Attack("the vault to which backups are copied refuses each copy", ("FJ-RSL-", "FJ-ESC-"), (
        aws("backup/Plan", {"name": "daily", "tags": TAGS, "rules": [{
            "ruleName": "daily", "targetVaultName": "own", "schedule": "cron(0 2 * * ? *)",
            "lifecycle": {"deleteAfter": 35},
            "copyActions": [{"destinationVaultArn": VAULT, "lifecycle": {"deleteAfter": 35}}]}]}),
        aws("backup/VaultPolicy", {"backupVaultName": "central", "policy": document(
            {"Effect": "Deny", "Principal": "*", "Action": "backup:CopyIntoBackupVault", "Resource": "*"})})),
        "critical", "each copy fails, and whoever deletes the first vault has deleted all (AWS Backup, 'Vault access "
        "policies', read 2026-12-02)"),
    Attack("a search for parameters runs the program of a stranger", ("FJ-ESC-", "FJ-RES-"), (tuning(
        sagemaker_program="train.py",
        sagemaker_submit_directory="s3://ml-community-samples/fraud/sourcedir.tar.gz"),),
        "critical", "the toolkit loads the archive that the parameter names and runs it with the role (aws/sagemaker-"
        "training-toolkit, README.md, sagemaker_submit_directory)"),
    Attack("each segment of the network reaches production", OPEN, (network(
        {"action": "share", "mode": "attachment-route", "segment": "production", "share-with": "*"}),),
        "critical", "routes of production go to all segments and theirs to it, those of visitors too (AWS Cloud WAN, "
        "'Core network policy version parameters', segment-actions, read 2026-12-02)"),
    Attack("callers say which table the API reads", OPEN, (
        aws("apigateway/Integration", {
            "restApi": "a1b2c3d4e5", "resourceId": "abc123", "httpMethod": "GET", "integrationHttpMethod": "POST",
            "type": "AWS", "uri": f"arn:aws:apigateway:{R}:dynamodb:action/GetItem",
            "credentials": f"arn:aws:iam::{ME}:role/orders-api", "requestTemplates": {"application/json": json.dumps({
                "TableName": "$input.params('table')", "Key": {"id": {"S": "$input.params('id')"}}})}}),),
        "critical", "the name of the table is the caller's text (Amazon API Gateway, 'Mapping template variables'), "
        "and the role decides, not the caller's"),
)  # fmt: skip
