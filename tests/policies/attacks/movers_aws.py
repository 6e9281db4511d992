"""AWS services that send or copy data to a host that nobody knows, in ways of spelling that hide the host."""

import json
from typing import Any

from ...samples import COST_TAGS as TAGS
from ..harness import UNKNOWN, Given
from . import Attack

ME = "123456789012"
AGENT = f"arn:aws:datasync:me-central-1:{ME}:agent/agent-1"
TOPIC = f"arn:aws:sns:me-central-1:{ME}:events"
ROLE = f"arn:aws:iam::{ME}:role/mover"
RULES = ("FJ-RES-112",)


def _aws(kind: str, name: str = "it", links: dict[str, tuple[str, ...]] | None = None, **props: Any) -> Given:
    module, typ = kind.split("/")
    return Given(f"aws:{module}/{typ[0].lower()}{typ[1:]}:{typ}", props, name, links=links or {})


def _attack(name: str, *plan: Given, rules: tuple[str, ...] = RULES) -> Attack:
    return Attack(name, rules, plan)


def _subscription(endpoint: str, **props: Any) -> Given:
    return _aws("sns/TopicSubscription", topic=TOPIC, protocol="https", endpoint=endpoint, **props)


def _api_destination(address: str, **links: tuple[str, ...]) -> Given:
    connection = f"arn:aws:events:me-central-1:{ME}:connection/partner/1"
    return _aws("cloudwatch/EventApiDestination", connectionArn=connection, httpMethod="POST",
                invocationEndpoint=address, links=links)  # fmt: skip


def _machine(definition: dict[str, Any]) -> Given:
    return _aws("sfn/StateMachine", roleArn=ROLE, tags=TAGS, definition=json.dumps(definition))


def _http_task(key: str, address: str) -> dict[str, Any]:
    return {"Type": "Task", "Resource": "arn:aws:states:::http:invoke", "Parameters": {key: address}, "End": True}


def _glue(**properties: str) -> Given:
    return _aws("glue/Connection", connectionProperties=properties, tags=TAGS)


ABROAD = _aws("datasync/LocationObjectStorage", "vendor", serverHostname="s3.wasabisys.com", bucketName="copies",
              tags=TAGS)  # fmt: skip
HOME = _aws("datasync/LocationSmb", "files", serverHostname="10.0.0.4", user="sync", password="x", subdirectory="/x",
            agentArns=[AGENT], tags=TAGS)  # fmt: skip
TASK = _aws("datasync/Task", "task", sourceLocationArn=UNKNOWN, destinationLocationArn=UNKNOWN, tags=TAGS,
            links={"sourceLocationArn": ("files",), "destinationLocationArn": ("vendor",)})  # fmt: skip

ATTACKS = (
    _attack("DataSync copies to object storage of another vendor", ABROAD),
    _attack("DataSync copies there in a task of the plan", ABROAD, HOME, TASK),
    _attack("DataSync copies to a blob container of a stranger",
            _aws("datasync/LocationAzureBlob", containerUrl="https://stranger.blob.core.windows.net/c",
                 authenticationType="SAS", agentArns=[AGENT], tags=TAGS)),
    _attack("DataSync copies to a host with a name of the UAE",
            _aws("datasync/LocationObjectStorage", serverHostname="me-central-1.storage.example.com", bucketName="b",
                 tags=TAGS)),
    _attack("DataSync copies to name nodes, of which one is abroad",
            _aws("datasync/LocationHdfs", agentArns=[AGENT], tags=TAGS,
                 nameNodes=[{"hostname": "10.0.0.9", "port": 8020}, {"hostname": "hdfs.example.de", "port": 8020}])),
    _attack("Transfer connector to a partner abroad",
            _aws("transfer/Connector", url="sftp://files.example.de", accessRole=ROLE, tags=TAGS)),
    _attack("DMS replicates to a database abroad",
            _aws("dms/Endpoint", endpointId="e", endpointType="target", engineName="postgres",
                 serverName="db.example.de", tags=TAGS)),
    _attack("DMS replicates to Kafka, the second broker abroad",
            _aws("dms/Endpoint", endpointId="e", endpointType="TARGET", engineName="kafka", tags=TAGS,
                 kafkaSettings={"broker": "b-1.k.kafka.me-central-1.amazonaws.com:9096,broker.example.de:9096"})),
    _attack("data provider of DMS abroad",
            _aws("dms/DataProvider", engine="postgres", tags=TAGS,
                 settings={"postgresqlSettings": {"serverName": "db.example.de", "port": 5432}})),
    _attack("Glue connection to JDBC abroad", _glue(JDBC_CONNECTION_URL="jdbc:postgresql://db.example.de/x")),
    _attack("Glue connection through a proxy in the address",
            _glue(JDBC_CONNECTION_URL="jdbc:postgresql://10.0.0.3/x?socksProxyHost=proxy.example.de")),
    _attack("Glue connection whose password looks like a private host",
            _glue(JDBC_CONNECTION_URL="jdbc:sqlserver://db.example.de;password=x@10.0.0.3")),
    _attack("Glue connection to Oracle without slashes",
            _glue(JDBC_CONNECTION_URL="jdbc:oracle:thin:@db.example.de:1521:orcl")),
    _attack("Glue connection with a list of Kafka brokers",
            _glue(KAFKA_BOOTSTRAP_SERVERS="10.0.0.3:9094,kafka.example.de:9094")),
    _attack("Step Functions calls the web",
            _machine({"StartAt": "A", "States": {"A": _http_task("ApiEndpoint", "https://api.openai.com/v1")}})),
    _attack("Step Functions calls an address of its input",
            _machine({"StartAt": "A", "States": {"A": _http_task("ApiEndpoint.$", "$.url")}})),
    _attack("Step Functions calls the web inside a map of a parallel state",
            _machine({"StartAt": "P", "States": {"P": {"Type": "Parallel", "End": True, "Branches": [
                {"StartAt": "M", "States": {"M": {"Type": "Map", "End": True, "ItemProcessor": {
                    "StartAt": "A", "States": {"A": _http_task("ApiEndpoint", "https://hooks.example.de/x")}}}}}]}}})),
    _attack("Step Functions computes the address in JSONata",
            _machine({"QueryLanguage": "JSONata", "StartAt": "A", "States": {"A": {
                "Type": "Task", "Resource": "arn:aws:states:::http:invoke", "End": True,
                "Arguments": {"ApiEndpoint": "{% 'https://' & $states.input.host %}"}}}})),
    _attack("SNS subscription to the web", _subscription("https://hooks.example.de/x")),
    _attack("SNS subscription whose user is a host of the UAE",
            _subscription("https://sqs.me-central-1.amazonaws.com@hooks.example.de/x")),
    _attack("SNS subscription with a backslash before the host",
            _subscription("https://hooks.example.de\\@sqs.me-central-1.amazonaws.com/x")),
    _attack("SNS subscription to an address of the internet by number", _subscription("https://203.0.113.7/x")),
    _attack("SNS subscription to a number without dots", _subscription("https://3405803783/x")),
    _attack("SNS subscription to a name in punycode", _subscription("https://xn--80ak6aa92e.com/x")),
    _attack("SNS subscription to a name with full-width dots", _subscription("https://hooks。example。de/x")),
    _attack("SNS subscription to an address that maps IPv4", _subscription("https://[::ffff:203.0.113.7]/x")),
    _attack("SNS subscription to upper case with a dot at the end", _subscription("HTTPS://HOOKS.EXAMPLE.DE.:8443/x")),
    _attack("SNS subscription of a mailbox of a stranger",
            _aws("sns/TopicSubscription", topic=TOPIC, protocol="email-json", endpoint="ops@mail.example.com")),
    _attack("API destination with the region in a domain of its own",
            _api_destination("https://uaenorth.evil.example/x")),
    _attack("API destination to a bucket that is named like the region",
            _api_destination("https://me-central-1.s3.amazonaws.com/x")),
    _attack("API destination whose address comes from a parameter",
            _aws("ssm/Parameter", "text", type="String", value="https://hooks.example.de", tags=TAGS),
            _api_destination(UNKNOWN, invocationEndpoint=("text",))),
    _attack("API Gateway passes requests to the web",
            _aws("apigateway/Integration", restApi="a", resourceId="r", httpMethod="ANY", type="HTTP_PROXY",
                 integrationHttpMethod="ANY", uri="https://api.openai.com/v1/{proxy}")),
    _attack("HTTP API passes requests to the web",
            _aws("apigatewayv2/Integration", apiId="a", integrationType="HTTP_PROXY", integrationMethod="ANY",
                 integrationUri="https://api.openai.com/v1")),
    _attack("AppSync reads and writes on the web",
            _aws("appsync/DataSource", apiId="a", name="web", type="HTTP",
                 httpConfig={"endpoint": "https://api.partner.example"})),
    _attack("agents' gateway uses a model of another vendor",
            _aws("bedrock/AgentcoreGatewayTarget", name="models", gatewayIdentifier="g",
                 targetConfiguration={"inference": {"provider": {"endpoint": "https://api.openai.com/v1"}}})),
    _attack("agents' gateway passes tool calls to a server on the web",
            _aws("bedrock/AgentcoreGatewayTarget", name="tools", gatewayIdentifier="g",
                 targetConfiguration={"mcp": {"mcpServer": {"endpoint": "https://mcp.partner.example/mcp"}}})),
    _attack("knowledge base in a vector store abroad",
            _aws("bedrock/AgentKnowledgeBase", name="kb", roleArn=ROLE, tags=TAGS,
                 knowledgeBaseConfiguration={"type": "VECTOR"},
                 storageConfiguration={"type": "PINECONE", "pineconeConfiguration": {
                     "connectionString": "https://index-1.svc.us-east1-gcp.pinecone.io", "credentialsSecretArn": "s",
                     "fieldMapping": {"textField": "t", "metadataField": "m"}}})),
    _attack("MSK connector writes to a search cluster abroad",
            _aws("mskconnect/Connector", name="sink", kafkaconnectVersion="3.7.x", serviceExecutionRoleArn=ROLE,
                 tags=TAGS, capacity={"autoscaling": {"maxWorkerCount": 2, "minWorkerCount": 1}},
                 connectorConfiguration={"connector.class": "es", "connection.url": "https://es.example.de:9200"},
                 kafkaCluster={"apacheKafkaCluster": {"bootstrapServers": "b-1.k.kafka.me-central-1.amazonaws.com:9096",
                                                      "vpc": {"securityGroups": ["sg-1"], "subnets": ["subnet-1"]}}},
                 kafkaClusterClientAuthentication={"authenticationType": "IAM"},
                 kafkaClusterEncryptionInTransit={"encryptionType": "TLS"},
                 plugins=[{"customPlugin": {"arn": "a", "revision": 1}}])),
    _attack("IoT rule writes to Kafka abroad",
            _aws("iot/TopicRule", name="r", enabled=True, sql="SELECT * FROM 'x'", sqlVersion="2016-03-23", tags=TAGS,
                 kafkas=[{"topic": "t", "destinationArn": f"arn:aws:iot:me-central-1:{ME}:ruledestination/vpc/1",
                          "clientProperties": {"bootstrap.servers": "kafka.example.de:9094", "acks": "1"}}])),
    _attack("IoT rule sends its errors to the web",
            _aws("iot/TopicRule", name="r", enabled=True, sql="SELECT * FROM 'x'", sqlVersion="2016-03-23", tags=TAGS,
                 errorAction={"http": {"url": "https://hooks.example.de/x"}})),
    _attack("Firehose writes to Redshift of another region by JDBC",
            _aws("kinesis/FirehoseDeliveryStream", destination="redshift", tags=TAGS, redshiftConfiguration={
                "clusterJdbcurl": "jdbc:redshift://c.abc.eu-west-1.redshift.amazonaws.com:5439/d", "roleArn": ROLE,
                "dataTableName": "t", "username": "u", "password": "p",
                "s3Configuration": {"bucketArn": "arn:aws:s3:::b", "roleArn": ROLE}})),
    _attack("DNS queries go to a resolver on the internet",
            _aws("route53/ResolverRule", domainName="example.ae", ruleType="FORWARD", resolverEndpointId="e",
                 targetIps=[{"ip": "8.8.8.8"}], tags=TAGS)),
    _attack("mail relay abroad",
            _aws("mailmanager/Relay", name="r", serverName="smtp.example.de", serverPort=587, tags=TAGS,
                 authentication={"secretArn": f"arn:aws:secretsmanager:me-central-1:{ME}:secret:x"})),
    _attack("Security Lake notifies a subscriber on the web",
            _aws("securitylake/SubscriberNotification", subscriberId="s", configuration={
                "httpsNotificationConfiguration": {"endpoint": "https://siem.example.de", "targetRoleArn": ROLE}})),
    _attack("live video is pushed to the web",
            _aws("medialive/Channel", name="c", channelClass="SINGLE_PIPELINE", roleArn=ROLE, tags=TAGS,
                 inputAttachments=[{"inputAttachmentName": "i", "inputId": "1"}],
                 inputSpecification={"codec": "AVC", "inputResolution": "HD", "maximumBitrate": "MAX_10_MBPS"},
                 destinations=[{"id": "d", "settings": [{"url": "rtmp://live.example.de/app"}]}],
                 encoderSettings={"outputGroups": [], "timecodeConfig": {"source": "EMBEDDED"}})),
)  # fmt: skip
