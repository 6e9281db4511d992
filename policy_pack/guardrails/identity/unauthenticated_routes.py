"""Routes of gateways that leave out the sign-in which the gateway asks for, or lead past it.

Read 2026-11-29: projectcontour/contour 31c4bb38 apis/projectcontour/v1/httpproxy.go (`authPolicy` and
`jwtVerificationPolicy`); kubernetes/ingress-nginx dbb11b92 annotations.md (`enable-global-auth`); traefik/traefik
fd5a576d docs/content/operations (`api@internal`); istio/api b8f8791d networking/v1alpha3/gateway.proto
(`AUTO_PASSTHROUGH`: the name in SNI decides which service of the mesh is reached; istio/istio 86c9f01f
samples/multicluster/expose-services.yaml has it for `*.local` on port 15443, with mutual TLS behind it);
envoyproxy/gateway d32f2829 api/v1alpha1/oidc_types.go (`passThroughAuthHeader`: whoever sends a header is not asked to
sign in).
"""

import re
from collections.abc import Callable, Iterator
from itertools import starmap

from ..engine.lazy_regex import lazy_regex
from ..engine.number_conditions import number_of
from ..engine.reading import MISSING, Resource, shown_items
from ..engine.verdicts import Outcome, failed, passed
from ..readers.kubernetes_objects import ObjectPart, equals_bool, objects

_OF_NOBODY = lazy_regex(
    r"/(?:health|healthz|livez|ready|readyz|live|ping|status|robots\.txt|favicon\.ico|\.well-known|oauth2|login|static"
    r"|assets|public)(?:/.*)?",
    re.IGNORECASE,
)
"""Paths that say nothing about anybody: probes, pages of sign-in, and files that everybody may have."""
_PLAIN_EXPRESSION = lazy_regex(r"[\w./-]*(?:\.\*)?")
_SIGN_IN = lazy_regex(
    r"(?:.*[-.])?(?:oauth2-?proxy|dex|keycloak|authelia|authentik|sso|sign-?in|login|auth|zitadel|hydra|kratos|acme)"
    r"(?:[-.].*)?",
    re.IGNORECASE,
)
"""Services that sign people in themselves."""
_GLOBAL_SIGN_IN = "nginx.ingress.kubernetes.io/enable-global-auth"
_CONSOLE = lazy_regex(r"(?:api|dashboard|rest|prometheus)@internal")
_MESH_PORT = 15443
_POLICIES = ("authPolicy", "jwtVerificationPolicy")


def _check_contour(item: ObjectPart) -> Iterator[Outcome]:
    """Checks that a proxy of Contour leaves out the sign-in for paths of nobody only."""
    spec = item.child("spec")
    host = spec.child("virtualhost").child("authorization").child("authPolicy")
    yield from _disabled(host, is_harmless=False)
    for route in spec.children("routes"):
        conditions = [
            (key, str(condition.get(key)))
            for condition in route.children("conditions")
            for key in ("exact", "prefix", "regex")
            if condition.get(key) is not MISSING
        ]
        is_harmless = bool(conditions) and all(starmap(_is_of_nobody, conditions))
        for key in _POLICIES:
            yield from _disabled(route.child(key), is_harmless=is_harmless)


def _is_of_nobody(key: str, path: str) -> bool:
    """Returns whether a condition matches paths of nobody only; an expression must be a path with a star at its end."""
    if key != "regex":
        return _OF_NOBODY.fullmatch(path) is not None
    plain = path.removeprefix("^").removesuffix("$")
    return _PLAIN_EXPRESSION.fullmatch(plain) is not None and _OF_NOBODY.fullmatch(plain) is not None


def _disabled(policy: ObjectPart, *, is_harmless: bool) -> Iterator[Outcome]:
    path = policy.path_to("disabled")
    is_off = equals_bool(policy.get("disabled"), True) and not is_harmless
    yield failed(f"{path} leaves the route without sign-in", path) if is_off else passed()


def _check_ingress(item: ObjectPart) -> Iterator[Outcome]:
    """Checks that only pages of sign-in are left out of the sign-in that the controller asks for."""
    annotations = item.child("metadata").child("annotations")
    path = annotations.path_to(_GLOBAL_SIGN_IN)
    services = [
        str(entry.child("backend").child("service").get("name"))
        for rule in item.child("spec").children("rules")
        for entry in rule.child("http").children("paths")
    ]
    is_out = equals_bool(annotations.get(_GLOBAL_SIGN_IN), False)
    is_harmless = bool(services) and all(map(_SIGN_IN.fullmatch, services))
    yield failed(f"{path} leaves the ingress without sign-in", path) if is_out and not is_harmless else passed()


def _check_traefik(item: ObjectPart) -> Iterator[Outcome]:
    """Checks that the console of Traefik is behind a middleware, which may ask for sign-in."""
    for route in item.child("spec").children("routes"):
        for service in route.children("services"):
            path, name = service.path_to("name"), str(service.get("name"))
            is_open = _CONSOLE.fullmatch(name) is not None and route.get("middlewares") in (MISSING, [])
            yield failed(f"{path} serves the console to every caller", path) if is_open else passed()


def _check_istio(item: ObjectPart) -> Iterator[Outcome]:
    """Checks that servers that pass requests on by their name do so for the mesh itself only."""
    for server in item.child("spec").children("servers"):
        path = server.child("tls").path_to("mode")
        is_passed_on = server.child("tls").get("mode") == "AUTO_PASSTHROUGH"
        is_of_mesh = number_of(server.child("port").get("number")) == _MESH_PORT
        is_local = all(host.endswith((".local", ".global")) for host in shown_items(server.get("hosts")))
        text = f"{path} leads callers to each service that they name"
        yield failed(text, path) if is_passed_on and not (is_of_mesh and is_local) else passed()


def _check_envoy(item: ObjectPart) -> Iterator[Outcome]:
    """Checks that a request with a header of its own passes the sign-in only where its token is checked, and that rules
    let in callers by what they cannot choose (envoyproxy/gateway d32f2829, api/v1alpha1/authorization_types.go)."""
    oidc, path = item.child("spec").child("oidc"), item.child("spec").child("oidc").path_to("passThroughAuthHeader")
    is_passed = equals_bool(oidc.get("passThroughAuthHeader"), True) and not item.child("spec").child("jwt").data
    yield failed(f"{path} lets requests pass with any token", path) if is_passed else passed()
    for rule in item.child("spec").child("authorization").children("rules"):
        principal = rule.child("principal").data
        is_of_all = not principal.keys() - {"headers"} and rule.get("cel") in (MISSING, "")
        paths = [rule.child("operation").child("path").get("value")]
        is_harmless = not principal and all(_OF_NOBODY.fullmatch(str(path)) for path in paths)
        text = f"{rule.path} lets in whoever calls, or sends a header"
        is_wide = rule.get("action") == "Allow" and is_of_all and not is_harmless
        yield failed(text, rule.path) if is_wide else passed()


_CHECKS: dict[str, Callable[[ObjectPart], Iterator[Outcome]]] = {
    "HTTPProxy": _check_contour,
    "Ingress": _check_ingress,
    "IngressRoute": _check_traefik,
    "Gateway": _check_istio,
    "SecurityPolicy": _check_envoy,
}


def check_routes(resource: Resource) -> Iterator[Outcome]:
    """Yields an outcome for each route that may leave out the sign-in of its gateway."""
    for kind, check in _CHECKS.items():
        for item in objects(resource, kind):
            yield from check(item)
