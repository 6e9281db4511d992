"""Good idioms of platform teams on AWS: functions, workflows, files, backups and networks (twelfth set, blind)."""

import json

from ..blind import IMAGE, KEY, ME, TAGS, aws, document, statement
from ..harness import UNKNOWN
from . import Idiom, unpriced
from .fourth import AWS_DOCS, R
from .fourth_kubernetes import BUDGET
from .ninth_aws import GROUPS, SUBNETS, arn, kept, role_arn
from .twelfth_aws_platform import OURS, VPC, logs, rights, trusted

FLOW = json.dumps({"StartAt": "Score", "States": {"Score": {
    "Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "TimeoutSeconds": 60, "Parameters": {
        "FunctionName": f"arn:aws:lambda:{R}:{ME}:function:score:live", "Payload.$": "$"},
    "Retry": [{"ErrorEquals": ["Lambda.TooManyRequestsException"], "MaxAttempts": 3, "BackoffRate": 2}],
    "End": True}}})  # fmt: skip

IDIOMS: tuple[Idiom, ...] = (
    Idiom("a function of an image runs in the network, and what fails goes to a queue with a key", (
        BUDGET, logs("/aws/lambda/score"),
        aws("sqs/Queue", {"name": "score-failed", "kmsMasterKeyId": KEY, "kmsDataKeyReusePeriodSeconds": 300, "tags":
                          TAGS, "messageRetentionSeconds": 1209600}, "failed"),
        trusted("lambda.amazonaws.com", "score"),
        rights("score", statement(["logs:CreateLogStream", "logs:PutLogEvents"],
                                  arn("logs", "log-group:/aws/lambda/score:*")),
               statement("sqs:SendMessage", arn("sqs", "score-failed")),
               statement(["kms:Decrypt", "kms:GenerateDataKey"], KEY)),
        aws("iam/RolePolicyAttachment", {"role": UNKNOWN, "policyArn":
            "arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole"}, "network",
            links={"role": ("score",)}),
        aws("lambda/Function", {
            "name": "score", "packageType": "Image", "imageUri": IMAGE, "role": UNKNOWN, "architectures": ["arm64"],
            "memorySize": 1024, "timeout": 30, "kmsKeyArn": KEY, "reservedConcurrentExecutions": 20, "publish": True,
            "tags": TAGS, "tracingConfig": {"mode": "Active"}, "vpcConfig": {
                "subnetIds": SUBNETS, "securityGroupIds": GROUPS}, "deadLetterConfig": {"targetArn": UNKNOWN},
            "loggingConfig": {"logFormat": "JSON", "logGroup": "/aws/lambda/score"},
            "environment": {"variables": {"SECRET_ARN": arn("secretsmanager", "secret:score-AbCdEf")}}}, "function",
            links={"role": ("score",), "deadLetterConfig": ("failed",), "loggingConfig": ("logs",)}),
        aws("lambda/Alias", {"name": "live", "functionName": UNKNOWN, "functionVersion": "1"}, "live",
            links={"functionName": ("function",)})),
        f"{AWS_DOCS}/lambda/latest/dg/images-create.html"),
    Idiom("a workflow of scores keeps its history under the bank's key", (
        BUDGET, logs("/aws/vendedlogs/states/score"), trusted("states.amazonaws.com", "flow"),
        rights("flow", statement("lambda:InvokeFunction", arn("lambda", "function:score:live")),
               statement(["kms:Decrypt", "kms:GenerateDataKey"], KEY)),
        aws("sfn/StateMachine", {
            "name": "score", "type": "STANDARD", "roleArn": UNKNOWN, "definition": FLOW, "tags": TAGS,
            "encryptionConfiguration": {"type": "CUSTOMER_MANAGED_KMS_KEY", "kmsKeyId": KEY,
                                        "kmsDataKeyReusePeriodSeconds": 300},
            "loggingConfiguration": {"level": "ALL", "includeExecutionData": False, "logDestination":
                                     arn("logs", "log-group:/aws/vendedlogs/states/score:*")},
            "tracingConfiguration": {"enabled": True}}, "workflow",
            links={"roleArn": ("flow",), "loggingConfiguration": ("logs",)})),
        f"{AWS_DOCS}/step-functions/latest/dg/encryption-at-rest.html"),
    Idiom("weights of models lie in a file system that only roles of the account mount with TLS", (
        BUDGET,
        aws("efs/FileSystem", {
            "encrypted": True, "kmsKeyId": KEY, "performanceMode": "generalPurpose", "throughputMode": "elastic",
            "tags": TAGS, "lifecyclePolicies": [{"transitionToIa": "AFTER_30_DAYS"}]}, "models", protect=True),
        aws("efs/BackupPolicy", {"fileSystemId": UNKNOWN, "backupPolicy": {"status": "ENABLED"}}, "backups",
            links={"fileSystemId": ("models",)}),
        aws("efs/FileSystemPolicy", {"fileSystemId": UNKNOWN, "policy": json.dumps({
            "Version": "2012-10-17", "Statement": [
                {"Effect": "Deny", "Principal": {"AWS": "*"}, "Action": "*", "Resource": "*",
                 "Condition": {"Bool": {"aws:SecureTransport": "false"}}},
                {"Effect": "Allow", "Principal": {"AWS": role_arn("models")}, "Resource": "*",
                 "Action": ["elasticfilesystem:ClientMount"],
                 "Condition": {"Bool": {"elasticfilesystem:AccessedViaMountTarget": "true"}}}]})}, "policy",
            links={"fileSystemId": ("models",)}),
        *(aws("efs/MountTarget", {"fileSystemId": UNKNOWN, "subnetId": subnet, "securityGroups": GROUPS}, subnet,
              links={"fileSystemId": ("models",)}) for subnet in SUBNETS),
        aws("efs/AccessPoint", {
            "fileSystemId": UNKNOWN, "posixUser": {"uid": 10001, "gid": 10001}, "tags": TAGS, "rootDirectory": {
                "path": "/falcon", "creationInfo": {"ownerUid": 10001, "ownerGid": 10001, "permissions": "0750"}}},
            "falcon", links={"fileSystemId": ("models",)})),
        f"{AWS_DOCS}/efs/latest/ug/iam-access-control-nfs-efs.html", kept("models")),
    Idiom("databases and files are backed up to a vault that nobody empties", (
        BUDGET,
        aws("backup/Vault", {"name": "platform", "kmsKeyArn": KEY, "forceDestroy": False, "tags": TAGS}, "vault",
            protect=True),
        aws("backup/VaultLockConfiguration", {
            "backupVaultName": UNKNOWN, "minRetentionDays": 14, "maxRetentionDays": 400, "changeableForDays": 7},
            "locked", links={"backupVaultName": ("vault",)}),
        aws("backup/VaultPolicy", {"backupVaultName": UNKNOWN, "policy": document({
            "Effect": "Deny", "Principal": "*", "Resource": "*", "Action": [
                "backup:DeleteRecoveryPoint", "backup:UpdateRecoveryPointLifecycle",
                "backup:PutBackupVaultAccessPolicy", "backup:DeleteBackupVault"]})}, "policy",
            links={"backupVaultName": ("vault",)}),
        aws("backup/Plan", {"name": "daily", "tags": TAGS, "rules": [{
            "ruleName": "daily", "targetVaultName": "platform", "schedule": "cron(0 22 * * ? *)", "startWindow": 60,
            "completionWindow": 360, "enableContinuousBackup": False, "lifecycle": {"deleteAfter": 35},
            "recoveryPointTags": TAGS}]}, "plan", links={"rules": ("vault",)}),
        aws("backup/Selection", {
            "name": "marked", "planId": UNKNOWN, "iamRoleArn": role_arn("backup"), "selectionTags": [
                {"type": "STRINGEQUALS", "key": "backup", "value": "daily"}]}, "marked", links={"planId": ("plan",)})),
        f"{AWS_DOCS}/aws-backup/latest/devguide/vault-lock.html", {
            **kept("vault"), **unpriced("aws:backup/vault:Vault::vault", "aws:backup/plan:Plan::plan")}),
    Idiom("names of the head office are asked through the network, and every question is recorded", (
        BUDGET, logs("/dns/queries"),
        aws("route53/Zone", {"name": "aws.bank.ae", "vpcs": [{"vpcId": VPC, "vpcRegion": R}], "tags": TAGS,
                             "comment": "Names of services in the region"}, "zone"),
        aws("route53/ResolverEndpoint", {
            "name": "out", "direction": "OUTBOUND", "securityGroupIds": GROUPS, "protocols": ["Do53"], "tags": TAGS,
            "resolverEndpointType": "IPV4", "ipAddresses": [{"subnetId": subnet} for subnet in SUBNETS[:2]]}, "out"),
        aws("route53/ResolverRule", {
            "name": "corp", "domainName": "corp.bank.ae", "ruleType": "FORWARD", "resolverEndpointId": UNKNOWN,
            "targetIps": [{"ip": "10.1.0.10", "port": 53}, {"ip": "10.1.0.11", "port": 53}], "tags": TAGS}, "corp",
            links={"resolverEndpointId": ("out",)}),
        aws("route53/ResolverRuleAssociation", {"name": "apps", "resolverRuleId": UNKNOWN, "vpcId": VPC}, "apps",
            links={"resolverRuleId": ("corp",)}),
        aws("route53/ResolverQueryLogConfig", {"name": "queries", "destinationArn": UNKNOWN, "tags": TAGS}, "queries",
            links={"destinationArn": ("logs",)}),
        aws("route53/ResolverQueryLogConfigAssociation", {
            "resolverQueryLogConfigId": UNKNOWN, "resourceId": VPC}, "recorded",
            links={"resolverQueryLogConfigId": ("queries",)})),
        f"{AWS_DOCS}/Route53/latest/DeveloperGuide/resolver-forwarding-outbound-queries.html", {
            **OURS, **unpriced("aws:route53/resolverEndpoint:ResolverEndpoint::out")}),
    Idiom("services of two networks call each other by signed requests", (
        BUDGET, logs("/lattice/models"),
        aws("vpclattice/ServiceNetwork", {"name": "bank", "authType": "AWS_IAM", "tags": TAGS}, "network"),
        aws("vpclattice/Service", {"name": "models", "authType": "AWS_IAM", "tags": TAGS, "customDomainName":
                                   "models.bank.ae", "certificateArn": arn("acm", "certificate/1111")}, "models"),
        aws("vpclattice/AuthPolicy", {"resourceIdentifier": UNKNOWN, "policy": document({
            "Effect": "Allow", "Principal": {"AWS": role_arn("triage")}, "Action": "vpc-lattice-svcs:Invoke",
            "Resource": "*", "Condition": {"StringEquals": {"vpc-lattice-svcs:SourceVpc": VPC}}})}, "callers",
            links={"resourceIdentifier": ("models",)}),
        aws("vpclattice/TargetGroup", {"name": "models", "type": "IP", "tags": TAGS, "config": {
            "port": 8443, "protocol": "HTTPS", "vpcIdentifier": VPC, "healthCheck": {
                "enabled": True, "protocol": "HTTPS", "path": "/health"}}}, "targets"),
        aws("vpclattice/Listener", {
            "name": "tls", "protocol": "HTTPS", "port": 443, "serviceIdentifier": UNKNOWN, "tags": TAGS,
            "defaultAction": {"forwards": [{"targetGroups": [{
                "targetGroupIdentifier": UNKNOWN, "weight": 100}]}]}}, "tls",
            links={"serviceIdentifier": ("models",), "defaultAction": ("targets",)}),
        aws("vpclattice/ServiceNetworkServiceAssociation", {
            "serviceIdentifier": UNKNOWN, "serviceNetworkIdentifier": UNKNOWN, "tags": TAGS}, "service",
            links={"serviceIdentifier": ("models",), "serviceNetworkIdentifier": ("network",)}),
        aws("vpclattice/ServiceNetworkVpcAssociation", {
            "vpcIdentifier": VPC, "serviceNetworkIdentifier": UNKNOWN, "securityGroupIds": GROUPS, "tags": TAGS},
            "apps", links={"serviceNetworkIdentifier": ("network",)}),
        aws("vpclattice/AccessLogSubscription", {
            "resourceIdentifier": UNKNOWN, "destinationArn": UNKNOWN, "tags": TAGS}, "record",
            links={"resourceIdentifier": ("network",), "destinationArn": ("logs",)})),
        f"{AWS_DOCS}/vpc-lattice/latest/ug/auth-policies.html", {
            **OURS, **unpriced("aws:vpclattice/service:Service::models")}),
    Idiom("trainings of one GPU wait in a queue of Batch and end by themselves", (
        BUDGET, logs("/aws/batch/train"),
        aws("ec2/LaunchTemplate", {
            "name": "batch", "updateDefaultVersion": True, "tags": TAGS,
            "metadataOptions": {"httpTokens": "required", "httpPutResponseHopLimit": 1, "httpEndpoint": "enabled"},
            "blockDeviceMappings": [{"deviceName": "/dev/xvda", "ebs": {
                "volumeSize": 100, "volumeType": "gp3", "encrypted": "true", "kmsKeyId": KEY,
                "deleteOnTermination": "true"}}],
            "tagSpecifications": [{"resourceType": kind, "tags": TAGS} for kind in ("instance", "volume")]}, "machine"),
        aws("batch/ComputeEnvironment", {
            "name": "gpu", "type": "MANAGED", "state": "ENABLED", "serviceRole": role_arn("batch"), "tags": TAGS,
            "computeResources": {
                "type": "EC2", "allocationStrategy": "BEST_FIT_PROGRESSIVE", "minVcpus": 0, "maxVcpus": 16,
                "instanceTypes": ["g5.2xlarge"], "instanceRole": f"arn:aws:iam::{ME}:instance-profile/batch", "subnets":
                SUBNETS, "securityGroupIds": GROUPS, "tags": TAGS,
                "launchTemplate": {"launchTemplateId": UNKNOWN, "version": "$Latest"}}}, "gpu",
            links={"computeResources": ("machine",)}),
        aws("batch/JobQueue", {"name": "train", "state": "ENABLED", "priority": 10, "tags": TAGS,
                               "computeEnvironmentOrders": [{"order": 1, "computeEnvironment": UNKNOWN}]}, "queue",
            links={"computeEnvironmentOrders": ("gpu",)}),
        aws("batch/JobDefinition", {
            "name": "train", "type": "container", "platformCapabilities": ["EC2"], "propagateTags": True, "tags": TAGS,
            "timeout": {"attemptDurationSeconds": 21600}, "retryStrategy": {"attempts": 2},
            "containerProperties": json.dumps({
                "image": IMAGE, "jobRoleArn": role_arn("train"), "executionRoleArn": role_arn("ecs-start"),
                "privileged": False, "readonlyRootFilesystem": True, "user": "10001", "command": ["python", "train.py"],
                "resourceRequirements": [{"type": "GPU", "value": "1"}, {"type": "VCPU", "value": "8"},
                                         {"type": "MEMORY", "value": "30000"}],
                "logConfiguration": {"logDriver": "awslogs", "options": {
                    "awslogs-group": "/aws/batch/train", "awslogs-region": R}}})}, "train")),
        f"{AWS_DOCS}/batch/latest/userguide/gpu-jobs.html",
        unpriced("aws:batch/computeEnvironment:ComputeEnvironment::gpu")),
    Idiom("a fast file system for trainings is filled from the bucket and returns what changes", (
        BUDGET, logs("/aws/fsx/scratch"),
        aws("fsx/LustreFileSystem", {
            "deploymentType": "PERSISTENT_2", "storageCapacity": 1200, "perUnitStorageThroughput": 125, "kmsKeyId": KEY,
            "subnetIds": SUBNETS[0], "securityGroupIds": GROUPS, "dataCompressionType": "LZ4", "tags": TAGS,
            "fileSystemTypeVersion": "2.15", "copyTagsToBackups": True, "automaticBackupRetentionDays": 0,
            "rootSquashConfiguration": {"rootSquash": "65534:65534"},
            "logConfiguration": {"level": "WARN_ERROR", "destination": UNKNOWN}}, "scratch", protect=True,
            links={"logConfiguration": ("logs",)}),
        aws("fsx/DataRepositoryAssociation", {
            "fileSystemId": UNKNOWN, "fileSystemPath": "/data", "dataRepositoryPath": "s3://bank-datasets/train",
            "batchImportMetaDataOnCreate": True, "tags": TAGS, "s3": {
                "autoImportPolicy": {"events": ["NEW", "CHANGED", "DELETED"]},
                "autoExportPolicy": {"events": ["NEW", "CHANGED"]}}}, "data", links={"fileSystemId": ("scratch",)})),
        f"{AWS_DOCS}/fsx/latest/LustreGuide/create-dra-linked-data-repo.html", {
            **OURS, **kept("scratch")}),
)  # fmt: skip
