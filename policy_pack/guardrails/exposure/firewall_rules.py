"""Rules of a web ACL that allow requests: the first one that does ends the evaluation, unlike one that counts
(botocore 1.44.8, wafv2, RuleAction, read 2026-11-29; statements by pulumi-aws 7.51.1).

Which statements confine such a rule is a list: a set of addresses, a path as a whole or from its beginning, a label of
a managed rule or of one that is confined itself, a long value in a header of one's own, the method of a question before
a request, and what is not known before deployment. A country, a network, a size, a browser or the opposite of anything
confines nothing; it may only be let in after all rules that stop or look into requests. A group of rules, and a rule as
a resource of its own, do not say what comes after them: there only what anybody guesses is refused.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from ..engine.lazy_regex import lazy_regex
from ..engine.number_conditions import number_of
from ..engine.reading import UNKNOWN, Plain, Resource, items_of, one_or_many, texts_in, walk
from ..engine.rows import aws
from ..engine.verdicts import Outcome, failed, passed

_RULES = aws("wafv2/WebAclRule")
"""A rule of a web ACL as a resource of its own."""
WEB_ACLS = (*aws("wafv2/WebAcl", "wafv2/RuleGroup"), *_RULES)
_SHORTEST_SECRET = 16
"""Characters of a value that nobody guesses; decided here, not read anywhere."""
_SHORTEST_PATH = 3
"""Letters and digits with which a path begins that is a part of what there is; decided here."""
_WRITTEN_BY_ALL = frozenset(
    {
        "accept", "accept-encoding", "accept-language", "cache-control", "connection", "content-length", "content-type",
        "cookie", "dnt", "from", "host", "origin", "pragma", "referer", "sec-fetch-mode", "sec-fetch-site", "te",
        "upgrade-insecure-requests", "user-agent", "via", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto",
        "x-requested-with",
    }
)  # fmt: skip
"""Headers in which everybody writes what others do: no value of them is a secret (RFC 9110 and the Fetch standard, as
known on 2026-11-30)."""
_WRITTEN_AS_WELL = lazy_regex(r"sec-.*|x-forwarded-.*|forwarded|x-real-ip|true-client-ip|range|if-.*|x-amz.*|\*?")
"""The same, by their beginning, and headers of any name."""
_OTHER_LABELS = lazy_regex(r"awswaf:(?!managed:aws:bot-control:bot:"
                           r"(?:(?:user_triggered|developer_platform|web_bot_auth):)?verified(?:$|:)"
                           r"|managed:(?:token|captcha):(?:id|accepted)(?:$|:)|\d{12}:)", re.IGNORECASE)  # fmt: skip
"""Labels of AWS that confine nothing: countries (`awswaf:clientip:geo:country:AE`), what managed rules found to be an
attack, and robots by a name that anybody writes (botocore 0e6e2404, wafv2, and awsdocs/
aws-waf-and-shield-advanced-developer-guide 022a433 doc_source/aws-managed-rule-groups-bot.md, read 2026-12-01; labels
of tokens and CAPTCHAs by copies of its pages of today, those of users' tools, developers' platforms and signatures that
AWS has verified as strings in public programs, read 2026-12-01)."""
_SECRET_PARTS = frozenset({"singleHeader", "singleQueryArgument", "cookies", "headers"})
"""Parts of a request in which a proxy or a program sends a secret."""
_SENT_BY_ANYBODY = (*_SECRET_PARTS, "headerOrders", "queryString", "allQueryArguments", "body", "jsonBody")
"""Parts of a request that its sender writes without changing what it asks for."""
_ANY_PATH = ("STARTS_WITH", "CONTAINS")
"""Ways of comparison in which every path has a slash."""
_BEGINNING = lazy_regex(r"\^(?:\\?/|[\w-]){3,200}")
"""The beginning of an expression that only paths meet which begin so."""
_DEEPEST = 20
_JOINED = (("andStatement", any), ("orStatement", all))
_WITHOUT_BODY = frozenset({"OPTIONS"})
"""Methods by which a browser asks before a request of another site (Fetch standard, CORS-preflight)."""


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
    rules = list(_rules(resource))
    labels = _Labels([item for _, item in rules])
    last = max((place for _, item in rules if (place := _place_of_stop(item)) is not None), default=None)
    for start, rule in rules:
        action = rule.get("action")
        if not isinstance(action, dict) or action.get("allow") is None:
            continue
        own = number_of(rule.get("priority"))
        is_last = own is None or last is None or last <= own
        if _is_confined(rule.get("statement"), labels) or (is_last and not _is_guessed(rule.get("statement"))):
            yield passed()
            continue
        text = (f"{start}action allows requests that no listed form of a statement confines (a set of addresses, the "
                "beginning of a path, a long secret), before all rules after it")  # fmt: skip
        yield failed(text, start.rstrip(".") or "action")


def _place_of_stop(rule: Mapping[str, Plain]) -> float | None:
    """Returns the priority of a rule that stops requests or looks into them; None for one that allows, or has none."""
    action = rule.get("action")
    is_allow = isinstance(action, dict) and action.get("allow") is not None
    return None if is_allow else number_of(rule.get("priority"))


class _Labels:
    """Labels of a web ACL that are confined. Each is evaluated once; one that needs itself is not."""

    def __init__(self, rules: Sequence[Mapping[str, Plain]]) -> None:
        self._rules, self._known = rules, dict[str, bool]()

    def is_confined(self, key: str, depth: int) -> bool:
        """Returns whether a label is one that AWS gives to few, or each rule beside it that gives it is confined."""
        if key not in self._known:
            self._known[key] = False
            names = ((rule, name) for rule in self._rules for _, name in walk(dict(rule), "ruleLabels[*].name"))
            statements = [rule.get("statement") for rule, name in names if str(name).endswith(key)]
            is_listed = _OTHER_LABELS.match(key) is None
            self._known[key] = is_listed and all(_is_confined(item, self, depth + 1) for item in statements)
        return self._known[key]


def _is_confined(statement: Plain, labels: _Labels, depth: int = 0) -> bool:
    """Returns whether only some requests meet a statement, by the forms that are listed. What is not known before
    deployment confines."""
    if not isinstance(statement, dict) or depth > _DEEPEST:
        return statement is UNKNOWN
    for key, combine in _JOINED:
        part = statement.get(key)
        if isinstance(part, dict):
            listed = part.get("statements")
            found = [_is_confined(item, labels, depth + 1) for item in items_of(listed)]
            return listed is UNKNOWN or (bool(found) and combine(found))
    label = statement.get("labelMatchStatement")
    if isinstance(label, dict):
        return label.get("key") is UNKNOWN or labels.is_confined(str(label.get("key")), depth)
    match, expression = statement.get("byteMatchStatement"), statement.get("regexMatchStatement")
    if isinstance(match, dict):
        return _is_match_confined(match)
    if isinstance(expression, dict):
        path = str(expression.get("regexString"))
        return _reads(expression, "uriPath") and _BEGINNING.match(path) is not None and "|" not in path
    patterns = statement.get("regexPatternSetReferenceStatement")
    if isinstance(patterns, dict):
        return _reads(patterns, "uriPath")
    return statement.get("ipSetReferenceStatement") is not None


def _reads(match: Mapping[str, Plain], *parts: str) -> bool:
    field = match.get("fieldToMatch")
    return field is UNKNOWN or (isinstance(field, dict) and any(field.get(part) is not None for part in parts))


def _is_match_confined(match: Mapping[str, Plain]) -> bool:
    """Returns whether a comparison is with a path, from its beginning, or with a long value in a part where secrets
    are."""
    value, constraint = match.get("searchString"), str(match.get("positionalConstraint"))
    if value is UNKNOWN:
        return True
    text = str(value)
    if _reads(match, "uriPath"):
        is_whole, is_beginning = constraint == "EXACTLY", constraint == "STARTS_WITH"
        return is_whole or (is_beginning and len(re.sub(r"[\W_]", "", text)) >= _SHORTEST_PATH)
    if _reads(match, "method"):
        return constraint == "EXACTLY" and text.upper() in _WITHOUT_BODY
    return _reads(match, *_SECRET_PARTS) and len(text) >= _SHORTEST_SECRET and not _is_written_by_all(match)


def _is_written_by_all(match: Mapping[str, Plain]) -> bool:
    """Returns whether a comparison reads a header in which everybody writes what others do, perhaps among more."""
    fields = [part for _, value in walk(dict(match), "fieldToMatch?.headers?") for part in one_or_many(value)]
    patterns = [item for part in fields if isinstance(part, dict) for item in one_or_many(part.get("matchPattern"))]
    read = [name for item in patterns if isinstance(item, dict) for name in texts_in(item.get("includedHeaders"))]
    names = read + [str(name) for _, name in walk(dict(match), "fieldToMatch?.singleHeader?.name")]
    is_any = any(isinstance(part, dict) for part in fields) and not read
    return is_any or any(name.lower() in _WRITTEN_BY_ALL or _WRITTEN_AS_WELL.fullmatch(name.lower()) for name in names)


def _is_guessed(statement: Plain, depth: int = 0) -> bool:
    """Returns whether whoever sends a short value meets a statement: the last rule of a web ACL may be for a country,
    not for that."""
    if not isinstance(statement, dict) or depth > _DEEPEST:
        return False
    for key, _ in _JOINED:
        part = statement.get(key)
        if isinstance(part, dict):
            found = [_is_guessed(item, depth + 1) for item in items_of(part.get("statements"))]
            return bool(found) and (any(found) if key == "orStatement" else all(found))
    match = statement.get("byteMatchStatement")
    if not isinstance(match, dict) or match.get("searchString") is UNKNOWN:
        return False
    if _reads(match, "uriPath"):
        return match.get("searchString") in ("/", "") and match.get("positionalConstraint") in _ANY_PATH
    return _reads(match, *_SENT_BY_ANYBODY) and len(str(match.get("searchString"))) < _SHORTEST_SECRET
