"""The tools find what is broken: every mutation of what is planned, in every resource that it was made in."""

from __future__ import annotations

from fnmatch import fnmatch
from pathlib import Path

import pytest

from tests.engine.lives import STACKS
from tests.scan import scanners
from tests.scan.cloudformation import Strays
from tests.scan.mutations import BROKEN, Broken, broken, document
from tests.scan.plan import Planned

pytestmark = pytest.mark.engine

POD = Planned(
    "dev",
    "kubernetes:core/v1:Pod",
    "pod",
    "default/pod",
    {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {"name": "pod"},
        "spec": {"containers": [{"name": "all", "image": "all:latest", "securityContext": {"privileged": True}}]},
    },
    {},
)


@pytest.fixture(scope="module")
def said(plans: list[Planned], python_tools: Path, trivy_program: Path, tmp_path_factory) -> set[tuple[str, str]]:
    """(`scanner id`, resource) of all findings in the plans with every mutation made at once."""
    some = [item for item in plans if item.stack in STACKS]
    found = scanners.everything([*broken(some, BROKEN), POD], python_tools, trivy_program, tmp_path_factory)
    return {(f"{one.scanner} {one.id}", one.where) for one in found}


@pytest.mark.parametrize("mutation", BROKEN, ids=lambda one: f"{one.type.rsplit(':', 1)[-1]} {one.said}")
def test_what_is_broken_is_found(mutation: Broken, plans: list[Planned], said: set[tuple[str, str]]) -> None:
    some = [item for item in plans if item.stack in STACKS and item.type == mutation.type]
    places = {item.label for item in some if fnmatch(item.label, mutation.where)}
    assert places
    for id_ in mutation.said.split(", "):
        assert places - {where for what, where in said if what == id_} == set(), id_


def test_a_privileged_pod_is_found(said: set[tuple[str, str]]) -> None:
    assert {("checkov CKV_K8S_16", POD.label), ("trivy KSV-0017", POD.label)} <= said


def test_a_property_that_aws_does_not_have_is_found(plans: list[Planned], python_tools: Path, tmp_path: Path) -> None:
    strange = broken(plans, [Broken("aws:ec2/vpc:Vpc", ("cidrBlok",), "10.0.0.0/16", "")])
    with pytest.raises(Strays, match="cidrBlok is no property"):
        scanners.cfn_lint(strange, python_tools, tmp_path)


@pytest.mark.parametrize(
    ("policy", "rule"),
    [
        (document("sqs:SendMesage"), "W3037"),
        (document("sqs:SendMessage", effect="Permit"), "E3510"),
    ],
    ids=["unknown action", "malformed"],
)
def test_a_wrong_policy_is_found(
    plans: list[Planned], python_tools: Path, tmp_path: Path, policy: str, rule: str
) -> None:
    policies = [item for item in plans if item.type == "aws:iam/rolePolicy:RolePolicy"]
    wrong = broken(policies, [Broken("aws:iam/rolePolicy:RolePolicy", ("policy",), policy, "")])
    assert rule in {one.id for one in scanners.cfn_lint(wrong, python_tools, tmp_path)}
