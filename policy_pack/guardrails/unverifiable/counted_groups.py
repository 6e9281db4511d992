"""Groups of rules of a web firewall whose findings are only counted.

Groups that say what callers are, and not that a request is an attack, are counted until it is known which good callers
they find: `AWSManagedRulesBotControlRuleSet` (monitors, partners' programs) and `AWSManagedRulesAnonymousIpList`
(networks of clouds). Where another group blocks, they may stay counted, so that programs behind the firewall read their
labels (awsdocs/aws-waf-and-shield-advanced-developer-guide 022a433 doc_source/waf-bot-control-deploying.md,
aws-managed-rule-groups-bot.md and aws-managed-rule-groups-ip-rep.md, read 2026-12-01). Names of properties by
pulumi-aws 7.51.1.
"""

from collections.abc import Iterator

from ..engine.reading import Plain, Resource, items_of
from ..engine.rows import aws
from ..engine.verdicts import Outcome, failed
from ..readers.firewall_texts import with_rules

_WEB_ACL, _RULE, _ASSOCIATION = aws("wafv2/WebAcl", "wafv2/WebAclRule", "wafv2/WebAclRuleGroupAssociation")
_OF_CALLERS = frozenset({"AWSManagedRulesAnonymousIpList", "AWSManagedRulesBotControlRuleSet"})
_WHY = "otherwise what the rules find is only counted"


def check_counted_groups(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure for each group that only counts, unless it is of callers and another group blocks."""
    if resource.type == _ASSOCIATION:
        is_counted = str(resource.get("overrideAction")).strip().lower() == "count"
        if is_counted and not _is_of_callers(resource.get("managedRuleGroup")):
            yield failed(f"overrideAction must not be count: {_WHY}", "overrideAction")
    elif resource.type == _RULE:
        if _is_counted(dict(resource.props)):
            path = "overrideAction.count"
            yield failed(f"{path} must not be {{}}: {_WHY}", path)
    elif resource.type == _WEB_ACL:
        path = "rules.overrideAction.count"
        rules = [rule for rule in items_of(with_rules(resource).get("rules")) if isinstance(rule, dict)]
        is_idle = not any(map(_blocks, rules))
        for rule in rules:
            if _is_counted(rule) or (is_idle and _counts(rule)):
                yield failed(f"{path} must not be {{}}: {_WHY}", path)


def _counts(rule: dict[str, Plain]) -> bool:
    override = rule.get("overrideAction")
    return isinstance(override, dict) and override.get("count") is not None


def _is_counted(rule: dict[str, Plain]) -> bool:
    """Returns whether what a group of a rule finds is only counted, and may be an attack."""
    statement = rule.get("statement")
    group = statement.get("managedRuleGroupStatement") if isinstance(statement, dict) else None
    return _counts(rule) and not _is_of_callers(group)


def _is_of_callers(group: Plain) -> bool:
    is_known = isinstance(group, dict) and group.get("vendorName") == "AWS"
    return is_known and isinstance(group, dict) and group.get("name") in _OF_CALLERS


def _blocks(rule: dict[str, Plain]) -> bool:
    """Returns whether what the group of a rule finds has the action of the group."""
    override = rule.get("overrideAction")
    return isinstance(override, dict) and override.get("none") is not None
