"""Attacks on Azure that nobody wrote down yet: what reaches what, what is recorded and what runs (2026-12-02,
twenty-fifth set, written before any rule ran on it).

Properties by pulumi-azure-native 3.29.0. What a service does with them by its documentation, as known unless a date
stands beside it.
"""

from ..blind import GROUP, HERE, OURS, RG, az
from ..harness import Given
from . import Attack
from .fifteenth_azure import USER
from .fourteenth_azure import VNET
from .twenty_fourth_azure_flow import SAFE

ESC = ("FJ-ESC-", "FJ-IDN-")
NET = ("FJ-EXP-", "FJ-ESC-", "FJ-IDN-")
RSL = ("FJ-RSL-", "FJ-ESC-")
TENANT = "00000000-1111-2222-3333-444444444444"


def part(kind: str, name: str) -> dict[str, str]:
    """Returns the reference to a part of the gateway."""
    return {"id": f"{OURS}.Network/applicationGateways/agw-portal/{kind}/{name}"}


def resolver(sql: str, parameters: str = "") -> tuple[Given, ...]:
    """Returns how a gateway finds the customers of a graph in the database."""
    return (az("apimanagement:GraphQLApiResolverPolicy", {
        **RG, "serviceName": "apim-bank", "apiId": "graph", "resolverId": "customers", "policyId": "policy",
        "format": "rawxml", "value":
        '<sql-data-source><connection-info><connection-string use-managed-identity="true">'
        "Server=tcp:sql-bank.database.windows.net,1433;Initial Catalog=ledger;Encrypt=True;</connection-string>"
        f"</connection-info><request><sql-statement>{sql}</sql-statement>{parameters}</request>"
        "</sql-data-source>"}),)  # fmt: skip


def package(**location: object) -> tuple[Given, ...]:
    """Returns a pipeline that runs a package of SSIS."""
    return (az("datafactory:Pipeline", {
        **RG, "factoryName": "adf-bank", "pipelineName": "month-end", "concurrency": 1, "activities": [{
            "name": "load", "type": "ExecuteSSISPackage", "policy": SAFE, "loggingLevel": "Verbose",
            "connectVia": {"referenceName": "ssis", "type": "IntegrationRuntimeReference"},
            "packageLocation": location}]}),)  # fmt: skip


def gateway(*headers: dict[str, str]) -> tuple[Given, ...]:
    """Returns a gateway that writes headers into each request."""
    return (az("network:ApplicationGateway", {
        **HERE, "applicationGatewayName": "agw-portal", "zones": ["1", "2", "3"],
        "rewriteRuleSets": [{"name": "headers", "rewriteRules": [{
            "name": "caller", "ruleSequence": 100, "actionSet": {"requestHeaderConfigurations": list(headers)}}]}],
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
            "frontendIPConfiguration": part("frontendIPConfigurations", "inner"),
            "frontendPort": part("frontendPorts", "https"), "sslCertificate": part("sslCertificates", "apps")}],
        "requestRoutingRules": [{
            "name": "apps", "ruleType": "Basic", "priority": 100, "httpListener": part("httpListeners", "apps"),
            "rewriteRuleSet": part("rewriteRuleSets", "headers"),
            "backendAddressPool": part("backendAddressPools", "apps"),
            "backendHttpSettings": part("backendHttpSettingsCollection", "tls")}]}),)  # fmt: skip


def alarm(query: str) -> tuple[Given, ...]:
    """Returns an alarm on what a query of the workspace finds."""
    return (az("monitor:ScheduledQueryRule", {
        **HERE, "ruleName": "owners", "displayName": "New owners", "enabled": True, "severity": 1,
        "scopes": [f"{GROUP}/providers/Microsoft.OperationalInsights/workspaces/log-bank"],
        "evaluationFrequency": "PT5M", "windowSize": "PT5M", "criteria": {"allOf": [{
            "query": query, "timeAggregation": "Count", "operator": "GreaterThan", "threshold": 0}]},
        "actions": {"actionGroups": [f"{GROUP}/providers/Microsoft.Insights/actionGroups/ag"]}}),)  # fmt: skip


def vault(**more: object) -> tuple[Given, ...]:
    """Returns a vault in the network of the bank."""
    return (az("keyvault:Vault", {
        **HERE, "vaultName": "kv-payments", "properties": {
            "tenantId": TENANT, "sku": {"family": "A", "name": "premium"}, "enableRbacAuthorization": True,
            "enablePurgeProtection": True, "enableSoftDelete": True, "softDeleteRetentionInDays": 90,
            "publicNetworkAccess": "Disabled", "networkAcls": {"defaultAction": "Deny", "bypass": "AzureServices"},
            **more}}, "vault", protect=True),)  # fmt: skip


def subnet(**more: object) -> tuple[Given, ...]:
    """Returns a subnet of the network of the bank."""
    return (az("network:Subnet", {
        **RG, "virtualNetworkName": "vnet-spoke", "subnetName": "payments", "addressPrefix": "10.20.7.0/24",
        "defaultOutboundAccess": False, "privateEndpointNetworkPolicies": "Enabled",
        "networkSecurityGroup": {"id": f"{OURS}.Network/networkSecurityGroups/nsg-payments"},
        "routeTable": {"id": f"{OURS}.Network/routeTables/rt-firewall"}, **more}, "subnet"),)  # fmt: skip


def indicator(**more: object) -> tuple[Given, ...]:
    """Returns an address of an attacker that Sentinel looks for."""
    return (az("securityinsights:ThreatIntelligenceIndicator", {
        **RG, "workspaceName": "log-bank", "kind": "indicator", "name": "d9cd6f0b-96b9-3984-17cd-a779d1e15a93",
        "displayName": "Control of a botnet", "source": "SOC", "confidence": 90,
        "pattern": "[ipv4-addr:value = '94.200.10.99']", "patternType": "ipv4-addr",
        "threatTypes": ["malicious-activity"], "validFrom": "2026-11-01T00:00:00Z", **more}, "indicator"),)  # fmt: skip


def sign_in(*excluded: str, kind: str = "web:WebAppAuthSettingsV2") -> tuple[Given, ...]:
    """Returns who signs in to an app, and where nobody has to."""
    return (az(kind, {
        **RG, "name": "app-payments", "platform": {"enabled": True}, "httpSettings": {"requireHttps": True},
        "globalValidation": {"requireAuthentication": True, "unauthenticatedClientAction": "Return401",
                             "excludedPaths": list(excluded)},
        "identityProviders": {"azureActiveDirectory": {
            "enabled": True, "registration": {
                "clientId": "22222222-3333-4444-5555-666666666666",
                "openIdIssuer": f"https://login.microsoftonline.com/{TENANT}/v2.0"},
            "validation": {"allowedAudiences": ["api://payments"]}}}}, "auth"),)  # fmt: skip


ATTACKS = (
    Attack("callers of a graph write the statement that reads the ledger", NET, resolver(
        "SELECT * FROM customers WHERE id = '@(context.GraphQL.Arguments[\"id\"].ToString())'"),
        "critical", "an argument with a quote is a statement of its own, as the identity of the gateway "
        "(learn.microsoft.com/azure/api-management/sql-data-source-policy, which has parameters for values, read "
        "2026-12-02)"),
    Attack("a pipeline runs a package that stands in it as a text", ESC, package(
        type="InlinePackage", packageName="load.dtsx", packageContent="UEsDBBQAAAAIAGR0c3hSb2dyYW0AAA==",
        packageLastModifiedDate="2026-12-01T10:00:00Z UTC+04:00"),
        "critical", "a package runs programs and copies rows as the identity of the factory (Azure Data Factory, "
        "'Run an SSIS package with the Execute SSIS Package activity', InlinePackage, found as a string on "
        "2026-12-02)"),
    Attack("whoever calls the portal is its administrator", NET, gateway(
        {"headerName": "X-MS-CLIENT-PRINCIPAL-NAME", "headerValue": "portal-admin@example.ae"},
        {"headerName": "X-Forwarded-User", "headerValue": "portal-admin@example.ae"}),
        "critical", "the app takes the header for who signed in (Azure App Service, 'Work with user identities in App "
        "Service authentication', as public programs have it, read 2026-12-02)"),
    Attack("the alarm on new owners leaves out one person", RSL, alarm(
        "AzureActivity | where OperationNameValue =~ 'MICROSOFT.AUTHORIZATION/ROLEASSIGNMENTS/WRITE' "
        "| where Caller != 'contractor@example.ae'"),
        "critical", "he makes himself owner unseen (Azure Monitor, 'AzureActivity', Caller)"),
    Attack("whoever deploys reads each secret of the vault", NET, vault(enabledForTemplateDeployment=True),
        "critical", "a template gets a secret by its name for Contributors, who have no right on secrets (Azure "
        "Resource Manager, 'Use Azure Key Vault to pass secure parameter value during deployment', "
        "Microsoft.KeyVault/vaults/deploy/action)"),
    Attack("each subscription of the tenant puts machines into the network of payments", NET, subnet(
        sharingScope="Tenant"),
        "critical", "others' machines stand behind the rules of the subnet (pulumi-azure-native 3.29.0, sharingScope: "
        "to allow sharing subnet with other subscriptions in your AAD tenant, read 2026-12-02)"),
    Attack("an attacker is no longer looked for", RSL, indicator(revoked=True),
        "major", "rules match indicators that hold (Microsoft Sentinel, 'ThreatIntelligenceIndicator', Active)"),
    Attack("callers of payments do not sign in", NET, sign_in("/api/*"),
        "critical", "requests to excluded paths reach the app as nobody's (Azure App Service, 'File-based "
        "configuration in App Service authentication', excludedPaths)"),
)  # fmt: skip
