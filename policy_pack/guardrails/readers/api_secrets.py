"""Named values of API Management that are secrets, in answers to callers.

A named value stands in double braces, in an expression as in a text (copies of "Use named values in Azure API
Management policies", read 2026-12-02). An expression may sign or compare with one, and requests to other services have
it. A template of Liquid has its own names in double braces, with a dot (MicrosoftDocs/azure-docs 03acc2f3
articles/api-management/set-body-policy.md, read 2026-12-02).
"""

import re
from collections.abc import Iterator

from ..engine.lazy_regex import lazy_regex
from ..engine.reading import Plain
from .api_guards import VARIABLE, answers_to_callers, plain_text
from .api_policies import elements

_SECRET = lazy_regex(
    r"\{\{\s{0,9}(?![\w.-]{0,200}public)"
    r"(?![\w.-]{0,200}(?:(?:partition|cache|sort|row|foreign|routing|correlation|idempotency)[-_.]?keys?"
    r"|(?:page|continuation|next)[-_.]?token)\s{0,9}\}\})"
    r"(?P<name>[\w.-]{0,200}(?:key|secret|password|passwd|pwd|token|credential|connection-?string|[-_.]sas)s?"
    r"(?:-?value)?)\s{0,9}\}\}",
    re.IGNORECASE,
)
"""Named value whose name says that it is a secret. Keys of caches and tables, and tokens of pages, are none."""
_AS_IT_IS = lazy_regex(r"\s{0,9}@[({]\s{0,9}(?:return\s{1,9})?[\"'](.*)", re.DOTALL)
_USES = lazy_regex(r"HMAC|SHA\d|Hash|Encrypt|Sign|Verify|[=!]=|\bEquals\b|\bCompare", re.IGNORECASE)
"""What an expression does with a secret that stays one."""
_NAME = lazy_regex(r"\bname\s{0,9}=\s{0,9}[\"']([\w.-]{1,100})")
_TO = lazy_regex(r"\bto\s{0,9}=\s{0,9}(?:\"([^\"]{0,2000})\"|'([^']{0,2000})')")
_LIQUID = lazy_regex(r"\btemplate\s{0,9}=\s{0,9}[\"']\s{0,9}liquid\b", re.IGNORECASE)


def keeps_its_secrets(value: Plain) -> bool:
    """Returns whether no answer to a caller has a named value that is a secret, as it is or by a variable."""
    text = plain_text(value)
    variables = frozenset(
        found[1]
        for attributes, _ in elements(text, "set-variable")
        if (found := _NAME.search(attributes))
        and _shows_secret(attributes.partition("value")[2].lstrip(" =\"'"), False)
    )
    return not any(
        _shows_secret(content, is_liquid)
        or (content.lstrip().startswith("@") and not _USES.search(content)
            and not variables.isdisjoint(VARIABLE.findall(content)))
        for answer in answers_to_callers(text)
        for content, is_liquid in _contents(answer)
    )  # fmt: skip


def _contents(answer: str) -> Iterator[tuple[str, bool]]:
    """Yields what an answer gets, each with whether it is a template of Liquid."""
    for name in ("set-header", "set-body"):
        for attributes, body in elements(answer, name):
            is_liquid = _LIQUID.search(attributes) is not None
            yield from ((content, is_liquid) for content in body.split("<value>"))
    for attributes, _ in elements(answer, "find-and-replace"):
        yield from ((found[1] or found[2] or "", False) for found in _TO.finditer(attributes))


def _shows_secret(content: str, is_liquid: bool) -> bool:
    found = _AS_IT_IS.match(content)
    if found and _SECRET.match(found[1]):
        return True
    if content.lstrip().startswith("@") and _USES.search(content):
        return False
    return any(not is_liquid or "." not in secret["name"] for secret in _SECRET.finditer(content))
