"""Helm charts. The pack does not see the objects of a chart, so it checks the chart's source, version and values."""

import re
from collections.abc import Collection, Iterator

from falaj.facts.chart_names import CHART_NAME

from ..engine.families import unverifiable_rule
from ..engine.lazy_regex import lazy_regex
from ..engine.reading import MISSING, UNKNOWN, Plain, Resource
from ..engine.rows import Guardrail, Predicate, Severity
from ..engine.verdicts import Outcome, failed, passed, undetermined
from .helm_addresses import is_below
from .helm_images import image_guardrail
from .helm_values import RELEASES, values_check
from .images import ImageSources

_CHARTS = ("kubernetes:helm.sh/v1:Chart",)
"""Helm charts of any SDK version, as normalised types. Their objects are resources of the plan."""
_LONGEST_SHOWN = 200
_VERSION = lazy_regex(r"v?\d+\.\d+\.\d+(?:[-+][0-9A-Za-z.+-]+)?")


def _chart_source(resource: Resource) -> Plain:
    """Returns the source of the chart: the address of an OCI chart, or of the chart's repository."""
    chart = resource.get("chart")
    options = resource.get("repositoryOpts")
    repository = options.get("repo", MISSING) if isinstance(options, dict) else options
    if isinstance(chart, str) and ("://" in chart or not CHART_NAME.fullmatch(chart)):
        return chart
    return repository if repository is UNKNOWN or isinstance(repository, str) else chart


def _shown(source: Plain) -> str:
    """Returns the source of a chart for a message: without a user and password, and not without end."""
    text = source if isinstance(source, str) else ""
    return re.sub(r"//[^/@]{0,200}@", "//", text[:_LONGEST_SHOWN]) or "a source that is not stated"


def _check_source(allowed: dict[str, str]) -> Predicate:
    def predicate(resource: Resource) -> Iterator[Outcome]:
        if resource.type not in RELEASES and not (resource.type in _CHARTS and "chart" in resource.props):
            return
        source = _chart_source(resource)
        if source is UNKNOWN:
            yield undetermined("the source of its chart is not known before deployment", "chart")
        elif isinstance(source, str) and any(is_below(source, item) for item in allowed):
            yield passed()
        else:
            yield failed(f"its chart comes from {_shown(source)}, which is no allowed source", "chart")

    return predicate


def _check_version(resource: Resource) -> Iterator[Outcome]:
    if resource.type not in RELEASES and not (resource.type in _CHARTS and "chart" in resource.props):
        return
    version = resource.get("version")
    if version is UNKNOWN:
        yield undetermined("the chart's version is not known before deployment", "version")
    elif isinstance(version, str) and _VERSION.fullmatch(version):
        yield passed()
    else:
        yield failed("version must be an exact version of the chart", "version")


def helm_guardrails(
    sources: dict[str, str], images: ImageSources, privileged: Collection[str]
) -> tuple[Guardrail, ...]:
    """Returns the guardrails of Helm charts. `sources`: allowed chart address -> reason; `images`: publishers of
    images that the settings list; `privileged`: namespaces of agents of the nodes that they list."""
    return (
        unverifiable_rule(105, Severity.HIGH, "Helm charts come from allowed sources",
                          "a chart creates whatever its author chose, and no guardrail sees it",
                          "Mirror the chart to your registry, or list its address under escape.helm_sources in "
                          "enforcement.yaml, with the reason",
                          predicate=_check_source(sources), types=("kubernetes:helm.sh/",)),
        unverifiable_rule(106, Severity.HIGH, "Helm charts are pinned to one version",
                          "what is installed tomorrow must be what was reviewed today",
                          "Set version to an exact version, such as 1.2.3",
                          predicate=_check_version, types=("kubernetes:helm.sh/",)),
        unverifiable_rule(107, Severity.HIGH,
                          "Values of Helm releases give no host or administrator access, no secrets and no objects",
                          "the values are all that is known of what a chart creates",
                          "Remove the value; keep secrets in a Secret and reference it, declare objects as resources "
                          "of the program, and give the values of a file in `values` or as a StringAsset; run agents "
                          "that share networks, ports or directories of the nodes in a namespace that "
                          "kubernetes.privileged_namespaces in enforcement.yaml lists, and have a privileged container "
                          "approved in exemptions.yaml",
                          predicate=values_check(privileged), types=("kubernetes:helm.sh/",)),
        image_guardrail(images),
    )  # fmt: skip
