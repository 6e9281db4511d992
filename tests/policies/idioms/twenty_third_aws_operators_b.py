"""Good idioms of clusters: Ray, Spark, figures, releases, sign-in and admission by operators (set 23, blind)."""

from ..blind import TAGS, k8s, meta
from .eleventh_charts import CLOSED, SMALL, inside, role
from .eleventh_cluster import top
from .fifteenth_work import SCRATCH, SCRATCH_MOUNTS, pod
from .sixteenth_stores import owned, password, reached
from .thirteenth_cluster_access import account
from .twelfth_charts import LARGE, MIRROR, POD, image
from .twelfth_cluster import GPU, TOLERATED
from .twentieth_goodb_charts import apart, approved, certificate, namespace
from .twenty_first_xcharts import leaving

REGO = """package k8srequiredowner

violation[{"msg": msg}] {
  not input.review.object.metadata.labels.owner
  msg := "an owner is asked for"
}
"""
PIPES = {
    "receivers": {"otlp": {"protocols": {"grpc": {"endpoint": "0.0.0.0:4317", "tls": {
        "cert_file": "/tls/tls.crt", "key_file": "/tls/tls.key", "client_ca_file": "/tls/ca.crt"}}}}},
    "processors": {"memory_limiter": {"check_interval": "1s", "limit_percentage": 75, "spike_limit_percentage": 15},
                   "batch": {"send_batch_size": 10000, "timeout": "10s"}, "attributes": {"actions": [
                       {"key": "http.request.header.authorization", "action": "delete"}]}},
    "exporters": {"otlp": {"endpoint": "traces.bank.ae:4317", "tls": {"ca_file": "/etc/ca/ca.crt"}, "sending_queue": {
        "enabled": True, "num_consumers": 10, "queue_size": 5000}, "retry_on_failure": {"enabled": True}}},
    "extensions": {"health_check": {"endpoint": "0.0.0.0:13133"}},
    "service": {"extensions": ["health_check"], "telemetry": {"logs": {"level": "info", "encoding": "json"}},
                "pipelines": {"traces": {"receivers": ["otlp"], "processors": ["memory_limiter", "attributes", "batch"],
                                         "exporters": ["otlp"]}}},
}  # fmt: skip

IDIOMS = approved(
    owned("features of pictures are made by a job of Ray with workers of GPUs that come and go, in a closed network", (
        *namespace("pictures"), account("ray", "pictures"),
        inside("ray.io/v1:RayJob", "embed", {
            "entrypoint": "python /app/embed.py --month 2026-11", "shutdownAfterJobFinishes": True,
            "ttlSecondsAfterFinished": 600, "activeDeadlineSeconds": 14400, "backoffLimit": 1, "submissionMode":
            "HTTPMode", "rayClusterSpec": {
                "rayVersion": "2.49.0", "enableInTreeAutoscaling": True, "autoscalerOptions": {
                    "upscalingMode": "Default", "idleTimeoutSeconds": 120, "resources": SMALL,
                        "securityContext": CLOSED},
                "headGroupSpec": {"rayStartParams": {"dashboard-host": "127.0.0.1", "num-cpus": "0"}, "template": {
                    "metadata": {"labels": {**TAGS, "app": "ray"}}, "spec": pod(
                        "ray", LARGE, image=image("ray/pictures"), env=[
                            {"name": "RAY_USAGE_STATS_ENABLED", "value": "0"}], ports=[
                            {"containerPort": 6379, "name": "gcs"}], readinessProbe={"exec": {"command": [
                                "ray", "health-check"]}}, volumeMounts=SCRATCH_MOUNTS, pod={"volumes": SCRATCH})}},
                "workerGroupSpecs": [{"groupName": "gpu", "replicas": 0, "minReplicas": 0, "maxReplicas": 4,
                                      "rayStartParams": {}, "template": {
                    "metadata": {"labels": {**TAGS, "app": "ray"}}, "spec": pod(
                        "ray", GPU, image=image("ray/pictures"), env=[
                            {"name": "RAY_USAGE_STATS_ENABLED", "value": "0"}], volumeMounts=SCRATCH_MOUNTS, pod={
                            "volumes": SCRATCH, "tolerations": TOLERATED})}}]}}, "pictures"),
        k8s("networking.k8s.io/v1:NetworkPolicy", {"metadata": meta("ray", "pictures"), "spec": {
            "podSelector": {"matchLabels": {"app": "ray"}}, "policyTypes": ["Ingress", "Egress"], "ingress": [{"from": [
                {"podSelector": {"matchLabels": {"app": "ray"}}}]}], "egress": [{"to": [
                    {"podSelector": {"matchLabels": {"app": "ray"}}}]}]}}, "ray-network"),
        leaving("objects", "pictures", "10.30.21.0/28")),
        "docs.ray.io/en/latest/cluster/kubernetes/getting-started/rayjob-quick-start, as known", "ray.io"),
    owned("balances are summed each night by a job of Spark from the bank's image, with rights for its own pods alone",
        (
        *namespace("spark"), account("spark", "spark"),
        *role("spark", "spark", {"apiGroups": [""], "resources": ["pods", "services", "configmaps"], "verbs": [
            "get", "list", "watch", "create", "delete", "deletecollection"]}),
        password("spark-objects", "spark", "access-key", "secret-key"),
        inside("sparkoperator.k8s.io/v1beta2:ScheduledSparkApplication", "balances", {
            "schedule": "0 2 * * *", "timeZone": "Asia/Dubai", "concurrencyPolicy": "Forbid", "suspend": False,
            "successfulRunHistoryLimit": 3, "failedRunHistoryLimit": 5, "template": {
                "type": "Python", "pythonVersion": "3", "mode": "cluster", "sparkVersion": "3.5.5", "image": image(
                    "spark/balances"), "imagePullPolicy": "IfNotPresent", "mainApplicationFile": "local:///app/main.py",
                "timeToLiveSeconds": 86400, "restartPolicy": {"type": "OnFailure", "onFailureRetries": 2,
                                                              "onFailureRetryInterval": 60}, "sparkConf": {
                    "spark.hadoop.fs.s3a.endpoint": "https://objects.bank.ae",
                    "spark.hadoop.fs.s3a.path.style.access": "true", "spark.authenticate": "true",
                    "spark.network.crypto.enabled": "true", "spark.io.encryption.enabled": "true",
                    "spark.ui.enabled": "false", "spark.sql.adaptive.enabled": "true"}, "dynamicAllocation": {
                        "enabled": True, "initialExecutors": 2, "minExecutors": 2, "maxExecutors": 10},
                **{part: {"cores": 1, "memory": "4g", "coreLimit": "1200m", "labels": TAGS, "securityContext": CLOSED,
                          "podSecurityContext": POD, **more} for part, more in (
                              ("driver", {"serviceAccount": "spark"}), ("executor", {"instances": 2}))}}}, "spark"),
        k8s("networking.k8s.io/v1:NetworkPolicy", {"metadata": meta("spark", "spark"), "spec": {
            "podSelector": {"matchLabels": {"project": "arabic-llm"}}, "policyTypes": ["Ingress", "Egress"],
                "ingress": [{
                "from": [{"podSelector": {}}]}], "egress": [{"to": [{"podSelector": {}}]}]}}, "spark-network"),
        leaving("objects", "spark", "10.30.21.0/28"), leaving("api", "spark", "10.30.1.0/28", port=6443)),
        "kubeflow.github.io/spark-operator docs: user guide; spark.apache.org/docs/latest/security, as known",
        "sparkoperator.k8s.io"),
    owned("traces of apps pass a collector of two pods that asks for certificates and takes tokens out", (
        *namespace("traces"), account("collector", "traces"), certificate("collector", "traces",
                                                                          "collector-collector.traces.svc"),
        inside("opentelemetry.io/v1beta1:OpenTelemetryCollector", "collector", {
            "mode": "deployment", "replicas": 2, "image": image("otel/collector"), "serviceAccount": "collector",
            "resources": SMALL, "securityContext": CLOSED, "podSecurityContext": POD, "podDisruptionBudget": {
                "maxUnavailable": 1}, "topologySpreadConstraints": apart("collector"), "observability": {"metrics": {
                    "enableMetrics": True}}, "upgradeStrategy": "none", "config": PIPES, "volumes": [
                    {"name": "tls", "secret": {"secretName": "collector-tls"}}, {"name": "ca", "configMap": {
                        "name": "bank-authority"}}], "volumeMounts": [
                    {"name": "tls", "mountPath": "/tls", "readOnly": True}, {"name": "ca", "mountPath": "/etc/ca",
                                                                            "readOnly": True}]}, "traces"),
        inside("opentelemetry.io/v1alpha1:Instrumentation", "java", {
            "exporter": {"endpoint": "https://collector-collector.traces.svc:4317"}, "propagators": [
                "tracecontext", "baggage"], "sampler": {"type": "parentbased_traceidratio", "argument": "0.05"},
                    "java": {
                "image": image("otel/autoinstrumentation-java"), "resources": SMALL}}, "traces"),
        reached("collector", "traces", {"app.kubernetes.io/name": "collector-collector"}, 4317, "payments"),
        leaving("store", "traces", "10.30.22.0/28", port=4317)),
        "opentelemetry.io/docs/platforms/kubernetes/operator; .../docs/security/config-best-practices, as known",
        "opentelemetry.io"),
    owned("a new version of quotes gets a tenth of the calls, is measured by Prometheus and goes back by itself", (
        *namespace("quotes"), account("quotes", "quotes"),
        inside("argoproj.io/v1alpha1:Rollout", "quotes", {
            "replicas": 4, "revisionHistoryLimit": 3, "progressDeadlineSeconds": 600, "progressDeadlineAbort": True,
            "selector": {"matchLabels": {"app": "quotes"}}, "template": {
                "metadata": {"labels": {**TAGS, "app": "quotes"}}, "spec": pod(
                    "quotes", SMALL, ports=[{"containerPort": 8443}], readinessProbe={"httpGet": {
                        "path": "/ready", "port": 8443, "scheme": "HTTPS"}}, volumeMounts=SCRATCH_MOUNTS, pod={
                        "volumes": SCRATCH, "topologySpreadConstraints": apart("quotes")})}, "strategy": {"canary": {
                "stableService": "quotes", "canaryService": "quotes-canary", "maxUnavailable": 0, "maxSurge": "25%",
                "trafficRouting": {"plugins": {"argoproj-labs/gatewayAPI": {"httpRoute": "quotes", "namespace":
                                                                            "quotes"}}}, "steps": [
                    {"setWeight": 10}, {"pause": {"duration": "10m"}}, {"analysis": {"templates": [
                        {"templateName": "errors"}]}}, {"setWeight": 50}, {"pause": {}}]}}}, "quotes"),
        inside("argoproj.io/v1alpha1:AnalysisTemplate", "errors", {"metrics": [{
            "name": "errors", "interval": "1m", "count": 10, "failureLimit": 2, "successCondition": "result[0] < 0.01",
            "provider": {"prometheus": {"address": "https://prometheus.monitoring.svc:9090", "timeout": 20, "query":
                'sum(rate(http_requests_total{app="quotes",code=~"5.."}[5m])) / '
                'sum(rate(http_requests_total{app="quotes"}[5m]))'}}}]}, "quotes"),
        *(k8s("core/v1:Service", {"metadata": meta(name, "quotes"), "spec": {
            "selector": {"app": "quotes"}, "ports": [{"name": "https", "port": 443, "targetPort": 8443}]}}, name)
          for name in ("quotes-canary",)),
        k8s("core/v1:Service", {"metadata": meta("quotes", "quotes"), "spec": {
            "selector": {"app": "quotes"}, "ports": [{"name": "https", "port": 443, "targetPort": 8443}]}}, "stable"),
        k8s("policy/v1:PodDisruptionBudget", {"metadata": meta("quotes", "quotes"), "spec": {
            "maxUnavailable": 1, "selector": {"matchLabels": {"app": "quotes"}}}}, "budget"),
        reached("quotes", "quotes", {"app": "quotes"}, 8443, "gateway")),
        "argo-rollouts.readthedocs.io/en/stable/features/analysis; .../traffic-management/plugins, as known",
        "argoproj.io"),
    owned("staff sign in by Keycloak of two pods with its tables in PostgreSQL, a realm for staff and TLS of the bank",
        (
        *namespace("sign-in"), password("keycloak-db", "sign-in", "username", "password"), certificate(
            "keycloak", "sign-in", "login.bank.ae"),
        inside("k8s.keycloak.org/v2alpha1:Keycloak", "bank", {
            "instances": 2, "image": image("keycloak/keycloak"), "startOptimized": True, "resources": LARGE, "db": {
                "vendor": "postgres", "host": "accounts-rw.accounts.svc", "port": 5432, "database": "keycloak",
                "usernameSecret": {"name": "keycloak-db", "key": "username"}, "passwordSecret": {
                    "name": "keycloak-db", "key": "password"}, "poolMaxSize": 30}, "http": {
                    "tlsSecret": "keycloak-tls", "httpEnabled": False}, "hostname": {
                "hostname": "https://login.bank.ae", "admin": "https://login-admin.bank.ae", "strict": True},
            "proxy": {"headers": "xforwarded"}, "ingress": {"enabled": False}, "features": {"disabled": [
                "impersonation"]}, "additionalOptions": [
                    {"name": "db-url-properties", "value": "?sslmode=verify-full"}, {"name": "log-console-output",
                        "value":
                                                                                    "json"},
                    {"name": "https-protocols", "value": "TLSv1.3"}, {"name": "health-enabled", "value": "true"}]},
            "sign-in"),
        inside("k8s.keycloak.org/v2alpha1:KeycloakRealmImport", "staff", {"keycloakCRName": "bank", "realm": {
            "realm": "staff", "enabled": True, "sslRequired": "all", "registrationAllowed": False, "rememberMe": False,
            "bruteForceProtected": True, "failureFactor": 5, "accessTokenLifespan": 300, "ssoSessionIdleTimeout": 1800,
            "ssoSessionMaxLifespan": 28800, "passwordPolicy": "length(14) and notUsername and passwordHistory(12)",
            "otpPolicyType": "totp", "eventsEnabled": True, "adminEventsEnabled": True, "clients": [{
                "clientId": "portal", "protocol": "openid-connect", "publicClient": True, "standardFlowEnabled": True,
                "implicitFlowEnabled": False, "directAccessGrantsEnabled": False, "redirectUris": [
                    "https://portal.bank.ae/callback"], "webOrigins": ["https://portal.bank.ae"], "attributes": {
                        "pkce.code.challenge.method": "S256"}}]}}, "sign-in"),
        reached("keycloak", "sign-in", {"app": "keycloak"}, 8443, "gateway")),
        "keycloak.org/operator/advanced-configuration; .../server/configuration-production, as known",
        "k8s.keycloak.org"),
    owned("Gatekeeper refuses objects without an owner and pods of foreign registries, but for the system's own", (
        top("templates.gatekeeper.sh/v1:ConstraintTemplate", "k8srequiredowner", {
            "crd": {"spec": {"names": {"kind": "K8sRequiredOwner"}}}, "targets": [{
                "target": "admission.k8s.gatekeeper.sh", "rego": REGO}]}),
        top("templates.gatekeeper.sh/v1:ConstraintTemplate", "k8sallowedrepos", {
            "crd": {"spec": {"names": {"kind": "K8sAllowedRepos"}, "validation": {"openAPIV3Schema": {
                "type": "object", "properties": {"repos": {"type": "array", "items": {"type": "string"}}}}}}},
                    "targets": [{
                    "target": "admission.k8s.gatekeeper.sh", "rego":
                    "package k8sallowedrepos\n\nviolation[{\"msg\": msg}] {\n  container := "
                    "input.review.object.spec.containers[_]\n  not startswith(container.image, "
                    "input.parameters.repos[_])\n  msg := \"foreign registry\"\n}\n"}]}),
        top("constraints.gatekeeper.sh/v1beta1:K8sRequiredOwner", "owner", {
            "enforcementAction": "deny", "match": {"kinds": [{"apiGroups": ["apps"], "kinds": [
                "Deployment", "StatefulSet"]}, {"apiGroups": ["batch"], "kinds": ["CronJob"]}], "excludedNamespaces": [
                    "kube-system", "gatekeeper-system"]}}),
        top("constraints.gatekeeper.sh/v1beta1:K8sAllowedRepos", "bank", {
            "enforcementAction": "deny", "match": {"kinds": [{"apiGroups": [""], "kinds": ["Pod"]}],
                                                   "excludedNamespaces": ["kube-system", "gatekeeper-system"]},
            "parameters": {"repos": [f"{MIRROR}/"]}}),
        inside("config.gatekeeper.sh/v1alpha1:Config", "config", {"sync": {"syncOnly": [
            {"group": "", "version": "v1", "kind": "Namespace"}]}}, "gatekeeper-system")),
        "open-policy-agent.github.io/gatekeeper/website/docs/howto; .../library, as known",
        "templates.gatekeeper.sh", "constraints.gatekeeper.sh", "config.gatekeeper.sh"),
)  # fmt: skip
