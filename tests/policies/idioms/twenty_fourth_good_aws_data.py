"""Good programs of platform teams on AWS: databases, streams, search and tables (set 24, before any rule ran)."""

from ..blind import KEY, ME, TAGS, aws, document, statement
from ..harness import UNKNOWN, Given
from . import Idiom, unpriced
from .fourth import AWS_DOCS, R
from .fourth_kubernetes import BUDGET
from .ninth_aws import GROUPS, SUBNETS, arn, kept, role_arn
from .thirteenth_aws import OURS
from .twelfth_aws_platform import rights, trusted
from .twentieth_goodb_charts import merged
from .twenty_first_xaws import alarm
from .twenty_fourth_good_aws import log
from .twenty_third_aws import store
from .twenty_third_aws_flow import CODE, TRACED, function

SEALED = {"storageEncrypted": True, "kmsKeyId": KEY, "deletionProtection": True, "copyTagsToSnapshot": True,
          "skipFinalSnapshot": False, "manageMasterUserPassword": True, "masterUserSecretKmsKeyId": KEY,
          "dbSubnetGroupName": "data", "vpcSecurityGroupIds": GROUPS, "iamDatabaseAuthenticationEnabled": True,
          "performanceInsightsEnabled": True, "performanceInsightsKmsKeyId": KEY, "preferredMaintenanceWindow":
          "fri:22:00-fri:23:00", "preferredBackupWindow": "20:00-21:00", "tags": TAGS}  # fmt: skip


def parameters(name: str, family: str, **more: str) -> Given:
    """Returns parameters of a cluster of PostgreSQL that asks for TLS and writes who connects."""
    values = {
        "rds.force_ssl": "1",
        "log_connections": "1",
        "log_disconnections": "1",
        "pgaudit.log": "ddl,role",
        **more,
    }
    return aws("rds/ClusterParameterGroup", {"name": name, "family": family, "description": f"What {name} asks for",
        "parameters": [{"name": key, "value": value, "applyMethod": "pending-reboot"} for key, value in
                       values.items()], "tags": TAGS}, f"{name}-parameters")  # fmt: skip


IDIOMS: tuple[Idiom, ...] = (
    Idiom("RDS Multi-AZ cluster: PostgreSQL with two readable standbys on io2 for the ledger of cards", (
        BUDGET, parameters("cards", "postgres17", shared_preload_libraries="pgaudit,pg_stat_statements"),
        aws("rds/Cluster", {
            **SEALED, "clusterIdentifier": "cards", "engine": "postgres", "engineVersion": "17.6", "storageType": "io2",
            "dbClusterInstanceClass": "db.m6gd.xlarge", "allocatedStorage": 400, "iops": 3000, "databaseName": "cards",
            "masterUsername": "owner", "backupRetentionPeriod": 35, "finalSnapshotIdentifier": "cards-last",
            "dbClusterParameterGroupName": "cards", "enabledCloudwatchLogsExports": ["postgresql", "upgrade"],
            "performanceInsightsRetentionPeriod": 465, "databaseInsightsMode": "advanced", "monitoringInterval": 60,
            "monitoringRoleArn": role_arn("rds-watch"), "autoMinorVersionUpgrade": True, "networkType": "IPV4",
            "caCertificateIdentifier": "rds-ca-ecc384-g1", "publiclyAccessible": False}, "cards", links={
                "dbClusterParameterGroupName": ("cards-parameters",)}, protect=True),
        aws("rds/EventSubscription", {"name": "cards", "snsTopic": arn("sns", "duty"), "sourceType": "db-cluster",
                                      "sourceIds": [UNKNOWN], "eventCategories": ["failover", "failure", "maintenance"],
                                      "tags": TAGS}, "events", links={"sourceIds": ("cards",)}),
        alarm("cards-lag", "AWS/RDS", "ReplicaLag", 30.0, DBClusterIdentifier="cards"),
        alarm("cards-space", "AWS/RDS", "TransactionLogsDiskUsage", 5e10, DBClusterIdentifier="cards")),
        f"{AWS_DOCS}/AmazonRDS/latest/UserGuide/multi-az-db-clusters-concepts.html; terraform-aws-modules/"
        "terraform-aws-rds-aurora examples/multi-az, as known", merged(merged(OURS, kept("cards")),
            unpriced("aws:rds/cluster:Cluster::cards"))),
    Idiom("answers from papers: vectors lie in Aurora Serverless that sleeps, and a function asks it and the model", (
        BUDGET, parameters("papers", "aurora-postgresql17"),
        aws("rds/Cluster", {
            **SEALED, "clusterIdentifier": "papers", "engine": "aurora-postgresql", "engineMode": "provisioned",
            "engineVersion": "17.5", "databaseName": "papers", "masterUsername": "owner", "enableHttpEndpoint": True,
            "backupRetentionPeriod": 14, "finalSnapshotIdentifier": "papers-last", "dbClusterParameterGroupName":
            "papers", "storageType": "aurora", "enabledCloudwatchLogsExports": ["postgresql"],
            "serverlessv2ScalingConfiguration": {"minCapacity": 0.0, "maxCapacity": 8.0, "secondsUntilAutoPause": 900}},
            "papers", links={"dbClusterParameterGroupName": ("papers-parameters",)}, protect=True),
        *(aws("rds/ClusterInstance", {
            "identifier": f"papers-{number}", "clusterIdentifier": UNKNOWN, "engine": "aurora-postgresql",
            "instanceClass": "db.serverless", "publiclyAccessible": False, "caCertIdentifier": "rds-ca-ecc384-g1",
            "performanceInsightsEnabled": True, "performanceInsightsKmsKeyId": KEY, "autoMinorVersionUpgrade": True,
            "promotionTier": number, "tags": TAGS}, f"papers-{number}", links={"clusterIdentifier": ("papers",)})
          for number in (0, 1)),
        *function("ask", TRACED, statement(["rds-data:ExecuteStatement", "rds-data:BatchExecuteStatement"], arn(
            "rds", "cluster:papers")), statement("secretsmanager:GetSecretValue", arn("secretsmanager", "secret:rds!*"),
                {"StringEquals": {"aws:ResourceTag/aws:rds:primaryDBClusterArn": arn("rds", "cluster:papers")}}),
            statement("kms:Decrypt", KEY), statement("bedrock:InvokeModel", [
                f"arn:aws:bedrock:{R}::foundation-model/amazon.titan-embed-text-v2:0",
                f"arn:aws:bedrock:{R}::foundation-model/amazon.nova-lite-v1:0"]), statement(
                "bedrock:ApplyGuardrail", arn("bedrock", "guardrail/abcdef012345"))),
        aws("lambda/Permission", {"action": "lambda:InvokeFunction", "function": UNKNOWN, "qualifier": "live",
                                  "principal": "apigateway.amazonaws.com", "sourceArn": arn(
                                      "execute-api", "abcde12345/*/POST/ask"), "sourceAccount": ME}, "by-api", links={
            "function": ("ask-code",)}),
        alarm("papers-units", "AWS/RDS", "ServerlessDatabaseCapacity", 6.0, DBClusterIdentifier="papers")),
        f"{AWS_DOCS}/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2-auto-pause.html; aws-samples/"
        "rag-with-amazon-bedrock-and-pgvector, as known", merged(merged(OURS, CODE), kept("papers"))),
    Idiom("MSK with users: brokers take names and passwords of the vault, and a connector writes events to the lake", (
        BUDGET, log("/aws/msk/cards", "broker-log", 90), log("/aws/mskconnect/lake", "connector-log", 90),
        aws("msk/Configuration", {"name": "cards", "kafkaVersions": ["3.9.x"], "serverProperties":
            "auto.create.topics.enable=false\ndefault.replication.factor=3\nmin.insync.replicas=2\n"
            "unclean.leader.election.enable=false\nallow.everyone.if.no.acl.found=false\nlog.retention.hours=168\n"},
            "settings"),
        aws("msk/Cluster", {
            "clusterName": "cards", "kafkaVersion": "3.9.x", "numberOfBrokerNodes": 3, "enhancedMonitoring":
            "PER_TOPIC_PER_BROKER", "brokerNodeGroupInfo": {
                "instanceType": "express.m7g.large", "clientSubnets": SUBNETS, "securityGroups": GROUPS,
                "connectivityInfo": {"publicAccess": {"type": "DISABLED"}}}, "clientAuthentication": {
                "sasl": {"iam": True, "scram": True}, "unauthenticated": False}, "encryptionInfo": {
                "encryptionAtRestKmsKeyArn": KEY, "encryptionInTransit": {"clientBroker": "TLS", "inCluster": True}},
            "configurationInfo": {"arn": UNKNOWN, "revision": 1}, "loggingInfo": {"brokerLogs": {"cloudwatchLogs": {
                "enabled": True, "logGroup": "/aws/msk/cards"}}}, "openMonitoring": {"prometheus": {
                    "jmxExporter": {"enabledInBroker": True}, "nodeExporter": {"enabledInBroker": True}}},
                        "tags": TAGS},
            "cluster", links={"configurationInfo": ("settings",)}, protect=True),
        aws("secretsmanager/Secret", {"name": "AmazonMSK_core", "kmsKeyId": KEY, "recoveryWindowInDays": 30, "tags":
                                      TAGS, "description": "The core's user of Kafka"}, "core-user"),
        aws("secretsmanager/SecretPolicy", {"secretArn": UNKNOWN, "policy": document({
            "Effect": "Allow", "Principal": {"Service": "kafka.amazonaws.com"}, "Action":
            "secretsmanager:GetSecretValue", "Resource": "*", "Condition": {"StringEquals": {
                "aws:SourceAccount": ME}}})}, "core-user-policy", links={"secretArn": ("core-user",)}),
        aws("msk/ScramSecretAssociation", {"clusterArn": UNKNOWN, "secretArnLists": [UNKNOWN]}, "users", links={
            "clusterArn": ("cluster",), "secretArnLists": ("core-user",)}),
        *store("bank-card-events", "lake", transitions=[{"days": 90, "storageClass": "GLACIER_IR"}]),
        trusted("kafkaconnect.amazonaws.com", "lake-connector"),
        rights("lake-connector", statement(["kafka-cluster:Connect", "kafka-cluster:DescribeCluster"], arn(
            "kafka", "cluster/cards/*")), statement(["kafka-cluster:ReadData", "kafka-cluster:DescribeTopic"], arn(
                "kafka", "topic/cards/*/cards.*")), statement(["kafka-cluster:AlterGroup",
                                                               "kafka-cluster:DescribeGroup"], arn(
                    "kafka", "group/cards/*/connect-*")), statement(
            ["s3:PutObject", "s3:AbortMultipartUpload", "s3:ListMultipartUploadParts"],
            "arn:aws:s3:::bank-card-events/*"), statement(["s3:ListBucket", "s3:GetBucketLocation"],
                                                          "arn:aws:s3:::bank-card-events"), statement(
            ["kms:GenerateDataKey", "kms:Decrypt"], KEY)),
        aws("mskconnect/CustomPlugin", {"name": "s3-sink", "contentType": "ZIP", "location": {"s3": {
            "bucketArn": "arn:aws:s3:::bank-artifacts", "fileKey": "connect/s3-sink-10.9.1.zip", "objectVersion":
            "0123456789abcdef0123456789abcdef"}}, "tags": TAGS}, "plug-in"),
        aws("mskconnect/Connector", {
            "name": "lake", "kafkaconnectVersion": "3.7.x", "serviceExecutionRoleArn": UNKNOWN, "capacity": {
                "autoscaling": {"mcuCount": 1, "minWorkerCount": 1, "maxWorkerCount": 4, "scaleInPolicy": {
                    "cpuUtilizationPercentage": 20}, "scaleOutPolicy": {"cpuUtilizationPercentage": 80}}},
            "connectorConfiguration": {
                "connector.class": "io.confluent.connect.s3.S3SinkConnector", "tasks.max": "4", "topics.regex":
                "cards\\..*", "s3.region": R, "s3.bucket.name": "bank-card-events", "s3.ssea.name": "aws:kms",
                "s3.sse.kms.key.id": KEY, "flush.size": "10000", "rotate.schedule.interval.ms": "600000", "timezone":
                "Asia/Dubai", "format.class": "io.confluent.connect.s3.format.json.JsonFormat", "storage.class":
                "io.confluent.connect.s3.storage.S3Storage", "errors.tolerance": "none"},
            "kafkaCluster": {"apacheKafkaCluster": {"bootstrapServers": UNKNOWN, "vpc": {
                "securityGroups": GROUPS, "subnets": SUBNETS}}}, "kafkaClusterClientAuthentication": {
                    "authenticationType": "IAM"}, "kafkaClusterEncryptionInTransit": {"encryptionType": "TLS"},
            "plugins": [{"customPlugin": {"arn": UNKNOWN, "revision": 1}}], "logDelivery": {"workerLogDelivery": {
                "cloudwatchLogs": {"enabled": True, "logGroup": "/aws/mskconnect/lake"}}}, "tags": TAGS}, "connector",
            links={"serviceExecutionRoleArn": ("lake-connector",), "kafkaCluster": ("cluster",), "plugins": (
                "plug-in",)})),
        f"{AWS_DOCS}/msk/latest/developerguide/msk-password.html; terraform-aws-modules/terraform-aws-msk-kafka-"
        "cluster examples/connect, as known",
        merged(merged(OURS, CODE), kept("lake"))),
)  # fmt: skip
