"""Rules of roles that the values of a Helm release add to those of its chart.

Charts have them under many keys: `rbac.extraRules`, `clusterRoleRules.rules`, `genericTargets.resources`. A rule has
verbs, and resources or paths, wherever it stands (Kubernetes, API reference of PolicyRule, 1.36); External Secrets
writes one group as `apiGroup` (external-secrets/external-secrets cc5bfbc2,
deploy/charts/external-secrets/values.yaml, read 2026-11-29).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from falaj.facts.chart_names import chart_name

from ..engine.lazy_regex import lazy_regex
from ..engine.reading import Plain, Resource, leaves
from ..engine.rows import Predicate
from ..engine.verdicts import Outcome
from .kubernetes_objects import ObjectCheck, ObjectPart, objects
from .value_files import parsed_values

TYPES_OF_ROLES = ("kubernetes:rbac.authorization.k8s.io/", "kubernetes:core/v1:List", "kubernetes:helm.sh/")
"""Prefixes of the types of resources that have roles."""
_RELEASES = ("kubernetes:helm.sh/v1:Release",)
_OF_A_NAMESPACE = lazy_regex(r"(?<!cluster)role(?:rules)?\b|namespaced", re.IGNORECASE)
"""Words of a path at which the rules of a role of one namespace stand."""
_SWITCHES = {"gitlab-runner": ("clusterWideAccess", "false")}
"""Chart -> the switch beside its rules, and the position that makes of them a role of the release's namespace: other
charts do not read it (gitlab-org/charts/gitlab-runner, values.yaml, rbac, found in public repositories on
2026-11-30)."""
_OF_CLUSTER_ROLES = lazy_regex(r"clusterroles?(?:rules?)?\b", re.IGNORECASE)
_PLACES = lazy_regex(r"namespace(?:override|s)?", re.IGNORECASE)
"""Keys of namespaces, in which a chart may create the role instead."""


@dataclass(frozen=True)
class ChartRole(ObjectPart):
    """A role of a chart with one rule, whose path is that of the value."""

    rule: ObjectPart = field(default_factory=lambda: ObjectPart("", {}))

    def children(self, key: str) -> Iterator[ObjectPart]:
        """Yields the rule as that of the role."""
        yield from (self.rule,) if key == "rules" else super().children(key)


def each_role(check: ObjectCheck, *kinds: str) -> Predicate:
    """Returns a predicate that applies a check to every role of the given kinds, and to those of charts."""

    def predicate(resource: Resource) -> Iterator[Outcome]:
        for role in (*objects(resource, *kinds), *chart_roles(resource)):
            yield from check(role)

    return predicate


def chart_roles(resource: Resource) -> Iterator[ObjectPart]:
    """Yields a role for each rule in the values of a release, or in the texts of its files of values."""
    if resource.type not in _RELEASES:
        return
    files = resource.props.get("valueYamlFiles")
    texts = [file.get("text") for file in files if isinstance(file, dict)] if isinstance(files, list) else []
    given = [("values", resource.props.get("values"))]
    given += [(f"valueYamlFiles[{index}]", parsed_values(text)) for index, text in enumerate(texts)]
    namespace = resource.props.get("namespace")
    switch = _SWITCHES.get(chart_name(str(resource.get("chart"))))
    for start, values in given:
        closed = tuple(f"{path}." for path in _closed_sections(values, start, namespace, switch))
        for path, rule in _rules(values, start):
            is_closed = path.startswith(closed) and _OF_CLUSTER_ROLES.search(path) is None
            kind = "Role" if is_closed or _OF_A_NAMESPACE.search(path) else "ClusterRole"
            data: dict[str, Plain] = {"kind": kind, "metadata": {"namespace": namespace}}
            yield ChartRole(path, data, rule=ObjectPart(path, rule))


def _closed_sections(values: Plain, start: str, namespace: Plain, switch: tuple[str, str] | None) -> tuple[str, ...]:
    """Returns the paths of sections whose rules a switch limits to the namespace of the release; none if the values
    name another namespace."""
    if switch is None:
        return ()
    found, sections = list(leaves(values, start)), []
    if any(_PLACES.fullmatch(key) and value not in (None, "", namespace) for _, key, value in found):
        return ()
    for path, key, value in found:
        if (key, str(value).lower()) == switch:
            sections.append(path.removesuffix(f".{key}"))
    return tuple(sections)


def _rules(value: Plain, path: str) -> Iterator[tuple[str, dict[str, Plain]]]:
    if isinstance(value, dict):
        targets = (value.get("resources"), value.get("nonResourceURLs"))
        if isinstance(value.get("verbs"), list) and any(isinstance(item, list) for item in targets):
            group = value.get("apiGroup")
            yield path, {**value, "apiGroups": [group]} if isinstance(group, str) else value
            return
        for key, item in value.items():
            yield from _rules(item, f"{path}.{key}")
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _rules(item, f"{path}[{index}]")
