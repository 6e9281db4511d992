"""Good idioms of clusters: databases, brokers, meshes, secrets and copies by operators (set 23, blind)."""

from ..blind import TAGS, k8s, meta
from . import Idiom
from .eleventh_charts import SMALL, inside
from .eleventh_cluster import top
from .sixteenth_stores import owned, password, reached
from .twelfth_charts import LARGE, POD, image, ours
from .twentieth_goodb_charts import approved, certificate, merged, namespace
from .twenty_first_xclusters import app

CNPG, KAFKA, ISTIO = "postgresql.cnpg.io/v1", "kafka.strimzi.io/v1beta2", "istio.io"
STRICT = {"allowPrivilegeEscalation": False, "readOnlyRootFilesystem": True, "capabilities": {"drop": ["ALL"]}}

IDIOMS = approved(
    owned("accounts are in PostgreSQL of three pods with a pool before it, copied each night and at each moment", (
        *namespace("accounts"), password("accounts-owner", "accounts", "username", "password"),
        password("accounts-copies", "accounts", "access-key", "secret-key"),
        inside(f"{CNPG}:Cluster", "accounts", {
            "instances": 3, "imageName": image("cloudnative-pg/postgresql"), "primaryUpdateStrategy": "unsupervised",
            "primaryUpdateMethod": "switchover", "enableSuperuserAccess": False, "minSyncReplicas": 1,
            "maxSyncReplicas": 1, "bootstrap": {"initdb": {
                "database": "accounts", "owner": "accounts", "dataChecksums": True, "encoding": "UTF8", "secret": {
                    "name": "accounts-owner"}}}, "postgresql": {
                "parameters": {"max_connections": "200", "shared_buffers": "1GB", "log_connections": "on",
                               "log_disconnections": "on", "password_encryption": "scram-sha-256", "pgaudit.log":
                               "ddl,role,write", "ssl_min_protocol_version": "TLSv1.3"},
                "pg_hba": ["hostssl accounts accounts 10.42.0.0/16 scram-sha-256", "hostnossl all all all reject"]},
            "resources": LARGE, "storage": {"size": "100Gi", "storageClass": "encrypted", "resizeInUseVolumes": True},
            "walStorage": {"size": "20Gi", "storageClass": "encrypted"}, "affinity": {
                "enablePodAntiAffinity": True, "podAntiAffinityType": "required", "topologyKey":
                "topology.kubernetes.io/zone"}, "inheritedMetadata": {"labels": TAGS}, "monitoring": {
                    "enablePodMonitor": True, "tls": {"enabled": True}}, "certificates": {
                    "serverTLSSecret": "accounts-tls", "serverCASecret": "accounts-tls"}, "backup": {
                "retentionPolicy": "35d", "target": "prefer-standby", "barmanObjectStore": {
                    "destinationPath": "s3://bank-backups/accounts", "endpointURL": "https://objects.bank.ae",
                    "endpointCA": {"name": "bank-authority", "key": "ca.crt"}, "s3Credentials": {
                        "accessKeyId": {"name": "accounts-copies", "key": "access-key"},
                        "secretAccessKey": {"name": "accounts-copies", "key": "secret-key"}},
                    "wal": {"compression": "gzip", "encryption": "AES256", "maxParallel": 4},
                    "data": {"compression": "gzip", "encryption": "AES256", "jobs": 2}}}}, "accounts"),
        inside(f"{CNPG}:ScheduledBackup", "nightly", {"schedule": "0 0 21 * * *", "backupOwnerReference": "self",
                                                      "cluster": {"name": "accounts"}, "immediate": True,
                                                      "method": "barmanObjectStore"}, "accounts"),
        inside(f"{CNPG}:Pooler", "accounts-pool", {
            "cluster": {"name": "accounts"}, "instances": 2, "type": "rw", "pgbouncer": {
                "poolMode": "transaction", "parameters": {"max_client_conn": "1000", "default_pool_size": "25"}},
            "template": {"metadata": {"labels": TAGS}, "spec": {"containers": [{
                "name": "pgbouncer", "image": image("cloudnative-pg/pgbouncer"), "resources": SMALL}]}}}, "accounts"),
        inside(f"{CNPG}:Database", "reports", {"name": "reports", "owner": "accounts", "cluster": {"name": "accounts"},
                                               "databaseReclaimPolicy": "retain"}, "accounts"),
        certificate("accounts", "accounts", "accounts-rw.accounts.svc", "accounts-ro.accounts.svc"),
        reached("accounts", "accounts", {"cnpg.io/cluster": "accounts"}, 5432, "payments")),
        "cloudnative-pg.io/documentation/current/backup; .../connection_pooling, as known", "postgresql.cnpg.io"),
    owned("payments speak by Kafka of three brokers on sealed disks, with users of narrow rights and topics of a week",
        (
        *namespace("streams"),
        *(inside(f"{KAFKA}:KafkaNodePool", name, {
            "replicas": 3, "roles": [name], "resources": LARGE, "storage": {"type": "jbod", "volumes": [{
                "id": 0, "type": "persistent-claim", "size": size, "class": "encrypted", "deleteClaim": False,
                "kraftMetadata": "shared"}]}, "template": {"pod": {"metadata": {"labels": TAGS},
                    "securityContext": POD},
                                                           "persistentVolumeClaim": {"metadata": {"labels": TAGS}}}},
                 "streams") for name, size in (("controller", "20Gi"), ("broker", "200Gi"))),
        inside(f"{KAFKA}:Kafka", "payments", {
            "kafka": {
                "version": "4.0.0", "metadataVersion": "4.0-IV3", "listeners": [{
                    "name": "tls", "port": 9093, "type": "internal", "tls": True, "authentication": {"type": "tls"},
                    "networkPolicyPeers": [{"namespaceSelector": {"matchLabels": {
                        "kubernetes.io/metadata.name": "payments"}}}]}], "authorization": {
                            "type": "simple", "superUsers": ["CN=payments-owner"]}, "rack": {
                                "topologyKey": "topology.kubernetes.io/zone"}, "config": {
                    "default.replication.factor": 3, "min.insync.replicas": 2, "offsets.topic.replication.factor": 3,
                    "transaction.state.log.replication.factor": 3, "transaction.state.log.min.isr": 2,
                    "auto.create.topics.enable": False, "ssl.enabled.protocols": "TLSv1.3", "log.retention.hours": 168},
                "metricsConfig": {"type": "jmxPrometheusExporter", "valueFrom": {"configMapKeyRef": {
                    "name": "kafka-figures", "key": "rules.yaml"}}}},
            "entityOperator": {"topicOperator": {"resources": SMALL}, "userOperator": {"resources": SMALL}},
            "cruiseControl": {"resources": SMALL, "autoRebalance": [{"mode": "add-brokers"}]}, "kafkaExporter": {
                "topicRegex": "payments.*", "groupRegex": ".*", "resources": SMALL},
            "clusterCa": {"validityDays": 365, "renewalDays": 60}, "clientsCa": {"validityDays": 365,
                "renewalDays": 60},
            "maintenanceTimeWindows": ["* * 21-23 ? * FRI *"]}, "streams", annotations={
                "strimzi.io/node-pools": "enabled", "strimzi.io/kraft": "enabled"}),
        k8s("core/v1:ConfigMap", {"metadata": meta("kafka-figures", "streams"), "data": {"rules.yaml":
            "lowercaseOutputName: true\nrules:\n  - pattern: kafka.server<type=(.+), name=(.+)><>Value\n"
            "    name: kafka_server_$1_$2\n"}}, "figures"),
        *(inside(f"{KAFKA}:KafkaTopic", f"payments.{name}", {"partitions": 12, "replicas": 3, "config": {
            "retention.ms": 604800000, "min.insync.replicas": 2, "cleanup.policy": policy}}, "streams", labels={
                **TAGS, "strimzi.io/cluster": "payments"}) for name, policy in (("asked", "delete"), ("state",
                                                                                                    "compact"))),
        *(inside(f"{KAFKA}:KafkaUser", name, {
            "authentication": {"type": "tls"}, "quotas": {"producerByteRate": 10485760, "consumerByteRate": 20971520},
            "authorization": {"type": "simple", "acls": acls}}, "streams", labels={
                **TAGS, "strimzi.io/cluster": "payments"}) for name, acls in (
            ("writer", [{"resource": {"type": "topic", "name": "payments.asked", "patternType": "literal"},
                         "operations": ["Write", "Describe"], "host": "*"}]),
            ("reader", [{"resource": {"type": "topic", "name": "payments.", "patternType": "prefix"}, "operations": [
                "Read", "Describe"]}, {"resource": {"type": "group", "name": "reader", "patternType": "literal"},
                                       "operations": ["Read"]}])))),
        "strimzi.io/docs/operators/latest/deploying; .../configuring, as known", "kafka.strimzi.io",
        identity={"trusted": {"login.bank.ae": "our own sign-in"}}),
    Idiom("services of lending show certificates, are called by whom a policy names, and break off from what fails", (
        *namespace("lending", **{"istio-injection": "enabled"}), *app("offers", "lending", 8080, 3),
        inside(f"security.{ISTIO}/v1:PeerAuthentication", "default", {"mtls": {"mode": "STRICT"}}, "lending"),
        inside(f"security.{ISTIO}/v1:AuthorizationPolicy", "nobody", {}, "lending"),
        inside(f"security.{ISTIO}/v1:AuthorizationPolicy", "offers", {
            "selector": {"matchLabels": {"app": "offers"}}, "action": "ALLOW", "rules": [{
                "from": [{"source": {"principals": ["cluster.local/ns/gateway/sa/inner"]}}], "to": [{"operation": {
                    "methods": ["GET", "POST"], "paths": ["/v1/offers", "/v1/offers/*"]}}], "when": [{
                        "key": "request.auth.claims[iss]", "values": ["https://login.bank.ae/realms/staff"]}]}]},
            "lending"),
        inside(f"security.{ISTIO}/v1:RequestAuthentication", "offers", {
            "selector": {"matchLabels": {"app": "offers"}}, "jwtRules": [{
                "issuer": "https://login.bank.ae/realms/staff", "audiences": ["offers"], "forwardOriginalToken": True,
                "jwksUri": "https://login.bank.ae/realms/staff/protocol/openid-connect/certs"}]}, "lending"),
        inside(f"networking.{ISTIO}/v1:DestinationRule", "offers", {
            "host": "offers.lending.svc.cluster.local", "trafficPolicy": {
                "tls": {"mode": "ISTIO_MUTUAL"}, "connectionPool": {"tcp": {"maxConnections": 200,
                    "connectTimeout": "2s"},
                    "http": {"http2MaxRequests": 500, "maxRequestsPerConnection": 50}}, "outlierDetection": {
                        "consecutive5xxErrors": 5, "interval": "10s", "baseEjectionTime": "30s",
                            "maxEjectionPercent": 50},
                "loadBalancer": {"simple": "LEAST_REQUEST", "localityLbSetting": {"enabled": True}}}, "subsets": [
                    {"name": "v1", "labels": {"version": "v1"}}, {"name": "v2", "labels": {"version": "v2"}}]},
                        "lending"),
        inside(f"networking.{ISTIO}/v1:VirtualService", "offers", {
            "hosts": ["offers.bank.ae"], "gateways": ["gateway/inner"], "http": [{
                "match": [{"uri": {"prefix": "/v1/offers"}}], "timeout": "5s", "retries": {
                    "attempts": 2, "perTryTimeout": "2s", "retryOn": "5xx,reset,connect-failure"}, "route": [
                    {"destination": {"host": "offers.lending.svc.cluster.local", "subset": "v1",
                        "port": {"number": 443}},
                     "weight": 90}, {"destination": {"host": "offers.lending.svc.cluster.local", "subset": "v2",
                         "port": {
                         "number": 443}}, "weight": 10}]}]}, "lending"),
        inside(f"networking.{ISTIO}/v1:Sidecar", "default", {
            "outboundTrafficPolicy": {"mode": "REGISTRY_ONLY"}, "egress": [{"hosts": ["./*", "istio-system/*"]}]},
            "lending"),
        inside(f"networking.{ISTIO}/v1:ServiceEntry", "bureau", {
            "hosts": ["bureau.bank.ae"], "location": "MESH_EXTERNAL", "resolution": "DNS", "ports": [
                {"number": 443, "name": "tls", "protocol": "TLS"}], "exportTo": ["."]}, "lending"),
        inside(f"telemetry.{ISTIO}/v1:Telemetry", "calls", {
            "accessLogging": [{"providers": [{"name": "envoy"}], "filter": {"expression": "response.code >= 400"}}],
            "tracing": [{"randomSamplingPercentage": 1.0, "providers": [{"name": "otel"}]}]}, "lending")),
        "istio.io/latest/docs/ops/best-practices/security; .../traffic-management, as known", ours()),
    Idiom("pods of settlements call what rules of Cilium name, by its host, its method and its port, and nobody else", (
        *namespace("settlements"), *app("settle", "settlements", 8443),
        inside("cilium.io/v2:CiliumNetworkPolicy", "settle", {
            "description": "What settles calls and who calls it", "endpointSelector": {"matchLabels": {
                "app": "settle"}},
            "ingress": [{"fromEndpoints": [{"matchLabels": {"k8s:io.kubernetes.pod.namespace": "gateway", "app":
                                                            "inner"}}], "toPorts": [{"ports": [
                {"port": "8443", "protocol": "TCP"}]}]}], "egress": [
                {"toEndpoints": [{"matchLabels": {"k8s:io.kubernetes.pod.namespace": "kube-system", "k8s:k8s-app":
                                                  "kube-dns"}}], "toPorts": [{"ports": [
                    {"port": "53", "protocol": "ANY"}], "rules": {"dns": [{"matchPattern": "*.bank.ae"}, {
                        "matchPattern": "*.svc.cluster.local"}]}}]},
                {"toFQDNs": [{"matchName": "clearing.bank.ae"}], "toPorts": [{"ports": [
                    {"port": "443", "protocol": "TCP"}]}]},
                {"toCIDRSet": [{"cidr": "10.30.20.0/28", "except": ["10.30.20.9/32"]}], "toPorts": [{"ports": [
                    {"port": "5432", "protocol": "TCP"}]}]}]}, "settlements"),
        top("cilium.io/v2:CiliumClusterwideNetworkPolicy", "no-metadata", {
            "description": "Pods do not ask the machine who it is", "endpointSelector": {}, "enableDefaultDeny": {
                "egress": False}, "egressDeny": [{"toCIDR": ["169.254.169.254/32"]}]}),
        top("cilium.io/v2:CiliumClusterwideNetworkPolicy", "hosts", {
            "description": "Who reaches nodes", "nodeSelector": {"matchLabels": {"node-role.kubernetes.io/worker": ""}},
            "ingress": [{"fromEntities": ["cluster", "kube-apiserver"]}, {"fromCIDR": ["10.30.1.0/24"], "toPorts": [{
                "ports": [{"port": "10250", "protocol": "TCP"}]}]}]}),
        top("cilium.io/v2:CiliumEgressGatewayPolicy", "clearing", {
            "selectors": [{"podSelector": {"matchLabels": {
                "io.kubernetes.pod.namespace": "settlements", "app": "settle"}}}], "destinationCIDRs": [
                    "10.50.0.0/24"], "egressGateway": {"nodeSelector": {"matchLabels": {"egress": "clearing"}},
                                                       "egressIP": "10.30.40.10"}})),
        "docs.cilium.io/en/stable/security/policy/language; .../network/egress-gateway, as known", merged(
            ours(prices=("cilium.io/v2:CiliumEgressGatewayPolicy::clearing",)), {})),
)  # fmt: skip
