"""Encryption that a separate resource configures: S3 buckets and Azure SQL servers."""

from collections.abc import Iterator
from dataclasses import dataclass

from ...engine.families import encryption_rule
from ...engine.plan import Plan
from ...engine.reading import MISSING, UNKNOWN, Resource, walk
from ...engine.rows import Guardrail, PlanPredicate, Severity, azure
from ...engine.verdicts import Outcome, failed, passed
from ...readers.related_resources import related_to
from ...readers.s3_buckets import BUCKET_ENCRYPTION, BUCKETS


@dataclass(frozen=True)
class _RelatedSetting:
    """A setting of the resource types `types`. It is set inline, or by a resource of `related` that refers to the
    resource by `link`.

    `names` are the properties of the resource that `link` may contain if it is a literal name.
    """

    types: tuple[str, ...]
    inline: tuple[str, ...]
    related: tuple[str, ...]
    link: str
    names: tuple[str, ...]
    sentence: str


def _is_set_inline(resource: Resource, paths: tuple[str, ...]) -> bool:
    values = [value for path in paths for _, value in walk(resource.props, path)]
    return any(value is UNKNOWN or value not in (MISSING, "") for value in values)


def _check_setting(rule: _RelatedSetting) -> PlanPredicate:
    def judge(resource: Resource, plan: Plan) -> Iterator[Outcome]:
        if resource.type not in rule.types:
            return
        has_related = any(related_to(resource, plan, rule.related, rule.link, rule.names))
        yield passed() if has_related or _is_set_inline(resource, rule.inline) else failed(rule.sentence)

    return judge


_BUCKET = _RelatedSetting(
    types=BUCKETS,
    inline=("serverSideEncryptionConfiguration", "serverSideEncryptionConfigurations[*]"),
    related=BUCKET_ENCRYPTION,
    link="bucket",
    names=("bucket", "id"),
    sentence="nothing in the stack sets its default encryption, so S3 uses an S3-managed key",
)
_SQL_SERVER = _RelatedSetting(
    types=azure("sql:Server"),
    inline=("keyId",),
    related=azure("sql:EncryptionProtector"),
    link="serverName",
    names=("serverName", "name"),
    sentence="neither its key_id nor an EncryptionProtector sets a customer-managed key",
)

RELATED_ENCRYPTION: tuple[Guardrail, ...] = (
    encryption_rule(1, Severity.CRITICAL,
                    "Every S3 bucket has default encryption configured, inline or as a separate resource",
                    "without it, S3 uses a key that its owner can neither disable nor delete",
                    "Add an aws.s3.BucketServerSideEncryptionConfiguration with an aws.kms.Key for the bucket",
                    plan_predicate=_check_setting(_BUCKET)),
    encryption_rule(2, Severity.HIGH,
                    "Every Azure SQL server uses a customer-managed key, inline or through an encryption protector",
                    "without it, Azure uses a key that its owner can neither disable nor delete",
                    "Set key_id, or add an azure_native.sql.EncryptionProtector of type AzureKeyVault",
                    plan_predicate=_check_setting(_SQL_SERVER)),
)  # fmt: skip
