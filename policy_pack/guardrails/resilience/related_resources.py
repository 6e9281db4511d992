"""Protections that are stated beside the resource: versions, soft deletion, backups and locks in production."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ..engine.conditions import is_true
from ..engine.families import resilience_rule
from ..engine.plan import Plan
from ..engine.reading import MISSING, UNKNOWN, Plain, Resource, walk
from ..engine.rows import Across, Guardrail, Severity, aws, azure
from ..engine.verdicts import Outcome, failed, passed
from ..readers.effective_tags import effective_tags
from ..readers.environments import is_live
from ..readers.related_resources import refers_to


@dataclass(frozen=True)
class _Beside:
    """One of `companions` that refers to the resource through `link` says at `path` what `holds`; or it does itself."""

    kinds: tuple[str, ...]
    companions: tuple[str, ...]
    link: str
    names: tuple[str, ...]
    path: str
    holds: Callable[[Plain], bool]
    sentence: str
    inline: str = ""
    needed: tuple[str, ...] = ()
    """Types of which one must be there and refer to the resource, for it to be asked at all."""
    otherwise: Callable[[Resource, Plan], bool] | None = None
    """Another way in which the plan says it."""


def _says(resource: Resource, path: str, holds: Callable[[Plain], bool]) -> bool:
    return any(value is UNKNOWN or (value is not MISSING and holds(value)) for _, value in walk(resource.props, path))


def _across(rule: _Beside) -> Across:
    def judge(resource: Resource, plan: Plan) -> Iterator[Outcome]:
        if not is_live(resource):
            return
        if rule.needed and not any(
            refers_to(item, resource, rule.link, rule.names) for item in plan.of_type(*rule.needed)
        ):
            return
        beside = any(
            refers_to(item, resource, rule.link, rule.names) and _says(item, rule.path, rule.holds)
            for item in plan.of_type(*rule.companions)
        )
        own = bool(rule.inline) and _says(resource, rule.inline, rule.holds)
        other = rule.otherwise is not None and rule.otherwise(resource, plan)
        yield passed() if beside or own or other else failed(rule.sentence)

    return judge


def _is_selected(resource: Resource, plan: Plan) -> bool:
    """Whether a plan of AWS Backup takes it, by name or by one of its tags."""
    tags = effective_tags(resource).values
    for selection in plan.of_type(*aws("backup/Selection")):
        if resource.urn in selection.dependencies.get("resources", ()):
            return True
        stated = [item for path in ("conditions.stringEquals", "selectionTags") for item in _each(selection, path)]
        if any(tags.get(str(item.get("key")).removeprefix("aws:ResourceTag/")) == item.get("value") for item in stated):
            return True
    return False


def _each(resource: Resource, path: str) -> Iterator[dict[str, Plain]]:
    for _, found in walk(resource.props, path):
        yield from (item for item in (found if isinstance(found, list) else [found]) if isinstance(item, dict))


def _is_enabled(value: Plain) -> bool:
    return str(value).lower() in ("enabled", "true")


_VERSIONS = _Beside(
    kinds=aws("s3/Bucket", "s3/BucketV2"),
    companions=aws("s3/BucketVersioning", "s3/BucketVersioningV2"),
    link="bucket",
    names=("bucket", "id"),
    path="versioningConfiguration.status",
    holds=_is_enabled,
    sentence="nothing in the stack keeps versions of its objects",
    inline="versioning.enabled",
)
_BLOBS = _Beside(
    kinds=azure("storage:StorageAccount"),
    companions=azure("storage:BlobServiceProperties"),
    link="accountName",
    names=("accountName", "name"),
    path="deleteRetentionPolicy.enabled",
    holds=is_true,
    sentence="nothing in the stack keeps its deleted blobs for a while",
    needed=azure("storage:BlobContainer", "storage:BlobServiceProperties"),
)
_SHARES = _Beside(
    kinds=azure("storage:StorageAccount"),
    companions=azure("storage:FileServiceProperties"),
    link="accountName",
    names=("accountName", "name"),
    path="shareDeleteRetentionPolicy.enabled",
    holds=is_true,
    sentence="nothing in the stack keeps its deleted shares for a while",
    needed=azure("storage:FileShare", "storage:FileServiceProperties"),
)
_FILES = _Beside(
    kinds=aws("efs/FileSystem"),
    companions=aws("efs/BackupPolicy"),
    link="fileSystemId",
    names=("id",),
    path="backupPolicy.status",
    holds=_is_enabled,
    sentence="nothing in the stack backs it up",
    otherwise=_is_selected,
)
_LOCK = _Beside(
    kinds=aws("backup/Vault"),
    companions=aws("backup/VaultLockConfiguration"),
    link="backupVaultName",
    names=("name", "id"),
    path="minRetentionDays",
    holds=bool,
    sentence="nothing in the stack says how long its backups cannot be deleted",
)


RESILIENCE_COMPANIONS: tuple[Guardrail, ...] = (
    resilience_rule(111, Severity.MEDIUM, "Buckets in production keep versions",
                    "what is overwritten by mistake, or encrypted by a thief, is gone",
                    "Add an aws.s3.BucketVersioning with status Enabled",
                    across=_across(_VERSIONS), about=_VERSIONS.kinds),
    resilience_rule(112, Severity.MEDIUM, "Blobs in production can be had back after deletion",
                    "a deleted blob is gone at once otherwise",
                    "Add azure_native.storage.BlobServiceProperties with delete_retention_policy.enabled",
                    across=_across(_BLOBS), about=_BLOBS.kinds),
    resilience_rule(113, Severity.MEDIUM, "Shares in production can be had back after deletion",
                    "a deleted share is gone at once otherwise",
                    "Add azure_native.storage.FileServiceProperties with share_delete_retention_policy.enabled",
                    across=_across(_SHARES), about=_SHARES.kinds),
    resilience_rule(114, Severity.MEDIUM, "File systems in production are backed up",
                    "EFS keeps no versions, and what is deleted there is gone",
                    "Add an aws.efs.BackupPolicy with status ENABLED, or an aws.backup.Selection that takes it",
                    across=_across(_FILES), about=_FILES.kinds),
    resilience_rule(115, Severity.MEDIUM, "Backups in production cannot be deleted before their time",
                    "whoever has taken over an account deletes the backups first",
                    "Add an aws.backup.VaultLockConfiguration with min_retention_days",
                    across=_across(_LOCK), about=_LOCK.kinds),
)  # fmt: skip
