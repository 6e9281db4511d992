"""What each planned AWS resource needs: actions, their resources, and the conditions under which they are enough."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from functools import cache

from falaj.facts.aws_permissions import (
    OPERATIONS,
    AwsAction,
    actions,
    handlers,
    passed_roles,
    provider_calls,
    service_roles,
    types,
)
from falaj.finops.plan import Plan, Planned
from falaj.rights.aws_names import AwsNames, kinds_of

PASS_ROLE, SERVICE_ROLE = "iam:PassRole", "iam:CreateServiceLinkedRole"
LINKED_ROLE_WRITERS = ("aws:fsx/dataRepositoryAssociation:DataRepositoryAssociation",)
"""Types whose service-linked role the caller must also give a policy (FSx for Lustre, data repositories)."""
_POLICY_ATTACHERS = ("iam:AttachRolePolicy", "iam:DetachRolePolicy")
_TAGGED_SERVICES = ("ec2:", "elasticfilesystem:", "fsx:", "kms:")
"""Services whose IDs AWS chooses, so that only tags tell a stack's resources from another's."""
_ON_EXISTING = (
    "Delete*",
    "Disable*",
    "Enable*",
    "Modify*",
    "Release*",
    "ScheduleKeyDeletion",
    "Update*",
    "Put*",
    "Decrypt",
)
_ON_OTHERS = ("*Tag*", "*SecurityGroupRule*")
"""Actions on what has no tags yet, or on groups that EKS makes."""


class UnknownType(Exception):
    """A plan has a type whose permissions are not in the facts."""


@dataclass(frozen=True)
class RequiredAction:
    """One action on resources, and the conditions (operator -> key -> values) that the request fulfils."""

    action: str
    resources: tuple[str, ...]
    condition: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)


@cache
def actions_of(kind: str, operation: str) -> Mapping[str, tuple[str, ...]]:
    """Returns the actions that an operation on a type needs -> the properties on which each depends, () for always."""
    entry = types().get(kind)
    if entry is None:
        raise UnknownType(kind)
    found: dict[str, set[str]] = {}
    for action in handlers().get((entry.cloudformation, operation), ()):
        if not any(fnmatchcase(action, pattern) for pattern in entry.omit):
            found.setdefault(action, set()).add("")
    for call in provider_calls():
        if (call.type, call.operation) == (kind, operation):
            for action in call.actions:
                found.setdefault(action, set()).add(call.condition)
    return {action: () if "" in names else tuple(sorted(names)) for action, names in found.items()}


def needed_actions(item: Planned, operation: str) -> Iterator[str]:
    """Yields the actions that an operation on a planned resource needs."""
    for action, conditions in actions_of(item.type, operation).items():
        if not conditions or any(_holds(item, condition) for condition in conditions):
            yield action


def _holds(item: Planned, condition: str) -> bool:
    negated = condition.startswith("!")
    value = item.props.get(condition.lstrip("!"))
    present = condition.lstrip("!") in item.props and value is not False
    return present is not negated


@dataclass(frozen=True)
class AwsNeeds:
    """The needs of all AWS resources of a plan."""

    plan: Plan
    names: AwsNames
    tags: Mapping[str, str]
    """Tags that all resources of the stack have."""

    @classmethod
    def of(cls, plan: Plan, account: str) -> "AwsNeeds":
        """Returns the needs of a plan in an account."""
        return cls(plan, AwsNames(plan, account), _common_tags(plan))

    def all(self, operations: Iterable[str] = OPERATIONS) -> Iterator[RequiredAction]:
        """Yields what the operations need. Raises `UnknownType`."""
        served: dict[str, str] = {}
        for item in self.plan.resources:
            if item.type.startswith("aws:"):
                for operation in operations:
                    yield from self._of(item, operation)
                    if SERVICE_ROLE in needed_actions(item, operation):
                        served |= self._linked_roles(item)
        if served:
            services = {"StringEquals": {"iam:AWSServiceName": tuple(sorted(served))}}
            yield RequiredAction(SERVICE_ROLE, tuple(sorted(served.values())), services)

    def _of(self, item: Planned, operation: str) -> Iterator[RequiredAction]:
        region = self.names.region(item)
        for name in needed_actions(item, operation):
            if name == PASS_ROLE:
                yield from self._passed(item)
            elif name == "iam:PutRolePolicy" and item.type in LINKED_ROLE_WRITERS:
                yield RequiredAction(name, tuple(self._linked_roles(item).values()))
            elif name in _POLICY_ATTACHERS:
                yield from self._attached(name, item)
            elif name != SERVICE_ROLE:
                yield from self._plain(actions()[name], item, region)

    def _plain(self, action: AwsAction, item: Planned, region: str) -> Iterator[RequiredAction]:
        kinds = self._kinds(action, item)
        resources = tuple(sorted({arn for kind in kinds for arn in self.names.arns(kind, region)}))
        if not kinds:
            yield RequiredAction(action.name, ("*",), {"StringEquals": {"aws:RequestedRegion": (region,)}})
        elif resources:
            condition = self._tag_condition(action, kinds) | self._boundary(action.name)
            yield RequiredAction(action.name, self._shortened(action, resources, region), condition)

    def _shortened(self, action: AwsAction, resources: tuple[str, ...], region: str) -> tuple[str, ...]:
        """Returns one pattern for EC2 resources whose IDs AWS chooses: the action alone says which kinds it means."""
        every = f"arn:aws:ec2:{region}:{self.names.account}:"
        if "Tag" in action.name or not all(arn.startswith(every) and arn.endswith("/*") for arn in resources):
            return resources
        return (f"{every}*",)

    def _kinds(self, action: AwsAction, item: Planned) -> tuple[str, ...]:
        """Returns the kinds that an action names: the required ones, and planned ones of those that it may name."""
        own = types()[item.type].resource
        if "Tag" in action.name.partition(":")[2] and own in action.optional:
            return (own,)
        planned = kinds_of(self.plan.resources)
        optional = tuple(kind for kind in action.optional if kind in planned)
        return tuple(dict.fromkeys((*action.required, *optional)))

    def _tag_condition(self, action: AwsAction, kinds: tuple[str, ...]) -> dict[str, dict[str, tuple[str, ...]]]:
        verb = action.name.partition(":")[2]
        existing = any(fnmatchcase(verb, pattern) for pattern in _ON_EXISTING)
        others = any(fnmatchcase(verb, pattern) for pattern in _ON_OTHERS)
        if not action.name.startswith(_TAGGED_SERVICES) or not existing or others or not self.tags:
            return {}
        if not all(kind in action.tagged and self._all_tagged(kind) for kind in kinds):
            return {}
        return {"StringEquals": {f"aws:ResourceTag/{key}": (value,) for key, value in self.tags.items()}}

    def _all_tagged(self, kind: str) -> bool:
        found = [item for item in self.plan.resources if item.type in types() and types()[item.type].resource == kind]
        return bool(found) and all(_has_tags(item, self.tags) for item in found)

    def _boundary(self, action: str) -> dict[str, dict[str, tuple[str, ...]]]:
        """Returns the condition that roles are made with the permissions boundary of the plan, if all have one."""
        if action not in ("iam:CreateRole", "iam:PutRolePermissionsBoundary"):
            return {}
        found = {
            item.props.get("permissionsBoundary") for item in self.plan.resources if item.type == "aws:iam/role:Role"
        }
        arns = tuple(sorted(arn for arn in found if isinstance(arn, str)))
        return {"StringEquals": {"iam:PermissionsBoundary": arns}} if len(arns) == len(found) else {}

    def _passed(self, item: Planned) -> Iterator[RequiredAction]:
        for passed in passed_roles():
            if passed.type == item.type and (arns := self.names.role_arns(item, passed.property)):
                yield RequiredAction(PASS_ROLE, arns, {"StringEquals": {"iam:PassedToService": (passed.service,)}})

    def _linked_roles(self, item: Planned) -> dict[str, str]:
        """Returns service -> ARN pattern of the service-linked roles of a resource's type."""
        prefix = f"arn:aws:iam::{self.names.account}:role/aws-service-role"
        return {role.service: f"{prefix}/{role.service}/*" for role in service_roles() if role.type == item.type}

    def _attached(self, action: str, item: Planned) -> Iterator[RequiredAction]:
        if item.type in LINKED_ROLE_WRITERS:
            yield RequiredAction(action, tuple(self._linked_roles(item).values()))
        elif roles := self.names.arns("iam:role", ""):
            policies = self.names.policy_arns()
            yield RequiredAction(action, roles, {"ArnLike": {"iam:PolicyARN": policies}} if policies else {})


def _common_tags(plan: Plan) -> dict[str, str]:
    """Returns project and environment, if every tagged AWS resource has the same."""
    tagged = [tags for item in plan.resources if item.type.startswith("aws:") and (tags := item.props.get("tags"))]
    result = {}
    for key in ("project", "environment"):
        values = {tags.get(key) for tags in tagged if isinstance(tags, Mapping)}
        if len(values) == 1 and isinstance(value := values.pop(), str):
            result[key] = value
    return result


def _has_tags(item: Planned, tags: Mapping[str, str]) -> bool:
    own = item.props.get("tags")
    return isinstance(own, Mapping) and all(own.get(key) == value for key, value in tags.items())
