"""Ingresses that the values of a chart create: those with a host need TLS, as those of a program do.

Charts follow what `helm create` writes (helm/helm pkg/chart/v2/util/create.go: `ingress.enabled`, `hosts` and `tls`) or
Bitnami's (`ingress.hostname`, and `tls` as a boolean), as known on 2026-11-29. An ingress of a chart that has another
word for its certificate counts as one with TLS.
"""

import re
from collections.abc import Iterator

from ...engine.conditions import FALSE, TRUE
from ...engine.reading import UNKNOWN, Resource
from ...engine.verdicts import Outcome, failed, passed
from ...readers.custom_resources import is_custom
from ...readers.texts import Leaf, read_texts

_SWITCH = re.compile(
    r"(?P<ingress>(?:.*\.)?values\w*\.(?:.*\.)?\w*ingress\w{0,20})\.(?:enabled?|create)", re.IGNORECASE
)
"""Path of the switch of an ingress in values, also in those of an object that installs a chart."""
_HOST = re.compile(r"(?:hosts?|host_?names?|fqdn|domains?)(?:\[\d+\])?(?:\.(?:host|name))?", re.IGNORECASE)
_CERTIFICATE = re.compile(
    r"\w*(?:tls|ssl|cert|secret)\w*(?:[.\[].*)?|annotations\..*(?:certificate|router\.tls|ssl-passthrough|listen-ports)",
    re.IGNORECASE,
)
"""Paths below an ingress by which it has a certificate, or passes TLS on."""

_LONGEST = 400
"""Characters of a path that is read: the time of a match stays short."""


def check_chart_ingresses(resource: Resource) -> Iterator[Outcome]:
    """Yields an outcome for each ingress with a host in the values of a chart."""
    if not (resource.type.startswith("kubernetes:helm.sh/") or is_custom(resource)):
        return
    leaves = tuple(leaf for leaf in read_texts(resource).leaves if len(leaf.path) <= _LONGEST)
    for leaf in leaves:
        switch = _SWITCH.fullmatch(leaf.path) if TRUE.test(leaf.value) else None
        if switch is not None:
            yield _evaluate(leaves, switch["ingress"])


def _evaluate(leaves: tuple[Leaf, ...], ingress: str) -> Outcome:
    below = [(item.path[len(ingress) + 1 :], item.value) for item in leaves if item.path.startswith(f"{ingress}.")]
    hosts = [value for name, value in below if _HOST.fullmatch(name) and value not in ("", UNKNOWN)]
    has_certificate = any(
        _CERTIFICATE.fullmatch(name) and value != "" and not FALSE.test(value) for name, value in below
    )
    if not hosts or has_certificate:
        return passed()
    return failed(f"{ingress} has a host and no tls, so that the chart serves it by plain HTTP", f"{ingress}.tls")
