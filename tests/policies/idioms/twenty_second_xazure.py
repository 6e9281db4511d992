"""Good idioms of platform teams on Azure: landing zones, ways in, apps and databases (set 22, blind)."""

from ..blind import az
from ..harness import UNKNOWN
from . import Idiom, unpriced
from .azure_platform import lock
from .fourth import HERE, ID, KEY_URL, LEARN, OURS, RG, VNET
from .fourth_kubernetes import AZURE_BUDGET
from .nineteenth_azure_data import counted
from .ninth_azure import LOGS, TENANT
from .sixth_azure import SECRETS
from .thirteenth_azure import ADMINS, DISKS, USER, rule
from .twelfth_azure_platform import OWN, audit, granted
from .twentieth_goodb_charts import merged
from .twenty_first_xazure import AVM, HUB, HUB_OF, pool

AKS = f"{OURS}.ContainerService/managedClusters/aks-pay"
GATEWAY, FIREWALL = f"{OURS}.Network/applicationGateways/agw-portal", f"{OURS}.Network/azureFirewalls/afw-hub"
APIM, SQL = f"{OURS}.ApiManagement/service/apim-bank", f"{OURS}.Sql/servers/sql-deposits"
PG, COSMOS = f"{OURS}.DBforPostgreSQL/flexibleServers/pg-loans", f"{OURS}.DocumentDB/databaseAccounts/cosmos-cards"
FUNC, FUNC_STORE = f"{OURS}.Web/sites/func-notices", f"{OURS}.Storage/storageAccounts/stnotices"
REGISTRY = {"escape": {"image_publishers": {"crbank.azurecr.io": "our own registry"}},
            "residency": {"known": {"crbank.azurecr.io": "our own registry, in uaenorth"}}}  # fmt: skip
INBOUND = """<policies>
  <inbound>
    <base />
    <cors allow-credentials="false"><allowed-origins><origin>https://portal.bank.ae</origin></allowed-origins>
      <allowed-methods><method>GET</method></allowed-methods></cors>
    <validate-jwt header-name="Authorization" failed-validation-httpcode="401" require-expiration-time="true"
      require-scheme="Bearer" require-signed-tokens="true">
      <openid-config
url="https://login.microsoftonline.com/00000000-1111-2222-3333-444444444444/v2.0/.well-known/openid-configuration" />
      <audiences><audience>api://deposits</audience></audiences>
      <required-claims><claim name="roles" match="any"><value>Deposits.Read</value></claim></required-claims>
    </validate-jwt>
    <rate-limit-by-key calls="300" renewal-period="60" counter-key="@(context.Subscription.Id)" />
    <quota-by-key calls="100000" renewal-period="86400" counter-key="@(context.Subscription.Id)" />
    <authentication-managed-identity resource="api://deposits" />
  </inbound>
  <backend><base /></backend>
  <outbound><base /><set-header name="X-Powered-By" exists-action="delete" /></outbound>
  <on-error><base /></on-error>
</policies>"""


def subnet(name: str, block: str, **more: object) -> dict[str, object]:
    """Returns a subnet with the group and the routes of the plan."""
    return {"name": name, "addressPrefix": block, "networkSecurityGroup": {"id": UNKNOWN},
        "routeTable": {"id": UNKNOWN},
            "defaultOutboundAccess": False, "privateEndpointNetworkPolicies": "Enabled", **more}  # fmt: skip


IDIOMS: tuple[Idiom, ...] = (
    Idiom("the hub's firewall of the upper tier opens what leaves, refuses known threats and writes all its rules", (
        AZURE_BUDGET,
        az("network:FirewallPolicy", {
            **HERE, "firewallPolicyName": "afwp-hub", "sku": {"tier": "Premium"}, "threatIntelMode": "Deny",
            "intrusionDetection": {"mode": "Deny", "configuration": {"privateRanges": ["10.0.0.0/8"]}}, "dnsSettings": {
                "enableProxy": True, "servers": ["10.0.1.4"]}, "insights": {"isEnabled": True, "retentionDays": 365,
                "logAnalyticsResources": {"defaultWorkspaceId": {"id": LOGS}}}, **USER, "transportSecurity": {
                    "certificateAuthority": {"name": "inner", "keyVaultSecretId": f"{SECRETS}/firewall-authority"}}},
           "policy"),
        az("network:FirewallPolicyRuleCollectionGroup", {
            **RG, "firewallPolicyName": "afwp-hub", "ruleCollectionGroupName": "platform", "priority": 200,
            "ruleCollections": [
                {"ruleCollectionType": "FirewallPolicyFilterRuleCollection", "name": "apps", "priority": 200,
                    "action": {
                    "type": "Allow"}, "rules": [{
                        "ruleType": "ApplicationRule", "name": "own", "sourceAddresses": ["10.10.0.0/16"],
                            "targetFqdns": [
                            "registry.bank.ae", "git.bank.ae"], "terminateTLS": True, "protocols": [
                                {"protocolType": "Https", "port": 443}]}]},
                {"ruleCollectionType": "FirewallPolicyFilterRuleCollection", "name": "net", "priority": 100, "action": {
                    "type": "Allow"}, "rules": [{
                        "ruleType": "NetworkRule", "name": "time", "sourceAddresses": ["10.10.0.0/16"],
                        "destinationAddresses": ["10.0.1.10"], "destinationPorts": ["123"], "ipProtocols": ["UDP"]}]}]},
           "rules", links={"firewallPolicyName": ("policy",)}),
        az("network:VirtualNetwork", {**HERE, "virtualNetworkName": "vnet-hub", "addressSpace": {"addressPrefixes": [
            "10.0.0.0/22"]}, "subnets": [{"name": "AzureFirewallSubnet", "addressPrefix": "10.0.0.0/26"},
                {"name": "AzureFirewallManagementSubnet", "addressPrefix": "10.0.0.64/26"},
                {"name": "GatewaySubnet", "addressPrefix": "10.0.0.128/27"}]}, "network"),
        az("network:PublicIPAddress", {**HERE, "publicIpAddressName": "pip-afw-management", "sku": {"name": "Standard"},
                                       "publicIPAllocationMethod": "Static", "zones": ["1", "2", "3"]}, "address"),
        az("network:AzureFirewall", {
            **HERE, "azureFirewallName": "afw-hub", "sku": {"name": "AZFW_VNet", "tier": "Premium"}, "zones": ["1",
                "2", "3"],
            "firewallPolicy": {"id": UNKNOWN}, "ipConfigurations": [{"name": "inner", "subnet": {
                "id": f"{OURS}.Network/virtualNetworks/vnet-hub/subnets/AzureFirewallSubnet"}}],
            "managementIpConfiguration": {"name": "management", "publicIPAddress": {"id": UNKNOWN}, "subnet": {
                "id": f"{OURS}.Network/virtualNetworks/vnet-hub/subnets/AzureFirewallManagementSubnet"}}}, "firewall",
           links={"firewallPolicy": ("policy",), "managementIpConfiguration": ("address",)}),
        audit("firewall", FIREWALL), lock(FIREWALL, "firewall"),
        counted("firewall-health", FIREWALL, "Microsoft.Network/azureFirewalls", "FirewallHealth", "LessThan", 90)),
        f"{AVM}/network/azure-firewall; {LEARN}/firewall/premium-deploy; .../firewall/forced-tunneling, as known",
        OWN),
    Idiom("a spoke by the verified module has groups for each tier, routes to the hub and flows in records", (
        *(az("network:NetworkSecurityGroup", {**HERE, "networkSecurityGroupName": f"nsg-{tier}", "securityRules": [
            rule("AllowTier", 100, "Inbound", "Allow", source, target, [port]),
            rule("AllowProbe", 200, "Inbound", "Allow", "AzureLoadBalancer", target, [port]),
            rule("DenyIn", 4000, "Inbound", "Deny", "*", "*", ["0-65535"], "*"),
            rule("DenyInternet", 4000, "Outbound", "Deny", "*", "Internet", ["0-65535"], "*")]}, f"nsg-{tier}")
          for tier, source, target, port in (("web", "10.20.0.0/24", "10.20.1.0/24", "443"),
                                             ("data", "10.20.1.0/24", "10.20.2.0/24", "5432"))),
        az("network:RouteTable", {**HERE, "routeTableName": "rt-loans", "disableBgpRoutePropagation": True, "routes": [
            {"name": "to-hub", "addressPrefix": "0.0.0.0/0", "nextHopType": "VirtualAppliance", "nextHopIpAddress":
             "10.0.0.4"}]}, "routes"),
        az("network:VirtualNetwork", {
            **HERE, "virtualNetworkName": "vnet-loans", "addressSpace": {"addressPrefixes": ["10.20.0.0/16"]},
            "dhcpOptions": {"dnsServers": ["10.0.0.4"]}, "subnets": [
                subnet("web", "10.20.1.0/24"), subnet("data", "10.20.2.0/24", delegations=[
                    {"name": "postgres", "serviceName": "Microsoft.DBforPostgreSQL/flexibleServers"}])]}, "network",
            links={"subnets": ("nsg-web", "nsg-data", "routes")}),
        az("network:VirtualNetworkPeering", {
            **RG, "virtualNetworkName": "vnet-loans", "virtualNetworkPeeringName": "hub", "remoteVirtualNetwork": {
                "id": f"{HUB}/virtualNetworks/vnet-hub"}, "allowForwardedTraffic": True, "allowGatewayTransit": False,
            "useRemoteGateways": True, "allowVirtualNetworkAccess": True}, "peering", links={
                "virtualNetworkName": ("network",)}),
        az("network:FlowLog", {
            **HERE, "networkWatcherName": "nw-uaenorth", "flowLogName": "loans", "enabled": True,
                "targetResourceId": UNKNOWN,
            "storageId": f"{OURS}.Storage/storageAccounts/stflows", "format": {"type": "JSON", "version": 2},
            "retentionPolicy": {"enabled": True, "days": 365}, "flowAnalyticsConfiguration": {
                "networkWatcherFlowAnalyticsConfiguration": {"enabled": True, "workspaceResourceId": LOGS,
                                                             "workspaceRegion": "uaenorth",
                                                                 "trafficAnalyticsInterval": 10}}},
           "flows", links={"targetResourceId": ("network",)})),
        f"{AVM}/network/virtual-network; {LEARN}/network-watcher/vnet-flow-logs-overview, as known", merged(OWN,
            HUB_OF)),
    Idiom(
        "payments run in a private cluster of AKS with the mesh of Istio, an identity for one account and its "
        "figures", (
        AZURE_BUDGET,
        az("containerservice:ManagedCluster", {
            **HERE, "resourceName": "aks-pay", "dnsPrefix": "pay", "kubernetesVersion": "1.33", "sku": {
                "name": "Base", "tier": "Standard"}, "identity": {"type": "UserAssigned",
                    "userAssignedIdentities": [ID]},
            "identityProfile": {"kubeletidentity": {"resourceId": ID}}, "enableRBAC": True,
                "disableLocalAccounts": True,
            "aadProfile": {"managed": True, "enableAzureRBAC": True, "adminGroupObjectIDs": [ADMINS],
                "tenantID": TENANT},
            "apiServerAccessProfile": {"enablePrivateCluster": True, "enablePrivateClusterPublicFQDN": False,
                                       "enableVnetIntegration": True, "subnetId": f"{VNET}/subnets/api",
                                           "disableRunCommand": True,
                                       "privateDNSZone": f"{HUB}/privateDnsZones/privatelink.uaenorth.azmk8s.io"},
            "networkProfile": {"networkPlugin": "azure", "networkPluginMode": "overlay", "networkDataplane": "cilium",
                               "networkPolicy": "cilium", "outboundType": "userDefinedRouting",
                                   "loadBalancerSku": "standard",
                               "podCidr": "10.244.0.0/16", "serviceCidr": "10.41.0.0/16", "dnsServiceIP": "10.41.0.10",
                               "advancedNetworking": {"enabled": True, "observability": {"enabled": True}, "security": {
                                   "enabled": True}}},
            "oidcIssuerProfile": {"enabled": True}, "serviceMeshProfile": {"mode": "Istio", "istio": {
                "revisions": ["asm-1-27"], "components": {"ingressGateways": [{"enabled": True, "mode": "Internal"}]}}},
            "securityProfile": {"workloadIdentity": {"enabled": True}, "imageCleaner": {"enabled": True,
                "intervalHours": 168},
                "azureKeyVaultKms": {"enabled": True, "keyId": KEY_URL, "keyVaultNetworkAccess": "Private",
                                     "keyVaultResourceId": f"{OURS}.KeyVault/vaults/kv-bank"},
                "defender": {"logAnalyticsWorkspaceResourceId": LOGS, "securityMonitoring": {"enabled": True}}},
            "azureMonitorProfile": {"metrics": {"enabled": True, "kubeStateMetrics": {"metricLabelsAllowlist": ""}}},
            "workloadAutoScalerProfile": {"keda": {"enabled": True}, "verticalPodAutoscaler": {"enabled": True}},
            "addonProfiles": {"azurepolicy": {"enabled": True}, "azureKeyvaultSecretsProvider": {
                "enabled": True, "config": {"enableSecretRotation": "true"}}, "omsagent": {"enabled": True, "config": {
                    "logAnalyticsWorkspaceResourceID": LOGS, "useAADAuth": "true"}}},
            "autoUpgradeProfile": {"upgradeChannel": "stable", "nodeOSUpgradeChannel": "SecurityPatch"},
            "nodeResourceGroup": "rg-aks-pay-nodes", "nodeResourceGroupProfile": {"restrictionLevel": "ReadOnly"},
            "supportPlan": "KubernetesOfficial", "diskEncryptionSetID": DISKS, "agentPoolProfiles": [
                pool("system", "System", "Standard_D4ds_v5", 3, 5, nodeTaints=["CriticalAddonsOnly=true:NoSchedule"]),
                pool("apps", "User", "Standard_D8ds_v5", 3, 9)]}, "aks", protect=True),
        az("managedidentity:UserAssignedIdentity", {**HERE, "resourceName": "id-pay"}, "identity"),
        az("managedidentity:FederatedIdentityCredential", {
            **RG, "resourceName": "id-pay", "federatedIdentityCredentialResourceName": "pay", "issuer": UNKNOWN,
                "subject":
            "system:serviceaccount:payments:payments", "audiences": ["api://AzureADTokenExchange"]}, "credential",
                links={
                "resourceName": ("identity",), "issuer": ("aks",)}),
        granted("secrets-reader", f"{OURS}.KeyVault/vaults/kv-bank", "4633458b-17de-408a-b874-0445c86b69e6"),
        az("containerservice:MaintenanceConfiguration", {
            **RG, "resourceName": "aks-pay", "configName": "aksManagedAutoUpgradeSchedule", "maintenanceWindow": {
                "durationHours": 6, "startTime": "01:00", "utcOffset": "+04:00", "schedule": {
                    "weekly": {"dayOfWeek": "Friday", "intervalWeeks": 2}}}}, "fridays",
                        links={"resourceName": ("aks",)}),
        audit("aks", AKS), counted("nodes-cpu", AKS, "Microsoft.ContainerService/managedClusters",
                                   "node_cpu_usage_percentage", "GreaterThan", 85)),
        f"{AVM}/container-service/managed-cluster; {LEARN}/aks/istio-about; .../aks/workload-identity-overview, "
        f"as known",
        merged(OWN, merged(HUB_OF, unpriced("azure-native:containerservice:ManagedCluster::aks")))),
    Idiom(
        "the portal's gateway has a private address alone, a firewall of rules that leaves out one field, and "
        "re-encrypts", (
        AZURE_BUDGET,
        az("network:WebApplicationFirewallPolicy", {
            **HERE, "policyName": "waf-portal", "policySettings": {
                "state": "Enabled", "mode": "Prevention", "requestBodyCheck": True, "requestBodyEnforcement": True,
                "maxRequestBodySizeInKb": 128, "fileUploadLimitInMb": 20, "requestBodyInspectLimitInKB": 128,
                "logScrubbing": {"state": "Enabled", "scrubbingRules": [{
                    "matchVariable": "RequestHeaderNames", "selectorMatchOperator": "Equals",
                        "selector": "authorization",
                    "state": "Enabled"}]}},
            "managedRules": {"managedRuleSets": [
                {"ruleSetType": "Microsoft_DefaultRuleSet", "ruleSetVersion": "2.1"},
                {"ruleSetType": "Microsoft_BotManagerRuleSet", "ruleSetVersion": "1.1"}], "exclusions": [{
                    "matchVariable": "RequestArgNames", "selectorMatchOperator": "Equals", "selector": "signature",
                    "exclusionManagedRuleSets": [{"ruleSetType": "Microsoft_DefaultRuleSet", "ruleSetVersion": "2.1",
                                                  "ruleGroups": [{"ruleGroupName": "SQLI",
                                                      "rules": [{"ruleId": "942430"}]}]}]}]},
            "customRules": [{"name": "rate", "priority": 10, "ruleType": "RateLimitRule", "action": "Block",
                "state": "Enabled",
                             "rateLimitDuration": "OneMin", "rateLimitThreshold": 600, "groupByUserSession": [{
                                 "groupByVariables": [{"variableName": "ClientAddr"}]}], "matchConditions": [{
                                     "matchVariables": [{"variableName": "RemoteAddr"}], "operator": "IPMatch",
                                     "negationConditon": True, "matchValues": ["10.0.0.10/32"]}]}]}, "waf"),
        az("network:ApplicationGateway", {
            **HERE, "applicationGatewayName": "agw-portal", **USER, "zones": ["1", "2", "3"], "enableHttp2": True,
                "sku": {
                "name": "WAF_v2", "tier": "WAF_v2"}, "autoscaleConfiguration": {"minCapacity": 2, "maxCapacity": 6},
            "firewallPolicy": {"id": UNKNOWN}, "sslPolicy": {"policyType": "Predefined", "policyName":
                                                             "AppGwSslPolicy20220101S"},
            "gatewayIPConfigurations": [{"name": "gateway", "subnet": {"id": f"{VNET}/subnets/gateway"}}],
            "frontendIPConfigurations": [{"name": "inner", "privateIPAddress": "10.10.9.10",
                "privateIPAllocationMethod":
                                          "Static", "subnet": {"id": f"{VNET}/subnets/gateway"}}],
            "frontendPorts": [{"name": "https", "port": 443}, {"name": "http", "port": 80}], "sslCertificates": [
                {"name": "portal", "keyVaultSecretId": f"{SECRETS}/portal-tls"}],
            "trustedRootCertificates": [{"name": "bank", "keyVaultSecretId": f"{SECRETS}/bank-authority"}],
            "backendAddressPools": [{"name": "apps", "backendAddresses": [{"fqdn": "portal.apps.bank.ae"}]}],
            "probes": [{"name": "ready", "protocol": "Https", "path": "/ready", "interval": 15, "timeout": 10,
                        "unhealthyThreshold": 3, "pickHostNameFromBackendHttpSettings": True}],
            "backendHttpSettingsCollection": [{"name": "https", "port": 443, "protocol": "Https", "requestTimeout": 30,
                "cookieBasedAffinity": "Disabled", "pickHostNameFromBackendAddress": True, "probe": {
                    "id": f"{GATEWAY}/probes/ready"}, "trustedRootCertificates": [{
                        "id": f"{GATEWAY}/trustedRootCertificates/bank"}]}],
            "httpListeners": [
                {"name": "https", "protocol": "Https", "hostName": "portal.bank.ae",
                    "requireServerNameIndication": True,
                 "frontendIPConfiguration": {"id": f"{GATEWAY}/frontendIPConfigurations/inner"}, "frontendPort": {
                     "id": f"{GATEWAY}/frontendPorts/https"},
                         "sslCertificate": {"id": f"{GATEWAY}/sslCertificates/portal"}},
                {"name": "http", "protocol": "Http", "hostName": "portal.bank.ae", "frontendIPConfiguration": {
                    "id": f"{GATEWAY}/frontendIPConfigurations/inner"}, "frontendPort": {
                        "id": f"{GATEWAY}/frontendPorts/http"}}],
            "redirectConfigurations": [{"name": "to-https", "redirectType": "Permanent", "includePath": True,
                                        "includeQueryString": True,
                                            "targetListener": {"id": f"{GATEWAY}/httpListeners/https"}}],
            "requestRoutingRules": [
                {"name": "https", "ruleType": "Basic", "priority": 100, "httpListener": {
                    "id": f"{GATEWAY}/httpListeners/https"}, "backendAddressPool": {
                        "id": f"{GATEWAY}/backendAddressPools/apps"}, "backendHttpSettings": {
                            "id": f"{GATEWAY}/backendHttpSettingsCollection/https"}},
                {"name": "http", "ruleType": "Basic", "priority": 200, "httpListener": {
                    "id": f"{GATEWAY}/httpListeners/http"}, "redirectConfiguration": {
                        "id": f"{GATEWAY}/redirectConfigurations/to-https"}}]}, "gateway",
                            links={"firewallPolicy": ("waf",)}),
        audit("gateway", GATEWAY), counted("portal-unhealthy", GATEWAY, "Microsoft.Network/applicationGateways",
                                           "UnhealthyHostCount", "GreaterThan", 0)),
        f"{AVM}/network/application-gateway; {LEARN}/application-gateway/application-gateway-private-deployment, "
        f"as known",
        merged(OWN, unpriced("azure-native:network:ApplicationGateway::gateway"))),
)  # fmt: skip
