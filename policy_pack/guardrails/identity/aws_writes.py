"""Changes that a policy of an AWS identity allows on every resource."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from falaj.facts.iam_conditions import Narrowing

from ..engine.families import identity_rule
from ..engine.rows import Guardrail, Severity
from ..readers.policy_documents import ParsedStatement, is_whole_service, matches
from ..readers.resource_policies import resolve_when_known
from .aws import POLICIES, each_statement
from .aws_attachments import STOLEN_IDENTITY
from .aws_boundaries import NAMED
from .aws_changes import changes_settings, of_own_service
from .aws_decisive import changes, has_own_types, is_limited, is_wide

_WRITE_VERBS = (
    "put", "delete", "create", "update", "modify", "terminate", "attach", "detach", "set", "add", "remove", "replace",
    "restore", "stop", "start", "reboot", "run", "send", "publish", "import", "export", "associate", "disassociate",
    "enable", "disable", "upload", "batchwrite", "batchdelete", "batchput", "deregister", "register", "revoke",
    "authorize", "cancel", "reset", "share", "copy", "purchase", "subscribe", "requestservicequota",
    "unsubscribe", "batchupdate", "batchdisable", "batchassociate", "batchdisassociate", "activate", "deactivate",
)  # fmt: skip
"""Beginnings of the names of actions that change a resource."""
_UNRESTRICTED_ACTIONS = (
    "cloudwatch:PutMetricData",
    "ec2:*NetworkInterface*",
    "ec2:*ssignPrivateIpAddresses",
    "ec2:AssociateAddress",
    "ec2:CreateFleet",
    "ec2messages:*",
    "logs:CreateLogGroup",
    "ssm:UpdateInstanceInformation",
    "ssmmessages:*",
    "xray:Put*",
)
"""Actions that do not support resource-level permissions, or whose resources are not known in advance (AWS service
authorization reference, 2026-11)."""

_TAGGING = ("CreateTags", "DeleteTags", "TagResource", "UntagResource", "AddTags")


def _allows_all_writes(allowed: Mapping[str, str], statement: ParsedStatement) -> str:
    if not is_wide(statement) or statement.is_narrowed(Narrowing.PERMISSIONS, Narrowing.RESOURCE):
        return ""
    listed = frozenset(action.lower() for action in allowed)
    creates = statement.is_narrowed(Narrowing.REQUEST)
    if text := changes(statement, listed, is_tagged=creates):
        return f"{text} for every resource"
    if not statement.covers_everything:
        return "" if creates else _changes_settings(statement, listed)
    writes = [action for action in statement.actions if isinstance(action, str) and _is_write(action)]
    if creates:
        writes = [action for action in writes if _may_tag(action)]
    left = (action for action in writes if action.lower() not in listed and not is_limited(action, statement))
    write = next(left, "")
    return f"changes every resource ({write})" if write else ""


def _changes_settings(statement: ParsedStatement, listed: frozenset[str]) -> str:
    """Returns what of every resource of a kind a statement may change or delete; empty if nothing."""
    left = (
        action
        for action in map(str, statement.actions)
        if changes_settings(action) and action.strip().lower() not in listed and not is_limited(action, statement)
        if not has_own_types(action)
        if not any(matches(name, action) for name in _UNRESTRICTED_ACTIONS)
        if is_wide(replace(statement, resources=of_own_service(action, statement.resources)))
    )
    action = next(left, "")
    return f"changes or deletes every resource of a kind ({action})" if action else ""


def _is_write(action: str) -> bool:
    """Returns whether an action, or one that its wildcards match, changes a resource. IAM ignores case.

    FJ-IDN-101 reports a whole service.
    """
    if is_whole_service(action) or any(matches(name, action) for name in _UNRESTRICTED_ACTIONS):
        return False
    name = action.lower().partition(":")[2]
    fixed = name.replace("?", "*").partition("*")[0]
    is_pattern = len(fixed) < len(name)
    return any(fixed.startswith(verb) or (is_pattern and verb.startswith(fixed)) for verb in _WRITE_VERBS)


def _may_tag(action: str) -> bool:
    """Returns whether an action may tag existing resources, which a condition on the tags of the request permits."""
    service = action.partition(":")[0]
    return any(matches(action, f"{service}:{name}") for name in _TAGGING) or "tag" in action.lower()


def write_guardrail(allowed: Mapping[str, str]) -> Guardrail:
    """Returns the guardrail of changes. `allowed`: actions in the settings."""
    return identity_rule(
        109, Severity.MEDIUM, "Policies list the resources that they may change",
        STOLEN_IDENTITY,
        "List the resources in Resource, or add a condition on aws:ResourceTag (on aws:RequestTag for what is created) "
        "with fixed values; for a controller whose policy its vendor publishes, list the action under "
        f"identity.unrestricted_actions or the preset in enforcement.yaml{NAMED}",
        predicate=each_statement(partial(_allows_all_writes, allowed)), resolve=resolve_when_known,
        types=tuple(POLICIES),
    )  # fmt: skip
