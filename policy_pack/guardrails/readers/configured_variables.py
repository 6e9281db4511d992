"""Variables that a container takes from a ConfigMap of the plan, put into its commands and its other variables.

A container takes all entries of a ConfigMap by `envFrom`, perhaps with a prefix, or one by `valueFrom` (kubernetes/api
10b39a39 core/v1/types.go, EnvFromSource and ConfigMapKeySelector, read 2026-12-01). The ConfigMap itself names no host
if an address stands in two entries.
"""

from collections.abc import Iterator, Mapping

from ..engine.lazy_regex import lazy_regex
from ..engine.plan import Plan
from ..engine.reading import Plain, Resource
from ..engine.reading import leaves as plain_leaves
from .kubernetes_objects import name_key, objects
from .stated_variables import is_variable, put_in
from .texts import Leaf, read_texts

_SOURCE = lazy_regex(
    r"(?P<owner>.*?)(?:^|\.)(?:envFrom\[\d{1,6}\]\.configMapRef|env\[\d{1,6}\]\.valueFrom\.configMapKeyRef)\.name"
)
"""Path of the name of a ConfigMap in a container."""
_LARGEST = 500
"""Entries of a ConfigMap that are read as variables."""


def configured_leaves(resource: Resource, plan: Plan) -> list[Leaf]:
    """Returns the leaves of a workload that name variables from ConfigMaps of the plan, with their values."""
    if not resource.type.startswith("kubernetes:") or not plan.by_key(_names) or not _takes_entries(resource):
        return []
    leaves = read_texts(resource).leaves
    named = [(leaf, match) for leaf in leaves if leaf.key == "name" and (match := _SOURCE.fullmatch(leaf.path))]
    if not named:
        return []
    by_path = {leaf.path: leaf.value for leaf in leaves}
    values: dict[str, dict[str, str]] = {}
    for leaf, match in named:
        data = _data(leaf.value, plan)
        stated = dict(_variables(leaf.path, data, by_path))
        values.setdefault(match["owner"], {}).update(stated)
    using = [leaf for leaf in leaves if isinstance(leaf.value, str) and "$" in leaf.value]
    return [after for before, after in zip(using, put_in(using, values), strict=True) if before != after]


def _takes_entries(resource: Resource) -> bool:
    """Returns whether a container takes variables from a ConfigMap: most take none, and are not read again."""
    return any("configMap" in path and "volumes" not in path for path, _, _ in plain_leaves(resource.props))


def _variables(path: str, data: Mapping[str, Plain], by_path: Mapping[str, Plain]) -> Iterator[tuple[str, str]]:
    """Yields the variables that a reference to a ConfigMap gives."""
    above, _, kind = path.removesuffix(".name").rpartition(".")
    if kind == "configMapKeyRef":
        name = str(by_path.get(f"{above.removesuffix('.valueFrom')}.name"))
        value = data.get(str(by_path.get(f"{above}.{kind}.key")))
        if is_variable(name, value):
            yield name, str(value)
        return
    prefix = by_path.get(f"{above}.prefix", "")
    for key, value in list(data.items())[:_LARGEST]:
        if is_variable(f"{prefix}{key}", value):
            yield f"{prefix}{key}", str(value)


def _names(resource: Resource) -> Iterator[str]:
    for item in objects(resource, "ConfigMap"):
        yield name_key(item.child("metadata").get("name"))


def _data(name: Plain, plan: Plan) -> Mapping[str, Plain]:
    for resource in plan.by_key(_names).get(name_key(name), ()):
        for item in objects(resource, "ConfigMap"):
            if item.child("metadata").get("name") == name:
                return item.child("data").data
    return {}
