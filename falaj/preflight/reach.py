"""Whether this machine resolves the name of an API server and connects to it."""

import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from falaj.preflight.rows import PreflightRow, Verdict

SECONDS = 5.0
RUNNER = "run the pipeline in a network that reaches the site"


def _resolve(host: str) -> list[str]:
    return sorted({str(entry[4][0]) for entry in socket.getaddrinfo(host, 443, type=socket.SOCK_STREAM)})


def _connect(host: str, port: int) -> None:
    socket.create_connection((host, port), timeout=SECONDS).close()


@dataclass(frozen=True)
class Network:
    """How names are resolved and servers connected to."""

    resolve: Callable[[str], list[str]] = _resolve
    connect: Callable[[str, int], None] = _connect


NETWORK = Network()
"""The network of this machine."""


def reach_rows(site: str, address: str, network: Network) -> Iterator[PreflightRow]:
    """Yields a row about the name of an API server, and if it is resolved, one about the connection."""
    parts = urlsplit(address if "//" in address else f"https://{address}")
    host, port = parts.hostname or address, parts.port or 443
    try:
        addresses = ", ".join(network.resolve(host))
    except OSError as error:
        yield PreflightRow(
            site=site,
            subject="DNS of the API server",
            found=f"{host}: {error}",
            needed="an address",
            verdict=Verdict.REFUSED,
            fix=f"{RUNNER} and resolves its private DNS zone",
        )
        return
    yield PreflightRow(site=site, subject="DNS of the API server", found=f"{host}: {addresses}", needed="an address")
    try:
        network.connect(host, port)
    except OSError as error:
        yield PreflightRow(
            site=site,
            subject="reach of the API server",
            found=str(error) or type(error).__name__,
            needed=f"a connection to port {port}",
            verdict=Verdict.REFUSED,
            fix=f"{RUNNER}, or allow this machine's address",
            setting=f"sites.{site}.public_access_cidrs",
        )
        return
    yield PreflightRow(site=site, subject="reach of the API server", found="connected", needed=f"port {port}")
