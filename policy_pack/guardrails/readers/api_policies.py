"""Policies of API Management: where they send requests, and whose tokens they accept. They are XML with C# in it.

Elements and attributes that set an address: `base-url` of set-backend-service, `set-url` of send-request,
send-one-way-request and the HTTP requests of resolvers, and `url` of proxy (Microsoft, API Management policy reference,
2026-11-27). Origins of CORS, issuers of tokens and namespaces are addresses to which nothing is sent.
"""

import html
import re
from collections.abc import Iterator

from ..engine.lazy_regex import lazy_regex
from ..engine.reading import Plain
from ..engine.rows import azure
from .addresses import UNREADABLE, Address, addresses

POLICIES = azure(*(
    f"apimanagement:{scope}"
    for scope in ("Policy", "ApiPolicy", "ApiOperationPolicy", "ProductPolicy", "GraphQLApiResolverPolicy",
                  "WorkspacePolicy", "WorkspaceApiPolicy", "WorkspaceApiOperationPolicy", "WorkspaceProductPolicy",
                  "PolicyFragment", "WorkspacePolicyFragment")
))  # fmt: skip
"""Types whose property `value` is a policy."""
_BASE = lazy_regex(r"\bbase-url\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_PROXY = lazy_regex(r"\burl\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_COMPUTED = ("@", "{{")
"""How an expression and a named value begin."""


_ATTRIBUTES = lazy_regex(r"[\"']@[({]|\"[^\"]*\"|'[^']*'|>|[^>\"']+|.", re.DOTALL)
_EXPRESSION = lazy_regex(
    r"@\"(?:[^\"]|\"\")*+\"?|\"(?:[^\"\\]|\\.)*+\"?|'(?:[^'\\]|\\.)'|[(){}]|[^@\"'(){}]+|.", re.DOTALL
)
"""Parts of an element's attributes, and of C# in one: texts may have any sign."""


def _attributes_end(text: str) -> int:
    """Returns where the attributes of an element end, which is not in a value, nor in an expression in one."""
    place = 0
    while place < len(text):
        part = _ATTRIBUTES.match(text, place)
        if part is None or part[0] == ">":
            break
        place = part.end()
        if part[0][1:] in ("@(", "@{"):
            depth = 1
            while depth and (inside := _EXPRESSION.match(text, place)):
                depth += (inside[0] in "({") - (inside[0] in ")}")
                place = inside.end()
            place += text[place : place + 1] == part[0][0]
    return place


def policy_addresses(value: Plain) -> tuple[Address, ...]:
    """Returns the hosts to which a policy sends requests; `UNREADABLE` for an address that is computed. A policy may
    also be the address of a document."""
    text = str(value).strip()
    if text[:1] != "<":
        return addresses(text)
    return tuple(
        address
        for item in _values(text)
        for address in ((UNREADABLE,) if item.startswith(_COMPUTED) else addresses(item))
    )


def _values(text: str) -> Iterator[str]:
    """Yields the values that set an address. The text is split at each element, so that the time is linear."""
    found = [
        *("".join(groups) for groups in _BASE.findall(text)),
        *(part.partition(">")[2].partition("</set-url")[0] for part in text.split("<set-url")[1:]),
        *(
            "".join(groups)
            for part in text.split("<proxy")[1:]
            for groups in _PROXY.findall(part[: _attributes_end(part)])
        ),
    ]
    yield from (html.unescape(item).strip() for item in found)


_OWN_TENANTS = lazy_regex(r"<issuers|<claim\s[^<>]{0,200}\bname\s*=\s*[\"']tid[\"'][^<>]{0,200}>\s*<value>\s*[^<\s]")
"""What limits the tenants of tokens: issuers that are listed, or the claim of the tenant with its values."""
_UNSIGNED = lazy_regex(r"\brequire-(?:signed-tokens|expiration-time)\s*=\s*[\"'](?!\s*true\s*[\"'])", re.IGNORECASE)
"""Another value than true, such as an expression, which both attributes may have."""
_KEYS = ("<openid-config", "<issuer-signing-keys")
_EVERY_TENANT = lazy_regex(
    r"\btenant-id\s*=\s*[\"']\s*(?:common|organizations|consumers)\b"
    r"|\burl\s*=\s*[\"']\s*https://login\.microsoftonline\.com/(?:common|organizations|consumers)/",
    re.IGNORECASE,
)
"""What accepts tokens of every tenant of Entra ID (MicrosoftDocs/azure-docs 00063ac3, api-management/
validate-azure-ad-token-policy.md,
has an id or a URL of a tenant; `organizations` by a program in a public repository, found as a string; read 2026-11-29;
the address of organizations by MicrosoftDocs/azure-docs 01e7c604, validate-jwt-policy.md)."""


_PRIVATE = lazy_regex(r"\ballow-private-response-caching\s*=\s*[\"'](?!\s*false)", re.IGNORECASE)
_BY_DEVELOPER = lazy_regex(r"\bvary-by-developer\s*=\s*[\"']\s*true", re.IGNORECASE)
_BY_CALLER = lazy_regex(r"<vary-by-header>\s*(?:authorization|cookie|ocp-apim-subscription-key)\s*<", re.IGNORECASE)
_MANAGEMENT = lazy_regex(
    r"\bresource\s*=\s*[\"']\s*https://management\.(?:azure\.com|core\.windows\.net)\b", re.IGNORECASE
)


def elements(value: Plain, name: str) -> Iterator[tuple[str, str]]:
    """Yields the attributes and the content of each element of a name; those in comments are none."""
    first, *commented = str(value).split("<!--")
    text = first + "".join(part.partition("-->")[2] for part in commented)
    for part in text.split(f"<{name}")[1:]:
        end = _attributes_end(part)
        attributes, rest = part[:end], part[end + 1 :]
        yield attributes, "" if attributes.endswith("/") else rest.partition(f"</{name}>")[0]


def keeps_answers_apart(value: Plain) -> bool:
    """Returns whether every cache-lookup of a policy that also serves requests with a token gives an answer only to the
    caller who got it (Microsoft, "cache-lookup", read 2026-11-29)."""
    return all(
        not _PRIVATE.search(attributes) or _BY_DEVELOPER.search(attributes) or _BY_CALLER.search(body)
        for attributes, body in elements(value, "cache-lookup")
    )


def manages_nothing(value: Plain) -> bool:
    """Returns whether no policy gives callers a token with which the gateway's identity manages Azure (MicrosoftDocs/
    azure-docs 00771b6d, articles/api-management/authentication-managed-identity-policy.md, read 2026-11-29)."""
    return not any(
        _MANAGEMENT.search(attributes) for attributes, _ in elements(value, "authentication-managed-identity")
    )


def checks_tokens(value: Plain) -> bool:
    """Returns whether every validate-jwt of a policy accepts only tokens that are signed with a named key and expire:
    the attributes are true by default, and a policy without keys knows no issuer (MicrosoftDocs/azure-docs 01e7c604,
    articles/api-management/validate-jwt-policy.md, read 2026-11-29)."""
    return all(
        not _UNSIGNED.search(attributes) and any(key in body for key in _KEYS)
        for attributes, body in elements(value, "validate-jwt")
    )


def of_listed_tenants(value: Plain) -> bool:
    """Returns whether no policy accepts tokens of every tenant of Entra ID: the claim `tid` is the tenant of the caller
    (MicrosoftDocs/azure-docs 025067a articles/active-directory/develop/id-token-claims-reference.md; read
    2026-11-30)."""
    return not any(
        _EVERY_TENANT.search(f"{attributes}>{body}") and not _OWN_TENANTS.search(body)
        for name in ("validate-jwt", "validate-azure-ad-token")
        for attributes, body in elements(value, name)
    )


_PROGRAMS = lazy_regex(
    r"<(?:audience|application-id)>\s*[^<\s]|<claim\s[^<>]{0,200}\bname\s*=\s*[\"'](?:aud|azp|appid|cid|client_id"
    r"|scope|scp"
    r"|roles)[\"'][^<>]{0,200}>\s*<value>\s*[^<\s]"
)


def names_programs(value: Plain) -> bool:
    """Returns whether every policy that checks tokens says for which programs: without an audience, a token that was
    made out to any program is accepted (MicrosoftDocs/azure-docs 01e7c6040443 articles/api-management/
    validate-jwt-policy.md and validate-azure-ad-token-policy.md, read 2026-11-29)."""
    return all(
        _PROGRAMS.search(body)
        for name in ("validate-jwt", "validate-azure-ad-token")
        for _, body in elements(value, name)
    )


_KEEPS = lazy_regex(r"\bexists-action\s*=\s*[\"']\s*(?:skip|append)\b", re.IGNORECASE)
_OF_CALLER = lazy_regex(
    r"\bJwt\b|\bAsJwt\(|\bcontext\.(?:User|Subscription|Request\.Certificate)\b|\.(?:Subject|Claims)\b"
)
_ANSWERS = ("outbound", "on-error")


def says_who_calls(value: Plain) -> bool:
    """Returns whether no policy leaves to the caller what it tells a service about him: `skip` keeps the header of the
    request, and `append` adds to it (Microsoft, "Set header", exists-action, read 2026-11-29)."""
    text = str(value)
    for name in _ANSWERS:
        first, *rest = text.split(f"<{name}>")
        text = first + "".join(part.partition(f"</{name}>")[2] for part in rest)
    return not any(
        _KEEPS.search(attributes) and _OF_CALLER.search(body) for attributes, body in elements(text, "set-header")
    )
