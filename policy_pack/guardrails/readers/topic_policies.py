"""Whether a topic of Amazon SNS in the plan lets a service of AWS publish."""

from collections.abc import Iterator

from ..engine.plan import Plan
from ..engine.reading import MISSING, UNKNOWN, Plain, Resource
from ..engine.rows import aws
from .policy_documents import ParsedStatement, matches, statements

TOPICS = aws("sns/Topic")
_POLICIES = aws("sns/TopicPolicy")
_UNKNOWN_OWNER = ""


def lets_in(topic: Resource, plan: Plan, service: str, *, by_default: bool = False) -> bool:
    """Returns whether a policy of a topic lets a service publish, or the plan does not show it. `by_default`: whether
    the policy of a topic that states none does, by which its owner publishes alone."""
    stated = [policy for policy in _documents(topic, plan) if policy not in (MISSING, None, "")]
    return any(_is_open(policy, service) for policy in stated) if stated else by_default


def _documents(topic: Resource, plan: Plan) -> Iterator[Plain]:
    """Yields the policies of a topic, and those of which the plan does not say whose they are."""
    yield topic.get("policy")
    for owner in (topic.urn, _UNKNOWN_OWNER):
        yield from (policy.get("policy") for policy in plan.by_key(_owners).get(owner, ()))


def _owners(policy: Resource) -> tuple[str, ...]:
    return (policy.dependencies.get("arn", ()) or (_UNKNOWN_OWNER,)) if policy.type in _POLICIES else ()


def _is_open(policy: Plain, service: str) -> bool:
    listed = statements(policy, "policy")
    return listed is None or any(_is_for(statement, service) for statement in listed)


def _is_for(statement: ParsedStatement, service: str) -> bool:
    names = [name for _, name in statement.principals]
    is_named = statement.is_public or UNKNOWN in names or service in names
    is_allowed = bool(statement.not_actions) or any(
        item is UNKNOWN or matches(item, "sns:Publish") for item in statement.actions
    )
    return statement.allows and is_named and is_allowed
