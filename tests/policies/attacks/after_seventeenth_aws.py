"""Attacks beside those of the seventeenth set on AWS (2026-11-30, not blind): other fields and services, same harm.

Properties by pulumi-aws 7.51.1. Read on 2026-11-30: botocore 1.44.8, wafv2, ForwardedIPConfig (the first address
counts); "Integration subtype reference" of API Gateway; AWS Systems Manager Automation Runbook Reference (IAM, Amazon
EBS); "Comparison operators for use in event patterns" of EventBridge; AWS ParallelCluster, "Imds section".
"""

import json

from ..blind import ME, TAGS, aws
from ..harness import UNKNOWN, Given
from ..idioms.fourth import FUNCTION
from . import Attack
from .seventeenth_aws import EXP, IDN, LISTENER, OFFICE, TARGETS, _firewall
from .seventeenth_aws_b import RSL
from .tenth_aws import ESC, RES, R

ROLE = f"arn:aws:iam::{ME}:role/api"
FORWARDED = {"headerName": "X-Forwarded-For", "fallbackBehavior": "NO_MATCH"}
COOKIE = {"authenticate": {"type": "authenticate-oidc", "order": 1, "authenticateOidc": {
    "issuer": "https://login.bank.ae", "authorizationEndpoint": "https://login.bank.ae/authorize",
    "tokenEndpoint": "https://login.bank.ae/token", "userInfoEndpoint": "https://login.bank.ae/userinfo",
    "clientId": "portal", "clientSecret": UNKNOWN, "onUnauthenticatedRequest": "authenticate"}}}  # fmt: skip


def _call(action: str, service: str = "iam", **more: object) -> Given:
    return aws("apigateway/Integration", {
        "restApi": UNKNOWN, "resourceId": UNKNOWN, "httpMethod": "POST", "integrationHttpMethod": "POST", "type": "AWS",
        "uri": f"arn:aws:apigateway:{R}:{service}:action/{action}", "credentials": ROLE, **more})  # fmt: skip


def _runbook(name: str, **values: str) -> Given:
    return aws("cfg/RemediationConfiguration", {
        "configRuleName": "checked", "targetType": "SSM_DOCUMENT", "automatic": True, "targetId": name,
        "maximumAutomaticAttempts": 3, "retryAttemptSeconds": 60, "parameters": [
            {"name": "AutomationAssumeRole", "staticValue": f"arn:aws:iam::{ME}:role/remediation"},
            *({"name": key, "staticValue": value} for key, value in values.items())]})  # fmt: skip


def _rules(text: str) -> Given:
    return aws("networkfirewall/RuleGroup", {
        "name": "partners", "capacity": 100, "type": "STATEFUL", "tags": TAGS, "encryptionConfiguration": {
            "type": "CUSTOMER_KMS", "keyId": f"arn:aws:kms:{R}:{ME}:key/1234abcd-12ab-34cd-56ef-1234567890ab"},
        "ruleGroup": {
            "rulesSource": {"rulesString": text}, "statefulRuleOptions": {"ruleOrder": "STRICT_ORDER"}}})  # fmt: skip


def _permit(text: str) -> Given:
    return aws("verifiedpermissions/Policy", {"policyStoreId": "PSEXAMPLEabcdefg111111", "definition": {"static": {
        "description": "payments", "statement": text}}})  # fmt: skip


ATTACKS = (
    Attack("the web firewall refuses strangers by an address that they write themselves", EXP, (
        aws("wafv2/WebAcl", _firewall("allow", {"action": {"block": {}}, "statement": {"notStatement": {"statement": {
            "ipSetReferenceStatement": {
                "arn": OFFICE, "ipSetForwardedIpConfig": {**FORWARDED, "position": "ANY"}}}}}})),),
        "critical", "whoever writes an address of the office is no stranger (AWS WAF, IPSetForwardedIPConfig)"),
    Attack("the web firewall asks networks of partners for nothing, by the first address of a header", EXP, (
        aws("wafv2/WebAcl", _firewall("block", {"action": {"allow": {}}, "statement": {"asnMatchStatement": {
            "asnLists": [8966], "forwardedIpConfig": FORWARDED}}})),),
        "critical", "the first address is what the client wrote (AWS WAF, ForwardedIPConfig)"),
    Attack("scripts in long bodies pass the web firewall", EXP, (
        aws("wafv2/RuleGroup", {"name": "scripts", "scope": "REGIONAL", "capacity": 100, "tags": TAGS,
            "visibilityConfig": {"cloudwatchMetricsEnabled": True, "metricName": "s", "sampledRequestsEnabled": True},
            "rules": [{"name": "xss", "priority": 1, "action": {"block": {}}, "visibilityConfig": {
                "cloudwatchMetricsEnabled": True, "metricName": "x", "sampledRequestsEnabled": True}, "statement": {
                "xssMatchStatement": {"fieldToMatch": {"jsonBody": {
                    "matchScope": "ALL", "matchPattern": {"all": {}}, "oversizeHandling": "NO_MATCH"}},
                    "textTransformations": [{"priority": 0, "type": "NONE"}]}}}]}),),
        "major", "a script with eight kilobytes before it is not looked for (AWS WAF, OversizeHandling)"),
    Attack("a rule of the balancer leads past the sign-in of its listener by a word in the address", IDN, (
        aws("lb/ListenerRule", {"listenerArn": LISTENER, "priority": 100, "tags": TAGS, "conditions": [
            {"hostHeader": {"values": ["portal.bank.ae"]}}],
            "actions": [COOKIE["authenticate"], {"type": "forward", "order": 2, "forward": {
                "targetGroups": [{"arn": TARGETS}]}}]}, "signed-in"),
        aws("lb/ListenerRule", {"listenerArn": LISTENER, "priority": 5, "tags": TAGS, "conditions": [
            {"queryStrings": [{"key": "probe", "value": "1"}]}],
            "actions": [{"type": "forward", "targetGroupArn": TARGETS}]}, "probe")),
        "critical", "whoever adds it to the address is not asked to sign in (Elastic Load Balancing, Listener rules)"),
    Attack("a function loads an agent from a folder that every team writes", ESC, (aws("lambda/Function", {
        **FUNCTION, "name": "rates", "vpcConfig": {"subnetIds": ["subnet-1", "subnet-2"], "securityGroupIds": ["sg-1"]},
        "fileSystemConfig": {"arn": f"arn:aws:elasticfilesystem:{R}:{ME}:access-point/fsap-0123456789abcdef0",
                             "localMountPath": "/mnt/tools"},
        "environment": {"variables": {"NODE_OPTIONS": "--require /mnt/tools/agent.js"}}}),),
        "major", "who writes there runs with its role (AWS Lambda, 'Modifying the runtime environment')"),
    Attack("callers of an API make keys for users of the account", IDN, (_call("CreateAccessKey"),),
        "critical", "with the API's role (API Gateway, 'AWS integration')"),
    Attack("callers of an API give passwords to customers", IDN, (_call("AdminSetUserPassword", "cognito-idp"),),
        "critical", "they sign in as anybody (Amazon Cognito, AdminSetUserPassword)"),
    Attack("callers of an API say which action of Systems Manager is called", IDN, (_call(
        "", "ssm", uri=f"arn:aws:apigateway:{R}:ssm:path//", requestParameters={
            "integration.request.header.X-Amz-Target": "method.request.header.X-Target"}),),
        "critical", "also commands to machines (API Gateway, 'Request parameter mapping')"),
    Attack("callers of an API read and write buckets that they name", IDN, (_call(
        "", "s3", uri=f"arn:aws:apigateway:{R}:s3:path/{{bucket}}/{{key}}", requestParameters={
            "integration.request.path.bucket": "method.request.path.bucket",
            "integration.request.path.key": "method.request.path.key"}),),
        "major", "any that the role may (API Gateway, 'Path override')"),
    Attack("callers of an API empty the queue of payments", IDN, (aws("apigatewayv2/Integration", {
        "apiId": "a1b2c3d4e5", "integrationType": "AWS_PROXY", "integrationSubtype": "SQS-PurgeQueue",
        "credentialsArn": ROLE, "payloadFormatVersion": "1.0", "requestParameters": {
            "QueueUrl": f"https://sqs.{R}.amazonaws.com/{ME}/payments"}}),),
        "major", "messages are deleted, read or not (Amazon SQS, PurgeQueue)"),
    Attack("queries of an API sign requests to Systems Manager", IDN, (aws("appsync/DataSource", {
        "apiId": "a1b2c3d4e5", "name": "machines", "type": "HTTP", "serviceRoleArn": ROLE, "httpConfig": {
            "endpoint": f"https://ssm.{R}.amazonaws.com/", "authorizationConfig": {
                "authorizationType": "AWS_IAM", "awsIamConfig": {
                    "signingRegion": R, "signingServiceName": "ssm"}}}}),),
        "critical", "a resolver sends commands to machines (AWS AppSync, 'HTTP resolvers')"),
    Attack("machines are opened to whoever copied a snapshot that a remediation shares", IDN, (
        _runbook("AWSSupport-ModifyEBSSnapshotPermission", Private="No", SnapshotIds="snap-0123456789abcdef0"),),
        "critical", "disks of machines are public (AWS Systems Manager, AWSSupport-ModifyEBSSnapshotPermission)"),
    Attack("the account lets buckets become public by a remediation", EXP, (
        _runbook("AWSConfigRemediation-ConfigureS3PublicAccessBlock", AccountId=ME, BlockPublicPolicy="false",
                 RestrictPublicBuckets="false"),),
        "critical", "policies for everybody work again (AWS Systems Manager, ConfigureS3PublicAccessBlock)"),
    Attack("databases that differ from a rule are deleted", RSL, (_runbook("AWSConfigRemediation-DeleteRDSCluster"),),
        "critical", "with all their rows (AWS Systems Manager, AWSConfigRemediation-DeleteRDSCluster)"),
    Attack("the firewall passes TLS to every name but one", RES, (_rules(
        'pass tls $HOME_NET any -> any 443 (tls.sni; content:!"paste.example"; flow:to_server; sid:1; rev:1;)'),),
        "critical", "data goes to any other host (Suricata, content)"),
    Attack("the firewall lets programs reach every page that somebody publishes", RES, (aws(
        "networkfirewall/RuleGroup", {
            "name": "pages", "capacity": 100, "type": "STATEFUL", "tags": TAGS, "encryptionConfiguration": {
            "type": "CUSTOMER_KMS", "keyId": f"arn:aws:kms:{R}:{ME}:key/1234abcd-12ab-34cd-56ef-1234567890ab"},
        "ruleGroup": {"rulesSource": {"rulesSourceList": {
            "generatedRulesType": "ALLOWLIST", "targetTypes": ["TLS_SNI"],
            "targets": ["api.partner.ae", ".workers.dev"]}}}}),),
        "critical", "data goes to a program of anybody (AWS Network Firewall, RulesSourceList)"),
    Attack("the firewall passes what begins with any letter", RES, (_rules(
        'pass http $HOME_NET any -> $EXTERNAL_NET any (http.host; pcre:"/^(?!blocked)[a-z]+.*$/Wi"; sid:2; rev:1;)'),),
        "critical", "data goes to any host (Suricata, pcre)"),
    Attack("a permit holds where something is itself", IDN, (_permit(
        "permit (principal, action, resource) when { context.mfa == true || principal == principal };"),),
        "critical", "everybody may do everything (docs.cedarpolicy.com, when)"),
    Attack("an alarm waits for events without a source", RSL, (aws("cloudwatch/EventRule", {
        "name": "root", "tags": TAGS, "eventPattern": json.dumps({
            "source": [{"exists": False}], "detail": {"userIdentity": {"type": ["Root"]}}})}),),
        "major", "every event has one (Amazon EventBridge, 'Comparison operators')"),
    Attack("a subscriber gets payments above a million and below one", RSL, (aws("sns/TopicSubscription", {
        "topic": f"arn:aws:sns:{R}:{ME}:payments", "protocol": "sqs", "endpoint": f"arn:aws:sqs:{R}:{ME}:audit",
        "filterPolicy": json.dumps({"amount": [{"numeric": [">", 1000000, "<", 1]}]})}),),
        "major", "the audit gets none (Amazon SNS, 'Numeric value matching')"),
    Attack("records of devices are kept where one is nought", RSL, (aws("iot/TopicRule", {
        "name": "records", "enabled": True, "sqlVersion": "2016-03-23", "tags": TAGS,
        "sql": "SELECT * FROM 'devices/+/records' WHERE 1 = 0",
        "firehoses": [{"deliveryStreamName": "records", "roleArn": f"arn:aws:iam::{ME}:role/iot"}]}),),
        "major", "none is (AWS IoT, 'SQL reference')"),
    Attack("brokers of every team keep messages for an hour", RSL, (aws("msk/Configuration", {
        "name": "bank", "kafkaVersions": ["3.8.x"], "serverProperties":
            "auto.create.topics.enable=false\nallow.everyone.if.no.acl.found=false\nlog.retention.hours=1\n"}),),
        "major", "who is down for longer loses them (Apache Kafka, log.retention.hours)"),
    Attack("images have an administrator of Windows whose password is known", ESC, (aws("imagebuilder/Component", {
        "name": "helpdesk", "platform": "Windows", "version": "1.0.0", "tags": TAGS,
        "kmsKeyId": f"arn:aws:kms:{R}:{ME}:key/1234abcd-12ab-34cd-56ef-1234567890ab",
        "data": json.dumps({"schemaVersion": "1.0", "phases": [{"name": "build", "steps": [{
            "name": "helpdesk", "action": "ExecutePowerShell", "inputs": {"commands": [
                "net user helpdesk Welcome-2026 /add", "net localgroup administrators helpdesk /add"]}}]}]})}),),
        "critical", "he signs in to every machine (net user)"),
)  # fmt: skip
