"""Attacks on Azure by single fields that no rule named, of stores, keys, databases and AI (2026-11-29).

Found by reading every property of the reviewed types in pulumi-azure-native 3.29.0, whose descriptions are those of
Azure's REST documents, read on 2026-11-29; what `harm` refers to beyond them as known.
"""

from ..blind import HERE, RG, Props
from .fields_azure import ESC, attacks

ENC = ("FJ-ENC-",)
RES = ("FJ-RES-",)
RSL = ("FJ-RSL-117",)
FAR = "2099-01-01T00:00:00Z"
STRANGER = "198.51.100.7"
ACCOUNT = {**RG, "accountName": "stbank"}
COSMOS = {**RG, "accountName": "chats", "databaseName": "chats"}
AUDITED = {**RG, "serverName": "sql-bank", "state": "Enabled", "isAzureMonitorTargetEnabled": True,
           "retentionDays": 365}  # fmt: skip
REGISTRY = {**HERE, "registryName": "acrbank", "sku": {"name": "Premium"}}
TOKEN = {**RG, "registryName": "acrbank", "tokenName": "edge"}
SCOPES = "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg-platform/providers/" \
         "Microsoft.ContainerRegistry/registries/acrbank/scopeMaps/"  # fmt: skip
STRANGERS_SHARE = [{"name": "in", "azureFile": {"shareName": "in", "storageAccountName": "collector",
                                               "storageAccountKey": "x"}}]  # fmt: skip
CONTAINER = [{"name": "a", "image": "acrbank.azurecr.io/a@sha256:" + "a" * 64, "resources": {
    "requests": {"cpu": 1, "memoryInGB": 2}}}]  # fmt: skip
ALLOW_ALL = "cGFja2FnZSBwb2xpY3kKCmFwaV9zdm4gOj0gIjAuMTAuMCIKCmFsbG93X2FsbCA6PSB0cnVlCg=="
"""`package policy`, `api_svn := "0.10.0"`, `allow_all := true`."""
GROUP = {**HERE, "containerGroupName": "job", "osType": "Linux", "containers": CONTAINER}
AI = {**HERE, "accountName": "oai-bank", "kind": "OpenAI", "sku": {"name": "S0"}}
ML = {**HERE, "workspaceName": "ml"}


def key(**more: object) -> Props:
    """Returns a key with an end and a rotation."""
    return {**RG, "vaultName": "kv-bank", "keyName": "data", "properties": {"kty": "RSA", "keySize": 3072, **more}}


def outbound(**rule: object) -> Props:
    """Returns a workspace that only reaches approved destinations, and one of these."""
    return {**ML, "managedNetwork": {"isolationMode": "AllowOnlyApprovedOutbound", "outboundRules": {"one": rule}}}


def parameter(kind: str, name: str, value: str) -> tuple[str, Props]:
    """Returns the type and the properties of a server's parameter."""
    return f"{kind}:Configuration", {
        **RG, "serverName": "db-bank", "configurationName": name, "value": value, "source": "user-override",
    }  # fmt: skip


ATTACKS = attacks((
    ("links to a share stay valid for decades", ESC, "storage:FileShare",
     {**ACCOUNT, "shareName": "files", "signedIdentifiers": [{"id": "a", "accessPolicy": {
         "permission": "r", "expiryTime": FAR}}]}, "major", "signedIdentifiers.accessPolicy.expiryTime"),
    ("links to a table stay valid for decades", ESC, "storage:Table",
     {**ACCOUNT, "tableName": "orders", "signedIdentifiers": [{"id": "a", "accessPolicy": {
         "permission": "r", "expiryTime": FAR}}]}, "major", "signedIdentifiers.accessPolicy.expiryTime"),
    ("a store can be restored for one day", ESC, "storage:BlobServiceProperties",
     {**ACCOUNT, "blobServicesName": "default", "restorePolicy": {"enabled": True, "days": 1}}, "minor",
     "restorePolicy.days"),
    ("records of a whole account can be changed after a day", ESC, "storage:StorageAccount",
     {**HERE, "accountName": "stbank", "kind": "StorageV2", "sku": {"name": "Standard_ZRS"},
      "immutableStorageWithVersioning": {"enabled": True, "immutabilityPolicy": {
          "state": "Unlocked", "immutabilityPeriodSinceCreationInDays": 1}}}, "major", "immutabilityPolicy"),
    ("keys of an account are old after a century", ESC, "storage:StorageAccount",
     {**HERE, "accountName": "stbank", "kind": "StorageV2", "sku": {"name": "Standard_ZRS"},
      "keyPolicy": {"keyExpirationPeriodInDays": 36500}}, "minor", "keyPolicy.keyExpirationPeriodInDays"),
    ("a key is replaced in ninety-nine years", ESC, "keyvault:Key",
     key(rotationPolicy={"attributes": {"expiryTime": "P100Y"}, "lifetimeActions": [
         {"action": {"type": "rotate"}, "trigger": {"timeAfterCreate": "P99Y"}}]}), "major", "rotationPolicy"),
    ("a key ends in the year 9999", ENC, "keyvault:Key", key(attributes={"expires": 253402300799}), "major",
     "attributes.expires"),
    ("a secret ends in the year 9999", ENC, "keyvault:Secret",
     {**RG, "vaultName": "kv-bank", "secretName": "s", "properties": {"attributes": {"expires": 253402300799}}},
     "major", "attributes.expires"),
    ("the outbound list of an account of AI has every host", ESC, "cognitiveservices:Account",
     {**AI, "properties": {"restrictOutboundNetworkAccess": True, "allowedFqdnList": ["*"]}}, "critical",
     "allowedFqdnList"),
    ("the outbound list of Data Explorer has every host", ESC, "kusto:Cluster",
     {**HERE, "clusterName": "adx", "sku": {"name": "Standard_E8ads_v5", "tier": "Standard"},
      "restrictOutboundNetworkAccess": "Enabled", "allowedFqdnList": ["*"]}, "critical", "allowedFqdnList"),
    ("the outbound list of a hub of devices has every host", ESC, "iothub:IotHubResource",
     {**HERE, "resourceName": "hub", "sku": {"name": "S1", "capacity": 1}, "properties": {
         "restrictOutboundNetworkAccess": True, "allowedFqdnList": ["*"]}}, "critical", "allowedFqdnList"),
    ("an approved destination of a workspace is every host", ESC, "machinelearningservices:Workspace",
     outbound(type="FQDN", destination="*"), "critical", "managedNetwork.outboundRules"),
    ("an approved destination of a workspace is a whole domain", ESC, "machinelearningservices:Workspace",
     outbound(type="FQDN", destination="*.com"), "critical", "managedNetwork.outboundRules"),
    ("an approved destination of a workspace is every account", ESC, "machinelearningservices:Workspace",
     outbound(type="ServiceTag", destination={"serviceTag": "Storage", "protocol": "TCP", "portRanges": "443"}),
     "critical", "managedNetwork.outboundRules"),
    ("a model's endpoint collects the tokens of its callers", ESC, "machinelearningservices:OnlineDeployment",
     {**HERE, "workspaceName": "ml", "endpointName": "e", "deploymentName": "d", "properties": {
         "endpointComputeType": "Managed", "dataCollector": {
             "collections": {"model_inputs": {"dataCollectionMode": "Enabled"}},
             "requestLogging": {"captureHeaders": ["Authorization"]}}}}, "major", "requestLogging.captureHeaders"),
    ("idle machines for training run for a month", ESC, "machinelearningservices:Compute",
     {**HERE, "workspaceName": "ml", "computeName": "gpu", "properties": {"computeType": "AmlCompute", "properties": {
         "vmSize": "Standard_NC24ads_A100_v4", "enableNodePublicIp": False, "scaleSettings": {
             "minNodeCount": 0, "maxNodeCount": 4, "nodeIdleTimeBeforeScaleDown": "P30D"}}}},
     "major", "scaleSettings.nodeIdleTimeBeforeScaleDown"),
    ("another identity owns what is behind a workspace of Databricks", ESC, "databricks:Workspace",
     {**HERE, "workspaceName": "dbw", "sku": {"name": "premium"}, "computeMode": "Hybrid", "authorizations": [{
         "principalId": "22222222-2222-3333-4444-555555555555",
         "roleDefinitionId": "8e3af657-a8ff-443c-a75c-2fe8c4bcb635"}]}, "critical", "authorizations"),
    ("idle machines for data flows run for a week", ESC, "datafactory:IntegrationRuntime",
     {**RG, "factoryName": "adf", "integrationRuntimeName": "flows", "properties": {
         "type": "Managed", "computeProperties": {"location": "UAE North", "dataFlowProperties": {
             "computeType": "MemoryOptimized", "coreCount": 272, "timeToLive": 10080}}}},
     "major", "dataFlowProperties.timeToLive"),
    ("deleted images are gone after a day", ESC, "containerregistry:Registry",
     {**REGISTRY, "policies": {"softDeletePolicy": {"status": "enabled", "retentionDays": 1}}}, "major",
     "softDeletePolicy.retentionDays"),
    ("images that pods run are deleted when a tag moves", ESC, "containerregistry:Registry",
     {**REGISTRY, "policies": {"retentionPolicy": {"status": "enabled", "days": 0}}}, "minor", "retentionPolicy.days"),
    ("a registry's password is valid until 2099", ESC, "containerregistry:Token",
     {**TOKEN, "scopeMapId": f"{SCOPES}edge", "credentials": {"passwords": [{"name": "password1", "expiry": FAR}]}},
     "major", "credentials.passwords.expiry"),
    ("a registry's password deletes every image", ESC, "containerregistry:Token",
     {**TOKEN, "scopeMapId": f"{SCOPES}_repositories_admin"}, "major", "scopeMapId"),
    ("the audit of a server records sign-ins only", ESC, "sql:ExtendedServerBlobAuditingPolicy",
     {**AUDITED, "auditActionsAndGroups": ["SUCCESSFUL_DATABASE_AUTHENTICATION_GROUP"]}, "major",
     "auditActionsAndGroups"),
    ("the audit of a server is written after weeks", ESC, "sql:ExtendedServerBlobAuditingPolicy",
     {**AUDITED, "queueDelayMs": 2147483647}, "major", "queueDelayMs"),
    ("workspaces of every subscription pass the firewall of Cosmos DB", ESC, "cosmosdb:DatabaseAccount",
     {**HERE, "accountName": "chats", "databaseAccountOfferType": "Standard", "locations": [
         {"locationName": "uaenorth"}], "networkAclBypassResourceIds": [
             "/subscriptions/*/resourceGroups/*/providers/Microsoft.Synapse/workspaces/*"]},
     "major", "networkAclBypassResourceIds"),
    ("documents are deleted a second after they are written", ESC, "cosmosdb:SqlResourceSqlContainer",
     {**COSMOS, "containerName": "c", "resource": {"id": "c", "defaultTtl": 1, "partitionKey": {"paths": ["/id"]}}},
     "major", "resource.defaultTtl"),
    ("documents of MongoDB are deleted as they are written", ESC, "cosmosdb:MongoDBResourceMongoDBCollection",
     {**COSMOS, "collectionName": "c", "resource": {"id": "c", "indexes": [{
         "key": {"keys": ["_ts"]}, "options": {"expireAfterSeconds": 1}}]}}, "major", "options.expireAfterSeconds"),
    ("rows of Cassandra are deleted as they are written", ESC, "cosmosdb:CassandraResourceCassandraTable",
     {**RG, "accountName": "chats", "keyspaceName": "k", "tableName": "t", "resource": {"id": "t", "defaultTtl": 1}},
     "major", "resource.defaultTtl"),
    ("a stranger's node joins the cluster of Cassandra", RES, "cosmosdb:CassandraCluster",
     {**HERE, "clusterName": "c", "properties": {
         "authenticationMethod": "Cassandra", "externalSeedNodes": [{"ipAddress": STRANGER}]}},
     "critical", "externalSeedNodes: it gets the rows"),
    ("deleted settings are gone after a day", ESC, "appconfiguration:ConfigurationStore",
     {**HERE, "configStoreName": "settings", "sku": {"name": "Standard"}, "softDeleteRetentionInDays": 1}, "minor",
     "softDeleteRetentionInDays"),
    ("a container mounts a share of a stranger's account", RES, "containerinstance:ContainerGroup",
     {**GROUP, "volumes": STRANGERS_SHARE}, "critical", "volumes.azureFile.storageAccountName"),
    ("a profile of containers mounts a share of a stranger's account", RES, "containerinstance:CGProfile",
     {**HERE, "containerGroupProfileName": "job", "osType": "Linux", "containers": CONTAINER,
      "volumes": STRANGERS_SHARE}, "critical", "volumes.azureFile.storageAccountName"),
    ("the owner of the host runs any program in the enclave", ESC, "containerinstance:ContainerGroup",
     {**GROUP, "sku": "Confidential", "confidentialComputeProperties": {"ccePolicy": ALLOW_ALL}}, "critical",
     "confidentialComputeProperties.ccePolicy"),
    ("an app mounts a share of a stranger's account by its settings", RES, "web:WebApp",
     {**HERE, "name": "portal", "siteConfig": {"azureStorageAccounts": {"files": {
         "type": "AzureFiles", "accountName": "collector", "shareName": "in", "mountPath": "/srv"}}}},
     "critical", "siteConfig.azureStorageAccounts"),
    ("nodes of Batch mount a stranger's container", RES, "batch:Pool",
     {**RG, "accountName": "batch", "poolName": "p", "vmSize": "Standard_D4s_v5", "mountConfiguration": [{
         "azureBlobFileSystemConfiguration": {"accountName": "collector", "containerName": "in",
                                              "relativeMountPath": "in"}}]},
     "critical", "azureBlobFileSystemConfiguration.accountName"),
    ("records of patients are exported to a stranger's account", RES, "healthcareapis:FhirService",
     {**HERE, "workspaceName": "health", "fhirServiceName": "fhir", "kind": "fhir-R4",
      "exportConfiguration": {"storageAccountName": "collector"}}, "critical", "exportConfiguration"),
    ("PostgreSQL writes only what ends it", RSL, *parameter("dbforpostgresql", "log_min_messages", "panic"), "major",
     "PostgreSQL, log_min_messages"),
    ("PostgreSQL writes no statement that fails", RSL,
     *parameter("dbforpostgresql", "log_min_error_statement", "panic"), "major", "PostgreSQL, log_min_error_statement"),
    ("PostgreSQL refuses TLS that is not outdated", ("FJ-ENC-414",),
     *parameter("dbforpostgresql", "ssl_max_protocol_version", "TLSv1.1"), "major",
     "PostgreSQL, ssl_max_protocol_version"),
))  # fmt: skip
