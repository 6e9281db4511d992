"""Authentication of requests at a cluster's gateway, as options and as Istio's policies. Pure.

Sources: istio.io, RequestAuthentication and AuthorizationPolicy, read 2026-11-27; CRDs of istio.io/api v1.31.0.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any

from pydantic import Field

from falaj.components.core.validation.args import Choice, Spec, default
from falaj.components.core.validation.enums import AuthenticationMethod
from falaj.components.core.validation.maxima import LONGEST_NAME
from falaj.components.core.validation.names import Domain, HttpsAddress
from falaj.components.core.validation.problems import Problem, below

GROUP = "security.istio.io"
VERSION = f"{GROUP}/v1"
CLOSED = "closed"
"""Name of the policy without rules: with it, a request that no other policy allows is refused."""

HTTPS_PORT = 443

_LOCATION = {"fromHeaders": [{"name": "Authorization", "prefix": "Bearer "}]}
"""Where a request has its token. By default also in the parameter `access_token` of its address, which logs contain."""


class AuthenticationSpec(Spec):
    """How the gateway authenticates requests to a tenant's services."""

    method: Choice[AuthenticationMethod] = default(AuthenticationMethod.JWT)
    """`jwt` (default): a request needs a valid token of the issuer in the header `Authorization: Bearer`; `none`:
    whoever reaches the gateway reaches the services."""
    issuer: HttpsAddress | None = None
    """Issuer of the tokens, their claim `iss`, such as `https://login.example.ae/realms/retail`. Required for `jwt`."""
    audiences: Sequence[Annotated[str, Field(min_length=1, max_length=LONGEST_NAME)]] = ()
    """Audiences of the tokens, their claim `aud`: a token with any of them is accepted. At least one for `jwt`, so that
    a token of the same issuer for another service is refused."""
    jwks_uri: HttpsAddress | None = None
    """Address of the issuer's public keys. Default: that of the issuer's OpenID discovery document."""

    def _problems(self) -> Iterator[Problem]:
        if self.method is AuthenticationMethod.JWT:
            if self.issuer is None:
                fix = "add it, or set `method: none` to let every request through"
                yield Problem.missing("issuer", "`method` is jwt", fix)
            if not self.audiences:
                yield Problem.missing("audiences", "`method` is jwt", "add the audience of the tenant's services")
            return
        for field in ("issuer", "audiences", "jwks_uri"):
            if given := getattr(self, field):
                yield Problem(field, given, "nothing, because `method` is none", "remove it, or `method`")


class GatewayTenantSpec(Spec):
    """A tenant whose services a gateway serves."""

    hosts: Sequence[Domain] = Field(min_length=1)
    """DNS names of the services; `*.` before one means all names below it."""
    authentication: AuthenticationSpec
    """How requests for these names are authenticated."""
    endpoint_picker: bool = False
    """Whether endpoint pickers distribute requests of the tenant's services. The gateway then calls by TLS the pickers
    and the pods of InferencePools, too. Default: false."""


def authentication_problems(tenants: Mapping[str, GatewayTenantSpec], can_authenticate: bool) -> Iterator[Problem]:
    """Yields tenants whose tokens the gateway cannot check. Paths begin with the tenant."""
    keys: dict[str, str | None] = {}
    for name, tenant in tenants.items():
        given = tenant.authentication
        if given.issuer is None:
            continue
        if not can_authenticate:
            allowed = "none, because only the gateway class istio checks tokens here"
            fix = "use the gateway class istio, or set it to none and authenticate in the service"
            yield Problem(f"{name}.authentication.method", given.method.value, allowed, fix)
        elif keys.setdefault(given.issuer, given.jwks_uri) != given.jwks_uri:
            allowed = f"that of the other tenants with issuer {given.issuer}: {keys[given.issuer] or 'none'}"
            yield from below(
                name, [Problem("authentication.jwks_uri", given.jwks_uri, allowed, "give all of them the same")]
            )


def token_rules(tenants: Mapping[str, GatewayTenantSpec]) -> list[dict[str, Any]]:
    """Returns `jwtRules` of the gateway, one for each issuer: the tokens that it accepts. Invalid ones are refused with
    401; requests without one are left to the policies of the hosts."""
    issuers: dict[str, dict[str, Any]] = {}
    for tenant in tenants.values():
        given = tenant.authentication
        if given.issuer is None:
            continue
        keys = {} if given.jwks_uri is None else {"jwksUri": given.jwks_uri}
        rule = issuers.setdefault(given.issuer, {"issuer": given.issuer, "audiences": [], **_LOCATION, **keys})
        rule["audiences"] = sorted({*rule["audiences"], *given.audiences})
    return list(issuers.values())


def host_rule(tenant: GatewayTenantSpec) -> dict[str, Any]:
    """Returns the rule that allows requests to a tenant's hosts: with a token of its issuer for one of its audiences,
    or all requests if the tenant says so."""
    # The header `Host` may have the port (istio.io, AuthorizationPolicy, Operation).
    hosts = [name for host in tenant.hosts for name in (host, f"{host}:{HTTPS_PORT}")]
    rule: dict[str, Any] = {"to": [{"operation": {"hosts": hosts}}]}
    given = tenant.authentication
    if given.issuer is None:
        return rule
    return {
        "from": [{"source": {"requestPrincipals": [f"{given.issuer}/*"]}}],
        **rule,
        "when": [{"key": "request.auth.audiences", "values": [*given.audiences]}],
    }
