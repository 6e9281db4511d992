"""Addresses to which policies of API Management send requests. The policies are XML with expressions in C#.

Elements and attributes that set an address: `base-url` of set-backend-service, `set-url` of send-request,
send-one-way-request and the HTTP requests of resolvers, and `url` of proxy (Microsoft, API Management policy reference,
2026-11-27). Origins of CORS, issuers of tokens and namespaces are addresses to which nothing is sent.
"""

import html
import re
from collections.abc import Iterator

from ..engine.reading import Plain
from .addresses import UNREADABLE, Address, addresses

_BASE = re.compile(r"\bbase-url\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_PROXY = re.compile(r"\burl\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_COMPUTED = ("@", "{{")
"""How an expression and a named value begin."""


def policy_addresses(value: Plain) -> tuple[Address, ...]:
    """Returns the hosts to which a policy sends requests; `UNREADABLE` for an address that is computed. A policy may
    also be the address of a document."""
    text = str(value).strip()
    if text[:1] != "<":
        return addresses(text)
    return tuple(
        address
        for item in _values(text)
        for address in ((UNREADABLE,) if item.startswith(_COMPUTED) else addresses(item))
    )


def _values(text: str) -> Iterator[str]:
    """Yields the values that set an address. The text is split at each element, so that the time is linear."""
    found = [
        *("".join(groups) for groups in _BASE.findall(text)),
        *(part.partition(">")[2].partition("</set-url")[0] for part in text.split("<set-url")[1:]),
        *("".join(groups) for part in text.split("<proxy")[1:] for groups in _PROXY.findall(part.partition(">")[0])),
    ]
    yield from (html.unescape(item).strip() for item in found)
