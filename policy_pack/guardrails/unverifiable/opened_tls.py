"""Network policies of Cilium by which its proxy ends the TLS of a call and goes on in plain text.

A rule that has terminatingTLS and no originatingTLS has no TLS towards the server (cilium/cilium, "Inspecting TLS
Encrypted Connections with Cilium", and pkg/policy/api/l4.go, PortRule; read 2026-11-30).
"""

from collections.abc import Iterator

from ..engine.kubernetes_lists import expand_list, kind_of
from ..engine.reading import MISSING, Resource
from ..engine.verdicts import Outcome, failed
from ..readers.kubernetes_objects import ObjectPart

_POLICIES = ("CiliumNetworkPolicy", "CiliumClusterwideNetworkPolicy")


def check_opened_tls(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure for each port whose TLS ends in the proxy of the network."""
    for item in expand_list(resource):
        manifest = ObjectPart("", item.props)
        specs = (manifest.child("spec"), *manifest.children("specs")) if kind_of(item) in _POLICIES else ()
        for rule in (rule for spec in specs for name in ("ingress", "egress") for rule in spec.children(name)):
            for ports in rule.children("toPorts"):
                if ports.get("terminatingTLS") is not MISSING and ports.get("originatingTLS") is MISSING:
                    path = ports.path_to("terminatingTLS")
                    yield failed(f"{path}: the proxy opens TLS and sends on in plain text without originatingTLS", path)
