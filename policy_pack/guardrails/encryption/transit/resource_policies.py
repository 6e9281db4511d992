"""Resource policies on AWS must deny requests without TLS: those by which data is read and written, of everybody, and
on all that the resource has (AWS re:Post, "What S3 bucket policy can I use to comply with the AWS Config rule
s3-bucket-ssl-requests-only?", whose example has the bucket and its objects, read 2026-11-30)."""

import re
from collections.abc import Iterator

from ...engine.conditions import FALSE
from ...engine.families import transit_rule
from ...engine.lazy_regex import lazy_regex
from ...engine.plan import Plan
from ...engine.reading import MISSING, Plain, Resource
from ...engine.rows import Guardrail, Severity, aws
from ...engine.verdicts import Outcome, failed, passed
from ...readers.policy_documents import ParsedStatement, matches, statements
from ...readers.related_resources import related_to

_POLICIES = aws(
    "s3/BucketPolicy", "s3/Bucket", "s3/BucketV2", "sns/TopicPolicy", "sns/Topic", "sqs/QueuePolicy", "sqs/Queue",
    "efs/FileSystemPolicy",
)  # fmt: skip


_DATA = {
    "s3": ("s3:GetObject", "s3:PutObject"), "sns": ("sns:Publish",), "sqs": ("sqs:ReceiveMessage", "sqs:SendMessage"),
    "efs": ("elasticfilesystem:ClientMount",),
}  # fmt: skip
"""Module of a type -> the actions by which data crosses the network."""
_OPERATOR = lazy_regex(r"(?:Bool|String(?:Equals(?:IgnoreCase)?|Like))(?:IfExists)?", re.IGNORECASE)
_TLS = "aws:securetransport"
_OF_SERVICES = frozenset({_TLS, "aws:principalisawsservice", "aws:viaawsservice"})
"""Keys of a denial that leaves requests of services out, which use TLS. Any other leaves callers out, since all
conditions of a statement must hold."""


def _is_tls_denial(statement: ParsedStatement) -> bool:
    """Returns whether a statement denies whatever it is about without TLS, for every principal."""
    tests = [condition for condition in statement.conditions if condition.key.lower() == _TLS]
    return (
        statement.effect.lower() == "deny"
        and statement.is_public
        and not statement.is_not_principal
        and all(condition.key.lower() in _OF_SERVICES for condition in statement.conditions)
        and any(_OPERATOR.fullmatch(item.operator) and any(map(FALSE.test, item.values)) for item in tests)
    )


def _is_whole(resource: Plain) -> bool:
    """Returns whether a resource of a bucket's policy is every object."""
    if not isinstance(resource, str) or resource == "*":
        return True
    name, slash, path = resource.rpartition(":::")[2].partition("/")
    return path.strip("*") == "" if slash else name.endswith("*")


def _denies(statement: ParsedStatement, action: str) -> bool:
    """Returns whether a statement is about an action, and about every object if it is one of buckets."""
    is_whole = not action.startswith("s3:") or any(map(_is_whole, statement.resources))
    return is_whole and any(matches(item, action) for item in statement.actions)


def _check_tls_denial(resource: Resource) -> Iterator[Outcome]:
    """Checks that a policy denies requests without TLS. Yields nothing for an unknown policy, which is evaluated at
    deployment."""
    document = resource.get("policy")
    policy = None if document is MISSING else statements(document, "policy")
    if policy is None:
        return
    denials = [statement for statement in policy if _is_tls_denial(statement)]
    missing = [
        action for action in _DATA[resource.type.split(":")[1].split("/")[0]]
        if not any(_denies(statement, action) for statement in denials)
    ]  # fmt: skip
    if not missing:
        yield passed()
    elif denials:
        yield failed(f"its policy denies requests without TLS, but not {missing[0]} on everything", "policy")
    else:
        yield failed("no statement of its policy denies Principal * where aws:SecureTransport is false", "policy")


_BARE = (
    (aws("s3/Bucket", "s3/BucketV2"), aws("s3/BucketPolicy"), "bucket", ("bucket", "id")),
    (aws("efs/FileSystem"), aws("efs/FileSystemPolicy"), "fileSystemId", ("id",)),
)
"""Types that answer in plain text without a policy, the types of their policy, its link and the names that it may have.
Queues and topics without one have callers of the account only, whose programs use TLS unless told otherwise."""


def _check_bare(resource: Resource, plan: Plan) -> Iterator[Outcome]:
    """Checks that a bucket or a file system has a policy, which is evaluated itself (S3.5 in
    turbot/steampipe-mod-aws-compliance a1d0b446 foundational_security/s3.pp, and prowler 3e000faa
    s3_bucket_secure_transport_policy and efs_not_publicly_accessible, read 2026-12-01)."""
    for types, policies, link, names in _BARE:
        if resource.type in types and resource.get("policy") is MISSING:
            has_policy = any(related_to(resource, plan, policies, link, names))
            yield passed() if has_policy else failed("nothing in the stack denies requests without TLS", "policy")


POLICY_TRANSIT: tuple[Guardrail, ...] = (
    transit_rule(406, Severity.MEDIUM,
                 "Resource policies of buckets, topics, queues and file systems deny requests without TLS",
                 "these services also accept plain HTTP and NFS, which expose data and credentials on the network",
                 'Add a statement: Deny, Principal "*", Condition {"Bool": {"aws:SecureTransport": "false"}}',
                 predicate=_check_tls_denial, plan_predicate=_check_bare,
                 types=(*_POLICIES, *aws("efs/FileSystem"))),
)  # fmt: skip
