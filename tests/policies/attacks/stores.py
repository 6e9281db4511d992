"""Copies into stores that nobody knows, and connectors of kinds that have no known place."""

from typing import Any

from ...samples import COST_TAGS as TAGS
from ..harness import Given
from . import Attack

ME = "123456789012"
ROLE = f"arn:aws:iam::{ME}:role/mover"
BUCKET = "arn:aws:s3:::stranger"
ACCOUNT = "/subscriptions/9/resourceGroups/x/providers/Microsoft.Storage/storageAccounts/stranger"
API = "/subscriptions/s/providers/Microsoft.Web/locations/uaenorth/managedApis/dropbox"
COPY, HOST, HOST_AZURE, KIND, PARTNER = "FJ-RES-106", "FJ-RES-112", "FJ-RES-212", "FJ-RES-210", "FJ-RES-208"


def _aws(title: str, rule: str, kind: str, **props: Any) -> Attack:
    module, typ = kind.split("/")
    return Attack(title, (rule,), (Given(f"aws:{module}/{typ[0].lower()}{typ[1:]}:{typ}", props),))


def _azure(title: str, rule: str, kind: str, **props: Any) -> Attack:
    return Attack(title, (rule,), (Given(f"azure-native:{kind}", {"resourceGroupName": "ai", **props}),))


def _output(title: str, rule: str, **datasource: Any) -> Attack:
    return _azure(title, rule, "streamanalytics:Output", jobName="j", outputName="o", datasource=datasource)


def _linked(title: str, **properties: Any) -> Attack:
    return _azure(title, KIND, "datafactory:LinkedService", factoryName="f", linkedServiceName="l",
                  properties=properties)  # fmt: skip


ATTACKS = (
    _aws("inventory into a bucket of a stranger", COPY, "s3/Inventory", bucket="b", includedObjectVersions="All",
         schedule={"frequency": "Daily"}, destination={"bucket": {"bucketArn": BUCKET, "format": "CSV"}}),
    _aws("analysis of storage into a bucket of a stranger", COPY, "s3/AnalyticsConfiguration", bucket="b",
         storageClassAnalysis={"dataExport": {"destination": {"s3BucketDestination": {"bucketArn": BUCKET}}}}),
    _aws("Firehose into a bucket of a stranger", COPY, "kinesis/FirehoseDeliveryStream", destination="extended_s3",
         extendedS3Configuration={"bucketArn": BUCKET, "roleArn": ROLE}, tags=TAGS),
    _aws("DMS into a bucket of a stranger", COPY, "dms/S3Endpoint", endpointId="e", endpointType="target",
         bucketName="stranger", serviceAccessRoleArn=ROLE, tags=TAGS),
    _aws("IoT rule into a bucket of a stranger", COPY, "iot/TopicRule", name="r", enabled=True, sql="SELECT *",
         sqlVersion="2016-03-23", s3=[{"bucketName": "stranger", "key": "k", "roleArn": ROLE}], tags=TAGS),
    _aws("transfer workflow copies into a bucket of a stranger", COPY, "transfer/Workflow", tags=TAGS, steps=[
        {"type": "COPY", "copyStepDetails": {"name": "c", "destinationFileLocation": {
            "s3FileLocation": {"bucket": "stranger", "key": "k/"}}}}]),
    _aws("prompts and answers are captured in a bucket of a stranger", HOST, "sagemaker/EndpointConfiguration",
         tags=TAGS, productionVariants=[{"modelName": "m", "variantName": "v"}],
         dataCaptureConfig={"destinationS3Uri": "s3://stranger/x", "initialSamplingPercentage": 100,
                            "captureOptions": [{"captureMode": "InputAndOutput"}]}),
    _aws("results of a fine-tuning in a bucket of a stranger", HOST, "bedrock/CustomModel", customModelName="m",
         jobName="j", roleArn=ROLE, baseModelIdentifier="amazon.nova-lite-v1:0", hyperparameters={},
         outputDataConfig={"s3Uri": "s3://stranger/"}, trainingDataConfig={"s3Uri": "s3://falaj-data/"}, tags=TAGS),
    _aws("models are tracked in a bucket of a stranger", HOST, "sagemaker/MlflowTrackingServer",
         trackingServerName="t", roleArn=ROLE, artifactStoreUri="s3://stranger/mlflow", tags=TAGS),
    _aws("logs of containers go to a vendor", HOST, "ecs/TaskDefinition", family="f", tags=TAGS,
         containerDefinitions='[{"name": "log", "image": "r/x:1", "logConfiguration": {"logDriver": "awsfirelens", '
         '"options": {"Name": "http", "Host": "intake.example.com"}}}]'),
    _aws("logs of jobs go to Splunk", HOST, "batch/JobDefinition", type="container", tags=TAGS,
         containerProperties='{"image": "r/x:1", "logConfiguration": {"logDriver": "splunk", "options": '
         '{"splunk-url": "https://splunk.example.com:8088"}}}'),
    _aws("search pipeline writes to a cluster abroad", HOST, "opensearchingest/Pipeline", pipelineName="p", minUnits=1,
         maxUnits=2, tags=TAGS, pipelineConfigurationBody='version: "2"\nlog:\n  source: {http: {path: /x}}\n  sink:\n'
         '    - opensearch: {hosts: ["https://es.example.de"], index: i}\n'),
    _aws("results of queries in a bucket of a stranger", HOST, "athena/Workgroup", name="w", tags=TAGS,
         configuration={"resultConfiguration": {"outputLocation": "s3://stranger/results"}}),
    _aws("alerts go to Slack", "FJ-RES-110", "chatbot/SlackChannelConfiguration", configurationName="c", tags=TAGS,
         iamRoleArn=ROLE, slackChannelId="C0", slackTeamId="T0"),
    _aws("findings go to Jira", "FJ-RES-110", "securityhub/ConnectorV2", name="jira", tags=TAGS,
         connectorProvider={"jiraCloud": {"projectKey": "SEC"}}),
    _linked("linked service of Dynamics by its vendor's address", type="Dynamics", deploymentType="Online",
            authenticationType="AADServicePrincipal", serviceUri="https://10.0.0.4/"),
    _linked("linked service of Google Cloud Storage with an address that says nothing",
            type="GoogleCloudStorage", serviceUrl="https://10.0.0.4/"),
    _linked("linked service of Salesforce", type="SalesforceV2", environmentUrl="https://10.0.0.4/"),
    _output("stream into Power BI", KIND, type="PowerBI", dataset="d", table="t", groupId="g"),
    _output("stream into blobs of a stranger", HOST_AZURE, type="Microsoft.Storage/Blob", container="c",
            storageAccounts=[{"accountName": "stranger"}]),
    _output("stream into events of a stranger", HOST_AZURE, type="Microsoft.EventHub/EventHub",
            serviceBusNamespace="stranger", eventHubName="h"),
    _output("stream into a database of a stranger", HOST_AZURE, type="Microsoft.Sql/Server/Database",
            server="stranger", database="d", table="t"),
    _azure("bot on a messenger of another vendor", KIND, "botservice:Channel", resourceName="b",
           channelName="TelegramChannel", location="uaenorth", properties={"channelName": "TelegramChannel"}),
    _azure("connection to Dropbox", KIND, "web:Connection", connectionName="c", location="uaenorth",
           properties={"api": {"id": API}, "displayName": "c"}, tags=TAGS),
    _azure("connection to blobs of a stranger", HOST_AZURE, "web:Connection", connectionName="c", location="uaenorth",
           properties={"api": {"id": API.replace("dropbox", "azureblob")},
                       "parameterValues": {"accountName": "stranger", "accessKey": "k"}}, tags=TAGS),
    _azure("component of Dapr that writes to Google", KIND, "app:DaprComponent", environmentName="e",
           componentName="c", componentType="bindings.gcp.bucket", version="v1", metadata=[]),
    _azure("component of Dapr that calls the web", HOST_AZURE, "app:DaprComponent", environmentName="e",
           componentName="c", componentType="bindings.http", version="v1",
           metadata=[{"name": "url", "value": "https://hooks.example.de"}]),
    _azure("datastore with the domain of another cloud", KIND, "machinelearningservices:Datastore", workspaceName="w",
           name="d", properties={"datastoreType": "AzureBlob", "accountName": "falajdata", "containerName": "c",
                                 "endpoint": "core.chinacloudapi.cn", "credentials": {"credentialsType": "None"}}),
    _azure("pipeline posts to the web in a branch of a loop", HOST_AZURE, "datafactory:Pipeline", factoryName="f",
           pipelineName="p", activities=[{"name": "i", "type": "IfCondition", "expression": {
               "type": "Expression", "value": "@bool(1)"}, "ifTrueActivities": [
                   {"name": "w", "type": "WebActivity", "method": "POST", "url": "https://hooks.example.de"}]}]),
    _azure("pipeline posts to an address of its trigger", HOST_AZURE, "datafactory:Pipeline", factoryName="f",
           pipelineName="p", activities=[{"name": "w", "type": "WebActivity", "method": "POST", "url": {
               "type": "Expression", "value": "@pipeline().parameters.url"}}]),
    _azure("app gateway in front of a host abroad", HOST_AZURE, "network:ApplicationGateway", location="uaenorth",
           backendAddressPools=[{"name": "p", "backendAddresses": [{"ipAddress": "10.0.0.4"},
                                                                  {"fqdn": "api.openai.com"}]}], tags=TAGS),
    _azure("messages go upstream to the web", HOST_AZURE, "signalrservice:SignalR", location="uaenorth", tags=TAGS,
           upstream={"templates": [{"urlTemplate": "https://hooks.example.de/{hub}"}]}),
    _azure("cache is saved in a stranger's account", HOST_AZURE, "redis:Redis", name="r", location="uaenorth",
           tags=TAGS, sku={"name": "Premium", "family": "P", "capacity": 1}, redisConfiguration={
               "rdbStorageConnectionString": "DefaultEndpointsProtocol=https;AccountName=stranger;AccountKey=k"}),
    _azure("screens of a machine in a stranger's account", HOST_AZURE, "compute:VirtualMachine", location="uaenorth",
           tags=TAGS, diagnosticsProfile={"bootDiagnostics": {
               "enabled": True, "storageUri": "https://stranger.blob.core.windows.net/"}}),
    _azure("events captured in a stranger's account", PARTNER, "eventhub:EventHub", namespaceName="n",
           captureDescription={"enabled": True, "destination": {"storageAccountResourceId": ACCOUNT}}),
)  # fmt: skip
