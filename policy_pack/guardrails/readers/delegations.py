"""Conditions of role assignments: whether they keep whoever assigns roles from giving the administrators' roles.

Format and operators by https://learn.microsoft.com/azure/role-based-access-control/conditions-format, and the examples
of delegate-role-assignments-examples; conditions that leave out Owner, User Access Administrator and Role Based Access
Control Administrator, as the template of the portal does, in ten public repositories (found as a string); read
2026-11-30. What is not understood confines nothing.
"""

import re
from collections.abc import Collection
from fnmatch import fnmatchcase

from ..engine.lazy_regex import lazy_regex

_WRITE = "microsoft.authorization/roleassignments/write"
_ROLE = "microsoft.authorization/roleassignments:roledefinitionid"
_KIND = "microsoft.authorization/roleassignments:principaltype"
_TOKEN = lazy_regex(
    r"\s*(?:(?P<action>(?:Sub)?(?:Action|Operation)Matches|SubOperationMatches)\s*\{\s*'(?P<pattern>[^'{}]{1,300})'\s*\}"
    r"|(?P<exists>Exists)\s+@\w{1,40}\[[^\]]{1,300}\]"
    r"|@(?P<source>\w{1,40})\[(?P<attribute>[^\]]{1,300})\]\s*(?P<operator>[\w:]{1,80})\s*"
    r"(?:\{(?P<values>[^{}]*)\}|(?P<value>'[^']{0,300}'|[\w-]{1,300}|@\w{1,40}\[[^\]]{1,300}\]))"
    r"|(?P<word>AND\b|OR\b|&&|\|\||!|NOT\b|\(|\)))",
    re.IGNORECASE,
)
_LONGEST, _DEEPEST = 20_000, 50
_BOTH = frozenset({True, False})
_Possible = frozenset[bool]


class _UnreadableError(ValueError):
    """A condition is not one that this reader understands."""


def keeps_from(condition: str, roles: Collection[str]) -> bool:
    """Returns whether a condition never lets one of these roles, by GUID, be assigned."""
    try:
        tokens = _tokens(condition)
        return bool(tokens) and all(True not in _Reading(tokens, role.lower()).possible() for role in roles)
    except _UnreadableError:
        return False


def lets_assign(condition: str, role: str, kind: str) -> bool:
    """Returns whether a condition names a role, by GUID, that it lets be assigned to principals of a kind, such as
    `user`."""
    if role.lower() not in condition[:_LONGEST].lower():
        return False
    try:
        return True in _Reading(_tokens(condition), role.lower(), kind.lower()).possible()
    except _UnreadableError:
        return True


def _tokens(condition: str) -> list[re.Match[str]]:
    text, place, found = condition.rstrip(), 0, list[re.Match[str]]()
    if len(text) > _LONGEST:
        raise _UnreadableError
    while place < len(text):
        token = _TOKEN.match(text, place)
        if token is None:
            raise _UnreadableError
        found.append(token)
        place = token.end()
    return found


class _Reading:
    """One reading of a condition, for the assignment of one role, to principals of one kind unless it is empty: of
    whatever else it asks, both answers count."""

    def __init__(self, tokens: list[re.Match[str]], role: str, kind: str = "") -> None:
        self._tokens, self._place, self._depth = tokens, 0, 0
        self._asked = {_ROLE: role, **({_KIND: kind} if kind else {})}

    def possible(self) -> _Possible:
        """Returns the values that the condition may have."""
        result = self._either()
        if self._place < len(self._tokens):
            raise _UnreadableError
        return result

    def _next(self, *words: str) -> bool:
        token = self._tokens[self._place] if self._place < len(self._tokens) else None
        if token is None or (token["word"] or "").lower() not in words:
            return False
        self._place += 1
        return True

    def _either(self) -> _Possible:
        result = self._each()
        while self._next("or", "||"):
            other = self._each()
            result = frozenset(one or two for one in result for two in other)
        return result

    def _each(self) -> _Possible:
        result = self._term()
        while self._next("and", "&&"):
            other = self._term()
            result = frozenset(one and two for one in result for two in other)
        return result

    def _term(self) -> _Possible:
        self._depth += 1
        if self._depth > _DEEPEST or self._place >= len(self._tokens):
            raise _UnreadableError
        if self._next("!", "not"):
            result = frozenset(not value for value in self._term())
        elif self._next("("):
            result = self._either()
            if not self._next(")"):
                raise _UnreadableError
        else:
            token = self._tokens[self._place]
            if token["word"]:
                raise _UnreadableError
            self._place += 1
            result = self._value(token)
        self._depth -= 1
        return result

    def _value(self, token: re.Match[str]) -> _Possible:
        if (token["action"] or "").lower() == "actionmatches":
            return frozenset({fnmatchcase(_WRITE, token["pattern"].strip().lower().replace("[", "[[]"))})
        given = self._asked.get((token["attribute"] or "").lower())
        if given is None or token["source"].lower() != "request":
            return _BOTH
        texts = token["values"].split(",") if token["values"] is not None else [token["value"]]
        values = {text.strip().strip("'").lower() for text in texts} - {""}
        comparison = re.sub(r"^forany\w+:|^forall\w+:", "", token["operator"].lower())
        if not values or any(text.startswith("@") for text in values):
            return _BOTH
        if comparison in ("guidequals", "stringequals", "stringequalsignorecase"):
            of_all = token["operator"].lower().startswith(("foranyofall", "forallofall"))  # no role equals two
            return frozenset({given in values and not (of_all and len(values) > 1)})
        if comparison in ("guidnotequals", "stringnotequals", "stringnotequalsignorecase"):
            of_any = token["operator"].lower().startswith(("foranyofany", "forallofany"))  # of two, one is another
            return frozenset({given not in values or (of_any and len(values) > 1)})
        return _BOTH
