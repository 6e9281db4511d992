"""Attacks beside those of the twenty-fourth set on Azure: the same causes in other places and spellings.

Written on 2026-12-02 with the rules at hand. Properties by pulumi-azure-native 3.29.0.
"""

from collections.abc import Mapping

from ..blind import GROUP, HERE, OURS, RG, SUB, Given, az
from ..harness import UNKNOWN
from . import Attack
from .twenty_fourth_azure import STORAGE, activation, assigned, custom_role
from .twenty_fourth_azure_flow import ARM, CLUSTER, GROUPS, SAFE, SCHEMA

ROLES, ENDS, OPEN, ESC = ("FJ-IDN-214",), ("FJ-IDN-201",), ("FJ-EXP-127",), ("FJ-ESC-102",)
SQL = "Microsoft.Sql/locations/longTermRetentionServers/longTermRetentionDatabases/longTermRetentionBackups"
VAULT = "Microsoft.KeyVault/vaults"
CHECK = (
    '<validate-azure-ad-token tenant-id="11111111-2222-3333-4444-555555555555"><audiences><audience>api://ledger'
    "</audience></audiences></validate-azure-ad-token>"
)


def workflow(method: str, uri: str) -> tuple[Given, ...]:
    """Returns a workflow that makes one request each night as its identity."""
    return (az("logic:Workflow", {
        **HERE, "workflowName": "nightly", "state": "Enabled", "identity": {"type": "SystemAssigned"},
        "accessControl": {"triggers": {"allowedCallerIpAddresses": []},
                          "contents": {"allowedCallerIpAddresses": [{"addressRange": "10.20.0.0/16"}]}},
        "definition": {
            "$schema": SCHEMA, "contentVersion": "1.0.0.0",
            "triggers": {"nightly": {"type": "Recurrence", "recurrence": {"frequency": "Day", "interval": 1}}},
            "actions": {"call": {"type": "Http", "runAfter": {}, "inputs": {
                "method": method, "uri": uri,
                "authentication": {"type": "ManagedServiceIdentity", "audience": f"{ARM}/"}}}}}}),)  # fmt: skip


def joining(condition: Mapping[str, object]) -> tuple[Given, ...]:
    """Returns a policy that puts networks into the group of a network manager."""
    return (az("authorization:PolicyDefinition", {
        "policyDefinitionName": "networks", "policyType": "Custom", "mode": "Microsoft.Network.Data",
        "displayName": "Networks", "policyRule": {"if": condition, "then": {
            "effect": "addToNetworkGroup", "details": {
                "networkGroupId": f"{OURS}.Network/networkManagers/nm/networkGroups/mesh"}}}}),)  # fmt: skip


def api(outbound: str, inbound: str = "") -> tuple[Given, ...]:
    """Returns a policy of an API that checks its callers."""
    return (az("apimanagement:ApiPolicy", {
        **RG, "serviceName": "apim-bank", "apiId": "ledger", "policyId": "policy", "format": "rawxml", "value":
        f"<policies><inbound><base />{CHECK}{inbound}</inbound><backend><base /></backend><outbound><base />{outbound}"
        "</outbound><on-error><base /></on-error></policies>"}),)  # fmt: skip


def backup(**parameters: object) -> tuple[Given, ...]:
    """Returns the backup of a cluster."""
    return (az("dataprotection:BackupInstance", {
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
                        "includeClusterScopeResources": True, "snapshotVolumes": True, **parameters}]}}}},
        "backup"),)  # fmt: skip


def looping(*activities: dict[str, object]) -> tuple[Given, ...]:
    """Returns a pipeline of a data factory."""
    return (az("datafactory:Pipeline", {
        **RG, "factoryName": "adf-bank", "pipelineName": "waits", "activities": list(activities)}),)  # fmt: skip


def until(expression: str) -> dict[str, object]:
    """Returns a loop that asks until its expression is true."""
    return {"name": "wait", "type": "Until", "expression": {"type": "Expression", "value": expression}, "activities": [{
        "name": "ask", "type": "Lookup", "policy": SAFE, "dataset": {
            "referenceName": "rows", "type": "DatasetReference"},
        "source": {"type": "AzureSqlSource", "sqlReaderQuery": "SELECT COUNT(*) FROM orders"}}]}  # fmt: skip


def machine(**more: object) -> Given:
    """Returns a machine of Azure Arc."""
    return az("hybridcompute:Machine", {**HERE, "machineName": "branch-08", **more}, "machine")


def incident(status: str) -> tuple[Given, ...]:
    """Returns an incident of Microsoft Sentinel."""
    return (az("securityinsights:Incident", {
        **RG, "workspaceName": "log-bank", "incidentId": "88888888-9999-0000-1111-222222222222",
        "title": "Exercise of the month", "severity": "Low", "status": status}, "incident"),)  # fmt: skip


ATTACKS: tuple[Attack, ...] = (
    *(Attack(f"a role of a group removes for good: {name}", ROLES, custom_role("hygiene", data=(name,)), "major",
             "soft deletion keeps nothing of it") for name in (
                 f"{VAULT}/secrets/purge/action", f"{VAULT}/certificates/purge/action",
                 f"{STORAGE}/blobServices/containers/blobs/permanentDelete/action")),
    *(Attack(f"a role takes backups of years away: {name}", ROLES, custom_role("cleaners", name, scope=scope),
             "critical", "no deployment makes them again") for name, scope in (
                 (f"{SQL}/delete", GROUP), (f"{SQL}/*", SUB),
                 ("Microsoft.Compute/restorePointCollections/restorePoints/delete", GROUP),
                 ("Microsoft.DBforPostgreSQL/flexibleServers/backups/delete", SUB),
                 ("Microsoft.CognitiveServices/locations/resourceGroups/deletedAccounts/delete", SUB))),
    Attack("a role of a group deletes each table of records", ROLES, custom_role(
        "log hygiene", "Microsoft.OperationalInsights/workspaces/tables/*"), "critical", "records end"),
    Attack("a role of a group writes whatever subnets are", ROLES, custom_role(
        "subnets", "Microsoft.Network/virtualNetworks/subnets/*"), "critical", "their rules and routes end"),
    Attack("a role of a group puts addresses on interfaces of others", ROLES, custom_role(
        "interfaces", "Microsoft.Network/networkInterfaces/*", "Microsoft.Network/publicIPAddresses/*/action"),
        "critical", "machines of others are reached from the internet"),
    *(Attack(f"a role on the subscription that clusters or keys come with: {role}", ENDS, assigned(role, kind=kind),
             "critical", "iann0036/iam-dataset 2073fa52 azure/built-in-roles-raw.json, read 2026-12-02")
      for role, kind in (("dffb1e0c-446f-4dde-a09f-99eb5cc68b96", "Group"),
                         ("79a36d98-eb96-4a76-ae1d-481dc98d2c23", "ServicePrincipal"),
                         ("ea01e6af-a1c1-4350-9563-ad00f8c72ec5", "Group"),
                         ("a68e7c17-0ab2-4c09-9a58-125dae29748c", "Group"))),
    Attack("people have the keys of each account of documents of a group", (*ENDS, *ROLES), assigned(
        "fbdf93bf-df7d-467e-a4d2-9458aa1360c8", GROUP), "critical", "its keys read every document"),
    Attack("a machine of Arc has a key that nobody knows before deployment", ("FJ-ESC-115",), (
        machine(identity={"type": "SystemAssigned"}, clientPublicKey="-----BEGIN PUBLIC KEY-----\nMIIB"),),
        "critical", "its owner has the identity"),
    *(Attack(f"a role is activated without a second factor: {text}", ("FJ-IDN-210",), activation(
        {"id": "Enablement_EndUser_Assignment", "ruleType": "RoleManagementPolicyEnablementRule", "enabledRules": []},
        {"id": "AuthenticationContext_EndUser_Assignment", "isEnabled": True, "ruleType":
            "RoleManagementPolicyAuthenticationContextRule", **context}), "critical", "nothing is asked for")
      for text, context in (("no context", {}), ("a blank context", {"claimValue": "  "}))),
    Attack("production is put beneath what is on its way out", OPEN, (az("management:ManagementGroup", {
        "groupId": "bank-prod-core", "details": {"parent": {"id": f"{GROUPS}/bank-decommissioned"}}}),),
        "critical", "policies of production end"),
    Attack("landing zones are put beneath a sandbox of the same program", OPEN, (
        az("management:ManagementGroup", {"groupId": "mg-7", "displayName": "Sandbox"}, "trials"),
        az("management:ManagementGroup", {
            "groupId": "mg-8", "displayName": "Landing zones", "details": {"parent": {"id": UNKNOWN}}}, "zones",
           links={"details": ("trials",)})), "critical", "policies of production end"),
    *(Attack(f"a workflow calls the manager of resources: {method} {end}", ESC, workflow(method, f"{ARM}{end}"),
             "critical", "the identity of the workflow does it") for method, end in (
                 ("POST", "/batch"), ("@{variables('method')}", "//$batch?api-version=2021-04-01"),
                 ("DELETE", f"{SUB}/resourceGroups/@{{variables('group')}}?api-version=2021-04-01"),
                 ("DELETE", f"{OURS}.Storage/storageAccounts/stledger?api-version=2023-05-01"),
                 ("delete", f"{OURS}.Sql/servers/sql-bank/databases/ledger?api-version=2023-08-01"))),
    *(Attack(f"each network joins a group by a condition that always holds: {text}", ESC, joining(condition),
             "critical", "each network is connected") for text, condition in (
                 ("any name", {"allOf": [{"field": "type", "equals": "Microsoft.Network/virtualNetworks"},
                                         {"field": "name", "like": "*"}]}),
                 ("a name", {"field": "name", "exists": "true"}))),
    *(Attack(f"an answer has the secret of a named value: {text}", ("FJ-EXP-207",), plan, "critical",
             "callers read it") for text, plan in (
                 ("its body", api("<set-body>{\"key\": \"{{core-api-key}}\"}</set-body>")),
                 ("an expression", api('<set-header name="x-a" exists-action="override"><value>@("{{ledger-password}}")'
                                       "</value></set-header>")),
                 ("an answer of its own", api("", "<return-response><set-status code=\"200\" /><set-header name=\"a\" "
                                              "exists-action=\"override\"><value>{{core-token}}</value></set-header>"
                                              "</return-response>")))),
    Attack("a pipeline asks for ever inside of a branch", ("FJ-COST-126",), looping({
        "name": "if", "type": "IfCondition", "expression": {"type": "Expression", "value": "@equals(1, 1)"},
        "ifTrueActivities": [until("@equals(1, 2)")]}), "major", "each activity is charged"),
    Attack("a pipeline asks until a text is another one", ("FJ-COST-126",), looping(
        until("@not(equals(toLower('A'), 'a'))")), "major", "each activity is charged"),
    Attack("an incident is opened as closed", ("FJ-ESC-115",), incident("Closed"), "major", "nobody looks at it"),
    Attack("each volume and each record of a cluster is left out of its backups", ("FJ-ESC-115",), backup(
        snapshotVolumes=False, includedNamespaces=["payments"]), "major", "data is lost"),
)  # fmt: skip
