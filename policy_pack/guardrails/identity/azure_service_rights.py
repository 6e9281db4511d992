"""Operations of Azure with which an identity gives rights on data that no role assignment shows: services keep their
own administrators, users and assignments.

Whoever deploys the service has them too, as pipelines do; a role that has them without the operation that deploys the
resource to which they belong gives itself what it does not have. Operations by copies of the Azure permissions
reference, databases, analytics and "DocumentDB" (sqlRoleAssignments, accessPolicyAssignments, principalAssignments,
administrators), read 2026-11-30; those of MongoDB and Synapse by MicrosoftDocs/azure-docs articles/
role-based-access-control/permissions, databases.md 03e5750a and analytics.md 03adcc30, read 2026-12-01, but for
mongoMIRoleAssignments, which a public role definition has (found as a string on 2026-12-01).
"""

from collections.abc import Iterable

from .azure_patterns import Patterns, matches

_MEANING = "rights on data that its identity gives to itself, without deploying the service"
_RIGHTS = tuple(
    f"{kind}/write"
    for kind in (
        *(f"Microsoft.DocumentDB/databaseAccounts/{kind}" for kind in (
            "sqlRoleAssignments", "tableRoleAssignments", "cassandraRoleAssignments", "gremlinRoleAssignments",
            "mongoMIRoleAssignments", "mongodbUserDefinitions")),
        "Microsoft.DocumentDB/mongoClusters/users",
        "Microsoft.Cache/redis/accessPolicyAssignments",
        "Microsoft.Cache/redisEnterprise/databases/accessPolicyAssignments",
        "Microsoft.Kusto/clusters/principalAssignments",
        "Microsoft.Kusto/clusters/databases/principalAssignments",
        "Microsoft.Sql/servers/administrators",
        "Microsoft.Sql/managedInstances/administrators",
        "Microsoft.DBforPostgreSQL/flexibleServers/administrators",
        "Microsoft.DBforMySQL/flexibleServers/administrators",
        "Microsoft.Synapse/workspaces/administrators",
        "Microsoft.Synapse/workspaces/sqlAdministrators",
    )
)  # fmt: skip
_COPY = "a copy of data in a place that its caller names, without deploying the service"
_COPIES = (
    "Microsoft.Sql/servers/databases/export/action",
    "Microsoft.Storage/storageAccounts/objectReplicationPolicies/write",
    "Microsoft.Cache/redis/export/action",
    "Microsoft.Cache/redisEnterprise/databases/export/action",
    "Microsoft.DBforMySQL/flexibleServers/backupAndExport/action",
    "Microsoft.DBforPostgreSQL/flexibleServers/startLtrBackup/action",
    "Microsoft.ContainerRegistry/registries/exportPipelines/write",
    "Microsoft.OperationalInsights/workspaces/dataExports/write",
    "Microsoft.Devices/iotHubs/exportDevices/action",
)
"""Operations whose request names the account of storage to which data goes (the same folder: databases.md, storage.md,
monitor.md and internet-of-things.md 03e5750a, containers.md 03adcc30, read 2026-12-01)."""
_END = "the end of copies, or of what keeps data and records as they are, without deploying the service"
_ENDS = (
    "Microsoft.RecoveryServices/vaults/backupFabrics/protectionContainers/protectedItems/delete",
    "Microsoft.RecoveryServices/vaults/backupconfig/write",
    "Microsoft.DataProtection/backupVaults/backupInstances/delete",
    "Microsoft.DataProtection/backupVaults/backupInstances/stopProtection/action",
    "Microsoft.Storage/storageAccounts/blobServices/containers/immutabilityPolicies/delete",
    "Microsoft.Storage/storageAccounts/blobServices/containers/clearLegalHold/action",
    "Microsoft.Storage/storageAccounts/managementPolicies/write",
    "Microsoft.Storage/storageAccounts/blobServices/write",
    "Microsoft.Storage/storageAccounts/fileServices/write",
    "Microsoft.Sql/servers/databases/transparentDataEncryption/write",
    "Microsoft.Sql/servers/databases/backupLongTermRetentionPolicies/write",
    "Microsoft.Sql/servers/databases/backupShortTermRetentionPolicies/write",
    "Microsoft.Sql/locations/longTermRetentionServers/longTermRetentionDatabases/longTermRetentionBackups/delete",
    "Microsoft.Sql/servers/databases/restorePoints/delete",
    "Microsoft.Compute/restorePointCollections/delete",
    "Microsoft.Compute/restorePointCollections/restorePoints/delete",
    "Microsoft.NetApp/netAppAccounts/backupVaults/backups/delete",
    "Microsoft.NetApp/netAppAccounts/capacityPools/volumes/snapshots/delete",
    "Microsoft.OperationalInsights/workspaces/tables/write",
    "Microsoft.OperationalInsights/workspaces/tables/delete",
)
"""Operations that Backup Operator and readers lack, and those who deploy vaults, accounts and databases have (the same
folder, management-and-governance.md 03e5750a, and built-in-roles/storage.md 9f003162, read 2026-12-01). A table of
records says for how long they are kept; SQL Server Contributor does not delete backups of years (Azure SQL, "Long-term
retention", found as a string in copies of the page on 2026-12-02). With a collection its restore points are deleted
(copies of "Azure permissions", Microsoft.Compute, restorePointCollections/delete, found as strings on 2026-12-02);
those of a database and of a volume are types of their own (Microsoft.Sql/servers/databases/restorePoints and
Microsoft.NetApp/netAppAccounts/backupVaults/backups, found the same way). Snapshots of disks are not among them: roles
of drivers and of tools for backups have them."""
_NETWORK = "the end of routes and rules of a network, or an address for any machine, without deploying them"
_NETWORKS = ("Microsoft.Network/virtualNetworks/subnets/write",)
"""A subnet is written as a whole, with its table of routes and its group of rules, or without them (Azure, "Subnets -
Create Or Update", as known). Whoever deploys networks, or templates, writes them (Azure/bicep-registry-modules,
network_subnet_contributor.alz_role_definition.json, of the idioms)."""
_TEMPLATES = "Microsoft.Resources/deployments/write"
_INTERFACE, _ADDRESS = "Microsoft.Network/networkInterfaces/write", "Microsoft.Network/publicIPAddresses/join/action"
_WITH_ADDRESSES = (
    "Microsoft.Compute/virtualMachines/write", "Microsoft.Compute/virtualMachineScaleSets/write",
    "Microsoft.Network/publicIPAddresses/write", "Microsoft.Network/loadBalancers/write",
)  # fmt: skip
"""Operations of roles that deploy what has interfaces and addresses. One that only puts existing addresses on existing
interfaces exposes machines of others."""
_PROGRAM = "programs that run as the identity of a service, without deploying it"
_PROGRAMS = (
    *(f"Microsoft.Automation/automationAccounts/{kind}/write" for kind in (
        "runbooks", "webhooks", "jobSchedules", "watchers", "modules", "powerShell72Modules", "python2Packages",
        "python3Packages", "runtimeEnvironments", "runtimeEnvironments/packages", "sourceControls",
        "sourceControls/sourceControlSyncJobs", "configurations", "nodeConfigurations")),
    *(f"Microsoft.Web/sites/{kind}/write" for kind in (
        "config", "extensions", "functions", "siteextensions", "slots/config", "slots/extensions", "slots/functions",
        "slots/siteextensions", "slots/sourcecontrols", "sourcecontrols")),
    "Microsoft.Web/sites/hostruntime/host/action",
    "Microsoft.Web/sites/publish/action",
    "Microsoft.Web/sites/slots/publish/action",
    "Microsoft.ContainerInstance/containerGroups/containers/exec/action",
    "Microsoft.HDInsight/clusters/executeScriptActions/action",
)  # fmt: skip
"""Operations by which a program gets into an account or an app that others deployed, or starts there (microsoft/
Azure-Threat-Research-Matrix b2abb9ce docs, AZT302, AZT404, AZT503.3, AZT504, AZT505.1 and AZT601.5; modules,
packages and environments are what runbooks import, found as types in public programs, and what is copied from a
repository is published by itself, pulumi-azure-native 3.29.0, SourceControl, publishRunbook; read 2026-12-01). The
settings of an app have its start command and its image, an extension deploys a package, and a command in a container,
or a script on the nodes of HDInsight, runs there (MicrosoftDocs/azure-docs articles/role-based-access-control/
permissions, containers.md 03adcc30, and the pages of the web and of analytics; what a package replaces, by public
programs that call `extensions/onedeploy`; read 2026-12-01)."""
_ACCESS = "access by keys or scripts of its own, or to packets of the network, without deploying the service"
_ACCESSES = (
    "Microsoft.DevTestLab/labs/virtualMachines/applyArtifacts/action",
    "Microsoft.Kusto/clusters/databases/scripts/write",
    "Microsoft.Network/networkWatchers/packetCaptures/write",
    "Microsoft.Storage/storageAccounts/localUsers/write",
)
"""Operations that run scripts in a machine or database, copy packets, or make users with keys that no directory knows
(the same folder; that of Kusto by its type, pulumi-azure-native 3.29.0, kusto:Script, read 2026-12-02, the others
found as strings on 2026-12-01). Rules of firewalls and policies of APIs are not among them: good roles of one resource
group have them."""
_LINK = "links by which anybody reaches machines without a sign-in to Azure"
_LINKS = ("Microsoft.Network/bastionHosts/createShareableLinks/action",
          "Microsoft.Network/bastionHosts/getShareableLinks/action")  # fmt: skip
"""The same matrix, AZT509. A role that names one of them wants it, whatever else it deploys."""
_MEANINGS = {
    **dict.fromkeys(_RIGHTS, _MEANING), **dict.fromkeys(_COPIES, _COPY), **dict.fromkeys(_ENDS, _END),
    **dict.fromkeys(_PROGRAMS, _PROGRAM), **dict.fromkeys(_ACCESSES, _ACCESS), **dict.fromkeys(_LINKS, _LINK),
    **dict.fromkeys(_NETWORKS, _NETWORK),
}  # fmt: skip
_WITH_TYPE = 2
"""Parts of the name of a resource that has no parent: `Microsoft.Sql/servers`."""


def _deployments(operation: str) -> list[str]:
    """Returns the operations that deploy the resource to which an operation belongs, or one above it. Nobody deploys a
    location: what is kept in one is of whoever has the whole service. Who writes what has no parent deploys it."""
    parts = operation.split("/")[:-2]
    if len(parts) < _WITH_TYPE:
        return [f"{operation.rpartition('/')[0]}/write"]
    if parts[1:2] == ["locations"]:
        return [f"{parts[0]}/write"]
    return ["/".join([*parts[:number], "write"]) for number in range(_WITH_TYPE, len(parts) + 1)]


def gives_rights(actions: Iterable[str], excluded: Patterns) -> tuple[str, str] | None:
    """Returns the first action of a custom role that gives rights on data, or copies of it, of a service that the role
    does not deploy, with what it gives; None if there is none."""
    listed = list(actions)

    def allowing(operation: str) -> str | None:
        found = next((action for action in listed if matches(action, operation)), None)
        return None if found is None or excluded.cover(operation) else found

    for operation, meaning in _MEANINGS.items():
        action = allowing(operation)
        is_named = meaning == _LINK and action is not None and "*" not in action
        deploying = [*_deployments(operation), *((_TEMPLATES,) if operation in _NETWORKS else ())]
        if action is not None and (is_named or not any(map(allowing, deploying))):
            return action, meaning
    exposing = allowing(_ADDRESS) if allowing(_INTERFACE) and not any(map(allowing, _WITH_ADDRESSES)) else None
    return (exposing, _NETWORK) if exposing else None
