"""The resource types of S3 buckets in both generations of the AWS provider, and the buckets of a plan by name."""

from collections.abc import Iterator, Sequence

from ..engine.plan import Plan
from ..engine.reading import Resource
from ..engine.rows import aws

BUCKETS = aws("s3/Bucket", "s3/BucketV2")
BUCKET_ENCRYPTION = aws("s3/BucketServerSideEncryptionConfiguration", "s3/BucketServerSideEncryptionConfigurationV2")


def buckets_named(name: str, plan: Plan) -> Sequence[Resource]:
    """Returns the buckets of a plan with a name."""
    return plan.by_key(_names).get(name, ())


def _names(resource: Resource) -> Iterator[str]:
    if resource.type in BUCKETS and isinstance(name := resource.get("bucket"), str):
        yield name
