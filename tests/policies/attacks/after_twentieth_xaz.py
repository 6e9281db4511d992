"""Attacks on Azure that spell what the twentieth set had in another way (2026-11-30).

Properties by pulumi-azure-native 3.29.0; sources are those of the first spelling.
"""

from dataclasses import replace

from ..blind import GROUP, HERE, OURS, RG, SUB, TAGS, Props, az
from ..harness import Given
from . import Attack
from .twentieth_xaz import EXP, RES
from .twentieth_xaz_b import IDN, POL, RSL, WORKSPACE

OWNER = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635"
POLICIES = "/providers/Microsoft.Authorization/policy"


def _role(name: str, *permissions: Props) -> tuple[Given, ...]:
    return (az("authorization:RoleDefinition", {
        "scope": GROUP, "roleName": name, "roleType": "CustomRole", "assignableScopes": [GROUP],
        "permissions": list(permissions)}),)  # fmt: skip


def _rules(**rule: object) -> tuple[Given, ...]:
    return (az("authorization:RoleManagementPolicy", {
        "scope": SUB, "roleManagementPolicyName": OWNER, "rules": [rule]}),)  # fmt: skip


def _passes(**rule: object) -> tuple[Given, ...]:
    return (az("network:FirewallPolicyRuleCollectionGroup", {
        **RG, "firewallPolicyName": "fwp-bank", "ruleCollectionGroupName": "apps", "priority": 300,
        "ruleCollections": [{
            "ruleCollectionType": "FirewallPolicyFilterRuleCollection", "name": "apps", "priority": 100,
            "action": {"type": "Allow"}, "rules": [{
                "ruleType": "NetworkRule", "name": "apps", "ipProtocols": ["TCP"],
                "sourceAddresses": ["10.20.0.0/16"], "destinationPorts": ["443"], **rule}]}]}),)  # fmt: skip


def _unseen(**exception: object) -> tuple[Given, ...]:
    return (az("network:FirewallPolicy", {
        **HERE, "firewallPolicyName": "fwp-bank", "sku": {"tier": "Premium"}, "threatIntelMode": "Deny",
        "intrusionDetection": {"mode": "Deny", "configuration": {"bypassTrafficSettings": [
            {"name": "inside", "protocol": "TCP", **exception}]}}}),)  # fmt: skip


def _assigned(parameters: Props, name: str = "baseline") -> tuple[Given, ...]:
    return (az("authorization:PolicyAssignment", {
        "scope": GROUP, "policyAssignmentName": name, "enforcementMode": "Default",
        "policyDefinitionId": f"{SUB}{POLICIES}Definitions/{name}", "parameters": parameters}),)  # fmt: skip


def _audited(predicate: str, kind: str = "sql:ExtendedServerBlobAuditingPolicy", **more: object) -> tuple[Given, ...]:
    return (az(kind, {
        **RG, "serverName": "sql-bank", "blobAuditingPolicyName": "default", "state": "Enabled",
        "isAzureMonitorTargetEnabled": True, "auditActionsAndGroups": ["BATCH_COMPLETED_GROUP"],
        "predicateExpression": predicate, **more}),)  # fmt: skip


def _cleaned(*prefixes: str, **base: object) -> tuple[Given, ...]:
    return (az("storage:ManagementPolicy", {
        **RG, "accountName": "starchive", "managementPolicyName": "default", "policy": {"rules": [{
            "name": "old", "enabled": True, "type": "Lifecycle", "definition": {
                "filters": {"blobTypes": ["appendBlob"], "prefixMatch": list(prefixes)},
                "actions": {"baseBlob": {"delete": base}}}}]}}),)  # fmt: skip


DATABASES = "Microsoft.DBforMySQL/flexibleServers"
ATTACKS = tuple(Attack(name, rules, plan, "major", harm) for name, rules, plan, harm in (
    ("a role writes what is below a database server, but no server", IDN, _role("Operators", {"actions": [
        f"{DATABASES}/read", f"{DATABASES}/administrators/*"]}), "it becomes administrator"),
    ("a role writes whatever an account of documents has below it", IDN, _role("Operators", {"actions": [
        "Microsoft.DocumentDB/databaseAccounts/*/write"],
        "notActions": ["Microsoft.DocumentDB/databaseAccounts/sqlDatabases/write"]}), "it reads every document"),
    ("a role makes itself administrator of clusters of events", IDN, _role(
        "Viewers", {"actions": ["*/read"]}, {"actions": ["Microsoft.Kusto/Clusters/PrincipalAssignments/write"]}),
     "it reads every database"),
    ("an activation of the owner has no end", IDN, _rules(
        id="Expiration_EndUser_Assignment", ruleType="RoleManagementPolicyExpirationRule", isExpirationRequired=False,
        maximumDuration="PT8H"), "who was owner for an hour stays it"),
    ("roles may be active for good, by an id in small letters", IDN, _rules(
        id="expiration_admin_assignment", ruleType="RoleManagementPolicyExpirationRule",
        isExpirationRequired=False), "nobody activates anything"),
    ("no administrator hears of an eligible assignment", IDN, _rules(
        id="Notification_Admin_Admin_Eligibility", ruleType="RoleManagementPolicyNotificationRule",
        notificationLevel="All", isDefaultRecipientsEnabled=False), "a stranger is made eligible unseen"),
    ("administrators' message of an active assignment goes to an empty name", IDN, _rules(
        id="Notification_Admin_Admin_Assignment", ruleType="RoleManagementPolicyNotificationRule",
        notificationLevel="Critical", isDefaultRecipientsEnabled=False, notificationRecipients=[""]), "as before"),
    ("the firewall lets machines write to hubs of events in Europe", RES, _passes(
        destinationAddresses=["EventHub.WestEurope"]), "data leaves the country"),
    ("the firewall lets machines reach databases of the whole cloud, among others", RES, _passes(
        destinationAddresses=["10.30.0.0/16", "Sql"], destinationPorts=["1433"]), "rows are copied abroad"),
    ("flows of every customer reach an app from their region", EXP, (az("network:SecurityRule", {
        **RG, "networkSecurityGroupName": "nsg-apps", "securityRuleName": "flows", "priority": 210,
        "direction": "Inbound", "access": "Allow", "protocol": "Tcp", "sourcePortRange": "*",
        "sourceAddressPrefixes": ["10.20.0.0/16", "LogicApps.UAENorth"], "destinationAddressPrefix": "*",
        "destinationPortRange": "443"}),), "whoever has a logic app calls"),
    ("pipelines of every customer are forwarded to a database", EXP, (az("network:FirewallPolicyRuleCollectionGroup", {
        **RG, "firewallPolicyName": "fwp-bank", "ruleCollectionGroupName": "in", "priority": 100, "ruleCollections": [{
            "ruleCollectionType": "FirewallPolicyNatRuleCollection", "name": "in", "priority": 100,
            "action": {"type": "DNAT"}, "rules": [{
                "ruleType": "NatRule", "name": "sql", "ipProtocols": ["TCP"], "sourceAddresses": ["DataFactory"],
                "destinationAddresses": ["20.74.1.2"], "destinationPorts": ["1433"],
                "translatedAddress": "10.20.4.4", "translatedPort": "1433"}]}]}),), "whoever has a factory connects"),
    ("the firewall looks into nothing between half of the networks each", EXP, _unseen(
        sourceAddresses=["10.0.0.0/9", "10.128.0.0/9"], destinationAddresses=["10.20.4.0/24", "10.0.0.0/9"],
        destinationPorts=["0-65535"]), "an attacker inside moves on unseen"),
    ("the firewall looks into nothing that comes from outside to one network", EXP, _unseen(
        sourceAddresses=["0.0.0.0/0"], destinationAddresses=["172.16.0.0/12"]), "an attack enters unseen"),
    ("packets are recorded in full, by a filter of every address", EXP, (az("network:PacketCapture", {
        **RG, "networkWatcherName": "nw-uaenorth", "packetCaptureName": "payments",
        "target": f"{OURS}.Compute/virtualMachines/payments", "storageLocation": {"filePath": "/var/captures/x.cap"},
        "filters": [{"protocol": "TCP", "localIPAddress": "", "remotePort": "*"}]}),), "tokens lie on the machine"),
    ("packets are recorded up to their usual size", EXP, (az("network:PacketCapture", {
        **RG, "networkWatcherName": "nw-uaenorth", "packetCaptureName": "payments", "bytesToCapturePerPacket": 1500,
        "target": f"{OURS}.Compute/virtualMachines/payments", "storageLocation": {"filePath": "/var/captures/x.cap"}}),
     ), "tokens lie on the machine"),
    ("effects of a set are off by the names of its policies", POL, (az("authorization:PolicySetDefinition", {
        "policySetDefinitionName": "bank", "policyType": "Custom", "policyDefinitions": [{
            "policyDefinitionReferenceId": "keys", "policyDefinitionId": f"{SUB}{POLICIES}Definitions/keys",
            "parameters": {"keyEffect": {"value": "disabled"}}}]}),), "nothing is denied"),
    ("effects of a set are off unless somebody states them", POL, (az("authorization:PolicySetDefinition", {
        "policySetDefinitionName": "bank", "policyType": "Custom", "parameters": {
            "effectOfKeys": {"type": "String", "defaultValue": "Disabled"}}, "policyDefinitions": [{
                "policyDefinitionReferenceId": "keys", "policyDefinitionId": f"{SUB}{POLICIES}Definitions/keys",
                "parameters": {"effect": {"value": "[parameters('effectOfKeys')]"}}}]}),), "nothing is denied"),
    ("a policy of images takes one of the bank, or any", POL, _assigned(
        {"allowedContainerImagesRegex": {"value": "^bank\\.azurecr\\.io/.+$|^[\\w./:@-]+$"}}, "images"), "as before"),
    ("a policy of registries takes any text without a blank", POL, _assigned(
        {"allowedRegistryRegex": {"value": "\\S{1,256}"}}, "images"), "as before"),
    ("activity of the subscription is collected, and what is done is off", RSL, (
        az("monitor:SubscriptionDiagnosticSetting", {"name": "activity", "workspaceId": WORKSPACE, "logs": [
            {"category": "Administrative", "enabled": False}, {"category": "ServiceHealth", "enabled": True}]}),),
     "nobody sees who deleted what"),
    ("activity of a management group is collected without what is done", RSL, (
        az("monitor:ManagementGroupDiagnosticSetting", {
            "name": "activity", "managementGroupId": "bank-policy", "workspaceId": WORKSPACE,
            "logs": [{"category": "Policy", "enabled": True}]}),), "nobody sees who deleted what"),
    ("of a vault of hardware keys anything but its audit is collected", RSL, (az("monitor:DiagnosticSetting", {
        "name": "hsm", "resourceUri": f"{OURS}.KeyVault/managedHSMs/hsm-bank/", "workspaceId": WORKSPACE, "logs": [
            {"category": "AuditEvent", "enabled": False}, {"category": "Other", "enabled": True}]}),), "as before"),
    # A stack of its own: another attack of the directory has a setting that collects the audit.
    ("of the directory only who is at risk is collected", RSL, (replace(az("aadiam:DiagnosticSetting", {
        "name": "directory", "workspaceId": WORKSPACE, "logs": [{"category": "RiskyUsers", "enabled": True}]}),
        stack="prod-directory"),),
     "nobody sees who was made administrator"),
    ("records of an API server are kept for two weeks", RSL, (az("operationalinsights:Table", {
        **RG, "workspaceName": "log-bank", "tableName": "AKSAuditAdmin", "plan": "Basic",
        "totalRetentionInDays": 14}),), "nobody sees who read secrets"),
    ("messages of Linux are kept as long as they can be asked for", RSL, (az("operationalinsights:Table", {
        **RG, "workspaceName": "log-bank", "tableName": "Syslog", "retentionInDays": 8,
        "totalRetentionInDays": -1}),), "nobody sees who became root"),
    ("an inclusion that names no disk", RSL, (az("recoveryservices:ProtectedItem", {
        **RG, "vaultName": "rsv-bank", "fabricName": "Azure", "containerName": "c", "protectedItemName": "p",
        "tags": TAGS, "properties": {
            "protectedItemType": "Microsoft.Compute/virtualMachines",
            "policyId": f"{OURS}.RecoveryServices/vaults/rsv-bank/backupPolicies/daily",
            "extendedProperties": {"diskExclusionProperties": {"isInclusionList": True}}}}),), "no data is backed up"),
    ("audits of a server are deleted a fortnight after they are read", RSL, _cleaned(
        "sqldbauditlogs/sql-bank", daysAfterLastAccessTimeGreaterThan=14), "as before"),
    ("records of sign-ins are deleted a day after they were made", RSL, _cleaned(
        "insights-logs-signinlogs", "tmp/", daysAfterCreationGreaterThan=1), "as before"),
    ("backups of years of a managed instance are no longer kept", RSL, (
        az("sql:ManagedInstanceLongTermRetentionPolicy", {
            **RG, "managedInstanceName": "mi-bank", "databaseName": "ledger", "policyName": "default",
            "weeklyRetention": "P0D", "yearlyRetention": "P0Y"}),), "as before"),
    ("the audit leaves out a table of customers", RSL, _audited("[schema_name] NOT IN ('crm')"), "as before"),
    ("the audit leaves out a host, by a negation", RSL, _audited(
        "NOT (host_name LIKE 'adm%')", "sql:ExtendedDatabaseBlobAuditingPolicy", databaseName="ledger"), "as before"),
    ("tables of an account have the key of Microsoft", ("FJ-ENC-201",), (az("storage:StorageAccount", {
        **HERE, "accountName": "stclaims", "kind": "StorageV2", "sku": {"name": "Standard_ZRS"}, "encryption": {
            "keySource": "Microsoft.Keyvault",
            "keyVaultProperties": {"keyName": "claims", "keyVaultUri": "https://kv-bank.vault.azure.net"},
            "services": {"table": {"enabled": True, "keyType": "Service"}}}}),), "as before"),
    ("a queue of payments lies in an account whose key is for blobs", ("FJ-ENC-201",), (
        az("storage:StorageAccount", {
            **HERE, "accountName": "stclaims", "kind": "StorageV2", "sku": {"name": "Standard_ZRS"}, "encryption": {
                "keySource": "Microsoft.Keyvault",
                "keyVaultProperties": {"keyName": "claims", "keyVaultUri": "https://kv-bank.vault.azure.net"},
                "services": {"blob": {"enabled": True, "keyType": "Account"}}}}, "account"),
        az("storage:Queue", {**RG, "accountName": "stclaims", "queueName": "payments"}, "queue",
           links={"accountName": ("account",)})), "messages have the key of Microsoft, by default"),
))  # fmt: skip
