"""Protection that is stated beside the resource: buckets whose public access is blocked by a resource of its own."""

from collections.abc import Iterator

from .controls import EXPOSURE
from .plan import Plan
from .reading import Resource
from .rows import Concern, Guardrail, Severity, aws
from .verdicts import Outcome, failed, passed

_BUCKETS = aws("s3/Bucket", "s3/BucketV2")
_BLOCKS = aws("s3/BucketPublicAccessBlock")
_ACCOUNT = aws("s3/AccountPublicAccessBlock")


def _blocks(block: Resource, bucket: Resource) -> bool:
    """By name where both are known: a value computed from one bucket may still name another."""
    target, name = block.get("bucket"), bucket.get("bucket")
    if isinstance(target, str) and isinstance(name, str):
        return target == name
    return bucket.urn in block.dependencies.get("bucket", ())


def _is_blocked(resource: Resource, plan: Plan) -> Iterator[Outcome]:
    if resource.type not in _BUCKETS:
        return
    beside = any(_blocks(item, resource) for item in plan.of_type(*_BLOCKS)) or any(plan.of_type(*_ACCOUNT))
    yield passed() if beside else failed("nothing in the stack blocks public access to it")


EXPOSURE_COMPANIONS: tuple[Guardrail, ...] = (
    Guardrail(
        id="FJ-EXP-108",
        concern=Concern.EXPOSURE,
        severity=Severity.HIGH,
        what="Every S3 bucket has its public access blocked beside it, or for the account",
        why="one policy or list written later makes it public otherwise",
        remedy="Add an aws.s3.BucketPublicAccessBlock with all four flags for the bucket",
        controls=EXPOSURE,
        across=_is_blocked,
        about=_BUCKETS,
    ),
)
