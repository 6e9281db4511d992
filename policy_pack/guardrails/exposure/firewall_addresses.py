"""Rules of a web firewall that believe an address or a length that callers write, or look past long requests.

Of an address in a header, AWS WAF takes the first for countries, networks and limits, and for sets of addresses the one
whose place the rule names; a proxy adds its caller's at the end, so that the first is what the client wrote. A request
without the header meets no such statement (botocore 1.44.8, wafv2, ForwardedIPConfig, IPSetForwardedIPConfig and
OversizeHandling; AWS WAF Developer Guide, "Using forwarded IP addresses in AWS WAF"; read 2026-11-30; properties by
pulumi-aws 7.51.1). Networks of delivery write their own header anew for each request: what it says counts.
"""

from collections.abc import Iterator, Mapping

from ..engine.reading import Plain, Resource, items_of, one_or_many
from ..engine.rows import aws
from ..engine.verdicts import Outcome, failed

FIREWALLS = aws("wafv2/WebAcl", "wafv2/RuleGroup", "wafv2/WebAclRule")
_RULES = aws("wafv2/WebAclRule")
_STOPPING = ("block", "captcha", "challenge")
_OF_A_PROXY = frozenset({"cf-connecting-ip", "cloudfront-viewer-address", "x-azure-socketip"})
"""Headers that a network of delivery writes anew. What callers write stays in others: Fastly-Client-IP (fastly.com),
X-Azure-ClientIP (MicrosoftDocs/azure-docs 0033b7c articles/frontdoor/front-door-http-headers-protocol.md) and, outside
one plan of Cloudflare, True-Client-IP (Cloudflare, "HTTP request headers"); read 2026-11-30."""
_USUAL = _OF_A_PROXY | {
    "x-forwarded-for", "forwarded", "x-real-ip", "x-client-ip", "x-original-forwarded-for", "true-client-ip",
    "fastly-client-ip", "x-azure-clientip", "akamai-client-ip", "cf-connecting-ipv6", "incap-client-ip",
    "x-sucuri-clientip",
}  # fmt: skip
"""Headers in which proxies write an address at all: limits by the first one count most clients."""
_FORWARDED = ("ipSetForwardedIpConfig", "forwardedIpConfig")
_INSPECTED = ("sqliMatchStatement", "xssMatchStatement", "byteMatchStatement", "regexMatchStatement",
              "regexPatternSetReferenceStatement")  # fmt: skip
_LONG = ("body", "jsonBody", "headers", "cookies", "headerOrder", "headerOrders")
"""Parts of a request that are longer than what AWS WAF reads."""
_SIZE_GROUP = "AWSManagedRulesCommonRuleSet"
"""Managed rules with one that blocks long bodies (SizeRestrictions_BODY)."""


def check_addresses(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure for each statement of a firewall that callers meet, or escape, by what they write."""
    rules = list(_rules(resource))
    has_limit = any(_limits_length(rule) for _, rule in rules)
    for path, rule in rules:
        effect = _effect(rule)
        for place, name, statement, is_negated in _statements(rule.get("statement"), f"{path}statement"):
            lets_in = (effect == "allow") is not is_negated and effect in ("allow", "block")
            yield from _forwarded(place, name, statement, lets_in=lets_in)
            is_stop = effect == "block" and not is_negated
            if is_stop and not has_limit and name in _INSPECTED and _skips_long(statement):
                yield failed(f"{place} does not find anything in a long request, and no rule stops one", place)
            if lets_in and name in _INSPECTED and _takes_long(statement, is_negated=is_negated):
                yield failed(f"{place} lets long requests in unseen", place)


def _rules(resource: Resource) -> Iterator[tuple[str, Mapping[str, Plain]]]:
    """Yields the rules of a resource, with the beginning of their paths."""
    if resource.type in _RULES:
        yield "", resource.props
        return
    for index, rule in enumerate(items_of(resource.get("rules"))):
        if isinstance(rule, dict):
            yield f"rules[{index}].", rule


def _effect(rule: Mapping[str, Plain]) -> str:
    """Returns `allow` or `block`, if the rule ends the evaluation. A group of rules has no action of its own."""
    action = rule.get("action")
    used = action if isinstance(action, dict) else {}
    if used.get("allow") is not None:
        return "allow"
    return "block" if not used or any(used.get(key) is not None for key in _STOPPING) else ""


def _statements(
    value: Plain, path: str, *, is_negated: bool = False
) -> Iterator[tuple[str, str, Mapping[str, Plain], bool]]:
    """Yields each statement that compares, with its path, its name and whether it must not be met."""
    for name, part in value.items() if isinstance(value, dict) else ():
        if not isinstance(part, dict):
            continue
        place = f"{path}.{name}"
        if name in ("andStatement", "orStatement"):
            for index, item in enumerate(items_of(part.get("statements"))):
                yield from _statements(item, f"{place}.statements[{index}]", is_negated=is_negated)
        elif name == "notStatement":
            for key in ("statement", "statements"):
                for item in one_or_many(part.get(key)):
                    yield from _statements(item, f"{place}.{key}", is_negated=not is_negated)
        else:
            yield place, name, part, is_negated
            scope = part.get("scopeDownStatement")
            yield from _statements(scope, f"{place}.scopeDownStatement", is_negated=is_negated)


def _forwarded(path: str, name: str, statement: Mapping[str, Plain], *, lets_in: bool) -> Iterator[Outcome]:
    """Yields a failure if a statement believes an address that callers write."""
    for key in _FORWARDED:
        config = statement.get(key)
        if not isinstance(config, dict):
            continue
        place, header = f"{path}.{key}", str(config.get("headerName")).strip().lower()
        if name == "rateBasedStatement":
            if isinstance(config.get("headerName"), str) and header not in _USUAL:
                yield failed(f"{place} counts by the header {header}, which callers write or leave out", place)
        elif lets_in and config.get("fallbackBehavior") == "MATCH":
            yield failed(f"{place} lets in whoever writes no address at all into the header", place)
        elif lets_in and header not in _OF_A_PROXY and str(config.get("position", "FIRST")).upper() != "LAST":
            yield failed(f"{place} lets in whoever writes an address into the header {header}", place)


def _parts(statement: Mapping[str, Plain]) -> Iterator[Mapping[str, Plain]]:
    """Yields what a statement looks into, if it may be longer than what is read."""
    field = statement.get("fieldToMatch")
    found = field if isinstance(field, dict) else {}
    for name in _LONG:
        yield from (part for part in one_or_many(found.get(name)) if isinstance(part, dict))


def _skips_long(statement: Mapping[str, Plain]) -> bool:
    return any(part.get("oversizeHandling") == "NO_MATCH" for part in _parts(statement))


def _takes_long(statement: Mapping[str, Plain], *, is_negated: bool) -> bool:
    met = "NO_MATCH" if is_negated else "MATCH"
    return any(part.get("oversizeHandling") == met for part in _parts(statement))


def _limits_length(rule: Mapping[str, Plain]) -> bool:
    """Returns whether a rule stops long requests: by their size, because they are too long to be read, or as one of the
    managed rules."""
    found = list(_statements(rule.get("statement"), ""))
    if any(name == "managedRuleGroupStatement" and part.get("name") == _SIZE_GROUP for _, name, part, _ in found):
        return True
    return _effect(rule) == "block" and any(
        not is_negated and (name == "sizeConstraintStatement" or _takes_long(part, is_negated=False))
        for _, name, part, is_negated in found
    )
