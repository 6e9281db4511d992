"""Data Exports: bills that AWS writes to a bucket."""

from __future__ import annotations

import json
import re

from falaj.facts.focus import AWS_COLUMNS, AWS_TABLE
from falaj.sandbox.clouds.rows import Call, Naming, Resource, Row
from falaj.sandbox.clouds.values import Json, at, each, text

_WRITER = "bcm-data-exports.amazonaws.com"
_POLICY = "aws:s3/bucketPolicy:BucketPolicy"
_SELECT = re.compile(r"SELECT\s+(?P<columns>.+?)\s+FROM\s+(?P<table>\w+)\s*(?:WHERE\s.+)?", re.DOTALL)
_GRANULARITIES = ("HOURLY", "DAILY", "MONTHLY")
_DESTINATION = "export.destinationConfigurations[*].s3Destinations[*]"


def name(call: Call) -> str | None:
    """Names are plain, and an account has each once."""
    wanted = text(call.inputs, "export.name")
    if not re.fullmatch(r"[0-9A-Za-z_-]{1,128}", wanted):
        return f"ValidationException: Export name '{wanted}' must match [0-9A-Za-z-_]+"
    others = [found for found in call.world.find(call.token) if call.existing is None or found.key != call.existing.key]
    if any(text(found.inputs, "export.name") == wanted for found in others):
        return f"ValidationException: An export with name {wanted} already exists"
    return None


def query(call: Call) -> str | None:
    """A query selects columns of a table that is configured. Of the tables, FOCUS's columns are known."""
    for asked in each(call.inputs, "export.dataQueries[*]"):
        said = _SELECT.fullmatch(text(asked, "queryStatement").strip())
        if said is None:
            return "ValidationException: Invalid query statement: SELECT columns FROM table"
        columns = [column.strip() for column in said["columns"].split(",")]
        if said["table"] == AWS_TABLE and (unknown := sorted({*columns} - {*AWS_COLUMNS})):
            return f"ValidationException: Columns are not a subset of table {AWS_TABLE}: {', '.join(unknown)}"
        if (wrong := _configured(said["table"], at(asked, "tableConfigurations"))) is not None:
            return wrong
    return None


def _configured(table: str, configurations: Json) -> str | None:
    given = configurations if isinstance(configurations, dict) else {}
    if other := sorted({*given} - {table}):
        return f"ValidationException: Table configuration is of {other[0]}, the query of {table}"
    granularity = text(given.get(table), "TIME_GRANULARITY")
    if granularity and granularity not in _GRANULARITIES:
        return f"ValidationException: TIME_GRANULARITY must be one of {', '.join(_GRANULARITIES)}, got {granularity}"
    return None


def destination(call: Call) -> str | None:
    """The bucket exists, is where it is said to be, and lets the service write: it looks before it agrees."""
    for place in each(call.inputs, _DESTINATION):
        bucket = call.world.by_handle(f"arn:aws:s3:::{text(place, 's3Bucket')}")
        if bucket is None:
            return f"ValidationException: S3 bucket {text(place, 's3Bucket')} does not exist or is not yours"
        region = text(bucket.outputs, "bucketRegion")
        if region != text(place, "s3Region"):
            return f"ValidationException: S3 bucket {bucket.name} is in {region}, not in {text(place, 's3Region')}"
        if not any(_lets_write(policy) for policy in call.world.find(_POLICY) if _is_of(policy, bucket)):
            return f"ValidationException: S3 bucket permission validation failed: {_WRITER} cannot write {bucket.name}"
    return None


def _is_of(policy: Resource, bucket: Resource) -> bool:
    return text(policy.inputs, "bucket") in (bucket.name, bucket.id)


def _lets_write(policy: Resource) -> bool:
    try:
        document: Json = json.loads(text(policy.inputs, "policy"))
    except ValueError:
        return False
    return any(
        text(statement, "Effect") == "Allow"
        and "s3:PutObject" in each(statement, "Action[*]")
        and _WRITER in each(statement, "Principal.Service[*]")
        for statement in each(document, "Statement[*]")
    )


_OUTPUT = "export.destinationConfigurations[*].s3Destinations[*].s3OutputConfigurations[*]"
_ARN = "arn:aws:bcm-data-exports:us-east-1:{account}:export/{name}-{uuid}"

ROWS = (
    Row(
        "aws:bcmdata/export:Export",
        id=_ARN,
        naming=Naming("export.name", longest=128, invented=False),
        outputs={"arn": "{id}"},
        inside={"export": {"exportArn": _ARN}},
        replace=("export.dataQueries.tableConfigurations", "export.name"),
        creating=(name, query, destination),
        enums={
            f"{_OUTPUT}.overwrite": ("CREATE_NEW_REPORT", "OVERWRITE_REPORT"),
            f"{_OUTPUT}.format": ("TEXT_OR_CSV", "PARQUET"),
            f"{_OUTPUT}.compression": ("GZIP", "PARQUET", "ZIP"),
            f"{_OUTPUT}.outputType": ("CUSTOM", "ATHENA", "REDSHIFT"),
            "export.refreshCadences[*].frequency": ("SYNCHRONOUS",),
        },
    ),
)
