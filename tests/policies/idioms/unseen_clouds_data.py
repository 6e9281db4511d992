"""Good programs of platform teams on AWS: databases, lakes, searches and streams (2026-12-02, before any rule ran)."""

import json

from ..blind import KEY, ME, TAGS, aws, document, statement
from ..harness import UNKNOWN
from . import Idiom, unpriced
from .fourth import AWS_DOCS, R
from .fourth_kubernetes import BUDGET
from .ninth_aws import GROUPS, SUBNETS, arn, kept, role_arn
from .thirteenth_aws import OURS
from .twelfth_aws_platform import rights, trusted
from .twentieth_goodb_charts import merged
from .twenty_first_xaws import ALARMS, alarm
from .twenty_fourth_good_aws import log

FIRST, SECOND = (arn("kafka", f"cluster/{name}/11111111-2222-3333-4444-555555555555-1") for name in ("core", "apps"))
RESOLVER = """export function request(ctx) { return { operation: 'GetItem', key: { id: { S: ctx.args.id } } } }
export function response(ctx) { return ctx.result }"""

IDIOMS: tuple[Idiom, ...] = (
    Idiom("Kafka: a user of SCRAM whose secret the cluster reads, and topics that go to a second cluster here", (
        aws("secretsmanager/Secret", {"name": "AmazonMSK_ledger", "kmsKeyId": KEY, "recoveryWindowInDays": 30,
                                      "tags": TAGS}, "ledger-user", protect=True),
        aws("secretsmanager/SecretPolicy", {"secretArn": UNKNOWN, "policy": document({
            "Sid": "AWSKafkaResourcePolicy", "Effect": "Allow", "Principal": {"Service": "kafka.amazonaws.com"},
            "Action": "secretsmanager:getSecretValue", "Resource": "*", "Condition": {
                "StringEquals": {"aws:SourceAccount": ME}, "ArnLike": {"aws:SourceArn": FIRST}}})}, "cluster-reads",
            links={"secretArn": ("ledger-user",)}),
        aws("msk/SingleScramSecretAssociation", {"clusterArn": FIRST, "secretArn": UNKNOWN}, "user-of-cluster", links={
            "secretArn": ("ledger-user",)}),
        trusted("kafka.amazonaws.com", "replicator"),
        rights("replicator", statement(["kafka-cluster:Connect", "kafka-cluster:DescribeCluster",
                                        "kafka-cluster:AlterCluster"], [FIRST, SECOND]), statement(
            ["kafka-cluster:ReadData", "kafka-cluster:WriteData", "kafka-cluster:DescribeTopic",
             "kafka-cluster:CreateTopic", "kafka-cluster:AlterTopic", "kafka-cluster:DescribeTopicDynamicConfiguration",
             "kafka-cluster:AlterTopicDynamicConfiguration"], arn("kafka", "topic/*/*/ledger.*")), statement(
            ["kafka-cluster:DescribeGroup", "kafka-cluster:AlterGroup"], arn("kafka", "group/*/*/ledger-*"))),
        aws("msk/Replicator", {
            "replicatorName": "core-to-apps", "description": "Events of the ledger", "serviceExecutionRoleArn": UNKNOWN,
            "kafkaClusters": [{"amazonMskCluster": {"mskClusterArn": cluster}, "vpcConfig": {
                "subnetIds": SUBNETS, "securityGroupsIds": GROUPS}} for cluster in (FIRST, SECOND)],
            "replicationInfoList": {
                "sourceKafkaClusterArn": FIRST, "targetKafkaClusterArn": SECOND, "targetCompressionType": "ZSTD",
                "topicReplications": [{"topicsToReplicates": ["ledger\\..*"], "topicsToExcludes": [".*[.-]internal"],
                                       "copyTopicConfigurations": True, "copyAccessControlListsForTopics": False,
                                       "startingPosition": {"type": "LATEST"}}],
                "consumerGroupReplications": [{"consumerGroupsToReplicates": ["ledger-.*"]}]}, "tags": TAGS},
            "replicator", links={"serviceExecutionRoleArn": ("replicator",)}),
        alarm("replication-late", "AWS/Kafka", "ReplicationLatency", 60000.0)),
        f"{AWS_DOCS}/msk/latest/developerguide/msk-password-tutorial.html; .../msk-replicator.html, as known",
        merged(OURS, merged(kept("ledger-user"), unpriced("aws:msk/replicator:Replicator::replicator")))),
    Idiom("DocumentDB in two shards with its password in a secret, and mail on what happens to it", (
        BUDGET,
        aws("secretsmanager/Secret", {"name": "docdb/offers", "kmsKeyId": KEY, "tags": TAGS}, "password", protect=True),
        aws("docdb/ElasticCluster", {
            "name": "offers", "adminUserName": "owner", "adminUserPassword": UNKNOWN, "authType": "SECRET_ARN",
            "shardCapacity": 4, "shardCount": 2, "shardInstanceCount": 2, "kmsKeyId": KEY, "subnetIds": SUBNETS,
            "vpcSecurityGroupIds": GROUPS, "backupRetentionPeriod": 35, "preferredBackupWindow": "20:00-21:00",
            "preferredMaintenanceWindow": "fri:22:00-fri:23:00", "tags": TAGS}, "offers", protect=True, links={
                "adminUserPassword": ("password",)}),
        aws("docdb/EventSubscription", {
            "name": "offers", "snsTopicArn": ALARMS, "sourceType": "db-cluster", "enabled": True, "eventCategories": [
                "failover", "maintenance", "notification"], "tags": TAGS}, "events"),
        alarm("offers-cpu", "AWS/DocDB-Elastic", "PrimaryInstanceCPUUtilization", 80.0, ClusterName="offers")),
        f"{AWS_DOCS}/documentdb/latest/developerguide/elastic-managing.html, as known",
        merged(OURS, merged(kept("offers", "password"), unpriced("aws:docdb/elasticCluster:ElasticCluster::offers")))),
    Idiom("Neptune: a graph with records of queries, an endpoint for analysts and events", (
        BUDGET,
        aws("neptune/SubnetGroup", {"name": "fraud", "subnetIds": SUBNETS, "tags": TAGS}, "subnets"),
        aws("neptune/ClusterParameterGroup", {"name": "fraud", "family": "neptune1.4", "parameters": [
            {"name": "neptune_enable_audit_log", "value": "1"}, {"name": "neptune_query_timeout", "value": "60000"},
            {"name": "neptune_enable_slow_query_log", "value": "info", "applyMethod": "pending-reboot"}],
            "tags": TAGS}, "cluster-parameters"),
        aws("neptune/ParameterGroup", {"name": "fraud", "family": "neptune1.4", "parameters": [
            {"name": "neptune_result_cache", "value": "0"}], "tags": TAGS}, "parameters"),
        log("/aws/neptune/fraud/audit", "audit"), log("/aws/neptune/fraud/slowquery", "slow"),
        aws("neptune/Cluster", {
            "clusterIdentifier": "fraud", "engine": "neptune", "engineVersion": "1.4.5.0", "storageEncrypted": True,
            "kmsKeyArn": KEY, "iamDatabaseAuthenticationEnabled": True, "neptuneSubnetGroupName": UNKNOWN,
            "neptuneClusterParameterGroupName": UNKNOWN, "vpcSecurityGroupIds": GROUPS, "backupRetentionPeriod": 35,
            "preferredBackupWindow": "20:00-21:00", "copyTagsToSnapshot": True, "deletionProtection": True,
            "skipFinalSnapshot": False, "finalSnapshotIdentifier": "fraud-final", "enableCloudwatchLogsExports": [
                "audit", "slowquery"], "tags": TAGS}, "fraud", protect=True, links={
                    "neptuneSubnetGroupName": ("subnets",), "neptuneClusterParameterGroupName": (
                        "cluster-parameters",)}),
        *(aws("neptune/ClusterInstance", {
            "identifier": f"fraud-{number}", "clusterIdentifier": UNKNOWN, "engine": "neptune", "instanceClass":
            "db.r6g.large", "neptuneParameterGroupName": UNKNOWN, "publiclyAccessible": False,
            "autoMinorVersionUpgrade": True, "promotionTier": number - 1, "tags": TAGS}, f"fraud-{number}", links={
                "clusterIdentifier": ("fraud",), "neptuneParameterGroupName": ("parameters",)}) for number in (1, 2)),
        aws("neptune/ClusterEndpoint", {
            "clusterIdentifier": UNKNOWN, "clusterEndpointIdentifier": "analysts", "endpointType": "READER",
            "staticMembers": [UNKNOWN], "tags": TAGS}, "analysts", links={
                "clusterIdentifier": ("fraud",), "staticMembers": ("fraud-2",)}),
        aws("neptune/EventSubscription", {"name": "fraud", "snsTopicArn": ALARMS, "sourceType": "db-cluster",
            "sourceIds": [UNKNOWN], "eventCategories": ["failover", "failure", "maintenance"], "tags": TAGS}, "events",
            links={"sourceIds": ("fraud",)})),
        f"{AWS_DOCS}/neptune/latest/userguide/feature-overview-endpoints.html; .../auditing.html, as known",
        merged(OURS, merged(kept("fraud"), unpriced(*(
            f"aws:neptune/clusterInstance:ClusterInstance::fraud-{number}" for number in (1, 2)))))),
    Idiom("Redshift: what sessions may set is a profile, roles are a resource, events reach those on duty", (
        aws("redshift/AuthenticationProfile", {
            "authenticationProfileName": "analysts", "authenticationProfileContent": json.dumps({
                "AllowDBUserOverride": "0", "ClusterIdentifier": "risk", "DBUser": "analyst", "AutoCreate": "false",
                "SSL": "true"})}, "analysts"),
        trusted("redshift.amazonaws.com", "risk-loads"),
        rights("risk-loads", statement("s3:GetObject", "arn:aws:s3:::bank-datasets/risk/*"), statement(
            "kms:Decrypt", KEY)),
        aws("redshift/ClusterIamRoles", {"clusterIdentifier": "risk", "iamRoleArns": [UNKNOWN], "defaultIamRoleArn":
                                         UNKNOWN}, "roles", links={
                                             "iamRoleArns": ("risk-loads",), "defaultIamRoleArn": ("risk-loads",)}),
        aws("redshift/EventSubscription", {
            "name": "risk", "snsTopicArn": ALARMS, "sourceType": "cluster", "sourceIds": ["risk"], "severity": "INFO",
            "eventCategories": ["configuration", "management", "monitoring", "security", "pending"], "tags": TAGS},
            "events")),
        f"{AWS_DOCS}/redshift/latest/mgmt/options-with-auth-profiles.html; .../working-with-event-notifications.html,"
        " as known", OURS),
    Idiom("Aurora reads files from one prefix by a role, and a snapshot stands before the release", (
        trusted("rds.amazonaws.com", "ledger-import"),
        rights("ledger-import", statement("s3:GetObject", "arn:aws:s3:::bank-datasets/ledger/*"), statement(
            "s3:ListBucket", "arn:aws:s3:::bank-datasets", {"StringLike": {"s3:prefix": ["ledger/*"]}}), statement(
                "kms:Decrypt", KEY)),
        aws("rds/ClusterRoleAssociation", {"dbClusterIdentifier": "ledger", "featureName": "s3Import", "roleArn":
                                           UNKNOWN}, "import", links={"roleArn": ("ledger-import",)}),
        aws("rds/ClusterSnapshot", {"dbClusterIdentifier": "ledger", "dbClusterSnapshotIdentifier":
                                    "ledger-before-7-4", "tags": TAGS}, "before"),
        aws("rds/Snapshot", {"dbInstanceIdentifier": "tariffs", "dbSnapshotIdentifier": "tariffs-before-7-4",
                             "tags": TAGS}, "tariffs-before")),
        f"{AWS_DOCS}/AmazonRDS/latest/AuroraUserGuide/USER_PostgreSQL.S3Import.html, as known", OURS),
    Idiom("a lake whose tables carry tags one by one, with a function and a partition of the catalogue", (
        aws("lakeformation/LfTag", {"key": "confidentiality", "values": ["public", "internal", "secret"]}, "tag"),
        aws("glue/CatalogDatabase", {"name": "cards", "description": "Cards", "locationUri": "s3://bank-lake/cards/",
                                     "createTableDefaultPermissions": [], "tags": TAGS}, "cards"),
        aws("glue/CatalogTable", {
            "databaseName": UNKNOWN, "name": "clearing", "tableType": "EXTERNAL_TABLE", "partitionKeys": [
                {"name": "day", "type": "date"}], "storageDescriptor": {
                    "location": "s3://bank-lake/cards/clearing/", "inputFormat":
                    "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat", "outputFormat":
                    "org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat", "serDeInfo": {
                        "serializationLibrary": "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe"},
                    "columns": [{"name": "amount", "type": "bigint"}, {"name": "merchant", "type": "string"}]}},
            "clearing", links={"databaseName": ("cards",)}),
        aws("glue/Partition", {"databaseName": UNKNOWN, "tableName": UNKNOWN, "partitionValues": ["2026-12-01"],
            "storageDescriptor": {"location": "s3://bank-lake/cards/clearing/day=2026-12-01/"}}, "day", links={
                "databaseName": ("cards",), "tableName": ("clearing",)}),
        aws("lakeformation/ResourceLfTag", {"lfTag": {"key": UNKNOWN, "value": "secret"}, "table": {
            "databaseName": "cards", "name": UNKNOWN}}, "secret", links={"lfTag": ("tag",), "table": ("clearing",)}),
        aws("lakeformation/OptIn", {"principals": [{"dataLakePrincipalIdentifier": role_arn("analysts")}],
            "resourceDatas": [{"table": {"databaseName": "cards", "name": UNKNOWN}}]}, "analysts", links={
                "resourceDatas": ("clearing",)})),
        f"{AWS_DOCS}/lake-formation/latest/dg/TBAC-assigning-tags.html; .../hybrid-access-mode.html, as known",
        merged(OURS, {"residency": {"known": {"bank-lake": "our own bucket, in me-central-1"}}})),
    Idiom("shares of a research team on OpenZFS: a volume each with quotas, reached from the cluster alone", (
        BUDGET,
        aws("fsx/OpenZfsFileSystem", {
            "deploymentType": "MULTI_AZ_1", "storageType": "SSD", "storageCapacity": 1024, "throughputCapacity": 160,
            "subnetIds": SUBNETS[:2], "preferredSubnetId": SUBNETS[0], "endpointIpAddressRange": "198.19.255.0/24",
            "securityGroupIds": GROUPS, "kmsKeyId": KEY, "automaticBackupRetentionDays": 30, "copyTagsToBackups": True,
            "copyTagsToVolumes": True, "dailyAutomaticBackupStartTime": "20:00", "weeklyMaintenanceStartTime":
            "5:22:00", "skipFinalBackup": False, "rootVolumeConfiguration": {
                "dataCompressionType": "LZ4", "readOnly": True, "nfsExports": {"clientConfigurations": [{
                    "clients": "10.20.0.0/16", "options": ["ro", "sync", "root_squash"]}]}}, "tags": TAGS}, "research",
            protect=True),
        *(aws("fsx/OpenZfsVolume", {
            "name": team, "parentVolumeId": UNKNOWN, "dataCompressionType": "ZSTD", "recordSizeKib": 128,
            "storageCapacityQuotaGib": quota, "copyTagsToSnapshots": True, "nfsExports": {"clientConfigurations": [{
                "clients": "10.20.0.0/16", "options": ["rw", "sync", "root_squash", "crossmnt"]}]},
            "userAndGroupQuotas": [{"id": 2001, "storageCapacityQuotaGib": 50, "type": "USER"}], "tags": TAGS}, team,
            links={"parentVolumeId": ("research",)}) for team, quota in (("models", 600), ("papers", 100))),
        aws("fsx/Backup", {"fileSystemId": UNKNOWN, "tags": TAGS}, "before-upgrade", links={
            "fileSystemId": ("research",)}),
        alarm("research-full", "AWS/FSx", "UsedStorageCapacity", 9e11, FileSystemId=UNKNOWN)),
        f"{AWS_DOCS}/fsx/latest/OpenZFSGuide/managing-volumes.html, as known",
        merged(OURS, merged(kept("research"), unpriced("aws:fsx/openZfsFileSystem:OpenZfsFileSystem::research")))),
    Idiom("a conversion of a schema from the data centre: providers with TLS, secrets and a private profile", (
        trusted("dms.amazonaws.com", "conversion"),
        rights("conversion", statement(["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"], [
            arn("secretsmanager", "secret:dms/source-*"), arn("secretsmanager", "secret:dms/target-*")]), statement(
                "kms:Decrypt", KEY), statement(["s3:GetObject", "s3:PutObject"], "arn:aws:s3:::bank-conversion/*")),
        aws("dms/DataProvider", {"name": "core", "engine": "oracle", "virtual": False, "settings": {"oracleSettings": {
            "serverName": "core-db.bank.ae", "port": 2484, "databaseName": "CORE", "sslMode": "verify-ca",
            "certificateArn": arn("dms", "cert:bank-root")}}, "tags": TAGS}, "source"),
        aws("dms/DataProvider", {"name": "ledger", "engine": "aurora-postgresql", "settings": {"postgresqlSettings": {
            "serverName": f"ledger.cluster-abcdefghijkl.{R}.rds.amazonaws.com", "port": 5432, "databaseName": "ledger",
            "sslMode": "verify-full", "certificateArn": arn("dms", "cert:rds-root")}}, "tags": TAGS}, "target"),
        aws("dms/InstanceProfile", {
            "name": "private", "kmsKeyArn": KEY, "publiclyAccessible": False, "networkType": "IPV4",
            "subnetGroupIdentifier": "private", "vpcSecurityGroupIds": GROUPS, "tags": TAGS}, "profile"),
        aws("dms/MigrationProject", {
            "name": "core-to-ledger", "instanceProfileArn": UNKNOWN, **{
                f"{side}DataProviderDescriptors": [{
                    "dataProviderArn": UNKNOWN, "secretsManagerAccessRoleArn": role_arn("conversion"),
                    "secretsManagerSecretId": arn("secretsmanager", f"secret:dms/{side}-abcdef")}]
                for side in ("source", "target")}, "schemaConversionApplicationAttributes": {
                    "s3BucketPath": "s3://bank-conversion", "s3BucketRoleArn": role_arn("conversion")}, "tags": TAGS},
            "project", links={"instanceProfileArn": ("profile",), "sourceDataProviderDescriptors": ("source",),
                              "targetDataProviderDescriptors": ("target",)})),
        f"{AWS_DOCS}/dms/latest/userguide/getting-started.html; .../dm-data-providers.html, as known",
        merged(OURS, {"residency": {"known": {"bank-conversion": "our own bucket, in me-central-1"}}})),
    Idiom("searches: a domain asks a second one of the bank, and collections share a bounded group", (
        aws("opensearch/OutboundConnection", {
            "connectionAlias": "archive", "connectionMode": "DIRECT", "acceptConnection": True, "localDomainInfo": {
                "domainName": "search", "ownerId": ME, "region": R}, "remoteDomainInfo": {
                    "domainName": "archive", "ownerId": ME, "region": R}, "connectionProperties": {
                        "crossClusterSearch": {"skipUnavailable": "ENABLED"}}}, "archive"),
        aws("opensearch/ServerlessSecurityPolicy", {"name": "cases", "type": "encryption", "policy": json.dumps({
            "Rules": [{"ResourceType": "collection", "Resource": ["collection/cases-*"]}], "KmsARN": KEY})}, "key"),
        aws("opensearch/ServerlessSecurityPolicy", {"name": "cases", "type": "network", "policy": json.dumps([{
            "Rules": [{"ResourceType": kind, "Resource": ["collection/cases-*"]} for kind in (
                "collection", "dashboard")], "AllowFromPublic": False, "SourceVPCEs": ["vpce-0123456789abcdef0"]}])},
            "network"),
        aws("opensearch/ServerlessSecurityConfig", {"name": "staff", "type": "saml", "description": "Staff",
            "samlOptions": {"metadata": UNKNOWN, "groupAttribute": "groups", "userAttribute": "upn",
                            "sessionTimeout": 60}}, "staff"),
        aws("opensearch/ServerlessCollectionGroup", {
            "name": "cases", "standbyReplicas": "ENABLED", "description": "Cases of compliance", "capacityLimits": [{
                "minIndexingCapacityInOcu": 1, "maxIndexingCapacityInOcu": 4, "minSearchCapacityInOcu": 1,
                "maxSearchCapacityInOcu": 4}], "tags": TAGS}, "group"),
        aws("opensearch/ServerlessCollection", {
            "name": "cases-open", "type": "SEARCH", "standbyReplicas": "ENABLED", "collectionGroupName": "cases",
            "tags": TAGS}, "open", protect=True)),
        f"{AWS_DOCS}/opensearch-service/latest/developerguide/cross-cluster-search.html; .../serverless-saml.html, as"
        " known", merged(OURS, merged(kept("open"), unpriced(
            "aws:opensearch/serverlessCollection:ServerlessCollection::open",
            "aws:opensearch/serverlessCollectionGroup:ServerlessCollectionGroup::group")))),
    Idiom("an API of GraphQL with pipelines in JavaScript, and an encrypted cache for each caller", (
        BUDGET, trusted("appsync.amazonaws.com", "offers-api"),
        rights("offers-api", statement(["dynamodb:GetItem", "dynamodb:Query"], arn("dynamodb", "table/offers"))),
        aws("appsync/GraphQLApi", {
            "name": "offers", "authenticationType": "AWS_IAM", "schema": "type Query { offer(id: ID!): Offer } "
            "type Offer { id: ID! price: Int }", "xrayEnabled": True, "introspectionConfig": "DISABLED",
            "queryDepthLimit": 5, "resolverCountLimit": 50, "visibility": "PRIVATE", "logConfig": {
                "cloudwatchLogsRoleArn": role_arn("appsync-logs"), "fieldLogLevel": "ERROR", "excludeVerboseContent":
                True}, "tags": TAGS}, "api"),
        aws("appsync/DataSource", {
            "apiId": UNKNOWN, "name": "offers", "type": "AMAZON_DYNAMODB", "serviceRoleArn": UNKNOWN, "dynamodbConfig":
            {"tableName": "offers", "region": R}}, "table", links={"apiId": ("api",), "serviceRoleArn": (
                "offers-api",)}),
        aws("appsync/Function", {"apiId": UNKNOWN, "name": "read", "dataSource": UNKNOWN, "code": RESOLVER, "runtime": {
            "name": "APPSYNC_JS", "runtimeVersion": "1.0.0"}}, "read", links={"apiId": ("api",), "dataSource": (
                "table",)}),
        aws("appsync/Resolver", {
            "apiId": UNKNOWN, "type": "Query", "field": "offer", "kind": "PIPELINE", "pipelineConfig": {
                "functions": [UNKNOWN]}, "runtime": {"name": "APPSYNC_JS", "runtimeVersion": "1.0.0"}, "code":
            "export function request() { return {} }\nexport function response(ctx) { return ctx.prev.result }",
            "cachingConfig": {"cachingKeys": ["$context.identity.userArn", "$context.arguments.id"], "ttl": 60}},
            "offer", links={"apiId": ("api",), "pipelineConfig": ("read",)}),
        aws("appsync/ApiCache", {"apiId": UNKNOWN, "apiCachingBehavior": "PER_RESOLVER_CACHING", "type": "SMALL", "ttl":
            60, "atRestEncryptionEnabled": True, "transitEncryptionEnabled": True}, "cache", links={"apiId": (
                "api",)})),
        f"{AWS_DOCS}/appsync/latest/devguide/pipeline-resolvers-js.html; .../enabling-caching.html, as known",
        merged(OURS, unpriced("aws:appsync/apiCache:ApiCache::cache"))),
)  # fmt: skip
