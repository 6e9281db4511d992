"""Good idioms beside the attacks of `listed_aws_checks`: other ways to record, filter, sign in and pay less."""

import base64
import json

from ..attacks.listed_aws_checks import BALANCER, DATABASE, ROLE, STEPS, R, connection, database, regions
from ..attacks.listed_aws_checks_filters import SEEN, WEB, job, network, steps
from ..attacks.twenty_first_aws_b import MACHINE
from ..blind import KEY, ME, TAGS, aws
from ..harness import UNKNOWN
from . import Idiom, unpriced
from .fourth_kubernetes import BUDGET
from .seventeenth_aws import CERTIFICATE

SETUP = """#!/bin/bash
set -euo pipefail
aws ecr get-login-password | docker login --username AWS --password-stdin "$REGISTRY"
PASS=$(aws secretsmanager get-secret-value --secret-id ledger --query SecretString --output text)
mysql -h db.bank.internal -u ledger -p"$PASS" ledger < /opt/x.sql
PGPASSWORD="$(cat /run/secrets/ledger)" psql -h db.bank.internal -p 5432 ledger
curl -u "$NAME:$TOKEN" -o /opt/a.tar https://files.bank.internal/a2.tar
/opt/agent/enrol --server agents.bank.internal --token-file /run/secrets/token2 --password ${PASS} --no-password x2
useradd --no-create-home --password '!' agent
"""
PROBE = {"name": "rates", "priority": 1, "action": {"block": {}}, "visibilityConfig": SEEN, "statement": {
    "rateBasedStatement": {"limit": 2000, "aggregateKeyType": "IP"}}}  # fmt: skip
WAIT = {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke.waitForTaskToken", "End": True, "Parameters": {
    "FunctionName": f"arn:aws:lambda:{R}:{ME}:function:approve", "Payload": {
        "token.$": "$$.Task.Token", "secretArn": f"arn:aws:secretsmanager:{R}:{ME}:secret:partner-AbCdEf",
        "clientToken": "orders-2026", "password.$": "$.reference"}}}  # fmt: skip
IDIOMS: tuple[Idiom, ...] = (
    Idiom("an HTTP balancer writes its requests, and one of connections has none to write", (
        BUDGET, aws("lb/LoadBalancer", {**BALANCER, "loadBalancerType": "application", "accessLogs": {
            "bucket": "bank-access-logs", "prefix": "portal", "enabled": True}}, "portal"),
        aws("lb/LoadBalancer", {**{key: value for key, value in BALANCER.items() if key != "dropInvalidHeaderFields"},
                                "loadBalancerType": "network", "enableCrossZoneLoadBalancing": True}, "broker"),
        aws("lb/Listener", {"loadBalancerArn": UNKNOWN, "port": 443, "protocol": "HTTPS", "certificateArn": CERTIFICATE,
                            "sslPolicy": "ELBSecurityPolicy-TLS13-1-2-2021-06", "tags": TAGS, "defaultActions": [
                                {"type": "fixed-response", "fixedResponse": {
                                    "contentType": "text/plain", "statusCode": "404"}}]},
            "https", links={"loadBalancerArn": ("portal",)}),
        aws("lb/Listener", {"loadBalancerArn": UNKNOWN, "port": 9094, "protocol": "TCP", "tags": TAGS,
                            "defaultActions": [
            {"type": "forward", "targetGroupArn": f"arn:aws:elasticloadbalancing:{R}:{ME}:targetgroup/broker/1"}]},
            "tcp", links={"loadBalancerArn": ("broker",)})),
        "Elastic Load Balancing, 'Access logs': of TLS only at network load balancers",
        {"residency": {"known": {"bank-access-logs": "bucket of the records of the account"}}}),
    Idiom("a short workflow writes its errors, and a long one has a history", (
        BUDGET, aws("sfn/StateMachine", {
            "roleArn": f"{ROLE}/steps", "type": "EXPRESS", "definition": STEPS, "tags": TAGS,
            "encryptionConfiguration": {"type": "CUSTOMER_MANAGED_KMS_KEY", "kmsKeyId": KEY},
            "loggingConfiguration": {"level": "ERROR", "logDestination": f"arn:aws:logs:{R}:{ME}:log-group:/steps:*"}},
            "short"),
        aws("sfn/StateMachine", {
            "roleArn": f"{ROLE}/steps", "type": "STANDARD", "definition": STEPS, "tags": TAGS,
            "encryptionConfiguration": {"type": "CUSTOMER_MANAGED_KMS_KEY", "kmsKeyId": KEY}}, "long")),
        "AWS Step Functions, 'Standard and Express workflow types'",
        unpriced("aws:sfn/stateMachine:StateMachine::short", "aws:sfn/stateMachine:StateMachine::long")),
    Idiom("flows are recorded by subnet, of the one with machines", (
        BUDGET, aws("ec2/Vpc", {"cidrBlock": "10.60.0.0/16", "enableDnsSupport": True, "tags": TAGS,
                                "instanceTenancy": "default"}, "vpc"),
        aws("ec2/DefaultSecurityGroup", {"vpcId": UNKNOWN, "tags": TAGS, "ingress": [], "egress": []}, "default",
            links={"vpcId": ("vpc",)}),
        aws("ec2/Subnet", {"vpcId": UNKNOWN, "cidrBlock": "10.60.1.0/24", "availabilityZone": f"{R}a", "tags": TAGS},
            "private", links={"vpcId": ("vpc",)}),
        aws("ec2/FlowLog", {"subnetId": UNKNOWN, "trafficType": "ALL", "logDestinationType": "cloud-watch-logs",
                            "logDestination": f"arn:aws:logs:{R}:{ME}:log-group:/flows", "tags": TAGS,
                            "iamRoleArn": f"{ROLE}/flows"}, "flows", links={"subnetId": ("private",)})),
        "Amazon VPC, 'Flow log basics'"),
    Idiom("a web firewall lets nobody in until its rules are there, and another has them as resources", (
        BUDGET, aws("wafv2/WebAcl", {**WEB, "defaultAction": {"block": {}}}, "closed"),
        aws("wafv2/WebAcl", {**WEB, "name": "shop", "defaultAction": {"allow": {}}}, "shop"),
        aws("wafv2/WebAclRule", {**PROBE, "webAclArn": UNKNOWN}, "rates", links={"webAclArn": ("shop",)})),
        "pulumi-aws 7.51.1, WebAclRule"),
    Idiom("a firewall of the network drops what no rule names, and has no rules yet", (
        BUDGET, network(statefulEngineOptions={"ruleOrder": "STRICT_ORDER"},
                statefulDefaultActions=["aws:drop_established", "aws:alert_established"])),
        "AWS Network Firewall, 'Evaluation order for stateful rule groups'"),
    Idiom("Glue reads the ledger by an address that asks for verified TLS, as a secret says who", (
        BUDGET, connection("jdbc:postgresql://10.0.4.5:5432/ledger?sslmode=verify-full&connectTimeout=10")),
        "pgjdbc, 'Connecting to the Database'"),
    Idiom("the organisation closes every region but its own, and that of services without a region", (
        BUDGET, regions({"StringNotEquals": {"aws:RequestedRegion": [R, "us-east-1"]}}),
        aws("organizations/Policy", {"name": "closed", "type": "SERVICE_CONTROL_POLICY", "tags": TAGS,
                                     "content": json.dumps({"Version": "2012-10-17", "Statement": [
                                         {"Sid": "One", "Effect": "Deny", "Action": "*", "Resource": "*", "Condition": {
                                             "StringNotLike": {"aws:RequestedRegion": "me-central-1"}}}]})}, "closed")),
        "AWS Organizations, 'Deny access to AWS based on the requested AWS Region'"),
    Idiom("a machine takes its passwords from the vault as it starts", (
        BUDGET, aws("ec2/Instance", {**MACHINE, "tenancy": "default",
                            "userDataBase64": base64.b64encode(SETUP.encode()).decode()})),
        "docker, 'docker login'; MySQL, 'mysql client options'"),
    Idiom("a job names the file with the password, and a workflow waits for an answer", (
        BUDGET, job("report", "--db-password-file", "/run/secrets/db1", "--token=$(cat /run/secrets/t)", "--keys=2"),
        steps(WAIT)),
        "AWS Step Functions, 'Wait for a callback with task token'",
        unpriced("aws:sfn/stateMachine:StateMachine::it", "aws:batch/jobDefinition:JobDefinition::it")),
    Idiom("an old MySQL leaves paid support, and MariaDB has none", (
        BUDGET, aws("rds/Instance", {**DATABASE, "engine": "mysql", "engineVersion": "8.0.43",
                             "parameterGroupName": "orders",
                             "engineLifecycleSupport": "open-source-rds-extended-support-disabled",
                             "enabledCloudwatchLogsExports": ["audit", "error"]}, "orders"),
        aws("rds/Instance", {**DATABASE, "engine": "mariadb", "engineVersion": "10.11.13",
                             "parameterGroupName": "shop", "enabledCloudwatchLogsExports": ["audit", "error"]}, "shop"),
        database("postgres", "17.6", caCertIdentifier="rds-ca-rsa2048-g1")),
        "Amazon RDS, 'Using Amazon RDS Extended Support'",
        {**unpriced("aws:rds/instance:Instance::orders", "aws:rds/instance:Instance::shop",
                    "aws:rds/instance:Instance::it"),
         "resilience": {"kept_elsewhere": dict.fromkeys(
             ("orders", "shop", "it"), "copied each night to the site in Abu Dhabi")}}),
)  # fmt: skip
