"""What buckets cost beside what they hold: calls of KMS for each object, and pieces of uploads that nobody finished.

Property names checked against pulumi-aws 7.51.1 on 2026-11-25 (a test repeats it).
"""

from ..engine.conditions import TRUE, Condition, one_of
from ..engine.families import cost_rule
from ..engine.reading import UNKNOWN, Plain
from ..engine.rows import Check, Guardrail, Severity, aws
from ..readers.s3_buckets import BUCKET_ENCRYPTION

_RULE = "rules[+]"
_INLINE = "serverSideEncryptionConfiguration?.rule"
_INLINE_V2 = "serverSideEncryptionConfigurations[*].rules[*]"
_BY_KMS = one_of("aws:kms")
"""Two layers of encryption (aws:kms:dsse) know no key of the bucket (Amazon S3 user guide; from memory)."""

KEY_ROWS = (
    Check(BUCKET_ENCRYPTION, f"{_RULE}.bucketKeyEnabled", TRUE,
          when=(f"{_RULE}.applyServerSideEncryptionByDefault.sseAlgorithm", _BY_KMS)),
    Check(aws("s3/Bucket"), f"{_INLINE}.bucketKeyEnabled", TRUE,
          when=(f"{_INLINE}.applyServerSideEncryptionByDefault.sseAlgorithm", _BY_KMS)),
    Check(aws("s3/BucketV2"), f"{_INLINE_V2}.bucketKeyEnabled", TRUE,
          when=(f"{_INLINE_V2}.applyServerSideEncryptionByDefaults[*].sseAlgorithm", _BY_KMS)),
)  # fmt: skip


def _aborts_uploads(rules: Plain) -> bool:
    """Whether one of the rules that are on ends uploads; what is not known yet may."""
    stated = rules if isinstance(rules, list) else [rules]
    return any(
        rule is UNKNOWN
        or (
            isinstance(rule, dict)
            and rule.get("status") != "Disabled"
            and bool(rule.get("abortIncompleteMultipartUpload"))
        )
        for rule in stated
    )


ENDS_UPLOADS = Condition("must have a rule with abortIncompleteMultipartUpload", _aborts_uploads)
UPLOAD_ROWS = (
    Check(aws("s3/BucketLifecycleConfiguration", "s3/BucketLifecycleConfigurationV2"), "rules", ENDS_UPLOADS),
)


BUCKETS: tuple[Guardrail, ...] = (
    cost_rule(118, Severity.LOW, "Buckets under KMS have a key of their own beside it",
              "without one, KMS is asked, and paid, for every object that is read or written",
              "Set bucket_key_enabled to true",
              checks=KEY_ROWS),
    cost_rule(119, Severity.LOW, "Uploads to buckets that were never finished are thrown away",
              "their pieces are paid for like objects, and no list of objects shows them",
              "Add a rule with abort_incomplete_multipart_upload, such as days_after_initiation 7",
              checks=UPLOAD_ROWS),
)  # fmt: skip
