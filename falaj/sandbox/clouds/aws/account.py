"""The emulated AWS account: account number, regions, error messages, tags, and the default description of a type."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from enum import StrEnum

from falaj.sandbox.clouds.aws.cloudformation import schema_failures
from falaj.sandbox.clouds.sdk_schema import sdk
from falaj.sandbox.clouds.spec import CheckOperation, Naming, ResourceType
from falaj.sandbox.clouds.values import UNKNOWN, Json, Props, get_path, get_str

ACCOUNT = "123456789012"
"""The account number of AWS's own documentation."""


class AccountKind(StrEnum):
    """What the account is to AWS Billing."""

    STANDALONE = "standalone"
    """Pays for itself and uses Cost Explorer."""
    MEMBER = "member"
    """Member of an organisation, whose management account pays, with Cost Explorer in use."""
    NEW = "new"
    """Pays for itself; Cost Explorer was never opened."""


KIND_VARIABLE = "FALAJ_AWS_ACCOUNT"
"""Environment variable with the kind of the emulated account. Default: `standalone`."""

SDK = "pulumi_aws"
DEFAULT_REGION = "me-central-1"
GLOBAL = "aws-global"

_SERVICES = {
    "autoscaling": "Auto Scaling",
    "backup": "Backup",
    "bcmdata": "BCM Data Exports",
    "budgets": "Budgets",
    "cloudwatch": "EventBridge",
    "costexplorer": "Cost Explorer",
    "fsx": "FSx",
    "logs": "CloudWatch Logs",
    "vpc": "EC2",
}
_SERVICES_BY_PREFIX = {"aws:cloudwatch/log": "CloudWatch Logs", "aws:cloudwatch/metricAlarm:": "CloudWatch"}
"""Start of a token -> service, for services whose types are in the module of another service."""
_VERBS = {"creating": "Create", "updating": "Update", "deleting": "Delete", "reading": "Read"}
_NAME_LIMITS = {"iam": 64, "eks": 100, "sqs": 80, "sns": 256, "cloudwatch": 64, "budgets": 100}


def account_kind() -> AccountKind:
    """Returns the kind of the emulated account. Raises ValueError for an unknown one."""
    return AccountKind(os.environ.get(KIND_VARIABLE, AccountKind.STANDALONE))


def region_of(inputs: Props, config: Props) -> str:
    """Returns the region of a resource: its own `region`, otherwise the provider's."""
    return get_str(inputs, "region") or get_str(config, "region") or DEFAULT_REGION


def scope(token: str, inputs: Props, config: Props) -> str:
    """Returns `account/region`, or `account/aws-global` for services without regions."""
    regional = "region" in sdk(SDK).schema(token).inputs
    return f"{ACCOUNT}/{region_of(inputs, config) if regional else GLOBAL}"


def input_defaults(token: str, config: Props) -> Props:
    """Returns the provider's region for a regional resource: the state of one without `region` contains it, so naming
    it is no change (pulumi-aws, docs/enhanced-region-support.md, 7.0: `region` is optional and computed).
    """
    regional = "region" in sdk(SDK).schema(token).inputs
    return {"region": region_of({}, config)} if regional else {}


def template_variables(token: str, inputs: Props, config: Props) -> Mapping[str, str]:
    """Returns the AWS-specific variables of templates."""
    return {
        "region": region_of(inputs, config),
        "account": ACCOUNT,
        "accountId": ACCOUNT,
        "ownerId": ACCOUNT,
        "owner": ACCOUNT,
        "principalName": get_str(inputs, "principalArn").rpartition("/")[2],
        **({"path": get_str(inputs, "path") or "/"} if token.startswith("aws:iam/") else {}),
    }


def error_message(token: str, doing: str, message: str) -> str:
    """Formats an error as the AWS provider does: `creating EC2 Subnet: operation error EC2: CreateSubnet, api error
    ...`.
    """
    module, name = token.removeprefix("aws:").split("/")[0], token.rsplit(":", 1)[-1]
    service = next(
        (name for prefix, name in _SERVICES_BY_PREFIX.items() if token.startswith(prefix)),
        _SERVICES.get(module, module.upper()),
    )
    return f"{doing} {service} {name}: operation error {service}: {_VERBS[doing]}{name}, api error {message}"


def default_type(token: str, inputs: Props) -> ResourceType:
    """Builds the default `ResourceType` of a token without one: naming and replacement by the usual identity
    properties, ARN by pattern.
    """
    schema = sdk(SDK).schema(token)
    module = token.removeprefix("aws:").split("/")[0]
    kind = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", token.rsplit(":", 1)[-1]).lower()
    has_name = "name" in schema.inputs and schema.inputs["name"].type.kind == "string"
    naming = Naming("name", max_length=_NAME_LIMITS.get(module, 255)) if has_name else None
    identity = ("region", "name", "vpcId", "subnetId", "availabilityZone", "clusterName", "bucket")
    return ResourceType(
        token,
        id="{name}" if has_name else "{hex17}",
        naming=naming,
        outputs={"arn": f"arn:aws:{module}:{{region}}:{{account}}:{kind}/{{id}}"},
        replace_on_changes=tuple(name for name in identity if name in schema.inputs),
    )


def check(op: CheckOperation) -> tuple[Props, Sequence[tuple[str, str]]]:
    """Validates inputs against CloudFormation's schema, and sets `tagsAll` as the provider does: its default tags,
    overridden by the resource's own tags. If one tag is unknown, `tagsAll` is unknown.
    """
    schema, failures = sdk(SDK).schema(op.token), schema_failures(op.token, op.inputs)
    if "tagsAll" not in schema.outputs or "tags" not in schema.inputs:
        return op.inputs, failures
    defaults = get_path(op.config, "defaultTags.tags") or {}
    tags = op.inputs.get("tags") or {}
    tags_all: Json = UNKNOWN
    if isinstance(defaults, Mapping) and isinstance(tags, Mapping):
        merged = {**defaults, **tags}
        tags_all = UNKNOWN if UNKNOWN in merged.values() else merged
    failures += [("tags", error) for error in _tag_errors(tags)] if isinstance(tags, Mapping) else []
    if tags_all == {}:
        return op.inputs, failures
    return {**op.inputs, "tagsAll": tags_all}, failures


def _tag_errors(tags: Props) -> list[str]:
    """Checks AWS's limits: 50 tags, keys of 1 to 128 characters without the prefix `aws:`, values of at most 256
    characters.
    """
    errors = [f'tag key "{key}" is reserved: keys may not begin with "aws:".' for key in tags if key[:4] == "aws:"]
    errors += [f'tag key "{key}" must have 1 to 128 characters.' for key in tags if not 1 <= len(key) <= 128]
    errors += [
        f'the value of tag "{key}" must have at most 256 characters.'
        for key, value in tags.items()
        if isinstance(value, str) and len(value) > 256
    ]
    return errors + (["a resource can have at most 50 tags."] if len(tags) > 50 else [])


def check_config(config: Props) -> Sequence[tuple[str, str]]:
    """Rejects a provider without a region, or with an invalid region name."""
    region = config.get("region")
    if region is UNKNOWN:
        return ()
    if not isinstance(region, str):
        fix = "set `region` of the provider, or run `pulumi config set aws:region me-central-1` for the default one"
        return [("region", f"Invalid AWS Region: {fix}.")]
    if not re.fullmatch(r"[a-z]{2}(-[a-z]+)+-\d", region):
        return [("region", f'invalid AWS Region: "{region}"; it is shaped like me-central-1.')]
    return ()
