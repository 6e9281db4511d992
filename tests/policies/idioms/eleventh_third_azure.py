"""Good idioms of Azure in everyday shapes, written blind after the mends of the eleventh set (2026-11-29)."""

from ..blind import SUB, TAGS, az
from ..harness import UNKNOWN
from . import Idiom, unpriced
from .azure_platform import lock
from .fourth import HERE, ID, KEY_URL, LEARN, OURS, RG, VNET
from .fourth_kubernetes import AZURE_BUDGET
from .ninth_azure import ASSIGNED, CLIENT, LOGS, TENANT
from .sixth_azure import endpoint

CLOSED = {"publicNetworkAccess": "Disabled"}
SYSTEM = {"identity": {"type": "SystemAssigned"}}

IDIOMS: tuple[Idiom, ...] = (
    Idiom("a machine of Azure with its card, disks, backup and monitor", (
        AZURE_BUDGET,
        az("network:NetworkInterface", {**HERE, "networkInterfaceName": "nic-core", "enableAcceleratedNetworking": True,
                                        "enableIPForwarding": False, "ipConfigurations": [{
                                            "name": "one", "privateIPAllocationMethod": "Dynamic", "subnet": {
                                                "id": f"{VNET}/subnets/machines"}}]}, "nic"),
        az("compute:VirtualMachine", {
            **HERE, "vmName": "core", "zones": ["1"], **SYSTEM, "hardwareProfile": {"vmSize": "Standard_D2s_v5"},
            "networkProfile": {"networkInterfaces": [{"id": UNKNOWN, "primary": True}]}, "securityProfile": {
                "encryptionAtHost": True, "securityType": "TrustedLaunch", "uefiSettings": {
                    "secureBootEnabled": True, "vTpmEnabled": True}},
            "storageProfile": {"imageReference": {"publisher": "Canonical", "offer": "ubuntu-24_04-lts",
            "sku": "server",
                                                  "version": "latest"},
                               "osDisk": {"createOption": "FromImage", "diskSizeGB": 64, "managedDisk": {
                                   "storageAccountType": "Premium_LRS", "diskEncryptionSet": {
                                       "id": f"{OURS}.Compute/diskEncryptionSets/des"}}}},
            "osProfile": {"computerName": "core", "adminUsername": "keeper", "linuxConfiguration": {
                "disablePasswordAuthentication": True, "provisionVMAgent": True, "patchSettings": {
                    "patchMode": "AutomaticByPlatform", "assessmentMode": "AutomaticByPlatform"}, "ssh": {
                        "publicKeys": [{"path": "/home/keeper/.ssh/authorized_keys", "keyData":
                                        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIexampleexampleexample"}]}}}}, "core",
            protect=True, links={"networkProfile": ("nic",)}),
        az("compute:VirtualMachineExtension", {
            **HERE, "vmName": "core", "vmExtensionName": "AADSSHLoginForLinux", "publisher":
            "Microsoft.Azure.ActiveDirectory", "type": "AADSSHLoginForLinux", "typeHandlerVersion": "1.0",
            "autoUpgradeMinorVersion": True}, "entra", links={"vmName": ("core",)}),
        lock(f"{OURS}.Compute/virtualMachines/core", "core")),
        f"{LEARN}/virtual-machines/linux/tutorial-create-vmss"),
    Idiom("an account of models in the network with filters, logs and one deployment", (
        AZURE_BUDGET,
        az("cognitiveservices:Account", {
            **HERE, "accountName": "oai-bank", "kind": "OpenAI", "sku": {"name": "S0"}, **ASSIGNED, "properties": {
                "customSubDomainName": "oai-bank", **CLOSED, "disableLocalAuth": True, "restrictOutboundNetworkAccess":
                True, "networkAcls": {"defaultAction": "Deny"}, "encryption": {
                    "keySource": "Microsoft.KeyVault", "keyVaultProperties": {
                        "identityClientId": CLIENT, "keyName": "cmk", "keyVaultUri": "https://kv-bank.vault.azure.net",
                        "keyVersion": "0123456789abcdef0123456789abcdef"}}}}, "account", protect=True),
        az("cognitiveservices:Deployment", {
            **RG, "tags": TAGS, "accountName": "oai-bank", "deploymentName": "chat", "sku": {
                "name": "Standard", "capacity": 30}, "properties": {
                    "model": {"format": "OpenAI", "name": "gpt-4o", "version": "2024-11-20"},
                    "versionUpgradeOption": "NoAutoUpgrade", "raiPolicyName": "bank"}}, "chat",
            links={"accountName": ("account",)}),
        az("monitor:DiagnosticSetting", {
            "name": "audit", "resourceUri": UNKNOWN, "workspaceId": LOGS, "logs": [
                {"category": "Audit", "enabled": True}, {"category": "RequestResponse", "enabled": True}]}, "audit",
            links={"resourceUri": ("account",)}),
        endpoint("oai", f"{OURS}.CognitiveServices/accounts/oai-bank", "account"),
        lock(f"{OURS}.CognitiveServices/accounts/oai-bank", "account")),
        f"{LEARN}/ai-foundry/openai/how-to/use-your-data-securely"),
    Idiom("keys for disks turn by themselves in a vault with roles", (
        az("keyvault:Key", {
            **RG, "tags": TAGS, "vaultName": "kv-bank", "keyName": "disks", "properties": {
                "kty": "RSA-HSM", "keySize": 3072, "keyOps": ["wrapKey", "unwrapKey"], "rotationPolicy": {
                    "attributes": {"expiryTime": "P2Y"}, "lifetimeActions": [
                        {"action": {"type": "rotate"}, "trigger": {"timeAfterCreate": "P18M"}},
                        {"action": {"type": "notify"}, "trigger": {"timeBeforeExpiry": "P30D"}}]}}}, "key"),
        az("compute:DiskEncryptionSet", {
            **HERE, "diskEncryptionSetName": "disks", **SYSTEM, "rotationToLatestKeyVersionEnabled": True,
            "encryptionType": "EncryptionAtRestWithPlatformAndCustomerKeys", "activeKey": {
                "keyUrl": UNKNOWN, "sourceVault": {"id": f"{OURS}.KeyVault/vaults/kv-bank"}}}, "disks",
            links={"activeKey": ("key",)}),
        az("authorization:RoleAssignment", {
            "scope": f"{OURS}.KeyVault/vaults/kv-bank", "principalId": UNKNOWN, "principalType": "ServicePrincipal",
            "roleDefinitionId": f"{SUB}/providers/Microsoft.Authorization/roleDefinitions/"
            "e147488a-f6f5-4113-8e2d-b22465e65bf6"}, "wrap", links={"principalId": ("disks",)})),
        f"{LEARN}/virtual-machines/disk-encryption"),
    Idiom("a hub of events keeps what comes in the bank's account, by identity", (
        AZURE_BUDGET,
        az("eventhub:EventHub", {
            **RG, "namespaceName": "evh-bank", "eventHubName": "orders", "partitionCount": 4, "retentionDescription": {
                "cleanupPolicy": "Delete", "retentionTimeInHours": 72}, "captureDescription": {
                    "enabled": True, "encoding": "Avro", "intervalInSeconds": 300, "sizeLimitInBytes": 314572800,
                    "skipEmptyArchives": True, "destination": {
                        "name": "EventHubArchive.AzureBlockBlob", "blobContainer": "orders",
                        "storageAccountResourceId": f"{OURS}.Storage/storageAccounts/stbank",
                        "archiveNameFormat":
                            "{Namespace}/{EventHub}/{PartitionId}/{Year}/{Month}/{Day}/{Hour}/{Minute}/{Second}",
                        "identity": {"type": "UserAssigned", "userAssignedIdentity": ID}}}}, "orders"),),
        f"{LEARN}/event-hubs/event-hubs-capture-managed-identity", {"residency": {"known": {
            f"{OURS}.Storage/storageAccounts/stbank": "the bank's own account, in uaenorth"}}}),
    Idiom("an app of containers grows by its queue and rests at nothing", (AZURE_BUDGET, az("app:ContainerApp", {
        **HERE, "containerAppName": "worker", "managedEnvironmentId": f"{OURS}.App/managedEnvironments/inner",
        **ASSIGNED, "workloadProfileName": "Consumption", "configuration": {
            "activeRevisionsMode": "Single", "registries": [{"server": "crbank.azurecr.io", "identity": ID}],
            "secrets": [{"name": "db", "keyVaultUrl": "https://kv-bank.vault.azure.net/secrets/db", "identity": ID}]},
        "template": {"containers": [{
            "name": "worker", "image": "crbank.azurecr.io/worker@sha256:" + "a" * 64, "resources": {
                "cpu": 0.5, "memory": "1Gi"}, "env": [{"name": "DATABASE_URL", "secretRef": "db"}]}],
            "scale": {"minReplicas": 0, "maxReplicas": 5, "rules": [{"name": "queue", "custom": {
                "type": "azure-servicebus", "identity": ID, "metadata": {
                    "queueName": "work", "namespace": "sb-bank", "messageCount": "10"}}}]}}}, "worker"),),
        f"{LEARN}/container-apps/scale-app", {
            "escape": {"image_publishers": {"crbank.azurecr.io": "the bank's registry"}}, "residency": {"known": {
                "crbank.azurecr.io": "the bank's registry, in uaenorth",
                "kv-bank.vault.azure.net": "the bank's vault, in uaenorth"}}}),
    Idiom("a workspace of logs keeps a year, and tables of noise a week", (
        AZURE_BUDGET,
        az("operationalinsights:Workspace", {
            **HERE, "workspaceName": "logs-apps", "sku": {"name": "PerGB2018"}, "retentionInDays": 365,
            "workspaceCapping": {"dailyQuotaGb": 5}, "publicNetworkAccessForIngestion": "Disabled",
            "publicNetworkAccessForQuery": "Disabled", "features": {"disableLocalAuth": True,
                                                                    "clusterResourceId": UNKNOWN}}, "logs",
            protect=True),
        az("operationalinsights:Table", {**RG, "workspaceName": "logs-apps", "tableName": "ContainerLogV2",
                                         "plan": "Basic", "totalRetentionInDays": 30}, "noise",
           links={"workspaceName": ("logs",)}), lock(f"{OURS}.OperationalInsights/workspaces/logs-apps", "logs")),
        f"{LEARN}/azure-monitor/logs/data-retention-configure"),
    Idiom("a way out of the network has one address and closes what it does not need", (
        AZURE_BUDGET,
        az("network:PublicIPAddress", {**HERE, "publicIpAddressName": "pip-nat", "zones": ["1"], "sku": {
            "name": "Standard"}, "publicIPAllocationMethod": "Static"}, "address"),
        az("network:NatGateway", {**HERE, "natGatewayName": "nat", "zones": ["1"], "sku": {"name": "Standard"},
                                  "idleTimeoutInMinutes": 10, "publicIpAddresses": [{"id": UNKNOWN}]}, "nat",
           links={"publicIpAddresses": ("address",)}),
        az("network:NetworkSecurityGroup", {**HERE, "networkSecurityGroupName": "nsg-out", "securityRules": [
            {"name": "https", "priority": 100, "direction": "Outbound", "access": "Allow", "protocol": "Tcp",
             "sourceAddressPrefix": "VirtualNetwork", "sourcePortRange": "*", "destinationPortRange": "443",
             "destinationAddressPrefix": "AzureCloud.uaenorth"},
            {"name": "none", "priority": 4096, "direction": "Outbound", "access": "Deny", "protocol": "*",
             "sourceAddressPrefix": "*", "sourcePortRange": "*", "destinationPortRange": "*",
             "destinationAddressPrefix": "Internet"}]}, "rules"),
        az("network:Subnet", {
            **RG, "virtualNetworkName": "spoke", "subnetName": "out", "addressPrefix": "10.20.40.0/24",
            "defaultOutboundAccess": False, "natGateway": {"id": UNKNOWN}, "networkSecurityGroup": {"id": UNKNOWN}},
            "subnet", links={"natGateway": ("nat",), "networkSecurityGroup": ("rules",)})),
        f"{LEARN}/nat-gateway/nat-overview"),
    Idiom("an instance of SQL in the network has the bank's key and people of the tenant", (
        AZURE_BUDGET,
        az("sql:ManagedInstance", {
            **HERE, "managedInstanceName": "mi-bank", "sku": {"name": "GP_Gen5", "tier": "GeneralPurpose"}, **ASSIGNED,
            "vCores": 4, "storageSizeInGB": 64, "licenseType": "BasePrice", "subnetId": f"{VNET}/subnets/mi",
            "publicDataEndpointEnabled": False, "minimalTlsVersion": "1.2", "zoneRedundant": True, "keyId": KEY_URL,
            "primaryUserAssignedIdentityId": ID, "requestedBackupStorageRedundancy": "Zone",
            "proxyOverride": "Redirect",
            "timezoneId": "Arabian Standard Time", "administrators": {
                "administratorType": "ActiveDirectory", "azureADOnlyAuthentication": True, "login": "dba",
                "sid": CLIENT, "tenantId": TENANT, "principalType": "Group"}}, "mi", protect=True),
        lock(f"{OURS}.Sql/managedInstances/mi-bank", "mi")),
        f"{LEARN}/azure-sql/managed-instance/sql-managed-instance-paas-overview",
        unpriced("azure-native:sql:ManagedInstance::mi")),
    Idiom("tables of the warehouse of Databricks lie in the bank's account by a connector", (
        az("databricks:AccessConnector", {**HERE, "connectorName": "uc", **ASSIGNED}, "connector"),
        az("authorization:RoleAssignment", {
            "scope": f"{OURS}.Storage/storageAccounts/stbank/blobServices/default/containers/lake",
            "principalId": CLIENT,
            "principalType": "ServicePrincipal", "roleDefinitionId":
            f"{SUB}/providers/Microsoft.Authorization/roleDefinitions/ba92f5b4-2d11-453d-a403-e96b0029c9fe"}, "lake")),
        f"{LEARN}/databricks/connect/unity-catalog/cloud-storage/azure-managed-identities"),
    Idiom("costs of a group are seen each week and told by mail", (
        az("costmanagement:View", {
            "viewName": "platform", "displayName": "Platform by service", "chart": "StackedColumn",
            "accumulated": "false", "metric": "ActualCost", "kpis": [{"type": "Forecast", "enabled": True}],
            "dataSet": {"granularity": "Daily", "aggregation": {"totalCost": {"name": "Cost", "function": "Sum"}},
                        "grouping": [{"type": "Dimension", "name": "ServiceName"}]}, "timeframe": "MonthToDate",
            "type": "Usage"}, "view"),
        az("costmanagement:ScheduledActionByScope", {
            "scope": SUB[1:], "name": "weekly", "displayName": "Costs of the week", "kind": "Email",
            "status": "Enabled",
            "viewId": f"{SUB}/providers/Microsoft.CostManagement/views/platform", "notification": {
                "to": ["finops@example.ae"], "subject": "Costs of the week", "language": "en"},
            "schedule": {"frequency": "Weekly", "daysOfWeek": ["Sunday"], "hourOfDay": 8,
                         "startDate": "2026-12-01T00:00:00Z", "endDate": "2027-11-30T00:00:00Z"}}, "mail")),
        f"{LEARN}/cost-management-billing/costs/save-share-views"),
)  # fmt: skip
