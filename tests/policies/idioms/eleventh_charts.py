"""Good idioms of clusters: charts with rich values, and programs as whole plans (eleventh set, blind)."""

from ..blind import IMAGE, KEY, ME, TAGS, k8s, meta
from ..harness import Given
from . import Idiom
from .fourth_kubernetes import release
from .sixth_kubernetes import MODELS, service

LOGIN = "https://login.example.ae/realms/bank"
SIGN_IN = {"trusted": {"login.example.ae": "our own sign-in"}}
INTERNAL = {"service.beta.kubernetes.io/aws-load-balancer-scheme": "internal",
            "service.beta.kubernetes.io/aws-load-balancer-type": "external",
            "service.beta.kubernetes.io/aws-load-balancer-nlb-target-type": "ip"}  # fmt: skip
CLOSED = {"allowPrivilegeEscalation": False, "readOnlyRootFilesystem": True, "privileged": False, "runAsNonRoot": True,
          "capabilities": {"drop": ["ALL"]}, "seccompProfile": {"type": "RuntimeDefault"}}  # fmt: skip
SMALL = {"requests": {"cpu": "100m", "memory": "256Mi"}, "limits": {"cpu": "500m", "memory": "256Mi"}}
RAFT = """ui = false
listener "tcp" {
  address = "[::]:8200"
  cluster_address = "[::]:8201"
  tls_cert_file = "/vault/userconfig/vault-tls/tls.crt"
  tls_key_file = "/vault/userconfig/vault-tls/tls.key"
  tls_client_ca_file = "/vault/userconfig/vault-tls/ca.crt"
  tls_min_version = "tls12"
}
storage "raft" {
  path = "/vault/data"
}
seal "awskms" {
  region = "me-central-1"
  kms_key_id = "%s"
}
service_registration "kubernetes" {}
""" % KEY.rpartition("/")[2]  # noqa: UP031
PROXY = f"""model_list:
  - model_name: chat
    litellm_params:
      model: openai/llama-3.1-8b
      api_base: http://llama.models.svc.cluster.local:8000/v1
      api_key: os.environ/LLAMA_KEY
litellm_settings:
  telemetry: false
  drop_params: true
general_settings:
  master_key: os.environ/LITELLM_MASTER_KEY
  database_url: os.environ/DATABASE_URL
  store_model_in_db: false
  enable_jwt_auth: true
  litellm_jwtauth:
    public_key_url: {LOGIN}/protocol/openid-connect/certs
"""


def listed(*sources: str, **more: object) -> dict[str, object]:
    """Returns settings that list sources of charts beside the bank's own hosts and bucket."""
    return {**MODELS, "escape": {"helm_sources": dict.fromkeys(sources, "its project; reviewed by us")}, **more}


def secret_variable(variable: str, name: str, key: str) -> dict[str, object]:
    """Returns a variable whose value is a key of a secret."""
    return {"name": variable, "valueFrom": {"secretKeyRef": {"name": name, "key": key}}}


def stored(size: str) -> dict[str, object]:
    """Returns the template of a claim of the encrypted class."""
    return {"spec": {"storageClassName": "encrypted", "accessModes": ["ReadWriteOnce"],
                     "resources": {"requests": {"storage": size}}}}  # fmt: skip


def inside(kind: str, name: str, spec: object, namespace: str = "team-a", **metadata: object) -> Given:
    """Returns an object of a namespace with a spec."""
    return k8s(kind, {"metadata": meta(name, namespace, **metadata), "spec": spec}, name)


def role(name: str, namespace: str, *rules: dict[str, object]) -> tuple[Given, ...]:
    """Returns a role of a service account of the same name, and its binding."""
    rbac = "rbac.authorization.k8s.io"
    return (
        k8s(f"{rbac}/v1:Role", {"metadata": meta(name, namespace), "rules": list(rules)}, f"{name}-role"),
        k8s(f"{rbac}/v1:RoleBinding", {
            "metadata": meta(name, namespace), "roleRef": {"apiGroup": rbac, "kind": "Role", "name": name},
            "subjects": [{"kind": "ServiceAccount", "name": name, "namespace": namespace}]}, f"{name}-binding"),
    )  # fmt: skip


IDIOMS: tuple[Idiom, ...] = (
    Idiom("a vault of secrets of three copies opens itself by the bank's key", (release(
        "vault", "https://helm.releases.hashicorp.com", "0.31.0", {
            "global": {"tlsDisable": False}, "injector": {"replicas": 2, "resources": SMALL}, "ui": {"enabled": False},
            "server": {
                "resources": {"requests": {"cpu": "500m", "memory": "1Gi"}, "limits": {"cpu": "1", "memory": "1Gi"}},
                "extraLabels": TAGS, "volumes": [{"name": "tls", "secret": {"secretName": "vault-tls"}}],
                "volumeMounts": [{"name": "tls", "mountPath": "/vault/userconfig/vault-tls", "readOnly": True}],
                "auditStorage": {"enabled": True, "size": "10Gi", "storageClass": "encrypted"},
                "dataStorage": {"enabled": True, "size": "10Gi", "storageClass": "encrypted"},
                "serviceAccount": {"annotations": {"eks.amazonaws.com/role-arn": f"arn:aws:iam::{ME}:role/vault"}},
                "ha": {"enabled": True, "replicas": 3, "raft": {"enabled": True, "setNodeId": True, "config": RAFT}}},
        }),), "developer.hashicorp.com/vault/docs/deploy/kubernetes/helm/examples/ha-tls",
        listed("https://helm.releases.hashicorp.com")),
    Idiom("a page of sign-in stands before consoles, with sessions in the cluster's cache", (release(
        "oauth2-proxy", "https://oauth2-proxy.github.io/manifests", "8.3.2", {
            "replicaCount": 2, "config": {"existingSecret": "oauth2-proxy"}, "resources": SMALL,
            "extraArgs": {
                "provider": "keycloak-oidc", "oidc-issuer-url": LOGIN, "email-domain": "example.ae",
                "cookie-secure": "true", "cookie-samesite": "lax", "code-challenge-method": "S256",
                "allowed-group": "/platform", "whitelist-domain": ".example.ae", "skip-provider-button": "true",
                "redirect-url": "https://auth.example.ae/oauth2/callback"},
            "sessionStorage": {"type": "redis", "redis": {
                "existingSecret": "oauth2-proxy-redis", "clientType": "standalone",
                "standalone": {"connectionUrl": "rediss://sessions.platform.svc.cluster.local:6379"}}},
            "ingress": {"enabled": True, "className": "nginx-internal", "hosts": ["auth.example.ae"],
                        "tls": [{"secretName": "auth-tls", "hosts": ["auth.example.ae"]}]},
            "podDisruptionBudget": {"enabled": True, "minAvailable": 1}, "customLabels": TAGS}),),
        "oauth2-proxy.github.io/oauth2-proxy/configuration/providers/keycloak_oidc",
        listed("https://oauth2-proxy.github.io/manifests", identity=SIGN_IN)),
    Idiom("an inner controller of ingresses speaks TLS 1.3 and takes no snippets", (release(
        "ingress-nginx", "https://kubernetes.github.io/ingress-nginx", "4.13.3", {"controller": {
            "replicaCount": 2, "allowSnippetAnnotations": False, "enableAnnotationValidations": True,
            "ingressClassResource": {"name": "nginx-internal", "controllerValue": "k8s.io/internal"},
            "config": {"ssl-protocols": "TLSv1.2 TLSv1.3", "hsts": "true", "hsts-max-age": "31536000",
                       "force-ssl-redirect": "true", "server-tokens": "false", "annotations-risk-level": "High",
                       "log-format-escape-json": "true", "hide-headers": "X-Powered-By"},
            "service": {"type": "LoadBalancer", "annotations": INTERNAL, "externalTrafficPolicy": "Local"},
            "metrics": {"enabled": True, "serviceMonitor": {"enabled": True}}, "labels": TAGS,
            "resources": {"requests": {"cpu": "200m", "memory": "512Mi"}, "limits": {"memory": "512Mi"}}},
            "defaultBackend": {"enabled": False}}),),
        "kubernetes.github.io/ingress-nginx/deploy/hardening-guide",
        listed("https://kubernetes.github.io/ingress-nginx")),
    Idiom("the network of a cluster is Cilium's, encrypted between machines and seen by TLS", (release(
        "cilium", "https://helm.cilium.io", "1.18.4", {
            "kubeProxyReplacement": True, "k8sServiceHost": "kubernetes.dc1.example.ae", "k8sServicePort": 6443,
            "routingMode": "tunnel", "tunnelProtocol": "geneve", "policyEnforcementMode": "default",
            "encryption": {"enabled": True, "type": "wireguard", "nodeEncryption": True},
            "ipam": {"mode": "cluster-pool", "operator": {"clusterPoolIPv4PodCIDRList": ["10.244.0.0/16"]}},
            "hubble": {"relay": {"enabled": True}, "ui": {"enabled": False},
                       "tls": {"enabled": True, "auto": {"enabled": True, "method": "certmanager",
                                                         "certManagerIssuerRef": {"kind": "ClusterIssuer",
                                                                                  "name": "bank"}}},
                       "metrics": {"enabled": ["dns", "drop", "tcp", "flow"]}},
            "operator": {"replicas": 2}, "prometheus": {"enabled": True}, "bpf": {"masquerade": True}}),),
        "docs.cilium.io/en/stable/security/network/encryption-wireguard", listed("https://helm.cilium.io")),
    Idiom("disks of the data centre have three copies and are backed up to its own store", (
        release("longhorn", "https://charts.longhorn.io", "1.10.1", {
            "defaultSettings": {
                "backupTarget": "s3://bank-models@me-central-1/longhorn", "defaultReplicaCount": 3,
                "backupTargetCredentialSecret": "longhorn-backup", "allowCollectingLonghornUsageMetrics": False,
                "upgradeChecker": False, "replicaSoftAntiAffinity": False, "deletingConfirmationFlag": False},
            "persistence": {"defaultClass": False, "reclaimPolicy": "Retain"}, "ingress": {"enabled": False},
            "longhornUI": {"replicas": 1}, "service": {"ui": {"type": "ClusterIP"}}}),
        k8s("storage.k8s.io/v1:StorageClass", {
            "metadata": {"name": "encrypted", "labels": TAGS}, "provisioner": "driver.longhorn.io",
            "allowVolumeExpansion": True, "reclaimPolicy": "Retain", "volumeBindingMode": "WaitForFirstConsumer",
            "parameters": {"numberOfReplicas": "3", "encrypted": "true", "dataLocality": "best-effort", **{
                f"csi.storage.k8s.io/{step}-secret-{part}": value
                for step in ("provisioner", "node-publish", "node-stage", "node-expand")
                for part, value in (("name", "longhorn-crypto"), ("namespace", "longhorn-system"))}}}, "encrypted")),
        "longhorn.io/docs/1.10.1/advanced-resources/security/volume-encryption",
        listed("https://charts.longhorn.io")),
    Idiom("a registry of the bank's own in its data centre, with TLS inside", (release(
        "harbor", "https://helm.goharbor.io", "1.18.0", {
            "externalURL": "https://registry.example.ae", "existingSecretAdminPassword": "harbor-admin",
            "existingSecretSecretKey": "harbor-key", "registry": {"credentials": {"existingSecret": "harbor-registry"}},
            "expose": {"type": "ingress", "tls": {"enabled": True, "certSource": "secret", "secret": {
                "secretName": "registry-tls"}}, "ingress": {"className": "nginx-internal",
                                                            "hosts": {"core": "registry.example.ae"}}},
            "internalTLS": {"enabled": True, "strong_ssl_ciphers": True, "certSource": "auto"},
            "persistence": {"resourcePolicy": "keep", "persistentVolumeClaim": {
                "registry": {"storageClass": "encrypted", "size": "500Gi"},
                "jobservice": {"jobLog": {"storageClass": "encrypted", "size": "5Gi"}}}},
            "database": {"type": "external", "external": {
                "host": "registry-db.platform.svc.cluster.local", "port": "5432", "coreDatabase": "registry",
                "username": "harbor", "existingSecret": "harbor-db", "sslmode": "verify-full"}},
            "redis": {"type": "external", "external": {"addr": "cache.platform.svc.cluster.local:6379",
                                                       "tlsOptions": {"enable": True},
                                                       "existingSecret": "harbor-redis"}},
            "trivy": {"enabled": False}, "metrics": {"enabled": True}, "updateStrategy": {"type": "Recreate"}}),),
        "goharbor.io/docs/2.14.0/install-config/harbor-ha-helm", listed("https://helm.goharbor.io"),
        charts=("harbor",)),
    Idiom("policies of pods are those of Kyverno's own chart, enforced outside the system", (
        release("kyverno", "https://kyverno.github.io/kyverno", "3.6.0", {
            "admissionController": {"replicas": 3, "container": {"resources": SMALL}},
            "backgroundController": {"replicas": 2}, "reportsController": {"replicas": 2},
            "cleanupController": {"replicas": 2}, "features": {"policyExceptions": {"enabled": False}},
            "config": {"webhooks": {"namespaceSelector": {"matchExpressions": [{
                "key": "kubernetes.io/metadata.name", "operator": "NotIn", "values": ["kube-system"]}]}}},
            "customLabels": TAGS}),
        release("kyverno-policies", "https://kyverno.github.io/kyverno", "3.6.0", {
            "podSecurityStandard": "restricted", "validationFailureAction": "Enforce", "failurePolicy": "Fail",
            "background": True})),
        "github.com/kyverno/kyverno, charts/kyverno-policies", listed("https://kyverno.github.io/kyverno")),
    Idiom("names of services are written to the bank's own servers with a key", (release(
        "external-dns", "https://kubernetes-sigs.github.io/external-dns", "1.19.0", {
            "provider": {"name": "rfc2136"}, "policy": "upsert-only", "registry": "txt", "txtOwnerId": "dc1",
            "sources": ["service", "ingress"], "domainFilters": ["apps.example.ae"], "interval": "5m",
            "extraArgs": ["--rfc2136-host=10.1.0.53", "--rfc2136-port=53", "--rfc2136-zone=apps.example.ae",
                          "--rfc2136-tsig-keyname=external-dns", "--rfc2136-tsig-secret-alg=hmac-sha256",
                          "--rfc2136-tsig-axfr"],
            "env": [secret_variable("EXTERNAL_DNS_RFC2136_TSIG_SECRET", "dns", "key")], "resources": SMALL}),),
        "kubernetes-sigs.github.io/external-dns/latest/docs/tutorials/rfc2136",
        listed("https://kubernetes-sigs.github.io/external-dns")),
    Idiom("the length of a queue of prompts is a metric of the autoscaler", (
        release("prometheus-adapter", "https://prometheus-community.github.io/helm-charts", "5.2.0", {
            "prometheus": {"url": "http://prometheus-operated.monitoring.svc", "port": 9090}, "replicas": 2,
            "rules": {"default": False, "custom": [{
                "seriesQuery": "vllm:num_requests_waiting{namespace!=\"\",pod!=\"\"}",
                "resources": {"overrides": {"namespace": {"resource": "namespace"}, "pod": {"resource": "pod"}}},
                "name": {"as": "requests_waiting"},
                "metricsQuery": "avg(<<.Series>>{<<.LabelMatchers>>}) by (<<.GroupBy>>)"}]},
            "resources": SMALL, "customLabels": TAGS}),
        inside("autoscaling/v2:HorizontalPodAutoscaler", "llama", {
            "scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "llama"},
            "minReplicas": 1, "maxReplicas": 4, "metrics": [{"type": "Pods", "pods": {
                "metric": {"name": "requests_waiting"}, "target": {"type": "AverageValue", "averageValue": "5"}}}],
            "behavior": {"scaleDown": {"stabilizationWindowSeconds": 600}}})),
        "github.com/vllm-project/production-stack, docs/autoscaling"),
    Idiom("orders are kept by NATS with files, TLS and accounts", (release(
        "nats", "https://nats-io.github.io/k8s/helm/charts/", "2.12.2", {
            "config": {
                "cluster": {"enabled": True, "replicas": 3, "tls": {"enabled": True, "secretName": "nats-routes"}},
                "jetstream": {"enabled": True, "fileStore": {"pvc": {"size": "20Gi", "storageClassName": "encrypted"}}},
                "nats": {"tls": {"enabled": True, "secretName": "nats-tls", "merge": {"min_version": "1.2"}}},
                "merge": {"accounts": {"ORDERS": {"jetstream": "enabled", "users": [
                    {"user": "orders", "password": "<< $ORDERS_PASSWORD >>"}]}}}},
            "container": {"env": {"ORDERS_PASSWORD": {"valueFrom": {"secretKeyRef": {
                "name": "nats-users", "key": "orders"}}}},
                "merge": {"resources": {"requests": {"cpu": "1", "memory": "2Gi"}, "limits": {"memory": "2Gi"}}}},
            "natsBox": {"enabled": False}, "podTemplate": {"topologySpreadConstraints": {
                "kubernetes.io/hostname": {"maxSkew": 1, "whenUnsatisfiable": "DoNotSchedule"}}}}),),
        "github.com/nats-io/k8s, helm/charts/nats", listed("https://nats-io.github.io/k8s/helm/charts")),
    Idiom("a whole gateway of models: namespace, bounds, rights, secrets, program and alarms", (
        k8s("core/v1:Namespace", {"metadata": {"name": "team-a", "labels": {
            **TAGS, "pod-security.kubernetes.io/enforce": "restricted"}}}, "team-a"),
        k8s("core/v1:ResourceQuota", {"metadata": meta("bounds"), "spec": {"hard": {
            "requests.cpu": "20", "requests.memory": "64Gi", "services.loadbalancers": "0"}}}, "quota"),
        k8s("core/v1:LimitRange", {"metadata": meta("bounds"), "spec": {"limits": [{
            "type": "Container", "default": {"cpu": "1", "memory": "512Mi"},
            "defaultRequest": {"cpu": "100m", "memory": "256Mi"}}]}}, "limits"),
        inside("external-secrets.io/v1:ExternalSecret", "keys", {
            "secretStoreRef": {"name": "vault", "kind": "SecretStore"}, "refreshInterval": "1h",
            "target": {"name": "proxy", "creationPolicy": "Owner"},
            "data": [{"secretKey": key, "remoteRef": {"key": "team-a/proxy", "property": key}}
                     for key in ("master", "llama", "database")]}),
        k8s("core/v1:ConfigMap", {"metadata": meta("proxy"), "data": {"config.yaml": PROXY}}, "config"),
        *service("proxy", IMAGE, 4000, "/health/readiness", args=["--config", "/etc/proxy/config.yaml"],
                 env=[secret_variable("LITELLM_MASTER_KEY", "proxy", "master"),
                      secret_variable("LLAMA_KEY", "proxy", "llama"),
                      secret_variable("DATABASE_URL", "proxy", "database")],
                 volumes=[{"name": "config", "configMap": {"name": "proxy"}}],
                 volumeMounts=[{"name": "config", "mountPath": "/etc/proxy", "readOnly": True}]),
        inside("autoscaling/v2:HorizontalPodAutoscaler", "scale", {
            "scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "proxy"}, "minReplicas": 2,
            "maxReplicas": 6, "metrics": [{"type": "Resource", "resource": {
                "name": "cpu", "target": {"type": "Utilization", "averageUtilization": 70}}}]}),
        inside("monitoring.coreos.com/v1:ServiceMonitor", "metrics", {
            "selector": {"matchLabels": {"app": "proxy"}}, "endpoints": [{"port": "http", "path": "/metrics"}]}),
        inside("monitoring.coreos.com/v1:PrometheusRule", "alarms", {"groups": [{"name": "proxy", "rules": [{
            "alert": "ProxySlow", "for": "10m", "labels": {"severity": "page"},
            "expr": "histogram_quantile(0.95, rate(litellm_request_total_latency_metric_bucket[5m])) > 10"}]}]})),
        "docs.litellm.ai/docs/proxy/deploy", {**MODELS, "identity": SIGN_IN}),
)  # fmt: skip
