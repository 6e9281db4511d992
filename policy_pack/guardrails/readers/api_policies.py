"""Addresses in the policies of API Management, which are XML with expressions in C#."""

import html
import re

from ..engine.reading import Plain
from .addresses import UNREADABLE, Address, addresses, urls

_COMPUTED = re.compile(r"(?:base-url\s*=\s*[\"']|<set-url>)\s*(?:@|\{\{)")
"""An address that an expression or a named value decides."""


def policy_addresses(value: Plain) -> tuple[Address, ...]:
    """Returns the hosts to which a policy sends requests; `UNREADABLE` for an address that is computed. A policy may
    also be the address of a document."""
    text = html.unescape(str(value)).strip()
    if text[:1] != "<":
        return addresses(text)
    computed = (UNREADABLE,) if _COMPUTED.search(text) else ()
    return (*urls(text), *computed)
