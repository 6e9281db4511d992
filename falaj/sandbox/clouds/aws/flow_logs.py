"""VPC flow logs: where they are delivered, and who may write there.

EC2 refuses all of this but one: it accepts a key that log delivery may not use, and no file ever arrives (VPC User
Guide, flow-logs-s3-permissions and flow-logs-troubleshoot; EC2 API reference, CreateFlowLogs; read 2026-11-26).
"""

from __future__ import annotations

import json

from falaj.sandbox.clouds.spec import InventoryItem, Operation
from falaj.sandbox.clouds.values import Json, get_all, get_path, get_str

_DELIVERY = "delivery.logs.amazonaws.com"
_POLICY = "aws:s3/bucketPolicy:BucketPolicy"
_ENCRYPTION = "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration"
_KEY_PATH = "rules[*].applyServerSideEncryptionByDefault.kmsMasterKeyId"
_INTERVALS = (60, 600)


def flow_log_role(op: Operation) -> str | None:
    """Checks that a role is given for a log group, and none for a bucket."""
    kind, role = get_str(op.inputs, "logDestinationType") or "cloud-watch-logs", get_str(op.inputs, "iamRoleArn")
    if kind == "cloud-watch-logs" and not role and "iamRoleArn" not in op.inputs:
        return "InvalidParameter: DeliverLogsPermissionArn can't be empty if LogDestinationType is cloud-watch-logs."
    if kind == "s3" and role:
        return "InvalidParameter: DeliverLogsPermissionArn is not applicable for s3 delivery"
    return None


def flow_log_interval(op: Operation) -> str | None:
    """Checks the aggregation interval."""
    seconds = op.inputs.get("maxAggregationInterval")
    if isinstance(seconds, int | float) and seconds not in _INTERVALS:
        return "InvalidParameter: Invalid Aggregation Period, only 60 and 600 are supported"
    return None


def flow_log_bucket(op: Operation) -> str | None:
    """Checks that log delivery may write to the bucket and use its key."""
    arn = get_str(op.inputs, "logDestination")
    if get_str(op.inputs, "logDestinationType") != "s3" or not arn:
        return None
    name = arn.removeprefix("arn:aws:s3:::").partition("/")[0]
    bucket = op.state.by_handle(f"arn:aws:s3:::{name}")
    if bucket is None:
        return None
    if not any(_allows(policy, "s3:PutObject") for policy in op.state.find(_POLICY) if _is_of(policy, bucket)):
        return f"InvalidParameter: Access Denied for LogDestination: {name}. Please check LogDestination permission"
    for configuration in op.state.find(_ENCRYPTION):
        for key_arn in get_all(configuration.inputs, _KEY_PATH) if _is_of(configuration, bucket) else ():
            key = op.state.by_handle(str(key_arn))
            if key is not None and not _allows(key, "kms:GenerateDataKey*"):
                return f"Access error: {_DELIVERY} may not use the key of {name}, so no flow log is delivered"
    return None


def _is_of(item: InventoryItem, bucket: InventoryItem) -> bool:
    return get_str(item.inputs, "bucket") in (bucket.name, bucket.id)


def _allows(item: InventoryItem, action: str) -> bool:
    """Returns whether a policy lets log delivery do something."""
    try:
        document: Json = json.loads(get_str(item.inputs, "policy"))
    except ValueError:
        return False
    return any(
        get_str(statement, "Effect") == "Allow"
        and action in (*get_all(statement, "Action[*]"), get_path(statement, "Action"))
        and _DELIVERY in (*get_all(statement, "Principal.Service[*]"), get_path(statement, "Principal.Service"))
        for statement in get_all(document, "Statement[*]")
    )
