"""Rules of a web ACL that let every path pass, or whoever sends a value that anybody guesses: the first rule that
allows a request ends its evaluation, unlike one that counts (botocore 1.44.8, wafv2, RuleAction, read 2026-11-29;
statements by pulumi-aws 7.51.1).

A secret that a proxy adds is a long value, or one that is not known before deployment: such a rule passes.
"""

from collections.abc import Iterator, Mapping

from ..engine.reading import UNKNOWN, Plain, Resource, items_of
from ..engine.rows import aws
from ..engine.verdicts import Outcome, failed, passed

_RULES = aws("wafv2/WebAclRule")
"""A rule of a web ACL as a resource of its own."""
WEB_ACLS = (*aws("wafv2/WebAcl", "wafv2/RuleGroup"), *_RULES)
_SENT_BY_ANYBODY = frozenset(
    {
        "singleHeader", "headers", "headerOrders", "cookies", "queryString", "singleQueryArgument", "allQueryArguments",
        "body", "jsonBody",
    }
)  # fmt: skip
"""Parts of a request that its sender writes without changing what it asks for."""
_SHORTEST_SECRET = 16
"""Characters of a value that nobody guesses; judged, not read anywhere."""
_ANY_PATH = ("STARTS_WITH", "CONTAINS")
"""Ways of comparison in which every path has a slash."""
_JOINED = ("andStatement", "orStatement")


def _rules(resource: Resource) -> Iterator[tuple[str, Mapping[str, Plain]]]:
    """Yields the rules of a resource, with the beginning of their paths."""
    if resource.type in _RULES:
        yield "", resource.props
        return
    rules = resource.get("rules")
    for index, rule in enumerate(items_of(rules)):
        if isinstance(rule, dict):
            yield f"rules[{index}].", rule


def check_web_acl(resource: Resource) -> Iterator[Outcome]:
    """Yields an outcome for each rule that allows requests."""
    for start, rule in _rules(resource):
        action = rule.get("action")
        if not isinstance(action, dict) or action.get("allow") is None:
            continue
        text = f"{start}action allows every path, or whoever sends what anybody guesses, before all rules after it"
        yield failed(text, start.rstrip(".") or "action") if _is_open(rule.get("statement")) else passed()


def _is_open(statement: Plain) -> bool:
    """Returns whether a statement is met by whoever sends a short value: of several that must all be met, each one."""
    if not isinstance(statement, dict):
        return False
    for key, combine in zip(_JOINED, (all, any), strict=True):
        part = statement.get(key)
        if isinstance(part, dict):
            listed = part.get("statements")
            return isinstance(listed, list) and bool(listed) and combine(map(_is_open, listed))
    match = statement.get("byteMatchStatement")
    if not isinstance(match, dict):
        return False
    field, value = match.get("fieldToMatch"), match.get("searchString")
    if isinstance(field, dict) and "uriPath" in field and value in ("/", ""):
        return match.get("positionalConstraint") in _ANY_PATH
    is_sent = isinstance(field, dict) and not _SENT_BY_ANYBODY.isdisjoint(field)
    return is_sent and value is not UNKNOWN and len(str(value)) < _SHORTEST_SECRET
