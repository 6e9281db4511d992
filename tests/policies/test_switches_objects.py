"""Fields of Kubernetes objects that switch a protection off: in every version and spelling (FJ-ESC-115)."""

import re
from collections.abc import Mapping

import pytest
from guardrails.engine.tokens import normalise
from guardrails.unverifiable.switch_rows import SwitchRow, condition, read_object_fields, read_object_rows
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.thorough import many

from . import annotation_violations, object_violations
from .blind import KUBE, TAGS, crd, k8s
from .harness import UNKNOWN, Given, Pack, blocking, rules

RULE = "FJ-ESC-115"
PACK = Pack()
EVERY_ROW = read_object_rows()
PRESENT = [row for row in EVERY_ROW if row.safe == "=!"]  # properties that must be there, whatever they are
ROWS = [row for row in EVERY_ROW if row not in PRESENT]
VIOLATIONS = {**object_violations.VIOLATIONS, **annotation_violations.VIOLATIONS}
OPPOSITES: Mapping[str, tuple[object, ...]] = {"true": (False, "false", "False"), "false": (True, "true", "True")}


ROWS_OF_SPECS = [row for row in ROWS if row.path.startswith("spec.") and "[" not in row.path]
"""Rows of values wherever they stand: one that must be set says itself what is a list."""


EVALUATED = [row for row in ROWS if row.safe != "any"]
"""Rows that refuse something: the others take a field out of a row of many."""


def violations(row: SwitchRow) -> tuple[object, ...]:
    """Returns values that a row refuses."""
    values = row.safe.lstrip("=+")
    if "~" in values[:2]:
        return (VIOLATIONS[row.path],)
    if values.startswith("!"):
        return tuple(spelling for item in values[1:].split("|") for spelling in (item, item.lower(), f" {item} "))
    return OPPOSITES.get(values, ("other", "Warn"))


def resource(row: SwitchRow, value: object, version: str = "v1", *, in_lists: bool = False) -> Given:
    """Returns an object with a value at the path of a row. `in_lists`: whether objects stand in lists of one."""
    start = next((start for start in ("metadata.annotations.", "data.") if row.path.startswith(start)), "")
    rest = re.sub(r"\?|\[[*+]\]", "", row.path.removeprefix(start))
    path = rest if start else (f"spec.{rest[2:]}" if rest.startswith("*.") else rest).replace("*", "item")
    names = [*start.split(".")[:-1], path] if start else path.split(".")
    for name in reversed(names[1:]):
        value = {name: [value] if in_lists else value}
    token = row.type.replace("/v1:", f"/{version}:").replace(":*", ":Anything")
    return Given(token, {names[0]: value}, provider=KUBE)


@settings(max_examples=many(80), deadline=None)
@given(row=st.sampled_from(EVALUATED), place=st.integers(0, 5), version=st.sampled_from(("v1", "v1beta1", "v2alpha1")))
def test_every_row_refuses_its_values_in_every_version(row: SwitchRow, place: int, version: str) -> None:
    values = violations(row)
    assert RULE in blocking(PACK.evaluate_resource(resource(row, values[place % len(values)], version)))


@pytest.mark.parametrize("row", ROWS_OF_SPECS, ids=lambda row: row.path)
def test_lists_of_objects_are_read(row: SwitchRow) -> None:
    assert RULE in blocking(PACK.evaluate_resource(resource(row, violations(row)[0], in_lists=True)))


@pytest.mark.parametrize("row", PRESENT, ids=lambda row: f"{row.type} {row.path}")
def test_what_must_be_set_is_refused_without_it_and_not_in_patches(row: SwitchRow) -> None:
    with_it = resource(row, {"x": "y"})
    *above, name = re.sub(r"\?|\[[*+]\]", "", row.path).split(".")
    without: object = {}
    for key in reversed([*above[1:], name][:-1]):
        without = {key: without or {"other": "x"}}
    lacking = Given(row.type, {"spec": without or {"other": "x"}}, provider=KUBE)
    patch = Given(f"{row.type}Patch", lacking.props, provider=KUBE)
    found = [RULE in blocking(PACK.evaluate_resource(item)) for item in (lacking, with_it, patch)]
    assert found[0]
    assert not found[2]
    assert not found[1] or row.type.endswith(("KafkaBridge", "KafkaConnect", "OpenSearchCluster"))


def test_items_of_lists_are_read() -> None:
    policy = {"apiVersion": "kyverno.io/v1", "kind": "ClusterPolicy", "spec": {"validationFailureAction": "Audit"}}
    assert RULE in blocking(
        PACK.evaluate_resource(Given("kubernetes:core/v1:List", {"items": [policy]}, provider=KUBE))
    )


def test_rows_are_well_formed() -> None:
    keys = [(row.type, row.path) for row in ROWS]
    assert len(keys) == len(set(keys))
    assert [row for row in ROWS if normalise(row.type) != row.type and not row.type.endswith(":*")] == []
    assert all((row.why or row.safe == "any") and condition(row.safe) for row in ROWS)


@pytest.mark.parametrize(
    ("kind", "spec"),
    [("kyverno.io/v1:ClusterPolicy", {"validationFailureAction": "Enforce", "background": False}),
     ("admissionregistration.k8s.io/v1:ValidatingAdmissionPolicyBinding", {"validationActions": ["Deny", "Warn"]}),
     ("constraints.gatekeeper.sh/v1beta1:K8sRequiredLabels", {"enforcementAction": "deny"}),
     ("cilium.io/v2:CiliumNodeConfig", {"defaults": {"enable-policy": "always", "enable-wireguard": "true"}}),
     ("postgresql.cnpg.io/v1:Cluster", {"postgresql": {"pg_hba": ["hostssl all all 10.0.0.0/8 scram-sha-256",
                                                                   "hostnossl all all all reject"]}}),
     ("postgresql.cnpg.io/v1:Cluster", {"postgresql": {"pg_hba": ["host radius radius all scram-sha-256"]}}),
     ("velero.io/v1:Backup", {"ttl": "720h0m0s"}),
     ("storage.k8s.io/v1:CSIDriver", {"tokenRequests": [{"audience": "vault"}, {"audience": "sts.amazonaws.com"}]}),
     ("argoproj.io/v1alpha1:EventBus", {"jetstream": {"version": "2.10.10"}}),
     ("kafka.strimzi.io/v1beta2:Kafka", {"kafka": {"authorization": {"type": "simple"},
                                                   "jmxOptions": {"authentication": {"type": "password"}}}}),
     ("apps/v1:Deployment", {"validationFailureAction": "Audit"})],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_ordinary_positions_pass(kind: str, spec: Mapping[str, object]) -> None:
    assert RULE not in blocking(PACK.evaluate_resource(crd(kind, spec)))


@pytest.mark.parametrize("protocols", ["TLSv1.2 TLSv1.3", "TLSv1.3"])
def test_settings_of_a_controller_of_ingresses_pass(protocols: str) -> None:
    data = {"ssl-protocols": protocols, "ssl-ciphers": "ECDHE-RSA-AES128-GCM-SHA256:!aNULL:!MD5:!RC4",
            "allow-snippet-annotations": "false"}  # fmt: skip
    given_one = k8s("core/v1:ConfigMap", {"metadata": {"name": "x", "namespace": "a", "labels": TAGS}, "data": data})
    assert RULE not in blocking(PACK.evaluate_resource(given_one))


@pytest.mark.parametrize(("key", "is_reported"), [("host", False), ("ssl-protocols", True)])
def test_an_unknown_value_is_reported_only_under_a_key_of_its_own_row(key: str, is_reported: bool) -> None:
    props = {"metadata": {"name": "x", "namespace": "a", "labels": TAGS}, "data": {key: UNKNOWN}}
    assert (RULE in rules(PACK.evaluate_resource(k8s("core/v1:ConfigMap", props)))) is is_reported


FIELDS = read_object_fields()
NAME = st.from_regex(r"[a-z][a-zA-Z]{2,12}", fullmatch=True)


@settings(max_examples=many(60), deadline=None)
@given(st.sampled_from(sorted(FIELDS)), st.lists(NAME, max_size=3), NAME, st.booleans(), st.booleans())
def test_a_boolean_that_nobody_reviewed_is_refused_at_any_depth(
    token: str, above: list[str], name: str, position: bool, is_listed: bool
) -> None:
    known = {row.path.rpartition(".")[2] for row in ROWS if row.type == token}.union(FIELDS[token])
    value: object = {name: position}
    for key in above:
        value = {key: [value] if is_listed else value}
    assert name in known or RULE in blocking(PACK.evaluate_resource(Given(token, {"spec": value}, provider=KUBE)))


def test_reviewed_booleans_pass_in_both_positions() -> None:
    for token, names in FIELDS.items():
        for position in (True, False):
            spec = {"spec": {"x": dict.fromkeys(names, position)}}
            patch = Given(f"{token}Patch", spec, provider=KUBE)
            assert RULE not in blocking(PACK.evaluate_resource(patch)), token


def test_reviewed_booleans_have_no_dangerous_position_under_their_name() -> None:
    dangerous = {(row.type, row.path) for row in ROWS}
    assert [
        (token, name) for token, names in FIELDS.items() for name in names if (token, f"*.{name}") in dangerous
    ] == []
    assert list(FIELDS) == sorted(FIELDS)


def test_bindings_are_left_to_the_guardrails_of_rights() -> None:
    """FJ-IDN-303 says the same of their subjects, with a remedy: one exemption is enough."""
    everybody = {"kind": "Group", "name": "system:unauthenticated", "apiGroup": "rbac.authorization.k8s.io"}
    found = PACK.evaluate_resource(k8s("rbac.authorization.k8s.io/v1:ClusterRoleBinding", {
        "metadata": {"name": "x", "labels": TAGS}, "subjects": [everybody], "roleRef": {
            "apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "readers"}}))  # fmt: skip
    assert "FJ-IDN-303" in rules(found)
    assert RULE not in rules(found)
