"""Policies of Kyverno that create an object while they evaluate another.

A rule may ask the API server for what it compares with; `method: POST` sends an object, with the rights of Kyverno's
account; meant are questions such as a SubjectAccessReview (kyverno/website, "External data sources", found as a string;
read 2026-12-02), which nothing keeps. Expressions in CEL have `resource.Post` (kyverno/sdk 16873beb
cel/libs/resource/impl.go, PostResource, read 2026-12-02).
"""

from collections.abc import Iterator

from ..engine.lazy_regex import lazy_regex
from ..engine.reading import Plain, leaves

_QUESTION = lazy_regex(
    r"/apis/auth(?:entication|orization)\.k8s\.io/v\d\w{0,9}/(?:namespaces/[^/]{1,99}/)?\w{1,40}reviews/?"
)
"""Objects by which a program asks who somebody is or what he may do (Kubernetes, "Authorization", API)."""
_POST = lazy_regex(
    r"\bresource\s{0,9}\.\s{0,9}Post\s{0,9}\(\s{0,9}(?![\"']auth(?:entication|orization)\.k8s\.io/v\d\w{0,9}[\"']\s{0,9},\s{0,9}"
    r"[\"']\w{1,40}reviews[\"'])"
)
_DEEPEST = 20


def posts_objects(spec: Plain) -> bool:
    """Returns whether a policy sends an object to the API server that is no question about rights."""
    calls = _calls(spec, _DEEPEST)
    is_sent = any(
        str(call.get("method")).upper() == "POST" and _QUESTION.fullmatch(str(call.get("urlPath"))) is None
        for call in calls
        if call.get("urlPath")
    )
    return is_sent or any(isinstance(value, str) and _POST.search(value) is not None for _, _, value in leaves(spec))


def _calls(value: Plain, depth: int) -> Iterator[dict[str, Plain]]:
    """Yields each call of the API in a policy."""
    if isinstance(value, dict) and depth:
        yield value
        for item in value.values():
            yield from _calls(item, depth - 1)
    elif isinstance(value, list) and depth:
        for item in value:
            yield from _calls(item, depth - 1)
