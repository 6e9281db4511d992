"""Resource policies on AWS must list the actions that they allow."""

from falaj.facts.iam_conditions import Narrowing

from ..engine.families import identity_rule
from ..engine.reading import UNKNOWN, Resource
from ..engine.rows import Guardrail, Severity
from ..readers.policy_documents import WHOLE_ACCOUNT, ParsedStatement, is_every_action
from ..readers.resource_policies import DOCUMENTS, VPC_ENDPOINT_TYPES, judge_documents, resolve_when_known


def _allows_every_action(resource: Resource, statement: ParsedStatement) -> str:
    """Returns the violation of a statement that allows every action. VPC endpoint policies are exempt: they limit
    requests and grant nothing. So are bucket policies that leave the decision to the access points of an account."""
    names = [name for _, name in statement.principals]
    if (
        resource.type in VPC_ENDPOINT_TYPES
        or _delegates_to_access_points(statement)
        or (names and all(name is UNKNOWN or WHOLE_ACCOUNT.fullmatch(str(name)) for name in names))
    ):
        return ""
    if statement.not_actions:
        return "allows every action but the listed ones (NotAction)"
    return "allows every action" if any(is_every_action(action) for action in statement.actions) else ""


def _delegates_to_access_points(statement: ParsedStatement) -> bool:
    """Returns whether a statement applies to requests through access points of a fixed account only, as the S3 User
    Guide shows it (delegating access control to access points, read 2026-11-27)."""
    return any(
        condition.key.lower().startswith("s3:dataaccesspoint") and condition.narrows(Narrowing.CALLER)
        for condition in statement.conditions
    )


RESOURCE_POLICY_IDENTITY: tuple[Guardrail, ...] = (
    identity_rule(111, Severity.HIGH, "Resource policies list the actions that they allow",
                  "an identity with every action on a resource can also share it with others",
                  "List the actions in Action instead of * or NotAction",
                  predicate=judge_documents(_allows_every_action, report_unreadable=False), resolve=resolve_when_known,
                  types=tuple(DOCUMENTS)),
)  # fmt: skip
