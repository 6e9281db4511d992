"""Good idioms of clusters: charts of sign-in, secrets, workflows, searches and EKS (set 22, blind)."""

from ..blind import KEY, ME, TAGS, k8s, meta
from . import Idiom
from .eleventh_charts import CLOSED, SMALL, inside
from .fourth_kubernetes import release
from .sixteenth_stores import password, reached
from .twelfth_charts import LARGE, MIRROR, identity, mirrored, ours
from .twentieth_goodb_charts import approved, certificate, merged, namespace
from .twenty_first_xcharts import leaving
from .twenty_second_xcharts import AIRFLOW, PDB, SEARCH

IDIOMS: tuple[Idiom, ...] = (
    *approved(
        Idiom(
            "staff sign in at Keycloak of three copies, whose sessions and database are outside and whose admin "
            "page is inner", (
            *namespace("keycloak"), password("keycloak-db", "keycloak", "password"), certificate("keycloak",
                "keycloak", "login.bank.ae"),
            mirrored("keycloakx", "7.1.4", {
                "replicas": 3, "image": {"repository": f"{MIRROR}/keycloak/keycloak", "digest": "sha256:" + "b" * 64},
                    "command": [
                    "/opt/keycloak/bin/kc.sh", "start", "--optimized"], "database": {
                    "vendor": "postgres", "hostname": "db.bank.ae", "port": 5432, "database": "keycloak",
                        "username": "keycloak",
                    "existingSecret": "keycloak-db", "existingSecretKey": "password"},
                        "dbchecker": {"enabled": False}, "proxy": {
                    "enabled": True, "mode": "xforwarded", "http": {"enabled": False}}, "http": {"relativePath": "/"},
                        "metrics": {
                    "enabled": True}, "health": {"enabled": True}, "extraEnv":
                "- name: KC_HOSTNAME\n  value: https://login.bank.ae\n- name: KC_HOSTNAME_ADMIN\n  value: "
                "https://login-admin.bank.ae\n"
                "- name: KC_HTTPS_CERTIFICATE_FILE\n  value: /tls/tls.crt\n- name: "
                "KC_HTTPS_CERTIFICATE_KEY_FILE\n  value: /tls/tls.key\n"
                "- name: KC_HTTPS_PROTOCOLS\n  value: TLSv1.3,TLSv1.2\n- name: KC_CACHE\n  value: ispn\n"
                "- name: KC_DB_URL_PROPERTIES\n  value: '?sslmode=verify-full&sslrootcert=/tls/ca.crt'\n"
                "- name: KC_LOG_CONSOLE_OUTPUT\n  value: json\n", "extraVolumes":
                "- name: tls\n  secret:\n    secretName: keycloak-tls\n",
                    "extraVolumeMounts": "- name: tls\n  mountPath: /tls\n  readOnly: true\n",
                "podSecurityContext": {"fsGroup": 1000, "runAsNonRoot": True,
                    "seccompProfile": {"type": "RuntimeDefault"}}, "securityContext":
                {"runAsUser": 1000, "runAsNonRoot": True, "allowPrivilegeEscalation": False,
                    "capabilities": {"drop": ["ALL"]}}, "resources":
                LARGE, "podLabels": TAGS, "podDisruptionBudget": {"minAvailable": 2},
                    "networkPolicy": {"enabled": True}, "serviceMonitor": {
                    "enabled": True}, "ingress": {"enabled": False},
                        "serviceAccount": {"automountServiceAccountToken": False}}, "keycloak"),
            reached("keycloak", "keycloak", {"app.kubernetes.io/name": "keycloakx"}, 8443, "gateway"),
            leaving("database", "keycloak", "10.30.20.0/28", port=5432)),
            "keycloak.org/server/configuration-production; codecentric/helm-charts charts/keycloakx/values.yaml, "
            "as known", ours()),
        Idiom("secrets come from the bank's Vault by an operator of two copies, each namespace by its own account", (
            *namespace("external-secrets"),
            mirrored("external-secrets", "1.1.0", {
                "image": {"repository": f"{MIRROR}/external-secrets"}, "replicaCount": 2, "leaderElect": True,
                    "installCRDs": True, "concurrent":
                2, "processClusterExternalSecret": False, "processClusterPushSecret": False, "processPushSecret": False,
                "processClusterStore": False, "crds": {"createClusterExternalSecret": False,
                    "createClusterPushSecret": False}, "extendedMetricLabels":
                True, "commonLabels": TAGS, "podLabels": TAGS, "podDisruptionBudget": PDB, "resources": SMALL,
                    "securityContext": CLOSED,
                "serviceMonitor": {"enabled": True}, "webhook": {"replicaCount": 2, "failurePolicy": "Fail",
                    "resources": SMALL,
                    "podDisruptionBudget": PDB, "certManager": {"enabled": True, "cert": {"issuerRef": {
                        "group": "cert-manager.io", "kind": "ClusterIssuer", "name": "bank"}}}},
                            "certController": {"create": False}}),
            *namespace("cards"), k8s("core/v1:ServiceAccount", {"metadata": meta("secrets", "cards"),
                "automountServiceAccountToken": False},
                                     "secrets-account"),
            inside("external-secrets.io/v1:SecretStore", "bank", {"provider": {"vault": {
                "server": "https://vault.bank.ae:8200", "path": "apps", "version": "v2", "caProvider": {
                    "type": "ConfigMap", "name": "bank-authority", "key": "ca.crt"}, "auth": {"kubernetes": {
                        "mountPath": "kubernetes-dc1", "role": "cards", "serviceAccountRef": {"name": "secrets"}}}}}},
                            "cards"),
            password("cards-db", "cards", "password"),
            inside("external-secrets.io/v1:ExternalSecret", "cards-settings", {
                "refreshPolicy": "Periodic", "refreshInterval": "30m", "secretStoreRef": {"kind": "SecretStore",
                    "name": "bank"}, "target": {
                    "name": "cards-settings", "creationPolicy": "Owner", "deletionPolicy": "Retain", "template": {
                        "engineVersion": "v2",
                            "data": {
                                "dsn": "postgresql://cards:{{ .password }}@db.bank.ae/cards?sslmode=verify-full"}}},
                "data": [{"secretKey": "password", "remoteRef": {"key": "cards/db", "property": "password"}}]},
                    "cards")),
            "external-secrets.io/latest/guides/security-best-practices; .../provider/hashicorp-vault, as known",
                ours()),
        Idiom(
            "Airflow of two schedulers runs tasks as closed pods, with its database outside and records in the "
            "bank's bucket", (
            *namespace("airflow"), *(given for name, keys in (
                ("airflow-db", ("connection",)), ("airflow-fernet", ("fernet-key",)), ("airflow-jwt", ("jwt-secret",)),
                ("airflow-api", ("api-secret-key",)), ("airflow-git", ("GITSYNC_USERNAME", "GITSYNC_PASSWORD")),
                ("airflow-pgbouncer", ("pgbouncer.ini", "users.txt"))) for given in (password(name, "airflow", *keys),
                    )),
            mirrored("airflow", "1.18.0", AIRFLOW), leaving("stores", "airflow", "10.30.20.0/28", port=5432),
            leaving("objects", "airflow", "10.40.2.10/32", "10.40.1.10/32")),
            "Production Guide (airflow.apache.org/docs/helm-chart/1.15.0/production-guide.html, read 2026-12-01)",
            merged(ours(),
                {"escape": {"code_sources": {"https://git.bank.ae/data/dags": "reviewed by the leads of data"}}})),
        Idiom(
            "OpenSearch of three nodes takes records by TLS alone, with users of its own, an audit and copies "
            "each night", (
            *namespace("search"), password("search-admin", "search", "OPENSEARCH_INITIAL_ADMIN_PASSWORD"),
            password("search-users", "search", "internal_users.yml", "config.yml", "roles.yml"), certificate("search",
                "search", "*.search.search.svc"),
            mirrored("opensearch", "3.2.1", {
                "clusterName": "records", "nodeGroup": "main", "masterService": "search", "singleNode": False,
                    "replicas": 3, "roles": [
                    "master", "ingest", "data"], "image": {"repository": f"{MIRROR}/opensearchproject/opensearch",
                        "tag": "3.2.0"},
                "opensearchJavaOpts": "-Xms2g -Xmx2g", "labels": TAGS, "config": {"opensearch.yml": SEARCH},
                    "securityConfig": {
                    "enabled": True, "config": {"securityConfigSecret": "search-users"}}, "secretMounts": [{
                        "name": "tls", "secretName": "search-tls", "path": "/usr/share/opensearch/config/tls"}],
                            "envFrom": [
                            {"secretRef": {"name": "search-admin"}}], "persistence": {"enabled": True,
                                "enableInitChown": False, "size": "200Gi",
                    "storageClass": "encrypted", "labels": {"enabled": True}}, "resources": LARGE,
                        "antiAffinity": "hard", "podSecurityContext": {
                    "fsGroup": 1000, "runAsUser": 1000}, "securityContext": {"runAsNonRoot": True, "runAsUser": 1000,
                        "capabilities": {
                        "drop": ["ALL"]}, "allowPrivilegeEscalation": False}, "sysctlInit": {"enabled": False},
                            "networkPolicy": {"create": True,
                    "http": {"enabled": True}}, "podDisruptionBudget": {}, "maxUnavailable": 1,
                        "terminationGracePeriod": 120, "protocol": "https",
                "service": {"type": "ClusterIP"}, "ingress": {"enabled": False}}, "search"),
            mirrored("opensearch-dashboards", "3.2.0", {
                "opensearchHosts": "https://search:9200", "replicaCount": 2, "image": {"repository":
                    f"{MIRROR}/opensearchproject/opensearch-dashboards"}, "labels": TAGS, "resources": SMALL,
                        "config": {
                    "opensearch_dashboards.yml":
                        "server.ssl.enabled: true\nserver.ssl.certificate: /tls/tls.crt\nserver.ssl.key: /tls/tls.key\n"
                    "opensearch.ssl.verificationMode: full\nopensearch.ssl.certificateAuthorities: [/tls/ca.crt]\n"
                    "opensearch_security.cookie.secure: true\nopensearch_security.multitenancy.enabled: true\n"},
                        "secretMounts": [{
                        "name": "tls", "secretName": "search-tls", "path": "/tls"}], "ingress": {"enabled": False}},
                            "search"),
            reached("search", "search", {"app.kubernetes.io/name": "opensearch"}, 9200, "monitoring")),
            "docs.opensearch.org/latest/security/configuration/best-practices; opensearch-project/helm-charts, "
            "as known", ours()),
        Idiom(
            "a cluster of EKS has its balancers, disks, figures and names by AWS's charts, each with a role of "
            "its own", (
            *(release(chart, repository, version, values) for chart, repository, version, values in (
                ("aws-load-balancer-controller", "https://aws.github.io/eks-charts", "1.14.1", {
                    "clusterName": "core", "region": "me-central-1", "vpcId": "vpc-0123456789abcdef0",
                        "replicaCount": 2, "serviceAccount":
                    identity("core-balancers"), "defaultTags": TAGS,
                        "defaultSSLPolicy": "ELBSecurityPolicy-TLS13-1-2-2021-06",
                    "enableShield": False, "enableWaf": False, "enableWafv2": True,
                        "enableServiceMutatorWebhook": True, "podDisruptionBudget": {
                        "maxUnavailable": 1}, "resources": SMALL, "podLabels": TAGS, "logLevel": "info",
                            "backendSecurityGroup": "",
                    "enableCertManager": True}),
                ("external-dns", "https://kubernetes-sigs.github.io/external-dns", "1.19.0", {
                    "provider": {"name": "aws"}, "policy": "upsert-only", "registry": "txt", "txtOwnerId": "core",
                        "domainFilters": ["core.bank.ae"],
                    "extraArgs": ["--aws-zone-type=private"], "sources": ["service", "ingress"],
                        "serviceAccount": identity("core-names"),
                    "resources": SMALL, "podLabels": TAGS, "interval": "2m", "serviceMonitor": {"enabled": True}}),
                ("metrics-server", "https://kubernetes-sigs.github.io/metrics-server", "3.13.0", {
                    "replicas": 2, "args": ["--kubelet-preferred-address-types=InternalIP"],
                        "podDisruptionBudget": PDB, "resources": SMALL,
                    "podLabels": TAGS, "tls": {"type": "cert-manager"},
                        "apiService": {"insecureSkipTLSVerify": False}}))),
            k8s("storage.k8s.io/v1:StorageClass", {
                "metadata": {"name": "gp3", "labels": TAGS,
                    "annotations": {"storageclass.kubernetes.io/is-default-class": "true"}},
                "provisioner": "ebs.csi.aws.com", "volumeBindingMode": "WaitForFirstConsumer",
                    "allowVolumeExpansion": True, "reclaimPolicy":
                "Retain", "parameters": {"type": "gp3", "encrypted": "true", "kmsKeyId": KEY,
                    "csi.storage.k8s.io/fstype": "ext4", **{
                    f"tagSpecification_{number}": f"{key}={value}" for number, (key, value) in enumerate(TAGS.items(),
                        1)}}}, "class"),
            *namespace("shop"), k8s("networking.k8s.io/v1:Ingress", {
                "metadata": meta("shop", "shop", annotations={
                    f"alb.ingress.kubernetes.io/{key}": value for key, value in {
                        "scheme": "internal", "target-type": "ip", "listen-ports": '[{"HTTPS":443}]',
                            "backend-protocol": "HTTPS",
                        "healthcheck-protocol": "HTTPS", "healthcheck-path": "/ready",
                            "ssl-policy": "ELBSecurityPolicy-TLS13-1-2-2021-06",
                        "certificate-arn":
                            f"arn:aws:acm:me-central-1:{ME}:certificate/11111111-2222-3333-4444-555555555555",
                        "load-balancer-attributes":
                            "access_logs.s3.enabled=true,access_logs.s3.bucket=bank-traces,access_logs.s3.prefix=shop,"
                                                    "deletion_protection.enabled=true,"
                                                    "routing.http.drop_invalid_header_fields.enabled=true",
                        "tags": ",".join(f"{key}={value}" for key, value in TAGS.items())}.items()}), "spec": {
                    "ingressClassName": "alb", "rules": [{"host": "shop.core.bank.ae", "http": {"paths": [{
                        "path": "/", "pathType": "Prefix", "backend": {"service": {"name": "shop",
                            "port": {"number": 443}}}}]}}]}}, "ingress")),
            "aws-ia/terraform-aws-eks-blueprints-addons; kubernetes-sigs.github.io/aws-load-balancer-controller, "
            "as known",
            merged(ours(prices=("networking.k8s.io/v1:Ingress::ingress",)), {
                "presets": ["eks-blueprint"], "escape": {"helm_sources": {
                    "https://kubernetes-sigs.github.io/metrics-server": "the project's own charts, pinned"}}})),
    ),
)  # fmt: skip
