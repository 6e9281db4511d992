"""Services that a route asks who a caller is: they get the caller's cookies and tokens, and name the user.

Paths by the projects' references: Traefik ("ForwardAuth"), ingress-nginx ("External Authentication", `auth-url`),
HAProxy ingress, Envoy Gateway (SecurityPolicy, `extAuth` and `jwt`; EnvoyExtensionPolicy, `extProc`), Istio (mesh
configuration, `envoyExtAuthzHttp` and `envoyExtAuthzGrpc`; RequestAuthentication, `jwksUri`), Emissary ("AuthService"),
Contour (`authorization.extensionRef`), APISIX (`forward-auth`), Gateway API (`externalAuth`), Kong and Gloo; all as
known on 2026-11-29.
"""

import re
from collections.abc import Iterator

from ..engine.lazy_regex import lazy_regex
from ..engine.reading import Resource
from ..engine.verdicts import Outcome, failed, passed, undetermined
from ..readers.custom_resources import is_custom
from ..readers.kubernetes_objects import ObjectPart
from ..readers.service_addresses import namespace_of_service
from ..readers.shared_namespaces import is_shared
from ..readers.texts import read_texts
from .namespace_loans import is_known, namespace_of

_OF_ADDRESS = lazy_regex(
    r"(?:^|\.)(?:forwardauth\.address|(?:[\w.-]+/)?auth-(?:url|request-url)"
    r"|envoyextauthz(?:http|grpc)\.service|envoyextproc\.service|auth_service|jwks_?uri"
    r"|(?:remotejwks|openid|introspection)\.ur[il]"
    r"|(?:forward-auth|ext-?authz?|authz-\w{1,20}|opa)(?:\.config)?\.(?:uri|url|host))$",
    re.IGNORECASE,
)
_OF_DECISIONS = lazy_regex(
    r"(?:^|\.)(?:extension_?managers?(?:\[\d{1,3}\])?\.service\.(?:fqdn\.hostname|host)"
    r"|(?:additionalArguments|args|arguments)\[\d{1,3}\]|providers\.http\.endpoint|webhook-?provider-?url"
    r"|grpc-?expander-?url|extenders\[\d{1,3}\]\.urlPrefix|discoveryAddress|caAddress|remotePilotAddress"
    r"|seal(?:\[\d{1,3}\])?\.transit(?:\[\d{1,3}\])?\.address)$",
    re.IGNORECASE,
)
_ARGUMENT = lazy_regex(r"--(?:providers\.http\.endpoint|webhook-provider-url|grpc-expander-url)=(?P<address>.*)", re.I)
"""Path of the address of a server by which a program for all teams gets its settings, or that changes them: hooks of
Envoy Gateway (envoyproxy/gateway d32f28294 api/v1alpha1/envoygateway_types.go, ExtensionManager, which gets listeners
with their keys and returns them changed, read 2026-11-29), routes of Traefik (`providers.http`), the store of names of
ExternalDNS, the choice of machines of Cluster Autoscaler, extenders of the scheduler, and certificates and settings of
proxies of Istio (traefik/traefik fd5a576 docs/content/reference/install-configuration/providers/others/http.md,
kubernetes-sigs/external-dns 2bf1bf8 docs/flags.md, kubernetes/autoscaler 55c37cd cluster-autoscaler/FAQ.md, istio/api
b8f8791 mesh/v1alpha1/proxy.proto, kubernetes/kube-scheduler e87dbdd config/v1/types.go, read 2026-11-30), and the vault
whose key opens another one (`seal "transit"`, found as a string in public repositories, read 2026-12-02)."""
_OF_SEAL = lazy_regex(
    r"^[ \t]*seal[ \t]{1,9}\"transit\"[ \t]{0,9}\{[^{}]{0,800}?\baddress[ \t]{0,9}=[ \t]{0,9}"
    r"\"(?P<address>[^\"\n]{1,300})\"",
    re.MULTILINE,
)
"""The same in the settings of a vault, which are a text."""
_OF_BUNDLES = lazy_regex(r"(?P<place>(?:|.*\.))services(?:\.[\w-]{1,60}|\[\d{1,3}\])\.url", re.IGNORECASE)
"""Path of the address of a server of Open Policy Agent ("Configuration", `services`: a mapping or a list;
openpolicyagent.org, read 2026-11-30): many other settings of routes and portals have it too."""
_BESIDE_BUNDLES = lazy_regex(
    r"(?P<place>(?:|.*\.))(?:bundles\.[\w-]{1,60}\.(?:resource|service)|bundle\.(?:name|service)|decision_logs\..*"
    r"|discovery\.(?:decision|resource))",
    re.IGNORECASE,
)
_OF_NAMESPACE = lazy_regex(
    r"(?:^|\.)(?:(?:extAuth|extProc|externalAuth|remoteJWKS)\b.*\.?backendRefs?(?:\[\d{1,4}\])?"
    r"|authorization\.extensionRef|extauth\w*\.(?:extensionRef|serverRef))\.namespace$",
    re.IGNORECASE,
)
"""Paths of an address, and of the namespace, of a service that says who a caller is."""
_SIGN_IN = lazy_regex(
    r"(?:.*-)?(?:auth|authn|authz|authelia|authentik|casdoor|dex|hydra|iam|identity|idp|keycloak|kratos|login|oauth2?"
    r"|oauth2-proxy|oathkeeper|oidc|opa|ory|pomerium|sign-?in|sso|zitadel)(?:-.*)?"
)
"""Namespaces of sign-in, by their names."""
_OF_SOURCES = lazy_regex(
    r"(?:.*-)?(?:artifacts?|bundles?|certificates?|hsm|kms|minio|(?:open)?bao|pki|polic(?:y|ies)|storage|unseal|vault)"
    r"(?:-.*)?"
)
"""Namespaces from which a program for all teams has its certificates, policies and keys, by their names."""
_OF_MESH = ("kubernetes:networking.k8s.io/", "kubernetes:core/v1:ConfigMap", "kubernetes:helm.sh/")
_LONGEST = 300
"""Characters of a path that is compared."""


def check_sign_in_services(item: Resource) -> Iterator[Outcome]:
    """Checks that services that say who a caller is are of the object's namespace, of the platform or of sign-in."""
    if not (item.type.startswith(_OF_MESH) or is_custom(item)):
        return
    part = ObjectPart("", item.props)
    own = str(item.props.get("namespace")) if item.type.startswith("kubernetes:helm.sh/") else namespace_of(part)
    # A namespace that is not known yet, or a provider's default one, may be that of the service.
    refused = failed if is_known(part) or item.type.startswith("kubernetes:helm.sh/") else undetermined
    stated = read_texts(item).leaves
    bundles = {found["place"] for leaf in stated if (found := _is_short(leaf.path, _BESIDE_BUNDLES))}
    for leaf in stated:
        named = _named(leaf.path, leaf.value) if len(leaf.path) <= _LONGEST else ""
        is_trusted = named in ("", own) or is_shared(named) or _SIGN_IN.fullmatch(named) is not None
        text = f"{leaf.path} lets {named}, another team's namespace, say who a caller is"
        yield passed() if is_trusted else refused(text, leaf.path)
        of_bundles = _is_short(leaf.path, _OF_BUNDLES)
        is_decisive = of_bundles is not None and of_bundles["place"] in bundles
        decided = _decided(leaf.path, leaf.value, is_decisive) if len(leaf.path) <= _LONGEST else ""
        text = f"{leaf.path} lets {decided}, another team's namespace, say what the program does"
        is_trusted = decided in ("", own, "default") or _is_of_platform(decided)
        yield passed() if is_trusted else refused(text, leaf.path)


def _is_short(path: str, pattern: re.Pattern[str]) -> re.Match[str] | None:
    return pattern.fullmatch(path) if len(path) <= _LONGEST else None


def _is_of_platform(namespace: str) -> bool:
    return is_shared(namespace) or any(known.fullmatch(namespace) for known in (_SIGN_IN, _OF_SOURCES))


def _decided(path: str, value: object, is_decisive: bool) -> str:
    """Returns the namespace of a server that says what a program does; empty if there is none in the cluster."""
    seal = _OF_SEAL.search(value) if isinstance(value, str) and "transit" in value else None
    if seal is not None:
        return namespace_of_service(seal["address"])
    if not isinstance(value, str) or not (is_decisive or _OF_DECISIONS.search(path)):
        return ""
    given = _ARGUMENT.fullmatch(value.strip())
    is_argument = path.endswith("]") and ".url" not in path
    return namespace_of_service(given["address"] if given else "" if is_argument else value)


def _named(path: str, value: object) -> str:
    """Returns the namespace of the service that a setting asks; empty if it asks none of the cluster."""
    if not isinstance(value, str):
        return ""
    if _OF_NAMESPACE.search(path):
        return value.strip()
    return namespace_of_service(value) if _OF_ADDRESS.search(path) else ""
