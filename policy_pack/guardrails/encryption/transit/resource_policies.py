"""Policies of AWS resources that can be called over plain HTTP: whoever states one refuses what is not TLS in it."""

from collections.abc import Iterator

from ...engine.conditions import FALSE
from ...engine.families import transit_rule
from ...engine.reading import MISSING, Resource
from ...engine.rows import Guardrail, Severity, aws
from ...engine.verdicts import Outcome, failed, passed
from ...readers.policy_documents import Statement, statements

_POLICIES = aws(
    "s3/BucketPolicy", "s3/Bucket", "s3/BucketV2", "sns/TopicPolicy", "sns/Topic", "sqs/QueuePolicy", "sqs/Queue",
    "efs/FileSystemPolicy",
)  # fmt: skip


def _is_tls_denial(statement: Statement) -> bool:
    """A refusal for everybody of what is called without TLS."""
    return (
        statement.effect.lower() == "deny"
        and statement.is_public
        and any(
            test.key.lower() == "aws:securetransport" and any(FALSE.test(value) for value in test.values)
            for test in statement.conditions
        )
    )


def _denies_plaintext(resource: Resource) -> Iterator[Outcome]:
    """A policy that is not known yet is judged when it is: nothing can be said before."""
    document = resource.get("policy")
    policy = None if document is MISSING else statements(document, "policy")
    if policy is None:
        return
    if any(_is_tls_denial(statement) for statement in policy):
        yield passed()
    else:
        yield failed("no statement of its policy denies everybody where aws:SecureTransport is false", "policy")


POLICY_TRANSIT: tuple[Guardrail, ...] = (
    transit_rule(406, Severity.MEDIUM, "Policies of buckets, topics, queues and file systems refuse calls without TLS",
                 "these services also answer over plain HTTP and NFS, where data and credentials can be read",
                 'Add a statement: Deny, Principal "*", Condition {"Bool": {"aws:SecureTransport": "false"}}',
                 predicate=_denies_plaintext, types=_POLICIES),
)  # fmt: skip
