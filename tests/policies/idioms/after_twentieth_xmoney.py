"""Good idioms near the mends after the twentieth set: numbers, schedules, budgets, copies and quotas (2026-11-30)."""

import json
from dataclasses import replace

from ..blind import HERE, IMAGE, KEY, KUBE, ME, RG, SUB, TAGS, aws, az, crd, k8s, meta, pod
from ..harness import UNKNOWN, Given
from . import Idiom
from .after_seventeenth_objects import program
from .aws_platform import BUDGET, EKS, REGION
from .azure_platform import AKS, IDENTITY, lock
from .azure_platform import BUDGET as AZURE_BUDGET

TASKS = {
    "taskDefinitionArn": f"arn:aws:ecs:{REGION}:{ME}:task-definition/poll:7",
    "launchType": "FARGATE",
    "propagateTags": "TASK_DEFINITION",
    "taskCount": 1,
    "networkConfiguration": {"subnets": ["subnet-1"], "securityGroups": ["sg-1"], "assignPublicIp": False},
}
CLUSTER = f"arn:aws:ecs:{REGION}:{ME}:cluster/jobs"
STORE = {"escape": {"code_sources": {"treasury-datasets": "the treasury's own bucket, with its jobs"}}}
ACR = {"escape": {"image_publishers": {"crbank.azurecr.io": "the bank's own registry"}}}
TENANT = k8s("core/v1:Namespace", {"metadata": {"name": "team-a", "labels": {
    **TAGS, "tenant": "team-a", "pod-security.kubernetes.io/enforce": "restricted"}}}, "team-a")  # fmt: skip
LEARN = "learn.microsoft.com/azure"
AWS_DOCS = "docs.aws.amazon.com"


def _budget(given: Given, **more: object) -> Given:
    return replace(given, props={**given.props, **more})


def _glue(workers: int, size: str) -> tuple[Given, ...]:
    return (aws("glue/Job", {
        "name": "risk", "roleArn": f"arn:aws:iam::{ME}:role/glue", "glueVersion": "5.0", "workerType": size,
        "numberOfWorkers": workers, "executionProperty": {"maxConcurrentRuns": 1}, "tags": TAGS, "timeout": 240,
        "securityConfiguration": "kms", "maxRetries": 0, "command": {
            "name": "glueetl", "scriptLocation": "s3://treasury-datasets/jobs/risk.py"}}),)  # fmt: skip


def _quota(name: str, spec: dict[str, object]) -> Given:
    return k8s("core/v1:ResourceQuota", {"metadata": meta(name), "spec": spec}, name)


def daily(container: dict[str, object], name: str) -> Given:
    """Returns a job of every night with one container."""
    return k8s("batch/v1:CronJob", {"metadata": meta(name), "spec": {
        "schedule": "30 21 * * *", "concurrencyPolicy": "Forbid", "jobTemplate": {"spec": {
            "activeDeadlineSeconds": 7200, "template": {
                "metadata": {"labels": TAGS}, "spec": pod(container, restartPolicy="Never")}}}}}, name)  # fmt: skip


IDIOMS: tuple[Idiom, ...] = (
    Idiom("a cache grows to twelve shards at noon", (
        aws("appautoscaling/Target", {
            "serviceNamespace": "elasticache", "scalableDimension": "elasticache:replication-group:NodeGroups",
            "resourceId": "replication-group/sessions", "minCapacity": 3, "maxCapacity": 12, "tags": TAGS}, "target"),
        aws("appautoscaling/ScheduledAction", {
            "name": "noon", "serviceNamespace": "elasticache", "resourceId": "replication-group/sessions",
            "scalableDimension": "elasticache:replication-group:NodeGroups", "schedule": "cron(0 12 * * ? *)",
            "scalableTargetAction": {"minCapacity": 6, "maxCapacity": 12}}, "noon")),
        f"{AWS_DOCS}/autoscaling/application/userguide/services-that-can-integrate-elasticache.html"),
    Idiom("disks of brokers grow to two tebibytes, a table by units", (
        aws("appautoscaling/Target", {
            "serviceNamespace": "kafka", "scalableDimension": "kafka:broker-storage:VolumeSize", "minCapacity": 500,
            "maxCapacity": 2048, "tags": TAGS,
            "resourceId": f"arn:aws:kafka:{REGION}:{ME}:cluster/events/11111111-2222-3333-4444-555555555555-1"}, "k"),
        aws("appautoscaling/Target", {
            "serviceNamespace": "dynamodb", "scalableDimension": "dynamodb:table:WriteCapacityUnits",
            "resourceId": "table/orders", "minCapacity": 50, "maxCapacity": 4000, "tags": TAGS}, "d")),
        f"{AWS_DOCS}/autoscaling/application/userguide/integrated-services-list.html"),
    Idiom("every minute a schedule starts one short task", (aws("scheduler/Schedule", {
        "name": "poll", "kmsKeyArn": KEY, "scheduleExpression": "rate(1 minute)",
        "flexibleTimeWindow": {"mode": "OFF"}, "target": {
            "arn": CLUSTER, "roleArn": f"arn:aws:iam::{ME}:role/starts-tasks", "ecsParameters": TASKS}}),),
        f"{AWS_DOCS}/scheduler/latest/UserGuide/managing-targets-templated.html"),
    Idiom("each night twenty tasks work through the day", (
        aws("cloudwatch/EventRule", {
            "name": "night", "scheduleExpression": "cron(0 22 * * ? *)", "tags": TAGS}, "rule"),
        aws("cloudwatch/EventTarget", {
            "rule": UNKNOWN, "arn": CLUSTER, "roleArn": f"arn:aws:iam::{ME}:role/starts-tasks",
            "ecsTarget": {**TASKS, "taskCount": 20}}, "target", links={"rule": ("rule",)})),
        f"{AWS_DOCS}/eventbridge/latest/userguide/eb-targets.html"),
    Idiom("a job of ten workers of eight units", _glue(10, "G.8X"), f"{AWS_DOCS}/glue/latest/dg/worker-types.html",
          STORE),
    Idiom("a job of forty small workers", _glue(40, "G.1X"), f"{AWS_DOCS}/glue/latest/dg/worker-types.html", STORE),
    Idiom("the budget of a project of two years", (EKS, _budget(
        BUDGET, timePeriodStart="2026-11-01_00:00", timePeriodEnd="2087-11-01_00:00")),
        f"{AWS_DOCS}/cost-management/latest/userguide/budgets-create.html"),
    Idiom("the budget of the stack's own account", (EKS, _budget(
        BUDGET, costFilters=[{"name": "LinkedAccount", "values": [ME]}])),
        f"{AWS_DOCS}/cost-management/latest/userguide/budgets-create-filters.html"),
    Idiom("the budget of the group of a cluster's machines", (
        AKS, lock(UNKNOWN, "aks"), _budget(AZURE_BUDGET, filter={"dimensions": {
            "name": "ResourceGroupName", "operator": "In",
            "values": ["rg-platform", "MC_rg-platform_aks_uaenorth"]}})),
        f"{LEARN}/cost-management-billing, 'Group and filter options'"),
    Idiom("the budget of the group in which a cluster is", (AKS, lock(UNKNOWN, "aks"), _budget(
        AZURE_BUDGET, scope=f"{SUB[1:]}/resourceGroups/RG-Platform")), f"{LEARN}/cost-management-billing, budgets"),
    Idiom("snapshots of every disk without another copy carry its tags", (aws("dlm/LifecyclePolicy", {
        "description": "disks without a recent backup", "executionRoleArn": f"arn:aws:iam::{ME}:role/dlm",
        "state": "ENABLED", "defaultPolicy": "VOLUME", "tags": TAGS, "policyDetails": {
            "policyLanguage": "SIMPLIFIED", "resourceType": "VOLUME", "createInterval": 1, "retainInterval": 14,
            "copyTags": True}}),), f"{AWS_DOCS}/ebs/latest/userguide/default-policies.html"),
    Idiom("every quarter of an hour a small data flow adds what is new", (
        az("datafactory:Pipeline", {**RG, "factoryName": "adf-bank", "pipelineName": "sums", "activities": [{
            "name": "sums", "type": "ExecuteDataFlow", "dataFlow": {
                "referenceName": "sums", "type": "DataFlowReference"},
            "compute": {"computeType": "General", "coreCount": 16}}]}, "sums"),
        az("datafactory:Pipeline", {**RG, "factoryName": "adf-bank", "pipelineName": "yearly", "activities": [{
            "name": "all", "type": "ExecuteDataFlow", "dataFlow": {
                "referenceName": "all", "type": "DataFlowReference"},
            "compute": {"computeType": "MemoryOptimized", "coreCount": 272}}]}, "yearly"),
        az("datafactory:Trigger", {**RG, "factoryName": "adf-bank", "triggerName": "often", "properties": {
            "type": "ScheduleTrigger", "recurrence": {
                "frequency": "Minute", "interval": 15, "startTime": "2026-12-01T00:00:00Z", "timeZone": "UTC"},
            "pipelines": [{"pipelineReference": {"referenceName": "sums", "type": "PipelineReference"}}]}}, "often")),
        f"{LEARN}/data-factory/concepts-data-flow-performance"),
    Idiom("an app of containers grows to forty copies", (AZURE_BUDGET, az("app:ContainerApp", {
        **HERE, "containerAppName": "chat", "environmentId": UNKNOWN, "workloadProfileName": "Consumption",
        "identity": {"type": "UserAssigned", "userAssignedIdentities": [IDENTITY]}, "configuration": {
            "activeRevisionsMode": "Single", "registries": [{"server": "crbank.azurecr.io", "identity": IDENTITY}],
            "ingress": {"external": False, "targetPort": 8443, "allowInsecure": False, "transport": "auto"}},
        "template": {
            "containers": [{"name": "chat", "image": "crbank.azurecr.io/chat@sha256:" + "b" * 64,
                            "resources": {"cpu": 2, "memory": "4Gi"}}],
            "scale": {"minReplicas": 0, "maxReplicas": 40, "rules": [
                {"name": "requests", "http": {"metadata": {"concurrentRequests": "20"}}}]}}}, "chat")),
        f"{LEARN}/container-apps/scale-app", ACR),
    Idiom("the quotas of a tenant: its settings, and what its pods take", (
        TENANT, _quota("objects", {"hard": {"configmaps": "200", "services.loadbalancers": "0"}}),
        _quota("work", {"hard": {"requests.cpu": "64", "limits.memory": "256Gi"}})),
        "kubernetes.io/docs/concepts/policy/resource-quotas"),
    Idiom("the quotas of a tenant by the class of its pods", (TENANT, *(
        _quota(name, {"hard": {"pods": pods, "requests.nvidia.com/gpu": "4"}, "scopeSelector": {"matchExpressions": [
            {"scopeName": "PriorityClass", "operator": "In", "values": [name]}]}})
        for name, pods in (("serving", "40"), ("training", "20")))),
        "kubernetes.io/docs/concepts/policy/resource-quotas"),
    Idiom("a cluster has ten machines more by day", (crd("keda.sh/v1alpha1:ScaledObject", {
        "scaleTargetRef": {"apiVersion": "cluster.x-k8s.io/v1beta1", "kind": "MachineDeployment", "name": "day"},
        "minReplicaCount": 2, "maxReplicaCount": 12, "triggers": [{"type": "cron", "metadata": {
            "timezone": "Asia/Dubai", "start": "0 6 * * *", "end": "0 20 * * *", "desiredReplicas": "12"}}]}),),
        "keda.sh/docs, 'Scaling of custom resources'"),
    Idiom("disks of an automatic cluster carry tags", (k8s("storage.k8s.io/v1:StorageClass", {
        "metadata": {"name": "auto", "labels": TAGS}, "provisioner": "ebs.csi.eks.amazonaws.com",
        "volumeBindingMode": "WaitForFirstConsumer", "reclaimPolicy": "Retain", "allowVolumeExpansion": True,
        "parameters": {
            "type": "gp3", "encrypted": "true",
            "kmsKeyId": f"arn:aws:kms:{REGION}:{ME}:key/11111111-2222-3333-4444-555555555555", **{
                f"tagSpecification_{n}": f"{key}={value}" for n, (key, value) in enumerate(TAGS.items(), 1)}}}),),
        f"{AWS_DOCS}/eks/latest/userguide/create-storage-class.html"),
    Idiom("Airflow writes its logs to the stack's own log group", program({
        "AIRFLOW__LOGGING__REMOTE_LOGGING": "True", "AIRFLOW__LOGGING__REMOTE_BASE_LOG_FOLDER":
            f"cloudwatch://arn:aws:logs:{REGION}:{ME}:log-group:/airflow/tasks",
        "AIRFLOW__SECRETS__BACKEND":
            "airflow.providers.amazon.aws.secrets.secrets_manager.SecretsManagerBackend"}),
        "airflow.apache.org/docs/apache-airflow-providers-amazon, 'Writing logs to Amazon CloudWatch'"),
    Idiom("a provider keeps releases in Secrets, with a folder of its own", (Given("pulumi:providers:kubernetes", {
        **KUBE, "helmReleaseSettings": json.dumps({"driver": "secret", "repositoryCache": "helm-cache"})}, "site"),),
        "pulumi-kubernetes 4.34.2, HelmReleaseSettings"),
    Idiom("Airflow knows a connection to AWS and one to the bank's own database", program({
        "AIRFLOW_CONN_LAKE": '{"conn_type": "aws", "extra": {"region_name": "me-central-1"}}',
        "AIRFLOW_CONN_OSS_INDEX": '{"conn_type": "postgres", "host": "orders-db.team-a.svc"}'}),
        "airflow.apache.org/docs/apache-airflow, 'Managing Connections'"),
    Idiom("snapshots of disks of Azure carry tags, those of files cannot", tuple(
        k8s("snapshot.storage.k8s.io/v1:VolumeSnapshotClass", {
            "metadata": {"name": name, "labels": TAGS}, "driver": f"{name}.csi.azure.com", "deletionPolicy": "Retain",
            "parameters": parameters}, name)
        for name, parameters in (
            ("disk", {"incremental": "true", "tags": ",".join(f"{key}={value}" for key, value in TAGS.items())}),
            ("file", {}))), "github.com/kubernetes-sigs/azuredisk-csi-driver, docs/driver-parameters.md"),
    Idiom("each night words of a command copy the data to the site's own stores", tuple(
        daily({"image": IMAGE, **command}, name) for name, command in (
            ("files", {"command": ["rclone"], "args": [
                "sync", "/data", ":s3,provider=Ceph,endpoint='https://s3.dc1.example.ae':ledger"]}),
            ("copies", {"args": ["restic", "-r", "sftp:backup@store.dc1.example.ae:/ledger", "backup", "/data"]}),
            ("model", {"command": ["huggingface-cli"], "args": ["download", "/models/chat", "--local-dir", "/data"]}),
            ("disk", {"command": ["kopia", "repository"], "args": ["connect", "filesystem", "--path=/backup"]}))),
        "rclone.org/docs, 'Connection strings', and restic.readthedocs.io, 'Preparing a new repository'"),
)  # fmt: skip
