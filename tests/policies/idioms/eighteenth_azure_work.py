"""Good idioms of platform teams on Azure: access of staff, findings, events, settings and routes (set 18, blind)."""

from ..blind import SUB, az
from ..harness import UNKNOWN
from . import Idiom, unpriced
from .azure_platform import lock
from .fourth import HERE, ID, KEY_URL, LEARN, OURS, RG, VNET
from .fourth_kubernetes import AZURE_BUDGET
from .ninth_azure import CLIENT, TENANT
from .sixth_azure import endpoint
from .thirteenth_azure import USER
from .twelfth_azure_platform import CLOSED, VAULT, audit

HUB = f"{OURS}.Network/virtualHubs/hub-bank"
STORE, LAKE = f"{OURS}.AppConfiguration/configurationStores/appcs-orders", f"{OURS}.Storage/storageAccounts/stlake"
ADX = {**RG, "clusterName": "adxsales"}
STATEMENT = "RawEntityMetadata | where Environment == 'Azure' and Identifiers.Type == 'microsoft.compute/disks'"
HUB_KNOWN = {"residency": {"known": {HUB: "our own hub, in uaenorth"}}}
MACHINES = {"vmSize": "Standard_E8_V3"}
INSIDE = {"id": VNET, "subnet": f"{VNET}/subnets/spark"}


def role(name: str, count: int) -> dict[str, object]:
    """Returns one kind of machines of a cluster of HDInsight, in the bank's network."""
    return {"name": name, "targetInstanceCount": count, "hardwareProfile": MACHINES, "virtualNetworkProfile": INSIDE,
            "osProfile": {"linuxOperatingSystemProfile": {"username": "operator", "sshProfile": {"publicKeys": [
                {"certificateData": "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIExhbXBsZQ operators"}]}}}}  # fmt: skip


IDIOMS: tuple[Idiom, ...] = (
    Idiom("staff come into the hub by the bank's tenant and their own group, and pass its firewall", (
        AZURE_BUDGET,
        az("network:VpnServerConfiguration", {
            **HERE, "vpnServerConfigurationName": "staff", "properties": {
                "vpnAuthenticationTypes": ["AAD"], "vpnProtocols": ["OpenVPN"], "aadAuthenticationParameters": {
                    "aadTenant": f"https://login.microsoftonline.com/{TENANT}/",
                    "aadIssuer": f"https://sts.windows.net/{TENANT}/",
                    "aadAudience": "c632b3df-fb67-4d84-bdcf-b95ad541b5c8"}}}, "staff"),
        az("network:P2sVpnGateway", {
            **HERE, "gatewayName": "p2s-bank", "virtualHub": {"id": HUB}, "vpnServerConfiguration": {"id": UNKNOWN},
            "vpnGatewayScaleUnit": 1, "isRoutingPreferenceInternet": False, "customDnsServers": ["10.100.0.68"],
            "p2SConnectionConfigurations": [{
                "name": "staff", "enableInternetSecurity": True, "vpnClientAddressPool": {
                    "addressPrefixes": ["10.101.0.0/22"]}}]}, "gateway", links={"vpnServerConfiguration": ("staff",)}),
        audit("gateway", f"{OURS}.Network/p2sVpnGateways/p2s-bank")),
        f"{LEARN}/virtual-wan/virtual-wan-point-to-site-azure-ad", HUB_KNOWN),
    Idiom("disks without the bank's key are a finding of the bank's own standard, for the whole subscription", (
        az("security:CustomRecommendation", {
            "scope": SUB[1:], "customRecommendationName": "11111111-2222-3333-4444-666666666666", "displayName":
            "Disks are under the bank's key", "description": "Disks without a disk encryption set", "query": STATEMENT,
            "cloudProviders": ["Azure"], "severity": "High", "securityIssue": "Vulnerability",
            "remediationDescription": "Move the disk to the disk encryption set of its subscription"}, "disks"),
        az("security:SecurityStandard", {
            "scope": SUB[1:], "standardId": "22222222-3333-4444-5555-777777777777", "displayName": "The bank's own",
            "description": "What the bank asks beyond the cloud's benchmark", "cloudProviders": ["Azure"],
            "assessments": [{"assessmentKey": "11111111-2222-3333-4444-666666666666"}]}, "standard", links={
                "assessments": ("disks",)}),
        az("security:StandardAssignment", {
            "resourceId": SUB[1:], "standardAssignmentName": "33333333-4444-5555-6666-888888888888", "displayName":
            "The bank's own", "effect": "Audit", "assignedStandard": {"id": UNKNOWN}}, "assigned", links={
                "assignedStandard": ("standard",)})),
        f"{LEARN}/defender-for-cloud/create-custom-recommendations"),
    Idiom("files of sales are read by Data Explorer as they come, by its identity and a way inside the network", (
        AZURE_BUDGET,
        az("kusto:Cluster", {
            **HERE, "clusterName": "adxsales", "sku": {"name": "Standard_E2ads_v5", "tier": "Standard", "capacity": 2},
            **USER, "enableDiskEncryption": True, "enableDoubleEncryption": True, "enableAutoStop": False, **CLOSED,
            "restrictOutboundNetworkAccess": "Enabled", "allowedFqdnList": [], "trustedExternalTenants": [],
            "enablePurge": False, "enableStreamingIngest": False, "zones": ["1", "2", "3"], "publicIPType": "IPv4",
            "keyVaultProperties": {"keyName": "cmk", "keyVaultUri": VAULT["keyVaultUri"], "userIdentity": ID}},
            "cluster", protect=True),
        az("kusto:ReadWriteDatabase", {
            **ADX, "location": "uaenorth", "databaseName": "sales", "kind": "ReadWrite", "hotCachePeriod": "P7D",
            "softDeletePeriod": "P365D"}, "sales", links={"clusterName": ("cluster",)}),
        az("kusto:ManagedPrivateEndpoint", {
            **ADX, "managedPrivateEndpointName": "lake", "groupId": "blob", "privateLinkResourceId": LAKE,
            "privateLinkResourceRegion": "uaenorth", "requestMessage": "Reads files of sales"}, "lake", links={
                "clusterName": ("cluster",)}),
        az("kusto:EventGridDataConnection", {
            **ADX, "location": "uaenorth", "databaseName": "sales", "dataConnectionName": "files", "kind": "EventGrid",
            "storageAccountResourceId": LAKE, "eventHubResourceId":
            f"{OURS}.EventHub/namespaces/evhns-bank/eventhubs/files", "consumerGroup": "adx", "tableName": "Sales",
            "dataFormat": "PARQUET", "blobStorageEventType": "Microsoft.Storage.BlobCreated",
            "managedIdentityResourceId": ID, "databaseRouting": "Single"}, "files", links={"databaseName": ("sales",)}),
        endpoint("adx", f"{OURS}.Kusto/clusters/adxsales", "cluster"),
        audit("cluster", f"{OURS}.Kusto/clusters/adxsales"), lock(f"{OURS}.Kusto/clusters/adxsales", "cluster")),
        f"{LEARN}/data-explorer/security-network-managed-private-endpoint-create; ingest-data-event-grid-overview",
        unpriced("azure-native:kusto:Cluster::cluster")),
    Idiom("flags of the orders app have a copy in the second region and are read by its identity alone", (
        AZURE_BUDGET,
        az("appconfiguration:ConfigurationStore", {
            **HERE, "configStoreName": "appcs-orders", "sku": {"name": "Standard"}, "disableLocalAuth": True, **CLOSED,
            "enablePurgeProtection": True, "softDeleteRetentionInDays": 7, **USER, "encryption": {
                "keyVaultProperties": {"identityClientId": CLIENT, "keyIdentifier": KEY_URL}},
            "dataPlaneProxy": {"authenticationMode": "Pass-through", "privateLinkDelegation": "Disabled"}}, "store",
            protect=True),
        az("appconfiguration:Replica", {**RG, "configStoreName": "appcs-orders", "replicaName": "uaecentral",
                                        "location": "uaecentral"}, "copy", links={"configStoreName": ("store",)}),
        az("authorization:RoleAssignment", {
            "scope": STORE, "principalId": CLIENT, "principalType": "ServicePrincipal", "roleDefinitionId":
            f"{SUB}/providers/Microsoft.Authorization/roleDefinitions/516239f1-63e1-4d78-a4de-a74fb236a071"}, "reader",
            links={"scope": ("store",)}),
        endpoint("appcs", STORE, "configurationStores"), audit("store", STORE), lock(STORE, "store")),
        f"{LEARN}/azure-app-configuration/howto-geo-replication", unpriced(
            "azure-native:appconfiguration:ConfigurationStore::store", "azure-native:appconfiguration:Replica::copy")),
    Idiom("the hub takes from the line of the data centre the bank's own prefixes only, and marks what it tells", (
        az("network:RouteMap", {
            **RG, "virtualHubName": "hub-bank", "routeMapName": "from-dc1", "associatedInboundConnections": [
                f"{OURS}.Network/expressRouteGateways/ergw-hub/expressRouteConnections/dc1"],
            "associatedOutboundConnections": [], "rules": [
                {"name": "own", "matchCriteria": [{"matchCondition": "Contains", "routePrefix": ["10.30.0.0/16"]}],
                 "actions": [{"type": "Add", "parameters": [{"community": ["65010:100"]}]}], "nextStepIfMatched":
                 "Terminate"},
                {"name": "others", "matchCriteria": [{"matchCondition": "Contains", "routePrefix": ["0.0.0.0/0"]}],
                 "actions": [{"type": "Drop"}], "nextStepIfMatched": "Terminate"}]}, "from-dc1"),
        az("network:ExpressRouteGateway", {
            **HERE, "expressRouteGatewayName": "ergw-hub", "virtualHub": {"id": HUB}, "allowNonVirtualWanTraffic":
            False, "autoScaleConfiguration": {"bounds": {"min": 1, "max": 2}}, "expressRouteConnections": [{
                "name": "dc1", "enableInternetSecurity": True, "expressRouteGatewayBypass": False, "routingWeight": 10,
                "expressRouteCircuitPeering": {
                    "id": f"{OURS}.Network/expressRouteCircuits/erc-bank/peerings/AzurePrivatePeering"},
                "routingConfiguration": {"inboundRouteMap": {"id": UNKNOWN}}}]}, "gateway", links={
                    "expressRouteConnections": ("from-dc1",)})),
        f"{LEARN}/virtual-wan/route-maps-about", HUB_KNOWN),
    Idiom("risks are reckoned by Spark of HDInsight that the internet does not reach, on disks under the bank's key", (
        AZURE_BUDGET,
        az("hdinsight:Cluster", {
            **HERE, "clusterName": "hdi-risk", "identity": {
                "type": "UserAssigned", "userAssignedIdentities": {ID: {}}}, "zones": ["1"], "properties": {
                "clusterVersion": "5.1", "osType": "Linux", "tier": "Standard", "minSupportedTlsVersion": "1.2",
                "clusterDefinition": {"kind": "Spark", "componentVersion": {"Spark": "3.3"}, "configurations": {
                    "gateway": {"restAuthCredential.isEnabled": "true", "restAuthCredential.username": "operator",
                                "restAuthCredential.password": UNKNOWN}}},
                "diskEncryptionProperties": {
                    "encryptionAtHost": True, "encryptionAlgorithm": "RSA-OAEP-256", "keyName": VAULT["keyName"],
                    "keyVersion": VAULT["keyVersion"], "vaultUri": VAULT["keyVaultUri"], "msiResourceId": ID},
                "encryptionInTransitProperties": {"isEncryptionInTransitEnabled": True}, "networkProperties": {
                    "resourceProviderConnection": "Outbound", "privateLink": "Enabled"},
                "storageProfile": {"storageaccounts": [{
                    "name": "stlake.dfs.core.windows.net", "isDefault": True, "fileSystem": "risk", "resourceId": LAKE,
                    "msiResourceId": ID, "enableSecureChannel": True}]},
                "computeProfile": {"roles": [
                    role("headnode", 2), role("workernode", 3), role("zookeepernode", 3)]}}}, "risk"),
        endpoint("hdi", f"{OURS}.HDInsight/clusters/hdi-risk", "gateway"),
        audit("risk", f"{OURS}.HDInsight/clusters/hdi-risk")),
        f"{LEARN}/hdinsight/hdinsight-private-link; hdinsight/disk-encryption", {
            "residency": {"known": {"stlake.dfs.core.windows.net": "our own account of storage, in uaenorth"}},
            **unpriced("azure-native:hdinsight:Cluster::risk")}),
)  # fmt: skip
