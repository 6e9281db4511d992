"""Attacks with operations that no list of harmful ones had: custom roles of Azure for whole subscriptions.

Operations by definitions of built-in roles (iann0036/iam-dataset 2073fa52 azure/built-in-roles-raw.json, read
2026-11-30); the others by pulumi-azure-native 3.29.0's classes and as known.
"""

from ..blind import SUB, az
from ..harness import Given
from . import Attack

IDN = ("FJ-IDN-214",)
POINTS = "Microsoft.RecoveryServices/vaults/backupFabrics/protectionContainers/protectedItems/recoveryPoints"


def _role(name: str, *actions: str, data: tuple[str, ...] = ()) -> tuple[Given, ...]:
    return (az("authorization:RoleDefinition", {
        "scope": SUB, "roleName": name, "roleType": "CustomRole", "assignableScopes": [SUB],
        "permissions": [{"actions": list(actions), "notActions": [], "dataActions": list(data),
                         "notDataActions": []}]}),)  # fmt: skip


ATTACKS: tuple[Attack, ...] = (
    Attack("operators open machines for just-in-time access", _role(
        "Doors", "Microsoft.Security/locations/jitNetworkAccessPolicies/initiate/action"), IDN),
    Attack("analysts close incidents of everybody", _role("Desk", "Microsoft.SecurityInsights/incidents/write"), IDN),
    Attack("starts of jobs take another image", _role("Jobs", "*/read", "Microsoft.App/jobs/start/action"), IDN),
    Attack("a pipeline restores old copies over data", _role("Restores", f"{POINTS}/restore/action"), IDN),
    Attack("databases go back in time by a restore of their server", _role(
        "Times", "Microsoft.Sql/servers/databases/write"), IDN),
    Attack("whoever fails over decides where data is served", _role(
        "Fails", "Microsoft.Storage/storageAccounts/failover/action"), IDN),
    Attack("experiments stop what they like", _role("Trials", "Microsoft.Chaos/experiments/start/action"), IDN),
    Attack("the slot of a stranger becomes production", _role("Swaps", "Microsoft.Web/sites/slotsswap/action"), IDN),
    Attack("a role cancels the subscription", _role("Ends", "Microsoft.Subscription/cancel/action"), IDN),
    Attack("approvals of clusters' images become one's own", _role(
        "Pushes", "Microsoft.ContainerRegistry/registries/webhooks/write"), IDN),
    Attack("a playbook runs on entities of every incident", _role(
        "Plays", "Microsoft.SecurityInsights/entities/runPlaybook/action"), IDN),
    Attack("rules of firewalls of clusters go with a delete", _role(
        "Tidy", "Microsoft.Network/networkSecurityGroups/securityRules/delete"), IDN),
    Attack("a role signs with every key", _role("Signs", data=("Microsoft.KeyVault/vaults/keys/sign/action",)), IDN),
    Attack("a role reads secrets of every cluster", _role(
        "Looks", data=("Microsoft.ContainerService/managedClusters/secrets/read",)), IDN),
    Attack("a role writes workloads of every cluster", _role(
        "Works", data=("Microsoft.ContainerService/managedClusters/apps/deployments/write",)), IDN),
)  # fmt: skip
