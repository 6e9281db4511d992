"""Good idioms of platform teams on Azure that come close to what the twenty-first set of attacks does (2026-12-01)."""

from ..blind import az
from ..harness import UNKNOWN, Given
from . import Idiom, unpriced
from .azure_platform import lock
from .fourteenth_azure_data import BRICKS, BRICKS_KEY, PARAMETERS
from .fourth import HERE, ID, LEARN, OURS, RG
from .fourth_kubernetes import AZURE_BUDGET
from .sixth_azure import endpoint
from .twelfth_azure_platform import CLOSED, OWN, audit

VAULT = f"{OURS}.RecoveryServices/vaults/rsv-bank"
GROUP = "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg-central"
DISKS = f"{OURS}.Compute/diskEncryptionSets/des-bank"
CACHE = f"{OURS}.Storage/storageAccounts/stcache"
EXTENSIONS = (
    ("IaaSAntimalware", "Microsoft.Azure.Security", {
        "AntimalwareEnabled": True, "RealtimeProtectionEnabled": "true", "ScheduledScanSettings": {
            "isEnabled": "true", "scanType": "Quick", "day": "7", "time": "120"},
        "Exclusions": {"Paths": "D:\\Data;E:\\Logs\\", "Extensions": ".mdf;.ldf;.ndf",
                       "Processes": "C:\\Program Files\\Microsoft SQL Server\\MSSQL16\\Binn\\sqlservr.exe"}}),
    ("AzureDiskEncryption", "Microsoft.Azure.Security", {
        "EncryptionOperation": "EnableEncryption", "VolumeType": "All", "KeyEncryptionAlgorithm": "RSA-OAEP",
        "KeyVaultURL": "https://kv-bank.vault.azure.net/", "KeyVaultResourceId": f"{OURS}.KeyVault/vaults/kv-bank"}),
    ("GuestAttestation", "Microsoft.Azure.Security.WindowsAttestation", {"AttestationConfig": {
        "MaaSettings": {"maaEndpoint": "", "maaTenantName": "GuestAttestation"}, "useCustomToken": "false",
        "disableAlerts": "false"}}),
    ("SqlIaaSAgent", "Microsoft.SqlServer.Management", {"ServerConfigurationsManagementSettings": {
        "SQLConnectivityUpdateSettings": {"ConnectivityType": "PRIVATE", "Port": "1433"}}}),
)  # fmt: skip


def _copied(name: str, **details: object) -> Given:
    return az("recoveryservices:ReplicationProtectedItem", {
        **RG, "resourceName": "rsv-bank", "fabricName": "dc1", "protectionContainerName": "dc1",
        "replicatedProtectedItemName": name, "properties": {
            "policyId": f"{VAULT}/replicationPolicies/day", "providerSpecificDetails": details}}, name)  # fmt: skip


def _rule(name: str, access: str, *tags: str) -> dict[str, object]:
    return {"name": name, "priority": 200 if access == "Allow" else 4000, "direction": "Outbound", "access": access,
            "protocol": "Tcp", "sourceAddressPrefix": "10.20.4.0/24", "sourcePortRange": "*",
            "destinationAddressPrefixes": list(tags), "destinationPortRange": "443"}  # fmt: skip


IDIOMS = (
    Idiom("machines are copied to the second region and from the data centre with keys of the bank", (
        _copied("vm-a", instanceType="A2A", fabricObjectId=f"{OURS}.Compute/virtualMachines/vm-a",
                recoveryContainerId=f"{VAULT}/replicationFabrics/central/replicationProtectionContainers/central",
                recoveryResourceGroupId=GROUP, vmManagedDisks=[{
                    "diskId": f"{OURS}.Compute/disks/vm-a", "primaryStagingAzureStorageAccountId": CACHE,
                    "recoveryResourceGroupId": GROUP, "recoveryDiskEncryptionSetId": DISKS}]),
        _copied("vm-b", instanceType="InMageRcm", fabricDiscoveryMachineId=UNKNOWN, processServerId=UNKNOWN,
                targetResourceGroupId=UNKNOWN, disksDefault={
                    "diskType": "Premium_LRS", "logStorageAccountId": CACHE, "diskEncryptionSetId": DISKS}),
        _copied("vm-c", instanceType="HyperVReplicaAzure", diskEncryptionSetId=DISKS, targetAzureVmName="vm-c",
                useManagedDisksForReplication="true", disksToIncludeForManagedDisks=[
                    {"diskId": "d1", "logStorageAccountId": CACHE, "diskType": "Premium_LRS"}]),
        _copied("vm-d", instanceType="InMage", masterTargetId="m", processServerId="p", multiVmGroupId="g",
                multiVmGroupName="g", retentionDrive="R", disksToInclude=["d1"])),
        f"{LEARN}/site-recovery/azure-to-azure-how-to-enable-replication-cmk-disks",
        {"residency": {"known": {GROUP: "the bank's second region, uaecentral"}}}),
    Idiom("machines have a scanner that leaves out files of the database, encrypted disks and alerts", tuple(
        az("compute:VirtualMachineExtension", {
            **HERE, "vmName": "vm-sql", "vmExtensionName": kind, "publisher": publisher, "type": kind,
            "typeHandlerVersion": "1.0", "autoUpgradeMinorVersion": True, "settings": settings}, kind.lower())
        for kind, publisher, settings in EXTENSIONS), f"{LEARN}/security/fundamentals/antimalware", OWN),
    Idiom("pipelines of the second factory use the machines of the first by its name", (
        az("datafactory:IntegrationRuntime", {
            **RG, "factoryName": "adf-reports", "integrationRuntimeName": "onprem", "properties": {
                "type": "SelfHosted", "linkedInfo": {
                    "authorizationType": "RBAC",
                    "resourceId": f"{OURS}.DataFactory/factories/adf-bank/integrationruntimes/onprem"}}}),),
        f"{LEARN}/data-factory/create-shared-self-hosted-integration-runtime-powershell"),
    Idiom("one app reads secrets of its own vault", (az("app:DaprComponent", {
        **RG, "environmentName": "cae-bank", "componentName": "vault", "scopes": ["payments"],
        "componentType": "secretstores.azure.keyvault", "version": "v1", "ignoreErrors": False,
        "metadata": [{"name": "vaultName", "value": "kv-payments"}]}),),
        f"{LEARN}/container-apps/dapr-components"),
    Idiom("a workspace of Databricks in the spoke has a catalogue with rights", (
        AZURE_BUDGET,
        az("databricks:Workspace", {
            **HERE, "workspaceName": "dbw-bank", "computeMode": "Hybrid", "sku": {"name": "premium"}, **CLOSED,
            "requiredNsgRules": "NoAzureDatabricksRules", "parameters": PARAMETERS, "defaultStorageFirewall": "Enabled",
            "defaultCatalog": {"initialType": "UnityCatalog"}, "managedResourceGroupId":
                "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg-bricks-managed",
            "accessConnector": {"id": f"{OURS}.Databricks/accessConnectors/dbac-bank", "identityType": "UserAssigned",
                                "userAssignedIdentityId": ID},
            "encryption": {"entities": {"managedServices": BRICKS_KEY, "managedDisk": {
                **BRICKS_KEY, "rotationToLatestKeyVersionEnabled": True}}}}, "workspace", protect=True),
        endpoint("dbw", BRICKS, "databricks_ui_api"), audit("workspace", BRICKS), lock(BRICKS, "workspace")),
        f"{LEARN}/azure/databricks/data-governance/unity-catalog", unpriced(
            "azure-native:databricks:Workspace::workspace")),
    Idiom("a group lets machines out to stores of the region and to the monitor, and to no other store", (
        az("network:NetworkSecurityGroup", {**HERE, "networkSecurityGroupName": "nsg-data", "securityRules": [
            _rule("stores", "Allow", "Storage.UAENorth", "Sql.uaecentral", "AzureMonitor", "AzureKeyVault.UAENorth"),
            _rule("others", "Deny", "Storage", "Internet")]}, "group"),
        az("network:AdminRule", {
            **RG, "networkManagerName": "nm", "configurationName": "base", "ruleCollectionName": "out",
            "ruleName": "stores", "kind": "Custom", "access": "Deny", "direction": "Outbound", "protocol": "Any",
            "priority": 100, "sources": [{"addressPrefix": "*", "addressPrefixType": "IPPrefix"}],
            "destinations": [{"addressPrefix": "Storage", "addressPrefixType": "ServiceTag"}]}, "rule")),
        f"{LEARN}/virtual-network/service-tags-overview"),
    Idiom("images of Microsoft and of Docker's official library are mirrored", tuple(
        az("containerregistry:CacheRule", {
            **RG, "registryName": "crbank", "cacheRuleName": name, "sourceRepository": source,
            "targetRepository": f"mirror/{name}/*"}, name)
        for name, source in (("mcr", "mcr.microsoft.com/*"), ("library", "docker.io/library/*"))),
        f"{LEARN}/container-registry/artifact-cache-overview"),
    Idiom("names of the bank and of a partner are answered before the list of blocked names", (
        az("dnsresolver:DnsResolverDomainList", {
            **HERE, "dnsResolverDomainListName": "own", "domains": ["bank.ae.", "bank.local.", "corp."]}, "own"),
        az("dnsresolver:DnsSecurityRule", {
            **HERE, "dnsResolverPolicyName": "pol", "dnsSecurityRuleName": "own", "priority": 100,
            "action": {"actionType": "Allow"}, "dnsSecurityRuleState": "Enabled",
            "dnsResolverDomainLists": [{"id": f"{OURS}.Network/dnsResolverDomainLists/own"}]}, "rule")),
        f"{LEARN}/dns/dns-security-policy", {"residency": {"known": {"bank.ae": "the bank's own domain"}}}),
    Idiom("a route drops what goes to networks of nobody, and sends updates of the firewall out", (
        az("network:RouteTable", {**HERE, "routeTableName": "rt", "routes": [
            {"name": "nobody", "addressPrefix": "10.99.0.0/16", "nextHopType": "None"},
            {"name": "monitor", "addressPrefix": "AzureMonitor", "nextHopType": "VirtualAppliance",
             "nextHopIpAddress": "10.20.0.4"}]}, "table"),),
        f"{LEARN}/virtual-network/virtual-networks-udr-overview"),
)  # fmt: skip
