"""Attacks on Azure, of all concerns (2026-11-29, fourteenth set, written blind): gateways, rights, machines and money.

Properties by pulumi-azure-native 3.29.0; what a service does with them by its documentation, as known. It was not found
out whether pools of throughput of Cosmos DB are offered in UAE North.
"""

from ..blind import HERE, OURS, RG, SUB, THEIR_TENANT, THEIRS, az
from ..harness import UNKNOWN
from ..idioms.fourth_kubernetes import AZURE_BUDGET, SYSTEM_POOL
from . import Attack
from .cost_services import AZURE, STACK
from .tenth_azure import ESC, ID, IDN, RES

STRANGER_HOST = "collector.example"
PRINCIPAL = "22222222-2222-3333-4444-555555555555"
ARC_ADMINISTRATOR = "cd570a14-e51a-42ad-bac8-bafd67325302"
VNET = f"{OURS}.Network/virtualNetworks/hub"
WHERE_ASKED = """<fragment>
  <set-backend-service base-url="@(context.Request.Headers.GetValueOrDefault("X-Backend", "https://core.internal"))" />
</fragment>"""
STARTED_BY_CALL = {
    "$schema": "https://schema.management.azure.com/schemas/2016-06-01/Microsoft.Logic.json", "contentVersion":
    "1.0.0.0", "triggers": {"call": {"type": "Request", "kind": "Http", "inputs": {"schema": {}}}}, "actions": {
        "answer": {"type": "Response", "inputs": {"statusCode": 200}, "runAfter": {}}},
}  # fmt: skip

ATTACKS = (
    Attack("a fragment of policies fetches whatever the caller of the API names", ("FJ-EXP-", "FJ-RES-", "FJ-ESC-"), (
        az("apimanagement:PolicyFragment", {
            **RG, "serviceName": "apim-bank", "id": "route", "format": "rawxml", "value": WHERE_ASKED}),),
        "critical", "each host that the gateway reaches answers him (API Management, 'set-backend-service')"),
    Attack("the gateway of the APIs offers Triple DES to its callers", ("FJ-ENC-", "FJ-ESC-115"), (
        az("apimanagement:ApiManagementService", {
            **HERE, "serviceName": "apim-bank", "publisherName": "bank", "publisherEmail": "apis@example.ae",
            "sku": {"name": "Premium", "capacity": 1}, "publicNetworkAccess": "Disabled",
            "identity": {"type": "UserAssigned", "userAssignedIdentities": {ID: {}}}, "virtualNetworkType": "Internal",
            "virtualNetworkConfiguration": {"subnetResourceId": f"{VNET}/subnets/apim"}, "customProperties": {
                "Microsoft.WindowsAzure.ApiManagement.Gateway.Security.Ciphers.TripleDes168": "True"}}),),
        "minor", "long sessions can be read (API Management, 'Manage protocols and ciphers')"),
    Attack("an identity runs programs on every server on premises", IDN, (az("authorization:RoleAssignment", {
        "scope": SUB, "principalId": PRINCIPAL, "principalType": "ServicePrincipal", "roleDefinitionId":
            f"{SUB}/providers/Microsoft.Authorization/roleDefinitions/{ARC_ADMINISTRATOR}"}),),
        "critical", "by extensions, as root ('Azure Connected Machine Resource Administrator')"),
    Attack("a custom role removes what was recorded and the recording", IDN, (az("authorization:RoleDefinition", {
        "scope": SUB, "roleName": "Log housekeeping", "roleType": "CustomRole", "assignableScopes": [SUB],
        "permissions": [{"notActions": [], "actions": [
            "Microsoft.OperationalInsights/workspaces/read",
            "Microsoft.OperationalInsights/workspaces/purge/action",
            "Microsoft.Insights/diagnosticSettings/read", "Microsoft.Insights/diagnosticSettings/delete"]}]}),),
        "major", "nobody can tell what its holder did (Azure Monitor, 'Workspace Purge')"),
    Attack("what customers write to the assistant goes to a host of a stranger", RES, (az("botservice:Bot", {
        **RG, "resourceName": "bot-bank", "location": "global", "kind": "azurebot", "sku": {"name": "S1"},
        "tags": HERE["tags"], "properties": {
            "displayName": "Assistant", "endpoint": f"https://bot.{STRANGER_HOST}/api/messages",
            "msaAppId": PRINCIPAL, "msaAppType": "SingleTenant",
            "msaAppTenantId": "00000000-1111-2222-3333-444444444444", "disableLocalAuth": True,
            "publicNetworkAccess": "Disabled"}}),),
        "critical", "he reads each message and answers (Azure AI Bot Service, 'Messaging endpoint')"),
    Attack("answers to one customer are kept at the edge and given to others", ("FJ-EXP-", "FJ-IDN-", "FJ-ESC-"), (
        az("cdn:Route", {
            **RG, "profileName": "edge", "endpointName": "portal", "routeName": "all", "patternsToMatch": ["/*"],
            "originGroup": {"id": f"{OURS}.Cdn/profiles/edge/originGroups/portal"}, "httpsRedirect": "Enabled",
            "forwardingProtocol": "HttpsOnly", "supportedProtocols": ["Https"], "enabledState": "Enabled",
            "linkToDefaultDomain": "Disabled", "cacheConfiguration": {
                "queryStringCachingBehavior": "IgnoreQueryString"}}),),
        "critical", "an account is shown to whoever asks next, for days (Azure Front Door, 'Caching', warning)"),
    Attack("a machine installs an application of a stranger's gallery", ESC, (az("compute:VirtualMachine", {
        **HERE, "vmName": "core-1", "hardwareProfile": {"vmSize": "Standard_D2ds_v5"}, "zones": ["1"],
        "securityProfile": {"encryptionAtHost": True, "securityType": "TrustedLaunch"},
        "networkProfile": {"networkInterfaces": [{"id": f"{OURS}.Network/networkInterfaces/core-1"}]},
        "storageProfile": {"osDisk": {
            "createOption": "Attach", "osType": "Linux", "managedDisk": {"id": f"{OURS}.Compute/disks/core-1"}}},
        "applicationProfile": {"galleryApplications": [{"order": 1, "enableAutomaticUpgrade": True,
            "packageReferenceId": f"{THEIRS}.Compute/galleries/tools/applications/agent/versions/latest"}]}}),),
        "critical", "its installer runs as root, each new version too (Azure Compute Gallery, 'VM Applications')"),
    Attack("a pool of a cluster has five hundred machines by their sizes", ("FJ-COST-",), (STACK, AZURE, AZURE_BUDGET,
        az("containerservice:AgentPool", {
            **RG, "resourceName": "aks", "agentPoolName": "mixed", "mode": "User", "type": "VirtualMachines",
            "osType": "Linux", "osSKU": "AzureLinux", "enableEncryptionAtHost": True, "enableNodePublicIP": False,
            "vnetSubnetID": f"{VNET}/subnets/nodes", "tags": HERE["tags"], "virtualMachinesProfile": {
                "scale": {"manual": [{"size": "Standard_D96ds_v5", "count": 500}]}}})),
        "major", "millions of dirhams a month (AKS, 'Virtual Machines node pools')"),
    Attack("programs of the nodes come from a registry of a stranger", ESC, (az("containerservice:ManagedCluster", {
        **HERE, "resourceName": "aks", "kubernetesVersion": "1.33", "dnsPrefix": "bank", "enableRBAC": True,
        "disableLocalAccounts": True, "identity": {"type": "UserAssigned", "userAssignedIdentities": [ID]},
        "sku": {"name": "Base", "tier": "Standard"}, "aadProfile": {"managed": True, "enableAzureRBAC": True},
        "apiServerAccessProfile": {"enablePrivateCluster": True, "privateDNSZone": "system"},
        "networkProfile": {"networkPlugin": "azure", "networkPluginMode": "overlay", "networkPolicy": "cilium",
                           "networkDataplane": "cilium", "outboundType": "none"},
        "agentPoolProfiles": [SYSTEM_POOL], "bootstrapProfile": {
            "artifactSource": "Cache",
            "containerRegistryId": f"{THEIRS}.ContainerRegistry/registries/collector"}}),),
        "critical", "images of the system are his (AKS, 'Network isolated clusters', bring your own registry)"),
    Attack("accounts share a pool of a million units of throughput", ("FJ-COST-",), (STACK, AZURE, AZURE_BUDGET,
        az("cosmosdb:ThroughputPool", {**HERE, "throughputPoolName": "all", "maxThroughput": 1000000})),
        "major", "hundreds of thousands of dirhams a month (Azure Cosmos DB, 'Throughput pools')"),
    Attack("a rule keeps five hundred machines of a group that is there", ("FJ-COST-",), (STACK, AZURE, AZURE_BUDGET,
        az("monitor:AutoscaleSetting", {
            **HERE, "autoscaleSettingName": "workers", "name": "workers", "enabled": True,
            "targetResourceUri": f"{OURS}.Compute/virtualMachineScaleSets/workers", "profiles": [{
                "name": "always", "capacity": {"minimum": "500", "default": "500", "maximum": "1000"},
                "rules": []}]})),
        "major", "the group starts them, whatever its own number is (Azure Monitor, 'Autoscale settings')"),
    Attack("a workflow starts for tokens of a stranger's tenant", IDN, (az("logic:Workflow", {
        **HERE, "workflowName": "payout", "state": "Enabled", "identity": {"type": "SystemAssigned"},
        "definition": STARTED_BY_CALL, "accessControl": {"triggers": {
            "allowedCallerIpAddresses": [{"addressRange": "10.20.0.0/16"}], "openAuthenticationPolicies": {
                "policies": {"partner": {"type": "AAD", "claims": [
                    {"name": "iss", "value": f"https://sts.windows.net/{THEIR_TENANT}/"},
                    {"name": "aud", "value": "https://management.core.windows.net/"}]}}}}}}),),
        "critical", "whoever is in it makes the workflow act (Azure Logic Apps, 'Microsoft Entra authorization')"),
    Attack("an app of the bank asks a stranger for every name", RES, (az("web:WebApp", {
        **HERE, "name": "portal", "kind": "app,linux", "serverFarmId": UNKNOWN, "httpsOnly": True,
        "publicNetworkAccess": "Disabled", "identity": {"type": "SystemAssigned"}, "virtualNetworkSubnetId":
            f"{VNET}/subnets/apps", "dnsConfiguration": {"dnsServers": ["203.0.113.53"], "dnsRetryAttemptCount": 1},
        "siteConfig": {"minTlsVersion": "1.2", "ftpsState": "Disabled"}}),),
        "critical", "he says which host is the database (App Service, 'Name resolution', dnsConfiguration)"),
)  # fmt: skip
