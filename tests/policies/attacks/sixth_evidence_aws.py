"""Attacks on AWS that switch off what watches: logs, findings, backups and guards (2026-11-28).

Written without sight of the rules that are made against the earlier sets.
"""

import json

from ..blind import KEY, ME, TAGS, aws
from ..harness import Given
from . import Attack

WATCH = ("FJ-RSL-", "FJ-LOG-", "FJ-AUD-", "FJ-EVD-", "FJ-MON-", "FJ-DET-", "FJ-ENC-", "FJ-EXP-", "FJ-IDN-", "FJ-ESC-")
"""Which concern holds such a rule is not known; each plan is compliant in all else."""
TRAIL = {"s3BucketName": "treasury-datasets", "kmsKeyId": KEY, "tags": TAGS, "enableLogFileValidation": True,
         "isMultiRegionTrail": True, "includeGlobalServiceEvents": True}  # fmt: skip
SCP = {"name": "guard", "type": "SERVICE_CONTROL_POLICY", "tags": TAGS}
NOT_SEEN = "what the attacker does next is not recorded"


def _trail(**more: object) -> tuple[Given, ...]:
    return (aws("cloudtrail/Trail", {**TRAIL, **more}),)


def _expiry(name: str, days: int) -> dict[str, object]:
    return {"id": name, "status": "Enabled", "filter": {"prefix": ""}, "expiration": {"days": days},
            "noncurrentVersionExpiration": {"noncurrentDays": 1},
            "abortIncompleteMultipartUpload": {"daysAfterInitiation": 1}}  # fmt: skip


ATTACKS = (
    Attack("the trail of the account is stopped", WATCH, _trail(enableLogging=False), "critical", NOT_SEEN),
    Attack("the trail records no management events", WATCH, _trail(eventSelectors=[{
        "includeManagementEvents": False, "readWriteType": "All"}]), "critical", NOT_SEEN),
    Attack("the trail has one region, and nothing of IAM", WATCH,
        _trail(isMultiRegionTrail=False, includeGlobalServiceEvents=False),
        "major", "IAM and every other region are used unrecorded"),
    Attack("the trail's files have no digests", WATCH, _trail(enableLogFileValidation=False),
        "minor", "who may write to the bucket changes the record without a trace"),
    Attack("objects of the trail's bucket expire after a day", WATCH, (*_trail(), aws(
        "s3/BucketLifecycleConfiguration", {"bucket": "treasury-datasets", "rules": [_expiry("all", 1)]}, "expiry")),
        "critical", "the record of yesterday is gone before anybody looks"),
    Attack("GuardDuty is switched off", WATCH, (aws("guardduty/Detector", {"enable": False, "tags": TAGS}),),
        "critical", "stolen credentials and miners are found by nobody"),
    Attack("GuardDuty does not read the audit log of clusters", WATCH, (
        aws("guardduty/Detector", {"enable": True, "tags": TAGS}, "detector"),
        aws("guardduty/DetectorFeature", {
            "detectorId": "12abc34d567e8fa901bc2d34e56789f0", "name": "EKS_AUDIT_LOGS", "status": "DISABLED"})),
        "major", "attacks on the API server of clusters are found by nobody"),
    Attack("the recorder of Config is stopped", WATCH, (aws("cfg/RecorderStatus", {
        "name": "default", "isEnabled": False}),), "critical", "changes of resources are recorded by nobody"),
    Attack("the recorder of Config leaves out identities and buckets", WATCH, (aws("cfg/Recorder", {
        "name": "default", "roleArn": f"arn:aws:iam::{ME}:role/config", "recordingGroup": {
            "allSupported": False, "includeGlobalResourceTypes": False,
            "recordingStrategies": [{"useOnly": "EXCLUSION_BY_RESOURCE_TYPES"}],
            "exclusionByResourceTypes": [{"resourceTypes": [
                "AWS::IAM::Role", "AWS::IAM::User", "AWS::IAM::Policy", "AWS::S3::Bucket"]}]}}),),
        "major", "new roles and opened buckets are in no history"),
    Attack("the log group of the audit keeps one day", WATCH, (aws("cloudwatch/LogGroup", {
        "name": "/aws/cloudtrail/organisation", "retentionInDays": 1, "kmsKeyId": KEY, "tags": TAGS}),),
        "major", "the record of Friday is gone on Sunday"),
    Attack("Backup protects nothing in the region", WATCH, (aws("backup/RegionSettings", {
        "resourceTypeOptInPreference": {"Aurora": False, "DynamoDB": False, "EBS": False, "EC2": False, "EFS": False,
                                        "RDS": False, "S3": False}}),),
        "critical", "plans of backup go on, and nothing is saved"),
    Attack("a plan of backup keeps its points for a day", WATCH, (aws("backup/Plan", {
        "name": "daily", "tags": TAGS, "rules": [{
            "ruleName": "daily", "targetVaultName": "own", "schedule": "cron(0 22 * * ? *)",
            "recoveryPointTags": TAGS, "lifecycle": {"deleteAfter": 1}}]}),),
        "major", "a mistake, or ransomware, that is found on Monday cannot be undone"),
    Attack("the organisation switches its service control policies off", WATCH, (aws("organizations/Organization", {
        "featureSet": "ALL", "enabledPolicyTypes": ["TAG_POLICY"],
        "awsServiceAccessPrincipals": ["config.amazonaws.com"]}, protect=True),),
        "critical", "no denial of the organisation holds in any account"),
    Attack("the guard of the organisation allows everything", WATCH, (aws("organizations/Policy", {
        **SCP, "content": json.dumps({"Version": "2012-10-17", "Statement": [{
            "Effect": "Deny", "Action": ["cloudtrail:StopLogging"], "Resource": "*", "Condition": {
                "StringNotLike": {"aws:PrincipalArn": "arn:aws:iam::*:*"}}}, {
            "Effect": "Allow", "Action": "*", "Resource": "*"}]})}),),
        "major", "the denial excepts every identity there is"),
    Attack("AI services may learn from the bank's data", (*WATCH, "FJ-RES-"), (aws("organizations/Policy", {
        "name": "ai", "type": "AISERVICES_OPT_OUT_POLICY", "tags": TAGS, "content": json.dumps({
            "services": {"default": {"opt_out_policy": {"@@assign": "optIn"}}}})}),),
        "critical", "AWS may store the content of AI services in other regions to improve them"),
    Attack("the baseline of patches rejects every patch", WATCH, (aws("ssm/PatchBaseline", {
        "name": "linux", "operatingSystem": "AMAZON_LINUX_2023", "tags": TAGS, "rejectedPatches": ["*"],
        "rejectedPatchesAction": "BLOCK"}),), "major", "holes stay open on every machine of the baseline"),
    Attack("a cluster of ECS logs no command of its shells", WATCH, (aws("ecs/Cluster", {
        "name": "app", "tags": TAGS, "settings": [{"name": "containerInsights", "value": "enabled"}],
        "configuration": {"executeCommandConfiguration": {"kmsKeyId": KEY, "logging": "NONE"}}}),),
        "major", "who had a shell in a container leaves no trace"),
)  # fmt: skip
