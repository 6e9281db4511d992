"""Azure services that send or copy data to an address."""

from ..engine.conditions import none_of, one_of
from ..engine.rows import azure
from ..readers.addresses import mail_addresses
from ..readers.api_policies import policy_addresses
from ..readers.workflows import workflow_addresses
from .movers import Mover
from .movers_azure_paths import EVENTS, REQUESTS, STORES

_POLICIES = tuple(
    f"apimanagement:{scope}"
    for scope in ("Policy", "ApiPolicy", "ApiOperationPolicy", "ProductPolicy", "GraphQLApiResolverPolicy",
                  "WorkspacePolicy", "WorkspaceApiPolicy", "WorkspaceApiOperationPolicy", "WorkspaceProductPolicy",
                  "PolicyFragment", "WorkspacePolicyFragment")
)  # fmt: skip
_CONNECTIONS = ("cognitiveservices:AccountConnection", "cognitiveservices:ProjectConnection",
                "machinelearningservices:WorkspaceConnection")  # fmt: skip
_BLOB, _SQL = ".blob.core.windows.net", ".database.windows.net"
_ACCOUNTS: dict[str, tuple[tuple[str, str], ...]] = {
    "machinelearningservices:Datastore": (("properties.accountName", _BLOB),),
    "machinelearningservices:MachineLearningDatastore": (("accountName", _BLOB),),
    "sql:JobStep": (("output?.serverName", _SQL),),
    "sql:JobTargetGroup": (("members[*].serverName", _SQL),),
    "web:WebAppAzureStorageAccounts": (("properties.**.accountName", _BLOB),),
    "web:WebAppAzureStorageAccountsSlot": (("properties.**.accountName", _BLOB),),
}
"""Type -> paths of names of accounts and servers, and the domain that completes a name."""
_COSMOS = ".documents.azure.com"
_STREAM_OUTPUT = (("accountName", _BLOB), ("server", _SQL), ("functionAppName", ".azurewebsites.net"),
                  ("serviceBusNamespace", ".servicebus.windows.net"), ("accountId", _COSMOS))  # fmt: skip
_STREAM_OUTPUTS = (("streamanalytics:Output", "datasource"), ("streamanalytics:StreamingJob", "outputs[*].datasource"))

AZURE_MOVERS = (
    *(Mover(azure(*types.split()), path)
      for table in (EVENTS, REQUESTS, STORES) for types, paths in table.items() for path in paths),
    *(Mover(azure(kind), path, domain=domain) for kind, names in _ACCOUNTS.items() for path, domain in names),
    *(Mover(azure(kind), f"{start}?.**.{name}", domain=domain)
      for kind, start in _STREAM_OUTPUTS for name, domain in _STREAM_OUTPUT),
    Mover(azure(*_POLICIES), "value", read=policy_addresses),
    Mover(azure(*_CONNECTIONS), "properties.target"),
    Mover(azure("datafactory:LinkedService"), "properties.**", needs_address=True,
          when=(("properties.type", none_of("AzureKeyVault")),)),
    Mover(azure("datafactory:Pipeline"), "activities[*].**.url", read=workflow_addresses),
    Mover(azure("logic:Workflow"), "definition.**.uri", read=workflow_addresses),
    Mover(azure("logic:Workflow"), "definition.parameters?.**"),
    Mover(azure("logic:Workflow"), "parameters?.**"),
    Mover(azure("machinelearningservices:Datastore"), "properties.endpoint",
          when=(("properties.datastoreType", one_of("OneLake")),)),
    Mover(azure("monitor:ActionGroup", "monitor:TenantActionGroup"), "emailReceivers[*].emailAddress",
          read=mail_addresses),
    Mover(azure("web:Connection"), "properties.parameterValues?.**"),
    Mover(azure("web:Connection"), "properties.nonSecretParameterValues?.**"),
    Mover(azure("web:Connection"), "properties.customParameterValues?.**"),
    Mover(azure("web:Connection"), "properties.**.accountName", domain=_BLOB),
    Mover(azure("web:Connection"), "properties.**.storageaccount", domain=_BLOB),
    Mover(azure("web:Connection"), "properties.**.databaseAccount", domain=_COSMOS),
)  # fmt: skip
