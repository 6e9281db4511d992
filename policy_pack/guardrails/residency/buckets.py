"""Properties that name an S3 bucket into which a service writes. S3 names contain neither a region nor an account.

Checked against pulumi-aws 7.51.1 on 2026-11-27 (a test repeats it: every property that names a bucket is in this table,
or in a list with the reason why nothing of the stack is written there).
"""

from ..engine.lazy_regex import lazy_regex
from ..engine.rows import aws
from ..readers.s3_buckets import BUCKETS

EXPORTS: dict[str, tuple[str, ...]] = {
    aws(kind)[0]: paths
    for kind, paths in (
        ("appfabric/IngestionDestination", ("destinationConfiguration.auditLog.destination.s3Bucket.bucketName",)),
        ("appflow/Flow", (
            "destinationFlowConfigs[*].destinationConnectorProperties?.s3?.bucketName",
            "destinationFlowConfigs[*].destinationConnectorProperties?.upsolver?.bucketName",
            "destinationFlowConfigs[*].destinationConnectorProperties?.redshift?.intermediateBucketName",
            *(f"destinationFlowConfigs[*].destinationConnectorProperties?.{kind}?.errorHandlingConfig?.bucketName"
              for kind in ("eventBridge", "redshift")))),
        ("athena/Workgroup", ("configuration.monitoringConfiguration.s3LoggingConfiguration.logLocation",)),
        ("auditmanager/Assessment", ("assessmentReportsDestination.destination",)),
        ("backup/ReportPlan", ("reportDeliveryChannel.s3BucketName",)),
        ("bcmdata/Export", ("export.destinationConfigurations[*].s3Destinations[*].s3Bucket",)),
        ("bedrock/AgentcoreBrowser", ("recording.s3Location.bucket",)),
        ("bedrock/AgentcoreMemoryStrategy",
         ("configuration.selfManagedConfiguration.invocationConfiguration.payloadDeliveryBucketName",)),
        ("bedrock/AgentFlow", ("definition.nodes[*].configuration.storage.serviceConfiguration.s3.bucketName",)),
        ("bedrockmodel/InvocationLoggingConfiguration", (
            "loggingConfig.s3Config.bucketName",
            "loggingConfig.cloudwatchConfig.largeDataDeliveryS3Config.bucketName")),
        ("cfg/ConformancePack", ("deliveryS3Bucket",)),
        ("cfg/DeliveryChannel", ("s3BucketName",)),
        ("cfg/OrganizationConformancePack", ("deliveryS3Bucket",)),
        ("chime/SdkvoiceGlobalSettings", ("voiceConnector.cdrBucket",)),
        ("chimesdkmediapipelines/MediaInsightsPipelineConfiguration",
         ("elements[*].s3RecordingSinkConfiguration.destination",)),
        ("cleanrooms/Membership", ("defaultResultConfiguration.outputConfiguration.s3.bucket",)),
        ("cloudtrail/Trail", ("s3BucketName",)),
        ("cloudwatch/InternetMonitor", ("internetMeasurementsLogDelivery.s3Config.bucketName",)),
        ("cloudwatch/LogDeliveryDestination", ("deliveryDestinationConfiguration.destinationResourceArn",)),
        ("codebuild/Project", ("artifacts.location", "logsConfig.s3Logs.location", "secondaryArtifacts[*].location")),
        ("codebuild/ReportGroup", ("exportConfig.s3Destination.bucket",)),
        ("codepipeline/Pipeline", ("artifactStores[*].location",)),
        ("cognito/LogDeliveryConfiguration", ("logConfigurations[*].s3Configuration.bucketArn",)),
        ("connect/InstanceStorageConfig", ("storageConfig.s3Config.bucketName",)),
        ("cur/ReportDefinition", ("s3Bucket",)),
        ("customerprofiles/Domain", (
            "matching.exportingConfig.s3Exporting.s3BucketName",
            "ruleBasedMatching.exportingConfig.s3Exporting.s3BucketName")),
        ("dataexchange/EventAction", ("action.exportRevisionToS3.revisionDestination.bucket",)),
        ("datasync/S3Location", ("s3BucketArn",)),
        ("datasync/Task", ("taskReportConfig.s3Destination.s3BucketArn",)),
        ("dms/Endpoint", ("redshiftSettings.bucketName",)),
        ("dms/S3Endpoint", ("bucketName",)),
        ("dynamodb/TableExport", ("s3Bucket",)),
        ("ec2/FlowLog", ("logDestination",)),
        ("ec2/SpotDatafeedSubscription", ("bucket",)),
        ("ecs/Cluster", ("configuration.executeCommandConfiguration.logConfiguration.s3BucketName",)),
        ("elastictranscoder/Pipeline", ("outputBucket", "contentConfig.bucket", "thumbnailConfig.bucket")),
        ("evidently/Project", ("dataDelivery.s3Destination.bucket",)),
        ("fis/ExperimentTemplate", (
            "experimentReportConfiguration.outputs.s3Configuration.bucketName",
            "logConfiguration.s3Configuration.bucketName")),
        ("fsx/LustreFileSystem", ("exportPath",)),
        ("guardduty/PublishingDestination", ("destinationArn",)),
        ("imagebuilder/DistributionConfiguration", ("distributions[*].s3ExportConfiguration.s3Bucket",)),
        ("imagebuilder/InfrastructureConfiguration", ("logging.s3Logs.s3BucketName",)),
        ("iot/TopicRule", ("s3[*].bucketName", "errorAction.s3.bucketName")),
        ("ivs/RecordingConfiguration", ("destinationConfiguration.s3.bucketName",)),
        ("ivschat/LoggingConfiguration", ("destinationConfiguration.s3.bucketName",)),
        ("kinesis/FirehoseDeliveryStream", (
            "extendedS3Configuration?.bucketArn",
            "extendedS3Configuration?.s3BackupConfiguration?.bucketArn",
            "redshiftConfiguration?.s3BackupConfiguration?.bucketArn",
            *(f"{target}Configuration?.s3Configuration?.bucketArn"
              for target in ("elasticsearch", "httpEndpoint", "iceberg", "opensearch", "opensearchserverless",
                             "redshift", "snowflake", "splunk")))),
        ("lambda/EventSourceMapping", ("destinationConfig.onFailure.destinationArn",)),
        ("lambda/FunctionEventInvokeConfig", (
            "destinationConfig.onFailure.destination", "destinationConfig.onSuccess.destination")),
        ("macie2/ClassificationExportConfiguration", ("s3Destination.bucketName",)),
        ("mailmanager/RuleSet", ("rules[*].actions[*].writeToS3.s3Bucket",)),
        ("msk/Channel", (
            "icebergDestination.deadLetterQueueS3.bucketArn", "s3Destination.deadLetterQueueS3.bucketArn",
            "s3Destination.storage.bucketArn", "loggingInfo.s3.bucket")),
        ("msk/Cluster", ("loggingInfo.brokerLogs.s3.bucket",)),
        ("msk/Replicator", ("logDelivery.replicatorLogDelivery.s3.bucket",)),
        ("mskconnect/Connector", ("logDelivery.workerLogDelivery.s3.bucket",)),
        ("networkfirewall/LoggingConfiguration",
         ("loggingConfiguration.logDestinationConfigs[*].logDestination.bucketName",)),
        ("pipes/Pipe", ("logConfiguration.s3LogDestination.bucketName",)),
        ("rds/ExportTask", ("s3BucketName",)),
        ("redshift/Logging", ("bucketName",)),
        ("rekognition/StreamProcessor", ("output.s3Destination.bucket",)),
        ("route53/ResolverQueryLogConfig", ("destinationArn",)),
        ("s3/AnalyticsConfiguration",
         ("storageClassAnalysis?.dataExport.destination.s3BucketDestination.bucketArn",)),
        ("s3/Inventory", ("destination.bucket.bucketArn",)),
        ("s3/ObjectCopy", ("bucket",)),
        ("s3control/StorageLensConfiguration", ("storageLensConfiguration.dataExport?.s3BucketDestination?.arn",)),
        ("sagemaker/DeviceFleet", ("outputConfig.s3OutputLocation",)),
        ("ses/ReceiptRule", ("s3Actions[*].bucketName",)),
        ("signer/SigningJob", ("destination.s3.bucket",)),
        ("sns/SmsPreferences", ("usageReportS3Bucket",)),
        ("ssm/Association", ("outputLocation.s3BucketName",)),
        ("ssm/MaintenanceWindowTask", ("taskInvocationParameters.runCommandParameters.outputS3Bucket",)),
        ("ssm/ResourceDataSync", ("s3Destination.bucketName",)),
        ("storagegateway/NfsFileShare", ("locationArn",)),
        ("storagegateway/SmbFileShare", ("locationArn",)),
        ("timestreaminfluxdb/DbCluster", ("logDeliveryConfiguration.s3Configuration.bucketName",)),
        ("timestreaminfluxdb/DbInstance", ("logDeliveryConfiguration.s3Configuration.bucketName",)),
        ("timestreamquery/ScheduledQuery", ("errorReportConfiguration.s3Configuration.bucketName",)),
        ("timestreamwrite/Table",
         ("magneticStoreWriteProperties.magneticStoreRejectedDataLocation.s3Configuration.bucketName",)),
        *((f"transfer/{kind}", ("homeDirectory", "homeDirectoryMappings[*].target")) for kind in ("Access", "User")),
        ("transfer/Agreement", ("baseDirectory",)),
        ("transfer/Workflow", tuple(
            f"{steps}[*].{step}StepDetails?.destinationFileLocation?.s3FileLocation?.bucket"
            for steps in ("steps", "onExceptionSteps") for step in ("copy", "decrypt"))),
        ("verifiedaccess/InstanceLoggingConfiguration", ("accessLogs.s3.bucketName",)),
        ("vpclattice/AccessLogSubscription", ("destinationArn",)),
        ("wafv2/WebAclLoggingConfiguration", ("logDestinationConfigs",)),
        ("workspacesweb/SessionLogger", ("logConfiguration.s3.bucket",)),
    )
}  # fmt: skip
"""Type that writes data into a bucket -> the properties that name it. The owner of the bucket decides where it is, or,
for inventories and analyses, who reads it (S3 requires the region of the source there: API reference of
PutBucketInventoryConfiguration, 2026-11-27)."""

_ANY_RESOURCE = ("aws:",)
_OTHER_TARGETS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(aws("cloudwatch/LogDeliveryDestination", "ec2/FlowLog", "lambda/EventSourceMapping",
                        "lambda/FunctionEventInvokeConfig", "route53/ResolverQueryLogConfig",
                        "vpclattice/AccessLogSubscription", "wafv2/WebAclLoggingConfiguration"), _ANY_RESOURCE),
    **dict.fromkeys(aws("ec2/TrafficMirrorSession"), aws("ec2/TrafficMirrorTarget")),
    **dict.fromkeys(aws("transfer/Access", "transfer/Agreement", "transfer/User"), (*BUCKETS, "aws:efs/")),
}  # fmt: skip
"""Type that may write to something else than a bucket -> prefixes of the types of it. FJ-IDN-116 evaluates ARNs of
other services, which name the account."""
TARGETS: dict[str, tuple[str, ...]] = {
    **EXPORTS,
    **dict.fromkeys(aws("ec2/TrafficMirrorSession"), ("trafficMirrorTargetId",)),
}
"""Type -> the properties that name what it writes to."""


def target_types(token: str) -> tuple[str, ...]:
    """Returns prefixes of the types of resources to which a type writes."""
    return _OTHER_TARGETS.get(token, BUCKETS)


_FILE_SYSTEM = lazy_regex(r"fs-[0-9a-f]+")
"""Id of a file system of EFS, which is of the account (paths of EFS in home directories by botocore 1.44.8, transfer,
CreateUser, read 2026-11-29; their form by efs, FileSystemId, of it, read 2026-11-30)."""


def bucket_name(value: str) -> str:
    """Returns the name of the bucket in a name, an ARN of a bucket or an object, or the beginning of a path; empty for
    an ARN of another service."""
    if not value.startswith("arn:"):
        name = value.removeprefix("s3://").lstrip("/").partition("/")[0]
        return "" if _FILE_SYSTEM.fullmatch(name) else name
    *_, service, _, _, name = value.split(":", 5)
    return name.partition("/")[0] if service == "s3" else ""
