"""Attacks on Azure: places, records and money (2026-11-30, nineteenth set, written blind).

Properties by pulumi-azure-native 3.29.0 and its docstrings. Read on 2026-11-30: "Configure node pools for node
auto-provisioning" (the default pool of AKS states no limits). Everything else as known.
"""

import base64

from ..blind import HERE, OURS, RG, SUB, THEIRS, az
from ..idioms.fourth_kubernetes import AZURE_BUDGET, SYSTEM_POOL
from . import Attack
from .cost_services import AZURE, STACK
from .tenth_azure import ID, RES

RSL = ("FJ-RSL-", "FJ-ESC-", "FJ-EXP-")
COST = ("FJ-COST-",)
ALLOWED_LOCATIONS = "/providers/Microsoft.Authorization/policyDefinitions/e56962a6-4747-49cd-b67b-bf8b01975c4c"
KEY = "https://kv-bank.vault.azure.net/keys/cmk/11111111111111111111111111111111"
PURGE = """version: v1.1.0
steps:
- cmd: acr purge --filter '.*:.*' --ago 0d --untagged
  disableWorkingDirectoryOverride: true
  timeout: 3600
"""
ONE_PLACE = f"{OURS}.Network/virtualNetworks/vnet/subnets"

ATTACKS = (
    Attack("a policy for places allows Europe too", RES, (az("authorization:PolicyAssignment", {
        "scope": SUB, "policyAssignmentName": "locations", "displayName": "Allowed locations",
        "enforcementMode": "Default", "policyDefinitionId": ALLOWED_LOCATIONS,
        "parameters": {"listOfAllowedLocations": {"value": ["uaenorth", "uaecentral", "westeurope"]}}}),),
        "major", "what others deploy may lie there (Azure Policy, 'Allowed locations')"),
    Attack("questions of customers are indexed in the search of a stranger", RES, (az("cognitiveservices:Account", {
        **HERE, "accountName": "lang-bank", "kind": "TextAnalytics", "sku": {"name": "S"}, "identity": {
            "type": "UserAssigned", "userAssignedIdentities": [ID]}, "properties": {
                "customSubDomainName": "lang-bank", "publicNetworkAccess": "Disabled", "disableLocalAuth": True,
                "restrictOutboundNetworkAccess": True, "allowedFqdnList": [], "apiProperties": {
                    "qnaAzureSearchEndpointId": f"{THEIRS}.Search/searchServices/answers"},
                "encryption": {"keySource": "Microsoft.KeyVault", "keyVaultProperties": {
                    "keyName": "cmk", "keyVersion": "11111111111111111111111111111111",
                    "keyVaultUri": "https://kv-bank.vault.azure.net/",
                    "identityClientId": "11111111-2222-3333-4444-555555555555"}}}}),),
        "critical", "sources and answers are kept there (Azure AI Language, 'Custom question answering')"),
    Attack("programs may write into every bucket of another cloud", RES, (
        az("network:FirewallPolicyRuleCollectionGroup", {
            **RG, "firewallPolicyName": "fw", "ruleCollectionGroupName": "programs", "priority": 300,
            "ruleCollections": [{
                "ruleCollectionType": "FirewallPolicyFilterRuleCollection", "name": "updates", "priority": 100,
                "action": {"type": "Allow"}, "rules": [{
                    "ruleType": "ApplicationRule", "name": "files", "sourceAddresses": ["10.20.0.0/16"],
                    "protocols": [{"protocolType": "Https", "port": 443}],
                    "targetFqdns": ["*.s3.amazonaws.com"]}]}]}),),
        "critical", "any account's bucket takes what they have (Amazon S3, virtual-hosted addresses)"),
    Attack("deletions are told to the guard until Christmas", RSL, (az("eventgrid:SystemTopicEventSubscription", {
        **RG, "systemTopicName": "subscription", "eventSubscriptionName": "soc",
        "expirationTimeUtc": "2026-12-24T00:00:00Z", "eventDeliverySchema": "CloudEventSchemaV1_0",
        "filter": {"includedEventTypes": ["Microsoft.Resources.ResourceDeleteSuccess"]},
        "deliveryWithResourceIdentity": {"identity": {"type": "SystemAssigned"}, "destination": {
            "endpointType": "ServiceBusQueue", "resourceId": f"{OURS}.ServiceBus/namespaces/sb-bank/queues/soc"}}}),),
        "major", "then the subscription is gone and nobody hears (Azure Event Grid, 'Event subscriptions', "
        "expiration)"),
    Attack("every image of the registry is deleted each night", RSL, (az("containerregistry:Task", {
        **HERE, "registryName": "crbank", "taskName": "tidy", "status": "Enabled", "timeout": 3600,
        "identity": {"type": "SystemAssigned"}, "platform": {"os": "Linux", "architecture": "amd64"},
        "agentConfiguration": {"cpu": 2}, "step": {
            "type": "EncodedTask", "encodedTaskContent": base64.b64encode(PURGE.encode()).decode()},
        "trigger": {"timerTriggers": [{"name": "night", "schedule": "0 1 * * *", "status": "Enabled"}]}}),),
        "critical", "no pod starts on a new node (Azure Container Registry, 'acr purge')"),
    Attack("records of sign-ins are kept for four days", RSL, (az("operationalinsights:Table", {
        **RG, "workspaceName": "log-bank", "tableName": "SigninLogs", "plan": "Analytics", "retentionInDays": 4,
        "totalRetentionInDays": 4}),),
        "major", "after a week nobody can say who came (Azure Monitor, 'Manage data retention')"),
    Attack("the alert on new owners asks for what is too old to be there", RSL, (az("monitor:ScheduledQueryRule", {
        **HERE, "ruleName": "owners", "kind": "LogAlert", "severity": 1, "enabled": True, "displayName": "New owners",
        "description": "Somebody was made owner", "evaluationFrequency": "PT5M", "windowSize": "PT15M",
        "autoMitigate": False, "scopes": [f"{OURS}.OperationalInsights/workspaces/log-bank"],
        "actions": {"actionGroups": [f"{OURS}.Insights/actionGroups/soc"]}, "criteria": {"allOf": [{
            "query": "AzureActivity | where OperationNameValue =~ 'Microsoft.Authorization/roleAssignments/write' "
                     "| where TimeGenerated < ago(7d)",
            "timeAggregation": "Count", "operator": "GreaterThan", "threshold": 0}]}}),),
        "major", "a rule sees two days at most, and it never rings (Azure Monitor, 'Log search alerts')"),
    Attack("earlier versions of every blob are deleted at once", RSL, (az("storage:ManagementPolicy", {
        **RG, "accountName": "stbank", "managementPolicyName": "default", "policy": {"rules": [{
            "name": "versions", "enabled": True, "type": "Lifecycle", "definition": {
                "filters": {"blobTypes": ["blockBlob"]}, "actions": {
                    "version": {"delete": {"daysAfterCreationGreaterThan": 0}},
                    "snapshot": {"delete": {"daysAfterCreationGreaterThan": 0}}}}}]}}),),
        "major", "what is overwritten cannot be restored (Azure Blob Storage, 'Lifecycle management', versions)"),
    Attack("the audit in Data Explorer is gone after a day", RSL, (az("kusto:ReadWriteDatabase", {
        **RG, "location": "uaenorth", "clusterName": "adx", "databaseName": "audit", "kind": "ReadWrite",
        "softDeletePeriod": "P1D", "hotCachePeriod": "P1D"}, "audit", protect=True),),
        "major", "yesterday's records are not queried any more (Azure Data Explorer, 'Retention policy')"),
    Attack("a bastion keeps fifty machines for its sessions", COST, (STACK, AZURE, AZURE_BUDGET,
        az("network:BastionHost", {
            **HERE, "bastionHostName": "bas", "sku": {"name": "Premium"}, "scaleUnits": 50, "disableCopyPaste": True,
            "enableShareableLink": False, "enableFileCopy": False, "enablePrivateOnlyBastion": True,
            "ipConfigurations": [{"name": "default", "subnet": {"id": f"{ONE_PLACE}/AzureBastionSubnet"}}]}, "bas")),
        "major", "about USD 7 an hour beyond the first two (Azure Bastion, pricing)"),
    Attack("a hub keeps fifty units of routing", COST, (STACK, AZURE, AZURE_BUDGET,
        az("network:VirtualHub", {
            **HERE, "virtualHubName": "hub", "addressPrefix": "10.100.0.0/23", "sku": "Standard",
            "virtualWan": {"id": f"{OURS}.Network/virtualWans/wan"},
            "virtualRouterAutoScaleConfiguration": {"minCapacity": 50}}, "hub")),
        "major", "each unit beyond two is paid by the hour (Azure Virtual WAN, pricing, routing infrastructure unit)"),
    Attack("a cluster makes machines of any size as pods ask for them", COST, (STACK, AZURE, AZURE_BUDGET,
        az("containerservice:ManagedCluster", {
            **HERE, "resourceName": "aks", "kubernetesVersion": "1.33", "dnsPrefix": "bank", "enableRBAC": True,
            "disableLocalAccounts": True, "identity": {"type": "UserAssigned", "userAssignedIdentities": [ID]},
            "sku": {"name": "Base", "tier": "Standard"}, "aadProfile": {"managed": True, "enableAzureRBAC": True},
            "apiServerAccessProfile": {"enablePrivateCluster": True, "privateDNSZone": "system"},
            "networkProfile": {"networkPlugin": "azure", "networkPluginMode": "overlay", "networkPolicy": "cilium",
                               "networkDataplane": "cilium", "outboundType": "userDefinedRouting"},
            "agentPoolProfiles": [{**SYSTEM_POOL, "enableAutoScaling": False, "count": 3}],
            "diskEncryptionSetID": f"{OURS}.Compute/diskEncryptionSets/des", "oidcIssuerProfile": {"enabled": True},
            "nodeProvisioningProfile": {"mode": "Auto", "defaultNodePools": "Auto"},
            "securityProfile": {"workloadIdentity": {"enabled": True}, "azureKeyVaultKms": {
                "enabled": True, "keyId": KEY, "keyVaultNetworkAccess": "Private",
                "keyVaultResourceId": f"{OURS}.KeyVault/vaults/kv-bank"}},
            "autoUpgradeProfile": {"upgradeChannel": "patch", "nodeOSUpgradeChannel": "NodeImage"}}, "aks",
            protect=True)),
        "major", "the default pool has no limit (AKS, 'Configure node pools for node auto-provisioning')"),
    Attack("a disk is paid for four hundred thousand operations a second", COST, (STACK, AZURE, AZURE_BUDGET,
        az("compute:Disk", {
            **HERE, "diskName": "data", "sku": {"name": "UltraSSD_LRS"}, "zones": ["1"], "diskSizeGB": 65536,
            "diskIOPSReadWrite": 400000, "diskMBpsReadWrite": 10000, "creationData": {"createOption": "Empty"},
            "networkAccessPolicy": "DenyAll", "publicNetworkAccess": "Disabled", "encryption": {
                "type": "EncryptionAtRestWithCustomerKey",
                "diskEncryptionSetId": f"{OURS}.Compute/diskEncryptionSets/des"}}, "disk", protect=True)),
        "major", "size, operations and megabytes are paid by the hour, used or not (Azure, 'Ultra disks')"),
)  # fmt: skip
