"""Good programs of clusters: charts of ways in, secrets and records (2026-12-01, written before any rule ran)."""

import json
from collections.abc import Mapping
from dataclasses import replace

from ..blind import TAGS, k8s
from ..harness import Given
from . import Idiom, Settings
from .twentieth_goodb_charts import merged
from .twenty_third_azure import OURS, TENANT

AKS = {"kubeconfig": json.dumps({"clusters": [{"name": "aks-ai-prod", "cluster": {
    "server": "https://aks-ai-prod-x1y2z3.privatelink.uaenorth.azmk8s.io:443"}}]})}  # fmt: skip
CLIENT = "11111111-2222-3333-4444-555555555555"
POD = {"runAsNonRoot": True, "runAsUser": 10001, "runAsGroup": 10001, "fsGroup": 10001, "seccompProfile": {
    "type": "RuntimeDefault"}}  # fmt: skip
CONTAINER = {"allowPrivilegeEscalation": False, "readOnlyRootFilesystem": True, "capabilities": {"drop": ["ALL"]}}
ZONES = {"topologyKey": "topology.kubernetes.io/zone", "maxSkew": 1, "whenUnsatisfiable": "ScheduleAnyway"}
MONITOR = {"enabled": True, "serviceMonitor": {"enabled": True}}


def made(kind: str, props: Mapping[str, object], name: str) -> Given:
    """Returns an object of the cluster of AKS."""
    return replace(k8s(kind, props, name), provider=AKS)


def sized(cpu: str, memory: str) -> dict[str, object]:
    """Returns requests, and the memory limit."""
    return {"requests": {"cpu": cpu, "memory": memory}, "limits": {"memory": memory}}


def space(name: str, level: str = "restricted") -> Given:
    """Returns a namespace with its Pod Security level."""
    return made("core/v1:Namespace", {"metadata": {"name": name, "labels": {
        **TAGS, "pod-security.kubernetes.io/enforce": level, "pod-security.kubernetes.io/audit": "restricted",
        "pod-security.kubernetes.io/warn": "restricted"}}}, f"ns-{name}")  # fmt: skip


def closed(name: str) -> Given:
    """Returns the policy that refuses all traffic of a namespace but what others allow."""
    return made("networking.k8s.io/v1:NetworkPolicy", {"metadata": {"name": "default-deny", "namespace": name, "labels":
        TAGS}, "spec": {"podSelector": {}, "policyTypes": ["Ingress", "Egress"]}}, f"deny-{name}")  # fmt: skip


def chart(name: str, repo: str, version: str, namespace: str, values: Mapping[str, object]) -> Given:
    """Returns a release of a chart from its vendor's repository."""
    return Given("kubernetes:helm.sh/v3:Release", {
        "name": name, "chart": name, "version": version, "namespace": namespace, "createNamespace": False, "atomic":
        True, "timeout": 900, "repositoryOpts": {"repo": repo}, "values": values}, name, provider=AKS)  # fmt: skip


def listed(*sources: str, **more: Settings) -> dict[str, object]:
    """Returns what the bank lists, with its sources of charts."""
    return merged(merged(OURS, {"escape": {
        "helm_sources": dict.fromkeys(sources, "published by its project; reviewed by the platform team")}}),
        more)  # fmt: skip


IDIOMS: tuple[Idiom, ...] = (
    Idiom("chart ingress-nginx: an internal load balancer of AKS, three replicas and TLS 1.2", (
        space("ingress-nginx", "baseline"),
        chart("ingress-nginx", "https://kubernetes.github.io/ingress-nginx", "4.13.3", "ingress-nginx", {
            "commonLabels": TAGS, "controller": {
                "replicaCount": 3, "minAvailable": 2, "ingressClassResource": {"name": "nginx", "default": True},
                "service": {"externalTrafficPolicy": "Local", "annotations": {
                    "service.beta.kubernetes.io/azure-load-balancer-internal": "true",
                    "service.beta.kubernetes.io/azure-load-balancer-internal-subnet": "snet-ilb",
                    "service.beta.kubernetes.io/azure-load-balancer-health-probe-request-path": "/healthz"}},
                "config": {"ssl-protocols": "TLSv1.2 TLSv1.3", "hsts": "true", "hsts-include-subdomains": "true",
                           "use-forwarded-headers": "false", "enable-real-ip": "false", "log-format-escape-json":
                           "true", "proxy-body-size": "10m", "server-tokens": "false"},
                "allowSnippetAnnotations": False, "resources": sized("200m", "512Mi"), "autoscaling": {
                    "enabled": True, "minReplicas": 3, "maxReplicas": 9, "targetCPUUtilizationPercentage": 70},
                "topologySpreadConstraints": [{**ZONES, "labelSelector": {"matchLabels": {
                    "app.kubernetes.io/name": "ingress-nginx", "app.kubernetes.io/component": "controller"}}}],
                "metrics": MONITOR, "podLabels": TAGS, "admissionWebhooks": {"patch": {"podAnnotations": {}}},
                "extraArgs": {"default-ssl-certificate": "ingress-nginx/wildcard-tls"}}})),
        "kubernetes.github.io/ingress-nginx/deploy/hardening-guide; learn.microsoft.com/azure/aks/"
        "ingress-internal-ip, as known", listed("https://kubernetes.github.io/ingress-nginx")),
    Idiom("chart traefik: internal, redirects to HTTPS, JSON access logs and no dashboard", (
        space("traefik"), closed("traefik"),
        chart("traefik", "https://traefik.github.io/charts", "37.3.0", "traefik", {
            "commonLabels": TAGS, "deployment": {"replicas": 3, "podLabels": TAGS}, "podDisruptionBudget": {
                "enabled": True, "minAvailable": 2}, "ingressClass": {"enabled": True, "isDefaultClass": False},
            "ingressRoute": {"dashboard": {"enabled": False}}, "api": {"dashboard": False, "insecure": False},
            "global": {"checkNewVersion": False, "sendAnonymousUsage": False}, "providers": {
                "kubernetesCRD": {"enabled": True, "allowCrossNamespace": False, "allowExternalNameServices": False},
                "kubernetesIngress": {"enabled": True, "allowExternalNameServices": False}}, "ports": {
                "web": {"port": 8000, "redirections": {"entryPoint": {"to": "websecure", "scheme": "https", "permanent":
                                                                      True}}},
                "websecure": {"port": 8443, "tls": {"enabled": True}}}, "tlsOptions": {"default": {
                "minVersion": "VersionTLS12", "sniStrict": True, "cipherSuites": [
                    "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"]}},
            "logs": {"general": {"format": "json", "level": "INFO"}, "access": {
                "enabled": True, "format": "json", "fields": {"headers": {"defaultMode": "drop"}}}},
            "metrics": {"prometheus": {"entryPoint": "metrics", "serviceMonitor": {"enabled": True}}}, "service": {
                "annotations": {"service.beta.kubernetes.io/azure-load-balancer-internal": "true"}, "spec": {
                    "externalTrafficPolicy": "Local"}}, "resources": sized("500m", "512Mi"), "securityContext":
            CONTAINER, "podSecurityContext": POD})),
        "doc.traefik.io/traefik/operations/api; traefik/traefik-helm-chart EXAMPLES.md, as known",
        listed("https://traefik.github.io/charts")),
    Idiom("chart cert-manager: best practice values, three webhooks and the bank's Vault as issuer", (
        space("cert-manager"),
        chart("cert-manager", "https://charts.jetstack.io", "v1.19.1", "cert-manager", {
            "global": {"priorityClassName": "platform-critical", "commonLabels": TAGS, "leaderElection": {
                "namespace": "cert-manager"}}, "crds": {"enabled": True, "keep": True}, "replicaCount": 2,
            "podDisruptionBudget": {"enabled": True, "minAvailable": 1}, "enableCertificateOwnerRef": False,
            "resources": sized("50m", "256Mi"), "webhook": {
                "replicaCount": 3, "timeoutSeconds": 10, "podDisruptionBudget": {"enabled": True, "minAvailable": 1},
                "networkPolicy": {"enabled": True}, "resources": sized("50m", "128Mi")}, "cainjector": {
                "replicaCount": 2, "extraArgs": ["--namespace=cert-manager", "--enable-certificates-data-source=false"],
                "podDisruptionBudget": {"enabled": True, "minAvailable": 1}, "resources": sized("50m", "256Mi")},
            "startupapicheck": {"enabled": False}, "prometheus": {"enabled": True, "servicemonitor": {
                "enabled": True}}}),
        made("cert-manager.io/v1:ClusterIssuer", {"metadata": {"name": "bank-ca", "labels": TAGS}, "spec": {"vault": {
            "server": "https://vault.bank.ae:8200", "path": "pki_int/sign/aks", "caBundleSecretRef": {
                "name": "vault-ca", "key": "ca.crt"}, "auth": {"kubernetes": {
                    "role": "cert-manager", "mountPath": "/v1/auth/aks-ai-prod", "serviceAccountRef": {
                        "name": "cert-manager"}}}}}}, "issuer")),
        "cert-manager.io/docs/installation/best-practice, as known", listed()),
    Idiom("chart external-secrets: a store for Azure Key Vault by workload identity in one namespace", (
        space("external-secrets"),
        chart("external-secrets", "https://charts.external-secrets.io", "1.1.0", "external-secrets", {
            "replicaCount": 2, "leaderElect": True, "commonLabels": TAGS, "podLabels": TAGS, "resources":
            sized("50m", "256Mi"), "podDisruptionBudget": {"enabled": True, "minAvailable": 1}, "securityContext": {
                **CONTAINER, "runAsNonRoot": True, "runAsUser": 1000, "seccompProfile": {"type": "RuntimeDefault"}},
            "serviceMonitor": {"enabled": True}, "webhook": {"replicaCount": 2, "resources": sized("20m", "128Mi"),
                                                             "podDisruptionBudget": {"enabled": True, "minAvailable":
                                                                                     1}},
            "certController": {"replicaCount": 1, "resources": sized("20m", "128Mi")}, "processClusterStore": False,
            "processClusterExternalSecret": False}),
        space("payments"), closed("payments"),
        made("core/v1:ServiceAccount", {"metadata": {"name": "vault-reader", "namespace": "payments", "labels": TAGS,
                                                    "annotations": {"azure.workload.identity/client-id": CLIENT,
                                                                    "azure.workload.identity/tenant-id": TENANT}},
                                       "automountServiceAccountToken": False}, "reader"),
        made("external-secrets.io/v1:SecretStore", {
            "metadata": {"name": "kv-pay-prod", "namespace": "payments", "labels": TAGS}, "spec": {"provider": {
                "azurekv": {"authType": "WorkloadIdentity", "tenantId": TENANT, "vaultUrl":
                            "https://kv-pay-prod.vault.azure.net", "serviceAccountRef": {"name": "vault-reader"}}}}},
            "store"),
        made("external-secrets.io/v1:ExternalSecret", {
            "metadata": {"name": "db", "namespace": "payments", "labels": TAGS}, "spec": {
                "refreshInterval": "1h", "secretStoreRef": {"kind": "SecretStore", "name": "kv-pay-prod"}, "target": {
                    "name": "db", "creationPolicy": "Owner", "deletionPolicy": "Retain"}, "data": [
                    {"secretKey": "password", "remoteRef": {"key": "db-password"}}]}}, "db")),
        "external-secrets.io/latest/provider/azure-key-vault; .../guides/security-best-practices, as known",
        listed("https://charts.external-secrets.io")),
    Idiom("chart kube-prometheus-stack: two Prometheus with disks, Alertmanager by mail, Grafana with Entra", (
        space("monitoring", "privileged"),
        chart("kube-prometheus-stack", "https://prometheus-community.github.io/helm-charts", "79.5.0", "monitoring", {
            "commonLabels": TAGS, "prometheus": {"prometheusSpec": {
                "replicas": 2, "retention": "15d", "retentionSize": "90GB", "podAntiAffinity": "hard", "scrapeInterval":
                "30s", "walCompression": True, "podMetadata": {"labels": TAGS}, "resources": sized("1", "8Gi"),
                "ruleSelectorNilUsesHelmValues": False, "serviceMonitorSelectorNilUsesHelmValues": False,
                "podMonitorSelectorNilUsesHelmValues": False, "externalLabels": {"cluster": "aks-ai-prod"},
                "storageSpec": {"volumeClaimTemplate": {"metadata": {"labels": TAGS}, "spec": {
                    "storageClassName": "managed-csi-cmk", "accessModes": ["ReadWriteOnce"], "resources": {
                        "requests": {"storage": "100Gi"}}}}}}}, "alertmanager": {
                "config": {"global": {"smtp_smarthost": "mail.bank.ae:587", "smtp_from": "alerts@bank.ae",
                                      "smtp_require_tls": True}, "route": {
                    "receiver": "duty", "group_by": ["alertname", "namespace"], "group_wait": "30s", "group_interval":
                    "5m", "repeat_interval": "12h", "routes": [{"matchers": ["alertname = Watchdog"], "receiver":
                                                                "null"}]}, "receivers": [
                    {"name": "null"}, {"name": "duty", "email_configs": [{"to": "duty@bank.ae", "send_resolved":
                                                                         True}]}]},
                "alertmanagerSpec": {"replicas": 3, "podAntiAffinity": "hard", "podMetadata": {"labels": TAGS},
                                     "resources": sized("50m", "256Mi"), "storage": {"volumeClaimTemplate": {
                                         "metadata": {"labels": TAGS}, "spec": {
                                             "storageClassName": "managed-csi-cmk", "accessModes": ["ReadWriteOnce"],
                                             "resources": {"requests": {"storage": "10Gi"}}}}}}}, "grafana": {
                "admin": {"existingSecret": "grafana-admin", "userKey": "user", "passwordKey": "password"},
                "replicas": 2, "podLabels": TAGS, "resources": sized("100m", "512Mi"), "grafana.ini": {
                    "server": {"root_url": "https://grafana.bank.ae"}, "auth.azuread": {
                        "enabled": True, "allow_sign_up": True, "auth_url":
                        f"https://login.microsoftonline.com/{TENANT}/oauth2/v2.0/authorize", "token_url":
                        f"https://login.microsoftonline.com/{TENANT}/oauth2/v2.0/token", "client_id": CLIENT,
                        "client_secret": "$__file{/etc/secrets/entra/secret}", "scopes": "openid email profile",
                        "allowed_organizations": TENANT, "role_attribute_strict": True}, "auth": {
                        "disable_login_form": True}, "analytics": {"reporting_enabled": False, "check_for_updates":
                                                                   False}, "security": {"cookie_secure": True},
                    "users": {"auto_assign_org_role": "Viewer"}, "auth.anonymous": {"enabled": False}},
                "extraSecretMounts": [{"name": "entra", "secretName": "grafana-entra", "mountPath":
                                       "/etc/secrets/entra", "readOnly": True}]},
            "kubeControllerManager": {"enabled": False}, "kubeScheduler": {"enabled": False}, "kubeEtcd": {
                "enabled": False}, "kubeProxy": {"enabled": False}, "prometheusOperator": {
                "resources": sized("100m", "256Mi")}, "prometheus-node-exporter": {"podLabels": TAGS}})),
        "prometheus-community/helm-charts charts/kube-prometheus-stack/values.yaml; grafana.com/docs/grafana/latest/"
        "setup-grafana/configure-access/configure-authentication/entraid, as known",
        listed(kubernetes={"privileged_namespaces": {"monitoring": "node-exporter reads the figures of each node"}})),
    Idiom("chart loki: simple scalable with Azure Blob by workload identity, tenants and 31 days", (
        space("loki"), closed("loki"),
        chart("loki", "https://grafana.github.io/helm-charts", "6.46.0", "loki", {
            "deploymentMode": "SimpleScalable", "loki": {
                "auth_enabled": True, "podLabels": {**TAGS, "azure.workload.identity/use": "true"}, "commonConfig": {
                    "replication_factor": 3}, "storage": {
                    "type": "azure", "bucketNames": {"chunks": "loki-chunks", "ruler": "loki-ruler"}, "azure": {
                        "accountName": "stlokiprod", "useFederatedToken": True}}, "schemaConfig": {"configs": [{
                    "from": "2024-04-01", "store": "tsdb", "object_store": "azure", "schema": "v13", "index": {
                        "prefix": "loki_index_", "period": "24h"}}]}, "limits_config": {
                    "retention_period": "744h", "max_query_series": 5000, "ingestion_rate_mb": 16,
                    "allow_structured_metadata": True, "volume_enabled": True}, "compactor": {
                    "retention_enabled": True, "delete_request_store": "azure"}, "analytics": {
                    "reporting_enabled": False}},
            "serviceAccount": {"name": "loki", "annotations": {"azure.workload.identity/client-id": CLIENT}},
            "write": {"replicas": 3, "resources": sized("500m", "2Gi"), "persistence": {
                "size": "20Gi", "storageClass": "managed-csi-cmk"}}, "read": {"replicas": 3, "resources":
                                                                             sized("500m", "2Gi")},
            "backend": {"replicas": 3, "resources": sized("500m", "2Gi"), "persistence": {
                "size": "20Gi", "storageClass": "managed-csi-cmk"}}, "gateway": {
                "replicas": 2, "resources": sized("100m", "128Mi"), "basicAuth": {
                    "enabled": True, "existingSecret": "loki-gateway"}}, "chunksCache": {
                "allocatedMemory": 2048, "resources": sized("500m", "2560Mi")}, "resultsCache": {
                "allocatedMemory": 512, "resources": sized("100m", "700Mi")}, "lokiCanary": {"enabled": False}, "test":
            {"enabled": False}, "monitoring": {"serviceMonitor": {"enabled": True}}, "minio": {"enabled": False}})),
        "grafana.com/docs/loki/latest/setup/install/helm/deployment-guides/azure; Install the simple scalable Helm "
        "chart (grafana.com/docs/loki/latest/setup/install/helm/install-scalable, read 2026-12-01)",
        listed("https://grafana.github.io/helm-charts",
               residency={"known": {"stlokiprod.blob.core.windows.net": "our own account, in uaenorth"}})),
    Idiom("chart tempo-distributed: traces by OTLP, Azure Blob and a two weeks' retention", (
        space("tempo"), closed("tempo"),
        chart("tempo-distributed", "https://grafana.github.io/helm-charts", "1.51.0", "tempo", {
            "tempo": {"podLabels": {**TAGS, "azure.workload.identity/use": "true"}, "podSecurityContext": {
                "fsGroup": 1000}, "securityContext": {**CONTAINER, "runAsNonRoot": True, "runAsUser": 1000}},
            "serviceAccount": {"name": "tempo", "annotations": {"azure.workload.identity/client-id": CLIENT}},
            "traces": {"otlp": {"grpc": {"enabled": True}, "http": {"enabled": True}}}, "storage": {"trace": {
                "backend": "azure", "azure": {"container_name": "tempo-traces", "storage_account_name": "sttempoprod",
                                              "use_federated_token": True}}},
            "multitenancyEnabled": True, "reportingEnabled": False, "distributor": {
                "replicas": 3, "resources": sized("250m", "1Gi")}, "ingester": {
                "replicas": 3, "resources": sized("500m", "4Gi"), "persistence": {
                    "enabled": True, "size": "20Gi", "storageClass": "managed-csi-cmk"}}, "compactor": {
                "replicas": 1, "resources": sized("500m", "4Gi"), "config": {"compaction": {"block_retention":
                                                                                            "336h"}}},
            "querier": {"replicas": 2, "resources": sized("250m", "2Gi")}, "queryFrontend": {
                "replicas": 2, "resources": sized("100m", "1Gi")}, "gateway": {"enabled": False},
            "metaMonitoring": {"serviceMonitor": {"enabled": True}}})),
        "grafana.com/docs/tempo/latest/setup/helm-chart; .../configuration/hosted-storage/azure, as known",
        listed("https://grafana.github.io/helm-charts",
               residency={"known": {"sttempoprod.blob.core.windows.net": "our own account, in uaenorth"}})),
)  # fmt: skip
