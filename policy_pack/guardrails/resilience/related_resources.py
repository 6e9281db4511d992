"""Protections that a separate resource configures: versioning, soft delete, backups and vault locks in production."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ..engine.conditions import is_true
from ..engine.families import resilience_rule
from ..engine.plan import Plan
from ..engine.reading import MISSING, UNKNOWN, Plain, Resource, walk
from ..engine.rows import Guardrail, PlanPredicate, Severity, aws, azure
from ..engine.verdicts import Outcome, failed, passed
from ..readers.effective_tags import effective_tags
from ..readers.environments import is_production
from ..readers.related_resources import refers_to


@dataclass(frozen=True)
class _RelatedProtection:
    """A protection of `types`: one of `related`, which refers to it by `link`, sets it at `path`; or `inline` does."""

    types: tuple[str, ...]
    related: tuple[str, ...]
    link: str
    names: tuple[str, ...]
    path: str
    condition: Callable[[Plain], bool]
    sentence: str
    inline: str = ""
    applies_if: tuple[str, ...] = ()
    """The rule applies only where a resource of one of these types refers to the resource; always if empty."""
    alternative: Callable[[Resource, Plan], bool] | None = None
    """Another way in which the plan can set the protection."""


def _is_set_at(resource: Resource, path: str, condition: Callable[[Plain], bool]) -> bool:
    return any(
        value is UNKNOWN or (value is not MISSING and condition(value)) for _, value in walk(resource.props, path)
    )


def _has_protection(rule: _RelatedProtection) -> PlanPredicate:
    def judge(resource: Resource, plan: Plan) -> Iterator[Outcome]:
        if not is_production(resource):
            return
        if rule.applies_if and not any(
            refers_to(item, resource, rule.link, rule.names) for item in plan.of_type(*rule.applies_if)
        ):
            return
        has_related = any(
            refers_to(item, resource, rule.link, rule.names) and _is_set_at(item, rule.path, rule.condition)
            for item in plan.of_type(*rule.related)
        )
        own = bool(rule.inline) and _is_set_at(resource, rule.inline, rule.condition)
        other = rule.alternative is not None and rule.alternative(resource, plan)
        yield passed() if has_related or own or other else failed(rule.sentence)

    return judge


def _is_selected(resource: Resource, plan: Plan) -> bool:
    """Whether an AWS Backup selection includes it, by ARN or by one of its tags."""
    tags = effective_tags(resource).values
    for selection in plan.of_type(*aws("backup/Selection")):
        if resource.urn in selection.dependencies.get("resources", ()):
            return True
        stated = [item for path in ("conditions.stringEquals", "selectionTags") for item in _each(selection, path)]
        if any(tags.get(str(item.get("key")).removeprefix("aws:ResourceTag/")) == item.get("value") for item in stated):
            return True
    return False


def _each(resource: Resource, path: str) -> Iterator[dict[str, Plain]]:
    for _, item in walk(resource.props, path):
        yield from (item for item in (item if isinstance(item, list) else [item]) if isinstance(item, dict))


def _is_enabled(value: Plain) -> bool:
    return str(value).lower() in ("enabled", "true")


_VERSIONS = _RelatedProtection(
    types=aws("s3/Bucket", "s3/BucketV2"),
    related=aws("s3/BucketVersioning", "s3/BucketVersioningV2"),
    link="bucket",
    names=("bucket", "id"),
    path="versioningConfiguration.status",
    condition=_is_enabled,
    sentence="nothing in the stack enables versioning",
    inline="versioning.enabled",
)
_BLOBS = _RelatedProtection(
    types=azure("storage:StorageAccount"),
    related=azure("storage:BlobServiceProperties"),
    link="accountName",
    names=("accountName", "name"),
    path="deleteRetentionPolicy.enabled",
    condition=is_true,
    sentence="nothing in the stack enables soft delete for blobs",
    applies_if=azure("storage:BlobContainer", "storage:BlobServiceProperties"),
)
_SHARES = _RelatedProtection(
    types=azure("storage:StorageAccount"),
    related=azure("storage:FileServiceProperties"),
    link="accountName",
    names=("accountName", "name"),
    path="shareDeleteRetentionPolicy.enabled",
    condition=is_true,
    sentence="nothing in the stack enables soft delete for file shares",
    applies_if=azure("storage:FileShare", "storage:FileServiceProperties"),
)
_FILES = _RelatedProtection(
    types=aws("efs/FileSystem"),
    related=aws("efs/BackupPolicy"),
    link="fileSystemId",
    names=("id",),
    path="backupPolicy.status",
    condition=_is_enabled,
    sentence="nothing in the stack backs it up",
    alternative=_is_selected,
)
_LOCK = _RelatedProtection(
    types=aws("backup/Vault"),
    related=aws("backup/VaultLockConfiguration"),
    link="backupVaultName",
    names=("name", "id"),
    path="minRetentionDays",
    condition=bool,
    sentence="nothing in the stack sets a minimum retention for its backups",
)


RELATED_PROTECTIONS: tuple[Guardrail, ...] = (
    resilience_rule(111, Severity.MEDIUM, "Buckets in production have versioning",
                    "objects that are overwritten by mistake, or encrypted by ransomware, are lost otherwise",
                    "Add an aws.s3.BucketVersioning with status Enabled",
                    plan_predicate=_has_protection(_VERSIONS), types=_VERSIONS.types),
    resilience_rule(112, Severity.MEDIUM, "Blobs in production can be restored after deletion",
                    "a deleted blob is lost at once otherwise",
                    "Add azure_native.storage.BlobServiceProperties with delete_retention_policy.enabled",
                    plan_predicate=_has_protection(_BLOBS), types=_BLOBS.types),
    resilience_rule(113, Severity.MEDIUM, "File shares in production can be restored after deletion",
                    "a deleted share is lost at once otherwise",
                    "Add azure_native.storage.FileServiceProperties with share_delete_retention_policy.enabled",
                    plan_predicate=_has_protection(_SHARES), types=_SHARES.types),
    resilience_rule(114, Severity.MEDIUM, "File systems in production are backed up",
                    "EFS keeps no versions, so deleted files are lost",
                    "Add an aws.efs.BackupPolicy with status ENABLED, or an aws.backup.Selection that includes it",
                    plan_predicate=_has_protection(_FILES), types=_FILES.types),
    resilience_rule(115, Severity.MEDIUM, "Backups in production cannot be deleted before a minimum retention period",
                    "an attacker who takes over an account deletes the backups first",
                    "Add an aws.backup.VaultLockConfiguration with min_retention_days",
                    plan_predicate=_has_protection(_LOCK), types=_LOCK.types),
)  # fmt: skip
