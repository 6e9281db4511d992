"""Answers of API Gateway that allow whichever page has asked.

An answer to which a header of the request is copied as `Access-Control-Allow-Origin` allows every page, and with
`Access-Control-Allow-Credentials` also with the cookies of who is signed in, which an asterisk does not (Fetch
standard, "CORS protocol and credentials"). A template sets a header of the answer by `$context.responseOverride` and
reads the request by `$input.params` (Amazon API Gateway, "Use a mapping template to override an API's request and
response parameters", read 2026-12-02); parameters of answers by "x-amazon-apigateway-gateway-responses", read
2026-12-02, and pulumi-aws 7.51.1. A template that compares the origin with a page of its own passes.
"""

import re
from collections.abc import Iterator

from ..engine.lazy_regex import lazy_regex
from ..engine.reading import Resource, leaves
from ..engine.rows import aws
from ..engine.verdicts import Outcome, failed

_TEMPLATES = {
    **dict.fromkeys(aws("apigateway/IntegrationResponse", "apigateway/Response"), "responseTemplates"),
    **dict.fromkeys(aws("apigateway/Integration"), "requestTemplates"),
}
"""Type -> templates that may set headers of the answer."""
_PARAMETERS = {
    **dict.fromkeys(aws("apigateway/IntegrationResponse", "apigateway/Response"), "responseParameters"),
    **dict.fromkeys(aws("apigatewayv2/Integration"), "responseParameters"),
}
ORIGIN_TYPES = tuple(dict.fromkeys((*_TEMPLATES, *_PARAMETERS)))
_HEADER = lazy_regex(r".*access-control-allow-origin", re.IGNORECASE)
_OF_REQUEST = lazy_regex(r"(?:\$\{?|method\.)request\.(?:header|querystring)\.", re.IGNORECASE)
_OVERRIDE = lazy_regex(
    r"responseOverride\.header\.(?:Access-Control-Allow-Origin|\[?['\"]Access-Control-Allow-Origin['\"]\]?)"
    r"\s{0,9}=\s{0,9}[\"']?(?P<value>[^\n]{0,300})",
    re.IGNORECASE,
)
_READS_REQUEST = lazy_regex(r"\$\{?!?input\.params|\$\{?!?method\.request|\$\{?!?context\.requestOverride")
_COMPARES = lazy_regex(
    r"(?:==|\.(?:equals|matches|contains|startsWith|endsWith|indexOf)\w{0,20}\s{0,9}\()\s{0,9}"
    r"(?:\$[\w.{}!]{1,100}|[\"'][^\"'\n]{0,200}(?:[a-z0-9-]\\{0,2}\.[a-z]{2}|localhost)[^\"'\n]{0,200}[\"'])",
    re.IGNORECASE,
)
"""A comparison with a list, or with a text that has a host; one with an empty text, or with `.+`, limits nothing."""


def check_reflected_origins(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure for each answer that allows the page that has asked, whichever it is."""
    for path, text in _texts(resource, _TEMPLATES.get(resource.type, "")):
        found = _OVERRIDE.search(text)
        if found is not None and "$" in found["value"] and _READS_REQUEST.search(text) and not _COMPARES.search(text):
            yield failed(f"{path} allows whichever page asks: compare its origin with those of your own", path)
    for path, text in _texts(resource, _PARAMETERS.get(resource.type, "")):
        if _HEADER.fullmatch(path) is not None and _OF_REQUEST.match(text.strip()) is not None:
            yield failed(f"{path} allows whichever page asks: write the origins of your own pages", path)


def _texts(resource: Resource, key: str) -> Iterator[tuple[str, str]]:
    """Yields the texts of a mapping, or of the mappings of several answers, with their paths."""
    found = leaves(resource.props.get(key), key) if key else ()
    return ((path, text) for path, _, text in found if isinstance(text, str))
