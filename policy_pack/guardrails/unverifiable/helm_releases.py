"""Helm: what a chart makes is not seen, so it must be a known chart in one version, with values that open nothing."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from ..engine.families import unverifiable_rule
from ..engine.reading import MISSING, UNKNOWN, Plain, Resource, leaves
from ..engine.rows import Guardrail, Predicate, Severity
from ..engine.verdicts import Outcome, failed, passed, undetermined
from ..readers.plaintext_secrets import is_secret_value

_RELEASES = ("kubernetes:helm.sh/v1:Release",)
_CHARTS = ("kubernetes:helm.sh/v1:Chart",)
"""Releases and charts of any version, as their types are normalised."""
_VERSION = re.compile(r"v?\d+\.\d+\.\d+(?:[-+][0-9A-Za-z.+-]+)?")
_OPENS = frozenset({"privileged", "hostnetwork", "hostpid", "hostipc", "allowprivilegeescalation"})
_PASSWORD = re.compile(r"(?:password|passwd|token|apikey)$", re.IGNORECASE)


def _source(resource: Resource) -> Plain:
    """Where the chart comes from: the address of an OCI chart, or of its repository."""
    chart = resource.get("chart")
    options = resource.get("repositoryOpts")
    repository = options.get("repo", MISSING) if isinstance(options, dict) else options
    if isinstance(chart, str) and "://" in chart:
        return chart
    return repository if repository is UNKNOWN or isinstance(repository, str) else chart


def is_below(source: str, allowed: str) -> bool:
    """Whether an address is an allowed one or below it; `*.` stands for any host under a domain."""
    address, wanted = urlsplit(source), urlsplit(allowed)
    host, domain = (address.hostname or "").lower(), (wanted.hostname or "").lower()
    same_host = host.endswith(domain[1:]) if domain.startswith("*.") else host == domain
    path, folder = address.path.rstrip("/"), wanted.path.rstrip("/")
    inside = path == folder or path.startswith(f"{folder}/")
    return bool(host) and address.scheme == wanted.scheme and same_host and inside and ".." not in path.split("/")


def _sources(allowed: dict[str, str]) -> Predicate:
    def predicate(resource: Resource) -> Iterator[Outcome]:
        if resource.type not in _RELEASES and not (resource.type in _CHARTS and "chart" in resource.props):
            return
        source = _source(resource)
        if source is UNKNOWN:
            yield undetermined("where its chart comes from is not known before deployment", "chart")
        elif isinstance(source, str) and any(is_below(source, item) for item in allowed):
            yield passed()
        else:
            yield failed("its chart comes from nowhere that is allowed", "chart")

    return predicate


def _versions(resource: Resource) -> Iterator[Outcome]:
    if resource.type not in _RELEASES and not (resource.type in _CHARTS and "chart" in resource.props):
        return
    version = resource.get("version")
    if version is UNKNOWN:
        yield undetermined("the chart's version is not known before deployment", "version")
    elif isinstance(version, str) and _VERSION.fullmatch(version):
        yield passed()
    else:
        yield failed("version must name one version of the chart", "version")


def _values(resource: Resource) -> Iterator[Outcome]:
    if resource.type not in _RELEASES:
        return
    for path, key, value in leaves(resource.props.get("values"), "values"):
        name = key.lower()
        if name in _OPENS and str(value).lower() == "true":
            yield failed(f"{path} gives a container the machine", path)
        elif name == "type" and value in ("NodePort", "LoadBalancer") and ".service" in path.lower():
            yield failed(f"{path} opens a service to the outside", path)
        elif is_secret_value(value) or (_PASSWORD.search(key) and isinstance(value, str) and value.strip()):
            yield failed(f"{path} has a secret in plain text", path)
        else:
            yield passed()


def helm_guardrails(sources: dict[str, str]) -> tuple[Guardrail, ...]:
    """The guardrails of Helm; `sources` are the addresses that charts may come from, with reasons."""
    return (
        unverifiable_rule(105, Severity.HIGH, "Helm charts come from places that are allowed by name",
                          "a chart makes what its author likes, and no guardrail sees it",
                          "Mirror the chart to your registry, or list its address under escape.helm_sources in "
                          "enforcement.yaml, with the reason",
                          predicate=_sources(sources), types=("kubernetes:helm.sh/",)),
        unverifiable_rule(106, Severity.HIGH, "Helm charts are in one version",
                          "what is installed tomorrow must be what was read today",
                          "Set version to a whole version, such as 1.2.3",
                          predicate=_versions, types=("kubernetes:helm.sh/",)),
        unverifiable_rule(107, Severity.HIGH, "The values of a Helm release give no machine away and have no secrets",
                          "values are all that can be known of what a chart makes",
                          "Remove the value; keep secrets in a Secret and name that",
                          predicate=_values, types=("kubernetes:helm.sh/",)),
    )  # fmt: skip
