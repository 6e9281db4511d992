"""Good idioms of platform teams on Azure: analysis, streams, networks and names (set 20, blind)."""

from ..blind import TAGS, az
from ..harness import UNKNOWN
from . import Idiom, unpriced
from .azure_platform import lock
from .fourth import HERE, ID, LEARN, OURS, RG, VNET
from .fourth_kubernetes import AZURE_BUDGET
from .ninth_azure import LOGS, TENANT
from .sixth_azure import endpoint
from .thirteenth_azure import ADMINS, USER, rule
from .twelfth_azure_platform import CLOSED, OWN, audit, granted

ADX, HUBS = f"{OURS}.Kusto/clusters/adxbank", f"{OURS}.EventHub/namespaces/evh-cards"
GATEWAY = f"{OURS}.Network/virtualNetworkGateways/vpn-hub"
ASA = """SELECT card, COUNT(*) AS payments, SUM(amount) AS total, System.Timestamp() AS at
INTO lake
FROM cards TIMESTAMP BY at
GROUP BY card, TumblingWindow(minute, 5)
HAVING COUNT(*) > 20"""

IDIOMS: tuple[Idiom, ...] = (
    Idiom("analysts ask a cluster of Data Explorer that the network alone reaches, and events come by themselves", (
        AZURE_BUDGET,
        az("kusto:Cluster", {
            **HERE, "clusterName": "adxbank", "sku": {"name": "Standard_E4ads_v5", "tier": "Standard", "capacity": 2},
            "zones": ["1", "2", "3"], **USER, **CLOSED, "enableDiskEncryption": True, "enableDoubleEncryption": True,
            "enableStreamingIngest": True, "enablePurge": False, "enableAutoStop": False, "publicIPType": "IPv4",
            "restrictOutboundNetworkAccess": "Enabled", "allowedFqdnList": [], "trustedExternalTenants": [],
            "optimizedAutoscale": {"isEnabled": True, "minimum": 2, "maximum": 4, "version": 1},
            "keyVaultProperties": {"keyName": "cmk", "keyVaultUri": "https://kv-bank.vault.azure.net",
                                   "userIdentity": ID}}, "adx", protect=True),
        az("kusto:ReadWriteDatabase", {
            **RG, "location": "uaenorth", "clusterName": "adxbank", "databaseName": "cards", "kind": "ReadWrite",
            "softDeletePeriod": "P365D", "hotCachePeriod": "P31D"}, "cards", links={"clusterName": ("adx",)}),
        az("kusto:EventHubDataConnection", {
            **RG, "location": "uaenorth", "clusterName": "adxbank", "databaseName": "cards", "dataConnectionName":
            "cards", "kind": "EventHub", "eventHubResourceId": f"{HUBS}/eventhubs/cards", "consumerGroup": "adx",
            "dataFormat": "JSON", "compression": "GZip", "tableName": "payments", "mappingRuleName": "payments",
            "managedIdentityResourceId": ID, "databaseRouting": "Single"}, "events", links={
                "databaseName": ("cards",)}),
        az("kusto:ClusterPrincipalAssignment", {
            **RG, "clusterName": "adxbank", "principalAssignmentName": "watchers", "principalId": ADMINS,
            "principalType": "Group", "role": "AllDatabasesMonitor", "tenantId": TENANT}, "watchers", links={
                "clusterName": ("adx",)}),
        az("kusto:DatabasePrincipalAssignment", {
            **RG, "clusterName": "adxbank", "databaseName": "cards", "principalAssignmentName": "analysts",
            "principalId": ADMINS, "principalType": "Group", "role": "Viewer", "tenantId": TENANT}, "analysts", links={
                "databaseName": ("cards",)}),
        endpoint("adx", ADX, "cluster"), audit("adx", ADX), lock(ADX, "adx")),
        f"{LEARN}/data-explorer/security-network-overview; data-explorer/customer-managed-keys-portal",
        unpriced("azure-native:kusto:Cluster::adx")),
    Idiom("payments of a card in five minutes are counted from a stream by a job that signs in by its identity", (
        AZURE_BUDGET,
        az("eventhub:Namespace", {
            **HERE, "namespaceName": "evh-cards", "sku": {"name": "Premium", "tier": "Premium", "capacity": 1},
            "minimumTlsVersion": "1.2", "disableLocalAuth": True, **CLOSED, "zoneRedundant": True, "identity": {
                "type": "UserAssigned", "userAssignedIdentities": [ID]}, "encryption": {
                    "keySource": "Microsoft.KeyVault", "requireInfrastructureEncryption": True, "keyVaultProperties": [
                        {"keyName": "cmk", "keyVaultUri": "https://kv-bank.vault.azure.net", "identity": {
                            "userAssignedIdentity": ID}}]}}, "hubs"),
        az("eventhub:EventHub", {
            **RG, "namespaceName": "evh-cards", "eventHubName": "cards", "partitionCount": 8, "retentionDescription": {
                "cleanupPolicy": "Delete", "retentionTimeInHours": 168}}, "cards", links={"namespaceName": ("hubs",)}),
        az("eventhub:ConsumerGroup", {**RG, "namespaceName": "evh-cards", "eventHubName": "cards", "consumerGroupName":
                                      "asa"}, "reader", links={"eventHubName": ("cards",)}),
        az("streamanalytics:Cluster", {**HERE, "clusterName": "asa-bank", "sku": {"name": "DefaultV2", "capacity": 12}},
           "cluster"),
        az("streamanalytics:StreamingJob", {
            **HERE, "jobName": "asa-cards", "sku": {"name": "StandardV2"}, "identity": {
                "type": "SystemAssigned"}, "cluster": {"id": UNKNOWN}, "jobType":
            "Cloud", "compatibilityLevel": "1.2", "eventsOutOfOrderPolicy": "Adjust",
            "eventsOutOfOrderMaxDelayInSeconds": 10, "eventsLateArrivalMaxDelayInSeconds": 60, "outputErrorPolicy":
            "Stop", "contentStoragePolicy": "JobStorageAccount", "jobStorageAccount": {
                "accountName": "stbank", "authenticationMode": "Msi"}, "dataLocale": "en-US",
            "inputs": [{"name": "cards", "properties": {
                "type": "Stream", "serialization": {"type": "Json", "encoding": "UTF8"}, "datasource": {
                    "type": "Microsoft.EventHub/EventHub", "serviceBusNamespace": "evh-cards", "eventHubName": "cards",
                    "consumerGroupName": "asa", "authenticationMode": "Msi"}}}],
            "outputs": [{"name": "lake", "datasource": {
                "type": "Microsoft.Storage/Blob", "storageAccounts": [{"accountName": "stbank"}], "container": "alerts",
                "pathPattern": "cards/{date}", "dateFormat": "yyyy/MM/dd", "authenticationMode": "Msi"},
                "serialization": {"type": "Parquet"}, "timeWindow": "00:01:00", "sizeWindow": 2000}],
            "transformation": {"name": "count", "streamingUnits": 12, "query": ASA}}, "job", links={
                "cluster": ("cluster",), "inputs": ("cards",)}),
        endpoint("evh", HUBS, "namespace"), audit("hubs", HUBS),
        granted("counter", f"{HUBS}/eventhubs/cards", "a638d3c7-ab3a-418d-83e6-5f17a39d4fde")),
        f"{LEARN}/stream-analytics/data-protection; stream-analytics/run-job-in-virtual-network",
        {**OWN, **unpriced("azure-native:streamanalytics:Cluster::cluster", "azure-native:eventhub:Namespace::hubs",
                           "azure-native:streamanalytics:StreamingJob::job")}),
    Idiom("a spoke has groups of rules for each tier, one way out by the hub's firewall, and records of its traffic", (
        AZURE_BUDGET,
        az("network:NetworkSecurityGroup", {
            **HERE, "networkSecurityGroupName": "nsg-app", "flushConnection": True, "securityRules": [
                rule("from-gateway", 100, "Inbound", "Allow", "10.20.1.0/24", "10.20.2.0/24", ["8443"]),
                rule("probes", 110, "Inbound", "Allow", "AzureLoadBalancer", "10.20.2.0/24", ["8443"]),
                rule("no-one-else", 4096, "Inbound", "Deny", "*", "*", ["0-65535"], "*"),
                rule("database", 100, "Outbound", "Allow", "10.20.2.0/24", "10.20.3.0/24", ["5432"]),
                rule("monitor", 110, "Outbound", "Allow", "10.20.2.0/24", "AzureMonitor", ["443"]),
                rule("nothing-else", 4096, "Outbound", "Deny", "*", "*", ["0-65535"], "*")]}, "rules"),
        az("network:RouteTable", {
            **HERE, "routeTableName": "rt-app", "disableBgpRoutePropagation": True, "routes": [
                {"name": "out", "addressPrefix": "0.0.0.0/0", "nextHopType": "VirtualAppliance", "nextHopIpAddress":
                 "10.0.1.4"}]}, "routes"),
        az("network:VirtualNetwork", {
            **HERE, "virtualNetworkName": "vnet-app", "addressSpace": {"addressPrefixes": ["10.20.0.0/20"]},
            "dhcpOptions": {"dnsServers": ["10.0.1.4"]}, "encryption": {"enabled": True, "enforcement":
                                                                       "AllowUnencrypted"},
            "privateEndpointVNetPolicies": "Basic", "subnets": [{
                "name": "app", "addressPrefix": "10.20.2.0/24", "defaultOutboundAccess": False,
                "privateEndpointNetworkPolicies": "Enabled", "networkSecurityGroup": {"id": UNKNOWN}, "routeTable": {
                    "id": UNKNOWN}, "serviceEndpoints": [{"service": "Microsoft.KeyVault", "locations": [
                        "uaenorth"]}]}]}, "network", links={"subnets": ("rules", "routes")}),
        az("network:VirtualNetworkPeering", {
            **RG, "virtualNetworkName": "vnet-app", "virtualNetworkPeeringName": "hub", "remoteVirtualNetwork": {
                "id": f"{OURS}.Network/virtualNetworks/hub"}, "allowVirtualNetworkAccess": True,
            "allowForwardedTraffic": True, "allowGatewayTransit": False, "useRemoteGateways": True,
            "doNotVerifyRemoteGateways": False}, "to-hub", links={"virtualNetworkName": ("network",)}),
        az("network:FlowLog", {
            **HERE, "networkWatcherName": "nw-uaenorth", "flowLogName": "vnet-app", "targetResourceId": UNKNOWN,
            "storageId": f"{OURS}.Storage/storageAccounts/stbank", "enabled": True, "format": {
                "type": "JSON", "version": 2}, "retentionPolicy": {"enabled": True, "days": 90},
            "flowAnalyticsConfiguration": {"networkWatcherFlowAnalyticsConfiguration": {
                "enabled": True, "trafficAnalyticsInterval": 10, "workspaceRegion": "uaenorth",
                "workspaceResourceId": LOGS}}}, "records", links={"targetResourceId": ("network",)})),
        f"{LEARN}/cloud-adoption-framework/ready/azure-best-practices/plan-for-landing-zone-network-segmentation",
        {**OWN, "residency": {"known": {**OWN["residency"]["known"], f"{OURS}.Network/virtualNetworks/hub":
                                        "our own hub, in uaenorth"}}}),
    Idiom("the data centre is reached by ExpressRoute, and by a tunnel with chosen ciphers if it fails", (
        AZURE_BUDGET,
        *(az("network:PublicIPAddress", {
            **HERE, "publicIpAddressName": name, "sku": {"name": "Standard", "tier": "Regional"}, "zones": [
                "1", "2", "3"], "publicIPAllocationMethod": "Static", "publicIPAddressVersion": "IPv4",
            "ddosSettings": {"protectionMode": "VirtualNetworkInherited"}}, name) for name in ("pip-vpn-1",
                                                                                              "pip-vpn-2")),
        az("network:VirtualNetworkGateway", {
            **HERE, "virtualNetworkGatewayName": "vpn-hub", "gatewayType": "Vpn", "vpnType": "RouteBased",
            "vpnGatewayGeneration": "Generation2", "sku": {"name": "VpnGw2AZ", "tier": "VpnGw2AZ"}, "activeActive":
            True, "enableBgp": True, "bgpSettings": {"asn": 65515}, "enablePrivateIpAddress": True,
            "allowRemoteVnetTraffic": False, "allowVirtualWanTraffic": False, "ipConfigurations": [
                {"name": name, "subnet": {"id": f"{OURS}.Network/virtualNetworks/hub/subnets/GatewaySubnet"},
                 "publicIPAddress": {"id": UNKNOWN}, "privateIPAllocationMethod": "Dynamic"} for name in (
                     "one", "two")]}, "gateway", links={"ipConfigurations": ("pip-vpn-1", "pip-vpn-2")}),
        az("network:LocalNetworkGateway", {
            **HERE, "localNetworkGatewayName": "lng-dc1", "gatewayIpAddress": "94.200.10.20",
            "localNetworkAddressSpace": {"addressPrefixes": ["10.10.255.1/32"]}, "bgpSettings": {
                "asn": 65010, "bgpPeeringAddress": "10.10.255.1"}}, "dc1"),
        az("network:VirtualNetworkGatewayConnection", {
            **HERE, "virtualNetworkGatewayConnectionName": "cn-dc1", "connectionType": "IPsec", "connectionProtocol":
            "IKEv2", "connectionMode": "Default", "dpdTimeoutSeconds": 45, "enableBgp": True,
            "usePolicyBasedTrafficSelectors": False, "useLocalAzureIpAddress": False, "routingWeight": 10,
            "virtualNetworkGateway1": {"id": UNKNOWN}, "localNetworkGateway2": {"id": UNKNOWN}, "sharedKey": UNKNOWN,
            "ipsecPolicies": [{
                "ikeEncryption": "GCMAES256", "ikeIntegrity": "SHA384", "dhGroup": "ECP384", "ipsecEncryption":
                "GCMAES256", "ipsecIntegrity": "GCMAES256", "pfsGroup": "ECP384", "saLifeTimeSeconds": 27000,
                "saDataSizeKilobytes": 102400000}]}, "tunnel", links={
                    "virtualNetworkGateway1": ("gateway",), "localNetworkGateway2": ("dc1",)}),
        az("network:ExpressRouteCircuit", {
            **HERE, "circuitName": "erc-dc1", "sku": {"name": "Standard_MeteredData", "tier": "Standard", "family":
                                                      "MeteredData"}, "allowClassicOperations": False,
            "globalReachEnabled": False, "serviceProviderProperties": {
                "serviceProviderName": "Etisalat UAE", "peeringLocation": "Dubai", "bandwidthInMbps": 1000}}, "circuit",
            protect=True),
        az("network:ExpressRouteCircuitPeering", {
            **RG, "circuitName": "erc-dc1", "peeringName": "AzurePrivatePeering", "peeringType": "AzurePrivatePeering",
            "peerASN": 65010, "vlanId": 300, "primaryPeerAddressPrefix": "10.10.254.0/30",
            "secondaryPeerAddressPrefix": "10.10.254.4/30", "state": "Enabled"}, "peering", links={
                "circuitName": ("circuit",)}),
        audit("gateway", GATEWAY)),
        f"{LEARN}/vpn-gateway/vpn-gateway-about-compliance-crypto; expressroute/use-s2s-vpn-as-backup-for-expressroute",
        {**OWN, "residency": {"known": {**OWN["residency"]["known"], "94.200.10.20": "our data centre in Dubai"}},
         **unpriced("azure-native:network:VirtualNetworkGateway::gateway",
                    "azure-native:network:VirtualNetworkGatewayConnection::tunnel")}),
    Idiom("names of the data centre and of private endpoints are asked in the hub, by a resolver with two doors", (
        AZURE_BUDGET,
        az("dnsresolver:DnsResolver", {**HERE, "dnsResolverName": "dnspr-hub", "virtualNetwork": {
            "id": f"{OURS}.Network/virtualNetworks/hub"}}, "resolver"),
        az("dnsresolver:InboundEndpoint", {
            **HERE, "dnsResolverName": "dnspr-hub", "inboundEndpointName": "in", "ipConfigurations": [{
                "privateIpAllocationMethod": "Static", "privateIpAddress": "10.0.3.4", "subnet": {
                    "id": f"{OURS}.Network/virtualNetworks/hub/subnets/dns-in"}}]}, "in", links={
                        "dnsResolverName": ("resolver",)}),
        az("dnsresolver:OutboundEndpoint", {
            **HERE, "dnsResolverName": "dnspr-hub", "outboundEndpointName": "out", "subnet": {
                "id": f"{OURS}.Network/virtualNetworks/hub/subnets/dns-out"}}, "out", links={
                    "dnsResolverName": ("resolver",)}),
        az("dnsresolver:DnsForwardingRuleset", {
            **HERE, "dnsForwardingRulesetName": "dnsfrs-hub", "dnsResolverOutboundEndpoints": [{"id": UNKNOWN}]},
            "ruleset", links={"dnsResolverOutboundEndpoints": ("out",)}),
        az("dnsresolver:ForwardingRule", {
            **RG, "dnsForwardingRulesetName": "dnsfrs-hub", "forwardingRuleName": "corp", "domainName":
            "corp.bank.ae.", "forwardingRuleState": "Enabled", "targetDnsServers": [
                {"ipAddress": "10.10.0.10", "port": 53}, {"ipAddress": "10.10.0.11", "port": 53}]}, "corp", links={
                    "dnsForwardingRulesetName": ("ruleset",)}),
        az("dnsresolver:PrivateResolverVirtualNetworkLink", {
            **RG, "dnsForwardingRulesetName": "dnsfrs-hub", "virtualNetworkLinkName": "spoke", "virtualNetwork": {
                "id": VNET}}, "of-spoke", links={"dnsForwardingRulesetName": ("ruleset",)}),
        *(az("privatedns:PrivateZone", {**RG, "location": "global", "tags": TAGS, "privateZoneName": zone}, zone)
          for zone in ("privatelink.blob.core.windows.net", "privatelink.vaultcore.azure.net")),
        az("privatedns:VirtualNetworkLink", {
            **RG, "location": "global", "tags": TAGS, "privateZoneName": "privatelink.blob.core.windows.net",
            "virtualNetworkLinkName": "hub", "registrationEnabled": False, "resolutionPolicy": "Default",
            "virtualNetwork": {"id": f"{OURS}.Network/virtualNetworks/hub"}}, "of-hub", links={
                "privateZoneName": ("privatelink.blob.core.windows.net",)})),
        f"{LEARN}/dns/dns-private-resolver-overview; architecture/networking/architecture/azure-dns-private-resolver",
        {**OWN, "residency": {"known": {**OWN["residency"]["known"], f"{OURS}.Network/virtualNetworks/hub":
                                        "our own hub, in uaenorth"}}}),
)  # fmt: skip
