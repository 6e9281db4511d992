"""Good idioms of platforms for AI on Azure, in the shapes of its documentation and Verified Modules (2026-11-28)."""

import base64

from ..blind import SUB, TAGS, az
from ..harness import Given
from . import Idiom, unpriced
from .azure_platform import lock
from .fifth_aws import TENANT
from .fourth import AVM, HERE, ID, KEY_URL, LEARN, OURS, RG, VNET
from .fourth_kubernetes import AZURE_BUDGET
from .sixth_azure import endpoint

CLOSED = {"publicNetworkAccess": "Disabled"}
ASSIGNED = {"identity": {"type": "UserAssigned", "userAssignedIdentities": [ID]}}
SYSTEM = {"identity": {"type": "SystemAssigned"}}
VAULT = f"{OURS}.KeyVault/vaults/kv-bank"
ACCOUNT = f"{OURS}.Storage/storageAccounts/stbank"
AI = f"{OURS}.CognitiveServices/accounts/ai-bank"
ROLES = f"{SUB}/providers/Microsoft.Authorization/roleDefinitions"
CLIENT = "11111111-2222-3333-4444-555555555555"
OWN_KEY = {"keySource": "Microsoft.KeyVault", "keyVaultProperties": {
    "keyName": "cmk", "keyVersion": "0123456789abcdef0123456789abcdef",
    "keyVaultUri": "https://kv-bank.vault.azure.net/", "identityClientId": CLIENT}}  # fmt: skip
PURGE = """version: v1.1.0
steps:
- cmd: acr purge --filter 'orders:.*' --ago 90d --keep 10 --untagged
  disableWorkingDirectoryOverride: true
  timeout: 3600
"""
TOKENS = """<policies><inbound><base />
  <set-backend-service backend-id="chat" />
  <authentication-managed-identity resource="https://cognitiveservices.azure.com" />
  <azure-openai-token-limit counter-key="@(context.Subscription.Id)" tokens-per-minute="20000"
    estimate-prompt-tokens="false" remaining-tokens-header-name="x-tokens" />
</inbound><backend><base /></backend><outbound><base /></outbound><on-error><base /></on-error></policies>"""


def _role(name: str, scope: str, role: str) -> Given:
    return az("authorization:RoleAssignment", {
        "scope": scope, "principalId": CLIENT, "principalType": "ServicePrincipal",
        "roleDefinitionId": f"{ROLES}/{role}"}, name)  # fmt: skip


def _ai(name: str, kind: str, sku: str = "S0", **more: object) -> Given:
    return az("cognitiveservices:Account", {
        **HERE, **ASSIGNED, "accountName": name, "kind": kind, "sku": {"name": sku}, "properties": {
            **CLOSED, "customSubDomainName": name, "disableLocalAuth": True, "restrictOutboundNetworkAccess": True,
            "networkAcls": {"defaultAction": "Deny"}, "encryption": OWN_KEY, **more}}, "ai", protect=True)  # fmt: skip


def _model(name: str, version: str, sku: str = "Standard", capacity: int = 20) -> Given:
    return az("cognitiveservices:Deployment", {
        **RG, "accountName": "ai-bank", "deploymentName": name, "sku": {"name": sku, "capacity": capacity},
        "tags": TAGS, "properties": {
            "model": {"format": "OpenAI", "name": name, "version": version}, "raiPolicyName": "bank",
            "versionUpgradeOption": "OnceCurrentVersionExpired"}}, name)  # fmt: skip


FILTERS = [{"name": name, "blocking": True, "enabled": True, "severityThreshold": "Medium", "source": source}
           for name in ("Hate", "Sexual", "Violence", "Selfharm") for source in ("Prompt", "Completion")]  # fmt: skip

IDIOMS: tuple[Idiom, ...] = (
    Idiom("a private account of AI with filters and two regional models", (
        AZURE_BUDGET, _ai("ai-bank", "AIServices"), az("cognitiveservices:RaiPolicy", {
            **RG, "accountName": "ai-bank", "raiPolicyName": "bank", "tags": TAGS, "properties": {
                "basePolicyName": "Microsoft.DefaultV2", "mode": "Blocking", "contentFilters": [
                    *FILTERS, {"name": "Jailbreak", "blocking": True, "enabled": True, "source": "Prompt"}]}}, "rai"),
        _model("gpt-4o", "2024-11-20"), _model("text-embedding-3-large", "1"), endpoint("ai", AI, "account"),
        lock(AI)), f"{AVM}, avm-res-cognitiveservices-account"),
    Idiom("documents are read by a private account", (
        _ai("di-bank", "FormRecognizer"), endpoint("di", f"{OURS}.CognitiveServices/accounts/di-bank", "account"),
        lock(f"{OURS}.CognitiveServices/accounts/di-bank")), f"{LEARN}/ai-services/document-intelligence"),
    Idiom("speech becomes text in a private account", (
        _ai("speech-bank", "SpeechServices"), lock(f"{OURS}.CognitiveServices/accounts/speech-bank")),
        f"{LEARN}/ai-services/speech-service"),
    Idiom("a program asks models by its identity, and nobody by keys", (
        _role("asks", AI, "5e0bd9bd-7b93-4f28-af87-19fc36ad61bd"),
        az("managedidentity:FederatedIdentityCredential", {
            **RG, "resourceName": "id-chat", "federatedIdentityCredentialResourceName": "chat",
            "audiences": ["api://AzureADTokenExchange"], "subject": "system:serviceaccount:team-a:chat",
            "issuer": f"https://uaenorth.oic.prod-aks.azure.com/{TENANT}/{CLIENT}/"}, "chat")),
        f"{LEARN}/aks/workload-identity-overview", {"identity": {"trusted": {
            f"uaenorth.oic.prod-aks.azure.com/{TENANT}": "our own clusters"}}}),
    Idiom("search of vectors in a private service with a link to the account", (
        AZURE_BUDGET, az("search:Service", {
            **HERE, **SYSTEM, **CLOSED, "searchServiceName": "srch-bank", "sku": {"name": "standard"},
            "replicaCount": 2, "partitionCount": 1, "hostingMode": "Default", "disableLocalAuth": True,
            "semanticSearch": "disabled", "encryptionWithCmk": {"enforcement": "Enabled"},
            "networkRuleSet": {"bypass": "None"}}, "search"),
        az("search:SharedPrivateLinkResource", {
            **RG, "searchServiceName": "srch-bank", "sharedPrivateLinkResourceName": "blobs", "properties": {
                "groupId": "blob", "privateLinkResourceId": ACCOUNT, "requestMessage": "Indexer"}}, "link"),
        lock(f"{OURS}.Search/searchServices/srch-bank")), f"{LEARN}/search/search-indexer-howto-access-private"),
    Idiom("a gateway of APIs counts tokens before the models", (
        az("apimanagement:Backend", {
            **RG, "serviceName": "apim-bank", "backendId": "chat", "protocol": "http",
            "url": "https://ai-bank.openai.azure.com/openai", "tls": {
                "validateCertificateChain": True, "validateCertificateName": True},
            "circuitBreaker": {"rules": [{"name": "throttled", "tripDuration": "PT1M", "acceptRetryAfter": True,
                                          "failureCondition": {"count": 3, "interval": "PT1M", "statusCodeRanges": [
                                              {"min": 429, "max": 429}]}}]}}, "backend"),
        az("apimanagement:ApiPolicy", {**RG, "serviceName": "apim-bank", "apiId": "chat", "policyId": "policy",
                                       "format": "rawxml", "value": TOKENS}, "policy"), _model("gpt-4o", "2024-11-20")),
        f"{LEARN}/api-management/azure-openai-token-limit-policy", {"residency": {"known": {
            "ai-bank.openai.azure.com": "our own account, in uaenorth"}}}),
    Idiom("machines for training that scale to zero in the workspace's network", (
        AZURE_BUDGET, az("machinelearningservices:Compute", {
            **HERE, **ASSIGNED, "workspaceName": "ml", "computeName": "gpu", "properties": {
                "computeType": "AmlCompute", "disableLocalAuth": True, "properties": {
                    "vmSize": "Standard_NV36ads_A10_v5", "vmPriority": "LowPriority", "osType": "Linux",
                    "enableNodePublicIp": False, "remoteLoginPortPublicAccess": "Disabled",
                    "scaleSettings": {"minNodeCount": 0, "maxNodeCount": 2, "nodeIdleTimeBeforeScaleDown": "PT10M"},
                    "subnet": {"id": f"{VNET}/subnets/ml"}}}}, "gpu"),
        az("storage:BlobContainer", {**RG, "accountName": "stbank", "containerName": "checkpoints",
                                     "publicAccess": "None"}, "checkpoints")),
        f"{LEARN}/machine-learning/how-to-create-attach-compute-cluster",
        unpriced("azure-native:machinelearningservices:Compute::gpu")),
    Idiom("a model answers in the network, by tokens of Entra", (
        AZURE_BUDGET, az("machinelearningservices:OnlineEndpoint", {
            **HERE, **ASSIGNED, "workspaceName": "ml", "endpointName": "scoring", "properties": {
                "authMode": "AADToken", **CLOSED, "traffic": {"blue": 100}}}, "endpoint"),
        az("machinelearningservices:OnlineDeployment", {
            **HERE, **ASSIGNED, "workspaceName": "ml", "endpointName": "scoring", "deploymentName": "blue",
            "sku": {"name": "Default", "capacity": 2}, "properties": {
                "endpointComputeType": "Managed", "instanceType": "Standard_DS3_v2", "appInsightsEnabled": True,
                "egressPublicNetworkAccess": "Disabled", "environmentId":
                    f"{OURS}.MachineLearningServices/workspaces/ml/environments/serve/versions/4",
                "model": f"{OURS}.MachineLearningServices/workspaces/ml/models/scoring/versions/17",
                "scaleSettings": {"scaleType": "Default"}, "requestSettings": {
                    "requestTimeout": "PT30S", "maxConcurrentRequestsPerInstance": 4}}}, "blue")),
        f"{LEARN}/machine-learning/how-to-secure-online-endpoint",
        unpriced("azure-native:machinelearningservices:OnlineDeployment::blue",
                 "azure-native:machinelearningservices:OnlineEndpoint::endpoint")),
    Idiom("a workspace reads datasets of the bank's account by its identity", (
        az("machinelearningservices:Datastore", {
            **RG, "workspaceName": "ml", "name": "datasets", "properties": {
                "datastoreType": "AzureBlob", "accountName": "stbank", "containerName": "datasets", "protocol": "https",
                "endpoint": "core.windows.net", "credentials": {"credentialsType": "None"},
                "serviceDataAccessAuthIdentity": "WorkspaceUserAssignedIdentity", "resourceGroup": "rg-platform",
                "subscriptionId": SUB.rpartition("/")[2]}}, "datasets"),
        az("storage:StorageAccount", {
            **HERE, **ASSIGNED, **CLOSED, "accountName": "stbank", "kind": "StorageV2", "sku": {"name": "Standard_ZRS"},
            "allowBlobPublicAccess": False, "allowSharedKeyAccess": False, "minimumTlsVersion": "TLS1_2",
            "enableHttpsTrafficOnly": True, "allowCrossTenantReplication": False, "isLocalUserEnabled": False,
            "networkRuleSet": {"bypass": "None", "defaultAction": "Deny"}, "encryption": {
                "keySource": "Microsoft.Keyvault", "requireInfrastructureEncryption": True, "keyVaultProperties": {
                    "keyName": "cmk", "keyVaultUri": "https://kv-bank.vault.azure.net"},
                "encryptionIdentity": {"encryptionUserAssignedIdentity": ID}}}, "stbank", protect=True),
        az("storage:BlobServiceProperties", {
            **RG, "accountName": "stbank", "blobServicesName": "default", "isVersioningEnabled": True,
            "deleteRetentionPolicy": {"enabled": True, "days": 30},
            "containerDeleteRetentionPolicy": {"enabled": True, "days": 30}}, "blobs"),
        az("storage:ManagementPolicy", {**RG, "accountName": "stbank", "managementPolicyName": "default", "policy": {
            "rules": [{"name": "tiers", "type": "Lifecycle", "enabled": True, "definition": {
                "filters": {"blobTypes": ["blockBlob"]}, "actions": {
                    "baseBlob": {"tierToCool": {"daysAfterModificationGreaterThan": 30},
                                 "tierToArchive": {"daysAfterModificationGreaterThan": 180}},
                    "version": {"delete": {"daysAfterCreationGreaterThan": 90}}}}}]}}, "tiers"), lock(ACCOUNT)),
        f"{AVM}, avm-res-storage-storageaccount", {"residency": {"known": {"stbank": "the bank's own account"}}}),
    Idiom("a cluster of Kubernetes is patched on Friday nights", (
        *(az("containerservice:MaintenanceConfiguration", {
            **RG, "resourceName": "aks", "configName": name, "maintenanceWindow": {
                "durationHours": 6, "startTime": "22:00", "utcOffset": "+04:00", "schedule": {
                    "weekly": {"dayOfWeek": "Friday", "intervalWeeks": weeks}}}}, name)
          for name, weeks in (("aksManagedAutoUpgradeSchedule", 2), ("aksManagedNodeOSUpgradeSchedule", 1))),),
        f"{LEARN}/aks/planned-maintenance"),
    Idiom("old images are purged every week, and new ones kept", (az("containerregistry:Task", {
        **HERE, "registryName": "crbank", "taskName": "purge", "status": "Enabled", "timeout": 3600,
        "platform": {"os": "Linux", "architecture": "amd64"}, "step": {
            "type": "EncodedTask", "encodedTaskContent": base64.b64encode(PURGE.encode()).decode()},
        "trigger": {"timerTriggers": [{"name": "weekly", "schedule": "0 22 * * Fri", "status": "Enabled"}]}},
        "purge"),),
        f"{LEARN}/container-registry/container-registry-auto-purge"),
    Idiom("an environment of apps with a profile for models, internal", (
        AZURE_BUDGET, az("app:ManagedEnvironment", {
            **HERE, **ASSIGNED, **CLOSED, "environmentName": "env", "zoneRedundant": True,
            "vnetConfiguration": {"internal": True, "infrastructureSubnetId": f"{VNET}/subnets/apps"},
            "peerAuthentication": {"mtls": {"enabled": True}},
            "peerTrafficConfiguration": {"encryption": {"enabled": True}},
            "workloadProfiles": [{"name": "Consumption", "workloadProfileType": "Consumption"},
                                 {"name": "models", "workloadProfileType": "E8", "minimumCount": 0,
                                  "maximumCount": 2}]}, "env")), f"{AVM}, avm-res-app-managedenvironment",
        unpriced("azure-native:app:ManagedEnvironment::env")),
    Idiom("an event of a new file goes to a queue of the account, by identity", (
        az("eventgrid:SystemTopic", {
            **HERE, **SYSTEM, "systemTopicName": "files", "source": ACCOUNT, "topicType":
                "Microsoft.Storage.StorageAccounts"}, "topic"),
        az("eventgrid:SystemTopicEventSubscription", {
            **RG, "systemTopicName": "files", "eventSubscriptionName": "index", "eventDeliverySchema":
                "CloudEventSchemaV1_0", "deliveryWithResourceIdentity": {
                    "identity": {"type": "SystemAssigned"}, "destination": {
                        "endpointType": "StorageQueue", "resourceId": ACCOUNT, "queueName": "index",
                        "queueMessageTimeToLiveInSeconds": 86400}},
            "filter": {"includedEventTypes": ["Microsoft.Storage.BlobCreated"],
                       "subjectBeginsWith": "/blobServices/default/containers/documents/"},
            "retryPolicy": {"maxDeliveryAttempts": 10, "eventTimeToLiveInMinutes": 1440}}, "index")),
        f"{LEARN}/event-grid/managed-service-identity", {"residency": {"known": {"stbank": "the bank's own account"}}}),
    Idiom("Databricks reads the lake by a connector", (
        az("databricks:AccessConnector", {**HERE, **SYSTEM, "connectorName": "dbx"}, "connector"),
        _role("lake", f"{ACCOUNT}/blobServices/default/containers/lake", "ba92f5b4-2d11-453d-a403-e96b0029c9fe")),
        f"{LEARN}/databricks/connect/unity-catalog/cloud-storage/azure-managed-identities"),
    Idiom("a cluster of Data Explorer in the network, with a bound", (
        AZURE_BUDGET, az("kusto:Cluster", {
            **HERE, **ASSIGNED, **CLOSED, "clusterName": "adxbank", "sku": {
                "name": "Standard_E2ads_v5", "tier": "Standard", "capacity": 2}, "enableDiskEncryption": True,
            "enableAutoStop": True, "enableDoubleEncryption": True, "restrictOutboundNetworkAccess": "Enabled",
            "allowedFqdnList": [], "trustedExternalTenants": [], "publicIPType": "IPv4", "enablePurge": False,
            "optimizedAutoscale": {"isEnabled": True, "minimum": 2, "maximum": 4, "version": 1},
            "keyVaultProperties": {"keyName": "cmk", "keyVaultUri": "https://kv-bank.vault.azure.net/",
                                   "userIdentity": ID}}, "adx", protect=True),
        lock(f"{OURS}.Kusto/clusters/adxbank")), f"{AVM}, avm-res-kusto-cluster",
        unpriced("azure-native:kusto:Cluster::adx")),
    Idiom("a cache of answers with search, by Entra only", (
        AZURE_BUDGET, az("redisenterprise:RedisEnterprise", {
            **HERE, **ASSIGNED, **CLOSED, "clusterName": "amr-bank", "sku": {"name": "Balanced_B5"},
            "minimumTlsVersion": "1.2", "highAvailability": "Enabled", "encryption": {"customerManagedKeyEncryption": {
                "keyEncryptionKeyUrl": KEY_URL, "keyEncryptionKeyIdentity": {
                    "identityType": "userAssignedIdentity", "userAssignedIdentityResourceId": ID}}}}, "amr",
            protect=True),
        az("redisenterprise:Database", {
            **RG, "clusterName": "amr-bank", "databaseName": "default", "clientProtocol": "Encrypted", "port": 10000,
            "accessKeysAuthentication": "Disabled", "clusteringPolicy": "EnterpriseCluster",
            "evictionPolicy": "NoEviction", "modules": [{"name": "RediSearch"}],
            "persistence": {"aofEnabled": True, "aofFrequency": "1s", "rdbEnabled": False}}, "db"),
        lock(f"{OURS}.Cache/redisEnterprise/amr-bank")), f"{LEARN}/redis"),
    Idiom("a file system for training that reads and archives in the account", (
        AZURE_BUDGET, az("storagecache:AmlFilesystem", {
            **HERE, **ASSIGNED, "amlFilesystemName": "lustre", "sku": {"name": "AMLFS-Durable-Premium-125"},
            "storageCapacityTiB": 16, "zones": ["1"], "filesystemSubnet": f"{VNET}/subnets/lustre",
            "maintenanceWindow": {"dayOfWeek": "Friday", "timeOfDayUTC": "22:00"},
            "encryptionSettings": {"keyEncryptionKey": {"keyUrl": KEY_URL, "sourceVault": {"id": VAULT}}},
            "rootSquashSettings": {"mode": "All", "squashUID": 65534, "squashGID": 65534,
                                   "noSquashNidLists": "10.20.1.10@tcp"},
            "hsm": {"settings": {"container": f"{ACCOUNT}/blobServices/default/containers/datasets",
                                 "loggingContainer": f"{ACCOUNT}/blobServices/default/containers/logs"}}}, "lustre",
            protect=True), lock(f"{OURS}.StorageCache/amlFilesystems/lustre")),
        f"{LEARN}/azure-managed-lustre", unpriced("azure-native:storagecache:AmlFilesystem::lustre")),
)  # fmt: skip
