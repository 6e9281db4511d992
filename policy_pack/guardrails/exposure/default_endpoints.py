"""APIs of a name that asks callers for certificates are called by that name only.

The address that API Gateway itself gives an API asks for no certificate (Amazon API Gateway Developer Guide, "How to
turn on mutual TLS authentication for your REST APIs": disable the default endpoint; read 2026-11-30); a definition may
disable it too (the same guide, "x-amazon-apigateway-endpoint-configuration object", read 2026-11-30). Properties by
pulumi-aws 7.51.1.
"""

import re
from collections.abc import Iterator, Mapping

from ..engine.conditions import is_true
from ..engine.lazy_regex import lazy_regex
from ..engine.plan import Plan, named_by
from ..engine.reading import MISSING, UNKNOWN, Resource
from ..engine.rows import aws
from ..engine.verdicts import Outcome, failed, passed

_APIS = aws("apigateway/RestApi", "apigatewayv2/Api")
_NAMES = aws("apigateway/DomainName", "apigatewayv2/DomainName")
_LINKS: Mapping[str, str] = {
    **dict.fromkeys(aws("apigateway/BasePathMapping"), "restApi"),
    **dict.fromkeys(aws("apigatewayv2/ApiMapping"), "apiId"),
    **dict.fromkeys(aws("apigatewayv2/RoutingRule"), "actions"),
}
"""Type that links an API to a name -> its property with the API."""
LINKS_OF_APIS = tuple(_LINKS)
_IN_DEFINITION = lazy_regex(r"disableExecuteApiEndpoint[\"']?\s{0,20}:\s{0,20}[\"']?true", re.IGNORECASE)


def check_default_endpoint(link: Resource, plan: Plan) -> Iterator[Outcome]:
    """Yields whether the API of a name that asks for certificates has no other address."""
    key = _LINKS.get(link.type)
    if key is None or not any(_asks_for_certificates(name) for name in _names_of(link, plan)):
        return
    for api in (item for item in plan.dependencies_of(link, key) if item.type in _APIS):
        if _may_have_one_address(api):
            yield passed()
        else:
            yield failed(f"{key} leads to {api.name}, whose default address asks for no certificate: its "
                         "disableExecuteApiEndpoint must be true", key)  # fmt: skip


def _may_have_one_address(api: Resource) -> bool:
    """Returns whether the default address is disabled, or not known to be there: the property goes before the
    definition, and definitions often have addresses of functions that are known after the first deployment."""
    switch, body = api.get("disableExecuteApiEndpoint"), api.get("body")
    if switch is MISSING:
        return body is UNKNOWN or (isinstance(body, str) and _IN_DEFINITION.search(body) is not None)
    return switch is UNKNOWN or is_true(switch)


def _names_of(link: Resource, plan: Plan) -> Iterator[Resource]:
    name = link.get("domainName")
    yield from (item for item in plan.dependencies_of(link, "domainName") if item.type in _NAMES)
    if isinstance(name, str):
        yield from plan.by_key(named_by(_NAMES, "domainName")).get(name, ())


def _asks_for_certificates(name: Resource) -> bool:
    return name.get("mutualTlsAuthentication") not in (MISSING, None, {}, [])
