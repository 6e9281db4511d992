"""Compares addresses of charts and images with those that the settings allow."""

from urllib.parse import SplitResult, urlsplit


def is_below(source: str, allowed: str) -> bool:
    """Returns whether an address is the allowed address or below it. `*.` matches any host of a domain."""
    address, allowed_address = urlsplit(source), urlsplit(allowed)
    host, domain = (address.hostname or "").lower(), (allowed_address.hostname or "").lower()
    same_host = host.endswith(domain[1:]) if domain.startswith("*.") else host == domain
    path, folder = address.path.rstrip("/"), allowed_address.path.rstrip("/")
    is_in_folder = path == folder or path.startswith(f"{folder}/")
    return (
        bool(host)
        and (address.scheme, _port(address)) == (allowed_address.scheme, _port(allowed_address))
        and same_host
        and is_in_folder
        and ".." not in path.split("/")
        and "%" not in path
    )


def _port(address: SplitResult) -> int | str | None:
    """Returns the port of an address; its text if it is none."""
    try:
        return address.port
    except ValueError:
        return address.netloc
