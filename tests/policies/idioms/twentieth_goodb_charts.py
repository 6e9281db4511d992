"""Good idioms of on-premises clusters: charts of gateways, secrets, copies and stores (set 20, blind)."""

from collections.abc import Mapping
from dataclasses import replace

from ..blind import TAGS, k8s, meta
from ..harness import Given
from . import Idiom, Settings
from . import unpriced as without_price
from .eleventh_charts import CLOSED, SMALL, inside
from .sixteenth_stores import password, reached
from .thirteenth_cluster_access import account
from .twelfth_charts import LARGE, MIRROR, POD, mirrored, ours

RESTRICTED = {"pod-security.kubernetes.io/enforce": "restricted", "pod-security.kubernetes.io/enforce-version": "v1.34",
              "pod-security.kubernetes.io/warn": "restricted"}  # fmt: skip
HARD = {"allowPrivilegeEscalation": False, "readOnlyRootFilesystem": True, "capabilities": {"drop": ["ALL"]}}
FIGURES = {"enabled": True, "interval": "30s"}


def namespace(name: str, **labels: str) -> tuple[Given, ...]:
    """Returns a namespace with restricted pods, where nothing is reached unless another policy allows it."""
    return (
        k8s("core/v1:Namespace", {"metadata": {"name": name, "labels": {**TAGS, **RESTRICTED, **labels}}}, name),
        k8s("networking.k8s.io/v1:NetworkPolicy", {"metadata": meta("default-deny", name), "spec": {
            "podSelector": {}, "policyTypes": ["Ingress", "Egress"]}}, f"{name}-deny"),
        k8s("networking.k8s.io/v1:NetworkPolicy", {"metadata": meta("dns", name), "spec": {
            "podSelector": {}, "policyTypes": ["Egress"], "egress": [{
                "to": [{"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "kube-system"}},
                        "podSelector": {"matchLabels": {"k8s-app": "kube-dns"}}}],
                "ports": [{"port": 53, "protocol": "UDP"}, {"port": 53, "protocol": "TCP"}]}]}}, f"{name}-dns"),
    )  # fmt: skip


def approved(*idioms: Idiom) -> tuple[Idiom, ...]:
    """Returns plans of the site whose claims and gateways finance has approved: no price of a cloud is theirs."""
    return tuple(replace(idiom, settings=merged(idiom.settings, without_price(*(
        f"{given.type}::{given.name}" for given in idiom.plan
        if given.type.endswith((":PersistentVolumeClaim", ":StatefulSet", ":Gateway"))))))
        for idiom in idioms)  # fmt: skip


def merged(base: Settings, more: Settings) -> dict[str, object]:
    """Returns settings with the entries of others added, section by section."""
    result = dict(base)
    for key, value in more.items():
        known = result.get(key)
        result[key] = merged(known, value) if isinstance(known, Mapping) and isinstance(value, Mapping) else value
    return result


def apart(name: str) -> list[dict[str, object]]:
    """Returns the spread of a component over zones."""
    return [{"maxSkew": 1, "topologyKey": "topology.kubernetes.io/zone", "whenUnsatisfiable": "DoNotSchedule",
             "labelSelector": {"matchLabels": {"app.kubernetes.io/name": name}}}]  # fmt: skip


def certificate(name: str, namespace: str, *hosts: str) -> Given:
    """Returns a certificate of the bank's issuer for a service."""
    return inside("cert-manager.io/v1:Certificate", f"{name}-tls", {
        "secretName": f"{name}-tls", "duration": "2160h", "renewBefore": "720h", "dnsNames": [
            f"{name}.{namespace}.svc", *hosts], "privateKey": {
                "algorithm": "ECDSA", "size": 256, "rotationPolicy": "Always"}, "usages": ["server auth",
                    "digital signature"],
        "issuerRef": {"group": "cert-manager.io", "kind": "ClusterIssuer", "name": "bank"}}, namespace)  # fmt: skip


def web(name: str, namespace: str, host: str, port: int, **annotations: str) -> Given:
    """Returns an ingress of the inner class with the bank's certificate and staff's sign-in before it."""
    return k8s("networking.k8s.io/v1:Ingress", {
        "metadata": meta(name, namespace, annotations={
            "cert-manager.io/cluster-issuer": "bank", "nginx.ingress.kubernetes.io/backend-protocol": "HTTPS",
            "nginx.ingress.kubernetes.io/force-ssl-redirect": "true", "nginx.ingress.kubernetes.io/proxy-ssl-verify":
            "on", "nginx.ingress.kubernetes.io/proxy-ssl-secret": f"{namespace}/bank-authority", **annotations}),
        "spec": {"ingressClassName": "inner", "tls": [{"hosts": [host], "secretName": f"{name}-web"}], "rules": [{
            "host": host, "http": {"paths": [{"path": "/", "pathType": "Prefix", "backend": {
                "service": {"name": name, "port": {"number": port}}}}]}}]}}, f"{name}-ingress")  # fmt: skip


IDIOMS: tuple[Idiom, ...] = (
    Idiom("ingress-nginx of three copies serves inner apps on a private address of MetalLB", (
        *namespace("ingress-nginx"),
        inside("metallb.io/v1beta1:IPAddressPool", "inner", {"addresses": ["10.30.40.0/27"], "autoAssign": False},
               "metallb-system"),
        inside("metallb.io/v1beta1:L2Advertisement", "inner", {"ipAddressPools": ["inner"]}, "metallb-system"),
        mirrored("ingress-nginx", "4.13.3", {
            "global": {"image": {"registry": MIRROR}}, "commonLabels": TAGS, "controller": {
                "kind": "Deployment", "replicaCount": 3, "minAvailable": 2, "ingressClassResource": {
                    "name": "inner", "enabled": True, "default": False, "controllerValue": "k8s.io/inner-nginx"},
                "watchIngressWithoutClass": False, "allowSnippetAnnotations": False, "enableAnnotationValidations":
                True, "config": {
                    "ssl-protocols": "TLSv1.2 TLSv1.3", "hsts": "true", "hsts-max-age": "31536000", "hide-headers":
                    "Server,X-Powered-By", "server-tokens": "false", "proxy-body-size": "8m", "use-forwarded-headers":
                    "false", "annotations-risk-level": "High", "log-format-escape-json": "true",
                    "worker-shutdown-timeout": "240s", "keep-alive-requests": "10000"},
                "service": {"type": "LoadBalancer", "externalTrafficPolicy": "Local", "annotations": {
                    "metallb.io/address-pool": "inner"}, "loadBalancerSourceRanges": ["10.0.0.0/8"], "enableHttp":
                    False},
                "autoscaling": {"enabled": True, "minReplicas": 3, "maxReplicas": 6,
                                "targetCPUUtilizationPercentage": 60},
                "resources": LARGE, "topologySpreadConstraints": apart("ingress-nginx"), "metrics": {
                    "enabled": True, "serviceMonitor": {"enabled": True}}, "admissionWebhooks": {
                        "enabled": True, "failurePolicy": "Fail", "certManager": {"enabled": True}}, "podLabels": TAGS},
            "defaultBackend": {"enabled": False}}),
        reached("figures", "ingress-nginx", {"app.kubernetes.io/name": "ingress-nginx"}, 10254, "monitoring")),
        "kubernetes/ingress-nginx, charts/ingress-nginx/values.yaml; metallb.io/configuration, as known on 2026-11-30",
        ours()),
    Idiom("External Secrets takes teams' secrets from the bank's Vault, each by its namespace's account", (
        *namespace("external-secrets"), account("reader", "payments"),
        mirrored("external-secrets", "0.20.4", {
            "installCRDs": True, "replicaCount": 2, "leaderElect": True, "concurrent": 5, "extendedMetricLabels": True,
            "image": {"repository": f"{MIRROR}/external-secrets/external-secrets", "tag": "v0.20.4"},
            "commonLabels": TAGS, "processClusterExternalSecret": False, "processClusterPushSecret": False,
            "processPushSecret": False, "crds": {
                "createClusterExternalSecret": False, "createClusterPushSecret": False, "createPushSecret": False},
            "podDisruptionBudget": {"enabled": True, "minAvailable": 1}, "resources": SMALL, "securityContext": {
                **HARD, "enabled": True, "runAsNonRoot": True, "runAsUser": 1000, "seccompProfile": {
                    "type": "RuntimeDefault"}}, "serviceMonitor": FIGURES, "topologySpreadConstraints":
            apart("external-secrets"), "webhook": {
                "create": True, "replicaCount": 2, "failurePolicy": "Fail", "certManager": {
                    "enabled": True, "cert": {"create": True, "issuerRef": {
                        "group": "cert-manager.io", "kind": "ClusterIssuer", "name": "bank"}}}, "resources": SMALL,
                "podDisruptionBudget": {"enabled": True, "minAvailable": 1}, "image": {
                    "repository": f"{MIRROR}/external-secrets/external-secrets", "tag": "v0.20.4"}},
            "certController": {"create": False}}),
        inside("external-secrets.io/v1:SecretStore", "bank", {"provider": {"vault": {
            "server": "https://vault.bank.ae:8200", "path": "payments", "version": "v2", "caProvider": {
                "type": "Secret", "name": "bank-authority", "key": "ca.crt"}, "auth": {"kubernetes": {
                    "mountPath": "kubernetes-dc1", "role": "payments", "serviceAccountRef": {
                        "name": "reader", "audiences": ["vault"]}}}}}, "refreshInterval": 3600}, "payments"),
        inside("external-secrets.io/v1:ExternalSecret", "database", {
            "refreshInterval": "15m", "refreshPolicy": "Periodic", "secretStoreRef": {
                "kind": "SecretStore", "name": "bank"}, "target": {
                "name": "database", "creationPolicy": "Owner", "deletionPolicy": "Retain", "template": {
                    "engineVersion": "v2", "mergePolicy": "Replace", "type": "Opaque", "data": {
                        "uri": "postgresql://{{ .user }}:{{ .password }}@db.bank.ae:5432/payments?sslmode=verify-full"}
                    }}, "data": [{"secretKey": key, "remoteRef": {"key": "database", "property": key}}
                                 for key in ("user", "password")]}, "payments")),
        "external-secrets.io/latest/guides/security-best-practices; .../provider/hashicorp-vault, as known", ours()),
    Idiom("Velero saves teams' namespaces every night to the bank's object store, sealed and for a month", (
        password("velero", "velero", "cloud"),
        mirrored("velero", "11.1.1", {
            "image": {"repository": f"{MIRROR}/velero/velero", "tag": "v1.17.1"}, "labels": TAGS, "podLabels": TAGS,
            "upgradeCRDs": False, "initContainers": [{
                "name": "velero-plugin-for-aws", "image": f"{MIRROR}/velero/velero-plugin-for-aws:v1.13.1",
                "securityContext": CLOSED, "resources": SMALL, "volumeMounts": [
                    {"mountPath": "/target", "name": "plugins"}]}],
            "credentials": {"useSecret": True, "existingSecret": "velero"}, "snapshotsEnabled": True, "deployNodeAgent":
            False, "configuration": {
                "features": "EnableCSI", "defaultVolumesToFsBackup": False, "defaultSnapshotMoveData": False,
                "garbageCollectionFrequency": "1h", "logFormat": "json", "backupStorageLocation": [{
                    "name": "default", "default": True, "provider": "aws", "bucket": "bank-backups", "prefix": "dc1",
                    "accessMode": "ReadWrite", "config": {
                        "region": "me-central-1", "s3Url": "https://objects.bank.ae", "s3ForcePathStyle": "true",
                        "insecureSkipTLSVerify": "false", "serverSideEncryption": "aws:kms", "kmsKeyId": "velero"}}],
                "volumeSnapshotLocation": []},
            "resources": LARGE, "containerSecurityContext": HARD, "podSecurityContext": POD, "metrics": {
                "enabled": True, "serviceMonitor": {"enabled": True}}, "rbac": {
                    "create": True, "clusterAdministrator": False}, "schedules": {"nightly": {
                        "disabled": False, "schedule": "0 21 * * *", "useOwnerReferencesInBackup": False, "template": {
                            "ttl": "720h", "storageLocation": "default", "includedNamespaces": [
                                "payments", "lending"], "snapshotVolumes": True, "csiSnapshotTimeout": "10m"}}}})),
        "vmware-tanzu/helm-charts, charts/velero/values.yaml; velero.io/docs/v1.17/csi, as known on 2026-11-30",
            ours()),
    Idiom("staff sign in with Keycloak of two pods, with its records in the bank's PostgreSQL over TLS", (
        *namespace("keycloak"), password("keycloak-database", "keycloak", "password"),
        password("keycloak-admin", "keycloak", "user", "password"), certificate("keycloak", "keycloak",
            "login.bank.ae"),
        mirrored("keycloakx", "7.1.4", {
            "replicas": 2, "image": {"repository": f"{MIRROR}/keycloak/keycloak", "tag": "26.4.2"}, "command": [
                "/opt/keycloak/bin/kc.sh", "--verbose", "start", "--optimized", "--http-enabled=false",
                "--hostname-strict=true", "--spi-events-listener-jboss-logging-success-level=info"],
            "extraEnv": "- name: JAVA_OPTS_APPEND\n  value: >-\n    -Djgroups.dns.query=keycloak-headless\n"
                        "- name: KC_HTTPS_CERTIFICATE_FILE\n  value: /tls/tls.crt\n"
                        "- name: KC_HTTPS_CERTIFICATE_KEY_FILE\n  value: /tls/tls.key\n"
                        "- name: KC_HOSTNAME\n  value: https://login.bank.ae\n"
                        "- name: KC_BOOTSTRAP_ADMIN_USERNAME\n  valueFrom:\n    secretKeyRef:\n"
                        "      name: keycloak-admin\n      key: user\n"
                        "- name: KC_BOOTSTRAP_ADMIN_PASSWORD\n  valueFrom:\n    secretKeyRef:\n"
                        "      name: keycloak-admin\n      key: password\n",
            "database": {"vendor": "postgres", "hostname": "db.bank.ae", "port": 5432, "database": "keycloak",
                         "username": "keycloak", "existingSecret": "keycloak-database", "existingSecretKey":
                         "password"}, "dbchecker": {"enabled": False}, "cache": {"stack": "default"}, "metrics": {
                             "enabled": True}, "health": {"enabled": True}, "proxy": {"enabled": False}, "http": {
                                 "relativePath": "/", "internalPort": "https", "internalScheme": "HTTPS"},
            "extraVolumes": "- name: tls\n  secret:\n    secretName: keycloak-tls\n", "extraVolumeMounts":
            "- name: tls\n  mountPath: /tls\n  readOnly: true\n", "podLabels": TAGS, "podSecurityContext": POD,
            "securityContext": CLOSED, "resources": LARGE, "serviceAccount": {
                "create": True, "automountServiceAccountToken": False}, "podDisruptionBudget": {"minAvailable": 1},
            "networkPolicy": {"enabled": True}, "serviceMonitor": FIGURES, "ingress": {"enabled": False}, "service": {
                "type": "ClusterIP"}}, "keycloak"),
        reached("keycloak", "keycloak", {"app.kubernetes.io/name": "keycloakx"}, 8443, "gateway")),
        "keycloak.org/server/configuration-production; codecentric/helm-charts, charts/keycloakx, as known", ours()),
    Idiom("Vault of three pods keeps raft on sealed disks, opened by the bank's HSM, with two audits", (
        *namespace("vault"), certificate("vault", "vault", "vault.bank.ae", "*.vault-internal"),
        mirrored("vault", "0.31.0", {
            "global": {"enabled": True, "tlsDisable": False}, "injector": {"enabled": False}, "csi": {"enabled": False},
            "server": {
                "image": {"repository": f"{MIRROR}/hashicorp/vault", "tag": "1.20.4"}, "resources": LARGE,
                "auditStorage": {"enabled": True, "size": "20Gi", "storageClass": "encrypted", "accessMode":
                                 "ReadWriteOnce", "labels": TAGS},
                "dataStorage": {"enabled": True, "size": "20Gi", "storageClass": "encrypted", "labels": TAGS},
                "readinessProbe": {"enabled": True, "path": "/v1/sys/health?standbyok=true"}, "extraLabels": TAGS,
                "extraEnvironmentVars": {"VAULT_CACERT": "/vault/userconfig/vault-tls/ca.crt", "VAULT_LOG_FORMAT":
                                         "json", "VAULT_DISABLE_MLOCK": "true"},
                "volumes": [{"name": "userconfig", "secret": {"secretName": "vault-tls", "defaultMode": 288}}],
                "volumeMounts": [{"name": "userconfig", "mountPath": "/vault/userconfig/vault-tls", "readOnly": True}],
                "networkPolicy": {"enabled": True}, "service": {"enabled": True, "type": "ClusterIP"}, "ingress": {
                    "enabled": False}, "statefulSet": {"securityContext": {"pod": POD, "container": CLOSED}},
                "standalone": {"enabled": False}, "ha": {
                    "enabled": True, "replicas": 3, "disruptionBudget": {"enabled": True, "maxUnavailable": 1},
                    "raft": {"enabled": True, "setNodeId": True, "config":
                             "ui = true\ndisable_mlock = true\nlistener \"tcp\" {\n  address = \"[::]:8200\"\n"
                             "  cluster_address = \"[::]:8201\"\n  tls_cert_file = \"/vault/userconfig/vault-tls/tls"
                             ".crt\"\n  tls_key_file = \"/vault/userconfig/vault-tls/tls.key\"\n  tls_min_version = "
                             "\"tls12\"\n}\nstorage \"raft\" {\n  path = \"/vault/data\"\n  retry_join {\n"
                             "    leader_api_addr = \"https://vault-0.vault-internal:8200\"\n    leader_ca_cert_file ="
                             " \"/vault/userconfig/vault-tls/ca.crt\"\n  }\n}\nseal \"transit\" {\n  address = "
                             "\"https://seal.bank.ae:8200\"\n  key_name = \"dc1\"\n  mount_path = \"transit/\"\n"
                             "  tls_skip_verify = \"false\"\n}\naudit \"file\" {\n  type = \"file\"\n"
                             "  path = \"file\"\n"
                             "  options = {\n    file_path = \"/vault/audit/audit.log\"\n  }\n}\n"
                             "service_registration \"kubernetes\" {}\n"}}},
            "ui": {"enabled": False}, "serverTelemetry": {"serviceMonitor": {"enabled": True, "interval": "30s"}}}),
        reached("vault", "vault", {"app.kubernetes.io/name": "vault"}, 8200, "payments")),
        "developer.hashicorp.com/vault/docs/deploy/kubernetes/helm/configuration; .../concepts/production-hardening, "
        "as known on 2026-11-30", ours()),
)  # fmt: skip
