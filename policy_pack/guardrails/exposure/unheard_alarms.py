"""Alarms of AWS that tell nobody: without an action, and read by nothing else of the stack.

An action for the state OK says that the trouble is over, not that there is some. Others read an alarm by its name or
ARN: a composite alarm, an experiment or a deployment that it stops, and rules of EventBridge on the events of
CloudWatch (awsdocs/amazon-cloudwatch-user-guide cc40332 doc_source/AlarmThatSendsEmail.md and
cloudwatch-and-eventbridge.md; prowler 3e000faa cloudwatch_alarm_actions_alarm_state_configured; read 2026-12-01).
"""

from collections.abc import Iterator
from typing import NamedTuple

from ..engine.conditions import SET
from ..engine.lazy_regex import lazy_regex
from ..engine.plan import Plan
from ..engine.reading import UNKNOWN, Resource, leaves
from ..engine.rows import aws
from ..engine.verdicts import Outcome, Verdict, failed, passed

METRIC_ALARMS = aws("cloudwatch/MetricAlarm")
_ACTIONS = ("alarmActions", "insufficientDataActions")
_COMPOSITE, _RULES = aws("cloudwatch/CompositeAlarm"), aws("cloudwatch/EventRule")
_SOURCE = "aws.cloudwatch"
_WORD = lazy_regex(r"[^\s\"'()]{1,255}")


def check_heard(alarm: Resource, plan: Plan) -> Iterator[Outcome]:
    """Yields whether somebody or something learns of an alarm."""
    has_action = any(SET.judge(alarm.get(key)) is Verdict.PASS for key in _ACTIONS)
    is_heard = has_action or alarm.urn in plan.by_key(_dependencies) or _is_read(alarm, plan.once(_readers, ""))
    yield passed() if is_heard else failed("it has no action, and nothing in the stack reads it")


def _dependencies(item: Resource) -> Iterator[str]:
    for urns in item.dependencies.values():
        yield from urns


class _Readers(NamedTuple):
    """What reads alarms: whether something may read any, the texts of other alarms, and the words of these."""

    is_any: bool
    text: str
    words: frozenset[str]


def _readers(plan: Plan, _: str) -> _Readers:
    """Returns what reads alarms. A rule on the events of CloudWatch reads any, and so may another alarm whose rule is
    not known yet."""
    others = list(plan.of_type(*_COMPOSITE))
    text = "\n".join(str(value) for item in others for *_, value in leaves(item.props))
    is_any = any(_SOURCE in str(item.get("eventPattern")) for item in plan.of_type(*_RULES))
    is_any = is_any or any(item.get("alarmRule") is UNKNOWN for item in others)
    return _Readers(is_any, text, frozenset(_WORD.findall(text)))


def _is_read(alarm: Resource, readers: _Readers) -> bool:
    """Returns whether something reads an alarm: by its name, or, if it states none, perhaps."""
    name = alarm.get("name")
    if not isinstance(name, str):
        return readers.is_any or bool(readers.text)
    return readers.is_any or name in readers.words or name in readers.text
