"""Addresses of services of a cluster: NAME.NAMESPACE.svc, POD.NAME.NAMESPACE.svc for a pod of a service without an
address of its own, and _PORT._PROTOCOL.NAME.NAMESPACE.svc for a port (kubernetes/website 0189ae0 content/en/docs/
concepts/services-networking/dns-pod-service.md, read 2026-11-30). Thanos and Mimir write `dns+` or `dnssrv+` before
the name, and addresses may have a user."""

import re

from ..engine.lazy_regex import lazy_regex

SERVICE = (
    r"(?:[a-z]{2,10}\+)?(?:[a-z]{2,6}://)?(?:[^\s/@]{1,100}@)?[\w-]{1,63}\."
    r"(?:(?:[\w-]{1,63}\.){1,3}(?=[a-z0-9-]{1,63}\.svc(?![\w-])))?"
    r"(?P<namespace>[a-z0-9][a-z0-9-]{0,62})"
)
"""Beginning of an address, as far as the namespace."""
_ADDRESS = lazy_regex(
    SERVICE + r"(?:\.svc(?:\.[\w.-]{1,99})?\.?(?::\d{1,5})?|(?<!\.local)(?<!\.internal)(?<!\.lan):\d{1,5})"
    r"(?:[/?#].*)?",
    re.IGNORECASE,
)


def namespace_of_service(address: str) -> str:
    """Returns the namespace that an address names, with `.svc` or with a port; empty if it names none."""
    found = _ADDRESS.fullmatch(address.strip())
    return found["namespace"].lower() if found else ""
