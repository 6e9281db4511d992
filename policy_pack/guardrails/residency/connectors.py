"""Kinds of connectors: a kind is allowed if its properties show where the data goes, and the rules of destinations
evaluate these. Other kinds are of a vendor whose place no plan shows.
"""

from ..engine.conditions import ABSENT, NEVER, Condition, none_of, one_of
from ..engine.families import residency_rule
from ..engine.rows import Check, Guardrail, Severity, aws, azure
from ..engine.verdicts import Verdict

AWS_ROWS = (
    Check(aws("kinesis/FirehoseDeliveryStream"), "destination", none_of("http_endpoint", "splunk", "snowflake")),
    Check(aws("appflow/Flow"), "destinationFlowConfigs[*].connectorType",
          one_of("S3", "Redshift", "EventBridge", "Upsolver")),
    Check(aws("chatbot/SlackChannelConfiguration", "chatbot/TeamsChannelConfiguration"), "", NEVER),
    Check(aws("securityhub/ConnectorV2"), "connectorProvider?.jiraCloud", ABSENT),
    Check(aws("securityhub/ConnectorV2"), "connectorProvider?.serviceNow", ABSENT),
)  # fmt: skip

LINKED_SERVICES = (
    "AmazonRdsForOracle", "AmazonRdsForSqlServer", "AmazonRedshift", "AmazonS3", "AmazonS3Compatible", "AzureBatch",
    "AzureBlobFS", "AzureBlobStorage", "AzureDataExplorer", "AzureDatabricks", "AzureDatabricksDeltaLake",
    "AzureFileStorage", "AzureFunction", "AzureKeyVault", "AzureMariaDB", "AzureMySql", "AzurePostgreSql",
    "AzureSearch", "AzureSqlDW", "AzureSqlDatabase", "AzureSqlMI", "AzureStorage", "AzureSynapseArtifacts",
    "AzureTableStorage", "Cassandra", "CosmosDb", "CosmosDbMongoDbApi", "Couchbase", "Db2", "Drill", "FileServer",
    "FtpServer", "Greenplum", "HBase", "HDInsight", "Hdfs", "Hive", "HttpServer", "Impala", "Informix", "MariaDB",
    "MongoDb", "MongoDbV2", "MySql", "Netezza", "OData", "Odbc", "Oracle", "Phoenix", "PostgreSql", "PostgreSqlV2",
    "Presto", "RestService", "SapBW", "SapEcc", "SapHana", "SapOdp", "SapOpenHub", "SapTable", "Sftp",
    "SharePointOnlineList", "Spark", "SqlServer", "Sybase", "Teradata", "Vertica", "Web",
)  # fmt: skip
"""Linked services of Data Factory whose address is that of the store (pulumi-azure-native 3.29.0, 2026-11-27; a test
repeats it). The address of a vendor's service does not say where the vendor stores the data."""
_STREAM_OUTPUTS = ("Microsoft.ServiceBus/Topic", "Microsoft.ServiceBus/Queue", "Microsoft.EventHub/EventHub",
                   "Microsoft.ServiceBus/EventHub", "Microsoft.Storage/DocumentDB", "Microsoft.Storage/Blob",
                   "Microsoft.Storage/Table", "Microsoft.Sql/Server/DataWarehouse", "Microsoft.Sql/Server/Database",
                   "Microsoft.AzureFunction", "GatewayMessageBus")  # fmt: skip
_CHANNELS = ("DirectLineChannel", "DirectLineSpeechChannel", "WebChatChannel", "EmailChannel", "MsTeamsChannel")
_API_KINDS = frozenset(
    {
        "arm", "azureautomation", "azureblob", "azuredatafactory", "azureeventgrid", "azureeventgridpublish",
        "azurefile", "azureloganalyticsdatacollector", "azuremonitorlogs", "azurequeues", "azuresentinel",
        "azuretables", "azurevm", "documentdb", "eventhubs", "keyvault", "servicebus", "sftpwithssh", "sql", "sqldw",
    }
)  # fmt: skip
"""Managed APIs of Azure's own services, and those whose connection names the server. That of Sentinel reads and writes
incidents of a workspace (connections of `azuresentinel` in public playbooks, read 2026-12-02)."""
AZURE_API = Condition(
    f"must end in the name of an API of Azure's own services ({', '.join(sorted(_API_KINDS))})",
    lambda value: isinstance(value, str) and value.rstrip("/").rpartition("/")[2].lower() in _API_KINDS,
)
_COMPONENT_KINDS = (
    "bindings.azure.", "bindings.cron", "bindings.http", "bindings.kafka", "bindings.kubernetes", "bindings.mqtt",
    "bindings.mysql", "bindings.postgres", "bindings.rabbitmq", "bindings.redis", "configuration.azure.",
    "configuration.postgres", "configuration.redis", "crypto.", "lock.redis", "middleware.", "pubsub.azure.",
    "pubsub.in-memory", "pubsub.kafka", "pubsub.mqtt", "pubsub.rabbitmq", "pubsub.redis", "secretstores.azure.",
    "secretstores.kubernetes", "secretstores.local.", "state.azure.", "state.in-memory", "state.mongodb", "state.mysql",
    "state.postgresql", "state.redis", "state.sqlserver",
)  # fmt: skip
DAPR_COMPONENT = Condition(
    f"must begin with one of {', '.join(_COMPONENT_KINDS)}",
    lambda value: isinstance(value, str) and value.lower().startswith(_COMPONENT_KINDS),
)

_SENDING_EXTENSIONS = frozenset(
    {"azure_storage", "dblink", "postgres_fdw", "azure_ai", "oracle_fdw", "pg_duckdb", "tds_fdw"}
)
"""Extensions with which a statement sends rows to any account or server (MicrosoftDocs/azure-databases-docs 01b8eaef
articles/postgresql/extensions/includes/extensions-tables-by-engine-17.md, read 2026-11-29)."""
INSIDE_EXTENSIONS = Condition(
    "must not include azure_storage, azure_ai, dblink, pg_duckdb or a foreign data wrapper",
    lambda value: not _SENDING_EXTENSIONS.intersection(item.strip().lower() for item in str(value).split(",")),
)

AZURE_ROWS = (
    Check(azure("datafactory:LinkedService"), "properties.type", one_of(*LINKED_SERVICES)),
    *(Check(azure("monitor:ActionGroup", "monitor:TenantActionGroup"), f"{kind}Receivers[*].countryCode",
            one_of("971")) for kind in ("sms", "voice")),
    Check(azure("streamanalytics:Output"), "datasource?.type", one_of(*_STREAM_OUTPUTS)),
    Check(azure("streamanalytics:StreamingJob"), "outputs[*].datasource.type", one_of(*_STREAM_OUTPUTS)),
    Check(azure("botservice:Channel"), "properties.channelName", one_of(*_CHANNELS)),
    Check(azure("web:Connection"), "properties.api.id", AZURE_API),
    Check(azure("dbforpostgresql:Configuration"), "value", INSIDE_EXTENSIONS,
          when=("configurationName", one_of("azure.extensions"))),
    Check(azure("app:DaprComponent", "app:ConnectedEnvironmentsDaprComponent"), "componentType", DAPR_COMPONENT),
    Check(azure("machinelearningservices:Datastore"), "properties.endpoint",
          one_of("core.windows.net", missing=Verdict.PASS),
          when=("properties.datastoreType", one_of("AzureBlob", "AzureDataLakeGen2", "AzureFile"))),
    Check(azure("machinelearningservices:MachineLearningDatastore"), "endpoint",
          one_of("core.windows.net", missing=Verdict.PASS)),
)  # fmt: skip

_WHY = "the address of a vendor's service does not say where the vendor stores the data"


def connector_residency() -> tuple[Guardrail, ...]:
    """Returns the guardrails."""
    return (
        residency_rule(110, Severity.CRITICAL, "Streams and flows are delivered to regional services",
                       "a vendor's endpoint takes the data to the vendor's location",
                       "Deliver to S3, Redshift or OpenSearch in the region",
                       checks=AWS_ROWS),
        residency_rule(210, Severity.CRITICAL, "Azure connectors are of kinds whose address shows where the data goes",
                       _WHY, "Use a connector of the kinds that the message lists, such as AzureBlobStorage with the "
                       "serviceEndpoint of an account of this stack",
                       checks=AZURE_ROWS),
    )  # fmt: skip
