"""Good idioms of platform teams on Azure, in the shapes of its documentation and Verified Modules (2026-11-28)."""

from ..blind import SUB, TAGS, az
from ..harness import UNKNOWN, Given
from . import Idiom, unpriced
from .azure_platform import lock
from .fifth_aws import OWN, TENANT
from .fourth import AVM, HERE, ID, LEARN, OURS, RG, VNET
from .fourth_kubernetes import AZURE_BUDGET, LAW

APP = f"{VNET}/subnets/app"
ASSIGNED = {"identity": {"type": "UserAssigned", "userAssignedIdentities": [ID]}}
VAULT = f"{OURS}.KeyVault/vaults/kv-bank"
SECRETS = "https://kv-bank.vault.azure.net/secrets"
ROLES = f"{SUB}/providers/Microsoft.Authorization/roleDefinitions"
ACCOUNT = f"{OURS}.Storage/storageAccounts/stbank"
CLIENT = "11111111-2222-3333-4444-555555555555"
POLICY = f"""<policies><inbound><base />
  <validate-azure-ad-token tenant-id="{TENANT}"><audiences><audience>api://orders.example.ae</audience></audiences>
  </validate-azure-ad-token><rate-limit-by-key calls="100" renewal-period="60"
    counter-key="@(context.Subscription.Id)" /></inbound>
  <backend><base /></backend><outbound><base /></outbound><on-error><base /></on-error></policies>"""
CLOSED = {"publicNetworkAccess": "Disabled"}


def endpoint(name: str, target: str, group: str) -> Given:
    """Returns a private endpoint of a resource of the group."""
    return az("network:PrivateEndpoint", {
        **HERE, "privateEndpointName": f"pe-{name}", "subnet": {"id": f"{VNET}/subnets/endpoints"},
        "privateLinkServiceConnections": [{"name": name, "groupIds": [group], "privateLinkServiceId": target}]},
        f"pe-{name}")  # fmt: skip


def _role(name: str, scope: str, role: str) -> Given:
    return az("authorization:RoleAssignment", {
        "scope": scope, "principalId": CLIENT, "principalType": "ServicePrincipal",
        "roleDefinitionId": f"{ROLES}/{role}"}, name)  # fmt: skip


def _setting(name: str, value: str) -> Given:
    return az("dbforpostgresql:Configuration", {
        **RG, "serverName": "pg-bank", "configurationName": name, "source": "user-override", "value": value},
        name)  # fmt: skip


def _plan(name: str, **more: object) -> Given:
    return az("security:Pricing", {"scopeId": SUB[1:], "pricingName": name, "pricingTier": "Standard", **more}, name)


IDIOMS: tuple[Idiom, ...] = (
    Idiom("a pool of spot machines with GPUs for AKS", (
        AZURE_BUDGET, az("containerservice:AgentPool", {
            **RG, "resourceName": "aks", "agentPoolName": "gpu", "mode": "User", "osType": "Linux", "osSKU": "Ubuntu",
            "vmSize": "Standard_NC40ads_H100_v5", "enableAutoScaling": True, "minCount": 0, "maxCount": 1, "count": 0,
            "scaleSetPriority": "Spot", "scaleSetEvictionPolicy": "Delete", "spotMaxPrice": -1, "tags": TAGS,
            "enableEncryptionAtHost": True, "enableNodePublicIP": False, "vnetSubnetID": f"{VNET}/subnets/nodes",
            "availabilityZones": ["1", "2", "3"], "upgradeSettings": {"maxUnavailable": "1"}, "nodeLabels": {
                "falaj.io/workload-profile": "training"},
            "nodeTaints": ["sku=gpu:NoSchedule", "kubernetes.azure.com/scalesetpriority=spot:NoSchedule"]}, "gpu"),
        az("storage:BlobContainer", {**RG, "accountName": "stbank", "containerName": "checkpoints",
                                     "publicAccess": "None"}, "checkpoints")),
        f"{LEARN}/aks/gpu-cluster", unpriced("azure-native:containerservice:AgentPool::gpu")),
    Idiom("rights of a workload: pull images, read secrets, write blobs", (
        az("managedidentity:UserAssignedIdentity", {**HERE, "resourceName": "id-orders"}, "id"),
        _role("pull", f"{OURS}.ContainerRegistry/registries/crbank", "7f951dda-4ed3-4680-a7ca-43fe172d538d"),
        _role("secrets", VAULT, "4633458b-17de-408a-b874-0445c86b69e6"),
        _role("blobs", f"{ACCOUNT}/blobServices/default/containers/orders", "ba92f5b4-2d11-453d-a403-e96b0029c9fe")),
        f"{LEARN}/role-based-access-control/built-in-roles"),
    Idiom("a server of PostgreSQL records what its users do", (
        _setting("require_secure_transport", "on"), _setting("pgaudit.log", "ddl,role,write"),
        _setting("log_connections", "on"), _setting("shared_preload_libraries", "pgaudit,pg_stat_statements"),
        _setting("azure.extensions", "PGCRYPTO,PG_STAT_STATEMENTS,VECTOR"),
        _setting("ssl_min_protocol_version", "TLSv1.2")), f"{LEARN}/postgresql/flexible-server"),
    Idiom("a gateway of APIs in the network, with an API and its check of tokens", (
        az("apimanagement:ApiManagementService", {
            **HERE, **CLOSED, "identity": {"type": "UserAssigned", "userAssignedIdentities": {ID: {}}},
            "serviceName": "apim-bank", "publisherName": "bank", "sku": {
                "name": "Premium", "capacity": 1}, "publisherEmail": "apis@example.ae",
            "virtualNetworkType": "Internal", "virtualNetworkConfiguration": {
                "subnetResourceId": f"{VNET}/subnets/apim"}, "zones": ["1"], "customProperties": {
                f"Microsoft.WindowsAzure.ApiManagement.Gateway.{key}": "False" for key in (
                    "Security.Protocols.Tls10", "Security.Protocols.Tls11", "Security.Protocols.Ssl30",
                    "Security.Backend.Protocols.Tls10", "Security.Backend.Protocols.Tls11",
                    "Security.Backend.Protocols.Ssl30", "Security.Ciphers.TripleDes168")}}, "apim", protect=True),
        az("apimanagement:NamedValue", {
            **RG, "serviceName": "apim-bank", "namedValueId": "key", "displayName": "key", "secret": True,
            "keyVault": {"secretIdentifier": f"{SECRETS}/core-key", "identityClientId": CLIENT}}, "key"),
        az("apimanagement:Api", {
            **RG, "serviceName": "apim-bank", "apiId": "orders", "displayName": "Orders", "path": "orders",
            "protocols": ["https"], "subscriptionRequired": True,
            "serviceUrl": "https://orders.internal.example.ae"}, "orders"),
        az("apimanagement:ApiPolicy", {**RG, "serviceName": "apim-bank", "apiId": "orders", "policyId": "policy",
                                       "format": "rawxml", "value": POLICY}, "policy"),
        az("apimanagement:ApiDiagnostic", {
            **RG, "serviceName": "apim-bank", "apiId": "orders", "diagnosticId": "azuremonitor", "logClientIp": True,
            "loggerId": f"{OURS}.ApiManagement/service/apim-bank/loggers/azuremonitor", "verbosity": "information",
            "sampling": {"samplingType": "fixed", "percentage": 100},
            "frontend": {"request": {"headers": ["X-Request-Id"], "body": {"bytes": 0}}}}, "diagnostic"),
        lock(f"{OURS}.ApiManagement/service/apim-bank")), f"{AVM}/api-management/service",
        {**OWN, "identity": {"trusted": {f"login.microsoftonline.com/{TENANT}": "our own tenant of Entra ID"}},
         **unpriced("azure-native:apimanagement:ApiManagementService::apim")}),
    Idiom("functions in the network, which reach their storage by identity", (
        az("web:AppServicePlan", {**HERE, "name": "plan-fn", "kind": "elastic", "reserved": True, "zoneRedundant": True,
                                  "sku": {"name": "EP1", "tier": "ElasticPremium", "capacity": 3},
                                  "maximumElasticWorkerCount": 6}, "plan"),
        az("web:WebApp", {
            **HERE, **CLOSED, **ASSIGNED, "name": "fn-orders", "kind": "functionapp,linux", "serverFarmId": UNKNOWN,
            "httpsOnly": True, "virtualNetworkSubnetId": APP, "keyVaultReferenceIdentity": ID,
            "clientCertEnabled": False, "siteConfig": {
                "linuxFxVersion": "PYTHON|3.12", "minTlsVersion": "1.2", "scmMinTlsVersion": "1.2",
                "ftpsState": "Disabled", "http20Enabled": True, "vnetRouteAllEnabled": True, "healthCheckPath":
                    "/api/health", "appSettings": [
                    {"name": "AzureWebJobsStorage__accountName", "value": "stbank"},
                    {"name": "AzureWebJobsStorage__credential", "value": "managedidentity"},
                    {"name": "FUNCTIONS_EXTENSION_VERSION", "value": "~4"},
                    {"name": "FUNCTIONS_WORKER_RUNTIME", "value": "python"},
                    {"name": "SB__fullyQualifiedNamespace", "value": "sb-bank.servicebus.windows.net"}]}}, "fn",
            links={"serverFarmId": ("plan",)}),
        az("web:WebAppFtpAllowed", {**RG, "name": UNKNOWN, "allow": False}, "ftp", links={"name": ("fn",)}),
        az("web:WebAppScmAllowed", {**RG, "name": UNKNOWN, "allow": False}, "scm", links={"name": ("fn",)}),
        az("web:WebAppAuthSettingsV2", {
            **RG, "name": UNKNOWN, "platform": {"enabled": True}, "httpSettings": {"requireHttps": True},
            "globalValidation": {"requireAuthentication": True, "unauthenticatedClientAction": "Return401"},
            "identityProviders": {"azureActiveDirectory": {"enabled": True, "registration": {
                "clientId": CLIENT, "openIdIssuer": f"https://login.microsoftonline.com/{TENANT}/v2.0"}}}}, "auth",
            links={"name": ("fn",)}),
        endpoint("fn", f"{OURS}.Web/sites/fn-orders", "sites")), f"{LEARN}/azure-functions", {
            "residency": {"known": {f"{OURS}.Storage/storageAccounts/stbank": "our own account in uaenorth",
                                    "sb-bank.servicebus.windows.net": "our own namespace in uaenorth",
                                    **dict.fromkeys(("stbank", "stbank.blob.core.windows.net"), "our own account")}},
            "identity": {"trusted": {f"login.microsoftonline.com/{TENANT}": "our own tenant of Entra ID"}},
            **unpriced("azure-native:web:AppServicePlan::plan")}),
    Idiom("a topic of events that delivers to a queue by identity", (
        az("eventgrid:Topic", {
            **HERE, **CLOSED, "topicName": "evgt-orders", "inputSchema": "CloudEventSchemaV1_0",
            "disableLocalAuth": True, "minimumTlsVersionAllowed": "1.2", "dataResidencyBoundary": "WithinRegion",
            "identity": {"type": "SystemAssigned"}}, "topic"),
        endpoint("topic", f"{OURS}.EventGrid/topics/evgt-orders", "topic"),
        az("eventgrid:TopicEventSubscription", {
            **RG, "topicName": "evgt-orders", "eventSubscriptionName": "settle", "deliveryWithResourceIdentity": {
                "identity": {"type": "SystemAssigned"}, "destination": {
                    "endpointType": "ServiceBusQueue", "resourceId":
                        f"{OURS}.ServiceBus/namespaces/sb-bank/queues/settle"}},
            "eventDeliverySchema": "CloudEventSchemaV1_0", "retryPolicy": {
                "maxDeliveryAttempts": 30, "eventTimeToLiveInMinutes": 1440}}, "settle")), f"{AVM}/event-grid/topic",
        unpriced("azure-native:eventgrid:Topic::topic")),
    Idiom("rules of the hub's firewall for a cluster of AKS", (
        az("network:FirewallPolicyRuleCollectionGroup", {
            **RG, "firewallPolicyName": "afwp", "ruleCollectionGroupName": "aks", "priority": 300, "ruleCollections": [{
                "ruleCollectionType": "FirewallPolicyFilterRuleCollection", "name": "aks", "priority": 310,
                "action": {"type": "Allow"}, "rules": [
                    {"ruleType": "ApplicationRule", "name": "aks", "sourceAddresses": ["10.20.0.0/16"],
                     "fqdnTags": ["AzureKubernetesService"],
                     "protocols": [{"protocolType": "Https", "port": 443}]},
                    {"ruleType": "NetworkRule", "name": "time", "sourceAddresses": ["10.20.0.0/16"],
                     "destinationAddresses": ["10.10.0.4"], "destinationPorts": ["123"],
                     "ipProtocols": ["UDP"]}]}]}, "aks"),), f"{LEARN}/aks/outbound-rules-control-egress"),
    Idiom("a machine is backed up every night and kept for seven years", (
        az("recoveryservices:ProtectionPolicy", {
            **RG, "vaultName": "rsv-bank", "policyName": "nightly", "properties": {
                "backupManagementType": "AzureIaasVM", "timeZone": "Arabian Standard Time", "policyType": "V2",
                "instantRpRetentionRangeInDays": 7, "schedulePolicy": {
                    "schedulePolicyType": "SimpleSchedulePolicyV2", "scheduleRunFrequency": "Daily",
                    "dailySchedule": {"scheduleRunTimes": ["2026-11-28T22:00:00Z"]}},
                "retentionPolicy": {"retentionPolicyType": "LongTermRetentionPolicy", "dailySchedule": {
                    "retentionTimes": ["2026-11-28T22:00:00Z"], "retentionDuration": {
                        "count": 35, "durationType": "Days"}}}}}, "policy"),
        az("recoveryservices:ProtectedItem", {
            **RG, "vaultName": "rsv-bank", "fabricName": "Azure",
            "containerName": "iaasvmcontainer;iaasvmcontainerv2;rg-platform;vm", "protectedItemName":
                "vm;iaasvmcontainerv2;rg-platform;vm", "properties": {
                "protectedItemType": "Microsoft.Compute/virtualMachines", "protectionState": "Protected",
                "policyId": f"{OURS}.RecoveryServices/vaults/rsv-bank/backupPolicies/nightly",
                "sourceResourceId": f"{OURS}.Compute/virtualMachines/vm"}}, "vm")), f"{AVM}/recovery-services/vault"),
    Idiom("a guard of backups whose operations need a second person", (
        az("dataprotection:ResourceGuard", {**HERE, "resourceGuardsName": "guard", "properties": {
            "vaultCriticalOperationExclusionList": []}}, "guard"),
        az("dataprotection:DppResourceGuardProxy", {
            **RG, "vaultName": "bv-bank", "resourceGuardProxyName": "DppResourceGuardProxy", "properties": {
                "resourceGuardResourceId": f"{OURS}.DataProtection/resourceGuards/guard"}}, "proxy")),
        f"{LEARN}/backup/multi-user-authorization"),
    Idiom("plans of Defender and who is told", (
        *(_plan(name) for name in ("KeyVaults", "Containers", "Arm", "OpenSourceRelationalDatabases")),
        _plan("StorageAccounts", subPlan="DefenderForStorageV2"), _plan("VirtualMachines", subPlan="P2"),
        az("security:SecurityContact", {
            "securityContactName": "default", "emails": "soc@example.ae", "isEnabled": True, "notificationsByRole": {
                "state": "On", "roles": ["Owner"]}, "notificationsSources": [{
                    "sourceType": "Alert", "minimalSeverity": "Medium"}]}, "contact")),
        f"{LEARN}/defender-for-cloud", OWN),
    Idiom("tables of a workspace: long for the audit, cheap for the rest", (
        az("operationalinsights:Table", {**RG, "workspaceName": "law", "tableName": "SigninLogs", "plan": "Analytics",
                                         "retentionInDays": 180, "totalRetentionInDays": 2556}, "signin"),
        az("operationalinsights:Table", {**RG, "workspaceName": "law", "tableName": "ContainerLogV2", "plan": "Basic",
                                         "totalRetentionInDays": 30}, "containers"),
        az("operationalinsights:Workspace", {
            **HERE, "workspaceName": "law", "retentionInDays": 90, "sku": {"name": "PerGB2018"},
            "publicNetworkAccessForIngestion": "Disabled", "publicNetworkAccessForQuery": "Disabled",
            "features": {"disableLocalAuth": True}, "workspaceCapping": {"dailyQuotaGb": 20}}, "law", protect=True)),
        f"{AVM}/operational-insights/workspace",
        unpriced("azure-native:operationalinsights:Workspace::law")),
    Idiom("a rule of collection leaves out the noise of debugging", (
        az("monitor:DataCollectionRule", {
            **HERE, "dataCollectionRuleName": "dcr-aks", "kind": "Linux", "dataSources": {"extensions": [{
                "name": "ContainerInsights", "extensionName": "ContainerInsights",
                "streams": ["Microsoft-ContainerLogV2"], "extensionSettings": {"dataCollectionSettings": {
                    "interval": "1m", "namespaceFilteringMode": "Off", "enableContainerLogV2": True}}}]},
            "destinations": {"logAnalytics": [{"name": "law", "workspaceResourceId": LAW}]},
            "dataFlows": [{"streams": ["Microsoft-ContainerLogV2"], "destinations": ["law"],
                           "transformKql": "source | where LogLevel != 'debug'"}]}, "dcr"),
        az("monitor:DataCollectionRuleAssociation", {
            "resourceUri": f"{OURS}.ContainerService/managedClusters/aks", "associationName": "ContainerInsights",
            "dataCollectionRuleId": UNKNOWN}, "to", links={"dataCollectionRuleId": ("dcr",)})),
        f"{LEARN}/azure-monitor/containers"),
    Idiom("an initiative on the group of landing zones, with one sandbox left out", (
        az("authorization:PolicyAssignment", {
            "scope": "/providers/Microsoft.Management/managementGroups/landing-zones", "policyAssignmentName":
                "baseline", "enforcementMode": "Default", "policyDefinitionId": "/providers/Microsoft.Authorization/"
                "policySetDefinitions/1f3afdf9-d0c9-4c3d-847f-89da613e70a8",
            "notScopes": ["/providers/Microsoft.Management/managementGroups/sandbox"],
            "overrides": [{"kind": "policyEffect", "value": "Deny", "selectors": [{
                "kind": "policyDefinitionReferenceId", "in": ["storagePublicAccess"]}]}],
            "nonComplianceMessages": [{"message": "See the baseline of the bank"}]}, "baseline"),),
        f"{LEARN}/governance/policy/concepts/assignment-structure"),
    Idiom("a job of Container Apps that runs the runners of GitHub", (az("app:Job", {
        **HERE, **ASSIGNED, "jobName": "runners", "environmentId": f"{OURS}.App/managedEnvironments/env",
        "workloadProfileName": "Consumption", "configuration": {
            "triggerType": "Event", "replicaTimeout": 1800, "replicaRetryLimit": 0, "eventTriggerConfig": {
                "parallelism": 1, "replicaCompletionCount": 1, "scale": {
                    "minExecutions": 0, "maxExecutions": 5, "pollingInterval": 30, "rules": [{
                        "name": "github", "type": "github-runner", "metadata": {
                            "owner": "example-bank", "repos": "platform", "runnerScope": "repo"},
                        "auth": [{"triggerParameter": "personalAccessToken", "secretRef": "pat"}]}]}},
            "registries": [{"server": "crbank.azurecr.io", "identity": ID}],
            "secrets": [{"name": "pat", "keyVaultUrl": f"{SECRETS}/runner", "identity": ID}]},
        "template": {"containers": [{
            "name": "runner", "image": "crbank.azurecr.io/runner:2.329.0", "resources": {"cpu": 2, "memory": "4Gi"},
            "env": [{"name": "GITHUB_PAT", "secretRef": "pat"},
                    {"name": "REPO_OWNER", "value": "example-bank"}]}]}}, "runners"),),
        f"{LEARN}/container-apps/tutorial-ci-cd-runners-jobs", {
            **unpriced("azure-native:app:Job::runners"),
            "escape": {"image_publishers": {"crbank.azurecr.io": "the registry of the platform's own stack"}}}),
    Idiom("an environment and a cluster of Azure ML with the images of Microsoft", (
        AZURE_BUDGET, az("machinelearningservices:EnvironmentVersion", {
            **RG, "workspaceName": "ml", "name": "train", "version": "7", "properties": {
                "image": "mcr.microsoft.com/azureml/openmpi5.0-ubuntu24.04:20251015.v1", "osType": "Linux",
                "condaFile": "channels: [conda-forge]\ndependencies:\n- python=3.12\n- pip\n- pip:\n"
                             "  - torch==2.9.0\n  - mlflow==3.4.0\n"}}, "env"),
        az("machinelearningservices:Compute", {
            **HERE, **ASSIGNED, "workspaceName": "ml", "computeName": "cpu", "properties": {
                "computeType": "AmlCompute", "disableLocalAuth": True, "properties": {
                    "vmSize": "STANDARD_D4DS_V5", "vmPriority": "LowPriority", "enableNodePublicIp": False,
                    "isolatedNetwork": False, "remoteLoginPortPublicAccess": "Disabled", "osType": "Linux",
                    "subnet": {"id": f"{VNET}/subnets/ml"}, "scaleSettings": {
                        "minNodeCount": 0, "maxNodeCount": 4, "nodeIdleTimeBeforeScaleDown": "PT10M"}}}}, "cpu"),
        az("storage:BlobContainer", {**RG, "accountName": "stbank", "containerName": "checkpoints",
                                     "publicAccess": "None"}, "checkpoints"),
        az("machinelearningservices:ModelVersion", {
            **RG, "workspaceName": "ml", "name": "scoring", "version": "17", "properties": {
                "modelType": "mlflow_model", "modelUri": "azureml://jobs/train-17/outputs/artifacts/model"}}, "model")),
        f"{LEARN}/machine-learning", unpriced("azure-native:machinelearningservices:Compute::cpu")),
    Idiom("a registry caches the images of Microsoft and of Kubernetes", (
        *(az("containerregistry:CacheRule", {
            **RG, "registryName": "crbank", "cacheRuleName": name, "sourceRepository": source,
            "targetRepository": target}, name) for name, source, target in (
                ("oss", "mcr.microsoft.com/oss/kubernetes/*", "oss/*"), ("k8s", "registry.k8s.io/*", "k8s/*"))),),
        f"{LEARN}/container-registry/artifact-cache-overview"),
    Idiom("metrics of a cluster by Managed Prometheus", (
        az("monitor:AzureMonitorWorkspace", {**HERE, **CLOSED, "azureMonitorWorkspaceName": "amw"}, "amw"),
        az("monitor:DataCollectionEndpoint", {**HERE, "dataCollectionEndpointName": "dce", "networkAcls": {
            "publicNetworkAccess": "Disabled"}}, "dce"),
        az("monitor:DataCollectionRule", {
            **HERE, "dataCollectionRuleName": "prometheus", "kind": "Linux", "dataCollectionEndpointId": UNKNOWN,
            "dataSources": {"prometheusForwarder": [{"name": "p", "streams": ["Microsoft-PrometheusMetrics"]}]},
            "destinations": {"monitoringAccounts": [{"name": "amw", "accountResourceId": UNKNOWN}]},
            "dataFlows": [{"streams": ["Microsoft-PrometheusMetrics"], "destinations": ["amw"]}]}, "rule",
            links={"dataCollectionEndpointId": ("dce",), "destinations": ("amw",)})),
        f"{LEARN}/azure-monitor/metrics", unpriced("azure-native:monitor:AzureMonitorWorkspace::amw")),
    Idiom("a database of Cosmos DB whose container scales to four thousand units", (
        az("cosmosdb:SqlResourceSqlDatabase", {**RG, "accountName": "cosmos-bank", "databaseName": "orders",
                                               "resource": {"id": "orders"}, "tags": TAGS}, "db"),
        az("cosmosdb:SqlResourceSqlContainer", {
            **RG, "accountName": "cosmos-bank", "databaseName": "orders", "containerName": "orders", "tags": TAGS,
            "options": {"autoscaleSettings": {"maxThroughput": 4000}}, "resource": {
                "id": "orders", "partitionKey": {"paths": ["/customer"], "kind": "Hash"}, "defaultTtl": 7776000}},
            "orders")), f"{AVM}/document-db/database-account",
        unpriced("azure-native:cosmosdb:SqlResourceSqlContainer::orders")),
    Idiom("a key of the vault in its hardware module, with its alerts", (
        az("keyvault:Key", {
            **RG, "vaultName": "kv-bank", "keyName": "cmk", "tags": TAGS, "properties": {
                "kty": "RSA-HSM", "keySize": 3072, "keyOps": ["wrapKey", "unwrapKey"],
                "attributes": {"enabled": True, "exportable": False},
                "rotationPolicy": {"attributes": {"expiryTime": "P2Y"}, "lifetimeActions": [
                    {"action": {"type": "rotate"}, "trigger": {"timeAfterCreate": "P1Y"}}]}}}, "key"),
        az("monitor:DiagnosticSetting", {
            "resourceUri": VAULT, "name": "audit", "workspaceId": LAW, "logs": [
                {"categoryGroup": "audit", "enabled": True}, {"categoryGroup": "allLogs", "enabled": False}],
            "metrics": [{"category": "AllMetrics", "enabled": False}]}, "audit")), f"{AVM}/key-vault/vault",
        unpriced("azure-native:keyvault:Key::key")),
)  # fmt: skip
