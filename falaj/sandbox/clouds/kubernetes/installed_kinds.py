"""Custom kinds of an emulated cluster: a kind exists once its CRD, a release or a feature of the cluster brings it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from falaj.sandbox.clouds.kubernetes import cluster_kinds, crd_schemas
from falaj.sandbox.clouds.kubernetes.chart_kinds import CHARTS, ChartKinds, Condition
from falaj.sandbox.clouds.kubernetes.connection import cluster_key, existing_charts
from falaj.sandbox.clouds.kubernetes.kinds import group_and_kind
from falaj.sandbox.clouds.spec import Operation
from falaj.sandbox.clouds.values import Props, get_path, get_str

CRD = "kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition"
RELEASE = "kubernetes:helm.sh/v3:Release"

_VERSIONS = {"monitoring.coreos.com": "v1", "cert-manager.io": "v1", "keda.sh": "v1alpha1"}
"""API group -> version in which charts create its objects."""


def exists(op: Operation) -> bool:
    """Returns whether the cluster has the kind of the operation's object, in its version."""
    group, kind = group_and_kind(op.token)
    if f"{group}/{kind}" in _kinds(op):
        return crd_schemas.version_served(op.token)
    return any(
        get_str(definition.inputs, "spec.group") == group and get_str(definition.inputs, "spec.names.kind") == kind
        for definition in op.state.find(CRD, scope=cluster_key(op.config))
    )


def no_match(kind: str, version: str) -> str:
    """Returns the API machinery's message for an unknown kind (apimachinery, pkg/api/meta/errors.go)."""
    return f'no matches for kind "{kind}" in version "{version}"'


def chart_kinds_exist(op: Operation) -> str | None:
    """Checks that the custom kinds that a release's values make it use exist, in the cluster or in the release itself.

    The message is Helm's (pkg/action/install.go; cli-runtime, pkg/resource/mapper.go).
    """
    row = CHARTS.get(_chart(op.inputs))
    if row is None:
        return None
    available = {*_kinds(op), *_brought(row, op.inputs)}
    for required, condition in row.requires:
        if required not in available and _holds(condition, op.inputs):
            group, _, kind = required.partition("/")
            version = f"{group}/{_VERSIONS[group]}"
            return (
                "unable to build kubernetes objects from release manifest: resource mapping not found for "
                f'name: "{op.name}" namespace: "" from "": {no_match(kind, version)}; ensure CRDs are installed first'
            )
    return None


def has_chart(op: Operation, chart: str) -> bool:
    """Returns whether the cluster has a release of a chart."""
    return chart in existing_charts(op.config) or any(
        _chart(release.inputs) == chart and release.scope.split("/namespace/")[0] == cluster_key(op.config)
        for release in op.state.find(RELEASE)
    )


def _kinds(op: Operation) -> set[str]:
    """Returns the kinds of the cluster, except those of CRD objects."""
    found = {*cluster_kinds.kinds(op)}
    for chart in existing_charts(op.config):
        found |= {*CHARTS[chart].brings} if chart in CHARTS else set()
    for release in op.state.find(RELEASE):
        row = CHARTS.get(_chart(release.inputs))
        if row is not None and release.scope.split("/namespace/")[0] == cluster_key(op.config):
            found |= {*_brought(row, release.inputs)}
    return found


def _brought(row: ChartKinds, inputs: Props) -> Iterator[str]:
    """Yields the kinds whose CRDs a release with these inputs creates."""
    if not _is_described(row, get_str(inputs, "version")):
        return
    if not (row.crds_folder and get_path(inputs, "skipCrds") is True) and _holds(row.brings_if, inputs):
        yield from row.brings


def _is_described(row: ChartKinds, version: str) -> bool:
    numbers = version.removeprefix("v").partition("-")[0].split(".")
    if not all(number.isdigit() for number in numbers):
        return True
    return tuple(int(number) for number in numbers) >= row.from_version


def _holds(condition: Condition, inputs: Props) -> bool:
    return all(_value(inputs, path, condition.defaults) for path in condition.paths)


def _value(inputs: Props, path: str, defaults: Mapping[str, bool]) -> bool:
    given = get_path(inputs, f"values.{path}")
    return defaults.get(path, False) if given is None else given is True


def _chart(inputs: Props) -> str:
    return get_str(inputs, "chart").rpartition("/")[2]
