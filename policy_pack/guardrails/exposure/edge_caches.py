"""Caches at the edge: what is answered to one caller is not kept for others.

A behaviour of CloudFront whose origin gets cookies, or every header of the caller, answers as that caller; a cache
policy without them in its key keeps that answer for all, and a minimum TTL above 0 overrules `no-store` (Amazon
CloudFront API Reference, CachePolicyConfig; ids of AWS's policies: Developer Guide, "Use managed origin request
policies"; both read 2026-11-29). Azure's rules that overrule origins have rows of FJ-ESC-115, caches of API Management
FJ-EXP-207.
"""

from collections.abc import Iterator, Mapping

from ..engine.families import exposure_rule
from ..engine.number_conditions import number_of
from ..engine.plan import Plan
from ..engine.reading import UNKNOWN, Plain, Resource, each_item, walk
from ..engine.rows import Guardrail, Severity, aws
from ..engine.verdicts import Outcome, failed, passed
from .front_door_caches import AZURE_ROUTES_OF_EDGES, STATIC_PATH, check_front_door

_DISTRIBUTIONS = aws("cloudfront/Distribution")
_CACHE = aws("cloudfront/CachePolicy")
_REQUEST = aws("cloudfront/OriginRequestPolicy")
_BEHAVIOURS: Mapping[str, str] = {
    "defaultCacheBehavior": "defaultCacheBehavior?",
    "orderedCacheBehaviors": "orderedCacheBehaviors[*]",
    "cacheBehaviors": "cacheBehaviors[*]",
}
"""Property of a distribution -> path of its behaviours."""
_EVERY_HEADER = frozenset(
    {
        "216adef6-5c7f-47e4-b989-5492eafa07d3",
        "33f36d7e-f396-46d9-90e0-52428a34d9dc",
        "b689b0a8-53d0-40ab-baf2-68738e2966ac",
    }
)
"""AllViewer, AllViewerAndCloudFrontHeaders-2022-06 and AllViewerExceptHostHeader."""
_SIGNED_IN = frozenset({"authorization", "cookie"})
_PARAMETERS = "parametersInCacheKeyAndForwardedToOrigin"


def _setting(policy: Mapping[str, Plain], kind: str) -> tuple[str, frozenset[str]]:
    """Returns the behaviour of a policy for cookies or headers, in lower case, and the names in its list."""
    found = next((value for _, value in walk(dict(policy), f"{kind}sConfig")), None)
    config = found[0] if isinstance(found, list) and found else found
    if not isinstance(config, dict):
        return "none", frozenset()
    listed = config.get(f"{kind}s")
    items = listed.get("items") if isinstance(listed, dict) else listed
    names = frozenset(str(item).lower() for item in items) if isinstance(items, list) else frozenset()
    return str(config.get(f"{kind}Behavior", "none")).lower(), names


def _keeps_for_all(policy: Resource) -> bool:
    """Returns whether a cache policy keeps answers whatever the origin says, and without what tells callers apart."""
    minimum = number_of(policy.get("minTtl"))
    key = policy.get(_PARAMETERS)
    key = key[0] if isinstance(key, list) and key else key
    if minimum is None or minimum <= 0 or not isinstance(key, dict):
        return False
    cookies, _ = _setting(key, "cookie")
    _, headers = _setting(key, "header")
    return cookies == "none" and headers.isdisjoint(_SIGNED_IN)


def _sends_callers(policy: Resource) -> bool:
    """Returns whether an origin gets by a policy what tells callers apart."""
    (cookies, _), (headers, names) = (_setting(policy.props, kind) for kind in ("cookie", "header"))
    return cookies != "none" or headers.startswith(("allviewer", "allexcept")) or not names.isdisjoint(_SIGNED_IN)


def _named(value: Plain, policies: list[Resource]) -> list[Resource]:
    """Returns the policies that a behaviour may name: one that is not known is any of those that the property needs."""
    return policies if value is UNKNOWN else [item for item in policies if item.get("id") == value]


def _check_behaviours(resource: Resource, plan: Plan) -> Iterator[Outcome]:
    if resource.type in AZURE_ROUTES_OF_EDGES:
        yield from check_front_door(resource, plan)
        return
    for key, pattern in _BEHAVIOURS.items():
        needed = list(plan.dependencies_of(resource, key))
        caches = [item for item in needed if item.type in _CACHE]
        requests = [item for item in needed if item.type in _REQUEST]
        for path, behaviour in each_item(walk(resource.props, pattern)):
            if not isinstance(behaviour, dict) or STATIC_PATH.fullmatch(str(behaviour.get("pathPattern"))):
                continue
            kept = _named(behaviour.get("cachePolicyId"), caches)
            request = behaviour.get("originRequestPolicyId")
            sent = _named(request, requests)
            sends_all = isinstance(request, str) and request in _EVERY_HEADER
            is_sent = sends_all or (bool(sent) and all(map(_sends_callers, sent)))
            is_kept = bool(kept) and all(map(_keeps_for_all, kept))
            text = f"{path} sends the origin what tells callers apart, and keeps its answer for all of them"
            yield failed(text, path) if is_sent and is_kept else passed()


EDGE_CACHES: tuple[Guardrail, ...] = (
    exposure_rule(133, Severity.CRITICAL, "Caches at the edge do not keep one caller's answers for others",
                  "a page of one customer, with the account and the session, is served to the next who asks",
                  "Set min_ttl of the cache policy to 0 and let the origin say no-store, or take the cookie or the "
                  "header Authorization into the key; or send the origin no cookies; on Azure remove "
                  "cache_configuration, or set patterns_to_match of the route to those of files",
                  plan_predicate=_check_behaviours, types=(*_DISTRIBUTIONS, *AZURE_ROUTES_OF_EDGES)),
)  # fmt: skip
