"""Good programs of clusters: charts of models, notebooks and agents (2026-12-01, written before any rule ran)."""

from ..blind import TAGS
from . import Idiom
from .twentieth_goodb_charts import merged
from .twenty_third_azure import TENANT
from .twenty_third_azure_charts import CLIENT, CONTAINER, POD, chart, closed, listed, made, sized, space

VLLM = "https://vllm-project.github.io/production-stack"
JUPYTER = "https://hub.jupyter.org/helm-chart"
FALCO = "https://falcosecurity.github.io/charts"
VELERO = "https://vmware-tanzu.github.io/helm-charts"

IDIOMS: tuple[Idiom, ...] = (
    Idiom("chart kuberay-operator: two operators for one namespace and a closed RayCluster with a token", (
        space("ray-system"), space("training"), closed("training"),
        chart("kuberay-operator", "https://ray-project.github.io/kuberay-helm", "1.5.0", "ray-system", {
            "replicas": 2, "labels": TAGS, "image": {"repository": "quay.io/kuberay/operator", "tag": "v1.5.0"},
            "resources": sized("100m", "512Mi"), "singleNamespaceInstall": False, "watchNamespace": ["training"],
            "crNamespacedRbacEnable": True, "leaderElectionEnabled": True, "podSecurityContext": POD,
            "securityContext": CONTAINER, "metrics": {"enabled": True, "serviceMonitor": {"enabled": True}}}),
        made("ray.io/v1:RayCluster", {
            "metadata": {"name": "tuning", "namespace": "training", "labels": TAGS}, "spec": {
                "rayVersion": "2.51.0", "enableInTreeAutoscaling": True, "authOptions": {"mode": "token"},
                "headGroupSpec": {"serviceType": "ClusterIP", "rayStartParams": {"num-cpus": "0"}, "template": {
                    "metadata": {"labels": TAGS}, "spec": {
                        "automountServiceAccountToken": False, "securityContext": POD, "containers": [{
                            "name": "ray-head", "image": "crbankprod.azurecr.io/ray@sha256:" + "f" * 64, "resources":
                            sized("2", "8Gi"), "securityContext": CONTAINER}]}}},
                "workerGroupSpecs": [{
                    "groupName": "cpu", "replicas": 1, "minReplicas": 0, "maxReplicas": 4, "rayStartParams": {},
                    "template": {"metadata": {"labels": TAGS}, "spec": {
                        "automountServiceAccountToken": False, "securityContext": POD, "containers": [{
                            "name": "ray-worker", "image": "crbankprod.azurecr.io/ray@sha256:" + "f" * 64, "resources":
                            sized("4", "16Gi"), "securityContext": CONTAINER}]}}}]}}, "cluster")),
        "docs.ray.io/en/latest/cluster/kubernetes/user-guides/kuberay-auth; ray-project/kuberay helm-chart, as known",
        merged(listed("https://ray-project.github.io/kuberay-helm"), {"cost": {"unpriced": {
            "kubernetes:ray.io/v1:RayCluster::cluster": {"aed_per_month": 8000, "reason": "approved by finance"}}}})),
    Idiom("chart jupyterhub: Entra sign-in, small closed notebooks that are culled, no way to the metadata", (
        space("jupyter"),
        chart("jupyterhub", JUPYTER, "4.3.1", "jupyter", {
            "hub": {"config": {"JupyterHub": {"authenticator_class": "azuread", "admin_access": False},
                               "AzureAdOAuthenticator": {
                                   "client_id": CLIENT, "tenant_id": TENANT, "oauth_callback_url":
                                   "https://notebooks.bank.ae/hub/oauth_callback", "allowed_groups": ["sg-scientists"],
                                   "manage_groups": True, "scope": ["openid", "email"]}}, "extraEnv": {
                "OAUTH_CLIENT_SECRET": {"valueFrom": {"secretKeyRef": {"name": "jupyter-entra", "key": "secret"}}}},
                    "labels": TAGS, "resources": sized("200m", "1Gi"), "networkPolicy": {"enabled": True}, "db": {
                        "type": "sqlite-pvc", "pvc": {"storageClassName": "managed-csi-cmk", "storage": "2Gi"}},
                    "revisionHistoryLimit": 3},
            "proxy": {"service": {"type": "ClusterIP"}, "https": {"enabled": False}, "chp": {
                "resources": sized("100m", "256Mi"), "networkPolicy": {"enabled": True}}, "labels": TAGS},
            "singleuser": {"image": {"name": "crbankprod.azurecr.io/notebook", "tag": "2026.11"}, "cpu": {
                "limit": 4, "guarantee": 0.5}, "memory": {"limit": "8G", "guarantee": "2G"}, "startTimeout": 600,
                "storage": {"capacity": "20Gi", "dynamic": {"storageClass": "managed-csi-cmk"}, "extraLabels": TAGS},
                "extraLabels": TAGS, "cloudMetadata": {"blockWithIptables": False}, "networkPolicy": {
                    "enabled": True, "egressAllowRules": {"cloudMetadataServer": False, "privateIPs": False,
                                                          "nonPrivateIPs": False, "dnsPortsPrivateIPs": True}},
                "allowPrivilegeEscalation": False, "uid": 1000, "defaultUrl": "/lab"},
            "cull": {"enabled": True, "timeout": 3600, "every": 300, "maxAge": 36000}, "prePuller": {
                "hook": {"enabled": False}, "continuous": {"enabled": False}}, "scheduling": {
                "userScheduler": {"enabled": False}, "userPlaceholder": {"enabled": False}}})),
        "z2jh.jupyter.org/en/stable/administrator/security; .../administrator/authentication, as known",
        listed(JUPYTER)),
    Idiom("chart vllm-stack: one model of the registry on a GPU with a key, a router of two and probes", (
        space("serving"), closed("serving"),
        chart("vllm-stack", VLLM, "0.1.8", "serving", {
            "servingEngineSpec": {
                "enableEngine": True, "labels": {**TAGS, "environment": "prod"}, "vllmApiKey": {
                    "secretName": "vllm", "secretKey": "key"}, "runtimeClassName": "", "modelSpec": [{
                    "name": "jais", "repository": "crbankprod.azurecr.io/vllm-openai", "tag": "v0.11.2", "modelURL":
                    "/models/jais-13b-chat", "replicaCount": 1, "requestCPU": 8, "requestMemory": "64Gi", "requestGPU":
                    1, "limitMemory": "64Gi", "pvcStorage": "100Gi", "storageClass": "managed-csi-cmk",
                    "pvcAccessMode": ["ReadWriteOnce"], "vllmConfig": {
                        "maxModelLen": 4096, "dtype": "bfloat16", "gpuMemoryUtilization": 0.9, "extraArgs": [
                            "--disable-log-requests"]}, "env": [{"name": "HF_HUB_OFFLINE", "value": "1"},
                                                                {"name": "VLLM_NO_USAGE_STATS", "value": "1"}]}]},
            "routerSpec": {"enableRouter": True, "replicaCount": 2, "repository": "crbankprod.azurecr.io/vllm-router",
                           "tag": "v0.1.8", "routingLogic": "session", "sessionKey": "x-user-id", "serviceType":
                           "ClusterIP", "labels": TAGS, "resources": sized("1", "2Gi"), "vllmApiKey": {
                               "secretName": "vllm", "secretKey": "key"}}, "loraController": {"enableLoraController":
                                                                                             False}})),
        "docs.vllm.ai/projects/production-stack; vllm-project/production-stack helm/values.yaml, as known",
        listed(VLLM)),
    Idiom("chart gpu-operator: drivers of the node image, MIG by a label, DCGM figures and feature discovery", (
        space("gpu-operator", "privileged"),
        chart("gpu-operator", "https://helm.ngc.nvidia.com/nvidia", "v25.10.0", "gpu-operator", {
            "operator": {"labels": TAGS, "resources": sized("200m", "512Mi"), "upgradeCRD": True}, "driver": {
                "enabled": False}, "toolkit": {"enabled": True}, "devicePlugin": {"enabled": True}, "mig": {
                "strategy": "single"}, "migManager": {"enabled": True, "config": {"default": "all-disabled"}},
            "dcgmExporter": {"enabled": True, "serviceMonitor": {"enabled": True, "interval": "15s"}}, "gfd": {
                "enabled": True}, "nfd": {"enabled": True}, "cdi": {"enabled": True}, "daemonsets": {
                "labels": TAGS, "tolerations": [{"key": "sku", "operator": "Equal", "value": "gpu", "effect":
                                                 "NoSchedule"}]}, "validator": {"plugin": {"env": []}},
            "sandboxWorkloads": {"enabled": False}, "vgpuManager": {"enabled": False}})),
        "docs.nvidia.com/datacenter/cloud-native/gpu-operator/latest/microsoft-aks.html, as known", listed()),
    Idiom("chart falco: modern eBPF on every node, rules of the platform and alerts to the bank's SIEM by TLS", (
        space("falco", "privileged"),
        chart("falco", FALCO, "7.0.0", "falco", {
            "podLabels": TAGS, "driver": {"kind": "modern_ebpf", "modernEbpf": {"leastPrivileged": True}}, "tty": False,
            "resources": {"requests": {"cpu": "100m", "memory": "512Mi"}, "limits": {"cpu": "1", "memory": "1Gi"}},
            "tolerations": [{"operator": "Exists"}], "falcoctl": {"artifact": {
                "install": {"enabled": False}, "follow": {"enabled": False}}}, "collectors": {
                "enabled": True, "containerEngine": {"enabled": True}},
            "falco": {"json_output": True, "json_include_output_property": True, "priority": "notice", "log_level":
                      "info", "buffered_outputs": False, "rules_files": ["/etc/falco/falco_rules.yaml",
                                                                        "/etc/falco/rules.d"],
                      "metrics": {"enabled": True, "interval": "15m", "output_rule": True}},
            "customRules": {"platform.yaml": "- rule: Shell in payments\n  desc: A shell was started in payments\n"
                            "  condition: spawned_process and container and proc.name in (bash, sh) and "
                            "k8s.ns.name = payments\n  output: Shell (user=%user.name pod=%k8s.pod.name "
                            "cmd=%proc.cmdline)\n  priority: WARNING\n  tags: [container, shell]\n"},
            "falcosidekick": {"enabled": True, "replicaCount": 2, "podLabels": TAGS, "resources": sized("50m", "128Mi"),
                              "config": {"syslog": {"host": "siem.bank.ae", "port": 6514, "protocol": "tcp", "format":
                                                    "json"}, "webhook": {"address": "https://siem.bank.ae/falco",
                                                                         "checkcert": True, "minimumpriority":
                                                                         "warning"}}, "webui": {"enabled": False}},
            "serviceMonitor": {"create": True}})),
        "Falco Metrics (falco.org/docs/metrics/falco-metrics, read 2026-12-01); falcosecurity/charts "
        "charts/falco/values.yaml, as known",
        listed(FALCO, kubernetes={"privileged_namespaces": {"falco": "sensors of each node see calls of processes"}}),
        charts=("falco",)),
    Idiom("chart velero: Azure Blob by workload identity, snapshots of disks and a nightly schedule of a month", (
        space("velero"),
        chart("velero", VELERO, "11.2.0", "velero", {
            "labels": TAGS, "podLabels": {**TAGS, "azure.workload.identity/use": "true"}, "resources":
            sized("500m", "1Gi"), "podSecurityContext": POD, "containerSecurityContext": CONTAINER, "initContainers": [{
                "name": "velero-plugin-for-microsoft-azure", "image":
                "crbankprod.azurecr.io/velero/velero-plugin-for-microsoft-azure:v1.13.0", "imagePullPolicy":
                "IfNotPresent", "volumeMounts": [{"mountPath": "/target", "name": "plugins"}]}],
            "configuration": {"backupStorageLocation": [{
                "name": "default", "provider": "azure", "bucket": "velero", "default": True, "config": {
                    "resourceGroup": "rg-ai-prod-uaen", "storageAccount": "stbackupprod", "subscriptionId":
                    "00000000-0000-0000-0000-000000000001", "useAAD": "true"}}], "volumeSnapshotLocation": [{
                "name": "default", "provider": "azure", "config": {
                    "resourceGroup": "rg-ai-prod-uaen", "incremental": "true", "subscriptionId":
                    "00000000-0000-0000-0000-000000000001"}}], "defaultVolumesToFsBackup": False},
            "credentials": {"useSecret": False}, "serviceAccount": {"server": {"annotations": {
                "azure.workload.identity/client-id": CLIENT}}}, "deployNodeAgent": False, "snapshotsEnabled": True,
            "schedules": {"nightly": {"disabled": False, "schedule": "0 22 * * *", "useOwnerReferencesInBackup": False,
                                      "template": {"ttl": "720h", "storageLocation": "default", "includedNamespaces": [
                                          "payments", "portal"]}}}, "metrics": {"enabled": True, "serviceMonitor": {
                "enabled": True}}, "upgradeCRDs": False, "cleanUpCRDs": False})),
        "vmware-tanzu/velero-plugin-for-microsoft-azure README.md; velero.io/docs/main/backup-reference, as known",
        listed(VELERO, residency={"known": {"stbackupprod.blob.core.windows.net": "our own account, in uaenorth"}})),
)  # fmt: skip
