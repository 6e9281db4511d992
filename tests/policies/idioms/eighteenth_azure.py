"""Good idioms of platform teams on Azure: ledgers, gateways, programs, stores and caches (set 18, blind)."""

from ..blind import TAGS, az
from ..harness import UNKNOWN, Given
from . import Idiom, unpriced
from .azure_platform import lock
from .fourth import HERE, ID, KEY_URL, LEARN, OURS, RG, VNET
from .fourth_kubernetes import AZURE_BUDGET
from .ninth_azure import CLIENT, TENANT
from .sixth_azure import endpoint
from .thirteenth_azure import ADMINS, USER
from .twelfth_azure_platform import CLOSED, NAMES, OWN, VAULT, audit

LEDGER, CACHE = f"{OURS}.Sql/servers/sql-ledger", f"{OURS}.Cache/redis/redis-quotes"
APIM = {**RG, "serviceName": "apim-bank"}
SITE = {**APIM, "gatewayId": "dc1"}
DISK_SET = f"{OURS}.Compute/diskEncryptionSets/des-bank"
BANK = """-----BEGIN CERTIFICATE-----
QmFuayBhdXRob3JpdHksIGV4YW1wbGUgb2YgYSBjZXJ0aWZpY2F0ZQ==
-----END CERTIFICATE-----
"""


def bus(name: str, location: str) -> Given:
    """Returns a namespace of Service Bus in one region, closed and under the bank's key."""
    return az("servicebus:Namespace", {
        **RG, "location": location, "tags": TAGS, "namespaceName": f"sb-{name}", **USER, "disableLocalAuth": True,
        "sku": {"name": "Premium", "tier": "Premium", "capacity": 1}, "minimumTlsVersion": "1.2", **CLOSED,
        "premiumMessagingPartitions": 1, "encryption": {
            "keySource": "Microsoft.KeyVault", "requireInfrastructureEncryption": True, "keyVaultProperties": [{
                "keyName": "cmk", "keyVaultUri": VAULT["keyVaultUri"], "identity": {"userAssignedIdentity": ID}}]}},
        name, protect=True)  # fmt: skip


IDIOMS: tuple[Idiom, ...] = (
    Idiom("every change of the ledger leaves a mark that nobody removes, in a database that only Entra opens", (
        AZURE_BUDGET,
        az("sql:Server", {
            **HERE, "serverName": "sql-ledger", "version": "12.0", "minimalTlsVersion": "1.2", **CLOSED, **USER,
            "primaryUserAssignedIdentityId": ID, "keyId": KEY_URL, "restrictOutboundNetworkAccess": "Enabled",
            "administrators": {"administratorType": "ActiveDirectory", "azureADOnlyAuthentication": True,
                               "principalType": "Group", "login": "sql-admins", "sid": ADMINS, "tenantId": TENANT}},
            "server", protect=True),
        az("sql:Database", {
            **HERE, "serverName": "sql-ledger", "databaseName": "ledger", "isLedgerOn": True, "zoneRedundant": True,
            "sku": {"name": "GP_Gen5", "tier": "GeneralPurpose", "family": "Gen5", "capacity": 2},
            "requestedBackupStorageRedundancy": "Zone"}, "ledger", protect=True, links={"serverName": ("server",)}),
        az("sql:OutboundFirewallRule", {**RG, "serverName": "sql-ledger", "outboundRuleFqdn":
                                        "stbank.blob.core.windows.net"}, "digests", links={"serverName": ("server",)}),
        az("storage:BlobContainer", {**RG, "accountName": "stbank", "containerName": "sqldbledgerdigests",
                                     "publicAccess": "None"}, "container"),
        az("storage:BlobContainerImmutabilityPolicy", {
            **RG, "accountName": "stbank", "containerName": "sqldbledgerdigests", "immutabilityPolicyName": "default",
            "immutabilityPeriodSinceCreationInDays": 2557, "allowProtectedAppendWrites": True}, "worm", links={
                "containerName": ("container",)}),
        endpoint("sql", LEDGER, "sqlServer"), lock(LEDGER, "server")),
        f"{LEARN.removesuffix('/azure')}/sql/relational-databases/security/ledger/ledger-digest-management", {
            "residency": {"known": NAMES}}),
    Idiom("APIs of the data centre are served there by a gateway that takes its rules from the country's cloud", (
        az("apimanagement:Gateway", {**SITE, "description": "Gateway of the data centre", "locationData": {
            "name": "Data centre 1", "city": "Abu Dhabi", "countryOrRegion": "AE"}}, "dc1"),
        az("apimanagement:Certificate", {**APIM, "certificateId": "apis", "keyVault": {
            "identityClientId": CLIENT, "secretIdentifier": "https://kv-bank.vault.azure.net/secrets/apis"}},
            "certificate"),
        az("apimanagement:GatewayHostnameConfiguration", {
            **SITE, "hcId": "apis", "hostname": "apis.bank.ae", "certificateId": UNKNOWN, "http2Enabled": True,
            "negotiateClientCertificate": True, "tls10Enabled": False, "tls11Enabled": False}, "host", links={
                "gatewayId": ("dc1",), "certificateId": ("certificate",)}),
        az("apimanagement:GatewayApiEntityTag", {**SITE, "apiId": "orders", "provisioningState": "created"}, "orders",
           links={"gatewayId": ("dc1",)})),
        f"{LEARN}/api-management/self-hosted-gateway-overview; rest/api/apimanagement/gateway-hostname-configuration",
        {**OWN, **unpriced("azure-native:apimanagement:Gateway::dc1")}),
    Idiom("agents of the bank are put on machines from its own gallery, in its region and under its key", (
        az("compute:Gallery", {**HERE, "galleryName": "galprograms", "description": "Programs of the bank"}, "gallery"),
        az("compute:GalleryApplication", {
            **HERE, "galleryName": "galprograms", "galleryApplicationName": "inventory", "supportedOSType": "Linux",
            "description": "Inventory of machines"}, "inventory", links={"galleryName": ("gallery",)}),
        az("compute:GalleryApplicationVersion", {
            **HERE, "galleryName": "galprograms", "galleryApplicationName": "inventory",
            "galleryApplicationVersionName": "1.4.2", "publishingProfile": {
                "source": {"mediaLink": "https://stbank.blob.core.windows.net/programs/inventory-1.4.2.deb"},
                "manageActions": {"install": "dpkg -i inventory.deb", "remove": "dpkg -r inventory"},
                "settings": {"packageFileName": "inventory.deb"}, "excludeFromLatest": False, "storageAccountType":
                "Standard_ZRS", "replicaCount": 1, "targetRegions": [{
                    "name": "uaenorth", "regionalReplicaCount": 1, "storageAccountType": "Standard_ZRS", "encryption": {
                        "osDiskImage": {"diskEncryptionSetId": DISK_SET}}}]},
            "safetyProfile": {"allowDeletionOfReplicatedLocations": False}}, "version", links={
                "galleryApplicationName": ("inventory",)})),
        f"{LEARN}/virtual-machines/vm-applications-how-to", {
            "residency": {"known": NAMES}, "escape": {"code_sources": {
                "stbank.blob.core.windows.net": "our own account of reviewed programs"}}}),
    Idiom("movements of accounts lie in Cassandra that Azure keeps, in three zones and under the bank's keys", (
        AZURE_BUDGET,
        az("cosmosdb:CassandraCluster", {
            **HERE, "clusterName": "movements", "identity": {"type": "SystemAssigned"}, "properties": {
                "cassandraVersion": "4.0", "authenticationMethod": "Cassandra", "cassandraAuditLoggingEnabled": True,
                "delegatedManagementSubnetId": f"{VNET}/subnets/cassandra", "clientCertificates": [{"pem": BANK}],
                "hoursBetweenBackups": 12, "repairEnabled": True, "initialCassandraAdminPassword": UNKNOWN}},
            "cluster", protect=True),
        az("cosmosdb:CassandraDataCenter", {
            **RG, "clusterName": "movements", "dataCenterName": "uaenorth", "properties": {
                "dataCenterLocation": "uaenorth", "delegatedSubnetId": f"{VNET}/subnets/cassandra", "nodeCount": 3,
                "sku": "Standard_E8s_v5", "diskSku": "P30", "diskCapacity": 2, "availabilityZone": True,
                "managedDiskCustomerKeyUri": KEY_URL, "backupStorageCustomerKeyUri": KEY_URL}}, "centre", links={
                    "clusterName": ("cluster",)}),
        audit("cluster", f"{OURS}.DocumentDB/cassandraClusters/movements"),
        lock(f"{OURS}.DocumentDB/cassandraClusters/movements", "cluster")),
        f"{LEARN}/managed-instance-apache-cassandra/secure-managed-instance-apache-cassandra", unpriced(
            "azure-native:cosmosdb:CassandraCluster::cluster", "azure-native:cosmosdb:CassandraDataCenter::centre")),
    Idiom("quotes are cached for apps that may read their own names alone, and patched on Saturday nights", (
        AZURE_BUDGET,
        az("redis:Redis", {
            **HERE, "name": "redis-quotes", "sku": {"name": "Premium", "family": "P", "capacity": 1}, **USER, **CLOSED,
            "enableNonSslPort": False, "minimumTlsVersion": "1.2", "disableAccessKeyAuthentication": True, "zones": [
                "1", "2", "3"], "replicasPerMaster": 2, "updateChannel": "Stable", "redisConfiguration": {
                    "aadEnabled": "true", "maxmemoryPolicy": "allkeys-lru"}}, "cache", protect=True),
        az("redis:AccessPolicy", {**RG, "cacheName": "redis-quotes", "accessPolicyName": "quotes",
                                  "permissions": "+@read +@connection +cluster|info ~quotes:*"}, "quotes", links={
                                      "cacheName": ("cache",)}),
        az("redis:AccessPolicyAssignment", {
            **RG, "cacheName": "redis-quotes", "accessPolicyAssignmentName": "app", "accessPolicyName": "quotes",
            "objectId": CLIENT, "objectIdAlias": "app"}, "app", links={
                "cacheName": ("cache",), "accessPolicyName": ("quotes",)}),
        az("redis:PatchSchedule", {**RG, "name": "redis-quotes", "default": "default", "scheduleEntries": [
            {"dayOfWeek": "Saturday", "startHourUtc": 20, "maintenanceWindow": "PT5H"}]}, "nights", links={
                "name": ("cache",)}),
        endpoint("redis", CACHE, "redisCache"), audit("cache", CACHE)),
        f"{LEARN}/azure-cache-for-redis/cache-configure-role-based-access-control; cache-administration"),
    Idiom("queues of payments have a twin in the country's second region, and one name that follows the living one", (
        AZURE_BUDGET, bus("payments", "uaenorth"), bus("payments-twin", "uaecentral"),
        az("servicebus:Queue", {
            **RG, "namespaceName": "sb-payments", "queueName": "orders", "lockDuration": "PT1M", "maxDeliveryCount": 10,
            "deadLetteringOnMessageExpiration": True, "requiresDuplicateDetection": True}, "orders", links={
                "namespaceName": ("payments",)}),
        az("servicebus:DisasterRecoveryConfig", {
            **RG, "namespaceName": "sb-payments", "alias": "sb-bank-payments", "partnerNamespace": UNKNOWN}, "alias",
            links={"namespaceName": ("payments",), "partnerNamespace": ("payments-twin",)}),
        endpoint("sb", f"{OURS}.ServiceBus/namespaces/sb-payments", "namespace"),
        audit("payments", f"{OURS}.ServiceBus/namespaces/sb-payments"),
        lock(f"{OURS}.ServiceBus/namespaces/sb-payments", "payments")),
        f"{LEARN}/service-bus-messaging/service-bus-geo-dr", unpriced(
            "azure-native:servicebus:Namespace::payments", "azure-native:servicebus:Namespace::payments-twin")),
)  # fmt: skip
