"""The table of rights of Kubernetes: it is whole, and roles in any form are refused as it says."""

import csv
import re
from functools import cache
from pathlib import Path

import pulumi_kubernetes
import pytest
from guardrails.engine.data_folder import DATA
from guardrails.identity.kubernetes_rights import Reach, kubernetes_rights
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.thorough import many

from .blind import cluster_role, k8s, meta
from .harness import UNKNOWN, Given, Pack, blocking

PACK = Pack()
COLUMN = {"get": "read", "list": "read", "watch": "read", "create": "create", "update": "change", "patch": "change",
          "delete": "delete"}  # fmt: skip
POWERS = {
    "": {"namespace", "system", "team", "others"}, "kube-system": {"system", "team", "others"},
    "argocd": {"team", "others"}, "istio-system": {"team", "others"}, "team-a": {"others"}, "payments": {"others"},
    "external-secrets": {"team", "others"}, "cert-manager": {"team", "others"}, "argo": {"team", "others"},
    "keda": {"team", "others"}, "vault": {"others"}, "gpu-operator": {"others"},
}  # fmt: skip
"""Namespace of a role, which is empty for one of the cluster -> reaches that give it power over others."""
SETTINGS = frozenset({("configmaps", "argocd"), ("configmaps", "istio-system")})
"""Kinds whose names decide in a namespace who signs in, or what is refused, so that changes of all are such ones."""


@cache
def rows() -> tuple[dict[str, str], ...]:
    """Returns the rows of the file, as texts, with the core's group as roles have it."""
    with (DATA / "kubernetes_rights.csv").open(encoding="utf-8", newline="") as file:
        return tuple({**row, "group": row["group"].removeprefix("core")} for row in csv.DictReader(file))


def role(namespace: str, *given_rules: dict[str, object]) -> Given:
    """Returns a role of a namespace, or of the cluster."""
    if not namespace:
        return cluster_role(*given_rules)
    return k8s("rbac.authorization.k8s.io/v1:Role", {"metadata": meta("x", namespace), "rules": list(given_rules)})


def rule(groups: object, resources: object, verbs: object, **more: object) -> dict[str, object]:
    """Returns a rule of a role."""
    return {"apiGroups": groups, "resources": resources, "verbs": verbs, **more}


def is_refused(given_resource: Given) -> bool:
    """Returns whether a rule on roles refuses a role."""
    return not blocking(PACK.evaluate_plan(given_resource)).isdisjoint({"FJ-IDN-302", "FJ-IDN-304", "FJ-IDN-305"})


def plural(kind: str) -> str:
    """Returns the name of the resource of a kind."""
    name = kind.lower()
    if name.endswith(("endpoints", "parameters")):
        return name
    if name.endswith(("s", "x")):
        return f"{name}es"
    return f"{name[:-1]}ies" if name.endswith(("cy", "ty")) else f"{name}s"


def kinds_of_the_sdk() -> set[tuple[str, str]]:
    """Returns the group and the resource of each kind that Pulumi's SDK has."""
    found = set()
    for file in Path(str(pulumi_kubernetes.__file__)).parent.glob("*/v*/*.py"):
        version = re.search(r'__props__\.__dict__\["api_version"\] = [\'"]([^\'"]+)', file.read_text("utf-8"))
        if version and not file.stem.endswith(("List", "Patch")) and file.stem != "Status":
            found.add((version[1].rpartition("/")[0], plural(file.stem)))
    return found


def test_each_kind_of_the_sdk_has_a_row() -> None:
    listed = set(kubernetes_rights())
    assert {kind for kind in kinds_of_the_sdk() if kind[0] != "extensions"} <= listed


def test_rows_are_sorted_once_and_say_what_they_grant() -> None:
    keys = [(row["group"], row["resource"]) for row in rows()]
    assert keys == sorted(set(keys))
    for row in rows():
        reaches = {row[name] for name in set(COLUMN.values())} | {
            item.partition("=")[2] for item in row["special"].split()}  # fmt: skip
        assert reaches <= set(Reach)
        assert bool(row["grants"]) is (reaches != {"any"}), row
        assert re.fullmatch(r"(?:(?:29|3\d)-3\d)?", row["versions"]), row
        assert set(row["named"].split()) <= {*COLUMN.values(), *re.findall(r"(\S+?)=", row["special"])}, row


@given(row=st.sampled_from(rows()), verb=st.sampled_from(tuple(COLUMN)), namespace=st.sampled_from(tuple(POWERS)),
       others=st.sets(st.sampled_from(("apps", "batch", "events.k8s.io", "policy")), max_size=2),
       harmless=st.booleans(), upper=st.booleans(), named=st.booleans())  # fmt: skip
@settings(max_examples=many(400), deadline=None)
def test_roles_are_refused_as_the_table_says(
    row: dict[str, str], verb: str, namespace: str, others: set[str], *, harmless: bool, upper: bool, named: bool
) -> None:
    """Whatever stands beside it in the rule: other groups, which do not have the resource, and harmless rights."""
    column = COLUMN[verb]
    is_power = row[column] in POWERS[namespace] and (not named or column in row["named"].split())
    is_settings = (row["resource"], namespace) in SETTINGS and column in ("change", "delete") and not named
    resource = row["resource"].upper() if upper else row["resource"]
    groups = [row["group"], *(group for group in others if (group, row["resource"]) not in kubernetes_rights())]
    given_rule = rule(groups, [resource], [verb], **({"resourceNames": ["one"]} if named else {}))
    before = [rule([""], ["events"], ["create", "patch"])] if harmless else []
    assert is_refused(role(namespace, *before, given_rule)) is (is_power or is_settings)


@given(row=st.sampled_from(rows()), namespace=st.sampled_from(tuple(POWERS)), named=st.booleans(),
       verb=st.from_regex(r"[a-z]{5,12}(?:-[a-z]{3,8})?(?::[a-z]{3,9})?", fullmatch=True))  # fmt: skip
@settings(max_examples=many(100), deadline=None)
def test_verbs_that_no_row_has_are_refused(row: dict[str, str], namespace: str, verb: str, *, named: bool) -> None:
    special = {item.partition("=")[0] for item in row["special"].split()}
    if verb in {*COLUMN, *special, "deletecollection"}:
        return
    names = {"resourceNames": ["one"]} if named else {}
    assert is_refused(role(namespace, rule([row["group"]], [row["resource"]], ["get", verb], **names)))


@given(group=st.sampled_from(("", "apps", "batch", "storage.k8s.io", "extensions")),
       resource=st.from_regex(r"zz[a-z]{3,12}(?:/[a-z]{3,9})?", fullmatch=True),
       verb=st.sampled_from(tuple(COLUMN)), namespace=st.sampled_from(tuple(POWERS)))  # fmt: skip
@settings(max_examples=many(60), deadline=None)
def test_resources_that_no_row_has_are_refused_in_groups_of_kubernetes_only(
    group: str, resource: str, verb: str, namespace: str
) -> None:
    assert is_refused(role(namespace, rule([group], [resource], [verb])))
    assert not is_refused(role(namespace, rule(["models.example.ae"], [resource], [verb])))
    assert not is_refused(role(namespace, rule([group, "models.example.ae"], [resource], [verb])))


@given(row=st.sampled_from(rows()), namespace=st.sampled_from(tuple(POWERS)),
       form=st.sampled_from(("*", "{}/*", "*/{}", "*/*")))  # fmt: skip
@settings(max_examples=many(60), deadline=None)
def test_patterns_of_resources_are_refused(row: dict[str, str], namespace: str, form: str) -> None:
    resource = form.format(row["resource"].partition("/")[2] or row["resource"])
    assert is_refused(role(namespace, rule([row["group"]], [resource], ["get"])))
    assert is_refused(role(namespace, rule([row["group"]], [row["resource"]], ["*"])))


@pytest.mark.parametrize("namespace", ["", "team-a"])
@pytest.mark.parametrize(("given_rule", "refused"), [
    (rule([""], [UNKNOWN, "events"], ["create"]), False), (rule([""], ["pods"], UNKNOWN), False),
    (rule(["apps"], ["deployments/finalizers"], ["update"]), False),
    (rule(["apps"], ["zzdeployments/finalizers"], ["update"]), True),
    (rule(["extensions"], ["deployments"], ["get"]), False),
    (rule(UNKNOWN, ["rayclusters"], ["create"]), False), (rule([UNKNOWN], ["rayclusters"], ["create"]), False),
    (rule([UNKNOWN], ["pods/exec"], ["get"]), False), (rule(["", UNKNOWN], ["pods/exec"], ["create"]), True),
    (rule(UNKNOWN, ["nodes"], ["*"]), True),
    (rule(["metrics.k8s.io"], ["pods"], ["get", "list"]), False),
    (rule(["policy"], ["podsecuritypolicies"], ["use"]), False),
    (rule(["cert-manager.io"], ["signers"], ["approve"], resourceNames=["clusterissuers.cert-manager.io/*"]), False),
    (rule(["certificates.k8s.io"], ["certificatesigningrequests/status"], ["update"]), False),
    (rule(["resource.k8s.io"], ["resourceclaims/driver"], ["associated-node:update"]), False),
    (rule(["models.example.ae"], ["adapters"], ["train"]), True),
    (rule(["models.example.ae"], ["adapters"], ["train"], resourceNames=["one"]), False),
    (rule(["models.example.ae"], ["adapters"], ["impersonate"], resourceNames=["one"]), True),
    (rule(["models.example.ae"], ["adapters/proxy"], ["get"]), True),
    (rule(["generators.external-secrets.io"], ["ecrauthorizationtokens", "passwords"], ["list"]), False),
])  # fmt: skip
def test_rights_beside_the_table(namespace: str, given_rule: dict[str, object], *, refused: bool) -> None:
    assert is_refused(role(namespace, given_rule)) is refused


@pytest.mark.parametrize(("path", "refused"), [
    ("/debug/pprof/heap", True), ("/debug", True), ("/deb*", True), ("/logs/*", True), ("/l*", True),
    ("/debugger", False),
    ("/metrics", False), ("/livez/*", False), ("/version", False), ("/api/*", False), ("/", False), ("/lists/*", False),
])  # fmt: skip
def test_paths_of_the_server(path: str, *, refused: bool) -> None:
    given_rule = {"nonResourceURLs": [path], "verbs": ["get"]}
    assert is_refused(cluster_role(given_rule)) is refused
    values = {"rbac": {"extraRules": [given_rule]}}
    release = k8s("helm.sh/v3:Release", {"chart": "x", "namespace": "team-a", "values": values})
    assert is_refused(release) is refused
