"""Other spellings of the twenty-sixth set's attacks on costs, copies, reviews and findings (2026-12-02).

Properties by pulumi-aws 7.51.1 and pulumi-azure-native 3.29.0; the sources are those of the rules.
"""

import json

from ..blind import HERE, ME, RG, TAGS, aws, az, crd, k8s, pod, workload
from ..harness import UNKNOWN, Given
from ..idioms.eleventh_charts import inside
from . import Attack
from .tenth_aws import R
from .twenty_fourth_money_b import text
from .twenty_sixth_money import ITSELF, SAME_NAMES, VERSIONED, broker, repeating, stream
from .twenty_sixth_money_b import LOGIC, RULE, TOPIC, approvals

COST, DATA, SWITCHED, OF_PROGRAMS = ("FJ-COST-126",), ("FJ-RSL-117",), ("FJ-ESC-115",), ("FJ-IDN-313",)
HEARD = ("FJ-EXP-135",)
SITES = {"dc1": "kafka.dc1.bank.ae:9093", "dc2": "kafka.dc2.bank.ae:9093"}
BOTH_WAYS = f"""\
clusters = dc1, dc2
dc1.bootstrap.servers = {SITES["dc1"]}
dc2.bootstrap.servers = {SITES["dc2"]}
replication.policy.class = {SAME_NAMES}
dc1->dc2.enabled = true
dc1->dc2.topics = .*
dc2->dc1.enabled = true
dc2->dc1.topics = .*
"""
FOLDERS = """\
organizationFolder('bank') {
  configure { node ->
    node / 'navigators' / traits << 'org.jenkinsci.plugins.github__branch__source.ForkPullRequestDiscoveryTrait' {
      strategyId(2)
      trust(class: 'org.jenkinsci.plugins.github_branch_source.ForkPullRequestDiscoveryTrait$TrustEveryone')
    }
  }
}
"""
NO_COPIES = """\
cni: cilium
secrets-encryption: true
etcd-disable-snapshots: true
"""
SELDOM = """\
cni: cilium
etcd-snapshot-schedule-cron: "0 0 31 2 *"
etcd-snapshot-retention: 5
"""


def connector(start: str, end: str) -> Given:
    """Returns a connector that copies two topics of one site to another one."""
    return inside("kafka.strimzi.io/v1:KafkaConnector", f"{start}-{end}", {
        "class": "org.apache.kafka.connect.mirror.MirrorSourceConnector", "tasksMax": 2, "config": {
            "source.cluster.alias": start, "source.cluster.bootstrap.servers": SITES[start],
            "target.cluster.alias": end, "target.cluster.bootstrap.servers": SITES[end],
            "topics": "claims|payments", "replication.policy.class": SAME_NAMES}})  # fmt: skip


def named(start: str, end: str) -> Given:
    """Returns a copy in the form in which clusters are listed."""
    return inside("kafka.strimzi.io/v1:KafkaMirrorMaker2", f"{start}-{end}", {
        "version": "3.9.0", "replicas": 2, "connectCluster": end, "clusters": [broker(start), broker(end)], "mirrors": [
            {"sourceCluster": start, "targetCluster": end, "topicsPattern": "claims.*", "sourceConnector": {
                "config": {"replication.policy.class": f"io.strimzi.kafka.connect.mirror.{SAME_NAMES[-25:]}"}}}],
        "template": {"pod": {"metadata": {"labels": TAGS}}}})  # fmt: skip


def lifecycle(*rules: dict[str, object]) -> tuple[Given, ...]:
    """Returns a bucket that keeps versions, and what happens to them."""
    return (VERSIONED, aws("s3/BucketLifecycleConfiguration", {"bucket": "treasury-models", "rules": [
        {"id": f"rule-{index}", "status": "Enabled", "abortIncompleteMultipartUpload": {"daysAfterInitiation": 7},
         **rule} for index, rule in enumerate(rules)]},
        "lifecycle"))  # fmt: skip


def waiting(**after: object) -> tuple[Given, ...]:
    """Returns a workflow whose steps are in a scope."""
    asked = {
        "type": "HttpWebhook",
        "runAfter": {},
        "inputs": {
            "subscribe": {"method": "POST", "uri": "@parameters('desk')", "body": {"callback": "@listCallbackUrl()"}}
        },
    }
    return (az("logic:Workflow", {
        **HERE, "workflowName": "release", "state": "Enabled", "identity": {"type": "SystemAssigned"}, "definition": {
            "$schema": LOGIC, "contentVersion": "1.0.0.0", "triggers": {"daily": {
                "type": "Recurrence", "recurrence": {"frequency": "Day", "interval": 1}}},
            "actions": {"All": {"type": "Scope", "runAfter": {}, "actions": {"Wait_for_sign-off": asked, **after}}}},
        "accessControl": {"triggers": {"allowedCallerIpAddresses": []}, "contents": {"allowedCallerIpAddresses": [
            {"addressRange": "10.20.0.0/16"}]}}}, "release"),)  # fmt: skip


def metric(**dimensions: str) -> tuple[Given, ...]:
    """Returns a metric of lines with dimensions."""
    return (
        aws(
            "cloudwatch/LogMetricFilter",
            {
                "name": "calls",
                "logGroupName": "calls",
                "pattern": "[ip, id, user, at, request, status_code, bytes]",
                "metricTransformation": {"name": "calls", "namespace": "Api", "value": "1", "dimensions": dimensions},
            },
        ),
    )


def rke2(**server: object) -> Given:
    """Returns the machines that run the control plane of a cluster."""
    return crd("controlplane.cluster.x-k8s.io/v1beta1:RKE2ControlPlane", {
        "replicas": 3, "version": "v1.34.1+rke2r1", "registrationMethod": "control-plane-endpoint",
        "serverConfig": {"cni": "cilium", **server}}, "cluster")  # fmt: skip


SUBMIT = {"container": {**pod({})["containers"][0], "command": [  # type: ignore[index]
    "argo", "submit", "--from", "workflowtemplate/sums", "-n", "team-a"]}}  # fmt: skip
CLUSTER = ITSELF.replace("    name: sums", "    name: sums\n    clusterScope: true")

ATTACKS = (
    Attack("two connectors copy the same topics to each other under the same names", COST, (
        connector("dc1", "dc2"), connector("dc2", "dc1")), "critical"),
    Attack("two sites copy claims to each other, with clusters that are listed", COST, (
        named("dc1", "dc2"), named("dc2", "dc1")), "critical"),
    Attack("a file of MirrorMaker copies all topics both ways under the same names", COST, text(
        "mirror", "mm2.properties", BOTH_WAYS), "critical"),
    Attack("two jobs on streams write into each other's hub", COST, (
        stream("payments", "marked", "there"), stream("marked", "payments", "back")), "critical"),
    Attack("a job's input and output of its own are the same hub", COST, (
        az("streamanalytics:StreamingJob", {
            **HERE, "jobName": "marks", "contentStoragePolicy": "JobStorageAccount", "jobType": "Cloud",
            "jobStorageAccount": {"accountName": "stbank", "authenticationMode": "Msi"}}, "job"),
        *(az(f"streamanalytics:{kind}", {
            **RG, "jobName": UNKNOWN, f"{kind.lower()}Name": kind.lower(), **(
                {"datasource": hub} if kind == "Output" else {"properties": {"type": "Stream", "datasource": hub}})},
             kind, links={"jobName": ("job",)}) for kind in ("Input", "Output") for hub in ({
                 "type": "Microsoft.ServiceBus/EventHub", "serviceBusNamespace": "evhns-bank", "eventHubName":
                 "payments", "authenticationMode": "Msi"},))), "critical"),
    Attack("a workflow ends by a command that submits it again", COST, (repeating(**SUBMIT),), "critical"),
    Attack("a template of the whole cluster submits itself in a step", COST, (
        k8s("argoproj.io/v1alpha1:ClusterWorkflowTemplate", {"metadata": {"name": "sums", "labels": TAGS}, "spec": {
            "entrypoint": "all", "activeDeadlineSeconds": 3600, "podMetadata": {"labels": TAGS}, "templates": [
                {"name": "all", "steps": [[{"name": "again", "template": "again"}]]},
                {"name": "again", "resource": {"action": "create", "manifest": CLUSTER}}]}}),), "critical"),
    Attack("each address of a caller becomes a metric", SWITCHED, metric(caller="$ip"), "major"),
    Attack("each session becomes a metric", SWITCHED, metric(session="$.context.session_id"), "major"),
    Attack("former versions of a bucket are kept for two days, by the bucket itself", DATA, (aws("s3/BucketV2", {
        "bucket": "treasury-models", "tags": TAGS, "lifecycleRules": [{
            "enabled": True, "id": "old", "noncurrentVersionExpirations": [{"days": 2}]}]}),), "critical"),
    Attack("former versions under any name are kept for three days", DATA, lifecycle({
        "filter": {"prefix": ""}, "noncurrentVersionExpiration": {"noncurrentDays": 3}}), "critical"),
    Attack("a file of a cluster disables copies of its store", OF_PROGRAMS, text("rke2", "config.yaml", NO_COPIES),
           "critical"),
    Attack("a server of a cluster is started without copies of its store", OF_PROGRAMS, (workload(
        "apps/v1:Deployment", {"command": ["k3s"], "args": ["server", "--etcd-disable-snapshots"]}),), "critical"),
    Attack("the store of a cluster is copied on the thirty-first of February", OF_PROGRAMS, text(
        "rke2", "config.yaml", SELDOM), "critical"),
    Attack("the store of a cluster is copied in January alone, by its object", OF_PROGRAMS, (rke2(etcd={
        "backupConfig": {"scheduleCron": "0 0 1 1 *", "retention": "5"}}),), "critical"),
    Attack("a database of MariaDB is copied on the first of January", SWITCHED, (inside(
        "k8s.mariadb.com/v1alpha1:Backup", "ledger", {
            "mariaDbRef": {"name": "ledger"}, "schedule": {"cron": "0 2 1 1 *", "suspend": False}, "maxRetention":
            "8760h", "storage": {"s3": {"bucket": "treasury-models", "endpoint": f"s3.{R}.amazonaws.com", "region": R,
                                        "tls": {"enabled": True}}}}),), "critical"),
    Attack("volumes of Longhorn are copied on a day that never comes", SWITCHED, (inside(
        "longhorn.io/v1beta2:RecurringJob", "nightly", {
            "cron": "0 2 31 2 *", "task": "backup", "groups": ["default"], "retain": 14, "concurrency": 2}),),
        "critical"),
    Attack("tasks of a database of documents copy it in summer alone", SWITCHED, (inside(
        "psmdb.percona.com/v1:PerconaServerMongoDB", "documents", {"backup": {"enabled": True, "tasks": [
            {"name": "all", "enabled": True, "schedule": "0 2 * 7 *", "storageName": "bank"},
            {"name": "end", "enabled": True, "schedule": "@yearly", "storageName": "bank"}]}}),), "critical"),
    Attack("machines are copied every fifty weeks", SWITCHED, (az("recoveryservices:ProtectionPolicy", {
        **RG, "vaultName": "rsv-bank", "policyName": "machines", "location": "uaenorth", "tags": TAGS, "properties": {
            "backupManagementType": "AzureIaasVM", "timeZone": "UTC", "schedulePolicy": {
                "schedulePolicyType": "SimpleSchedulePolicy", "scheduleRunFrequency": "Weekly", "scheduleRunDays": [
                    "Sunday"], "scheduleRunTimes": ["2026-12-06T22:00:00Z"], "scheduleWeeklyFrequency": 50},
            "retentionPolicy": {"retentionPolicyType": "LongTermRetentionPolicy", "weeklySchedule": {
                "daysOfTheWeek": ["Sunday"], "retentionTimes": ["2026-12-06T22:00:00Z"], "retentionDuration": {
                    "count": 104, "durationType": "Weeks"}}}}}),), "critical"),
    Attack("everybody in the account is in the pool of approvers", SWITCHED, approvals(
        f"arn:aws:sts::{ME}:assumed-role/*"), "critical"),
    Attack("a bot approves changes by the short form", SWITCHED, approvals(f"CodeCommitApprovers:{ME}:renovate-bot"),
           "critical"),
    Attack("a change needs no approval", SWITCHED, approvals(
        f"arn:aws:sts::{ME}:assumed-role/PlatformReviewers/*", needed=0), "critical"),
    Attack("a folder of Jenkins trusts whoever forks, by the name of the class", OF_PROGRAMS, text(
        "jenkins-jobs", "folders.groovy", FOLDERS), "critical"),
    Attack("every stage takes each new version by itself", SWITCHED, (crd("kargo.akuity.io/v1alpha1:Project", {
        "promotionPolicies": [{"stage": "production", "autoPromotionEnabled": True}]}, "payments"),), "critical"),
    Attack("stages with the label of production take each new version by themselves", SWITCHED, (
        crd("kargo.akuity.io/v1alpha1:ProjectConfig", {"promotionPolicies": [{
            "stageSelector": {"matchLabels": {"environment": "prod"}}, "autoPromotionEnabled": True}]}, "payments"),),
        "critical"),
    Attack("a pattern lets every stage take each new version by itself", SWITCHED, (
        crd("kargo.akuity.io/v1alpha1:ProjectConfig", {"promotionPolicies": [{
            "stageSelector": {"name": "glob:*"}, "autoPromotionEnabled": True}]}, "payments"),), "critical"),
    Attack("a change is released whether somebody signs it off or the desk fails", SWITCHED, waiting(Release={
        "type": "Workflow", "runAfter": {"Wait_for_sign-off": ["SUCCEEDED", "FAILED"]}, "inputs": {}}), "critical"),
    Attack("findings go to a topic without any policy", HEARD, (
        TOPIC, RULE, aws("cloudwatch/EventTarget", {"rule": "findings", "arn": UNKNOWN}, "target", links={
            "rule": ("findings",), "arn": ("security",)})), "critical"),
    Attack("copies that fail are told to a topic that does not let the service in", HEARD, (
        TOPIC, aws("backup/VaultNotifications", {
            "backupVaultName": "bank", "backupVaultEvents": ["BACKUP_JOB_FAILED"], "snsTopicArn": UNKNOWN}, "told",
            links={"snsTopicArn": ("security",)})), "critical"),
    Attack("an alarm goes to a topic that lets other services in", HEARD, (
        TOPIC, aws("sns/TopicPolicy", {"arn": UNKNOWN, "policy": json.dumps({"Version": "2012-10-17", "Statement": [{
            "Effect": "Allow", "Principal": {"Service": "events.amazonaws.com"}, "Action": "sns:Publish",
            "Resource": "*", "Condition": {"StringEquals": {"aws:SourceAccount": ME}}}]})}, "policy", links={
                "arn": ("security",)}),
        aws("cloudwatch/MetricAlarm", {
            "name": "root", "comparisonOperator": "GreaterThanThreshold", "evaluationPeriods": 1, "metricName": "root",
            "namespace": "Trail", "period": 300, "statistic": "Sum", "threshold": 0, "tags": TAGS, "alarmActions": [
                UNKNOWN]}, "root", links={"alarmActions": ("security",)})), "critical"),
)  # fmt: skip
