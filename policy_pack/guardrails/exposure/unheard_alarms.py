"""Alarms of AWS that tell nobody: without an action, and read by nothing else of the stack.

An action for the state OK says that the trouble is over, not that there is some. Others read an alarm by its name or
ARN: a composite alarm, an experiment or a deployment that it stops, and rules of EventBridge on the events of
CloudWatch (awsdocs/amazon-cloudwatch-user-guide cc40332 doc_source/AlarmThatSendsEmail.md and
cloudwatch-and-eventbridge.md; prowler 3e000faa cloudwatch_alarm_actions_alarm_state_configured; read 2026-12-01).
"""

from collections.abc import Iterator

from ..engine.conditions import SET
from ..engine.plan import Plan
from ..engine.reading import UNKNOWN, Resource, leaves
from ..engine.rows import aws
from ..engine.verdicts import Outcome, Verdict, failed, passed

METRIC_ALARMS = aws("cloudwatch/MetricAlarm")
_ACTIONS = ("alarmActions", "insufficientDataActions")
_COMPOSITE, _RULES = aws("cloudwatch/CompositeAlarm"), aws("cloudwatch/EventRule")
_SOURCE = "aws.cloudwatch"


def check_heard(alarm: Resource, plan: Plan) -> Iterator[Outcome]:
    """Yields whether somebody or something learns of an alarm."""
    has_action = any(SET.judge(alarm.get(key)) is Verdict.PASS for key in _ACTIONS)
    is_read = alarm.urn in plan.by_key(_dependencies) or any(_reads(item, alarm) for item in _readers(plan))
    yield passed() if has_action or is_read else failed("it has no action, and nothing in the stack reads it")


def _dependencies(item: Resource) -> Iterator[str]:
    for urns in item.dependencies.values():
        yield from urns


def _readers(plan: Plan) -> Iterator[Resource]:
    yield from plan.of_type(*_COMPOSITE)
    yield from plan.of_type(*_RULES)


def _reads(item: Resource, alarm: Resource) -> bool:
    """Returns whether a rule is about alarms, or another alarm names this one; a name that is not stated may be any."""
    if item.type in _RULES:
        return _SOURCE in str(item.get("eventPattern"))
    name, rule = alarm.get("name"), item.get("alarmRule")
    is_named = isinstance(name, str) and any(name in str(text) for *_, text in leaves(item.props))
    return is_named or rule is UNKNOWN or not isinstance(name, str)
