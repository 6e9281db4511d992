"""Data Exports: cost and usage data that AWS writes to a bucket."""

from __future__ import annotations

import json
import re

from falaj.facts.focus import AWS_COLUMNS, AWS_TABLE
from falaj.sandbox.clouds.spec import InventoryItem, Naming, Operation, ResourceType
from falaj.sandbox.clouds.values import Json, get_all, get_path, get_str

_WRITER = "bcm-data-exports.amazonaws.com"
_POLICY = "aws:s3/bucketPolicy:BucketPolicy"
_SELECT = re.compile(r"SELECT\s+(?P<columns>.+?)\s+FROM\s+(?P<table>\w+)\s*(?:WHERE\s.+)?", re.DOTALL)
_GRANULARITIES = ("HOURLY", "DAILY", "MONTHLY")
_DESTINATION = "export.destinationConfigurations[*].s3Destinations[*]"


def export_name(op: Operation) -> str | None:
    """Checks that names are unique in the account."""
    requested_name = get_str(op.inputs, "export.name")
    others = [export for export in op.state.find(op.token) if op.existing is None or export.key != op.existing.key]
    if any(get_str(export.inputs, "export.name") == requested_name for export in others):
        return f"ValidationException: An export with name {requested_name} already exists"
    return None


def query(op: Operation) -> str | None:
    """Checks that a query selects columns of a configured table. Only the columns of the FOCUS table are known."""
    for data_query in get_all(op.inputs, "export.dataQueries[*]"):
        match = _SELECT.fullmatch(get_str(data_query, "queryStatement").strip())
        if match is None:
            return "ValidationException: Invalid query statement: SELECT columns FROM table"
        columns = [column.strip() for column in match["columns"].split(",")]
        if match["table"] == AWS_TABLE and (unknown := sorted({*columns} - {*AWS_COLUMNS})):
            return f"ValidationException: Columns are not a subset of table {AWS_TABLE}: {', '.join(unknown)}"
        if (error := _table_configuration(match["table"], get_path(data_query, "tableConfigurations"))) is not None:
            return error
    return None


def _table_configuration(table: str, configurations: Json) -> str | None:
    given = configurations if isinstance(configurations, dict) else {}
    if others := sorted({*given} - {table}):
        return f"ValidationException: Table configuration is of {others[0]}, the query of {table}"
    granularity = get_str(given.get(table), "TIME_GRANULARITY")
    if granularity and granularity not in _GRANULARITIES:
        return f"ValidationException: TIME_GRANULARITY must be one of {', '.join(_GRANULARITIES)}, got {granularity}"
    return None


def destination(op: Operation) -> str | None:
    """Checks that the bucket exists in the given region and allows the service to write, as AWS does when the export is
    created.
    """
    for target in get_all(op.inputs, _DESTINATION):
        bucket = op.state.by_handle(f"arn:aws:s3:::{get_str(target, 's3Bucket')}")
        if bucket is None:
            return f"ValidationException: S3 bucket {get_str(target, 's3Bucket')} does not exist or is not yours"
        region = get_str(bucket.outputs, "bucketRegion")
        if region != get_str(target, "s3Region"):
            return f"ValidationException: S3 bucket {bucket.name} is in {region}, not in {get_str(target, 's3Region')}"
        if not any(_allows_write(policy) for policy in op.state.find(_POLICY) if _is_of(policy, bucket)):
            return f"ValidationException: S3 bucket permission validation failed: {_WRITER} cannot write {bucket.name}"
    return None


def _is_of(policy: InventoryItem, bucket: InventoryItem) -> bool:
    return get_str(policy.inputs, "bucket") in (bucket.name, bucket.id)


def _allows_write(policy: InventoryItem) -> bool:
    try:
        document: Json = json.loads(get_str(policy.inputs, "policy"))
    except ValueError:
        return False
    return any(
        get_str(statement, "Effect") == "Allow"
        and "s3:PutObject" in get_all(statement, "Action[*]")
        and _WRITER in get_all(statement, "Principal.Service[*]")
        for statement in get_all(document, "Statement[*]")
    )


_ARN = "arn:aws:bcm-data-exports:us-east-1:{account}:export/{name}-{uuid}"

RESOURCE_TYPES = (
    ResourceType(
        "aws:bcmdata/export:Export",
        id=_ARN,
        naming=Naming("export.name", max_length=128, auto_named=False),
        outputs={"arn": "{id}"},
        nested_outputs={"export": {"exportArn": _ARN}},
        replace_on_changes=("export.dataQueries.tableConfigurations", "export.name"),
        write_rules=(export_name, query, destination),
    ),
)
