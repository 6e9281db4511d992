"""Conditions under which an action on one kind of resource is needed, so that what is not the stack's is left alone.

IDs of EC2, EFS, FSx and KMS are chosen by AWS: only tags tell the stack's resources from others. So tags may be written
when a resource is created and on what has the stack's tags already, and changes ask for these tags.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase

from falaj.facts.aws_permissions import handlers, types
from falaj.finops.plan import Plan
from falaj.rights.ec2_launch import RUN_INSTANCES, TAGGED_AT_LAUNCH

Condition = Mapping[str, Mapping[str, tuple[str, ...]]]

TAGGED_SERVICES = ("ec2:", "elasticfilesystem:", "fsx:", "kms:")
NODE_GROUP = "aws:eks/nodeGroup:NodeGroup"
DEFAULT_GROUP = "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup"
"""Adopts the group that EC2 made with a VPC, which has no tags yet."""
CLUSTER_TAG = "aws:eks:cluster-name"
"""Tag of the security group that EKS makes for a cluster (amazon-eks user guide, sec-group-reqs)."""

_GROUP, _INTERFACE, _KEY = "ec2:security-group", "ec2:network-interface", "kms:key"
_CHANGES = (
    "Associate*",
    "Attach*",
    "Authorize*",
    "CreateAccessPoint",
    "CreateDataRepositoryAssociation",
    "CreateLaunchTemplateVersion",
    "CreateMountTarget",
    "CreateRoute",
    "Delete*",
    "Detach*",
    "Disable*",
    "Disassociate*",
    "Modify*",
    "Put*",
    "Release*",
    "Replace*",
    "Revoke*",
    "ScheduleKeyDeletion",
    "Untag*",
    "Update*",
)
"""Verbs that change what exists. `EnableKey` and `EnableKeyRotation` are called right after `CreateKey`, and tags of a
key count for authorization only after up to five minutes (https://docs.aws.amazon.com/kms/latest/developerguide/abac.html)."""
_NEW = (
    ("*Alias", "kms:key"),
    ("Authorize*", "ec2:security-group-rule"),
    ("CreateAccessPoint", "elasticfilesystem:access-point"),
    ("CreateDataRepositoryAssociation", "fsx:association"),
)
"""Kinds that a verb creates beside the kind that it changes, or does not change: aliases have the plan's names."""
_GROUP_RULES = ("Authorize*", "Revoke*", "ModifySecurityGroupRules", "UpdateSecurityGroupRule*")
BY_SERVICES = ("kms:Decrypt", "kms:GenerateDataKey", "kms:GenerateDataKeyWithoutPlaintext", "kms:RetireGrant")
"""Uses of a key on the caller's behalf (https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html)."""
_CREATE_ACTIONS = {
    "ec2:CreateTags": "ec2:CreateAction",
    "elasticfilesystem:TagResource": "elasticfilesystem:CreateAction",
}
"""Actions whose condition key names the action that creates the tagged resource (EC2 user guide,
supported-iam-actions-tagging; EFS user guide, using-tags-efs)."""
_TAGGED_ON_REQUEST = ("fsx:TagResource", "kms:TagResource")
"""Actions for which tagging at creation differs from later only in that the resource has no tags yet (FSx for Lustre
user guide, using-tags-fsx; KMS developer guide, tag-permissions)."""
TAGGING = (*_CREATE_ACTIONS, *_TAGGED_ON_REQUEST)
"""Actions that tag, of services whose resources are told apart by tags."""
UNRESTRICTED = ("kms:TagResource",)
"""Actions whose permission at creation must not be restricted to particular resources (KMS, tag-permissions)."""


def creating_verb(kind: str) -> str | None:
    """Returns the verb of the action that creates and tags a resource of a type, as the condition keys name it."""
    if kind == NODE_GROUP:
        return RUN_INSTANCES.partition(":")[2]
    entry = types()[kind]
    service = entry.resource.partition(":")[0]
    found = [
        verb
        for name in handlers().get((entry.cloudformation, "create"), ())
        for owner, _, verb in (name.partition(":"),)
        if owner == service and verb != "CreateTags"
    ]
    for start in ("Create", "Allocate", "Authorize"):
        if verbs := [verb for verb in found if verb.startswith(start)]:
            return verbs[0]
    return None


def _any(verb: str, patterns: tuple[str, ...]) -> bool:
    return any(fnmatchcase(verb, pattern) for pattern in patterns)


@dataclass(frozen=True)
class Conditions:
    """The conditions of one plan."""

    plan: Plan
    tags: Mapping[str, str]
    """Tags that all resources of the stack have; without any there are no conditions."""
    clusters: tuple[str, ...] = ()
    """Names of the EKS clusters whose own security group gets rules."""

    def of(self, action: str, kind: str, tagged: bool, region: str) -> Iterator[Condition]:
        """Yields the alternatives for an action on a kind; `tagged`: its resources can have and have the tags."""
        service, _, verb = action.partition(":")
        if not action.startswith(TAGGED_SERVICES) or not self.tags:
            yield {}
        elif action in TAGGING:
            yield from self._tagging(action, kind)
        elif action == "kms:CreateGrant":
            yield {"Bool": {"kms:GrantIsForAWSResource": ("true",)}}
        elif action in BY_SERVICES:
            yield {"StringLike": {"kms:ViaService": (f"*.{region}.amazonaws.com",)}}
        elif kind == _INTERFACE and verb.startswith(("Delete", "Modify")):
            yield self._untagged()
        elif not _any(verb, _CHANGES) or any(fnmatchcase(verb, new) and kind == made for new, made in _NEW):
            yield {}
        elif tagged:
            yield self._ours()
            if service == "ec2" and kind == _GROUP:
                yield from self._other_groups(verb)
        else:
            yield {}

    def new_or_own(self) -> Iterator[Condition]:
        """Yields the alternatives for a key of the stack whose tags may or may not count yet."""
        if not self.tags:
            yield {}
            return
        yield self._untagged()
        yield self._ours()

    def _tagging(self, action: str, kind: str) -> Iterator[Condition]:
        key = _CREATE_ACTIONS.get(action)
        if key is None or (kind == _GROUP and self._has(DEFAULT_GROUP)):
            yield self._untagged(requested=True)
        elif verbs := self._creating(kind):
            yield {"StringEquals": {key: verbs}}
        if any(types()[item.type].resource == kind for item in self.plan.resources if item.type in types()):
            yield self._ours()

    def _creating(self, kind: str) -> tuple[str, ...]:
        """Returns the verbs that create resources of a kind, among them launches by node groups."""
        planned = {item.type for item in self.plan.resources if item.type in types()}
        found = {
            creating_verb(name)
            for name in planned
            if types()[name].resource == kind or (name == NODE_GROUP and kind in TAGGED_AT_LAUNCH)
        }
        return tuple(sorted(verb for verb in found if verb))

    def _other_groups(self, verb: str) -> Iterator[Condition]:
        """Yields conditions for the groups that AWS makes: EKS for a cluster, EC2 as the default of a VPC."""
        if self.clusters and _any(verb, _GROUP_RULES):
            yield {"StringLike": {f"aws:ResourceTag/{CLUSTER_TAG}": self.clusters}}
        if verb.startswith("Revoke") and self._has(DEFAULT_GROUP):
            yield self._untagged()

    def _has(self, kind: str) -> bool:
        return any(item.type == kind for item in self.plan.resources)

    def _ours(self) -> Condition:
        return {"StringEquals": {f"aws:ResourceTag/{key}": (value,) for key, value in self.tags.items()}}

    def _untagged(self, requested: bool = False) -> Condition:
        """Returns the condition for what has no project yet, and, if requested, gets the stack's tags."""
        missing = {"Null": {f"aws:ResourceTag/{next(iter(self.tags))}": ("true",)}}
        if not requested:
            return missing
        return {**missing, "StringEquals": {f"aws:RequestTag/{key}": (value,) for key, value in self.tags.items()}}
