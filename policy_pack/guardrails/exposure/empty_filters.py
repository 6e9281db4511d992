"""Firewalls of AWS without rules, which let everything pass.

Requests that no rule of a web ACL decides have its default action, and packets that no rule of a network firewall drops
pass, unless the order is strict and the default drops them (awsdocs/aws-waf-and-shield-advanced-developer-guide 022a433
doc_source/web-acl-default-action.md; AWS Network Firewall, "Managing evaluation order for Suricata compatible rules";
botocore 0e6e2404, network-firewall, StatefulDefaultActions and RuleOrder; prowler 3e000faa wafv2_webacl_with_rules and
networkfirewall_policy_rule_group_associated, read 2026-12-01).
"""

from collections.abc import Iterator

from ..engine.families import exposure_rule
from ..engine.plan import Plan, linked_by
from ..engine.reading import MISSING, UNKNOWN, Plain, Resource, leaves, texts_in, walk
from ..engine.rows import Guardrail, Severity, aws
from ..engine.verdicts import Outcome, failed, passed
from ..readers.firewall_texts import with_rules
from .deaf_topics import SENDERS, check_deaf_topics
from .unheard_alarms import METRIC_ALARMS, check_heard

_WEB_ACL, _WEB_GROUP = aws("wafv2/WebAcl"), aws("wafv2/RuleGroup")
_OF_WEB_ACLS = aws("wafv2/WebAclRule", "wafv2/WebAclRuleGroupAssociation")
_POLICY, _GROUP = aws("networkfirewall/FirewallPolicy"), aws("networkfirewall/RuleGroup")
_GROUPS = ("statefulRuleGroupReferences", "statelessRuleGroupReferences")
_DEFAULTS = ("statefulDefaultActions", "statelessDefaultActions")
_DROP = "aws:drop"


def _check(resource: Resource, plan: Plan) -> Iterator[Outcome]:
    """Yields whether a firewall or a group of rules has rules, and whether somebody learns of an alarm."""
    yield from check_deaf_topics(resource, plan)
    if resource.type in METRIC_ALARMS:
        yield from check_heard(resource, plan)
    if resource.type in SENDERS:
        return
    if resource.type in _WEB_ACL:
        text = _web_acl(resource, plan)
    elif resource.type in _POLICY:
        text = _policy(resource)
    else:
        text = "it has no rules" if _is_empty_group(resource) else ""
    yield failed(text) if text else passed()


def _is_empty(value: Plain) -> bool:
    """Returns whether a list or an object has nothing in it; what is not known yet has."""
    return value is not UNKNOWN and (value in (MISSING, None, "") or not any(True for _ in leaves(value)))


def _web_acl(resource: Resource, plan: Plan) -> str:
    allows = any(value not in (MISSING, None) for _, value in walk(resource.props, "defaultAction.allow"))
    has_more = resource.urn in plan.by_key(linked_by(_OF_WEB_ACLS))
    is_bare = _is_empty(with_rules(resource).get("rules"))
    return "it has no rules, and lets every request in" if allows and is_bare and not has_more else ""


def _policy(resource: Resource) -> str:
    policy = resource.get("firewallPolicy")
    if not isinstance(policy, dict):
        return ""
    actions = [policy.get(key, MISSING) for key in _DEFAULTS]
    drops = UNKNOWN in actions or any(text.startswith(_DROP) for value in actions for text in texts_in(value))
    is_bare = all(_is_empty(policy.get(key, MISSING)) for key in _GROUPS)
    return "it has no groups of rules, and lets all traffic pass" if is_bare and not drops else ""


def _is_empty_group(resource: Resource) -> bool:
    if resource.type in _WEB_GROUP:
        return _is_empty(with_rules(resource).get("rules"))
    sources = [value for _, value in walk(resource.props, "ruleGroup?.rulesSource?")]
    return all(map(_is_empty, (*sources, resource.get("rules"))))


EMPTY_FILTERS: tuple[Guardrail, ...] = (
    exposure_rule(135, Severity.HIGH, "Firewalls of AWS have rules, and alarms tell somebody",
                  "a firewall without rules lets everything pass, and an alarm without an action is heard by nobody: "
                  "both look like a protection",
                  "Add rules, let the default action be block, or aws:drop_established in strict order; set "
                  "alarm_actions, or read the alarm in a composite alarm or a rule of EventBridge; let the service "
                  "publish to the topic, by a statement of its sns.TopicPolicy",
                  plan_predicate=_check, types=(*_WEB_ACL, *_WEB_GROUP, *_POLICY, *_GROUP, *SENDERS)),
)  # fmt: skip
