"""Where the rules of a ClusterRole count, and which roles are bound for every namespace.

A ClusterRole grants nothing by itself: a RoleBinding grants its rules in one namespace, a ClusterRoleBinding in all
(Kubernetes, "Using RBAC Authorization", RoleBinding and ClusterRoleBinding; read 2026-11-29). So one that a plan binds
in namespaces alone is evaluated as roles of these. That another stack binds it for all is refused there, because its
plan does not have the role. The default roles `admin` and `edit` are bound in namespaces too (FJ-IDN-301 refuses them
for all), so rules that only these take in count there, as those of operators' kinds do in the charts of their projects
(cert-manager/cert-manager 038260fb deploy/charts/cert-manager/templates/rbac.yaml, `cert-manager-edit`; read
2026-12-02); `view` may be bound for all.
"""

from collections.abc import Collection, Iterator

from ..engine.plan import Keys, Plan
from ..engine.reading import MISSING, UNKNOWN, Plain, Resource
from ..engine.verdicts import Outcome, failed
from ..readers.kubernetes_objects import ObjectPart, objects
from .named_rights import CONTROLLER_ROLES, DEFAULT_ROLES, opens_constraints
from .role_rules import AGGREGATE, granted_by_rules, is_for_aggregation, lowercase_items, required_labels

_ROLE, _PATCH, _EVERYWHERE = "ClusterRole", "ClusterRolePatch", "ClusterRoleBinding"
_UNKNOWN_NAME = "?"
_OF_EDITORS = {f"{AGGREGATE}{role}": role for role in ("admin", "edit")}
"""Labels of roles whose rules default roles take in that are bound in namespaces, and these roles."""
_OF_CONTROLLER = "crossplane"
"""A namespace of a controller: who edits one has the rules that `edit` takes in."""


def cluster_of(resource: Resource) -> str:
    """Returns the provider's URN, which tells clusters apart: objects of two may share their name."""
    return resource.provider.urn if resource.provider else ""


def _key(resource: Resource, kind: str, name: str) -> str:
    """Returns a key of an object of a cluster."""
    return f"{cluster_of(resource)}|{kind}/{name}"


def _found(plan: Plan, keys: Keys, resource: Resource, kind: str, name: str) -> tuple[Resource, ...]:
    """Returns what an index of the plan has in the cluster of a resource, or in one that is not known: the engine
    passes no provider for what is only looked up."""
    index = plan.by_key(keys)
    places = dict.fromkeys((_key(resource, kind, name), f"|{kind}/{name}"))
    return tuple(item for place in places for item in index.get(place, ()))


def _name(part: ObjectPart) -> str:
    name = part.get("name")
    return name if isinstance(name, str) else _UNKNOWN_NAME


def _bound_roles(resource: Resource) -> Iterator[str]:
    """Yields a key of each binding that may be to a ClusterRole, by its kind and the name of the role."""
    for kind in ("RoleBinding", _EVERYWHERE):
        for binding in objects(resource, kind):
            role = binding.child("roleRef")
            if role.get("kind") in (_ROLE, MISSING) or (role.get("kind") is UNKNOWN and kind == _EVERYWHERE):
                yield _key(resource, kind, _name(role))


def _roles(resource: Resource) -> Iterator[str]:
    """Yields a key of each ClusterRole, and of each patch of one."""
    for role in objects(resource, _ROLE):
        yield _key(resource, _PATCH if role.is_patch else _ROLE, _name(role.child("metadata")))


def _labels_of_roles(resource: Resource) -> Iterator[str]:
    for role in objects(resource, _ROLE):
        for label in role.child("metadata").child("labels").data:
            yield _key(resource, "label", label)


def _editors(role: ObjectPart) -> frozenset[str]:
    """Returns the default roles of namespaces that take in the rules of a role; empty if others may do so too."""
    labels = role.child("metadata").child("labels").data
    taken_in = {key: str(value).lower() for key, value in labels.items() if is_for_aggregation(key)}
    is_known = set(taken_in) <= set(_OF_EDITORS) and set(taken_in.values()) == {"true"}
    return frozenset(_OF_EDITORS[key] for key in taken_in) if is_known else frozenset()


def _may_be_taken_in(resource: Resource, role: ObjectPart, plan: Plan) -> bool:
    """Returns whether roles beside those of editors may have the rules of a role, which a patch may change too."""
    metadata = role.child("metadata")
    labels = metadata.get("labels")
    if UNKNOWN in (role.get("metadata"), labels):
        return True
    is_patched = any(_found(plan, _roles, resource, _PATCH, each) for each in (_name(metadata), _UNKNOWN_NAME))
    return is_patched or (not _editors(role) and isinstance(labels, dict) and any(map(is_for_aggregation, labels)))


def _places(resource: Resource, role: ObjectPart, plan: Plan) -> tuple[Plain, ...] | None:
    """Returns the namespaces in which the plan binds a ClusterRole, or a default role that has its rules; None if it
    may count in all."""
    name, editors = _name(role.child("metadata")), _editors(role)
    names = (name, _UNKNOWN_NAME, *editors)
    is_everywhere = any(_found(plan, _bound_roles, resource, _EVERYWHERE, each) for each in names)
    if is_everywhere or _may_be_taken_in(resource, role, plan):
        return None
    places = [
        binding.child("metadata").get("namespace")
        for item in _found(plan, _bound_roles, resource, "RoleBinding", name)
        for binding in objects(item, "RoleBinding")
        if _name(binding.child("roleRef")) == name != _UNKNOWN_NAME
    ]
    places += [_OF_CONTROLLER] if editors else []
    return tuple(places) if places and all(isinstance(each, str) for each in places) else None


def check_places_of_roles(resource: Resource, plan: Plan, listed: Collection[str]) -> Iterator[Outcome]:
    """Checks that no ClusterRole grants power over others where the plan binds it. What no role of a namespace may
    grant either is reported without the plan. `listed`: rights that the settings allow to roles by their names."""
    for role in objects(resource, _ROLE):
        reported = {path for path, _ in granted_by_rules(role, listed, in_cluster=False, namespace=None)}
        places = _places(resource, role, plan)
        for place in (None,) if places is None else dict.fromkeys(places):
            for path, grants in granted_by_rules(role, listed, in_cluster=places is None, namespace=place):
                if path not in reported:
                    reported.add(path)
                    yield failed(f"{path} grants {grants}" + (f" in {place}" if place else ""), path)


def _unknown_of(item: Resource, name: str, plan: Plan) -> str:
    """Returns why the plan does not say what a role that it has may do: it is looked up with `*`, which no other rule
    evaluates, or takes in roles that the plan does not have. Empty if it does."""
    for role in objects(item, _ROLE):
        if _name(role.child("metadata")) != name:
            continue
        if any(
            "*" in lowercase_items(rule.get(key)) for rule in role.children("rules") for key in ("verbs", "resources")
        ):
            return "whose rules have *"
        for selector in role.child("aggregationRule").children("clusterRoleSelectors"):
            if not any(_found(plan, _labels_of_roles, item, "label", key) for key in required_labels(selector)):
                return "which takes in roles that the plan does not have"
    return ""


def check_roles_of_others(resource: Resource, plan: Plan, listed: Collection[str]) -> Iterator[Outcome]:
    """Checks that a role is bound for every namespace only if the plan says what it may do, Kubernetes creates it, or
    it is listed, and in one namespace that it is none of OpenShift's for pods with rights on their node. Other checks
    know those of Kubernetes and of controllers."""
    for binding in objects(resource, "RoleBinding"):
        role = binding.child("roleRef")
        name, path = role.get("name"), role.path_to("name")
        if isinstance(name, str) and name not in listed and role.get("kind") != "Role" and opens_constraints(name):
            yield failed(f"{path} is {name}, which lets in pods that run as root or use their node", path)
    for binding in objects(resource, _EVERYWHERE):
        role = binding.child("roleRef")
        name, path = role.get("name"), role.path_to("name")
        if not isinstance(name, str) or name in listed:
            continue
        if DEFAULT_ROLES.fullmatch(name) or CONTROLLER_ROLES.fullmatch(name):
            continue
        found = _found(plan, _roles, resource, _ROLE, name)
        text = "of which the plan does not say what it may do in every namespace"
        why = next(filter(None, (_unknown_of(item, name, plan) for item in found)), "") if found else text
        if why:
            yield failed(f"{path} is {name}, {why}", path)
