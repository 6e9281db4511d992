"""Good idioms of platforms for AI on Azure, in the shapes of its documentation and Verified Modules (2026-11-28)."""

from ..blind import GROUP, SUB, TAGS, az
from ..harness import Given
from . import Idiom, unpriced
from .azure_platform import lock
from .fourth import AVM, HERE, ID, KEY_URL, LEARN, OURS, RG, VNET
from .fourth_kubernetes import AZURE_BUDGET
from .sixth_azure import endpoint

CLOSED = {"publicNetworkAccess": "Disabled"}
ASSIGNED = {"identity": {"type": "UserAssigned", "userAssignedIdentities": [ID]}}
SYSTEM = {"identity": {"type": "SystemAssigned"}}
ACCOUNT = f"{OURS}.Storage/storageAccounts/stbank"
AI = f"{OURS}.CognitiveServices/accounts/ai-bank"
LOGS = f"{OURS}.OperationalInsights/workspaces/logs"
ROLES = f"{SUB}/providers/Microsoft.Authorization/roleDefinitions"
CLIENT = "11111111-2222-3333-4444-555555555555"
STORED = {"residency": {"known": {"stbank": "the bank's own account, in uaenorth"}}}
CAPTURED = {"residency": {"known": {ACCOUNT: "the bank's own account, in uaenorth"}}}
LIMIT = """<policies><inbound><base />
  <rate-limit-by-key calls="60" renewal-period="60" counter-key="@(context.Subscription.Id)" />
  <validate-azure-ad-token tenant-id="00000000-1111-2222-3333-444444444444">
    <client-application-ids><application-id>{{portal-client}}</application-id></client-application-ids>
  </validate-azure-ad-token>
</inbound><backend><base /></backend><outbound><base /></outbound><on-error><base /></on-error></policies>"""
SKUS = {
    "if": {
        "allOf": [
            {"field": "type", "equals": "Microsoft.Compute/virtualMachines"},
            {"field": "Microsoft.Compute/virtualMachines/sku.name", "like": "Standard_ND*"},
        ]
    },
    "then": {"effect": "deny"},
}


def _metric(name: str, resource: str, metric: str, over: int) -> Given:
    return az("monitor:MetricAlert", {
        **RG, "location": "global", "tags": TAGS, "ruleName": name, "enabled": True, "severity": 2,
        "scopes": [resource],
        "evaluationFrequency": "PT5M", "windowSize": "PT15M", "criteria": {
            "odataType": "Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria", "allOf": [{
                "criterionType": "StaticThresholdCriterion", "name": "high", "metricName": metric,
                "operator": "GreaterThan", "threshold": over, "timeAggregation": "Average"}]},
        "actions": [{"actionGroupId": f"{OURS}.Insights/actionGroups/team"}]}, name)  # fmt: skip


def _role(name: str, scope: str, role: str) -> Given:
    return az("authorization:RoleAssignment", {
        "scope": scope, "principalId": CLIENT, "principalType": "ServicePrincipal",
        "roleDefinitionId": f"{ROLES}/{role}"}, name)  # fmt: skip


IDIOMS: tuple[Idiom, ...] = (
    Idiom("projects of a private Foundry account search by their identity", (
        az("cognitiveservices:Project", {
            **HERE, **SYSTEM, "accountName": "ai-bank", "projectName": "claims", "properties": {
                "displayName": "Claims", "description": "Agents that read claims"}}, "project"),
        az("cognitiveservices:ProjectConnection", {
            **RG, "accountName": "ai-bank", "projectName": "claims", "connectionName": "search", "properties": {
                "authType": "AAD", "category": "CognitiveSearch", "isSharedToAll": False,
                "target": "https://srch-bank.search.windows.net/",
                "metadata": {"ResourceId": f"{OURS}.Search/searchServices/srch-bank", "ApiType": "Azure"}}}, "search")),
        f"{LEARN}/ai-foundry/how-to/connections-add", {"residency": {"known": {
            "srch-bank.search.windows.net": "our own service, in uaenorth"}}}),
    Idiom("texts are checked by a private account of content safety", (
        az("cognitiveservices:Account", {
            **HERE, **ASSIGNED, "accountName": "safety-bank", "kind": "ContentSafety", "sku": {"name": "S0"},
            "properties": {**CLOSED, "customSubDomainName": "safety-bank", "disableLocalAuth": True,
                           "restrictOutboundNetworkAccess": True, "networkAcls": {"defaultAction": "Deny"},
                           "encryption": {"keySource": "Microsoft.KeyVault", "keyVaultProperties": {
                               "keyName": "cmk", "keyVersion": "0123456789abcdef0123456789abcdef",
                               "keyVaultUri": "https://kv-bank.vault.azure.net/", "identityClientId": CLIENT}}}},
            "safety", protect=True),
        endpoint("safety", f"{OURS}.CognitiveServices/accounts/safety-bank", "account"),
        lock(f"{OURS}.CognitiveServices/accounts/safety-bank")), f"{LEARN}/ai-services/content-safety"),
    Idiom("words of a list are blocked in prompts", (
        az("cognitiveservices:RaiBlocklist", {
            **RG, "accountName": "ai-bank", "raiBlocklistName": "products", "tags": TAGS,
            "properties": {"description": "Names of products before their launch"}}, "list"),
        az("cognitiveservices:RaiBlocklistItem", {
            **RG, "accountName": "ai-bank", "raiBlocklistName": "products", "raiBlocklistItemName": "falcon",
            "tags": TAGS, "properties": {"pattern": "project falcon", "isRegex": False}}, "item")),
        f"{LEARN}/ai-services/openai/how-to/use-blocklists"),
    Idiom("a pool of spot machines for GPUs starts at nothing", (AZURE_BUDGET, az("containerservice:AgentPool", {
        **RG, "resourceName": "aks", "agentPoolName": "gpuspot", "mode": "User", "vmSize": "Standard_NV36ads_A10_v5",
        "osType": "Linux", "osSKU": "AzureLinux", "enableAutoScaling": True, "count": 0, "minCount": 0, "maxCount": 2,
        "scaleSetPriority": "Spot", "scaleSetEvictionPolicy": "Delete", "spotMaxPrice": -1, "tags": TAGS,
        "availabilityZones": ["1", "2", "3"], "enableEncryptionAtHost": True, "enableNodePublicIP": False,
        "vnetSubnetID": f"{VNET}/subnets/nodes", "nodeLabels": {"kubernetes.azure.com/scalesetpriority": "spot"},
        "nodeTaints": ["kubernetes.azure.com/scalesetpriority=spot:NoSchedule", "sku=gpu:NoSchedule"],
        "securityProfile": {"sshAccess": "Disabled"}, "upgradeSettings": {"maxUnavailable": "1"}}, "gpuspot"),),
        f"{LEARN}/aks/spot-node-pool", unpriced("azure-native:containerservice:AgentPool::gpuspot")),
    Idiom("metrics of clusters go to a workspace in the network", (
        az("monitor:AzureMonitorWorkspace", {**HERE, "azureMonitorWorkspaceName": "metrics", **CLOSED}, "metrics"),
        az("monitor:DataCollectionEndpoint", {
            **HERE, "dataCollectionEndpointName": "metrics", "kind": "Linux",
            "networkAcls": {"publicNetworkAccess": "Disabled"}}, "dce"),
        az("monitor:DataCollectionRuleAssociation", {
            "resourceUri": f"{OURS}.ContainerService/managedClusters/aks", "associationName": "metrics",
            "dataCollectionRuleId": f"{OURS}.Insights/dataCollectionRules/metrics"}, "dcra")),
        f"{LEARN}/azure-monitor/containers/kubernetes-monitoring-enable"),
    Idiom("sessions and vectors in a private account of Cosmos DB", (AZURE_BUDGET,
        az("cosmosdb:DatabaseAccount", {
            **HERE, **ASSIGNED, **CLOSED, "accountName": "cosmos-bank", "kind": "GlobalDocumentDB",
            "databaseAccountOfferType": "Standard", "disableLocalAuth": True, "minimalTlsVersion": "Tls12",
            "disableKeyBasedMetadataWriteAccess": True, "keyVaultKeyUri": "https://kv-bank.vault.azure.net/keys/cmk",
            "defaultIdentity": f"UserAssignedIdentity={ID}", "networkAclBypass": "None",
            "locations": [{"locationName": "uaenorth", "failoverPriority": 0, "isZoneRedundant": True}],
            "consistencyPolicy": {"defaultConsistencyLevel": "Session"},
            "capabilities": [{"name": "EnableServerless"}, {"name": "EnableNoSQLVectorSearch"}],
            "backupPolicy": {"type": "Continuous", "continuousModeProperties": {"tier": "Continuous7Days"}}}, "cosmos",
            protect=True),
        lock(f"{OURS}.DocumentDB/databaseAccounts/cosmos-bank")), f"{AVM}, avm-res-documentdb-databaseaccount",
        unpriced("azure-native:cosmosdb:DatabaseAccount::cosmos")),
    Idiom("a database server knows vectors and asks for TLS", tuple(
        az("dbforpostgresql:Configuration", {
            **RG, "serverName": "pg-bank", "configurationName": name, "value": value, "source": "user-override"}, name)
        for name, value in (("azure.extensions", "VECTOR,PG_TRGM"), ("require_secure_transport", "on"),
                            ("ssl_min_protocol_version", "TLSv1.2"), ("log_min_duration_statement", "1000"))),
        f"{LEARN}/postgresql/flexible-server/how-to-use-pgvector"),
    Idiom("evidence of decisions cannot be changed for seven years", (
        az("storage:BlobContainer", {**RG, "accountName": "stbank", "containerName": "decisions",
                                     "publicAccess": "None"}, "decisions"),
        az("storage:BlobContainerImmutabilityPolicy", {
            **RG, "accountName": "stbank", "containerName": "decisions", "immutabilityPolicyName": "default",
            "immutabilityPeriodSinceCreationInDays": 2557, "allowProtectedAppendWrites": True}, "worm")),
        f"{LEARN}/storage/blobs/immutable-storage-overview"),
    Idiom("images of Microsoft come from a cache, and tokens only pull", (
        az("containerregistry:CacheRule", {
            **RG, "registryName": "crbank", "cacheRuleName": "mcr", "sourceRepository": "mcr.microsoft.com/oss/*",
            "targetRepository": "mirror/oss/*"}, "mcr"),
        az("containerregistry:ScopeMap", {
            **RG, "registryName": "crbank", "scopeMapName": "branch", "description": "Pull two repositories",
            "actions": ["repositories/chat/content/read", "repositories/score/content/read"]}, "branch")),
        f"{LEARN}/container-registry/artifact-cache-overview"),
    Idiom("a job of a container runs every night by its identity", (AZURE_BUDGET, az("app:Job", {
        **HERE, **ASSIGNED, "jobName": "index", "environmentId": f"{OURS}.App/managedEnvironments/env",
        "workloadProfileName": "Consumption", "configuration": {
            "triggerType": "Schedule", "replicaTimeout": 1800, "replicaRetryLimit": 1,
            "scheduleTriggerConfig": {"cronExpression": "0 22 * * *", "parallelism": 1, "replicaCompletionCount": 1},
            "registries": [{"server": "crbank.azurecr.io", "identity": ID}]},
        "template": {"containers": [{
            "name": "index", "image": "crbank.azurecr.io/index@sha256:" + "a" * 64, "resources": {
                "cpu": 0.5, "memory": "1Gi"}, "env": [{"name": "AZURE_CLIENT_ID", "value": CLIENT}]}]}}, "index"),),
        f"{AVM}, avm-res-app-job", {"residency": {"known": {"crbank.azurecr.io": "our own registry, in uaenorth"}},
                                    **unpriced("azure-native:app:Job::index")}),
    Idiom("code of a model runs in sessions that cannot leave", (AZURE_BUDGET, az("app:ContainerAppsSessionPool", {
        **HERE, "sessionPoolName": "code", "containerType": "PythonLTS", "poolManagementType": "Dynamic",
        "scaleConfiguration": {"maxConcurrentSessions": 10}, "dynamicPoolConfiguration": {"lifecycleConfiguration": {
            "lifecycleType": "Timed", "cooldownPeriodInSeconds": 300}},
        "sessionNetworkConfiguration": {"status": "EgressDisabled"}}, "code"),),
        f"{LEARN}/container-apps/sessions-code-interpreter", unpriced(
            "azure-native:app:ContainerAppsSessionPool::code")),
    Idiom("a subscription of a topic takes one kind of message", (
        az("servicebus:Topic", {**RG, "namespaceName": "sb-bank", "topicName": "documents",
                                "requiresDuplicateDetection": True}, "topic"),
        az("servicebus:Subscription", {**RG, "namespaceName": "sb-bank", "topicName": "documents",
                                       "subscriptionName": "invoices", "maxDeliveryCount": 5}, "sub"),
        az("servicebus:Rule", {**RG, "namespaceName": "sb-bank", "topicName": "documents", "ruleName": "kind",
                               "subscriptionName": "invoices", "filterType": "CorrelationFilter",
                               "correlationFilter": {"label": "invoice"}}, "rule")),
        f"{LEARN}/service-bus-messaging/topic-filters"),
    Idiom("events are kept in the bank's account as they come", (az("eventhub:EventHub", {
        **RG, "namespaceName": "eh-bank", "eventHubName": "orders", "partitionCount": 4, "messageRetentionInDays": 3,
        "captureDescription": {
            "enabled": True, "encoding": "Avro", "intervalInSeconds": 300, "sizeLimitInBytes": 314572800,
            "skipEmptyArchives": True, "destination": {
                "name": "EventHubArchive.AzureBlockBlob", "storageAccountResourceId": ACCOUNT,
                "blobContainer": "events", "archiveNameFormat":
                    "{Namespace}/{EventHub}/{PartitionId}/{Year}/{Month}/{Day}/{Hour}/{Minute}/{Second}"}}},
        "orders"),),
        f"{LEARN}/event-hubs/event-hubs-capture-overview", CAPTURED),
    Idiom("Databricks in the bank's network, without public addresses", (AZURE_BUDGET, az("databricks:Workspace", {
        **HERE, **CLOSED, "workspaceName": "dbx", "sku": {"name": "premium"}, "requiredNsgRules":
            "NoAzureDatabricksRules", "managedResourceGroupId": f"{SUB}/resourceGroups/rg-dbx-managed",
        "computeMode": "Hybrid", "defaultStorageFirewall": "Enabled", "accessConnector": {
            "id": f"{OURS}.Databricks/accessConnectors/dbx", "identityType": "SystemAssigned"},
        "encryption": {"entities": {
            kind: {"keySource": "Microsoft.Keyvault", "keyVaultProperties": {
                "keyVaultUri": "https://kv-bank.vault.azure.net/", "keyName": "cmk",
                "keyVersion": "0123456789abcdef0123456789abcdef"}} for kind in ("managedServices", "managedDisk")}},
        "parameters": {"enableNoPublicIp": {"value": True}, "requireInfrastructureEncryption": {"value": True},
                       "customVirtualNetworkId": {"value": VNET}, "customPublicSubnetName": {"value": "dbx-host"},
                       "customPrivateSubnetName": {"value": "dbx-container"}}}, "dbx", protect=True),
        lock(f"{OURS}.Databricks/workspaces/dbx")), f"{AVM}, avm-res-databricks-workspace",
        unpriced("azure-native:databricks:Workspace::dbx")),
    Idiom("a workspace of models may reach one account and nothing else", (
        az("machinelearningservices:ManagedNetworkSettingsRule", {
            **RG, "workspaceName": "ml", "ruleName": "datasets", "properties": {
                "type": "PrivateEndpoint", "category": "UserDefined", "destination": {
                    "serviceResourceId": ACCOUNT, "subresourceTarget": "blob", "sparkEnabled": False}}}, "datasets"),),
        f"{LEARN}/machine-learning/how-to-managed-network", STORED),
    Idiom("images of machines are named in a gallery of the country", (
        az("compute:Gallery", {**HERE, "galleryName": "gal_bank", "description": "Machines for GPUs"}, "gallery"),
        az("compute:GalleryImage", {
            **HERE, "galleryName": "gal_bank", "galleryImageName": "gpu", "osType": "Linux", "osState": "Generalized",
            "hyperVGeneration": "V2", "architecture": "x64", "features": [
                {"name": "SecurityType", "value": "TrustedLaunch"}],
            "identifier": {"publisher": "bank", "offer": "gpu", "sku": "cuda-13"}}, "image")),
        f"{AVM}, avm-res-compute-gallery"),
    Idiom("a disk for datasets with the bank's key, reached from nowhere", (AZURE_BUDGET, az("compute:Disk", {
        **HERE, **CLOSED, "diskName": "datasets", "sku": {"name": "Premium_ZRS"}, "diskSizeGB": 512,
        "networkAccessPolicy": "DenyAll", "creationData": {"createOption": "Empty"}, "encryption": {
            "type": "EncryptionAtRestWithCustomerKey",
            "diskEncryptionSetId": f"{OURS}.Compute/diskEncryptionSets/des"}}, "datasets", protect=True),
        lock(f"{OURS}.Compute/disks/datasets")), f"{AVM}, avm-res-compute-disk",
        doubt="nothing of the plan attaches it, and the price list has no such disk in the region"),
    Idiom("a product of APIs needs a subscription that somebody approves", (
        az("apimanagement:Product", {
            **RG, "serviceName": "apim-bank", "productId": "models", "displayName": "Models", "state": "published",
            "subscriptionRequired": True, "approvalRequired": True, "subscriptionsLimit": 1}, "product"),
        az("apimanagement:NamedValue", {
            **RG, "serviceName": "apim-bank", "namedValueId": "portal-client", "displayName": "portal-client",
            "secret": True, "keyVault": {"secretIdentifier": "https://kv-bank.vault.azure.net/secrets/portal-client",
                                         "identityClientId": CLIENT}}, "value"),
        az("apimanagement:ProductPolicy", {**RG, "serviceName": "apim-bank", "productId": "models",
                                           "policyId": "policy", "format": "rawxml", "value": LIMIT}, "policy")),
        f"{LEARN}/api-management/api-management-howto-add-products"),
    Idiom("Defender watches models and what they are asked", (
        *(az("security:Pricing", {"scopeId": SUB[1:], "pricingName": name, "pricingTier": "Standard"}, name)
          for name in ("AI", "Containers", "StorageAccounts")),), f"{LEARN}/defender-for-cloud/ai-threat-protection"),
    Idiom("odd costs are mailed to the team as they are seen", (az("costmanagement:ScheduledActionByScope", {
        "scope": SUB[1:], "name": "odd", "kind": "InsightAlert", "status": "Enabled", "displayName": "Odd costs",
        "viewId": f"{SUB}/providers/Microsoft.CostManagement/views/ms:DailyAnomalyByResourceGroup",
        "schedule": {"frequency": "Daily", "startDate": "2026-11-28T00:00:00Z", "endDate": "2027-11-28T00:00:00Z"},
        "notification": {"subject": "Odd costs of the platform", "to": ["finops@example.ae"]}}, "odd"),),
        f"{LEARN}/cost-management-billing/understand/analyze-unexpected-charges"),
    Idiom("machines of the largest kind are denied by policy", (
        az("authorization:PolicyDefinition", {
            "policyDefinitionName": "no-nd", "displayName": "No machines of the ND family", "policyType": "Custom",
            "mode": "Indexed", "policyRule": SKUS, "metadata": {"category": "Cost"}}, "definition"),
        az("authorization:PolicyAssignment", {
            "scope": SUB, "policyAssignmentName": "no-nd", "displayName": "No machines of the ND family",
            "enforcementMode": "Default", "policyDefinitionId":
                f"{SUB}/providers/Microsoft.Authorization/policyDefinitions/no-nd"}, "assignment")),
        f"{LEARN}/governance/policy"),
    Idiom("a role deploys models, and does nothing else", (az("authorization:RoleDefinition", {
        "scope": GROUP, "roleName": "Deployer of models", "roleType": "CustomRole", "assignableScopes": [GROUP],
        "description": "Creates deployments of models in an account", "permissions": [{
            "actions": ["Microsoft.CognitiveServices/accounts/read", "Microsoft.CognitiveServices/accounts/models/read",
                        "Microsoft.CognitiveServices/accounts/deployments/read",
                        "Microsoft.CognitiveServices/accounts/deployments/write"],
            "notActions": [], "dataActions": []}]}, "deployer"),), f"{LEARN}/role-based-access-control/custom-roles"),
    Idiom("one environment of one repository deploys by its identity", (
        az("managedidentity:FederatedIdentityCredential", {
            **RG, "resourceName": "id-deploy", "federatedIdentityCredentialResourceName": "github-prod",
            "issuer": "https://token.actions.githubusercontent.com", "audiences": ["api://AzureADTokenExchange"],
            "subject": "repo:example/platform:environment:prod"}, "github"),),
        "docs.github.com/actions/security-for-github-actions/security-hardening-your-deployments"),
    Idiom("an alert when a model is slow and when a vault is denied", (
        _metric("slow", AI, "AzureOpenAITimeToResponse", 5000),
        _metric("denied", f"{OURS}.KeyVault/vaults/kv-bank", "ServiceApiResult", 100)),
        f"{LEARN}/ai-services/openai/how-to/monitor-openai"),
    Idiom("an internal balancer of the standard kind", (AZURE_BUDGET, az("network:LoadBalancer", {
        **HERE, "loadBalancerName": "lb-models", "sku": {"name": "Standard", "tier": "Regional"},
        "frontendIPConfigurations": [{"name": "in", "zones": ["1", "2", "3"], "privateIPAllocationMethod": "Static",
                                      "privateIPAddress": "10.20.4.10", "subnet": {"id": f"{VNET}/subnets/models"}}],
        "backendAddressPools": [{"name": "models"}],
        "probes": [{"name": "https", "protocol": "Https", "port": 8443, "requestPath": "/health",
                    "intervalInSeconds": 10, "numberOfProbes": 2}]}, "lb"),), f"{AVM}, avm-res-network-loadbalancer"),
    Idiom("an account of Batch whose pools are in the network", (az("batch:BatchAccount", {
        **HERE, **ASSIGNED, **CLOSED, "accountName": "batchbank", "poolAllocationMode": "BatchService",
        "allowedAuthenticationModes": ["AAD"], "encryption": {
            "keySource": "Microsoft.KeyVault", "keyVaultProperties": {"keyIdentifier": KEY_URL}},
        "autoStorage": {"storageAccountId": ACCOUNT, "authenticationMode": "BatchAccountManagedIdentity",
                        "nodeIdentityReference": {"resourceId": ID}}}, "batch"),
        endpoint("batch", f"{OURS}.Batch/batchAccounts/batchbank", "batchAccount"),
        lock(f"{OURS}.Batch/batchAccounts/batchbank")), f"{AVM}, avm-res-batch-batchaccount", STORED),
    Idiom("a rule of Sentinel tells of keys that are listed", (az("securityinsights:ScheduledAlertRule", {
        **RG, "workspaceName": "logs", "ruleId": CLIENT, "kind": "Scheduled", "displayName": "Keys are listed",
        "enabled": True, "severity": "Medium", "query":
            "AzureActivity | where OperationNameValue =~ 'Microsoft.CognitiveServices/accounts/listKeys/action'",
        "queryFrequency": "PT1H", "queryPeriod": "PT1H", "triggerOperator": "GreaterThan", "triggerThreshold": 0,
        "suppressionDuration": "PT5H", "suppressionEnabled": False, "tactics": ["CredentialAccess"]}, "keys"),),
        f"{LEARN}/sentinel/detect-threats-custom"),
)  # fmt: skip
