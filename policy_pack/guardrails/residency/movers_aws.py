"""AWS services that send or copy data to an address. Checked against pulumi-aws 7.51.1 on 2026-11-27 (tests repeat it:
every property that names an address is in a table, or in a list with the reason why data is not sent there).
"""

import base64

from ..engine.conditions import none_of, one_of
from ..engine.reading import Plain
from ..engine.rows import aws
from ..readers.addresses import (
    UNREADABLE,
    Address,
    mail_addresses,
    mail_exchanger,
    redirects,
    resolvers,
    telephone_numbers,
    urls,
)
from .movers import Mover

_WEB = (("type", one_of("HTTP", "HTTP_PROXY")), ("connectionType", none_of("VPC_LINK")))
_WEB_V2 = (("integrationType", one_of("HTTP_PROXY")), ("connectionType", none_of("VPC_LINK")))
"""Integrations with a web address. Through a VPC link, the request goes to the load balancer of the link, and the
address is only the name that the request carries."""
_TARGET = (("endpointType", one_of("target")),)
_SEARCH = ("elasticsearch", "opensearch")
_RESULTS: dict[str, tuple[str, ...]] = {
    "athena/Workgroup": ("configuration?.resultConfiguration?.outputLocation",),
    "bedrock/AgentDataSource": (
        "vectorIngestionConfiguration?.customTransformationConfiguration?.intermediateStorage?.s3Location?.uri",
    ),
    "bedrock/AgentKnowledgeBase": (
        "knowledgeBaseConfiguration?.vectorKnowledgeBaseConfiguration?.supplementalDataStorageConfiguration?"
        ".storageLocations[*].s3Location?.uri",
    ),
    "bedrock/CustomModel": ("outputDataConfig?.s3Uri",),
    "bedrock/EvaluationJob": ("outputDataConfig?.s3Uri",),
    "bedrockmodel/InvocationJob": ("outputDataConfig?.s3OutputDataConfig?.s3Uri",),
    "comprehend/DocumentClassifier": ("outputDataConfig?.s3Uri", "outputDataConfig?.outputS3Uri"),
    "emr/Cluster": ("logUri",),
    "emrcontainers/JobTemplate": (
        "jobTemplateData.configurationOverrides?.monitoringConfiguration?.s3MonitoringConfiguration?.logUri",
    ),
    "emrserverless/Application": ("monitoringConfiguration?.s3MonitoringConfiguration?.logUri",),
    "glue/CatalogDatabase": ("locationUri",),
    "sagemaker/Domain": ("defaultUserSettings?.sharingSettings?.s3OutputPath",),
    "sagemaker/FlowDefinition": ("outputConfig?.s3OutputPath",),
    "sagemaker/LabelingJob": ("outputConfig?.s3OutputPath",),
    "sagemaker/DataQualityJobDefinition": ("dataQualityJobOutputConfig?.monitoringOutputs?.s3Output?.s3Uri",),
    "sagemaker/EndpointConfiguration": (
        "dataCaptureConfig?.destinationS3Uri",
        "asyncInferenceConfig?.outputConfig?.s3OutputPath",
        "productionVariants[*].coreDumpConfig?.destinationS3Uri",
        "shadowProductionVariants[*].coreDumpConfig?.destinationS3Uri",
    ),
    "sagemaker/FeatureGroup": ("offlineStoreConfig?.s3StorageConfig?.s3Uri",),
    "sagemaker/HyperParameterTuningJob": (
        "trainingJobDefinition?.checkpointConfig?.s3Uri",
        "trainingJobDefinitions[*].checkpointConfig?.s3Uri",
    ),
    "synthetics/Canary": ("artifactS3Location",),
    "sagemaker/MlflowApp": ("artifactStoreUri",),
    "sagemaker/MlflowTrackingServer": ("artifactStoreUri",),
    "sagemaker/MonitoringSchedule": (
        "monitoringScheduleConfig.monitoringJobDefinition?.monitoringOutputConfig?.monitoringOutputs?.s3Output?.s3Uri",
    ),
    "sagemaker/TrainingJob": ("checkpointConfig?.s3Uri", "outputDataConfig?.s3OutputPath"),
}
"""Type -> paths of `s3://` addresses for results, logs and copies of requests."""

_JOINED_DOMAINS: dict[str, tuple[str, ...]] = {
    "directoryservice/Trust": ("remoteDomainName",),
    "fsx/OntapStorageVirtualMachine": (
        "activeDirectoryConfiguration?.selfManagedActiveDirectoryConfiguration?.domainName",
    ),
    "fsx/WindowsFileSystem": ("selfManagedActiveDirectory?.domainName",),
}
"""Type -> paths of the domain of a directory that its machines and users join: who runs its controllers decides who
signs in (botocore 1.44.8, ds, CreateTrust, and fsx, SelfManagedActiveDirectoryConfiguration; read 2026-11-30)."""

_REDIRECTS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("lb/Listener", "alb/Listener"), ("defaultActions[*].redirect?.host",)),
    **dict.fromkeys(("lb/ListenerRule", "alb/ListenerRule"), ("actions[*].redirect?.host",)),
    **dict.fromkeys(("s3/BucketWebsiteConfiguration", "s3/BucketWebsiteConfigurationV2"), (
        "redirectAllRequestsTo?.hostName", "routingRules[*].redirect?.hostName")),
}  # fmt: skip
"""Type -> paths of hosts to which callers are sent, and where they type passwords."""

_LOG_DRIVERS = ("splunk-url", "gelf-address", "syslog-address", "fluentd-address", "Host")
"""Options of log drivers and of FireLens that name the receiver of a container's logs."""
_CONTAINERS = (("ecs/TaskDefinition", "containerDefinitions"), ("batch/JobDefinition", "containerProperties"))


def _network_connectors(value: Plain) -> tuple[Address, ...]:
    """Returns the brokers to which a configuration of ActiveMQ forwards messages. It is XML, in Base64 or not."""
    text = str(value)
    if "<" not in text:
        try:
            text = base64.b64decode(text).decode(errors="replace")
        except ValueError:
            return (UNREADABLE,)
    return tuple(address for part in text.split("<networkConnector ")[1:] for address in urls(part.partition(">")[0]))


AWS_MOVERS = (
    *(Mover(aws(kind), f"{start}?.**.{option}") for kind, start in _CONTAINERS for option in _LOG_DRIVERS),
    Mover(aws("opensearchingest/Pipeline"), "pipelineConfigurationBody", read=urls),
    *(Mover(aws(kind), path) for kind, paths in (*_RESULTS.items(), *_JOINED_DOMAINS.items()) for path in paths),
    *(Mover(aws(kind), path, read=redirects) for kind, paths in _REDIRECTS.items() for path in paths),
    # Who is called, or sent a letter or a password, about the account (botocore 1.44.8, account, AlternateContact and
    # PutContactInformation, read 2026-11-29; IAM Identity Center, "Email one-time password to users created with API or
    # CLI", read 2026-11-30).
    Mover(aws("account/AlternativeContact", "account/PrimaryContact"), "phoneNumber", read=telephone_numbers),
    Mover(aws("account/AlternativeContact"), "emailAddress", read=mail_addresses),
    Mover(aws("identitystore/User"), "emails?.value", read=mail_addresses),
    Mover(aws("apigateway/Integration"), "uri", when=_WEB),
    Mover(aws("apigatewayv2/Integration"), "integrationUri", when=_WEB_V2),
    *(Mover(aws("appsync/DataSource"), f"{section}?.endpoint")
      for section in ("httpConfig", "elasticsearchConfig", "opensearchserviceConfig")),
    Mover(aws("bedrock/AgentKnowledgeBase"), "storageConfiguration?.pineconeConfiguration?.connectionString"),
    Mover(aws("bedrock/AgentKnowledgeBase"), "storageConfiguration?.mongoDbAtlasConfiguration?.endpoint"),
    Mover(aws("bedrock/AgentKnowledgeBase"), "storageConfiguration?.redisEnterpriseCloudConfiguration?.endpoint"),
    Mover(aws("bedrock/AgentKnowledgeBase"),
          "storageConfiguration?.opensearchManagedClusterConfiguration?.domainEndpoint"),
    Mover(aws("bedrock/AgentcoreGatewayTarget"), "targetConfiguration?.http?.passthrough?.endpoint"),
    Mover(aws("bedrock/AgentcoreGatewayTarget"), "targetConfiguration?.inference?.provider?.endpoint"),
    Mover(aws("bedrock/AgentcoreGatewayTarget"), "targetConfiguration?.mcp?.mcpServer?.endpoint"),
    Mover(aws("bedrock/AgentcoreHarness"), "tools[*].config?.remoteMcp?.url"),
    Mover(aws("chime/VoiceConnectorOrigination"), "routes[*].host"),
    Mover(aws("cloudwatch/EventApiDestination"), "invocationEndpoint"),
    *(Mover(aws(f"datasync/{kind}"), path, may_be_source=True)
      for kind, path in (
          ("LocationAzureBlob", "containerUrl"), ("LocationObjectStorage", "serverHostname"),
          ("LocationHdfs", "nameNodes[*].hostname"), ("LocationSmb", "serverHostname"),
          ("NfsLocation", "serverHostname"))),
    *(Mover(aws("dms/Endpoint"), path, when=_TARGET)
      for path in ("serverName", "elasticsearchSettings?.endpointUri", "kafkaSettings?.broker",
                   "redisSettings?.serverName")),
    Mover(aws("directoryservice/ConditionalForwarder"), "dnsIps", read=resolvers),
    Mover(aws("directoryservice/Directory"), "connectSettings?.customerDnsIps", read=resolvers),
    Mover(aws("directoryservice/RadiusSettings"), "radiusServers"),
    Mover(aws("directoryservice/Trust"), "conditionalForwarderIpAddrs", read=resolvers),
    Mover(aws("dms/DataProvider"), "settings.**"),
    Mover(aws("ec2/VpcDhcpOptions"), "domainNameServers", read=resolvers),
    Mover(aws("emrserverless/Application"),
          "monitoringConfiguration?.prometheusMonitoringConfiguration?.remoteWriteUrl"),
    Mover(aws("glue/Connection"), "connectionProperties.**"),
    Mover(aws("glue/Connection"), "athenaProperties.**"),
    *(Mover(aws("iot/TopicRule"), path)
      for path in ("https[*].url", "https[*].confirmationUrl", "errorAction?.http?.url",
                   "errorAction?.http?.confirmationUrl", "elasticsearch[*].endpoint",
                   "errorAction?.elasticsearch?.endpoint", "kafkas[*].clientProperties?.**",
                   "errorAction?.kafka?.clientProperties?.**")),
    *(Mover(aws("kinesis/FirehoseDeliveryStream"), path)
      for path in ("httpEndpointConfiguration?.url", "redshiftConfiguration?.clusterJdbcurl",
                   "splunkConfiguration?.hecEndpoint", "snowflakeConfiguration?.accountUrl",
                   *(f"{engine}Configuration?.clusterEndpoint" for engine in _SEARCH),
                   "opensearchserverlessConfiguration?.collectionEndpoint")),
    Mover(aws("kinesisanalyticsv2/Application"),
          "applicationConfiguration?.environmentProperties?.propertyGroups[*].propertyMap.**"),
    Mover(aws("kms/CustomKeyStore"), "xksProxyUriEndpoint"),
    # Every record's schema is asked for there; a registry of Glue is an ARN (botocore 1.44.8, lambda,
    # KafkaSchemaRegistryConfig, read 2026-11-29).
    *(Mover(aws("lambda/EventSourceMapping"), f"{kind}KafkaEventSourceConfig?.schemaRegistryConfig?.schemaRegistryUri?",
            read=urls) for kind in ("amazonManaged", "selfManaged")),
    Mover(aws("mailmanager/Relay"), "serverName"),
    Mover(aws("medialive/Channel"), "destinations[*].settings[*].url"),
    Mover(aws("mq/Configuration"), "data", read=_network_connectors),
    Mover(aws("mskconnect/Connector"), "connectorConfiguration.**"),
    Mover(aws("mskconnect/Connector"), "kafkaCluster?.apacheKafkaCluster?.bootstrapServers"),
    Mover(aws("opensearch/OutboundConnection"), "connectionProperties?.endpoint"),
    Mover(aws("pinpoint/App"), "campaignHook?.webUrl"),
    Mover(aws("route53/Record"), "records", when=(("type", one_of("MX")),), read=mail_exchanger),
    Mover(aws("route53/ResolverRule"), "targetIps[*].ip"),
    Mover(aws("route53/ResolverRule"), "targetIps[*].ipv6"),
    Mover(aws("securitylake/SubscriberNotification"), "configuration?.httpsNotificationConfiguration?.endpoint"),
    Mover(aws("sfn/StateMachine"), "definition.**.ApiEndpoint"),
    Mover(aws("sfn/StateMachine"), "definition.**.ApiEndpoint.$"),
    Mover(aws("sns/TopicSubscription"), "endpoint", when=(("protocol", one_of("http", "https")),)),
    Mover(aws("sns/TopicSubscription"), "endpoint", when=(("protocol", one_of("email", "email-json")),),
          read=mail_addresses),
    Mover(aws("sns/TopicSubscription"), "endpoint", when=(("protocol", one_of("sms")),), read=telephone_numbers),
    Mover(aws("ssmcontacts/ContactChannel"), "deliveryAddress.simpleAddress", when=(("type", one_of("EMAIL")),),
          read=mail_addresses),
    Mover(aws("ssmcontacts/ContactChannel"), "deliveryAddress.simpleAddress", when=(("type", none_of("EMAIL")),),
          read=telephone_numbers),
    # A tile of the portal of staff, on whose page they sign in (botocore 1.44.8, sso-admin, SignInOptions, read
    # 2026-11-29).
    Mover(aws("ssoadmin/Application"), "portalOptions?.signInOptions?.applicationUrl"),
    Mover(aws("transfer/Connector"), "url"),
    Mover(aws("transfer/Server"), "url"),
)  # fmt: skip
