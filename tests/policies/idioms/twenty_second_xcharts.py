"""Good idioms of clusters: charts with the values that vendors' production guides recommend (set 22, blind)."""

from ..blind import TAGS, k8s
from . import Idiom
from .eleventh_charts import CLOSED, SMALL
from .twelfth_charts import LARGE, MIRROR, POD, mirrored, ours
from .twentieth_goodb_charts import HARD, apart, approved, certificate, merged, namespace

AWAY = {"podAntiAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": [{
    "topologyKey": "kubernetes.io/hostname",
        "labelSelector": {"matchLabels": {"app.kubernetes.io/part-of": "platform"}}}]}}  # fmt: skip
PDB = {"enabled": True, "minAvailable": 1}
NODES = {"kubernetes": {"privileged_namespaces": {"istio-system": "agents of each node carry the traffic of pods",
                                                  "kube-system":
                                                      "agents of each node connect pods and disks"}}}  # fmt: skip
AIRFLOW = {
    "executor": "KubernetesExecutor", "defaultAirflowRepository": f"{MIRROR}/apache/airflow",
        "defaultAirflowTag": "3.1.0",
    "fernetKeySecretName": "airflow-fernet", "jwtSecretName": "airflow-jwt", "apiSecretKeySecretName": "airflow-api",
        "labels": TAGS,
    "postgresql": {"enabled": False}, "redis": {"enabled": False}, "statsd": {"enabled": False},
        "allowPodLaunching": True,
    "data": {"metadataSecretName": "airflow-db"}, "pgbouncer": {
        "enabled": True, "maxClientConn": 200, "metadataPoolSize": 20, "sslmode": "verify-full", "ssl": {"ca": ""},
        "configSecretName": "airflow-pgbouncer", "podDisruptionBudget": {"enabled": True,
            "config": {"maxUnavailable": 1}},
        "resources": SMALL}, "securityContexts": {"pod": POD, "containers": CLOSED},
            "networkPolicies": {"enabled": True},
    "scheduler": {"replicas": 2, "resources": LARGE, "podDisruptionBudget": {"enabled": True,
        "config": {"maxUnavailable": 1}}},
    "apiServer": {"replicas": 2, "resources": LARGE, "service": {"type": "ClusterIP"}}, "triggerer": {"replicas": 2,
        "resources":
        SMALL, "persistence": {"enabled": False}}, "dagProcessor": {"enabled": True, "replicas": 2, "resources": SMALL},
    "workers": {"resources": LARGE, "safeToEvict": False}, "createUserJob": {"enabled": False}, "migrateDatabaseJob": {
        "useHelmHooks": False, "applyCustomEnv": False, "resources": SMALL},
            "dags": {"persistence": {"enabled": False}, "gitSync": {
            "enabled": True, "repo": "https://git.bank.ae/data/dags.git", "branch": "main", "subPath": "dags",
                "depth": 1, "period":
            "60s", "credentialsSecret": "airflow-git", "resources": SMALL}},
                "logs": {"persistence": {"enabled": False}},
    "config": {"core": {"load_examples": "False", "hide_sensitive_var_conn_fields": "True"}, "logging": {
        "remote_logging": "True", "remote_base_log_folder": "s3://bank-traces/airflow", "remote_log_conn_id": "objects",
        "encrypt_s3_logs": "True"}, "api": {"expose_config": "False", "base_url": "https://airflow.bank.ae"},
        "usage_data_collection": {"enabled": "False"}, "webserver": {"warn_deployment_exposure": "True"}}}  # fmt: skip
SEARCH = """cluster.name: records
network.host: 0.0.0.0
plugins.security.ssl.transport.pemcert_filepath: tls/tls.crt
plugins.security.ssl.transport.pemkey_filepath: tls/tls.key
plugins.security.ssl.transport.pemtrustedcas_filepath: tls/ca.crt
plugins.security.ssl.transport.enforce_hostname_verification: true
plugins.security.ssl.http.enabled: true
plugins.security.ssl.http.pemcert_filepath: tls/tls.crt
plugins.security.ssl.http.pemkey_filepath: tls/tls.key
plugins.security.ssl.http.pemtrustedcas_filepath: tls/ca.crt
plugins.security.allow_unsafe_democertificates: false
plugins.security.allow_default_init_securityindex: false
plugins.security.audit.type: internal_opensearch
plugins.security.authcz.admin_dn:
  - CN=admin,O=Bank
plugins.security.nodes_dn:
  - CN=*.search.search.svc,O=Bank
"""

IDIOMS: tuple[Idiom, ...] = (
    *approved(
        Idiom("Kyverno has three copies of its hooks, two of its controllers, and the restricted rules are enforced", (
            *namespace("kyverno"),
            mirrored("kyverno", "3.5.2", {
                "global": {"image": {"registry": MIRROR}}, "customLabels": TAGS,
                    "config": {"webhooks": {"namespaceSelector": {
                    "matchExpressions": [{"key": "kubernetes.io/metadata.name", "operator": "NotIn",
                        "values": ["kube-system"]}]}},
                    "preserve": False}, "features": {"policyExceptions": {"enabled": True, "namespace": "kyverno"},
                                                     "registryClient": {"allowInsecure": False}},
                                                         "admissionController": {
                    "replicas": 3, "podDisruptionBudget": {"enabled": True, "minAvailable": 2},
                        "container": {"resources": SMALL},
                    "antiAffinity": {"enabled": True}, "networkPolicy": {"enabled": True},
                        "serviceMonitor": {"enabled": True}},
                "backgroundController": {"replicas": 2, "resources": SMALL, "podDisruptionBudget": PDB,
                    "networkPolicy": {
                    "enabled": True}}, "cleanupController": {"replicas": 2, "resources": SMALL,
                        "podDisruptionBudget": PDB},
                "reportsController": {"replicas": 2, "resources": SMALL, "podDisruptionBudget": PDB}}),
            mirrored("kyverno-policies", "3.5.2", {
                "podSecurityStandard": "restricted", "podSecuritySeverity": "medium",
                    "validationFailureAction": "Enforce", "failurePolicy":
                "Fail", "background": True, "validationAllowExistingViolations": True, "policyExclude": {
                    "require-run-as-nonroot": {"any": [{"resources": {"kinds": ["Pod"], "namespaces": ["monitoring"],
                        "names": [
                        "node-exporter-*"]}}]}}}, "kyverno")),
            "High Availability (kyverno.io/docs/high-availability, read 2026-12-01); kyverno/charts values.yaml, "
            "as known", ours()),
        Idiom(
            "Traefik of three copies serves inner names by TLS 1.2 and later, with its board shut and its calls "
            "in records", (
            *namespace("traefik"), certificate("traefik", "traefik", "*.inner.bank.ae"),
            mirrored("traefik", "37.2.0", {
                "image": {"registry": MIRROR, "repository": "traefik"}, "deployment": {"replicas": 3, "podLabels": TAGS,
                    "terminationGracePeriodSeconds": 60}, "commonLabels": TAGS, "ingressClass": {"enabled": True,
                        "isDefaultClass": False,
                    "name": "inner"}, "ingressRoute": {"dashboard": {"enabled": False}}, "api": {"dashboard": False,
                        "insecure": False},
                "global": {"checkNewVersion": False, "sendAnonymousUsage": False}, "providers": {
                    "kubernetesCRD": {"enabled": True, "allowCrossNamespace": False,
                        "allowExternalNameServices": False},
                    "kubernetesIngress": {"enabled": True, "allowExternalNameServices": False}}, "ports": {
                    "web": {"port": 8000, "exposedPort": 80, "http": {"redirections": {"entryPoint": {
                        "to": "websecure", "scheme": "https", "permanent": True}}}}, "websecure": {
                        "port": 8443, "exposedPort": 443, "http": {"tls": {"enabled": True}}}},
                            "tlsOptions": {"default": {
                    "minVersion": "VersionTLS12", "sniStrict": True, "cipherSuites": [
                        "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384"]}},
                            "tlsStore": {"default": {
                    "defaultCertificate": {"secretName": "traefik-tls"}}}, "service": {"type": "LoadBalancer",
                        "annotations": {
                    "metallb.io/address-pool": "inner"}, "spec": {"externalTrafficPolicy": "Local",
                        "loadBalancerSourceRanges": [
                        "10.0.0.0/8"]}}, "logs": {"general": {"level": "INFO", "format": "json"}, "access": {
                    "enabled": True, "format": "json", "fields": {"headers": {"defaultmode": "drop"}}}},
                        "podDisruptionBudget": {
                    "enabled": True, "minAvailable": 2}, "autoscaling": {"enabled": False}, "resources": LARGE,
                        "securityContext": HARD,
                "podSecurityContext": {"runAsNonRoot": True, "runAsUser": 65532, "runAsGroup": 65532,
                    "seccompProfile": {
                    "type": "RuntimeDefault"}}, "topologySpreadConstraints": apart("traefik")})),
            "doc.traefik.io/traefik/security/best-practices; traefik/traefik-helm-chart EXAMPLES.md, as known", ours()),
        Idiom(
            "Istio without sidecars has a control plane of three, agents on each node and a gateway with an "
            "inner address", (
            *namespace("istio-system", **{"pod-security.kubernetes.io/enforce": "privileged",
                "pod-security.kubernetes.io/warn":
                                          "privileged"}), *namespace("istio-ingress"),
            mirrored("base", "1.28.0", {"defaultRevision": "default", "global": {"istioNamespace": "istio-system"}},
                "istio-system"),
            mirrored("istiod", "1.28.0", {
                "profile": "ambient", "global": {"hub": f"{MIRROR}/istio", "logAsJson": True,
                    "networkPolicy": {"enabled": True}}, "pilot": {},
                "autoscaleEnabled": True, "autoscaleMin": 3, "autoscaleMax": 5, "podLabels": TAGS, "resources": LARGE,
                    "meshConfig": {
                    "accessLogFile": "/dev/stdout", "accessLogEncoding": "JSON", "enableAutoMtls": True,
                        "outboundTrafficPolicy": {
                        "mode": "REGISTRY_ONLY"}, "trustDomain": "dc1.bank.ae",
                            "meshMTLS": {"minProtocolVersion": "TLSV1_3"},
                    "tlsDefaults": {"minProtocolVersion": "TLSV1_2"}}}, "istio-system"),
            mirrored("cni", "1.28.0", {"profile": "ambient", "global": {"hub": f"{MIRROR}/istio"}, "podLabels": TAGS,
                "ambient": {
                "dnsCapture": True}, "resources": SMALL}, "istio-system"),
            mirrored("ztunnel", "1.28.0", {"hub": f"{MIRROR}/istio", "podLabels": TAGS, "resources": LARGE,
                "updateStrategy": {
                "rollingUpdate": {"maxSurge": 1, "maxUnavailable": 0}}, "terminationGracePeriodSeconds": 60},
                    "istio-system"),
            mirrored("gateway", "1.28.0", {
                "labels": TAGS, "autoscaling": {"enabled": True, "minReplicas": 3, "maxReplicas": 6},
                    "podDisruptionBudget": {
                    "minAvailable": 2}, "resources": LARGE, "service": {"type": "LoadBalancer", "annotations": {
                        "metallb.io/address-pool": "inner"}, "externalTrafficPolicy": "Local", "ports": [
                        {"name": "https", "port": 443, "targetPort": 443, "protocol": "TCP"}]}}, "istio-ingress")),
            "Install with Helm (istio.io/latest/docs/ambient/install/helm, read 2026-12-01); istio/istio "
            "manifests/charts, as known",
            merged(ours(), NODES)),
        Idiom("Cilium takes over from kube-proxy, encrypts between nodes, and shows flows to staff by TLS", (
            mirrored("cilium", "1.18.4", {
                "image": {"repository": f"{MIRROR}/cilium/cilium", "useDigest": True}, "kubeProxyReplacement": True,
                    "k8sServiceHost":
                "kubernetes.dc1.bank.ae", "k8sServicePort": 6443, "routingMode": "native",
                    "ipv4NativeRoutingCIDR": "10.244.0.0/16",
                "autoDirectNodeRoutes": True, "ipam": {"mode": "kubernetes"}, "encryption": {"enabled": True,
                    "type": "wireguard",
                    "nodeEncryption": True}, "policyEnforcementMode": "default", "policyAuditMode": False,
                        "bpf": {"masquerade": True,
                    "monitorAggregation": "medium"}, "bandwidthManager": {"enabled": True}, "operator": {
                    "replicas": 2, "image": {"repository": f"{MIRROR}/cilium/operator"}, "podDisruptionBudget": PDB,
                        "resources": SMALL,
                    "prometheus": {"enabled": True}}, "resources": LARGE, "prometheus": {"enabled": True}, "hubble": {
                    "enabled": True, "tls": {"enabled": True, "auto": {"enabled": True, "method": "certmanager",
                        "certManagerIssuerRef": {
                        "group": "cert-manager.io", "kind": "ClusterIssuer", "name": "bank"}}}, "relay": {
                        "enabled": True, "replicas": 2, "image": {"repository": f"{MIRROR}/cilium/hubble-relay"},
                            "tls": {"server": {
                            "enabled": True, "mtls": True}}}, "ui": {"enabled": False}, "metrics": {"enabled": [
                                "dns", "drop", "tcp", "flow", "policy"]}}, "commonLabels": TAGS, "podLabels": TAGS,
                "rollOutCiliumPods": True, "debug": {"enabled": False}}, "kube-system"),),
            "docs.cilium.io/en/stable/security/network/encryption-wireguard; "
            ".../observability/hubble/configuration/tls, as known",
            merged(ours(), NODES)),
        Idiom(
            "Gatekeeper refuses in every namespace but the system's, from three copies that fail shut, and looks "
            "again each hour", (
            *namespace("gatekeeper-system"),
            mirrored("gatekeeper", "3.20.1", {
                "replicas": 3, "image": {"repository": f"{MIRROR}/openpolicyagent/gatekeeper", "crdRepository":
                    f"{MIRROR}/openpolicyagent/gatekeeper-crds"}, "auditInterval": 3600, "auditFromCache": True,
                        "constraintViolationsLimit":
                100, "validatingWebhookFailurePolicy": "Fail", "validatingWebhookTimeoutSeconds": 5,
                    "validatingWebhookCheckIgnoreFailurePolicy":
                "Fail", "enableDeleteOperations": False, "disableMutation": True, "disabledBuiltins": ["{http.send}"],
                    "logDenies": True,
                "emitAdmissionEvents": True, "emitAuditEvents": True, "exemptNamespaces": ["kube-system"],
                    "enableTLSHealthcheck": True,
                "psp": {"enabled": False}, "podLabels": TAGS, "auditPodLabels": TAGS,
                    "pdb": {"controllerManager": {"minAvailable": 2}},
                "controllerManager": {"resources": LARGE, "tlsMinVersion": 1.3, "priorityClassName": "platform"},
                    "audit": {"resources": LARGE},
                "crds": {"resources": SMALL}}, "gatekeeper-system"),
            k8s("constraints.gatekeeper.sh/v1beta1:K8sAllowedRepos", {"metadata": {"name": "mirror", "labels": TAGS},
                "spec": {
                "enforcementAction": "deny", "match": {"kinds": [{"apiGroups": [""], "kinds": ["Pod"]}],
                    "excludedNamespaces": [
                    "kube-system"]}, "parameters": {"repos": [f"{MIRROR}/"]}}}, "mirror")),
            "open-policy-agent.github.io/gatekeeper/website/docs/failing-closed; .../docs/operations, as known",
                ours()),
    ),
)  # fmt: skip
