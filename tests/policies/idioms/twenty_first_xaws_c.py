"""Good idioms of platform teams on AWS: pipelines, money, caches, staff's access and data flows (set 21, blind)."""

import json

from ..blind import KEY, ME, TAGS, aws, document, statement
from ..harness import UNKNOWN
from . import Idiom, unpriced
from .fourth import AWS_DOCS, R
from .fourth_kubernetes import BUDGET
from .ninth_aws import GROUPS, SUBNETS, arn, kept, role_arn
from .thirteenth_aws import ECR, OURS
from .twelfth_aws_platform import VPC, logs, rights, trusted
from .twentieth_goodb_charts import merged
from .twenty_first_xaws import ALARMS, alarm

GITHUB = "token.actions.githubusercontent.com"
FORGE = {"identity": {"repositories": {"https://github.com/bank-ae": "the bank's own organisation"}},
         "escape": {"code_sources": {"https://github.com/bank-ae": "the bank's own organisation",
                                     "bank-artifacts": "artifacts of our pipelines"}},
         "residency": {"known": {"bank-artifacts": "our own, in me-central-1"}}}  # fmt: skip
BUILDSPEC = """version: 0.2
env:
  secrets-manager:
    NPM_TOKEN: builds/npm:token
phases:
  pre_build:
    commands:
      - aws ecr get-login-password | docker login --username AWS --password-stdin $REGISTRY
  build:
    commands:
      - docker build --pull --tag $REGISTRY/quotes:$CODEBUILD_RESOLVED_SOURCE_VERSION .
  post_build:
    commands:
      - docker push $REGISTRY/quotes:$CODEBUILD_RESOLVED_SOURCE_VERSION
      - printf '{"tag":"%s"}' $CODEBUILD_RESOLVED_SOURCE_VERSION > image.json
artifacts:
  files: [image.json]
"""
BOUNDARY = document(
    statement(["ecr:*Image*", "ecr:*Layer*", "ecr:GetAuthorizationToken"], "*"),
    statement("ecs:UpdateService", arn("ecs", "service/apps/*")),
    {"Effect": "Deny", "Action": ["iam:*", "organizations:*", "kms:ScheduleKeyDeletion"], "Resource": "*"},
)  # fmt: skip
STATES = json.dumps({"Comment": "Load of the day", "StartAt": "Load", "States": {
    "Load": {"Type": "Task", "Resource": "arn:aws:states:::glue:startJobRun.sync", "TimeoutSeconds": 7200,
             "Parameters": {"JobName": "load"}, "Retry": [{"ErrorEquals": [
                 "Glue.ConcurrentRunsExceededException"], "IntervalSeconds": 60, "MaxAttempts": 3, "BackoffRate": 2}],
             "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "Tell"}], "Next": "Done"},
    "Tell": {"Type": "Task", "Resource": "arn:aws:states:::sns:publish", "Parameters": {
        "TopicArn": ALARMS, "Message.$": "$.Cause"}, "Next": "Failed"},
    "Done": {"Type": "Succeed"}, "Failed": {"Type": "Fail"}}})  # fmt: skip

IDIOMS: tuple[Idiom, ...] = (
    Idiom("workflows of one repository's main branch push images by a role with a boundary, without keys", (
        aws("iam/OpenIdConnectProvider", {"url": f"https://{GITHUB}", "clientIdLists": ["sts.amazonaws.com"], "tags":
                                          TAGS}, "github"),
        aws("iam/Policy", {"name": "pipelines-boundary", "policy": BOUNDARY, "tags": TAGS}, "boundary"),
        aws("iam/Role", {
            "name": "push-quotes", "maxSessionDuration": 3600, "permissionsBoundary": UNKNOWN, "tags": TAGS,
            "assumeRolePolicy": document({
                "Effect": "Allow", "Action": "sts:AssumeRoleWithWebIdentity", "Principal": {
                    "Federated": f"arn:aws:iam::{ME}:oidc-provider/{GITHUB}"}, "Condition": {"StringEquals": {
                        f"{GITHUB}:aud": "sts.amazonaws.com", f"{GITHUB}:sub":
                        "repo:bank-ae/quotes:ref:refs/heads/main"}}})}, "push", links={
                            "permissionsBoundary": ("boundary",)}),
        rights("push", statement("ecr:GetAuthorizationToken"), statement([f"ecr:{verb}" for verb in (
            "BatchCheckLayerAvailability", "InitiateLayerUpload", "UploadLayerPart", "CompleteLayerUpload", "PutImage",
            "BatchGetImage")], arn("ecr", "repository/quotes")), statement(
                ["ecs:UpdateService", "ecs:DescribeServices"], arn("ecs", "service/apps/quotes"))),
        aws("ecr/Repository", {
            "name": "quotes", "imageTagMutability": "IMMUTABLE", "imageScanningConfiguration": {"scanOnPush": True},
            "encryptionConfigurations": [{"encryptionType": "KMS", "kmsKey": KEY}], "forceDelete": False, "tags": TAGS},
            "repository"),
        aws("ecr/LifecyclePolicy", {"repository": UNKNOWN, "policy": json.dumps({"rules": [{
            "rulePriority": 1, "description": "Untagged after two weeks", "action": {"type": "expire"}, "selection": {
                "tagStatus": "untagged", "countType": "sinceImagePushed", "countUnit": "days", "countNumber": 14}}]})},
            "expiry", links={"repository": ("repository",)})),
        "docs.github.com/actions/how-tos/secure-your-work/security-harden-deployments/oidc-in-aws, as known",
        merged(OURS, FORGE)),
    Idiom("a pipeline builds the bank's repository in the network and waits for a person before production", (
        logs("/codebuild/quotes"), trusted("codebuild.amazonaws.com", "build"),
        trusted("codepipeline.amazonaws.com", "pipeline"),
        rights("build", statement(["logs:CreateLogStream", "logs:PutLogEvents"], arn(
            "logs", "log-group:/codebuild/quotes:*")), statement(["s3:GetObject", "s3:PutObject"],
            "arn:aws:s3:::bank-artifacts/quotes/*"), statement(["kms:Decrypt", "kms:GenerateDataKey"], KEY),
            statement("secretsmanager:GetSecretValue", arn("secretsmanager", "secret:builds/npm-AbCdEf"))),
        aws("codestarconnections/Connection", {"name": "bank", "providerType": "GitHub", "tags": TAGS}, "forge"),
        aws("codebuild/Project", {
            "name": "quotes", "serviceRole": UNKNOWN, "encryptionKey": KEY, "buildTimeout": 30, "queuedTimeout": 60,
            "concurrentBuildLimit": 2, "artifacts": {"type": "CODEPIPELINE", "encryptionDisabled": False}, "cache": {
                "type": "LOCAL", "modes": ["LOCAL_DOCKER_LAYER_CACHE"]}, "environment": {
                "type": "ARM_CONTAINER", "computeType": "BUILD_GENERAL1_SMALL", "image":
                "aws/codebuild/amazonlinux-aarch64-standard:3.0", "privilegedMode": False,
                    "dockerServer": {"computeType": "BUILD_GENERAL1_SMALL", "securityGroupIds": GROUPS},
                        "environmentVariables": [
                    {"name": "REGISTRY", "value": ECR, "type": "PLAINTEXT"}]},
            "source": {"type": "CODEPIPELINE", "buildspec": BUILDSPEC}, "vpcConfig": {
                "vpcId": VPC, "subnets": SUBNETS, "securityGroupIds": GROUPS}, "logsConfig": {"cloudwatchLogs": {
                    "status": "ENABLED", "groupName": "/codebuild/quotes"}, "s3Logs": {"status": "DISABLED"}}, "tags":
            TAGS}, "project", links={"serviceRole": ("build",)}),
        aws("codepipeline/Pipeline", {
            "name": "quotes", "roleArn": UNKNOWN, "pipelineType": "V2", "executionMode": "QUEUED", "artifactStores": [{
                "type": "S3", "location": "bank-artifacts", "encryptionKey": {"type": "KMS", "id": KEY}}], "tags": TAGS,
            "stages": [
                {"name": "Source", "actions": [{
                    "name": "Source", "category": "Source", "owner": "AWS", "provider": "CodeStarSourceConnection",
                    "version": "1", "outputArtifacts": ["source"], "configuration": {
                        "ConnectionArn": UNKNOWN, "FullRepositoryId": "bank-ae/quotes", "BranchName": "main",
                        "DetectChanges": "true"}}]},
                {"name": "Build", "actions": [{
                    "name": "Build", "category": "Build", "owner": "AWS", "provider": "CodeBuild", "version": "1",
                    "inputArtifacts": ["source"], "outputArtifacts": ["image"], "configuration": {
                        "ProjectName": "quotes"}}]},
                {"name": "Approve", "actions": [{
                    "name": "Approve", "category": "Approval", "owner": "AWS", "provider": "Manual", "version": "1",
                    "configuration": {"NotificationArn": ALARMS, "CustomData": "Release quotes"}}]},
                {"name": "Deploy", "actions": [{
                    "name": "Deploy", "category": "Deploy", "owner": "AWS", "provider": "ECS", "version": "1",
                    "inputArtifacts": ["image"], "configuration": {"ClusterName": "apps", "ServiceName": "quotes",
                                                                   "FileName": "image.json"}}]}]}, "quotes", links={
                "roleArn": ("pipeline",), "stages": ("forge", "project")})),
        f"{AWS_DOCS}/codepipeline/latest/userguide/security-best-practices.html; codebuild/latest/userguide, as known",
        merged(OURS, FORGE)),
    Idiom("finance sees what each cost centre spends, hears of leaps, and gets the lines of the bill in a bucket", (
        BUDGET,
        aws("costexplorer/CostAllocationTag", {"tagKey": "cost-centre", "status": "Active"}, "tag-cost-centre"),
        *(aws("costexplorer/CostAllocationTag", {"tagKey": key, "status": "Active"}, f"tag-{key}")
          for key in TAGS if key != "cost-centre"),
        aws("costexplorer/CostCategory", {
            "name": "Units", "ruleVersion": "CostCategoryExpression.v1", "defaultValue": "Unassigned", "rules": [
                {"value": unit, "rule": {"tags": {"key": "business-unit", "values": [unit], "matchOptions": [
                    "EQUALS"]}}} for unit in ("retail-banking", "corporate-banking")], "tags": TAGS}, "units"),
        aws("costexplorer/AnomalyMonitor", {"name": "services", "monitorType": "DIMENSIONAL", "monitorDimension":
                                            "SERVICE", "tags": TAGS}, "leaps"),
        aws("costexplorer/AnomalySubscription", {
            "name": "finance", "frequency": "DAILY", "monitorArnLists": [UNKNOWN], "subscribers": [
                {"type": "EMAIL", "address": "finops@bank.ae"}], "thresholdExpression": {"dimension": {
                    "key": "ANOMALY_TOTAL_IMPACT_ABSOLUTE", "values": ["500"], "matchOptions": [
                        "GREATER_THAN_OR_EQUAL"]}}, "tags": TAGS}, "told", links={"monitorArnLists": ("leaps",)}),
        *(aws("budgets/Budget", {
            "name": centre, "budgetType": "COST", "timeUnit": "MONTHLY", "limitAmount": "8000", "limitUnit": "USD",
            "costFilters": [{"name": "TagKeyValue", "values": [f"user:cost-centre${centre}"]}], "tags": TAGS,
            "notifications": [{
                "comparisonOperator": "GREATER_THAN", "threshold": 90, "thresholdType": "PERCENTAGE",
                "notificationType": "FORECASTED", "subscriberEmailAddresses": ["finops@bank.ae"]}]}, centre)
          for centre in ("cc-4711", "cc-4712"))),
        "docs.aws.amazon.com/cost-management/latest/userguide/getting-started-ad.html; wellarchitected, "
        "cost-optimization-pillar, as known on 2026-12-01",
        merged(OURS, {"residency": {"known": {"@bank.ae": "our own mail"}}})),
    Idiom("sessions are kept in Valkey of two zones by TLS, for one user with the commands it needs", (
        BUDGET, logs("/elasticache/sessions"),
        aws("elasticache/SubnetGroup", {"name": "sessions", "subnetIds": SUBNETS, "tags": TAGS}, "subnets"),
        aws("elasticache/ParameterGroup", {"name": "sessions", "family": "valkey8", "parameters": [
            {"name": "maxmemory-policy", "value": "volatile-lru"}, {"name": "timeout", "value": "300"}], "tags": TAGS},
            "parameters"),
        aws("elasticache/User", {
            "userId": "sessions", "userName": "sessions", "engine": "valkey", "accessString":
            "on ~session:* -@all +@read +@write +@connection", "authenticationMode": {"type": "iam"}, "tags": TAGS},
            "user"),
        aws("elasticache/UserGroup", {"userGroupId": "sessions", "engine": "valkey", "userIds": [UNKNOWN],
            "tags": TAGS},
            "users", links={"userIds": ("user",)}),
        aws("elasticache/ReplicationGroup", {
            "replicationGroupId": "sessions", "description": "Sessions", "engine": "valkey", "engineVersion": "8.0",
            "nodeType": "cache.r7g.large", "numNodeGroups": 2, "replicasPerNodeGroup": 1, "automaticFailoverEnabled":
            True, "multiAzEnabled": True, "atRestEncryptionEnabled": True, "kmsKeyId": KEY, "transitEncryptionEnabled":
            True, "transitEncryptionMode": "required", "userGroupIds": [UNKNOWN], "subnetGroupName": "sessions",
            "parameterGroupName": "sessions", "securityGroupIds": GROUPS, "snapshotRetentionLimit": 7,
            "snapshotWindow": "22:00-23:00", "maintenanceWindow": "sat:23:30-sun:00:30",
                "autoMinorVersionUpgrade": True, "notificationTopicArn": ALARMS,
                    "finalSnapshotIdentifier": "sessions-last",
                "logDeliveryConfigurations":
            [{"destination": "/elasticache/sessions", "destinationType": "cloudwatch-logs", "logFormat": "json",
              "logType": "slow-log"}], "tags": TAGS}, "sessions", protect=True, links={"userGroupIds": ("users",)})),
        f"{AWS_DOCS}/AmazonElastiCache/latest/dg/BestPractices.html; Clusters.RBAC.html, as known on 2026-12-01",
        merged(OURS, merged(kept("sessions"),
            unpriced("aws:elasticache/replicationGroup:ReplicationGroup::sessions")))),
    Idiom("staff open recorded sessions on machines without keys or ports, and machines patch themselves on Fridays", (
        logs("/ssm/sessions"),
        aws("ssm/Document", {
            "name": "SSM-SessionManagerRunShell", "documentType": "Session", "documentFormat": "JSON", "content":
            json.dumps({"schemaVersion": "1.0", "description": "Sessions", "sessionType": "Standard_Stream", "inputs": {
                "cloudWatchLogGroupName": "/ssm/sessions", "cloudWatchEncryptionEnabled": True,
                "cloudWatchStreamingEnabled": True, "s3BucketName": "", "s3EncryptionEnabled": True, "kmsKeyId": KEY,
                "runAsEnabled": True, "runAsDefaultUser": "operator", "idleSessionTimeout": "15",
                "maxSessionDuration": "120", "shellProfile": {"linux": "", "windows": ""}}}), "tags": TAGS},
                    "sessions"),
        aws("ssm/PatchBaseline", {
            "name": "al2023", "operatingSystem": "AMAZON_LINUX_2023", "approvedPatchesComplianceLevel": "HIGH",
            "approvalRules": [{"approveAfterDays": 7, "complianceLevel": "HIGH", "patchFilters": [
                {"key": "CLASSIFICATION", "values": ["Security", "Bugfix"]}]}], "tags": TAGS}, "baseline"),
        aws("ssm/PatchGroup", {"baselineId": UNKNOWN, "patchGroup": "general"}, "group", links={
            "baselineId": ("baseline",)}),
        aws("ssm/MaintenanceWindow", {"name": "friday", "schedule": "cron(0 2 ? * FRI *)", "scheduleTimezone":
                                      "Asia/Dubai", "duration": 4, "cutoff": 1, "enabled": True,
                                      "allowUnassociatedTargets": False, "tags": TAGS}, "window"),
        aws("ssm/MaintenanceWindowTarget", {"windowId": UNKNOWN, "resourceType": "INSTANCE", "targets": [
            {"key": "tag:PatchGroup", "values": ["general"]}]}, "machines", links={"windowId": ("window",)}),
        aws("ssm/MaintenanceWindowTask", {
            "windowId": UNKNOWN, "taskType": "RUN_COMMAND", "taskArn": "AWS-RunPatchBaseline", "priority": 1,
            "maxConcurrency": "20%", "maxErrors": "10%", "targets": [{"key": "WindowTargetIds", "values": [UNKNOWN]}],
            "taskInvocationParameters": {"runCommandParameters": {"parameters": [
                {"name": "Operation", "values": ["Install"]}, {"name": "RebootOption", "values": ["RebootIfNeeded"]}],
                "timeoutSeconds": 3600, "cloudwatchConfig": {"cloudwatchOutputEnabled": True,
                                                             "cloudwatchLogGroupName": "/ssm/sessions"}}}}, "patch",
            links={"windowId": ("window",), "targets": ("machines",)}),
        *(aws("ec2/VpcEndpoint", {
            "vpcId": VPC, "serviceName": f"com.amazonaws.{R}.{name}", "vpcEndpointType": "Interface", "subnetIds":
            SUBNETS, "securityGroupIds": GROUPS, "privateDnsEnabled": True, "tags": TAGS, "policy": document({
                "Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*", "Condition": {"StringEquals": {
                    "aws:PrincipalAccount": ME}}})}, name) for name in ("ssm", "ssmmessages", "ec2messages"))),
        f"{AWS_DOCS}/systems-manager/latest/userguide/session-preferences.html; patch-manager.html, as known", OURS),
    Idiom("the lake loads each night by a job of Glue that a state machine starts, watches and tells of", (
        BUDGET, logs("/aws/vendedlogs/states/load"), trusted("states.amazonaws.com", "flow"), trusted(
            "scheduler.amazonaws.com", "clock"),
        rights("flow", statement(["glue:StartJobRun", "glue:GetJobRun", "glue:BatchStopJobRun"], arn("glue",
            "job/load")),
               statement("sns:Publish", ALARMS), statement(["kms:Decrypt", "kms:GenerateDataKey"], KEY)),
        rights("clock", statement("states:StartExecution", arn("states", "stateMachine:load"))),
        aws("glue/SecurityConfiguration", {"name": "lake", "encryptionConfiguration": {
            "cloudwatchEncryption": {"cloudwatchEncryptionMode": "SSE-KMS", "kmsKeyArn": KEY},
            "jobBookmarksEncryption": {"jobBookmarksEncryptionMode": "CSE-KMS", "kmsKeyArn": KEY},
            "s3Encryption": {"s3EncryptionMode": "SSE-KMS", "kmsKeyArn": KEY}}}, "sealed"),
        aws("glue/CatalogDatabase", {"name": "transactions", "description": "Transactions", "locationUri":
                                     "s3://bank-datasets/transactions/", "tags": TAGS}, "database"),
        aws("glue/Job", {
            "name": "load", "roleArn": role_arn("glue-load"), "glueVersion": "5.0", "workerType": "G.1X",
            "numberOfWorkers": 5, "timeout": 120, "maxRetries": 1, "executionClass": "STANDARD", "command": {
                "name": "glueetl", "pythonVersion": "3", "scriptLocation": "s3://bank-artifacts/glue/load-1.4.py"},
            "defaultArguments": {"--job-bookmark-option": "job-bookmark-enable", "--enable-metrics": "true",
                                 "--enable-auto-scaling": "true", "--TempDir": "s3://bank-datasets/tmp/",
                                 "--enable-continuous-cloudwatch-log": "true"}, "executionProperty": {
                                     "maxConcurrentRuns": 1}, "securityConfiguration": UNKNOWN, "tags": TAGS}, "load",
            links={"securityConfiguration": ("sealed",)}),
        aws("sfn/StateMachine", {
            "name": "load", "roleArn": UNKNOWN, "type": "STANDARD", "definition": STATES, "encryptionConfiguration": {
                "type": "CUSTOMER_MANAGED_KMS_KEY", "kmsKeyId": KEY, "kmsDataKeyReusePeriodSeconds": 300},
            "loggingConfiguration": {"level": "ERROR", "includeExecutionData": False, "logDestination": arn(
                "logs", "log-group:/aws/vendedlogs/states/load:*")}, "tracingConfiguration": {"enabled": True}, "tags":
            TAGS}, "machine", links={"roleArn": ("flow",)}),
        aws("scheduler/ScheduleGroup", {"name": "lake", "tags": TAGS}, "schedules"),
        aws("scheduler/Schedule", {
            "name": "load", "groupName": UNKNOWN, "state": "ENABLED", "scheduleExpression": "cron(0 1 * * ? *)",
            "scheduleExpressionTimezone": "Asia/Dubai", "kmsKeyArn": KEY, "flexibleTimeWindow": {
                "mode": "FLEXIBLE", "maximumWindowInMinutes": 15}, "target": {
                "arn": UNKNOWN, "roleArn": UNKNOWN, "retryPolicy": {"maximumRetryAttempts": 3,
                    "maximumEventAgeInSeconds": 3600}, "deadLetterConfig": {"arn": arn("sqs", "lake-dead")}}},
            "nightly", links={"groupName": ("schedules",), "target": ("machine", "clock")}),
        alarm("load-failed", "AWS/States", "ExecutionsFailed", 0, StateMachineArn=arn("states", "stateMachine:load"))),
        f"{AWS_DOCS}/step-functions/latest/dg/sfn-best-practices.html; glue/latest/dg/best-practices.html, as known",
        merged(OURS, FORGE)),
)  # fmt: skip
