"""More spellings of what the twenty-fifth set found on AWS: denials that deny nothing or everything, guardrails that
callers choose, statements that callers write, and paths that are rewritten (2026-12-02).

Properties by pulumi-aws 7.51.1. What a service does with them by its documentation, as known unless a date stands
beside it.
"""

import json

from ..blind import KEY, ME, TAGS, aws, document
from ..harness import UNKNOWN, Given
from . import Attack
from .twenty_fifth_aws import denial, guardrail
from .twenty_fifth_aws_b import FORWARD, LISTENER, SIGN_IN, network, paths, rewritten

SWITCH = ("FJ-ESC-115",)
EVERYBODY = {"Effect": "Deny", "Principal": {"AWS": "*"}}


def resolver(name: str, code: str, kind: str = "Resolver") -> Attack:
    """Returns a program of an API whose caller writes what its database runs."""
    own = {"name": "payments"} if kind == "Function" else {"type": "Query", "field": "payments", "kind": "UNIT"}
    return Attack(name, SWITCH, (aws(f"appsync/{kind}", {
        "apiId": "abcdefghijklmnopqrstuvwxyz", "dataSource": "ledger", "code": code,
        "runtime": {"name": "APPSYNC_JS", "runtimeVersion": "1.0.0"}, **own}),), "critical",
        "what is no parameter is the statement (AWS AppSync, 'JavaScript resolver function reference for Amazon RDS', "
        "read 2026-12-02)")  # fmt: skip


def refused(name: str, kind: str, props: dict[str, object], *actions: str) -> Attack:
    """Returns a policy of a resource that refuses everybody its use."""
    text = document({**EVERYBODY, "Action": list(actions), "Resource": "*"})
    return Attack(name, SWITCH, (aws(kind, {**props, "policy": text}),), "critical",
                  "no permission outweighs a denial (IAM, 'Policy evaluation logic')")  # fmt: skip


def expiring(name: str, attribute: str) -> Attack:
    """Returns a table whose items expire by an attribute."""
    return Attack(name, SWITCH, (aws("dynamodb/Table", {
        "name": "payments", "hashKey": "id", "billingMode": "PAY_PER_REQUEST", "tags": TAGS,
        "attributes": [{"name": "id", "type": "S"}], "pointInTimeRecovery": {"enabled": True},
        "serverSideEncryption": {"enabled": True, "kmsKeyArn": KEY},
        "ttl": {"enabled": True, "attributeName": attribute}}),), "critical",
        "items are deleted when the time in the attribute is past (Amazon DynamoDB, 'Using time to live')")  # fmt: skip


def copied() -> tuple[Given, ...]:
    """Returns a vault of the plan that refuses the copies of another one."""
    return (
        aws("backup/Plan", {"name": "daily", "tags": TAGS, "rules": [{
            "ruleName": "daily", "targetVaultName": "own", "schedule": "cron(0 2 * * ? *)",
            "lifecycle": {"deleteAfter": 35}, "copyActions": [{
                "destinationVaultArn": f"arn:aws:backup:me-central-1:{ME}:backup-vault:central",
                "lifecycle": {"deleteAfter": 35}}]}]}),
        aws("backup/VaultPolicy", {"backupVaultName": "central", "policy": document({
            **EVERYBODY, "NotAction": ["backup:DescribeBackupVault"], "Resource": "*"})}),
    )  # fmt: skip


ATTACKS = (
    Attack("a denial of the organisation has one action that exists", SWITCH, (denial(Action=[
        "cloudtrail:StopLogging", "cloudtrail:DeleteTrails", "kms:DeleteKey*"]),), "critical",
        "trails and keys are deleted all the same (Service Authorization Reference)"),
    Attack("a resource control policy denies what no key knows", SWITCH, (aws("organizations/Policy", {
        "name": "keys", "type": "RESOURCE_CONTROL_POLICY", "tags": TAGS, "content": json.dumps({
            "Version": "2012-10-17", "Statement": [{**EVERYBODY, "Action": "kms:DestroyKey", "Resource": "*"}]})}),),
        "critical", "the key is scheduled for deletion by kms:ScheduleKeyDeletion"),
    Attack("prompts are looked at where the caller puts tags", SWITCH, (guardrail(input_tags={"@@assign": "honor"}),),
           "critical", "the guardrail looks at the tags alone (AWS Organizations, 'Amazon Bedrock policy syntax and "
           "examples', read 2026-12-02)"),
    Attack("one model that answers is held against no guardrail", SWITCH, (guardrail(model_enforcement={
        "included_models": {"@@assign": ["ALL"]},
        "excluded_models": {"@@assign": ["amazon.nova-pro-v1:0"]}}),), "critical", "whoever asks chooses that model"),
    Attack("guardrails are for one model that nobody asks", SWITCH, (guardrail(model_enforcement={
        "included_models": {"@@assign": ["amazon.titan-embed-text-v2:0"]}}),), "critical",
        "each other model is held against nothing"),
    refused("the password of the ledger is given to nobody", "secretsmanager/SecretPolicy", {
        "secretArn": f"arn:aws:secretsmanager:me-central-1:{ME}:secret:ledger-AbCdEf"}, "secretsmanager:Get*"),
    refused("no payment enters or leaves the queue", "sqs/QueuePolicy", {
        "queueUrl": f"https://sqs.me-central-1.amazonaws.com/{ME}/payments"}, "sqs:SendMessage"),
    refused("no image of the apps is pulled", "ecr/RepositoryPolicy", {"repository": "payments"}, "ecr:BatchGetImage"),
    Attack("a vault refuses everything but to be described", SWITCH, copied(), "critical",
           "copies fail (AWS Backup, 'Vault access policies', read 2026-12-02)"),
    resolver("a statement is joined from what the caller sends", (
        "export function request(ctx) { const { id } = ctx.args; const query = `SELECT * FROM payments WHERE id = "
        "'${id}'`; return createPgStatement(query); }")),
    resolver("statements of a function are the caller's", (
        "export const request = (ctx) => ({ statements: ['BEGIN', ctx.arguments.sql], variableMap: {} });"),
        "Function"),
    resolver("the caller says which table is read", (
        "import { select, createMySQLStatement } from '@aws-appsync/utils/rds'; export function request(ctx) { return "
        "createMySQLStatement(select({ table: ctx.args.table, limit: 100 })); }")),
    Attack("whatever stands behind a public path is asked for without sign-in", ("FJ-EXP-127",), (
        paths(10, "/admin/*", "admin", [SIGN_IN, FORWARD]),
        paths(20, "/public/*", "public", [{**FORWARD, "order": 1}], **rewritten("^/public(/.*)$", "$1"))), "critical",
        "/public/admin/users becomes /admin/users"),
    Attack("a host without sign-in becomes that of administrators", ("FJ-EXP-127",), (
        aws("lb/ListenerRule", {
            "listenerArn": LISTENER, "priority": 10, "actions": [SIGN_IN, FORWARD], "tags": TAGS,
            "conditions": [{"hostHeader": {"values": ["admin.bank.ae"]}}]}, "admin"),
        aws("lb/ListenerRule", {
            "listenerArn": LISTENER, "priority": 20, "actions": [{**FORWARD, "order": 1}], "tags": TAGS,
            "conditions": [{"hostHeader": {"values": ["help.bank.ae"]}}], "transforms": [{
                "type": "host-header-rewrite", "hostHeaderRewriteConfig": {
                    "rewrite": {"regex": "^help", "replace": "admin.bank.ae"}}}]}, "help")), "critical",
        "targets get the host of administrators"),
    Attack("a path without sign-in leads to all that the balancer asks it for", ("FJ-EXP-127",), (
        aws("lb/Listener", {
            "loadBalancerArn": LISTENER.replace("listener", "loadbalancer").rpartition("/")[0], "port": 443,
            "protocol": "HTTPS", "sslPolicy": "ELBSecurityPolicy-TLS13-1-2-2021-06", "tags": TAGS,
            "certificateArn": f"arn:aws:acm:me-central-1:{ME}:certificate/11111111-2222-3333-4444-555555555555",
            "defaultActions": [SIGN_IN, FORWARD]}, "portal"),
        aws("lb/ListenerRule", {
            "listenerArn": UNKNOWN, "priority": 20, "actions": [{**FORWARD, "order": 1}], "tags": TAGS,
            "conditions": [{"pathPattern": {"values": ["/open/*"]}}], **rewritten("^/open(/.*)$", "$1")}, "open",
            links={"listenerArn": ("portal",)})), "critical", "/open/accounts becomes /accounts"),
    Attack("one page of administrators has a path without sign-in", ("FJ-EXP-127",), (
        paths(10, "/admin/*", "admin", [SIGN_IN, FORWARD]),
        paths(20, "/help", "help", [{**FORWARD, "order": 1}], **rewritten("^/help$", "/admin/users?all=1"))),
        "critical", "targets get the page of administrators"),
    Attack("two segments are shared with every other one", SWITCH, (network(
        {"action": "share", "mode": "attachment-route", "segment": "development", "share-with": ["*"]}),), "critical",
        "visitors reach the programs of developers"),
    Attack("rows of payments live for an hour", SWITCH, (aws("keyspaces/Table", {
        "keyspaceName": "bank", "tableName": "payments", "defaultTimeToLive": 3600, "ttl": {"status": "ENABLED"},
        "schemaDefinition": {"columns": [{"name": "id", "type": "text"}], "partitionKeys": [{"name": "id"}]},
        "encryptionSpecification": {"type": "CUSTOMER_MANAGED_KMS_KEY", "kmsKeyIdentifier": KEY},
        "pointInTimeRecovery": {"status": "ENABLED"}, "tags": TAGS}),), "critical", "rows expire so many seconds after "
        "they were written (Amazon Keyspaces, 'How it works: Amazon Keyspaces Time to Live (TTL)', read 2026-12-02)"),
    expiring("each payment is deleted on the day of its booking", "valueDate"),
    expiring("each payment is deleted by the moment that it was made", "timestamp"),
)  # fmt: skip
