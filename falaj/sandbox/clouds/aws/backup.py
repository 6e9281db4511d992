"""AWS Backup: vaults of recovery points, their locks, plans and what a plan selects."""

from __future__ import annotations

from falaj.sandbox.clouds.rows import Call, InUse, Naming, Parent, Row
from falaj.sandbox.clouds.values import Json, at, each, text

VAULT, LOCK = "aws:backup/vault:Vault", "aws:backup/vaultLockConfiguration:VaultLockConfiguration"
PLAN, SELECTION = "aws:backup/plan:Plan", "aws:backup/selection:Selection"
_COLD_DAYS = 90


def has_recovery_points(call: Call) -> str | None:
    """A vault goes when it is empty, unless the provider is told to empty it."""
    held = at(call.existing.outputs, "recoveryPoints") if call.existing else None
    if isinstance(held, int | float) and held > 0 and call.inputs.get("forceDestroy") is not True:
        return f"InvalidRequestException: Backup vault {call.name} cannot be deleted (contains recovery points)."
    return None


def lock_order(call: Call) -> str | None:
    """The least retention is not above the most, and a lock for good can be thought over for three days."""
    least, most = _number(call.inputs.get("minRetentionDays")), _number(call.inputs.get("maxRetentionDays"))
    grace = _number(call.inputs.get("changeableForDays"))
    if least is not None and most is not None and least > most:
        return "InvalidParameterValueException: Max retention days cannot be less than min retention days"
    if grace is not None and grace < 3:
        return "InvalidParameterValueException: ChangeableForDays must be at least 3"
    return None


def rules_fit(call: Call) -> str | None:
    """Windows, retentions and vaults of a plan's rules (AWS Backup Developer Guide, backup plan options)."""
    for rule in each(call.inputs, "rules[*]"):
        start, end = _number(at(rule, "startWindow")) or 480, _number(at(rule, "completionWindow")) or 10080
        cold, gone = _number(at(rule, "lifecycle.coldStorageAfter")), _number(at(rule, "lifecycle.deleteAfter"))
        vault = call.world.by_handle(f"backup:{call.scope}:{text(rule, 'targetVaultName')}")
        if vault is None:
            return f"InvalidParameterValueException: Backup vault {text(rule, 'targetVaultName')} does not exist"
        if end < start + 60:
            return (
                "InvalidParameterValueException: Completion window must be at least 60 minutes longer than start window"
            )
        if cold is not None and gone is not None and gone < cold + _COLD_DAYS:
            return f"InvalidParameterValueException: DeleteAfter must be {_COLD_DAYS} days after MoveToColdStorageAfter"
    return None


def retention_fits_lock(call: Call) -> str | None:
    """What a locked vault would not keep for the plan's days. AWS says so only when the nightly job fails; here it is
    said at once."""
    for rule in each(call.inputs, "rules[*]"):
        vault = call.world.by_handle(f"backup:{call.scope}:{text(rule, 'targetVaultName')}")
        days = _number(at(rule, "lifecycle.deleteAfter"))
        for lock in call.world.referring(vault, LOCK) if vault else []:
            least, most = _number(lock.inputs.get("minRetentionDays")), _number(lock.inputs.get("maxRetentionDays"))
            if (least and days and days < least) or (most and (days is None or days > most)):
                return "InvalidParameterValueException: Retention of the rule is outside that of the vault's lock"
    return None


def selects_something(call: Call) -> str | None:
    """A selection without resources or tags selects nothing."""
    if not call.inputs.get("resources") and not call.inputs.get("selectionTags"):
        return "InvalidParameterValueException: One of Resources or ListOfTags must be specified"
    return None


def _number(value: Json) -> float | None:
    return value if isinstance(value, int | float) else None


_VAULT = Parent(
    "backupVaultName", "backup:{scope}:{value}", "ResourceNotFoundException: Backup vault {value} does not exist"
)
_VAULT_ARN = "arn:aws:backup:{region}:{account}:backup-vault:"

ROWS = (
    Row(
        VAULT,
        naming=Naming("name", longest=50),
        outputs={"arn": _VAULT_ARN + "{name}", "recoveryPoints": 0},
        handles=("backup:{scope}:{name}",),
        replace=("name", "kmsKeyArn", "region"),
        taken="AlreadyExistsException: Backup vault with the same name already exists",
        deleting=(has_recovery_points,),
    ),
    Row(
        LOCK,
        id="{backupVaultName}",
        outputs={"backupVaultArn": _VAULT_ARN + "{backupVaultName}"},
        replace=("backupVaultName", "changeableForDays", "maxRetentionDays", "minRetentionDays", "region"),
        parents=(_VAULT,),
        creating=(lock_order,),
    ),
    Row(
        "aws:backup/vaultPolicy:VaultPolicy",
        id="{backupVaultName}",
        outputs={"backupVaultArn": _VAULT_ARN + "{backupVaultName}"},
        replace=("backupVaultName", "region"),
        parents=(_VAULT,),
    ),
    Row(
        PLAN,
        id="{uuid}",
        naming=Naming("name", longest=50),
        outputs={"arn": "arn:aws:backup:{region}:{account}:backup-plan:{id}", "version": "{hex32}"},
        replace=("region",),
        creating=(rules_fit, retention_fits_lock),
        in_use=(InUse((SELECTION,), "InvalidRequestException: Related backup plan selections must be deleted prior to "
                      "backup plan deletion"),),
    ),
    Row(
        SELECTION,
        id="{uuid}",
        naming=Naming("name", longest=50),
        replace=("planId", "name", "iamRoleArn", "resources", "notResources", "conditions", "selectionTags", "region"),
        parents=(Parent("planId", "{value}", "ResourceNotFoundException: Backup plan {value} does not exist"),),
        creating=(selects_something,),
    ),
)  # fmt: skip
