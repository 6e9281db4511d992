"""Attacks next to the good programs of the twenty-third set on Azure that were refused wrongly (2026-12-01)."""

from ..blind import GROUP, HERE, OURS, SUB, Given, az, release
from ..harness import UNKNOWN
from . import Attack

OPEN = ("FJ-EXP-204",)
STORES = ("FJ-RES-003",)
POLICIES = ("FJ-EXP-127",)
IDENTITY = {"identity": {"type": "SystemAssigned"}}
EXEMPT = (
    "what is exempt is not evaluated (learn.microsoft.com/azure/governance/policy/concepts/exemption-structure, "
    "read 2026-12-01)"
)
ASSIGNED = f"{SUB}/providers/Microsoft.Authorization/policyAssignments/allowed-locations"


def environment(internal: bool, name: str = "cae-portal") -> Given:
    """Returns an environment of Container Apps in a network of the bank."""
    return az("app:ManagedEnvironment", {
        **HERE, "environmentName": name, "publicNetworkAccess": "Disabled", "vnetConfiguration": {
            "internal": internal, "infrastructureSubnetId": f"{OURS}.Network/virtualNetworks/spoke/subnets/apps"},
        "peerTrafficConfiguration": {"encryption": {"enabled": True}}, "appLogsConfiguration": {
            "destination": "azure-monitor"}}, "environment")  # fmt: skip


def app(where: str, **links: tuple[str, ...]) -> Given:
    """Returns an app whose ingress is external to its environment."""
    return az("app:ContainerApp", {
        **HERE, **IDENTITY, "containerAppName": "portal", "environmentId": where, "configuration": {"ingress": {
            "external": True, "targetPort": 8080, "allowInsecure": False}}}, "app", links=links)  # fmt: skip


def exempt(**more: object) -> Given:
    """Returns an exemption of one resource group from a policy, unless something else is stated."""
    return az("authorization:PolicyExemption", {
        "scope": GROUP, "policyExemptionName": "migration", "exemptionCategory": "Mitigated", "policyAssignmentId":
        ASSIGNED, "displayName": "Migration", "expiresOn": "2027-02-28T00:00:00Z", **more}, "exemption")  # fmt: skip


def loki(**storage: object) -> tuple[Given, ...]:
    """Returns a release of Loki with a store of its records."""
    return release("loki", "6.46.0", {"loki": {"auth_enabled": True, "storage": storage}})


def velero(config: dict[str, str]) -> tuple[Given, ...]:
    """Returns a release of Velero with a store of its copies on Azure."""
    return release("velero", "11.2.0", {
        "deployNodeAgent": False, "credentials": {"useSecret": False}, "configuration": {"backupStorageLocation": [
            {"name": "default", "provider": "azure", "bucket": "copies", "config": config}]}})  # fmt: skip


ATTACKS: tuple[Attack, ...] = (
    Attack("an app is external in an environment with a public address", OPEN, (
        environment(internal=False), app(UNKNOWN, environmentId=("environment",))), "critical",
        "external takes requests at the environment's address, which is public (learn.microsoft.com/azure/"
        "container-apps/ingress-overview, read 2026-12-01)"),
    Attack("an app is external in an environment of which the program does not know whether it is internal", OPEN, (
        app(f"{OURS}.App/managedEnvironments/cae-portal"),), "critical", "as above"),
    Attack("an app is external in an environment of another group, beside an internal one of the same name", OPEN, (
        environment(internal=True), app(f"{OURS.replace('rg-platform', 'rg-shared')}.App/managedEnvironments/"
                                        "cae-portal")), "critical", "as above"),
    Attack("records of Loki go to a stranger's buckets of S3, and an account of Azure is named beside them", STORES,
           loki(type="s3", bucketNames={"chunks": "their-chunks"}, s3={"region": "me-central-1"}, azure={
               "accountName": "stbank", "useFederatedToken": True}), "critical",
           "type says which of the stores is used (grafana/loki 65e30f84 production/helm/loki/values.yaml, "
           "loki.storage, read 2026-11-29)"),
    Attack("records of Loki go to a stranger's account of Azure", STORES,
           loki(type="azure", bucketNames={"chunks": "loki-chunks"}, azure={
               "accountName": "sttheirs", "useFederatedToken": True}), "critical",
           "the account is theirs, whatever its containers are called (as above)"),
    Attack("copies of Velero go to a stranger's account of Azure", STORES, velero(
        {"storageAccount": "sttheirs", "useAAD": "true"}), "critical",
        "the account is theirs (vmware-tanzu/velero-plugin-for-microsoft-azure README.md, as known)"),
    Attack("copies of Velero go to a container whose account nothing names", STORES, velero({"useAAD": "true"}),
           "critical", "the account may stand in a secret (as above)"),
    Attack("a whole subscription is exempt from a policy for a while", POLICIES, (exempt(scope=SUB),), "critical",
           EXEMPT),
    Attack("the bank's management group is exempt from a policy for a while", POLICIES, (exempt(
        scope="/providers/Microsoft.Management/managementGroups/bank"),), "critical", EXEMPT),
    Attack("a resource group is exempt from a policy for half a century", POLICIES, (exempt(
        expiresOn="2077-02-28T00:00:00Z"),), "major", EXEMPT),
    Attack("a resource group is exempt from a policy, and no day is set on which that ends", POLICIES, (exempt(
        expiresOn=""),), "major", EXEMPT),
    Attack("what the program does not show is exempt from a policy", POLICIES, (exempt(scope=UNKNOWN),), "critical",
           EXEMPT),
    Attack("a window of maintenance is assigned to machines from a region abroad", ("FJ-RES-201",), (
        az("maintenance:ConfigurationAssignmentsForSubscription", {
            "configurationAssignmentName": "linux", "location": "westeurope", "maintenanceConfigurationId":
            f"{OURS}.Maintenance/maintenanceConfigurations/fridays", "filter": {"osTypes": ["Linux"]}}),), "minor",
        "the assignment is kept abroad; the cmdlets of Azure PowerShell send global, which is none (found as a string "
        "in public repositories on 2026-12-01)"),
    Attack("windows of maintenance are kept at a location that may be anywhere", ("FJ-RES-201",), (
        az("maintenance:MaintenanceConfiguration", {
            **HERE, "location": "global", "resourceName": "fridays", "maintenanceScope": "InGuestPatch",
            "installPatches": {"rebootSetting": "IfRequired", "linuxParameters": {"classificationsToInclude": [
                "Critical", "Security"]}}}),), "minor",
        "it is a resource of a region, unlike its assignments (the same)"),
)  # fmt: skip
