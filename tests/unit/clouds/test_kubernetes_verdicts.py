"""The emulated cluster accepts and rejects the same cases as the real API server (`tests/lab/test_verdicts`)."""

import re

import pytest

from falaj.sandbox.clouds.kubernetes.crd_schemas import schemas
from falaj.sandbox.clouds.kubernetes.field_schema import FieldSchema
from tests.lab.verdict_cases import BUILT_IN, CUSTOM, DIFFERS, Case, changed
from tests.unit.clouds.driver import Driver
from tests.unit.clouds.emulated_kubernetes import emulated_cluster, error_for
from tests.unit.clouds.kubernetes_objects import Open

CASES = {case.name: case for case in (*BUILT_IN, *CUSTOM)}


@pytest.fixture
def emulated(open_cloud: Open) -> Driver:
    return emulated_cluster(open_cloud)


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_valid_object_is_accepted_and_an_invalid_one_rejected(case: Case, emulated: Driver) -> None:
    assert (error_for(emulated, case.manifest) is None) == (case.good != (case.name in DIFFERS))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("deployment-old-version", 'no matches for kind "Deployment" in version "extensions/v1beta1"'),
        ("deployment-quantity-in-words", "resources.limits[cpu]"),
        ("deployment-request-over-limit", "must be less than or equal to cpu limit"),
        ("job-always-restarts", "supported values: OnFailure, Never"),
        ("policy-except-outside", "must be a strict subset of `cidr` (10.0.0.0/8)"),
        ("priority-too-high", "1000000000"),
        ("queue-old-field", "Kind=ClusterQueue): .spec.cohort: field not declared in schema"),
        ("http-route-too-heavy", "spec.rules[0].backendRefs[0].weight: Invalid value: 1e+06"),
        ("http-route-unknown-version", 'in version "gateway.networking.k8s.io/v9"'),
        ("scaled-no-triggers", "spec.triggers: Required value"),
        ("route-both-ports", "one of port and portName and not both"),
    ],
)
def test_the_error_names_the_problem_and_its_path(name: str, expected: str, emulated: Driver) -> None:
    assert expected in (error_for(emulated, CASES[name].manifest) or "")


@pytest.mark.parametrize(
    ("amount", "limit"), [("500m", "1"), ("1", "1"), ("900Mi", "1Gi"), ("1e3", "1k"), ("1G", "1Gi")]
)
def test_quantities_are_compared_by_value(amount: str, limit: str, emulated: Driver) -> None:
    deployment = CASES["deployment"].manifest
    path = "spec.template.spec.containers.0.resources"
    fits = changed(deployment, path, {"requests": {"cpu": amount}, "limits": {"cpu": limit}})
    assert error_for(emulated, fits) is None


def test_every_pattern_of_the_definitions_can_be_matched() -> None:
    def patterns(schema: FieldSchema) -> set[str]:
        inner = [*schema.properties.values(), *([schema.items] if schema.items else [])]
        return {schema.pattern, *(item for entry in inner for item in patterns(entry))}

    result = {pattern for schema in schemas().values() for pattern in patterns(schema)}
    assert len(result) > 50
    for pattern in result:
        re.compile(pattern)
