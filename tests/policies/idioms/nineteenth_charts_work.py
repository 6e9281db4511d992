"""Good idioms of clusters: charts of networks, flows, brokers, models, builds and notebooks (set 19, blind)."""

from ..blind import TAGS
from . import Idiom
from .eighteenth_charts import OFF
from .eleventh_charts import CLOSED, SMALL
from .nineteenth_charts import monitored, spread
from .sixteenth_stores import HASH, password, reached
from .thirteenth_cluster_access import account
from .twelfth_charts import LARGE, MIRROR, POD, image, mirrored, ours

RABBIT = """## limits and safety of the queues
cluster_partition_handling = pause_minority
vm_memory_high_watermark.relative = 0.6
disk_free_limit.relative = 1.5
queue_master_locator = balanced
default_queue_type = quorum
consumer_timeout = 1800000
collect_statistics_interval = 10000
log.console.formatter = json
listeners.tcp = none
listeners.ssl.default = 5671
ssl_options.verify = verify_peer
ssl_options.fail_if_no_peer_cert = true
ssl_options.versions.1 = tlsv1.3
ssl_options.versions.2 = tlsv1.2
management.ssl.port = 15671
"""
AIRFLOW = {
    "core": {"load_examples": "False", "dags_are_paused_at_creation": "True", "parallelism": "32",
        "max_active_runs_per_dag":
             "4", "hide_sensitive_var_conn_fields": "True", "test_connection": "Disabled",
                 "dag_ignore_file_syntax": "glob"},
    "scheduler": {"catchup_by_default": "False", "enable_health_check": "True", "scheduler_zombie_task_threshold":
        "600"},
    "api": {"expose_config": "False", "expose_stacktrace": "False"}, "logging": {
        "remote_logging": "True", "remote_base_log_folder": "s3://bank-traces/airflow", "remote_log_conn_id": "objects",
        "encrypt_s3_logs": "True", "logging_level": "INFO"},
    "database": {"sql_alchemy_pool_size": "10", "sql_alchemy_pool_recycle": "1800"}, "usage_data_collection": {
        "enabled": "False"}, "metrics": {"statsd_on": "True"}, "kubernetes_executor": {
            "delete_worker_pods": "True", "delete_worker_pods_on_failure": "False", "worker_pods_creation_batch_size":
                "16"},
    "secrets": {"backend": ""}}  # fmt: skip

IDIOMS: tuple[Idiom, ...] = (
    Idiom("networks of pods are Cilium's, sealed by WireGuard, with flows seen over TLS and a firewall of nodes", (
        mirrored("cilium", "1.18.4", {
            "image": {"repository": f"{MIRROR}/cilium/cilium", "useDigest": True}, "kubeProxyReplacement": "true",
            "k8sServiceHost": "10.30.0.10", "k8sServicePort": 6443, "ipam": {"mode": "kubernetes"},
                "routingMode": "native",
            "ipv4NativeRoutingCIDR": "10.244.0.0/16", "autoDirectNodeRoutes": True, "bpf": {
                "masquerade": True, "preallocateMaps": False, "mapDynamicSizeRatio": 0.0025, "policyMapMax": 16384,
                "monitorAggregation": "medium", "tproxy": False},
            "encryption": {"enabled": True, "type": "wireguard", "nodeEncryption": True, "strictMode": {
                "enabled": True, "cidr": "10.244.0.0/16", "allowRemoteNodeIdentities": False}},
            "policyEnforcementMode": "default", "policyAuditMode": False, "policyDenyResponse": "none", "l7Proxy": True,
            "enableIPv4Masquerade": True, "localRedirectPolicy": False, "externalIPs": {"enabled": False}, "nodePort": {
                "enabled": False}, "hostFirewall": {"enabled": True}, "loadBalancer": {"algorithm": "maglev",
                    "mode": "dsr"},
            "bandwidthManager": {"enabled": True, "bbr": False}, "cni": {"exclusive": True, "logFile":
                                                                        "/var/run/cilium/cilium-cni.log"},
            "hubble": {"enabled": True, "redact": {"enabled": True, "http": {"urlQuery": True, "userInfo": True}},
                "tls": {
                "enabled": True, "auto": {"enabled": True, "method": "certmanager", "certManagerIssuerRef": {
                    "group": "cert-manager.io", "kind": "ClusterIssuer", "name": "bank"}}}, "relay": {
                        "enabled": True, "replicas": 2, "tls": {"server": {"enabled": True, "mtls": True}}, "resources":
                        SMALL}, "ui": OFF, "metrics": {"enabled": ["dns", "drop", "tcp", "flow"], "serviceMonitor": {
                            "enabled": True}}},
            "operator": {"replicas": 2, "rollOutPods": True, "podDisruptionBudget": {"enabled": True,
                "maxUnavailable": 1},
                         "resources": SMALL, "prometheus": {"enabled": True, "serviceMonitor": {"enabled": True}}},
            "envoy": {"enabled": True, "log": {"format_json": None}, "prometheus": {"enabled": True}}, "gatewayAPI": {
                "enabled": False}, "prometheus": {"enabled": True}, "rollOutCiliumPods": True, "resources": LARGE,
            "updateStrategy": {"type": "RollingUpdate", "rollingUpdate": {"maxUnavailable": 2}}, "tls": {
                "secretsNamespace": {"create": True}}, "debug": {"enabled": False}}, "kube-system"),),
        "docs.cilium.io/en/stable/operations/performance/tuning; security/network/encryption-wireguard",
        ours(kubernetes={"privileged_namespaces": {"kube-system": "agents of the network and of names on each node"}})),
    Idiom("nightly flows run in Airflow, each task in a pod of its own, with records in the bucket and no examples", (
        password("airflow-db", "airflow", "connection"), password("airflow-keys", "airflow", "fernet-key",
            "api-secret-key",
                                                                  "jwt-secret"),
        mirrored("airflow", "1.18.0", {
            "defaultAirflowRepository": f"{MIRROR}/airflow/bank", "defaultAirflowTag": "3.1.3-4",
                "airflowVersion": "3.1.3",
            "defaultAirflowDigest": HASH, "executor": "KubernetesExecutor", "labels": TAGS, "airflowPodAnnotations": {},
            "fernetKeySecretName": "airflow-keys", "apiSecretKeySecretName": "airflow-keys", "jwtSecretName":
            "airflow-keys", "allowPodLaunching": True, "allowJobLaunching": False, "rbac": {"create": True},
            "securityContexts": {"pod": POD, "containers": CLOSED}, "useStandardNaming": True, "config": AIRFLOW,
                "data": {
                "metadataSecretName": "airflow-db"}, "postgresql": OFF, "redis": OFF, "pgbouncer": {
                    "enabled": True, "replicas": 2, "maxClientConn": 200, "metadataPoolSize": 20,
                        "sslmode": "verify-full",
                    "ciphers": "normal", "auth_type": "scram-sha-256", "auth_file": "/etc/pgbouncer/users.txt", "ssl": {
                        "ca": None}, "podDisruptionBudget": {"enabled": True}, "resources": SMALL},
            "ingress": {"apiServer": {"enabled": False}}, "apiServer": {
                "replicas": 2, "resources": LARGE, "service": {"type": "ClusterIP"}, "podDisruptionBudget": {"enabled":
                                                                                                           True},
                "networkPolicy": {"ingress": {"from": [{"namespaceSelector": {"matchLabels": {"tier": "gateway"}}}]}}},
            "scheduler": {"replicas": 2, "resources": LARGE, "podDisruptionBudget": {"enabled": True},
                "logGroomerSidecar": {
                "enabled": True, "retentionDays": 7, "resources": SMALL}},
            "triggerer": {"enabled": True, "replicas": 2, "resources": SMALL, "persistence": {
                "enabled": True, "size": "10Gi", "storageClassName": "encrypted"}}, "dagProcessor": {
                    "enabled": True, "replicas": 1, "resources": LARGE},
            "webserver": {"defaultUser": {"enabled": False}}, "createUserJob": {"applyCustomEnv": False},
                "migrateDatabaseJob": {"enabled": True, "useHelmHooks": True,
                                                                              "ttlSecondsAfterFinished": 300},
            "cleanup": {"enabled": True, "schedule": "*/15 * * * *", "resources": SMALL}, "databaseCleanup": {
                "enabled": True, "schedule": "0 1 * * 0", "retentionDays": 90}, "networkPolicies": {"enabled": True},
            "quotas": {}, "limits": [], "enableBuiltInSecretEnvVars": {"AIRFLOW__CORE__FERNET_KEY": True}, "logs": {
                "persistence": {"enabled": False}}, "dags": {"persistence": {"enabled": False}, "gitSync": {
                    "enabled": True, "repo": "https://git.bank.ae/data/flows.git", "ref": "refs/tags/v1.8.0",
                        "depth": 1,
                    "subPath": "dags", "credentialsSecret": "airflow-git", "period": "60s", "resources": SMALL}},
            "statsd": {"enabled": True, "resources": SMALL}, "flower": {"enabled": False}})),
        "airflow.apache.org/docs/helm-chart/stable/production-guide; apache/airflow, chart/values.yaml",
        ours(escape={"code_sources": {"https://git.bank.ae/data": "our own flows, reviewed before they are merged"},
                     "helm_sources": {f"oci://{MIRROR}": "the company's mirror of reviewed charts"},
                     "image_publishers": {MIRROR: "the company's mirror of reviewed images"}})),
    Idiom("orders pass RabbitMQ of three nodes that takes TLS alone, keeps quorum queues and pauses a lone node", (
        password("rabbitmq", "orders", "rabbitmq-password", "rabbitmq-erlang-cookie"),
        mirrored("rabbitmq", "16.0.14", {
            "global": {"imageRegistry": MIRROR, "defaultStorageClass": "encrypted", "security": {
                "allowInsecureImages": False}, "compatibility": {"openshift": {"adaptSecurityContext": "auto"}}},
            "image": {"repository": "rabbitmq/rabbitmq", "digest": HASH, "debug": False}, "replicaCount": 3, "auth": {
                "username": "orders", "existingPasswordSecret": "rabbitmq", "existingErlangSecret": "rabbitmq",
                "securePassword": True, "enableLoopbackUser": True, "updatePassword": False, "tls": {
                    "enabled": True, "existingSecret": "rabbitmq-tls", "failIfNoPeerCert": True, "sslOptionsVerify":
                    "verify_peer", "overrideCaCertificate": "bank-authority"}},
            "clustering": {"enabled": True, "rebalance": True, "forceBoot": False,
                "partitionHandling": "pause_minority",
                           "addressType": "hostname"},
            "plugins": "rabbitmq_management rabbitmq_peer_discovery_k8s rabbitmq_prometheus",
                "extraConfiguration": RABBIT,
            "communityPlugins": "", "loadDefinition": {"enabled": True, "existingSecret": "rabbitmq-definitions"},
            "containerPorts": {"amqpTls": 5671}, "podLabels": TAGS, "commonLabels": TAGS,
                "automountServiceAccountToken":
            True, "serviceAccount": {"create": True, "automountServiceAccountToken": False}, "rbac": {"create": True},
            "podSecurityContext": {"enabled": True, "fsGroup": 1001}, "containerSecurityContext": {
                "enabled": True, **CLOSED, "runAsUser": 1001}, "resources": LARGE, "resourcesPreset": "none",
            "podAntiAffinityPreset": "hard", "topologySpreadConstraints": spread("rabbitmq"), "pdb": {
                "create": True, "minAvailable": 2}, "networkPolicy": {
                    "enabled": True, "allowExternal": False, "allowExternalEgress": False,
                        "addExternalClientAccess": False,
                    "ingressNSMatchLabels": {"tier": "apps"}},
            "persistence": {"enabled": True, "storageClass": "encrypted", "size": "50Gi", "labels": TAGS}, "service": {
                "type": "ClusterIP", "portEnabled": False, "epmdPortNameEnabled": True}, "ingress": OFF,
            "persistentVolumeClaimRetentionPolicy": {"enabled": True, "whenDeleted": "Retain", "whenScaled": "Retain"},
            "metrics": {"enabled": True, "plugins": "rabbitmq_prometheus", **monitored()}, "volumePermissions": OFF,
            "terminationGracePeriodSeconds": 120, "ldap": {"enabled": False}, "memoryHighWatermark": {
                "enabled": True, "type": "relative", "value": 0.6}}, "orders"),
        reached("rabbitmq", "orders", {"app.kubernetes.io/name": "rabbitmq"}, 5671, "apps")),
        "rabbitmq.com/docs/production-checklist; bitnami/charts, bitnami/rabbitmq/values.yaml", ours()),
    Idiom("builds of the bank's forge run in pods that come for one job, from its image and under limits", (
        account("runner", "runners"), password("runners", "runners", "github_app_id", "github_app_installation_id",
                                               "github_app_private_key"),
        mirrored("gha-runner-scale-set-controller", "0.13.0", {
            "replicaCount": 2, "image": {"repository": f"{MIRROR}/actions/gha-runner-scale-set-controller",
                "tag": "0.13.0"},
            "labels": TAGS, "podLabels": TAGS, "serviceAccount": {"create": True, "name": "arc"},
                "podSecurityContext": POD,
            "securityContext": CLOSED, "resources": SMALL, "flags": {
                "logLevel": "info", "logFormat": "json", "watchSingleNamespace": "runners",
                    "updateStrategy": "eventual",
                "runnerMaxConcurrentReconciles": 5, "excludeLabelPropagationPrefixes": ["argocd.argoproj.io/instance"]},
            "metrics": {"controllerManagerAddr": ":8080", "listenerAddr": ":8080", "listenerEndpoint": "/metrics"}},
                "arc"),
        mirrored("gha-runner-scale-set", "0.13.0", {
            "githubConfigUrl": "https://git.bank.ae/platform", "githubConfigSecret": "runners",
                "runnerScaleSetName": "dc1",
            "runnerGroup": "platform", "minRunners": 0, "maxRunners": 10, "githubServerTLS": {"certificateFrom": {
                "configMapKeyRef": {"name": "bank-authority", "key": "ca.crt"}}, "runnerMountPath":
                "/usr/local/share/ca-certificates/"}, "labels": TAGS, "containerMode": {
                    "type": "kubernetes", "kubernetesModeWorkVolumeClaim": {
                        "accessModes": ["ReadWriteOnce"], "storageClassName": "encrypted", "resources": {
                            "requests": {"storage": "20Gi"}}}},
            "listenerTemplate": {"spec": {"securityContext": POD, "containers": [{
                "name": "listener", "securityContext": CLOSED, "resources": SMALL}]}},
            "template": {"metadata": {"labels": TAGS}, "spec": {
                "serviceAccountName": "runner", "securityContext": POD, "restartPolicy": "Never", "containers": [{
                    "name": "runner", "image": image("actions/runner"), "command": ["/home/runner/run.sh"], "resources":
                    LARGE, "securityContext": {**CLOSED, "readOnlyRootFilesystem": False}, "env": [
                        {"name": "ACTIONS_RUNNER_REQUIRE_JOB_CONTAINER", "value": "true"},
                        {"name": "DISABLE_RUNNER_UPDATE", "value": "true"}]}]}},
            "controllerServiceAccount": {"name": "arc", "namespace": "arc"}}, "runners")),
        "docs.github.com/actions/concepts/runners/actions-runner-controller; actions/actions-runner-controller, charts",
        ours(escape={"code_sources": {"https://git.bank.ae/platform": "our own repositories"},
                     "helm_sources": {f"oci://{MIRROR}": "the company's mirror of reviewed charts"},
                     "image_publishers": {MIRROR: "the company's mirror of reviewed images"}})),
    Idiom("pods follow the length of queues by KEDA, which watches listed namespaces and shows its certificate", (
        mirrored("keda", "2.18.1", {
            "global": {"image": {"registry": MIRROR}}, "image": {"keda": {"tag": "2.18.1"},
                "pullPolicy": "IfNotPresent"},
            "clusterDomain": "cluster.local", "watchNamespace": "orders,models", "additionalLabels": TAGS, "operator": {
                "name": "keda-operator", "replicaCount": 2, "revisionHistoryLimit": 5}, "metricsServer": {
                    "replicaCount": 2, "useHostNetwork": False}, "webhooks": {
                        "enabled": True, "replicaCount": 2, "failurePolicy": "Fail", "timeoutSeconds": 10},
            "podLabels": {name: TAGS for name in ("keda", "metricsAdapter", "webhooks")}, "rbac": {
                "create": True, "aggregateToDefaultRoles": False, "scaledRefKinds": [
                    {"apiGroup": "apps", "kind": "Deployment"}]},
            "permissions": {"metricServer": {"restrict": {"secret": True}}, "operator": {"restrict": {
                "secret": True, "namesAllowList": ["rabbitmq"]}}},
            "podSecurityContext": {name: {"runAsNonRoot": True} for name in ("operator", "metricServer", "webhooks")},
            "securityContext": {name: CLOSED for name in ("operator", "metricServer", "webhooks")}, "resources": {
                name: SMALL for name in ("operator", "metricServer", "webhooks")},
            "topologySpreadConstraints": {"operator": spread("keda-operator")}, "podDisruptionBudget": {
                name: {"minAvailable": 1} for name in ("operator", "metricServer", "webhooks")},
            "http": {"timeout": 3000, "keepAlive": {"enabled": True}, "minTlsVersion": "TLS12"}, "certificates": {
                "autoGenerated": True, "certManager": {"enabled": True, "generateCA": False, "issuer": {
                    "generate": False, "name": "bank", "kind": "ClusterIssuer"}}},
            "logging": {"operator": {"level": "info", "format": "json", "timeEncoding": "rfc3339", "stackTracesEnabled":
                                     False}}, "prometheus": {"operator": {"enabled": True, "serviceMonitor": {
                                         "enabled": True}}},
            "profiling": {"operator": {"enabled": False}}, "networkPolicy": {"enabled": True,
                "flavor": "kubernetes"}}),),
        "keda.sh/docs/latest/operate/security; kedacore/charts, keda/values.yaml", ours()),
)  # fmt: skip
