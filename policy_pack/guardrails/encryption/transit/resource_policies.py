"""Resource policies on AWS must deny requests without TLS."""

from collections.abc import Iterator

from ...engine.conditions import FALSE
from ...engine.families import transit_rule
from ...engine.reading import MISSING, Resource
from ...engine.rows import Guardrail, Severity, aws
from ...engine.verdicts import Outcome, failed, passed
from ...readers.policy_documents import ParsedStatement, statements

_POLICIES = aws(
    "s3/BucketPolicy", "s3/Bucket", "s3/BucketV2", "sns/TopicPolicy", "sns/Topic", "sqs/QueuePolicy", "sqs/Queue",
    "efs/FileSystemPolicy",
)  # fmt: skip


def _is_tls_denial(statement: ParsedStatement) -> bool:
    """Returns whether a statement denies all requests without TLS, for every principal."""
    return (
        statement.effect.lower() == "deny"
        and statement.is_public
        and any(
            condition.key.lower() == "aws:securetransport" and any(FALSE.test(value) for value in condition.values)
            for condition in statement.conditions
        )
    )


def _check_tls_denial(resource: Resource) -> Iterator[Outcome]:
    """Checks that a policy denies requests without TLS. Yields nothing for an unknown policy, which is evaluated at
    deployment."""
    document = resource.get("policy")
    policy = None if document is MISSING else statements(document, "policy")
    if policy is None:
        return
    if any(_is_tls_denial(statement) for statement in policy):
        yield passed()
    else:
        yield failed("no statement of its policy denies Principal * where aws:SecureTransport is false", "policy")


POLICY_TRANSIT: tuple[Guardrail, ...] = (
    transit_rule(406, Severity.MEDIUM,
                 "Resource policies of buckets, topics, queues and file systems deny requests without TLS",
                 "these services also accept plain HTTP and NFS, which expose data and credentials on the network",
                 'Add a statement: Deny, Principal "*", Condition {"Bool": {"aws:SecureTransport": "false"}}',
                 predicate=_check_tls_denial, types=_POLICIES),
)  # fmt: skip
