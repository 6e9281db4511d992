"""Filters of Service Bus in SQL that take messages by what they are, not by what they are not.

Listed are comparisons of a property with a value, lists, patterns with a beginning, `EXISTS` and `IS NOT NULL`, joined
by AND and OR, and `1=1` (Microsoft Learn, "Subscription Rule SQL Filter Syntax", read 2026-11-30; the forms in public
repositories read on 2026-11-30 are all of these).
"""

import re

from ..engine.lazy_regex import lazy_regex

_NAME = r"(?:(?:sys|user)\s?\.\s?)?(?:\[[^\]]{1,200}\]|[A-Za-z_][\w-]{0,199})"
_TEXT, _NUMBER = r"'(?:[^']|''){1,500}'", r"-?\d{1,18}(?:\.\d{1,9})?"
_TERM = lazy_regex(
    rf"(?:{_NAME}\s{{0,9}}=\s{{0,9}}(?:{_TEXT}|{_NUMBER}|true)|{_NAME}\s{{0,9}}[<>]=?\s{{0,9}}{_NUMBER}"
    rf"|{_NAME}\s{{1,9}}in\s{{0,9}}\(\s{{0,9}}(?:{_TEXT}|{_NUMBER})(?:\s{{0,9}},\s{{0,9}}(?:{_TEXT}|{_NUMBER})){{0,99}}\s{{0,9}}\)"
    rf"|{_NAME}\s{{1,9}}like\s{{1,9}}'[\w./-](?:[^']|''){{0,500}}'|exists\s{{0,9}}\(\s{{0,9}}{_NAME}\s{{0,9}}\)"
    rf"|{_NAME}\s{{1,9}}is\s{{1,9}}not\s{{1,9}}null|1\s{{0,9}}=\s{{0,9}}1)",
    re.IGNORECASE,
)
_PART = lazy_regex(r"'(?:[^']|'')*'|[()]|\b(?:and|or)\b", re.IGNORECASE)
_LONGEST = 1_024
"""Characters of an expression (Microsoft Learn, "SqlRuleFilter(String) Constructor", read 2026-11-30)."""


def is_positive(expression: str) -> bool:
    """Returns whether each part of a filter has a listed form."""
    return len(expression) <= _LONGEST and all(_TERM.fullmatch(term) for term in _terms(expression))


def _terms(expression: str) -> list[str]:
    """Returns the parts between AND and OR, without the brackets around them."""
    terms, start = list[str](), 0
    for part in _PART.finditer(expression):
        if part[0].lower() in ("and", "or"):
            terms.append(expression[start : part.start()])
            start = part.end()
    return [_bare(term) for term in (*terms, expression[start:])]


def _bare(term: str) -> str:
    """Returns a part without brackets that are opened or closed outside of it."""
    text = term.strip()
    while text.startswith("("):
        text = text[1:].strip()
    while text.endswith(")") and text.count(")") > text.count("("):
        text = text[:-1].strip()
    return text
