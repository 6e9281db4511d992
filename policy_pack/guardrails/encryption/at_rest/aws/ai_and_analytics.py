"""Encryption at rest of AWS AI, machine-learning and analytics services.

Property names checked against pulumi-aws 7.51.1 on 2026-11-24 and 25 (a test repeats it). If a SageMaker job names no
key, it encrypts its output with the AWS managed key for S3, regardless of the encryption of the bucket.
"""

from ....engine.conditions import CUSTOMER_KEY, NOT_FALSE, SET, TRUE, Condition, one_of
from ....engine.families import encryption_rule
from ....engine.lazy_regex import lazy_regex
from ....engine.reading import Plain, from_json, leaves
from ....engine.rows import Check, Guardrail, Severity, aws
from ....engine.verdicts import Verdict
from ..reasons import AWS_KEY, OWN_KEY

_WITH_LOCAL_DISKS = lazy_regex(r"ml\.(?:g[4-7]\w*|p3dn|p[45]\w*|p6-b\d+|[cmrx]\d\w{0,9}d\w{0,9}|i\d\w*|trn\d\w*)\..+")
"""Machines with disks of their own, which are encrypted by the machine; SageMaker refuses a key for them (botocore
1.44.8, sagemaker, ResourceConfig, VolumeKmsKeyId; families of its TrainingInstanceType that have `instance-local-nvme`
in aws/karpenter-provider-aws 1d927085 website/content/en/docs/reference/instance-types.md; read 2026-11-29)."""


_WITHOUT_KEY = lazy_regex(r"\.(?:Debug|Profiler)RuleConfigurations\[")
"""Machines that evaluate rules of the debugger, which take no key."""
_VOLUME = lazy_regex(r"(?P<volume>.+)\.VolumeSizeInGB\b|(?P<unsized>.+\.TransformResources)\.")
_VARIANT = lazy_regex(r"\.(?:Shadow)?ProductionVariants\[\d+\]$")
_OF_AUTOML = "Arguments.AutoMLJobConfig.SecurityConfig"
"""Where a step has volumes, with a size or without, and variants of a model, which have the key of their configuration
(aws-sagemaker-mlops/sagemaker-model-building-pipeline-definition-JSON-schema b4012b0 and botocore 1.44.8, sagemaker,
DebugRuleConfiguration, TransformResources, AutoMLSecurityConfig and CreateEndpointConfigInput; read 2026-11-30)."""


def _volumes(path: str, value: Plain) -> list[str]:
    """Returns the path of the volumes that a value in the definition of a pipeline gives a step."""
    if path.endswith(".Type"):
        return [path.removesuffix("Type") + _OF_AUTOML] if value == "AutoML" else []
    found = _VOLUME.match(path)
    return [found["volume"] or found["unsized"]] if found is not None else []


def _has_keyed_volumes(definition: Plain) -> bool:
    found = [(path, value) for path, _, value in leaves(from_json(definition)) if not _WITHOUT_KEY.search(path)]
    local = {
        path.rpartition(".")[0]
        for path, value in found
        if path.endswith(".InstanceType") and isinstance(value, str) and _WITH_LOCAL_DISKS.fullmatch(value)
    }
    volumes = {volume for path, value in found for volume in _volumes(path, value)} - local
    keyed = {path.partition("KmsKeyId")[0] for path, value in found
             if "KmsKeyId" in path and CUSTOMER_KEY.judge(value) is Verdict.PASS}  # fmt: skip
    configured = {path: f"{_VARIANT.sub('', path)}." for path in volumes if _VARIANT.search(path)}
    return all(f"{path}.Volume" in keyed or configured.get(path) in keyed for path in volumes)


KEYED_VOLUMES = Condition(
    "must give each volume a customer-managed key (VolumeKmsKeyId)",
    _has_keyed_volumes,
    missing=Verdict.PASS,
    unknown=Verdict.PASS,
)
"""The volumes of the steps of a pipeline. A definition that is not known yet is evaluated again at deployment."""

AI_ROWS = (
    Check(aws("sagemaker/NotebookInstance", "sagemaker/Domain"), "kmsKeyId", CUSTOMER_KEY),
    Check(aws("sagemaker/EndpointConfiguration"), "kmsKeyArn", CUSTOMER_KEY),
    Check(aws("sagemaker/TrainingJob"), "outputDataConfig.kmsKeyId", CUSTOMER_KEY),
    Check(aws("sagemaker/TrainingJob"), "resourceConfig.volumeKmsKeyId", CUSTOMER_KEY),
    Check(aws("sagemaker/Pipeline"), "pipelineDefinition", KEYED_VOLUMES),
    Check(aws("sagemaker/FeatureGroup"), "offlineStoreConfig?.s3StorageConfig.kmsKeyId", CUSTOMER_KEY),
    Check(aws("bedrock/EvaluationJob"), "customerEncryptionKeyId", CUSTOMER_KEY),
    Check(aws("bedrock/CustomModel"), "customModelKmsKeyId", CUSTOMER_KEY),
    Check(aws("bedrock/AgentAgent"), "customerEncryptionKeyArn", CUSTOMER_KEY),
    Check(aws("bedrock/Guardrail"), "kmsKeyArn", CUSTOMER_KEY),
    Check(aws("athena/Workgroup"),
          "configuration.resultConfiguration.encryptionConfiguration.kmsKeyArn", CUSTOMER_KEY),
    Check(aws("athena/Workgroup"), "configuration.resultConfiguration.encryptionConfiguration.encryptionOption",
          one_of("SSE_KMS", "CSE_KMS")),
    Check(aws("glue/SecurityConfiguration"), "encryptionConfiguration.s3Encryption.kmsKeyArn", CUSTOMER_KEY),
    Check(aws("glue/DataCatalogEncryptionSettings"),
          "dataCatalogEncryptionSettings.encryptionAtRest.sseAwsKmsKeyId", CUSTOMER_KEY),
    Check(aws("qbusiness/Application"), "encryptionConfiguration.kmsKeyId", CUSTOMER_KEY),
)  # fmt: skip

_QUALITY_JOB = aws("sagemaker/DataQualityJobDefinition")

_GLUE = "encryptionConfiguration"

LANGUAGE_ROWS = (
    Check(aws("bedrock/AgentPrompt", "bedrock/AgentFlow"), "customerEncryptionKeyArn", CUSTOMER_KEY),
    Check(aws("bedrock/AgentcoreMemory", "bedrock/AgentcorePolicyEngine"), "encryptionKeyArn", CUSTOMER_KEY),
    Check(aws("bedrock/AgentDataSource"), "serverSideEncryptionConfiguration.kmsKeyArn", CUSTOMER_KEY),
    Check(aws("kendra/Index"), "serverSideEncryptionConfiguration.kmsKeyId", CUSTOMER_KEY),
    Check(aws("comprehend/EntityRecognizer", "comprehend/DocumentClassifier"), "modelKmsKeyId", CUSTOMER_KEY),
    Check(aws("comprehend/EntityRecognizer", "comprehend/DocumentClassifier"), "volumeKmsKeyId", CUSTOMER_KEY),
    Check(_QUALITY_JOB, "jobResources.clusterConfig.volumeKmsKeyId", CUSTOMER_KEY),
    Check(_QUALITY_JOB, "dataQualityJobOutputConfig.kmsKeyId", CUSTOMER_KEY),
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

_TUNING_JOB = aws("sagemaker/HyperParameterTuningJob")

_TRAINING_JOBS = ("trainingJobDefinition?", "trainingJobDefinitions[*]")

_MONITORING_JOB = "monitoringScheduleConfig.monitoringJobDefinition?"

_VARIANTS = ("productionVariants[*]", "shadowProductionVariants[*]")

_NOTEBOOK_SHARING = (
    (aws("sagemaker/Domain"), "defaultUserSettings?.sharingSettings?"),
    (aws("sagemaker/UserProfile"), "userSettings?.sharingSettings?"),
)

JOB_ROWS = (
    *(Check(_TUNING_JOB, f"{job}.outputDataConfig.kmsKeyId", CUSTOMER_KEY) for job in _TRAINING_JOBS),
    *(Check(_TUNING_JOB, f"{job}.resourceConfig?.volumeKmsKeyId", CUSTOMER_KEY) for job in _TRAINING_JOBS),
    *(Check(_TUNING_JOB, f"{job}.hyperParameterTuningResourceConfig?.volumeKmsKeyId", CUSTOMER_KEY)
      for job in _TRAINING_JOBS),
    Check(aws("sagemaker/LabelingJob"), "outputConfig.kmsKeyId", CUSTOMER_KEY),
    Check(aws("sagemaker/LabelingJob"),
          "labelingJobAlgorithmsConfig?.labelingJobResourceConfig?.volumeKmsKeyId", CUSTOMER_KEY),
    Check(aws("sagemaker/MonitoringSchedule"), f"{_MONITORING_JOB}.monitoringOutputConfig.kmsKeyId", CUSTOMER_KEY),
    Check(aws("sagemaker/MonitoringSchedule"), f"{_MONITORING_JOB}.monitoringResources.clusterConfig.volumeKmsKeyId",
          CUSTOMER_KEY),
    Check(aws("sagemaker/FeatureGroup"), "onlineStoreConfig?.securityConfig.kmsKeyId", CUSTOMER_KEY),
    Check(aws("sagemaker/ModelCard"), "securityConfig.kmsKeyId", CUSTOMER_KEY),
    Check(aws("sagemaker/DeviceFleet"), "outputConfig.kmsKeyId", CUSTOMER_KEY),
    Check(aws("sagemaker/EndpointConfiguration"), "asyncInferenceConfig?.outputConfig.kmsKeyId", CUSTOMER_KEY),
    Check(aws("sagemaker/EndpointConfiguration"), "dataCaptureConfig?.kmsKeyId", CUSTOMER_KEY),
    *(Check(aws("sagemaker/EndpointConfiguration"), f"{variant}.coreDumpConfig?.kmsKeyId", CUSTOMER_KEY)
      for variant in _VARIANTS),
    *(Check(tokens, f"{settings}.s3KmsKeyId", CUSTOMER_KEY,
            when=(f"{settings}.notebookOutputOption", one_of("Allowed"))) for tokens, settings in _NOTEBOOK_SHARING),
    Check(aws("comprehend/DocumentClassifier"), "outputDataConfig?.kmsKeyId", CUSTOMER_KEY),
    Check(aws("bedrock/AgentcoreTokenVaultCmk"), "kmsConfiguration.keyType", one_of("CustomerManagedKey")),
    Check(aws("bedrock/AgentcoreTokenVaultCmk"), "kmsConfiguration.kmsKeyArn", CUSTOMER_KEY),
    Check(aws("bedrock/AgentcoreHarness"), "memory?.managedMemoryConfiguration?.encryptionKeyArn", CUSTOMER_KEY),
    Check(aws("bedrock/AgentKnowledgeBase"),
          "knowledgeBaseConfiguration.managedKnowledgeBaseConfiguration?.serverSideEncryptionConfiguration.kmsKeyArn",
          CUSTOMER_KEY),
)  # fmt: skip

AWS_AI_AND_ANALYTICS: tuple[Guardrail, ...] = (
    encryption_rule(108, Severity.HIGH, "AWS AI and analytics services are encrypted with a customer-managed key",
                    OWN_KEY, AWS_KEY,
                    checks=AI_ROWS),
    encryption_rule(111, Severity.HIGH,
                    "AWS language, document and data catalogue services are encrypted with a customer-managed key",
                    OWN_KEY, AWS_KEY,
                    checks=LANGUAGE_ROWS),
    encryption_rule(117, Severity.HIGH,
                    "AWS machine-learning jobs encrypt their volumes and output with a customer-managed key",
                    OWN_KEY, AWS_KEY,
                    checks=JOB_ROWS),
)  # fmt: skip
