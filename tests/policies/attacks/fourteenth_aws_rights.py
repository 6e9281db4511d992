"""Attacks on AWS: identity, programs, money and tags (2026-11-29, fourteenth set, written blind).

Properties by pulumi-aws 7.51.1, whose reference names the ACL open-access of MemoryDB. Read in excerpts on 2026-11-29:
Amazon FSx API Reference (LustreRootSquashConfiguration). All other pages as known.
"""

import json

from tests.samples import DEV_TAGS

from ..blind import KEY, ME, TAGS, aws
from ..idioms.fourth_kubernetes import BUDGET
from . import Attack
from .cost_services import AWS, STACK
from .fourteenth_aws import BALANCER
from .tenth_aws import ESC, IDN, R

PROXY_USER = [{"Classification": "core-site", "Properties": {
    "hadoop.proxyuser.analyst.hosts": "*", "hadoop.proxyuser.analyst.groups": "*"}}]  # fmt: skip
CLUSTER = {
    "name": "reports", "releaseLabel": "emr-7.9.0", "applications": ["Hadoop", "Hive"], "tags": TAGS,
    "serviceRole": f"arn:aws:iam::{ME}:role/emr", "securityConfiguration": "encrypted",
    "logUri": "s3://awsuae-logs/emr/",
    "ec2Attributes": {"instanceProfile": "emr", "subnetId": "subnet-1"},
    "masterInstanceGroup": {"instanceType": "m7g.xlarge", "instanceCount": 1},
    "coreInstanceGroup": {"instanceType": "m7g.xlarge", "instanceCount": 2},
}  # fmt: skip
LUSTRE = {
    "deploymentType": "PERSISTENT_2", "storageCapacity": 1200, "perUnitStorageThroughput": 125, "kmsKeyId": KEY,
    "subnetIds": "subnet-1", "securityGroupIds": ["sg-1"], "automaticBackupRetentionDays": 30, "tags": TAGS,
    "copyTagsToBackups": True, "fileSystemTypeVersion": "2.15",
}  # fmt: skip

ATTACKS = (
    Attack("a user of a data cluster acts as every other", IDN, (aws("emr/Cluster", {
        **CLUSTER, "configurationsJson": json.dumps(PROXY_USER)}),),
        "major", "an analyst reads as the administrator (Apache Hadoop, 'Proxy user', hosts and groups by wildcard)"),
    Attack("a database in memory asks nobody who he is", IDN, (aws("memorydb/Cluster", {
        "name": "sessions", "aclName": "open-access", "nodeType": "db.r7g.large", "tlsEnabled": True, "kmsKeyArn": KEY,
        "engine": "valkey", "engineVersion": "7.2", "subnetGroupName": "data", "securityGroupIds": ["sg-1"],
        "numReplicasPerShard": 1, "snapshotRetentionLimit": 14, "tags": TAGS}),),
        "major", "whoever is in the network has each session, without a password (MemoryDB, ACL open-access)"),
    Attack("devices exchange their certificate for the role of administrators", IDN, (aws("iot/RoleAlias", {
        "alias": "meters", "roleArn": f"arn:aws:iam::{ME}:role/platform-admin", "credentialDuration": 43200}),),
        "critical", "whoever opens one device has the account (AWS IoT Core, 'Authorizing direct calls')"),
    Attack("every policy of a group is deleted that denies it something", IDN, (aws("iam/GroupPoliciesExclusive", {
        "groupName": "developers", "policyNames": []}),),
        "major", "inline denials of the group go, and what managed policies allow stays (IAM, DeleteGroupPolicy)"),
    Attack("a table of customers is labelled as public", ("FJ-IDN-", "FJ-EXP-", "FJ-ESC-"), (
        aws("lakeformation/ResourceLfTag", {
            "lfTag": {"key": "sensitivity", "value": "public"},
            "table": {"databaseName": "core", "name": "customers"}}),),
        "major", "whoever may read public data reads it (Lake Formation, 'Tag-based access control')"),
    Attack("every client of a file system is its root", IDN, (aws("fsx/LustreFileSystem", {
        **LUSTRE, "rootSquashConfiguration": {
            "rootSquash": "365534:65534", "noSquashNids": ["[0-255].[0-255].[0-255].[0-255]@tcp"]}}),),
        "major", "each tenant reads the files of all (FSx for Lustre, LustreRootSquashConfiguration, NoSquashNids)"),
    Attack("an alarm terminates the machine of the ledger when it has work", ("FJ-RSL-", "FJ-ESC-"), (
        aws("cloudwatch/MetricAlarm", {
            "name": "busy", "namespace": "AWS/EC2", "metricName": "CPUUtilization", "statistic": "Average",
            "period": 60, "evaluationPeriods": 1, "threshold": 1, "tags": TAGS,
            "comparisonOperator": "GreaterThanThreshold", "dimensions": {"InstanceId": "i-0123456789abcdef0"},
            "alarmActions": [f"arn:aws:automate:{R}:ec2:terminate"]}),),
        "major", "the machine and what lies on it are gone (CloudWatch, 'Alarms that terminate an instance')"),
    Attack("the parameter from which machines take their image names one of unknown owner", ESC, (aws("ssm/Parameter", {
        "name": "/platform/images/nodes", "type": "String", "dataType": "aws:ec2:image", "overwrite": True,
        "value": "ami-0f0e0d0c0b0a09080", "tags": TAGS}),),
        "critical", "each new machine runs a stranger's programs (Systems Manager, 'Parameters for AMIs')"),
    Attack("a load balancer reserves twelve thousand units that nobody uses", ("FJ-COST-",), (STACK, AWS, BUDGET,
        aws("lb/LoadBalancer", {**BALANCER, "minimumLoadBalancerCapacity": {"capacityUnits": 12000}})),
        "major", "each unit is charged by the hour (Elastic Load Balancing, 'Capacity reservations')"),
    Attack("eight file systems have a throughput of a gibibyte a second each", ("FJ-COST-",), (STACK, AWS, BUDGET, *(
        aws("efs/FileSystem", {"encrypted": True, "kmsKeyId": KEY, "throughputMode": "provisioned",
                               "provisionedThroughputInMibps": 1024, "tags": TAGS}, f"f{n}") for n in range(8))),
        "major", "each mebibyte a second is charged by the month (Amazon EFS, 'Provisioned throughput')"),
    Attack("machines of a batch environment are booked on development", ("FJ-TAG-",), (aws("batch/ComputeEnvironment", {
        "type": "MANAGED", "tags": TAGS, "serviceRole": f"arn:aws:iam::{ME}:role/batch", "computeResources": {
            "type": "EC2", "minVcpus": 0, "maxVcpus": 16, "instanceTypes": ["m7g.xlarge"], "tags": DEV_TAGS,
            "subnets": ["subnet-1"], "securityGroupIds": ["sg-1"],
            "instanceRole": f"arn:aws:iam::{ME}:instance-profile/batch"}}),),
        "minor", "what production costs is charged to developers (AWS Batch, ComputeResource, tags)"),
)  # fmt: skip
