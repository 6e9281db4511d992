"""Attacks on clusters by balancers, copies, storage, records, work and models (2026-11-29, fifteenth set, blind).

Objects by the documentation of their projects; what is not marked as read is as known.
"""

import json

from ..blind import IMAGE, TAGS, THEIR_SUB, cluster_role, crd, k8s, meta, pod
from ..harness import Given
from . import Attack

OPEN = ("FJ-EXP-", "FJ-IDN-", "FJ-ESC-", "FJ-RES-", "FJ-ENC-")
AUDIT = (*OPEN, "FJ-RSL-")


def _top(kind: str, name: str, spec: object) -> Given:
    return k8s(kind, {"metadata": {"name": name, "labels": TAGS}, "spec": spec}, name)


def _in(namespace: str, kind: str, name: str, spec: object) -> Given:
    return k8s(kind, {"metadata": meta(name, namespace), "spec": spec}, name)


def _text(name: str, namespace: str, data: dict[str, str]) -> Given:
    return k8s("core/v1:ConfigMap", {"metadata": meta(name, namespace), "data": data}, name)


def _template(container: dict[str, object], **spec: object) -> dict[str, object]:
    """Returns the template of a pod that is compliant, unless the arguments say otherwise."""
    return {"metadata": {"labels": {**TAGS, "app": "x"}}, "spec": pod(container, **spec)}


LOG_BUCKET = "collector-access-logs"
FOLDER = json.dumps({"items": [{"role": "Viewer", "permission": 4}]})
TOKEN_FILE = "/var/run/secrets/kubernetes.io/serviceaccount/token"
REMOTE = "-Dcom.sun.management.jmxremote.port=9010 -Dcom.sun.management.jmxremote.authenticate=false"
RECORDS = """[log_collection_settings]
   [log_collection_settings.stdout]
      enabled = false
   [log_collection_settings.stderr]
      enabled = false
   [log_collection_settings.env_var]
      enabled = false
"""
PACKAGES = "deb [trusted=yes] https://packages.dc1.example.ae/ubuntu jammy main\n"
SCRAPED = [{
    "job_name": "team-a", "scheme": "https", "authorization": {"type": "Bearer", "credentials_file": TOKEN_FILE},
    "static_configs": [{"targets": ["figures.team-a.svc.cluster.local:8443"]}]}]  # fmt: skip
BUCKET = {"storage": {
    "schemas": [{"version": "v13", "effectiveDate": "2026-01-01"}],
    "secret": {"name": "logs-store", "type": "s3"}}}  # fmt: skip
SPARK = {
    "type": "Python", "mode": "cluster", "sparkVersion": "4.0.1", "image": IMAGE, "restartPolicy": {"type": "Never"},
    "mainApplicationFile": "local:///opt/app/main.py", "sparkConf": {
        "spark.driver.extraJavaOptions": f"{REMOTE} -Dcom.sun.management.jmxremote.ssl=false"},
    "driver": {"cores": 1, "memory": "2g", "serviceAccount": "app", "labels": TAGS},
    "executor": {"instances": 2, "cores": 2, "memory": "4g", "labels": TAGS}}  # fmt: skip
PICKER = {"command": ["/app/epp", "--grpc-port", "9002", "--grpc-health-port", "9003", "--secure-serving=false"]}
FETCHED = {"name": "model-initializer", "env": [{"name": "STORAGE_URI", "value": "hf://collector/arabic-base"}]}
GROUP = {
    "driver": "ebs.csi.aws.com", "deletionPolicy": "Retain", "volumeGroupSnapshotClassName": "encrypted",
    "source": {"groupSnapshotHandles": {
        "volumeGroupSnapshotHandle": "payments-20261128",
        "volumeSnapshotHandles": ["snap-0123456789abcdef0", "snap-0fedcba9876543210"]}},
    "volumeGroupSnapshotRef": {"name": "restored", "namespace": "team-a"}}  # fmt: skip
FIGURES = {
    "replicas": 2, "retention": "15d", "serviceAccountName": "prometheus", "version": "v3.8.0",
    "podMetadata": {"labels": TAGS}, "arbitraryFSAccessThroughSMs": {"deny": True},
    "enforcedNamespaceLabel": "namespace", "securityContext": {
        "runAsNonRoot": True, "runAsUser": 10001, "seccompProfile": {"type": "RuntimeDefault"}},
    "excludedFromEnforcement": [
        {"group": "monitoring.coreos.com", "resource": "servicemonitors", "namespace": "team-a"}]}  # fmt: skip
STEPS = ["pipelineruns", "taskruns"]

ATTACKS = (
    Attack("addresses and requests of customers go to the bucket of a stranger", OPEN, (
        crd("gateway.k8s.aws/v1beta1:LoadBalancerConfiguration", {
            "scheme": "internal", "ipAddressType": "ipv4", "tags": TAGS, "loadBalancerAttributes": [
                {"key": "access_logs.s3.enabled", "value": "true"},
                {"key": "access_logs.s3.bucket", "value": LOG_BUCKET},
                {"key": "routing.http.drop_invalid_header_fields.enabled", "value": "true"},
                {"key": "deletion_protection.enabled", "value": "true"}]}),),
        "major", "each address, path and query of a customer is delivered to another account (AWS, 'Access logs for "
        "your Application Load Balancer'; CRD of LoadBalancerConfiguration, read 2026-11-29)"),
    Attack("the server that decides who may enter is asked in plaintext", OPEN, (
        crd("projectcontour.io/v1alpha1:ExtensionService", {
            "protocol": "h2c", "protocolVersion": "v3", "services": [{"name": "authorization", "port": 9001}],
            "timeoutPolicy": {"response": "500ms"}}),),
        "major", "tokens and cookies of each request cross the network in plaintext, and who stands between answers "
        "yes (Contour, CRD of ExtensionService, protocol, read 2026-11-29)"),
    Attack("copies of disks are made in a subscription of a stranger", OPEN, (
        _in("velero", "velero.io/v1:VolumeSnapshotLocation", "default", {
            "provider": "velero.io/azure", "config": {
                "apiTimeout": "5m", "incremental": "true", "resourceGroup": "copies",
                "subscriptionId": THEIR_SUB.rpartition("/")[2]}}),),
        "critical", "each backup leaves the disks of payments where the stranger attaches them "
        "(velero-plugin-for-microsoft-azure, README, backups across subscriptions, read 2026-11-29)"),
    Attack("a backup of payments lies in the bucket of a team", OPEN, (
        _in("velero", "velero.io/v1:Backup", "payments-now", {
            "includedNamespaces": ["payments"], "includedResources": ["secrets", "configmaps"],
            "storageLocation": "team-a", "snapshotVolumes": False, "ttl": "720h0m0s"}),),
        "critical", "secrets are in a backup in plain text: who reads the bucket has each key of payments (Velero, "
        "'Backup API type', storageLocation)"),
    Attack("a group of snapshots of payments is bound to a team's namespace", OPEN, (
        _text("hours", "payments", {"open": "8"}),
        _top("groupsnapshot.storage.k8s.io/v1:VolumeGroupSnapshotContent", "restored", GROUP)),
        "critical", "the team restores the disks of the ledger into its own pods (Kubernetes, CRD of "
        "VolumeGroupSnapshotContent, groupSnapshotHandles, read 2026-11-29)"),
    Attack("the collector's own token is shown to a team", OPEN, (
        _in("monitoring", "opentelemetry.io/v1alpha1:TargetAllocator", "targets", {
            "replicas": 2, "image": IMAGE, "serviceAccount": "targets", "allocationStrategy": "consistent-hashing",
            "securityContext": {"allowPrivilegeEscalation": False, "readOnlyRootFilesystem": True,
                                "runAsNonRoot": True, "capabilities": {"drop": ["ALL"]}},
            "scrapeConfigs": SCRAPED}),),
        "critical", "the team's server reads the token of the account that scrapes the cluster and acts as it "
        "(OpenTelemetry operator, CRD of TargetAllocator, scrapeConfigs, read 2026-11-29; Prometheus, "
        "credentials_file)"),
    Attack("figures of a team pass for those of payments", OPEN, (
        _in("monitoring", "monitoring.coreos.com/v1:Prometheus", "figures", FIGURES),),
        "minor", "the team invents figures under the namespace of payments, so that its alerts fall silent "
        "(Prometheus Operator, CRD of Prometheus, excludedFromEnforcement, read 2026-11-29)"),
    Attack("whoever may look at the boards administers a folder of them", OPEN, (
        crd("grafana.integreatly.org/v1beta1:GrafanaFolder", {
            "title": "Payments", "permissions": FOLDER,
            "instanceSelector": {"matchLabels": {"dashboards": "grafana"}}}),),
        "major", "each viewer changes boards and alerts of payments, and who may see them (Grafana, 'Folder "
        "permissions HTTP API', 4 is Admin; CRD of GrafanaFolder, read 2026-11-29)"),
    Attack("every pod calls functions of a driver of Spark", OPEN, (
        crd("sparkoperator.k8s.io/v1beta2:ScheduledSparkApplication", {
            "schedule": "0 2 * * *", "concurrencyPolicy": "Forbid", "template": SPARK}),),
        "critical", "a remote MBean server without sign-in loads code of its caller (Oracle, 'Monitoring and "
        "Management Using JMX', jmxremote.authenticate; CRD of ScheduledSparkApplication, read 2026-11-29)"),
    Attack("prompts reach the scheduler of models in plaintext", OPEN, (
        _in("kserve", "serving.kserve.io/v1alpha2:LLMInferenceServiceConfig", "kserve-config-llm-scheduler", {
            "router": {"scheduler": {"template": pod({"name": "main", **PICKER})}}}),),
        "major", "questions of customers cross the network in plaintext in each service that has the preset (kserve "
        "aaac4e294, config-llm-scheduler.yaml, --secure-serving, read 2026-11-29)"),
    Attack("trainings of a team start from weights of a stranger", OPEN, (
        crd("trainer.kubeflow.org/v1alpha1:TrainingRuntime", {
            "mlPolicy": {"numNodes": 1, "torch": {}}, "template": {"spec": {"replicatedJobs": [{
                "name": "model-initializer", "template": {"spec": {"template": _template(FETCHED)}}}]}}}),),
        "critical", "programs and pickles of the stranger's repository run in the training (kubeflow/trainer "
        "8c0f5059b, torchtune-llama3.2-1b.yaml, STORAGE_URI hf://, read 2026-11-29)"),
    Attack("kernels load modules of packages that nobody signed", OPEN, (
        _text("custom-repo", "gpu-operator", {"custom-repo.list": PACKAGES}),
        _top("nvidia.com/v1alpha1:NVIDIADriver", "default", {
            "driverType": "gpu", "kernelModuleType": "open", "usePrecompiled": False, "labels": TAGS,
            "repository": "registry.dc1.example.ae/nvidia", "image": "driver",
            "version": "sha256:" + "b" * 64, "repoConfig": {"name": "custom-repo"}})),
        "major", "who replaces a package of the mirror has the kernel of each machine with a GPU (NVIDIA/gpu-operator "
        "issue 2668, repoConfig and trusted=yes, read 2026-11-29)"),
    Attack("a deployment follows whatever another team pushes", OPEN, (
        k8s("apps.openshift.io/v1:DeploymentConfig", {"metadata": meta(), "spec": {
            "replicas": 2, "selector": {"app": "x"}, "template": _template({}), "triggers": [{
                "type": "ImageChange", "imageChangeParams": {
                    "automatic": True, "containerNames": ["app"],
                    "from": {"kind": "ImageStreamTag", "name": "app:latest", "namespace": "team-b"}}}]}}),),
        "major", "the digest of the plan is overwritten: the other team's program runs with the keys of this one "
        "(openshift/api 2a3d73913, apps/v1/types.go, imageChangeParams, read 2026-11-29)"),
    Attack("each claim of a class is filled with a backup of payments", OPEN, (
        k8s("storage.k8s.io/v1:StorageClass", {
            "metadata": {"name": "restored", "labels": TAGS}, "provisioner": "driver.longhorn.io",
            "allowVolumeExpansion": True, "reclaimPolicy": "Delete", "volumeBindingMode": "Immediate", "parameters": {
                "numberOfReplicas": "3", "encrypted": "true", "dataLocality": "disabled",
                "csi.storage.k8s.io/provisioner-secret-name": "volume-key",
                "csi.storage.k8s.io/provisioner-secret-namespace": "longhorn-system",
                "csi.storage.k8s.io/node-publish-secret-name": "volume-key",
                "csi.storage.k8s.io/node-publish-secret-namespace": "longhorn-system",
                "csi.storage.k8s.io/node-stage-secret-name": "volume-key",
                "csi.storage.k8s.io/node-stage-secret-namespace": "longhorn-system",
                "fromBackup": "s3://awsuae-backups@me-central-1/?volume=payments-ledger&backup=backup-20261128"}}),),
        "critical", "any team that asks for a disk reads the ledger (longhorn bb2f2223a, chart/templates/"
        "storageclass.yaml, fromBackup, read 2026-11-29)"),
    Attack("records of audit are deleted after a day", AUDIT, (
        _in("logging", "loki.grafana.com/v1:LokiStack", "logs", {
            "size": "1x.small", "storageClassName": "encrypted", **BUCKET, "tenants": {"mode": "openshift-logging"},
            "limits": {"global": {"retention": {"days": 90}},
                       "tenants": {"audit": {"retention": {"days": 1}}}}}),),
        "minor", "who did what is gone the next day (grafana/loki 65e30f848, operator/api/loki/v1/"
        "lokistack_types.go, RetentionLimitSpec, read 2026-11-29)"),
    Attack("the agent of Azure no longer collects what programs write", OPEN, (
        _text("container-azm-ms-agentconfig", "kube-system", {
            "schema-version": "v1", "config-version": "ver1", "log-data-collection-settings": RECORDS}),),
        "major", "no record of any program of the cluster reaches the workspace (Microsoft, 'Configure data collection "
        "in Container insights using ConfigMap', read 2026-11-29)"),
    Attack("services of Knative may have the files of their machine", OPEN, (
        _text("config-features", "knative-serving", {"kubernetes.podspec-volumes-hostpath": "enabled"}),),
        "major", "a team that may only write services mounts the node's folders (knative/docs, v1.17 release, "
        "kubernetes.podspec-volumes-hostpath, read 2026-11-29)"),
    Attack("a role starts pipelines in every namespace", OPEN, (cluster_role(
        {"apiGroups": ["tekton.dev"], "resources": STEPS, "verbs": ["get", "list", "create"]}),),
        "critical", "a run names any service account of its namespace: the holder acts with the keys of each team "
        "(Tekton, 'PipelineRuns', taskRunTemplate.serviceAccountName)"),
)  # fmt: skip
