"""Good idioms of platform teams on AWS: workflows, brokers, warehouses and firewalls (set 22, blind)."""

import json

from ..blind import KEY, TAGS, aws, statement
from ..harness import UNKNOWN
from . import Idiom, unpriced
from .aws_platform import bucket
from .fourth import AWS_DOCS, R
from .fourth_kubernetes import BUDGET
from .ninth_aws import GROUPS, SUBNETS, arn, kept, role_arn
from .thirteenth_aws import DIGEST, ECR, OURS, scaled
from .twelfth_aws_platform import VPC, logs, rights, trusted
from .twentieth_goodb_charts import merged
from .twenty_first_xaws import alarm
from .twenty_second_xaws import PATTERNS, group

IDIOMS: tuple[Idiom, ...] = (
    Idiom("the card system's SQL Server of two zones writes its audit to a bucket, and asks for TLS", (
        BUDGET, *bucket("bank-sql-audit"), trusted("rds.amazonaws.com", "sql-audit"),
        rights("sql-audit", statement(["s3:ListBucket", "s3:GetBucketACL", "s3:GetBucketLocation"],
                                      "arn:aws:s3:::bank-sql-audit"),
               statement(["s3:PutObject", "s3:ListMultipartUploadParts", "s3:AbortMultipartUpload"],
                         "arn:aws:s3:::bank-sql-audit/*"), statement(["kms:GenerateDataKey", "kms:Decrypt"], KEY)),
        aws("rds/OptionGroup", {"name": "cards", "engineName": "sqlserver-se", "majorEngineVersion": "16.00",
            "optionGroupDescription": "Audit of the card system", "tags": TAGS, "options": [{
                "optionName": "SQLSERVER_AUDIT", "optionSettings": [
                    {"name": "S3_BUCKET_ARN", "value": "arn:aws:s3:::bank-sql-audit"},
                    {"name": "IAM_ROLE_ARN", "value": role_arn("sql-audit")},
                    {"name": "ENABLE_COMPRESSION", "value": "true"}, {"name": "RETENTION_TIME", "value": "48"}]}]},
            "options"),
        aws("rds/ParameterGroup", {"name": "cards", "family": "sqlserver-se-16.0", "tags": TAGS, "parameters": [
            {"name": name, "value": value, "applyMethod": "pending-reboot"} for name, value in (
                ("rds.force_ssl", "1"), ("rds.tls10", "disabled"), ("rds.tls11", "disabled"), ("rds.rc4", "disabled"),
                ("cost threshold for parallelism", "50"), ("max degree of parallelism", "4"))]}, "parameters"),
        aws("rds/Instance", {
            "identifier": "cards", "engine": "sqlserver-se", "engineVersion": "16.00.4210.1.v1", "licenseModel":
            "license-included", "instanceClass": "db.m6i.2xlarge", "allocatedStorage": 500, "maxAllocatedStorage": 1000,
            "storageType": "gp3", "storageEncrypted": True, "kmsKeyId": KEY, "username": "owner",
            "manageMasterUserPassword": True, "masterUserSecretKmsKeyId": KEY, "multiAz": True, "publiclyAccessible":
            False, "dbSubnetGroupName": "core", "vpcSecurityGroupIds": GROUPS, "optionGroupName": UNKNOWN,
            "parameterGroupName": UNKNOWN, "timezone": "Arabian Standard Time", "backupRetentionPeriod": 35,
            "copyTagsToSnapshot": True, "skipFinalSnapshot": False, "finalSnapshotIdentifier": "cards-final",
            "deletionProtection": True, "autoMinorVersionUpgrade": True, "caCertIdentifier": "rds-ca-rsa4096-g1",
            "enabledCloudwatchLogsExports": ["agent", "error"], "performanceInsightsEnabled": True,
            "performanceInsightsKmsKeyId": KEY, "monitoringInterval": 60, "monitoringRoleArn": role_arn("rds-figures"),
            "domain": "d-9067012345", "domainIamRoleName": "rds-directory", "tags": TAGS}, "database", protect=True,
            links={"optionGroupName": ("options",), "parameterGroupName": ("parameters",)}),
        alarm("cards-space", "AWS/RDS", "FreeStorageSpace", 50000000000.0, DBInstanceIdentifier="cards")),
        f"{AWS_DOCS}/AmazonRDS/latest/UserGuide/Appendix.SQLServer.Options.Audit.html, as known",
        merged(merged(OURS, kept("bucket", "database")), unpriced("aws:rds/instance:Instance::database"))),
    Idiom("the warehouse of Redshift loads by the network alone, asks for TLS and writes who did what", (
        BUDGET, trusted("redshift.amazonaws.com", "warehouse"), rights("warehouse", statement(
            ["s3:GetObject", "s3:ListBucket"], ["arn:aws:s3:::bank-lake", "arn:aws:s3:::bank-lake/*"]), statement(
                "kms:Decrypt", KEY)),
        aws("redshift/SubnetGroup", {"name": "warehouse", "subnetIds": SUBNETS, "tags": TAGS}, "subnets"),
        aws("redshift/ParameterGroup", {"name": "warehouse", "family": "redshift-2.0", "tags": TAGS, "parameters": [
            {"name": "require_ssl", "value": "true"}, {"name": "enable_user_activity_logging", "value": "true"},
            {"name": "max_concurrency_scaling_clusters", "value": "1"}]}, "parameters"),
        aws("redshift/Cluster", {
            "clusterIdentifier": "warehouse", "nodeType": "ra3.xlplus", "numberOfNodes": 2, "clusterType": "multi-node",
            "databaseName": "bank", "masterUsername": "owner", "manageMasterPassword": True,
            "masterPasswordSecretKmsKeyId": KEY, "encrypted": "true", "kmsKeyId": KEY, "enhancedVpcRouting": True,
            "publiclyAccessible": False, "multiAz": False, "availabilityZoneRelocationEnabled": True,
            "clusterSubnetGroupName": UNKNOWN, "clusterParameterGroupName": UNKNOWN, "vpcSecurityGroupIds": GROUPS,
            "automatedSnapshotRetentionPeriod": 35, "manualSnapshotRetentionPeriod": 90, "skipFinalSnapshot": False,
            "finalSnapshotIdentifier": "warehouse-final", "allowVersionUpgrade": True, "port": 5439,
            "defaultIamRoleArn": role_arn("warehouse"), "iamRoles": [role_arn("warehouse")],
            "preferredMaintenanceWindow": "fri:22:00-fri:23:00", "tags": TAGS}, "cluster", protect=True, links={
                "clusterSubnetGroupName": ("subnets",), "clusterParameterGroupName": ("parameters",)}),
        aws("redshift/Logging", {"clusterIdentifier": UNKNOWN, "logDestinationType": "cloudwatch", "logExports": [
            "connectionlog", "userlog", "useractivitylog"]}, "logging", links={"clusterIdentifier": ("cluster",)}),
        aws("redshift/SnapshotSchedule", {"identifier": "warehouse", "definitions": ["rate(8 hours)"], "tags": TAGS},
            "every-eight-hours"),
        aws("redshift/SnapshotScheduleAssociation", {"clusterIdentifier": UNKNOWN, "scheduleIdentifier": UNKNOWN},
            "schedule", links={"clusterIdentifier": ("cluster",), "scheduleIdentifier": ("every-eight-hours",)}),
        aws("redshift/UsageLimit", {"clusterIdentifier": UNKNOWN, "featureType": "concurrency-scaling", "limitType":
                                    "time", "amount": 60, "period": "daily", "breachAction": "disable", "tags": TAGS},
            "limit", links={"clusterIdentifier": ("cluster",)})),
        f"{AWS_DOCS}/redshift/latest/mgmt/db-auditing.html; .../mgmt/security-best-practices, as known",
        merged(merged(OURS, kept("cluster")), {
            "residency": {"known": {"bank-lake": "the bank's lake, in me-central-1"}}})),
    Idiom("orders pass a workflow of functions whose failures wait in a queue, and one alarm speaks for three", (
        trusted("states.amazonaws.com", "orders-flow"), rights("orders-flow", statement(
            "lambda:InvokeFunction", [arn("lambda", "function:orders-check:live"), arn("lambda",
                "function:orders-book:live")]),
            statement(["logs:CreateLogDelivery", "logs:GetLogDelivery", "logs:UpdateLogDelivery",
                       "logs:DeleteLogDelivery", "logs:ListLogDeliveries", "logs:PutResourcePolicy",
                       "logs:DescribeResourcePolicies", "logs:DescribeLogGroups"], "*")),
        logs("/aws/vendedlogs/states/orders"), *(given for name in ("check", "book") for given in (
            trusted("lambda.amazonaws.com", f"orders-{name}"),
            rights(f"orders-{name}", statement(["logs:CreateLogStream", "logs:PutLogEvents"], arn(
                "logs", f"log-group:/aws/lambda/orders-{name}:*")), statement(
                    ["dynamodb:GetItem", "dynamodb:UpdateItem"], arn("dynamodb", "table/orders"))),
            aws("lambda/Function", {
                "name": f"orders-{name}", "packageType": "Image", "imageUri": f"{ECR}/orders-{name}{DIGEST}", "role":
                UNKNOWN, "timeout": 30, "memorySize": 512, "architectures": ["arm64"], "kmsKeyArn": KEY,
                    "publish": True,
                "reservedConcurrentExecutions": 20, "tracingConfig": {"mode": "Active"}, "loggingConfig": {
                    "logFormat": "JSON", "logGroup": f"/aws/lambda/orders-{name}", "applicationLogLevel": "INFO"},
                "deadLetterConfig": {"targetArn": arn("sqs", "orders-dead")}, "vpcConfig": {
                    "subnetIds": SUBNETS, "securityGroupIds": GROUPS}, "tags": TAGS}, f"fn-{name}", links={
                        "role": (f"orders-{name}",)}),
            aws("lambda/Alias", {"name": "live", "functionName": UNKNOWN, "functionVersion": "1"}, f"live-{name}",
                links={"functionName": (f"fn-{name}",)}))),
        aws("sqs/Queue", {"name": "orders-dead", "kmsMasterKeyId": KEY, "messageRetentionSeconds": 1209600, "tags":
                          TAGS}, "dead"),
        aws("sfn/StateMachine", {
            "name": "orders", "type": "STANDARD", "roleArn": UNKNOWN, "tracingConfiguration": {"enabled": True},
            "encryptionConfiguration": {"type": "CUSTOMER_MANAGED_KMS_KEY", "kmsKeyId": KEY,
                                        "kmsDataKeyReusePeriodSeconds": 300}, "loggingConfiguration": {
                "level": "ERROR", "includeExecutionData": False,
                    "logDestination": f"{arn('logs', 'log-group:/aws/vendedlogs/states/orders')}:*"},
            "definition": json.dumps({"StartAt": "Check", "TimeoutSeconds": 900, "States": {
                "Check": {"Type": "Task", "Resource": arn("lambda", "function:orders-check:live"), "Next": "Book",
                          "Retry": [{"ErrorEquals": ["Lambda.TooManyRequestsException"], "MaxAttempts": 3,
                                     "IntervalSeconds": 2, "BackoffRate": 2}]},
                "Book": {"Type": "Task", "Resource": arn("lambda", "function:orders-book:live"), "End": True}}}),
            "tags": TAGS}, "flow", links={"roleArn": ("orders-flow",)}),
        *(aws("cloudwatch/MetricAlarm", {
            "name": name, "namespace": namespace, "metricName": metric, "statistic": "Sum", "period": 60,
            "evaluationPeriods": 2, "threshold": 1, "comparisonOperator": "GreaterThanOrEqualToThreshold",
            "treatMissingData": "notBreaching", "dimensions": dimensions, "tags": TAGS}, name)
          for name, namespace, metric, dimensions in (
              ("orders-failed", "AWS/States", "ExecutionsFailed", {"StateMachineArn": arn("states",
                  "stateMachine:orders")}),
              ("orders-late", "AWS/States", "ExecutionsTimedOut", {"StateMachineArn": arn("states",
                  "stateMachine:orders")}),
              ("orders-left", "AWS/SQS", "ApproximateNumberOfMessagesVisible", {"QueueName": "orders-dead"}))),
        aws("cloudwatch/CompositeAlarm", {
            "alarmName": "orders", "alarmDescription": "Orders are not booked", "alarmRule":
            "ALARM(orders-failed) OR ALARM(orders-late) OR ALARM(orders-left)", "alarmActions": [
                arn("sns", "platform-alarms")], "okActions": [arn("sns", "platform-alarms")], "tags": TAGS}, "orders")),
        f"{AWS_DOCS}/step-functions/latest/dg/sfn-best-practices.html; .../AmazonCloudWatch/latest/monitoring/Create_"
        "Composite_Alarm.html, as known", OURS),
    Idiom("brokers of MSK let in who signs in by a role, keep three copies and tell of full disks", (
        BUDGET, logs("/msk/events"), group("brokers", ("10.64.0.0/16", 9098, "Producers and consumers in the network")),
        aws("msk/Configuration", {"name": "events", "kafkaVersions": ["3.8.x"], "serverProperties":
            "auto.create.topics.enable=false\ndefault.replication.factor=3\nmin.insync.replicas=2\n"
            "num.partitions=6\nlog.retention.hours=168\nunclean.leader.election.enable=false\n"
            "allow.everyone.if.no.acl.found=false\n"}, "configuration"),
        aws("msk/Cluster", {
            "clusterName": "events", "kafkaVersion": "3.8.x", "numberOfBrokerNodes": 3, "enhancedMonitoring":
            "PER_TOPIC_PER_BROKER", "brokerNodeGroupInfo": {
                "instanceType": "kafka.m7g.large", "clientSubnets": SUBNETS, "securityGroups": [UNKNOWN],
                "storageInfo": {"ebsStorageInfo": {"volumeSize": 500}}, "connectivityInfo": {
                    "publicAccess": {"type": "DISABLED"}}}, "clientAuthentication": {
                "sasl": {"iam": True, "scram": False}, "unauthenticated": False}, "encryptionInfo": {
                "encryptionAtRestKmsKeyArn": KEY, "encryptionInTransit": {"clientBroker": "TLS", "inCluster": True}},
            "configurationInfo": {"arn": UNKNOWN, "revision": 1}, "openMonitoring": {"prometheus": {
                "jmxExporter": {"enabledInBroker": True}, "nodeExporter": {"enabledInBroker": True}}}, "loggingInfo": {
                "brokerLogs": {"cloudwatchLogs": {"enabled": True, "logGroup": "/msk/events"}}}, "tags": TAGS},
            "cluster", protect=True, links={"configurationInfo": ("configuration",), "brokerNodeGroupInfo":
                                            ("sg-brokers",)}),
        *scaled("kafka", "kafka:broker-storage:VolumeSize", arn("kafka", "cluster/events/uuid"), 500, 1000,
                "KafkaBrokerStorageUtilization", 70.0, ("cluster",)),
        trusted("lambda.amazonaws.com", "events-reader"), rights("events-reader", statement(
            ["kafka-cluster:Connect", "kafka-cluster:DescribeCluster"], arn("kafka", "cluster/events/*")), statement(
            ["kafka-cluster:ReadData", "kafka-cluster:DescribeTopic"], arn("kafka", "topic/events/*/orders")),
                statement(
            ["kafka-cluster:AlterGroup", "kafka-cluster:DescribeGroup"], arn("kafka", "group/events/*/reader"))),
        alarm("events-disk", "AWS/Kafka", "KafkaDataLogsDiskUsed", 80.0, **{"Cluster Name": "events"}),
        alarm("events-offline", "AWS/Kafka", "OfflinePartitionsCount", 0.0, **{"Cluster Name": "events"})),
        f"{AWS_DOCS}/msk/latest/developerguide/bestpractices.html; .../iam-access-control.html, as known",
        merged(merged(OURS, kept("cluster")), unpriced("aws:msk/cluster:Cluster::cluster"))),
    Idiom("all that leaves passes a firewall of the network, which lets known hosts through and writes both its logs", (
        BUDGET, *(aws("networkfirewall/RuleGroup", {"name": name, "type": "STATEFUL", "capacity": 100, "tags": TAGS,
            "encryptionConfiguration": {"type": "CUSTOMER_KMS", "keyId": KEY}, "ruleGroup": {
                "statefulRuleOptions": {"ruleOrder": "STRICT_ORDER"}, "rulesSource": source, **more}}, name)
            for name, source, more in (
                ("hosts", {"rulesSourceList": {"generatedRulesType": "ALLOWLIST", "targetTypes": ["TLS_SNI"],
                                               "targets": [".bank.ae", f".{R}.amazonaws.com"]}}, {
                    "ruleVariables": {"ipSets": [{"key": "HOME_NET", "ipSet": {"definitions": ["10.64.0.0/16"]}}]}}),
                ("names", {"rulesString": "drop dns $HOME_NET any -> any any (dns.query; content:\"paste\"; "
                                          "msg:\"name of a paste site\"; sid:1000001; rev:1;)\n"}, {
                    "ruleVariables": {"ipSets": [{"key": "HOME_NET", "ipSet": {"definitions": ["10.64.0.0/16"]}}]}}))),
        aws("networkfirewall/FirewallPolicy", {"name": "egress", "tags": TAGS, "encryptionConfiguration": {
            "type": "CUSTOMER_KMS", "keyId": KEY}, "firewallPolicy": {
                "statelessDefaultActions": ["aws:forward_to_sfe"], "statelessFragmentDefaultActions": [
                    "aws:forward_to_sfe"], "statefulDefaultActions": ["aws:drop_established", "aws:alert_established"],
                "statefulEngineOptions": {"ruleOrder": "STRICT_ORDER", "streamExceptionPolicy": "DROP"},
                "statefulRuleGroupReferences": [{"priority": 10, "resourceArn": UNKNOWN},
                                                {"priority": 20, "resourceArn": UNKNOWN}]}}, "policy", links={
                                                    "firewallPolicy": ("hosts", "names")}),
        aws("networkfirewall/Firewall", {
            "name": "egress", "firewallPolicyArn": UNKNOWN, "vpcId": VPC, "subnetMappings": [
                {"subnetId": subnet} for subnet in SUBNETS], "deleteProtection": True, "subnetChangeProtection": True,
            "firewallPolicyChangeProtection": True, "encryptionConfiguration": {"type": "CUSTOMER_KMS", "keyId": KEY},
            "tags": TAGS}, "firewall", protect=True, links={"firewallPolicyArn": ("policy",)}),
        logs("/firewall/egress"),
        aws("networkfirewall/LoggingConfiguration", {"firewallArn": UNKNOWN, "loggingConfiguration": {
            "logDestinationConfigs": [{"logType": kind, "logDestinationType": "CloudWatchLogs", "logDestination": {
                "logGroup": "/firewall/egress"}} for kind in ("ALERT", "FLOW")]}}, "records", links={
                    "firewallArn": ("firewall",)}),
        aws("ec2transitgateway/VpcAttachment", {
            "transitGatewayId": "tgw-0123456789abcdef0", "vpcId": VPC, "subnetIds": SUBNETS, "applianceModeSupport":
            "enable", "dnsSupport": "enable", "transitGatewayDefaultRouteTableAssociation": False,
            "transitGatewayDefaultRouteTablePropagation": False, "tags": TAGS}, "attachment"),
        alarm("firewall-dropped", "AWS/NetworkFirewall", "DroppedPackets", 1000.0, FirewallName="egress")),
        f"{AWS_DOCS}/network-firewall/latest/developerguide/suricata-examples.html; {PATTERNS}/deploy-a-firewall-using-"
        "aws-network-firewall-and-aws-transit-gateway, as known", OURS),
)  # fmt: skip
