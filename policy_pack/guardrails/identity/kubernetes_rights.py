"""Rights on what Kubernetes itself serves: an allow-list of resources, subresources and verbs.

`data/kubernetes_rights.csv` has a row for each resource and subresource of the built-in API groups, and says of each
class of verbs whom it gives power over. `versions` are the first and the last minor version of Kubernetes 1.29 to 1.36
that serves it (kubernetes-client/python, kubernetes/swagger.json.unprocessed of release-29.0 at 01b1642b to
release-36.0 at 67e7d9ab, read 2026-11-29; 37 is api/discovery of kubernetes/kubernetes at 6732d913 and 3ddd5a74, read
2026-11-29). Rows without versions are only asked of authorizers: subresources of nodes (kubernetes/kubernetes v1.36.3,
pkg/kubelet/server/auth.go), impersonation (apiserver v0.36.3, pkg/endpoints/filters/impersonation), signers
(pkg/certauthorization) and parts of resource claims (pkg/registry/resource/utils.go), all read 2026-11-29; or they are
of older versions: `nodes/spec`, and the kinds that the SDK has beside these (pulumi-kubernetes 4.34.2).

What a class gives is as in Kubernetes, "Role Based Access Control Good Practices" (website at 037ed19f, read
2026-11-27), and in the roles `edit` and `admin` that Kubernetes has for a namespace (bootstrappolicy/testdata of
v1.36.3). Good Practices does not name commands in containers, endpoints, admission policies, API services, and answers
to changes: an update, a patch and a deletion of many answer with the objects.
"""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from ..engine.data_folder import DATA
from ..engine.lazy_regex import lazy_regex
from ..readers.shared_namespaces import CONTROLLER_NAMESPACES

READS = frozenset({"get", "list", "watch"})
_CLASSES = {**dict.fromkeys(READS, "read"), "create": "create", "update": "change", "patch": "change",
            "delete": "delete", "deletecollection": "delete"}  # fmt: skip
"""Verb -> column of the table."""
STANDARD_VERBS = frozenset(_CLASSES)
_CORE = "core"
_NOT_SERVED = frozenset({"*", "extensions"})
"""Groups whose resources the table has in other groups: `extensions` until 1.21 (kubernetes/api 10b39a39
extensions/v1beta1/types.go: its last kind was removed in 1.22; read 2026-11-29)."""


_OF_OPERATORS = lazy_regex(r"argo|cert-manager|cnpg|datadog|external-secrets|keda|sealed-secrets")
"""Namespaces of operators whose account a pod there may take, with its rights in every namespace (their charts, as
known on 2026-11-29). Vault's and NVIDIA's own roles change pods in theirs."""


class Reach(StrEnum):
    """Where a right gives power over what others have."""

    ANY = "any"
    """Nowhere: it is harmless for anybody."""
    NAMESPACE = "namespace"
    """In a role of the cluster; it is harmless in one of a namespace."""
    SYSTEM = "system"
    """In a role of the cluster, and in one of kube-system."""
    TEAM = "team"
    """In a role of the cluster, and in one of a controller's namespace; it is harmless in a team's own."""
    OTHERS = "others"
    """In any role."""


@dataclass(frozen=True, slots=True)
class Row:
    """One resource or subresource. `reaches`: by class of verbs, and by verb for those of this resource only; `named`:
    classes and verbs that have the same reach for objects by their names."""

    reaches: dict[str, Reach]
    named: frozenset[str]
    grants: str


_UNLISTED = Row(dict.fromkeys(("read", "create", "change", "delete"), Reach.OTHERS),
                frozenset({"read", "create", "change", "delete"}),
                "a resource of Kubernetes that data/kubernetes_rights.csv does not list")  # fmt: skip


@cache
def kubernetes_rights() -> dict[tuple[str, str], Row]:
    """Returns the rows by group, which is empty for the core, and resource."""
    with (DATA / "kubernetes_rights.csv").open(encoding="utf-8", newline="") as file:
        return {
            ("" if cells["group"] == _CORE else cells["group"], cells["resource"]): _row(cells)
            for cells in csv.DictReader(file)
        }


def _row(cells: dict[str, str]) -> Row:
    reaches = {name: Reach(cells[name]) for name in ("read", "create", "change", "delete")}
    for item in cells["special"].split():
        verb, _, reach = item.partition("=")
        reaches[verb] = Reach(reach)
    return Row(reaches, frozenset(cells["named"].split()), cells["grants"])


@cache
def built_in_groups() -> frozenset[str]:
    """Returns the API groups that Kubernetes itself serves, and those that it served once."""
    return frozenset(group for group, _ in kubernetes_rights()) | _NOT_SERVED


@cache
def _rows_of_every_group() -> dict[str, tuple[Row, ...]]:
    rows: dict[str, tuple[Row, ...]] = {}
    for (_, resource), row in kubernetes_rights().items():
        rows[resource] = (*rows.get(resource, ()), row)
    return rows


def powers_of(*, in_cluster: bool, namespace: object) -> frozenset[Reach]:
    """Returns the reaches that are power over others for a role of every namespace, or else of a namespace."""
    if in_cluster:
        return frozenset(Reach) - {Reach.ANY}
    if namespace == "kube-system":
        return frozenset({Reach.SYSTEM, Reach.TEAM, Reach.OTHERS})
    if isinstance(namespace, str) and (
        CONTROLLER_NAMESPACES.fullmatch(namespace) or _OF_OPERATORS.fullmatch(namespace)
    ):
        return frozenset({Reach.TEAM, Reach.OTHERS})
    return frozenset({Reach.OTHERS})


_FINALIZERS = Row(dict.fromkeys(("read", "create", "change", "delete"), Reach.ANY), frozenset(), "")
"""Right to be the owner that others wait for when an object is deleted: `finalizers` is a part of every kind
(kubernetes/kubernetes v1.36.3, plugin/pkg/admission/gc/gc_admission.go, read 2026-11-29)."""


def _rows(groups: frozenset[str], resource: str) -> Sequence[Row]:
    """Returns the rows of a resource in the groups of a rule. A resource that no group of Kubernetes has is unlisted,
    and one of another group counts as there, unless a rule has groups of others, whose kind it may be. The state of an
    object (`/status`) has the row of its kind, unless it has one of its own."""
    own = [row for group in groups & built_in_groups() if (row := kubernetes_rights().get((group, resource)))]
    if own or not groups <= built_in_groups():
        return own
    if resource.endswith("/finalizers") and resource.removesuffix("/finalizers") in _rows_of_every_group():
        return (_FINALIZERS,)
    if resource.endswith("/status") and resource not in _rows_of_every_group():
        return _rows(groups, resource.removesuffix("/status"))
    return _rows_of_every_group().get(resource, (_UNLISTED,))


def _reach(row: Row, verb: str, *, is_named: bool) -> Reach:
    kind = _CLASSES.get(verb, verb.partition(":")[0] if verb not in row.reaches else verb)
    if kind not in row.reaches:
        return Reach.OTHERS
    if is_named and kind not in row.named:
        return Reach.ANY
    is_of_many = verb == "deletecollection" and row.reaches[kind] is Reach.ANY
    return Reach.NAMESPACE if is_of_many else row.reaches[kind]


def granted_by_table(
    *, groups: frozenset[str], kinds: frozenset[str], verbs: frozenset[str], is_named: bool, powers: frozenset[Reach]
) -> Iterator[str]:
    """Yields what a rule of a role grants over others. `groups`: those of the rule, of which the core's is empty;
    `powers`: those of the role (`powers_of`). FJ-IDN-302 refuses `*`, and FJ-IDN-304 the reading of secrets."""
    for kind in sorted(kinds):
        for row in () if "*" in kind else _rows(groups, kind):
            for verb in sorted(verbs - {"*"} - (READS if kind == "secrets" else frozenset())):
                if _reach(row, verb, is_named=is_named) in powers:
                    is_listed = verb in STANDARD_VERBS or verb.partition(":")[0] in row.reaches or verb in row.reaches
                    unlisted = f"{verb} on {kind}, a verb that data/kubernetes_rights.csv does not list"
                    yield row.grants if is_listed else unlisted


_SERVER_PATHS = ("/debug", "/logs")
"""Paths of the API server with its memory, and with the logs of its machine (kubernetes/kubernetes v1.36.3, apiserver
pkg/server/routes/profiling.go and logs.go, read 2026-11-29)."""


def granted_by_paths(paths: frozenset[str]) -> Iterator[str]:
    """Yields what a rule on paths of the API server grants; a path that ends in `*` is all that begin so."""
    for path in sorted(paths):
        start = path.removesuffix("*")
        for server_path in _SERVER_PATHS:
            is_below = start == server_path or start.startswith(f"{server_path}/")
            if is_below or (path.endswith("*") and start not in ("", "/") and server_path.startswith(start)):
                yield f"{path}, with the memory or the logs of the API server"
