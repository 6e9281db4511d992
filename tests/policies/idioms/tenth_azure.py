"""Good idioms of platform teams on Azure: the services that teams use most, in shapes not yet seen (2026-11-28)."""

from ..blind import SUB, az
from . import Idiom, unpriced
from .azure_platform import lock
from .fourth import HERE, ID, KEY_URL, LEARN, OURS, RG, VNET
from .fourth_kubernetes import AZURE_BUDGET
from .ninth_azure import ASSIGNED, CLIENT, LOGS, TENANT
from .sixth_azure import endpoint

FLOW = {
    "$schema": "https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition"
               ".json#",
    "contentVersion": "1.0.0.0", "parameters": {}, "outputs": {}, "triggers": {"hourly": {
        "type": "Recurrence", "recurrence": {"frequency": "Hour", "interval": 1}}},
    "actions": {"read": {"type": "Http", "runAfter": {}, "inputs": {
        "method": "GET", "uri": "https://stbank.blob.core.windows.net/claims?restype=container&comp=list",
        "authentication": {"type": "ManagedServiceIdentity", "audience": "https://storage.azure.com/"}}}}}  # fmt: skip
STBANK = {"residency": {"known": {"stbank.blob.core.windows.net": "the bank's own account, in uaenorth"}}}
NM = {**RG, "networkManagerName": "nm", "configurationName": "routes"}


def _scale(metric: str, operator: str, threshold: int, direction: str) -> dict[str, object]:
    plan = f"{OURS}.Web/serverfarms/plan"
    return {
        "metricTrigger": {"metricName": metric, "metricResourceUri": plan, "operator": operator, "statistic": "Average",
                          "threshold": threshold, "timeAggregation": "Average", "timeGrain": "PT1M",
                          "timeWindow": "PT10M"},
        "scaleAction": {"direction": direction, "type": "ChangeCount", "value": "1", "cooldown": "PT10M"}}  # fmt: skip


IDIOMS: tuple[Idiom, ...] = (
    Idiom("a web policy blocks what the managed rules know, and bursts", (az("network:WebApplicationFirewallPolicy", {
        **HERE, "policyName": "waf", "policySettings": {
            "mode": "Prevention", "state": "Enabled", "requestBodyCheck": True, "requestBodyEnforcement": True,
            "fileUploadEnforcement": True, "maxRequestBodySizeInKb": 128, "fileUploadLimitInMb": 100},
        "managedRules": {"managedRuleSets": [{"ruleSetType": "Microsoft_DefaultRuleSet", "ruleSetVersion": "2.1"},
                                             {"ruleSetType": "Microsoft_BotManagerRuleSet", "ruleSetVersion": "1.1"}]},
        "customRules": [{
            "name": "bursts", "priority": 10, "ruleType": "RateLimitRule", "action": "Block", "state": "Enabled",
            "rateLimitDuration": "OneMin", "rateLimitThreshold": 300,
            "groupByUserSession": [{"groupByVariables": [{"variableName": "ClientAddr"}]}],
            "matchConditions": [{"operator": "Contains", "matchValues": ["/login"], "matchVariables": [
                {"variableName": "RequestUri"}]}]}]}, "waf"),),
        f"{LEARN}/web-application-firewall/ag/rate-limiting-overview"),
    Idiom("columns with personal data carry a label", (*(az("sql:SensitivityLabel", {
        **RG, "serverName": "sql-bank", "databaseName": "orders", "schemaName": "dbo", "tableName": "customers",
        "columnName": name, "sensitivityLabelSource": "current", "labelName": "Confidential - personal",
        "informationType": "National ID", "rank": "High"}, name) for name in ("emirates_id", "mobile")),),
        f"{LEARN}/azure-sql/database/data-discovery-and-classification-overview"),
    Idiom("a managed instance of tests stops every evening", (az("sql:StartStopManagedInstanceSchedule", {
        **RG, "managedInstanceName": "mi-test", "startStopScheduleName": "default", "timeZoneId":
        "Arabian Standard Time", "scheduleList": [
            {"startDay": day, "startTime": "07:00", "stopDay": day, "stopTime": "19:00"}
            for day in ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")]}, "evenings"),),
        f"{LEARN}/azure-sql/managed-instance/instance-stop-start-how-to"),
    Idiom("a queue and a table of an account for small programs", (
        az("storage:Queue", {**RG, "accountName": "stbank", "queueName": "scans"}, "scans"),
        az("storage:Table", {**RG, "accountName": "stbank", "tableName": "sessions"}, "sessions")),
        f"{LEARN}/storage/queues/storage-queues-introduction"),
    Idiom("objects are replicated into the second account of the bank", (az("storage:ObjectReplicationPolicy", {
        **RG, "accountName": "stcopy", "objectReplicationPolicyId": "default",
        "sourceAccount": f"{OURS}.Storage/storageAccounts/stbank", "metrics": {"enabled": True},
        "destinationAccount": f"{OURS}.Storage/storageAccounts/stcopy", "rules": [{
            "sourceContainer": "claims", "destinationContainer": "claims", "filters": {"prefixMatch": ["2026/"]}}]},
        "copy"),), f"{LEARN}/storage/blobs/object-replication-overview", {"residency": {"known": {
            f"{OURS}.Storage/storageAccounts/stcopy": "the bank's second account, in uaecentral"}}}),
    Idiom("old blobs become cool by a task, with a report", (
        az("storageactions:StorageTask", {
            **HERE, "storageTaskName": "cool", "description": "cools old scans", "enabled": True,
            "identity": {"type": "SystemAssigned"}, "action": {"if": {
                "condition": "[[less(AccessTime, dateTimeAdd(utcNow(), '-P90D'))]]",
                "operations": [{"name": "SetBlobTier", "parameters": {"tier": "Cool"}, "onSuccess": "continue",
                                "onFailure": "break"}]}}}, "cool"),
        az("storage:StorageTaskAssignment", {
            **RG, "accountName": "stbank", "storageTaskAssignmentName": "cool", "properties": {
                "description": "cools old scans", "enabled": True, "report": {"prefix": "reports"},
                "taskId": f"{OURS}.StorageActions/storageTasks/cool", "executionContext": {
                    "target": {"prefix": ["scans/"]}, "trigger": {"type": "OnSchedule", "parameters": {
                        "interval": 7, "intervalUnit": "Days", "startFrom": "2026-12-01T00:00:00Z",
                        "endBy": "2027-12-01T00:00:00Z"}}}}}, "weekly")),
        f"{LEARN}/storage-actions/overview"),
    Idiom("a slot of an app takes the next version, and settings stay", (
        az("web:WebAppSlot", {
            **HERE, "name": "portal", "slot": "next", "kind": "app,linux,container", "httpsOnly": True,
            "clientCertEnabled": False, "publicNetworkAccess": "Disabled", "serverFarmId": f"{OURS}.Web/serverfarms/p",
            "virtualNetworkSubnetId": f"{VNET}/subnets/apps", "identity": {"type": "SystemAssigned"},
            "outboundVnetRouting": {"allTraffic": True, "imagePullTraffic": True}, "siteConfig": {
                "minTlsVersion": "1.3", "scmMinTlsVersion": "1.2", "ftpsState": "Disabled", "http20Enabled": True,
                "alwaysOn": True, "acrUseManagedIdentityCreds": True, "healthCheckPath": "/health",
                "remoteDebuggingEnabled": False, "linuxFxVersion": "sitecontainers"}}, "next"),
        az("web:WebAppAuthSettingsV2Slot", {
            **RG, "name": "portal", "slot": "next", "platform": {"enabled": True},
            "httpSettings": {"requireHttps": True}, "globalValidation": {
                "requireAuthentication": True, "redirectToProvider": "azureactivedirectory",
                "unauthenticatedClientAction": "RedirectToLoginPage"},
            "identityProviders": {"azureActiveDirectory": {"enabled": True, "registration": {
                "clientId": CLIENT, "openIdIssuer": f"https://login.microsoftonline.com/{TENANT}/v2.0"}}},
            "login": {"tokenStore": {"enabled": False}}}, "sign-in", links={"name": ("next",)}),
        az("web:WebAppSlotConfigurationNames", {**RG, "name": "portal", "appSettingNames": ["ENVIRONMENT"]}, "stay")),
        f"{LEARN}/app-service/deploy-staging-slots"),
    Idiom("an app has a program for telemetry beside it", (az("web:WebAppSiteContainer", {
        **RG, "name": "portal", "containerName": "telemetry", "isMain": False, "targetPort": "4318",
        "image": "crbank.azurecr.io/otel@sha256:" + "a" * 64, "authType": "SystemIdentity",
        "inheritAppSettingsAndConnectionStrings": False, "environmentVariables": [
            {"name": "OTEL_LEVEL", "value": "OTEL_LEVEL"}]}, "telemetry"),),
        f"{LEARN}/app-service/overview-sidecar", {"escape": {"image_publishers": {
            "crbank.azurecr.io": "the bank's registry"}}, "residency": {"known": {
                "crbank.azurecr.io": "the bank's registry, in uaenorth"}}}),
    Idiom("a workflow reads the bank's account every hour by its identity", (az("logic:Workflow", {
        **HERE, "workflowName": "claims", "state": "Enabled", "identity": {"type": "SystemAssigned"},
        "definition": FLOW, "accessControl": {
            "triggers": {"allowedCallerIpAddresses": []}, "contents": {"allowedCallerIpAddresses": [
                {"addressRange": "10.20.0.0/16"}]}}}, "claims"),),
        f"{LEARN}/logic-apps/logic-apps-securing-a-logic-app", STBANK),
    Idiom("a job counts events of the bank by its identity", (AZURE_BUDGET,
        az("streamanalytics:StreamingJob", {
            **HERE, "jobName": "counts", "sku": {"name": "StandardV2"}, "identity": {"type": "SystemAssigned"},
            "compatibilityLevel": "1.2", "contentStoragePolicy": "JobStorageAccount", "jobType": "Cloud",
            "jobStorageAccount": {"accountName": "stbank", "authenticationMode": "Msi"}, "eventsOutOfOrderPolicy":
            "Adjust", "outputErrorPolicy": "Stop", "transformation": {
                "name": "q", "streamingUnits": 3,
                "query": "SELECT COUNT(*) AS n INTO [out] FROM [in] GROUP BY TumblingWindow(minute, 5)"}}, "counts"),
        az("streamanalytics:Input", {
            **RG, "jobName": "counts", "inputName": "in", "properties": {
                "type": "Stream", "serialization": {"type": "Json", "encoding": "UTF8"}, "datasource": {
                    "type": "Microsoft.EventHub/EventHub", "authenticationMode": "Msi", "eventHubName": "orders",
                    "serviceBusNamespace": "evh-bank", "consumerGroupName": "counts"}}}, "in"),
        az("streamanalytics:Output", {
            **RG, "jobName": "counts", "outputName": "out", "datasource": {
                "type": "Microsoft.Storage/Blob", "authenticationMode": "Msi", "container": "counts",
                "storageAccounts": [{"accountName": "stbank"}], "pathPattern": "{date}"},
            "serialization": {"type": "Json", "encoding": "UTF8", "format": "LineSeparated"}}, "out")),
        f"{LEARN}/stream-analytics/event-hubs-managed-identity", {
            **unpriced("azure-native:streamanalytics:StreamingJob::counts"), "residency": {"known": {
                "stbank": "the bank's own account", "evh-bank": "the bank's own namespace",
                "stbank.blob.core.windows.net": "the bank's own account",
                "evh-bank.servicebus.windows.net": "the bank's own namespace"}}}),
    Idiom("a factory signs in by an identity of the bank", (az("datafactory:CredentialOperation", {
        **RG, "factoryName": "adf-bank", "credentialName": "loader", "properties": {
            "type": "ManagedIdentity", "resourceId": ID, "description": "the loader's identity"}}, "loader"),),
        f"{LEARN}/data-factory/credentials"),
    Idiom("a model answers for whole files at night", (AZURE_BUDGET,
        az("machinelearningservices:BatchEndpoint", {
            **HERE, "workspaceName": "ml-bank", "endpointName": "claims", "identity": {"type": "SystemAssigned"},
            "properties": {"authMode": "AADToken", "description": "Reads claims"}}, "claims"),
        az("machinelearningservices:BatchDeployment", {
            **HERE, "workspaceName": "ml-bank", "endpointName": "claims", "deploymentName": "v1", "properties": {
                "compute": f"{OURS}.MachineLearningServices/workspaces/ml-bank/computes/gpu", "miniBatchSize": 10,
                "model": {"referenceType": "Id", "assetId":
                          f"{OURS}.MachineLearningServices/workspaces/ml-bank/models/claims/versions/1"},
                "maxConcurrencyPerInstance": 2, "outputAction": "AppendRow", "outputFileName": "claims.csv",
                "resources": {"instanceCount": 1}, "retrySettings": {"maxRetries": 3, "timeout": "PT5M"}}}, "v1")),
        f"{LEARN}/machine-learning/how-to-use-batch-model-deployments",
        unpriced("azure-native:machinelearningservices:BatchDeployment::v1")),
    Idiom("every spoke's routes lead to the firewall by the network manager", (
        az("network:NetworkManagerRoutingConfiguration", {**NM, "description": "routes of spokes"}, "routes"),
        az("network:RoutingRuleCollection", {
            **NM, "ruleCollectionName": "spokes", "disableBgpRoutePropagation": "True", "appliesTo": [
                {"networkGroupId": f"{OURS}.Network/networkManagers/nm/networkGroups/spokes"}]}, "spokes"),
        az("network:RoutingRule", {
            **NM, "ruleCollectionName": "spokes", "ruleName": "out",
            "destination": {"type": "AddressPrefix", "destinationAddress": "0.0.0.0/0"},
            "nextHop": {"nextHopType": "VirtualAppliance", "nextHopAddress": "10.20.0.4"}}, "out")),
        f"{LEARN}/virtual-network-manager/concept-user-defined-route"),
    Idiom("the way to the site is tried out every minute", (az("network:ConnectionMonitor", {
        **HERE, "networkWatcherName": "nw", "connectionMonitorName": "site", "endpoints": [
            {"name": "vm", "type": "AzureVM", "resourceId": f"{OURS}.Compute/virtualMachines/vm"},
            {"name": "site", "type": "ExternalAddress", "address": "10.10.4.10"}],
        "testConfigurations": [{"name": "https", "protocol": "Tcp", "testFrequencySec": 60,
                                "tcpConfiguration": {"port": 443}}],
        "testGroups": [{"name": "site", "sources": ["vm"], "destinations": ["site"], "testConfigurations": ["https"]}],
        "outputs": [{"type": "Workspace", "workspaceSettings": {"workspaceResourceId": LOGS}}]}, "site"),),
        f"{LEARN}/network-watcher/connection-monitor-overview"),
    Idiom("a plan of apps grows by its load, within bounds", (az("monitor:AutoscaleSetting", {
        **HERE, "autoscaleSettingName": "plan", "enabled": True, "targetResourceUri": f"{OURS}.Web/serverfarms/plan",
        "profiles": [{"name": "load", "capacity": {"minimum": "2", "maximum": "4", "default": "2"}, "rules": [
            _scale("CpuPercentage", "GreaterThan", 70, "Increase"),
            _scale("CpuPercentage", "LessThan", 30, "Decrease")]}],
        "notifications": [{"operation": "Scale", "email": {"customEmails": ["platform@example.ae"]}}]}, "plan"),),
        f"{LEARN}/azure-monitor/autoscale/autoscale-overview"),
    Idiom("what a policy would have set is set on older resources", (az("policyinsights:RemediationAtSubscription", {
        "remediationName": "diagnostics", "policyAssignmentId": f"{SUB}/providers/Microsoft.Authorization/"
        "policyAssignments/bank", "resourceDiscoveryMode": "ReEvaluateCompliance", "filters": {
            "locations": ["uaenorth"]}, "failureThreshold": {"percentage": 0.1}}, "diagnostics"),),
        f"{LEARN}/governance/policy/how-to/remediate-resources"),
    Idiom("severe findings have an owner and a week", (az("security:GovernanceRule", {
        "scope": SUB[1:], "ruleId": CLIENT, "displayName": "A week", "rulePriority": 100, "ruleType": "Integrated",
        "sourceResourceType": "Assessments", "isDisabled": False, "isGracePeriod": False, "remediationTimeframe":
        "7.00:00:00", "ownerSource": {"type": "ByTag", "value": "owner"}, "conditionSets": [{"conditions": [{
            "property": "$.AssessmentKey", "operator": "In", "value": f'["{CLIENT}"]'}]}],
        "governanceEmailNotification": {"disableManagerEmailNotification": False,
                                        "disableOwnerEmailNotification": False}}, "week"),),
        f"{LEARN}/defender-for-cloud/governance-rules"),
    Idiom("the trail of the bank's account at AWS is read by the guard", (
        az("securityinsights:AwsCloudTrailDataConnector", {
            **RG, "workspaceName": "logs", "dataConnectorId": CLIENT, "kind": "AmazonWebServicesCloudTrail",
            "awsRoleArn": "arn:aws:iam::123456789012:role/sentinel", "dataTypes": {"logs": {"state": "Enabled"}}},
           "trail"),
        az("securityinsights:ContentPackage", {
            **RG, "workspaceName": "logs", "packageId": "azuresentinel.azure-sentinel-solution-amazonwebservices",
            "contentId": "azuresentinel.azure-sentinel-solution-amazonwebservices", "contentKind": "Solution",
            "contentProductId": "azuresentinel.azure-sentinel-solution-amazonwebservices-sl-1", "version": "3.0.5",
            "displayName": "Amazon Web Services", "source": {"kind": "Solution", "name": "Amazon Web Services"},
            "support": {"tier": "Microsoft", "name": "Microsoft"}}, "content")),
        f"{LEARN}/sentinel/connect-aws"),
    Idiom("messages to browsers by a private service, with the private way to an app", (AZURE_BUDGET,
        az("signalrservice:SignalR", {
            **HERE, "resourceName": "sig-bank", "kind": "SignalR", "sku": {"name": "Standard_S1", "tier": "Standard",
                                                                          "capacity": 1},
            "publicNetworkAccess": "Disabled", "disableLocalAuth": True, "identity": {"type": "SystemAssigned"},
            "cors": {"allowedOrigins": ["https://portal.example.ae"]}, "tls": {"clientCertEnabled": False},
            "features": [{"flag": "ServiceMode", "value": "Default"}],
            "networkACLs": {"defaultAction": "Deny", "publicNetwork": {"allow": []}}}, "sig"),
        az("signalrservice:SignalRSharedPrivateLinkResource", {
            **RG, "resourceName": "sig-bank", "sharedPrivateLinkResourceName": "app", "groupId": "sites",
            "privateLinkResourceId": f"{OURS}.Web/sites/portal", "requestMessage": "for events"}, "app"),
        endpoint("sig", f"{OURS}.SignalRService/signalR/sig-bank", "signalr")),
        f"{LEARN}/azure-signalr/howto-shared-private-endpoints", {
            **unpriced("azure-native:signalrservice:SignalR::sig"), "residency": {"known": {
                "portal.example.ae": "the bank's own portal"}}}),
    Idiom("each user of a volume has a quota", (az("netapp:CapacityPoolVolumeQuotaRule", {
        **HERE, "accountName": "anf", "poolName": "models", "volumeName": "home", "volumeQuotaRuleName": "each",
        "quotaType": "DefaultUserQuota", "quotaSizeInKiBs": 104857600}, "each"),),
        f"{LEARN}/azure-netapp-files/manage-default-individual-user-group-quotas"),
    Idiom("the cluster of the site is seen in Azure, with rights by Entra", (az("kubernetes:ConnectedCluster", {
        **HERE, "clusterName": "dc1", "identity": {"type": "SystemAssigned"}, "agentPublicKeyCertificate": "MIICYzCC",
        "distribution": "k3s", "infrastructure": "generic", "privateLinkState": "Enabled",
        "privateLinkScopeResourceId": f"{OURS}.HybridCompute/privateLinkScopes/arc",
        "aadProfile": {"enableAzureRBAC": True, "adminGroupObjectIDs": [CLIENT], "tenantID": TENANT},
        "arcAgentProfile": {"agentAutoUpgrade": "Enabled"}}, "dc1"),),
        f"{LEARN}/azure-arc/kubernetes/private-link"),
    Idiom("a workspace has the solution of containers and a query that all use", (
        az("operationsmanagement:Solution", {
            **HERE, "solutionName": "ContainerInsights(logs)", "plan": {
                "name": "ContainerInsights(logs)", "product": "OMSGallery/ContainerInsights", "publisher": "Microsoft",
                "promotionCode": ""}, "properties": {"workspaceResourceId": LOGS}}, "containers"),
        az("resourcegraph:GraphQuery", {
            **HERE, "resourceName": "untagged", "description": "resources without a cost centre",
            "query": "resources | where isempty(tags['cost-centre']) | project id, type"}, "untagged")),
        f"{LEARN}/azure-monitor/containers/container-insights-overview"),
    Idiom("a workspace of Synapse in the network, administered by a group", (AZURE_BUDGET,
        az("synapse:Workspace", {
            **HERE, "workspaceName": "syn-bank", "identity": {"type": "SystemAssigned"}, "azureADOnlyAuthentication":
            True, "publicNetworkAccess": "Disabled", "managedVirtualNetwork": "default",
            "managedVirtualNetworkSettings": {"preventDataExfiltration": True, "linkedAccessCheckOnTargetResource":
                                              True, "allowedAadTenantIdsForLinking": [TENANT]},
            "trustedServiceBypassEnabled": False, "encryption": {"cmk": {"key": {
                "name": "cmk", "keyVaultUrl": KEY_URL.rpartition("/")[0]}, "kekIdentity": {
                    "useSystemAssignedIdentity": True}}},
            "defaultDataLakeStorage": {"accountUrl": "https://stbank.dfs.core.windows.net", "filesystem": "synapse",
                                       "resourceId": f"{OURS}.Storage/storageAccounts/stbank",
                                       "createManagedPrivateEndpoint": True}}, "syn"),
        az("synapse:WorkspaceAadAdmin", {**RG, "workspaceName": "syn-bank", "administratorType": "ActiveDirectory",
                                         "login": "synapse-admins", "sid": CLIENT, "tenantId": TENANT}, "admins"),
        lock(f"{OURS}.Synapse/workspaces/syn-bank")),
        f"{LEARN}/synapse-analytics/security/synapse-workspace-managed-vnet", {"residency": {"known": {
            "stbank.dfs.core.windows.net": "the bank's own account, in uaenorth"}}}),
    Idiom("a server of MySQL in the spoke that insists on TLS", (AZURE_BUDGET,
        az("dbformysql:Server", {
            **HERE, "serverName": "my-bank", "version": "8.0.21", "sku": {"name": "Standard_D2ds_v4",
                                                                         "tier": "GeneralPurpose"},
            "administratorLogin": "owner", **ASSIGNED, "dataEncryption": {
                "type": "AzureKeyVault", "primaryKeyURI": KEY_URL, "primaryUserAssignedIdentityId": ID},
            "network": {"delegatedSubnetResourceId": f"{VNET}/subnets/mysql", "publicNetworkAccess": "Disabled",
                        "privateDnsZoneResourceId": f"{OURS}.Network/privateDnsZones/bank.mysql.database.azure.com"},
            "storage": {"storageSizeGB": 64, "autoGrow": "Enabled"}, "highAvailability": {"mode": "ZoneRedundant"},
            "backup": {"backupRetentionDays": 14, "geoRedundantBackup": "Disabled"}}, "my", protect=True),
        *(az("dbformysql:Configuration", {**RG, "serverName": "my-bank", "configurationName": name, "source":
                                          "user-override", "value": value}, name)
          for name, value in (("require_secure_transport", "ON"), ("tls_version", "TLSv1.2,TLSv1.3"))),
        lock(f"{OURS}.DBforMySQL/flexibleServers/my-bank")),
        f"{LEARN}/mysql/flexible-server/security-overview"),
)  # fmt: skip
