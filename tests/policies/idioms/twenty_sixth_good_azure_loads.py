"""Good programs of platform teams on Azure: lakes and loads (set 26, before any rule ran)."""

from ..blind import az
from ..harness import UNKNOWN
from . import Idiom
from .twentieth_goodb_charts import merged
from .twenty_third_azure import (
    AT,
    AVM,
    BY_IDENTITY,
    CMK,
    IDENTITY,
    LEARN,
    RG,
    alert,
    budget,
    granted,
    kept,
    private,
    records,
    with_prices,
)
from .twenty_third_azure_b import ACCOUNT

ADF = {**RG, "factoryName": "adf-core-prod"}
VAULT = "https://kv-cmk-prod.vault.azure.net/"


def reference(name: str, kind: str) -> dict[str, str]:
    """Returns what names another part of the factory."""
    return {"type": f"{kind}Reference", "referenceName": name}


IDIOMS: tuple[Idiom, ...] = (
    Idiom("the lake: folders by groups, lists of all files each week, old files cold, and what is raw is locked", (
        az("storage:StorageAccount", {
            **{key: value for key, value in ACCOUNT.items() if key != "allowedCopyScope"}, "accountName": "stlakeprod",
            "isHnsEnabled": True, "isSftpEnabled": False, "isLocalUserEnabled": False, "enableNfsV3": False,
            "dnsEndpointType": "Standard", "routingPreference": {
                "routingChoice": "MicrosoftRouting", "publishMicrosoftEndpoints": False, "publishInternetEndpoints":
                False}}, "store"),
        az("storage:BlobServiceProperties", {
            **RG, "accountName": "stlakeprod", "blobServicesName": "default", "deleteRetentionPolicy": {
                "enabled": True, "days": 30, "allowPermanentDelete": False}, "containerDeleteRetentionPolicy": {
                    "enabled": True, "days": 30}, "lastAccessTimeTrackingPolicy": {
                        "enable": True, "name": "AccessTimeTracking", "trackingGranularityInDays": 1}}, "blobs",
            links={"accountName": ("store",)}),
        *(az("storage:BlobContainer", {
            **RG, "accountName": "stlakeprod", "containerName": name, "publicAccess": "None",
            "defaultEncryptionScope": scope, "denyEncryptionScopeOverride": True}, name, links={
                "accountName": ("store",), "defaultEncryptionScope": ("scope",)}) for name, scope in (
                    ("raw", "bank"), ("refined", "bank"), ("lists", "bank"))),
        az("storage:EncryptionScope", {
            **RG, "accountName": "stlakeprod", "encryptionScopeName": "bank", "source": "Microsoft.KeyVault", "state":
            "Enabled", "requireInfrastructureEncryption": True, "keyVaultProperties": {"keyUri": CMK}}, "scope",
            links={"accountName": ("store",)}),
        az("storage:BlobContainerImmutabilityPolicy", {
            **RG, "accountName": "stlakeprod", "containerName": "raw", "immutabilityPolicyName": "default",
            "immutabilityPeriodSinceCreationInDays": 90, "allowProtectedAppendWrites": True}, "locked", links={
                "containerName": ("raw",)}),
        az("storage:ManagementPolicy", {
            **RG, "accountName": "stlakeprod", "managementPolicyName": "default", "policy": {"rules": [
                {"name": "cold", "enabled": True, "type": "Lifecycle", "definition": {
                    "filters": {"blobTypes": ["blockBlob"], "prefixMatch": ["raw/"]}, "actions": {"baseBlob": {
                        "tierToCool": {"daysAfterLastAccessTimeGreaterThan": 30}, "enableAutoTierToHotFromCool": True,
                        "tierToArchive": {"daysAfterLastAccessTimeGreaterThan": 365,
                                          "daysAfterLastTierChangeGreaterThan": 7}}}}},
                {"name": "lists", "enabled": True, "type": "Lifecycle", "definition": {
                    "filters": {"blobTypes": ["blockBlob"], "prefixMatch": ["lists/"]}, "actions": {"baseBlob": {
                        "delete": {"daysAfterModificationGreaterThan": 60}}}}}]}}, "tiers", links={
                            "accountName": ("store",)}),
        az("storage:BlobInventoryPolicy", {
            **RG, "accountName": "stlakeprod", "blobInventoryPolicyName": "default", "policy": {
                "enabled": True, "type": "Inventory", "rules": [{
                    "name": "weekly", "enabled": True, "destination": "lists", "definition": {
                        "format": "Parquet", "schedule": "Weekly", "objectType": "Blob", "schemaFields": [
                            "Name", "Last-Modified", "Content-Length", "AccessTier", "Owner", "Acl"], "filters": {
                                "blobTypes": ["blockBlob"], "prefixMatch": ["raw/", "refined/"]}}}]}}, "inventory",
            links={"accountName": ("store",)}),
        granted("readers", "refined", "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1", "Group"),
        granted("loader", "raw", "ba92f5b4-2d11-453d-a403-e96b0029c9fe"),
        az("security:DefenderForStorage", {
            "resourceId": UNKNOWN, "settingName": "current", "properties": {
                "isEnabled": True, "overrideSubscriptionLevelSettings": True, "malwareScanning": {"onUpload": {
                    "isEnabled": True, "capGBPerMonth": 500}}, "sensitiveDataDiscovery": {"isEnabled": True}}},
            "defender", links={"resourceId": ("store",)}),
        *private("store", "blob", "privatelink.blob.core.windows.net"),
        *private("store", "dfs", "privatelink.dfs.core.windows.net"), kept("store"),
        alert("store", "Microsoft.Storage/storageAccounts", "Availability", "LessThan", 99)),
        f"{LEARN}/storage/blobs/blob-inventory; .../encryption-scope-overview; {AVM}/storage/storage-account, as known",
        with_prices("security:DefenderForStorage::defender", "storage:EncryptionScope::scope")),
    Idiom("Data Factory: tables of Oracle come by a runtime of ours each night, once, with an alarm when it fails", (
        budget(15000),
        az("datafactory:Factory", {
            **AT, "factoryName": "adf-core-prod", "publicNetworkAccess": "Disabled", **BY_IDENTITY, "encryption": {
                "keyName": "cmk-data", "vaultBaseUrl": VAULT, "identity": {"userAssignedIdentity": IDENTITY}},
            "globalParameters": {"environment": {"type": "String", "value": "prod"}}}, "factory"),
        az("datafactory:IntegrationRuntime", {
            **ADF, "integrationRuntimeName": "ir-dc", "properties": {
                "type": "SelfHosted", "description": "Two machines in the data centre of Abu Dhabi",
                "selfContainedInteractiveAuthoringEnabled": False}}, "runtime", links={"factoryName": ("factory",)}),
        az("datafactory:CredentialOperation", {
            **ADF, "credentialName": "identity", "properties": {
                "type": "ManagedIdentity", "resourceId": IDENTITY}}, "identity", links={"factoryName": ("factory",)}),
        *(az("datafactory:LinkedService", {**ADF, "linkedServiceName": name, "properties": properties}, name, links={
            "factoryName": ("factory",)}) for name, properties in (
                ("vault", {"type": "AzureKeyVault", "baseUrl": "https://kv-adf-prod.vault.azure.net/", "credential": {
                    "type": "CredentialReference", "referenceName": "identity"}}),
                ("core", {"type": "Oracle", "connectVia": reference("ir-dc", "IntegrationRuntime"), "server":
                          "core.dc1.bank.ae:2484/CORE", "authenticationType": "Basic", "username": "reader",
                          "encryptionClient": "required", "password": {
                              "type": "AzureKeyVaultSecret", "secretName": "core-reader", "store": reference(
                                  "vault", "LinkedService")}}),
                ("lake", {"type": "AzureBlobFS", "url": "https://stlakeprod.dfs.core.windows.net", "connectVia":
                          reference("ir-dc", "IntegrationRuntime"), "credential": {
                              "type": "CredentialReference", "referenceName": "identity"}}))),
        az("datafactory:Dataset", {**ADF, "datasetName": "core-table", "properties": {
            "type": "OracleTable", "linkedServiceName": reference("core", "LinkedService"), "parameters": {
                "table": {"type": "String"}}, "table": {"type": "Expression", "value": "@dataset().table"}}},
           "core-table", links={"properties": ("core",)}),
        az("datafactory:Dataset", {**ADF, "datasetName": "lake-table", "properties": {
            "type": "Parquet", "linkedServiceName": reference("lake", "LinkedService"), "location": {
                "type": "AzureBlobFSLocation", "fileSystem": "raw", "folderPath": "core"}, "compressionCodec":
            "snappy"}}, "lake-table", links={"properties": ("lake",)}),
        az("datafactory:Pipeline", {
            **ADF, "pipelineName": "load-core", "concurrency": 1, "annotations": ["core"], "parameters": {
                "tables": {"type": "Array", "defaultValue": ["ACCOUNTS", "CUSTOMERS", "POSTINGS"]}}, "activities": [{
                    "type": "ForEach", "name": "each", "isSequential": False, "batchCount": 4, "items": {
                        "type": "Expression", "value": "@pipeline().parameters.tables"}, "activities": [{
                        "type": "Copy", "name": "copy", "policy": {
                            "timeout": "0.04:00:00", "retry": 2, "retryIntervalInSeconds": 300, "secureInput": True,
                            "secureOutput": True}, "inputs": [{**reference("core-table", "Dataset"), "parameters": {
                                "table": {"value": "@item()", "type": "Expression"}}}], "outputs": [
                                    reference("lake-table", "Dataset")], "source": {
                            "type": "OracleSource", "partitionOption": "PhysicalPartitionsOfTable", "queryTimeout":
                            "02:00:00"}, "sink": {"type": "ParquetSink", "storeSettings": {
                                "type": "AzureBlobFSWriteSettings"}, "formatSettings": {
                                    "type": "ParquetWriteSettings"}}, "enableStaging": False}]}]}, "load", links={
                "factoryName": ("factory",)}),
        az("datafactory:Trigger", {
            **ADF, "triggerName": "nightly", "properties": {
                "type": "TumblingWindowTrigger", "frequency": "Hour", "interval": 24, "startTime":
                "2026-12-02T18:00:00Z", "delay": "00:15:00", "maxConcurrency": 1, "retryPolicy": {
                    "count": 2, "intervalInSeconds": 600}, "pipeline": {"pipelineReference": reference(
                        "load-core", "Pipeline")}}}, "nightly", links={"factoryName": ("factory",)}),
        *private("factory", "dataFactory", "privatelink.datafactory.azure.net"), records("factory"), kept("factory"),
        alert("factory", "Microsoft.DataFactory/factories", "PipelineFailedRuns", "GreaterThan", 0)),
        f"{LEARN}/data-factory/connector-oracle; .../create-self-hosted-integration-runtime, as known",
        merged(with_prices("datafactory:Factory::factory", "datafactory:IntegrationRuntime::runtime"), {
            "residency": {"known": {
                "stlakeprod.dfs.core.windows.net": "our own lake, in uaenorth",
                **{f"{name}.vault.azure.net": "our own vault, in uaenorth" for name in (
                    "kv-adf-prod", "kv-cmk-prod")}}}})),
)  # fmt: skip
