"""Good idioms of clusters: charts of meshes, policies, names, registries and scanners (set 21, blind)."""

from ..blind import TAGS, k8s
from . import Idiom
from .eleventh_charts import CLOSED, SMALL, inside
from .sixteenth_stores import password, reached
from .twelfth_charts import LARGE, MIRROR, POD, mirrored, ours
from .twentieth_goodb_charts import approved, certificate, merged, namespace

IDIOMS = approved(
    Idiom("Istio of three pilots asks each workload for its certificate and lets in who is named", (
        *namespace("istio-system"),
        mirrored("base", "1.28.0", {"global": {"istioNamespace": "istio-system"}, "defaultRevision": "default"},
                 "istio-system"),
        mirrored("istiod", "1.28.0", {
            "global": {"hub": f"{MIRROR}/istio", "tag": "1.28.0-distroless", "logAsJson": True, "proxy": {
                "resources": SMALL, "privileged": False}}, "autoscaleMin": 3, "autoscaleMax": 5, "resources": LARGE,
            "podLabels": TAGS, "meshConfig": {
                "accessLogFile": "/dev/stdout", "accessLogEncoding": "JSON", "outboundTrafficPolicy": {
                    "mode": "REGISTRY_ONLY"}, "enableAutoMtls": True, "meshMTLS": {"minProtocolVersion": "TLSV1_3"},
                "defaultConfig": {"holdApplicationUntilProxyStarts": True}}, "pilot": {"env": {
                    "PILOT_ENABLE_WORKLOAD_ENTRY_AUTOREGISTRATION": "false"}}}, "istio-system"),
        inside("security.istio.io/v1:PeerAuthentication", "default", {"mtls": {"mode": "STRICT"}}, "istio-system"),
        inside("security.istio.io/v1:AuthorizationPolicy", "nothing", {}, "istio-system"),
        inside("security.istio.io/v1:AuthorizationPolicy", "ledger", {
            "action": "ALLOW", "selector": {"matchLabels": {"app": "ledger"}}, "rules": [{
                "from": [{"source": {"principals": ["cluster.local/ns/payments/sa/api"]}}], "to": [{
                    "operation": {"methods": ["GET", "POST"], "paths": ["/entries", "/entries/*"]}}]}]}, "payments")),
        "istio.io/latest/docs/ops/best-practices/security; istio/istio manifests/charts/istio-control, as known",
            ours()),
    Idiom("Kyverno of three copies refuses pods that are open or not of the bank, and fails closed", (
        *namespace("kyverno"),
        mirrored("kyverno", "3.6.0", {
            "global": {"image": {"registry": MIRROR}}, "customLabels": TAGS, "admissionController": {
                "replicas": 3, "podDisruptionBudget": {"enabled": True, "minAvailable": 2}, "container": {
                    "resources": LARGE}, "podLabels": TAGS, "antiAffinity": {"enabled": True}},
                        "backgroundController": {
                "replicas": 2, "resources": SMALL}, "cleanupController": {"replicas": 2, "resources": SMALL},
            "reportsController": {"replicas": 2, "resources": SMALL}, "features": {
                "forceFailurePolicyIgnore": {"enabled": False}, "policyExceptions": {"enabled": False}, "logging": {
                    "format": "json"}}, "config": {"webhooks": {"namespaceSelector": {"matchExpressions": [
                        {"key": "kubernetes.io/metadata.name", "operator": "NotIn", "values": ["kube-system"]}]}},
                "resourceFiltersExcludeNamespaces": []}}),
        mirrored("kyverno-policies", "3.6.0", {
            "podSecurityStandard": "restricted", "validationFailureAction": "Enforce", "failurePolicy": "Fail",
            "background": True, "customLabels": TAGS}, "kyverno"),
        k8s("kyverno.io/v1:ClusterPolicy", {"metadata": {"name": "images-of-the-bank", "labels": TAGS}, "spec": {
            "background": True, "failurePolicy": "Fail", "webhookTimeoutSeconds": 15, "rules": [{
                "name": "registry", "match": {"any": [{"resources": {"kinds": ["Pod"]}}]}, "validate": {
                    "failureAction": "Enforce", "message": "Images are of registry.bank.ae", "pattern": {"spec": {
                        "=(ephemeralContainers)": [{"image": f"{MIRROR}/*"}], "=(initContainers)": [
                            {"image": f"{MIRROR}/*"}], "containers": [{"image": f"{MIRROR}/*"}]}}}}]}}, "images")),
        "kyverno.io/docs/installation/methods; kyverno.io/policies/best-practices/restrict-image-registries, as known",
        ours()),
    Idiom("ExternalDNS writes names of the inner zone by a signed update, and changes none that it did not make", (
        *namespace("external-dns"), password("rfc2136", "external-dns", "secret"),
        mirrored("external-dns", "1.19.0", {
            "image": {"repository": f"{MIRROR}/external-dns/external-dns", "tag": "v0.19.0"}, "provider": {
                "name": "rfc2136"}, "policy": "upsert-only", "registry": "txt", "txtOwnerId": "dc1",
                    "txtPrefix": "edns-",
            "sources": ["service", "ingress"], "domainFilters": ["apps.bank.ae"], "interval": "1m", "logFormat": "json",
            "triggerLoopOnEvent": True, "extraArgs": [
                "--rfc2136-host=ns1.bank.ae", "--rfc2136-port=53", "--rfc2136-zone=apps.bank.ae",
                "--rfc2136-tsig-keyname=externaldns", "--rfc2136-tsig-secret-alg=hmac-sha256", "--rfc2136-tsig-axfr"],
            "env": [{"name": "EXTERNAL_DNS_RFC2136_TSIG_SECRET", "valueFrom": {"secretKeyRef": {
                "name": "rfc2136", "key": "secret"}}}], "podLabels": TAGS, "commonLabels": TAGS, "resources": SMALL,
            "podSecurityContext": POD, "securityContext": CLOSED, "serviceMonitor": {"enabled": True}})),
        "kubernetes-sigs.github.io/external-dns/latest/docs/tutorials/rfc2136; charts/external-dns, as known on "
        "2026-12-01", ours()),
    Idiom("Harbor keeps the bank's images in its objects, by TLS inside too, for staff of the bank's sign-in", (
        *namespace("harbor"), certificate("harbor", "harbor", "registry.bank.ae"),
        *(password(name, "harbor", *keys) for name, keys in (
            ("harbor-admin", ("HARBOR_ADMIN_PASSWORD",)), ("harbor-key", ("secretKey",)),
            ("harbor-database", ("password",)), ("harbor-cache", ("REDIS_PASSWORD",)), ("harbor-objects", (
                "REGISTRY_STORAGE_S3_ACCESSKEY", "REGISTRY_STORAGE_S3_SECRETKEY")), ("harbor-core", ("secret",)),
                    ("harbor-registry", ("REGISTRY_PASSWD", "REGISTRY_HTPASSWD")))),
        mirrored("harbor", "1.18.0", {
            "externalURL": "https://registry.bank.ae", "expose": {"type": "clusterIP", "tls": {
                "enabled": True, "certSource": "secret", "secret": {"secretName": "harbor-tls"}}}, "internalTLS": {
                    "enabled": True, "certSource": "auto"}, "existingSecretAdminPassword": "harbor-admin",
            "existingSecretAdminPasswordKey": "HARBOR_ADMIN_PASSWORD", "existingSecretSecretKey": "harbor-key",
            "persistence": {"enabled": True, "imageChartStorage": {"type": "s3", "disableredirect": True, "s3": {
                "existingSecret": "harbor-objects", "bucket": "bank-images", "region": "me-central-1",
                "regionendpoint": "https://objects.bank.ae", "secure": True, "skipverify": False, "encrypt": True}}},
            "database": {"type": "external", "external": {
                "host": "db.bank.ae", "port": "5432", "username": "harbor", "coreDatabase": "registry",
                "existingSecret": "harbor-database", "sslmode": "verify-full"}}, "redis": {"type": "external",
                    "external": {
                    "addr": "cache.bank.ae:6379", "existingSecret": "harbor-cache", "tlsOptions": {"enable": True}}},
            "core": {"replicas": 2, "existingSecret": "harbor-core", "podLabels": TAGS, "resources": LARGE},
            "registry": {"replicas": 2, "podLabels": TAGS, "credentials": {"existingSecret": "harbor-registry"}},
                "portal": {"replicas": 2, "podLabels": TAGS, "resources":
                                                                       SMALL}, "jobservice": {
                "replicas": 2, "podLabels": TAGS, "jobLoggers": ["database"], "resources": SMALL}, "trivy": {
                "enabled": True, "replicas": 2, "offlineScan": True, "skipUpdate": True, "resources": LARGE,
                    "podLabels":
                TAGS}, "metrics": {"enabled": True, "serviceMonitor": {"enabled": True}}, "updateStrategy": {
                    "type": "RollingUpdate"}}),
        reached("harbor", "harbor", {"app": "harbor"}, 8443, "gateway")),
        "goharbor.io/docs/latest/install-config/harbor-ha-helm; goharbor/harbor-helm, as known on 2026-12-01",
        merged(ours(), {"residency": {"known": {"bank-images": "our own, in dc1"}}})),
)  # fmt: skip
