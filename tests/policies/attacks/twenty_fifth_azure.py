"""Attacks on Azure that nobody wrote down yet: who may do what, and what decides about it (2026-12-02, twenty-fifth
set, written before any rule ran on it).

Properties by pulumi-azure-native 3.29.0. What a service does with them by its documentation, as known unless a date
stands beside it.
"""

from ..blind import GROUP, HERE, RG, SUB, az
from ..harness import Given
from . import Attack
from .twenty_fourth_azure_flow import SAFE, SCHEMA

IDN, ESC = ("FJ-IDN-",), ("FJ-ESC-", "FJ-IDN-")
TEAM = "44444444-5555-6666-7777-888888888888"
CLUSTERS = "Microsoft.ContainerService/managedClusters"
ROLES = "@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId]"
CONTRIBUTOR, VAULTS = "b24988ac-6180-42a0-ab88-20f7382dd24c", "00482a5a-887f-4fb3-b363-3b7fe8e74483"
DELEGATES = "f58310d9-a9f6-439a-9e8d-f62e7b41a168"


def data_role(name: str, *operations: str, scope: str = GROUP) -> tuple[Given, ...]:
    """Returns a custom role on data, of one resource group unless something else is stated."""
    return (az("authorization:RoleDefinition", {
        "scope": scope, "assignableScopes": [scope], "roleName": name, "roleType": "CustomRole", "description": name,
        "permissions": [{"actions": [f"{CLUSTERS}/read", f"{CLUSTERS}/listClusterUserCredential/action"],
                         "notActions": [], "dataActions": list(operations), "notDataActions": []}]},
        "role"),)  # fmt: skip


def delegate(*roles: str, more: str = "", kind: str = "Group") -> tuple[Given, ...]:
    """Returns the right of a team to assign some roles on a resource group."""
    condition = (
        "((!(ActionMatches{'Microsoft.Authorization/roleAssignments/write'})) OR "
        f"({ROLES} ForAnyOfAnyValues:GuidEquals {{{', '.join(roles)}}}{more}))"
    )
    return (az("authorization:RoleAssignment", {
        "scope": GROUP, "principalId": TEAM, "principalType": kind, "conditionVersion": "2.0", "condition": condition,
        "roleDefinitionId": f"{SUB}/providers/Microsoft.Authorization/roleDefinitions/{DELEGATES}"},
        "delegate"),)  # fmt: skip


def credential(subject: str, issuer: str = "https://token.actions.githubusercontent.com") -> tuple[Given, ...]:
    """Returns the trust of an identity in the tokens of an issuer for a subject."""
    return (az("managedidentity:FederatedIdentityCredential", {
        **RG, "resourceName": "id-payments", "federatedIdentityCredentialResourceName": "pipeline", "issuer": issuer,
        "audiences": ["api://AzureADTokenExchange"], "subject": subject}),)  # fmt: skip


def denial(test: object) -> tuple[Given, ...]:
    """Returns a policy of the bank that denies what meets a condition."""
    return (az("authorization:PolicyDefinition", {
        "policyDefinitionName": "places", "policyType": "Custom", "mode": "Indexed", "displayName": "Places",
        "metadata": {"category": "General"}, "policyRule": {"if": test, "then": {"effect": "deny"}}}),)  # fmt: skip


def statement(text: str) -> tuple[Given, ...]:
    """Returns a pipeline that runs a statement in the database of the bank."""
    return (az("datafactory:Pipeline", {
        **RG, "factoryName": "adf-bank", "pipelineName": "prepare", "concurrency": 1, "activities": [{
            "name": "prepare", "type": "Script", "policy": SAFE, "linkedServiceName": {
                "referenceName": "sql-bank", "type": "LinkedServiceReference"},
            "scripts": [{"type": "NonQuery", "text": text}]}]}),)  # fmt: skip


def directory(method: str, path: str, connection: str = "azuread", **body: object) -> tuple[Given, ...]:
    """Returns a workflow that writes to the directory by a connector."""
    return (az("logic:Workflow", {
        **HERE, "workflowName": "joiners", "state": "Enabled", "identity": {"type": "SystemAssigned"},
        "accessControl": {"triggers": {"allowedCallerIpAddresses": []},
                          "contents": {"allowedCallerIpAddresses": [{"addressRange": "10.20.0.0/16"}]}},
        "definition": {
            "$schema": SCHEMA, "contentVersion": "1.0.0.0",
            "triggers": {"nightly": {"type": "Recurrence", "recurrence": {"frequency": "Day", "interval": 1}}},
            "actions": {"change": {"type": "ApiConnection", "runAfter": {}, "inputs": {
                "host": {"connection": {"name": f"@parameters('$connections')['{connection}']['connectionId']"}},
                "method": method, "path": path, "body": body}}}}}),)  # fmt: skip


def namespace(**more: object) -> tuple[Given, ...]:
    """Returns a namespace of a cluster that Azure manages."""
    return (az("containerservice:ManagedNamespace", {
        **HERE, "resourceName": "aks-shared", "managedNamespaceName": "payments", "properties": {
            "labels": {**HERE["tags"], "pod-security.kubernetes.io/enforce": "restricted"},
            "defaultNetworkPolicy": {"ingress": "AllowSameNamespace", "egress": "DenyAll"},
            "defaultResourceQuota": {"cpuRequest": "4", "cpuLimit": "8", "memoryRequest": "8Gi",
                                     "memoryLimit": "16Gi"}, **more}}, "payments"),)  # fmt: skip


ATTACKS = (
    Attack("developers are administrators of each cluster of their group, by a role of the bank's own", IDN, data_role(
        "cluster developers", f"{CLUSTERS}/*"),
        "critical", "the data actions are those of Azure Kubernetes Service RBAC Cluster Admin (Azure, 'Azure built-in "
        "roles for Containers')"),
    Attack("a team may give itself Contributor and every secret of its group", IDN, delegate(CONTRIBUTOR, VAULTS),
        "critical", "a condition that names the roles lets each of them be assigned, to oneself too (Azure, 'Delegate "
        "Azure access management to others')"),
    Attack("whoever has a repository at GitHub is the identity of payments", IDN, credential(
        "environment:production"),
        "critical", "the owner of a repository says of which claims the subject of its tokens is made, and one may be "
        "environment alone (docs.github.com/en/actions/reference/security/oidc, include_claim_keys, read 2026-12-02)"),
    Attack("the policy of places asks for less than none", ESC, denial({"allOf": [
        {"field": "location", "notIn": ["uaenorth", "uaecentral"]},
        {"count": {"field": "Microsoft.Compute/virtualMachines/storageProfile.dataDisks[*]"}, "less": 0}]}),
        "critical", "no count is below nought, so that nothing is denied (Azure, 'Azure Policy definition structure "
        "policy rule', Count)"),
    Attack("a pipeline gives the database away to a contractor", ESC, statement(
        "ALTER AUTHORIZATION ON DATABASE::ledger TO [contractor@example.ae];"),
        "critical", "the owner of a database has every right in it (Transact-SQL, 'ALTER AUTHORIZATION')"),
    Attack("a workflow makes a contractor a member of the administrators", ESC, directory(
        "post", "/v1.0/groups/@{encodeURIComponent('99999999-8888-7777-6666-555555555555')}/members/$ref",
        **{"@odata.id": TEAM}),
        "critical", "the connector adds whom the body names (public programs with the connector azuread, 'Add user to "
        "group', found as strings on 2026-12-02)"),
    Attack("a stack takes over the namespace of payments and deletes it with itself", (*ESC, "FJ-RSL-"), namespace(
        adoptionPolicy="Always", deletePolicy="Delete"),
        "critical", "what others keep in it is governed, and removed, by this resource (pulumi-azure-native 3.29.0, "
        "AdoptionPolicy: always take over the existing namespace; DeletePolicy: delete both; read 2026-12-02)"),
)  # fmt: skip
