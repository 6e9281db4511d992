"""Good programs of platform teams on AWS: containers, functions and add-ons (set 26, before any rule ran)."""

import json

from ..blind import KEY, TAGS, aws, statement
from ..harness import UNKNOWN
from . import Idiom
from .fourth import AWS_DOCS, R
from .fourth_kubernetes import BUDGET
from .ninth_aws import GROUPS, SUBNETS, arn, kept, role_arn
from .seventeenth_aws import CERTIFICATE
from .thirteenth_aws import DIGEST, ECR, OURS, scaled
from .twelfth_aws_platform import VPC, rights, trusted
from .twentieth_goodb_charts import merged
from .twenty_first_xaws import alarm
from .twenty_fourth_good_aws import log
from .twenty_second_xaws import attached
from .twenty_third_aws import by_pod
from .twenty_third_azure import TENANT

USES_KEY = statement(["kms:Decrypt", "kms:GenerateDataKey"], KEY)
ENTRA = f"https://login.microsoftonline.com/{TENANT}"
PULLS = (
    statement("ecr:GetAuthorizationToken"),
    statement(
        ["ecr:BatchCheckLayerAvailability", "ecr:GetDownloadUrlForLayer", "ecr:BatchGetImage"],
        arn("ecr", "repository/*"),
    ),
)


def logged(group: str) -> dict[str, object]:
    """Returns how a container writes to a group of logs."""
    return {
        "logDriver": "awslogs",
        "options": {
            "awslogs-group": group,
            "awslogs-region": R,
            "awslogs-stream-prefix": "ecs",
            "mode": "non-blocking",
        },
    }


IDIOMS: tuple[Idiom, ...] = (
    Idiom("ECS: a nightly task of Fargate mounts EFS by its role, takes a secret, and is called by a schedule", (
        BUDGET, log("/ecs/closing", "group"),
        aws("ecs/Cluster", {"name": "batch", "settings": [{"name": "containerInsights", "value": "enhanced"}],
            "configuration": {"executeCommandConfiguration": {"kmsKeyId": KEY, "logging": "DEFAULT"},
                              "managedStorageConfiguration": {"fargateEphemeralStorageKmsKeyId": KEY}},
            "tags": TAGS}, "cluster"),
        trusted("ecs-tasks.amazonaws.com", "closing-start"),
        rights("closing-start", statement("ecr:GetAuthorizationToken"), statement(
            ["ecr:BatchCheckLayerAvailability", "ecr:GetDownloadUrlForLayer", "ecr:BatchGetImage"], arn(
                "ecr", "repository/closing")), statement(["logs:CreateLogStream", "logs:PutLogEvents"], arn(
                    "logs", "log-group:/ecs/closing:*")), statement("secretsmanager:GetSecretValue", arn(
                        "secretsmanager", "secret:closing/db-*")), statement("kms:Decrypt", KEY)),
        trusted("ecs-tasks.amazonaws.com", "closing"),
        rights("closing", statement(
            ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"], arn(
                "elasticfilesystem", "file-system/fs-0123456789abcdef0"), {
                "StringEquals": {"elasticfilesystem:AccessPointArn": arn(
                    "elasticfilesystem", "access-point/fsap-0123456789abcdef0")}}), statement(
            "rds-db:connect", arn("rds-db", "dbuser:cluster-ABCDEFGHIJKL/closing"))),
        aws("ecs/TaskDefinition", {
            "family": "closing", "requiresCompatibilities": ["FARGATE"], "networkMode": "awsvpc", "cpu": "1024",
            "memory": "4096", "executionRoleArn": UNKNOWN, "taskRoleArn": UNKNOWN, "runtimePlatform": {
                "cpuArchitecture": "ARM64", "operatingSystemFamily": "LINUX"}, "ephemeralStorage": {"sizeInGib": 40},
            "volumes": [{"name": "papers", "efsVolumeConfiguration": {
                "fileSystemId": "fs-0123456789abcdef0", "transitEncryption": "ENABLED", "authorizationConfig": {
                    "accessPointId": "fsap-0123456789abcdef0", "iam": "ENABLED"}}}],
            "containerDefinitions": json.dumps([{
                "name": "closing", "image": f"{ECR}/closing{DIGEST}", "essential": True, "readonlyRootFilesystem": True,
                "user": "10001:10001", "linuxParameters": {"initProcessEnabled": True, "capabilities": {
                    "drop": ["ALL"]}}, "stopTimeout": 120, "mountPoints": [{
                        "sourceVolume": "papers", "containerPath": "/papers", "readOnly": False}],
                "environment": [{"name": "BUSINESS_DAY_OFFSET", "value": "-1"}, {"name": "AWS_REGION", "value": R}],
                "secrets": [{"name": "DB", "valueFrom": f"{arn('secretsmanager', 'secret:closing/db-AbCdEf')}:url::"}],
                "logConfiguration": logged("/ecs/closing")}]), "tags": TAGS}, "task", links={
                    "executionRoleArn": ("closing-start",), "taskRoleArn": ("closing",)}),
        aws("sqs/Queue", {"name": "closing-missed", "messageRetentionSeconds": 1209600, "kmsMasterKeyId": KEY,
                          "tags": TAGS}, "missed"),
        trusted("scheduler.amazonaws.com", "closing-schedule"),
        rights("closing-schedule", statement("ecs:RunTask", arn("ecs", "task-definition/closing:*"), {
            "ArnEquals": {"ecs:cluster": arn("ecs", "cluster/batch")}}), statement(
            "iam:PassRole", [role_arn("closing"), role_arn("closing-start")], {
                "StringEquals": {"iam:PassedToService": "ecs-tasks.amazonaws.com"}}), statement(
            "sqs:SendMessage", arn("sqs", "closing-missed")), USES_KEY),
        aws("scheduler/ScheduleGroup", {"name": "batch", "tags": TAGS}, "schedules"),
        aws("scheduler/Schedule", {
            "name": "closing", "groupName": UNKNOWN, "scheduleExpression": "cron(30 21 ? * MON-FRI *)",
            "scheduleExpressionTimezone": "Asia/Dubai", "kmsKeyArn": KEY, "flexibleTimeWindow": {
                "mode": "FLEXIBLE", "maximumWindowInMinutes": 15}, "target": {
                "arn": arn("ecs", "cluster/batch"), "roleArn": UNKNOWN, "deadLetterConfig": {
                    "arn": arn("sqs", "closing-missed")}, "retryPolicy": {
                        "maximumRetryAttempts": 2, "maximumEventAgeInSeconds": 3600}, "ecsParameters": {
                    "taskDefinitionArn": arn("ecs", "task-definition/closing"), "taskCount": 1, "launchType": "FARGATE",
                    "platformVersion": "1.4.0", "enableEcsManagedTags": True, "propagateTags": "TASK_DEFINITION",
                    "networkConfiguration": {"subnets": SUBNETS, "securityGroups": GROUPS, "assignPublicIp": False}}}},
            "schedule", links={"groupName": ("schedules",), "target": ("closing-schedule", "task")})),
        f"{AWS_DOCS}/AmazonECS/latest/developerguide/tasks-scheduled-eventbridge-scheduler.html; .../efs-volumes.html, "
        "as known", OURS),
    Idiom("ECS: a tool of staff asks Entra at its balancer, and a side container sends its traces and figures on", (
        BUDGET, log("/ecs/tool", "group"),
        aws("lb/LoadBalancer", {
            "name": "tool", "internal": True, "loadBalancerType": "application", "subnets": SUBNETS, "securityGroups":
            GROUPS, "enableDeletionProtection": True, "dropInvalidHeaderFields": True, "desyncMitigationMode":
            "strictest", "enableHttp2": True, "accessLogs": {"enabled": True, "bucket": "bank-alb-logs", "prefix":
                "tool"},
            "connectionLogs": {"enabled": True, "bucket": "bank-alb-logs", "prefix": "tool-connections"},
            "tags": TAGS}, "lb"),
        aws("lb/TargetGroup", {
            "name": "tool", "port": 8443, "protocol": "HTTPS", "protocolVersion": "HTTP1", "targetType": "ip", "vpcId":
            VPC, "deregistrationDelay": 30, "healthCheck": {"enabled": True, "path": "/healthz", "protocol": "HTTPS",
                                                            "matcher": "200"}, "tags": TAGS}, "targets"),
        aws("lb/Listener", {
            "loadBalancerArn": UNKNOWN, "port": 443, "protocol": "HTTPS", "certificateArn": CERTIFICATE, "sslPolicy":
            "ELBSecurityPolicy-TLS13-1-2-2021-06", "defaultActions": [
                {"type": "authenticate-oidc", "order": 1, "authenticateOidc": {
                    "issuer": f"{ENTRA}/v2.0", "authorizationEndpoint": f"{ENTRA}/oauth2/v2.0/authorize",
                    "tokenEndpoint": f"{ENTRA}/oauth2/v2.0/token", "userInfoEndpoint":
                        "https://graph.microsoft.com/oidc/userinfo",
                    "clientId": "11111111-2222-3333-4444-555555555555", "clientSecret": UNKNOWN, "scope":
                        "openid profile",
                    "sessionTimeout": 28800, "onUnauthenticatedRequest": "authenticate"}},
                {"type": "forward", "order": 2, "targetGroupArn": UNKNOWN}], "tags": TAGS}, "https", links={
                    "loadBalancerArn": ("lb",), "defaultActions": ("targets",)}),
        trusted("ecs-tasks.amazonaws.com", "tool-start"),
        *attached("tool-start", "service-role/AmazonECSTaskExecutionRolePolicy"),
        trusted("ecs-tasks.amazonaws.com", "tool"),
        rights("tool", statement("aps:RemoteWrite", arn("aps", "workspace/ws-11111111-2222-3333-4444-555555555555")),
               statement(["xray:PutTraceSegments", "xray:PutTelemetryRecords", "xray:GetSamplingRules",
                          "xray:GetSamplingTargets"])),
        aws("ecs/TaskDefinition", {
            "family": "tool", "requiresCompatibilities": ["FARGATE"], "networkMode": "awsvpc", "cpu": "1024", "memory":
            "2048", "executionRoleArn": UNKNOWN, "taskRoleArn": UNKNOWN, "runtimePlatform": {
                "cpuArchitecture": "ARM64", "operatingSystemFamily": "LINUX"},
            "containerDefinitions": json.dumps([
                {"name": "tool", "image": f"{ECR}/tool{DIGEST}", "essential": True, "readonlyRootFilesystem": True,
                 "user": "10001", "portMappings": [{"containerPort": 8443, "name": "https", "appProtocol": "http"}],
                 "environment": [{"name": "OTEL_EXPORTER_OTLP_ENDPOINT", "value": "http://localhost:4317"},
                                 {"name": "OTEL_SERVICE_NAME", "value": "tool"}], "healthCheck": {
                     "command": ["CMD", "/app/healthy"], "interval": 15, "retries": 3}, "dependsOn": [{
                         "containerName": "collector", "condition": "START"}], "logConfiguration":
                             logged("/ecs/tool")},
                {"name": "collector", "image": f"{ECR}/adot-collector{DIGEST}", "essential": False, "cpu": 128,
                 "memoryReservation": 256, "readonlyRootFilesystem": True, "command": [
                     "--config=/etc/ecs/ecs-amp-xray.yaml"], "environment": [
                     {"name": "AWS_PROMETHEUS_ENDPOINT", "value":
                      f"https://aps-workspaces.{R}.amazonaws.com/workspaces/ws-11111111-2222-3333-4444-555555555555"
                      "/api/v1/remote_write"}], "logConfiguration": logged("/ecs/tool")}]), "tags": TAGS}, "task",
            links={"executionRoleArn": ("tool-start",), "taskRoleArn": ("tool",)}),
        aws("ecs/Service", {
            "name": "tool", "cluster": arn("ecs", "cluster/apps"), "taskDefinition": UNKNOWN, "desiredCount": 2,
            "launchType": "FARGATE", "platformVersion": "1.4.0", "availabilityZoneRebalancing": "ENABLED",
            "deploymentCircuitBreaker": {"enable": True, "rollback": True}, "deploymentMinimumHealthyPercent": 100,
            "deploymentMaximumPercent": 200, "enableExecuteCommand": False, "enableEcsManagedTags": True,
            "propagateTags": "SERVICE", "healthCheckGracePeriodSeconds": 30, "networkConfiguration": {
                "subnets": SUBNETS, "securityGroups": GROUPS, "assignPublicIp": False}, "loadBalancers": [{
                    "targetGroupArn": UNKNOWN, "containerName": "tool", "containerPort": 8443}],
            "alarms": {"enable": True, "rollback": True, "alarmNames": ["tool-errors"]}, "tags": TAGS}, "service",
            links={"taskDefinition": ("task",), "loadBalancers": ("targets",)}),
        *scaled("ecs", "ecs:service:DesiredCount", "service/apps/tool", 2, 6, "ECSServiceAverageCPUUtilization", 60.0,
                ("service",)),
        alarm("tool-errors", "AWS/ApplicationELB", "HTTPCode_Target_5XX_Count", 10.0, LoadBalancer="app/tool/1")),
        f"{AWS_DOCS}/elasticloadbalancing/latest/application/listener-authenticate-users.html; "
        "aws-otel.github.io/docs/setup/ecs, as known", merged(OURS, {"residency": {"known": {
            "bank-alb-logs": "our own bucket, in me-central-1"}}, "identity": {"trusted": {
                f"login.microsoftonline.com/{TENANT}": "Entra, the bank's own tenant"}}})),
    Idiom("Lambda: changes of a table reach a function that started before, by a canary that alarms take back", (
        BUDGET,
        aws("dynamodb/Table", {
            "name": "limits", "billingMode": "PAY_PER_REQUEST", "hashKey": "customer", "rangeKey": "kind",
            "attributes": [{"name": "customer", "type": "S"}, {"name": "kind", "type": "S"}], "streamEnabled": True,
            "streamViewType": "NEW_AND_OLD_IMAGES", "serverSideEncryption": {"enabled": True, "kmsKeyArn": KEY},
            "pointInTimeRecovery": {"enabled": True, "recoveryPeriodInDays": 35}, "deletionProtectionEnabled": True,
            "onDemandThroughput": {"maxReadRequestUnits": 4000, "maxWriteRequestUnits": 1000}, "tags": TAGS}, "table",
            protect=True),
        aws("sqs/Queue", {"name": "limits-failed", "messageRetentionSeconds": 1209600, "kmsMasterKeyId": KEY,
                          "tags": TAGS}, "failed"),
        log("/aws/lambda/limits", "group"), trusted("lambda.amazonaws.com", "limits"),
        *attached("limits", "service-role/AWSLambdaVPCAccessExecutionRole"),
        rights("limits", statement(["dynamodb:GetRecords", "dynamodb:GetShardIterator", "dynamodb:DescribeStream"], arn(
            "dynamodb", "table/limits/stream/*")), statement("dynamodb:ListStreams", arn("dynamodb", "table/limits")),
               statement("sqs:SendMessage", arn("sqs", "limits-failed")), statement(
                   "events:PutEvents", arn("events", "event-bus/limits")), USES_KEY),
        aws("lambda/CodeSigningConfig", {"allowedPublishers": {"signingProfileVersionArns": [arn(
            "signer", "/signing-profiles/bank/AbCdEfGhIj")]}, "policies": {
                "untrustedArtifactOnDeployment": "Enforce"}, "description": "Signed by the bank's pipeline",
            "tags": TAGS}, "signing"),
        aws("lambda/Function", {
            "name": "limits", "role": UNKNOWN, "runtime": "java21", "handler": "ae.bank.Limits::handle",
            "architectures": ["arm64"], "s3Bucket": "platform-artifacts", "s3Key": "limits/1.9.0.zip",
            "s3ObjectVersion": "3sL4kqtJlcpXroDTDmJ", "publish": True, "memorySize": 1024, "timeout": 60, "snapStart": {
                "applyOn": "PublishedVersions"}, "kmsKeyArn": KEY, "codeSigningConfigArn": UNKNOWN, "vpcConfig": {
                "subnetIds": SUBNETS, "securityGroupIds": GROUPS}, "tracingConfig": {"mode": "Active"}, "loggingConfig":
                    {"logFormat": "JSON", "logGroup": "/aws/lambda/limits", "applicationLogLevel": "INFO",
                     "systemLogLevel": "WARN"}, "reservedConcurrentExecutions": 20, "environment": {"variables": {
                "EVENT_BUS": "limits", "POWERTOOLS_SERVICE_NAME": "limits"}}, "tags": TAGS}, "function", links={
                "role": ("limits",), "codeSigningConfigArn": ("signing",)}),
        aws("lambda/Alias", {"name": "live", "functionName": UNKNOWN, "functionVersion": "12", "description":
                             "What the stream calls"}, "live", links={"functionName": ("function",)}),
        aws("lambda/EventSourceMapping", {
            "eventSourceArn": UNKNOWN, "functionName": UNKNOWN, "startingPosition": "TRIM_HORIZON", "batchSize": 50,
            "maximumBatchingWindowInSeconds": 2, "parallelizationFactor": 2, "bisectBatchOnFunctionError": True,
            "maximumRetryAttempts": 5, "maximumRecordAgeInSeconds": 3600, "functionResponseTypes": [
                "ReportBatchItemFailures"], "kmsKeyArn": KEY, "destinationConfig": {"onFailure": {
                    "destinationArn": arn("sqs", "limits-failed")}}, "filterCriteria": {"filters": [{
                        "pattern": json.dumps({"eventName": ["MODIFY"], "dynamodb": {"NewImage": {"kind": {
                            "S": ["card", "transfer"]}}}})}]}, "metricsConfig": {"metrics": ["EventCount"]},
            "tags": TAGS}, "stream", links={"eventSourceArn": ("table",), "functionName": ("live",)}),
        aws("codedeploy/Application", {"name": "limits", "computePlatform": "Lambda", "tags": TAGS}, "deploys"),
        trusted("codedeploy.amazonaws.com", "limits-deploy"),
        *attached("limits-deploy", "service-role/AWSCodeDeployRoleForLambdaLimited"),
        aws("codedeploy/DeploymentGroup", {
            "appName": UNKNOWN, "deploymentGroupName": "live", "serviceRoleArn": UNKNOWN, "deploymentConfigName":
            "CodeDeployDefault.LambdaCanary10Percent10Minutes", "deploymentStyle": {
                "deploymentOption": "WITH_TRAFFIC_CONTROL", "deploymentType": "BLUE_GREEN"}, "alarmConfiguration": {
                "enabled": True, "alarms": ["limits-errors"]}, "autoRollbackConfiguration": {
                    "enabled": True, "events": ["DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_ALARM"]}, "tags": TAGS},
            "group-live", links={"appName": ("deploys",), "serviceRoleArn": ("limits-deploy",)}),
        alarm("limits-errors", "AWS/Lambda", "Errors", 1.0, FunctionName="limits")),
        f"{AWS_DOCS}/lambda/latest/dg/services-ddb-params.html; .../snapstart.html, as known",
        merged(OURS, merged(kept("table"), {
            "escape": {"code_sources": {"platform-artifacts": "our own pipeline's artefacts, in me-central-1"}},
            "residency": {"known": {"platform-artifacts": "our own bucket, in me-central-1"}}}))),
    Idiom("EKS: watchers, snapshots, storage classes and names of records come as add-ons, each with what it needs", (
        BUDGET,
        *by_pod("agent", "apps", "amazon-cloudwatch", "cloudwatch-agent", statement(
            ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"], arn(
                "logs", "log-group:/aws/containerinsights/apps/*")), statement("cloudwatch:PutMetricData", "*", {
                    "StringEquals": {"cloudwatch:namespace": ["ContainerInsights", "CWAgent"]}}), statement(
            ["ec2:DescribeVolumes", "ec2:DescribeTags"])),
        *by_pod("ebs", "apps", "kube-system", "ebs-csi-controller-sa", USES_KEY),
        *attached("ebs", "service-role/AmazonEBSCSIDriverPolicy"),
        *by_pod("dns", "apps", "external-dns", "external-dns", statement("route53:ChangeResourceRecordSets",
            "arn:aws:route53:::hostedzone/Z0123456789ABCDEFGHIJ", {"ForAllValues:StringEquals": {
                "route53:ChangeResourceRecordSetsRecordTypes": ["A", "AAAA", "TXT"]}}), statement(
            ["route53:ListHostedZones", "route53:ListResourceRecordSets", "route53:ListTagsForResources"])),
        *(aws("eks/Addon", {
            "clusterName": "apps", "addonName": name, "addonVersion": version, "resolveConflictsOnCreate": "OVERWRITE",
            "resolveConflictsOnUpdate": "PRESERVE", "configurationValues": json.dumps(values), "tags": TAGS}, name)
          for name, version, values in (
              ("amazon-cloudwatch-observability", "v4.5.0-eksbuild.1", {
                  "containerLogs": {"enabled": True}, "agent": {"config": {"logs": {"metrics_collected": {
                      "kubernetes": {"enhanced_container_insights": True}, "application_signals": {}}}}},
                  "tolerations": [{"operator": "Exists"}]}),
              ("aws-ebs-csi-driver", "v1.53.0-eksbuild.1", {
                  "controller": {"replicaCount": 2, "extraVolumeTags": TAGS, "resources": {
                      "requests": {"cpu": "50m", "memory": "128Mi"}, "limits": {"memory": "256Mi"}}},
                  "defaultStorageClass": {"enabled": False}, "node": {"tolerateAllTaints": True}}),
              ("snapshot-controller", "v8.3.0-eksbuild.1", {"replicaCount": 2}),
              ("eks-pod-identity-agent", "v1.3.10-eksbuild.1", {"resources": {
                  "requests": {"cpu": "10m", "memory": "32Mi"}}}),
              ("eks-node-monitoring-agent", "v1.4.2-eksbuild.1", {}),
              ("metrics-server", "v0.8.0-eksbuild.3", {"replicas": 2, "podDisruptionBudget": {
                  "enabled": True, "maxUnavailable": 1}}),
              ("kube-state-metrics", "v2.17.0-eksbuild.2", {"metricLabelsAllowlist": ["pods=[cost-centre,team]"]}),
              ("external-dns", "v0.19.0-eksbuild.2", {
                  "policy": "sync", "sources": ["service", "ingress"], "domainFilters": ["apps.bank.ae"],
                  "txtOwnerId": "apps", "registry": "txt", "extraArgs": ["--aws-zone-type=private"],
                  "serviceAccount": {"name": "external-dns"}}),
              ("coredns", "v1.12.4-eksbuild.1", {
                  "autoScaling": {"enabled": True, "minReplicas": 2, "maxReplicas": 10}, "topologySpreadConstraints": [{
                      "maxSkew": 1, "topologyKey": "topology.kubernetes.io/zone", "whenUnsatisfiable": "ScheduleAnyway",
                      "labelSelector": {"matchLabels": {"k8s-app": "kube-dns"}}}]})))),
        f"{AWS_DOCS}/eks/latest/userguide/workloads-add-ons-available-eks.html; .../community-addons.html; "
        "terraform-aws-modules/terraform-aws-eks-pod-identity, as known", OURS),
)  # fmt: skip
