"""Caches of CodeBuild that builds of pull requests fill for projects that build what is merged.

Projects with the same location and the same namespace share a cache (AWS CodeBuild API, ProjectCache, cacheNamespace,
and User Guide, "Amazon S3 caching", "Cache sharing between projects"), and the commands of a build put into it what
they like. GitHub keeps caches of pull requests from the base branch for that reason ("Caching dependencies to speed up
workflows", "Restrictions for accessing a cache"; read 2026-12-02).
"""

from collections.abc import Iterator

from ..engine.lazy_regex import lazy_regex
from ..engine.plan import Plan
from ..engine.reading import UNKNOWN, Plain, Resource, each_item, walk
from ..engine.rows import aws
from ..engine.verdicts import Outcome, failed

_PROJECT, _WEBHOOK = aws("codebuild/Project")[0], aws("codebuild/Webhook")[0]
_OF_REQUESTS = lazy_regex(r"\bpull_request_(?:created|updated|reopened)\b")
_EVENTS = "filterGroups[*].filters[*]"


def check_shared_caches(resource: Resource, plan: Plan) -> Iterator[Outcome]:
    """Yields a failure for a project whose cache builds of pull requests fill too."""
    shared = _cache(resource) if resource.type == _PROJECT else None
    if shared is None or _builds_requests(resource, plan):
        return
    for other in plan.of_type(_PROJECT):
        if other.urn != resource.urn and _cache(other) == shared and _builds_requests(other, plan):
            path = "cache.cacheNamespace"
            yield failed(f"{path} is that of {other.get('name')}, whose builds of pull requests fill it: give it "
                         "another one", path)  # fmt: skip


def _cache(project: Resource) -> tuple[Plain, Plain] | None:
    """Returns the place and the namespace of a cache that projects may share."""
    cache = project.get("cache")
    if not isinstance(cache, dict) or cache.get("type") != "S3":
        return None
    place, namespace = cache.get("location"), cache.get("cacheNamespace")
    return (place, namespace) if isinstance(namespace, str) and namespace and place is not UNKNOWN else None


def _builds_requests(project: Resource, plan: Plan) -> bool:
    return any(_is_of_requests(hook) for hook in plan.of_type(_WEBHOOK) if _names(hook, project, plan))


def _names(hook: Resource, project: Resource, plan: Plan) -> bool:
    name = hook.get("projectName")
    found = plan.dependencies_of(hook, "projectName") if name is UNKNOWN else ()
    return name == project.get("name") or any(item.urn == project.urn for item in found)


def _is_of_requests(hook: Resource) -> bool:
    return any(
        isinstance(item, dict) and item.get("type") == "EVENT" and _OF_REQUESTS.search(str(item.get("pattern")).lower())
        for _, item in each_item(walk(hook.props, _EVENTS))
    )
