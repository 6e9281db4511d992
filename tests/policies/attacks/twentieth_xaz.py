"""Attacks on Azure: roles, Privileged Identity Management and networks (2026-11-30, twentieth set).

Properties by pulumi-azure-native 3.29.0; ids of built-in roles by falaj/facts/data/azure_roles.csv. What a service does
with them by its documentation, as known.
"""

from ..blind import GROUP, HERE, OURS, RG, SUB, Props, az
from ..harness import Given
from . import Attack
from .tenth_azure import IDN, RES

EXP = ("FJ-EXP-", "FJ-IDN-", "FJ-ESC-", "FJ-RES-")
ROLES = "/providers/Microsoft.Authorization/roleDefinitions"
SOMEBODY = "22222222-3333-4444-5555-666666666666"
OWNER = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635"
ALL_OPERATIONS = {"caller": "EndUser", "level": "Assignment", "operations": ["All"]}


def _assigned(role: str, kind: str, name: str) -> Given:
    return az("authorization:RoleAssignment", {
        "scope": SUB, "roleDefinitionId": f"{SUB}{ROLES}/{role}", "principalId": SOMEBODY, "principalType": kind},
        name)  # fmt: skip


def _group_role(name: str, *actions: str) -> Given:
    """Returns a custom role that is assigned in one resource group only."""
    return az("authorization:RoleDefinition", {
        "scope": GROUP, "roleName": name, "roleType": "CustomRole", "assignableScopes": [GROUP],
        "permissions": [{"actions": list(actions), "notActions": [], "dataActions": [], "notDataActions": []}],
    })  # fmt: skip


def _activation(*rules: Props) -> Given:
    """Returns the rules by which somebody becomes owner of the subscription."""
    return az("authorization:RoleManagementPolicy", {
        "scope": SUB, "roleManagementPolicyName": OWNER, "rules": list(rules)})  # fmt: skip


ATTACKS = (
    Attack("whoever may keep vaults in order gives himself each secret of the subscription", IDN, (
        _assigned("8b54135c-b56d-4d72-a534-26097cfdc8d8", "ServicePrincipal", "keeper"),),
        "critical", "it assigns Key Vault Administrator, to itself too (Azure built-in roles, 'Key Vault Data Access "
        "Administrator')"),
    Attack("a group signs in to each machine of the subscription as its administrator", IDN, (
        _assigned("1c0163c0-47e6-4577-8991-ea5c82e286e4", "Group", "support"),),
        "critical", "root of every machine, for good (Azure built-in roles, 'Virtual Machine Administrator Login')"),
    Attack("a group reads, replaces and owns each blob of the subscription", IDN, (
        _assigned("b7e6dc6d-f1e8-4753-8033-0f276bb0955b", "Group", "reports"),),
        "critical", "data of every team, for good (Azure built-in roles, 'Storage Blob Data Owner')"),
    Attack("owners of the subscription are owners for good", IDN, (_activation(
        {"id": "Expiration_Admin_Assignment", "ruleType": "RoleManagementPolicyExpirationRule",
         "isExpirationRequired": False, "maximumDuration": "P180D",
         "target": {**ALL_OPERATIONS, "caller": "Admin"}},
        {"id": "Expiration_Admin_Eligibility", "ruleType": "RoleManagementPolicyExpirationRule",
         "isExpirationRequired": False, "maximumDuration": "P365D",
         "target": {**ALL_OPERATIONS, "caller": "Admin", "level": "Eligibility"}}),),
        "major", "active and eligible assignments need no end (Privileged Identity Management, 'Allow permanent active "
        "assignment')"),
    Attack("a message that somebody became owner is sent to nobody", IDN, (_activation(
        {"id": "Notification_Admin_EndUser_Assignment", "ruleType": "RoleManagementPolicyNotificationRule",
         "notificationType": "Email", "recipientType": "Admin", "notificationLevel": "All",
         "isDefaultRecipientsEnabled": False, "notificationRecipients": [], "target": ALL_OPERATIONS}),),
        "major", "no administrator hears of an activation (Privileged Identity Management, 'Role settings', "
        "notifications)"),
    Attack("a role of a resource group makes itself administrator of its databases", IDN, (_group_role(
        "Database operators", "Microsoft.Sql/servers/read", "Microsoft.Sql/servers/administrators/write",
        "Microsoft.DBforPostgreSQL/flexibleServers/read",
        "Microsoft.DBforPostgreSQL/flexibleServers/administrators/write"),),
        "critical", "it reads and changes every row (Azure SQL, 'Microsoft Entra administrator')"),
    Attack("a role of a resource group gives itself the rows of its databases", IDN, (_group_role(
        "Cache and document operators", "Microsoft.DocumentDB/databaseAccounts/read",
        "Microsoft.DocumentDB/databaseAccounts/sqlRoleAssignments/write",
        "Microsoft.Cache/redis/accessPolicyAssignments/write",
        "Microsoft.Kusto/clusters/databases/principalAssignments/write"),),
        "critical", "assignments of data have their own operation, which no role assignment shows (Azure Cosmos DB, "
        "'Data plane role-based access control')"),
    Attack("the firewall lets machines write to every account of storage in the world", RES, (
        az("network:FirewallPolicyRuleCollectionGroup", {
            **RG, "firewallPolicyName": "fwp-bank", "ruleCollectionGroupName": "stores", "priority": 300,
            "ruleCollections": [{
                "ruleCollectionType": "FirewallPolicyFilterRuleCollection", "name": "stores", "priority": 100,
                "action": {"type": "Allow"}, "rules": [{
                    "ruleType": "NetworkRule", "name": "stores", "ipProtocols": ["TCP"],
                    "sourceAddresses": ["10.20.0.0/16"], "destinationAddresses": ["Storage"],
                    "destinationPorts": ["443"]}]}]}),),
        "critical", "a stranger's account abroad has such an address (Azure, 'Virtual network service tags', Storage)"),
    Attack("connectors of every customer of Azure reach the database", EXP, (az("network:NetworkSecurityGroup", {
        **HERE, "networkSecurityGroupName": "nsg-data", "securityRules": [{
            "name": "flows", "priority": 200, "direction": "Inbound", "access": "Allow", "protocol": "Tcp",
            "sourceAddressPrefix": "AzureConnectors", "sourcePortRange": "*",
            "destinationAddressPrefix": "10.20.4.0/24", "destinationPortRange": "1433"}]}),),
        "major", "whoever has a flow calls from these addresses (Azure, 'Virtual network service tags', "
        "AzureConnectors)"),
    Attack("the firewall looks into nothing that machines of the bank send each other", EXP, (
        az("network:FirewallPolicy", {
            **HERE, "firewallPolicyName": "fwp-bank", "sku": {"tier": "Premium"}, "threatIntelMode": "Deny",
            "intrusionDetection": {"mode": "Deny", "configuration": {"bypassTrafficSettings": [{
                "name": "inside", "protocol": "ANY", "sourceAddresses": ["10.0.0.0/8"],
                "destinationAddresses": ["10.0.0.0/8"], "destinationPorts": ["*"]}]}}}),),
        "major", "an attacker inside moves on unseen (Azure Firewall Premium, 'IDPS bypass list')"),
    Attack("whatever a machine of payments sends and gets is recorded in full", EXP, (az("network:PacketCapture", {
        **RG, "networkWatcherName": "nw-uaenorth", "packetCaptureName": "payments",
        "target": f"{OURS}.Compute/virtualMachines/payments", "targetType": "AzureVM",
        "bytesToCapturePerPacket": 0, "totalBytesPerSession": 1073741824, "timeLimitInSeconds": 18000,
        "storageLocation": {"storageId": f"{OURS}.Storage/storageAccounts/stdiag"}}),),
        "major", "data and tokens of every customer lie in a store of diagnostics (Azure Network Watcher, 'Packet "
        "capture')"),
    Attack("files that lack in an old server are deleted in the store", ("FJ-RSL-", "FJ-ESC-"), (
        az("storagemover:JobDefinition", {
            **RG, "storageMoverName": "sm-bank", "projectName": "archive", "jobDefinitionName": "nightly",
            "agentName": "dc1", "sourceName": "filer", "targetName": "archive", "copyMode": "Mirror"}),),
        "major", "an emptied server empties the archive (Azure Storage Mover, 'Copy mode', Mirror)"),
    Attack("each data factory of the subscription passes the firewall of the store", EXP, (
        az("storage:StorageAccount", {
            **HERE, "accountName": "stclaims", "kind": "StorageV2", "sku": {"name": "Standard_ZRS"},
            "publicNetworkAccess": "Enabled", "allowBlobPublicAccess": False, "allowSharedKeyAccess": False,
            "minimumTlsVersion": "TLS1_2", "enableHttpsTrafficOnly": True, "allowCrossTenantReplication": False,
            "networkRuleSet": {"defaultAction": "Deny", "bypass": "None", "resourceAccessRules": [{
                "tenantId": "00000000-1111-2222-3333-444444444444",
                "resourceId": f"{SUB}/resourcegroups/*/providers/Microsoft.DataFactory/factories/*"}]},
            "encryption": {"keySource": "Microsoft.Keyvault", "keyVaultProperties": {
                "keyName": "claims", "keyVaultUri": "https://kv-bank.vault.azure.net"}}}),),
        "major", "a factory of any team, also a later one, reads from anywhere (Azure Storage, 'Resource instance "
        "rules')"),
    Attack("records of patients are those of a store of unknown owner", RES, (az("healthcareapis:FhirService", {
        **HERE, "workspaceName": "hds", "fhirServiceName": "records", "kind": "fhir-R4",
        "identity": {"type": "SystemAssigned"},
        "authenticationConfiguration": {"authority":
            "https://login.microsoftonline.com/00000000-1111-2222-3333-444444444444",
            "audience": "https://records.example.ae"},
        "importConfiguration": {
            "enabled": True, "initialImportMode": True, "integrationDataStore": "collectorhealth"}},
        ),), "critical", "what lies there is imported over them (Azure Health Data Services, '$import')"),
    Attack("flows of data run in the region that Azure chooses", RES, (az("datafactory:IntegrationRuntime", {
        **RG, "factoryName": "adf-bank", "integrationRuntimeName": "flows", "properties": {
            "type": "Managed", "computeProperties": {"location": "AutoResolve", "dataFlowProperties": {
                "computeType": "General", "coreCount": 8, "timeToLive": 10}}}}),),
        "major", "rows are worked on where the target is, perhaps abroad (Azure Data Factory, 'Azure IR location')"),
)  # fmt: skip
