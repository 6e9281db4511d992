"""Whether the ingresses that a chart creates from its values serve their hosts by TLS.

Charts spell it in many ways: `tls` with a list of hosts and secrets (jenkinsci/helm-charts 22055414, charts/jenkins),
a text (hashicorp/consul-k8s a507b1d1, charts/consul, ui.ingress.tls), a switch (bitnami/charts 5165628a, ingress.tls),
a map with `enabled` (kafbat/helm-charts 2d4336d5, charts/kafka-ui), or annotations with a certificate; read 2026-11-29.
So whatever is set below the ingress under a name with TLS or a certificate counts, unless it switches TLS off. The
values may be those of a release, or of an object that installs a chart.
"""

import re
from collections.abc import Iterator

from ...engine.conditions import FALSE, TRUE
from ...engine.lazy_regex import lazy_regex
from ...engine.reading import UNKNOWN, Plain, Resource
from ...engine.verdicts import Outcome, failed, passed, undetermined
from ...readers.custom_resources import is_custom
from ...readers.texts import Leaf, read_texts
from .ingresses import ALB_ACTIONS, ALB_PORTS, ALB_REDIRECT, PLAIN_HTTP

_SWITCH = lazy_regex(
    r"(?P<ingress>(?:.*\.)?values\w*\.(?:.*\.)?\w*(?<!providers\.kubernetes)ingress\w{0,20}(?:\.\w{1,40}|\[\d+\])?)\.(?:enabled?|create)",
    re.IGNORECASE,
)
"""Path of the switch of an ingress in values; charts with several have one below `ingress` for each. Traefik's chart
has its provider of Ingresses under such a name (traefik/traefik-helm-chart a8a66d00, values.yaml)."""
_HOST = lazy_regex(r"(?:host(?:s|_?names?)?|fqdn|domains?)", re.IGNORECASE)
_OF_TLS = lazy_regex(r"tls|ssl|https|cert", re.IGNORECASE)
_SWITCHES = ("enabled", "enable")
_NOT_ON = lazy_regex(r"redirect|protocol|verify|policy|cert-?manager", re.IGNORECASE)
"""Names that say something of TLS but not that the host has a certificate."""
_ANNOTATION = lazy_regex(r"certificate|router\.tls|ssl-passthrough")
"""Annotations by which an ingress has a certificate, or passes TLS on."""
_LONGEST = 400
"""Characters of a path that is read: the time of a match stays short."""


def _sections(leaves: list[Leaf]) -> Iterator[str]:
    """Yields the paths of ingresses that are switched on, without what is below another."""
    found = (_SWITCH.fullmatch(leaf.path) for leaf in leaves if TRUE.test(leaf.value))
    last = ""
    for path in sorted({match["ingress"] for match in found if match is not None}):
        if not last or not path.startswith((f"{last}.", f"{last}[")):
            last = path
            yield path


def _states_tls(path: str, value: Plain) -> bool:
    """Returns whether a value below the section of an ingress says that its hosts have a certificate."""
    name = path.rpartition(".")[2]
    if value is UNKNOWN or FALSE.test(value) or value == "":
        return False
    if "annotations" in path.lower():
        return _ANNOTATION.search(path) is not None or "HTTPS" in f"{name} {value}"
    return _OF_TLS.search(path) is not None and (name.lower() in _SWITCHES or not _NOT_ON.search(name))


def _without_what_is_off(below: list[Leaf]) -> list[Leaf]:
    """Returns values without those of TLS that a switch beside them turns off."""
    off = {
        leaf.path.rpartition(".")[0] for leaf in below
        if leaf.key.lower() in _SWITCHES and FALSE.test(leaf.value) and _OF_TLS.search(leaf.path)
    }  # fmt: skip
    return [leaf for leaf in below if not any(leaf.path.startswith(f"{path}.") for path in off)]


def check_chart_ingresses(resource: Resource) -> Iterator[Outcome]:
    """Yields an outcome for each ingress in the values of a chart."""
    if not (resource.type.startswith("kubernetes:helm.sh/") or is_custom(resource)):
        return
    leaves = [leaf for leaf in read_texts(resource).leaves if len(leaf.path) <= _LONGEST]
    for path in _sections(leaves):
        below = [leaf._replace(path=leaf.path[len(path) :]) for leaf in leaves if leaf.path.startswith(f"{path}.")]
        yield _evaluate(below, path)


def _is_plain_balancer(below: list[Leaf]) -> bool:
    """Returns whether a load balancer of AWS listens to plain HTTP, and redirects it nowhere."""
    listens = any(ALB_PORTS in leaf.path and (leaf.key == "HTTP" or '"HTTP"' in str(leaf.value)) for leaf in below)
    redirects = any(
        leaf.key == ALB_REDIRECT or (ALB_ACTIONS in leaf.path and leaf.key == "Protocol" and leaf.value == "HTTPS")
        for leaf in below
    )
    return listens and not redirects


def _evaluate(below: list[Leaf], path: str) -> Outcome:
    """Evaluates an ingress by its values, whose paths begin below it."""
    plain = next((leaf.key for leaf in below if PLAIN_HTTP.get(leaf.key) == str(leaf.value).lower()), None)
    if plain is not None:
        return failed(f"{path}: its annotation {plain} enables plain HTTP", path)
    if _is_plain_balancer(below):
        return failed(f"{path} serves plain HTTP, which {ALB_REDIRECT} does not redirect", path)
    has_host = any(_HOST.fullmatch(leaf.key) and leaf.value not in ("", UNKNOWN) for leaf in below)
    if not has_host or any(_states_tls(leaf.path, leaf.value) for leaf in _without_what_is_off(below)):
        return passed()
    if any(leaf.value is UNKNOWN for leaf in below):
        return undetermined(f"whether {path} terminates TLS is not known before deployment", path)
    return failed(f"{path} has hosts and no TLS, so they are served by plain HTTP", path)
