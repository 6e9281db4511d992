"""Requests in scripts that change objects by the API of a cluster itself, at whichever address it has.

Paths are /api/v1/… for the core, of which those are named that no other program has, and /apis/GROUP/VERSION/…
otherwise: a group of others has a dot, and `authentication.k8s.io` and `authorization.k8s.io` only answer questions
(kubernetes/website 00f845e2, "Authorization", "Determine the request verb", read 2026-11-30, and 00996298
content/en/docs/reference/using-api/api-concepts.md, read 2026-12-02).
"""

from ..engine.lazy_regex import lazy_regex

_QUESTIONS = r"(?!(?:authentication|authorization)\.k8s\.io/)"
_HOST = r"kubernetes(?:\.default(?:\.svc(?:\.cluster\.local)?)?)?|\$?\{?KUBERNETES_SERVICE_HOST\}?"
_GROUP = r"(?:apps|autoscaling|batch|extensions|policy|[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,6})"
_KINDS = (
    "bindings", "configmaps", "endpoints", "events", "finalize", "limitranges", "persistentvolumeclaims", "pods",
    "podtemplates", "replicationcontrollers", "resourcequotas", "secrets", "serviceaccounts", "services",
)  # fmt: skip
"""Kinds of the core in a namespace. Other programs have paths that begin so (`/api/v1/namespaces/` of Temporal)."""
_API = lazy_regex(
    rf"(?:{_HOST})(?::[\w${{}}]{{1,40}})?/apis?/{_QUESTIONS}"
    rf"|(?<=[\w}})\]\"'])/apis/{_QUESTIONS}{_GROUP}/v\d{{1,2}}(?:(?:alpha|beta)\d{{1,2}})?/[a-z]{{3,40}}"
    rf"|(?<=[\w}})\]\"'])/api/v1/(?:nodes|persistentvolumes|namespaces/[^\s/\"']{{1,99}}/(?:{'|'.join(_KINDS)}))(?![\w-])"
)
_WRITING = lazy_regex(
    r"\s(?:-X|--request|--method)[= ]?[\"']?(?:POST|PUT|PATCH|DELETE)\b"
    r"|\bmethod\s{0,9}=\s{0,9}[\"'](?:POST|PUT|PATCH|DELETE)"
    r"|\s(?:-d|--data(?:-\w{1,20})?|--json|-T|--upload-file|--post-(?:data|file)|--body-(?:data|file))[= ]"
    r"|\.(?:post|put|patch|delete)\("
)
_NEAR = 400
"""Characters before and behind the address of the API in which the method or the data of the request stand."""
_END_OF_COMMAND = lazy_regex(r"\n|\s(?:\|\||\||&&|;)\s")
"""Where a command of a line ends: what comes behind has options of its own."""


def changing_request(text: str) -> str:
    """Returns the address of the first request that changes objects by the API of a cluster, which only reads without a
    method or data; empty if none does."""
    for match in _API.finditer(text):
        before = text[max(0, match.start() - _NEAR) : match.start()].rpartition("\n")[2]
        behind = _END_OF_COMMAND.split(text[match.end() : match.end() + _NEAR], maxsplit=1)[0]
        if _WRITING.search(f"{before} {behind}"):
            return match[0]
    return ""
