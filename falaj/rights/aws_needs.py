"""What each planned AWS resource needs: actions, their resources, and the conditions under which they are enough."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from functools import cache, cached_property

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
from falaj.rights.aws_conditions import NODE_GROUP, UNRESTRICTED, Condition, Conditions
from falaj.rights.aws_names import GLOBAL_ACTIONS, GLOBAL_REGION, AwsNames, kinds_of
from falaj.rights.cluster_keys import CLUSTER, CLUSTER_KEY, CREATE_GRANT, stated_key
from falaj.rights.ec2_launch import LAUNCHED, RUN_INSTANCES, TAGGED_AT_LAUNCH

PASS_ROLE, SERVICE_ROLE, READ_ROLE = "iam:PassRole", "iam:CreateServiceLinkedRole", "iam:GetRole"
LINKED_ROLE_WRITERS = ("aws:fsx/dataRepositoryAssociation:DataRepositoryAssociation",)
"""Types whose service-linked role the caller must also give a policy (FSx for Lustre, data repositories)."""
_POLICY_ATTACHERS = ("iam:AttachRolePolicy", "iam:DetachRolePolicy")
CREATED = {"bcm-data-exports:CreateExport": "bcm-data-exports:export"}
"""Actions that also name what they create, whose ID AWS chooses (the reference lists only `table`; both are in
https://docs.aws.amazon.com/cur/latest/userguide/bcm-data-exports-access.html, read 2026-11-26)."""


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
            # EKS looks whether the role exists with the caller's permissions (terraform-aws-modules/terraform-aws-eks,
            # issue 823, read 2026-11-26).
            yield RequiredAction(READ_ROLE, tuple(sorted(served.values())))

    def _of(self, item: Planned, operation: str) -> Iterator[RequiredAction]:
        region = self.names.region(item)
        for name in needed_actions(item, operation):
            if name == PASS_ROLE:
                yield from self._passed(item)
            elif name == "iam:PutRolePolicy" and item.type in LINKED_ROLE_WRITERS:
                yield RequiredAction(name, tuple(self._linked_roles(item).values()))
            elif name in _POLICY_ATTACHERS:
                yield from self._attached(name, item)
            elif item.type == CLUSTER and name in CLUSTER_KEY:
                yield from self._cluster_key(name, item, region)
            elif name != SERVICE_ROLE:
                yield from self._plain(actions()[name], item, region)

    def _cluster_key(self, action: str, item: Planned, region: str) -> Iterator[RequiredAction]:
        """Yields what EKS asks about the key of Kubernetes secrets. Its grant is not for a resource of AWS
        (`CLUSTER_KEY`), and tags of a key that the same deployment created may not count yet."""
        if stated := stated_key(item, self.plan):
            yield RequiredAction(action, (stated,))
        elif arns := self.names.arns("kms:key", region):
            conditions = self._conditions.new_or_own() if action == CREATE_GRANT else ({},)
            yield from (RequiredAction(action, arns, condition) for condition in conditions)

    def _plain(self, action: AwsAction, item: Planned, region: str) -> Iterator[RequiredAction]:
        kinds = self._kinds(action, item)
        if not kinds:
            regions = (region, GLOBAL_REGION) if action.name.startswith(GLOBAL_ACTIONS) else (region,)
            yield RequiredAction(action.name, ("*",), {"StringEquals": {"aws:RequestedRegion": regions}})
        by_condition: dict[str, tuple[Condition, set[str]]] = {}
        for kind in kinds:
            arns = self._arns(action, kind, item, region)
            tagged = kind in action.tagged and self._all_tagged(kind)
            for condition in self._conditions.of(action.name, kind, tagged, region):
                unrestricted = action.name in UNRESTRICTED and "Null" in condition
                by_condition.setdefault(repr(condition), (condition, set()))[1].update(("*",) if unrestricted else arns)
        for condition, arns in by_condition.values():
            if arns:
                resources = self._shortened(action, tuple(sorted(arns)), region)
                yield RequiredAction(action.name, resources, {**condition, **self._boundary(action.name)})

    def _arns(self, action: AwsAction, kind: str, item: Planned, region: str) -> tuple[str, ...]:
        if kind == CREATED.get(action.name):
            return (self.names.any_arn(kind, region),)
        found = self.names.arns(kind, region)
        return tuple(sorted({*found, *self._roles_of(item)})) if kind == "iam:role" else found

    @cached_property
    def _conditions(self) -> Conditions:
        found = {
            str(source.props.get("name") or "*")
            for item in self.plan.resources
            for source in self.plan.sources(item, "securityGroupId")
            if source.type == "aws:eks/cluster:Cluster"
        }
        return Conditions(self.plan, self.tags, tuple(sorted(found)))

    def _shortened(self, action: AwsAction, resources: tuple[str, ...], region: str) -> tuple[str, ...]:
        """Returns one pattern for EC2 resources whose IDs AWS chooses: the action alone says which kinds it means."""
        every = f"arn:aws:ec2:{region}:{self.names.account}:"
        if (
            len(resources) == 1
            or "Tag" in action.name
            or not all(arn.startswith(every) and arn.endswith("/*") for arn in resources)
        ):
            return resources
        return (f"{every}*",)

    def _kinds(self, action: AwsAction, item: Planned) -> tuple[str, ...]:
        """Returns the kinds that an action names: the required ones, and planned ones of those that it may name."""
        own = types()[item.type].resource
        if action.name == RUN_INSTANCES:
            return LAUNCHED
        if action.name == "ec2:CreateTags" and item.type == NODE_GROUP:
            return TAGGED_AT_LAUNCH
        if "Tag" in action.name.partition(":")[2] and own in action.optional:
            return (own,)
        planned = kinds_of(self.plan.resources)
        optional = tuple(kind for kind in action.optional if kind in planned)
        created = [kind for name, kind in CREATED.items() if name == action.name]
        return tuple(dict.fromkeys((*action.required, *optional, *created)))

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

    def _roles_of(self, item: Planned) -> Iterator[str]:
        """Yields the roles that a resource is created with, among them existing ones, which the plan only states."""
        for passed in passed_roles():
            if passed.type == item.type:
                yield from self.names.role_arns(item, passed.property)

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
