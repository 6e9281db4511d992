"""Good idioms of platform teams on Azure: clusters, models, databases, stores and keys (set 19, blind)."""

from ..blind import TAGS, az
from . import Idiom, unpriced
from .azure_platform import lock
from .fourth import HERE, ID, KEY_URL, LEARN, OURS, RG, VNET
from .fourth_kubernetes import AZURE_BUDGET
from .ninth_azure import CLIENT, LOGS, TENANT
from .sixth_azure import endpoint
from .thirteenth_azure import ADMINS, DISKS, USER, settings
from .twelfth_azure_platform import CLOSED, VAULT, audit, granted

AKS = f"{OURS}.ContainerService/managedClusters/aks-models"
POOL = {
    "osType": "Linux", "osSKU": "AzureLinux", "type": "VirtualMachineScaleSets", "availabilityZones": ["1", "2", "3"],
    "enableAutoScaling": True, "enableEncryptionAtHost": True, "enableNodePublicIP": False, "enableFIPS": True,
    "vnetSubnetID": f"{VNET}/subnets/nodes", "maxPods": 60, "osDiskType": "Ephemeral", "osDiskSizeGB": 128,
        "tags": TAGS,
    "upgradeSettings": {"maxSurge": "33%", "drainTimeoutInMinutes": 30, "nodeSoakDurationInMinutes": 5},
    "kubeletConfig": {"containerLogMaxSizeMB": 50, "containerLogMaxFiles": 5, "podMaxPids": 4096, "cpuManagerPolicy":
                      "static", "failSwapOn": True, "imageGcHighThreshold": 85, "imageGcLowThreshold": 80},
    "linuxOSConfig": {"transparentHugePageEnabled": "madvise", "swapFileSizeMB": 0, "sysctls": {
        "vmMaxMapCount": 262144, "netCoreSomaxconn": 4096, "fsInotifyMaxUserWatches": 524288,
        "netIpv4TcpKeepaliveTime": 120}},
    "securityProfile": {"enableSecureBoot": True, "enableVTPM": True, "sshAccess": "Disabled"}}  # fmt: skip
SCALING = {
    "balanceSimilarNodeGroups": "true", "expander": "least-waste", "maxGracefulTerminationSec": "600",
    "scaleDownDelayAfterAdd": "10m", "scaleDownUnneededTime": "10m", "scaleDownUtilizationThreshold": "0.5",
    "scanInterval": "10s", "skipNodesWithLocalStorage": "false", "skipNodesWithSystemPods": "true",
    "daemonsetEvictionForOccupiedNodes": True, "ignoreDaemonsetsUtilization": True}  # fmt: skip
POSTGRES = {
    "require_secure_transport": "on", "ssl_min_protocol_version": "TLSv1.2", "log_checkpoints": "on",
    "log_connections": "on", "log_disconnections": "on", "log_lock_waits": "on", "log_min_duration_statement": "1000",
    "connection_throttle.enable": "on", "pgaudit.log": "ddl,role", "shared_preload_libraries":
    "pg_stat_statements,pgaudit", "azure.extensions": "vector,pg_trgm,pgcrypto", "idle_in_transaction_session_timeout":
    "60000", "password_encryption": "scram-sha-256", "pg_qs.query_capture_mode": "top", "track_io_timing": "on",
    "pgms_wait_sampling.query_capture_mode": "all", "pgbouncer.enabled": "true", "logfiles.retention_days":
    "7"}  # fmt: skip
OPENAI, SEARCH = f"{OURS}.CognitiveServices/accounts/oai-assist", f"{OURS}.Search/searchServices/srch-docs"
COSMOS = f"{OURS}.DocumentDB/databaseAccounts/cosmos-chats"
STORE = f"{OURS}.Storage/storageAccounts/stbank"


def harm(name: str, source: str, **more: object) -> dict[str, object]:
    """Returns a filter of the content of a model that blocks."""
    return {"name": name, "source": source, "blocking": True, "enabled": True, **more}


IDIOMS: tuple[Idiom, ...] = (
    Idiom("a private cluster of AKS has pools with limits of the kernel, and costs, add-ons and upgrades by plan", (
        AZURE_BUDGET,
        az("containerservice:ManagedCluster", {
            **HERE, "resourceName": "aks-models", "kubernetesVersion": "1.33", "dnsPrefix": "models",
                "enableRBAC": True,
            "disableLocalAccounts": True, "nodeResourceGroup": "rg-aks-models-nodes", "identity": {
                "type": "UserAssigned", "userAssignedIdentities": [ID]}, "sku": {"name": "Base", "tier": "Standard"},
            "supportPlan": "KubernetesOfficial", "diskEncryptionSetID": DISKS, "nodeResourceGroupProfile": {
                "restrictionLevel": "ReadOnly"},
            "aadProfile": {"managed": True, "enableAzureRBAC": True, "tenantID": TENANT,
                "adminGroupObjectIDs": [ADMINS]},
            "apiServerAccessProfile": {"enablePrivateCluster": True, "enablePrivateClusterPublicFQDN": False,
                                       "privateDNSZone": "system", "disableRunCommand": True,
                                       "enableVnetIntegration": True, "subnetId": f"{VNET}/subnets/api"},
            "autoScalerProfile": SCALING, "agentPoolProfiles": [
                {**POOL, "name": "system", "mode": "System", "vmSize": "Standard_D4ds_v5", "count": 3, "minCount": 3,
                 "maxCount": 5, "nodeTaints": ["CriticalAddonsOnly=true:NoSchedule"]}],
            "networkProfile": {
                "networkPlugin": "azure", "networkPluginMode": "overlay", "networkPolicy": "cilium", "networkDataplane":
                "cilium", "outboundType": "userDefinedRouting", "podCidr": "10.244.0.0/16", "serviceCidr":
                "172.16.0.0/16", "dnsServiceIP": "172.16.0.10", "loadBalancerSku": "standard", "ipFamilies": ["IPv4"],
                "advancedNetworking": {"enabled": True, "observability": {"enabled": True}, "security": {
                    "enabled": True, "advancedNetworkPolicies": "L7"}}},
            "oidcIssuerProfile": {"enabled": True}, "securityProfile": {
                "workloadIdentity": {"enabled": True}, "imageCleaner": {"enabled": True, "intervalHours": 24},
                "defender": {"logAnalyticsWorkspaceResourceId": LOGS, "securityMonitoring": {"enabled": True}},
                "azureKeyVaultKms": {"enabled": True, "keyId": KEY_URL, "keyVaultNetworkAccess": "Private",
                                     "keyVaultResourceId": f"{OURS}.KeyVault/vaults/kv-bank"}},
            "workloadAutoScalerProfile": {"keda": {"enabled": True}, "verticalPodAutoscaler": {"enabled": True}},
            "storageProfile": {"blobCSIDriver": {"enabled": True}, "diskCSIDriver": {"enabled": True},
                               "fileCSIDriver": {"enabled": True}, "snapshotController": {"enabled": True}},
            "metricsProfile": {"costAnalysis": {"enabled": True}}, "azureMonitorProfile": {"metrics": {
                "enabled": True, "kubeStateMetrics": {"metricLabelsAllowlist": "namespaces=[cost-centre]"}}},
            "addonProfiles": {"azurepolicy": {"enabled": True}, "azureKeyvaultSecretsProvider": {
                "enabled": True, "config": {"enableSecretRotation": "true", "rotationPollInterval": "2m"}},
                "omsagent": {"enabled": True, "config": {
                    "logAnalyticsWorkspaceResourceID": LOGS, "useAADAuth": "true"}}},
            "autoUpgradeProfile": {"upgradeChannel": "patch", "nodeOSUpgradeChannel": "NodeImage"}}, "aks",
                protect=True),
        az("containerservice:AgentPool", {
            **RG, "resourceName": "aks-models", "agentPoolName": "gpu", **POOL, "mode": "User", "vmSize":
            "Standard_NV36ads_A10_v5", "count": 1, "minCount": 0, "maxCount": 2, "availabilityZones": ["1"],
            "nodeTaints": ["nvidia.com/gpu=present:NoSchedule"], "nodeLabels": {"falaj.io/workload-profile": "gpu"},
            "gpuProfile": {"driver": "Install"}, "scaleDownMode": "Delete", "securityProfile": {
                "enableSecureBoot": False, "enableVTPM": True, "sshAccess": "Disabled"}}, "gpu", links={
                    "resourceName": ("aks",)}),
        az("containerservice:MaintenanceConfiguration", {
            **RG, "resourceName": "aks-models", "configName": "aksManagedNodeOSUpgradeSchedule", "maintenanceWindow": {
                "durationHours": 4, "startTime": "23:00", "utcOffset": "+04:00", "startDate": "2026-12-05",
                    "schedule": {
                    "weekly": {"intervalWeeks": 1, "dayOfWeek": "Saturday"}}}}, "saturdays", links={
                        "resourceName": ("aks",)}),
        audit("aks", AKS), lock(AKS, "aks")),
        f"{LEARN}/architecture/reference-architectures/containers/aks/baseline-aks; aks/custom-node-configuration",
        unpriced("azure-native:containerservice:ManagedCluster::aks")),
    Idiom("the assistant's models answer in the country with filters that block and a limit, and no key opens them", (
        AZURE_BUDGET,
        az("cognitiveservices:Account", {
            **HERE, "accountName": "oai-assist", "kind": "AIServices", "sku": {"name": "S0"}, **USER, "properties": {
                **CLOSED, "customSubDomainName": "oai-assist", "disableLocalAuth": True,
                    "restrictOutboundNetworkAccess":
                True, "allowedFqdnList": ["stbank.blob.core.windows.net"], "dynamicThrottlingEnabled": False,
                "allowProjectManagement": True, "networkAcls": {"defaultAction": "Deny", "bypass": "None"},
                "encryption": {"keySource": "Microsoft.KeyVault", "keyVaultProperties": {
                    **VAULT, "identityClientId": CLIENT}}}}, "models", protect=True),
        az("cognitiveservices:RaiPolicy", {
            **RG, "accountName": "oai-assist", "raiPolicyName": "strict", "properties": {
                "basePolicyName": "Microsoft.DefaultV2", "mode": "Blocking", "contentFilters": [
                    *(harm(name, source, severityThreshold="Low") for name in ("hate", "sexual", "selfharm", "violence")
                      for source in ("Prompt", "Completion")),
                    harm("jailbreak", "Prompt"), harm("indirect_attack", "Prompt"),
                    harm("protected_material_text", "Completion")]}}, "strict", links={"accountName": ("models",)}),
        az("cognitiveservices:Deployment", {
            **RG, "accountName": "oai-assist", "deploymentName": "chat", "sku": {"name": "Standard", "capacity": 50},
            "properties": {"model": {"format": "OpenAI", "name": "gpt-4o", "version": "2024-11-20"}, "raiPolicyName":
                           "strict", "versionUpgradeOption": "NoAutoUpgrade"}}, "chat", links={
                               "accountName": ("models",), "properties": ("strict",)}),
        endpoint("oai", OPENAI, "account"), audit("models", OPENAI),
        granted("assistant", OPENAI, "5e0bd9bd-7b93-4f28-af87-19fc36ad61bd")),
        f"{LEARN}/ai-foundry/openai/how-to/content-filters; ai-services/cognitive-services-data-loss-prevention",
        {"residency": {"known": {"stbank.blob.core.windows.net": "our own account of storage, in uaenorth"}},
         **unpriced("azure-native:cognitiveservices:Account::models",
                    "azure-native:cognitiveservices:Deployment::chat")}),
    Idiom("documents are found by a search of three copies whose every index must be under the bank's key", (
        AZURE_BUDGET,
        az("search:Service", {
            **HERE, "searchServiceName": "srch-docs", "sku": {"name": "standard"}, "replicaCount": 3, "partitionCount":
            1, "hostingMode": "Default", "publicNetworkAccess": "disabled", "disableLocalAuth": True, "semanticSearch":
            "standard", "encryptionWithCmk": {"enforcement": "Enabled"}, "networkRuleSet": {"bypass": "None"},
            "identity": {"type": "UserAssigned", "userAssignedIdentities": [ID]}, "dataExfiltrationProtections":
            ["BlockAll"], "computeType": "default", "upgradeAvailable": "notAvailable"}, "search", protect=True),
        az("search:SharedPrivateLinkResource", {
            **RG, "searchServiceName": "srch-docs", "sharedPrivateLinkResourceName": "documents", "properties": {
                "groupId": "blob", "privateLinkResourceId": STORE, "requestMessage": "Reads documents"}}, "documents",
            links={"searchServiceName": ("search",)}),
        endpoint("srch", SEARCH, "searchService"), audit("search", SEARCH),
        granted("retriever", SEARCH, "1407120a-92aa-4202-b7e9-c0e197c71c8f")),
        f"{LEARN}/search/search-security-best-practices; search-security-manage-encryption-keys",
        unpriced("azure-native:search:Service::search", "azure-native:search:SharedPrivateLinkResource::documents")),
    Idiom("vectors of documents are in PostgreSQL over two zones with its records, its pool of calls and Entra alone", (
        AZURE_BUDGET,
        az("dbforpostgresql:Server", {
            **HERE, "serverName": "pg-vectors", "version": "17", "createMode": "Default", "sku": {
                "name": "Standard_E4ds_v5", "tier": "MemoryOptimized"}, "identity": {
                    "type": "UserAssigned", "userAssignedIdentities": {ID: {}}},
            "storage": {"storageSizeGB": 512, "autoGrow": "Enabled", "type": "Premium_LRS", "tier": "P20"},
            "backup": {"backupRetentionDays": 35, "geoRedundantBackup": "Disabled"}, "highAvailability": {
                "mode": "ZoneRedundant", "standbyAvailabilityZone": "2"}, "availabilityZone": "1", "network": {
                    "delegatedSubnetResourceId": f"{VNET}/subnets/pg", "publicNetworkAccess": "Disabled",
                    "privateDnsZoneArmResourceId":
                    f"{OURS}.Network/privateDnsZones/vectors.private.postgres.database.azure.com"},
            "authConfig": {"activeDirectoryAuth": "Enabled", "passwordAuth": "Disabled", "tenantId": TENANT},
            "dataEncryption": {"type": "AzureKeyVault", "primaryKeyURI": KEY_URL, "primaryUserAssignedIdentityId": ID},
            "maintenanceWindow": {"customWindow": "Enabled", "dayOfWeek": 6, "startHour": 22, "startMinute": 0}},
            "server", protect=True),
        *settings("dbforpostgresql", "pg-vectors", **POSTGRES),
        az("dbforpostgresql:Database", {**RG, "serverName": "pg-vectors", "databaseName": "vectors", "charset": "UTF8",
                                        "collation": "en_US.utf8"}, "vectors", links={"serverName": ("server",)}),
        audit("server", f"{OURS}.DBforPostgreSQL/flexibleServers/pg-vectors"),
        lock(f"{OURS}.DBforPostgreSQL/flexibleServers/pg-vectors", "server")),
        f"{LEARN}/postgresql/security/security-overview; postgresql/server-parameters/concepts-server-parameters"),
    Idiom("chats of staff are in Cosmos DB of zones, saved at each moment, for identities and indexes of two paths", (
        AZURE_BUDGET,
        az("cosmosdb:DatabaseAccount", {
            **HERE, "accountName": "cosmos-chats", "kind": "GlobalDocumentDB", "databaseAccountOfferType": "Standard",
            "consistencyPolicy": {"defaultConsistencyLevel": "Session"}, "locations": [
                {"locationName": "uaenorth", "failoverPriority": 0, "isZoneRedundant": True}], **CLOSED,
            "disableLocalAuth": True, "disableKeyBasedMetadataWriteAccess": True, "minimalTlsVersion": "Tls12",
            "isVirtualNetworkFilterEnabled": False, "networkAclBypass": "None", "networkAclBypassResourceIds": [],
            "ipRules": [], "cors": [], "enableFreeTier": False, "enableAnalyticalStorage": False, "enableBurstCapacity":
            True, "enablePartitionMerge": True, "enableAutomaticFailover": True, "enableMultipleWriteLocations": False,
            "capabilities": [{"name": "EnableNoSQLVectorSearch"}], "capacity": {"totalThroughputLimit": 20000},
            "identity": {"type": "UserAssigned", "userAssignedIdentities": [ID]}, "keyVaultKeyUri":
            "https://kv-bank.vault.azure.net/keys/cmk", "defaultIdentity": f"UserAssignedIdentity={ID}",
            "backupPolicy": {"type": "Continuous", "continuousModeProperties": {"tier": "Continuous30Days"}}}, "chats",
            protect=True),
        az("cosmosdb:SqlResourceSqlDatabase", {**RG, "accountName": "cosmos-chats", "databaseName": "chats",
            "tags": TAGS,
                                               "resource": {"id": "chats"}}, "database", links={
                                                   "accountName": ("chats",)}),
        az("cosmosdb:SqlResourceSqlContainer", {
            **RG, "accountName": "cosmos-chats", "databaseName": "chats", "containerName": "turns", "tags": TAGS,
            "options": {"autoscaleSettings": {"maxThroughput": 4000}}, "resource": {
                "id": "turns", "defaultTtl": 7776000, "partitionKey": {
                    "kind": "MultiHash", "paths": ["/tenant", "/user"], "version": 2}, "conflictResolutionPolicy": {
                        "mode": "LastWriterWins", "conflictResolutionPath": "/_ts"},
                "indexingPolicy": {"automatic": True, "indexingMode": "consistent", "includedPaths": [
                    {"path": "/thread/?"}, {"path": "/at/?"}], "excludedPaths": [{"path": "/*"}]}}}, "turns", links={
                        "databaseName": ("database",)}),
        endpoint("cosmos", COSMOS, "Sql"), audit("chats", COSMOS), lock(COSMOS, "chats")),
        f"{LEARN}/cosmos-db/security-considerations; cosmos-db/index-policy; service-guides/cosmos-db"),
    Idiom("the lake of datasets keeps versions, moves what is old to cheaper tiers and has blobs nobody changes", (
        AZURE_BUDGET,
        az("storage:StorageAccount", {
            **HERE, "accountName": "stbank", "kind": "StorageV2", "sku": {"name": "Standard_ZRS"}, **USER, **CLOSED,
            "accessTier": "Hot", "isHnsEnabled": False, "allowBlobPublicAccess": False, "allowSharedKeyAccess": False,
            "allowCrossTenantReplication": False, "allowedCopyScope": "PrivateLink", "defaultToOAuthAuthentication":
            True, "minimumTlsVersion": "TLS1_2", "enableHttpsTrafficOnly": True, "isLocalUserEnabled": False,
            "isSftpEnabled": False, "enableNfsV3": False, "dnsEndpointType": "Standard", "largeFileSharesState":
            "Disabled", "networkRuleSet": {"bypass": "None", "defaultAction": "Deny"}, "sasPolicy": {
                "expirationAction": "Block", "sasExpirationPeriod": "0.01:00:00"}, "keyPolicy": {
                    "keyExpirationPeriodInDays": 90},
            "encryption": {"keySource": "Microsoft.Keyvault", "requireInfrastructureEncryption": True,
                "encryptionIdentity": {
                "encryptionUserAssignedIdentity": ID}, "keyVaultProperties": {
                    "keyName": "cmk", "keyVaultUri": VAULT["keyVaultUri"]}, "services": {
                        name: {"enabled": True, "keyType": "Account"} for name in ("blob", "file", "queue", "table")}}},
            "lake", protect=True),
        az("storage:BlobServiceProperties", {
            **RG, "accountName": "stbank", "blobServicesName": "default", "isVersioningEnabled": True, "changeFeed": {
                "enabled": True, "retentionInDays": 90}, "deleteRetentionPolicy": {"enabled": True, "days": 30,
                                                                                   "allowPermanentDelete": False},
            "containerDeleteRetentionPolicy": {"enabled": True, "days": 30}, "restorePolicy": {"enabled": True, "days":
                                                                                             29},
            "lastAccessTimeTrackingPolicy": {"enable": True, "name": "AccessTimeTracking"}, "cors": {"corsRules": []}},
            "blobs", links={"accountName": ("lake",)}),
        az("storage:BlobContainer", {
            **RG, "accountName": "stbank", "containerName": "releases", "publicAccess": "None",
                "denyEncryptionScopeOverride":
            True, "defaultEncryptionScope": "$account-encryption-key", "immutableStorageWithVersioning": {
                "enabled": True}, "metadata": {"owner": "models"}}, "releases", links={"accountName": ("lake",)}),
        az("storage:ManagementPolicy", {
            **RG, "accountName": "stbank", "managementPolicyName": "default", "policy": {"rules": [
                {"name": "cooler", "enabled": True, "type": "Lifecycle", "definition": {
                    "filters": {"blobTypes": ["blockBlob"], "prefixMatch": ["datasets/"]}, "actions": {
                        "baseBlob": {"tierToCool": {"daysAfterLastAccessTimeGreaterThan": 30}, "tierToCold": {
                            "daysAfterLastAccessTimeGreaterThan": 90}, "enableAutoTierToHotFromCool": True},
                        "version": {"delete": {"daysAfterCreationGreaterThan": 365}},
                        "snapshot": {"delete": {"daysAfterCreationGreaterThan": 90}}}}}]}}, "tiers", links={
                            "accountName": ("lake",)}),
        endpoint("st", STORE, "blob"), endpoint("st-dfs", STORE, "dfs"), audit("lake", f"{STORE}/blobServices/default"),
        lock(STORE, "lake")),
        f"{LEARN}/storage/blobs/security-recommendations; storage/blobs/lifecycle-management-overview",
        {"resilience": {"kept_elsewhere": {"lake": "copied every night to the site in Dubai"}}}),
    Idiom("keys turn every half year, live in a vault that nobody purges, and those on duty hear before one ends", (
        AZURE_BUDGET,
        az("keyvault:Vault", {
            **HERE, "vaultName": "kv-models", "properties": {
                "tenantId": TENANT, "sku": {"family": "A", "name": "premium"}, "enableRbacAuthorization": True,
                "enableSoftDelete": True, "softDeleteRetentionInDays": 90, "enablePurgeProtection": True,
                "publicNetworkAccess": "Disabled", "enabledForDeployment": False, "enabledForDiskEncryption": False,
                "enabledForTemplateDeployment": False, "networkAcls": {
                    "bypass": "AzureServices", "defaultAction": "Deny", "ipRules": [], "virtualNetworkRules": []}}},
            "vault", protect=True),
        az("keyvault:Key", {
            **RG, "vaultName": "kv-models", "keyName": "models", "tags": TAGS, "properties": {
                "kty": "RSA-HSM", "keySize": 3072, "keyOps": ["wrapKey", "unwrapKey"], "attributes": {
                    "enabled": True, "exportable": False}, "rotationPolicy": {
                        "attributes": {"expiryTime": "P1Y"}, "lifetimeActions": [
                            {"action": {"type": "rotate"}, "trigger": {"timeAfterCreate": "P180D"}},
                            {"action": {"type": "notify"}, "trigger": {"timeBeforeExpiry": "P30D"}}]}}}, "models",
                                links={
                                "vaultName": ("vault",)}),
        az("eventgrid:SystemTopic", {**HERE, "systemTopicName": "kv-models", "topicType": "Microsoft.KeyVault.vaults",
                                     "source": f"{OURS}.KeyVault/vaults/kv-models", "identity": {
                                         "type": "UserAssigned", "userAssignedIdentities": {ID: {}}}}, "events"),
        az("eventgrid:SystemTopicEventSubscription", {
            **RG, "systemTopicName": "kv-models", "eventSubscriptionName": "ending", "filter": {
                "includedEventTypes": ["Microsoft.KeyVault.KeyNearExpiry", "Microsoft.KeyVault.KeyExpired"]},
            "eventDeliverySchema": "CloudEventSchemaV1_0", "retryPolicy": {
                "maxDeliveryAttempts": 30, "eventTimeToLiveInMinutes": 1440}, "deliveryWithResourceIdentity": {
                    "identity": {"type": "UserAssigned", "userAssignedIdentity": ID}, "destination": {
                        "endpointType": "ServiceBusQueue", "resourceId":
                        f"{OURS}.ServiceBus/namespaces/sb-duty/queues/keys"}}}, "ending", links={
                            "systemTopicName": ("events",)}),
        granted("disks", f"{OURS}.KeyVault/vaults/kv-models/keys/models", "e147488a-f6f5-4113-8e2d-b22465e65bf6"),
        endpoint("kv", f"{OURS}.KeyVault/vaults/kv-models", "vault"),
        audit("vault", f"{OURS}.KeyVault/vaults/kv-models"), lock(f"{OURS}.KeyVault/vaults/kv-models", "vault")),
        f"{LEARN}/key-vault/general/secure-key-vault; key-vault/keys/how-to-configure-key-rotation"),
)  # fmt: skip
