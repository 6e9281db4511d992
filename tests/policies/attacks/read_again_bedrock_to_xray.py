"""Attacks on settings of AWS, from Bedrock to X-Ray, by words, defaults and spellings that rows lacked (2026-11-29).

Properties and defaults by pulumi-aws 7.51.1, words by botocore 1.44.8; `harm` names another document where there is
one, read on that day.
"""

import json

from ..blind import KEY, ME, TAGS, aws
from ..harness import Given
from . import Attack
from .tenth_aws import _ours

ROLE = f"arn:aws:iam::{ME}:role/worker"
SWITCH = ("FJ-ESC-115",)
POOL = "me-central-1_AbCdEfGhI"
WEEK = 'version: "2"\nlog:\n  source: {http: {path: /log}}\n  sink:\n    - opensearch: {hosts: ["https://x"], '
CLUSTER, TASKS = _ours("ecs", "cluster/x"), _ours("ecs", "task-definition/x:1")
OLD_PLATFORM = {"taskDefinitionArn": TASKS, "launchType": "FARGATE", "platformVersion": "1.3.0"}
FARGATE = "Amazon ECS, 'AWS Fargate Linux platform version deprecation'"


def _pool(name: str, **policy: object) -> Attack:
    """Returns a pool of users whose policy of passwords leaves out what it does not require."""
    return Attack(name, SWITCH, (aws("cognito/UserPool", {
        "name": "staff", "deletionProtection": "ACTIVE", "mfaConfiguration": "ON", "tags": TAGS,
        "adminCreateUserConfig": {"allowAdminCreateUserOnly": True}, "passwordPolicy": policy}),), "minor",
        "hashicorp/terraform-provider-aws 015edb13, internal/service/cognitoidp/user_pool.go: as false")  # fmt: skip


def _provider(name: str, engine: str, kind: str, **values: object) -> Attack:
    """Returns a provider of data with the settings of its engine."""
    return Attack(name, SWITCH, (aws("dms/DataProvider", {"engine": engine, "tags": TAGS, "settings": {
        kind: {"serverName": "db.corp.internal", "port": 5000, "databaseName": "core", **values}}}),),
        "major", "AWS DMS, DataProviderSettings: by default none")  # fmt: skip


def _machines(name: str, namespace: str, option: str, value: str, harm: str, **more: object) -> Attack:
    """Returns an environment of Elastic Beanstalk with an option."""
    return Attack(name, SWITCH, (aws("elasticbeanstalk/Environment", {"application": "x", "tags": TAGS, "settings": [
        {"namespace": "aws:ec2:vpc", "name": "ELBScheme", "value": "internal"},
        {"namespace": namespace, "name": option, "value": value, **more}]}),), "major",
        f"AWS Elastic Beanstalk, 'General options for all environments', {harm}")  # fmt: skip


def _statement(name: str, sql: str) -> Attack:
    """Returns an endpoint that runs a statement in PostgreSQL whenever a copy connects."""
    return Attack(name, SWITCH, (aws("dms/Endpoint", {
        "endpointId": "core", "endpointType": "target", "engineName": "aurora-postgresql", "sslMode": "verify-full",
        "kmsKeyArn": KEY, "secretsManagerArn": _ours("secretsmanager", "secret:db"), "tags": TAGS,
        "secretsManagerAccessRoleArn": ROLE, "databaseName": "core",
        "postgresSettings": {"afterConnectScript": sql}}),), "major",
        "AWS DMS, PostgreSQLSettings, AfterConnectScript")  # fmt: skip


def _hub(name: str, control: str) -> Attack:
    """Returns a policy of the organisation that switches a control off."""
    return Attack(name, SWITCH, (aws("securityhub/ConfigurationPolicy", {"name": "all", "configurationPolicy": {
        "serviceEnabled": True, "enabledStandardArns": [
            "arn:aws:securityhub:me-central-1::standards/aws-foundational-security-best-practices/v/1.0.0"],
        "securityControlsConfiguration": {"disabledControlIdentifiers": [control]}}}),), "major",
        "AWS Security Hub, control reference, severity Critical: awsdocs/aws-security-hub-user-guide bda5bf7d, "
        "turbot/steampipe-mod-aws-compliance a1d0b446")  # fmt: skip


def _findings(name: str, **update: object) -> Attack:
    """Returns a rule that changes every finding."""
    return Attack(name, SWITCH, (aws("securityhub/AutomationRuleV2", {
        "ruleName": "noise", "ruleOrder": 1, "description": "noise", "tags": TAGS,
        "criteria": {"ocsfFindingCriteriaJson": "{}"},
        "action": {"type": "FINDING_FIELDS_UPDATE", "findingFieldsUpdate": update}}),), "critical",
        "ocsf/ocsf-schema a5cfc68e, status_id and severity_id")  # fmt: skip


def _runtime(runtime: str) -> Attack:
    """Returns a function with a runtime that AWS no longer patches."""
    return Attack(f"a function runs on {runtime}", SWITCH, (aws("lambda/Function", {
        "runtime": runtime, "role": ROLE, "tags": TAGS}),), "minor",
        "AWS Lambda, 'Lambda runtimes', by endoflife-date/endoflife.date a70eca33, products/aws-lambda.md")  # fmt: skip


def _flow_rule(kind: str) -> Given:
    return aws(kind, {"ruleName": "flows", "tags": TAGS, "rule": {
        "resourceType": "AWS::EC2::VPC", "telemetryType": "Logs", "destinationConfiguration": {
            "destinationType": "cloud-watch-logs", "retentionInDays": 365, "vpcFlowLogParameters": {
                "trafficType": "ALL", "logFormat": "${interface-id} ${bytes}"}}}})  # fmt: skip


ATTACKS = (
    Attack("codes of agents go in plain text to a host that is called localhost", SWITCH, (
        aws("bedrock/AgentcoreWorkloadIdentity", {"name": "agent", "tags": TAGS, "allowedResourceOauth2ReturnUrls": [
            "http://localhost.example.ae/return"]}),), "major", "RFC 3986, 3.2.2"),
    Attack("a distribution passes certificates on that nobody verified", SWITCH, (aws("cloudfront/Distribution", {
        "enabled": True, "viewerMtlsConfig": {"mode": "passthrough"}, "tags": TAGS,
        "viewerCertificate": {"acmCertificateArn": _ours("acm", "certificate/x"), "sslSupportMethod": "sni-only",
                              "minimumProtocolVersion": "TLSv1.2_2021"},
        "restrictions": {"geoRestriction": {"restrictionType": "none"}},
        "origins": [{"originId": "o", "domainName": "origin.example.ae"}],
        "defaultCacheBehavior": {"targetOriginId": "o", "viewerProtocolPolicy": "https-only",
                                 "allowedMethods": ["GET", "HEAD"], "cachedMethods": ["GET", "HEAD"]}}),), "major",
        "Amazon CloudFront, 'Additional validation modes'"),
    _pool("passwords may be digits alone", minimumLength=12, requireNumbers=True),
    _pool("passwords are of lower case alone", minimumLength=12, requireLowercase=True),
    _provider("a copy reads Db2 without TLS by default", "db2", "ibmDb2LuwSettings"),
    _provider("a copy reads Db2 for z/OS without TLS by default", "db2-zos", "ibmDb2ZosSettings"),
    _provider("a copy reads Sybase without TLS by default", "sybase", "sybaseAseSettings"),
    _provider("a copy signs in to MongoDB by MD5", "mongodb", "mongoDbSettings",
              sslMode="verify-full", authType="password", authMechanism="mongodb_cr"),
    _statement("a copy's connection empties a table", "TRUNCATE core.audit"),
    _statement("a copy's connection publishes every table", "create publication p for all tables"),
    _statement("a copy's connection changes the settings of the server", "ALTER SYSTEM SET log_statement = 'none'"),
    _statement("a copy's connection acts as another user", "set session authorization owner_of_core"),
    _statement("a copy's connection runs a block of a language", "do $$ begin perform x(); end $$"),
    Attack("programs far behind a machine on the spot market get its role", SWITCH, (aws("ec2/SpotInstanceRequest", {
        "ami": "ami-0123456789abcdef0", "instanceType": "t3.micro", "spotType": "one-time", "tags": TAGS,
        "rootBlockDevice": {"encrypted": True, "kmsKeyId": KEY},
        "metadataOptions": {"httpTokens": "required", "httpPutResponseHopLimit": 64}}),), "major",
        "Amazon EC2, InstanceMetadataOptionsRequest"),
    Attack("denials of a registry's policy hold for three actions only", SWITCH, (aws("ecr/AccountSetting", {
        "name": "REGISTRY_POLICY_SCOPE", "value": "V1"}),), "major",
        "Amazon ECR, 'Private registry permissions in Amazon ECR'"),
    Attack("an add-on's role may do everything, as a list of lines", SWITCH, (aws("eks/Addon", {
        "clusterName": "prod", "addonName": "kube-state-metrics", "tags": TAGS,
        "configurationValues": "rbac:\n  extraRules:\n  - apiGroups:\n    - \"*\"\n    resources:\n    - '*'\n"}),),
        "critical", "Amazon EKS, 'Update an Amazon EKS add-on': configuration as JSON or YAML, as known"),
    _machines("half of the internet reaches SSH of an environment", "aws:autoscaling:launchconfiguration",
              "SSHSourceRestriction", "tcp, 22, 22, 128.0.0.0/1", "SSHSourceRestriction"),
    _machines("an environment grows to thousands of machines at night", "aws:autoscaling:scheduledaction", "MaxSize",
              "5000", "MaxSize of a scheduled action", resource="night"),
    *(_runtime(runtime) for runtime in ("dotnet8", "python3.10", "provided.al2")),
    Attack("a connector does not sign in by default", SWITCH, (aws("mskconnect/Connector", {
        "name": "lake", "kafkaconnectVersion": "3.7.x", "serviceExecutionRoleArn": ROLE, "tags": TAGS,
        "capacity": {"provisionedCapacity": {"workerCount": 1}}, "connectorConfiguration": {"tasks.max": "1"},
        "kafkaCluster": {"apacheKafkaCluster": {"bootstrapServers": "b-1.x.kafka.me-central-1.amazonaws.com:9098",
                                                "vpc": {"subnets": ["subnet-1"], "securityGroups": ["sg-1"]}}},
        "kafkaClusterEncryptionInTransit": {"encryptionType": "TLS"}, "kafkaClusterClientAuthentication": {},
        "plugins": [{"customPlugin": {"arn": _ours("kafkaconnect", "custom-plugin/s3/1"), "revision": 1}}]}),),
        "major", "Amazon MSK Connect, KafkaClusterClientAuthentication: by default NONE"),
    Attack("a pipeline checks no certificate of its store, on one line", SWITCH, (aws("opensearchingest/Pipeline", {
        "pipelineName": "log", "minUnits": 1, "maxUnits": 2, "tags": TAGS,
        "encryptionAtRestOptions": {"kmsKeyArn": KEY}, "vpcOptions": {"subnetIds": ["subnet-1"]},
        "pipelineConfigurationBody": WEEK + "insecure: true, index: log}\n"}),), "major",
        "OpenSearch Data Prepper, opensearch sink, as known"),
    Attack("every host sends mail for the domain, without a sign", SWITCH, (aws("route53/Record", {
        "name": "example.ae", "type": "TXT", "ttl": 300, "zoneId": "Z1", "records": ["v=spf1 mx all"]}),), "major",
        "RFC 4408, 4.6.2, by CPAN, Mail::SPF::Mech: the qualifier is + by default"),
    _findings("every finding is archived", statusId=5),
    _findings("every finding has a state that nobody looks for", statusId=99),
    _findings("every finding is of a severity that nobody knows", severityId=0),
    *(_hub(f"nobody is told that {what}", control) for what, control in (
        ("clusters of EMR may be public", "EMR.2"), ("keys are public", "KMS.5"), ("access points are public", "S3.19"),
        ("documents of machines may be public", "SSM.7"), ("the root user has no second factor", "IAM.9"),
        ("the records of the trail are public", "CloudTrail.6"))),
    Attack("every queue moves its messages to this one", SWITCH, (aws("sqs/Queue", {
        "kmsMasterKeyId": KEY, "tags": TAGS, "redriveAllowPolicy": json.dumps({"redrivePermission": "allowAll"})}),),
        "minor", "Amazon SQS, RedriveAllowPolicy"),
    Attack("an event starts a task on a platform that was retired", SWITCH, (aws("cloudwatch/EventTarget", {
        "rule": "nightly", "arn": CLUSTER, "roleArn": ROLE,
        "ecsTarget": {**OLD_PLATFORM, "propagateTags": "TASK_DEFINITION"}}),), "minor", FARGATE),
    Attack("a schedule starts a task on a platform that was retired", SWITCH, (aws("scheduler/Schedule", {
        "kmsKeyArn": KEY, "flexibleTimeWindow": {"mode": "OFF"}, "scheduleExpression": "rate(1 days)",
        "target": {"arn": CLUSTER, "roleArn": ROLE, "ecsParameters": OLD_PLATFORM}}),), "minor", FARGATE),
    Attack("a pipe starts tasks on a platform that was retired", SWITCH, (aws("pipes/Pipe", {
        "source": _ours("sqs", "in"), "target": CLUSTER, "roleArn": ROLE, "kmsKeyIdentifier": KEY, "tags": TAGS,
        "targetParameters": {"ecsTaskParameters": OLD_PLATFORM}}),), "minor", FARGATE),
    Attack("records of flows of new networks name no address", SWITCH, (
        _flow_rule("observabilityadmin/TelemetryRule"),), "minor", "Amazon VPC, 'Flow log records'"),
    Attack("records of flows of every account name no address", SWITCH, (
        _flow_rule("observabilityadmin/TelemetryRuleForOrganization"),), "minor", "Amazon VPC, 'Flow log records'"),
)  # fmt: skip
