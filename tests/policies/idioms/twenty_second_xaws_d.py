"""Good idioms of platform teams on AWS: arrivals, searches, caches, older apps and models (set 22, blind)."""

import json

from ..blind import KEY, ME, TAGS, aws, document, statement
from ..harness import UNKNOWN
from . import Idiom, unpriced
from .aws_platform import bucket
from .fourth import AWS_DOCS
from .fourth_kubernetes import BUDGET
from .ninth_aws import GROUPS, SUBNETS, arn, kept, role_arn
from .seventeenth_aws import CERTIFICATE
from .thirteenth_aws import DIGEST, ECR, OURS
from .twelfth_aws_platform import VPC, VPC_ENDPOINT, logs, rights, trusted
from .twentieth_goodb_charts import merged
from .twenty_first_xaws import alarm
from .twenty_second_xaws import PATTERNS, attached, group

UPDATES = {"identity": {"managed_policies": {"AWSElasticBeanstalkManagedUpdatesCustomerRolePolicy":
                                             "the service renews the platform of the environment"}}}  # fmt: skip

IDIOMS: tuple[Idiom, ...] = (
    Idiom("files of the data centre come each night to a bucket by an agent in the network, and are checked", (
        *bucket("bank-arrivals"), logs("/datasync/arrivals"), trusted("datasync.amazonaws.com", "arrivals"),
        rights("arrivals", statement(["s3:ListBucket", "s3:GetBucketLocation", "s3:ListBucketMultipartUploads"],
                                     "arn:aws:s3:::bank-arrivals"), statement(
            ["s3:GetObject", "s3:PutObject", "s3:AbortMultipartUpload", "s3:ListMultipartUploadParts",
             "s3:GetObjectTagging", "s3:PutObjectTagging"], "arn:aws:s3:::bank-arrivals/*"), statement(
                ["kms:Decrypt", "kms:GenerateDataKey"], KEY)),
        aws("datasync/Agent", {"name": "dc1", "activationKey": UNKNOWN, "vpcEndpointId": VPC_ENDPOINT, "subnetArns": [
            arn("ec2", "subnet/subnet-1")], "securityGroupArns": [arn("ec2", "security-group/sg-1")], "tags": TAGS},
            "agent"),
        aws("datasync/NfsLocation", {"serverHostname": "files.bank.ae", "subdirectory": "/exports/arrivals",
            "mountOptions": {
            "version": "NFS4_1"}, "onPremConfig": {"agentArns": [UNKNOWN]}, "tags": TAGS}, "from", links={
                "onPremConfig": ("agent",)}),
        aws("datasync/S3Location", {"s3BucketArn": UNKNOWN, "subdirectory": "/nfs", "s3StorageClass": "STANDARD",
                                    "s3Config": {"bucketAccessRoleArn": UNKNOWN}, "tags": TAGS}, "to", links={
                                        "s3BucketArn": ("bucket",), "s3Config": ("arrivals",)}),
        aws("datasync/Task", {
            "name": "arrivals", "sourceLocationArn": UNKNOWN, "destinationLocationArn": UNKNOWN,
                "cloudwatchLogGroupArn":
            UNKNOWN, "schedule": {"scheduleExpression": "cron(0 21 ? * SUN-THU *)"}, "options": {
                "verifyMode": "ONLY_FILES_TRANSFERRED", "transferMode": "CHANGED", "overwriteMode": "ALWAYS",
                "preserveDeletedFiles": "PRESERVE", "logLevel": "TRANSFER", "taskQueueing": "ENABLED",
                "bytesPerSecond": 52428800}, "tags": TAGS}, "task", links={
                    "sourceLocationArn": ("from",), "destinationLocationArn": ("to",),
                        "cloudwatchLogGroupArn": ("logs",)})),
        f"{AWS_DOCS}/datasync/latest/userguide/create-nfs-location.html; {PATTERNS}/transfer-nfs, as known",
        merged(OURS, kept("bucket"))),
    Idiom(
        "records of apps are searched in OpenSearch of three zones, in the network, by roles of the staff's sign-in", (
        BUDGET, *(aws("cloudwatch/LogGroup", {"name": f"/opensearch/records/{name}", "retentionInDays": 365, "kmsKeyId":
                                              KEY, "tags": TAGS}, name) for name in ("audit", "errors", "slow")),
        aws("cloudwatch/LogResourcePolicy", {"policyName": "opensearch-records", "policyDocument": document({
            "Effect": "Allow", "Principal": {"Service": "es.amazonaws.com"}, "Action": [
                "logs:PutLogEvents", "logs:CreateLogStream"], "Resource": arn("logs",
                    "log-group:/opensearch/records/*"),
            "Condition": {"StringEquals": {"aws:SourceAccount": ME}, "ArnLike": {
                "aws:SourceArn": arn("es", "domain/records")}}})}, "may-write"),
        group("search", ("10.64.0.0/16", 443, "Apps and staff in the network")),
        aws("opensearch/Domain", {
            "domainName": "records", "engineVersion": "OpenSearch_2.19", "clusterConfig": {
                "instanceType": "r6g.large.search", "instanceCount": 3, "dedicatedMasterEnabled": True,
                "dedicatedMasterType": "m6g.large.search", "dedicatedMasterCount": 3, "zoneAwarenessEnabled": True,
                "zoneAwarenessConfig": {"availabilityZoneCount": 3}, "multiAzWithStandbyEnabled": True}, "ebsOptions": {
                "ebsEnabled": True, "volumeType": "gp3", "volumeSize": 200}, "vpcOptions": {
                "subnetIds": SUBNETS, "securityGroupIds": [UNKNOWN]}, "encryptAtRest": {"enabled": True,
                    "kmsKeyId": KEY},
            "nodeToNodeEncryption": {"enabled": True}, "domainEndpointOptions": {
                "enforceHttps": True, "tlsSecurityPolicy": "Policy-Min-TLS-1-2-PFS-2023-10"},
                    "advancedSecurityOptions": {
                "enabled": True, "internalUserDatabaseEnabled": False, "anonymousAuthEnabled": False,
                    "masterUserOptions": {
                    "masterUserArn": role_arn("search-admins")}}, "advancedOptions": {
                "rest.action.multi.allow_explicit_index": "false"}, "autoTuneOptions": {"desiredState": "ENABLED",
                    "useOffPeakWindow": True, "rollbackOnDisable": "NO_ROLLBACK"},
                        "offPeakWindowOptions": {"enabled": True},
            "softwareUpdateOptions": {"autoSoftwareUpdateEnabled": True}, "logPublishingOptions": [
                {"logType": kind, "cloudwatchLogGroupArn": arn("logs", f"log-group:/opensearch/records/{name}"),
                    "enabled":
                 True} for kind, name in (("AUDIT_LOGS", "audit"), ("ES_APPLICATION_LOGS", "errors"),
                                          ("SEARCH_SLOW_LOGS", "slow"), ("INDEX_SLOW_LOGS", "slow"))],
            "accessPolicies": document({"Effect": "Allow", "Principal": {"AWS": [
                role_arn("search-readers"), role_arn("log-writers")]}, "Action": ["es:ESHttpGet", "es:ESHttpPost",
                    "es:ESHttpPut", "es:ESHttpHead"], "Resource": arn("es", "domain/records/*")}), "tags": TAGS},
                        "domain",
            protect=True, links={"vpcOptions": ("sg-search",)}),
        aws("opensearch/DomainSamlOptions", {"domainName": UNKNOWN, "samlOptions": {
            "enabled": True, "idp": {"entityId": "https://login.bank.ae/realms/staff", "metadataContent":
                "<EntityDescriptor entityID=\"https://login.bank.ae/realms/staff\"></EntityDescriptor>"},
                    "rolesKey": "groups",
            "subjectKey": "uid", "sessionTimeoutMinutes": 60, "masterBackendRole": "search-admins"}}, "staff", links={
                "domainName": ("domain",)}),
        alarm("records-red", "AWS/ES", "ClusterStatus.red", 0.0, DomainName="records", ClientId=ME),
        alarm("records-space", "AWS/ES", "FreeStorageSpace", 20480.0, DomainName="records", ClientId=ME)),
        f"{AWS_DOCS}/opensearch-service/latest/developerguide/bp.html; .../saml.html, as known",
        merged(merged(OURS, kept("domain")), merged(unpriced("aws:opensearch/domain:Domain::domain"),
            {"identity": {"trusted": {
            "login.bank.ae": "our own sign-in"}}}))),
    Idiom("sessions are in Valkey with users of narrow rights, and profiles in a table whose changes are heard", (
        BUDGET, aws("elasticache/SubnetGroup", {"name": "sessions", "subnetIds": SUBNETS, "tags": TAGS}, "subnets"),
        aws("elasticache/ParameterGroup", {"name": "sessions", "family": "valkey8", "tags": TAGS, "parameters": [
            {"name": "maxmemory-policy", "value": "volatile-lru"}, {"name": "timeout", "value": "300"}]}, "parameters"),
        aws("elasticache/User", {"userId": "sessions-app", "userName": "sessions-app", "engine": "valkey",
            "accessString":
                                 "on ~session:* -@all +@read +@write +@connection -@dangerous", "authenticationMode": {
                                     "type": "iam"}, "tags": TAGS}, "app"),
        aws("elasticache/UserGroup", {"userGroupId": "sessions", "engine": "valkey", "userIds": [UNKNOWN],
                                      "tags": TAGS}, "users", links={"userIds": ("app",)}),
        aws("elasticache/ReplicationGroup", {
            "replicationGroupId": "sessions", "description": "Sessions of customers", "engine": "valkey",
                "engineVersion":
            "8.1", "nodeType": "cache.r7g.large", "numNodeGroups": 2, "replicasPerNodeGroup": 1, "multiAzEnabled": True,
            "automaticFailoverEnabled": True, "atRestEncryptionEnabled": True, "kmsKeyId": KEY,
            "transitEncryptionEnabled": True, "transitEncryptionMode": "required", "userGroupIds": [UNKNOWN],
            "subnetGroupName": UNKNOWN, "parameterGroupName": UNKNOWN, "securityGroupIds": GROUPS,
                "snapshotRetentionLimit":
            7, "snapshotWindow": "22:00-23:00", "maintenanceWindow": "fri:23:00-sat:00:00",
                "autoMinorVersionUpgrade": True,
            "notificationTopicArn": arn("sns", "platform-alarms"), "logDeliveryConfigurations": [
                {"destination": "/elasticache/sessions", "destinationType": "cloudwatch-logs", "logFormat": "json",
                 "logType": kind} for kind in ("slow-log", "engine-log")], "finalSnapshotIdentifier": "sessions-final",
            "tags": TAGS}, "sessions", links={"userGroupIds": ("users",), "subnetGroupName": ("subnets",),
                                              "parameterGroupName": ("parameters",)}),
        logs("/elasticache/sessions"),
        aws("dynamodb/Table", {
            "name": "profiles", "billingMode": "PAY_PER_REQUEST", "onDemandThroughput": {
                "maxReadRequestUnits": 4000, "maxWriteRequestUnits": 2000}, "hashKey": "customer", "attributes": [
                {"name": "customer", "type": "S"}, {"name": "segment", "type": "S"}], "globalSecondaryIndexes": [{
                    "name": "by-segment", "hashKey": "segment", "projectionType": "KEYS_ONLY"}],
                        "serverSideEncryption": {
                "enabled": True, "kmsKeyArn": KEY}, "pointInTimeRecovery": {"enabled": True,
                    "recoveryPeriodInDays": 35},
            "deletionProtectionEnabled": True, "streamEnabled": True, "streamViewType": "NEW_AND_OLD_IMAGES", "ttl": {
                "enabled": True, "attributeName": "expires"}, "tags": TAGS}, "profiles", protect=True),
        aws("lambda/EventSourceMapping", {
            "eventSourceArn": UNKNOWN, "functionName": "profiles-changed", "startingPosition": "LATEST",
                "batchSize": 100,
            "maximumBatchingWindowInSeconds": 5, "bisectBatchOnFunctionError": True, "maximumRetryAttempts": 5,
            "parallelizationFactor": 2, "functionResponseTypes": ["ReportBatchItemFailures"], "kmsKeyArn": KEY,
            "destinationConfig": {"onFailure": {"destinationArn": arn("sqs", "profiles-dead")}}, "filterCriteria": {
                "filters": [{"pattern": json.dumps({"eventName": ["MODIFY"]})}]}, "tags": TAGS}, "changes", links={
                    "eventSourceArn": ("profiles",)}),
        alarm("profiles-late", "AWS/Lambda", "IteratorAge", 60000.0, FunctionName="profiles-changed")),
        f"{AWS_DOCS}/AmazonElastiCache/latest/dg/Clusters.RBAC.html; "
        f".../amazondynamodb/latest/developerguide/best-practices",
        merged(merged(OURS, kept("profiles", "sessions")), unpriced(
            "aws:elasticache/replicationGroup:ReplicationGroup::sessions"))),
    Idiom("an older app runs in Elastic Beanstalk inside the network, renewed by batches, with its health in records", (
        BUDGET, trusted("elasticbeanstalk.amazonaws.com", "branches-service"), trusted("ec2.amazonaws.com",
            "branches-node"),
        *attached("branches-service", "service-role/AWSElasticBeanstalkEnhancedHealth",
                  "AWSElasticBeanstalkManagedUpdatesCustomerRolePolicy"),
        *attached("branches-node", "AWSElasticBeanstalkWebTier", "AmazonSSMManagedInstanceCore"),
        aws("iam/InstanceProfile", {"name": "branches-node", "role": UNKNOWN, "tags": TAGS}, "profile", links={
            "role": ("branches-node",)}),
        aws("elasticbeanstalk/Application", {"name": "branches", "description": "Pages of branches",
            "appversionLifecycle": {
            "serviceRole": UNKNOWN, "maxCount": 20, "deleteSourceFromS3": False}, "tags": TAGS}, "app", links={
                "appversionLifecycle": ("branches-service",)}),
        aws("elasticbeanstalk/Environment", {
            "name": "branches-prod", "application": UNKNOWN, "tier": "WebServer", "solutionStackName":
            "64bit Amazon Linux 2023 v4.7.0 running Corretto 21", "tags": TAGS, "settings": [
                {"namespace": f"aws:{space}", "name": name, "value": value} for space, name, value in (
                    ("ec2:vpc", "VPCId", VPC), ("ec2:vpc", "Subnets", ",".join(SUBNETS)), ("ec2:vpc", "ELBSubnets",
                        ",".join(SUBNETS)), ("ec2:vpc", "ELBScheme", "internal"),
                    ("ec2:vpc", "AssociatePublicIpAddress", "false"), ("ec2:instances", "InstanceTypes", "m6i.large"),
                    ("autoscaling:asg", "MinSize", "2"), ("autoscaling:asg", "MaxSize", "6"),
                    ("autoscaling:launchconfiguration", "IamInstanceProfile", "branches-node"),
                    ("autoscaling:launchconfiguration", "DisableIMDSv1", "true"),
                    ("autoscaling:launchconfiguration", "RootVolumeType", "gp3"),
                    ("autoscaling:updatepolicy:rollingupdate", "RollingUpdateEnabled", "true"),
                    ("elasticbeanstalk:environment", "LoadBalancerType", "application"),
                    ("elasticbeanstalk:environment", "ServiceRole", "branches-service"),
                    ("elasticbeanstalk:command", "DeploymentPolicy", "RollingWithAdditionalBatch"),
                    ("elasticbeanstalk:healthreporting:system", "SystemType", "enhanced"),
                    ("elasticbeanstalk:cloudwatch:logs", "StreamLogs", "true"),
                    ("elasticbeanstalk:cloudwatch:logs", "DeleteOnTerminate", "false"),
                    ("elasticbeanstalk:cloudwatch:logs", "RetentionInDays", "365"),
                    ("elasticbeanstalk:managedactions", "ManagedActionsEnabled", "true"),
                    ("elasticbeanstalk:managedactions", "PreferredStartTime", "Fri:22:00"),
                    ("elasticbeanstalk:managedactions:platformupdate", "UpdateLevel", "minor"),
                    ("elasticbeanstalk:environment:process:default", "Port", "8443"),
                    ("elasticbeanstalk:environment:process:default", "Protocol", "HTTPS"),
                    ("elasticbeanstalk:environment:process:default", "HealthCheckPath", "/ready"),
                    ("elbv2:listener:default", "ListenerEnabled", "false"), ("elbv2:listener:443", "Protocol", "HTTPS"),
                    ("elbv2:listener:443", "SSLCertificateArns", CERTIFICATE),
                    ("elbv2:listener:443", "SSLPolicy", "ELBSecurityPolicy-TLS13-1-2-2021-06"),
                    ("elbv2:loadbalancer", "AccessLogsS3Enabled", "true"),
                    ("elbv2:loadbalancer", "AccessLogsS3Bucket", "bank-balancers"),
                    ("elasticbeanstalk:application:environment", "LEVEL", "info"))]}, "environment", links={
                        "application": ("app",)})),
        f"{AWS_DOCS}/elasticbeanstalk/latest/dg/vpc.html; .../command-options-general.html, as known",
        merged(merged(merged(OURS, UPDATES), unpriced("aws:elasticbeanstalk/environment:Environment::environment")),
            {"residency": {"known": {
            "bank-balancers": "the bank's bucket of records, in me-central-1"}}})),
    Idiom("a model of scores answers in SageMaker in the network, from two copies on, and what it saw is kept sealed", (
        BUDGET, *bucket("bank-scores"), trusted("sagemaker.amazonaws.com", "scores"), rights("scores", statement(
            "s3:GetObject", "arn:aws:s3:::bank-models/scores/*"), statement("s3:PutObject",
                "arn:aws:s3:::bank-scores/*"),
            statement(["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"], arn("ecr", "repository/scores")), statement(
                ["kms:Decrypt", "kms:GenerateDataKey"], KEY), statement(
                ["logs:CreateLogStream", "logs:PutLogEvents"], arn("logs",
                    "log-group:/aws/sagemaker/Endpoints/scores:*"))),
        aws("sagemaker/Model", {
            "name": "scores", "executionRoleArn": UNKNOWN, "enableNetworkIsolation": True, "primaryContainer": {
                "image": f"{ECR}/scores{DIGEST}", "modelDataUrl": "s3://bank-models/scores/2026-11/model.tar.gz",
                    "mode":
                "SingleModel"}, "vpcConfig": {"subnets": SUBNETS, "securityGroupIds": GROUPS}, "tags": TAGS}, "model",
                    links={
                    "executionRoleArn": ("scores",)}),
        aws("sagemaker/EndpointConfiguration", {
            "name": "scores", "kmsKeyArn": KEY, "productionVariants": [{
                "variantName": "main", "modelName": UNKNOWN, "instanceType": "ml.m5.xlarge", "initialInstanceCount": 2,
                "initialVariantWeight": 1}], "dataCaptureConfig": {
                "enableCapture": True, "initialSamplingPercentage": 20, "destinationS3Uri": "s3://bank-scores/seen",
                "kmsKeyId": KEY, "captureOptions": [{"captureMode": "Input"}, {"captureMode": "Output"}]},
                    "tags": TAGS},
            "configuration", links={"productionVariants": ("model",), "dataCaptureConfig": ("bucket",)}),
        aws("sagemaker/Endpoint", {"name": "scores", "endpointConfigName": UNKNOWN, "deploymentConfig": {
            "rollingUpdatePolicy": {"maximumBatchSize": {"type": "CAPACITY_PERCENT", "value": 50},
                                    "waitIntervalInSeconds": 300}, "autoRollbackConfiguration": {
                "alarms": [{"alarmName": "scores-5xx"}]}}, "tags": TAGS}, "endpoint", links={
                    "endpointConfigName": ("configuration",)}),
        aws("appautoscaling/Target", {"serviceNamespace": "sagemaker", "scalableDimension":
            "sagemaker:variant:DesiredInstanceCount", "resourceId": "endpoint/scores/variant/main", "minCapacity": 2,
            "maxCapacity": 6, "tags": TAGS}, "range", links={"resourceId": ("endpoint",)}),
        aws("appautoscaling/Policy", {
            "serviceNamespace": "sagemaker", "scalableDimension": "sagemaker:variant:DesiredInstanceCount",
                "resourceId":
            "endpoint/scores/variant/main", "name": "calls", "policyType": "TargetTrackingScaling",
            "targetTrackingScalingPolicyConfiguration": {"predefinedMetricSpecification": {
                "predefinedMetricType": "SageMakerVariantInvocationsPerInstance"}, "targetValue": 500.0,
                "scaleInCooldown": 300, "scaleOutCooldown": 60}}, "calls", links={"resourceId": ("range",)}),
        alarm("scores-5xx", "AWS/SageMaker", "Invocation5XXErrors", 5.0, EndpointName="scores", VariantName="main")),
        f"{AWS_DOCS}/sagemaker/latest/dg/deployment-guardrails-rolling.html; .../model-monitor-data-capture.html,"
        f" as known",
        merged(OURS, kept("bucket"))),
)  # fmt: skip
