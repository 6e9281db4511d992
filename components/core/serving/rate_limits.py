"""Rate limit of clients at a gateway of Istio, as configuration of its Envoy proxies. Pure.

Istio has no API for it (istio.io, Enabling Rate Limits using Envoy, read 2026-11-27), so the filter is Envoy's. Fields
and defaults: envoy.extensions.filters.http.local_ratelimit.v3 of go-control-plane v1.37.0; Istio 1.31.0 has v1.37.1. A
descriptor entry without a value has a token bucket for each value of the request.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from falaj.components.core.serving.authentication import HTTPS_PORT, GatewayTenantSpec
from falaj.components.core.validation.enums import AuthenticationMethod

DEFAULT_REQUESTS_PER_MINUTE = 600
"""Ten requests a second: more than a person or a batch client with one connection sends to a model."""

CLIENTS = 10_000
"""Clients that a proxy counts at the same time; the least recently seen one starts anew. Envoy's default is 20."""

_WINDOW = "60s"
_TYPE = "type.googleapis.com/envoy.extensions.filters.http.local_ratelimit.v3.LocalRateLimit"
_FILTER = "envoy.filters.http.local_ratelimit"
_CONNECTION_MANAGER, _ROUTER = "envoy.filters.network.http_connection_manager", "envoy.filters.http.router"
_TOKENS = "envoy.filters.http.jwt_authn"
_CLAIMS = "payload"
"""Key of the dynamic metadata in which Istio leaves the claims of a valid token (istio/istio 1.31.0-rc.0,
pilot/pkg/xds/filters)."""


def rate_limit_patches(requests_per_minute: int, tenants: Mapping[str, GatewayTenantSpec]) -> list[dict[str, Any]]:
    """Returns `configPatches` of an EnvoyFilter. The limit comes after authentication: it knows the token's subject,
    and requests that are refused do not count."""
    listener = {"filterChain": {"filter": {"name": _CONNECTION_MANAGER, "subFilter": {"name": _ROUTER}}}}
    value = {"name": _FILTER, "typed_config": _filter_config(requests_per_minute, tenants)}
    return [
        {
            "applyTo": "HTTP_FILTER",
            "match": {"context": "GATEWAY", "listener": listener},
            "patch": {"operation": "INSERT_BEFORE", "value": value},
        }
    ]


def _filter_config(requests_per_minute: int, tenants: Mapping[str, GatewayTenantSpec]) -> dict[str, Any]:
    bucket = {"max_tokens": requests_per_minute, "tokens_per_fill": requests_per_minute, "fill_interval": _WINDOW}
    hosts = [
        host
        for tenant in tenants.values()
        if tenant.authentication.method is AuthenticationMethod.NONE
        for host in tenant.hosts
    ]
    clients = [_by_subject(), *_by_address(hosts)]
    everyone = {"default_value": {"numerator": 100, "denominator": "HUNDRED"}}
    return {
        "@type": _TYPE,
        "stat_prefix": "client_rate_limit",
        # Requests that match no descriptor share this bucket.
        "token_bucket": bucket,
        "always_consume_default_token_bucket": False,
        # By default Envoy limits no request.
        "filter_enabled": everyone,
        "filter_enforced": everyone,
        "enable_x_ratelimit_headers": "DRAFT_VERSION_03",
        "max_dynamic_descriptors": CLIENTS,
        "rate_limits": [{"actions": actions} for actions, _ in clients],
        "descriptors": [{"entries": entries, "token_bucket": bucket} for _, entries in clients],
    }


_Client = tuple[list[dict[str, Any]], list[dict[str, str]]]
"""Actions that describe the client of a request, and the entries of the descriptor that they match."""


def _by_subject() -> _Client:
    """Describes clients by issuer and subject of their token. Requests without a token do not match."""
    claims = {"issuer": "iss", "subject": "sub"}
    actions = [
        {
            "metadata": {
                "descriptor_key": key,
                "metadata_key": {"key": _TOKENS, "path": [{"key": _CLAIMS}, {"key": claim}]},
                "source": "DYNAMIC",
            }
        }
        for key, claim in claims.items()
    ]
    return actions, [{"key": key} for key in claims]


def _by_address(hosts: Sequence[str]) -> Iterator[_Client]:
    """Describes clients of hosts without authentication by their address."""
    for host in hosts:
        match = {"name": ":authority", "string_match": {"safe_regex": {"regex": _authority(host)}}}
        named = {"header_value_match": {"descriptor_key": "host", "descriptor_value": host, "headers": [match]}}
        entries = [{"key": "host", "value": host}, {"key": "remote_address"}]
        yield [named, {"remote_address": {}}], entries


def _authority(host: str) -> str:
    """Returns the regular expression of a host's names, with and without the port. Envoy matches all of the header."""
    name = re.escape(host.removeprefix("*."))
    return f"(?i){'[^:]+[.]' if host.startswith('*.') else ''}{name}(:{HTTPS_PORT})?"
