"""Good idioms of platform teams on Azure: applications, data and models as whole plans (eleventh set, blind)."""

from ..blind import SUB, TAGS, az
from ..harness import UNKNOWN
from . import Idiom, unpriced
from .azure_platform import lock
from .fourth import HERE, ID, KEY_URL, LEARN, OURS, RG, VNET
from .fourth_kubernetes import AZURE_BUDGET
from .ninth_azure import ASSIGNED, TENANT
from .sixth_azure import endpoint

CLOSED = {"publicNetworkAccess": "Disabled"}
ROLES = f"{SUB}/providers/Microsoft.Authorization/roleDefinitions"
BLOBS = f"{ROLES}/ba92f5b4-2d11-453d-a403-e96b0029c9fe"
SYSTEM = {"identity": {"type": "SystemAssigned"}}
STORE = {"residency": {"known": {
    "stbank": "the bank's own account, in uaenorth",
    "stbank.blob.core.windows.net": "the bank's own account, in uaenorth"}}}  # fmt: skip
REPLICA = f"{OURS}.DBforPostgreSQL/flexibleServers/pg-bank"

IDIOMS: tuple[Idiom, ...] = (
    Idiom("functions start by need in the network, with an account of their own by identity", (
        AZURE_BUDGET,
        az("storage:StorageAccount", {
            **HERE, "accountName": "stfunctions", "kind": "StorageV2", "sku": {"name": "Standard_ZRS"},
            "allowSharedKeyAccess": False, "allowBlobPublicAccess": False, "minimumTlsVersion": "TLS1_2",
            "enableHttpsTrafficOnly": True, "allowCrossTenantReplication": False, "defaultToOAuthAuthentication": True,
            **CLOSED, "networkRuleSet": {"defaultAction": "Deny", "bypass": "None"}, **ASSIGNED, "encryption": {
                "keySource": "Microsoft.Keyvault", "requireInfrastructureEncryption": True,
                "encryptionIdentity": {"encryptionUserAssignedIdentity": ID}, "keyVaultProperties": {
                    "keyName": "cmk", "keyVaultUri": "https://kv-bank.vault.azure.net"},
                "services": {"blob": {"enabled": True, "keyType": "Account"}}}}, "account", protect=True),
        az("storage:BlobServiceProperties", {
            **RG, "accountName": "stfunctions", "blobServicesName": "default", "isVersioningEnabled": True,
            "deleteRetentionPolicy": {"enabled": True, "days": 14},
            "containerDeleteRetentionPolicy": {"enabled": True, "days": 14}}, "kept",
            links={"accountName": ("account",)}),
        az("storage:ManagementPolicy", {
            **RG, "accountName": "stfunctions", "managementPolicyName": "default", "policy": {"rules": [{
                "name": "old", "enabled": True, "type": "Lifecycle", "definition": {
                    "filters": {"blobTypes": ["blockBlob"]}, "actions": {"version": {
                        "delete": {"daysAfterCreationGreaterThan": 30}}}}}]}}, "old",
                        links={"accountName": ("account",)}),
        az("storage:BlobContainer", {**RG, "accountName": "stfunctions", "containerName": "releases",
                                     "publicAccess": "None"}, "releases", links={"accountName": ("account",)}),
        endpoint("stfunctions", f"{OURS}.Storage/storageAccounts/stfunctions", "blob"),
        az("web:AppServicePlan", {**HERE, "name": "flex", "kind": "functionapp", "reserved": True,
                                  "sku": {"name": "FC1", "tier": "FlexConsumption"}}, "plan"),
        az("web:WebApp", {
            **HERE, "name": "claims-fn", "kind": "functionapp,linux", "serverFarmId": UNKNOWN, "httpsOnly": True,
            **CLOSED, **SYSTEM, "virtualNetworkSubnetId": f"{VNET}/subnets/functions", "clientCertEnabled": False,
            "functionAppConfig": {
                "deployment": {"storage": {
                    "type": "blobContainer", "value": "https://stfunctions.blob.core.windows.net/releases",
                    "authentication": {"type": "SystemAssignedIdentity"}}},
                "runtime": {"name": "python", "version": "3.12"},
                "scaleAndConcurrency": {"instanceMemoryMB": 2048, "maximumInstanceCount": 40}},
            "siteConfig": {"minTlsVersion": "1.3", "scmMinTlsVersion": "1.2", "ftpsState": "Disabled",
                           "http20Enabled": True, "remoteDebuggingEnabled": False, "appSettings": [
                               {"name": "AzureWebJobsStorage__accountName", "value": "stfunctions"},
                               {"name": "AzureWebJobsStorage__credential", "value": "managedidentity"}]}}, "fn",
            links={"serverFarmId": ("plan",)}),
        az("authorization:RoleAssignment", {
            "scope": f"{OURS}.Storage/storageAccounts/stfunctions", "principalId": UNKNOWN,
            "principalType": "ServicePrincipal", "roleDefinitionId": BLOBS}, "rights", links={"principalId": ("fn",)}),
        lock(f"{OURS}.Storage/storageAccounts/stfunctions", "account")),
        f"{LEARN}/azure-functions/flex-consumption-plan", {
            **unpriced("azure-native:web:AppServicePlan::plan", "azure-native:web:WebApp::fn"),
            "residency": {"known": {"stfunctions": "the account of this stack, in uaenorth"}}}),
    Idiom("reports read a copy of PostgreSQL in the second region by one name", (
        AZURE_BUDGET,
        az("dbforpostgresql:Server", {
            **RG, "location": "uaecentral", "tags": TAGS, "serverName": "pg-copy", "createMode": "Replica",
            "sourceServerResourceId": REPLICA, "sku": {"name": "Standard_D2ds_v5", "tier": "GeneralPurpose"},
            "version": "17", "network": {
                **CLOSED, "delegatedSubnetResourceId": f"{VNET}/subnets/pg",
                "privateDnsZoneArmResourceId":
                    f"{OURS}.Network/privateDnsZones/pg-bank.private.postgres.database.azure.com"},
            "authConfig": {"activeDirectoryAuth": "Enabled", "passwordAuth": "Disabled", "tenantId": TENANT},
            "identity": {"type": "UserAssigned", "userAssignedIdentities": {ID: {}}},
            "dataEncryption": {"type": "AzureKeyVault", "primaryKeyURI": KEY_URL,
                                           "primaryUserAssignedIdentityId": ID}}, "copy", protect=True),
        az("dbforpostgresql:VirtualEndpoint", {
            **RG, "serverName": "pg-bank", "virtualEndpointName": "bank", "endpointType": "ReadWrite",
            "members": ["pg-copy"]}, "name", links={"members": ("copy",)}),
        lock(f"{OURS}.DBforPostgreSQL/flexibleServers/pg-copy", "copy")),
        f"{LEARN}/postgresql/read-replica/concepts-read-replicas-virtual-endpoints",
        {**unpriced("azure-native:dbforpostgresql:Server::copy"), "residency": {"known": {
            REPLICA: "the bank's first server, in uaenorth"}}}),
    Idiom("documents in a cluster of Mongo that only the network reaches", (
        AZURE_BUDGET,
        az("mongocluster:MongoCluster", {
            **HERE, "mongoClusterName": "mongo-bank", "properties": {
                "serverVersion": "8.0", **CLOSED, "compute": {"tier": "M30"}, "storage": {"sizeGb": 128},
                "sharding": {"shardCount": 1}, "highAvailability": {"targetMode": "ZoneRedundantPreferred"},
                "administrator": {"userName": "keeper", "password": UNKNOWN}}}, "mongo", protect=True),
        endpoint("mongo", f"{OURS}.DocumentDB/mongoClusters/mongo-bank", "MongoCluster"),
        lock(f"{OURS}.DocumentDB/mongoClusters/mongo-bank", "mongo")),
        f"{LEARN}/documentdb/how-to-private-link", unpriced("azure-native:mongocluster:MongoCluster::mongo")),
    Idiom("volumes of NetApp are encrypted with the bank's key and copied each night", (
        AZURE_BUDGET,
        az("netapp:Account", {
            **HERE, "accountName": "na-bank", **ASSIGNED, "encryption": {
                "keySource": "Microsoft.KeyVault", "identity": {"userAssignedIdentity": ID}, "keyVaultProperties": {
                    "keyName": "cmk", "keyVaultUri": "https://kv-bank.vault.azure.net/",
                    "keyVaultResourceId": f"{OURS}.KeyVault/vaults/kv-bank"}}}, "account"),
        az("netapp:CapacityPool", {**HERE, "accountName": "na-bank", "poolName": "models", "serviceLevel": "Premium",
                                   "size": 1099511627776, "qosType": "Auto", "encryptionType": "Single"}, "pool",
           links={"accountName": ("account",)}),
        az("netapp:SnapshotPolicy", {
            **HERE, "accountName": "na-bank", "snapshotPolicyName": "nightly", "enabled": True,
            "dailySchedule": {"hour": 1, "minute": 30, "snapshotsToKeep": 14}}, "nightly"),
        az("netapp:CapacityPoolVolume", {
            **HERE, "accountName": "na-bank", "poolName": "models", "volumeName": "weights", "creationToken": "weights",
            "subnetId": f"{VNET}/subnets/netapp", "usageThreshold": 536870912000, "protocolTypes": ["NFSv4.1"],
            "networkFeatures": "Standard", "kerberosEnabled": True, "securityStyle": "unix", "unixPermissions": "0750",
            "encryptionKeySource": "Microsoft.KeyVault", "keyVaultPrivateEndpointResourceId":
                f"{OURS}.Network/privateEndpoints/pe-kv", "snapshotDirectoryVisible": False,
                "exportPolicy": {"rules": [{
                    "ruleIndex": 1, "allowedClients": "10.20.16.0/20", "nfsv41": True, "nfsv3": False, "cifs": False,
                    "unixReadWrite": False, "unixReadOnly": False, "kerberos5pReadWrite": True, "hasRootAccess": False,
                    "chownMode": "Restricted"}]},
            "dataProtection": {"snapshot": {"snapshotPolicyId": UNKNOWN}}}, "weights", protect=True,
            links={"poolName": ("pool",), "dataProtection": ("nightly",)}),
        lock(f"{OURS}.NetApp/netAppAccounts/na-bank", "account")),
        f"{LEARN}/azure-netapp-files/configure-customer-managed-keys",
        unpriced("azure-native:netapp:CapacityPool::pool", "azure-native:netapp:CapacityPoolVolume::weights")),
    Idiom("blocks of storage for clusters are reached by a private endpoint only", (
        AZURE_BUDGET,
        az("elasticsan:ElasticSan", {
            **HERE, "elasticSanName": "san-bank", "baseSizeTiB": 1, "extendedCapacitySizeTiB": 1, **CLOSED,
            "sku": {"name": "Premium_ZRS"}}, "san", protect=True),
        az("elasticsan:VolumeGroup", {
            **RG, "elasticSanName": "san-bank", "volumeGroupName": "clusters", "protocolType": "Iscsi", **ASSIGNED,
            "encryption": "EncryptionAtRestWithCustomerManagedKey", "enforceDataIntegrityCheckForIscsi": True,
            "encryptionProperties": {"encryptionIdentity": {"encryptionUserAssignedIdentity": ID},
            "keyVaultProperties": {
                "keyName": "cmk", "keyVaultUri": "https://kv-bank.vault.azure.net"}}}, "clusters", protect=True,
            links={"elasticSanName": ("san",)}),
        endpoint("san", f"{OURS}.ElasticSan/elasticSans/san-bank", "clusters"),
        lock(f"{OURS}.ElasticSan/elasticSans/san-bank", "san")),
        f"{LEARN}/storage/elastic-san/elastic-san-configure-customer-managed-keys",
        unpriced("azure-native:elasticsan:ElasticSan::san")),
    Idiom("records of patients lie in a private service of FHIR", (
        AZURE_BUDGET,
        az("healthcareapis:Workspace", {**HERE, "workspaceName": "hwbank"}, "workspace"),
        az("healthcareapis:FhirService", {
            **HERE, "workspaceName": "hwbank", "fhirServiceName": "records", "kind": "fhir-R4", **ASSIGNED,
            "authenticationConfiguration": {
                "authority": f"https://login.microsoftonline.com/{TENANT}", "smartProxyEnabled": False,
                "audience": "https://hwbank-records.fhir.azurehealthcareapis.com"},
            "corsConfiguration": {"allowCredentials": False, "origins": ["https://portal.example.ae"],
                                  "methods": ["GET"], "headers": ["authorization"], "maxAge": 600},
            "encryption": {"customerManagedKeyEncryption": {"keyEncryptionKeyUrl": KEY_URL}},
            "resourceVersionPolicyConfiguration": {"default": "versioned"}}, "records", protect=True,
            links={"workspaceName": ("workspace",)}),
        endpoint("records", f"{OURS}.HealthcareApis/workspaces/hwbank", "healthcareworkspace"),
        lock(f"{OURS}.HealthcareApis/workspaces/hwbank", "workspace")),
        f"{LEARN}/healthcare-apis/fhir/configure-customer-managed-keys", {
            **unpriced("azure-native:healthcareapis:FhirService::records"), "residency": {"known": {
                "example.ae": "our own domain", "hwbank-records.fhir.azurehealthcareapis.com": "this very service"}}}),
    Idiom("devices of branches register in a private hub by certificates", (
        AZURE_BUDGET,
        az("iothub:IotHubResource", {
            **HERE, "resourceName": "hub-bank", "sku": {"name": "S1", "capacity": 1}, **ASSIGNED, "properties": {
                **CLOSED, "disableLocalAuth": True, "minTlsVersion": "1.2", "enableDataResidency": True,
                "eventHubEndpoints": {
                    "events": {"retentionTimeInDays": 1, "partitionCount": 2}}}}, "hub", protect=True),
        endpoint("hub", f"{OURS}.Devices/IotHubs/hub-bank", "iotHub"), lock(f"{OURS}.Devices/IotHubs/hub-bank", "hub")),
        f"{LEARN}/iot-hub/iot-hub-public-network-access", unpriced("azure-native:iothub:IotHubResource::hub")),
    Idiom("a topic of events of a namespace is read by groups of programs", (
        AZURE_BUDGET,
        az("eventgrid:Namespace", {
            **HERE, "namespaceName": "events-bank", "sku": {"name": "Standard", "capacity": 1}, **SYSTEM, **CLOSED,
            "isZoneRedundant": True, "minimumTlsVersionAllowed": "1.2",
            "topicSpacesConfiguration": {"state": "Disabled"}}, "namespace"),
        az("eventgrid:NamespaceTopic", {
            **RG, "namespaceName": "events-bank", "topicName": "claims", "inputSchema": "CloudEventSchemaV1_0",
            "publisherType": "Custom", "eventRetentionInDays": 3}, "claims", links={"namespaceName": ("namespace",)}),
        az("eventgrid:NamespaceTopicEventSubscription", {
            **RG, "namespaceName": "events-bank", "topicName": "claims", "eventSubscriptionName": "triage",
            "eventDeliverySchema": "CloudEventSchemaV1_0", "deliveryConfiguration": {"deliveryMode": "Queue", "queue": {
                "receiveLockDurationInSeconds": 60, "maxDeliveryCount": 5, "eventTimeToLive": "P3D"}},
            "filtersConfiguration": {"includedEventTypes": ["ae.example.claim.opened"]}}, "triage",
            links={"topicName": ("claims",)}),
        endpoint("events", f"{OURS}.EventGrid/namespaces/events-bank", "topic")),
        f"{LEARN}/event-grid/pull-delivery-overview", unpriced("azure-native:eventgrid:Namespace::namespace")),
    Idiom("a capacity of Fabric is small, and named people govern it", (AZURE_BUDGET, az("fabric:FabricCapacity", {
        **HERE, "capacityName": "fabricbank", "sku": {"name": "F4", "tier": "Fabric"},
        "administration": {"members": ["data-platform@example.ae"]}}, "fabric"),),
        "learn.microsoft.com/fabric/enterprise/licenses", {
            **unpriced("azure-native:fabric:FabricCapacity::fabric"),
            "residency": {"known": {"example.ae": "our own domain"}}}),
    Idiom("two servers of SQL in the country fail over as one, and keep copies for years", (
        az("sql:FailoverGroup", {
            **RG, "tags": TAGS, "serverName": "sql-bank", "failoverGroupName": "fg-bank", "databases": [
                f"{OURS}.Sql/servers/sql-bank/databases/orders"], "partnerServers": [
                    {"id": f"{OURS}.Sql/servers/sql-second"}], "readWriteEndpoint": {
                        "failoverPolicy": "Automatic", "failoverWithDataLossGracePeriodMinutes": 60},
            "readOnlyEndpoint": {"failoverPolicy": "Disabled"}}, "group"),
        az("sql:LongTermRetentionPolicy", {**RG, "serverName": "sql-bank", "databaseName": "orders", "policyName":
                                           "default", "weeklyRetention": "P12W", "monthlyRetention": "P12M",
                                           "yearlyRetention": "P5Y", "weekOfYear": 1}, "years"),
        az("sql:ServerSecurityAlertPolicy", {**RG, "serverName": "sql-bank", "securityAlertPolicyName": "Default",
                                             "state": "Enabled", "emailAccountAdmins": True}, "alerts"),
        az("sql:SqlVulnerabilityAssessmentsSetting", {**RG, "serverName": "sql-bank", "state": "Enabled",
                                                      "vulnerabilityAssessmentName": "default"}, "assessed")),
        f"{LEARN}/azure-sql/database/failover-group-sql-db", {
            **unpriced("azure-native:sql:ServerSecurityAlertPolicy::alerts"), "residency": {"known": {
            f"{OURS}.Sql/servers/sql-second": "the bank's second server, in uaecentral"}}}),
    Idiom("a registry keeps models and environments for every workspace of the bank", (
        AZURE_BUDGET,
        az("machinelearningservices:Registry", {
            **HERE, "registryName": "reg-bank", **SYSTEM, **CLOSED, "regionDetails": [{
                "location": "uaenorth", "acrDetails": [{"systemCreatedAcrAccount": {"acrAccountSku": "Premium"}}],
                "storageAccountDetails": [{"systemCreatedStorageAccount": {
                    "storageAccountType": "Standard_ZRS", "allowBlobPublicAccess": False,
                    "storageAccountHnsEnabled": False}}]}]}, "registry"),
        endpoint("registry", f"{OURS}.MachineLearningServices/registries/reg-bank", "amlregistry")),
        f"{LEARN}/machine-learning/how-to-manage-registries",
        unpriced("azure-native:machinelearningservices:Registry::registry")),
    Idiom("a pool of Batch works in the network and pulls by identity", (AZURE_BUDGET, az("batch:Pool", {
        **RG, "accountName": "batchbank", "poolName": "ocr", "vmSize": "STANDARD_D4S_V5", **ASSIGNED,
        "targetNodeCommunicationMode": "Simplified", "interNodeCommunication": "Disabled", "tags": TAGS,
        "resourceTags": TAGS,
        "scaleSettings": {"autoScale": {"evaluationInterval": "PT5M", "formula":
                                        "$TargetLowPriorityNodes=min(4, $PendingTasks.GetSample(1));"}},
        "deploymentConfiguration": {"virtualMachineConfiguration": {
            "imageReference": {"publisher": "microsoft-dsvm", "offer": "ubuntu-hpc", "sku": "2204",
                               "version": "latest"}, "nodeAgentSkuId": "batch.node.ubuntu 22.04",
            "securityProfile": {"encryptionAtHost": True},
            "containerConfiguration": {"type": "DockerCompatible", "containerRegistries": [{
                "registryServer": "crbank.azurecr.io", "identityReference": {"resourceId": ID}}]}}},
        "networkConfiguration": {"subnetId": f"{VNET}/subnets/batch", "publicIPAddressConfiguration": {
            "provision": "NoPublicIPAddresses"}}}, "ocr"),),
        f"{LEARN}/batch/simplified-node-communication-pool-no-public-ip", {
            **unpriced("azure-native:batch:Pool::ocr"), "escape": {"image_publishers": {
                "crbank.azurecr.io": "the bank's registry",
                "marketplace/microsoft-dsvm": "Microsoft's images for HPC"}},
            "residency": {"known": {"crbank.azurecr.io": "the bank's registry, in uaenorth"}}}),
)  # fmt: skip
