"""Sign-in on Azure: access keys, local accounts, passwords and managed identities.

Property names checked against pulumi-azure-native 3.29.0 on 2026-11-24 (a test repeats it).
"""

from collections.abc import Iterator

from ..engine.conditions import FALSE, NOT_FALSE, NOT_TRUE, SET, TRUE, Condition, none_of, one_of
from ..engine.families import identity_rule
from ..engine.reading import Plain, Resource
from ..engine.rows import Check, Guardrail, Severity, azure
from ..engine.verdicts import Outcome, Verdict, failed, passed


def _entra_id_row(token: str, path: str = "disableLocalAuth") -> Check:
    return Check(azure(token), path, TRUE)


KEY_ROWS = (
    Check(azure("storage:StorageAccount"), "allowSharedKeyAccess", FALSE),
    Check(azure("storage:StorageAccount"), "isLocalUserEnabled", NOT_TRUE),
    Check(azure("containerregistry:Registry"), "adminUserEnabled", NOT_TRUE),
    Check(
        azure("appconfiguration:ConfigurationStore", "automation:AutomationAccount", "eventgrid:Domain",
              "eventgrid:PartnerNamespace", "eventgrid:Topic", "eventhub:Namespace",
              "search:Service", "servicebus:Namespace", "signalrservice:SignalR", "webpubsub:WebPubSub",
              "communication:CommunicationService"),
        "disableLocalAuth",
        TRUE,
    ),
    Check(azure("cosmosdb:DatabaseAccount"), "disableLocalAuth", TRUE, when=("kind", none_of("MongoDB"))),
    _entra_id_row("applicationinsights:Component", "disableLocalAuth"),
    Check(azure("cognitiveservices:Account", "iothub:IotHubResource", "maps:Account", "botservice:Bot"),
          "properties.disableLocalAuth", TRUE),
    Check(azure("machinelearningservices:Compute"), "properties.disableLocalAuth", TRUE,
          when=("properties.computeType", one_of("AmlCompute", "ComputeInstance"))),
    _entra_id_row("operationalinsights:Workspace", "features.disableLocalAuth"),
    _entra_id_row("redis:Redis", "disableAccessKeyAuthentication"),
    _entra_id_row("cosmosdb:DatabaseAccount", "disableKeyBasedMetadataWriteAccess"),
    Check(azure("web:WebAppAuthSettings", "web:WebAppAuthSettingsSlot"), "enabled", TRUE),
    Check(azure("web:WebAppAuthSettingsV2", "web:WebAppAuthSettingsV2Slot", "web:WebAppAuthSettingsV2WithoutSecrets",
                "web:WebAppAuthSettingsV2WithoutSecretsSlot"), "platform.enabled", TRUE),
    Check(azure("batch:BatchAccount"), "allowedAuthenticationModes", one_of("AAD")),
    Check(azure("redisenterprise:Database"), "accessKeysAuthentication", one_of("Disabled")),
    Check(azure("machinelearningservices:OnlineEndpoint", "machinelearningservices:BatchEndpoint"),
          "properties.authMode", one_of("AADToken", "AMLToken")),
    Check(azure("machinelearningservices:ServerlessEndpoint"), "properties.authMode", one_of("AAD")),
    Check(azure("machinelearningservices:Workspace"), "systemDatastoresAuthMode",
          one_of("Identity", "UserDelegationSAS")),
    Check(azure("app:ContainerAppsAuthConfig"), "platform.enabled", TRUE),
    Check(azure("app:ContainerAppsAuthConfig"), "globalValidation?.unauthenticatedClientAction",
          none_of("AllowAnonymous")),
)  # fmt: skip
"""Keys that open a service. Of Cosmos DB, the API for MongoDB knows no identities of Entra: the option is for other
APIs (terraform-provider-azurerm, cosmosdb_account, `local_authentication_disabled`), and Azure's own policy leaves
`EnableMongo` out (Azure/azure-policy, Cosmos DB/Cosmos_DisableLocalAuth_Modify.json 1.1.0). It leaves Gremlin out too,
which has roles now (docs.azure.cn, cosmos-db/gremlin/how-to-connect-role-based-access-control). Read 2026-12-02."""

ACCOUNT_ROWS = (
    Check(azure("containerservice:ManagedCluster"), "disableLocalAccounts", TRUE),
    Check(azure("containerservice:ManagedCluster"), "enableRBAC", NOT_FALSE),
    Check(azure("containerservice:ManagedCluster"), "aadProfile.managed", TRUE),
    Check(azure("sql:Server", "sql:ManagedInstance"), "administrators.azureADOnlyAuthentication", TRUE),
    Check(azure("sql:Server", "sql:ManagedInstance"), "administrators.login", SET),
    Check(azure("dbforpostgresql:Server", "dbforpostgresql:ServerGroupCluster"), "authConfig.passwordAuth",
          one_of("Disabled")),
    Check(azure("azurefleet:Fleet"),
          "computeProfile.baseVirtualMachineProfile.osProfile?.linuxConfiguration?.disablePasswordAuthentication",
          TRUE),
    Check(azure("loadtestservice:PlaywrightWorkspace"), "localAuth", one_of("Disabled", missing=Verdict.PASS)),
    Check(azure("storage:LocalUser"), "hasSshPassword", NOT_TRUE),
    Check(azure("compute:VirtualMachine"), "osProfile?.linuxConfiguration?.disablePasswordAuthentication", TRUE),
    Check(azure("compute:VirtualMachineScaleSet"),
          "virtualMachineProfile?.osProfile?.linuxConfiguration?.disablePasswordAuthentication", TRUE),
    Check(azure("synapse:Workspace"), "azureADOnlyAuthentication", TRUE),
)  # fmt: skip

MANAGED_IDENTITY = Condition("must be SystemAssigned or UserAssigned", lambda value: "assigned" in str(value).lower())
"""The workload has a managed identity. Azure writes both types as `SystemAssigned, UserAssigned`, with or without the
space."""

MANAGED_ROWS = (
    Check(
        azure("app:ContainerApp", "app:Job", "logic:Workflow", "containerinstance:ContainerGroup",
              "automation:AutomationAccount", "datafactory:Factory", "machinelearningservices:OnlineEndpoint",
              "containerservice:ManagedCluster"),
        "identity.type",
        MANAGED_IDENTITY,
    ),
)  # fmt: skip
"""Workloads, and services that access data. App Service apps are checked by FJ-IDN-207."""

_LONG_LIVED_KEY = "anyone who has an access key can use it; it does not expire, and leaves no identity in the logs"


_MACHINES: dict[str, str] = {
    **dict.fromkeys(azure("compute:VirtualMachine"), ""),
    **dict.fromkeys(azure("compute:VirtualMachineScaleSet"), "virtualMachineProfile"),
    **dict.fromkeys(azure("azurefleet:Fleet"), "computeProfile.baseVirtualMachineProfile"),
}
"""Type -> path of what describes its machines."""
_WINDOWS_PUBLISHERS = ("microsoftwindows", "microsoftvisualstudio", "microsoftsharepoint")
"""Beginnings of publishers of Windows images only. SQL Server's publisher has images of both systems."""


def _section(value: Plain, *keys: str) -> Plain:
    for key in keys:
        value = (value.get(key) if isinstance(value, dict) else None) or {}
    return value


def _is_windows(machine: Plain) -> bool:
    publisher = _section(machine, "storageProfile", "imageReference", "publisher")
    system = _section(machine, "storageProfile", "osDisk", "osType")
    return str(system).lower() == "windows" or str(publisher).lower().startswith(_WINDOWS_PUBLISHERS)


def _check_passwords(resource: Resource) -> Iterator[Outcome]:
    """A machine without a section of its system: Linux then accepts passwords (ACCOUNT_ROWS check the section)."""
    path = _MACHINES.get(resource.type)
    if path is None:
        return
    machine: Plain = _section(resource.props, *path.split(".")) if path else resource.props
    system = _section(machine, "osProfile")
    if isinstance(system, dict) and system and not _is_windows(machine):
        has_section = any(system.get(f"{name}Configuration") is not None for name in ("linux", "windows"))
        at = f"{path}.osProfile.linuxConfiguration".lstrip(".")
        yield passed() if has_section else failed(f"{at}.disablePasswordAuthentication must be true", at)


AZURE_IDENTITY: tuple[Guardrail, ...] = (
    identity_rule(202, Severity.HIGH, "Azure services use Entra ID instead of access keys",
                  _LONG_LIVED_KEY,
                  "Set the property in the message, which disables the keys, and assign roles to the calling "
                  "identities",
                  checks=KEY_ROWS),
    identity_rule(203, Severity.HIGH, "Clusters, databases and machines have no local accounts or passwords",
                  _LONG_LIVED_KEY,
                  "Set the property in the message, and use Entra ID or SSH keys for people and programs",
                  checks=ACCOUNT_ROWS, predicate=_check_passwords, types=tuple(_MACHINES)),
    identity_rule(208, Severity.MEDIUM, "Azure workloads have a managed identity",
                  _LONG_LIVED_KEY, "Set identity to SystemAssigned or UserAssigned, and assign roles to it",
                  checks=MANAGED_ROWS),
)  # fmt: skip
