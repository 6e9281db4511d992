"""Issuers of the tokens with which callers sign in: whoever has an issuer's keys is whoever he writes into a token.

An issuer is known if it is that of a CI system or of clusters (`falaj.facts.oidc_issuers`), of a user pool, of Entra
with a listed tenant, or inside the network. Others are listed under `identity.trusted` by host, or host and path. A
condition on the subject limits nothing there: the issuer decides who has it.
"""

import re
from collections.abc import Collection, Iterator
from fnmatch import fnmatchcase

from falaj.facts.oidc_issuers import all_claims

from ..engine.families import identity_rule
from ..engine.lazy_regex import lazy_regex
from ..engine.reading import Resource
from ..engine.rows import Guardrail, Predicate, Severity, aws, azure
from ..engine.verdicts import Outcome, failed, passed
from ..readers.hosts import is_private
from ..readers.leaf_cache import cached_by_leaf
from ..readers.policy_documents import statements
from ..readers.texts import Leaf, read_texts
from .azure_tenants import TENANT

_KEYS = frozenset(
    {
        "issuer", "issuerurl", "issueruri", "oidcissuer", "oidcissuerurl", "oidcissueruri", "openidissuer", "jwksuri",
        "jwksurl", "discoveryurl", "idpmetadataurl", "metadataurl", "openidconnecturl", "openidconfiguration",
        "wellknownopenidconfiguration",
    }
)  # fmt: skip
"""Keys of issuers, of their keys and of their metadata, in lower case without separators."""
_REMOTE_KEYS = lazy_regex(r"remoteJWKS\.(?:http)?uri", re.IGNORECASE)
"""End of a path with the address of an issuer's keys, in policies of gateways."""
_STRUCTURED = lazy_regex(r"(?:\bjwt\[\d+\]|\.properties)\.issuer\.(?:url|discoveryURL)$")
"""Path of the issuer in the structured configuration of an API server (kubernetes/apiserver v0.36.3
pkg/apis/apiserver/v1/types.go, Issuer, read 2026-11-29)."""
_PROVIDER = aws("iam/OpenIdConnectProvider")[0]
_POOL = aws("cognito/IdentityPool")[0]
_WORKSPACE = azure("machinelearningservices:Workspace")[0]
"""Its `discoveryUrl` lists the endpoints of the region, and signs nobody in (pulumi-azure-native 3.29.0)."""
_SAML = lazy_regex(r"\b(?:entityID|(?:Response)?Location)\s*=\s*[\"']([^\"']+)[\"']")
"""Name of an identity provider in its metadata, and the addresses at which people sign in."""
_ADDRESS = lazy_regex(r"\s*(?:https?://)?(?P<host>[\w.-]+)(?::\d+)?(?P<path>/[^\s?#]*)?(?:[?#].*)?\s*", re.IGNORECASE)
_URL = lazy_regex(r"\s*https?://", re.IGNORECASE)
_ENTRA = ("login.microsoftonline.com", "sts.windows.net")
_AKS = ".oic.prod-aks.azure.com"
"""End of the hosts of AKS's issuers, whose path begins with the cluster's tenant (Microsoft Learn, "Create an OpenID
Connect provider on AKS", read 2026-11-28)."""
_USER_POOLS = lazy_regex(r"cognito-idp\.[a-z0-9-]+\.amazonaws\.com")
_ANY_SERVER = ".*"
"""End of a pattern of claims that matches servers of anybody, such as those of GitLab."""


def _matches(host: str, path: str, pattern: str) -> bool:
    """Returns whether an address matches a pattern, whose `*` before the first slash stands within one label."""
    wanted, _, rest = pattern.partition("/")
    labels, patterns = host.split("."), wanted.split(".")
    is_host = len(labels) == len(patterns) and all(map(fnmatchcase, labels, patterns))
    return is_host and not wanted.endswith(_ANY_SERVER) and (not rest or fnmatchcase(path.strip("/"), rest))


def _problem(address: str, listed: Collection[str]) -> str:
    """Returns why the issuer of an address is not known; empty if it is."""
    match = _ADDRESS.fullmatch(address)
    if match is None:
        return ""
    host, path = match["host"].lower(), (match["path"] or "").lower()
    if host in _ENTRA:
        tenant = path.strip("/").partition("/")[0]
        is_one = TENANT.fullmatch(tenant) is not None
        if is_one and (tenant in listed or not any(map(TENANT.fullmatch, listed))):
            return ""
        return f"is of tenant {tenant} of Entra, which is not listed" if is_one else "is of every tenant of Entra"
    if host.endswith(_AKS) and _is_strange_tenant(path, listed):
        return f"is of a cluster of tenant {path.split('/')[1]}, which is not listed"
    if is_private(host) or _USER_POOLS.fullmatch(host):
        return ""
    if any(_matches(host, path, pattern) for claim in all_claims() for pattern in claim.issuers):
        return ""
    is_listed = any(f"{host}{path}/".startswith(f"{item.rstrip('/')}/") for item in listed)
    return "" if is_listed else f"is of {host}, which is neither a known issuer nor listed"


def _is_strange_tenant(path: str, listed: Collection[str]) -> bool:
    """Returns whether a path begins with a tenant, and the settings list others only."""
    tenant = path.strip("/").partition("/")[0]
    return TENANT.fullmatch(tenant) is not None and tenant not in listed and any(map(TENANT.fullmatch, listed))


@cached_by_leaf
def _issuers_in(leaf: Leaf) -> tuple[str, ...]:
    """Returns the addresses of issuers that a leaf has, whatever the type of the resource."""
    if not isinstance(leaf.value, str):
        return ()
    if _is_issuer(leaf):
        return (leaf.value,)
    return tuple(entity for entity in _SAML.findall(leaf.value) if "://" in entity) if "entityID" in leaf.value else ()


def _is_issuer(leaf: Leaf) -> bool:
    """Returns whether a leaf is the address of an issuer, by its key or its place."""
    is_named = re.sub(r"[\W_]", "", leaf.key).lower() in _KEYS or _REMOTE_KEYS.search(leaf.path) is not None
    is_named = is_named or _STRUCTURED.search(leaf.path) is not None
    return is_named and _URL.match(str(leaf.value)) is not None


def _addresses(resource: Resource) -> Iterator[tuple[str, str]]:
    """Yields the addresses of issuers, as (path, address)."""
    leaves = read_texts(resource).leaves
    for leaf in leaves if resource.type in (_PROVIDER, _POOL) else ():
        if resource.type == _PROVIDER and leaf.path == "url" and isinstance(leaf.value, str):
            yield leaf.path, leaf.value
        elif resource.type == _POOL and leaf.path.startswith("openidConnectProviderArns"):
            yield leaf.path, str(leaf.value).partition("oidc-provider/")[2]
    for leaf, addresses in _issuers_in.among(leaves):
        if resource.type != _WORKSPACE or leaf.path != "discoveryUrl":
            yield from ((leaf.path, address) for address in addresses)
    for statement in statements(resource.get("assumeRolePolicy"), "assumeRolePolicy") or ():
        for kind, name in statement.principals:
            if kind == "Federated" and isinstance(name, str) and "oidc-provider/" in name and statement.allows:
                yield f"{statement.path}.Principal.Federated", name.partition("oidc-provider/")[2]


_ALIASES = lazy_regex(r"(?:.*\.)?trustDomainAliases\[\d+\]")
"""Names of meshes whose identities Istio takes for those of its own (istio/api b8f8791d mesh/v1alpha1/config.proto,
read 2026-11-29)."""
_DEFAULT_DOMAIN = "cluster.local"


def _check_aliases(resource: Resource, listed: Collection[str]) -> Iterator[Outcome]:
    for leaf in read_texts(resource).leaves:
        if "trustDomainAliases" in leaf.path and _ALIASES.fullmatch(leaf.path):
            is_known = str(leaf.value).lower() in (_DEFAULT_DOMAIN, *listed)
            text = f"{leaf.path} takes identities of mesh {leaf.value}, which is not listed, for those of the own"
            yield passed() if is_known else failed(text, leaf.path)


def _check_issuers(trusted: Collection[str]) -> Predicate:
    listed = frozenset(item.lower() for item in trusted)

    def predicate(resource: Resource) -> Iterator[Outcome]:
        yield from _check_aliases(resource, listed)
        for path, address in dict.fromkeys(_addresses(resource)):
            text = _problem(address, listed)
            yield failed(f"{path} {text}", path) if text else passed()

    return predicate


def issuer_guardrail(trusted: Collection[str]) -> Guardrail:
    """Returns the guardrail; `trusted` are the issuers that the settings list among accounts and tenants."""
    return identity_rule(
        118, Severity.CRITICAL, "Issuers of tokens and assertions are known or listed",
        "an issuer decides who gets which identity; a stranger's issues tokens for everybody",
        "Use an issuer of your own, or list its host (or host and path) with its owner under identity.trusted in "
        "enforcement.yaml, such as login.example.ae/realms/platform",
        predicate=_check_issuers(trusted), types=("aws:", "azure-native:", "kubernetes:"),
    )  # fmt: skip
