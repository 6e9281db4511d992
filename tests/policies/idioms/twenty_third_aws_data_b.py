"""Good idioms of platform teams on AWS: databases, jobs of Spark and files (set 23, blind)."""

import json

from ..blind import KEY, ME, TAGS, aws, document, statement
from ..harness import UNKNOWN
from . import Idiom, unpriced
from .fourth import AWS_DOCS, R
from .fourth_kubernetes import BUDGET
from .ninth_aws import SUBNETS, arn, kept, role_arn
from .thirteenth_aws import OURS
from .twelfth_aws_platform import logs, rights, trusted
from .twentieth_goodb_charts import merged
from .twenty_first_xaws import alarm
from .twenty_second_xaws import PATTERNS, attached, group
from .twenty_third_aws import store

LAKE_KEYS = statement(["kms:Decrypt", "kms:GenerateDataKey"], KEY)

IDIOMS: tuple[Idiom, ...] = (
    Idiom("the branches' MariaDB has a standby and a reader, and its owner's password turns by the service each month",
        (
        BUDGET, group("branches", ("10.64.0.0/16", 3306, "Programs in the network")),
        aws("rds/SubnetGroup", {"name": "branches", "subnetIds": SUBNETS, "tags": TAGS}, "subnets"),
        aws("rds/ParameterGroup", {"name": "branches", "family": "mariadb11.4", "tags": TAGS, "parameters": [
            {"name": name, "value": value, "applyMethod": "pending-reboot"} for name, value in (
                ("require_secure_transport", "1"), ("slow_query_log", "1"), ("long_query_time", "2"),
                ("log_output", "FILE"), ("tls_version", "TLSv1.2,TLSv1.3"))]}, "parameters"),
        aws("rds/OptionGroup", {"name": "branches", "engineName": "mariadb", "majorEngineVersion": "11.4", "tags": TAGS,
            "optionGroupDescription": "Audit", "options": [{"optionName": "MARIADB_AUDIT_PLUGIN", "optionSettings": [
                {"name": "SERVER_AUDIT_EVENTS", "value": "CONNECT,QUERY_DDL,QUERY_DCL"},
                {"name": "SERVER_AUDIT_FILE_ROTATIONS", "value": "30"}]}]}, "options"),
        aws("rds/Instance", {
            "identifier": "branches", "engine": "mariadb", "engineVersion": "11.4.5", "instanceClass": "db.m7g.large",
            "allocatedStorage": 200, "maxAllocatedStorage": 500, "storageType": "gp3", "storageEncrypted": True,
            "kmsKeyId": KEY, "username": "owner", "manageMasterUserPassword": True, "masterUserSecretKmsKeyId": KEY,
            "dbSubnetGroupName": UNKNOWN, "parameterGroupName": UNKNOWN, "optionGroupName": UNKNOWN,
            "vpcSecurityGroupIds": [UNKNOWN], "multiAz": True, "publiclyAccessible": False, "deletionProtection": True,
            "backupRetentionPeriod": 30, "backupWindow": "21:00-22:00", "maintenanceWindow": "fri:23:00-sat:00:00",
            "copyTagsToSnapshot": True, "deleteAutomatedBackups": False, "skipFinalSnapshot": False,
            "finalSnapshotIdentifier": "branches-final", "autoMinorVersionUpgrade": True, "caCertIdentifier":
            "rds-ca-rsa2048-g1", "iamDatabaseAuthenticationEnabled": True, "enabledCloudwatchLogsExports": [
                "audit", "error", "slowquery"], "performanceInsightsEnabled": True, "performanceInsightsKmsKeyId": KEY,
            "monitoringInterval": 60, "monitoringRoleArn": role_arn("rds-figures"), "tags": TAGS}, "database",
            protect=True, links={"dbSubnetGroupName": ("subnets",), "parameterGroupName": ("parameters",),
                                 "optionGroupName": ("options",), "vpcSecurityGroupIds": ("sg-branches",)}),
        aws("rds/Instance", {
            "identifier": "branches-reader", "replicateSourceDb": UNKNOWN, "instanceClass": "db.m7g.large",
            "storageEncrypted": True, "kmsKeyId": KEY, "publiclyAccessible": False, "vpcSecurityGroupIds": [UNKNOWN],
            "parameterGroupName": UNKNOWN, "deletionProtection": True, "skipFinalSnapshot": True,
            "autoMinorVersionUpgrade": True, "caCertIdentifier": "rds-ca-rsa2048-g1", "copyTagsToSnapshot": True,
            "iamDatabaseAuthenticationEnabled": True, "enabledCloudwatchLogsExports": ["audit", "error"],
            "backupRetentionPeriod": 7, "monitoringInterval": 60, "monitoringRoleArn": role_arn("rds-figures"), "tags":
            TAGS}, "reader", protect=True, links={"replicateSourceDb": ("database",), "parameterGroupName": (
                "parameters",), "vpcSecurityGroupIds": ("sg-branches",)}),
        aws("secretsmanager/Secret", {"name": "branches/app", "kmsKeyId": KEY, "recoveryWindowInDays": 30, "tags": TAGS,
                                      "description": "User of the program"}, "secret"),
        aws("secretsmanager/SecretRotation", {"secretId": UNKNOWN, "rotationLambdaArn": arn(
            "lambda", "function:rotate-mariadb"), "rotateImmediately": True, "rotationRules": {
                "scheduleExpression": "rate(30 days)", "duration": "2h"}}, "rotation", links={"secretId": ("secret",)}),
        aws("secretsmanager/SecretPolicy", {"secretArn": UNKNOWN, "blockPublicPolicy": True, "policy": document({
            "Effect": "Deny", "Principal": "*", "Action": "secretsmanager:GetSecretValue", "Resource": "*",
            "Condition": {"ArnNotEquals": {"aws:PrincipalArn": [role_arn("branches"), role_arn("rotate-mariadb")]}}})},
            "policy", links={"secretArn": ("secret",)}),
        aws("lambda/Permission", {"function": "rotate-mariadb", "action": "lambda:InvokeFunction", "principal":
                                  "secretsmanager.amazonaws.com", "sourceAccount": ME, "statementId": "rotation"},
            "may-rotate"),
        alarm("branches-lag", "AWS/RDS", "ReplicaLag", 60.0, DBInstanceIdentifier="branches-reader")),
        f"{PATTERNS}/automatically-rotate-secrets; {AWS_DOCS}/AmazonRDS/latest/UserGuide/Appendix.MariaDB.Options."
        "AuditPlugin.html, as known", merged(merged(OURS, kept("database", "reader")), unpriced(
            "aws:rds/instance:Instance::database", "aws:rds/instance:Instance::reader"))),
    Idiom(
        "jobs of Spark run without servers in the network, from an image of the bank, and stop when nothing is asked", (
        *store("bank-spark", "spark"), logs("/aws/emr-serverless/features"),
        aws("ecr/Repository", {"name": "spark/features", "imageTagMutability": "IMMUTABLE", "tags": TAGS,
            "encryptionConfigurations": [{"encryptionType": "KMS", "kmsKey": KEY}], "imageScanningConfiguration": {
                "scanOnPush": True}}, "images"),
        aws("ecr/LifecyclePolicy", {"repository": UNKNOWN, "policy": json.dumps({"rules": [{
            "rulePriority": 1, "action": {"type": "expire"}, "selection": {"tagStatus": "any", "countType":
                "imageCountMoreThan", "countNumber": 20}}]})}, "images-age", links={"repository": ("images",)}),
        aws("ecr/RepositoryPolicy", {"repository": UNKNOWN, "policy": document({
            "Sid": "Spark", "Effect": "Allow", "Principal": {"Service": "emr-serverless.amazonaws.com"}, "Action": [
                "ecr:BatchGetImage", "ecr:DescribeImages", "ecr:GetDownloadUrlForLayer"], "Condition": {"StringLike": {
                    "aws:SourceArn": arn("emr-serverless", "/applications/*")}}})}, "images-policy", links={
                        "repository": ("images",)}),
        group("spark"),
        aws("emrserverless/Application", {
            "name": "features", "releaseLabel": "emr-7.9.0", "type": "spark", "architecture": "ARM64",
            "imageConfiguration": {"imageUri": f"{ME}.dkr.ecr.{R}.amazonaws.com/spark/features:v4"},
            "autoStartConfiguration": {"enabled": True}, "autoStopConfiguration": {"enabled": True,
                "idleTimeoutMinutes":
                15}, "maximumCapacity": {"cpu": "200 vCPU", "memory": "800 GB", "disk": "2000 GB"},
            "networkConfiguration": {"subnetIds": SUBNETS, "securityGroupIds": [UNKNOWN]}, "interactiveConfiguration": {
                "livyEndpointEnabled": False, "studioEnabled": False}, "monitoringConfiguration": {
                "s3MonitoringConfiguration": {"logUri": "s3://bank-spark/logs/", "encryptionKeyArn": KEY},
                "managedPersistenceMonitoringConfiguration": {"enabled": True, "encryptionKeyArn": KEY},
                "cloudwatchLoggingConfiguration": {"enabled": True, "logGroupName": "/aws/emr-serverless/features",
                                                   "encryptionKeyArn": KEY}}, "tags": TAGS}, "application", links={
                "networkConfiguration": ("sg-spark",)}),
        trusted("emr-serverless.amazonaws.com", "features"), rights("features", statement(
            ["s3:GetObject", "s3:ListBucket"], ["arn:aws:s3:::bank-datasets", "arn:aws:s3:::bank-datasets/*"]),
                statement(
                ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"], "arn:aws:s3:::bank-spark/*"), statement(
                ["glue:GetDatabase", "glue:GetTable", "glue:GetPartitions", "glue:UpdateTable"], [
                    arn("glue", "catalog"), arn("glue", "database/features"), arn("glue", "table/features/*")]),
            LAKE_KEYS)),
        f"{AWS_DOCS}/emr/latest/EMR-Serverless-UserGuide/application-custom-image.html; .../vpc-access.html, as known",
        merged(OURS, kept("spark"))),
    Idiom("files of an older program lie in EFS of three zones, reached by TLS and one way in, and copied each night", (
        BUDGET, group("files", ("10.64.0.0/18", 2049, "Nodes of the cluster")),
        aws("efs/FileSystem", {"creationToken": "archive", "encrypted": True, "kmsKeyId": KEY, "performanceMode":
            "generalPurpose", "throughputMode": "elastic", "lifecyclePolicies": [
                {"transitionToIa": "AFTER_30_DAYS"}, {"transitionToArchive": "AFTER_90_DAYS"},
                {"transitionToPrimaryStorageClass": "AFTER_1_ACCESS"}], "protection": {
                    "replicationOverwrite": "ENABLED"},
            "tags": {**TAGS, "Name": "archive"}}, "files", protect=True),
        *(aws("efs/MountTarget", {"fileSystemId": UNKNOWN, "subnetId": subnet, "securityGroups": [UNKNOWN]},
              f"target-{subnet}", links={"fileSystemId": ("files",), "securityGroups": ("sg-files",)})
          for subnet in SUBNETS),
        aws("efs/AccessPoint", {"fileSystemId": UNKNOWN, "posixUser": {"uid": 10001, "gid": 10001}, "rootDirectory": {
            "path": "/archive", "creationInfo": {"ownerUid": 10001, "ownerGid": 10001, "permissions": "0750"}},
            "tags": TAGS}, "way", links={"fileSystemId": ("files",)}),
        aws("efs/BackupPolicy", {"fileSystemId": UNKNOWN, "backupPolicy": {"status": "ENABLED"}}, "copies", links={
            "fileSystemId": ("files",)}),
        aws("efs/FileSystemPolicy", {"fileSystemId": UNKNOWN, "bypassPolicyLockoutSafetyCheck": False, "policy":
            document({"Sid": "Program", "Effect": "Allow", "Principal": {"AWS": role_arn("archive")}, "Action": [
                "elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"], "Resource": arn(
                    "elasticfilesystem", "file-system/fs-0123456789abcdef0"), "Condition": {"Bool": {
                        "elasticfilesystem:AccessedViaMountTarget": "true"}, "StringEquals": {
                            "elasticfilesystem:AccessPointArn": arn(
                                "elasticfilesystem", "access-point/fsap-0123456789abcdef0")}}},
                     {"Sid": "TLS", "Effect": "Deny", "Principal": {"AWS": "*"}, "Action": "*", "Resource": arn(
                         "elasticfilesystem", "file-system/fs-0123456789abcdef0"), "Condition": {"Bool": {
                             "aws:SecureTransport": "false"}}})}, "policy", links={"fileSystemId": ("files",)}),
        *attached("archive-csi", "service-role/AmazonEFSCSIDriverPolicy"),
        aws("iam/Role", {"name": "archive-csi", "tags": TAGS, "assumeRolePolicy": document({
            "Effect": "Allow", "Principal": {"Service": "pods.eks.amazonaws.com"}, "Action": [
                "sts:AssumeRole", "sts:TagSession"], "Condition": {"StringEquals": {"aws:SourceAccount": ME}}})},
            "archive-csi"),
        aws("eks/Addon", {"clusterName": "apps", "addonName": "aws-efs-csi-driver", "addonVersion":
                          "v2.1.9-eksbuild.1", "resolveConflictsOnCreate": "OVERWRITE", "resolveConflictsOnUpdate":
                          "PRESERVE", "podIdentityAssociations": [{"roleArn": UNKNOWN, "serviceAccount":
                                                                   "efs-csi-controller-sa"}], "tags": TAGS}, "driver",
            links={"podIdentityAssociations": ("archive-csi",)}),
        alarm("archive-connections", "AWS/EFS", "ClientConnections", 500.0, FileSystemId="fs-0123456789abcdef0")),
        f"{AWS_DOCS}/efs/latest/ug/iam-access-control-nfs-efs.html; .../eks/latest/userguide/efs-csi.html, as known",
        merged(OURS, kept("files"))),
)  # fmt: skip
