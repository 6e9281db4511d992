"""Topics, queues and buckets accept requests of AWS services only on behalf of listed accounts or resources, and no
resource has a condition on the source of a service that every account meets.

Which services send `aws:SourceAccount` or `aws:SourceArn`: "The confused deputy problem" of the IAM User Guide, and the
guides of SNS, SQS and S3 (read 2026-11-27).
"""

from collections.abc import Mapping
from fnmatch import fnmatchcase

from falaj.facts.iam_conditions import Narrowing

from ..engine.families import exposure_rule
from ..engine.lazy_regex import lazy_regex
from ..engine.reading import Resource
from ..engine.rows import Guardrail, Severity, aws
from ..readers.policy_documents import ParsedStatement
from ..readers.resource_policies import DOCUMENTS, VPC_ENDPOINT_TYPES, judge_documents, resolve_when_known

_TOPICS = aws("sns/Topic", "sns/TopicPolicy")
_TYPES = (*_TOPICS, *aws("sqs/Queue", "sqs/QueuePolicy", "s3/Bucket", "s3/BucketV2", "s3/BucketPolicy"))
_ROLE = aws("iam/Role")
"""A role is given to a service by identities of its own account alone (iam:PassRole)."""
_WITH_SOURCES = tuple(token for token in DOCUMENTS if token not in (*_TYPES, *VPC_ENDPOINT_TYPES, *_ROLE))
"""Types whose policies need no condition, such as keys, but whose conditions say something."""
_SOURCES = ("aws:sourcearn", "aws:sourceaccount", "aws:sourceorgid", "aws:sourceorgpaths")
_WITHOUT_CONDITIONS = frozenset({"events.amazonaws.com"})
"""Services that send no condition key to SNS, so that a condition would stop them (Amazon EventBridge User Guide,
resource-based policies: no condition blocks in topic policies; read 2026-11-27)."""
_ACCOUNT_FOLDER = lazy_regex(r"arn:aws[\w-]*:s3:::.*/\d{12}(?:/.*)?")
"""A folder of one account, as in the bucket policies that Elastic Load Balancing documents for access logs."""


def _acts_for_everyone(resource: Resource, statement: ParsedStatement) -> str:
    services = {name for kind, name in statement.principals if kind == "Service" and isinstance(name, str)}
    if resource.type in _TOPICS:
        services -= _WITHOUT_CONDITIONS
    names_account = bool(statement.resources) and all(
        isinstance(item, str) and _ACCOUNT_FOLDER.fullmatch(item) for item in statement.resources
    )
    if not services or names_account or statement.is_narrowed(Narrowing.CALLER):
        return ""
    if resource.type in _WITH_SOURCES:
        key = next((item.key for item in statement.conditions if item.key.lower() in _SOURCES), "")
        return f"lets {min(services)} act for every account: {key} has a value that all may have" if key else ""
    return f"lets {min(services)} act for every account: no condition names aws:SourceAccount or aws:SourceArn"


def service_caller_guardrails(allowed: Mapping[str, str]) -> tuple[Guardrail, ...]:
    """Returns the guardrail. `allowed`: patterns in the settings, of names of resources in the program, or of the
    queues, topics and buckets that a statement is for."""

    def is_allowed(name: str) -> bool:
        return any(fnmatchcase(name, pattern) for pattern in allowed)

    def find_violation(resource: Resource, statement: ParsedStatement) -> str:
        named = [item.rpartition(":")[2] if isinstance(item, str) else "" for item in statement.resources]
        is_listed = is_allowed(resource.name) or (bool(named) and all(map(is_allowed, named)))
        return "" if is_listed else _acts_for_everyone(resource, statement)

    return (
        exposure_rule(130, Severity.HIGH, "AWS services act on topics, queues and buckets for listed accounts only, "
                      "and no condition on their source is met by every account",
                      "an AWS service acts for every account, including a stranger's (the confused deputy problem)",
                      "Add a condition on aws:SourceAccount, aws:SourceArn or aws:SourceOrgID to the statement, or "
                      "list the resource under exposure.service_callers in enforcement.yaml, with the reason",
                      predicate=judge_documents(find_violation, report_unreadable=False), resolve=resolve_when_known,
                      types=(*_TYPES, *_WITH_SOURCES)),
    )  # fmt: skip
