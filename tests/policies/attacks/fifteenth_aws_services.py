"""Attacks on AWS: protection, records and money (2026-11-29, fifteenth set, written blind).

Properties by pulumi-aws 7.51.1. Read on 2026-11-29: the tiers of control planes in botocore 1.44.8 and in pulumi-aws;
that DynamoDB charges for warm throughput, and ElastiCache Serverless for its minimum, as known.
"""

from ..blind import KEY, TAGS, aws
from ..idioms.aws_platform import EKS
from ..idioms.fourth_kubernetes import BUDGET
from . import Attack
from .cost_services import AWS, STACK

SEEN = {"cloudwatchMetricsEnabled": True, "metricName": "apps", "sampledRequestsEnabled": True}
NARROW = {"byteMatchStatement": {
    "searchString": "/no-such-path", "positionalConstraint": "EXACTLY", "fieldToMatch": {"uriPath": {}},
    "textTransformations": [{"priority": 0, "type": "NONE"}]}}  # fmt: skip
TABLE = {
    "name": "orders", "hashKey": "id", "deletionProtectionEnabled": True, "tags": TAGS,
    "attributes": [{"name": "id", "type": "S"}], "pointInTimeRecovery": {"enabled": True},
    "serverSideEncryption": {"enabled": True, "kmsKeyArn": KEY}, "billingMode": "PAY_PER_REQUEST",
}  # fmt: skip
KEPT = "finops-export-bucket"  # a name that the settings list as kept elsewhere in the country
RSL = ("FJ-RSL-", "FJ-ESC-")

ATTACKS = (
    Attack("rules of the web firewall read one path that there is not", ("FJ-EXP-", "FJ-ESC-"), (aws("wafv2/WebAcl", {
        "name": "apps", "scope": "REGIONAL", "defaultAction": {"allow": {}}, "visibilityConfig": SEEN, "tags": TAGS,
        "rules": [{"name": "common", "priority": 1, "overrideAction": {"none": {}}, "visibilityConfig": SEEN,
                   "statement": {"managedRuleGroupStatement": {
                       "vendorName": "AWS", "name": "AWSManagedRulesCommonRuleSet", "scopeDownStatement": NARROW}}}]}),
        ), "major", "every attack passes (AWS WAF, 'Scope-down statements')"),
    Attack("all records in a bucket expire on a day", RSL, (aws("s3/BucketLifecycleConfiguration", {
        "bucket": "awsuae-logs", "rules": [{
            "id": "old", "status": "Enabled", "filter": {}, "expiration": {"date": "2026-12-01T00:00:00Z"},
            "noncurrentVersionExpiration": {"noncurrentDays": 1}}, {
            "id": "abort", "status": "Enabled", "filter": {}, "abortIncompleteMultipartUpload": {
                "daysAfterInitiation": 7}}]}),),
        "critical", "from that day on each object goes as soon as it is there (Amazon S3, 'Lifecycle', Date)"),
    Attack("orders expire with the moment at which they were written", RSL, (aws("dynamodb/Table", {
        **TABLE, "ttl": {"attributeName": "createdAt", "enabled": True}}, KEPT, protect=True),),
        "major", "DynamoDB deletes items whose time is past (DynamoDB, 'Time to Live')"),
    Attack("images are scanned whose name none has", ("FJ-EXP-", "FJ-ESC-", "FJ-RSL-"), (
        aws("ecr/RegistryScanningConfiguration", {"scanType": "ENHANCED", "rules": [{
            "scanFrequency": "CONTINUOUS_SCAN",
            "repositoryFilters": [{"filter": "no-such-repository", "filterType": "WILDCARD"}]}]}),),
        "minor", "nobody sees vulnerable packages of others (Amazon ECR, 'Image scanning', filters)"),
    Attack("the key of the portal's certificate may be exported", ("FJ-ENC-", "FJ-IDN-", "FJ-ESC-", "FJ-EXP-"), (
        aws("acm/Certificate", {
            "domainName": "portal.example.ae", "validationMethod": "DNS", "keyAlgorithm": "EC_prime256v1",
            "options": {"export": "ENABLED"}, "tags": TAGS}),),
        "minor", "whoever exports it answers for the portal (AWS Certificate Manager, CertificateOptions, Export)"),
    Attack("what is said of a domain lets its name be used by everybody's mail", ("FJ-EXP-", "FJ-IDN-", "FJ-ESC-"), (
        aws("route53/Record", {
            "zoneId": "Z0123456789ABCDEFGHIJ", "name": "_dmarc.example.ae", "type": "TXT", "ttl": 300,
            "records": ["v=DMARC1; p=none; sp=none; pct=0"]}),),
        "major", "forged mail of the bank is delivered (RFC 7489, p=none)"),
    Attack("a cache reserves five terabytes that nobody uses", ("FJ-COST-",), (STACK, AWS, BUDGET,
        aws("elasticache/ServerlessCache", {
            "name": "sessions", "engine": "valkey", "majorEngineVersion": "8", "kmsKeyId": KEY, "tags": TAGS,
            "securityGroupIds": ["sg-1"], "subnetIds": ["subnet-1", "subnet-2"], "userGroupId": "sessions",
            "snapshotRetentionLimit": 7, "dailySnapshotTime": "02:00", "cacheUsageLimits": {
                "dataStorage": {"minimum": 5000, "maximum": 5000, "unit": "GB"},
                "ecpuPerSeconds": [{"minimum": 1000000, "maximum": 1000000}]}})),
        "major", "the minimum is charged by the hour, about AED 1,100,000 a month (ElastiCache, 'Setting limits')"),
    Attack("a table is warmed for a million writes a second", ("FJ-COST-",), (STACK, AWS, BUDGET,
        aws("dynamodb/Table", {**TABLE, "warmThroughput": {
            "readUnitsPerSecond": 4000000, "writeUnitsPerSecond": 1000000}}, KEPT, protect=True)),
        "major", "each unit above what the table has is charged once (DynamoDB, 'Warm throughput', pricing)"),
    Attack("the control plane of a small cluster is the largest one", ("FJ-COST-",), (STACK, AWS, BUDGET,
        aws("eks/Cluster", {**EKS.props, "controlPlaneScalingConfig": {"tier": "tier-8xl"}}, "cluster", protect=True)),
        "major", "it costs more than a hundred standard ones (Amazon EKS, 'Provisioned Control Plane', pricing)"),
)  # fmt: skip
