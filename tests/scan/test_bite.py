"""The scanners find every mutation, in every resource to which it was applied."""

from __future__ import annotations

from fnmatch import fnmatch
from pathlib import Path

import pytest

from tests.engine.lives import STACKS
from tests.scan import scanners
from tests.scan.cloudformation import UnknownProperties
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
def found_rules(
    plans: list[Planned], python_tools: Path, trivy_program: Path, tmp_path_factory
) -> set[tuple[str, str]]:
    """(`scanner id`, resource) of all findings in the plans, with all mutations applied at once."""
    items = [item for item in plans if item.stack in STACKS]
    findings = scanners.all_findings([*broken(items, BROKEN), POD], python_tools, trivy_program, tmp_path_factory)
    return {(f"{finding.scanner} {finding.id}", finding.where) for finding in findings}


@pytest.mark.parametrize(
    "mutation", BROKEN, ids=lambda mutation: f"{mutation.type.rsplit(':', 1)[-1]} {mutation.rules}"
)
def test_what_is_broken_is_found(mutation: Broken, plans: list[Planned], found_rules: set[tuple[str, str]]) -> None:
    items = [item for item in plans if item.stack in STACKS and item.type == mutation.type]
    labels = {item.label for item in items if fnmatch(item.label, mutation.where)}
    assert labels
    for id_ in mutation.rules.split(", "):
        assert labels - {where for rule, where in found_rules if rule == id_} == set(), id_


def test_a_privileged_pod_is_found(found_rules: set[tuple[str, str]]) -> None:
    assert {("checkov CKV_K8S_16", POD.label), ("trivy KSV-0017", POD.label)} <= found_rules


def test_a_property_that_aws_does_not_have_is_found(plans: list[Planned], python_tools: Path, tmp_path: Path) -> None:
    items = broken(plans, [Broken("aws:ec2/vpc:Vpc", ("cidrBlok",), "10.0.0.0/16", "")])
    with pytest.raises(UnknownProperties, match="cidrBlok is no property"):
        scanners.cfn_lint(items, python_tools, tmp_path)


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
    mutated = broken(policies, [Broken("aws:iam/rolePolicy:RolePolicy", ("policy",), policy, "")])
    assert rule in {finding.id for finding in scanners.cfn_lint(mutated, python_tools, tmp_path)}
