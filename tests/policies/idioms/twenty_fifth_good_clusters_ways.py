"""Good programs of clusters: databases, boards, catalogues and code (set 25, before any rule ran)."""

from ..blind import TAGS
from . import Idiom, unpriced
from .twentieth_goodb_charts import merged
from .twenty_fourth_good_clusters import USER, named, on_eks, whole
from .twenty_third_azure import TENANT
from .twenty_third_azure_charts import CLIENT, CONTAINER, POD, chart, closed, listed, sized, space

ELASTIC, HASHICORP, CILIUM = "https://helm.elastic.co", "https://helm.releases.hashicorp.com", "https://helm.cilium.io"
SPIFFE, NGF = "https://spiffe.github.io/helm-charts-hardened", "oci://ghcr.io/nginx/charts"
MARIADB, GRAFANA = "https://helm.mariadb.com/mariadb-operator", "oci://ghcr.io/grafana/helm-charts"
LAKE, GITEA = "https://lakekeeper.github.io/lakekeeper-charts", "https://dl.gitea.com/charts"
DRAGONFLY, JETSTACK = "oci://ghcr.io/dragonflydb/dragonfly-operator/helm", "https://charts.jetstack.io"

IDIOMS: tuple[Idiom, ...] = (
    Idiom("charts mariadb-operator: three nodes of Galera with TLS for all, users by secrets, and backups each night", (
        space("sql"), closed("sql"),
        *(chart(name, MARIADB, "25.10.2", "sql", values) for name, values in (
            ("mariadb-operator-crds", {}), ("mariadb-operator", {
                "currentNamespaceOnly": True, "ha": {"enabled": True, "replicas": 2}, "metrics": {"enabled": True},
                "podSecurityContext": POD, "securityContext": CONTAINER, "resources": sized("50m", "128Mi"),
                "webhook": {"cert": {"certManager": {"enabled": True}}, "resources": sized("50m", "128Mi")}}))),
        named("k8s.mariadb.com/v1alpha1:MariaDB", "shop", "sql", {
            "replicas": 3, "rootPasswordSecretKeyRef": {"name": "shop-root", "key": "password"}, "storage": {
                "size": "100Gi", "storageClassName": "premium-zrs-cmk"}, "galera": {"enabled": True,
                    "replicaThreads": 2},
            "tls": {"enabled": True, "required": True, "serverCertIssuerRef": {"name": "bank-ca",
                "kind": "ClusterIssuer"},
                    "clientCertIssuerRef": {"name": "bank-ca", "kind": "ClusterIssuer"}, "galeraSSTEnabled": True},
            "myCnf": "[mariadb]\nserver_audit_logging=ON\nlocal_infile=OFF\n", "podSecurityContext": POD,
            "securityContext": CONTAINER, "resources": sized("1", "4Gi"), "service": {"type": "ClusterIP"},
            "podDisruptionBudget": {"maxUnavailable": 1}, "affinity": {"antiAffinityEnabled": True},
                "inheritMetadata": {
                "labels": TAGS}}),
        named("k8s.mariadb.com/v1alpha1:Backup", "nightly", "sql", {
            "mariaDbRef": {"name": "shop"}, "schedule": {"cron": "0 21 * * *"}, "maxRetention": "720h", "compression":
            "gzip", "storage": {"persistentVolumeClaim": {"accessModes": ["ReadWriteOnce"], "storageClassName":
                "premium-zrs-cmk", "resources": {"requests": {"storage": "200Gi"}}}}, "resources": sized("100m",
                    "512Mi")})),
        "mariadb-operator/mariadb-operator docs/tls.md, docs/high_availability.md, as known",
        merged(listed(MARIADB, escape={"allowed_types": {
            "kubernetes:k8s.mariadb.com/*": "the operator of MariaDB, read by the platform team"}}), unpriced(
            "kubernetes:k8s.mariadb.com/v1alpha1:MariaDB::shop-MariaDB",
            "kubernetes:k8s.mariadb.com/v1alpha1:Backup::nightly-Backup")),
        charts=("mariadb-operator", "mariadb-operator-crds")),
    Idiom("chart grafana-operator: boards of teams by Entra, with no guests, no sign-up and secrets from the vault", (
        space("boards"), closed("boards"),
        chart("grafana-operator", GRAFANA, "v5.20.0", "boards", {
            "namespaceScope": True, "resources": sized("50m", "256Mi"), "podSecurityContext": POD, "securityContext":
            CONTAINER, "leaderElect": True, "serviceMonitor": {"enabled": True}}),
        named("grafana.integreatly.org/v1beta1:Grafana", "boards", "boards", {"config": {
            "server": {"root_url": "https://boards.apps.bank.ae"}, "users": {"allow_sign_up": "false"}, "security": {
                "disable_gravatar": "true", "cookie_secure": "true", "strict_transport_security": "true"},
            "auth": {"disable_login_form": "true"}, "auth.anonymous": {"enabled": "false"}, "auth.azuread": {
                "enabled": "true", "allow_sign_up": "true", "scopes": "openid email profile", "allowed_organizations":
                TENANT, "client_id": CLIENT, "auth_url":
                f"https://login.microsoftonline.com/{TENANT}/oauth2/v2.0/authorize", "token_url":
                f"https://login.microsoftonline.com/{TENANT}/oauth2/v2.0/token", "role_attribute_strict": "true"},
            "analytics": {"reporting_enabled": "false", "check_for_updates": "false"}}, "deployment": {"spec": {
                "template": {"metadata": {"labels": TAGS}, "spec": {"securityContext": POD, "containers": [{
                    "name": "grafana", "securityContext": USER, "resources": sized("200m", "512Mi"), "env": [
                        {"name": "GF_AUTH_AZUREAD_CLIENT_SECRET", "valueFrom": {"secretKeyRef": {
                            "name": "boards-entra", "key": "secret"}}}]}]}}}}}, labels={**TAGS, "boards": "ours"}),
        named("grafana.integreatly.org/v1beta1:GrafanaDatasource", "metrics", "boards", {
            "instanceSelector": {"matchLabels": {"boards": "ours"}}, "datasource": {
                "name": "metrics", "type": "prometheus", "access": "proxy", "url":
                "https://prometheus.monitoring.svc:9090", "isDefault": True, "jsonData": {
                    "tlsAuthWithCACert": True, "timeInterval": "30s"}}})),
        "grafana/grafana-operator deploy/helm/grafana-operator/values.yaml; grafana.github.io/grafana-operator/docs, "
        "as known", merged(listed(GRAFANA), unpriced(
            "kubernetes:grafana.integreatly.org/v1:Grafana::boards-Grafana")), charts=("grafana-operator",)),
    Idiom("chart lakekeeper: a catalogue of Iceberg knows staff by Entra, and seals its secrets in Postgres", (
        space("lake"), closed("lake"),
        chart("lakekeeper", LAKE, "0.8.1", "lake", {
            "catalog": {"replicas": 2, "resources": sized("200m", "512Mi"), "podLabels": TAGS, "securityContext": POD,
                "containerSecurityContext": USER, "prometheus": {"setScrapeAnnotations": False}, "ingress": {
                    "enabled": True, "ingressClassName": "nginx", "host": "lake.apps.bank.ae", "tls": {
                        "enabled": True, "secretName": "lake-tls"}}, "podDisruptionBudget": {"enabled": True,
                                                                                           "minAvailable": 1}},
            "auth": {"oauth2": {"providerUri": f"https://login.microsoftonline.com/{TENANT}/v2.0", "audience": CLIENT},
                     "k8s": {"enabled": False}}, "secretBackend": {"type": "Postgres", "postgres": {
                "encryptionKeySecret": "lake-key"}}, "postgresql": {"enabled": False}, "externalDatabase": {
                "type": "postgres", "host_read": "psql-lake.postgres.database.azure.com", "host_write":
                "psql-lake.postgres.database.azure.com", "database": "lake", "userSecret": "lake-db", "passwordSecret":
                "lake-db"}, "authz": {"backend": "openfga"}, "internalOpenFGA": False})),
        "lakekeeper/lakekeeper-charts charts/lakekeeper/values.yaml; docs.lakekeeper.io/docs/latest, as known",
        listed(LAKE, residency={"known": {"psql-lake.postgres.database.azure.com": "our own server, in uaenorth"}}),
        charts=("lakekeeper",)),
    Idiom("chart cert-manager-csi-driver: keys of pods are made on their node, never stored, and signed by the bank", (
        space("cert-manager", "privileged"),
        chart("cert-manager-csi-driver", JETSTACK, "v0.12.0", "cert-manager", {
            "resources": sized("50m", "128Mi"), "podLabels": TAGS, "metrics": {"enabled": True}, "app": {
                "driver": {"useTokenRequest": True}}}),
        whole("policy.cert-manager.io/v1alpha1:CertificateRequestPolicy", "pods", {
            "allowed": {"dnsNames": {"values": ["*.quotes.svc"], "required": True}, "usages": [
                "digital signature", "key encipherment", "server auth"]}, "constraints": {"maxDuration": "24h",
                "privateKey": {"algorithm": "ECDSA", "minSize": 256}}, "selector": {
                "issuerRef": {"name": "bank-ca", "kind": "ClusterIssuer", "group": "cert-manager.io"}, "namespace": {
                    "matchNames": ["quotes"]}}})),
        "cert-manager/csi-driver deploy/charts/csi-driver/values.yaml; cert-manager.io/docs/usage/csi-driver, as known",
        listed(JETSTACK, kubernetes={"privileged_namespaces": {
            "cert-manager": "the CSI driver mounts volumes on each node"}}), charts=("cert-manager-csi-driver",)),
    Idiom("chart gitea: code of models by Entra, with a database of ours, no actions and no visitors", on_eks(
            space("code"), closed("code"),
            chart("gitea", GITEA, "12.4.0", "code", {
                "replicaCount": 1, "strategy": {"type": "Recreate"}, "image": {"rootless": True}, "resources": sized(
                    "500m", "1Gi"), "podSecurityContext": POD, "containerSecurityContext": USER, "postgresql": {
                    "enabled": False}, "postgresql-ha": {"enabled": False}, "valkey-cluster": {"enabled": False},
                "valkey": {"enabled": False}, "persistence": {"enabled": True, "size": "100Gi",
                    "storageClass": "gp3-cmk"},
                "actions": {"enabled": False}, "gitea": {
                    "admin": {"existingSecret": "gitea-admin", "passwordMode": "initialOnlyRequireReset"},
                    "oauth": [{"name": "entra", "provider": "openidConnect", "existingSecret": "gitea-entra",
                               "autoDiscoverUrl":
                               f"https://login.microsoftonline.com/{TENANT}/v2.0/.well-known/openid-configuration"}],
                    "additionalConfigFromEnvs": [{"name": "GITEA__DATABASE__PASSWD", "valueFrom": {"secretKeyRef": {
                        "name": "gitea-db", "key": "password"}}}], "config": {
                        "service": {"DISABLE_REGISTRATION": True, "REQUIRE_SIGNIN_VIEW": True,
                                    "ALLOW_ONLY_EXTERNAL_REGISTRATION": True}, "security": {"DISABLE_GIT_HOOKS": True},
                        "database": {"DB_TYPE": "postgres", "SSL_MODE": "verify-full", "NAME": "gitea", "USER": "gitea",
                                     "HOST": "code.cluster-abcdefghijkl.me-central-1.rds.amazonaws.com:5432"},
                        "migrations": {"ALLOWED_DOMAINS": "code.bank.ae", "ALLOW_LOCALNETWORKS": False}, "webhook": {
                            "ALLOWED_HOST_LIST": "*.apps.bank.ae"}, "mirror": {"DISABLE_NEW_PUSH": True}, "packages": {
                            "ENABLED": False}, "server": {"DISABLE_SSH": True,
                                "ROOT_URL": "https://code.apps.bank.ae"}}},
                "ingress": {"enabled": True, "className": "nginx", "hosts": [{"host": "code.apps.bank.ae", "paths": [
                    {"path": "/"}]}], "tls": [{"secretName": "code-tls", "hosts": ["code.apps.bank.ae"]}]}})),
        "gitea/helm-gitea values.yaml; docs.gitea.com/administration/config-cheat-sheet, as known",
        listed(GITEA, residency={"known": {"code.cluster-abcdefghijkl.me-central-1.rds.amazonaws.com":
                                           "our own database"}}), charts=("gitea",)),
)  # fmt: skip
