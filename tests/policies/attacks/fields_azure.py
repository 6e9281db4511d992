"""Attacks on Azure by single fields that no rule named, of networks, firewalls, policies and rights (2026-11-29).

Found by reading every property of the reviewed types in pulumi-azure-native 3.29.0, whose descriptions are those of
Azure's REST documents, read on 2026-11-29; what `harm` refers to beyond them as known.
"""

from ..blind import HERE, OURS, RG, SUB, THEIR_TENANT, Props, az
from . import Attack

Field = tuple[str, tuple[str, ...], str, Props, str, str]
"""Name, rules, type, properties, severity, and the field of its documentation."""
ESC = ("FJ-ESC-115",)
WAF = ("FJ-EXP-127",)
GATEWAY = {**HERE, "policyName": "portal"}
PREVENT = {"mode": "Prevention", "state": "Enabled", "requestBodyCheck": True}
CORE = {"ruleSetType": "OWASP", "ruleSetVersion": "3.2"}
OWNER = f"{SUB}/providers/Microsoft.Authorization/roleDefinitions/8e3af657-a8ff-443c-a75c-2fe8c4bcb635"
ASSIGNED = {
    "scope": SUB, "policyAssignmentName": "guard", "enforcementMode": "Default",
    "policyDefinitionId": "/providers/Microsoft.Authorization/policyDefinitions/11111111-2222-3333-4444-555555555555",
}  # fmt: skip
REVIEW = {"scheduleDefinitionId": "owners", "autoApplyDecisionsEnabled": True, "defaultDecision": "Deny"}
GOVERNED = {
    "scope": SUB.strip("/"), "ruleId": "owners", "displayName": "Owners", "rulePriority": 100, "ruleType": "Integrated",
    "sourceResourceType": "Assessments", "ownerSource": {"type": "Manually", "value": "soc@bank.ae"},
    "conditionSets": [{"conditions": [{"property": "$.Severity", "operator": "In", "value": "[\"High\"]"}]}],
}  # fmt: skip


def attacks(fields: tuple[Field, ...]) -> tuple[Attack, ...]:
    """Returns attacks of one resource each."""
    return tuple(
        Attack(name, rules, (az(kind, props),), severity, harm) for name, rules, kind, props, severity, harm in fields
    )


def firewall(**more: object) -> Props:
    """Returns a policy of Azure Firewall that denies what it knows as an attack."""
    return {**HERE, "firewallPolicyName": "hub", "threatIntelMode": "Deny", "sku": {"tier": "Premium"},
            "intrusionDetection": {"mode": "Deny"}, **more}  # fmt: skip


def web_firewall(**rules: object) -> Props:
    """Returns a policy of an Application Gateway's firewall with its managed rules."""
    return {**GATEWAY, "policySettings": PREVENT, "managedRules": {"managedRuleSets": [CORE], **rules}}


def front_door(kind: str, **more: object) -> Props:
    """Returns a policy of the firewall of Front Door or of a CDN profile."""
    sku = {"name": "Premium_AzureFrontDoor" if kind == "frontdoor" else "Standard_Microsoft"}
    settings = {"enabledState": "Enabled", "mode": "Prevention"}
    return {**HERE, "location": "global", "policyName": "edge", "sku": sku, "policySettings": settings, **more}


def rewritten(**action: object) -> Props:
    """Returns an Application Gateway that rewrites headers."""
    rule = {"name": "header", "ruleSequence": 1, "actionSet": action}
    return {**HERE, "applicationGatewayName": "edge", "rewriteRuleSets": [{"name": "all", "rewriteRules": [rule]}]}


def _let_in(variable: str, *addresses: str) -> Props:
    condition = {"matchVariable": variable, "operator": "IPMatch", "matchValue": list(addresses)}
    kind = {"ruleType": "MatchRule"} if variable == "RemoteAddr" else {}
    rule = {"name": "office", "priority": 1, "action": "Allow", "matchConditions": [condition], **kind}
    return {"customRules": {"rules": [rule]}}


SIGNED_IN = {
    "ruleType": "ApplicationRule", "name": "reports", "sourceAddresses": ["10.0.0.0/16"],
    "protocols": [{"protocolType": "Https", "port": 443}], "targetFqdns": ["reports.bank.ae"],
    "httpHeadersToInsert": [{"headerName": "Authorization", "headerValue": "Basic b3BlcmF0b3I6"}],
}  # fmt: skip
FLOWS = {
    **HERE, "networkWatcherName": "watch", "flowLogName": "all", "enabled": True,
    "storageId": f"{OURS}.Storage/storageAccounts/stlogs", "targetResourceId": f"{OURS}.Network/virtualNetworks/v",
    "retentionPolicy": {"enabled": True, "days": 365},
}  # fmt: skip
PERIMETER = {**RG, "networkSecurityPerimeterName": "data"}
EVERY_PATH = {"matchVariable": "RequestURI", "valueMatchOperator": "StartsWith"}

ATTACKS = attacks((
    ("known attackers of every domain pass the firewall", ESC, "network:FirewallPolicy",
     firewall(threatIntelWhitelist={"fqdns": ["*"]}), "major", "FirewallPolicy, threatIntelWhitelist.fqdns"),
    ("known attackers below a top-level domain pass the firewall", ESC, "network:FirewallPolicy",
     firewall(threatIntelWhitelist={"fqdns": ["*.com"]}), "major", "FirewallPolicy, threatIntelWhitelist.fqdns"),
    ("known attackers pass a firewall without a policy", ESC, "network:AzureFirewall",
     {**HERE, "azureFirewallName": "hub", "additionalProperties": {"ThreatIntel.Whitelist.FQDNs": "*"}},
     "major", "AzureFirewall, additionalProperties"),
    ("known attackers' networks pass a firewall without a policy", ESC, "network:AzureFirewall",
     {**HERE, "azureFirewallName": "hub", "additionalProperties": {"ThreatIntel.Whitelist.IpAddresses": "0.0.0.0/0"}},
     "major", "AzureFirewall, additionalProperties"),
    ("the hub's firewall signs in for whoever calls", ESC, "network:FirewallPolicyRuleCollectionGroup",
     {**RG, "firewallPolicyName": "hub", "ruleCollectionGroupName": "apps", "priority": 200, "ruleCollections": [{
         "ruleCollectionType": "FirewallPolicyFilterRuleCollection", "name": "a", "priority": 100,
         "action": {"type": "Allow"}, "rules": [SIGNED_IN]}]},
     "critical", "ApplicationRule, httpHeadersToInsert: each machine is the operator"),
    ("flow logs record one address only", ESC, "network:FlowLog",
     {**FLOWS, "enabledFilteringCriteria": "srcIP=10.0.0.5"}, "major", "FlowLog, enabledFilteringCriteria"),
    ("flow logs are gone after a day", ESC, "network:FlowLog",
     {**FLOWS, "retentionPolicy": {"enabled": True, "days": 1}}, "major", "FlowLog, retentionPolicy.days"),
    ("data leaves a perimeter to every host", ESC, "network:NetworkSecurityPerimeterAccessRule",
     {**PERIMETER, "profileName": "p", "accessRuleName": "out", "direction": "Outbound",
      "fullyQualifiedDomainNames": ["*"]}, "critical", "access rule of a perimeter, fullyQualifiedDomainNames"),
    ("everybody enters a perimeter by a service tag", ESC, "network:NetworkSecurityPerimeterAccessRule",
     {**PERIMETER, "profileName": "p", "accessRuleName": "in", "direction": "Inbound", "serviceTags": ["Internet"]},
     "critical", "access rule of a perimeter, serviceTags"),
    ("machines of every customer enter a perimeter", ESC, "network:NetworkSecurityPerimeterAccessRule",
     {**PERIMETER, "profileName": "p", "accessRuleName": "in", "direction": "Inbound",
      "serviceTags": ["AzureCloud.uaenorth"]}, "critical", "access rule of a perimeter, serviceTags"),
    ("a perimeter records nothing that it refuses", ESC, "network:NetworkSecurityPerimeterLoggingConfiguration",
     {**PERIMETER, "loggingConfigurationName": "instance", "properties": {
         "enabledLogCategories": ["NspIntraPerimeterInboundAllowed"]}}, "major", "enabledLogCategories"),
    ("a web firewall has rules against robots only", WAF, "network:WebApplicationFirewallPolicy",
     web_firewall(managedRuleSets=[{"ruleSetType": "Microsoft_BotManagerRuleSet", "ruleSetVersion": "1.1"}]),
     "critical", "injections pass (Application Gateway, managedRuleSets)"),
    ("a web firewall has no managed rule", WAF, "network:WebApplicationFirewallPolicy",
     web_firewall(managedRuleSets=[]), "critical", "injections pass (Application Gateway, managedRuleSets)"),
    ("a web firewall has the rules of 2013", WAF, "network:WebApplicationFirewallPolicy",
     web_firewall(managedRuleSets=[{"ruleSetType": "OWASP", "ruleSetVersion": "2.2.9"}]),
     "major", "newer attacks pass (Application Gateway, ruleSetVersion)"),
    ("an exception of the web firewall is for every path", WAF, "network:WebApplicationFirewallPolicy",
     web_firewall(exceptions=[{**EVERY_PATH, "values": ["/"]}]), "critical", "managedRules.exceptions"),
    ("whoever sends a header passes the web firewall", WAF, "network:WebApplicationFirewallPolicy",
     web_firewall(exceptions=[{"matchVariable": "RequestHeader", "valueMatchOperator": "Equals", "values": ["1"],
                               "selectorMatchOperator": "Equals", "selector": "X-Debug"}]),
     "critical", "managedRules.exceptions"),
    ("an exception at the edge is for every path", WAF, "frontdoor:Policy",
     front_door("frontdoor", managedRules={"exceptionsList": {"exceptions": [{
         **EVERY_PATH, "matchValues": ["/"], "scopes": [{
             "ruleSetType": "Microsoft_DefaultRuleSet", "ruleSetVersion": "2.1"}]}]}}),
     "critical", "managedRules.exceptionsList"),
    ("whoever writes an address into a header passes the edge", WAF, "frontdoor:Policy",
     front_door("frontdoor", **_let_in("RemoteAddr", "203.0.113.0/28")), "major",
     "Front Door takes RemoteAddr from X-Forwarded-For (Microsoft Learn, read 2026-11-29)"),
    ("every address passes the firewall of the CDN", WAF, "cdn:Policy",
     front_door("cdn", **_let_in("SocketAddr", "0.0.0.0/1", "128.0.0.0/1")), "major", "customRules.rules"),
    ("pages of every origin read answers of the gateway", ("FJ-EXP-206",), "network:ApplicationGateway",
     rewritten(responseHeaderConfigurations=[{"headerName": "Access-Control-Allow-Origin", "headerValue": "*"}]),
     "major", "responseHeaderConfigurations"),
    ("the gateway allows whichever origin asks", ("FJ-EXP-206",), "network:ApplicationGateway",
     rewritten(responseHeaderConfigurations=[{
         "headerName": "Access-Control-Allow-Origin", "headerValue": "{http_req_origin}"}]),
     "critical", "responseHeaderConfigurations: with the visitor's session"),
    ("a tunnel of a wide network has a key of six letters", ESC, "network:VpnConnection",
     {**RG, "gatewayName": "vpn", "connectionName": "branch", "sharedKey": "kahwa9"}, "major", "VpnConnection"),
    ("a tunnel of a gateway has a key of six letters", ESC, "network:VirtualNetworkGatewayConnection",
     {**HERE, "virtualNetworkGatewayConnectionName": "branch", "connectionType": "IPsec", "sharedKey": "kahwa9",
      "virtualNetworkGateway1": {"id": f"{OURS}.Network/virtualNetworkGateways/vpn"}},
     "major", "VirtualNetworkGatewayConnection, sharedKey"),
    ("a policy leaves out the scope that it is for", WAF, "authorization:PolicyAssignment",
     {**ASSIGNED, "notScopes": [f"{SUB}/"]}, "major", "the policy holds nowhere (PolicyAssignment, notScopes)"),
    ("a rule of governance leaves out its scope", WAF, "security:GovernanceRule",
     {**GOVERNED, "excludedScopes": [SUB]}, "minor", "excludedScopes"),
    ("holes may stay open for ten years", ESC, "security:GovernanceRule",
     {**GOVERNED, "remediationTimeframe": "3650.00:00:00"}, "minor",
     "remediationTimeframe"),
    ("what is denied is left out again", ESC, "authorization:DenyAssignment",
     {"scope": SUB, "denyAssignmentId": "11111111-2222-3333-4444-555555555555", "denyAssignmentName": "keep",
      "permissions": [{"actions": ["*/delete"], "notActions": ["*"]}]}, "major", "permissions.notActions"),
    ("owners are left out of reviews", ESC, "authorization:AccessReviewScheduleDefinitionById",
     {**REVIEW, "excludeRoleDefinitionId": OWNER}, "major", "scope.excludeRoleDefinitionId"),
    ("a subscription is left out of reviews", ESC, "authorization:AccessReviewScheduleDefinitionById",
     {**REVIEW, "excludeResourceId": SUB}, "major", "scope.excludeResourceId"),
    ("rights are first reviewed in 2099", ESC, "authorization:AccessReviewScheduleDefinitionById",
     {**REVIEW, "interval": 3, "range": {"type": "noEnd", "startDate": "2099-01-01T00:00:00Z"}},
     "major", "range.startDate"),
    ("an activated role stays so for a year", ("FJ-IDN-210",), "authorization:RoleManagementPolicy",
     {"scope": SUB, "roleManagementPolicyName": "owner", "rules": [{
         "id": "Expiration_EndUser_Assignment", "ruleType": "RoleManagementPolicyExpirationRule",
         "isExpirationRequired": True, "maximumDuration": "P365D", "target": {
             "caller": "EndUser", "level": "Assignment"}}]}, "major", "a stolen session is enough (maximumDuration)"),
    ("a workspace links to a stranger's tenant", ("FJ-IDN-211",), "synapse:Workspace",
     {**HERE, "workspaceName": "lake", "managedVirtualNetworkSettings": {
         "preventDataExfiltration": True, "allowedAadTenantIdsForLinking": [THEIR_TENANT]}},
     "critical", "pipelines copy the lake there (allowedAadTenantIdsForLinking)"),
))  # fmt: skip
