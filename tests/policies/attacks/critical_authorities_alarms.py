"""Alarms on records of security that sleep or never ring, and alarms on costs of which nobody hears (2026-12-03)."""

from ..blind import HERE, KEY, ME, TAGS, aws, az, document, k8s, release, statement
from ..harness import UNKNOWN, Given
from ..idioms.eleventh_charts import inside
from . import Attack
from .after_twenty_fifth_azure import WRITES, detection
from .nineteenth_aws_b import ONCALL, ROOT
from .twenty_fifth_azure_flow import alarm

SWITCH, ALARM, HEARD = ("FJ-ESC-115",), ("FJ-EXP-127",), ("FJ-EXP-135",)
MATH = "Amazon CloudWatch, 'Using metric math' (HOUR; DAY from Monday, 1, to Sunday, 7); read 2026-12-03"
TIMES = "prometheus/prometheus docs/querying/functions.md (hour, day_of_week), read 2026-12-03"
KUSTO = "Kusto, 'dayofweek()', 'hourofday()', 'format_datetime()', as known"
COSTS = "AWS Cost Management, SNS topics of budgets and of anomaly detection, read 2026-12-03"
TOPIC = f"arn:aws:sns:me-central-1:{ME}:costs"
FALCO = 'increase(falco_events_total{priority=~"Critical|Error"}[5m]) > 0'


def filtered() -> Given:
    """Returns a filter that counts what the root user does."""
    return aws("cloudwatch/LogMetricFilter", {
        "name": "root", "logGroupName": "/audit/trail", "pattern": ROOT,
        "metricTransformation": {"name": "RootUse", "namespace": "Audit", "value": "1"}}, "filter")  # fmt: skip


def computed(expression: str) -> tuple[Given, ...]:
    """Returns an alarm on an expression over what a filter counts."""
    return (filtered(), aws("cloudwatch/MetricAlarm", {
        "name": "root", "comparisonOperator": "GreaterThanThreshold", "threshold": 0, "evaluationPeriods": 1,
        "treatMissingData": "notBreaching", "alarmActions": [ONCALL], "tags": TAGS, "metricQueries": [
            {"id": "m1", "metric": {"namespace": "Audit", "metricName": "RootUse", "period": 300, "stat": "Sum"}},
            {"id": "e1", "expression": expression, "label": "root", "returnData": True}]}, "alarm"))  # fmt: skip


def ruled(expression: str, name: str = "Intrusion", *others: str) -> tuple[Given, ...]:
    """Returns an alert of Prometheus, and others beside it."""
    rules = [{"alert": f"{name}{index or ''}", "expr": each, "labels": {"severity": "critical"}}
             for index, each in enumerate((expression, *others))]  # fmt: skip
    return (inside("monitoring.coreos.com/v1:PrometheusRule", "intrusions", {
        "groups": [{"name": "falco", "rules": rules}]}, "monitoring"),)  # fmt: skip


def topic(*senders: str) -> tuple[Given, ...]:
    """Returns a topic, with a policy that lets services publish if any are given."""
    stated = statement("sns:Publish", TOPIC, Principal={"Service": list(senders)})
    policy = aws("sns/TopicPolicy", {"arn": UNKNOWN, "policy": document(stated)}, "policy", links={"arn": ("topic",)})
    return (aws("sns/Topic", {"name": "costs", "kmsMasterKeyId": KEY, "tags": TAGS}, "topic"),
            *((policy,) if senders else ()))  # fmt: skip


def anomalies() -> Given:
    """Returns a subscription of the topic to odd costs."""
    return aws("costexplorer/AnomalySubscription", {
        "name": "team", "frequency": "IMMEDIATE", "monitorArnLists": [f"arn:aws:ce::{ME}:anomalymonitor/x"],
        "tags": TAGS, "subscribers": [{"type": "SNS", "address": UNKNOWN}], "thresholdExpression": {"dimension": {
            "key": "ANOMALY_TOTAL_IMPACT_ABSOLUTE", "matchOptions": ["GREATER_THAN_OR_EQUAL"], "values": ["100"]}}},
        "odd", links={"subscribers": ("topic",)})  # fmt: skip


def action() -> Given:
    """Returns what a budget does about costs, and that the topic hears of it."""
    return aws("budgets/BudgetAction", {
        "budgetName": "platform", "actionType": "APPLY_IAM_POLICY", "approvalModel": "MANUAL",
        "notificationType": "ACTUAL", "executionRoleArn": f"arn:aws:iam::{ME}:role/budget-stop", "tags": TAGS,
        "actionThreshold": {"actionThresholdType": "PERCENTAGE", "actionThresholdValue": 100}, "definition": {
            "iamActionDefinition": {"policyArn": f"arn:aws:iam::{ME}:policy/stop", "roles": ["scientists"]}},
        "subscribers": [{"address": UNKNOWN, "subscriptionType": "SNS"}]}, "stop",
        links={"subscribers": ("topic",)})  # fmt: skip


ASLEEP = (
    "IF(DAY(m1)<6, m1)", "IF(DAY(m1) < 6, m1, 0)", "IF(HOUR(m1) >= 4 AND HOUR(m1) < 14, m1, 0)",
    "IF(DAY(m1)>5, 0, m1)", "m1 * (HOUR(m1) > 4) * (HOUR(m1) < 15)", "IF(6 > DAY(m1), m1)",
    "IF(HOUR(m1) > 18 OR HOUR(m1) < 5, 0, m1)", "IF(DAY(m1) == 7 OR DAY(m1) == 6, 0, m1)",
)  # fmt: skip
SILENT = ("m1 - m1", "SUM(m1) - SUM(m1)", "IF(m1 < 0, m1)", "(m1 - m1) + 0", "IF(m1 < 0, 1, 0)", "MIN([m1, 0])")
OFFICE = (
    f"{FALCO} and on() hour() >= 4 < 14", f"{FALCO} and on () (hour() > 4 and hour() < 14)",
    f"{FALCO} and ON() (0 < day_of_week() < 6)", f"({FALCO}) unless on() (day_of_week() == 6 or day_of_week() == 0)",
    f"{FALCO} and on() (day_of_week() > 0 and day_of_week() < 6)", f"{FALCO} and on() (8 < hour(time() + 14400) < 18)",
    f"{FALCO} and on() hour(vector(time() + 4 * 3600)) >= 8 and on() hour(vector(time() + 4 * 3600)) <= 17",
)  # fmt: skip
NEVER = ("vector(0) > 1", f"{FALCO.removesuffix('> 0')}< 0", "falco_events_total - falco_events_total > 0",
         f"{FALCO} and on() vector(0) == 1", f"{FALCO.removesuffix('> 0')}* 0 > 0")  # fmt: skip
READ = FALCO[FALCO.index("falco") : FALCO.index("[")]
BESIDE = (
    f"{FALCO} and on() hour() >= 5 < 10", f"{FALCO} and on() (0 < day_of_week() < 6) and on() hour() == 9",
    f"{FALCO} and on() hour() > 20 and on() vector(0) == 1", "increase(falco_events_total[5m]) > 0", "vector(1)",
    f"absent({READ})",
)  # fmt: skip
"""Other alerts, which sleep too, never ring, or ring for something else."""
QUERIES = (
    "where dayofweek(TimeGenerated) !in (0d, 6d)", "where dayofweek(TimeGenerated) / 1d between (1 .. 5)",
    "where toint(format_datetime(TimeGenerated, 'HH')) between (4 .. 14)",
    "extend Hour = toint(format_datetime(TimeGenerated, 'HH')) | where Hour > 4 and Hour < 15",
    "where TimeGenerated % 1d between (4h .. 14h)", "where not(hourofday(TimeGenerated) < 4 or "
    "hourofday(TimeGenerated) > 14)", "where 4 <= hourofday(TimeGenerated) and 14 > hourofday(TimeGenerated)",
    "where dayofweek(TimeGenerated) == 1d or dayofweek(TimeGenerated) == 2d or dayofweek(TimeGenerated) == 3d",
    "where dayofweek(datetime_add('hour', 4, TimeGenerated)) !in (0d, 6d)",
)  # fmt: skip
RULES = "groups:\n- name: falco\n  rules:\n  - alert: Intrusion\n    expr: {}\n    labels:\n      severity: critical\n"

ATTACKS: tuple[Attack, ...] = (
    *(Attack(f"an alarm on the root user sleeps: {text}", ALARM, computed(text), "critical", MATH) for text in ASLEEP),
    *(Attack(f"an alarm on the root user never rings: {text}", ALARM, computed(text), "critical", MATH)
      for text in SILENT),
    *(Attack(f"an alert on intrusions sleeps: {text}", SWITCH, ruled(text), "critical", TIMES) for text in OFFICE),
    *(Attack(f"an alert on intrusions never rings: {text}", SWITCH, ruled(text), "critical", TIMES) for text in NEVER),
    *(Attack(f"an alert on intrusions sleeps, whatever is beside it: {other}", SWITCH,
             ruled(OFFICE[0], "Intrusion", other), "critical", TIMES) for other in BESIDE),
    *(Attack(f"an alert on intrusions sleeps: {name}", SWITCH, plan, "critical", TIMES) for name, plan in (
        ("of Victoria Metrics", (inside("operator.victoriametrics.com/v1beta1:VMRule", "intrusions", {
            "groups": [{"name": "falco", "rules": [{"alert": "Intrusion", "expr": OFFICE[0]}]}]}, "monitoring"),)),
        ("in a file", (k8s("core/v1:ConfigMap", {
            "metadata": {"name": "rules", "namespace": "monitoring", "labels": TAGS},
            "data": {"alerts.yml": RULES.format(OFFICE[2])}}),)),
        ("in values of a chart", release("kube-prometheus-stack", "79.0.0", {"additionalPrometheusRulesMap": {
            "own": {"groups": [{"name": "falco", "rules": [{"alert": "Intrusion", "expr": OFFICE[2]}]}]}}})),
        ("of Amazon", (aws("amp/RuleGroupNamespace", {
            "name": "rules", "workspaceId": "ws-1", "data": RULES.format(OFFICE[2]), "tags": TAGS}),)),
        ("of Azure", (az("alertsmanagement:PrometheusRuleGroup", {
            **HERE, "ruleGroupName": "intrusions", "enabled": True, "interval": "PT1M", "scopes": [
                "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg-platform/providers/"
                "Microsoft.Monitor/accounts/amw"],
            "rules": [{"alert": "Intrusion", "expression": OFFICE[2], "enabled": True}]}),)))),
    *(Attack(f"an alarm on new owners sleeps: {text}", ALARM, plan(f"{WRITES} | {text}"), "critical", KUSTO)
      for text in QUERIES for plan in (alarm if "==" in text else detection,)),
    *(Attack(f"nobody hears of costs: {name}", HEARD, (*plan, sender), "critical", COSTS)
      for name, plan, sender in (
          ("odd ones, without a policy", topic(), anomalies()),
          ("odd ones, with a policy for budgets", topic("budgets.amazonaws.com"), anomalies()),
          ("what a budget does, without a policy", topic(), action()),
          ("what a budget does, with a policy for odd ones", topic("costalerts.amazonaws.com"), action()))),
)  # fmt: skip
