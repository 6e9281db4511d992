"""Encryption at rest of AWS storage: S3, block devices, file systems and backups.

Property names checked against pulumi-aws 7.51.1 on 2026-11-24 and 25 (a test repeats it). Not checked: keys of S3
objects and of deliveries into buckets, which use the bucket's key.
"""

from ....engine.conditions import ABSENT, CUSTOMER_KEY, IS_MISSING, NOT_FALSE, TRUE, none_of, one_of
from ....engine.families import encryption_rule
from ....engine.rows import Check, Guardrail, Severity, aws
from ....readers.s3_buckets import BUCKET_ENCRYPTION
from ..reasons import AWS_KEY, OWN_KEY

_KMS = one_of("aws:kms", "aws:kms:dsse")

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
    Check(aws("s3/BucketObject", "s3/BucketObjectv2", "s3/ObjectCopy"), "serverSideEncryption", none_of("AES256")),
)

_NO_LAUNCH_TEMPLATE = ("launchTemplate", IS_MISSING)

BLOCK_ROWS = (
    Check(aws("ebs/Volume", "ebs/SnapshotCopy", "ec2/AmiCopy"), "encrypted", TRUE),
    Check(aws("ebs/Volume", "ebs/SnapshotCopy", "ec2/AmiCopy"), "kmsKeyId", CUSTOMER_KEY),
    Check(aws("ec2/Instance"), "rootBlockDevice.encrypted", TRUE, when=_NO_LAUNCH_TEMPLATE),
    Check(aws("ec2/Instance"), "rootBlockDevice.kmsKeyId", CUSTOMER_KEY, when=_NO_LAUNCH_TEMPLATE),
    Check(aws("ec2/SpotInstanceRequest"), "rootBlockDevice.encrypted", TRUE, when=_NO_LAUNCH_TEMPLATE),
    Check(aws("ec2/SpotInstanceRequest"), "rootBlockDevice.kmsKeyId", CUSTOMER_KEY, when=_NO_LAUNCH_TEMPLATE),
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

_METADATA = "metadataConfiguration"

_RECIPES = (
    (aws("imagebuilder/ImageRecipe"), "blockDeviceMappings[*].ebs?"),
    (aws("imagebuilder/ContainerRecipe"), "instanceConfiguration?.blockDeviceMappings[*].ebs?"),
)

STORE_ROWS = (
    *(Check(tokens, f"{disk}.encrypted", TRUE) for tokens, disk in _RECIPES),
    *(Check(tokens, f"{disk}.kmsKeyId", CUSTOMER_KEY) for tokens, disk in _RECIPES),
    *(Check(aws("s3/BucketMetadataConfiguration"), f"{_METADATA}.{table}?.encryptionConfiguration.kmsKeyArn",
            CUSTOMER_KEY) for table in ("inventoryTableConfiguration", "journalTableConfiguration")),
    Check(aws("s3/VectorsIndex"), "encryptionConfigurations[*].kmsKeyArn", CUSTOMER_KEY),
    Check(aws("efs/ReplicationConfiguration"), "destination.kmsKeyId", CUSTOMER_KEY,
          when=("destination.fileSystemId", ABSENT)),
    Check(aws("opensearchingest/Pipeline"), "encryptionAtRestOptions.kmsKeyArn", CUSTOMER_KEY),
    Check(aws("securitylake/DataLake"), "configuration.encryptionConfigurations[+].kmsKeyId", CUSTOMER_KEY),
    Check(aws("dms/ReplicationConfig"), "computeConfig.kmsKeyId", CUSTOMER_KEY),
    Check(aws("emrserverless/Application"),
          "monitoringConfiguration?.managedPersistenceMonitoringConfiguration?.encryptionKeyArn", CUSTOMER_KEY),
    Check(aws("athena/Workgroup"),
          "configuration.managedQueryResultsConfiguration?.encryptionConfiguration.kmsKey", CUSTOMER_KEY),
)  # fmt: skip

AWS_STORAGE: tuple[Guardrail, ...] = (
    encryption_rule(101, Severity.CRITICAL, "S3 default encryption uses a customer-managed key",
                    OWN_KEY, AWS_KEY,
                    checks=SSE_ROWS),
    encryption_rule(102, Severity.HIGH, "AWS block storage is encrypted with a customer-managed key",
                    OWN_KEY, AWS_KEY,
                    checks=BLOCK_ROWS),
    encryption_rule(103, Severity.HIGH, "AWS file systems and backup vaults are encrypted with a customer-managed key",
                    OWN_KEY, AWS_KEY,
                    checks=FILE_ROWS),
    encryption_rule(118, Severity.HIGH,
                    "AWS secondary data stores and machine images are encrypted with a customer-managed key",
                    OWN_KEY, AWS_KEY,
                    checks=STORE_ROWS),
)  # fmt: skip
