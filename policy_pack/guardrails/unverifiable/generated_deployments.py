"""Sets of deployments of Argo CD that deploy whatever somebody pushes to a repository, before anybody looks at it.

A generator of a provider of repositories finds every branch of them with `allBranches`, unless a filter has a
`branchMatch`; filters are alternatives (argoproj/argo-cd 37ee0097c, docs/operator-manual/applicationset/
Generators-SCM-Provider.md). One of proposals of changes finds each, unless labels narrow it, which only some may give
(Generators-Pull-Request.md). With a namespace that the repository's name or branch is part of, or one for trials, these
are previews. A project that follows from what a repository is called lets whoever makes one choose the rights of its
deployment (applicationset/Security.md); read 2026-11-30.
"""

import re
from collections.abc import Iterator

from ..engine.kubernetes_lists import expand_list, kind_of
from ..engine.lazy_regex import lazy_regex
from ..engine.reading import Plain, Resource
from ..engine.verdicts import Outcome, failed
from ..readers.foreign_expressions import compiled
from ..readers.kubernetes_objects import ObjectPart

_TRIAL = lazy_regex(
    r"(?:^|.*[-_])(?:previews?|prs?|reviews?|dev|development|tests?|testing|trials?|sandbox|staging|ephemeral|features?"
    r"|branch(?:es)?|ci|labs?|demos?|playground)\d{0,3}(?:$|[-_].*)",
    re.IGNORECASE,
)
"""Names of namespaces in which programs are tried."""
_OF_REPOSITORY = lazy_regex(
    r"\{\{[^}]{0,200}\b(?:organization|repository|repository_id|branch\w{0,20}|head_\w{1,30}|sha|title|author|labels"
    r"|target_branch\w{0,20})\b"
)
"""A template of what a repository or a proposal is called."""
_SOME_BRANCHES = ("x", "feature/y-2", "zz.9")
_PROVIDERS = (
    "github",
    "gitlab",
    "gitea",
    "bitbucket",
    "bitbucketServer",
    "azureDevOps",
    "azuredevops",
    "awsCodeCommit",
)
_DEEPEST = 4
"""Generators in generators, of which Argo CD has two levels."""


def check_generated(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure for each generator of an ApplicationSet that deploys what nobody looked at."""
    for item in expand_list(resource) if resource.type.startswith("kubernetes:argoproj.io/") else ():
        if kind_of(item) != "ApplicationSet":
            continue
        spec = ObjectPart("", item.props).child("spec")
        made = spec.child("template").child("spec")
        found = [part for generator in spec.children("generators") for part in _of_providers(generator)]
        place, project = made.child("destination").get("namespace"), made.get("project")
        is_preview = not isinstance(place, str) or "{{" in place or _TRIAL.fullmatch(place) is not None
        for part in found if not is_preview else ():
            if path := _unseen(part):
                yield failed(f"{path}: what anybody pushes is deployed into {place} before anybody looks at it", path)
        if found and isinstance(project, str) and _OF_REPOSITORY.search(project):
            path = made.path_to("project")
            yield failed(f"{path} follows from a repository: who makes one chooses what its deployment may do", path)


def _of_providers(generator: ObjectPart, depth: int = 0) -> Iterator[ObjectPart]:
    """Yields the parts of a generator, and of those in it, that find branches or proposals, and that nothing selects
    from."""
    if depth > _DEEPEST or generator.data.get("selector"):
        return
    for key in ("scmProvider", "pullRequest"):
        if generator.child(key).data:
            yield generator.child(key)
    for key in ("matrix", "merge"):
        for inner in generator.child(key).children("generators"):
            yield from _of_providers(inner, depth + 1)


def _unseen(part: ObjectPart) -> str:
    """Returns the path by which a generator deploys what nobody looked at; empty if it does not."""
    hosts = [part.child(name) for name in _PROVIDERS if part.child(name).data]
    if part.path.endswith(".pullRequest"):
        return "" if any(host.data.get("labels") for host in hosts) else part.path
    filters = [*part.children("filters")]
    is_narrow = bool(filters) and all(_finds_some(item.data.get("branchMatch")) for item in filters)
    opened = next((host for host in hosts if str(host.get("allBranches")).lower() == "true"), None)
    return opened.path_to("allBranches") if opened is not None and not is_narrow else ""


def _finds_some(expression: Plain) -> bool:
    """Returns whether an expression is for some branches only."""
    pattern = compiled(expression) if isinstance(expression, str) and expression else None
    return pattern is not None and not all(map(pattern.search, _SOME_BRANCHES))
