"""Projects of Argo CD: what a project lets through, everybody deploys who may add an application to it.

Argo CD, "Projects" and "Applications in any namespace" (excerpts, 2026-11-28): without limits of its own a project
allows every repository, cluster and namespace; a pattern that begins with an exclamation mark only takes something
away. A project of the platform may deploy into every namespace of one cluster from repositories that are named.
"""

import re
from collections.abc import Iterator

from ..engine.families import identity_rule
from ..engine.reading import UNKNOWN, Plain, Resource, texts_in
from ..engine.rows import Guardrail, Severity
from ..engine.verdicts import Outcome, failed, passed
from ..readers.kubernetes_objects import KUBERNETES_TYPES, ObjectPart, objects

_EVERY_NAME = re.compile(r"(?:https?://)?[*?]+")
_EVERY_REPOSITORY = re.compile(r"(?:(?:https?|ssh|git|oci)://)?(?:\w+@)?[*?]+[/:*?]*(?:\.git)?")
_SHARED_HOST = re.compile(
    r"(?:https?://|ssh://git@|git@|oci://)?(?:www\.)?(?:github\.com|gitlab\.com|bitbucket\.org|dev\.azure\.com|ghcr\.io"
    r"|docker\.io|registry-1\.docker\.io|quay\.io|public\.ecr\.aws)[/:][*?]+.*",
    re.IGNORECASE,
)
"""Every repository of a host at which anybody has repositories."""


_OF_THE_SYSTEM = re.compile(
    r"(?:kube-[\w-]+|[\w-]+-system|default|cert-manager|kyverno|crossplane|velero|karpenter|flux\S*):"
    r"|(?:argo-?cd:)?(?:[\w-]*argocd-(?:application-controller|applicationset-controller|server)|[\w-]*cluster-?admin\S*)$"
    r"|[\w-]*\*"
)
"""Accounts of the cluster, of controllers and of Argo CD itself, whose rights are no team's (Argo CD, "Application Sync
using impersonation": an account may be one of another namespace, `namespace:name`, as known)."""


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
    if any(map(_is_every, texts_in(spec.get("sourceNamespaces")))):
        yield spec.path_to("sourceNamespaces"), "lets every namespace add applications"


def _check_projects(resource: Resource) -> Iterator[Outcome]:
    for project in objects(resource, "AppProject"):
        spec = project.child("spec")
        if spec.data.get("sourceRepos") is UNKNOWN:
            continue
        found = list(_violations(spec))
        yield from (failed(f"{path} {text}", path) for path, text in found)
        yield from () if found else (passed(),)


ARGO_PROJECTS: tuple[Guardrail, ...] = (
    identity_rule(310, Severity.CRITICAL, "Projects of Argo CD name their repositories and destinations",
                  "whoever may add an application deploys anything from anywhere, with the rights of Argo CD",
                  "List the addresses of the repositories in sourceRepos, the clusters and namespaces in destinations, "
                  "and the namespaces of applications in sourceNamespaces",
                  predicate=_check_projects, types=KUBERNETES_TYPES),
)  # fmt: skip
