"""Addresses of services of a cluster (Kubernetes, "DNS for Services and Pods", as known on 2026-11-29):
NAME.NAMESPACE.svc, and POD.NAME.NAMESPACE.svc for a pod of a service without an address of its own."""

import re

SERVICE = (
    r"(?:[a-z]{2,6}://)?[\w-]{1,63}\.(?:(?:[\w-]{1,63}\.){1,3}(?=[a-z0-9-]{1,63}\.svc(?![\w-])))?"
    r"(?P<namespace>[a-z0-9][a-z0-9-]{0,62})"
)
"""Beginning of an address, as far as the namespace."""
_ADDRESS = re.compile(
    SERVICE + r"(?:\.svc(?:\.[\w.-]{1,99})?\.?(?::\d{1,5})?|(?<!\.local)(?<!\.internal)(?<!\.lan):\d{1,5})"
    r"(?:[/?#].*)?",
    re.IGNORECASE,
)


def namespace_of_service(address: str) -> str:
    """Returns the namespace that an address names, with `.svc` or with a port; empty if it names none."""
    found = _ADDRESS.fullmatch(address.strip())
    return found["namespace"].lower() if found else ""
