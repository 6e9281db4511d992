"""Attacks by what costs without an end, and by copies that are gone when they are needed (2026-12-02, twenty-sixth set,
written before any rule ran on it).

Properties by pulumi-aws 7.51.1 and pulumi-azure-native 3.29.0. Read on 2026-12-02: Apache Kafka, Javadoc of
`IdentityReplicationPolicy` (MirrorMaker cannot prevent cycles with it) and KAFKA-21593; MicrosoftDocs/azure-docs,
articles/stream-analytics/event-hubs-output.md; RKE2, "Backup and Restore" (copies are made twice a day unless they are
disabled), and its options in rancher/cluster-api-provider-rke2 (`disableAutomaticSnapshots`, found as a
string); Azure SDK, `DataProtectionBackupSchedule` (form of the intervals); Amazon CloudWatch Logs API Reference,
"MetricTransformation" (fields of many values). As known: Argo Workflows, exit handlers and templates of resources;
Amazon S3, `NoncurrentVersionExpiration`.
"""

from ..blind import HERE, RG, TAGS, aws, az, crd
from ..harness import Given
from ..idioms.eleventh_charts import inside
from . import Attack

LOOPS = ("FJ-COST-126", "FJ-COST-", "FJ-ESC-115")
RSL = ("FJ-RSL-", "FJ-ESC-115", "FJ-IDN-313")
SAME_NAMES = "org.apache.kafka.connect.mirror.IdentityReplicationPolicy"
ITSELF = """\
apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata:
  generateName: sums-
spec:
  workflowTemplateRef:
    name: sums
"""
VERSIONED = aws("s3/BucketVersioning", {
    "bucket": "treasury-models", "versioningConfiguration": {"status": "Enabled"}}, "versions")  # fmt: skip


def broker(site: str) -> dict[str, object]:
    """Returns how MirrorMaker reaches the brokers of a site."""
    return {
        "alias": site, "bootstrapServers": f"kafka.{site}.bank.ae:9093",
        "tls": {"trustedCertificates": [{"secretName": "bank-authority", "pattern": "*.crt"}]},
        "authentication": {"type": "tls", "certificateAndKey": {
            "secretName": "mirror", "certificate": "user.crt", "key": "user.key"}}}  # fmt: skip


def mirror(start: str, end: str, policy: str = SAME_NAMES) -> Given:
    """Returns a copy of all topics of one site to another one."""
    names = {"replication.policy.class": policy}
    return inside("kafka.strimzi.io/v1:KafkaMirrorMaker2", f"{start}-{end}", {
        "version": "4.1.1", "replicas": 2, "target": {
            **broker(end), "groupId": "mirror", "configStorageTopic": "mm2-configs", "offsetStorageTopic":
            "mm2-offsets", "statusStorageTopic": "mm2-status"},
        "mirrors": [{"source": broker(start), "topicsPattern": ".*", "groupsPattern": ".*", "sourceConnector": {
            "tasksMax": 4, "config": {"replication.factor": 3, "sync.topic.acls.enabled": False, **names}},
            "checkpointConnector": {"config": {"checkpoints.topic.replication.factor": 3, **names}}}],
        "template": {"pod": {"metadata": {"labels": TAGS}}}, "resources": {
            "requests": {"cpu": "1", "memory": "2Gi"}, "limits": {"cpu": "2", "memory": "2Gi"}}})  # fmt: skip


def stream(source: str, target: str, name: str = "frauds") -> Given:
    """Returns a job of Stream Analytics from one hub of events to another one."""
    start, end = ({
        "type": "Microsoft.EventHub/EventHub", "serviceBusNamespace": "evhns-bank", "eventHubName": hub,
        "authenticationMode": "Msi"} for hub in (source, target))  # fmt: skip
    text = {"type": "Json", "encoding": "UTF8"}
    return az("streamanalytics:StreamingJob", {
        **HERE, "jobName": name, "identity": {"type": "SystemAssigned"}, "compatibilityLevel": "1.2",
        "sku": {"name": "StandardV2"}, "jobType": "Cloud", "contentStoragePolicy": "JobStorageAccount",
        "jobStorageAccount": {"accountName": "stbank", "authenticationMode": "Msi"}, "outputErrorPolicy": "Stop",
        "inputs": [{"name": "payments", "properties": {
            "type": "Stream", "datasource": {**start, "consumerGroupName": "frauds"}, "serialization": text}}],
        "outputs": [{"name": "marked", "datasource": end, "serialization": {**text, "format": "LineSeparated"}}],
        "transformation": {"name": "frauds", "streamingUnits": 3, "query":
                           "SELECT *, 'seen' AS state INTO marked FROM payments"}}, name)  # fmt: skip


def repeating(**exit_: object) -> Given:
    """Returns a workflow with a template that its end runs."""
    return crd("argoproj.io/v1alpha1:WorkflowTemplate", {
        "entrypoint": "sum", "onExit": "next", "serviceAccountName": "app", "activeDeadlineSeconds": 3600,
        "podMetadata": {"labels": TAGS}, "ttlStrategy": {"secondsAfterCompletion": 600}, "templates": [
            {"name": "sum", "suspend": {"duration": "1s"}}, {"name": "next", **exit_}]}, "sums")  # fmt: skip


ATTACKS = (
    Attack("two sites copy all events to each other under the same names", LOOPS, (
        mirror("dc1", "dc2"), mirror("dc2", "dc1")),
        "critical", "each event is copied to the other site and back for ever, until disks and the line are full"),
    Attack("a job on a stream writes into the hub of events from which it reads", LOOPS, (
        stream("payments", "payments"),),
        "critical", "each event makes another one: units of the hub and of the job grow to their largest and stay"),
    Attack("a workflow ends by submitting itself again", LOOPS, (repeating(resource={
        "action": "create", "manifest": ITSELF}),),
        "critical", "each run starts the next one for ever, and no deadline of a run ends it"),
    Attack("each number of a request becomes a metric of its own", LOOPS, (
        aws("cloudwatch/LogMetricFilter", {
            "name": "denied", "logGroupName": "trail", "pattern": '{ $.errorCode = "AccessDenied" }',
            "metricTransformation": {"name": "denied", "namespace": "Trail", "value": "1", "dimensions": {
                "request": "$.requestID", "address": "$.sourceIPAddress"}}}, "denied"),),
        "major", "each pair of values is charged as a metric, and CloudWatch disables a filter that makes too many"),
    Attack("what an object was before is kept for a day", RSL, (
        VERSIONED, aws("s3/BucketLifecycleConfiguration", {"bucket": "treasury-models", "rules": [{
            "id": "versions", "status": "Enabled", "filter": {}, "noncurrentVersionExpiration": {"noncurrentDays": 1},
            "abortIncompleteMultipartUpload": {"daysAfterInitiation": 7}}]}, "lifecycle")),
        "critical", "who overwrites or deletes every object on a Friday leaves nothing to restore on Monday"),
    Attack("no copy is made of what a cluster consists of", RSL, (
        crd("controlplane.cluster.x-k8s.io/v1beta1:RKE2ControlPlane", {
            "replicas": 3, "version": "v1.34.1+rke2r1", "registrationMethod": "control-plane-endpoint",
            "rolloutStrategy": {"type": "RollingUpdate", "rollingUpdate": {"maxSurge": 1}}, "serverConfig": {
                "cni": "cilium", "etcd": {"backupConfig": {"disableAutomaticSnapshots": True}},
                "secretsEncryption": {"provider": "aescbc", "encryptionKeySecret": {"name": "keys"}}}}, "cluster"),),
        "critical", "a damaged store of the cluster takes every object with it, and nobody can bring them back"),
    Attack("databases are copied every fifty weeks", RSL, (az("dataprotection:BackupPolicy", {
        **RG, "vaultName": "bv-bank", "backupPolicyName": "ledger", "properties": {
            "objectType": "BackupPolicy", "datasourceTypes": ["Microsoft.DBforPostgreSQL/flexibleServers"],
            "policyRules": [
                {"objectType": "AzureBackupRule", "name": "copy", "backupParameters": {
                    "objectType": "AzureBackupParams", "backupType": "Full"},
                 "dataStore": {"objectType": "DataStoreInfoBase", "dataStoreType": "VaultStore"},
                 "trigger": {"objectType": "ScheduleBasedTriggerContext", "schedule": {
                     "repeatingTimeIntervals": ["R/2026-12-01T22:00:00+00:00/P50W"], "timeZone": "UTC"},
                     "taggingCriteria": [{"isDefault": True, "taggingPriority": 99, "tagInfo": {
                         "tagName": "Default"}}]}},
                {"objectType": "AzureRetentionRule", "name": "Default", "isDefault": True, "lifecycles": [{
                    "deleteAfter": {"objectType": "AbsoluteDeleteOption", "duration": "P2Y"},
                    "sourceDataStore": {"objectType": "DataStoreInfoBase", "dataStoreType": "VaultStore"}}]}]}},
        "ledger"),),
        "critical", "what a lost database had is as it was almost a year ago"),
)  # fmt: skip
