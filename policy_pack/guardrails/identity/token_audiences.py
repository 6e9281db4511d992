"""Gateways that accept an issuer's tokens whatever program they were made out to.

Whoever gets a token for one program of the issuer, also one that he registered himself, is let into all others (RFC
8725, 3.9, "Use and Validate Audience"). Envoy Gateway and Contour check no audience unless one is listed
(envoyproxy/gateway 01bf87b84170 api/v1alpha1/jwt_types.go and projectcontour/contour 31c4bb38e
apis/projectcontour/v1/httpproxy.go); so does Istio (istio/api b8f8791d9 security/v1beta1/request_authentication.proto),
whose AuthorizationPolicies may limit tokens instead. Traefik Hub checks the signature and the times only
(doc.traefik.io, "JWT", `claims`). So does Kong's OpenID Connect, unless `audience_required` or another claim limits it
(Kong/docs.konghq.com app/_hub/kong-inc/openid-connect), and its JWT Signer, unless `access_token_audiences_allowed`
does (resource of the provider kong/konnect, found as a string). All read 2026-11-29.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..engine.lazy_regex import lazy_regex
from ..engine.plan import Plan
from ..engine.reading import MISSING, UNKNOWN, Plain, Resource
from ..engine.verdicts import Outcome, failed, passed
from ..readers.custom_resources import is_custom
from ..readers.kubernetes_objects import ObjectPart, objects

_AUTHENTICATION, _AUTHORIZATION = "RequestAuthentication", "AuthorizationPolicy"
_ROOT_NAMESPACE = "istio-system"
_CLAIMS = lazy_regex(
    r"request\.auth\.(?:audiences|presenter|claims\[(?:aud|azp|appid|cid|client_id|scope|scp|roles)\])"
)
"""Attributes of a condition of Istio that say for which program, or for which of its rights, a token is."""


@dataclass(frozen=True)
class _Form:
    """How a kind of gateway says whose tokens it accepts."""

    where: re.Pattern[str]
    """Path of the settings of an issuer, without indices."""
    issuer: re.Pattern[str]
    """Keys by which settings are those of an issuer."""
    limits: re.Pattern[str]
    """Keys that say for which program a token must be, or which claims it must have."""


_FORMS = (
    _Form(lazy_regex(r"spec\.(?:.*\.)?(?:jwtProviders|jwtRules|jwt\.providers)(?:\.[\w-]+)?", re.IGNORECASE),
          lazy_regex(r"issuers?|(?:remote|local)?jwks\w*", re.IGNORECASE), lazy_regex(r"audiences?", re.IGNORECASE)),
    _Form(lazy_regex(r"spec\.plugin\.[\w-]+"), lazy_regex(r"(?:trusted)?issuers?|jwks\w*", re.IGNORECASE),
          lazy_regex(r"claims|require\w*|aud\w*|client_?id|payloadfields", re.IGNORECASE)),
    _Form(lazy_regex(r"config"), lazy_regex(r"(?:\w+_)?(?:issuer|jwks_uri)"),
          lazy_regex(r"\w*audiences?_(?:allowed|required)|\w*expected_audience|\w*(?:scopes|groups|roles)_required")),
)  # fmt: skip
_DECIDED = ("extAuth", "authorization")
"""Fields of a policy of Envoy Gateway, and of a host of Contour, by which a server or rules decide on each token."""
_PLUGINS = ("openid-connect", "jwt-signer")
"""Plugins of Kong that take tokens of an issuer; their settings stand beside the spec of other kinds."""
_SIGN_IN_ONLY = frozenset({"session", "authorization_code"})
"""Methods of Kong by which the gateway gets the token itself, made out to its own client."""


def _is_set(value: Plain) -> bool:
    return value not in (MISSING, None, "", False, [], {}, [""])


def _parts(value: Plain, path: str, plain_path: str) -> Iterator[tuple[str, str, dict[str, Plain]]]:
    """Yields every mapping with its path, and its path without indices."""
    if isinstance(value, dict):
        yield path, plain_path, value
        for key, item in value.items():
            yield from _parts(item, f"{path}.{key}", f"{plain_path}.{key}")
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _parts(item, f"{path}[{index}]", plain_path)


def check_audiences(resource: Resource) -> Iterator[Outcome]:
    """Yields an outcome for each issuer of a gateway; those of Istio are evaluated with the plan."""
    if not is_custom(resource) or any(objects(resource, _AUTHENTICATION)):
        return
    spec = ObjectPart("", resource.props).child("spec")
    if any(_is_set(part.get(key)) for part in (spec, spec.child("virtualhost")) for key in _DECIDED):
        return
    for root in ("spec", "config") if resource.get("plugin") in _PLUGINS else ("spec",):
        for path, plain_path, part in _parts(resource.props.get(root), root, root):
            form = next((form for form in _FORMS if form.where.fullmatch(plain_path)), None)
            if form is not None and any(map(form.issuer.fullmatch, part)) and not _gets_tokens(part):
                is_limited = any(form.limits.fullmatch(key) and _is_set(value) for key, value in part.items())
                yield passed() if is_limited else _refused(path)


def _gets_tokens(part: dict[str, Plain]) -> bool:
    methods = part.get("auth_methods")
    return isinstance(methods, list) and _SIGN_IN_ONLY.issuperset(map(str, methods))


def _refused(path: str) -> Outcome:
    return failed(f"{path} accepts tokens that were made out to other programs: list the audiences", path)


def _policies(resource: Resource) -> Iterator[str]:
    """Yields the namespace of each policy that lets in tokens for a program only, or asks a server."""
    for item in objects(resource, _AUTHORIZATION):
        action = item.child("spec").get("action")
        conditions = (condition for rule in item.child("spec").children("rules") for condition in rule.children("when"))
        if action == "CUSTOM" or any(_limits(condition, action) for condition in conditions):
            yield str(item.child("metadata").get("namespace"))


def _limits(condition: ObjectPart, action: Plain) -> bool:
    """Returns whether a policy with this action and condition lets in tokens for some programs only: what is allowed
    has one of `values`, what is denied none of `notValues` (istio/api b8f8791d9
    security/v1beta1/authorization_policy.proto, read 2026-11-29; AUDIT only records). `*` is any value."""
    values = condition.get("notValues" if action == "DENY" else "values")
    is_decided = action in (MISSING, UNKNOWN, "ALLOW", "DENY")
    is_any = isinstance(values, list) and "*" in values
    return is_decided and _CLAIMS.fullmatch(str(condition.get("key"))) is not None and _is_set(values) and not is_any


def check_mesh_audiences(resource: Resource, plan: Plan) -> Iterator[Outcome]:
    """Yields an outcome for each issuer of Istio: its audiences, or a policy of its namespace, limit the tokens."""
    for item in objects(resource, _AUTHENTICATION):
        limited = plan.by_key(_policies)
        is_limited = any(name in limited for name in (str(item.child("metadata").get("namespace")), _ROOT_NAMESPACE))
        yield from (_evaluate_rule(rule, is_limited=is_limited) for rule in item.child("spec").children("jwtRules"))


def _evaluate_rule(rule: ObjectPart, *, is_limited: bool) -> Outcome:
    return passed() if is_limited or _is_set(rule.get("audiences")) else _refused(rule.path)
