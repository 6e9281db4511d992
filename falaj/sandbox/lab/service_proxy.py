"""A proxy for service names: programs of the laboratory run outside the cluster, where service names do not resolve.

The programs use it as their `HTTPS_PROXY`. It forwards connections for known names to local ports.
"""

import contextlib
import socket
import socketserver
import threading
from collections.abc import Mapping
from io import BufferedIOBase

from falaj.sandbox.lab.certificates import ADDRESS


class ServiceProxy(socketserver.ThreadingTCPServer):
    """A CONNECT proxy for `name:port` -> local port. It rejects all other targets."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, port: int, targets: Mapping[str, int]) -> None:
        super().__init__((ADDRESS, port), _Connection)
        self.targets = targets


class _Connection(socketserver.StreamRequestHandler):
    server: ServiceProxy  # pyright: ignore[reportIncompatibleVariableOverride]

    def handle(self) -> None:
        """Reads `CONNECT name:port HTTP/1.1`, the headers and an empty line; then forwards both streams."""
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
    """Copies until one side closes, then closes the other."""
    with contextlib.suppress(OSError):
        while chunk := source.read1(65536):
            to.sendall(chunk)
    with contextlib.suppress(OSError):
        to.shutdown(socket.SHUT_WR)


def serve(port: int, targets: Mapping[str, int]) -> ServiceProxy:
    """Starts the proxy. It stops with this process."""
    proxy = ServiceProxy(port, targets)
    threading.Thread(target=proxy.serve_forever, daemon=True).start()
    return proxy
