"""Resource policies on AWS must list the actions that they allow."""

from ..engine.families import identity_rule
from ..engine.reading import UNKNOWN, Resource
from ..engine.rows import Guardrail, Severity
from ..readers.policy_documents import WHOLE_ACCOUNT, ParsedStatement, is_every_action
from ..readers.resource_policies import DOCUMENTS, VPC_ENDPOINT_TYPES, judge_documents, resolve_when_known


def _allows_every_action(resource: Resource, statement: ParsedStatement) -> str:
    """Returns the violation of a statement that allows every action. VPC endpoint policies are exempt: they limit
    requests and grant nothing."""
    names = [name for _, name in statement.principals]
    if resource.type in VPC_ENDPOINT_TYPES or (
        names and all(name is UNKNOWN or WHOLE_ACCOUNT.fullmatch(str(name)) for name in names)
    ):
        return ""
    if statement.not_actions:
        return "allows every action but the listed ones (NotAction)"
    return "allows every action" if any(is_every_action(action) for action in statement.actions) else ""


RESOURCE_POLICY_IDENTITY: tuple[Guardrail, ...] = (
    identity_rule(111, Severity.HIGH, "Resource policies list the actions that they allow",
                  "an identity with every action on a resource can also share it with others",
                  "List the actions in Action instead of * or NotAction",
                  predicate=judge_documents(_allows_every_action, report_unreadable=False), resolve=resolve_when_known,
                  types=tuple(DOCUMENTS)),
)  # fmt: skip
