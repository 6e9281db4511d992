"""The policy documents in docs/pipelines.md: complete, with one trusted subject and no privilege escalation."""

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

PAGE = (PIPELINES.parent / "docs/pipelines.md").read_text()
DOCUMENTS = [json.loads(text) for text in re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)]


def statements() -> list[dict[str, Any]]:
    return [statement for document in DOCUMENTS for statement in document.get("Statement", [])]


def test_the_page_has_a_trust_on_each_cloud_and_a_role() -> None:
    assert [sorted(document) for document in DOCUMENTS] == [
        ["Statement", "Version"],
        ["audiences", "issuer", "name", "subject"],
        ["Statement", "Version"],
    ]


def test_a_trust_names_one_environment() -> None:
    trust = next(item for item in statements() if item["Action"] == "sts:AssumeRoleWithWebIdentity")
    (operator,) = trust["Condition"].items()
    assert operator[0] == "StringEquals"
    subject = next(value for key, value in operator[1].items() if key.endswith(":sub"))
    audience = next(value for key, value in operator[1].items() if key.endswith(":aud"))
    assert audience == "sts.amazonaws.com"
    credential = next(item for item in DOCUMENTS if "subject" in item)
    assert subject == credential["subject"]
    assert subject.endswith(":environment:prod-uae")
    assert "*" not in subject


def test_every_statement_has_a_condition_or_named_resources() -> None:
    for statement in statements():
        if statement["Effect"] == "Allow" and "Principal" not in statement:
            assert "Condition" in statement or statement["Resource"] != "*", statement["Sid"]


def test_the_role_cannot_escalate_its_privileges() -> None:
    role_arn = "arn:aws:iam::123456789012:role/falaj-prod-uae"
    granted = [
        statement for statement in statements() if statement["Effect"] == "Allow" and "iam:" in str(statement["Action"])
    ]
    assert granted
    for statement in granted:
        resources = statement["Resource"] if isinstance(statement["Resource"], list) else [statement["Resource"]]
        assert not any(fnmatchcase(role_arn, resource) for resource in resources)
    denied = next(statement for statement in statements() if statement["Effect"] == "Deny")
    assert denied["Action"] == "iam:*"
    assert fnmatchcase(role_arn, denied["Resource"])


def test_the_table_of_pins_is_what_the_files_have() -> None:
    files = [*PIPELINES.glob("github/*.yml"), *PIPELINES.glob("github/*/action.yml")]
    used = {match for file in files for match in re.findall(r"uses: (\S+)@([0-9a-f]{40}) # (\S+)", file.read_text())}
    documented = {
        (name, commit, version) for name, version, commit in re.findall(r"\| (\S+/\S+) \| (v\S+) \| `(\w+)` \|", PAGE)
    }
    assert documented == used


def test_the_role_fits_into_a_policy() -> None:
    """IAM allows 6,144 characters without white space (IAM user guide, quotas, 2026-11)."""
    assert len(re.sub(r"\s", "", json.dumps(DOCUMENTS[2]))) < 6_144


@pytest.mark.engine
def test_aws_knows_what_the_role_names(python_tools: Path) -> None:  # noqa: F811
    """Parliament knows every action and condition of AWS. `*` as a resource is limited by a region condition."""
    documents = json.dumps([{"label": "role", "content": DOCUMENTS[2]}])
    command = [python_tools / "python", PIPELINES.parent / "tests/scan/lint_documents.py"]
    done = subprocess.run(command, input=documents, capture_output=True, text=True, check=True)
    assert {issue for issue, _, _ in json.loads(done.stdout)} == {"RESOURCE_STAR"}
