"""Attacks on Azure: networks, protection, records and money (2026-11-29, fifteenth set, written blind).

Properties by pulumi-azure-native 3.29.0. Read in excerpts on 2026-11-29: 'Virtual network service tags' (routes by tags
since March 2022), billing of Flex Consumption (always ready), and the parameters of Azure Database for PostgreSQL,
which have md5 as the default of the accepted method: that attack only states what a server has. Everything else as
known. It was not found out whether spot groups of container instances and standby pools are offered in UAE
North.
"""

from ..blind import HERE, OURS, RG, az
from ..harness import UNKNOWN
from ..idioms.fourth_kubernetes import AZURE_BUDGET
from . import Attack
from .cost_services import AZURE, STACK
from .fourteenth_azure import VNET
from .tenth_azure import ID

WEAK = [{"name": name, "source": source, "blocking": True, "enabled": True, "severityThreshold": "High"}
        for name in ("Hate", "Sexual", "Violence", "Selfharm") for source in ("Prompt", "Completion")]  # fmt: skip
RSL = ("FJ-RSL-", "FJ-ESC-")
COST = ("FJ-COST-",)

ATTACKS = (
    Attack("whoever rents a machine of the region reaches ssh", ("FJ-EXP-", "FJ-ESC-"), (az("network:SecurityRule", {
        **RG, "networkSecurityGroupName": "core", "securityRuleName": "support", "name": "support", "priority": 200,
        "direction": "Inbound", "access": "Allow", "protocol": "Tcp", "sourceAddressPrefix": "AzureCloud.uaenorth",
        "sourcePortRange": "*", "destinationAddressPrefix": "10.20.0.0/16", "destinationPortRange": "22"}),),
        "critical", "the tag has addresses of all customers (Azure Virtual Network, 'Service tags', AzureCloud)"),
    Attack("what goes to any account of storage passes by the firewall", ("FJ-EXP-", "FJ-RES-", "FJ-ESC-"), (
        az("network:Route", {
            **RG, "routeTableName": "spoke", "routeName": "storage", "name": "storage", "addressPrefix": "Storage",
            "nextHopType": "Internet"}),),
        "major", "rows go to a stranger's account unseen (Azure Virtual Network, 'Service tags for user-defined "
        "routes')"),
    Attack("filters of a model let pass all but the worst", ("FJ-EXP-", "FJ-ESC-"), (az("cognitiveservices:RaiPolicy", {
        **RG, "accountName": "oai-chat", "raiPolicyName": "mild", "properties": {
            "mode": "Blocking", "basePolicyName": "Microsoft.DefaultV2", "contentFilters": WEAK}}),),
        "minor", "harm of low and medium severity reaches customers (Azure OpenAI, 'Content filtering', severity)"),
    Attack("a backup leaves out the disks with the data", RSL, (az("recoveryservices:ProtectedItem", {
        **RG, "vaultName": "rsv-bank", "fabricName": "Azure",
        "containerName": "iaasvmcontainer;iaasvmcontainerv2;rg-platform;vm",
        "protectedItemName": "vm;iaasvmcontainerv2;rg-platform;vm", "properties": {
            "protectedItemType": "Microsoft.Compute/virtualMachines", "protectionState": "Protected",
            "policyId": f"{OURS}.RecoveryServices/vaults/rsv-bank/backupPolicies/nightly",
            "sourceResourceId": f"{OURS}.Compute/virtualMachines/vm", "extendedProperties": {
                "diskExclusionProperties": {"diskLunList": [0, 1, 2, 3], "isInclusionList": False}}}}),),
        "major", "only the disk of the system can be restored (Azure Backup, 'Selective disk backup')"),
    Attack("a rule of collection keeps lines that have no time", ("FJ-RSL-", "FJ-ESC-", "FJ-EXP-"), (
        az("monitor:DataCollectionRule", {
            **HERE, "dataCollectionRuleName": "dcr-linux", "kind": "Linux", "dataSources": {"syslog": [{
                "name": "auth", "streams": ["Microsoft-Syslog"], "facilityNames": ["auth", "authpriv"],
                "logLevels": ["Info", "Notice", "Warning", "Error", "Critical", "Alert", "Emergency"]}]},
            "destinations": {"logAnalytics": [{
                "name": "bank", "workspaceResourceId": f"{OURS}.OperationalInsights/workspaces/log-bank"}]},
            "dataFlows": [{"streams": ["Microsoft-Syslog"], "destinations": ["bank"], "transformKql":
                           "source | where isnull(TimeGenerated)", "outputStream": "Microsoft-Syslog"}]}),),
        "major", "every line has one, so none is kept (Azure Monitor, 'Transformations', where)"),
    Attack("a database takes passwords that are proven by MD5", ("FJ-ENC-", "FJ-IDN-", "FJ-ESC-", "FJ-EXP-"), (
        az("dbforpostgresql:Configuration", {
            **RG, "serverName": "pg-bank", "configurationName": "azure.accepted_password_auth_method",
            "source": "user-override", "value": "md5"}),),
        "minor", "a stolen hash signs in (Azure Database for PostgreSQL, azure.accepted_password_auth_method)"),
    Attack("a thousand instances of a function are always ready", COST, (STACK, AZURE, AZURE_BUDGET, az("web:WebApp", {
        **HERE, "name": "func-claims", "kind": "functionapp,linux", "serverFarmId": UNKNOWN, "httpsOnly": True,
        "publicNetworkAccess": "Disabled", "identity": {"type": "UserAssigned", "userAssignedIdentities": [ID]},
        "clientCertEnabled": True, "clientCertMode": "Required",
        "virtualNetworkSubnetId": f"{VNET}/subnets/apps", "siteConfig": {
            "minTlsVersion": "1.2", "scmMinTlsVersion": "1.2", "ftpsState": "Disabled"}, "functionAppConfig": {
            "deployment": {"storage": {
                "type": "blobContainer", "value": UNKNOWN,
                "authentication": {"type": "UserAssignedIdentity", "userAssignedIdentityResourceId": ID}}},
            "runtime": {"name": "python", "version": "3.12"}, "scaleAndConcurrency": {
                "instanceMemoryMB": 4096, "maximumInstanceCount": 1000,
                "alwaysReady": [{"name": "http", "instanceCount": 1000}]}}})),
        "major", "each is charged by the second when idle (Azure Functions, 'Flex Consumption', always ready)"),
    Attack("an environment of apps keeps a hundred machines with accelerators", COST, (STACK, AZURE, AZURE_BUDGET,
        az("app:ManagedEnvironment", {
            **HERE, "environmentName": "env", "zoneRedundant": True, "publicNetworkAccess": "Disabled",
            "identity": {"type": "UserAssigned", "userAssignedIdentities": [ID]},
            "vnetConfiguration": {"internal": True, "infrastructureSubnetId": f"{VNET}/subnets/apps"},
            "peerAuthentication": {"mtls": {"enabled": True}},
            "peerTrafficConfiguration": {"encryption": {"enabled": True}}, "workloadProfiles": [
                {"name": "Consumption", "workloadProfileType": "Consumption"},
                {"name": "models", "workloadProfileType": "NC96-A100", "minimumCount": 100, "maximumCount": 100}]})),
        "major", "millions of dirhams a month (Azure Container Apps, 'Workload profiles', minimum)"),
    Attack("a group keeps a thousand groups of containers", COST, (STACK, AZURE, AZURE_BUDGET,
        az("containerinstance:NGroup", {
            **HERE, "ngroupsName": "workers", "elasticProfile": {"desiredCount": 1000, "maintainDesiredCount": True},
            "containerGroupProfiles": [{"resource": {
                "id": f"{OURS}.ContainerInstance/containerGroupProfiles/worker"}}]})),
        "major", "each is charged by its processors (Azure Container Instances, 'NGroups', desiredCount)"),
    Attack("two thousand machines stand by", COST, (STACK, AZURE, AZURE_BUDGET,
        az("standbypool:StandbyVirtualMachinePool", {
            **HERE, "standbyVirtualMachinePoolName": "ready", "virtualMachineState": "Running",
            "attachedVirtualMachineScaleSetId": f"{OURS}.Compute/virtualMachineScaleSets/workers",
            "elasticityProfile": {"maxReadyCapacity": 2000, "minReadyCapacity": 2000}})),
        "major", "they run and are charged (Azure Virtual Machine Scale Sets, 'Standby pools', Running)"),
)  # fmt: skip
