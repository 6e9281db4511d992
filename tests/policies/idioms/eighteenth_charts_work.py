"""Good idioms of clusters: charts of sign-in, brokers, training, gateways and images no other has (set 18, blind)."""

from ..blind import KEY, TAGS, k8s, meta
from . import Idiom
from .eighteenth_charts import OFF, PLAIN, TLS, secret
from .eleventh_charts import CLOSED, SMALL, secret_variable
from .fifteenth_work import SCRATCH
from .sixteenth_stores import HASH, password, reached
from .thirteenth_cluster_access import account
from .twelfth_charts import LARGE, LOGIN, MIRROR, POD, identity, mirrored, ours

TMP = [{"name": "tmp", "mountPath": "/tmp"}]  # noqa: S108
QUEUES = """apiVersion: config.kueue.x-k8s.io/v1beta2
kind: Configuration
health:
  healthProbeBindAddress: :8081
metrics:
  bindAddress: :8443
  enableClusterQueueResources: true
webhook:
  port: 9443
leaderElection:
  leaderElect: true
  resourceName: c1f6bfd2.kueue.x-k8s.io
manageJobsWithoutQueueName: true
managedJobsNamespaceSelector:
  matchLabels:
    tier: training
internalCertManagement:
  enable: false
waitForPodsReady:
  timeout: 10m
  blockAdmission: true
integrations:
  frameworks: [batch/job, jobset.x-k8s.io/jobset, trainer.kubeflow.org/trainjob]
"""
FLINK = """kubernetes.operator.leader-election.enabled: true
kubernetes.operator.leader-election.lease-name: flink-operator-lease
kubernetes.operator.reconcile.interval: 30 s
kubernetes.operator.job.upgrade.last-state-fallback.enabled: true
security.ssl.internal.enabled: true
security.ssl.rest.enabled: true
security.ssl.rest.authentication-enabled: true
"""
CONSOLE = {
    "kafka": {"brokers": ["payments-kafka-bootstrap.kafka.svc.cluster.local:9093"], "clientId": "console", "tls": {
        "enabled": True, "caFilepath": "/tls/ca.crt", "certFilepath": "/tls/tls.crt", "keyFilepath": "/tls/tls.key",
        "insecureSkipTlsVerify": False}},
    "server": {"listenPort": 8080, "httpsListenPort": 8443, "tls": {
        "enabled": True, "certFilepath": "/tls/tls.crt", "keyFilepath": "/tls/tls.key"}},
    "authentication": {"useSecureCookies": True, "basic": OFF, "oidc": {
        "enabled": True, "issuerUrl": LOGIN, "clientId": "console", "redirectUrl":
        "https://console.bank.ae/auth/callbacks/oidc"}},
    "authorization": {"roleBindings": [
        {"roleName": "viewer", "users": [{"loginType": "oidc", "name": "streams@bank.ae"}]}]},
    "analytics": OFF, "redpanda": {"adminApi": OFF}}  # fmt: skip
AUTHENTIK = {
    "AUTHENTIK_POSTGRESQL__HOST": "authentik-rw.sign-in.svc.cluster.local", "AUTHENTIK_POSTGRESQL__SSLMODE":
    "verify-full", "AUTHENTIK_POSTGRESQL__SSLROOTCERT": "/tls/ca.crt", "AUTHENTIK_DISABLE_UPDATE_CHECK": "true",
    "AUTHENTIK_DISABLE_STARTUP_ANALYTICS": "true", "AUTHENTIK_ERROR_REPORTING__ENABLED": "false",
    "AUTHENTIK_LOG_LEVEL": "info", "AUTHENTIK_COOKIE_DOMAIN": "bank.ae"}  # fmt: skip
REGISTRY = {
    "version": 0.1, "log": {"level": "info", "formatter": "json"}, "storage": {
        "cache": {"blobdescriptor": "inmemory"}, "delete": OFF, "redirect": {"disable": True}},
    "auth": {"htpasswd": {"realm": "bank", "path": "/callers/htpasswd"}}, "http": {
        "addr": ":5000", "headers": {"X-Content-Type-Options": ["nosniff"], "Strict-Transport-Security": [
            "max-age=31536000"]}, "tls": {"minimumtls": "tls1.2"}},
    "health": {"storagedriver": {"enabled": True, "interval": "30s", "threshold": 3}}}  # fmt: skip

IDIOMS: tuple[Idiom, ...] = (
    Idiom("partners' staff sign in with Authentik, which reports nothing outside and asks its database over TLS", (
        account("authentik", "sign-in"),
        password("authentik", "sign-in", "AUTHENTIK_SECRET_KEY", "AUTHENTIK_POSTGRESQL__PASSWORD"),
        mirrored("authentik", "2025.10.1", {
            "global": {
                "additionalLabels": TAGS, "podLabels": TAGS, "image": {
                    "repository": f"{MIRROR}/goauthentik/server", "tag": "2025.10.1", "digest": HASH},
                "securityContext": POD, "affinity": {"podAntiAffinity": "hard"}, "addPrometheusAnnotations": False,
                "envFrom": [{"secretRef": {"name": "authentik"}}], "env": [
                    {"name": name, "value": value} for name, value in AUTHENTIK.items()],
                "volumes": [secret("tls", "authentik-tls"), *SCRATCH], "volumeMounts": [TLS, *TMP]},
            "authentik": {"enabled": False}, "server": {
                "replicas": 3, "containerSecurityContext": CLOSED, "resources": LARGE, "ingress": OFF,
                "serviceAccountName": "authentik", "pdb": {"enabled": True, "minAvailable": 2}, "service": PLAIN,
                "metrics": {"enabled": True, "serviceMonitor": {"enabled": True}}},
            "worker": {"replicas": 2, "containerSecurityContext": CLOSED, "resources": LARGE, "serviceAccountName":
                       "authentik", "pdb": {"enabled": True, "minAvailable": 1}},
            "serviceAccount": {"create": False}, "geoip": OFF, "postgresql": OFF, "redis": OFF}, "sign-in"),
        reached("authentik", "sign-in", {"app.kubernetes.io/name": "authentik"}, 9443, "gateway")),
        "goauthentik/helm, charts/authentik/values.yaml; docs.goauthentik.io/install-config/configuration", ours(),
        charts=("authentik",)),
    Idiom("the streams team looks at topics in a console after sign-in, with a certificate that may only read", (
        password("console", "kafka", "AUTHENTICATION_JWTSIGNINGKEY", "AUTHENTICATION_OIDC_CLIENTSECRET"),
        mirrored("console", "3.3.0", {
            "replicaCount": 2, "image": {"registry": MIRROR, "repository": "redpandadata/console", "tag":
                                         f"v3.2.2@{HASH}"},
            "commonLabels": TAGS, "podLabels": TAGS, "automountServiceAccountToken": False, "serviceAccount": {
                "create": True, "automountServiceAccountToken": False},
            "podSecurityContext": POD, "securityContext": CLOSED, "resources": SMALL, "service": {
                **PLAIN, "port": 443, "targetPort": 8443}, "ingress": OFF, "autoscaling": OFF, "tests": OFF,
            "secret": {"create": False}, "extraEnvFrom": [{"secretRef": {"name": "console"}}], "config": CONSOLE,
            "extraVolumes": [secret("tls", "console-tls")], "extraVolumeMounts": [TLS]}, "kafka"),
        reached("console", "kafka", {"app.kubernetes.io/name": "console"}, 8443, "gateway")),
        "redpanda-data/helm-charts, charts/console/values.yaml; docs.redpanda.com, console/config", ours(),
        charts=("console",)),
    Idiom("queues of trainings are run by Kueue of two copies, whose hooks have certificates of the bank's issuer", (
        mirrored("kueue", "0.14.4", {
            "enableCertManager": True, "enablePrometheus": True, "enableKueueViz": False, "enableVisibilityAPF": True,
            "controllerManager": {
                "replicas": 2, "podDisruptionBudget": {"enabled": True, "minAvailable": 1}, "manager": {
                    "image": {"repository": f"{MIRROR}/kueue/kueue", "tag": f"v0.14.4@{HASH}", "pullPolicy":
                              "IfNotPresent"},
                    "podSecurityContext": POD, "containerSecurityContext": CLOSED, "resources": LARGE}},
            "managerConfig": {"controllerManagerConfigYaml": QUEUES}, "metricsService": {**PLAIN, "labels": TAGS},
            "metrics": {"prometheusNamespace": "monitoring", "serviceMonitor": {"tlsConfig": {
                "insecureSkipVerify": False, "serverName": "kueue-controller-manager-metrics-service.kueue-system.svc",
                "ca": {"secret": {"name": "kueue-metrics-server-cert", "key": "ca.crt"}}}}}}, "kueue-system"),
        k8s("core/v1:ResourceQuota", {"metadata": meta("kueue", "kueue-system"), "spec": {"hard": {
            "pods": "10", "limits.cpu": "8", "limits.memory": "16Gi"}}}, "quota"),
        reached("kueue", "kueue-system", {"app.kubernetes.io/name": "kueue"}, 8443, "monitoring")),
        "kubernetes-sigs/kueue, charts/kueue/values.yaml; kueue.sigs.k8s.io/docs/installation", ours(),
        charts=("kueue",)),
    Idiom("the operator of Spark watches two namespaces, holds their quotas and turns away what its hook cannot see", (
        mirrored("spark-operator", "2.4.0", {
            "commonLabels": TAGS, "image": {"registry": MIRROR, "repository": "kubeflow/spark-operator/controller",
                                            "tag": f"2.4.0@{HASH}"},
            "controller": {
                "replicas": 2, "logLevel": "info", "labels": TAGS, "podSecurityContext": POD, "securityContext": CLOSED,
                "resources": LARGE, "uiService": {"enable": False}, "uiIngress": {"enable": False}, "pprof": {
                    "enable": False}, "podDisruptionBudget": {"enable": True, "minAvailable": 1}},
            "webhook": {"enable": True, "replicas": 2, "failurePolicy": "Fail", "labels": TAGS, "podSecurityContext":
                        POD, "securityContext": CLOSED, "resources": SMALL, "resourceQuotaEnforcement": {
                            "enable": True}, "podDisruptionBudget": {"enable": True, "minAvailable": 1}},
            "spark": {"jobNamespaces": ["risk", "reports"], "serviceAccount": {"create": True, "name": "spark"}, "rbac":
                      {"create": True}},
            "certManager": {"enable": True}, "prometheus": {"metrics": {"enable": True, "port": 8080}, "podMonitor": {
                "create": True, "podMetricsEndpoint": {"scheme": "http", "interval": "60s"}}}}),
        reached("spark-operator", "spark-operator", {"app.kubernetes.io/name": "spark-operator"}, 8080, "monitoring")),
        "kubeflow/spark-operator, charts/spark-operator-chart/values.yaml", ours(), charts=("spark-operator",)),
    Idiom("the operator of Flink watches the streams alone, and its jobs speak TLS to each other", (
        password("flink-webhook", "flink", "password"),
        mirrored("flink-kubernetes-operator", "1.13.0", {
            "watchNamespaces": ["streams"], "image": {"repository": f"{MIRROR}/apache/flink-kubernetes-operator",
                                                      "digest": HASH, "tag": "1.13.0"},
            "replicas": 2, "strategy": {"type": "RollingUpdate"}, "rbac": {"create": True, "nodesRule": {
                "create": False}},
            "operatorPod": {"labels": TAGS, "resources": LARGE, "webhook": {"resources": SMALL}},
            "operatorVolumes": {"create": False}, "operatorVolumeMounts": {"create": False}, "podSecurityContext": POD,
            "operatorSecurityContext": CLOSED, "webhookSecurityContext": CLOSED, "webhook": {
                "create": True, "keystore": {"useDefaultPassword": False, "passwordSecretRef": {
                    "name": "flink-webhook", "key": "password"}}},
            "defaultConfiguration": {"create": True, "append": True, "flink-conf.yaml": FLINK}, "metrics": {
                "port": 9999}}, "flink"),
        reached("flink-operator", "flink", {"app.kubernetes.io/name": "flink-kubernetes-operator"}, 9999,
                "monitoring")),
        "apache/flink-kubernetes-operator, helm/flink-kubernetes-operator/values.yaml", ours(),
        charts=("flink-kubernetes-operator",)),
    Idiom("short certificates of machines are issued by step-ca, whose key the bank's store brings", (
        password("step-certificates-ca-password", "step", "password"),
        mirrored("step-certificates", "1.28.5", {
            "kind": "StatefulSet", "replicaCount": 1, "image": {"repository": f"{MIRROR}/smallstep/step-ca", "tag":
                                                                f"0.28.4@{HASH}"},
            "existingSecrets": {"enabled": True, "ca": True, "issuer": False, "configAsSecret": True, "sshHostCa":
                                False, "sshUserCa": False},
            "bootstrap": {"enabled": False, "configmaps": False, "secrets": False}, "inject": OFF, "autocert": OFF,
            "podExtraLabels": TAGS, "podSecurityContext": POD, "resources": SMALL, "service": {
                **PLAIN, "port": 443, "targetPort": 9000}, "ingress": OFF, "serviceaccount": {
                    "create": True, "labels": TAGS}, "ca": {
                        "name": "Bank machines", "address": ":9000", "dns": "ca.bank.ae", "url": "https://ca.bank.ae",
                        "existingSecrets": {"enabled": True}, "containerSecurityContext": CLOSED, "init": {
                            "containerSecurityContext": CLOSED}, "db": {
                                "enabled": True, "persistent": True, "storageClass": "encrypted", "size": "10Gi"}}},
            "step"),
        reached("step-certificates", "step", {"app.kubernetes.io/name": "step-certificates"}, 9000, "machines")),
        "smallstep/helm-charts, step-certificates/values.yaml; smallstep.com/docs/step-ca/certificate-authority-core",
        ours(), charts=("step-certificates",)),
    Idiom("images of branches come from a small registry of the bank's bucket, which lets nobody in without a name", (
        password("registry-callers", "registry", "htpasswd"), password("registry-shared", "registry", "secret"),
        mirrored("docker-registry", "3.0.0", {
            "replicaCount": 2, "image": {"repository": f"{MIRROR}/library/registry", "tag": f"3.0.0@{HASH}"},
            "podLabels": TAGS, "serviceAccount": {**identity("registry"), "name": "registry"}, "service": {
                **PLAIN, "port": 5000}, "ingress": OFF, "resources": SMALL, "persistence": OFF, "storage": "s3", "s3": {
                    "region": "me-central-1", "bucket": "bank-models", "rootdirectory": "/registry", "encrypt": True,
                    "secure": True}, "tlsSecretName": "registry-tls", "proxy": OFF, "metrics": OFF, "configData":
            REGISTRY, "extraEnvVars": [{"name": "REGISTRY_STORAGE_S3_KEYID", "value": KEY}, secret_variable(
                "REGISTRY_HTTP_SECRET", "registry-shared", "secret")],
            "containerSecurityContext": {"enabled": True, **CLOSED}, "securityContext": {
                "enabled": True, **POD}, "extraVolumes": [secret("callers", "registry-callers")],
            "extraVolumeMounts": [{"name": "callers", "mountPath": "/callers", "readOnly": True}],
            "podDisruptionBudget": {"maxUnavailable": 1}, "autoscaling": OFF, "garbageCollect": OFF}, "registry"),
        reached("registry", "registry", {"app": "docker-registry"}, 5000, "branches")),
        "twuni/docker-registry.helm, values.yaml; distribution.github.io/distribution/about/configuration", ours(),
        charts=("docker-registry",)),
    Idiom("apps of the data centre stand behind HAProxy, which speaks TLS 1.2 and no plain HTTP", (
        mirrored("kubernetes-ingress", "1.46.1", {
            "rbac": {"create": True}, "serviceAccount": {"create": True}, "podSecurityPolicy": OFF, "controller": {
                "kind": "Deployment", "replicaCount": 3, "image": {
                    "repository": f"{MIRROR}/haproxytech/kubernetes-ingress", "tag": f"3.1.13@{HASH}"},
                "unprivileged": True, "allowPrivilegedPorts": False, "allowPrivilegeEscalation": False,
                "enableRuntimeDefaultSeccompProfile": True, "pprof": OFF, "prometheus": {"enabled": True},
                "ingressClassResource": {"name": "haproxy", "default": False}, "ingressClass": "haproxy", "podLabels":
                TAGS, "extraLabels": TAGS, "enableServiceLinks": False, "defaultTLSSecret": {
                    "enabled": True, "secret": "bank-tls", "secretNamespace": "haproxy"},
                "resources": LARGE, "PodDisruptionBudget": {"enable": True, "maxUnavailable": 1}, "extraArgs": [
                    "--disable-http", "--disable-quic", "--namespace-whitelist=apps"],
                "config": {"ssl-redirect": "true", "ssl-options": "ssl-min-ver TLSv1.2 no-tls-tickets",
                           "rate-limit-status-code": "429", "timeout-client": "30s"},
                "service": {"enabled": True, **PLAIN, "enablePorts": {"http": False, "quic": False, "stat": False}},
                "serviceMonitor": {"enabled": True}, "logging": {"level": "info", "traffic": {
                    "address": "stdout", "format": "raw", "facility": "daemon"}}}}, "haproxy"),
        reached("haproxy", "haproxy", {"app.kubernetes.io/name": "kubernetes-ingress"}, 8443, "edge")),
        "haproxytech/helm-charts, kubernetes-ingress/values.yaml; haproxy.com/documentation/kubernetes-ingress", ours(),
        charts=("kubernetes-ingress",)),
    Idiom("accounts of three zones lie in CockroachDB of the chart, whose certificates cert-manager renews", (
        mirrored("cockroachdb", "17.0.3", {
            "image": {"repository": f"{MIRROR}/cockroachdb/cockroach", "tag": f"v25.3.2@{HASH}"}, "labels": TAGS,
            "conf": {"cluster-name": "accounts", "single-node": False, "cache": "25%", "max-sql-memory": "25%",
                     "log": {"enabled": True, "config": {"sinks": {"stderr": {"channels": "all", "format": "json",
                                                                              "redact": True}}}}},
            "statefulset": {
                "replicas": 3, "labels": TAGS, "budget": {"maxUnavailable": 1}, "podAntiAffinity": {"type": "hard"},
                "env": [{"name": "COCKROACH_SKIP_ENABLING_DIAGNOSTIC_REPORTING", "value": "true"}], "resources": LARGE,
                "securityContext": {"enabled": True}, "topologySpreadConstraints": {
                    "maxSkew": 1, "topologyKey": "topology.kubernetes.io/zone", "whenUnsatisfiable": "DoNotSchedule"}},
            "storage": {"hostPath": "", "persistentVolume": {
                "enabled": True, "size": "100Gi", "storageClass": "encrypted", "labels": TAGS}},
            "tls": {"enabled": True, "certs": {
                "provided": False, "selfSigner": OFF, "certManager": True, "certManagerIssuer": {
                    "group": "cert-manager.io", "kind": "ClusterIssuer", "name": "bank"}, "useCertManagerV1CRDs":
                True}},
            "service": {"public": PLAIN}, "ingress": OFF, "init": {"labels": TAGS, "resources": SMALL, "provisioning":
                                                                   OFF}, "networkPolicy": {
                "enabled": True, "ingress": {"grpc": [{"namespaceSelector": {"matchLabels": {
                    "kubernetes.io/metadata.name": "apps"}}}], "http": [{"namespaceSelector": {"matchLabels": {
                        "kubernetes.io/metadata.name": "monitoring"}}}]}},
            "serviceMonitor": {"enabled": True, "namespaced": True}}, "accounts"),),
        "cockroachdb/helm-charts, cockroachdb/values.yaml; cockroachlabs.com/docs, secure-cockroachdb-kubernetes",
        ours(), charts=("cockroachdb",)),
    Idiom("answers of models are reviewed in Phoenix after sign-in, which fetches nothing outside and tells nobody", (
        account("phoenix", "evaluation"),
        password("phoenix", "evaluation", "PHOENIX_SECRET", "PHOENIX_ADMIN_SECRET", "PHOENIX_POSTGRES_PASSWORD",
                 "PHOENIX_DEFAULT_ADMIN_INITIAL_PASSWORD", "PHOENIX_OAUTH2_STAFF_CLIENT_SECRET"),
        mirrored("phoenix-helm", "4.0.19", {
            "replicaCount": 2, "image": {"registry": MIRROR, "repository": "arizephoenix/phoenix", "tag":
                                         f"version-12.9.0-nonroot@{HASH}"},
            "server": {"port": 6006, "grpcPort": 4317, "rootUrl": "https://phoenix.bank.ae", "labels": TAGS,
                       "allowExternalResources": False, "telemetryEnabled": False, "allowedProviders": "NONE",
                       "enablePrometheus": True},
            "auth": {"enableAuth": True, "createSecret": False, "name": "phoenix", "disableBasicAuth": True,
                     "useSecureCookies": True, "enableStrongPasswordPolicy": True, "accessTokenExpiryMinutes": 15,
                     "refreshTokenExpiryMinutes": 480, "csrfTrustedOrigins": ["https://phoenix.bank.ae"], "oauth2": {
                         "enabled": True, "providers": {"staff": {
                             "client_id": "phoenix", "oidc_config_url": f"{LOGIN}/.well-known/openid-configuration",
                             "allow_sign_up": True, "use_pkce": True, "groups_attribute_path": "groups",
                             "allowed_groups": ["ml-evaluation"]}}}},
            "tls": {"enabled": True, "enabledForHttp": True, "enabledForGrpc": True, "certFile": "/tls/tls.crt",
                    "keyFile": "/tls/tls.key"},
            "postgresql": OFF, "persistence": OFF, "database": {"defaultRetentionPolicyDays": 90, "postgres": {
                "host": "phoenix-rw.evaluation.svc.cluster.local", "db": "phoenix", "user": "phoenix", "port": 5432,
                "password": ""}},
            "additionalEnv": [{"name": "PGSSLMODE", "value": "verify-full"},
                              {"name": "PGSSLROOTCERT", "value": "/tls/ca.crt"}],
            "service": PLAIN, "ingress": OFF, "logging": {"mode": "structured", "logSql": False}, "serviceAccount": {
                "create": False, "name": "phoenix"}, "resources": LARGE, "securityContext": {
                    "pod": {"enabled": True, **POD}, "container": {"enabled": True, **CLOSED}},
            "extraVolumes": [secret("tls", "phoenix-tls"), *SCRATCH], "extraVolumeMounts": [TLS, *TMP]}, "evaluation"),
        reached("phoenix", "evaluation", {"app": "phoenix"}, 6006, "gateway")),
        "Arize-ai/phoenix, helm/values.yaml; arize.com/docs/phoenix/self-hosting/configuration", ours(),
        charts=("phoenix-helm",)),
)  # fmt: skip
