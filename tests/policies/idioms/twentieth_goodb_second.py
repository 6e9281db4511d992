"""Good idioms of on-premises clusters beside those of set 20, written after its mends (set 20, second part)."""

from ..blind import TAGS, k8s, meta
from . import Idiom
from .eleventh_charts import CLOSED, SMALL, inside
from .fifteenth_work import SCRATCH, pod
from .sixteenth_stores import owned, password, reached
from .thirteenth_cluster_access import account
from .twelfth_charts import MIRROR, POD, image, mirrored, ours
from .twentieth_goodb_charts import approved, certificate, namespace

NGINX = """pid /tmp/nginx.pid;
events { worker_connections 1024; }
http {
  server_tokens off;
  server {
    listen 8443 ssl;
    ssl_certificate /tls/tls.crt;
    ssl_certificate_key /tls/tls.key;
    ssl_protocols TLSv1.2 TLSv1.3;
    add_header Strict-Transport-Security "max-age=31536000" always;
    location / {
      proxy_pass https://core.bank.ae;
      proxy_ssl_verify on;
      proxy_ssl_trusted_certificate /ca/ca.crt;
      proxy_ssl_server_name on;
    }
    location = /ready { return 200; }
  }
}
"""
RUNNER = f"""[[runners]]
  [runners.kubernetes]
    namespace = "builds"
    image = "{MIRROR}/builds/base:3.22"
    privileged = false
    allow_privilege_escalation = false
    cpu_request = "500m"
    memory_limit = "2Gi"
    service_account = "builder"
    pull_policy = ["always"]
    allowed_images = ["{MIRROR}/builds/*"]
    allowed_services = ["{MIRROR}/services/*"]
    [runners.kubernetes.pod_security_context]
      run_as_non_root = true
      run_as_user = 10001
    [runners.kubernetes.build_container_security_context.capabilities]
      drop = ["ALL"]
  [runners.cache]
    Type = "s3"
    Shared = false
    [runners.cache.s3]
      ServerAddress = "objects.bank.ae"
      BucketName = "bank-builds"
      BucketLocation = "me-central-1"
      Insecure = false
"""
ALERTS = """route:
  receiver: desk
  group_by: [alertname, namespace]
receivers:
  - name: desk
    webhook_configs:
      - url: https://desk.bank.ae/alerts
        send_resolved: true
        http_config:
          authorization:
            type: Bearer
            credentials_file: /etc/alertmanager/secrets/desk/token
"""

IDIOMS: tuple[Idiom, ...] = approved(
    Idiom("an old program is reached over TLS by nginx beside it, which checks the certificate of what is behind", (
        *namespace("core"), account("front", "core"), certificate("front", "core", "core-front.bank.ae"),
        k8s("core/v1:ConfigMap", {"metadata": meta("front", "core"), "data": {"nginx.conf": NGINX}}, "front-settings"),
        k8s("apps/v1:Deployment", {"metadata": meta("front", "core"), "spec": {
            "replicas": 2, "selector": {"matchLabels": {"app": "front"}}, "template": {
                "metadata": {"labels": {**TAGS, "app": "front"}}, "spec": pod("front", SMALL, ports=[
                    {"containerPort": 8443, "name": "https"}], readinessProbe={"httpGet": {
                        "path": "/ready", "port": "https", "scheme": "HTTPS"}}, volumeMounts=[
                            {"name": "tmp", "mountPath": "/tmp"},  # noqa: S108
                            {"name": "settings", "mountPath": "/etc/nginx/nginx.conf", "subPath": "nginx.conf"},
                            {"name": "tls", "mountPath": "/tls", "readOnly": True},
                            {"name": "ca", "mountPath": "/ca", "readOnly": True}], pod={"volumes": [
                                *SCRATCH, {"name": "settings", "configMap": {"name": "front"}},
                                {"name": "tls", "secret": {"secretName": "front-tls"}},
                                {"name": "ca", "configMap": {"name": "bank-authority"}}]})}}}, "front"),
        k8s("core/v1:Service", {"metadata": meta("front", "core"), "spec": {
            "selector": {"app": "front"}, "ports": [{"port": 443, "targetPort": "https"}]}}, "front-service"),
        k8s("policy/v1:PodDisruptionBudget", {"metadata": meta("front", "core"), "spec": {
            "maxUnavailable": 1, "selector": {"matchLabels": {"app": "front"}}}}, "front-budget"),
        reached("front", "core", {"app": "front"}, 8443, "gateway")),
        "nginx.org/en/docs/http/ngx_http_proxy_module.html, as known", ours()),
    Idiom("builds of the bank's GitLab run in closed pods of a runner, with a cache in the bank's bucket", (
        *namespace("builds"), password("runner", "builds", "runner-token", "accesskey", "secretkey"),
        mirrored("gitlab-runner", "0.82.0", {
            "image": {"registry": MIRROR, "image": "gitlab-org/gitlab-runner", "tag": "alpine-v18.5.0"}, "replicas": 2,
            "gitlabUrl": "https://git.bank.ae/", "unregisterRunners": True, "terminationGracePeriodSeconds": 3600,
            "concurrent": 20, "checkInterval": 5, "logFormat": "json", "sessionServer": {"enabled": False}, "rbac": {
                "create": True, "clusterWideAccess": False, "rules": [
                    {"apiGroups": [""], "resources": ["pods", "configmaps"], "verbs": [
                        "get", "list", "watch", "create", "delete"]},
                    {"apiGroups": [""], "resources": ["secrets"], "verbs": ["create"]}]},
            "serviceAccount": {"create": True}, "metrics": {"enabled": True, "serviceMonitor": {"enabled": True}},
            "runners": {"secret": "runner", "config": RUNNER, "executor": "kubernetes", "cache": {
                "secretName": "runner"}}, "podSecurityContext": POD, "securityContext": CLOSED, "resources": SMALL,
            "podLabels": TAGS}, "builds")),
        "docs.gitlab.com/runner/install/kubernetes_helm_chart_configuration; .../executors/kubernetes, as known",
        ours(), charts=("gitlab-runner",)),
    Idiom("alerts reach the bank's desk by an Alertmanager of the stack, whose settings are a file", (
        password("desk", "monitoring", "token"),
        mirrored("kube-prometheus-stack", "79.5.0", {
            "global": {"imageRegistry": MIRROR}, "commonLabels": TAGS, "grafana": {"enabled": False}, "prometheus": {
                "prometheusSpec": {"retention": "15d", "replicas": 2, "scrapeInterval": "30s", "podAntiAffinity":
                    "hard",
                                   "storageSpec": {"volumeClaimTemplate": {"metadata": {"labels": TAGS}, "spec": {
                                       "storageClassName": "encrypted", "accessModes": ["ReadWriteOnce"], "resources": {
                                           "requests": {"storage": "100Gi"}}}}}}},
            "alertmanager": {"enabled": True, "stringConfig": ALERTS, "tplConfig": False, "alertmanagerSpec": {
                "replicas": 3, "secrets": ["desk"], "retention": "120h", "useExistingSecret": False, "storage": {
                    "volumeClaimTemplate": {"metadata": {"labels": TAGS}, "spec": {
                        "storageClassName": "encrypted", "accessModes": ["ReadWriteOnce"], "resources": {"requests": {
                            "storage": "5Gi"}}}}}}},
            "nodeExporter": {"enabled": False}, "kubeStateMetrics": {"enabled": True}, "kubeProxy": {"enabled": False}},
            "monitoring")),
        "prometheus-community/helm-charts, charts/kube-prometheus-stack; prometheus.io/docs/alerting, as known",
            ours()),
    Idiom("figures of nodes are read by an exporter with read-only directories, in the namespace of agents", (
        mirrored("prometheus-node-exporter", "4.49.1", {
            "image": {"registry": MIRROR, "repository": "prometheus/node-exporter", "tag": "v1.10.2"}, "hostNetwork":
            False, "hostPID": False, "rbac": {"create": False}, "resources": SMALL, "podLabels": TAGS, "commonLabels":
            TAGS, "securityContext": POD, "containerSecurityContext": CLOSED, "kubeRBACProxy": {"enabled": False},
            "serviceAccount": {"create": True, "automountServiceAccountToken": False}, "tolerations": [
                {"operator": "Exists", "effect": "NoSchedule"}], "extraArgs": [
                    "--collector.filesystem.mount-points-exclude=^/(dev|proc|sys|run|var/lib/kubelet)($|/)",
                    "--web.config.file=/web/web.yml"], "secrets": [{"name": "web", "mountPath": "/web"}],
            "prometheus": {"monitor": {"enabled": True, "scheme": "https"}}}, "agents"),),
        "prometheus-community/helm-charts, charts/prometheus-node-exporter, as known", ours(kubernetes={
            "privileged_namespaces": {"agents": "exporters read directories of the nodes"}})),
    owned("a program of payments is served by Knative inside the cluster, and scales by its callers", (
        account("fees", "payments"),
        inside("serving.knative.dev/v1:Service", "fees", {
            "template": {"metadata": {"labels": TAGS, "annotations": {
                "autoscaling.knative.dev/min-scale": "2", "autoscaling.knative.dev/max-scale": "10",
                "autoscaling.knative.dev/target": "100", "autoscaling.knative.dev/metric": "concurrency"}}, "spec": {
                    "containerConcurrency": 200, "timeoutSeconds": 30, "serviceAccountName": "fees",
                    "automountServiceAccountToken": False, "enableServiceLinks": False, "securityContext": POD,
                    "containers": [{"name": "fees", "image": image("apps/fees"), "resources": SMALL, "securityContext":
                                    CLOSED, "ports": [{"containerPort": 8080, "name": "h2c"}], "readinessProbe": {
                                        "httpGet": {"path": "/ready", "port": 8080}}}]}},
            "traffic": [{"latestRevision": True, "percent": 100}]}, "payments", labels={
                **TAGS, "networking.knative.dev/visibility": "cluster-local"})),
        "knative.dev/docs/serving/autoscaling; .../services/private-services, as known", "serving.knative.dev"),
)  # fmt: skip
