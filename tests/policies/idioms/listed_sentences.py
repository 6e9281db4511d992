"""Good idioms close to the lists of sentences: conditions of Cedar, rules of a web firewall that allow, filters of a
trail, patterns of findings, queries and transformations (2026-11-30).

Shapes as read in public repositories (`readers.cedar_conditions`, `readers.trail_filters`, `readers.log_transforms`);
names and numbers invented.
"""

import json

from ..blind import HERE, ME, OURS, RG, TAGS, aws, az
from ..harness import UNKNOWN, Given
from . import Idiom

R = "me-central-1"
SEEN = {"cloudwatchMetricsEnabled": True, "metricName": "x", "sampledRequestsEnabled": True}
CEDAR, WAF = "docs.cedarpolicy.com, 'Example policies'", "AWS WAF, 'Rule statements'"
OFFICE = f"arn:aws:wafv2:{R}:{ME}:regional/ipset/office/a1b2"
NONE = [{"priority": 0, "type": "NONE"}]


def _permit(name: str, statement: str) -> Given:
    return aws("verifiedpermissions/Policy", {
        "policyStoreId": "PSEXAMPLEabcdefg111111",
        "definition": {"static": {"statement": statement, "description": name}}}, name)  # fmt: skip


def _permits(*conditions: str) -> tuple[Given, ...]:
    return tuple(
        _permit(f"p{index}", f"permit (principal, action, resource) {condition};")
        for index, condition in enumerate(conditions)
    )


def _match(part: str, value: object, constraint: str = "EXACTLY", **field: object) -> dict[str, object]:
    return {"byteMatchStatement": {"fieldToMatch": {part: field}, "positionalConstraint": constraint,
                                   "searchString": value, "textTransformations": NONE}}  # fmt: skip


def _acl(*rules: dict[str, object]) -> tuple[Given, ...]:
    """Returns a firewall whose rules come before managed ones."""
    listed = [{"priority": index, "visibilityConfig": SEEN, "name": f"rule-{index}", **rule}
              for index, rule in enumerate(rules)]  # fmt: skip
    core = {"name": "core", "priority": 50, "overrideAction": {"none": {}}, "visibilityConfig": SEEN, "statement": {
        "managedRuleGroupStatement": {"name": "AWSManagedRulesCommonRuleSet", "vendorName": "AWS"}}}  # fmt: skip
    return (aws("wafv2/WebAcl", {
        "name": "portal", "scope": "REGIONAL", "defaultAction": {"allow": {}}, "visibilityConfig": SEEN, "tags": TAGS,
        "rules": [*listed, core]}),)  # fmt: skip


def _allow(statement: dict[str, object], **more: object) -> dict[str, object]:
    return {"action": {"allow": {}}, "statement": statement, **more}


def _filter(name: str, pattern: str) -> Given:
    return aws("cloudwatch/LogMetricFilter", {
        "name": name, "logGroupName": "/trail", "pattern": pattern,
        "metricTransformation": {"name": name, "namespace": "CIS", "value": "1"}}, name)  # fmt: skip


def _event(name: str, source: str, kind: str, detail: dict[str, object]) -> Given:
    return aws("cloudwatch/EventRule", {"name": name, "tags": TAGS, "eventPattern": json.dumps({
        "source": [source], "detail-type": [kind], "detail": detail})}, name)  # fmt: skip


def _collection(name: str, stream: str, query: str) -> Given:
    return az("monitor:DataCollectionRule", {
        **HERE, "dataCollectionRuleName": name, "kind": "Windows",
        "dataSources": {"windowsEventLogs": [{"name": "s", "streams": [stream], "xPathQueries": ["Security!*"]}]},
        "destinations": {"logAnalytics": [{
            "name": "bank", "workspaceResourceId": f"{OURS}.OperationalInsights/workspaces/log-bank"}]},
        "dataFlows": [{"streams": [stream], "destinations": ["bank"], "transformKql": query}]}, name)  # fmt: skip


IDIOMS: tuple[Idiom, ...] = (
    Idiom("permits are for owners, members and attributes of both sides", _permits(
        "when { principal in resource.readers || principal in resource.editors }",
        "when { principal.tenant == resource.tenant && context.mfa }",
        'when { ["OWNER", "ADMIN"].contains(principal.role) }',
        'when { principal has idp && principal.idp == "urn:bank//staff" }',
        'unless { principal != resource.owner }'), CEDAR),
    Idiom("permits have bounds, networks and a choice of two sides", _permits(
        "when { context.amount <= 5000 }", "when { principal.clearance >= resource.level }",
        'when { context.ip.isInRange(ip("10.20.0.0/16")) && context.hour >= 9 }',
        'when { if resource.isPublic then principal.branch == resource.branch else principal == resource.owner }',
        'when { context.amount.lessThanOrEqual(decimal("10.5")) } unless { resource.isLocked }',
        'when { principal.email like "*@bank.ae" && !(principal.suspended) }',
        "when { principal.groups.containsAny(resource.groups) }"), CEDAR),
    Idiom("a permit for a type of services has no condition", (
        _permit("reader", "permit (principal is Bank::ReportRole, action, resource);"),), CEDAR),
    Idiom("the web firewall lets in probes, uploads and a proxy with a secret before it looks", _acl(
        _allow(_match("uriPath", "/healthz")), _allow(_match("uriPath", "/upload/", "STARTS_WITH")),
        _allow(_match("singleHeader", UNKNOWN, name="x-origin-verify")),
        _allow({"regexMatchStatement": {"regexString": "^/api/v1/webhooks/[a-z0-9]{8,32}$",
                                        "fieldToMatch": {"uriPath": {}}, "textTransformations": NONE}})), WAF),
    Idiom("the web firewall lets in what another rule found to be of the office, and robots that are verified", _acl(
        {"action": {"count": {}}, "statement": {"ipSetReferenceStatement": {"arn": OFFICE}},
         "ruleLabels": [{"name": "office"}]},
        _allow({"labelMatchStatement": {"scope": "LABEL", "key": "office"}}),
        _allow({"labelMatchStatement": {"scope": "LABEL", "key": "awswaf:managed:aws:bot-control:bot:verified"}}),
        _allow({"andStatement": {"statements": [
            _match("method", "POST"), {"ipSetReferenceStatement": {"arn": OFFICE}}]}}),
        _allow(_match("method", "OPTIONS"))), WAF),
    Idiom("the web firewall lets in a country and a host after every other rule", (aws("wafv2/WebAcl", {
        "name": "gulf", "scope": "REGIONAL", "defaultAction": {"block": {}}, "visibilityConfig": SEEN, "tags": TAGS,
        "rules": [
            {"name": "core", "priority": 0, "overrideAction": {"none": {}}, "visibilityConfig": SEEN, "statement": {
                "managedRuleGroupStatement": {"name": "AWSManagedRulesCommonRuleSet", "vendorName": "AWS"}}},
            {"name": "gulf", "priority": 1, "action": {"allow": {}}, "visibilityConfig": SEEN, "statement": {
                "andStatement": {"statements": [
                    {"geoMatchStatement": {"countryCodes": ["AE", "SA"]}},
                    _match("singleHeader", "internet-banking.bank.ae", name="host")]}}}]}),), WAF),
    Idiom("alarms on the trail leave out services and roles of deployments", (
        _filter("root", '{ $.userIdentity.type = "Root" && $.userIdentity.invokedBy NOT EXISTS && '
                        '$.eventType != "AwsServiceEvent" }'),
        _filter("denied", '{ (($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*")) && '
                          '($.sourceIPAddress != "delivery.logs.amazonaws.com") && ($.eventName != "HeadBucket") }'),
        _filter("no-mfa", '{ ($.eventName = "ConsoleLogin") && ($.additionalEventData.MFAUsed != "Yes") && '
                          '($.userIdentity.type != "AssumedRole") }'),
        _filter("iam", '{ ($.eventSource = iam.amazonaws.com) && ($.eventName != Get*) && ($.eventName != List*) && '
                       '($.userIdentity.sessionContext.sessionIssuer.userName != "github-actions-apply") }'),
        _filter("keys", '{ ($.eventName = "Decrypt") && ($.userIdentity.arn != "arn:aws:iam::123456789012:user/vault") '
                        "}")),
        "CIS Amazon Web Services Foundations Benchmark; nozaq/terraform-aws-secure-baseline"),
    Idiom("findings go to the team by how grave they are and who found them", (
        _event("guard", "aws.guardduty", "GuardDuty Finding", {"severity": [{"numeric": [">=", 4]}], "type": [
            {"anything-but": {"prefix": "Policy:S3/"}}]}),
        _event("hub", "aws.securityhub", "Security Hub Findings - Imported", {"findings": {
            "Severity": {"Label": ["CRITICAL", "HIGH"]}, "Workflow": {"Status": ["NEW"]}, "RecordState": ["ACTIVE"],
            "ProductName": [{"anything-but": ["GuardDuty"]}]}}),
        _event("calls", "aws.ec2", "AWS API Call via CloudTrail", {
            "eventSource": ["ec2.amazonaws.com"], "eventName": ["RunInstances"], "errorCode": [{"exists": False}],
            "userIdentity": {"arn": [{"anything-but": {"wildcard": "*:assumed-role/deploy/*"}}]}}),
        _event("tasks", "aws.ecs", "ECS Task State Change", {
            "lastStatus": ["STOPPED"], "group": [{"anything-but": ["family:release"]}]})),
        "Amazon EventBridge, 'Comparison operators'"),
    Idiom("logs of security leave out noise", (
        _collection("dcr-noise", "Microsoft-SecurityEvent",
                    "source | where EventID != 8002 | project-away ParameterXml"),
        _collection("dcr-query", "Microsoft-Table-LAQueryLogs", "source | where QueryText !contains 'LAQueryLogs'"),
        _collection("dcr-level", "Microsoft-Syslog", "source | where not(ProcessName == 'cron') and SeverityLevel != "
                                                     "'info' | extend Site = 'dubai'"),
        _collection("dcr-firewall", "Microsoft-CommonSecurityLog", "source | where DeviceAction !contains 'Deny'")),
        "Azure Monitor, 'Transformations in Azure Monitor'"),
    Idiom("a rule of Sentinel leaves out a domain and an identity of the directory", (
        az("securityinsights:ScheduledAlertRule", {
            **RG, "workspaceName": "soc", "ruleId": "guests", "kind": "Scheduled", "displayName": "Guests",
            "enabled": True, "severity": "High", "queryFrequency": "PT1H", "queryPeriod": "PT1H",
            "suppressionEnabled": False, "suppressionDuration": "PT5H", "triggerOperator": "GreaterThan",
            "triggerThreshold": 0, "incidentConfiguration": {"createIncident": True}, "query":
                "SigninLogs | where UserPrincipalName !endswith '@bank.ae' | where Identity != "
                "'11111111-2222-3333-4444-555555555555' | where UserPrincipalName !startswith 'Sync_'"}),),
        "Microsoft Sentinel, 'Scheduled analytics rules'"),
    Idiom("an audit takes messages by their kinds, and another subscriber all but some", tuple(
        az("servicebus:Rule", {
            **RG, "namespaceName": "sb-bank", "topicName": "payments", "subscriptionName": subscriber,
            "ruleName": f"rule-{index}", "filterType": "SqlFilter", "sqlFilter": {"sqlExpression": text}},
            f"rule-{index}")
        for index, (subscriber, text) in enumerate((
            ("audit", "kind = 'new' AND (amount > 1000 OR sys.Label IN ('transfer', 'refund'))"), ("audit-all", "1=1"),
            ("audit-b", "EXISTS(user.iban) AND sys.ContentType LIKE 'application/%'"),
            ("desk", "branch <> 'deira' AND paid IS NULL")))),
        "Azure Service Bus, 'Topic filters'"),
)  # fmt: skip
