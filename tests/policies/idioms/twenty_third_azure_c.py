"""Good programs of platform teams on Azure: models, search and data (2026-12-01, written before any rule ran)."""

from ..blind import az
from ..harness import UNKNOWN, Given
from . import Idiom
from .twentieth_goodb_charts import merged
from .twenty_third_azure import (
    AT,
    AVM,
    BY_IDENTITY,
    CMK,
    IDENTITY,
    ITS,
    LEARN,
    OURS,
    RG,
    alert,
    budget,
    granted,
    kept,
    private,
    records,
    with_prices,
)

VAULT = {"keyName": "cmk-ai", "keyVaultUri": "https://kv-cmk-prod.vault.azure.net/",
         "keyVersion": "0123456789abcdef0123456789abcdef", "identityClientId":
         "11111111-2222-3333-4444-555555555555"}  # fmt: skip
SEALED = {"keySource": "Microsoft.KeyVault", "keyVaultProperties": VAULT}


def cognitive(name: str, kind: str, **more: object) -> Given:
    """Returns an account of Azure AI services that Entra and the network alone reach."""
    return az("cognitiveservices:Account", {
        **AT, "accountName": name, "kind": kind, "sku": {"name": "S0"}, **BY_IDENTITY, "properties": {
            "customSubDomainName": name, "disableLocalAuth": True, "publicNetworkAccess": "Disabled",
            "restrictOutboundNetworkAccess": True, "allowedFqdnList": [], "networkAcls": {
                "defaultAction": "Deny", "ipRules": [], "virtualNetworkRules": []}, "encryption": SEALED, **more}},
        name)  # fmt: skip


IDIOMS: tuple[Idiom, ...] = (
    Idiom("AVM cognitive services: GPT of the region with a content filter, quota and an alert of throttling", (
        cognitive("oai-bank-prod", "OpenAI"),
        az("cognitiveservices:RaiPolicy", {
            **RG, "accountName": "oai-bank-prod", "raiPolicyName": "strict", "properties": {
                "basePolicyName": "Microsoft.DefaultV2", "mode": "Blocking", "contentFilters": [
                    {"name": name, "enabled": True, "blocking": True, "severityThreshold": "Low", "source": source}
                    for source in ("Prompt", "Completion") for name in ("Hate", "Sexual", "Violence", "Selfharm")]
                + [{"name": "Jailbreak", "enabled": True, "blocking": True, "source": "Prompt"},
                   {"name": "Indirect Attack", "enabled": True, "blocking": True, "source": "Prompt"},
                   {"name": "Protected Material Text", "enabled": True, "blocking": True, "source": "Completion"}]}},
           "filter", links={"accountName": ("oai-bank-prod",)}),
        az("cognitiveservices:Deployment", {
            **RG, "accountName": "oai-bank-prod", "deploymentName": "gpt-4o", "sku": {"name": "Standard", "capacity":
                                                                                      50}, "properties": {
                "model": {"format": "OpenAI", "name": "gpt-4o", "version": "2024-11-20"}, "raiPolicyName": "strict",
                "versionUpgradeOption": "OnceCurrentVersionExpired"}}, "gpt",
           links={"accountName": ("oai-bank-prod",), "properties": ("filter",)}),
        az("cognitiveservices:Deployment", {
            **RG, "accountName": "oai-bank-prod", "deploymentName": "embeddings", "sku": {
                "name": "Standard", "capacity": 100}, "properties": {
                "model": {"format": "OpenAI", "name": "text-embedding-3-large", "version": "1"}, "raiPolicyName":
                "strict", "versionUpgradeOption": "NoAutoUpgrade"}}, "embeddings",
           links={"accountName": ("oai-bank-prod",), "properties": ("filter",)}),
        *private("oai-bank-prod", "account", "privatelink.openai.azure.com"), records("oai-bank-prod"),
        kept("oai-bank-prod"), granted("app", "oai-bank-prod", "5e0bd9bd-7b93-4f28-af87-19fc36ad61bd"),
        alert("oai-bank-prod", "Microsoft.CognitiveServices/accounts", "AzureOpenAIRequests", "GreaterThan", 5000)),
        f"{AVM}/cognitive-services/account/tests/e2e/waf-aligned; "
        f"{LEARN}/ai-services/openai/how-to/managed-identity, as known", OURS),
    Idiom("AI Search: three replicas, own keys enforced, Entra roles and a shared link to the store", (
        az("search:Service", {
            **AT, "searchServiceName": "srch-bank-prod", "sku": {"name": "standard"}, "replicaCount": 3,
            "partitionCount": 1, "hostingMode": "Default", "disableLocalAuth": True, "publicNetworkAccess": "disabled",
            "semanticSearch": "disabled", "networkRuleSet": {"bypass": "None"}, "encryptionWithCmk": {
                "enforcement": "Enabled"}, "identity": {"type": "SystemAssigned"}}, "search"),
        az("search:SharedPrivateLinkResource", {
            **RG, "searchServiceName": "srch-bank-prod", "sharedPrivateLinkResourceName": "blob", "properties": {
                "groupId": "blob", "privateLinkResourceId": f"{ITS}.Storage/storageAccounts/stdocsprod",
                "requestMessage": "indexer of contracts", "resourceRegion": "uaenorth"}}, "to-store",
           links={"searchServiceName": ("search",)}),
        az("search:SharedPrivateLinkResource", {
            **RG, "searchServiceName": "srch-bank-prod", "sharedPrivateLinkResourceName": "openai", "properties": {
                "groupId": "openai_account", "privateLinkResourceId":
                f"{ITS}.CognitiveServices/accounts/oai-bank-prod", "requestMessage": "vectorizer"}}, "to-models",
           links={"searchServiceName": ("search",)}),
        granted("index-reader", "search", "1407120a-92aa-4202-b7e9-c0e197c71c8f"),
        granted("index-writers", "search", "8ebe5a00-799e-43f5-93ac-243d3dce84a7", "Group"),
        *private("search", "searchService", "privatelink.search.windows.net"), records("search"), kept("search"),
        alert("search", "Microsoft.Search/searchServices", "ThrottledSearchQueriesPercentage", "GreaterThan", 5)),
        f"{LEARN}/search/search-security-rbac; .../search/search-indexer-howto-access-private, as known",
        with_prices("search:Service::search", "search:SharedPrivateLinkResource::to-store",
                    "search:SharedPrivateLinkResource::to-models")),
    Idiom("Azure ML workspace: managed network for approved outbound only, a GPU cluster that scales to zero", (
        budget(),
        az("machinelearningservices:Workspace", {
            **AT, "workspaceName": "mlw-bank-prod", "kind": "Default", "sku": {"name": "Basic", "tier": "Basic"},
            **BY_IDENTITY, "primaryUserAssignedIdentity": IDENTITY, "friendlyName": "Models of the bank",
            "storageAccount": f"{ITS}.Storage/storageAccounts/stmlprod", "keyVault":
            f"{ITS}.KeyVault/vaults/kv-ml-prod", "containerRegistry":
            f"{ITS}.ContainerRegistry/registries/crbankprod", "applicationInsights":
            f"{ITS}.Insights/components/appi-ml", "publicNetworkAccess": "Disabled", "hbiWorkspace": True,
            "v1LegacyMode": False, "systemDatastoresAuthMode": "identity", "imageBuildCompute": "build", "encryption": {
                "status": "Enabled", "keyVaultProperties": {
                    "keyIdentifier": f"{CMK}/0123456789abcdef0123456789abcdef", "keyVaultArmId":
                    f"{ITS}.KeyVault/vaults/kv-cmk-prod"}, "identity": {"userAssignedIdentity": IDENTITY}},
            "managedNetwork": {"isolationMode": "AllowOnlyApprovedOutbound", "firewallSku": "Standard", "outboundRules":
                               {"store": {"type": "PrivateEndpoint", "category": "UserDefined", "destination": {
                                   "serviceResourceId": f"{ITS}.Storage/storageAccounts/stdocsprod",
                                   "subresourceTarget": "blob", "sparkEnabled": False}}}}}, "workspace"),
        az("machinelearningservices:Compute", {
            **AT, "workspaceName": "mlw-bank-prod", "computeName": "gpu-spot", "identity": {
                "type": "UserAssigned", "userAssignedIdentities": [IDENTITY]}, "properties": {
                "computeType": "AmlCompute", "computeLocation": "uaenorth", "disableLocalAuth": True, "properties": {
                    "vmSize": "Standard_NC40ads_H100_v5", "vmPriority": "LowPriority", "osType": "Linux",
                    "enableNodePublicIp": False, "isolatedNetwork": False, "remoteLoginPortPublicAccess": "Disabled",
                    "scaleSettings": {"minNodeCount": 0, "maxNodeCount": 2, "nodeIdleTimeBeforeScaleDown":
                                      "PT15M"}}}}, "cluster", links={"workspaceName": ("workspace",)}),
        az("storage:BlobContainer", {**RG, "accountName": "stmlprod", "containerName": "checkpoints", "publicAccess":
                                     "None"}, "checkpoints"),
        granted("scientists", "workspace", "f6c7c914-8db3-469d-8ca1-694a8f32e121", "Group"),
        *private("workspace", "amlworkspace", "privatelink.api.azureml.ms"), records("workspace"), kept("workspace")),
        f"{LEARN}/machine-learning/how-to-managed-network; {AVM}/machine-learning-services/workspace, as known",
        with_prices("machinelearningservices:Workspace::workspace", "machinelearningservices:Compute::cluster")),
    Idiom("Azure ML online endpoint: two instances of a scoring model that follow the load, with an alarm", (
        budget(),
        az("machinelearningservices:OnlineEndpoint", {
            **AT, "workspaceName": "mlw-bank-prod", "endpointName": "credit-score", "kind": "Managed", **BY_IDENTITY,
            "properties": {"authMode": "AADToken", "publicNetworkAccess": "Disabled", "traffic": {
                "blue": 100}, "description": "Scores of retail loans"}}, "endpoint"),
        az("machinelearningservices:OnlineDeployment", {
            **AT, "workspaceName": "mlw-bank-prod", "endpointName": "credit-score", "deploymentName": "blue", "sku": {
                "name": "Default", "capacity": 2}, "properties": {
                "endpointComputeType": "Managed", "instanceType": "Standard_DS3_v2", "model":
                "azureml://registries/bank/models/credit-score/versions/7", "environmentId":
                f"{ITS}.MachineLearningServices/workspaces/mlw-bank-prod/environments/score/versions/4",
                "codeConfiguration": {"codeId":
                                      f"{ITS}.MachineLearningServices/workspaces/mlw-bank-prod/codes/score/versions/3",
                                      "scoringScript": "score.py"}, "appInsightsEnabled": True,
                "egressPublicNetworkAccess": "Disabled", "requestSettings": {
                    "requestTimeout": "PT30S", "maxConcurrentRequestsPerInstance": 4}, "livenessProbe": {
                        "initialDelay": "PT60S", "period": "PT10S", "timeout": "PT5S", "failureThreshold": 10},
                "scaleSettings": {"scaleType": "Default"}}}, "blue", links={"endpointName": ("endpoint",)}),
        az("monitor:AutoscaleSetting", {
            **AT, "autoscaleSettingName": "scale-blue", "enabled": True, "targetResourceUri": UNKNOWN, "profiles": [{
                "name": "cpu", "capacity": {"minimum": "2", "maximum": "6", "default": "2"}, "rules": [
                    {"metricTrigger": {"metricName": "CpuUtilizationPercentage", "metricResourceUri": UNKNOWN,
                                       "timeGrain": "PT1M", "statistic": "Average", "timeWindow": "PT5M",
                                       "timeAggregation": "Average", "operator": operator, "threshold": threshold},
                     "scaleAction": {"direction": direction, "type": "ChangeCount", "value": "1", "cooldown": "PT5M"}}
                    for operator, threshold, direction in (("GreaterThan", 70, "Increase"),
                                                           ("LessThan", 30, "Decrease"))]}]}, "scale",
           links={"targetResourceUri": ("blue",), "profiles": ("blue",)}),
        granted("callers", "endpoint", "f6c7c914-8db3-469d-8ca1-694a8f32e121"), records("endpoint"),
        alert("endpoint", "Microsoft.MachineLearningServices/workspaces/onlineEndpoints", "RequestLatency_P95",
              "GreaterThan", 800)),
        f"{LEARN}/machine-learning/concept-secure-online-endpoint; .../how-to-autoscale-endpoints, as known",
        merged(with_prices("machinelearningservices:OnlineEndpoint::endpoint",
                           "machinelearningservices:OnlineDeployment::blue"),
               {"escape": {"code_sources": {"azureml://registries/bank": "our own registry of models"}}})),
    Idiom("Chat baseline: AI Foundry account and project, connected to the search and the store by identity", (
        cognitive("aif-chat-prod", "AIServices", allowProjectManagement=True),
        az("cognitiveservices:Project", {
            **AT, "accountName": "aif-chat-prod", "projectName": "chat", "identity": {"type": "SystemAssigned"},
            "properties": {"displayName": "Chat of the branches", "description": "Answers about products"}}, "project",
           links={"accountName": ("aif-chat-prod",)}),
        az("cognitiveservices:ProjectConnection", {
            **RG, "accountName": "aif-chat-prod", "projectName": "chat", "connectionName": "search", "properties": {
                "authType": "AAD", "category": "CognitiveSearch", "target": "https://srch-bank-prod.search.windows.net",
                "isSharedToAll": False, "metadata": {"ApiType": "Azure", "ResourceId":
                                                     f"{ITS}.Search/searchServices/srch-bank-prod"}}}, "to-search",
           links={"projectName": ("project",)}),
        granted("project-search", "project", "64702f94-c441-49e6-a78b-ef80e0188fee", "Group"),
        *private("aif-chat-prod", "account", "privatelink.services.ai.azure.com"), records("aif-chat-prod"),
        kept("aif-chat-prod")),
        f"{LEARN}/architecture/ai-ml/architecture/baseline-microsoft-foundry-chat, as known",
        merged(OURS, {"residency": {"known": {"srch-bank-prod.search.windows.net": "our own search, in uaenorth"}}})),
    Idiom("Documents: Document Intelligence and Language read letters, a function app stores the results", (
        cognitive("di-letters-prod", "FormRecognizer"), cognitive("lang-letters-prod", "TextAnalytics"),
        *(given for of in ("di-letters-prod", "lang-letters-prod") for given in (
            *private(of, "account", "privatelink.cognitiveservices.azure.com"), records(of), kept(of),
            granted(f"reader-{of}", of, "a97b65f3-24c7-4388-baec-2e87135dc908"))),
        alert("di-letters-prod", "Microsoft.CognitiveServices/accounts", "TotalErrors", "GreaterThan", 20)),
        f"{LEARN}/ai-services/document-intelligence/authentication/managed-identities-secured-access, as known", OURS),
    Idiom("Data Factory: managed network, Git of the bank, endpoints to the lake and a nightly trigger", (
        az("datafactory:Factory", {
            **AT, "factoryName": "adf-bank-prod", "publicNetworkAccess": "Disabled", "identity": {
                "type": "UserAssigned", "userAssignedIdentities": [IDENTITY]}, "encryption": {
                "keyName": "cmk-data", "vaultBaseUrl": "https://kv-cmk-prod.vault.azure.net/", "identity": {
                    "userAssignedIdentity": IDENTITY}}, "purviewConfiguration": {}}, "factory"),
        az("datafactory:ManagedPrivateEndpoint", {
            **RG, "factoryName": "adf-bank-prod", "managedVirtualNetworkName": "default", "managedPrivateEndpointName":
            "lake", "properties": {"groupId": "dfs", "privateLinkResourceId":
                                   f"{ITS}.Storage/storageAccounts/stlakeprod"}}, "lake-endpoint",
           links={"factoryName": ("factory",)}),
        az("datafactory:IntegrationRuntime", {
            **RG, "factoryName": "adf-bank-prod", "integrationRuntimeName": "ir-managed", "properties": {
                "type": "Managed", "managedVirtualNetwork": {
                    "type": "ManagedVirtualNetworkReference", "referenceName": "default"}, "computeProperties": {
                        "location": "UAE North", "dataFlowProperties": {
                            "computeType": "General", "coreCount": 8, "timeToLive": 10}}}}, "runtime",
           links={"factoryName": ("factory",)}),
        az("datafactory:LinkedService", {
            **RG, "factoryName": "adf-bank-prod", "linkedServiceName": "lake", "properties": {
                "type": "AzureBlobFS", "url": "https://stlakeprod.dfs.core.windows.net", "connectVia": {
                    "type": "IntegrationRuntimeReference", "referenceName": "ir-managed"}}}, "lake",
           links={"factoryName": ("factory",)}),
        az("datafactory:Trigger", {
            **RG, "factoryName": "adf-bank-prod", "triggerName": "nightly", "properties": {
                "type": "ScheduleTrigger", "recurrence": {"frequency": "Day", "interval": 1, "startTime":
                                                          "2026-12-02T01:00:00", "timeZone": "Arabian Standard Time"},
                "pipelines": [{"pipelineReference": {"type": "PipelineReference", "referenceName": "load"}}]}},
           "nightly", links={"factoryName": ("factory",)}),
        *private("factory", "dataFactory", "privatelink.datafactory.azure.net"), records("factory"), kept("factory"),
        alert("factory", "Microsoft.DataFactory/factories", "PipelineFailedRuns", "GreaterThan", 0)),
        f"{LEARN}/data-factory/managed-virtual-network-private-endpoint; {AVM}/data-factory/factory, as known",
        merged(with_prices("datafactory:Factory::factory", "datafactory:ManagedPrivateEndpoint::lake-endpoint",
                           "datafactory:IntegrationRuntime::runtime"),
               {"residency": {"known": {"stlakeprod.dfs.core.windows.net": "our own lake, in uaenorth"}}})),
    Idiom("Service Bus Premium: orders by a topic with filters, dead letters and an alarm, for identities only", (
        az("servicebus:Namespace", {
            **AT, "namespaceName": "sb-orders-prod", "sku": {"name": "Premium", "tier": "Premium", "capacity": 1},
            "premiumMessagingPartitions": 1, "zoneRedundant": True, "minimumTlsVersion": "1.2", "disableLocalAuth":
            True, "publicNetworkAccess": "Disabled", **BY_IDENTITY, "encryption": {
                "keySource": "Microsoft.KeyVault", "requireInfrastructureEncryption": True, "keyVaultProperties": [{
                    "keyName": "cmk-events", "keyVaultUri": "https://kv-cmk-prod.vault.azure.net/", "identity": {
                        "userAssignedIdentity": IDENTITY}}]}}, "namespace"),
        az("servicebus:Topic", {
            **RG, "namespaceName": "sb-orders-prod", "topicName": "orders", "maxSizeInMegabytes": 5120,
            "requiresDuplicateDetection": True, "duplicateDetectionHistoryTimeWindow": "PT10M",
            "defaultMessageTimeToLive": "P14D", "supportOrdering": True, "enableBatchedOperations": True}, "topic",
           links={"namespaceName": ("namespace",)}),
        az("servicebus:Subscription", {
            **RG, "namespaceName": "sb-orders-prod", "topicName": "orders", "subscriptionName": "settlement",
            "lockDuration": "PT1M", "maxDeliveryCount": 10, "deadLetteringOnMessageExpiration": True,
            "deadLetteringOnFilterEvaluationExceptions": True, "requiresSession": False}, "settlement",
           links={"topicName": ("topic",)}),
        az("servicebus:Rule", {
            **RG, "namespaceName": "sb-orders-prod", "topicName": "orders", "subscriptionName": "settlement",
            "ruleName": "settled", "filterType": "CorrelationFilter", "correlationFilter": {
                "label": "settled", "properties": {"country": "AE"}}}, "settled",
           links={"subscriptionName": ("settlement",)}),
        granted("sender", "topic", "69a216fc-b8fb-44d8-bc22-1f3c2cd27a39"),
        granted("receiver", "settlement", "4f6d3b9b-027b-4f4c-9142-0e5a2a2247e0"),
        *private("namespace", "namespace", "privatelink.servicebus.windows.net"), records("namespace"),
        kept("namespace"),
        alert("namespace", "Microsoft.ServiceBus/namespaces", "DeadletteredMessages", "GreaterThan", 10)),
        f"{AVM}/service-bus/namespace/tests/e2e/waf-aligned, as known", with_prices("servicebus:Namespace::namespace")),
)  # fmt: skip
