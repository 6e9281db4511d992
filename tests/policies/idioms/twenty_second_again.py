"""Good idioms of platform teams on AWS after the mends for the twenty-second set, written before any run."""

import json

from ..blind import KEY, ME, TAGS, aws, document, statement
from ..harness import UNKNOWN
from . import Idiom, unpriced
from .aws_platform import bucket
from .fourth import AWS_DOCS, R
from .fourth_kubernetes import BUDGET
from .ninth_aws import GROUPS, SUBNETS, arn, kept, role_arn
from .seventeenth_aws import CERTIFICATE
from .thirteenth_aws import DIGEST, ECR, OURS
from .twelfth_aws_platform import VPC, logs, rights, trusted
from .twentieth_goodb_charts import merged
from .twenty_first_xaws import alarm
from .twenty_second_xaws import attached

IDIOMS: tuple[Idiom, ...] = (
    Idiom(
        "a report is a task of Fargate that a schedule starts each morning in the network, by a role for that alone", (
        logs("/ecs/reports"), trusted("ecs-tasks.amazonaws.com", "reports"), trusted("ecs-tasks.amazonaws.com",
            "reports-start"),
        trusted("scheduler.amazonaws.com", "reports-schedule"), *attached(
            "reports-start", "service-role/AmazonECSTaskExecutionRolePolicy"),
        rights("reports", statement(["s3:GetObject", "s3:PutObject"], "arn:aws:s3:::bank-reports/*"), statement(
            ["kms:Decrypt", "kms:GenerateDataKey"], KEY)),
        rights("reports-schedule", statement("ecs:RunTask", f"{arn('ecs', 'task-definition/reports')}:*", {
            "ArnEquals": {"ecs:cluster": arn("ecs", "cluster/batch")}}), statement(
                "iam:PassRole", [role_arn("reports"), role_arn("reports-start")], {
                    "StringEquals": {"iam:PassedToService": "ecs-tasks.amazonaws.com"}}), statement(
                        "sqs:SendMessage", arn("sqs", "reports-dead"))),
        aws("sqs/Queue", {"name": "reports-dead", "kmsMasterKeyId": KEY, "messageRetentionSeconds": 1209600,
            "tags": TAGS},
            "dead"),
        aws("ecs/TaskDefinition", {
            "family": "reports", "cpu": "512", "memory": "1024", "networkMode": "awsvpc", "requiresCompatibilities": [
                "FARGATE"], "executionRoleArn": UNKNOWN, "taskRoleArn": UNKNOWN, "tags": TAGS, "containerDefinitions":
            json.dumps([{"name": "reports", "image": f"{ECR}/reports{DIGEST}", "essential": True, "user": "10001",
                         "readonlyRootFilesystem": True, "command": ["--day", "yesterday"], "linuxParameters": {
                             "capabilities": {"drop": ["ALL"]}}, "logConfiguration": {
                             "logDriver": "awslogs", "options": {"awslogs-group": "/ecs/reports", "awslogs-region": R,
                                                                  "awslogs-stream-prefix": "reports"}}}])}, "task",
                                                                      links={
                "executionRoleArn": ("reports-start",), "taskRoleArn": ("reports",)}),
        aws("scheduler/ScheduleGroup", {"name": "reports", "tags": TAGS}, "group"),
        aws("scheduler/Schedule", {
            "name": "reports", "groupName": UNKNOWN, "kmsKeyArn": KEY, "scheduleExpression": "cron(0 6 ? * SUN-THU *)",
            "scheduleExpressionTimezone": "Asia/Dubai", "flexibleTimeWindow": {"mode": "FLEXIBLE",
                                                                              "maximumWindowInMinutes": 15}, "target": {
                "arn": arn("ecs", "cluster/batch"), "roleArn": role_arn("reports-schedule"), "deadLetterConfig": {
                    "arn": arn("sqs", "reports-dead")}, "retryPolicy": {
                        "maximumRetryAttempts": 2, "maximumEventAgeInSeconds": 3600}, "ecsParameters": {
                    "taskDefinitionArn": UNKNOWN, "launchType": "FARGATE", "platformVersion": "1.4.0", "propagateTags":
                    "TASK_DEFINITION", "networkConfiguration": {"subnets": SUBNETS, "securityGroups": GROUPS,
                                                                "assignPublicIp": False}}}}, "morning", links={
                                                                    "groupName": ("group",), "target": ("task",)}),
        alarm("reports-left", "AWS/SQS", "ApproximateNumberOfMessagesVisible", 0.0, QueueName="reports-dead")),
        f"{AWS_DOCS}/scheduler/latest/UserGuide/managing-targets-templated.html, as known", OURS),
    Idiom("news of cards fans out by a topic to two queues that want their kinds, and what fails is kept and told", (
        aws("sns/Topic", {"name": "cards", "kmsMasterKeyId": KEY, "tracingConfig": "Active", "tags": TAGS}, "cards"),
        aws("sns/TopicPolicy", {"arn": UNKNOWN, "policy": document(
            {"Effect": "Deny", "Principal": "*", "Action": "sns:Publish", "Resource": arn("sns", "cards"),
                "Condition": {
                "Bool": {"aws:SecureTransport": "false"}}},
            {"Effect": "Allow", "Principal": {"AWS": role_arn("cards")}, "Action": "sns:Publish", "Resource": arn(
                "sns", "cards")})}, "cards-policy", links={"arn": ("cards",)}),
        *(given for name, kind in (("fraud", "AUTHORISATION"), ("letters", "REPLACEMENT")) for given in (
            aws("sqs/Queue", {"name": f"{name}-dead", "kmsMasterKeyId": KEY, "messageRetentionSeconds": 1209600, "tags":
                              TAGS, "redriveAllowPolicy": json.dumps({"redrivePermission": "byQueue",
                                  "sourceQueueArns": [
                                  arn("sqs", name)]})}, f"{name}-dead"),
            aws("sqs/Queue", {"name": name, "kmsMasterKeyId": KEY, "kmsDataKeyReusePeriodSeconds": 300,
                              "receiveWaitTimeSeconds": 20, "visibilityTimeoutSeconds": 120,
                                  "redrivePolicy": json.dumps({
                                  "deadLetterTargetArn": arn("sqs", f"{name}-dead"), "maxReceiveCount": 5}),
                                      "tags": TAGS},
                name),
            aws("sqs/QueuePolicy", {"queueUrl": UNKNOWN, "policy": document(
                {"Effect": "Allow", "Principal": {"Service": "sns.amazonaws.com"}, "Action": "sqs:SendMessage",
                    "Resource":
                 arn("sqs", name), "Condition": {"ArnEquals": {"aws:SourceArn": arn("sns", "cards")}}},
                {"Effect": "Deny", "Principal": "*", "Action": "sqs:*", "Resource": arn("sqs", name), "Condition": {
                    "Bool": {"aws:SecureTransport": "false"}}})}, f"{name}-policy", links={"queueUrl": (name,)}),
            aws("sns/TopicSubscription", {"topic": UNKNOWN, "protocol": "sqs", "endpoint": UNKNOWN,
                "rawMessageDelivery":
                                          True, "filterPolicy": json.dumps({"kind": [kind]}), "filterPolicyScope":
                                          "MessageAttributes"}, f"{name}-wants", links={
                                              "topic": ("cards",), "endpoint": (name,)}),
            alarm(f"{name}-left", "AWS/SQS", "ApproximateNumberOfMessagesVisible", 0.0, QueueName=f"{name}-dead")))),
        f"{AWS_DOCS}/sns/latest/dg/subscribe-sqs-queue-to-sns-topic.html, as known", OURS),
    Idiom("an older program runs on machines behind an inner network balancer, which are renewed by part and patched", (
        BUDGET, trusted("ec2.amazonaws.com", "swift"), *attached("swift", "AmazonSSMManagedInstanceCore"),
        aws("iam/InstanceProfile", {"name": "swift", "role": UNKNOWN, "tags": TAGS}, "profile",
            links={"role": ("swift",)}),
        aws("ec2/LaunchTemplate", {
            "name": "swift", "imageId": "ami-0123456789abcdef0", "instanceType": "m6i.xlarge",
                "updateDefaultVersion": True,
            "ebsOptimized": "true", "iamInstanceProfile": {"arn": f"arn:aws:iam::{ME}:instance-profile/swift"},
            "vpcSecurityGroupIds": GROUPS, "metadataOptions": {"httpEndpoint": "enabled", "httpTokens": "required",
                                                                "httpPutResponseHopLimit": 1}, "monitoring": {
                "enabled": True}, "blockDeviceMappings": [{"deviceName": "/dev/xvda", "ebs": {
                    "encrypted": "true", "kmsKeyId": KEY, "volumeType": "gp3", "volumeSize": 50, "deleteOnTermination":
                    "true"}}], "tagSpecifications": [{"resourceType": kind, "tags": TAGS} for kind in (
                        "instance", "volume", "network-interface")], "tags": TAGS}, "template", links={
                            "iamInstanceProfile": ("profile",)}),
        aws("lb/LoadBalancer", {
            "name": "swift", "internal": True, "loadBalancerType": "network", "subnets": SUBNETS,
                "securityGroups": GROUPS,
            "enableCrossZoneLoadBalancing": True, "enableDeletionProtection": True, "accessLogs": {
                "bucket": "bank-balancers", "prefix": "swift", "enabled": True}, "tags": TAGS}, "balancer"),
        aws("lb/TargetGroup", {"name": "swift", "port": 8443, "protocol": "TLS", "targetType": "instance", "vpcId": VPC,
                               "connectionTermination": True, "healthCheck": {"protocol": "HTTPS", "path": "/ready"},
                               "tags": TAGS}, "targets"),
        aws("lb/Listener", {"loadBalancerArn": UNKNOWN, "port": 443, "protocol": "TLS", "certificateArn": CERTIFICATE,
                            "sslPolicy": "ELBSecurityPolicy-TLS13-1-2-2021-06", "defaultActions": [
                                {"type": "forward", "targetGroupArn": UNKNOWN}], "tags": TAGS}, "listener", links={
                                    "loadBalancerArn": ("balancer",), "defaultActions": ("targets",)}),
        aws("autoscaling/Group", {
            "name": "swift", "minSize": 2, "maxSize": 4, "desiredCapacity": 2, "vpcZoneIdentifiers": SUBNETS,
            "targetGroupArns": [UNKNOWN], "healthCheckType": "ELB", "healthCheckGracePeriod": 300, "launchTemplate": {
                "id": UNKNOWN, "version": "1"}, "instanceRefresh": {"strategy": "Rolling", "preferences": {
                    "minHealthyPercentage": 50, "autoRollback": True}}, "enabledMetrics": ["GroupInServiceInstances"],
            "tags": [{"key": key, "value": value, "propagateAtLaunch": True} for key, value in TAGS.items()]},
                "machines",
            links={"targetGroupArns": ("targets",), "launchTemplate": ("template",)}),
        aws("autoscaling/Policy", {"name": "cpu", "autoscalingGroupName": UNKNOWN,
            "policyType": "TargetTrackingScaling",
            "targetTrackingConfiguration": {"predefinedMetricSpecification": {"predefinedMetricType":
                "ASGAverageCPUUtilization"}, "targetValue": 60.0}}, "cpu", links={"autoscalingGroupName": ("machines",
                    )}),
        aws("ssm/PatchBaseline", {"name": "bank-al2023", "operatingSystem": "AMAZON_LINUX_2023", "approvalRules": [{
            "approveAfterDays": 7, "complianceLevel": "HIGH", "patchFilters": [
                {"key": "CLASSIFICATION", "values": ["Security"]}, {"key": "SEVERITY", "values": ["Critical",
                                                                                                   "Important"]}]}],
            "tags": TAGS}, "baseline"),
        aws("ssm/PatchGroup", {"baselineId": UNKNOWN, "patchGroup": "swift"}, "patched", links={"baselineId": (
            "baseline",)}),
        aws("ssm/MaintenanceWindow", {"name": "fridays", "schedule": "cron(0 1 ? * FRI *)", "scheduleTimezone":
            "Asia/Dubai", "duration": 4, "cutoff": 1, "tags": TAGS}, "fridays"),
        aws("ssm/MaintenanceWindowTarget", {"windowId": UNKNOWN, "resourceType": "INSTANCE", "targets": [{
            "key": "tag:PatchGroup", "values": ["swift"]}]}, "those", links={"windowId": ("fridays",)}),
        aws("ssm/MaintenanceWindowTask", {
            "windowId": UNKNOWN, "taskType": "RUN_COMMAND", "taskArn": "AWS-RunPatchBaseline", "priority": 1,
            "maxConcurrency": "1", "maxErrors": "1", "targets": [{"key": "WindowTargetIds", "values": [UNKNOWN]}],
            "serviceRoleArn": role_arn("maintenance"), "taskInvocationParameters": {"runCommandParameters": {
                "documentVersion": "$LATEST", "timeoutSeconds": 3600, "parameters": [
                    {"name": "Operation", "values": ["Install"]}, {"name": "RebootOption", "values": [
                        "RebootIfNeeded"]}]}}}, "patch", links={"windowId": ("fridays",), "targets": ("those",)})),
        f"{AWS_DOCS}/systems-manager/latest/userguide/patch-manager.html; "
        f".../elasticloadbalancing/latest/network, as known",
        merged(OURS, {"residency": {"known": {"bank-balancers": "the bank's bucket of records, in me-central-1"}}})),
    Idiom("clicks of the portal come by a stream and lie as columns in the lake, in tables of the catalogue", (
        BUDGET, *bucket("bank-clicks"), logs("/firehose/clicks"), trusted("firehose.amazonaws.com", "clicks"),
        aws("kinesis/Stream", {"name": "clicks", "streamModeDetails": {"streamMode": "ON_DEMAND"},
            "retentionPeriod": 72,
                               "encryptionType": "KMS", "kmsKeyId": KEY, "enforceConsumerDeletion": False,
                                   "tags": TAGS},
            "stream"),
        aws("glue/CatalogDatabase", {"name": "clicks", "tags": TAGS}, "catalogue"),
        aws("glue/CatalogTable", {"name": "clicks", "databaseName": UNKNOWN, "tableType": "EXTERNAL_TABLE",
            "partitionKeys": [
            {"name": "day", "type": "string"}], "storageDescriptor": {
                "location": "s3://bank-clicks/clicks/", "inputFormat":
                "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat", "outputFormat":
                "org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat", "serDeInfo": {
                    "serializationLibrary": "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe"}, "columns": [
                    {"name": "session", "type": "string"}, {"name": "page", "type": "string"}]}}, "table", links={
                        "databaseName": ("catalogue",)}),
        rights("clicks", statement(["kinesis:DescribeStream", "kinesis:GetShardIterator", "kinesis:GetRecords",
                                    "kinesis:ListShards"], arn("kinesis", "stream/clicks")), statement(
            ["s3:PutObject", "s3:GetBucketLocation", "s3:ListBucket", "s3:AbortMultipartUpload",
             "s3:ListBucketMultipartUploads"], ["arn:aws:s3:::bank-clicks", "arn:aws:s3:::bank-clicks/*"]), statement(
            ["glue:GetTable", "glue:GetTableVersion", "glue:GetTableVersions"], [
                arn("glue", "catalog"), arn("glue", "database/clicks"), arn("glue", "table/clicks/clicks")]), statement(
            ["kms:Decrypt", "kms:GenerateDataKey"], KEY), statement("logs:PutLogEvents", arn(
                "logs", "log-group:/firehose/clicks:log-stream:*"))),
        aws("kinesis/FirehoseDeliveryStream", {
            "name": "clicks", "destination": "extended_s3", "kinesisSourceConfiguration": {
                "kinesisStreamArn": UNKNOWN, "roleArn": UNKNOWN}, "extendedS3Configuration": {
                "roleArn": UNKNOWN, "bucketArn": UNKNOWN, "kmsKeyArn": KEY, "bufferingInterval": 300,
                    "bufferingSize": 128,
                "prefix": "clicks/day=!{timestamp:yyyy-MM-dd}/", "errorOutputPrefix":
                "failed/!{firehose:error-output-type}/", "customTimeZone": "Asia/Dubai", "cloudwatchLoggingOptions": {
                    "enabled": True, "logGroupName": "/firehose/clicks", "logStreamName": "delivery"},
                "dataFormatConversionConfiguration": {"enabled": True, "inputFormatConfiguration": {"deserializer": {
                    "openXJsonSerDe": {}}}, "outputFormatConfiguration": {"serializer": {"parquetSerDe": {
                        "compression": "SNAPPY"}}}, "schemaConfiguration": {
                            "databaseName": "clicks", "tableName": "clicks", "roleArn": UNKNOWN, "region": R}}},
            "tags": TAGS}, "delivery", links={
                "kinesisSourceConfiguration": ("stream", "clicks"), "extendedS3Configuration": ("bucket", "clicks")}),
        alarm("clicks-late", "AWS/Firehose", "DeliveryToS3.DataFreshness", 900.0, DeliveryStreamName="clicks")),
        f"{AWS_DOCS}/firehose/latest/dev/record-format-conversion.html, as known",
        merged(OURS, kept("bucket"))),
    Idiom("a document store of three copies answers by TLS in the network, and its owner's password turns by itself", (
        BUDGET, aws("docdb/SubnetGroup", {"name": "offers", "subnetIds": SUBNETS, "tags": TAGS}, "subnets"),
        aws("docdb/ClusterParameterGroup", {"name": "offers", "family": "docdb5.0", "tags": TAGS, "parameters": [
            {"name": "tls", "value": "tls1.2+", "applyMethod": "pending-reboot"}, {"name": "audit_logs", "value": "all",
                                                                                   "applyMethod": "immediate"},
            {"name": "profiler", "value": "enabled", "applyMethod": "immediate"}]}, "parameters"),
        aws("docdb/Cluster", {
            "clusterIdentifier": "offers", "engine": "docdb", "engineVersion": "5.0.0", "masterUsername": "owner",
            "manageMasterUserPassword": True, "storageEncrypted": True, "kmsKeyId": KEY, "storageType": "standard",
            "dbSubnetGroupName": UNKNOWN, "dbClusterParameterGroupName": UNKNOWN, "vpcSecurityGroupIds": GROUPS,
            "backupRetentionPeriod": 35, "preferredBackupWindow": "21:00-22:00", "deletionProtection": True,
            "skipFinalSnapshot": False, "finalSnapshotIdentifier": "offers-final", "enabledCloudwatchLogsExports": [
                "audit", "profiler"], "tags": TAGS}, "cluster", protect=True, links={
                    "dbSubnetGroupName": ("subnets",), "dbClusterParameterGroupName": ("parameters",)}),
        *(aws("docdb/ClusterInstance", {
            "identifier": f"offers-{zone}", "clusterIdentifier": UNKNOWN, "instanceClass": "db.r6g.large",
            "availabilityZone": f"{R}{zone}", "autoMinorVersionUpgrade": True, "caCertIdentifier": "rds-ca-rsa2048-g1",
            "copyTagsToSnapshot": True, "enablePerformanceInsights": True, "performanceInsightsKmsKeyId": KEY,
                "tags": TAGS},
            f"offers-{zone}", links={"clusterIdentifier": ("cluster",)}) for zone in "abc"),
        alarm("offers-cpu", "AWS/DocDB", "CPUUtilization", 80.0, DBClusterIdentifier="offers")),
        f"{AWS_DOCS}/documentdb/latest/developerguide/best_practices.html; .../security.encryption.ssl.html, as known",
        merged(OURS, kept("cluster"))),
    Idiom("names of the data centre are asked through two doors of a resolver, and unknown bad names get no answer", (
        logs("/dns/core"), aws("route53/Zone", {"name": "core.bank.ae", "vpcs": [{"vpcId": VPC, "vpcRegion": R}],
                                                "comment": "Inner names", "forceDestroy": False, "tags": TAGS}, "zone"),
        aws("route53/Record", {"zoneId": UNKNOWN, "name": "db.core.bank.ae", "type": "CNAME", "ttl": 300, "records": [
            "accounts.cluster-abc.me-central-1.rds.amazonaws.com"]}, "database", links={"zoneId": ("zone",)}),
        aws("ec2/SecurityGroup", {"vpcId": VPC, "name": "dns", "description": "Names", "tags": TAGS, "ingress": [
            {"protocol": protocol, "fromPort": 53, "toPort": 53, "cidrBlocks": ["10.0.0.0/8"], "description": "Names"}
            for protocol in ("tcp", "udp")], "egress": [
            {"protocol": protocol, "fromPort": 53, "toPort": 53, "cidrBlocks": ["10.40.0.53/32"], "description": "Site"}
            for protocol in ("tcp", "udp")]}, "sg-dns"),
        *(aws("route53/ResolverEndpoint", {
            "name": name, "direction": direction, "securityGroupIds": [UNKNOWN], "ipAddresses": [
                {"subnetId": subnet} for subnet in SUBNETS[:2]], "protocols": ["Do53"], "resolverEndpointType": "IPV4",
            "tags": TAGS}, name, links={"securityGroupIds": ("sg-dns",)})
          for name, direction in (("in", "INBOUND"), ("out", "OUTBOUND"))),
        aws("route53/ResolverRule", {"name": "site", "domainName": "dc1.bank.ae", "ruleType": "FORWARD",
            "resolverEndpointId": UNKNOWN, "targetIps": [{"ip": "10.40.0.53", "port": 53}], "tags": TAGS}, "site",
                links={
                "resolverEndpointId": ("out",)}),
        aws("route53/ResolverRuleAssociation", {"resolverRuleId": UNKNOWN, "vpcId": VPC}, "site-here", links={
            "resolverRuleId": ("site",)}),
        aws("route53/ResolverFirewallDomainList", {"name": "bad", "domains": ["*.badly-known.example."],
            "tags": TAGS}, "bad"),
        aws("route53/ResolverFirewallRuleGroup", {"name": "core", "tags": TAGS}, "rules"),
        aws("route53/ResolverFirewallRule", {"name": "bad", "action": "BLOCK", "blockResponse": "NXDOMAIN",
            "firewallDomainListId": UNKNOWN, "firewallRuleGroupId": UNKNOWN, "priority": 100}, "block", links={
                "firewallDomainListId": ("bad",), "firewallRuleGroupId": ("rules",)}),
        aws("route53/ResolverFirewallRuleGroupAssociation", {"name": "core", "firewallRuleGroupId": UNKNOWN,
            "vpcId": VPC,
            "priority": 101, "mutationProtection": "ENABLED", "tags": TAGS}, "rules-here", links={
                "firewallRuleGroupId": ("rules",)}),
        aws("route53/ResolverFirewallConfig", {"resourceId": VPC, "firewallFailOpen": "DISABLED"}, "closed"),
        aws("route53/ResolverQueryLogConfig", {"name": "core", "destinationArn": UNKNOWN, "tags": TAGS}, "records",
            links={
            "destinationArn": ("logs",)}),
        aws("route53/ResolverQueryLogConfigAssociation", {"resolverQueryLogConfigId": UNKNOWN, "resourceId": VPC},
            "records-here", links={"resolverQueryLogConfigId": ("records",)}),
        aws("route53/ResolverDnsSecConfig", {"resourceId": VPC}, "signed")),
        f"{AWS_DOCS}/Route53/latest/DeveloperGuide/resolver.html; .../resolver-dns-firewall.html, as known",
        merged(OURS, unpriced("aws:route53/resolverEndpoint:ResolverEndpoint::in",
                              "aws:route53/resolverEndpoint:ResolverEndpoint::out"))),
    Idiom("an account begins with records, detectors, sealed disks by default and buckets that nobody opens", (
        aws("ebs/EncryptionByDefault", {"enabled": True}, "sealed"), aws("ebs/DefaultKmsKey", {"keyArn": KEY}, "key"),
        aws("ebs/SnapshotBlockPublicAccess", {"state": "block-all-sharing"}, "snapshots"),
        aws("ec2/ImageBlockPublicAccess", {"state": "block-new-sharing"}, "images"),
        aws("ec2/InstanceMetadataDefaults", {"httpTokens": "required", "httpPutResponseHopLimit": 2, "httpEndpoint":
                                             "enabled", "instanceMetadataTags": "disabled"}, "metadata"),
        aws("s3/AccountPublicAccessBlock", {name: True for name in (
            "blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets")}, "buckets"),
        aws("iam/AccountPasswordPolicy", {
            "minimumPasswordLength": 14, "requireLowercaseCharacters": True, "requireUppercaseCharacters": True,
            "requireNumbers": True, "requireSymbols": True, "maxPasswordAge": 90, "passwordReusePrevention": 24,
            "allowUsersToChangePassword": True, "hardExpiry": False}, "passwords"),
        aws("accessanalyzer/Analyzer", {"analyzerName": "account", "type": "ACCOUNT", "tags": TAGS}, "analyzer"),
        aws("guardduty/Detector", {"enable": True, "findingPublishingFrequency": "FIFTEEN_MINUTES", "tags": TAGS},
            "detector"),
        *(aws("guardduty/DetectorFeature", {"detectorId": UNKNOWN, "name": name, "status": "ENABLED"}, name.lower(),
            links={
            "detectorId": ("detector",)}) for name in ("S3_DATA_EVENTS", "EKS_AUDIT_LOGS", "EBS_MALWARE_PROTECTION")),
        aws("securityhub/Account", {"enableDefaultStandards": False, "controlFindingGenerator": "SECURITY_CONTROL",
                                    "autoEnableControls": True}, "hub"),
        aws("securityhub/StandardsSubscription", {"standardsArn":
            f"arn:aws:securityhub:{R}::standards/aws-foundational-security-best-practices/v/1.0.0"}, "fsbp"),
        trusted("config.amazonaws.com", "recorder"), *attached("recorder", "service-role/AWS_ConfigRole"),
        aws("cfg/Recorder", {"name": "default", "roleArn": UNKNOWN, "recordingGroup": {
            "allSupported": True, "includeGlobalResourceTypes": True}, "recordingMode": {
                "recordingFrequency": "CONTINUOUS"}}, "recorder-of-all", links={"roleArn": ("recorder",)}),
        aws("cfg/DeliveryChannel", {"s3BucketName": "bank-config", "s3KmsKeyArn": KEY, "snapshotDeliveryProperties": {
            "deliveryFrequency": "TwentyFour_Hours"}}, "channel"),
        aws("cfg/RecorderStatus", {"name": UNKNOWN, "isEnabled": True}, "on", links={"name": ("recorder-of-all",)}),
        aws("cfg/Rule", {"name": "encrypted-volumes", "source": {"owner": "AWS",
            "sourceIdentifier": "ENCRYPTED_VOLUMES"},
                         "tags": TAGS}, "volumes", links={"source": ("recorder-of-all",)})),
        f"{AWS_DOCS}/prescriptive-guidance/latest/aws-startup-security-baseline, as known", merged(OURS, {
            "residency": {"known": {"bank-config": "the bank's bucket of records, in me-central-1"}}})),
)  # fmt: skip
