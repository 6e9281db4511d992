"""Good idioms of programs on clusters: models, data, proxies, jobs and their charts (eleventh set, blind)."""

from ..blind import IMAGE, ME, TAGS, k8s, meta, pod
from ..harness import Given
from . import Idiom, unpriced
from .eleventh_charts import CLOSED, SIGN_IN, SMALL, inside, secret_variable
from .eleventh_cluster import allowed, priced
from .sixth_kubernetes import GPU, MODELS, TOLERATED, claim, service

SQUID = """http_port 3128
acl bank src 10.20.0.0/16
acl allowed dstdomain .example.ae
acl tls port 443
http_access deny !tls
http_access allow bank allowed
http_access deny all
cache deny all
access_log stdio:/dev/stdout
"""
POOLER = """[databases]
claims = host=claims-rw.team-a.svc.cluster.local port=5432 dbname=claims
[pgbouncer]
listen_addr = 0.0.0.0
listen_port = 6432
auth_type = scram-sha-256
auth_file = /etc/users/users.txt
client_tls_sslmode = require
client_tls_cert_file = /etc/tls/tls.crt
client_tls_key_file = /etc/tls/tls.key
server_tls_sslmode = verify-full
server_tls_ca_file = /etc/tls/ca.crt
pool_mode = transaction
max_client_conn = 500
"""
SITE = """server {
  listen 8443 ssl;
  server_name portal.example.ae;
  ssl_certificate /etc/tls/tls.crt;
  ssl_certificate_key /etc/tls/tls.key;
  ssl_protocols TLSv1.2 TLSv1.3;
  add_header Strict-Transport-Security "max-age=31536000" always;
  add_header Content-Security-Policy "default-src 'self'" always;
  location /api/ {
    proxy_pass http://portal.team-a.svc.cluster.local:8080/;
    proxy_set_header Host $host;
  }
}
"""
SHARED = """version: v1
flags:
  migStrategy: none
sharing:
  timeSlicing:
    renameByDefault: true
    failRequestsGreaterThanOne: true
    resources:
    - name: nvidia.com/gpu
      replicas: 4
"""
COLLECTOR = """receivers:
  otlp:
    protocols:
      grpc: {endpoint: "0.0.0.0:4317", tls: {cert_file: /etc/tls/tls.crt, key_file: /etc/tls/tls.key}}
processors:
  memory_limiter: {check_interval: 1s, limit_percentage: 80}
  batch: {}
  redaction: {allow_all_keys: true, blocked_values: ["784-[0-9]{4}-[0-9]{7}-[0-9]"]}
exporters:
  otlp: {endpoint: "tempo.monitoring.svc.cluster.local:4317", tls: {ca_file: /etc/tls/ca.crt}}
service:
  pipelines:
    traces: {receivers: [otlp], processors: [memory_limiter, redaction, batch], exporters: [otlp]}
"""


def mounted(*pairs: tuple[str, str]) -> list[dict[str, object]]:
    """Returns mounts of volumes at paths, to read only."""
    return [{"name": name, "mountPath": path, "readOnly": True} for name, path in pairs]


def text(name: str, **data: str) -> Given:
    """Returns a map of the team with files."""
    return k8s("core/v1:ConfigMap", {"metadata": meta(name), "data": data}, f"{name}-config")


def config(name: str, kind: str = "configMap") -> dict[str, object]:
    """Returns a volume of a map or of a secret."""
    return {"name": name, kind: {"name" if kind == "configMap" else "secretName": name}}


IDIOMS: tuple[Idiom, ...] = (
    Idiom("employees chat with the bank's own models after sign-in", (
        claim("chats", "20Gi"),
        *service("chat", IMAGE, 8080, "/health", env=[
            {"name": "OPENAI_API_BASE_URL", "value": "http://proxy.models.svc.cluster.local:4000/v1"},
            {"name": "ENABLE_LOGIN_FORM", "value": "false"}, {"name": "ENABLE_OAUTH_SIGNUP", "value": "true"},
            {"name": "OPENID_PROVIDER_URL", "value":
                "https://login.example.ae/realms/bank/.well-known/openid-configuration"},
            {"name": "DEFAULT_USER_ROLE", "value": "user"}, {"name": "ENABLE_COMMUNITY_SHARING", "value": "false"},
            {"name": "ANONYMIZED_TELEMETRY", "value": "false"}, {"name": "WEBUI_URL", "value":
                                                                 "https://chat.example.ae"},
            secret_variable("OAUTH_CLIENT_SECRET", "chat", "client"), secret_variable("WEBUI_SECRET_KEY", "chat",
            "key"),
            secret_variable("OPENAI_API_KEY", "chat", "models")],
            volumes=[{"name": "data", "persistentVolumeClaim": {"claimName": "chats"}}, {"name": "tmp",
            "emptyDir": {}}],
            volumeMounts=[{"name": "data", "mountPath": "/app/backend/data"}, {"name": "tmp",
            "mountPath": "/app/tmp"}])),
        "docs.openwebui.com/features/auth/sso", {
            **MODELS, "identity": SIGN_IN, **priced("core/v1:PersistentVolumeClaim", "chats")}),
    Idiom("prompts are traced by a program of the cluster that tells nobody else", service(
        "traces", IMAGE, 3000, "/api/public/health", env=[
            {"name": "TELEMETRY_ENABLED", "value": "false"}, {"name": "AUTH_DISABLE_SIGNUP", "value": "true"},
            {"name": "AUTH_DISABLE_USERNAME_PASSWORD", "value": "true"},
            {"name": "AUTH_KEYCLOAK_ISSUER", "value": "https://login.example.ae/realms/bank"},
            {"name": "NEXTAUTH_URL", "value": "https://traces.example.ae"},
            {"name": "LANGFUSE_S3_EVENT_UPLOAD_BUCKET", "value": "bank-models"},
            {"name": "LANGFUSE_S3_EVENT_UPLOAD_REGION", "value": "me-central-1"},
            secret_variable("DATABASE_URL", "traces", "database"), secret_variable("SALT", "traces", "salt"),
            secret_variable("AUTH_KEYCLOAK_CLIENT_SECRET", "traces", "client"),
            secret_variable("NEXTAUTH_SECRET", "traces", "session")]),
        "langfuse.com/self-hosting/configuration", {**MODELS, "identity": SIGN_IN}),
    Idiom("a microservice of NVIDIA serves a model from the bank's mirror", (
        inside("apps.nvidia.com/v1alpha1:NIMCache", "llama", {
            "source": {"ngc": {"modelPuller": f"{ME}.dkr.ecr.me-central-1.amazonaws.com/nim/llama:1.13.1",
                               "authSecret": "mirror", "pullSecret": "mirror", "model": {
                                   "engine": "tensorrt_llm", "tensorParallelism": "1"}}},
            "storage": {"pvc": {"create": True, "storageClass": "encrypted", "size": "60Gi",
                                "volumeAccessMode": "ReadWriteOnce"}}, "userID": 1000, "groupID": 2000}),
        inside("apps.nvidia.com/v1alpha1:NIMService", "llama", {
            "image": {"repository": f"{ME}.dkr.ecr.me-central-1.amazonaws.com/nim/llama", "tag": "1.13.1",
                      "pullPolicy": "IfNotPresent", "pullSecrets": ["mirror"]}, "authSecret": "mirror",
            "storage": {"nimCache": {"name": "llama", "profile": ""}}, "replicas": 1, "labels": TAGS,
            "resources": {"limits": {"nvidia.com/gpu": 1}}, "expose": {"service": {"type": "ClusterIP", "port": 8000}},
            "userID": 1000, "groupID": 2000})),
        "docs.nvidia.com/nim-operator/latest/service", allowed(
            "apps.nvidia.com", **unpriced("kubernetes:apps.nvidia.com/v1alpha1:NIMService::llama",
                                          "kubernetes:apps.nvidia.com/v1alpha1:NIMCache::llama"))),
    Idiom("features of models come from tables of the bank's own stores", (inside(
        "feast.dev/v1:FeatureStore", "fraud", {
            "feastProject": "fraud", "services": {
                "offlineStore": {"server": {"logLevel": "info"}, "persistence": {"store": {
                    "type": "postgres", "secretRef": {"name": "feast-offline"}}}},
                "onlineStore": {"server": {"logLevel": "info"}, "persistence": {"store": {
                    "type": "redis", "secretRef": {"name": "feast-online"}}}},
                "registry": {"local": {"server": {"restAPI": True}, "persistence": {"store": {
                    "type": "sql", "secretRef": {"name": "feast-registry"}}}}}},
            "authz": {"oidc": {"secretRef": {"name": "feast-oidc"}}}}),),
        "docs.feast.dev/how-to-guides/running-feast-in-production", allowed(
            "feast.dev", **priced("feast.dev/v1:FeatureStore", "fraud"))),
    Idiom("a proxy lets pods reach hosts of the bank's domain only", (
        text("egress", **{"squid.conf": SQUID}),
        *service("egress", IMAGE, 3128, "/", readinessProbe={"tcpSocket": {"port": 3128}},
                 volumes=[config("egress"), {"name": "run", "emptyDir": {}}],
                 volumeMounts=[*mounted(("egress", "/etc/squid")), {"name": "run", "mountPath": "/var/run/squid"}])),
        "wiki.squid-cache.org/SquidFaq/SquidAcl", MODELS),
    Idiom("a pooler before a database speaks TLS to both sides", (
        text("pooler", **{"pgbouncer.ini": POOLER}),
        *service("pooler", IMAGE, 6432, "/", readinessProbe={"tcpSocket": {"port": 6432}},
                 volumes=[config("pooler"), config("tls", "secret"), config("users", "secret")],
                 volumeMounts=mounted(("pooler", "/etc/pgbouncer"), ("tls", "/etc/tls"), ("users", "/etc/users")))),
        "pgbouncer.org/config"),
    Idiom("pages of the portal are served by nginx over TLS, and its API behind it", (
        text("portal-site", **{"default.conf": SITE}),
        *service("portal-web", IMAGE, 8443, "/healthz", readinessProbe={
            "httpGet": {"path": "/healthz", "port": 8443, "scheme": "HTTPS"}},
            volumes=[config("portal-site"), config("tls", "secret"), {"name": "cache", "emptyDir": {}}],
            volumeMounts=[*mounted(("portal-site", "/etc/nginx/conf.d"), ("tls", "/etc/tls")),
                          {"name": "cache", "mountPath": "/var/cache/nginx"}])),
        "nginx.org/en/docs/http/configuring_https_servers", MODELS),
    Idiom("GPUs for notebooks are shared by four in turns", (k8s("core/v1:ConfigMap", {
        "metadata": meta("time-slicing", "gpu-operator"), "data": {"notebooks": SHARED}}, "slices"),),
        "docs.nvidia.com/datacenter/cloud-native/gpu-operator/latest/gpu-sharing"),
    Idiom("traces lose numbers of identity cards before they are kept", (
        text("collector", **{"config.yaml": COLLECTOR}),
        *service("collector", IMAGE, 4317, "/", args=["--config=/etc/otel/config.yaml"], readinessProbe={
            "tcpSocket": {"port": 4317}}, volumes=[config("collector"), config("tls", "secret")],
            volumeMounts=mounted(("collector", "/etc/otel"), ("tls", "/etc/tls")))),
        "opentelemetry.io/docs/collector/configuration"),
    Idiom("a database is dumped every night, encrypted, into the bank's bucket", (
        k8s("core/v1:ServiceAccount", {"metadata": meta("app", annotations={
            "eks.amazonaws.com/role-arn": f"arn:aws:iam::{ME}:role/dump"}), "automountServiceAccountToken": False},
            "app"),
        inside("batch/v1:CronJob", "dump", {
            "schedule": "30 1 * * *", "timeZone": "Asia/Dubai", "concurrencyPolicy": "Forbid",
            "startingDeadlineSeconds": 600, "successfulJobsHistoryLimit": 1, "jobTemplate": {
                "metadata": {"labels": TAGS}, "spec": {"activeDeadlineSeconds": 3600, "backoffLimit": 1, "template": {
                    "metadata": {"labels": TAGS}, "spec": pod({
                        "command": ["/bin/sh", "-euc"], "args": [
                            "pg_dump --format=custom \"$DATABASE_URL\" | age -R /etc/keys/public.txt > /work/claims.age"
                            " && aws s3 cp /work/claims.age s3://bank-models/dumps/ --sse aws:kms --no-progress"],
                        "env": [secret_variable("DATABASE_URL", "claims", "url"),
                                {"name": "AWS_REGION", "value": "me-central-1"}],
                        "volumeMounts": [*mounted(("keys", "/etc/keys")), {"name": "work", "mountPath": "/work"}]},
                        restartPolicy="Never", volumes=[config("keys"), {"name": "work", "emptyDir": {}}])}}}})),
        "postgresql.org/docs/current/app-pgdump", MODELS),
    Idiom("images of models are on machines before pods start", (inside("apps/v1:DaemonSet", "pull", {
        "selector": {"matchLabels": {"app": "pull"}}, "updateStrategy": {
            "type": "RollingUpdate", "rollingUpdate": {"maxUnavailable": "25%"}},
        "template": {"metadata": {"labels": {**TAGS, "app": "pull"}}, "spec": pod(
            {"name": "rest", "command": ["sleep", "infinity"], "resources": {
                "requests": {"cpu": "10m", "memory": "16Mi"}, "limits": {"cpu": "10m", "memory": "16Mi"}}},
            nodeSelector={"falaj.io/pool": "gpu"}, tolerations=TOLERATED, initContainers=[{
                "name": "server", "image": IMAGE, "command": ["true"], "securityContext": CLOSED,
                "resources": SMALL}])}}),),
        "kubernetes.io/docs/concepts/workloads/controllers/daemonset"),
    Idiom("an API changes its tables before it starts, and ends its calls before it stops", (
        k8s("scheduling.k8s.io/v1:PriorityClass", {"metadata": {"name": "business", "labels": TAGS}, "value": 100000,
                                                   "preemptionPolicy": "PreemptLowerPriority"}, "business"),
        k8s("apps/v1:Deployment", {"metadata": meta("claims"), "spec": {
            "replicas": 3, "minReadySeconds": 10, "strategy": {"type": "RollingUpdate", "rollingUpdate": {
                "maxSurge": 1, "maxUnavailable": 0}}, "selector": {"matchLabels": {"app": "claims"}}, "template": {
                    "metadata": {"labels": {**TAGS, "app": "claims"}}, "spec": pod(
                        {"ports": [{"containerPort": 8080}], "lifecycle": {"preStop": {"sleep": {"seconds": 15}}},
                         "envFrom": [{"secretRef": {"name": "claims"}}, {"configMapRef": {"name": "claims"}}],
                         "startupProbe": {"httpGet": {"path": "/ready", "port": 8080}, "failureThreshold": 30},
                         "readinessProbe": {"httpGet": {"path": "/ready", "port": 8080}}},
                        priorityClassName="business", terminationGracePeriodSeconds=45, topologySpreadConstraints=[{
                            "maxSkew": 1, "topologyKey": "topology.kubernetes.io/zone", "whenUnsatisfiable":
                            "DoNotSchedule", "labelSelector": {"matchLabels": {"app": "claims"}}}],
                        initContainers=[{"name": "migrate", "image": IMAGE, "args": ["alembic", "upgrade", "head"],
                                         "envFrom": [{"secretRef": {"name": "claims"}}], "securityContext": CLOSED,
                                         "resources": SMALL}])}}}, "claims"),
        inside("policy/v1:PodDisruptionBudget", "claims", {
            "minAvailable": 2, "selector": {"matchLabels": {"app": "claims"}},
            "unhealthyPodEvictionPolicy": "AlwaysAllow"})),
        "kubernetes.io/docs/concepts/workloads/pods/init-containers"),
    Idiom("a training by MPI on two machines has a launcher that waits", (inside(
        "kubeflow.org/v2beta1:MPIJob", "speech", {
            "slotsPerWorker": 1, "sshAuthMountPath": "/home/mpi/.ssh", "runPolicy": {
                "cleanPodPolicy": "Running", "activeDeadlineSeconds": 86400, "ttlSecondsAfterFinished": 3600},
            "mpiReplicaSpecs": {
                "Launcher": {"replicas": 1, "template": {"metadata": {"labels": TAGS}, "spec": pod({
                    "command": ["mpirun", "-n", "2", "python", "/app/train.py"]})}},
                "Worker": {"replicas": 2, "template": {"metadata": {"labels": TAGS}, "spec": pod(
                    {"resources": {"requests": GPU, "limits": GPU}}, tolerations=TOLERATED)}}}}),),
        "kubeflow.org/docs/components/trainer/legacy-v1/user-guides/mpi", allowed("kubeflow.org")),
    Idiom("names of people are hidden in texts by two services of the cluster", (
        *service("analyzer", IMAGE, 3000, "/health", env=[{"name": "PORT", "value": "3000"},
                                                          {"name": "WORKERS", "value": "2"}]),
        text("recognizers", **{"recognizers.yaml": "supported_languages: [ar, en]\nrecognizers:\n- name: emirates-id\n"
                               "  supported_entity: EMIRATES_ID\n  patterns:\n  - name: id\n    score: 0.8\n"
                               "    regex: '784-[0-9]{4}-[0-9]{7}-[0-9]'\n"})),
        "microsoft.github.io/presidio/installation"),
)  # fmt: skip
