"""Policies of Verified Access, which say in Cedar who is let in: what no statement permits is denied.

The context of a request has the claims of each trust provider under the name of its reference, and the request itself,
which everybody sends; `has` only says that there is an attribute (AWS Verified Access User Guide, "Verified Access
policy statement structure" and "Default context", as known on 2026-11-28).
"""

import re

from ..engine.conditions import Condition
from ..engine.verdicts import Verdict

_EVERYBODYS = re.compile(
    r"\bcontext\s*(?:\.\s*http_request\b|\[\s*\"http_request\"\s*\])[\w.]*"
    r"|\b[\w.]+\s+has\s+[\w.]+|\b[\w.]+\s+like\s+\"\*+\""
)
"""Parts of a condition that every request can meet."""
_ABOUT_CALLER = re.compile(r"\bcontext\s*(?:\.\s*\w+|\[\s*\"[^\"]+\"\s*\])\s*[.\[]|\bprincipal\s*(?:==|\bin\b|\.)")


def _names_caller(statement: str) -> bool:
    """Returns whether a permit has a condition on what a trust provider says of the caller."""
    clause = re.split(r"\b(?:when|unless)\b", statement, maxsplit=1)[1:]
    return bool(clause) and _ABOUT_CALLER.search(_EVERYBODYS.sub("", clause[0])) is not None


LIMITED_PERMITS = Condition(
    "must have in every permit statement a condition on an attribute of the trust provider",
    lambda value: all(_names_caller(item) for item in str(value).split(";") if "permit" in item),
    missing=Verdict.PASS,
)
"""Every statement that permits says something of the caller that not everybody can say."""
