"""Protection that a separate resource configures: the public access block of a bucket."""

from collections.abc import Iterator

from ..engine.families import exposure_rule
from ..engine.plan import Plan
from ..engine.reading import Resource
from ..engine.rows import Guardrail, Severity, aws
from ..engine.verdicts import Outcome, failed, passed
from ..readers.related_resources import related_to
from ..readers.s3_buckets import BUCKETS

_BUCKET_BLOCK = aws("s3/BucketPublicAccessBlock")
_ACCOUNT_BLOCK = aws("s3/AccountPublicAccessBlock")


def _check_access_block(resource: Resource, plan: Plan) -> Iterator[Outcome]:
    if resource.type not in BUCKETS:
        return
    has_block = any(related_to(resource, plan, _BUCKET_BLOCK, "bucket", ("bucket",))) or any(
        plan.of_type(*_ACCOUNT_BLOCK)
    )
    yield passed() if has_block else failed("nothing in the stack blocks public access to it")


RELATED_EXPOSURE: tuple[Guardrail, ...] = (
    exposure_rule(108, Severity.HIGH, "Every S3 bucket has a public access block, its own or the account's",
                  "without it, a later bucket policy or ACL can make the bucket public",
                  "Add an aws.s3.BucketPublicAccessBlock with all four flags for the bucket",
                  plan_predicate=_check_access_block, types=BUCKETS),
)  # fmt: skip
