"""The resource types of S3 buckets in both generations of the AWS provider."""

import re
from collections.abc import Callable, Iterable

from ..engine.rows import aws

BUCKETS = aws("s3/Bucket", "s3/BucketV2")
BUCKET_ENCRYPTION = aws("s3/BucketServerSideEncryptionConfiguration", "s3/BucketServerSideEncryptionConfigurationV2")
_RANDOM_END = re.compile(r"-[0-9a-f]{7}$")
"""What Pulumi puts at the end of a name that it gives (Pulumi, "Resource names", as known): names of buckets
are global, so that anybody may have a plain one with the same beginning."""


def own_series(listed: Iterable[str]) -> Callable[[str], bool]:
    """Returns the test of whether the name of a bucket has a listed beginning, such as `platform-*`, and a random
    end."""
    prefixes = tuple(item[:-1].lower() for item in listed if item.endswith("-*"))
    return lambda name: name.startswith(prefixes) and _RANDOM_END.search(name) is not None
