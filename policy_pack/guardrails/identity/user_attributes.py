"""Attributes of users of Cognito that rights follow from: a user must not write them himself.

Amazon Cognito, API reference, CreateUserPoolClient and UpdateUserAttributes (read 2026-11-28): the attributes that a
client may write are changed with the user's own access token, if it has the scope aws.cognito.signin.user.admin. Tokens
of the sign-in by API have it, those of the pages of sign-in only if it is among the scopes. A client must be able to
write what providers of identities fill in, so a client without these ways passes.

Amazon Verified Permissions takes the principal and its groups from claims of a token (API reference,
OpenIdConnectIdentityTokenConfiguration and OpenIdConnectGroupConfiguration, read 2026-12-02). Claims of a profile are
as a user wishes to be called or seen, and none of them is unique (OpenID Connect Core 1.0, 5.1 and 5.7).
"""

import re
from collections.abc import Iterator

from ..engine.families import identity_rule
from ..engine.lazy_regex import lazy_regex
from ..engine.plan import Plan
from ..engine.reading import MISSING, UNKNOWN, Resource, stated_items, walk
from ..engine.rows import Guardrail, Severity, aws
from ..engine.verdicts import Outcome, failed, passed

_CLIENTS = aws("cognito/UserPoolClient", "cognito/ManagedUserPoolClient")
_MAPPINGS = {
    aws("cognito/IdentityPoolRoleAttachment")[0]: "roleMappings[*].mappingRules[*].claim",
    aws("cognito/IdentityPoolProviderPrincipalTag")[0]: "principalTags?",
}
"""Type -> path of the claims from which a role or the tags of a session follow."""
_AUTHORITY = lazy_regex(
    r"custom:(?:.*[_.-])?(?:is_?)?(?:roles?|admin(?:istrator)?|tenant|groups?|permissions?|privileges?|scopes?|rights"
    r"|entitlements?|clearance|super_?user|staff|organi[sz]ation|org|account|customer)(?:_?(?:id|ids|name|level))?",
    re.IGNORECASE,
)
"""Names of attributes that programs read as rights."""
_SOURCE_CLAIMS = {
    aws("verifiedpermissions/IdentitySource")[0]: (
        "configuration.openIdConnectConfiguration?.tokenSelection?.identityTokenOnly?.principalIdClaim?",
        "configuration.openIdConnectConfiguration?.tokenSelection?.accessTokenOnly?.principalIdClaim?",
        "configuration.openIdConnectConfiguration?.groupConfiguration?.groupClaim?",
    ),
}  # fmt: skip
"""Type -> paths of the claims that say who asks and of which groups he is."""
_PROFILE = frozenset(
    {"name", "given_name", "family_name", "middle_name", "nickname", "preferred_username", "profile", "picture",
     "website", "gender", "birthdate", "zoneinfo", "locale", "address", "phone_number"}
)  # fmt: skip
"""Standard claims of a profile (OpenID Connect Core 1.0, 5.1)."""
_OWN_SCOPE = "aws.cognito.signin.user.admin"
_WITHOUT_SIGN_IN = frozenset({"ALLOW_REFRESH_TOKEN_AUTH"})
"""Flows that only renew a token, which keeps its scopes."""


def _users_may_write(client: Resource) -> bool:
    """Returns whether users of a client get tokens with which they change their attributes. Without a list of flows,
    sign-in by API is on."""
    flows = client.get("explicitAuthFlows")
    is_by_api = flows is MISSING or any(str(flow) not in _WITHOUT_SIGN_IN for flow in stated_items(flows))
    return is_by_api or _OWN_SCOPE in stated_items(client.get("allowedOauthScopes"))


def _trusted_claims(plan: Plan, _: str) -> frozenset[str]:
    """Returns the claims of which roles and tags of the plan are made."""
    mapped = (value for token, path in _MAPPINGS.items() for resource in plan.of_type(token)
              for _, value in walk(resource.props, path))  # fmt: skip
    return frozenset(str(item) for value in mapped for item in (value.values() if isinstance(value, dict) else [value]))


def _check_claims(source: Resource) -> Iterator[Outcome]:
    found = [item for pattern in _SOURCE_CLAIMS.get(source.type, ()) for item in walk(source.props, pattern)]
    for path, value in found:
        is_own = isinstance(value, str) and value.strip().lower() in _PROFILE
        yield failed(f"{path} is {value}, which users choose themselves", path) if is_own else passed()


def _check_attributes(client: Resource, plan: Plan) -> Iterator[Outcome]:
    if client.type not in _CLIENTS:
        return
    written = [str(item) for item in stated_items(client.get("writeAttributes")) if item is not UNKNOWN]
    if not written or not _users_may_write(client):
        return
    trusted = plan.once(_trusted_claims, "")
    rights = [item for item in written if item in trusted or _AUTHORITY.fullmatch(item)]
    for name in rights:
        yield failed(f"writeAttributes lets users change {name}, from which rights follow", "writeAttributes")
    yield from () if rights else (passed(),)


USER_ATTRIBUTES: tuple[Guardrail, ...] = (
    identity_rule(121, Severity.CRITICAL, "Users do not write the attributes from which their rights follow",
                  "the role and the tenant in a token are then what the user wrote",
                  "Remove the attribute from write_attributes and write it by an administrator's call; if a provider "
                  "of identities fills it in, set explicit_auth_flows to [ALLOW_REFRESH_TOKEN_AUTH] and leave "
                  f"{_OWN_SCOPE} out of the scopes; let sub say who asks for a permission",
                  predicate=_check_claims, plan_predicate=_check_attributes, types=(*_CLIENTS, *_SOURCE_CLAIMS)),
)  # fmt: skip
