"""What an address says of where in the cluster somebody is. Pure."""

from urllib.parse import urlsplit


def namespace_in(address: str) -> str | None:
    """The namespace of a service's address, `http://name.namespace:9090` or `http://name.namespace.svc...`; None for
    an address outside the cluster."""
    host = (urlsplit(address).hostname or "").split(".")
    return host[1] if len(host) == 2 or host[2:3] == ["svc"] else None


def port_in(address: str) -> int:
    """The port of an address, said or understood."""
    parts = urlsplit(address)
    return parts.port or (443 if parts.scheme == "https" else 80)
