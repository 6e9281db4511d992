"""Attacks on Azure, of all concerns (2026-11-29, eleventh set, written blind): values in text, lists and bare names.

Properties by pulumi-azure-native 3.29.0. Read on 2026-11-29: Microsoft Learn "cache-lookup policy" (API Management) and
"Content streaming" (Azure OpenAI); all other pages as known.
"""

from ..blind import HERE, OURS, RG, SUB, az
from ..idioms.fourth_kubernetes import AZURE_BUDGET
from . import Attack
from .cost_services import AZURE, STACK
from .tenth_azure import RES, TAKEN

ESC = ("FJ-ESC-", "FJ-EXP-127", "FJ-RSL-117")
WATCH = ("FJ-ESC-", "FJ-RSL-")
STRANGER = "198.51.100.7"
RULES = [{"ruleSetType": "OWASP", "ruleSetVersion": "3.2"}]
PREVENT = {"mode": "Prevention", "state": "Enabled", "requestBodyCheck": True}
AUTOMATION_CONTRIBUTOR = f"{SUB}/providers/Microsoft.Authorization/roleDefinitions/f353d9bd-d4a6-484e-a77a-8050b599b867"
FROM_CACHE = """<policies><inbound><base />
<cache-lookup vary-by-developer="false" vary-by-developer-groups="false" allow-private-response-caching="true"
 downstream-caching-type="none" /></inbound><backend><base /></backend>
<outbound><base /><cache-store duration="3600" /></outbound></policies>"""
MANAGES = """<policies><inbound><base />
<authentication-managed-identity resource="https://management.azure.com/" />
<set-backend-service base-url="https://management.azure.com" /></inbound>
<backend><base /></backend><outbound><base /></outbound></policies>"""
TRUSTED = "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCg=="
STATEMENTS = """CREATE USER [reports] WITH PASSWORD = '$(secret)';
ALTER ROLE db_owner ADD MEMBER [reports];"""

ATTACKS = (
    Attack("the firewall asks a stranger for every name", RES, (az("network:FirewallPolicy", {
        **HERE, "firewallPolicyName": "hub", "threatIntelMode": "Deny", "sku": {"tier": "Premium"},
        "intrusionDetection": {"mode": "Deny"}, "dnsSettings": {"enableProxy": True, "servers": [STRANGER]}}),),
        "critical", "the stranger says where each service is (Azure Firewall, 'DNS settings')"),
    Attack("signatures of attacks are switched off one by one", ESC, (az("network:FirewallPolicy", {
        **HERE, "firewallPolicyName": "hub", "threatIntelMode": "Deny", "sku": {"tier": "Premium"},
        "intrusionDetection": {"mode": "Deny", "configuration": {"signatureOverrides": [
            {"id": "2024897", "mode": "Off"}, {"id": "2024898", "mode": "Off"}]}}}),),
        "major", "these attacks pass (Azure Firewall Premium, 'IDPS signature rules')"),
    Attack("the web firewall reads no argument of any request", ESC, (az("network:WebApplicationFirewallPolicy", {
        **HERE, "policyName": "portal", "policySettings": PREVENT, "managedRules": {
            "managedRuleSets": RULES, "exclusions": [{"matchVariable": "RequestArgNames", "selector": "*",
                                                     "selectorMatchOperator": "EqualsAny"}]}}),),
        "major", "injections pass (Application Gateway, 'WAF exclusion lists')"),
    Attack("rules of the web firewall against injections are off", ESC, (az("network:WebApplicationFirewallPolicy", {
        **HERE, "policyName": "portal", "policySettings": PREVENT, "managedRules": {"managedRuleSets": [{
            **RULES[0], "ruleGroupOverrides": [{"ruleGroupName": "REQUEST-942-APPLICATION-ATTACK-SQLI", "rules": [
                {"ruleId": "942100", "state": "Disabled"}, {"ruleId": "942110", "state": "Disabled"}]}]}]}}),),
        "major", "injections reach the database (Application Gateway, 'Customize WAF rules')"),
    Attack("every blob is deleted a day after it was written", WATCH, (az("storage:ManagementPolicy", {
        **RG, "accountName": "stbank", "managementPolicyName": "default", "policy": {"rules": [{
            "name": "tidy", "enabled": True, "type": "Lifecycle", "definition": {
                "filters": {"blobTypes": ["blockBlob"]}, "actions": {"baseBlob": {"delete": {
                    "daysAfterModificationGreaterThan": 1}}}}}]}}),),
        "major", "datasets and records are gone (Azure Storage, 'Lifecycle management')"),
    Attack("volumes ask a stranger who the domain is", RES, (az("netapp:Account", {
        **HERE, "accountName": "files", "identity": {"type": "SystemAssigned"}, "activeDirectories": [{
            "domain": "corp.internal", "dns": f"10.0.0.2,{STRANGER}", "smbServerName": "FILES", "username": "join",
            "aesEncryption": True, "encryptDCConnections": True, "ldapOverTLS": True, "ldapSigning": True}]}),),
        "critical", "the stranger says who opens the files (Azure NetApp Files, 'AD connections')"),
    Attack("who enters by VPN is decided by a stranger", RES, (az("network:VirtualNetworkGateway", {
        **HERE, "virtualNetworkGatewayName": "vpn", "gatewayType": "Vpn", "vpnType": "RouteBased",
        "sku": {"name": "VpnGw2AZ", "tier": "VpnGw2AZ"}, "vpnClientConfiguration": {
            "vpnClientProtocols": ["OpenVPN"], "vpnAuthenticationTypes": ["Radius"],
            "vpnClientAddressPool": {"addressPrefixes": ["10.9.0.0/24"]},
            "radiusServers": [{"radiusServerAddress": STRANGER, "radiusServerScore": 30}]}}),),
        "critical", "the stranger lets in whom he wants (VPN Gateway, 'RADIUS authentication')"),
    Attack("users of the VPN ask a stranger for names", RES, (az("network:P2sVpnGateway", {
        **HERE, "gatewayName": "users", "vpnGatewayScaleUnit": 1, "customDnsServers": [STRANGER],
        "virtualHub": {"id": f"{OURS}.Network/virtualHubs/hub"},
        "vpnServerConfiguration": {"id": f"{OURS}.Network/vpnServerConfigurations/users"}}),),
        "major", "each inner service is where the stranger says (Virtual WAN, 'User VPN', DNS servers)"),
    Attack("a rule of the guard asks for what is never there", ESC, (az("securityinsights:ScheduledAlertRule", {
        **RG, "workspaceName": "soc", "ruleId": "admins", "kind": "Scheduled", "displayName": "New owners",
        "enabled": True, "severity": "High", "queryFrequency": "PT1H", "queryPeriod": "PT1H",
        "suppressionEnabled": False, "suppressionDuration": "PT5H", "triggerOperator": "GreaterThan",
        "triggerThreshold": 0, "incidentConfiguration": {"createIncident": True},
        "query": "AzureActivity | where OperationNameValue has 'roleAssignments/write' | where 1 == 2"}),),
        "major", "nobody hears of new owners (Microsoft Sentinel, 'Scheduled analytics rules')"),
    Attack("an assignment of policies is for one kind of resource only", ESC, (az("authorization:PolicyAssignment", {
        "scope": SUB, "policyAssignmentName": "guard", "enforcementMode": "Default",
        "policyDefinitionId": "/providers/Microsoft.Authorization/policyDefinitions/"
                              "11111111-2222-3333-4444-555555555555",
        "resourceSelectors": [{"name": "pilot", "selectors": [{"kind": "resourceType", "in": [
            "Microsoft.Network/dnsZones"]}]}]}),),
        "major", "everything else is let through (Azure Policy, 'Resource selectors')"),
    Attack("an answer to one customer is given to the next", ("FJ-IDN-", "FJ-EXP-", "FJ-ESC-"), (
        az("apimanagement:ApiPolicy", {
            **RG, "serviceName": "apim-bank", "apiId": "accounts", "policyId": "policy", "format": "rawxml",
            "value": FROM_CACHE}),),
        "critical", "balances of others are shown (API Management, 'cache-lookup', allow-private-response-caching)"),
    Attack("callers of an API manage the subscription as the gateway", ("FJ-EXP-207",), (
        az("apimanagement:ApiPolicy", {
            **RG, "serviceName": "apim-bank", "apiId": "health", "policyId": "policy", "format": "rawxml",
            "value": MANAGES}),),
        "critical", "each call gets a token of the identity (API Management, 'authentication-managed-identity')"),
    Attack("nodes trust an authority that the settings of the proxy bring", ESC, (
        az("containerservice:ManagedCluster", {
            **HERE, "resourceName": "aks", "httpProxyConfig": {
                "httpProxy": "http://10.0.0.9:3128", "httpsProxy": "http://10.0.0.9:3128", "trustedCa": TRUSTED}}),),
        "critical", "who has its key is every registry and vault for the nodes (AKS, 'HTTP proxy', trustedCa)"),
    Attack("answers of a model are shown before they are filtered", ESC, (az("cognitiveservices:RaiPolicy", {
        **RG, "accountName": "oai-bank", "raiPolicyName": "fast", "properties": {
            "basePolicyName": "Microsoft.DefaultV2", "mode": "Asynchronous_filter", "contentFilters": [
                {"name": "Hate", "enabled": True, "blocking": True, "severityThreshold": "Medium",
                 "source": "Completion"}]}}),),
        "major", "users read what the filter would stop (Azure OpenAI, 'Content streaming')"),
    Attack("the gateway signs in for whoever calls", ("FJ-IDN-", "FJ-ESC-"), (az("network:ApplicationGateway", {
        **HERE, "applicationGatewayName": "edge", "rewriteRuleSets": [{"name": "sign-in", "rewriteRules": [{
            "name": "header", "ruleSequence": 1, "actionSet": {"requestHeaderConfigurations": [
                {"headerName": "Authorization", "headerValue": "Basic b3BlcmF0b3I6"}]}}]}]}),),
        "critical", "each caller is the operator behind it (Application Gateway, 'Rewrite HTTP headers')"),
    Attack("the audit of MySQL leaves its administrator out", ESC, (az("dbformysql:Configuration", {
        **RG, "serverName": "mysql-bank", "configurationName": "audit_log_exclude_users", "value": "admin1,etl",
        "source": "user-override"}),),
        "major", "whoever may do everything is not seen (Azure Database for MySQL, 'Audit logs')"),
    Attack("a job of SQL makes owners of databases", ("FJ-IDN-", "FJ-ESC-"), (az("sql:JobStep", {
        **RG, "serverName": "sql-bank", "jobAgentName": "jobs", "jobName": "tidy", "stepName": "one",
        "targetGroup": f"{OURS}.Sql/servers/sql-bank/jobAgents/jobs/targetGroups/all",
        "action": {"type": "TSql", "source": "Inline", "value": STATEMENTS}}),),
        "critical", "a password opens every database of the group (Azure SQL, 'Elastic jobs')"),
    Attack("a policy of backups starts in the year 2099", WATCH, (az("dataprotection:BackupPolicy", {
        **RG, "vaultName": "bv-bank", "backupPolicyName": "daily", "properties": {
            "objectType": "BackupPolicy", "datasourceTypes": ["Microsoft.Storage/storageAccounts/blobServices"],
            "policyRules": [{
                "name": "daily", "objectType": "AzureBackupRule", "dataStore": {
                    "dataStoreType": "VaultStore", "objectType": "DataStoreInfoBase"}, "trigger": {
                    "objectType": "ScheduleBasedTriggerContext", "schedule": {
                        "repeatingTimeIntervals": ["R/2099-01-01T02:00:00+04:00/P1D"]}, "taggingCriteria": [
                        {"isDefault": True, "taggingPriority": 99, "tagInfo": {"tagName": "Default"}}]}}]}}),),
        "major", "there is no backup (Azure Backup, 'Backup policies', schedule)"),
    Attack("packages run on ten machines of 64 processors", ("FJ-COST-",), (STACK, AZURE, AZURE_BUDGET,
        az("datafactory:IntegrationRuntime", {
            **RG, "factoryName": "adf-bank", "integrationRuntimeName": "ssis", "properties": {
                "type": "Managed", "computeProperties": {
                    "location": "UAE North", "nodeSize": "Standard_E64_v3", "numberOfNodes": 10,
                    "maxParallelExecutionsPerNode": 16}, "ssisProperties": {"edition": "Enterprise",
                                                                            "licenseType": "LicenseIncluded"}}})),
        "major", "hundreds of thousands of dirhams a month (Azure Data Factory, 'Azure-SSIS pricing')"),
    Attack("an app writes into a share of a stranger's account", RES, (az("web:WebAppAzureStorageAccounts", {
        **RG, "name": "portal", "properties": {"files": {
            "type": "AzureFiles", "accountName": "collector", "shareName": "in", "mountPath": "/srv/uploads",
            "protocol": "Smb"}}}),),
        "critical", f"{TAKEN} (App Service, 'Mount storage')"),
    Attack("machines of the private cloud ask a stranger for names", RES, (az("avs:WorkloadNetworkDnsZone", {
        **RG, "privateCloudName": "avs", "dnsZoneId": "default", "displayName": "all", "domain": [],
        "dnsServerIps": [STRANGER]}),),
        "critical", "the stranger says where each service is (Azure VMware Solution, 'DNS forwarder')"),
    Attack("Defender looks into no machine and no container", ESC, (az("security:Pricing", {
        "scopeId": SUB.strip("/"), "pricingName": "CloudPosture", "pricingTier": "Standard", "extensions": [
            {"name": "AgentlessVmScanning", "isEnabled": "False"},
            {"name": "SensitiveDataDiscovery", "isEnabled": "False"},
            {"name": "ContainerRegistriesVulnerabilityAssessments", "isEnabled": "False"}]}),),
        "major", "nobody hears of holes in images (Defender for Cloud, Pricings, extensions)"),
    Attack("the audit of a server records what is never true", ESC, (az("sql:ExtendedServerBlobAuditingPolicy", {
        **RG, "serverName": "sql-bank", "state": "Enabled",
        "isAzureMonitorTargetEnabled": True, "retentionDays": 365, "predicateExpression": "(1 = 0)"}),),
        "major", "nobody sees who reads what (Azure SQL, 'Auditing', predicateExpression)"),
    Attack("what breaks a policy is attested to keep it", ESC, (az("policyinsights:AttestationAtSubscription", {
        "attestationName": "fine", "policyAssignmentId": f"{SUB}/providers/Microsoft.Authorization/policyAssignments/"
        "guard", "complianceState": "Compliant", "comments": "Accepted."}),),
        "minor", "the report of the regulator is green (Azure Policy, 'Attestation structure')"),
    Attack("an identity writes what the account of automation runs", ("FJ-IDN-",), (az("authorization:RoleAssignment", {
        "scope": SUB, "principalId": "22222222-2222-3333-4444-555555555555", "principalType": "ServicePrincipal",
        "roleDefinitionId": AUTOMATION_CONTRIBUTOR}),),
        "critical", "runbooks act as the account's identity (Azure, built-in role Automation Contributor)"),
)  # fmt: skip
