"""Free ports for the listeners of a laboratory."""

import secrets
import socket

from falaj.sandbox.lab.certificates import ADDRESS

PORTS = (
    "etcd",
    "etcd-peer",
    "api",
    "manager",
    "scheduler",
    "kwok",
    "kueue",
    "kueue-webhook",
    "jobset",
    "jobset-webhook",
    "trainer",
    "trainer-webhook",
    "kuberay",
    "karpenter",
    "keda",
    "keda-metrics",
    "interceptor",
    "scaler",
    "service-names",
)


LOWEST_PORT, HIGHEST_PORT = 20_000, 32_000
"""The range is below Linux's ephemeral ports (from 32768): an outgoing connection could take a free port of that range
before its program listens.
"""


def free_ports() -> dict[str, int]:
    """Returns a free port for each listener; the ports are consecutive, so that two laboratories seldom collide."""
    while True:
        first = LOWEST_PORT + secrets.randbelow(HIGHEST_PORT - LOWEST_PORT)
        ports = {name: first + number for number, name in enumerate(PORTS)}
        if all(map(_is_free, ports.values())):
            return ports


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind((ADDRESS, port))
        except OSError:
            return False
    return True
