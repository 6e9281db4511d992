"""Attacks on Azure that nobody wrote down yet: what holds, what is kept and what goes where (2026-12-02, twenty-fourth
set, written before any rule ran on it).

Properties by pulumi-azure-native 3.29.0. What a service does with them by its documentation, as known unless a date
stands beside it.
"""

import json

from ..blind import GROUP, HERE, OURS, RG, SUB, az
from . import Attack

ESC = ("FJ-ESC-", "FJ-IDN-")
NET = ("FJ-EXP-", "FJ-ESC-")
RSL = ("FJ-RSL-", "FJ-ESC-")
COST = ("FJ-COST-", "FJ-ESC-")
ARM = "https://management.azure.com"
SCHEMA = "https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#"
OWNER = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635"
GROUPS = "/providers/Microsoft.Management/managementGroups"
CLUSTER = f"{OURS}.ContainerService/managedClusters/aks-payments"
SAFE = {"timeout": "0.00:10:00", "retry": 0, "secureInput": True, "secureOutput": True}
BATCH = {"requests": [{
    "httpMethod": "PUT", "name": "one", "url":
        f"{SUB}/providers/Microsoft.Authorization/roleAssignments/66666666-7777-8888-9999-000000000000"
        "?api-version=2022-04-01",
    "content": {"properties": {
        "roleDefinitionId": f"{SUB}/providers/Microsoft.Authorization/roleDefinitions/{OWNER}",
        "principalId": "44444444-5555-6666-7777-888888888888"}}}]}  # fmt: skip

ATTACKS = (
    Attack("production is moved beneath the sandbox, where no policy of it holds", (*ESC, "FJ-EXP-127"), (
        az("management:ManagementGroup", {
            "groupId": "production", "displayName": "Production",
            "details": {"parent": {"id": f"{GROUPS}/sandbox"}}}, "production"),),
        "critical", "a group inherits policies and roles of its parent alone (Azure, 'Manage your Azure subscriptions "
        "at scale with management groups', move)"),
    Attack("a pipeline makes somebody owner of the subscription by a batch of requests", ESC, (
        az("datafactory:Pipeline", {
            **RG, "factoryName": "adf-bank", "pipelineName": "joiners", "concurrency": 1, "activities": [{
                "name": "apply", "type": "WebActivity", "method": "POST",
                "url": f"{ARM}/batch?api-version=2020-06-01", "headers": {"Content-Type": "application/json"},
                "body": json.dumps(BATCH), "policy": SAFE,
                "authentication": {"type": "MSI", "resource": f"{ARM}/"}}]}),),
        "critical", "each request of a batch has a method and an address of its own (Azure Resource Manager, batch "
        "endpoint, as the Azure portal calls it)"),
    Attack("a workflow deletes the group of the records each night", ESC, (
        az("logic:Workflow", {
            **HERE, "workflowName": "tidy", "state": "Enabled", "identity": {"type": "SystemAssigned"},
            "accessControl": {"triggers": {"allowedCallerIpAddresses": []},
                              "contents": {"allowedCallerIpAddresses": [{"addressRange": "10.20.0.0/16"}]}},
            "definition": {
                "$schema": SCHEMA, "contentVersion": "1.0.0.0",
                "triggers": {"nightly": {"type": "Recurrence", "recurrence": {"frequency": "Day", "interval": 1}}},
                "actions": {"tidy": {"type": "Http", "runAfter": {}, "inputs": {
                    "method": "DELETE", "uri": f"{ARM}{SUB}/resourceGroups/rg-records?api-version=2021-04-01",
                    "authentication": {"type": "ManagedServiceIdentity", "audience": f"{ARM}/"}}}}}}),),
        "critical", "with a group goes what is in it, its workspace, accounts and vaults (Azure Resource Manager REST "
        "API, 'Resource Groups - Delete')"),
    Attack("a policy joins each network of the subscription to a mesh past the firewall", NET, (
        az("authorization:PolicyDefinition", {
            "policyDefinitionName": "networks", "policyType": "Custom", "mode": "Microsoft.Network.Data",
            "displayName": "Networks of the platform", "metadata": {"category": "Network"}, "policyRule": {
                "if": {"field": "type", "equals": "Microsoft.Network/virtualNetworks"},
                "then": {"effect": "addToNetworkGroup", "details": {
                    "networkGroupId": f"{OURS}.Network/networkManagers/nm-bank/networkGroups/mesh"}}}}, "definition"),
        az("authorization:PolicyAssignment", {
            "policyAssignmentName": "networks", "scope": SUB, "enforcementMode": "Default", "displayName": "Networks",
            "policyDefinitionId": f"{SUB}/providers/Microsoft.Authorization/policyDefinitions/networks"},
            "assignment")),
        "critical", "what its group connects, each network is connected to, whatever its program says (Azure Virtual "
        "Network Manager, 'Configuring Azure Policy with network groups')"),
    Attack("callers of an API get the key of the core system", ("FJ-ESC-", "FJ-EXP-", "FJ-IDN-"), (
        az("apimanagement:ApiPolicy", {
            **RG, "serviceName": "apim-bank", "apiId": "ledger", "policyId": "policy", "format": "rawxml",
            "value": "<policies><inbound><base />"
                     '<validate-azure-ad-token tenant-id="11111111-2222-3333-4444-555555555555">'
                     "<audiences><audience>api://ledger</audience></audiences></validate-azure-ad-token>"
                     "</inbound><backend><base /></backend><outbound><base />"
                     '<set-header name="x-upstream" exists-action="override"><value>{{core-system-key}}</value>'
                     "</set-header></outbound><on-error><base /></on-error></policies>"}),),
        "critical", "the gateway writes the secret of a named value into each answer (Azure API Management, 'Use named "
        "values in Azure API Management policies')"),
    Attack("volumes of a cluster are left out of its backups", RSL, (
        az("dataprotection:BackupInstance", {
            **RG, "vaultName": "bv-bank", "backupInstanceName": "aks-payments", "tags": HERE["tags"], "properties": {
                "objectType": "BackupInstance", "friendlyName": "aks-payments", "dataSourceInfo": {
                    "objectType": "Datasource", "resourceID": CLUSTER, "resourceName": "aks-payments",
                    "resourceLocation": "uaenorth", "resourceType": "Microsoft.ContainerService/managedClusters",
                    "resourceUri": CLUSTER, "datasourceType": "Microsoft.ContainerService/managedClusters"},
                "policyInfo": {
                    "policyId": f"{OURS}.DataProtection/backupVaults/bv-bank/backupPolicies/clusters",
                    "policyParameters": {
                        "dataStoreParametersList": [{
                            "objectType": "AzureOperationalStoreParameters", "dataStoreType": "OperationalStore",
                            "resourceGroupId": GROUP}],
                        "backupDatasourceParametersList": [{
                            "objectType": "KubernetesClusterBackupDatasourceParameters",
                            "includeClusterScopeResources": True, "snapshotVolumes": False}]}}}}),),
        "major", "objects come back, their data does not (Azure Backup, 'Back up Azure Kubernetes Service', "
        "snapshotVolumes)"),
    Attack("an incident about new owners is closed as a false alarm", RSL, (
        az("securityinsights:Incident", {
            **RG, "workspaceName": "log-bank", "incidentId": "77777777-8888-9999-0000-111111111111",
            "title": "A role was assigned on the subscription", "severity": "Informational", "status": "Closed",
            "classification": "FalsePositive", "classificationReason": "InaccurateData",
            "classificationComment": "Planned change"}),),
        "major", "nobody looks at it any more, and rules that group alerts add the next ones to it (Microsoft "
        "Sentinel, 'Incidents - Create Or Update')"),
    Attack("a stranger's front door gets a certificate for the host at which customers pay", ESC, (
        az("dns:RecordSet", {
            **RG, "zoneName": "bank.ae", "relativeRecordSetName": "_dnsauth.pay", "recordType": "TXT", "ttl": 3600,
            "txtRecords": [{"value": ["_q8mkz5vb3l1x2c4n6j7h9g0f3d5s8a2"]}]}),),
        "critical", "whoever asked for the value is owner of the name there, and gets its certificate (Azure Front "
        "Door, 'Add a custom domain', validation with a TXT record)"),
    Attack("a pipeline asks the same question for ninety days", COST, (
        az("datafactory:Pipeline", {
            **RG, "factoryName": "adf-bank", "pipelineName": "waits", "concurrency": 50, "activities": [{
                "name": "wait", "type": "Until", "timeout": "90.00:00:00",
                "expression": {"type": "Expression", "value": "@bool(0)"}, "activities": [{
                    "name": "ask", "type": "Lookup", "policy": SAFE,
                    "dataset": {"referenceName": "rows", "type": "DatasetReference"},
                    "source": {"type": "AzureSqlSource", "sqlReaderQuery": "SELECT COUNT(*) FROM orders"}}]}]}),),
        "major", "each activity is charged, as long as the expression is not true (Azure Data Factory, 'Until "
        "activity')"),
)  # fmt: skip
