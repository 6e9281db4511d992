"""A port for a server of this machine."""

import socket


def free_port() -> int:
    """Returns a port of the loopback address on which nothing listens at this moment."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
