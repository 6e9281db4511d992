"""Good idioms of clusters near what changed on 2026-11-29: certificates, meshes, stores and rights (set 14, part 2)."""

from . import Idiom
from .eleventh_charts import inside, role
from .eleventh_cluster import top
from .thirteenth_cluster_access import READ, account, everywhere, wide
from .twelfth_charts import ours

CLICKHOUSE = "clickhouse.altinity.com/v1"

IDIOMS: tuple[Idiom, ...] = (
    Idiom("services of a team get certificates for their own names, by an expression with the namespace", (
        top("policy.cert-manager.io/v1alpha1:CertificateRequestPolicy", "services", {
            "allowed": {"dnsNames": {"required": True, "validations": [{
                "rule": "self.endsWith(cr.namespace + '.svc')", "message": "a name of the own namespace"}]},
                "uris": {"values": ["spiffe://bank.ae/ns/*/sa/*"]}, "usages": ["server auth", "client auth"]},
            "constraints": {"maxDuration": "720h", "privateKey": {"algorithm": "ECDSA", "minSize": 256}},
            "selector": {"issuerRef": {"name": "services", "kind": "ClusterIssuer", "group": "cert-manager.io"}}}),),
        "cert-manager.io/docs/policy/approval/approver-policy", ours()),
    Idiom("the autoscaler of machines changes nodes by a right that the team lists itself", (
        account("scaler", "scaling"),
        wide("scaler", {"apiGroups": [""], "resources": ["nodes"], "verbs": [*READ, "update"]},
             {"apiGroups": [""], "resources": ["pods/eviction"], "verbs": ["create"]},
             {"apiGroups": ["apps"], "resources": ["replicasets", "statefulsets", "daemonsets"], "verbs": READ}),
        everywhere("scaler", "scaling")),
        "github.com/kubernetes/autoscaler, cluster-autoscaler/charts/cluster-autoscaler/templates/clusterrole.yaml",
        {**ours(), "identity": {"controller_rights": {
            "scaler:core/nodes:update": "the autoscaler marks nodes that it takes away"}}}),
    Idiom("a store of records has two copies of each shard, TLS alone, and users with networks of the cluster", (
        inside(f"{CLICKHOUSE}:ClickHouseInstallation", "records", {
            "defaults": {"templates": {"dataVolumeClaimTemplate": "data"}}, "configuration": {
                "clusters": [{"name": "records", "secure": "yes", "insecure": "no", "layout": {
                    "shardsCount": 2, "replicasCount": 2}}],
                "users": {"triage/k8s_secret_password_sha256_hex": "clickhouse-users/triage",
                          "triage/networks/ip": "10.0.0.0/8", "triage/profile": "readonly"},
                "settings": {"tcp_port_secure": 9440, "https_port": 8443}},
            "templates": {"volumeClaimTemplates": [{"name": "data", "spec": {
                "storageClassName": "encrypted", "accessModes": ["ReadWriteOnce"], "resources": {
                    "requests": {"storage": "50Gi"}}}}]}}, "records"),),
        "github.com/Altinity/clickhouse-operator, docs/security_hardening.md", ours(
            "clickhouse.altinity.com", prices=(f"{CLICKHOUSE}:ClickHouseInstallation::records",))),
    Idiom("every namespace of a team begins with a wall: nothing comes in, and names are asked of the cluster", (
        inside("networking.k8s.io/v1:NetworkPolicy", "wall", {
            "podSelector": {}, "policyTypes": ["Ingress", "Egress"], "egress": [{
                "to": [{"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "kube-system"}},
                        "podSelector": {"matchLabels": {"k8s-app": "kube-dns"}}}],
                "ports": [{"protocol": "UDP", "port": 53}, {"protocol": "TCP", "port": 53}]}]}, "claims"),
        inside("core/v1:ResourceQuota", "bound", {"hard": {
            "requests.cpu": "16", "requests.memory": "64Gi", "limits.memory": "64Gi", "pods": "40",
            "services.loadbalancers": "0", "services.nodeports": "0"}}, "claims"),
        inside("core/v1:LimitRange", "bound", {"limits": [{
            "type": "Container", "defaultRequest": {"cpu": "100m", "memory": "128Mi"}, "default": {
                "memory": "256Mi"}, "max": {"cpu": "8", "memory": "32Gi"}}]}, "claims")),
        "kubernetes.io/docs/concepts/services-networking/network-policies", ours()),
    Idiom("a mesh asks every caller for a certificate, and a service says who may call which path", (
        inside("security.istio.io/v1:PeerAuthentication", "default", {"mtls": {"mode": "STRICT"}}, "claims"),
        inside("security.istio.io/v1:AuthorizationPolicy", "scores", {
            "selector": {"matchLabels": {"app": "scores"}}, "action": "ALLOW", "rules": [{
                "from": [{"source": {"principals": ["cluster.local/ns/claims/sa/triage"]}}],
                "to": [{"operation": {"methods": ["POST"], "paths": ["/v1/score"]}}]}]}, "claims"),
        inside("networking.istio.io/v1:DestinationRule", "scores", {
            "host": "scores.claims.svc.cluster.local", "trafficPolicy": {
                "tls": {"mode": "ISTIO_MUTUAL"}, "connectionPool": {"http": {"http1MaxPendingRequests": 100}},
                "outlierDetection": {"consecutive5xxErrors": 5, "interval": "30s", "baseEjectionTime": "60s"}}},
            "claims")),
        "istio.io/latest/docs/ops/best-practices/security", ours()),
    Idiom("copies of a namespace are kept for a month by Velero, each night and without its secrets", (
        inside("velero.io/v1:Schedule", "claims", {
            "schedule": "0 22 * * *", "useOwnerReferencesInBackup": False, "template": {
                "includedNamespaces": ["claims"], "excludedResources": ["secrets", "events"], "ttl": "720h0m0s",
                "storageLocation": "bank", "snapshotVolumes": True, "defaultVolumesToFsBackup": False}}, "velero"),),
        "velero.io/docs/main/api-types/schedule", ours()),
    Idiom("memory of a service is set by what it used, within bounds", (
        inside("autoscaling.k8s.io/v1:VerticalPodAutoscaler", "scores", {
            "targetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "scores"},
            "updatePolicy": {"updateMode": "Initial", "minReplicas": 2}, "resourcePolicy": {"containerPolicies": [{
                "containerName": "*", "controlledResources": ["memory"], "controlledValues": "RequestsAndLimits",
                "minAllowed": {"memory": "128Mi"}, "maxAllowed": {"cpu": "2", "memory": "4Gi"}}]}}, "claims"),
        inside("policy/v1:PodDisruptionBudget", "scores", {
            "minAvailable": 1, "selector": {"matchLabels": {"app": "scores"}}}, "claims")),
        "github.com/kubernetes/autoscaler, vertical-pod-autoscaler/docs/quickstart.md", ours()),
    Idiom("a service follows the length of its queue, and returns to two pods within minutes", (
        inside("keda.sh/v1alpha1:TriggerAuthentication", "queue", {"podIdentity": {"provider": "aws"}}, "claims"),
        inside("keda.sh/v1alpha1:ScaledObject", "scores", {
            "scaleTargetRef": {"name": "scores"}, "minReplicaCount": 2, "maxReplicaCount": 6, "cooldownPeriod": 300,
            "pollingInterval": 30, "triggers": [{
                "type": "aws-sqs-queue", "authenticationRef": {"name": "queue"}, "metadata": {
                    "queueURL": "https://sqs.me-central-1.amazonaws.com/123456789012/claims", "queueLength": "20",
                    "awsRegion": "me-central-1"}}]}, "claims")),
        "keda.sh/docs/latest/scalers/aws-sqs", ours()),
    Idiom("who operates a team's services restarts and reads them, by a role of the namespace", (
        *role("operators", "claims",
              {"apiGroups": [""], "resources": ["pods", "pods/log", "events"], "verbs": READ},
              {"apiGroups": ["apps"], "resources": ["deployments"], "verbs": [*READ, "patch"]},
              {"apiGroups": ["autoscaling"], "resources": ["horizontalpodautoscalers"], "verbs": READ}),),
        "kubernetes.io/docs/concepts/security/rbac-good-practices", ours()),
    Idiom("alerts of a service tell a team, and its figures are read over TLS with a token", (
        inside("monitoring.coreos.com/v1:ServiceMonitor", "scores", {
            "selector": {"matchLabels": {"app": "scores"}}, "endpoints": [{
                "port": "metrics", "scheme": "https", "interval": "30s", "tlsConfig": {
                    "ca": {"configMap": {"name": "bank-authority", "key": "ca.crt"}}, "serverName":
                    "scores.claims.svc"},
                "authorization": {"credentials": {"name": "scores-metrics", "key": "token"}}}]}, "claims"),
        inside("monitoring.coreos.com/v1:PrometheusRule", "scores", {"groups": [{"name": "scores", "rules": [{
            "alert": "ScoresFail", "expr": 'rate(http_requests_total{app="scores",code=~"5.."}[5m]) > 0.05',
            "for": "10m", "labels": {"severity": "critical"}, "annotations": {
                "summary": "One call in twenty fails"}}]}]}, "claims")),
        "prometheus-operator.dev/docs/developer/getting-started", ours()),
)  # fmt: skip
