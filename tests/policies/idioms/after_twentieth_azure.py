"""Good idioms of platform teams on Azure that come close to what the twentieth set of attacks does (2026-11-30)."""

from ..blind import GROUP, SUB, az
from . import Idiom
from .fourth import HERE, LEARN, OURS, RG
from .twelfth_azure_platform import OWN

WORKSPACE = f"{OURS}.OperationalInsights/workspaces/log-bank"
OWNER = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635"
POLICIES = "/providers/Microsoft.Authorization/policy"
ADMIN = {"caller": "Admin", "level": "Assignment", "operations": ["All"]}

IDIOMS = (
    Idiom("a pipeline deploys documents with the rights of their apps", (az("authorization:RoleDefinition", {
        "scope": GROUP, "roleName": "Deployment of orders", "roleType": "CustomRole", "assignableScopes": [GROUP],
        "permissions": [{"notActions": [], "actions": [
            "Microsoft.DocumentDB/databaseAccounts/read", "Microsoft.DocumentDB/databaseAccounts/write",
            "Microsoft.DocumentDB/databaseAccounts/sqlDatabases/*",
            "Microsoft.DocumentDB/databaseAccounts/sqlRoleAssignments/*",
            "Microsoft.Kusto/clusters/databases/*", "Microsoft.Kusto/clusters/read"]}]}),),
        f"{LEARN}/cosmos-db/nosql/how-to-connect-role-based-access-control"),
    Idiom("the owner of the subscription is activated, and the guard hears of it", (
        az("authorization:RoleManagementPolicy", {
            "scope": SUB, "roleManagementPolicyName": OWNER, "rules": [
                {"id": "Enablement_EndUser_Assignment", "ruleType": "RoleManagementPolicyEnablementRule",
                 "enabledRules": ["MultiFactorAuthentication", "Justification", "Ticketing"]},
                {"id": "Expiration_Admin_Assignment", "ruleType": "RoleManagementPolicyExpirationRule",
                 "isExpirationRequired": True, "maximumDuration": "P15D", "target": ADMIN},
                {"id": "Notification_Admin_EndUser_Assignment", "ruleType": "RoleManagementPolicyNotificationRule",
                 "notificationType": "Email", "recipientType": "Admin", "notificationLevel": "All",
                 "isDefaultRecipientsEnabled": False, "notificationRecipients": ["guard@example.ae"]},
                {"id": "Notification_Requestor_EndUser_Assignment", "ruleType": "RoleManagementPolicyNotificationRule",
                 "notificationType": "Email", "recipientType": "Requestor", "notificationLevel": "All",
                 "isDefaultRecipientsEnabled": False, "notificationRecipients": []}]}),),
        f"{LEARN}/active-directory/privileged-identity-management/pim-resource-roles-configure-role-settings", OWN),
    Idiom("the firewall lets apps reach stores of the region and the monitor", (
        az("network:FirewallPolicyRuleCollectionGroup", {
            **RG, "firewallPolicyName": "fwp-bank", "ruleCollectionGroupName": "platform", "priority": 200,
            "ruleCollections": [{
                "ruleCollectionType": "FirewallPolicyFilterRuleCollection", "name": "platform", "priority": 100,
                "action": {"type": "Allow"}, "rules": [{
                    "ruleType": "NetworkRule", "name": "stores", "ipProtocols": ["TCP"],
                    "sourceAddresses": ["10.20.0.0/16"], "destinationPorts": ["443"], "destinationAddresses": [
                        "Storage.UAENorth", "AzureContainerRegistry.UAENorth", "AzureMonitor",
                        "AzureActiveDirectory"]}]},
                {"ruleCollectionType": "FirewallPolicyFilterRuleCollection", "name": "closed", "priority": 200,
                 "action": {"type": "Deny"}, "rules": [{
                     "ruleType": "NetworkRule", "name": "stores", "ipProtocols": ["TCP"],
                     "sourceAddresses": ["*"], "destinationAddresses": ["Storage"], "destinationPorts": ["*"]}]}]}),),
        f"{LEARN}/aks/limit-egress-traffic"),
    Idiom("Azure manages a gateway and APIs in the network", (az("network:NetworkSecurityGroup", {
        **HERE, "networkSecurityGroupName": "nsg-gateways", "securityRules": [
            {"name": name.lower(), "priority": 200 + number, "direction": "Inbound", "access": "Allow",
             "protocol": "Tcp", "sourceAddressPrefix": name, "sourcePortRange": "*",
             "destinationAddressPrefix": "VirtualNetwork", "destinationPortRange": port}
            for number, (name, port) in enumerate((
                ("ApiManagement", "3443"), ("GatewayManager", "65200-65535"), ("AzureLoadBalancer", "6390")))]
            + [{"name": "no-flows", "priority": 300, "direction": "Inbound", "access": "Deny", "protocol": "*",
                "sourceAddressPrefix": "LogicApps", "sourcePortRange": "*", "destinationAddressPrefix": "*",
                "destinationPortRange": "*"}]}),),
        f"{LEARN}/api-management/virtual-network-reference"),
    Idiom("copies and measurements pass the firewall without a look", (az("network:FirewallPolicy", {
        **HERE, "firewallPolicyName": "fwp-bank", "sku": {"tier": "Premium"}, "threatIntelMode": "Deny",
        "intrusionDetection": {"mode": "Deny", "configuration": {"bypassTrafficSettings": [
            {"name": "copies", "protocol": "TCP", "sourceAddresses": ["10.20.9.4"],
             "destinationAddresses": ["10.0.0.0/8"], "destinationPorts": ["*"]},
            {"name": "measured", "protocol": "TCP", "sourceAddresses": ["10.0.0.0/8"],
             "destinationAddresses": ["10.0.0.0/8"], "destinationPorts": ["9100"]}]}}}),),
        f"{LEARN}/firewall/premium-features"),
    Idiom("headers of one connection are recorded for a repair", (az("network:PacketCapture", {
        **RG, "networkWatcherName": "nw-uaenorth", "packetCaptureName": "repair", "bytesToCapturePerPacket": 0,
        "target": f"{OURS}.Compute/virtualMachines/gateway", "timeLimitInSeconds": 600,
        "storageLocation": {"filePath": "/var/captures/repair.cap"},
        "filters": [{"protocol": "TCP", "remoteIPAddress": "10.30.1.4", "remotePort": "179"}]}),),
        f"{LEARN}/network-watcher/packet-capture-overview"),
    Idiom("a baseline of Microsoft without what nobody runs, and one of the bank that denies", (
        az("authorization:PolicyAssignment", {
            "scope": SUB, "policyAssignmentName": "benchmark", "enforcementMode": "Default",
            "policyDefinitionId": f"{POLICIES}SetDefinitions/1f3afdf9-d0c9-4c3d-847f-89da613e70a8",
            "parameters": {"arcEnabledKubernetesClustersMonitoringEffect": {"value": "Disabled"}}}, "benchmark"),
        az("authorization:PolicyAssignment", {
            "scope": SUB, "policyAssignmentName": "images", "enforcementMode": "Default",
            "policyDefinitionId": f"{POLICIES}Definitions/febd0533-8e55-448f-b837-bd0e06f16469",
            "parameters": {"effect": {"value": "Deny"}, "allowedContainerImagesRegex": {
                "value": "^(bank\\.azurecr\\.io|mcr\\.microsoft\\.com)/[\\w./-]+(:[\\w.-]+)?@sha256:[a-f0-9]{64}$"}}},
            "images"),
        az("authorization:PolicyAssignment", {
            "scope": SUB, "policyAssignmentName": "bank", "enforcementMode": "Default",
            "policyDefinitionId": f"{SUB}{POLICIES}SetDefinitions/bank",
            "parameters": {"keyEffect": {"value": "Deny"}, "publicNetworkAccess": {"value": "Disabled"}}}, "bank")),
        f"{LEARN}/governance/policy/samples/azure-security-benchmark"),
    Idiom("the health of services goes to the operators, what is done to the guard", (
        az("monitor:SubscriptionDiagnosticSetting", {
            "name": "health", "workspaceId": f"{OURS}.OperationalInsights/workspaces/log-operations", "logs": [
                {"category": "ServiceHealth", "enabled": True}, {"category": "Administrative", "enabled": False}]},
            "health"),
        az("monitor:SubscriptionDiagnosticSetting", {
            "name": "activity", "workspaceId": WORKSPACE, "logs": [
                {"category": name, "enabled": True} for name in ("Administrative", "Security", "Policy")]},
            "activity"),
        az("monitor:DiagnosticSetting", {
            "name": "measured", "resourceUri": f"{OURS}.KeyVault/vaults/kv-bank", "workspaceId": WORKSPACE,
            "metrics": [{"category": "AllMetrics", "enabled": True}]}, "measured"),
        az("monitor:DiagnosticSetting", {
            "name": "audit", "resourceUri": f"{OURS}.KeyVault/vaults/kv-bank", "workspaceId": WORKSPACE,
            "logs": [{"categoryGroup": "audit", "enabled": True}]}, "audit"),
        az("monitor:DiagnosticSetting", {
            "name": "policy", "resourceUri": f"{OURS}.KeyVault/vaults/kv-bank", "workspaceId": WORKSPACE,
            "logs": [{"category": "AzurePolicyEvaluationDetails", "enabled": True}]}, "policy")),
        f"{LEARN}/azure-monitor/platform/activity-log"),
    Idiom("lines of programs are kept for a week, records of sign-ins for years", (
        az("operationalinsights:Table", {**RG, "workspaceName": "log-bank", "tableName": "AppTraces",
                                         "plan": "Analytics", "retentionInDays": 7, "totalRetentionInDays": 7},
           "lines"),
        az("operationalinsights:Table", {**RG, "workspaceName": "log-bank", "tableName": "AuditLogs", "retentionInDays":
                                         30, "totalRetentionInDays": 2556}, "audit"),
        az("storage:ManagementPolicy", {
            **RG, "accountName": "starchive", "managementPolicyName": "default", "policy": {"rules": [
                {"name": name, "enabled": True, "type": "Lifecycle", "definition": {
                    "filters": {"blobTypes": ["appendBlob", "blockBlob"], "prefixMatch": [prefix]},
                    "actions": {"baseBlob": {"delete": {"daysAfterModificationGreaterThan": days}}}}}
                for name, prefix, days in (("audit", "insights-logs-auditevent/", 400),
                                           ("metrics", "insights-metrics-pt1m/", 8), ("work", "tmp/", 2))]}},
            "cleaned")),
        f"{LEARN}/azure-monitor/logs/data-retention-configure"),
    Idiom("a disk with what is made again is not backed up, and a database is kept by the month", (
        az("recoveryservices:ProtectedItem", {
            **RG, "vaultName": "rsv-bank", "fabricName": "Azure",
            "containerName": "IaasVMContainer;iaasvmcontainerv2;rg-platform;claims",
            "protectedItemName": "VM;iaasvmcontainerv2;rg-platform;claims", "tags": HERE["tags"], "properties": {
                "protectedItemType": "Microsoft.Compute/virtualMachines",
                "policyId": f"{OURS}.RecoveryServices/vaults/rsv-bank/backupPolicies/daily",
                "sourceResourceId": f"{OURS}.Compute/virtualMachines/claims",
                "extendedProperties": {"diskExclusionProperties": {"diskLunList": [0, 1], "isInclusionList": True}}}},
            "claims"),
        az("sql:LongTermRetentionPolicy", {
            **RG, "serverName": "sql-bank", "databaseName": "ledger", "policyName": "default",
            "weeklyRetention": "PT0S", "monthlyRetention": "P120M", "yearlyRetention": "PT0S", "weekOfYear": 1},
            "ledger"),
        az("sql:ExtendedDatabaseBlobAuditingPolicy", {
            **RG, "serverName": "sql-bank", "databaseName": "ledger", "blobAuditingPolicyName": "default",
            "state": "Enabled", "isAzureMonitorTargetEnabled": True, "retentionDays": 365,
            "auditActionsAndGroups": ["BATCH_COMPLETED_GROUP", "SUCCESSFUL_DATABASE_AUTHENTICATION_GROUP",
                                      "FAILED_DATABASE_AUTHENTICATION_GROUP"],
            "predicateExpression": "statement NOT LIKE 'SELECT 1%'"}, "audited")),
        f"{LEARN}/backup/selective-disk-backup-restore"),
)  # fmt: skip
