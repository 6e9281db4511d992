"""Alarms that are there, and are switched off: rules that are paused, and actions that nobody gets.

Kinds are recognised by their names, so that those which nobody listed are read too: `GrafanaAlertRuleGroup`,
`MetricAlarm`, `SmartDetectorAlertRule`. A switch counts at an alarm itself or at a rule of a group of them. The fields
`paused`, `isPaused`, `muted`, `silenced`, `actionsEnabled` and `enabled` are those of grafana.integreatly.org,
alerting.grafana.crossplane.io, asserts.grafana.crossplane.io, cloudwatch.services.k8s.aws, coralogix.com and
insights.azure.com, `state` that of alertsmanagement.azure.com (datreeio/CRDs-catalog 7b1e26ef9), and `isPaused` of a
rule in a file with which Grafana starts (grafana/grafana, pull request 62263, "Allow pausing alerts from
provisioning"); read 2026-11-30.
"""

import re
from collections.abc import Iterator

from ..engine.lazy_regex import lazy_regex
from ..engine.reading import Resource, leaves
from ..engine.verdicts import Outcome, failed
from ..readers.custom_resources import is_custom
from ..readers.texts import read_texts

_ALARMS = lazy_regex(
    r"(?!.*(?:[Mm]anager|Provider|Enrichment|Relabel|Template|Channel|Contact|Silence|Mute|Scheduler|Recording|V\wAlert))"
    r".*(?:Alert|Alarm).*|(?:Prometheus)?RuleGroup|.*(?:Monitor|Detector)"
)
"""Kinds of alarms; those of servers, of where they tell, and of what is silenced on purpose are others."""
_OF_FIGURES = lazy_regex(r"(?:Service|Pod|Node|Static|Cluster)Monitor(?:ing)?")
_SWITCH = lazy_regex(
    r"spec(?:\.(?:forProvider|initProvider|parameters|properties|spec|alertDefinition|(?:groups?|(?:alert)?rules?)"
    r"(?:\[\d{1,4}\])?|options)){0,5}\.(?P<name>\w{1,40})",
    re.IGNORECASE,
)
_ON = frozenset({"paused", "ispaused", "muted", "silenced", "suspend", "suspended", "disabled", "isdisabled"})
_OFF = frozenset({"enabled", "actionsenabled", "isenabled", "active"})
_PAUSED_RULE = lazy_regex(r".*\brules\[\d{1,4}\]\.isPaused", re.DOTALL)


def check_paused_alarms(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure for each alarm that does not ring, or that tells nobody."""
    if is_custom(resource) and _is_alarm(resource.type.rpartition(":")[2]):
        for path, _, value in leaves(resource.props.get("spec"), "spec"):
            found, text = _SWITCH.fullmatch(path), str(value).lower()
            name = found["name"].lower() if found else ""
            is_off = (name in _ON and text == "true") or (name in _OFF and text == "false")
            if is_off or (name == "state" and text == "disabled"):
                yield failed(f"{path} is {text}: the alarm is there, and tells nobody", path)
        return
    for leaf in read_texts(resource).leaves:
        if "isPaused" in leaf.path and str(leaf.value).lower() == "true" and _PAUSED_RULE.fullmatch(leaf.path):
            yield failed(f"{leaf.path} is true: the alarm is there, and tells nobody", leaf.path)


def _is_alarm(kind: str) -> bool:
    return _ALARMS.fullmatch(kind) is not None and _OF_FIGURES.fullmatch(kind) is None
