"""Settings that make a web firewall let pass, or keep silent about, what its managed rules find.

botocore 1.44.8, wafv2, ManagedRuleGroupStatement (RuleActionOverrides) and LoggingConfiguration, read 2026-11-29;
MicrosoftDocs/azure-docs articles/web-application-firewall, ag/application-gateway-waf-configuration.md 00dceadd and
afds/waf-front-door-exclusion.md 014bcff1 (exclusions), read 2026-11-30, and pulumi-azure-native 3.29.0 (overrides are
of every rule of a group without a list of them, and off without a state); properties of AWS by pulumi-aws 7.51.1.
Single rules are often tuned, so only those count that find whole classes of attacks. Front Door takes `RemoteAddr` from
the header X-Forwarded-For, and sees `SocketAddr` itself (Microsoft Learn, "Configure an IP restriction rule with a WAF
for Azure Front Door", read 2026-11-29).
"""

import re
from collections.abc import Iterator, Mapping

from ..engine.lazy_regex import lazy_regex
from ..engine.reading import UNKNOWN, Plain, Resource, items_of, mappings, one_or_many, texts_in, walk
from ..engine.rows import aws, azure
from ..engine.verdicts import Outcome, failed
from ..readers.cidrs import cover_any_address

AWS_OVERRIDES = aws("wafv2/WebAcl", "wafv2/WebAclRule", "wafv2/WebAclRuleGroupAssociation")
AWS_LOGGING = aws("wafv2/WebAclLoggingConfiguration")
AZURE_FIREWALLS = azure("network:WebApplicationFirewallPolicy", "frontdoor:Policy", "cdn:Policy")
AZURE_GATEWAYS = azure("network:ApplicationGateway")
"""Gateways whose firewall may be a property of their own."""
_FRONT_DOOR = azure("frontdoor:Policy")
_STANDARD = "Standard_AzureFrontDoor"
"""The tier of Front Door that has rules of one's own alone; without one it is Classic (MicrosoftDocs/azure-docs
03cb4979 articles/web-application-firewall/afds/afds-overview.md; pulumi-azure-native 3.29.0, `sku` of frontdoor:Policy;
read 2026-12-01)."""
_GATEWAY = azure("network:WebApplicationFirewallPolicy")
_OWN = "webApplicationFirewallConfiguration"
"""Property of a gateway with a firewall that is no policy; rules by number, and groups of them, are off there
(pulumi-azure-native 3.29.0, ApplicationGatewayFirewallDisabledRuleGroup: without rules, all of the group)."""
_CORE = lazy_regex(r"OWASP|(?:Microsoft_)?DefaultRuleSet")
"""Sets of rules of Azure that find injections; others find robots and floods."""
_ATTACK_RULES = lazy_regex(
    r"SQLi|Log4J|RCE|JavaDeserialization|LFI|EC2MetaDataSSRF|UNIXShell|WindowsShell|PowerShell|PHPHighRisk|IPReputation"
    r"|Reconnaissance|CompromisedCredential|ExploitablePaths"
)
"""Rules of AWS that find injections, programs, files of the system and known attackers."""
_ATTACK_GROUPS = lazy_regex(r"(?:^|-)(?:LFI|RFI|RCE|PHP|JAVA|NODE-?JS|ThreatIntel)(?:-|$)", re.IGNORECASE)
"""Groups of the OWASP rules, and of Microsoft's, that find programs and files of the system."""
_WHOLE_CLASS = frozenset({"941100", "942100"})
"""The rules that find every script and injection by their grammar (libinjection); others find single patterns."""


def _aws_override(entry: Mapping[str, Plain]) -> str:
    """Returns what an override of one rule of a group does, if it undoes the rule."""
    action = entry.get("actionToUse")
    used = action if isinstance(action, dict) else {}
    name = str(entry.get("name"))
    if used.get("allow") is not None:
        return f"lets pass what the rule {name} finds"
    is_counted = used.get("count") is not None and _ATTACK_RULES.search(name) is not None
    return f"only counts what the rule {name} finds" if is_counted else ""


_INJECTIONS = lazy_regex(
    r"AWSManagedRules(?:CommonRuleSet|KnownBadInputsRuleSet|SQLiRuleSet|LinuxRuleSet|UnixRuleSet|WindowsRuleSet)"
)
_ONE_REQUEST = frozenset({"uriPath", "queryString", "body", "jsonBody", "singleQueryArgument", "allQueryArguments"})
"""Parts of a request of which one exact value is one request. A host and a method have many."""
_ONE_TEXT = lazy_regex(r"\^(?:[^\\^$.|?*+()\[\]{}]|\\[\W_]){1,512}\$")
"""An expression that only one text meets."""


def _reads_one_value(group: Mapping[str, Plain]) -> bool:
    """Returns whether a group of rules that find injections reads only requests with one exact value, such as a path
    that there may not be (AWS WAF, "Scope-down statements"; ByteMatchStatement and RegexMatchStatement in botocore
    1.44.8, read 2026-11-29)."""
    scope = group.get("scopeDownStatement")
    return any(isinstance(part, dict) and _is_one_value(part) for part in one_or_many(scope))


def _is_one_value(part: Mapping[str, Plain]) -> bool:
    """Returns whether only requests with one exact value meet a statement: one of those that all must be met, or each
    of those of which one must be met."""
    exact, expression = part.get("byteMatchStatement"), part.get("regexMatchStatement")
    if isinstance(exact, dict) and str(exact.get("positionalConstraint")).upper() == "EXACTLY":
        return _is_of_one_request(exact)
    if isinstance(expression, dict) and _ONE_TEXT.fullmatch(str(expression.get("regexString"))):
        return _is_of_one_request(expression)
    either = _joined(part, "orStatement")
    return any(map(_is_one_value, _joined(part, "andStatement"))) or (bool(either) and all(map(_is_one_value, either)))


def _is_of_one_request(match: Mapping[str, Plain]) -> bool:
    field = match.get("fieldToMatch")
    return isinstance(field, dict) and any(field.get(name) is not None for name in _ONE_REQUEST)


def _joined(part: Mapping[str, Plain], name: str) -> list[Mapping[str, Plain]]:
    """Returns the statements that another one joins."""
    joined = part.get(name)
    listed = items_of(joined.get("statements")) if isinstance(joined, dict) else ()
    return [item for item in listed if isinstance(item, dict) and item]


def _is_blocked(part: Mapping[str, Plain]) -> bool:
    return any(str(value).upper() == "BLOCK" for _, value in walk(dict(part), "conditions[*].actionCondition?.action?"))


def _log_filter(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure if requests that are blocked leave no record."""
    for path, value in walk(resource.props, "loggingFilter?"):
        if not isinstance(value, dict):
            continue
        filters = [item for _, item in mappings(value.get("filters")) if "behavior" in item]
        kept = [item for item in filters if str(item["behavior"]).upper() == "KEEP" and _is_blocked(item)]
        dropped = [item for item in filters if str(item["behavior"]).upper() == "DROP" and _is_blocked(item)]
        if dropped or (str(value.get("defaultBehavior")).upper() == "DROP" and not kept):
            yield failed(f"{path} drops the records of requests that are blocked", path)


def _azure_override(entry: Mapping[str, Plain]) -> str:
    """Returns what an override of a group of rules does, if it switches a class of attacks off."""
    group, rules = str(entry.get("ruleGroupName")), entry.get("rules")
    if rules is UNKNOWN:
        return ""
    if not isinstance(rules, list) or not rules:
        return f"switches every rule of the group {group} off"
    for rule in rules:
        entries = rule if isinstance(rule, dict) else {"ruleId": rule}
        number = str(entries.get("ruleId")).removesuffix(".0")
        state = next((entries[key] for key in ("state", "enabledState") if entries.get(key) is not None), "Disabled")
        is_off = state == "Disabled" or entries.get("action") == "Log"
        if is_off and (number in _WHOLE_CLASS or _ATTACK_GROUPS.search(group)):
            return f"switches the rule {number} of the group {group} off"
    return ""


_SCRUBBED = lazy_regex(r"\.logScrubbing\b")
"""What a log masks, such as addresses of callers, which only EqualsAny can: every rule looks at it all the same (Azure
WAF, "Mask sensitive data", as the same fields have it in pulumi-azure-native 3.29.0; read 2026-11-30)."""


def _excludes_everything(entry: Mapping[str, Plain]) -> bool:
    """Returns whether an exclusion is of every argument, header or cookie, or of those that have one letter, and for
    every rule."""
    operator, selector = entry.get("selectorMatchOperator"), entry.get("selector")
    is_letter = operator != "Equals" and isinstance(selector, str) and len(selector.strip()) == 1
    is_every = operator == "EqualsAny" or selector in ("*", "") or is_letter
    return "matchVariable" in entry and "selectorMatchOperator" in entry and is_every and not any(
        rules for _, rules in walk(dict(entry), "exclusionManagedRuleSets[*].ruleGroups[*].rules[*]") if rules
    )  # fmt: skip


def _is_limited(condition: Plain, variable: str) -> bool:
    """Returns whether a condition is met by callers from some addresses only. `variable` is the address that no caller
    chooses: one in a header is theirs to write."""
    if not isinstance(condition, dict) or condition.get("operator") != "IPMatch":
        return False
    if condition.get("negationConditon") or condition.get("negateCondition"):
        return False
    listed = [name for _, name in walk(dict(condition), "matchVariables[*].variableName")]
    variables = [name for name in (condition.get("matchVariable"), *listed) if isinstance(name, str)]
    values = condition.get("matchValues", condition.get("matchValue"))
    return (
        bool(variables)
        and all(name == variable for name in variables)
        and (values is UNKNOWN or (isinstance(values, list) and values != []))
        and not cover_any_address(texts_in(values))
    )


def _let_in(rules: Plain, path: str, variable: str) -> Iterator[Outcome]:
    """Yields a failure for each rule of a firewall that lets pass more than some addresses."""
    for index, rule in enumerate(items_of(rules)):
        if not isinstance(rule, dict) or rule.get("action") != "Allow":
            continue
        if "Disabled" in (rule.get("state"), rule.get("enabledState")):
            continue
        conditions = rule.get("matchConditions")
        found = conditions if isinstance(conditions, list) else ()
        if conditions is not UNKNOWN and not any(_is_limited(item, variable) for item in found):
            place = f"{path}[{index}]"
            text = f"lets requests pass every other rule, not only those of some addresses ({variable})"
            yield failed(f"{place} {text}", place)


def _excepts_everything(entry: Mapping[str, Plain]) -> bool:
    """Returns whether an exception is for every request, or for whoever sends a header, and for every rule."""
    values = texts_in(entry.get("values", entry.get("matchValues")))
    is_of_end = str(entry.get("valueMatchOperator")).lower() in ("equals", "endswith")
    is_every_path = entry.get("matchVariable") == "RequestURI" and any(
        not text.strip("* " if is_of_end else "/* ") for text in values
    )
    is_of_caller = str(entry.get("matchVariable")).startswith("RequestHeader")
    rules = (*walk(dict(entry), "exceptionManagedRuleSets[*].ruleGroups[*].rules[*]"),
             *walk(dict(entry), "scopes[*].ruleGroupScopes[*].ruleScopes[*]"))  # fmt: skip
    return (is_every_path or is_of_caller) and not any(value for _, value in rules)


def _core_rules(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure if no set of rules finds injections, or only one that gets no rules any more. Front Door has a
    tier without sets."""
    path = "managedRules.managedRuleSets"
    managed = resource.get("managedRules")
    sets = managed.get("managedRuleSets") if isinstance(managed, dict) else None
    items = [item for item in items_of(sets) if item and isinstance(item, dict)]
    tiers = [name for _, name in walk(resource.props, "sku?.name?")]
    is_of_front_door = resource.type in _FRONT_DOOR and UNKNOWN not in tiers and _STANDARD not in tiers
    has_none = sets == [] and resource.type in _GATEWAY
    has_none = has_none or (is_of_front_door and managed is not UNKNOWN and sets in (None, []))
    is_known = has_none or bool(items)
    is_known = is_known and all(isinstance(item.get("ruleSetType"), str) for item in items)
    if is_known and not any(map(_has_core, items)):
        yield failed(f"{path} has no set of rules that finds injections, or one of 2017 or before", path)


def _has_core(entry: Mapping[str, Plain]) -> bool:
    name, version = str(entry.get("ruleSetType")), str(entry.get("ruleSetVersion"))
    return _CORE.fullmatch(name) is not None and not (name == "OWASP" and version.startswith("2."))


def _azure_settings(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure for each setting of a firewall of Azure as a whole."""
    if resource.type in _GATEWAY:
        yield from _let_in(resource.get("customRules"), "customRules", "RemoteAddr")
    else:
        for path, rules in walk(resource.props, "customRules?.rules?"):
            yield from _let_in(rules, path, "SocketAddr")
    yield from _core_rules(resource)
    own = resource.get(_OWN)
    if isinstance(own, dict) and isinstance(own.get("ruleSetType"), str) and not _has_core(own):
        yield failed(f"{_OWN}.ruleSetVersion is of 2017 or before, so that newer attacks pass", _OWN)
    for pattern in ("managedRules?.exceptions?", "managedRules?.exceptionsList?.exceptions?"):
        for path, entries in walk(resource.props, pattern):
            for index, entry in enumerate(one_or_many(entries)):
                if isinstance(entry, dict) and _excepts_everything(entry):
                    yield failed(f"{path}[{index}] leaves whole requests out of every rule", f"{path}[{index}]")


def check_web_firewall(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure for each setting that undoes managed rules, or the record of what they block."""
    if resource.type in AWS_LOGGING:
        yield from _log_filter(resource)
        return
    is_aws = resource.type in AWS_OVERRIDES
    if not is_aws:
        yield from _azure_settings(resource)
    for path, entry in mappings(resource.props):
        if is_aws and _INJECTIONS.fullmatch(str(entry.get("name"))) and _reads_one_value(entry):
            yield failed(f"{path}.scopeDownStatement lets {entry['name']} read requests of one value only", path)
        if is_aws and "actionToUse" in entry and (text := _aws_override(entry)):
            yield failed(f"{path} {text}", path)
        if (
            not is_aws
            and "ruleGroupName" in entry
            and (".ruleGroupOverrides" in path or ".disabledRuleGroups" in path)
            and (text := _azure_override(entry))
        ):
            yield failed(f"{path} {text}", path)
        if not is_aws and not _SCRUBBED.search(path) and ".rules" not in path and _excludes_everything(entry):
            yield failed(f"{path} leaves every value out of every rule", path)
