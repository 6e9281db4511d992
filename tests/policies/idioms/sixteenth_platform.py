"""Good idioms of clusters: gateways, records, names and storage that no other idiom has (set 16, blind)."""

from ..blind import TAGS, k8s, meta
from . import Idiom
from .eleventh_charts import SMALL, inside
from .eleventh_cluster import top
from .sixteenth_stores import owned, password
from .twelfth_charts import CALLERS, LOGIN, MIRROR, POD, image

EMISSARY, LINSTOR = "getambassador.io/v3alpha1", "piraeus.io/v1"
CERTS = f"{LOGIN}/protocol/openid-connect/certs"
ELASTIC = {"elasticsearchRef": {"name": "records"}, "kibanaRef": {"name": "records"}}
ENVIRONMENT = "6b1f2a9e-2c1d-4f3b-9d62-0d9b2f5f4a10"
NAMES = [("ledger", "10.40.16.20"), ("cards", "10.40.16.21")]
SNAPSHOT = {"driver": "ebs.csi.aws.com", "deletionPolicy": "Retain", "parameters": {
    f"tagSpecification_{number}": f"{key}={value}" for number, (key, value) in enumerate(TAGS.items(), 1)}}  # fmt: skip

IDIOMS: tuple[Idiom, ...] = (
    owned("names of inner services are written by the cluster as records with private addresses", (
        inside("externaldns.k8s.io/v1alpha1:DNSEndpoint", "inner", {"endpoints": [
            {"dnsName": f"{name}.bank.ae", "recordType": "A", "recordTTL": 300, "targets": [address]}
            for name, address in NAMES]}, "names"),
        inside("externaldns.k8s.io/v1alpha1:DNSEndpoint", "aliases", {"endpoints": [
            {"dnsName": "accounts.bank.ae", "recordType": "CNAME", "recordTTL": 300, "targets": ["ledger.bank.ae"]}]},
            "names")),
        "kubernetes-sigs.github.io/external-dns/latest/docs/sources/crd", "externaldns.k8s.io"),
    owned("Emissary asks a service of sign-in about each call, speaks TLS on both sides, and refuses plain HTTP", (
        inside(f"{EMISSARY}:Listener", "inner", {
            "port": 8443, "protocol": "HTTPS", "securityModel": "SECURE", "hostBinding": {"namespace": {
                "from": "SELECTOR"}, "selector": {"matchLabels": {"gateway": "inner"}}}}, "emissary"),
        inside(f"{EMISSARY}:Host", "rates", {
            "hostname": "rates.bank.ae", "tlsSecret": {"name": "rates-tls"}, "tls": {
                "min_tls_version": "v1.2", "cert_required": True, "ca_secret": "bank-authority"}, "requestPolicy": {
                    "insecure": {"action": "Reject"}}, "mappingSelector": {"matchLabels": {"host": "rates"}}},
            "emissary"),
        inside(f"{EMISSARY}:AuthService", "sign-in", {
            "auth_service": "https://authz.sign-in.svc.cluster.local:8443", "proto": "grpc", "protocol_version": "v3",
            "timeout_ms": 2000, "failure_mode_allow": False, "tls": "to-services"}, "emissary"),
        inside(f"{EMISSARY}:TLSContext", "to-services", {
            "ca_secret": "bank-authority", "secret": "emissary-client", "min_tls_version": "v1.2", "hosts": []},
            "emissary"),
        k8s(f"{EMISSARY}:Mapping", {
            "metadata": {**meta("rates", "rates"), "labels": {**TAGS, "host": "rates"}}, "spec": {
                "hostname": "rates.bank.ae", "prefix": "/v1/", "rewrite": "/v1/", "service":
                "https://rates.rates.svc.cluster.local:8443", "tls": "to-services", "timeout_ms": 10000,
                "circuit_breakers": [{"max_connections": 200, "max_pending_requests": 100}]}}, "rates")),
        "emissary-ingress.dev/docs/3.10/topics/running/host-crd", "getambassador.io", kubernetes=CALLERS),
    owned("Gravitee lets tokens of the bank pass to an API of quotes that it calls by verified TLS", (
        inside("gravitee.io/v1alpha1:ManagementContext", "bank", {
            "baseUrl": "https://apim.bank.ae", "environmentId": "DEFAULT", "organizationId": "DEFAULT", "auth": {
                "secretRef": {"name": "apim-token", "namespace": "quotes"}}}, "quotes"),
        inside("gravitee.io/v1alpha1:ApiV4Definition", "quotes", {
            "name": "quotes", "version": "1.0", "type": "PROXY", "state": "STARTED", "visibility": "PRIVATE",
            "contextRef": {"name": "bank", "namespace": "quotes"}, "definitionContext": {
                "origin": "KUBERNETES", "syncFrom": "MANAGEMENT"}, "listeners": [{
                    "type": "HTTP", "paths": [{"host": "api.bank.ae", "path": "/quotes"}], "entrypoints": [
                        {"type": "http-proxy", "qos": "AUTO"}]}],
            "endpointGroups": [{"name": "quotes", "type": "http-proxy", "ssl": {
                "trustAll": False, "hostnameVerifier": True, "trustStore": {"type": "PEM", "path": "/tls/ca.crt"}},
                "endpoints": [{"name": "quotes", "type": "http-proxy", "inheritConfiguration": True, "secondary": False,
                               "configuration": {"target": "https://quotes.quotes.svc.cluster.local:8443/v1"}}]}],
            "plans": {"staff": {
                "name": "staff", "mode": "STANDARD", "status": "PUBLISHED", "validation": "MANUAL", "security": {
                    "type": "JWT", "configuration": {
                        "signature": "RSA_RS256", "publicKeyResolver": "JWKS_URL", "resolverParameter": CERTS}}}},
            "analytics": {"enabled": True, "logging": {"mode": {"endpoint": False, "entrypoint": False}}}}, "quotes")),
        "documentation.gravitee.io/gravitee-kubernetes-operator-gko", "gravitee.io"),
    owned("audits and apps' records of an OpenShift are pruned and go to the bank's Loki by TLS", (
        k8s("core/v1:ServiceAccount", {"metadata": meta("forwarder", "openshift-logging")}, "forwarder"),
        inside("logging.openshift.io/v1:ClusterLogForwarder", "bank", {
            "serviceAccountName": "forwarder", "inputs": [
                {"name": "payments", "application": {"includes": [{"namespace": "payments"}]}},
                {"name": "audits", "audit": {"sources": ["kubeAPI", "openshiftAPI"]}}],
            "filters": [{"name": "reads", "type": "kubeAPIAudit", "kubeAPIAudit": {"rules": [
                {"level": "None", "verbs": ["watch"]}, {"level": "Metadata"}]}},
                {"name": "smaller", "type": "prune", "prune": {"in": [".kubernetes.annotations"]}}],
            "outputs": [{"name": "loki", "type": "loki", "url": "https://loki.bank.ae:3100", "secret": {
                "name": "loki-client"}, "loki": {"tenantKey": "kubernetes.namespace_name"}, "tls": {
                    "insecureSkipVerify": False, "securityProfile": {"type": "Modern"}}, "tuning": {
                        "delivery": "AtLeastOnce", "compression": "gzip"}}],
            "pipelines": [{"name": "audits", "inputRefs": ["audits"], "filterRefs": ["reads"], "outputRefs": ["loki"]},
                          {"name": "payments", "inputRefs": ["payments"], "filterRefs": ["smaller"], "outputRefs": [
                              "loki"]}]}, "openshift-logging")),
        "docs.redhat.com/en/documentation/openshift_container_platform/4.17/html/logging", "logging.openshift.io"),
    owned("traces and state of the cluster come to Elastic by TLS with tokens, from pods without the node", (
        inside("apm.k8s.elastic.co/v1:ApmServer", "traces", {
            "version": "8.19.5", "count": 2, "image": image("elastic/apm-server"), **ELASTIC, "http": {
                "tls": {"certificate": {"secretName": "apm-tls"}}, "service": {"spec": {"type": "ClusterIP"}}},
            "secureSettings": [{"secretName": "apm-token"}], "config": {
                "apm-server.auth.anonymous.enabled": False, "apm-server.rum.enabled": False},
            "podTemplate": {"metadata": {"labels": TAGS}, "spec": {
                "automountServiceAccountToken": False, "securityContext": POD, "containers": [
                    {"name": "apm-server", "resources": SMALL}]}}}, "records"),
        inside("agent.k8s.elastic.co/v1alpha1:Agent", "state", {
            "version": "8.19.5", "image": image("elastic/elastic-agent"), "mode": "standalone", "serviceAccountName":
            "agent-state", "elasticsearchRefs": [{"name": "records"}], "deployment": {
                "replicas": 1, "podTemplate": {"metadata": {"labels": TAGS}, "spec": {
                    "securityContext": POD, "containers": [{"name": "agent", "resources": SMALL}]}}},
            "config": {"inputs": [{"id": "state", "type": "kubernetes/metrics", "use_output": "default", "streams": [
                {"data_stream": {"dataset": "kubernetes.state_pod", "type": "metrics"}, "metricsets": ["state_pod"],
                 "hosts": ["https://kube-state-metrics.monitoring.svc.cluster.local:8443"], "period": "30s",
                 "ssl.certificate_authorities": ["/tls/ca.crt"]}]}]}}, "records")),
        "elastic.co/docs/deploy-manage/deploy/cloud-on-k8s/apm-server; .../standalone-elastic-agent",
        "apm.k8s.elastic.co", "agent.k8s.elastic.co"),
    owned("Dynatrace of the bank's own data centre watches apps of chosen namespaces, and nodes not at all", (
        password("dynakube", "dynatrace", "apiToken", "dataIngestToken"),
        inside("dynatrace.com/v1beta5:DynaKube", "bank", {
            "apiUrl": f"https://dynatrace.bank.ae/e/{ENVIRONMENT}/api", "skipCertCheck": False, "trustedCAs":
            "bank-authority", "tokens": "dynakube", "customPullSecret": "mirror-reader", "metadataEnrichment": {
                "enabled": True, "namespaceSelector": {"matchLabels": {"monitored": "apps"}}},
            "oneAgent": {"applicationMonitoring": {
                "codeModulesImage": image("dynatrace/dynatrace-codemodules"), "namespaceSelector": {
                    "matchLabels": {"monitored": "apps"}}}},
            "activeGate": {"capabilities": ["routing", "kubernetes-monitoring"], "replicas": 2, "image": image(
                "dynatrace/dynatrace-activegate"), "tlsSecretName": "activegate-tls", "labels": TAGS, "resources":
                SMALL, "useEphemeralVolume": True}}, "dynatrace")),
        "docs.dynatrace.com/docs/ingest-from/setup-on-k8s/deployment/application-observability", "dynatrace.com"),
    owned("claims of the ledger are copied together each night, and single ones each hour, and copies stay", (
        k8s("snapshot.storage.k8s.io/v1:VolumeSnapshotClass", {
            "metadata": {"name": "kept", "labels": TAGS}, **SNAPSHOT}, "kept"),
        k8s("groupsnapshot.storage.k8s.io/v1beta1:VolumeGroupSnapshotClass", {
            "metadata": {"name": "kept-together", "labels": TAGS}, "driver": "rook-ceph.rbd.csi.ceph.com",
            "deletionPolicy": "Retain", "parameters": {
                "clusterID": "rook-ceph", "pool": "encrypted", "csi.storage.k8s.io/group-snapshotter-secret-name":
                "rook-csi-rbd-provisioner", "csi.storage.k8s.io/group-snapshotter-secret-namespace": "rook-ceph"}},
            "kept-together"),
        inside("groupsnapshot.storage.k8s.io/v1beta1:VolumeGroupSnapshot", "ledger", {
            "volumeGroupSnapshotClassName": "kept-together", "source": {"selector": {"matchLabels": {
                "app": "ledger"}}}}, "ledger"),
        inside("snapscheduler.backube/v1:SnapshotSchedule", "hourly", {
            "schedule": "0 * * * *", "disabled": False, "claimSelector": {"matchLabels": {"app": "ledger"}},
            "retention": {"expires": "168h", "maxCount": 48}, "snapshotTemplate": {
                "labels": TAGS, "snapshotClassName": "kept"}}, "ledger")),
        "backube.github.io/snapscheduler/usage.html; kubernetes.io/docs/concepts/storage/volume-group-snapshots",
        "groupsnapshot.storage.k8s.io", "snapscheduler.backube"),
    owned("disks of the site's machines are three copies, sealed by LUKS, and their nodes know each other by TLS", (
        top(f"{LINSTOR}:LinstorCluster", "linstor", {
            "repository": f"{MIRROR}/piraeus-server", "linstorPassphraseSecret": "linstor-passphrase", "nodeSelector": {
                "storage": "local"}, "internalTLS": {"certManager": {"name": "bank", "kind": "ClusterIssuer"}},
            "apiTLS": {"certManager": {"name": "bank", "kind": "ClusterIssuer"}}}),
        top(f"{LINSTOR}:LinstorSatelliteConfiguration", "disks", {
            "nodeSelector": {"storage": "local"}, "deletionPolicy": "Retain", "internalTLS": {
                "tlsHandshakeDaemon": True, "certManager": {"name": "bank", "kind": "ClusterIssuer"}},
            "storagePools": [{"name": "thin", "lvmThinPool": {"volumeGroup": "data", "thinPool": "thin"}}]}),
        k8s("storage.k8s.io/v1:StorageClass", {
            "metadata": {"name": "sealed-triple", "labels": TAGS}, "provisioner": "linstor.csi.linbit.com",
            "allowVolumeExpansion": True, "reclaimPolicy": "Retain", "volumeBindingMode": "WaitForFirstConsumer",
            "parameters": {"linstor.csi.linbit.com/storagePool": "thin", "linstor.csi.linbit.com/placementCount": "3",
                           "linstor.csi.linbit.com/layerList": "drbd luks storage",
                           "linstor.csi.linbit.com/encryption": "true"}}, "sealed-triple")),
        "piraeus.io/docs/stable/reference/linstorcluster; linbit.com/drbd-user-guide/linstor-guide-1_0-en",
        "piraeus.io"),
)  # fmt: skip
