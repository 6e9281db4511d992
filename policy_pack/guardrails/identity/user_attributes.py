"""Attributes of users of Cognito that rights follow from: a user must not write them himself.

Amazon Cognito, API reference, CreateUserPoolClient and UpdateUserAttributes (read 2026-11-28): the attributes that a
client may write are changed with the user's own access token, if it has the scope aws.cognito.signin.user.admin. Tokens
of the sign-in by API have it, those of the pages of sign-in only if it is among the scopes. A client must be able to
write what providers of identities fill in, so a client without these ways passes.
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
_OWN_SCOPE = "aws.cognito.signin.user.admin"
_WITHOUT_SIGN_IN = frozenset({"ALLOW_REFRESH_TOKEN_AUTH"})
"""Flows that only renew a token, which keeps its scopes."""


def _users_may_write(client: Resource) -> bool:
    """Returns whether users of a client get tokens with which they change their attributes. Without a list of flows,
    sign-in by API is on."""
    flows = client.get("explicitAuthFlows")
    is_by_api = flows is MISSING or any(str(flow) not in _WITHOUT_SIGN_IN for flow in stated_items(flows))
    return is_by_api or _OWN_SCOPE in stated_items(client.get("allowedOauthScopes"))


def _trusted_claims(plan: Plan) -> Iterator[str]:
    """Yields the claims of which roles and tags of the plan are made."""
    for token, path in _MAPPINGS.items():
        for resource in plan.of_type(token):
            for _, value in walk(resource.props, path):
                yield from map(str, value.values() if isinstance(value, dict) else [value])


def _check_attributes(client: Resource, plan: Plan) -> Iterator[Outcome]:
    written = [str(item) for item in stated_items(client.get("writeAttributes")) if item is not UNKNOWN]
    if not written or not _users_may_write(client):
        return
    trusted = frozenset(_trusted_claims(plan))
    rights = [item for item in written if item in trusted or _AUTHORITY.fullmatch(item)]
    for name in rights:
        yield failed(f"writeAttributes lets users change {name}, from which rights follow", "writeAttributes")
    yield from () if rights else (passed(),)


USER_ATTRIBUTES: tuple[Guardrail, ...] = (
    identity_rule(121, Severity.CRITICAL, "Users do not write the attributes from which their rights follow",
                  "the role and the tenant in a token are then what the user wrote",
                  "Remove the attribute from write_attributes and write it by an administrator's call; if a provider "
                  "of identities fills it in, set explicit_auth_flows to [ALLOW_REFRESH_TOKEN_AUTH] and leave "
                  f"{_OWN_SCOPE} out of the scopes",
                  plan_predicate=_check_attributes, types=_CLIENTS),
)  # fmt: skip
