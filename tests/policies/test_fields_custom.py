"""Classes of fields of custom kinds, which are evaluated in kinds that nobody has listed too.

`custom_fields_read.csv` has the names of the fields, at any depth of a kind's spec, that were read on 2026-11-29 with
the question of what an attacker would do with them; `attacks.fields_crd_*` has what came of it. The schemas are those
of datreeio/CRDs-catalog at the commit that the list names, which collects the CRDs of each project; parts of pods were
left out, which the guardrails of pods evaluate.
"""

import csv
from collections.abc import Mapping
from pathlib import Path

import pytest
from guardrails.unverifiable.kubernetes_groups import reviewed_kinds
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.thorough import many

from .blind import KUBE, TAGS, crd
from .harness import Given, Pack, blocking

PACK = Pack()
READ = Path(__file__).with_name("custom_fields_read.csv")
SWITCH, TLS, FORGED, IMAGE = "FJ-ESC-115", "FJ-ENC-425", "FJ-IDN-314", "FJ-ESC-116"
NAME = st.from_regex(r"[a-z][a-z]{2,8}", fullmatch=True)
UNLISTED = "strangers.example.com/v1:Thing"
PODS = (
    ("schedulerName", "stranger-scheduler", "volcano"),
    ("terminationGracePeriodSeconds", 31_536_000, 3600),
    ("imagePullPolicy", "Never", "IfNotPresent"),
    ("insecureEdgeTerminationPolicy", "Allow", "Redirect"),
)


def refused(kind: str, spec: Mapping[str, object]) -> set[str]:
    """Returns the rules that refuse a custom resource with a spec."""
    return blocking(PACK.evaluate_resource(crd(kind, spec)))


def below(path: list[str], value: object, *, in_lists: bool) -> dict[str, object]:
    """Returns an object with a value at a path."""
    for key in reversed(path):
        value = {key: [value] if in_lists and isinstance(value, dict) else value}
    assert isinstance(value, dict)
    return value


@settings(max_examples=many(60), deadline=None)
@given(st.sampled_from(PODS), st.lists(NAME, max_size=4), st.booleans())
def test_fields_of_pods_are_evaluated_at_any_depth_of_any_kind(
    row: tuple[str, object, object], above: list[str], in_lists: bool
) -> None:
    name, bad, good = row
    for kind in (UNLISTED, "argoproj.io/v1alpha1:Rollout", "ray.io/v1:RayCluster"):
        assert SWITCH in refused(kind, below([*above, name], bad, in_lists=in_lists))
    assert SWITCH not in refused(UNLISTED, below([*above, name], good, in_lists=in_lists))


@pytest.mark.parametrize(
    "kind",
    ["kyverno.io/v1:ClusterPolicy", "constraints.gatekeeper.sh/v1beta1:K8sPods", "policies.kyverno.io/v1:Thing"],
)
def test_patterns_of_policies_name_what_they_compare(kind: str) -> None:
    spec = {"rules": [{"validate": {"pattern": {"spec": {"schedulerName": "stranger-scheduler"}}}}]}
    with_it, without = (refused(kind, part) for part in (spec, {"rules": [{"validate": {"pattern": {"spec": {}}}}]}))
    assert with_it == without


def test_texts_of_files_are_no_fields() -> None:
    given_one = {"metadata": {"name": "x", "namespace": "a", "labels": TAGS}, "data": {"schedulerName": "stranger"}}
    found = PACK.evaluate_resource(Given("kubernetes:core/v1:ConfigMap", given_one, provider=KUBE))
    assert SWITCH not in blocking(found)


@pytest.mark.parametrize(
    ("name", "bad"),
    [
        ("insecureSkipTLS", True),
        ("insecure_ssl", True),
        ("insecureIgnoreHostKey", True),
        ("insecurePlainHTTP", True),
        ("allow_self_signed_cert", True),
        ("tls_allow_self_signed_cert", True),
        ("disableTlsHostnameVerification", True),
        ("disableCertVerification", True),
        ("verify_fqdn", False),
    ],
)
def test_spellings_of_real_schemas_switch_the_check_of_certificates_off(name: str, *, bad: bool) -> None:
    assert TLS in refused(UNLISTED, {"client": {name: bad}})
    assert TLS not in refused(UNLISTED, {"client": {name: not bad}})


@pytest.mark.parametrize(
    ("name", "value"), [("allowSelfSignedIssuer", True), ("insecureMetrics", True), ("verifyFqdns", False)]
)
def test_names_that_are_near_are_left_alone(name: str, *, value: bool) -> None:
    assert TLS not in refused(UNLISTED, {"client": {name: value}})


def test_a_repository_of_images_is_an_image() -> None:
    assert IMAGE in refused(UNLISTED, {"proxy": {"imageRepository": "docker.io/stranger/proxy"}})
    assert IMAGE not in refused(UNLISTED, {"proxy": {"imageRepository": "proxy"}})


@pytest.mark.parametrize(
    ("kind", "is_forged"),
    [
        ("cilium.io/v2:CiliumNode", True),
        ("aquasecurity.github.io/v1alpha1:ExposedSecretReport", True),
        ("aquasecurity.github.io/v1alpha1:ClusterComplianceReport", False),
        ("wgpolicyk8s.io/v1beta1:PolicyReport", True),
        ("cilium.io/v2:CiliumNodeConfig", False),
    ],
)
def test_objects_that_only_controllers_write_are_refused(kind: str, *, is_forged: bool) -> None:
    assert (FORGED in refused(kind, {})) is is_forged


def test_the_list_of_fields_is_of_reviewed_kinds_and_sorted() -> None:
    with READ.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    keys = [(row["group"], row["kind"]) for row in rows]
    assert keys == sorted(set(keys))
    assert [key for key in keys if key[1] not in reviewed_kinds()[key[0]]] == []
    assert all("@" in row["source"] and row["version"] for row in rows)
    assert all(row["fields"].split() == sorted(set(row["fields"].split())) for row in rows)
