"""Trust in docs/pipelines.md and the permissions in docs/rights: one trusted subject, no privilege escalation."""

from __future__ import annotations

import json
import re
import subprocess
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import pytest

from tests.pipelines.steps import PIPELINES
from tests.scan.conftest import python_tools  # noqa: F401 (fixture)

ROOT = PIPELINES.parent
PAGE = (ROOT / "docs/pipelines.md").read_text()
TRUST = [json.loads(text) for text in re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)]
DOCUMENTS = {
    str(file.relative_to(ROOT)): json.loads(file.read_text()) for file in ROOT.glob("docs/rights/*/aws-*.json")
}


def statements() -> list[tuple[str, dict[str, Any]]]:
    """Returns the statements of the generated documents, each with its file."""
    return [(name, statement) for name, document in DOCUMENTS.items() for statement in document["Statement"]]


def listed(value: str | list[str]) -> list[str]:
    return value if isinstance(value, list) else [value]


def test_the_page_has_a_trust_on_each_cloud() -> None:
    assert [sorted(document) for document in TRUST] == [
        ["Statement", "Version"],
        ["audiences", "issuer", "name", "subject"],
    ]


def test_a_trust_names_one_environment() -> None:
    (trust,) = TRUST[0]["Statement"]
    assert trust["Action"] == "sts:AssumeRoleWithWebIdentity"
    (operator,) = trust["Condition"].items()
    assert operator[0] == "StringEquals"
    subject = next(value for key, value in operator[1].items() if key.endswith(":sub"))
    audience = next(value for key, value in operator[1].items() if key.endswith(":aud"))
    assert audience == "sts.amazonaws.com"
    assert subject == TRUST[1]["subject"]
    assert subject.endswith(":environment:prod-uae")
    assert "*" not in subject


def test_an_action_that_writes_has_a_condition_or_named_resources() -> None:
    reads = re.compile(r"\w[\w-]*:(Get|List|Describe|BatchGet|Lookup|View)\w*")
    for name, statement in statements():
        writes = [action for action in listed(statement["Action"]) if not reads.fullmatch(action)]
        if writes and "*" in listed(statement["Resource"]):
            assert "Condition" in statement, (name, writes)


def test_the_roles_cannot_escalate_their_privileges() -> None:
    """The identities' own roles, `falaj-*`, are among the resources of no action of IAM that changes anything."""
    granted = [
        (name, statement)
        for name, statement in statements()
        if any(
            action.startswith("iam:") and "Get" not in action and "List" not in action
            for action in listed(statement["Action"])
        )
    ]
    assert granted
    for name, statement in granted:
        for role in ("falaj-prod-uae", "falaj-prod-uae-plan", "falaj-dev", "falaj-dev-plan"):
            arn = f"arn:aws:iam::123456789012:role/{role}"
            assert not any(fnmatchcase(arn, resource) for resource in listed(statement["Resource"])), (name, role)


def test_the_table_of_pins_is_what_the_files_have() -> None:
    files = [*PIPELINES.glob("github/*.yml"), *PIPELINES.glob("github/*/action.yml")]
    used = {match for file in files for match in re.findall(r"uses: (\S+)@([0-9a-f]{40}) # (\S+)", file.read_text())}
    documented = {
        (name, commit, version) for name, version, commit in re.findall(r"\| (\S+/\S+) \| (v\S+) \| `(\w+)` \|", PAGE)
    }
    assert documented == used


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_fits_into_a_policy(name: str) -> None:
    """IAM allows 6,144 characters without white space (IAM user guide, quotas, 2026-11)."""
    assert len(re.sub(r"\s", "", json.dumps(DOCUMENTS[name]))) <= 6_144


ACCEPTED = {
    "RESOURCE_POLICY_PRIVILEGE_ESCALATION": "who deploys a bucket writes its policy",
    "RESOURCE_MISMATCH": (
        "subscriptions of SNS, whose topic is an optional resource since 2026 (iam-data of 2026-09); rules of security "
        "groups and links of file systems, whose statements name one of the two resources that the action has, each "
        "under a condition of its own"
    ),
    "RESOURCE_STAR": "KMS asks that tags at the creation of a key are not limited to keys; the tags of the request are",
}
"""What Parliament finds in the documents, and why it stays."""


@pytest.mark.engine
def test_aws_knows_what_the_documents_name(python_tools: Path) -> None:  # noqa: F811
    """Parliament knows every action, resource and condition."""
    documents = json.dumps([{"label": name, "content": document} for name, document in DOCUMENTS.items()])
    command = [python_tools / "python", ROOT / "tests/scan/lint_documents.py"]
    done = subprocess.run(command, input=documents, capture_output=True, text=True, check=True)
    found = json.loads(done.stdout)
    assert {issue for issue, _, _ in found} == ACCEPTED.keys()
    mismatches = "".join(detail for issue, _, detail in found if issue == "RESOURCE_MISMATCH")
    assert set(re.findall(r"'action': '([\w:]+)'", mismatches)) == {
        "ec2:AuthorizeSecurityGroupEgress",
        "ec2:AuthorizeSecurityGroupIngress",
        "ec2:ModifySecurityGroupRules",
        "fsx:CreateDataRepositoryAssociation",
        "sns:GetSubscriptionAttributes",
        "sns:SetSubscriptionAttributes",
        "sns:Unsubscribe",
    }
    assert {detail for issue, _, detail in found if issue == "RESOURCE_STAR"} == {"['kms:TagResource']"}
