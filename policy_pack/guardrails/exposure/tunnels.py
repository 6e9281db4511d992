"""Tunnels from the internet into a cluster: programs whose outbound connection publishes a service."""

from collections.abc import Iterator

from ..engine.families import exposure_rule
from ..engine.rows import Guardrail, Severity
from ..engine.verdicts import Outcome, failed, passed
from ..readers.kubernetes_objects import KUBERNETES_TYPES, Pod, each_pod

_TUNNELS = frozenset({"cloudflared", "ngrok", "frpc", "chisel", "inlets", "inlets-pro", "zrok", "localtunnel", "bore"})
"""Names of images whose program publishes a service (the documentation of each project, 2026-11-27)."""


def _check_images(pod: Pod) -> Iterator[Outcome]:
    for container in pod.containers:
        name = str(container.get("image")).partition("@")[0].rpartition("/")[2].partition(":")[0].lower()
        path = container.path_to("image")
        if name in _TUNNELS:
            yield failed(f"{path} {name} opens a tunnel from the internet into the cluster", path)
        else:
            yield passed()


TUNNEL_EXPOSURE: tuple[Guardrail, ...] = (
    exposure_rule(333, Severity.CRITICAL, "No pod opens a tunnel from the internet",
                  "an outbound connection publishes a service past every firewall and load balancer",
                  "Remove the container, and publish the service by a gateway or an internal load balancer",
                  predicate=each_pod(_check_images), types=KUBERNETES_TYPES),
)  # fmt: skip
