"""Good programs of clusters: operators, secrets and ways in (set 25, before any rule ran)."""

from ..blind import TAGS
from . import Idiom, unpriced
from .twentieth_goodb_charts import merged
from .twenty_fourth_good_clusters import head, named, whole
from .twenty_third_azure_charts import CONTAINER, POD, chart, closed, listed, made, sized, space

ELASTIC, HASHICORP, CILIUM = "https://helm.elastic.co", "https://helm.releases.hashicorp.com", "https://helm.cilium.io"
SPIFFE, NGF = "https://spiffe.github.io/helm-charts-hardened", "oci://ghcr.io/nginx/charts"
MARIADB, GRAFANA = "https://helm.mariadb.com/mariadb-operator", "oci://ghcr.io/grafana/helm-charts"
LAKE, GITEA = "https://lakekeeper.github.io/lakekeeper-charts", "https://dl.gitea.com/charts"
DRAGONFLY, JETSTACK = "oci://ghcr.io/dragonflydb/dragonfly-operator/helm", "https://charts.jetstack.io"

IDIOMS: tuple[Idiom, ...] = (
    Idiom("chart eck-operator: one operator for two namespaces, without the internet, and a search of three nodes", (
        space("elastic-system"), closed("elastic-system"), space("search"), closed("search"),
        chart("eck-operator", ELASTIC, "3.2.0", "elastic-system", {
            "installCRDs": True, "managedNamespaces": ["search"], "createClusterScopedResources": False,
                "replicaCount": 2,
            "resources": sized("100m", "512Mi"), "podSecurityContext": POD, "securityContext": CONTAINER, "webhook": {
                "enabled": False}, "config": {"validateStorageClass": False, "metrics": {"port": "0"}, "ubiOnly": True},
            "telemetry": {"disabled": True}, "softMultiTenancy": {"enabled": True}, "podDisruptionBudget": {
                "enabled": True, "minAvailable": 1}}),
        named("elasticsearch.k8s.elastic.co/v1:Elasticsearch", "records", "search", {
            "version": "9.2.1", "volumeClaimDeletePolicy": "DeleteOnScaledownOnly", "http": {"tls": {"certificate": {
                "secretName": "records-tls"}}}, "nodeSets": [{"name": "all", "count": 3, "config": {
                    "node.store.allow_mmap": False, "xpack.security.audit.enabled": True,
                    "xpack.security.authc.anonymous.username": None}, "podTemplate": {"metadata": {"labels": TAGS},
                        "spec": {
                    "automountServiceAccountToken": False, "securityContext": POD, "containers": [{
                        "name": "elasticsearch", "securityContext": CONTAINER, "resources": sized("1", "4Gi")}]}},
                "volumeClaimTemplates": [{"metadata": {"name": "elasticsearch-data", "labels": TAGS}, "spec": {
                    "accessModes": ["ReadWriteOnce"], "storageClassName": "premium-zrs-cmk", "resources": {
                        "requests": {"storage": "100Gi"}}}}]}]})),
        "elastic/cloud-on-k8s deploy/eck-operator/values.yaml; elastic.co/docs/deploy-manage/security, as known",
        merged(listed(ELASTIC, escape={"allowed_types": {
            "kubernetes:elasticsearch.k8s.elastic.co/*": "the operator of search, read by the platform team"}}),
               unpriced("kubernetes:elasticsearch.k8s.elastic.co/v1:Elasticsearch::records-Elasticsearch")),
        charts=("eck-operator",)),
    Idiom("chart vault-secrets-operator: secrets of one path come by TLS and the account of the app, and are renewed", (
        space("vso"), closed("vso"), space("quotes"), closed("quotes"),
        chart("vault-secrets-operator", HASHICORP, "1.0.1", "vso", {"controller": {
            "replicas": 2, "podSecurityContext": POD, "securityContext": CONTAINER, "manager": {
                "resources": sized("50m", "256Mi"), "clientCache": {"persistenceModel": "direct-encrypted",
                    "storageEncryption": {"enabled": True, "vaultConnectionRef": "vault", "keyName": "vso",
                                          "transitMount": "transit", "kubernetes": {
                                              "role": "vso", "serviceAccount": "vso-transit"}}}}},
            "defaultVaultConnection": {"enabled": True, "address": "https://vault.bank.ae:8200", "caCertSecret":
                                       "vault-ca", "skipTLSVerify": False}, "telemetry": {"serviceMonitor": {
                "enabled": True}}}),
        named("secrets.hashicorp.com/v1beta1:VaultAuth", "quotes", "quotes", {
            "vaultConnectionRef": "vso/default", "method": "kubernetes", "mount": "aks-ai-prod", "allowedNamespaces": [
                "quotes"], "kubernetes": {"role": "quotes", "serviceAccount": "quotes", "audiences": ["vault"],
                                          "tokenExpirationSeconds": 600}}),
        named("secrets.hashicorp.com/v1beta1:VaultStaticSecret", "quotes", "quotes", {
            "vaultAuthRef": "quotes", "type": "kv-v2", "mount": "apps", "path": "quotes/db", "refreshAfter": "10m",
            "hmacSecretData": True, "destination": {"name": "quotes-db", "create": True, "transformation": {
                "excludeRaw": True}}, "rolloutRestartTargets": [{"kind": "Deployment", "name": "quotes"}]})),
        "hashicorp/vault-secrets-operator chart/values.yaml; developer.hashicorp.com/vault/docs/deploy/kubernetes/vso, "
        "as known", listed(HASHICORP, escape={"allowed_types": {
            "kubernetes:secrets.hashicorp.com/*": "secrets of our own Vault, read by the platform team"}}),
        charts=("vault-secrets-operator",)),
    Idiom("chart tetragon: what runs on nodes is recorded from the kernel, and programs outside the image are ended", (
        space("tetragon", "privileged"), space("cards"), closed("cards"),
        chart("tetragon", CILIUM, "1.6.0", "tetragon", {
            "tetragon": {"resources": sized("100m", "512Mi"), "exportFilename": "tetragon.log",
                "enableProcessCred": True,
                         "enableProcessNs": True, "prometheus": {"serviceMonitor": {"enabled": True}}, "grpc": {
                             "address": "localhost:54321"}}, "tetragonOperator": {
                "resources": sized("50m", "128Mi"), "replicas": 2, "podSecurityContext": POD}, "export": {
                "resources": sized("50m", "64Mi")}, "podLabels": TAGS}),
        named("cilium.io/v1alpha1:TracingPolicyNamespaced", "no-shells", "cards", {"kprobes": [{
            "call": "sys_execve", "syscall": True, "args": [{"index": 0, "type": "string"}], "selectors": [{
                "matchArgs": [{"index": 0, "operator": "Prefix", "values": ["/tmp/", "/dev/shm/"]}],  # noqa: S108
                "matchActions": [{"action": "Sigkill"}]}]}]})),
        "cilium/tetragon install/kubernetes/tetragon/values.yaml; tetragon.io/docs/concepts/tracing-policy, as known",
        listed(CILIUM, kubernetes={"privileged_namespaces": {"tetragon": "reads events of the kernel on each node"}}),
        charts=("tetragon",)),
    Idiom("charts spire: each pod gets a name of its own that lasts an hour, from a server that Vault signs", (
        space("spire-server"), space("spire-system", "privileged"),
        chart("spire-crds", SPIFFE, "0.5.0", "spire-server", {}),
        chart("spire", SPIFFE, "0.27.0", "spire-server", {
            "global": {"spire": {"clusterName": "aks-ai-prod", "trustDomain": "prod.bank.ae", "caSubject": {
                "country": "AE", "organization": "Bank", "commonName": "prod.bank.ae"}, "namespaces": {
                "create": False, "server": {"name": "spire-server"}, "system": {"name": "spire-system"}},
                    "recommendations": {
                "enabled": True, "strictMode": True}}},
            "spire-server": {"replicaCount": 3, "caTTL": "24h", "defaultX509SvidTTL": "1h", "resources": sized(
                "200m", "512Mi"), "upstreamAuthority": {"vault": {
                    "enabled": True, "vaultAddr": "https://vault.bank.ae:8200", "insecureSkipVerify": False,
                        "pkiMountPoint":
                    "pki-spire", "k8sAuth": {"enabled": True, "k8sAuthRoleName": "spire"}}}, "dataStore": {"sql": {
                    "databaseType": "postgres", "host": "psql-spire.postgres.database.azure.com",
                        "databaseName": "spire",
                    "username": "spire", "externalSecret": {"enabled": True, "name": "spire-db", "key": "password"},
                    "options": ["sslmode=verify-full"]}}},
            "spire-agent": {"resources": sized("50m", "128Mi"), "workloadAttestors": {"k8s": {
                "verification": {"type": "apiServerCA"}}}}, "spiffe-oidc-discovery-provider": {"enabled": False}}),
        whole("spire.spiffe.io/v1alpha1:ClusterSPIFFEID", "apps", {
            "className": "spire-server-spire", "spiffeIDTemplate":
            "spiffe://{{ .TrustDomain }}/ns/{{ .PodMeta.Namespace }}/sa/{{ .PodSpec.ServiceAccountName }}",
            "namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "quotes"}}, "ttl": "1h"})),
        "spiffe/helm-charts-hardened charts/spire/README.md; spiffe.io/docs, as known",
        listed(SPIFFE, escape={"allowed_types": {"kubernetes:spire.spiffe.io/*": "names of pods, read by us"}},
               residency={
            "known": {"psql-spire.postgres.database.azure.com": "our own server, in uaenorth"}}, kubernetes={
            "privileged_namespaces": {"spire-system": "agents of names and the CSI driver run on each node"}}),
        charts=("spire", "spire-crds")),
    Idiom("chart nginx-gateway-fabric: an internal gateway with TLS of the bank, and backends that are checked", (
        space("nginx-gateway"), closed("nginx-gateway"),
        chart("nginx-gateway-fabric", NGF, "2.2.1", "nginx-gateway", {
            "nginxGateway": {"replicas": 2, "resources": sized("100m", "256Mi"), "productTelemetry": {"enable": False},
                             "snippetsFilters": {"enable": False}, "labels": TAGS}, "nginx": {
                "replicas": 3, "service": {"type": "LoadBalancer", "externalTrafficPolicy": "Local", "patches": [{
                    "type": "StrategicMerge", "value": {"metadata": {"annotations": {
                        "service.beta.kubernetes.io/azure-load-balancer-internal": "true"}}}}]}, "config": {
                    "logging": {"errorLevel": "warn"}, "disableHTTP2": False}}, "certGenerator": {"overwrite": False}}),
        made("gateway.networking.k8s.io/v1:Gateway", {"metadata": head("apps", "nginx-gateway"), "spec": {
            "gatewayClassName": "nginx", "infrastructure": {"annotations": {
                "service.beta.kubernetes.io/azure-load-balancer-internal": "true"}}, "listeners": [{
                "name": "https", "port": 443, "protocol": "HTTPS", "hostname": "*.apps.bank.ae", "tls": {
                    "mode": "Terminate", "certificateRefs": [{"name": "apps-tls"}]}, "allowedRoutes": {
                    "namespaces": {"from": "Selector", "selector": {"matchLabels": {"routes": "apps"}}}}}]}},
                        "gateway"),
        named("gateway.networking.k8s.io/v1:BackendTLSPolicy", "quotes", "quotes", {
            "targetRefs": [{"group": "", "kind": "Service", "name": "quotes"}], "validation": {
                "hostname": "quotes.quotes.svc", "caCertificateRefs": [{"group": "", "kind": "ConfigMap",
                    "name": "ca"}]}}),
        named("gateway.networking.k8s.io/v1:HTTPRoute", "quotes", "quotes", {
            "parentRefs": [{"name": "apps", "namespace": "nginx-gateway", "sectionName": "https"}], "hostnames": [
                "quotes.apps.bank.ae"], "rules": [{"matches": [{"path": {"type": "PathPrefix", "value": "/v1"}}],
                                                   "backendRefs": [{"name": "quotes", "port": 443}]}]})),
        "nginx/nginx-gateway-fabric charts/nginx-gateway-fabric/values.yaml; docs.nginx.com, as known",
        merged(listed(NGF, kubernetes={"authenticated_gateways": {
            "nginx-gateway/apps": "apps check the tokens of Entra"}}),
               unpriced("kubernetes:gateway.networking.k8s.io/v1:Gateway::gateway")),
        charts=("nginx-gateway-fabric",)),
)  # fmt: skip
