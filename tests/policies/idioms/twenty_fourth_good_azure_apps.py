"""Good programs of platform teams on Azure: models, apps and answers to incidents (set 24, before any rule ran)."""

from ..blind import TAGS, az
from ..harness import UNKNOWN, Given
from . import Idiom
from .twentieth_goodb_charts import merged
from .twenty_third_azure import (
    AT,
    AVM,
    BY_IDENTITY,
    IDENTITY,
    ITS,
    LEARN,
    RG,
    TENANT,
    VNET,
    alert,
    budget,
    granted,
    kept,
    private,
    records,
    with_prices,
)

CLIENT = "11111111-2222-3333-4444-555555555555"
APIM = {**RG, "serviceName": "apim-ai-prod"}
GATEWAY = f"""<policies><inbound><base />
  <validate-azure-ad-token tenant-id="{TENANT}" failed-validation-httpcode="401">
    <audiences><audience>api://ai-gateway</audience></audiences>
    <required-claims><claim name="roles" match="any"><value>Models.Call</value></claim></required-claims>
  </validate-azure-ad-token>
  <llm-semantic-cache-lookup score-threshold="0.05" embeddings-backend-id="embeddings"
    embeddings-backend-auth="system-assigned"><vary-by>@(context.Subscription.Id)</vary-by></llm-semantic-cache-lookup>
  <llm-token-limit counter-key="@(context.Subscription.Id)" tokens-per-minute="30000" token-quota="20000000"
    token-quota-period="Monthly" estimate-prompt-tokens="true" remaining-tokens-header-name="x-tokens-left" />
  <llm-emit-token-metric namespace="ai-gateway"><dimension name="Subscription ID" /><dimension name="API ID" />
  </llm-emit-token-metric>
  <llm-content-safety backend-id="safety" shield-prompt="true"><categories output-type="FourSeverityLevels">
    <category name="Hate" threshold="4" /><category name="Violence" threshold="4" /></categories></llm-content-safety>
  <authentication-managed-identity resource="https://cognitiveservices.azure.com" />
  <set-backend-service backend-id="chat-pool" />
</inbound><backend><retry condition="@(context.Response.StatusCode == 429)" count="2" interval="1">
  <forward-request buffer-request-body="true" timeout="120" /></retry></backend>
<outbound><base /><llm-semantic-cache-store duration="600" /></outbound><on-error><base /></on-error></policies>"""
HOSTS = ("oai-a-prod.openai.azure.com", "oai-b-prod.openai.azure.com", "cs-prod.cognitiveservices.azure.com",
         "sb-claims-prod.servicebus.windows.net")  # fmt: skip
OWN = dict.fromkeys(HOSTS, "our own, in uaenorth")
OURS_TOO = {"residency": {"known": OWN}}


def backend(name: str, url: str) -> Given:
    """Returns a backend of the gateway that is left alone for a minute once it throttles."""
    return az("apimanagement:Backend", {
        **APIM, "backendId": name, "type": "Single", "protocol": "http", "url": url, "tls": {
            "validateCertificateChain": True, "validateCertificateName": True}, "circuitBreaker": {"rules": [{
                "name": "throttled", "tripDuration": "PT1M", "acceptRetryAfter": True, "failureCondition": {
                    "count": 3, "interval": "PT1M", "statusCodeRanges": [{"min": 429, "max": 429},
                                                                         {"min": 500, "max": 599}]}}]}}, name,
        links={"serviceName": ("apim",)})  # fmt: skip


def mind(name: str, kind: str, *endpoints: str) -> tuple[Given, ...]:
    """Returns an account of models, closed and under the bank's key, with its endpoint and records."""
    return (
        az("cognitiveservices:Account", {
            **AT, **BY_IDENTITY, "accountName": name, "kind": kind, "sku": {"name": "S0"}, "properties": {
                "customSubDomainName": name, "disableLocalAuth": True, "publicNetworkAccess": "Disabled",
                "restrictOutboundNetworkAccess": True, "allowedFqdnList": [], "networkAcls": {"defaultAction": "Deny"},
                "encryption": {"keySource": "Microsoft.KeyVault", "keyVaultProperties": {
                    "keyName": "cmk-data", "keyVersion": "0123456789abcdef0123456789abcdef", "keyVaultUri":
                    "https://kv-cmk-prod.vault.azure.net/", "identityClientId": CLIENT}}}}, name),
        *private(name, "account", endpoints[0]), records(name), kept(name),
    )  # fmt: skip


IDIOMS: tuple[Idiom, ...] = (
    Idiom("AI gateway: APIM counts and limits tokens of teams, shields prompts and spreads calls over two accounts", (
        budget(60000),
        az("apimanagement:ApiManagementService", {
            **AT, "serviceName": "apim-ai-prod", "publisherName": "Platform", "publisherEmail": "platform@bank.ae",
            "sku": {"name": "Premium", "capacity": 3}, "zones": ["1", "2", "3"], "identity": {"type": "SystemAssigned"},
            "virtualNetworkType": "Internal", "virtualNetworkConfiguration": {
                "subnetResourceId": f"{VNET}/subnets/snet-apim"}, "developerPortalStatus": "Disabled",
            "legacyPortalStatus": "Disabled", "apiVersionConstraint": {"minApiVersion": "2021-08-01"},
            "customProperties": {
                f"Microsoft.WindowsAzure.ApiManagement.Gateway.Security.{side}Protocols.{old}": "False"
                for side in ("", "Backend.") for old in ("Tls10", "Tls11", "Ssl30")}}, "apim", protect=True),
        backend("chat-a", "https://oai-a-prod.openai.azure.com/openai"),
        backend("chat-b", "https://oai-b-prod.openai.azure.com/openai"),
        backend("embeddings",
            "https://oai-a-prod.openai.azure.com/openai/deployments/text-embedding-3-large/embeddings"),
        backend("safety", "https://cs-prod.cognitiveservices.azure.com"),
        az("apimanagement:Backend", {**APIM, "backendId": "chat-pool", "type": "Pool", "pool": {"services": [
            {"id": UNKNOWN, "priority": 1, "weight": 2}, {"id": UNKNOWN, "priority": 2, "weight": 1}]}}, "chat-pool",
           links={"pool": ("chat-a", "chat-b")}),
        az("apimanagement:Logger", {**APIM, "loggerId": "insights", "loggerType": "azureMonitor", "isBuffered": True},
           "logger", links={"serviceName": ("apim",)}),
        az("apimanagement:Api", {
            **APIM, "apiId": "models", "displayName": "Models", "path": "openai", "protocols": ["https"],
            "subscriptionRequired": True, "apiType": "http", "subscriptionKeyParameterNames": {"header": "api-key",
                                                                                               "query": "api-key"},
            "serviceUrl": "https://oai-a-prod.openai.azure.com/openai"}, "models", links={"serviceName": ("apim",)}),
        az("apimanagement:ApiPolicy", {**APIM, "apiId": "models", "policyId": "policy", "format": "rawxml", "value":
                                       GATEWAY}, "policy", links={"apiId": ("models",)}),
        az("apimanagement:Product", {**APIM, "productId": "team-quotes", "displayName": "Quotes", "state": "published",
                                     "subscriptionRequired": True, "approvalRequired": True, "subscriptionsLimit": 2},
           "team", links={"serviceName": ("apim",)}),
        az("apimanagement:ProductApi", {**APIM, "productId": "team-quotes", "apiId": "models"}, "team-models", links={
            "productId": ("team",), "apiId": ("models",)}),
        *(given for name in ("oai-a-prod", "oai-b-prod") for given in (
            *mind(name, "OpenAI", "privatelink.openai.azure.com"),
            az("cognitiveservices:Deployment", {
                **RG, "accountName": name, "deploymentName": "gpt-4o", "sku": {"name": "Standard", "capacity": 60},
                "properties": {"model": {"format": "OpenAI", "name": "gpt-4o", "version": "2024-11-20"},
                               "versionUpgradeOption": "NoAutoUpgrade", "raiPolicyName": "Microsoft.DefaultV2"}},
               f"{name}-chat", links={"accountName": (name,)}),
            granted(f"{name}-caller", name, "5e0bd9bd-7b93-4f28-af87-19fc36ad61bd"))),
        records("apim")),
        "Azure-Samples/AI-Gateway 4b83e18b, labs/token-rate-limiting and backend-pool-load-balancing, read 2026-12-02; "
        f"{LEARN}/api-management/llm-semantic-cache-lookup-policy, as known",
            merged(with_prices("apimanagement:ApiManagementService::apim"), OURS_TOO)),
    Idiom("Container Apps: workers of claims scale by their queue under an identity, with Dapr and sealed calls", (
        budget(),
        az("app:ManagedEnvironment", {
            **AT, "environmentName": "cae-claims", "zoneRedundant": True, "vnetConfiguration": {
                "internal": True, "infrastructureSubnetId": f"{VNET}/subnets/snet-cae"}, "publicNetworkAccess":
            "Disabled", "infrastructureResourceGroup": "rg-cae-claims", "peerAuthentication": {"mtls": {"enabled":
                                                                                                       True}},
            "peerTrafficConfiguration": {"encryption": {"enabled": True}}, "appLogsConfiguration": {
                "destination": "azure-monitor"}, "workloadProfiles": [
                {"name": "Consumption", "workloadProfileType": "Consumption"},
                {"name": "d4", "workloadProfileType": "D4", "minimumCount": 1, "maximumCount": 4}]}, "environment"),
        az("app:DaprComponent", {
            **RG, "environmentName": "cae-claims", "componentName": "claims", "componentType":
            "pubsub.azure.servicebus.topics", "version": "v1", "scopes": ["claims-api", "claims-worker"], "metadata": [
                {"name": "namespaceName", "value": "sb-claims-prod.servicebus.windows.net"},
                {"name": "azureClientId", "value": CLIENT}, {"name": "disableEntityManagement", "value": "true"},
                {"name": "maxConcurrentHandlers", "value": "8"}]}, "pubsub", links={"environmentName": (
                    "environment",)}),
        *(az("app:ContainerApp", {
            **AT, "containerAppName": name, **BY_IDENTITY, "managedEnvironmentId": UNKNOWN, "workloadProfileName": "d4",
            "configuration": {
                "activeRevisionsMode": "Multiple" if ingress else "Single", "maxInactiveRevisions": 5, "registries": [
                    {"server": "crbankprod.azurecr.io", "identity": IDENTITY}], "identitySettings": [
                        {"identity": IDENTITY, "lifecycle": "Main"}], "dapr": {
                    "enabled": True, "appId": name, "appPort": 8080, "appProtocol": "http", "logLevel": "info",
                    "enableApiLogging": False}, **ingress}, "template": {
                "revisionSuffix": "v42", "terminationGracePeriodSeconds": 60, "containers": [{
                    "name": name, "image": f"crbankprod.azurecr.io/{name}@sha256:" + "d" * 64, "resources": {
                        "cpu": 1.0, "memory": "2Gi"}, "probes": [{"type": "Readiness", "periodSeconds": 10, "httpGet": {
                            "path": "/ready", "port": 8080, "scheme": "HTTP"}}], "env": [
                        {"name": "AZURE_CLIENT_ID", "value": CLIENT}]}], "scale": scale}}, name, links={
                "managedEnvironmentId": ("environment",)})
          for name, ingress, scale in (
            ("claims-api", {"ingress": {
                "external": False, "targetPort": 8080, "transport": "http", "allowInsecure": False,
                    "clientCertificateMode":
                "ignore", "traffic": [{"weight": 90, "revisionName": "claims-api--v41"}, {
                    "weight": 10, "latestRevision": True}]}}, {
                "minReplicas": 2, "maxReplicas": 10, "rules": [{"name": "calls", "http": {"metadata": {
                    "concurrentRequests": "50"}}}]}),
            ("claims-worker", {}, {"minReplicas": 0, "maxReplicas": 20, "cooldownPeriod": 300, "pollingInterval": 30,
                                   "rules": [{"name": "backlog", "custom": {
                                       "type": "azure-servicebus", "identity": IDENTITY, "metadata": {
                                           "namespace": "sb-claims-prod", "topicName": "claims", "subscriptionName":
                                           "worker", "messageCount": "20"}}}]}))),
        az("app:MaintenanceConfiguration", {**RG, "environmentName": "cae-claims", "configName": "default",
                                            "scheduledEntries": [{"weekDay": "Friday", "startHourUtc": 20,
                                                                  "durationHours": 8}]}, "window", links={
            "environmentName": ("environment",)}),
        records("environment"),
        alert("claims-api", "Microsoft.App/containerApps", "RestartCount", "GreaterThan", 3)),
        f"Azure/aca-landing-zone-accelerator; {LEARN}/container-apps/scale-app, as known",
        merged(with_prices("app:ManagedEnvironment::environment", "app:ContainerApp::claims-api",
                           "app:ContainerApp::claims-worker"), OURS_TOO)),
    Idiom("Sentinel: a flow comments on the account that an incident names, by an identity", (
        az("logic:Workflow", {
            **AT, "workflowName": "play-revoke", **BY_IDENTITY, "state": "Enabled", "accessControl": {
                "triggers": {"allowedCallerIpAddresses": [], "openAuthenticationPolicies": {}},
                "contents": {"allowedCallerIpAddresses": [{"addressRange": "10.20.0.0/16"}]}}, "definition": {
                "$schema": "https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/"
                           "workflowdefinition.json#", "contentVersion": "1.0.0.0", "parameters": {
                    "$connections": {"type": "Object", "defaultValue": {}}}, "triggers": {"incident": {
                        "type": "ApiConnectionWebhook", "inputs": {"host": {"connection": {
                            "name": "@parameters('$connections')['azuresentinel']['connectionId']"}}, "body": {
                            "callback_url": "@{listCallbackUrl()}"}, "path": "/incident-creation"}}}, "actions": {
                    "comment": {"type": "ApiConnection", "runAfter": {}, "inputs": {
                        "method": "post", "path": "/Incidents/Comment", "host": {"connection": {
                            "name": "@parameters('$connections')['azuresentinel']['connectionId']"}}, "body": {
                            "incidentArmId": "@triggerBody()?['object']?['id']", "message": "Sessions are looked at"}},
                        "runtimeConfiguration": {"secureData": {"properties": ["inputs", "outputs"]}}}}},
            "parameters": {"$connections": {"value": {"azuresentinel": {
                "connectionId": f"{ITS}.Web/connections/azuresentinel", "connectionName": "azuresentinel", "id":
                f"{ITS.split('/resourceGroups')[0]}/providers/Microsoft.Web/locations/uaenorth/managedApis/"
                "azuresentinel", "connectionProperties": {"authentication": {
                    "type": "ManagedServiceIdentity", "identity": IDENTITY}}}}}}}, "playbook"),
        az("web:Connection", {**AT, "connectionName": "azuresentinel", "properties": {
            "displayName": "sentinel by identity", "parameterValues": {}, "api": {
                "id": f"{ITS.split('/resourceGroups')[0]}/providers/Microsoft.Web/locations/uaenorth/managedApis/"
                      "azuresentinel"}}}, "connection"),
        az("securityinsights:AutomationRule", {
            **RG, "workspaceName": "log-ai-prod", "automationRuleId": "66666666-7777-8888-9999-aaaaaaaaaaaa",
            "displayName": "Revoke sessions", "order": 10, "triggeringLogic": {
                "isEnabled": True, "triggersOn": "Incidents", "triggersWhen": "Created", "conditions": [{
                    "conditionType": "Property", "conditionProperties": {
                        "propertyName": "IncidentSeverity", "operator": "Equals", "propertyValues": ["High"]}}]},
            "actions": [{"actionType": "RunPlaybook", "order": 1, "actionConfiguration": {
                "logicAppResourceId": UNKNOWN, "tenantId": TENANT}}]}, "rule", links={"actions": ("playbook",)}),
        granted("responds", "playbook", "3e150937-b8fe-4cfb-8069-0eaf05ecd056"), records("playbook")),
        f"Azure/Azure-Sentinel Playbooks/AD4IoT; {LEARN}/sentinel/automation/authenticate-playbooks-to-sentinel, "
        "as known", with_prices()),
    Idiom("call centre: speech becomes text and loses names in the region, by an account with a commitment of hours", (
        budget(30000), *mind("spch-calls-prod", "SpeechServices", "privatelink.cognitiveservices.azure.com"),
        az("cognitiveservices:CommitmentPlan", {
            **RG, "tags": TAGS, "accountName": "spch-calls-prod", "commitmentPlanName": "hours", "properties": {
                "hostingModel": "Web", "planType": "STT", "autoRenew": False, "current": {"tier": "T1", "count": 1}}},
           "hours", links={"accountName": ("spch-calls-prod",)}),
        *mind("lang-calls-prod", "TextAnalytics", "privatelink.cognitiveservices.azure.com"),
        az("storage:StorageAccount", {
            **AT, **BY_IDENTITY, "accountName": "stcallsprod", "kind": "StorageV2", "sku": {"name": "Standard_ZRS"},
            "allowBlobPublicAccess": False, "allowSharedKeyAccess": False, "enableHttpsTrafficOnly": True,
            "minimumTlsVersion": "TLS1_2", "publicNetworkAccess": "Disabled", "networkRuleSet": {
                "defaultAction": "Deny", "bypass": "AzureServices"},
            "encryption": {"keySource": "Microsoft.Keyvault", "requireInfrastructureEncryption": True,
                "encryptionIdentity": {
                "encryptionUserAssignedIdentity": IDENTITY}, "keyVaultProperties": {
                "keyName": "cmk-data", "keyVaultUri": "https://kv-cmk-prod.vault.azure.net"}}}, "calls"),
        az("storage:ManagementPolicy", {**RG, "accountName": "stcallsprod", "managementPolicyName": "default", "policy":
            {"rules": [{"name": "forget", "type": "Lifecycle", "enabled": True, "definition": {
                "filters": {"blobTypes": ["blockBlob"], "prefixMatch": ["audio/"]}, "actions": {"baseBlob": {"delete": {
                    "daysAfterCreationGreaterThan": 30}}}}}]}}, "forget", links={"accountName": ("calls",)}),
        *private("calls", "blob", "privatelink.blob.core.windows.net"),
        granted("reads-audio", "calls", "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1"), records("calls"), kept("calls")),
        f"{LEARN}/ai-services/speech-service/speech-services-private-link; .../commitment-tier, as known",
        with_prices("cognitiveservices:CommitmentPlan::hours")),
    Idiom("batch scores: a model of the registry reads a month of cards each night on machines that come and go", (
        budget(25000),
        az("machinelearningservices:Compute", {
            **AT, **BY_IDENTITY, "workspaceName": "mlw-prod", "computeName": "night", "properties": {
                "computeType": "AmlCompute", "disableLocalAuth": True, "properties": {
                    "vmSize": "Standard_D8ds_v5", "vmPriority": "Dedicated", "osType": "Linux", "enableNodePublicIp":
                    False, "remoteLoginPortPublicAccess": "Disabled", "isolatedNetwork": True, "scaleSettings": {
                        "minNodeCount": 0, "maxNodeCount": 6, "nodeIdleTimeBeforeScaleDown": "PT5M"}, "subnet": {
                        "id": f"{VNET}/subnets/snet-ml"}}}}, "night"),
        az("machinelearningservices:BatchEndpoint", {
            **AT, **BY_IDENTITY, "workspaceName": "mlw-prod", "endpointName": "cards-night", "properties": {
                "authMode": "AADToken", "description": "Scores of cards", "defaults": {"deploymentName": "v4"}}},
           "endpoint"),
        az("machinelearningservices:BatchDeployment", {
            **AT, "workspaceName": "mlw-prod", "endpointName": "cards-night", "deploymentName": "v4", "properties": {
                "compute": UNKNOWN, "model": {"referenceType": "Id", "assetId":
                                              "azureml://registries/bank-models/models/cards/versions/4"},
                "environmentId": "azureml://registries/bank-models/environments/score/versions/7",
                "codeConfiguration": {"codeId": f"{ITS}.MachineLearningServices/workspaces/mlw-prod/codes/score/"
                                                "versions/4", "scoringScript": "score.py"},
                "miniBatchSize": 20, "maxConcurrencyPerInstance": 4, "errorThreshold": 10, "outputAction": "AppendRow",
                "outputFileName": "scores.csv", "loggingLevel": "Info", "retrySettings": {"maxRetries": 3, "timeout":
                                                                                        "PT10M"}, "resources": {
                    "instanceCount": 3}}}, "v4", links={"endpointName": ("endpoint",), "properties": ("night",)}),
        granted("starts", "endpoint", "f6c7c914-8db3-469d-8ca1-694a8f32e121"), records("endpoint")),
        f"Azure/azureml-examples cli/endpoints/batch; {LEARN}/machine-learning/how-to-use-batch-model-deployments; "
        f"{AVM}/machine-learning-services/workspace, as known",
        merged(with_prices("machinelearningservices:Compute::night"), {"escape": {"code_sources": {
            "azureml://registries/bank-models": "our own registry of models"}}})),
)  # fmt: skip
