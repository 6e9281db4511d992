"""Operations of custom roles of Azure that decide over every resource of a kind where the role may be assigned on a
whole subscription: administrators of databases, consoles of machines, images of registries, names, copies of data.

A role whose assignable scopes are resource groups or resources may have them, as deployments and pipelines do. Each
operation is in the permissions reference (copies of it on GitHub) or in the definitions of built-in roles
(iann0036/iam-dataset 2073fa52 azure/built-in-roles-raw.json), read 2026-11-29. What the less plain ones do, such as
`updateGatewaySettings`, `unlockDelete`, `share` and `peer`, is by that reference ("Azure permissions for ...",
MicrosoftDocs/azure-docs 03e5750 articles/role-based-access-control/permissions/databases.md, and copies found as
strings, read 2026-11-30), where `mongoMIRoleAssignments` by pulumi-azure-native 3.29.0 (cosmosdb,
MongoMIResourceMongoMIRoleAssignment: a definition of a role for a principal), and `assignWorkspaceAdmin` by a public
test of roles (it puts the caller among the administrators of the workspace; found as a string), read 2026-11-30.
"""

import re
from collections.abc import Iterable, Mapping

from ..engine.reading import Plain
from .azure_action_forms import ON_DATA, opens
from .azure_changes import changed_by
from .azure_patterns import matches, name_of
from .azure_roles import is_broad_scope

_OF_DATABASES, _OF_IMAGES = "administrator of every database", "images of every registry"
_OF_CODE, _OF_NAMES = "programs with the identities of others", "names that lead elsewhere"
_OF_RIGHTS, _OF_STRANGERS = "rights on data that no role assignment shows", "connections for others"
_OF_COPIES, _OF_BACKUPS = "copies of data elsewhere", "backups without protection"
_PEERINGS = "Microsoft.Network/virtualNetworks/virtualNetworkPeerings/write"
OPERATIONS: Mapping[str, tuple[str, ...]] = {
    _OF_DATABASES: (
        "Microsoft.Sql/servers/administrators/write", "Microsoft.Sql/servers/azureADOnlyAuthentications/write",
        "Microsoft.Sql/managedInstances/administrators/write", "Microsoft.Synapse/workspaces/administrators/write",
        "Microsoft.Sql/managedInstances/azureADOnlyAuthentications/write",
        "Microsoft.Synapse/workspaces/sqlAdministrators/write",
        "Microsoft.DBforPostgreSQL/flexibleServers/administrators/write",
        "Microsoft.DBforMySQL/flexibleServers/administrators/write",
    ),
    _OF_RIGHTS: (
        "Microsoft.DocumentDB/databaseAccounts/sqlRoleAssignments/write",
        "Microsoft.DocumentDB/databaseAccounts/tableRoleAssignments/write",
        "Microsoft.DocumentDB/databaseAccounts/cassandraRoleAssignments/write",
        "Microsoft.DocumentDB/databaseAccounts/gremlinRoleAssignments/write",
        "Microsoft.DocumentDB/databaseAccounts/mongoMIRoleAssignments/write",
        "Microsoft.Cache/redis/accessPolicyAssignments/write", "Microsoft.Cache/redis/accessPolicies/write",
        "Microsoft.Cache/redisEnterprise/databases/accessPolicyAssignments/write",
        "Microsoft.Kusto/clusters/principalAssignments/write",
        "Microsoft.Kusto/clusters/databases/principalAssignments/write",
        "Microsoft.Databricks/workspaces/assignWorkspaceAdmin/action",
        "Microsoft.Kusto/clusters/databases/addPrincipals/action",
        "Microsoft.Purview/accounts/addRootCollectionAdmin/action",
        "Microsoft.CustomerLockbox/requests/updateApproval/action",
        "Microsoft.HDInsight/clusters/updateGatewaySettings/action",
    ),
    "the console of every machine": ("Microsoft.SerialConsole/serialPorts/connect/action",),
    _OF_CODE: (
        "Microsoft.HDInsight/clusters/executeScriptActions/action", "Microsoft.Web/sites/publish/action",
        "Microsoft.GuestConfiguration/guestConfigurationAssignments/write", "Microsoft.Web/sites/extensions/write",
        "Microsoft.DataFactory/factories/pipelines/write", "Microsoft.Logic/workflows/write",
        "Microsoft.Compute/galleries/applications/versions/write", "Microsoft.App/jobs/write",
        "Microsoft.App/containerApps/write", "Microsoft.Web/sites/config/write", "Microsoft.Web/sites/functions/write",
        "Microsoft.Automation/automationAccounts/runbooks/write",
        "Microsoft.MachineLearningServices/workspaces/jobs/write",
        "Microsoft.DevTestLab/labs/virtualMachines/applyArtifacts/action",
    ),
    _OF_IMAGES: (
        "Microsoft.ContainerRegistry/registries/importImage/action",
        "Microsoft.ContainerRegistry/registries/scheduleRun/action",
        "Microsoft.ContainerRegistry/registries/tokens/write",
        "Microsoft.ContainerRegistry/registries/generateCredentials/action",
        "Microsoft.ContainerRegistry/registries/importPipelines/write",
    ),
    _OF_NAMES: (
        *(f"Microsoft.Network/dnsZones/{kind}/write" for kind in ("A", "AAAA", "CAA", "CNAME", "MX", "NS", "SRV")),
        "Microsoft.Network/trafficManagerProfiles/write", "Microsoft.Cdn/profiles/afdEndpoints/routes/write",
    ),
    _OF_STRANGERS: (
        _PEERINGS, "Microsoft.Compute/galleries/share/action",
        *(f"Microsoft.{kind}/privateEndpointConnectionsApproval/action" for kind in (
            "Network/privateLinkServices", "Storage/storageAccounts", "KeyVault/vaults", "Sql/servers",
            "Cache/redis", "Cache/redisEnterprise", "ContainerRegistry/registries", "DBforMySQL/flexibleServers",
            "DBforPostgreSQL/flexibleServers", "DocumentDB/databaseAccounts", "EventHub/namespaces",
            "MachineLearningServices/registries", "MachineLearningServices/workspaces", "Search/searchServices")),
    ),
    _OF_COPIES: (
        "Microsoft.Storage/storageAccounts/objectReplicationPolicies/write",
        "Microsoft.ContainerRegistry/registries/exportPipelines/write", "Microsoft.Cache/redis/export/action",
        "Microsoft.Cache/redisEnterprise/databases/export/action",
        "Microsoft.DBforMySQL/flexibleServers/backupAndExport/action",
        "Microsoft.RecoveryServices/locations/backupCrossRegionRestore/action",
        "Microsoft.RecoveryServices/vaults/backupFabrics/protectionContainers/protectedItems/recoveryPoints"
        "/accessToken/action",
        "Microsoft.DataProtection/subscriptions/resourceGroups/providers/locations/crossRegionRestore/action",
    ),
    _OF_BACKUPS: (
        "Microsoft.RecoveryServices/vaults/backupResourceGuardProxies/unlockDelete/action",
        "Microsoft.DataProtection/backupVaults/backupResourceGuardProxies/unlockDelete/action",
        "Microsoft.KeyVault/locations/deletedVaults/purge/action",
        "Microsoft.KeyVault/locations/deletedManagedHsms/purge/action",
    ),
}  # fmt: skip
"""What the operations give -> the operations. Records of the type TXT alone prove who owns a name."""
_OF_DEPLOYERS = {
    _PEERINGS: ("Microsoft.Network/virtualNetworks/write", "Microsoft.Network/virtualNetworks/peer/action")
}
"""Operation -> those of which whoever deploys networks has one too, as Network Contributor does. A role without the
right to connect the other network, `peer`, connects one from elsewhere (Azure, "Virtual network peering")."""
_OF_NETWORKS = re.compile(r"\s*microsoft\.network/[*/]+\s*", re.IGNORECASE)
"""What Network Contributor has, which a subscription may have."""

_SILENCES = "Microsoft.Insights/diagnosticSettings/write"
_OF_OBSERVERS = re.compile(
    r".*/read"
    r"|microsoft\.(?:insights|alertsmanagement|operationalinsights|operationsmanagement|monitor|dashboard|support"
    r"|resourcehealth|costmanagement)/.*"
    r"|microsoft\.resources/tags/.*"
)
"""Actions with which nobody deploys a resource whose records he would set up, in lower case."""


def _silences(actions: list[str], excluded: list[str]) -> str | None:
    """Returns the action of a role that sets which records of every resource are kept, and deploys none; None if it has
    none. A setting of the same name without records takes the place of the one that has them (Azure Monitor REST API,
    "Diagnostic Settings - Create Or Update", a PUT by name, read 2026-11-30); whoever deploys resources or policies
    sets up their records too."""
    names = map(name_of, actions)
    if any(name.endswith(("/write", "*")) and not _OF_OBSERVERS.fullmatch(name) for name in names):
        return None
    return next((action for action in actions if _allows((action,), excluded, _SILENCES)), None)


def is_for_subscriptions(scopes: Iterable[Plain]) -> bool:
    """Returns whether a role may be assigned on a whole subscription or above."""
    return any(isinstance(scope, str) and is_broad_scope(scope) for scope in scopes)


def _allows(actions: Iterable[str], excluded: Iterable[str], operation: str) -> bool:
    is_allowed = any(matches(action, operation) for action in actions)
    return is_allowed and not any(matches(item, operation) for item in excluded)


def decides(actions: list[str], excluded: list[str]) -> tuple[str, str] | None:
    """Returns the first action of a custom role that decides over every resource of a kind, with what it gives; None if
    there is none."""

    def leaves_out(operation: str) -> bool:
        return any(matches(item, operation) for item in excluded)

    own = {name for name, others in _OF_DEPLOYERS.items() if any(_allows(actions, excluded, other) for other in others)}
    for action in (item for item in actions if not _OF_NETWORKS.fullmatch(item)):
        for text, operations in OPERATIONS.items():
            if any(_allows((action,), excluded, operation) for operation in operations if operation not in own):
                return action, text
        text = opens(action, leaves_out) or changed_by(
            action, leaves_out, lambda operation: _allows(actions, excluded, operation)
        )
        if text:
            return action, text
    silences = _silences(actions, excluded)
    return (silences, "the end of every resource's records") if silences else None


def decides_on_data(actions: list[str], excluded: list[str]) -> tuple[str, str] | None:
    """Returns the first action on data of a custom role that decides over every program, with what it gives; None if
    there is none."""
    for action in actions:
        found = (text for text, operations in ON_DATA.items() for operation in operations
                 if _allows((action,), excluded, operation))  # fmt: skip
        text = opens(action, lambda operation: any(matches(item, operation) for item in excluded))
        if text := next(found, text):
            return action, text
    return None
