"""Ways around the encryption of a mesh: ports that skip the proxy, and proxies that accept the certificate of anybody.

Annotations by istio/api b8f8791d annotation/annotations.gen.go (traffic.sidecar.istio.io) and linkerd/linkerd2 b24cd405
pkg/k8s/labels.go (config.linkerd.io); fields by traefik/traefik fd5a576d pkg/provider/kubernetes/crd/traefikio/
v1alpha1/serverstransport.go; read 2026-11-29.
"""

from collections.abc import Iterator

from ...engine.kubernetes_lists import expand_list
from ...engine.lazy_regex import lazy_regex
from ...engine.reading import UNKNOWN, Resource, leaves
from ...engine.verdicts import Outcome, failed, undetermined
from ...readers.kubernetes_objects import ObjectPart, equals_bool

_ISTIO = "traffic.sidecar.istio.io/"
_SKIPPED_PORTS = (
    f"{_ISTIO}excludeOutboundPorts", f"{_ISTIO}excludeInboundPorts",
    "config.linkerd.io/skip-outbound-ports", "config.linkerd.io/skip-inbound-ports",
)  # fmt: skip
_SKIPPED_ADDRESSES = (f"{_ISTIO}excludeOutboundIPRanges",)
_NARROWED = (f"{_ISTIO}includeOutboundIPRanges", f"{_ISTIO}includeInboundPorts")
"""Annotations that list what goes through the proxy, `*` by default."""
_TLS_PORTS = frozenset({"22", "443", "6443", "8443", "9443", "10250"})
"""Ports of protocols that encrypt themselves: SSH, HTTPS, the API server, webhooks and the kubelet."""
_PROXY_PORTS = lazy_regex(r"15\d{3}")
"""Ports of the proxy itself: probes and metrics."""
PROXY_GROUPS = ("traefik.io", "traefik.containo.us", "gateway.envoyproxy.io", "projectcontour.io", "cilium.io")


def check_annotations(annotations: ObjectPart) -> Iterator[Outcome]:
    """Checks that a pod's traffic goes through the proxy, apart from protocols that encrypt themselves."""
    for name in (*_SKIPPED_PORTS, *_SKIPPED_ADDRESSES, *_NARROWED):
        value, path = annotations.get(name), annotations.path_to(name)
        if value is UNKNOWN:
            yield undetermined(f"{path} is not known before deployment", path)
        elif isinstance(value, str | int | float) and _skips_proxy(name, str(value)):
            yield failed(f"{path} {value}: this traffic goes around the mesh, in plain text", path)


def _skips_proxy(name: str, value: str) -> bool:
    items = [item.strip().removesuffix(".0") for item in value.split(",") if item.strip()]
    if name in _NARROWED:
        return items != ["*"]
    if name in _SKIPPED_ADDRESSES:
        return bool(items)
    return any(item not in _TLS_PORTS and not _PROXY_PORTS.fullmatch(item) for item in items)


def check_proxies(resource: Resource) -> Iterator[Outcome]:
    """Checks that the proxies of a gateway verify the certificates of the services behind it."""
    for item in expand_list(resource):
        if item.type.startswith(tuple(f"kubernetes:{group}/" for group in PROXY_GROUPS)):
            for path, key, value in leaves(item.props.get("spec"), "spec"):
                if key == "insecureSkipVerify" and equals_bool(value, True):
                    yield failed(f"{path} accepts the certificate of any server", path)
