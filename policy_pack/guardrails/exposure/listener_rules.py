"""Rules of load balancers by which whoever sends a header, or asks in another way, comes to an app without the sign-in
that other rules of the listener ask for.

The rule with the lowest number whose conditions are met decides (Elastic Load Balancing, "Listener rules for your
Application Load Balancer", read 2026-11-30; conditions by pulumi-aws 7.51.1). A header with a long value may be a
secret of a proxy.
"""

import re
from collections.abc import Iterator, Mapping

from ..engine.lazy_regex import lazy_regex
from ..engine.number_conditions import number_of
from ..engine.plan import Plan
from ..engine.reading import UNKNOWN, Plain, Resource, one_or_many, texts_in
from ..engine.rows import aws
from ..engine.verdicts import Outcome, failed, passed
from .rewritten_paths import check_rewrites

LISTENER_RULES = aws("lb/ListenerRule", "alb/ListenerRule")
_LISTENERS = aws("lb/Listener", "alb/Listener")
_SIGN_IN = lazy_regex(r"authenticate-\w+|jwt-validation", re.IGNORECASE)
_SHORTEST_SECRET = 16
"""Characters of a value that nobody guesses; decided here."""


def check_listener_rule(resource: Resource, plan: Plan) -> Iterator[Outcome]:
    """Yields a failure if a rule leads past the sign-in of another rule, or of its listener."""
    targets, listeners = _targets(resource, "actions"), _listeners(resource)
    if not targets or _signs_in(resource, "actions"):
        yield passed()
        return
    rules = plan.with_keys(_guarded, _ways(listeners, targets))
    by_default = any(
        targets & _targets(item, "defaultActions") and _signs_in(item, "defaultActions")
        for item in map(plan.resources.get, listeners)
        if item is not None and item.type in _LISTENERS
    )
    yield from check_rewrites(resource, rules, is_default_guarded=by_default)
    if not _is_open(resource):
        yield passed()
        return
    guarded = by_default or not all(_is_before(item, resource) for item in rules)
    text = "actions lead past the sign-in whoever sends what the conditions ask for"
    yield failed(text, "actions") if guarded else passed()


def _guarded(resource: Resource) -> Iterator[str]:
    """Yields the ways of a rule with a sign-in."""
    if resource.type in LISTENER_RULES and _signs_in(resource, "actions"):
        yield from _ways(_listeners(resource), _targets(resource, "actions"))


def _ways(listeners: set[str], targets: set[str]) -> Iterator[str]:
    """Yields a key of each way from a listener to a group of targets."""
    return (f"{listener}\n{target}" for listener in listeners for target in targets)


def _listeners(resource: Resource) -> set[str]:
    arn = resource.get("listenerArn")
    return {*resource.dependencies.get("listenerArn", ()), *([arn] if isinstance(arn, str) else [])}


def _actions(resource: Resource, key: str) -> Iterator[Mapping[str, Plain]]:
    yield from (item for item in one_or_many(resource.get(key)) if isinstance(item, dict))


def _signs_in(resource: Resource, key: str) -> bool:
    return any(_SIGN_IN.fullmatch(str(item.get("type"))) for item in _actions(resource, key))


def _targets(resource: Resource, key: str) -> set[str]:
    """Returns the groups of targets that actions lead to, by their ARNs or the resources that make them."""
    found = set[str]()
    for action in _actions(resource, key):
        forward = action.get("forward")
        groups = one_or_many(forward.get("targetGroups")) if isinstance(forward, dict) else []
        values = [action.get("targetGroupArn"), *(item.get("arn") for item in groups if isinstance(item, dict))]
        found.update(value for value in values if isinstance(value, str))
    if found or any(str(item.get("type")).lower() == "forward" for item in _actions(resource, key)):
        urns = resource.dependencies.get(key, ())
        found.update(urn for urn in urns if "targetGroup" in urn)
    return found


def _is_before(other: Resource, resource: Resource) -> bool:
    """Returns whether another rule is asked first, and takes every request."""
    first, second = number_of(other.get("priority")), number_of(resource.get("priority"))
    return first is not None and second is not None and first < second and _is_open(other)


def _is_open(resource: Resource) -> bool:
    """Returns whether each condition of a rule is one that callers meet for whatever they ask."""
    conditions = [item for item in one_or_many(resource.get("conditions")) if isinstance(item, dict) and item]
    return bool(conditions) and all(map(_is_of_caller, conditions))


def _is_of_caller(condition: Mapping[str, Plain]) -> bool:
    parts = {key: part for key, part in condition.items() if part not in (None, [], {})}
    if not parts:
        return False
    for key, part in parts.items():
        items = [item for item in one_or_many(part) if isinstance(item, dict)]
        if key in ("httpHeader", "queryString", "queryStrings"):
            values = [value for item in items for name in ("values", "value") for value in one_or_many(item.get(name))]
            if UNKNOWN in values or not any(len(str(value)) < _SHORTEST_SECRET for value in values if value):
                return False
        elif key == "pathPattern":
            if not any(text.strip() in ("*", "/*") for item in items for text in texts_in(item.get("values"))):
                return False
        elif key != "httpRequestMethod":
            return False
    return True
