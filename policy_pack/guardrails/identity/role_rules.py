"""What the rules of a role of Kubernetes grant beyond what is its own, and which roles another one takes in."""

import re
from collections.abc import Collection, Iterator
from dataclasses import replace

from ..engine.lazy_regex import lazy_regex
from ..engine.reading import MISSING, UNKNOWN, Plain
from ..engine.verdicts import Outcome, failed, passed, undetermined
from ..readers.chart_roles import ChartRole
from ..readers.kubernetes_objects import ObjectPart
from ..readers.selectors import selects_everything
from .foreign_rights import granted_on_others
from .kubernetes_rights import granted_by_paths, granted_by_table, powers_of
from .named_rights import DEFAULT_ROLES, granted_by_name

_PRIVILEGED_RESOURCES = frozenset(
    {"*", "secrets", "serviceaccounts", "roles", "rolebindings", "clusterroles", "clusterrolebindings"}
)
"""Resources that must not be aggregated into the default roles."""
_CORE_GROUP, _UNKNOWN_GROUP = frozenset({""}), frozenset({"a group that is not known before deployment"})
"""What a rule has without groups, and beside those that are known: it may be one of operators."""
_AGGREGATION = lazy_regex(r".*aggregate.*|rbac\..+|(?:.+\.)?knative\.dev/.+", re.IGNORECASE)
"""Keys of labels by which roles are taken in by others: Kubernetes' own, those of Kueue (kubernetes-sigs/kueue,
charts/kueue/templates/rbac, `rbac.kueue.x-k8s.io/batch-user`) and of Knative (knative/serving, config/core/200-roles,
`serving.knative.dev/controller`); read 2026-11-29."""
AGGREGATE = "rbac.authorization.k8s.io/aggregate-to-"
"""Beginning of the labels of roles whose rules a default role takes in."""
_OF_OTHERS = lazy_regex(
    rf"{re.escape(AGGREGATE)}(?:admin|edit)"
    r"|(?!rbac\.authorization\.k8s\.io/aggregate-to-)(?:[\w-]+\.)*(?:kubernetes\.io|helm\.sh|coreos\.com)/.*",
    re.IGNORECASE,
)
"""Labels of roles that the default roles admin and edit take in, and of those that Kubernetes, charts or operators
have: `kubernetes.io/bootstrapping` is on cluster-admin (kubernetes/kubernetes v1.36.3 plugin/pkg/auth/authorizer/rbac/
bootstrappolicy/policy.go, and helm/helm-www 38ef9940, "Labels and Annotations"; read 2026-11-29)."""


def lowercase_items(value: Plain) -> frozenset[str]:
    """Returns the known texts of a list in lower case."""
    return (
        frozenset(item.lower() for item in value if isinstance(item, str)) if isinstance(value, list) else frozenset()
    )


def has_unknown(rule: ObjectPart, *keys: str) -> bool:
    """Returns whether a list under one of the keys, or an item of it, is not known before deployment."""
    values = [rule.get(key) for key in keys]
    return any(value is UNKNOWN or (isinstance(value, list) and UNKNOWN in value) for value in values)


def lists_resource_names(rule: ObjectPart) -> bool:
    """Returns whether a rule of a role is for objects by their names. An empty one is that of requests without a name,
    which list, watch, create or delete all (kubernetes/kubernetes v1.36.3, pkg/apis/rbac/v1/evaluation_helpers.go,
    ResourceNameMatches, read 2026-11-29)."""
    names = rule.get("resourceNames")
    return names not in (MISSING, []) and not (isinstance(names, list) and "" in names)


def granted(rule: ObjectPart, *, in_cluster: bool, namespace: object) -> Iterator[str]:
    """Yields what a rule of a role grants over others. `in_cluster`: whether the role is of every namespace;
    `namespace`: that of the role otherwise."""
    powers = powers_of(in_cluster=in_cluster, namespace=namespace)
    groups, kinds, verbs, names, paths = (
        lowercase_items(rule.get(key))
        for key in ("apiGroups", "resources", "verbs", "resourceNames", "nonResourceURLs")
    )
    is_named = lists_resource_names(rule)
    yield from granted_by_table(
        groups=_UNKNOWN_GROUP | groups if has_unknown(rule, "apiGroups") else groups or _CORE_GROUP,
        kinds=kinds, verbs=verbs, is_named=is_named, powers=powers)  # fmt: skip
    yield from granted_on_others(
        groups=groups, kinds=kinds, verbs=verbs, is_named=is_named, powers=powers, namespace=namespace
    )
    yield from granted_by_name(
        kinds=kinds, verbs=verbs, names=names, is_named=is_named, in_cluster=in_cluster, namespace=namespace
    )
    yield from granted_by_paths(paths)


def is_for_aggregation(key: str) -> bool:
    """Returns whether the key of a label says that roles with it are taken in by others."""
    return _AGGREGATION.fullmatch(key) is not None


def _aggregated_labels(selector: ObjectPart) -> frozenset[str]:
    expressions = (str(item.get("key")) for item in selector.children("matchExpressions"))
    return frozenset(selector.child("matchLabels").data).union(expressions)


def required_labels(selector: ObjectPart) -> frozenset[str]:
    """Returns the keys of labels that a role must have to be selected: all conditions of a selector hold."""
    found = (item for item in selector.children("matchExpressions") if item.get("operator") in ("In", "Exists"))
    return frozenset(selector.child("matchLabels").data).union(str(item.get("key")) for item in found)


def _without_listed(rule: ObjectPart, role: object, listed: Collection[str]) -> Iterator[ObjectPart]:
    """Yields the parts of a rule without the verbs that are listed for a role, `ROLE:GROUP/RESOURCE:VERB`: one for each
    resource that loses some, and one for the rest. Rules for all of a kind, or with values that are not known, and
    those of several groups stay whole."""
    kinds, verbs = (lowercase_items(rule.get(key)) for key in ("resources", "verbs"))
    groups = lowercase_items(rule.get("apiGroups")) or _CORE_GROUP
    if len(groups) > 1 or has_unknown(rule, "apiGroups", "resources", "verbs"):
        yield rule
        return
    group = next(iter(groups)) or "core"
    left = {kind: {verb for verb in verbs if f"{role}:{group}/{kind}:{verb}" not in listed} for kind in kinds}
    whole = sorted(kind for kind in kinds if left[kind] == verbs)
    parts = [(whole, verbs)] if whole or not kinds else []
    parts += [([kind], left[kind]) for kind in sorted(kinds) if left[kind] and left[kind] != verbs]
    for resources, kept in parts:
        yield replace(rule, data={**rule.data, "resources": [*resources], "verbs": sorted(kept)})


def granted_by_rules(
    role: ObjectPart, listed: Collection[str] = (), *, in_cluster: bool, namespace: object
) -> Iterator[tuple[str, str]]:
    """Yields the path of each rule of a role that grants power over others, and what it grants. `in_cluster`: whether
    it counts in every namespace; `namespace`: where it counts otherwise; `listed`: rights that the settings allow to
    roles by their names."""
    name = role.child("metadata").get("name")
    for rule in role.children("rules"):
        parts = _without_listed(rule, name, listed) if listed else (rule,)
        if found := next(
            (item for part in parts for item in granted(part, in_cluster=in_cluster, namespace=namespace)), ""
        ):
            yield rule.path, found


def check_escalation(role: ObjectPart, listed: Collection[str] = ()) -> Iterator[Outcome]:
    """Checks that a role grants no power over others, by its rules or by those of roles that it takes in. `listed`:
    rights that the settings allow to roles by their names. Rules of a ClusterRole are evaluated here as those of any
    namespace, and with the plan where they count (`cluster_wide_roles`); those of charts, which bind them, in all."""
    is_of_chart = isinstance(role, ChartRole)
    in_cluster, metadata = role.get("kind") == "ClusterRole", role.child("metadata")
    name, namespace = metadata.get("name"), None if in_cluster else metadata.get("namespace")
    if in_cluster and DEFAULT_ROLES.fullmatch(str(name)):
        yield failed(f"it changes {name}, a role of Kubernetes that others are bound to", "metadata.name")
    rules = list(granted_by_rules(role, listed, in_cluster=in_cluster and is_of_chart, namespace=namespace))
    yield from (failed(f"{path} grants {grants}", path) for path, grants in rules)
    if not rules:
        yield passed()
    for selector in role.child("aggregationRule").children("clusterRoleSelectors"):
        if selects_everything(selector):
            yield failed(f"{selector.path} aggregates the rules of every role", selector.path)
        elif collected := sorted(filter(_OF_OTHERS.fullmatch, _aggregated_labels(selector))):
            yield failed(f"{selector.path} aggregates the rules of {collected[0]}", selector.path)
        elif not any(map(is_for_aggregation, required_labels(selector))):
            text = (
                "aggregates roles by labels that are not for that; name the label such as example.ae/aggregate-to-team"
            )
            is_known = not has_unknown(selector, "matchLabels", "matchExpressions")
            yield (failed if is_known else undetermined)(f"{selector.path} {text}", selector.path)
    labels = metadata.child("labels")
    has_privileged_resources = any(
        lowercase_items(rule.get("resources")) & _PRIVILEGED_RESOURCES for rule in role.children("rules")
    )
    for name in ("admin", "edit", "view"):
        if has_privileged_resources and str(labels.get(f"{AGGREGATE}{name}")).lower() == "true":
            yield failed(f"its rules are aggregated into the default role {name}", labels.path)
