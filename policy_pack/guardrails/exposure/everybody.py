"""Everybody, by address or by name, in any property of any type.

Rules of networks and of callers evaluate the properties that they know. This one reads all others, so that a list of
callers of a type that nobody thought of is not open either. Where every address is ordinary, such as the destination of
a route, a table says so, with the reason; it was reviewed on 2026-11-28 against the property names of pulumi-aws 7.51.1
and pulumi-azure-native 3.29.0.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from ..engine.families import exposure_rule
from ..engine.lazy_regex import lazy_regex
from ..engine.reading import Plain, Resource, items_of
from ..engine.rows import Guardrail, Predicate, Severity, aws, azure
from ..engine.verdicts import Outcome, failed, passed
from ..readers.cidrs import cover_any_address

_ADDRESS = lazy_regex(r"[0-9a-f:.]+/\d{1,3}|[0-9.]+\s?-\s?[0-9.]+", re.IGNORECASE)
"""A network or a range. A single address, such as 0.0.0.0, may be the one on which a server listens."""
_CALLERS = lazy_regex(
    r".*(?:source|client|caller|remote|allow(?:ed)?|permitted|white)\w*(?:ip|address|cidr|range|prefix|list)\w*"
    r"|ip(?:address)?(?:range|mask)s?",
    re.IGNORECASE,
)
"""Keys of addresses that are let in, in which also a word or `*` is everybody."""
_GROUP = lazy_regex(
    r"https?://acs\.amazonaws\.com/groups/global/(?:all|authenticated)users|all_?(?:authenticated_?)?users"
    r"|(?:.*/)?groups/guests"
    r"|@?(?:[^\\/]{1,64}\\+)?(?:authenticated_?users|everyone|this organization|pre-windows 2000 compatible access"
    r"|(?:domain|authenticated|anonymous) (?:users|guests|computers|logon))"
    r"|@?(?:builtin\\+(?:users|guests)|nt authority\\+(?:network|(?:remote )?interactive(?: logon)?"
    r"|terminal server user|dialup|iusr))"
    r"|S-1-(?:1-0|5-(?:[1247]|1[13457]|32-54[56]|32-554|21(?:-\d+){3}-5(?:01|1[345])))",
    re.IGNORECASE,
)
"""Groups of everybody: those of S3 (User Guide, "ACL overview"), the guests of API Management (Microsoft Learn, "How to
create and use groups"), and those of Windows with every user, guest or machine of a domain, or with whoever signs in,
by name and by number (MicrosoftDocs/windowsserverdocs 04f13342 WindowsServerDocs/identity/ad-ds/manage/
understand-security-identifiers.md, read 2026-12-01, with the accounts of guests and of anonymous callers of a web
server; S-1-5-32-545, -546 and -554 by copies of "Well-known security identifiers", read 2026-12-01). Storage Gateway
writes `@` before a group (AWS Storage Gateway API Reference, CreateSMBFileShare, AdminUserList; botocore 1.44.8)."""
_ORDINARY_KEYS = lazy_regex(
    r".*(?:destination|target|block(?:ed|list)|den(?:ied|y)|exclud|reserved|disallow)\w*"
    r"|(?:local|remote)ipv[46]networkcidr"
    r"|(?:source|client|remote|allow(?:ed)?|permitted)?ports?(?:range|list)?s?",
    re.IGNORECASE,
)
"""Keys of where traffic leads, of what is refused, and of ports, which are no addresses. A VPN negotiates every address
by default."""
_ORDINARY_PATHS = lazy_regex(r"(?:^|\.)(?:egress|outbound|routes|\w*Routes|filters|matchConditions|Condition)\b")
"""Paths below rules for what leaves, routes, filters of logs and of searches, and conditions of policies: one that
limits nobody counts only together with the principals, which rules of policies evaluate."""
_ORDINARY_TYPES: dict[str, str] = {
    **dict.fromkeys(aws("ec2/Route", "ec2clientvpn/Route", "ec2transitgateway/Route", "ec2/VpnConnectionRoute"),
                    "is a route: what it leads to decides"),
    **dict.fromkeys(azure("network:Route", "network:LocalNetworkGateway"), "is a route: what it leads to decides"),
    **dict.fromkeys(aws("directconnect/GatewayAssociation", "directconnect/GatewayAssociationProposal",
                        "ec2transitgateway/PolicyTableEntry"), "announces routes"),
    **dict.fromkeys(aws("wafv2/IpSet", "waf/IpSet", "wafregional/IpSet", "guardduty/IPSet", "guardduty/ThreatIntelSet"),
                    "is a set that the rules which use it let in or refuse"),
    **dict.fromkeys(aws("networkfirewall/RuleGroup"), "has FJ-EXP-127"),
    **dict.fromkeys(aws("networkfirewall/TlsInspectionConfiguration"),
                    "says what is inspected, and lets nobody in"),
    **dict.fromkeys(aws("ec2/Vpc", "ec2/Subnet", "ec2/VpcIpv4CidrBlockAssociation"),
                    "has addresses of its own: they let nobody in"),
    # What AWS gives it (pulumi-aws, DefaultNetworkAcl; AWS Security Hub CSPM, EC2.21: no findings for a default network
    # ACL; read 2026-11-30).
    **dict.fromkeys(aws("ec2/DefaultNetworkAcl"), "allows everything without a program, too"),
    **dict.fromkeys(aws("ses/ReceiptFilter", "route53/CidrLocation"), "sorts mail and answers of DNS by sender"),
    **dict.fromkeys(aws("ec2/NetworkInsightsPath", "ec2/NetworkInsightsAccessScope", "securityhub/Insight"),
                    "only searches"),
}  # fmt: skip
"""Type -> why every address is ordinary in it."""
_EVALUATED = frozenset({
    ("aws:eks/cluster:Cluster", "vpcConfig.publicAccessCidrs"),
    ("aws:ec2/vpcEndpointService:VpcEndpointService", "allowedPrincipals"),
})  # fmt: skip
"""Types and paths that predicates of other rules evaluate, with the properties that decide whether they count."""
_REFUSING = frozenset({"deny", "block", "reject", "outbound", "egress", "drop"})
"""Words of an entry that refuses, or that is for what leaves."""
_INDEX = lazy_regex(r"\[\d+\]")
_LONGEST_KEY = 200
"""Characters at the end of a key that are read."""


def _refuses(entry: Mapping[str, Plain]) -> bool:
    """Returns whether an entry refuses, by its word or by that of each of its actions: a rule of a map of routes drops
    the routes that match it (pulumi-azure-native 3.29.0, network.RouteMapRule, actions of the types Add, Drop, Remove,
    Replace and Unknown)."""
    words = {str(entry.get(name)).lower() for name in ("action", "access", "direction", "effect", "type")}
    actions = [item.get("type") if isinstance(item, dict) else None for item in items_of(entry.get("actions"))]
    drops = bool(actions) and all(str(action).lower() in _REFUSING for action in actions)
    return drops or not words.isdisjoint(_REFUSING)


def _texts(value: Plain, path: str = "", key: str = "") -> Iterator[tuple[str, str, str]]:
    """Yields the texts of a resource but those of entries that refuse, as (path without indices, key, text)."""
    if isinstance(value, dict):
        for name, item in () if _refuses(value) else value.items():
            if name not in ("tags", "tagsAll"):
                yield from _texts(item, f"{path}.{name}" if path else name, name)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _texts(item, f"{path}[{index}]", key)
    elif isinstance(value, str):
        yield _INDEX.sub("", path), key, value.strip()


def _check_everybody(evaluated: frozenset[tuple[str, str]]) -> Predicate:
    types = {token for token, path in evaluated if not path}

    def predicate(resource: Resource) -> Iterator[Outcome]:
        addresses: dict[str, list[str]] = defaultdict(list)
        for path, whole_key, text in _texts(resource.props):
            key = whole_key[-_LONGEST_KEY:]
            if (resource.type, path) in evaluated:
                continue
            if _GROUP.fullmatch(text):
                yield failed(f"{path} is {text}, which is everybody", path)
            elif (_CALLERS.fullmatch(key) or _ADDRESS.fullmatch(text)) and not _is_ordinary(resource.type, path, key):
                addresses[path].append(text)
        for path, texts in addresses.items() if resource.type not in types else ():
            yield failed(f"{path} is every address", path) if cover_any_address(texts) else passed()

    return predicate


def _is_ordinary(token: str, path: str, key: str) -> bool:
    return token in _ORDINARY_TYPES or bool(_ORDINARY_KEYS.fullmatch(key) or _ORDINARY_PATHS.search(path))


_ADDRESS_RULES = ("FJ-EXP-101", "FJ-EXP-102", "FJ-EXP-109", "FJ-EXP-120", "FJ-EXP-123")
"""Rules that evaluate the addresses of their types."""


def everybody_guardrail(others: Iterable[Guardrail]) -> Guardrail:
    """Returns the guardrail. `others` are the rules of exposure, which evaluate properties of their own."""
    others = tuple(others)
    paths = {(token, re.sub(r"\[[*+]\]|\?", "", item.path)) for rule in others for item in rule.checks
             for token in item.tokens if item.path}  # fmt: skip
    types = {(token, "") for rule in others if rule.id in _ADDRESS_RULES for token in rule.types}
    return exposure_rule(
        126, Severity.CRITICAL, "No property names everybody, by address or by group",
        "a list of everybody limits nobody, whatever the list is for",
        "List the networks, groups or identities that need it",
        predicate=_check_everybody(frozenset(paths | types | _EVALUATED)), types=("aws:", "azure-native:"),
    )  # fmt: skip
