"""Encryption from the gateway to served pods: names, certificates, and the TLS proxy of a pod. Pure.

The proxy is ghostunnel: it accepts TLS and forwards to the server's port, for every runtime alike, and reads a renewed
certificate without a restart. Sources: ghostunnel/ghostunnel v1.11.1, main.go and docs/deployment/docker.md;
istio/istio 1.31.0-rc.0, pilot/pkg/xds/sds.go (a gateway may read the `ca.crt` of secrets of its namespace) and
pilot/pkg/networking/core/cluster_tls.go; cert-manager.io, Certificate; all read 2026-11-27.
"""

from collections.abc import Mapping, Sequence
from typing import Any

AUTHORITY_NAMESPACE = "cert-manager"
"""Namespace in which a ClusterIssuer of cert-manager finds its secrets."""

ISSUER = "falaj-serving"
"""Name of the ClusterIssuer, of the certificate of its authority, and of the secret with its key."""

SECRET = "falaj-serving-tls"  # noqa: S105  the name of a secret
"""Name of the certificate and of its secret, in each namespace that has one."""

TLS_PORT = 8443
"""Port on which pods accept TLS, and KEDA's interceptor too."""

SERVICE_TLS_PORT = 443
"""Port of a Service that leads to it."""

PROXY_IMAGE = "docker.io/ghostunnel/ghostunnel:v1.11.1-distroless"
"""The TLS proxy, for amd64 and arm64. Its digest could not be read."""

PROXY_CPU, PROXY_MEMORY_GIB = 0.05, 0.125
"""vCPU and memory that the proxy requests, beside its server."""

MOUNT = "/tls"
"""Folder of the certificate in the proxy's container."""

DAY_HOURS = 24
LEAF_DAYS, LEAF_RENEWED_DAYS = 90, 30
"""Lifetime of the pods' certificates, and how long before its end they are renewed."""
LONG_DAYS, LONG_RENEWED_DAYS = 1095, 548
"""The same of KEDA's interceptor, which reads its certificate only when it starts (http-add-on 0.15.0,
interceptor/tls_config.go), and of the authority: a pod may run for a year and a half."""


def tenant_names(namespace: str) -> list[str]:
    """Returns the names of the certificate of a namespace: that which the gateway expects, and those by which KEDA's
    interceptor calls Services, `<service>.<namespace>`."""
    return [server_name(namespace), f"*.{namespace}"]


def server_name(namespace: str) -> str:
    """Returns the name that the gateway expects of all services of a namespace."""
    return f"serving.{namespace}.svc"


def certificate(names: Sequence[str], days: int, renewed_days: int) -> dict[str, Any]:
    """Returns the `spec` of a certificate for servers. Each renewal has a new key."""
    return {
        "secretName": SECRET,
        "dnsNames": [*names],
        "usages": ["digital signature", "server auth"],
        "privateKey": {"algorithm": "ECDSA", "size": 256, "rotationPolicy": "Always"},
        "duration": f"{days * DAY_HOURS}h",
        "renewBefore": f"{renewed_days * DAY_HOURS}h",
        "issuerRef": {"group": "cert-manager.io", "kind": "ClusterIssuer", "name": ISSUER},
    }


def tls_origination(host: str, ports: Mapping[int, Mapping[str, Any]], name: str) -> dict[str, Any]:
    """Returns the `spec` of a DestinationRule: proxies of its namespace call these ports of the Services by TLS, and
    accept only a certificate of the authority for this name. `ports`: port -> its other settings."""
    tls = {"mode": "SIMPLE", "credentialName": SECRET, "sni": name, "subjectAltNames": [name]}
    return {
        "host": host,
        "exportTo": ["."],
        "trafficPolicy": {
            "portLevelSettings": [{"port": {"number": port}, "tls": tls, **more} for port, more in ports.items()]
        },
    }


def proxy_args(server_port: int) -> list[str]:
    """Returns the arguments of the proxy. Callers need no certificate: the network policy says who may call."""
    return [
        "server",
        f"--listen=0.0.0.0:{TLS_PORT}",
        f"--target=127.0.0.1:{server_port}",
        f"--cert={MOUNT}/tls.crt",
        f"--key={MOUNT}/tls.key",
        "--disable-authentication",
        # The kubelet replaces the files of a renewed secret.
        "--timed-reload=300s",
        # The proxy is stopped after its server, which has completed the requests by then.
        "--shutdown-timeout=5s",
        "--quiet=conns",
    ]
