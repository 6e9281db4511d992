"""Protections that a separate resource configures in production: versioning, soft delete, backups and vault locks."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import chain

from ..engine.conditions import is_true
from ..engine.families import resilience_rule
from ..engine.plan import Plan, linked_by
from ..engine.reading import MISSING, UNKNOWN, Plain, Resource, one_or_many, walk
from ..engine.rows import Guardrail, PlanPredicate, Severity, aws, azure
from ..engine.verdicts import Outcome, failed, passed
from ..readers.effective_tags import effective_tags
from ..readers.environments import is_production
from ..readers.kubernetes_objects import name_key
from ..readers.related_resources import related_to


@dataclass(frozen=True)
class RelatedProtection:
    """A protection of the resource types `types`. A resource of `related` that refers to the protected one by `link`
    sets it at `path`, or the protected resource sets it at `inline`."""

    types: tuple[str, ...]
    related: tuple[str, ...]
    link: str
    names: tuple[str, ...]
    """The properties of the protected resource that `link` may contain."""
    path: str
    condition: Callable[[Plain], bool]
    sentence: str
    inline: str = ""
    applies_if: tuple[str, ...] = ()
    """The rule applies only if a resource of one of these types refers to the resource; it always applies if empty."""
    alternative: Callable[[Resource, Plan], bool] | None = None
    """A function that returns whether the plan sets the protection in another way."""


def _is_set_at(resource: Resource, path: str, condition: Callable[[Plain], bool]) -> bool:
    return any(
        value is UNKNOWN or (value is not MISSING and condition(value)) for _, value in walk(resource.props, path)
    )


def check_protection(*rules: RelatedProtection) -> PlanPredicate:
    """Returns the predicate that a resource in production has the protections."""

    def judge(resource: Resource, plan: Plan) -> Iterator[Outcome]:
        for rule in rules if is_production(resource) else ():
            yield from _check_one(rule, resource, plan)

    return judge


def _check_one(rule: RelatedProtection, resource: Resource, plan: Plan) -> Iterator[Outcome]:
    if rule.applies_if and not any(related_to(resource, plan, rule.applies_if, rule.link, rule.names)):
        return
    has_related = any(
        _is_set_at(item, rule.path, rule.condition)
        for item in related_to(resource, plan, rule.related, rule.link, rule.names)
    )
    is_set_inline = bool(rule.inline) and _is_set_at(resource, rule.inline, rule.condition)
    has_alternative = rule.alternative is not None and rule.alternative(resource, plan)
    yield passed() if has_related or is_set_inline or has_alternative else failed(rule.sentence)


_SELECTIONS = aws("backup/Selection")


def _has_backup_selection(resource: Resource, plan: Plan) -> bool:
    """Returns whether an AWS Backup selection includes a resource, by its ARN or by one of its tags."""
    tags = effective_tags(resource).values
    return resource.urn in plan.by_key(linked_by(_SELECTIONS, "resources")) or any(
        name_key(tags.get(key)) in values for key, values in plan.once(_selected_tags, "").items()
    )


def _selected_tags(plan: Plan, _: str) -> dict[str, set[str]]:
    """Returns the tags of what the selections of AWS Backup include: key -> values."""
    found: dict[str, set[str]] = {}
    for selection in plan.of_type(*_SELECTIONS):
        for item in chain(*(_objects_at(selection, path) for path in ("conditions.stringEquals", "selectionTags"))):
            key = str(item.get("key")).removeprefix("aws:ResourceTag/")
            found.setdefault(key, set()).add(name_key(item.get("value")))
    return found


def _objects_at(resource: Resource, path: str) -> Iterator[dict[str, Plain]]:
    for _, item in walk(resource.props, path):
        yield from (item for item in one_or_many(item) if isinstance(item, dict))


def _is_enabled(value: Plain) -> bool:
    return str(value).lower() in ("enabled", "true")


_BUCKET_VERSIONING = RelatedProtection(
    types=aws("s3/Bucket", "s3/BucketV2"),
    related=aws("s3/BucketVersioning", "s3/BucketVersioningV2"),
    link="bucket",
    names=("bucket", "id"),
    path="versioningConfiguration.status",
    condition=_is_enabled,
    sentence="nothing in the stack enables versioning",
    inline="versioning.enabled",
)
_BLOB_SOFT_DELETE = RelatedProtection(
    types=azure("storage:StorageAccount"),
    related=azure("storage:BlobServiceProperties"),
    link="accountName",
    names=("accountName", "name"),
    path="deleteRetentionPolicy.enabled",
    condition=is_true,
    sentence="nothing in the stack enables soft delete for blobs",
    applies_if=azure("storage:BlobContainer", "storage:BlobServiceProperties"),
)
_CONTAINER_SOFT_DELETE = replace(
    _BLOB_SOFT_DELETE,
    path="containerDeleteRetentionPolicy.enabled",
    sentence="nothing in the stack enables soft delete for containers",
)
"""A deleted container takes its blobs with it, deleted ones too (prowler-cloud/prowler 3e000faa,
storage_ensure_soft_delete_is_enabled, read 2026-12-01)."""
_SHARE_SOFT_DELETE = RelatedProtection(
    types=azure("storage:StorageAccount"),
    related=azure("storage:FileServiceProperties"),
    link="accountName",
    names=("accountName", "name"),
    path="shareDeleteRetentionPolicy.enabled",
    condition=is_true,
    sentence="nothing in the stack enables soft delete for file shares",
    applies_if=azure("storage:FileShare", "storage:FileServiceProperties"),
)
_FILE_SYSTEM_BACKUP = RelatedProtection(
    types=aws("efs/FileSystem"),
    related=aws("efs/BackupPolicy"),
    link="fileSystemId",
    names=("id",),
    path="backupPolicy.status",
    condition=_is_enabled,
    sentence="nothing in the stack backs it up",
    alternative=_has_backup_selection,
)
_VAULT_LOCK = RelatedProtection(
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
                    plan_predicate=check_protection(_BUCKET_VERSIONING), types=_BUCKET_VERSIONING.types),
    resilience_rule(112, Severity.MEDIUM, "Blobs in production can be restored after deletion",
                    "a deleted blob is lost at once otherwise",
                    "Add azure_native.storage.BlobServiceProperties with delete_retention_policy.enabled and "
                    "container_delete_retention_policy.enabled",
                    plan_predicate=check_protection(_BLOB_SOFT_DELETE, _CONTAINER_SOFT_DELETE),
                    types=_BLOB_SOFT_DELETE.types),
    resilience_rule(113, Severity.MEDIUM, "File shares in production can be restored after deletion",
                    "a deleted share is lost at once otherwise",
                    "Add azure_native.storage.FileServiceProperties with share_delete_retention_policy.enabled",
                    plan_predicate=check_protection(_SHARE_SOFT_DELETE), types=_SHARE_SOFT_DELETE.types),
    resilience_rule(114, Severity.MEDIUM, "File systems in production are backed up",
                    "EFS keeps no versions, so deleted files are lost",
                    "Add an aws.efs.BackupPolicy with status ENABLED, or an aws.backup.Selection that includes it",
                    plan_predicate=check_protection(_FILE_SYSTEM_BACKUP), types=_FILE_SYSTEM_BACKUP.types),
    resilience_rule(115, Severity.MEDIUM, "Backups in production cannot be deleted before a minimum retention period",
                    "an attacker who takes over an account deletes the backups first",
                    "Add an aws.backup.VaultLockConfiguration with min_retention_days",
                    plan_predicate=check_protection(_VAULT_LOCK), types=_VAULT_LOCK.types),
)  # fmt: skip
