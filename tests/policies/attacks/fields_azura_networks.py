"""Attacks on Azure by single fields of networks, edges and their firewalls (2026-11-29).

Found by reading every property of the reviewed types of these services in pulumi-azure-native 3.29.0, whose
descriptions are those of Azure's REST documents; what `harm` refers to beyond them as known.
"""

from ..blind import HERE, OURS, RG, Props
from .fields_azure import attacks

ESC, RES = ("FJ-ESC-115",), ("FJ-RES-003", "FJ-RES-212")
ROUTES = ("FJ-EXP-109",)
STRANGER = "login.collector.io"
CDN = {**HERE, "location": "global", "profileName": "edge", "endpointName": "portal",
       "origins": [{"name": "a", "hostName": "10.0.0.4"}]}  # fmt: skip
PROBES = {**HERE, "location": "global", "profileName": "names", "trafficRoutingMethod": "Priority"}
HALVES = ("0.0.0.0/1", "128.0.0.0/1")
WITH_TOKEN = [{"name": "Authorization", "value": "Basic YWRtaW46YWRtaW4="}]


def firewall(**more: object) -> Props:
    """Returns a policy of Azure Firewall that denies what it knows as an attack."""
    return {**HERE, "firewallPolicyName": "hub", "threatIntelMode": "Deny", **more}


def bypass(**which: object) -> Props:
    """Returns settings of the detection of intrusions with an exception."""
    return {"mode": "Deny", "configuration": {"bypassTrafficSettings": [{"name": "x", "protocol": "TCP", **which}]}}


def delivery(*actions: Props) -> Props:
    """Returns an endpoint of a CDN with one rule."""
    return {**CDN, "deliveryPolicy": {"rules": [{"name": "all", "order": 1, "actions": list(actions)}]}}


ATTACKS = attacks((
    ("the circuit is handed over in London", ESC, "network:ExpressRouteCircuit",
     {**HERE, "circuitName": "site", "sku": {"name": "Premium_MeteredData", "tier": "Premium", "family": "MeteredData"},
      "serviceProviderProperties": {"serviceProviderName": "Equinix", "peeringLocation": "London",
                                    "bandwidthInMbps": 1000}},
     "critical", "all traffic with the site crosses Europe (ExpressRoute, 'Locations and connectivity providers')"),
    ("the port to the edge of Microsoft is in London", ESC, "network:ExpressRoutePort",
     {**HERE, "expressRoutePortName": "port", "peeringLocation": "Equinix-London-LD5", "bandwidthInGbps": 10,
      "encapsulation": "QinQ", "links": [{"name": "link1", "macSecConfig": {
          "cakSecretIdentifier": "https://kv-bank.vault.azure.net/secrets/cak"}}]},
     "critical", "all traffic with the site crosses Europe (ExpressRoute Direct, 'peeringLocation')"),
    *((f"the firewall does not look at traffic with every {side}", ESC, "network:FirewallPolicy",
       firewall(intrusionDetection=bypass(**{key: ["*"], other: ["10.0.0.0/8"], "destinationPorts": ["*"]})),
       "critical", "intrusions pass unseen (Azure Firewall Premium, 'IDPS', bypass list)")
      for side, key, other in (
          ("destination", "destinationAddresses", "sourceAddresses"),
          ("source", "sourceAddresses", "destinationAddresses"))),
    ("analytics of the firewall are gone the next day", ESC, "network:FirewallPolicy",
     firewall(insights={"isEnabled": True, "retentionDays": 1}), "minor", "Azure Firewall, 'Policy Analytics'"),
    ("a draft of the firewall lets known attackers of a whole domain pass", ESC, "network:FirewallPolicyDraft",
     firewall(threatIntelWhitelist={"fqdns": ["*.io"]}),
     "major", "the draft becomes the policy (Azure Firewall, 'Draft and deploy')"),
    ("data leaves the perimeter to every host, by the former name of the rule", ESC, "network:NspAccessRule",
     {**RG, "networkSecurityPerimeterName": "p", "profileName": "p", "accessRuleName": "out", "direction": "Outbound",
      "fullyQualifiedDomainNames": ["*.io"]}, "critical", "fullyQualifiedDomainNames"),
    ("machines of every customer of Azure call, by the former name of the rule", ESC, "network:NspAccessRule",
     {**RG, "networkSecurityPerimeterName": "p", "profileName": "p", "accessRuleName": "in", "direction": "Inbound",
      "serviceTags": ["AzureCloud.UAENorth"]}, "critical", "serviceTags"),
    ("users of every tenant sign in to the network", ESC, "network:VirtualNetworkGateway",
     {**HERE, "virtualNetworkGatewayName": "vpn", "vpnClientConfiguration": {
         "aadTenant": "https://login.microsoftonline.com/common/"}},
     "critical", "VPN Gateway, 'Configure P2S for Microsoft Entra ID authentication', Tenant"),
    ("users of every tenant sign in to the hub", ESC, "network:VpnServerConfiguration",
     {**HERE, "vpnServerConfigurationName": "vpn", "properties": {"aadAuthenticationParameters": {
         "aadTenant": "https://login.microsoftonline.com/organizations"}}},
     "critical", "Virtual WAN, 'Configure a P2S User VPN connection', Tenant"),
    ("the key of a link of the hub can be guessed", ESC, "network:VpnGateway",
     {**HERE, "gatewayName": "vpn", "connections": [{"name": "site", "sharedKey": "abc123"}]}, "critical",
     "connections.sharedKey"),
    ("the firewall of the gateway reads the first kilobytes of a body", ESC, "network:WebApplicationFirewallPolicy",
     {**HERE, "policyName": "portal", "managedRules": {"managedRuleSets": [
         {"ruleSetType": "OWASP", "ruleSetVersion": "3.2"}]}, "policySettings": {
             "mode": "Prevention", "state": "Enabled", "requestBodyCheck": True, "requestBodyInspectLimitInKB": 8}},
     "major", "what stands behind 8 KB is not evaluated (Application Gateway WAF, 'Request size limits')"),
    ("errors of the gateway are pages of a stranger", RES, "network:ApplicationGateway",
     {**HERE, "applicationGatewayName": "edge", "httpListeners": [{
         "name": "portal", "protocol": "Https", "customErrorConfigurations": [
             {"statusCode": "HttpStatus403", "customErrorPageUrl": f"https://{STRANGER}/403.html"}]}]},
     "critical", "he shows a form for passwords under our name (Application Gateway, 'Custom error pages')"),
    *((f"half of all addresses are reached past the firewall: {prefix}", ROUTES, "network:Route",
       {**RG, "routeTableName": "spoke", "routeName": "half", "addressPrefix": prefix, "nextHopType": "Internet"},
       "critical", "both halves have priority over 0.0.0.0/0 (Azure, 'Virtual network traffic routing')")
      for prefix in HALVES),
    ("the firewall at the edge watches one path", ESC, "cdn:SecurityPolicy",
     {**RG, "profileName": "edge", "securityPolicyName": "waf", "parameters": {
         "type": "WebApplicationFirewall",
         "wafPolicy": {"id": f"{OURS}.Network/frontdoorWebApplicationFirewallPolicies/waf"},
         "associations": [{"domains": [{"id": f"{OURS}.Cdn/profiles/edge/customDomains/portal"}],
                           "patternsToMatch": ["/robots.txt"]}]}},
     "critical", "requests for every other path pass it by (Azure Front Door, 'Security policy')"),
    ("an endpoint of the CDN gives answers to one caller to others", ESC, "cdn:Endpoint",
     delivery({"name": "CacheExpiration", "parameters": {
         "typeName": "DeliveryRuleCacheExpirationActionParameters", "cacheBehavior": "Override", "cacheType": "All",
         "cacheDuration": "1.00:00:00"}}), "critical", "Azure CDN, 'Standard rules engine', cache expiration"),
    ("an endpoint of the CDN keeps every answer", ESC, "cdn:Endpoint",
     delivery({"name": "RouteConfigurationOverride", "parameters": {
         "typeName": "DeliveryRuleRouteConfigurationOverrideActionParameters",
         "cacheConfiguration": {"cacheBehavior": "OverrideAlways", "cacheDuration": "1.00:00:00"}}}),
     "critical", "Azure Front Door, 'Rule set actions', route configuration override"),
    ("an endpoint of the CDN signs callers in as another", ESC, "cdn:Endpoint",
     delivery({"name": "ModifyRequestHeader", "parameters": {
         "typeName": "DeliveryRuleHeaderActionParameters", "headerAction": "Overwrite", "headerName": "Authorization",
         "value": "Basic YWRtaW46YWRtaW4="}}), "critical", "Azure CDN, 'Standard rules engine', modify request header"),
    ("groups of origins of a CDN are probed in plaintext", ESC, "cdn:Endpoint",
     {**CDN, "originGroups": [{"name": "all", "origins": [{"id": "a"}], "healthProbeSettings": {
         "probeProtocol": "Http", "probePath": "/"}}]}, "minor", "originGroups.healthProbeSettings.probeProtocol"),
    *((f"the edge changes {header} of each {side}", ESC, "frontdoor:RulesEngine",
       {**RG, "frontDoorName": "edge", "rulesEngineName": "all", "rules": [{
           "name": "all", "priority": 1, "action": {f"{side}HeaderActions": [
               {"headerActionType": "Overwrite", "headerName": header, "value": value}]}}]},
       "critical", "Azure Front Door (classic), 'Rules engine actions'")
      for side, header, value in (("request", "Authorization", "Basic YWRtaW46YWRtaW4="),
                                  ("response", "Strict-Transport-Security", "max-age=0"))),
    ("probes carry a password to an endpoint", ESC, "trafficmanager:Endpoint",
     {**RG, "profileName": "names", "endpointType": "AzureEndpoints", "endpointName": "a",
      "targetResourceId": f"{OURS}.Network/publicIPAddresses/a", "customHeaders": WITH_TOKEN},
     "minor", "Traffic Manager, 'Endpoint monitoring', custom headers"),
    ("probes of one endpoint carry a password", ESC, "trafficmanager:Profile",
     {**PROBES, "endpoints": [{"name": "a", "customHeaders": WITH_TOKEN,
                               "targetResourceId": f"{OURS}.Network/publicIPAddresses/a"}]},
     "minor", "Traffic Manager, 'Endpoint monitoring', custom headers"),
))  # fmt: skip
