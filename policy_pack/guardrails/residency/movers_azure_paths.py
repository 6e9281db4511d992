"""Properties of Azure services that are addresses to which data is sent: types, separated by spaces -> paths.

Checked against pulumi-azure-native 3.29.0 on 2026-11-27 (a test repeats it). Movers that need more than a path are in
`movers_azure.py`.
"""

_WEB_HOOK = ("destination?.endpointUrl", "deliveryWithResourceIdentity?.destination?.endpointUrl")
_BOOT_LOGS = "diagnosticsProfile?.bootDiagnostics?.storageUri"

EVENTS: dict[str, tuple[str, ...]] = {
    "eventgrid:EventSubscription eventgrid:SystemTopicEventSubscription eventgrid:TopicEventSubscription "
    "eventgrid:DomainEventSubscription eventgrid:DomainTopicEventSubscription "
    "eventgrid:PartnerTopicEventSubscription": _WEB_HOOK,
    "eventgrid:NamespaceTopicEventSubscription": tuple(f"deliveryConfiguration?.push?.{path}" for path in _WEB_HOOK),
    "eventgrid:PartnerDestination": ("endpointBaseUrl",),
    "appcomplianceautomation:Webhook": ("payloadUrl",),
    "containerregistry:Webhook": ("serviceUri",),
    "devtestlab:GlobalSchedule devtestlab:Schedule devtestlab:ServiceFabricSchedule "
    "devtestlab:VirtualMachineSchedule": ("notificationSettings?.webhookUrl",),
    "devtestlab:NotificationChannel": ("webHookUrl",),
    "devtestlab:Formula": ("formulaContent?.scheduleParameters[*].notificationSettings?.webhookUrl",),
    "devtestlab:VirtualMachine": ("scheduleParameters[*].notificationSettings?.webhookUrl",),
    "digitaltwins:DigitalTwinsEndpoint digitaltwins:TimeSeriesDatabaseConnection": ("properties.**",),
    "iothub:IotHubResource": ("properties.routing?.endpoints?.**", "properties.storageEndpoints?.**"),
    "monitor:ActionGroup": (
        "webhookReceivers[*].serviceUri", "azureFunctionReceivers[*].httpTriggerUrl",
        "logicAppReceivers[*].callbackUrl", "automationRunbookReceivers[*].serviceUri"),
    "monitor:TenantActionGroup": ("webhookReceivers[*].serviceUri",),
    "monitor:AutoscaleSetting": ("notifications[*].webhooks[*].serviceUri",),
    "monitor:PipelineGroup": ("properties.exporters[*].**",),
    "scheduler:Job": ("properties.action?.request?.uri", "properties.action?.errorAction?.request?.uri"),
    "security:Automation": ("actions[*].uri", "actions[*].connectionString"),
    "securityinsights:Action": ("triggerUri",),
    "signalrservice:SignalR": ("upstream?.templates[*].urlTemplate",),
    "solutions:ApplicationDefinition": ("notificationPolicy?.notificationEndpoints[*].uri",),
    "webpubsub:WebPubSubHub": (
        "properties.eventHandlers[*].urlTemplate", "properties.eventListeners[*].endpoint?.fullyQualifiedNamespace"),
}  # fmt: skip
"""Events and notifications."""

REDIRECTS: dict[str, tuple[str, ...]] = {
    "cdn:Rule": ("actions[*].parameters.customHostname",),
    "cdn:Endpoint": ("deliveryPolicy?.rules[*].actions[*].parameters.customHostname",),
    "frontdoor:RulesEngine": ("rules[*].action.routeConfigurationOverride?.customHost",),
    "network:ApplicationGateway": ("httpListeners[*].customErrorConfigurations[*].customErrorPageUrl",),
}
"""Hosts to which callers are sent, or whose pages they are shown, and where they type passwords (Azure Front Door, "URL
redirect", and Application Gateway, "Create custom error pages", read 2026-11-29)."""

REQUESTS: dict[str, tuple[str, ...]] = {
    "apimanagement:Backend apimanagement:WorkspaceBackend": (
        "url", "proxy?.url", "properties?.serviceFabricCluster?.managementEndpoints"),
    "apimanagement:Api apimanagement:WorkspaceApi": ("serviceUrl",),
    "app:AgentsConnector app:AgentSpacesConnector": ("properties.endpoint",),
    "app:Agent": ("properties.incidentManagementConfiguration?.connectionUrl",
                  "properties.logConfiguration?.applicationInsightsConfiguration?.connectionString"),
    "app:JavaComponent": ("properties.springCloudGatewayRoutes[*].uri",),
    "appplatform:GatewayRouteConfig": ("properties.routes[*].uri",),
    "botservice:Bot": ("properties.endpoint",),
    "botservice:Channel": ("properties.properties?.callingWebhook",),
    "cognitiveservices:RaiExternalSafetyProvider": ("properties.url",),
    "customproviders:CustomResourceProvider": ("actions[*].endpoint", "resourceTypes[*].endpoint"),
    "dashboard:Grafana": ("properties.grafanaConfigurations?.smtp?.host",),
    # Domains that machines join (pulumi-azure-native 3.29.0 docs, read 2026-11-29): their controllers send each machine
    # programs.
    "devcenter:NetworkConnection": ("domainName",),
    "netapp:Account": ("activeDirectories[*].domain",),
    # Disks with programs that hosts of sessions mount (pulumi-azure-native 3.29.0 docs, imagePath, read 2026-11-29).
    "desktopvirtualization:MSIXPackage": ("imagePath",),
    "dnsresolver:ForwardingRule": ("targetDnsServers[*].ipAddress",),
    "elastic:OpenAI": ("properties.openAIResourceEndpoint",),
    "network:ApplicationGateway": (
        "backendAddressPools[*].backendAddresses[*].fqdn", "backendAddressPools[*].backendAddresses[*].ipAddress"),
    "servicelinker:Linker servicelinker:Connector": ("targetService?.endpoint",),
    "streamanalytics:Function": ("properties.binding?.endpoint",),
    "streamanalytics:StreamingJob": ("functions[*].properties.binding?.endpoint",),
    "web:WebApp web:WebAppSlot": ("siteConfig?.experiments?.rampUpRules[*].changeDecisionCallbackUrl",),
    "web:CustomApi": ("properties.backendService?.serviceUrl",),
    "web:WebAppHybridConnection web:WebAppHybridConnectionSlot": ("hostname",),
    "web:WebAppRelayServiceConnection web:WebAppRelayServiceConnectionSlot": ("hostname", "biztalkUri"),
}  # fmt: skip
"""Requests that a gateway, an agent or an app passes on, with their content."""

CONNECTIONS: dict[str, tuple[str, ...]] = {
    "apimanagement:Cache": ("connectionString",),
    "apimanagement:Logger apimanagement:WorkspaceLogger": ("credentials?.**",),
}
"""Stores of API Management, whose connection may be the name of a named value."""

STORES: dict[str, tuple[str, ...]] = {
    "app:ConnectedEnvironmentsStorage": ("properties.smb?.host",),
    "app:ManagedEnvironmentsStorage": ("properties.nfsAzureFile?.server",),
    "app:DaprComponent app:ConnectedEnvironmentsDaprComponent": ("metadata.**",),
    "app:Build": ("destinationContainerRegistry?.server",),
    "app:ContainerAppsSourceControl": ("githubActionConfiguration?.registryInfo?.registryUrl",),
    "app:ContainerAppsAuthConfig": ("login?.tokenStore?.azureBlobStorage?.blobContainerUri",),
    "app:ConnectedEnvironment": ("daprAIConnectionString",),
    "app:ManagedEnvironment": (
        "appInsightsConfiguration?.connectionString", "daprAIConnectionString",
        "openTelemetryConfiguration?.destinationsConfiguration?.otlpConfigurations[*].endpoint"),
    "applicationinsights:ExportConfiguration": ("destinationAddress", "notificationQueueUri"),
    "azurearcdata:FailoverGroup": ("properties.spec.partnerMirroringURL",),
    "azuredatatransfer:Flow": ("properties.destinationEndpoints",),
    "cognitiveservices:Account": tuple(
        f"properties.apiProperties?.{name}"
        for name in ("eventHubConnectionString", "qnaRuntimeEndpoint", "storageAccountConnectionString")),
    "batch:Pool": ("mountConfiguration[*].azureFileShareConfiguration?.azureFileUrl",),
    "compute:VirtualMachine compute:VirtualMachineScaleSetVM": (
        _BOOT_LOGS, "storageProfile?.osDisk?.vhd?.uri", "storageProfile?.dataDisks[*].vhd?.uri"),
    "compute:VirtualMachineScaleSet": (f"virtualMachineProfile?.{_BOOT_LOGS}",),
    "azurefleet:Fleet": (
        f"computeProfile.baseVirtualMachineProfile.{_BOOT_LOGS}",
        f"additionalLocationsProfile?.locationProfiles[*].virtualMachineProfileOverride?.{_BOOT_LOGS}"),
    "computebulkactions:BulkAction": tuple(
        f"properties.computeProfile?.virtualMachineProfile?.{path}"
        for path in (_BOOT_LOGS, "storageProfile?.osDisk?.vhd?.uri", "storageProfile?.dataDisks[*].vhd?.uri")),
    "compute:VirtualMachineRunCommandByVirtualMachine compute:VirtualMachineScaleSetVMRunCommand "
    "hybridcompute:MachineRunCommand": ("outputBlobUri", "errorBlobUri"),
    "cosmosdb:FleetAnalytic": ("storageLocationUri",),
    "databasewatcher:Watcher": ("datastore?.kustoClusterUri", "datastore?.kustoDataIngestionUri"),
    "databoxedge:StorageAccountCredential": ("connectionString", "blobDomainName"),
    "databoxedge:IoTRole": ("ioTDeviceDetails?.**", "ioTEdgeDeviceDetails?.**"),
    "datamigration:Task datamigration:ServiceTask": ("properties.input?.**",),
    "datamigration:Project": ("targetConnectionInfo?.**",),
    "datamigration:DatabaseMigrationsMongoToCosmosDbRUMongo "
    "datamigration:DatabaseMigrationsMongoToCosmosDbvCoreMongo": ("targetMongoConnection?.**",),
    "deviceprovisioningservices:IotDpsResource": ("properties.iotHubs[*].connectionString",),
    "deviceregistry:Namespace": ("messaging?.endpoints?.**",),
    "deviceregistry:SchemaRegistry": ("storageAccountContainerUrl",),
    "deviceupdate:Instance": ("diagnosticStorageProperties?.connectionString",),
    "integrationspaces:Application": ("trackingDataStores?.**",),
    "iotoperations:DataflowEndpoint": ("properties.**",),
    "iotoperationsmq:DataLakeConnector": ("target.**",),
    "iotoperationsmq:KafkaConnector": ("kafkaConnection.endpoint",),
    "iotoperationsmq:MqttBridgeConnector": ("remoteBrokerConnection.endpoint",),
    "logic:IntegrationAccountAgreement": ("content.**.receiptDeliveryUrl",),
    "machinelearningservices:Job": ("properties.outputs?.**.uri",),
    "machinelearningservices:Schedule": ("properties.action.jobDefinition?.outputs?.**.uri",),
    "azureresiliencemanagement:Drill": ("properties.metricsProperties?.metricsToTrack[*].destinationAmwAccountUrl",),
    # Credentials of the cluster are kept there (pulumi-azure-native 3.29.0 docs, secretArchiveSettings, read
    # 2026-11-29).
    "networkcloud:Cluster": ("secretArchiveSettings?.vaultUri", "commandOutputSettings?.containerUrl"),
    "securityinsights:RestApiPollerDataConnector": ("dcrConfig?.dataCollectionEndpoint",),
    "servicefabricmesh:Application": ("diagnostics?.sinks[*].**",),
    "network:PacketCapture": ("storageLocation.storagePath",),
    "recommendationsservice:Account": ("properties.reportsConnectionString",),
    "redis:Redis": tuple(
        f"redisConfiguration?.{name}StorageConnectionString{number}"
        for name, number in (("rdb", ""), ("aof", "0"), ("aof", "1"))),
    "sql:DatabaseBlobAuditingPolicy sql:ServerBlobAuditingPolicy sql:ExtendedDatabaseBlobAuditingPolicy "
    "sql:ExtendedServerBlobAuditingPolicy sql:DatabaseSecurityAlertPolicy sql:ServerSecurityAlertPolicy "
    "sql:DatabaseThreatDetectionPolicy dbforpostgresql:SingleServerServerSecurityAlertPolicy": ("storageEndpoint",),
    "sql:DistributedAvailabilityGroup": ("partnerEndpoint",),
    "sqlvirtualmachine:SqlVirtualMachine": ("autoBackupSettings?.storageAccountUrl",),
    "sqlvirtualmachine:SqlVirtualMachineGroup": ("wsfcDomainProfile?.storageAccountUrl",),
    "storagecache:StorageTarget": ("nfs3?.target",),
    "datafactory:IntegrationRuntime synapse:IntegrationRuntime": (
        "properties.ssisProperties?.catalogInfo?.catalogServerEndpoint",),
    "synapse:Workspace": ("defaultDataLakeStorage?.accountUrl",),
    "virtualmachineimages:VirtualMachineImageTemplate": ("distribute[*].uri",),
    "web:WebAppBackupConfiguration web:WebAppBackupConfigurationSlot": ("storageAccountUrl",),
    "web:WebAppDiagnosticLogsConfiguration web:WebAppDiagnosticLogsConfigurationSlot": (
        "applicationLogs?.azureBlobStorage?.sasUrl", "applicationLogs?.azureTableStorage?.sasUrl",
        "httpLogs?.azureBlobStorage?.sasUrl"),
}  # fmt: skip
"""Stores into which data, logs and results are written."""
