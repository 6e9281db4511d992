"""Authorizers of API Gateway that remember their answer by something that is no credential.

Whoever names the same as somebody signed in then gets the answer without being asked. Nothing is remembered where the
time to live is 0, for WebSocket APIs (`route.request.`) and for JWT authorizers, which verify each token; it is 300
seconds by default (botocore 1.44.8, apigateway and apigatewayv2, CreateAuthorizerRequest; pulumi-aws 7.51.1,
`authorizerResultTtlInSeconds`; read on 2026-11-29).
"""

import re
from collections.abc import Iterator

from ..engine.lazy_regex import lazy_regex
from ..engine.number_conditions import number_of
from ..engine.reading import UNKNOWN, Plain, Resource, one_or_many
from ..engine.rows import aws
from ..engine.verdicts import Outcome, failed, undetermined

_SOURCES = {
    aws("apigateway/Authorizer")[0]: ("identitySource", "type"),
    aws("apigatewayv2/Authorizer")[0]: ("identitySources", "authorizerType"),
}
"""Type -> the property that names what answers are remembered by, and the one that names the kind of authorizer."""
CREDENTIAL = lazy_regex(
    r"auth(?!or(?!i[sz]))|token|cookie|api-?key|jwt|signature|session|bearer|assertion|credential|secret|client-?cert"
    r"|hmac|digest|sec-websocket-protocol",
    re.IGNORECASE,
)
_WEBSOCKET = "route.request."


def check_remembered_answers(resource: Resource) -> Iterator[Outcome]:
    """Yields an outcome for an authorizer whose answers are remembered by no credential."""
    if resource.type not in _SOURCES:
        return
    path, kind = _SOURCES[resource.type]
    value, seconds = resource.props.get(path), resource.props.get("authorizerResultTtlInSeconds")
    if value in (None, "", []) or number_of(seconds) == 0 or str(resource.props.get(kind)).upper() == "JWT":
        return
    sources = one_or_many(value)
    if any(_is_harmless(source) for source in sources):
        return
    if seconds is UNKNOWN or any(source is UNKNOWN for source in sources):
        yield undetermined(f"{path} must name a credential, and this is not known before deployment", path)
    else:
        yield failed(f"{path} must name a credential where answers are remembered: otherwise callers who name the same "
                     "as somebody signed in get the remembered answer", path)  # fmt: skip


def _is_harmless(source: Plain) -> bool:
    text = str(source).strip() if source is not UNKNOWN else ""
    return text.startswith(_WEBSOCKET) or CREDENTIAL.search(text) is not None
