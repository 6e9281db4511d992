"""Encryption at rest of AWS integration, development and management services.

Property names checked against pulumi-aws 7.51.1 on 2026-11-24 (a test repeats it). Not checked: keys of services that
store no customer data (anomaly detectors, event source mappings, resilience policies), secrets of connections to
services outside AWS, and jobs that only write to stores whose key is set already.
"""

from ....engine.conditions import ABSENT, CUSTOMER_KEY, NOT_FALSE, NOT_TRUE, SET, TRUE, one_of
from ....engine.families import encryption_rule
from ....engine.rows import Check, Guardrail, Severity, aws
from ..reasons import AWS_KEY, OWN_KEY

_KEY_ID = aws(
    "redshift/Integration", "redshift/SnapshotCopyGrant", "fsx/FileCache", "odb/AutonomousDatabase",
    "location/Tracker", "location/GeofenceCollection", "m2/Environment", "m2/Application", "rds/Integration",
    "rds/ExportTask", "rds/SnapshotCopy", "rds/ClusterSnapshotCopy", "rds/ClusterActivityStream",
    "rds/InstanceAutomatedBackupsReplication", "rds/CustomDbEngineVersion", "grafana/Workspace",
    "codecommit/Repository", "finspace/KxEnvironment", "imagebuilder/Component", "imagebuilder/ContainerRecipe",
    "imagebuilder/Workflow", "timestreamquery/ScheduledQuery", "ebs/SnapshotImport", "rekognition/StreamProcessor",
)  # fmt: skip

_KEY_ARN = aws(
    "scheduler/Schedule", "dms/InstanceProfile", "emrcontainers/JobTemplate", "mailmanager/Archive",
    "opensearch/Application", "memorydb/Snapshot", "amp/Workspace", "guardduty/PublishingDestination",
    "bedrock/AgentcoreGateway", "bedrock/AgentcoreEvaluator", "synthetics/Canary", "workmail/Organization",
    "lambda/CapacityProvider", "devopsagent/AgentSpace", "securityhub/ConnectorV2",
)  # fmt: skip

_KEY_IDENTIFIER = aws(
    "cloudwatch/EventArchive", "cloudwatch/EventConnection", "neptunegraph/Graph", "pipes/Pipe", "datazone/Domain",
)  # fmt: skip

_FIREWALLS = aws("networkfirewall/Firewall", "networkfirewall/FirewallPolicy", "networkfirewall/RuleGroup")

_SESSIONS = "configuration?.executeCommandConfiguration?.logConfiguration"

_VOLUMES = aws("storagegateway/StoredIscsiVolume", "storagegateway/CachesIscsiVolume")

SERVICE_ROWS = (
    Check(_KEY_ID, "kmsKeyId", CUSTOMER_KEY),
    Check(_KEY_ARN, "kmsKeyArn", CUSTOMER_KEY),
    Check(_KEY_IDENTIFIER, "kmsKeyIdentifier", CUSTOMER_KEY),
    Check(aws("ebs/SnapshotImport"), "encrypted", TRUE),
    Check(_VOLUMES, "kmsEncrypted", TRUE),
    Check(_VOLUMES, "kmsKey", CUSTOMER_KEY),
    Check(aws("qldb/Ledger", "appintegrations/DataIntegration", "auditmanager/AccountRegistration"), "kmsKey",
          CUSTOMER_KEY),
    Check(aws("appflow/Flow", "appflow/ConnectorProfile"), "kmsArn", CUSTOMER_KEY),
    Check(aws("appconfig/ConfigurationProfile"), "kmsKeyIdentifier", CUSTOMER_KEY),
    Check(aws("codeartifact/Domain"), "encryptionKey", CUSTOMER_KEY),
    Check(aws("msk/Channel", "agentregistry/Registry", "cloudwatchomni/Space"), "encryptionConfiguration.kmsKeyArn",
          CUSTOMER_KEY),
    Check(aws("observabilityadmin/S3TableIntegration"), "encryption.kmsKeyArn", CUSTOMER_KEY),
    # A table without an encryption configuration uses the key of its bucket.
    Check(aws("s3tables/Table"), "encryptionConfiguration?.kmsKeyArn", CUSTOMER_KEY),
    Check(aws("codebuild/ReportGroup"), "exportConfig.s3Destination?.encryptionKey", CUSTOMER_KEY),
    Check(aws("codebuild/ReportGroup"), "exportConfig.s3Destination?.encryptionDisabled", NOT_TRUE),
    # Other artifact types store nothing in S3, or are encrypted by the pipeline.
    Check(aws("codebuild/Project"), "artifacts.encryptionDisabled", NOT_TRUE, when=("artifacts.type", one_of("S3"))),
    Check(aws("codebuild/Project"), "secondaryArtifacts[*].encryptionDisabled", NOT_TRUE,
          when=("secondaryArtifacts[*].type", one_of("S3"))),
    Check(aws("codebuild/Project"), "logsConfig?.s3Logs?.encryptionDisabled", NOT_TRUE),
    Check(aws("dms/Endpoint", "dms/S3Endpoint"), "kmsKeyArn", CUSTOMER_KEY),
    Check(aws("appsync/ApiCache"), "atRestEncryptionEnabled", TRUE),
    Check(aws("apigateway/MethodSettings"), "settings.cacheDataEncrypted", TRUE,
          when=("settings.cachingEnabled", TRUE)),
    Check(aws("ecs/Cluster"), "configuration?.executeCommandConfiguration?.kmsKeyId", CUSTOMER_KEY),
    Check(aws("ecs/Cluster"), f"{_SESSIONS}?.cloudWatchEncryptionEnabled", TRUE,
          when=(f"{_SESSIONS}?.cloudWatchLogGroupName", SET)),
    Check(aws("ecs/Cluster"), f"{_SESSIONS}?.s3BucketEncryptionEnabled", TRUE,
          when=(f"{_SESSIONS}?.s3BucketName", SET)),
    Check(aws("ecs/Cluster"), f"{_SESSIONS}?.cloudWatchEncryptionEnabled", NOT_FALSE),
    Check(aws("ecs/Cluster"), f"{_SESSIONS}?.s3BucketEncryptionEnabled", NOT_FALSE),
    Check(aws("codegurureviewer/RepositoryAssociation"), "kmsKeyDetails.encryptionOption",
          one_of("CUSTOMER_MANAGED_CMK")),
    Check(aws("codegurureviewer/RepositoryAssociation"), "kmsKeyDetails.kmsKeyId", CUSTOMER_KEY),
    Check(aws("drs/ReplicationConfigurationTemplate"), "ebsEncryptionKeyArn", CUSTOMER_KEY),
    Check(aws("customerprofiles/Domain"), "defaultEncryptionKey", CUSTOMER_KEY),
    Check(aws("chime/SdkvoiceVoiceProfileDomain"), "serverSideEncryptionConfiguration.kmsKeyArn", CUSTOMER_KEY),
    Check(_FIREWALLS, "encryptionConfiguration.type", one_of("CUSTOMER_KMS")),
    Check(_FIREWALLS, "encryptionConfiguration.keyId", CUSTOMER_KEY),
    Check(aws("ec2/Ami"), "ebsBlockDevices[*].encrypted", TRUE, when=("ebsBlockDevices[*].snapshotId", ABSENT)),
    Check(aws("imagebuilder/DistributionConfiguration"), "distributions[*].amiDistributionConfiguration?.kmsKeyId",
          CUSTOMER_KEY),
    Check(aws("dlm/LifecyclePolicy"), "policyDetails?.schedules[*].crossRegionCopyRules[*].encrypted", TRUE),
    Check(aws("dlm/LifecyclePolicy"),
          "policyDetails?.action?.crossRegionCopies[*].encryptionConfiguration.encrypted", TRUE),
    Check(aws("connect/InstanceStorageConfig"), "storageConfig.s3Config?.encryptionConfig.keyId", CUSTOMER_KEY),
    Check(aws("connect/InstanceStorageConfig"), "storageConfig.kinesisVideoStreamConfig?.encryptionConfig.keyId",
          CUSTOMER_KEY),
    Check(aws("emr/Studio"), "encryptionKeyArn", CUSTOMER_KEY),
    Check(aws("emr/Cluster"), "securityConfiguration", SET),
    Check(aws("emrserverless/Application"), "monitoringConfiguration?.s3MonitoringConfiguration?.encryptionKeyArn",
          CUSTOMER_KEY),
)  # fmt: skip

AWS_INTEGRATION: tuple[Guardrail, ...] = (
    encryption_rule(110, Severity.HIGH,
                    "AWS integration and development services are encrypted with a customer-managed key",
                    OWN_KEY, AWS_KEY,
                    checks=SERVICE_ROWS),
)  # fmt: skip
