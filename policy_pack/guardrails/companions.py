"""Encryption that is stated beside the resource: buckets and SQL servers whose key is set by a resource of its own."""

from collections.abc import Iterator
from dataclasses import dataclass

from .controls import ENCRYPTION
from .encryption_aws import BUCKET_ENCRYPTION_KINDS, BUCKET_KINDS
from .plan import Plan
from .reading import MISSING, UNKNOWN, Resource, walk
from .rows import Across, Concern, Guardrail, Severity, azure
from .verdicts import Outcome, failed, passed


@dataclass(frozen=True)
class Companion:
    """A property that may be stated inline on `kinds`, or by one of `companions` that refers to it through `link`.

    `identities` are the properties of the resource that a literal `link` may name.
    """

    kinds: tuple[str, ...]
    inline: tuple[str, ...]
    companions: tuple[str, ...]
    link: str
    identities: tuple[str, ...]
    sentence: str


def _refers(companion: Resource, resource: Resource, rule: Companion) -> bool:
    """By name where both are known: a value computed from one resource may still name another."""
    target = companion.get(rule.link)
    names = {name for key in rule.identities if isinstance(name := resource.get(key), str)}
    if isinstance(target, str) and names:
        return target in names
    return resource.urn in companion.dependencies.get(rule.link, ())


def _stated_inline(resource: Resource, paths: tuple[str, ...]) -> bool:
    found = [value for path in paths for _, value in walk(resource.props, path)]
    return any(value is UNKNOWN or value not in (MISSING, "") for value in found)


def _across(rule: Companion) -> Across:
    def judge(resource: Resource, plan: Plan) -> Iterator[Outcome]:
        if resource.type not in rule.kinds:
            return
        beside = any(_refers(item, resource, rule) for item in plan.of_type(*rule.companions))
        yield passed() if beside or _stated_inline(resource, rule.inline) else failed(rule.sentence)

    return judge


_BUCKET = Companion(
    kinds=BUCKET_KINDS,
    inline=("serverSideEncryptionConfiguration", "serverSideEncryptionConfigurations[*]"),
    companions=BUCKET_ENCRYPTION_KINDS,
    link="bucket",
    identities=("bucket", "id"),
    sentence="nothing in the stack sets its default encryption, so S3 uses a key of its own",
)
_SQL_SERVER = Companion(
    kinds=azure("sql:Server"),
    inline=("keyId",),
    companions=azure("sql:EncryptionProtector"),
    link="serverName",
    identities=("serverName", "name"),
    sentence="neither its key_id nor an EncryptionProtector names a key of your own",
)

COMPANIONS: tuple[Guardrail, ...] = (
    Guardrail(
        id="FJ-ENC-001",
        concern=Concern.ENCRYPTION,
        severity=Severity.CRITICAL,
        what="Every S3 bucket has default encryption stated, on it or beside it",
        why="without one, S3 encrypts with a key that its owner can neither deny nor destroy",
        remedy="Add an aws.s3.BucketServerSideEncryptionConfiguration with an aws.kms.Key for the bucket",
        controls=ENCRYPTION,
        across=_across(_BUCKET),
    ),
    Guardrail(
        id="FJ-ENC-002",
        concern=Concern.ENCRYPTION,
        severity=Severity.HIGH,
        what="Every Azure SQL server has a key of its owner, on it or through an encryption protector",
        why="without one, Azure encrypts with a key that the owner can neither deny nor destroy",
        remedy="Set key_id, or add an azure_native.sql.EncryptionProtector of type AzureKeyVault",
        controls=ENCRYPTION,
        across=_across(_SQL_SERVER),
    ),
)
