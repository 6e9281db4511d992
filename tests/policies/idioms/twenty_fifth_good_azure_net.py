"""Good programs of platform teams on Azure: networks, fleets and sites (set 25, before any rule ran)."""

from ..blind import az
from ..harness import UNKNOWN
from . import Idiom
from .twentieth_goodb_charts import merged
from .twenty_third_azure import (
    AT,
    AVM,
    BY_IDENTITY,
    HUB,
    IDENTITY,
    ITS,
    LEARN,
    OURS,
    RG,
    STAFF,
    TENANT,
    VNET,
    alert,
    budget,
    private,
    records,
    with_prices,
)

CLIENT = "11111111-2222-3333-4444-555555555555"
VHUB = {**RG, "virtualHubName": "vhub-uaen"}
NSP = {**RG, "networkSecurityPerimeterName": "nsp-data"}
FLEET = {**RG, "fleetName": "fleet-ai"}
AVS = {**RG, "privateCloudName": "avs-prod"}
ADX = {**RG, "clusterName": "adxfeatures"}
STRONG = {"saLifeTimeSeconds": 27000, "saDataSizeKilobytes": 102400000, "ipsecEncryption": "GCMAES256",
          "ipsecIntegrity": "GCMAES256", "ikeEncryption": "GCMAES256", "ikeIntegrity": "SHA384", "dhGroup": "ECP384",
          "pfsGroup": "ECP384"}  # fmt: skip

IDIOMS: tuple[Idiom, ...] = (
    Idiom("Virtual WAN: a site comes by IPsec with strong ciphers, and what branches say passes the firewall", (
        budget(),
        az("network:VirtualWan", {**AT, "virtualWANName": "vwan-bank", "type": "Standard",
            "disableVpnEncryption": False,
                                  "allowBranchToBranchTraffic": True}, "wan"),
        az("network:VirtualHub", {**AT, **VHUB, "addressPrefix": "10.30.0.0/23", "sku": "Standard", "virtualWan": {
            "id": UNKNOWN}, "hubRoutingPreference": "ExpressRoute"}, "hub", links={"virtualWan": ("wan",)}),
        az("network:VpnSite", {
            **AT, "vpnSiteName": "site-auh", "virtualWan": {"id": UNKNOWN}, "addressSpace": {
                "addressPrefixes": ["10.10.0.0/16"]}, "deviceProperties": {"deviceVendor": "Juniper"}, "vpnSiteLinks": [
                {"name": "line-1", "ipAddress": "94.200.10.20", "bgpProperties": {
                    "asn": 65010, "bgpPeeringAddress": "10.10.0.1"}, "linkProperties": {
                    "linkProviderName": "Etisalat", "linkSpeedInMbps": 1000}}]}, "site",
                        links={"virtualWan": ("wan",)}),
        az("network:VpnGateway", {
            **AT, "gatewayName": "vpngw-uaen", "virtualHub": {"id": UNKNOWN}, "vpnGatewayScaleUnit": 1,
            "isRoutingPreferenceInternet": False, "connections": [{
                "name": "auh", "remoteVpnSite": {"id": UNKNOWN}, "enableInternetSecurity": True,
                    "vpnLinkConnections": [{
                    "name": "line-1", "vpnSiteLink": {"id": UNKNOWN}, "enableBgp": True, "ipsecPolicies": [STRONG],
                    "vpnConnectionProtocolType": "IKEv2", "vpnLinkConnectionMode": "Default",
                        "usePolicyBasedTrafficSelectors":
                    False}]}]}, "gateway", links={"virtualHub": ("hub",), "connections": ("site",)}),
        az("network:HubRouteTable", {**VHUB, "routeTableName": "rt-branches", "labels": ["branches"], "routes": [
            {"name": "apps", "destinationType": "CIDR", "destinations": ["10.20.0.0/16"], "nextHopType": "ResourceId",
             "nextHop": f"{HUB}.Network/azureFirewalls/afw-uaen"}]}, "branches", links={"virtualHubName": ("hub",)}),
        records("gateway")),
        f"{LEARN}/virtual-wan/virtual-wan-ipsec; .../scenario-route-through-nvas-custom; {AVM}/network/vpn-gateway, as "
        "known", merged(OURS, {"residency": {"known": {
            "94.200.10.20": "our data centre"}}})),
    Idiom("perimeter: storage and search of one app speak with each other inside it, and nothing else gets in or out", (
        az("network:NetworkSecurityPerimeter", {**AT, **NSP}, "perimeter"),
        az("network:NetworkSecurityPerimeterProfile", {**NSP, "profileName": "data"}, "profile", links={
            "networkSecurityPerimeterName": ("perimeter",)}),
        az("network:NetworkSecurityPerimeterAccessRule", {
            **NSP, "profileName": "data", "accessRuleName": "own-subscription", "direction": "Inbound",
                "subscriptions": [
                {"id": "/subscriptions/00000000-0000-0000-0000-000000000001"}]}, "in",
                    links={"profileName": ("profile",)}),
        *(az("network:NetworkSecurityPerimeterAssociation", {
            **NSP, "associationName": name, "accessMode": "Enforced", "privateLinkResource": {"id": f"{ITS}.{kind}"},
            "profile": {"id": UNKNOWN}}, name, links={"profile": ("profile",)}) for name, kind in (
            ("storage", "Storage/storageAccounts/stdocs"), ("search", "Search/searchServices/srch-docs"))),
        az("network:NetworkSecurityPerimeterLoggingConfiguration", {
            **NSP, "loggingConfigurationName": "instance", "properties": {"enabledLogCategories": [
                "NspPublicInboundPerimeterRulesDenied", "NspPublicOutboundPerimeterRulesDenied",
                    "NspCrossPerimeterInboundAllowed"]}}, "logging",
           links={"networkSecurityPerimeterName": ("perimeter",)}), records("perimeter")),
        f"{LEARN}/private-link/network-security-perimeter-concepts; .../network-security-perimeter-diagnostic-logs, as "
        "known", OURS),
    Idiom("Fleet: clusters get the next version ring by ring, a day apart, by an update that names it", (
        az("containerservice:Fleet", {**AT, **BY_IDENTITY, **FLEET}, "fleet"),
        *(az("containerservice:FleetMember", {**FLEET, "fleetMemberName": name, "group": group, "clusterResourceId":
            f"{ITS}.ContainerService/managedClusters/{name}"}, name, links={"fleetName": ("fleet",)})
          for name, group in (("aks-test", "test"), ("aks-prod", "prod"))),
        az("containerservice:FleetUpdateStrategy", {**FLEET, "updateStrategyName": "rings", "strategy": {"stages": [
            {"name": "test", "groups": [{"name": "test"}], "afterStageWaitInSeconds": 86400},
            {"name": "prod", "groups": [{"name": "prod"}]}]}}, "rings", links={"fleetName": ("fleet",)}),
        az("containerservice:UpdateRun", {**FLEET, "updateRunName": "v1-34", "updateStrategyId": UNKNOWN,
            "managedClusterUpdate": {"upgrade": {"type": "Full", "kubernetesVersion": "1.34.1"}, "nodeImageSelection": {
                "type": "Consistent"}}}, "run", links={"updateStrategyId": ("rings",)})),
        f"{LEARN}/kubernetes-fleet/update-orchestration; {AVM}/container-service/managed-cluster, as known", OURS),
    Idiom("Container Apps: an app of staff asks for Entra before it answers, and retries what its own calls lost", (
        budget(),
        az("app:ManagedEnvironment", {
            **AT, "environmentName": "cae-staff", "zoneRedundant": True, "publicNetworkAccess": "Disabled",
            "vnetConfiguration": {"internal": True, "infrastructureSubnetId": f"{VNET}/subnets/snet-cae"},
            "peerAuthentication": {"mtls": {"enabled": True}}, "appLogsConfiguration": {"destination": "azure-monitor"},
            "workloadProfiles": [{"name": "Consumption", "workloadProfileType": "Consumption"}]}, "environment"),
        az("app:ContainerApp", {
            **AT, **BY_IDENTITY, "containerAppName": "ca-staff", "managedEnvironmentId": UNKNOWN, "workloadProfileName":
            "Consumption", "configuration": {
                "activeRevisionsMode": "Single", "registries": [{"server": "crbankprod.azurecr.io",
                    "identity": IDENTITY}],
                "secrets": [{"name": "entra", "identity": IDENTITY, "keyVaultUrl":
                             "https://kv-apps-prod.vault.azure.net/secrets/entra"}],
                "ingress": {"external": True, "targetPort": 8080, "transport": "auto", "allowInsecure": False,
                            "stickySessions": {"affinity": "none"}}}, "template": {
                "containers": [{"name": "staff", "image": "crbankprod.azurecr.io/staff@sha256:" + "e" * 64,
                    "resources": {
                    "cpu": 0.5, "memory": "1Gi"}}], "scale": {"minReplicas": 2, "maxReplicas": 6}}}, "staff", links={
                        "managedEnvironmentId": ("environment",)}),
        az("app:ContainerAppsAuthConfig", {
            **RG, "containerAppName": "ca-staff", "authConfigName": "current", "platform": {"enabled": True},
            "globalValidation": {"unauthenticatedClientAction": "RedirectToLoginPage", "redirectToProvider":
                                 "azureactivedirectory"}, "httpSettings": {"requireHttps": True}, "identityProviders": {
                "azureActiveDirectory": {"enabled": True, "registration": {
                    "clientId": CLIENT, "clientSecretSettingName": "entra", "openIdIssuer":
                    f"https://login.microsoftonline.com/{TENANT}/v2.0"}, "validation": {
                    "allowedAudiences": ["api://staff"], "defaultAuthorizationPolicy": {"allowedPrincipals": {
                        "groups": [STAFF]}}}}}, "login": {"tokenStore": {"enabled": False}}}, "sign-in", links={
                            "containerAppName": ("staff",)}),
        az("app:AppResiliency", {
            **RG, "appName": "ca-staff", "name": "retries", "timeoutPolicy": {
                "connectionTimeoutInSeconds": 5, "responseTimeoutInSeconds": 30}, "httpRetryPolicy": {
                "maxRetries": 3, "initialDelayInMilliseconds": 500, "maxIntervalInMilliseconds": 5000, "errors": [
                    "5xx", "connect-failure", "reset"], "httpStatusCodes": [503]}, "circuitBreakerPolicy": {
                "consecutiveErrors": 5, "intervalInSeconds": 10, "maxEjectionPercent": 50}}, "retries", links={
                    "appName": ("staff",)}), records("environment")),
        f"{LEARN}/container-apps/authentication-entra; .../service-discovery-resiliency, as known",
        with_prices("app:ManagedEnvironment::environment", "app:ContainerApp::staff")),
    Idiom("Notification Hubs: phones of customers hear of payments, by a namespace that only the network reaches", (
        budget(),
        az("notificationhubs:Namespace", {
            **AT, "namespaceName": "ntfns-prod", "sku": {"name": "Standard"}, "publicNetworkAccess": "Disabled",
            "zoneRedundancy": "Enabled", "replicationRegion": "None", "namespaceType": "NotificationHub"}, "namespace"),
        az("notificationhubs:NotificationHub", {**AT, "namespaceName": "ntfns-prod", "notificationHubName": "payments",
            "registrationTtl": "90.00:00:00"}, "payments", links={"namespaceName": ("namespace",)}),
        *private("namespace", "namespace", "privatelink.servicebus.windows.net"), records("namespace"),
        alert("payments", "Microsoft.NotificationHubs/namespaces/notificationHubs", "notificationhub.pushes",
            "LessThan",
              1)),
        f"{LEARN}/notification-hubs/private-link; .../availability-zones, as known",
        merged(with_prices("notificationhubs:Namespace::namespace"), {"escape": {"allowed_types": {
            "azure-native:notificationhubs:NotificationHub": "it names no keys of other services, read by us"}}})),
)  # fmt: skip
