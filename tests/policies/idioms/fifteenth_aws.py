"""Good idioms of platform teams on AWS: keys in hardware, devices, files and data in motion (set 15, blind)."""

import json

from ..blind import KEY, ME, TAGS, aws, document, statement
from ..harness import UNKNOWN
from . import Idiom, unpriced
from .fourth import AWS_DOCS
from .fourth_kubernetes import BUDGET
from .ninth_aws import GROUPS, SUBNETS, arn, kept, role_arn
from .thirteenth_aws import NETWORK, OURS
from .twelfth_aws_platform import VPC, logs, rights, trusted

ORGANISATION = "o-bank1234567"
SPARK = json.dumps({
    "EncryptionConfiguration": {
        "EnableInTransitEncryption": True, "EnableAtRestEncryption": True,
        "InTransitEncryptionConfiguration": {"TLSCertificateConfiguration": {
            "CertificateProviderType": "PEM", "S3Object": "s3://bank-certificates/emr/certs.zip"}},
        "AtRestEncryptionConfiguration": {
            "S3EncryptionConfiguration": {"EncryptionMode": "SSE-KMS", "AwsKmsKey": KEY},
            "LocalDiskEncryptionConfiguration": {"EncryptionKeyProviderType": "AwsKms", "AwsKmsKey": KEY,
                                                 "EnableEbsEncryption": True}}},
    "InstanceMetadataServiceConfiguration": {"MinimumInstanceMetadataServiceVersion": 2,
                                             "HttpPutResponseHopLimit": 1}})  # fmt: skip
ACCOUNTS = json.dumps({"rules": [{
    "rule-type": "selection", "rule-id": "1", "rule-name": "balances", "rule-action": "include", "object-locator": {
        "schema-name": "public", "table-name": "balances"}}]})  # fmt: skip
CERTIFICATES = {"residency": {"known": {"bank-certificates": "our own bucket, in me-central-1",
                                        **OURS["residency"]["known"]}}}  # fmt: skip


def known(bucket: str) -> dict[str, object]:
    """Returns the setting that lists a bucket of another stack."""
    return {"residency": {"known": {bucket: "our own, in me-central-1"}}}


IDIOMS: tuple[Idiom, ...] = (
    Idiom("keys of payments lie in two modules of hardware of the bank alone, in two zones", (
        BUDGET,
        aws("cloudhsmv2/Cluster", {"hsmType": "hsm2m.medium", "mode": "FIPS", "subnetIds": SUBNETS[:2], "tags": TAGS},
            "payments", protect=True),
        *(aws("cloudhsmv2/Hsm", {"clusterId": UNKNOWN, "subnetId": subnet}, f"module-{n}", protect=True,
              links={"clusterId": ("payments",)}) for n, subnet in enumerate(SUBNETS[:2])),
        aws("kms/CustomKeyStore", {
            "customKeyStoreName": "payments", "cloudHsmClusterId": UNKNOWN, "keyStorePassword": UNKNOWN,
            "trustAnchorCertificate": UNKNOWN}, "store", links={"cloudHsmClusterId": ("payments",)})),
        f"{AWS_DOCS}/cloudhsm/latest/userguide/bp-cluster-management.html", unpriced(
            "aws:kms/customKeyStore:CustomKeyStore::store",
            "aws:cloudhsmv2/hsm:Hsm::module-0",
            "aws:cloudhsmv2/hsm:Hsm::module-1")),
    Idiom("accounts of the bank's organisation show their figures to the account of monitoring, and others cannot", (
        aws("oam/Sink", {"name": "monitoring", "tags": TAGS}, "sink"),
        aws("oam/SinkPolicy", {"sinkIdentifier": UNKNOWN, "policy": document({
            "Effect": "Allow", "Principal": "*", "Action": ["oam:CreateLink", "oam:UpdateLink"], "Resource": "*",
            "Condition": {"StringEquals": {"aws:PrincipalOrgID": ORGANISATION}, "ForAllValues:StringEquals": {
                "oam:ResourceTypes": ["AWS::CloudWatch::Metric", "AWS::Logs::LogGroup"]}}})}, "policy",
            links={"sinkIdentifier": ("sink",)}),
        aws("oam/Link", {
            "labelTemplate": "$AccountName", "sinkIdentifier": UNKNOWN, "tags": TAGS, "resourceTypes": [
                "AWS::CloudWatch::Metric"], "linkConfiguration": {"metricConfiguration": {
                    "filter": "Namespace IN ('AWS/EKS', 'AWS/RDS')"}}}, "link",
            links={"sinkIdentifier": ("sink",)})),
        f"{AWS_DOCS}/AmazonCloudWatch/latest/monitoring/CloudWatch-Unified-Cross-Account-Setup.html", {
            "identity": {"trusted": {ORGANISATION: "our own organisation"}}}),
    Idiom("machines of branches connect by certificates, each as itself, and their events lie in a stream", (
        BUDGET, logs("/iot/errors"), trusted("iot.amazonaws.com", "iot-events"),
        rights("iot-events", statement("kinesis:PutRecord", arn("kinesis", "stream/branches")),
               statement(["logs:CreateLogStream", "logs:PutLogEvents"], arn("logs", "log-group:/iot/errors:*"))),
        aws("kinesis/Stream", {
            "name": "branches", "encryptionType": "KMS", "kmsKeyId": KEY, "retentionPeriod": 48, "tags": TAGS,
            "shardCount": 2, "streamModeDetails": {"streamMode": "PROVISIONED"}}, "stream"),
        aws("iot/Policy", {"name": "machine", "tags": TAGS, "policy": document(
            statement("iot:Connect", arn("iot", "client/${iot:Connection.Thing.ThingName}"), {
                "Bool": {"iot:Connection.Thing.IsAttached": "true"}}),
            statement("iot:Publish", arn("iot", "topic/branches/${iot:Connection.Thing.ThingName}/events")))},
            "machine"),
        aws("iot/ThingGroup", {"name": "branches", "tags": TAGS, "properties": {
            "description": "Machines of branches"}}, "branches"),
        aws("iot/TopicRule", {
            "name": "branches", "enabled": True, "sql": "SELECT *, topic(2) AS machine FROM 'branches/+/events'",
            "sqlVersion": "2016-03-23", "tags": TAGS, "kineses": [{
                "roleArn": UNKNOWN, "streamName": "branches", "partitionKey": "${topic(2)}"}],
            "errorAction": {"cloudwatchLogs": {"logGroupName": "/iot/errors", "roleArn": UNKNOWN}}}, "rule",
            links={"kineses": ("stream", "iot-events"), "errorAction": ("logs", "iot-events")})),
        f"{AWS_DOCS}/iot/latest/developerguide/security-best-practices.html", unpriced(
            "aws:iot/topicRule:TopicRule::rule")),
    Idiom("figures of a night are counted by EMR inside the network, sealed on disks and wires, and end when idle", (
        BUDGET,
        aws("emr/SecurityConfiguration", {"name": "sealed", "configuration": SPARK}, "sealed"),
        aws("emr/Cluster", {
            "name": "nightly", "releaseLabel": "emr-7.10.0", "applications": ["Spark"], "serviceRole": role_arn(
                "emr-service"), "securityConfiguration": "sealed", "tags": TAGS, "logUri": "s3://bank-trail/emr/",
            "logEncryptionKmsKeyId": KEY, "terminationProtection": True, "unhealthyNodeReplacement": True,
            "autoTerminationPolicy": {"idleTimeout": 3600}, "ebsRootVolumeSize": 30, "ec2Attributes": {
                "subnetId": SUBNETS[0], "instanceProfile": f"arn:aws:iam::{ME}:instance-profile/emr-nodes",
                "emrManagedMasterSecurityGroup": "sg-emr1", "emrManagedSlaveSecurityGroup": "sg-emr2",
                "serviceAccessSecurityGroup": "sg-emr3"},
            "masterInstanceGroup": {"instanceType": "m6i.xlarge", "instanceCount": 1},
            "coreInstanceGroup": {"instanceType": "m6i.xlarge", "instanceCount": 2, "ebsConfigs": [
                {"size": 100, "type": "gp3", "volumesPerInstance": 1}]}}, "nightly",
            links={"securityConfiguration": ("sealed",)})),
        f"{AWS_DOCS}/emr/latest/ManagementGuide/emr-create-security-configuration.html", {
            **CERTIFICATES, **unpriced("aws:emr/cluster:Cluster::nightly")}),
    Idiom("files of the old data centre reach the bucket by a gateway of the network, for one net of hosts", (
        BUDGET, logs("/storagegateway/archive"), trusted("storagegateway.amazonaws.com", "archive-share"),
        rights("archive-share", statement(["s3:GetObject", "s3:PutObject", "s3:AbortMultipartUpload"],
                                          "arn:aws:s3:::bank-archive/*"),
               statement(["s3:ListBucket", "s3:GetBucketLocation"], "arn:aws:s3:::bank-archive"),
               statement(["kms:Decrypt", "kms:GenerateDataKey"], KEY)),
        aws("storagegateway/Gateway", {
            "gatewayName": "archive", "gatewayType": "FILE_S3", "gatewayTimezone": "GMT+4:00", "tags": TAGS,
            "gatewayIpAddress": "10.40.8.20", "gatewayVpcEndpoint": "vpce-0123456789abcdef0", "cloudwatchLogGroupArn":
            UNKNOWN, "maintenanceStartTime": {"hourOfDay": 1, "minuteOfHour": 0, "dayOfWeek": "6"}}, "archive",
            links={"cloudwatchLogGroupArn": ("logs",)}),
        aws("storagegateway/NfsFileShare", {
            "gatewayArn": UNKNOWN, "locationArn": "arn:aws:s3:::bank-archive", "roleArn": UNKNOWN, "tags": TAGS,
            "clientLists": ["10.40.9.0/28"], "squash": "RootSquash", "kmsEncrypted": True, "kmsKeyArn": KEY,
            "objectAcl": "bucket-owner-full-control", "defaultStorageClass": "S3_STANDARD", "auditDestinationArn":
            UNKNOWN, "readOnly": False, "requesterPays": False}, "share", links={
                "gatewayArn": ("archive",), "roleArn": ("archive-share",), "auditDestinationArn": ("logs",)})),
        f"{AWS_DOCS}/filegateway/latest/files3/CreatingAnNFSFileShare.html", {**known("bank-archive"), **unpriced(
            "aws:storagegateway/gateway:Gateway::archive", "aws:storagegateway/nfsFileShare:NfsFileShare::share")}),
    Idiom("balances are copied from the old database by DMS without servers, over TLS and under the bank's key", (
        BUDGET,
        aws("dms/ReplicationSubnetGroup", {
            "replicationSubnetGroupId": "moves", "replicationSubnetGroupDescription": "Moves of databases",
            "subnetIds": SUBNETS, "tags": TAGS}, "subnets"),
        aws("dms/Endpoint", {
            "endpointId": "old", "endpointType": "source", "engineName": "postgres", "databaseName": "accounts",
            "secretsManagerArn": arn("secretsmanager", "secret:moves/old-AbCdEf"), "secretsManagerAccessRoleArn":
            role_arn("dms-secrets"), "sslMode": "verify-full", "certificateArn": arn("dms", "cert:bank"), "kmsKeyArn":
            KEY, "tags": TAGS}, "old"),
        aws("dms/Endpoint", {
            "endpointId": "new", "endpointType": "target", "engineName": "aurora-postgresql", "databaseName":
            "accounts", "secretsManagerArn": arn("secretsmanager", "secret:moves/new-AbCdEf"),
            "secretsManagerAccessRoleArn": role_arn("dms-secrets"), "sslMode": "verify-full", "certificateArn": arn(
                "dms", "cert:rds"), "kmsKeyArn": KEY, "tags": TAGS}, "new"),
        aws("dms/ReplicationConfig", {
            "replicationConfigIdentifier": "balances", "replicationType": "full-load-and-cdc", "sourceEndpointArn":
            UNKNOWN, "targetEndpointArn": UNKNOWN, "tableMappings": ACCOUNTS, "tags": TAGS, "computeConfig": {
                "replicationSubnetGroupId": "moves", "maxCapacityUnits": 4, "minCapacityUnits": 1, "multiAz": True,
                "kmsKeyId": KEY, "vpcSecurityGroupIds": GROUPS}}, "balances", links={
                    "sourceEndpointArn": ("old",), "targetEndpointArn": ("new",), "computeConfig": ("subnets",)})),
        f"{AWS_DOCS}/dms/latest/userguide/CHAP_Serverless.html", unpriced(
            "aws:dms/replicationConfig:ReplicationConfig::balances")),
    Idiom("files of partners come by SFTP inside the network, are marked, and move to the bucket of the intake", (
        BUDGET, logs("/transfer/partners"), trusted("transfer.amazonaws.com", "intake"),
        rights("intake", statement(["s3:GetObject", "s3:GetObjectTagging", "s3:PutObject", "s3:PutObjectTagging",
                                    "s3:DeleteObject"], "arn:aws:s3:::bank-intake/*"),
               statement("s3:ListBucket", "arn:aws:s3:::bank-intake"),
               statement(["kms:Decrypt", "kms:GenerateDataKey"], KEY)),
        aws("transfer/Workflow", {
            "description": "Marks and moves what a partner sent", "tags": TAGS, "steps": [
                {"type": "TAG", "tagStepDetails": {"name": "mark", "tags": [{"key": "origin", "value": "partner"}],
                                                   "sourceFileLocation": "${original.file}"}},
                {"type": "COPY", "copyStepDetails": {
                    "name": "move", "overwriteExisting": "FALSE", "sourceFileLocation": "${original.file}",
                    "destinationFileLocation": {"s3FileLocation": {"bucket": "bank-intake", "key":
                                                                   "checked/${Transfer:UserName}/"}}}},
                {"type": "DELETE", "deleteStepDetails": {"name": "tidy", "sourceFileLocation": "${original.file}"}}]},
            "workflow"),
        aws("transfer/Server", {
            "domain": "S3", "protocols": ["SFTP"], "identityProviderType": "SERVICE_MANAGED", "endpointType": "VPC",
            "endpointDetails": {"vpcId": VPC, "subnetIds": SUBNETS[:2], "securityGroupIds": GROUPS},
            "securityPolicyName": "TransferSecurityPolicy-2025-03", "structuredLogDestinations": [UNKNOWN],
            "workflowDetails": {"onUpload": {"workflowId": UNKNOWN, "executionRole": UNKNOWN}}, "tags": TAGS,
            "protocolDetails": {"setStatOption": "ENABLE_NO_OP"}}, "server", links={
                "workflowDetails": ("workflow", "intake"), "structuredLogDestinations": ("logs",)})),
        f"{AWS_DOCS}/transfer/latest/userguide/transfer-workflows.html", {**OURS, **known("bank-intake"), **unpriced(
            "aws:transfer/workflow:Workflow::workflow")}),
    Idiom("models are shared by a file system of NetApp in two zones, sealed, with snapshots and daily copies", (
        BUDGET,
        aws("fsx/OntapFileSystem", {
            "deploymentType": "MULTI_AZ_1", "storageCapacity": 1024, "throughputCapacity": 128, "subnetIds":
            SUBNETS[:2], "preferredSubnetId": SUBNETS[0], "securityGroupIds": GROUPS, "kmsKeyId": KEY, "tags": TAGS,
            "automaticBackupRetentionDays": 30, "dailyAutomaticBackupStartTime": "22:00",
            "endpointIpAddressRange": "10.30.250.0/26", "weeklyMaintenanceStartTime": "6:01:00"}, "files",
            protect=True),
        aws("fsx/OntapStorageVirtualMachine", {
            "fileSystemId": UNKNOWN, "name": "models", "rootVolumeSecurityStyle": "UNIX", "tags": TAGS}, "machine",
            links={"fileSystemId": ("files",)}, protect=True),
        aws("fsx/OntapVolume", {
            "storageVirtualMachineId": UNKNOWN, "name": "models", "junctionPath": "/models", "sizeInMegabytes": 512000,
            "ontapVolumeType": "RW", "securityStyle": "UNIX", "snapshotPolicy": "default", "skipFinalBackup": False,
            "storageEfficiencyEnabled": True, "copyTagsToBackups": True, "tags": TAGS, "tieringPolicy": {
                "name": "SNAPSHOT_ONLY", "coolingPeriod": 31}}, "models", protect=True,
            links={"storageVirtualMachineId": ("machine",)})),
        f"{AWS_DOCS}/fsx/latest/ONTAPGuide/managing-volumes.html",
        kept("files", "models")),
    Idiom("traffic of a suspicious host is mirrored to a sensor of the same network, and nothing else is", (
        aws("lb/LoadBalancer", {
            "name": "sensors", "internal": True, "loadBalancerType": "network", "subnets": SUBNETS, "tags": TAGS,
            "securityGroups": GROUPS, "enableDeletionProtection": True, "enableCrossZoneLoadBalancing": True},
            "balancer"),
        aws("lb/TargetGroup", {"name": "sensors", **NETWORK, "port": 4789, "protocol": "UDP", "targetType": "instance",
                               "healthCheck": {"protocol": "TCP", "port": "443"}}, "sensors"),
        aws("lb/Listener", {
            "loadBalancerArn": UNKNOWN, "port": 4789, "protocol": "UDP", "tags": TAGS, "defaultActions": [
                {"type": "forward", "targetGroupArn": UNKNOWN}]}, "vxlan",
            links={"loadBalancerArn": ("balancer",), "defaultActions": ("sensors",)}),
        aws("ec2/TrafficMirrorTarget", {"networkLoadBalancerArn": UNKNOWN, "description": "Sensors", "tags": TAGS},
            "target", links={"networkLoadBalancerArn": ("balancer",)}),
        aws("ec2/TrafficMirrorFilter", {"description": "TLS to the ledger", "tags": TAGS}, "filter"),
        aws("ec2/TrafficMirrorFilterRule", {
            "trafficMirrorFilterId": UNKNOWN, "ruleNumber": 1, "ruleAction": "accept", "trafficDirection": "ingress",
            "protocol": 6, "sourceCidrBlock": "10.30.0.0/16", "destinationCidrBlock": "10.30.16.0/20",
            "destinationPortRange": {"fromPort": 443, "toPort": 443}}, "rule",
            links={"trafficMirrorFilterId": ("filter",)}),
        aws("ec2/TrafficMirrorSession", {
            "networkInterfaceId": "eni-0123456789abcdef0", "sessionNumber": 1, "trafficMirrorFilterId": UNKNOWN,
            "trafficMirrorTargetId": UNKNOWN, "description": "Case 4711", "tags": TAGS}, "session", links={
                "trafficMirrorFilterId": ("filter",), "trafficMirrorTargetId": ("target",)})),
        f"{AWS_DOCS}/vpc/latest/mirroring/traffic-mirroring-getting-started.html", unpriced(
            "aws:lb/loadBalancer:LoadBalancer::balancer"),
        doubt="UDP of VXLAN has no TLS; sensors of a bank take it inside one network"),
    Idiom("operators reach machines by an endpoint of the network without public addresses, on one port", (
        aws("ec2/SecurityGroup", {"name": "connect", "description": "Endpoint of operators", "vpcId": VPC,
                                  "tags": TAGS}, "connect"),
        aws("ec2/SecurityGroup", {"name": "machines", "description": "Machines", "vpcId": VPC, "tags": TAGS},
            "machines"),
        aws("vpc/SecurityGroupEgressRule", {
            "securityGroupId": UNKNOWN, "referencedSecurityGroupId": UNKNOWN, "ipProtocol": "tcp", "fromPort": 22,
            "toPort": 22, "description": "SSH to machines", "tags": TAGS}, "out", links={
                "securityGroupId": ("connect",), "referencedSecurityGroupId": ("machines",)}),
        aws("vpc/SecurityGroupIngressRule", {
            "securityGroupId": UNKNOWN, "referencedSecurityGroupId": UNKNOWN, "ipProtocol": "tcp", "fromPort": 22,
            "toPort": 22, "description": "SSH from the endpoint", "tags": TAGS}, "in", links={
                "securityGroupId": ("machines",), "referencedSecurityGroupId": ("connect",)}),
        aws("ec2transitgateway/InstanceConnectEndpoint", {
            "subnetId": SUBNETS[0], "securityGroupIds": [UNKNOWN], "preserveClientIp": True, "tags": TAGS}, "endpoint",
            links={"securityGroupIds": ("connect",)})),
        f"{AWS_DOCS}/AWSEC2/latest/UserGuide/connect-with-ec2-instance-connect-endpoint.html"),
)  # fmt: skip
