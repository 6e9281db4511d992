"""Good idioms of platform teams on Azure: watch, streams, gateways, firewalls, copies and models (set 21, blind)."""

from ..blind import SUB, TAGS, az
from ..harness import UNKNOWN
from . import Idiom, unpriced
from .azure_platform import lock
from .fourth import HERE, ID, KEY_URL, LEARN, OURS, RG, VNET
from .fourth_kubernetes import AZURE_BUDGET
from .ninth_azure import TENANT
from .sixth_azure import endpoint
from .thirteenth_azure import ADMINS, USER
from .twelfth_azure_platform import CLOSED, OWN, audit, granted
from .twentieth_goodb_charts import merged
from .twenty_first_xazure import AVM, zone_link

SQL, HUBS = f"{OURS}.Sql/servers/sql-loans", f"{OURS}.EventHub/namespaces/evh-trades"
APIM, GATEWAY = f"{OURS}.ApiManagement/service/apim-bank", f"{OURS}.Network/applicationGateways/agw-inner"


VAULT = {"keyName": "cmk", "keyVaultUri": "https://kv-bank.vault.azure.net"}
FORWARD = {"name": "https", "port": 443, "protocol": "Https", "cookieBasedAffinity": "Disabled", "requestTimeout": 30,
           "pickHostNameFromBackendAddress": True, "probe": {"id": f"{GATEWAY}/probes/ready"}}  # fmt: skip
POLICY = f"""<policies>
  <inbound>
    <base />
    <validate-azure-ad-token tenant-id="{TENANT}" header-name="Authorization">
      <client-application-ids>
        <application-id>11111111-2222-3333-4444-555555555555</application-id>
      </client-application-ids>
    </validate-azure-ad-token>
    <rate-limit-by-key calls="100" renewal-period="60" counter-key="@(context.Subscription.Id)" />
  </inbound>
  <backend><base /></backend>
  <outbound><base /><set-header name="X-Powered-By" exists-action="delete" /></outbound>
  <on-error><base /></on-error>
</policies>"""

IDIOMS: tuple[Idiom, ...] = (
    Idiom("loans lie in SQL for groups of Entra, sealed by the bank's key, watched and kept for years", (
        AZURE_BUDGET,
        az("sql:Server", {**HERE, "serverName": "sql-loans", "version": "12.0", "minimalTlsVersion": "1.2", **CLOSED,
                          **USER, "primaryUserAssignedIdentityId": ID, "keyId": KEY_URL,
                          "restrictOutboundNetworkAccess": "Enabled", "administrators": {
            "administratorType": "ActiveDirectory", "azureADOnlyAuthentication": True, "principalType": "Group",
            "login": "dbas", "sid": ADMINS, "tenantId": TENANT}}, "server", protect=True),
        az("sql:EncryptionProtector", {**RG, "serverName": "sql-loans", "encryptionProtectorName": "current",
                                       "serverKeyType": "AzureKeyVault", "serverKeyName":
                                       "kv-bank_cmk_0123456789abcdef0123456789abcdef", "autoRotationEnabled": True},
           "protector", links={"serverName": ("server",)}),
        az("sql:Database", {
            **HERE, "serverName": "sql-loans", "databaseName": "loans", "sku": {
                "name": "GP_Gen5", "tier": "GeneralPurpose", "family": "Gen5", "capacity": 4}, "zoneRedundant": True,
            "requestedBackupStorageRedundancy": "Zone", "maxSizeBytes": 268435456000, "isLedgerOn": True,
            "licenseType": "LicenseIncluded"}, "loans", protect=True, links={"serverName": ("server",)}),
        az("sql:BackupShortTermRetentionPolicy", {**RG, "serverName": "sql-loans", "databaseName": "loans",
            "policyName":
                                                  "default", "retentionDays": 35, "diffBackupIntervalInHours": 12},
           "short", links={"databaseName": ("loans",)}),
        az("sql:LongTermRetentionPolicy", {**RG, "serverName": "sql-loans", "databaseName": "loans", "policyName":
                                           "default", "weeklyRetention": "P8W", "monthlyRetention": "P12M",
                                           "yearlyRetention": "P7Y", "weekOfYear": 1}, "long", links={
                                               "databaseName": ("loans",)}),
        az("sql:ExtendedServerBlobAuditingPolicy", {
            **RG, "serverName": "sql-loans", "blobAuditingPolicyName": "default", "state": "Enabled",
            "isAzureMonitorTargetEnabled": True, "auditActionsAndGroups": [
                "SUCCESSFUL_DATABASE_AUTHENTICATION_GROUP", "FAILED_DATABASE_AUTHENTICATION_GROUP",
                "BATCH_COMPLETED_GROUP"]}, "auditing", links={"serverName": ("server",)}),
        az("sql:ServerSecurityAlertPolicy", {**RG, "serverName": "sql-loans", "securityAlertPolicyName": "Default",
                                             "state": "Enabled", "emailAccountAdmins": False, "emailAddresses": [
                                                 "dbas@bank.ae"]}, "threats", links={"serverName": ("server",)}),
        endpoint("sql-loans", SQL, "sqlServer"), *zone_link("names", "privatelink.database.windows.net"),
        audit("loans", f"{SQL}/databases/loans"), lock(SQL, "server")),
        f"{AVM}/sql/server; {LEARN}/azure-sql/database/security-best-practice, as known on 2026-12-01",
        merged(OWN, merged({"residency": {"known": {"@bank.ae": "our own mail"}}}, unpriced(
            "azure-native:sql:ServerSecurityAlertPolicy::threats")))),
    Idiom("records of all subscriptions meet in a workspace that is read and written by private links alone", (
        az("operationalinsights:Workspace", {
            **HERE, "workspaceName": "log-central", "sku": {"name": "PerGB2018"}, "retentionInDays": 365,
            "publicNetworkAccessForIngestion": "Disabled", "publicNetworkAccessForQuery": "Disabled", "features": {
                "disableLocalAuth": True, "enableLogAccessUsingOnlyResourcePermissions": True, "clusterResourceId":
                f"{OURS}.OperationalInsights/clusters/logs"}, "workspaceCapping": {"dailyQuotaGb": 50}}, "workspace",
            protect=True),
        az("monitor:PrivateLinkScope", {**RG, "location": "global", "tags": TAGS, "scopeName": "ampls",
            "accessModeSettings":
                                        {"ingestionAccessMode": "PrivateOnly", "queryAccessMode": "PrivateOnly"}},
           "ampls"),
        az("monitor:PrivateLinkScopedResource", {**RG, "scopeName": "ampls", "name": "workspace", "linkedResourceId":
                                                 UNKNOWN}, "linked", links={
                                                     "scopeName": ("ampls",), "linkedResourceId": ("workspace",)}),
        endpoint("ampls", f"{OURS}.Insights/privateLinkScopes/ampls", "azuremonitor"),
        az("monitor:DataCollectionEndpoint", {**HERE, "dataCollectionEndpointName": "dce", "networkAcls": {
            "publicNetworkAccess": "Disabled"}}, "dce"),
        az("monitor:DataCollectionRule", {
            **HERE, "dataCollectionRuleName": "linux", "kind": "Linux", "dataCollectionEndpointId": UNKNOWN,
            "dataSources": {"syslog": [{"name": "auth", "facilityNames": ["auth", "authpriv"], "logLevels": [
                "Info", "Notice", "Warning", "Error", "Critical", "Alert", "Emergency"], "streams":
                ["Microsoft-Syslog"]}]}, "destinations": {"logAnalytics": [{"name": "central", "workspaceResourceId":
                    UNKNOWN}]}, "dataFlows": [{"streams": ["Microsoft-Syslog"], "destinations": ["central"]}]}, "rule",
            links={"dataCollectionEndpointId": ("dce",), "destinations": ("workspace",)}),
        az("monitor:ActionGroup", {**RG, "location": "uaenorth", "tags": TAGS, "actionGroupName": "ag-duty",
                                   "groupShortName": "duty", "enabled": True, "emailReceivers": [{
                                       "name": "duty", "emailAddress": "duty@bank.ae", "useCommonAlertSchema": True}]},
           "duty"),
        az("monitor:ScheduledQueryRule", {
            **HERE, "ruleName": "root-sign-ins", "severity": 1, "enabled": True, "scopes": [UNKNOWN],
            "evaluationFrequency": "PT5M", "windowSize": "PT5M", "criteria": {"allOf": [{
                "query": "Syslog | where Facility == 'authpriv' and SyslogMessage has 'root'", "timeAggregation":
                "Count", "operator": "GreaterThan", "threshold": 0}]}, "actions": {"actionGroups": [UNKNOWN]},
            "autoMitigate": False}, "root", links={"scopes": ("workspace",), "actions": ("duty",)}),
        az("monitor:ActivityLogAlert", {
            **RG, "location": "global", "tags": TAGS, "activityLogAlertName": "policy-changes", "enabled": True,
            "scopes": [SUB], "condition": {"allOf": [
                {"field": "category", "equals": "Administrative"}, {
                    "field": "operationName", "equals": "Microsoft.Authorization/policyAssignments/write"}]},
            "actions": {"actionGroups": [{"actionGroupId": UNKNOWN}]}}, "policies", links={"actions": ("duty",)})),
        f"{AVM}/operational-insights/workspace; {LEARN}/azure-monitor/fundamentals/private-link-design, as known",
        merged(OWN, {"residency": {"known": {"@bank.ae": "our own mail"}}})),
    Idiom("trades stream by Event Hubs of three zones for identities alone, and settle in the lake each five minutes", (
        AZURE_BUDGET,
        az("eventhub:Namespace", {
            **HERE, "namespaceName": "evh-trades", "sku": {"name": "Premium", "tier": "Premium", "capacity": 1},
            "minimumTlsVersion": "1.2", "disableLocalAuth": True, **CLOSED, "zoneRedundant": True, **USER,
            "encryption": {"keySource": "Microsoft.KeyVault", "requireInfrastructureEncryption": True,
                           "keyVaultProperties": [{**VAULT, "identity": {"userAssignedIdentity": ID}}]}}, "namespace",
            protect=True),
        az("eventhub:EventHub", {
            **RG, "namespaceName": "evh-trades", "eventHubName": "trades", "partitionCount": 8,
                "retentionDescription": {
                "cleanupPolicy": "Delete", "retentionTimeInHours": 168}, "captureDescription": {
                "enabled": True, "encoding": "Avro", "intervalInSeconds": 300, "sizeLimitInBytes": 314572800,
                "skipEmptyArchives": True, "destination": {
                    "name": "EventHubArchive.AzureBlockBlob", "blobContainer": "trades", "storageAccountResourceId":
                    f"{OURS}.Storage/storageAccounts/stbank", "archiveNameFormat":
                    "{Namespace}/{EventHub}/{PartitionId}/{Year}/{Month}/{Day}/{Hour}/{Minute}/{Second}",
                    "identity": {"type": "UserAssigned", "userAssignedIdentity": ID}}}}, "trades", links={
                        "namespaceName": ("namespace",)}),
        *(az("eventhub:ConsumerGroup", {**RG, "namespaceName": "evh-trades", "eventHubName": "trades",
                                        "consumerGroupName": name}, name, links={"eventHubName": ("trades",)})
          for name in ("risk", "ledger")),
        endpoint("evh-trades", HUBS, "namespace"), *zone_link("bus", "privatelink.servicebus.windows.net"),
        granted("sender", f"{HUBS}/eventhubs/trades", "2b629674-e913-4c01-ae53-ef4638d8f975"),
        audit("namespace", HUBS), lock(HUBS, "namespace")),
        f"{AVM}/event-hub/namespace; {LEARN}/event-hubs/secure-event-hubs, as known on 2026-12-01",
        merged(OWN, unpriced("azure-native:eventhub:Namespace::namespace"))),
    Idiom("APIs of the bank are published inside the network, ask for tokens of Entra and limit each caller", (
        AZURE_BUDGET,
        az("apimanagement:ApiManagementService", {
            **HERE, "serviceName": "apim-bank", "publisherEmail": "apis@bank.ae", "publisherName": "Bank", "sku": {
                "name": "Premium", "capacity": 2}, "zones": ["1", "2"], "virtualNetworkType": "Internal",
            "virtualNetworkConfiguration": {"subnetResourceId": f"{VNET}/subnets/apim"},
                "identity": {"type": "UserAssigned", "userAssignedIdentities": {ID: {}}},
            "disableGateway": False, "developerPortalStatus": "Disabled", "customProperties": {
                f"Microsoft.WindowsAzure.ApiManagement.Gateway.{part}": "false" for part in (
                    "Security.Protocols.Tls10", "Security.Protocols.Tls11", "Security.Backend.Protocols.Tls10",
                    "Security.Backend.Protocols.Tls11", "Security.Backend.Protocols.Ssl30",
                    "Security.Protocols.Ssl30")}, "hostnameConfigurations": [{
                        "type": "Proxy", "hostName": "apis.bank.ae", "certificateSource": "KeyVault", "keyVaultId":
                        "https://kv-bank.vault.azure.net/secrets/apis", "identityClientId":
                        "11111111-2222-3333-4444-555555555555", "defaultSslBinding": True}]}, "apim", protect=True),
        az("apimanagement:NamedValue", {**RG, "serviceName": "apim-bank", "namedValueId": "core-key", "displayName":
                                        "core-key", "secret": True, "keyVault": {"secretIdentifier":
            "https://kv-bank.vault.azure.net/secrets/core-key"}}, "named", links={"serviceName": ("apim",)}),
        az("apimanagement:Backend", {**RG, "serviceName": "apim-bank", "backendId": "core", "protocol": "http", "url":
                                     "https://core.bank.ae/api", "tls": {"validateCertificateChain": True,
                                                                       "validateCertificateName": True}}, "core",
           links={"serviceName": ("apim",)}),
        az("apimanagement:Api", {**RG, "serviceName": "apim-bank", "apiId": "accounts", "displayName": "Accounts",
                                 "path": "accounts", "protocols": ["https"], "subscriptionRequired": True,
                                 "apiRevision": "1"}, "accounts", links={"serviceName": ("apim",)}),
        az("apimanagement:ApiPolicy", {**RG, "serviceName": "apim-bank", "apiId": "accounts", "policyId": "policy",
                                       "format": "rawxml", "value": POLICY}, "policy", links={"apiId": ("accounts",)}),
        az("apimanagement:Product", {**RG, "serviceName": "apim-bank", "productId": "partners", "displayName":
                                     "Partners", "subscriptionRequired": True, "approvalRequired": True,
                                     "subscriptionsLimit": 1, "state": "published"}, "partners", links={
                                         "serviceName": ("apim",)}),
        az("apimanagement:ProductApi", {**RG, "serviceName": "apim-bank", "productId": "partners", "apiId": "accounts"},
           "member", links={"productId": ("partners",), "apiId": ("accounts",)}),
        audit("apim", APIM)),
        f"{AVM}/api-management/service; {LEARN}/architecture/example-scenario/integration/app-gateway-internal-api-"
        "management-function, as known on 2026-12-01", merged(OWN, merged(
            {"residency": {"known": {"@bank.ae": "our own mail"}}},
                unpriced("azure-native:apimanagement:ApiManagementService::apim")))),
    Idiom("an inner gateway of zones serves by TLS with the vault's certificate, and its firewall prevents", (
        AZURE_BUDGET,
        az("network:WebApplicationFirewallPolicy", {**HERE, "policyName": "waf-inner", "policySettings": {
            "state": "Enabled", "mode": "Prevention", "requestBodyCheck": True, "maxRequestBodySizeInKb": 128,
            "fileUploadLimitInMb": 20}, "managedRules": {"managedRuleSets": [
                {"ruleSetType": "Microsoft_DefaultRuleSet", "ruleSetVersion": "2.1"},
                {"ruleSetType": "Microsoft_BotManagerRuleSet", "ruleSetVersion": "1.1"}]}}, "waf"),
        az("network:ApplicationGateway", {
            **HERE, "applicationGatewayName": "agw-inner", "zones": ["1", "2", "3"], **USER, "enableHttp2": True,
                "sku": {
                "name": "WAF_v2", "tier": "WAF_v2"}, "autoscaleConfiguration": {"minCapacity": 2, "maxCapacity": 6},
            "firewallPolicy": {"id": UNKNOWN}, "sslPolicy": {"policyType": "Predefined", "policyName":
                                                            "AppGwSslPolicy20220101S"},
            "gatewayIPConfigurations": [{"name": "subnet", "subnet": {"id": f"{VNET}/subnets/agw"}}],
            "frontendIPConfigurations": [{"name": "inner", "privateIPAddress": "10.10.9.10",
                "privateIPAllocationMethod":
                                          "Static", "subnet": {"id": f"{VNET}/subnets/agw"}}],
            "frontendPorts": [{"name": "https", "port": 443}], "sslCertificates": [{
                "name": "apps", "keyVaultSecretId": "https://kv-bank.vault.azure.net/secrets/apps-tls"}],
            "backendAddressPools": [{"name": "quotes", "backendAddresses": [{"fqdn": "quotes.bank.ae"}]}],
            "backendHttpSettingsCollection": [FORWARD], "probes": [{
                "name": "ready", "protocol": "Https", "path": "/ready", "interval": 15, "timeout": 10,
                "unhealthyThreshold": 3, "pickHostNameFromBackendHttpSettings": True}],
            "httpListeners": [{"name": "apps", "protocol": "Https", "hostName": "apps.bank.ae",
                               "frontendIPConfiguration": {"id": f"{GATEWAY}/frontendIPConfigurations/inner"},
                               "frontendPort": {"id": f"{GATEWAY}/frontendPorts/https"}, "sslCertificate": {
                                   "id": f"{GATEWAY}/sslCertificates/apps"}}],
            "requestRoutingRules": [{"name": "apps", "ruleType": "Basic", "priority": 100, "httpListener": {
                "id": f"{GATEWAY}/httpListeners/apps"}, "backendAddressPool": {
                    "id": f"{GATEWAY}/backendAddressPools/quotes"}, "backendHttpSettings": {
                        "id": f"{GATEWAY}/backendHttpSettingsCollection/https"}}]}, "agw", links={
                            "firewallPolicy": ("waf",)}),
        audit("agw", GATEWAY)),
        f"{LEARN}/application-gateway/application-gateway-private-deployment; well-architected, as known",
        merged(OWN, unpriced("azure-native:network:ApplicationGateway::agw"))),
)  # fmt: skip
