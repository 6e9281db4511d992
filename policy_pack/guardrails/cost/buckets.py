"""Costs of buckets in addition to storage: KMS requests for every object, and incomplete multipart uploads.

Property names checked against pulumi-aws 7.51.1 on 2026-11-25 (a test repeats it).
"""

from ..engine.conditions import TRUE, Condition, one_of
from ..engine.families import cost_rule
from ..engine.number_conditions import number_of
from ..engine.reading import UNKNOWN, Plain, one_or_many
from ..engine.rows import Check, Guardrail, Severity, aws
from ..readers.s3_buckets import BUCKET_ENCRYPTION

_RULE = "rules[+]"
_INLINE = "serverSideEncryptionConfiguration?.rule"
_INLINE_V2 = "serverSideEncryptionConfigurations[*].rules[*]"
_SINGLE_LAYER_KMS = one_of("aws:kms")
"""Dual-layer encryption (aws:kms:dsse) does not support S3 Bucket Keys (Amazon S3 user guide; from memory)."""

KEY_ROWS = (
    Check(BUCKET_ENCRYPTION, f"{_RULE}.bucketKeyEnabled", TRUE,
          when=(f"{_RULE}.applyServerSideEncryptionByDefault.sseAlgorithm", _SINGLE_LAYER_KMS)),
    Check(aws("s3/Bucket"), f"{_INLINE}.bucketKeyEnabled", TRUE,
          when=(f"{_INLINE}.applyServerSideEncryptionByDefault.sseAlgorithm", _SINGLE_LAYER_KMS)),
    Check(aws("s3/BucketV2"), f"{_INLINE_V2}.bucketKeyEnabled", TRUE,
          when=(f"{_INLINE_V2}.applyServerSideEncryptionByDefaults[*].sseAlgorithm", _SINGLE_LAYER_KMS)),
)  # fmt: skip


_LONGEST_DAYS = 90


def _aborts_uploads(rules: Plain) -> bool:
    """Returns whether an enabled rule for the whole bucket aborts incomplete uploads. A rule that is not known yet
    counts as one."""
    return any(_aborts_all(rule) for rule in one_or_many(rules))


def _aborts_all(rule: Plain) -> bool:
    if not isinstance(rule, dict):
        return rule is UNKNOWN
    abort, status = rule.get("abortIncompleteMultipartUpload"), rule.get("status", UNKNOWN)
    is_enabled = status is UNKNOWN or str(status).lower() == "enabled"
    return is_enabled and _covers_bucket(rule) and (abort is UNKNOWN or (isinstance(abort, dict) and _is_soon(abort)))


def _is_soon(abort: dict[str, Plain]) -> bool:
    days = number_of(abort.get("daysAfterInitiation"))
    return days is None or days <= _LONGEST_DAYS


def _covers_bucket(rule: dict[str, Plain]) -> bool:
    """Returns whether a rule has no filter, by prefix, tag or size, or only an empty or unknown prefix."""
    filters = rule.get("filter")
    conditions = {"prefix": rule.get("prefix"), **(filters if isinstance(filters, dict) else {})}
    return all(value is UNKNOWN or value in (None, "") for value in conditions.values())


ABORTS_UPLOADS = Condition("must have a rule for the whole bucket with abortIncompleteMultipartUpload", _aborts_uploads)
UPLOAD_ROWS = (
    Check(aws("s3/BucketLifecycleConfiguration", "s3/BucketLifecycleConfigurationV2"), "rules", ABORTS_UPLOADS),
)


BUCKETS: tuple[Guardrail, ...] = (
    cost_rule(118, Severity.LOW, "Buckets encrypted with KMS use an S3 Bucket Key",
              "without a Bucket Key, every read and write of an object is a charged KMS request",
              "Set bucket_key_enabled to true",
              checks=KEY_ROWS),
    cost_rule(119, Severity.LOW, "Incomplete multipart uploads to buckets are aborted",
              "the parts of incomplete uploads are charged like objects, and object listings do not show them",
              "Add a lifecycle rule without a filter that has abort_incomplete_multipart_upload, with "
              "days_after_initiation 7",
              checks=UPLOAD_ROWS),
)  # fmt: skip
