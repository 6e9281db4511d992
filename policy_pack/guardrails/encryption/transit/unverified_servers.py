"""Proxies that encrypt without checking to whom, and exporters that do not encrypt on their way out of the cluster.

Ingress controllers check the certificate of a server only if they are told with which authority: kubernetes/
ingress-nginx 003d71d90afb docs/user-guide/nginx-configuration/annotations.md (`proxy-ssl-verify` is off unless it is
set), haproxytech/kubernetes-ingress fc120676 pkg/annotations/service/ssl.go and ca.go, and jcmoraisjr/haproxy-ingress
465a51ce docs/content/en/docs/configuration/keys.md (`secure-verify-ca-secret`). Istio checks it by itself (istio/api
b8f8791d9 networking/v1alpha3/destination_rule.proto, `ca_certificates` and `subject_alt_names`). All read 2026-11-29.

`insecure` is the switch of OpenTelemetry's clients for plain text (open-telemetry/opentelemetry-collector 934999fb
config/configtls/README.md, read 2026-11-29), and of others that have an address beside it.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ...engine.lazy_regex import lazy_regex
from ...engine.reading import Plain
from ...engine.verdicts import Outcome, failed
from ...readers.hosts import is_of_cluster, is_private
from ...readers.texts import Leaf

_ON = frozenset({"true", "yes", "on", "1"})

_LONGEST = 300
"""Characters of an address or of a path that is read: the time of a match stays short."""


@dataclass(frozen=True)
class _Controller:
    """Annotations by which a controller encrypts to servers, and by which it checks their certificates."""

    encrypting: Mapping[str, re.Pattern[str]]
    """Annotation -> the values that make the controller use TLS."""
    checking: str
    """Annotation by which it checks certificates."""
    values: re.Pattern[str]
    """The values of `checking` that do so."""


_SET = lazy_regex(r".+", re.DOTALL)
_TRUE = lazy_regex(r"true|yes|on|1", re.IGNORECASE)
_NGINX, _HAPROXY = "nginx.ingress.kubernetes.io/", "haproxy-ingress.github.io/"
_PASSTHROUGH = f"{_NGINX}ssl-passthrough"
"""Annotation by which ingress-nginx passes TLS on, and opens none of its own (the same page, "SSL Passthrough")."""
_CONTROLLERS = (
    _Controller({f"{_NGINX}backend-protocol": lazy_regex(r"HTTPS|GRPCS", re.IGNORECASE)}, f"{_NGINX}proxy-ssl-verify",
                _TRUE),
    _Controller({"haproxy.org/server-ssl": _TRUE}, "haproxy.org/server-ca", _SET),
    *(_Controller({f"{prefix}secure-backends": _TRUE, f"{prefix}backend-protocol": lazy_regex(r".*ssl", re.IGNORECASE)},
                  f"{prefix}secure-verify-ca-secret", _SET)
      for prefix in (_HAPROXY, "ingress.kubernetes.io/")),
)  # fmt: skip
_ENCRYPTING = {key: (item, values) for item in _CONTROLLERS for key, values in item.encrypting.items()}
_ENDPOINT = lazy_regex(r"OTEL_EXPORTER_[A-Z_]+_ENDPOINT")
_INSECURE_VARIABLE = lazy_regex(r"(?P<of>OTEL_EXPORTER_OTLP(?:_[A-Z]+)?)_INSECURE")
_PLAIN_ENDPOINT = lazy_regex(r"http://(?P<host>[\w.-]*\w)(?::\d{1,5})?(?:/.*)?", re.IGNORECASE)
_EXPORTER = lazy_regex(r"(?:^|\.)exporters\.[^.]+(?:\.[\w-]+)?$")
"""Where the settings of an exporter stand in the configuration of a collector."""
_PART_OF_TLS = lazy_regex(r"(?:.*\.)?(?:tls|tls_?config|tls_?settings?|ssl|grpc|http)", re.IGNORECASE)
"""Path of settings of TLS, whose address stands above them."""
_ADDRESSES = frozenset({"endpoint", "address", "addr", "url", "host", "server", "target", "hostport"})
_HOST = lazy_regex(r"(?:(?!https)[a-z]+:/{2,3})?(?P<host>(?=[a-z0-9][\w-]*+\.)[\w.-]*[a-z0-9])(?::\d{1,5})?(?:/\S*)?",
                   re.IGNORECASE)  # fmt: skip


def check_servers(leaves: Sequence[Leaf]) -> Iterator[Outcome]:
    """Yields a failure for each server whose certificate is not checked, and each that is called in plain text."""
    settings: dict[str, dict[str, Plain]] = defaultdict(dict)
    for leaf in leaves:
        if leaf.path.endswith(f".{leaf.key}"):
            settings[leaf.path.removesuffix(f".{leaf.key}")][leaf.key] = leaf.value
    variables = {leaf.key: str(leaf.value) for leaf in leaves if leaf.key.startswith("OTEL_")}
    for leaf in leaves:
        above = leaf.path.removesuffix(f".{leaf.key}")
        is_exporter = _ENDPOINT.fullmatch(leaf.key) is not None or (
            "exporters." in above and _EXPORTER.search(above[-_LONGEST:]) is not None
        )
        if is_exporter and (found := _PLAIN_ENDPOINT.fullmatch(_text(leaf.value))):
            yield from _check_host(leaf, found["host"])
        if leaf.key in _ENCRYPTING:
            yield from _check_backend(leaf, settings[above])
        elif leaf.key.lower() == "insecure" and str(leaf.value).lower() in _ON:
            yield from _check_exporter(leaf, [settings[path] for path in _paths_above(above) if path in settings])
        elif (found := _INSECURE_VARIABLE.fullmatch(leaf.key)) and str(leaf.value).lower() in _ON:
            names = (f"{found['of']}_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT")
            address = next((variables[name] for name in names if name in variables), "")
            yield from _check_exporter(leaf, [{"endpoint": address}])


def _paths_above(path: str) -> tuple[str, ...]:
    """Returns where the address of a setting stands: beside it, or above the settings of TLS that it is in."""
    return (path, path.rpartition(".")[0]) if _PART_OF_TLS.fullmatch(path) else (path,)


def _check_backend(leaf: Leaf, annotations: Mapping[str, Plain]) -> Iterator[Outcome]:
    controller, values = _ENCRYPTING[leaf.key]
    if leaf.key.startswith(_NGINX) and _TRUE.fullmatch(str(annotations.get(_PASSTHROUGH)).strip()):
        return
    if values.fullmatch(str(leaf.value).strip()) is None:
        return
    check = annotations.get(controller.checking)
    if check is None or controller.values.fullmatch(str(check).strip()) is None:
        text = f"{leaf.path} {leaf.value}: without {controller.checking} the certificate of any server is accepted"
        yield failed(text, leaf.path)


def _check_exporter(leaf: Leaf, settings: list[dict[str, Plain]]) -> Iterator[Outcome]:
    for part in settings:
        for key, value in part.items():
            found = _HOST.fullmatch(_text(value)) if key.lower() in _ADDRESSES else None
            if found is not None:
                yield from _check_host(leaf, found["host"])


def _text(value: Plain) -> str:
    return value.strip() if isinstance(value, str) and len(value) <= _LONGEST else ""


def _check_host(leaf: Leaf, host: str) -> Iterator[Outcome]:
    if not (is_private(host.lower()) or is_of_cluster(host.lower())):
        yield failed(f"{leaf.path} sends to {host}, outside of the cluster, in plain text", leaf.path)
