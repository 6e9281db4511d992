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
    Attack("operators open machines for just-in-time access", IDN, _role(
        "Doors", "Microsoft.Security/locations/jitNetworkAccessPolicies/initiate/action")),
    Attack("analysts close incidents of everybody", IDN, _role("Desk", "Microsoft.SecurityInsights/incidents/write")),
    Attack("starts of jobs take another image", IDN, _role("Jobs", "*/read", "Microsoft.App/jobs/start/action")),
    Attack("a pipeline restores old copies over data", IDN, _role("Restores", f"{POINTS}/restore/action")),
    Attack("databases go back in time by a restore of their server", IDN, _role(
        "Times", "Microsoft.Sql/servers/databases/write")),
    Attack("whoever fails over decides where data is served", IDN, _role(
        "Fails", "Microsoft.Storage/storageAccounts/failover/action")),
    Attack("experiments stop what they like", IDN, _role("Trials", "Microsoft.Chaos/experiments/start/action")),
    Attack("the slot of a stranger becomes production", IDN, _role("Swaps", "Microsoft.Web/sites/slotsswap/action")),
    Attack("a role cancels the subscription", IDN, _role("Ends", "Microsoft.Subscription/cancel/action")),
    Attack("approvals of clusters' images become one's own", IDN, _role(
        "Pushes", "Microsoft.ContainerRegistry/registries/webhooks/write")),
    Attack("a playbook runs on entities of every incident", IDN, _role(
        "Plays", "Microsoft.SecurityInsights/entities/runPlaybook/action")),
    Attack("rules of firewalls of clusters go with a delete", IDN, _role(
        "Tidy", "Microsoft.Network/networkSecurityGroups/securityRules/delete")),
    Attack("a custom role signs with the keys of every vault", IDN, _role(
        "Signs", data=("Microsoft.KeyVault/vaults/keys/sign/action",))),
    Attack("a role reads secrets of every cluster", IDN, _role(
        "Looks", data=("Microsoft.ContainerService/managedClusters/secrets/read",))),
    Attack("a role writes workloads of every cluster", IDN, _role(
        "Works", data=("Microsoft.ContainerService/managedClusters/apps/deployments/write",))),
)  # fmt: skip
