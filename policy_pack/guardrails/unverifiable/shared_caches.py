"""Caches of builds that whoever opens a pull request writes, and from which another project builds.

Projects of AWS CodeBuild share a cache that has the same namespace, bucket and prefix: files of it lie in the build as
if it had made them (AWS CodeBuild User Guide, "Amazon S3 caching", "Cache sharing between projects"; read 2026-12-02).
A webhook for pull requests that are not merged yet builds what nobody has reviewed, one without filters too
(pulumi-aws 7.51.1, codebuild, WebhookFilterGroupFilter).
"""

import re
from collections.abc import Iterator

from ..engine.lazy_regex import lazy_regex
from ..engine.plan import Plan
from ..engine.reading import Plain, Resource, each_item, walk
from ..engine.rows import aws
from ..engine.verdicts import Outcome, failed

_PROJECT, _WEBHOOK = aws("codebuild/Project", "codebuild/Webhook")
_REQUESTS = lazy_regex(r"pull_request_(?!merged|closed)|workflow_job", re.IGNORECASE)


def check_shared_caches(resource: Resource, plan: Plan) -> Iterator[Outcome]:
    """Yields a failure for a cache of a project that another one writes for pull requests."""
    cache = _cache(resource)
    if not all(cache) or _builds_requests(resource, plan):
        return
    other = plan.once(_writer, "\n".join(cache))
    if other is not None:
        text = f"cache.cacheNamespace is that of '{other.name}', which builds pull requests: whoever opens one writes"
        yield failed(f"{text} what this project builds from", "cache.cacheNamespace")


def _writer(plan: Plan, cache: str) -> Resource | None:
    """Returns a project with the cache that builds pull requests."""
    return next((item for item in plan.by_key(_caches).get(cache, ()) if _builds_requests(item, plan)), None)


def _caches(project: Resource) -> Iterator[str]:
    if all(cache := _cache(project)):
        yield "\n".join(cache)


def _cache(project: Resource) -> tuple[str, str]:
    """Returns the namespace and the place of the cache of a project; empty texts if it shares none, or nobody knows."""
    cache = project.get("cache") if project.type == _PROJECT else None
    if not isinstance(cache, dict) or cache.get("type") != "S3":
        return "", ""
    namespace, place = (_text(cache.get(key)) for key in ("cacheNamespace", "location"))
    return namespace, place.strip("/")


def _text(value: Plain) -> str:
    return value if isinstance(value, str) else ""


def _builds_requests(project: Resource, plan: Plan) -> bool:
    hooks = plan.by_key(_projects_of).get(project.urn, ()), plan.by_key(_projects_of).get(str(project.get("name")), ())
    return any(map(_takes_requests, (hook for found in hooks for hook in found)))


def _projects_of(hook: Resource) -> Iterator[str]:
    """Yields the name and the URN of the project that a webhook starts."""
    if hook.type == _WEBHOOK:
        yield str(hook.get("projectName"))
        yield from hook.dependencies.get("projectName", ())


def _takes_requests(hook: Resource) -> bool:
    filters = [item for _, item in each_item(walk(hook.props, "filterGroups[*].filters[*]")) if isinstance(item, dict)]
    events = [str(item.get("pattern")) for item in filters if item.get("type") == "EVENT"]
    return not events or any(map(_REQUESTS.search, events))
