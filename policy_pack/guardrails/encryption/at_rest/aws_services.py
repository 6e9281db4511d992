"""Encryption at rest on AWS, continued: services around the data, for integration, development, documents and language.

Property names checked against pulumi-aws 7.51.1 on 2026-11-24 (a test repeats it). Left out on purpose: keys of what
holds no customer data (anomaly detectors, event source mappings, resilience policies), of objects in S3, which take the
key of their bucket, and of jobs that only write where a key is set already.
"""

from collections.abc import Iterator

from ...engine.conditions import ABSENT, CUSTOMER_KEY, NOT_FALSE, NOT_TRUE, SET, TRUE, is_filled, is_true, one_of
from ...engine.families import encryption_rule
from ...engine.reading import UNKNOWN, Plain, Resource, from_json
from ...engine.rows import Check, Guardrail, Severity, aws
from ...engine.verdicts import Outcome, failed, passed

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
    # A table without one takes the key of its bucket.
    Check(aws("s3tables/Table"), "encryptionConfiguration?.kmsKeyArn", CUSTOMER_KEY),
    Check(aws("codebuild/ReportGroup"), "exportConfig.s3Destination?.encryptionKey", CUSTOMER_KEY),
    Check(aws("codebuild/ReportGroup"), "exportConfig.s3Destination?.encryptionDisabled", NOT_TRUE),
    # Without artifacts nothing is kept, and those of a pipeline are encrypted by the pipeline.
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

_JOBS = aws("sagemaker/DataQualityJobDefinition")
_GLUE = "encryptionConfiguration"

LANGUAGE_ROWS = (
    Check(aws("bedrock/AgentPrompt", "bedrock/AgentFlow"), "customerEncryptionKeyArn", CUSTOMER_KEY),
    Check(aws("bedrock/AgentcoreMemory", "bedrock/AgentcorePolicyEngine"), "encryptionKeyArn", CUSTOMER_KEY),
    Check(aws("bedrock/AgentDataSource"), "serverSideEncryptionConfiguration.kmsKeyArn", CUSTOMER_KEY),
    Check(aws("kendra/Index"), "serverSideEncryptionConfiguration.kmsKeyId", CUSTOMER_KEY),
    Check(aws("comprehend/EntityRecognizer", "comprehend/DocumentClassifier"), "modelKmsKeyId", CUSTOMER_KEY),
    Check(aws("comprehend/EntityRecognizer", "comprehend/DocumentClassifier"), "volumeKmsKeyId", CUSTOMER_KEY),
    Check(_JOBS, "jobResources.clusterConfig.volumeKmsKeyId", CUSTOMER_KEY),
    Check(_JOBS, "dataQualityJobOutputConfig.kmsKeyId", CUSTOMER_KEY),
    Check(aws("sagemaker/FlowDefinition"), "outputConfig.kmsKeyId", CUSTOMER_KEY),
    Check(aws("athena/Workgroup"), "configuration.enforceWorkgroupConfiguration", NOT_FALSE),
    Check(aws("athena/Database"), "encryptionConfiguration.encryptionOption", one_of("SSE_KMS", "CSE_KMS")),
    Check(aws("athena/Database"), "encryptionConfiguration.kmsKey", CUSTOMER_KEY),
    Check(aws("glue/SecurityConfiguration"), f"{_GLUE}.s3Encryption.s3EncryptionMode", one_of("SSE-KMS")),
    Check(aws("glue/SecurityConfiguration"), f"{_GLUE}.cloudwatchEncryption.cloudwatchEncryptionMode",
          one_of("SSE-KMS")),
    Check(aws("glue/SecurityConfiguration"), f"{_GLUE}.jobBookmarksEncryption.jobBookmarksEncryptionMode",
          one_of("CSE-KMS")),
    Check(aws("glue/SecurityConfiguration"), f"{_GLUE}.cloudwatchEncryption.kmsKeyArn", CUSTOMER_KEY),
    Check(aws("glue/SecurityConfiguration"), f"{_GLUE}.jobBookmarksEncryption.kmsKeyArn", CUSTOMER_KEY),
    Check(aws("glue/Job", "glue/Crawler", "glue/DevEndpoint"), "securityConfiguration", SET),
    Check(aws("glue/DataCatalogEncryptionSettings"),
          "dataCatalogEncryptionSettings.connectionPasswordEncryption.returnConnectionPasswordEncrypted", TRUE),
    Check(aws("glue/DataCatalogEncryptionSettings"),
          "dataCatalogEncryptionSettings.connectionPasswordEncryption.awsKmsKeyId", CUSTOMER_KEY),
    Check(aws("glue/DataCatalogEncryptionSettings"),
          "dataCatalogEncryptionSettings.encryptionAtRest.catalogEncryptionMode",
          one_of("SSE-KMS", "SSE-KMS-WITH-SERVICE-ROLE")),
)  # fmt: skip


def _emr(resource: Resource) -> Iterator[Outcome]:
    """The JSON of an EMR security configuration: both kinds of encryption on."""
    document = from_json(resource.get("configuration"))
    if document is UNKNOWN:
        return
    stated = document.get("EncryptionConfiguration") if isinstance(document, dict) else None
    for key in ("EnableAtRestEncryption", "EnableInTransitEncryption"):
        good = isinstance(stated, dict) and is_true(stated.get(key))
        yield passed() if good else failed(f"configuration does not set EncryptionConfiguration.{key}", "configuration")


def _search(resource: Resource) -> Iterator[Outcome]:
    """The JSON of an OpenSearch encryption policy: a key of one's own."""
    document = from_json(resource.get("policy"))
    if resource.get("type") != "encryption" or document is UNKNOWN:
        return
    for item in document if isinstance(document, list) else [document]:
        owned = isinstance(item, dict) and not is_true(item.get("AWSOwnedKey")) and _names_key(item.get("KmsARN"))
        yield passed() if owned else failed("policy does not name a KmsARN of your own", "policy")


def _sessions(resource: Resource) -> Iterator[Outcome]:
    """The JSON of a Session Manager document: what is typed and answered is encrypted with a key beyond TLS."""
    document = from_json(resource.get("content"))
    if resource.get("documentType") != "Session" or not isinstance(document, dict):
        return
    stated = document.get("inputs")
    good = stated is UNKNOWN or (isinstance(stated, dict) and _names_key(stated.get("kmsKeyId")))
    yield passed() if good else failed("content does not name inputs.kmsKeyId", "content")


def _names_key(value: Plain) -> bool:
    return value is UNKNOWN or (value is not None and is_filled(value) and CUSTOMER_KEY.test(value))


_WHY = "whoever holds the key decides who reads the data; a key of one's own can be audited, denied and destroyed"
_REMEDY = "Set it as said, with the ARN of an aws.kms.Key of your own that rotates"


AWS_SERVICE_ENCRYPTION: tuple[Guardrail, ...] = (
    encryption_rule(110, Severity.HIGH,
                    "AWS integration and development services are encrypted with a customer-managed key",
                    _WHY,
                    _REMEDY,
                    checks=SERVICE_ROWS),
    encryption_rule(111, Severity.HIGH,
                    "AWS language, document and data catalogue services are encrypted with a customer-managed key",
                    _WHY,
                    _REMEDY,
                    checks=LANGUAGE_ROWS),
    encryption_rule(112, Severity.HIGH, "EMR encrypts at rest and in transit",
                    _WHY, _REMEDY,
                    predicate=_emr, about=aws("emr/SecurityConfiguration")),
    encryption_rule(115, Severity.HIGH, "OpenSearch Serverless encrypts with a customer-managed key",
                    _WHY, _REMEDY,
                    predicate=_search, about=aws("opensearch/ServerlessSecurityPolicy")),
    encryption_rule(116, Severity.HIGH, "Sessions on machines are encrypted with a customer-managed key",
                    _WHY, _REMEDY,
                    predicate=_sessions, about=aws("ssm/Document")),
)  # fmt: skip
