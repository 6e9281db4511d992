"""Switches of Azure in a dangerous position, one resource each: no rule of another concern reads the property."""

from collections.abc import Mapping

from ..blind import GROUP, SUB, TAGS, az
from . import Attack

RG = {"resourceGroupName": "rg-platform"}
HERE = {**RG, "location": "uaenorth", "tags": TAGS}
OURS = f"{GROUP}/providers/Microsoft"
IDENTITY = {"identity": {"type": "SystemAssigned"}}
SQL = {**RG, "serverName": "sql", "storageEndpoint": "https://staudit.blob.core.windows.net/"}
VAULT = {**HERE, "vaultName": "rsv", "sku": {"name": "Standard"}}
CONTAINER = {"name": "a", "image": "cr.azurecr.io/a:1", "resources": {"requests": {"cpu": 1, "memoryInGB": 1}}}
WAF = {"requestBodyCheck": True, "maxRequestBodySizeInKb": 128, "fileUploadLimitInMb": 100, "mode": "Prevention",
       "state": "Enabled"}  # fmt: skip
RULES = {"managedRuleSets": [{"ruleSetType": "OWASP", "ruleSetVersion": "3.2"}]}
SOURCE = {"type": "SqlServer", "server": "sql.bank.internal", "database": "orders", "authenticationType": "Windows"}
POLICY = f"{SUB}/providers/Microsoft.Authorization/policyDefinitions/deny-public"
DISK = {**HERE, "diskName": "d", "sku": {"name": "Premium_LRS"}, "networkAccessPolicy": "DenyAll",
        "creationData": {"createOption": "Empty"}, "diskSizeGB": 64, "publicNetworkAccess": "Disabled"}  # fmt: skip


def attack(name: str, kind: str, props: Mapping[str, object], severity: str = "major") -> Attack:
    """Returns an attack of one resource, whose harm is what the row of the table says."""
    return Attack(f"switch of Azure: {name}", ("FJ-ESC-115",), (az(kind, props),), severity)


def firewall(**settings: object) -> dict[str, object]:
    """Returns a policy of the web application firewall with settings of its own."""
    return {**HERE, "policyName": "waf", "policySettings": {**WAF, **settings}, "managedRules": RULES}


def linked(**properties: object) -> dict[str, object]:
    """Returns a linked service of a data factory with properties of its own."""
    return {**RG, "factoryName": "adf", "linkedServiceName": "orders", "properties": {**SOURCE, **properties}}


ATTACKS = (
    attack("an assignment that is not enrolled", "authorization:PolicyAssignment", {
        "scope": GROUP, "policyAssignmentName": "a", "policyDefinitionId": POLICY, "enforcementMode": "Enroll"}),
    attack("an assignment whose override switches its policies off", "authorization:PolicyAssignment", {
        "scope": GROUP, "policyAssignmentName": "a", "policyDefinitionId": POLICY, "enforcementMode": "Default",
        "overrides": [{"kind": "policyEffect", "value": "Disabled"}]}),
    attack("an assignment whose parameter switches it off", "authorization:PolicyAssignment", {
        "scope": GROUP, "policyAssignmentName": "a", "policyDefinitionId": POLICY,
        "parameters": {"effect": {"value": "disabled"}}}),
    attack("a definition without an effect", "authorization:PolicyDefinition", {
        "policyDefinitionName": "deny-public", "mode": "All", "policyType": "Custom", "policyRule": {
            "if": {"field": "type", "equals": "Microsoft.Storage/storageAccounts"}, "then": {"effect": "Disabled"}}}),
    attack("a lock that locks nothing", "authorization:ManagementLockByScope", {
        "scope": GROUP, "lockName": "keep", "level": "NotSpecified"}),
    attack("audit of a database that is off", "sql:DatabaseBlobAuditingPolicy", {
        **SQL, "databaseName": "orders", "blobAuditingPolicyName": "default", "state": "Disabled"}, "critical"),
    attack("audit of a server that is kept for a day", "sql:ServerBlobAuditingPolicy", {
        **SQL, "blobAuditingPolicyName": "default", "state": "Enabled", "retentionDays": 1}),
    attack("alerts of a server without injections", "sql:ServerSecurityAlertPolicy", {
        **RG, "serverName": "sql", "securityAlertPolicyName": "Default", "state": "Enabled",
        "disabledAlerts": ["Sql_Injection"]}),
    attack("masks of a database that are off", "sql:DataMaskingPolicy", {
        **RG, "serverName": "sql", "databaseName": "orders", "dataMaskingPolicyName": "Default",
        "dataMaskingState": "Disabled"}),
    attack("passwords of a database beside Entra", "sql:ServerAzureADOnlyAuthentication", {
        **RG, "serverName": "sql", "authenticationName": "Default", "azureADOnlyAuthentication": False}, "critical"),
    attack("scans of a database that do not recur", "sql:ServerVulnerabilityAssessment", {
        **RG, "serverName": "sql", "vulnerabilityAssessmentName": "default",
        "storageContainerPath": "https://staudit.blob.core.windows.net/scans/", "recurringScans": {
            "isEnabled": False}}),
    attack("a subscription without Defender", "security:Pricing", {
        "scopeId": SUB[1:], "pricingName": "VirtualMachines", "pricingTier": "Free"}),
    attack("an account of storage without Defender", "security:DefenderForStorage", {
        "resourceId": f"{OURS}.Storage/storageAccounts/st", "settingName": "current", "properties": {
            "isEnabled": False, "overrideSubscriptionLevelSettings": True}}),
    attack("a firewall that lets known attackers pass", "network:FirewallPolicy", {
        **HERE, "firewallPolicyName": "p", "sku": {"tier": "Premium"}, "threatIntelMode": "Off"}),
    attack("a firewall that lets intrusions pass", "network:FirewallPolicy", {
        **HERE, "firewallPolicyName": "p", "sku": {"tier": "Premium"}, "intrusionDetection": {"mode": "Off"}}),
    attack("a web firewall that does not read bodies", "network:WebApplicationFirewallPolicy",
           firewall(requestBodyCheck=False)),
    attack("a web firewall without a limit on uploads", "network:WebApplicationFirewallPolicy",
           firewall(fileUploadEnforcement=False)),
    attack("a rule of a web firewall that lets attacks pass", "network:WebApplicationFirewallPolicy", {
        **firewall(), "managedRules": {"managedRuleSets": [{
            "ruleSetType": "OWASP", "ruleSetVersion": "3.2", "ruleGroupOverrides": [{
                "ruleGroupName": "REQUEST-942-APPLICATION-ATTACK-SQLI", "rules": [
                    {"ruleId": "942100", "action": "Allow", "state": "Enabled"}]}]}]}}),
    attack("flows that are not recorded", "network:FlowLog", {
        **HERE, "networkWatcherName": "w", "flowLogName": "f", "enabled": False,
        "targetResourceId": f"{OURS}.Network/virtualNetworks/v",
        "storageId": f"{OURS}.Storage/storageAccounts/staudit"}),
    attack("a public address without protection against floods", "network:PublicIPAddress", {
        **HERE, "publicIpAddressName": "a", "publicIPAllocationMethod": "Static", "sku": {"name": "Standard"},
        "ddosSettings": {"protectionMode": "Disabled"}}),
    attack("a WAN whose VPN is not encrypted", "network:VirtualWan", {
        **HERE, "virtualWANName": "w", "type": "Standard", "disableVpnEncryption": True}, "critical"),
    attack("a bastion that copies files", "network:BastionHost", {
        **HERE, "bastionHostName": "b", "sku": {"name": "Standard"}, "enableFileCopy": True}),
    attack("a hub whose network goes around the firewall", "network:HubVirtualNetworkConnection", {
        **RG, "virtualHubName": "h", "connectionName": "c", "enableInternetSecurity": False,
        "remoteVirtualNetwork": {"id": f"{OURS}.Network/virtualNetworks/v"}}),
    attack("networks that reach monitors of others", "monitor:PrivateLinkScope", {
        **RG, "location": "global", "tags": TAGS, "scopeName": "s", "accessModeSettings": {
            "ingestionAccessMode": "Open", "queryAccessMode": "PrivateOnly"}}),
    attack("alerts that reach nobody", "monitor:ActionGroup", {
        **RG, "location": "global", "tags": TAGS, "actionGroupName": "a", "groupShortName": "a", "enabled": False}),
    attack("blobs that can be deleted for good", "storage:BlobServiceProperties", {
        **RG, "accountName": "st", "blobServicesName": "default", "deleteRetentionPolicy": {
            "enabled": True, "days": 14, "allowPermanentDelete": True}, "containerDeleteRetentionPolicy": {
                "enabled": True, "days": 14}}),
    attack("files that root of every client owns", "storage:BlobContainer", {
        **RG, "accountName": "st", "containerName": "c", "enableNfsV3RootSquash": False}),
    attack("a disk that a link downloads", "compute:Disk", {**DISK, "dataAccessAuthMode": "None"}),
    Attack("switch of Azure: images for other tenants", ("FJ-EXP-207",), (az("compute:Gallery", {
        **HERE, "galleryName": "g", "sharingProfile": {"permissions": "Groups"}}),), "major"),
    attack("backups that other subscriptions restore", "recoveryservices:Vault", {
        **VAULT, "properties": {"restoreSettings": {"crossSubscriptionRestoreSettings": {
            "crossSubscriptionRestoreState": "Enabled"}}}}),
    attack("an item whose backups stop", "recoveryservices:ProtectedItem", {
        **RG, "vaultName": "rsv", "fabricName": "Azure", "containerName": "c", "protectedItemName": "vm",
        "properties": {"protectedItemType": "Microsoft.Compute/virtualMachines",
                       "protectionState": "ProtectionStopped"}}),
    attack("critical operations that need no approval", "dataprotection:ResourceGuard", {
        **HERE, "resourceGuardsName": "g", "properties": {"vaultCriticalOperationExclusionList": [
            "Microsoft.RecoveryServices/vaults/backupconfig/write"]}}),
    attack("containers with rights over their host", "containerinstance:ContainerGroup", {
        **HERE, **IDENTITY, "osType": "Linux", "containers": [{**CONTAINER, "securityContext": {
            "capabilities": {"add": ["SYS_ADMIN"]}}}]}),
    attack("containers whose children get more rights", "containerinstance:ContainerGroup", {
        **HERE, **IDENTITY, "osType": "Linux", "containers": [{**CONTAINER, "securityContext": {
            "allowPrivilegeEscalation": True}}]}),
    attack("images that leave a registry", "containerregistry:Registry", {
        **HERE, "registryName": "cr", "sku": {"name": "Premium"}, "publicNetworkAccess": "Disabled",
        "policies": {"exportPolicy": {"status": "enabled"}}}),
    attack("code of users that reaches every address", "app:ContainerAppsSessionPool", {
        **HERE, "sessionPoolName": "s", "containerType": "PythonLTS", "poolManagementType": "Dynamic",
        "sessionNetworkConfiguration": {"status": "EgressEnabled"}}),
    attack("a second port outside the environment", "app:ContainerApp", {
        **HERE, **IDENTITY, "containerAppName": "a", "environmentId": f"{OURS}.App/managedEnvironments/e",
        "configuration": {"ingress": {"external": False, "targetPort": 8080, "additionalPortMappings": [
            {"external": True, "targetPort": 9090}]}}}, "critical"),
    attack("everybody with an account of Google", "web:WebAppAuthSettingsV2", {
        **RG, "name": "app", "platform": {"enabled": True}, "globalValidation": {
            "requireAuthentication": True, "unauthenticatedClientAction": "Return401"}, "identityProviders": {
                "google": {"enabled": True, "registration": {"clientId": "1"}}}}, "critical"),
    attack("an app of which every address may deploy", "web:WebApp", {
        **HERE, **IDENTITY, "name": "app", "httpsOnly": True, "siteConfig": {
            "scmIpSecurityRestrictionsDefaultAction": "Allow"}}),
    attack("an app whose traffic goes around the firewall", "web:WebApp", {
        **HERE, **IDENTITY, "name": "app", "httpsOnly": True, "outboundVnetRouting": {"allTraffic": False}}),
    attack("tokens in addresses", "apimanagement:Api", {
        **RG, "serviceName": "apim", "apiId": "orders", "path": "orders", "protocols": ["https"],
        "subscriptionRequired": True, "authenticationSettings": {"openid": {
            "openidProviderId": "entra", "bearerTokenSendingMethods": ["query"]}}}),
    attack("a backend whose certificate nobody checks", "apimanagement:Backend", {
        **RG, "serviceName": "apim", "backendId": "b", "protocol": "http", "url": "https://orders.bank.internal",
        "tls": {"validateCertificateChain": False, "validateCertificateName": True}}),
    attack("a source with any certificate", "datafactory:LinkedService", linked(trustServerCertificate=True)),
    attack("a source without TLS", "datafactory:LinkedService", linked(encrypt="optional")),
    attack("a call that accepts every certificate", "datafactory:Pipeline", {
        **RG, "factoryName": "adf", "pipelineName": "p", "activities": [{
            "type": "WebActivity", "name": "w", "method": "GET", "url": "https://orders.bank.internal",
            "disableCertValidation": True}]}),
    attack("dashboards on a server of others", "dashboard:Grafana", {
        **HERE, **IDENTITY, "workspaceName": "g", "sku": {"name": "Standard"}, "properties": {
            "publicNetworkAccess": "Disabled", "grafanaConfigurations": {"snapshots": {"externalEnabled": True}}}}),
    attack("a machine of learning open for SSH", "machinelearningservices:Compute", {
        **HERE, **IDENTITY, "workspaceName": "ml", "computeName": "c", "properties": {
            "computeType": "ComputeInstance", "disableLocalAuth": True, "properties": {
                "vmSize": "STANDARD_DS3_V2", "enableNodePublicIp": False, "subnet": {"id": "s"},
                "sshSettings": {"sshPublicAccess": "Enabled"}}}}),
    attack("a machine of learning that others work with", "machinelearningservices:Compute", {
        **HERE, **IDENTITY, "workspaceName": "ml", "computeName": "c", "properties": {
            "computeType": "ComputeInstance", "disableLocalAuth": True, "properties": {
                "vmSize": "STANDARD_DS3_V2", "enableNodePublicIp": False, "applicationSharingPolicy": "Shared"}}}),
    attack("nodes of a cluster without updates", "containerservice:ManagedCluster", {
        **HERE, **IDENTITY, "resourceName": "aks", "autoUpgradeProfile": {
            "upgradeChannel": "patch", "nodeOSUpgradeChannel": "None"}}),
    attack("limits of pods that are not enforced", "containerservice:AgentPool", {
        **RG, "resourceName": "aks", "agentPoolName": "p", "kubeletConfig": {"cpuCfsQuota": False}}),
    attack("addresses of clients in full", "applicationinsights:Component", {
        **HERE, "resourceName": "ai", "kind": "web", "applicationType": "web", "disableLocalAuth": True,
        "disableIpMasking": True}),
    attack("spending over the budget told to nobody", "consumption:Budget", {
        "scope": SUB[1:], "budgetName": "b", "amount": 1000, "category": "Cost", "timeGrain": "Monthly",
        "timePeriod": {"startDate": "2026-11-01T00:00:00Z"}, "notifications": {"Actual": {
            "enabled": False, "operator": "GreaterThan", "threshold": 80, "contactEmails": ["f@example.ae"]}}}),
)  # fmt: skip
