"""AWS Backup: vaults, vault locks, plans and selections."""

from __future__ import annotations

from collections.abc import Mapping

from falaj.sandbox.clouds.spec import Naming, Operation, Parent, ResourceType, UsedBy
from falaj.sandbox.clouds.values import Json, get_all, get_path, get_str

VAULT, LOCK = "aws:backup/vault:Vault", "aws:backup/vaultLockConfiguration:VaultLockConfiguration"
PLAN, SELECTION = "aws:backup/plan:Plan", "aws:backup/selection:Selection"
REGION_SETTINGS = "aws:backup/regionSettings:RegionSettings"
_PROTECTED = {"EBS", "EFS", "S3"}
"""Resource types that sites store data in."""
_COLD_DAYS = 90


def vault_is_empty(op: Operation) -> str | None:
    """Rejects the deletion of a vault with recovery points, unless `forceDestroy` is set."""
    recovery_points = get_path(op.existing.outputs, "recoveryPoints") if op.existing else None
    if isinstance(recovery_points, int | float) and recovery_points > 0 and op.inputs.get("forceDestroy") is not True:
        return f"InvalidRequestException: Backup vault {op.name} cannot be deleted (contains recovery points)."
    return None


def lock_retention(op: Operation) -> str | None:
    """Checks that minimum retention <= maximum retention, and that a lock in compliance mode has a grace time of at
    least three days.
    """
    minimum, maximum = _number(op.inputs.get("minRetentionDays")), _number(op.inputs.get("maxRetentionDays"))
    changeable_days = _number(op.inputs.get("changeableForDays"))
    if minimum is not None and maximum is not None and minimum > maximum:
        return "InvalidParameterValueException: Max retention days cannot be less than min retention days"
    if changeable_days is not None and changeable_days < 3:
        return "InvalidParameterValueException: ChangeableForDays must be at least 3"
    return None


def plan_rules(op: Operation) -> str | None:
    """Checks windows, lifecycle and vault of each rule in a plan (AWS Backup Developer Guide, backup plan options)."""
    for rule in get_all(op.inputs, "rules[*]"):
        start = _number(get_path(rule, "startWindow")) or 480
        end = _number(get_path(rule, "completionWindow")) or 10080
        cold = _number(get_path(rule, "lifecycle.coldStorageAfter"))
        expiry = _number(get_path(rule, "lifecycle.deleteAfter"))
        vault = op.state.by_handle(f"backup:{op.scope}:{get_str(rule, 'targetVaultName')}")
        if vault is None:
            return f"InvalidParameterValueException: Backup vault {get_str(rule, 'targetVaultName')} does not exist"
        if end < start + 60:
            return (
                "InvalidParameterValueException: Completion window must be at least 60 minutes longer than start window"
            )
        if cold is not None and expiry is not None and expiry < cold + _COLD_DAYS:
            return f"InvalidParameterValueException: DeleteAfter must be {_COLD_DAYS} days after MoveToColdStorageAfter"
    return None


def retention_fits_lock(op: Operation) -> str | None:
    """Checks that the retention of each rule lies within the limits of the vault's lock. AWS reports a violation only
    when the nightly job fails; the emulator rejects the plan.
    """
    for rule in get_all(op.inputs, "rules[*]"):
        vault = op.state.by_handle(f"backup:{op.scope}:{get_str(rule, 'targetVaultName')}")
        days = _number(get_path(rule, "lifecycle.deleteAfter"))
        for lock in op.state.referrers(vault, LOCK) if vault else []:
            minimum, maximum = (
                _number(lock.inputs.get("minRetentionDays")),
                _number(lock.inputs.get("maxRetentionDays")),
            )
            if (minimum and days and days < minimum) or (maximum and (days is None or days > maximum)):
                return "InvalidParameterValueException: Retention of the rule is outside that of the vault's lock"
    return None


def selection_not_empty(op: Operation) -> str | None:
    """Checks that a selection has resources or tags."""
    if not op.inputs.get("resources") and not op.inputs.get("selectionTags"):
        return "InvalidParameterValueException: One of Resources or ListOfTags must be specified"
    return None


def selection_protects(op: Operation) -> str | None:
    """Rejects a selection of all resource types that the region's opt-in does not cover. AWS creates it and backs up
    nothing: only selections by tag or of `*` depend on the opt-in, not those that name types (AWS Backup Developer
    Guide, assigning resources; read 2026-11-26). The emulated account has opted in to nothing.
    """
    resources = {str(resource) for resource in get_all(op.inputs, "resources[*]")}
    if resources and "*" not in resources:
        return None
    opted_in: set[str] = set()
    for settings in op.state.find(REGION_SETTINGS, op.scope):
        preferences = get_path(settings.inputs, "resourceTypeOptInPreference")
        opted_in |= (
            {kind for kind, is_on in preferences.items() if is_on} if isinstance(preferences, Mapping) else set()
        )
    if missing := sorted(_PROTECTED - opted_in):
        return f"InvalidParameterValueException: The selection protects nothing: no opt-in to {', '.join(missing)}"
    return None


def _number(value: Json) -> float | None:
    return value if isinstance(value, int | float) else None


_VAULT = Parent(
    "backupVaultName", "backup:{scope}:{value}", "ResourceNotFoundException: Backup vault {value} does not exist"
)
_VAULT_ARN = "arn:aws:backup:{region}:{account}:backup-vault:"

RESOURCE_TYPES = (
    ResourceType(
        VAULT,
        naming=Naming("name", max_length=50),
        outputs={"arn": _VAULT_ARN + "{name}", "recoveryPoints": 0},
        handles=("backup:{scope}:{name}",),
        replace_on_changes=("name", "kmsKeyArn", "region"),
        already_exists="AlreadyExistsException: Backup vault with the same name already exists",
        delete_rules=(vault_is_empty,),
    ),
    ResourceType(
        LOCK,
        id="{backupVaultName}",
        outputs={"backupVaultArn": _VAULT_ARN + "{backupVaultName}"},
        replace_on_changes=("backupVaultName", "changeableForDays", "maxRetentionDays", "minRetentionDays", "region"),
        parents=(_VAULT,),
        write_rules=(lock_retention,),
    ),
    ResourceType(
        "aws:backup/vaultPolicy:VaultPolicy",
        id="{backupVaultName}",
        outputs={"backupVaultArn": _VAULT_ARN + "{backupVaultName}"},
        replace_on_changes=("backupVaultName", "region"),
        parents=(_VAULT,),
    ),
    ResourceType(
        PLAN,
        id="{uuid}",
        naming=Naming("name", max_length=50),
        outputs={"arn": "arn:aws:backup:{region}:{account}:backup-plan:{id}", "version": "{hex32}"},
        replace_on_changes=("region",),
        write_rules=(plan_rules, retention_fits_lock),
        used_by=(
            UsedBy(
                (SELECTION,),
                "InvalidRequestException: Related backup plan selections must be deleted prior to backup plan deletion",
            ),
        ),
    ),
    ResourceType(REGION_SETTINGS, id="{region}", replace_on_changes=("region",)),
    ResourceType(
        SELECTION,
        id="{uuid}",
        naming=Naming("name", max_length=50),
        replace_on_changes=(
            "planId",
            "name",
            "iamRoleArn",
            "resources",
            "notResources",
            "conditions",
            "selectionTags",
            "region",
        ),
        parents=(Parent("planId", "{value}", "ResourceNotFoundException: Backup plan {value} does not exist"),),
        write_rules=(selection_not_empty, selection_protects),
    ),
)
