"""References that are recognised by their form: an id or ARN of this account must exist, in any property."""

from __future__ import annotations

import re

from falaj.facts.machines import alternatives, find
from falaj.facts.regions import REGIONS
from falaj.sandbox.clouds.aws.account import ACCOUNT, AccountKind, account_kind
from falaj.sandbox.clouds.aws.cost_explorer import DEFAULT_MONITOR
from falaj.sandbox.clouds.spec import Operation
from falaj.sandbox.clouds.values import Json, get_all, iter_strings

_ID = re.compile(r"(vpc|subnet|sg|rtb|igw|nat|eipalloc|lt|vpce|acl|eni|fl)-[0-9a-f]{8,17}")
# AWS itself creates roles under the excluded paths (IAM Identity Center, service-linked roles), and the roles `falaj-*`
# of pipelines exist before any stack (docs/pipelines.md), so they need not exist here.
_ARN = re.compile(
    rf"arn:aws:(kms:[a-z0-9-]*:{ACCOUNT}:key/"
    rf"|iam::{ACCOUNT}:(role/(?!aws-reserved/|aws-service-role/|falaj-)|(policy|instance-profile|oidc-provider)/)"
    rf"|sns:[a-z0-9-]*:{ACCOUNT}:|sqs:[a-z0-9-]*:{ACCOUNT}:|eks:[a-z0-9-]*:{ACCOUNT}:cluster/|s3:::"
    rf"|logs:[a-z0-9-]*:{ACCOUNT}:log-group:|ce::{ACCOUNT}:anomalymonitor/)"
)
_OF_THE_ACCOUNT = ("permissionsBoundary",)
"""Properties that name what the owner of the account has made before any stack."""
_NOT_FOUND = {
    "vpc": "InvalidVpcID.NotFound: The vpc ID '{value}' does not exist",
    "subnet": "InvalidSubnetID.NotFound: The subnet ID '{value}' does not exist",
    "sg": "InvalidGroup.NotFound: The security group '{value}' does not exist",
    "rtb": "InvalidRouteTableID.NotFound: The routeTable ID '{value}' does not exist",
    "igw": "InvalidInternetGatewayID.NotFound: The internetGateway ID '{value}' does not exist",
    "nat": "InvalidNatGatewayID.NotFound: The natGateway ID '{value}' does not exist",
    "eipalloc": "InvalidAllocationID.NotFound: The allocation ID '{value}' does not exist",
    "lt": "InvalidLaunchTemplateId.NotFound: The specified launch template, with template ID {value}, does not exist.",
    "vpce": "InvalidVpcEndpointId.NotFound: The Vpc Endpoint Id '{value}' does not exist",
    "kms": "NotFoundException: Key '{value}' does not exist",
    "iam": "NoSuchEntity: {value} cannot be found.",
    "sns": "NotFound: Topic does not exist: {value}",
    "sqs": "AWS.SimpleQueueService.NonExistentQueue: The specified queue does not exist: {value}",
    "eks": "ResourceNotFoundException: No cluster found for {value}.",
    "s3": "NoSuchBucket: The specified bucket does not exist: {value}",
    "ce": "UnknownMonitorException: The cost anomaly monitor does not exist: {value}",
    "logs": "ResourceNotFoundException: The specified log group does not exist: {value}",
}
# The properties for instance types in all services that start instances.
_INSTANCE_TYPE_PATHS = ("instanceType", "instanceTypes[*]")
_NODE_GROUP = "aws:eks/nodeGroup:NodeGroup"
_STARTS_INSTANCES = (
    _NODE_GROUP,
    "aws:ec2/instance:Instance",
    "aws:ec2/spotInstanceRequest:SpotInstanceRequest",
)


def handle_of(value: str) -> str | None:
    """Returns the handle that a string refers to; None if it is no reference to a resource of this account."""
    if _ID.fullmatch(value):
        return value
    if _ARN.match(value):
        if value.startswith("arn:aws:s3:::") and "*" in value.split("/", 1)[0]:
            return None  # a pattern
        bare = value.removesuffix(":*")
        return bare.split("/", 1)[0] if bare.startswith("arn:aws:s3:::") else bare
    return None


def references_exist(op: Operation) -> str | None:
    """Checks that all references in the inputs exist, those by id in the same region."""
    for path, value in iter_strings(op.inputs):
        handle = handle_of(value)
        is_default_monitor = handle == DEFAULT_MONITOR and account_kind() is not AccountKind.NEW
        if handle is None or path in _OF_THE_ACCOUNT or is_default_monitor:
            continue
        resource = op.state.by_handle(handle)
        elsewhere = resource is not None and _ID.fullmatch(value) and resource.scope != op.scope
        if resource is None or elsewhere:
            kind = value.split("-")[0] if _ID.fullmatch(value) else value.split(":")[2]
            message = _NOT_FOUND.get(kind)
            if message is not None:
                return message.format(value=value)
    return None


def instance_type_offered(op: Operation) -> str | None:
    """Checks that the region offers the instance types. Only the regions of the UAE have a list."""
    region = op.variables["region"]
    if op.token not in _STARTS_INSTANCES or region not in REGIONS:
        return None
    instance_types = [value for path in _INSTANCE_TYPE_PATHS for value in get_all(op.inputs, path)]
    for name in [*instance_types, *_template_instance_types(op)]:
        if isinstance(name, str) and find(region, name) is None:
            nearest = ", ".join(alternatives(region, name))
            hint = f" Nearest offered here: {nearest}." if nearest else ""
            if op.token == _NODE_GROUP:
                return (
                    f"InvalidParameterException: The following supplied instance types do not exist in {region}: "
                    f"[{name}].{hint}"
                )
            return (
                "Unsupported: The requested configuration is currently not supported: "
                f"instance type {name} is not offered in {region}.{hint}"
            )
    return None


def _template_instance_types(op: Operation) -> list[Json]:
    """Returns the instance type of the launch template in the inputs, if any."""
    for id_ in get_all(op.inputs, "launchTemplate.id"):
        template = op.state.by_handle(id_) if isinstance(id_, str) else None
        if template is not None:
            return get_all(template.inputs, "instanceType")
    return []
