"""Endpoints and proxies that settings of programs name: variables, texts, values of charts, and providers.

The AWS SDKs send every call to the address in `AWS_ENDPOINT_URL`, or those of one service to the address in a variable
with its name, such as `AWS_ENDPOINT_URL_S3` (botocore 1.44.8, configprovider.py, read 2026-11-27). Destinations that
types of AWS, Azure and Kubernetes declare have rules of their own.
"""

import ipaddress
import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from urllib.parse import urlsplit

from ..engine.families import residency_rule
from ..engine.lazy_regex import lazy_regex
from ..engine.plan import Plan
from ..engine.reading import Plain, Resource
from ..engine.rows import Guardrail, Predicate, Severity
from ..engine.verdicts import Outcome, failed, passed, undetermined
from ..readers.addresses import CLOUD_RESOLVERS, addresses
from ..readers.hosts import is_anybodys, is_known_in_the_country, is_listed, is_of_cluster, is_planned, may_be_planned
from ..readers.leaf_cache import cached_by_leaf_and_type
from ..readers.location_names import CACHE_UAE
from ..readers.locations import foreign_host
from ..readers.texts import Leaf, read_texts
from ..readers.upload_commands import PLUGIN_PLACE, SHARED_FORGES
from .azure_names import SCOPE
from .plain_names import is_page

_PROVIDERS = ("pulumi:providers:aws", "pulumi:providers:azure-native", "pulumi:providers:kubernetes")
_ENDINGS = (
    "endpoint", "endpointurl", "endpointuri", "s3url", "bucketurl", "baseurl", "apibase", "httpproxy", "httpsproxy",
    "allproxy", "proxyurl", "remotewriteurl", "trackinguri", "sentrydsn",
)  # fmt: skip
"""Endings of keys, without separators, whose address receives what the program sends."""
_CONNECTIONS = ("server", "servers", "broker", "brokers", "uri", "dsn", "connectionstring", "dbaddr", "dbaddress")
"""Endings of keys whose address a program connects to, such as KAFKA_BROKERS. Of those of providers other rules
evaluate what they lead to."""
_ADDRESSED = _ENDINGS + _CONNECTIONS
_VARIABLE = lazy_regex(r"[A-Z][A-Z0-9_]*(?:HOST|HOSTS|HOSTNAME)")
"""A variable with a host to connect to, such as PGHOST. In manifests `hosts` are those that are served."""
_SITES = frozenset({"ddsite", "ddurl", "ddddurl", "newrelichost", "langfusehost"})
"""Variables with which agents of Datadog, New Relic and Langfuse name the site that receives what they see (their
documentation of environment variables, 2026-11)."""
_PLACES = lazy_regex(
    r"logConfiguration\.options\.host$"
    r"|\breceivers\[\d{1,4}\]\.(?:[\w\[\]]{1,60}\.){0,3}(?:\w{0,20}url|smarthost|host|address)$"
    r"|\btracing\.(?:\w{1,40}\.){0,2}(?:address|collector)$"
    r"|\bopenTelemetry\.host$"
    r"|\bextensionProviders\[\d{1,4}\]\.\w{1,40}\.service$"
    r"|\bclusters\[\d{1,4}\]\.cluster\.server$",
    re.IGNORECASE,
)
"""Places of hosts: to which FireLens sends the logs of a task, Alertmanager its alerts, and a mesh its traces, and
servers of clusters in a kubeconfig, to which Istio and Kueue lead (istio/api b8f8791d mesh/v1alpha1/config.proto and
kubernetes-sigs/kueue ff69552e apis/kueue/v1beta2/multikueue_types.go, read 2026-11-29; istio/api b8f8791 mesh/v1alpha1/
proxy.proto, prometheus-operator/prometheus-operator 6adcebc alertmanager_config_types.go, envoyproxy/gateway d32f282
api/v1alpha1 and fluent/fluent-bit-docs f92ae08 pipeline/outputs, read 2026-11-30)."""
_PLACE_ENDINGS = ("url", "host", "address", "collector", "service", "server")
"""Endings of the keys of these places, which are compared first: that takes a tenth of the time."""
_NETWORK_CONNECTOR = lazy_regex(r"<networkConnector\b[^>]{0,500}", re.IGNORECASE)
"""A connection of ActiveMQ to another broker."""
_AWS_ENDPOINT = lazy_regex(r"awsendpointurl[a-z0-9]*")
_OTHER = lazy_regex(r"auth|token|userinfo|login|jwks|introspection|issuer|redirect|^hfendpoint$|^noproxy$")
"""Keys of addresses at which users sign in, and from which models are downloaded."""
_REMOTE_WRITE = lazy_regex(r"remote_?write(?:\[\d+\])?\.url$", re.IGNORECASE)
_ASSIGNED = lazy_regex(
    r"(?<![a-z])(?:endpoint(?:[_-]?ur[li])?|s3[_-]?url|base[_-]?url|https?_proxy|proxy[_-]url)[\"']?"
    r"[ \t]{0,4}[=: \t][ \t]{0,4}[\"']?([a-z][a-z0-9+.-]{1,15}://[^\s\"'<>;]{1,253}"
    r"|[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,8}(?![\w.-]{0,99}[(\[]))",
    re.IGNORECASE,
)
"""An address that a script, a command or a connection string assigns to an endpoint or a proxy; not what a program
calls or reads there, such as `os.environ.get(`."""
_DECLARED_KEY = lazy_regex(r"[a-z][A-Za-z0-9]*")
_DECLARED = lazy_regex(
    r"aws:|azure-native:|kubernetes:(?:core|apps|batch|autoscaling|policy|extensions|(?:[a-z]+\.)*k8s\.io)/"
)
"""Types whose properties the SDKs declare. Those of custom resources and of charts are settings of programs."""
_SERVICE = lazy_regex(
    r"[a-z0-9-]+\.amazonaws\.com|[a-z0-9-]+\.vault\.azure\.net|management\.azure\.com"
    rf"|.+\.(?:{'|'.join(CACHE_UAE)})\.cache\.amazonaws\.com"
)
"""Host of a service of AWS without a region, such as iam.amazonaws.com: the client states the region; of a Key Vault,
from which secrets are read; of Azure's management; or of ElastiCache in the UAE."""
_PUBLISHER = lazy_regex(
    r"(?:(?:azure|me-central-1\.ec2)\.)?archive\.ubuntu\.com|security\.ubuntu\.com|(?:deb|security)\.debian\.org"
    r"|acme-v02\.api\.letsencrypt\.org"
)
"""Hosts of distributions from which only packages are read, those of Ubuntu with its mirrors in Azure and in the
region; and of Let's Encrypt, which gets the names and keys of certificates that it publishes anyway (RFC 9162)."""
_ADDRESS = lazy_regex(r"[a-z][a-z0-9+.-]{1,15}://\S{1,500}", re.IGNORECASE)
"""An address with a scheme: a setting of a program that is one as a whole says where to connect, whatever its key."""
_SCOPE = lazy_regex(SCOPE)
_READ_ONLY = lazy_regex(r"repo|chart|schema|principal|audience|subject|predicatetype")
"""Keys of sources of code and charts, which have rules of their own, and of names in the form of an address (a type of
an attestation is a URI that only names it: in-toto/attestation, spec/v1/predicate.md, read 2026-11-29)."""
_REMOTE_KEYS = lazy_regex(r"remote_?jwks\.(?:http_?)?uri$", re.IGNORECASE)
"""Path of the address of an issuer's keys, which FJ-IDN-118 evaluates."""
_CLAIM = lazy_regex(r"\bopenAuthenticationPolicies\.policies\.[^.]{1,200}\.claims\[\d+\]\.value$")
"""Path of what a token must say: an issuer and an audience are names, to which nothing is sent (MicrosoftDocs/
azure-docs 8523e128 articles/logic-apps/logic-apps-securing-a-logic-app.md: the value of `iss` begins with
https://sts.windows.net/ or https://login.microsoftonline.com/, read 2026-12-01). FJ-IDN-211 evaluates tenants."""
_VERSION = lazy_regex(r"\d+(?:\.\d+){0,2}")
"""A version, such as 2.0.1: it has less numbers than an address."""
_PLACEHOLDER = lazy_regex(r"\$\{[^{}]{0,200}\}|\$\([^()]{0,200}\)|\{\{[^{}]{0,200}\}\}|\$[A-Z_]{1,99}")
_PLACEHOLDER_HOST = "place-holder"


def _is_place(leaf: Leaf, token: str) -> bool:
    """Returns whether a leaf names a host by its place. FJ-RES-301 evaluates the servers of a provider."""
    is_candidate = leaf.path.lower().endswith(_PLACE_ENDINGS) and token not in _PROVIDERS
    return is_candidate and _PLACES.search(leaf.path) is not None


def _is_endpoint(leaf: Leaf, token: str) -> bool:
    """Returns whether a leaf names an address to which a program sends data."""
    if token in _PROVIDERS:
        return leaf.path.startswith("endpoints") or _names_endpoint(leaf.key, _ENDINGS)
    is_named = _names_endpoint(leaf.key, _ADDRESSED) or _VARIABLE.fullmatch(leaf.key) is not None
    is_written = leaf.key == "url" and _REMOTE_WRITE.search(leaf.path) is not None
    if is_page(leaf, token) or _REMOTE_KEYS.search(leaf.path) or _is_program(leaf) or _CLAIM.search(leaf.path):
        return False
    return (is_named or is_written or _is_address(leaf)) and not is_declared(leaf, token)


def _is_address(leaf: Leaf) -> bool:
    """Returns whether a leaf is a whole address with a scheme, and not one that only code or a name is read from.
    Annotations of objects often refer to a page; rules on those that a controller reads evaluate them."""
    if "metadata.annotations" in leaf.path:
        return False
    key = leaf.key.lower()
    text = str(leaf.value)
    is_whole = _ADDRESS.fullmatch(text) is not None and _SCOPE.fullmatch(text) is None
    return is_whole and not _OTHER.search(key) and not _READ_ONLY.search(key)


def _is_program(leaf: Leaf) -> bool:
    """Returns whether a leaf is where a controller downloads a plug-in from a shared forge: FJ-ESC-111 asks whose it
    is."""
    return PLUGIN_PLACE.search(leaf.path) is not None and not SHARED_FORGES.isdisjoint(_hosts(leaf.value))


@cache
def _names_endpoint(key: str, endings: tuple[str, ...]) -> bool:
    """Returns whether the values of a key are addresses of endpoints or proxies, by its ending."""
    word = re.sub(r"[^a-z0-9]", "", key.lower())
    return (
        word in _SITES or word.endswith(endings) or _AWS_ENDPOINT.fullmatch(word) is not None
    ) and not _OTHER.search(word)


def is_declared(leaf: Leaf, token: str) -> bool:
    """Returns whether a type declares the key, so that it is no setting of a program."""
    own_key = leaf.path.rsplit(".", 1)[-1].split("[", 1)[0]
    is_typed = _DECLARED.match(token) is not None
    return is_typed and not leaf.is_in_text and leaf.key == own_key and _DECLARED_KEY.fullmatch(own_key) is not None


def _hosts(value: Plain) -> tuple[str, ...]:
    """Returns the hosts of an address; none for a text that is no address, such as the name of a setting."""
    text = _PLACEHOLDER.sub(_PLACEHOLDER_HOST, value) if isinstance(value, str) else ""
    found = addresses(text) if "." in text or "://" in text else ()
    return tuple(item.host for item in found if item.host and (item.scheme or not _VERSION.fullmatch(item.host)))


@lru_cache(maxsize=4)
def endpoints(resource: Resource) -> tuple[tuple[str, str], ...]:
    """Returns the hosts of endpoints, as (path, host); cached for the two rules that read them."""
    leaves = read_texts(resource).leaves
    return tuple((leaf.path, host) for leaf in leaves for host in _endpoints_of(leaf, resource.type))


@cached_by_leaf_and_type
def _endpoints_of(leaf: Leaf, token: str) -> tuple[str, ...]:
    """Returns the hosts of the endpoints that a leaf names."""
    if not isinstance(leaf.value, str):
        return ()
    is_whole = _is_place(leaf, token) or _is_endpoint(leaf, token)
    named = [leaf.value] if is_whole else [*_ASSIGNED.findall(leaf.value), *_NETWORK_CONNECTOR.findall(leaf.value)]
    return tuple(host for address in named for host in _hosts(address))


_VAULT = ".vault.azure.net"


def is_near(host: str, listed: tuple[str, ...]) -> bool:
    """Returns whether a host needs no entry of its own. A key vault does as soon as one is listed: then others are of
    unknown owner, who decides about the keys and secrets in them."""
    is_stranger = host.endswith(_VAULT) and any(item.endswith(_VAULT) for item in listed)
    return not is_stranger and _is_near(host)


def _is_near(host: str) -> bool:
    """Returns whether a host is the machine or the link itself, a resolver or service of the cloud, a publisher of
    packages or certificates, or a service of the cluster."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return is_of_cluster(host) or any(form.fullmatch(host) for form in (_SERVICE, _PUBLISHER))
    return address.is_unspecified or address.is_link_local or host in CLOUD_RESOLVERS


_REPOSITORY = lazy_regex(r"(?:https|ssh)://(?:git@)?(?P<place>[\w.-]{1,253}(?:/[\w.~-]{1,255}){1,20})/?", re.IGNORECASE)
"""Address of a repository: the host and the path."""


def _is_of_own_repository(value: Plain, repositories: tuple[str, ...]) -> bool:
    """Returns whether an address is that of a listed repository or organisation, or below it."""
    match = _REPOSITORY.fullmatch(value) if isinstance(value, str) else None
    place = match["place"].lower() if match else ""
    return ".." not in place.split("/") and any(f"{place}/".startswith(f"{item}/") for item in repositories)


def _check_endpoints(listed: tuple[str, ...], repositories: tuple[str, ...]) -> Predicate:
    def judge(resource: Resource) -> Iterator[Outcome]:
        own = (
            {leaf.path for leaf in read_texts(resource).leaves if _is_of_own_repository(leaf.value, repositories)}
            if repositories
            else set()
        )
        for path, host in endpoints(resource):
            doubt = (
                "which any customer of a region may have"
                if is_anybodys(host)
                else "whose location the plan does not show"
            )
            text = f"{path} refers to '{host}', {doubt}"
            if path in own or is_known_in_the_country(host) or is_listed(host, listed) or is_near(host, listed):
                yield passed()
            elif may_be_planned(host):
                yield undetermined(text, path)
            elif not foreign_host(host):
                yield failed(text, path)

    return judge


def _resolve_endpoint(resource: Resource, plan: Plan, outcome: Outcome) -> Outcome:
    """Resolves the host of an Azure resource whose name the plan has."""
    hosts = [host for path, host in endpoints(resource) if path == outcome.path and may_be_planned(host)]
    return passed() if all(is_planned(host, plan) for host in hosts) else outcome


def known_servers(clusters: Iterable[str]) -> tuple[str, ...]:
    """Returns the hosts of allowed clusters; contexts have none."""
    return tuple(filter(None, (urlsplit(item).hostname or "" for item in clusters)))


def endpoint_residency(known: Iterable[str], clusters: Iterable[str], repositories: tuple[str, ...] = ()) -> Guardrail:
    """Returns the guardrail. The entries of `known` that are hosts or domains, the servers of `clusters`, and
    `repositories` by host and path, are allowed."""
    listed = (*(item.lower() for item in known), *known_servers(clusters))
    return residency_rule(
        2,
        Severity.CRITICAL,
        "Endpoints and proxies in settings of programs and providers are in the country, or listed",
        "whoever runs the endpoint receives what the program sends there, whatever region it is told",
        "Use the endpoint of the service in the UAE, such as s3.me-central-1.amazonaws.com, or list the host with its "
        "location under residency.known in enforcement.yaml",
        predicate=_check_endpoints(listed, repositories),
        resolve=_resolve_endpoint,
        types=("aws:", "azure-native:", "kubernetes:", *_PROVIDERS),
    )
