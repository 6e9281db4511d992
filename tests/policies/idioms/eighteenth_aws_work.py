"""Good idioms of platform teams on AWS: workflows, readers, search, tunnels, moves and sign-in (set 18, blind)."""

import json

from ..blind import KEY, ME, TAGS, aws, document, statement
from ..harness import UNKNOWN
from . import Idiom, unpriced
from .fourth import AWS_DOCS
from .fourth_kubernetes import BUDGET
from .ninth_aws import GROUPS, SET, SSO, SUBNETS, arn, kept, role_arn
from .thirteenth_aws import OURS
from .twelfth_aws_platform import VPC, logs, rights, trusted

FLOW = json.dumps(
    {
        "StartAt": "Sum",
        "TimeoutSeconds": 7200,
        "States": {
            "Sum": {
                "Type": "Task",
                "Resource": "arn:aws:states:::lambda:invoke",
                "End": True,
                "Parameters": {"FunctionName": arn("lambda", "function:sum:live"), "Payload.$": "$"},
                "Retry": [
                    {"ErrorEquals": ["States.TaskFailed"], "MaxAttempts": 2, "IntervalSeconds": 30, "BackoffRate": 2}
                ],
            }
        },
    }
)
MACHINE = arn("states", "stateMachine:close")
TABLES = json.dumps({"rules": [{
    "rule-type": "selection", "rule-id": "1", "rule-name": "orders", "rule-action": "include", "object-locator": {
        "schema-name": "public", "table-name": "orders"}}]})  # fmt: skip
MOVED = json.dumps({"Logging": {"EnableLogging": True}, "ValidationSettings": {"EnableValidation": True},
                    "FullLoadSettings": {"TargetTablePrepMode": "DO_NOTHING"}})  # fmt: skip
BANK = """-----BEGIN CERTIFICATE-----
QmFuayBhdXRob3JpdHksIGV4YW1wbGUgb2YgYSBjZXJ0aWZpY2F0ZQ==
-----END CERTIFICATE-----
"""
PAIR = {"instanceArn": SSO, "permissionSetArn": SET}

IDIOMS: tuple[Idiom, ...] = (
    Idiom("a tenth of the closings of the day go by the new version of a workflow until nobody complains", (
        BUDGET, logs("/aws/vendedlogs/states/close"), trusted("states.amazonaws.com", "close"),
        rights("close", statement("lambda:InvokeFunction", arn("lambda", "function:sum:live")),
               statement(["kms:Decrypt", "kms:GenerateDataKey"], KEY)),
        aws("sfn/StateMachine", {
            "name": "close", "type": "STANDARD", "roleArn": UNKNOWN, "definition": FLOW, "publish": True, "tags": TAGS,
            "encryptionConfiguration": {"type": "CUSTOMER_MANAGED_KMS_KEY", "kmsKeyId": KEY,
                                        "kmsDataKeyReusePeriodSeconds": 300},
            "loggingConfiguration": {"level": "ALL", "includeExecutionData": False, "logDestination":
                                     arn("logs", "log-group:/aws/vendedlogs/states/close:*")},
            "tracingConfiguration": {"enabled": True}}, "workflow", links={
                "roleArn": ("close",), "loggingConfiguration": ("logs",)}),
        aws("sfn/Alias", {"name": "live", "description": "Closings of the day", "routingConfigurations": [
            {"stateMachineVersionArn": f"{MACHINE}:4", "weight": 90},
            {"stateMachineVersionArn": f"{MACHINE}:5", "weight": 10}]}, "live", links={
                "routingConfigurations": ("workflow",)}),
        aws("cloudwatch/MetricAlarm", {
            "name": "close-failed", "namespace": "AWS/States", "metricName": "ExecutionsFailed", "statistic": "Sum",
            "period": 300, "evaluationPeriods": 1, "threshold": 0, "comparisonOperator": "GreaterThanThreshold",
            "treatMissingData": "notBreaching", "dimensions": {"StateMachineArn": f"{MACHINE}:live"}, "alarmActions": [
                arn("sns", "duty")], "tags": TAGS}, "failed")),
        f"{AWS_DOCS}/step-functions/latest/dg/example-alias-version-deployment.html", OURS),
    Idiom("reports read two copies of a database by a name of their own, and never the one that apps write to", (
        BUDGET,
        aws("rds/SubnetGroup", {"name": "orders", "subnetIds": SUBNETS, "tags": TAGS}, "subnets"),
        aws("rds/ClusterParameterGroup", {"name": "orders", "family": "aurora-postgresql17", "tags": TAGS, "parameters":
            [{"name": "rds.force_ssl", "value": "1"}, {"name": "log_statement", "value": "ddl"},
             {"name": "shared_preload_libraries", "value": "pgaudit", "applyMethod": "pending-reboot"}]}, "parameters"),
        aws("rds/Cluster", {
            "clusterIdentifier": "orders", "engine": "aurora-postgresql", "engineVersion": "17.5", "databaseName":
            "orders", "masterUsername": "orders_admin", "manageMasterUserPassword": True, "masterUserSecretKmsKeyId":
            KEY, "storageEncrypted": True, "kmsKeyId": KEY, "iamDatabaseAuthenticationEnabled": True,
            "deletionProtection": True, "copyTagsToSnapshot": True, "backupRetentionPeriod": 14, "dbSubnetGroupName":
            "orders", "vpcSecurityGroupIds": GROUPS, "skipFinalSnapshot": False, "finalSnapshotIdentifier":
            "orders-final", "enabledCloudwatchLogsExports": ["postgresql"], "dbClusterParameterGroupName": "orders",
            "tags": TAGS}, "orders", protect=True, links={
                "dbSubnetGroupName": ("subnets",), "dbClusterParameterGroupName": ("parameters",)}),
        *(aws("rds/ClusterInstance", {
            "identifier": f"orders-{n}", "clusterIdentifier": UNKNOWN, "engine": "aurora-postgresql", "tags": TAGS,
            "instanceClass": "db.r6g.large", "publiclyAccessible": False, "caCertIdentifier": "rds-ca-ecc384-g1",
            "autoMinorVersionUpgrade": True, "monitoringInterval": 60, "monitoringRoleArn": role_arn("rds-monitoring"),
            "performanceInsightsEnabled": True, "performanceInsightsKmsKeyId": KEY, "copyTagsToSnapshot": True,
            "promotionTier": n}, f"orders-{n}", links={"clusterIdentifier": ("orders",)}) for n in (1, 2, 3)),
        aws("rds/ClusterEndpoint", {
            "clusterIdentifier": UNKNOWN, "clusterEndpointIdentifier": "reports", "customEndpointType": "READER",
            "staticMembers": ["orders-2", "orders-3"], "tags": TAGS}, "reports", links={
                "clusterIdentifier": ("orders",), "staticMembers": ("orders-2", "orders-3")})),
        f"{AWS_DOCS}/AmazonRDS/latest/AuroraUserGuide/Aurora.Endpoints.Custom.html", {
            **kept("orders"), **unpriced("aws:rds/cluster:Cluster::orders", *(
                f"aws:rds/clusterInstance:ClusterInstance::orders-{n}" for n in (1, 2, 3)))}),
    Idiom("texts of rules are searched with the bank's own words, through an endpoint of the apps' network", (
        BUDGET, logs("/aws/opensearch/rules"),
        aws("opensearch/Domain", {
            "domainName": "rules", "engineVersion": "OpenSearch_2.19", "tags": TAGS, "clusterConfig": {
                "instanceType": "r6g.large.search", "instanceCount": 3, "zoneAwarenessEnabled": True,
                "zoneAwarenessConfig": {"availabilityZoneCount": 3}, "dedicatedMasterEnabled": True,
                "dedicatedMasterType": "m6g.large.search", "dedicatedMasterCount": 3},
            "ebsOptions": {"ebsEnabled": True, "volumeType": "gp3", "volumeSize": 50},
            "encryptAtRest": {"enabled": True, "kmsKeyId": KEY}, "nodeToNodeEncryption": {"enabled": True},
            "domainEndpointOptions": {"enforceHttps": True, "tlsSecurityPolicy": "Policy-Min-TLS-1-2-PFS-2023-10"},
            "advancedSecurityOptions": {"enabled": True, "anonymousAuthEnabled": False, "internalUserDatabaseEnabled":
                                        False, "masterUserOptions": {"masterUserArn": role_arn("rules-admin")}},
            "vpcOptions": {"subnetIds": SUBNETS, "securityGroupIds": GROUPS}, "accessPolicies": document({
                "Effect": "Allow", "Principal": {"AWS": [role_arn("rules-admin"), role_arn("rules-reader")]},
                "Action": ["es:ESHttpGet", "es:ESHttpPost", "es:ESHttpPut"], "Resource": arn("es", "domain/rules/*")}),
            "logPublishingOptions": [{"logType": kind, "enabled": True, "cloudwatchLogGroupArn": UNKNOWN}
                                     for kind in ("AUDIT_LOGS", "ES_APPLICATION_LOGS", "SEARCH_SLOW_LOGS",
                                                  "INDEX_SLOW_LOGS")],
            "softwareUpdateOptions": {"autoSoftwareUpdateEnabled": True}}, "rules", protect=True, links={
                "logPublishingOptions": ("logs",)}),
        aws("opensearch/Package", {
            "packageName": "words", "packageType": "TXT-DICTIONARY", "packageDescription": "Words of the bank",
            "packageSource": {"s3BucketName": "bank-models", "s3Key": "search/words.txt"}}, "words"),
        aws("opensearch/PackageAssociation", {"packageId": UNKNOWN, "domainName": "rules"}, "used", links={
            "packageId": ("words",), "domainName": ("rules",)}),
        aws("opensearch/AuthorizeVpcEndpointAccess", {"domainName": "rules", "account": ME}, "own", links={
            "domainName": ("rules",)}),
        aws("opensearch/VpcEndpoint", {"domainArn": UNKNOWN, "vpcOptions": {
            "subnetIds": SUBNETS, "securityGroupIds": GROUPS}}, "apps", links={"domainArn": ("rules",)})),
        f"{AWS_DOCS}/opensearch-service/latest/developerguide/vpc-interface-endpoints.html; custom-packages.html", {
            **kept("rules"), "residency": OURS["residency"], "escape": {
                **OURS["escape"], "code_sources": {"bank-models": "our own bucket of reviewed words and programs"}},
            **unpriced("aws:opensearch/domain:Domain::rules", "aws:opensearch/vpcEndpoint:VpcEndpoint::apps")}),
    Idiom("branches come in by two tunnels of the bank's own routers, whose routes are told to one table alone", (
        BUDGET,
        aws("ec2transitgateway/TransitGateway", {
            "description": "Branches", "amazonSideAsn": 64512, "transitGatewayCidrBlocks": ["10.99.0.0/24"],
            "autoAcceptSharedAttachments": "disable", "defaultRouteTableAssociation": "disable",
            "defaultRouteTablePropagation": "disable", "dnsSupport": "enable", "tags": TAGS}, "hub"),
        aws("ec2transitgateway/VpcAttachment", {
            "transitGatewayId": UNKNOWN, "vpcId": VPC, "subnetIds": SUBNETS, "applianceModeSupport": "enable",
            "transitGatewayDefaultRouteTableAssociation": False, "transitGatewayDefaultRouteTablePropagation": False,
            "tags": TAGS}, "routers", links={"transitGatewayId": ("hub",)}),
        aws("ec2transitgateway/Connect", {
            "transitGatewayId": UNKNOWN, "transportAttachmentId": UNKNOWN, "protocol": "gre",
            "transitGatewayDefaultRouteTableAssociation": False, "transitGatewayDefaultRouteTablePropagation": False,
            "tags": TAGS}, "branches", links={"transitGatewayId": ("hub",), "transportAttachmentId": ("routers",)}),
        *(aws("ec2transitgateway/ConnectPeer", {
            "transitGatewayAttachmentId": UNKNOWN, "peerAddress": f"10.20.{n}.10", "bgpAsn": "64520",
            "insideCidrBlocks": [f"169.254.{n + 9}.0/29"], "tags": TAGS}, f"router-{n}", links={
                "transitGatewayAttachmentId": ("branches",)}) for n in (1, 2)),
        aws("ec2transitgateway/RouteTable", {"transitGatewayId": UNKNOWN, "tags": TAGS}, "table", links={
            "transitGatewayId": ("hub",)}),
        aws("ec2transitgateway/RouteTableAssociation", {
            "transitGatewayAttachmentId": UNKNOWN, "transitGatewayRouteTableId": UNKNOWN}, "association", links={
                "transitGatewayAttachmentId": ("branches",), "transitGatewayRouteTableId": ("table",)})),
        f"{AWS_DOCS}/vpc/latest/tgw/tgw-connect.html", OURS),
    Idiom("orders of the site flow into the lake as Parquet, over TLS that checks the name and under the bank's key", (
        BUDGET, trusted("dms.amazonaws.com", "moves"),
        rights("moves", statement(["s3:PutObject", "s3:DeleteObject"], "arn:aws:s3:::bank-datasets/orders/*"),
               statement("s3:ListBucket", "arn:aws:s3:::bank-datasets", {"StringLike": {"s3:prefix": "orders/*"}}),
               statement(["kms:GenerateDataKey", "kms:Decrypt"], KEY),
               statement("secretsmanager:GetSecretValue", arn("secretsmanager", "secret:orders-AbCdEf"))),
        aws("dms/Certificate", {"certificateId": "bank", "certificatePem": BANK, "tags": TAGS}, "authority"),
        aws("dms/ReplicationInstance", {
            "replicationInstanceId": "orders", "replicationInstanceClass": "dms.r6i.large", "allocatedStorage": 100,
            "engineVersion": "3.6.1", "kmsKeyArn": KEY, "multiAz": True, "publiclyAccessible": False,
            "autoMinorVersionUpgrade": True, "replicationSubnetGroupId": "data", "vpcSecurityGroupIds": GROUPS, "tags":
            TAGS}, "machine"),
        aws("dms/Endpoint", {
            "endpointId": "site", "endpointType": "source", "engineName": "postgres", "sslMode": "verify-full",
            "certificateArn": UNKNOWN, "databaseName": "orders", "kmsKeyArn": KEY, "secretsManagerAccessRoleArn":
            UNKNOWN, "secretsManagerArn": arn("secretsmanager", "secret:orders-AbCdEf"), "tags": TAGS}, "site", links={
                "certificateArn": ("authority",), "secretsManagerAccessRoleArn": ("moves",)}),
        aws("dms/S3Endpoint", {
            "endpointId": "lake", "endpointType": "target", "bucketName": "bank-datasets", "bucketFolder": "orders",
            "serviceAccessRoleArn": UNKNOWN, "dataFormat": "parquet", "parquetVersion": "parquet-2-0",
            "compressionType": "GZIP", "encryptionMode": "SSE_KMS", "serverSideEncryptionKmsKeyId": KEY, "kmsKeyArn":
            KEY, "expectedBucketOwner": ME, "datePartitionEnabled": True, "cannedAclForObjects":
            "bucket-owner-full-control", "sslMode": "none", "timestampColumnName": "moved_at", "tags": TAGS}, "lake",
            links={"serviceAccessRoleArn": ("moves",)}),
        aws("dms/ReplicationTask", {
            "replicationTaskId": "orders", "migrationType": "full-load-and-cdc", "replicationInstanceArn": UNKNOWN,
            "sourceEndpointArn": UNKNOWN, "targetEndpointArn": UNKNOWN, "tableMappings": TABLES,
            "replicationTaskSettings": MOVED, "startReplicationTask": False, "tags": TAGS}, "orders", links={
                "replicationInstanceArn": ("machine",), "sourceEndpointArn": ("site",), "targetEndpointArn":
                ("lake",)})),
        f"{AWS_DOCS}/dms/latest/userguide/CHAP_Target.S3.html; CHAP_Security.SSL.html", {
            **OURS, **unpriced("aws:dms/replicationInstance:ReplicationInstance::machine")}),
    Idiom("staff act with rights of the account's own policy, within a boundary and for their own cost centre", (
        aws("ssoadmin/InstanceAccessControlAttributes", {"instanceArn": SSO, "attributes": [
            {"key": "cost-centre", "values": [{"sources": ["${path:enterprise.costCenter}"]}]}]}, "attributes"),
        aws("ssoadmin/PermissionSet", {"instanceArn": SSO, "name": "Operators", "sessionDuration": "PT4H",
                                       "description": "Operates machines of its cost centre", "tags": TAGS}, "set"),
        aws("ssoadmin/CustomerManagedPolicyAttachment", {**PAIR, "customerManagedPolicyReference": {
            "name": "operators", "path": "/"}}, "policy", links={"permissionSetArn": ("set",)}),
        aws("ssoadmin/PermissionsBoundaryAttachment", {**PAIR, "permissionsBoundary": {
            "customerManagedPolicyReference": {"name": "boundary", "path": "/"}}}, "boundary", links={
                "permissionSetArn": ("set",)}),
        aws("iam/Policy", {"name": "operators", "tags": TAGS, "policy": document(
            statement(["ec2:StartInstances", "ec2:StopInstances", "ec2:RebootInstances"], arn("ec2", "instance/*"), {
                "StringEquals": {"aws:ResourceTag/cost-centre": "${aws:PrincipalTag/cost-centre}"}}),
            statement(["ec2:DescribeInstances", "ec2:DescribeInstanceStatus"]))}, "operators"),
        aws("ssoadmin/TrustedTokenIssuer", {
            "instanceArn": SSO, "name": "bank", "trustedTokenIssuerType": "OIDC_JWT", "tags": TAGS,
            "trustedTokenIssuerConfiguration": {"oidcJwtConfiguration": {
                "issuerUrl": "https://login.bank.ae/realms/staff", "claimAttributePath": "email",
                "identityStoreAttributePath": "emails.value", "jwksRetrievalOption": "OPEN_ID_DISCOVERY"}}}, "tokens")),
        f"{AWS_DOCS}/singlesignon/latest/userguide/configure-abac.html; howtocmp.html", {
            **OURS, "identity": {"trusted": {"login.bank.ae": "our own sign-in"}}}),
)  # fmt: skip
