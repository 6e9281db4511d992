"""Attacks on AWS: rights, records and protection (2026-11-30, eighteenth set, written blind).

Properties by pulumi-aws 7.51.1. Read on 2026-11-30: what the operations do in botocore 1.44.8 (ds, cognito-idp, iot,
ec2, logs, route53resolver), S3 "ServerSideEncryptionByDefault" and "PutBucketEncryption" in excerpts of SDK
references, Amazon MWAA "Using the Apache Airflow REST API" and AWS Config "vpc-sg-open-only-to-authorized-ports".
Everything else as known.
"""

import json

from ..blind import ME, TAGS, aws, policy, statement
from ..harness import UNKNOWN, Given
from . import Attack
from .tenth_aws import ESC, IDN, RES, R

RSL = ("FJ-RSL-", "FJ-ESC-", "FJ-EXP-")


def _ours(service: str, rest: str) -> str:
    return f"arn:aws:{service}:{R}:{ME}:{rest}"


def _may(actions: object, *resources: str) -> tuple[Given, ...]:
    return (policy(statement(actions, list(resources))),)


ONCALL = _ours("sns", "oncall")
CONTRADICTION = [{"stringEquals": [{"key": "aws:ResourceTag/environment", "value": "prod"}],
                  "stringNotEquals": [{"key": "aws:ResourceTag/environment", "value": "prod"}]}]  # fmt: skip
TRANSFORMER = json.dumps([
    {"parseJSON": {}},
    {"deleteKeys": {"withKeys": ["userIdentity", "sourceIPAddress", "requestParameters"]}},
])  # fmt: skip

ATTACKS = (
    Attack("a role says with which key every bucket encrypts", ("FJ-IDN-", "FJ-ENC-", "FJ-ESC-"), _may(
        "s3:PutEncryptionConfiguration", "arn:aws:s3:::*"),
        "critical", "new objects are encrypted with a key of another account, which he alone opens (Amazon S3, "
        "ServerSideEncryptionByDefault, KMSMasterKeyID)"),
    Attack("a role says whose smart cards sign in to the directory", IDN, _may(
        ["ds:RegisterCertificate", "ds:EnableClientAuthentication"], _ours("ds", "directory/*")),
        "critical", "a certificate of his own authority signs in as anybody (AWS Directory Service, RegisterCertificate"
        ", ClientCertAuth)"),
    Attack("a role says who answers for the names of a domain", IDN, _may(
        "ds:CreateConditionalForwarder", _ours("ds", "directory/*")),
        "major", "machines of the domain are led to his (AWS Directory Service, CreateConditionalForwarder)"),
    Attack("a role takes the second factor from any customer", IDN, _may(
        ["cognito-idp:AdminSetUserMFAPreference", "cognito-idp:AdminGetUser"], _ours("cognito-idp", f"userpool/{R}_*")),
        "major", "a stolen password is enough (Amazon Cognito, AdminSetUserMFAPreference)"),
    Attack("a role calls every Airflow as its administrator", IDN, _may(
        "airflow:InvokeRestApi", _ours("airflow", "role/*/Admin")),
        "critical", "it starts each flow with parameters of its own, and replaces connections and variables (Amazon "
        "MWAA, 'Using the Apache Airflow REST API')"),
    Attack("a role sends jobs to every device", IDN, _may(
        "iot:CreateJob", _ours("iot", "thing/*"), _ours("iot", "thinggroup/*"), _ours("iot", "job/*")),
        "critical", "devices install and run what the document of the job says (AWS IoT, CreateJob)"),
    Attack("a role lets in devices whose certificates were revoked", IDN, _may(
        "ec2:ImportClientVpnClientCertificateRevocationList", _ours("ec2", "client-vpn-endpoint/*")),
        "major", "an empty list replaces that of each VPN (Amazon EC2, ImportClientVpnClientCertificateRevocationList:"
        " it overwrites the list)"),
    Attack("the rule on open ports allows all of them", ("FJ-ESC-", "FJ-EXP-", "FJ-RSL-"), (aws("cfg/Rule", {
        "name": "open-ports", "tags": TAGS, "inputParameters": json.dumps({
            "authorizedTcpPorts": "0-65535", "authorizedUdpPorts": "0-65535"}), "source": {
                "owner": "AWS", "sourceIdentifier": "VPC_SG_OPEN_ONLY_TO_AUTHORIZED_PORTS"}}),),
        "major", "no security group is reported (AWS Config, vpc-sg-open-only-to-authorized-ports)"),
    Attack("uses of root are counted where they are of a user", RSL, (aws("cloudwatch/LogMetricFilter", {
        "name": "root", "logGroupName": "/audit/trail", "pattern":
            '{ ($.userIdentity.type = "Root") && ($.userIdentity.type = "IAMUser") }',
        "metricTransformation": {"name": "RootUse", "namespace": "Audit", "value": "1", "defaultValue": "0"}}),),
        "major", "both are never true, and the alarm stays silent (CloudWatch Logs, 'Filter pattern syntax')"),
    Attack("an alarm on root multiplies with nought", RSL, (aws("cloudwatch/MetricAlarm", {
        "name": "root", "comparisonOperator": "GreaterThanThreshold", "threshold": 0, "evaluationPeriods": 1,
        "treatMissingData": "notBreaching", "alarmActions": [ONCALL], "tags": TAGS, "metricQueries": [
            {"id": "uses", "metric": {"namespace": "Audit", "metricName": "RootUse", "period": 300, "stat": "Sum"}},
            {"id": "shown", "expression": "uses * 0", "label": "uses of root", "returnData": True}]}),),
        "major", "it never rings (Amazon CloudWatch, 'Using metric math')"),
    Attack("backups are of what is of production and is not", RSL, (aws("backup/Selection", {
        "name": "production", "planId": UNKNOWN, "iamRoleArn": f"arn:aws:iam::{ME}:role/backup", "resources": ["*"],
        "conditions": CONTRADICTION}),),
        "critical", "nothing meets both, and nothing is saved (AWS Backup, Conditions are combined by AND)"),
    Attack("logs of all groups lose who did it before anybody reads them", RSL, (aws("cloudwatch/LogAccountPolicy", {
        "policyName": "shape", "policyType": "TRANSFORMER_POLICY", "scope": "ALL", "policyDocument": TRANSFORMER}),),
        "major", "filters, subscriptions and queries get what is left (CloudWatch Logs, 'Transform logs', deleteKeys)"),
    Attack("a list of names is blocked for one kind of question only", ("FJ-EXP-", "FJ-ESC-", "FJ-RES-"), (
        aws("route53/ResolverFirewallRule", {
            "name": "malware", "firewallRuleGroupId": UNKNOWN, "firewallDomainListId": UNKNOWN, "priority": 100,
            "action": "BLOCK", "blockResponse": "NODATA", "qType": "CAA"}),),
        "major", "questions for addresses and texts pass (Route 53 Resolver DNS Firewall, Qtype)"),
    Attack("each night a schedule takes the filter of names off the network", ESC, (aws("scheduler/Schedule", {
        "name": "tidy", "flexibleTimeWindow": {"mode": "OFF"}, "scheduleExpression": "cron(0 22 * * ? *)",
        "kmsKeyArn": f"arn:aws:kms:{R}:{ME}:key/11111111-2222-3333-4444-555555555555", "target": {
            "arn": "arn:aws:scheduler:::aws-sdk:route53resolver:disassociateFirewallRuleGroup",
            "roleArn": f"arn:aws:iam::{ME}:role/tidy", "input": json.dumps({
                "FirewallRuleGroupAssociationId": "rslvr-frgassoc-0123456789abcdef"})}}),),
        "critical", "names of every stranger are resolved again (EventBridge Scheduler, 'Universal targets')"),
    Attack("a machine of unknown owner says where packets of the network go", RES, (aws("vpc/RouteServerPeer", {
        "routeServerEndpointId": UNKNOWN, "peerAddress": "10.20.77.9", "tags": TAGS,
        "bgpOptions": {"peerAsn": 64999, "peerLivenessDetection": "bgp-keepalive"}}),),
        "critical", "routes that it announces go into the tables of the network (Amazon VPC, 'Route Server')"),
)  # fmt: skip
