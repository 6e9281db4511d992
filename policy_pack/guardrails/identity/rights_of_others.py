"""Roles of a namespace, and of controllers, that accounts of another team's namespace get.

Whoever starts a pod in the account's namespace has the role, so that two teams are one (user-facing roles by
kubernetes/kubernetes v1.36.3 plugin/pkg/auth/authorizer/rbac/bootstrappolicy/policy.go, read 2026-11-29). Accounts of
the platform, and of pipelines that deploy into the namespaces of teams, are known by the names of their namespaces.
"""

from collections.abc import Iterator

from ..engine.lazy_regex import lazy_regex
from ..engine.plan import Plan
from ..engine.reading import Resource
from ..engine.verdicts import Outcome, failed, passed
from ..readers.kubernetes_objects import ObjectPart, objects
from ..readers.shared_namespaces import CONTROLLER_NAMESPACES
from ..readers.webhooks import is_of_platform
from .kubernetes_rights import READS, built_in_groups
from .named_rights import CONTROLLER_ROLES
from .role_rules import granted, lists_resource_names, lowercase_items

_DEPLOYERS = lazy_regex(
    r"(?:.*-)?(?:airflow|arc|atlantis|automation|ci|cd|ci-?cd|circleci|argo\w*|flux\w*|build\w*|dagster|dask|deliver\w*"
    r"|deploy\w*|drone|gha|git\w*|harness|infra\w*|jenkins|jhub|jupyter\w*|kargo|keda|kube\w*|kueue|metaflow|mlflow"
    r"|notebooks?|octopus|operators?|(?:ai|cloud|data|dev|devsec|fin|llm|ml|net|sec|sys)?ops|pipelines?|platform|prefect"
    r"|pulumi|ray|releases?|runners?|shared|spark|spinnaker|strimzi|systems|tekton|terraform|tools?|tooling|volcano"
    r"|woodpecker|workflows?|zenml)(?:-.*)?"
)
"""Namespaces of pipelines, of operators that act in those of teams, and of the platform."""


def _is_deployer(namespace: str) -> bool:
    return is_of_platform(namespace) or any(
        pattern.fullmatch(namespace) for pattern in (CONTROLLER_NAMESPACES, _DEPLOYERS)
    )


def _accounts(binding: ObjectPart) -> Iterator[tuple[str, str, str]]:
    """Yields the path and the namespace of each account of another team's namespace, and the binding's namespace."""
    own = binding.child("metadata").get("namespace")
    for subject in binding.children("subjects"):
        theirs = subject.get("namespace")
        if subject.get("kind") != "ServiceAccount" or not isinstance(own, str) or not isinstance(theirs, str):
            continue
        if theirs != own and not _is_deployer(theirs):
            yield subject.path_to("namespace"), theirs, own


def check_accounts_of_others(binding: ObjectPart) -> Iterator[Outcome]:
    """Checks that no account of another team's namespace has a broad role in the namespace of a binding."""
    for path, theirs, own in _accounts(binding):
        yield failed(f"{path} gives an account of {theirs} a broad role in {own}, so that two teams are one", path)


def _role_keys(resource: Resource) -> Iterator[str]:
    for kind in ("ClusterRole", "Role"):
        for role in objects(resource, kind):
            metadata = role.child("metadata")
            yield _key(kind, metadata.get("namespace"), metadata.get("name"))


def _key(kind: object, namespace: object, name: object) -> str:
    return f"{kind}/{namespace if kind == 'Role' else ''}/{name}"


def _acts(rule: ObjectPart) -> bool:
    """Returns whether a rule of a role does more than read what is not secret."""
    kinds, verbs, groups = (lowercase_items(rule.get(key)) for key in ("resources", "verbs", "apiGroups"))
    changes_kinds_of_others = not groups <= built_in_groups() and not verbs <= READS and not lists_resource_names(rule)
    is_power = next(granted(rule, in_cluster=True, namespace=None), "") != ""
    return is_power or changes_kinds_of_others or ("secrets" in kinds and not verbs.isdisjoint(READS))


def check_bound_roles(resource: Resource, plan: Plan) -> Iterator[Outcome]:
    """Checks that accounts of other teams only read in a namespace, by the roles of the plan, and that nobody else has
    the role of a controller that the plan does not have."""
    known = plan.by_key(_role_keys)
    for binding in objects(resource, "RoleBinding", "ClusterRoleBinding"):
        role = binding.child("roleRef")
        kind, name, path = role.get("kind"), role.get("name"), role.path_to("name")
        if not isinstance(name, str):
            continue
        found = known.get(_key(kind, binding.child("metadata").get("namespace"), name), ())
        rules = [
            rule
            for item in found
            for part in objects(item, "ClusterRole", "Role")
            if part.child("metadata").get("name") == name
            for rule in part.children("rules")
        ]
        for place, theirs, own in _accounts(binding) if any(map(_acts, rules)) else ():
            yield failed(f"{place} lets an account of {theirs} change, or read secrets, in {own}", place)
        if kind == "ClusterRole" and not found and CONTROLLER_ROLES.fullmatch(name):
            for subject in binding.children("subjects"):
                theirs = str(subject.get("namespace"))
                is_account = subject.get("kind") == "ServiceAccount"
                text = f"{path} is {name}, the role of a controller, which reads or changes what is of every namespace"
                yield passed() if is_account and _is_deployer(theirs) else failed(text, path)
