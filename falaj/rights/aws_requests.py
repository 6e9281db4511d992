"""The authorization requests that an operation on one AWS resource causes."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from falaj.facts.aws_permissions import actions, arn_formats, passed_roles, service_roles, types
from falaj.finops.plan import Planned
from falaj.rights.aws_needs import LINKED_ROLE_WRITERS, PASS_ROLE, SERVICE_ROLE, needed_actions
from falaj.rights.iam_evaluation import Request

_REFERENCES: Mapping[str, tuple[str, ...]] = {
    "autoscaling:autoscalinggroup": ("autoscalingGroupName",),
    "backup:backupplan": ("planId",),
    "backup:backupvault": ("backupVaultName",),
    "budgets:budget": ("budgetName",),
    "ec2:elastic-ip": ("allocationId",),
    "ec2:internet-gateway": ("gatewayId",),
    "ec2:route-table": ("routeTableId", "routeTableIds"),
    "ec2:security-group": ("securityGroupId", "securityGroups", "securityGroupIds"),
    "ec2:subnet": ("subnetId", "subnetIds"),
    "ec2:vpc": ("vpcId",),
    "ecr:repository": ("repository", "prefix"),
    "eks:cluster": ("clusterName",),
    "elasticfilesystem:file-system": ("fileSystemId",),
    "events:rule-on-default-event-bus": ("rule",),
    "fsx:file-system": ("fileSystemId",),
    "iam:role": (
        "role",
        "roleArn",
        "nodeRoleArn",
        "iamRoleArn",
        "executionRoleArn",
        "customRoleArn",
        "serviceAccountRoleArn",
        "podIdentityAssociations",
    ),
    "kms:key": ("targetKeyId", "kmsKeyId", "kmsKeyArn"),
    "logs:log-stream": ("logConfiguration",),
    "s3:bucket": ("bucket", "dataRepositoryPath"),
    "sns:topic": ("topic", "arn"),
    "sqs:queue": ("queueUrl",),
}
"""Kind -> the properties by which a resource of another type refers to one; the first that is set counts."""
_ARN_OUTPUTS = ("accessEntryArn", "associationArn", "arn")
_VARIABLE = re.compile(r"\$\{(\w+)\}")


@dataclass(frozen=True)
class ExistingResource:
    """What is known of an existing resource: its ARN and its tags."""

    arn: str
    tags: Mapping[str, str] = field(default_factory=dict)


class Directory(Protocol):
    """Finds resources that exist in the account."""

    def find(self, kind: str, reference: str) -> ExistingResource | None:
        """Returns the resource of a kind with this name, ID or ARN."""
        ...


@dataclass(frozen=True)
class AwsRequests:
    """Builds the requests of operations in one account."""

    account: str
    directory: Directory

    def of(self, item: Planned, operation: str, region: str, own: ExistingResource) -> Iterator[Request]:
        """Yields the requests of an operation on a resource, whose inputs and outputs are `item.props`."""
        base = {"aws:RequestedRegion": region}
        for name in needed_actions(item, operation):
            if name == PASS_ROLE:
                yield from self._passed(item, base)
            elif name == SERVICE_ROLE:
                for service, arn in self._linked(item):
                    yield Request(name, arn, base | {"iam:AWSServiceName": service})
            elif item.type in LINKED_ROLE_WRITERS and name.startswith("iam:"):
                yield from (Request(name, arn, base) for _, arn in self._linked(item))
            else:
                yield from self._plain(name, item, region, own, base | _iam_context(name, item))

    def _plain(
        self, name: str, item: Planned, region: str, own: ExistingResource, context: Mapping[str, str]
    ) -> Iterator[Request]:
        action, own_kind = actions()[name], types()[item.type].resource
        optional = [kind for kind in action.optional if kind == own_kind or _references(item, kind)]
        if "Tag" in name and own_kind in action.optional:
            optional = [own_kind]
        kinds = [*action.required, *optional]
        if not kinds:
            yield Request(name, "*", context)
        for kind in kinds:
            for known in self._resources(kind, item, region, own if kind == own_kind else None):
                tags = (
                    {f"aws:ResourceTag/{key}": value for key, value in known.tags.items()}
                    if kind in action.tagged
                    else {}
                )
                yield Request(name, known.arn, {**context, **tags})

    def _resources(
        self, kind: str, item: Planned, region: str, own: ExistingResource | None
    ) -> Sequence[ExistingResource]:
        if own is not None:
            return [own]
        found = [
            self.directory.find(kind, reference) or ExistingResource(self._arn(kind, region, reference, item))
            for reference in _references(item, kind)
        ]
        if found or kind == "iam:role":  # a type that may have a role has no request without one
            return found
        return [ExistingResource(self._arn(kind, region, "0", item))]

    def _arn(self, kind: str, region: str, reference: str, item: Planned) -> str:
        """Returns the ARN of a resource that the account does not have yet, or whose ID AWS chooses."""
        if reference.startswith("arn:"):
            return f"{reference}:log-stream:0" if kind == "logs:log-stream" else reference
        cluster = item.props.get("clusterName") or item.props.get("name")
        known = {"Region": region, "Account": self.account, "ClusterName": str(cluster or reference)}
        return _VARIABLE.sub(lambda match: known.get(match[1], reference), arn_formats()[kind])

    def _passed(self, item: Planned, context: Mapping[str, str]) -> Iterator[Request]:
        for passed in passed_roles():
            if passed.type == item.type:
                for arn in _texts(item.props.get(passed.property)):
                    known = self.directory.find("iam:role", arn)
                    yield Request(
                        PASS_ROLE, known.arn if known else arn, {**context, "iam:PassedToService": passed.service}
                    )

    def _linked(self, item: Planned) -> Iterator[tuple[str, str]]:
        for role in service_roles():
            if role.type == item.type:
                arn = f"arn:aws:iam::{self.account}:role/aws-service-role/{role.service}/AWSServiceRole"
                yield role.service, arn


def _references(item: Planned, kind: str) -> list[str]:
    found = (_texts(item.props.get(key)) for key in _REFERENCES.get(kind, ()))
    return next((texts for texts in found if texts), [])


def _iam_context(action: str, item: Planned) -> dict[str, str]:
    """Returns the values of IAM's own condition keys."""
    if action in ("iam:AttachRolePolicy", "iam:DetachRolePolicy") and isinstance(
        arn := item.props.get("policyArn"), str
    ):
        return {"iam:PolicyARN": arn}
    boundary = item.props.get("permissionsBoundary")
    if action in ("iam:CreateRole", "iam:PutRolePermissionsBoundary") and isinstance(boundary, str):
        return {"iam:PermissionsBoundary": boundary}
    return {}


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value.removeprefix("s3://").partition("/")[0] if value.startswith("s3://") else value]
    if isinstance(value, Mapping):
        return [text for key, entry in value.items() if key in ("roleArn", "destination") for text in _texts(entry)]
    return [text for entry in value for text in _texts(entry)] if isinstance(value, list | tuple) else []


def own_resource(item: Planned, region: str, account: str) -> ExistingResource:
    """Returns the ARN and tags of a resource: its output `arn`, or the format of its kind with its ID."""
    tags = item.props.get("tagsAll") or item.props.get("tags") or {}
    kind = types()[item.type].resource
    arn = next((item.props[key] for key in _ARN_OUTPUTS if item.props.get(key)), None)
    if kind and not (isinstance(arn, str) and arn.startswith(f"arn:aws:{kind.partition(':')[0]}:")):
        values = {"Region": region, "Account": account} | _own_variables(item)
        arn = _VARIABLE.sub(lambda match: values.get(match[1], str(item.props.get("id") or "0")), arn_formats()[kind])
    return ExistingResource(str(arn), {key: value for key, value in tags.items() if isinstance(value, str)})


def _own_variables(item: Planned) -> dict[str, str]:
    """Returns variables of the ARN of a type whose provider has no output `arn`."""
    names = {"BudgetName": "budgetName", "ActionId": "actionId", "LogGroupName": "name", "Identifier": "id"}
    return {key: str(item.props[name]) for key, name in names.items() if item.props.get(name)}
