"""Attacks on Azure and clusters by money, tags and texts (2026-11-30, twentieth set, written blind).

Properties by pulumi-azure-native 3.29.0 and pulumi-kubernetes. Read on 2026-11-30: apache/airflow, pull request 66513
(`stackdriver://`); files of settings of rclone with `type = drive` in public pages; pull request
582 of kubernetes-sigs/cluster-api (the scale of a MachineDeployment); "Create a Node Class for Amazon EKS" (tags for
allocation of costs); HelmReleaseSettings in the SDK. Everything else as known.
"""

import json
from dataclasses import replace

from ..blind import HERE, IMAGE, KUBE, RG, TAGS, az, crd, k8s, meta, pod, workload
from ..harness import UNKNOWN, Given
from ..idioms.azure_platform import AKS, BUDGET
from ..idioms.azure_platform import IDENTITY as ID
from . import Attack
from .cost_services import STACK

SCALE = ("FJ-COST-126", "FJ-ESC-115")
SENT = ("FJ-RES-", "FJ-ESC-")
OBSERVED = {"type": "UserAssigned", "userAssignedIdentities": [ID]}
DRIVE = "\n".join((
    "[nightly]", "type = drive", "scope = drive", "service_account_file = /etc/rclone/account.json",
    "team_drive = 0AKq3dT5rWxYzUk9PVA", ""))  # fmt: skip


def daily(container: dict[str, object], **spec: object) -> Given:
    """Returns a job of every night with one container."""
    return k8s("batch/v1:CronJob", {"metadata": meta("nightly"), "spec": {
        "schedule": "30 21 * * *", "concurrencyPolicy": "Forbid", "jobTemplate": {"spec": {
            "activeDeadlineSeconds": 7200, "template": {
                "metadata": {"labels": TAGS}, "spec": pod(container, restartPolicy="Never", **spec)}}}}},
        "nightly")  # fmt: skip


def _program(variables: dict[str, str]) -> tuple[Given, ...]:
    env = [{"name": key, "value": value} for key, value in variables.items()]
    return (
        workload("apps/v1:Deployment", {"env": env}),
        k8s("policy/v1:PodDisruptionBudget", {
            "metadata": meta(), "spec": {"minAvailable": 1, "selector": {"matchLabels": {"app": "x"}}}}))  # fmt: skip


ATTACKS = (
    Attack("the budget of a cluster of Azure counts a group without machines",
           ("FJ-COST-001", "FJ-COST-002", "FJ-COST-005", "FJ-ESC-115"), (
        STACK, AKS, replace(BUDGET, props={**BUDGET.props, "filter": {"dimensions": {
            "name": "ResourceGroupName", "operator": "In", "values": ["rg-sandbox"]}}})),
        "major", "nothing that the cluster costs is counted (Azure, REST API of consumption budgets, BudgetFilter)"),
    Attack("each minute Data Factory starts a cluster of 272 cores", SCALE, (
        az("datafactory:Pipeline", {**RG, "factoryName": "adf-bank", "pipelineName": "sums", "activities": [{
            "name": "sums", "type": "ExecuteDataFlow", "dataFlow": {
                "referenceName": "sums", "type": "DataFlowReference"},
            "compute": {"computeType": "MemoryOptimized", "coreCount": 272}}]}, "sums"),
        az("datafactory:Trigger", {**RG, "factoryName": "adf-bank", "triggerName": "often", "properties": {
            "type": "ScheduleTrigger", "recurrence": {
                "frequency": "Minute", "interval": 1, "startTime": "2026-12-01T00:00:00Z", "timeZone": "UTC"},
            "pipelines": [{"pipelineReference": {"referenceName": "sums", "type": "PipelineReference"}}]}}, "often")),
        "major", "runs overlap, each with cores that are paid by the hour (Azure Data Factory, 'Data flow activity')"),
    Attack("whoever floods an app of containers has it grow to four thousand processors", SCALE, (
        az("app:ContainerApp", {
            **HERE, "containerAppName": "chat", "identity": OBSERVED, "environmentId": UNKNOWN,
            "workloadProfileName": "Consumption", "configuration": {
                "activeRevisionsMode": "Single", "registries": [{"server": "crbank.azurecr.io", "identity": ID}],
                "ingress": {"external": False, "targetPort": 8443, "allowInsecure": False, "transport": "auto"}},
            "template": {
                "containers": [{"name": "chat", "image": "crbank.azurecr.io/chat@sha256:" + "b" * 64,
                                "resources": {"cpu": 4, "memory": "8Gi"}}],
                "scale": {"minReplicas": 0, "maxReplicas": 1000, "rules": [
                    {"name": "requests", "http": {"metadata": {"concurrentRequests": "1"}}}]}}}, "chat"),),
        "major", "each request that waits starts one more copy, up to a thousand (Azure Container Apps, 'Scaling')"),
    Attack("the quota of a tenant limits nothing but its settings", ("FJ-COST-301", "FJ-COST-126", "FJ-ESC-115"), (
        k8s("core/v1:Namespace", {"metadata": {"name": "team-settings", "labels": {
            **TAGS, "tenant": "team-settings", "pod-security.kubernetes.io/enforce": "restricted"}}}, "team-settings"),
        k8s("core/v1:ResourceQuota", {"metadata": meta("quota", "team-settings"), "spec": {
            "hard": {"configmaps": "5000"}}}, "quota")),
        "major", "the tenant takes every processor and GPU of the others (Kubernetes, 'Resource Quotas')"),
    Attack("an autoscaler of events grows machines instead of pods", SCALE, (
        crd("keda.sh/v1alpha1:ScaledObject", {
            "scaleTargetRef": {"apiVersion": "cluster.x-k8s.io/v1beta1", "kind": "MachineDeployment", "name": "gpu"},
            "minReplicaCount": 1, "maxReplicaCount": 900, "triggers": [{"type": "cron", "metadata": {
                "timezone": "Asia/Dubai", "start": "0 6 * * *", "end": "0 22 * * *", "desiredReplicas": "900"}}]}),),
        "major", "nine hundred machines stand all day (KEDA, 'Scaling of custom resources'; Cluster API, scale)"),
    Attack("machines of EKS Auto Mode have no tags", ("FJ-TAG-008", "FJ-TAG-001", "FJ-TAG-003"), (
        k8s("eks.amazonaws.com/v1:NodeClass", {"metadata": {"name": "work"}, "spec": {
            "role": "eks-nodes", "subnetSelectorTerms": [{"id": "subnet-0123456789abcdef0"}],
            "securityGroupSelectorTerms": [{"id": "sg-0123456789abcdef0"}], "networkPolicy": "DefaultDeny",
            "ephemeralStorage": {"size": "80Gi"}}}, "work"),),
        "major", "most of the bill is on no project (Amazon EKS, 'Create a Node Class', tags)"),
    Attack("each night rclone copies the data to a drive of Google", SENT, (
        k8s("core/v1:Secret", {"metadata": meta("rclone"), "type": "Opaque", "stringData": {"rclone.conf": DRIVE}},
            "rclone"),
        daily({"args": ["rclone", "--config", "/etc/rclone/rclone.conf", "sync", "/data", "nightly:ledger"],
                "image": IMAGE, "volumeMounts": [{"name": "rclone", "mountPath": "/etc/rclone", "readOnly": True},
                                                 {"name": "data", "mountPath": "/data", "readOnly": True}]},
               volumes=[{"name": "rclone", "secret": {"secretName": "rclone"}},
                        {"name": "data", "persistentVolumeClaim": {"claimName": "ledger"}}])),
        "critical", "the ledger lies with Google, and no host is named anywhere (rclone, 'Google drive')"),
    Attack("Airflow writes the logs of every task to Google Cloud Logging", SENT, _program({
        "AIRFLOW__LOGGING__REMOTE_LOGGING": "True", "AIRFLOW__LOGGING__REMOTE_BASE_LOG_FOLDER": "stackdriver:///tasks",
        "AIRFLOW__LOGGING__GOOGLE_KEY_PATH": "/etc/google/key.json"}),
        "critical", "rows that tasks print leave the country (Airflow, 'Writing logs to Google Stackdriver')"),
    Attack("values of releases with their passwords stand in ConfigMaps", ("FJ-EXP-", "FJ-ENC-", "FJ-ESC-"), (
        Given("pulumi:providers:kubernetes", {
            **KUBE, "helmReleaseSettings": json.dumps({"driver": "configmap"})}, "site"),),
        "critical", "who reads ConfigMaps reads all secrets of all charts (Helm, storage backends; pulumi-kubernetes, "
        "HelmReleaseSettings.driver)"),
)  # fmt: skip
