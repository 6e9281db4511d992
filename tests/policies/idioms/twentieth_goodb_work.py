"""Good idioms of on-premises clusters: programs, tenants, gateways and policies as whole plans (set 20, blind)."""

from ..blind import TAGS, k8s, meta
from . import Idiom
from .eleventh_charts import SMALL, inside
from .fifteenth_work import SCRATCH, SCRATCH_MOUNTS, pod
from .sixteenth_stores import owned, password
from .thirteenth_cluster_access import account, within
from .twelfth_charts import LOGIN, ours
from .twentieth_goodb_charts import apart, approved, certificate, namespace

ADMISSION = "admissionregistration.k8s.io/v1"

IDIOMS = approved(
    Idiom("the API of payments has three copies, probes over TLS, a budget, a scale and closed networks", (
        *namespace("payments"), account("api", "payments"), certificate("api", "payments", "payments.bank.ae"),
        password("api-database", "payments", "uri"),
        k8s("core/v1:ConfigMap", {"metadata": meta("api", "payments"), "immutable": True, "data": {
            "application.yaml": "server:\n  port: 8443\n  ssl:\n    certificate: /tls/tls.crt\n    certificate-private-"
                                "key: /tls/tls.key\n    enabled-protocols: TLSv1.3\nlogging:\n  level: info\n"
                                "oidc:\n  issuer: https://login.bank.ae/realms/staff\nmanagement:\n  endpoints:\n"
                                "    web:\n      exposure:\n        include: health,prometheus\n"}}, "api-settings"),
        k8s("apps/v1:Deployment", {"metadata": meta("api", "payments"), "spec": {
            "replicas": 3, "minReadySeconds": 10, "revisionHistoryLimit": 5, "selector": {"matchLabels": {"app":
                "api"}},
            "strategy": {"rollingUpdate": {"maxSurge": 1, "maxUnavailable": 0}}, "template": {
                "metadata": {"labels": {**TAGS, "app": "api"}}, "spec": pod("api", SMALL, pod={
                    "terminationGracePeriodSeconds": 45, "enableServiceLinks": False, "priorityClassName": "business",
                    "topologySpreadConstraints": apart("api"), "imagePullSecrets": [{"name": "mirror-reader"}],
                    "volumes": [*SCRATCH, {"name": "tls", "secret": {"secretName": "api-tls", "defaultMode": 288}},
                                {"name": "settings", "configMap": {"name": "api"}}, {"name": "token", "projected": {
                                    "sources": [{"serviceAccountToken": {
                                        "audience": "vault", "expirationSeconds": 3600, "path": "token"}}]}}]},
                    ports=[{"containerPort": 8443, "name": "https"}, {"containerPort": 9443, "name": "metrics"}],
                    env=[{"name": "DATABASE_URI", "valueFrom": {"secretKeyRef": {"name": "api-database", "key":
                        "uri"}}},
                         {"name": "GOMEMLIMIT", "valueFrom": {"resourceFieldRef": {"resource": "limits.memory"}}},
                         {"name": "NODE", "valueFrom": {"fieldRef": {"fieldPath": "spec.nodeName"}}}],
                    volumeMounts=[*SCRATCH_MOUNTS, {"name": "tls", "mountPath": "/tls", "readOnly": True},
                                  {"name": "settings", "mountPath": "/config", "readOnly": True},
                                  {"name": "token", "mountPath": "/var/run/secrets/vault", "readOnly": True}],
                    startupProbe={"httpGet": {"path": "/health/started", "port": "https", "scheme": "HTTPS"},
                                  "failureThreshold": 30, "periodSeconds": 5},
                    readinessProbe={"httpGet": {"path": "/health/ready", "port": "https", "scheme": "HTTPS"}},
                    livenessProbe={"httpGet": {"path": "/health/live", "port": "https", "scheme": "HTTPS"},
                                   "timeoutSeconds": 3}, lifecycle={"preStop": {"sleep": {"seconds": 10}}})}}}, "api"),
        k8s("core/v1:Service", {"metadata": meta("api", "payments"), "spec": {
            "type": "ClusterIP", "selector": {"app": "api"}, "internalTrafficPolicy": "Cluster", "ports": [
                {"name": "https", "port": 443, "targetPort": "https", "appProtocol": "https"},
                {"name": "metrics", "port": 9443, "targetPort": "metrics"}]}}, "api-service"),
        k8s("policy/v1:PodDisruptionBudget", {"metadata": meta("api", "payments"), "spec": {
            "minAvailable": 2, "unhealthyPodEvictionPolicy": "AlwaysAllow", "selector": {"matchLabels": {"app":
                "api"}}}},
            "api-budget"),
        k8s("autoscaling/v2:HorizontalPodAutoscaler", {"metadata": meta("api", "payments"), "spec": {
            "minReplicas": 3, "maxReplicas": 12, "scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment",
                "name":
                                                                   "api"}, "metrics": [
                {"type": "ContainerResource", "containerResource": {"name": "cpu", "container": "api", "target": {
                    "type": "Utilization", "averageUtilization": 60}}}], "behavior": {"scaleDown": {
                        "stabilizationWindowSeconds": 300, "policies": [{"type": "Percent", "value": 20,
                                                                         "periodSeconds": 60}]}}}}, "api-scale"),
        k8s("networking.k8s.io/v1:NetworkPolicy", {"metadata": meta("api", "payments"), "spec": {
            "podSelector": {"matchLabels": {"app": "api"}}, "policyTypes": ["Ingress", "Egress"], "ingress": [
                {"from": [{"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "gateway"}},
                           "podSelector": {"matchLabels": {"app": "inner"}}}], "ports": [{"port": 8443}]},
                {"from": [{"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "monitoring"}}}],
                 "ports": [{"port": 9443}]}], "egress": [
                {"to": [{"ipBlock": {"cidr": "10.30.20.0/28"}}], "ports": [{"port": 5432}]},
                {"to": [{"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "vault"}}}],
                 "ports": [{"port": 8200}]}]}}, "api-network")),
        "kubernetes.io/docs/concepts/workloads; kubernetes.io/docs/concepts/security/application-security-checklist, "
        "as known on 2026-11-30", ours()),
    Idiom("accounts are reconciled at night by a job that reads two stores, and tables change before a release", (
        account("reconcile", "payments"), account("migrate", "payments"), password("reconcile", "payments", "uri",
            "key"),
        k8s("core/v1:PersistentVolumeClaim", {"metadata": meta("reports", "payments"), "spec": {
            "accessModes": ["ReadWriteOnce"], "storageClassName": "encrypted", "resources": {"requests": {
                "storage": "20Gi"}}}}, "reports"),
        k8s("batch/v1:CronJob", {"metadata": meta("reconcile", "payments"), "spec": {
            "schedule": "30 2 * * *", "timeZone": "Asia/Dubai", "concurrencyPolicy": "Forbid",
            "startingDeadlineSeconds": 1800, "successfulJobsHistoryLimit": 3, "failedJobsHistoryLimit": 5, "suspend":
            False, "jobTemplate": {"metadata": {"labels": TAGS}, "spec": {
                "backoffLimit": 2, "activeDeadlineSeconds": 7200, "ttlSecondsAfterFinished": 604800, "parallelism": 4,
                "completions": 4, "completionMode": "Indexed", "podFailurePolicy": {"rules": [
                    {"action": "FailJob", "onExitCodes": {"containerName": "reconcile", "operator": "In", "values":
                        [42]}},
                    {"action": "Ignore", "onPodConditions": [{"type": "DisruptionTarget"}]}]}, "template": {
                    "metadata": {"labels": {**TAGS, "app": "reconcile"}}, "spec": {
                        **pod("reconcile", SMALL, command=["/app/reconcile"], args=[
                            "--ledger=https://ledger.payments.svc:8443", "--archive=s3://bank-backups/reconcile",
                            "--endpoint=https://objects.bank.ae"], envFrom=[{"secretRef": {"name": "reconcile"}}],
                            volumeMounts=[*SCRATCH_MOUNTS, {"name": "reports", "mountPath": "/reports"}], pod={
                                "volumes": [*SCRATCH, {"name": "reports", "persistentVolumeClaim": {
                                    "claimName": "reports"}}]}), "restartPolicy": "Never"}}}}}}, "reconcile"),
        k8s("batch/v1:Job", {"metadata": meta("migrate-42", "payments"), "spec": {
            "backoffLimit": 0, "activeDeadlineSeconds": 900, "ttlSecondsAfterFinished": 86400, "template": {
                "metadata": {"labels": {**TAGS, "app": "migrate"}}, "spec": {
                    **pod("migrate", SMALL, args=["update", "--changelog-file=/changes/master.xml", "--log-level=info"],
                          env=[{"name": "LIQUIBASE_ANALYTICS_ENABLED", "value": "false"}, {
                              "name": "LIQUIBASE_COMMAND_URL", "value":
                              "jdbc:postgresql://db.bank.ae:5432/payments?sslmode=verify-full"},
                              {"name": "LIQUIBASE_COMMAND_PASSWORD", "valueFrom": {"secretKeyRef": {
                                  "name": "reconcile", "key": "key"}}}], volumeMounts=SCRATCH_MOUNTS,
                          pod={"volumes": SCRATCH}), "restartPolicy": "Never"}}}}, "migrate")),
        "kubernetes.io/docs/concepts/workloads/controllers/cron-jobs; .../job/#pod-failure-policy; docs.liquibase.com, "
        "as known on 2026-11-30", ours()),
    Idiom("a team gets a namespace with quotas, limits, its own rights, and a deployer for its pipeline", (
        *namespace("lending", team="lending"), account("deployer", "lending"), within("edit", "lending-developers",
                                                                                   "lending"),
        k8s("core/v1:ResourceQuota", {"metadata": meta("machines", "lending"), "spec": {"hard": {
            "requests.cpu": "40", "requests.memory": "160Gi", "limits.memory": "160Gi", "requests.storage": "1Ti",
            "requests.nvidia.com/gpu": "2", "persistentvolumeclaims": "20", "services.loadbalancers": "0",
            "services.nodeports": "0", "count/jobs.batch": "50"}}}, "machines"),
        k8s("core/v1:LimitRange", {"metadata": meta("defaults", "lending"), "spec": {"limits": [{
            "type": "Container", "default": {"memory": "512Mi"}, "defaultRequest": {"cpu": "100m", "memory": "256Mi"},
            "max": {"cpu": "8", "memory": "32Gi"}}, {"type": "PersistentVolumeClaim", "max": {"storage": "200Gi"}}]}},
            "defaults"),
        k8s("core/v1:ServiceAccount", {"metadata": meta("default", "lending"), "automountServiceAccountToken": False},
            "default"),
        k8s("rbac.authorization.k8s.io/v1:Role", {"metadata": meta("deployer", "lending"), "rules": [
            {"apiGroups": ["apps"], "resources": ["deployments", "statefulsets"], "verbs": [
                "get", "list", "watch", "create", "update", "patch"]},
            {"apiGroups": [""], "resources": ["services", "configmaps"], "verbs": [
                "get", "list", "watch", "create", "update", "patch", "delete"]},
            {"apiGroups": ["networking.k8s.io"], "resources": ["ingresses"], "verbs": ["get", "list", "create",
                "patch"]},
            {"apiGroups": ["autoscaling"], "resources": ["horizontalpodautoscalers"], "verbs": ["get", "create",
                                                                                            "patch"]},
            {"apiGroups": [""], "resources": ["pods", "pods/log", "events"], "verbs": ["get", "list", "watch"]}]},
            "deployer-role"),
        k8s("rbac.authorization.k8s.io/v1:RoleBinding", {
            "metadata": meta("deployer", "lending"), "subjects": [
                {"kind": "ServiceAccount", "name": "deployer", "namespace": "lending"}], "roleRef": {
                    "apiGroup": "rbac.authorization.k8s.io", "kind": "Role", "name": "deployer"}}, "deployer-binding"),
        k8s("networking.k8s.io/v1:NetworkPolicy", {"metadata": meta("within", "lending"), "spec": {
            "podSelector": {}, "policyTypes": ["Ingress", "Egress"], "ingress": [{"from": [{"podSelector": {}}]}],
            "egress": [{"to": [{"podSelector": {}}]}]}}, "within-network")),
        "kubernetes.io/docs/concepts/security/multi-tenancy; kubernetes.io/docs/concepts/policy, as known",
        ours()),
    owned("apps of one domain enter by a gateway of Istio that knows tokens, and speak mutual TLS behind it", (
        certificate("inner", "gateway", "*.apps.bank.ae"),
        inside("gateway.networking.k8s.io/v1:Gateway", "apps", {
            "gatewayClassName": "istio", "listeners": [{
                "name": "https", "port": 443, "protocol": "HTTPS", "hostname": "*.apps.bank.ae", "tls": {
                    "mode": "Terminate", "certificateRefs": [{"name": "inner-tls"}], "options": {
                        "gateway.istio.io/tls-terminate-mode": "MUTUAL"}}, "allowedRoutes": {
                    "namespaces": {"from": "Selector", "selector": {"matchLabels": {"apps": "inner"}}}, "kinds": [
                        {"kind": "HTTPRoute"}]}}], "infrastructure": {"annotations": {
                            "metallb.io/address-pool": "inner"}, "labels": TAGS}}, "gateway"),
        inside("gateway.networking.k8s.io/v1:HTTPRoute", "quotes", {
            "parentRefs": [{"name": "apps", "namespace": "gateway", "sectionName": "https"}], "hostnames": [
                "quotes.apps.bank.ae"], "rules": [{"matches": [{"path": {"type": "PathPrefix", "value": "/v1"}}],
                "timeouts": {"request": "10s"}, "filters": [{"type": "ResponseHeaderModifier",
                    "responseHeaderModifier": {"set": [{"name": "Strict-Transport-Security", "value":
                                                       "max-age=31536000"}]}}],
                "backendRefs": [{"name": "quotes", "port": 8443, "weight": 95}, {"name": "quotes-next", "port": 8443,
                                                                                 "weight": 5}]}]}, "quotes"),
        inside("security.istio.io/v1:RequestAuthentication", "staff", {
            "targetRefs": [{"kind": "Gateway", "group": "gateway.networking.k8s.io", "name": "apps"}], "jwtRules": [{
                "issuer": LOGIN, "jwksUri": f"{LOGIN}/protocol/openid-connect/certs", "audiences": ["apps"],
                "forwardOriginalToken": True}]}, "gateway"),
        inside("security.istio.io/v1:AuthorizationPolicy", "staff", {
            "targetRefs": [{"kind": "Gateway", "group": "gateway.networking.k8s.io", "name": "apps"}], "action": "DENY",
            "rules": [{"from": [{"source": {"notRequestPrincipals": ["*"]}}], "to": [{"operation": {
                "notPaths": ["/healthz"]}}]}]}, "gateway"),
        inside("security.istio.io/v1:PeerAuthentication", "default", {"mtls": {"mode": "STRICT"}}, "quotes"),
        inside("security.istio.io/v1:AuthorizationPolicy", "quotes", {
            "selector": {"matchLabels": {"app": "quotes"}}, "action": "ALLOW", "rules": [{
                "from": [{"source": {"principals": ["cluster.local/ns/gateway/sa/apps-istio"]}}], "to": [
                    {"operation": {"methods": ["GET", "POST"], "paths": ["/v1/*"], "ports": ["8443"]}}], "when": [
                        {"key": "request.auth.claims[groups]", "values": ["sales"]}]}]}, "quotes"),
        inside("networking.istio.io/v1:DestinationRule", "quotes", {
            "host": "quotes.quotes.svc.cluster.local", "trafficPolicy": {
                "tls": {"mode": "ISTIO_MUTUAL"}, "connectionPool": {"http": {"http2MaxRequests": 1000},
                                                                    "tcp": {"connectTimeout": "3s"}},
                "outlierDetection": {"consecutive5xxErrors": 5, "interval": "30s", "baseEjectionTime": "60s"}}},
            "quotes"),
        inside("telemetry.istio.io/v1:Telemetry", "records", {
            "accessLogging": [{"providers": [{"name": "otel"}], "filter": {"expression": "response.code >= 400"}}],
            "tracing": [{"providers": [{"name": "otel-tracing"}], "randomSamplingPercentage": 5}]}, "quotes")),
        "istio.io/latest/docs/tasks/traffic-management/ingress/gateway-api; .../ops/best-practices/security, as known",
        "security.istio.io", "networking.istio.io", "telemetry.istio.io"),
)  # fmt: skip
