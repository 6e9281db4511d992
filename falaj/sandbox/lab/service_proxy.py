"""Names of services that a program of the laboratory asks for: it runs beside the cluster, where nobody knows them.

It is told to go through a proxy (`HTTPS_PROXY`), which is this: it takes whom it knows to where that listens.
"""

import contextlib
import socket
import socketserver
import threading
from collections.abc import Mapping
from io import BufferedIOBase

from falaj.sandbox.lab.certificates import ADDRESS


class ServiceProxy(socketserver.ThreadingTCPServer):
    """A proxy that knows `name:port` -> a port of this machine, and takes nobody anywhere else."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, port: int, targets: Mapping[str, int]) -> None:
        super().__init__((ADDRESS, port), _Connection)
        self.targets = targets


class _Connection(socketserver.StreamRequestHandler):
    server: ServiceProxy  # pyright: ignore[reportIncompatibleVariableOverride]

    def handle(self) -> None:
        """`CONNECT name:port HTTP/1.1`, headers, an empty line; then whatever the two say."""
        method, _, rest = self.rfile.readline().decode("latin-1").partition(" ")
        while self.rfile.readline().strip():
            pass
        port = self.server.targets.get(rest.partition(" ")[0]) if method == "CONNECT" else None
        if port is None:
            self.wfile.write(b"HTTP/1.1 502 Bad Gateway\r\n\r\n")
            return
        with socket.create_connection((ADDRESS, port)) as upstream:
            self.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
            reverse = threading.Thread(target=_copy_stream, args=(upstream.makefile("rb"), self.connection))
            reverse.start()
            _copy_stream(self.rfile, upstream)
            reverse.join()


def _copy_stream(source: BufferedIOBase, to: socket.socket) -> None:
    """Until one side ends, and then the other is told."""
    with contextlib.suppress(OSError):
        while chunk := source.read1(65536):
            to.sendall(chunk)
    with contextlib.suppress(OSError):
        to.shutdown(socket.SHUT_WR)


def serve(port: int, targets: Mapping[str, int]) -> ServiceProxy:
    """The proxy, running; it ends with this process."""
    proxy = ServiceProxy(port, targets)
    threading.Thread(target=proxy.serve_forever, daemon=True).start()
    return proxy
