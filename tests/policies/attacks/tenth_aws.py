"""Attacks on AWS, of all concerns (2026-11-28, tenth set): mostly by types that were reviewed as harmless.

Properties by pulumi-aws 7.51.1; what a service does with them by its documentation, as known.
"""

import json

from ..blind import KEY, ME, TAGS, THEM, aws, document
from ..idioms.fourth_kubernetes import BUDGET
from . import Attack
from .cost_services import AWS, STACK

RES = ("FJ-RES-", "FJ-IDN-", "FJ-ESC-", "FJ-EXP-")
IDN = ("FJ-IDN-", "FJ-EXP-", "FJ-ESC-", "FJ-RES-")
ESC = ("FJ-ESC-", "FJ-IDN-", "FJ-EXP-", "FJ-RES-")
R = "me-central-1"
TAKEN = "a stranger has the data"
CANONICAL = "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be"
MASK = "arn:aws:dataprotection::aws:data-identifier/EmailAddress"


def _ours(service: str, rest: str) -> str:
    return f"arn:aws:{service}:{R}:{ME}:{rest}"


def _to_them(action: object, resource: str) -> str:
    return document({"Effect": "Allow", "Principal": {"AWS": f"arn:aws:iam::{THEM}:root"}, "Action": action,
                     "Resource": resource})  # fmt: skip


ATTACKS = (
    Attack("clients with certificates of a stranger are trusted", IDN, (aws("lb/TrustStore", {
        "name": "partners", "caCertificatesBundleS3Bucket": "collector-authority",
        "caCertificatesBundleS3Key": "bundle.pem", "tags": TAGS}),),
        "critical", "whoever the stranger gives a certificate passes mutual TLS (Elastic Load Balancing, 'Trust "
        "stores')"),
    Attack("connectors of Kafka load a program of a stranger", ESC, (aws("mskconnect/CustomPlugin", {
        "name": "sink", "contentType": "ZIP", "tags": TAGS, "location": {"s3": {
            "bucketArn": "arn:aws:s3:::collector-plugins", "fileKey": "sink.zip"}}}),),
        "critical", "it runs in the network with the connector's role (Amazon MSK Connect, 'Plugins')"),
    Attack("what a log masks is reported to a stranger", RES, (aws("cloudwatch/LogDataProtectionPolicy", {
        "logGroupName": "/apps/portal", "policyDocument": json.dumps({
            "Name": "mask", "Version": "2021-06-01", "Statement": [
                {"Sid": "audit", "DataIdentifier": [MASK], "Operation": {"Audit": {"FindingsDestination": {
                    "S3": {"Bucket": "collector-findings"}}}}},
                {"Sid": "mask", "DataIdentifier": [MASK], "Operation": {"Deidentify": {"MaskConfig": {}}}}]})}),),
        "major", "findings say which lines have personal data (CloudWatch Logs, 'Audit' operation)"),
    Attack("costs of every resource are exported to a stranger", RES, (aws("bcmdata/Export", {"tags": TAGS, "export": {
        "name": "costs", "dataQueries": [{"queryStatement": "SELECT line_item_resource_id FROM COST_AND_USAGE_REPORT",
                                          "tableConfigurations": {}}],
        "destinationConfigurations": [{"s3Destinations": [{
            "s3Bucket": "collector-costs", "s3Prefix": "in", "s3Region": R, "s3OutputConfigurations": [{
                "format": "PARQUET", "compression": "PARQUET", "outputType": "CUSTOM",
                "overwrite": "OVERWRITE_REPORT"}]}]}],
        "refreshCadences": [{"frequency": "SYNCHRONOUS"}]}}),),
        "major", "each resource with its labels stands there (AWS Data Exports)"),
    Attack("the search for personal data is paused", ESC, (aws("macie2/Account", {
        "status": "PAUSED", "findingPublishingFrequency": "SIX_HOURS"}),),
        "major", "open buckets with personal data are seen by nobody (Amazon Macie, 'Suspending Macie')"),
    Attack("the filter of names lets everything through when it fails", ESC, (aws("route53/ResolverFirewallConfig", {
        "resourceId": "vpc-1", "firewallFailOpen": "ENABLED"}),),
        "minor", "who overloads the filter is past it (Route 53 Resolver DNS Firewall, 'fail open')"),
    Attack("a policy of a table lets a stranger read it", IDN, (aws("dynamodb/ResourcePolicy", {
        "resourceArn": _ours("dynamodb", "table/orders"),
        "policy": _to_them(["dynamodb:GetItem", "dynamodb:Scan"], _ours("dynamodb", "table/orders"))}),),
        "critical", f"{TAKEN} (Amazon DynamoDB, 'Resource-based policies')"),
    Attack("a hardened image may be launched by another organisation", IDN, (aws("ec2/AmiLaunchPermission", {
        "imageId": "ami-0123456789abcdef0", "organizationArn": f"arn:aws:organizations::{THEM}:organization/o-zz9"}),),
        "major", "programs and models on the image are theirs (Amazon EC2, 'Share an AMI with organizations')"),
    Attack("a copy of a database's snapshot is shared with everybody", IDN, (aws("rds/ClusterSnapshotCopy", {
        "sourceDbClusterSnapshotIdentifier": _ours("rds", "cluster-snapshot:orders"), "kmsKeyId": KEY,
        "targetDbClusterSnapshotIdentifier": "orders-shared", "sharedAccounts": ["all"], "tags": TAGS}),),
        "critical", f"{TAKEN} (Amazon Aurora, 'Sharing a DB cluster snapshot')"),
    Attack("a stranger puts images into the registry", IDN, (aws("ecr/RegistryPolicy", {
        "policy": _to_them(["ecr:ReplicateImage", "ecr:CreateRepository"], _ours("ecr", "repository/*"))}),),
        "critical", "the cluster runs what the stranger replicates (Amazon ECR, 'Private registry permissions')"),
    Attack("a stranger sends mail in the bank's name", IDN, (aws("sesv2/EmailIdentityPolicy", {
        "emailIdentity": "example.ae", "policyName": "partners",
        "policy": _to_them(["ses:SendEmail", "ses:SendRawEmail"], _ours("ses", "identity/example.ae"))}),),
        "critical", "customers get signed mail of the bank (Amazon SES, 'Sending authorization')"),
    Attack("a file system is replicated abroad", RES, (aws("efs/ReplicationConfiguration", {
        "sourceFileSystemId": "fs-0123456789abcdef0", "destination": {"region": "eu-west-1"}}),),
        "critical", "datasets lie in Ireland within minutes (Amazon EFS, 'Replicating file systems')"),
    Attack("a cluster of documents has 32 shards of 64 processors", ("FJ-COST-",), (STACK, AWS, BUDGET, aws(
        "docdb/ElasticCluster", {
            "name": "orders", "adminUserName": "admin1", "adminUserPassword": f"{_ours('secretsmanager', 'secret:a')}",
            "authType": "SECRET_ARN", "shardCapacity": 64, "shardCount": 32, "shardInstanceCount": 16,
            "kmsKeyId": KEY, "subnetIds": ["subnet-1"], "vpcSecurityGroupIds": ["sg-1"], "tags": TAGS}),),
        "major", "millions of dirhams a month (Amazon DocumentDB, 'Elastic clusters')"),
    Attack("a bucket is given to a stranger by the owner's number", IDN, (aws("s3/BucketAcl", {
        "bucket": "bank-orders", "accessControlPolicy": {"owner": {"id": CANONICAL}, "grants": [
            {"permission": "FULL_CONTROL", "grantee": {"type": "CanonicalUser", "id": CANONICAL[::-1]}}]}}),),
        "critical", f"{TAKEN} (Amazon S3, 'Access control list overview')"),
    Attack("a secret is replicated abroad", RES, (aws("secretsmanager/Secret", {
        "name": "orders/db", "kmsKeyId": KEY, "tags": TAGS, "replicas": [{"region": "eu-central-1"}]}, protect=True),),
        "critical", "the password lies in Germany too (AWS Secrets Manager, 'Multi-Region secrets')"),
    Attack("every account may connect to a service of the network", IDN, (
        aws("ec2/VpcEndpointServiceAllowedPrinciple", {
            "vpcEndpointServiceId": "vpce-svc-0123456789abcdef0", "principalArn": "*"}),),
        "critical", "any account reaches the service by an endpoint of its own (AWS PrivateLink, 'Manage "
        "permissions')"),
)  # fmt: skip
