"""Routes of Azure Front Door that keep answers of an application for everybody.

The edge hands cookies on to the origin and has none of them in its key, so that it keeps an answer without
`Cache-Control` for one to three days whoever asked for it (Azure Front Door, "Caching with Azure Front Door", as quoted
in Microsoft Q&A 2152697, read 2026-11-29). Where the query is not whole in the key either, nobody has looked at what
the pages are: a route with UseQueryString, whose origin says no-store, passes. Files that are the same for everybody
are known by the paths of a route, or by the host of every origin (static websites of storage, Azure Static Web Apps).
Properties by pulumi-azure-native 3.29.0; without a behaviour Front Door ignores the query (MicrosoftDocs/azure-docs
00ae202d articles/frontdoor/front-door-caching.md, read 2026-11-30).
"""

import re
from collections.abc import Iterator

from ..engine.lazy_regex import lazy_regex
from ..engine.plan import Plan, referring_by
from ..engine.reading import MISSING, UNKNOWN, Plain, Resource, items_of, texts_in, walk
from ..engine.rows import azure
from ..engine.verdicts import Outcome, failed, passed

STATIC_PATH = lazy_regex(
    r"/?(?:[\w*-]{1,40}/){0,4}(?:_next|assets|css|dist|fonts|icons|images|img|js|media|static)/[^?]{0,80}"
    r"|[^?]{0,80}\.(?:css|gif|ico|jpe?g|js|map|mjs|png|svg|txt|webp|woff2?)",
    re.IGNORECASE,
)
"""Paths of files that are the same for everybody, by their names."""
_ROUTE = azure("cdn:Route")
_CLASSIC = azure("frontdoor:FrontDoor")
AZURE_ROUTES_OF_EDGES = (*_ROUTE, *_CLASSIC)
_ORIGIN = azure("cdn:AFDOrigin")
_STATIC_HOST = lazy_regex(r".+\.(?:web\.core\.windows\.net|blob\.core\.windows\.net|azurestaticapps\.net)\.?", re.I)
_STATIC_TYPES = azure("storage:StorageAccount", "storage:StorageAccountStaticWebsite", "web:StaticSite")
_WHOLE_QUERY = ("usequerystring", "stripnone")
_CLASSIC_CACHE, _CLASSIC_QUERY = "routeConfiguration?.cacheConfiguration?", "queryParameterStripDirective"
_TEXT = "keeps answers of the application for everybody, without its query in the key"


def _keeps(cache: Plain, key: str) -> bool:
    """Returns whether a configuration caches without the whole query in its key."""
    behaviour = cache.get(key) if isinstance(cache, dict) else UNKNOWN
    return behaviour is not UNKNOWN and str(behaviour).strip().lower() not in _WHOLE_QUERY


def _is_static(patterns: Plain) -> bool:
    texts = texts_in(patterns)
    return patterns is UNKNOWN or (bool(texts) and all(STATIC_PATH.fullmatch(text.strip()) for text in texts))


def _is_static_origin(origin: Resource, plan: Plan) -> bool:
    host = origin.get("hostName")
    if host is UNKNOWN:
        return any(item.type in _STATIC_TYPES for item in plan.dependencies_of(origin, "hostName"))
    return _STATIC_HOST.fullmatch(str(host).strip()) is not None


def _origins(route: Resource, plan: Plan) -> list[Resource]:
    """Returns the origins in the plan of the group that a route names, or that it needs."""
    groups = set(route.dependencies.get("originGroup", ()))
    named = {str(value).rstrip("/").rpartition("/")[2] for _, value in walk(route.props, "originGroup?.id?")
             if isinstance(value, str)}  # fmt: skip
    return plan.with_keys(referring_by(_ORIGIN, "originGroupName"), groups | named)


def _check_classic(resource: Resource) -> Iterator[Outcome]:
    hosts = [value for _, value in walk(resource.props, "backendPools[*].backends[*].address")]
    if hosts and all(isinstance(host, str) and _STATIC_HOST.fullmatch(host) for host in hosts):
        return
    rules = resource.get("routingRules")
    for index, rule in enumerate(items_of(rules)):
        if isinstance(rule, dict) and not _is_static(rule.get("patternsToMatch")):
            for _, cache in walk(rule, _CLASSIC_CACHE):
                path = f"routingRules[{index}]"
                is_kept = isinstance(cache, dict) and _keeps(cache, _CLASSIC_QUERY)
                yield failed(f"{path} {_TEXT}", path) if is_kept else passed()


def check_front_door(resource: Resource, plan: Plan) -> Iterator[Outcome]:
    """Yields the outcome of each route that caches."""
    if resource.type in _CLASSIC:
        yield from _check_classic(resource)
        return
    cache = resource.get("cacheConfiguration")
    if cache in (None, MISSING) or _is_static(resource.get("patternsToMatch")):
        return
    origins = _origins(resource, plan)
    is_static = bool(origins) and all(_is_static_origin(item, plan) for item in origins)
    is_kept = _keeps(cache, "queryStringCachingBehavior") and not is_static
    yield failed(f"cacheConfiguration {_TEXT}", "cacheConfiguration") if is_kept else passed()
