"""Good idioms of platform teams on AWS that name hosts, written to test the rules of names (2026-11-28)."""

import json

from ..blind import KEY, ME, TAGS, aws, document, role, statement
from ..harness import UNKNOWN, Given
from . import Idiom
from .fourth import AWS_DOCS, FUNCTION, R

OWN = {"residency": {"known": {"example.ae": "our own domain, in a data centre in Abu Dhabi"}}}
TENANT = "00000000-1111-2222-3333-444444444444"
ISSUER = f"https://login.microsoftonline.com/{TENANT}/v2.0"
REASON = "our own tenant of Entra ID"
RUNBOOK = "Runbook: https://github.com/example-bank/runbooks/blob/main/api.md"


def _record(name: str, kind: str, *values: str) -> Given:
    return aws("route53/Record", {"zoneId": UNKNOWN, "name": name, "type": kind, "ttl": 300, "records": list(values)},
               f"{name}-{kind}")  # fmt: skip


def _launch_template(user_data: str) -> Given:
    return aws("ec2/LaunchTemplate", {
        "name": "workers", "userData": user_data, "tags": TAGS,
        "metadataOptions": {"httpTokens": "required", "httpPutResponseHopLimit": 1},
        "blockDeviceMappings": [{"deviceName": "/dev/sda1", "ebs": {
            "encrypted": "true", "kmsKeyId": KEY, "volumeType": "gp3", "volumeSize": 40}}],
        "tagSpecifications": [{"resourceType": kind, "tags": TAGS} for kind in (
            "instance", "volume", "network-interface")]}, "lt")  # fmt: skip


CLOUD_INIT = """#cloud-config
apt:
  primary:
    - arches: [default]
      uri: http://me-central-1.ec2.archive.ubuntu.com/ubuntu
  security:
    - arches: [default]
      uri: http://security.ubuntu.com/ubuntu
packages: [unattended-upgrades, chrony, python3.12-venv]
write_files:
  - path: /etc/apt/apt.conf.d/50unattended-upgrades
    content: 'Unattended-Upgrade::Mail "root";'
runcmd:
  - systemctl enable --now chrony.service
"""
DNF = """#!/bin/bash
set -euo pipefail
dnf install -y amazon-cloudwatch-agent postgresql16
/opt/aws/amazon-cloudwatch-agent/bin/amazon-cloudwatch-agent-ctl -a fetch-config -m ec2 -s -c ssm:agent.json
systemctl restart sshd.service
echo 'server 169.254.169.123 prefer iburst' > /etc/chrony.d/aws.conf
"""
DASHBOARD = {"widgets": [
    {"type": "text", "x": 0, "y": 0, "width": 24, "height": 2, "properties": {
        "markdown": f"# Orders\n[Runbook](https://runbooks.example.ae/orders) · {RUNBOOK}"}},
    {"type": "metric", "properties": {"region": R, "title": "Errors", "metrics": [
        ["AWS/Lambda", "Errors", "FunctionName", "orders", {"stat": "Sum", "label": "errors.total"}]]}}]}  # fmt: skip
SCHEMA = {
    "$schema": "http://json-schema.org/draft-07/schema#", "$id": "https://schemas.example.ae/orders/1.json",
    "type": "object", "properties": {"customer": {"type": "string", "format": "uuid"},
                                     "sort": {"enum": ["order.date", "customer.name"]}},
}  # fmt: skip
SPARK = " --conf ".join((
    "spark.sql.extensions=org.apache.iceberg.spark.extensions.IcebergSparkSessionExtensions",
    "spark.sql.catalog.lake=org.apache.iceberg.spark.SparkCatalog",
    "spark.sql.catalog.lake.catalog-impl=org.apache.iceberg.aws.glue.GlueCatalog",
    "spark.sql.catalog.lake.io-impl=org.apache.iceberg.aws.s3.S3FileIO",
    "spark.serializer=org.apache.spark.serializer.KryoSerializer"))  # fmt: skip
BUILDSPEC = """version: 0.2
phases:
  install:
    runtime-versions: {python: 3.13}
    commands:
      - aws codeartifact login --tool pip --domain bank --repository pypi --region me-central-1
      - pip install --require-hashes -r requirements.txt
  build:
    commands:
      - pytest --junitxml=reports/junit.xml tests/unit.py
      - docker build -t "$REPOSITORY:$CODEBUILD_RESOLVED_SOURCE_VERSION" .
reports:
  unit: {files: [reports/junit.xml], file-format: JUNITXML}
"""
PATTERN = {"source": ["aws.guardduty"], "detail": {"severity": [{"numeric": [">=", 7]}], "service": {
    "action": {"dnsRequestAction": {"domain": [{"anything-but": {"suffix": "example.ae"}}]}}}}}  # fmt: skip

IDIOMS: tuple[Idiom, ...] = (
    Idiom("records of the team's zone, with who may issue and send in its name", (
        _record("www.example.ae", "CNAME", "portal.example.ae"),
        _record("mail-policy.example.ae", "TXT", "v=spf1 include:amazonses.com -all"),
        _record("_dmarc.example.ae", "TXT", "v=DMARC1; p=reject; rua=mailto:dmarc@example.ae"),
        _record("example.ae", "CAA", '0 issue "letsencrypt.org"', '0 issue "amazon.com"',
                '0 iodef "mailto:security@example.ae"'),
        _record("example.ae", "MX", "10 mail.example.ae")), f"{AWS_DOCS}/route53", OWN),
    Idiom("a cache of public registries", tuple(
        aws("ecr/PullThroughCacheRule", {"ecrRepositoryPrefix": name, "upstreamRegistryUrl": host}, name)
        for name, host in (("k8s", "registry.k8s.io"), ("ecr-public", "public.ecr.aws"), ("quay", "quay.io"))),
        f"{AWS_DOCS}/ecr"),
    Idiom("a repository of GitHub assumes a role by OIDC", (
        aws("iam/OpenIdConnectProvider", {"url": "https://token.actions.githubusercontent.com",
                                          "clientIdLists": ["sts.amazonaws.com"], "tags": TAGS}, "github"),
        role({"Federated": f"arn:aws:iam::{ME}:oidc-provider/token.actions.githubusercontent.com"},
             {"StringEquals": {"token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
                               "token.actions.githubusercontent.com:sub": "repo:example-bank/orders:environment:prod"}},
             "sts:AssumeRoleWithWebIdentity")), "docs.github.com/actions",
          {"identity": {"repositories": {"https://github.com/example-bank": "the organisation of the bank"}}}),
    Idiom("a schedule starts a function every night", (aws("scheduler/Schedule", {
        "name": "nightly", "scheduleExpression": "cron(0 1 * * ? *)", "scheduleExpressionTimezone": "Asia/Dubai",
        "kmsKeyArn": KEY, "flexibleTimeWindow": {"mode": "OFF"}, "target": {
            "arn": f"arn:aws:lambda:{R}:{ME}:function:close-of-day", "roleArn": f"arn:aws:iam::{ME}:role/scheduler",
            "input": json.dumps({"report": "daily", "task": "ledger.close.run"})}}),), f"{AWS_DOCS}/scheduler"),
    Idiom("an alarm whose description links to its runbook", (aws("cloudwatch/MetricAlarm", {
        "name": "api-5xx", "alarmDescription": f"More than 1 % of requests fail. {RUNBOOK}", "tags": TAGS,
        "namespace": "AWS/ApplicationELB", "metricName": "HTTPCode_Target_5XX_Count", "statistic": "Sum",
        "comparisonOperator": "GreaterThanThreshold", "threshold": 10, "period": 60, "evaluationPeriods": 5,
        "alarmActions": [f"arn:aws:sns:{R}:{ME}:platform"]}),), f"{AWS_DOCS}/AmazonCloudWatch"),
    Idiom("a dashboard with a text that links to runbooks", (aws("cloudwatch/Dashboard", {
        "dashboardName": "orders", "dashboardBody": json.dumps(DASHBOARD)}),), f"{AWS_DOCS}/AmazonCloudWatch", OWN),
    Idiom("messages to the team's mail and incident desk", (
        aws("sns/Topic", {"name": "platform", "kmsMasterKeyId": KEY, "tags": TAGS}, "topic"),
        aws("sns/TopicSubscription", {"topic": UNKNOWN, "protocol": "email", "endpoint": "oncall@example.ae"}, "mail"),
        aws("sns/TopicSubscription", {"topic": UNKNOWN, "protocol": "https",
                                      "endpoint": "https://incidents.example.ae/sns"}, "desk")),
        f"{AWS_DOCS}/sns", OWN),
    Idiom("a domain from which SES sends, with its records", (
        aws("sesv2/EmailIdentity", {"emailIdentity": "example.ae", "tags": TAGS, "dkimSigningAttributes": {
            "nextSigningKeyLength": "RSA_2048_BIT"}}, "identity"),
        aws("sesv2/EmailIdentityMailFromAttributes", {
            "emailIdentity": "example.ae", "mailFromDomain": "bounce.example.ae",
            "behaviorOnMxFailure": "REJECT_MESSAGE"}, "from"),
        _record("bounce.example.ae", "MX", f"10 feedback-smtp.{R}.amazonses.com"),
        _record("bounce.example.ae", "TXT", "v=spf1 include:amazonses.com ~all"),
        _record("abcdef._domainkey.example.ae", "CNAME", f"abcdef.dkim.{R}.amazonses.com")),
        f"{AWS_DOCS}/ses", OWN),
    Idiom("a key that only services of the region use", (aws("kms/Key", {
        "description": "Data of orders, see https://wiki.example.ae/keys", "enableKeyRotation": True, "tags": TAGS,
        "deletionWindowInDays": 30, "policy": document(
            statement("kms:*", Principal={"AWS": f"arn:aws:iam::{ME}:root"}),
            statement(["kms:GenerateDataKey", "kms:Decrypt"], "*", {"StringEquals": {
                "kms:ViaService": [f"s3.{R}.amazonaws.com", f"sqs.{R}.amazonaws.com"], "kms:CallerAccount": ME}},
                Principal={"AWS": f"arn:aws:iam::{ME}:role/orders"}))}, protect=True),), f"{AWS_DOCS}/kms"),
    Idiom("a web ACL that lets in requests of the region", (aws("wafv2/WebAcl", {
        "name": "portal", "scope": "REGIONAL", "defaultAction": {"block": {}}, "tags": TAGS, "visibilityConfig": {
            "cloudwatchMetricsEnabled": True, "metricName": "portal", "sampledRequestsEnabled": True},
        "rules": [{"name": "gulf", "priority": 1, "action": {"allow": {}}, "statement": {"geoMatchStatement": {
            "countryCodes": ["AE", "SA", "OM", "BH", "KW", "QA"]}}, "visibilityConfig": {
                "cloudwatchMetricsEnabled": True, "metricName": "gulf", "sampledRequestsEnabled": True}}],
        "customResponseBodies": [{"key": "blocked", "contentType": "TEXT_HTML", "content":
            "<p>Write to <a href='mailto:help@example.ae'>help@example.ae</a></p>"}]}),), f"{AWS_DOCS}/waf", OWN),
    Idiom("machines that install packages of Ubuntu's mirror in the region", (_launch_template(CLOUD_INIT),),
          "ubuntu.com/server/docs"),
    Idiom("machines of Amazon Linux that install packages by name", (_launch_template(DNF),), f"{AWS_DOCS}/linux"),
    Idiom("an API with tokens of the team's tenant", (
        aws("apigatewayv2/Authorizer", {"apiId": UNKNOWN, "authorizerType": "JWT", "name": "entra",
            "identitySources": ["$request.header.Authorization"],
            "jwtConfiguration": {"issuer": ISSUER, "audiences": ["api://orders.example.ae"]}}),),
        f"{AWS_DOCS}/apigateway", {**OWN, "identity": {"trusted": {f"login.microsoftonline.com/{TENANT}": REASON}}}),
    Idiom("a parameter with a schema of events", (aws("ssm/Parameter", {
        "name": "/orders/schema", "type": "SecureString", "keyId": KEY, "value": json.dumps(SCHEMA), "tags": TAGS}),),
        "json-schema.org", OWN),
    Idiom("a job of Glue that writes tables of Iceberg", (aws("glue/Job", {
        "name": "lake", "roleArn": f"arn:aws:iam::{ME}:role/glue", "glueVersion": "5.0", "workerType": "G.1X",
        "numberOfWorkers": 4, "timeout": 60, "securityConfiguration": "kms", "tags": TAGS,
        "command": {"scriptLocation": "s3://bank-artifacts/jobs/orders.py", "pythonVersion": "3"},
        "defaultArguments": {"--conf": SPARK, "--datalake-formats": "iceberg", "--job-language": "python",
                             "--additional-python-modules": "pyarrow==21.0.0,awswrangler==3.13.0"}}),),
        f"{AWS_DOCS}/glue", {"escape": {"code_sources": {"bank-artifacts": "the platform team"}}}),
    Idiom("a build that installs from CodeArtifact", (aws("codebuild/Project", {
        "name": "orders", "serviceRole": f"arn:aws:iam::{ME}:role/build", "encryptionKey": KEY, "tags": TAGS,
        "artifacts": {"type": "CODEPIPELINE"}, "environment": {
            "computeType": "BUILD_GENERAL1_SMALL", "type": "LINUX_CONTAINER",
            "image": "aws/codebuild/amazonlinux-x86_64-standard:5.0"},
        "source": {"type": "CODEPIPELINE", "buildspec": BUILDSPEC}}),), f"{AWS_DOCS}/codebuild"),
    Idiom("findings of GuardDuty go to a topic", (
        aws("cloudwatch/EventRule", {"name": "findings", "eventPattern": json.dumps(PATTERN), "tags": TAGS}, "rule"),
        aws("cloudwatch/EventTarget", {"rule": UNKNOWN, "arn": f"arn:aws:sns:{R}:{ME}:security", "inputTransformer": {
            "inputPaths": {"id": "$.detail.id", "host": "$.detail.resource.name"},
            "inputTemplate": '"Finding <id> on <host>, see https://wiki.example.ae/guardduty"'}}, "target")),
        f"{AWS_DOCS}/guardduty", OWN),
    Idiom("a function reads settings of the region", (aws("lambda/Function", {**FUNCTION, "environment": {"variables": {
        "POWERTOOLS_SERVICE_NAME": "orders.api", "DJANGO_SETTINGS_MODULE": "orders.settings.prod", "TZ": "Asia/Dubai",
        "JWT_ISSUER": f"https://cognito-idp.{R}.amazonaws.com/{R}_abcdefghi",
        "PUBLIC_URL": "https://orders.example.ae", "SENDER": "no-reply@example.ae"}}}, "fn"),),
        f"{AWS_DOCS}/lambda", OWN),
)  # fmt: skip
