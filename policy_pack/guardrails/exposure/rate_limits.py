"""Rules of a web firewall that count requests by what their senders choose, so that no sender is ever counted.

Each distinct set of values of the keys is counted by itself, and requests that lack one of them are left out (AWS WAF,
RateBasedStatementCustomKey, read 2026-12-02). Where the sender comes from, and what he proves himself with, count him;
a method or a path counts all senders together. AWS's own example counts pairs of an address and a browser ("Rate-based
rule examples", as known), so that an address beside another key passes. Properties by pulumi-aws 7.51.1.
"""

import re
from collections.abc import Iterator

from ..engine.lazy_regex import lazy_regex
from ..engine.reading import UNKNOWN, Plain, Resource, mappings, one_or_many
from ..engine.rows import aws
from ..engine.verdicts import Outcome, failed

RATE_LIMITED = aws("wafv2/WebAcl", "wafv2/RuleGroup", "wafv2/WebAclRule")
_OF_SENDER = frozenset({"ip", "forwardedIp", "asn", "ja3Fingerprint", "ja4Fingerprint", "labelNamespace"})
_CHOSEN = ("header", "cookie", "queryArgument", "queryString")
_CREDENTIAL = lazy_regex(
    r"auth(?!or(?!i[sz]))|token|api-?key|jwt|signature|session|bearer|credential|secret|client-?(?:cert|id)|tenant|sid$",
    re.IGNORECASE,
)
"""Names of what a sender proves himself with, or of what he has in common with others."""
_ADDRESS = lazy_regex(r".*(?:-ip|forwarded-for|forwarded|viewer-address)", re.IGNORECASE)
"""Headers into which a network of delivery writes the address of the sender."""


def check_rate_limits(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure for each rule whose sender says himself by what he is counted."""
    for path, entry in mappings(resource.props):
        keys = [item for item in one_or_many(entry.get("customKeys")) if isinstance(item, dict)]
        names = {name for item in keys for name, value in item.items() if value is not None}
        chosen = [name for name in _CHOSEN for item in keys if item.get(name) is not None and _is_free(item[name])]
        if chosen and not names & _OF_SENDER:
            text = f"{path}.customKeys counts requests by a {chosen[0]} that their sender chooses: add ip"
            yield failed(text, f"{path}.customKeys")


def _is_free(key: Plain) -> bool:
    """Returns whether a part of a request says nothing of who sends it."""
    name = key.get("name") if isinstance(key, dict) else None
    if key is UNKNOWN or name is UNKNOWN:
        return False
    text = str(name or "")
    return _CREDENTIAL.search(text) is None and _ADDRESS.fullmatch(text) is None
