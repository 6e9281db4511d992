"""Azure services that send or copy data to an address. Checked against pulumi-azure-native 3.29.0 on 2026-11-27 (tests
repeat it: every property that names an address is in a table, or in a list with the reason why data is not sent there).
"""

from ..engine.conditions import none_of, one_of
from ..engine.rows import azure
from ..readers.api_policies import policy_addresses
from ..readers.workflows import workflow_addresses
from .movers import Mover

_WEB_HOOK = "destination?.endpointUrl"
_WITH_IDENTITY = "deliveryWithResourceIdentity?.destination?.endpointUrl"
_PUSH = "deliveryConfiguration?.push?"
_EVENTS = tuple(
    f"eventgrid:{kind}EventSubscription"
    for kind in ("", "SystemTopic", "Topic", "Domain", "DomainTopic", "PartnerTopic")
)
_POLICIES = tuple(
    f"apimanagement:{scope}Policy"
    for scope in ("", "Api", "ApiOperation", "Product", "GraphQLApiResolver", "Workspace", "WorkspaceApi",
                  "WorkspaceApiOperation", "WorkspaceProduct")
)  # fmt: skip
_FRAGMENTS = ("apimanagement:PolicyFragment", "apimanagement:WorkspacePolicyFragment")
_BLOB = ".blob.core.windows.net"
_SQL_AUDITS = tuple(
    f"sql:{kind}"
    for kind in ("DatabaseBlobAuditingPolicy", "ServerBlobAuditingPolicy", "ExtendedDatabaseBlobAuditingPolicy",
                 "ExtendedServerBlobAuditingPolicy", "DatabaseSecurityAlertPolicy", "ServerSecurityAlertPolicy",
                 "DatabaseThreatDetectionPolicy")
)  # fmt: skip
_LOG_CONFIGURATIONS = tuple(f"web:WebAppDiagnosticLogsConfiguration{slot}" for slot in ("", "Slot"))

AZURE_MOVERS = (
    Mover(azure(*_EVENTS), _WEB_HOOK),
    Mover(azure(*_EVENTS), _WITH_IDENTITY),
    Mover(azure("eventgrid:NamespaceTopicEventSubscription"), f"{_PUSH}.{_WEB_HOOK}"),
    Mover(azure("eventgrid:NamespaceTopicEventSubscription"), f"{_PUSH}.{_WITH_IDENTITY}"),
    Mover(azure("eventgrid:PartnerDestination"), "endpointBaseUrl"),
    Mover(azure("apimanagement:Backend", "apimanagement:WorkspaceBackend"), "url"),
    Mover(azure("apimanagement:Backend", "apimanagement:WorkspaceBackend"), "proxy?.url"),
    Mover(azure("apimanagement:Backend", "apimanagement:WorkspaceBackend"),
          "properties?.serviceFabricCluster?.managementEndpoints[*]"),
    Mover(azure("apimanagement:Api", "apimanagement:WorkspaceApi"), "serviceUrl"),
    Mover(azure("apimanagement:Cache"), "connectionString"),
    Mover(azure(*_POLICIES, *_FRAGMENTS), "value", read=policy_addresses),
    Mover(azure("cognitiveservices:AccountConnection", "cognitiveservices:ProjectConnection",
                "machinelearningservices:WorkspaceConnection"), "properties.target"),
    Mover(azure("cognitiveservices:RaiExternalSafetyProvider"), "properties.url"),
    Mover(azure("containerregistry:Webhook"), "serviceUri"),
    Mover(azure("datafactory:LinkedService"), "properties.**", needs_address=True,
          when=(("properties.type", none_of("AzureKeyVault")),)),
    Mover(azure("logic:Workflow"), "definition.**.uri", read=workflow_addresses),
    Mover(azure("logic:Workflow"), "definition.parameters?.**"),
    Mover(azure("logic:Workflow"), "parameters?.**"),
    Mover(azure("machinelearningservices:Datastore"), "properties.accountName", domain=_BLOB),
    Mover(azure("machinelearningservices:Datastore"), "properties.endpoint",
          when=(("properties.datastoreType", one_of("OneLake")),)),
    Mover(azure("monitor:ActionGroup", "monitor:TenantActionGroup"), "webhookReceivers[*].serviceUri"),
    Mover(azure("monitor:ActionGroup"), "azureFunctionReceivers[*].httpTriggerUrl"),
    Mover(azure("monitor:ActionGroup"), "logicAppReceivers[*].callbackUrl"),
    Mover(azure("monitor:ActionGroup"), "automationRunbookReceivers[*].serviceUri"),
    Mover(azure("monitor:AutoscaleSetting"), "notifications[*].webhooks[*].serviceUri"),
    Mover(azure(*_SQL_AUDITS), "storageEndpoint"),
    *(Mover(azure(*_LOG_CONFIGURATIONS), f"{logs}.sasUrl")
      for logs in ("applicationLogs?.azureBlobStorage?", "applicationLogs?.azureTableStorage?",
                   "httpLogs?.azureBlobStorage?")),
)  # fmt: skip
