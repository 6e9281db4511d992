"""Gateways of Azure that write into a request who its caller is, or from where: by a constant, or as he himself says.

A header without a value is removed, which good gateways do. What the gateway itself knows of a connection stands in
some of its variables, such as the subject of a client's certificate; others are parts of the request, as is
`{http_req_...}`: cookies, the host, the path, arguments, and a user name whose password nobody compared
(MicrosoftDocs/azure-docs 0520e54c articles/application-gateway/rewrite-http-headers-url.md, read 2026-12-02).
Properties by pulumi-azure-native 3.29.0; headers of App Service's authentication in ten public programs, found as
strings on 2026-12-02.
"""

import re
from collections.abc import Iterator, Mapping

from ..engine.lazy_regex import lazy_regex
from ..engine.reading import Plain, Resource, one_or_many, walk
from ..engine.rows import azure
from ..engine.verdicts import Outcome, failed
from .named_callers import names_caller

_REQUEST, _DELETE = "ModifyRequestHeader", "delete"
_HEADERS: Mapping[str, str] = {
    **dict.fromkeys(azure("network:ApplicationGateway"),
                    "rewriteRuleSets[*].rewriteRules[*].actionSet?.requestHeaderConfigurations?"),
    **dict.fromkeys(azure("frontdoor:RulesEngine"), "rules[*].action.requestHeaderActions?"),
    **dict.fromkeys(azure("network:FirewallPolicyRuleCollectionGroup",
                          "network:FirewallPolicyRuleCollectionGroupDraft"),
                    "ruleCollections[*].rules[*].httpHeadersToInsert?"),
    **dict.fromkeys(azure("cdn:Rule"), "actions?"),
    **dict.fromkeys(azure("cdn:Endpoint"), "deliveryPolicy?.rules[*].actions?"),
}  # fmt: skip
"""Type -> path of the headers that it writes."""
_KNOWN = lazy_regex(
    r"(?:\s|[;,:]|\{var_(?:client_(?:ip|port|tcp_rtt|certificate\w{0,60})|ciphers_\w{1,20}|server_port|ssl_\w{1,40})\})*",
    re.IGNORECASE,
)
"""A value that consists of what the gateway knows, or of nothing."""
_VARIABLE = "{"
_ADDRESS = lazy_regex(
    r"(?:x-?)?(?:original-?)?forwarded(?:-?for)?|x-?real-?ip|(?:true|x)-?client-?ip|cf-?connecting-?ip"
    r"|(?:x-?)?(?:cluster|envoy|azure|appengine)-?(?:external-?|user-?)?(?:client|socket)?-?(?:ip|address)"
    r"|x-?(?:source|remote|client|originating)-?(?:ip|addr(?:ess)?)|remote-?addr|client-?ip",
    re.IGNORECASE,
)
"""Headers from which programs read the address of their caller, by conventions of proxies."""
_LONGEST = 100


def check_rewritten_callers(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure for each header by which a gateway tells a program who calls, and does not know it."""
    pattern = _HEADERS.get(resource.type)
    for place, items in walk(resource.props, pattern) if pattern else ():
        for index, item in enumerate(one_or_many(items)):
            written, path = _written(item), f"{place}[{index}]"
            header, text = written.get("headerName"), written.get("headerValue", written.get("value"))
            if isinstance(header, str) and isinstance(text, str) and _is_made_up(header, text.strip()):
                yield failed(f"{path} writes who calls into {header}, and does not know it: remove the header", path)


def _is_made_up(header: str, text: str) -> bool:
    """Returns whether a value says of each caller the same, or what he himself says. The address of a caller may come
    from a header that the gateway before this one writes."""
    if _ADDRESS.fullmatch(header.strip()[:_LONGEST]):
        return text != "" and not text.startswith(_VARIABLE)
    return names_caller(header) and _KNOWN.fullmatch(text) is None


def _written(item: Plain) -> Mapping[str, Plain]:
    """Returns the header of an action, if it is one of a request and no removal."""
    if not isinstance(item, dict):
        return {}
    inside = item.get("parameters")
    if isinstance(inside, dict):
        item = inside if item.get("name") == _REQUEST else {}
    actions = (item.get("headerAction"), item.get("headerActionType"))
    return {} if _DELETE in (str(action).lower() for action in actions) else item
