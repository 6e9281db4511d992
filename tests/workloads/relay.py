"""Makes a port of a container's network reachable through a Unix socket: `python relay.py SOCKET PORT`.

Started by `pods.py` inside the network, with Python's standard library only.
"""

import contextlib
import socket
import sys
import threading


def _copy(source: socket.socket, target: socket.socket) -> None:
    """Copies until one side closes, then closes the other for writing."""
    with contextlib.suppress(OSError):
        while chunk := source.recv(65536):
            target.sendall(chunk)
    with contextlib.suppress(OSError):
        target.shutdown(socket.SHUT_WR)


def _serve(client: socket.socket, port: int) -> None:
    server = socket.socket()
    with client, server:
        try:
            server.connect(("127.0.0.1", port))
        except OSError:
            return  # the client sees a closed connection
        up = threading.Thread(target=_copy, args=(client, server), daemon=True)
        up.start()
        _copy(server, client)
        up.join()


def main(path: str, port: int) -> None:
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(path)
    listener.listen(64)
    while True:
        client, _ = listener.accept()
        threading.Thread(target=_serve, args=(client, port), daemon=True).start()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
