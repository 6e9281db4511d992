"""Checks of callers by NGINX that let everybody in: they ask a location that always agrees, or serve refused calls.

`auth_request` lets a call in where the subrequest returns 2xx, and refuses it for 401 and 403 (nginx,
ngx_http_auth_request_module, read 2026-12-02). `error_page` takes a refused call with its address to a named location
(nginx, ngx_http_core_module, in copies of its page, read 2026-12-02): a page on which to sign in is good there, the
server behind the check is not. A location that decides by `if` may refuse.
"""

import re
from collections.abc import Iterable, Iterator

from ..engine.lazy_regex import lazy_regex
from ..engine.verdicts import Outcome, failed
from ..readers.leaf_cache import cached_by_text
from ..readers.texts import Leaf

_WORD = "auth_request"
_COMMENT = lazy_regex(r"(?:^|(?<=\s))#[^\n]{0,2000}", re.MULTILINE)
_LOCATION = lazy_regex(
    r"\blocation[ \t]{1,9}(?:(?:=|\^~)[ \t]{0,9})?[\"']?(?P<path>[@/][^\s{\"']{0,200})[\"']?\s{0,9}\{"
    r"(?P<body>[^{}]{0,4000})"
)
"""A location, and what stands in it before any block of its own."""
_DIRECTIVE = lazy_regex(r"(?:^|(?<=[;{}]))\s{0,80}(?P<name>[a-z_]{2,40})[ \t\n]{1,40}(?P<value>[^;{}]{1,400})(?=;)")
_AGREES = lazy_regex(r"2\d\d(?!\d)")
_REFUSED = lazy_regex(
    r"(?:\d{3}\s{1,9}){0,9}40[13]\s{1,9}(?:\d{3}\s{1,9}){0,9}(?:=\s{0,9}(?:200\s{1,9})?)?(?P<place>@\S{1,99})"
)
_DECIDES = frozenset({"allow", "auth_basic", "auth_jwt", "deny", "if", "js_content", "content_by_lua", "perl"})
_HARM = "each caller passes the check of who he is"


def _directives(text: str) -> dict[str, str]:
    return {found["name"]: found["value"].strip().strip("\"'") for found in _DIRECTIVE.finditer(text)}


@cached_by_text
def _lets_everybody_in(text: str) -> bool:
    """Returns whether a check of a file asks a location that always agrees, or what it refuses is served after all."""
    whole = _COMMENT.sub("", text)
    asked = {found["value"].strip().strip("\"'") for found in _DIRECTIVE.finditer(whole) if found["name"] == _WORD}
    refused = {match["place"] for found in _DIRECTIVE.finditer(whole) if found["name"] == "error_page"
               and (match := _REFUSED.fullmatch(found["value"].strip())) is not None}  # fmt: skip
    checked, served = set[str](), set[str]()
    for found in _LOCATION.finditer(whole):
        inside, path = _directives(found["body"]), found["path"]
        always = _AGREES.match(inside.get("return", "")) is not None and _DECIDES.isdisjoint(inside)
        if path in asked and always:
            return True
        if "proxy_pass" in inside and "rewrite" not in inside:
            (served if path in refused and _WORD not in inside else checked).add(inside["proxy_pass"])
    return not checked.isdisjoint(served)


def check_auth_subrequests(leaves: Iterable[Leaf]) -> Iterator[Outcome]:
    """Yields a failure for each file of NGINX whose check of callers lets everybody in."""
    for leaf in leaves:
        if isinstance(leaf.value, str) and _WORD in leaf.value and _lets_everybody_in(leaf.value):
            yield failed(f"{leaf.path}: {_HARM}", leaf.path)
