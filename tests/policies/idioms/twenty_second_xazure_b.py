"""Good idioms of platform teams on Azure: data, models, machines, images and records (set 22, blind)."""

from ..blind import SUB, TAGS, az
from ..harness import UNKNOWN, Given
from . import Idiom, unpriced
from .azure_platform import lock
from .fourth import HERE, ID, LEARN, OURS, RG
from .fourth_kubernetes import AZURE_BUDGET
from .nineteenth_azure_data import DUTY, counted
from .ninth_azure import CLIENT, LOGS
from .sixth_azure import endpoint
from .thirteenth_azure import USER
from .twelfth_azure_platform import CLOSED, OWN, VAULT, audit, granted
from .twentieth_goodb_charts import merged
from .twenty_first_xazure import AVM, KEYS, zone_link

LAKE, FACTORY = f"{OURS}.Storage/storageAccounts/stlake", f"{OURS}.DataFactory/factories/adf-lake"
HUBS, SEARCH = f"{OURS}.EventHub/namespaces/evhns-bank", f"{OURS}.Search/searchServices/srch-bank"
OPENAI, ML = f"{OURS}.CognitiveServices/accounts/oai-bank", f"{OURS}.MachineLearningServices/workspaces/mlw-risk"
DBW, ACR = f"{OURS}.Databricks/workspaces/dbw-risk", f"{OURS}.ContainerRegistry/registries/crbank"
SCALE_SET, REDIS = f"{OURS}.Compute/virtualMachineScaleSets/vmss-batch", f"{OURS}.Cache/redisEnterprise/amr-sessions"


def account(name: str, **more: object) -> Given:
    """Returns a closed account of storage under the bank's key."""
    return az("storage:StorageAccount", {
        **HERE, "accountName": name, "kind": "StorageV2", "sku": {"name": "Standard_ZRS"}, **USER,
            "allowBlobPublicAccess":
        False, "allowSharedKeyAccess": False, "defaultToOAuthAuthentication": True, "minimumTlsVersion": "TLS1_2",
        "enableHttpsTrafficOnly": True, **CLOSED, "allowCrossTenantReplication": False, "isLocalUserEnabled": False,
        "allowedCopyScope": "PrivateLink", "networkRuleSet": {"bypass": "None", "defaultAction": "Deny"},
            "encryption": KEYS,
        **more}, name, protect=True)  # fmt: skip


def named(host: str) -> dict[str, object]:
    """Returns the setting that lists a host of the bank's own in the region."""
    return {"residency": {"known": {host: "our own, in uaenorth"}}}


IDIOMS: tuple[Idiom, ...] = (
    Idiom("a lake of folders gets cheaper with age, and Data Factory reads it by its network and its identity", (
        account("stlake", isHnsEnabled=True, isSftpEnabled=False, accessTier="Hot"),
        az("storage:BlobServiceProperties", {**RG, "accountName": "stlake", "blobServicesName": "default",
            "deleteRetentionPolicy": {"enabled": True, "days": 35}, "containerDeleteRetentionPolicy": {
                "enabled": True, "days": 35}}, "blobs", links={"accountName": ("stlake",)}),
        *(az("storage:BlobContainer", {**RG, "accountName": "stlake", "containerName": name, "publicAccess": "None"},
            name,
             links={"accountName": ("stlake",)}) for name in ("raw", "curated")),
        az("storage:ManagementPolicy", {**RG, "accountName": "stlake", "managementPolicyName": "default",
            "policy": {"rules": [
            {"name": "raw", "type": "Lifecycle", "enabled": True, "definition": {
                "filters": {"blobTypes": ["blockBlob"], "prefixMatch": ["raw/"]}, "actions": {"baseBlob": {
                    "tierToCool": {"daysAfterModificationGreaterThan": 30}, "tierToCold": {
                        "daysAfterModificationGreaterThan": 120},
                            "delete": {"daysAfterModificationGreaterThan": 2555}}}}}]}},
           "tiers", links={"accountName": ("stlake",)}),
        az("datafactory:Factory", {**HERE, "factoryName": "adf-lake", **CLOSED, **USER, "encryption": {
            "keyName": "cmk", "vaultBaseUrl": "https://kv-bank.vault.azure.net",
                "identity": {"userAssignedIdentity": ID}},
            "globalParameters": {"environment": {"type": "String", "value": "prod"}}}, "factory", protect=True),
        az("datafactory:IntegrationRuntime", {
            **RG, "factoryName": "adf-lake", "integrationRuntimeName": "inner", "properties": {
                "type": "Managed", "managedVirtualNetwork": {"type": "ManagedVirtualNetworkReference", "referenceName":
                                                             "default"}, "computeProperties": {
                    "location": "UAE North", "dataFlowProperties": {"computeType": "General", "coreCount": 8,
                        "timeToLive": 10,
                                                                    "cleanup": True}}}}, "runtime", links={
                                                                        "factoryName": ("factory",)}),
        az("datafactory:ManagedPrivateEndpoint", {
            **RG, "factoryName": "adf-lake", "managedVirtualNetworkName": "default",
                "managedPrivateEndpointName": "lake",
            "properties": {"privateLinkResourceId": LAKE, "groupId": "dfs"}}, "to-lake",
                links={"factoryName": ("factory",)}),
        az("datafactory:LinkedService", {
            **RG, "factoryName": "adf-lake", "linkedServiceName": "lake", "properties": {
                "type": "AzureBlobFS", "url": "https://stlake.dfs.core.windows.net", "credential": {
                    "type": "CredentialReference", "referenceName": "own"}, "connectVia": {
                        "type": "IntegrationRuntimeReference", "referenceName": "inner"}}}, "linked", links={
                            "factoryName": ("factory",)}),
        az("datafactory:Trigger", {
            **RG, "factoryName": "adf-lake", "triggerName": "nightly", "properties": {
                "type": "ScheduleTrigger", "pipelines": [{"pipelineReference": {
                    "type": "PipelineReference", "referenceName": "load"}}], "recurrence": {
                        "frequency": "Day", "interval": 1, "startTime": "2026-12-01T22:00:00", "timeZone":
                        "Arabian Standard Time"}}}, "nightly", links={"factoryName": ("factory",)}),
        *(endpoint(f"stlake-{kind}", LAKE, kind) for kind in ("dfs", "blob")), endpoint("adf-lake", FACTORY,
            "dataFactory"),
        granted("factory-on-lake", LAKE, "ba92f5b4-2d11-453d-a403-e96b0029c9fe"), audit("factory", FACTORY),
            lock(LAKE, "stlake")),
        f"{AVM}/data-factory/factory; {LEARN}/data-factory/data-factory-private-link; "
        f".../storage/blobs/data-lake-storage-best-"
        "practices, as known", merged(merged(OWN, named("stlake.dfs.core.windows.net")), unpriced(
            "azure-native:datafactory:ManagedPrivateEndpoint::to-lake"))),
    Idiom("events of branches go to Event Hubs under the bank's key, are kept a week and written to the lake", (
        AZURE_BUDGET,
        az("eventhub:Namespace", {**HERE, "namespaceName": "evhns-bank", "sku": {"name": "Premium", "tier": "Premium",
            "capacity":
            1}, **USER, "disableLocalAuth": True, "minimumTlsVersion": "1.2", **CLOSED, "zoneRedundant": True,
                "encryption": {
                "keySource": "Microsoft.KeyVault", "requireInfrastructureEncryption": True, "keyVaultProperties": [{
                    "keyName": "cmk", "keyVaultUri": "https://kv-bank.vault.azure.net", "identity": {
                        "userAssignedIdentity": ID}}]}}, "hubs", protect=True),
        az("eventhub:EventHub", {
            **RG, "namespaceName": "evhns-bank", "eventHubName": "branches", "partitionCount": 8,
                "retentionDescription": {
                "cleanupPolicy": "Delete", "retentionTimeInHours": 168}, "captureDescription": {
                "enabled": True, "encoding": "Avro", "intervalInSeconds": 300, "sizeLimitInBytes": 104857600,
                    "skipEmptyArchives":
                True, "destination": {"name": "EventHubArchive.AzureBlockBlob", "storageAccountResourceId": LAKE,
                    "blobContainer": "raw", "archiveNameFormat":
                    "{Namespace}/{EventHub}/{PartitionId}/{Year}/{Month}/{Day}/{Hour}/{Minute}/{Second}", "identity": {
                        "type": "UserAssigned", "userAssignedIdentity": ID}}}}, "branches", protect=True, links={
                            "namespaceName": ("hubs",)}),
        *(az("eventhub:ConsumerGroup", {**RG, "namespaceName": "evhns-bank", "eventHubName": "branches",
            "consumerGroupName":
                                        name, "userMetadata": f"Read by {name}"}, name,
                                            links={"eventHubName": ("branches",)})
          for name in ("fraud", "reports")),
        az("eventhub:NamespaceNetworkRuleSet", {**RG, "namespaceName": "evhns-bank", 
            "defaultAction": "Deny", **CLOSED, "trustedServiceAccessEnabled": False}, "rules",
                links={"namespaceName": ("hubs",)}),
        az("eventhub:SchemaRegistry", {**RG, "namespaceName": "evhns-bank", "schemaGroupName": "branches",
            "schemaType": "Avro",
            "schemaCompatibility": "Forward"}, "schemas", links={"namespaceName": ("hubs",)}),
        endpoint("evhns-bank", HUBS, "namespace"), *zone_link("hubs-zone", "privatelink.servicebus.windows.net"),
        granted("sender", f"{HUBS}/eventhubs/branches", "2b629674-e913-4c01-ae53-ef4638d8f975"),
        granted("receiver", f"{HUBS}/eventhubs/branches", "a638d3c7-ab3a-418d-83e6-5f17a39d4fde"), audit("hubs", HUBS),
        counted("hubs-throttled", HUBS, "Microsoft.EventHub/namespaces", "ThrottledRequests", "GreaterThan", 0),
            lock(HUBS, "hubs")),
        f"{AVM}/event-hub/namespace; {LEARN}/event-hubs/event-hubs-capture-overview; "
        f".../configure-customer-managed-key, as known",
        merged(merged(OWN, unpriced("azure-native:eventhub:Namespace::hubs")), {"residency": {"known": {
            LAKE: "the bank's lake, in uaenorth"}}})),
    Idiom("a subscription is watched by Defender, refuses other places and open addresses, and keeps who did what", (
        az("consumption:Budget", {
            "scope": SUB[1:], "budgetName": "landing-zone", "amount": 120000, "category": "Cost",
                "timeGrain": "Monthly",
            "timePeriod": {"startDate": "2026-12-01T00:00:00Z"}, "notifications": {
                kind: {"enabled": True, "operator": "GreaterThan", "threshold": 80, "thresholdType": kind,
                    "contactEmails": [
                    "finops@bank.ae"], "contactRoles": ["Owner"]} for kind in ("Actual", "Forecasted")}}, "budget"),
        *(az("security:Pricing", {"scopeId": SUB[1:], "pricingName": name, "pricingTier": "Standard", **more}, name)
          for name, more in (("VirtualMachines", {"subPlan": "P2"}), ("StorageAccounts",
              {"subPlan": "DefenderForStorageV2"}),
                             ("KeyVaults", {"subPlan": "PerKeyVault"}), ("Containers", {}), ("Arm",
                                 {"subPlan": "PerSubscription"}))),
        az("security:SecurityContact", {"securityContactName": "default", "emails": "security@bank.ae",
            "isEnabled": True,
            "notificationsByRole": {"state": "On", "roles": ["Owner"]}, "notificationsSources": [
                {"sourceType": "Alert", "minimalSeverity": "Medium"}]}, "contact"),
        *(az("authorization:PolicyAssignment", {
            "scope": SUB[1:], "policyAssignmentName": name, "displayName": name, "enforcementMode": "Default",
                "policyDefinitionId":
            f"/providers/Microsoft.Authorization/policyDefinitions/{definition}", "parameters": parameters,
            "nonComplianceMessages": [{"message": "Ask the platform team of the bank."}]}, name)
          for name, definition, parameters in (
              ("places", "e56962a6-4747-49cd-b67b-bf8b01975c4c", {"listOfAllowedLocations": {"value": ["uaenorth",
                  "uaecentral"]}}),
              ("groups", "e765b5de-1225-4ba3-bd56-1ac6695af988", {"listOfAllowedLocations": {"value": ["uaenorth",
                  "uaecentral"]}}),
              ("no-addresses", "83a86a26-fd1f-447c-b59d-e51f44264114", {}))),
        az("authorization:PolicyDefinition", {
            "policyDefinitionName": "cost-centre", "displayName": "Groups have a cost centre", "policyType": "Custom",
                "mode": "All",
            "metadata": {"category": "Tags", "version": "1.0.0"}, "policyRule": {
                "if": {"allOf": [{"field": "type", "equals": "Microsoft.Resources/subscriptions/resourceGroups"},
                                 {"field": "tags['cost-centre']", "exists": "false"}]}, "then": {"effect": "deny"}}},
                                     "cost-centre"),
        az("authorization:PolicyAssignment", {"scope": SUB[1:], "policyAssignmentName": "cost-centre", "displayName":
            "Groups have a cost centre", "policyDefinitionId": UNKNOWN}, "cost-centre-here", links={
                "policyDefinitionId": ("cost-centre",)}),
        az("monitor:DiagnosticSetting", {"name": "activity", "resourceUri": SUB[1:], "workspaceId": LOGS, "logs": [
            {"category": category, "enabled": True} for category in (
                "Administrative", "Security", "Policy", "Alert", "ServiceHealth", "Recommendation", "Autoscale",
                "ResourceHealth")]}, "activity"),
        az("monitor:ActivityLogAlert", {
            **RG, "location": "global", "tags": TAGS, "activityLogAlertName": "policy-removed", "enabled": True,
                "scopes": [SUB],
            "condition": {"allOf": [{"field": "category", "equals": "Administrative"}, {
                "field": "operationName", "equals": "Microsoft.Authorization/policyAssignments/delete"}]}, "actions": {
                "actionGroups": [{"actionGroupId": DUTY}]}}, "policy-removed")),
        f"{LEARN}/cloud-adoption-framework/ready/landing-zone/design-area/governance; Azure/ALZ-Bicep, as known",
        merged(OWN, {"residency": {"known": {"@bank.ae": "our own mail"}}})),
    Idiom("models of OpenAI answer in the region under filters of their own, by Entra and an endpoint alone", (
        AZURE_BUDGET,
        az("cognitiveservices:Account", {
            **HERE, "accountName": "oai-bank", "kind": "OpenAI", "sku": {"name": "S0"}, **USER, "properties": {
                "customSubDomainName": "oai-bank", "disableLocalAuth": True, **CLOSED,
                    "restrictOutboundNetworkAccess": True,
                "allowedFqdnList": ["stbank.blob.core.windows.net"], "networkAcls": {"defaultAction": "Deny",
                    "bypass": "None"},
                "encryption": {"keySource": "Microsoft.KeyVault", "keyVaultProperties": {**VAULT,
                    "identityClientId": CLIENT}}}},
           "models", protect=True),
        az("cognitiveservices:RaiPolicy", {
            **RG, "accountName": "oai-bank", "raiPolicyName": "customers", "properties": {
                "basePolicyName": "Microsoft.DefaultV2", "mode": "Blocking", "contentFilters": [
                    {"name": name, "blocking": True, "enabled": True, "severityThreshold": "Low", "source": source}
                    for name in ("Hate", "Sexual", "Violence", "Selfharm") for source in ("Prompt", "Completion")] + [
                    {"name": "Jailbreak", "blocking": True, "enabled": True, "source": "Prompt"},
                    {"name": "Indirect Attack", "blocking": True, "enabled": True, "source": "Prompt"}]}},
                        "customers", links={
                        "accountName": ("models",)}),
        *(az("cognitiveservices:Deployment", {
            **RG, "accountName": "oai-bank", "deploymentName": name, "sku": {"name": "Standard", "capacity": capacity},
            "properties": {"model": {"format": "OpenAI", "name": name, "version": version},
                "raiPolicyName": "customers",
                           "versionUpgradeOption": "NoAutoUpgrade"}}, name, links={"accountName": ("models",)})
          for name, version, capacity in (("gpt-4o", "2024-11-20", 30), ("text-embedding-3-large", "1", 50))),
        endpoint("oai-bank", OPENAI, "account"), *zone_link("openai", "privatelink.openai.azure.com"),
        granted("caller", OPENAI, "5e0bd9bd-7b93-4f28-af87-19fc36ad61bd"), audit("models", OPENAI), lock(OPENAI,
            "models"),
        counted("models-refused", OPENAI, "Microsoft.CognitiveServices/accounts", "ClientErrors", "GreaterThan", 100)),
        f"{AVM}/cognitive-services/account; {LEARN}/ai-foundry/responsible-ai/openai/overview; "
        f".../openai/encrypt-data-at-rest",
        merged(OWN, unpriced("azure-native:cognitiveservices:Deployment::gpt-4o",
                             "azure-native:cognitiveservices:Deployment::text-embedding-3-large"))),
    Idiom("documents are found by a search of three copies, which reads the store by a shared link and roles alone", (
        AZURE_BUDGET,
        az("search:Service", {
            **HERE, "searchServiceName": "srch-bank", "sku": {"name": "standard"}, "replicaCount": 3,
                "partitionCount": 1,
            "hostingMode": "Default", "semanticSearch": "disabled", **CLOSED, "disableLocalAuth": True, "identity": {
                "type": "SystemAssigned"}, "encryptionWithCmk": {"enforcement": "Enabled"}, "networkRuleSet": {
                    "bypass": "None", "ipRules": []}}, "search", protect=True),
        az("search:SharedPrivateLinkResource", {
            **RG, "searchServiceName": "srch-bank", "sharedPrivateLinkResourceName": "store", "properties": {
                "groupId": "blob", "privateLinkResourceId": f"{OURS}.Storage/storageAccounts/stbank", "requestMessage":
                "Search of the bank"}}, "to-store", links={"searchServiceName": ("search",)}),
        endpoint("srch-bank", SEARCH, "searchService"), *zone_link("search-zone", "privatelink.search.windows.net"),
        granted("index-reader", SEARCH, "1407120a-92aa-4202-b7e9-c0e197c71c8f"),
        granted("store-reader", f"{OURS}.Storage/storageAccounts/stbank", "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1"),
        audit("search", SEARCH), counted("search-slow", SEARCH, "Microsoft.Search/searchServices", "SearchLatency",
                                         "GreaterThan", 2), lock(SEARCH, "search")),
        f"{AVM}/search/search-service; {LEARN}/search/search-security-overview; "
        f".../search-indexer-howto-access-private",
        merged(OWN, unpriced("azure-native:search:Service::search"))),
)  # fmt: skip
