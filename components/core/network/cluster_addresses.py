"""Namespace and port of a service address. Pure."""

from urllib.parse import urlsplit


def namespace_in(address: str) -> str | None:
    """Returns the namespace of a service address such as `http://name.namespace:9090` or
    `http://name.namespace.svc...`.

    Returns None for an address outside the cluster.
    """
    host = (urlsplit(address).hostname or "").split(".")
    return host[1] if len(host) == 2 or host[2:3] == ["svc"] else None


def port_in(address: str) -> int:
    """Returns the port of an address: as given, otherwise 443 for `https` and 80 for other schemes."""
    parts = urlsplit(address)
    return parts.port or (443 if parts.scheme == "https" else 80)
