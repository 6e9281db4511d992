"""Attacks beside those of the twenty-fifth set on Azure: the same causes in other places and spellings.

Written on 2026-12-02 with the rules at hand. Properties by pulumi-azure-native 3.29.0.
"""

from ..blind import HERE, OURS, RG, Given, az
from . import Attack
from .twenty_fifth_azure import (
    CLUSTERS,
    CONTRIBUTOR,
    ROLES,
    VAULTS,
    credential,
    data_role,
    delegate,
    denial,
    directory,
    namespace,
    statement,
)
from .twenty_fifth_azure_flow import alarm, gateway, indicator, package, resolver, sign_in

ROLE, GIVEN, SUBJECT = ("FJ-IDN-214",), ("FJ-IDN-201",), ("FJ-IDN-209",)
SWITCH, ARM, API, SIGN_IN = ("FJ-ESC-115",), ("FJ-ESC-102",), ("FJ-EXP-207",), ("FJ-IDN-205",)
ADMIN, WRITER = "0ab0b1a8-8aac-4efd-b8c2-3ee1fb270be8", "a7ffa36f-339b-4b5c-8bdf-e2c188b2c0eb"
WRITES = "AzureActivity | where OperationNameValue has 'ROLEASSIGNMENTS/WRITE'"
PRINCIPAL = "@Request[Microsoft.Authorization/roleAssignments:PrincipalType]"


def rule_of_edge(header: str, value: str, action: str = "Overwrite") -> tuple[Given, ...]:
    """Returns a rule of Front Door that writes a header into requests."""
    return (az("cdn:Rule", {
        **RG, "profileName": "afd-bank", "ruleSetName": "portal", "ruleName": "caller", "order": 1, "actions": [{
            "name": "ModifyRequestHeader", "parameters": {
                "typeName": "DeliveryRuleHeaderActionParameters", "headerAction": action, "headerName": header,
                "value": value}}]}),)  # fmt: skip


def detection(query: str) -> tuple[Given, ...]:
    """Returns a rule of Sentinel."""
    return (az("securityinsights:ScheduledAlertRule", {
        **RG, "workspaceName": "log-bank", "ruleId": "owners", "kind": "Scheduled", "displayName": "New owners",
        "enabled": True, "severity": "High", "suppressionEnabled": False, "suppressionDuration": "PT5H",
        "query": query, "queryFrequency": "PT5M", "queryPeriod": "PT5M", "triggerOperator": "GreaterThan",
        "triggerThreshold": 0}),)  # fmt: skip


def counted(dimensions: list[dict[str, object]]) -> tuple[Given, ...]:
    """Returns an alarm on new owners that counts by dimensions."""
    (given,) = alarm(WRITES)
    part = {"query": WRITES, "timeAggregation": "Count", "operator": "GreaterThan", "threshold": 0,
            "dimensions": dimensions}  # fmt: skip
    return (az("monitor:ScheduledQueryRule", {**given.props, "criteria": {"allOf": [part]}}),)


ATTACKS: tuple[Attack, ...] = (
    *(Attack(f"a role of the bank's own administers clusters: {name}", ROLE, data_role("clusters", name), "critical",
             "who is anybody in a cluster is its administrator") for name in (
                 f"{CLUSTERS}/users/impersonate/action", f"{CLUSTERS}/*/impersonate/action",
                 f"{CLUSTERS}/rbac.authorization.k8s.io/*", "Microsoft.Kubernetes/connectedClusters/*",
                 "Microsoft.ContainerService/fleets/rbac.authorization.k8s.io/clusterrolebindings/write")),
    *(Attack(f"a team may give itself what it must not have: {text}", GIVEN, plan, "critical",
             "who assigns a role has it") for text, plan in (
                 ("clusters", delegate("b1ff04bb-8a4e-4dc4-8eb5-8693973ce19b")),
                 ("every secret, a kind of principals being asked for that is its own", delegate(
                     VAULTS, more=f" AND {PRINCIPAL} ForAnyOfAnyValues:StringEqualsIgnoreCase "
                     "{'User', 'ServicePrincipal'}")),
                 ("Contributor, as a person", delegate(CONTRIBUTOR, kind="User")),
                 ("Contributor, beside another role", delegate(
                     "acdd72a7-3385-48ef-bd42-f606fba81ae7", more=f" OR {ROLES} GuidEquals {CONTRIBUTOR}")))),
    *(Attack(f"a subject says nothing of whose token it is: {subject}", SUBJECT, credential(subject, issuer),
             "critical", "others get tokens with it") for subject, issuer in (
                 ("ref:refs/heads/main", "https://token.actions.githubusercontent.com"),
                 ("repository_owner:example:environment:production", "https://token.actions.githubusercontent.com/"),
                 ("actor:octocat", "https://TOKEN.actions.githubusercontent.com"),
                 ("ref_type:branch:ref:main", "https://gitlab.com"))),
    *(Attack(f"a policy denies nothing, by what nothing meets: {text}", SWITCH, denial(
        {"allOf": [{"field": "location", "notIn": ["uaenorth", "uaecentral"]}, test]}), "critical",
             "every place is allowed") for text, test in (
                 ("a count that is not below one, which it is", {"not": {
                     "count": {"field": "Microsoft.Network/virtualNetworks/subnets[*]"}, "greaterOrEquals": 0}}),
                 ("a time that is past", {"value": "[utcNow()]", "less": "2021-01-01T00:00:00Z"}),
                 ("a time to come", {"value": "[ utcNow('yyyy-MM-dd') ]", "greater": "2099-01-01"}),
                 ("two texts", {"value": "on", "equals": "off"}),
                 ("two numbers", {"value": 1, "greater": 2}))),
    *(Attack(f"a database is given away: {text}", SWITCH, statement(text), "critical", "its owner has every right")
      for text in ("alter  authorization on schema::ledger to contractor",
                   "ALTER/**/AUTHORIZATION ON DATABASE::ledger TO contractor",
                   "EXEC sp_changedbowner 'contractor'")),
    *(Attack(f"a workflow changes the directory by its connector: {method} {path}", ARM, directory(
        method, path, connection), "critical", "who is in a group has its rights") for method, path, connection in (
            ("POST", "/v1.0/users", "azuread"),
            ("patch", "/v1.0/users/@{encodeURIComponent('contractor@example.ae')}", "azuread_1"),
            ("post", "/beta/groups/@{encodeURIComponent(variables('group'))}/owners/$ref", "office365groups"),
            ("@{variables('method')}", "/v1.0/directoryRoles/62e90394/members/$ref", "entra"))),
    Attack("a namespace of others is taken over and kept", SWITCH, namespace(adoptionPolicy="Always"), "critical",
           "its quotas, labels and rules are replaced"),
    Attack("a fleet takes over the namespaces of payments", SWITCH, (az("containerservice:FleetManagedNamespace", {
        **HERE, "fleetName": "fleet", "managedNamespaceName": "payments", "properties": {
            "adoptionPolicy": "Always", "deletePolicy": "Delete", "managedNamespaceProperties": {
                "labels": HERE["tags"], "defaultNetworkPolicy": "cilium"}}}),), "critical",
        "in each of its clusters"),
    *(Attack(f"an argument is a part of the statement: {text}", API, resolver(text, parameters), "critical",
             "a quote in it is a statement of its own") for text, parameters in (
                 ("@{ return \"SELECT * FROM customers WHERE id = \" + context.GraphQL.Arguments[\"id\"]; }", ""),
                 ("SELECT * FROM customers WHERE id = @id ORDER BY @(context.GraphQL.Arguments[&quot;by&quot;])",
                  '<parameters><parameter sql-type="int" name="@id">1</parameter></parameters>'),
                 ("SELECT * FROM &#64;(context.GraphQL.Arguments[&quot;table&quot;])", ""))),
    Attack("a package in a pipeline has packages in it", SWITCH, package(
        type="File", packagePath="//files/load.dtsx", childPackages=[{
            "packagePath": "child.dtsx", "packageName": "child.dtsx", "packageContent": "UEsDBBQAAAAIAA=="}]),
        "critical", "nobody reads it"),
    *(Attack(f"the gateway says who calls: {name}", SWITCH, plan, "critical", "the app believes it")
      for name, plan in (
          ("what the caller sent", gateway({"headerName": "X-Auth-Request-Email",
                                            "headerValue": "{http_req_X-Auth-Request-Email}"})),
          ("at the edge", rule_of_edge("X-MS-CLIENT-PRINCIPAL-ID", "99999999-8888-7777-6666-555555555555")),
          ("at the edge, appended", rule_of_edge("Remote-User", "admin", "Append")),
          ("at the former edge", (az("frontdoor:RulesEngine", {
              **RG, "frontDoorName": "fd-bank", "rulesEngineName": "portal", "rules": [{
                  "name": "caller", "priority": 1, "action": {"requestHeaderActions": [{
                      "headerActionType": "Overwrite", "headerName": "x-forwarded-user", "value": "admin"}]}}]}),)))),
    *(Attack(f"an alarm leaves out what one person does: {text}", SWITCH, plan, "critical", "he is unseen")
      for text, plan in (
          ("among others", alarm(f"{WRITES} and Caller !in~ ('a', 'contractor@example.ae')")),
          ("by not", alarm(f"{WRITES} | where not(Caller =~ \"contractor@example.ae\")")),
          ("by false", alarm(f"{WRITES} | where (Caller in ('contractor@example.ae')) == false")),
          ("by Sentinel", detection(f"{WRITES} | where tostring(Caller) != 'contractor@example.ae'")),
          ("by how he begins", detection("SigninLogs | where UserPrincipalName !startswith 'contractor@example'")),
          ("by a dimension", counted([{
              "name": "Caller", "operator": "Exclude", "values": ["contractor@example.ae"]}])))),
    Attack("a network has a subnet that each subscription of the tenant uses", SWITCH, (az("network:VirtualNetwork", {
        **HERE, "virtualNetworkName": "vnet-spoke", "addressSpace": {"addressPrefixes": ["10.20.0.0/16"]},
        "dhcpOptions": {"dnsServers": ["10.20.0.4"]}, "subnets": [{
            "name": "payments", "addressPrefix": "10.20.7.0/24", "defaultOutboundAccess": False,
            "sharingScope": "Tenant", "networkSecurityGroup": {"id": f"{OURS}.Network/networkSecurityGroups/nsg"},
            "routeTable": {"id": f"{OURS}.Network/routeTables/rt-firewall"}}]}),), "critical", "others are inside"),
    Attack("an attacker is looked for until last year", SWITCH, indicator(validUntil="2025-12-01T00:00:00Z"), "major",
           "the indicator ended"),
    *(Attack(f"no caller of an API signs in: {path} of {kind}", rules, sign_in(path, kind=kind), "critical",
             "requests reach the app as nobody's") for path, kind, rules in (
                 ("/api", "web:WebAppAuthSettingsV2", SIGN_IN), ("/API/v1/*", "web:WebAppAuthSettingsV2", SIGN_IN),
                 ("/graphql", "web:WebAppAuthSettingsV2WithoutSecrets", SIGN_IN),
                 ("//v2/**", "web:WebAppAuthSettingsV2", SIGN_IN))),
)  # fmt: skip
