"""Keys and secrets: rotation, expiry, deletion protection, and secret parameter types.

The minimum waiting period before the deletion of a key is 14 days, although the clouds allow 7: UAE offices close for
up to nine days in a row over Eid, and a mistake must be noticed before the key is deleted.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta

from falaj.facts.clock import today

from ..engine.conditions import ABSENT, NOT_FALSE, NOT_TRUE, TRUE, one_of
from ..engine.families import encryption_rule
from ..engine.lazy_regex import lazy_regex
from ..engine.number_conditions import at_least, at_most, number_of
from ..engine.reading import UNKNOWN, Resource, texts_in, walk
from ..engine.rows import Check, Guardrail, Severity, aws, azure
from ..engine.verdicts import Outcome, Verdict, failed, passed, undetermined
from .at_rest.reasons import OWN_KEY

_MINIMUM_WAITING_DAYS = at_least(14, missing=Verdict.PASS)
_AWS_KEYS = aws("kms/Key", "kms/ExternalKey", "kms/ReplicaKey", "kms/ReplicaExternalKey")

# AWS rotates symmetric keys only.
_SYMMETRIC = ("customerMasterKeySpec", one_of("SYMMETRIC_DEFAULT", missing=Verdict.PASS))

ROTATION_ROWS = (
    Check(aws("kms/Key"), "enableKeyRotation", TRUE, when=_SYMMETRIC),
    Check(aws("kms/Key"), "rotationPeriodInDays", at_most(366, missing=Verdict.PASS)),
    Check(_AWS_KEYS, "bypassPolicyLockoutSafetyCheck", NOT_TRUE),
)

DELETION_ROWS = (
    Check(_AWS_KEYS, "deletionWindowInDays", _MINIMUM_WAITING_DAYS),
    Check(aws("kms/Key"), "isEnabled", NOT_FALSE),
    # On that day KMS deletes the material, and nothing encrypted with it can be read until the same material is
    # imported again (botocore 1.44.8, kms, ImportKeyMaterial, ValidTo, read 2026-11-29).
    Check(aws("kms/ExternalKey", "kms/ReplicaExternalKey"), "validTo", ABSENT),
    Check(azure("keyvault:Vault"), "properties.softDeleteRetentionInDays", _MINIMUM_WAITING_DAYS),
    Check(azure("keyvault:ManagedHsm"), "properties.softDeleteRetentionInDays", _MINIMUM_WAITING_DAYS),
)

AZURE_KEY_ROWS = (
    Check(azure("keyvault:Key"), "properties.attributes?.exportable", NOT_TRUE),
    Check(azure("keyvault:Key"), "properties.keySize", at_least(2048, missing=Verdict.PASS)),
    # The key of confidential machines turns only while all of them are stopped (Microsoft Learn, azure/
    # confidential-computing/key-rotation-offline, "Change customer-managed key", a copy, read 2026-12-02).
    Check(
        azure("compute:DiskEncryptionSet"),
        "rotationToLatestKeyVersionEnabled",
        TRUE,
        when=(
            "encryptionType",
            one_of(
                "EncryptionAtRestWithCustomerKey", "EncryptionAtRestWithPlatformAndCustomerKeys", missing=Verdict.PASS
            ),
        ),
    ),
)

VAULT_ROWS = (
    Check(azure("keyvault:Vault"), "properties.enablePurgeProtection", TRUE),
    Check(azure("keyvault:Vault"), "properties.enableSoftDelete", NOT_FALSE),
    Check(azure("keyvault:ManagedHsm"), "properties.enablePurgeProtection", TRUE),
)

_SECRET_NAME = lazy_regex(r"(?i)passw|passphrase|secret|token|credential|private[-_]?key|api[-_]?key|access[-_]?key")


def _check_secure_string(resource: Resource) -> Iterator[Outcome]:
    """Checks that a parameter whose name suggests a secret has the type SecureString."""
    name, kind = resource.get("name"), resource.get("type")
    parameter_name = name if isinstance(name, str) else resource.name
    if not _SECRET_NAME.search(parameter_name):
        return
    if kind is UNKNOWN:
        yield undetermined("its type is not known before deployment; it must be SecureString", "type")
    elif kind == "SecureString":
        yield passed()
    else:
        yield failed("its name suggests a secret, and its type is not SecureString", "type")


def _check_key_rotation(resource: Resource) -> Iterator[Outcome]:
    """Checks that a Key Vault key has an action that rotates it, not only one that tells of its age, or an expiry
    date."""
    actions = [value for _, value in walk(resource.props, "properties.rotationPolicy.lifetimeActions[*].action.type")]
    rotates = any(value is UNKNOWN or str(value).lower() == "rotate" for value in actions)
    yield (
        passed()
        if rotates or _expires(resource)
        else failed(
            "it neither rotates (properties.rotationPolicy) nor expires (properties.attributes.expires)", "properties"
        )
    )


def _check_secret_expiry(resource: Resource) -> Iterator[Outcome]:
    yield (
        passed()
        if _expires(resource)
        else failed("it never expires (properties.attributes.expires)", "properties.attributes.expires")
    )


def _expires(resource: Resource) -> bool:
    """Returns whether a key or secret ends before `_FAR`, in seconds since 1970 (Azure, KeyAttributes.exp)."""
    values = [value for _, value in walk(resource.props, "properties.attributes.expires")]
    return any(value is UNKNOWN or 0 < (number_of(value) or 0) < _FAR for value in values)


_FAR = 2_208_988_800
"""The beginning of 2040: an end that is later is none. Decided here; Azure's own policies ask for months or years."""
_KEY_AGE = "the longer a key is in use, the more data is exposed if it leaks"

_VAULT_KEYS = azure("keyvault:Key")
_DECRYPTING = {"encrypt": "decrypt", "wrapkey": "unwrapkey"}
"""Operation that a key of Azure permits -> the one that reads what comes of it. The vault refuses operations that
keyOps lacks, and each one that encrypts before notBefore, in seconds since 1970 (Azure Key Vault, "Key types,
algorithms, and operations", read 2026-12-03; of secrets notBefore only informs, "About Azure Key Vault secrets")."""
_LONGEST_WAIT = timedelta(days=31)
"""How long after a deployment a key may begin. Decided here."""


def _check_usable(resource: Resource) -> Iterator[Outcome]:
    """Yields an outcome for a key that encrypts what it does not decrypt, or that encrypts nothing for a long time."""
    for path, operations in walk(resource.props, "properties.keyOps?"):
        given = {item.lower() for item in texts_in(operations)}
        lost = next((name for name, back in _DECRYPTING.items() if name in given and back not in given), "")
        text = f"{path} has {lost} and lacks {_DECRYPTING.get(lost)}, so that nobody reads what it encrypts"
        yield failed(text, path) if lost else passed()
    latest = datetime.combine(today() + _LONGEST_WAIT, time.min, UTC).timestamp()
    for path, begins in walk(resource.props, "properties.attributes?.notBefore?"):
        is_late = (number_of(begins) or 0) > latest
        yield failed(f"{path} is in the future, and the key encrypts nothing until then", path) if is_late else passed()


KEY_MANAGEMENT: tuple[Guardrail, ...] = (
    encryption_rule(109, Severity.MEDIUM, "KMS keys rotate every year, and their policy cannot lock the owner out",
                    _KEY_AGE,
                    "Set enable_key_rotation to true, and do not bypass the policy lockout check",
                    checks=ROTATION_ROWS),
    encryption_rule(113, Severity.MEDIUM,
                    "Keys are enabled, and their deletion has a waiting period of at least 14 days",
                    "data cannot be decrypted once its key is deleted, and public holidays last up to nine days",
                    "Leave the waiting period at its default (30 days on AWS, 90 on Azure) or set at least 14 days; "
                    "let a key decrypt what it encrypts, from now on",
                    checks=DELETION_ROWS, predicate=_check_usable, types=_VAULT_KEYS),
    encryption_rule(114, Severity.HIGH, "Parameters that hold secrets have type SecureString",
                    "a plain parameter is readable by everyone who may list parameters, and appears in logs",
                    "Set type SecureString with key_id, or use aws.secretsmanager.Secret",
                    predicate=_check_secure_string, types=aws("ssm/Parameter")),
    encryption_rule(207, Severity.HIGH, "Key vaults have purge protection and soft delete",
                    OWN_KEY,
                    "Set enable_purge_protection to true, and leave out enable_soft_delete; data cannot be decrypted "
                    "once its key is purged",
                    checks=VAULT_ROWS),
    encryption_rule(209, Severity.MEDIUM,
                    "Azure keys are strong, and disk encryption sets follow the newest key version",
                    _KEY_AGE, "Set the property in the message",
                    checks=AZURE_KEY_ROWS),
    encryption_rule(210, Severity.MEDIUM, "Azure keys rotate or expire",
                    _KEY_AGE, "Set properties.rotation_policy with an action of type rotate",
                    predicate=_check_key_rotation, types=_VAULT_KEYS),
    encryption_rule(211, Severity.MEDIUM, "Azure secrets expire",
                    "a secret that does not expire is never replaced",
                    "Set properties.attributes.expires",
                    predicate=_check_secret_expiry, types=("azure-native:keyvault:Secret",)),
)  # fmt: skip
