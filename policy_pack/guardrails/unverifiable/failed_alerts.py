"""Alerts on the activity log that ring only when what they look for was not done.

An event has the state in which its operation ended (Azure Monitor, "Azure activity log event schema", status: Started,
Succeeded and Failed among others, as known). Who looks for attempts has an alert on what was done beside it. Failures
of operations that take nothing away and open nothing, such as deployments, are what teams of operation look for.
"""

import re
from collections.abc import Iterator

from ..engine.lazy_regex import lazy_regex
from ..engine.plan import Plan
from ..engine.reading import Plain, Resource, one_or_many, texts_in
from ..engine.rows import azure
from ..engine.verdicts import Outcome, failed

_ALERTS = azure("monitor:ActivityLogAlert")
_PATH = "condition.allOf"
_STATES = ("status", "substatus", "properties.status", "resulttype")
_FAILED = lazy_regex(r"fail(?:ed|ure)?|cancel?led|rejected|forbidden|unauthorized|conflict", re.IGNORECASE)
_GRAVE = lazy_regex(
    r"\S{1,200}/delete|microsoft\.authorization/\S{1,200}|microsoft\.security/\S{1,200}|microsoft\.keyvault/\S{1,200}"
    r"|\S{1,200}/(?:networksecuritygroups|securityrules|firewallrules|firewallpolicies|diagnosticsettings"
    r"|federatedidentitycredentials|activitylogalerts)(?:/[a-z]{1,60})?/(?:write|action)|\S{1,200}/listkeys/action"
    r"|\S{1,200}/elevateaccess/action",
    re.IGNORECASE,
)
"""Operations that take away what records and protects, or say who may do what, and deletions."""


def check_failed_alerts(resource: Resource, plan: Plan) -> Iterator[Outcome]:
    """Yields a failure for an alert on a grave operation that rings for failures alone, if no other one rings."""
    if resource.type not in _ALERTS or not _rings_for_failures(resource):
        return
    others = plan.by_key(_heard)
    missed = [name for name in _operations(resource) if _GRAVE.fullmatch(name) and name not in others]
    if missed:
        yield failed(f"{_PATH} rings when {missed[0]} failed, and not when it was done: leave out the state", _PATH)


def _heard(resource: Resource) -> Iterator[str]:
    """Yields the operations for which an alert rings when they are done."""
    if resource.type in _ALERTS and resource.get("enabled") is not False and not _rings_for_failures(resource):
        yield from _operations(resource)


def _operations(resource: Resource) -> list[str]:
    return [text.strip().lower() for term in _terms(resource) for field, text in _values(term)
            if field == "operationname"]  # fmt: skip


def _rings_for_failures(resource: Resource) -> bool:
    return any(
        values and all(field in _STATES and _FAILED.fullmatch(text.strip()) is not None for field, text in values)
        for values in map(_values, _terms(resource))
    )


def _terms(resource: Resource) -> list[Plain]:
    condition = resource.get("condition")
    return one_or_many(condition.get("allOf")) if isinstance(condition, dict) else []


def _values(term: Plain) -> list[tuple[str, str]]:
    """Returns the fields and values of a condition, of which one is enough."""
    if not isinstance(term, dict):
        return []
    parts = [item for item in one_or_many(term.get("anyOf")) if isinstance(item, dict)] or [term]
    return [(str(part.get("field")).lower(), text) for part in parts
            for key in ("equals", "containsAny") for text in texts_in(one_or_many(part.get(key)))]  # fmt: skip
