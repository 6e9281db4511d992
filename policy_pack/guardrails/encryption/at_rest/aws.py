"""Encryption at rest on AWS: which property of which type must say so.

Property names checked against pulumi-aws 7.51.1 on 2026-11-24 (a test repeats it). Left out on purpose: keys of
types that only pass data through.
"""

from ...engine.conditions import CUSTOMER_KEY, FALSE, NOT_FALSE, SET, TRUE, Condition, contains, none_of, one_of
from ...engine.families import encryption_rule
from ...engine.reading import MISSING
from ...engine.rows import Check, Guardrail, Severity, aws
from ...engine.verdicts import Verdict
from ...readers.s3_buckets import BUCKET_ENCRYPTION

_IS_MISSING = Condition("must be absent", lambda value: value is MISSING, missing=Verdict.PASS)
_KMS = one_of("aws:kms", "aws:kms:dsse")
_KEY_REMEDY = "Set it as said, with the ARN of an aws.kms.Key of your own that rotates"

_INLINE = "serverSideEncryptionConfiguration?.rule.applyServerSideEncryptionByDefault"
_INLINE_V2 = "serverSideEncryptionConfigurations[*].rules[+].applyServerSideEncryptionByDefaults[+]"
_DEFAULT = "rules[+].applyServerSideEncryptionByDefault"

SSE_ROWS = (
    Check(aws("s3/Bucket"), f"{_INLINE}.sseAlgorithm", _KMS),
    Check(aws("s3/Bucket"), f"{_INLINE}.kmsMasterKeyId", CUSTOMER_KEY),
    Check(aws("s3/BucketV2"), f"{_INLINE_V2}.sseAlgorithm", _KMS),
    Check(aws("s3/BucketV2"), f"{_INLINE_V2}.kmsMasterKeyId", CUSTOMER_KEY),
    Check(BUCKET_ENCRYPTION, f"{_DEFAULT}.sseAlgorithm", _KMS),
    Check(BUCKET_ENCRYPTION, f"{_DEFAULT}.kmsMasterKeyId", CUSTOMER_KEY),
    Check(aws("s3/BucketObject", "s3/BucketObjectv2"), "serverSideEncryption", none_of("AES256")),
)

_OWN_DISK = ("launchTemplate", _IS_MISSING)

BLOCK_ROWS = (
    Check(aws("ebs/Volume", "ebs/SnapshotCopy", "ec2/AmiCopy"), "encrypted", TRUE),
    Check(aws("ebs/Volume", "ebs/SnapshotCopy", "ec2/AmiCopy"), "kmsKeyId", CUSTOMER_KEY),
    Check(aws("ec2/Instance"), "rootBlockDevice.encrypted", TRUE, when=_OWN_DISK),
    Check(aws("ec2/Instance"), "rootBlockDevice.kmsKeyId", CUSTOMER_KEY, when=_OWN_DISK),
    Check(aws("ec2/SpotInstanceRequest"), "rootBlockDevice.encrypted", TRUE, when=_OWN_DISK),
    Check(aws("ec2/SpotInstanceRequest"), "rootBlockDevice.kmsKeyId", CUSTOMER_KEY, when=_OWN_DISK),
    Check(aws("ec2/Instance", "ec2/SpotInstanceRequest"), "ebsBlockDevices[*].encrypted", TRUE),
    Check(aws("ec2/Instance", "ec2/SpotInstanceRequest"), "ebsBlockDevices[*].kmsKeyId", CUSTOMER_KEY),
    Check(aws("ec2/SpotFleetRequest"), "launchSpecifications[*].rootBlockDevices[+].encrypted", TRUE),
    Check(aws("ec2/SpotFleetRequest"), "launchSpecifications[*].rootBlockDevices[+].kmsKeyId", CUSTOMER_KEY),
    Check(aws("ec2/SpotFleetRequest"), "launchSpecifications[*].ebsBlockDevices[*].encrypted", TRUE),
    Check(aws("ec2/SpotFleetRequest"), "launchSpecifications[*].ebsBlockDevices[*].kmsKeyId", CUSTOMER_KEY),
    Check(aws("ec2/LaunchTemplate"), "blockDeviceMappings[+].ebs?.encrypted", TRUE),
    Check(aws("ec2/LaunchTemplate"), "blockDeviceMappings[+].ebs?.kmsKeyId", CUSTOMER_KEY),
    Check(aws("ec2/LaunchConfiguration"), "rootBlockDevice.encrypted", TRUE),
    Check(aws("ec2/LaunchConfiguration"), "ebsBlockDevices[*].encrypted", TRUE),
    Check(aws("ecs/Service"), "volumeConfiguration?.managedEbsVolume.encrypted", TRUE),
    Check(aws("ecs/Service"), "volumeConfiguration?.managedEbsVolume.kmsKeyId", CUSTOMER_KEY),
    Check(aws("workspaces/Workspace"), "rootVolumeEncryptionEnabled", TRUE),
    Check(aws("workspaces/Workspace"), "userVolumeEncryptionEnabled", TRUE),
    Check(aws("workspaces/Workspace"), "volumeEncryptionKey", CUSTOMER_KEY),
    Check(aws("ebs/EncryptionByDefault"), "enabled", NOT_FALSE),
    Check(aws("ebs/DefaultKmsKey"), "keyArn", CUSTOMER_KEY),
)

FILE_ROWS = (
    Check(aws("efs/FileSystem"), "encrypted", TRUE),
    Check(aws("efs/FileSystem"), "kmsKeyId", CUSTOMER_KEY),
    Check(
        aws("fsx/LustreFileSystem", "fsx/OntapFileSystem", "fsx/OpenZfsFileSystem", "fsx/WindowsFileSystem"),
        "kmsKeyId",
        CUSTOMER_KEY,
    ),
    Check(aws("storagegateway/NfsFileShare", "storagegateway/SmbFileShare"), "kmsEncrypted", TRUE),
    Check(aws("storagegateway/NfsFileShare", "storagegateway/SmbFileShare"), "kmsKeyArn", CUSTOMER_KEY),
    Check(aws("s3/FilesFileSystem"), "kmsKeyId", CUSTOMER_KEY),
    Check(aws("backup/Vault"), "kmsKeyArn", CUSTOMER_KEY),
    Check(aws("backup/LogicallyAirGappedVault"), "encryptionKeyArn", CUSTOMER_KEY),
    Check(aws("s3/VectorsVectorBucket"), "encryptionConfigurations[+].kmsKeyArn", CUSTOMER_KEY),
    Check(aws("s3tables/TableBucket"), "encryptionConfiguration.kmsKeyArn", CUSTOMER_KEY),
)

DATABASE_ROWS = (
    Check(aws("rds/Instance", "rds/Cluster", "docdb/Cluster", "neptune/Cluster"), "storageEncrypted", TRUE),
    Check(aws("rds/Instance", "rds/Cluster", "docdb/Cluster"), "kmsKeyId", CUSTOMER_KEY),
    Check(aws("neptune/Cluster"), "kmsKeyArn", CUSTOMER_KEY),
    Check(aws("redshift/Cluster"), "encrypted", TRUE),
    Check(aws("redshift/Cluster", "redshiftserverless/Namespace", "docdb/ElasticCluster"), "kmsKeyId", CUSTOMER_KEY),
    Check(aws("rds/Instance", "rds/ClusterInstance", "rds/Cluster"), "performanceInsightsKmsKeyId", CUSTOMER_KEY,
          when=("performanceInsightsEnabled", TRUE)),
    Check(aws("docdb/ClusterInstance"), "performanceInsightsKmsKeyId", CUSTOMER_KEY,
          when=("enablePerformanceInsights", TRUE)),
    Check(aws("rds/Instance", "rds/Cluster"), "masterUserSecretKmsKeyId", CUSTOMER_KEY,
          when=("manageMasterUserPassword", TRUE)),
    Check(aws("redshift/Cluster"), "masterPasswordSecretKmsKeyId", CUSTOMER_KEY, when=("manageMasterPassword", TRUE)),
    Check(aws("redshiftserverless/Namespace"), "adminPasswordSecretKmsKeyId", CUSTOMER_KEY,
          when=("manageAdminPassword", TRUE)),
    Check(aws("elasticache/ReplicationGroup"), "atRestEncryptionEnabled", TRUE),
    Check(aws("elasticache/ReplicationGroup", "elasticache/ServerlessCache"), "kmsKeyId", CUSTOMER_KEY),
    Check(aws("memorydb/Cluster"), "kmsKeyArn", CUSTOMER_KEY),
    Check(aws("opensearch/Domain", "elasticsearch/Domain"), "encryptAtRest.enabled", TRUE),
    Check(aws("opensearch/Domain", "elasticsearch/Domain"), "encryptAtRest.kmsKeyId", CUSTOMER_KEY),
    Check(aws("dynamodb/Table"), "serverSideEncryption.enabled", TRUE),
    Check(aws("dynamodb/Table"), "serverSideEncryption.kmsKeyArn", CUSTOMER_KEY),
    Check(aws("dynamodb/Table"), "replicas[*].kmsKeyArn", CUSTOMER_KEY),
    Check(aws("dynamodb/TableReplica"), "kmsKeyArn", CUSTOMER_KEY),
    Check(aws("dax/Cluster"), "serverSideEncryption.enabled", TRUE),
    Check(aws("dsql/Cluster"), "kmsEncryptionKey", CUSTOMER_KEY),
    Check(aws("timestreamwrite/Database"), "kmsKeyId", CUSTOMER_KEY),
    Check(aws("keyspaces/Table"), "encryptionSpecification.type", one_of("CUSTOMER_MANAGED_KMS_KEY")),
    Check(aws("keyspaces/Table"), "encryptionSpecification.kmsKeyIdentifier", CUSTOMER_KEY),
)  # fmt: skip

_SOURCES = ("kinesisSourceConfiguration", "mskSourceConfiguration")
"""A delivery stream that reads another stream keeps nothing itself: Firehose refuses a key there."""

MESSAGE_ROWS = (
    Check(aws("kinesis/Stream"), "encryptionType", one_of("KMS")),
    Check(aws("kinesis/Stream", "kinesis/VideoStream"), "kmsKeyId", CUSTOMER_KEY),
    Check(aws("kinesis/FirehoseDeliveryStream"), "serverSideEncryption.enabled", TRUE, unless=_SOURCES),
    Check(aws("kinesis/FirehoseDeliveryStream"), "serverSideEncryption.keyType", one_of("CUSTOMER_MANAGED_CMK"),
          unless=_SOURCES),
    Check(aws("kinesis/FirehoseDeliveryStream"), "serverSideEncryption.keyArn", CUSTOMER_KEY, unless=_SOURCES),
    Check(aws("sqs/Queue", "sns/Topic"), "kmsMasterKeyId", CUSTOMER_KEY),
    Check(aws("msk/Cluster"), "encryptionInfo.encryptionAtRestKmsKeyArn", CUSTOMER_KEY),
    Check(aws("mq/Broker"), "encryptionOptions.useAwsOwnedKey", FALSE),
    Check(aws("mq/Broker"), "encryptionOptions.kmsKeyId", CUSTOMER_KEY),
    Check(aws("cloudwatch/EventBus"), "kmsKeyIdentifier", CUSTOMER_KEY),
    Check(aws("sfn/StateMachine", "sfn/Activity"), "encryptionConfiguration.kmsKeyId", CUSTOMER_KEY),
)  # fmt: skip

LOG_ROWS = (
    Check(aws("cloudwatch/LogGroup", "cloudtrail/Trail", "cloudtrail/EventDataStore"), "kmsKeyId", CUSTOMER_KEY),
    Check(aws("secretsmanager/Secret"), "kmsKeyId", CUSTOMER_KEY),
    Check(aws("secretsmanager/Secret"), "replicas[*].kmsKeyId", CUSTOMER_KEY),
    Check(aws("ssm/Parameter"), "keyId", CUSTOMER_KEY, when=("type", one_of("SecureString"))),
)

_IMAGES = aws("ecr/Repository", "ecr/RepositoryCreationTemplate")

COMPUTE_ROWS = (
    Check(_IMAGES, "encryptionConfigurations[+].encryptionType", one_of("KMS", "KMS_DSSE")),
    Check(_IMAGES, "encryptionConfigurations[+].kmsKey", CUSTOMER_KEY),
    Check(aws("eks/Cluster"), "encryptionConfig.resources", contains("secrets")),
    Check(aws("eks/Cluster"), "encryptionConfig.provider.keyArn", CUSTOMER_KEY),
    Check(aws("eks/NodeGroup"), "launchTemplate", SET),
    Check(aws("lambda/Function"), "kmsKeyArn", CUSTOMER_KEY, when=("environment", SET)),
    Check(aws("codebuild/Project"), "encryptionKey", CUSTOMER_KEY),
    Check(aws("codepipeline/Pipeline"), "artifactStores[+].encryptionKey.id", CUSTOMER_KEY),
    Check(aws("mwaa/Environment"), "kmsKey", CUSTOMER_KEY),
    Check(aws("apprunner/Service"), "encryptionConfiguration.kmsKey", CUSTOMER_KEY),
    Check(aws("ecs/Cluster"), "configuration?.managedStorageConfiguration?.kmsKeyId", CUSTOMER_KEY),
    Check(aws("dms/ReplicationInstance"), "kmsKeyArn", CUSTOMER_KEY),
)

AI_ROWS = (
    Check(aws("sagemaker/NotebookInstance", "sagemaker/Domain"), "kmsKeyId", CUSTOMER_KEY),
    Check(aws("sagemaker/EndpointConfiguration"), "kmsKeyArn", CUSTOMER_KEY),
    Check(aws("sagemaker/TrainingJob"), "outputDataConfig.kmsKeyId", CUSTOMER_KEY),
    Check(aws("sagemaker/TrainingJob"), "resourceConfig.volumeKmsKeyId", CUSTOMER_KEY),
    Check(aws("sagemaker/FeatureGroup"), "offlineStoreConfig?.s3StorageConfig.kmsKeyId", CUSTOMER_KEY),
    Check(aws("bedrock/EvaluationJob"), "customerEncryptionKeyId", CUSTOMER_KEY),
    Check(aws("bedrock/CustomModel"), "customModelKmsKeyId", CUSTOMER_KEY),
    Check(aws("bedrock/AgentAgent"), "customerEncryptionKeyArn", CUSTOMER_KEY),
    Check(aws("bedrock/Guardrail"), "kmsKeyArn", CUSTOMER_KEY),
    Check(aws("athena/Workgroup"),
          "configuration.resultConfiguration.encryptionConfiguration.kmsKeyArn", CUSTOMER_KEY),
    Check(aws("glue/SecurityConfiguration"), "encryptionConfiguration.s3Encryption.kmsKeyArn", CUSTOMER_KEY),
    Check(aws("glue/DataCatalogEncryptionSettings"),
          "dataCatalogEncryptionSettings.encryptionAtRest.sseAwsKmsKeyId", CUSTOMER_KEY),
    Check(aws("qbusiness/Application"), "encryptionConfiguration.kmsKeyId", CUSTOMER_KEY),
    Check(aws("opensearch/ServerlessCollection"), "encryptionConfigs[+].kmsKeyArn", CUSTOMER_KEY),
)  # fmt: skip


_WHY = "whoever holds the key decides who reads the data; a key of one's own can be audited, denied and destroyed"


AWS_ENCRYPTION: tuple[Guardrail, ...] = (
    encryption_rule(101, Severity.CRITICAL, "S3 default encryption uses a customer-managed key",
                    _WHY, _KEY_REMEDY,
                    checks=SSE_ROWS),
    encryption_rule(102, Severity.HIGH, "AWS block storage is encrypted with a customer-managed key",
                    _WHY, _KEY_REMEDY,
                    checks=BLOCK_ROWS),
    encryption_rule(103, Severity.HIGH, "AWS file systems and backup vaults are encrypted with a customer-managed key",
                    _WHY, _KEY_REMEDY,
                    checks=FILE_ROWS),
    encryption_rule(104, Severity.HIGH, "AWS databases and caches are encrypted with a customer-managed key",
                    _WHY, _KEY_REMEDY,
                    checks=DATABASE_ROWS),
    encryption_rule(105, Severity.HIGH, "AWS queues, topics and streams are encrypted with a customer-managed key",
                    _WHY, _KEY_REMEDY,
                    checks=MESSAGE_ROWS),
    encryption_rule(106, Severity.HIGH, "AWS logs, trails and secrets are encrypted with a customer-managed key",
                    _WHY, _KEY_REMEDY,
                    checks=LOG_ROWS),
    encryption_rule(107, Severity.HIGH, "AWS clusters, images and builds are encrypted with a customer-managed key",
                    _WHY, _KEY_REMEDY,
                    checks=COMPUTE_ROWS),
    encryption_rule(108, Severity.HIGH, "AWS AI and analytics services are encrypted with a customer-managed key",
                    _WHY, _KEY_REMEDY,
                    checks=AI_ROWS),
)  # fmt: skip
