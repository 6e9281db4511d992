"""More spellings of the attacks of `twentieth_xmoney`, written after it (2026-11-30).

Read on 2026-11-30: apache/airflow, airflow_local_settings.py found by a string (addresses of `remote_base_log_folder`);
"Create a storage class" of Amazon EKS (provisioner of Auto Mode). Everything else as known.
"""

from dataclasses import replace

from ..blind import GROUP, HERE, IMAGE, KUBE, ME, RG, SUB, TAGS, THEIR_SUB, THEM, aws, az, crd, k8s, meta
from ..harness import UNKNOWN, Given
from ..idioms.after_seventeenth_objects import program
from ..idioms.aws_platform import EKS
from ..idioms.azure_platform import AKS
from ..idioms.azure_platform import BUDGET as AZURE_BUDGET
from . import Attack
from .cost_services import STACK
from .tenth_aws import R
from .twentieth_xmoney import CLUSTER, COPIED, SCALE, WATCHED, budget
from .twentieth_xmoney_b import SENT, daily

QUOTA = ("FJ-COST-301",)
TAGGED = ("FJ-TAG-008",)
CONFIG_MAPS = ("FJ-EXP-326",)
TASKS = {
    "taskDefinitionArn": f"arn:aws:ecs:{R}:{ME}:task-definition/poll:7",
    "launchType": "FARGATE",
    "propagateTags": "TASK_DEFINITION",
    "networkConfiguration": {"subnets": ["subnet-1"], "securityGroups": ["sg-1"], "assignPublicIp": False},
}


def tenant(name: str) -> Given:
    """Returns the namespace of a tenant."""
    return k8s("core/v1:Namespace", {"metadata": {"name": name, "labels": {
        **TAGS, "tenant": name, "pod-security.kubernetes.io/enforce": "restricted"}}}, name)  # fmt: skip


def _capacity(namespace: str, dimension: str, **limits: int) -> dict[str, object]:
    return {
        "serviceNamespace": namespace,
        "scalableDimension": dimension,
        "resourceId": "replication-group/s",
        **limits,
    }


def _azure_budget(**more: object) -> Given:
    return replace(AZURE_BUDGET, props={**AZURE_BUDGET.props, **more})


def _glue(name: str, workers: int, size: str, **more: object) -> Given:
    return aws("glue/Job", {
        "name": name, "roleArn": f"arn:aws:iam::{ME}:role/glue", "glueVersion": "5.0", "workerType": size,
        "numberOfWorkers": workers, "executionProperty": {"maxConcurrentRuns": 1}, "tags": TAGS,
        "securityConfiguration": "encrypted",
        "command": {"name": "glueetl", "scriptLocation": "s3://treasury-datasets/jobs/events.py"}, **more})  # fmt: skip


def _flow(activity: dict[str, object], **trigger: object) -> tuple[Given, ...]:
    """Returns a pipeline of Data Factory with one activity, and its trigger."""
    start = [{"pipelineReference": {"referenceName": "sums", "type": "PipelineReference"}}]
    one = {"pipeline": start[0]} if trigger["type"] == "TumblingWindowTrigger" else {"pipelines": start}
    return (
        az("datafactory:Pipeline", {
            **RG, "factoryName": "adf-bank", "pipelineName": "sums", "activities": [activity]}, "sums"),
        az("datafactory:Trigger", {
            **RG, "factoryName": "adf-bank", "triggerName": "often", "properties": {**trigger, **one}}, "often"),
    )  # fmt: skip


def _quota(name: str, spec: dict[str, object]) -> Given:
    return k8s("core/v1:ResourceQuota", {"metadata": meta(name, f"team-{name}"), "spec": spec}, name)


def _helm(settings: object) -> tuple[Given, ...]:
    return (Given("pulumi:providers:kubernetes", {**KUBE, "helmReleaseSettings": settings}, "site"),)


ATTACKS = (
    Attack("at six a cache has 200 shards at least", SCALE, (aws("appautoscaling/ScheduledAction", {
        **_capacity("elasticache", "elasticache:replication-group:NodeGroups"), "name": "morning",
        "schedule": "cron(0 6 * * ? *)", "scalableTargetAction": {"minCapacity": 200, "maxCapacity": 250}}),)),
    Attack("a pool grows to five thousand desktops", SCALE, (aws("appautoscaling/Target", {
        **_capacity("workspaces", "workspaces:workspacespool:DesiredUserSessions", minCapacity=1, maxCapacity=5000),
        "resourceId": "workspacespool/wspool-1", "tags": TAGS}),)),
    Attack("every second minute a schedule starts fifty tasks", SCALE, (aws("scheduler/Schedule", {
        "name": "poll", "scheduleExpression": "rate(2 minutes)", "flexibleTimeWindow": {"mode": "OFF"}, "target": {
            "arn": CLUSTER, "roleArn": f"arn:aws:iam::{ME}:role/starts-tasks",
            "ecsParameters": {**TASKS, "taskCount": 50}}}),)),
    Attack("a rule by the clock starts forty tasks each minute", SCALE, (
        aws("cloudwatch/EventRule", {"name": "poll", "scheduleExpression": "cron(* * * * ? *)", "tags": TAGS}, "rule"),
        aws("cloudwatch/EventTarget", {
            "rule": UNKNOWN, "arn": CLUSTER, "roleArn": f"arn:aws:iam::{ME}:role/starts-tasks",
            "ecsTarget": {**{key: TASKS[key] for key in ("taskDefinitionArn", "launchType", "propagateTags")},
                          "taskCount": 40, "networkConfiguration": TASKS["networkConfiguration"]}},
            "target", links={"rule": ("rule",)}))),
    Attack("a job has forty of the workers with 64 processors", SCALE, (_glue("risk", 40, "G.16X", timeout=2880),)),
    Attack("a job that may wait has fifty workers of four units", SCALE, (
        _glue("risk", 50, "R.4X", executionClass="FLEX"),)),
    Attack("the budget of a cluster of Azure ends in a week", WATCHED, (
        STACK, AKS, _azure_budget(timePeriod={"startDate": "2026-11-01T00:00:00Z",
                                              "endDate": "2026-12-08T00:00:00Z"}))),
    Attack("the budget of the machines ends before Christmas", WATCHED, (
        STACK, EKS, budget(timePeriodEnd="2026-12-20_00:00"))),
    Attack("the filter of a budget names the account of a stranger", WATCHED, (
        STACK, EKS, budget(filterExpression={"dimensions": {
            "key": "LINKED_ACCOUNT", "values": [THEM], "matchOptions": ["EQUALS"]}}))),
    Attack("one part of a budget's filter names the account of a stranger", WATCHED, (
        STACK, EKS, budget(filterExpression={"ands": [
            {"dimensions": {"key": "LINKED_ACCOUNT", "values": [THEM]}},
            {"dimensions": {"key": "LINKED_ACCOUNT_NAME", "values": ["platform"]}}]}))),
    Attack("snapshots of every machine of the region have no tags", COPIED, (aws("dlm/LifecyclePolicy", {
        "description": "machines", "executionRoleArn": f"arn:aws:iam::{ME}:role/dlm", "state": "ENABLED", "tags": TAGS,
        "defaultPolicy": "INSTANCE", "policyDetails": {
            "policyLanguage": "SIMPLIFIED", "resourceType": "INSTANCE", "retainInterval": 14, "copyTags": False}}),)),
    Attack("a default policy of snapshots says nothing of tags", COPIED, (aws("dlm/LifecyclePolicy", {
        "description": "disks", "executionRoleArn": f"arn:aws:iam::{ME}:role/dlm", "state": "ENABLED", "tags": TAGS,
        "defaultPolicy": "VOLUME", "policyDetails": {
            "policyLanguage": "SIMPLIFIED", "resourceType": "VOLUME", "retainInterval": 14}}),)),
    Attack("the budget of a cluster of Azure is that of another group", WATCHED, (
        STACK, AKS, _azure_budget(scope=f"{GROUP.replace('rg-platform', 'rg-sandbox')}"))),
    Attack("the budget of a cluster of Azure is that of another subscription", WATCHED, (
        STACK, replace(AKS, props={**AKS.props, "diskEncryptionSetID":
                                   f"{SUB}/resourceGroups/rg-platform/providers/Microsoft.Compute/d/des"}),
        _azure_budget(scope=THEIR_SUB))),
    Attack("windows of five minutes each start a cluster of 144 cores", SCALE, _flow(
        {"name": "sums", "type": "ExecuteDataFlow", "dataFlow": {
            "referenceName": "sums", "type": "DataFlowReference"},
         "compute": {"computeType": "General", "coreCount": 144}},
        type="TumblingWindowTrigger", frequency="Minute", interval=5, maxConcurrency=50,
        startTime="2026-12-01T00:00:00Z")),
    Attack("each branch of a loop starts a cluster of 80 cores every ten minutes", SCALE, _flow(
        {"name": "each", "type": "ForEach", "items": {"type": "Expression", "value": "@pipeline().parameters.all"},
         "activities": [{"name": "sums", "type": "ExecuteDataFlow", "dataFlow": {
             "referenceName": "sums", "type": "DataFlowReference"},
             "compute": {"computeType": "General", "coreCount": 80}}]},
        type="ScheduleTrigger", recurrence={
            "frequency": "Minute", "interval": 10, "startTime": "2026-12-01T00:00:00Z", "timeZone": "UTC"})),
    Attack("messages start up to a thousand runs of a job at once", SCALE, (az("app:Job", {
        **HERE, "jobName": "score", "environmentId": UNKNOWN, "workloadProfileName": "Consumption", "configuration": {
            "triggerType": "Event", "replicaTimeout": 1800, "replicaRetryLimit": 1, "eventTriggerConfig": {
                "parallelism": 1, "replicaCompletionCount": 1, "scale": {
                    "minExecutions": 0, "maxExecutions": 1000, "pollingInterval": 30, "rules": []}}},
        "template": {"containers": [{"name": "score", "image": "crbank.azurecr.io/score@sha256:" + "b" * 64,
                                     "resources": {"cpu": 4, "memory": "8Gi"}}]}}),)),
    Attack("whoever floods a function has it grow to a thousand machines", SCALE, (az("web:WebApp", {
        **HERE, "name": "fn-chat", "kind": "functionapp,linux", "serverFarmId": UNKNOWN, "httpsOnly": True,
        "functionAppConfig": {"runtime": {"name": "python", "version": "3.12"}, "scaleAndConcurrency": {
            "instanceMemoryMB": 4096, "maximumInstanceCount": 1000}}}),)),
    Attack("the quota of a tenant is for pods that ask for nothing", QUOTA, (
        tenant("team-spare"), _quota("spare", {"hard": {"pods": "10"}, "scopes": ["BestEffort"]}))),
    Attack("the quota of a tenant counts its secrets and ports", QUOTA, (
        tenant("team-objects"), _quota("objects", {"hard": {"secrets": "100", "services.nodeports": "0"}}))),
    Attack("an autoscaler of pods grows a pool of machines", SCALE, (k8s("autoscaling/v2:HorizontalPodAutoscaler", {
        "metadata": meta("pool"), "spec": {
            "scaleTargetRef": {"apiVersion": "karpenter.sh/v1", "kind": "NodePool", "name": "gpu"}, "minReplicas": 1,
            "maxReplicas": 500, "metrics": [{"type": "External", "external": {
                "metric": {"name": "jobs"}, "target": {"type": "AverageValue", "averageValue": "1"}}}]}}),)),
    Attack("an autoscaler of events grows a set of machines of OpenShift", SCALE, (
        crd("keda.sh/v1alpha1:ScaledObject", {
            "scaleTargetRef": {"apiVersion": "machine.openshift.io/v1beta1", "kind": "MachineSet", "name": "gpu"},
            "minReplicaCount": 60, "maxReplicaCount": 80, "triggers": [{"type": "cron", "metadata": {
                "timezone": "Asia/Dubai", "start": "0 6 * * *", "end": "0 22 * * *", "desiredReplicas": "80"}}]}),)),
    Attack("machines of EKS Auto Mode have a name and nothing else", TAGGED, (
        k8s("eks.amazonaws.com/v1:NodeClass", {"metadata": {"name": "work"}, "spec": {
            "role": "eks-nodes", "tags": {"Name": "work"}, "networkPolicy": "DefaultDeny"}}, "work"),)),
    Attack("disks of EKS Auto Mode have no tags", TAGGED, (k8s("storage.k8s.io/v1:StorageClass", {
        "metadata": {"name": "auto", "labels": TAGS}, "provisioner": "ebs.csi.eks.amazonaws.com",
        "volumeBindingMode": "WaitForFirstConsumer", "reclaimPolicy": "Retain", "allowVolumeExpansion": True,
        "parameters": {"type": "gp3", "encrypted": "true"}}),)),
    Attack("the file of Airflow has its logs in Google Cloud Logging", SENT, (k8s("core/v1:ConfigMap", {
        "metadata": meta("airflow"), "data": {"airflow.cfg": "\n".join((
            "[logging]", "remote_logging = True", "remote_base_log_folder = stackdriver:///tasks"))}}),)),
    Attack("Airflow takes its passwords from Google's vault", SENT, program({
        "AIRFLOW__SECRETS__BACKEND":
            "airflow.providers.google.cloud.secrets.secret_manager.CloudSecretManagerBackend"})),
    Attack("values of releases stand in ConfigMaps, by an object", CONFIG_MAPS, _helm({"driver": "configmap"})),
    Attack("values of releases stand in ConfigMaps by their other name", CONFIG_MAPS,
           _helm('{"driver": "configmaps", "repositoryCache": "/tmp/helm"}')),
    Attack("Airflow knows a connection to Google by its scheme", SENT, program({
        "AIRFLOW_CONN_LAKE": "google-cloud-platform://?extra__google_cloud_platform__project=bank-lake"})),
    Attack("Airflow knows a connection to Google by its type", SENT, (k8s("core/v1:ConfigMap", {
        "metadata": meta("connections"), "data": {
            "AIRFLOW_CONN_LAKE": '{"conn_type": "google_cloud_platform", "extra": {"project": "bank-lake"}}'}}),)),
    Attack("snapshots of volumes have no tags", TAGGED, (k8s("snapshot.storage.k8s.io/v1:VolumeSnapshotClass", {
        "metadata": {"name": "ebs", "labels": TAGS}, "driver": "ebs.csi.aws.com", "deletionPolicy": "Retain"}),)),
    Attack("snapshots of disks of Azure have no tags", TAGGED, (k8s("snapshot.storage.k8s.io/v1:VolumeSnapshotClass", {
        "metadata": {"name": "disk", "labels": TAGS}, "driver": "disk.csi.azure.com", "deletionPolicy": "Retain",
        "parameters": {"incremental": "true"}}),)),
    *(Attack(f"each night {name}", SENT, (daily({"image": IMAGE, **command}),)) for name, command in (
        ("a list of words uploads the data to a hub", {"args": ["huggingface-cli", "upload", "bank/ledger", "/data"]}),
        ("a program and its words send a run to a vendor", {"command": ["wandb"], "args": ["sync", "/data/runs"]}),
        ("a remote without a name is a drive of Google",
         {"args": ["rclone", "sync", "/data", ":drive,team_drive=0AKq3dT5rWxYzUk9PVA:ledger"]}),
        ("a repository of restic lies with Backblaze", {"command": ["restic"], "args": [
            "-r", "b2:bank-ledger:/", "backup", "/data"]}),
        ("a repository of Kopia lies with Google", {"command": ["kopia", "repository"], "args": [
            "connect", "gcs", "--bucket=bank-ledger"]}))),
    *(Attack(f"backups of a database {name}", SENT, (k8s("core/v1:ConfigMap", {
        "metadata": meta("backup"), "data": {file: text}}),)) for name, file, text in (
            ("stream to a bucket of Google", "litestream.yml",
             "dbs:\n- path: /data/ledger.db\n  replicas:\n  - type: gs\n    bucket: bank-ledger\n"),
            ("lie in a bucket of Google", "pgbackrest.conf",
             "[global]\nrepo1-type=gcs\nrepo1-gcs-bucket=bank-ledger\n"))),
)  # fmt: skip
