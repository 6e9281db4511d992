"""Rules of alerts of Prometheus in a resource: in objects of operators, files, values of charts, and of the clouds.

A rule has the keys `alert` and `expr`, wherever it stands (prometheus/prometheus docs/configuration/alerting_rules.md,
as known); rules of Azure call the second `expression` (pulumi-azure-native 3.29.0, PrometheusRule, read 2026-12-03).
"""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from ..engine.lazy_regex import lazy_regex
from ..engine.reading import Plain, Resource, leaves, mappings
from .texts import from_yaml

OF_SECURITY = lazy_regex(
    r"audit|falco|tetragon|kubearmor|wazuh|suricata|osquery|intrusi|intruder|security|siem|malware|virus|ransom|fraud"
    r"|breach|exfiltrat|privileg|escalat|impersonat|unauthori[sz]ed|forbidden|denied|tamper|root_?us|(?<!un)attack"
    r"|(?:log|sign)_?ins?_?(?:fail|attempt)|fail(?:ed|ure|ures)?_?(?:log|sign)_?ins?|auth\w{0,20}_?fail|console_?sign"
    r"|trail|guard_?duty|policy_?(?:violation|change)|vault|iam|secret_?read",
    re.IGNORECASE,
)
"""Words of alarms on what people and intruders do, in names, expressions and labels; chosen here."""
_EXPRESSIONS = ("expr", "expression")
_LONGEST = 1_000_000


class AlertRule(NamedTuple):
    """A rule: the path of its expression, the expression, and what its name, labels and annotations say."""

    path: str
    expression: str
    words: str


def alert_rules(resource: Resource) -> Iterator[AlertRule]:
    """Yields each rule of a resource."""
    for path, found in mappings(resource.props):
        yield from _rules(path, found)
        for name, text in found.items():
            if isinstance(text, str) and "alert" in text and "expr" in text and "\n" in text:
                place = f"{path}.{name}" if path else name
                for inner, item in _once(from_yaml(text[:_LONGEST]), place, set()):
                    yield from _rules(inner, item)


def _once(value: Plain, path: str, seen: set[int]) -> Iterator[tuple[str, Mapping[str, Plain]]]:
    """Yields every mapping of a document with its path, once each: aliases of aliases stand for millions."""
    if not isinstance(value, dict | list) or id(value) in seen:
        return
    seen.add(id(value))
    if isinstance(value, dict):
        yield path, value
    items = value.items() if isinstance(value, dict) else ((f"[{index}]", item) for index, item in enumerate(value))
    for name, item in items:
        yield from _once(item, f"{path}{name}" if isinstance(value, list) else f"{path}.{name}", seen)


def _rules(path: str, found: Mapping[str, Plain]) -> Iterator[AlertRule]:
    """Yields the rule that a mapping is, if it is one."""
    name = found.get("alert")
    for key in _EXPRESSIONS if isinstance(name, str) else ():
        expression = found.get(key)
        if isinstance(expression, str):
            words = [str(value) for part in ("labels", "annotations") for *_, value in leaves(found.get(part))]
            yield AlertRule(f"{path}.{key}" if path else key, expression, " ".join([str(name), expression, *words]))
