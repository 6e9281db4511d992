"""Good idioms of platform teams on AWS: networks, clusters, data and messages (set 21, blind)."""

import json

from ..blind import KEY, ME, TAGS, aws, document, statement
from ..harness import UNKNOWN, Given
from . import Idiom, unpriced
from .aws_platform import bucket
from .fourth import AWS_DOCS, R
from .fourth_kubernetes import BUDGET
from .ninth_aws import GROUPS, SUBNETS, arn, kept, role_arn
from .seventeenth_aws import CERTIFICATE
from .thirteenth_aws import DIGEST, ECR, OURS, scaled
from .twelfth_aws_platform import VPC, logs, rights, trusted
from .twentieth_goodb_charts import merged

MAPPED = {"kubernetes.io/role/internal-elb": "1", **TAGS}
ALARMS = arn("sns", "platform-alarms")
KEY_POLICY = document(
    {"Effect": "Allow", "Principal": {"AWS": f"arn:aws:iam::{ME}:root"}, "Action": "kms:*", "Resource": "*"},
    {"Effect": "Allow", "Principal": {"Service": f"logs.{R}.amazonaws.com"}, "Action": [
        "kms:Encrypt*", "kms:Decrypt*", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"], "Resource": "*",
     "Condition": {"ArnLike": {"kms:EncryptionContext:aws:logs:arn": f"arn:aws:logs:{R}:{ME}:log-group:*"}}},
)  # fmt: skip


def alarm(name: str, namespace: str, metric: str, threshold: float, **dimensions: str) -> Given:
    """Returns an alarm that tells those on duty."""
    return aws("cloudwatch/MetricAlarm", {
        "name": name, "alarmDescription": name, "namespace": namespace, "metricName": metric, "statistic": "Average",
        "period": 300, "evaluationPeriods": 3, "datapointsToAlarm": 2, "threshold": threshold, "comparisonOperator":
        "GreaterThanThreshold", "treatMissingData": "notBreaching", "dimensions": dimensions, "actionsEnabled": True,
        "alarmActions": [ALARMS], "okActions": [ALARMS], "tags": TAGS}, name)  # fmt: skip


IDIOMS: tuple[Idiom, ...] = (
    Idiom("awsx makes a network of two zones with private nodes, one way out each and records of its flows", (
        BUDGET, aws("ec2/Vpc", {"cidrBlock": "10.60.0.0/16", "enableDnsHostnames": True, "enableDnsSupport": True,
                        "instanceTenancy": "default", "tags": {**TAGS, "Name": "platform"}}, "vpc"),
        aws("ec2/InternetGateway", {"vpcId": UNKNOWN, "tags": TAGS}, "igw", parent="vpc", links={"vpcId": ("vpc",)}),
        *(given for zone, number in (("a", 0), ("b", 1)) for given in (
            aws("ec2/Subnet", {"vpcId": UNKNOWN, "cidrBlock": f"10.60.{number * 16}.0/20", "availabilityZone":
                               f"{R}{zone}", "mapPublicIpOnLaunch": False, "tags": {**MAPPED, "SubnetType": "Private"}},
                f"private-{zone}", parent="vpc", links={"vpcId": ("vpc",)}),
            aws("ec2/Subnet", {"vpcId": UNKNOWN, "cidrBlock": f"10.60.{128 + number}.0/24", "availabilityZone":
                               f"{R}{zone}", "tags": {**TAGS, "SubnetType": "Public"}}, f"public-{zone}",
                parent="vpc", links={"vpcId": ("vpc",)}),
            aws("ec2/Eip", {"domain": "vpc", "tags": TAGS}, f"eip-{zone}", parent=f"public-{zone}"),
            aws("ec2/NatGateway", {"allocationId": UNKNOWN, "subnetId": UNKNOWN, "tags": TAGS}, f"nat-{zone}",
                parent=f"public-{zone}", links={"allocationId": (f"eip-{zone}",), "subnetId": (f"public-{zone}",)}),
            aws("ec2/RouteTable", {"vpcId": UNKNOWN, "tags": TAGS}, f"private-table-{zone}", parent=f"private-{zone}",
                links={"vpcId": ("vpc",)}),
            aws("ec2/Route", {"routeTableId": UNKNOWN, "destinationCidrBlock": "0.0.0.0/0", "natGatewayId": UNKNOWN},
                f"out-{zone}", parent=f"private-table-{zone}", links={
                    "routeTableId": (f"private-table-{zone}",), "natGatewayId": (f"nat-{zone}",)}),
            aws("ec2/RouteTableAssociation", {"routeTableId": UNKNOWN, "subnetId": UNKNOWN}, f"private-assoc-{zone}",
                links={"routeTableId": (f"private-table-{zone}",), "subnetId": (f"private-{zone}",)}))),
        aws("ec2/DefaultSecurityGroup", {"vpcId": UNKNOWN, "tags": TAGS}, "default", links={"vpcId": ("vpc",)}),
        logs("/vpc/platform"),
        aws("ec2/FlowLog", {"vpcId": UNKNOWN, "trafficType": "ALL", "logDestinationType": "cloud-watch-logs",
                            "logDestination": UNKNOWN, "iamRoleArn": role_arn("flow-logs"), "maxAggregationInterval":
                            60, "tags": TAGS}, "flows", links={"vpcId": ("vpc",), "logDestination": ("logs",)})),
        "pulumi.com/docs/iac/clouds/aws/guides/vpc, as known on 2026-12-01", {**OURS, "presets": ["awsx"]}),
    Idiom("pulumi-eks makes a private cluster by access entries, sealed secrets and a managed group of nodes", (
        BUDGET, trusted("eks.amazonaws.com", "apps-cluster"), trusted("ec2.amazonaws.com", "apps-node"),
        *(aws("iam/RolePolicyAttachment", {"role": UNKNOWN, "policyArn": f"arn:aws:iam::aws:policy/{name}"}, name,
              links={"role": (of,)}) for name, of in (
                  ("AmazonEKSClusterPolicy", "apps-cluster"), ("AmazonEKSWorkerNodePolicy", "apps-node"),
                  ("AmazonEC2ContainerRegistryPullOnly", "apps-node"), ("AmazonEKS_CNI_Policy", "apps-node"))),
        aws("ec2/SecurityGroup", {"vpcId": VPC, "description": "Control plane of apps", "tags": TAGS, "ingress": [{
            "protocol": "tcp", "fromPort": 443, "toPort": 443, "cidrBlocks": ["10.60.0.0/16"], "description":
            "Nodes and staff"}]}, "control"),
        aws("eks/Cluster", {
            "name": "apps", "roleArn": UNKNOWN, "version": "1.34", "deletionProtection": True, "tags": TAGS,
            "bootstrapSelfManagedAddons": False, "accessConfig": {
                "authenticationMode": "API", "bootstrapClusterCreatorAdminPermissions": False},
            "enabledClusterLogTypes": ["api", "audit", "authenticator", "controllerManager", "scheduler"],
            "encryptionConfig": {"provider": {"keyArn": KEY}, "resources": ["secrets"]}, "upgradePolicy": {
                "supportType": "STANDARD"}, "zonalShiftConfig": {"enabled": True}, "vpcConfig": {
                "subnetIds": SUBNETS, "endpointPrivateAccess": True, "endpointPublicAccess": False,
                "securityGroupIds": [UNKNOWN]}}, "cluster", protect=True, links={
                    "roleArn": ("apps-cluster",), "vpcConfig": ("control",)}),
        aws("eks/AccessEntry", {"clusterName": "apps", "principalArn": role_arn("platform-admins"), "type": "STANDARD",
                                "tags": TAGS}, "admins", links={"clusterName": ("cluster",)}),
        aws("eks/AccessPolicyAssociation", {
            "clusterName": "apps", "principalArn": role_arn("platform-readers"), "policyArn":
            "arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy", "accessScope": {
                "type": "namespace", "namespaces": ["payments"]}}, "readers", links={"clusterName": ("cluster",)}),
        aws("iam/OpenIdConnectProvider", {"url": f"https://oidc.eks.{R}.amazonaws.com/id/0123456789ABCDEF",
                                          "clientIdLists": ["sts.amazonaws.com"], "tags": TAGS}, "oidc"),
        aws("eks/Addon", {"clusterName": "apps", "addonName": "vpc-cni", "addonVersion": "v1.20.4-eksbuild.1",
                          "configurationValues": json.dumps({"enableNetworkPolicy": "true", "env": {
                              "ENABLE_PREFIX_DELEGATION": "true", "WARM_PREFIX_TARGET": "1"}}),
                          "resolveConflictsOnCreate": "OVERWRITE", "tags": TAGS}, "cni"),
        aws("ec2/LaunchTemplate", {
            "name": "apps", "metadataOptions": {"httpTokens": "required", "httpPutResponseHopLimit": 1, "httpEndpoint":
                                                "enabled"}, "blockDeviceMappings": [{"deviceName": "/dev/xvda", "ebs": {
                "encrypted": "true", "kmsKeyId": KEY, "volumeSize": 80, "volumeType": "gp3"}}], "tags": TAGS,
            "tagSpecifications": [{"resourceType": kind, "tags": TAGS} for kind in (
                "instance", "volume", "network-interface")]}, "template"),
        aws("eks/NodeGroup", {
            "clusterName": "apps", "nodeRoleArn": UNKNOWN, "subnetIds": SUBNETS, "amiType": "BOTTLEROCKET_x86_64",
            "instanceTypes": ["m7i.xlarge"], "capacityType": "ON_DEMAND", "launchTemplate": {
                "id": UNKNOWN, "version": "1"}, "scalingConfig": {"minSize": 2, "maxSize": 6, "desiredSize": 3},
            "updateConfig": {"maxUnavailable": 1}, "tags": TAGS}, "nodes", links={
                "nodeRoleArn": ("apps-node",), "launchTemplate": ("template",)})),
        "pulumi.com/docs/iac/clouds/aws/guides/eks; docs.aws.amazon.com/eks/latest/best-practices, as known",
        {**OURS, "presets": ["pulumi-eks"]}),
    Idiom("awsx puts a service of Fargate behind an inner load balancer with the bank's certificate", (
        BUDGET, logs("/ecs/quotes"), trusted("ecs-tasks.amazonaws.com", "quotes-task"),
        rights("quotes-task", statement(["secretsmanager:GetSecretValue"], arn(
            "secretsmanager", "secret:quotes/db-AbCdEf")), statement("kms:Decrypt", KEY)),
        aws("lb/LoadBalancer", {
            "name": "quotes", "internal": True, "loadBalancerType": "application", "subnets": SUBNETS, "securityGroups":
            GROUPS, "dropInvalidHeaderFields": True, "desyncMitigationMode": "strictest", "enableDeletionProtection":
            True, "accessLogs": {"bucket": "bank-trail", "enabled": True, "prefix": "quotes"}, "tags": TAGS}, "lb",
                protect=True),
        aws("lb/TargetGroup", {
            "vpcId": VPC, "port": 8443, "protocol": "HTTPS", "targetType": "ip", "deregistrationDelay": 30,
            "healthCheck": {"enabled": True, "path": "/healthz", "protocol": "HTTPS", "matcher": "200", "interval": 15},
            "tags": TAGS}, "targets"),
        aws("lb/Listener", {
            "loadBalancerArn": UNKNOWN, "port": 443, "protocol": "HTTPS", "certificateArn": CERTIFICATE, "sslPolicy":
            "ELBSecurityPolicy-TLS13-1-2-Res-2021-06", "defaultActions": [{"type": "forward", "targetGroupArn":
                UNKNOWN}], "tags": TAGS}, "https", links={
                "loadBalancerArn": ("lb",), "defaultActions": ("targets",)}),
        aws("ecs/Cluster", {"name": "apps", "settings": [{"name": "containerInsights", "value": "enhanced"}],
                            "configuration": {"executeCommandConfiguration": {"kmsKeyId": KEY, "logging": "OVERRIDE",
                                "logConfiguration": {"cloudWatchEncryptionEnabled": True, "cloudWatchLogGroupName":
                                                     "/ecs/exec"}}}, "tags": TAGS}, "ecs"),
        aws("ecs/TaskDefinition", {
            "family": "quotes", "cpu": "512", "memory": "1024", "networkMode": "awsvpc", "requiresCompatibilities": [
                "FARGATE"], "runtimePlatform": {"cpuArchitecture": "ARM64", "operatingSystemFamily": "LINUX"},
            "executionRoleArn": role_arn("ecs-execution"), "taskRoleArn": UNKNOWN, "tags": TAGS, "containerDefinitions":
            json.dumps([{
                "name": "quotes", "image": f"{ECR}/quotes{DIGEST}", "essential": True, "readonlyRootFilesystem": True,
                "user": "10001", "portMappings": [{"containerPort": 8443, "protocol": "tcp"}], "linuxParameters": {
                    "initProcessEnabled": True}, "secrets": [{"name": "DB", "valueFrom": arn(
                        "secretsmanager", "secret:quotes/db-AbCdEf")}], "logConfiguration": {
                        "logDriver": "awslogs", "options": {"awslogs-group": "/ecs/quotes", "awslogs-region": R,
                                                            "awslogs-stream-prefix": "quotes"}}}])}, "task",
                                                                links={"taskRoleArn": ("quotes-task",)}),
        aws("ecs/Service", {
            "name": "quotes", "cluster": UNKNOWN, "taskDefinition": UNKNOWN, "desiredCount": 2, "launchType": "FARGATE",
            "platformVersion": "LATEST", "enableExecuteCommand": False, "deploymentCircuitBreaker": {
                "enable": True, "rollback": True}, "deploymentMinimumHealthyPercent": 100, "deploymentMaximumPercent":
            200, "healthCheckGracePeriodSeconds": 60, "networkConfiguration": {
                "assignPublicIp": False, "subnets": SUBNETS, "securityGroups": GROUPS}, "loadBalancers": [{
                    "targetGroupArn": UNKNOWN, "containerName": "quotes", "containerPort": 8443}], "propagateTags":
            "SERVICE", "enableEcsManagedTags": True, "tags": TAGS}, "service", links={
                "cluster": ("ecs",), "taskDefinition": ("task",), "loadBalancers": ("targets",)}),
        *scaled("ecs", "ecs:service:DesiredCount", "service/apps/quotes", 2, 6, "ECSServiceAverageCPUUtilization", 60,
                ("service",))),
        "pulumi.com/docs/iac/clouds/aws/guides/ecs; AmazonECS/latest/bestpracticesguide, as known on 2026-12-01",
        {**OURS, "presets": ["awsx"]}),
    Idiom("ledgers are in PostgreSQL of two zones, by TLS and IAM, with a password that RDS turns itself", (
        BUDGET, trusted("monitoring.rds.amazonaws.com", "rds-monitoring"),
        aws("iam/RolePolicyAttachment", {"role": UNKNOWN, "policyArn":
            "arn:aws:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole"}, "monitoring", links={
                "role": ("rds-monitoring",)}),
        aws("rds/SubnetGroup", {"name": "ledger", "subnetIds": SUBNETS, "tags": TAGS}, "subnets"),
        aws("rds/ParameterGroup", {"name": "ledger", "family": "postgres17", "tags": TAGS, "parameters": [
            {"name": "rds.force_ssl", "value": "1"}, {"name": "log_connections", "value": "1"},
            {"name": "log_disconnections", "value": "1"}, {"name": "log_min_duration_statement", "value": "1000"},
            {"name": "shared_preload_libraries", "value": "pg_stat_statements,pgaudit", "applyMethod":
                "pending-reboot"}, {"name": "pgaudit.log", "value": "ddl,role"}]}, "parameters"),
        aws("rds/Instance", {
            "identifier": "ledger", "engine": "postgres", "engineVersion": "17.6", "instanceClass": "db.r7g.large",
            "allocatedStorage": 200, "maxAllocatedStorage": 500, "storageType": "gp3", "storageEncrypted": True,
            "kmsKeyId": KEY, "multiAz": True, "dbSubnetGroupName": "ledger", "vpcSecurityGroupIds": GROUPS,
            "publiclyAccessible": False, "username": "ledger", "manageMasterUserPassword": True,
            "masterUserSecretKmsKeyId": KEY, "iamDatabaseAuthenticationEnabled": True, "parameterGroupName": "ledger",
            "caCertIdentifier": "rds-ca-rsa2048-g1", "backupRetentionPeriod": 35, "backupWindow": "22:00-23:00",
            "maintenanceWindow": "fri:23:30-sat:00:30", "copyTagsToSnapshot": True, "deleteAutomatedBackups": False,
            "deletionProtection": True, "skipFinalSnapshot": False, "finalSnapshotIdentifier": "ledger-last",
            "enabledCloudwatchLogsExports": ["postgresql", "upgrade"], "monitoringInterval": 30, "monitoringRoleArn":
            UNKNOWN, "performanceInsightsEnabled": True, "performanceInsightsKmsKeyId": KEY,
            "performanceInsightsRetentionPeriod": 7, "autoMinorVersionUpgrade": True, "tags": TAGS}, "ledger",
            protect=True, links={"monitoringRoleArn": ("rds-monitoring",)}),
        aws("rds/EventSubscription", {"name": "ledger", "snsTopic": ALARMS, "sourceType": "db-instance", "sourceIds": [
            "ledger"], "eventCategories": ["failover", "failure", "low storage"], "tags": TAGS}, "events"),
        alarm("ledger-cpu", "AWS/RDS", "CPUUtilization", 80, DBInstanceIdentifier="ledger")),
        f"{AWS_DOCS}/AmazonRDS/latest/UserGuide/CHAP_BestPractices.html, as known on 2026-12-01",
        merged(OURS, merged(kept("ledger"), unpriced("aws:rds/instance:Instance::ledger")))),
    Idiom("orders lie in DynamoDB with copies of each second, and a function reads their changes", (
        BUDGET, logs("/aws/lambda/changes"), trusted("lambda.amazonaws.com", "changes"),
        rights("changes", statement([f"dynamodb:{verb}" for verb in (
            "GetRecords", "GetShardIterator", "DescribeStream", "ListStreams")], arn("dynamodb",
                "table/orders/stream/*")), statement("sqs:SendMessage", arn("sqs", "changes-dead")),
            statement(["kms:Decrypt", "kms:GenerateDataKey"], KEY), statement(
                ["logs:CreateLogStream", "logs:PutLogEvents"], arn("logs", "log-group:/aws/lambda/changes:*"))),
        aws("dynamodb/Table", {
            "name": "orders", "billingMode": "PAY_PER_REQUEST", "hashKey": "customer", "rangeKey": "order",
            "attributes": [{"name": name, "type": "S"} for name in ("customer", "order", "state")],
            "globalSecondaryIndexes": [{"name": "state", "hashKey": "state", "projectionType": "KEYS_ONLY"}],
            "onDemandThroughput": {"maxReadRequestUnits": 2000, "maxWriteRequestUnits": 1000}, "pointInTimeRecovery": {
                "enabled": True, "recoveryPeriodInDays": 35}, "serverSideEncryption": {
                    "enabled": True, "kmsKeyArn": KEY}, "streamEnabled": True, "streamViewType": "NEW_AND_OLD_IMAGES",
            "ttl": {"enabled": True, "attributeName": "expires"}, "deletionProtectionEnabled": True, "tags": TAGS},
            "orders", protect=True),
        aws("sqs/Queue", {"name": "changes-dead", "kmsMasterKeyId": KEY, "messageRetentionSeconds": 1209600, "tags":
                          TAGS}, "dead"),
        aws("lambda/Function", {
            "name": "changes", "role": UNKNOWN, "packageType": "Image", "imageUri": f"{ECR}/changes{DIGEST}",
            "timeout": 60, "memorySize": 512, "kmsKeyArn": KEY, "architectures": ["arm64"], "tracingConfig": {
                "mode": "Active"}, "reservedConcurrentExecutions": 20, "vpcConfig": {
                    "subnetIds": SUBNETS, "securityGroupIds": GROUPS}, "loggingConfig": {
                        "logFormat": "JSON", "logGroup": "/aws/lambda/changes"}, "tags": TAGS}, "function", links={
                            "role": ("changes",)}),
        aws("lambda/EventSourceMapping", {
            "eventSourceArn": UNKNOWN, "functionName": UNKNOWN, "startingPosition": "LATEST", "batchSize": 100,
            "maximumBatchingWindowInSeconds": 5, "bisectBatchOnFunctionError": True, "maximumRetryAttempts": 5,
            "parallelizationFactor": 2, "functionResponseTypes": ["ReportBatchItemFailures"], "kmsKeyArn": KEY,
            "destinationConfig": {"onFailure": {"destinationArn": UNKNOWN}}, "filterCriteria": {"filters": [{
                "pattern": json.dumps({"eventName": ["INSERT", "MODIFY"]})}]}, "tags": TAGS}, "mapping", links={
                    "eventSourceArn": ("orders",), "functionName": ("function",), "destinationConfig": ("dead",)})),
        f"{AWS_DOCS}/amazondynamodb/latest/developerguide/best-practices.html, as known on 2026-12-01",
        merged(OURS, kept("orders"))),
    Idiom("events of payments go by a bus of the bank to queues with dead letters, and are kept for a month", (
        BUDGET,
        aws("cloudwatch/EventBus", {"name": "payments", "kmsKeyIdentifier": KEY, "deadLetterConfig": {
            "arn": arn("sqs", "payments-dead")}, "logConfig": {"level": "ERROR", "includeDetail": "NONE"}, "tags":
            TAGS}, "bus"),
        aws("cloudwatch/EventArchive", {"name": "payments", "eventSourceArn": UNKNOWN, "retentionDays": 30,
                                        "kmsKeyIdentifier": KEY}, "archive", links={"eventSourceArn": ("bus",)}),
        aws("sqs/Queue", {"name": "payments-dead", "kmsMasterKeyId": KEY, "messageRetentionSeconds": 1209600, "tags":
                          TAGS}, "dead"),
        aws("sqs/Queue", {
            "name": "settlements", "kmsMasterKeyId": KEY, "kmsDataKeyReusePeriodSeconds": 300,
            "visibilityTimeoutSeconds": 120, "receiveWaitTimeSeconds": 20, "redrivePolicy": json.dumps({
                "deadLetterTargetArn": arn("sqs", "payments-dead"), "maxReceiveCount": 5}), "tags": TAGS},
            "settlements"),
        aws("sqs/RedriveAllowPolicy", {"queueUrl": UNKNOWN, "redriveAllowPolicy": json.dumps({
            "redrivePermission": "byQueue", "sourceQueueArns": [arn("sqs", "settlements")]})}, "allow", links={
                "queueUrl": ("dead",)}),
        aws("sqs/QueuePolicy", {"queueUrl": UNKNOWN, "policy": document(
            {"Effect": "Allow", "Principal": {"Service": "events.amazonaws.com"}, "Action": "sqs:SendMessage",
             "Resource": arn("sqs", "settlements"), "Condition": {"ArnEquals": {"aws:SourceArn": arn(
                 "events", "rule/payments/settled")}}},
            {"Effect": "Deny", "Principal": "*", "Action": "sqs:*", "Resource": arn("sqs", "settlements"),
             "Condition": {"Bool": {"aws:SecureTransport": "false"}}})}, "policy", links={
                 "queueUrl": ("settlements",)}),
        aws("cloudwatch/EventRule", {"name": "settled", "eventBusName": UNKNOWN, "state": "ENABLED", "eventPattern":
                                     json.dumps({"source": ["ae.bank.payments"], "detail-type": ["Settled"]}), "tags":
                                     TAGS}, "rule", links={"eventBusName": ("bus",)}),
        aws("cloudwatch/EventTarget", {
            "rule": UNKNOWN, "eventBusName": UNKNOWN, "arn": UNKNOWN, "deadLetterConfig": {"arn": UNKNOWN},
            "retryPolicy": {"maximumEventAgeInSeconds": 3600, "maximumRetryAttempts": 10}}, "target", links={
                "rule": ("rule",), "arn": ("settlements",), "deadLetterConfig": ("dead",)}),
        alarm("payments-dead", "AWS/SQS", "ApproximateNumberOfMessagesVisible", 0, QueueName="payments-dead")),
        f"{AWS_DOCS}/eventbridge/latest/userguide/eb-security-best-practices.html, as known on 2026-12-01", OURS),
    Idiom("a key of the platform turns each year, and records of the account are sealed with it for a year", (
        aws("kms/Key", {"description": "Logs of the platform", "enableKeyRotation": True, "rotationPeriodInDays": 365,
                        "deletionWindowInDays": 30, "multiRegion": False, "policy": KEY_POLICY, "tags": TAGS}, "key",
            protect=True),
        aws("kms/Alias", {"name": "alias/platform-logs", "targetKeyId": UNKNOWN}, "alias", links={
            "targetKeyId": ("key",)}),
        aws("cloudwatch/LogGroup", {"name": "/platform/audit", "retentionInDays": 365, "kmsKeyId": UNKNOWN,
                                    "logGroupClass": "STANDARD", "tags": TAGS}, "audit", links={"kmsKeyId": ("key",)}),
        aws("cloudwatch/LogMetricFilter", {
            "name": "denied", "logGroupName": UNKNOWN, "pattern": '{ $.errorCode = "*AccessDenied*" }',
            "metricTransformation": {"name": "Denied", "namespace": "Platform", "value": "1", "defaultValue": "0"}},
            "denied", links={"logGroupName": ("audit",)}),
        alarm("denied-calls", "Platform", "Denied", 10)),
        f"{AWS_DOCS}/kms/latest/developerguide/best-practices.html, as known on 2026-12-01", OURS),
    Idiom("reports lie in a bucket with versions, cheaper classes after a month and a reader of its own", (
        *bucket("bank-reports"), trusted("glue.amazonaws.com", "reports"),
        rights("reports", statement(["s3:GetObject"], "arn:aws:s3:::bank-reports/daily/*"), statement(
            "s3:ListBucket", "arn:aws:s3:::bank-reports", {"StringLike": {"s3:prefix": "daily/*"}}), statement(
            "kms:Decrypt", KEY)),
        aws("s3/BucketIntelligentTieringConfiguration", {
            "bucket": "bank-reports", "name": "all", "status": "Enabled", "tierings": [
                {"accessTier": "ARCHIVE_ACCESS", "days": 180}]}, "tiers", links={"bucket": ("bucket",)}),
        aws("s3/Inventory", {
            "bucket": "bank-reports", "name": "weekly", "includedObjectVersions": "Current", "schedule": {
                "frequency": "Weekly"}, "optionalFields": ["Size", "EncryptionStatus"], "destination": {"bucket": {
                    "bucketArn": "arn:aws:s3:::bank-trail", "format": "Parquet", "accountId": ME, "encryption": {
                        "sseKms": {"keyId": KEY}}}}}, "inventory", links={"bucket": ("bucket",)})),
        f"{AWS_DOCS}/AmazonS3/latest/userguide/security-best-practices.html, as known on 2026-12-01",
        merged(OURS, kept("bucket"))),
)  # fmt: skip
