"""More attacks of the families of the fifteenth set on clusters: storage, packages, images, records, charts.

Written on 2026-11-29 after the rows that refuse the set; sources are those of the rows, what is not marked as read is
as known.
"""

import json

from ..blind import TAGS, crd, k8s, meta, pod, release, workload
from ..harness import Given
from . import Attack

OPEN = ("FJ-EXP-", "FJ-IDN-", "FJ-ESC-", "FJ-RES-", "FJ-ENC-")
MONEY = ("FJ-COST-", "FJ-ESC-")
STACK = Given("pulumi:pulumi:Stack", {}, "falaj-prod-uae")
TOKEN_FILE = "/var/run/secrets/kubernetes.io/serviceaccount/token"


def _text(name: str, namespace: str, data: dict[str, str]) -> Given:
    return k8s("core/v1:ConfigMap", {"metadata": meta(name, namespace), "data": data}, name)


def _storage_class(provisioner: str, parameters: dict[str, str]) -> tuple[Given, ...]:
    return (k8s("storage.k8s.io/v1:StorageClass", {
        "metadata": {"name": "restored", "labels": TAGS}, "provisioner": provisioner, "allowVolumeExpansion": True,
        "reclaimPolicy": "Delete", "volumeBindingMode": "Immediate", "parameters": parameters}),)  # fmt: skip


def _claim(annotations: dict[str, str]) -> tuple[Given, ...]:
    return (k8s("core/v1:PersistentVolumeClaim", {
        "metadata": meta(annotations=annotations), "spec": {
            "storageClassName": "encrypted", "accessModes": ["ReadWriteOnce"],
            "resources": {"requests": {"storage": "20Gi"}}}}),)  # fmt: skip


def _annotated(annotations: dict[str, str]) -> tuple[Given, ...]:
    given = workload("apps/v1:Deployment", {})
    budget = {"minAvailable": 1, "selector": {"matchLabels": {"app": "x"}}}
    return (
        k8s("apps/v1:Deployment", {**given.props, "metadata": meta(annotations=annotations)}),
        k8s("policy/v1:PodDisruptionBudget", {"metadata": meta(), "spec": budget}))  # fmt: skip


LONGHORN = {
    "numberOfReplicas": "3", "encrypted": "true",
    "csi.storage.k8s.io/provisioner-secret-name": "volume-key",
    "csi.storage.k8s.io/provisioner-secret-namespace": "longhorn-system"}  # fmt: skip
STREAM = [{
    "from": {"kind": "ImageStreamTag", "name": "app:stable", "namespace": "team-b"},
    "fieldPath": 'spec.template.spec.containers[?(@.name=="app")].image', "paused": "false"}]  # fmt: skip
SOURCES = """Types: deb
URIs: https://packages.mirror.svc.cluster.local/ubuntu
Suites: jammy
Components: main
Trusted: yes
"""
REPOSITORY = """[mirror]
name=Mirror of the bank
baseurl=https://packages.mirror.svc.cluster.local/rhel9
enabled=1
gpgcheck=0
"""
FILTERED = """[log_collection_settings]
   [log_collection_settings.stdout]
      enabled = true
      exclude_namespaces = ["kube-system", "payments"]
   [log_collection_settings.stderr]
      enabled = true
      exclude_namespaces = ["kube-system"]
"""
LEFT_OUT = """[log_collection_settings]
   [log_collection_settings.filter_using_annotations]
      enabled = true
"""
FORGOTTEN = """[log_collection_settings.multi_tenancy]
enabled = true
disable_fallback_ingestion = true
"""
FLUENTD = """<match kubernetes.**>
  @type null
</match>
"""
BLACKBOX = f"""modules:
  inner:
    prober: http
    timeout: 5s
    http:
      method: GET
      bearer_token_file: {TOKEN_FILE}
"""
SIDECAR = {"args": ["--port=8000", "--vllm-port=8200", "--secure-proxy=false"]}
NODES = json.dumps(["n8n-nodes-base.localFileTrigger"])
NAMES = json.dumps({"skip_audit_log_database": False, "disabled_audit_log_event_types": "delete_user,create_user"})
VARIABLES = {
    "DISABLE_FLOWISE_TELEMETRY": "true",
    "CUSTOM_MCP_SECURITY_CHECK": "false",
    "FLOWISE_FILE_SIZE_LIMIT": "50mb",
}

ATTACKS = (
    Attack("each claim of a class is filled with an image of a volume of payments", OPEN, _storage_class(
        "driver.longhorn.io", {
            **LONGHORN, "backingImage": "ledger", "backingImageDataSourceType": "export-from-volume",
            "backingImageDataSourceParameters": json.dumps({"volume-name": "payments-ledger", "export-type": "raw"})}),
        "critical", "any team that asks for a disk reads the ledger (Longhorn, 'Backing Image', export-from-volume; "
        "longhorn.io, 'Storage Class Parameters', read 2026-11-29)"),
    Attack("each claim of a class is a copy of a volume of the array", OPEN, _storage_class(
        "csi.hpe.com", {"importVolAsClone": "payments-ledger", "accessProtocol": "iscsi"}),
        "critical", "any team that asks for a disk reads the ledger (HPE CSI driver, 'Container Storage Provider "
        "parameters', read 2026-11-29)"),
    Attack("claims name the volumes of the array that they take", OPEN, _storage_class(
        "csi.hpe.com", {"allowOverrides": "description,importVolumeName,importVolAsClone"}),
        "critical", "each team takes whichever volume of the array it names (HPE CSI driver, allowOverrides)"),
    Attack("a claim of a team is a copy of a volume of another namespace", OPEN, _claim({
        "trident.netapp.io/cloneFromPVC": "ledger", "trident.netapp.io/cloneFromNamespace": "payments"}),
        "critical", "the team reads the ledger (NetApp/trident, annotation cloneFromNamespace, read 2026-11-29)"),
    Attack("a claim of a team is a copy of a volume of the array", OPEN, _claim({
        "csi.hpe.com/importVolAsClone": "payments-ledger"}),
        "critical", "the team reads the ledger (HPE CSI driver, annotation importVolAsClone, read 2026-11-29)"),
    Attack("a program follows a tag of another team's stream of images", OPEN, _annotated({
        "image.openshift.io/triggers": json.dumps(STREAM)}),
        "major", "the digest of the plan is overwritten with each push of the other team (OpenShift, 'Triggering "
        "updates on image stream changes', read 2026-11-29)"),
    Attack("a program is exchanged for whatever is pushed under its tag", OPEN, _annotated({
        "keel.sh/policy": "force", "keel.sh/match-tag": "true", "keel.sh/trigger": "poll"}),
        "major", "who may push runs programs with the keys of this one (Keel, 'Policies', force, read 2026-11-29)"),
    Attack("kernels load modules of packages of a stanza that is trusted", OPEN, (
        _text("custom-repo", "gpu-operator", {"custom.sources": SOURCES}),),
        "major", "who replaces a package of the mirror has the kernel of each machine with a GPU (sources.list(5), "
        "Trusted, as known)"),
    Attack("packages of a repository are installed although nobody signed them", OPEN, (
        _text("custom-repo", "gpu-operator", {"mirror.repo": REPOSITORY}),),
        "major", "who replaces a package of the mirror is root (dnf.conf(5), gpgcheck, as known)"),
    Attack("the agent of Azure leaves a namespace out of the records", OPEN, (
        _text("container-azm-ms-agentconfig", "kube-system", {
            "schema-version": "v1", "config-version": "ver1", "log-data-collection-settings": FILTERED}),),
        "minor", "nobody sees afterwards what payments did (Microsoft, 'Configure data collection in Container "
        "insights using ConfigMap', exclude_namespaces, read 2026-11-29)"),
    Attack("the agent of Azure lets programs leave themselves out of the records", OPEN, (
        _text("container-azm-ms-agentconfig", "kube-system", {
            "schema-version": "v1", "config-version": "ver1", "log-data-collection-settings": LEFT_OUT}),),
        "minor", "an annotation is enough to leave no trace (the same, filter_using_annotations, read 2026-11-29)"),
    Attack("the agent of Azure throws away records of new namespaces", OPEN, (
        _text("container-azm-ms-agentconfig", "kube-system", {
            "schema-version": "v1", "config-version": "ver1", "log-data-collection-settings": FORGOTTEN}),),
        "minor", "no record of a namespace without a rule of its own is kept (Microsoft, 'High scale logs collection', "
        "disable_fallback_ingestion, read 2026-11-29)"),
    Attack("a collector throws the records of every program away", OPEN, (
        _text("fluentd", "logging", {"output.conf": FLUENTD}),),
        "major", "nobody sees afterwards what a program did (Fluentd, 'null', as known)"),
    Attack("prompts reach the proxy beside a model in plaintext", OPEN, (
        crd("leaderworkerset.x-k8s.io/v1:LeaderWorkerSet", {
            "replicas": 1, "leaderWorkerTemplate": {"size": 1, "workerTemplate": {
                "metadata": {"labels": TAGS}, "spec": pod(SIDECAR)}}}),),
        "major", "questions of customers cross the network in plaintext (llm-d, routing sidecar, --secure-proxy is "
        "true unless it is set, read 2026-11-29)"),
    Attack("copies of a store of vectors lie in a stranger's bucket beside it", ("FJ-RES-003",), release(
        "milvus", "5.0.7", {
        "minio": {"enabled": False}, "externalS3": {
            "enabled": True, "useIAM": True, "cloudProvider": "aws", "bucketName": "collector-vectors",
            "region": "me-central-1"}}),
        "critical", "texts and vectors of customers are where the stranger reads them (Milvus, 'Configure S3 with "
        "Helm chart', externalS3, read 2026-11-29)"),
    Attack("uploads of an assistant lie in the bucket of a stranger", ("FJ-RES-003",), release("langfuse", "1.5.9", {
        "s3": {"deploy": False, "region": "me-central-1", "mediaUpload": {"enabled": True, "bucket": "collector-media"},
               "forcePathStyle": False}}),
        "critical", "files that customers send are where the stranger reads them (langfuse-k8s, s3.mediaUpload)"),
    Attack("an application of Argo CD keeps five hundred runners without work", MONEY, (STACK, k8s(
        "argoproj.io/v1alpha1:Application", {"metadata": meta("runners", "argocd"), "spec": {
            "project": "platform", "destination": {"name": "in-cluster", "namespace": "runners"}, "source": {
                "repoURL": "registry.dc1.example.ae/charts", "chart": "gha-runner-scale-set",
                "targetRevision": "0.13.0", "helm": {"valuesObject": {
                    "githubConfigUrl": "https://forge.forge.svc.cluster.local/platform",
                    "githubConfigSecret": "runners-app", "minRunners": 500, "maxRunners": 500}}}}})),
        "major", "an autoscaler of another stack buys machines for runners that nobody uses "
        "(actions-runner-controller 2ee6b3b8e, minRunners, read 2026-11-29)"),
    Attack("an Ingress hands its host to a vendor who reads each request", OPEN, (
        k8s("networking.k8s.io/v1:Ingress", {
            "metadata": meta(annotations={"external-dns.alpha.kubernetes.io/cloudflare-proxied": "true"}), "spec": {
                "ingressClassName": "internal", "tls": [{"hosts": ["app.example.ae"], "secretName": "app-tls"}],
                "rules": [{"host": "app.example.ae", "http": {"paths": [{
                    "path": "/", "pathType": "Prefix",
                    "backend": {"service": {"name": "app", "port": {"number": 8443}}}}]}}]}}),),
        "critical", "the vendor ends TLS abroad (external-dns, annotation cloudflare-proxied, read 2026-11-29)"),
    Attack("a prober shows its token by a text in a ConfigMap", OPEN, (
        _text("blackbox", "monitoring", {"blackbox.yml": BLACKBOX}),),
        "major", "whoever names an address is shown the token (prometheus/blackbox_exporter, CONFIGURATION.md, as "
        "known)"),
    Attack("a registry records nothing about users who are made and deleted", OPEN, release("harbor", "1.18.1", {
        "expose": {"type": "clusterIP", "tls": {"enabled": True, "certSource": "secret",
                                                "secret": {"secretName": "harbor-tls"}}},
        "externalURL": "https://harbor.harbor.svc.cluster.local",
        "internalTLS": {"enabled": True, "certSource": "auto"},
        "existingSecretAdminPassword": "harbor-admin", "existingSecretSecretKey": "harbor-secret-key",
        "registry": {"credentials": {"existingSecret": "harbor-registry"}},
        "database": {"type": "external", "external": {
            "host": "pg.data.svc", "existingSecret": "harbor-pg", "sslmode": "verify-full"}},
        "core": {"configureUserSettings": NAMES}}),
        "minor", "an administrator comes and goes without a trace (Harbor, disabled_audit_log_event_types, read "
        "2026-11-29)"),
    Attack("a workflow's server leaves out another node than the one that runs commands", OPEN, (
        workload("apps/v1:Deployment", {"env": [{"name": "NODES_EXCLUDE", "value": NODES}]}),),
        "critical", "a list in the place of the default lets in Execute Command (n8n, 'Block access to nodes', read "
        "2026-11-29)"),
    Attack("drawers of flows start programs in the server by a tool of their own", OPEN, (
        _text("flowise", "team-a", VARIABLES),),
        "critical", "a command of a custom MCP server runs with each key of the server (Flowise, 'Environment "
        "Variables', CUSTOM_MCP_SECURITY_CHECK, read 2026-11-29)"),
)  # fmt: skip
