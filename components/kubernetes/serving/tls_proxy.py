"""The TLS proxy of a served pod: a sidecar that accepts the gateway's connections for the server beside it."""

from typing import Any

from falaj.components.core.charts.images import mirrored_input
from falaj.components.core.serving.backend_tls import (
    MOUNT,
    PROXY_CPU,
    PROXY_IMAGE,
    PROXY_MEMORY_GIB,
    SECRET,
    TLS_PORT,
    proxy_args,
)
from falaj.components.core.validation.args import Input
from falaj.components.kubernetes.cluster.pod_security import restricted_container
from falaj.components.kubernetes.serving.inference_network import TLS


def tls_proxy(server_port: int, mirror: Input[str] | None) -> dict[str, Any]:
    """Returns the container. Kubernetes starts a restarted init container before the server, and stops it after the
    server has ended (kubernetes.io, Sidecar Containers, stable since 1.33): requests in progress are completed."""
    memory = f"{round(PROXY_MEMORY_GIB * 1024)}Mi"
    return {
        "name": "tls",
        "image": mirrored_input(PROXY_IMAGE, mirror),
        "args": proxy_args(server_port),
        "restart_policy": "Always",
        "ports": [{"name": TLS, "container_port": TLS_PORT}],
        # Without it the gateway could call before the certificate is read.
        "readiness_probe": {"tcp_socket": {"port": TLS}, "period_seconds": 5, "timeout_seconds": 3},
        "resources": {
            "requests": {"cpu": f"{round(PROXY_CPU * 1000)}m", "memory": memory},
            "limits": {"cpu": "1", "memory": memory},
        },
        "security_context": restricted_container(),
        "volume_mounts": [{"name": "tls", "mount_path": MOUNT, "read_only": True}],
    }


def tls_volume() -> dict[str, Any]:
    """Returns the volume with the certificate of the namespace."""
    return {"name": "tls", "secret": {"secret_name": SECRET, "default_mode": 0o440}}
