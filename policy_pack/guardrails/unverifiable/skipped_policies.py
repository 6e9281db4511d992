"""Policies of Authorino and Kuadrant that a condition skips for whoever asks for it.

A condition (`when`) that is not met skips a rule, and at the top the whole policy, with which callers are let in
without a name (Kuadrant/authorino 58fecc6c docs/features.md, "Conditions", and pkg/service/auth_pipeline.go, Evaluate
and evaluateAuthConfig). Conditions may read what callers cannot write without asking for something else: the method,
the host and the path, by an exact or anchored comparison, and who somebody is. `request.path` is the path with the
query, `request.url_path` the one without (pkg/service/well_known_attributes.go). An anonymous caller is let in unless a
rule of rights reads each request, or each of those without a name; read 2026-11-30.
"""

import re
from collections.abc import Iterator

from ..engine.lazy_regex import lazy_regex
from ..engine.reading import MISSING, Plain, one_or_many
from ..engine.verdicts import Outcome, failed
from ..readers.kubernetes_objects import ObjectPart

_ATTRIBUTE = lazy_regex(
    r"(?<![\w.'\"])((?:request|context|source|destination|auth|metadata|self)\b(?:\.\w{1,60}){0,9})", re.ASCII
)
_OF_PLACE = lazy_regex(
    r"(?:context\.request\.http|request)\.(?:url_path|path|method|host|scheme)(?:\.(?:matches|startsWith|size"
    r"|lowerAscii))?|(?:context\.)?(?:source|destination)(?:\.\w{1,60}){0,9}"
)
_OF_CALLER = lazy_regex(r"auth\.(?:identity|authorization|metadata)(?:\.\w{1,60}){0,9}|metadata(?:\.\w{1,60}){0,9}")
"""Attributes that a caller cannot write: what is asked for, and who asks."""
_MATCHES = lazy_regex(r"\.matches\(\s{0,9}[\"'](?!\^)")
"""An expression that a part of the path, such as its query, meets."""
_LONGEST = 4000
"""Characters of a condition that is read; a longer one is taken to read what callers write."""
_DEPTH = 6
_SETS = ("all", "any")


def _texts(conditions: Plain, patterns: dict[str, Plain], depth: int = 0) -> Iterator[tuple[str, str, str]]:
    """Yields the expression or the selector of each condition, with its operator and value; empty ones for what is not
    understood."""
    for item in one_or_many(conditions):
        if not isinstance(item, dict) or depth > _DEPTH:
            yield "", "", ""
        elif any(key in item for key in _SETS):
            for key in _SETS:
                yield from _texts(item.get(key, []), patterns, depth + 1)
        elif "patternRef" in item:
            found = patterns.get(str(item["patternRef"]))
            listed = found.get("allOf", [found]) if isinstance(found, dict) else found
            yield from _texts(listed if listed is not None else "", patterns, depth + 1)
        elif "selector" in item:
            yield f"{item['selector']}", f"{item.get('operator')}", f"{item.get('value')}"
        else:
            yield str(item.get("predicate") or ""), "", ""


def _is_of_callers(text: str, operator: str, value: str) -> bool:
    """Returns whether a condition reads what callers write as they like."""
    if len(text) > _LONGEST or not text.strip():
        return True
    if operator:
        name = text.partition("|")[0].partition(".@")[0]
        is_loose = operator == "matches" and not value.startswith("^") and _OF_PLACE.fullmatch(name) is not None
        return is_loose or not (_OF_PLACE.fullmatch(name) or _OF_CALLER.match(name))
    names = _ATTRIBUTE.findall(text)
    is_known = bool(names) and all(_OF_PLACE.fullmatch(name) or _OF_CALLER.fullmatch(name) for name in names)
    return not is_known or _MATCHES.search(text) is not None


def _reads_callers(part: ObjectPart, patterns: dict[str, Plain]) -> bool:
    return any(_is_of_callers(*found) for found in _texts(part.data.get("when") or [], patterns))


def _reads_names_alone(part: ObjectPart, patterns: dict[str, Plain]) -> bool:
    """Returns whether a rule reads each request, or each of a caller without a name."""
    return all("auth.identity" in text and not any(_OF_PLACE.fullmatch(name) for name in _ATTRIBUTE.findall(text))
               for text, _, _ in _texts(part.data.get("when") or [], patterns))  # fmt: skip


def _parts(part: ObjectPart, key: str) -> list[ObjectPart]:
    section = part.child(key)
    return [section.child(name) for name in section.data]


def check_skipped(item: ObjectPart) -> Iterator[Outcome]:
    """Yields a failure for each policy that a condition skips for callers who ask for it, and for each way in without
    a name that no right limits."""
    spec = item.child("spec")
    for owner in (spec, spec.child("defaults"), spec.child("overrides")):
        rules = owner.child("rules") if owner is not spec or "rules" in spec.data else spec
        patterns = {**spec.child("patterns").data, **owner.child("patterns").data}
        rights, ways = _parts(rules, "authorization"), _parts(rules, "authentication")
        if _reads_callers(owner, patterns):
            path = owner.path_to("when")
            yield failed(f"{path} skips the policy for callers who write what it reads; compare the method, the host "
                         f"or the whole path, or leave it out", path)  # fmt: skip
        if rights and all(_reads_callers(part, patterns) for part in rights):
            path = rights[0].path_to("when")
            yield failed(f"{path} skips the right for callers who write what it reads", path)
        is_limited = any(_reads_names_alone(part, patterns) for part in rights)
        for way in ways if not is_limited and not owner.data.get("when") else ():
            is_place = bool(way.data.get("when")) and not _reads_callers(way, patterns)
            if way.get("anonymous") is not MISSING and not is_place:
                yield failed(f"{way.path}: whoever calls is let in, and no rule of rights refuses him", way.path)
