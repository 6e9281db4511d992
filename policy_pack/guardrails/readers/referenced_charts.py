"""Releases of Flux whose chart, or values, are in other objects of the program: each is read as if it stated them.

A HelmRelease names its chart in place, or by `chartRef` an OCIRepository or a HelmChart; `valuesFrom` names config maps
(fluxcd/helm-controller 0f61a86, api/v2: `chartRef`, `valuesFrom`; fluxcd/source-controller 39b711b1, OCIRepository;
read 2026-11-29). What a secret, or an object of another program, has cannot be read.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from falaj.facts.chart_names import chart_name

from ..engine.kubernetes_lists import expand_list
from ..engine.plan import Plan
from ..engine.reading import UNKNOWN, Plain, Resource
from ..engine.rows import PlanPredicate, Predicate
from ..engine.verdicts import Outcome

HELM_RELEASE = "kubernetes:helm.toolkit.fluxcd.io/v1:HelmRelease"
_LISTS = ("kubernetes:core/v1:List", "kubernetes:helm.toolkit.fluxcd.io/")
_SOURCES = {
    "kubernetes:source.toolkit.fluxcd.io/v1:OCIRepository": "url",
    "kubernetes:source.toolkit.fluxcd.io/v1:HelmChart": "chart",
}
"""Type of an object with a chart -> its field with the chart's name or address."""
_CONFIG_MAP = "kubernetes:core/v1:ConfigMap"
_DEFAULT_KEY = "values.yaml"
"""Key of a config map with values, unless `valuesKey` names one."""


@dataclass(frozen=True, slots=True)
class ReferencedRelease:
    """A release with what other objects of the plan say of it."""

    resource: Resource
    """The release, as if it stated its chart and values itself."""
    missing: Plain = None
    """Name of the source of its chart that the plan lacks; None if it has it, or if there is no such reference."""


def referenced_releases(resource: Resource, plan: Plan) -> Iterator[ReferencedRelease]:
    """Yields the releases of a resource that refer to another object for their chart or values."""
    for item in expand_list(resource) if resource.type.startswith(_LISTS) else ():
        spec = item.props.get("spec")
        if item.type != HELM_RELEASE or not isinstance(spec, dict):
            continue
        reference = spec.get("chartRef")
        charts: list[Plain] = [{"spec": {"chart": UNKNOWN}}] if reference is UNKNOWN else []
        charts += _charts(item, reference, plan) if isinstance(reference, dict) else []
        sources, is_read = _values(item, spec.get("valuesFrom"), plan)
        missing = reference.get("name") if isinstance(reference, dict) and not charts else None
        values: dict[str, Plain] = {"valuesFrom": sources} if is_read else {}
        stated = [{"chart": chart, **values} for chart in charts]
        if not charts and (is_read or missing is not None):
            stated = [values]
        for each in stated:
            yield ReferencedRelease(replace(item, props={**item.props, "spec": {**spec, **each}}), missing)


def with_references(predicate: Predicate) -> PlanPredicate:
    """Returns a predicate that applies one to releases as if they stated what other objects of the plan say of them."""

    def check(resource: Resource, plan: Plan) -> Iterator[Outcome]:
        for item in referenced_releases(resource, plan):
            yield from predicate(item.resource)

    return check


def _metadata(item: Resource) -> dict[str, Plain]:
    metadata = item.props.get("metadata")
    return metadata if isinstance(metadata, dict) else {}


def _by_name(item: Resource) -> Iterator[str]:
    """Yields type, namespace and name of each source of charts or values in a resource."""
    if item.type.startswith(("kubernetes:source.toolkit.fluxcd.io/", "kubernetes:core/v1:")):
        for part in expand_list(item):
            if part.type in _SOURCES or part.type == _CONFIG_MAP:
                namespace, name = _metadata(part).get("namespace"), _metadata(part).get("name")
                yield f"{part.type} ?" if UNKNOWN in (namespace, name) else _key(part.type, namespace, name)


def _key(token: str, namespace: Plain, name: Plain) -> str:
    return f"{token} {namespace if isinstance(namespace, str) else ''}/{name}"


def _found(plan: Plan, token: str, namespace: Plain, name: Plain) -> Iterator[dict[str, Plain]]:
    """Yields the properties of the objects of the plan with a type and a name: each of several clusters may have one,
    and which the release gets is not known."""
    key = _key(token, namespace, name)
    for item in plan.by_key(_by_name).get(key, ()) if isinstance(name, str) else ():
        yield from (part.props for part in expand_list(item) if key in _by_name(part))


def _charts(item: Resource, reference: dict[str, Plain], plan: Plan) -> list[Plain]:
    """Returns the charts of a reference as a release would state them; none if the plan lacks its source."""
    name, namespace = reference.get("name"), reference.get("namespace") or _metadata(item).get("namespace")
    token = next((token for token in _SOURCES if token.endswith(f":{reference.get('kind')}")), "")
    sources = [found.get("spec") for found in _found(plan, token, namespace, name)] if token else []
    if name is UNKNOWN or (not any(sources) and plan.by_key(_by_name).get(f"{token} ?")):
        return [{"spec": {"chart": UNKNOWN}}]
    return [_stated(source, token) for source in sources if isinstance(source, dict)]


def _stated(source: dict[str, Plain], token: str) -> Plain:
    stated = source.get(_SOURCES[token])
    chart = chart_name(stated) if isinstance(stated, str) else stated
    return {"spec": {"chart": chart, "url": stated, "sourceRef": source.get("sourceRef") or {"kind": "OCIRepository"}}}


def _values(item: Resource, references: Plain, plan: Plan) -> tuple[list[Plain], bool]:
    """Returns the sources of values, those in config maps of the plan with their text as `values`, and whether there is
    one of these."""
    sources: list[Plain] = []
    for reference in references if isinstance(references, list) else ():
        texts: list[Plain] = []
        if isinstance(reference, dict) and reference.get("kind") == "ConfigMap" and "targetPath" not in reference:
            key = str(reference.get("valuesKey") or _DEFAULT_KEY)
            found = _found(plan, _CONFIG_MAP, _metadata(item).get("namespace"), reference.get("name"))
            texts = [data[key] for each in found if isinstance(data := each.get("data"), dict) and data.get(key)]
            sources += [{**reference, "values": text} for text in texts]
        sources += [] if texts else [reference]
    return sources, any(isinstance(source, dict) and "values" in source for source in sources)
