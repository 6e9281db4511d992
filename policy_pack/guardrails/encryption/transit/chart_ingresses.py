"""Whether the ingresses that a chart creates from its values serve their hosts by TLS.

Charts spell it in many ways: `tls` with a list of hosts and secrets (jenkinsci/helm-charts 22055414, charts/jenkins),
a text (hashicorp/consul-k8s a507b1d1, charts/consul, ui.ingress.tls), a switch (bitnami/charts 5165628a, ingress.tls),
a map with `enabled` (kafbat/helm-charts 2d4336d5, charts/kafka-ui), or annotations with a certificate; read 2026-11-29.
So whatever is set below the ingress under a name with TLS or a certificate counts, unless it switches TLS off.
"""

import re
from collections.abc import Iterator, Mapping
from typing import TypeAlias

from ...engine.conditions import FALSE
from ...engine.reading import UNKNOWN, Plain, Resource, leaves
from ...engine.verdicts import Outcome, failed, passed, undetermined
from .ingresses import PLAIN_HTTP

_RELEASE = "kubernetes:helm.sh/v1:Release"
_INGRESS = re.compile(r"(?:^|\.)\w*ingress(?:es)?(?:\.\w{1,40})?$", re.IGNORECASE)
"""Path of the section of an ingress; charts with several have one below `ingress` for each."""
_HOST = re.compile(r"(?:host(?:s|names?)?|fqdn|domain)", re.IGNORECASE)
_OF_TLS = re.compile(r"tls|ssl|https|cert", re.IGNORECASE)
_SWITCHES = ("enabled", "enable")
_NOT_ON = re.compile(r"redirect|protocol|verify|policy|cert-?manager", re.IGNORECASE)
"""Names that say something of TLS but not that the host has a certificate."""
Found: TypeAlias = "tuple[str, str, Plain]"
"""A value by its path below the section, its key, and itself."""


def _sections(values: Plain, path: str) -> Iterator[tuple[str, Mapping[str, Plain]]]:
    """Yields the sections of ingresses that are switched on, by their path."""
    if isinstance(values, Mapping):
        if str(values.get("enabled")).lower() == "true" and _INGRESS.search(path):
            yield path, values
            return
        for key, item in values.items():
            yield from _sections(item, f"{path}.{key}")
    elif isinstance(values, list):
        for index, item in enumerate(values):
            yield from _sections(item, f"{path}[{index}]")


def _states_tls(path: str, value: Plain) -> bool:
    """Returns whether a value below the section of an ingress says that its hosts have a certificate."""
    name = path.rpartition(".")[2]
    if value is UNKNOWN or FALSE.test(value) or value == "":
        return False
    if "annotations" in path.lower():
        return "certificate" in name or "HTTPS" in str(value)
    return _OF_TLS.search(path) is not None and (name.lower() in _SWITCHES or not _NOT_ON.search(name))


def _without_what_is_off(found: list[Found]) -> list[Found]:
    """Returns values without those of TLS that a switch beside them turns off."""
    off = {
        path.rpartition(".")[0] for path, key, value in found
        if key.lower() in _SWITCHES and FALSE.test(value) and _OF_TLS.search(path)
    }  # fmt: skip
    return [item for item in found if not any(item[0].startswith(f"{path}.") for path in off)]


def check_charts(resource: Resource) -> Iterator[Outcome]:
    """Yields the outcomes of the ingresses in the values of releases."""
    if resource.type != _RELEASE:
        return
    for path, section in _sections(resource.props.get("values"), "values"):
        found = [(place.removeprefix(path), key, value) for place, key, value in leaves(dict(section), path)]
        plain = next((key for _, key, value in found if PLAIN_HTTP.get(key) == str(value).lower()), None)
        has_host = any(_HOST.fullmatch(key) and value not in ("", UNKNOWN) for _, key, value in found)
        if plain is not None:
            yield failed(f"{path}: its annotation {plain} enables plain HTTP", path)
        elif not has_host or any(_states_tls(place, value) for place, _, value in _without_what_is_off(found)):
            yield passed()
        elif any(value is UNKNOWN for _, _, value in found):
            yield undetermined(f"whether {path} terminates TLS is not known before deployment", path)
        else:
            yield failed(f"{path} has hosts and no TLS, so they are served by plain HTTP", path)
