"""APIs of API Gateway that write into a request who its caller is: by a constant, or as the caller himself says.

The program behind the API trusts such a header. Who the caller is stands in `$context`, which the authorizer fills, and
not in the request (awsdocs/amazon-api-gateway-developer-guide 6681542f
doc_source/api-gateway-mapping-template-reference.md, `$context.authorizer`, read 2026-12-01). Names of headers are
those of `data/program_switches.csv`, with their sources.
"""

import re
from collections.abc import Iterator

from ..engine.lazy_regex import lazy_regex
from ..engine.reading import Plain, Resource, from_json
from ..engine.rows import aws
from ..engine.verdicts import Outcome, failed

_INTEGRATIONS = aws("apigateway/Integration", "apigatewayv2/Integration")
_DEFINITIONS = aws("apigateway/RestApi", "apigatewayv2/Api")
_HEADER = lazy_regex(r"(?:(?:overwrite|append):|integration\.request\.)header\.(?P<name>[^.]{1,100})", re.IGNORECASE)
_IDENTITY = lazy_regex(
    r"x?webauth(?:user|name|email|role|groups?)|(?:x|http)?remote(?:user|groups?|email)"
    r"|xforwarded(?:user|email|groups?|preferredusername)|xauthrequest(?:user|email|groups?|preferredusername)"
    r"|x?auth(?:enticated)?(?:user|userid|username|email|groups?|roles?)|kubeflowuserid|xmsclientprincipal\w{0,9}"
    r"|xamznoidc(?:identity|data)|xuser(?:id|name|email|roles?|groups?)?|x(?:username|roles?|groups?|principal|subject)"
    r"|impersonate(?:user|group|uid)"
)
"""Names of headers in lower case without separators."""
_OF_THE_GATEWAY = lazy_regex(r"(?:\$\{?)?(?:context|stageVariables)\.\w")
_OF_THE_CALLER = lazy_regex(r"(?:\$\{?|method\.)request\.\w")
_INTEGRATION = "x-amazon-apigateway-integration"
_DEEPEST = 12
_LONGEST = 100


def names_caller(header: str) -> bool:
    """Returns whether a program takes a header for who its caller is."""
    return _IDENTITY.fullmatch(re.sub(r"[\W_]", "", header[:_LONGEST]).lower()) is not None


def check_named_callers(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure for each header by which an API tells a program who calls, and does not know it."""
    if resource.type in _INTEGRATIONS:
        yield from _integration(resource.props.get("requestParameters"), "requestParameters")
    elif resource.type in _DEFINITIONS:
        yield from _definition(from_json(resource.get("body")), "body", 0)


def _integration(parameters: Plain, path: str) -> Iterator[Outcome]:
    for key, value in parameters.items() if isinstance(parameters, dict) else ():
        header = _HEADER.fullmatch(key)
        if header is None or not isinstance(value, str):
            continue
        is_known = _OF_THE_GATEWAY.search(value) is not None and _OF_THE_CALLER.search(value) is None
        if names_caller(header["name"]) and not is_known:
            yield failed(f"{path}.{key} must come from $context.authorizer: otherwise each caller is whom he names, or "
                         "the one that the API writes", path)  # fmt: skip


def _definition(value: Plain, path: str, depth: int) -> Iterator[Outcome]:
    """Yields the outcomes of the integrations in a definition in JSON."""
    for name, item in value.items() if isinstance(value, dict) and depth <= _DEEPEST else ():
        if name == _INTEGRATION and isinstance(item, dict):
            yield from _integration(item.get("requestParameters"), f"{path}.{name}.requestParameters")
        else:
            yield from _definition(item, f"{path}.{name}", depth + 1)
