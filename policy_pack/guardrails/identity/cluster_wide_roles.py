"""Where the rules of a ClusterRole count, and which roles are bound for every namespace.

A ClusterRole grants nothing by itself: a RoleBinding grants its rules in one namespace, a ClusterRoleBinding in all
(Kubernetes, "Using RBAC Authorization", RoleBinding and ClusterRoleBinding; read 2026-11-29). So one that a plan binds
in namespaces alone is evaluated as roles of these. That another stack binds it for all is refused there, because its
plan does not have the role.
"""

from collections.abc import Collection, Iterator

from ..engine.plan import Plan
from ..engine.reading import MISSING, Plain, Resource
from ..engine.verdicts import Outcome, failed
from ..readers.kubernetes_objects import ObjectPart, objects
from .named_rights import CONTROLLER_ROLES, DEFAULT_ROLES
from .role_rules import AGGREGATION, granted_by_rules

_ROLE, _EVERYWHERE = "ClusterRole", "ClusterRoleBinding"
_UNKNOWN_NAME = "?"


def _bound_roles(resource: Resource) -> Iterator[str]:
    """Yields kind of the binding and name of the role for each binding to a ClusterRole."""
    for kind in ("RoleBinding", _EVERYWHERE):
        for binding in objects(resource, kind):
            if binding.child("roleRef").get("kind") in (_ROLE, MISSING):
                yield f"{kind}/{_name(binding.child('roleRef'))}"


def _name(part: ObjectPart) -> str:
    name = part.get("name")
    return name if isinstance(name, str) else _UNKNOWN_NAME


def _places(role: ObjectPart, plan: Plan) -> tuple[Plain, ...] | None:
    """Returns the namespaces in which the plan binds a ClusterRole; None if it may count in all."""
    metadata = role.child("metadata")
    name, bindings = _name(metadata), plan.by_key(_bound_roles)
    is_taken_in = any(AGGREGATION in key.lower() for key in metadata.child("labels").data)
    if is_taken_in or any(f"{_EVERYWHERE}/{each}" in bindings for each in (name, _UNKNOWN_NAME)):
        return None
    places = [
        binding.child("metadata").get("namespace")
        for item in bindings.get(f"RoleBinding/{name}", ())
        for binding in objects(item, "RoleBinding")
        if _name(binding.child("roleRef")) == name != _UNKNOWN_NAME
    ]
    return tuple(places) if places and all(isinstance(each, str) for each in places) else None


def check_places_of_roles(resource: Resource, plan: Plan, listed: Collection[str]) -> Iterator[Outcome]:
    """Checks that no ClusterRole grants power over others where the plan binds it. What no role of a namespace may
    grant either is reported without the plan. `listed`: rights that the settings allow to roles by their names."""
    for role in objects(resource, _ROLE):
        reported = {path for path, _ in granted_by_rules(role, listed, in_cluster=False, namespace=None)}
        places = _places(role, plan)
        for place in (None,) if places is None else dict.fromkeys(places):
            for path, grants in granted_by_rules(role, listed, in_cluster=places is None, namespace=place):
                if path not in reported:
                    reported.add(path)
                    yield failed(f"{path} grants {grants}" + (f" in {place}" if place else ""), path)


def _names_of_roles(resource: Resource) -> Iterator[str]:
    for role in objects(resource, _ROLE):
        yield _name(role.child("metadata"))


def check_roles_of_others(resource: Resource, plan: Plan, listed: Collection[str]) -> Iterator[Outcome]:
    """Checks that a role is bound for every namespace only if the plan has it, Kubernetes creates it, or it is listed.
    Other checks know those of Kubernetes and of controllers."""
    for binding in objects(resource, _EVERYWHERE):
        role = binding.child("roleRef")
        name, path = role.get("name"), role.path_to("name")
        if (
            not isinstance(name, str)
            or name in listed
            or DEFAULT_ROLES.fullmatch(name)
            or CONTROLLER_ROLES.fullmatch(name)
        ):
            continue
        if name not in plan.by_key(_names_of_roles):
            yield failed(f"{path} is {name}, of which the plan does not say what it may do in every namespace", path)
