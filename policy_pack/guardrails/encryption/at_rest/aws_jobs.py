"""Encryption at rest on AWS, continued: what jobs write and leave on their disks, and stores beside the main one.

Property names checked against pulumi-aws 7.51.1 on 2026-11-25 (a test repeats it). SageMaker writes under the key that
AWS manages for S3 where a job names none, whatever the bucket says. Left out on purpose: deliveries into buckets by
other services, which take the bucket's key, and secrets of connections to services outside.
"""

from ...engine.conditions import ABSENT, CUSTOMER_KEY, TRUE, one_of
from ...engine.families import encryption_rule
from ...engine.rows import Check, Guardrail, Severity, aws

_TUNING = aws("sagemaker/HyperParameterTuningJob")
_TUNED = ("trainingJobDefinition?", "trainingJobDefinitions[*]")
_WATCHED = "monitoringScheduleConfig.monitoringJobDefinition?"
_VARIANTS = ("productionVariants[*]", "shadowProductionVariants[*]")
_SHARED = (
    (aws("sagemaker/Domain"), "defaultUserSettings?.sharingSettings?"),
    (aws("sagemaker/UserProfile"), "userSettings?.sharingSettings?"),
)

JOB_ROWS = (
    *(Check(_TUNING, f"{job}.outputDataConfig.kmsKeyId", CUSTOMER_KEY) for job in _TUNED),
    *(Check(_TUNING, f"{job}.resourceConfig?.volumeKmsKeyId", CUSTOMER_KEY) for job in _TUNED),
    *(Check(_TUNING, f"{job}.hyperParameterTuningResourceConfig?.volumeKmsKeyId", CUSTOMER_KEY) for job in _TUNED),
    Check(aws("sagemaker/LabelingJob"), "outputConfig.kmsKeyId", CUSTOMER_KEY),
    Check(aws("sagemaker/LabelingJob"),
          "labelingJobAlgorithmsConfig?.labelingJobResourceConfig?.volumeKmsKeyId", CUSTOMER_KEY),
    Check(aws("sagemaker/MonitoringSchedule"), f"{_WATCHED}.monitoringOutputConfig.kmsKeyId", CUSTOMER_KEY),
    Check(aws("sagemaker/MonitoringSchedule"), f"{_WATCHED}.monitoringResources.clusterConfig.volumeKmsKeyId",
          CUSTOMER_KEY),
    Check(aws("sagemaker/FeatureGroup"), "onlineStoreConfig?.securityConfig.kmsKeyId", CUSTOMER_KEY),
    Check(aws("sagemaker/ModelCard"), "securityConfig.kmsKeyId", CUSTOMER_KEY),
    Check(aws("sagemaker/DeviceFleet"), "outputConfig.kmsKeyId", CUSTOMER_KEY),
    Check(aws("sagemaker/EndpointConfiguration"), "asyncInferenceConfig?.outputConfig.kmsKeyId", CUSTOMER_KEY),
    Check(aws("sagemaker/EndpointConfiguration"), "dataCaptureConfig?.kmsKeyId", CUSTOMER_KEY),
    *(Check(aws("sagemaker/EndpointConfiguration"), f"{variant}.coreDumpConfig?.kmsKeyId", CUSTOMER_KEY)
      for variant in _VARIANTS),
    *(Check(tokens, f"{settings}.s3KmsKeyId", CUSTOMER_KEY,
            when=(f"{settings}.notebookOutputOption", one_of("Allowed"))) for tokens, settings in _SHARED),
    Check(aws("comprehend/DocumentClassifier"), "outputDataConfig?.kmsKeyId", CUSTOMER_KEY),
    Check(aws("bedrock/AgentcoreTokenVaultCmk"), "kmsConfiguration.keyType", one_of("CustomerManagedKey")),
    Check(aws("bedrock/AgentcoreTokenVaultCmk"), "kmsConfiguration.kmsKeyArn", CUSTOMER_KEY),
    Check(aws("bedrock/AgentcoreHarness"), "memory?.managedMemoryConfiguration?.encryptionKeyArn", CUSTOMER_KEY),
    Check(aws("bedrock/AgentKnowledgeBase"),
          "knowledgeBaseConfiguration.managedKnowledgeBaseConfiguration?.serverSideEncryptionConfiguration.kmsKeyArn",
          CUSTOMER_KEY),
)  # fmt: skip

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


_WHY = "whoever holds the key decides who reads the data; a key of one's own can be audited, denied and destroyed"
_REMEDY = "Set it as said, with the ARN of an aws.kms.Key of your own that rotates"


AWS_JOB_ENCRYPTION: tuple[Guardrail, ...] = (
    encryption_rule(117, Severity.HIGH,
                    "AWS machine-learning jobs encrypt their disks and results with a customer-managed key",
                    _WHY,
                    _REMEDY,
                    checks=JOB_ROWS),
    encryption_rule(118, Severity.HIGH,
                    "Stores beside the main one, and images, are encrypted with a customer-managed key on AWS",
                    _WHY,
                    _REMEDY,
                    checks=STORE_ROWS),
)  # fmt: skip
