"""Good idioms of platform teams on AWS: audits, licences, changes, partners, caches and zones (set 17, blind)."""

import json

from ..blind import KEY, TAGS, aws, statement
from ..harness import UNKNOWN, Given
from . import Idiom, unpriced
from .fourth import AWS_DOCS
from .fourth_kubernetes import BUDGET
from .ninth_aws import GROUPS, SUBNETS, arn, kept, role_arn
from .thirteenth_aws import OURS
from .twelfth_aws_platform import VPC, logs, rights, trusted

AMI = "arn:aws:ec2:me-central-1::image/ami-0123456789abcdef0"
AUDIT = json.dumps({
    "type": "SECURITY_GROUPS_CONTENT_AUDIT", "securityGroups": [{"id": "sg-0123456789abcdef0"}],
    "securityGroupAction": {"type": "ALLOW"}})  # fmt: skip
MACHINE = {
    "deviceName": "/dev/sda1",
    "ebs": {
        "encrypted": "true",
        "kmsKeyId": KEY,
        "volumeSize": 100,
        "volumeType": "gp3",
        "deleteOnTermination": "true",
    },
}
PARTNERS = {
    "bank.ae": "our own domain, in our data centre in Abu Dhabi",
    "partner.ae": "our partner of clearing, in Dubai",
    "bank-partners": "our own bucket, in me-central-1",
}


def alarm(name: str, metric: str, balancer: str) -> Given:
    """Returns an alarm of a balancer that tells the desk."""
    return aws("cloudwatch/MetricAlarm", {
        "name": name, "namespace": "AWS/ApplicationELB", "metricName": metric, "statistic": "Sum", "period": 60,
        "evaluationPeriods": 3, "threshold": 20, "comparisonOperator": "GreaterThanThreshold", "treatMissingData":
        "notBreaching", "dimensions": {"LoadBalancer": balancer}, "alarmActions": [arn("sns", "desk")], "tags": TAGS},
        name)  # fmt: skip


IDIOMS: tuple[Idiom, ...] = (
    Idiom("groups of all accounts of the bank are compared with one that is allowed, and what differs is reported", (
        BUDGET,
        aws("ec2/SecurityGroup", {
            "name": "allowed", "description": "Rules that accounts may have", "vpcId": VPC, "tags": TAGS}, "allowed"),
        aws("vpc/SecurityGroupIngressRule", {
            "securityGroupId": UNKNOWN, "cidrIpv4": "10.0.0.0/8", "ipProtocol": "tcp", "fromPort": 443, "toPort": 443,
            "description": "TLS inside the bank", "tags": TAGS}, "tls", links={"securityGroupId": ("allowed",)}),
        aws("fms/Policy", {
            "name": "groups", "description": "Rules of security groups", "excludeResourceTags": False,
            "remediationEnabled": False, "resourceType": "AWS::EC2::SecurityGroup", "deleteUnusedFmManagedResources":
            False, "includeMap": {"orgunits": ["ou-ab12-34cd56ef"]}, "securityServicePolicyData": {
                "type": "SECURITY_GROUPS_CONTENT_AUDIT", "managedServiceData": AUDIT}, "tags": TAGS}, "groups")),
        f"{AWS_DOCS}/waf/latest/developerguide/security-group-policies-audit.html", {
            "escape": {"allowed_types": {"aws:fms/policy:Policy": "audits groups only; remediation is off"}},
            **unpriced("aws:fms/policy:Policy::groups")}),
    Idiom("machines of a licensed database start only while licences of their cores are left", (
        BUDGET,
        aws("licensemanager/LicenseConfiguration", {
            "name": "database", "description": "Cores of the database", "licenseCountingType": "vCPU", "licenseCount":
            64, "licenseCountHardLimit": True, "tags": TAGS}, "database"),
        aws("licensemanager/Association", {"licenseConfigurationArn": UNKNOWN, "resourceArn": AMI}, "image", links={
            "licenseConfigurationArn": ("database",)}),
        aws("ec2/LaunchTemplate", {
            "name": "database", "imageId": "ami-0123456789abcdef0", "instanceType": "m6i.2xlarge", "ebsOptimized":
            "true", "blockDeviceMappings": [MACHINE], "metadataOptions": {
                "httpEndpoint": "enabled", "httpTokens": "required", "httpPutResponseHopLimit": 1,
                "instanceMetadataTags": "enabled"}, "monitoring": {"enabled": True}, "updateDefaultVersion": True,
            "networkInterfaces": [{"deviceIndex": 0, "associatePublicIpAddress": "false", "securityGroups": GROUPS,
                                   "subnetId": SUBNETS[0]}], "iamInstanceProfile": {"name": "database"},
            "licenseSpecifications": [{"licenseConfigurationArn": UNKNOWN}], "tagSpecifications": [
                {"resourceType": kind, "tags": TAGS} for kind in ("instance", "volume", "network-interface")], "tags":
            TAGS}, "database", links={"licenseSpecifications": ("database",)})),
        f"{AWS_DOCS}/license-manager/latest/userguide/license-configurations.html", OURS),
    Idiom("changes of accounts flow from the table to a reader of its own, under one key and with rights to no more", (
        BUDGET,
        aws("dynamodb/Table", {
            "name": "accounts", "billingMode": "PAY_PER_REQUEST", "hashKey": "id", "rangeKey": "at", "attributes": [
                {"name": "id", "type": "S"}, {"name": "at", "type": "N"}], "onDemandThroughput": {
                    "maxReadRequestUnits": 4000, "maxWriteRequestUnits": 2000},
            "serverSideEncryption": {"enabled": True, "kmsKeyArn": KEY}, "pointInTimeRecovery": {
                "enabled": True, "recoveryPeriodInDays": 35}, "deletionProtectionEnabled": True, "tableClass":
            "STANDARD", "tags": TAGS}, "accounts", protect=True),
        aws("kinesis/Stream", {
            "name": "accounts", "streamModeDetails": {"streamMode": "ON_DEMAND"}, "retentionPeriod": 72,
            "encryptionType": "KMS", "kmsKeyId": KEY, "enforceConsumerDeletion": False, "tags": TAGS}, "changes"),
        aws("dynamodb/KinesisStreamingDestination", {
            "tableName": UNKNOWN, "streamArn": UNKNOWN, "approximateCreationDateTimePrecision": "MICROSECOND"}, "flow",
            links={"tableName": ("accounts",), "streamArn": ("changes",)}),
        aws("kinesis/StreamConsumer", {"name": "ledger", "streamArn": UNKNOWN, "tags": TAGS}, "ledger", links={
            "streamArn": ("changes",)}),
        trusted("lambda.amazonaws.com", "ledger"),
        rights("ledger", statement(["kinesis:SubscribeToShard", "kinesis:DescribeStreamConsumer"],
                                   arn("kinesis", "stream/accounts/consumer/ledger:*")),
               statement(["kinesis:DescribeStreamSummary", "kinesis:ListShards"], arn("kinesis", "stream/accounts")),
               statement(["kms:Decrypt"], KEY))),
        f"{AWS_DOCS}/amazondynamodb/latest/developerguide/kds.html; {AWS_DOCS}/streams/latest/dg/enhanced-consumers",
        kept("accounts")),
    Idiom("clearing files go to a partner and come back by AS2, signed and sealed, inside the network", (
        BUDGET, logs("/aws/transfer/partners"), trusted("transfer.amazonaws.com", "as2"),
        rights("as2", statement(["s3:GetObject", "s3:PutObject", "s3:DeleteObject"],
                                "arn:aws:s3:::bank-partners/clearing/*"),
               statement(["s3:ListBucket", "s3:GetBucketLocation"], "arn:aws:s3:::bank-partners"),
               statement(["kms:Decrypt", "kms:GenerateDataKey"], KEY)),
        aws("transfer/Server", {
            "protocols": ["AS2"], "endpointType": "VPC", "identityProviderType": "SERVICE_MANAGED", "domain": "S3",
            "endpointDetails": {"vpcId": VPC, "subnetIds": SUBNETS, "securityGroupIds": GROUPS}, "securityPolicyName":
            "TransferSecurityPolicy-2024-01", "structuredLogDestinations": [UNKNOWN], "protocolDetails": {
                "as2Transports": ["HTTP"]}, "tags": TAGS}, "partners", links={"structuredLogDestinations": ("logs",)}),
        *(aws("transfer/Certificate", {
            "certificate": UNKNOWN, "usage": usage, "description": f"Partner, {usage}", "tags": TAGS}, usage.lower())
          for usage in ("SIGNING", "ENCRYPTION")),
        aws("transfer/Profile", {"as2Id": "BANK", "profileType": "LOCAL", "certificateIds": ["cert-0123456789abcdef0"],
                                 "tags": TAGS}, "bank"),
        aws("transfer/Profile", {"as2Id": "PARTNER", "profileType": "PARTNER", "certificateIds": [UNKNOWN], "tags":
                                 TAGS}, "partner", links={"certificateIds": ("signing", "encryption")}),
        aws("transfer/Agreement", {
            "serverId": UNKNOWN, "accessRole": UNKNOWN, "baseDirectory": "/bank-partners/clearing/in", "localProfileId":
            UNKNOWN, "partnerProfileId": UNKNOWN, "description": "Clearing, in", "tags": TAGS}, "in", links={
                "serverId": ("partners",), "accessRole": ("as2",), "localProfileId": ("bank",), "partnerProfileId": (
                    "partner",)}),
        aws("transfer/Connector", {
            "url": "https://as2.partner.ae:443/clearing", "accessRole": UNKNOWN, "loggingRole": role_arn(
                "transfer-logs"),
            "as2Config": {"compression": "ZLIB", "encryptionAlgorithm": "AES256_CBC", "signingAlgorithm": "SHA256",
                          "mdnResponse": "SYNC", "mdnSigningAlgorithm": "SHA256", "localProfileId": UNKNOWN,
                          "partnerProfileId": UNKNOWN}, "tags": TAGS}, "out", links={
                              "accessRole": ("as2",), "as2Config": ("bank", "partner")})),
        f"{AWS_DOCS}/transfer/latest/userguide/as2-for-transfer-family.html", {
            "residency": {"known": PARTNERS}, **unpriced("aws:transfer/server:Server::partners",
                                                         "aws:transfer/connector:Connector::out")},
        doubt="AS2 comes over HTTP inside the network, and messages are sealed and signed by themselves"),
    Idiom("apps sign in to the cache by their roles, and each may touch keys of its own name alone", (
        BUDGET,
        *(aws("elasticache/User", {
            "userId": name, "userName": name, "engine": "valkey", "accessString":
            f"on ~{name}:* +@read +@write -@dangerous", "authenticationMode": {"type": "iam"}, "tags": TAGS}, name)
          for name in ("quotes", "limits")),
        aws("elasticache/UserGroup", {"userGroupId": "apps", "engine": "valkey", "userIds": [UNKNOWN], "tags": TAGS},
            "apps", links={"userIds": ("quotes",)}),
        aws("elasticache/UserGroupAssociation", {"userGroupId": UNKNOWN, "userId": UNKNOWN}, "limits-in-apps", links={
            "userGroupId": ("apps",), "userId": ("limits",)}),
        aws("elasticache/ReplicationGroup", {
            "replicationGroupId": "apps", "description": "Cache of apps", "engine": "valkey", "engineVersion": "8.0",
            "nodeType": "cache.m6g.large", "numCacheClusters": 2, "multiAzEnabled": True, "automaticFailoverEnabled":
            True, "atRestEncryptionEnabled": True, "kmsKeyId": KEY, "transitEncryptionEnabled": True,
            "transitEncryptionMode": "required", "userGroupIds": [UNKNOWN], "subnetGroupName": "apps",
            "securityGroupIds": GROUPS, "snapshotRetentionLimit": 7, "autoMinorVersionUpgrade": True, "tags": TAGS},
            "cache", protect=True, links={"userGroupIds": ("apps",)})),
        f"{AWS_DOCS}/AmazonElastiCache/latest/dg/auth-iam.html; {AWS_DOCS}/AmazonElastiCache/latest/dg/Clusters.RBAC",
        {**kept("cache"), **unpriced("aws:elasticache/replicationGroup:ReplicationGroup::cache")}),
    Idiom("the portal leaves a zone that fails by itself, and practises that outside of office hours", (
        BUDGET,
        aws("lb/LoadBalancer", {
            "name": "portal", "internal": True, "loadBalancerType": "application", "subnets": SUBNETS, "securityGroups":
            GROUPS, "enableZonalShift": True, "enableCrossZoneLoadBalancing": True, "enableDeletionProtection": True,
            "dropInvalidHeaderFields": True, "accessLogs": {
                "bucket": "bank-trail", "prefix": "portal", "enabled": True}, "tags": TAGS}, "portal", protect=True),
        alarm("portal-errors", "HTTPCode_ELB_5XX_Count", "app/portal/0123456789abcdef"),
        alarm("portal-release", "TargetConnectionErrorCount", "app/portal/0123456789abcdef"),
        aws("arczonalshift/ZonalAutoshiftConfiguration", {
            "resourceArn": UNKNOWN, "zonalAutoshiftStatus": "ENABLED", "outcomeAlarms": [
                {"alarmIdentifier": arn("cloudwatch", "alarm:portal-errors"), "type": "CLOUDWATCH"}],
            "blockingAlarms": [{"alarmIdentifier": arn("cloudwatch", "alarm:portal-release"), "type": "CLOUDWATCH"}],
            "allowedWindows": ["Tue:20:00-Tue:23:00"], "blockedDates": ["2026-12-02"]}, "shift", links={
                "resourceArn": ("portal",)})),
        f"{AWS_DOCS}/r53recovery/latest/dg/arc-zonal-autoshift.html", OURS),
)  # fmt: skip
