"""Properties that decide who may do what, and of which Pulumi no longer sees what somebody changed.

The engine sets what the resource option `ignoreChanges` names to what the state has, before it asks the provider and
the policies: what somebody changes there by hand, and a refresh reads, stays; what the program says has no effect
(pulumi/pulumi v3.259.0, pkg/resource/deploy/step_generator.go, processIgnoreChanges). A path has names with dots
between them, or in brackets and quotes; `*` is every one, in brackets too (the same, sdk/go/common/resource/
properties_path.go, ParsePropertyPath and Reset; read 2026-12-02). Good programs name numbers that an autoscaler
changes, versions, images, passwords, tags, and identifiers of keys that rotate; pools that AKS itself changes; and what
they leave to a resource of its own, and so do not set. The same of deployers in clusters is in `ignored_drift`.
"""

from collections.abc import Callable, Collection, Iterator, Mapping

from ..engine.lazy_regex import lazy_regex
from ..engine.reading import MISSING, Resource, walk
from ..engine.rows import Concern, Guardrail, aws
from ..engine.verdicts import Outcome, failed
from ..readers.kubernetes_objects import KUBERNETES_TYPES
from ..readers.resource_policies import DOCUMENTS
from .ignored_drift import decides_rights

_MARKS = lazy_regex(r"\[[*+]?\]|\?")
_SEGMENT = lazy_regex(r'\["((?:[^"\\]|\\.)*)"\]|\[([^\[\]]*)\]|([^.\[\]]+)')
_EVERY = "*"
_SNAKE = lazy_regex(r"_([a-z0-9])")
_IDENTIFIER = lazy_regex(r".*(?:Id|Ids|ID|Arn|Arns|Uri|Url|Name|Names|Type|Version)")
_MANAGED = ("azure-native:containerservice:ManagedCluster", "agentPoolProfiles")
"""Pools of a cluster, whose resources of their own change them."""
_DECIDING = (Concern.EXPOSURE, Concern.IDENTITY)
_ALSO: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(aws("iam/Policy", "iam/RolePolicy", "iam/UserPolicy", "iam/GroupPolicy"), ("policy",)),
    **dict.fromkeys(aws("iam/Role"), ("assumeRolePolicy", "inlinePolicies", "managedPolicyArns")),
    **dict.fromkeys(aws("organizations/Policy"), ("content",)),
    **dict.fromkeys(aws("ec2/SecurityGroup", "ec2/DefaultSecurityGroup", "ec2/NetworkAcl", "ec2/DefaultNetworkAcl"),
                    ("ingress", "egress")),
    **dict.fromkeys(aws("ssoadmin/PermissionSetInlinePolicy"), ("inlinePolicy",)),
    "azure-native:network:NetworkSecurityGroup": ("securityRules",),
    "azure-native:authorization:RoleDefinition": ("permissions",),
    "azure-native:keyvault:Vault": ("properties.accessPolicies", "properties.networkAcls"),
}  # fmt: skip
"""Type -> what says who may do what, and which predicates of other rules read."""
_NOTHING = (MISSING, None, [], {}, "")


def ignored_changes(guardrails: Collection[Guardrail]) -> Callable[[Resource], Iterator[Outcome]]:
    """Returns the check, for the properties that rows of other guardrails evaluate."""
    decisive: dict[str, set[str]] = {}
    for item in guardrails:
        for check in item.checks if item.concern in _DECIDING else ():
            for token in check.tokens:
                decisive.setdefault(token, set()).add(_MARKS.sub("", check.path))

    def check_ignored_changes(resource: Resource) -> Iterator[Outcome]:
        paths = {*decisive.get(resource.type, ()), *_ALSO.get(resource.type, ()), DOCUMENTS.get(resource.type, "")}
        for given in resource.ignored:
            path = _plain(given)
            if path == _EVERY or _decides(resource, path, paths - {""}):
                yield failed(f"ignoreChanges names {given}: what somebody changes there by hand is neither seen nor "
                             f"undone, and what the program says there has no effect", "ignoreChanges")  # fmt: skip

    return check_ignored_changes


def _plain(given: str) -> str:
    """Returns a path without quotes and places of lists, with names as the engine has them; `*` for all properties."""
    names = [next(filter(None, found), "") for found in _SEGMENT.findall(given)]
    if names[:1] == [_EVERY]:
        return _EVERY
    stated = (_SNAKE.sub(lambda found: found[1].upper(), name) for name in names)
    return ".".join(name for name in stated if name != _EVERY and not name.isdecimal())


def _decides(resource: Resource, path: str, paths: Collection[str]) -> bool:
    """Returns whether a property that a program sets is one that decides who may do what, or part of one."""
    if resource.type.startswith(KUBERNETES_TYPES):
        return decides_rights(resource.type.rpartition(":")[2], path.replace(".", "/"))
    if _IDENTIFIER.fullmatch(path) or (resource.type, path.partition(".")[0]) == _MANAGED:
        return path in _ALSO.get(resource.type, ())
    is_near = any(f"{one}.".startswith(f"{path}.") or f"{path}.".startswith(f"{one}.") for one in paths)
    return is_near and any(value not in _NOTHING for _, value in walk(resource.props, path))
