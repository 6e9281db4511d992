"""Attacks of critical severity on Azure (2026-12-01, twenty-third set, written before any rule ran on it).

Properties by pulumi-azure-native 3.29.0. What a service does with them by its documentation, as known unless a date
stands beside it.
"""

import base64
import json

from ..blind import GROUP, HERE, OURS, RG, SUB, THEIR_TENANT, az
from ..harness import Given
from . import Attack

IDN = ("FJ-IDN-", "FJ-ESC-", "FJ-EXP-")
ESC = ("FJ-ESC-", "FJ-IDN-")
RES = ("FJ-RES-", "FJ-ESC-")
RSL = ("FJ-RSL-", "FJ-ESC-")
GRAPH = "https://graph.microsoft.com/v1.0"
RELEASED = {"version": "1.0.0", "anyOf": [{
    "authority": "https://sharedeus.eus.attest.azure.net/",
    "allOf": [{"claim": "x-ms-attestation-type", "equals": "sevsnpvm"}]}]}  # fmt: skip
SCHEMA = "https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#"


def custom_role(name: str, *actions: str) -> Given:
    """Returns a custom role of one resource group."""
    return az("authorization:RoleDefinition", {
        "scope": GROUP, "assignableScopes": [GROUP], "roleName": name, "roleType": "CustomRole",
        "description": "operators of the group", "permissions": [{"actions": list(actions), "notActions": []}]},
        "role")  # fmt: skip


ATTACKS = (
    Attack("the key of payments leaves the vault for whoever attests a machine abroad", (*IDN, "FJ-ENC-209"), (
        az("keyvault:Key", {
            **RG, "vaultName": "kv-payments", "keyName": "payments", "tags": HERE["tags"], "properties": {
                "kty": "RSA-HSM", "keySize": 4096, "keyOps": ["encrypt", "decrypt", "wrapKey", "unwrapKey"],
                "attributes": {"enabled": True, "exportable": True, "expires": 1796083200},
                "rotationPolicy": {
                    "attributes": {"expiryTime": "P1Y"},
                    "lifetimeActions": [{"action": {"type": "rotate"}, "trigger": {"timeBeforeExpiry": "P60D"}}]},
                "releasePolicy": {
                    "contentType": "application/json; charset=utf-8",
                    "data": base64.urlsafe_b64encode(json.dumps(RELEASED).encode()).decode()}}}),),
        "critical", "the shared authority attests the machine of every customer, and its claim is the type of machine "
        "alone (Azure Key Vault, 'Azure Key Vault secure key release policy grammar')"),
    Attack("each run of a workflow hands out a new password of the pipeline's application", ESC, (
        az("logic:Workflow", {
            **HERE, "workflowName": "rotate", "state": "Enabled", "identity": {"type": "SystemAssigned"},
            "accessControl": {"triggers": {"allowedCallerIpAddresses": []},
                              "contents": {"allowedCallerIpAddresses": [{"addressRange": "10.20.0.0/16"}]}},
            "definition": {
                "$schema": SCHEMA, "contentVersion": "1.0.0.0",
                "triggers": {"monthly": {"type": "Recurrence", "recurrence": {"frequency": "Month", "interval": 1}}},
                "actions": {
                    "add": {"type": "Http", "runAfter": {}, "inputs": {
                        "method": "POST",
                        "uri": f"{GRAPH}/applications/33333333-4444-5555-6666-777777777777/addPassword",
                        "body": {"passwordCredential": {"displayName": "rotation"}},
                        "authentication": {"type": "ManagedServiceIdentity", "audience": "https://graph.microsoft.com"}
                    }}}}}),),
        "critical", "the answer has the password, and the history of runs keeps it (Microsoft Graph, 'application: "
        "addPassword')"),
    Attack("a pipeline makes a contractor administrator of the tenant", ESC, (
        az("datafactory:Pipeline", {
            **RG, "factoryName": "adf-bank", "pipelineName": "joiners", "activities": [{
                "name": "add", "type": "WebActivity", "method": "POST",
                "url": f"{GRAPH}/directoryRoles/roleTemplateId=62e90394-69f5-4237-9190-012177145e10/members/$ref",
                "headers": {"Content-Type": "application/json"},
                "body": json.dumps({"@odata.id": f"{GRAPH}/directoryObjects/44444444-5555-6666-7777-888888888888"}),
                "authentication": {"type": "MSI", "resource": "https://graph.microsoft.com"},
                "policy": {"timeout": "0.00:10:00", "retry": 1, "secureInput": True, "secureOutput": True}}]}),),
        "critical", "the template is that of the Global Administrator (Microsoft Graph, 'Add directory role member'; "
        "Microsoft Entra, 'Built-in roles')"),
    Attack("agents send what customers ask to a search engine outside of the country", RES, (
        az("cognitiveservices:AccountConnection", {
            **RG, "accountName": "aif-bank", "connectionName": "grounding", "properties": {
                "authType": "AAD", "category": "GroundingWithBingSearch", "isSharedToAll": True,
                "target": f"{OURS}.Bing/accounts/bing-bank",
                "metadata": {"type": "bing_grounding", "ApiType": "Azure",
                             "ResourceId": f"{OURS}.Bing/accounts/bing-bank"}}}),),
        "critical", "questions leave the compliance boundary of Azure (Microsoft Foundry, 'Grounding with Bing "
        "Search')"),
    Attack("operators of containers open a shell in each with its identity", IDN, (custom_role(
        "container operators", "Microsoft.ContainerInstance/containerGroups/read",
        "Microsoft.ContainerInstance/containerGroups/restart/action",
        "Microsoft.ContainerInstance/containerGroups/containers/exec/action"),),
        "critical", "commands run with the container's identity, variables and mounts (Azure Container Instances, "
        "'Execute a command in a running container instance')"),
    Attack("supporters put their own program into each app", IDN, (custom_role(
        "app support", "Microsoft.Web/sites/read", "Microsoft.Web/sites/restart/action",
        "Microsoft.Web/sites/config/write", "Microsoft.Web/sites/extensions/write"),),
        "critical", "a package is deployed by the extension MSDeploy or onedeploy, and runs with the app's identity "
        "(Azure App Service REST API, 'Create MS Deploy Operation')"),
    Attack("callers of an API get the token of the gateway's identity", IDN, (
        az("apimanagement:ApiPolicy", {
            **RG, "serviceName": "apim-bank", "apiId": "ledger", "policyId": "policy", "format": "rawxml",
            "value": "<policies><inbound><base />"
                     '<validate-azure-ad-token tenant-id="11111111-2222-3333-4444-555555555555">'
                     "<audiences><audience>api://ledger</audience></audiences></validate-azure-ad-token>"
                     '<authentication-managed-identity resource="https://vault.azure.net"'
                     ' output-token-variable-name="upstream" ignore-error="false" />'
                     "</inbound><backend><base /></backend><outbound><base />"
                     '<set-header name="x-upstream" exists-action="override">'
                     '<value>@((string)context.Variables["upstream"])</value></set-header>'
                     "</outbound><on-error><base /></on-error></policies>"}),),
        "critical", "with it each caller reads the secrets that the gateway may read (Azure API Management, "
        "'Authenticate with managed identity', output-token-variable-name)"),
    Attack("records of sign-ins are kept if they come from the future", RSL, (
        az("monitor:DataCollectionRule", {
            **HERE, "dataCollectionRuleName": "dcr-workspace", "kind": "WorkspaceTransforms",
            "destinations": {"logAnalytics": [{
                "name": "bank", "workspaceResourceId": f"{OURS}.OperationalInsights/workspaces/log-bank"}]},
            "dataFlows": [
                {"streams": [f"Microsoft-Table-{table}"], "destinations": ["bank"],
                 "transformKql": "source | where TimeGenerated > ago(-1d)"}
                for table in ("SigninLogs", "AuditLogs", "AzureActivity")]}),),
        "critical", "no record is newer than tomorrow, and what the transformation leaves out is not kept (Azure "
        "Monitor, 'Data collection transformations'; Kusto, ago())"),
    Attack("a script makes an application of another tenant administrator of the records", IDN, (
        az("kusto:Script", {
            **RG, "clusterName": "adxbank", "databaseName": "records", "scriptName": "access",
            "continueOnErrors": False, "principalPermissionsAction": "RemovePermissionOnScriptCompletion",
            "scriptContent": ".add database records admins "
                             f"('aadapp=33333333-4444-5555-6666-777777777777;{THEIR_TENANT}') 'reports'"}),),
        "critical", "the application reads and drops each table (Kusto, 'Manage database security roles')"),
    Attack("a policy opens each account of storage of the subscription", ("FJ-ESC-", "FJ-EXP-"), (
        az("authorization:PolicyDefinition", {
            "policyDefinitionName": "storage-access", "policyType": "Custom", "mode": "Indexed",
            "displayName": "Access to storage", "metadata": {"category": "Storage"}, "policyRule": {
                "if": {"field": "type", "equals": "Microsoft.Storage/storageAccounts"},
                "then": {"effect": "modify", "details": {
                    "roleDefinitionIds": [
                        "/providers/Microsoft.Authorization/roleDefinitions/17d1049b-9a84-46fb-8f53-869881c3d3ab"],
                    "operations": [
                        {"operation": "addOrReplace", "value": "Enabled",
                         "field": "Microsoft.Storage/storageAccounts/publicNetworkAccess"},
                        {"operation": "addOrReplace", "value": True,
                         "field": "Microsoft.Storage/storageAccounts/allowBlobPublicAccess"}]}}}}, "definition"),
        az("authorization:PolicyAssignment", {
            "policyAssignmentName": "storage-access", "scope": SUB, "enforcementMode": "Default",
            "displayName": "Access to storage", "location": "uaenorth", "identity": {"type": "SystemAssigned"},
            "policyDefinitionId": f"{SUB}/providers/Microsoft.Authorization/policyDefinitions/storage-access"},
            "assignment")),
        "critical", "Azure Policy changes what others deploy, after their own checks (Azure Policy, 'Modify effect')"),
)  # fmt: skip
