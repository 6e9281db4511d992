"""Attacks on AWS from published lists of checks: filters without rules, secrets in settings, and data without TLS.

Each is an entry of a list of `tests/policies/outside` that passed on 2026-12-01. Properties by pulumi-aws 7.51.1.
"""

import base64
import json

from ..blind import IMAGE, KEY, ME, TAGS, aws, document
from ..harness import Given
from . import Attack
from .listed_aws_checks import ROLE, R, connection
from .twenty_first_aws_b import MACHINE

EXP, SECRET, TLS = ("FJ-EXP-135",), ("FJ-EXP-114",), ("FJ-ENC-406",)
SEEN = {"cloudwatchMetricsEnabled": True, "sampledRequestsEnabled": True, "metricName": "portal"}
WEB = {"scope": "REGIONAL", "name": "portal", "visibilityConfig": SEEN, "tags": TAGS}
PASSWORD = "hunter2-Pr0d-ledger!"
WRITTEN = {"destinationArn": f"arn:aws:logs:{R}:{ME}:log-group:/api", "format": "$context.requestId"}


def network(**policy: object) -> Given:
    """Returns a policy of a network firewall."""
    return aws("networkfirewall/FirewallPolicy", {
        "name": "p", "tags": TAGS, "encryptionConfiguration": {"type": "CUSTOMER_KMS", "keyId": KEY},
        "firewallPolicy": {
            "statelessDefaultActions": ["aws:forward_to_sfe"],
            "statelessFragmentDefaultActions": ["aws:forward_to_sfe"], **policy}})  # fmt: skip


def rules(**group: object) -> Given:
    """Returns a group of rules of a network firewall."""
    return aws("networkfirewall/RuleGroup", {
        "name": "g", "capacity": 100, "tags": TAGS, "encryptionConfiguration": {"type": "CUSTOMER_KMS", "keyId": KEY},
        **group})  # fmt: skip


def machine(*lines: str) -> Given:
    """Returns a machine that runs a script as it starts."""
    script = "\n".join(("#!/bin/bash", *lines))
    return aws("ec2/Instance", {**MACHINE, "userDataBase64": base64.b64encode(script.encode()).decode()})


def steps(state: object) -> Given:
    """Returns a workflow of one state."""
    return aws(
        "sfn/StateMachine",
        {
            "roleArn": f"{ROLE}/steps",
            "definition": json.dumps({"StartAt": "a", "States": {"a": state}}),
            "tags": TAGS,
            "encryptionConfiguration": {"type": "CUSTOMER_MANAGED_KMS_KEY", "kmsKeyId": KEY},
            "loggingConfiguration": {"level": "ALL", "logDestination": f"arn:aws:logs:{R}:{ME}:log-group:/steps:*"},
        },
    )


def job(*command: str) -> Given:
    """Returns a job of one container."""
    return aws(
        "batch/JobDefinition",
        {
            "type": "container",
            "propagateTags": True,
            "tags": TAGS,
            "containerProperties": json.dumps(
                {
                    "image": IMAGE,
                    "command": command,
                    "jobRoleArn": f"{ROLE}/job",
                    "executionRoleArn": f"{ROLE}/job",
                    "user": "10001",
                    "readonlyRootFilesystem": True,
                    "resourceRequirements": [{"type": "VCPU", "value": "1"}, {"type": "MEMORY", "value": "2048"}],
                }
            ),
        },
    )


FILTERS = (
    Attack("a web firewall has no rules and lets requests in", EXP, (aws("wafv2/WebAcl", {
        **WEB, "defaultAction": {"allow": {}}}),), "major", "nothing is looked at (Security Hub WAF.10)"),
    Attack("a web firewall has an empty list of rules and lets requests in", EXP, (aws("wafv2/WebAcl", {
        **WEB, "defaultAction": {"allow": {}}, "rules": [], "ruleJson": "[]"}),), "major", "the same"),
    Attack("a group of rules of a web firewall is empty", EXP, (aws("wafv2/RuleGroup", {
        **WEB, "capacity": 50}),), "minor", "WAF.12"),
    Attack("a network firewall has no rules and forwards all", EXP, (network(),), "major", "NetworkFirewall.3"),
    Attack("a network firewall has an empty list of rules, and an order", EXP, (network(
        statefulRuleGroupReferences=[], statefulEngineOptions={"ruleOrder": "DEFAULT_ACTION_ORDER"}),), "major",
        "the same"),
    Attack("a network firewall only alerts, by no rules", EXP, (network(
        statefulDefaultActions=["aws:alert_established"], statefulEngineOptions={"ruleOrder": "STRICT_ORDER"}),),
        "major", "the same"),
    Attack("a group of rules without a state is empty", EXP, (rules(type="STATELESS", ruleGroup={
        "rulesSource": {"statelessRulesAndCustomActions": {"statelessRules": []}}}),), "minor", "NetworkFirewall.6"),
)  # fmt: skip
SECRETS = (
    Attack("a stage of an API has a password as a variable", SECRET, (aws("apigateway/Stage", {
        "restApi": "r", "deployment": "d", "stageName": "prod", "tags": TAGS, "variables": {"dbPassword": PASSWORD},
        "accessLogSettings": WRITTEN}),), "critical", "prowler apigateway_restapi_no_secrets_in_stage_variables"),
    Attack("a stage of an HTTP API has a token as a variable", SECRET, (aws("apigatewayv2/Stage", {
        "apiId": "a", "name": "prod", "tags": TAGS, "stageVariables": {"api_token": PASSWORD},
        "accessLogSettings": WRITTEN}),), "critical", "the same"),
    Attack("the catalogue has the password of the ledger in clear", SECRET, (connection(
        "jdbc:postgresql://10.0.4.5:5432/ledger", JDBC_ENFORCE_SSL="true", USERNAME="reader", PASSWORD=PASSWORD),),
        "critical", "whoever reads the connection reads it (prowler glue_catalog_connection_no_secrets)"),
    Attack("a script signs in to MySQL with a password beside the option", SECRET, (machine(
        f"mysql -h db.bank.internal -u ledger -p{PASSWORD} ledger < /opt/x.sql"),), "critical",
        "ScoutSuite ec2-instance-with-user-data-secrets"),
    Attack("a script puts a password before its command", SECRET, (machine(
        f"PGPASSWORD={PASSWORD} psql -h db.bank.internal ledger"),), "critical", "the same"),
    Attack("a script names a password by an option", SECRET, (machine(
        f"/opt/agent/enrol --server=agents.bank.internal --password={PASSWORD} --name=x"),), "critical", "the same"),
    Attack("a script names a token after an option", SECRET, (machine(
        f"/opt/agent/enrol --name ledger --auth-token {PASSWORD}"),), "critical", "the same"),
    Attack("a job names the password of a database in its command", SECRET, (job(
        "report", "--db-password", PASSWORD),), "critical", "prowler batch_job_definition_no_secrets"),
    Attack("a workflow has the password of a partner", SECRET, (steps(
        {"Type": "Pass", "Result": {"user": "bank", "password": PASSWORD}, "End": True}),), "critical",
        "prowler stepfunctions_statemachine_no_secrets_in_definition"),
    Attack("a workflow has a key of the account", SECRET, (steps(
        {"Type": "Pass", "Result": {"accessKeyId": "AKIAIOSFODNN7EXAMPLE"}, "End": True}),), "critical", "the same"),
)  # fmt: skip
BARE = (
    Attack("a bucket has no policy, so that it answers in plain text", TLS, (aws("s3/Bucket", {
        "bucket": "bank-bare-orders", "tags": TAGS}),), "minor", "Security Hub S3.5"),
    Attack("the policy of another bucket asks for TLS", TLS, (
        aws("s3/Bucket", {"bucket": "bank-bare-receipts", "tags": TAGS}, "orders"),
        aws("s3/BucketPolicy", {"bucket": "bank-others", "policy": document({
            "Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "arn:aws:s3:::bank-others/*",
            "Condition": {"Bool": {"aws:SecureTransport": "false"}}})}, "policy")), "minor", "the same"),
    Attack("a file system has no policy, so that it is mounted in plain text", TLS, (aws("efs/FileSystem", {
        "encrypted": True, "kmsKeyId": KEY, "tags": TAGS}),), "minor", "prowler efs_not_publicly_accessible"),
)  # fmt: skip
ATTACKS = (*FILTERS, *SECRETS, *BARE)
