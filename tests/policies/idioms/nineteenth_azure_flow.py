"""Good idioms of platform teams on Azure: events, copies and notebooks (set 19, blind)."""

from ..blind import az
from ..harness import UNKNOWN
from . import Idiom, unpriced
from .azure_platform import lock
from .fourth import HERE, ID, LEARN, OURS, RG, VNET
from .fourth_kubernetes import AZURE_BUDGET
from .nineteenth_azure import STORE
from .ninth_azure import CLIENT
from .sixth_azure import endpoint
from .thirteenth_azure import USER
from .twelfth_azure_platform import CLOSED, OWN, VAULT, audit

HUBS = f"{OURS}.EventHub/namespaces/evhns-trades"
FACTORY = f"{OURS}.DataFactory/factories/adf-lake"


IDIOMS: tuple[Idiom, ...] = (
    Idiom("trades pass Event Hubs of zones whose copies go to the lake, and consumers keep to one schema", (
        AZURE_BUDGET,
        az("eventhub:Namespace", {
            **HERE, "namespaceName": "evhns-trades", "sku": {"name": "Premium", "tier": "Premium",
                "capacity": 1}, **USER,
            "zoneRedundant": True, "disableLocalAuth": True, "minimumTlsVersion": "1.2", **CLOSED, "encryption": {
                "keySource": "Microsoft.KeyVault", "requireInfrastructureEncryption": True, "keyVaultProperties": [{
                    "keyName": "cmk", "keyVaultUri": VAULT["keyVaultUri"], "identity": {
                        "userAssignedIdentity": ID}}]}}, "trades", protect=True),
        az("eventhub:EventHub", {
            **RG, "namespaceName": "evhns-trades", "eventHubName": "trades", "partitionCount": 16,
                "retentionDescription": {
                "cleanupPolicy": "Delete", "retentionTimeInHours": 168}, "captureDescription": {
                    "enabled": True, "encoding": "Avro", "intervalInSeconds": 300, "sizeLimitInBytes": 314572800,
                    "skipEmptyArchives": True, "destination": {
                        "name": "EventHubArchive.AzureBlockBlob", "blobContainer": "trades", "storageAccountResourceId":
                        STORE, "archiveNameFormat":
                        "{Namespace}/{EventHub}/{PartitionId}/{Year}/{Month}/{Day}/{Hour}/{Minute}/{Second}",
                        "identity": {"type": "UserAssigned", "userAssignedIdentity": ID}}}}, "hub", links={
                            "namespaceName": ("trades",)}),
        az("eventhub:ConsumerGroup", {**RG, "namespaceName": "evhns-trades", "eventHubName": "trades",
                                      "consumerGroupName": "risk", "userMetadata": "Risk"}, "risk", links={
                                          "eventHubName": ("hub",)}),
        az("eventhub:SchemaRegistry", {
            **RG, "namespaceName": "evhns-trades", "schemaGroupName": "trades", "schemaType": "Avro",
            "schemaCompatibility": "Forward"}, "schemas", links={"namespaceName": ("trades",)}),
        az("eventhub:ApplicationGroup", {
            **RG, "namespaceName": "evhns-trades", "applicationGroupName": "risk", "isEnabled": True,
            "clientAppGroupIdentifier": f"AADAppID={CLIENT}", "policies": [{
                "type": "ThrottlingPolicy", "name": "reads", "metricId": "OutgoingBytes", "rateLimitThreshold":
                10485760}]}, "fair", links={"namespaceName": ("trades",)}),
        endpoint("evh", HUBS, "namespace"), audit("trades", HUBS), lock(HUBS, "trades")),
        f"{LEARN}/well-architected/service-guides/azure-event-hubs; event-hubs/event-hubs-capture-overview",
        OWN),
    Idiom("sales are copied into the lake by a factory in a managed network that loads nothing from outside", (
        AZURE_BUDGET,
        az("datafactory:Factory", {
            **HERE, "factoryName": "adf-lake", **USER, **CLOSED, "encryption": {
                "keyName": "cmk", "vaultBaseUrl": VAULT["keyVaultUri"], "identity": {"userAssignedIdentity": ID}},
            "purviewConfiguration": {"purviewResourceId": f"{OURS}.Purview/accounts/pv-bank"}}, "lake", protect=True),
        az("datafactory:ManagedPrivateEndpoint", {
            **RG, "factoryName": "adf-lake", "managedVirtualNetworkName": "default",
                "managedPrivateEndpointName": "lake",
            "properties": {"groupId": "dfs", "privateLinkResourceId": STORE}}, "way", links={"factoryName": ("lake",)}),
        az("datafactory:IntegrationRuntime", {
            **RG, "factoryName": "adf-lake", "integrationRuntimeName": "network", "properties": {
                "type": "Managed", "description": "Inside the network", "managedVirtualNetwork": {
                    "type": "ManagedVirtualNetworkReference", "referenceName": "default"},
                        "computeProperties": {"location": "UAE North", "dataFlowProperties": {
                            "computeType": "General", "coreCount": 8, "timeToLive": 10, "cleanup": True}}}}, "network",
            links={"factoryName": ("lake",)}),
        az("datafactory:LinkedService", {
            **RG, "factoryName": "adf-lake", "linkedServiceName": "lake", "properties": {
                "type": "AzureBlobFS", "url": "https://stbank.dfs.core.windows.net", "credential": {
                    "type": "CredentialReference", "referenceName": "app"}, "connectVia": {
                        "type": "IntegrationRuntimeReference", "referenceName": "network"}}}, "files", links={
                            "factoryName": ("lake",)}),
        az("datafactory:Pipeline", {
            **RG, "factoryName": "adf-lake", "pipelineName": "sales", "concurrency": 1, "policy": {
                "elapsedTimeMetric": {"duration": "0.02:00:00"}}, "activities": [{
                    "name": "copy", "type": "Copy", "policy": {
                        "timeout": "0.01:00:00", "retry": 2, "retryIntervalInSeconds": 60, "secureInput": True,
                        "secureOutput": True}, "inputs": [{"type": "DatasetReference", "referenceName": "sales-table"}],
                    "outputs": [{"type": "DatasetReference", "referenceName": "sales-files"}], "source": {
                        "type": "AzureSqlSource", "partitionOption": "PhysicalPartitionsOfTable", "isolationLevel":
                        "ReadCommitted"}, "sink": {"type": "ParquetSink"},
                    "dataIntegrationUnits": 8, "parallelCopies": 4, "validateDataConsistency": True}]}, "sales", links={
                        "factoryName": ("lake",)}),
        endpoint("adf", FACTORY, "dataFactory"), audit("lake", FACTORY), lock(FACTORY, "lake")),
        f"{LEARN}/data-factory/managed-virtual-network-private-endpoint; data-factory/copy-activity-performance", OWN),
    Idiom("notebooks run on Databricks in the bank's own network, on disks and files under the bank's key", (
        AZURE_BUDGET,
        az("databricks:AccessConnector", {**HERE, "connectorName": "dbac-lake", **USER}, "connector"),
        az("databricks:Workspace", {
            **HERE, "workspaceName": "dbw-science", "sku": {"name": "premium"}, "managedResourceGroupId":
            "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg-dbw-science", **CLOSED,
            "requiredNsgRules": "NoAzureDatabricksRules", "computeMode": "Hybrid", "defaultStorageFirewall": "Enabled",
            "accessConnector": {"id": UNKNOWN, "identityType": "UserAssigned", "userAssignedIdentityId": ID},
            "defaultCatalog": {"initialType": "UnityCatalog"}, "enhancedSecurityCompliance": {
                "automaticClusterUpdate": {"value": "Enabled"}, "complianceSecurityProfile": {
                    "value": "Enabled", "complianceStandards": ["PCI_DSS"]},
                "enhancedSecurityMonitoring": {"value": "Enabled"}},
            "encryption": {"entities": {
                "managedServices": {"keySource": "Microsoft.Keyvault", "keyVaultProperties": VAULT},
                "managedDisk": {"keySource": "Microsoft.Keyvault", "keyVaultProperties": VAULT,
                                "rotationToLatestKeyVersionEnabled": True}}},
            "parameters": {
                "enableNoPublicIp": {"value": True}, "customVirtualNetworkId": {"value": VNET},
                    "customPublicSubnetName": {
                    "value": "dbw-host"}, "customPrivateSubnetName": {"value": "dbw-container"}, "prepareEncryption": {
                        "value": True}, "requireInfrastructureEncryption": {"value": True},
                "storageAccountSkuName": {"value": "Standard_ZRS"}}}, "science", protect=True, links={
                    "accessConnector": ("connector",)}),
        endpoint("dbw", f"{OURS}.Databricks/workspaces/dbw-science", "databricks_ui_api"),
        audit("science", f"{OURS}.Databricks/workspaces/dbw-science"),
        lock(f"{OURS}.Databricks/workspaces/dbw-science", "science")),
        f"{LEARN}/databricks/security/network/classic/private-link; databricks/security/keys/customer-managed-keys",
        {**OWN, **unpriced("azure-native:databricks:Workspace::science")}),
)  # fmt: skip
