"""Karpenter in the emulated cluster: its CRDs, their validation, and their finalizers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from falaj.sandbox.clouds.kubernetes.connection import cluster_key, managed_cluster
from falaj.sandbox.clouds.kubernetes.field_schema import UNDECLARED, schema_errors
from falaj.sandbox.clouds.kubernetes.karpenter_schemas import SPEC_SCHEMAS
from falaj.sandbox.clouds.kubernetes.kinds import group_and_kind
from falaj.sandbox.clouds.spec import InventoryItem, Operation
from falaj.sandbox.clouds.values import UNKNOWN, Json, get_all, get_path, get_str

RELEASE = "kubernetes:helm.sh/v3:Release"
CRD_CHART, CHART = "karpenter-crd", "karpenter"

KINDS_WITH_NODES = (("karpenter.sh", "NodePool"), ("karpenter.k8s.aws", "EC2NodeClass"))
"""Kinds with a finalizer, which Karpenter removes after it has terminated their nodes."""

_NUMBERS = ("Gt", "Lt", "Gte", "Lte")
_ALIAS = re.compile(r"(?P<family>al2|al2023|bottlerocket|windows20(19|22|25))@(?P<version>.+)")
_OWN_DOMAINS = re.compile(r"([^/]+\.)?(karpenter\.sh|karpenter\.k8s\.aws|karpenter\.azure\.com)/.+")
_OWN_LABELS = re.compile(
    r"karpenter\.sh/capacity-type|karpenter\.k8s\.aws/(instance-.+|capacity-reservation-.+|ec2nodeclass)"
    r"|karpenter\.azure\.com/sku-.+"
)
_OWN_TAGS = re.compile(r"eks:eks-cluster-name|kubernetes\.io/cluster/.*|karpenter\.(sh|k8s\.aws)/(node.+|ec2nodeclass)")


def valid(op: Operation) -> str | None:
    """Checks that the object matches its schema and the additional rules."""
    group, kind = group_and_kind(op.token)
    schema = SPEC_SCHEMAS.get((group, kind))
    if schema is None:
        return None
    spec = op.inputs.get("spec")
    for path, problem in (*schema_errors(schema, spec if spec is not None else {}, "spec"), *_rules(kind, spec)):
        if problem is UNDECLARED:
            version = op.token.split(":")[1]
            return f"failed to create typed patch object (/{op.name}; {version}, Kind={kind}): .{path}: {problem}"
        return f'{kind}.{group} "{op.name}" is invalid: {path}: {problem}'
    return None


def _rules(kind: str, spec: Json) -> Iterator[tuple[str, str]]:
    if kind == "NodePool":
        yield from _requirements(spec)
        yield from _budgets(spec)
        for label in _keys(get_path(spec, "template.metadata.labels")):
            if _OWN_DOMAINS.fullmatch(label) and not _OWN_LABELS.fullmatch(label):
                yield "spec.template.metadata.labels", f'Invalid value: label domain of "{label}" is restricted'
    if kind == "EC2NodeClass":
        yield from _node_class(spec)


def _requirements(spec: Json) -> Iterator[tuple[str, str]]:
    path = "spec.template.spec.requirements"
    for requirement in get_all(spec, "template.spec.requirements[*]"):
        operator, values = get_str(requirement, "operator"), get_all(requirement, "values[*]")
        if operator == "In" and not values:
            yield path, "Invalid value: requirements with operator 'In' must have a value defined"
        if operator in _NUMBERS and not (len(values) == 1 and str(values[0]).isdigit()):
            yield (
                path,
                "Invalid value: requirements operator 'Gt', 'Lt', 'Gte', or 'Lte' must have a single positive integer "
                "value",
            )
        min_values = get_path(requirement, "minValues")
        if isinstance(min_values, int | float) and min_values > len(values) and operator == "In":
            yield path, "Invalid value: requirements with 'minValues' must have at least that many values"
        key = get_str(requirement, "key")
        if _OWN_DOMAINS.fullmatch(key) and not _OWN_LABELS.fullmatch(key):
            yield path, f'Invalid value: label domain of "{key}" is restricted'


def _budgets(spec: Json) -> Iterator[tuple[str, str]]:
    for budget in get_all(spec, "disruption.budgets[*]"):
        if bool(get_path(budget, "schedule")) != bool(get_path(budget, "duration")):
            yield "spec.disruption.budgets", "Invalid value: 'schedule' must be set with 'duration'"


def _node_class(spec: Json) -> Iterator[tuple[str, str]]:
    if bool(get_path(spec, "role")) == bool(get_path(spec, "instanceProfile")):
        yield "spec", "Invalid value: must specify exactly one of ['role', 'instanceProfile']"
    images = get_all(spec, "amiSelectorTerms[*]")
    aliases = [alias for term in images if (alias := get_path(term, "alias"))]
    for alias in aliases:
        if isinstance(alias, str) and not _ALIAS.fullmatch(alias):
            yield "spec.amiSelectorTerms", "Invalid value: 'alias' must match the format 'family@version'"
    if aliases and len(images) > 1:
        yield "spec.amiSelectorTerms", "Invalid value: 'alias' is mutually exclusive with other amiSelectorTerms"
    if images and not aliases and not get_path(spec, "amiFamily"):
        yield "spec", "Invalid value: must specify amiFamily if amiSelectorTerms does not contain an alias"
    for name in ("subnetSelectorTerms", "securityGroupSelectorTerms"):
        terms = get_path(spec, name)
        if isinstance(terms, list | tuple) and not terms:
            yield f"spec.{name}", f"Invalid value: {name} cannot be empty"
    for disk in get_all(spec, "blockDeviceMappings[*].ebs"):
        if disk is not UNKNOWN and not get_path(disk, "volumeSize") and not get_path(disk, "snapshotID"):
            yield "spec.blockDeviceMappings", "Invalid value: snapshotID or volumeSize must be defined"
    for tag in _keys(get_path(spec, "tags")):
        if _OWN_TAGS.fullmatch(tag):
            yield "spec.tags", f"Invalid value: tag contains a restricted tag matching {tag}"


def finalizer_removable(op: Operation) -> str | None:
    """Rejects a delete that would wait forever for the finalizer, which only a running Karpenter removes."""
    if group_and_kind(op.token) not in KINDS_WITH_NODES or managed_karpenter(op) or _releases(op, CHART):
        return None
    return (
        f'timed out waiting for the condition: "{op.name}" still has its finalizer, and no Karpenter runs in the '
        "cluster that could end its machines"
    )


def crds_not_in_use(op: Operation) -> str | None:
    """Rejects the deletion of a CRD chart whose objects exist: Helm waits for the CRDs, these for their objects, and
    these for Karpenter.
    """
    if _chart(op.inputs) != CRD_CHART:
        return None
    for group, kind in KINDS_WITH_NODES:
        for version in ("v1", "v1beta1"):
            for item in op.state.find(f"kubernetes:{group}/{version}:{kind}"):
                if item.scope.split("/namespace/")[0] == cluster_key(op.config):
                    return f"timed out waiting for the condition: {kind} {item.name} still uses its definition"
    return None


def managed_karpenter(op: Operation) -> bool:
    """Returns whether AKS runs Karpenter in the cluster (node auto-provisioning)."""
    cluster = managed_cluster(op)
    return cluster is not None and get_path(cluster.inputs, "nodeProvisioningProfile.mode") == "Auto"


def _releases(op: Operation, chart: str) -> list[InventoryItem]:
    key = cluster_key(op.config)
    return [
        release
        for release in op.state.find(RELEASE)
        if release.scope.split("/namespace/")[0] == key and _chart(release.inputs) == chart
    ]


def _chart(inputs: Mapping[str, Json]) -> str:
    return get_str(inputs, "chart").rpartition("/")[2]


def _keys(value: Json) -> list[str]:
    return list(value) if isinstance(value, Mapping) else []
