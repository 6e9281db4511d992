"""Good idioms of platform teams on AWS: signatures, records, keys, lines, brokers and networks (set 16, blind)."""

import json

from ..blind import KEY, ME, TAGS, aws, document, statement
from ..harness import UNKNOWN
from . import Idiom, unpriced
from .fourth import AWS_DOCS
from .fourth_kubernetes import BUDGET
from .ninth_aws import GROUPS, SUBNETS, arn, kept, role_arn
from .thirteenth_aws import DIGEST, ECR, OURS
from .twelfth_aws_platform import VPC, logs, rights, trusted

R = "me-central-1"
ROOT = f"arn:aws:iam::{ME}:root"
ACTIVEMQ = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<broker schedulePeriodForDestinationPurge="10000" xmlns="http://activemq.apache.org/schema/core">
  <plugins>
    <authorizationPlugin><map><authorizationMap><authorizationEntries>
      <authorizationEntry admin="admins" read="admins" write="admins" queue="&gt;"/>
      <authorizationEntry admin="admins" read="ledger" write="payments" queue="transfers"/>
    </authorizationEntries></authorizationMap></map></authorizationPlugin>
  </plugins>
</broker>
"""
PHASES = """name: Harden
description: Removes what an image of the bank does not need
schemaVersion: 1.0
phases:
  - name: build
    steps:
      - name: RemoveTelnet
        action: ExecuteBash
        inputs:
          commands: ["dnf -y remove telnet rsh"]
"""
CONNECT = [{
    "name": "quotes", "image": f"{ECR}/apps/quotes{DIGEST}", "essential": True, "readonlyRootFilesystem": True,
    "user": "10001", "privileged": False, "linuxParameters": {"capabilities": {"drop": ["ALL"]}},
    "portMappings": [{"name": "quotes", "containerPort": 8080, "appProtocol": "http"}], "logConfiguration": {
        "logDriver": "awslogs", "options": {"awslogs-group": "/ecs/quotes", "awslogs-region": R,
                                            "awslogs-stream-prefix": "quotes"}}}]  # fmt: skip


def known(*buckets: str) -> dict[str, object]:
    """Returns the setting that lists buckets of other stacks."""
    return {"residency": {"known": dict.fromkeys(buckets, "our own, in me-central-1")}}


IDIOMS: tuple[Idiom, ...] = (
    Idiom("functions run only if the bank's pipeline signed them, and a signature lasts five years", (
        aws("signer/SigningProfile", {
            "name": "functions", "platformId": "AWSLambda-SHA384-ECDSA", "tags": TAGS, "signatureValidityPeriod": {
                "type": "MONTHS", "value": 60}}, "functions"),
        aws("lambda/CodeSigningConfig", {
            "allowedPublishers": {"signingProfileVersionArns": [UNKNOWN]}, "policies": {
                "untrustedArtifactOnDeployment": "Enforce"}, "description": "Signed by the pipeline", "tags": TAGS},
            "signed", links={"allowedPublishers": ("functions",)}),
        logs("/aws/lambda/scores"), trusted("lambda.amazonaws.com", "scores"),
        rights("scores", statement(["logs:CreateLogStream", "logs:PutLogEvents"],
                                   arn("logs", "log-group:/aws/lambda/scores:*"))),
        aws("lambda/Function", {
            "name": "scores", "runtime": "python3.13", "handler": "app.main", "role": UNKNOWN, "kmsKeyArn": KEY,
            "codeSigningConfigArn": UNKNOWN, "s3Bucket": "bank-models", "s3Key": "signed/scores.zip",
            "architectures": ["arm64"], "timeout": 30, "memorySize": 512, "reservedConcurrentExecutions": 20,
            "tracingConfig": {"mode": "Active"}, "vpcConfig": {"subnetIds": SUBNETS, "securityGroupIds": GROUPS},
            "tags": TAGS}, "function", links={"role": ("scores",), "codeSigningConfigArn": ("signed",)}),
        aws("lambda/RuntimeManagementConfig", {"functionName": UNKNOWN, "updateRuntimeOn": "FunctionUpdate"},
            "runtime", links={"functionName": ("function",)})),
        f"{AWS_DOCS}/lambda/latest/dg/configuration-codesigning.html", {**OURS, "escape": {
            **OURS["escape"], "code_sources": {"bank-models": "our own bucket of signed programs"}}}),
    Idiom("every call of management is kept for seven years in a store that nobody can end", (
        BUDGET,
        aws("cloudtrail/EventDataStore", {
            "name": "management", "retentionPeriod": 2557, "kmsKeyId": KEY, "multiRegionEnabled": True,
            "organizationEnabled": False, "terminationProtectionEnabled": True, "billingMode":
            "EXTENDABLE_RETENTION_PRICING", "tags": TAGS, "advancedEventSelectors": [{
                "name": "Management", "fieldSelectors": [{"field": "eventCategory", "equals": ["Management"]}]}]},
            "management", protect=True)),
        f"{AWS_DOCS}/awscloudtrail/latest/userguide/cloudtrail-lake.html", {**unpriced(
            "aws:cloudtrail/eventDataStore:EventDataStore::management"), **kept("management")}),
    Idiom("a key of payments has a policy of its own, and one role of a batch a grant for one context", (
        aws("kms/Key", {"description": "Payments", "enableKeyRotation": True, "rotationPeriodInDays": 365,
                        "deletionWindowInDays": 30, "tags": TAGS}, "payments", protect=True),
        aws("kms/KeyPolicy", {"keyId": UNKNOWN, "policy": document(
            {"Sid": "Account", "Effect": "Allow", "Principal": {"AWS": ROOT}, "Action": "kms:*", "Resource": "*"},
            {"Sid": "Use", "Effect": "Allow", "Principal": {"AWS": role_arn("payments")}, "Resource": "*", "Action": [
                "kms:Decrypt", "kms:GenerateDataKey"], "Condition": {"StringEquals": {
                    "kms:EncryptionContext:purpose": "payments"}}})}, "policy", links={"keyId": ("payments",)}),
        aws("kms/Alias", {"name": "alias/payments", "targetKeyId": UNKNOWN}, "alias", links={
            "targetKeyId": ("payments",)}),
        aws("kms/Grant", {
            "name": "batch", "keyId": UNKNOWN, "granteePrincipal": role_arn("batch"), "operations": ["Decrypt"],
            "constraints": [{"encryptionContextEquals": {"purpose": "payments"}}]}, "batch",
            links={"keyId": ("payments",)})),
        f"{AWS_DOCS}/kms/latest/developerguide/grant-best-practices.html"),
    Idiom("files of the old site come by an agent inside the network to the bucket each night, and are compared", (
        logs("/datasync/archive"), trusted("datasync.amazonaws.com", "mover"),
        rights("mover", statement(["s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"],
                                  "arn:aws:s3:::bank-archive"),
               statement(["s3:PutObject", "s3:GetObject", "s3:GetObjectTagging", "s3:PutObjectTagging",
                          "s3:AbortMultipartUpload", "s3:ListMultipartUploadParts"], "arn:aws:s3:::bank-archive/*"),
               statement(["kms:Decrypt", "kms:GenerateDataKey"], KEY)),
        aws("datasync/NfsLocation", {
            "serverHostname": "10.40.8.30", "subdirectory": "/archive", "mountOptions": {"version": "NFS4_1"},
            "onPremConfig": {"agentArns": [arn("datasync", "agent/agent-0123456789abcdef0")]}, "tags": TAGS}, "old"),
        aws("datasync/S3Location", {
            "s3BucketArn": "arn:aws:s3:::bank-archive", "subdirectory": "/old-site", "s3StorageClass": "STANDARD",
            "s3Config": {"bucketAccessRoleArn": UNKNOWN}, "tags": TAGS}, "new", links={"s3Config": ("mover",)}),
        aws("datasync/Task", {
            "name": "nightly", "sourceLocationArn": UNKNOWN, "destinationLocationArn": UNKNOWN,
            "cloudwatchLogGroupArn": UNKNOWN, "schedule": {"scheduleExpression": "cron(0 20 * * ? *)"}, "options": {
                "verifyMode": "ONLY_FILES_TRANSFERRED", "logLevel": "TRANSFER", "overwriteMode": "NEVER",
                "preserveDeletedFiles": "PRESERVE", "bytesPerSecond": 52428800}, "tags": TAGS}, "nightly", links={
                    "sourceLocationArn": ("old",), "destinationLocationArn": ("new",), "cloudwatchLogGroupArn": (
                        "logs",)})),
        f"{AWS_DOCS}/datasync/latest/userguide/create-nfs-location.html", {**known("bank-archive"), **unpriced(
            "aws:datasync/task:Task::nightly")}),
    Idiom("a line of ten gigabits to the data centre is sealed by MACsec and reaches one private network", (
        BUDGET,
        aws("directconnect/Connection", {
            "name": "abu-dhabi", "bandwidth": "10Gbps", "location": UNKNOWN, "requestMacsec": True, "encryptionMode":
            "must_encrypt", "skipDestroy": True, "tags": TAGS}, "line", protect=True),
        aws("directconnect/MacsecKeyAssociation", {
            "connectionId": UNKNOWN, "secretArn": arn("secretsmanager", "secret:directconnect/macsec-AbCdEf")},
            "macsec", links={"connectionId": ("line",)}),
        aws("directconnect/Gateway", {"name": "bank", "amazonSideAsn": "64512", "tags": TAGS}, "gateway"),
        aws("directconnect/PrivateVirtualInterface", {
            "name": "bank", "connectionId": UNKNOWN, "vlan": 401, "addressFamily": "ipv4", "bgpAsn": 65010,
            "bgpAuthKey": UNKNOWN, "dxGatewayId": UNKNOWN, "mtu": 9001, "sitelinkEnabled": False, "tags": TAGS},
            "private", links={
                "connectionId": ("line",), "dxGatewayId": ("gateway",)})),
        f"{AWS_DOCS}/directconnect/latest/UserGuide/MACSec.html", unpriced(
            "aws:directconnect/privateVirtualInterface:PrivateVirtualInterface::private",
            "aws:directconnect/gateway:Gateway::gateway",
            "aws:directconnect/macsecKeyAssociation:MacsecKeyAssociation::macsec")),
    Idiom("transfers pass through ActiveMQ in two zones, where each app may read or write one queue", (
        BUDGET,
        aws("mq/Configuration", {
            "name": "transfers", "engineType": "ActiveMQ", "engineVersion": "5.18", "data": ACTIVEMQ, "description":
            "Rights of queues", "tags": TAGS}, "rights"),
        aws("mq/Broker", {
            "brokerName": "transfers", "engineType": "ActiveMQ", "engineVersion": "5.18", "hostInstanceType":
            "mq.m5.large", "deploymentMode": "ACTIVE_STANDBY_MULTI_AZ", "publiclyAccessible": False, "storageType":
            "efs", "autoMinorVersionUpgrade": True, "encryptionOptions": {"useAwsOwnedKey": False, "kmsKeyId": KEY},
            "logs": {"general": True, "audit": True}, "subnetIds": SUBNETS[:2], "securityGroups": GROUPS,
            "configuration": {"id": UNKNOWN, "revision": 1}, "users": [
                {"username": name, "password": UNKNOWN, "groups": [name], "consoleAccess": False} for name in (
                    "ledger", "payments")], "maintenanceWindowStartTime": {
                        "dayOfWeek": "SUNDAY", "timeOfDay": "02:00", "timeZone": "Asia/Dubai"}, "tags": TAGS},
            "transfers", protect=True, links={"configuration": ("rights",)})),
        f"{AWS_DOCS}/amazon-mq/latest/developer-guide/using-amazon-mq-securely.html", kept("transfers")),
    Idiom("apps of a cluster call each other by TLS with short certificates of the bank's own authority", (
        BUDGET, logs("/ecs/quotes"),
        aws("servicediscovery/HttpNamespace", {"name": "apps", "description": "Apps", "tags": TAGS}, "apps"),
        trusted("ecs.amazonaws.com", "connect-tls"),
        rights("connect-tls", statement(["acm-pca:GetCertificate", "acm-pca:GetCertificateAuthorityCertificate",
                                         "acm-pca:DescribeCertificateAuthority", "acm-pca:IssueCertificate"],
                                        arn("acm-pca", "certificate-authority/short")),
               statement(["kms:Decrypt", "kms:GenerateDataKey"], KEY)),
        aws("ecs/TaskDefinition", {
            "family": "quotes", "requiresCompatibilities": ["FARGATE"], "networkMode": "awsvpc", "cpu": "512",
            "memory": "1024", "executionRoleArn": role_arn("ecs-pull"), "taskRoleArn": role_arn("quotes"),
            "runtimePlatform": {"cpuArchitecture": "ARM64", "operatingSystemFamily": "LINUX"}, "tags": TAGS,
            "containerDefinitions": json.dumps(CONNECT)}, "definition"),
        aws("ecs/Service", {
            "name": "quotes", "cluster": arn("ecs", "cluster/apps"), "taskDefinition": UNKNOWN, "desiredCount": 2,
            "launchType": "FARGATE", "platformVersion": "1.4.0", "enableExecuteCommand": False, "propagateTags":
            "SERVICE", "availabilityZoneRebalancing": "ENABLED", "tags": TAGS, "deploymentCircuitBreaker": {
                "enable": True, "rollback": True}, "networkConfiguration": {
                    "subnets": SUBNETS, "securityGroups": GROUPS, "assignPublicIp": False},
            "serviceConnectConfiguration": {"enabled": True, "namespace": UNKNOWN, "services": [{
                "portName": "quotes", "discoveryName": "quotes", "clientAlias": [{"port": 8443, "dnsName": "quotes"}],
                "tls": {"kmsKey": KEY, "roleArn": UNKNOWN, "issuerCertAuthority": {
                    "awsPcaAuthorityArn": arn("acm-pca", "certificate-authority/short")}}}]}}, "service", links={
                        "taskDefinition": ("definition",), "serviceConnectConfiguration": ("apps", "connect-tls")})),
        f"{AWS_DOCS}/AmazonECS/latest/developerguide/service-connect-tls.html", {
            **OURS, **unpriced("aws:ecs/service:Service::service")}),
    Idiom("findings about the bank's own scanner are set aside, and addresses that it was told of are watched", (
        aws("guardduty/Detector", {"enable": True, "findingPublishingFrequency": "FIFTEEN_MINUTES", "tags": TAGS},
            "detector", protect=True),
        aws("guardduty/ThreatIntelSet", {
            "detectorId": UNKNOWN, "name": "shared", "activate": True, "format": "STIX", "location":
            "https://s3.me-central-1.amazonaws.com/bank-trail/intel/shared.stix", "tags": TAGS}, "shared",
            links={"detectorId": ("detector",)}),
        aws("guardduty/Filter", {
            "detectorId": UNKNOWN, "name": "own-scanner", "description": "Port scans of our own scanner", "action":
            "ARCHIVE", "rank": 1, "tags": TAGS, "findingCriteria": {"criterions": [
                {"field": "type", "equals": ["Recon:EC2/Portscan"]},
                {"field": "resource.instanceDetails.instanceId", "equals": ["i-0123456789abcdef0"]}]}}, "scanner",
            links={"detectorId": ("detector",)})),
        f"{AWS_DOCS}/guardduty/latest/ug/guardduty_upload-lists.html", {**OURS, **unpriced(
            "aws:guardduty/detector:Detector::detector")}),
    Idiom("images are hardened by a component of the bank, and old ones end after ninety days but the newest three", (
        aws("imagebuilder/Component", {
            "name": "harden", "platform": "Linux", "version": "1.2.0", "kmsKeyId": KEY, "data": PHASES, "tags": TAGS,
            "supportedOsVersions": ["Amazon Linux 2023"], "changeDescription": "Removes telnet"}, "harden"),
        trusted("imagebuilder.amazonaws.com", "image-lifecycle"),
        aws("iam/RolePolicyAttachment", {
            "role": UNKNOWN, "policyArn":
            "arn:aws:iam::aws:policy/service-role/EC2ImageBuilderLifecycleExecutionPolicy"}, "lifecycle-rights",
            links={"role": ("image-lifecycle",)}),
        aws("imagebuilder/LifecyclePolicy", {
            "name": "old-images", "resourceType": "AMI_IMAGE", "executionRole": UNKNOWN, "status": "ENABLED", "tags":
            TAGS, "policyDetails": [{
                "action": {"type": "DELETE", "includeResources": {"amis": True, "snapshots": True}}, "filter": {
                    "type": "AGE", "value": 90, "unit": "DAYS", "retainAtLeast": 3}, "exclusionRules": {"amis": {
                        "isPublic": False, "lastLaunched": {"value": 30, "unit": "DAYS"}}}}],
            "resourceSelection": {"tagMap": {"family": "golden"}}}, "old-images", links={
                "executionRole": ("image-lifecycle",)})),
        f"{AWS_DOCS}/imagebuilder/latest/userguide/manage-image-lifecycles.html"),
    Idiom("readers of reports reach copies of the database by an endpoint of the proxy that never writes", (
        BUDGET,
        aws("rds/ProxyEndpoint", {
            "dbProxyName": "ledger", "dbProxyEndpointName": "reports", "targetRole": "READ_ONLY", "vpcSubnetIds":
            SUBNETS, "vpcSecurityGroupIds": [UNKNOWN], "tags": TAGS}, "reports", links={
                "vpcSecurityGroupIds": ("group",)}),
        aws("ec2/SecurityGroup", {"name": "reports", "description": "Readers of reports", "vpcId": VPC, "tags": TAGS},
            "group"),
        aws("vpc/SecurityGroupIngressRule", {
            "securityGroupId": UNKNOWN, "referencedSecurityGroupId": "sg-0a1b2c3d4e5f60718", "ipProtocol": "tcp",
            "fromPort": 5432, "toPort": 5432, "description": "Reports", "tags": TAGS}, "in", links={
                "securityGroupId": ("group",)})),
        f"{AWS_DOCS}/AmazonRDS/latest/UserGuide/rds-proxy-endpoints.html", unpriced(
            "aws:rds/proxyEndpoint:ProxyEndpoint::reports")),
)  # fmt: skip
