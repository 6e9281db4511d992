"""Good idioms of platform teams on Azure: machines, copies, models, policies, money and pipelines (set 21, blind)."""

from ..blind import GROUP, SUB, az
from ..harness import UNKNOWN, Given
from . import Idiom, unpriced
from .azure_platform import lock
from .fourth import HERE, ID, KEY_URL, LEARN, OURS, RG, VNET
from .fourth_kubernetes import AZURE_BUDGET
from .nineteenth_azure_data import counted
from .ninth_azure import CLIENT, LOGS, ROOT, TENANT
from .sixth_azure import endpoint
from .thirteenth_azure import ADMINS, DISKS, GALLERY, USER
from .twelfth_azure_platform import CLOSED, OWN, audit, granted
from .twentieth_goodb_charts import merged
from .twenty_first_xazure import AVM, zone_link

FIREWALL, RSV = f"{OURS}.Network/azureFirewalls/afw-hub", f"{OURS}.RecoveryServices/vaults/rsv-bank"
OPENAI, COSMOS = f"{OURS}.CognitiveServices/accounts/oai-support", f"{OURS}.DocumentDB/databaseAccounts/cosmos-carts"
PG, FUNCTION = f"{OURS}.DBforPostgreSQL/flexibleServers/pg-cards", f"{OURS}.Web/sites/func-cards"
VAULT = {"keyName": "cmk", "keyVaultUri": "https://kv-bank.vault.azure.net"}
GROUP_OF_PLATFORM = f"{ROOT}/mg-platform"
MAIL = {"residency": {"known": {"@bank.ae": "our own mail"}}}


def assigned(name: str, definition: str, **parameters: object) -> Given:
    """Returns the assignment of a built-in policy to the landing zones."""
    return az("authorization:PolicyAssignment", {
        "scope": GROUP_OF_PLATFORM, "policyAssignmentName": name, "displayName": name, "enforcementMode": "Default",
        "policyDefinitionId": f"/providers/Microsoft.Authorization/policyDefinitions/{definition}",
        "nonComplianceMessages": [{"message": f"{name}: see the platform's handbook"}],
        "parameters": {key: {"value": value} for key, value in parameters.items()}}, name)  # fmt: skip


IDIOMS: tuple[Idiom, ...] = (
    Idiom("the hub's firewall inspects calls to the names allowed, denies known threats and records all", (
        AZURE_BUDGET,
        az("network:PublicIPAddress", {**HERE, "publicIpAddressName": "pip-afw", "sku": {"name": "Standard", "tier":
                                       "Regional"}, "publicIPAllocationMethod": "Static", "zones": ["1", "2", "3"],
                                       "ddosSettings": {"protectionMode": "VirtualNetworkInherited"}}, "ip"),
        az("network:FirewallPolicy", {
            **HERE, "firewallPolicyName": "afwp-hub", "sku": {"tier": "Premium"}, "threatIntelMode": "Deny",
            "identity": {"type": "UserAssigned", "userAssignedIdentities": [ID]}, "transportSecurity": {
                "certificateAuthority": {"name": "inner", "keyVaultSecretId":
                                         "https://kv-bank.vault.azure.net/secrets/inspection"}},
            "intrusionDetection": {"mode": "Deny", "profile": "Standard"}, "dnsSettings": {"enableProxy": True},
            "insights": {"isEnabled": True, "retentionDays": 90, "logAnalyticsResources": {
                "defaultWorkspaceId": {"id": LOGS}}}}, "policy"),
        az("network:FirewallPolicyRuleCollectionGroup", {
            **RG, "firewallPolicyName": "afwp-hub", "ruleCollectionGroupName": "apps", "priority": 200,
            "ruleCollections": [{
                "ruleCollectionType": "FirewallPolicyFilterRuleCollection", "name": "names", "priority": 100,
                    "action": {
                    "type": "Allow"}, "rules": [{
                        "ruleType": "ApplicationRule", "name": "registry", "sourceAddresses": ["10.10.2.0/24"],
                        "protocols": [{"protocolType": "Https", "port": 443}], "targetFqdns": ["registry.bank.ae"],
                        "terminateTLS": True}]}]}, "rules", links={"firewallPolicyName": ("policy",)}),
        az("network:AzureFirewall", {
            **HERE, "azureFirewallName": "afw-hub", "sku": {"name": "AZFW_VNet", "tier": "Premium"}, "zones": [
                "1", "2", "3"], "firewallPolicy": {"id": UNKNOWN}, "ipConfigurations": [{
                    "name": "ip", "publicIPAddress": {"id": UNKNOWN}, "subnet": {
                        "id": f"{VNET}/subnets/AzureFirewallSubnet"}}]}, "firewall", links={
                            "firewallPolicy": ("policy",), "ipConfigurations": ("ip",)}),
        audit("firewall", FIREWALL)),
        f"{AVM}/network/azure-firewall; {LEARN}/firewall/premium-features, as known on 2026-12-01", OWN),
    Idiom("a machine of operators has no address outside, trusted start, sealed disks and a Bastion before it", (
        AZURE_BUDGET,
        az("network:NetworkInterface", {**HERE, "networkInterfaceName": "nic-ops", "enableAcceleratedNetworking": True,
                                        "ipConfigurations": [{"name": "ip", "privateIPAllocationMethod": "Dynamic",
                                                              "subnet": {"id": f"{VNET}/subnets/apps"}}]}, "nic"),
        az("compute:VirtualMachine", {
            **HERE, "vmName": "vm-ops", "zones": ["1"], **USER, "hardwareProfile": {"vmSize": "Standard_D2s_v5"},
            "securityProfile": {"encryptionAtHost": True, "securityType": "TrustedLaunch", "uefiSettings": {
                "secureBootEnabled": True, "vTpmEnabled": True}}, "osProfile": {
                "computerName": "vm-ops", "adminUsername": "operator", "allowExtensionOperations": True,
                "linuxConfiguration": {
                    "disablePasswordAuthentication": True, "provisionVMAgent": True, "ssh": {"publicKeys": [{
                        "path": "/home/operator/.ssh/authorized_keys", "keyData": "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5"}]},
                    "patchSettings": {"patchMode": "AutomaticByPlatform", "assessmentMode": "AutomaticByPlatform",
                                      "automaticByPlatformSettings": {
                                          "bypassPlatformSafetyChecksOnUserSchedule": True}}}},
            "storageProfile": {"imageReference": {"id": GALLERY}, "osDisk": {
                "createOption": "FromImage", "caching": "ReadWrite", "deleteOption": "Delete", "managedDisk": {
                    "storageAccountType": "Premium_ZRS", "diskEncryptionSet": {"id": DISKS}}}},
            "networkProfile": {"networkInterfaces": [{"id": UNKNOWN, "deleteOption": "Delete"}]},
            "diagnosticsProfile": {"bootDiagnostics": {"enabled": True}}}, "vm", links={"networkProfile": ("nic",)}),
        az("compute:VirtualMachineExtension", {
            **HERE, "vmName": "vm-ops", "vmExtensionName": "AADSSHLoginForLinux", "publisher":
            "Microsoft.Azure.ActiveDirectory", "type": "AADSSHLoginForLinux", "typeHandlerVersion": "1.0",
            "autoUpgradeMinorVersion": True}, "entra", links={"vmName": ("vm",)}),
        az("network:PublicIPAddress", {**HERE, "publicIpAddressName": "pip-bas", "sku": {"name": "Standard"},
                                       "publicIPAllocationMethod": "Static"}, "ip"),
        az("network:BastionHost", {
            **HERE, "bastionHostName": "bas-hub", "sku": {"name": "Premium"}, "enableTunneling": False,
            "enableIpConnect": False, "enableShareableLink": False, "disableCopyPaste": True, "enableFileCopy": False,
            "enableKerberos": False, "enableSessionRecording": True, "ipConfigurations": [{
                "name": "ip", "publicIPAddress": {"id": UNKNOWN}, "subnet": {
                    "id": f"{VNET}/subnets/AzureBastionSubnet"}}]}, "bastion", links={"ipConfigurations": ("ip",)}),
        audit("bastion", f"{OURS}.Network/bastionHosts/bas-hub")),
        f"{AVM}/compute/virtual-machine; {LEARN}/bastion/session-recording, as known on 2026-12-01",
        merged(OWN, unpriced("azure-native:compute:VirtualMachine::vm", "azure-native:network:BastionHost::bastion"))),
    Idiom("machines are copied each night into a vault that nobody opens alone, and copies are kept for a year", (
        AZURE_BUDGET,
        az("recoveryservices:Vault", {**HERE, "vaultName": "rsv-bank", "sku": {"name": "RS0", "tier": "Standard"},
                                      **USER, "properties": {
            **CLOSED, "encryption": {"infrastructureEncryption": "Enabled", "keyVaultProperties": {"keyUri": KEY_URL},
                                     "kekIdentity": {"userAssignedIdentity": ID, "useSystemAssignedIdentity": False}},
            "redundancySettings": {"standardTierStorageRedundancy": "ZoneRedundant", "crossRegionRestore": "Disabled"},
            "securitySettings": {"immutabilitySettings": {"state": "Locked"}, "softDeleteSettings": {
                "softDeleteState": "AlwaysON", "softDeleteRetentionPeriodInDays": 30, "enhancedSecurityState":
                "AlwaysON"}}, "monitoringSettings": {"azureMonitorAlertSettings": {
                    "alertsForAllJobFailures": "Enabled"}}}}, "vault", protect=True),
        az("recoveryservices:ProtectionPolicy", {
            **RG, "vaultName": "rsv-bank", "policyName": "nightly", "properties": {
                "backupManagementType": "AzureIaasVM", "policyType": "V2", "timeZone": "Arabian Standard Time",
                "instantRpRetentionRangeInDays": 7, "schedulePolicy": {
                    "schedulePolicyType": "SimpleSchedulePolicyV2", "scheduleRunFrequency": "Daily", "dailySchedule": {
                        "scheduleRunTimes": ["2026-12-01T21:00:00Z"]}}, "retentionPolicy": {
                    "retentionPolicyType": "LongTermRetentionPolicy", "dailySchedule": {
                        "retentionTimes": ["2026-12-01T21:00:00Z"], "retentionDuration": {
                            "count": 365, "durationType": "Days"}}}}}, "nightly", links={"vaultName": ("vault",)}),
        az("dataprotection:ResourceGuard", {**HERE, "resourceGuardsName": "rg-mua", "properties": {
            "vaultCriticalOperationExclusionList": []}}, "guard"),
        az("recoveryservices:ResourceGuardProxy", {
            **RG, "vaultName": "rsv-bank", "resourceGuardProxyName": "VaultProxy", "properties": {
                "resourceGuardResourceId": UNKNOWN}}, "guarded", links={
                    "vaultName": ("vault",), "properties": ("guard",)}),
        endpoint("rsv-bank", RSV, "AzureBackup"), audit("vault", RSV)),
        f"{AVM}/recovery-services/vault; {LEARN}/backup/secure-by-default, as known on 2026-12-01", OWN),
    Idiom("support asks a model in the country, with filters of its own, from the network and by identity alone", (
        AZURE_BUDGET,
        az("cognitiveservices:Account", {
            **HERE, "accountName": "oai-support", "kind": "OpenAI", "sku": {"name": "S0"}, **USER, "properties": {
                "customSubDomainName": "oai-support", "disableLocalAuth": True, **CLOSED, "networkAcls": {
                    "defaultAction": "Deny"}, "restrictOutboundNetworkAccess": True, "allowedFqdnList": [],
                "encryption": {"keySource": "Microsoft.KeyVault", "keyVaultProperties": {
                    **VAULT, "keyVersion": "0123456789abcdef0123456789abcdef", "identityClientId": CLIENT}}}},
           "account", protect=True),
        az("cognitiveservices:RaiPolicy", {**RG, "accountName": "oai-support", "raiPolicyName": "support",
            "properties": {
            "basePolicyName": "Microsoft.DefaultV2", "mode": "Blocking", "contentFilters": [
                {"name": kind, "source": source, "enabled": True, "blocking": True, "severityThreshold": "Low"}
                for kind in ("hate", "sexual", "violence", "selfharm") for source in ("Prompt", "Completion")] + [
                {"name": name, "source": "Prompt", "enabled": True, "blocking": True} for name in (
                    "jailbreak", "indirect_attack")]}}, "filters", links={"accountName": ("account",)}),
        az("cognitiveservices:Deployment", {
            **RG, "accountName": "oai-support", "deploymentName": "chat", "sku": {"name": "Standard", "capacity": 30},
            "properties": {"model": {"format": "OpenAI", "name": "gpt-4o", "version": "2024-11-20"}, "raiPolicyName":
                           "support", "versionUpgradeOption": "OnceCurrentVersionExpired"}}, "chat", links={
                               "accountName": ("account",), "properties": ("filters",)}),
        endpoint("oai-support", OPENAI, "account"), *zone_link("models", "privatelink.openai.azure.com"),
        granted("caller", OPENAI, "5e0bd9bd-7b93-4f28-af87-19fc36ad61bd"), audit("account", OPENAI), counted(
            "tokens", OPENAI, "Microsoft.CognitiveServices/accounts", "TokenTransaction", "GreaterThan", 1000000)),
        f"{LEARN}/architecture/ai-ml/architecture/baseline-azure-ai-foundry-chat, as known on 2026-12-01", OWN),
    Idiom("carts lie in Cosmos DB of zones for identities alone, with copies of each moment and a limit of throughput",
        (
        AZURE_BUDGET,
        az("cosmosdb:DatabaseAccount", {
            **HERE, "accountName": "cosmos-carts", "databaseAccountOfferType": "Standard", "kind": "GlobalDocumentDB",
            "locations": [{"locationName": "uaenorth", "failoverPriority": 0, "isZoneRedundant": True}], **USER,
            "defaultIdentity": f"UserAssignedIdentity={ID}",
                "keyVaultKeyUri": "https://kv-bank.vault.azure.net/keys/cmk",
            "disableLocalAuth": True, "disableKeyBasedMetadataWriteAccess": True, **CLOSED,
                "minimalTlsVersion": "Tls12",
            "networkAclBypass": "None", "isVirtualNetworkFilterEnabled": False, "consistencyPolicy": {
                "defaultConsistencyLevel": "Session"}, "backupPolicy": {
                    "type": "Continuous", "continuousModeProperties": {"tier": "Continuous30Days"}}, "capacity": {
                        "totalThroughputLimit": 20000}}, "account", protect=True),
        az("cosmosdb:SqlResourceSqlDatabase", {**HERE, "accountName": "cosmos-carts", "databaseName": "carts",
                                               "resource": {"id": "carts"}}, "database", links={
                                                   "accountName": ("account",)}),
        az("cosmosdb:SqlResourceSqlContainer", {
            **HERE, "accountName": "cosmos-carts", "databaseName": "carts", "containerName": "carts", "resource": {
                "id": "carts", "partitionKey": {"paths": ["/customer"], "kind": "Hash", "version": 2}, "defaultTtl":
                604800, "indexingPolicy": {"indexingMode": "consistent", "automatic": True, "includedPaths": [
                    {"path": "/*"}], "excludedPaths": [{"path": "/items/*"}]}}, "options": {"autoscaleSettings": {
                        "maxThroughput": 4000}}}, "container", links={"databaseName": ("database",)}),
        az("cosmosdb:SqlResourceSqlRoleAssignment", {
            **RG, "accountName": "cosmos-carts", "roleAssignmentId": "33333333-4444-5555-6666-777777777777",
            "principalId": CLIENT, "scope": f"{COSMOS}/dbs/carts", "roleDefinitionId":
            f"{COSMOS}/sqlRoleDefinitions/00000000-0000-0000-0000-000000000002"}, "app", links={
                "accountName": ("account",)}),
        endpoint("cosmos-carts", COSMOS, "Sql"), audit("account", COSMOS), lock(COSMOS, "account")),
        f"{AVM}/document-db/database-account; {LEARN}/cosmos-db/security, as known on 2026-12-01",
        merged(OWN, unpriced("azure-native:cosmosdb:SqlResourceSqlContainer::container"))),
    Idiom("a function of the flexible plan reads cards by its identity, in the network and with its packages closed", (
        AZURE_BUDGET,
        az("web:AppServicePlan", {**HERE, "name": "asp-flex", "kind": "functionapp", "reserved": True, "sku": {
            "name": "FC1", "tier": "FlexConsumption"}}, "plan"),
        az("web:WebApp", {
            **HERE, "name": "func-cards", "kind": "functionapp,linux", "serverFarmId": UNKNOWN, "httpsOnly": True,
            **USER, **CLOSED, "virtualNetworkSubnetId": f"{VNET}/subnets/functions", "keyVaultReferenceIdentity": ID,
            "functionAppConfig": {
                "deployment": {"storage": {"type": "blobContainer", "value":
                                           "https://stbank.blob.core.windows.net/packages", "authentication": {
                    "type": "UserAssignedIdentity", "userAssignedIdentityResourceId": ID}}}, "runtime": {
                        "name": "python", "version": "3.12"}, "scaleAndConcurrency": {
                            "maximumInstanceCount": 40, "instanceMemoryMB": 2048}}, "siteConfig": {
                "minTlsVersion": "1.3", "ftpsState": "Disabled", "http20Enabled": True, "appSettings": [
                    {"name": "AzureWebJobsStorage__accountName", "value": "stbank"},
                    {"name": "AzureWebJobsStorage__credential", "value": "managedidentity"},
                    {"name": "AzureWebJobsStorage__clientId", "value": CLIENT}]}}, "function", links={
                        "serverFarmId": ("plan",)}),
        *(az(f"web:WebApp{part}Allowed", {**RG, "name": "func-cards", "allow": False}, part.lower(), links={
            "name": ("function",)}) for part in ("Scm", "Ftp")),
        endpoint("func-cards", FUNCTION, "sites"), audit("function", FUNCTION)),
        f"{LEARN}/azure-functions/flex-consumption-plan; Azure-Samples/azure-functions-flex-consumption-samples, as "
        "known on 2026-12-01", merged(OWN, {"escape": {"code_sources": {
            "stbank.blob.core.windows.net": "packages of our own pipelines"}}})),
    Idiom("policies of the landing zones deny what leaves the country or is open, and audit the rest", (
        assigned("allowed-locations", "e56962a6-4747-49cd-b67b-bf8b01975c4c", listOfAllowedLocations=[
            "uaenorth", "uaecentral"]),
        assigned("no-public-ip", "6c112d4e-5bc7-47ae-a041-ea2d9dccd749", listOfResourceTypesNotAllowed=[
            "Microsoft.Network/publicIPAddresses"]),
        assigned("https-storage", "404c3081-a854-4457-ae30-26a93ef643f9", effect="Deny"),
        az("authorization:PolicyDefinitionAtManagementGroup", {
            "managementGroupId": "mg-platform", "policyDefinitionName": "tags-required", "policyType": "Custom", "mode":
            "Indexed", "displayName": "Cost centre is required", "metadata": {"category": "Tags", "version": "1.0.0"},
            "policyRule": {"if": {"field": "tags['cost-centre']", "exists": "false"}, "then": {"effect": "deny"}}},
            "tags"),
        az("authorization:PolicyAssignment", {
            "scope": GROUP_OF_PLATFORM, "policyAssignmentName": "tags-required", "displayName": "Cost centre",
            "enforcementMode": "Default", "policyDefinitionId": UNKNOWN}, "tags-assigned", links={
                "policyDefinitionId": ("tags",)}),
        az("consumption:Budget", {
            "scope": SUB[1:], "budgetName": "subscription", "amount": 90000, "category": "Cost", "timeGrain": "Monthly",
            "timePeriod": {"startDate": "2026-12-01T00:00:00Z", "endDate": "2029-12-01T00:00:00Z"}, "notifications": {
                "soon": {"enabled": True, "operator": "GreaterThan", "threshold": 90, "thresholdType": "Forecasted",
                         "contactEmails": ["finops@bank.ae"], "contactRoles": ["Owner"]}}}, "budget"),
        az("costmanagement:ScheduledAction", {
            "name": "leaps", "kind": "InsightAlert", "displayName": "Leaps", "status": "Enabled", "viewId":
            f"{SUB}/providers/Microsoft.CostManagement/views/ms:DailyAnomalyByResourceGroup", "notification": {
                "subject": "Leap of costs", "to": ["finops@bank.ae"]}, "notificationEmail": "finops@bank.ae",
            "schedule": {"frequency": "Daily", "startDate": "2026-12-01T00:00:00Z", "endDate":
                         "2027-12-01T00:00:00Z"}}, "leaps")),
        "Azure/Enterprise-Scale; learn.microsoft.com/azure/cloud-adoption-framework/ready/landing-zone/design-area/"
        "governance, as known on 2026-12-01", merged(OWN, MAIL)),
    Idiom("workflows of one environment deploy to one group by a federated identity with the roles they need", (
        az("managedidentity:UserAssignedIdentity", {**HERE, "resourceName": "id-deploy"}, "deploy"),
        az("managedidentity:FederatedIdentityCredential", {
            **RG, "resourceName": "id-deploy", "federatedIdentityCredentialResourceName": "prod", "issuer":
            "https://token.actions.githubusercontent.com", "subject": "repo:bank-ae/quotes:environment:production",
            "audiences": ["api://AzureADTokenExchange"]}, "prod", links={"resourceName": ("deploy",)}),
        az("authorization:RoleDefinition", {
            "scope": GROUP, "roleName": "Deployer of apps", "roleType": "CustomRole", "description": "Deploys apps",
            "assignableScopes": [GROUP], "permissions": [{
                "actions": ["Microsoft.App/containerApps/read", "Microsoft.App/containerApps/write",
                            "Microsoft.App/managedEnvironments/read", "Microsoft.Resources/deployments/read"],
                "notActions": ["Microsoft.App/containerApps/listSecrets/action"]}]}, "role"),
        az("authorization:RoleAssignment", {
            "scope": GROUP, "principalId": UNKNOWN, "principalType": "ServicePrincipal", "roleDefinitionId": UNKNOWN},
            "deployer", links={"principalId": ("deploy",), "roleDefinitionId": ("role",)}),
        az("authorization:RoleAssignment", {
            "scope": f"{OURS}.ContainerRegistry/registries/crbank", "principalId": UNKNOWN, "principalType":
            "ServicePrincipal", "roleDefinitionId":
            f"{SUB}/providers/Microsoft.Authorization/roleDefinitions/8311e382-0749-4cb8-b61a-304f252e45ec"}, "pusher",
            links={"principalId": ("deploy",)})),
        f"{AVM}/managed-identity/user-assigned-identity; docs.github.com, oidc-in-azure, as known on 2026-12-01",
        merged(OWN, {"identity": {"repositories": {"https://github.com/bank-ae": "the bank's own organisation"}}})),
    Idiom("cards lie in PostgreSQL of two zones in the network, for groups of Entra and under the bank's key", (
        AZURE_BUDGET, *zone_link("names", "cards.private.postgres.database.azure.com"),
        az("dbforpostgresql:Server", {
            **HERE, "serverName": "pg-cards", "version": "17", "createMode": "Default", "sku": {
                "name": "Standard_D4ds_v5", "tier": "GeneralPurpose"}, "identity": {"type": "UserAssigned",
                    "userAssignedIdentities": {ID: {}}}, "availabilityZone": "1",
            "highAvailability": {"mode": "ZoneRedundant", "standbyAvailabilityZone": "2"}, "storage": {
                "storageSizeGB": 256, "autoGrow": "Enabled", "tier": "P30"}, "backup": {
                    "backupRetentionDays": 35, "geoRedundantBackup": "Disabled"}, "network": {
                "delegatedSubnetResourceId": f"{VNET}/subnets/pg", "privateDnsZoneArmResourceId": UNKNOWN,
                "publicNetworkAccess": "Disabled"}, "authConfig": {
                    "activeDirectoryAuth": "Enabled", "passwordAuth": "Disabled", "tenantId": TENANT},
                        "dataEncryption": {
                        "type": "AzureKeyVault", "primaryKeyURI": KEY_URL, "primaryUserAssignedIdentityId": ID},
            "maintenanceWindow": {"customWindow": "Enabled", "dayOfWeek": 5, "startHour": 22, "startMinute": 0}},
            "server", protect=True, links={"network": ("names",)}),
        az("dbforpostgresql:Administrator", {
            **RG, "serverName": "pg-cards", "objectId": ADMINS, "principalName": "dbas", "principalType": "Group",
            "tenantId": TENANT}, "admins", links={"serverName": ("server",)}),
        *(az("dbforpostgresql:Configuration", {**RG, "serverName": "pg-cards", "configurationName": name,
            "value": value,
                                               "source": "user-override"}, name.replace(".", "-"), links={
                                                   "serverName": ("server",)}) for name, value in (
            ("log_connections", "on"), ("connection_throttle.enable", "on"), ("pgaudit.log", "ddl,role"),
            ("pgbouncer.enabled", "true"), ("shared_preload_libraries", "pgaudit,pg_stat_statements"),
            ("ssl_min_protocol_version", "TLSv1.2"), ("idle_in_transaction_session_timeout", "60000"))),
        audit("server", PG), lock(PG, "server")),
        f"{AVM}/db-for-postgre-sql/flexible-server, as known on 2026-12-01",
        merged(OWN, unpriced("azure-native:dbforpostgresql:Server::server"))),
)  # fmt: skip
