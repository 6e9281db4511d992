"""Good idioms of platform teams on AWS: applications and stores as whole plans (eleventh set, blind)."""

import json

from ..blind import IMAGE, KEY, ME, TAGS, aws, document, statement
from ..harness import UNKNOWN
from . import Idiom, unpriced
from .aws_platform import bucket
from .fourth import AWS_DOCS, R
from .fourth_kubernetes import BUDGET
from .ninth_aws import GROUPS, SUBNETS, arn, kept, role_arn

VPC = "vpc-0123456789abcdef0"
TRUST = document({"Effect": "Allow", "Principal": {"Service": "ecs-tasks.amazonaws.com"}, "Action": "sts:AssumeRole",
                  "Condition": {"StringEquals": {"aws:SourceAccount": ME}}})  # fmt: skip
CONTAINERS = json.dumps([{
    "name": "claims", "image": IMAGE, "essential": True, "readonlyRootFilesystem": True, "user": "10001",
    "portMappings": [{"name": "https", "containerPort": 8443, "protocol": "tcp", "appProtocol": "http"}],
    "environment": [{"name": "LOG_LEVEL", "value": "info"}], "secrets": [
        {"name": "DATABASE_URL", "valueFrom": arn("secretsmanager", "secret:claims-AbCdEf")}],
    "healthCheck": {"command": ["CMD-SHELL", "wget -qO- https://localhost:8443/health || exit 1"], "interval": 30},
    "logConfiguration": {"logDriver": "awslogs", "options": {
        "awslogs-group": "/apps/claims", "awslogs-region": R, "awslogs-stream-prefix": "claims"}}}])  # fmt: skip
ORACLE = [
    {"optionName": "NATIVE_NETWORK_ENCRYPTION", "optionSettings": [
        {"name": "SQLNET.ENCRYPTION_SERVER", "value": "REQUIRED"},
        {"name": "SQLNET.CRYPTO_CHECKSUM_SERVER", "value": "REQUIRED"},
        {"name": "SQLNET.ENCRYPTION_TYPES_SERVER", "value": "AES256"}]},
    {"optionName": "Timezone", "optionSettings": [{"name": "TIME_ZONE", "value": "Asia/Dubai"}]}]  # fmt: skip
STOP = {"comparisonOperator": "GreaterThanThreshold", "evaluationPeriods": 3, "threshold": 5, "period": 60,
        "statistic": "Sum", "tags": TAGS}  # fmt: skip

IDIOMS: tuple[Idiom, ...] = (
    Idiom("a service of ECS with everything around it, behind an inner balancer", (
        BUDGET,
        aws("cloudwatch/LogGroup", {"name": "/apps/claims", "retentionInDays": 365, "kmsKeyId": KEY, "tags": TAGS},
            "lg"),
        aws("ecs/Cluster", {"name": "apps", "tags": TAGS, "settings": [
            {"name": "containerInsights", "value": "enhanced"}], "configuration": {"executeCommandConfiguration": {
                "kmsKeyId": KEY, "logging": "OVERRIDE", "logConfiguration": {
                    "cloudWatchEncryptionEnabled": True, "cloudWatchLogGroupName": "/apps/claims"}},
                "managedStorageConfiguration": {"kmsKeyId": KEY, "fargateEphemeralStorageKmsKeyId": KEY}}}, "cluster"),
        aws("ecs/ClusterCapacityProviders", {"clusterName": "apps", "capacityProviders": ["FARGATE"],
                                             "defaultCapacityProviderStrategies": [
                                                 {"capacityProvider": "FARGATE", "weight": 1, "base": 2}]}, "capacity"),
        aws("iam/Role", {"name": "claims", "assumeRolePolicy": TRUST, "tags": TAGS}, "task"),
        aws("iam/RolePolicy", {"role": UNKNOWN, "policy": document(
            statement(["s3:GetObject", "s3:PutObject"], "arn:aws:s3:::bank-claims/*"),
            statement(["kms:Decrypt", "kms:GenerateDataKey"], KEY))}, "rights", links={"role": ("task",)}),
        aws("ec2/SecurityGroup", {"vpcId": VPC, "description": "Tasks of claims", "tags": TAGS}, "group"),
        aws("vpc/SecurityGroupIngressRule", {
            "securityGroupId": UNKNOWN, "referencedSecurityGroupId": "sg-0aaaaaaaaaaaaaaa1", "ipProtocol": "tcp",
            "fromPort": 8443, "toPort": 8443, "description": "From the balancer", "tags": TAGS}, "in",
            links={"securityGroupId": ("group",)}),
        aws("vpc/SecurityGroupEgressRule", {
            "securityGroupId": UNKNOWN, "cidrIpv4": "10.20.0.0/16", "ipProtocol": "tcp", "fromPort": 443,
            "toPort": 443, "description": "To endpoints", "tags": TAGS}, "out", links={"securityGroupId": ("group",)}),
        aws("lb/TargetGroup", {"name": "claims", "vpcId": VPC, "port": 8443, "protocol": "HTTPS", "targetType": "ip",
                               "deregistrationDelay": 30, "healthCheck": {"path": "/health", "protocol": "HTTPS"},
                               "tags": TAGS}, "targets"),
        aws("lb/ListenerRule", {
            "listenerArn": arn("elasticloadbalancing", "listener/app/inner/1111/2222"), "priority": 20, "tags": TAGS,
            "conditions": [{"hostHeader": {"values": ["claims.example.ae"]}}], "actions": [
                {"type": "forward", "targetGroupArn": UNKNOWN}]}, "rule"),
        aws("ecs/TaskDefinition", {
            "family": "claims", "networkMode": "awsvpc", "requiresCompatibilities": ["FARGATE"], "cpu": "1024",
            "memory": "2048", "runtimePlatform": {"cpuArchitecture": "ARM64", "operatingSystemFamily": "LINUX"},
            "executionRoleArn": role_arn("execution"), "taskRoleArn": UNKNOWN, "containerDefinitions": CONTAINERS,
            "tags": TAGS}, "definition", links={"taskRoleArn": ("task",)}),
        aws("ecs/Service", {
            "name": "claims", "cluster": UNKNOWN, "taskDefinition": UNKNOWN, "desiredCount": 2,
            "capacityProviderStrategies": [{"capacityProvider": "FARGATE", "weight": 1}],
            "availabilityZoneRebalancing": "ENABLED", "enableEcsManagedTags": True, "propagateTags": "SERVICE",
            "deploymentCircuitBreaker": {"enable": True, "rollback": True}, "tags": TAGS, "networkConfiguration": {
                "assignPublicIp": False, "subnets": SUBNETS, "securityGroups": [UNKNOWN]}, "loadBalancers": [
                    {"containerName": "claims", "containerPort": 8443, "targetGroupArn": UNKNOWN}]}, "service",
            links={"cluster": ("cluster",), "taskDefinition": ("definition",), "networkConfiguration": ("group",),
                   "loadBalancers": ("targets",)}),
        aws("appautoscaling/Target", {
            "minCapacity": 2, "maxCapacity": 6, "resourceId": "service/apps/claims", "serviceNamespace": "ecs",
            "scalableDimension": "ecs:service:DesiredCount", "tags": TAGS}, "bounds"),
        aws("appautoscaling/Policy", {
            "name": "cpu", "policyType": "TargetTrackingScaling", "resourceId": "service/apps/claims",
            "scalableDimension": "ecs:service:DesiredCount", "serviceNamespace": "ecs",
            "targetTrackingScalingPolicyConfiguration": {"targetValue": 60, "predefinedMetricSpecification": {
                "predefinedMetricType": "ECSServiceAverageCPUUtilization"}}}, "scale")),
        f"{AWS_DOCS}/AmazonECS/latest/developerguide/ecs-best-practices",
        unpriced("aws:ecs/service:Service::service")),
    Idiom("Oracle in two zones encrypts its network and its audit", (
        BUDGET,
        aws("rds/OptionGroup", {"name": "core", "engineName": "oracle-se2", "majorEngineVersion": "19",
                                "options": ORACLE, "tags": TAGS}, "options"),
        aws("rds/ParameterGroup", {"name": "core", "family": "oracle-se2-19", "tags": TAGS, "parameters": [
            {"name": "audit_trail", "value": "DB,EXTENDED", "applyMethod": "pending-reboot"}]}, "rules"),
        aws("rds/Instance", {
            "identifier": "core", "engine": "oracle-se2", "engineVersion": "19.0.0.0.ru-2025-10.rur-2025-10.r1",
            "instanceClass": "db.m6i.large", "licenseModel": "bring-your-own-license", "multiAz": True,
            "allocatedStorage": 200, "storageType": "gp3", "storageEncrypted": True, "kmsKeyId": KEY,
            "manageMasterUserPassword": True, "masterUserSecretKmsKeyId": KEY, "username": "dba",
            "dbSubnetGroupName": "data", "vpcSecurityGroupIds": GROUPS, "publiclyAccessible": False,
            "backupRetentionPeriod": 14, "deletionProtection": True, "copyTagsToSnapshot": True,
            "performanceInsightsEnabled": True, "performanceInsightsKmsKeyId": KEY, "skipFinalSnapshot": False,
            "finalSnapshotIdentifier": "core-last", "optionGroupName": "core", "parameterGroupName": "core",
            "enabledCloudwatchLogsExports": ["audit", "alert", "listener"], "autoMinorVersionUpgrade": True,
            "tags": TAGS}, "core", protect=True, links={"optionGroupName": ("options",),
                                                        "parameterGroupName": ("rules",)})),
        f"{AWS_DOCS}/AmazonRDS/latest/UserGuide/Appendix.Oracle.Options.NetworkEncryption.html",
        {**unpriced("aws:rds/instance:Instance::core"), **kept("core")}),
    Idiom("Aurora without a fixed size sleeps when nobody asks, and its activity is streamed", (
        BUDGET,
        aws("rds/Cluster", {
            "clusterIdentifier": "claims", "engine": "aurora-postgresql", "engineMode": "provisioned",
            "engineVersion": "17.5", "databaseName": "claims", "masterUsername": "dba", "storageEncrypted": True,
            "kmsKeyId": KEY, "manageMasterUserPassword": True, "masterUserSecretKmsKeyId": KEY,
            "serverlessv2ScalingConfiguration": {"minCapacity": 0.5, "maxCapacity": 8},
            "iamDatabaseAuthenticationEnabled": True, "deletionProtection": True, "backupRetentionPeriod": 14,
            "copyTagsToSnapshot": True, "dbSubnetGroupName": "data", "vpcSecurityGroupIds": GROUPS,
            "dbClusterParameterGroupName": "tls", "enabledCloudwatchLogsExports": ["postgresql"],
            "skipFinalSnapshot": False, "finalSnapshotIdentifier": "claims-last", "tags": TAGS}, "claims",
            protect=True),
        aws("rds/ClusterParameterGroup", {"name": "tls", "family": "aurora-postgresql17", "tags": TAGS, "parameters": [
            {"name": "rds.force_ssl", "value": "1"}, {"name": "log_connections", "value": "1"}]}, "tls"),
        *(aws("rds/ClusterInstance", {
            "identifier": f"claims-{n}", "clusterIdentifier": UNKNOWN, "instanceClass": "db.serverless",
            "engine": "aurora-postgresql", "publiclyAccessible": False, "autoMinorVersionUpgrade": True,
            "performanceInsightsEnabled": True, "performanceInsightsKmsKeyId": KEY, "promotionTier": 0, "tags": TAGS},
            f"claims-{n}", protect=True, links={"clusterIdentifier": ("claims",)}) for n in (1, 2)),
        aws("rds/ClusterActivityStream", {"resourceArn": UNKNOWN, "mode": "async", "kmsKeyId": KEY},
            "activity", links={"resourceArn": ("claims",)})),
        f"{AWS_DOCS}/AmazonRDS/latest/AuroraUserGuide/DBActivityStreams.html",
        {**unpriced("aws:rds/clusterActivityStream:ClusterActivityStream::activity", "aws:rds/cluster:Cluster::claims",
        "aws:rds/clusterInstance:ClusterInstance::claims-1",
                    "aws:rds/clusterInstance:ClusterInstance::claims-2"), **kept("claims", "claims-1", "claims-2")}),
    Idiom("a table tells which keys are asked most, and streams its changes", (
        aws("dynamodb/Table", {
            "name": "limits", "billingMode": "PAY_PER_REQUEST", "hashKey": "id", "attributes": [
                {"name": "id", "type": "S"}], "pointInTimeRecovery": {"enabled": True, "recoveryPeriodInDays": 35},
            "serverSideEncryption": {"enabled": True, "kmsKeyArn": KEY}, "deletionProtectionEnabled": True,
            "onDemandThroughput": {"maxReadRequestUnits": 2000, "maxWriteRequestUnits": 500}, "tags": TAGS}, "limits",
            protect=True),
        aws("dynamodb/ContributorInsights", {"tableName": "limits"}, "insights", links={"tableName": ("limits",)}),
        aws("kinesis/Stream", {"name": "limits", "streamModeDetails": {"streamMode": "ON_DEMAND"},
                               "encryptionType": "KMS", "kmsKeyId": KEY, "retentionPeriod": 48, "tags": TAGS},
            "stream"),
        aws("dynamodb/KinesisStreamingDestination", {
            "tableName": "limits", "streamArn": UNKNOWN, "approximateCreationDateTimePrecision": "MICROSECOND"},
            "changes", links={"tableName": ("limits",), "streamArn": ("stream",)})),
        f"{AWS_DOCS}/amazondynamodb/latest/developerguide/kds.html",
        {**kept("limits"), **unpriced("aws:dynamodb/contributorInsights:ContributorInsights::insights")}),
    Idiom("groups of people reach folders of a bucket by grants", (
        aws("s3control/AccessGrantsInstance", {
            "identityCenterArn": "arn:aws:sso:::instance/ssoins-1234567890abcdef", "tags": TAGS}, "grants"),
        aws("s3control/AccessGrantsLocation", {"iamRoleArn": role_arn("s3-grants"), "tags": TAGS,
                                               "locationScope": "s3://bank-datasets/claims/*"}, "claims"),
        aws("s3control/AccessGrant", {
            "accessGrantsLocationId": UNKNOWN, "permission": "READ", "tags": TAGS,
            "accessGrantsLocationConfiguration": {"s3SubPrefix": "2026/*"},
            "grantee": {"granteeType": "DIRECTORY_GROUP",
                        "granteeIdentifier": "11111111-2222-3333-4444-555555555555"}}, "analysts",
            links={"accessGrantsLocationId": ("claims",)})),
        f"{AWS_DOCS}/AmazonS3/latest/userguide/access-grants.html", {"residency": {"known": {
            "bank-datasets": "the bank's own bucket, in me-central-1"}}}),
    Idiom("a program of Flink reads a stream within the network", (
        BUDGET, *bucket("bank-programs"),
        aws("kinesisanalyticsv2/Application", {
            "name": "fraud", "runtimeEnvironment": "FLINK-1_20", "serviceExecutionRole": role_arn("flink"),
            "tags": TAGS, "applicationConfiguration": {
                "applicationCodeConfiguration": {"codeContentType": "ZIPFILE", "codeContent": {"s3ContentLocation": {
                    "bucketArn": "arn:aws:s3:::bank-programs", "fileKey": "fraud/1.4.0.jar"}}},
                "applicationSnapshotConfiguration": {"snapshotsEnabled": True},
                "environmentProperties": {"propertyGroups": [{"propertyGroupId": "fraud", "propertyMap": {
                    "aws.region": R, "stream": arn("kinesis", "stream/payments")}}]},
                "flinkApplicationConfiguration": {
                    "checkpointConfiguration": {"configurationType": "DEFAULT"},
                    "monitoringConfiguration": {"configurationType": "CUSTOM", "logLevel": "INFO",
                                                "metricsLevel": "TASK"},
                    "parallelismConfiguration": {"configurationType": "CUSTOM", "parallelism": 2,
                                                 "parallelismPerKpu": 1, "autoScalingEnabled": False}},
                "vpcConfiguration": {"subnetIds": SUBNETS, "securityGroupIds": GROUPS}},
            "cloudwatchLoggingOptions": {"logStreamArn": arn("logs", "log-group:/flink/fraud:log-stream:app")}},
            "fraud")),
        f"{AWS_DOCS}/managed-flink/latest/java/vpc-using.html",
        kept("bucket")),
    Idiom("a connector of Kafka writes topics into the lake", (
        BUDGET, *bucket("bank-lake"),
        aws("mskconnect/CustomPlugin", {"name": "s3-sink", "contentType": "ZIP", "tags": TAGS, "location": {"s3": {
            "bucketArn": "arn:aws:s3:::bank-lake", "fileKey": "plugins/s3-sink-10.6.zip"}}}, "plugin"),
        aws("mskconnect/WorkerConfiguration", {
            "name": "json", "tags": TAGS, "propertiesFileContent":
                "key.converter=org.apache.kafka.connect.storage.StringConverter\n"
                "value.converter=org.apache.kafka.connect.json.JsonConverter\nvalue.converter.schemas.enable=false\n"},
            "worker"),
        aws("mskconnect/Connector", {
            "name": "lake", "kafkaconnectVersion": "3.7.x", "serviceExecutionRoleArn": role_arn("connect"),
            "capacity": {"provisionedCapacity": {"mcuCount": 1, "workerCount": 2}}, "tags": TAGS,
            "connectorConfiguration": {
                "connector.class": "io.confluent.connect.s3.S3SinkConnector", "s3.region": R, "topics": "orders",
                "s3.bucket.name": "bank-lake", "s3.sse.kms.key.id": KEY, "s3.ssea.name": "aws:kms", "tasks.max": "2",
                "flush.size": "1000", "storage.class": "io.confluent.connect.s3.storage.S3Storage",
                "format.class": "io.confluent.connect.s3.format.json.JsonFormat"},
            "kafkaCluster": {"apacheKafkaCluster": {
                "bootstrapServers": "b-1.bank.abc123.c2.kafka.me-central-1.amazonaws.com:9098",
                "vpc": {"subnets": SUBNETS, "securityGroups": GROUPS}}},
            "kafkaClusterClientAuthentication": {"authenticationType": "IAM"},
            "kafkaClusterEncryptionInTransit": {"encryptionType": "TLS"}, "plugins": [
                {"customPlugin": {"arn": UNKNOWN, "revision": 1}}], "logDelivery": {"workerLogDelivery": {
                    "cloudwatchLogs": {"enabled": True, "logGroup": "/kafka/connect"}}}}, "lake",
            links={"plugins": ("plugin",)})),
        f"{AWS_DOCS}/msk/latest/developerguide/mkc-S3sink-connector-example.html", {
            **kept("bucket"), "residency": {"known": {
                "b-1.bank.abc123.c2.kafka.me-central-1.amazonaws.com": "the bank's own cluster of Kafka"}}}),
    Idiom("a broker of RabbitMQ in three zones with the bank's key", (BUDGET, aws("mq/Broker", {
        "brokerName": "work", "engineType": "RabbitMQ", "engineVersion": "3.13", "hostInstanceType": "mq.m7g.large",
        "deploymentMode": "CLUSTER_MULTI_AZ", "publiclyAccessible": False, "autoMinorVersionUpgrade": True,
        "encryptionOptions": {"useAwsOwnedKey": False, "kmsKeyId": KEY}, "logs": {"general": True},
        "subnetIds": SUBNETS, "securityGroups": GROUPS, "maintenanceWindowStartTime": {
            "dayOfWeek": "SUNDAY", "timeOfDay": "02:00", "timeZone": "Asia/Dubai"},
        "users": [{"username": "app", "password": UNKNOWN}], "tags": TAGS}, "work", protect=True),),
        f"{AWS_DOCS}/amazon-mq/latest/developer-guide/rabbitmq-basic-elements-cluster.html",
        kept("work")),
    Idiom("Spark of EMR runs in a namespace of the cluster", (aws("emrcontainers/VirtualCluster", {
        "name": "spark", "tags": TAGS, "containerProvider": {
            "id": "bank", "type": "EKS", "info": {"eksInfo": {"namespace": "spark"}}}}, "spark"),),
        f"{AWS_DOCS}/emr/latest/EMR-on-EKS-DevelopmentGuide/virtual-cluster.html"),
    Idiom("files of Windows in the bank's directory, in two zones", (BUDGET, aws("fsx/WindowsFileSystem", {
        "deploymentType": "MULTI_AZ_1", "storageCapacity": 300, "storageType": "SSD", "throughputCapacity": 32,
        "kmsKeyId": KEY, "subnetIds": SUBNETS[:2], "preferredSubnetId": "subnet-1", "securityGroupIds": GROUPS,
        "activeDirectoryId": "d-9067aaaaaa", "automaticBackupRetentionDays": 14, "copyTagsToBackups": True,
        "skipFinalBackup": False, "auditLogConfiguration": {
            "auditLogDestination": arn("logs", "log-group:/aws/fsx/files:*"),
            "fileAccessAuditLogLevel": "SUCCESS_AND_FAILURE", "fileShareAccessAuditLogLevel": "FAILURE_ONLY"},
        "tags": TAGS}, "files", protect=True),),
        f"{AWS_DOCS}/fsx/latest/WindowsGuide/file-access-auditing.html",
        kept("files")),
    Idiom("a wide table of Keyspaces with the bank's key and a bound in time", (
        aws("keyspaces/Keyspace", {"name": "events", "tags": TAGS}, "space", protect=True),
        aws("keyspaces/Table", {
            "keyspaceName": UNKNOWN, "tableName": "clicks", "schemaDefinition": {
                "columns": [{"name": "id", "type": "text"}, {"name": "at", "type": "timestamp"}],
                "partitionKeys": [{"name": "id"}], "clusteringKeys": [{"name": "at", "orderBy": "DESC"}]},
            "encryptionSpecification": {"type": "CUSTOMER_MANAGED_KMS_KEY", "kmsKeyIdentifier": KEY},
            "pointInTimeRecovery": {"status": "ENABLED"}, "ttl": {"status": "ENABLED"},
            "defaultTimeToLive": 7776000, "capacitySpecification": {"throughputMode": "PAY_PER_REQUEST"},
            "tags": TAGS}, "clicks", protect=True, links={"keyspaceName": ("space",)})),
        f"{AWS_DOCS}/keyspaces/latest/devguide/encryption.howitworks.html",
        {**kept("clicks", "space"), **unpriced("aws:keyspaces/table:Table::clicks")}),
    Idiom("failures are tried out on machines of tests, and end by an alarm", (
        aws("cloudwatch/MetricAlarm", {"name": "portal-errors", "namespace": "AWS/ApplicationELB",
                                       "metricName": "HTTPCode_Target_5XX_Count", **STOP}, "errors"),
        aws("fis/ExperimentTemplate", {
            "description": "Stops half of the machines of one zone", "roleArn": role_arn("fis"), "tags": TAGS,
            "stopConditions": [{"source": "aws:cloudwatch:alarm", "value": UNKNOWN}],
            "targets": [{"name": "zone", "resourceType": "aws:ec2:instance", "selectionMode": "PERCENT(50)",
                         "resourceTags": [{"key": "chaos", "value": "allowed"}], "filters": [
                             {"path": "Placement.AvailabilityZone", "values": [f"{R}a"]}]}],
            "actions": [{"name": "stop", "actionId": "aws:ec2:stop-instances", "parameters": [
                {"key": "startInstancesAfterDuration", "value": "PT5M"}], "target": {
                    "key": "Instances", "value": "zone"}}],
            "logConfiguration": {"logSchemaVersion": 2, "cloudwatchLogsConfiguration": {
                "logGroupArn": arn("logs", "log-group:/fis:*")}}}, "stop", links={"stopConditions": ("errors",)})),
        f"{AWS_DOCS}/fis/latest/userguide/experiment-templates.html"),
)  # fmt: skip
