"""Good programs of platform teams on AWS: keys, perimeters and who may send (set 25, second part, before any rule)."""

import json

from ..blind import KEY, ME, TAGS, aws, document
from ..harness import UNKNOWN
from . import Idiom
from .fourth import AWS_DOCS, R
from .ninth_aws import GROUPS, SUBNETS, arn, kept, role_arn
from .thirteenth_aws import OURS
from .twelfth_aws_platform import VPC
from .twentieth_goodb_charts import merged
from .twenty_fourth_good_aws import ORG, ORGANISATION, WORKLOADS, guard
from .twenty_third_aws import store

ROOT = f"arn:aws:iam::{ME}:root"
PERIMETER = "aws-samples/data-perimeter-policy-examples"

IDIOMS: tuple[Idiom, ...] = (
    Idiom("KMS: a key of logs that CloudWatch uses for groups of one name, and its owners cannot read by", (
        aws("kms/Key", {
            "description": "Logs of apps", "enableKeyRotation": True, "rotationPeriodInDays": 180,
            "deletionWindowInDays": 30, "policy": document(
                {"Sid": "Account", "Effect": "Allow", "Principal": {"AWS": ROOT}, "Action": "kms:*", "Resource": "*"},
                {"Sid": "Logs", "Effect": "Allow", "Principal": {"Service": f"logs.{R}.amazonaws.com"}, "Action": [
                    "kms:Encrypt*", "kms:Decrypt*", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"],
                 "Resource": "*", "Condition": {"ArnLike": {
                     "kms:EncryptionContext:aws:logs:arn": arn("logs", "log-group:/bank/apps/*")}}}), "tags": TAGS},
            "key", protect=True),
        aws("kms/Alias", {"name": "alias/logs-apps", "targetKeyId": UNKNOWN}, "alias", links={"targetKeyId": ("key",)}),
        aws("cloudwatch/LogGroup", {"name": "/bank/apps/quotes", "retentionInDays": 90, "kmsKeyId": UNKNOWN, "tags":
                                    TAGS}, "group", links={"kmsKeyId": ("key",)})),
        f"{AWS_DOCS}/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html, as known", OURS),
    Idiom("S3: balancers and flow logs write their records to one bucket, and nobody else writes or deletes there", (
        *(given for given in store("bank-net-logs", "logs", expiration={"days": 400}) if given.name != "logs-policy"),
        aws("s3/BucketPolicy", {"bucket": "bank-net-logs", "policy": document(
            {"Sid": "Balancers", "Effect": "Allow", "Principal": {"Service":
             "logdelivery.elasticloadbalancing.amazonaws.com"}, "Action": "s3:PutObject", "Resource":
             f"arn:aws:s3:::bank-net-logs/alb/AWSLogs/{ME}/*", "Condition": {"StringEquals": {
                 "aws:SourceAccount": ME}}},
            {"Sid": "FlowLogs", "Effect": "Allow", "Principal": {"Service": "delivery.logs.amazonaws.com"}, "Action":
             "s3:PutObject", "Resource": f"arn:aws:s3:::bank-net-logs/vpc/AWSLogs/{ME}/*", "Condition": {
                 "StringEquals": {"aws:SourceAccount": ME, "s3:x-amz-acl": "bucket-owner-full-control"}, "ArnLike": {
                     "aws:SourceArn": arn("logs", "*")}}},
            {"Sid": "FlowLogsCheck", "Effect": "Allow", "Principal": {"Service": "delivery.logs.amazonaws.com"},
             "Action": ["s3:GetBucketAcl", "s3:ListBucket"], "Resource": "arn:aws:s3:::bank-net-logs", "Condition": {
                 "StringEquals": {"aws:SourceAccount": ME}, "ArnLike": {"aws:SourceArn": arn("logs", "*")}}},
            {"Sid": "Kept", "Effect": "Deny", "Principal": "*", "Action": ["s3:DeleteObject", "s3:DeleteObjectVersion"],
             "Resource": "arn:aws:s3:::bank-net-logs/*", "Condition": {"ArnNotEquals": {
                 "aws:PrincipalArn": role_arn("records-owner")}}},
            {"Sid": "TLS", "Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": [
                "arn:aws:s3:::bank-net-logs", "arn:aws:s3:::bank-net-logs/*"], "Condition": {"Bool": {
                    "aws:SecureTransport": "false"}}})}, "logs-policy", links={"bucket": ("logs",)})),
        f"{AWS_DOCS}/elasticloadbalancing/latest/application/enable-access-logging.html; .../vpc/latest/userguide/"
        "flow-logs-s3-permissions.html, as known", merged(OURS, kept("logs"))),
    Idiom("endpoints: pods reach S3 and ECR inside the network, for own stores and layers of AWS alone", (
        aws("ec2/VpcEndpoint", {
            "vpcId": VPC, "serviceName": f"com.amazonaws.{R}.s3", "vpcEndpointType": "Gateway", "routeTableIds": [
                "rtb-0123456789abcdef0"], "policy": document(
                {"Sid": "Ours", "Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "s3:*", "Resource": "*",
                 "Condition": {"StringEquals": {"aws:PrincipalOrgID": ORG, "aws:ResourceOrgID": ORG}}},
                {"Sid": "Layers", "Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "s3:GetObject", "Resource":
                 f"arn:aws:s3:::prod-{R}-starport-layer-bucket/*"},
                {"Sid": "Packages", "Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "s3:GetObject", "Resource":
                 f"arn:aws:s3:::al2023-repos-{R}-de612dc2/*"}), "tags": TAGS}, "s3"),
        *(aws("ec2/VpcEndpoint", {
            "vpcId": VPC, "serviceName": f"com.amazonaws.{R}.{name}", "vpcEndpointType": "Interface",
            "privateDnsEnabled": True, "subnetIds": SUBNETS, "securityGroupIds": GROUPS, "policy": document(
                {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "*", "Resource": "*", "Condition": {
                    "StringEquals": {"aws:PrincipalOrgID": ORG, "aws:ResourceOrgID": ORG}}}), "tags": TAGS}, name)
          for name in ("ecr.api", "ecr.dkr", "sts", "kms"))),
        f"{PERIMETER} vpc_endpoint_policies/s3_endpoint_policy.json; {AWS_DOCS}/AmazonECR/latest/userguide/"
        "vpc-endpoints.html, as known", ORGANISATION),
    Idiom("RCP: stores, keys and queues answer the organisation, and services of AWS on its behalf", guard(
        "perimeter", "RESOURCE_CONTROL_POLICY", {"Version": "2012-10-17", "Statement": [
            {"Sid": "Organisation", "Effect": "Deny", "Principal": "*", "Action": [
                "s3:*", "sqs:*", "kms:*", "secretsmanager:*", "sts:AssumeRole", "sts:SetContext"], "Resource": "*",
             "Condition": {"StringNotEqualsIfExists": {"aws:PrincipalOrgID": ORG}, "BoolIfExists": {
                 "aws:PrincipalIsAWSService": "false"}}},
            {"Sid": "Services", "Effect": "Deny", "Principal": "*", "Action": [
                "s3:*", "sqs:*", "kms:*", "secretsmanager:*"], "Resource": "*", "Condition": {
                "StringNotEqualsIfExists": {"aws:SourceOrgID": ORG}, "Null": {"aws:SourceAccount": "false"}, "Bool": {
                    "aws:PrincipalIsAWSService": "true"}}},
            {"Sid": "Tls", "Effect": "Deny", "Principal": "*", "Action": ["s3:*", "sqs:*", "kms:*"], "Resource": "*",
             "Condition": {"BoolIfExists": {"aws:SecureTransport": "false"}}}]}, WORKLOADS),
        f"{PERIMETER} resource_control_policies/identity_perimeter_rcp.json, as known", ORGANISATION),
    Idiom("events: objects of a bucket reach a queue by a topic, and each hop names the one before", (
        *store("bank-inbox", "inbox"),
        aws("sns/Topic", {"name": "inbox", "kmsMasterKeyId": KEY, "tags": TAGS}, "topic"),
        aws("sns/TopicPolicy", {"arn": UNKNOWN, "policy": document(
            {"Sid": "Bucket", "Effect": "Allow", "Principal": {"Service": "s3.amazonaws.com"}, "Action": "sns:Publish",
             "Resource": arn("sns", "inbox"), "Condition": {"ArnLike": {"aws:SourceArn": "arn:aws:s3:::bank-inbox"},
                                                            "StringEquals": {"aws:SourceAccount": ME}}},
            {"Sid": "Tls", "Effect": "Deny", "Principal": "*", "Action": "sns:Publish", "Resource": arn("sns", "inbox"),
             "Condition": {"Bool": {"aws:SecureTransport": "false"}}})},
            "topic-policy", links={"arn": ("topic",)}),
        aws("s3/BucketNotification", {"bucket": "bank-inbox", "topics": [{
            "topicArn": UNKNOWN, "events": ["s3:ObjectCreated:*"], "filterSuffix": ".parquet"}]}, "notice", links={
                "bucket": ("inbox",), "topics": ("topic",)}),
        aws("sqs/Queue", {"name": "inbox-dead", "kmsMasterKeyId": KEY, "messageRetentionSeconds": 1209600,
            "tags": TAGS},
            "dead"),
        aws("sqs/Queue", {"name": "inbox", "kmsMasterKeyId": KEY, "visibilityTimeoutSeconds": 360, "redrivePolicy":
            json.dumps({"deadLetterTargetArn": arn("sqs", "inbox-dead"), "maxReceiveCount": 5}), "tags": TAGS},
                "queue"),
        aws("sqs/RedriveAllowPolicy", {"queueUrl": UNKNOWN, "redriveAllowPolicy": json.dumps({
            "redrivePermission": "byQueue", "sourceQueueArns": [arn("sqs", "inbox")]})}, "redrive", links={
                "queueUrl": ("dead",)}),
        aws("sqs/QueuePolicy", {"queueUrl": UNKNOWN, "policy": document(
            {"Sid": "Topic", "Effect": "Allow", "Principal": {"Service": "sns.amazonaws.com"}, "Action":
             "sqs:SendMessage", "Resource": arn("sqs", "inbox"), "Condition": {"ArnEquals": {
                 "aws:SourceArn": arn("sns", "inbox")}}},
            {"Sid": "Tls", "Effect": "Deny", "Principal": "*", "Action": "sqs:*", "Resource": arn("sqs", "inbox"),
             "Condition": {"Bool": {"aws:SecureTransport": "false"}}})}, "queue-policy",
                 links={"queueUrl": ("queue",)}),
        aws("sns/TopicSubscription", {"topic": UNKNOWN, "protocol": "sqs", "endpoint": UNKNOWN, "rawMessageDelivery":
            True}, "subscription", links={"topic": ("topic",), "endpoint": ("queue",)}),
        aws("sns/DataProtectionPolicy", {"arn": UNKNOWN, "policy": json.dumps({
            "Name": "cards", "Version": "2021-06-01", "Statement": [{
                "Sid": "deny-cards", "DataDirection": "Inbound", "Principal": ["*"], "DataIdentifier": [
                    "arn:aws:dataprotection::aws:data-identifier/CreditCardNumber"], "Operation": {"Deny": {}}}]})},
            "cards", links={"arn": ("topic",)})),
        f"{AWS_DOCS}/AmazonS3/latest/userguide/ways-to-add-notification-config-to-bucket.html; .../sns/latest/dg/"
        "subscribe-sqs-queue-to-sns-topic.html, as known", merged(OURS, kept("inbox"))),
)  # fmt: skip
