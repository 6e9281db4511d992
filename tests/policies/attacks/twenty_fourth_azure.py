"""Attacks on Azure that nobody wrote down yet: roles and who is who (2026-12-02, twenty-fourth set, written before any
rule ran on it).

Properties by pulumi-azure-native 3.29.0. What a service does with them by its documentation, as known unless a date
stands beside it.
"""

from ..blind import GROUP, HERE, SUB, az
from ..harness import UNKNOWN, Given
from . import Attack

IDN, ESC = ("FJ-IDN-",), ("FJ-ESC-", "FJ-IDN-")
TEAM = "44444444-5555-6666-7777-888888888888"
STORAGE = "Microsoft.Storage/storageAccounts"
BLOBS = f"{STORAGE}/blobServices/containers/blobs"


def custom_role(name: str, *actions: str, data: tuple[str, ...] = (), scope: str = GROUP) -> tuple[Given, ...]:
    """Returns a custom role, of one resource group unless something else is stated."""
    return (az("authorization:RoleDefinition", {
        "scope": scope, "assignableScopes": [scope], "roleName": name, "roleType": "CustomRole", "description": name,
        "permissions": [{"actions": list(actions), "notActions": [], "dataActions": list(data)}]},
        "role"),)  # fmt: skip


def assigned(role: str, scope: str = SUB, kind: str = "Group") -> tuple[Given, ...]:
    """Returns the assignment of a built-in role, by the id of the role, to a team."""
    return (az("authorization:RoleAssignment", {
        "scope": scope, "principalId": TEAM, "principalType": kind, "roleDefinitionId":
        f"{SUB}/providers/Microsoft.Authorization/roleDefinitions/{role}"}, "assignment"),)  # fmt: skip


def activation(*rules: dict[str, object]) -> tuple[Given, ...]:
    """Returns a policy on the activation of a role."""
    return (az("authorization:RoleManagementPolicy", {
        "scope": SUB, "roleManagementPolicyName": TEAM, "rules": list(rules)}, "activation"),)  # fmt: skip


ATTACKS = (
    Attack("operators of keys delete and purge each key of the platform's vaults", IDN, custom_role(
        "key rotation", "Microsoft.KeyVault/vaults/read", data=tuple(
            f"Microsoft.KeyVault/vaults/keys/{name}" for name in ("read", "rotate/action", "delete", "purge/action"))),
        "major", "what a purged key encrypted is lost (Azure permissions reference, Microsoft.KeyVault/vaults/keys)"),
    Attack("operators of storage remove what versions and soft deletion keep", IDN, custom_role(
        "storage hygiene", f"{STORAGE}/read", f"{STORAGE}/blobServices/containers/read", data=(
            f"{BLOBS}/read", f"{BLOBS}/deleteBlobVersion/action", f"{BLOBS}/permanentDelete/action")),
        "critical", "nothing brings such a blob back (Azure permissions reference, permanentDelete: permanently delete "
        "a blob overriding soft-delete)"),
    Attack("operators of networks give each machine a public address", IDN, custom_role(
        "network support", "Microsoft.Network/networkInterfaces/read", "Microsoft.Network/networkInterfaces/write",
        "Microsoft.Network/networkInterfaces/join/action", "Microsoft.Network/networkSecurityGroups/join/action",
        "Microsoft.Network/publicIPAddresses/read", "Microsoft.Network/publicIPAddresses/join/action",
        "Microsoft.Network/virtualNetworks/subnets/join/action"),
        "critical", "with an address and another group of rules, whoever likes reaches the machine, past the firewall "
        "(Azure, 'Associate a public IP address to a virtual machine', permissions)"),
    Attack("operators of networks take the firewall and the rules off each subnet", IDN, custom_role(
        "subnet support", "Microsoft.Network/virtualNetworks/read", "Microsoft.Network/virtualNetworks/subnets/read",
        "Microsoft.Network/virtualNetworks/subnets/write"),
        "critical", "a subnet is written as a whole: without its table of routes and group of rules, machines reach "
        "the internet by the system's route (Azure, 'Subnets - Create Or Update')"),
    Attack("operators of jobs run an image of their own as each job", IDN, custom_role(
        "job operators", "Microsoft.App/jobs/read", "Microsoft.App/jobs/start/action",
        "Microsoft.App/jobs/executions/read"),
        "critical", "the request to start has the image, the command and the variables of that run, which has the "
        "identity and the secrets of the job (Azure Container Apps REST API, 'Jobs - Start', JobExecutionTemplate)"),
    Attack("operators of a workspace end what it records", IDN, custom_role(
        "log hygiene", "Microsoft.OperationalInsights/workspaces/read",
        "Microsoft.OperationalInsights/workspaces/tables/read", "Microsoft.OperationalInsights/workspaces/tables/write",
        "Microsoft.OperationalInsights/workspaces/tables/delete", "Microsoft.Insights/dataCollectionRules/read",
        "Microsoft.Insights/dataCollectionRules/write"),
        "critical", "a table is kept four days, or a rule leaves out each line that it collects (Azure Monitor, "
        "'Tables - Create Or Update', retentionInDays; 'Data collection transformations')"),
    Attack("operators of the subscription delete the backups of years", IDN, custom_role(
        "cleaners", "Microsoft.Sql/locations/longTermRetentionServers/longTermRetentionDatabases/"
        "longTermRetentionBackups/read", "Microsoft.Sql/locations/longTermRetentionServers/longTermRetentionDatabases/"
        "longTermRetentionBackups/delete", "Microsoft.Compute/restorePointCollections/restorePoints/delete",
        "Microsoft.Compute/snapshots/delete", scope=SUB),
        "critical", "no deployment makes them again (Azure SQL, 'Long-term retention', delete LTR backups)"),
    Attack("a group is administrator of each cluster on premises", IDN, assigned(
        "8393591c-06b9-48a2-a542-1bd6b377f6a2"),
        "critical", "Azure Arc Kubernetes Cluster Admin has every data action of connected clusters (Azure, 'Azure "
        "built-in roles for Containers')"),
    Attack("a group reads each document of the subscription by a key", IDN, assigned(
        "fbdf93bf-df7d-467e-a4d2-9458aa1360c8"),
        "critical", "Cosmos DB Account Reader Role has readonlykeys/action, and the key reads every database of each "
        "account (Azure, 'Azure built-in roles for Databases')"),
    Attack("a machine that its owner keeps anywhere has an identity of the bank that reads the ledger", ESC, (
        az("hybridcompute:Machine", {
            **HERE, "machineName": "branch-07", "identity": {"type": "SystemAssigned"}, "osType": "linux",
            "vmId": "55555555-6666-7777-8888-999999999999",
            "clientPublicKey": "MIIBCgKCAQEA3m0yJcM4vV9sJc0sQ5yqQyHn3kTg0c1bq9s3m7yQ2s4v1w8E6s0a9n5x7d2k4f6hQIDAQAB"},
           "machine"),
        az("authorization:RoleAssignment", {
            "scope": f"{GROUP}/providers/{STORAGE}/stledger/blobServices/default/containers/ledger",
            "principalId": UNKNOWN, "principalType": "ServicePrincipal", "roleDefinitionId":
            f"{SUB}/providers/Microsoft.Authorization/roleDefinitions/2a2b9908-6ea1-4ae2-8e65-a410df84e7d1"},
           "reader", links={"principalId": ("machine",)})),
        "critical", "whoever has the private key of clientPublicKey gets the tokens of the machine's identity, "
        "wherever he is (Azure Arc, 'Managed identity authentication', and SDK, clientPublicKey: used during "
        "onboarding)"),
    Attack("a role is activated without a second factor, as the rule in its place asks for nothing", IDN, activation(
        {"id": "Enablement_EndUser_Assignment", "ruleType": "RoleManagementPolicyEnablementRule",
         "enabledRules": ["Justification"]},
        {"id": "AuthenticationContext_EndUser_Assignment", "ruleType": "RoleManagementPolicyAuthenticationContextRule",
         "isEnabled": True, "claimValue": ""}),
        "critical", "a stolen session activates the role: a context without a value requires no policy of Conditional "
        "Access (Microsoft Graph, 'unifiedRoleManagementPolicyAuthenticationContextRule', claimValue)"),
)  # fmt: skip
