"""Good idioms of on-premises clusters: charts of policies, records, disks, names and gateways (set 20, blind)."""

from ..blind import TAGS, k8s
from . import Idiom
from .eleventh_charts import CLOSED, SMALL, inside
from .sixteenth_stores import password
from .twelfth_charts import LARGE, MIRROR, POD, mirrored, ours
from .twentieth_goodb_charts import FIGURES, apart, certificate, namespace

IDIOMS: tuple[Idiom, ...] = (
    Idiom("Kyverno of three copies holds the restricted profile, and its reports are cleaned up", (
        *namespace("kyverno"),
        mirrored("kyverno", "3.5.2", {
            "global": {"image": {"registry": MIRROR}}, "customLabels": TAGS, "crds": {"install": True},
            "admissionController": {
                "replicas": 3, "podDisruptionBudget": {"enabled": True, "minAvailable": 2}, "priorityClassName":
                "platform", "topologySpreadConstraints": apart("kyverno"), "serviceMonitor": {"enabled": True},
                "container": {"resources": LARGE}, "networkPolicy": {"enabled": True}},
            "backgroundController": {"enabled": True, "replicas": 2, "resources": SMALL},
            "cleanupController": {"enabled": True, "replicas": 2, "resources": SMALL},
            "reportsController": {"enabled": True, "replicas": 2, "resources": SMALL, "sanityChecks": True},
            "features": {"policyExceptions": {"enabled": True, "namespace": "kyverno"}, "logging": {"format": "json"},
                         "forceFailurePolicyIgnore": {"enabled": False}, "omitEvents": {"eventTypes": [
                             "PolicyApplied"]}}, "config": {
                "excludeKyvernoNamespace": True, "webhooks": {"namespaceSelector": {"matchExpressions": [
                    {"key": "kubernetes.io/metadata.name", "operator": "NotIn", "values": ["kube-system"]}]}}},
            "webhooksCleanup": {"enabled": True}}),
        mirrored("kyverno-policies", "3.5.2", {
            "podSecurityStandard": "restricted", "podSecuritySeverity": "high", "validationFailureAction": "Enforce",
            "failurePolicy": "Fail", "background": True, "validationAllowExistingViolations": False}, "kyverno")),
        "kyverno.io/docs/installation/methods, high availability; kyverno/kyverno, charts/kyverno, as known", ours()),
    Idiom("fluent-bit of each node sends records of apps over TLS to the bank's OpenSearch", (
        password("fluent-bit", "logging", "user", "password"),
        mirrored("fluent-bit", "0.54.0", {
            "kind": "DaemonSet", "image": {"repository": f"{MIRROR}/fluent/fluent-bit", "tag": "4.1.1"},
                "testFramework":
            {"enabled": False}, "labels": TAGS, "podLabels": TAGS, "resources": SMALL, "securityContext": {
                "allowPrivilegeEscalation": False, "readOnlyRootFilesystem": True, "capabilities": {"drop": ["ALL"]}},
            "tolerations": [{"operator": "Exists"}], "priorityClassName": "platform", "serviceMonitor": FIGURES,
            "rbac": {"create": True, "nodeAccess": False, "eventsAccess": False}, "envFrom": [
                {"secretRef": {"name": "fluent-bit"}}], "hotReload": {"enabled": False}, "config": {
                "service": "[SERVICE]\n    Flush 5\n    Daemon Off\n    Log_Level warn\n    HTTP_Server On\n"
                           "    HTTP_Listen 0.0.0.0\n    HTTP_Port 2020\n    Health_Check On\n"
                           "    storage.path /var/log/flb-storage/\n    storage.max_chunks_up 64\n",
                "inputs": "[INPUT]\n    Name tail\n    Path /var/log/containers/*.log\n    multiline.parser cri\n"
                          "    Tag kube.*\n    Mem_Buf_Limit 20MB\n    Skip_Long_Lines On\n"
                          "    storage.type filesystem\n",
                "filters": "[FILTER]\n    Name kubernetes\n    Match kube.*\n    Merge_Log On\n    Keep_Log Off\n"
                           "    K8S-Logging.Parser On\n    K8S-Logging.Exclude Off\n    Annotations Off\n",
                "outputs": "[OUTPUT]\n    Name opensearch\n    Match kube.*\n    Host logs.bank.ae\n    Port 9200\n"
                           "    Index apps\n    Suppress_Type_Name On\n    tls On\n    tls.verify On\n"
                           "    tls.ca_file /ca/ca.crt\n    HTTP_User ${user}\n    HTTP_Passwd ${password}\n"
                           "    Retry_Limit 10\n    storage.total_limit_size 2G\n"},
            "extraVolumes": [{"name": "ca", "secret": {"secretName": "bank-authority"}}], "extraVolumeMounts": [
                {"name": "ca", "mountPath": "/ca", "readOnly": True}]}, "logging")),
        "docs.fluentbit.io/manual/installation/kubernetes; fluent/helm-charts, charts/fluent-bit, as known",
        ours(kubernetes={"privileged_namespaces": {"logging": "its agents read the records of containers on nodes"}})),
    Idiom("databases of the bank find their disks on Longhorn, three copies, sealed, and copied each night", (
        password("longhorn-target", "longhorn-system", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_ENDPOINTS"),
        mirrored("longhorn", "1.10.1", {
            "global": {"cattle": {"systemDefaultRegistry": MIRROR}}, "persistence": {
                "defaultClass": False, "defaultClassReplicaCount": 3, "reclaimPolicy": "Retain", "migratable": False},
            "defaultSettings": {
                "defaultReplicaCount": 3, "replicaSoftAntiAffinity": False, "replicaZoneSoftAntiAffinity": False,
                "storageOverProvisioningPercentage": 100, "storageMinimalAvailablePercentage": 15, "upgradeChecker":
                False, "allowCollectingLonghornUsageMetrics": False, "autoSalvage": True, "nodeDownPodDeletionPolicy":
                "delete-both-statefulset-and-deployment-pod", "nodeDrainPolicy": "block-for-eviction-if-contains-last-"
                "replica", "concurrentAutomaticEngineUpgradePerNodeLimit": 1, "snapshotDataIntegrity": "fast-check",
                "deletingConfirmationFlag": False, "createDefaultDiskLabeledNodes": True},
            "defaultBackupStore": {
                "backupTarget": "s3://bank-backups@me-central-1/longhorn", "backupTargetCredentialSecret":
                "longhorn-target", "pollInterval": 300}, "longhornUI": {"replicas": 0}, "ingress": {"enabled": False},
            "networkPolicies": {"enabled": True, "type": "k3s"}, "metrics": {"serviceMonitor": {"enabled": True}},
            "csi": {"attacherReplicaCount": 3, "provisionerReplicaCount": 3}}, "longhorn-system"),
        k8s("storage.k8s.io/v1:StorageClass", {
            "metadata": {"name": "encrypted", "labels": TAGS}, "provisioner": "driver.longhorn.io", "reclaimPolicy":
            "Retain", "allowVolumeExpansion": True, "volumeBindingMode": "WaitForFirstConsumer", "parameters": {
                "numberOfReplicas": "3", "staleReplicaTimeout": "2880", "dataLocality": "best-effort", "fsType": "ext4",
                "encrypted": "true", "csi.storage.k8s.io/provisioner-secret-name": "longhorn-crypto",
                "csi.storage.k8s.io/provisioner-secret-namespace": "longhorn-system",
                "csi.storage.k8s.io/node-publish-secret-name": "longhorn-crypto",
                "csi.storage.k8s.io/node-publish-secret-namespace": "longhorn-system",
                "csi.storage.k8s.io/node-stage-secret-name": "longhorn-crypto",
                "csi.storage.k8s.io/node-stage-secret-namespace": "longhorn-system",
                "csi.storage.k8s.io/node-expand-secret-name": "longhorn-crypto",
                "csi.storage.k8s.io/node-expand-secret-namespace": "longhorn-system"}}, "class"),
        inside("longhorn.io/v1beta2:RecurringJob", "nightly", {
            "name": "nightly", "cron": "0 22 * * *", "task": "backup", "groups": ["default"], "retain": 14,
            "concurrency": 2, "labels": TAGS}, "longhorn-system")),
        "longhorn.io/docs/1.10.0/best-practices; .../advanced-resources/security/volume-encryption, as known", ours(
            "longhorn.io", prices=("longhorn.io/v1beta2:RecurringJob::nightly",), kubernetes={
                "privileged_namespaces": {"longhorn-system": "its managers mount disks of the nodes"}})),
    Idiom("external-dns writes the names of inner services into the bank's own zone by signed updates", (
        password("external-dns", "external-dns", "rfc2136_tsig_secret"),
        mirrored("external-dns", "1.19.0", {
            "image": {"repository": f"{MIRROR}/external-dns/external-dns", "tag": "v0.19.0"}, "commonLabels": TAGS,
            "podLabels": TAGS, "provider": {"name": "rfc2136"}, "sources": ["service", "ingress"], "policy":
            "upsert-only", "registry": "txt", "txtOwnerId": "dc1", "txtPrefix": "dc1-", "domainFilters": [
                "apps.bank.ae"], "interval": "1m", "triggerLoopOnEvent": True, "logFormat": "json", "logLevel": "info",
            "namespaced": False, "extraArgs": [
                "--rfc2136-host=10.30.0.4", "--rfc2136-port=53", "--rfc2136-zone=apps.bank.ae",
                "--rfc2136-tsig-secret-alg=hmac-sha256", "--rfc2136-tsig-keyname=dc1", "--rfc2136-tsig-axfr",
                "--managed-record-types=A", "--managed-record-types=CNAME"], "env": [{
                    "name": "EXTERNAL_DNS_RFC2136_TSIG_SECRET", "valueFrom": {"secretKeyRef": {
                        "name": "external-dns", "key": "rfc2136_tsig_secret"}}}], "resources": SMALL,
            "podSecurityContext": POD, "securityContext": CLOSED, "serviceMonitor": {"enabled": True}})),
        "kubernetes-sigs/external-dns, docs/tutorials/rfc2136.md and charts/external-dns, as known on 2026-11-30",
        ours()),
    Idiom("Traefik of the data centre redirects plain HTTP, speaks TLS 1.2 and shows no dashboard", (
        *namespace("traefik"), certificate("default", "traefik", "apps.bank.ae"),
        mirrored("traefik", "37.2.0", {
            "global": {"checkNewVersion": False, "sendAnonymousUsage": False}, "commonLabels": TAGS, "image": {
                "registry": MIRROR, "repository": "traefik/traefik", "tag": "v3.5.4"}, "deployment": {
                    "replicas": 3, "podLabels": TAGS, "terminationGracePeriodSeconds": 60}, "podDisruptionBudget": {
                        "enabled": True, "minAvailable": 2}, "ingressClass": {
                            "enabled": True, "isDefaultClass": False, "name": "inner"},
            "ingressRoute": {"dashboard": {"enabled": False}}, "api": {"dashboard": False, "insecure": False},
            "providers": {"kubernetesCRD": {"enabled": True, "allowCrossNamespace": False, "allowExternalNameServices":
                                            False, "allowEmptyServices": False},
                          "kubernetesIngress": {"enabled": True, "allowExternalNameServices": False},
                          "kubernetesGateway": {"enabled": False}}, "ports": {
                "web": {"port": 8000, "expose": {"default": True}, "exposedPort": 80, "http": {"redirections": {
                    "entryPoint": {"to": "websecure", "scheme": "https", "permanent": True}}}},
                "websecure": {"port": 8443, "expose": {"default": True}, "exposedPort": 443, "http": {"tls": {
                    "enabled": True, "options": "default"}}, "forwardedHeaders": {"insecure": False}},
                "metrics": {"port": 9100, "expose": {"default": False}}, "traefik": {"expose": {"default": False}}},
            "tlsOptions": {"default": {"minVersion": "VersionTLS12", "sniStrict": True, "cipherSuites": [
                "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384", "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"]}},
            "tlsStore": {"default": {"defaultCertificate": {"secretName": "default-tls"}}}, "logs": {
                "general": {"format": "json", "level": "INFO"}, "access": {"enabled": True, "format": "json",
                    "fields": {
                    "headers": {"defaultmode": "drop"}}}}, "metrics": {"prometheus": {
                        "service": {"enabled": True}, "serviceMonitor": {"enabled": True}}},
            "service": {"enabled": True, "type": "LoadBalancer", "annotations": {"metallb.io/address-pool": "inner"},
                        "spec": {"externalTrafficPolicy": "Local", "loadBalancerSourceRanges": ["10.0.0.0/8"]}},
            "resources": LARGE, "securityContext": CLOSED, "podSecurityContext": POD, "autoscaling": {"enabled": False},
            "topologySpreadConstraints": apart("traefik")})),
        "traefik/traefik-helm-chart, traefik/VALUES.md; doc.traefik.io/traefik/https/tls, as known on 2026-11-30",
            ours()),
)  # fmt: skip
