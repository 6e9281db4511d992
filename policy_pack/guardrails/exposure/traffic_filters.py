"""Filters of traffic, of names and of findings that let everything pass.

Rules of Network Firewall in the form of Suricata and in its own (AWS Network Firewall Developer Guide, "Managing
evaluation order for Suricata compatible rules": passes come first unless the order is strict; the form of rules by
OISF/suricata 0130ed7c doc/userguide/rules/intro.rst; read 2026-11-30), and lists of Route 53 Resolver DNS Firewall
(botocore 1.44.8, route53resolver, FirewallRule, read 2026-11-29). Rules of Azure's DNS security policies allow, block
or alert by priority and list (Microsoft Learn, "DNS security policy", read 2026-11-28). A query that no rule matches is
allowed, so a rule that allows every domain only undoes those after it.
"""

import re
from collections.abc import Callable, Collection, Iterator

from ..engine.conditions import NOT_FALSE, contains, none_of, one_of
from ..engine.families import exposure_rule
from ..engine.lazy_regex import lazy_regex
from ..engine.plan import Plan, linked_by, named_by
from ..engine.reading import MISSING, Plain, Resource, items_of, texts_in, walk
from ..engine.rows import Check, Guardrail, Severity, aws, azure
from ..engine.verdicts import Outcome, Verdict, failed, passed
from ..readers.cidrs import cover_any_address
from ..readers.firewall_texts import with_rules
from ..readers.port_ranges import are_every_port, ports_in
from .excluded_scopes import (
    EXEMPTIONS,
    GROUPS_OF_SUBSCRIPTIONS,
    SCOPED,
    check_excluded_scopes,
    check_exemption,
    check_parent,
)
from .finding_filters import FILTERS, check_findings
from .firewall_addresses import FIREWALLS, check_addresses
from .firewall_rules import WEB_ACLS, check_web_acl
from .listener_rules import LISTENER_RULES, check_listener_rule
from .own_networks import OWN_NETWORKS, check_own_networks
from .rate_limits import RATE_LIMITED, check_rate_limits
from .signed_paths import DISTRIBUTIONS, check_signed_paths
from .silent_alerts import GROUPS, SILENT, check_receivers, check_thresholds, check_times
from .sleeping_alerts import SLEEPING, check_hours
from .sleeping_metrics import check_metric_times
from .suricata_options import is_limited
from .unwritten_metrics import METRIC_ALARMS, check_metrics
from .web_firewalls import AWS_LOGGING, AWS_OVERRIDES, AZURE_FIREWALLS, AZURE_GATEWAYS, check_web_firewall

_RULE_GROUP = aws("networkfirewall/RuleGroup")
_ADDRESSES = aws("wafv2/IpSet")
_WITH_RULES = aws("wafv2/WebAcl", "wafv2/RuleGroup")
_WEB_FIREWALLS = (*AWS_OVERRIDES, *AWS_LOGGING, *AZURE_FIREWALLS, *AZURE_GATEWAYS)
_DOMAIN_LIST = aws("route53/ResolverFirewallDomainList")
_DOMAIN_RULE = aws("route53/ResolverFirewallRule")
_AZURE_LIST = azure("dnsresolver:DnsResolverDomainList")
_AZURE_RULE = azure("dnsresolver:DnsSecurityRule")
_EVERYWHERE = r"(?:any|\[any\]|\[?(?:0\.0\.0\.0|::)/0\]?)"
_OUTSIDE = lazy_regex(
    rf"(?:{_EVERYWHERE}|\$EXTERNAL_NET|!\[?\$HOME_NET\]?"
    r"|!\[?[\d.:a-f/]{1,50}(?:,[ \t]?[\d.:a-f/]{1,50}){0,20}\]?)",
    re.IGNORECASE,
)
"""Every address, or every one but some."""
_ITEM = r"(!?\[[^\[\]\n]{1,500}\]|[^\s\[]\S{0,199})"
_PASS = lazy_regex(
    r"^[ \t]{0,9}pass[ \t]+(ip|tcp(?:-pkt|-stream)?|pkthdr|udp|tls|http2?|quic|dns)"
    rf"[ \t]+{_ITEM}[ \t]+{_ITEM}[ \t]+(?:->|<>)[ \t]+{_ITEM}[ \t]+{_ITEM}[ \t]*(?:\((?P<options>[^\n]*)\))?",
    re.MULTILINE | re.IGNORECASE,
)
_WEB = frozenset({80, 443})
"""Ports that nearly every server of the internet has."""


def _passes_all(found: re.Match[str]) -> bool:
    """Returns whether a rule lets packets to every address and port pass, or those to every server of the web."""
    protocol, source, from_ports, target, to_ports = found.groups()[:5]
    if not (_OUTSIDE.fullmatch(target) and are_every_port(ports_in([from_ports]))):
        return False
    ports = ports_in([to_ports])
    is_web = bool(ports) and all(first == last and first in _WEB for first, last in ports)
    is_of_all = _OUTSIDE.fullmatch(source) is not None or protocol.lower() != "pkthdr"
    return is_of_all and (are_every_port(ports) or (is_web and protocol.lower() != "pkthdr"))


_TEXTS = ("rules", "ruleGroup.rulesSource.rulesString")
_WHOLE_DOMAIN = lazy_regex(r"\.[a-z-]{2,63}", re.IGNORECASE)
"""Target of a list of domains that is every host of a top-level domain (botocore 1.44.8, network-firewall,
RulesSourceList: a dot in front is a wildcard; read 2026-11-29)."""
_OF_EVERYBODY = lazy_regex(
    r"\.(?:azurewebsites\.net|cloudapp\.net|firebaseapp\.com|github\.io|herokuapp\.com|netlify\.app|onrender\.com"
    r"|pages\.dev|trycloudflare\.com|vercel\.app|web\.app|workers\.dev|ngrok(?:-free)?\.(?:app|dev|io))",
    re.IGNORECASE,
)
"""Domains in which everybody gets a name of his own within minutes (publicsuffix/list e8c9a2b, but for ngrok-free.io;
read 2026-11-30). A list names the host that is meant."""
_ANY = ("any", "0.0.0.0/0", "::/0")


def _is_any(header: dict[str, Plain]) -> bool:
    ports = [are_every_port(ports_in([header.get(key, MISSING)])) for key in ("sourcePort", "destinationPort")]
    return all(ports) and all(str(header.get(key)).lower() in _ANY for key in ("source", "destination"))


def _check_rule_group(resource: Resource) -> Iterator[Outcome]:
    for pattern in _TEXTS:
        for path, text in walk(resource.props, pattern):
            rules = _PASS.finditer(text) if isinstance(text, str) else ()
            if any(_passes_all(match) and not is_limited(match["options"] or "") for match in rules):
                yield failed(f"{path} passes all traffic", path)
    for path, listed in walk(resource.props, "ruleGroup?.rulesSource?.rulesSourceList?"):
        is_let_out = isinstance(listed, dict) and str(listed.get("generatedRulesType")).upper() == "ALLOWLIST"
        targets = texts_in(listed.get("targets")) if isinstance(listed, dict) and is_let_out else []
        yield from (failed(f"{path}.targets lets every host of {target} pass", path)
                    for target in targets
                    if _WHOLE_DOMAIN.fullmatch(target) or _OF_EVERYBODY.fullmatch(target))  # fmt: skip
    for path, rules in walk(resource.props, "ruleGroup.rulesSource.statefulRules"):
        for index, rule in enumerate(items_of(rules)):
            header = rule.get("header") if isinstance(rule, dict) else None
            is_pass = isinstance(rule, dict) and str(rule.get("action")).upper() == "PASS"
            if is_pass and isinstance(header, dict) and _is_any(header):
                yield failed(f"{path}[{index}] passes all traffic", path)


_FILTER_CHECKS: tuple[tuple[Collection[str], Callable[[Resource], Iterator[Outcome]]], ...] = (
    (FILTERS, check_findings), (SILENT, check_thresholds), (SILENT, check_times), (SLEEPING, check_hours),
    (GROUPS, check_receivers), (SCOPED, check_excluded_scopes), (WEB_ACLS, check_web_acl),
    (RATE_LIMITED, check_rate_limits), (DISTRIBUTIONS, check_signed_paths), (FIREWALLS, check_addresses),
    (OWN_NETWORKS, check_own_networks), (_RULE_GROUP, _check_rule_group), (_WEB_FIREWALLS, check_web_firewall),
)  # fmt: skip
"""Types, and what is checked of each resource of them."""


def _check_filter(resource: Resource) -> Iterator[Outcome]:
    resource = with_rules(resource)
    for types, check in _FILTER_CHECKS:
        if resource.type in types:
            yield from check(resource)


def _check_names(resource: Resource, plan: Plan) -> Iterator[Outcome]:
    if resource.type in _ADDRESSES:
        yield from _check_addresses(resource, plan)
    elif resource.type in LISTENER_RULES:
        yield from check_listener_rule(resource, plan)
    elif resource.type in METRIC_ALARMS:
        yield from check_metrics(resource, plan)
        yield from check_metric_times(resource, plan)
    elif resource.type in EXEMPTIONS:
        yield from check_exemption(resource, plan)
    elif resource.type in GROUPS_OF_SUBSCRIPTIONS:
        yield from check_parent(resource, plan)
    else:
        yield from (_check_security_rule if resource.type in _AZURE_RULE else _check_domains)(resource, plan)


def _check_addresses(resource: Resource, plan: Plan) -> Iterator[Outcome]:
    """Checks that a set of every address is not let in by a rule of a web ACL of the plan."""
    if not cover_any_address(texts_in(resource.get("addresses"))):
        return
    lists = [
        items_of(with_rules(item).get("rules")) if item.type in _WITH_RULES else [item.props]
        for item in plan.by_key(linked_by(WEB_ACLS)).get(resource.urn, ())
    ]
    is_let_in = any(
        any(value not in (MISSING, None) for _, value in walk(rule, "action?.allow?"))
        and any(_may_be(name, resource) for _, name in walk(rule, "statement?.ipSetReferenceStatement?.arn"))
        for rules in lists
        for rule in rules
        if isinstance(rule, dict)
    )
    text = "addresses are every address, and a rule lets them in before the rules after it"
    yield failed(text, "addresses") if is_let_in else passed()


def _may_be(arn: Plain, resource: Resource) -> bool:
    """Returns whether an ARN may be that of a set of addresses: it is known after the first deployment, with the
    name."""
    name = resource.get("name")
    return not isinstance(arn, str) or not isinstance(name, str) or f"/ipset/{name}/" in arn


_EVERYBODYS = frozenset({
    "", "com", "net", "org", "info", "biz", "dev", "app", "cloud", "online", "site", "xyz", "top", "shop", "store",
    "club", "live", "space", "website", "tech", "link", "click",
})  # fmt: skip
"""The root, and top-level domains in which everybody registers names (publicsuffix/list e8c9a2b2
public_suffix_list.dat, read 2026-12-01)."""
_OF_A_COUNTRY = lazy_regex(r"(?:(?:co|com|net|org)\.)?[a-z]{2}")
"""Domains of countries, whose names have two letters, and those in which companies register below them (the same)."""


def _check_security_rule(resource: Resource, plan: Plan) -> Iterator[Outcome]:
    """Checks that a rule of Azure allows names only by lists of the plan, none of which is of every name."""
    if not any(str(action).lower() == "allow" for _, action in walk(resource.props, "action.actionType")):
        yield passed()
        return
    lists = [item for item in plan.dependencies_of(resource, "dnsResolverDomainLists") if item.type in _AZURE_LIST]
    named = [text.rpartition("/")[2] for _, text in walk(resource.props, "dnsResolverDomainLists[*].id")
             if isinstance(text, str)]  # fmt: skip
    own = {*lists, *plan.with_keys(named_by(_AZURE_LIST, "dnsResolverDomainListName"), named)}
    domains = [item.get("domains") for item in own]
    is_every = any(_is_every_name(name) for names in domains for name in texts_in(names))
    text = "it allows every name, or those of a list that is not in the stack, before the rules after it"
    yield passed() if own and len(own) >= len(named) and not is_every else failed(text, "dnsResolverDomainLists")


def _is_every_name(domain: str) -> bool:
    """Returns whether a domain is of every name, or of whatever somebody registers below a public top-level domain. A
    list of AWS has a star for what is below; a domain of Azure is with what is below it."""
    name = domain.strip().lower().removeprefix("*.").strip("*.")
    return name in _EVERYBODYS or _OF_A_COUNTRY.fullmatch(name) is not None


def _check_domains(resource: Resource, plan: Plan) -> Iterator[Outcome]:
    domains = resource.get("domains")
    if not isinstance(domains, list) or not any(map(_is_every_name, map(str, domains))):
        return
    rules = plan.by_key(linked_by(_DOMAIN_RULE, "firewallDomainListId")).get(resource.urn, ())
    blocks = bool(rules) and all(str(rule.get("action")).upper() == "BLOCK" for rule in rules)
    yield passed() if blocks else failed("domains is every domain, and no rule of the stack only blocks it", "domains")


_PERSONAL = ("informationType", one_of("Banking", "Contact Info", "Credentials", "Credit Card", "Date Of Birth",
                                        "Financial", "Health", "National ID", "SSN"))  # fmt: skip
"""Information types of columns whose reads the audit and alerts are to show (MicrosoftDocs/azure-docs 0b8a857f
articles/azure-sql/database/data-discovery-and-classification-overview.md, read 2026-11-30; the names of types as
known)."""
_LABELS = azure("sql:SensitivityLabel", "sql:ManagedDatabaseSensitivityLabel", "synapse:SqlPoolSensitivityLabel")
_OF_CONTENTS = ("contentPolicyConfig?.filtersConfigs[*].type", none_of("PROMPT_ATTACK"))
LOOKS_AT_TEXTS = contains("TEXT", missing=Verdict.PASS)
_STRENGTHS = (
    Check(_LABELS, "rank", none_of("None"), when=_PERSONAL),
    Check(_LABELS, "labelName", none_of("Public"), when=_PERSONAL),
    Check(aws("bedrock/Guardrail"), "contentPolicyConfig?.filtersConfigs[*].outputStrength", none_of("NONE"),
          when=_OF_CONTENTS),
    Check(aws("bedrock/Guardrail"), "contentPolicyConfig?.filtersConfigs[*].outputEnabled", NOT_FALSE,
          when=_OF_CONTENTS),
    Check(aws("bedrock/Guardrail"), "contentPolicyConfig?.filtersConfigs[*].inputModalities", LOOKS_AT_TEXTS),
    Check(aws("bedrock/Guardrail"), "contentPolicyConfig?.filtersConfigs[*].outputModalities", LOOKS_AT_TEXTS,
          when=_OF_CONTENTS),
)  # fmt: skip
"""Answers of a model are filtered too. Attacks by prompt are looked for in prompts only: their outputStrength must be
NONE (Amazon Bedrock, GuardrailContentFilterConfig, by its users, whose programs say that AWS refuses others, read
2026-11-29). A filter looks at nothing but the modalities that it selects, TEXT and IMAGE (botocore 1.44.8, bedrock,
GuardrailContentFilterConfig, read 2026-12-03)."""

TRAFFIC_FILTERS: tuple[Guardrail, ...] = (
    exposure_rule(127, Severity.HIGH, "Filters of traffic, of names and of findings do not let everything pass",
                  "a rule that passes everything undoes the rules after it, and hides that there is no filter",
                  "Name the protocol, the ports and one side of the traffic, or the addresses of a request; allow by "
                  "a set of addresses, the beginning of a path or a secret of a proxy, others after all rules; use the "
                  "list of every domain in a rule that blocks, after the rules that allow; suppress findings by the "
                  "resource, the hole or the check that was looked into; exempt a resource group from a policy, until "
                  "a day; count requests by the address that they come from; let behaviours of the edge ask a "
                  "signature in their order; keep a group of subscriptions in use beneath one whose policies hold "
                  "for it; let an alarm read the metric as its filter writes it, and tell somebody",
                  checks=_STRENGTHS, predicate=_check_filter, plan_predicate=_check_names,
                  types=(*_DOMAIN_LIST, *_AZURE_RULE, *dict.fromkeys((*_RULE_GROUP, *OWN_NETWORKS)),
                         *dict.fromkeys((*WEB_ACLS, *_WEB_FIREWALLS)),
                         *dict.fromkeys((*FILTERS, *SILENT, *SCOPED)), *GROUPS, *_ADDRESSES, *LISTENER_RULES,
                         *METRIC_ALARMS, *EXEMPTIONS, *GROUPS_OF_SUBSCRIPTIONS, *DISTRIBUTIONS)),
)  # fmt: skip
