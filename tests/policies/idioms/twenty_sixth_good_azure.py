"""Good programs of platform teams on Azure: apps, functions, containers and flows (set 26, before any rule ran)."""

from ..blind import az
from ..harness import UNKNOWN, Given
from . import Idiom
from .twentieth_goodb_charts import merged
from .twenty_third_azure import (
    AT,
    AVM,
    BY_IDENTITY,
    IDENTITY,
    ITS,
    LAW,
    LEARN,
    RG,
    STAFF,
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
from .twenty_third_azure_b import ACCOUNT

ACR, DIGEST = "crbankprod.azurecr.io", "@sha256:" + "f" * 64
SITE = {**BY_IDENTITY, "httpsOnly": True, "publicNetworkAccess": "Disabled", "clientAffinityEnabled": False,
        "keyVaultReferenceIdentity": IDENTITY, "endToEndEncryptionEnabled": True}  # fmt: skip
CLOSED_SITE = {"alwaysOn": True, "ftpsState": "Disabled", "minTlsVersion": "1.3", "scmMinTlsVersion": "1.3",
               "http20Enabled": True, "remoteDebuggingEnabled": False}  # fmt: skip


def store(name: str, *containers: str) -> tuple[Given, ...]:
    """Returns an account of blobs that come back for a fortnight, with its containers."""
    return (
        az("storage:StorageAccount", {**ACCOUNT, "accountName": name}, "store"),
        az("storage:BlobServiceProperties", {
            **RG, "accountName": name, "blobServicesName": "default", "isVersioningEnabled": True,
            "deleteRetentionPolicy": {"enabled": True, "days": 14}, "containerDeleteRetentionPolicy": {
                "enabled": True, "days": 14}}, "blobs", links={"accountName": ("store",)}),
        az("storage:ManagementPolicy", {
            **RG, "accountName": name, "managementPolicyName": "default", "policy": {"rules": [{
                "name": "old", "enabled": True, "type": "Lifecycle", "definition": {
                    "filters": {"blobTypes": ["blockBlob"]}, "actions": {"version": {"delete": {
                        "daysAfterCreationGreaterThan": 90}}}}}]}}, "old", links={"accountName": ("store",)}),
        *(az("storage:BlobContainer", {**RG, "accountName": name, "containerName": container, "publicAccess": "None"},
             container, links={"accountName": ("store",)}) for container in containers),
    )  # fmt: skip


def closed(name: str) -> tuple[Given, ...]:
    """Returns what keeps passwords of deployments of an app off."""
    return tuple(az(f"web:WebApp{kind}", {**RG, "name": name, "allow": False}, kind, links={"name": ("app",)})
                 for kind in ("FtpAllowed", "ScmAllowed"))  # fmt: skip


IDIOMS: tuple[Idiom, ...] = (
    Idiom("App Service: an app in two containers of the bank's images, which heals itself, with settings of its slot", (
        budget(20000), *store("stapprates", "backups"),
        az("web:AppServicePlan", {**AT, "name": "asp-rates", "kind": "linux", "reserved": True, "zoneRedundant": True,
                                  "sku": {"name": "P1mv3", "tier": "PremiumMV3", "capacity": 3}}, "plan"),
        az("web:WebApp", {
            **AT, **SITE, "name": "app-rates-prod", "kind": "app,linux,container", "serverFarmId": UNKNOWN,
            "virtualNetworkSubnetId": f"{VNET}/subnets/snet-app", "outboundVnetRouting": {"allTraffic": True},
            "clientCertEnabled": True, "clientCertMode": "Required", "siteConfig": {
                **CLOSED_SITE, "linuxFxVersion": "sitecontainers", "healthCheckPath": "/healthz", "autoHealEnabled":
                True, "autoHealRules": {"triggers": {"statusCodes": [
                    {"status": 500, "count": 20, "timeInterval": "00:05:00"}]}, "actions": {"actionType": "Recycle"}},
                "acrUseManagedIdentityCreds": True, "acrUserManagedIdentityID":
                "11111111-2222-3333-4444-555555555555"}}, "app", links={"serverFarmId": ("plan",)}),
        *(az("web:WebAppSiteContainer", {
            **RG, "name": "app-rates-prod", "containerName": name, "image": f"{ACR}/{name}{DIGEST}", "isMain": main,
            "targetPort": port, "authType": "UserAssigned", "userManagedIdentityClientId":
            "11111111-2222-3333-4444-555555555555"}, name, links={"name": ("app",)}) for name, main, port in (
                ("rates", True, "8080"), ("otel-collector", False, "4317"))),
        az("web:WebAppApplicationSettings", {**RG, "name": "app-rates-prod", "properties": {
            "RATES_DB": "@Microsoft.KeyVault(VaultName=kv-pay-prod;SecretName=rates-db)", "WEBSITES_PORT": "8080",
            "OTEL_EXPORTER_OTLP_ENDPOINT": "http://localhost:4317"}}, "settings", links={"name": ("app",)}),
        az("web:WebAppSlotConfigurationNames", {**RG, "name": "app-rates-prod", "appSettingNames": ["RATES_DB"]},
           "sticky", links={"name": ("app",)}),
        az("web:WebAppDiagnosticLogsConfiguration", {
            **RG, "name": "app-rates-prod", "httpLogs": {"fileSystem": {
                "enabled": True, "retentionInDays": 7, "retentionInMb": 35}}, "detailedErrorMessages": {
                    "enabled": False}, "failedRequestsTracing": {"enabled": False}, "applicationLogs": {
                        "fileSystem": {"level": "Warning"}}}, "app-logs", links={"name": ("app",)}),
        *closed("app-rates-prod"), *private("app", "sites", "privatelink.azurewebsites.net"),
        *private("store", "blob", "privatelink.blob.core.windows.net"), records("app"), kept("app"), kept("store"),
        alert("app", "Microsoft.Web/sites", "Http5xx", "GreaterThan", 5)),
        f"{LEARN}/app-service/tutorial-custom-container-sidecar; {AVM}/web/site, as known",
        with_prices("web:AppServicePlan::plan")),
    Idiom("Functions: an Elastic Premium app reads a hub in order, keeps its state in its own account, by identity", (
        budget(20000), *store("stfuncevents", "azure-webjobs-hosts", "azure-webjobs-eventhub"),
        az("web:AppServicePlan", {
            **AT, "name": "asp-events", "kind": "elastic", "reserved": True, "zoneRedundant": True,
            "maximumElasticWorkerCount": 9, "sku": {"name": "EP1", "tier": "ElasticPremium", "capacity": 3}}, "plan"),
        az("applicationinsights:Component", {
            **AT, "resourceName": "appi-events", "kind": "web", "applicationType": "web", "workspaceResourceId": LAW,
            "ingestionMode": "LogAnalytics", "disableLocalAuth": True, "publicNetworkAccessForIngestion": "Disabled",
            "publicNetworkAccessForQuery": "Disabled", "samplingPercentage": 25}, "insights"),
        az("web:WebApp", {
            **AT, **SITE, "name": "func-events-prod", "kind": "functionapp,linux", "serverFarmId": UNKNOWN,
            "virtualNetworkSubnetId": f"{VNET}/subnets/snet-func", "outboundVnetRouting": {
                "allTraffic": True, "contentShareTraffic": True, "imagePullTraffic": True}, "siteConfig": {
                **CLOSED_SITE, "alwaysOn": False, "linuxFxVersion": "DOTNET-ISOLATED|10.0",
                "minimumElasticInstanceCount": 3, "functionAppScaleLimit": 9,
                "functionsRuntimeScaleMonitoringEnabled": True, "vnetRouteAllEnabled": True, "healthCheckPath":
                "/api/health", "appSettings": [
                    {"name": name, "value": value} for name, value in (
                        ("FUNCTIONS_EXTENSION_VERSION", "~4"), ("FUNCTIONS_WORKER_RUNTIME", "dotnet-isolated"),
                        ("AzureWebJobsStorage__accountName", "stfuncevents"), ("AzureWebJobsStorage__credential",
                                                                              "managedidentity"),
                        ("AzureWebJobsStorage__clientId", "11111111-2222-3333-4444-555555555555"),
                        ("CARDS__fullyQualifiedNamespace", "evh-cards-prod.servicebus.windows.net"),
                        ("CARDS__credential", "managedidentity"),
                        ("CARDS__clientId", "11111111-2222-3333-4444-555555555555"),
                        ("WEBSITE_RUN_FROM_PACKAGE", "1"), ("APPLICATIONINSIGHTS_AUTHENTICATION_STRING",
                                                            "Authorization=AAD"))]}}, "app",
           links={"serverFarmId": ("plan",)}),
        *closed("func-events-prod"),
        *(granted(name, "store", definition) for name, definition in (
            ("owner-of-blobs", "b7e6dc6d-f1e8-4753-8033-0f276bb0955b"),
            ("queues", "974c5e8b-45b9-4653-ba55-5f855dd0fb88"), ("tables", "0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3"))),
        *(given for kind in ("blob", "queue", "table") for given in private(
            "store", kind, f"privatelink.{kind}.core.windows.net")),
        *private("app", "sites", "privatelink.azurewebsites.net"), records("app"), kept("store"),
        alert("app", "Microsoft.Web/sites", "FunctionExecutionCount", "LessThan", 1)),
        f"{LEARN}/azure-functions/functions-reference#connecting-to-host-storage-with-an-identity; .../functions-"
        "premium-plan, as known", merged(with_prices("web:AppServicePlan::plan"), {"residency": {"known": {
            "evh-cards-prod.servicebus.windows.net": "our own namespace, in uaenorth"}}})),
    Idiom("Container Apps: jobs start when letters lie in a queue, and two apps speak by Dapr with names of Entra", (
        budget(20000),
        az("app:ManagedEnvironment", {
            **AT, "environmentName": "cae-letters", "zoneRedundant": True, "publicNetworkAccess": "Disabled",
            "vnetConfiguration": {"internal": True, "infrastructureSubnetId": f"{VNET}/subnets/snet-cae"},
            "infrastructureResourceGroup": "rg-cae-letters", "peerAuthentication": {"mtls": {"enabled": True}},
            "peerTrafficConfiguration": {"encryption": {"enabled": True}}, "appLogsConfiguration": {
                "destination": "azure-monitor"}, "workloadProfiles": [
                    {"name": "Consumption", "workloadProfileType": "Consumption"}]}, "env"),
        az("app:DaprComponent", {
            **RG, "environmentName": "cae-letters", "componentName": "letters", "componentType":
            "pubsub.azure.servicebus.topics", "version": "v1", "ignoreErrors": False, "initTimeout": "30s",
            "metadata": [
                {"name": "namespaceName", "value": "sb-letters-prod.servicebus.windows.net"},
                {"name": "azureClientId", "value": "11111111-2222-3333-4444-555555555555"},
                {"name": "disableEntityManagement", "value": "true"}, {"name": "maxDeliveryCount", "value": "5"}],
            "scopes": ["writer", "reader"]}, "pubsub", links={"environmentName": ("env",)}),
        *(az("app:ContainerApp", {
            **AT, **BY_IDENTITY, "containerAppName": f"ca-{name}", "environmentId": UNKNOWN, "workloadProfileName":
            "Consumption", "configuration": {
                "activeRevisionsMode": "Single", "maxInactiveRevisions": 3, "dapr": {
                    "enabled": True, "appId": name, "appPort": 8080, "appProtocol": "http", "logLevel": "warn"},
                "registries": [{"server": ACR, "identity": IDENTITY}], "ingress": {
                    "external": False, "targetPort": 8080, "transport": "auto", "allowInsecure": False}},
            "template": {"terminationGracePeriodSeconds": 60, "containers": [{
                "name": name, "image": f"{ACR}/{name}{DIGEST}", "resources": {"cpu": 0.5, "memory": "1Gi"}, "probes": [
                    {"type": "Readiness", "httpGet": {"path": "/ready", "port": 8080}}]}], "scale": {
                        "minReplicas": 2, "maxReplicas": 6, "pollingInterval": 30, "cooldownPeriod": 300}}},
             name, links={"environmentId": ("env",)}) for name in ("writer", "reader")),
        az("app:Job", {
            **AT, **BY_IDENTITY, "jobName": "caj-print", "environmentId": UNKNOWN, "workloadProfileName": "Consumption",
            "configuration": {
                "triggerType": "Event", "replicaTimeout": 1800, "replicaRetryLimit": 2, "registries": [
                    {"server": ACR, "identity": IDENTITY}], "eventTriggerConfig": {
                    "parallelism": 1, "replicaCompletionCount": 1, "scale": {
                        "minExecutions": 0, "maxExecutions": 10, "pollingInterval": 60, "rules": [{
                            "name": "letters", "type": "azure-servicebus", "identity": IDENTITY, "metadata": {
                                "namespace": "sb-letters-prod", "queueName": "print", "messageCount": "5"}}]}}},
            "template": {"containers": [{"name": "print", "image": f"{ACR}/print{DIGEST}", "resources": {
                "cpu": 1, "memory": "2Gi"}, "env": [{"name": "QUEUE", "value": "print"}, {
                    "name": "NAMESPACE", "value": "sb-letters-prod.servicebus.windows.net"}]}]}}, "print",
           links={"environmentId": ("env",)}),
        az("app:MaintenanceConfiguration", {
            **RG, "environmentName": "cae-letters", "configName": "default", "scheduledEntries": [
                {"weekDay": "Friday", "startHourUtc": 19, "durationHours": 8}]}, "maintenance",
           links={"environmentName": ("env",)}),
        records("env"), kept("env")),
        f"{LEARN}/container-apps/tutorial-event-driven-jobs; .../dapr-components, as known",
        merged(with_prices("app:ManagedEnvironment::env", "app:ContainerApp::writer", "app:ContainerApp::reader",
                           "app:Job::print"), {"residency": {"known": {
                               "sb-letters-prod": "our own namespace, in uaenorth",
                               "sb-letters-prod.servicebus.windows.net": "our own namespace, in uaenorth"}}})),
    Idiom("Logic Apps: flows in the network keep their state in an account without keys, and are watched", (
        budget(15000), *store("stflows", "packages"),
        az("web:AppServicePlan", {
            **AT, "name": "asp-flows", "kind": "elastic", "maximumElasticWorkerCount": 6, "zoneRedundant": True,
            "sku": {"name": "WS1", "tier": "WorkflowStandard", "capacity": 3}}, "plan"),
        az("web:WebApp", {
            **AT, **SITE, "name": "logic-flows-prod", "kind": "functionapp,workflowapp", "serverFarmId": UNKNOWN,
            "virtualNetworkSubnetId": f"{VNET}/subnets/snet-flows", "outboundVnetRouting": {"allTraffic": True},
            "siteConfig": {
                **CLOSED_SITE, "netFrameworkVersion": "v10.0", "use32BitWorkerProcess": False,
                "functionsRuntimeScaleMonitoringEnabled": True, "appSettings": [
                    {"name": name, "value": value} for name, value in (
                        ("APP_KIND", "workflowApp"), ("FUNCTIONS_EXTENSION_VERSION", "~4"),
                        ("FUNCTIONS_WORKER_RUNTIME", "dotnet"), ("AzureWebJobsStorage__accountName", "stflows"),
                        ("AzureWebJobsStorage__credential", "managedIdentity"),
                        ("AzureWebJobsStorage__managedIdentityResourceId", IDENTITY),
                        ("AzureWebJobsStorage__blobServiceUri", "https://stflows.blob.core.windows.net"),
                        ("AzureWebJobsStorage__queueServiceUri", "https://stflows.queue.core.windows.net"),
                        ("AzureWebJobsStorage__tableServiceUri", "https://stflows.table.core.windows.net"),
                        ("AzureFunctionsJobHost__extensionBundle__id",
                         "Microsoft.Azure.Functions.ExtensionBundle.Workflows"),
                        ("AzureFunctionsJobHost__extensionBundle__version", "[1.*, 2.0.0)"))]}}, "app",
           links={"serverFarmId": ("plan",)}),
        *closed("logic-flows-prod"),
        *(given for kind in ("blob", "queue", "table") for given in private(
            "store", kind, f"privatelink.{kind}.core.windows.net")),
        *private("app", "sites", "privatelink.azurewebsites.net"), records("app"), kept("store"),
        alert("app", "Microsoft.Web/sites", "WorkflowRunsFailureRate", "GreaterThan", 5)),
        f"{LEARN}/logic-apps/create-single-tenant-workflows-azure-portal; .../edit-app-settings-host-settings, "
        "as known",
        merged(with_prices("web:AppServicePlan::plan"), {"residency": {"known": {
            f"stflows.{kind}.core.windows.net": "our own account, in uaenorth" for kind in (
                "blob", "queue", "table")}}})),
    Idiom("AKS: the way in comes with the cluster and is internal, its API is in the network, and costs are per team", (
        budget(),
        az("containerservice:ManagedCluster", {
            **AT, "resourceName": "aks-apps-prod", "sku": {"name": "Base", "tier": "Standard"}, "kubernetesVersion":
            "1.34", "dnsPrefix": "aks-apps", "disableLocalAccounts": True, "enableRBAC": True, "aadProfile": {
                "managed": True, "enableAzureRBAC": True, "tenantID": TENANT, "adminGroupObjectIDs": [STAFF]},
            "identity": {"type": "UserAssigned", "userAssignedIdentities": [IDENTITY]}, "identityProfile": {
                "kubeletidentity": {"resourceId": IDENTITY}}, "apiServerAccessProfile": {
                "enablePrivateCluster": True, "enablePrivateClusterPublicFQDN": False, "enableVnetIntegration": True,
                "subnetId": f"{VNET}/subnets/snet-api", "privateDNSZone": "none", "disableRunCommand": True},
            "networkProfile": {
                "networkPlugin": "azure", "networkPluginMode": "overlay", "networkDataplane": "cilium", "networkPolicy":
                "cilium", "outboundType": "userAssignedNATGateway", "loadBalancerSku": "standard", "podCidr":
                "192.168.0.0/16", "serviceCidr": "172.16.0.0/16", "dnsServiceIP": "172.16.0.10", "advancedNetworking": {
                    "enabled": True, "observability": {"enabled": True}, "security": {
                        "enabled": True, "advancedNetworkPolicies": "L7"}}},
            "oidcIssuerProfile": {"enabled": True}, "securityProfile": {
                "workloadIdentity": {"enabled": True}, "imageCleaner": {"enabled": True, "intervalHours": 24},
                "defender": {"logAnalyticsWorkspaceResourceId": LAW, "securityMonitoring": {"enabled": True}},
                "azureKeyVaultKms": {"enabled": True, "keyId":
                    "https://kv-cmk-prod.vault.azure.net/keys/cmk-data/0123456789abcdef0123456789abcdef",
                    "keyVaultNetworkAccess": "Private", "keyVaultResourceId": f"{ITS}.KeyVault/vaults/kv-cmk-prod"}},
            "ingressProfile": {"webAppRouting": {
                "enabled": True, "nginx": {"defaultIngressControllerType": "Internal"}, "dnsZoneResourceIds": [
                    f"{ITS}.Network/privateDnsZones/apps.bank.ae"]}},
            "metricsProfile": {"costAnalysis": {"enabled": True}}, "nodeProvisioningProfile": {"mode": "Manual"},
            "addonProfiles": {"azurepolicy": {"enabled": True}, "azureKeyvaultSecretsProvider": {
                "enabled": True, "config": {"enableSecretRotation": "true"}}}, "azureMonitorProfile": {
                    "metrics": {"enabled": True}}, "autoUpgradeProfile": {
                        "upgradeChannel": "patch", "nodeOSUpgradeChannel": "SecurityPatch"},
            "upgradeSettings": {"overrideSettings": {"forceUpgrade": False}}, "supportPlan": "KubernetesOfficial",
            "workloadAutoScalerProfile": {"keda": {"enabled": True}}, "diskEncryptionSetID":
                f"{ITS}.Compute/diskEncryptionSets/des-prod",
            "agentPoolProfiles": [{
                "name": name, "mode": mode, "vmSize": "Standard_D4ads_v5", "count": 3, "minCount": 3, "maxCount": most,
                "enableAutoScaling": True, "osType": "Linux", "osSKU": "AzureLinux", "type": "VirtualMachineScaleSets",
                "osDiskType": "Ephemeral", "availabilityZones": ["1", "2", "3"], "vnetSubnetID":
                f"{VNET}/subnets/snet-nodes", "enableEncryptionAtHost": True, "enableNodePublicIP": False,
                "securityProfile": {"enableSecureBoot": True, "enableVTPM": True, "sshAccess": "Disabled"},
                "upgradeSettings": {"maxSurge": "33%", "drainTimeoutInMinutes": 30}, "maxPods": 110, "tags": AT["tags"]}
                for name, mode, most in (("system", "System", 4), ("apps", "User", 9))]}, "aks"),
        *(az("containerservice:MaintenanceConfiguration", {
            **RG, "resourceName": "aks-apps-prod", "configName": name, "maintenanceWindow": {
                "durationHours": 4, "startTime": "22:00", "utcOffset": "+04:00", "schedule": {
                    "weekly": {"dayOfWeek": "Friday", "intervalWeeks": 1}}}}, name, links={"resourceName": ("aks",)})
          for name in ("aksManagedAutoUpgradeSchedule", "aksManagedNodeOSUpgradeSchedule")),
        granted("viewers", "aks", "7f6c6a51-bcf8-42ba-9220-52d62157d7db", "Group"), records("aks"), kept("aks")),
        f"{LEARN}/aks/app-routing; .../api-server-vnet-integration; .../cost-analysis, as known",
        with_prices("containerservice:ManagedCluster::aks")),
)  # fmt: skip
