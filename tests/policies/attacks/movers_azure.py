"""Azure services that send or copy data to a host that nobody knows, or of a kind that has no known place."""

from typing import Any

from ...samples import COST_TAGS as TAGS
from ..harness import UNKNOWN, Given
from . import Attack

GROUP = "ai-uaenorth"
RULES = ("FJ-RES-212",)
STRANGER = "https://stranger.blob.core.windows.net/"


def _azure(kind: str, called: str = "it", links: dict[str, tuple[str, ...]] | None = None, **props: Any) -> Given:
    return Given(f"azure-native:{kind}", {"resourceGroupName": GROUP, **props}, called, links=links or {})


def _attack(name: str, *plan: Given, rules: tuple[str, ...] = RULES) -> Attack:
    return Attack(name, rules, plan)


def _linked(**properties: Any) -> Given:
    return _azure("datafactory:LinkedService", factoryName="f", linkedServiceName="l", properties=properties)


def _backend(url: str, **props: Any) -> Given:
    return _azure("apimanagement:Backend", serviceName="s", backendId="b", protocol="http", url=url, **props)


def _policy(value: str, form: str = "rawxml") -> Given:
    return _azure("apimanagement:ApiPolicy", serviceName="s", apiId="a", policyId="policy", format=form, value=value)


def _workflow(actions: dict[str, Any], **props: Any) -> Given:
    schema = "https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#"
    definition = {"$schema": schema, "contentVersion": "1.0.0.0", "triggers": {}, "actions": actions}
    return _azure("logic:Workflow", location="uaenorth", workflowName="w", identity={"type": "SystemAssigned"},
                  definition=definition, tags=TAGS, **props)  # fmt: skip


def _http(uri: str) -> dict[str, Any]:
    return {"call": {"type": "Http", "inputs": {"method": "POST", "uri": uri}}}


def _hook(**destination: Any) -> Given:
    return _azure("eventgrid:SystemTopicEventSubscription", systemTopicName="t", eventSubscriptionName="e",
                  destination={"endpointType": "WebHook", **destination})  # fmt: skip


ATTACKS = (
    _attack("linked service of S3 in another region",
            _linked(type="AmazonS3", serviceUrl="https://s3.eu-west-1.amazonaws.com")),
    _attack("linked service of S3 without an address", _linked(type="AmazonS3", accessKeyId="k")),
    _attack("linked service of Google Cloud Storage",
            _linked(type="GoogleCloudStorage", serviceUrl="https://storage.googleapis.com")),
    _attack("linked service of BigQuery, which has no address", 
            _linked(type="GoogleBigQueryV2", projectId="p", authenticationType="ServiceAuthentication")),
    _attack("linked service of a stranger's blobs", _linked(type="AzureBlobStorage", serviceEndpoint=STRANGER)),
    _attack("linked service of a stranger's blobs in a connection string",
            _linked(type="AzureBlobStorage",
                    connectionString="DefaultEndpointsProtocol=https;AccountName=stranger;AccountKey=a2V5")),
    _attack("linked service of a stranger's blobs in a secure string",
            _linked(type="AzureBlobStorage", sasUri={"type": "SecureString", "value": f"{STRANGER}c?sv=1"})),
    _attack("linked service whose address is in a vault",
            _linked(type="AzureSqlDatabase", connectionString={
                "type": "AzureKeyVaultSecret", "secretName": "sql",
                "store": {"type": "LinkedServiceReference", "referenceName": "vault"}})),
    _attack("linked service of a database abroad", _linked(type="PostgreSqlV2", server="db.example.de", database="d",
                                                         username="u", sslMode=1, authenticationType="Basic")),
    _attack("linked service of a second server in a connection string",
            _linked(type="SqlServer", connectionString="Data Source=tcp:sql.example.de,1433;Initial Catalog=d")),
    _attack("linked service of SFTP abroad", _linked(type="Sftp", host="sftp.example.de", port=22)),
    _attack("linked service of Snowflake", _linked(type="SnowflakeV2", accountIdentifier="x-y", database="d",
                                                  warehouse="w", host="x-y.snowflakecomputing.com")),
    _attack("datastore in a stranger's account",
            _azure("machinelearningservices:Datastore", workspaceName="w", name="d",
                   properties={"datastoreType": "AzureBlob", "accountName": "stranger", "containerName": "c",
                               "credentials": {"credentialsType": "None"}})),
    _attack("datastore in OneLake of a geography",
            _azure("machinelearningservices:Datastore", workspaceName="w", name="d",
                   properties={"datastoreType": "OneLake", "endpoint": "onelake.dfs.fabric.microsoft.com",
                               "oneLakeWorkspaceName": "x", "credentials": {"credentialsType": "None"},
                               "artifact": {"artifactType": "LakeHouse", "artifactName": "a"}})),
    _attack("AI account connected to a model of another vendor",
            _azure("cognitiveservices:AccountConnection", accountName="a", connectionName="c",
                   properties={"authType": "ApiKey", "category": "OpenAI", "target": "https://api.openai.com/v1"})),
    _attack("AI project grounded with web search",
            _azure("cognitiveservices:ProjectConnection", accountName="a", projectName="p", connectionName="c",
                   properties={"authType": "ApiKey", "category": "ApiKey",
                               "target": "https://api.bing.microsoft.com/"})),
    _attack("AI account of a stranger, connected to a workspace",
            _azure("machinelearningservices:WorkspaceConnection", workspaceName="w", connectionName="c",
                   properties={"authType": "ApiKey", "category": "AzureOpenAI",
                               "target": "https://stranger.openai.azure.com/"})),
    _attack("prompts are checked by a provider on the web",
            Given("azure-native:cognitiveservices:RaiExternalSafetyProvider",
                  {"safetyProviderName": "p", "properties": {"mode": "Sync", "providerName": "p",
                                                             "url": "https://safety.example.com"}})),
    _attack("API Management backend of another vendor", _backend("https://api.openai.com/v1")),
    _attack("API Management backend through a proxy abroad",
            _backend("https://10.0.0.4/v1", proxy={"url": "http://proxy.example.de:3128"})),
    _attack("API Management API at a host named like the region",
            _azure("apimanagement:Api", serviceName="s", apiId="a", path="x", displayName="x",
                   serviceUrl="https://uaenorth.azurewebsites.net.example.com")),
    _attack("API policy that sends requests to the web",
            _policy('<policies><inbound><set-backend-service base-url="https://api.openai.com/v1" /></inbound>'
                    "</policies>")),
    _attack("API policy that copies requests to the web",
            _policy("<policies><inbound><send-one-way-request><set-url>https://hooks.example.de/x</set-url>"
                    "</send-one-way-request></inbound></policies>")),
    _attack("API policy whose address has an attribute",
            _policy('<policies><inbound><send-request mode="new"><set-url xml:space="preserve">https://x.example.de'
                    "</set-url></send-request></inbound></policies>")),
    _attack("API policy that computes its backend",
            _policy("<policies><inbound><set-backend-service base-url=\"@(&quot;htt&quot; + context.Variables[0])\" />"
                    "</inbound></policies>")),
    _attack("API policy that encodes its backend",
            _policy('<policies><inbound><set-backend-service base-url="https&#58;//api.openai.com" /></inbound>'
                    "</policies>", form="xml")),
    _attack("API policy that is read from the web", _policy("https://raw.example.com/policy.xml", form="xml-link")),
    _attack("Logic App posts to the web", _workflow(_http("https://api.openai.com/v1"))),
    _attack("Logic App posts to the web in a loop inside a condition",
            _workflow({"if": {"type": "If", "expression": "@true", "actions": {
                "loop": {"type": "Foreach", "foreach": "@triggerBody()", "actions": _http("https://x.example.de")}}}})),
    _attack("Logic App posts to a parameter",
            _workflow(_http("@parameters('url')"),
                      parameters={"url": {"type": "String", "value": "https://hooks.example.de/x"}})),
    _attack("Logic App posts to what its caller says", _workflow(_http("@{triggerBody()?['url']}"))),
    _attack("Logic App puts its host together", _workflow(_http("@concat('https://', parameters('host'))"))),
    _attack("alerts go to a webhook abroad",
            _azure("monitor:ActionGroup", location="global", groupShortName="g", enabled=True, tags=TAGS,
                   webhookReceivers=[{"name": "ok", "serviceUri": "https://10.0.0.4/x"},
                                     {"name": "w", "serviceUri": "https://hooks.example.de/x"}])),
    _attack("alerts go to a mailbox of a stranger",
            _azure("monitor:ActionGroup", location="global", groupShortName="g", enabled=True, tags=TAGS,
                   emailReceivers=[{"name": "ops", "emailAddress": "ops@example.ae.example.com"}])),
    _attack("scaling notifies a webhook abroad",
            _azure("monitor:AutoscaleSetting", location="uaenorth", profiles=[], tags=TAGS, enabled=True,
                   notifications=[{"operation": "Scale", "webhooks": [{"serviceUri": "https://hooks.example.de"}]}])),
    _attack("registry calls a webhook abroad",
            _azure("containerregistry:Webhook", registryName="r", location="uaenorth", actions=["push"], tags=TAGS,
                   serviceUri="https://hooks.example.de")),
    _attack("audit of a database in a stranger's account",
            _azure("sql:ServerBlobAuditingPolicy", serverName="s", state="Enabled", storageEndpoint=STRANGER)),
    _attack("logs of an app in a stranger's account",
            _azure("web:WebAppDiagnosticLogsConfiguration", name="app", httpLogs={"azureBlobStorage": {
                "enabled": True, "retentionInDays": 30, "sasUrl": f"{STRANGER}logs?sv=1"}})),
    _attack("events go to an app of a stranger", _hook(endpointUrl="https://stranger.azurewebsites.net/api/x")),
    _attack("events go to an app that is named like a region",
            _hook(endpointUrl="https://uaenorth-01.azurewebsites.net/api/x")),
    _attack("events go to an address in a vault",
            _azure("keyvault:Secret", "secret", vaultName="v", properties={"value": "https://hooks.example.de"},
                   tags=TAGS),
            _azure("eventgrid:SystemTopicEventSubscription", systemTopicName="t", eventSubscriptionName="e",
                   destination={"endpointType": "WebHook", "endpointUrl": UNKNOWN},
                   links={"destination": ("secret",)})),
)  # fmt: skip
