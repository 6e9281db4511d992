"""Good idioms of clusters that come close to what the fifteenth set of attacks does (2026-11-29)."""

import json

from ..attacks.fifteenth_cluster_c import RUNNER
from ..blind import IMAGE, KUBE, TAGS, crd, k8s, meta, pod, workload
from ..harness import Given
from . import Idiom, unpriced


def _text(name: str, namespace: str, data: dict[str, str]) -> Given:
    return k8s("core/v1:ConfigMap", {"metadata": meta(name, namespace), "data": data}, name)


def _release(chart: str, version: str, values: object, namespace: str = "") -> tuple[Given, ...]:
    return (Given("kubernetes:helm.sh/v3:Release", {
        "chart": f"oci://registry.dc1.example.ae/charts/{chart}", "version": version, "namespace": namespace or chart,
        "values": values}, chart, provider=KUBE),)  # fmt: skip


def _annotated(annotations: dict[str, str], container: dict[str, object] | None = None) -> tuple[Given, ...]:
    """Returns a Deployment with annotations, and its budget."""
    given = workload("apps/v1:Deployment", container or {})
    budget = {"minAvailable": 1, "selector": {"matchLabels": {"app": "x"}}}
    return (
        k8s("apps/v1:Deployment", {**given.props, "metadata": meta(annotations=annotations)}),
        k8s("policy/v1:PodDisruptionBudget", {"metadata": meta(), "spec": budget}))  # fmt: skip


def _secret(name: str, variable: str) -> dict[str, object]:
    return {"name": variable, "valueFrom": {"secretKeyRef": {"name": name, "key": "value"}}}


COLLECTED = """[log_collection_settings]
   [log_collection_settings.stdout]
      enabled = true
      exclude_namespaces = ["kube-system", "gatekeeper-system"]
   [log_collection_settings.stderr]
      enabled = true
      exclude_namespaces = ["kube-system"]
   [log_collection_settings.env_var]
      enabled = false
   [log_collection_settings.filter_using_annotations]
      enabled = false
"""
SIGNED = (
    "deb [signed-by=/etc/apt/keyrings/bank.asc arch=amd64] https://packages.mirror.svc.cluster.local/ubuntu jammy main"
)
METADATA = """[container-toolkit]
name=Mirror of the container toolkit
baseurl=https://packages.mirror.svc.cluster.local/toolkit
repo_gpgcheck=1
gpgcheck=0
enabled=1
gpgkey=file:///etc/pki/rpm-gpg/toolkit.asc
"""
OWN_NOISE = """<match fluent.**>
  @type null
</match>
<match kubernetes.**>
  @type forward
</match>
"""
STREAM = [{
    "from": {"kind": "ImageStreamTag", "name": "app:latest", "namespace": "team-b"},
    "fieldPath": 'spec.template.spec.containers[?(@.name=="app")].image', "paused": "true"}]  # fmt: skip
PICKER = {"command": ["/app/epp", "--grpc-port", "9002", "--secure-serving=true", "--cert-path=/var/run/kserve/tls"]}
PROBED = {"modules": {"inner": {"prober": "http", "timeout": "5s", "http": {
    "method": "GET", "fail_if_not_ssl": True,
    "authorization": {"type": "Bearer", "credentials_file": "/etc/blackbox/portal-token"}}}}}  # fmt: skip
RECORDS = json.dumps({
    "skip_audit_log_database": False, "disabled_audit_log_event_types": "pull_artifact",
    "project_creation_restriction": "adminonly", "self_registration": False})  # fmt: skip
PAGES = {
    "auth": {"type": "OAUTH2", "oauth2": {"client": {"bank": {
        "clientId": "kafka-ui", "clientSecret": "${OAUTH_SECRET}", "scope": "openid", "provider": "bank",
        "issuer-uri": "https://login.example.ae/realms/bank"}}}},
    "rbac": {"default-role": {"permissions": [
        {"resource": "topic", "value": ".*", "actions": ["view"]},
        {"resource": "topic", "value": "published-.*", "actions": ["messages_read"]}]}},
    "kafka": {"clusters": [{
        "name": "dc1", "bootstrapServers": "events-kafka-bootstrap.data.svc:9093", "properties": {
            "security.protocol": "SSL", "ssl.keystore.location": "/tls/keystore.p12"}}]}}  # fmt: skip
CLOSED_NODES = json.dumps(["n8n-nodes-base.executeCommand", "n8n-nodes-base.localFileTrigger", "n8n-nodes-base.ssh"])

IDIOMS: tuple[Idiom, ...] = (
    Idiom("a class of Longhorn states that its claims begin empty", (
        k8s("storage.k8s.io/v1:StorageClass", {
            "metadata": {"name": "encrypted", "labels": TAGS}, "provisioner": "driver.longhorn.io",
            "allowVolumeExpansion": True, "reclaimPolicy": "Retain", "volumeBindingMode": "WaitForFirstConsumer",
            "parameters": {
                "numberOfReplicas": "3", "staleReplicaTimeout": "2880", "fromBackup": "", "fsType": "ext4",
                "backingImage": "", "backingImageDataSourceType": "", "encrypted": "true",
                "csi.storage.k8s.io/provisioner-secret-name": "volume-key",
                "csi.storage.k8s.io/provisioner-secret-namespace": "longhorn-system",
                "csi.storage.k8s.io/node-stage-secret-name": "volume-key",
                "csi.storage.k8s.io/node-stage-secret-namespace": "longhorn-system"}}),),
        "longhorn.io, 'Storage Class Parameters'"),
    Idiom("a claim is a copy of one of its own namespace", (
        k8s("core/v1:PersistentVolumeClaim", {
            "metadata": meta(annotations={"trident.netapp.io/cloneFromPVC": "weights"}), "spec": {
                "storageClassName": "encrypted", "accessModes": ["ReadWriteOnce"],
                "resources": {"requests": {"storage": "20Gi"}}}}),),
        "NetApp Trident, 'Clone volumes'", settings=unpriced("kubernetes:core/v1:PersistentVolumeClaim::it")),
    Idiom("a deployment of OpenShift follows a version of its own stream", (
        k8s("apps.openshift.io/v1:DeploymentConfig", {"metadata": meta(), "spec": {
            "replicas": 2, "selector": {"app": "x"},
            "template": {"metadata": {"labels": {**TAGS, "app": "x"}}, "spec": pod({})},
            "triggers": [{"type": "ConfigChange"}, {"type": "ImageChange", "imageChangeParams": {
                "automatic": True, "containerNames": ["app"],
                "from": {"kind": "ImageStreamTag", "name": "app:2.4", "namespace": "team-a"}}}]}}),
        k8s("policy/v1:PodDisruptionBudget", {
            "metadata": meta(), "spec": {"minAvailable": 1, "selector": {"matchLabels": {"app": "x"}}}})),
        "OpenShift, 'Deployment triggers'", settings=unpriced("kubernetes:apps.openshift.io/v1:DeploymentConfig::it")),
    Idiom("a program's trigger of images is paused", _annotated({
        "image.openshift.io/triggers": json.dumps(STREAM)}),
        "OpenShift, 'Triggering updates on image stream changes'"),
    Idiom("a program is left alone by a tool that exchanges images", _annotated({"keel.sh/policy": "never"}),
          "Keel, 'Policies'"),
    Idiom("the agent of Azure collects what programs of teams write", (
        _text("container-azm-ms-agentconfig", "kube-system", {
            "schema-version": "v1", "config-version": "ver1", "log-data-collection-settings": COLLECTED}),),
        "Microsoft, 'Configure data collection in Container insights using ConfigMap'"),
    Idiom("drivers of GPUs come from a mirror whose packages are signed", (
        _text("custom-repo", "gpu-operator", {"custom-repo.list": SIGNED, "toolkit.repo": METADATA}),
        k8s("nvidia.com/v1alpha1:NVIDIADriver", {"metadata": {"name": "default", "labels": TAGS}, "spec": {
            "driverType": "gpu", "kernelModuleType": "open", "usePrecompiled": False, "labels": TAGS,
            "repository": "registry.dc1.example.ae/nvidia", "image": "driver", "version": "sha256:" + "b" * 64,
            "repoConfig": {"name": "custom-repo"}}}, "default")),
        "NVIDIA GPU operator, 'Local package repository'"),
    Idiom("a collector throws away what it says of itself, and keeps the rest", (
        _text("fluentd", "logging", {"output.conf": OWN_NOISE}),), "Fluentd, 'Config file syntax'"),
    Idiom("a preset of KServe has TLS between gateway and scheduler", (
        k8s("serving.kserve.io/v1alpha2:LLMInferenceServiceConfig", {
            "metadata": meta("kserve-config-llm-scheduler", "kserve"),
            "spec": {"router": {"scheduler": {"template": pod({"name": "main", **PICKER})}}}}),),
        "kserve aaac4e294, config-llm-scheduler.yaml"),
    Idiom("copies of a store of vectors lie in the bank's bucket", _release("qdrant", "1.16.0", {
        "replicaCount": 3, "apiKey": {"valueFrom": {"secretKeyRef": {"name": "qdrant", "key": "api-key"}}},
        "persistence": {"size": "50Gi", "storageClassName": "encrypted"}, "config": {
            "service": {"enable_tls": True}, "telemetry_disabled": True,
            "cluster": {"enabled": True, "p2p": {"enable_tls": True}},
            "tls": {"cert": "/qdrant/tls/tls.crt", "key": "/qdrant/tls/tls.key"},
            "storage": {"snapshots_config": {"snapshots_storage": "s3", "s3_config": {
                "bucket": "bank-vectors", "region": "me-central-1"}}}}}),
        "qdrant 74f3e85b9, config/config.yaml", settings={"residency": {"known": {"bank-vectors": "the bank's"}}}),
    Idiom("ten runners wait, and at most forty run", _release("gha-runner-scale-set", "0.13.0", {
        "githubConfigUrl": "https://forge.forge.svc.cluster.local/platform", "githubConfigSecret": "runners-app",
        "minRunners": 10, "maxRunners": 40, "runnerGroup": "platform", "labels": TAGS,
        "containerMode": {"type": "kubernetes", "kubernetesModeWorkVolumeClaim": {
            "accessModes": ["ReadWriteOnce"], "storageClassName": "encrypted",
            "resources": {"requests": {"storage": "20Gi"}}}},
        "template": {"metadata": {"labels": TAGS}, "spec": {
            "securityContext": {"runAsNonRoot": True, "seccompProfile": {"type": "RuntimeDefault"}},
            "containers": [RUNNER]}}}, "runners"),
        "actions-runner-controller 2ee6b3b8e, gha-runner-scale-set/values.yaml"),
    Idiom("names of the bank are kept in its own zone of Route 53", _release("external-dns", "1.19.0", {
        "provider": {"name": "aws"}, "policy": "upsert-only", "registry": "txt", "txtOwnerId": "dc1",
        "sources": ["ingress"], "domainFilters": ["example.ae"],
        "extraArgs": ["--aws-zone-type=private", "--cloudflare-proxied=false"]}),
        "kubernetes-sigs/external-dns, docs/tutorials/aws.md"),
    Idiom("a prober signs in at the portal with a token of its own", _release(
        "prometheus-blackbox-exporter", "11.4.0", {
        "service": {"type": "ClusterIP"}, "automountServiceAccountToken": False, "config": PROBED,
        "extraSecretMounts": [{"name": "portal", "mountPath": "/etc/blackbox", "secretName": "portal-token",
                               "defaultMode": 288}]}, "monitoring"),
        "prometheus/blackbox_exporter, CONFIGURATION.md"),
    Idiom("a registry records all but what is pulled", _release("harbor", "1.18.1", {
        "expose": {"type": "clusterIP", "tls": {"enabled": True, "certSource": "secret",
                                                "secret": {"secretName": "harbor-tls"}}},
        "externalURL": "https://harbor.harbor.svc.cluster.local",
        "internalTLS": {"enabled": True, "certSource": "auto"},
        "existingSecretAdminPassword": "harbor-admin", "existingSecretSecretKey": "harbor-secret-key",
        "registry": {"credentials": {"existingSecret": "harbor-registry"}},
        "database": {"type": "external", "external": {
            "host": "pg.data.svc", "existingSecret": "harbor-pg", "sslmode": "verify-full"}},
        "core": {"configureUserSettings": RECORDS}}), "Harbor, 'Audit Log'"),
    Idiom("everybody who signs in sees the names of topics and what is published", _release("kafka-ui", "1.5.3", {
        "image": {"registry": "registry.dc1.example.ae", "repository": "kafbat/kafka-ui", "tag": "v1.4.0"},
        "yamlApplicationConfig": PAGES}), "kafbat/kafka-ui, 'RBAC', default role"),
    Idiom("a server of workflows leaves out nodes that run commands", _annotated({}, {"env": [
        {"name": "NODES_EXCLUDE", "value": CLOSED_NODES}, {"name": "N8N_DIAGNOSTICS_ENABLED", "value": "false"},
        _secret("n8n", "N8N_ENCRYPTION_KEY")], "image": IMAGE}), "n8n, 'Block access to nodes'"),
    Idiom("a deployed model's proxy speaks TLS on both sides", (
        crd("leaderworkerset.x-k8s.io/v1:LeaderWorkerSet", {
            "replicas": 1, "leaderWorkerTemplate": {"size": 1, "workerTemplate": {
                "metadata": {"labels": TAGS}, "spec": pod({"args": [
                    "--port=8000", "--secure-proxy=true", "--decoder-use-tls=true", "--prefiller-use-tls=true"]})}}}),),
        "llm-d, routing sidecar"),
)  # fmt: skip
