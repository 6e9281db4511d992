"""Good idioms of stacks that cross AWS or Azure and their clusters, beside those of set 20 (set 20, fourth part)."""

from ..blind import KEY, ME, TAGS, aws, az, document, k8s, meta, statement
from ..harness import UNKNOWN
from . import Idiom, unpriced
from .eleventh_charts import inside
from .eleventh_cluster import top
from .fifteenth_work import SCRATCH, SCRATCH_MOUNTS
from .fourth import HERE, ID, OURS, RG, VNET, R
from .kubernetes import on_aks, on_eks
from .ninth_aws import GROUPS, SUBNETS, arn
from .ninth_azure import CLIENT, TENANT
from .sixteenth_stores import reached
from .sixth_azure import endpoint
from .thirteenth_azure import DISKS, USER
from .thirteenth_cluster_access import account
from .twelfth_aws_platform import logs
from .twelfth_azure_platform import audit, granted
from .twelfth_charts import mirrored, ours
from .twentieth_goodb_charts import merged, namespace
from .twentieth_goodb_clouds import deployment, pods_role

SENDER = "69a216fc-b8fb-44d8-bc22-1f3c2cd27a39"
RECEIVER = "4f6d3b9b-027b-4f4c-9142-0e5a2a2247e0"
AUTHORITY = arn("acm-pca", "certificate-authority/11111111-2222-3333-4444-555555555555")
KEPT = {"resilience": {"kept_elsewhere": dict.fromkeys(("broker", "server", "queue", "disks", "workspace"),
                                                      "copied every night to the site in Dubai")}}  # fmt: skip
KAFKA = """auto.create.topics.enable=false
default.replication.factor=3
min.insync.replicas=2
num.partitions=6
log.retention.hours=168
allow.everyone.if.no.acl.found=false
"""

IDIOMS: tuple[Idiom, ...] = (
    Idiom("apps of EKS have certificates of the account's private authority, which cert-manager asks for each month", (
        *on_eks(*namespace("payments"), account("payments", "payments"),
            mirrored("aws-privateca-issuer", "1.7.0", {
                "image": {"repository": "registry.bank.ae/cert-manager/aws-privateca-issuer", "tag": "v1.7.0"},
                "replicaCount": 2, "podLabels": TAGS, "resources": {"requests": {"cpu": "50m", "memory": "64Mi"},
                    "limits": {
                    "memory": "64Mi"}}, "podDisruptionBudget": {"maxUnavailable": 1}, "serviceMonitor": {"create":
                        True},
                "serviceAccount": {"create": True, "name": "aws-pca-issuer"}}, "cert-manager"),
            top("awspca.cert-manager.io/v1beta1:AWSPCAClusterIssuer", "bank", {"arn": AUTHORITY, "region": R}),
            inside("cert-manager.io/v1:Certificate", "payments", {
                "secretName": "payments-tls", "duration": "720h", "renewBefore": "240h", "dnsNames":
                    ["payments.payments.svc"],
                "usages": ["server auth", "client auth"], "privateKey": {"algorithm": "ECDSA", "size": 384,
                                                                        "rotationPolicy": "Always"}, "issuerRef": {
                    "group": "awspca.cert-manager.io", "kind": "AWSPCAClusterIssuer", "name": "bank"}}, "payments"),
            *deployment("payments", "payments", 3, volumeMounts=[
                *SCRATCH_MOUNTS, {"name": "tls", "mountPath": "/tls", "readOnly": True}], pod={"volumes": [
                    *SCRATCH, {"name": "tls", "secret": {"secretName": "payments-tls"}}]})),
        *pods_role("aws-pca-issuer", "cert-manager", statement(
            ["acm-pca:DescribeCertificateAuthority", "acm-pca:GetCertificate"], AUTHORITY),
            statement("acm-pca:IssueCertificate", AUTHORITY, {"StringLike": {
                "acm-pca:TemplateArn": "arn:aws:acm-pca:::template/BlankEndEntityCertificate_APICSRPassthrough/V*"}}))),
        "cert-manager/aws-privateca-issuer, README.md; docs.aws.amazon.com/privateca/latest/userguide, as known",
        merged(ours("awspca.cert-manager.io", prices=("awspca.cert-manager.io/v1beta1:AWSPCAClusterIssuer::bank",)),
               {"escape": {"charts": {}}}), charts=("aws-privateca-issuer",)),
    Idiom("payments pass MSK by roles and TLS alone, and the app that writes them has one topic", (
        *on_eks(*namespace("trades"), account("trades", "trades"), *deployment(
            "trades", "trades", 3, env=[{"name": "KAFKA_SECURITY", "value": "SASL_SSL"}, {
                "name": "KAFKA_MECHANISM", "value": "AWS_MSK_IAM"}], volumeMounts=SCRATCH_MOUNTS, pod={"volumes":
                    SCRATCH})),
        logs("/aws/msk/trades"),
        aws("msk/Configuration", {"name": "trades", "kafkaVersions": ["3.8.x"], "serverProperties": KAFKA}, "settings"),
        aws("msk/Cluster", {
            "clusterName": "trades", "kafkaVersion": "3.8.x", "numberOfBrokerNodes": 3, "enhancedMonitoring":
            "PER_TOPIC_PER_BROKER", "storageMode": "LOCAL", "configurationInfo": {"arn": UNKNOWN, "revision": 1},
            "brokerNodeGroupInfo": {
                "instanceType": "kafka.m5.large", "clientSubnets": SUBNETS, "securityGroups": GROUPS, "azDistribution":
                "DEFAULT", "storageInfo": {"ebsStorageInfo": {"volumeSize": 200}}, "connectivityInfo":
                    {"publicAccess": {
                    "type": "DISABLED"}}},
            "clientAuthentication": {"sasl": {"iam": True, "scram": False}, "unauthenticated": False},
                "encryptionInfo": {
                "encryptionAtRestKmsKeyArn": KEY, "encryptionInTransit": {"clientBroker": "TLS", "inCluster": True}},
            "openMonitoring": {"prometheus": {"jmxExporter": {"enabledInBroker": True}, "nodeExporter": {
                "enabledInBroker": True}}}, "loggingInfo": {"brokerLogs": {"cloudwatchLogs": {
                    "enabled": True, "logGroup": "/aws/msk/trades"}}}, "tags": TAGS}, "broker", protect=True, links={
                        "configurationInfo": ("settings",)}),
        *pods_role("trades", "trades", statement(["kafka-cluster:Connect", "kafka-cluster:DescribeCluster"],
                                                 arn("kafka", "cluster/trades/*")),
                   statement(["kafka-cluster:DescribeTopic", "kafka-cluster:WriteData",
                       "kafka-cluster:WriteDataIdempotently"],
                             arn("kafka", "topic/trades/*/orders")))),
        "docs.aws.amazon.com/msk/latest/developerguide/iam-access-control.html; .../msk-encryption.html, as known",
        merged({**ours(), **KEPT}, unpriced("aws:msk/cluster:Cluster::broker"))),
    Idiom("figures of EKS go to the account's Prometheus by an endpoint of the network, with rules there", (
        *on_eks(*namespace("monitoring"), account("figures", "monitoring"),
            inside("opentelemetry.io/v1beta1:OpenTelemetryCollector", "figures", {
                "mode": "statefulset", "replicas": 2, "image": "registry.bank.ae/otel/collector@sha256:" + "a" * 64,
                "serviceAccount": "figures", "targetAllocator": {
                    "enabled": True, "serviceAccount": "figures", "prometheusCR": {
                        "enabled": True, "serviceMonitorSelector": {"matchLabels": {"team": "platform"}}}},
                "config": {"receivers": {"prometheus": {"config": {"scrape_configs": [{
                    "job_name": "apps", "scheme": "https", "kubernetes_sd_configs": [{"role": "pod", "namespaces": {
                        "names": ["payments"]}}], "tls_config": {"ca_file": "/ca/ca.crt"}}]}}},
                    "processors": {"memory_limiter": {"check_interval": "1s", "limit_percentage": 75}, "batch": {}},
                    "exporters": {"prometheusremotewrite": {"endpoint":
                        f"https://aps-workspaces.{R}.amazonaws.com/workspaces/ws-11111111/api/v1/remote_write",
                            "auth": {
                            "authenticator": "sigv4auth"}}}, "extensions": {"sigv4auth": {"region": R, "service":
                                "aps"}},
                    "service": {"extensions": ["sigv4auth"], "pipelines": {"metrics": {
                        "receivers": ["prometheus"], "processors": ["memory_limiter", "batch"], "exporters": [
                            "prometheusremotewrite"]}}}}}, "monitoring")),
        logs("/aws/prometheus/platform"),
        aws("amp/Workspace", {"alias": "platform", "kmsKeyArn": KEY, "tags": TAGS, "loggingConfiguration": {
            "logGroupArn": arn("logs", "log-group:/aws/prometheus/platform:*")}}, "workspace", protect=True),
        aws("amp/RuleGroupNamespace", {"name": "platform", "workspaceId": UNKNOWN, "tags": TAGS, "data":
            "groups:\n  - name: nodes\n    rules:\n      - alert: NodeIsFull\n"
            "        expr: node_filesystem_avail_bytes < 1e9\n"
            "        for: 10m\n"}, "rules", links={"workspaceId": ("workspace",)}),
        aws("ec2/VpcEndpoint", {
            "vpcId": "vpc-0123456789abcdef0", "serviceName": f"com.amazonaws.{R}.aps-workspaces", "vpcEndpointType":
            "Interface", "privateDnsEnabled": True, "subnetIds": SUBNETS, "securityGroupIds": GROUPS, "tags": TAGS,
                "policy":
            document({"Effect": "Allow", "Principal": "*", "Action": "aps:RemoteWrite", "Resource": "*", "Condition": {
                "StringEquals": {"aws:PrincipalAccount": ME}}})}, "endpoint"),
        *pods_role("figures", "monitoring", statement("aps:RemoteWrite", arn("aps", "workspace/ws-11111111")))),
        "docs.aws.amazon.com/prometheus/latest/userguide; aws-otel.github.io/docs/getting-started, as known",
        merged({**ours(), **KEPT}, unpriced("aws:amp/workspace:Workspace::workspace",
                                           "kubernetes:opentelemetry.io/v1beta1:OpenTelemetryCollector::figures"))),
    Idiom("an app of AKS takes orders from Service Bus as itself, and its copies follow the length of the queue", (
        *on_aks(*namespace("orders"),
            k8s("core/v1:ServiceAccount", {"metadata": meta("orders", "orders", annotations={
                "azure.workload.identity/client-id": CLIENT, "azure.workload.identity/tenant-id": TENANT}),
                "automountServiceAccountToken": False}, "orders-account"),
            *deployment("orders", "orders", 2, labels={"azure.workload.identity/use": "true"}, env=[
                {"name": "QUEUE_NAMESPACE", "value": "sb-orders.servicebus.windows.net"}], volumeMounts=SCRATCH_MOUNTS,
                pod={"volumes": SCRATCH}),
            inside("keda.sh/v1alpha1:TriggerAuthentication", "identity", {"podIdentity": {
                "provider": "azure-workload", "identityId": CLIENT}}, "orders"),
            inside("keda.sh/v1alpha1:ScaledObject", "orders", {
                "scaleTargetRef": {"name": "orders"}, "minReplicaCount": 2, "maxReplicaCount": 12, "cooldownPeriod":
                    300,
                "triggers": [{"type": "azure-servicebus", "authenticationRef": {"name": "identity"}, "metadata": {
                    "queueName": "orders", "namespace": "sb-orders", "messageCount": "20", "cloud":
                        "AzurePublicCloud"}}]},
                "orders")),
        az("servicebus:Namespace", {
            **HERE, "namespaceName": "sb-orders", "sku": {"name": "Premium", "tier": "Premium", "capacity": 1},
            "identity": {"type": "UserAssigned", "userAssignedIdentities": USER["identity"]["userAssignedIdentities"]},
            "disableLocalAuth": True, "minimumTlsVersion": "1.2", "publicNetworkAccess": "Disabled", "zoneRedundant":
                True,
            "encryption": {"keySource": "Microsoft.KeyVault", "requireInfrastructureEncryption": True,
                "keyVaultProperties": [{
                "keyName": "cmk", "keyVaultUri": "https://kv-bank.vault.azure.net", "identity": {
                    "userAssignedIdentity": USER["identity"]["userAssignedIdentities"][0]}}]}}, "broker", protect=True),
        az("servicebus:Queue", {
            **RG, "namespaceName": UNKNOWN, "queueName": "orders", "maxDeliveryCount": 10, "lockDuration": "PT1M",
            "deadLetteringOnMessageExpiration": True, "defaultMessageTimeToLive": "P7D", "requiresDuplicateDetection":
                True,
            "duplicateDetectionHistoryTimeWindow": "PT10M"}, "queue", links={"namespaceName": ("broker",)}),
        endpoint("sb-orders", f"{OURS}.ServiceBus/namespaces/sb-orders", "namespace"),
        audit("broker", f"{OURS}.ServiceBus/namespaces/sb-orders"),
        granted("receives", f"{OURS}.ServiceBus/namespaces/sb-orders/queues/orders", RECEIVER)),
        "keda.sh/docs/latest/scalers/azure-service-bus; learn.microsoft.com/azure/service-bus-messaging, as known",
        merged({**ours(), **KEPT, **unpriced("azure-native:servicebus:Namespace::broker")}, {
            "residency": {"known": {"sb-orders.servicebus.windows.net":
            "our own, in uaenorth"}}})),
    Idiom("claims of AKS lie on zone-redundant disks under the bank's key, and are copied each night by snapshots", (
        *on_aks(
            k8s("storage.k8s.io/v1:StorageClass", {
                "metadata": {"name": "premium-zrs", "labels": TAGS}, "provisioner": "disk.csi.azure.com",
                    "reclaimPolicy":
                "Retain", "volumeBindingMode": "WaitForFirstConsumer", "allowVolumeExpansion": True, "parameters": {
                    "skuName": "Premium_ZRS", "diskEncryptionSetID": DISKS, "diskEncryptionType":
                    "EncryptionAtRestWithPlatformAndCustomerKeys", "networkAccessPolicy": "DenyAll",
                        "publicNetworkAccess":
                    "Disabled", "cachingMode": "ReadOnly", "tags": ",".join(f"{key}={value}" for key,
                        value in TAGS.items())}},
                "class"),
            k8s("snapshot.storage.k8s.io/v1:VolumeSnapshotClass", {
                "metadata": {"name": "nightly", "labels": TAGS}, "driver": "disk.csi.azure.com", "deletionPolicy":
                    "Retain",
                "parameters": {"incremental": "true", "resourceGroup": "rg-platform", "tags": ",".join(
                    f"{key}={value}" for key, value in TAGS.items())}}, "snapshots"),
            account("ledger", "ledger"),
            k8s("core/v1:PersistentVolumeClaim", {"metadata": meta("ledger", "ledger"), "spec": {
                "accessModes": ["ReadWriteOnce"], "storageClassName": "premium-zrs", "resources": {"requests": {
                    "storage": "128Gi"}}}}, "claim"),
            *deployment("ledger", "ledger", 1, volumeMounts=[
                *SCRATCH_MOUNTS, {"name": "data", "mountPath": "/data"}], pod={"volumes": [
                    *SCRATCH, {"name": "data", "persistentVolumeClaim": {"claimName": "ledger"}}]}),
            reached("ledger", "ledger", {"app": "ledger"}, 8443, "payments")),),
        "kubernetes-sigs/azuredisk-csi-driver, docs/driver-parameters.md; learn.microsoft.com/azure/aks, "
        "as known", {**ours(), **KEPT, **unpriced("kubernetes:core/v1:PersistentVolumeClaim::claim")}),
    Idiom("an app of AKS reads PostgreSQL of Azure by its own identity, in the network, with records of who asked", (
        *on_aks(*namespace("loans"),
            k8s("core/v1:ServiceAccount", {"metadata": meta("loans", "loans", annotations={
                "azure.workload.identity/client-id": CLIENT}), "automountServiceAccountToken": False}, "loans-account"),
            *deployment("loans", "loans", 3, labels={"azure.workload.identity/use": "true"}, env=[
                {"name": "PGHOST", "value": "pg-loans.postgres.database.azure.com"}, {"name": "PGSSLMODE", "value":
                                                                                     "verify-full"},
                {"name": "PGUSER", "value": "loans"}], volumeMounts=SCRATCH_MOUNTS, pod={"volumes": SCRATCH})),
        az("dbforpostgresql:Server", {
            **HERE, "serverName": "pg-loans", "version": "17", "sku": {"name": "Standard_D4ds_v5", "tier":
                                                                       "GeneralPurpose"},
            "identity": {"type": "UserAssigned", "userAssignedIdentities": {ID: {}}}, "storage": {
                "storageSizeGB": 128, "autoGrow": "Enabled", "tier": "P10"}, "backup": {"backupRetentionDays": 35,
                    "geoRedundantBackup": "Disabled"}, "highAvailability": {"mode": "ZoneRedundant",
                                                                            "standbyAvailabilityZone": "2"},
            "availabilityZone": "1", "createMode": "Default", "authConfig": {
                "activeDirectoryAuth": "Enabled", "passwordAuth": "Disabled", "tenantId": TENANT}, "network": {
                    "publicNetworkAccess": "Disabled", "delegatedSubnetResourceId": f"{VNET}/subnets/postgres",
                    "privateDnsZoneArmResourceId":
                    f"{OURS}.Network/privateDnsZones/privatelink.postgres.database.azure.com"}, "dataEncryption": {
                    "type": "AzureKeyVault", "primaryKeyURI":
                    "https://kv-bank.vault.azure.net/keys/cmk/0123456789abcdef0123456789abcdef",
                    "primaryUserAssignedIdentityId": USER["identity"]["userAssignedIdentities"][0]},
                        "maintenanceWindow": {
                        "customWindow": "Enabled", "dayOfWeek": 6, "startHour": 22, "startMinute": 0}}, "server",
                            protect=True),
        *(az("dbforpostgresql:Configuration", {
            **RG, "serverName": UNKNOWN, "configurationName": name, "value": value, "source": "user-override"},
            name.replace("_", "-").replace(".", "-"), links={"serverName": ("server",)}) for name, value in (
                ("require_secure_transport", "on"), ("ssl_min_protocol_version", "TLSv1.3"), ("pgaudit.log",
                    "ddl,write"),
                ("log_connections", "on"), ("log_disconnections", "on"), ("log_checkpoints", "on"))),
        audit("server", f"{OURS}.DBforPostgreSQL/flexibleServers/pg-loans"),
        az("dbforpostgresql:Administrator", {
            **RG, "serverName": UNKNOWN, "objectId": CLIENT, "principalName": "loans", "principalType":
                "ServicePrincipal",
            "tenantId": TENANT}, "loans", links={"serverName": ("server",)})),
        "learn.microsoft.com/azure/postgresql/flexible-server/security-overview, "
        "as known", merged({**ours(), **KEPT, **unpriced("azure-native:dbforpostgresql:Server::server")}, {
            "residency": {"known": {
            "pg-loans.postgres.database.azure.com": "our own, in uaenorth"}}})),
)  # fmt: skip
