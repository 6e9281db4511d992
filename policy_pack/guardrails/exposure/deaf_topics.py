"""Topics of Amazon SNS that refuse what tells of findings, failed copies and alarms.

EventBridge publishes to a topic whose policy lets `events.amazonaws.com` publish, unless the target has a role:
without it each event is lost, and only a metric says so (Amazon EventBridge, "Using resource-based policies", and AWS
re:Post, "Why isn't my Amazon SNS topic receiving EventBridge notifications?", read 2026-12-02). Policies of public
repositories let `codestar-notifications.amazonaws.com` publish for the developer tools (found as a string); AWS Backup
needs a policy too, and alarms of CloudWatch as soon as the topic states any (guides of these services, as known). So do
AWS Budgets (AWS Cost Management, "Creating an Amazon SNS topic for budget notifications") and the detection of odd
costs (costalerts.amazonaws.com: synapsestudios/terraform-aws-cost-anomaly-monitor, README; read 2026-12-03). Evaluated
are topics of the plan; `cost.recipients` evaluates those of budgets themselves.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ..engine.plan import Plan
from ..engine.reading import MISSING, Resource
from ..engine.rows import aws
from ..engine.verdicts import Outcome, failed
from ..readers.topic_policies import TOPICS, lets_in


@dataclass(frozen=True)
class Sender:
    """A service that publishes, and whether the policy of a topic that states none lets it in."""

    service: str
    by_default: bool = False


_TARGET, _VAULT, _TOOLS, _ALARM, _COMPOSITE = aws(
    "cloudwatch/EventTarget", "backup/VaultNotifications", "codestarnotifications/NotificationRule",
    "cloudwatch/MetricAlarm", "cloudwatch/CompositeAlarm",
)  # fmt: skip
_ODD_COSTS, _ACTION = aws("costexplorer/AnomalySubscription", "budgets/BudgetAction")
_OF_ALARMS = Sender("cloudwatch.amazonaws.com", by_default=True)
_SENDERS: Mapping[str, Sender] = {
    _TARGET: Sender("events.amazonaws.com"), _VAULT: Sender("backup.amazonaws.com"),
    _TOOLS: Sender("codestar-notifications.amazonaws.com"), _ALARM: _OF_ALARMS, _COMPOSITE: _OF_ALARMS,
    _ODD_COSTS: Sender("costalerts.amazonaws.com"), _ACTION: Sender("budgets.amazonaws.com"),
}  # fmt: skip
_KEYS: Mapping[str, str] = {
    _TARGET: "arn", _VAULT: "snsTopicArn", _TOOLS: "targets", _ALARM: "alarmActions", _COMPOSITE: "alarmActions",
    _ODD_COSTS: "subscribers", _ACTION: "subscribers",
}  # fmt: skip
"""Type -> the property that has its topics."""
SENDERS = tuple(_SENDERS)
"""Types that publish to topics."""


def check_deaf_topics(resource: Resource, plan: Plan) -> Iterator[Outcome]:
    """Yields a failure for each topic of the plan that does not let in what a resource sends."""
    sender = _SENDERS.get(resource.type)
    if sender is None or resource.get("roleArn") not in (MISSING, None, ""):
        return
    key = _KEYS[resource.type]
    for topic in plan.dependencies_of(resource, key):
        if topic.type in TOPICS and not lets_in(topic, plan, sender.service, by_default=sender.by_default):
            text = f"{key} is topic '{topic.name}', whose policy does not let {sender.service} publish"
            yield failed(f"{text}: nobody hears of it", key)
