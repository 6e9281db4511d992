"""Attacks on residency that nobody had written down: movers, texts, tunnels and telemetry to places abroad.

Severity stands beside each; the source is the vendor's document that says that the cloud accepts it.
"""

import base64
import json

from ..blind import GROUP, IMAGE, KEY, ME, TAGS, THEIR_SUB, THEM, aws, az, crd, k8s, meta, pod
from . import Attack

BROKERS = "kafka.example.de:9093"
NETWORK_XML = (
    '<broker xmlns="http://activemq.apache.org/schema/core"><networkConnectors>'
    '<networkConnector uri="static:(ssl://mq.example.de:61617)"/></networkConnectors></broker>'
)
ODATA = "https://prod-01.westeurope.logic.azure.com/workflows/x/triggers/manual/paths/invoke"

AWS = (
    Attack(  # critical; Bedrock User Guide, "Knowledge base vector stores": Pinecone, in the vendor's cloud
        "Bedrock knowledge base that keeps its vectors in Pinecone",
        ("FJ-RES-",),
        (aws("bedrock/AgentKnowledgeBase", {
            "roleArn": f"arn:aws:iam::{ME}:role/kb", "tags": TAGS,
            "knowledgeBaseConfiguration": {"type": "VECTOR", "vectorKnowledgeBaseConfiguration": {
                "embeddingModelArn": "arn:aws:bedrock:me-central-1::foundation-model/amazon.titan-embed-text-v2:0"}},
            "storageConfiguration": {"type": "PINECONE", "pineconeConfiguration": {
                "connectionString": "https://x.svc.europe-west4-gcp.pinecone.io",
                "credentialsSecretArn": f"arn:aws:secretsmanager:me-central-1:{ME}:secret:p-abcdef",
                "fieldMapping": {"textField": "t", "metadataField": "m"}}}}),),
    ),
    Attack(  # critical; Bedrock AgentCore, "MCP servers targets": the gateway sends prompts and data to the endpoint
        "AgentCore gateway target at a stranger's MCP server",
        ("FJ-RES-",),
        (aws("bedrock/AgentcoreGatewayTarget", {
            "gatewayIdentifier": "g", "name": "x",
            "targetConfiguration": {"mcp": {"mcpServer": {"endpoint": "https://mcp.example.de/mcp"}}}}),),
    ),
    Attack(  # high; ECS Developer Guide, "Using custom log routing": FireLens sends to any host
        "ECS logs through FireLens to Datadog in the EU",
        ("FJ-RES-",),
        (aws("ecs/TaskDefinition", {"family": "f", "tags": TAGS, "containerDefinitions": json.dumps([{
            "name": "app", "image": IMAGE, "readonlyRootFilesystem": True, "user": "10001", "essential": True,
            "logConfiguration": {"logDriver": "awsfirelens", "options": {
                "Name": "http", "Host": "http-intake.logs.datadoghq.eu", "TLS": "on"}}}])}),),
    ),
    Attack(  # high; Lambda, "Extensions": a vendor's layer sends logs and payloads to the vendor's site
        "Lambda layer of a vendor with telemetry to its site in the EU",
        ("FJ-RES-",),
        (aws("lambda/Function", {
            "role": f"arn:aws:iam::{ME}:role/f", "tags": TAGS, "kmsKeyArn": KEY,
            "layers": ["arn:aws:lambda:me-central-1:464622532012:layer:Datadog-Extension:80"],
            "environment": {"variables": {"DD_SITE": "datadoghq.eu", "DD_CAPTURE_LAMBDA_PAYLOAD": "true"}}}),),
    ),
    Attack(  # high; MSK Connect, "MirrorMaker 2": the connector writes to the target cluster
        "MSK Connect MirrorMaker to a cluster abroad",
        ("FJ-RES-",),
        (aws("mskconnect/Connector", {
            "kafkaconnectVersion": "3.7.x", "serviceExecutionRoleArn": f"arn:aws:iam::{ME}:role/c", "tags": TAGS,
            "capacity": {"provisionedCapacity": {"mcuCount": 1, "workerCount": 1}},
            "connectorConfiguration": {
                "connector.class": "org.apache.kafka.connect.mirror.MirrorSourceConnector",
                "target.cluster.bootstrap.servers": BROKERS, "topics": ".*"},
            "kafkaCluster": {"apacheKafkaCluster": {"bootstrapServers": "b-1.x.kafka.me-central-1.amazonaws.com:9098",
                                                    "vpc": {"securityGroups": ["sg-1"], "subnets": ["subnet-1"]}}},
            "kafkaClusterClientAuthentication": {"authenticationType": "IAM"},
            "kafkaClusterEncryptionInTransit": {"encryptionType": "TLS"},
            "plugins": [{"customPlugin": {"arn": f"arn:aws:kafkaconnect:me-central-1:{ME}:custom-plugin/p/1",
                                          "revision": 1}}]}),),
    ),
    Attack(  # high; Amazon MQ Developer Guide, "networkConnector": messages are forwarded to another broker
        "Amazon MQ configuration with a network connector abroad, as Base64",
        ("FJ-RES-",),
        (aws("mq/Configuration", {"engineType": "ActiveMQ", "engineVersion": "5.18", "tags": TAGS,
                                  "data": base64.b64encode(NETWORK_XML.encode()).decode()}),),
    ),
    Attack(  # high; IoT Core, "Apache Kafka rule action": bootstrap.servers of any cluster that the VPC reaches
        "IoT rule to a Kafka cluster abroad",
        ("FJ-RES-",),
        (aws("iot/TopicRule", {
            "enabled": True, "sql": "SELECT * FROM '#'", "sqlVersion": "2016-03-23", "tags": TAGS, "kafkas": [{
                "destinationArn": f"arn:aws:iot:me-central-1:{ME}:ruledestination/vpc/x", "topic": "t",
                "clientProperties": {"bootstrap.servers": BROKERS, "security.protocol": "SSL"}}]}),),
    ),
    Attack(  # high; CloudWatch, "Cross-account observability": the sink's owner reads logs, metrics and traces
        "CloudWatch link of all logs and traces to a stranger's sink",
        ("FJ-RES-", "FJ-IDN-116"),
        (aws("oam/Link", {"labelTemplate": "$AccountName", "tags": TAGS,
                          "resourceTypes": ["AWS::Logs::LogGroup", "AWS::XRay::Trace"],
                          "sinkIdentifier": f"arn:aws:oam:me-central-1:{THEM}:sink/x"}),),
    ),
    Attack(  # high; AWS Backup, "Creating backup copies across AWS accounts"
        "AWS Backup copies into a stranger's vault",
        ("FJ-RES-", "FJ-IDN-116"),
        (aws("backup/Plan", {"tags": TAGS, "rules": [{
            "ruleName": "r", "targetVaultName": "platform", "schedule": "cron(0 3 * * ? *)",
            "lifecycle": {"deleteAfter": 35}, "copyActions": [{
                "destinationVaultArn": f"arn:aws:backup:me-central-1:{THEM}:backup-vault:x"}]}]}),),
    ),
    Attack(  # high; Clean Rooms User Guide: the member that can query receives results of joined data
        "Clean Rooms collaboration in which a stranger queries",
        ("FJ-RES-", "FJ-IDN-116"),
        (aws("cleanrooms/Collaboration", {
            "name": "x", "description": "x", "creatorDisplayName": "me", "creatorMemberAbilities": [],
            "queryLogStatus": "DISABLED", "tags": TAGS, "members": [{
                "accountId": THEM, "displayName": "them", "memberAbilities": ["CAN_QUERY", "CAN_RECEIVE_RESULTS"]}]}),),
    ),
    Attack(  # high; CodeBuild, "Build specification reference": commands run with the project's role
        "CodeBuild copies buckets to eu-west-1 in its inline buildspec",
        ("FJ-RES-", "FJ-ESC-"),
        (aws("codebuild/Project", {
            "serviceRole": f"arn:aws:iam::{ME}:role/b", "artifacts": {"type": "NO_ARTIFACTS"}, "tags": TAGS,
            "encryptionKey": KEY, "environment": {"computeType": "BUILD_GENERAL1_SMALL", "image": IMAGE,
                                                  "type": "LINUX_CONTAINER"},
            "source": {"type": "NO_SOURCE", "buildspec":
                       "version: 0.2\nphases:\n  build:\n    commands:\n"
                       "      - aws s3 sync s3://data s3://copy --source-region me-central-1 --region eu-west-1\n"}}),),
    ),
    Attack(  # high; KMS Developer Guide, "External key stores": keys stay with the proxy, wherever it is
        "KMS external key store whose proxy is abroad",
        ("FJ-RES-", "FJ-ENC-"),
        (aws("kms/CustomKeyStore", {
            "customKeyStoreName": "x", "customKeyStoreType": "EXTERNAL_KEY_STORE",
            "xksProxyConnectivity": "PUBLIC_ENDPOINT", "xksProxyUriEndpoint": "https://xks.example.de",
            "xksProxyUriPath": "/kms/xks/v1"}),),
    ),
)  # fmt: skip

AZURE = (
    Attack(  # critical; API Management, "set-backend-service" and "send-request": each call goes to the URL
        "API Management policy that sends each request to api.openai.com",
        ("FJ-RES-",),
        (az("apimanagement:ApiPolicy", {
            "apiId": "a", "resourceGroupName": "g", "serviceName": "s", "policyId": "policy", "format": "rawxml",
            "value": '<policies><inbound><base/><set-backend-service base-url="https://api.openai.com/v1"/></inbound>'
                     "<backend><base/></backend><outbound/></policies>"}),),
    ),
    Attack(  # high; Private Link, "Alias": the name carries the region of the provider's service
        "private endpoint to a stranger's service in West Europe by alias",
        ("FJ-RES-",),
        (az("network:PrivateEndpoint", {
            "resourceGroupName": "g", "location": "uaenorth", "tags": TAGS,
            "subnet": {"id": f"{GROUP}/providers/Microsoft.Network/virtualNetworks/v/subnets/s"},
            "manualPrivateLinkServiceConnections": [{"name": "x", "requestMessage": "please", "privateLinkServiceId":
                "vendor.11111111-2222-3333-4444-555555555555.westeurope.azure.privatelinkservice"}]}),),
    ),
    Attack(  # high; Container Apps, "Collect and read OpenTelemetry data": OTLP endpoints of any vendor
        "Container Apps telemetry to an OTLP endpoint in the EU",
        ("FJ-RES-",),
        (az("app:ManagedEnvironment", {
            "resourceGroupName": "g", "location": "uaenorth", "tags": TAGS, "publicNetworkAccess": "Disabled",
            "vnetConfiguration": {"internal": True}, "openTelemetryConfiguration": {
                "destinationsConfiguration": {"otlpConfigurations": [
                    {"name": "nr", "endpoint": "https://otlp.eu01.nr-data.net:4317"}]},
                "logsConfiguration": {"destinations": ["nr"]}}}),),
    ),
    Attack(  # high; Bot Service, "Connect a bot to Telegram": each conversation passes the vendor's servers
        "bot that talks through Telegram",
        ("FJ-RES-",),
        (az("botservice:Channel", {"resourceGroupName": "g", "resourceName": "b", "location": "global",
                                   "channelName": "TelegramChannel", "properties": {
                                       "channelName": "TelegramChannel", "properties": {"isEnabled": True}}}),),
    ),
    Attack(  # high; Data Factory, "Web activity": the body of the request is any dataset's content
        "Data Factory web activity that posts to a Logic App in West Europe",
        ("FJ-RES-",),
        (az("datafactory:Pipeline", {"factoryName": "f", "resourceGroupName": "g", "activities": [{
            "name": "post", "type": "WebActivity", "url": ODATA, "method": "POST",
            "body": "@activity('Lookup').output"}]}),),
    ),
    Attack(  # high; Azure Monitor, "Send data to storage": storageBlobsDirect takes the id of any account
        "data collection rule into a storage account of a stranger's subscription",
        ("FJ-RES-",),
        (az("monitor:DataCollectionRule", {
            "resourceGroupName": "g", "location": "uaenorth", "tags": TAGS, "destinations": {
                "storageBlobsDirect": [{"name": "y", "containerName": "logs", "storageAccountResourceId":
                    f"{THEIR_SUB}/resourceGroups/g/providers/Microsoft.Storage/storageAccounts/them"}]}}),),
    ),
)  # fmt: skip

KUBERNETES = (
    Attack(  # critical; CloudNativePG, "Backup on object stores": base backups and WAL at any S3 endpoint
        "CloudNativePG backups at Backblaze in Amsterdam",
        ("FJ-RES-302", "FJ-RES-312"),
        (crd("postgresql.cnpg.io/v1:Cluster", {"instances": 3, "storage": {"size": "10Gi"}, "backup": {
            "barmanObjectStore": {"destinationPath": "s3://pg-backups/",
                                  "endpointURL": "https://s3.eu-central-003.backblazeb2.com"}}}),),
    ),
    Attack(  # critical; Longhorn, "Setting a backup target": s3://bucket@region/
        "Longhorn backup target s3://bucket@eu-west-1/",
        ("FJ-RES-302", "FJ-RES-312"),
        (crd("longhorn.io/v1beta2:BackupTarget", {"backupTargetURL": "s3://volumes@eu-west-1/"}),),
    ),
    Attack(  # critical; mountpoint-s3-csi-driver, "Static provisioning": mountOptions name the region of the bucket
        "volume of a bucket in eu-west-1 by mount options of the S3 driver",
        ("FJ-RES-302", "FJ-RES-312"),
        (k8s("core/v1:PersistentVolume", {"metadata": {"name": "x", "labels": TAGS}, "spec": {
            "capacity": {"storage": "1Ti"}, "accessModes": ["ReadWriteMany"], "storageClassName": "",
            "mountOptions": ["allow-delete", "region eu-west-1"],
            "csi": {"driver": "s3.csi.aws.com", "volumeHandle": "x",
                    "volumeAttributes": {"bucketName": "copies"}}}}),),
    ),
    Attack(  # critical; Kubernetes, "Dynamic admission control": the API server posts each object to the URL
        "admission webhook abroad that receives each secret",
        ("FJ-RES-302", "FJ-EXP-"),
        (k8s("admissionregistration.k8s.io/v1:ValidatingWebhookConfiguration", {
            "metadata": {"name": "x"}, "webhooks": [{
                "name": "x.example.de", "admissionReviewVersions": ["v1"], "sideEffects": "None",
                "failurePolicy": "Ignore", "clientConfig": {"url": "https://hooks.example.de/admit"},
                "rules": [{"apiGroups": [""], "apiVersions": ["v1"], "operations": ["CREATE", "UPDATE"],
                           "resources": ["secrets"]}]}]}),),
    ),
    Attack(  # high; OpenTelemetry operator and Prometheus operator: exporters and remoteWrite go to any URL
        "Prometheus remote write and OpenTelemetry exporter to vendors in the EU",
        ("FJ-RES-302", "FJ-RES-312"),
        (crd("monitoring.coreos.com/v1:Prometheus", {"remoteWrite": [
            {"url": "https://prometheus-prod-24-prod-eu-west-2.grafana.net/api/prom/push"}]}),
         k8s("opentelemetry.io/v1beta1:OpenTelemetryCollector", {"metadata": meta("otel"), "spec": {"config": {
             "exporters": {"otlphttp": {"endpoint": "https://otlp.eu01.nr-data.net"}}}}}, "otel")),
    ),
    Attack(  # high; AWS CLI, "--region": the region is an argument of its own
        "job that copies to eu-central-1, the region as an argument of its own",
        ("FJ-RES-302", "FJ-RES-312"),
        (k8s("batch/v1:Job", {"metadata": meta(), "spec": {"template": {
            "metadata": {"labels": TAGS}, "spec": pod(
                {"command": ["aws"], "args": ["s3", "sync", "/data", "s3://copy", "--region", "eu-central-1"]},
                restartPolicy="Never")}}}),),
    ),
)  # fmt: skip

ATTACKS: tuple[Attack, ...] = (*AWS, *AZURE, *KUBERNETES)
