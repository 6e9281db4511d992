"""Policies of Cedar that permit everybody everything, because no condition of a listed form limits them.

Cedar permits what one `permit` matches, if all its `when` hold and none of its `unless` (cedar-policy/
cedar-docs 588535e docs/collections/_policies/syntax-policy.md and syntax-operators.md, read 2026-11-30). Which
conditions limit is a list, in `cedar_conditions`; any other form limits nothing, such as a comparison of something with
itself, `like "*"`, a constant, or `has` alone.
"""

from collections.abc import Iterator

from ..engine.lazy_regex import lazy_regex
from .cedar_conditions import closing, is_limit

_TEXT_OR_COMMENT = lazy_regex(r"\"(?:[^\"\\]|\\[\s\S])*\"|//[^\n]*")
_EVERYBODY = (
    r"(?:[A-Za-z_]\w*+\s*+::\s*+){0,9}(?:User|OAuthUser|IamEntity|Customer|Person|Principal|Identity|Account|Subject)"
)
"""Types of principals that whoever signs in has: those of gateways are AgentCore::OAuthUser and, with the sign-in of
AWS, AgentCore::IamEntity (Amazon Bedrock AgentCore Developer Guide, "Schema constraints", read 2026-12-01). Others,
such as a role of services, are narrower."""
_OPEN_PERMIT = lazy_regex(
    rf"\bpermit\s*+\(\s*+principal(?:\s++is\s++{_EVERYBODY})?\s*+,\s*+action\s*+,\s*+resource"
    r"(?:\s++is\s++AgentCore\s*+::\s*+Gateway)?\s*+(?:,\s*+)?\)\s*+"
)
_CLAUSE = lazy_regex(r"\s*(when|unless)\s*(?=\{)")
_LONGEST = 10_000
"""Characters of a clause that is read, as many as a policy has (AWS, "Quotas for Amazon Verified Permissions": size of
a policy, 10,000 bytes, read 2026-11-30)."""


def permits_everything(text: str) -> bool:
    """Returns whether one of the policies of a text permits every principal every action on every resource."""
    plain = _TEXT_OR_COMMENT.sub(lambda found: found[0] if found[0].startswith('"') else " ", text)
    return any(not _is_limited(plain, match.end()) for match in _OPEN_PERMIT.finditer(plain))


def _is_limited(text: str, start: int) -> bool:
    """Returns whether one of the clauses after the head of a permit limits it. A clause that is not closed limits
    nothing."""
    return any(is_limit(inner, is_negated=kind == "unless") for kind, inner in _clauses(text, start))


def _clauses(text: str, start: int) -> Iterator[tuple[str, str]]:
    """Yields the kind and the condition of each clause after the head of a permit."""
    while (match := _CLAUSE.match(text, start)) is not None:
        end = closing(text, match.end(), _LONGEST)
        if end < 0:
            return
        yield match[1], text[match.end() + 1 : end]
        start = end + 1
