"""The authorization requests that an operation on one AWS resource causes."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from falaj.facts.aws_permissions import actions, arn_formats, passed_roles, service_roles, types
from falaj.finops.plan import Planned
from falaj.rights.aws_conditions import (
    BY_SERVICES,
    CLUSTER_TAG,
    DEFAULT_GROUP,
    NODE_GROUP,
    TAGGING,
    UNRESTRICTED,
    creating_verb,
)
from falaj.rights.aws_names import GLOBAL_ACTIONS, GLOBAL_REGION
from falaj.rights.aws_needs import CREATED, LINKED_ROLE_WRITERS, PASS_ROLE, READ_ROLE, SERVICE_ROLE, needed_actions
from falaj.rights.cluster_keys import CLUSTER, CREATE_GRANT
from falaj.rights.ec2_launch import LAUNCHED, RUN_INSTANCES, TAGGED_AT_LAUNCH
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
    "kms:key": ("targetKeyId", "kmsKeyId", "kmsKeyArn", "encryptionConfig"),
    "logs:log-stream": ("logConfiguration",),
    "s3:bucket": ("bucket", "dataRepositoryPath"),
    "sns:topic": ("topic", "arn"),
    "sqs:queue": ("queueUrl",),
}
"""Kind -> the properties by which a resource of another type refers to one; the first that is set counts."""
_NESTED = ("roleArn", "destination", "provider", "keyArn")
"""Properties inside those that refer to a resource."""
_LATE = "kms:key"
"""Kind whose tags count for authorization only minutes after its creation
(https://docs.aws.amazon.com/kms/latest/developerguide/abac.html), so not yet for what the same deployment creates."""
_PASSED_TO_CREATE = ("kms:DisableKey", "kms:PutKeyPolicy")
"""Permissions of CloudFormation's handler that the provider, which passes the policy to `CreateKey`, does not use
(terraform-provider-aws, internal/service/kms/key.go)."""
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
                    yield Request(READ_ROLE, arn, base)
            elif item.type in LINKED_ROLE_WRITERS and name.startswith("iam:"):
                yield from (Request(name, arn, base) for _, arn in self._linked(item))
            else:
                context = base | _region_context(name) | _iam_context(name, item) | _kms_context(name, item, region)
                if operation == "create" and name in TAGGING:
                    yield from self._tagged_on_create(name, item, region, own, context)
                elif name == RUN_INSTANCES:
                    yield from (Request(name, self._arn(kind, region, "0", item), context) for kind in LAUNCHED)
                elif not (operation == "create" and name in _PASSED_TO_CREATE):
                    yield from self._plain(name, item, operation, region, own, context)

    def _tagged_on_create(
        self, name: str, item: Planned, region: str, own: ExistingResource, context: Mapping[str, str]
    ) -> Iterator[Request]:
        """Yields the requests to tag what an operation creates, which has no tags yet; AWS may not know its ID yet."""
        kind, verb = types()[item.type].resource, creating_verb(item.type)
        arns = [own.arn] if verb is None else [self._arn(kind, region, "*", item)]
        if item.type == NODE_GROUP and name == "ec2:CreateTags":
            arns = [self._arn(launched, region, "*", item) for launched in TAGGED_AT_LAUNCH]
        if name in UNRESTRICTED:
            arns = ["*"]
        made = {f"{name.partition(':')[0]}:CreateAction": verb} if verb else {}
        tags = {f"aws:RequestTag/{key}": value for key, value in own.tags.items()}
        yield from (Request(name, arn, {**context, **made, **tags}) for arn in arns)

    def _plain(
        self, name: str, item: Planned, operation: str, region: str, own: ExistingResource, context: Mapping[str, str]
    ) -> Iterator[Request]:
        new = operation == "create"
        if new and item.type == DEFAULT_GROUP:
            own = ExistingResource(own.arn)
        action, own_kind = actions()[name], types()[item.type].resource
        optional = [kind for kind in action.optional if kind == own_kind or _references(item, kind)]
        if "Tag" in name and own_kind in action.optional:
            optional = [own_kind]
        created = CREATED.get(name)
        kinds = [*action.required, *optional]
        if created:
            yield Request(name, self._arn(created, region, "*", item), context)
        if not kinds:
            yield Request(name, "*", context)
        for kind in kinds:
            for known in self._resources(kind, item, region, own if kind == own_kind else None):
                tags = (
                    {f"aws:ResourceTag/{key}": value for key, value in known.tags.items()}
                    if kind in action.tagged and not (new and kind == _LATE)
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


def _region_context(name: str) -> dict[str, str]:
    """Returns the region of actions whose service has one endpoint."""
    return {"aws:RequestedRegion": GLOBAL_REGION} if name.startswith(GLOBAL_ACTIONS) else {}


def _kms_context(name: str, item: Planned, region: str) -> dict[str, str]:
    """Returns what AWS says of a service that uses a key on the caller's behalf."""
    if name == CREATE_GRANT:
        return {} if item.type == CLUSTER else {"kms:GrantIsForAWSResource": "true"}
    return {"kms:ViaService": f"backup.{region}.amazonaws.com"} if name in BY_SERVICES else {}


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
        return [text for key, entry in value.items() if key in _NESTED for text in _texts(entry)]
    return [text for entry in value for text in _texts(entry)] if isinstance(value, list | tuple) else []


def cluster_group(
    name: str, outputs: Mapping[str, Any], region: str, account: str
) -> tuple[str, ExistingResource] | None:
    """Returns ID, ARN and tags of the security group that EKS made for a cluster, by the cluster's outputs."""
    config = outputs.get("vpcConfig")
    group = config.get("clusterSecurityGroupId") if isinstance(config, Mapping) else None
    if not isinstance(group, str):
        return None
    name = str(outputs.get("name") or name)
    tags = {CLUSTER_TAG: name, f"kubernetes.io/cluster/{name}": "owned"}
    return group, ExistingResource(f"arn:aws:ec2:{region}:{account}:security-group/{group}", tags)


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
