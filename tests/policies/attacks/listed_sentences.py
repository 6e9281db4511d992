"""Attacks by sentences in properties: conditions, statements, filters and queries of which any form that is not listed
limits nothing (2026-11-30)."""

import json

from ..blind import HERE, ME, OURS, RG, TAGS, aws, az
from ..harness import Given
from . import Attack

R = "me-central-1"
IDN, EXP, RSL = ("FJ-IDN-",), ("FJ-EXP-",), ("FJ-RSL-", "FJ-ESC-")
CEDAR = "docs.cedarpolicy.com, 'Operators'"
SEEN = {"cloudwatchMetricsEnabled": True, "metricName": "x", "sampledRequestsEnabled": True}


def _permit(name: str, condition: str, head: str = "principal, action, resource") -> Attack:
    return Attack(name, IDN, (aws("verifiedpermissions/Policy", {
        "policyStoreId": "PSEXAMPLEabcdefg111111", "definition": {"static": {
            "statement": f"permit ({head}) {condition};", "description": "base"}}}),), "critical", CEDAR)  # fmt: skip


CEDAR_ATTACKS = (
    _permit("a permit asks only that no one is suspended", "when { principal.suspended == false }"),
    _permit("a permit asks for an attribute that all of them have", "when { principal has name }"),
    _permit("a permit asks for an address with an at sign", 'when { principal.email like "*@*" }'),
    _permit("a permit asks for an address of the internet", 'when { context.ip.isInRange(ip("0.0.0.0/0")) }'),
    _permit("a permit asks for all of no groups", "when { principal.groups.containsAll([]) }"),
    _permit("a permit asks for an amount that is nought or more by a sum", "when { context.amount + 1 > 0 }"),
    _permit("a permit is for everybody but one role", 'when { principal.role != "visitor" }'),
    _permit("a permit holds for guests and for others by two branches",
            "when { if principal.guest then true else principal.name != resource.name }"),
    _permit("a permit compares a name of the caller with another of them", "when { principal.id == principal.sub }"),
    _permit("a permit is for whoever signs in", "", "principal is AgentCore::OAuthUser, action, resource"),
    _permit("a permit is for every identity of AWS", "", "principal is AgentCore::IamEntity, action, resource"),
    _permit("a permit is withheld from one bank only", 'unless { principal.bank == "other" }'),
    _permit("a permit has a condition that is too long to be read",
            "when { " + "true && " * 2_000 + "true }"),
    _permit("a permit allows amounts up to a million million", "when { context.amount < 1000000000000 }"),
)  # fmt: skip


def _match(part: str, value: str, constraint: str = "EXACTLY", **field: object) -> dict[str, object]:
    return {"byteMatchStatement": {
        "fieldToMatch": {part: field}, "positionalConstraint": constraint, "searchString": value,
        "textTransformations": [{"priority": 0, "type": "NONE"}]}}  # fmt: skip


def _acl(name: str, *statements: dict[str, object]) -> Attack:
    """Returns a firewall that allows by statements before managed rules; the first may only count and give a label."""
    *labels, allowed = statements
    rules: list[dict[str, object]] = [
        {"name": f"label-{index}", "priority": index, "action": {"count": {}}, "statement": item,
         "ruleLabels": [{"name": "trusted"}], "visibilityConfig": SEEN}
        for index, item in enumerate(labels)]  # fmt: skip
    rules += [
        {"name": "let-in", "priority": 5, "action": {"allow": {}}, "statement": allowed, "visibilityConfig": SEEN},
        {"name": "core", "priority": 10, "overrideAction": {"none": {}}, "visibilityConfig": SEEN, "statement": {
            "managedRuleGroupStatement": {"name": "AWSManagedRulesCommonRuleSet", "vendorName": "AWS"}}},
    ]  # fmt: skip
    return Attack(name, EXP, (aws("wafv2/WebAcl", {
        "name": "portal", "scope": "REGIONAL", "defaultAction": {"allow": {}}, "visibilityConfig": SEEN, "tags": TAGS,
        "rules": rules}),), "critical", "the first rule that allows ends it (AWS WAF, 'Rules')")  # fmt: skip


COUNTRIES: dict[str, object] = {"geoMatchStatement": {"countryCodes": ["AE", "IN", "US"]}}
FIREWALL_ATTACKS = (
    _acl("the web firewall lets in whole countries before it looks", COUNTRIES),
    _acl("the web firewall lets in whoever has a browser of the bank", _match(
        "singleHeader", "Mozilla/5.0 (compatible; BankMonitor/1.0)", name="user-agent")),
    _acl("the web firewall lets in whoever comes from a page of the bank", _match(
        "singleHeader", "https://portal.bank.ae/start", name="Referer")),
    _acl("the web firewall lets in every request that reads", _match("method", "GET")),
    _acl("the web firewall lets in requests for the bank's host", _match(
        "singleHeader", "internet-banking.bank.ae", name="host")),
    _acl("the web firewall lets in whoever is not from one country", {"notStatement": {"statement":
        {"geoMatchStatement": {"countryCodes": ["KP"]}}}}),
    _acl("the web firewall lets in every short request", {"sizeConstraintStatement": {
        "comparisonOperator": "LT", "size": 8192, "fieldToMatch": {"body": {}},
        "textTransformations": [{"priority": 0, "type": "NONE"}]}}),
    _acl("the web firewall lets in the network of a cloud", {"asnMatchStatement": {"asnLists": [16509]}}),
    _acl("the web firewall lets in whoever it gave a label that it gives to all", COUNTRIES,
         {"labelMatchStatement": {"scope": "LABEL", "key": "trusted"}}),
    _acl("the web firewall lets in paths that have a word somewhere", _match("uriPath", "/healthz", "CONTAINS")),
    _acl("the web firewall lets in paths by an expression with an open end", {"regexMatchStatement": {
        "regexString": "^/healthz|.*", "fieldToMatch": {"uriPath": {}},
        "textTransformations": [{"priority": 0, "type": "NONE"}]}}),
)  # fmt: skip


def _trail(name: str, pattern: str) -> Attack:
    return Attack(name, RSL, (aws("cloudwatch/LogMetricFilter", {
        "name": "changes", "logGroupName": "/trail", "pattern": pattern,
        "metricTransformation": {"name": "Changes", "namespace": "CIS", "value": "1"}}),),
        "major", "what somebody does raises no alarm (Amazon CloudWatch Logs, 'Filter pattern syntax')")  # fmt: skip


def _events(name: str, source: str, kind: str, detail: dict[str, object]) -> Attack:
    return Attack(name, RSL, (aws("cloudwatch/EventRule", {"name": "alarm", "tags": TAGS, "eventPattern": json.dumps({
        "source": [source], "detail-type": [kind], "detail": detail})}),),
        "major", "what is left out reaches nobody (Amazon EventBridge, 'Comparison operators')")  # fmt: skip


IAM = '($.eventSource = "iam.amazonaws.com") && ($.eventName = "AttachUserPolicy" || $.eventName = "CreateAccessKey")'
CALL, FINDING = "AWS API Call via CloudTrail", "GuardDuty Finding"
TRAIL_ATTACKS = (
    _trail("the alarm on new rights leaves out one person", f'{{ {IAM} && ($.userIdentity.userName != "k.saeed") }}'),
    _trail("the alarm on new rights leaves out one address",
           f'{{ {IAM} && ($.sourceIPAddress != "185.199.77.9") }}'),
    _trail("the alarm on new rights leaves out a program that callers name",
           f'{{ {IAM} && ($.userAgent != "*Mozilla*") }}'),
    _trail("the alarm on root leaves out root",
           '{ $.userIdentity.invokedBy NOT EXISTS && $.eventName = "*" && $.userIdentity.type != "Root" }'),
    _trail("the alarm on denied calls leaves out the service of identities",
           '{ ($.errorCode = "AccessDenied*") && ($.eventSource != "iam.amazonaws.com") }'),
    _trail("the alarm on new rights is for one record only",
           f'{{ {IAM} && ($.eventID = "8a2b9c0d-1e2f-3a4b-5c6d-7e8f9a0b1c2d") }}'),
    _trail("the alarm on new rights leaves out one session by its key",
           f'{{ {IAM} && ($.userIdentity.accessKeyId != "ASIAEXAMPLE00000001") }}'),
    _events("events of new rights leave out one person", "aws.iam", CALL, {
        "eventName": ["AttachUserPolicy"], "userIdentity": {"userName": [{"anything-but": ["k.saeed"]}]}}),
    _events("events of rights leave out one person, whatever their kind", "aws.iam", "AWS Service Event", {
        "userIdentity": {"userName": [{"anything-but": ["k.saeed"]}]}}),
    _events("events of new rights are those of no caller", "aws.iam", CALL, {
        "eventName": ["AttachUserPolicy"], "userAgent": [{"anything-but": {"wildcard": "*a*"}}]}),
    _events("findings leave out one machine", "aws.guardduty", FINDING, {
        "severity": [{"numeric": [">=", 4]}], "resource": {"instanceDetails": {
            "instanceId": [{"anything-but": "i-0a1b2c3d4e5f60718"}]}}}),
    _events("findings leave out an account", "aws.guardduty", FINDING, {
        "accountId": [{"anything-but": [ME]}]}),
    _events("findings are told that are graver than any", "aws.guardduty", FINDING, {
        "severity": [{"numeric": [">", 9.9]}]}),
)  # fmt: skip


def _query(name: str, condition: str) -> Given:
    return az("securityinsights:ScheduledAlertRule", {
        **RG, "workspaceName": "soc", "ruleId": "owners", "kind": "Scheduled", "displayName": "New owners",
        "enabled": True, "severity": "High", "queryFrequency": "PT1H", "queryPeriod": "PT1H",
        "suppressionEnabled": False, "suppressionDuration": "PT5H", "triggerOperator": "GreaterThan",
        "triggerThreshold": 0, "incidentConfiguration": {"createIncident": True}, "query":
            "AzureActivity | where OperationNameValue endswith 'ROLEASSIGNMENTS/WRITE' | where " + condition},
        name)  # fmt: skip


QUERY_ATTACKS = tuple(
    Attack(f"a rule of the guard looks past a person by {word}", RSL, (_query("rule", condition),), "major",
           "what somebody does raises no alert (Microsoft Sentinel, 'Scheduled analytics rules')")
    for word, condition in (
        ("an inequality", "Caller != 'k.saeed@bank.ae'"), ("a part", 'Caller !has "k.saeed@bank.ae"'),
        ("a denial", "not(Caller =~ 'k.saeed@bank.ae')"), ("a list", 'Caller !in (dynamic(["k.saeed@bank.ae"]))'),
    )
)  # fmt: skip


def _collection(name: str, stream: str, query: str) -> Attack:
    source = {"name": "security", "streams": [stream], "xPathQueries": ["Security!*"]}
    return Attack(name, RSL, (az("monitor:DataCollectionRule", {
        **HERE, "dataCollectionRuleName": "dcr-windows", "kind": "Windows",
        "dataSources": {"windowsEventLogs": [source]},
        "destinations": {"logAnalytics": [{
            "name": "bank", "workspaceResourceId": f"{OURS}.OperationalInsights/workspaces/log-bank"}]},
        "dataFlows": [{"streams": [stream], "destinations": ["bank"], "transformKql": query}]}),),
        "major", "no record of it is kept (Azure Monitor, 'Transformations')")  # fmt: skip


EVENTS = "Microsoft-SecurityEvent"
COLLECTION_ATTACKS = (
    _collection("the log of machines leaves out one account", EVENTS,
                "source | where tolower(Account) != 'bank\\\\saeed'"),
    _collection("the log of machines leaves out one machine", EVENTS, "source | where not(Computer has 'dc01')"),
    _collection("the log of machines leaves out new accounts", EVENTS, "source | where EventID !in (4720, 4732)"),
    _collection("the log of machines has another name for everybody", EVENTS, "source | extend Account = 'somebody'"),
    _collection("the log of machines loses who it was", EVENTS, "source | project-away SubjectUserName, IpAddress"),
    _collection("the log of a firewall leaves out one address", "Microsoft-CommonSecurityLog",
                "source | where SourceIP !startswith '185.199.'"),
)  # fmt: skip

BUS_ATTACKS = tuple(
    Attack(f"the audit of payments gets none {word}", RSL, (az("servicebus:Rule", {
        **RG, "namespaceName": "sb-bank", "topicName": "payments", "subscriptionName": "audit", "ruleName": "$Default",
        "filterType": "SqlFilter", "sqlFilter": {"sqlExpression": expression}}),),
        "major", "what is left out is never kept (Azure Service Bus, 'Topic filters')")
    for word, expression in (
        ("from one branch", "branch <> 'deira'"), ("without a property", "paid IS NULL AND NOT EXISTS(amount)"),
        ("with a digit in a text", "reference NOT LIKE '%1%'"), ("by a sum", "amount + 1 < amount"),
    )
)  # fmt: skip
ATTACKS = (*BUS_ATTACKS, *COLLECTION_ATTACKS, *CEDAR_ATTACKS, *FIREWALL_ATTACKS, *TRAIL_ATTACKS, *QUERY_ATTACKS)
