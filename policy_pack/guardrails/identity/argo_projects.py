"""Projects of Argo CD: what a project lets through, everybody deploys who may add an application to it.

Argo CD, "Projects" and "Applications in any namespace" (excerpts, 2026-11-28): without limits of its own a project
allows every repository, cluster and namespace; a pattern that begins with an exclamation mark only takes something
away. A project of the platform may deploy into every namespace of one cluster from repositories that are named.
"""

import re
from collections.abc import Iterator
from fnmatch import fnmatchcase

from ..engine.families import identity_rule
from ..engine.lazy_regex import lazy_regex
from ..engine.reading import MISSING, UNKNOWN, Plain, Resource, texts_in
from ..engine.rows import Guardrail, Severity
from ..engine.verdicts import Outcome, failed, passed
from ..readers.kubernetes_objects import KUBERNETES_TYPES, ObjectPart, objects
from ..readers.shared_namespaces import CONTROLLER_NAMESPACES
from ..readers.webhooks import is_of_platform

_EVERY_NAME = lazy_regex(r"(?:https?://)?[*?]+")
_EVERY_REPOSITORY = lazy_regex(r"(?:(?:https?|ssh|git|oci)://)?(?:\w+@)?[*?][/:*?]*(?:\.git)?")
_SHARED_HOST = lazy_regex(
    r"(?:https?://|ssh://git@|git@|oci://)?(?:www\.)?(?:github\.com|gitlab\.com|bitbucket\.org|dev\.azure\.com|ghcr\.io"
    r"|docker\.io|registry-1\.docker\.io|quay\.io|public\.ecr\.aws)[/:][*?]+.*",
    re.IGNORECASE,
)
"""Every repository of a host at which anybody has repositories."""


_OF_THE_SYSTEM = lazy_regex(
    r"(?:kube-[\w-]+|[\w-]+-system|default|cert-manager|kyverno|crossplane|velero|karpenter|flux\S*):"
    r"|(?:argo-?cd:)?(?:[\w-]*argocd-(?:application-controller|applicationset-controller|server)|[\w-]*cluster-?admin\S*)$"
    r"|[\w-]*\*"
)
"""Accounts of the cluster, of controllers and of Argo CD itself, whose rights are no team's (Argo CD, "Application Sync
using impersonation": an account may be one of another namespace, `namespace:name`; argoproj/argo-cd 37ee0097
docs/proposals/decouple-application-sync-user-using-impersonation.md, read 2026-11-29)."""


def _is_every(value: Plain) -> bool:
    """Returns whether the name or the address of a cluster or namespace is a wildcard for all."""
    return isinstance(value, str) and _EVERY_NAME.fullmatch(value.strip()) is not None


def _violations(spec: ObjectPart) -> Iterator[tuple[str, str]]:
    """Yields the path and the text of what is open to everybody."""
    for text in texts_in(spec.get("sourceRepos")):
        if _EVERY_REPOSITORY.fullmatch(text.strip()) or _SHARED_HOST.fullmatch(text.strip()):
            yield spec.path_to("sourceRepos"), f"allows repositories of anybody ({text})"
    for item in spec.children("destinations"):
        cluster = item.get("server") if isinstance(item.get("server"), str) else item.get("name")
        if _is_every(item.get("namespace")) and _is_every(cluster):
            yield item.path, "allows every namespace of every cluster"
    for item in spec.children("destinationServiceAccounts"):
        account = str(item.get("defaultServiceAccount"))
        if _OF_THE_SYSTEM.match(account):
            yield item.path_to("defaultServiceAccount"), f"applies what a repository says as {account}"
        namespace, stated = account.partition(":")[0], item.get("namespace")
        if ":" in account and isinstance(stated, str) and namespace != stated and not is_of_platform(namespace):
            yield item.path_to("defaultServiceAccount"), f"applies what is for {stated} as an account of {namespace}"
    if any(map(_is_every, texts_in(spec.get("sourceNamespaces")))):
        yield spec.path_to("sourceNamespaces"), "lets every namespace add applications"
    yield from _ways_out(spec)
    for token in (token for role in spec.children("roles") for token in role.children("jwtTokens")):
        if token.get("exp") in (MISSING, 0):
            yield token.path, "is a token that does not expire"


_OF_RIGHTS = lazy_regex(
    r"\*|rbac\.authorization\.k8s\.io|admissionregistration\.k8s\.io|apiextensions\.k8s\.io|apiregistration\.k8s\.io"
    r"|certificates\.k8s\.io|kyverno\.io|policies\.kyverno\.io|(?:[\w-]{1,63}\.)?gatekeeper\.sh"
)
"""API groups of objects of the cluster that grant rights or decide what is refused."""


def _is_of_a_team(namespace: Plain) -> bool:
    return isinstance(namespace, str) and "*" not in namespace and not _is_of_controllers(namespace)


def _is_of_controllers(namespace: Plain) -> bool:
    if not isinstance(namespace, str) or namespace.startswith("!"):
        return False
    return CONTROLLER_NAMESPACES.fullmatch(namespace) is not None or is_of_platform(namespace)


def _ways_out(spec: ObjectPart) -> Iterator[tuple[str, str]]:
    """Yields by what a project whose applications are for teams' namespaces reaches beyond them. Objects of the cluster
    are let through only if they are listed, and an application in the namespace of Argo CD may add projects
    (argoproj/argo-cd 37ee0097cf, docs/operator-manual/declarative-setup.md and app-any-namespace.md, read
    2026-11-29)."""
    destinations = list(spec.children("destinations"))
    if not any(_is_of_a_team(item.get("namespace")) for item in destinations):
        return
    for item in destinations:
        if _is_of_controllers(item.get("namespace")):
            yield item.path, f"lets a project of teams deploy into {item.get('namespace')}"
    for item in spec.children("clusterResourceWhitelist"):
        if _OF_RIGHTS.fullmatch(str(item.get("group"))) and item.get("name") in (MISSING, "", "*"):
            yield item.path, "lets a project of teams deploy what grants rights in the cluster"


def _check_projects(resource: Resource) -> Iterator[Outcome]:
    for project in objects(resource, "AppProject"):
        spec = project.child("spec")
        if spec.data.get("sourceRepos") is UNKNOWN:
            continue
        found = list(_violations(spec))
        yield from (failed(f"{path} {text}", path) for path, text in found)
        yield from () if found else (passed(),)


_HARMLESS_ACTIONS = frozenset({"get", "sync"})
_WORDS = lazy_regex(r"\^?\(?([a-z]{1,40}(?:\|[a-z]{1,40}){0,20})\)?\$?")
"""An expression that is one of some words; any other may find each of them."""


def _words(text: str, *, is_expression: bool) -> tuple[str, ...]:
    """Returns the words that a field is for; none for an expression that may find others."""
    match = _WORDS.fullmatch(text) if is_expression else None
    return tuple(match[1].split("|")) if match else () if is_expression else (text,)


def _is_harmless(action: str, *, is_expression: bool) -> bool:
    words = _words(action, is_expression=is_expression)
    return bool(words) and _HARMLESS_ACTIONS.issuperset(words)


def _is_confining(resource: str, *, is_expression: bool) -> bool:
    """Returns whether a field is for a resource that confines teams: an expression finds it anywhere in a name
    (argoproj/argo-cd, "RBAC Configuration", policy.matchMode, found as a string in public repositories; read
    2026-12-02)."""
    if not is_expression:
        return resource == "*" or any(fnmatchcase(name, resource) for name in _CONFINING)
    words = _words(resource, is_expression=True)
    return not words or any(word in name for word in words for name in _CONFINING)


def _check_roles(resource: Resource) -> Iterator[Outcome]:
    """Checks that the role of everybody who signs in only reads, and that no role of a team changes what confines it
    (argoproj/argo-cd 37ee0097cf, docs/operator-manual/rbac.md and argocd-rbac-cm.yaml, read 2026-11-29)."""
    maps = [item.child("data") for item in objects(resource, "ConfigMap")]
    values = ObjectPart("", resource.props).child("values")
    if resource.type == _RELEASE:
        maps = [values.child("configs").child("rbac"), values.child("argo-cd").child("configs").child("rbac")]
    for settings in maps:
        default, is_expression = settings.get("policy.default"), settings.get("policy.matchMode") == "regex"
        for key, text in settings.data.items():
            is_policy = key.startswith("policy.") and key.endswith(".csv") and isinstance(text, str)
            for line in str(text).splitlines() if is_policy else ():
                path = settings.path_to(key)
                if isinstance(default, str) and default and _is_wide_for(line, default, is_expression=is_expression):
                    yield failed(f"{path} gives everybody who signs in: {line.strip()}", path)
                elif _confines_nobody(line, is_expression=is_expression):
                    yield failed(f"{path} lets a team change what confines it: {line.strip()}", path)


_OF_ADMINISTRATORS = lazy_regex(
    r"admin|platform|(?<![a-z])(?:infra\w*|ops|devops|devsecops|secops|gitops|operators?|sre|argo\w*|root|owners?)(?![a-z])"
    r"|cluster[-_]?ops",
    re.IGNORECASE,
)
"""Roles, groups and accounts that administer Argo CD, as far as their name says."""
_CONFINING = frozenset({"projects", "clusters", "accounts", "gpgkeys", "certificates"})
"""Resources of Argo CD that say where each team may deploy, whose programs are let in, and who signs in."""
_OF_ONE_PROJECT = lazy_regex(r"[\w.-]+/.+")
"""Clusters that belong to one project, which its team may add itself (argoproj/argo-cd 37ee0097 docs/operator-manual/
rbac.md, clusters, and docs/user-guide/projects.md, Project scoped Repositories and Clusters, read 2026-12-01)."""


def _confines_nobody(line: str, *, is_expression: bool = False) -> bool:
    """Returns whether a line of a policy lets a role that administers nothing change a resource that confines it, or
    do everything with all resources (argoproj/argo-cd 37ee0097 docs/operator-manual/rbac.md, table of resources and
    actions, read 2026-12-01)."""
    kind, *fields = (field.strip() for field in line.split(","))
    if kind != "p" or len(fields) < _FIELDS or fields[-1].lower() == "deny" or _OF_ADMINISTRATORS.search(fields[0]):
        return False
    resource, action, item = fields[1], fields[2], fields[3]
    if resource == "clusters" and _OF_ONE_PROJECT.fullmatch(item):
        return False
    is_harmless = _is_harmless(action, is_expression=is_expression)
    return not is_harmless and _is_confining(resource, is_expression=is_expression)


_FIELDS = 5
"""Of a line: who, the resource, the action, the object and the effect."""


def _is_wide_for(line: str, role: str, *, is_expression: bool) -> bool:
    """Returns whether a line of a policy gives a role another role, or more than to read and to deploy again."""
    kind, _, rest = line.partition(",")
    fields = [field.strip() for field in rest.split(",")]
    if fields[0] != role:
        return False
    is_allowed = fields[-1].lower() != "deny"
    if kind.strip() == "g":
        return fields[-1] != "role:readonly"
    is_wide = len(fields) > 2 and not _is_harmless(fields[2], is_expression=is_expression)
    return kind.strip() == "p" and is_allowed and is_wide


_RELEASE = "kubernetes:helm.sh/v1:Release"


def _check_argo(resource: Resource) -> Iterator[Outcome]:
    yield from _check_projects(resource)
    yield from _check_roles(resource)


ARGO_PROJECTS: tuple[Guardrail, ...] = (
    identity_rule(310, Severity.CRITICAL, "Projects of Argo CD name their repositories and destinations",
                  "whoever may add an application deploys anything from anywhere, with the rights of Argo CD",
                  "List the addresses of the repositories in sourceRepos, the clusters and namespaces in destinations, "
                  "and the namespaces of applications in sourceNamespaces; let the role of the platform alone change "
                  "projects, clusters, accounts, keys and certificates",
                  predicate=_check_argo, types=KUBERNETES_TYPES),
)  # fmt: skip
