"""Attacks on data, compute and networks of Azure (2026-12-01, twenty-second set, written before any rule ran on it).

Properties by pulumi-azure-native 3.29.0. What a service does with them by its documentation, as known unless a date
stands beside it.
"""

from ..blind import HERE, RG, az
from ..harness import UNKNOWN
from . import Attack
from .blind_money import STACK

RSL = ("FJ-RSL-", "FJ-ESC-115")
EXP = ("FJ-EXP-",)
IDN = ("FJ-IDN-", "FJ-ESC-115")
OUT = ("FJ-EXP-", "FJ-RES-", "FJ-ESC-115")
COST = ("FJ-COST-", "FJ-ESC-115")

ATTACKS = (
    Attack("blobs of the ledger are deleted the day after", RSL, (az("storage:ManagementPolicy", {
        **RG, "accountName": "stledger", "managementPolicyName": "default", "policy": {"rules": [{
            "name": "tidy", "type": "Lifecycle", "enabled": True, "definition": {
                "filters": {"blobTypes": ["blockBlob", "appendBlob"]},
                "actions": {"baseBlob": {"delete": {"daysAfterModificationGreaterThan": 1}},
                            "version": {"delete": {"daysAfterCreationGreaterThan": 1}},
                            "snapshot": {"delete": {"daysAfterCreationGreaterThan": 1}}}}}]}}),),
        "major", "each blob of the account is gone a day after it was written, with its versions (Azure Blob Storage, "
        "'Lifecycle management policies')"),
    Attack("documents of payments vanish within the hour", RSL, (az("cosmosdb:SqlResourceSqlContainer", {
        **RG, "accountName": "cosmos-bank", "databaseName": "payments", "containerName": "payments",
        "resource": {"id": "payments", "partitionKey": {"paths": ["/accountId"], "kind": "Hash", "version": 2},
                     "defaultTtl": 3600},
        "options": {"autoscaleSettings": {"maxThroughput": 4000}}}),),
        "major", "a document is deleted when its time to live ends (Azure Cosmos DB, 'Time to live')"),
    Attack("a pipeline deletes the records of the audit each night", RSL, (
        az("datafactory:Dataset", {
            **RG, "factoryName": "adf-bank", "datasetName": "audit", "properties": {
                "type": "Binary", "linkedServiceName": {"referenceName": "lake", "type": "LinkedServiceReference"},
                "location": {"type": "AzureBlobFSLocation", "fileSystem": "audit-records"}}}, "audit"),
        az("datafactory:Pipeline", {
            **RG, "factoryName": "adf-bank", "pipelineName": "tidy", "activities": [{
                "name": "tidy", "type": "Delete", "enableLogging": False,
                "dataset": {"referenceName": "audit", "type": "DatasetReference"},
                "storeSettings": {"type": "AzureBlobFSReadSettings", "recursive": True, "wildcardFileName": "*"}}]},
            "tidy"),
        az("datafactory:Trigger", {
            **RG, "factoryName": "adf-bank", "triggerName": "nightly", "properties": {
                "type": "ScheduleTrigger", "recurrence": {"frequency": "Day", "interval": 1,
                                                          "startTime": "2026-12-02T00:00:00Z", "timeZone": "UTC"},
                "pipelines": [{"pipelineReference": {"referenceName": "tidy", "type": "PipelineReference"}}]}},
            "nightly")),
        "major", "all files of the container are deleted, whatever their age (Azure Data Factory, 'Delete activity')"),
    Attack("a queue of payments is deleted over the weekend", RSL, (az("servicebus:Queue", {
        **RG, "namespaceName": "sb-bank", "queueName": "payments", "autoDeleteOnIdle": "P1D",
        "deadLetteringOnMessageExpiration": True, "maxDeliveryCount": 10, "lockDuration": "PT1M"}),),
        "major", "a queue that nobody uses for a day is deleted with its messages and dead letters (Azure Service Bus, "
        "'Message expiration', temporary entities)"),
    Attack("machines of every customer in the region reach the database", EXP, (az("network:SecurityRule", {
        **RG, "networkSecurityGroupName": "nsg-data", "securityRuleName": "reports", "access": "Allow",
        "direction": "Inbound", "priority": 200, "protocol": "Tcp", "sourceAddressPrefix": "AzureCloud.uaenorth",
        "sourcePortRange": "*", "destinationAddressPrefix": "10.20.4.0/24", "destinationPortRange": "1433"}),),
        "critical", "the tag has the public addresses of all machines of the region, whoever rents them (Azure Virtual "
        "Network, 'Service tags')"),
    Attack("a route leads past the firewall to machines of every customer", OUT, (az("network:Route", {
        **RG, "routeTableName": "rt-apps", "routeName": "cloud", "addressPrefix": "AzureCloud",
        "nextHopType": "Internet"}),),
        "major", "programs send to machines and stores that anybody rents, in every region, and the firewall sees "
        "nothing (Azure Virtual Network, 'Virtual network traffic routing', service tags for user-defined routes)"),
    Attack("a workspace of logs commits to fifty thousand gigabytes a day", COST, (
        STACK,
        az("operationalinsights:Workspace", {
            **HERE, "workspaceName": "log-bank", "retentionInDays": 365, "publicNetworkAccessForIngestion": "Disabled",
            "publicNetworkAccessForQuery": "Disabled", "features": {"disableLocalAuth": True},
            "sku": {"name": "CapacityReservation", "capacityReservationLevel": 50000}})),
        "major", "the commitment is charged each day whether logs arrive or not, more than 50,000 dollars a day (Azure "
        "Monitor pricing, commitment tiers)"),
    Attack("the audit of a server writes down who signs out", RSL, (az("sql:ExtendedServerBlobAuditingPolicy", {
        **RG, "serverName": "sql-bank", "blobAuditingPolicyName": "default", "state": "Enabled",
        "isAzureMonitorTargetEnabled": True, "isDevopsAuditEnabled": True,
        "auditActionsAndGroups": ["DATABASE_LOGOUT_GROUP"]}),),
        "major", "neither statements nor failed sign-ins are recorded (Azure SQL Database, 'Auditing', action groups)"),
    Attack("each app of an environment reads the vault of payments", IDN, (az("app:DaprComponent", {
        **RG, "environmentName": "cae-bank", "componentName": "vault", "componentType": "secretstores.azure.keyvault",
        "version": "v1", "metadata": [{"name": "vaultName", "value": "kv-payments"},
                                      {"name": "azureClientId", "value": "22222222-3333-4444-5555-666666666666"}]}),),
        "critical", "a component without scopes is for every app of the environment (Azure Container Apps, 'Dapr "
        "components', scopes)"),
    Attack("pods without an account of their own sign in as the identity of payments", IDN, (
        az("managedidentity:FederatedIdentityCredential", {
            **RG, "resourceName": "id-payments", "federatedIdentityCredentialResourceName": "aks",
            "audiences": ["api://AzureADTokenExchange"],
            "issuer": UNKNOWN,
            "subject": "system:serviceaccount:payments:default"}),),
        "major", "each pod of the namespace that names no account has this one (Kubernetes, 'Configure Service "
        "Accounts for Pods')"),
)  # fmt: skip
