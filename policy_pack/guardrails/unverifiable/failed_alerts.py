"""Alerts on the activity log that ring only when what they look for was not done.

An event has the state and the code with which its operation ended, and a level, which is Informational for what was
done (MicrosoftDocs/azure-docs 10c53259 articles/azure-monitor/essentials/activity-log-schema.md, status, subStatus and
"Severity Level", read 2026-12-02; providers may choose Warning). Who looks for attempts has an alert on what was done
beside it. Failures of operations that take nothing away and open nothing, such as deployments, are what teams of
operation look for.
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
_OTHER_STATES = ("properties.status", "resulttype")
_CODES = lazy_regex(r"(?:(?:ok|created|accepted|no ?content)(?: ?\(http status code: ?2\d\d\))?)?", re.IGNORECASE)
_DONE = {
    "status": lazy_regex(r"succe(?:eded|ss)|start(?:ed)?|accepted|in ?progress", re.IGNORECASE),
    "substatus": _CODES,
    "properties.statuscode": _CODES,
}
"""Field -> its values in events of what was done."""
_LEVELS = lazy_regex(r"informational|warning", re.IGNORECASE)
_EVERY_CHANGE = (("category", "Administrative"), ("status", "Succeeded"))
"""Conditions that each change that was done meets. A second state, and a level, are not among them."""
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
    missed = [name for name in _operations(resource) if _GRAVE.fullmatch(name)
              and not any(_covers(other, resource) for other in others.get(name, ()))]  # fmt: skip
    if missed:
        yield failed(f"{_PATH} rings when {missed[0]} failed, and not when it was done: leave out the state", _PATH)


def _heard(resource: Resource) -> Iterator[str]:
    """Yields the operations for which an alert rings whenever they are done: it asks for nothing else."""
    if resource.type not in _ALERTS or resource.get("enabled") is False:
        return
    asked = [_values(term) for term in _terms(resource)]
    named = [values for values in asked if values and all(field == "operationname" for field, _ in values)]
    others = [values for values in asked if values not in named]
    if len(named) == 1 and all(any(value in _EVERY_CHANGE for value in values) for values in others):
        yield from _operations(resource)


def _covers(other: Resource, resource: Resource) -> bool:
    """Returns whether an alert hears of each scope of another, as far as both are known."""
    scopes, wide = _scopes(resource), _scopes(other)
    return all(any(f"{scope}/".startswith(f"{place}/") for place in wide) for scope in scopes) if wide else not scopes


def _scopes(resource: Resource) -> list[str]:
    return [scope.lower().rstrip("/") for scope in texts_in(one_or_many(resource.get("scopes")))]


def _operations(resource: Resource) -> list[str]:
    return [text.strip().lower() for term in _terms(resource) for field, text in _values(term)
            if field == "operationname"]  # fmt: skip


def _rings_for_failures(resource: Resource) -> bool:
    terms = [values for term in _terms(resource) if (values := _values(term))]
    is_administrative = any(field == "category" and text.lower() == "administrative"
                            for values in terms for field, text in values)  # fmt: skip
    return any(all(_is_of_failures(*value, is_administrative) for value in values) for values in terms)


def _is_of_failures(field: str, text: str, is_administrative: bool) -> bool:
    """Returns whether no event of what was done has a value."""
    if field in _OTHER_STATES:
        return _FAILED.fullmatch(text.strip()) is not None
    done = _LEVELS if field == "level" and is_administrative else _DONE.get(field)
    return done is not None and done.fullmatch(text.strip()) is None


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
