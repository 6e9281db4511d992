"""Rights of a service to deliver its own logs, which include the policy that lets it write them.

AWS's guides give them for every resource: `logs:PutResourcePolicy` has no narrower one, and the service writes the
policy itself when logging is switched on (Amazon CloudWatch Logs, "Logs sent to CloudWatch Logs", read 2026-12-01;
awsdocs/aws-step-functions-developer-guide 59eba6f6 doc_source/cw-logs.md, the same day). In a role that people or
programs may assume, the same right lets others in.
"""

from collections.abc import Callable, Iterator
from functools import cache
from itertools import chain

from ..engine.plan import Plan
from ..engine.reading import Plain, Resource
from ..engine.rows import aws
from ..engine.verdicts import Outcome, failed, passed
from ..readers.policy_documents import ParsedStatement, statements
from ..readers.related_resources import referred_to, related_to
from .aws_attachments import ATTACHMENTS, is_of_service
from .aws_boundaries import is_boundary

_DELIVERY = "logs:createlogdelivery"
DELIVERING = frozenset({_DELIVERY, "logs:updatelogdelivery", "logs:deletelogdelivery", "logs:putresourcepolicy"})
"""Changes that belong to the delivery, in lower case."""
_ROLE, _ROLE_POLICY, _POLICY, _ATTACHMENT = aws("iam/Role", "iam/RolePolicy", "iam/Policy", "iam/RolePolicyAttachment")
_NAMES = ("name", "arn")


def delivers_logs(statement: ParsedStatement) -> bool:
    """Returns whether a statement is the one by which a service delivers its logs."""
    return any(str(action).strip().lower() == _DELIVERY for action in statement.actions)


def check_deliveries(
    resource: Resource,
    plan: Plan,
    documents: Callable[[Resource], Iterator[tuple[str, Plain]]],
    find_violation: Callable[[ParsedStatement], str],
) -> Iterator[Outcome]:
    """Yields a failure for each statement that delivers logs, unless only services have the policy.

    `documents` are the policies of a resource with their paths, and `find_violation` says what a statement violates.
    """
    for path, document in () if is_boundary(resource) else documents(resource):
        for index, statement in enumerate(statements(document, path) or ()):
            if statement.allows and delivers_logs(statement) and (text := find_violation(statement)):
                place = f"{path}.Statement[{index}]"
                yield passed() if _is_of_services(resource, plan) else failed(f"{place} {text}", place)


def _is_of_services(resource: Resource, plan: Plan) -> bool:
    """Returns whether the plan has the roles with a policy, and each is of a service alone."""
    if resource.type == _POLICY:
        found = (related_to(resource, plan, types, link, ("arn",)) for link, types in _links().items())
        attached = list(chain.from_iterable(found))
    else:
        attached = [resource] if resource.type in (_ROLE, _ROLE_POLICY) else []
    roles = [_role_of(item, plan) for item in attached]
    return bool(roles) and all(role is not None and is_of_service(role) for role in roles)


@cache
def _links() -> dict[str, tuple[str, ...]]:
    """Returns each property that attaches a policy -> the types that have it."""
    links = {token: path.partition(".")[0] for token, path in ATTACHMENTS.items()}
    return {link: tuple(token for token in links if links[token] == link) for link in links.values()}


def _role_of(resource: Resource, plan: Plan) -> Resource | None:
    """Returns the role of the plan that has a policy; None for who has it otherwise."""
    if resource.type == _ROLE:
        return resource
    if resource.type not in (_ROLE_POLICY, _ATTACHMENT):
        return None
    return next(referred_to(resource, plan, (_ROLE,), "role", _NAMES), None)
