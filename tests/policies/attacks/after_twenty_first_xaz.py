"""Attacks on Azure that spell what the twenty-first set had in another way (2026-12-01).

Properties by pulumi-azure-native 3.29.0; sources are those of the first spelling.
"""

from ..blind import GROUP, HERE, OURS, RG, SUB, Props, az
from ..harness import Given
from . import Attack
from .blind_money import STACK
from .twenty_first_azure import COST, ENC, IDN, RES
from .twenty_first_azure_b import AUTHORITY, CLUSTER, ESC

KEYLESS = "each replica disk has a key of the platform"
UNSEEN = "malicious programs run unseen"
OPENED = "whoever has the key of that authority is let in"
FLEET = {
    **HERE, "fleetName": "fleet-bank", "vmSizesProfile": [{"name": "Standard_D4s_v5"}],
    "regularPriorityProfile": {"capacity": 2},
}  # fmt: skip


def _copied(kind: str = "recoveryservices:ReplicationProtectedItem", **details: object) -> tuple[Given, ...]:
    name = "migrationItemName" if kind.endswith("MigrationItem") else "replicatedProtectedItemName"
    return (az(kind, {
        **RG, "resourceName": "rsv-bank", "fabricName": "dc1", "protectionContainerName": "dc1", name: "vm-payments",
        "properties": {"policyId": f"{OURS}.RecoveryServices/vaults/rsv-bank/replicationPolicies/day",
                       "providerSpecificDetails": details}}),)  # fmt: skip


def _extended(publisher: str, kind: str, settings: Props) -> tuple[Given, ...]:
    return (az("compute:VirtualMachineExtension", {
        **HERE, "vmName": "vm-payments", "vmExtensionName": kind, "publisher": publisher, "type": kind,
        "typeHandlerVersion": "1.3", "settings": settings}),)  # fmt: skip


def _scanned(**settings: object) -> tuple[Given, ...]:
    return _extended("Microsoft.Azure.Security", "IaaSAntimalware", {"AntimalwareEnabled": True, **settings})


def _passes(**rule: object) -> tuple[Given, ...]:
    return (az("network:FirewallPolicyRuleCollectionGroup", {
        **RG, "firewallPolicyName": "fwp-bank", "ruleCollectionGroupName": "apps", "priority": 300,
        "ruleCollections": [{
            "ruleCollectionType": "FirewallPolicyFilterRuleCollection", "name": "apps", "priority": 100,
            "action": {"type": "Allow"}, "rules": [{
                "ruleType": "ApplicationRule", "name": "apps", "sourceAddresses": ["10.20.0.0/16"],
                "protocols": [{"protocolType": "Https", "port": 443}], **rule}]}]}),)  # fmt: skip


ATTACKS = (
    Attack("a machine of the data centre is copied into Azure without a key of the bank", ENC, _copied(
        instanceType="HyperVReplicaAzure", hvHostVmId="6bd9d1f0-0b3a-4a2e-9d2e-0e8d8f3a1c11", vmName="payments",
        targetAzureVmName="payments", targetAzureV2ResourceGroupId=GROUP, useManagedDisksForReplication="true",
        disksToIncludeForManagedDisks=[{"diskId": "d1", "logStorageAccountId": f"{OURS}.Storage/storageAccounts/s",
                                        "diskType": "Premium_LRS"}]),
        "major", KEYLESS),
    Attack("one disk of two is copied into Azure without a key of the bank", ENC, _copied(
        instanceType="InMageRcm", fabricDiscoveryMachineId=f"{OURS}.OffAzure/VMwareSites/dc1/machines/payments",
        processServerId="6bd9d1f0-0b3a-4a2e-9d2e-0e8d8f3a1c11", targetResourceGroupId=GROUP, disksToInclude=[
            {"diskId": "d1", "diskType": "Premium_LRS", "logStorageAccountId": f"{OURS}.Storage/storageAccounts/s",
             "diskEncryptionSetId": f"{OURS}.Compute/diskEncryptionSets/des"},
            {"diskId": "d2", "diskType": "Premium_LRS", "logStorageAccountId": f"{OURS}.Storage/storageAccounts/s"}]),
        "major", KEYLESS),
    Attack("data disks of a fleet have no key of the bank", ENC, (az("azurefleet:Fleet", {
        **FLEET, "computeProfile": {"baseVirtualMachineProfile": {
            "securityProfile": {"encryptionAtHost": True}, "storageProfile": {
                "osDisk": {"createOption": "FromImage", "managedDisk": {
                    "diskEncryptionSet": {"id": f"{OURS}.Compute/diskEncryptionSets/des"}}},
                "dataDisks": [{"lun": 0, "createOption": "Empty", "diskSizeGB": 512,
                               "managedDisk": {"storageAccountType": "Premium_LRS"}}]}}}}),),
        "major", "rows of the machines lie there"),
    Attack("integration of Synapse runs on machines that somebody shared by a key", RES, (
        az("synapse:IntegrationRuntime", {
            **RG, "workspaceName": "syn-bank", "integrationRuntimeName": "onprem", "properties": {
                "type": "SelfHosted", "linkedInfo": {
                    "authorizationType": "key", "key": {"type": "SecureString", "value": "IR@shared"}}}}),),
        "critical", "each row and each password passes those machines"),
    Attack("a circuit of a stranger joins that of the data centre", RES, (
        az("network:ExpressRouteCircuitPeering", {
            **RG, "circuitName": "er-dc1", "peeringName": "AzurePrivatePeering",
            "peeringType": "AzurePrivatePeering", "vlanId": 200, "peerASN": 65010,
            "primaryPeerAddressPrefix": "10.255.0.0/30", "secondaryPeerAddressPrefix": "10.255.0.4/30",
            "connections": [{"name": "reach", "authorizationKey": "946a1918-b7a2-4917-b43c-8c4cdaee006a",
                             "addressPrefix": "10.255.1.0/29"}]}),),
        "critical", "networks of both reach each other (Azure ExpressRoute, 'Global Reach')"),
    Attack("real-time protection of a machine is off", ESC, _scanned(RealtimeProtectionEnabled="false"), "major",
           UNSEEN),
    Attack("the virus scanner of a machine is installed and off", ESC, _scanned(AntimalwareEnabled=False), "major",
           UNSEEN),
    Attack("the virus scanner of machines of a scale set leaves out a drive", ESC, (
        az("compute:VirtualMachineScaleSetExtension", {
            **RG, "vmScaleSetName": "vmss-payments", "vmssExtensionName": "scanner",
            "publisher": "Microsoft.Azure.Security", "type": "IaaSAntimalware", "typeHandlerVersion": "1.3",
            "settings": {"AntimalwareEnabled": "true", "RealtimeProtectionEnabled": "true",
                         "Exclusions": {"Paths": "C:\\Windows\\Temp;c:\\"}}}),),
        "major", UNSEEN),
    Attack("the virus scanner of a machine leaves out what an interpreter opens", ESC, _scanned(
        Exclusions={"Processes": "sqlservr.exe;C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\PowerShell.exe"}),
        "major", UNSEEN),
    Attack("the virus scanner of a machine leaves out programs and scripts", ESC, _scanned(
        Exclusions={"Extensions": "mdf;ldf;*"}), "major", UNSEEN),
    Attack("an extension decrypts the data disks of a machine of Linux", ("FJ-ENC-", "FJ-ESC-"), _extended(
        "Microsoft.Azure.Security", "AzureDiskEncryptionForLinux", {
            "encryptionOperation": "DisableEncryptionFormatAll", "VolumeType": "Data"}),
        "major", "each volume is written back in plain text"),
    Attack("an extension opens the database of a machine to the internet", ("FJ-EXP-", "FJ-ESC-"), _extended(
        "Microsoft.SqlServer.Management", "SqlIaaSAgent", {"ServerConfigurationsManagementSettings": {
            "SQLConnectivityUpdateSettings": {"ConnectivityType": "PUBLIC", "Port": "1433"}}}),
        "critical", "everybody tries passwords (SQL Server on Azure Virtual Machines, 'SQL connectivity')"),
    Attack("an extension tells nobody that a machine started with another system", ESC, _extended(
        "Microsoft.Azure.Security.LinuxAttestation", "GuestAttestation", {"AttestationConfig": {
            "MaaSettings": {"maaEndpoint": "", "maaTenantName": "GuestAttestation"}, "AscSettings": {
                "ascReportingEndpoint": "", "ascReportingFrequency": ""}, "useCustomToken": "false",
            "disableAlerts": "true"}}),
        "major", "a rootkit stays unseen (Azure, 'Boot integrity monitoring')"),
    Attack("a gateway lets in who has a certificate of a stranger's authority", IDN, (
        az("network:ApplicationGateway", {
            **HERE, "applicationGatewayName": "agw-bank",
            "trustedClientCertificates": [{"name": "callers", "data": AUTHORITY}],
            "sslProfiles": [{"name": "mtls", "clientAuthConfiguration": {"verifyClientCertIssuerDN": True},
                             "trustedClientCertificates": [{"id":
                                 f"{OURS}.Network/applicationGateways/agw-bank/trustedClientCertificates/callers"}]}],
            }),), "critical", OPENED),
    Attack("each service reads each secret of a vault by a component of an environment on premises", IDN, (
        az("app:ConnectedEnvironmentsDaprComponent", {
            **RG, "connectedEnvironmentName": "cae-dc1", "componentName": "vault",
            "componentType": "secretstores.azure.keyvault", "version": "v1", "scopes": [],
            "metadata": [{"name": "vaultName", "value": "kv-payments"}]}),),
        "major", "a component without scopes is loaded by all apps"),
    Attack("every user of a workspace reads the tables of all others", ("FJ-ESC-115",), (az("databricks:Workspace", {
        **HERE, "workspaceName": "dbw-bank", "computeMode": "Hybrid", "publicNetworkAccess": "Disabled",
        "requiredNsgRules": "NoAzureDatabricksRules", "sku": {"name": "premium"},
        "managedResourceGroupId": f"{SUB}/resourceGroups/dbw-managed",
        "defaultCatalog": {"initialType": "HiveMetastore"}}),),
        "major", "the old metastore has no rights of its own on most clusters (Azure Databricks, 'Hive metastore "
        "table access control')"),
    Attack("a workspace has no network of the bank", ("FJ-ESC-115",), (az("databricks:Workspace", {
        **HERE, "workspaceName": "dbw-bank", "computeMode": "serverless", "publicNetworkAccess": "Disabled",
        "sku": {"name": "premium"}}),), "major", "no firewall of the bank sees what leaves"),
    Attack("machines of the database write to every account of storage in the world", RES, (az("network:SecurityRule", {
        **RG, "networkSecurityGroupName": "nsg-data", "securityRuleName": "stores", "priority": 200,
        "direction": "Outbound", "access": "Allow", "protocol": "Tcp", "sourceAddressPrefix": "10.20.4.0/24",
        "sourcePortRange": "*", "destinationAddressPrefix": "Storage", "destinationPortRange": "443"}),),
        "critical", "a stranger's account abroad has such an address (Azure, 'Virtual network service tags')"),
    Attack("a group of machines writes to stores of blobs abroad", RES, (az("network:NetworkSecurityGroup", {
        **HERE, "networkSecurityGroupName": "nsg-data", "securityRules": [{
            "name": "stores", "priority": 200, "direction": "Outbound", "access": "Allow", "protocol": "*",
            "sourceAddressPrefix": "*", "sourcePortRange": "*", "destinationPortRange": "*",
            "destinationAddressPrefixes": ["10.20.0.0/16", "Storage.WestEurope"]}]}),), "critical",
        "a stranger's account abroad has such an address"),
    Attack("machines of a network write to topics of every customer", RES, (az("network:AdminRule", {
        **RG, "networkManagerName": "nm", "configurationName": "base", "ruleCollectionName": "out",
        "ruleName": "events", "kind": "Custom", "access": "AlwaysAllow", "direction": "Outbound", "protocol": "Tcp",
        "priority": 100, "sources": [{"addressPrefix": "*", "addressPrefixType": "IPPrefix"}],
        "destinations": [{"addressPrefix": "EventHub", "addressPrefixType": "ServiceTag"}],
        "destinationPortRanges": ["443", "5671"]}),), "critical", "a stranger's namespace has such an address"),
    Attack("the firewall lets machines write to each function of Container Apps", RES, _passes(
        targetFqdns=["*.azurecontainerapps.io"]), "critical", "a stranger's app abroad has such a name"),
    Attack("the firewall lets machines write to each workspace of Databricks", RES, _passes(
        targetFqdns=["login.microsoftonline.com", "*.azuredatabricks.net"]), "critical",
        "a stranger's workspace abroad has such a name"),
    Attack("the firewall lets machines write to each endpoint of Front Door", RES, _passes(
        targetFqdns=["*.z01.azurefd.net"]), "critical", "a stranger's endpoint has such a name"),
    Attack("images of a stranger's whole registry have names of the bank's", ("FJ-ESC-116",), (
        az("containerregistry:CacheRule", {
            **RG, "registryName": "acrbank", "cacheRuleName": "base", "sourceRepository": "strangeracr.azurecr.io/*",
            "targetRepository": "base/*"}),), "critical", "what the stranger pushes runs wherever base images run"),
    Attack("names that everybody registers are answered before the list of blocked ones", ("FJ-EXP-127",), (
        az("dnsresolver:DnsResolverDomainList", {
            **HERE, "dnsResolverDomainListName": "usual", "domains": ["com.", "net."]}, "usual"),
        az("dnsresolver:DnsSecurityRule", {
            **HERE, "dnsResolverPolicyName": "dnspol-bank", "dnsSecurityRuleName": "first", "priority": 100,
            "action": {"actionType": "Allow"}, "dnsSecurityRuleState": "Enabled",
            "dnsResolverDomainLists": [{"id": f"{OURS}.Network/dnsResolverDomainLists/usual"}]}, "first")),
        "major", "names of attackers are answered"),
    Attack("a cluster makes a gateway with a public address for itself", ("FJ-ESC-115",), (
        az("containerservice:ManagedCluster", {**CLUSTER, "addonProfiles": {"ingressApplicationGateway": {
            "enabled": True, "config": {"subnetCIDR": "10.20.9.0/24"}}}}),),
        "major", "apps are open to the internet (AKS, 'Enable the ingress controller add-on for a new AKS cluster')"),
    Attack("what agents of machines report is dropped on its way", ("FJ-ESC-115",), (
        az("network:Route", {**RG, "routeTableName": "rt-payments", "routeName": "quiet",
                             "addressPrefix": "AzureMonitor", "nextHopType": "None"}),),
        "major", "no log of the machines reaches its workspace (Azure, 'Virtual network traffic routing', None)"),
    Attack("a share of the largest size, speed and throughput is paid for in full", COST, (
        STACK,
        az("storage:StorageAccount", {
            **HERE, "accountName": "stfiles", "kind": "FileStorage", "sku": {"name": "PremiumV2_ZRS"}}, "account"),
        az("storage:FileShare", {
            **RG, "accountName": "stfiles", "shareName": "archive", "shareQuota": 262144, "provisionedIops": 102400,
            "provisionedBandwidthMibps": 10340}, "archive")),
        "major", "each is charged, used or not (Azure Files, 'Understand billing', provisioned v2)"),
    Attack("rows of accounts are gone a second after they were written", ("FJ-ESC-115", "FJ-RSL-"), (
        az("kusto:ReadWriteDatabase", {
            **RG, "location": "uaenorth", "clusterName": "adx-bank", "databaseName": "accounts", "kind": "ReadWrite",
            "softDeletePeriod": "PT1S", "hotCachePeriod": "PT1S"}),),
        "major", "what is written cannot be read (Azure Data Explorer, 'Retention policy')"),
    Attack("each blob of a scope can no longer be read", ("FJ-ESC-115", "FJ-ENC-", "FJ-RSL-"), (
        az("storage:EncryptionScope", {
            **RG, "accountName": "stpayments", "encryptionScopeName": "payments", "source": "Microsoft.KeyVault",
            "state": "Disabled", "keyVaultProperties": {"keyUri": "https://kv-bank.vault.azure.net/keys/payments"}}),),
        "major", "reads and writes fail until somebody enables it (Azure Storage, 'Create and manage encryption "
        "scopes')"),
    Attack("who reads a subscription reads the token with which events are delivered", ("FJ-ESC-115", "FJ-EXP-"), (
        az("eventgrid:SystemTopicEventSubscription", {
            **RG, "systemTopicName": "changes", "eventSubscriptionName": "payments", "destination": {
                "endpointType": "EventHub", "resourceId": f"{OURS}.EventHub/namespaces/evhns/eventhubs/changes",
                "deliveryAttributeMappings": [{
                    "type": "Static", "name": "Authorization", "isSecret": False,
                    "value": "Bearer eyJhbGciOiJIUzI1NiJ9.e30.abc"}]}}),),
        "major", "the token is in plain text in the resource (Azure Event Grid, 'Custom delivery properties')"),
    Attack("logs and dumps of a machine are written into a store of unknown owner", RES, _extended(
        "Microsoft.Azure.Diagnostics", "IaaSDiagnostics", {"StorageAccount": "collectorstore", "WadCfg": {}}),
        "critical", "what lies in the memory of a program lies there (Azure, 'Diagnostics extension')"),
    Attack("logs of a machine go to a workspace of unknown owner by an extension", RES, _extended(
        "Microsoft.EnterpriseCloud.Monitoring", "OmsAgentForLinux", {
            "workspaceId": "99999999-0000-0000-0000-000000000001", "stopOnMultipleConnections": False}),
        "major", "whoever has the workspace reads them (Azure Monitor, 'Log Analytics virtual machine extension')"),
    Attack("functions keep their state and keys in a store of unknown owner", RES, (
        az("web:WebAppApplicationSettings", {
            **RG, "name": "fn-pay", "properties": {"AzureWebJobsStorage__accountName": "collectorstore",
                                                   "AzureWebJobsStorage__credential": "managedidentity"}}),),
        "critical", "he reads the keys of the functions and what they work on (Azure Functions, 'Connecting to host "
        "storage with an identity')"),
)  # fmt: skip
