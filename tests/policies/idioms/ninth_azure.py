"""Good idioms of platform teams on Azure, beside what the attacks of the ninth set misuse (2026-11-28)."""

from ..blind import GROUP, SUB, TAGS, az
from ..harness import Given
from . import Idiom, unpriced
from .azure_platform import lock
from .fourth import AVM, HERE, ID, LEARN, OURS, RG, VNET
from .fourth_kubernetes import AZURE_BUDGET
from .sixth_azure import endpoint

ACCOUNT = f"{OURS}.Storage/storageAccounts/stbank"
LOGS = f"{OURS}.OperationalInsights/workspaces/logs"
ROLES = f"{SUB}/providers/Microsoft.Authorization/roleDefinitions"
CLIENT = "11111111-2222-3333-4444-555555555555"
TENANT = "00000000-1111-2222-3333-444444444444"
ROOT = "/providers/Microsoft.Management/managementGroups"
ASSIGNED = {"identity": {"type": "UserAssigned", "userAssignedIdentities": [ID]}}
LIMIT = """<fragment>
  <rate-limit-by-key calls="60" renewal-period="60" counter-key="@(context.Subscription.Id)" />
</fragment>"""
KNOWN = {"residency": {"known": {"stbank.blob.core.windows.net": "the bank's own account, in uaenorth"}}}


def _grant(name: str, scope: str, role: str) -> Given:
    return az("authorization:RoleAssignment", {
        "scope": scope, "principalId": CLIENT, "principalType": "Group", "roleDefinitionId": f"{ROLES}/{role}"},
        name)  # fmt: skip


def _custom(name: str, *actions: str) -> Given:
    return az("authorization:RoleDefinition", {
        "scope": GROUP, "roleName": name, "roleType": "CustomRole", "assignableScopes": [GROUP],
        "description": name, "permissions": [{"actions": list(actions)}]}, name.replace(" ", "-"))  # fmt: skip


IDIOMS: tuple[Idiom, ...] = (
    Idiom("small databases share a pool that is spread over zones", (AZURE_BUDGET, az("sql:ElasticPool", {
        **HERE, "serverName": "sql-bank", "elasticPoolName": "small", "zoneRedundant": True,
        "sku": {"name": "GP_Gen5", "tier": "GeneralPurpose", "family": "Gen5", "capacity": 2},
        "perDatabaseSettings": {"minCapacity": 0, "maxCapacity": 2}, "maxSizeBytes": 34359738368}, "pool"),
        az("sql:Database", {**HERE, "serverName": "sql-bank", "databaseName": "limits", "zoneRedundant": True,
                            "elasticPoolId": f"{OURS}.Sql/servers/sql-bank/elasticPools/small"}, "limits",
           links={"elasticPoolId": ("pool",)}, protect=True), lock(f"{OURS}.Sql/servers/sql-bank")),
        f"{LEARN}/azure-sql/database/elastic-pool-overview"),
    Idiom("a database server may export to the bank's account only", (az("sql:OutboundFirewallRule", {
        **RG, "serverName": "sql-bank", "outboundRuleFqdn": "stbank.blob.core.windows.net"}, "out"),),
        f"{LEARN}/azure-sql/database/outbound-firewall-rule-overview", KNOWN),
    Idiom("names of malware are blocked for the network", (
        az("dnsresolver:DnsResolverPolicy", {**HERE, "dnsResolverPolicyName": "hub"}, "policy"),
        az("dnsresolver:DnsResolverDomainList", {**HERE, "dnsResolverDomainListName": "malware",
                                                 "domains": ["malware.example.", "phishing.example."]}, "list"),
        az("dnsresolver:DnsSecurityRule", {
            **HERE, "dnsResolverPolicyName": "hub", "dnsSecurityRuleName": "block", "priority": 100,
            "dnsSecurityRuleState": "Enabled", "action": {"actionType": "Block"},
            "dnsResolverDomainLists": [{"id": f"{OURS}.Network/dnsResolverDomainLists/malware"}]}, "block"),
        az("dnsresolver:DnsResolverPolicyVirtualNetworkLink", {
            **HERE, "dnsResolverPolicyName": "hub", "dnsResolverPolicyVirtualNetworkLinkName": "spoke",
            "virtualNetwork": {"id": VNET}}, "link")), f"{LEARN}/dns/dns-security-policy",
        unpriced("azure-native:dnsresolver:DnsResolverPolicy::policy")),
    Idiom("people of the bank's tenant sign in to the network", (az("network:VpnServerConfiguration", {
        **HERE, "vpnServerConfigurationName": "people", "properties": {
            "vpnAuthenticationTypes": ["AAD"], "vpnProtocols": ["OpenVPN"], "aadAuthenticationParameters": {
                "aadTenant": f"https://login.microsoftonline.com/{TENANT}/",
                "aadIssuer": f"https://sts.windows.net/{TENANT}/",
                "aadAudience": "c632b3df-fb67-4d84-bdcf-b95ad541b5c8"}}}, "people"),),
        f"{LEARN}/virtual-wan/openvpn-azure-ad-tenant"),
    Idiom("alerts are kept in the workspace of logs", (az("security:Automation", {
        **HERE, "automationName": "export", "isEnabled": True, "scopes": [{"scopePath": SUB}],
        "sources": [{"eventSource": "Alerts"}], "actions": [{
            "actionType": "Workspace", "workspaceResourceId": LOGS}]}, "export"),),
        f"{LEARN}/defender-for-cloud/continuous-export"),
    Idiom("ssh is opened for an operator's network and three hours at most", (az("security:JitNetworkAccessPolicy", {
        **RG, "ascLocation": "uaenorth", "jitNetworkAccessPolicyName": "default", "kind": "Basic", "virtualMachines": [{
            "id": f"{OURS}.Compute/virtualMachines/vm", "ports": [{
                "number": 22, "protocol": "TCP", "allowedSourceAddressPrefix": "10.90.0.0/22",
                "maxRequestAccessDuration": "PT3H"}]}]}, "jit"),),
        f"{LEARN}/defender-for-cloud/just-in-time-access-usage"),
    Idiom("severe incidents are handed to the team on duty", (az("securityinsights:AutomationRule", {
        **RG, "workspaceName": "logs", "automationRuleId": CLIENT, "displayName": "On duty", "order": 1,
        "triggeringLogic": {"isEnabled": True, "triggersOn": "Incidents", "triggersWhen": "Created"},
        "actions": [{"actionType": "ModifyProperties", "order": 1, "actionConfiguration": {
            "status": "Active", "owner": {"objectId": CLIENT, "ownerType": "Group"},
            "labels": [{"labelName": "platform"}]}}]}, "duty"),),
        f"{LEARN}/sentinel/automate-incident-handling-with-automation-rules"),
    Idiom("clusters of the group are updated stage by stage", (
        az("containerservice:Fleet", {**HERE, "fleetName": "fleet", "identity": {"type": "SystemAssigned"}}, "fleet"),
        az("containerservice:FleetMember", {
            **RG, "fleetName": "fleet", "fleetMemberName": "aks", "group": "test",
            "clusterResourceId": f"{OURS}.ContainerService/managedClusters/aks"}, "member"),
        az("containerservice:FleetUpdateStrategy", {
            **RG, "fleetName": "fleet", "updateStrategyName": "stages", "strategy": {"stages": [
                {"name": "test", "groups": [{"name": "test"}], "afterStageWaitInSeconds": 86400},
                {"name": "prod", "groups": [{"name": "prod"}]}]}}, "stages")),
        f"{LEARN}/kubernetes-fleet/update-orchestration"),
    Idiom("a connector of workflows calls an API of the bank", (az("web:CustomApi", {
        **HERE, "apiName": "crm", "properties": {
            "apiType": "Rest", "displayName": "CRM", "backendService": {"serviceUrl": "https://crm.example.ae"},
            "swagger": {"swagger": "2.0", "host": "crm.example.ae", "basePath": "/", "schemes": ["https"],
                        "info": {"title": "CRM", "version": "1"}, "paths": {}}}}, "crm"),),
        f"{LEARN}/connectors/custom-connectors", {"residency": {"known": {"crm.example.ae": "the bank's own site"}}}),
    Idiom("an app reaches its database by its own identity", (az("servicelinker:Linker", {
        "resourceUri": f"{OURS}.App/containerApps/portal", "linkerName": "orders", "clientType": "python",
        "scope": "portal", "authInfo": {"authType": "systemAssignedIdentity"}, "targetService": {
            "type": "AzureResource",
            "id": f"{OURS}.DBforPostgreSQL/flexibleServers/orders/databases/orders"}}, "orders"),),
        f"{LEARN}/service-connector/how-to-integrate-postgres"),
    Idiom("calls of APIs are logged in the bank's workspace, and limited", (
        az("apimanagement:Logger", {
            **RG, "serviceName": "apim-bank", "loggerId": "insights", "loggerType": "applicationInsights",
            "resourceId": f"{OURS}.Insights/components/apim", "credentials": {
                "connectionString": "{{insights-connection}}", "identityClientId": "SystemAssigned"}}, "insights"),
        az("apimanagement:PolicyFragment", {**RG, "serviceName": "apim-bank", "id": "limit", "format": "rawxml",
                                            "description": "Limit of calls", "value": LIMIT}, "limit")),
        f"{LEARN}/api-management/policy-fragments",
        doubt="the address stands in a named value, so that nobody sees where lines are sent"),
    Idiom("events have a group of readers for each program and a schema", (
        az("eventhub:ConsumerGroup", {**RG, "namespaceName": "evh-bank", "eventHubName": "orders",
                                      "consumerGroupName": "fraud", "userMetadata": "the fraud team"}, "fraud"),
        az("eventhub:SchemaRegistry", {**RG, "namespaceName": "evh-bank", "schemaGroupName": "orders",
                                       "schemaType": "Avro", "schemaCompatibility": "Backward"}, "schemas")),
        f"{LEARN}/event-hubs/schema-registry-concepts"),
    Idiom("machines are replicated to another zone of the region", (
        az("recoveryservices:ReplicationFabric", {
            **RG, "resourceName": "rsv", "fabricName": "uaenorth", "properties": {"customDetails": {
                "instanceType": "Azure", "location": "uaenorth"}}}, "fabric"),
        az("recoveryservices:ReplicationPolicy", {
            **RG, "resourceName": "rsv", "policyName": "day", "properties": {"providerSpecificInput": {
                "instanceType": "A2A", "multiVmSyncStatus": "Enable", "recoveryPointHistory": 1440,
                "crashConsistentFrequencyInMinutes": 5, "appConsistentFrequencyInMinutes": 240}}}, "day")),
        f"{LEARN}/site-recovery/azure-to-azure-how-to-enable-zone-to-zone-disaster-recovery"),
    Idiom("images are built from Canonical's by commands in the template", (
        az("virtualmachineimages:VirtualMachineImageTemplate", {
            **HERE, "imageTemplateName": "golden", "buildTimeoutInMinutes": 90, **ASSIGNED,
            "source": {"type": "PlatformImage", "publisher": "canonical", "offer": "ubuntu-24_04-lts",
                       "sku": "server", "version": "latest"},
            "vmProfile": {"vmSize": "Standard_D2s_v5", "osDiskSizeGB": 64,
                          "vnetConfig": {"subnetId": f"{VNET}/subnets/build"}},
            "customize": [{"type": "Shell", "name": "harden", "inline": [
                "sudo apt-get update", "sudo apt-get -y upgrade", "sudo systemctl disable --now cups"]}],
            "distribute": [{"type": "SharedImage", "runOutputName": "golden", "galleryImageId":
                            f"{OURS}.Compute/galleries/g/images/golden",
                            "targetRegions": [{"name": "uaenorth"}]}]}, "golden"),),
        f"{LEARN}/virtual-machines/image-builder-overview"),
    Idiom("an operator starts and stops machines and makes snapshots", (
        _custom("Operator of machines", "Microsoft.Compute/virtualMachines/read",
                "Microsoft.Compute/virtualMachines/start/action", "Microsoft.Compute/virtualMachines/deallocate/action",
                "Microsoft.Compute/virtualMachines/restart/action"),
        _custom("Maker of snapshots", "Microsoft.Compute/disks/read", "Microsoft.Compute/snapshots/read",
                "Microsoft.Compute/snapshots/write")), f"{LEARN}/role-based-access-control/custom-roles"),
    Idiom("people read costs, and sign in to one machine as users", (
        _grant("costs", SUB, "72fafb9e-0641-4937-9268-a91bfd8191a3"),
        _grant("machine", f"{OURS}.Compute/virtualMachines/vm", "fb879df8-f326-4884-b1cf-06f3ad86be52")),
        f"{LEARN}/role-based-access-control/built-in-roles"),
    Idiom("backups of disks lie in a locked vault with the bank's key", (az("dataprotection:BackupVault", {
        **HERE, "vaultName": "bv-bank", "identity": {"type": "UserAssigned", "userAssignedIdentities": [ID]},
        "properties": {
            "storageSettings": [{"datastoreType": "VaultStore", "type": "ZoneRedundant"}],
            "featureSettings": {"crossSubscriptionRestoreSettings": {"state": "PermanentlyDisabled"}},
            "monitoringSettings": {"azureMonitorAlertSettings": {"alertsForAllJobFailures": "Enabled"}},
            "securitySettings": {
                "immutabilitySettings": {"state": "Locked"},
                "softDeleteSettings": {"state": "AlwaysOn", "retentionDurationInDays": 30},
                "encryptionSettings": {
                    "state": "Enabled", "infrastructureEncryption": "Enabled",
                    "kekIdentity": {"identityType": "UserAssigned", "identityId": ID},
                    "keyVaultProperties": {"keyUri": "https://kv-bank.vault.azure.net/keys/cmk"}}}}}, "vault",
        protect=True), lock(f"{OURS}.DataProtection/backupVaults/bv-bank")), f"{LEARN}/backup/backup-vault-overview"),
    Idiom("shares of files take encrypted SMB with Kerberos only", (
        az("storage:FileServiceProperties", {
            **RG, "accountName": "stbank", "fileServicesName": "default",
            "shareDeleteRetentionPolicy": {"enabled": True, "days": 30}, "protocolSettings": {"smb": {
                "versions": "SMB3.1.1", "authenticationMethods": "Kerberos", "channelEncryption": "AES-256-GCM",
                "kerberosTicketEncryption": "AES-256"}}}, "files"),
        az("storage:FileShare", {**RG, "accountName": "stbank", "shareName": "models", "shareQuota": 100,
                                 "accessTier": "TransactionOptimized", "enabledProtocols": "SMB"}, "models")),
        f"{LEARN}/storage/files/storage-files-smb-multichannel"),
    Idiom("ports for administration are denied from the internet in every network", (
        az("network:NetworkManager", {**HERE, "networkManagerName": "nm", "description": "All networks",
                                      "networkManagerScopes": {"subscriptions": [SUB]},
                                      "networkManagerScopeAccesses": ["SecurityAdmin"]}, "nm"),
        az("network:AdminRule", {
            **RG, "networkManagerName": "nm", "configurationName": "base", "ruleCollectionName": "all",
            "ruleName": "no-admin", "kind": "Custom", "access": "Deny", "direction": "Inbound", "priority": 10,
            "protocol": "Tcp", "sources": [{"addressPrefixType": "ServiceTag", "addressPrefix": "Internet"}],
            "destinations": [{"addressPrefixType": "IPPrefix", "addressPrefix": "*"}],
            "sourcePortRanges": ["0-65535"], "destinationPortRanges": ["22", "3389"]}, "deny")),
        f"{LEARN}/virtual-network-manager/concept-security-admins"),
    Idiom("a perimeter encloses the bank's account and is enforced", (
        az("network:NetworkSecurityPerimeter", {**HERE, "networkSecurityPerimeterName": "data"}, "perimeter"),
        az("network:NetworkSecurityPerimeterProfile", {
            **RG, "networkSecurityPerimeterName": "data", "profileName": "stores"}, "profile"),
        az("network:NetworkSecurityPerimeterAssociation", {
            **RG, "networkSecurityPerimeterName": "data", "associationName": "stbank", "accessMode": "Enforced",
            "privateLinkResource": {"id": ACCOUNT}, "profile": {
                "id": f"{OURS}.Network/networkSecurityPerimeters/data/profiles/stores"}}, "stbank")),
        f"{LEARN}/private-link/network-security-perimeter-concepts"),
    Idiom("logs are read through the network and exported to the bank's account", (
        az("monitor:PrivateLinkScope", {
            **RG, "location": "global", "tags": TAGS, "scopeName": "ampls", "accessModeSettings": {
                "ingestionAccessMode": "PrivateOnly", "queryAccessMode": "PrivateOnly"}}, "scope"),
        az("monitor:PrivateLinkScopedResource", {**RG, "scopeName": "ampls", "name": "logs",
                                                 "linkedResourceId": LOGS}, "logs"),
        endpoint("ampls", f"{OURS}.Insights/privateLinkScopes/ampls", "azuremonitor"),
        az("operationalinsights:DataExport", {
            **RG, "workspaceName": "logs", "dataExportName": "audit", "enable": True, "resourceId": ACCOUNT,
            "tableNames": ["AzureActivity", "StorageBlobLogs"]}, "audit")),
        f"{LEARN}/azure-monitor/logs/private-link-security", {"residency": {"known": {
            ACCOUNT: "the bank's own account, in uaenorth"}}}),
    Idiom("a machine is stopped every evening", (az("devtestlab:GlobalSchedule", {
        **HERE, "name": "shutdown-computevm-vm", "status": "Enabled", "taskType": "ComputeVmShutdownTask",
        "dailyRecurrence": {"time": "1900"}, "timeZoneId": "Arabian Standard Time",
        "targetResourceId": f"{OURS}.Compute/virtualMachines/vm", "notificationSettings": {
            "status": "Enabled", "emailRecipient": "platform@example.ae", "timeInMinutes": 30}}, "stop"),),
        f"{LEARN}/virtual-machines/auto-shutdown-vm"),
    Idiom("groups of subscriptions are made by those who may", (
        az("management:ManagementGroup", {"groupId": "bank-sandbox", "displayName": "Sandboxes", "details": {
            "parent": {"id": f"{ROOT}/bank"}}}, "sandbox"),
        az("management:HierarchySetting", {"groupId": TENANT, "requireAuthorizationForGroupCreation": True,
                                           "defaultManagementGroup": f"{ROOT}/bank-sandbox"}, "hierarchy")),
        f"{LEARN}/governance/management-groups/how-to/protect-resource-hierarchy"),
    Idiom("resources without labels take those of their group", (az("costmanagement:TagInheritanceSetting", {
        "scope": SUB[1:], "kind": "taginheritance", "type": "taginheritance",
        "properties": {"preferContainerTags": False}}, "inherit"),),
        f"{LEARN}/cost-management-billing/costs/enable-tag-inheritance"),
    Idiom("a program reads one container of Cosmos DB", (az("cosmosdb:SqlResourceSqlRoleAssignment", {
        **RG, "accountName": "cosmos-bank", "roleAssignmentId": CLIENT, "principalId": CLIENT,
        "roleDefinitionId": f"{OURS}.DocumentDB/databaseAccounts/cosmos-bank/sqlRoleDefinitions/"
                            "00000000-0000-0000-0000-000000000001",
        "scope": f"{OURS}.DocumentDB/databaseAccounts/cosmos-bank/dbs/chat/colls/sessions"}, "reader"),),
        f"{LEARN}/cosmos-db/nosql/how-to-grant-data-plane-access"),
    Idiom("messages are sent by a component that signs in by identity", (az("app:DaprComponent", {
        **RG, "environmentName": "cae", "componentName": "orders", "componentType": "pubsub.azure.servicebus.queues",
        "version": "v1", "scopes": ["portal"], "metadata": [
            {"name": "namespaceName", "value": "sb-bank.servicebus.windows.net"},
            {"name": "azureClientId", "value": CLIENT}]}, "orders"),),
        f"{LEARN}/container-apps/dapr-components", {"residency": {"known": {
            "sb-bank.servicebus.windows.net": "the bank's own namespace, in uaenorth"}}}),
    Idiom("a factory copies every night on machines of the region", (
        az("datafactory:IntegrationRuntime", {
            **RG, "factoryName": "adf-bank", "integrationRuntimeName": "managed", "properties": {
                "type": "Managed", "computeProperties": {"location": "UAE North"},
                "managedVirtualNetwork": {"referenceName": "default",
                                          "type": "ManagedVirtualNetworkReference"}}}, "runtime"),
        az("datafactory:Trigger", {
            **RG, "factoryName": "adf-bank", "triggerName": "nightly", "properties": {
                "type": "ScheduleTrigger", "recurrence": {
                    "frequency": "Day", "interval": 1, "startTime": "2026-11-28T22:00:00", "timeZone":
                    "Arabian Standard Time"},
                "pipelines": [{"pipelineReference": {"referenceName": "copy", "type": "PipelineReference"}}]}},
            "nightly")), f"{AVM}, avm-res-datafactory-factory"),
)  # fmt: skip
