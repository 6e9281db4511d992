"""Policies of Verified Access, which say in Cedar who is let in: what no statement permits is denied.

The context of a request has the claims of each trust provider under the name of its reference, and the request itself,
which everybody sends, with an address that says nothing of the person; `has` only says that there is an attribute.
Comments begin with // (AWS Verified Access User Guide, "Verified Access policy statement structure" and "Default
context for Verified Access trust data", read 2026-11-30).
"""

import re

from ..engine.conditions import Condition
from ..engine.lazy_regex import lazy_regex
from ..engine.verdicts import Verdict

_EVERYBODYS = lazy_regex(
    r"\bcontext\s*(?:\.\s*http_request\b|\[\s*\"http_request\"\s*\])[\w.]*"
    r"|\b[\w.]{1,200}+\s++has\s++[\w.]+|\b[\w.]{1,200}+\s++like\s++\"\*+\""
)
"""Parts of a condition that every request can meet."""
_ALWAYS = lazy_regex(r"(?:\{|\|\|)\s{0,99}true\s{0,99}(?:\}|\|\|)|\b(?:if|else)\s{1,99}true\b")
"""An alternative that is always met, whatever stands beside it."""
_ITSELF = lazy_regex(r"(?<![\w.])(?P<one>context(?:\.\w{1,60}){1,9})\s{0,9}(?:[<>]?=)=?\s{0,9}(?P=one)(?![\w.\[(])")
"""A comparison of an attribute with itself."""
_ABOUT_CALLER = lazy_regex(r"\bcontext\s*(?:\.\s*\w+|\[\s*\"[^\"]+\"\s*\])\s*[.\[]|\bprincipal\s*(?:==|\bin\b|\.)")
_TEXT_OR_COMMENT = lazy_regex(
    r"(?P<kept>(?:\[\s{0,9})\"[^\"\\\n]*\"|\"\*+\")|\"[^\"\\\n]*(?:\\.[^\"\\\n]*)*\"?|//[^\n]*"
)
"""Texts and comments: what stands in them is no condition, but for the name of an attribute in brackets and a pattern
that everything matches."""


def _without_texts(policy: str) -> str:
    """Returns a policy without its comments, and with empty texts."""
    return _TEXT_OR_COMMENT.sub(lambda found: found["kept"] or ('""' if found[0].startswith('"') else " "), policy)


def _names_caller(statement: str) -> bool:
    """Returns whether a permit has a condition on what a trust provider says of the caller."""
    clause = re.split(r"\b(?:when|unless)\b", statement, maxsplit=1)[1:]
    if not clause or _ALWAYS.search(clause[0]):
        return False
    return _ABOUT_CALLER.search(_EVERYBODYS.sub("", _ITSELF.sub("", clause[0]))) is not None


LIMITED_PERMITS = Condition(
    "must have in every permit statement a condition on an attribute of the trust provider",
    lambda value: all(_names_caller(item) for item in _without_texts(str(value)).split(";") if "permit" in item),
    missing=Verdict.PASS,
)
"""Every statement that permits says something of the caller that not everybody can say."""
