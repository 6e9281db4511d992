"""Rules at Azure's edge: which headers they change, and which answers they keep whatever the origin says.

A header or a cache is safe by what stands beside it: Strict-Transport-Security by its value and the action, a cache by
the conditions of its rule (MicrosoftDocs/azure-docs 056402bf, articles/frontdoor/front-door-rules-engine-actions.md,
and 0266e8a6, articles/cdn/cdn-standard-rules-engine-actions.md; zaproxy.org, alerts 10035-2 and 10035-5, on `max-age`
by RFC 6797; read 2026-11-30).
"""

import re
from collections.abc import Iterator

from ..engine.conditions import is_true
from ..engine.lazy_regex import lazy_regex
from ..engine.reading import UNKNOWN, Plain, Resource, each_item, one_or_many, texts_in, walk
from ..engine.verdicts import Outcome, failed, undetermined

_HEADERS = {
    "azure-native:cdn:Endpoint": ("deliveryPolicy?.rules[*].actions[*].parameters?",),
    "azure-native:cdn:Rule": ("actions[*].parameters?",),
    "azure-native:frontdoor:RulesEngine": ("rules[*].action?.responseHeaderActions?",),
}
"""Type -> paths of the parameters of actions that may change a header."""
_RULE, _ENDPOINT = "azure-native:cdn:Rule", "azure-native:cdn:Endpoint"
_CACHES = {"cacheBehavior": "override", "cacheConfiguration?.cacheBehavior": "overridealways"}
"""Path in the parameters of an action -> value that keeps answers which the origin wants nobody to keep."""
_OF_FILES = frozenset({"urlfileextension", "urlfilename", "urlpath"})
_SECONDS = lazy_regex(r"max-age\s*=\s*\"?0*[1-9]", re.IGNORECASE)
_OF_PATTERN = "/*.^$+ "
"""Characters of a path or a pattern that limit nothing."""


def _ends_hsts(item: dict[str, Plain]) -> bool:
    action, value = item.get("headerAction") or item.get("headerActionType"), item.get("value")
    is_hsts = str(item.get("headerName")).strip().lower() == "strict-transport-security"
    is_kept = value is UNKNOWN or _SECONDS.search(str(value)) is not None
    return is_hsts and (str(action).lower() == "delete" or not is_kept)


def _is_of_files(condition: Plain) -> bool:
    """Returns whether a condition limits a rule to some files or directories."""
    if not isinstance(condition, dict) or str(condition.get("name")).lower() not in _OF_FILES:
        return False
    parameters = condition.get("parameters")
    if not isinstance(parameters, dict):
        return parameters is UNKNOWN
    values = parameters.get("matchValues")
    texts = texts_in(values)
    is_limit = values is UNKNOWN or (bool(texts) and all(text.strip(_OF_PATTERN) for text in texts))
    return is_limit and str(parameters.get("operator")).lower() != "any" and not is_true(
        parameters.get("negateCondition"))  # fmt: skip


def _check_caches(rule: Plain, path: str) -> Iterator[Outcome]:
    conditions = rule.get("conditions") if isinstance(rule, dict) else None
    if any(_is_of_files(item) for item in one_or_many(conditions)):
        return
    for pattern, refused in _CACHES.items():
        for inner, value in walk(rule, f"actions[*].parameters?.{pattern}?"):
            place, is_kept = f"{path}.{inner}".lstrip("."), str(value).lower() == refused
            if value is UNKNOWN or (is_kept and conditions is UNKNOWN):
                yield undetermined(f"{place}, or the conditions of its rule, are not known before deployment", place)
            elif is_kept:
                yield failed(f"{place} must not be {value} without a condition on files or paths: otherwise answers to "
                             "one caller are given to others", place)  # fmt: skip


def check_edge_rules(resource: Resource) -> Iterator[Outcome]:
    """Yields an outcome for each action that ends HSTS or keeps answers of every path."""
    for pattern in _HEADERS.get(resource.type, ()):
        for path, item in each_item(walk(resource.props, pattern)):
            if isinstance(item, dict) and _ends_hsts(item):
                place = f"{path}.headerName"
                yield failed(f"{place} must not take Strict-Transport-Security away, or have no max-age: otherwise "
                             "pages are loaded in plaintext", place)  # fmt: skip
    if resource.type == _RULE:
        yield from _check_caches(resource.props, "")
    elif resource.type == _ENDPOINT:
        for path, rule in each_item(walk(resource.props, "deliveryPolicy?.rules?")):
            yield from _check_caches(rule, path)
