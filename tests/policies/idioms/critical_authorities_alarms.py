"""Good alarms beside those that sleep, never ring or are heard by nobody (2026-12-03)."""

from ..attacks.after_twenty_fifth_azure import WRITES, detection
from ..attacks.critical_authorities_alarms import FALCO, READ, action, anomalies, computed, ruled
from ..attacks.nineteenth_aws_b import ONCALL
from ..blind import KEY, ME, TAGS, aws, document, statement
from ..harness import UNKNOWN, Given
from . import Idiom

R = "me-central-1"
TOPIC = f"arn:aws:sns:{R}:{ME}:costs"
MATH = "docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html"
FUNCTIONS = "prometheus.io/docs/prometheus/latest/querying/functions"
KUSTO = "learn.microsoft.com/kusto/query/hour-of-day-function"


def topic(*senders: str) -> tuple[Given, ...]:
    """Returns a topic that lets services of this account publish, by TLS alone."""
    stated = (*(statement("sns:Publish", TOPIC, {"StringEquals": {"aws:SourceAccount": ME}},
                          Principal={"Service": sender}) for sender in senders),
              {"Effect": "Deny", "Principal": "*", "Action": "sns:Publish", "Resource": TOPIC,
               "Condition": {"Bool": {"aws:SecureTransport": "false"}}})  # fmt: skip
    return (aws("sns/Topic", {"name": "costs", "kmsMasterKeyId": KEY, "tags": TAGS}, "topic"),
            aws("sns/TopicPolicy", {"arn": UNKNOWN, "policy": document(*stated)}, "policy",
                links={"arn": ("topic",)}))  # fmt: skip


def of_load(expression: str, **more: object) -> tuple[Given, ...]:
    """Returns an alarm on processors."""
    return (aws("cloudwatch/MetricAlarm", {
        "name": "load", "comparisonOperator": "GreaterThanThreshold", "threshold": 80, "evaluationPeriods": 3,
        "treatMissingData": "notBreaching", "alarmActions": [ONCALL], "tags": TAGS, "metricQueries": [
            {"id": "m1", "metric": {"namespace": "AWS/EC2", "metricName": "CPUUtilization", "period": 300,
                                    "stat": "Average", "dimensions": {"AutoScalingGroupName": "branches"}}},
            {"id": "e1", "expression": expression, "label": "busy", "returnData": True}], **more},
        "load"),)  # fmt: skip


IDIOMS: tuple[Idiom, ...] = (
    *(Idiom(f"an alarm on the root user that wakes at night too: {text}", computed(text), MATH) for text in (
        "m1", "IF(HOUR(m1) < 4 OR HOUR(m1) > 14, m1, 0)", "IF(DAY(m1) > 5, m1, 0)", "FILL(m1, 0)", "SUM(m1) + 0",
        "IF(m1 > 3, 1, 0)", "MAX([m1, 0])")),
    *(Idiom(f"an alarm on load of the hours of branches: {text}", of_load(text), MATH) for text in (
        "IF(DAY(m1)<6, m1)", "IF(HOUR(m1) >= 4 AND HOUR(m1) < 14, m1, 0)", "100 - m1", "m1 / 2")),
    Idiom("an alarm on load that is nought", of_load("m1 - m1", comparisonOperator="LessThanThreshold", threshold=1),
          MATH),
    *(Idiom(f"an alert on intrusions that wakes at night too: {text}", ruled(text), FUNCTIONS) for text in (
        FALCO, f"{FALCO} and on() (hour() < 4 or hour() > 14)", f"{FALCO} and on() day_of_week() == 6",
        f"sum by (rule) ({FALCO.removesuffix(' > 0')}) > 5", "absent(falco_events_total)", "vector(1)",
        "falco_events_total - falco_events_total offset 1h > 10", "rate(falco_events_total[5m]) == 0",
        'sum(rate(a_total{code=~"4..", user!=""}[5m])) by (job) / ignoring(code) group_left sum(rate(a_total[5m])) > 1',
        "(time() - vault_token_creation_time) > 3600 and on() (hour(vault_token_creation_time) > 4 < 14)")),
    *(Idiom(f"an alert on intrusions of the day is beside one of the night: {other}", ruled(
        f"sum(rate({READ}[5m])) > 9 and on() hour() >= 4 < 14", "Intrusion", other), FUNCTIONS) for other in (
            f"{FALCO} and on() (hour() < 4 or hour() >= 14)", FALCO,
            f"rate({READ}[1h]) > 0 unless on() hour() >= 4 < 14")),
    *(Idiom(f"an alert on load of the hours of branches: {text}", ruled(text, "Slow"), FUNCTIONS) for text in (
        "rate(http_requests_total[5m]) > 100 and on() (hour() >= 4 < 14)",
        "predict_linear(node_filesystem_avail_bytes[6h], 86400) < 0 and on() (0 < day_of_week() < 6)")),
    *(Idiom(f"an alarm on new owners outside of the hours of branches: {text}", detection(f"{WRITES} | {text}"), KUSTO)
      for text in (
          "where hourofday(TimeGenerated) < 4 or hourofday(TimeGenerated) > 14",
          "where not(hourofday(TimeGenerated) between (4 .. 14))", "where TimeGenerated % 1d > 14h",
          "where dayofweek(TimeGenerated) in (0d, 6d) or Caller has 'contractor'")),
    Idiom("a topic hears of odd costs", (*topic("costalerts.amazonaws.com"), anomalies()),
          "docs.aws.amazon.com/cost-management/latest/userguide/ad-SNS.html"),
    Idiom("a topic hears of what a budget does", (*topic("budgets.amazonaws.com"), action()),
          "docs.aws.amazon.com/cost-management/latest/userguide/budgets-sns-policy.html"),
)  # fmt: skip
