"""Rights of controllers that the settings list, by role, resource and verb, and the preset that has upstream's."""

import csv
from collections.abc import Mapping
from pathlib import Path

import pytest
from guardrails.engine.enforcement import Enforcement
from guardrails.engine.presets import with_presets
from guardrails.identity.controller_rights import RIGHTS
from pydantic import ValidationError

from .blind import TAGS, k8s
from .harness import Pack, blocking

RULE, RBAC = "FJ-IDN-305", "rbac.authorization.k8s.io/v1:ClusterRole"
REASON = "its project publishes this role"
LISTED = {"identity": {"controller_rights": {"npd:core/nodes/status:patch": REASON}}}
PRESET = {"presets": ["cluster-autoscaler"]}
NODES = {"apiGroups": [""], "resources": ["nodes"], "verbs": ["get", "list", "update"]}
STATES = {"apiGroups": [""], "resources": ["nodes/status"], "verbs": ["patch"]}


def is_refused(settings: Mapping[str, object], name: str, *rules: Mapping[str, object]) -> bool:
    """Returns whether the rule refuses a role of the cluster."""
    pack = Pack(Enforcement.model_validate(with_presets({"default": {"all": "mandatory"}, **settings})))
    role = k8s(RBAC, {"metadata": {"name": name, "labels": TAGS}, "rules": [*rules]}, "role")
    return RULE in blocking(pack.evaluate_plan(role))


@pytest.mark.parametrize(("settings", "name", "rule"), [(PRESET, "cluster-autoscaler", NODES), (LISTED, "npd", STATES)])
def test_listed_rights_of_a_role_pass(settings: dict[str, object], name: str, rule: dict[str, object]) -> None:
    assert is_refused({}, name, rule)
    assert not is_refused(settings, name, rule)
    assert is_refused(settings, "other", rule)


@pytest.mark.parametrize(
    "rule",
    [
        {**NODES, "verbs": ["get", "update", "patch"]},
        {**NODES, "resources": ["nodes", "pods/exec"], "verbs": ["update", "create"]},
        {**NODES, "resources": ["nodes", "endpoints"]},
        {**NODES, "apiGroups": ["", "apps"]},
        {"apiGroups": [""], "resources": ["pods"], "verbs": ["create"]},
    ],
)
def test_whatever_else_the_role_may_do_stays_refused(rule: dict[str, object]) -> None:
    assert is_refused(PRESET, "cluster-autoscaler", NODES, rule)


@pytest.mark.parametrize(
    "right",
    ["a:core/secrets:get", "a:core/*:get", "*:core/nodes:update", "a:core/nodes:*", "a:core/pods/exec:create",
     "a:rbac.authorization.k8s.io/clusterroles:update", "core/nodes:update", "a:core/serviceaccounts/token:create"],
)  # fmt: skip
def test_no_right_is_listed_that_is_every_other_one(right: str) -> None:
    with pytest.raises(ValidationError, match="is not one right of a role"):
        is_refused({"identity": {"controller_rights": {right: REASON}}}, "a")


def test_kinds_exist_in_their_projects() -> None:
    """A misspelled kind would never be met. `kinds_of_projects.csv` has the kinds of CRDs of datreeio/CRDs-catalog
    7b1e26ef, those that it lacks by the definitions that `controller_rights` names, or as found in public repositories
    (Multus, network-policy-api; 2026-11-30; secretgen-controller; 2026-12-01). A new kind of a rule is looked up
    there."""
    with Path(__file__).with_name("kinds_of_projects.csv").open(encoding="utf-8", newline="") as file:
        known = {row["kind"] for row in csv.DictReader(file)}
    assert {kind for right in RIGHTS for kind in right.kinds} == known
