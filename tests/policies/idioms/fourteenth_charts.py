"""Good idioms of clusters: charts from the company's mirror with the values of production (set 14, blind)."""

from ..blind import KEY, TAGS
from . import Idiom
from .eleventh_charts import CLOSED, SMALL
from .twelfth_charts import LARGE, LOGIN, MIRROR, POD, identity, image, mirrored, ours

R = "me-central-1"
TLS_MOUNT = [{"name": "tls", "mountPath": "/tls", "readOnly": True}]
SERVER_TLS = {"cert_file": "/tls/tls.crt", "key_file": "/tls/tls.key", "client_ca_file": "/tls/ca.crt",
              "client_auth_type": "RequireAndVerifyClientCert"}  # fmt: skip
CLIENT_TLS = {"tls_enabled": True, "tls_cert_path": "/tls/tls.crt", "tls_key_path": "/tls/tls.key",
              "tls_ca_path": "/tls/ca.crt", "tls_insecure_skip_verify": False}  # fmt: skip
WORK = {"accessModes": ["ReadWriteOnce"], "storageClassName": "encrypted",
        "resources": {"requests": {"storage": "20Gi"}}}  # fmt: skip

IDIOMS: tuple[Idiom, ...] = (
    Idiom("metrics of a year lie in the bucket by Mimir, each tenant apart, with TLS between its parts", (mirrored(
        "mimir-distributed", "5.8.0", {
            "image": {"repository": f"{MIRROR}/grafana/mimir"}, "minio": {"enabled": False},
                "kafka": {"enabled": False},
            "serviceAccount": identity("mimir"), "global": {"podLabels": TAGS, "extraVolumes": [
                {"name": "tls", "secret": {"secretName": "mimir-tls"}}], "extraVolumeMounts": TLS_MOUNT},
            "rbac": {"podSecurityContext": POD}, "mimir": {"structuredConfig": {
                "multitenancy_enabled": True, "usage_stats": {"enabled": False}, "common": {"storage": {
                    "backend": "s3", "s3": {"region": R, "endpoint": f"s3.{R}.amazonaws.com", "insecure": False,
                                            "sse": {"type": "SSE-KMS", "kms_key_id": KEY}}}},
                "blocks_storage": {"s3": {"bucket_name": "bank-traces"}, "storage_prefix": "metrics"},
                "limits": {"compactor_blocks_retention_period": "365d", "max_global_series_per_user": 1000000,
                           "ingestion_rate": 50000},
                "server": {"http_tls_config": SERVER_TLS, "grpc_tls_config": SERVER_TLS},
                "ingester_client": {"grpc_client_config": CLIENT_TLS}, "frontend_worker": {
                    "grpc_client_config": CLIENT_TLS}}},
            **{part: {"replicas": 3, "resources": LARGE, "containerSecurityContext": CLOSED, "persistentVolume": {
                "enabled": True, "size": "50Gi", "storageClass": "encrypted"}} for part in (
                    "ingester", "store_gateway", "compactor")},
            **{part: {"replicas": 2, "resources": LARGE, "containerSecurityContext": CLOSED} for part in (
                "distributor", "querier", "query_frontend")},
            "alertmanager": {"enabled": False}, "ruler": {"enabled": False}, "gateway": {"enabled": False},
            "metaMonitoring": {"serviceMonitor": {"enabled": True}}}, "metrics"),),
        "grafana.com/docs/helm-charts/mimir-distributed/latest/run-production-environment-with-helm", ours(),
        charts=("mimir-distributed",)),
    Idiom("Falco watches calls of each machine by the least rights, with rules of its image alone", (mirrored(
        "falco", "7.0.0", {
            "image": {"registry": MIRROR, "repository": "falcosecurity/falco", "tag": "0.42.1"}, "tty": True,
            "driver": {"enabled": True, "kind": "modern_ebpf", "modernEbpf": {"leastPrivileged": True},
                       "loader": {"enabled": False}},
            "falcoctl": {"artifact": {"install": {"enabled": False}, "follow": {"enabled": False}}}, "podLabels": TAGS,
            "falcosidekick": {"enabled": False}, "collectors": {"enabled": True, "docker": {"enabled": False},
                                                               "crio": {"enabled": False}},
            "falco": {"json_output": True, "priority": "notice", "watch_config_files": False, "http_output": {
                "enabled": False}, "webserver": {"enabled": True, "prometheus_metrics_enabled":
                                                 True}, "stdout_output": {"enabled": True}},
            "metrics": {"enabled": True}, "serviceMonitor": {"create": True}, "resources": SMALL,
            "tolerations": [{"key": "nvidia.com/gpu", "operator": "Exists", "effect": "NoSchedule"}]}),),
        "falco.org/docs/setup/kubernetes; falcosecurity/charts, charts/falco", ours(kubernetes={
            "privileged_namespaces": {"falco": "reads calls of the kernel on each machine"}}),
        charts=("falco",)),
    Idiom("images in the cluster are scanned by Trivy with the database of the mirror and no secrets of teams",
        (mirrored(
        "trivy-operator", "0.31.0", {
            "image": {"registry": MIRROR, "repository": "aquasecurity/trivy-operator"},
                "excludeNamespaces": "kube-system",
            "podLabels": TAGS, "resources": SMALL, "podSecurityContext": POD, "securityContext": CLOSED,
            "serviceMonitor": {"enabled": True}, "operator": {
                "scanJobsConcurrentLimit": 3, "scanJobTTL": "1h", "scannerReportTTL": "24h",
                "accessGlobalSecretsAndServiceAccount": False, "infraAssessmentScannerEnabled": False,
                "clusterComplianceEnabled": False, "exposedSecretScannerEnabled": True, "builtInTrivyServer": False},
            "nodeCollector": {"useNodeSelector": False}, "trivyOperator": {
                "scanJobPodTemplatePodSecurityContext": POD, "scanJobPodTemplateContainerSecurityContext": CLOSED,
                "scanJobAutomountServiceAccountToken": False, "scanJobCompressLogs": True},
            "trivy": {"image": {"registry": MIRROR, "repository": "aquasecurity/trivy", "tag": "0.67.2"},
                      "dbRegistry": MIRROR, "dbRepository": "aquasecurity/trivy-db", "javaDbRegistry": MIRROR,
                      "javaDbRepository": "aquasecurity/trivy-java-db", "dbRepositoryInsecure": "false", "mode":
                      "Standalone", "offlineScan": True, "ignoreUnfixed": False, "severity": "MEDIUM,HIGH,CRITICAL",
                      "storageClassEnabled": True, "storageClassName": "encrypted", "resources": SMALL}},
        "trivy-system"),), "aquasecurity.github.io/trivy-operator/latest/getting-started/installation/configuration",
        ours(), charts=("trivy-operator",)),
    Idiom("runners of the bank's own forge start for a job, in a restricted pod, and are gone after it", (mirrored(
        "gha-runner-scale-set", "0.13.0", {
            "githubConfigUrl": "https://git.bank.ae/platform", "githubConfigSecret": "runners-app", "minRunners": 0,
            "maxRunners": 6, "runnerGroup": "platform", "runnerScaleSetName": "platform", "labels": TAGS,
            "githubServerTLS": {"certificateFrom": {"configMapKeyRef": {"name": "bank-authority", "key": "ca.crt"}},
                                "runnerMountPath": "/usr/local/share/ca-certificates/"},
            "containerMode": {"type": "kubernetes", "kubernetesModeWorkVolumeClaim": WORK},
            "controllerServiceAccount": {"name": "arc-controller", "namespace": "arc-systems"},
            "template": {"metadata": {"labels": TAGS}, "spec": {"securityContext": POD, "containers": [{
                "name": "runner", "image": image("actions/actions-runner"),
                "command": ["/home/runner/run.sh"], "resources": LARGE, "securityContext": {
                    **CLOSED, "readOnlyRootFilesystem": False}, "env": [
                        {"name": "ACTIONS_RUNNER_REQUIRE_JOB_CONTAINER", "value": "true"}]}]}}}, "runners"),),
        "docs.github.com/en/actions/how-tos/manage-runners/use-actions-runner-controller/deploy-runner-scale-sets",
        ours(), doubt="the root file system of a runner must be writable, as upstream's image has it"),
    Idiom("passages are found in Weaviate by those who sign in at the bank, within roles, and copied at night",
        (mirrored(
        "weaviate", "17.6.0", {
            "image": {"registry": MIRROR, "repo": "semitechnologies/weaviate", "tag": "1.34.0"}, "replicas": 3,
            "labels": TAGS, "resources": LARGE, "storage": {"size": "50Gi", "storageClassName": "encrypted"},
            "initContainers": {"sysctlInitContainer": {"enabled": False}}, "containerSecurityContext": CLOSED,
            "securityContext": POD, "service": {"type": "ClusterIP"}, "grpcService": {"enabled": True, "type":
                                                                                    "ClusterIP"},
            "authentication": {"anonymous_access": {"enabled": False}, "oidc": {
                "enabled": True, "issuer": LOGIN, "client_id": "weaviate", "username_claim": "sub", "groups_claim":
                "groups", "skip_client_id_check": False}},
            "authorization": {"admin_list": {"enabled": False}, "rbac": {"enabled": True,
                "root_users": ["search-admin"]}},
            "env": {"DISABLE_TELEMETRY": "true", "QUERY_MAXIMUM_RESULTS": 10000, "AUTOSCHEMA_ENABLED": "false",
                    "PROMETHEUS_MONITORING_ENABLED": "true", "LIMIT_RESOURCES": "true", "RAFT_BOOTSTRAP_EXPECT": 3},
            "modules": {"default_vectorizer_module": "none"}, "serviceMonitor": {"enabled": True}, "backups": {"s3": {
                "enabled": True, "serviceAccountName": "weaviate-backups", "envconfig": {
                    "BACKUP_S3_BUCKET": "bank-backups", "BACKUP_S3_ENDPOINT": f"s3.{R}.amazonaws.com",
                    "BACKUP_S3_USE_SSL": "true", "AWS_REGION": R}}}}),),
        "docs.weaviate.io/deploy/installation-guides/k8s-installation; weaviate/weaviate-helm", ours()),
)  # fmt: skip
