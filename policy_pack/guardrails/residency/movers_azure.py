"""Azure services that send or copy data to an address."""

import re
from dataclasses import replace

from ..engine.conditions import none_of, one_of
from ..engine.lazy_regex import lazy_regex
from ..engine.reading import Plain
from ..engine.rows import azure
from ..readers.addresses import (
    Address,
    addresses,
    connections,
    mail_addresses,
    mail_exchanger,
    redirects,
    resolvers,
)
from ..readers.api_policies import POLICIES, policy_addresses
from ..readers.locations import AZURE_UAE
from ..readers.workflows import workflow_addresses
from .movers import DATA_SHARE, Mover
from .movers_azure_paths import CONNECTIONS, EVENTS, REDIRECTS, REQUESTS, STORES

_CONNECTIONS = ("cognitiveservices:AccountConnection", "cognitiveservices:ProjectConnection",
                "machinelearningservices:WorkspaceConnection")  # fmt: skip
_BLOB, _SQL = ".blob.core.windows.net", ".database.windows.net"
_DIAGNOSTICS = (("settings?.StorageAccount", _BLOB), ("settings?.storageAccount", _BLOB))
"""Account to which the extensions for diagnostics of Windows and Linux write logs and memory dumps (MicrosoftDocs/
azure-docs 4ea4073b articles/azure-monitor/agents/diagnostics-extension-schema-windows.md, and 0177003c articles/
virtual-machines/extensions/diagnostics-linux.md, both in their public settings; read 2026-12-01)."""
_ACCOUNTS: dict[str, tuple[tuple[str, str], ...]] = {
    "app:ConnectedEnvironmentsStorage": (("properties.azureFile?.accountName", _BLOB),),
    "app:ManagedEnvironmentsStorage": (("properties.azureFile?.accountName", _BLOB),),
    "batch:Pool": (("mountConfiguration[*].azureBlobFileSystemConfiguration?.accountName", _BLOB),),
    "containerinstance:CGProfile": (("volumes[*].azureFile?.storageAccountName", _BLOB),),
    "containerinstance:ContainerGroup": (("volumes[*].azureFile?.storageAccountName", _BLOB),),
    "containerinstance:ContainerGroupProfile": (("volumes[*].azureFile?.storageAccountName", _BLOB),),
    "compute:VirtualMachineExtension": _DIAGNOSTICS,
    "compute:VirtualMachineScaleSetExtension": _DIAGNOSTICS,
    "compute:VirtualMachineScaleSetVMExtension": _DIAGNOSTICS,
    "costmanagement:Export": (("deliveryInfo.destination.storageAccount", _BLOB),),
    "healthcareapis:AnalyticsConnector": (("dataDestinationConfiguration.dataLakeName", _BLOB),),
    "healthcareapis:FhirService": (
        ("exportConfiguration?.storageAccountName", _BLOB),
        ("importConfiguration?.integrationDataStore", _BLOB),
    ),
    "machinelearningservices:Datastore": (("properties.accountName", _BLOB),),
    "machinelearningservices:MachineLearningDatastore": (("accountName", _BLOB),),
    "sql:JobStep": (("output?.serverName", _SQL),),
    "sql:JobTargetGroup": (("members[*].serverName", _SQL),),
    "streamanalytics:StreamingJob": (("jobStorageAccount?.accountName", _BLOB),),
    "web:WebApp": (("siteConfig?.azureStorageAccounts?.**.accountName", _BLOB),),
    "web:WebAppSlot": (("siteConfig?.azureStorageAccounts?.**.accountName", _BLOB),),
    "web:WebAppAzureStorageAccounts": (("properties.**.accountName", _BLOB),),
    "web:WebAppAzureStorageAccountsSlot": (("properties.**.accountName", _BLOB),),
}
"""Type -> paths of names of accounts and servers, and the domain that completes a name."""
_COSMOS = ".documents.azure.com"
_STREAM_OUTPUT = (("accountName", _BLOB), ("server", _SQL), ("functionAppName", ".azurewebsites.net"),
                  ("serviceBusNamespace", ".servicebus.windows.net"), ("accountId", _COSMOS))  # fmt: skip
_STREAM_OUTPUTS = (("streamanalytics:Output", "datasource"), ("streamanalytics:StreamingJob", "outputs[*].datasource"))

_SIGN_IN = azure(
    "app:ContainerAppsAuthConfig",
    *(f"web:WebAppAuthSettingsV2{which}" for which in ("", "Slot", "WithoutSecrets", "WithoutSecretsSlot")),
)
_SIGN_IN_ADDRESSES = ("authorizationEndpoint", "certificationUri", "tokenEndpoint", "wellKnownOpenIdConfiguration")
_ENTRA = lazy_regex(r"https://login\.microsoftonline\.com/.*", re.IGNORECASE)
"""Sign-in of Microsoft Entra, whose tenant FJ-IDN-211 evaluates."""


def _sign_in(value: Plain) -> tuple[Address, ...]:
    """Returns the host at which users type passwords, and that gets the secret of the app (MicrosoftDocs/
    azure-docs 0b8729e articles/app-service/configure-authentication-provider-openid-connect.md, read 2026-11-30)."""
    return () if _ENTRA.fullmatch(str(value).strip()) else addresses(value)


_ALIAS = lazy_regex(r".+\.([a-z0-9]+)\.azure\.privatelinkservice", re.IGNORECASE)
"""Alias of a private link service, which names its region: `name.guid.region.azure.privatelinkservice`."""


def _private_link_service(value: Plain) -> tuple[Address, ...]:
    """Returns the alias of a private link service abroad. An id has no host."""
    alias = _ALIAS.fullmatch(str(value))
    return (Address(str(value).lower()),) if alias and alias[1].lower() not in AZURE_UAE else ()


def _data_recipient(value: Plain) -> tuple[Address, ...]:
    return tuple(replace(item, scheme=DATA_SHARE) for item in mail_addresses(value))


AZURE_MOVERS = (
    Mover(azure("network:PrivateEndpoint"), "manualPrivateLinkServiceConnections[*].privateLinkServiceId",
          read=_private_link_service),
    *(Mover(azure(*types.split()), path)
      for table in (EVENTS, REQUESTS, STORES) for types, paths in table.items() for path in paths),
    *(Mover(azure(*types.split()), path, read=connections) for types, paths in CONNECTIONS.items() for path in paths),
    *(Mover(azure(kind), path, read=redirects) for kind, paths in REDIRECTS.items() for path in paths),
    *(Mover(azure(kind), path, domain=domain) for kind, names in _ACCOUNTS.items() for path, domain in names),
    *(Mover(azure(kind), f"{start}?.**.{name}", domain=domain)
      for kind, start in _STREAM_OUTPUTS for name, domain in _STREAM_OUTPUT),
    Mover(POLICIES, "value", read=policy_addresses),
    Mover(azure(*_CONNECTIONS), "properties.target"),
    Mover(azure("datafactory:LinkedService"), "properties.**", needs_address=True,
          when=(("properties.type", none_of("AzureKeyVault")),)),
    Mover(azure("datafactory:Pipeline"), "activities[*].**.url", read=workflow_addresses),
    Mover(azure("logic:Workflow"), "definition.**.uri", read=workflow_addresses),
    Mover(azure("logic:Workflow"), "definition.parameters?.**"),
    Mover(azure("logic:Workflow"), "parameters?.**"),
    Mover(azure("machinelearningservices:Datastore"), "properties.endpoint",
          when=(("properties.datastoreType", one_of("OneLake")),)),
    # Users by their names, or programs by their ids (pulumi-azure-native 3.29.0 docs, administration.members).
    Mover(azure("fabric:FabricCapacity", "powerbidedicated:CapacityDetails"), "administration?.members",
          read=_data_recipient),
    Mover(azure("analysisservices:ServerDetails"), "asAdministrators?.members", read=_data_recipient),
    Mover(azure("monitor:ActionGroup", "monitor:TenantActionGroup"), "emailReceivers[*].emailAddress",
          read=mail_addresses),
    *(Mover(_SIGN_IN, f"identityProviders?.customOpenIdConnectProviders?.**.{name}", read=_sign_in)
      for name in _SIGN_IN_ADDRESSES),
    Mover(azure("datashare:Invitation"), "targetEmail", read=_data_recipient, needs_address=True),
    Mover(azure("network:VirtualNetwork"), "dhcpOptions?.dnsServers", read=resolvers),
    Mover(azure("network:NetworkInterface"), "dnsSettings?.dnsServers", read=resolvers),
    Mover(azure("privatedns:PrivateRecordSet"), "aRecords[*].ipv4Address"),
    Mover(azure("privatedns:PrivateRecordSet"), "aaaaRecords[*].ipv6Address"),
    Mover(azure("dns:RecordSet"), "mxRecords[*].exchange", read=mail_exchanger),
    Mover(azure("web:Connection"), "properties.parameterValues?.**"),
    Mover(azure("web:Connection"), "properties.nonSecretParameterValues?.**"),
    Mover(azure("web:Connection"), "properties.customParameterValues?.**"),
    Mover(azure("web:Connection"), "properties.**.accountName", domain=_BLOB),
    Mover(azure("web:Connection"), "properties.**.storageaccount", domain=_BLOB),
    Mover(azure("web:Connection"), "properties.**.databaseAccount", domain=_COSMOS),
)  # fmt: skip
