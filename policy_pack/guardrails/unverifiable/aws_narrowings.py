"""Filters, conditions and expressions of AWS that mean something else than what their names say.

Conditions of a selection of backups are combined by AND (botocore 1.44.8, backup, Conditions; that all must hold by AWS
Backup, "Assigning resources"). The patterns of a webhook are regular expressions (the same, codebuild, WebhookFilter),
and CodeBuild finds them anywhere in the number of an account (Wiz, "CodeBreach", by posts of 2026-01-16, read
2026-12-01), and in the name of a branch: `refs/heads/main` is in `refs/heads/main-2` too (awsdocs/
aws-codebuild-user-guide 4dac1ba5 doc_source/github-webhook.md, whose examples of branches end with `$`; read
2026-12-02). A rule of the DNS firewall with a type of questions evaluates that type alone (the same, route53resolver,
Qtype). Step Functions computes what stands between `{%` and `%}` by JSONata, and what begins with `States.` itself (the
same, states, queryLanguage; Amazon States Language, intrinsic functions). Read 2026-11-30.
"""

from collections.abc import Iterator
from fnmatch import fnmatchcase

from ..engine.lazy_regex import lazy_regex
from ..engine.reading import Plain, Resource, each_item, from_json, leaves, walk
from ..engine.rows import aws
from ..engine.verdicts import Outcome, failed
from ..readers.network_rules import read_rules

_SELECTION, _WEBHOOK = aws("backup/Selection"), aws("codebuild/Webhook")
_DOMAIN_RULE, _MACHINE = aws("route53/ResolverFirewallRule"), aws("sfn/StateMachine")
_WHOLE = lazy_regex(r"(?:\^|\\A)(?:\([^()]*\)|[^|()]*)(?:\$|\\[zZ])")
_PART_OF_WHOLE = lazy_regex(r"(?:\^|\\A)[^|]*(?:\$|\\[zZ])")
"""A pattern that is the whole number: with a group of alternatives, or with anchors in each."""
_BEGINNING_OF_BRANCH = lazy_regex(r"(?!\^?refs/tags/)[^$]{0,400}[\w)]")
"""A pattern that ends with a letter of a name or a group, without `$`. Behind `/`, `-` or `*` any name may follow."""
_RARE_QUESTIONS = frozenset({"caa", "ds", "naptr", "soa", "spf", "type99", "type257", "type43", "type35", "type6"})
"""Types of questions by which no program finds an address and sends nothing (RFC 1035, 3403, 4034, 7208 and 8659)."""
_DESTINATION = lazy_regex(
    r"(?:\w{0,40}(?:Url|Uri|Arn|Bucket|Endpoint|FunctionName|QueueName|TopicName|TableName|StreamName|Host)|Resource)"
    r"(?:\.\$)?"
)
_COMPUTED = lazy_regex(
    r"\$(?:base64decode|decodeUrl(?:Component)?|eval|formatBase|formatInteger|fromMillis|reverse|shuffle)\s*\("
    r"|States\.(?:Base64Decode|MathAdd)\s*\("
)
_SUM = lazy_regex(r"(?<!\d)\d{5,20}\s{0,9}[*/%+-]\s{0,9}\d|\d\s{0,9}[*/%+-]\s{0,9}\d{5}")
"""Arithmetic with a long number, outside texts: the name of a bucket may have an account and a year."""
_EXPRESSION = lazy_regex(r"\{%|States\.\w")
_BETWEEN = lazy_regex(r"['\"]\s{0,9}[&,]\s{0,9}['\"]")
_LITERAL = lazy_regex(r"'[^']*'|\"[^\"]*\"")
_ACCOUNT = lazy_regex(r"(?<!\d)\d{12}(?!\d)")
_ROLE_OF_TASK = lazy_regex(r".*\.Credentials\.RoleArn(?:\.\$)?")
"""The role in which a task calls, also by a path into the input (aws-cdk-lib, `TaskRole.fromRoleArnJsonPath`, read
2026-11-30): the role of the workflow may take on every role that trusts it."""


def check_narrowings(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure for each filter, condition or expression that does not do what its name says."""
    if resource.type in _SELECTION:
        yield from _check_selection(resource)
    elif resource.type in _WEBHOOK:
        yield from _check_actors(resource)
    elif resource.type in _DOMAIN_RULE:
        kind = str(resource.props.get("qType") or "").strip().lower()
        if kind in _RARE_QUESTIONS and str(resource.props.get("action")).upper() == "BLOCK":
            yield failed("qType limits what is blocked to one kind of question, and names are still resolved", "qType")
    elif resource.type in _MACHINE:
        yield from _check_computed(resource)


def _tests(conditions: Plain, operator: str) -> list[tuple[str, str]]:
    """Returns the keys and values of a condition of a selection."""
    items = [each for group in read_rules(conditions) for each in read_rules(group.get(operator))]
    return [(str(item.get("key")), str(item.get("value"))) for item in items
            if isinstance(item.get("key"), str) and isinstance(item.get("value"), str)]  # fmt: skip


def _check_selection(resource: Resource) -> Iterator[Outcome]:
    conditions = resource.props.get("conditions")
    equal, like = _tests(conditions, "stringEquals"), _tests(conditions, "stringLikes")
    unequal, unlike = _tests(conditions, "stringNotEquals"), _tests(conditions, "stringNotLikes")
    fixed = dict(equal)
    excludes_all = any(fnmatchcase(value, pattern) for key, value in equal for other, pattern in unlike if key == other)
    is_contradiction = (
        any(fixed[key] != value for key, value in equal)
        or bool(set(equal) & set(unequal))
        or excludes_all
        or any(not fnmatchcase(fixed[key], pattern) for key, pattern in like if key in fixed)
        or any(fnmatchcase(pattern, other) for key, pattern in like for name, other in unlike if key == name)
    )
    if is_contradiction:
        yield failed("conditions exclude each other: all of them must hold, so that nothing is saved", "conditions")


def _check_actors(resource: Resource) -> Iterator[Outcome]:
    for path, item in each_item(walk(resource.props, "filterGroups[*].filters")):
        if not isinstance(item, dict) or str(item.get("excludeMatchedPattern")).lower() == "true":
            continue
        kind, pattern = str(item.get("type")).strip().upper(), item.get("pattern")
        if not isinstance(pattern, str):
            continue
        if kind == "ACTOR_ACCOUNT_ID" and not _is_whole(pattern.strip()):
            yield failed(f"{path}.pattern is found in numbers of other accounts too; anchor it with ^ and $", path)
        elif kind == "HEAD_REF" and _BEGINNING_OF_BRANCH.fullmatch(pattern.strip()):
            yield failed(f"{path}.pattern is found in names of other branches too; end it with $", path)


def _is_whole(pattern: str) -> bool:
    if _WHOLE.fullmatch(pattern) is not None:
        return True
    return all(_PART_OF_WHOLE.fullmatch(part) is not None for part in pattern.split("|"))


def _check_computed(resource: Resource) -> Iterator[Outcome]:
    for path, key, value in leaves(from_json(resource.props.get("definition")), "definition"):
        if isinstance(value, str) and _ROLE_OF_TASK.fullmatch(path) and "$" in _LITERAL.sub("''", value):
            yield failed(f"{path} is what the input says, so that whoever starts the workflow chooses its role", path)
        if not isinstance(value, str) or _EXPRESSION.search(value) is None or _DESTINATION.fullmatch(key) is None:
            continue
        joined = _BETWEEN.sub("", value)
        hidden = set(_ACCOUNT.findall(joined)) - set(_ACCOUNT.findall(value))
        if hidden or _COMPUTED.search(value) is not None or _SUM.search(_LITERAL.sub("''", value)):
            yield failed(f"{path} computes where it sends, so that nobody who reads it sees whose it is", path)
