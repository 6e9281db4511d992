"""Good programs of platform teams on AWS: stores, models and devices (set 25, before any rule ran)."""

import json

from ..blind import KEY, ME, TAGS, aws, document, statement
from ..harness import UNKNOWN
from . import Idiom, unpriced
from .fourth import AWS_DOCS, R
from .fourth_kubernetes import BUDGET
from .ninth_aws import GROUPS, SUBNETS, arn, kept, role_arn
from .thirteenth_aws import OURS
from .twelfth_aws_platform import VPC, rights, trusted
from .twentieth_goodb_charts import merged
from .twenty_first_xaws import ALARMS, alarm
from .twenty_third_aws import store

USES_KEY = statement(["kms:Decrypt", "kms:GenerateDataKey"], KEY)
IN_VPC = {"subnets": SUBNETS, "securityGroupIds": GROUPS}
TITAN = f"arn:aws:bedrock:{R}::foundation-model/amazon.titan-embed-text-v2:0"
NOVA = f"arn:aws:bedrock:{R}::foundation-model/amazon.nova-lite-v1:0"

IDIOMS: tuple[Idiom, ...] = (
    Idiom("DAX: a cache of three nodes with TLS stands before the table of sessions", (
        BUDGET,
        aws("dynamodb/Table", {
            "name": "sessions", "billingMode": "PAY_PER_REQUEST", "hashKey": "id", "attributes": [
                {"name": "id", "type": "S"}], "serverSideEncryption": {"enabled": True, "kmsKeyArn": KEY},
            "pointInTimeRecovery": {"enabled": True}, "deletionProtectionEnabled": True, "ttl": {
                "enabled": True, "attributeName": "until"}, "tags": TAGS}, "sessions", protect=True),
        trusted("dax.amazonaws.com", "sessions-cache"), rights("sessions-cache", statement(
            ["dynamodb:DescribeTable", "dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query",
             "dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem", "dynamodb:BatchWriteItem"],
            arn("dynamodb", "table/sessions")), statement("kms:Decrypt", KEY)),
        aws("dax/SubnetGroup", {"name": "sessions", "subnetIds": SUBNETS, "description": "Private"}, "subnets"),
        aws("dax/ParameterGroup", {"name": "sessions", "parameters": [
            {"name": "query-ttl-millis", "value": "60000"}, {"name": "record-ttl-millis", "value": "300000"}]},
            "parameters"),
        aws("dax/Cluster", {
            "clusterName": "sessions", "iamRoleArn": UNKNOWN, "nodeType": "dax.r5.large", "replicationFactor": 3,
            "availabilityZones": [f"{R}a", f"{R}b", f"{R}c"], "clusterEndpointEncryptionType": "TLS",
            "serverSideEncryption": {"enabled": True}, "subnetGroupName": UNKNOWN, "parameterGroupName": UNKNOWN,
            "securityGroupIds": GROUPS, "maintenanceWindow": "fri:22:00-fri:23:00", "notificationTopicArn": ALARMS,
            "tags": TAGS}, "cache", links={"iamRoleArn": ("sessions-cache",), "subnetGroupName": ("subnets",),
                                           "parameterGroupName": ("parameters",)}),
        alarm("sessions-cpu", "AWS/DAX", "CPUUtilization", 80.0, ClusterId="sessions")),
        f"{AWS_DOCS}/amazondynamodb/latest/developerguide/DAX.access-control.html; .../DAXEncryptionInTransit.html, "
        "as known", merged(OURS, merged(kept("sessions"), unpriced("aws:dax/cluster:Cluster::cache")))),
    Idiom("Oracle: a pair of zones with TDE and TLS, statements in CloudWatch, and dumps by a role of its bucket", (
        BUDGET, *store("bank-oracle-dumps", "dumps"), trusted("rds.amazonaws.com", "dumps-role"),
        rights("dumps-role", statement(["s3:GetObject", "s3:PutObject"], "arn:aws:s3:::bank-oracle-dumps/*"), statement(
            "s3:ListBucket", "arn:aws:s3:::bank-oracle-dumps"), USES_KEY),
        aws("rds/OptionGroup", {
            "name": "ledger", "engineName": "oracle-ee", "majorEngineVersion": "19",
                "optionGroupDescription": "TDE, TLS",
            "options": [
                {"optionName": "TDE"}, {"optionName": "S3_INTEGRATION", "version": "1.0"},
                {"optionName": "SSL", "port": 2484, "vpcSecurityGroupMemberships": GROUPS, "optionSettings": [
                    {"name": "SQLNET.SSL_VERSION", "value": "1.2"}, {"name": "FIPS.SSLFIPS_140", "value": "TRUE"},
                    {"name": "SQLNET.CIPHER_SUITE", "value": "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"}]},
                {"optionName": "NATIVE_NETWORK_ENCRYPTION", "optionSettings": [
                    {"name": "SQLNET.ENCRYPTION_SERVER", "value": "REQUIRED"},
                    {"name": "SQLNET.CRYPTO_CHECKSUM_SERVER", "value": "REQUIRED"},
                    {"name": "SQLNET.ALLOW_WEAK_CRYPTO", "value": "FALSE"}]}], "tags": TAGS}, "options"),
        aws("rds/ParameterGroup", {"name": "ledger", "family": "oracle-ee-19", "parameters": [
            {"name": "audit_trail", "value": "DB,EXTENDED", "applyMethod": "pending-reboot"},
            {"name": "sqlnetora.sqlnet.allowed_logon_version_server", "value": "12", "applyMethod": "pending-reboot"}],
            "tags": TAGS}, "parameters"),
        aws("rds/Instance", {
            "identifier": "ledger", "engine": "oracle-ee", "engineVersion": "19", "licenseModel":
            "bring-your-own-license", "instanceClass": "db.r6i.xlarge", "allocatedStorage": 400, "maxAllocatedStorage":
            800, "storageType": "gp3", "storageEncrypted": True, "kmsKeyId": KEY, "multiAz": True, "dbName": "LEDGER",
            "username": "owner", "manageMasterUserPassword": True, "masterUserSecretKmsKeyId": KEY,
            "publiclyAccessible": False, "dbSubnetGroupName": "private", "vpcSecurityGroupIds": GROUPS,
            "optionGroupName": UNKNOWN, "parameterGroupName": UNKNOWN, "backupRetentionPeriod": 35, "backupWindow":
            "20:00-21:00", "copyTagsToSnapshot": True, "deletionProtection": True, "skipFinalSnapshot": False,
            "finalSnapshotIdentifier": "ledger-final", "autoMinorVersionUpgrade": True, "caCertIdentifier":
            "rds-ca-rsa4096-g1", "enabledCloudwatchLogsExports": ["alert", "audit", "listener", "trace"],
            "performanceInsightsEnabled": True, "performanceInsightsKmsKeyId": KEY, "monitoringInterval": 60,
            "monitoringRoleArn": role_arn("rds-monitoring"), "tags": TAGS}, "ledger", protect=True, links={
                "optionGroupName": ("options",), "parameterGroupName": ("parameters",)}),
        aws("rds/RoleAssociation", {"dbInstanceIdentifier": UNKNOWN, "featureName": "S3_INTEGRATION", "roleArn":
                                    UNKNOWN}, "dumps-used", links={
            "dbInstanceIdentifier": ("ledger",), "roleArn": ("dumps-role",)})),
        f"{AWS_DOCS}/AmazonRDS/latest/UserGuide/Appendix.Oracle.Options.SSL.html; .../oracle-s3-integration.html, as "
        "known", merged(OURS, kept("ledger", "dumps"))),
    Idiom("EMR Studio: analysts of Identity Center work in notebooks on a Spark cluster that ends when idle", (
        BUDGET, *store("bank-studio", "studio-store"), trusted("elasticmapreduce.amazonaws.com", "studio-service"),
        rights("studio-service", statement(["ec2:CreateNetworkInterface", "ec2:DeleteNetworkInterface",
            "ec2:CreateNetworkInterfacePermission"], [
                arn("ec2", "network-interface/*"), arn("ec2", "subnet/subnet-1"), arn("ec2", "security-group/sg-1")], {
                    "StringEquals": {"aws:ResourceTag/for-use-with-amazon-emr-managed-policies": "true"}}), statement(
            ["s3:GetObject", "s3:PutObject"], "arn:aws:s3:::bank-studio/*"), USES_KEY),
        trusted("elasticmapreduce.amazonaws.com", "studio-staff"), rights("studio-staff", statement(
            ["elasticmapreduce:ListClusters", "elasticmapreduce:DescribeCluster"]), statement(
            ["elasticmapreduce:AttachEditor", "elasticmapreduce:DetachEditor"], arn("elasticmapreduce", "cluster/*"), {
                "StringEquals": {"aws:ResourceTag/team": "risk"}})),
        aws("emr/Studio", {
            "name": "analysts", "description": "Notebooks of risk", "authMode": "SSO", "defaultS3Location":
            "s3://bank-studio/work", "encryptionKeyArn": KEY, "vpcId": VPC, "subnetIds": SUBNETS,
            "engineSecurityGroupId": "sg-1", "workspaceSecurityGroupId": "sg-2", "serviceRole": UNKNOWN, "userRole":
            UNKNOWN, "tags": TAGS}, "studio", links={"serviceRole": ("studio-service",),
                "userRole": ("studio-staff",)}),
        aws("emr/SecurityConfiguration", {"name": "sealed", "configuration": json.dumps({
            "EncryptionConfiguration": {
                "EnableInTransitEncryption": True, "EnableAtRestEncryption": True, "InTransitEncryptionConfiguration": {
                    "TLSCertificateConfiguration": {"CertificateProviderType": "PEM", "S3Object":
                                                    "s3://bank-studio/certificates/nodes.zip"}},
                "AtRestEncryptionConfiguration": {
                    "S3EncryptionConfiguration": {"EncryptionMode": "SSE-KMS", "AwsKmsKey": KEY},
                    "LocalDiskEncryptionConfiguration": {"EncryptionKeyProviderType": "AwsKms", "AwsKmsKey": KEY,
                                                         "EnableEbsEncryption": True}}},
            "InstanceMetadataServiceConfiguration": {"MinimumInstanceMetadataServiceVersion": 2,
                                                     "HttpPutResponseHopLimit": 1}})}, "sealed"),
        aws("emr/Cluster", {
            "name": "risk", "releaseLabel": "emr-7.9.0", "applications": ["Spark", "JupyterEnterpriseGateway", "Livy"],
            "serviceRole": role_arn("emr-service"), "logUri": "s3://bank-studio/logs/", "logEncryptionKmsKeyId": KEY,
            "securityConfiguration": UNKNOWN, "autoTerminationPolicy": {"idleTimeout": 3600}, "ec2Attributes": {
                "instanceProfile": "emr-nodes", "subnetId": "subnet-1", "serviceAccessSecurityGroup": "sg-3",
                "emrManagedMasterSecurityGroup": "sg-4", "emrManagedSlaveSecurityGroup": "sg-5"},
            "masterInstanceGroup": {"instanceType": "m6g.xlarge", "instanceCount": 1}, "coreInstanceGroup": {
                "instanceType": "r6g.xlarge", "instanceCount": 2, "ebsConfigs": [{"type": "gp3", "size": 128}]},
            "ebsRootVolumeSize": 30, "keepJobFlowAliveWhenNoSteps": True, "terminationProtection": False,
            "configurationsJson": json.dumps([{"Classification": "spark-defaults", "Properties": {
                "spark.dynamicAllocation.enabled": "true", "spark.dynamicAllocation.maxExecutors": "24",
                "spark.authenticate": "true", "spark.network.crypto.enabled": "true"}}]), "tags": {
                    **TAGS, "for-use-with-amazon-emr-managed-policies": "true"}}, "cluster", links={
                        "securityConfiguration": ("sealed",)}),
        aws("emr/ManagedScalingPolicy", {"clusterId": UNKNOWN, "computeLimits": [{
            "unitType": "Instances", "minimumCapacityUnits": 2, "maximumCapacityUnits": 8,
            "maximumCoreCapacityUnits": 3, "maximumOndemandCapacityUnits": 8}]}, "scaling", links={
                "clusterId": ("cluster",)})),
        f"{AWS_DOCS}/emr/latest/ManagementGuide/emr-studio-service-role.html; .../managed-scaling.html, as known",
        merged(OURS, merged(kept("studio-store"), unpriced(
            "aws:emr/studio:Studio::studio", "aws:emr/cluster:Cluster::cluster")))),
    Idiom("Redshift: orders of Aurora arrive without jobs, and staff query with their own names of Identity Center", (
        aws("rds/ClusterParameterGroup", {"name": "orders", "family": "aurora-mysql8.0", "parameters": [
            {"name": name, "value": value, "applyMethod": "pending-reboot"} for name, value in (
                ("aurora_enhanced_binlog", "1"), ("binlog_backup", "0"), ("binlog_format", "ROW"),
                ("binlog_replication_globaldb", "0"), ("binlog_row_image", "full"), ("binlog_row_metadata", "full"),
                ("require_secure_transport", "ON"), ("tls_version", "TLSv1.2,TLSv1.3"))], "tags": TAGS}, "parameters"),
        aws("redshift/ResourcePolicy", {"resourceArn": arn("redshift-serverless", "namespace/11111111-2222-3333"),
            "policy": document(
                {"Effect": "Allow", "Principal": {"Service": "redshift.amazonaws.com"}, "Action":
                 "redshift:AuthorizeInboundIntegration", "Resource":
                 arn("redshift-serverless", "namespace/11111111-2222-3333"), "Condition": {"StringEquals": {
                     "aws:SourceArn": arn("rds", "cluster:orders"), "aws:SourceAccount": ME}}},
                {"Effect": "Allow", "Principal": {"AWS": role_arn("platform-deployer")}, "Action":
                 "redshift:CreateInboundIntegration", "Resource":
                 arn("redshift-serverless", "namespace/11111111-2222-3333")})}, "inbound"),
        aws("redshift/Integration", {
            "integrationName": "orders", "description": "Orders to the warehouse", "sourceArn":
            arn("rds", "cluster:orders"), "targetArn": arn("redshift-serverless", "namespace/11111111-2222-3333"),
            "kmsKeyId": KEY, "additionalEncryptionContext": {"app": "orders"}, "tags": TAGS}, "orders"),
        trusted("redshift.amazonaws.com", "redshift-idc"), rights("redshift-idc", statement(
            ["sso:DescribeApplication", "sso:DescribeInstance"],
            ["arn:aws:sso:::instance/ssoins-1234567890abcdef", f"arn:aws:sso::{ME}:application/ssoins-1234567890abcdef/"
             "*"])),
        aws("redshift/IdcApplication", {
            "idcDisplayName": "warehouse", "redshiftIdcApplicationName": "warehouse", "identityNamespace": "bank",
            "idcInstanceArn": "arn:aws:sso:::instance/ssoins-1234567890abcdef", "iamRoleArn": UNKNOWN,
            "serviceIntegration": {"lakeFormation": {"lakeFormationQuery": {"authorization": "Enabled"}}}, "tags":
            TAGS}, "staff", links={"iamRoleArn": ("redshift-idc",)}),
        alarm("orders-lag", "AWS/Redshift", "IntegrationLag", 300.0, IntegrationId="orders")),
        f"{AWS_DOCS}/AmazonRDS/latest/AuroraUserGuide/zero-etl.setting-up.html; .../redshift/latest/mgmt/"
        "redshift-iam-access-control-idp-connect.html, as known", merged(OURS, unpriced(
            "aws:redshift/integration:Integration::orders"))),
    Idiom("IoT: meters sign in by their certificates, speak on their own topics, and get keys of AWS by a role alias", (
        trusted("credentials.iot.amazonaws.com", "meters"), rights("meters", statement(
            "kinesis:PutRecord", arn("kinesis", "stream/meters"))),
        aws("iot/ThingType", {"name": "meter", "properties": {"description": "Meters of branches",
            "searchableAttributes": ["branch"]}, "tags": TAGS}, "meter-type"),
        aws("iot/Thing", {"name": "meter-0001", "thingTypeName": "meter", "attributes": {"branch": "deira"}}, "meter"),
        aws("iot/ThingGroup", {"name": "meters", "properties": {"description": "All meters"}, "tags": TAGS},
            "meters-group"),
        aws("iot/ThingGroupMembership", {"thingGroupName": UNKNOWN, "thingName": UNKNOWN}, "member", links={
            "thingGroupName": ("meters-group",), "thingName": ("meter",)}),
        aws("iot/Certificate", {"active": True, "csr": "-----BEGIN CERTIFICATE REQUEST-----\nMIIB\n-----END "
            "CERTIFICATE REQUEST-----\n"}, "certificate"),
        aws("iot/RoleAlias", {"alias": "meters", "roleArn": UNKNOWN, "credentialDuration": 3600, "tags": TAGS}, "alias",
            links={"roleArn": ("meters",)}),
        aws("iot/Policy", {"name": "meter", "policy": document(
            statement("iot:Connect", arn("iot", "client/${iot:Connection.Thing.ThingName}"), {"Bool": {
                "iot:Connection.Thing.IsAttached": "true"}}),
            statement("iot:Publish", arn("iot", "topic/meters/${iot:Connection.Thing.ThingName}/readings")),
            statement("iot:Subscribe", arn("iot", "topicfilter/meters/${iot:Connection.Thing.ThingName}/orders")),
            statement("iot:Receive", arn("iot", "topic/meters/${iot:Connection.Thing.ThingName}/orders")),
            statement("iot:AssumeRoleWithCertificate", arn("iot", "rolealias/meters"))), "tags": TAGS}, "policy"),
        aws("iot/PolicyAttachment", {"policy": UNKNOWN, "target": UNKNOWN}, "attached", links={
            "policy": ("policy",), "target": ("certificate",)}),
        aws("iot/IndexingConfiguration", {
            "thingIndexingConfiguration": {
                "thingIndexingMode": "REGISTRY", "deviceDefenderIndexingMode": "VIOLATIONS",
                "thingConnectivityIndexingMode": "STATUS"}, "thingGroupIndexingConfiguration": {
                    "thingGroupIndexingMode": "ON"}}, "index"),
        aws("iot/EventConfigurations", {"eventConfigurations": {"THING": True, "POLICY": True, "CERTIFICATE": True,
            "CA_CERTIFICATE": True, "JOB": False}}, "events")),
        f"{AWS_DOCS}/iot/latest/developerguide/security-best-practices.html; .../authorizing-direct-aws.html, as known",
        OURS),
)  # fmt: skip
