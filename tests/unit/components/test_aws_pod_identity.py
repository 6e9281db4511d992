"""Permissions of pods on AWS have one shape, made in one place."""

from __future__ import annotations

import json
from pathlib import Path

import pulumi
import pytest

from falaj.components.aws.identity.pod_identity import (
    ServiceAccountPods,
    confined_role,
    controller_role,
    grant_to_pods,
)
from tests.unit.components.mocks import Recording, build
from tests.unit.settings.stacks import ROOT

ASSOCIATION, POLICY, ROLE = (
    "aws:eks/podIdentityAssociation:PodIdentityAssociation",
    "aws:iam/rolePolicy:RolePolicy",
    "aws:iam/role:Role",
)
PODS = ServiceAccountPods("c", "kube-system", "scaler")
TAGS = {"project": "falaj"}


def granted(confined: bool) -> Recording:
    def program() -> None:
        parent = pulumi.ComponentResource("test:index:Parent", "parent")
        role = confined_role("x", PODS, TAGS, parent) if confined else controller_role("x", TAGS, parent)
        grant_to_pods("x", role, ("use", "{}"), PODS, TAGS, parent)

    return build(program)


@pytest.mark.parametrize("confined", [True, False])
def test_the_association_follows_the_policy(confined: bool) -> None:
    recording = granted(confined)
    assert {recording.one(kind).name for kind in (ROLE, POLICY, ASSOCIATION)} == {"x-role", "x-use", "x-identity"}
    association = recording.one(ASSOCIATION)
    assert {urn.rsplit("::", 1)[-1] for urn in association.depends_on} >= {"x-use"}
    assert association.inputs["serviceAccount"] == "scaler"
    assert association.inputs["tags"] == TAGS


@pytest.mark.parametrize("confined", [True, False])
def test_a_confined_role_is_for_one_service_account(confined: bool) -> None:
    trust = json.loads(granted(confined).one(ROLE).inputs["assumeRolePolicy"])["Statement"][0]
    assert trust["Principal"] == {"Service": "pods.eks.amazonaws.com"}
    conditions = trust.get("Condition", {}).get("StringEquals", {})
    assert conditions.get("aws:RequestTag/kubernetes-service-account") == ("scaler" if confined else None)


def test_no_other_module_associates_a_role_with_pods() -> None:
    sources = (ROOT / "components" / "aws").rglob("*.py")
    users = {file.relative_to(ROOT) for file in sources if "eks.PodIdentityAssociation(" in file.read_text()}
    assert users == {Path("components/aws/identity/pod_identity.py")}
