"""Good programs of platform teams on AWS: search, tables and copies (set 24, before any rule ran)."""

from ..blind import KEY, ME, TAGS, aws, document, statement
from ..harness import UNKNOWN
from . import Idiom, unpriced
from .fourth import AWS_DOCS, R
from .fourth_kubernetes import BUDGET
from .ninth_aws import GROUPS, SUBNETS, arn, kept, role_arn
from .seventeenth_aws import CERTIFICATE
from .thirteenth_aws import OURS
from .twelfth_aws_platform import rights, trusted
from .twentieth_goodb_charts import merged
from .twenty_first_xaws import alarm
from .twenty_fourth_good_aws import LOGS_ACCOUNT, ORGANISATION, log
from .twenty_third_aws import store

ARCHIVE_KEY = f"arn:aws:kms:{R}:{LOGS_ACCOUNT}:key/22222222-3333-4444-5555-666666666666"

IDIOMS: tuple[Idiom, ...] = (
    Idiom("OpenSearch: records of the apps in hot and warm nodes, staff by SAML, and a pipeline that reads Kinesis", (
        BUDGET, *(log(f"/aws/opensearch/records/{kind}", f"log-{kind}", 90) for kind in ("audit", "slow", "app")),
        aws("opensearch/Domain", {
            "domainName": "records", "engineVersion": "OpenSearch_3.1", "clusterConfig": {
                "instanceType": "r7g.large.search", "instanceCount": 3, "dedicatedMasterEnabled": True,
                "dedicatedMasterType": "m7g.large.search", "dedicatedMasterCount": 3, "zoneAwarenessEnabled": True,
                "zoneAwarenessConfig": {"availabilityZoneCount": 3}, "warmEnabled": True, "warmType":
                "ultrawarm1.medium.search", "warmCount": 3, "coldStorageOptions": {"enabled": True}},
            "ebsOptions": {"ebsEnabled": True, "volumeType": "gp3", "volumeSize": 200, "throughput": 250},
            "encryptAtRest": {"enabled": True, "kmsKeyId": KEY}, "nodeToNodeEncryption": {"enabled": True},
            "domainEndpointOptions": {"enforceHttps": True, "tlsSecurityPolicy": "Policy-Min-TLS-1-2-PFS-2023-10",
                                      "customEndpointEnabled": True, "customEndpoint": "records.bank.ae",
                                      "customEndpointCertificateArn": CERTIFICATE},
            "advancedSecurityOptions": {"enabled": True, "internalUserDatabaseEnabled": False, "anonymousAuthEnabled":
                                        False, "masterUserOptions": {"masterUserArn": role_arn("records-owner")}},
            "vpcOptions": {"subnetIds": SUBNETS, "securityGroupIds": GROUPS}, "autoTuneOptions": {
                "desiredState": "ENABLED", "useOffPeakWindow": True, "rollbackOnDisable": "NO_ROLLBACK"},
            "offPeakWindowOptions": {"enabled": True, "offPeakWindow": {"windowStartTime": {"hours": 20,
                "minutes": 0}}},
            "softwareUpdateOptions": {"autoSoftwareUpdateEnabled": True}, "logPublishingOptions": [
                {"cloudwatchLogGroupArn": arn("logs", f"log-group:/aws/opensearch/records/{kind}"), "logType": name}
                for kind, name in (("audit", "AUDIT_LOGS"), ("slow", "INDEX_SLOW_LOGS"), ("app",
                                                                                        "ES_APPLICATION_LOGS"))],
            "advancedOptions": {"rest.action.multi.allow_explicit_index": "false",
                                "override_main_response_version": "false"}, "tags": TAGS}, "domain", protect=True),
        aws("opensearch/DomainPolicy", {"domainName": "records", "accessPolicies": document({
            "Effect": "Allow", "Principal": {"AWS": [role_arn("records-pipeline"), role_arn("records-owner")]},
            "Action": "es:ESHttp*", "Resource": arn("es", "domain/records/*")})}, "access", links={
                "domainName": ("domain",)}),
        aws("opensearch/DomainSamlOptions", {"domainName": "records", "samlOptions": {
            "enabled": True, "rolesKey": "roles", "subjectKey": "email", "sessionTimeoutMinutes": 60, "idp": {
                "entityId": "https://login.bank.ae/records", "metadataContent":
                "<EntityDescriptor entityID=\"https://login.bank.ae/records\"/>"}}}, "saml", links={
                    "domainName": ("domain",)}),
        trusted("osis-pipelines.amazonaws.com", "records-pipeline"),
        rights("records-pipeline", statement("es:DescribeDomain", arn("es", "domain/records")), statement(
            "es:ESHttp*", arn("es", "domain/records/*")), statement(
                ["kinesis:DescribeStream", "kinesis:DescribeStreamSummary", "kinesis:GetRecords",
                 "kinesis:GetShardIterator", "kinesis:ListShards"], arn("kinesis", "stream/records")), statement(
                "kms:Decrypt", KEY)),
        log("/aws/vendedlogs/OpenSearchIngestion/records", "pipeline-log", 30),
        aws("opensearchingest/Pipeline", {
            "pipelineName": "records", "minUnits": 1, "maxUnits": 4, "encryptionAtRestOptions": {"kmsKeyArn": KEY},
            "bufferOptions": {"persistentBufferEnabled": False}, "logPublishingOptions": {
                "isLoggingEnabled": True, "cloudwatchLogDestination": {
                    "logGroup": "/aws/vendedlogs/OpenSearchIngestion/records"}}, "vpcOptions": {
                "subnetIds": SUBNETS, "securityGroupIds": GROUPS, "vpcEndpointManagement": "SERVICE"},
            "pipelineRoleArn": UNKNOWN, "pipelineConfigurationBody": "version: '2'\nrecords:\n  source:\n"
            f"    kinesis-data-streams:\n      streams: [{{stream_name: records}}]\n      aws: {{region: {R}}}\n"
            "  processor:\n    - delete_entries:\n        with_keys: [authorization]\n  sink:\n    - opensearch:\n"
            "        hosts: ['https://vpc-records-abcdefghij.me-central-1.es.amazonaws.com']\n"
            f"        index: records-%{{yyyy.MM.dd}}\n        aws: {{region: {R}}}\n", "tags": TAGS}, "pipeline",
                links={
                "pipelineRoleArn": ("records-pipeline",)}),
        alarm("records-red", "AWS/ES", "ClusterStatus.red", 0.0, DomainName="records", ClientId=ME)),
        f"{AWS_DOCS}/opensearch-service/latest/developerguide/saml.html; .../configure-client-kinesis.html; "
        "terraform-aws-modules/terraform-aws-opensearch, as known",
        merged(merged({**OURS, "identity": {"trusted": {"login.bank.ae": "our own sign-in"}}}, kept("domain")),
            unpriced("aws:opensearchingest/pipeline:Pipeline::pipeline"))),
    Idiom("Iceberg: events of branches land by Firehose in a table that Glue compacts, cleans and shares by rights", (
        BUDGET, *store("bank-branch-lake", "lake"), log("/aws/kinesisfirehose/branches", "delivery-log", 90),
        aws("glue/CatalogDatabase", {"name": "branches", "description": "What branches do", "locationUri":
                                     "s3://bank-branch-lake/branches/", "tags": TAGS}, "database"),
        aws("glue/CatalogTable", {
            "databaseName": UNKNOWN, "name": "visits", "tableType": "EXTERNAL_TABLE", "openTableFormatInput": {
                "icebergInput": {"metadataOperation": "CREATE", "version": "2"}}, "storageDescriptor": {
                "location": "s3://bank-branch-lake/branches/visits/", "columns": [
                    {"name": "branch", "type": "string"}, {"name": "at", "type": "timestamp"},
                    {"name": "service", "type": "string"}, {"name": "minutes", "type": "int"}]}}, "visits", links={
                "databaseName": ("database",)}),
        trusted("glue.amazonaws.com", "visits-care"), rights("visits-care", statement(
            ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"], "arn:aws:s3:::bank-branch-lake/branches/*"), statement(
            "s3:ListBucket", "arn:aws:s3:::bank-branch-lake"), statement(["glue:GetTable", "glue:UpdateTable"], [
                arn("glue", "catalog"), arn("glue", "database/branches"), arn("glue", "table/branches/visits")]),
            statement(["kms:Decrypt", "kms:GenerateDataKey"], KEY), statement(
                ["logs:CreateLogStream", "logs:PutLogEvents"], arn("logs", "log-group:/aws-glue/iceberg-*:*"))),
        *(aws("glue/CatalogTableOptimizer", {"catalogId": ME, "databaseName": "branches", "tableName": "visits", "type":
            kind, "configuration": {"enabled": True, "roleArn": UNKNOWN, **more}}, kind, links={
                "configuration": ("visits-care",), "tableName": ("visits",)}) for kind, more in (
            ("compaction", {}), ("retention", {"retentionConfiguration": {"icebergConfiguration": {
                "snapshotRetentionPeriodInDays": 14, "numberOfSnapshotsToRetain": 5, "cleanExpiredFiles": True}}}),
            ("orphan_file_deletion", {"orphanFileDeletionConfiguration": {"icebergConfiguration": {
                "orphanFileRetentionPeriodInDays": 7, "location": "s3://bank-branch-lake/branches/visits/"}}}))),
        trusted("firehose.amazonaws.com", "visits-delivery"), rights("visits-delivery", statement(
            ["s3:GetObject", "s3:PutObject", "s3:AbortMultipartUpload"], "arn:aws:s3:::bank-branch-lake/*"), statement(
            "s3:ListBucket", "arn:aws:s3:::bank-branch-lake"), statement(
            ["glue:GetTable", "glue:GetDatabase", "glue:UpdateTable"], [
                arn("glue", "catalog"), arn("glue", "database/branches"), arn("glue", "table/branches/visits")]),
            statement(["kms:Decrypt", "kms:GenerateDataKey"], KEY), statement("logs:PutLogEvents", arn(
                "logs", "log-group:/aws/kinesisfirehose/branches:*"))),
        aws("kinesis/FirehoseDeliveryStream", {
            "name": "visits", "destination": "iceberg", "serverSideEncryption": {
                "enabled": True, "keyType": "CUSTOMER_MANAGED_CMK", "keyArn": KEY}, "icebergConfiguration": {
                "catalogArn": arn("glue", "catalog"), "roleArn": UNKNOWN, "bufferingInterval": 300, "bufferingSize": 64,
                "s3BackupMode": "FailedDataOnly", "retryDuration": 300, "destinationTableConfigurations": [
                    {"databaseName": "branches", "tableName": "visits", "s3ErrorOutputPrefix": "errors/visits/",
                     "uniqueKeys": ["branch", "at"]}], "s3Configuration": {
                    "bucketArn": UNKNOWN, "roleArn": UNKNOWN, "kmsKeyArn": KEY, "errorOutputPrefix": "errors/"},
                "cloudwatchLoggingOptions": {"enabled": True, "logGroupName": "/aws/kinesisfirehose/branches",
                                             "logStreamName": "visits"}}, "tags": TAGS}, "delivery", links={
                "icebergConfiguration": ("visits-delivery", "lake")}),
        aws("lakeformation/Permissions", {"principal": role_arn("analysts"), "permissions": ["SELECT", "DESCRIBE"],
            "tableWithColumns": {"databaseName": "branches", "name": "visits", "columnNames": ["branch", "service",
                                                                                              "minutes"]}}, "analysts",
            links={"tableWithColumns": ("visits",)})),
        f"{AWS_DOCS}/firehose/latest/dev/apache-iceberg-destination.html; .../glue/latest/dg/table-optimizers.html, "
        "as known", merged(OURS, kept("lake"))),
    Idiom("records of calls are copied within the region to the account of logs, which owns and locks its copies", (
        aws("s3/Bucket", {"bucket": "bank-trail-copy-source", "objectLockEnabled": True, "tags": TAGS}, "source",
            protect=True),
        *(given for given in store("bank-trail-copy-source", "source") if given.name != "source"),
        aws("s3/BucketObjectLockConfiguration", {"bucket": "bank-trail-copy-source", "rule": {"defaultRetention": {
            "mode": "COMPLIANCE", "days": 400}}}, "lock", links={"bucket": ("source",)}),
        aws("s3/BucketLogging", {"bucket": "bank-trail-copy-source", "targetBucket": "bank-access-logs", "targetPrefix":
            "trail/", "targetObjectKeyFormat": {"partitionedPrefix": {"partitionDateSource": "EventTime"}}}, "logged",
            links={"bucket": ("source",)}),
        trusted("s3.amazonaws.com", "trail-copies"), rights("trail-copies", statement(
            ["s3:GetReplicationConfiguration", "s3:ListBucket"], "arn:aws:s3:::bank-trail-copy-source"), statement(
            ["s3:GetObjectVersionForReplication", "s3:GetObjectVersionAcl", "s3:GetObjectVersionTagging",
             "s3:GetObjectRetention", "s3:GetObjectLegalHold"], "arn:aws:s3:::bank-trail-copy-source/*"), statement(
            ["s3:ReplicateObject", "s3:ReplicateTags", "s3:ObjectOwnerOverrideToBucketOwner"],
            "arn:aws:s3:::bank-trail-archive/*"), statement("kms:Decrypt", KEY, {"StringLike": {
                "kms:ViaService": f"s3.{R}.amazonaws.com"}}), statement("kms:Encrypt", ARCHIVE_KEY, {"StringLike": {
                    "kms:ViaService": f"s3.{R}.amazonaws.com"}})),
        aws("s3/BucketReplicationConfig", {"bucket": "bank-trail-copy-source", "role": UNKNOWN, "rules": [{
            "id": "archive", "status": "Enabled", "priority": 1, "filter": {"prefix": "AWSLogs/"},
            "deleteMarkerReplication": {"status": "Disabled"}, "sourceSelectionCriteria": {"sseKmsEncryptedObjects": {
                "status": "Enabled"}}, "destination": {
                "bucket": "arn:aws:s3:::bank-trail-archive", "account": LOGS_ACCOUNT, "storageClass": "GLACIER_IR",
                "accessControlTranslation": {"owner": "Destination"}, "encryptionConfiguration": {
                    "replicaKmsKeyId": ARCHIVE_KEY}, "metrics": {"status": "Enabled",
                        "eventThreshold": {"minutes": 15}},
                "replicationTime": {"status": "Enabled", "time": {"minutes": 15}}}}]}, "copies", links={
                    "role": ("trail-copies",), "bucket": ("source-versions",)}),
        alarm("copies-late", "AWS/S3", "OperationsFailedReplication", 0.0, SourceBucket="bank-trail-copy-source",
              DestinationBucket="bank-trail-archive", RuleId="archive")),
        f"{AWS_DOCS}/AmazonS3/latest/userguide/replication-walkthrough-3.html; terraform-aws-modules/"
        "terraform-aws-s3-bucket examples/s3-replication, as known", merged(
            merged(ORGANISATION, {"residency": {"known": {"bank-trail-archive": "our own bucket, in me-central-1"}}}),
            kept("source"))),
)  # fmt: skip
