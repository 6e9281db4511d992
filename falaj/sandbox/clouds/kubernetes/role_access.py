"""Kubernetes' RBAC in an emulated cluster, for groups: RoleBindings of Roles in a namespace.

An access entry of EKS can have Kubernetes groups, whose rights are those of the Roles that bind them (EKS API
reference, CreateAccessEntry, `kubernetesGroups`, read 2026-11-27).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from falaj.sandbox.clouds.kubernetes.connection import cluster_key
from falaj.sandbox.clouds.kubernetes.kinds import group_and_kind, is_namespaced, plural
from falaj.sandbox.clouds.spec import InventoryItem, Operation
from falaj.sandbox.clouds.values import Json, get_all, get_str

_API = "kubernetes:rbac.authorization.k8s.io/v1:"
ROLE, BINDING = f"{_API}Role", f"{_API}RoleBinding"
_RELEASE = "kubernetes:helm.sh/v3:Release"


def groups_allow(op: Operation, groups: Collection[str], verb: str) -> bool:
    """Returns whether a Role in the object's namespace gives one of the groups a verb on its kind. Of a chart's objects
    only one is asked for: the secret that keeps its state."""
    if not is_namespaced(op.token) and op.token != _RELEASE:
        return False
    group, resource = ("", "secrets") if op.token == _RELEASE else _resource(op.token)
    return any(
        verb in get_all(rule, "verbs[*]")
        and group in get_all(rule, "apiGroups[*]")
        and resource in get_all(rule, "resources[*]")
        for role in _roles(op, groups)
        for rule in get_all(role.inputs, "rules[*]")
    )


def _resource(token: str) -> tuple[str, str]:
    group = group_and_kind(token)[0]
    return "" if group == "core" else group, plural(token).partition(".")[0]


def _roles(op: Operation, groups: Collection[str]) -> Iterator[InventoryItem]:
    scope = f"{cluster_key(op.config)}/namespace/{op.variables['namespace']}"
    for binding in op.state.find(BINDING, scope=scope):
        if any(_names(subject, groups) for subject in get_all(binding.inputs, "subjects[*]")):
            yield from op.state.find(ROLE, scope=scope, name=get_str(binding.inputs, "roleRef.name"))


def _names(subject: Json, groups: Collection[str]) -> bool:
    return get_str(subject, "kind") == "Group" and get_str(subject, "name") in groups
