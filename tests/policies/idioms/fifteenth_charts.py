"""Good idioms of clusters: charts of the company's mirror that no other idiom has (set 15, blind)."""

from ..blind import KEY, TAGS
from . import Idiom
from .eleventh_charts import CLOSED, SMALL
from .twelfth_charts import LARGE, LOGIN, MIRROR, POD, identity, mirrored, ours

R = "me-central-1"
TLS_MOUNT = [{"name": "tls", "mountPath": "/tls", "readOnly": True}]
BAO = f"""ui = false
listener "tcp" {{
  address = "[::]:8200"
  cluster_address = "[::]:8201"
  tls_cert_file = "/openbao/tls/tls.crt"
  tls_key_file = "/openbao/tls/tls.key"
  tls_client_ca_file = "/openbao/tls/ca.crt"
  tls_min_version = "tls12"
}}
storage "raft" {{
  path = "/openbao/data"
}}
seal "awskms" {{
  region = "{R}"
  kms_key_id = "{KEY.rpartition("/")[2]}"
}}
audit "file" "stdout" {{
  options {{
    file_path = "stdout"
  }}
}}
service_registration "kubernetes" {{}}
"""
ALLOY = """discovery.kubernetes "pods" {
  role = "pod"
  namespaces {
    own_namespace = true
  }
}
prometheus.scrape "pods" {
  targets    = discovery.kubernetes.pods.targets
  forward_to = [prometheus.remote_write.bank.receiver]
}
prometheus.remote_write "bank" {
  endpoint {
    url = "https://metrics.bank.ae/api/v1/push"
    bearer_token_file = "/secrets/token"
    tls_config {
      ca_file     = "/secrets/ca.crt"
      min_version = "TLS12"
    }
  }
}
"""
VECTOR = {
    "data_dir": "/vector-data-dir", "api": {"enabled": False},
    "sources": {"agents": {"type": "vector", "address": "0.0.0.0:6000", "version": "2", "tls": {
        "enabled": True, "verify_certificate": True, "ca_file": "/tls/ca.crt", "crt_file": "/tls/tls.crt",
        "key_file": "/tls/tls.key"}}},
    "transforms": {"masked": {"type": "remap", "inputs": ["agents"], "source":
                              '.message = redact(.message, filters: [r\'784-\\d{4}-\\d{7}-\\d\'])'}},
    "sinks": {"bucket": {
        "type": "aws_s3", "inputs": ["masked"], "bucket": "bank-traces", "region": R, "key_prefix": "logs/%F/",
        "compression": "gzip", "server_side_encryption": "aws:kms", "ssekms_key_id": KEY, "encoding": {
            "codec": "json"}, "buffer": {"type": "disk", "max_size": 1073741824, "when_full": "block"}}}}  # fmt: skip


def database(name: str) -> dict[str, object]:
    """Returns the records of a part of Temporal in PostgreSQL, with a password of a secret and TLS."""
    return {"driver": "sql", "sql": {
        "driver": "postgres12", "host": "flows-rw.data.svc.cluster.local", "port": 5432, "database": name, "user":
        "temporal", "existingSecret": "temporal-db", "maxConns": 20, "tls": {
            "enabled": True, "enableHostVerification": True, "caFile": "/tls/ca.crt", "serverName":
            "flows-rw.data.svc.cluster.local"}}}  # fmt: skip


IDIOMS: tuple[Idiom, ...] = (
    Idiom("people look at the cluster by Headlamp with their own sign-in, and the program has no rights", (mirrored(
        "headlamp", "0.37.0", {
            "replicaCount": 2, "image": {"registry": MIRROR, "repository": "headlamp-k8s/headlamp"}, "config": {
                "inCluster": True, "sessionTTL": 28800, "unsafeUseServiceAccountToken": False, "enableHelm": False,
                "watchPlugins": False, "oidc": {
                    "secret": {"create": False}, "externalSecret": {"enabled": True, "name": "headlamp-oidc"},
                    "usePKCE": True}},
            "clusterRoleBinding": {"create": False}, "serviceAccount": {"create": True}, "podLabels": TAGS,
            "podSecurityContext": POD, "securityContext": CLOSED, "resources": SMALL, "service": {"type": "ClusterIP"},
            "ingress": {"enabled": False}, "pluginsManager": {"enabled": False}}),),
        "kubernetes-sigs/headlamp, charts/headlamp/values.yaml", ours(), charts=("headlamp",)),
    Idiom("flows of payments are kept by Temporal with certificates on both sides, and rights by tokens", (mirrored(
        "temporal", "0.72.0", {
            "server": {
                "image": {"repository": f"{MIRROR}/temporalio/server", "tag": "1.29.1"}, "replicaCount": 2,
                "podLabels": TAGS, "resources": LARGE, "securityContext": POD, "additionalVolumes": [
                    {"name": "tls", "secret": {"secretName": "temporal-tls"}}], "additionalVolumeMounts": TLS_MOUNT,
                "metrics": {"serviceMonitor": {"enabled": True}}, "config": {
                    "logLevel": "info", "numHistoryShards": 512, "persistence": {
                        "defaultStore": "default", "default": database("temporal"), "visibility": database(
                            "temporal_visibility")},
                    "tls": {part: {
                        "server": {"certFile": "/tls/tls.crt", "keyFile": "/tls/tls.key", "requireClientAuth": True,
                                   "clientCaFiles": ["/tls/ca.crt"]},
                        "client": {"serverName": "temporal-frontend", "rootCaFiles": ["/tls/ca.crt"]}}
                        for part in ("internode", "frontend")},
                    "authorization": {"authorizer": "default", "claimMapper": "default", "permissionsClaimName":
                                      "permissions", "jwtKeyProvider": {"refreshInterval": "1m", "keySourceURIs": [
                                          f"{LOGIN}/protocol/openid-connect/certs"]}}},
                **{part: {"containerSecurityContext": CLOSED, "podDisruptionBudget": {"maxUnavailable": 1}}
                   for part in ("frontend", "history", "matching", "worker")}},
            "admintools": {"enabled": False}, "web": {"enabled": False}, "elasticsearch": {"enabled": False},
            "prometheus": {"enabled": False}, "grafana": {"enabled": False}, "cassandra": {"enabled": False},
            "mysql": {"enabled": False}, "schema": {"createDatabase": {"enabled": False}, "resources": SMALL,
                                                    "containerSecurityContext": CLOSED}}, "flows"),),
        "temporalio/helm-charts, charts/temporal/values.yaml; docs.temporal.io/self-hosted-guide/security", ours(),
        charts=("temporal",)),
    Idiom("secrets lie in OpenBao of three pods, opened by the bank's key, with every use on record", (mirrored(
        "openbao", "0.19.0", {
            "global": {"tlsDisable": False, "serverTelemetry": {"prometheusOperator": True}}, "injector": {
                "enabled": False}, "csi": {"enabled": False}, "ui": {"enabled": False},
            "server": {
                "image": {"registry": MIRROR, "repository": "openbao/openbao", "tag": "2.4.4"}, "resources": SMALL,
                "extraLabels": TAGS, "serviceAccount": identity("openbao"), "authDelegator": {"enabled": False},
                "volumes": [{"name": "tls", "secret": {"secretName": "openbao-tls"}}], "volumeMounts": [
                    {"name": "tls", "mountPath": "/openbao/tls", "readOnly": True}],
                "extraEnvironmentVars": {"BAO_CACERT": "/openbao/tls/ca.crt"}, "statefulSet": {"securityContext": {
                    "pod": POD, "container": CLOSED}},
                "dataStorage": {"enabled": True, "size": "10Gi", "storageClass": "encrypted"}, "auditStorage": {
                    "enabled": True, "size": "10Gi", "storageClass": "encrypted"},
                "networkPolicy": {"enabled": True}, "standalone": {"enabled": False}, "ha": {
                    "enabled": True, "replicas": 3, "raft": {"enabled": True, "setNodeId": True, "config": BAO},
                    "disruptionBudget": {"enabled": True, "maxUnavailable": 1}}}}),),
        "openbao/openbao-helm, charts/openbao/values.yaml; openbao.org/docs/platform/k8s/helm", ours(),
        charts=("openbao",)),
    Idiom("records of apps pass through Vector, lose numbers of identities, and are sealed", (mirrored(
        "vector", "0.48.0", {
            "role": "Aggregator", "replicas": 2, "image": {"repository": f"{MIRROR}/timberio/vector"}, "podLabels":
            TAGS, "podSecurityContext": POD, "securityContext": CLOSED, "resources": SMALL, "serviceAccount": {
                **identity("vector"), "automountToken": False}, "rbac": {"create": False},
            "podDisruptionBudget": {"enabled": True, "maxUnavailable": 1}, "persistence": {
                "enabled": True, "size": "10Gi", "storageClassName": "encrypted"},
            "extraVolumes": [{"name": "tls", "secret": {"secretName": "vector-tls"}}], "extraVolumeMounts": TLS_MOUNT,
            "service": {"enabled": True, "type": "ClusterIP"}, "haproxy": {"enabled": False}, "customConfig": VECTOR},
        "logging"),), "vectordotdev/helm-charts, charts/vector/values.yaml; vector.dev/docs/reference", ours(),
        charts=("vector",)),
    Idiom("relations of companies lie in Neo4j, which refuses who comes without TLS or a name", (mirrored(
        "neo4j", "2025.10.1", {
            "neo4j": {"name": "relations", "edition": "enterprise", "acceptLicenseAgreement": "yes",
                      "passwordFromSecret": "relations-admin", "resources": {"cpu": "1", "memory": "4Gi"},
                      "labels": TAGS},
            "image": {"customImage": f"{MIRROR}/neo4j@sha256:{'b' * 64}"}, "volumes": {"data": {
                "mode": "dynamic", "dynamic": {"storageClassName": "encrypted", "requests": {"storage": "50Gi"}}}},
            "services": {"neo4j": {"enabled": False}, "admin": {"enabled": True, "spec": {"type": "ClusterIP"}}},
            "config": {"server.bolt.tls_level": "REQUIRED", "server.http.enabled": "false", "server.https.enabled":
                       "true", "dbms.security.auth_enabled": "true", "dbms.usage_report.enabled": "false",
                       "dbms.ssl.policy.bolt.enabled": "true", "dbms.ssl.policy.bolt.tls_versions": "TLSv1.3",
                       "dbms.security.procedures.allowlist": "gds.*"},
            "ssl": {part: {"privateKey": {"secretName": "relations-tls", "subPath": "tls.key"}, "publicCertificate": {
                "secretName": "relations-tls", "subPath": "tls.crt"}} for part in ("bolt", "https")},
            "securityContext": {**POD, "runAsUser": 7474}, "containerSecurityContext": CLOSED, "logInitialPassword":
            False, "podSpec": {"podAntiAffinity": True, "terminationGracePeriodSeconds": 600}}, "graphs"),),
        "neo4j/helm-charts, neo4j/values.yaml; neo4j.com/docs/operations-manual/current/kubernetes/security", ours(),
        charts=("neo4j",)),
    Idiom("figures of one namespace are scraped by Alloy with rights of that namespace, and sent by TLS", (mirrored(
        "alloy", "1.4.0", {
            "image": {"registry": MIRROR, "repository": "grafana/alloy"}, "crds": {"create": False}, "alloy": {
                "configMap": {"create": True, "content": ALLOY}, "enableReporting": False, "stabilityLevel":
                "generally-available", "listenAddr": "127.0.0.1", "securityContext": CLOSED, "resources": SMALL,
                "storagePath": "/data", "mounts": {"varlog": False, "dockercontainers": False, "extra": [
                    {"name": "token", "mountPath": "/secrets", "readOnly": True},
                    {"name": "data", "mountPath": "/data"}]}},
            "rbac": {"create": True, "namespaces": ["triage"]}, "configReloader": {"enabled": False}, "controller": {
                "type": "deployment", "replicas": 1, "podLabels": TAGS, "volumes": {"extra": [
                    {"name": "token", "secret": {"secretName": "metrics-token"}}, {"name": "data", "emptyDir": {
                        "sizeLimit": "1Gi"}}]}},
            "global": {"podSecurityContext": POD}, "service": {"enabled": False}}, "triage"),),
        "grafana/alloy, operations/helm/charts/alloy/values.yaml", ours(), charts=("alloy",)),
    Idiom("profiles of programs are kept by Pyroscope, each team apart, in the bank's bucket", (mirrored(
        "pyroscope", "1.16.0", {
            "pyroscope": {
                "image": {"registry": MIRROR, "repository": "grafana/pyroscope"}, "replicaCount": 2, "extraLabels":
                TAGS, "extraArgs": {"log.level": "info"}, "serviceAccount": identity("pyroscope"),
                "podSecurityContext": POD, "securityContext": CLOSED, "resources": LARGE, "persistence": {
                    "enabled": True, "size": "20Gi"},
                "podDisruptionBudget": {"enabled": True, "maxUnavailable": 1}, "structuredConfig": {
                    "multitenancy_enabled": True, "analytics": {"reporting_enabled": False}, "storage": {
                        "backend": "s3", "s3": {
                            "region": R, "endpoint": f"s3.{R}.amazonaws.com", "bucket_name": "bank-traces", "insecure":
                            False, "sse": {"type": "SSE-KMS", "kms_key_id": KEY}}}}},
            "alloy": {"enabled": False}, "agent": {"enabled": False}, "seaweedfs": {"enabled": False}, "ingress": {
                "enabled": False}, "serviceMonitor": {"enabled": True}}, "profiles"),),
        "grafana/pyroscope, operations/pyroscope/helm/pyroscope/values.yaml", ours(), charts=("pyroscope",)),
)  # fmt: skip
