"""Good idioms of platform teams that move data: rules of residency are silent on each, under the repository's settings.

The shapes are those of upstream's examples: terraform-aws-modules (apigateway-v2, dms, sns, msk-kafka-cluster), Azure
Verified Modules, and the documentation of Velero, Strimzi, CloudNativePG, the Prometheus operator and OpenTelemetry.
"""

import json
from typing import Any

import pytest
from guardrails.engine.enforcement import load_enforcement
from guardrails.registry import IDS

from tests.distribution import ROOT
from tests.samples import COST_TAGS as TAGS

from .attacks.grants import k8s
from .harness import UNKNOWN, Given, Pack, blocking

ME = "123456789012"
HOME = "me-central-1"
ROLE = f"arn:aws:iam::{ME}:role/mover"
Links = dict[str, tuple[str, ...]]


@pytest.fixture(scope="module")
def pack() -> Pack:
    """The pack with the settings of the repository."""
    return Pack(load_enforcement(ROOT / "policy_pack" / "enforcement.yaml", IDS))


def aws(kind: str, called: str = "it", links: Links | None = None, **props: Any) -> Given:
    module, name = kind.split("/")
    return Given(f"aws:{module}/{name[0].lower()}{name[1:]}:{name}", {"tags": TAGS, **props}, called, links=links or {})


def azure(kind: str, called: str = "it", links: Links | None = None, **props: Any) -> Given:
    inputs = {"resourceGroupName": "ai-uaenorth", "location": "uaenorth", "tags": TAGS, **props}
    return Given(f"azure-native:{kind}", inputs, called, links=links or {})


def api_object(kind: str, spec: dict[str, Any], **fields: Any) -> Given:
    return k8s(kind, {"metadata": {"name": "x", "namespace": "data", "labels": TAGS}, "spec": spec, **fields})


def machine(states: dict[str, Any]) -> Given:
    definition = {"Comment": "see https://wiki.example.com/flows", "StartAt": "A", "States": states}
    return aws("sfn/StateMachine", roleArn=ROLE, definition=json.dumps(definition))


def linked(called: str = "it", links: Links | None = None, **properties: Any) -> Given:
    return azure("datafactory:LinkedService", called, links, factoryName="f", linkedServiceName="l",
                 properties={"description": "see https://wiki.example.com/data", **properties})  # fmt: skip


BUCKET = aws("s3/Bucket", "bucket", bucket="falaj-data")
DATABASE = aws("rds/Cluster", "database", engine="aurora-postgresql")
ACCOUNT = azure("storage:StorageAccount", "account", accountName="falajdata")
SQL = azure("sql:Server", "sql", serverName="falaj-sql")
APP = azure("web:WebApp", "app", name="falaj-orders")
MODELS = azure("cognitiveservices:Account", "models", accountName="falaj-models")
FILES = aws("datasync/LocationSmb", "files", serverHostname="10.0.0.4", user="sync", password="x", subdirectory="/x",
            agentArns=["a"])  # fmt: skip
OLD_BLOBS = aws("datasync/LocationAzureBlob", "old", containerUrl="https://europe.blob.core.windows.net/c",
                authenticationType="SAS", agentArns=["a"])  # fmt: skip
TARGET = aws("datasync/S3Location", "target", s3BucketArn="arn:aws:s3:::falaj-data", subdirectory="/",
             s3Config={"bucketAccessRoleArn": ROLE})  # fmt: skip


def transfer(source: str) -> Given:
    return aws("datasync/Task", "task", {"sourceLocationArn": (source,), "destinationLocationArn": ("target",)},
               sourceLocationArn=UNKNOWN, destinationLocationArn=UNKNOWN)  # fmt: skip


BROKERS = f"b-1.k.abc.c2.kafka.{HOME}.amazonaws.com:9098,b-2.k.abc.c2.kafka.{HOME}.amazonaws.com:9098"
POLICY = """<policies><inbound><base /><cors><allowed-origins><origin>https://portal.example.com</origin>
</allowed-origins></cors><validate-jwt header-name="Authorization"><openid-config
url="https://login.microsoftonline.com/t/v2.0/.well-known/openid-configuration" />
<audiences><audience>api://models</audience></audiences><issuers>
<issuer>https://sts.windows.net/t/</issuer></issuers></validate-jwt>
<set-backend-service base-url="https://falaj-models.openai.azure.com/openai" />
<authentication-managed-identity resource="https://cognitiveservices.azure.com" /></inbound></policies>"""
API_ID = "/subscriptions/s/providers/Microsoft.Web/locations/uaenorth/managedApis/azureblob"

IDIOMS: dict[str, tuple[Given, ...]] = {
    "API destination at an API of the stack": (
        aws("apigatewayv2/Api", "api", name="a", protocolType="HTTP"),
        aws("cloudwatch/EventApiDestination", links={"invocationEndpoint": ("api",)}, httpMethod="POST",
            connectionArn=f"arn:aws:events:{HOME}:{ME}:connection/a/1", invocationEndpoint=UNKNOWN)),
    "SNS to a queue": (aws("sns/TopicSubscription", topic="t", protocol="sqs",
                           endpoint=f"arn:aws:sqs:{HOME}:{ME}:events"),),
    "SNS to an API in the region": (aws("sns/TopicSubscription", topic="t", protocol="https",
                                        endpoint=f"https://abc.execute-api.{HOME}.amazonaws.com/prod/events"),),
    "SNS to people": (aws("sns/TopicSubscription", topic="t", protocol="email", endpoint="ops@example.ae"),),
    "REST API through a VPC link": (
        aws("apigateway/Integration", restApi="a", resourceId="r", httpMethod="ANY", type="HTTP_PROXY",
            connectionType="VPC_LINK", connectionId="v", uri="http://orders.example.com/{proxy}"),),
    "REST API to a function": (
        aws("apigateway/Integration", restApi="a", resourceId="r", httpMethod="ANY", type="AWS_PROXY",
            uri=f"arn:aws:apigateway:{HOME}:lambda:path/2015-03-31/functions/arn/invocations"),),
    "HTTP API through a VPC link": (
        aws("apigatewayv2/Integration", apiId="a", integrationType="HTTP_PROXY", connectionType="VPC_LINK",
            connectionId="v", integrationUri=f"arn:aws:elasticloadbalancing:{HOME}:{ME}:listener/app/a/1/2"),),
    "DMS from a database in another country": (
        aws("dms/Endpoint", endpointId="s", endpointType="source", engineName="oracle", serverName="db.example.de"),
        DATABASE,
        aws("dms/Endpoint", "to", {"serverName": ("database",)}, endpointId="t", endpointType="target",
            engineName="aurora-postgresql", serverName=UNKNOWN)),
    "DataSync from file servers on-premises": (BUCKET, FILES, TARGET, transfer("files")),
    "DataSync from a store in another country": (BUCKET, OLD_BLOBS, TARGET, transfer("old")),
    "Glue connection to a database of the stack": (
        DATABASE, aws("glue/Connection", links={"connectionProperties": ("database",)},
                      connectionProperties={"JDBC_CONNECTION_URL": UNKNOWN, "USERNAME": "glue"})),
    "Glue connection to a database by its regional name": (
        aws("glue/Connection", connectionProperties={
            "JDBC_CONNECTION_URL": f"jdbc:postgresql://c.cluster-abc.{HOME}.rds.amazonaws.com:5432/d",
            "JDBC_ENFORCE_SSL": "true", "SECRET_ID": "glue/orders"}),),
    "Glue connection to a network": (aws("glue/Connection", connectionType="NETWORK", connectionProperties={},
                                         physicalConnectionRequirements={"subnetId": "subnet-1"}),),
    "MSK Connect with Debezium": (
        aws("mskconnect/Connector", name="cdc", kafkaconnectVersion="3.7.x", serviceExecutionRoleArn=ROLE,
            connectorConfiguration={
                "connector.class": "io.debezium.connector.postgresql.PostgresConnector", "tasks.max": "1",
                "database.hostname": f"c.cluster-abc.{HOME}.rds.amazonaws.com", "database.server.name": "orders",
                "schema.history.internal.kafka.bootstrap.servers": BROKERS, "topic.prefix": "orders"},
            kafkaCluster={"apacheKafkaCluster": {"bootstrapServers": BROKERS, "vpc": {
                "securityGroups": ["sg-1"], "subnets": ["subnet-1"]}}}),),
    "Step Functions with functions and queues": (
        machine({"A": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Next": "B",
                       "Parameters": {"FunctionName": f"arn:aws:lambda:{HOME}:{ME}:function:f"}},
                 "B": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "End": True,
                       "Parameters": {"QueueUrl": f"https://sqs.{HOME}.amazonaws.com/{ME}/q", "MessageBody.$": "$"}}}),
    ),
    "Step Functions calls an API in the region": (
        machine({"A": {"Type": "Task", "Resource": "arn:aws:states:::http:invoke", "End": True,
                       "Parameters": {"ApiEndpoint": f"https://abc.execute-api.{HOME}.amazonaws.com/x",
                                      "Method": "POST"}}}),),
    "Firehose to a bucket of the stack": (
        BUCKET, aws("kinesis/FirehoseDeliveryStream", links={"extendedS3Configuration": ("bucket",)},
                    destination="extended_s3", extendedS3Configuration={"bucketArn": UNKNOWN, "roleArn": ROLE})),
    "Firehose to a search domain": (
        aws("kinesis/FirehoseDeliveryStream", destination="opensearch", opensearchConfiguration={
            "domainArn": f"arn:aws:es:{HOME}:{ME}:domain/d", "indexName": "i", "roleArn": ROLE}),),
    "IoT rule to Kafka of the region": (
        aws("iot/TopicRule", name="r", enabled=True, sql="SELECT *", sqlVersion="2016-03-23",
            kafkas=[{"topic": "t", "destinationArn": "d", "clientProperties": {
                "bootstrap.servers": BROKERS, "security.protocol": "SASL_SSL", "acks": "1"}}]),),
    "DNS queries to servers on-premises": (
        aws("route53/ResolverRule", domainName="corp.example.ae", ruleType="FORWARD", resolverEndpointId="e",
            targetIps=[{"ip": "10.20.0.2"}, {"ip": "10.20.0.3"}]),),
    "AppSync to an AWS service": (
        aws("appsync/DataSource", apiId="a", name="states", type="HTTP",
            httpConfig={"endpoint": f"https://sync-states.{HOME}.amazonaws.com/"}),),
    "inventory into a bucket of the stack": (
        BUCKET, aws("s3/Inventory", bucket="falaj-data", includedObjectVersions="All", schedule={"frequency": "Weekly"},
                    destination={"bucket": {"bucketArn": "arn:aws:s3:::falaj-data", "format": "Parquet"}})),
    "captured requests in a bucket of the stack": (
        BUCKET, aws("sagemaker/EndpointConfiguration", productionVariants=[{"modelName": "m", "variantName": "v"}],
                    dataCaptureConfig={"destinationS3Uri": "s3://falaj-data/capture"})),
    "linked services of accounts of the stack": (
        ACCOUNT, SQL,
        linked(type="AzureBlobStorage", serviceEndpoint="https://falajdata.blob.core.windows.net/",
               accountKind="StorageV2"),
        linked("lake", type="AzureBlobFS", url="https://falajdata.dfs.core.windows.net"),
        linked("sql-db", type="AzureSqlDatabase", server="falaj-sql.database.windows.net", database="d",
               authenticationType="SystemAssignedManagedIdentity", encrypt="mandatory"),
        linked("old-form", type="AzureBlobStorage",
               connectionString="DefaultEndpointsProtocol=https;AccountName=falajdata;EndpointSuffix=core.windows.net"),
        linked("unknown", {"properties": ("account",)}, type="AzureBlobStorage", serviceEndpoint=UNKNOWN)),
    "linked service of a vault": (
        linked(type="AzureKeyVault", baseUrl="https://another-team.vault.azure.net/"),),
    "linked services on-premises": (
        linked(type="SqlServer", connectionString="Server=tcp:10.1.2.3,1433;Database=d;User ID=adf"),
        linked("files", type="FileServer", host="\\\\fileserver01\\exports", userId="adf"),
        linked("sftp", type="Sftp", host="192.168.10.5", port=22)),
    "pipeline that calls an app of the stack": (
        APP, azure("datafactory:Pipeline", factoryName="f", pipelineName="p", activities=[
            {"name": "copy", "type": "Copy", "source": {"type": "BlobSource"}, "sink": {"type": "SqlSink"}},
            {"name": "loop", "type": "ForEach", "items": {"value": "@variables('x')", "type": "Expression"},
             "activities": [{"name": "call", "type": "WebActivity", "method": "POST",
                             "url": "https://falaj-orders.azurewebsites.net/api/done"}]}])),
    "datastore of an account of the stack": (
        ACCOUNT, azure("machinelearningservices:Datastore", workspaceName="w", name="d", properties={
            "datastoreType": "AzureBlob", "accountName": "falajdata", "containerName": "c",
            "endpoint": "core.windows.net", "credentials": {"credentialsType": "None"}})),
    "connection to models of the stack": (
        MODELS, azure("machinelearningservices:WorkspaceConnection", workspaceName="w", connectionName="c", properties={
            "category": "AzureOpenAI", "authType": "AAD", "target": "https://falaj-models.openai.azure.com/"})),
    "API Management in front of models": (
        MODELS,
        azure("apimanagement:Backend", "backend", serviceName="s", protocol="http",
              url="https://falaj-models.openai.azure.com/openai"),
        azure("apimanagement:ApiPolicy", "policy", serviceName="s", apiId="a", format="rawxml", value=POLICY)),
    "Logic App that calls an app of the stack": (
        APP,
        azure("web:Connection", "blobs", connectionName="blobs", properties={
            "api": {"id": API_ID}, "displayName": "blobs"}),
        azure("logic:Workflow", workflowName="w", identity={"type": "SystemAssigned"}, parameters={
            "orders": {"value": "https://falaj-orders.azurewebsites.net/api"}}, definition={
            "$schema": "https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/x.json#",
            "contentVersion": "1.0.0.0", "parameters": {"orders": {"type": "String"}},
            "triggers": {"every": {"type": "Recurrence", "recurrence": {"frequency": "Day", "interval": 1}}},
            "actions": {
                "call": {"type": "Http", "inputs": {"method": "POST", "uri": "@{parameters('orders')}/orders"}},
                "stop": {"type": "Http", "inputs": {"method": "POST", "uri": "https://management.azure.com/x/stop"}},
                "list": {"type": "ApiConnection", "inputs": {"path": "/v2/datasets", "host": {
                    "connection": {"name": "@parameters('$connections')['azureblob']['connectionId']"}}}}}})),
    "alerts to people and to an app of the stack": (
        APP, azure("monitor:ActionGroup", location="global", groupShortName="g", enabled=True,
                   emailReceivers=[{"name": "ops", "emailAddress": "ops@example.ae"}],
                   webhookReceivers=[{"name": "w", "serviceUri": "https://falaj-orders.azurewebsites.net/alerts"}])),
    "events to a queue": (
        azure("eventgrid:SystemTopicEventSubscription", systemTopicName="t", destination={
            "endpointType": "StorageQueue", "queueName": "q", "resourceId": "/subscriptions/s/x"}),),
    "app gateway in front of an app and of private addresses": (
        APP, azure("network:ApplicationGateway", backendAddressPools=[
            {"name": "app", "backendAddresses": [{"fqdn": "falaj-orders.azurewebsites.net"}]},
            {"name": "aks", "backendAddresses": [{"ipAddress": "10.4.0.7"}, {"ipAddress": "10.4.0.8"}]}])),
    "logs of a container environment": (
        azure("app:ManagedEnvironment", daprAIConnectionString="InstrumentationKey=k;IngestionEndpoint=https://"
              "uaenorth-0.in.applicationinsights.azure.com/;LiveEndpoint=https://uaenorth.livediagnostics.monitor"
              ".azure.com/"),),
    "DNS queries of Azure to servers on-premises": (
        azure("dnsresolver:ForwardingRule", domainName="corp.example.ae.", forwardingRuleState="Enabled",
              targetDnsServers=[{"ipAddress": "10.20.0.2", "port": 53}]),),
    "events captured in an account of the stack": (
        ACCOUNT, azure("eventhub:EventHub", links={"captureDescription": ("account",)}, namespaceName="n",
                       captureDescription={"enabled": True, "destination": {"storageAccountResourceId": UNKNOWN}})),
    "Service named after a database of the region": (
        api_object("core/v1:Service", {"type": "ExternalName",
                                       "externalName": f"c.cluster-abc.{HOME}.rds.amazonaws.com"}),),
    "Service named after another Service": (
        api_object("core/v1:Service", {"type": "ExternalName", "externalName": "api.orders.svc.cluster.local"}),),
    "metrics in Prometheus of the region and of the cluster": (
        api_object("monitoring.coreos.com/v1:Prometheus", {"remoteWrite": [
            {"url": f"https://aps-workspaces.{HOME}.amazonaws.com/workspaces/ws-1/api/v1/remote_write"},
            {"url": "http://thanos-receive.monitoring.svc:19291/api/v1/receive"}]}),),
    "alerts to a Service": (
        api_object("monitoring.coreos.com/v1alpha1:AlertmanagerConfig", {"receivers": [
            {"name": "r", "webhookConfigs": [{"url": "http://alert-bridge.monitoring:8080/"}]}]}),),
    "backups in the region": (
        api_object("velero.io/v1:BackupStorageLocation", {
            "provider": "aws", "objectStorage": {"bucket": "velero"},
            "config": {"region": HOME, "kmsKeyId": "alias/backups"}}),),
    "backups in a store of the cluster": (
        api_object("velero.io/v1:BackupStorageLocation", {
            "provider": "velero.io/aws", "objectStorage": {"bucket": "velero"},
            "config": {"region": "minio", "s3ForcePathStyle": "true", "s3Url": "http://minio.velero.svc:9000"}}),),
    "traces to a collector": (
        api_object("opentelemetry.io/v1beta1:OpenTelemetryCollector", {"config": {
            "receivers": {"otlp": {"protocols": {"grpc": {"endpoint": "${env:MY_POD_IP}:4317"}}}},
            "exporters": {"otlp": {"endpoint": "otel-gateway.observability:4317"}, "debug": {}}}}),),
    "database backed up into a bucket of the stack": (
        BUCKET, api_object("postgresql.cnpg.io/v1:Cluster", {"instances": 3, "backup": {"barmanObjectStore": {
            "destinationPath": "s3://falaj-data/pg", "s3Credentials": {"inheritFromIAMRole": True}}}})),
    "volumes backed up in the region": (
        api_object("longhorn.io/v1beta2:BackupTarget", {"backupTargetURL": f"s3://longhorn@{HOME}/"}),),
    "admission webhook of a Service": (
        api_object("admissionregistration.k8s.io/v1:ValidatingWebhookConfiguration", {}, webhooks=[
            {"name": "a.example.ae", "clientConfig": {"service": {"name": "w", "namespace": "policy", "port": 443}}}]),
    ),
    "topics mirrored between clusters of the site": (
        api_object("kafka.strimzi.io/v1beta2:KafkaMirrorMaker2", {"clusters": [
            {"alias": "a", "bootstrapServers": "a-kafka-bootstrap.kafka-a:9093"},
            {"alias": "b", "bootstrapServers": "b-kafka-bootstrap.kafka-b.svc:9093"}]}),),
}  # fmt: skip


@pytest.mark.parametrize("name", IDIOMS)
def test_rules_of_residency_are_silent(pack: Pack, name: str) -> None:
    plan = IDIOMS[name]
    reports = pack.evaluate_plan(*plan)
    assert {rule for rule in blocking(reports) if rule.startswith("FJ-RES")} == set(), [
        report.text for report in reports if report.rule.startswith("FJ-RES")
    ]
