"""What an alarm does to the machine that it watches, which is lost with what lies on it.

Actions of EC2 are ARNs `arn:aws:automate:REGION:ec2:terminate`, or those of former workflows,
`.../AWS_EC2.InstanceId.Terminate/1.0` (botocore 1.44.8, cloudwatch, PutMetricAlarm, AlarmActions, read
2026-11-29). What is not known before deployment is most often a topic of the program.
"""

import re
from collections.abc import Iterator

from ..engine.lazy_regex import lazy_regex
from ..engine.reading import Resource, texts_in
from ..engine.rows import aws
from ..engine.verdicts import Outcome, failed

_ALARMS = aws("cloudwatch/MetricAlarm", "cloudwatch/CompositeAlarm")
_TERMINATES = lazy_regex(r":ec2:terminate$|InstanceId\.Terminate", re.IGNORECASE)
_ENDS = lazy_regex(r":ec2:(?:stop|terminate)$|InstanceId\.(?:Stop|Terminate)", re.IGNORECASE)
_REFUSED = {"alarmActions": _TERMINATES, "insufficientDataActions": _ENDS, "okActions": _ENDS}
"""Property -> actions that it must not have: an idle machine may be stopped."""


def check_alarm_actions(resource: Resource) -> Iterator[Outcome]:
    """Yields an outcome for each property of an alarm that ends a machine."""
    for name, refused in _REFUSED.items() if resource.type in _ALARMS else ():
        if any(map(refused.search, texts_in(resource.props.get(name)))):
            yield failed(f"{name} ends a machine: it is lost with what lies on it", name)
