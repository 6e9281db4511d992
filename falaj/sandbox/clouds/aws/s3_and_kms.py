"""S3 buckets with their configuration resources, and KMS keys."""

from __future__ import annotations

import json
import re
from typing import Any

from falaj.sandbox.clouds.spec import Naming, Operation, Parent, ResourceType
from falaj.sandbox.clouds.values import get_all, get_path, get_str

BUCKET = "aws:s3/bucket:Bucket"
_TAKEN_BY_OTHERS = frozenset({"backup", "data", "datasets", "models", "test"})
_SUFFIXES = ("-s3alias", "--ol-s3", "--x-s3", "-an")


def bucket_name(op: Operation) -> str | None:
    """Checks the name by S3's rules (S3 User Guide, bucket naming rules), and that nobody else has taken it."""
    name = op.name
    if op.existing is not None:
        return None
    if not re.fullmatch(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]", name) or ".." in name or name.endswith(_SUFFIXES):
        return f"InvalidBucketName: The specified bucket is not valid: {name}"
    if name in _TAKEN_BY_OTHERS:
        return (
            "BucketAlreadyExists: The requested bucket name is not available. The bucket namespace is shared by all "
            "users of the system. Please select a different name and try again."
        )
    if op.state.find(BUCKET, name=name):
        return (
            "BucketAlreadyOwnedByYou: Your previous request to create the named bucket succeeded and you already own "
            f"it: {name}"
        )
    return None


def key_policy_keeps_owner(op: Operation) -> str | None:
    """Checks that a key policy names the account; otherwise nobody could manage the key again."""
    policy = get_str(op.inputs, "policy")
    if policy and f":{op.variables['account']}:" not in policy and not op.inputs.get("bypassPolicyLockoutSafetyCheck"):
        return (
            "MalformedPolicyDocumentException: The new key policy will not allow you to update the key policy in the "
            "future."
        )
    return None


_MIN_DAYS = {"STANDARD_IA": 30, "ONEZONE_IA": 30}
_STORAGE_CLASSES = ("STANDARD_IA", "ONEZONE_IA", "INTELLIGENT_TIERING", "GLACIER_IR", "GLACIER", "DEEP_ARCHIVE")


def lifecycle_days(op: Operation) -> str | None:
    """Checks that transitions to Infrequent Access are at day 30 or later, and all transitions before the expiration
    (S3 User Guide, lifecycle transitions).
    """
    for rule in get_all(op.inputs, "rules[*]"):
        end = get_path(rule, "expiration.days")
        for step in get_all(rule, "transitions[*]"):
            tier, days = get_str(step, "storageClass"), get_path(step, "days")
            if not isinstance(days, int | float):
                continue
            if days < (minimum := _MIN_DAYS.get(tier, 0)):
                return (
                    "InvalidArgument: 'Days' in Transition action must be greater than or equal to "
                    f"{minimum} for storageClass '{tier}'"
                )
            if isinstance(end, int | float) and days >= end:
                return (
                    "InvalidArgument: 'Days' in the Expiration action for filter must be greater than 'Days' in the "
                    "Transition action"
                )
    return None


def bucket_policy(op: Operation) -> str | None:
    """Checks that a bucket policy is JSON, and its resources are the bucket and its objects."""
    bucket = f"arn:aws:s3:::{get_str(op.inputs, 'bucket')}"
    try:
        statements = json.loads(get_str(op.inputs, "policy")).get("Statement", [])
    except (ValueError, AttributeError):
        return "MalformedPolicy: This policy contains invalid Json"
    for statement in statements:
        named = statement.get("Resource", [])
        for resource in [named] if isinstance(named, str) else named:
            if resource != bucket and not resource.startswith(f"{bucket}/"):
                return "MalformedPolicy: Policy has invalid resource"
    return None


_CONFIGURATION_EXTRAS: dict[str, dict[str, Any]] = {
    "BucketLifecycleConfiguration": {
        "write_rules": (lifecycle_days,),
        "enums": {"rules[*].transitions[*].storageClass": _STORAGE_CLASSES},
    },
    "BucketPolicy": {"write_rules": (bucket_policy,)},
}
"""Rules and enums of particular configuration types."""

_BUCKET_PARENT = Parent("bucket", "arn:aws:s3:::{value}", "NoSuchBucket: The specified bucket does not exist: {value}")
_CONFIGURATIONS = (
    "BucketAccelerateConfiguration", "BucketAcl", "BucketCorsConfiguration", "BucketLifecycleConfiguration",
    "BucketLogging", "BucketNotification", "BucketObjectLockConfiguration", "BucketOwnershipControls", "BucketPolicy",
    "BucketPublicAccessBlock", "BucketReplicationConfig", "BucketRequestPaymentConfiguration",
    "BucketServerSideEncryptionConfiguration", "BucketVersioning", "BucketWebsiteConfiguration",
)  # fmt: skip
_KEY = Parent("keyId", "{value}", "NotFoundException: Key '{value}' does not exist")

_S3 = (
    ResourceType(
        BUCKET,
        naming=Naming("bucket", max_length=63, transform=str.lower, unless=("bucketPrefix",)),
        outputs={
            "arn": "arn:aws:s3:::{name}",
            "bucketDomainName": "{name}.s3.amazonaws.com",
            "bucketRegionalDomainName": "{name}.s3.{region}.amazonaws.com",
            "bucketRegion": "{region}",
            "hostedZoneId": "Z08602872RZHKQNJM5ZY7",
            "requestPayer": "BucketOwner",
            "objectLockEnabled": False,
            "serverSideEncryptionConfiguration": {
                "rule": {"applyServerSideEncryptionByDefault": {"sseAlgorithm": "AES256"}, "bucketKeyEnabled": False}
            },
            "versioning": {"enabled": False, "mfaDelete": False},
        },
        replace_on_changes=("bucket", "bucketPrefix", "bucketNamespace", "objectLockEnabled", "region"),
        write_rules=(bucket_name,),
    ),
    *(
        ResourceType(
            f"aws:s3/{kind[0].lower()}{kind[1:]}:{kind}",
            id="{bucket}",
            replace_on_changes=("bucket", "region", "expectedBucketOwner"),
            parents=(_BUCKET_PARENT,),
            **_CONFIGURATION_EXTRAS.get(kind, {}),
        )
        for kind in _CONFIGURATIONS
    ),
)
_KMS = (
    ResourceType(
        "aws:kms/key:Key",
        id="{uuid}",
        outputs={
            "arn": "arn:aws:kms:{region}:{account}:key/{id}",
            "keyId": "{id}",
            "customerMasterKeySpec": "SYMMETRIC_DEFAULT",
            "keyUsage": "ENCRYPT_DECRYPT",
            "isEnabled": True,
            "multiRegion": False,
            "rotationPeriodInDays": 365,
            "policy": '{{"Version":"2012-10-17","Statement":[{{"Effect":"Allow","Principal":'
            '{{"AWS":"arn:aws:iam::{account}:root"}},"Action":"kms:*","Resource":"*"}}]}}',
        },
        replace_on_changes=("customerMasterKeySpec", "keyUsage", "multiRegion", "customKeyStoreId", "region"),
        write_rules=(key_policy_keeps_owner,),
        # A key is scheduled for deletion (in 7 to 30 days), which never conflicts with its users.
        soft_deletes=lambda key: True,
    ),
    ResourceType(
        "aws:kms/alias:Alias",
        naming=Naming("name", max_length=256, prefix="alias/"),
        outputs={"arn": "arn:aws:kms:{region}:{account}:{name}", "targetKeyArn": "{targetKeyId}"},
        replace_on_changes=("name", "namePrefix", "region"),
        already_exists="AlreadyExistsException: "
        "An alias with the name arn:aws:kms:{region}:{account}:{name} already exists",
        parents=(Parent("targetKeyId", "{value}", "NotFoundException: Key '{value}' does not exist"),),
    ),
    ResourceType(
        "aws:kms/keyPolicy:KeyPolicy",
        id="{keyId}",
        replace_on_changes=("keyId", "region"),
        parents=(_KEY,),
        write_rules=(key_policy_keeps_owner,),
    ),
)
RESOURCE_TYPES = (*_S3, *_KMS)
