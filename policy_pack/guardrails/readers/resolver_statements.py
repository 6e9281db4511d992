"""Reads, in resolvers of AWS AppSync in JavaScript, which statements of SQL are the text of whoever asks.

What stands in a template with the tag `sql`, or in a call of `select`, `insert`, `update` and `remove`, is passed as a
parameter; any other text that `createPgStatement`, `createMySQLStatement` or `statements` gets is the statement itself
(AWS AppSync Developer Guide, "JavaScript resolver function reference for Amazon RDS", read 2026-12-02). The arguments
of a question are `args` or `arguments` of the context ("Resolver context object reference", read 2026-12-02).
"""

import re
from collections.abc import Iterator

from ..engine.lazy_regex import lazy_regex

_CALL = lazy_regex(r"\bcreate(?:Pg|MySql)Statement\s{0,20}\(|\bstatements[\"']?\s{0,20}:\s{0,20}\[", re.IGNORECASE)
_SAFE = lazy_regex(r"(?:await\s{1,9})?(?:sql\s{0,9}`|(?:rds\.)?(?:select|insert|update|remove)\s{0,9}\()")
"""Beginning of a template whose values are parameters, and of a call that makes a statement."""
_OF_CALLER = lazy_regex(r"\b(?:ctx|context)\s{0,9}\??\.\s{0,9}(?:args|arguments)\b")
_ASSIGNED = lazy_regex(r"\b(?:const|let|var)\s{1,9}(\w{1,60})\s{0,9}=\s{0,9}([^;]{1,2000})")
_TAKEN = lazy_regex(
    r"\b(?:const|let|var)\s{0,9}\{([^{}]{1,500})\}\s{0,9}=\s{0,9}(?:ctx|context)(?:\.(?:args|arguments))?(?![\w.])"
    r"|\bfunction\s{1,9}request\s{0,9}\(\s{0,9}\{([^{}]{1,500})\}"
)
_TABLE = lazy_regex(r"\btable\s{0,9}:\s{0,9}([\w.?]{1,100})")
"""The table of a call that makes a statement."""
_LITERAL = lazy_regex(r"'(?:[^'\\\n]|\\.){0,300}'|\"(?:[^\"\\\n]|\\.){0,300}\"")
_OPEN, _CLOSED, _QUOTES = "([{", ")]}", "'\"`"
_LONGEST, _MOST = 4000, 50
"""Characters of a call that are read, and calls."""


def statements_of_callers(code: str) -> Iterator[str]:
    """Yields what of a program the caller writes: a statement, or the name of its table."""
    names = _names_of_callers(code)
    for match in list(_CALL.finditer(code))[:_MOST]:
        for part in _parts(code[match.end() : match.end() + _LONGEST]):
            if _is_of_caller(part, names):
                yield "a statement"
    for match in list(_TABLE.finditer(code))[:_MOST]:
        if _is_of_caller(match[1], names):
            yield "the name of a table"


def _names_of_callers(code: str) -> frozenset[str]:
    """Returns the variables that have what the caller sends, also by another one."""
    names = set[str]()
    for match in list(_TAKEN.finditer(code))[:_MOST]:
        parts = (match[1] or match[2]).split(",")
        taken = {part.rpartition(":")[2].partition("=")[0].strip().lstrip(".") for part in parts}
        names |= taken - {"", "env", "identity", "prev", "request", "result", "source", "stash", "util"}
    for _ in range(3):
        assigned = list(_ASSIGNED.finditer(code))[:_MOST]
        names |= {match[1] for match in assigned if _is_of_caller(match[2], frozenset(names))}
    return frozenset(names)


def _is_of_caller(text: str, names: frozenset[str]) -> bool:
    """Returns whether a text that becomes a statement has a part which the caller writes."""
    if _SAFE.match(text.strip()):
        return False
    plain = _LITERAL.sub("''", text)
    if _OF_CALLER.search(plain):
        return True
    return any(re.search(rf"(?<![\w.]){re.escape(name)}\b(?!\s*:)", plain) for name in names)


def _parts(text: str) -> Iterator[str]:
    """Yields the arguments of a call, or the items of a list, whose beginning is left out."""
    depth, quote, start, previous = 0, "", 0, ""
    for index, char in enumerate(text):
        if quote:
            quote = "" if char == quote and previous != "\\" else quote
        elif char in _QUOTES:
            quote = char
        elif char in _OPEN:
            depth += 1
        elif char in _CLOSED:
            depth -= 1
        if not quote and (depth < 0 or (char == "," and depth == 0)):
            yield text[start:index]
            start = index + 1
        if depth < 0:
            return
        previous = char
