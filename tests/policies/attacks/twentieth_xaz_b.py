"""Attacks on Azure: encryption, policies and records (2026-11-30, twentieth set).

Properties by pulumi-azure-native 3.29.0; what a service does with them by its documentation, as known.
"""

from ..blind import HERE, OURS, RG, SUB, TAGS, az
from . import Attack

ENC = ("FJ-ENC-", "FJ-ESC-", "FJ-IDN-")
IDN = ("FJ-IDN-",)
POL = ("FJ-ESC-", "FJ-EXP-", "FJ-IDN-")
RSL = ("FJ-RSL-", "FJ-ESC-", "FJ-EXP-", "FJ-COST-113")
DEFINITIONS = "/providers/Microsoft.Authorization/policyDefinitions"
WORKSPACE = f"{OURS}.OperationalInsights/workspaces/log-bank"

ATTACKS = (
    Attack("messages and tables of a store have keys of Microsoft", ENC, (az("storage:StorageAccount", {
        **HERE, "accountName": "stclaims", "kind": "StorageV2", "sku": {"name": "Standard_ZRS"},
        "publicNetworkAccess": "Disabled", "allowBlobPublicAccess": False, "allowSharedKeyAccess": False,
        "minimumTlsVersion": "TLS1_2", "enableHttpsTrafficOnly": True, "allowCrossTenantReplication": False,
        "networkRuleSet": {"defaultAction": "Deny", "bypass": "None"},
        "encryption": {
            "keySource": "Microsoft.Keyvault",
            "keyVaultProperties": {"keyName": "claims", "keyVaultUri": "https://kv-bank.vault.azure.net"},
            "services": {"blob": {"enabled": True, "keyType": "Account"},
                         "file": {"enabled": True, "keyType": "Account"},
                         "queue": {"enabled": True, "keyType": "Service"},
                         "table": {"enabled": True, "keyType": "Service"}}}}),),
        "major", "only services of keyType Account use the account's key (Azure Storage, 'Create an account that "
        "supports customer-managed keys for tables and queues')"),
    Attack("the key of the bank is used until the year 2100", ENC, (az("keyvault:Key", {
        **RG, "vaultName": "kv-bank", "keyName": "claims", "tags": TAGS, "properties": {
            "kty": "RSA-HSM", "keySize": 3072, "keyOps": ["wrapKey", "unwrapKey"],
            "attributes": {"enabled": True, "exportable": False, "expires": 4102444800}}}),),
        "major", "nobody replaces it, and who copied data today reads it then (Azure Key Vault, 'Key rotation')"),
    Attack("disks are encrypted with a key in the tenant of somebody else", ENC, (az("compute:DiskEncryptionSet", {
        **HERE, "diskEncryptionSetName": "des-bank", "encryptionType": "EncryptionAtRestWithCustomerKey",
        "rotationToLatestKeyVersionEnabled": True, "federatedClientId": "99999999-aaaa-bbbb-cccc-444444444444",
        "identity": {"type": "UserAssigned",
                     "userAssignedIdentities": [f"{OURS}.ManagedIdentity/userAssignedIdentities/disks"]},
        "activeKey": {"keyUrl": "https://kv-collector.vault.azure.net/keys/disks/0123456789abcdef0123456789abcdef"}}),),
        "critical", "its owner turns every machine off by disabling the key (Azure, 'Use customer-managed keys across "
        "tenants for managed disks')"),
    Attack("policies of the baseline are off by names of their own", POL, (az("authorization:PolicyAssignment", {
        "scope": SUB, "policyAssignmentName": "baseline", "enforcementMode": "Default",
        "policyDefinitionId": f"{SUB}/providers/Microsoft.Authorization/policySetDefinitions/bank-baseline",
        "parameters": {"storagePublicAccessEffect": {"value": "Disabled"}, "sqlFirewallEffect": {"value": "Disabled"},
                       "diskKeyEffect": {"value": "Disabled"}}}),),
        "major", "the assignment replaces the one that denied (Azure Policy, 'Initiative definition', parameters)"),
    Attack("a policy of images takes each image", POL, (az("authorization:PolicyAssignment", {
        "scope": SUB, "policyAssignmentName": "images", "enforcementMode": "Default",
        "policyDefinitionId": f"{DEFINITIONS}/febd0533-8e55-448f-b837-bd0e06f16469",
        "parameters": {"effect": {"value": "Deny"}, "allowedContainerImagesRegex": {"value": "^.+$"}}}),),
        "major", "clusters run images of strangers (Azure Policy, 'Kubernetes cluster containers should only use "
        "allowed images')"),
    Attack("a policy denies what is an account and a server at once", POL, (az("authorization:PolicyDefinition", {
        "policyDefinitionName": "no-public-access", "policyType": "Custom", "mode": "All",
        "displayName": "No public access", "policyRule": {
            "if": {"allOf": [{"field": "type", "equals": "Microsoft.Storage/storageAccounts"},
                             {"field": "type", "equals": "Microsoft.Sql/servers"}]},
            "then": {"effect": "deny"}}}),),
        "major", "no resource is both, so nothing is denied (Azure Policy, 'Definition structure', allOf)"),
    Attack("the whole subscription is exempt from the baseline, without an end", POL, (
        az("authorization:PolicyExemption", {
            "scope": SUB, "policyExemptionName": "migration", "exemptionCategory": "Mitigated",
            "policyAssignmentId": f"{SUB}/providers/Microsoft.Authorization/policyAssignments/baseline",
            "displayName": "Migration", "assignmentScopeValidation": "DoNotValidate"}),),
        "critical", "no policy of the baseline denies anything (Azure Policy, 'Exemption structure')"),
    Attack("of the subscription's activity only the health of services is recorded", RSL, (
        az("monitor:SubscriptionDiagnosticSetting", {
            "name": "activity", "workspaceId": WORKSPACE, "logs": [
                {"category": "ServiceHealth", "enabled": True}, {"category": "ResourceHealth", "enabled": True},
                {"category": "Autoscale", "enabled": True}, {"category": "Recommendation", "enabled": True}]}),),
        "critical", "who changed or deleted what is in the category Administrative (Azure Monitor, 'Activity log "
        "schema')"),
    Attack("who reads secrets of a vault is not recorded", RSL, (az("monitor:DiagnosticSetting", {
        "name": "vault", "resourceUri": f"{OURS}.KeyVault/vaults/kv-bank", "workspaceId": WORKSPACE,
        "logs": [{"category": "AzurePolicyEvaluationDetails", "enabled": True}],
        "metrics": [{"category": "AllMetrics", "enabled": True}]}),),
        "major", "reads of secrets are in the category AuditEvent (Azure Key Vault, 'Logging')"),
    Attack("sign-ins to machines are forgotten after a week", RSL, (az("operationalinsights:Table", {
        **RG, "workspaceName": "log-bank", "tableName": "SecurityEvent", "plan": "Analytics",
        "retentionInDays": 7, "totalRetentionInDays": 7}),),
        "major", "the table's retention takes the place of the workspace's (Azure Monitor, 'Manage data retention in a "
        "Log Analytics workspace')"),
    Attack("records say that a service made each change of the directory", RSL, (az("monitor:DataCollectionRule", {
        **HERE, "dataCollectionRuleName": "dcr-workspace", "kind": "WorkspaceTransforms", "destinations": {
            "logAnalytics": [{"name": "bank", "workspaceResourceId": WORKSPACE}]},
        "dataFlows": [{
            "streams": ["Microsoft-Table-AuditLogs"], "destinations": ["bank"], "transformKql":
                "source | extend InitiatedBy = parse_json('{\"app\": {\"displayName\": \"Directory Sync\"}}'), "
                "Identity = 'Directory Sync'"}]}),),
        "major", "nobody sees who it was (Azure Monitor, 'Workspace transformation DCR')"),
    Attack("of machines only the system's disk is backed up", RSL, (az("recoveryservices:ProtectedItem", {
        **RG, "vaultName": "rsv-bank", "fabricName": "Azure",
        "containerName": "IaasVMContainer;iaasvmcontainerv2;rg-platform;claims",
        "protectedItemName": "VM;iaasvmcontainerv2;rg-platform;claims", "tags": TAGS, "properties": {
            "protectedItemType": "Microsoft.Compute/virtualMachines",
            "policyId": f"{OURS}.RecoveryServices/vaults/rsv-bank/backupPolicies/daily",
            "sourceResourceId": f"{OURS}.Compute/virtualMachines/claims",
            "extendedProperties": {"diskExclusionProperties": {"diskLunList": [], "isInclusionList": True}}}}),),
        "critical", "no disk with data can be restored (Azure Backup, 'Selective disk backup and restore')"),
    Attack("records of a vault are deleted in the archive after a week", RSL, (az("storage:ManagementPolicy", {
        **RG, "accountName": "starchive", "managementPolicyName": "default", "policy": {"rules": [{
            "name": "records", "enabled": True, "type": "Lifecycle", "definition": {
                "filters": {"blobTypes": ["appendBlob", "blockBlob"],
                            "prefixMatch": ["insights-logs-auditevent/", "insights-activity-logs/"]},
                "actions": {"baseBlob": {"delete": {"daysAfterModificationGreaterThan": 8}}}}}]}}),),
        "major", "nobody sees who read secrets last month (Azure Storage, 'Lifecycle management')"),
    Attack("backups of years of a database are no longer kept", RSL, (az("sql:LongTermRetentionPolicy", {
        **RG, "serverName": "sql-bank", "databaseName": "ledger", "policyName": "default",
        "weeklyRetention": "PT0S", "monthlyRetention": "PT0S", "yearlyRetention": "PT0S", "weekOfYear": 1}),),
        "major", "the ledger cannot be shown as it was last year (Azure SQL, 'Long-term retention')"),
    Attack("the audit of a database leaves out an address and a program", RSL, (
        az("sql:ExtendedDatabaseBlobAuditingPolicy", {
            **RG, "serverName": "sql-bank", "databaseName": "ledger", "blobAuditingPolicyName": "default",
            "state": "Enabled", "isAzureMonitorTargetEnabled": True,
            "auditActionsAndGroups": ["BATCH_COMPLETED_GROUP", "SUCCESSFUL_DATABASE_AUTHENTICATION_GROUP",
                                      "FAILED_DATABASE_AUTHENTICATION_GROUP"],
            "predicateExpression": "client_ip <> '10.20.9.9' AND application_name <> 'backoffice'"}),),
        "major", "what comes from there leaves no trace (Azure SQL, predicateExpression; SQL Server, CREATE SERVER "
        "AUDIT, WHERE)"),
)  # fmt: skip
