"""Good idioms near the mends after the twenty-sixth set: copies, metrics, approvals and topics (2026-12-02)."""

import json
from dataclasses import replace

from ..attacks.after_twenty_sixth_money import NO_COPIES, SELDOM, lifecycle, metric
from ..attacks.twenty_fourth_money_b import text
from ..attacks.twenty_sixth_money import SAME_NAMES, mirror, repeating, stream
from ..attacks.twenty_sixth_money_b import JOBS, RULE, TOPIC, approvals
from ..blind import ME, RG, TAGS, aws, az
from ..harness import UNKNOWN, Given
from . import Idiom, unpriced
from .eleventh_charts import inside
from .fifteenth_work import KARGO, delivered
from .fourth_kubernetes import AZURE_BUDGET
from .sixteenth_stores import owned
from .twelfth_azure_platform import NAMES

AWS_DOCS, LEARN = "docs.aws.amazon.com", "learn.microsoft.com/azure"
KAFKA, ARGO = "kafka.apache.org/documentation, geo-replication", "argo-workflows.readthedocs.io/en/latest"
RENAMED = "org.apache.kafka.connect.mirror.DefaultReplicationPolicy"
NEXT = """\
apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata:
  generateName: reports-
spec:
  workflowTemplateRef:
    name: reports
"""
ONE_WAY = f"""\
clusters = dc1, dc2
replication.policy.class = {SAME_NAMES}
dc1->dc2.enabled = true
dc2->dc1.enabled = false
"""
HUBS = {
    "residency": {
        "known": {
            **NAMES,
            "evhns-bank": "our own namespace of events, in uaenorth",
            "evhns-bank.servicebus.windows.net": "our own namespace of events, in uaenorth",
            "stbank.blob.core.windows.net": "our own account, in uaenorth",
        }
    },
    **unpriced("azure-native:streamanalytics:StreamingJob::frauds", "azure-native:streamanalytics:StreamingJob::next"),
}
NIGHTLY = {"objectType": "ScheduleBasedTriggerContext", "schedule": {
    "repeatingTimeIntervals": ["R/2026-12-01T22:00:00+00:00/P1W", "R/2026-12-04T22:00:00+00:00/P1W"],
    "timeZone": "UTC"}, "taggingCriteria": [{"isDefault": True, "taggingPriority": 99, "tagInfo": {
        "tagName": "Default"}}]}  # fmt: skip


def only(given: Given, topics: str) -> Given:
    """Returns a copy of some topics alone."""
    spec = given.props["spec"]
    assert isinstance(spec, dict)
    mirrors = [{**item, "topicsPattern": topics} for item in spec["mirrors"]]
    return replace(given, props={**given.props, "spec": {**spec, "mirrors": mirrors}})


def copies(name: str, *mirrors: Given) -> Idiom:
    """Returns an idiom of copies between two sites."""
    return owned(name, mirrors, KAFKA, "kafka.strimzi.io")


def promoted(*policies: dict[str, object], **sources: object) -> tuple[Given, ...]:
    """Returns a project of Kargo with a stage of production."""
    return (
        inside(f"{KARGO}:ProjectConfig", "payments", {"promotionPolicies": list(policies)}, "payments"),
        inside(
            f"{KARGO}:Stage",
            "prod",
            {
                "requestedFreight": [
                    {"origin": {"kind": "Warehouse", "name": "app"}, "sources": {"stages": ["test"], **sources}}
                ]
            },
            "payments",
        ),
    )


def taking(service: str) -> Given:
    """Returns the policy of a topic that one service may use, over TLS."""
    return aws(
        "sns/TopicPolicy",
        {
            "arn": UNKNOWN,
            "policy": json.dumps(
                {
                    "Version": "2012-10-17",
                    "Statement": [
                        {
                            "Effect": "Allow",
                            "Principal": {"Service": service},
                            "Action": "sns:Publish",
                            "Resource": "*",
                            "Condition": {"StringEquals": {"aws:SourceAccount": ME}},
                        },
                        {
                            "Effect": "Deny",
                            "Principal": "*",
                            "Action": "sns:Publish",
                            "Resource": "*",
                            "Condition": {"Bool": {"aws:SecureTransport": "false"}},
                        },
                    ],
                }
            ),
        },
        "policy",
        links={"arn": ("security",)},
    )


def target(**more: object) -> Given:
    """Returns the target of a rule of findings."""
    return aws("cloudwatch/EventTarget", {"rule": "findings", "arn": UNKNOWN, **more}, "target", links={
        "rule": ("findings",), "arn": ("security",)})  # fmt: skip


EVENTBRIDGE = f"{AWS_DOCS}/eventbridge/latest/userguide/eb-use-resource-based.html"
ALARM = aws("cloudwatch/MetricAlarm", {
    "name": "root", "comparisonOperator": "GreaterThanThreshold", "evaluationPeriods": 1, "metricName": "root",
    "namespace": "Trail", "period": 300, "statistic": "Sum", "threshold": 0, "tags": TAGS, "alarmActions": [UNKNOWN]},
    "root", links={"alarmActions": ("security",)})  # fmt: skip
JOB = {"task": "backup", "groups": ["default"], "concurrency": 2}
AGAIN = inside("argoproj.io/v1alpha1:WorkflowTemplate", "reports", {
    "entrypoint": "all", "activeDeadlineSeconds": 3600, "podMetadata": {"labels": TAGS}, "templates": [
        {"name": "all", "inputs": {"parameters": [{"name": "left", "value": "3"}]}, "steps": [[
            {"name": "again", "template": "again", "when": "{{inputs.parameters.left}} > 0"}]]},
        {"name": "again", "resource": {"action": "create", "manifest": NEXT}}]})  # fmt: skip

IDIOMS: tuple[Idiom, ...] = (
    copies("two sites copy all events to each other, each under the name of its site",
           mirror("dc1", "dc2", RENAMED), mirror("dc2", "dc1", RENAMED)),
    copies("a second site has all events under the same names", mirror("dc1", "dc2")),
    copies("two sites copy other topics to each other under the same names",
           only(mirror("dc1", "dc2"), "claims|offers"), only(mirror("dc2", "dc1"), "rates")),
    Idiom("a file of MirrorMaker copies one way", text("mirror", "mm2.properties", ONE_WAY), KAFKA),
    Idiom("frauds are found in one stream, and read from the next", (
        AZURE_BUDGET, stream("payments", "alerts"), stream("alerts", "cases", "next")),
        f"{LEARN}/stream-analytics", HUBS),
    owned("a workflow ends by a report of another one", (repeating(resource={
        "action": "create", "manifest": NEXT}),), f"{ARGO}/walk-through/exit-handlers", "argoproj.io"),
    owned("a workflow is submitted again as long as there is more to sum", (AGAIN,),
          f"{ARGO}/walk-through/conditionals", "argoproj.io"),
    Idiom("calls are counted by their state, and refusals by what was asked for", (
        *metric(state="$status_code"), replace(metric(event="$.eventName", region="$.awsRegion")[0], name="refusals")),
        f"{AWS_DOCS}/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html"),
    Idiom("former versions are kept for a month", lifecycle({
        "filter": {}, "noncurrentVersionExpiration": {"noncurrentDays": 30}}),
        f"{AWS_DOCS}/AmazonS3/latest/userguide/intro-lifecycle-rules.html"),
    Idiom("the five last versions are kept whenever they were made", lifecycle({
        "filter": {}, "noncurrentVersionExpiration": {"noncurrentDays": 1, "newerNoncurrentVersions": 5}}),
        f"{AWS_DOCS}/AmazonS3/latest/userguide/intro-lifecycle-rules.html"),
    Idiom("former versions of what is passed on are gone the next day", lifecycle({"filter": {}}, {
        "filter": {"prefix": "tmp/"}, "noncurrentVersionExpiration": {"noncurrentDays": 1}}),
        f"{AWS_DOCS}/AmazonS3/latest/userguide/intro-lifecycle-rules.html"),
    Idiom("the store of a cluster is copied each six hours", text("rke2", "config.yaml", SELDOM.replace(
        "0 0 31 2 *", "0 */6 * * *") + NO_COPIES.partition("\n")[2].replace("snapshots: true", "snapshots: false")),
        "docs.rke2.io/datastore/backup_restore"),
    Idiom("databases are copied twice a week", (az("dataprotection:BackupPolicy", {
        **RG, "vaultName": "bv-bank", "backupPolicyName": "ledger", "properties": {
            "objectType": "BackupPolicy", "datasourceTypes": ["Microsoft.DBforPostgreSQL/flexibleServers"],
            "policyRules": [
                {"objectType": "AzureBackupRule", "name": "copy", "trigger": NIGHTLY, "backupParameters": {
                    "objectType": "AzureBackupParams", "backupType": "Full"},
                 "dataStore": {"objectType": "DataStoreInfoBase", "dataStoreType": "VaultStore"}},
                {"objectType": "AzureRetentionRule", "name": "Default", "isDefault": True, "lifecycles": [{
                    "deleteAfter": {"objectType": "AbsoluteDeleteOption", "duration": "P3M"},
                    "sourceDataStore": {"objectType": "DataStoreInfoBase", "dataStoreType": "VaultStore"}}]}]}}),),
        f"{LEARN}/backup/backup-azure-database-postgresql-flex-overview"),
    owned("volumes are copied each night, and kept once a year for long", (
        inside("longhorn.io/v1beta2:RecurringJob", "nightly", {**JOB, "cron": "0 2 * * *", "retain": 14}),
        inside("longhorn.io/v1beta2:RecurringJob", "yearly", {**JOB, "cron": "0 4 1 1 *", "retain": 5}),
        inside("longhorn.io/v1beta2:RecurringJob", "trim", {**JOB, "task": "filesystem-trim", "cron": "0 5 1 */3 *"})),
        "longhorn.io/docs, recurring snapshots and backups", "longhorn.io"),
    owned("a volume is copied each week", (inside("volsync.backube/v1alpha1:ReplicationSource", "documents", {
        "sourcePVC": "documents", "trigger": {"schedule": "0 2 * * 0"}, "restic": {
            "repository": "documents-copies", "copyMethod": "Snapshot", "pruneIntervalDays": 14}}),),
        "volsync.readthedocs.io", "volsync.backube"),
    Idiom("two people of the platform approve a change", approvals(
        f"arn:aws:sts::{ME}:assumed-role/PlatformReviewers/*", f"arn:aws:sts::{ME}:assumed-role/release-managers/*",
        needed=2), f"{AWS_DOCS}/codecommit/latest/userguide/approval-rule-templates.html"),
    Idiom("a named person approves a change", approvals(f"CodeCommitApprovers:{ME}:Mary_Major"),
          f"{AWS_DOCS}/codecommit/latest/userguide/approval-rule-templates.html"),
    Idiom("Jenkins trusts forks of those who may write", text("jenkins-jobs", "jobs.yaml", JOBS.replace(
        "gitHubTrustEveryone()", "gitHubTrustPermissions()")),
        "github.com/jenkinsci/github-branch-source-plugin"),
    Idiom("the test takes each new version, and production waits for somebody", promoted(
        {"stageSelector": {"name": "test"}, "autoPromotionEnabled": True},
        {"stageSelector": {"name": "prod"}, "autoPromotionEnabled": False}), "docs.kargo.io", delivered(
            "kargo.akuity.io")),
    Idiom("stages before production take each new version", promoted(
        {"stageSelector": {"name": "non-prod"}, "autoPromotionEnabled": True},
        {"stageSelector": {"name": "glob:test-*"}, "autoPromotionEnabled": True}), "docs.kargo.io", delivered(
            "kargo.akuity.io")),
    Idiom("production takes what was tried for three days", promoted(
        {"stageSelector": {"name": "prod"}, "autoPromotionEnabled": True}, requiredSoakTime="72h"), "docs.kargo.io",
        delivered("kargo.akuity.io")),
    Idiom("findings go to a topic that lets them in", (TOPIC, RULE, taking("events.amazonaws.com"), target()),
          EVENTBRIDGE),
    Idiom("findings go to a topic by a role", (TOPIC, RULE, target(roleArn=f"arn:aws:iam::{ME}:role/findings")),
          EVENTBRIDGE),
    Idiom("an alarm goes to a topic of the same account", (TOPIC, ALARM),
          f"{AWS_DOCS}/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html"),
    Idiom("an alarm goes to a topic that lets alarms in", (TOPIC, ALARM, taking("cloudwatch.amazonaws.com")),
          f"{AWS_DOCS}/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html"),
)  # fmt: skip
